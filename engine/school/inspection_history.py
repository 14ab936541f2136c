"""What a school's past inspections say together: each grade held against the line of its own framework."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from ..library import Scale
from .model import Inspection
from .pupil_data.grades import grade_names


def below_sound(past: Inspection, scales: Mapping[str, Scale]) -> bool:
    """Tell whether a grade lies below the one that is sound in the framework it was given in."""
    scale = scales[past.scale]
    assert scale.sound is not None
    return grade_names(scale, numbers=False)[str(past.grade).casefold()] < scale.rank(scale.sound)


def latest(inspections: tuple[Inspection, ...]) -> list[int]:
    """The positions of what was graded at the latest inspection; none where there was none."""
    last = max((one.date for one in inspections), default=None)
    return [index for index, one in enumerate(inspections) if one.date == last]


def dates_below(
    inspections: tuple[Inspection, ...], scales: Mapping[str, Scale]
) -> set[datetime.date]:
    """The days of the inspections at which something was graded below what is sound."""
    return {one.date for one in inspections if below_sound(one, scales)}
