"""Why and why not, down to the data: what an answer names as decisive is changed, the engine runs again,
and the rule's verdict turns."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from termwise.cli import main
from termwise.engine.advise import Advice, advise
from termwise.engine.core.errors import TermwiseError, UnknownNameError
from termwise.engine.documents.answers import rendered
from termwise.engine.explain import alternative_plans as steps
from termwise.engine.explain import argument as answer
from termwise.engine.explain.argument_chain import Grounds
from termwise.engine.explain.near_misses import NearestRules
from termwise.engine.explain.pupil_reasons import names_pupil, why_pupil
from termwise.engine.explain.why_in_plan import why, why_not
from termwise.engine.inference.counterfactual_facts import Change, suppose
from termwise.engine.inference.truth_columns import fired_by_conditions
from termwise.engine.inference.verdict import Compared, RuleVerdict, Tree
from termwise.engine.library.conditions import leaves
from termwise.engine.library.facts import Entity, Raw
from termwise.engine.library.loader import Library
from termwise.engine.library.rule import Leaf, Rule
from termwise.engine.planning.model import Uncovered
from termwise.engine.planning.problem_builder import AT_ALL, PRIORITY, URGENT
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.pseudonyms import make_key
from tests import made_up_plan, worked_out_once
from tests.places import EXAMPLES

SCHOOLS = ("hillside", "little-fen", "carrick-junior")
Named = tuple[str, Compared, bool]
"""A comparison of an answer: the rule it stands in, and whether it is to come out true."""
Flip = tuple[Named, ...]


@pytest.fixture(autouse=True)
def _not_planned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What planning again tells is held against the plan elsewhere, and takes its time."""
    for name in ("nearest", "room_for"):
        monkeypatch.setattr(steps, name, lambda *_: None)
    monkeypatch.setattr(steps.AlternativePlans, "_anew", lambda *_: None)


@pytest.fixture(scope="module", autouse=True)
def _planned_once() -> Iterator[None]:
    with worked_out_once.folders():
        yield


@pytest.fixture(params=SCHOOLS)
def advice(request: pytest.FixtureRequest, all_advice: dict[str, Advice]) -> Advice:
    return all_advice[request.param]


# --- what an answer names, and the facts it names


def flips(verdict: RuleVerdict) -> list[Flip]:
    """Sets of comparisons, as the tree of an answer shows them, each of which turns a verdict by itself:
    every deciding comparison is in one."""
    assert verdict.tree is not None
    return _flips(verdict.tree, verdict.rule)


def _flips(tree: Tree, rule: str) -> list[Flip]:
    if tree.compared is not None:
        if not tree.compared.key.startswith("need "):
            return [((rule, tree.compared, tree.result == "false"),)]
        ways = [flips(one) for one in tree.found_by]
        return _every(ways) if tree.result == "true" else list(itertools.chain(*ways))
    if tree.kind == "not":
        return _flips(tree.parts[0], rule)
    ways = [_flips(part, rule) for part in tree.parts if part.result == tree.result]
    one_is_enough = (tree.kind == "all") is (tree.result == "true")
    return list(itertools.chain(*ways)) if one_is_enough else _every(ways)


def _every(ways: list[list[Flip]]) -> list[Flip]:
    """All have to turn: each way of each, with the first way of the others."""
    if not all(ways):
        return []
    first = [way[0] for way in ways]
    return [
        tuple(itertools.chain(*first[:place], flip, *first[place + 1 :]))
        for place, way in enumerate(ways)
        for flip in way
    ]


class Facts:
    """Turns what an answer names into a change of the facts, and looks what becomes of a rule."""

    def __init__(self, advice: Advice, library: Library) -> None:
        self.advice, self.library, self.base = advice, library, advice.findings
        self.vocabulary = advice.findings.vocabulary
        self.entities: dict[tuple[str, str], Entity] = {
            (one.kind, one.id): one for one in self.base.facts
        }

    def fires_with(self, changes: list[Change], rule: str, entity: Entity) -> bool:
        found = suppose(self.base, self.library, changes, fired_by_conditions)
        return any(
            one.rule.id == rule and (one.entity.kind, one.entity.id) == (entity.kind, entity.id)
            for one in found.fired
        )

    def changes(self, flip: Flip, entity: Entity) -> list[Change] | None:
        """The facts that turn all of some comparisons, just across their lines; None where they can't
        all turn, since one fact would have to be two things."""
        wanted: dict[tuple[Any, ...], list[tuple[Leaf, Raw | None, bool]]] = {}
        for rule, compared, outcome in flip:
            leaf = self._leaf(self.library.rule(rule), compared)
            operand = None if leaf.comparison == "known" else self.vocabulary.number(leaf)
            member = str(leaf.includes) if leaf.includes is not None else ""
            about = (*self._owner(leaf, compared, entity), leaf.indicator, member)
            wanted.setdefault(about, []).append((leaf, operand, outcome))
        found = []
        for (kind, name, key, member), each in wanted.items():
            if member:
                outcomes = {outcome for _, _, outcome in each}
                if len(outcomes) > 1:
                    return None
                found.append(Change(kind, name, key, outcomes.pop(), member))
                continue
            read = self.entities[kind, name].values.get(key)
            fitting = [one for one in self._candidates(key, each) if _fits(one, each)]
            if not fitting:
                return None
            near = min(fitting, key=lambda one: _far(one, read.value if read else None))
            found.append(Change(kind, name, key, near))
        return found

    def _leaf(self, rule: Rule, compared: Compared) -> Leaf:
        """The comparison in the rule as it is written."""
        same = [
            one
            for one in leaves(rule.when)
            if isinstance(one, Leaf)
            and (one.key, one.comparison) == (compared.key, compared.comparison)
        ]
        if len(same) > 1:
            said = [one for one in same if self._against(one) == compared.against]
            same = said or same
        return same[0]

    def _against(self, leaf: Leaf) -> str:
        operand = self.vocabulary.number(leaf)
        if leaf.includes is not None:
            return str(self.vocabulary.titles.get(str(operand), str(operand)))
        return self.vocabulary.say(leaf.key, operand)

    def _owner(self, leaf: Leaf, compared: Compared, entity: Entity) -> tuple[Any, str]:
        if leaf.of is not None:
            return "question", leaf.of
        if compared.read_of is not None:
            return compared.read_of.kind, compared.read_of.id
        about = self.library.indicators[leaf.indicator].about
        owner = next(one for one in entity.lineage if one.kind == about)
        return owner.kind, owner.id

    def _candidates(
        self, key: str, each: list[tuple[Leaf, Raw | None, bool]]
    ) -> Iterator[Raw | None]:
        """Values at and beside each line; of what has few values all of them; not known."""
        indicator = self.library.indicators[key]
        scale = self.vocabulary.scale_of(indicator)
        if scale is not None:
            yield from range(len(scale.grades))
        elif indicator.type == "yes-no":
            yield from (True, False)
        for _, operand, _ in each:
            if isinstance(operand, frozenset):
                yield from sorted(operand, key=repr)
            elif isinstance(operand, bool) or operand is None:
                continue
            elif isinstance(operand, int | float):
                yield from (operand, operand - indicator.step, operand + indicator.step)
            else:
                yield operand
        yield from indicator.values
        yield from ("something else", 0, None) if indicator.type == "category" else (0, None)


def _far(value: Raw | None, read: Raw | None) -> float:
    if isinstance(value, int | float) and isinstance(read, int | float):
        return abs(value - read)
    return 0 if value is not None else 1


def _fits(value: Raw | None, each: list[tuple[Leaf, Raw | None, bool]]) -> bool:
    return all(
        _holds(leaf.comparison, leaf.known, value, operand) is want for leaf, operand, want in each
    )


def _holds(comparison: str, known: bool | None, value: Any, operand: Any) -> bool | None:
    if comparison == "known":
        return (value is not None) is known
    if value is None:
        return None
    plain: dict[str, Any] = {
        "is": lambda: value == operand,
        "one_of": lambda: value in operand,
        "at_least": lambda: value >= operand,
        "at_most": lambda: value <= operand,
        "above": lambda: value > operand,
        "below": lambda: value < operand,
    }
    return bool(plain[comparison]())


# --- every question has an answer


def test_every_step_has_the_chain_of_its_advice(advice: Advice) -> None:
    for step in advice.plan.steps:
        told = why(advice, step.id)
        assert isinstance(told, answer.WhyStep)
        said = {(one.verdict.rule, one.words) for one in told.grounds if one.side == "for"}
        assert said == {(one.rule, one.words) for one in step.because if one.kind == "rule"}
        others = {(one.kind, one.words) for one in step.because if one.kind != "rule"}
        assert others <= {(one.kind, one.words) for one in told.through}
        against = {(one.verdict.rule, one.words) for one in told.grounds if one.side == "against"}
        assert against == {(one.rule, one.words) for one in step.against}
        assert told.grounds or told.through, step.id
        assert told.evidence == step.evidence
        for ground in told.grounds:
            assert ground.verdict.outcome == "fired"
            assert [one.id for one in ground.sources] == list(
                advice.library.rule(ground.verdict.rule).sources
            )
        text = _flat(rendered(told, "text"))
        for one in said | against:
            assert one[0] in text
        if step.evidence.months is not None:
            assert "Security of the evidence" in text


def test_what_only_something_else_needs_is_led_on_to_what_that_is_advised_on(
    all_advice: dict[str, Advice],
) -> None:
    told = why(all_advice["carrick-junior"], "achievement-teams")
    assert isinstance(told, answer.WhyStep)
    assert not told.grounds and [one.kind for one in told.through] == ["needed"]
    assert told.through[0].intervention == "achievement-team-cycle"
    assert told.through[0].grounds
    text = _flat(rendered(told, "text"))
    assert "needs it, and that is advised:" in text
    assert told.through[0].grounds[0].words.rstrip(".") in text


def test_a_duty_says_that_it_is_one(advice: Advice) -> None:
    for name in advice.recommendations.duties:
        if any(step.id == name for step in advice.plan.steps):
            told = why(advice, name)
            assert isinstance(told, answer.WhyStep)
            assert "duty" in {one.kind for one in told.through}
            assert "It is a duty:" in rendered(told, "text")


def test_what_is_left_out_is_answered_by_why_as_far_as_it_is_advised(advice: Advice) -> None:
    planned = {step.id for step in advice.plan.steps}
    advised = 0
    for one in advice.plan.left_out:
        if one.intervention in planned:
            continue
        try:
            told = why(advice, one.intervention)
        except TermwiseError as error:
            assert "is not in the plan. " in str(error)
            assert f"Ask termwise why-not {advice.school.folder} {one.intervention}." in str(error)
            assert not one.because
            continue
        assert isinstance(told, answer.WhyAdvised)
        assert any(g.side == "for" for g in told.grounds) or told.through
        asks = f"termwise why-not {advice.school.folder} {one.intervention}"
        assert asks in _flat(rendered(told, "text"))
        advised += 1
    assert advised


def test_everything_left_out_says_what_is_for_it_or_what_comes_nearest(advice: Advice) -> None:
    for one in advice.plan.left_out:
        told = why_not(advice, one.intervention)
        assert told.reason
        speaks = any(g.side == "for" for g in told.grounds)
        assert speaks or told.nearest or told.kind in ("date-missing", "in-place"), one.intervention
        if told.kind == "shaped":
            shaped = [g for g in told.grounds if g.side == "shapes" and "left out" in g.does]
            assert shaped and shaped[0].verdict.rule in rendered(told, "text")
        if told.kind == "replaced":
            assert any(g.side == "shapes" and "in its place" in g.does for g in told.grounds)


def test_what_nobody_asks_for_is_told_with_the_nearest_rules(advice: Advice) -> None:
    planned = {step.id for step in advice.plan.steps}
    left = {one.intervention for one in advice.plan.left_out}
    for item in advice.library.interventions.values():
        if item.id in planned | left:
            continue
        told = why_not(advice, item.id)
        if told.reason.startswith("No rule asks"):
            assert told.nearest, item.id
        assert told.kind == ""
        places = [(any(w.settled for w in n.in_the_way), len(n.in_the_way)) for n in told.nearest]
        assert places == sorted(places)
        text = _flat(rendered(told, "text"))
        for one in told.nearest[:3]:
            assert one.verdict.rule in text
            for way in (*one.in_the_way, *(each for other in one.or_else for each in other)):
                assert _flat(way.compared.words) in text
        for one in told.nearest[3:]:
            assert f"({one.verdict.rule})" not in text


def test_what_is_in_place_says_where_that_is_written(advice: Advice) -> None:
    planned = {step.id for step in advice.plan.steps}
    for name in sorted(advice.recommendations.in_place - planned):
        told = why_not(advice, name)
        if told.kind == "":
            assert re.fullmatch(r"It is in place already \(cqa\.yaml:\d+:\w+\)\.", told.reason)
            assert not told.nearest


# --- what an answer says, proved by running again


def grounds(advice: Advice) -> Iterator[answer.Ground]:
    """What all answers rest on, each once."""
    asked, seen = Grounds(advice), set()
    names = [step.id for step in advice.plan.steps]
    names += [one.intervention for one in advice.plan.left_out]
    for name in dict.fromkeys(names):
        for one in asked.of(name):
            entity = one.verdict.entity
            assert entity is not None
            if (one.verdict.rule, entity.kind, entity.id) not in seen:
                seen.add((one.verdict.rule, entity.kind, entity.id))
                yield one


def test_each_decisive_comparison_of_each_argument_turns_the_verdict(
    advice: Advice, library: Library
) -> None:
    facts, turned, stuck = Facts(advice, library), 0, []
    for ground in grounds(advice):
        verdict = ground.verdict
        assert verdict.entity is not None
        entity = facts.entities[verdict.entity.kind, verdict.entity.id]
        named = {_name(one) for flip in flips(verdict) for one in flip}
        assert {_name((verdict.rule, one, False)) for one in verdict.deciding} - named <= {
            _name((verdict.rule, one, False))
            for one in verdict.deciding
            if one.key.startswith("need ")
        }
        for flip in flips(verdict):
            changes = facts.changes(flip, entity)
            if changes is None:
                stuck.append(verdict.rule)
                continue
            assert not facts.fires_with(changes, verdict.rule, entity), (verdict.rule, changes)
            turned += 1
    assert turned > 80
    assert len(stuck) <= turned / 20, stuck


def _name(one: Named) -> tuple[str, str, str, str]:
    return one[0], one[1].key, one[1].comparison, one[1].against


def test_what_is_in_the_way_of_a_nearest_rule_is_all_that_is_and_none_of_it_can_stay(
    advice: Advice, library: Library
) -> None:
    facts, asked, turned, seen = Facts(advice, library), NearestRules(advice), 0, set()
    for name in library.interventions:
        for near in asked.of(name):
            verdict = near.verdict
            assert verdict.entity is not None
            key = verdict.rule, verdict.entity.kind, verdict.entity.id
            if key in seen:
                continue
            seen.add(key)
            assert verdict.outcome in ("silent", "unknown")
            entity = facts.entities[key[1:]]
            for ways in (near.in_the_way, *near.or_else):
                flip = tuple((way.rule, way.compared, way.wanted == "true") for way in ways)
                assert all(way.compared.result != way.wanted for way in ways)
                changes = facts.changes(flip, entity)
                assert changes is not None, (verdict.rule, flip)
                assert facts.fires_with(changes, verdict.rule, entity), (verdict.rule, changes)
                for out in changes if len(changes) > 1 else ():
                    rest = [one for one in changes if one is not out]
                    assert not facts.fires_with(rest, verdict.rule, entity), (verdict.rule, rest)
                turned += 1
            sizes = {len(ways) for ways in (near.in_the_way, *near.or_else)}
            assert len(sizes) == 1
    assert turned > 30


def test_each_near_way_to_a_rule_is_told_and_what_is_settled_last(
    all_advice: dict[str, Advice],
) -> None:
    told = why_not(all_advice["carrick-junior"], "attendance-improvement")
    ways = [way for (way,) in (told.nearest[0].in_the_way, *told.nearest[0].or_else)]
    assert [(way.compared.key.partition(" ")[0], way.settled) for way in ways] == [
        ("absence", True),
        ("persistent_absence", True),
    ]
    text = _flat(rendered(told, "text"))
    assert "one of these would have to be otherwise:" in text
    assert text.count("That is settled: nothing the school does now makes it otherwise.") == 4
    assert text.count("* The line held against is this project's own proposal, from") == 1
    maths = why_not(all_advice["hillside"], "targeted-tuition", "maths")
    assert [one.in_the_way[0].settled for one in maths.nearest] == [False, True]
    assert "for this it must not be." in _flat(rendered(maths, "text"))


def test_nothing_is_said_of_places_for_whom_no_rule_asks(all_advice: dict[str, Advice]) -> None:
    for name, whom in (("targeted-tuition", "maths"), ("structured-teacher-support", "3A")):
        told = why_not(all_advice["hillside"], name, whom)
        assert told.reason.startswith("No rule asks for it for ")
        assert not told.elsewhere and not told.beside
        assert told.instead is None and told.beside_alternative is None


def _flat(text: str) -> str:
    return " ".join(text.split())


# --- why not for some


def test_every_target_is_answered_in_the_plan_or_with_what_keeps_it_out(advice: Advice) -> None:
    answered = 0
    for item in advice.library.interventions.values():
        if item.target == "school":
            continue
        step = next((one for one in advice.plan.steps if one.id == item.id), None)
        for target in advice.findings.facts.of(item.target):
            if step is not None and target.id in step.target.ids:
                with pytest.raises(TermwiseError, match="is in the plan for"):
                    why_not(advice, item.id, target.id)
                continue
            told = why_not(advice, item.id, target.id)
            assert told.asked_for == target.label
            assert told.reason
            for near in told.nearest:
                entity = near.verdict.entity
                assert entity is not None
                found = next(
                    o for o in advice.findings.facts if str(o) == f"{entity.kind} {entity.id}"
                )
                own = [one for one in found.lineage if one.kind == item.target]
                assert target in own or not own
            text = _flat(rendered(told, "text"))
            assert f"not in the plan for {target.label}" in text
            assert bool(step) == (
                f"It is in the plan for {step.target.words}" in text if step else False
            )
            answered += 1
    assert answered or not advice.school.pupils


def test_a_teacher_is_called_by_id_or_class(all_advice: dict[str, Advice]) -> None:
    advice = all_advice["hillside"]
    by_class = why_not(advice, "coaching-cycles", "4B")
    assert by_class.asked_for == "the teacher of 4B"
    person = next(one for one in advice.school.staff.people if "4B" in one.classes)
    assert why_not(advice, "coaching-cycles", person.id) == by_class
    assert why_not(advice, "coaching-cycles", "class 4b") == by_class
    assert why_not(advice, "Coaching cycles with the", "4B") == by_class


def test_a_subject_is_asked_about_where_rules_are_about_such(all_advice: dict[str, Advice]) -> None:
    told = why_not(all_advice["hillside"], "accelerating-progress-maths", "1A")
    assert told.nearest[0].verdict.entity is not None
    assert told.nearest[0].verdict.entity.id == "1A maths"
    (way,) = told.nearest[0].in_the_way
    assert way.compared.margin == -20 and not way.settled
    assert way.compared.standard is not None and way.compared.standard.value == 40
    assert "this is 20 percentage points less" in way.compared.words
    with pytest.raises(
        TermwiseError, match="is for single classes .*, not for Year 6|not for Year 6"
    ):
        why_not(all_advice["hillside"], "accelerating-progress-maths", "Year 6")
    with pytest.raises(TermwiseError, match="is for the whole school.*, not for class 4B"):
        why_not(all_advice["hillside"], "accurate-assessment", "4B")
    with pytest.raises(UnknownNameError, match="there is no .*“4C”; did you mean .*4"):
        why_not(all_advice["hillside"], "accelerating-progress-maths", "4C")


# --- priorities


def test_a_priority_names_what_made_it_one(advice: Advice) -> None:
    for priority in advice.plan.priorities:
        told = why(advice, priority.id)
        assert isinstance(told, answer.WhyPriority)
        assert told == why(advice, priority.strand)
        given = advice.school.cqa.questions[priority.strand]
        assert len(told.priority.evidence) == len(given.evidence)
        assert told.judged[0].grade == priority.judgement
        assert told.judged[0].cells
        needs = {one.need for one in advice.plan.findings if one.strand == priority.strand}
        assert len({one.rule for one in told.found}) >= len(needs) > 0
        assert {one.step for one in told.steps} == {
            step.id for step in advice.plan.steps if priority.id in step.priorities
        }
        titles = {
            one.title
            for one in advice.library.interventions.values()
            if one.strand == priority.strand
        }
        assert told.asks and all({*one.asks_for} <= titles for one in told.asks)
        text = _flat(rendered(told, "text"))
        assert priority.title in text
        for note in priority.evidence:
            assert _flat(note) in text
        for step in told.steps:
            assert step.title in text


def test_a_priority_says_first_what_works_on_it_or_why_nothing_does(advice: Advice) -> None:
    for priority in advice.plan.priorities:
        found = why(advice, priority.title)
        assert isinstance(found, answer.WhyPriority)
        short = rendered(found, "text").split("\n\n")[1]
        number = len(found.steps)
        assert f"{number} step" in short and "the first from" in short, short
        ways = [made_up_plan.stuck(made_up_plan.plan()).ways_out[0]]
        bare = Uncovered(kind="no-room", words=("There is £30.",), ways_out=tuple(ways))
        bare_priority = found.priority.model_copy(update={"uncovered": bare})
        told = rendered(found.model_copy(update={"priority": bare_priority}), "text")
        short = " ".join(told.split("\n\n")[1].split())
        assert "Nothing in the plan works on it in time. There is £30." in short
        assert f"Something would with this: {ways[0].words}" in short


def test_what_is_bought_for_a_step_adds_up_to_the_purchases(advice: Advice) -> None:
    asked = steps.AlternativePlans(advice)
    for step in advice.plan.steps:
        told = " ".join(asked._bought(step.id))
        spent = [int(one.replace(",", "")) for one in re.findall(r"; £([\d,]+)", told)]
        bought = [one for one in advice.plan.purchases if step.id in one.for_]
        assert sum(spent) == sum(one.pounds for one in bought)
        assert all(one.of in told for one in bought)


def test_of_an_aim_that_is_missed_altogether_only_that_is_said(advice: Advice) -> None:
    asked = steps.AlternativePlans(advice)
    goals = {one.id for one in advice.problem.goals}
    late = {one for one in goals if one + AT_ALL in goals}
    weak = {one for one in goals if one.startswith(f"{PRIORITY}1")} - {f"{PRIORITY}1"}
    assert weak and asked._worst(goals) == sorted(
        one for one in goals - late if one.startswith(URGENT) or one[1:].isdigit()
    )
    assert asked._worst(late | weak) == sorted(late | weak)


def test_a_proposed_priority_says_that_it_is_proposed(library: Library, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLES / "little-fen", tmp_path / "school"))
    cqa = folder / "cqa.yaml"
    data = yaml.safe_load(cqa.read_text("utf-8"))
    del data["priorities"]
    cqa.write_text(yaml.safe_dump(data), "utf-8")
    advice = advise(load_school(folder, library), library)
    told = why(advice, "P1")
    assert isinstance(told, answer.WhyPriority)
    assert not told.priority.agreed
    assert "It is proposed, not agreed yet" in _flat(rendered(told, "text"))


# --- pupils


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Little Fen with a key to its pseudonyms."""
    folder = tmp_path_factory.mktemp("keyed") / "little-fen"
    shutil.copytree(EXAMPLES / "little-fen", folder)
    make_key(folder)
    return folder


def test_each_fired_screening_rule_turns_with_what_decided_it(
    all_advice: dict[str, Advice], library: Library
) -> None:
    """Of each rule the first pupil it fired for, and of each way it is sure."""
    advice = all_advice["little-fen"]
    facts, seen, turned = Facts(advice, library), set(), 0
    for pupil in advice.school.pupils:
        told = why_pupil(advice.school, library, pupil.ref, advice.findings)
        for subject in told.subjects:
            entity = facts.entities["pupil-subject", f"{pupil.ref} {subject.subject}"]
            assert subject.state == entity.values["state"].value
            gravest = subject.fired[0].state if subject.fired else subject.state
            assert subject.state == gravest
            for one in subject.fired:
                assert one.clear == (one.clear_when is None or one.clear_when.result == "true")
                assert (one.sure is None) == (one.state == library.screening.when_unknown)
                if (one.verdict.rule, one.clear) in seen:
                    continue
                seen.add((one.verdict.rule, one.clear))
                for flip in flips(one.verdict):
                    changes = facts.changes(flip, entity)
                    if changes is not None:
                        assert not facts.fires_with(changes, one.verdict.rule, entity), changes
                        turned += 1
    assert turned > 20


def test_a_pupil_is_called_by_pseudonym_with_a_subject_or_without(
    all_advice: dict[str, Advice], library: Library
) -> None:
    advice = all_advice["little-fen"]
    ref = advice.school.pupils[3].ref
    told = why(advice, ref)
    assert isinstance(told, answer.WhyPupil)
    assert told == why_pupil(advice.school, library, ref.lower())
    subjects = [one.subject for one in told.subjects]
    assert subjects == list(advice.school.file.pupils.subjects)  # type: ignore[union-attr]
    one = why(advice, f"{ref} Writing")
    assert isinstance(one, answer.WhyPupil)
    assert [each.subject for each in one.subjects] == ["writing"]
    with pytest.raises(UnknownNameError, match="there is no subject “chess”"):
        why(advice, f"{ref} chess")
    with pytest.raises(UnknownNameError, match="there is no pupil “2222-2222”"):
        why(advice, "2222-2222")
    assert names_pupil(advice.school, "k7mx-2r9t maths")
    assert names_pupil(advice.school, "k7mx2r9t")
    assert why(advice, ref.replace("-", "")) == told
    assert not names_pupil(advice.school, "coaching-cycles")


# --- the commands


def run(*words: object) -> Any:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_commands_answer_in_text_and_json(keyed: Path, library: Library) -> None:
    ref = load_school(keyed, library).pupils[0].ref
    for words, about in (
        (("why", "accelerating-progress-start"), ""),
        (("why", "family-engagement"), "advised"),
        (("why", "assessment"), ""),
        (("why", "assessment"), "priority"),
        (("why", ref), ""),
        (("why", f"{ref} maths"), "pupil"),
        (("why-not", "coaching-cycles", "--for", "Wren"), ""),
        (("why-not", "coaching-cycles"), "why-not"),
    ):
        command, item, *rest = words
        told = run(command, keyed, item, *rest, *(("--format", "json") if about else ()))
        assert told.exit_code == 0, told.output
        assert not told.stdout.endswith("\n\n")
        if about:
            assert json.loads(told.stdout)["about"] == about
        else:
            assert max(map(len, told.stdout.splitlines())) <= 100


def test_no_key_is_made_to_answer(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLES / "little-fen", tmp_path / "school"))
    before = sorted(one.name for one in folder.iterdir())
    assert run("why", folder, "accelerating-progress-start").exit_code == 0
    asked = run("why", folder, "K7MX-2R9T")
    assert asked.exit_code == 1
    assert "termwise recommend" in asked.stderr
    assert sorted(one.name for one in folder.iterdir()) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("why", "acurate-assessment"), "did you mean “accurate-assessment"),
        (("why", "assesment"), "did you mean “assessment"),
        (("why", "Accelerating Progress in class"), "may be any of: step accelerating-progress-"),
        (("why-not", "coaching"), "“coaching” may be any of: coaching-cycles"),
        (("why-not", "coaching-cycels"), "did you mean “coaching-cycles”"),
        (("why-not", "coaching-cycles", "--for", "Wern"), "did you mean “Wren”"),
        (("why", ""), "nothing is asked about: name a step"),
        (("why-not", " "), "nothing is asked about: name an intervention outside the plan"),
        (("change", ""), "nothing is asked about: name an intervention by its title or id"),
        (
            ("why-not", "coaching-cycles", "--for", ""),
            "nobody is named to ask for: “Coaching cycles",
        ),
        (("why", "Attendence"), "did you mean “attendance-improvement” (“Attendance, from first"),
        (("why", "zzz"), "“zzz”; termwise knowledge list shows all"),
        (("why", "e"), ", and "),
        (
            ("why", "Ada Blackwood"),
            "of that name; pupils are asked for by pseudonym, which termwise",
        ),
    ],
)
def test_what_does_not_exist_names_the_near_ones(words: tuple[str, ...], told: str) -> None:
    command, item, *rest = words
    result = run(command, EXAMPLES / "little-fen", item, *rest)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert told in result.stderr
    assert "Traceback" not in result.output
    assert "Blackwood" not in result.stderr
    assert result.stderr.count(", step ") <= 6


def test_a_name_in_a_folder_without_pupils_is_told_that_it_has_none(
    library: Library, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(EXAMPLES / "little-fen", tmp_path / "school"))
    school = folder / "school.yaml"
    data = yaml.safe_load(school.read_text("utf-8"))
    del data["pupils"]
    school.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    told = run("why", folder, "Ada Blackwood")
    assert told.exit_code == 1
    assert "school.yaml names no files of pupils" in told.stderr
    assert "Blackwood" not in told.stderr


def test_a_step_that_comes_back_begins_with_its_first_time(all_advice: dict[str, Advice]) -> None:
    told = why(all_advice["hillside"], "safeguarding-review")
    assert isinstance(told, answer.WhyStep)
    assert (told.starts, told.ends, told.times) == (
        "Spring 1 2027",
        "Spring 1 2027",
        ("Spring 1 2027",),
    )
    text = _flat(rendered(told, "text"))
    assert "Its times are set by the year: Spring 1 2027." in text
    assert "start in Autumn 1" not in text


def test_a_duty_that_does_not_fall_due_is_answered_by_why_too(
    all_advice: dict[str, Advice],
) -> None:
    with pytest.raises(TermwiseError) as told:
        why(all_advice["hillside"], "accessibility-plan")
    assert "“The accessibility plan renewed” is not in the plan. It is a duty that does not" in str(
        told.value
    )
    assert "hillside accessibility-plan." in str(told.value)


def test_what_was_found_is_told_once_and_a_priority_on_about_a_page(advice: Advice) -> None:
    for step in advice.plan.steps:
        told = why(advice, step.id)
        text = rendered(told, "text")
        assert text.count("this project's own proposal") <= 1
        assert ("*." in _flat(text)) == ("* The line held against" in text)
    for priority in advice.plan.priorities:
        assert len(rendered(why(advice, priority.id), "text").splitlines()) <= 90


def test_what_was_found_is_told_with_what_it_rests_on_once(all_advice: dict[str, Advice]) -> None:
    text = _flat(rendered(why(all_advice["hillside"], "targeted-tuition"), "text"))
    found = "It was found that assessment data cannot yet be relied on"
    assert text.count(f"{found}:") == 1
    assert text.count(f"{found} (as above).") == 1


def test_a_refusal_is_told_once(library: Library, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLES / "hillside", tmp_path / "school"))
    refused = {"intervention": "lesson-visits", "decision": "refuse", "reason": "too-much-work"}
    given = [{**refused, "role": "headteacher", "on": "2026-07-14"}]
    (folder / "overrides.yaml").write_text(yaml.safe_dump(given), "utf-8")
    told = why_not(advise(load_school(folder, library), library), "lesson-visits")
    assert told.kind == "refused"
    assert rendered(told, "text").count("Refused by") == 1


def test_no_pupils_name_is_in_any_answer(library: Library) -> None:
    school = load_school(EXAMPLES / "little-fen", library, names=True)
    names = {pupil.name for pupil in school.pupils if pupil.name}
    assert names
    advice = advise(school, library)
    told = [why(advice, pupil.ref) for pupil in school.pupils]
    told += [why(advice, step.id) for step in advice.plan.steps]
    told += [why(advice, one.id) for one in advice.plan.priorities]
    text = "".join(one.model_dump_json() + rendered(one, "text") for one in told)
    text += "".join(
        why_not(advice, one.intervention).model_dump_json() for one in advice.plan.left_out
    )
    assert not [name for name in names if name in text]


def test_the_chain_costs_little(all_advice: dict[str, Advice]) -> None:
    advice = all_advice["hillside"]
    began = time.process_time()
    asked = Grounds(advice)
    asked.of("coaching-cycles")
    list(asked.through("coaching-cycles"))
    NearestRules(advice).of("coaching-pairs")
    assert time.process_time() - began < 0.2


def test_the_same_question_has_the_same_answer(all_advice: dict[str, Advice]) -> None:
    advice = all_advice["little-fen"]
    for name in ("assessment", advice.school.pupils[0].ref, "network-days"):
        assert why(advice, name) == why(advice, name)
    assert why_not(advice, "coaching-cycles") == why_not(advice, "coaching-cycles")
