"""What stops: what becomes of each initiative of a school, and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.documents.answers import rendered
from termwise.engine.library.loader import Library
from termwise.engine.planning import Plan, Stopped
from termwise.engine.school.folder import load_school
from tests.conftest import Change, Data

Listed = Callable[..., Plan]


@pytest.fixture(scope="module")
def listed(changed: Change, library: Library) -> Listed:
    """The plan of hillside with a list of its own."""

    def make(*initiatives: Data) -> Plan:
        def edit(school: Data) -> None:
            school["initiatives"] = [
                {"id": f"i{number}", "title": f"Thing {number}", "hours_a_week": 4} | given
                for number, given in enumerate(initiatives)
            ]

        return advise(load_school(changed("hillside", school=edit), library), library).plan

    return make


def by_id(plan: Plan) -> dict[str, Stopped]:
    return {one.initiative: one for one in plan.stopped}


def test_hillside_stops_joins_and_keeps_each_for_a_reason(all_advice: dict[str, Advice]) -> None:
    plan = all_advice["hillside"].plan
    found = [(one.decision, [reason.rule for reason in one.because]) for one in plan.stopped]
    assert found == [
        ("stop", ["LED-24"]),
        ("stop", ["LED-23"]),
        ("stop", ["LED-23"]),
        ("join", ["LED-25"]),
        ("keep", ["LED-27"]),
        ("keep", ["LED-26"]),
        ("keep", []),
    ]
    for one in plan.stopped:
        assert one.words
        for reason in one.because:
            assert reason.why and all(read.cells for read in reason.values)
    [joined] = [one for one in plan.stopped if one.decision == "join"]
    assert joined.into == "Vocabulary books in Years 3 to 6"
    assert (joined.hours, joined.freed) == (2, 1)


def test_what_can_be_stopped_is_not_joined_to_another_as_well(listed: Listed) -> None:
    old = {"since": "2024-01-08", "evidence": "none", "overlaps_with": "i1"}
    one = by_id(listed(old, {}))["i0"]
    assert (one.decision, one.into, one.freed) == ("stop", None, 4)
    assert [reason.rule for reason in one.because] == ["LED-23"]


def test_one_of_which_nothing_is_known_is_kept_and_what_is_missing_is_told(listed: Listed) -> None:
    plan = listed({})
    assert by_id(plan)["i0"].decision == "keep"
    missing = {name for one in plan.unknown if one.entity == "Thing 0" for name in one.missing}
    assert missing == {"what has come of it", "months since it was begun"}


def test_the_count_of_initiatives_follows_from_the_list(
    listed: Listed, all_advice: dict[str, Advice]
) -> None:
    def counts(plan: Plan) -> list[str]:
        return [one.words for one in plan.findings if one.rule == "LED-21"]

    assert "7" in counts(all_advice["hillside"].plan)[0]
    assert counts(listed({}, {})) == []


def test_a_school_without_a_list_is_told_nothing_of_what_stops(
    all_advice: dict[str, Advice],
) -> None:
    plan = all_advice["carrick-junior"].plan
    assert plan.stopped == ()
    assert "What stops" not in rendered(plan, "md") and "Stops or" not in rendered(plan, "text")


def test_the_document_says_what_stops_with_its_hours(all_advice: dict[str, Advice]) -> None:
    plan = all_advice["hillside"].plan
    told = rendered(plan, "md").partition("## What stops")[2].partition("\n## ")[0]
    assert "Together it gives back 12.5 hours a week." in told
    assert "- **Word walls in every classroom** (2 hours a week, 1 given back), into “Voc" in told
    for title in ("### Stop", "### Join to another", "### Keep"):
        assert title in told
    assert "Stops or is joined: Marking in three colours" in rendered(plan, "text")
