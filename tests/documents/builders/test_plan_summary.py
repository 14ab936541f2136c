"""The plan on a screen: in about a screen, each mark told, and in columns that stand under each other."""

from __future__ import annotations

from termwise.engine.documents.builders.plan_summary import plan_summary
from termwise.engine.documents.render.plain_text import as_text
from tests import made_up_plan


def test_a_step_stands_with_who_leads_it_and_what_it_takes_in_columns_of_one_width() -> None:
    lines = as_text(plan_summary(made_up_plan.plan())).splitlines()
    [coaching] = [line for line in lines if line.startswith("  *  Coaching")]
    [feedback] = [line for line in lines if "Feedback" in line and "days" in line]
    assert coaching.index("Headteacher") == feedback.index("Headteacher") == 52
    assert coaching.endswith("2 days     £900") and len(coaching) == 100


def test_marks_keep_their_places_and_are_explained_only_where_one_is_there() -> None:
    plan = made_up_plan.plan()
    doubted = made_up_plan.step("visits", "aut1", "aut1", depends_on=("if it were secure",))
    told = as_text(plan_summary(plan.model_copy(update={"steps": (doubted,)})))
    assert " ?   Visits" in told
    assert "? hangs on a judgement" in told
    assert "* has to be done" not in told


def test_a_long_title_of_a_light_form_is_cut_before_the_words_that_say_so() -> None:
    light = made_up_plan.step("a" * 30 + " " + "b" * 30, "aut1", "aut1", form="light")
    told = as_text(plan_summary(made_up_plan.plan().model_copy(update={"steps": (light,)})))
    assert "… (light form) " in told


def test_many_steps_are_told_by_their_number() -> None:
    steps = tuple(made_up_plan.step(f"step{n}", "aut1", "aut1", score=n) for n in range(40))
    told = as_text(plan_summary(made_up_plan.plan().model_copy(update={"steps": steps})))
    assert "    and 16 more" in told
    assert "Step39" in told and "Step0 " not in told


def test_what_cannot_wait_is_among_the_steps_that_are_shown_whatever_it_is_worth() -> None:
    many = tuple(
        made_up_plan.step(f"step{number}", "autumn-1", "autumn-1", score=100)
        for number in range(20)
    )
    hurry = made_up_plan.step("hurry", "aut1", "aut1", score=1, urgent=("RPE-04",))
    plan = made_up_plan.plan().model_copy(update={"steps": (*many, hurry)})
    told = as_text(plan_summary(plan))
    assert "Hurry" in told


def test_a_conflict_comes_before_the_terms_with_its_ways_out_in_order_of_price() -> None:
    told = as_text(plan_summary(made_up_plan.stuck(made_up_plan.plan())))
    parts = (
        "What does not fit",
        "  1. The review starts",
        "  2. The review is",
        "Autumn and spring",
    )
    places = [told.index(part) for part in parts]
    assert places == sorted(places)


def test_a_reason_that_is_long_takes_two_lines() -> None:
    plan = made_up_plan.plan()
    [first, *_] = plan.left_out
    long = first.model_copy(update={"kind": "no-room", "reason": "because " * 60})
    told = as_text(plan_summary(plan.model_copy(update={"left_out": (long,)})))
    assert told.count("because because") and told.count("…") == 1
    assert sum("because because" in line for line in told.splitlines()) == 2
