"""What is said of many schools."""

from __future__ import annotations

import datetime
import pathlib
from collections.abc import Sequence

from ..core import Mistake, listed

_MOST_TOLD = 3
NEEDS_POLARS = (
    "a table of many schools needs polars, which is not installed: pip install 'termwise[columns]'"
)


def no_school(folder: pathlib.Path) -> str:
    """Tell that nothing can be planned in a folder."""
    return f"{folder}: no folder with a school.yaml stands in it"


def worker_ended(done: int, of: int) -> str:
    """Tell that a process ended before what it was given was done."""
    return (
        f"a worker ended before its school was planned: {done} of {of} schools are kept, and the same"
        " command goes on from there"
    )


def same_id(school: str, first: str) -> tuple[str, str]:
    """Tell that a school's id is another's already."""
    return (
        f"the id “{school}” is that of {first} already",
        "each school has an id of its own",
    )


def problems(found: Sequence[Mistake]) -> str:
    """Put the first problems of a school's folder in one line."""
    told = "; ".join(str(one) for one in found[:_MOST_TOLD])
    more = len(found) - _MOST_TOLD
    return f"{told}; and {more} more" if more > 0 else told


def not_a_batch(name: str) -> str:
    """Tell that a file holds no table of a batch."""
    return f"{name} holds no table that “termwise batch plan” wrote: run it again"


# --- a network's folder: what is wrong, and what to do


def listed_twice(folder: str, first: str) -> tuple[str, str]:
    """Tell that a school is in the list twice."""
    other = "" if folder == first else f", as {first}"
    return f"the school in {folder} is in the list already{other}", "list each school once"


def in_two_networks(folder: str, other: str) -> tuple[str, str]:
    """Tell that a school is in another network too."""
    return (
        f"the school in {folder} is in the network of {other} as well",
        "its people's days can be given out once only: take it out of one of the two",
    )


def more_years(years: int) -> tuple[str, str]:
    """Tell that a school plans for more than a year."""
    return (
        f"plans {years} years, and shared days are given out for one",
        "leave years out, and plan the years beyond it for the school by itself",
    )


def other_calendar(first: str) -> tuple[str, str]:
    """Tell that a school's half-terms are not those of the others."""
    return (
        f"its half-terms are not those of {first}",
        "the schools of a network plan the same half-terms: same calendar, same start",
    )


def two_capacities(person: str) -> tuple[str, str]:
    """Tell that somebody shared is listed twice."""
    return (
        f"“{person}” has days here twice",
        "write one line with all the days there are for the schools together",
    )


def nobody_shares(person: str) -> tuple[str, str]:
    """Tell that no school has a part in somebody shared."""
    return (
        f"no school has “{person}” as shared",
        f"in the staff.yaml of each school that has a part: id: {person}, shared: true, and the days it asks for",
    )


def not_shared(person: str) -> tuple[str, str]:
    """Tell that a school counts on days nobody gives out."""
    return (
        f"“{person}” is shared, and network.yaml says nothing of their days",
        "list them there under shared, or take “shared” out here",
    )


def line_twice(line: str, folders: Sequence[str]) -> tuple[str, str]:
    """Tell that schools have a budget line that is called as the network's."""
    return (
        f"a budget line of {listed(folders)} is called “{line}” too",
        "give the network's another id",
    )


def other_days(intervention: str) -> tuple[str, str]:
    """Tell that a school has other days set than the network."""
    return (
        f"the days of {intervention} are not those of the network",
        "take them out here: network.yaml has them",
    )


def outside_the_plan(day: datetime.date) -> tuple[str, str]:
    """Tell that a day is not in the time that is planned."""
    return f"{day} is outside the plan", "choose a day within the year that is planned"


def not_in_school(day: datetime.date, folders: Sequence[str]) -> tuple[str, str]:
    """Tell that schools are closed on a day of the network."""
    return (
        f"no pupils are in school on {day} in {listed(folders)}",
        "choose a day when all schools are open",
    )


NETWORK_NOTICE = (
    "A draft for the judgement of the headteachers and the advisers together. Days are given out by what the schools'"
    " plans would make of them; that says nothing about which school is better, and no school is told anything of"
    " another's pupils."
)


REVIEW_NOTICE = (
    "What the schools wrote down of their plans. It ranks nobody: schools stand in the order of the network's list, and"
    " what is overdue says where help is due. Counts of pupils are rounded to five, and small ones held back."
)


def no_plans(on: datetime.date) -> str:
    """Tell that no school works by a plan yet."""
    return f"no school of the network had issued a plan by {on}: termwise issue keeps one"
