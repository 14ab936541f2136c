"""A school as its results stood on an earlier day: what was judged later is left out."""

from __future__ import annotations

import datetime
from dataclasses import replace

from ..library import Library
from .pupil_facts import latest_points
from .school import PupilRead, School


def as_it_stood(school: School, library: Library, day: datetime.date) -> School:
    """The school with what was judged, noted and looked at of its pupils until a day; its other files are as
    they are.

    Statutory results stay: they are of school years that were over, or are known to be of none.
    """
    asked = school.file.pupils
    if asked is None:
        return school
    points = tuple(point for point in asked.points if point.date <= day)
    later = {point.id for point in asked.points} - {point.id for point in points}
    pupils = tuple(_then(pupil, later, day) for pupil in school.pupils)
    if not points:
        return replace(school, pupils=pupils, latest={})
    file = school.file.model_copy(update={"pupils": asked.model_copy(update={"points": points})})
    return replace(school, file=file, pupils=pupils, latest=latest_points(file, pupils, library))


def _then(pupil: PupilRead, later: set[str], day: datetime.date) -> PupilRead:
    noted = {name for name, date in pupil.concern_noted.items() if date <= day}
    return replace(
        pupil,
        results={key: one for key, one in pupil.results.items() if key[2] not in later},
        concern={name: one for name, one in pupil.concern.items() if name in noted},
        concern_noted={name: one for name, one in pupil.concern_noted.items() if name in noted},
        skills={
            code: one
            for code, one in pupil.skills.items()
            if code not in pupil.skills_seen or pupil.skills_seen[code] <= day
        },
    )


__all__ = ["as_it_stood"]
