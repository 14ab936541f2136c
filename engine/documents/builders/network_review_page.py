"""The document on what a network sees of its plans in force: who is behind, what is in common, days, money, pupils."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...core import listed
from ...network import InCommon, NetworkReview
from ..plan_words import short_slot
from ..suppression import HIDDEN
from ..tree import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Paragraph,
    Quiet,
    Row,
    Section,
    Strong,
    Table,
    items,
)
from ..words import clean, count, date, number, pounds


def network_review_document(found: NetworkReview) -> Document:
    """Tell first where help is due, then what the schools have in common, and what it takes."""
    return Document(
        f"{clean(found.title)}: the plans in force on {date(found.on)}",
        (
            Callout(clean(found.notice)),
            Section("How the plans stand", tuple(_standing(found)), name="standing"),
            Section("Priorities", _common(found.strands, found), name="priorities"),
            Section("Found in several schools", _common(found.themes, found), name="themes"),
            Section("Steps in common", _steps(found), name="steps"),
            Section("Shared people's days", tuple(_shared(found)), name="days"),
            Section("Money", _money(found), name="money"),
            Section("Pupils, by the state of screening", _pupils(found), name="pupils"),
        ),
    )


def _standing(found: NetworkReview) -> Iterator[Block]:
    titles = ("Steps", "Done", "Running", "Stopped", "Overdue")
    columns = (
        Column("School", share=0.3),
        Column("Issued", "date"),
        *(Column(one, "number") for one in titles),
    )
    rows = []
    for one in found.schools:
        figures = (one.steps, one.done, one.running, one.stopped, one.overdue)
        cells = [str(figure) for figure in figures] if one.issued else [""] * len(figures)
        issued = date(one.issued) if one.issued else (Quiet("no plan is issued"),)
        rows.append(Row((clean(one.name), issued, *cells), one.school))
    yield Table(columns, tuple(rows))
    behind = [
        f"{clean(one.name)}: {count(one.overdue, 'thing')} overdue."
        for one in found.schools
        if one.overdue
    ]
    if behind:
        yield Paragraph("To ring up, in the order of the network's list:")
        yield Bullets(items(behind))


def _names(schools: Iterable[str], found: NetworkReview) -> str:
    names = {one.school: clean(one.name) for one in found.schools}
    return listed(names[one] for one in schools)


def _common(common: tuple[InCommon, ...], found: NetworkReview) -> tuple[Block, ...]:
    named = any(one.schools for one in common)
    columns = (
        Column("What", share=0.45),
        Column("Schools", "number"),
        *([Column("Which")] if named else []),
    )
    rows = (
        Row(
            (clean(one.title), str(one.count), *([_names(one.schools, found)] if named else [])),
            one.id,
        )
        for one in common
    )
    return (Table(columns, tuple(rows)),) if common else ()


def _steps(found: NetworkReview) -> tuple[Block, ...]:
    columns = (
        Column("Step", share=0.4),
        *(Column(one, "number") for one in ("Schools", "Done", "Overdue")),
        Column("Which"),
    )
    rows = (
        Row(
            (
                clean(one.title),
                str(one.count),
                str(one.done),
                str(one.overdue),
                _names(one.schools, found),
            ),
            one.id,
        )
        for one in found.steps
    )
    return (Table(columns, tuple(rows)),) if found.steps else ()


def _shared(found: NetworkReview) -> Iterator[Block]:
    titles = {slot.id: short_slot(slot.title) for slot in found.slots}
    for person in dict.fromkeys(one.person for one in found.shared):
        own = [one for one in found.shared if one.person == person]
        columns = (
            Column(clean(own[0].title), share=0.3),
            *(Column(titles[one.slot], "number") for one in own),
        )
        rows = (
            Row(("Used by the plans", *(number(one.planned) for one in own)), "planned"),
            Row(((Strong("There are"),), *(number(one.there) for one in own)), "there"),
        )
        yield Table(columns, rows)


def _money(found: NetworkReview) -> tuple[Block, ...]:
    columns = (Column("Year"), Column("Planned", "pounds"), Column("There is", "pounds"))
    rows = (
        Row((one.year, pounds(one.planned), pounds(one.available)), one.year) for one in found.money
    )
    return (Table(columns, tuple(rows)),) if found.money else ()


def _pupils(found: NetworkReview) -> tuple[Block, ...]:
    if not found.pupils:
        return ()
    states = {one.state: one.title for one in found.pupils}
    told = {(one.school, one.state): one.pupils for one in found.pupils}
    columns = (
        Column("School", share=0.35),
        *(Column(clean(one), "number") for one in states.values()),
    )
    rows = []
    for school in dict.fromkeys(one.school for one in found.pupils):
        name = _names([school], found) if school else (Strong("All schools"),)
        cells = [told.get((school, state)) for state in states]
        rows.append(
            Row(
                (name, *(HIDDEN if cell is None else f"{cell:,}" for cell in cells)),
                school or "all",
            )
        )
    words = (
        "To the nearest five. Where a count of a school could show a small group, it and another are not shown; nor "
        "is a sum that would give it away."
    )
    return (Paragraph((Quiet(words),)), Table(columns, tuple(rows)))


__all__ = ["network_review_document"]
