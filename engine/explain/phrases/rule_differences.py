"""The sentences on what rules, promises and duties say otherwise with other values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...core import listed
from ...library import Rule

_MOST = 3
_TABLES = {
    "must": "it has to start by {}",
    "start_by": "it is to start by {}",
    "not_before": "it is not to start before {}",
}
_WHOLE = {
    "new_starts": "so much that is new may start in a half-term: {:g} points",
    "planned_share": "{:.0%} of people's stated time is planned",
    "spend_share": "{:.0%} of each budget line may be committed",
    "lead_share": "the head leads {:.0%} of the steps at most",
}

TIMES = tuple(_TABLES)
"""The shapes that set a time for an intervention."""
LIMITS = tuple(_WHOLE)
"""The shapes that limit the plan as a whole."""
ASKS, ASKS_NO_LONGER = "asks for it now", "no longer asks for it"
AGAINST, AGAINST_NO_LONGER = "now speaks against it", "no longer speaks against it"
LEFT_OUT = "it is left out"
FORWARD = "it is brought forward"
IN_PLACE, NOT_IN_PLACE = "It is in place now.", "It is not in place now."
NO_DUTY = "It is no duty in this plan now."


# --- what shapes do


def timed(shape: str, part: str) -> str:
    """Say which time a shape sets: one of TIMES, and a half-term of the year."""
    return _TABLES[shape].format(part)


def limited(shape: str, limit: float) -> str:
    """Say to what a shape limits the plan: one of LIMITS; points, or a share of 1."""
    return _WHOLE[shape].format(limit).replace("%", " %")


def replaced_by(title: str) -> str:
    """Say what is used in its place."""
    return f"“{title}” is used in its place"


def replaces(title: str) -> str:
    """Say whose place it takes."""
    return f"it takes the place of “{title}”"


def says(words: str, now: bool) -> str:
    """Say that a rule begins to say what a shape does, or ceases to."""
    return f"{'says now that' if now else 'no longer says that'} {words}"


# --- what turned


def rule_says(rule: Rule, what: str, because: Iterable[str]) -> str:
    """Say what a rule does now, and the comparisons that made it so."""
    told = "; ".join(because)
    return f"“{rule.title}” ({rule.id}) {what}" + (f": {told}" if told else "")


def for_whom(what: str, labels: dict[str, int]) -> str:
    """Add for whom, by label and how many are called so: pupils, who have one label together."""
    whom = listed(f"{number} pupils" if number > 1 else one for one, number in labels.items())
    return f"{what} for {whom}" if whom else what


def there(label: str, now: bool) -> str:
    """Say that somebody is there now, or is not."""
    return f"{label} is {'there now' if now else 'not there now'}"


def of(title: str, owner: str) -> str:
    """Name a value with whom it is of."""
    return f"{title} ({owner})"


def includes(title: str, member: str, now: bool) -> str:
    """Say that a set has a member now, or has it no longer."""
    return f"{title} {'include' if now else 'do not include'} “{member}” now"


def reads(title: str, now: str | None, was: str | None) -> str:
    """Say what is read now and today; None where it is not known."""
    return f"{title} is {now or 'not known'} (today {was or 'not known'})"


def held_against(title: str, now_and_today: Iterable[str]) -> str:
    """Say that the same value is held against something else now."""
    return f"{title} is held against " + " now, and today against ".join(now_and_today)


def unturned(words: str, lines: Iterable[str], rules: Sequence[str]) -> str:
    """Say that something reads otherwise, which rules read it, and that nothing changes by it."""
    more = f" and {len(rules) - _MOST} more" if len(rules) > _MOST else ""
    lines = " and ".join(lines)
    held = f", held against {lines}" if lines else ""
    return f"{words}{held}; it is read by {', '.join(rules[:_MOST])}{more}, and no advice changes by it"


# --- what else is wanted, or can be had


def promised(before: bool, now: str | None) -> str:
    """Say how a promise differs; `now` is why it is given, None where there is none now."""
    if now is None:
        return "It is no longer promised."
    words = "What is promised of it is otherwise now" if before else "It is promised now"
    return f"{words}: {now}" if now else f"{words}."


def due(words: str) -> str:
    """Say that it has become a duty."""
    return f"It is due now: {words}"


def refused(words: str, now: bool) -> str:
    """Say that it is refused now, or no longer, for a reason."""
    return f"{'It is not recommended now' if now else 'No longer so'}: {words}"


def ranked(title: str, now: int, was: int) -> str:
    """Say where a strand stands among the priorities now and today; 0 where it is none."""
    ranks = [f"priority {rank}" if rank else "no agreed priority" for rank in (now, was)]
    return f"{title} is {ranks[0]} now (today {ranks[1]})."


def goes_on(until: str, plan_ends: str, plan_ended: str) -> str:
    """Say until when it goes on, and why that differs: the plan's end, or its own days."""
    told = f"the plan ends in {plan_ends} now (today in {plan_ended})"
    words = told if plan_ends != plan_ended else "its days or what it takes are otherwise now"
    return f"It goes on until {until}: {words}."


def impossible(reason: str, today: bool) -> str:
    """Say that it can't be had, today or now."""
    return f"{'Today' if today else 'Now'} it can't be had: {reason}"
