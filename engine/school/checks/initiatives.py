"""The list of initiatives in school.yaml, held against itself, the plan's start and what may be said of one."""

from __future__ import annotations

from collections.abc import Iterator

from ...core import Mistake, unknown
from ..calendar import Timeline
from ..model import SchoolFile, StaffFile
from .folder_checks import SCHOOL, Checks

COUNT = "initiatives_running"
# what is written of one is a value of an indicator
CHOSEN = {"evidence": "initiative_evidence", "purpose": "initiative_purpose"}


def check_initiatives(
    checks: Checks, school: SchoolFile, staff: StaffFile | None, time: Timeline | None
) -> None:
    """Adds every mistake in the list to those of `checks`; without `time` nothing is said of days."""
    place = checks.documents[SCHOOL].place
    ids = [one.id for one in school.initiatives]
    for index, one in enumerate(school.initiatives):
        path = ("initiatives", index)
        if one.id in ids[:index]:
            what = f"the initiative “{one.id}” stands twice"
            checks.wrong(place(*path, "id"), what, "give each an id of its own")
        if time and one.since and one.since > time.halves[0].starts:
            checks.wrong(
                place(*path, "since"),
                f"“{one.id}” would begin on {one.since}, after the plan, which begins on "
                f"{time.halves[0].starts}",
                "list what runs already; what is to come goes into the plan",
            )
        for key, indicator in CHOSEN.items():
            if (given := getattr(one, key)) is not None:
                values = checks.library.indicators[indicator].values
                checks.problems += unknown(place(*path, key), key, given, values)
        for position, role in enumerate(one.who):
            checks.held(SCHOOL, (*path, "who", position), role, staff)
        if one.overlaps_with is not None:
            where = place(*path, "overlaps_with")
            others = [name for name in ids if name != one.id]
            checks.problems += unknown(where, "other initiative", one.overlaps_with, others)


def counted_otherwise(checks: Checks, school: SchoolFile) -> Iterator[Mistake]:
    """Yield that the school says another count than its list has; the list is what counts."""
    said, listed = school.context.get(COUNT), len(school.initiatives)
    if listed and said is not None and said != listed:
        yield Mistake(
            checks.documents[SCHOOL].place("context", COUNT),
            f"“{COUNT}” is {said}, and {listed} are listed under initiatives: the list counts",
            "take the figure out, or complete the list",
        )
