"""National results that go with where a made-up pupil stands, and what a grade stands for."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...library import Assessment, Library, Scale
from ...school import year_label
from .model import Demo

ANCHORS = ("lowest", "weak", "expected", "high")
"""What a grade can stand for, from the lowest."""


class DemoResult(NamedTuple):
    """One part of a national assessment: when, on which scale, and the grade's id or the score."""

    assessment: str
    component: str
    subject: str | None
    year: str
    scale: str
    text: str


def standing(scale: Scale, text: str) -> int:
    """The place among the anchors of the highest that a grade or score has reached; 0 below all."""
    reached = [
        place
        for place, anchor in enumerate(ANCHORS)
        if anchor in scale.anchors and _reaches(scale, text, scale.anchors[anchor])
    ]
    return max(reached, default=0)


def _reaches(scale: Scale, text: str, anchor: str | float) -> bool:
    if scale.numbers:
        return float(text) >= float(anchor)
    return scale.rank(text) >= scale.rank(str(anchor))


def results(
    rng: random.Random, library: Library, demo: Demo, year: str, homes: Mapping[str, int]
) -> Iterator[DemoResult]:
    """The results of a pupil in every national assessment that was held when they were in its year.

    `year`: the year group they will be in next, which they have no results of; `homes`: what they
    stand for by subject.
    """
    groups = demo.year_groups
    entry = demo.plan.starts.year - groups.index(year)
    for name, parts in demo.results.items():
        assessment = library.assessments[name]
        taken_in = groups.index(assessment.year_group or groups[-1])
        label = year_label(entry + taken_in)
        scale = _scale(assessment, label, library)
        held = any(_within(span.from_, span.until, label) for span in assessment.held)
        if scale is None or not held or taken_in >= groups.index(year):
            continue
        for component in assessment.components:
            if component.id in parts:
                home = homes.get(component.subject or "", sorted(homes.values())[len(homes) // 2])
                text = _text(rng, scale, home)
                yield DemoResult(name, component.id, component.subject, label, scale.id, text)


def _within(first: str | None, last: str | None, label: str) -> bool:
    return (first is None or first <= label) and (last is None or label <= last)


def _scale(assessment: Assessment, label: str, library: Library) -> Scale | None:
    for version in assessment.scales:
        if _within(version.from_, version.until, label):
            return library.scales[version.scale]
    return None


def _text(rng: random.Random, scale: Scale, home: int) -> str:
    if scale.numbers:
        low, high = int(scale.numbers.least), int(scale.numbers.most)
        line = int(scale.anchors.get("expected", (low + high) // 2))
        at_least = home >= ANCHORS.index("expected")
        return str(rng.randint(line, high) if at_least else rng.randint(low, line - 1))
    grades = [grade.id for grade in scale.grades]
    near = min(abs(standing(scale, grade) - home) for grade in grades)
    return rng.choice([grade for grade in grades if abs(standing(scale, grade) - home) == near])
