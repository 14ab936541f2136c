"""progress.csv is read row by row, and every mistake in it is told at its cell."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest

from termwise.engine.core.errors import ContentError
from termwise.engine.library.loader import Library
from termwise.engine.review.model import IssuedPlan, ProgressEntry
from termwise.engine.review.plans_folder import plan_on
from termwise.engine.review.progress_file import read_progress, written_of
from termwise.engine.review.progress_report import progress
from termwise.engine.school.school import School
from tests.made_up_plan import step
from tests.made_up_progress import SECOND, issued, rows

TODAY = datetime.date(2026, 12, 1)
PLANS = (issued(),)


def read(
    school: School, library: Library, *lines: str, plans: Sequence[IssuedPlan] = PLANS
) -> tuple[ProgressEntry, ...]:
    return read_progress(rows(*lines), plans, school, library, TODAY)


def test_a_row_is_read_with_words_as_people_write_them(
    little_fen: School, library: Library
) -> None:
    [entry] = read(
        little_fen,
        library,
        "20/10/2026,Visits,Headteacher,In progress,A,Two visits.,notes,2.5 days,£120,1,2 1,3/11/2026",
    )
    assert entry == ProgressEntry(
        date=datetime.date(2026, 10, 20),
        step="visits",
        by="headteacher",
        status="on-track",
        rag="amber",
        note="Two visits.",
        evidence="notes",
        days=2.5,
        pounds=120,
        days_left=1,
        met=(1, 2),
        next=datetime.date(2026, 11, 3),
        begun=PLANS[0].plan.starts,
    )


def test_rows_come_back_in_the_order_of_days(little_fen: School, library: Library) -> None:
    found = read(
        little_fen,
        library,
        "2026-11-20,visits,headteacher,done,,,,3,,,,",
        "2026-10-20,visits,headteacher,behind,red,,,1,,2,,",
    )
    assert [one.status for one in found] == ["behind", "done"]


@pytest.mark.parametrize(
    ("row", "place", "says"),
    [
        ("2026-10-20,visit,headteacher,done", "2:2", "did you mean “visits”?"),
        ("2026-10-20,visits,headmaster,done", "2:3", "there is no such role"),
        ("2026-10-20,visits,headteacher,nearly", "2:4", "status can't be read; it can be"),
        ("2026-10-20,visits,headteacher,done,mauve", "2:5", "rag can't be read"),
        ("2026-12-24,visits,headteacher,done", "2:1", "is after today, 2026-12-01"),
        ("2026-08-24,visits,headteacher,done", "2:1", "is before the plan, which is from"),
        ("30/30/2026,visits,headteacher,done", "2:1", "date is no date"),
        (",visits,headteacher,done", "2:1", "date is empty"),
        ("2026-10-20,visits,headteacher,done,,,,a few", "2:8", "days is no number"),
        ("2026-10-20,visits,headteacher,behind,,,,4.6", "2:8", "have stated until then, 4.5"),
        ("2026-10-20,visits,headteacher,not started,,,,1", "2:8", "the step is not begun"),
        ("2026-10-20,visits,headteacher,done,,,,1,,2", "2:10", "days are still needed"),
        ("2026-10-20,visits,headteacher,done,,,,,,,3", "2:11", "it has 2, counted from 1"),
        ("2026-10-20,visits,headteacher,done,,,,,,,all", "2:11", "is no list of milestones"),
        ("2026-10-20,visits,headteacher,behind,,,,,,,,2026-10-19", "2:12", "before the day"),
        ("2026-10-20,visits,headteacher,done,,=1+1", "2:6", "begins as a formula does"),
        (f"2026-10-20,visits,headteacher,done,,{'long ' * 99}", "2:6", "is too long"),
        ("2026-10-20,visits,headteacher,done,,,,,,,,,more", "2:1", "more cells"),
    ],
)
def test_a_mistake_is_told_at_its_cell(
    row: str, place: str, says: str, little_fen: School, library: Library
) -> None:
    with pytest.raises(ContentError) as told:
        read(little_fen, library, row)
    [problem] = told.value.problems
    assert str(problem).startswith(f"progress.csv:{place}: ")
    assert says in str(problem)


@pytest.mark.parametrize(
    ("second", "says"),
    [
        ("2026-10-20,visits,headteacher,done", "row 2 tells of the same step on the same day"),
        ("2026-11-01,visits,headteacher,behind,,,,1", "is less than on 2026-10-20, when 2 had"),
        ("2026-11-01,visits,headteacher,not started", "the step was begun by 2026-10-20"),
    ],
)
def test_rows_that_contradict_one_another_are_told(
    second: str, says: str, little_fen: School, library: Library
) -> None:
    with pytest.raises(ContentError, match=says):
        read(little_fen, library, "2026-10-20,visits,headteacher,behind,,,,2", second)


def test_all_mistakes_are_told_at_once(little_fen: School, library: Library) -> None:
    with pytest.raises(ContentError) as told:
        read(little_fen, library, "2027-10-20,viisits,head,dun", "2026-10-20,,headteacher,done")
    assert len(told.value.problems) == 5


def test_a_step_of_another_plan_says_so(little_fen: School, library: Library) -> None:
    plans = (issued(), issued(step("clubs", "aut2", "aut2"), on=SECOND))
    with pytest.raises(ContentError) as told:
        read(
            little_fen,
            library,
            "2026-11-20,visits,headteacher,done",
            "2026-10-20,clubs,headteacher,done",
            plans=plans,
        )
    dropped, too_soon = map(str, told.value.problems[::-1])
    assert "was dropped: it is in the plan of 2026-09-01" in dropped or "was dropped" in too_soon
    assert "came into the plan on 2026-11-02" in dropped + too_soon
    assert read(
        little_fen,
        library,
        "2026-10-20,visits,headteacher,done",
        "2026-11-20,clubs,headteacher,on track",
        plans=plans,
    )


def test_a_heading_that_is_missing_is_told_once(little_fen: School, library: Library) -> None:
    raw = b"date,step,by\n2026-10-20,visits,headteacher\n2026-10-21,visits,headteacher\n"
    with pytest.raises(ContentError) as told:
        read_progress(raw, PLANS, little_fen, library, TODAY)
    assert [one.what for one in told.value.problems] == ["the column status is missing"]


def test_what_was_seen_is_read_by_number_and_none_is_something_else_than_nothing(
    little_fen: School, library: Library
) -> None:
    plan = issued(
        step("visits", "aut1", "aut2", active_ingredients=("talk", "try"), stop_if=("tears",))
    )
    columns = "date,step,by,status,seen,signs,reached\n"
    raw = (columns + "2026-10-01,visits,headteacher,on-track,2 1,none,\n").encode()
    [entry] = read_progress(raw, [plan], little_fen, library, SECOND)
    assert (entry.seen, entry.signs, entry.reached) == ((1, 2), (), None)


def test_numbers_of_what_the_step_has_not_are_told(little_fen: School, library: Library) -> None:
    plan = issued(step("visits", "aut1", "aut2", active_ingredients=("talk", "try")))
    columns = "date,step,by,status,seen,signs,reached\n"
    raw = (columns + "2026-10-01,visits,headteacher,on-track,3,1,all\n").encode()
    with pytest.raises(ContentError) as told:
        read_progress(raw, [plan], little_fen, library, SECOND)
    words = " ".join(str(one) for one in told.value.problems)
    assert (
        "progress.csv:2:5: names one of the active ingredients that the step has not; it has 2"
        in words
    )
    assert "progress.csv:2:6: names one of the signs to stop that the step has not" in words
    assert "progress.csv:2:7: is no list of success measures" in words


def next_year(on: datetime.date) -> IssuedPlan:
    """A plan of the same steps for a year that begins when the first is over."""
    first = issued()
    starts = first.plan.ends + datetime.timedelta(days=30)
    plan = first.plan.model_copy(
        update={"starts": starts, "ends": starts + datetime.timedelta(days=300)}
    )
    return first.model_copy(update={"issued": on, "plan": plan, "since": first.issued})


def test_a_plan_issued_for_the_next_year_is_in_force_when_that_begins() -> None:
    first = issued()
    second = next_year(first.plan.ends - datetime.timedelta(days=9))
    plans, day = (first, second), datetime.timedelta(days=1)
    assert plan_on(plans, second.issued + day) is first
    assert plan_on(plans, second.plan.starts) is second
    assert plan_on(plans, second.plan.starts - day) is second  # nothing else runs
    assert plan_on(plans, second.plan.ends + day) is second
    assert plan_on(plans, first.issued - day) is first


def test_a_step_of_that_name_in_the_next_years_plan_is_another(
    little_fen: School, library: Library
) -> None:
    first = issued()
    second = next_year(first.plan.ends)
    later = second.plan.starts + datetime.timedelta(days=3)
    found = read_progress(
        rows(
            "2026-11-20,visits,headteacher,done,green,,,3,120,,,",
            f"{later},visits,headteacher,not-started,,,,,,,,",
        ),
        (first, second),
        little_fen,
        library,
        later,
    )
    assert [one.begun for one in found] == [first.plan.starts, second.plan.starts]
    assert written_of(first, found, later) == [found[0]]
    assert written_of(second, found, later) == [found[1]]
    [stands] = progress(second, found, library, later).steps
    assert (stands.means, stands.days_used, stands.rag) == ("not-begun", None, None)


def test_a_row_on_the_day_a_plan_is_issued_may_be_of_the_plan_before(
    little_fen: School, library: Library
) -> None:
    first = issued(step("visits", "aut1", "aut2"), step("clubs", "aut1", "aut2"))
    second = issued(step("visits", "aut1", "aut2"), on=SECOND)
    lines = [f"{SECOND},clubs,headteacher,stopped", f"{SECOND},visits,headteacher,done"]
    found = read(little_fen, library, *lines, plans=(first, second))
    assert [one.step for one in found] == ["clubs", "visits"]
    with pytest.raises(ContentError, match="was dropped"):
        day = SECOND + datetime.timedelta(days=1)
        read(little_fen, library, f"{day},clubs,headteacher,done", plans=(first, second))


def test_what_was_accepted_of_a_review_is_told_with_the_rows_and_a_later_row_stands_over_it() -> (
    None
):
    def said(day: int, status: str) -> ProgressEntry:
        return ProgressEntry(
            date=datetime.date(2026, 11, day), step="visits", by="headteacher", status=status
        )

    ended = said(9, "done")
    plan = issued().model_copy(update={"accepted": (ended,)})
    of_that_day = said(9, "on-track")
    assert written_of(plan, [of_that_day], TODAY) == [of_that_day, ended]
    assert written_of(plan, [said(10, "behind"), of_that_day, ended], TODAY) == [
        *(of_that_day, ended),
        said(10, "behind"),
    ]
    assert written_of(plan, [], datetime.date(2026, 11, 8)) == []
