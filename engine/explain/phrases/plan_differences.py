"""The sentences on a step that stands otherwise in one plan than in the other."""

from __future__ import annotations

from typing import Literal

from ...planning import days

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
    return f"Today it can't start in {when}" if today else f"It can't start in {when} any more"


def no_such_place(head: str, outside: bool) -> str:
    """Say that a place is not open: outside the plan's time, or too late."""
    told = "outside the plan's time" if outside else "too late for it to be done"
    return f"{head}: that is {told}."


def kept(head: str, blocker: str, differs: list[str], today: bool, room: bool) -> str:
    """Say what keeps it from there, and what of that differs in the other plan: of what there is `room`
    for, as the cause; of an order or a date, as it is in the other plan."""
    if not room:
        return f"{head}: {blocker} ({'now' if today else 'today'} {'; '.join(differs)})."
    link = "; now" if today else ", since"
    return f"{head}: {blocker}{link} {' and '.join(differs)}."


def time(now: int, today: int) -> str:
    """Say how much of people's time may be used, in tenths of a day."""
    return f"the plan may use {days(now)} of theirs then (today {days(today)})"


def takes_days(now: int, today: int) -> str:
    """Say how much of people's time the step takes, in tenths of a day."""
    return f"it takes {days(now)} (today {days(today)})"


def starts_at_most(now: int, today: int, of_change: bool) -> str:
    """Say how much that is new may start: points of change, or steps somebody leads."""
    what = "points’ worth of what is new" if of_change else "new steps"
    return f"as many as {now} {what} may start then (today {today})"


def money(account: str, now: int, today: int) -> str:
    """Say how much of an account may be used, in pounds."""
    return f"the plan may use £{now:,} of {account} (today £{today:,})"


def costs(now: int, today: int) -> str:
    """Say what the step costs of an account, in pounds."""
    return f"it costs £{now:,} of that (today £{today:,})"


def takes_otherwise(title: str, more: bool) -> str:
    """Say that another step takes more or less of what is short."""
    return f"“{title}” takes {'more' if more else 'less'} of it now"


# --- where something stands


def not_there(in_place: bool) -> str:
    """Say that something is not in the plan, or is in place; these three follow what it is about."""
    return "is in place" if in_place else "is not in the plan"


def ready(slot: str) -> str:
    """Say when something is ready."""
    return f"is ready at the end of {slot}"


def starts(slot: str) -> str:
    """Say when something starts."""
    return f"starts in {slot}"


def is_for(title: str, now: str, today: str) -> str:
    """Say whom something is for."""
    return f"“{title}” is for {now} (today for {today})"


def planned(title: str, now: Literal["full", "light"], today: Literal["full", "light"]) -> str:
    """Say in which form something is planned."""
    return f"“{title}” is planned {_FORMS[now]} (today {_FORMS[today]})"


def stands(title: str, now: str, today: str, light: bool = False) -> str:
    """Say where something stands, in the words above; `light`: in its light form, as it is not today."""
    form = f" {_FORMS['light']}" if light else ""
    return f"“{title}” {now}{form} (today it {today})"


def it(stands: str) -> str:
    """Say of what was just named where it stands."""
    return f"it {stands}"


# --- what else may tell them apart


def needed(title: str, came: bool) -> str:
    """Say that what needs it has come into the plan, or has gone."""
    does = "comes into the plan" if came else "is no longer in the plan"
    return f"“{title}”, which needs it, {does}."


def worth(slot: str, more: bool) -> str:
    """Say whether a start is worth more now than today, or less."""
    return f"Starting in {slot} it is worth {'more' if more else 'less'} now than today."


def both_open(more: int) -> str:
    """Say that both places are open and one is chosen, worth so many points more or less."""
    told = "worth more" if more > 0 else "worth less" if more < 0 else "as good a place"
    return f"Both places are open to it, today and now: here it is {told}, {_WEIGHED}."


def nothing_asks(today: bool) -> str:
    """Say that nothing asks for it or needs it in the plan it is not in."""
    when = "today" if today else "now"
    return f"Nothing asks for it {when}, and nothing in the plan needs it {when}."


def would_fit(today: bool) -> str:
    """Say that it would fit in the plan it is not in, but is outweighed."""
    return f"By itself it would fit {'today' if today else 'now'} as well: its worth is {_WEIGHED}."
