"""How pupils moved between two points: the same pupils at both, against the error of the measure."""

from __future__ import annotations

import datetime
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..inference import KIND, Inference, fired_by_conditions, run
from ..library import STRATA, Library
from ..school import Point, PupilRead, School, as_it_stood, entities, tests_against_others
from .change_by_error import ByError, Moved, half_width, moved, of_judgements, of_scores
from .model import GroupMoved

_SCREENED = STRATA.index("screen") + 1
Key = tuple[str, str]
"""A pupil and a subject."""
JUDGEMENT, SCORE = "judgement", "score"


@dataclass(frozen=True)
class PupilChange:
    """One pupil's change in a subject, in bands or in points of a test."""

    ref: str
    subject: str
    year: str
    first: float
    gained: float


class PupilsMoved:
    """Answers how pupils moved from a day to another, by the results a school's folder has now."""

    def __init__(
        self, school: School, library: Library, since: datetime.date, on: datetime.date
    ) -> None:
        self.school, self.library, self.since, self.on = school, library, since, on
        asked = school.file.pupils
        self.points = tuple(point for point in asked.points if point.date <= on) if asked else ()
        self.subjects = asked.subjects if asked else ()
        self.read = {pupil.ref: pupil for pupil in school.pupils}
        self.at_most = library.screening.clear_at_most

    # --- the two points

    def between(self, subject: str, assessment: str) -> tuple[Point, Point] | None:
        """The last point before the first day at which an assessment was given in a subject, and the last
        until the other; None where there are not two."""
        given = self._given.get((assessment, subject), {})
        points = [point for point in self.points if given.get(point.id)]
        first = [point for point in points if point.date <= self.since]
        if not first or points[-1].date <= first[-1].date:
            return None
        return first[-1], points[-1]

    @cached_property
    def _given(self) -> Mapping[tuple[str, str], Mapping[str, set[str]]]:
        """The pupils with a result, by assessment and subject, and by point."""
        found: dict[tuple[str, str], dict[str, set[str]]] = {}
        for pupil in self.school.pupils:
            for (assessment, subject, point), result in pupil.results.items():
                if result.grade is not None:
                    points = found.setdefault((assessment, subject), {})
                    points.setdefault(point, set()).add(pupil.ref)
        return found

    @cached_property
    def measures(self) -> Mapping[str, tuple[str, ...]]:
        """The assessments by which a change is told: the school's own judgements, and tests whose error is
        known."""
        return {
            JUDGEMENT: (self.library.own_assessment,),
            SCORE: tests_against_others(self.school, self.library),
        }

    @cached_property
    def judged(self) -> tuple[Point, Point] | None:
        """The earliest first and the latest last of the points between which judgements are compared."""
        found = [self.between(one, self.library.own_assessment) for one in self.subjects]
        pairs = [one for one in found if one]
        if not pairs:
            return None
        return min((a for a, _ in pairs), key=_date), max((b for _, b in pairs), key=_date)

    # --- the same pupils at both

    @cached_property
    def judgements(self) -> Mapping[Key, PupilChange]:
        """The change in bands of every pupil judged at both points."""
        return dict(self._changes(JUDGEMENT))

    @cached_property
    def scores(self) -> Mapping[Key, PupilChange]:
        """The change in points of every pupil tested at both."""
        return dict(self._changes(SCORE))

    def _changes(self, measure: str) -> Iterator[tuple[Key, PupilChange]]:
        for subject in self.subjects:
            for assessment in self.measures[measure]:
                points = self.between(subject, assessment)
                for pupil in self.school.pupils if points else ():
                    found = self._change(pupil, assessment, subject, points)
                    if found:
                        yield (pupil.ref, subject), found

    def _change(
        self, pupil: PupilRead, assessment: str, subject: str, points: tuple[Point, Point] | None
    ) -> PupilChange | None:
        first, last = (pupil.results.get((assessment, subject, point.id)) for point in points or ())
        if first is None or last is None or first.grade is None or last.grade is None:
            return None
        scale = self.school.measures[first.scale]
        if scale.error and first.scale == last.scale:
            was, now = float(first.grade), float(last.grade)
        elif first.scale == last.scale and None not in (first.distance, last.distance):
            was, now = float(first.distance or 0), float(last.distance or 0)
        elif first.standing is not None and last.standing is not None:
            was, now = float(first.standing), float(last.standing)
        else:
            return None
        return PupilChange(pupil.ref, subject, pupil.year, was, now - was)

    def there(self, subject: str, last: bool) -> set[str]:
        """The pupils judged in a subject at the first point, or at the last."""
        own = self.library.own_assessment
        points = self.between(subject, own)
        return self._given[own, subject][points[last].id] if points else set()

    # --- against error

    @cached_property
    def _stood(self) -> Mapping[tuple[str, str], Counter[float]]:
        """Count how many pupils of a year group stood where in a subject at the first point."""
        found: dict[tuple[str, str], Counter[float]] = defaultdict(Counter)
        for one in self.judgements.values():
            found[one.year, one.subject][one.first] += 1
        return found

    @cached_property
    def _scored(self) -> Mapping[tuple[str, str], tuple[float, float]]:
        """Mean and variance of a year group's scores in a subject at the first point."""
        found: dict[tuple[str, str], list[float]] = defaultdict(list)
        for one in self.scores.values():
            found[one.year, one.subject].append(one.first)
        return {
            key: (statistics.fmean(scores), statistics.pvariance(scores))
            for key, scores in found.items()
        }

    def by_error(self, change: PupilChange, measure: str, chosen: bool) -> ByError | None:
        """Judge what error alone can do to a pupil's change; None where the error of a test isn't known."""
        where = change.year, change.subject
        if measure == JUDGEMENT:
            stood = self._stood[where]
            near = tuple(stood[change.first + off] for off in (-1, 0, 1))
            off = self.library.screening.judgement_error.in_100
            return of_judgements(off, (near[0], near[1], near[2]) if chosen else None)
        error = self._error(change)
        middle, variance = self._scored[where]
        return error and of_scores(*error, (change.first, middle, variance) if chosen else None)

    def _error(self, change: PupilChange) -> tuple[float, float] | None:
        for assessment in self.measures[SCORE]:
            points = self.between(change.subject, assessment)
            key = (assessment, change.subject, points[1].id) if points else None
            result = self.read[change.ref].results.get(key) if key else None
            error = self.school.measures[result.scale].error if result else None
            if error:
                return error.points, error.confidence
        return None

    def told(self, key: Key, measure: str = JUDGEMENT) -> Moved | None:
        """Tell how one pupil moved in a subject; None where that isn't known."""
        change = (self.judgements if measure == JUDGEMENT else self.scores).get(key)
        error = self.by_error(change, measure, False) if change else None
        return moved(change.gained, [error], self.at_most) if change and error else None

    # --- many together

    def group(
        self, words: str, keys: Iterable[Key], measure: str, chosen: bool, least: int
    ) -> GroupMoved | None:
        """Sum up how pupils in subjects moved together; None where fewer than `least` pupils are known at both
        points."""
        keys = list(keys)
        known = self.judgements if measure == JUDGEMENT else self.scores
        changes = [known[key] for key in keys if key in known]
        if len({one.ref for one in changes}) < least:
            return None
        errors = [self.by_error(one, measure, chosen) for one in changes]
        if not all(errors):
            return None
        sure = [one for one in errors if one]
        total, many = sum(one.gained for one in changes), len(changes)
        refs = {one.ref for one in changes}
        there = {
            (one, when): self.there(one, when) for one in self.subjects for when in (False, True)
        }
        first, last = (
            {ref for ref, subject in keys if ref in there[subject, when]} for when in (False, True)
        )
        return GroupMoved.model_validate(
            {
                "who": words,
                "measure": measure,
                "pupils": len(refs),
                "judgements": many,
                "joined": len(last - first),
                "left": len(first - last),
                "change": round(total / many, 2),
                "error": round(half_width(sure, self.at_most) / many, 2),
                "by_itself": round(sum(one.mean for one in sure) / many, 2),
                "moved": moved(total, sure, self.at_most),
            }
        )

    def comparable(self, chosen: Iterable[Key], measure: str) -> list[Key]:
        """Find those of the same year groups, in the same subjects, who stood as low and were not chosen."""
        known = self.judgements if measure == JUDGEMENT else self.scores
        taken = {key for key in chosen if key in known}
        highest: dict[tuple[str, str], float] = {}
        for key in taken:
            one = known[key]
            where = one.year, one.subject
            highest[where] = max(one.first, highest.get(where, one.first))
        return [
            key
            for key, one in known.items()
            if key not in taken and one.first <= highest.get((one.year, one.subject), -1e9)
        ]

    def whole_years(self, keys: Iterable[Key]) -> list[Key]:
        """All pupils of the year groups in the subjects of some."""
        wanted = {(self.read[ref].year, subject) for ref, subject in keys}
        return [
            (pupil.ref, subject)
            for pupil in self.school.pupils
            for subject in self.subjects
            if (pupil.year, subject) in wanted
        ]

    def beside(self, one: GroupMoved, other: GroupMoved) -> str:
        """Tell whether a group moved more than another, less or alike, by the error of the difference."""
        apart = one.change - other.change
        error = (one.error**2 + other.error**2) ** 0.5
        return "more" if apart >= error else "less" if apart <= -error else "alike"


class Standings:
    """Pupils as their results stood on a day: screened once for each set of points."""

    def __init__(self, school: School, library: Library, today: datetime.date) -> None:
        self.school, self.library, self.today = school, library, today
        self._known: dict[tuple[str, ...], tuple[School, Inference]] = {}

    def on(self, day: datetime.date) -> tuple[School, Inference]:
        """The school as it stood on a day, with what the rules find of it."""
        asked = self.school.file.pupils
        points = tuple(one.id for one in asked.points if one.date <= day) if asked else ()
        if points not in self._known:
            whole = asked is None or len(points) == len(asked.points)
            school = self.school if whole else as_it_stood(self.school, self.library, day)
            vocabulary = self.library.vocabulary(school.scales)
            found = Inference(entities(school, self.library), vocabulary)
            # of an earlier day the states are asked for alone
            until = len(STRATA) if day == self.today else _SCREENED
            run(found, self.library, fired_by_conditions, until=until)
            self._known[points] = school, found
        return self._known[points]

    def states(self, day: datetime.date) -> Mapping[Key, str]:
        """The state of each pupil in each subject on a day; of those who were judged by then."""
        school, inference = self.on(day)
        if school.file.pupils is None or not school.latest:
            return {}
        return {
            (ref, subject): str(one.values["state"].value)
            for one in inference.facts.of(KIND)
            for ref, subject in (one.id.split(" "),)
        }


def _date(point: Point) -> datetime.date:
    return point.date


__all__ = ["JUDGEMENT", "SCORE", "PupilChange", "Key", "PupilsMoved", "Standings"]
