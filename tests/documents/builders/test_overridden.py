"""What schools decided about advice is a table by rule, with each reason and how often it was given."""

from __future__ import annotations

from termwise.engine.documents.builders.overridden import overridden_document
from termwise.engine.documents.tree import texts
from termwise.engine.library.decision import OverriddenReport, ReasonCount, RuleOverridden

RULE = RuleOverridden(
    rule="RAF-01",
    title="Moderate together",
    asked_in=3,
    asked=5,
    accepted=1,
    adapted=0,
    refused=2,
    reasons=(ReasonCount(decision="refuse", reason="no-time", title="No time", times=2),),
)


def told(report: OverriddenReport) -> list[str]:
    document = overridden_document(report)
    return [text for block in document.blocks for text in texts(block)]


def test_figures_stand_in_the_order_of_their_columns() -> None:
    found = told(OverriddenReport(schools=("a", "b", "c"), rules=(RULE,), without_rule=0))
    assert found[0].startswith("What 3 schools decided about advice")
    at = found.index("RAF-01")
    assert found[at : at + 7] == ["RAF-01", "2", "0", "1", "3", "5", "Moderate together"]
    assert found[-1] == "refused, 2 times: No time"


def test_decisions_no_rule_asks_for_are_counted_and_none_at_all_is_said() -> None:
    found = told(OverriddenReport(schools=("a",), rules=(), without_rule=1))
    assert found[-1] == "1 decision is about what no rule asks for in that school now."
    nothing = told(OverriddenReport(schools=("a", "b"), rules=(), without_rule=0))
    assert nothing == ["Nothing was decided about advice in 2 schools."]
