"""Who is truly at risk in a made-up school: worked out from its plain data, without the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ...library import Library
from .demo_school import ModelSchool, Pupil
from .model import Demo, DemoCheck
from .results import ANCHORS, standing


class Course(NamedTuple):
    """A pupil's way in one subject as what the judgements stand for: the start and what followed."""

    start: int | None
    judged: Sequence[int]
    stuck: int
    """So many judgements in a row in the lowest band mean stuck."""


class Found(NamedTuple):
    upn: str
    subject: str
    reason: str


_LOWEST, _WEAK, _EXPECTED, _HIGH = range(len(ANCHORS))
TRUE: dict[str, Callable[[Course], bool]] = {
    "below-expected": lambda c: c.judged[-1] <= _WEAK,
    "fell-two-bands": lambda c: len(c.judged) > 1 and c.judged[-1] - c.judged[-2] <= -2,
    "behind-start": lambda c: (
        c.start is not None
        and c.judged[-1] < c.start
        and (c.judged[-1] < _EXPECTED or c.start - c.judged[-1] >= 2)
    ),
    "stuck-in-lowest": lambda c: (
        len(c.judged) >= c.stuck and all(band == _LOWEST for band in c.judged[-c.stuck :])
    ),
    "high-start-stalled": lambda c: c.start == _HIGH and c.judged[-1] == _EXPECTED,
    "two-bands-over-points": lambda c: (
        len(c.judged) > 2
        and c.judged[-1] - c.judged[-3] <= -2
        and c.judged[-1] - c.judged[-2] >= -1
    ),
    "slow-over-points": lambda c: len(c.judged) > 2 and c.judged[-1] - c.judged[-3] == -1,
}
"""What each reason means that judgements give, by its id in the screening rules; those that
national checks give are the demo's `checks`."""


def at_risk_reasons(library: Library) -> set[str]:
    """The reasons of the screening rules that put a pupil into the gravest state."""
    gravest = library.screening.states[0].id
    screens = [rule.screen for rule in library.rules.values() if rule.screen]
    return {screen.reason for screen in screens if screen.state == gravest}


def truths(
    demo: Demo,
    library: Library,
    school: ModelSchool,
    *,
    national: bool,
    pathways: bool,
    starts: bool = True,
) -> Iterator[Found]:
    """Every reason that holds for a pupil in a subject, as far as the files can tell.

    `national`: they hold results of national assessments, which come first as starting points;
    `pathways`: they say who is on a pathway of their own; `starts`: they hold starting points.
    """
    for pupil in school.pupils:
        if pathways and pupil.own_pathway:
            continue
        for subject in demo.subjects:
            course = _course(demo, library, pupil, subject, national, starts)
            if course.judged:
                for reason, holds in TRUE.items():
                    if holds(course):
                        yield Found(pupil.upn, subject, reason)
            for reason, check in demo.checks.items() if national else ():
                if check.subject == subject and _missed(library, pupil, check):
                    yield Found(pupil.upn, subject, reason)


def _course(
    demo: Demo, library: Library, pupil: Pupil, subject: str, national: bool, starts: bool
) -> Course:
    scale = library.scales[demo.scale]
    first, *later = demo.points
    known = [pupil.judged.get((subject, point.id)) for point in later]
    judged = [standing(scale, grade) for grade in known if grade is not None]
    own = pupil.judged.get((subject, first.id)) if starts else None
    start = standing(scale, own) if own is not None else None
    if start is None and judged:
        start = judged[0]  # the earliest stands in
    if national:
        start = _national(library, pupil, subject, start)
    return Course(start, judged, int(library.thresholds["stuck_points"].value))


def _missed(library: Library, pupil: Pupil, check: DemoCheck) -> bool:
    """Tell whether a pupil of a year group in which a check matters did badly in it."""
    if pupil.year not in check.years:
        return False
    for result in pupil.results:
        if (result.assessment, result.component) == (check.assessment, check.component):
            if check.at_most is not None:
                return float(result.text) <= library.thresholds[check.at_most].value
            return standing(library.scales[result.scale], result.text) < _EXPECTED
    return False


def _national(library: Library, pupil: Pupil, subject: str, otherwise: int | None) -> int | None:
    """The start from national results: of the assessment asked first, the lowest part."""
    by_place: dict[int, list[int]] = {}
    for result in pupil.results:
        place = library.assessments[result.assessment].baseline
        if result.subject == subject and place is not None:
            here = standing(library.scales[result.scale], result.text)
            by_place.setdefault(place, []).append(here)
    return min(by_place[min(by_place)]) if by_place else otherwise
