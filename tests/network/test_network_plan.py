"""A network planned as one: no more is used than is shared, must-dos fit, and each plan is an ordinary one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from termwise.engine.advise import advise
from termwise.engine.documents import member_document, rendered
from termwise.engine.library.loader import Library
from termwise.engine.network.model import NetworkPlan
from termwise.engine.network.network_folder import load_network
from termwise.engine.network.network_plan import NetworkPlanned, plan_network
from termwise.engine.school.folder import load_school
from tests.network.conftest import SAID, Small


def test_all_that_is_used_of_somebody_is_given_and_all_that_is_given_is_there(
    network_planned: NetworkPlanned,
) -> None:
    for person in network_planned.network.shared:
        for slot in person.slots:
            rows = [row for row in person.schools if row.slot == slot.slot]
            assert sum(row.planned for row in rows) == pytest.approx(slot.planned)
            assert sum(row.given for row in rows) == pytest.approx(slot.given)
            assert slot.given <= slot.there
            assert all(0 <= row.planned <= row.given <= row.asked for row in rows)


def test_a_plan_has_the_days_it_was_given_and_buys_none_on_top(
    network_planned: NetworkPlanned,
) -> None:
    adviser = next(one for one in network_planned.network.shared if one.person == "adviser")
    for school, plan in network_planned.plans.items():
        given = {row.slot: row.given for row in adviser.schools if row.school == school}
        stated = {load.slot: load.stated for load in plan.load if load.role == "adviser"}
        assert stated == given
        assert not any("adviser" in bought.people for bought in plan.purchases)


def test_every_school_has_its_floor_and_its_must_dos(network_planned: NetworkPlanned) -> None:
    found = network_planned.network
    for person in found.shared:
        there = sum(slot.there for slot in person.slots)
        schools = sorted({row.school for row in person.schools})
        for school in schools:
            given = sum(row.given for row in person.schools if row.school == school)
            assert given >= found.floor / 100 * there / len(schools) - found.unit
    assert {one.status for one in found.schools} <= {"optimal", "within-gap"}


def test_pooled_money_is_a_line_of_each_plan_and_none_is_had_twice(
    network_planned: NetworkPlanned,
) -> None:
    (money,) = network_planned.network.money
    assert sum(part.pounds for part in money.schools) == money.pounds["2026-27"] == 6000
    for part in money.schools:
        budget = network_planned.plans[part.school].budget
        had = [one.available + one.kept_back for one in budget if one.line == "network"]
        assert had == [part.pounds]


def test_the_networks_days_stand_in_the_plans_that_take_part(
    network_planned: NetworkPlanned,
) -> None:
    days = {one.date for one in network_planned.network.days}
    dated = {
        time.date
        for plan in network_planned.plans.values()
        for step in plan.steps
        if step.intervention == "network-days"
        for time in step.occurrences
        if time.fixed
    }
    assert dated
    assert dated <= days


def test_a_day_is_about_what_several_schools_begin_then(network_planned: NetworkPlanned) -> None:
    index = {slot.id: at for at, slot in enumerate(network_planned.network.slots)}
    assert any(day.steps for day in network_planned.network.days)
    for day in network_planned.network.days:
        for told in day.steps:
            begin = [
                index[step.begins]
                for plan in network_planned.plans.values()
                for step in plan.steps
                if step.intervention == told.intervention
            ]
            near = [at for at in begin if at in (index[day.slot], index[day.slot] + 1)]
            assert len(near) == told.schools > 1


def test_what_three_schools_plan_is_prepared_for_them_together(
    network_planned: NetworkPlanned,
) -> None:
    plans = network_planned.plans
    for one in network_planned.network.together:
        having = {
            school
            for school, plan in plans.items()
            if any(step.intervention == one.intervention for step in plan.steps)
        }
        assert set(one.schools) == having
        assert len(having) >= 3 or one.places


def test_bought_places_go_to_those_who_need_them_most(network_planned: NetworkPlanned) -> None:
    weights = {one.school: one.weight or 0 for one in network_planned.network.schools}
    (bought,) = [one for one in network_planned.network.together if one.places]
    assert len(bought.placed) == bought.places == 2
    others = set(bought.schools) - set(bought.placed)
    assert min(weights[one] for one in bought.placed) >= max(weights[one] for one in others)


def test_who_has_helps_who_begins_and_nobody_is_asked_too_often(
    network_planned: NetworkPlanned,
) -> None:
    network = load_network(SAID)
    has = {
        member.id: {one.practice for one in member.school.cqa.in_place if one.how == "fully"}
        for member in network.members
    }
    found = network_planned.network.support
    assert {one.kind for one in found} == {"has-it", "both-begin"}
    for one in found:
        begun = {step.intervention for step in network_planned.plans[one.takes].steps}
        assert one.intervention in begun
        assert (one.intervention in has[one.gives]) == (one.kind == "has-it")
    gives = [one.gives for one in found if one.kind == "has-it"]
    assert max(map(gives.count, gives)) <= network.file.helps_most


def test_what_is_confidential_is_told_to_nobody_else(network_planned: NetworkPlanned) -> None:
    told = network_planned.network.for_all
    assert told.confidential == ("judgements", "money")
    assert {one.weight for one in told.schools} == {None}
    assert {one.pounds for one in told.schools} == {None}
    assert not any(line.schools for line in told.money)
    assert all(one.schools for one in told.shared)
    load = network_planned.network.model_copy(update={"confidential": ("load",)}).for_all
    assert not any(one.schools for one in load.shared)
    assert {one.days for one in load.schools} == {None}
    assert all(one.weight for one in load.schools)


def test_a_schools_plan_says_where_the_network_decided(network_planned: NetworkPlanned) -> None:
    document = member_document(
        network_planned.network, "withybeck", network_planned.plans["withybeck"]
    )
    text = rendered(document, "text")
    assert "Where the network decided" in text
    assert "£1,200 of “Money of the network” for 2026-27" in text
    assert "The network meets on 14 October 2026" in text
    assert document.blocks[0].name == "network"  # type: ignore[union-attr]


def alone(data: dict[str, Any]) -> None:
    """One school that has all it asks for, and nothing else of the network's."""
    data["schools"] = [{"folder": "withybeck"}]
    data["shared"] = [{"id": "adviser", "time": 3}, {"id": "office", "time": 0.5}]
    data |= {"days": None, "money": [], "training": []}


@pytest.fixture
def of_one(small: Small) -> NetworkPlanned:
    with ThreadPoolExecutor(2) as pool:
        return plan_network(load_network(small(alone)), pool)


def test_a_network_of_one_plans_it_as_it_is_planned_alone(
    of_one: NetworkPlanned, library: Library
) -> None:
    plan = advise(load_school(SAID / "withybeck", library), library).plan
    assert of_one.plans["withybeck"].model_dump_json() == plan.model_dump_json()
    assert of_one.network.together == ()
    assert of_one.network.support == ()


def test_the_record_can_be_read_back(network_planned: NetworkPlanned) -> None:
    text = network_planned.network.model_dump_json(by_alias=True)
    assert NetworkPlan.model_validate_json(text) == network_planned.network
