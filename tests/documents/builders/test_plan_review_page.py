"""The document on a review: proposals with their reasons, what was done, what moved, pupils for their owner alone."""

from __future__ import annotations

import datetime

from termwise.engine.documents.answers import document_of, rendered
from termwise.engine.review import model as view
from tests import made_up_plan

DAY = datetime.date
GROUP = view.GroupMoved(
    who="the pupils it is for",
    measure="judgement",
    pupils=12,
    judgements=12,
    joined=1,
    left=0,
    change=0.25,
    error=0.21,
    by_itself=0.08,
    moved="within-error",
)


def reviewed() -> view.PlanReview:
    step = view.StepReview(
        step="visits",
        title="Visits",
        lead="Headteacher",
        priorities=("P1",),
        status="behind",
        means="running",
        rag="red",
        note="The <b>second</b> teacher was away",
        fidelity=view.Fidelity(
            share=50,
            on=DAY(2026, 12, 1),
            by="Headteacher",
            ingredients=(
                view.Ingredient(number=1, what="a plan before it", seen=True),
                view.Ingredient(number=2, what="a talk after it", seen=False),
            ),
            signs=(view.Ingredient(number=1, what="teachers fear it", seen=True),),
        ),
        planned=view.Planned(starts=DAY(2026, 9, 1), ends=DAY(2026, 12, 18), days=4, pounds=900),
        used=view.Used(began=DAY(2026, 9, 1), days=3, left=2.5, pounds=None),
        milestones=(),
        moved=(
            view.FigureMoved(
                title="share at risk",
                about="6A in maths",
                was=40.0,
                was_of="Summer 2026",
                now=31.5,
                now_of="Autumn 2026",
                unit="percent",
                goal=30.0,
                by=DAY(2027, 7, 1),
                reached=False,
                anew=True,
            ),
        ),
        pupils=view.StepPupils(
            since="Summer 2026",
            to="Autumn 2026",
            chosen=True,
            own=GROUP,
            others=None,
            year=None,
            beside=None,
        ),
        proposal=view.ProposalRef(
            id="coach", title="go on and coach", means="Help comes.", decides=True
        ),
        because=(
            view.ReviewReason(
                rule="REV-04",
                title="Not as described",
                speaks="for",
                words="50 % were seen",
                why="Help first.",
            ),
        ),
    )
    return view.PlanReview(
        school=made_up_plan.SCHOOL,
        issued=DAY(2026, 9, 1),
        on=DAY(2026, 12, 14),
        since=None,
        notice="No cause is meant.",
        of_others="They rise by themselves.",
        says=("Nothing is known of the rest.",),
        priorities=(),
        steps=(step,),
        to_come=("Clubs",),
        outcomes=(),
        subjects=(),
        pupils=(
            view.PupilMoved(
                ref="K7MX-2R9T",
                year="6",
                **{"class": "6A"},
                subject="maths",
                then="at-risk",
                now="watch",
                moved="gained",
                secured=(view.SkillRef(skill="5F-2", title="find tenths"),),
            ),
        ),
        questions=(view.ReviewQuestion(ask="Who helps?", steps=("Visits",)),),
        frees_days=0,
        frees_pounds=0,
        left=None,
    )


def test_a_review_tells_the_proposal_with_its_reasons_and_no_cause() -> None:
    told = " ".join(rendered(reviewed(), "md").split())
    assert "Proposed: go on and coach." in told and "50 % were seen" in told
    assert "1 of 2 seen (1 Dec)" in told and "2, not seen: A talk after it." in told
    assert "Teachers fear it." in told
    assert (
        "12 pupils, +0.25 bands (error ±0.21): within the error: neither progress nor a fall"
        in told
    )
    assert "+0.08 would be expected of them by themselves" in told
    assert "1 joined and are left out" in told
    assert "40 %, now 31.5 %, to be 30 %; not reached" in told
    assert "They rise by themselves." in told and "No cause is meant." in told


def test_pupils_stand_in_the_page_for_its_owner_and_not_in_the_summary() -> None:
    page = rendered(reviewed(), "html")
    assert "K7MX-2R9T" in page and "<b>second" not in page
    assert document_of(reviewed()).private
    assert "K7MX-2R9T" not in rendered(reviewed(), "text")


def test_steps_of_which_nothing_is_written_down_are_counted_in_one_sentence() -> None:
    found = reviewed()
    [step] = found.steps
    early = view.ProposalRef(id="early", title="too early to say", means="", decides=False)
    silent = step.model_copy(update={"means": None, "title": "Nobody wrote", "proposal": early})
    told = found.model_copy(update={"steps": (step, silent, silent)})
    text = " ".join(rendered(told, "text").split())
    assert "What is proposed (1)" in text and "Nobody wrote" not in text
    assert "Too early to say: 2 steps of which nothing is written down." in text
    assert "Nobody wrote" not in rendered(told, "md")


def test_the_last_review_says_what_was_reached_and_that_a_next_plan_is_needed() -> None:
    found = reviewed()
    [step] = found.steps
    figure = step.moved[0]
    outcomes = (figure, figure.model_copy(update={"title": "absence", "reached": True}))
    july = found.model_copy(update={"on": DAY(2027, 7, 1), "outcomes": outcomes, "to_come": ()})
    text = " ".join(rendered(july, "text").split())
    assert "30 % by 1 July 2027: not reached" in text and "1 July 2027: reached" in text
    assert "The last of it ends on 18 December 2026: what is to go on after that" in text
    early = " ".join(rendered(found.model_copy(update={"outcomes": outcomes}), "text").split())
    assert "not reached" not in early and "next plan" not in early
