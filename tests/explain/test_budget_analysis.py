"""What money and time buy: every figure is planned again here and found the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.documents.answers import rendered
from termwise.engine.explain.budget_analysis import money
from termwise.engine.explain.money_answer import MoneyReport
from termwise.engine.library.loader import Library
from termwise.engine.scheduling import purchase
from termwise.engine.scheduling.alternatives import kept
from termwise.engine.scheduling.problem import Aim
from termwise.engine.scheduling.solver import solve
from termwise.engine.school.folder import load_school
from tests.conftest import Change, Data
from tests.document_samples import holds_in_order, samples
from tests.places import EXAMPLES, ROOT

UNSMOOTHED: tuple[Aim, ...] = ("must-do", "coverage", "urgent", "value")


@pytest.fixture(scope="module")
def little(all_advice: dict[str, Advice]) -> Advice:
    return all_advice["little-fen"]


@pytest.fixture(scope="module")
def report(little: Advice) -> MoneyReport:
    return money(little)


def test_the_same_advice_gives_the_same_report(report: MoneyReport, library: Library) -> None:
    again = load_school(EXAMPLES / "little-fen", library)
    assert money(advise(again, library)).model_dump_json() == report.model_dump_json()


def test_the_steps_add_up_to_the_plan(report: MoneyReport, little: Advice) -> None:
    assert {step.step for step in report.steps} == {step.id for step in little.plan.steps}
    spent = sum(use.planned for use in little.plan.budget)
    assert report.invested + report.running + report.purchases == spent
    assert sum(step.value for step in report.steps) == little.solution.value
    rates = [step.per_thousand for step in report.steps if step.per_thousand is not None]
    assert rates == sorted(rates, reverse=True)
    for step in report.steps:
        pounds = step.invested + step.running
        assert step.per_thousand == (round(1000 * step.value / pounds) if pounds else None)


def test_the_value_is_the_most_there_is(report: MoneyReport, little: Advice) -> None:
    level = little.solution.level("value")
    assert report.value == level.value == level.bound


def test_more_money_never_lowers_a_point_of_the_curve(report: MoneyReport) -> None:
    values = [(-point.undone, point.value) for point in report.curve]
    assert values == sorted(values)
    assert [point.share for point in report.curve] == sorted(point.share for point in report.curve)
    for point in report.curve:
        assert point.spent <= point.pounds
    (today,) = [point for point in report.curve if point.share == 1]
    assert today.value == report.value
    assert today.pounds == sum(use.available for use in report.lines)


def test_each_point_of_the_curve_is_the_best_plan_for_its_budget_or_a_smaller_one(
    report: MoneyReport, little: Advice
) -> None:
    """What is bought may bring less than a smaller budget's plan, by less than its price is counted at."""
    best: tuple[int, int] | None = None
    for point in report.curve:
        budget = {name: int(most * point.share) for name, most in little.asked.budget.items()}
        found = purchase(replace(little.asked, budget=budget, aims=UNSMOOTHED)).solution
        rank = -len(found.undone), found.value
        best = rank if best is None else max(best, rank)
        assert (-point.undone, point.value) == best
        assert point.exact == (found.level("value").status == "optimal")


def test_the_curve_is_flat_where_it_is_said_to_be(report: MoneyReport, little: Advice) -> None:
    most = max(point.value for point in report.curve)
    share = little.library.planning.money.flat_at
    for point in report.curve:
        if report.flat_from is not None:
            assert (point.value >= share * most) == (point.pounds >= report.flat_from)


def test_more_money_buys_something_where_the_same_question_with_more_finds_much(
    report: MoneyReport, little: Advice
) -> None:
    """The plan is made anew from the changed files, so that other people may lead: it can be worth more than with
    those who lead today, or less, but never less than today's."""
    funds, step = little.reasons.timetable.funds, int(little.library.planning.money.step)
    assert len(report.money) == len(funds.accounts)
    for account, told in zip(sorted(funds.accounts), report.money, strict=True):
        budget = {**little.asked.budget, account: little.asked.budget[account] + step}
        found = purchase(replace(little.asked, budget=budget, aims=UNSMOOTHED)).solution
        assert told.title == little.reasons.phrases.account(account)
        assert found.value >= report.value
        assert told.value >= 0 and bool(told.value) >= (found.value > report.value)
        before = {little.reasons.timetable.name(form) for form in little.solution.chosen}
        if not told.value:
            assert not (told.comes_in or told.goes_out) or before


def test_what_more_time_buys_is_what_planning_again_finds(
    report: MoneyReport, little: Advice
) -> None:
    """Each group of people with half a day more in each half-term in turn; the best counts, with all that
    the plan does for priorities and for the urgent kept."""
    timetable = little.reasons.timetable
    tenths = int(little.library.planning.money.half_day * 10 * timetable.planned_share)
    best = max(report.time, key=lambda one: one.value)
    worst = min(report.time, key=lambda one: one.value)
    for told in {best.title: best, worst.title: worst}.values():
        groups = [
            pool
            for pool in timetable.pools.values()
            if little.reasons.phrases.people("+".join(sorted(pool))).lower() == told.title.lower()
        ]
        assert groups, told.title
        values = []
        for slot in range(little.problem.slots):
            wider = {name for name, pool in timetable.pools.items() if groups[0] <= pool}
            capacity = {
                key: most + (tenths if key[0] in wider and key[1] == slot else 0)
                for key, most in little.problem.capacity.items()
            }
            held = kept(little.problem, little.solution)
            problem = replace(held, capacity=capacity, aims=UNSMOOTHED)
            values.append(solve(problem).value - report.value)
        assert told.value == max(0, *values), told.title


def test_nothing_is_forgone_where_all_may_be_spent(report: MoneyReport, little: Advice) -> None:
    assert little.recommendations.shaping.spend_share is None
    assert report.forgone is None


def test_a_school_short_of_money_is_told_what_it_forgoes(changed: Change, library: Library) -> None:
    def edit(data: Data) -> None:
        data["context"].update(in_year_balance=-30000, in_year_balance_share=-5.4)
        data["context"].update(revenue_balance=-20000, reserves_share=-3.6)

    advice = advise(load_school(changed("little-fen", edit), library), library)
    told = advice.recommendations.shaping.spend_share
    assert told is not None
    assert told[0] < 1
    report = money(advice)
    assert report.forgone is not None
    lines = {line.id: line for line in advice.school.file.money.lines}
    years = {(use.line, use.year): use for use in advice.plan.budget}
    held = sum(lines[n].amounts.get(y, 0) - use.available for (n, y), use in years.items())
    assert report.forgone.held_back == held > 0
    assert report.forgone.reason == told[1].words
    assert report.forgone.value >= 0
    assert "What is forgone" in rendered(report, "text")
    assert report.finance


@pytest.mark.skipif(not (ROOT / "docs").exists(), reason="the documents are in a checkout only")
def test_the_answer_in_the_document_is_the_one_that_is_given(report: MoneyReport) -> None:
    [parts] = [parts for command, parts in samples("planning.md") if " money " in command]
    holds_in_order(parts, rendered(report, "text"), "termwise money")
