"""For whom something is not asked, and the figure that falls short, are read off the nearest rule."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from termwise.engine.advise import Advice
from termwise.engine.inference.not_recommended import Unasked, unasked
from termwise.engine.library.facts import Entity

Told = list[tuple[Advice, Unasked]]


def asked(advice: Advice) -> dict[str, list[Entity]]:
    return {name: item.targets for name, item in advice.recommendations.items.items()}


@pytest.fixture(scope="module")
def told(all_advice: dict[str, Advice]) -> Told:
    def each() -> Iterator[tuple[Advice, Unasked]]:
        for advice in all_advice.values():
            for one in unasked(advice.findings, advice.library, asked(advice)):
                yield advice, one

    return list(each())


def test_nobody_is_told_for_whom_it_is_asked_and_nothing_for_the_whole_school(told: Told) -> None:
    assert told
    for advice, one in told:
        assert one.intervention.target != "school"
        assert one.targets and {target.kind for target in one.targets} == {one.intervention.target}
        named = {id(target) for target in asked(advice).get(one.intervention.id, ())}
        assert named.isdisjoint(map(id, one.targets))


def test_each_is_told_with_a_figure_about_it_that_is_what_the_school_has(told: Told) -> None:
    for advice, one in told:
        say = advice.findings.vocabulary.say
        for target in one.targets:
            figures = {
                say(name, entity.values[name].value)
                for entity in advice.findings.facts
                if any(elder is target for elder in entity.lineage)
                for name, indicator in advice.library.indicators.items()
                if indicator.from_ == "aggregate" and name in entity.values
            }
            assert any(f"{target.label} ({figure})" in one.words for figure in figures)


def test_who_is_asked_for_is_not_told_any_more(told: Told) -> None:
    advice, one = told[0]
    more = asked(advice)
    more[one.intervention.id] = [*more.get(one.intervention.id, ()), *one.targets]
    again = unasked(advice.findings, advice.library, more)
    assert one.intervention.id not in {each.intervention.id for each in again}
