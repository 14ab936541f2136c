"""A reassessment: a school with one pupil alone, whose latest judgement in a subject differs."""

from __future__ import annotations

from dataclasses import replace

from ...library import Library
from ..model import Point
from ..school import PupilRead, Result, School
from .assessment_points import placed, terms_of
from .grades import distance, standing
from .record_merging import when_judged


def latest(school: School, library: Library, pupil: PupilRead, subject: str) -> Result | None:
    """The pupil's latest judgement in a subject that is known; None where there is none."""
    key = _latest(school, library, pupil, subject)
    return pupil.results[key] if key else None


def judged_otherwise(
    school: School, library: Library, pupil: PupilRead, subject: str, grade: int
) -> School:
    """The school with this pupil alone, whose latest known judgement in the subject is the grade of that
    rank on the same scale.

    Raises KeyError where there is no judgement.
    """
    key = _latest(school, library, pupil, subject)
    if key is None:
        raise KeyError(f"{pupil.ref} {subject}")
    was, scale = pupil.results[key], school.measures[pupil.results[key].scale]
    point = next(point for point in _points(school) if point.id == key[2])
    here = placed(point, terms_of(school.file, library))
    then = when_judged(here, pupil.year, school.timeline.first_year, library)
    now = replace(
        was,
        grade=grade,
        standing=standing(scale, grade, library.standings, *then),
        distance=distance(scale, grade, *then),
    )
    return replace(school, pupils=(replace(pupil, results={**pupil.results, key: now}),))


def _points(school: School) -> list[Point]:
    return list(school.file.pupils.points) if school.file.pupils else []


def _latest(
    school: School, library: Library, pupil: PupilRead, subject: str
) -> tuple[str, str, str] | None:
    keys = [(library.own_assessment, subject, point.id) for point in _points(school)]
    known = [key for key in keys if key in pupil.results and pupil.results[key].grade is not None]
    return known[-1] if known else None
