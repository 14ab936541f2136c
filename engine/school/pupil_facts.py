"""What pupils' progress is measured from, and the statutory results that say something of a pupil."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..library import Assessment, Component, Library, Value
from .model import SchoolFile
from .pupil_data.assessment_points import year_label, year_taken
from .school import PupilRead, Result, SchoolData


def latest_points(
    school: SchoolFile, pupils: Iterable[PupilRead], library: Library
) -> dict[str, str]:
    """By subject: the id of the latest point at which anybody was judged in it, or was noted as absent
    and the like. A point that has so far been given in one subject only is none of the others."""
    empty = set(library.words.missing.values())
    own, points = library.own_assessment, school.pupils.points if school.pupils else ()
    order = {point.id: index for index, point in enumerate(points)}
    found: dict[str, int] = {}
    for pupil in pupils:
        for (assessment, subject, point), result in pupil.results.items():
            given = result.grade is not None or result.missing not in empty
            if assessment == own and given and point in order:
                found[subject] = max(found.get(subject, 0), order[point])
    return {subject: points[index].id for subject, index in sorted(found.items())}


def tests_against_others(school: SchoolData, library: Library) -> tuple[str, ...]:
    """The tests whose scores compare a pupil with others; on a scaled score 100 means another thing."""
    return tuple(
        one.id
        for one in library.assessments.values()
        if one.kind == "test"
        and all(school.measures[version.scale].used_for == "test" for version in one.scales)
    )


class Progress:
    """Works out the indicators of one school's pupils."""

    def __init__(self, school: SchoolData, library: Library) -> None:
        assert school.file.pupils is not None
        self.school, self.library = school, library
        self.points = school.file.pupils.points
        self.own = library.own_assessment
        self.tests = tests_against_others(school, library)
        scale = school.scales["attainment"]
        self.ranks = sorted(scale.rank(str(grade)) for grade in scale.anchors.values())
        """The rank on the library's scale of attainment of each standing."""
        self.first = school.timeline.first_year
        self.groups = list(library.words.year_groups)
        self._known_held: dict[tuple[str, str], str | None] = {}

    def of_pupil(self, pupil: PupilRead) -> dict[str, Value]:
        """The statutory results that say something of a pupil as a whole, by the indicator that
        the component names."""
        found = {}
        for assessment, component in self._components():
            if component.indicator is None or component.indicator in found:
                continue
            result = self._statutory(pupil, assessment, component)
            if result is None or result.grade is None:
                continue
            indicator = self.library.indicators[component.indicator]
            value = result.grade
            if indicator.type == "yes-no":
                scale = self.school.measures[result.scale]
                passed = scale.anchors.get(component.passed) if component.passed else None
                if passed is None:
                    continue
                limit = float(passed) if scale.numbers else scale.rank(str(passed))
                found[indicator.id] = Value(value >= limit, (result.cell,))
            else:
                found[indicator.id] = Value(value, (result.cell,))
        return found

    def _components(self) -> Iterator[tuple[Assessment, Component]]:
        for assessment in self.library.assessments.values():
            for component in assessment.components:
                yield assessment, component

    def _statutory(
        self, pupil: PupilRead, assessment: Assessment, component: Component
    ) -> Result | None:
        """The result in the year in which the pupil's year group took the assessment."""
        year = self._year_taken(pupil.year, assessment)
        return pupil.results.get((assessment.id, component.id, year)) if year else None

    def _year_taken(self, year: str, assessment: Assessment) -> str | None:
        """The school year of an assessment that this year group has reached; None of another."""
        taken = year_taken(year, assessment.year_group, self.groups, self.first)
        return taken if taken is not None and taken <= year_label(self.first) else None

    def held_for(self, year: str, subject: str) -> str | None:
        """The first statutory starting point in a subject that took place for a year group; None
        where there is none, and only the school's own judgements can serve."""
        for assessment in self._ordered():
            about = any(part.subject == subject for part in assessment.components)
            if about and self._held(year, assessment) is not None:
                return assessment.id
        return None

    def _held(self, year: str, assessment: Assessment) -> str | None:
        """The school year in which those now in a year group took an assessment; None where it was
        not held for them, or is still to come. Worked out once for all in a year group."""
        key = year, assessment.id
        if key not in self._known_held:
            self._known_held[key] = self._was_held(year, assessment)
        return self._known_held[key]

    def _was_held(self, year: str, assessment: Assessment) -> str | None:
        taken = self._year_taken(year, assessment)
        if taken is None or assessment.year_group == year or not assessment.was_held(taken):
            return None
        return taken

    def _ordered(self) -> list[Assessment]:
        able = [a for a in self.library.assessments.values() if a.baseline is not None]
        return sorted(able, key=lambda a: a.baseline or 0)

    def starting_point(self, pupil: PupilRead, subject: str) -> tuple[Result, str] | None:
        """Where a pupil's progress in a subject is measured from, and the assessment it is of: the
        first of the library's starting points that took place for the pupil's year group and has
        results, none of them missing, by the lowest of its parts; else the school's own baseline; else its earliest
        judgement, if there is a later one; None where there is none of them."""
        for assessment in self._ordered():
            year = self._held(pupil.year, assessment)
            parts = [c for c in assessment.components if c.subject == subject]
            if year is None or not parts:
                continue
            keys = [(assessment.id, part.id, year) for part in parts]
            given = [pupil.results[key] for key in keys if key in pupil.results]
            if given and all(result.standing is not None for result in given):
                return min(given, key=lambda result: result.standing or 0), assessment.id
        own = [
            (point, result)
            for point in self.points
            if (result := pupil.results.get((self.own, subject, point.id))) is not None
            and result.grade is not None
        ]
        marked = [result for point, result in own if point.baseline]
        before_the_latest = [result for _, result in own[:-1]]
        for result in (*marked, *before_the_latest):
            return result, self.own
        return None
