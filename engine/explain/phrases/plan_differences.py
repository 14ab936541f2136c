"""The sentences on a step that stands otherwise in one plan than in the other."""

from __future__ import annotations

from typing import Literal

from ...planning import count, days

_FORMS = {"full": "in full", "light": "in its light form", "rest": "for some of them only"}
_WEIGHED = "weighed against the rest of the plan and how evenly people's work is spread"
_ALL = "for all of them"

INDEPENDENT = "it does not depend on that"
NO_DATE = "no such date is set"


# --- what is in the way in one plan and not in the other


def not_in(when: str, today: bool) -> str:
    """Begin a sentence: it has no place in a half-term, of the plan of today or of the other."""
    return f"Today it does not fit in {when}" if today else f"It no longer fits in {when}"


def not_so(now: str | None, today: bool) -> str:
    """Begin a sentence: it does not fit in a form there (None: for all)."""
    how = _FORMS[now] if now else _ALL
    return f"Today it does not fit {how}" if today else f"It no longer fits {how}"


def not_starting(when: str, today: bool) -> str:
    """Begin a sentence: it can't start in a half-term."""
    return f"Today it can't start in {when}" if today else f"It can't start in {when} now"


def no_such_place(head: str, outside: bool) -> str:
    """Say that a place is not open: outside the plan's time, or too late."""
    told = "outside the plan's time" if outside else "too late for it to be done"
    return f"{head}: that is {told}."


def kept(head: str, blocker: str, differs: list[str], today: bool) -> str:
    """Say what keeps it from there, and what of that differs in the other plan."""
    return f"{head}: {blocker}. {'Now' if today else 'Today'} {'; '.join(differs)}."


def more_time(have: int, had: int) -> str:
    """Say that more of people's time may be used, in tenths of a day."""
    return f"the plan may use {days(have)} of theirs then, in place of {days(had)}"


def takes_fewer_days(load: int, wanted: int) -> str:
    """Say that the step takes less of people's time, in tenths of a day."""
    return f"it needs {days(load)}, in place of {days(wanted)}"


def more_starts(most: int, had: int, of_change: bool) -> str:
    """Say that more that is new may start: points of change, or steps somebody leads."""
    what = "points’ worth of what is new" if of_change else "new steps"
    return f"as many as {most} {what} may start then, in place of {had}"


def other_date(slot: str) -> str:
    """Say for when the date is set."""
    return f"that is {slot}"


def more_money(have: int, account: str, had: int) -> str:
    """Say that more of an account may be used, in pounds."""
    return f"the plan may use £{have:,} of {account}, in place of £{had:,}"


def costs_less(cost: int, wanted: int) -> str:
    """Say that the step costs less of an account, in pounds."""
    return f"it costs £{cost:,} of that, in place of £{wanted:,}"


def takes_less(title: str) -> str:
    """Say that another step takes less of what is short."""
    return f"“{title}” takes less of it"


# --- where something stands


def not_there(title: str, in_place: bool) -> str:
    """Say that something is not in the plan, or is in place."""
    return f"“{title}” is {'in place' if in_place else 'not in the plan'}"


def ready(title: str, slot: str) -> str:
    """Say when something is ready."""
    return f"“{title}” is ready at the end of {slot}"


def is_for(title: str, whom: str) -> str:
    """Say whom something is for."""
    return f"“{title}” is for {whom}"


def planned(title: str, form: Literal["full", "light"]) -> str:
    """Say in which form something is planned."""
    return f"“{title}” is planned {_FORMS[form]}"


def starts(title: str, form: Literal["full", "light"], slot: str) -> str:
    """Say when something starts, and in which form where that is the light one."""
    light = f" {_FORMS[form]}" if form == "light" else ""
    return f"“{title}” starts{light} in {slot}"


# --- what else may tell them apart


def needed(title: str, came: bool) -> str:
    """Say that what needs it has come into the plan, or has gone."""
    does = "comes into the plan" if came else "is no longer in the plan"
    return f"“{title}”, which needs it, {does}."


def worth(slot: str, now: int, was: int) -> str:
    """Say what a start is worth now and today, in points."""
    return f"Starting in {slot} it is worth {count(now, 'point')} now, and {was} today."


def both_open(more: int) -> str:
    """Say that both places are open and one is chosen, worth so many points more or less."""
    points = f"{count(abs(more), 'point')} {'more' if more > 0 else 'less'}"
    told = f"worth {points}, which is" if more else "as good a place, and that is"
    return f"Both places are open to it, today and now; here it is {told} {_WEIGHED}."


def nothing_asks(today: bool) -> str:
    """Say that nothing asks for it or needs it in the plan it is not in."""
    when = "today" if today else "now"
    return f"Nothing asks for it {when}, and nothing in the plan needs it {when}."


def would_fit(worth: int, today: bool) -> str:
    """Say that it would fit in the plan it is not in, but is outweighed; `worth` in points."""
    return (
        f"By itself it would fit {'today' if today else 'now'} as well; its worth "
        f"({count(worth, 'point')} {'now' if today else 'today'}) is {_WEIGHED}."
    )
