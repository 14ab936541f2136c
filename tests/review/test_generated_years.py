"""Years that are made up at random: however a plan is carried out, planning again keeps to what has been."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from random import Random

import pytest

from termwise.engine.advise import Advice
from termwise.engine.library.loader import Library
from termwise.engine.planning.model import Plan, Step
from termwise.engine.review.issued_plan import issue
from termwise.engine.review.model import IssuedPlan, ProgressEntry, Replanned
from termwise.engine.review.replanning import replan
from termwise.engine.school.school import School

FIRST = datetime.date(2026, 9, 1)
AGAIN = (datetime.date(2026, 11, 2), datetime.date(2027, 2, 22))
ENDS = ("done", "stopped")
YEARS = range(4)


@dataclass
class MadeUpYear:
    """The plans in force one after the other, and all that was written down before each but the first."""

    plans: list[IssuedPlan]
    rows: list[list[ProgressEntry]]
    keep: list[str]
    """the step that was to stay where it is, each time; empty where it could not"""

    def pairs(self) -> list[tuple[Plan, Replanned, list[ProgressEntry]]]:
        found = []
        for before, after, rows in zip(self.plans, self.plans[1:], self.rows, strict=False):
            assert isinstance(after.plan, Replanned)
            found.append((before.plan, after.plan, rows))
        return found


def starts(plan: Plan) -> dict[str, datetime.date]:
    return {slot.id: slot.starts for term in plan.terms for slot in term.slots}


def written(step: Step, on: datetime.date, plan: Plan, random: Random) -> ProgressEntry:
    """What is written down of a step that should have begun: mostly that it goes on, sometimes longer."""
    others = () if step.occurrences else ("not-started", "stopped")
    status = random.choice(("on-track", "on-track", "on-track", "behind", *others))
    if starts(plan)[step.begins] < on and max(starts(plan)[step.finishes], on) == on:
        status = random.choice(("done", "done", status))
    share = random.choice((0.5, 1.0, 1.4))
    began = starts(plan)
    used, left = (
        sum(one.days for one in step.effort if (began[one.slot] < on) == past)
        for past in (True, False)
    )
    told: dict[str, object] = {}
    if status != "not-started":
        cost = sum(one.pounds for one in step.cost) * used / ((used + left) or 1)
        told = {"days": round(used * share, 1), "pounds": round(cost * share)}
    if status in ("on-track", "behind"):
        told["days_left"] = round(left * random.choice((0.5, 1.0, 1.4)), 1)
    if status == "stopped":
        told["note"] = "It was given up."
    return ProgressEntry.model_validate(
        {"date": on - datetime.timedelta(days=5), "step": step.id, "by": step.lead.role}
        | {"status": status, **told}
    )


@pytest.fixture(scope="module")
def all_years(
    all_advice: dict[str, Advice], little_fen: School, library: Library
) -> list[MadeUpYear]:
    return [made_up_year(number, all_advice["little-fen"], little_fen, library) for number in YEARS]


@pytest.fixture(params=YEARS)
def year(request: pytest.FixtureRequest, all_years: list[MadeUpYear]) -> MadeUpYear:
    return all_years[int(request.param)]


def made_up_year(number: int, advice: Advice, little_fen: School, library: Library) -> MadeUpYear:
    random = Random(f"year {number}")
    found = MadeUpYear([issue(advice, FIRST)], [], [])
    entries: list[ProgressEntry] = []
    for on in AGAIN:
        force = found.plans[-1]
        over = {one.step for one in entries if one.status in ENDS}
        for step in force.plan.steps:
            if starts(force.plan)[step.begins] < on and step.id not in over:
                entries.append(written(step, on, force.plan, random))
        found.rows.append(list(entries))
        later = [one.id for one in force.plan.steps if starts(force.plan)[one.begins] >= on]
        found.keep.append(random.choice(later))
        asked = (little_fen, library, force, entries, on, None)
        again = replan(*asked, found.keep[-1:], earlier=found.plans[:-1])
        if again.plan.conflict:  # what is to be kept can't be, beside all that must be done
            found.keep[-1] = ""
            again = replan(*asked, earlier=found.plans[:-1])
        if again.plan.conflict:  # not everything that was promised fits any more, which is told
            found.rows.pop()
            break
        found.plans.append(issue(again.advice, on, since=force))
        found.plans[-1] = found.plans[-1].model_copy(update={"plan": again.plan})
    assert found.rows, "the plan could be made again once at least"
    return found


def last(rows: list[ProgressEntry]) -> dict[str, str]:
    """How each step stands by what was written down of it last."""
    return {one.step: one.status for one in rows}


def test_what_has_begun_and_goes_on_stays_where_it_began(year: MadeUpYear) -> None:
    for before, after, rows in year.pairs():
        stands, now = last(rows), {step.id: step for step in after.steps}
        for step in before.steps:
            if starts(before)[step.begins] < after.on and stands.get(step.id) in (
                *("on-track", "behind", "done"),
            ):
                assert now[step.id].starts == step.starts, step.id


def test_what_was_stopped_is_out_and_said_to_be(year: MadeUpYear) -> None:
    for before, after, rows in year.pairs():
        stopped = {name for name, status in last(rows).items() if status == "stopped"}
        assert not stopped & {step.id for step in after.steps}
        gone = {one.step for one in after.changes.dropped}
        assert stopped & {step.id for step in before.steps} <= gone


def test_nothing_new_and_nothing_late_begins_in_the_past(year: MadeUpYear) -> None:
    for before, after, rows in year.pairs():
        was, stands = {step.id for step in before.steps}, last(rows)
        for step in after.steps:
            if step.id not in was or stands.get(step.id) == "not-started":
                assert starts(after)[step.starts] >= after.on, step.id


def test_what_is_to_be_kept_stays_where_it_is(year: MadeUpYear) -> None:
    for (before, after, _), name in zip(year.pairs(), year.keep, strict=False):
        if not name:
            continue
        was, now = (next(one for one in plan.steps if one.id == name) for plan in (before, after))
        assert now.starts == was.starts


def test_money_used_and_planned_is_within_what_there_is(year: MadeUpYear) -> None:
    for _, after, rows in year.pairs():
        assert after.budget
        for line in after.budget:
            assert line.planned <= line.available, line
        gone = {one.step: one.pounds or 0 for one in rows if one.status == "stopped"}
        assert sum(line.gone for line in after.budget) >= sum(gone.values()) - len(gone)


def test_all_days_that_were_used_or_are_still_needed_are_counted_once(year: MadeUpYear) -> None:
    for _, after, rows in year.pairs():
        told = {one.step: one for one in rows if one.status != "not-started"}
        expected = sum((one.days or 0) + (one.days_left or 0) for one in told.values())
        to_come = [one for one in after.steps if one.id not in told]
        expected += sum(one.days for step in to_come for one in step.effort)
        counted = sum(one.used for one in after.load if one.kind == "role")
        assert counted == pytest.approx(expected)


def test_nothing_begins_where_those_who_do_it_have_no_time_left(year: MadeUpYear) -> None:
    for _, after, _ in year.pairs():
        new: dict[tuple[str, str], float] = defaultdict(float)
        for step in after.steps:
            for one in step.effort if starts(after)[step.begins] >= after.on else ():
                new[one.role, one.slot] += one.days
        for load in after.load:
            if load.used > load.capacity + 0.05 and starts(after)[load.slot] >= after.on:
                assert not new[load.role, load.slot], load  # what runs takes its time all the same


def test_every_change_is_listed_once_with_a_reason(year: MadeUpYear) -> None:
    for before, after, _ in year.pairs():
        was, now = {one.id: one for one in before.steps}, {one.id: one for one in after.steps}
        changes = after.changes
        assert {one.step for one in changes.new} == now.keys() - was.keys()
        assert {one.step for one in changes.dropped} == was.keys() - now.keys()
        assert {one.step for one in changes.moved} >= {
            name for name in was.keys() & now.keys() if was[name].starts != now[name].starts
        }
        for one in (*changes.moved, *changes.new, *changes.dropped):
            assert one.because, one.step


@pytest.mark.parametrize("number", YEARS[:3])
def test_what_moved_for_a_word_that_was_written_stays_when_that_word_is_taken_back(
    number: int, little_fen: School, library: Library, all_years: list[MadeUpYear]
) -> None:
    year = all_years[number]
    before, after, rows = year.pairs()[0]
    said = {one.step for one in rows if one.status in ("not-started", "stopped")}
    gone = [one for one in (*after.changes.moved, *after.changes.dropped) if one.step in said]
    assert gone
    one = Random(number).choice(gone)
    assert one.because[0].startswith(("Not started on ", "Stopped on "))
    left = [row for row in rows if row.step != one.step]
    told = replan(
        little_fen, library, year.plans[0], left, after.on, None, [*filter(None, year.keep[:1])]
    )
    assert one.step in {kept.step for kept in told.plan.changes.kept}
