"""Behind what is not known stand facts that are not known."""

from __future__ import annotations

import pytest

from termwise.engine.advise import Advice
from termwise.engine.explain.missing_inputs import Behind
from termwise.engine.explain.possible_outcomes import Reach


@pytest.mark.parametrize("name", ["hillside", "little-fen", "carrick-junior"])
def test_the_facts_behind_an_undecided_rule_are_written_nowhere_and_are_no_figures(
    all_advice: dict[str, Advice], name: str
) -> None:
    advice = all_advice[name]
    behind = Behind(advice.findings, advice.library, Reach(advice.findings, advice.library))
    assert advice.findings.unknown
    for finding in advice.findings.unknown:
        for entity, key in behind.of(finding.verdict, finding.entity):
            indicator = advice.library.indicators[key]
            assert indicator.aggregate is None and indicator.about == entity.kind
            assert key not in entity.values


def test_nothing_is_behind_what_was_decided(all_advice: dict[str, Advice]) -> None:
    advice = all_advice["hillside"]
    behind = Behind(advice.findings, advice.library, Reach(advice.findings, advice.library))
    for finding in advice.findings.fired:
        assert behind.of(finding.verdict, finding.entity) == frozenset()
