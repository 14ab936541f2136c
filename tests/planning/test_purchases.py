"""Time for money: what the plans of schools buy, within which limits, and why the rest stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.library.loader import Library
from termwise.engine.planning import Plan
from termwise.engine.planning.phrases.purchase_words import unspent_words
from termwise.engine.school.folder import load_school
from tests.conftest import Change, Data
from tests.places import EXAMPLES

SCHOOLS = ("carrick-junior", "hillside", "little-fen")
every_school = pytest.mark.parametrize("school", SCHOOLS)


def without_sales(library: Library) -> Library:
    """The library where nothing is sold."""
    return replace(library, costs=library.costs.model_copy(update={"sold": ()}))


def who_leads_is_settled(library: Library) -> Library:
    """The library where no head hands leading over, which is done by the time that others have."""
    rules = {}
    for name, rule in library.rules.items():
        shape = rule.shape and rule.shape.model_copy(update={"lead_share": None})
        rules[name] = rule.model_copy(update={"shape": shape})
    return replace(library, rules=rules)


@every_school
def test_what_is_bought_is_within_what_is_sold(
    school: str, all_advice: dict[str, Advice], library: Library
) -> None:
    plan = all_advice[school].plan
    sold = {one.id: one for one in library.costs.sold}
    assert plan.purchases
    year: dict[tuple[str, tuple[str, ...]], float] = {}
    half: dict[tuple[str, tuple[str, ...], str], float] = {}
    for one in plan.purchases:
        key = one.sold, one.people
        year[key] = year.get(key, 0) + one.amount
        half[*key, one.slot] = half.get((*key, one.slot), 0) + one.amount
        steps = library.planning.purchase_step
        assert one.amount > 0 and one.amount / steps == int(one.amount / steps)
    for (name, people), days in year.items():
        assert days <= sold[name].most_a_year * len(people)
    for (name, people, _), days in half.items():
        assert days <= sold[name].most * len(people)


@every_school
def test_what_is_bought_is_paid_from_a_line_that_may_pay_for_it(
    school: str, all_advice: dict[str, Advice], library: Library
) -> None:
    advice = all_advice[school]
    lines = {line.id: line for line in advice.school.file.money.lines}
    sold = {one.id: one for one in library.costs.sold}
    spent: dict[tuple[str, str], int] = {}
    for one in advice.plan.purchases:
        assert sold[one.sold].kind in lines[one.line].pays_for
        key = one.line, one.year
        spent[key] = spent.get(key, 0) + one.pounds
    for step in advice.plan.steps:
        for cost in step.cost:
            spent[cost.line, cost.year] = spent.get((cost.line, cost.year), 0) + cost.pounds
    told = {(use.line, use.year): use.planned for use in advice.plan.budget if use.planned}
    assert spent == told
    assert all(use.planned <= use.available for use in advice.plan.budget)


def shown(plan: Plan) -> set[tuple[str, str, str, tuple[str, ...]]]:
    return {(step.id, step.form, step.starts, step.target.ids) for step in plan.steps}


@every_school
def test_a_purchase_makes_room_for_steps_that_are_otherwise_not_so(
    school: str, all_advice: dict[str, Advice], library: Library
) -> None:
    advice, led = all_advice[school], who_leads_is_settled(library)
    if advice.reasons.timetable.handed:
        advice = advise(load_school(EXAMPLES / school, led), led)
    plan, lacking = advice.plan, without_sales(led)
    poorer = advise(load_school(EXAMPLES / school, lacking), lacking).plan
    assert not poorer.purchases and poorer.proof.objective < plan.proof.objective
    worse = {step_id for step_id, *_ in shown(plan) - shown(poorer)}
    for one in plan.purchases:
        assert one.for_ and set(one.for_) <= worse


@every_school
def test_people_are_never_planned_for_more_than_they_can_give_with_what_is_bought(
    school: str, all_advice: dict[str, Advice]
) -> None:
    for load in all_advice[school].plan.load:
        assert load.used <= load.capacity + 1e-9


@every_school
def test_money_that_stays_says_why(school: str, all_advice: dict[str, Advice]) -> None:
    for use in all_advice[school].plan.budget:
        left = use.available - use.planned
        assert bool(use.left_because) == (left > 0)
        assert f"£{left:,} stays" in use.left_because or not left


def test_a_line_that_may_pay_for_nothing_left_out_says_so() -> None:
    told = unspent_words(4000, [], None)
    assert (
        told
        == "£4,000 stays: nothing that is advised and left out could be paid from it with what there is."
    )
    assert "may be paid" not in unspent_words(4000, ["Tuition"], None)


def test_a_school_without_money_buys_nothing(changed: Change, library: Library) -> None:
    def edit(school: Data) -> None:
        for line in school["money"]["lines"]:
            line["amounts"] = dict.fromkeys(line["amounts"], 0)

    plan = advise(load_school(changed("little-fen", edit), library), library).plan
    assert not plan.purchases
    assert any("“Network Days, one a term” has to be done" in told for told in plan.conflict)


def test_cover_is_bought_only_for_people_who_teach(
    all_advice: dict[str, Advice], library: Library
) -> None:
    for advice in all_advice.values():
        people = {person.id: person for person in advice.school.staff.people}
        taught = {one.id for one in library.costs.sold if one.teaching}
        for one in advice.plan.purchases:
            assert one.sold not in taught or all(people[name].teaches for name in one.people)


def test_cover_is_not_bought_for_a_head_who_teaches(
    all_advice: dict[str, Advice], library: Library
) -> None:
    advice = all_advice["little-fen"]
    [head] = advice.reasons.timetable.capacity.holders("headteacher")
    kept = {one.id for one in library.costs.sold if "headteacher" in one.not_for}
    assert kept
    assert not [one for one in advice.plan.purchases if one.sold in kept and head in one.people]
