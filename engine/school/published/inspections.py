"""Past inspections, held against the framework each was held under."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from ...core import Path
from ...library import Area, Scale
from ..checks.folder_checks import SCHOOL, Checks
from ..model import Inspection, SchoolFile
from ..pupil_data.grades import grade_names

_INSPECTION = "inspection"


def check_inspections(checks: Checks, school: SchoolFile) -> None:
    """Adds every mistake in the inspections of school.yaml, each at its place: a day outside its
    framework or after the plan's start, an area or grade the framework doesn't give, one area graded
    twice."""
    scales = {k: s for k, s in checks.library.scales.items() if s.used_for == _INSPECTION}
    seen: dict[tuple[datetime.date, str], int] = {}
    for index, past in enumerate(school.inspections):
        path: Path = ("inspections", index)
        if past.date > school.plan.starts:
            checks.wrong(
                checks.documents[SCHOOL].place(*path, "date"),
                f"{past.date} is after the plan's start, {school.plan.starts}, and no past inspection",
                "write the day it was held, or leave it out",
            )
        if checks.name(SCHOOL, (*path, "scale"), "scale of inspections", past.scale, scales):
            _One(checks, past, path, scales).check()
        area = _plain(past.area)
        if seen.setdefault((past.date, area), index) != index:
            checks.wrong(
                checks.documents[SCHOOL].place(*path, "area"),
                f"“{past.area}” of {past.date} stands twice",
                "keep the grade that was given",
            )


class _One:
    """One inspection against its framework."""

    def __init__(
        self, checks: Checks, past: Inspection, path: Path, scales: Mapping[str, Scale]
    ) -> None:
        self.checks, self.past, self.path, self.scales = checks, past, path, scales
        self.scale = scales[past.scale]

    def check(self) -> None:
        """Adds what is wrong with its day, its area and its grade."""
        scale, past = self.scale, self.past
        if not _held(scale, past.date):
            begun = f"from {scale.from_} " if scale.from_ else ""
            ended = f"until {scale.until}" if scale.until else "on"
            known = [name for name, one in self.scales.items() if _held(one, past.date)]
            self._wrong(
                "date",
                f"{past.date} is not in the time of “{scale.title}”, {begun}{ended}",
                f"on that day it was scale: {known[0]}" if known else "write the day it was held",
            )
        self._area()
        self._grade()

    def _area(self) -> None:
        scale, past = self.scale, self.past
        areas = {name: area for area in scale.areas for name in _names(area)}
        area = areas.get(_plain(past.area))
        ungraded = {_plain(name): why for name, why in scale.ungraded.items()}
        why = ungraded.get(_plain(past.area))
        listed = ", ".join(one.title for one in scale.areas if _held(one, past.date))
        if why:
            self._wrong("area", f"“{scale.title}” has no “{past.area}”: {why}", f"it has {listed}")
        elif area is None:
            self._wrong("area", f"“{scale.title}” has no area “{past.area}”", f"it has {listed}")
        elif _held(scale, past.date) and not _held(area, past.date):
            self._wrong("area", f"“{area.title}” was not graded on {past.date}", f"it was {listed}")

    def _grade(self) -> None:
        """A number is no grade: the frameworks' own ran the other way than a scale's order."""
        scale, given = self.scale, str(self.past.grade)
        ids = ", ".join(grade.id for grade in scale.grades)
        rank = grade_names(scale, numbers=False).get(given.casefold())
        if given.isdecimal():
            named = (
                f" ({scale.grades[rank].title} in Ofsted's own count)" if rank is not None else ""
            )
            self._wrong(
                "grade",
                f"“{given}” is a number, and can mean two grades{named}",
                f"write one of {ids}",
            )
        elif rank is None:
            self._wrong("grade", f"“{given}” is not on the scale “{scale.title}”", f"it has {ids}")

    def _wrong(self, key: str, what: str, hint: str) -> None:
        self.checks.wrong(self.checks.documents[SCHOOL].place(*self.path, key), what, hint)


def _held(one: Scale | Area, date: datetime.date) -> bool:
    return (one.from_ is None or one.from_ <= date) and (one.until is None or date <= one.until)


def _names(area: Area) -> Iterator[str]:
    yield from map(_plain, (area.title, *area.aliases))


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("&", " and ").replace("-", " ").split())
