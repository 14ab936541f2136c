"""What a school learned about planning: a factor from three finished steps of a kind on, shrunk towards one."""

from __future__ import annotations

import datetime

from termwise.engine.library.loader import Library
from termwise.engine.review.effort_learned import Learned
from termwise.engine.review.model import IssuedPlan, ProgressEntry
from tests.made_up_plan import step
from tests.made_up_progress import issued

DAY = datetime.date
NAMES = ("visits", "clubs", "walks", "talks")


def row(name: str, days: float, status: str = "done", on: DAY = DAY(2026, 12, 1)) -> ProgressEntry:  # noqa: B008
    given = {"date": on, "step": name, "by": "headteacher", "status": status, "days": days}
    return ProgressEntry.model_validate(given)


def in_force() -> IssuedPlan:
    return issued(*(step(name, "aut1", "aut2") for name in NAMES))


def test_before_three_steps_of_a_kind_are_finished_nothing_is_proposed(library: Library) -> None:
    rows = [row("visits", 4), row("clubs", 4), row("walks", 4, "on-track")]
    assert list(Learned([in_force()], rows, library).effort()) == []


def test_what_always_takes_half_as_long_again_is_proposed_half_of_that_at_first(
    library: Library,
) -> None:
    rows = [row(name, 3) for name in NAMES[:3]]  # two days each were planned
    [found] = Learned([in_force()], rows, library).effort()
    assert (found.strand, found.steps, found.planned, found.used) == ("leadership", 3, 6, 9)
    assert found.factor == 1.2  # (9 + 6) / (6 + 6), as if three more had gone as planned


def test_a_factor_that_was_planned_with_is_taken_off_first(library: Library) -> None:
    plan = in_force().model_copy(update={"effort": {"leadership": 2.0}})
    [found] = Learned([plan], [row(name, 2) for name in NAMES[:3]], library).effort()
    assert (found.planned, found.used) == (3, 6)
    assert found.factor == 1.5


def test_what_went_as_planned_needs_no_factor(library: Library) -> None:
    [found] = Learned([in_force()], [row(name, 2) for name in NAMES], library).effort()
    assert found.factor == 1


def test_what_was_done_in_its_term_is_counted_and_what_was_later_is_not(library: Library) -> None:
    late = DAY(2027, 1, 10)
    rows = [row("visits", 2), row("clubs", 2), row("walks", 2, on=late)]
    [autumn] = Learned([in_force()], rows, library).in_time(DAY(2027, 2, 13))
    assert (autumn.planned, autumn.done) == (4, 2)


def test_a_step_that_comes_again_in_the_next_year_is_learned_of_once_for_each(
    library: Library,
) -> None:
    first = in_force()
    plan = first.plan.model_copy(update={"starts": DAY(2027, 9, 1)})
    second = first.model_copy(update={"issued": DAY(2027, 9, 1), "plan": plan})
    rows = [row(name, 2) for name in NAMES[:2]]
    rows += [row(name, 4, on=DAY(2027, 12, 1)) for name in NAMES[:2]]
    [found] = Learned([first, second], rows, library).effort()
    assert (found.steps, found.planned, found.used) == (4, 8, 12)
