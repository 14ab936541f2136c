"""What rules and aggregates read is found once, down to the data."""

from __future__ import annotations

from typing import Any

from termwise.engine.library.dependency_index import DependencyIndex, conditions_of
from termwise.engine.library.loader import Library
from termwise.engine.library.model import Indicator
from termwise.engine.library.rule import STRATA, Rule


def indicator(name: str, **aggregate: Any) -> Indicator:
    data = {"id": name, "about": "school", "title": name, "type": "count", "from": "school"}
    spec = {"kind": "count", "of": "class", **aggregate}
    return Indicator.model_validate(data | ({"aggregate": spec} if aggregate else {}))


def rule(name: str, when: dict[str, Any], **says: Any) -> Rule:
    example = {"say": "a", "expect": "fires"}
    return Rule.model_validate(
        {"id": name, "title": "-", "status": "draft", "since": "2026.1", "about": "school"}
        | {"when": when, "because": "-", "why": "-", "limits": "made up", "sources": ["house"]}
        | {"examples": [example, example | {"expect": "silent"}]}
        | says
    )


def index(rules: list[Rule], *indicators: Indicator) -> DependencyIndex:
    return DependencyIndex({one.id: one for one in rules}, {one.id: one for one in indicators})


ROLL = {"indicator": "roll", "above": 100}
SMALL = rule("AAA-01", {"not": ROLL}, diagnose={"need": "small"})
TIGHT = rule("AAA-02", {"indicator": "reserves", "below": 5}, diagnose={"need": "small"})
ASKS = rule("AAA-03", {"indicator": "counted", "above": 1}, recommend=[{"intervention": "x"}])
COUNTED = indicator(
    "counted", where={"all": [{"need": "small"}, {"indicator": "lowest", "below": 3}]}
)
LOWEST = indicator("lowest", kind="minimum", indicator="size", where=ROLL)
WHOLE = index([SMALL, TIGHT, ASKS], COUNTED, LOWEST, indicator("size"), indicator("roll"))


def test_what_is_read_is_followed_down_to_the_data() -> None:
    assert WHOLE.read_by["AAA-03"] == {"counted"}
    assert WHOLE.computed_from == {"counted": {"need small", "lowest"}, "lowest": {"roll", "size"}}
    every = {"counted", "need small", "lowest", "roll", "size", "reserves"}
    assert WHOLE.rests_on(["counted"]) == every
    assert WHOLE.rests_on(["size"]) == {"size"}
    assert WHOLE.rests_on([]) == frozenset()


def test_a_need_is_found_by_all_rules_that_find_it() -> None:
    assert WHOLE.finders == {"small": (SMALL, TIGHT)}


def test_what_screening_reads_is_what_decides_a_state_or_makes_it_sure() -> None:
    screen = {"state": "at-risk", "reason": "low", "clear": {"indicator": "size", "below": 2}}
    found = index([rule("AAA-04", ROLL, screen=screen), ASKS])
    assert found.read_by_screening == {"roll", "size"}


def test_an_indicator_follows_the_stratum_whose_findings_it_depends_on() -> None:
    state = indicator("state")
    risk = indicator("risk", where={"indicator": "state", "above": 1})
    found = index([], COUNTED, LOWEST, indicator("size"), state, risk)
    assert found.level(state) == found.level(risk) == STRATA.index("screen")
    assert found.level(COUNTED) == STRATA.index("diagnose")
    assert found.level(LOWEST) == -1


def test_a_circle_of_aggregates_ends() -> None:
    one = indicator("one", where={"indicator": "other", "above": 1})
    other = indicator("other", where={"any": [{"indicator": "one", "above": 1}, {"need": "small"}]})
    found = index([], one, other)
    assert found.level(one) == found.level(other) == STRATA.index("diagnose")
    assert found.rests_on(["one"]) == {"one", "other", "need small"}


def test_everything_a_shipped_rule_reads_is_declared(library: Library) -> None:
    for rule in library.rules.values():
        for key in library.dependencies.rests_on(library.dependencies.read_by[rule.id]):
            assert key[5:] in library.needs or key.partition(" of ")[0] in library.indicators
    for one in library.indicators.values():
        assert bool(conditions_of(one)) <= (one.id in library.dependencies.computed_from)
