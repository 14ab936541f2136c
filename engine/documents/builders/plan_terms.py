"""The plan term by term: what starts in each half-term."""

from __future__ import annotations

from collections.abc import Iterator

from ...planning import Plan, SlotRef, TermRef
from .. import words
from ..tree import Paragraph, Quiet, Section
from ..words import Names
from .plan_step import step_details


def terms(plan: Plan, names: Names) -> Iterator[Section]:
    """Tell each term's steps, half-term by half-term."""
    return (_term(term, names) for term in plan.terms)


def _term(term: TermRef, names: Names) -> Section:
    dates = f"{words.date(term.starts)} to {words.date(term.ends)}."
    slots = (_slot(slot, names) for slot in term.slots)
    return Section(term.title, (Paragraph((Quiet(dates),)), *slots), name=f"term-{term.id}")


def _slot(slot: SlotRef, names: Names) -> Section:
    steps = tuple(step_details(step, names) for step in names.starting(slot.id))
    in_school = Quiet(f" ({words.count(slot.days, 'day')} in school)")
    return Section((slot.title, in_school), steps or (Paragraph("Nothing new starts."),))


__all__ = ["terms"]
