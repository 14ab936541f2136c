"""Planning again: the past stays, what was stopped is out, what runs is pinned, and little moves."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from termwise.engine.advise import Advice
from termwise.engine.core.errors import ContentError, TermwiseError
from termwise.engine.library.loader import Library
from termwise.engine.planning.model import Step
from termwise.engine.review.issued_plan import issue
from termwise.engine.review.model import IssuedPlan, ProgressEntry
from termwise.engine.review.replanning import ReplannedAdvice, replan, with_prices
from termwise.engine.school.school import School
from tests.made_up_progress import issued as made_up

FIRST, SECOND = datetime.date(2026, 9, 1), datetime.date(2026, 11, 2)


@pytest.fixture(scope="module")
def in_force(all_advice: dict[str, Advice]) -> IssuedPlan:
    return issue(all_advice["little-fen"], FIRST)


def told(step: Step, status: str, **more: object) -> ProgressEntry:
    given = {"date": datetime.date(2026, 10, 20), "step": step.id, "by": step.lead.role}
    return ProgressEntry.model_validate({**given, "status": status, **more})


@pytest.mark.parametrize("day", [SECOND, datetime.date(2027, 2, 22)])
def test_nothing_changed_nothing_moves(
    day: datetime.date, in_force: IssuedPlan, little_fen: School, library: Library
) -> None:
    plan = replan(little_fen, library, in_force, (), day).plan
    assert [one.step for one in plan.changes.kept] == [one.id for one in in_force.plan.steps]
    assert not [one for one in plan.changes.kept if one.otherwise]
    assert not (plan.changes.money or plan.changes.time)
    assert [one.pounds for one in plan.purchases] == [one.pounds for one in in_force.plan.purchases]
    assert (plan.since, plan.on) == (FIRST, day)


def test_the_past_stays_and_what_was_stopped_is_out(
    in_force: IssuedPlan, little_fen: School, library: Library
) -> None:
    begun = [one for one in in_force.plan.steps if one.starts == "aut1-2026"]
    free = [one for one in begun if not (one.must or one.enables or one.occurrences)]
    done, stopped = begun[0], next(one for one in free if one is not begun[0])
    entries = (
        told(done, "done", days=1, note="All of it."),
        told(stopped, "stopped", note="Nobody had the time."),
    )
    plan = replan(little_fen, library, in_force, entries, SECOND).plan
    steps = {one.id: one for one in plan.steps}
    assert stopped.id not in steps
    gone = {one.step: one.because for one in plan.changes.dropped}
    assert gone[stopped.id] == ("Stopped on 20 October 2026. Nobody had the time.",)
    for one in begun:
        if one is not stopped:
            assert steps[one.id].starts == one.starts
    came_of = {one.step: one for one in plan.past}
    assert came_of[done.id].state == "done" and "All of it." in came_of[done.id].words
    new = {one.step for one in plan.changes.new}
    assert not [one for one in new if steps[one].starts == "aut1-2026"]


def test_what_did_not_begin_in_time_begins_later(
    in_force: IssuedPlan, little_fen: School, library: Library
) -> None:
    late = next(
        one
        for one in in_force.plan.steps
        if one.starts == "aut1-2026" and (one.must or one.urgent) and not one.occurrences
    )
    plan = replan(little_fen, library, in_force, (told(late, "not-started"),), SECOND).plan
    [moved] = [one for one in plan.changes.moved if one.step == late.id]
    assert moved.to and moved.to.slot != "aut1-2026"
    assert moved.because[0] == "Not started on 20 October 2026."
    assert plan.conflict == ()


def test_what_was_put_off_begins_later_and_is_not_dropped_whatever_else_is_worth_more(
    in_force: IssuedPlan, little_fen: School, library: Library
) -> None:
    free = [one for one in in_force.plan.steps if not (one.must or one.occurrences)]
    free.sort(key=lambda one: one.value)
    soon = [one for one in free if one.starts == "aut2-2026"]
    put_off = [[one for one in free if one.starts == "aut1-2026"][-1], soon[0]]
    entries = [told(one, "put-off", next=datetime.date(2026, 11, 20)) for one in put_off]
    plan = replan(little_fen, library, in_force, entries, SECOND, stability=100).plan
    starts = {one.id: one.starts for one in plan.steps}
    order = [slot.id for term in plan.terms for slot in term.slots]
    for one in put_off:
        assert order.index(starts[one.id]) > order.index(one.starts)
    assert plan.conflict == ()


def test_with_the_money_gone_the_past_stays_and_what_is_kept_is_told_not_to_fit(
    in_force: IssuedPlan, little_fen: School, library: Library
) -> None:
    costly = next(one for one in in_force.plan.steps if one.starts == "spr1-2027" and one.cost)
    lines = tuple(
        one.model_copy(update={"amounts": dict.fromkeys(one.amounts, 0)})
        for one in little_fen.file.money.lines
    )
    money = little_fen.file.money.model_copy(update={"lines": lines})
    poor = replace(little_fen, file=little_fen.file.model_copy(update={"money": money}))
    plan = replan(poor, library, in_force, (), SECOND, keep=(costly.id,)).plan
    begun = {one.id for one in in_force.plan.steps if one.starts == "aut1-2026"}
    assert begun <= {one.id for one in plan.steps if one.starts == "aut1-2026"}
    assert any(costly.title in one for one in plan.conflict)


def test_what_a_plan_was_made_by_is_not_counted_again(
    in_force: IssuedPlan, little_fen: School, library: Library
) -> None:
    late = next(one for one in in_force.plan.steps if one.starts == "aut1-2026" and one.must)
    again = in_force.model_copy(update={"issued": SECOND, "since": FIRST})
    entries = (told(late, "not-started"),)
    plan = replan(little_fen, library, again, entries, datetime.date(2027, 1, 4)).plan
    assert late.id in [one.step for one in plan.changes.kept]


def test_what_can_not_be_kept_is_told_at_once(
    in_force: IssuedPlan, little_fen: School, library: Library
) -> None:
    step = in_force.plan.steps[0]
    entries = (told(step, "stopped"),)
    with pytest.raises(ContentError) as wrong:
        replan(little_fen, library, in_force, entries, SECOND, keep=(step.id, f"{step.id}s"))
    words = [str(one) for one in wrong.value.problems]
    assert any("was stopped and can't be kept" in one for one in words)
    assert any(f"did you mean “{step.id}”" in one for one in words)


def test_a_plan_of_other_half_terms_does_not_go_on(little_fen: School, library: Library) -> None:
    with pytest.raises(TermwiseError, match="the plan in force begins on 2026-09-01"):
        replan(little_fen, library, made_up(), (), SECOND)


def test_time_that_was_bought_for_what_is_stopped_is_given_back_where_nobody_was_told(
    all_advice: dict[str, Advice], library: Library, hillside: School
) -> None:
    in_force = issue(all_advice["hillside"], FIRST)
    slots = {slot.id: slot for term in in_force.plan.terms for slot in term.slots}
    later = [one for one in in_force.plan.purchases if slots[one.slot].starts > SECOND]
    assert later
    gone = {name for one in later for name in one.for_}
    entries = [
        told(step, "stopped") for step in in_force.plan.steps if step.id in gone and not step.must
    ]
    plan = replan(hillside, library, in_force, entries, SECOND).plan
    bought = {(one.sold, one.people, one.slot): one.pounds for one in plan.purchases}
    was = {(one.sold, one.people, one.slot): one.pounds for one in in_force.plan.purchases}
    assert sum(bought.values()) < sum(was.values())
    for use in plan.budget:
        assert use.planned <= use.available


def test_each_move_and_drop_has_its_price_and_what_can_not_be_refused_has_none(
    in_force: IssuedPlan, little_fen: School, library: Library
) -> None:
    lines = tuple(
        one.model_copy(
            update={"amounts": {year: round(0.8 * had) for year, had in one.amounts.items()}}
        )
        for one in little_fen.file.money.lines
    )
    money = little_fen.file.money.model_copy(update={"lines": lines})
    poorer = replace(little_fen, file=little_fen.file.model_copy(update={"money": money}))
    gone = in_force.plan.steps[0]

    asked: list[str] = []

    def again(*keep: str) -> ReplannedAdvice:
        asked.extend(keep)
        if len(asked) > 2:  # two are enough: each is planned once more
            raise ContentError([])
        return replan(poorer, library, in_force, (told(gone, "stopped"),), SECOND, keep=keep)

    plan = with_prices(again(), again).plan
    changes = {one.step: one for one in (*plan.changes.moved, *plan.changes.dropped)}
    stopped = changes.pop(gone.id)
    assert (stopped.price, stopped.fits) == (None, None)
    known = [one for one in changes.values() if one.fits is not None]
    assert known, [(one.step, one.because) for one in changes.values()]
    for one in known:
        assert (one.price is not None) == one.fits


def test_what_rules_that_were_changed_do_by_themselves_is_told_apart_from_news(
    in_force: IssuedPlan, little_fen: School, library: Library
) -> None:
    free = [one for one in in_force.plan.steps if not (one.must or one.enables or one.occurrences)]
    covering = {name for one in in_force.plan.priorities for name in one.covered_by}
    late = [one for one in free if one.id not in covering and one.starts != "aut1-2026"]
    once = late[-1]
    stopped = next(one for one in free if one.starts == "aut1-2026")
    steps = tuple(one for one in in_force.plan.steps if one is not once)
    before = in_force.model_copy(  # as if the rules had not asked for it then
        update={
            "plan": in_force.plan.model_copy(update={"steps": steps}),
            "packs": tuple(one.model_copy(update={"sha256": "0"}) for one in in_force.packs[:1]),
        }
    )
    plan = replan(little_fen, library, before, [told(stopped, "stopped")], SECOND).plan
    assert plan.packs_changed
    alone = {one.step: one.by_rules for one in (*plan.changes.new, *plan.changes.dropped)}
    assert alone[once.id] and not alone[stopped.id]
    again = before.model_copy(update={"packs": in_force.packs})
    same = replan(little_fen, library, again, (), SECOND).plan
    assert not same.packs_changed and not any(one.by_rules for one in same.changes.new)


def test_what_was_written_down_long_ago_stands_until_that_day_and_the_plan_after_it(
    in_force: IssuedPlan, little_fen: School, library: Library
) -> None:
    days: dict[str, dict[str, float]] = {}
    for one in in_force.plan.steps:
        for part in one.effort:
            own = days.setdefault(one.id, {})
            own[part.slot] = own.get(part.slot, 0) + part.days
    long = next(
        one
        for one in in_force.plan.steps
        if not one.occurrences
        and {"aut1-2026", "aut2-2026", "spr1-2027"} <= {s for s, d in days[one.id].items() if d}
    )
    words = told(long, "on-track", days=0.1, days_left=0.1)
    plan = replan(little_fen, library, in_force, (words,), datetime.date(2027, 2, 22)).plan
    was, now = (
        sum(one.used for one in found.load if one.kind == "role") for found in (in_force.plan, plan)
    )
    assert was - now == pytest.approx(days[long.id]["aut1-2026"] - 0.1)


def test_what_people_were_told_of_and_nothing_asks_for_goes_where_others_would_make_way_for_it(
    in_force: IssuedPlan, little_fen: School, library: Library
) -> None:
    steps = {one.id: one for one in in_force.plan.steps}
    like = next(one for one in steps.values() if one.starts == "aut2-2026" and not one.occurrences)
    name = "pupil-motivation"
    told_of = like.model_copy(update={"id": name, "intervention": name, "needs": (), "enables": ()})
    plan = in_force.plan.model_copy(update={"steps": (*steps.values(), told_of)})
    before = in_force.model_copy(update={"plan": plan})
    changes = replan(little_fen, library, before, (), SECOND).plan.changes
    assert [one.step for one in changes.dropped] == [name]
    assert steps.keys() == {one.step for one in changes.kept}
