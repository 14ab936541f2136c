"""A head who leads too much of a plan hands on what others have the time for, and nothing is lost by it."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import TYPE_CHECKING

import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.planning.share_of_leading import heads, led_by
from termwise.engine.school.folder import load_school

if TYPE_CHECKING:
    from collections.abc import Callable

    from termwise.engine.library.loader import Library
    from tests.conftest import Change, Data

RULE = "SHP-01"


def with_share(library: Library, share: float | None) -> Library:
    """The library with another share in the rule about small schools; None: it says none."""
    rule = library.rules[RULE]
    assert rule.shape is not None
    shape = rule.shape.model_copy(update={"lead_share": share})
    other = rule.model_copy(update={"shape": shape})
    return dataclasses.replace(library, rules={**library.rules, RULE: other})


@pytest.fixture(scope="module")
def shared(changed: Change, library: Library) -> Callable[[float | None], Advice]:
    folder = changed("little-fen")

    @cache
    def planned(share: float | None) -> Advice:
        own = with_share(library, share)
        return advise(load_school(folder, own), own)

    return planned


def of_head(advice: Advice) -> list[str]:
    timetable = advice.reasons.timetable
    return led_by(heads(timetable), timetable, advice.solution.chosen)


def test_the_head_leads_no_more_than_the_share_but_for_what_nobody_has_time_for(
    shared: Callable[[float | None], Advice],
) -> None:
    before, after = shared(None), shared(0.4)
    assert len(of_head(before)) > 0.5 * len(before.plan.steps)
    assert 0 < len(of_head(after)) <= 0.4 * len(after.plan.steps) + 1


@pytest.mark.parametrize("share", [0.01, 0.4, 0.5])
def test_nothing_is_given_up_for_it(share: float, shared: Callable[[float | None], Advice]) -> None:
    before, after = shared(None), shared(share)
    assert after.solution.value >= before.solution.value
    assert set(before.solution.met) <= set(after.solution.met)
    over = [row for row in after.plan.load if row.used > row.capacity + 1e-9]
    assert not over


@pytest.mark.parametrize("share", [0.01, 0.4])
def test_what_is_the_heads_own_and_duties_stay(
    share: float, shared: Callable[[float | None], Advice]
) -> None:
    after = shared(share)
    library, handed = after.library, after.reasons.timetable.handed
    assert handed
    for name, role in handed.items():
        assert library.roles[library.intervention(name).lead].rank != "head"
        assert library.intervention(name).duty is None
        assert library.roles[role].takes_over
    assert {"safeguarding-review", "send-information-report"} <= set(after.solution.chosen)


def test_a_step_that_is_handed_on_says_so_and_its_new_lead_does_the_work(
    shared: Callable[[float | None], Advice],
) -> None:
    after = shared(0.4)
    timetable, library = after.reasons.timetable, after.library
    steps = {step.id: step for step in after.plan.steps}
    handed = {name: role for name, role in timetable.handed.items() if name in steps}
    assert handed
    for name, role in handed.items():
        step, own = steps[name], library.intervention(name)
        assert step.lead.role == role
        assert step.lead.in_place_of == library.roles[timetable.capacity.role(own.lead) or ""].title
        assert step.monitoring.role != role
        assert role in {part.role for part in step.effort}
    others = [step for step in after.plan.steps if step.id not in handed]
    assert all(step.lead.in_place_of is None for step in others)


def test_whom_a_school_promised_or_named_to_lead_leads_and_does_the_work(
    changed: Change, library: Library
) -> None:
    def promise(school: Data) -> None:
        school.setdefault("must", []).append(
            {
                "intervention": "achievement-team-cycle",
                "form": "light",
                "lead": "headteacher",
                "because": "The governors asked the head to lead it.",
            }
        )
        school["leads"] = {"strategies-at-meetings": "teaching-lead"}

    own = with_share(library, 0.01)
    found = advise(load_school(changed("little-fen", promise), own), own)
    handed = found.reasons.timetable.handed
    steps = {step.id: step for step in found.plan.steps}
    for name, role in {
        "achievement-team-cycle": "headteacher",
        "strategies-at-meetings": "teaching-lead",
    }.items():
        assert name not in handed and steps[name].lead.role == role
        assert role in {part.role for part in steps[name].effort}


def test_a_school_for_which_no_rule_sets_a_share_hands_nothing_over(
    all_advice: dict[str, Advice],
) -> None:
    for name in ("hillside", "carrick-junior"):
        assert all_advice[name].reasons.timetable.handed == {}
