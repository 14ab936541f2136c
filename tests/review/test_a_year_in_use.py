"""A year of hillside: issued in September, written down each half-term, reviewed each term, planned again three times,
summed up in July."""

from __future__ import annotations

import datetime
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from termwise.engine.advise import Advice
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.planning.model import Plan, SlotRef, Step
from termwise.engine.review.issued_plan import issue
from termwise.engine.review.model import IssuedPlan, PlanReview, ProgressEntry, Replanned
from termwise.engine.review.partnership_record import partnership
from termwise.engine.review.plan_review import review
from termwise.engine.review.replanning import replan
from termwise.engine.school.folder import load_school, packs_asked
from termwise.engine.school.school import School
from tests.made_up_year import a_term_later
from tests.places import EXAMPLES

DAY = datetime.date
ISSUED, AUTUMN, SPRING, SUMMER = (
    *(DAY(2026, 9, 1), DAY(2026, 11, 2)),
    *(DAY(2027, 1, 4), DAY(2027, 4, 12)),
)
BETWEEN = (DAY(2026, 10, 23), DAY(2027, 2, 12), DAY(2027, 5, 28))
"""Days in the middle of each term on which it is written down how steps stand."""
REVIEWS = (DAY(2026, 12, 15), DAY(2027, 3, 24), DAY(2027, 7, 15))
LATE, GONE, LONGER = "pupil-premium-strategy", "network-days", "accelerating-progress-reading"
TOLD = "targeted-tuition"
"""It begins in January, and the results of December do not ask for it any more."""
LEAVES = "teacher-5b"
OWN = "outdoor-mornings"
OWN_STEP = f"""
own_steps:
- id: {OWN}
  title: A morning outdoors each fortnight for Years 1 and 2
  strand: environment
  lead: environment-lead
  days: {{environment-lead: 0.5, teaching-assistant: 0.5}}
  half_terms: 2
  pounds: 200
  pays: resources
  shown_by: lost minutes at the start of lessons after lunch
  because: The governors promised it to parents in December.
"""


@dataclass
class Year:
    """What was in force, what was written down and what was said, in the order of the year."""

    plans: list[IssuedPlan]
    again: list[Replanned]
    reviews: list[PlanReview]
    rows: list[ProgressEntry]
    school: School
    library: Library


def rows_of(plan: Plan, until: datetime.date, rows: list[ProgressEntry]) -> None:
    """Write down each step as of the end of a term: nearly all goes as planned."""
    slots = {slot.id: slot for term in plan.terms for slot in term.slots}
    over = {one.step for one in rows if one.status in ("done", "stopped")}
    before = {one.step: one.days or 0.0 for one in rows}
    for step in plan.steps:
        if slots[step.begins].starts > until or step.id in over:
            continue
        rows.append(_row(step, slots, until, before.get(step.id, 0.0)))


def _row(
    step: Step, slots: dict[str, SlotRef], until: datetime.date, before: float
) -> ProgressEntry:
    starts = {one: slot.starts for one, slot in slots.items()}
    ends = slots[step.finishes].ends
    used = sum(one.days for one in step.effort if starts[one.slot] <= until)
    told: dict[str, object] = {
        "status": "on-track",
        "seen": range(1, len(step.active_ingredients) + 1),
    }
    if step.id == GONE and until > AUTUMN:
        told = {"status": "stopped", "note": "The network has closed."}
    elif step.id == LATE and until < SPRING:
        told = {"status": "not-started", "note": "Nobody had the time."}
        used = 0
    elif ends <= until:
        told |= {"status": "done"}
    if step.id == LONGER:
        used *= 1.4
    if told["status"] == "on-track":
        told["days_left"] = round(
            sum(one.days for one in step.effort if starts[one.slot] > until), 1
        )
    met = [n for n, one in enumerate(step.milestones, start=1) if one.due < until]
    return ProgressEntry.model_validate(
        {
            "date": until,
            "step": step.id,
            "by": step.lead.role,
            "days": max(round(used, 1), before),
            "signs": (),
            "met": met if told["status"] != "not-started" else (),
            **told,
        }
    )


def _school(folder: Path, library: Library) -> School:
    return load_school(folder, library)


def _nobody_gains(pupil: str, class_id: str, subject: str, band: int) -> int:
    return 0


def _six_gain(pupil: str, class_id: str, subject: str, band: int) -> int:
    return 1 if class_id in ("6A", "6B") and band < 2 else 0


@pytest.fixture(scope="module")
def year(
    tmp_path_factory: pytest.TempPathFactory, library: Library, all_advice: dict[str, Advice]
) -> Year:
    folder = tmp_path_factory.mktemp("year") / "hillside"
    shutil.copytree(EXAMPLES / "hillside", folder)
    found = Year(
        [issue(all_advice["hillside"], ISSUED)], [], [], [], all_advice["hillside"].school, library
    )
    terms = (
        (DAY(2026, 12, 11), "Autumn 2026", SPRING, _nobody_gains),
        (DAY(2027, 3, 19), "Spring 2027", SUMMER, _six_gain),
        (DAY(2027, 6, 25), "Summer 2027", None, _six_gain),
    )
    for (judged, title, next_term, moves), half, on in zip(terms, BETWEEN, REVIEWS, strict=True):
        rows_of(found.plans[-1].plan, half, found.rows)
        if half < AUTUMN:
            _planned_again(found, AUTUMN)
        force = found.plans[-1]
        rows_of(force.plan, on, found.rows)
        a_term_later(folder, title, judged, moves, seed=judged.month)
        found.school = _school(folder, library)
        before = found.reviews[-1] if found.reviews else None
        found.reviews.append(
            review(
                *(found.school, library, force, found.rows, on, before),
                earlier=found.plans[:-1],
            )
        )
        if next_term is None:
            break
        if (
            next_term == SPRING
        ):  # a teacher leaves at Christmas, and nobody is found; a step of its own comes in
            with (folder / "school.yaml").open("a", encoding="utf-8") as file:
                file.write(OWN_STEP)
            library = found.library = load_library(asked=packs_asked(folder))
            staff = folder / "staff.yaml"
            text = staff.read_text("utf-8")
            vacant = f"- id: {LEAVES}\n  vacant: {{from: 2027-01-01}}\n"
            assert f"- id: {LEAVES}\n" in text
            staff.write_text(text.replace(f"- id: {LEAVES}\n", vacant), "utf-8")
            found.school = _school(folder, library)
        _planned_again(found, next_term, found.reviews[-1])
    return found


def _planned_again(found: Year, on: datetime.date, accept: PlanReview | None = None) -> None:
    *earlier, force = found.plans
    asked = (found.school, found.library, force, found.rows, on)
    again = replan(*asked, accept=accept, earlier=earlier)
    found.again.append(again.plan)
    found.plans.append(issue(again.advice, on, since=force, accepted=again.accepted))


def test_the_past_never_changes(year: Year) -> None:
    for before, after in zip(year.plans, year.plans[1:], strict=False):
        stopped = {
            one.step for one in year.rows if one.status == "stopped" and one.date <= after.issued
        }
        ended = {one.step for one in year.rows if one.status == "not-started"}
        now = {one.id: one for one in after.plan.steps}
        slots = {slot.id: slot for term in before.plan.terms for slot in term.slots}
        past = [one for one in before.plan.steps if slots[one.begins].starts < after.issued]
        assert past
        for step in past:
            if step.id not in stopped | ended:
                assert now[step.id].starts == step.starts, step.id


def test_what_runs_goes_on_for_all_it_was_for_though_results_no_longer_ask_for_some(
    year: Year,
) -> None:
    for before, after in zip(year.plans, year.plans[1:], strict=False):
        now = {one.id: one for one in after.plan.steps}
        runs = {one.step for one in _last_rows(year, after) if one.status == "on-track"}
        for step in before.plan.steps:
            if step.id in runs:
                assert set(step.target.ids) <= set(now[step.id].target.ids), step.id


def _last_rows(year: Year, after: IssuedPlan) -> list[ProgressEntry]:
    """The last that was written down of each step before a plan was made again."""
    return list({one.step: one for one in year.rows if one.date <= after.issued}.values())


def test_nothing_new_begins_in_the_past(year: Year) -> None:
    for before, after in zip(year.plans, year.plans[1:], strict=False):
        was = {one.id for one in before.plan.steps}
        slots = {slot.id: slot for term in after.plan.terms for slot in term.slots}
        new = [one for one in after.plan.steps if one.id not in was]
        assert all(slots[one.begins].starts >= after.issued for one in new)


def test_time_and_money_used_and_planned_are_within_what_there_is(year: Year) -> None:
    for issued in year.plans:
        plan = issued.plan
        slots = {slot.id: slot for term in plan.terms for slot in term.slots}
        over = []
        for load in plan.load:
            if slots[load.slot].starts >= issued.issued and load.used > load.capacity + 0.05:
                over.append(load)
        # what runs and takes longer takes its time first: within what people stated
        assert all(load.used <= load.stated + 0.05 for load in over)
        new = [one for one in plan.steps if slots[one.begins].starts >= issued.issued]
        begun = {(one.role, one.slot) for step in new for one in step.effort if one.days}
        assert not begun & {(load.role, load.slot) for load in over}
        for use in plan.budget:
            assert use.planned <= use.available, use
        assert not plan.conflict


def test_the_time_of_people_is_what_was_used_and_is_still_needed(year: Year) -> None:
    for issued in year.plans[1:]:
        rows = {one.step: one for one in year.rows if one.date <= issued.issued}
        ended = {one.step: one for one in issued.accepted}
        told = {name: one for name, one in rows.items() if one.status != "not-started"}
        expected = sum(
            (one.days or 0) + (0 if name in ended else one.days_left or 0)
            for name, one in told.items()
        )
        to_come = [one for one in issued.plan.steps if one.id not in told]
        expected += sum(one.days for step in to_come for one in step.effort)
        counted = sum(one.used for one in issued.plan.load if one.kind == "role")
        assert counted == pytest.approx(expected)


def test_what_people_were_told_of_stays_though_results_no_longer_ask_for_it(year: Year) -> None:
    _, spring, _ = year.again
    [kept] = [one for one in spring.changes.kept if one.step == TOLD]
    assert kept.otherwise[0].startswith("stays, since people were told of it")
    [because] = [
        one.words
        for step in spring.steps
        if step.id == TOLD
        for one in step.because
        if not one.rule
    ]
    assert because == "kept from the plan of 2 November 2026"


def test_what_runs_for_some_is_not_planned_for_others_in_the_past(year: Year) -> None:
    for before, after in zip(year.plans, year.plans[1:], strict=False):
        slots = {slot.id: slot for term in before.plan.terms for slot in term.slots}
        now = {one.id: one for one in after.plan.steps}
        for step in before.plan.steps:
            if slots[step.begins].starts < after.issued and step.id in now:
                assert now[step.id].target.ids == step.target.ids or step.id == LATE, step.id


def test_what_was_stopped_is_out_and_what_was_late_begins_later(year: Year) -> None:
    _, spring, summer = year.again
    assert GONE not in {one.id for one in spring.steps} | {one.id for one in summer.steps}
    late = next(one for one in spring.changes.moved if one.step == LATE)
    assert late.from_ and late.to and late.to.slot[-4:] == "2027"
    assert late.because[0] == "Not started on 15 December 2026. Nobody had the time."


def test_what_takes_longer_is_told_in_the_review(year: Year) -> None:
    found = next(one for one in year.reviews[0].steps if one.step == LONGER)
    assert found.used.days is not None and found.used.days > 0
    assert found.proposal is not None


def test_a_step_of_the_schools_own_is_planned_followed_and_reviewed_like_any_other(
    year: Year,
) -> None:
    [new] = [one for one in year.again[1].changes.new if one.step == OWN]
    assert new.to and new.to.pounds == 200 and new.to.lead == "Learning Environment strand lead"
    assert "The governors promised it to parents in December." in " ".join(new.because)
    told = {one.step: one for one in year.reviews[2].steps}[OWN]
    assert told.means in ("running", "done") and told.used.days
    assert OWN in {one.step for one in year.again[2].changes.kept}


def test_little_moves_when_the_plan_is_made_again(year: Year) -> None:
    for again in year.again:
        assert len(again.changes.moved) <= 4, [one.step for one in again.changes.moved]


def test_a_term_without_change_is_called_no_progress_and_a_planted_gain_is(year: Year) -> None:
    autumn, spring, _ = year.reviews
    shares = [
        sum(one.moved == told for one in autumn.pupils) / (3 * len(year.school.pupils))
        for told in ("gained", "fell")
    ]
    assert max(shares) <= 0.05
    assert {one.moved.moved for one in autumn.subjects if one.moved} == {"within-error"}
    assert all(one.moved and one.moved.moved == "gained" for one in spring.subjects)


def test_the_years_end_says_what_came_of_the_plan(year: Year) -> None:
    july = year.reviews[-1]
    assert {(one.since, one.to) for one in july.subjects} == {("Spring 2027", "Summer 2027")}
    assert {(one.since, one.to) for one in july.over_the_year} == {("Summer 2026", "Summer 2027")}
    assert not year.reviews[0].over_the_year
    assert july.since == REVIEWS[1]
    done = [one for one in july.steps if one.means == "done"]
    assert len(done) > 15
    assert not july.to_come
    assert re.match("P1", july.priorities[0].priority)
    gaps = [one for one in july.outcomes if one.title == "Gap at expected"]
    assert {one.was_of for one in gaps} == {"Summer 2026"}  # as it stood when it was agreed
    assert {one.now_of for one in gaps} == {"Summer 2027"}
    first = [one for one in year.plans[0].plan.outcomes if one.title == "Gap at expected"]
    agreed = {one.about: one.goal.value for one in first if one.goal}
    assert {one.about: one.goal for one in gaps} == agreed  # and as it was to become then


def test_what_is_not_over_when_the_plan_ends_does_not_just_go_on(year: Year) -> None:
    told = {
        one.step: one.proposal.id
        for one in year.reviews[-1].steps
        if one.proposal and one.means == "running"
    }
    assert "carry-over" in told.values()
    assert not {"go-on", "extend", "coach", "change"} & set(told.values())
    autumn = {one.proposal.id for one in year.reviews[0].steps if one.proposal}
    assert "carry-over" not in autumn


def test_what_was_learned_about_planning_is_told(year: Year) -> None:
    july = year.reviews[-1]
    assert {one.title for one in july.in_time} >= {"Autumn 2026"} or july.in_time
    assert all(0.8 <= one.factor <= 1.3 for one in july.learned)
    assert july.learned


def test_the_years_are_summed_up_with_each_change_once(year: Year) -> None:
    told = partnership(year.school, year.library, year.plans, year.rows, REVIEWS[-1])
    assert told.since == ISSUED and len(told.years) == 1
    [done] = told.years
    assert done.done > 15 and done.days > 50
    accepted = {one.step: one.status for one in year.plans[-1].accepted}
    assert accepted
    stopped = {one.step for one in year.rows if one.status == "stopped"}
    assert done.stopped == len(
        stopped | {name for name, one in accepted.items() if one == "stopped"}
    )
    gap = next(one for one in told.outcomes if one.title == "Gap at expected")
    assert [one.of for one in gap.stages] == [
        "Summer 2026",
        "Autumn 2026",
        "Spring 2027",
        "Summer 2027",
    ]
    assert all(len(one.stages) == 1 for one in told.strands)  # nobody has judged anew
    assert told.inspections[0].grade == "Requires improvement"
