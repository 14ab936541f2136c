"""The review of a plan in use: carrying out first, then what moved, then what is proposed."""

from __future__ import annotations

import datetime
import shutil

import pytest

from termwise.engine.advise import Advice
from termwise.engine.library.loader import Library
from termwise.engine.planning.model import Step
from termwise.engine.review.issued_plan import issue
from termwise.engine.review.model import IssuedPlan, PlanReview, ProgressEntry, StepReview
from termwise.engine.review.plan_review import review
from termwise.engine.school.folder import load_school
from termwise.engine.school.school import School
from tests.made_up_year import a_term_later
from tests.places import EXAMPLES

DAY = datetime.date
ISSUED, JUDGED, ON = DAY(2026, 9, 1), DAY(2026, 12, 11), DAY(2026, 12, 14)
READING, MATHS, START = (f"accelerating-progress-{name}" for name in ("reading", "maths", "start"))


def planted(pupil: str, class_id: str, subject: str, band: int) -> int:
    """All of 6A gain a band, and all of 4B lose one in reading."""
    if class_id == "6A":
        return 1
    return -1 if (class_id, subject) == ("4B", "Reading") and band > 0 else 0


@pytest.fixture(scope="module")
def december(tmp_path_factory: pytest.TempPathFactory, library: Library) -> School:
    """Hillside in December, with a term's results."""
    folder = tmp_path_factory.mktemp("december") / "hillside"
    shutil.copytree(EXAMPLES / "hillside", folder)
    a_term_later(folder, "Autumn 2026", JUDGED, planted)
    return load_school(folder, library)


@pytest.fixture(scope="module")
def in_force(all_advice: dict[str, Advice]) -> IssuedPlan:
    return issue(all_advice["hillside"], ISSUED)


def row(step: str, status: str = "on-track", **more: object) -> ProgressEntry:
    given = {"date": DAY(2026, 12, 10), "step": step, "by": "headteacher", "status": status}
    return ProgressEntry.model_validate({**given, **more})


ROWS = (
    row(START, days=3.5, days_left=0.5, seen=(1, 2, 3), signs=(), reached=(1,), met=(1, 2, 3)),
    row(READING, days=2, days_left=3, seen=(1,), pounds=0),
    row(MATHS, days=9, days_left=1, seen=(1, 2, 3), signs=()),
    row("quality-of-teaching", "at-risk", seen=(1, 2, 3, 4), signs=(1,), pounds=0, days=1),
    row("initiative-review", signs=(1,)),
    row("strand-leads", "done", days=2, seen=(1, 2, 3, 4)),
    row("network-days", "stopped", days=0.5, note="The network has closed."),
)


@pytest.fixture(scope="module")
def reviewed(december: School, library: Library, in_force: IssuedPlan) -> PlanReview:
    return review(december, library, in_force, ROWS, ON)


def of(found: PlanReview, step: str) -> StepReview:
    return next(one for one in found.steps if one.step == step)


def proposed(found: PlanReview, step: str) -> str:
    proposal = of(found, step).proposal
    return proposal.id if proposal else ""


def test_before_it_is_known_whether_it_was_done_nothing_is_changed(reviewed: PlanReview) -> None:
    told = of(reviewed, READING)
    assert told.fidelity.share == pytest.approx(33.3)
    assert proposed(reviewed, READING) == "coach"
    unseen = of(reviewed, "initiative-review")  # a sign to stop, and nobody looked
    assert unseen.fidelity.share is None and proposed(reviewed, "initiative-review") == "too-early"
    assert any(
        "initiatives reviewed" in one and "active ingredients" in one for one in reviewed.says
    )
    silent = [one for one in reviewed.steps if one.means is None and one.proposal]
    assert {one.proposal.id for one in silent if one.proposal} == {"too-early"}


def test_what_is_done_as_described_and_does_harm_is_to_stop_and_frees_its_time(
    reviewed: PlanReview, in_force: IssuedPlan
) -> None:
    told = of(reviewed, "quality-of-teaching")
    assert proposed(reviewed, "quality-of-teaching") == "stop"
    assert [one.rule for one in told.because if one.speaks == "for"] == ["REV-05"]
    assert "REV-14" in [one.rule for one in told.because if one.speaks == "against"]
    step = next(one for one in in_force.plan.steps if one.id == told.step)
    to_come = sum(one.days for one in step.effort if one.slot.startswith(("spr", "sum")))
    assert told.frees_days == pytest.approx(to_come)
    assert told.frees_pounds == sum(one.pounds for one in step.cost)


def test_what_takes_far_more_time_is_to_change_and_what_is_reached_handed_over(
    reviewed: PlanReview,
) -> None:
    assert proposed(reviewed, MATHS) == "change"
    assert proposed(reviewed, START) == "hand-over"
    assert of(reviewed, "strand-leads").proposal is None
    assert of(reviewed, "network-days").proposal is None


def test_what_was_to_begin_before_the_day_is_reviewed_and_the_rest_is_to_come(
    reviewed: PlanReview, in_force: IssuedPlan
) -> None:
    slots = {slot.id: slot.starts for term in in_force.plan.terms for slot in term.slots}
    told = {one.step for one in ROWS}

    def first(step: Step) -> datetime.date:
        return min((one.date for one in step.occurrences), default=slots[step.starts])

    due = [one for one in in_force.plan.steps if one.id in told or first(one) < ON]
    assert [one.step for one in reviewed.steps] == [one.id for one in due]
    rest = [one.title for one in in_force.plan.steps if one not in due]
    assert list(reviewed.to_come) == rest and rest
    assert any(slots[one.starts] < ON <= first(one) for one in in_force.plan.steps)


def test_each_proposal_asks_the_meeting_something(reviewed: PlanReview) -> None:
    asked = {title for one in reviewed.questions for title in one.steps}
    assert asked == {one.title for one in reviewed.steps if one.proposal}


def test_the_same_pupils_are_compared_and_beside_them_others(reviewed: PlanReview) -> None:
    maths = of(reviewed, MATHS).pupils
    assert maths and maths.chosen and (maths.since, maths.to) == ("Summer 2026", "Autumn 2026")
    assert maths.own.moved == "gained" and maths.own.by_itself > 0
    assert maths.others and maths.others.pupils >= 5
    assert maths.year and maths.year.pupils > maths.own.pupils


def test_planted_gains_and_losses_are_told_and_nothing_else_is(
    reviewed: PlanReview, december: School
) -> None:
    assert {one.subject for one in reviewed.subjects} == {"reading", "writing", "maths"}
    gained = {one for one in reviewed.pupils if one.moved == "gained"}
    fell = {one for one in reviewed.pupils if one.moved == "fell"}
    judgements = 3 * len(december.pupils)
    elsewhere = [
        one
        for one in gained | fell
        if one.class_id != "6A" and (one.class_id, one.subject) != ("4B", "reading")
    ]
    assert len(elsewhere) <= 0.05 * judgements
    at_risk = {one.ref for one in reviewed.pupils if "at-risk" in (one.then, one.now)}
    assert at_risk and all(one.then or one.now for one in reviewed.pupils)


def test_figures_then_and_now_stand_beside_the_nations(reviewed: PlanReview) -> None:
    absence = next(one for one in reviewed.outcomes if one.title == "Overall absence")
    assert absence.national is not None and not absence.anew and absence.reached is None
    gap = next(one for one in reviewed.outcomes if one.title == "Gap at expected")
    assert gap.anew and gap.now_of == "Autumn 2026" and gap.was_of == "Summer 2026"
    first = reviewed.priorities[0]
    assert (first.was, first.now) == ("Emerging", "Emerging")


def test_without_new_results_it_says_what_it_can_not(
    hillside: School, library: Library, in_force: IssuedPlan, reviewed: PlanReview
) -> None:
    found = review(hillside, library, in_force, ROWS, ON)
    assert any("no new results of pupils" in one for one in found.says)
    assert not found.subjects and not found.pupils
    assert of(found, MATHS).pupils is None
    assert not any("no new results" in one for one in reviewed.says)


def test_who_came_and_who_left_is_told_apart(
    december: School, library: Library, in_force: IssuedPlan, reviewed: PlanReview
) -> None:
    from dataclasses import replace

    gone, new = december.pupils[200], december.pupils[201]
    joined = replace(
        new, results={key: one for key, one in new.results.items() if key[2] == "aut-2026"}
    )
    others = tuple(one for one in december.pupils if one not in (gone, new))
    school = replace(december, pupils=(*others, joined))
    before = reviewed.model_copy(update={"on": DAY(2026, 10, 1)})
    found = review(school, library, in_force, ROWS, ON, before)
    assert found.left == 1 and found.since == DAY(2026, 10, 1)
    moved = next(one.moved for one in found.subjects if one.subject == "maths")
    assert moved and (moved.joined, moved.left) == (1, 0)


def test_a_rule_pack_that_changed_since_the_issue_is_told(
    hillside: School, library: Library, in_force: IssuedPlan
) -> None:
    packs = tuple(one.model_copy(update={"sha256": "0"}) for one in in_force.packs[:1])
    found = review(hillside, library, in_force.model_copy(update={"packs": packs}), (), ON)
    assert any("were changed since the plan was issued" in one for one in found.says)


def test_progress_within_a_day_of_the_review_counts_and_later_does_not(
    hillside: School, library: Library, in_force: IssuedPlan
) -> None:
    found = review(hillside, library, in_force, ROWS, DAY(2026, 12, 9))
    assert {one.means for one in found.steps} == {None}
