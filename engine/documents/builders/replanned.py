"""The document of a plan that goes on from the plan in force: what changed first, what came of the past, and the
whole plan."""

from __future__ import annotations

from ...core import listed
from ...review import CameOf, Replanned
from ..tree import Block, Bullets, Document, ListItem, Paragraph, Section, Strong
from ..words import clean, date
from .plan import plan_document
from .plan_changes_page import changes_told, counted

_STATES = {"done": "Done", "runs": "Runs, and stays where it is", "stopped": "Stopped"}


def replanned_document(plan: Replanned) -> Document:
    """Tell what changed and what came of the past, then the plan as any other."""
    whole = plan_document(plan)
    return Document(whole.title, (*_first(plan), *whole.blocks))


def replanned_summary(plan: Replanned) -> Document:
    """Tell what changed and what came of the past alone."""
    title = f"{clean(plan.school.name)}: the plan, planned again on {date(plan.on)}"
    return Document(title, _first(plan))


def _first(plan: Replanned) -> tuple[Block, ...]:
    opening = Paragraph(
        f"Planned again on {date(plan.on)} from the plan issued on {date(plan.since)}: "
        f"{counted(plan.changes)}. What is past stays as it was. Of the plans worth at most "
        f"{plan.stability:g} % less than the best, this one moves least."
        + (
            f" What the review of {date(plan.accepted)} proposed to end has ended."
            if plan.accepted
            else ""
        )
    )
    rules = Paragraph(_of_the_rules(plan) if plan.packs_changed else "")
    conflict = Section(
        "Not all that must be done fits",
        (Bullets(tuple(ListItem(clean(one)) for one in plan.conflict)),) if plan.conflict else (),
    )
    states = (_state(title, plan, state) for state, title in _STATES.items())
    settle = tuple(
        ListItem((Strong(clean(one.title)), f": {clean(one.proposal)}. {clean(one.ask)}"))
        for one in plan.to_settle
    )
    settled = Section("Accepted, and still to be settled", (Bullets(settle),) if settle else ())
    return (opening, rules, conflict, *changes_told(plan.changes), settled, *states)


def _of_the_rules(plan: Replanned) -> str:
    """Tell apart what the rules that were changed do from what there is news of."""
    changes = plan.changes
    every = (*changes.moved, *changes.new, *changes.dropped)
    alone = sum(one.by_rules for one in every)
    packs = listed(f"“{clean(name)}”" for name in plan.packs_changed)
    files = [clean(name) for name in changes.files if name.endswith(".yaml")]
    beside = f" What was changed in {listed(files)} can't be told apart from that." if files else ""
    return (
        f"The rules or what is known were changed since then (packs: {packs}). {alone} of {len(every)} changes would "
        f"be so without new results and without what was written down, and say so.{beside}"
    )


def _state(title: str, plan: Replanned, state: str) -> Section:
    found = [one for one in plan.past if one.state == state]
    told = tuple(_came_of(one) for one in found if one.said)
    silent = listed(f"“{clean(one.title)}”" for one in found if not one.said)
    blocks: tuple[Block, ...] = (
        Bullets(told),
        Paragraph(
            f"Nothing is written down of {silent}: taken to go as planned." if silent else ""
        ),
    )
    return Section(f"{title} ({len(found)})", blocks if found else ())


def _came_of(one: CameOf) -> ListItem:
    return ListItem((Strong(clean(one.title)), f": {clean(one.words)}"))


__all__ = ["replanned_document", "replanned_summary"]
