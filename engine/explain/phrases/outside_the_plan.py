"""The sentences on why the plan says nothing of an intervention."""

from __future__ import annotations

import datetime

NO_RULE = "No rule asks for it in this school, and nothing in the plan needs it."


def advised_only(ask: str) -> str:
    """Say that something is advised and not planned, and how to ask what keeps it out."""
    return f"It is advised, and is not in the plan: {ask} tells what keeps it out."


def in_place(how: str) -> str:
    """Say that it is in place, and how well."""
    return f"It is in place already ({how})."


def no_rule_for(whom: str) -> str:
    """Say that no rule asks for it for some."""
    return f"No rule asks for it for {whom}."


def no_duty_yet(years: int, last: datetime.date) -> str:
    """Say that a duty does not fall due in this plan."""
    return (
        f"It is a duty that does not fall due in this plan: it comes back every {years} years, "
        f"and was last done on {last:%-d %B %Y}."
    )


def of_others(whom: str, reason: str) -> str:
    """Say a reason that holds for some others."""
    return f"{whom}: {reason}"
