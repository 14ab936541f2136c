"""What is missing and what hangs on it: whatever a missing fact turns out to be, nothing changes but what
was told; and removing data takes verdicts away, it doesn't make them."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from termwise.cli import main
from termwise.engine.advise import Advice, advise
from termwise.engine.assurance.rule_testing.examples import example_lookup
from termwise.engine.documents.answers import rendered
from termwise.engine.explain.missing_answer import MissingData, MissingFact, Undecided
from termwise.engine.explain.missing_data import missing
from termwise.engine.explain.possible_outcomes import Reach
from termwise.engine.explain.possible_values import Could, compared, count, gap, share, together
from termwise.engine.inference.counterfactual_facts import Change, suppose
from termwise.engine.inference.forward_chaining import Inference, infer
from termwise.engine.inference.recommendations import Advised, recommend
from termwise.engine.inference.sensitivity import wanted
from termwise.engine.inference.truth_columns import fired_by_conditions
from termwise.engine.library.conditions import Vocabulary, evaluate, leaves, truth_of
from termwise.engine.library.facts import Entity, Raw, Value
from termwise.engine.library.loader import Library
from termwise.engine.library.operators import OPERATORS
from termwise.engine.library.rule import EntityKind, Leaf, NeedLeaf, Rule
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.folder import load_school
from termwise.engine.school.school_template import template

SCHOOLS = ("hillside", "little-fen", "carrick-junior")
ALWAYS = ("question", "in_place", "partly_in_place", "agreed_priority_strands")
"""What a school's files always say."""
Spot = tuple[EntityKind, str, str]


@pytest.fixture(scope="session")
def answers(all_advice: dict[str, Advice]) -> dict[str, MissingData]:
    return {name: missing(advice) for name, advice in all_advice.items()}


def inputs(advice: Advice) -> list[Spot]:
    """Every fact that is written in a file: kind, id and key."""
    written = ("school", "cqa", "staff", "pupils")
    found = []
    for entity in advice.findings.facts:
        for key in sorted(entity.values):
            indicator = advice.library.indicators.get(key)
            if indicator and indicator.from_ in written and key not in ALWAYS:
                found.append((entity.kind, entity.id, key))
    return found


def without(advice: Advice, removed: Iterable[Spot]) -> Advice:
    """The advice as far as the rules go, had these facts not been known."""
    library, school = advice.library, advice.school
    found = inferred_without(advice, removed)
    advised = recommend(found, school, library)
    closed = wanted(advised, library, advice.reasons.timetable.unstaffed)
    return replace(advice, findings=found, recommendations=advised, dependencies=closed)


def inferred_without(advice: Advice, removed: Iterable[Spot]) -> Inference:
    """What the rules make of the school, had these facts not been known."""
    library, scales = advice.library, advice.school.scales
    facts = entities(advice.school, library)
    there = {(entity.kind, entity.id): entity for entity in facts}
    for kind, name, key in removed:
        there[kind, name].values.pop(key)
        if kind == "question":
            facts.school.values.pop(f"{key} of {name}")
    return infer(facts, library, library.vocabulary(scales), fired_by_conditions)


def critical(key: str, library: Library, vocabulary: Vocabulary) -> list[Raw]:
    """The values at which a comparison of any rule or aggregate turns, and those beside them."""
    indicator = library.indicators[key]
    conditions: list[Any] = [rule.when for rule in library.rules.values()]
    for one in library.indicators.values():
        if one.aggregate:
            conditions += [c for c in (one.aggregate.where, one.aggregate.before) if c]
    operands: set[Raw] = set()
    for condition in conditions:
        for leaf in leaves(condition):
            if isinstance(leaf, Leaf) and leaf.indicator == key and leaf.comparison != "known":
                operand = vocabulary.number(leaf)
                operands |= operand if isinstance(operand, frozenset) else {operand}
    if indicator.type == "yes-no":
        return [False, True]
    if scale := vocabulary.scale_of(indicator):
        return list(range(len(scale.grades)))
    if indicator.type == "set":
        members = sorted(str(one) for one in operands)
        return [frozenset(), frozenset(members), *(frozenset({one}) for one in members)]
    if indicator.type == "category":
        return sorted({*map(str, operands), *indicator.values})
    numbers = {float(one) for one in operands if isinstance(one, int | float)}
    around = {one + step for one in numbers for step in (-1, 0, 1)} | {*(indicator.range or ())}
    return sorted(around)


def listed(answer: MissingData, entity: Entity, key: str) -> MissingFact:
    """What is told of a fact."""
    pupils = entity.kind in ("pupil", "pupil-subject")
    of = "" if entity.kind == "school" else entity.label
    (found,) = [
        one
        for one in answer.facts
        if key in one.keys and (one.pupils > 0 if pupils else one.of == of)
    ]
    return found


def missing_facts(advice: Advice, answer: MissingData) -> Iterator[tuple[Entity, str]]:
    """The facts that rules without a verdict read and don't find, by a way of their own."""
    seen = set()
    for finding in advice.findings.unknown:
        for key in finding.verdict.missing():
            name, _, of = key.partition(" of ")
            indicator = advice.library.indicators.get(name)
            if key.startswith("need ") or indicator is None or indicator.aggregate:
                continue
            if indicator.id in ("state", "reasons", "certainty"):
                continue
            about = [one for one in finding.entity.lineage if one.kind == indicator.about]
            if of:
                about = [one for one in advice.findings.facts.of("question") if one.id == of]
            for entity in about[:1]:
                if (id(entity), name) not in seen:
                    seen.add((id(entity), name))
                    yield entity, name


def said(advised: Advised) -> dict[str, object]:
    """All that is said of each intervention."""

    def arguments(told: Iterable[Any]) -> list[tuple[str, str, str]]:
        return sorted((one.rule.id, str(one.entity), one.strength) for one in told)

    found: dict[str, object] = {
        name: (
            [target.id for target in item.targets],
            arguments(item.arguments),
            arguments(item.against),
        )
        for name, item in advised.items.items()
    }
    for name in {one.intervention.id for one in advised.refused}:
        refused = [one.kind for one in advised.refused if one.intervention.id == name]
        found[name] = found.get(name), refused
    return found


def holds(
    advice: Advice,
    answer: MissingData,
    could: set[tuple[str, str]],
    entity: Entity,
    key: str,
    value: Raw,
) -> None:
    """Nothing changes but what was told to hang on a fact, if it is this."""
    library, base = advice.library, advice.findings
    change = Change(entity.kind, entity.id, key, value)
    then = suppose(base, library, [change], fired_by_conditions)
    about = (entity.kind, entity.id, key, value)

    def fired(inference: Inference) -> set[tuple[str, str]]:
        return {(one.rule.id, str(one.entity)) for one in inference.fired}

    changed = fired(base) ^ fired(then)
    assert changed <= could, about
    fact = listed(answer, entity, key)
    at_once = [piece for piece in fact.hangs if not piece.only_with]
    rules = {rule for piece in at_once for rule in piece.rules}
    for name, _ in changed:
        if library.rules[name].stratum in ("recommend", "shape"):
            assert name in rules, about
    was, now = said(advice.recommendations), said(recommend(then, advice.school, library))
    differ = {one for one in was.keys() | now.keys() if was.get(one) != now.get(one)}
    told = {piece.intervention for piece in at_once}
    instead = advice.recommendations.shaping.replace
    assert {instead[one][0] if one in instead else one for one in differ} <= told, about


def turning(reach: Reach, entity: Entity, key: str) -> set[tuple[str, str]]:
    """The rules that could come to fire, or no longer, if a fact were known."""
    return {
        (turn.rule.id, str(turn.entity))
        for turn in reach.turns([(entity, key)], all_known=True)
        if turn.may_fire or turn.may_stop
    }


# --- whatever a missing fact turns out to be


@pytest.mark.parametrize("name", SCHOOLS)
def test_nothing_changes_but_what_was_told(
    name: str, all_advice: dict[str, Advice], answers: dict[str, MissingData]
) -> None:
    advice, answer = all_advice[name], answers[name]
    tried: dict[str, int] = {}
    reach = Reach(advice.findings, advice.library)
    for entity, key in missing_facts(advice, answer):
        tried[key] = tried.get(key, 0) + 1
        if entity.kind == "pupil-subject" and tried[key] > 1:
            continue
        could = turning(reach, entity, key)
        for value in critical(key, advice.library, advice.findings.vocabulary):
            holds(advice, answer, could, entity, key, value)
    assert tried


@settings(max_examples=5)
@given(data=st.data(), seed=st.integers(0, 10_000))
@pytest.mark.parametrize("name", SCHOOLS)
def test_nothing_changes_but_what_was_told_where_data_is_taken_out(
    name: str, all_advice: dict[str, Advice], data: st.DataObject, seed: int
) -> None:
    """Of any school with any facts missing: few ones, or all of one kind for all pupils of a class."""
    whole, chosen = all_advice[name], random.Random(seed)
    every = inputs(whole)
    others = [spot for spot in every if spot[0] not in ("pupil", "pupil-subject")]
    removed = chosen.sample(others, data.draw(st.integers(1, 12)))
    if seed % 3 == 0:
        of_pupils = [spot for spot in every if spot[0] in ("pupil", "pupil-subject")]
        removed += chosen.sample(of_pupils, 5)
        key = chosen.choice(sorted({spot[2] for spot in of_pupils}))
        removed += [spot for spot in of_pupils if spot[2] == key and chosen.random() < 0.3]
    advice = without(whole, dict.fromkeys(removed))
    answer = missing(advice)
    for entity, key in chosen.sample(
        found := list(missing_facts(advice, answer)), min(2, len(found))
    ):
        assert entity.lookup(key) is None
        could = turning(Reach(advice.findings, advice.library), entity, key)
        values = critical(key, advice.library, advice.findings.vocabulary)
        for value in chosen.sample(values, min(3, len(values))):
            holds(advice, answer, could, entity, key, value)


@pytest.mark.parametrize("name", SCHOOLS)
def test_all_that_rules_wait_for_is_listed_and_nothing_that_is_known(
    name: str, all_advice: dict[str, Advice], answers: dict[str, MissingData]
) -> None:
    advice, answer = all_advice[name], answers[name]
    open_to = {id(listed(answer, *fact)) for fact in missing_facts(advice, answer)}
    facts = advice.findings.facts
    for fact in answer.facts:
        for key in fact.keys:
            kind = advice.library.indicators[key].about
            lacking = [one for one in facts.of(kind) if key not in one.values]
            if fact.pupils:
                pupils = {e.id for one in lacking for e in one.lineage if e.kind == "pupil"}
                assert 0 < fact.pupils <= len(pupils)
            else:
                assert fact.of in {"" if kind == "school" else one.label for one in lacking}
    direct = {id(fact) for fact in answer.facts} & open_to
    assert direct == open_to


@pytest.mark.parametrize("name", SCHOOLS)
def test_every_rule_without_a_verdict_is_told(
    name: str, all_advice: dict[str, Advice], answers: dict[str, MissingData]
) -> None:
    """With the fact it waits for, or among those no fact would decide."""
    answer = answers[name]
    told = {one.rule for fact in answer.facts for one in fact.undecided}
    told |= {one.rule for one in answer.never}
    assert told == {finding.rule.id for finding in all_advice[name].findings.unknown}


@pytest.mark.parametrize("name", SCHOOLS)
def test_what_most_hangs_on_comes_first(
    name: str, all_advice: dict[str, Advice], answers: dict[str, MissingData]
) -> None:
    strengths = all_advice[name].library.planning.ranking.strengths
    points = {str(one): number for one, number in strengths.items()}
    answer = answers[name]
    for fact in answer.facts:
        assert len({(one.intervention, one.way) for one in fact.hangs}) == len(fact.hangs)
        assert fact.weight == sum(points[piece.strength] for piece in fact.hangs)
        for piece in fact.hangs:
            planned = piece.intervention in all_advice[name].dependencies.names
            assert piece.advised is planned
    order = [(-fact.weight, fact.title, fact.of) for fact in answer.facts]
    assert order == sorted(order)
    assert missing(all_advice[name]) == answer


def test_what_needs_two_facts_is_told_with_the_other(
    all_advice: dict[str, Advice], answers: dict[str, MissingData]
) -> None:
    """Two teachers without a profile: only both decide whether the head count is enough."""
    advice, library = all_advice["hillside"], all_advice["hillside"].library
    first, second = (
        next(
            one
            for one in answers["hillside"].facts
            if one.of == of and one.keys == ("teaching_profile",)
        )
        for of in ("the teacher of 1A", "the teacher of RB")
    )
    piece = next(one for one in first.hangs if one.intervention == "quality-framework")
    assert piece.only_with == (f"teaching profile ({second.of})",)

    def asked(*given: tuple[str, int]) -> bool:
        changes = [Change("teacher", name, "teaching_profile", grade) for name, grade in given]
        found = suppose(advice.findings, library, changes)
        return any(one.rule.id in piece.rules for one in found.of("recommend"))

    grades = range(len(advice.school.scales["teaching"].grades))
    assert not any(asked(("teacher-1a", one)) for one in grades)
    assert any(
        asked(("teacher-1a", one), ("teacher-rb", other)) for one in grades for other in grades
    )


def test_pupils_are_counted_and_never_named(
    all_advice: dict[str, Advice], answers: dict[str, MissingData]
) -> None:
    answer = answers["carrick-junior"]
    (fact,) = [one for one in answer.facts if "current" in one.keys]
    assert (fact.pupils, fact.of) == (28, "28 pupils")
    assert sum(one.pupils for one in fact.classes) == 28
    least = all_advice["carrick-junior"].library.screening.audit.least
    assert all(one.pupils >= least for one in fact.classes)
    assert "tracking.csv" in fact.where
    text = rendered(answer, "text") + answer.model_dump_json()
    assert not any(pupil.ref in text for pupil in all_advice["carrick-junior"].school.pupils)


def test_what_is_missing_of_very_few_is_not_told_by_class(all_advice: dict[str, Advice]) -> None:
    whole = all_advice["hillside"]
    one = next(one for one in whole.findings.facts.of("pupil-subject") if "current" in one.values)
    answer = missing(without(whole, [("pupil-subject", one.id, "current")]))
    fact = next(fact for fact in answer.facts if "current" in fact.keys)
    assert (fact.pupils, fact.classes) == (1, ())


@pytest.mark.parametrize(
    ("spot", "where"),
    [
        (("school", "hillside", "staff_turnover"), "school.yaml, context: staff_turnover"),
        (("question", "support", "judgement"), "cqa.yaml, questions: support: judgement"),
        (("question", "support", "concerns"), "cqa.yaml, questions: support: evidence"),
        (("teacher", "teacher-1b", "teaching_profile"), "staff.yaml, people: teacher-1b: profile"),
    ],
)
def test_it_says_where_a_fact_would_be_written(
    spot: Spot, where: str, all_advice: dict[str, Advice]
) -> None:
    whole = all_advice["hillside"]
    answer = missing(without(whole, [spot]))
    (fact,) = [one for one in answer.facts if one.where == where]
    assert spot[2] in fact.keys
    help_ = whole.library.indicators[spot[2]].help
    assert not help_ or help_ in fact.help


def test_where_nothing_is_missing_it_says_so(all_advice: dict[str, Advice]) -> None:
    whole = all_advice["little-fen"]
    empty = Inference(whole.findings.facts, whole.findings.vocabulary)
    answer = missing(replace(whole, findings=empty))
    assert answer.facts == ()
    assert answer.words == "No rule waits for a fact that is missing."


@pytest.mark.parametrize("name", SCHOOLS)
def test_the_words_tell_all_of_it(name: str, answers: dict[str, MissingData]) -> None:
    answer = answers[name]
    text = rendered(answer, "text")
    assert max(map(len, text.splitlines())) <= 100
    flat = " ".join(text.split())
    for fact in answer.facts:
        assert fact.where in flat
        assert not fact.help or fact.help.rstrip(".") in flat
        rules = len(fact.undecided)
        assert f"{rules} rule{' waits' if rules == 1 else 's wait'} for it." in flat
        comes = [p for p in fact.hangs if p.intervention and not p.only_with and not p.advised]
        comes = [piece for piece in comes if piece.way == "for"]
        assert all(f"“{piece.title}”" in flat for piece in comes[:3])
    assert not any(rule.title in flat for rule in all_rules(answer))
    assert flat.endswith("--format json.")
    lines = [len(block.splitlines()) for block in text.split("\n\n")[1:]]
    assert max(lines) <= 10


def all_rules(answer: MissingData) -> Iterator[Undecided]:
    for fact in answer.facts:
        yield from fact.undecided


def test_a_school_without_pupils_is_told_so_first(library: Library, tmp_path: Path) -> None:
    for name, text in template(library).items():
        (tmp_path / name).write_text(text, "utf-8")
    advice = advise(load_school(tmp_path, library), library)
    answer = missing(advice)
    first = answer.facts[0]
    begins = "Pupils' data is missing: name a file under “pupils:” in school.yaml. "
    assert answer.words.startswith(f"{begins}{len(first.undecided)} rules wait for it")
    assert (first.keys, first.where) == ((), "school.yaml, pupils: files")
    assert any(piece.intervention == "targeted-tuition" for piece in first.hangs)
    waiting = {one.rule for one in first.undecided}
    assert {name for name, rule in library.rules.items() if rule.about == "pupil"} <= waiting
    assert not waiting & {one.rule for one in answer.never}
    assert not waiting & {finding.rule.id for finding in advice.findings.fired}
    told = {one.rule for fact in answer.facts for one in fact.undecided}
    told |= {one.rule for one in answer.never}
    assert told >= {finding.rule.id for finding in advice.findings.unknown}
    text = rendered(answer, "text")
    assert text.split("\n")[1].startswith("Pupils' data is missing")
    assert "No fact would decide" not in text


def test_what_a_school_looks_up_is_told_in_a_sentence(library: Library) -> None:
    helps = [one.help for one in library.indicators.values() if one.help]
    assert helps and all(len(told.split()) >= 5 for told in helps)


def test_the_command_prints_words_and_data(copy_example: Callable[[str], Path]) -> None:
    folder = str(copy_example("little-fen"))
    text = CliRunner().invoke(main, ["missing", folder])
    assert text.exit_code == 0
    assert "what is not known" in text.output
    data = CliRunner().invoke(main, ["missing", folder, "--format", "json"])
    assert data.exit_code == 0
    assert MissingData.model_validate(json.loads(data.output)).facts


# --- what could come of it, against trying everything


TRUTHS = st.frozensets(st.sampled_from([True, False, None]), min_size=1)


@given(st.lists(TRUTHS, max_size=5), st.booleans())
def test_what_parts_can_come_to_together(
    parts: list[frozenset[bool | None]], decisive: bool
) -> None:
    def once(results: Iterable[bool | None]) -> bool | None:
        found = list(results)
        if decisive in found:
            return decisive
        return None if None in found else not decisive

    assert together(parts, decisive) == {once(one) for one in itertools.product(*parts)}


@given(st.lists(TRUTHS, max_size=6), st.integers(1, 3))
def test_what_a_share_and_a_count_can_come_to(
    parts: list[frozenset[bool | None]], least: int
) -> None:
    shares, counts = set(), set()
    for results in itertools.product(*parts):
        known = [one for one in results if one is not None]
        enough = len(known) >= least
        shares.add(100 * sum(known) / len(known) if enough else None)
        counts.add(sum(known) if enough and len(known) == len(results) else None)
    for told, found in ((share(parts, least), shares), (count(parts, least), counts)):
        if parts:
            assert within(told, found)


@given(st.lists(TRUTHS, max_size=4), st.lists(TRUTHS, max_size=4), st.integers(1, 2))
def test_what_a_gap_can_come_to(
    own: list[frozenset[bool | None]], rest: list[frozenset[bool | None]], least: int
) -> None:
    found: set[float | None] = set()
    for mine in itertools.product(*own):
        for others in itertools.product(*rest):
            inside = [one for one in mine if one is not None]
            outside = [one for one in others if one is not None]
            if len(inside) < least or len(outside) < least:
                found.add(None)
            else:
                apart = 100 * sum(outside) / len(outside) - 100 * sum(inside) / len(inside)
                found.add(apart)
    assert within(gap(own, rest, least), found)


def within(told: Could, found: Iterable[float | None]) -> bool:
    numbers = [one for one in found if one is not None]
    if None in set(found) and not told.unknown:
        return False
    if told.between is None:
        return not numbers
    low, high = told.between
    return all(low - 1e-9 <= one <= high + 1e-9 for one in numbers)


@given(
    st.floats(-5, 5), st.floats(0, 5), st.floats(-6, 11),
    st.sampled_from(["at_least", "at_most", "above", "below"]), st.floats(0, 1),
)  # fmt: skip
def test_what_a_comparison_with_something_between_can_come_to(
    low: float, width: float, operand: float, comparison: str, part: float
) -> None:
    value = min(low + part * width, low + width)
    operator = OPERATORS[comparison]
    told = compared(operator, Could(False, between=(low, low + width)), operand)
    assert operator.holds(value, operand) in told


# --- removing data takes verdicts away


class Steady:
    """Rules that read nothing but facts, and needs and counts that rest on such rules only, and never ask
    whether something is known. Of these what is true or false stays so, or comes to be unknown, whatever
    is removed. Not of others: `known: false` holds of what is removed; a share is taken of those that are
    still known; and a pupil of whom too little is known is in a state of their own."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def rule(self, rule: Rule) -> bool:
        return self._all(leaves(rule.when))

    def _all(self, read: Iterable[Leaf | NeedLeaf]) -> bool:
        return all(self._leaf(leaf) for leaf in read)

    def _leaf(self, leaf: Leaf | NeedLeaf) -> bool:
        if isinstance(leaf, NeedLeaf):
            rules = self.library.rules.values()
            return all(
                self.rule(one) for one in rules if one.diagnose and one.diagnose.need == leaf.need
            )
        if leaf.comparison == "known" or leaf.indicator in ("state", "reasons", "certainty"):
            return False
        spec = self.library.indicators[leaf.indicator].aggregate
        if spec is None:
            return True
        conditions = [one for one in (spec.where, spec.before) if one]
        return spec.kind == "count" and all(self._all(leaves(one)) for one in conditions)


@settings(max_examples=6)
@given(st.floats(0.01, 0.9), st.integers(0, 10_000))
@pytest.mark.parametrize("name", SCHOOLS)
def test_removing_data_never_turns_silent_into_fired(
    name: str, all_advice: dict[str, Advice], share_removed: float, seed: int
) -> None:
    """Nor fired into silent: of the rules that are steady."""
    advice, steady = all_advice[name], Steady(all_advice[name].library)
    chosen = random.Random(seed)
    every = inputs(advice)
    of_pupils = [spot for spot in every if spot[0] in ("pupil", "pupil-subject")]
    others = [spot for spot in every if spot[0] not in ("pupil", "pupil-subject")]
    removed = [spot for spot in others if chosen.random() < share_removed]
    removed += chosen.sample(of_pupils, min(300, len(of_pupils)))
    then = inferred_without(advice, removed)
    rules = [rule for rule in advice.library.rules.values() if steady.rule(rule)]
    assert len(rules) > 100
    was, now = verdicts(advice.findings, rules), verdicts(then, rules)
    for spot, result in now.items():
        assert result is None or was[spot] is result, spot


def verdicts(inference: Inference, rules: Iterable[Rule]) -> dict[tuple[str, str], bool | None]:
    found: dict[tuple[str, str], bool | None] = {}
    for rule in rules:
        test = truth_of(rule.when, inference.vocabulary)
        for entity in inference.facts.of(rule.about):
            found[rule.id, str(entity)] = test(entity.lookup)
    return found


def fires_on_less(rule: Rule, library: Library) -> bool:
    """Whether leaving out what one of its own examples gives makes a rule fire that was silent."""
    vocabulary = library.vocabulary()
    test = truth_of(rule.when, vocabulary)
    for example in rule.examples:
        values = example_lookup(library, rule, example)
        given_ = [key for key in values if not key.startswith("need ")]
        if test(values.get) is not False:
            continue
        for number in range(1, min(3, len(given_)) + 1):
            for left_out in itertools.combinations(given_, number):
                less = {key: value for key, value in values.items() if key not in left_out}
                if test(less.get) is True:
                    return True
    return False


def test_only_a_rule_that_asks_whether_something_is_known_fires_on_less(library: Library) -> None:
    for rule in library.rules.values():
        if fires_on_less(rule, library):
            assert any(
                isinstance(leaf, Leaf) and leaf.comparison == "known" for leaf in leaves(rule.when)
            ), rule.id


@settings(max_examples=200)
@given(data=st.data())
def test_a_condition_without_known_never_turns_when_a_value_is_removed(
    world: Any, data: st.DataObject
) -> None:
    condition = world.built(data.draw(world.plain_conditions))
    values: dict[str, Value] = dict(data.draw(world.values))
    values |= {f"need {one}": Value(data.draw(st.booleans())) for one in ("help", "time-off")}
    was = evaluate(condition, values.get, world.vocabulary).result
    for key in values:
        less = {one: value for one, value in values.items() if one != key}
        assert evaluate(condition, less.get, world.vocabulary).result in (was, None)


def test_what_rests_on_the_share_without_a_profile_is_told_with_each_profile(
    changed: Callable[..., Path], library: Library
) -> None:
    """Four of 14 teachers have none: a quarter is many, and one more profile makes it less."""

    def two_fewer(staff: dict[str, Any]) -> None:
        teachers = [one for one in staff["people"] if one.get("classes") and "profile" in one]
        for one in teachers[:2]:
            del one["profile"]

    school = load_school(changed("hillside", None, two_fewer), library)
    facts = missing(advise(school, library)).facts
    told = [one for one in facts if one.keys == ("teaching_profile",)]
    assert len(told) == 4
    for one in told:
        assert "quality-of-teaching" in {piece.intervention for piece in one.hangs}
