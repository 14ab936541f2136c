"""The strata, the aggregates between them, and what becomes of data that is missing.

The rules run on `conditions` here; that durable-rules agrees is shown in test_match.
"""

from __future__ import annotations

import csv
import itertools
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.inference.durable_rules import fired
from termwise.engine.inference.forward_chaining import Inference, infer
from termwise.engine.inference.truth_columns import fired_by_conditions
from termwise.engine.library.conditions import Vocabulary
from termwise.engine.library.facts import Entity, FactBase, Raw, Value
from termwise.engine.library.loader import Library
from termwise.engine.library.model import Indicator
from termwise.engine.library.rule import STRATA, Rule
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.folder import load_school
from termwise.engine.school.school import School

SCHOOLS = ("hillside", "little_fen", "carrick")


def inferred(school: School, library: Library) -> Inference:
    facts = entities(school, library)
    return infer(facts, library, library.vocabulary(school.scales), fired_by_conditions)


@pytest.fixture(scope="session")
def inferences(
    library: Library, hillside: School, little_fen: School, carrick: School
) -> dict[str, Inference]:
    made = zip(SCHOOLS, (hillside, little_fen, carrick), strict=True)
    return {name: inferred(school, library) for name, school in made}


def rule(name: str, when: dict[str, Any], about: str = "school", **outcome: Any) -> Rule:
    return Rule.model_validate(
        {
            "id": name,
            "title": "Made up",
            "status": "draft",
            "since": "2026.1",
            "about": about,
            "when": when,
            "because": "-",
            "why": "-",
            "limits": "made up",
            "sources": ["house"],
            "examples": [{"say": "a", "expect": "fires"}, {"say": "b", "expect": "silent"}],
            **outcome,
        }
    )


def with_rules(library: Library, *rules: Rule) -> Library:
    return replace(library, rules={one.id: one for one in rules})


def with_indicators(library: Library, *declared: dict[str, Any]) -> Library:
    made = [
        Indicator.model_validate(
            {"title": "made up", "type": "number", "from": "aggregate", **item}
        )
        for item in declared
    ]
    added = {indicator.id: indicator for indicator in made}
    return replace(library, rules={}, indicators={**library.indicators, **added})


def small_school(judged: Sequence[dict[str, Raw]]) -> FactBase:
    """One class in one subject, a pupil for each set of values; the last half are `pp`."""
    facts = FactBase()
    school = facts.add(Entity("school", "s", "s"))
    subject = facts.add(Entity("subject", "maths", "Maths", (school,)))
    year = facts.add(Entity("year", "4", "Year 4", (school,)))
    one = facts.add(Entity("class", "4A", "class 4A", (school,)))
    group = facts.add(Entity("group", "pp", "pp", (school,)))
    class_subject = facts.add(Entity("class-subject", "4A maths", "", (one, subject)))
    year_subject = facts.add(Entity("year-subject", "4 maths", "", (year, subject)))
    group_subject = facts.add(Entity("group-subject", "pp maths", "", (group, subject)))
    for number, values in enumerate(judged):
        person = facts.add(Entity("pupil", f"P{number}", "a pupil", (one, year)))
        parents = [person, class_subject, year_subject]
        if number >= len(judged) / 2:
            parents.append(group_subject)
        known = {name: Value(value) for name, value in values.items()}
        facts.add(Entity("pupil-subject", f"P{number} maths", "", tuple(parents), known))
    return facts


def run(facts: FactBase, library: Library) -> Inference:
    return infer(facts, library, library.vocabulary(), fired_by_conditions)


def computed(facts: FactBase, kind: Any, name: str) -> Raw | None:
    [entity] = facts.of(kind)
    value = entity.values.get(name)
    return None if value is None else value.value


# --- strata


@pytest.mark.parametrize("name", SCHOOLS)
def test_findings_stand_in_the_order_of_the_strata(
    inferences: dict[str, Inference], name: str
) -> None:
    order = [STRATA.index(finding.rule.stratum or "screen") for finding in inferences[name].fired]
    assert order == sorted(order)
    assert set(order) == {0, 1, 2, 3}


def test_each_stratum_sees_what_the_one_before_found(library: Library) -> None:
    late = [
        rule("AAA-01", {"need": "deficit"}, shape={"new_starts": 1}),
        rule("BBB-01", {"need": "deficit"}, recommend=[{"intervention": "cqa"}]),
        rule("CCC-01", {"indicator": "roll", "at_least": 1}, diagnose={"need": "deficit"}),
    ]
    facts = small_school([])
    facts.school.values["roll"] = Value(100)
    found = run(facts, with_rules(library, *late))
    assert [finding.rule.id for finding in found.fired] == ["CCC-01", "BBB-01", "AAA-01"]


@pytest.mark.parametrize("matcher", [fired, fired_by_conditions])
def test_a_need_found_late_in_a_stratum_is_seen_by_the_rule_that_reads_it(
    library: Library,
    matcher: Callable[[Sequence[Rule], Iterable[Entity], Vocabulary], list[tuple[Rule, Entity]]],
) -> None:
    chain = [
        rule("AAA-01", {"need": "small-school"}, diagnose={"need": "succession-risk"}),
        rule("AAA-02", {"need": "succession-risk"}, diagnose={"need": "governance-light"}),
        rule("ZZZ-01", {"indicator": "roll", "below": 100}, diagnose={"need": "small-school"}),
    ]
    facts = small_school([])
    facts.school.values["roll"] = Value(60)
    found = infer(facts, with_rules(library, *chain), library.vocabulary(), matcher)
    assert [finding.rule.id for finding in found.fired] == ["ZZZ-01", "AAA-01", "AAA-02"]
    assert set(facts.school.needs) == {"small-school", "succession-risk", "governance-light"}


def test_a_need_that_can_not_be_decided_is_unknown_to_the_rule_that_reads_it(
    library: Library,
) -> None:
    chain = [
        rule("AAA-01", {"need": "small-school"}, diagnose={"need": "succession-risk"}),
        rule("ZZZ-01", {"indicator": "roll", "below": 100}, diagnose={"need": "small-school"}),
    ]
    facts = small_school([])
    found = run(facts, with_rules(library, *chain))
    assert found.fired == []
    assert [finding.rule.id for finding in found.unknown] == ["ZZZ-01", "AAA-01"]
    assert facts.school.needs == {"small-school": None, "succession-risk": None}


@pytest.mark.parametrize("roll_first", [True, False])
def test_a_need_one_rule_finds_is_found_though_another_can_not_be_decided(
    library: Library, roll_first: bool
) -> None:
    sure = rule("BBB-01", {"indicator": "roll", "below": 100}, diagnose={"need": "small-school"})
    name = "CCC-01" if roll_first else "AAA-01"
    unsure = rule(name, {"indicator": "absence", "above": 5}, diagnose={"need": "small-school"})
    facts = small_school([])
    facts.school.values["roll"] = Value(60)
    run(facts, with_rules(library, sure, unsure))
    assert facts.school.needs == {"small-school": True}


def test_a_need_that_no_rule_finds_is_not_there(library: Library) -> None:
    facts = small_school([])
    facts.school.values["roll"] = Value(400)
    quiet = rule("AAA-01", {"indicator": "roll", "below": 100}, diagnose={"need": "small-school"})
    reads = rule("BBB-01", {"not": {"need": "small-school"}}, diagnose={"need": "deficit"})
    found = run(facts, with_rules(library, quiet, reads))
    assert [finding.rule.id for finding in found.fired] == ["BBB-01"]


@pytest.mark.parametrize("name", SCHOOLS)
def test_a_finding_can_be_explained_by_its_verdict(
    inferences: dict[str, Inference], name: str
) -> None:
    inference = inferences[name]
    for finding in (*inference.fired, *inference.unknown):
        assert finding.result is not False
        # Needs and aggregates of a later layer never change what an earlier rule decided.
        assert finding.verdict.result is finding.result


# --- aggregates

SHARE: dict[str, Any] = {
    "kind": "share",
    "of": "pupil-subject",
    "where": {"indicator": "current", "at_most": {"grade": "weak"}},
    "least": 4,
}


@pytest.mark.parametrize(
    ("ranks", "share"),
    [
        ([0, 1, 2, 3], 50.0),
        ([2, 2, 2, 2, 2], 0.0),
        ([0, 0, 0, 0], 100.0),
        ([0, 1, 2, 3, None, None], 50.0),
        ([0, 0, 0, None], None),
        ([None] * 6, None),
        ([], None),
    ],
    ids=str,
)
def test_a_share_is_taken_of_those_who_are_known_and_needs_enough_of_them(
    library: Library, ranks: list[int | None], share: float | None
) -> None:
    made = with_indicators(library, {"id": "weak", "about": "class-subject", "aggregate": SHARE})
    facts = small_school([{} if rank is None else {"current": rank} for rank in ranks])
    run(facts, made)
    assert computed(facts, "class-subject", "weak") == share


@pytest.mark.parametrize(
    ("ranks", "count"), [([0, 1, 2], 2), ([2, 3], 0), ([], 0), ([0, 1, None], None)], ids=str
)
def test_a_count_is_unknown_as_soon_as_one_part_is(
    library: Library, ranks: list[int | None], count: int | None
) -> None:
    spec = {**SHARE, "kind": "count", "least": 1}
    made = with_indicators(library, {"id": "weak", "about": "subject", "aggregate": spec})
    facts = small_school([{} if rank is None else {"current": rank} for rank in ranks])
    run(facts, made)
    assert computed(facts, "subject", "weak") == count


@pytest.mark.parametrize(
    ("rest", "group", "gap"),
    [
        ([2, 2, 2, 2], [2, 2, 0, 0], 50.0),
        ([0, 0, 2, 2], [2, 2, 2, 2], -50.0),
        ([2, 2, 0, 0], [0, 0, 2, 2], 0.0),
        ([2, 2, 2, None], [2, 2, 0, 0], None),
        ([2, 2, 2, 2], [2, None, 0, 0], None),
    ],
    ids=str,
)
def test_a_gap_is_the_share_of_the_rest_less_that_of_the_group(
    library: Library, rest: list[int | None], group: list[int | None], gap: float | None
) -> None:
    where = {"indicator": "current", "at_least": {"grade": "expected"}}
    spec = {"kind": "gap", "of": "pupil-subject", "where": where, "least": 4}
    made = with_indicators(library, {"id": "apart", "about": "group-subject", "aggregate": spec})
    facts = small_school([{} if r is None else {"current": r} for r in (*rest, *group)])
    run(facts, made)
    assert computed(facts, "group-subject", "apart") == gap


@pytest.mark.parametrize(("kind", "value"), [("minimum", 81.5), ("maximum", 97)])
def test_a_minimum_and_a_maximum_are_taken_of_the_known_values(
    library: Library, kind: str, value: float
) -> None:
    spec = {"kind": kind, "of": "pupil-subject", "indicator": "attendance", "least": 3}
    made = with_indicators(library, {"id": "edge", "about": "class", "aggregate": spec})
    facts = small_school([{"attendance": 97}, {"attendance": 81.5}, {"attendance": 90}, {}])
    run(facts, made)
    assert computed(facts, "class", "edge") == value
    too_few = small_school([{"attendance": 97}, {"attendance": 81.5}, {}])
    run(too_few, made)
    assert computed(too_few, "class", "edge") is None


def test_an_aggregate_over_states_is_computed_once_pupils_are_screened(library: Library) -> None:
    low = rule(
        "SCR-01",
        {"indicator": "current", "at_most": {"grade": "weak"}},
        "pupil-subject",
        screen={"state": "at-risk", "reason": "below-expected"},
    )
    seen = rule(
        "AFL-01",
        {"indicator": "share_at_risk", "at_least": 50},
        "class-subject",
        diagnose={"need": "class-at-risk"},
    )
    counted = rule(
        "RAF-01",
        {"indicator": "classes_at_risk", "at_least": 1},
        recommend=[{"intervention": "cqa"}],
    )
    facts = small_school([{"current": rank} for rank in (0, 0, 0, 1, 2, 3)])
    found = run(facts, with_rules(library, low, seen, counted))
    assert computed(facts, "class-subject", "share_at_risk") == pytest.approx(100 * 4 / 6)
    assert [finding.rule.id for finding in found.fired][-2:] == ["AFL-01", "RAF-01"]
    assert computed(facts, "school", "classes_at_risk") == 1


def test_an_aggregate_names_the_cells_it_rests_on_unless_so_few_pupils_could_be_told(
    inferences: dict[str, Inference], library: Library
) -> None:
    facts = inferences["hillside"].facts
    shares = [
        entity.values["count_at_risk"]
        for entity in facts.of("class-subject")
        if "count_at_risk" in entity.values
    ]
    assert shares
    few = [value for value in shares if int(str(value.value)) < library.screening.cited_from]
    assert few and len(few) < len(shares)
    for value in shares:
        assert len(value.cells) == (0 if value in few else value.value)
        assert all(cell.file == "pupils.csv" for cell in value.cells)


# --- screening


def test_the_gravest_state_counts_and_every_reason_is_kept(library: Library) -> None:
    when = {"indicator": "current", "known": True}
    outcomes = [("watch", "fell-a-band"), ("at-risk", "below-expected"), ("watch", "worried")]
    rules = [
        rule(f"SCR-0{n}", when, "pupil-subject", screen={"state": state, "reason": reason})
        for n, (state, reason) in enumerate(outcomes, start=1)
    ]
    facts = small_school([{"current": 1}])
    run(facts, with_rules(library, *rules))
    assert computed(facts, "pupil-subject", "state") == "at-risk"
    assert computed(facts, "pupil-subject", "reasons") == frozenset(
        ["below-expected", "fell-a-band", "worried"]
    )


@pytest.mark.parametrize(
    ("values", "state"), [({"current": 2}, "on-track"), ({}, "insufficient-data")], ids=str
)
def test_a_pupil_of_whom_a_rule_can_not_be_decided_is_not_on_track(
    library: Library, values: dict[str, Raw], state: str
) -> None:
    low = rule(
        "SCR-01",
        {"indicator": "current", "at_most": {"grade": "weak"}},
        "pupil-subject",
        screen={"state": "at-risk", "reason": "below-expected"},
    )
    facts = small_school([values])
    run(facts, with_rules(library, low))
    assert computed(facts, "pupil-subject", "state") == state


@pytest.mark.parametrize("name", SCHOOLS)
def test_no_pupil_without_a_judgement_is_on_track(
    inferences: dict[str, Inference], name: str
) -> None:
    facts = inferences[name].facts
    judged = {True: set[Raw](), False: set[Raw]()}
    for entity in facts.of("pupil-subject"):
        judged["current" in entity.values].add(entity.values["state"].value)
    assert "on-track" in judged[True]
    assert "on-track" not in judged[False]


@given(
    values=st.fixed_dictionaries(
        {},
        optional={
            "current": st.integers(0, 3),
            "previous": st.integers(0, 3),
            "baseline": st.integers(0, 3),
            "points_known": st.integers(0, 3),
            "points_in_lowest": st.integers(0, 3),
            "latest_point_known": st.booleans(),
            "own_pathway": st.booleans(),
            "teacher_concern": st.booleans(),
        },
    )
)
def test_on_track_is_said_only_of_a_pupil_whose_latest_judgement_is_known(
    library: Library, values: dict[str, Raw]
) -> None:
    screening = {name: r for name, r in library.rules.items() if r.stratum == "screen"}
    facts = small_school([values])
    run(facts, replace(library, rules=screening))
    if computed(facts, "pupil-subject", "state") == "on-track":
        assert "current" in values


# --- the order of the rows


def findings(school: School, library: Library) -> tuple[set[Any], set[Any]]:
    inference = inferred(school, library)
    told = {
        (finding.rule.id, finding.entity.kind, finding.entity.id, finding.result)
        for finding in (*inference.fired, *inference.unknown)
    }
    values = {
        (entity.kind, entity.id, name, value.value)
        for entity in inference.facts
        for name, value in entity.values.items()
    }
    return told, values


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_the_pupils_rows_does_not_matter(
    library: Library,
    hillside: School,
    copy_example: Callable[[str], Path],
    seed: int,
) -> None:
    folder = copy_example("hillside")
    with (folder / "pupils.csv").open(encoding="cp1252", newline="") as file:
        *above, headings = itertools.islice(csv.reader(file), 4)
        rows = list(csv.reader(file))
    assert headings[0] == "Adno"
    random.Random(seed).shuffle(rows)
    with (folder / "pupils.csv").open("w", encoding="cp1252", newline="") as file:
        csv.writer(file).writerows([*above, headings, *rows])
    assert findings(load_school(folder, library), library) == findings(hillside, library)


def test_the_same_school_gives_the_same_findings_in_the_same_order(
    library: Library, inferences: dict[str, Inference], hillside: School
) -> None:
    again = inferred(hillside, library)
    first = inferences["hillside"]
    assert [(f.rule.id, str(f.entity)) for f in again.fired] == [
        (f.rule.id, str(f.entity)) for f in first.fired
    ]
