"""The document on a partnership: judgements, figures and inspections over its years, and what was done."""

from __future__ import annotations

from collections.abc import Iterable

from ...review import InspectionThen, Partnership, Stage, Trajectory, YearDone
from ..figure_words import figure
from ..tree import Block, Column, Document, Paragraph, Quiet, Row, Section, Table
from ..words import clean, count, date, days, month, pounds

_WAY = (Column("What", share=0.3), Column("From then to now"), Column("England", share=0.1))
_YEARS = (
    Column("Plans", share=0.3),
    *(Column(one, "number") for one in ("Steps", "Done", "Stopped", "Days used", "Pounds used")),
)
_INSPECTED = (Column("Inspected"), Column("Area", share=0.4), Column("Grade"), Column("Framework"))


def partnership_document(found: Partnership) -> Document:
    """Tell how judgements and figures went, what inspections said, and what was done."""
    blocks: tuple[Block, ...] = (
        Paragraph(
            f"From the first plan, issued on {date(found.since)}, to {date(found.on)}: "
            f"{count(sum(one.done for one in found.years), 'step')} done, "
            f"{count(sum(one.stopped for one in found.years), 'step')} stopped."
        ),
        Section("How the strands are judged", _ways(found.strands), name="strands"),
        Section("Figures", _ways(found.outcomes), name="figures"),
        Section("Inspections", _inspected(found.inspections), name="inspections"),
        Section("What was done", (Table(_YEARS, tuple(map(_year, found.years))),), name="done"),
        Paragraph((Quiet(clean(found.notice)),)),
    )
    return Document(f"{clean(found.school.name)}: the partnership so far", blocks)


def _ways(found: Iterable[Trajectory]) -> tuple[Block, ...]:
    rows = tuple(
        Row(
            (
                clean(one.title) + (f" ({clean(one.about)})" if one.about else ""),
                ", then ".join(_stage(stage, one) for stage in one.stages),
                figure(one.national, one.unit) if one.national is not None else "",
            ),
            one.title,
        )
        for one in found
    )
    return (Table(_WAY, rows),) if rows else ()


def _stage(stage: Stage, one: Trajectory) -> str:
    return f"{figure(stage.value, one.unit)} ({clean(stage.of) if stage.of else month(stage.on)})"


def _inspected(found: Iterable[InspectionThen]) -> tuple[Block, ...]:
    rows = tuple(
        Row((date(one.on), clean(one.area), clean(one.grade), clean(one.scale)), one.area)
        for one in found
    )
    return (Table(_INSPECTED, rows),) if rows else ()


def _year(one: YearDone) -> Row:
    cells = (one.steps, one.done, one.stopped)
    return Row(
        (
            f"{date(one.starts)} to {date(one.ends)}",
            *map(str, cells),
            days(one.days),
            pounds(one.pounds),
        ),
        str(one.starts),
    )


__all__ = ["partnership_document"]
