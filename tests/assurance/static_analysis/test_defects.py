"""Defects planted in a copy of the rules and knowledge are found at their line, each with made-up
schools on which the engine, asked once more in another way, sees the same."""

from __future__ import annotations

import itertools
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from termwise.cli import main
from termwise.engine.assurance.rule_testing.examples import check_examples
from termwise.engine.assurance.static_analysis import rules
from termwise.engine.assurance.static_analysis.check import check_rules, find_defects
from termwise.engine.assurance.static_analysis.model import Defect, Witness
from termwise.engine.assurance.static_analysis.symbolic_library import World
from termwise.engine.assurance.static_analysis.synthetic_facts import see
from termwise.engine.core.errors import ContentError, Mistake
from termwise.engine.inference.durable_rules import fired
from termwise.engine.inference.prerequisites import close
from termwise.engine.library.conditions import evaluate
from termwise.engine.library.facts import Entity, Value
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.library.rule import BELONGS_TO, STRATA, Condition, EntityKind, Rule, elders
from tests.seeded_defects import SEEDS, Seed

pytestmark = pytest.mark.usefixtures("documents_once")

# --- a copy of the content with a defect in it


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk
        shutil.copy2(source, target)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("shipped")
    for part in ("rules", "knowledge"):
        with as_file(files("termwise") / part) as folder:
            shutil.copytree(folder, root / part)
    return root


def spoilt(shipped: Path, root: Path, seed: Seed) -> Path:
    """A copy of the content with the defect in it; what isn't edited is the same file."""
    for part in ("rules", "knowledge"):
        shutil.copytree(shipped / part, root / part, copy_function=_linked)
    for edit in seed.edits:
        path = root / edit.file
        text = path.read_text("utf-8") if path.exists() else ""
        assert bool(edit.old) == path.exists() and edit.old in text, f"{edit.old!r} is not there"
        path.unlink(missing_ok=True)  # the other name of the file keeps its text
        path.write_text(text.replace(edit.old, edit.new) if edit.old else edit.new, "utf-8")
    return root


def line(root: Path, seed: Seed) -> int:
    text = (root / seed.file).read_text("utf-8")
    assert text.count(seed.at) >= 1, f"{seed.at!r} is not in {seed.file}"
    return text.count("\n", 0, text.index(seed.at)) + 1


# --- a made-up school read and run once more, without the code that made it


def value(library: Library, key: str, given: Any) -> Value:
    indicator = library.indicators[key.partition(" of ")[0]]
    if indicator.type == "set":
        return Value(frozenset(given))
    if indicator.scale:
        return Value(library.default_scales()[indicator.scale].rank(given))
    return Value(given)


def said(library: Library, known: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The rules that fire on a school, each with the id of what it does so on."""
    entities: dict[EntityKind, list[Entity]] = {}
    for kind in sorted(BELONGS_TO, key=lambda kind: len(elders(kind))):
        above = BELONGS_TO[kind]
        names = list(library.strands) if kind == "question" else [kind]
        parents = tuple(entities[elder][0] for elder in above)
        entities[kind] = [Entity(kind, name, name, parents) for name in names]
    school = entities["school"][0]
    for question in entities["question"]:
        question.values["question"] = Value(question.id)
    for key, raw in known.items():
        name, _, of = key.partition(" of ")
        read = value(library, key, raw)
        if of:
            school.values[key] = read
            next(q for q in entities["question"] if q.id == of).values[name] = read
        else:
            entities[library.indicators[name].about][0].values[name] = read
    everything = [one for group in entities.values() for one in group]
    vocabulary, found = library.vocabulary(), set[tuple[str, str]]()
    for stratum in STRATA:
        rules = [rule for rule in library.rules.values() if rule.stratum == stratum]
        for _ in range(2 if stratum == "diagnose" else 1):
            pairs = fired(rules, everything, vocabulary)
            for rule in rules if stratum == "diagnose" else ():
                for entity in entities[rule.about]:
                    assert rule.diagnose is not None
                    if evaluate(rule.when, entity.lookup, vocabulary).result is None:
                        entity.needs.setdefault(rule.diagnose.need, None)
            for rule, entity in pairs:
                if rule.diagnose:
                    entity.needs[rule.diagnose.need] = True
        found |= {(rule.id, entity.id) for rule, entity in pairs}
    return found


def asked(library: Library, found: Iterable[tuple[str, str]]) -> set[str]:
    names: set[str] = set()
    for rule in (library.rules[name] for name, _ in found):
        names |= {one.intervention for one in rule.recommend}
        if rule.shape:
            names |= {one.intervention for one in rule.shape.must}
            names |= {one.by for one in rule.shape.replace}
    return names


def seen_again(library: Library, seed: Seed, defect: Defect, witness: Witness) -> bool:
    """Whether a witness shows what it is said to."""
    found = said(library, witness.given)
    rules = {rule for rule, _ in found}
    if seed.kind == "never":
        return seed.about not in rules
    if seed.kind == "always":
        return seed.about in rules
    if seed.kind in ("covered", "contradiction"):
        return {seed.about, seed.other} <= rules
    if seed.kind == "gap":
        wanted = asked(library, found)
        return all(library.interventions[name].strand != seed.about for name in wanted)
    if seed.kind == "unreachable":
        closed = close(sorted(asked(library, found)), library, (), {}, no_reason(library, witness))
        return seed.about not in closed.names
    if seed.kind == "unmet":
        out = {name for rule in rules for name in left_out(library.rules[rule])}
        closed = close([seed.about], library, (), {}, no_reason(library, witness, out))
        return seed.about in closed.impossible or excludes(library, closed.names)
    first, second = (said(library, one.given) for one in defect.witnesses)
    one, other = (one.given for one in defect.witnesses)
    differ = {key for key in {*one, *other} if one.get(key) != other.get(key)}
    return first == second and {key.partition(" of ")[0] for key in differ} == {seed.about}


def left_out(rule: Rule) -> tuple[str, ...]:
    return rule.shape.leave_out if rule.shape else ()


def excludes(library: Library, names: Iterable[str]) -> bool:
    items = [library.interventions[name] for name in names]
    forms = [item.alternative for item in items if item.alternative]
    return len(forms) != len(set(forms)) or any(
        other.id in item.excludes for item in items for other in items
    )


def no_reason(library: Library, witness: Witness, out: Iterable[str] = ()) -> Any:
    """Why something can't be had in a school: as the planner asks."""
    known: dict[str, Any] = dict(witness.given)

    def reason(item: Any) -> str | None:
        suits, roll, years = item.suits, known.get("roll"), known.get("year_groups")
        wrong = (
            item.id in set(out)
            or (suits.phases and "phase" in known and known["phase"] not in suits.phases)
            or (roll is not None and not (suits.roll_from or 0) <= roll <= (suits.roll_to or 9999))
            or (suits.years and years is not None and not {*suits.years} & {*years})
        )
        return "It can't be had." if wrong else None

    return reason


# --- what is found


def problems(
    root: Path, examples: bool
) -> tuple[Library | None, list[Mistake], tuple[Defect, ...]]:
    try:
        library = load_library(root=root)
    except ContentError as error:
        return None, list(error.problems), ()
    return library, list(check_examples(library)) if examples else [], find_defects(library)


@pytest.mark.parametrize(
    "seed", [pytest.param(seed, id=f"{seed.kind}: {seed.name}") for seed in SEEDS]
)
def test_a_planted_defect_is_found_at_its_line_and_its_witness_holds(
    shipped: Path, tmp_path: Path, seed: Seed
) -> None:
    root = spoilt(shipped, tmp_path, seed)
    library, told, defects = problems(root, seed.kind == "example")
    here = (seed.file, line(root, seed))
    if seed.kind in ("reading", "example"):
        found = [problem for problem in told if (problem.place.file, problem.place.line) == here]
        assert any(seed.about in problem.what for problem in found), told
        return
    assert library is not None, told
    mine = [one for one in defects if (one.kind, one.about) == (seed.kind, seed.about)]
    assert [(one.place.file, one.place.line) for one in mine] == [here], [
        str(one.problem) for one in defects
    ]
    assert mine[0].witnesses
    for witness in mine[0].witnesses:
        assert witness.confirmed
        assert seen_again(library, seed, mine[0], witness), witness


def test_nothing_is_wrong_with_the_shipped_rules(library: Library) -> None:
    assert [str(defect.problem) for defect in find_defects(library)] == []


def test_there_are_enough_defects_of_every_kind() -> None:
    kinds = [seed.kind for seed in SEEDS]
    assert len(kinds) >= 45
    assert all(kinds.count(kind) >= 4 for kind in set(kinds) - {"example"})
    assert len({(seed.kind, seed.name) for seed in SEEDS}) == len(SEEDS)


# --- the search


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return World(library)


def test_the_engine_fires_every_rule_on_its_smallest_school_and_on_none_that_is_smaller(
    world: World,
) -> None:
    for rule in world.library.rules.values():
        fires = {q: world.school(world.fires(rule, q)) for q in world.questions(rule)}
        question, school = next((q, given) for q, given in fires.items() if given is not None)
        assert see(school, world.library, [rule]).does(rule, question), rule.id
        for key in school:
            fewer = {name: value for name, value in school.items() if name != key}
            assert not see(fewer, world.library, [rule]).does(rule, question), (rule.id, key)


def test_the_engine_is_silent_where_the_search_says_that_a_rule_is(world: World) -> None:
    silent = 0
    for rule in world.library.rules.values():
        question = world.questions(rule)[0]
        school = world.school(world.fires(rule, question, wanted=False))
        if school is not None:
            seen = see(school, world.library, [rule])
            told = (rule.id, question)
            assert told not in seen.fired and told not in seen.unknown
            silent += 1
    assert silent > len(world.library.rules) * 0.9


_CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)
_ORDER = ["at_least", "at_most", "above", "below", "is"]
_LEAVES = st.one_of(
    st.builds(
        lambda comparison, operand: {"indicator": "data_points_a_year", comparison: operand},
        st.sampled_from(_ORDER),
        st.sampled_from([0, 1, 2, 4, 12]),
    ),
    st.builds(
        lambda comparison, operand: {"indicator": "reserves_share", comparison: operand},
        st.sampled_from(_ORDER[:4]),
        st.sampled_from([-50, 0, 2, 8, 100]),
    ),
    st.builds(
        lambda comparison, anchor: {
            "indicator": "judgement",
            "of": "support",
            comparison: {"grade": anchor},
        },
        st.sampled_from(_ORDER),
        st.sampled_from(["urgent", "weak", "secure", "strong"]),
    ),
    st.builds(
        lambda key, known: {"indicator": key, "known": known},
        st.sampled_from(["data_points_a_year", "reserves_share", "in_place"]),
        st.booleans(),
    ),
    st.sampled_from(
        [
            {"indicator": "in_place", "includes": "strand-leads"},
            {"indicator": "in_place", "includes": "cqa"},
            {"need": "screening-thin"},
        ]
    ),
)
_CONDITIONS = st.recursive(
    _LEAVES,
    lambda parts: st.one_of(
        st.builds(lambda some: {"all": some}, st.lists(parts, min_size=1, max_size=3)),
        st.builds(lambda some: {"any": some}, st.lists(parts, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, parts),
    ),
    max_leaves=7,
)
_SETS = tuple(frozenset(one) for one in ((), ("cqa",), ("strand-leads",), ("cqa", "strand-leads")))
_GRID: dict[str, tuple[Any, ...]] = {
    "data_points_a_year": (None, 0, 1, 2, 3, 4, 5, 11, 12),
    "reserves_share": (None, -50, -1, 0, 1, 2, 4, 8, 50, 100),
    "judgement of support": (None, 0, 1, 2, 3),
    "in_place": (None, *_SETS),
    "school_share_unjudged": (None, 0, 100),
}


@given(data=_CONDITIONS)
def test_the_search_finds_a_school_exactly_where_going_through_all_of_them_does(
    library: Library, data: dict[str, Any]
) -> None:
    condition = _CONDITION.validate_python(data)
    thin = [
        rule
        for rule in library.rules.values()
        if rule.diagnose and rule.diagnose.need == "screening-thin"
    ]
    shape = library.rules["SHP-16"]
    asked = shape.model_copy(update={"id": "XX-99", "when": condition})
    world = World(replace(library, rules={**library.rules, asked.id: asked}))
    read = str(data) + ("data_points_a_year school_share_unjudged" if "need" in str(data) else "")
    keys = [key for key in _GRID if key.partition(" of ")[0] in read]
    found: set[bool | None] = set()
    for values in itertools.product(*(_GRID[key] for key in keys)):
        known = {k: Value(v) for k, v in zip(keys, values, strict=True) if v is not None}
        results = [evaluate(rule.when, known.get, world.vocabulary).result for rule in thin]
        need = True if True in results else None if None in results else False
        if need is not None:
            known["need screening-thin"] = Value(need)
        found.add(evaluate(condition, known.get, world.vocabulary).result)
        if len(found) == 3:
            break
    assert world.possible(world.fires(asked)) is (True in found)
    assert world.possible(world.fires(asked, wanted=False)) is (False in found)
    assert world.possible(world.not_fires(asked)) is (found != {True})


def test_a_finding_the_engine_does_not_see_is_not_confirmed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "always", lambda world, rule: rule.id == "LED-02")
    [defect] = rules.always_fires(world)
    assert [witness.confirmed for witness in defect.witnesses] == [True, False]


# --- the command


def test_the_command_says_that_all_is_well() -> None:
    result = CliRunner().invoke(main, ["rules", "check"])
    assert result.exit_code == 0
    assert "interventions: all well.\n" in result.output


def test_the_command_tells_what_is_overdue_on_a_day_and_that_nobody_outside_has_reviewed() -> None:
    told = CliRunner().invoke(main, ["rules", "check", "--on", "2027-07-01"]).output
    assert "reviewed" not in told.split("Looked at: ")[1].split(".")[0]
    overdue = told.split("Overdue on 2027-07-01: ")[1]
    assert "SUP-07" in overdue and "Without an owner: none" in overdue


def test_the_command_tells_defects_and_examples_at_once_each_with_its_school(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {"two figures that exclude each other", "narrower and weaker"}
    edits = tuple(edit for seed in SEEDS if seed.name in wanted for edit in seed.edits)
    seed = Seed("both", "never", "AFL-05", "when:", edits)
    check = check_rules(spoilt(shipped, tmp_path, seed))
    monkeypatch.setattr("termwise.engine.assurance.check_rules", lambda content, on: check)
    result = CliRunner().invoke(main, ["rules", "check"])
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert f"{len(check.problems) + len(check.defects)} problems." in lines
    assert any(line.startswith(f"{seed.file}:8:1: AFL-05 can never fire") for line in lines)
    assert any("expected: fires" in line for line in lines)
    start = next(i for i, line in enumerate(lines) if "RAF-62 fires, and so does RAF-06" in line)
    school = itertools.takewhile(lambda line: line[:1] == " ", lines[start + 1 :])
    assert yaml.safe_load("\n".join(school))["given"]["phase"] == "infant"
    told = json.loads(CliRunner().invoke(main, ["rules", "check", "--format", "json"]).stdout)
    assert {one["about"] for one in told["defects"]} == {"AFL-05", "RAF-62"}
    assert all(one["confirmed"] for defect in told["defects"] for one in defect["witnesses"])
    assert len(told["problems"]) == len(check.problems) > 0


def test_what_can_not_be_read_is_told_alone(shipped: Path, tmp_path: Path) -> None:
    seed = next(seed for seed in SEEDS if seed.name == "a misspelt need")
    check = check_rules(spoilt(shipped, tmp_path, seed))
    assert (check.rules, check.defects) == (None, ())
    assert [one.place.file for one in check.problems] == [seed.file]


def graded(name: str, line: int, **says: Any) -> str:
    body = yaml.safe_dump(says)
    return (
        f"id: {name}\ntitle: A made-up line at {line}\nstatus: draft\nsince: '2026.2'\nabout: school\n"
        f"when: {{indicator: persistent_absence, at_least: {line}}}\nbecause: It is made up.\n"
        f"why: It is made up.\n{body}limits: It is made up.\nsources: [house]\nexamples:\n"
        f"- {{say: On it, given: {{persistent_absence: {line}}}, expect: fires}}\n"
        f"- {{say: Under it, given: {{persistent_absence: {line - 0.1}}}, expect: silent}}\n"
    )


def test_the_further_over_a_line_the_more_may_speak_for_something_or_against_it(
    shipped: Path, tmp_path: Path
) -> None:
    for part in ("rules", "knowledge"):
        shutil.copytree(shipped / part, tmp_path / part, copy_function=_linked)
    library = load_library(root=tmp_path)
    whole = [one.id for one in library.interventions.values() if one.target == "school"]
    one, other = whole[:2]
    slight, strong = ({"strength": strength} for strength in ("slight", "strong"))
    for name, line, says in (
        ("ZZ-01", 20, {"recommend": [{"intervention": one, **slight}]}),
        ("ZZ-02", 40, {"recommend": [{"intervention": one, **slight}]}),
        ("ZZ-03", 20, {"recommend": [{"intervention": other, **strong}]}),
        ("ZZ-04", 40, {"advise_against": [{"intervention": other, **strong}]}),
    ):
        target = tmp_path / "rules" / "base" / "recommend" / f"{name}.yaml"
        target.write_text(graded(name, line, **says), "utf-8")
    check = check_rules(tmp_path)
    assert not check.problems
    assert [one.what for one in check.defects if "ZZ-" in one.what] == []
