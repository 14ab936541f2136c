"""The dates of a plan as a head would copy them into the diary."""

from __future__ import annotations

from termwise.engine.documents.builders.plan_calendar import calendar
from termwise.engine.documents.tree import Section, Table, is_empty, plain
from termwise.engine.documents.words import Names
from termwise.engine.planning import CalendarEntry
from tests import made_up_plan
from tests.made_up_plan import DAY


def entry(slot: str, date: object, what: str, **given: object) -> CalendarEntry:
    made = {"slot": slot, "date": date, "what": what, "people": ("Head", "Chair"), "step": "visits"}
    return CalendarEntry.model_validate({**made, "duty": False, **given})


def test_each_half_term_has_its_dates_with_the_day_of_the_week_and_who_comes() -> None:
    entries = (
        entry("aut1", DAY(2026, 9, 23), "Network Day", fixed=True),
        entry("aut1", DAY(2026, 9, 29), "Visit", notes=("On the same day as it.",)),
        entry("spr1", DAY(2027, 1, 8), "the note is sent", by=True),
    )
    plan = made_up_plan.plan().model_copy(update={"calendar": entries})
    sections = [b for b in calendar(plan, Names(plan)).blocks if isinstance(b, Section)]
    assert [plain(one.title) for one in sections] == ["Autumn 1 2026", "Spring 1 2027"]
    rows = [
        row.cells for one in sections for t in one.blocks if isinstance(t, Table) for row in t.rows
    ]
    assert rows == [
        ("Wed 23 September 2026", "Network Day", "Head, Chair", "set by the school"),
        ("Tue 29 September 2026", "Visit. On the same day as it.", "Head, Chair", "proposed"),
        ("by Fri 8 January 2027", "The note is sent", "Head, Chair", ""),
    ]


def test_a_plan_without_dates_has_no_section_of_them() -> None:
    plan = made_up_plan.plan()
    assert is_empty(calendar(plan, Names(plan)))
