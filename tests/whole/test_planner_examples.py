"""The plans of the examples, and of schools that can't fit, worked out again from the schools' own files."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import yaml

import termwise.engine.planning.infeasibility as module
from termwise.engine.advise import Advice, advise
from termwise.engine.documents.answers import rendered
from termwise.engine.library.loader import Library
from termwise.engine.planning.model import Plan, Step
from termwise.engine.scheduling.problem import items_of
from termwise.engine.scheduling.repairs import Repair
from termwise.engine.school.calendar import Half
from termwise.engine.school.folder import load_school
from tests.conftest import Change, Data
from tests.places import EXAMPLES
from tests.schedule_rules import faults

as_json = partial(rendered, form="json")
as_html = partial(rendered, form="html")
as_markdown = partial(rendered, form="md")
as_text = partial(rendered, form="text")
SCHOOLS = ("hillside", "little-fen", "carrick-junior")
DAY = datetime.timedelta(days=1)


# --- the plan as text


def as_stated(name: str, library: Library, years: int | None = None) -> Advice:
    """The advice for an example where nothing is bought and no time is given back: what people have is
    what they say they can give."""
    lacking = replace(library, costs=library.costs.model_copy(update={"sold": ()}))
    school = load_school(EXAMPLES / name, library, years)
    file = school.file.model_copy(update={"initiatives": ()})
    return advise(replace(school, file=file), lacking)


@pytest.fixture(scope="module")
def all_advice(library: Library) -> dict[str, Advice]:
    return {name: as_stated(name, library) for name in SCHOOLS}


@pytest.fixture(scope="module")
def three_years(library: Library) -> Advice:
    return as_stated("carrick-junior", library, 3)


@pytest.mark.parametrize("name", SCHOOLS)
def test_each_mark_in_the_plan_as_text_is_explained(
    name: str, all_advice: dict[str, Advice]
) -> None:
    text = as_text(all_advice[name].plan)
    assert bool(re.search(r"^ [ ?]\* ", text, re.MULTILINE)) is ("* has to be done: " in text)
    assert "1 step start " not in text


def test_marks_no_step_has_are_not_explained(all_advice: dict[str, Advice]) -> None:
    plan = all_advice["hillside"].plan
    plain = [step.model_copy(update={"must": False, "depends_on": ()}) for step in plan.steps]
    text = as_text(plan.model_copy(update={"steps": tuple(plain), "priorities": ()}))
    assert "has to be done" not in text and "hangs on a judgement" not in text
    assert "Priorities" not in text


def test_a_target_that_is_reached_already_is_told(library: Library) -> None:
    settings = ["questions.assessment.judgement=4"]
    plan = advise(load_school(EXAMPLES / "hillside", library, settings=settings), library).plan
    reached = [one for one in plan.priorities if one.reached]
    assert [one.strand for one in reached] == ["assessment"]
    assert "at this target or above it already" in reached[0].why
    assert as_text(plan).count("(reached already)") == 1
    assert "at this target or above it already" in as_markdown(plan)


# --- why a step is there


@pytest.mark.parametrize("name", [*SCHOOLS, "three years"])
def test_no_step_is_without_a_reason(
    name: str, all_advice: dict[str, Advice], three_years: Advice
) -> None:
    advice = three_years if name == "three years" else all_advice[name]
    for step in advice.plan.steps:
        assert step.because, step.id
        for reason in step.because:
            assert reason.words and reason.entity
            assert bool(reason.rule) is (reason.kind == "rule")


def test_a_duty_a_promise_and_what_needs_it_are_reasons_of_their_kind(
    all_advice: dict[str, Advice], library: Library, changed: Change
) -> None:
    wanted = next(step.id for step in all_advice["little-fen"].plan.steps if not step.must)

    def promise(school: Data) -> None:
        school.setdefault("must", []).append(
            {"intervention": wanted, "because": "The governors agreed to it."}
        )

    def kinds(plan: Plan, step: str) -> list[tuple[str, str]]:
        [found] = [one for one in plan.steps if one.id == step]
        return [(one.kind, one.words) for one in found.because if one.kind != "rule"]

    carrick = all_advice["carrick-junior"].plan
    assert kinds(carrick, "achievement-teams") == [
        ("needed", "“The cycle of Achievement Team meetings” needs it")
    ]
    [(kind, words)] = kinds(carrick, "safeguarding-review")
    assert kind == "duty" and words.startswith("Schools have to keep pupils safe")
    plan = advise(load_school(changed("little-fen", promise), library), library).plan
    assert ("promised", "The governors agreed to it.") in kinds(plan, wanted)
    assert "The school has promised it: The governors agreed to it." in as_markdown(plan)
    assert "It is a duty: Schools have to keep pupils safe" in as_html(plan)


# --- people's time, from staff.yaml


class Staff:
    """The people of a school as its file has them, and the time they can give."""

    def __init__(self, folder: Path, advice: Advice) -> None:
        data = yaml.safe_load((folder / "staff.yaml").read_text("utf-8"))
        school = yaml.safe_load((folder / "school.yaml").read_text("utf-8"))["school"]
        years = {str(one["id"]): {str(year) for year in one["years"]} for one in school["classes"]}
        self.advice = advice
        self.roles = {one["id"]: set(one["roles"]) for one in data["people"]}
        self.given = {one["id"]: one["time"] for one in data["people"]}
        self.years = {
            one["id"]: {y for name in one.get("classes", ()) for y in years[str(name)]}
            for one in data["people"]
        }
        for role, time in data.get("together", {}).items():
            self.roles[role], self.given[role], self.years[role] = {role}, time, set()

    def tenths(self, person: str, half: Half) -> int:
        """What somebody can give in a half-term, in tenths of a day."""
        time, line = self.given[person], self.advice.school.timeline
        days = [half.starts + n * DAY for n in range((half.ends - half.starts).days + 1)]
        days = [day for day in days if line.is_school_day(day)]
        freed = self.freed(person, half, len(days))
        if isinstance(time, dict):
            return int(round(time[half.part] * 10)) + freed
        busy = {day for day in days if self.busy(person, day)}
        return int(round(time * 10 * (len(days) - len(busy)) / len(days))) + freed

    def freed(self, person: str, half: Half, days: int) -> int:
        """What somebody has of what stops: in hillside the teachers of classes share it."""
        teachers = [name for name, roles in self.roles.items() if "class-teacher" in roles]
        first = self.advice.school.timeline.halves[0]
        if person not in teachers or half.index == first.index:
            return 0
        hours = sum(one.freed for one in self.advice.plan.stopped) * days / 5
        return int(hours * 0.3 / 6.5 / len(teachers) * 10)

    def busy(self, person: str, day: datetime.date) -> bool:
        """Whether an event of the calendar keeps somebody from being released."""
        calendar = self.advice.library.calendars[self.advice.school.file.calendar.use]
        return any(
            event.starts <= day <= event.ends
            and self.roles[person] & set(event.no_release)
            and (not event.years or not self.years[person] or self.years[person] & set(event.years))
            for event in calendar.events
        )


def undivided(staff: Staff, plan: Plan, share: float) -> Iterator[str]:
    """The half-terms in which the work can't be divided among those who hold its roles: a flow from the
    work of each role to the people, in thousandths of a day."""
    for slot in staff.advice.school.timeline.slots:
        graph: nx.DiGraph[Any] = nx.DiGraph()
        graph.add_nodes_from(["work", "done"])
        work = 0
        for step in plan.steps:
            for part in step.effort:
                if part.slot == slot.id:
                    amount = round(part.days * 1000)
                    work += amount
                    before = graph.get_edge_data("work", ("role", part.role), {"capacity": 0})
                    graph.add_edge(
                        "work", ("role", part.role), capacity=before["capacity"] + amount
                    )
        for person, roles in staff.roles.items():
            for role in roles:
                graph.add_edge(("role", role), ("person", person))
            time = sum(staff.tenths(person, half) for half in slot.halves)
            graph.add_edge(("person", person), "done", capacity=round(time * 100 * share))
        if nx.maximum_flow_value(graph, "work", "done") < work:
            yield slot.title


@pytest.mark.parametrize("name", SCHOOLS)
def test_the_work_of_each_half_term_can_be_divided_among_those_who_hold_its_roles(
    name: str, all_advice: dict[str, Advice]
) -> None:
    advice = all_advice[name]
    share = advice.reasons.timetable.planned_share
    staff = Staff(EXAMPLES / name, advice)
    assert not list(undivided(staff, advice.plan, share))
    assert list(undivided(staff, advice.plan, share / 4)), "the check sees nothing"


def test_the_work_of_three_years_can_be_divided(three_years: Advice) -> None:
    staff = Staff(EXAMPLES / "carrick-junior", three_years)
    share = three_years.reasons.timetable.planned_share
    assert not list(undivided(staff, three_years.plan, share))


def test_the_teaching_head_never_has_more_than_her_days(all_advice: dict[str, Advice]) -> None:
    advice = all_advice["little-fen"]
    staff = Staff(EXAMPLES / "little-fen", advice)
    others = {
        role for name, roles in staff.roles.items() if name != "headteacher" for role in roles
    }
    hers = staff.roles["headteacher"] - others
    assert {"headteacher", "assessment-lead", "senco"} <= hers
    used = {slot.id: 0.0 for slot in advice.school.timeline.slots}
    for step in advice.plan.steps:
        for part in step.effort:
            if part.role in hers:
                used[part.slot] += part.days
    for slot in advice.school.timeline.slots:
        has = staff.given["headteacher"][slot.halves[0].part]
        assert used[slot.id] <= 0.9 * has + 1e-9, slot.title
    assert max(used.values()) > 1  # she has a part in it


@pytest.mark.parametrize("name", SCHOOLS)
def test_the_time_stated_is_what_the_file_says_less_the_days_of_tests_and_reports(
    name: str, all_advice: dict[str, Advice], three_years: Advice
) -> None:
    for advice in (all_advice[name], *([three_years] if name == "carrick-junior" else [])):
        staff = Staff(EXAMPLES / name, advice)
        slots = {slot.id: slot for slot in advice.school.timeline.slots}
        cut = 0
        for row in advice.plan.load:
            people = [one for one, roles in staff.roles.items() if row.role in roles]
            people = row.role.split("+") if row.kind == "people" else people
            halves = slots[row.slot].halves
            has = sum(staff.tenths(person, half) for person in people for half in halves)
            assert row.stated == pytest.approx(has / 10), row
            assert row.capacity <= 0.9 * row.stated + 1e-9, row
            flat = [p for p in people if not isinstance(staff.given[p], dict)]
            full = sum(round(staff.given[p] * 10) for p in flat for _ in halves)
            cut += sum(staff.tenths(p, half) for p in flat for half in halves) < full
        assert cut


# --- more than one year


def test_three_years_break_nothing(three_years: Advice) -> None:
    assert not faults(three_years.problem, three_years.solution.chosen)
    assert not three_years.solution.undone
    assert len(three_years.plan.terms) == 9


def test_two_years_break_nothing(library: Library) -> None:
    advice = advise(load_school(EXAMPLES / "carrick-junior", library, 2), library)
    assert not faults(advice.problem, advice.solution.chosen, advice.solution.undone)
    for row in advice.plan.load:
        assert row.used <= row.capacity + 1e-9, row
    for use in advice.plan.budget:
        assert use.planned <= use.available, use


@pytest.mark.parametrize("name", SCHOOLS)
def test_the_plan_breaks_nothing(name: str, all_advice: dict[str, Advice]) -> None:
    advice = all_advice[name]
    assert not faults(advice.problem, advice.solution.chosen)


def delivered(advice: Advice, step: Step) -> Half:
    """The half-term in which a step's delivery ends, counted from its phases."""
    intervention = advice.library.intervention(step.intervention)
    halves = advice.school.timeline.halves
    slot = next(slot for slot in advice.school.timeline.slots if slot.id == step.starts)
    starts = intervention.starts_in
    first = next(half for half in slot.halves if not starts or half.part in starts)
    length = intervention.deliver.half_terms
    length += intervention.prepare.half_terms if intervention.prepare else 0
    return halves[halves.index(first) + length - 1]


def for_year_six(advice: Advice, step: Step) -> bool:
    before = advice.library.intervention(step.intervention).done_before
    assert before
    classes = {one.id: one.years for one in advice.school.file.school.classes}
    if not before.years or step.target.kind == "school":
        return True
    return any(set(before.years) & set(classes.get(name, (name,))) for name in step.target.ids)


def test_work_with_year_six_is_over_before_the_tests(
    all_advice: dict[str, Advice], three_years: Advice
) -> None:
    checked = 0
    for advice in (*all_advice.values(), three_years):
        calendar = advice.library.calendars[advice.school.file.calendar.use]
        for step in advice.plan.steps:
            before = advice.library.intervention(step.intervention).done_before
            if before is None or not for_year_six(advice, step):
                continue
            last = delivered(advice, step)
            first = int(last.year[:4])
            tests = [e.starts for e in calendar.events if e.id == before.event]
            (tested,) = [
                d for d in tests if datetime.date(first, 9, 1) <= d < datetime.date(first + 1, 9, 1)
            ]
            assert last.ends < tested, (step.id, last.title)
            checked += 1
    assert checked >= 6


def test_nothing_is_proposed_in_test_week_for_which_its_teachers_are_needed(
    all_advice: dict[str, Advice], three_years: Advice
) -> None:
    for advice in (*all_advice.values(), three_years):
        staff = Staff(EXAMPLES / advice.school.file.school.id, advice)
        capacity = advice.reasons.timetable.capacity
        for step in advice.plan.steps:
            work = advice.library.intervention(step.intervention).deliver.effort
            roles = {capacity.role(one.role) for one in work}
            people = [one for one, has in staff.roles.items() if has & roles]
            for visit in step.occurrences:
                if not visit.fixed:
                    busy = [person for person in people if staff.busy(person, visit.date)]
                    assert not busy, (step.id, visit.date, busy)


def test_coaching_comes_after_the_quality_of_teaching(
    all_advice: dict[str, Advice], three_years: Advice
) -> None:
    seen = 0
    for advice in (*all_advice.values(), three_years):
        order = [slot.id for term in advice.plan.terms for slot in term.slots]
        steps = {step.id: step for step in advice.plan.steps}
        there = {one.practice for one in advice.school.cqa.in_place if one.how == "fully"}
        for name in {"coaching-cycles", "coaching-pairs"} & set(steps):
            seen += 1
            if "quality-of-teaching" not in there:
                first = steps["quality-of-teaching"]
                assert order.index(first.ready) < order.index(steps[name].starts)
    assert seen >= 2


# --- schools that can't fit


@dataclass(repr=False)
class Tight:
    """A school that can't fit, its advice, and the ways out that were solved for it."""

    folder: Path
    advice: Advice
    ways: tuple[Repair, ...]


def _promise(data: Data, name: str, **more: Any) -> None:
    data["must"] = [one for one in data.get("must", []) if one["intervention"] != name]
    data["must"].append({"intervention": name, "because": "It was promised.", **more})


def _no_money(data: Data) -> None:
    for line in data["money"]["lines"]:
        line["amounts"] = dict.fromkeys(line["amounts"], 0)
    _promise(data, "targeted-tuition")


def _late_pin(data: Data) -> None:
    _promise(data, "middle-leader-development", by=datetime.date(2026, 12, 4))
    pin = {"intervention": "strand-leads", "starts": datetime.date(2027, 1, 12)}
    data["pinned"] = [{**pin, "because": "The new leads begin in January."}]


def _both(data: Data) -> None:
    _promise(data, "coaching-cycles")
    _promise(data, "coaching-pairs")


def _little_adviser(data: Data) -> None:
    for one in data["people"]:
        if one["id"] == "adviser":
            one["time"] = 0.5


KINDS: dict[str, tuple[str, Callable[[Data], None] | None, Callable[[Data], None] | None, str]] = {
    "deadline": (
        "hillside",
        lambda data: _promise(data, "middle-leader-development", by=datetime.date(2026, 9, 30)),
        None,
        "Middle leaders learn to lead",
    ),
    "adviser": ("hillside", None, _little_adviser, "Achievement adviser"),
    "money": ("hillside", _no_money, None, "£"),
    "pin": ("hillside", _late_pin, None, "is set to start in Spring 1 2027"),
    "exclusive": ("hillside", _both, None, "Only one of"),
}


@pytest.fixture(scope="session")
def tight_ones(changed: Change, library: Library) -> dict[str, Tight]:
    found = {}
    for kind, (name, school, staff, _) in KINDS.items():
        folder = changed(name, school, staff)
        kept: list[Repair] = []
        with pytest.MonkeyPatch.context() as patch:
            ask = getattr(module, "ways_out")  # noqa: B009

            def asked(*given: Any, ask: Any = ask, kept: list[Repair] = kept) -> Any:
                found = ask(*given)
                kept.extend(() if kept else found)  # the first are of the conflict
                return found

            patch.setattr(module, "ways_out", asked)
            advice = advise(load_school(folder, library), library)
        found[kind] = Tight(folder, advice, tuple(kept))
    return found


@pytest.fixture(params=list(KINDS))
def tight(request: pytest.FixtureRequest, tight_ones: dict[str, Tight]) -> Tight:
    return tight_ones[request.param]


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_conflict_is_told_in_school_words(kind: str, tight_ones: dict[str, Tight]) -> None:
    plan = tight_ones[kind].advice.plan
    assert plan.conflict
    assert plan.proof.status == "infeasible"
    assert KINDS[kind][3] in " ".join(plan.conflict), plan.conflict
    assert not re.search(r"[a-z]\|[a-z0-9]|/light|/rest|leads \w+-", " ".join(plan.conflict))


def test_the_numbers_of_a_conflict_are_so(tight: Tight) -> None:
    plan = tight.advice.plan
    for line in plan.conflict:
        m = re.search(
            r"([\d.]+) days? of (.+) in (\w+ \d \d{4}); ([\d.]+) days? may be planned", line
        )
        if m:
            slot = next(s.id for t in plan.terms for s in t.slots if s.title == m[3])
            rows = [
                row for row in plan.load if row.slot == slot and row.title.lower() in m[2].lower()
            ]
            assert float(m[1]) > float(m[4])
            assert not rows or float(m[4]) in {round(row.capacity, 1) for row in rows}, line
        m = re.search(r"£([\d,]+) from (.+); there is £([\d,]+)", line)
        if m:
            need, have = (int(m[place].replace(",", "")) for place in (1, 3))
            assert need > have
            assert have in {use.available for use in plan.budget} | {0}


def test_the_plan_of_a_conflict_breaks_nothing_but_what_is_undone(tight: Tight) -> None:
    advice = tight.advice
    assert advice.solution.undone
    assert not faults(advice.problem, advice.solution.chosen, advice.solution.undone)
    assert advice.plan.steps
    undone = {one.intervention for one in advice.plan.left_out if one.kind == "undone"}
    forms = items_of(advice.solution.undone)
    assert undone == {advice.reasons.timetable.name(form) for form in forms}


def test_the_plan_of_a_conflict_leaves_least_undone(tight: Tight) -> None:
    level = tight.advice.solution.level("must-do")
    assert level.status == "optimal"
    assert level.value == level.bound


def test_every_way_out_is_a_plan_with_nothing_undone(tight: Tight) -> None:
    assert tight.ways
    assert len(tight.ways) == len(tight.advice.plan.ways_out)
    for way, told in zip(tight.ways, tight.advice.plan.ways_out, strict=True):
        assert way.solution is not None
        assert not way.solution.undone
        assert not faults(way.problem, way.solution.chosen)
        assert told.value == sum(place.value for place in way.solution.chosen.values())
    prices = [way.price for way in tight.advice.plan.ways_out]
    assert prices == sorted(prices)
    words = [way.words for way in tight.advice.plan.ways_out]
    assert len(set(words)) == len(words)


def test_text_page_and_json_tell_the_conflict_and_the_ways_out(tight: Tight) -> None:
    plan = tight.advice.plan
    assert Plan.model_validate_json(as_json(plan)).ways_out == plan.ways_out
    for text in (as_text(plan), as_markdown(plan), as_html(plan)):
        flat = re.sub(r"\W+", " ", re.sub(r"<[^>]+>|&\w+;", " ", text))
        for line in (*plan.conflict, *(way.words for way in plan.ways_out)):
            assert re.sub(r"\W+", " ", line).strip() in flat, line


def test_a_way_out_taken_in_the_schools_own_files_ends_the_conflict(
    tight: Tight, library: Library, changed: Change
) -> None:
    """The days, pounds, dates, forms and promises that are named, written into school.yaml and staff.yaml."""
    titles = {item.title: name for name, item in library.interventions.items()}
    for told in tight.advice.plan.ways_out:
        words = told.words.removesuffix(".")
        if " and " in re.sub(r"“.+?”", "", words) or words.count("”") > 2:
            continue  # several changes at once
        school = yaml.safe_load((tight.folder / "school.yaml").read_text("utf-8"))
        staff = yaml.safe_load((tight.folder / "staff.yaml").read_text("utf-8"))
        promised = {promise["intervention"] for promise in school["must"]}
        m = re.fullmatch(r"“(.+)” is not done", words)
        if m and titles[m[1]] not in promised:
            continue  # a rule asks for it, which no school's file can waive
        if m:
            school["must"] = [p for p in school["must"] if p["intervention"] != titles[m[1]]]
        elif m := re.fullmatch(r"“(.+)” in place of the full form", words):
            lights = {i.light.title: n for n, i in library.interventions.items() if i.light}
            _promise(school, lights[m[1]], form="light")
        elif m := re.fullmatch(r"“(.+)” starts in (.+)", words):
            slot = next(s for s in tight.advice.reasons.slots if s.title == m[2])
            pinned = [p for p in school.get("pinned", []) if p["intervention"] == titles[m[1]]]
            for pin in pinned:
                pin["starts"] = slot.ends - 3 * DAY
            if not pinned:
                _promise(school, titles[m[1]], by=slot.ends)
        elif m := re.fullmatch(r"£([\d,]+) more in (.+) (\d{4}-\d\d)", words):
            (line,) = [one for one in school["money"]["lines"] if one["title"] == m[2]]
            line["amounts"][m[3]] += int(m[1].replace(",", ""))
        elif m := re.fullmatch(r"The (.+?)(?: \(who .+\))? gives (.+)", words):
            _give(staff, m[1], m[2], library)
        else:
            continue
        folder = changed(
            tight.folder.name,
            lambda data, now=school: data.update(now),
            lambda data, now=staff: data.update(now),
        )
        conflict = advise(load_school(folder, library), library).plan.conflict
        assert not conflict, (told.words, conflict)


def _give(staff: Data, title: str, amounts: str, library: Library) -> None:
    """Adds days to the one person whose first role has a title."""
    (role,) = [role.id for role in library.roles.values() if role.title == title]
    one = next(one for one in staff["people"] if one["roles"][0] == role)
    parts = {title: part for part, title in library.parts.items()}
    if not isinstance(one["time"], dict):
        one["time"] = dict.fromkeys(parts.values(), one["time"])
    for days, part in re.findall(r"([\d.]+) days? more in (\w+ \d)", amounts):
        one["time"][parts[part]] = round(one["time"][parts[part]] + float(days), 1)


def test_the_days_a_way_out_names_are_enough_when_they_are_written_down(
    changed: Change, library: Library
) -> None:
    def pinned(data: Data) -> None:
        data["must"] = []
        _promise(data, "core-subject-leaders")
        starts = {"starts": datetime.date(2027, 4, 20), "because": "The leaders begin in summer."}
        data["pinned"] = [{"intervention": "core-subject-leaders", **starts}]

    before = advise(load_school(changed("little-fen", pinned), library), library)
    told = next(way.words for way in before.plan.ways_out if "gives" in way.words)
    capacity, halves = before.reasons.timetable.capacity, before.school.timeline.halves

    def given(data: Data) -> None:
        for one in data["people"]:
            title = library.roles[one["roles"][0]].title
            m = re.search(rf"[Tt]he {title}(?: \(.+?\))? gives ((?:.(?!he [A-Z]))+)", told)
            if m:
                more = {
                    part: float(days)
                    for days, part in re.findall(r"([\d.]+) days? more in (\w+ \d)", m[1])
                }
                one["time"] = {
                    half.part: capacity.time(frozenset({one["id"]}), half) / 10
                    + more.get(library.parts[half.part], 0)
                    for half in halves
                }

    conflict = advise(
        load_school(changed("little-fen", pinned, given), library), library
    ).plan.conflict
    assert not conflict, told


def test_a_lighter_way_out_is_offered_for_what_has_a_light_form(
    changed: Change, library: Library
) -> None:
    def no_adviser(data: Data) -> None:
        for one in data["people"]:
            if one["id"] == "adviser":
                one["time"] = 1.0

    folder = changed("hillside", None, no_adviser)
    plan = advise(load_school(folder, library), library).plan
    light = library.intervention("governor-development").light
    assert light
    if plan.conflict and any("Governors" in line for line in plan.conflict):
        assert any(light.title in way.words for way in plan.ways_out), plan.ways_out
