"""Whom a school's decision is about, and when it has refused something for everybody."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from termwise.engine.advise import Advice
from termwise.engine.inference.decisions import Effect, named, refused_for_all
from termwise.engine.library.facts import Entity
from termwise.engine.library.model import Intervention
from termwise.engine.school.school import Decided


@pytest.fixture
def advice(all_advice: dict[str, Advice]) -> Advice:
    return all_advice["hillside"]


@pytest.fixture
def item(advice: Advice) -> Intervention:
    every = advice.library.interventions.values()
    return next(one for one in every if one.target == "teacher")


def effect(
    item: Intervention,
    targets: list[Entity],
    whole: bool = False,
    kind: str = "refuse",
    rules: tuple[str, ...] = (),
) -> Effect:
    override = SimpleNamespace(decision=kind, note="We try it next year.")
    decided = SimpleNamespace(words="refused on 1 May", reason="no room", override=override)
    return Effect(cast(Decided, decided), item, tuple(targets), whole, rules, ("led by the head",))


def test_those_named_come_in_the_order_of_the_files(advice: Advice, item: Intervention) -> None:
    teachers = advice.findings.facts.of("teacher")
    ids = [one.id for one in teachers[:3]]
    assert named([*reversed(ids), "nobody"], item, advice.findings) == teachers[:3]


def test_a_decision_is_about_those_it_names_or_about_all(
    advice: Advice, item: Intervention
) -> None:
    first, second = advice.findings.facts.of("teacher")[:2]
    assert effect(item, [first]).about(first) and not effect(item, [first]).about(second)
    assert effect(item, [], whole=True).about(second)


def test_something_is_refused_for_all_where_no_one_is_left(
    advice: Advice, item: Intervention
) -> None:
    teachers = advice.findings.facts.of("teacher")
    half, rest = effect(item, teachers[:2]), effect(item, teachers[2:])
    assert refused_for_all([half], advice.findings) == {}
    told = {item.id: "It was refused on 1 May: no room."}
    assert refused_for_all([half, rest], advice.findings) == told
    assert refused_for_all([effect(item, [], whole=True)], advice.findings) == told
    accepted = effect(item, [], whole=True, kind="accept")
    assert refused_for_all([accepted], advice.findings) == {}


def test_a_decision_is_told_with_its_reason_and_whether_rules_still_ask(item: Intervention) -> None:
    said = "Refused on 1 May: no room. It is to be led by the head. We try it next year."
    assert effect(item, []).words == f"{said} No rule asks for it now."
    assert effect(item, [], rules=("PED-10",)).words == f"{said} Rules still ask for it."
    accepted = effect(item, [], kind="accept", rules=("PED-10",))
    assert accepted.words == f"{said} Rules ask for it too."
