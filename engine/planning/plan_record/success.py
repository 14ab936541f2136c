"""The success measures of a step, each with how things stand now and what they are to become."""

from __future__ import annotations

from collections.abc import Iterator

from ...inference import Recommendation
from ...library import Success
from .. import model as view
from ..effort_profile import EffortProfile
from .figures import Figures


def success(
    item: Recommendation, course: EffortProfile, figures: Figures
) -> Iterator[view.SuccessMeasure]:
    """Yield the success measures of a step; one that is a figure once for each class, year group, group or
    subject it is known of, and once without a figure where it is known of none."""
    for given in item.intervention.success:
        told = tuple(_figured(given, item, course, figures)) if given.indicator else ()
        yield from told or (_plain(given),)


def _plain(given: Success) -> view.SuccessMeasure:
    return view.SuccessMeasure(
        measure=given.measure,
        baseline=given.baseline,
        target=given.target,
        indicator=given.indicator,
    )


def _figured(
    given: Success, item: Recommendation, course: EffortProfile, figures: Figures
) -> Iterator[view.SuccessMeasure]:
    indicator = figures.library.indicators[given.indicator or ""]
    over, delivered = course.phases[-1][1][-1], dict(course.phases)["deliver"][-1]
    for entity in figures.spoken_of(indicator, item):
        now = figures.now(indicator, entity)
        if now is None:
            continue
        yield view.SuccessMeasure(
            measure=given.measure,
            baseline=given.baseline,
            target=given.target,
            indicator=indicator.id,
            about="" if indicator.about in ("school", "question") else entity.label,
            now=now,
            goal=figures.goal(indicator, entity, given.rule, over, delivered),
        )


__all__ = ["success"]
