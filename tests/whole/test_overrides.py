"""What a school decides about advice: kept to in every later run, told everywhere, never in silence."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

import termwise
from termwise.cli import main
from termwise.engine.advise import Advice, advise
from termwise.engine.assurance.decision_report import overridden
from termwise.engine.core.errors import ContentError
from termwise.engine.documents.answers import rendered
from termwise.engine.explain.argument import WhyStep
from termwise.engine.explain.why_in_plan import why, why_not
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.planning.model import LeftOut, Plan, Step
from termwise.engine.school.checks.decision_entries import Entry
from termwise.engine.school.checks.decision_file import OverrideChecks
from termwise.engine.school.folder import load_school
from termwise.engine.school.school_template import template
from tests.places import EXAMPLES

as_html = partial(rendered, form="html")
as_markdown = partial(rendered, form="md")
as_text = partial(rendered, form="text")

Edit = Callable[[dict[str, Any]], None]
Given = list[dict[str, Any]]
BY_HEAD = "by the Headteacher on 14 July 2026"
DECIDED = "What the school decided about advice"


def entry(intervention: str, decision: str, **more: Any) -> dict[str, Any]:
    reasons = {"accept": "builds-on-ours", "adapt": "wrong-time", "refuse": "something-else"}
    given = {"reason": reasons[decision], "role": "headteacher", "on": "2026-07-14", **more}
    return {"intervention": intervention, "decision": decision, **given}


def without_pupils(school: dict[str, Any]) -> None:
    """They take time to read."""
    del school["pupils"]


class Folders:
    """Makes copies of hillside with decisions in them, and changed."""

    def __init__(self, examples: Path, into: Path, library: Library) -> None:
        self.examples, self.into, self.library = examples, into, library
        self.made = 0

    def folder(self, given: Given, name: str = "hillside", **edits: Edit) -> Path:
        self.made += 1
        folder = self.into / f"{name}-{self.made}"
        shutil.copytree(self.examples / name, folder)
        for file, edit in edits.items():
            data = yaml.safe_load((folder / f"{file}.yaml").read_text("utf-8"))
            edit(data)
            (folder / f"{file}.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
        lines = (f"- {json.dumps(one)}\n" for one in given)
        (folder / "overrides.yaml").write_text("".join(lines), "utf-8")
        return folder

    def advice(self, given: Given, name: str = "hillside", **edits: Edit) -> Advice:
        return advise(load_school(self.folder(given, name, **edits), self.library), self.library)

    def problems(self, given: Given, school: Edit = lambda school: None) -> list[str]:
        def edit(data: dict[str, Any]) -> None:
            without_pupils(data)
            school(data)

        with pytest.raises(ContentError) as caught:
            load_school(self.folder(given, school=edit), self.library)
        return [str(problem) for problem in caught.value.problems]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Folders:
    return Folders(EXAMPLES, tmp_path_factory.mktemp("decided"), library)


def step(plan: Plan, name: str) -> Step:
    return next(step for step in plan.steps if step.id == name)


def left_out(plan: Plan, name: str, kind: str) -> LeftOut:
    (found,) = [o for o in plan.left_out if o.intervention == name and o.kind == kind]
    return found


def planned(plan: Plan) -> set[str]:
    return {step.id for step in plan.steps}


def documents(plan: Plan) -> list[str]:
    """Every document of a plan, on one line each, without what HTML and Markdown add."""
    made = (as_text(plan), as_markdown(plan), as_html(plan), plan.model_dump_json(by_alias=True))
    return [" ".join(one.replace("\\", "").split()) for one in made]


def all_is_well(cqa: dict[str, Any]) -> None:
    """Assessment and teaching judged at their best, and nothing noted against them."""
    for name in ("assessment", "pedagogy"):
        cqa["questions"][name] = {"judgement": 4, "school": 4, "adviser": 4}


def nothing_stops(school: dict[str, Any]) -> None:
    school.pop("initiatives")


# --- kept to in later runs


@pytest.fixture(scope="module")
def given() -> Given:
    return [
        entry("lesson-visits", "accept", note="The board wants to hear of them."),
        entry("effective-feedback", "refuse"),
        entry("coaching-cycles", "adapt", lead="deputy-head", not_before="2027-02-01"),
    ]


@pytest.fixture(scope="module")
def today(folders: Folders, given: Given) -> Advice:
    return folders.advice(given)


@pytest.fixture(scope="module")
def later(folders: Folders, given: Given) -> Advice:
    return folders.advice(given, cqa=all_is_well, school=nothing_stops)


def test_what_is_accepted_stays_when_no_rule_asks_for_it_any_more(
    all_advice: dict[str, Advice], today: Advice, later: Advice
) -> None:
    now, then = step(today.plan, "lesson-visits"), step(later.plan, "lesson-visits")
    assert now.must and now.because
    assert now.decided == (
        f"Accepted {BY_HEAD}: it builds on what the school has begun. The board wants to hear of them. "
        "Rules ask for it too."
    )
    assert then.must and [reason.kind for reason in then.because] == ["accepted", "needed"]
    assert then.decided.endswith("The board wants to hear of them. No rule asks for it now.")


def test_what_is_refused_stays_out_and_is_told_whatever_the_rules_say(
    all_advice: dict[str, Advice], today: Advice, later: Advice
) -> None:
    assert "effective-feedback" in all_advice["hillside"].recommendations.items
    now = left_out(today.plan, "effective-feedback", "refused")
    then = left_out(later.plan, "effective-feedback", "refused")
    why_refused = f"Refused {BY_HEAD}: the school does something else for the same purpose."
    assert now.reason == f"{why_refused} Rules still ask for it."
    assert {one.rule for one in now.because} == {"RAF-06", "RAF-19"}
    assert (then.reason, then.because) == (f"{why_refused} No rule asks for it now.", ())


def test_what_is_adapted_has_its_lead_and_its_first_day(today: Advice) -> None:
    found = step(today.plan, "coaching-cycles")
    assert found.lead.role == "deputy-head"
    starts = {slot.id: slot.starts for term in today.plan.terms for slot in term.slots}
    assert starts[found.starts].isoformat() >= "2027-01-01"
    assert "It is to be led by the Deputy headteacher and begun not before 1 February 2027." in (
        found.decided
    )
    assert any(
        "not before 1 February 2027: accepted with changes" in told for told in found.why_here
    )


def test_what_is_accepted_and_too_late_for_some_is_done_for_the_others(today: Advice) -> None:
    found = step(today.plan, "coaching-cycles")
    assert found.must and found.target.ids and "teacher-6b" not in found.target.ids
    assert not today.plan.conflict
    late = [one for one in today.plan.left_out if one.intervention == "coaching-cycles"]
    assert any("6B" in one.target and "not be over before" in one.reason for one in late)


def test_the_record_holds_every_decision_with_the_rules_that_ask_for_it(
    today: Advice, later: Advice
) -> None:
    now, then = today.plan.overrides, later.plan.overrides
    assert [one.intervention for one in now] == [one.intervention for one in then]
    assert [one.decision for one in now] == ["accept", "refuse", "adapt"]
    assert [one.asked for one in now] == [True, True, True]
    assert now[1].rules == ("RAF-06", "RAF-19", "SHP-27") and now[1].role == "Headteacher"
    assert (then[1].asked, then[1].rules) == (False, ())
    assert now[2].changes == ("led by the Deputy headteacher", "begun not before 1 February 2027")
    assert now[0].target == "the whole school" and now[2].target == "those it is advised for"


@pytest.mark.parametrize("position", range(4))
def test_every_document_shows_every_decision(today: Advice, later: Advice, position: int) -> None:
    for plan in (today.plan, later.plan):
        told = documents(plan)[position]
        for one in plan.overrides:
            assert one.title in told
            assert f"by the {one.role} on 14 July 2026" in told or '"role":"Headteacher"' in told
    assert "o rule asks for it now" in documents(later.plan)[position]


def test_the_answers_to_why_and_why_not_show_them(today: Advice, later: Advice) -> None:
    answer = why(later, "lesson-visits")
    assert isinstance(answer, WhyStep)
    told = rendered(answer, "text")
    assert f"- Accepted {BY_HEAD}:" in told and "No rule asks for it now." in told
    assert "another step needs it" not in told
    refused = rendered(why_not(today, "effective-feedback"), "text")
    assert f"Refused {BY_HEAD}" in refused and "RAF-06" in refused


def test_the_plan_as_text_tells_why_it_was_decided(today: Advice) -> None:
    told = " ".join(as_text(today.plan).split())
    assert (
        "The reason: it builds on what the school has begun. The board wants to hear of them."
        in told
    )


def test_without_decisions_a_plan_is_as_it_was(
    folders: Folders, all_advice: dict[str, Advice]
) -> None:
    (folders.folder([]) / "overrides.yaml").unlink()
    was, now = all_advice["hillside"].plan, folders.advice([]).plan
    assert now.model_copy(update={"inputs": was.inputs}) == was
    assert [one.file for one in now.inputs if one not in was.inputs] == ["overrides.yaml"]
    assert not any(DECIDED in told for told in documents(was))


# --- for some, for what needs it, in which form


def test_refused_for_one_class_it_is_planned_for_the_others(folders: Folders) -> None:
    plan = folders.advice([entry("accelerating-progress-maths", "refuse", **{"for": ["6B"]})]).plan
    found = step(plan, "accelerating-progress-maths")
    assert found.target.ids == ("4B", "6A")
    assert found.decided.startswith(f"For class 6B: refused {BY_HEAD}")
    assert {one.entity for one in found.because} == {
        "4B in maths",
        "6A in maths",
    }
    out = left_out(plan, "accelerating-progress-maths", "refused")
    assert out.target == "class 6B" and {one.entity for one in out.because} == {"6B in maths"}


def test_refused_class_by_class_until_none_is_left_it_is_not_planned(folders: Folders) -> None:
    name = "accelerating-progress-maths"
    plan = folders.advice(
        [entry(name, "refuse", **{"for": [one]}) for one in ("4B", "6A", "6B")]
    ).plan
    assert name not in planned(plan)
    assert [o.target for o in plan.left_out if o.kind == "refused"] == [
        "class 4B",
        "class 6A",
        "class 6B",
    ]


def test_accepted_for_a_class_that_no_rule_names_it_is_for_that_class_too(folders: Folders) -> None:
    plan = folders.advice(
        [entry("accelerating-progress-writing", "accept", **{"for": ["5A"]})]
    ).plan
    found = step(plan, "accelerating-progress-writing")
    assert found.target.ids == ("3A", "5A") and found.must
    assert f"For class 5A: accepted {BY_HEAD}" in found.decided
    assert "No rule asks for it now." in found.decided  # not for 5A


def test_accepted_for_nobody_in_particular_it_is_for_those_it_is_advised_for(
    folders: Folders,
) -> None:
    plan = folders.advice([entry("accelerating-progress-writing", "accept")]).plan
    assert step(plan, "accelerating-progress-writing").target.ids == ("3A",)


def test_those_it_was_accepted_for_come_first_where_not_all_can_be_served(folders: Folders) -> None:
    plan = folders.advice([entry("coaching-cycles", "accept", **{"for": ["teacher-5b"]})]).plan
    assert "teacher-5b" in step(plan, "coaching-cycles").target.ids
    assert "those it was accepted for" in left_out(plan, "coaching-cycles", "waits").reason


def test_what_needs_something_refused_says_so(folders: Folders) -> None:
    near, far = "accelerating-progress-start", "accelerating-progress-maths"
    plan = folders.advice([entry(near, "refuse")]).plan
    assert near not in planned(plan)
    out = left_out(plan, far, "impossible")
    assert f"It was refused {BY_HEAD}: the school does something else" in out.reason


def test_what_is_accepted_and_needs_something_refused_is_told_as_not_to_be_done(
    folders: Folders,
) -> None:
    far, near = (
        "achievement-team-cycle",
        ("achievement-team-leaders", "achievement-team-first-meetings"),
    )
    given = [*(entry(one, "refuse") for one in near), entry(far, "accept")]
    plan = folders.advice(given, staff=lambda staff: staff.pop("teams")).plan
    (told,) = [line for line in plan.conflict if "can't be done here" in line]
    assert f"was accepted {BY_HEAD}, and can't be done here. It needs" in told
    assert f"It was refused {BY_HEAD}" in told


def test_what_is_adapted_to_its_light_form_is_planned_in_it(folders: Folders) -> None:
    plan = folders.advice([entry("accurate-assessment", "adapt", form="light")]).plan
    found = step(plan, "accurate-assessment")
    assert (found.form, found.must) == ("light", True)
    assert "It is to be done in its light form." in found.decided


def test_what_does_not_fit_names_who_accepted_it(folders: Folders) -> None:
    wanted = ("mathematics-mastery", "reading-comprehension", "metacognition", "oral-language")
    given = [entry(name, "adapt", by="2026-12-18") for name in wanted]
    plan = folders.advice(given, "little-fen").plan
    assert plan.conflict and plan.ways_out
    who = f"accepted with changes {BY_HEAD}"
    assert any(
        f"({who}) has to be" in line or f"({who}) has to start" in line for line in plan.conflict
    )
    waived = [way.words for way in plan.ways_out if "is not done" in way.words]
    assert waived and all(f"is not done (though {who})" in words for words in waived)
    assert not any("promised" in line for line in (*plan.conflict, *waived))
    undone = [out for out in plan.left_out if out.kind == "undone"]
    assert undone and all("It is to be begun by 18 December 2026." in out.decided for out in undone)


# --- refused when read

DOUBLE = [
    (
        [entry("lesson-visits", "accept"), entry("lesson-visits", "refuse")],
        "“lesson-visits” is refused here, and accepted in overrides.yaml:1:",
    ),
    (
        [
            entry("coaching-cycles", "refuse", **{"for": ["teacher-4b"]}),
            entry("coaching-cycles", "accept"),
        ],
        "“coaching-cycles” is accepted here, and refused in overrides.yaml:1:",
    ),
    (
        [
            entry(
                "coaching-cycles", "adapt", lead="coach", **{"for": ["teacher-4b", "teacher-5b"]}
            ),
            entry("coaching-cycles", "refuse", **{"for": ["teacher-5b"]}),
        ],
        "“coaching-cycles” is refused for teacher-5b here, and adapted in overrides.yaml:1:",
    ),
    (
        [entry("lesson-visits", "refuse"), entry("lesson-visits", "refuse")],
        "“lesson-visits” is refused twice, first in overrides.yaml:1:",
    ),
    (
        [
            entry("coaching-cycles", "adapt", lead="coach", **{"for": ["teacher-4b"]}),
            entry("coaching-cycles", "accept", **{"for": ["teacher-5b"]}),
        ],
        "“coaching-cycles” is one step for all it is for, and is not done here as it is in overrides.yaml:1:",
    ),
]


@pytest.mark.parametrize(("given", "told"), DOUBLE)
def test_two_decisions_about_one_thing_are_refused_with_both_places(
    folders: Folders, given: Given, told: str
) -> None:
    (problem,) = folders.problems(given)
    assert problem.startswith("overrides.yaml:2:") and told in problem


def test_decisions_about_different_classes_may_differ(folders: Folders) -> None:
    given = [
        entry("accelerating-progress-maths", "accept", **{"for": ["6A"]}),
        entry("accelerating-progress-maths", "refuse", **{"for": ["6B"]}),
    ]
    load_school(folders.folder(given), folders.library)


def windows(school: dict[str, Any]) -> None:
    school["windows"] = [
        {"intervention": "lesson-visits", "not_before": "2027-04-01", "because": "Ours."}
    ]
    school["pinned"] = [
        {"intervention": "oral-language", "starts": "2027-01-11", "because": "Set."}
    ]
    school["leads"] = {"metacognition": "deputy-head"}
    school["must"].append(
        {"intervention": "reading-fidelity", "lead": "english-lead", "because": "Ours."}
    )


AGAINST = [
    (
        entry("governor-development", "refuse"),
        "“governor-development” is refused here, and promised in school",
    ),
    (entry("oral-language", "refuse"), "“oral-language” is refused here, and pinned in school"),
    (entry("core-values", "accept"), "“core-values” is accepted here, and in place by cqa"),
    (
        entry("lesson-visits", "adapt", by="2027-01-29"),
        "“lesson-visits” could not start within these dates",
    ),
    (
        entry("oral-language", "adapt", not_before="2027-04-19"),
        "“oral-language” is set to start outside these dates (school",
    ),
    (
        entry("governor-development", "adapt", not_before="2027-04-19"),
        "“governor-development” has been promised for earlier (school",
    ),
    (
        entry("metacognition", "adapt", lead="teaching-lead"),
        "“metacognition” is led by “teaching-lead” here, and by “deputy-head” in school",
    ),
    (
        entry("reading-fidelity", "adapt", lead="deputy-head"),
        "“reading-fidelity” is led by “deputy-head” here, and by “english-lead” in school",
    ),
]


@pytest.mark.parametrize(("given", "told"), AGAINST)
def test_what_contradicts_the_schools_own_files_is_refused_with_both_places(
    folders: Folders, given: dict[str, Any], told: str
) -> None:
    (problem,) = folders.problems([given], school=windows)
    assert problem.startswith("overrides.yaml:1:") and told in problem
    assert ".yaml:" in problem.split(told)[1] or ".yaml:" in told


WRONG = [
    (
        entry("lesson-visit", "accept"),
        "unknown intervention “lesson-visit”; did you mean “lesson-visits”?",
    ),
    (
        entry("lesson-visits", "accept", reason="built-on-ours"),
        "unknown reason “built-on-ours”; did you",
    ),
    (
        entry("lesson-visits", "accept", reason="no-money"),
        "“no-money” is no reason to accept something",
    ),
    (
        entry("lesson-visits", "accept", role="head-teacher"),
        "unknown role “head-teacher”; did you mean",
    ),
    (
        entry("lesson-visits", "accept", **{"for": ["4B"]}),
        "is for the whole school; take “for” out",
    ),
    (
        entry("accelerating-progress-maths", "refuse", **{"for": ["6C"]}),
        "unknown class “6C”; did you mean “6A” or “6B”?",
    ),
    (
        entry("safeguarding-review", "refuse"),
        "“safeguarding-review” is a duty: it can't be refused",
    ),
    (
        entry("lesson-visits", "accept", on="2206-07-14"),
        "2206-07-14 is after the plan, which ends on",
    ),
    (entry("lesson-visits", "adapt"), "changes nothing; give form, lead, not_before or by"),
    (entry("lesson-visits", "accept", lead="coach"), "lead: is for what is adapted"),
    (entry("lesson-visits", "adapt", form="light"), "“lesson-visits” has no light form"),
    (
        entry("lesson-visits", "adapt", by="2026-07-01"),
        "by: is before it was decided, on 2026-07-14",
    ),
    (
        entry("lesson-visits", "adapt", by="2028-07-01"),
        "2028-07-01 is outside the plan; it runs from",
    ),
    (entry("lesson-visits", "adapt", not_before="2028-01-10"), "2028-01-10 is after the plan"),
    (
        entry("lesson-visits", "adapt", not_before="2027-02-01", by="2027-01-11"),
        "by: is before not_before",
    ),
    (entry("lesson-visits", "adapt", lead="virtual-lead"), "unknown role “virtual-lead”"),
    (
        entry("network-days", "adapt", by="2027-01-11"),
        "“network-days” comes back and has no one beginning",
    ),
    (
        entry("lesson-visits", "accept", note="It is about A123456789012."),
        "holds a unique pupil number",
    ),
]


THOUSANDS: dict[str, tuple[Callable[[int], dict[str, Any]], int, str]] = {
    "all alike": (lambda _: entry("lesson-visits", "refuse"), 5, "is refused twice"),
    "each for another": (
        lambda number: entry("accelerating-progress-maths", "refuse", **{"for": [f"z{number}"]}),
        1,
        "unknown class",
    ),
    "each done otherwise": (
        lambda number: entry(
            "accelerating-progress-maths",
            "adapt",
            **{"for": [f"z{number}"], "lead": ("deputy-head", "subject-lead-maths")[number % 2]},
        ),
        7,
        "is one step for all it is for",
    ),
    "none with a day": (lambda _: entry("lesson-visits", "refuse", on=None), 1, "must be a date"),
}


@pytest.mark.parametrize("kind", THOUSANDS)
def test_thousands_of_entries_about_one_thing_are_not_held_each_against_each(
    folders: Folders, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, most, told = THOUSANDS[kind]
    count, pairs = 600, 0
    against = OverrideChecks._against

    def counted(self: OverrideChecks, one: Entry, other: Entry) -> None:
        nonlocal pairs
        pairs += 1
        against(self, one, other)

    monkeypatch.setattr(OverrideChecks, "_against", counted)
    problems = folders.problems([make(number) for number in range(count)])
    assert count - 1 <= len(problems) <= most * count
    assert pairs <= 5 * count
    assert sum(told in problem for problem in problems) >= count - 1
    places = {problem.partition(": ")[0].split(":")[1] for problem in problems}
    assert len(places) >= count - 1  # each but the first is told of


def test_of_hundreds_of_entries_the_two_that_differ_are_found(folders: Folders) -> None:
    given = [
        entry("accelerating-progress-maths", "accept", **{"for": [f"z{number}"]})
        for number in range(200)
    ]
    given[150] = entry(
        "accelerating-progress-maths", "adapt", lead="deputy-head", **{"for": ["z150"]}
    )
    problems = [one for one in folders.problems(given) if "unknown class" not in one]
    assert len(problems) == 5 + 49
    assert {one.split(":")[1] for one in problems} == {str(line) for line in range(151, 201)}


@pytest.mark.parametrize(("given", "told"), WRONG)
def test_what_is_wrong_is_told_with_its_place(
    folders: Folders, given: dict[str, Any], told: str
) -> None:
    (problem,) = folders.problems([given])
    assert problem.startswith("overrides.yaml:1:") and told in problem


def test_all_that_is_wrong_is_told_at_once(folders: Folders) -> None:
    told = folders.problems([one for one, _ in WRONG])
    assert {line.split(":")[1] for line in told} == {str(n) for n in range(1, len(WRONG) + 1)}
    assert not any("A123456789012" in line for line in told)


NEEDS = [
    ("achievement-teams", ("achievement-team-leaders",)),
]


@pytest.mark.parametrize(("accepted", "refused"), NEEDS)
def test_what_is_accepted_and_needs_what_is_refused_is_refused_with_both_places(
    folders: Folders, accepted: str, refused: tuple[str, ...]
) -> None:
    given = [entry(accepted, "accept"), *(entry(one, "refuse") for one in refused)]
    (problem,) = folders.problems(given)
    assert problem.startswith("overrides.yaml:1:")
    assert (
        f"“{accepted}” is accepted here, and needs “{refused[0]}”, which is refused in" in problem
    )
    assert "overrides.yaml:2:" in problem


def test_what_needs_one_of_several_is_refused_where_all_of_them_are(folders: Folders) -> None:
    item = next(one for one in folders.library.interventions.values() if one.requires_one_of)
    group = item.requires_one_of[0]
    given = [entry(item.id, "accept"), *(entry(one, "refuse") for one in group)]

    def nothing_in_place(cqa: dict[str, Any]) -> None:
        cqa["in_place"] = []

    with pytest.raises(ContentError) as caught:
        load_school(folders.folder(given, cqa=nothing_in_place), folders.library)
    (told,) = [str(one) for one in caught.value.problems if "and needs" in one.what]
    assert all(f"overrides.yaml:{line}:" in told for line in range(1, len(group) + 2))
    if len(group) > 1:
        load_school(folders.folder(given[:-1], cqa=nothing_in_place), folders.library)


def test_an_entry_with_a_bad_date_is_told_of_whole(folders: Folders) -> None:
    folder = folders.folder([], school=without_pupils)
    (folder / "overrides.yaml").write_text(
        "- {intervention: lesson-visit, decision: accept, reason: built-on-ours, role: heead,"
        " on: 2026-13-01}\n"
        "- {intervention: lesson-visits, decision: adapt, reason: too-much-work, role: headteacher,"
        " on: 2026-07-14, by: 2026-14-01}\n",
        "utf-8",
    )
    with pytest.raises(ContentError) as caught:
        load_school(folder, folders.library)
    told = [str(one) for one in caught.value.problems]
    assert [line.split(":")[1] for line in told] == ["1", "1", "1", "1", "2"]
    for said in ("intervention “lesson-visit”", "reason “built-on-ours”", "role “heead”"):
        assert sum(f"unknown {said}" in line for line in told) == 1
    assert sum("month must be in" in line for line in told) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [("decision: accept\n", "must be a list"), ("- \n", "is empty"), ("- x\n", "is not a mapping")],
)
def test_what_is_no_list_of_decisions_is_told(folders: Folders, text: str, told: str) -> None:
    folder = folders.folder([])
    (folder / "overrides.yaml").write_text(text, "utf-8")
    with pytest.raises(ContentError, match=told):
        load_school(folder, folders.library)


# --- counted by rule


def test_rules_overridden_counts_decisions_by_the_rules_that_ask(folders: Folders) -> None:
    once = [entry("effective-feedback", "refuse")]
    again = [entry("effective-feedback", "refuse", reason="tried-before")]
    once.append(entry("lesson-visits", "accept"))
    first = folders.folder(once, school=without_pupils)
    second = folders.folder([*again, entry("pupil-leadership", "accept")], school=without_pupils)
    schools = [(load_school(f, folders.library), folders.library) for f in (first, second)]
    report = overridden(schools)
    assert [one.rule for one in report.rules] == ["RAF-06", "RAF-19", "SHP-27", "RPE-03"]
    most = report.rules[0]
    assert (most.refused, most.adapted, most.accepted) == (2, 0, 0)
    assert (most.asked_in, most.asked) == (2, 2)
    assert [(one.reason, one.times) for one in most.reasons] == [
        ("something-else", 1),
        ("tried-before", 1),
    ]
    assert report.rules[3].accepted == 1 and report.rules[3].asked_in == 2
    assert report.without_rule == 1

    args = ["rules", "overridden", str(first), str(second)]
    said = CliRunner().invoke(main, args)
    assert said.exit_code == 0 and "refused, 1 time: it was tried here" in said.output
    assert "1 decision is about what no rule asks for in that school now." in said.output
    as_json = json.loads(CliRunner().invoke(main, [*args, "--format", "json"]).output)
    assert as_json == json.loads(report.model_dump_json())


def test_folders_that_cant_be_read_are_told_with_the_folder(
    folders: Folders, tmp_path: Path
) -> None:
    good = folders.folder([], school=without_pupils)
    bad = folders.folder([entry("lesson-visit", "accept")], school=without_pupils)
    missing = tmp_path / "nowhere"
    said = CliRunner().invoke(main, ["rules", "overridden", str(good), str(bad), str(missing)])
    assert said.exit_code == 1
    assert f"{bad}/overrides.yaml:1:" in said.output
    assert f"{missing}:1:1: there is no such folder" in said.output
    alone = CliRunner().invoke(main, ["rules", "overridden", str(good)])
    assert (alone.exit_code, alone.output) == (0, "Nothing was decided about advice in 1 school.\n")


# --- the file to fill in, the schema, the knowledge


def test_the_template_decides_nothing_and_its_examples_can_be_read(
    library: Library, tmp_path: Path
) -> None:
    for name, text in template(library).items():
        (tmp_path / name).write_text(text, "utf-8")
    assert load_school(tmp_path, library).decided == ()
    file = tmp_path / "overrides.yaml"
    given = file.read_text("utf-8")
    assert all(line.startswith("#") for line in given.splitlines())
    assert all(reason.id in given for reason in library.overrides.reasons)
    file.write_text(given.replace("\n# - {", "\n- {"), "utf-8")
    read = load_school(tmp_path, library).decided
    assert [one.override.decision for one in read] == ["accept", "adapt", "refuse"]


def test_the_schema_of_the_file_is_a_list_of_decisions() -> None:
    schema = json.loads(CliRunner().invoke(main, ["schema", "overrides"]).output)
    assert schema["type"] == "array"
    assert {"intervention", "decision", "reason", "role", "on", "for"} <= set(
        schema["items"]["properties"]
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{id: no-money,", "{id: too-much-work,", "the id “too-much-work” is used twice"),
        ("for: [accept", "for: [refuse", "no reason is for “accept”"),
        ("for: [refuse]", "for: [reject]", "must be 'accept', 'adapt' or 'refuse'"),
    ],
)
def test_mistakes_in_the_reasons_are_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    for part in ("rules", "knowledge"):
        shutil.copytree(Path(termwise.__file__).parent / part, tmp_path / part)
    file = tmp_path / "knowledge" / "base" / "overrides.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(ContentError) as caught:
        load_library(root=tmp_path)
    assert any(
        str(one).startswith("knowledge/base/overrides.yaml:") and told in str(one)
        for one in caught.value.problems
    )


def test_what_takes_the_place_of_something_accepted_has_to_be_done_too(
    copy_example: Callable[[str], Path], library: Library
) -> None:
    """A rule uses another form in this school, for which there is no room: that is a conflict."""
    folder = copy_example("little-fen")
    (folder / "overrides.yaml").write_text(
        "- {intervention: strand-leads, decision: accept, reason: agreed-with-adviser, "
        "role: headteacher, on: 2026-09-04}\n",
        "utf-8",
    )
    advice = advise(load_school(folder, library), library)
    other = advice.recommendations.shaping.replace["strand-leads"][0]
    planned = {step.id: step for step in advice.plan.steps}
    full = other in planned and planned[other].form == "full"
    assert bool(advice.plan.conflict) is not full
    assert not full or planned[other].must
