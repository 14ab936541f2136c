"""The section of a plan on what stops, what is joined and what is kept of what runs already."""

from __future__ import annotations

from ...planning import Plan, Stopped
from .. import words
from ..tree import Bullets, ListItem, Paragraph, Quiet, Section, Strong
from ..words import Names

_ABOUT = (
    "What runs already, by the school's own list. It is a proposal: those who do the work decide on it with the "
    "head, and what stops is announced with a date and a thank-you."
)
_TITLES = {"stop": "Stop", "join": "Join to another", "keep": "Keep"}


def what_stops(plan: Plan, names: Names) -> Section:
    """Tell what becomes of each initiative, why, and the hours a week that it takes or gives back."""
    freed = sum(one.freed for one in plan.stopped)
    sections = (
        Section(title, (Bullets(tuple(_told(o) for o in plan.stopped if o.decision == decision)),))
        for decision, title in _TITLES.items()
    )
    about = Paragraph((Quiet(f"{_ABOUT} {_freed(freed)}{_counted(plan, names)}"),))
    return Section("What stops", (about, *sections) if plan.stopped else (), name="stops")


def _told(one: Stopped) -> ListItem:
    hours = f"{words.count_of(one.hours, 'hour')} a week"
    given = f", {words.number(one.freed)} given back" if 0 < one.freed < one.hours else ""
    into = f", into “{one.into}”" if one.into else ""
    return ListItem((Strong(one.title), f" ({hours}{given}){into}: {words.clean(one.words)}"))


def _freed(hours: float) -> str:
    if not hours:
        return "As it stands nothing gives back time."
    return f"Together it gives back {words.count_of(hours, 'hour')} a week."


def _counted(plan: Plan, names: Names) -> str:
    """Say how much of it the plan counts on, and from when."""
    if not plan.freed:
        return ""
    least, most = (words.number(pick(one.days for one in plan.freed)) for pick in (min, max))
    days = f"{least} to {most}" if least != most else most
    people = words.count(len(plan.freed[0].people), "person", "people")
    since = names.slot_title(plan.freed[0].slot)
    return (
        f" The plan counts on a part of that, from {since} on: {days} days a half-term of {people} together, beside "
        "what they said they can give."
    )


__all__ = ["what_stops"]
