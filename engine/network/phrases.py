"""What is said of many schools."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence

from ..core import Mistake

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
