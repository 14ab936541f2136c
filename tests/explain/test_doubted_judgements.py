"""How firm the advice is: each doubt held against the whole engine on a folder that says it, and the words
for each way in which something can go."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from termwise.cli import main
from termwise.engine.advise import Advice, advise, pose
from termwise.engine.documents.answers import rendered
from termwise.engine.documents.plan_words import HANGS
from termwise.engine.explain.doubted_judgements import firm
from termwise.engine.inference.doubts import Firm
from termwise.engine.inference.forward_chaining import infer
from termwise.engine.inference.recommendations import Advised, recommend
from termwise.engine.inference.sensitivity import firmness, wanted
from termwise.engine.library.loader import Library
from termwise.engine.library.rule import Rule
from termwise.engine.planning.capacity import Capacity
from termwise.engine.planning.problem_builder import Timetable
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.folder import load_school
from termwise.engine.school.school import School

as_html = partial(rendered, form="html")
as_markdown = partial(rendered, form="md")
as_text = partial(rendered, form="text")

EACH = {"hillside": 2, "little-fen": 1, "carrick-junior": 2}
"""Of a school's doubts every so many are written into its folder, so that all of the smallest are."""
SCHOOLS = tuple(EACH)
Copy = Callable[[str], Path]


@pytest.fixture(scope="session")
def answers(all_advice: dict[str, Advice]) -> dict[str, Firm]:
    return {name: firm(advice) for name, advice in all_advice.items()}


def judged(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """The folder with something else judged."""
    file = folder / "cqa.yaml"
    data = yaml.safe_load(file.read_text("utf-8"))
    change(data["questions"])
    file.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")


def targets(advised: Advised) -> dict[str, set[str]]:
    return {name: {target.label for target in item.targets} for name, item in advised.items.items()}


# --- held against the whole engine


@pytest.mark.parametrize("name", SCHOOLS)
def test_each_doubt_comes_out_as_a_folder_that_says_so(
    name: str,
    copy_example: Copy,
    library: Library,
    all_advice: dict[str, Advice],
    answers: dict[str, Firm],
) -> None:
    today, scale = all_advice[name], all_advice[name].school.scales["judgement"]
    ids = {grade.title: grade.id for grade in scale.grades}
    for doubt in answers[name].doubts[:: EACH[name]]:
        folder = copy_example(name)

        def set_(questions: dict[str, Any]) -> None:
            questions[doubt.question]["judgement"] = ids[doubt.judgement]  # noqa: B023

        judged(folder, set_)
        school = load_school(folder, library)
        found = infer(entities(school, library), library, library.vocabulary(school.scales))
        then = pose(school, library, found)  # what is advised; when it is done is not asked here
        was, now = set(today.dependencies.names), set(then.dependencies.names)
        what = name, doubt.question, doubt.judgement
        assert {one.intervention for one in doubt.goes} == was - now, what
        assert {one.intervention for one in doubt.comes} == now - was, what
        here, there = targets(today.recommendations), targets(then.advised)
        moved = {one for one in was & now & here.keys() & there.keys() if here[one] != there[one]}
        assert {one.intervention for one in doubt.others} == moved, what


@pytest.mark.parametrize("name", SCHOOLS)
def test_every_judgement_is_doubted_and_nothing_else(
    name: str, all_advice: dict[str, Advice], answers: dict[str, Firm]
) -> None:
    """One grade up and down where there is one; the school's and the adviser's own where they differ."""
    school = all_advice[name].school
    grades = [grade.id for grade in school.scales["judgement"].grades]
    titles = [grade.title for grade in school.scales["judgement"].grades]
    expected = set()
    for question, given in school.cqa.questions.items():
        agreed = grades.index(str(given.judgement))
        ranks = {agreed - 1, agreed + 1} & set(range(len(grades)))
        if given.school != given.adviser:
            ranks |= {grades.index(str(given.school)), grades.index(str(given.adviser))}
        expected |= {(question, titles[rank]) for rank in ranks - {agreed}}
    assert {(one.question, one.judgement) for one in answers[name].doubts} == expected
    assert answers[name].not_judged == ()


@pytest.mark.parametrize("name", SCHOOLS)
def test_an_item_is_firm_if_no_doubt_takes_it(
    name: str, all_advice: dict[str, Advice], answers: dict[str, Firm]
) -> None:
    answer = answers[name]
    assert {item.intervention for item in answer.items} == set(all_advice[name].dependencies.names)
    for item in answer.items:
        takes = {
            (doubt.question, doubt.judgement)
            for doubt in answer.doubts
            if item.intervention in {one.intervention for one in doubt.goes}
        }
        assert item.firm is not bool(takes)
        assert {(one.question, one.judgement) for one in item.depends_on} == takes
        assert bool(item.stands) is item.firm
        for one in item.depends_on:
            assert one.title in one.words
            assert one.judgement in one.words


@pytest.mark.parametrize("name", SCHOOLS)
def test_what_is_promised_or_falls_due_stands(
    name: str, all_advice: dict[str, Advice], answers: dict[str, Firm]
) -> None:
    advice = all_advice[name]
    stands = {item.intervention: item.stands for item in answers[name].items}
    for promise in advice.school.file.must:
        assert stands[promise.intervention] == "It was promised."
    for duty in advice.recommendations.duties.keys() - {
        one.intervention for one in advice.school.file.must
    }:
        assert stands[duty] == "It falls due, whatever was found."


def test_the_two_own_judgements_are_tried(answers: dict[str, Firm]) -> None:
    found = {(one.question, one.judgement): one.whose for one in answers["hillside"].doubts}
    assert found["assessment", "Developing"] == ("one-higher", "school")
    assert found["pedagogy", "Emerging"] == ("one-lower",)
    assert found["pedagogy", "Secure"] == ("one-higher", "school")


def test_judgements_two_grades_apart_are_both_tried(copy_example: Copy, library: Library) -> None:
    folder = copy_example("little-fen")
    judged(
        folder,
        lambda q: q["assessment"].update(
            judgement="developing", school="leading", adviser="emerging"
        ),
    )
    doubts = advise(load_school(folder, library), library).firm.doubts
    found = {one.judgement: one.whose for one in doubts if one.question == "assessment"}
    assert found == {
        "Emerging": ("one-lower", "adviser"),
        "Secure": ("one-higher",),
        "Leading": ("school",),
    }


def test_what_was_never_judged_is_not_doubted_and_is_told(
    copy_example: Copy, library: Library
) -> None:
    folder = copy_example("little-fen")
    judged(folder, lambda questions: questions["support"].pop("judgement"))
    answer = firm(advise(load_school(folder, library), library))
    assert "support" not in {one.question for one in answer.doubts}
    assert answer.not_judged == ("Student and Family Support",)
    assert "Not judged" in rendered(answer, "text")


def test_without_any_judgement_there_is_nothing_to_doubt(
    copy_example: Copy, library: Library
) -> None:
    folder = copy_example("little-fen")

    def none(questions: dict[str, Any]) -> None:
        for given in questions.values():
            given.pop("judgement", None)

    judged(folder, none)
    answer = firm(advise(load_school(folder, library), library))
    assert answer.doubts == ()
    assert "none to doubt" in answer.words
    assert all(item.firm for item in answer.items)


# --- each way in which something can go, with a few made-up rules


def rule(number: int, judgement: str, **outcome: Any) -> Rule:
    """A rule that fires at a grade of assessment, which little-fen has as developing."""
    shape = "shape" in outcome
    return Rule.model_validate(
        {
            "id": f"MAD-{number:02}",
            "title": "Made up",
            "status": "draft",
            "since": "2026.1",
            "about": "school" if shape else "question",
            "when": {
                "indicator": "judgement",
                **({"of": "assessment"} if shape else {}),
                "one_of": judgement.split(),
            }
            if shape
            else {
                "all": [
                    {"indicator": "question", "is": "assessment"},
                    {"indicator": "judgement", "one_of": judgement.split()},
                ]
            },
            "because": f"made-up rule {number} says so",
            "why": "-",
            "limits": "made up",
            "sources": ["house"],
            "examples": [{"say": "a", "expect": "fires"}, {"say": "b", "expect": "silent"}],
            **outcome,
        }
    )


def asks(intervention: str, strength: str = "strong") -> list[dict[str, str]]:
    return [{"intervention": intervention, "strength": strength}]


EVERY = "emerging developing secure leading"


def told(school: School, library: Library, *rules: Rule) -> Firm:
    """What hangs on what with these rules alone, at a school that has promised nothing."""
    with_rules = replace(library, rules={one.id: one for one in rules})
    bare = replace(school, file=school.file.model_copy(update={"must": ()}))
    inference = infer(entities(bare, with_rules), with_rules, with_rules.vocabulary(bare.scales))
    advised = recommend(inference, bare, with_rules)
    timetable = Timetable(bare, with_rules, Capacity(bare, with_rules), advised)
    closed = wanted(advised, with_rules, timetable.unstaffed)
    return firmness(inference, advised, closed, bare, with_rules, timetable.unstaffed)


def hangs(answer: Firm, intervention: str) -> list[tuple[str, str, str]]:
    item = next(item for item in answer.items if item.intervention == intervention)
    return [(one.judgement, one.kind, one.words) for one in item.depends_on]


def test_what_no_rule_would_ask_for(little_fen: School, library: Library) -> None:
    answer = told(little_fen, library, rule(1, "developing", recommend=asks("effective-feedback")))
    found = hangs(answer, "effective-feedback")
    assert [one[:2] for one in found] == [("Emerging", "not-asked"), ("Secure", "not-asked")]
    assert found[0][2] == (
        "the judgement on Assessment for Learning: if it were Emerging in place of Developing, no rule "
        "would ask for it"
    )


def test_what_is_only_weaker_stands(little_fen: School, library: Library) -> None:
    answer = told(
        little_fen,
        library,
        rule(1, "developing", recommend=asks("effective-feedback")),
        rule(2, EVERY, recommend=asks("effective-feedback", "slight")),
    )
    item = next(one for one in answer.items if one.intervention == "effective-feedback")
    assert (item.firm, item.stands) == (True, "Rules ask for it in every case.")


def test_what_would_be_outweighed(little_fen: School, library: Library) -> None:
    """Of something for which no research speaks, since that would carry it."""
    name = next(
        item.id
        for item in library.interventions.values()
        if not (item.evidence.toolkit or item.requires or item.requires_one_of or item.duty)
        and item.target == "school"
        and not item.suits.model_fields_set
    )
    against = [rule(number, "secure", advise_against=asks(name)) for number in range(2, 9)]
    asked = rule(1, EVERY, recommend=asks(name, "slight"))
    found = hangs(told(little_fen, library, asked, *against), name)
    assert [one[:2] for one in found] == [("Secure", "outweighed")]
    assert "more would speak against it than for it: made-up rule 2 says so" in found[0][2]


def test_what_would_be_replaced(little_fen: School, library: Library) -> None:
    change = {"replace": [{"intervention": "achievement-teams", "by": "effective-feedback"}]}
    answer = told(
        little_fen,
        library,
        rule(1, EVERY, recommend=asks("achievement-teams")),
        rule(2, "secure", shape=change),
    )
    found = hangs(answer, "achievement-teams")
    assert [one[:2] for one in found] == [("Secure", "replaced")]
    title = library.intervention("effective-feedback").title
    assert found[0][2].endswith(f"“{title}” would be used instead")


def test_what_would_be_left_out_and_what_it_takes_along(
    little_fen: School, library: Library
) -> None:
    """What needs what is left out can't be had then; what only that needs isn't needed."""
    needy = next(
        item
        for item in library.interventions.values()
        if item.requires
        and item.target == "school"
        and not item.suits.model_fields_set
        and all(not library.intervention(need).requires for need in item.requires)
    )
    need = needy.requires[0]
    asked = rule(1, EVERY, recommend=asks(needy.id))
    answer = told(little_fen, library, asked, rule(2, "secure", shape={"leave_out": [need]}))
    names = {item.intervention for item in answer.items}
    assert {needy.id, need} <= names
    assert [one[:2] for one in hangs(answer, needy.id)] == [("Secure", "impossible")]
    assert "could not be had" in hangs(answer, needy.id)[0][2]
    answer = told(little_fen, library, rule(1, "developing", recommend=asks(needy.id)))
    assert [one[1] for one in hangs(answer, need)] == ["not-needed", "not-needed"]
    assert needy.title in hangs(answer, need)[0][2]
    answer = told(little_fen, library, asked)
    item = next(item for item in answer.items if item.intervention == need)
    assert item.firm
    assert item.stands == f"“{needy.title}” needs it."


def test_what_would_come_in_is_told_with_its_rule(little_fen: School, library: Library) -> None:
    answer = told(little_fen, library, rule(1, "secure", recommend=asks("effective-feedback")))
    comes = {one.judgement: one.comes for one in answer.doubts if one.comes}
    assert list(comes) == ["Secure"]
    first = next(one for one in comes["Secure"] if one.intervention == "effective-feedback")
    assert first.words == "made-up rule 1 says so (MAD-01)"


# --- in the plan and in words


@pytest.mark.parametrize("name", SCHOOLS)
def test_the_plan_says_of_each_step_how_firm_it_is(
    name: str, all_advice: dict[str, Advice], answers: dict[str, Firm]
) -> None:
    plan = all_advice[name].plan
    items = {item.intervention: item for item in answers[name].items}
    for step in plan.steps:
        assert step.firm is items[step.id].firm
        assert step.depends_on == tuple(one.words for one in items[step.id].depends_on)
    assert answers[name].planned == tuple(step.id for step in plan.steps)
    hanging = [step for step in plan.steps if not step.firm]
    text = as_text(plan)
    shown = [one for one in hanging if f"{HANGS}   {one.title[:20]}" in text]
    assert ("hangs on a judgement: termwise firm" in text) is bool(shown)
    page, written = as_html(plan), as_markdown(plan)
    assert page.count("<dt>Depends on</dt>") == len(hanging)
    assert page.count("<dt>Firm</dt>") == len(plan.steps) - len(hanging)
    assert written.count("\n- Depends on: ") == len(hanging)
    for step in hanging:
        assert all(words in written.replace("\\", "") for words in step.depends_on)


def test_an_example_has_steps_of_both_kinds(all_advice: dict[str, Advice]) -> None:
    kinds = {step.firm for step in all_advice["carrick-junior"].plan.steps}
    assert kinds == {True, False}


@pytest.mark.parametrize("name", SCHOOLS)
def test_the_words_tell_all_that_goes_and_comes(name: str, answers: dict[str, Firm]) -> None:
    answer = answers[name]
    text = rendered(answer, "text")
    assert max(map(len, text.splitlines())) <= 100
    flat = " ".join(text.split())
    for doubt in answer.doubts:
        assert f"{doubt.title}: judged {doubt.agreed}" in flat
        for one in (*doubt.goes, *doubt.comes, *doubt.others):
            assert f"“{one.title}”" in flat
    for item in answer.items:
        assert item.title in flat
    hang = sum(not item.firm for item in answer.items)
    assert str(hang) in answer.words
    assert rendered(answer, "text") == text


def test_the_command_prints_words_and_data(copy_example: Copy) -> None:
    folder = str(copy_example("little-fen"))
    text = CliRunner().invoke(main, ["firm", folder])
    assert text.exit_code == 0
    assert "how firm the advice is" in text.output
    data = CliRunner().invoke(main, ["firm", folder, "--format", "json"])
    assert data.exit_code == 0
    assert Firm.model_validate(json.loads(data.output)).items
