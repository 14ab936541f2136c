"""What error of the measure alone can do to a change, of one pupil and of many together: what is beyond it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Literal

Moved = Literal["gained", "within-error", "fell"]

_MOST_EXACT = 60
"""So many pupils' changes are added up exactly; of more the sum is as good as normal."""


@dataclass(frozen=True)
class ByError:
    """The change that error alone can give one pupil who stays where they are."""

    mean: float
    variance: float
    spread: Mapping[int, float] = field(default_factory=dict)
    """The chance of each change, where it is in whole bands; empty where it is normal."""


def of_judgements(off_in_100: float, stood: tuple[int, int, int] | None = None) -> ByError:
    """The change of a pupil judged twice, where so many of 100 judgements are a band off, half of them above.

    `stood` are the pupils of the same year group who were judged a band below, the same, and a band above at
    the first point: of one who was chosen for standing there, the first judgement was more likely too low the
    more stand above (Bayes). None: nobody was chosen.
    """
    off = off_in_100 / 200
    error = {-1: off, 0: 1 - 2 * off, 1: off}
    first = dict(error)
    if stood is not None and stood[1]:
        below, here, above = stood
        weights = {-1: off * above, 0: (1 - 2 * off) * here, 1: off * below}
        first = {one: weight / sum(weights.values()) for one, weight in weights.items()}
    spread: dict[int, float] = {}
    for was, chance in first.items():
        for now, other in error.items():
            spread[now - was] = spread.get(now - was, 0.0) + chance * other
    mean = sum(change * chance for change, chance in spread.items())
    variance = sum((change - mean) ** 2 * chance for change, chance in spread.items())
    return ByError(mean, variance, spread)


def of_scores(
    points: float, confidence: float, chosen: tuple[float, float, float] | None = None
) -> ByError:
    """The change of a pupil tested twice, where a score is off by at most so many points in `confidence` of
    100 cases.

    `chosen` is the score for which the pupil was chosen, with the mean and variance of the year group's: a
    score is expected to be off by its distance from the mean times the share of error in the variance
    (Kelley). None: nobody was chosen.
    """
    error = (points / NormalDist().inv_cdf(0.5 + confidence / 200)) ** 2
    if chosen is None:
        return ByError(0.0, 2 * error)
    score, middle, variance = chosen
    share = min(error / variance, 1.0) if variance else 1.0
    return ByError(-share * (score - middle), error + error * (1 - share))


def moved(total: float, errors: Sequence[ByError], at_most: float) -> Moved:
    """Tell whether changes that add up to `total` are more than error alone gives in `at_most` of 100 cases,
    to either side; `errors` has one for each pupil."""
    least = at_most / 100
    above, below = _tails(total, errors)
    if above <= least:
        return "gained"
    return "fell" if below <= least else "within-error"


def half_width(errors: Iterable[ByError], at_most: float) -> float:
    """Return how far the sum of changes lies from its mean at most by error alone, in all but `at_most` of 100 cases
    to either side."""
    return NormalDist().inv_cdf(1 - at_most / 100) * math.sqrt(sum(one.variance for one in errors))


def _tails(total: float, errors: Sequence[ByError]) -> tuple[float, float]:
    """The chances that error alone gives so much or more, and so much or less."""
    if len(errors) <= _MOST_EXACT and all(one.spread for one in errors):
        chances = {0: 1.0}
        for one in errors:
            added: dict[int, float] = {}
            for change, chance in chances.items():
                for more, other in one.spread.items():
                    added[change + more] = added.get(change + more, 0.0) + chance * other
            chances = added
        near = 1e-9
        return (
            sum(chance for change, chance in chances.items() if change >= total - near),
            sum(chance for change, chance in chances.items() if change <= total + near),
        )
    normal = NormalDist(
        sum(one.mean for one in errors), math.sqrt(sum(one.variance for one in errors)) or 1e-9
    )
    whole = 0.5 if all(one.spread for one in errors) else 0.0  # bands are whole numbers
    return 1 - normal.cdf(total - whole), normal.cdf(total + whole)


__all__ = ["ByError", "Moved", "half_width", "moved", "of_judgements", "of_scores"]
