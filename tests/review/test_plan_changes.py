"""What is otherwise in a plan: each step once, with the reasons that the plans give."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from termwise.engine.advise import Advice
from termwise.engine.core.errors import TermwiseError
from termwise.engine.planning import model as view
from termwise.engine.review.model import IssuedPlan, Pack, PlanChanges
from termwise.engine.review.plan_changes import diff
from tests import made_up_plan
from tests.made_up_plan import step


def plan(*steps: view.Step, **changed: Any) -> view.Plan:
    return made_up_plan.plan().model_copy(update={"steps": steps, **changed})


def issued(one: view.Plan, rules: str) -> IssuedPlan:
    return IssuedPlan(
        issued=datetime.date(2026, 9, 1),
        since=None,
        agreed_by=(),
        note=None,
        packs=(Pack(name="rules", files=1, sha256=rules),),
        plan=one,
    )


def names(found: PlanChanges) -> dict[str, list[str]]:
    parts = ("kept", "moved", "new", "dropped")
    return {part: [one.step for one in getattr(found, part)] for part in parts}


def test_a_plan_beside_itself_has_no_changes(all_advice: dict[str, Advice]) -> None:
    for advice in all_advice.values():
        found = diff(advice.plan, advice.plan)
        assert names(found) == {
            "kept": [one.id for one in advice.plan.steps],
            "moved": [],
            "new": [],
            "dropped": [],
        }
        assert not [one for one in found.kept if one.otherwise]
        assert not (found.money or found.time or found.figures or found.files)
        assert {one.kind for one in found.priorities} == {"kept"}


def test_every_step_is_told_once_with_where_it_stood_and_stands() -> None:
    old = plan(step("coaching", "aut1", "aut1"), step("visits", "aut1", "aut2"))
    new = plan(step("visits", "aut2", "spr1"), step("clubs", "spr1", "spr1"))
    found = diff(old, new)
    assert names(found) == {
        "kept": [],
        "moved": ["visits"],
        "new": ["clubs"],
        "dropped": ["coaching"],
    }
    [moved] = found.moved
    assert moved.from_ and moved.to
    assert (moved.from_.title, moved.to.title) == ("Autumn 1 2026", "Autumn 2 2026")
    assert moved.otherwise == ("ends in Spring 1 2027 instead of Autumn 2 2026",)
    assert found.new[0].from_ is None and found.dropped[0].to is None


def test_what_happens_a_few_times_stands_where_its_first_time_is() -> None:
    def time(slot: str, day: datetime.date) -> view.Occurrence:
        return view.Occurrence(slot=slot, date=day, fixed=False, follow_ups=())

    spring = time("spr1", datetime.date(2027, 1, 8))
    autumn = time("aut2", datetime.date(2026, 11, 8))
    old = plan(step("review", "aut1", "spr1", occurrences=(autumn, spring)))
    new = plan(step("review", "aut1", "spr1", occurrences=(spring,)))
    [moved] = diff(old, new).moved
    assert moved.from_ and moved.to and (moved.from_.slot, moved.to.slot) == ("aut2", "spr1")


def test_a_move_is_explained_by_what_it_builds_on_and_what_each_plan_says_of_its_place() -> None:
    old = plan(
        step("coaching", "aut1", "aut1", why_here=("Both say so.",)),
        step("visits", "aut2", "aut2", needs=("coaching",), why_here=("There was no room.",)),
    )
    new = plan(
        step("coaching", "aut2", "aut2", why_here=("Both say so.", "Not before.")),
        step("visits", "spr1", "spr1", needs=("coaching",), why_here=("It waits.",)),
    )
    because = {one.step: one.because for one in diff(old, new).moved}
    ready = "which is ready at the end of Autumn 2 2026 instead of Autumn 1 2026."
    assert because == {
        "coaching": ("Not before.",),
        "visits": (f"It builds on “Coaching”, {ready}", "It waits."),
    }
    back = {one.step: one.because for one in diff(new, old).moved}
    assert back["coaching"] == ("What kept it back in the plan before: Not before.",)
    [free] = diff(plan(step("a", "aut1", "aut1")), plan(step("a", "aut2", "aut2"))).moved
    assert free.because[0].startswith("Nothing keeps it from either place")


def test_what_comes_and_goes_says_why_it_was_out_and_is() -> None:
    tuition = step("tuition", "aut1", "aut1")
    [new] = diff(plan(), plan(tuition)).new
    assert new.because == (
        "teachers judge like work differently",
        "Before, it was left out: It has to be over before the tests.",
    )
    [gone] = diff(plan(tuition), plan()).dropped
    assert gone.because == ("It has to be over before the tests.",)
    bare = plan(left_out=())
    assert diff(plan(tuition), bare).dropped[0].because == (
        "Nothing asks for it any more; before, this did: teachers judge like work differently",
    )
    for_others = tuition.model_copy(update={"because": ()})
    assert diff(plan(for_others), bare).dropped[0].because == ("Nothing asks for it any more.",)
    done = plan(left_out=(), in_place=("Tuition",))
    assert diff(plan(tuition), done).dropped[0].because == ("It is in place now.",)


def test_what_needs_something_that_is_gone_says_so_and_not_what_speaks_of_others_alone() -> None:
    out = made_up_plan.plan().left_out[0].model_copy(update={"intervention": "visits"})
    coaching = step("coaching", "aut1", "aut1")
    old = plan(coaching, step("visits", "aut2", "aut2", needs=("coaching",)))
    gone = {one.step: one.because for one in diff(old, plan(left_out=(out,))).dropped}
    assert gone["visits"] == ("It builds on “Coaching”, which is no longer in the plan.",)
    room = out.model_copy(update={"kind": "no-room", "reason": "There is no room."})
    [visits] = diff(old, plan(coaching, left_out=(out, room))).dropped
    assert visits.because == ("There is no room.",)


def test_what_is_kept_says_what_else_is_otherwise() -> None:
    old = plan(step("visits", "aut1", "aut2"))
    changed: dict[str, Any] = {
        "form": "light",
        "lead": view.Lead(role="senco", title="SENCO", people=()),
        "target": view.Target(kind="class", ids=("6B",), words="class 6B"),
        "effort": (view.Effort(role="senco", title="SENCO", slot="aut1", days=1.0),),
        "cost": (),
    }
    found = diff(old, plan(step("visits", "aut1", "aut2", **changed)))
    assert found.kept[0].otherwise == (
        "led by SENCO instead of Headteacher",
        "in its light form",
        "for class 6B instead of the whole school",
        "takes 1 day instead of 2 days",
        "costs £0 instead of £900",
    )


def test_the_time_of_a_role_is_all_that_was_used_or_is_planned() -> None:
    def load(role: str, used: float, kind: Any = "role") -> view.Load:
        figures = {"used": used, "capacity": 4.0, "stated": 5.0}
        return view.Load(role=role, title=role.upper(), kind=kind, slot="aut1", **figures)

    old = plan(load=(load("head", 1.5), load("head", 0.5), load("head+senco", 9.0, "people")))
    found = diff(old, plan(load=(load("senco", 1.0),)))
    assert [(one.role, one.title, one.was, one.now) for one in found.time] == [
        ("head", "HEAD", 2.0, 0.0),
        ("senco", "SENCO", 0.0, 1.0),
    ]


def test_time_that_is_bought_is_told_where_another_sum_is_paid_for_it() -> None:
    def bought(amount: float, pounds: int, slot: str = "aut1") -> view.Purchase:
        days = {"what": f"{amount} days of cover", "of": "of cover", "amount": amount}
        return view.Purchase.model_validate(
            {
                **days,
                **{"sold": "cover", "people": ("head",), "pounds": pounds, "slot": slot},
                **{"line": "pool", "year": "2026-27", "for": ("visits",)},
            }
        )

    visits = step("visits", "aut1", "aut2")
    old = plan(visits, purchases=(bought(1, 200), bought(1, 200, "spr1")))
    new = plan(visits, purchases=(bought(0.5, 100), bought(1, 200, "spr1"), bought(1, 200, "aut2")))
    told = [(one.what, one.slot, one.was, one.now, one.for_) for one in diff(old, new).bought]
    assert told == [
        ("0.5 days of cover", "aut1", 200, 100, ("Visits",)),
        ("1 days of cover", "aut2", 0, 200, ("Visits",)),
    ]
    assert [(one.what, one.was, one.now) for one in diff(new, plan(visits)).bought] == [
        ("0.5 days of cover", 100, 0),
        ("1 days of cover", 200, 0),
        ("1 days of cover", 200, 0),
    ]


def test_money_priorities_and_files_are_told_where_they_differ() -> None:
    priority = view.Priority(
        id="P1",
        strand="assessment",
        strand_title="Assessment",
        title="Judgements",
        rank=1,
        judgement="Emerging",
        target="Secure",
        by=None,
        lead=None,
        agreed=True,
        why="",
        evidence=(),
        covered_by=("visits",),
    )
    file = view.InputFile(file="cqa.yaml", sha256="a", rows=0)
    line = made_up_plan.plan().budget[0]
    old = plan(step("visits", "aut1", "aut1"), priorities=(priority,), inputs=(file,))
    new = plan(
        step("visits", "aut1", "aut1"),
        priorities=(
            priority.model_copy(update={"judgement": "Developing", "covered_by": ()}),
            priority.model_copy(update={"id": "P2"}),
        ),
        inputs=(file.model_copy(update={"sha256": "b"}),),
        budget=(line.model_copy(update={"planned": 900}),),
    )
    found = diff(old, new)
    assert [(one.title, one.was, one.now) for one in found.money] == [("Pool", 2700, 900)]
    assert [(one.priority, one.kind) for one in found.priorities] == [
        ("P1", "changed"),
        ("P2", "new"),
    ]
    assert found.priorities[0].words == (
        "judged Developing instead of Emerging",
        "no longer for it: “Visits”",
    )
    assert found.files == ("cqa.yaml",)


def test_other_rules_are_told_of_plans_that_were_issued() -> None:
    one = plan(step("visits", "aut1", "aut1"))
    assert diff(one, one).packs is None
    assert diff(issued(one, "a"), issued(one, "a")).packs == ()
    assert diff(issued(one, "a"), issued(one, "b")).packs == ("rules",)


def test_plans_of_two_schools_are_not_held_against_each_other() -> None:
    other = plan(school=made_up_plan.SCHOOL.model_copy(update={"id": "elm", "name": "Elm"}))
    with pytest.raises(TermwiseError, match="Larch Primary School and Elm"):
        diff(plan(), other)
