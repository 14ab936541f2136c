"""What a network sees of its plans in force: where help is due and what is in common, without rank or pupil."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from termwise.engine.core.errors import ContentError, TermwiseError
from termwise.engine.documents.network_diary import shared_diary
from termwise.engine.network.model import NetworkReview
from termwise.engine.network.network_folder import Network, load_network
from termwise.engine.network.network_plan import NetworkPlanned
from termwise.engine.network.network_review import InForce, plans_in_force, review_network
from tests.network.conftest import Small
from tests.network_in_use import ISSUED, put_in_force

ON = datetime.date(2026, 11, 20)
SCHOOLS = ("oxmere", "withybeck")


@pytest.fixture
def in_use(small: Small, network_planned: NetworkPlanned) -> Path:
    folder = small()
    put_in_force(folder, network_planned, *SCHOOLS)
    step = network_planned.plans["oxmere"].steps[0].id
    (folder / "oxmere" / "progress.csv").write_text(
        f"step,date,status,by\n{step},2026-11-02,done,headteacher\n", "utf-8"
    )
    return folder


def seen(folder: Path) -> tuple[Network, tuple[InForce, ...], NetworkReview]:
    network = load_network(folder)
    found = plans_in_force(network, ON)
    return network, found, review_network(network, found, ON)


def test_where_help_is_due_is_told_in_the_order_of_the_list(in_use: Path) -> None:
    _, in_force, found = seen(in_use)
    assert [one.school for one in found.schools] == list(SCHOOLS)
    assert [one.done for one in found.schools] == [1, 0]
    for standing, one in zip(found.schools, in_force, strict=True):
        assert standing.overdue == len(one.progress.overdue) > 0
        assert standing.steps == len(one.issued.plan.steps)


def test_what_is_in_common_is_counted_by_school(in_use: Path) -> None:
    _, in_force, found = seen(in_use)
    plans = [one.issued.plan for one in in_force]
    both = set.intersection(*({step.intervention for step in plan.steps} for plan in plans))
    assert {one.id for one in found.steps} == both
    assert all(one.schools == SCHOOLS for one in found.steps)
    needs = set.intersection(*({one.need for one in plan.findings} for plan in plans))
    assert {one.id for one in found.themes} == needs
    assert {one.schools for one in found.themes} == {()}  # judgements are confidential
    assert found.money == ()
    agreed = {one.strand for plan in plans for one in plan.priorities if one.agreed}
    assert {one.id for one in found.strands} == agreed


def test_days_of_the_plans_are_summed_for_whoever_is_shared(in_use: Path) -> None:
    _, in_force, found = seen(in_use)
    for one in found.shared:
        role = {"adviser": "adviser", "office": "business-manager"}[one.person]
        used = sum(
            load.used
            for plan in in_force
            for load in plan.issued.plan.load
            if (load.role, load.slot) == (role, one.slot)
        )
        assert one.planned == pytest.approx(used)
    assert {one.there for one in found.shared if one.person == "office"} == {0.8}
    assert any(one.planned for one in found.shared)


def test_counts_of_pupils_are_rounded_and_small_ones_held_back(in_use: Path) -> None:
    _, in_force, found = seen(in_use)
    exact = {
        (one.member.id, state.state): state.pupils
        for one in in_force
        for state in one.issued.plan.screening
    }
    told = {(one.school or "", one.state): one.pupils for one in found.pupils}
    assert exact.keys() <= told.keys()
    for key, pupils in exact.items():
        assert told[key] is None or (told[key] or 0) % 5 == 0
        assert told[key] is None or not 0 < pupils < 6


def test_a_diary_has_the_dates_of_all_schools_each_with_its_name(in_use: Path) -> None:
    network, in_force, _ = seen(in_use)
    diary = shared_diary("saltmarsh", network.file.network.title, "adviser", in_force)
    names = {entry.what.partition(":")[0] for entry in diary.entries}
    assert names == {"Oxmere Primary School", "Withybeck Primary School"}
    assert [one.starts for one in diary.entries] == sorted(one.starts for one in diary.entries)
    assert len({one.uid for one in diary.entries}) == len(diary.entries)


def test_a_school_without_a_plan_is_told_and_the_others_are_seen(
    small: Small, network_planned: NetworkPlanned
) -> None:
    folder = small()
    put_in_force(folder, network_planned, "withybeck")
    _, _, found = seen(folder)
    assert [one.issued for one in found.schools] == [None, ISSUED]
    assert found.steps == found.themes == ()


def test_where_no_school_has_a_plan_it_is_said(small: Small) -> None:
    with pytest.raises(TermwiseError, match="no school of the network had issued a plan"):
        plans_in_force(load_network(small()), ON)


def test_a_mistake_in_a_schools_progress_is_told_with_its_folder(in_use: Path) -> None:
    (in_use / "withybeck" / "progress.csv").write_text(
        "step,date,status,by\nX9,soon,done,headteacher\n", "utf-8"
    )
    with pytest.raises(ContentError) as error:
        plans_in_force(load_network(in_use), ON)
    assert str(error.value.problems[0]).startswith("withybeck/progress.csv:2:")
