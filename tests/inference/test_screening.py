"""Screening: moved up is never worse, missing is never on track, noise alone is seldom clear."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import math
import random
from collections.abc import Iterable, Mapping
from functools import cache
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termwise.engine.inference.forward_chaining import Inference, infer
from termwise.engine.inference.screening import is_clear
from termwise.engine.library.facts import Cell, Entity, Value
from termwise.engine.library.load_checked import load_library
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.grades import distance, standing
from termwise.engine.school.school import PupilRead, Result, School
from tests.places import EXAMPLES

LIBRARY = load_library()
SCREENING = LIBRARY.screening
STATES = [state.id for state in SCREENING.states]
CLEAR = SCREENING.clear.id
CELL = Cell("pupils.csv", 2, "A")
SUBJECT = "maths"
TEST = "standardised"
Judgements = Mapping[str, int]
"""Grades of one pupil by point."""


@cache
def small_school() -> School:
    folder = EXAMPLES / "little-fen"
    return load_school(folder, LIBRARY)


def points() -> list[str]:
    asked = small_school().file.pupils
    assert asked is not None
    return [point.id for point in asked.points]


SCALE = LIBRARY.default_scales()["attainment"]
TOP = len(SCALE.grades) - 1


def pupil(
    ref: str,
    judged: Judgements,
    scores: Mapping[str, int] | None = None,
    flags: Mapping[str, bool] | None = None,
    concern: bool = False,
    year: str = "5",
) -> PupilRead:
    """A pupil with these judgements and test scores in one subject."""
    made = PupilRead(ref, year, None, CELL)
    order = LIBRARY.standings
    for point, grade in judged.items():
        at = standing(SCALE, grade, order, year, "")
        far = distance(SCALE, grade, year, "")
        key = (LIBRARY.own_assessment, SUBJECT, point)
        made.results[key] = Result(SCALE.id, grade, CELL, "", at, far)
    for point, score in (scores or {}).items():
        made.results[TEST, SUBJECT, point] = Result(TEST, score, CELL)
    made.values.update({name: Value(flag, (CELL,)) for name, flag in (flags or {}).items()})
    if concern:
        made.concern[SUBJECT] = Value(True, (CELL,))
        made.concern_noted[SUBJECT] = datetime.date(2026, 6, 25)
    return made


def screened(pupils: Iterable[PupilRead]) -> Inference:
    """What the rules find for pupils alone in a small school."""
    school = dataclasses.replace(small_school(), pupils=tuple(pupils))
    return infer(entities(school, LIBRARY), LIBRARY, LIBRARY.vocabulary(school.scales))


def states(pupils: Iterable[PupilRead]) -> dict[str, str]:
    """The state of each pupil in the one subject."""
    return {
        entity.id.removesuffix(f" {SUBJECT}"): str(entity.values["state"].value)
        for entity in screened(pupils).facts.of("pupil-subject")
        if entity.id.endswith(SUBJECT)
    }


@st.composite
def cases(draw: st.DrawFn) -> PupilRead:
    judged = draw(
        st.dictionaries(st.sampled_from(points()), st.integers(0, TOP), max_size=len(points()))
    )
    scores = draw(st.dictionaries(st.sampled_from(points()), st.integers(69, 141), max_size=2))
    flags = draw(
        st.dictionaries(
            st.sampled_from(["own_pathway", "good_level", "phonics_standard", "phonics_met_again"]),
            st.booleans(),
        )
    )
    year = draw(st.sampled_from(["1", "2", "5", "6"]))
    return pupil("p", judged, scores, flags, draw(st.booleans()), year)


def lifted(one: PupilRead, own: bool = True) -> PupilRead:
    """The same pupil a band higher in every judgement, as far as the scale goes."""
    made = dataclasses.replace(one, ref="q", results=dict(one.results))
    for key, result in one.results.items():
        if key[0] == LIBRARY.own_assessment and result.grade is not None:
            grade = min(TOP, int(result.grade) + 1)
            at = standing(SCALE, grade, LIBRARY.standings, one.year, "")
            far = distance(SCALE, grade, one.year, "")
            made.results[key] = dataclasses.replace(result, grade=grade, standing=at, distance=far)
        elif key[0] == TEST and result.grade is not None:
            made.results[key] = dataclasses.replace(result, grade=result.grade + 10)
    return made


@given(st.lists(cases(), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_pupil_moved_up_in_every_judgement_is_never_more_at_risk(some: list[PupilRead]) -> None:
    before = [dataclasses.replace(one, ref=f"p{n}") for n, one in enumerate(some)]
    after = [dataclasses.replace(lifted(one), ref=one.ref) for one in before]
    was, now = states(before), states(after)
    for ref in was:
        assert STATES.index(now[ref]) >= STATES.index(was[ref])


def without_one(one: PupilRead) -> Iterable[PupilRead]:
    """The pupil without one datum, for each there is."""
    for key in one.results:
        rest = {other: result for other, result in one.results.items() if other != key}
        yield dataclasses.replace(one, results=rest)
    for name in one.values:
        rest_of = {other: value for other, value in one.values.items() if other != name}
        yield dataclasses.replace(one, values=rest_of)
    if one.concern:
        yield dataclasses.replace(one, concern={}, concern_noted={})


@given(cases())
@settings(max_examples=150, deadline=None)
def test_removing_a_datum_never_turns_insufficient_data_into_on_track(one: PupilRead) -> None:
    found = states([one])
    if found["p"] != SCREENING.when_unknown:
        return
    fewer = [dataclasses.replace(p, ref=f"p{n}") for n, p in enumerate(without_one(one))]
    assert SCREENING.default not in states(fewer).values()


@given(st.lists(cases(), min_size=2, max_size=8), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_pupils_and_results_changes_nothing(
    some: list[PupilRead], rng: random.Random
) -> None:
    pupils = [dataclasses.replace(one, ref=f"p{n}") for n, one in enumerate(some)]
    mixed = [dataclasses.replace(one, results=shuffled(one, rng)) for one in pupils]
    rng.shuffle(mixed)
    assert states(pupils) == states(mixed)


def shuffled(one: PupilRead, rng: random.Random) -> dict[tuple[str, str, str], Result]:
    keys = list(one.results)
    rng.shuffle(keys)
    return {key: one.results[key] for key in keys}


def test_nobody_without_a_judgement_at_the_latest_point_is_on_track() -> None:
    *before, last = points()
    for grades in itertools.product([None, 0, 1, 2, 3], repeat=len(before)):
        judged = {p: g for p, g in zip(before, grades, strict=True) if g is not None}
        assert states([pupil("p", judged)])["p"] != SCREENING.default


# --- noise: judgements a band off as often as screening.yaml says, scores off by their stated error


def clear_rates(weighed: Iterable[tuple[PupilRead, float]], holds: set[str]) -> dict[str, float]:
    """By reason: the share of pupils, in 100, who get it as clear though it does not hold."""
    known = list(weighed)
    weights = {one.ref: weight for one, weight in known}
    inference = screened(one for one, _ in known)
    rates: dict[str, float] = {}
    for finding in inference.of("screen"):
        screen, entity = finding.rule.screen, finding.entity
        ref = entity.id.removesuffix(f" {SUBJECT}")
        if screen is None or not entity.id.endswith(SUBJECT) or screen.reason in holds:
            continue
        if is_clear(finding.rule, entity, inference.vocabulary):
            rates[screen.reason] = rates.get(screen.reason, 0) + 100 * weights[ref]
    return rates


def reasons_of(one: PupilRead) -> set[str]:
    found = set()
    for entity in screened([one]).facts.of("pupil-subject"):
        if entity.id.endswith(SUBJECT):
            found |= set(entity.values["reasons"].value)  # type: ignore[arg-type]
    return found


def misjudged(true: Judgements, flags: Mapping[str, bool]) -> Iterable[tuple[PupilRead, float]]:
    """Every way in which the judgements can come out, with its chance."""
    off = SCREENING.judgement_error.in_100 / 100
    chances = {-1: off / 2, 0: 1 - off, 1: off / 2}
    for number, errors in enumerate(itertools.product(chances, repeat=len(true))):
        grades = {
            point: min(TOP, max(0, grade + error))
            for (point, grade), error in zip(true.items(), errors, strict=True)
        }
        chance = math.prod(chances[error] for error in errors)
        yield pupil(f"p{number}", grades, flags=flags), chance


@pytest.mark.parametrize("own_pathway", [False, True])
@pytest.mark.parametrize("band", range(TOP + 1), ids=[grade.id for grade in SCALE.grades])
def test_judgements_that_are_off_seldom_make_a_reason_clear(band: int, own_pathway: bool) -> None:
    true = dict.fromkeys(points(), band)
    flags = {"own_pathway": own_pathway}
    holds = reasons_of(pupil("p", true, flags=flags))
    rates = clear_rates(misjudged(true, flags), holds)
    assert {reason: rate for reason, rate in rates.items() if rate > SCREENING.clear_at_most} == {}


def missed(true: int, points_held: list[str]) -> Iterable[tuple[PupilRead, float]]:
    """Every pair of scores of a pupil whose true score stays the same, with its chance."""
    scale = LIBRARY.scales[TEST]
    assert scale.error is not None
    sure = NormalDist().inv_cdf(0.5 + scale.error.confidence / 200)
    noise = NormalDist(0, scale.error.points / sure)
    spread = range(-12, 13)
    chance = {e: noise.cdf(e + 0.5) - noise.cdf(e - 0.5) for e in spread}
    judged = dict.fromkeys(points(), 2)
    for first, second in itertools.product(spread, repeat=2):
        scores = dict(zip(points_held, (true + first, true + second), strict=True))
        yield pupil(f"p{first} {second}", judged, scores), chance[first] * chance[second]


@pytest.mark.parametrize("true", [int(LIBRARY.thresholds["low_score"].value), 100])
def test_scores_that_are_off_by_their_error_seldom_make_a_reason_clear(true: int) -> None:
    rates = clear_rates(missed(true, points()[-2:]), holds=set())
    whole_scores = 1.2  # scores are whole numbers, so that a limit can't be met exactly
    limit = SCREENING.clear_at_most * whole_scores
    assert rates and all(rate <= limit for rate in rates.values())


def test_a_change_within_the_error_of_the_test_is_no_fall() -> None:
    error = LIBRARY.scales[TEST].error
    assert error is not None
    *_, before, last = points()
    inside = math.floor(error.points * math.sqrt(2))
    judged = dict.fromkeys(points(), 2)
    for drop, fell in ((inside, False), (inside + 1, True)):
        found = reasons_of(pupil("p", judged, {before: 110, last: 110 - drop}))
        assert ("test-fell" in found) is fell


def test_circumstances_order_and_explain_but_decide_nothing() -> None:
    judged = dict.fromkeys(points(), 2)
    names = ["pp", "sen", "eal", "joined_lately"]
    plain = pupil("p", judged)
    every = pupil("q", judged, flags=dict.fromkeys(names, True))
    every.values["attendance"] = Value(60.0, (CELL,))
    every.values["term_of_birth"] = Value("summer", (CELL,))
    found = states([plain, every])
    assert found["p"] == found["q"] == SCREENING.default


def test_the_state_is_clear_when_one_of_its_reasons_is() -> None:
    *before, last = points()
    once = pupil("once", {**dict.fromkeys(before, 2), last: 1})
    twice = pupil("twice", {**dict.fromkeys(before[:-1], 2), before[-1]: 1, last: 1})
    sure: dict[str, Entity] = {
        entity.id.split()[0]: entity
        for entity in screened([once, twice]).facts.of("pupil-subject")
        if entity.id.endswith(SUBJECT)
    }
    assert sure["once"].values["state"] == sure["twice"].values["state"]
    assert sure["once"].values["certainty"].value == SCREENING.within_error.id
    assert sure["twice"].values["certainty"].value == CLEAR
