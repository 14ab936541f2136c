"""The section on what was recommended and is not in the plan, by the kind of reason."""

from __future__ import annotations

from ...planning import LeftOut, Plan
from .. import words
from ..decision_phrases import left_out_words
from ..tree import Column, Paragraph, Row, Section, Table

_COLUMNS = (Column("Step", share=0.25), Column("For", share=0.15), Column("Why not", share=0.6))


def left_out(plan: Plan) -> Section:
    """Tell what was left out, each with why."""
    kinds = tuple(
        Section(title, (Table(_COLUMNS, tuple(map(_row, told))),))
        for title, told in words.left_out_by_kind(plan).items()
    )
    nothing = Paragraph("Nothing that was recommended was left out.")
    return Section("What was left out", kinds or (nothing,), name="left-out")


def _row(item: LeftOut) -> Row:
    return Row(
        (item.title, words.clean(item.target), left_out_words(item)),
        f"left-out-{item.kind}-{item.intervention}-{item.target}".replace(" ", "-"),
    )


__all__ = ["left_out"]
