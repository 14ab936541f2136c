"""The audit for equity: known intervals, what can't be found by subtraction, and where a rule
leans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termwise.engine.assurance.equity_audit import (
    UNKNOWN,
    Tally,
    audit,
    audited,
    newcombe,
    wilson,
    withheld,
)
from termwise.engine.assurance.equity_rates import AuditReport, GroupHeld
from termwise.engine.documents.answers import rendered
from termwise.engine.inference.forward_chaining import infer
from termwise.engine.inference.truth_columns import fired_by_conditions
from termwise.engine.library.facts import Entity, FactBase, Raw, Value
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.library.rule import Rule
from termwise.engine.school.school import School

LIBRARY = load_library()
"""For tests with made-up examples: a fixture would be printed whole where one fails."""
LEAST = LIBRARY.screening.audit.least

# --- intervals


@pytest.mark.parametrize(
    ("flagged", "pupils", "low", "high"),
    [  # the first four: Newcombe 1998, “Two-sided confidence intervals for the single proportion”
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_wilson_gives_the_published_values(
    flagged: int, pupils: int, low: float, high: float
) -> None:
    assert wilson(flagged, pupils, 95) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("one", "two", "low", "high"),
    [  # the contrasts of the paper that `newcombe` names
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_gives_the_published_values(
    one: tuple[int, int], two: tuple[int, int], low: float, high: float
) -> None:
    assert newcombe(*one, *two, 95) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 400), st.data())
def test_an_interval_holds_its_share_and_widens_with_the_level(pupils: int, data: Any) -> None:
    flagged = data.draw(st.integers(0, pupils))
    low, high = wilson(flagged, pupils, 95)
    wide_low, wide_high = wilson(flagged, pupils, 99)
    assert 0 <= wide_low <= low <= flagged / pupils <= high <= wide_high <= 1


# --- a made-up school

Pupil = dict[str, Raw | None]


def screening_rule(name: str, indicator: str, state: str) -> dict[str, Any]:
    return {
        "id": name,
        "title": f"Made up {name}",
        "status": "draft",
        "since": "2026.1",
        "about": "pupil-subject",
        "when": {"indicator": indicator, "at_least": 1},
        "because": "-",
        "why": "-",
        "limits": f"the limits of {name}",
        "sources": ["house"],
        "examples": [{"say": "a", "expect": "fires"}, {"say": "b", "expect": "silent"}],
        "screen": {"state": state, "reason": name.lower()},
    }


def reported(pupils: Sequence[Pupil], library: Library, subjects: int = 1) -> AuditReport:
    """The audit of pupils under two rules of the gravest state, which fire where `mark_one` and
    `mark_two` are 1, and one of the next, `mark_three`."""
    gravest, next_state, *_ = (state.id for state in library.screening.states)
    marks = {"mark_one": gravest, "mark_two": gravest, "mark_three": next_state}
    bare = next(i for i in library.indicators.values() if i.type == "count")
    declared = {
        name: bare.model_copy(update={"id": name, "about": "pupil", "aggregate": None})
        for name in marks
    }
    rules = {
        f"AAA-0{n}": Rule.model_validate(screening_rule(f"AAA-0{n}", name, state))
        for n, (name, state) in enumerate(marks.items(), start=1)
    }
    made = replace(library, rules=rules, indicators={**library.indicators, **declared})
    facts = FactBase()
    school = facts.add(Entity("school", "s", "s"))
    for number, pupil in enumerate(pupils):
        values = {name: Value(value) for name, value in pupil.items() if value is not None}
        values = {**{name: Value(0) for name in marks}, **values}
        person = facts.add(Entity("pupil", f"P{number}", "a pupil", (school,), values))
        for subject in range(subjects):
            facts.add(Entity("pupil-subject", f"P{number} {subject}", "a pupil", (person,)))
    inference = infer(facts, made, made.vocabulary(), fired_by_conditions)
    return audited(inference, made, "Made up")


def shown(report: AuditReport, rule: str, by: str) -> dict[str, GroupHeld]:
    return {held.group: held for held in report.groups if (held.rule, held.by) == (rule, by)}


def full(**given: Raw | None) -> Pupil:
    """A pupil of whom everything is known."""
    base: Pupil = {"pp": False, "sen": False, "eal": False, "sex": "F", "term_of_birth": "autumn"}
    return {**base, **given}


def test_a_planted_lean_is_found_and_told_with_both_shares(library: Library) -> None:
    pupils = [
        full(pp=n < 60, sex="FM"[n % 2], mark_one=int(n < 30 or n >= 150)) for n in range(180)
    ]
    report = reported(pupils, library)
    assert [(lean.rule, lean.by, lean.group) for lean in report.leans] == [
        ("", "pp", "yes"),
        ("AAA-01", "pp", "yes"),
    ]
    lean = report.leans[1]
    assert "AAA-01" in lean.words and "50 % of 60" in lean.words and "25 % of the 120" in lean.words
    assert "real difference in need" in lean.words and "the limits of AAA-01" in lean.look
    held = shown(report, "AAA-01", "pp")
    assert held["yes"].apart and held["no"].apart
    assert held["yes"].apart.points == 25 == -held["no"].apart.points


def test_nothing_leans_in_a_balanced_school(library: Library) -> None:
    pupils = [
        full(
            pp=a == 1,
            sen=b == 1,
            eal=c == 1,
            sex=sex,
            term_of_birth=term,
            mark_one=int(copy < 2),
        )
        for a in range(2)
        for b in range(2)
        for c in range(2)
        for sex in "FM"
        for term in ("autumn", "spring", "summer")
        for copy in range(6)
    ]
    report = reported(pupils, library)
    assert report.leans == () and report.comparisons == 2 * (4 + 3)
    assert all(held.here for held in report.groups)
    assert "No rule leans" in rendered(report, "text")


def test_a_difference_below_the_least_is_no_lean(library: Library) -> None:
    pupils = [
        full(pp=n % 2 == 0, mark_one=int(n < 240 + 2 * 60 * (n % 2 == 0))) for n in range(6000)
    ]
    report = reported(pupils, library)
    apart = shown(report, "AAA-01", "pp")["yes"].apart
    assert apart and apart.low > 0 and apart.points < library.screening.audit.apart
    assert report.leans == ()


def test_a_pupil_counts_once_however_many_subjects(library: Library) -> None:
    pupils = [full(pp=n < 40, mark_one=n % 2) for n in range(100)]
    one, three = (reported(pupils, library, subjects=n) for n in (1, 3))
    assert one == three
    here = shown(three, "AAA-01", "pp")["yes"].here
    assert here and (here.pupils, here.flagged) == (40, 20)


def test_a_group_that_is_nearly_all_flagged_is_seen(library: Library) -> None:
    report = reported([full(sen=n < 20, mark_one=int(n < 20)) for n in range(80)], library)
    held = shown(report, "AAA-01", "sen")
    assert held["yes"].here and held["yes"].here.share == 100
    assert any(lean.rule == "AAA-01" and lean.by == "sen" for lean in report.leans)


def test_a_small_group_hides_the_only_other(library: Library) -> None:
    report = reported([full(eal=n < LEAST - 1, mark_one=n % 2) for n in range(60)], library)
    assert not any(held.here or held.others for held in shown(report, "AAA-01", "eal").values())
    assert all(held.here for held in shown(report, "AAA-01", "pp").values())


def test_a_small_group_of_three_hides_the_next_smallest_and_no_more(library: Library) -> None:
    terms = ["autumn"] * 4 + ["spring"] * 20 + ["summer"] * 30
    report = reported([full(term_of_birth=t, mark_one=n % 2) for n, t in enumerate(terms)], library)
    held = shown(report, "AAA-01", "term_of_birth")
    assert [name for name, one in held.items() if one.here] == ["summer"]
    assert held["summer"].others and held["summer"].others.pupils == 24


def test_unknown_is_in_no_group_and_its_number_is_told(library: Library) -> None:
    pupils = [full(sen=None if n < 20 else n % 2 == 0, mark_one=n % 3 == 0) for n in range(80)]
    report = reported(pupils, library)
    assert [(one.by, one.pupils) for one in report.unknown] == [("sen", 20)]
    assert report.left_out == 0
    counted = [held.here.pupils for held in shown(report, "", "sen").values() if held.here]
    assert sum(counted) == 60
    assert "Not known of 20 pupils: has special" in " ".join(rendered(report, "text").split())


def test_a_few_of_whom_something_is_unknown_are_left_out_everywhere(library: Library) -> None:
    pupils = [full(sen=None if n < 2 else n % 2 == 0, mark_one=n % 3 == 0) for n in range(80)]
    report = reported(pupils, library)
    assert (report.pupils, report.left_out, report.unknown) == (78, 2, ())
    here = shown(report, "", "sex")["F"].here
    assert here and here.pupils == 78


def test_a_school_without_pupils_has_an_empty_report(library: Library) -> None:
    report = reported([], library)
    assert (report.pupils, report.groups, report.leans) == (0, (), ())
    assert rendered(report, "text")


# --- nothing can be found by subtraction


def reachable(known: Sequence[frozenset[Any]], wanted: frozenset[Any]) -> bool:
    """Whether a sum follows from known sums by adding and subtracting them."""
    order = sorted(set(chain(wanted, *known)), key=str)

    def row(cells: frozenset[Any]) -> list[Fraction]:
        return [Fraction(cell in cells) for cell in order]

    basis: list[tuple[int, list[Fraction]]] = []

    def reduced(vector: list[Fraction]) -> list[Fraction]:
        for pivot, other in basis:
            if vector[pivot]:
                scale = vector[pivot] / other[pivot]
                vector = [a - scale * b for a, b in zip(vector, other, strict=True)]
        return vector

    for cells in known:
        vector = reduced(row(cells))
        pivot = next((i for i, value in enumerate(vector) if value), None)
        if pivot is not None:
            basis.append((pivot, vector))
    return not any(reduced(row(wanted)))


def parts(groups: Sequence[str]) -> list[frozenset[str]]:
    sizes = range(1, len(groups) + 1)
    return [frozenset(some) for n in sizes for some in combinations(groups, n)]


BIRTHS = ("autumn", "spring", "summer")
few_or_many = st.one_of(st.integers(0, 8), st.integers(0, 30))
SOME = st.sampled_from([0, 3, 6, 9, 14])
MARKED = ((0, 0, 0), (1, 0, 1), (0, 1, 0), (1, 1, 1))
SPLITS = st.fixed_dictionaries({(t, *m): SOME for t in (*BIRTHS, None) for m in MARKED})


def only(held: dict[str, GroupHeld]) -> list[frozenset[str]]:
    """The sums over groups that a table shows: each group, and its others."""
    sums = [frozenset({name}) for name, one in held.items() if one.here]
    sums += [frozenset(held.keys() - {name}) for name, one in held.items() if one.others]
    return sums


@settings(max_examples=150)
@given(SPLITS)
def test_what_is_shown_tells_of_no_few_pupils_by_subtraction(splits: dict[Any, int]) -> None:
    pupils = [
        full(term_of_birth=t, mark_one=a, mark_two=b, mark_three=c)
        for (t, a, b, c), n in sorted(splits.items(), key=str)
        for _ in range(n)
    ]
    report = reported(pupils, LIBRARY)
    unknown = [p for p in pupils if p["term_of_birth"] is None]
    if 0 < len(unknown) < LEAST:
        assert report.left_out == len(unknown) and not report.unknown
        pupils = [p for p in pupils if p["term_of_birth"] is not None]
    groups = sorted({str(p["term_of_birth"] or UNKNOWN) for p in pupils})
    marks = {
        "": lambda p: bool(p["mark_one"] or p["mark_two"]),
        "AAA-01": lambda p: bool(p["mark_one"]),
        "AAA-02": lambda p: bool(p["mark_two"]),
        "AAA-03": lambda p: bool(p["mark_three"]),
    }
    whole = frozenset(groups)
    tables = {rule: shown(report, rule, "term_of_birth") for rule in marks}
    # The worst case: the total of every rule is known from elsewhere.
    sums = {rule: [whole, *only(held)] for rule, held in tables.items()}
    sizes = [some for known in sums.values() for some in known]
    if UNKNOWN in groups:
        sizes.append(frozenset({UNKNOWN}))

    def number(some: frozenset[str], flag: Any) -> int:
        return sum(flag(p) for p in pupils if str(p["term_of_birth"] or UNKNOWN) in some)

    for some in parts(groups):
        if some == whole:
            continue  # known from elsewhere
        if reachable(sizes, some):
            assert number(some, lambda p: True) >= LEAST
        for rule, flag in marks.items():
            if reachable(sums[rule], some):
                assert number(some, flag) not in range(1, LEAST), (rule, some)
        for rule in ("AAA-01", "AAA-02"):
            if reachable(sums[rule], some) and reachable(sums[""], some):
                rest = number(some, marks[""]) - number(some, marks[rule])
                assert rest not in range(1, LEAST), (rule, some)


@given(st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), st.tuples(few_or_many, few_or_many)))
def test_those_not_shown_are_two_at_least_and_no_few_together(
    drawn: dict[str, tuple[int, int]],
) -> None:
    tallies = {name: Tally(more + flagged, flagged) for name, (more, flagged) in drawn.items()}
    out = withheld(tallies, LEAST)
    assert all(name in out for name, tally in tallies.items() if tally.tells_of_few(LEAST))
    if out and out != tallies.keys():
        together = sum((tallies[name] for name in out), Tally(0))
        assert len(out) > 1 and not together.tells_of_few(LEAST)
        assert together.flagged < together.pupils


# --- the examples


@pytest.mark.parametrize("name", ["hillside", "little_fen", "carrick"])
def test_an_example_is_audited_the_same_each_time(
    name: str, library: Library, request: pytest.FixtureRequest
) -> None:
    school: School = request.getfixturevalue(name)
    report, again = audit(school, library), audit(school, library)
    assert report.model_dump_json() == again.model_dump_json()
    text = rendered(report, "text")
    assert text == rendered(again, "text")
    assert max(map(len, text.splitlines())) <= 100
    assert report.pupils + report.left_out == len(school.pupils)
    no_concern = (library.screening.default, library.screening.when_unknown)
    rules = [r.id for r in library.rules.values() if r.screen and r.screen.state not in no_concern]
    assert {held.rule for held in report.groups} == {"", *rules}
    assert any(held.here for held in report.groups)
    for held in report.groups:
        if held.here:
            assert held.here.pupils >= library.screening.audit.least
            assert held.here.low <= held.here.share <= held.here.high
        assert (held.others is None) == (held.apart is None)
    refs = {pupil.ref for pupil in school.pupils}
    assert not any(ref in text or ref in report.model_dump_json() for ref in refs)
