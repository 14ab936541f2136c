"""Freed time: what the school's initiatives give back, as time that people have for the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..core import EFFORT_STEP
from ..inference import DecidedInitiative
from ..library import Library
from ..school import DAYS_A_WEEK, School

Freed = Mapping[tuple[str, int], int]
"""Tenths of a day by person and half-term (its index)."""


def freed_time(decided: Iterable[DecidedInitiative], school: School, library: Library) -> Freed:
    """Return what is given back of each person's time, in whole tenths of a day.

    The hours of an initiative are shared evenly by those who hold its roles and are there, from the half-term
    after the decision; of them the share of the policy counts.
    """
    policy = library.planning.initiatives
    exact: dict[tuple[str, int], float] = {}
    for one in decided:
        roles = set(one.initiative.who or policy.who)
        for half in school.timeline.halves[policy.after :]:
            there = [
                person.id
                for person in school.staff.people
                if roles & set(person.roles) and not person.away(half.starts, half.ends)
            ]
            hours = one.freed * half.days / DAYS_A_WEEK * policy.planned
            for name in there:
                share = hours / policy.hours_a_day / len(there)
                exact[name, half.index] = exact.get((name, half.index), 0.0) + share
    found = {key: int(days * EFFORT_STEP + 1e-9) for key, days in sorted(exact.items())}
    return {key: tenths for key, tenths in found.items() if tenths}
