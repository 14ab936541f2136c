"""Verdict trees held against a second, simple-minded reading of the rules as they are written, against
the rule engine, and against what was found in the examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from termwise.engine.advise import Advice
from termwise.engine.core.errors import UnknownNameError
from termwise.engine.inference.durable_rules import fired
from termwise.engine.inference.forward_chaining import Inference
from termwise.engine.inference.trace import Verdicts
from termwise.engine.inference.verdict import Compared, RuleVerdict, Tree
from termwise.engine.library.facts import Entity, FactBase, Value
from termwise.engine.library.loader import Library
from termwise.engine.library.rule import Rule
from tests.places import ROOT

SCHOOLS = ("hillside", "little-fen", "carrick-junior")
TRUE, UNKNOWN, FALSE = 1.0, 0.5, 0.0
OUTCOMES = {TRUE: "fired", FALSE: "silent", UNKNOWN: "unknown"}
RESULTS = {"true": TRUE, "false": FALSE, "unknown": UNKNOWN}
Known = Mapping[str, Any]
"""Values by key; what is not there is not known."""


# --- a second opinion, which knows the files and nothing of the engine


class Naive:
    """Reads `when` as the YAML has it: false is 0, true 1, unknown a half; all is the least of its
    parts, any the greatest, not what is left to 1."""

    def __init__(self, library: Library) -> None:
        packs = [ROOT / "rules" / pack.id for pack in library.packs]
        files = sorted(path for pack in packs for path in pack.rglob("*.yaml"))
        rules = [yaml.safe_load(path.read_text("utf-8")) for path in files]
        self.rules: dict[str, Any] = {rule["id"]: rule for rule in rules}
        figures = {
            path.stem: yaml.safe_load(path.read_text("utf-8"))
            for path in (ROOT / "knowledge/base/thresholds").rglob("*.yaml")
        }
        self.thresholds = {
            name: one["values"][max(one["values"])]["value"]
            for name, one in figures.items()
            if "values" in one
        }
        for name, one in figures.items():
            if "relative" in one:
                base = self.thresholds[one["relative"]["to"]]
                self.thresholds[name] = round(base + one["relative"]["by"], 6)
        declared: list[Any] = []
        for name in ("indicators", "aggregates"):
            declared += yaml.safe_load((ROOT / f"knowledge/base/{name}.yaml").read_text("utf-8"))
        self.indicators = {one["id"]: one for one in declared}
        programme = library.programme
        self.scales = {
            "judgement": self._scale(programme.judgement_scale),
            "teaching": self._scale(programme.teaching_scale),
            "attainment": self._scale(programme.attainment_scale),
        }

    @staticmethod
    def _scale(name: str) -> Any:
        return yaml.safe_load((ROOT / f"knowledge/base/scales/{name}.yaml").read_text("utf-8"))

    def of(self, rule: str, known: Known) -> float:
        return self._of(self.rules[rule]["when"], known)

    def _of(self, condition: Any, known: Known) -> float:
        if "all" in condition:
            return min(self._of(part, known) for part in condition["all"])
        if "any" in condition:
            return max(self._of(part, known) for part in condition["any"])
        if "not" in condition:
            return 1 - self._of(condition["not"], known)
        if "need" in condition:
            return self._as(known.get(f"need {condition['need']}"))
        name = condition["indicator"]
        key = f"{name} of {condition['of']}" if "of" in condition else name
        (comparison,) = condition.keys() - {"indicator", "of"}
        if comparison == "known":
            return self._as((known.get(key) is not None) == condition["known"])
        if known.get(key) is None:
            return UNKNOWN
        return self._as(self._compared(comparison, name, known[key], condition[comparison]))

    @staticmethod
    def _as(result: bool | None) -> float:
        return UNKNOWN if result is None else float(result)

    def _compared(self, comparison: str, name: str, value: Any, operand: Any) -> bool:
        if comparison == "includes":
            return str(operand) in value
        if comparison == "one_of":
            return value in [self.plain(name, one) for one in operand]
        line = self.plain(name, operand)
        if isinstance(line, bool) or not isinstance(line, int | float):
            return bool(value == line)
        more = round(value, 4) - round(line, 4)
        order = {"is": more == 0, "at_least": more >= 0, "at_most": more <= 0}
        return bool((order | {"above": more > 0, "below": more < 0})[comparison])

    def plain(self, name: str, operand: Any) -> Any:
        """What stands beside a comparison, as it is compared: a grade as its place on the scale."""
        indicator = self.indicators[name]
        if isinstance(operand, dict) and "threshold" in operand:
            return self.thresholds[operand["threshold"]]
        if "scale" not in indicator:
            return str(operand) if indicator["type"] == "category" else operand
        scale = self.scales[indicator["scale"]]
        grades = [grade["id"] for grade in scale["grades"]]
        grade = scale["anchors"][operand["grade"]] if isinstance(operand, dict) else operand
        return grades.index(grade)

    def leaves(self, condition: Any) -> Iterator[Any]:
        """The comparisons as they are written."""
        parts = condition.get("all") or condition.get("any") or []
        parts = [condition["not"]] if "not" in condition else parts
        for part in parts:
            yield from self.leaves(part)
        if not parts:
            yield condition


@pytest.fixture(scope="module")
def naive(library: Library) -> Naive:
    return Naive(library)


def entity_of(rule: Rule, known: Known) -> Entity:
    """A made-up thing of which this is known."""
    needs = {key[5:]: found for key, found in known.items() if key.startswith("need ")}
    needs = {need: found for need, found in needs.items() if found is not False}
    values = {
        key: Value(value)
        for key, value in known.items()
        if value is not None and not key.startswith("need ")
    }
    return Entity(rule.about, "made-up", "made up", (), values, needs)


def agreed(library: Library, naive: Naive, name: str, known: Known) -> RuleVerdict:
    """The verdict of a rule, after all three have come to the same."""
    rule, vocabulary = library.rules[name], library.vocabulary()
    entity = entity_of(rule, known)
    verdict = Verdicts(Inference(FactBase(), vocabulary), library).on(rule, entity)
    assert verdict.outcome == OUTCOMES[naive.of(name, known)], (name, known)
    by_engine = bool(fired([rule], [entity], vocabulary))
    assert by_engine is (verdict.outcome == "fired"), (name, known)
    sound(verdict)
    return verdict


def sound(verdict: RuleVerdict) -> None:
    """The record says the same all through: parts, outcome, what decides, what is missing."""
    assert verdict.tree is not None
    value = _value(verdict.tree)
    assert OUTCOMES[value] == verdict.outcome
    assert verdict.deciding
    assert bool(verdict.missing) == (verdict.outcome == "unknown")
    leaves = list(_leaves(verdict.tree))
    assert all(one in leaves for one in _unworded(verdict.deciding))


def _unworded(found: tuple[Compared, ...]) -> list[tuple[str, str, str]]:
    return [(one.key, one.comparison, one.against) for one in found]


def _leaves(tree: Tree) -> Iterator[tuple[str, str, str]]:
    if tree.compared:
        yield tree.compared.key, tree.compared.comparison, tree.compared.against
    for part in tree.parts:
        yield from _leaves(part)


def _value(tree: Tree) -> float:
    if tree.compared is not None:
        assert tree.result == tree.compared.result and not tree.parts
        return RESULTS[tree.result]
    parts = [_value(part) for part in tree.parts]
    found = {"all": min(parts), "any": max(parts), "not": 1 - parts[0]}[tree.kind]
    assert RESULTS[tree.result] == found
    return found


# --- the rules by themselves


def test_the_files_hold_the_rules_of_the_library(library: Library, naive: Naive) -> None:
    assert naive.rules.keys() == library.rules.keys()


def test_all_examples_come_out_as_they_say_thrice(library: Library, naive: Naive) -> None:
    said = {"fires": "fired", "silent": "silent", "unknown": "unknown"}
    for name, rule in library.rules.items():
        for example in naive.rules[name]["examples"]:
            known: dict[str, Any] = {key: False for key in _keys(naive, name) if "need " in key}
            for key, value in example.get("given", {}).items():
                known[key] = _given(naive, key, value)
            assert agreed(library, naive, name, known).outcome == said[example["expect"]], rule.id


def _given(naive: Naive, key: str, value: Any) -> Any:
    if key.startswith("need "):
        return value
    if isinstance(value, list):
        return frozenset(map(str, value))
    indicator = naive.indicators[key.partition(" of ")[0]]
    return naive.plain(indicator["id"], value) if isinstance(value, str) else value


def _keys(naive: Naive, name: str) -> list[str]:
    return [_key(leaf) for leaf in naive.leaves(naive.rules[name]["when"])]


def _key(leaf: Any) -> str:
    if "need" in leaf:
        return f"need {leaf['need']}"
    return f"{leaf['indicator']} of {leaf['of']}" if "of" in leaf else str(leaf["indicator"])


def _drawn(naive: Naive, name: str, draw: Any) -> dict[str, Any]:
    """Values at the lines of a rule, beside them, and not known."""
    options: dict[str, list[Any]] = {}
    for leaf in naive.leaves(naive.rules[name]["when"]):
        options.setdefault(_key(leaf), [None]).extend(_options(naive, leaf))
    known: dict[str, Any] = {}
    for key, values in options.items():
        if all(value is None or isinstance(value, frozenset) for value in values):
            members = frozenset().union(*(value for value in values if value))
            some = st.none() | st.frozensets(st.sampled_from(sorted(members) or ["other"]))
            known[key] = draw(some)
        else:
            known[key] = draw(st.sampled_from(values))
    return known


def _options(naive: Naive, leaf: Any) -> list[Any]:
    if "need" in leaf:
        return [True, False]
    indicator = naive.indicators[leaf["indicator"]]
    if "scale" in indicator:
        return list(range(len(naive.scales[indicator["scale"]]["grades"])))
    if indicator["type"] == "yes-no":
        return [True, False]
    if indicator["type"] == "set":
        return [frozenset({str(leaf["includes"])})] if "includes" in leaf else [frozenset()]
    if indicator["type"] == "category":
        given = [leaf["is"]] if "is" in leaf else leaf.get("one_of", [])
        return [*map(str, given), *indicator.get("values", ()), "something else"]
    lines = [naive.plain(leaf["indicator"], leaf[key]) for key in leaf.keys() & _FIGURES]
    return [line + step for line in lines for step in (-1, -0.3, 0, 0.3, 1)] or [0, 7]


_FIGURES = {"is", "at_least", "at_most", "above", "below"}


@settings(max_examples=25)
@given(st.data())
def test_made_up_values_come_out_the_same_thrice(
    library: Library, naive: Naive, data: st.DataObject
) -> None:
    for name in library.rules:
        if data.draw(st.booleans()):
            agreed(library, naive, name, _drawn(naive, name, data.draw))


# --- the rules on the examples


@pytest.fixture(params=SCHOOLS)
def advice(request: pytest.FixtureRequest, all_advice: dict[str, Advice]) -> Advice:
    return all_advice[request.param]


ONE_IN = {"hillside": 6, "carrick-junior": 3, "little-fen": 1}
"""Of things of which a school has many, pupils above all, one in so many is judged by each rule."""
MANY = 20


def test_every_verdict_is_what_was_found(advice: Advice) -> None:
    found = {(one.rule.id, str(one.entity)): "fired" for one in advice.findings.fired}
    found |= {(one.rule.id, str(one.entity)): "unknown" for one in advice.findings.unknown}
    facts, judged = advice.findings.facts, Verdicts(advice.findings, advice.library)
    one_in = ONE_IN[advice.school.file.school.id]
    for number, rule in enumerate(advice.library.rules.values()):
        there = facts.of(rule.about)
        step = one_in if len(there) > MANY else 1
        for entity in there[number % step :: step]:
            verdict = judged.on(rule, entity)
            assert verdict.entity is not None
            assert (verdict.entity.kind, verdict.entity.id) == (entity.kind, entity.id)
            key = rule.id, str(entity)
            assert verdict.outcome == found.get(key, "silent"), key
            sound(verdict)
            for one in verdict.deciding:
                agrees(one, advice)


def test_every_rule_has_a_verdict_on_everything_it_is_about(all_advice: dict[str, Advice]) -> None:
    advice, told = all_advice["little-fen"], 0
    for verdict in advice.verdicts():
        if verdict.outcome == "not applicable":
            assert verdict.entity is None and verdict.tree is None
            assert not advice.findings.facts.of(advice.library.rule(verdict.rule).about)
        else:
            told += 1
    abouts = [rule.about for rule in advice.library.rules.values()]
    assert told == sum(len(advice.findings.facts.of(about)) for about in abouts)


def agrees(one: Compared, advice: Advice) -> None:
    """A comparison's margin, result and words fit the value that was read."""
    assert one.words and not one.words.endswith(".")
    if one.key.startswith("need "):
        assert one.margin is None
        begins = {"true": "It was found that", "false": "It was not found that"}
        assert one.words.startswith(begins.get(one.result, "It is not known whether"))
        return
    if one.value is None:
        assert one.comparison == "known" or (one.result == "unknown" and "not known" in one.words)
        assert one.margin is None
        return
    if one.comparison not in ("known", "includes"):
        assert one.value in one.words
    if one.margin is not None:
        signs = {
            "at_least": one.margin >= 0,
            "above": one.margin > 0,
            "at_most": one.margin <= 0,
            "below": one.margin < 0,
        }
        assert (one.result == "true") is signs[one.comparison]
        assert one.read_of is not None
        facts = advice.findings.facts
        entities = {str(each): each for each in facts}
        read = entities[f"{one.read_of.kind} {one.read_of.id}"].values[one.key].value
        assert isinstance(read, int | float)
        if one.standard is not None:
            assert one.margin == pytest.approx(read - one.standard.value, abs=1e-4)
        if "this is" in one.words and abs(one.margin) >= 0.05:
            shown = f"{abs(one.margin):,.1f}".removesuffix(".0")
            assert shown in one.words
    assert one.cells_in_all >= len(one.cells)


def test_a_rule_on_something_it_is_not_about_is_not_applicable(advice: Advice) -> None:
    rule = next(rule for rule in advice.library.rules.values() if rule.about == "teacher")
    verdict = advice.verdict(rule.id, advice.school.file.school.id)
    assert verdict.outcome == "not applicable"
    assert verdict.words == "It is about a teacher, and this is the school."
    assert verdict.tree is None and not verdict.deciding


def test_a_verdict_is_asked_by_id_label_or_kind(all_advice: dict[str, Advice]) -> None:
    advice = all_advice["hillside"]
    person = next(one for one in advice.school.staff.people if "4B" in one.classes)
    told = advice.verdict("PED-10", person.id)
    assert told == advice.verdict("PED-10", "the teacher of 4B")
    assert told == advice.verdict("PED-10", f"teacher {person.id}")
    assert [told] == list(advice.verdicts("PED-10", person.id))
    with pytest.raises(UnknownNameError, match="there is no rule “PED-1O”; did you mean"):
        advice.verdict("PED-1O", person.id)
    with pytest.raises(UnknownNameError, match="there is no entity “hilside”; did you mean “hills"):
        advice.verdict("PED-10", "hilside")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (39.97, "The rule asks for 40 % or more; this is a little less"),
        (39, "Share of pupils at risk in the class and subject: 39 %. The rule asks for "
             "40 % or more; this is 1 percentage point less"),
        (40, "Share of pupils at risk in the class and subject: 40 %. The rule asks for 40 % or more"),
        (41.5, "The rule asks for 40 % or more; this is 1.5 percentage points more"),
        (None, "not known. The rule asks for 40 % or more"),
    ],
)  # fmt: skip
def test_the_words_say_what_it_takes_and_by_how_much(
    library: Library, value: float | None, words: str
) -> None:
    rule = library.rules["AFL-14"]
    verdicts = Verdicts(Inference(FactBase(), library.vocabulary()), library)
    told = verdicts.on(rule, entity_of(rule, {"share_at_risk": value})).deciding
    assert any(words in one.words for one in told if one.key == "share_at_risk"), told


def test_a_number_that_is_not_known_names_whom_it_waits_for(all_advice: dict[str, Advice]) -> None:
    advice = all_advice["little-fen"]
    [told] = advice.verdicts("RPE-10")
    [counted] = [one for one in told.deciding if one.result == "unknown"]
    assert counted.words == (
        "Teachers whose practice requires structured support: not known. The rule asks for 2 or more. "
        "Known to count: 0; not known: teaching profile (the teacher of Wren (teacher-mornings))"
    )
