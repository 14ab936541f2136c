"""What-if: other values are read as an edited folder is, each difference has a reason that holds when
everything is run again, and what can't be set is refused before anything runs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from termwise.cli import main
from termwise.engine.advise import Advice, advise
from termwise.engine.core.errors import ContentError, Place
from termwise.engine.core.yaml_source.document import YamlDocument
from termwise.engine.core.yaml_source.parse import parse_yaml
from termwise.engine.documents.answers import rendered
from termwise.engine.explain.scenario import ComparedStep, DifferenceReason, WhatIf
from termwise.engine.explain.scenarios import what_if
from termwise.engine.library.conditions import evaluate
from termwise.engine.library.loader import Library
from termwise.engine.scheduling.problem import Placement
from termwise.engine.school.folder import load_school
from termwise.engine.school.school import School
from tests.places import EXAMPLES
from tests.schedule_rules import faults

Copy = Callable[[str], Path]


def planned(folder: Path, library: Library, *settings: str) -> Advice:
    return advise(load_school(folder, library, settings=settings), library)


def bytes_of(advice: Advice, cells: bool = True) -> str:
    """The plan, apart from the hashes of its inputs; `cells`: and from where values are written."""
    data = json.loads(advice.plan.model_dump_json())
    data.pop("inputs")

    def without(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: without(one) for key, one in part.items() if key != "cells"}
        return [without(one) for one in part] if isinstance(part, list) else part

    return json.dumps(data if cells else without(data), sort_keys=True)


# --- the same as an edited copy of the folder

EDITS: list[tuple[str, str, str, str, str]] = [
    # setting, file, text in it, text in its place, example
    (
        "questions.assessment.judgement=2",
        "cqa.yaml",
        "    judgement: emerging\n",
        "    judgement: 2\n",
        "hillside",
    ),
    ("context.absence=9.5", "school.yaml", "  absence: 5.7\n", "  absence: 9.5\n", "hillside"),
    ("context.absence=", "school.yaml", "  absence: 5.7\n", "\n", "hillside"),
    (
        "money.lines.tuition.amounts.2026-27=1000",
        "school.yaml",
        "amounts: {2026-27: 9000,",
        "amounts: {2026-27: 1000,",
        "hillside",
    ),
    (
        "people.senco.time=1",
        "staff.yaml",
        "roles: [senco, support-lead], time: 3,",
        "roles: [senco, support-lead], time: 1,",
        "hillside",
    ),
    (
        "capacity.adviser=6",
        "staff.yaml",
        "  time: {aut1: 3, aut2: 2.5, spr1: 2.5, spr2: 2, sum1: 2, sum2: 2.5}\n  fee",
        "  time: 6\n  fee",
        "hillside",
    ),
    (
        "capacity.whole-staff=2",
        "staff.yaml",
        "{aut1: 2, aut2: 1.2, spr1: 1.2, spr2: 1, sum1: 1.2, sum2: 1}",
        "2",
        "hillside",
    ),
    (
        "priorities.assessment.target=secure",
        "cqa.yaml",
        "  target: developing\n",
        "  target: secure\n",
        "hillside",
    ),
    (
        "in_place.curriculum-planning=fully",
        "cqa.yaml",
        "practice: curriculum-planning, how: partly",
        "practice: curriculum-planning, how: fully",
        "hillside",
    ),
    ("school.roll=431", "school.yaml", "  roll: 420 ", "  roll: 431 ", "hillside"),
]


MEMBERS: list[tuple[str, str, str, str]] = [
    (
        "in_place.coaching-cycles=fully",
        "cqa.yaml",
        "in_place:\n",
        "in_place:\n- {practice: coaching-cycles, how: fully}\n",
    ),
    (
        "in_place.core-values=no",
        "cqa.yaml",
        '- {practice: core-values, how: fully, since: "2024"}\n',
        "",
    ),
    (
        "must.achievement-teams={because: The governors asked for it.}",
        "school.yaml",
        "must:\n",
        "must:\n- {intervention: achievement-teams, because: The governors asked for it.}\n",
    ),
]


def edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), "utf-8")


def read(school: School) -> dict[str, object]:
    """What a school says that a setting can change, apart from where it is written. Which pupils there
    are no setting says, and each reading without a key gives them other pseudonyms."""
    others = {"folder", "inputs", "settings", "cells", "pseudonyms", "pupils", "named"}
    names = {field.name for field in fields(school)} - others
    return {name: getattr(school, name) for name in names}


@pytest.mark.parametrize(
    ("setting", "file", "old", "new", "name"), EDITS, ids=[e[0] for e in EDITS]
)
def test_a_setting_is_read_as_an_edited_copy_is(
    setting: str,
    file: str,
    old: str,
    new: str,
    name: str,
    library: Library,
    hillside: School,
    copy_example: Copy,
) -> None:
    folder = copy_example(name)
    other = read(load_school(folder, library, settings=[setting]))
    edit(folder, file, old, new)
    assert other == read(load_school(folder, library)) != read(hillside)


def test_settings_plan_as_an_edited_copy_does(library: Library, copy_example: Copy) -> None:
    folder = copy_example("hillside")
    edits = [one for one in EDITS if one[0] != "context.absence="]  # it is set as well
    other = planned(folder, library, *(setting for setting, *_ in edits))
    for _, file, old, new, _ in edits:
        edit(folder, file, old, new)
    assert bytes_of(other) == bytes_of(planned(folder, library))


@pytest.mark.parametrize(
    ("setting", "file", "old", "new"), MEMBERS, ids=[setting for setting, *_ in MEMBERS]
)
def test_a_member_that_comes_in_or_goes_plans_as_an_edited_copy_does(
    setting: str, file: str, old: str, new: str, library: Library, copy_example: Copy
) -> None:
    folder = copy_example("hillside")
    other = planned(folder, library, setting)
    edit(folder, file, old, new)
    assert bytes_of(other, cells=False) == bytes_of(planned(folder, library), cells=False)


def test_a_grade_may_be_its_number_its_id_or_its_title(library: Library) -> None:
    folder = EXAMPLES / "little-fen"
    said = [
        bytes_of(planned(folder, library, f"questions.assessment.judgement={grade}"))
        for grade in ("1", "emerging", "Emerging")
    ]
    assert len(set(said)) == 1


def test_a_role_s_time_is_that_of_all_who_hold_it(library: Library) -> None:
    school = load_school(EXAMPLES / "hillside", library, settings=["capacity.coach=1.5"])
    coaches = [person for person in school.staff.people if "coach" in person.roles]
    assert len(coaches) == 2
    assert {person.time for person in coaches} == {1.5}


# --- what stands already

STANDS = {
    "hillside": [
        "questions.assessment.judgement=1",
        "context.absence=5.7",
        "capacity.headteacher=4",
    ],
    "little-fen": ["questions.environment.judgement=Leading"],
    "carrick-junior": [
        "capacity.headteacher=4",
        "people.senco.time=3",
        "in_place.coaching-cycles=no",
    ],
}


@pytest.mark.parametrize("name", STANDS)
def test_to_set_what_stands_already_changes_nothing(
    name: str, library: Library, all_advice: dict[str, Advice]
) -> None:
    today = all_advice[name]
    found = what_if(today, STANDS[name])
    assert not any(one.reasons for one in (*found.recommendations,))
    assert not any(one.reasons for one in found.steps)
    assert all(one.was == one.now for one in found.recommendations)
    assert all(one.was == one.now for one in found.steps)
    assert found.was == found.now
    assert bytes_of(planned(EXAMPLES / name, library, *STANDS[name])) == bytes_of(today)
    assert "Nothing changes" in rendered(found, "text")


SO_ALREADY = [
    "context.absence=5.7",
    "questions.assessment.judgement=1",
    "in_place.link-governors=no",
]


def test_what_is_so_already_is_told_so_and_nothing_is_planned_again(
    all_advice: dict[str, Advice], monkeypatch: pytest.MonkeyPatch
) -> None:
    def ran(*_: object) -> None:
        raise AssertionError("it ran")

    monkeypatch.setitem(what_if.__globals__, "advise", ran)
    found = what_if(all_advice["hillside"], SO_ALREADY)
    assert all(one.already for one in found.set)
    assert rendered(found, "text").count("(it is so already)") == len(SO_ALREADY)
    for other in ("context.absence=5.8", "questions.assessment.judgement=developing"):
        with pytest.raises(AssertionError, match="it ran"):
            what_if(all_advice["hillside"], [*SO_ALREADY[2:], other])


def test_where_nothing_changes_what_was_read_otherwise_is_told(
    all_advice: dict[str, Advice],
) -> None:
    found = what_if(all_advice["hillside"], ["context.eal_share=16"])
    assert len(found.unturned) == 1
    assert "16 % (today 15 %)" in found.unturned[0]
    assert found.unturned[0][1:] in " ".join(rendered(found, "text").split())


# --- every difference has a reason, and it holds

CASES: list[tuple[str, tuple[str, ...]]] = [
    ("hillside", ("questions.assessment.judgement=secure",)),
    ("hillside", ("capacity.adviser=1",)),
    ("hillside", ("capacity.headteacher=2", "money.lines.improvement.amounts.2026-27=4000")),
    ("hillside", ("in_place.coaching-cycles=fully",)),
    ("hillside", ("must.governor-development=", "questions.leadership.judgement=1")),
    (
        "hillside",
        ("priorities=[{strand: support, title: Support, target: secure, lead: senco}]",),
    ),
    ("little-fen", ("capacity.headteacher=8",)),
    ("carrick-junior", ("plan.years=2",)),
    ("little-fen", ("context.leaders_near_leaving=0", "context.inspection_due=true")),
    ("carrick-junior", ("questions.assessment.judgement=1",)),
    ("carrick-junior", ("questions.pedagogy.judgement=", "school.roll=90")),
    ("carrick-junior", ("capacity.class-teacher=0.2", "money.cover_per_day=600")),
]


@dataclass(frozen=True)
class Both:
    """An answer, with the two advices made by other hands than its own."""

    found: WhatIf
    was: Advice
    now: Advice


Ask = Callable[[str, tuple[str, ...]], Both]


@pytest.fixture(scope="session")
def asked(library: Library, all_advice: dict[str, Advice]) -> Ask:
    """Asks once for each settings. What it would plan again is held against the school that was read
    with them, and the plan of that is given to it."""

    @cache
    def ask(name: str, settings: tuple[str, ...]) -> Both:
        was, now = all_advice[name], planned(EXAMPLES / name, library, *settings)

        def again(school: School, known: Library) -> Advice:
            assert known is library
            assert read(school) == read(now.school)
            return now

        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(what_if.__globals__, "advise", again)
            return Both(what_if(was, settings), was, now)

    return ask


@pytest.fixture(params=CASES, ids=[f"{name} {' '.join(said)[:40]}" for name, said in CASES])
def both(request: pytest.FixtureRequest, asked: Ask) -> Both:
    name, settings = request.param
    return asked(name, settings)


def the_two_sides_are_the_two_plans(both: Both) -> None:
    for side, advice in (("was", both.was), ("now", both.now)):
        slots = {slot.id: slot.title for term in advice.plan.terms for slot in term.slots}
        told = {
            one.step: (stands.starts, stands.ends, stands.form, stands.targets, stands.value)
            for one in both.found.steps
            if (stands := getattr(one, side)) is not None
        }
        assert told == {
            step.id: (
                slots[step.starts],
                slots[step.ends],
                step.form,
                step.target.words,
                step.value,
            )
            for step in advice.plan.steps
        }
        items = advice.recommendations.items
        said = {
            one.intervention: getattr(one, side).score
            for one in both.found.recommendations
            if getattr(one, side) is not None
        }
        assert said == {name: item.score for name, item in items.items()}
        totals = getattr(both.found, side)
        assert totals.value == advice.plan.proof.value
        assert totals.pounds == sum(c.pounds for step in advice.plan.steps for c in step.cost)


def stands(one: Any) -> tuple[str, ...] | None:
    return None if one is None else (one.starts, one.ends, one.form, one.targets)


def test_the_two_sides_are_the_plans_and_only_what_differs_has_a_reason(both: Both) -> None:
    the_two_sides_are_the_two_plans(both)
    assert both.found.steps and both.found.recommendations
    for one in both.found.recommendations:
        assert bool(one.reasons) == (one.was != one.now), one.title
    for step in both.found.steps:
        assert bool(step.reasons) == (stands(step.was) != stands(step.now)), step.title


def reasons(found: WhatIf) -> Iterator[DifferenceReason]:
    for one in found.recommendations:
        yield from one.reasons
    for step in found.steps:
        yield from step.reasons
    yield from found.shaping


def test_each_rule_named_comes_out_otherwise_and_so_does_what_it_read(both: Both) -> None:
    for reason in reasons(both.found):
        assert not re.search(r"plan (has )?changed", reason.words)
        if not reason.rule:
            continue
        rule = both.was.library.rules[reason.rule]
        fired = [
            {
                str(entity)
                for entity in advice.findings.facts.of(rule.about)
                if evaluate(rule.when, entity.lookup, advice.findings.vocabulary).result
            }
            for advice in (both.was, both.now)
        ]
        assert fired[0] != fired[1], reason.words
        assert reason.turned, reason.words
        for turned in reason.turned:
            assert turned.was != turned.now, reason.words
            assert turned.words in reason.words


def test_what_keeps_a_step_from_a_place_really_does(both: Both) -> None:
    """Put where it stands in the other plan it breaks a rule of the schedule; where the reason is the
    planner's choice it breaks none."""
    for step in both.found.steps:
        kinds = {one.kind for one in step.reasons}
        if kinds & {"room", "order"}:
            assert any(clashes(step, both)), step
        elif "choice" in kinds:
            assert not any(clashes(step, both)), step


def clashes(step: ComparedStep, both: Both) -> Iterator[bool]:
    """Whether it clashes in each plan where it stands in the other."""
    for here, there in ((both.was, both.now), (both.now, both.was)):
        form = there.reasons.planned.get(step.step)
        place = form and at(here, form, there)
        if form and place:
            own = {
                other: one
                for other, one in here.solution.chosen.items()
                if here.reasons.timetable.name(other) != step.step
            }
            before = set(faults(here.problem, own, tuple(here.solution.undone)))
            yield bool(set(faults(here.problem, {**own, form: place})) - before)


def at(here: Advice, form: str, there: Advice) -> Placement | None:
    slot = there.reasons.slots[there.solution.chosen[form].start].id
    item = here.problem.by_id.get(form)
    start = next((one.index for one in here.reasons.slots if one.id == slot), None)
    return next((p for p in (item.placements if item else ()) if p.start == start), None)


def test_the_answer_is_the_same_each_time_and_from_the_folder(library: Library, asked: Ask) -> None:
    name, settings = CASES[1]
    again = what_if(EXAMPLES / name, settings, library=library)
    assert again.model_dump_json() == asked(name, settings).found.model_dump_json()


def test_the_text_fits_a_terminal_and_names_every_difference(both: Both) -> None:
    text = rendered(both.found, "text")
    assert max(map(len, text.splitlines())) <= 100
    whole = " ".join(text.split())
    told = [one.title for one in both.found.recommendations if one.reasons]
    told += [one.title for one in both.found.steps if one.reasons]
    assert all(title in whole for title in told)


# --- what can't be set

REFUSED = [
    ("questions.assessment.judgement=7", "it has 1 emerging"),
    ("questions.assesment.judgement=2", "did you mean “assessment”"),
    ("question.assessment.judgement=2", "did you mean “questions”"),
    ("questions.assessment.judgment=2", "did you mean “judgement”"),
    ("context.staff_turnovr=3", "did you mean “staff_turnover”"),
    ("context.absence=500", "off the range"),
    ("capacity.advisor=6", "did you mean “adviser”? held are"),
    ("capacity.adviser=61", "60 or less"),
    ("capacity.adviser=", "write 0"),
    ("people.advisor.time=3", "did you mean “adviser”"),
    ("people.senco.time.aut1=3", "set people.senco.time as a whole"),
    ("people.senco=3", "more than one value"),
    ("money.lines.tution.amounts.2026-27=1", "did you mean “tuition”"),
    ("money.lines.tuition.amounts.2026-27=-1", "0 or more"),
    ("in_place.coaching-cycle=fully", "did you mean “coaching-cycles”"),
    ("in_place.coaching-cycle=no", "did you mean “coaching-cycles”"),
    ("in_place.coaching-cycles=somewhat", "must be"),
    ("in_place.coaching-cycles=", "to take out"),
    ("priorities.assessment.target=9", "is not on the scale"),
    ("pupils.scale=standards", "read from the files only"),
    ("school.roll=", "“roll” is missing"),
    ("school.roll", "write a path, “=” and a value"),
    ("context.absence=[", "can't be read as YAML"),
    ("people.teacher-5b=", "nobody teaches the class “5B”"),
    ("must.nothing={because: It was said.}", "unknown intervention “nothing”"),
]


ASTRAY = REFUSED[:8]


@pytest.mark.parametrize(("setting", "told"), REFUSED, ids=[setting for setting, _ in REFUSED])
def test_what_can_t_be_set_is_refused_with_its_own_place(
    setting: str, told: str, library: Library
) -> None:
    with pytest.raises(ContentError) as caught:
        load_school(EXAMPLES / "hillside", library, settings=[setting])
    assert all(str(one).startswith(f"--set {setting}: ") for one in caught.value.problems)
    assert told in str(caught.value)


def test_nothing_runs_when_something_is_refused_and_all_is_told_at_once(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ran(*_: object) -> None:
        raise AssertionError("it ran")

    monkeypatch.setitem(what_if.__globals__, "advise", ran)
    settings = [setting for setting, _ in ASTRAY] + ["context.persistent_absence=6"]
    with pytest.raises(ContentError) as caught:
        what_if(EXAMPLES / "hillside", settings, library=library)
    told = str(caught.value)
    assert all(f"--set {setting}: " in told for setting, _ in ASTRAY)
    assert "context.persistent_absence=6" not in told


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (
            "capacity.adviser=-1",
            "Achievement adviser: days a half-term must be 0 or more (it is -1)",
        ),
        (
            "capacity.adviser=six",
            "Achievement adviser: days a half-term must be a number (it is “six”)",
        ),
        ("people.senco.time=-2", "“people.senco.time” must be 0 or more (it is -2)"),
        (
            "context.absence=abc",
            "“absence” must be a number, not “abc”; write a number from 0 to 40",
        ),
    ],
)
def test_what_can_t_be_set_is_told_in_words(setting: str, told: str, library: Library) -> None:
    with pytest.raises(ContentError) as caught:
        what_if(EXAMPLES / "hillside", [setting], library=library)
    assert [str(one) for one in caught.value.problems] == [f"--set {setting}: {told}"]


def test_one_place_is_set_once(library: Library) -> None:
    for first, second in [
        ("capacity.adviser=6", "people.adviser.time=5"),
        ("context.absence=6", "context.absence=7"),
        ("people.senco.time=2", "people=[]"),
    ]:
        with pytest.raises(ContentError, match="keep one of them"):
            load_school(EXAMPLES / "hillside", library, settings=[first, second])


def test_what_other_values_make_wrong_in_a_file_says_so(library: Library) -> None:
    with pytest.raises(ContentError) as caught:
        what_if(
            EXAMPLES / "hillside",
            ["school.year_groups=[R, 1, 2, 3, 4, 5]"],
            library=library,
        )
    assert any("with what is set, " in str(one) for one in caught.value.problems)


def test_a_pupil_number_in_a_setting_is_refused_and_not_repeated(library: Library) -> None:
    upn = "A123456789012"
    from termwise.engine.school.pupil_data.pseudonyms import check_letter

    upn = check_letter(upn[1:]) + upn[1:]
    with pytest.raises(ContentError) as caught:
        load_school(
            EXAMPLES / "hillside", library, settings=[f"questions.assessment.judgement={upn}"]
        )
    assert upn not in str(caught.value)


# --- in words


def test_one_step_comes_in_and_two_come_in(asked: Ask) -> None:
    found = asked(*CASES[0]).found
    told = " ".join(rendered(found, "text").split())
    comes = sum(bool(one.reasons) and one.was is None for one in found.steps)
    goes = sum(bool(one.reasons) and one.now is None for one in found.steps)
    assert f"{comes} come{'s' if comes == 1 else ''} in" in told
    assert f"{goes} go{'es' if goes == 1 else ''} out" in told
    assert "more reason" not in told or "--format json has them all" in told


@pytest.mark.parametrize("case", CASES, ids=[f"{name} {said[0]}" for name, said in CASES])
def test_words_of_the_planner_s_own_are_not_used(
    case: tuple[str, tuple[str, ...]], asked: Ask
) -> None:
    told = " ".join(rendered(asked(*case).found, "text").split())
    for word in ("of change", "recommended no further", " 1 come in", " 1 go out"):
        assert word not in told


def test_why_a_step_stands_otherwise_is_one_sentence_with_both_figures(asked: Ask) -> None:
    for case in CASES:
        for step in asked(*case).found.steps:
            told = [one for one in step.reasons if one.kind == "room"]
            assert len(told) < 2, step
            for one in told:
                assert ", since " in one.words or "; now " in one.words, one.words
                assert "(today " in one.words or "of it now" in one.words, one.words


def test_points_are_told_where_they_are_asked_for(asked: Ask) -> None:
    found = asked(*CASES[0]).found
    words = " ".join(rendered(found, "text").split())
    assert not re.search(r"\d points?\b", words) and "Value of the plan 100 %" in words
    points = " ".join(rendered(found.model_copy(update={"numbers": True}), "text").split())
    assert re.search(r"\d points?\b", points) and f"Value in points {found.was.value:,}" in points


def test_what_was_set_is_not_said_again_with_each_rule(asked: Ask) -> None:
    found = asked(*CASES[0]).found
    [told] = found.set
    lines = rendered(found, "text").splitlines()
    assert sum(told.title.lower() in line.lower() for line in lines) == 1


def test_what_else_is_in_place_is_not_read_otherwise(all_advice: dict[str, Advice]) -> None:
    found = what_if(all_advice["little-fen"], ["in_place.coaching-cycles=fully"])
    assert not any("curriculum" in words for words in found.unturned)


# --- the command


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["what-if", *arguments])


def test_the_command_answers_in_words_and_as_data() -> None:
    folder = str(EXAMPLES / "little-fen")
    said = run(folder, "--set", "capacity.headteacher=8", "--set", "questions.support.judgement=1")
    assert said.exit_code == 0
    assert "Days a half-term, Headteacher: 8 (today: 3 in Autumn 1" in said.output
    data = run(folder, "--set", "capacity.headteacher=8", "--format", "json")
    found = WhatIf.model_validate_json(data.output)
    assert [one.said for one in found.set] == ["capacity.headteacher=8"]


def test_the_command_refuses_with_exit_1_and_leaves_the_folder_alone(copy_example: Copy) -> None:
    folder = copy_example("little-fen")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    said = run(
        str(folder), "--set", "questions.asessment.judgement=2", "--set", "capacity.nobody=1"
    )
    assert said.exit_code == 1
    assert "2 problems" in said.output
    run(str(folder), "--set", "questions.assessment.judgement=2")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_years_hold_for_both_plans() -> None:
    data = run(
        *(str(EXAMPLES / "carrick-junior"), "--years", "2", "--set", "context.absence=5"),
        *("--format", "json"),
    )
    found = WhatIf.model_validate_json(data.output)
    assert found.was.until == found.now.until == "Summer term 2028"


# --- documents with values in place of what the file says


def document() -> YamlDocument:
    found = parse_yaml(
        "name: One\nrooms:\n- {id: hall, seats: 3}\n- {id: loft}\n", "house.yaml", []
    )
    assert found is not None
    return found


def test_what_is_put_in_has_its_own_place_and_the_rest_keeps_theirs() -> None:
    found, place = document(), Place("--set x", -1)
    found.put(("rooms", 0, "seats"), {"front": 2}, place)
    assert found.data["rooms"][0] == {"id": "hall", "seats": {"front": 2}}
    assert found.place("rooms", 0, "seats", "front") == place
    assert str(found.place("rooms", 0, "seats")) == "--set x"
    assert found.place("rooms", 0, "id") == Place("house.yaml", 3, 4)
    assert found.marks["rooms", 0, "seats", "front"] == found.marks["rooms", 0, "seats"] == (3, 14)
    found.put(("garden", "beds"), 4, place)
    assert found.data["garden"] == {"beds": 4}
    assert found.place("garden") == place


def test_what_is_taken_out_of_a_list_moves_the_rest_up() -> None:
    found, place = document(), Place("--set x=", -1)
    found.put(("rooms", 1, "seats"), 1, Place("--set y", -1))
    found.take_out(("rooms", 0), place)
    assert found.data["rooms"] == [{"id": "loft", "seats": 1}]
    assert str(found.place("rooms", 0, "seats")) == "--set y"
    assert found.place("rooms") == place
    assert found.marks["rooms", 0, "id"] == (4, 4)
    found.take_out(("name",), place)
    assert "name" not in found.data
    assert ("name",) not in found.marks
