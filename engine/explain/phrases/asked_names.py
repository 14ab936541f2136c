"""The messages on what a question names: nothing, several things, nothing there, or nobody it is for."""

from __future__ import annotations

from collections.abc import Sequence

NOTHING_ASKED = (
    "nothing is asked about: name a step, a priority or an intervention by its title or id, or "
    "a pupil by pseudonym"
)
BY_PSEUDONYM = "pupils are asked for by pseudonym, which termwise recommend shows"
ALL_SHOWN = "termwise knowledge list shows all that a school can do"
WITH_PUPILS = "step, priority, intervention or pupil"
WITHOUT_PUPILS = "step, priority or intervention"
OUTSIDE_THE_PLAN = "intervention outside the plan"
_MOST = 6
"""So many things that a name may mean are told."""
_KINDS = {
    "class": "single classes",
    "teacher": "single teachers",
    "year": "single year groups",
    "subject": "single subjects",
    "group": "groups of pupils",
}
"""How an intervention is said to be for such."""


def nothing_named(kind: str) -> str:
    """Say that no name was given for something of a kind."""
    return f"nothing is asked about: name an {kind} by its title or id"


def several(name: str, found: Sequence[str]) -> str:
    """Say what a name may mean."""
    told = ", ".join(found[:_MOST])
    if len(found) > _MOST:
        told += f", and {len(found) - _MOST} more"
    return f"“{name}” may be any of: {told}"


def titled(name: str, title: str) -> str:
    """Give an id with its title."""
    return f"{name} (“{title}”)"


def did_you_mean(near: Sequence[tuple[str, str]]) -> str:
    """Ask whether one of some ids, with their titles, was meant."""
    return f"did you mean {' or '.join(f'“{name}” (“{title}”)' for name, title in near)}?"


def nobody_named(title: str, whom: str) -> str:
    """Say that nobody is named to ask for."""
    return f"nobody is named to ask for: “{title}” is {whom}"


def not_for(title: str, whom: str, asked: str) -> str:
    """Say that an intervention is not for those who were asked about."""
    return f"“{title}” is {whom}, not for {asked}"


def for_whom(kinds: Sequence[str], school: bool) -> str:
    """Say whom an intervention is for: the kinds it can be asked for, or the whole school."""
    named = [f"for {_KINDS[kind]}" for kind in kinds]
    if not school:
        return " or ".join(named)
    whole = "for the whole school"
    return f"{whole}; it can be asked {' or '.join(named)}" if named else whole


def any_of(kinds: Sequence[str]) -> str:
    """Name several kinds, one of which was meant."""
    return " or ".join(kind.replace("year", "year group") for kind in kinds)


def in_the_plan(title: str, ask: str, whom: str = "") -> str:
    """Say that something is in the plan, for some or for all, and how to ask why."""
    return f"“{title}” is in the plan{f' for {whom}' if whom else ''}: ask {ask}"


def not_in_the_plan(title: str, reason: str, ask: str) -> str:
    """Say that something is not in the plan, why, and how to ask more."""
    return f"“{title}” is not in the plan. {reason.rstrip('.')}. Ask {ask}."
