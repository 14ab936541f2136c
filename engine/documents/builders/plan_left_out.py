"""The section on what was recommended and is not in the plan, by the kind of reason."""

from __future__ import annotations

from ...planning import LeftOut, Plan
from .. import words
from ..decision_phrases import left_out_words
from ..tree import Bullets, ListItem, Paragraph, Quiet, Section, Strong


def left_out(plan: Plan) -> Section:
    """Tell what was left out, each with why."""
    kinds = tuple(
        Section(title, (Bullets(tuple(map(_item, told))),))
        for title, told in words.left_out_by_kind(plan).items()
    )
    nothing = Paragraph("Nothing that was recommended was left out.")
    return Section("What was left out", kinds or (nothing,), name="left-out")


def _item(item: LeftOut) -> ListItem:
    whom = Quiet(f" ({words.clean(item.target)})")
    return ListItem((Strong(item.title), whom, f": {left_out_words(item)}"))


__all__ = ["left_out"]
