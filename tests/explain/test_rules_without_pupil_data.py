"""Which rules wait for a file of pupils is read off what they rest on."""

from __future__ import annotations

from dataclasses import replace

from termwise.engine.advise import Advice
from termwise.engine.explain.rules_without_pupil_data import OF_PUPILS, waiting_for_pupils
from termwise.engine.library.conditions import keys
from termwise.engine.library.facts import FactBase


def without_pupils(advice: Advice) -> Advice:
    """The same advice, had the school named no file of pupils and nothing been decided without."""
    known = advice.findings.facts.entities
    facts = FactBase({kind: [] if kind in OF_PUPILS else known[kind] for kind in known})
    findings = replace(advice.findings, facts=facts, fired=[], unknown=[])
    return replace(advice, school=replace(advice.school, pupils=()), findings=findings)


def test_a_school_with_pupils_waits_for_none(all_advice: dict[str, Advice]) -> None:
    for advice in all_advice.values():
        assert advice.school.pupils and waiting_for_pupils(advice) == {}


def test_every_screening_rule_waits_and_none_that_reads_what_the_school_says_of_itself(
    all_advice: dict[str, Advice],
) -> None:
    advice = without_pupils(all_advice["hillside"])
    waiting = waiting_for_pupils(advice)
    assert waiting.keys() >= {one.id for one in advice.library.rules.values() if one.screen}
    for rule in waiting.values():
        rests_on = advice.library.dependencies.rests_on(keys(rule.when))
        read = {name.partition(" of ")[0] for name in rests_on}
        assert rule.about in OF_PUPILS or any(
            advice.library.indicators[name].about in OF_PUPILS
            for name in read & advice.library.indicators.keys()
        )
