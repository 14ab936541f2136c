"""What a school asks of its plan and can't have: all of it is told at once, each at its line and
column, before anything is solved."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from termwise.cli import main
from termwise.engine import advise
from termwise.engine import library as libraries
from termwise.engine.core.errors import ContentError
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.library.model import CostKind, Duty, Event, LightForm, Tier
from termwise.engine.school.checks.plan_requests import dated_events
from termwise.engine.school.folder import load_school, packs_asked
from tests.places import ROOT

Copy = Callable[[str], Path]
Part = tuple[str, str]

ANCHORS = {  # the text before which the items of a part are written
    "lines": "\npupils:",
    "must": "\n# The network has set",
    "dates": "\n# Kept as they were given",
    "people": "- {id: headteacher,",
}
BECAUSE = "because: It was agreed."


@dataclasses.dataclass(frozen=True)
class Mistake:
    """What is written in which parts, where in it the problem is told, and its words; a text
    between «» in them stands for the line it is in."""

    name: str
    parts: tuple[Part, ...]
    at: str
    says: str


def pin(name: str, starts: str) -> Part:
    return "pinned", f"- {{intervention: {name}, starts: {starts}, {BECAUSE}}}"


def window(name: str, dates: str) -> Part:
    return "windows", f"- {{intervention: {name}, {dates}, {BECAUSE}}}"


def promise(name: str, more: str = "") -> Part:
    return "must", f"- {{intervention: {name}{more}, {BECAUSE}}}"


def line(name: str, more: str = "", amounts: str = "{2026-27: 500}") -> Part:
    return "lines", (
        f"  - {{id: {name}, title: A line, year: academic, pays_for: [{name}], "
        f"amounts: {amounts}{more}}}"
    )


def event(name: str, dates: str, more: str = "") -> Part:
    return "events", f"  - {{id: {name}, title: An event, {dates}{more}}}"


TERM = "starts: 2027-03-01, ends: 2027-03-05"
ONLY = ", only_for: {%s, because: The grant says so.}"
MISTAKES = [
    # --- names
    Mistake(
        "a lead of nothing", (("leads", "  metacognitio: deputy-head"),),
        "metacognitio:", "unknown intervention “metacognitio”; did you mean “metacognition”?",
    ),
    Mistake(
        "a lead nobody knows", (("leads", "  reading-fidelity: deputy-haed"),),
        "reading-fidelity: deputy-haed", "unknown role “deputy-haed”; did you mean “deputy-head”?",
    ),
    Mistake(
        "another lead than was promised", (
            promise("teacher-commitments", ", lead: english-lead"),
            ("leads", "  teacher-commitments: deputy-head"),
        ), "teacher-commitments: deputy-head",
        "“teacher-commitments” is led by “deputy-head” here, and by “english-lead” in line "
        "«intervention: teacher-commitments»; keep one of them",
    ),
    Mistake(
        "a promise of nothing", (promise("atendance-improvement"),),
        "intervention: atendance-improvement",
        "unknown intervention “atendance-improvement”; did you mean “attendance-improvement”?",
    ),
    Mistake(
        "a pin of nothing", (pin("meta-cognition", "2026-11-02"),), "intervention: meta-cognition",
        "unknown intervention “meta-cognition”; did you mean “metacognition”?",
    ),
    Mistake(
        "a window of nothing", (window("oral-langage", "not_before: 2026-11-02"),),
        "intervention: oral-langage",
        "unknown intervention “oral-langage”; did you mean “oral-language”?",
    ),
    Mistake(
        "a duty nobody knows", (("last_done", "  early-langauge: 2025-03-03"),),
        "early-langauge", "unknown duty “early-langauge”; did you mean “early-language”?",
    ),
    Mistake(
        "no duty", (("last_done", "  cqa: 2025-03-03"),), "cqa: 2025-03-03",
        "“cqa” is no duty that comes back; it can be early-language, peer-tutoring",
    ),
    Mistake(
        "a duty done in the future", (("last_done", "  peer-tutoring: 2027-09-08"),),
        "peer-tutoring: 2027",
        "2027-09-08 is after the plan, which ends on 2027-07-21; write the day it was last done",
    ),
    Mistake(
        "a role nobody knows", (event("visit", TERM, ", no_release: [class-teecher]"),),
        "class-teecher", "unknown role “class-teecher”; did you mean “class-teacher”?",
    ),
    Mistake(
        "a year group of another school", (event("trip", TERM, ", years: [6, 7]"),), "7]",
        "unknown year group “7”; it can be 1, 2, 3, 4, 5, 6, R",
    ),
    Mistake(
        "an event in the holidays", (event("fair", "starts: 2026-12-21, ends: 2026-12-31"),),
        "starts: 2026-12-21",
        "2026-12-21 to 2026-12-31 is in no half-term of “england”; an event needs a day in term",
    ),
    # --- promises
    Mistake(
        "a deadline before the first half-term", (promise("writing-transcription", ", by: 2026-07-01"),),
        "by: 2026-07-01", "2026-07-01 is outside the plan",
    ),
    Mistake(
        "no light form", (promise("reading-fluency", ", form: light, by: 2027-07-16"),), "form: light, by: 2027",
        "“reading-fluency” has no light form; take the form out: it is promised in full",
    ),
    Mistake(
        "two forms of one promise",
        (promise("metacognition"), promise("metacognition", ", by: 2027-07-20, form: light")),
        "form: light, because: It",
        "“metacognition” is promised in its light form here and in full in line "
        "«intervention: metacognition, because»; keep one of them",
    ),
    # --- pins
    Mistake(
        "a pin before the plan", (pin("reading-comprehension", "2026-08-31"),),
        "starts: 2026-08-31",
        "2026-08-31 is before the plan, which begins on 2026-09-01; choose a day in the plan",
    ),
    Mistake(
        "a pin after the plan", (pin("link-governors", "2027-09-09"),), "starts: 2027-09-09",
        "2027-09-09 is after the plan, which ends on 2027-07-21; "
        "choose an earlier day, or plan for more years",
    ),
    Mistake(
        "a pin in the holidays", (pin("strand-leads", "2026-10-27"),), "starts: 2026-10-27",
        "2026-10-27 is in the holidays, in no half-term; choose a day in the half-term it starts in",
    ),
    Mistake(
        "a pin where it can't start", (pin("cqa-return", "2026-09-14"),), "starts: 2026-09-14",
        "“cqa-return” can't start in Autumn 1: it may only start in Summer 1, Summer 2; "
        "choose a day there",
    ),
    Mistake(
        "two pins", (pin("shared-leadership", "2026-11-11"), pin("shared-leadership", "2027-01-11")),
        "intervention: shared-leadership, starts: 2027",
        "“shared-leadership” stands twice under pinned "
        "(first in line «starts: 2026-11-11»); keep one of them",
    ),
    Mistake(
        "a pin of what comes back", (pin("termly-review", "2026-11-12"),),
        "intervention: termly-review",
        "“termly-review” comes back and has no one beginning; write its days under dates",
    ),
    Mistake(
        "a pin outside its window",
        (pin("leading-change", "2026-11-13"), window("leading-change", "not_before: 2027-01-11")),
        "starts: 2026-11-13",
        "“leading-change” is pinned to Autumn 2, outside its window "
        "(line «intervention: leading-change, not»); change one of the two",
    ),
    Mistake(
        "a pin after its promise",
        (pin("new-to-english", "2027-03-02"), promise("new-to-english", ", by: 2027-02-12")),
        "starts: 2027-03-02",
        "“new-to-english” is pinned to Spring 2, but has been promised for earlier "
        "(line «intervention: new-to-english, by»); change one of the two",
    ),
    # --- windows
    Mistake(
        "a window before the plan", (window("peer-tutoring", "not_after: 2026-07-17"),),
        "not_after: 2026-07-17",
        "2026-07-17 is before the plan, which begins on 2026-09-01; "
        "choose a later day, or take the window out",
    ),
    Mistake(
        "a window after the plan", (window("pupil-leadership", "not_before: 2027-09-01"),),
        "not_before: 2027-09-01",
        "2027-09-01 is after the plan, which ends on 2027-07-21; "
        "choose an earlier day, or plan for more years",
    ),
    Mistake(
        "a window in the holidays",
        (window("pupil-motivation", "not_before: 2026-12-19, not_after: 2027-01-03"),),
        "{intervention: pupil-motivation",
        "“pupil-motivation” has no half-term to start in: "
        "2026-12-19 to 2027-01-03 is in the holidays; make the window wider",
    ),
    Mistake(
        "a window where it can't start", (window("core-values", "not_after: 2027-03-25"),),
        "{intervention: core-values",
        "“core-values” has no half-term to start in: it may only start in Summer 1; "
        "make the window wider",
    ),
    Mistake(
        "a window after its promise",
        (window("oral-language", "not_before: 2027-02-20"),
         promise("oral-language", ", by: 2027-02-17")),
        "not_before: 2027-02-20",
        "“oral-language” may not start before 2027-02-20, but has been promised for earlier "
        "(line «intervention: oral-language, by»); change one of the two",
    ),
    Mistake(
        "two windows",
        (window("provision-review", "not_before: 2026-11-05"),
         window("provision-review", "not_after: 2027-07-05")),
        "intervention: provision-review, not_after",
        "“provision-review” stands twice under windows "
        "(first in line «not_before: 2026-11-05»); keep one of them",
    ),
    Mistake(
        "a window that ends before it begins",
        (window("initiative-review", "not_before: 2027-01-05, not_after: 2026-11-05"),),
        "not_after: 2026-11-05", "windows › {windows}: not_after: is before not_before",
    ),
    # --- what is needed first
    Mistake(
        "a pin before another it needs",
        (pin("lesson-visits", "2026-11-16"), pin("quality-framework", "2026-11-17")),
        "starts: 2026-11-16",
        "“lesson-visits” needs “quality-framework” first, which is pinned "
        "(line «starts: 2026-11-17») and can't be ready before the end of Spring 1 2027; "
        "pin it to Spring 2 2027 or later, or pin earlier what it waits for",
    ),
    Mistake(
        "a pin before what it needs can be ready", (pin("coaching-cycles", "2026-11-18"),),
        "starts: 2026-11-18",
        "“coaching-cycles” needs “quality-of-teaching” first, "
        "which can't be ready before the end of Autumn 2 2026; pin it to Spring 1 2027 or later",
    ),
    Mistake(
        "a pin before the end of a chain", (pin("strategies-at-meetings", "2027-01-12"),),
        "starts: 2027-01-12",
        "“strategies-at-meetings” needs “achievement-team-cycle” first, "
        "which can't be ready before the end of Spring 2 2027 "
        "(first “achievement-teams”, then “achievement-team-cycle”); "
        "pin it to Summer 1 2027 or later",
    ),
    Mistake(
        "a pin whose chain is too long", (pin("framework-in-appraisal", "2027-06-14"),),
        "starts: 2027-06-14",
        "“framework-in-appraisal” needs “learning-conversations” first, "
        "which can't be ready before the plan ends; take out the pin",
    ),
    # --- time
    Mistake(
        "a half-term without time",
        (("people", "- {id: anna, roles: [governor], time: {aut1: 1, spr1: 1, sum1: 0, sum2: 1}}"),),
        "time: {aut1: 1, spr1", "gives no time for aut2, spr2; write 0 where there is none",
    ),
    Mistake(
        "a half-term without meetings",
        (("together", "  whole-staff: {aut1: 1, aut2: 1, spr1: 1, spr2: 1, sum1: 1}"),),
        "whole-staff: {aut1: 1, aut2", "gives no time for sum2; write 0 where there is none",
    ),
    Mistake(
        "less time than none", (("people", "- {id: ben, roles: [governor], time: -2}"),),
        "time: -2", "people › {ben} › time: must be 0 or more (it is -2)",
    ),
    Mistake(
        "no time at all", (("people", "- {id: carl, roles: [governor]}"),),
        "{id: carl", "“time” is missing; add it",
    ),
    # --- money
    Mistake(
        "a line of other years", (line("first", amounts="{2025-26: 900}"),),
        "amounts: {2025-26",
        "“first” has no amount for any academic year of the plan; give one for 2026-27",
    ),
    Mistake(
        "a line nobody funds", (line("second", amounts="{2026-27: 0, 2027-28: 70}"),),
        "amounts: {2026-27: 0",
        "nobody funds “second”: it has nothing in 2026-27; write what it has, or take the line out",
    ),
    Mistake(
        "less money than none", (line("third", amounts="{2026-27: -40}"),),
        "2026-27: -40", "money › lines › {third} › amounts › 2026-27: must be 0 or more (it is -40)",
    ),
    Mistake(
        "a line that stands twice", (line("fourth"), ("lines", line("fourth")[1].replace("[fourth]", "[fifth]"))),
        "id: fourth, title: A line, year: academic, pays_for: [fifth]",
        "the line “fourth” stands twice",
    ),
    Mistake(
        "a kind of cost nobody knows", (("lines", line("sixth")[1].replace("[sixth]", "[tution]")),),
        "tution", "unknown kind of cost “tution”; did you mean “tuition”?",
    ),
    Mistake(
        "a tier nobody knows", (line("seventh", ONLY % "tiers: [wide]"),), "wide]",
        "unknown tier “wide”; did you mean “wider”?",
    ),
    Mistake(
        "a strand nobody knows", (line("eighth", ONLY % "strands: [asessment]"),), "asessment",
        "unknown strand “asessment”; did you mean “assessment”?",
    ),
    Mistake(
        "an intervention nobody knows", (line("ninth", ONLY % "interventions: [cqua]"),), "cqua",
        "unknown intervention “cqua”; did you mean “cqa”?",
    ),
    Mistake(
        "a rule that says nothing", (("lines", line("tenth", ONLY % "tiers: []")[1]),),
        "only_for: {tiers: []",
        "money › lines › {tenth} › only_for: says nothing; give tiers, strands or interventions",
    ),
    Mistake(
        "a share of no tier", (line("eleventh", ", most: {teching: 60}"),), "teching",
        "unknown tier “teching”; did you mean “teaching”?",
    ),
    Mistake(
        "more than all of it", (line("twelfth", ", most: {wider: 120}"),), "wider: 120",
        "120 is no percentage; 0 to 100",
    ),
    Mistake(
        "a share of what it does not pay for",
        (line("thirteenth", ONLY % "tiers: [targeted]" + ", most: {wider: 20}"),), "wider: 20}",
        "“thirteenth” pays for nothing of “wider”: it is only for targeted; "
        "take it out, or add the tier to only_for",
    ),
    # --- dates of what comes back
    Mistake(
        "a day in the holidays", (("dates", "  - 2026-10-28"),), "2026-10-28",
        "2026-10-28 is in the holidays or outside the plan; choose a day in term",
    ),
    Mistake(
        "a day outside the plan", (("dates", "  - 2027-09-15"),), "2027-09-15",
        "2027-09-15 is in the holidays or outside the plan; choose a day in term",
    ),
    Mistake(
        "a bank holiday", (("dates", "  - 2027-05-03"),), "2027-05-03",
        "2027-05-03 is a bank holiday or a day the school is closed; choose a day in term",
    ),
    Mistake(
        "a Saturday", (("dates", "  - 2026-11-14"),), "2026-11-14",
        "2026-11-14 is at a weekend; choose a day in term",
    ),
    Mistake(
        "one day twice", (("dates", "  - 2026-11-11   # again"),), "2026-11-11   # again",
        "2026-11-11 stands twice; take one of them out",
    ),
]  # fmt: skip


def told(text: str, at: str) -> tuple[int, int]:
    """The line and column of a text that stands once in another."""
    assert text.count(at) == 1, f"“{at}” stands {text.count(at)} times"
    before = text.partition(at)[0]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def write(folder: Path, parts: Iterable[Part]) -> None:
    """Writes the parts into the files of the folder."""
    items: dict[str, list[str]] = {}
    for part, text in parts:
        items.setdefault(part, []).append(text + "\n")
    for file in ("school.yaml", "staff.yaml"):
        whole = (folder / file).read_text("utf-8")
        whole = re.sub(r"last_done: .*\n", "", whole)  # the example's own stands in the way
        for part, anchor in ANCHORS.items():
            if (part == "people") == (file == "staff.yaml"):
                assert whole.count(anchor) == 1, part
                whole = whole.replace(anchor, "".join(items.get(part, ())) + anchor)
        if file == "staff.yaml":
            meetings = items.get("together", [])
            whole = re.sub(r"  whole-staff: .*\n", meetings[0], whole) if meetings else whole
        else:
            for part in ("leads", "pinned", "windows", "last_done"):
                whole += f"\n{part}:\n{''.join(items[part])}" if part in items else ""
            if "events" in items:
                events = f"calendar:\n  use: england\n  events:\n{''.join(items['events'])}"
                whole = re.sub(r"calendar: .*\n", events, whole)
        (folder / file).write_text(whole, "utf-8")


def expected(folder: Path, mistake: Mistake) -> str:
    """A pattern for how the problem is told; positions in lists are not looked at."""
    file = "staff.yaml" if mistake.parts[0][0] in ("people", "together") else "school.yaml"
    whole = (folder / file).read_text("utf-8")
    line, column = told(whole, mistake.at)
    says = re.sub("«(.+?)»", lambda found: str(told(whole, found[1])[0]), mistake.says)
    words = re.sub(r"\\{\w+\\}", r"\\d+", re.escape(says))
    return rf"{re.escape(file)}:{line}:{column}: {words}"


def problems(folder: Path, library: Library) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_school(folder, library)
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture(scope="module")
def made_up(library: Library) -> Library:
    """The library with nothing that needs anything, but for a few, and all of them of two
    half-terms; with tiers, duties and kinds of cost of its own."""
    needs = {
        "lesson-visits": ["quality-framework"],
        "coaching-cycles": ["quality-of-teaching"],
        "achievement-team-cycle": ["achievement-teams"],
        "strategies-at-meetings": ["achievement-team-cycle"],
        "framework-in-appraisal": ["learning-conversations"],
    }
    starts = {"cqa-return": ("sum1", "sum2"), "core-values": ("sum1",)}
    duty = Duty(every_years=3, part="spr1", because="It has to be.")
    interventions = {}
    for name, item in library.interventions.items():
        length = 6 if name == "learning-conversations" else 2
        phase = item.deliver.model_copy(update={"half_terms": length})
        short = item.deliver.model_copy(update={"half_terms": 1})
        light = LightForm(title="Less of it", because="Less is done.", worth=0.5, deliver=short)
        changes: dict[str, Any] = {
            "requires": tuple(needs.get(name, ())),
            "requires_one_of": (),
            "together_with": (),
            "starts_in": starts.get(name, ()),
            "prepare": None,
            "deliver": phase,
            "sustain": None,
            "ready_after": "deliver",
            "light": light if name == "metacognition" else None,
            "duty": duty if name in ("early-language", "peer-tutoring") else None,
        }
        interventions[name] = item.model_copy(update=changes)
    lines = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
    kinds = [*lines, "tenth", "eleventh", "twelfth", "thirteenth"]
    tiers = tuple(Tier(id=name, title=name) for name in ("teaching", "targeted", "wider"))
    own = tuple(CostKind(id=name, title=name) for name in kinds)
    costs = library.costs.model_copy(update={"kinds": (*library.costs.kinds, *own), "tiers": tiers})
    return dataclasses.replace(library, interventions=interventions, costs=costs)


@pytest.fixture
def all_wrong(copy_example: Copy) -> Path:
    """One folder with every mistake there is."""
    folder = copy_example("hillside")
    write(folder, (part for mistake in MISTAKES for part in mistake.parts))
    return folder


@pytest.mark.parametrize("mistake", [pytest.param(one, id=one.name) for one in MISTAKES])
def test_a_mistake_is_told_once_at_its_line_and_column(
    mistake: Mistake, copy_example: Copy, made_up: Library
) -> None:
    folder = copy_example("hillside")
    write(folder, mistake.parts)
    told_of = problems(folder, made_up)
    assert len(told_of) == 1, told_of
    assert re.match(expected(folder, mistake), told_of[0]), told_of[0]


def test_all_of_them_are_told_together(all_wrong: Path, made_up: Library) -> None:
    told_of = problems(all_wrong, made_up)
    untold = [
        mistake.name
        for mistake in MISTAKES
        if sum(bool(re.match(expected(all_wrong, mistake), one)) for one in told_of) != 1
    ]
    assert untold == [], "\n".join(told_of)
    assert len(told_of) == len(MISTAKES), "\n".join(told_of)


@pytest.mark.parametrize("command", ["plan", "check"])
def test_nothing_is_solved_and_nothing_is_written(
    command: str, all_wrong: Path, made_up: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("it was solved")

    monkeypatch.setattr(libraries, "load_library", lambda *_, **__: made_up)
    monkeypatch.setattr(advise, "advise", never)
    output = all_wrong.parent / "plan.html"
    before = {path: path.read_bytes() for path in all_wrong.rglob("*") if path.is_file()}
    words = [command, str(all_wrong), *(["-o", str(output)] if command == "plan" else [])]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1, result.output
    for mistake in MISTAKES:
        assert re.search(expected(all_wrong, mistake), result.output), mistake.name
    assert not output.exists()
    assert {path: path.read_bytes() for path in all_wrong.rglob("*") if path.is_file()} == before


# --- what is no mistake

FINE: dict[str, tuple[Part, ...]] = {
    "a pin as soon as what it needs is ready": (
        pin("lesson-visits", "2027-02-27"), pin("quality-framework", "2026-11-17"),
    ),
    "a pin after the shortest way": (pin("strategies-at-meetings", "2027-04-12"),),
    "a pin on the last day of its window": (
        pin("leading-change", "2026-11-13"),
        window("leading-change", "not_before: 2026-12-18, not_after: 2026-12-19"),
    ),
    "a pin in the half-term it is promised for": (
        pin("new-to-english", "2027-02-12"), promise("new-to-english", ", by: 2027-02-17"),
    ),
    "a promise in its light form, twice": (
        promise("metacognition", ", form: light"), promise("metacognition", ", form: light"),
    ),
    "a window with a half-term it may start in": (window("core-values", "not_after: 2027-04-12"),),
    "a later year of which nothing is known": (line("first", amounts="{2026-27: 1}"),),
    "a rule of use": (
        line("first", ONLY % "tiers: [wider], strands: [assessment], interventions: [cqa]"
             + ", most: {wider: 100}"),
    ),
    "a duty done during the plan": (("last_done", "  peer-tutoring: 2026-10-08"),),
    "an event of a later year": (event("visit", "starts: 2028-10-02, ends: 2028-10-02"),),
}  # fmt: skip


@pytest.mark.parametrize("parts", [pytest.param(parts, id=name) for name, parts in FINE.items()])
def test_what_can_be_is_taken(
    parts: tuple[Part, ...], copy_example: Copy, made_up: Library
) -> None:
    folder = copy_example("hillside")
    write(folder, parts)
    assert load_school(folder, made_up).file.school.id == "hillside"


def test_what_is_in_place_holds_no_pin_up(copy_example: Copy, made_up: Library) -> None:
    folder = copy_example("hillside")
    write(folder, [pin("coaching-cycles", "2026-09-01")])
    assert len(problems(folder, made_up)) == 1
    file = folder / "cqa.yaml"
    here = "in_place:\n"
    for how, fine in (("partly", False), ("fully", True)):
        practice = f"- {{practice: quality-of-teaching, how: {how}}}\n"
        text = file.read_text("utf-8")
        file.write_text(text.replace(here, here + practice), "utf-8")
        if fine:
            load_school(folder, made_up)
        else:
            assert len(problems(folder, made_up)) == 1
        file.write_text(text, "utf-8")


def test_what_a_rule_puts_in_its_place_may_be_ready_sooner(
    copy_example: Copy, made_up: Library
) -> None:
    change = next(
        change
        for rule in made_up.rules.values()
        for change in (rule.shape.replace if rule.shape else ())
    )
    items = dict(made_up.interventions)
    slow, quick = items[change.intervention], items[change.by]
    needs = {"requires": (slow.id,)}
    items["cqa-return"] = items["cqa-return"].model_copy(update=needs | {"starts_in": ()})
    phase = slow.deliver.model_copy(update={"half_terms": 6})
    items[slow.id] = slow.model_copy(update={"deliver": phase, "series": None})
    items[quick.id] = quick.model_copy(update={"series": None})
    library = dataclasses.replace(made_up, interventions=items)
    folder = copy_example("hillside")
    write(folder, [pin("cqa-return", "2027-01-04")])
    load_school(folder, library)
    (told_of,) = problems(folder, dataclasses.replace(library, rules={}))
    assert "can't be ready before the plan ends" in told_of


def test_from_the_second_year_on_it_is_terms_that_have_to_pass(
    copy_example: Copy, made_up: Library
) -> None:
    for day, fine in (("2027-10-15", False), ("2028-01-11", True)):
        folder = copy_example("hillside")
        text = (folder / "school.yaml").read_text("utf-8")
        years = text.replace("{starts: 2026-09-01}", "{starts: 2026-09-01, years: 3}")
        (folder / "school.yaml").write_text(years, "utf-8")
        write(folder, [pin("lesson-visits", day), pin("quality-framework", "2027-09-14")])
        if fine:
            assert len(load_school(folder, made_up).timeline.slots) == 12
        else:
            (told_of,) = problems(folder, made_up)
            assert "before the end of Autumn term 2027; pin it to Spring term 2028" in told_of


def test_a_school_without_any_money_says_so_with_noughts(
    copy_example: Copy, library: Library
) -> None:
    folder = copy_example("hillside")
    file = folder / "school.yaml"
    text = re.sub(r"(20\d\d-\d\d: )\d+", r"\g<1>0", file.read_text("utf-8"))
    file.write_text(text, "utf-8")
    assert not any(load_school(folder, library).file.money.lines[0].amounts.values())


@pytest.mark.skipif(not (ROOT / "docs").exists(), reason="the documents are in a checkout only")
def test_what_the_documents_show_can_be_written(copy_example: Copy) -> None:
    folder = copy_example("hillside")
    shown = (ROOT / "docs" / "reading-files.md").read_text("utf-8")
    (block,) = (
        found
        for found in re.findall(r"```yaml\n(.*?)```", shown, re.DOTALL)
        if found.startswith("calendar:")
    )
    file = folder / "school.yaml"
    whole = {**yaml.safe_load(file.read_text("utf-8")), **yaml.safe_load(block)}
    file.write_text(yaml.safe_dump(whole), "utf-8")
    school = load_school(folder, load_library(asked=packs_asked(folder))).file
    assert (
        school.own_steps
        and school.pinned
        and school.windows
        and school.last_done
        and school.calendar.events
    )
    assert school.money.lines[0].only_for


def test_a_wrong_plan_hides_no_wrong_name(copy_example: Copy, made_up: Library) -> None:
    folder = copy_example("hillside")
    file = folder / "school.yaml"
    text = file.read_text("utf-8").replace("{starts: 2026-09-01}", "{starts: 2019-09-01}")
    file.write_text(text, "utf-8")
    write(folder, [pin("meta-cognition", "2026-11-02"), line("seventh", ONLY % "tiers: [wide]")])
    told = problems(folder, made_up)  # in so wrong a year other days and ages are told as well
    for word in (
        "the calendar “england” runs from",
        "unknown intervention “meta-cognition”",
        "“wide”",
    ):
        assert sum(word in one for one in told) == 1, (word, told)


def test_the_schools_own_event_stands_for_the_calendars_of_that_year(library: Library) -> None:
    def made(name: str | None, title: str, *days: datetime.date) -> Event:
        return Event(id=name, title=title, starts=days[0], ends=days[-1])

    first, second = datetime.date(2027, 5, 10), datetime.date(2028, 5, 8)
    calendar = next(iter(library.calendars.values()))
    calendar = calendar.model_copy(
        update={
            "events": (
                made("tests", "Tests", first),
                made("tests", "Tests", second),
                made(None, "A day without a name", first),
            )
        }
    )
    own = [
        made("tests", "Our tests", datetime.date(2027, 5, 17)),
        made(None, "Fair", datetime.date(2027, 5, 1)),
    ]
    found = [(event.title, event.starts.year) for event in dated_events(calendar, own)]
    assert found == [
        ("Fair", 2027),
        ("A day without a name", 2027),
        ("Our tests", 2027),
        ("Tests", 2028),
    ]
