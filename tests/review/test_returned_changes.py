"""What a school changed in its plan's file becomes proposals, and nothing else does."""

from __future__ import annotations

import datetime

import pytest

from termwise.engine.documents.answers import as_file
from termwise.engine.library.loader import Library
from termwise.engine.review.model import ProgressEntry
from termwise.engine.review.returned_changes import ReadBack, day_in, read_back, rows_of
from termwise.engine.review.returned_file import ReturnedRow, read_returned
from tests.made_up_plan import step
from tests.made_up_progress import MILESTONES, issued

DAY = datetime.date(2026, 11, 20)
STEPS = tuple(
    step(name, starts, "aut2", milestones=MILESTONES)
    for name, starts in (("talk", "aut1"), ("visits", "aut1"), ("words", "aut2"))
)
ENTRY = ProgressEntry(
    date=datetime.date(2026, 10, 1),
    step="talk",
    by="head",
    status="behind",
    rag="amber",
    note="Begun.",
    met=(1,),
)
AS_IT_IS = {
    "Code": "S01",
    "Action": "Talk\nWhat talk is.",
    "Lead": "Headteacher\nName: Mrs Somebody",
    "Start": "Autumn 1 2026",
    "End": "Autumn 2 2026",
    "RAG": "",
    "Impact": "",
}


def held(
    library: Library,
    *rows: dict[str, str],
    table: str = "table 1",
    known: tuple[ProgressEntry, ...] = (),
) -> ReadBack:
    told = [
        ReturnedRow(table, f"{table}, row {n}", AS_IT_IS | row) for n, row in enumerate(rows, 2)
    ]
    return read_back(told, issued(*STEPS), known, library, DAY)


def changes(found: ReadBack) -> list[tuple[str, str, str]]:
    return [(one.kind, one.code, one.now) for one in found.proposals]


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_file_as_it_was_made_proposes_nothing(
    form: str, library: Library, tmp_path: object
) -> None:
    from pathlib import Path

    from termwise.engine.documents.builders.plan_workbook import plan_workbook

    force = issued(*STEPS)
    what = force.plan if form == "docx" else plan_workbook(force.plan, {}, library.progress)
    path = Path(str(tmp_path)) / f"plan.{form}"
    path.write_bytes(as_file(what, form))
    found = read_back(read_returned(path), force, (), library, DAY)
    assert (found.proposals, found.not_understood, found.missing) == ((), (), ())
    assert found.rows >= 3


@pytest.mark.parametrize(
    ("said", "row"),
    [
        ({"RAG": "Amber"}, {"status": "on-track", "rag": "amber"}),
        ({"RAG": "g"}, {"status": "on-track", "rag": "green"}),
        ({"RAG": "Red – no cover"}, {"rag": "red", "note": "no cover"}),
        ({"RAG": "finished"}, {"status": "done"}),
        ({"RAG": "", "Impact": "Four talk."}, {"status": "on-track", "note": "Four talk."}),
        ({"RAG": "amber: late", "Impact": "Four talk."}, {"rag": "amber", "note": "late; Four talk."}),
        ({"Status": "behind", "Days used": "1.5", "Met": "1 2"}, {"status": "behind", "days": "1.5", "met": "1 2"}),
        ({"Date": "3/11/2026", "RAG": "red"}, {"date": "2026-11-03", "rag": "red"}),
    ],
)  # fmt: skip
def test_what_is_said_of_progress_becomes_a_row(
    said: dict[str, str], row: dict[str, str], library: Library
) -> None:
    [found] = rows_of(held(library, said))
    assert row.items() <= dict(found).items()
    assert found["step"] == "talk" and found["by"] == "head"


def test_what_is_written_down_already_is_not_proposed_again(library: Library) -> None:
    same = {"RAG": "amber", "Impact": "Begun.", "Status": "behind", "Met": "1"}
    assert held(library, same, known=(ENTRY,)).proposals == ()
    [row] = rows_of(held(library, same | {"Impact": "Two classes."}, known=(ENTRY,)))
    assert row["note"] == "Two classes." and row["status"] == "behind" and row["rag"] == "amber"


@pytest.mark.parametrize(
    ("said", "kind", "now"),
    [
        ({"Start": "Autumn 2 2026"}, "start", "Autumn 2 2026"),
        ({"Start": "aut 2"}, "start", "Autumn 2 2026"),
        ({"Start": "10/11/2026"}, "start", "Autumn 2 2026"),
        ({"End": "Thursday 7th January 2027"}, "end", "Spring 1 2027"),
        ({"Lead": "SENCO\nName: somebody"}, "lead", "SENCO"),
        ({"Action": "Talk and listen"}, "title", "Talk and listen"),
    ],
)
def test_what_moved_was_handed_on_or_renamed_is_proposed(
    said: dict[str, str], kind: str, now: str, library: Library
) -> None:
    found = held(library, said)
    assert changes(found) == [(kind, "S01", now)] and not found.not_understood


def test_a_row_without_a_code_is_a_step_of_the_schools_own(library: Library) -> None:
    found = held(library, {"Code": "", "Action": "Reading buddies"})
    [own] = found.proposals
    assert (own.kind, own.step, own.title) == ("added", None, "Reading buddies")


def test_a_code_that_is_gone_from_the_whole_plan_was_dropped_and_from_a_part_of_it_not(
    library: Library,
) -> None:
    rest = {"Code": "S02", "Action": "Visits"}
    assert changes(held(library, {}, rest)) == [("dropped", "S03", "no row of its code")]
    assert held(library, {}).proposals == ()


@pytest.mark.parametrize(
    "said",
    [
        {"RAG": "purple"},
        {"Status": "so so"},
        {"Start": "soon"},
        {"Start": "31/12/2031"},
        {"Lead": "Mrs Somebody"},
        {"Code": "S99"},
    ],
)
def test_what_can_not_be_understood_is_listed_with_its_place(
    said: dict[str, str], library: Library
) -> None:
    found = held(library, said)
    assert found.proposals == ()
    assert [one.where.startswith("table 1, row 2") for one in found.not_understood] == [True]


def test_the_name_of_a_person_is_never_repeated(library: Library) -> None:
    found = held(library, {"Lead": "Mrs Somebody"}, {"RAG": "red"})
    assert "Somebody" not in found.model_dump_json()


def test_a_milestone_with_a_day_is_met(library: Library) -> None:
    rows = ({"Number": "2", "Met on": "2026-11-09"}, {"Number": "1", "Met on": "2026-09-20"})
    bare = {
        "Code": "S01",
        "Action": "",
        "Lead": "",
        "Start": "",
        "End": "",
        "RAG": "",
        "Impact": "",
    }
    told = [ReturnedRow("Milestones", "Milestones, row 4", bare | row) for row in rows]
    for row in told:
        del row.cells["Start"]
    found = read_back(told, issued(*STEPS), (), library, DAY)
    assert [row["met"] for row in rows_of(found)] == ["2 1"]


@pytest.mark.parametrize(
    "said", ["2026-11-03", "3/11/2026", "03.11.26", "3 November 2026", "Tue 3rd Nov 2026"]
)
def test_a_day_is_read_as_people_here_write_it(said: str) -> None:
    assert day_in(said) == datetime.date(2026, 11, 3)


@pytest.mark.parametrize("said", ["", "soon", "31/02/2026", "11/2026", "13/13/2026"])
def test_what_is_no_day_is_none(said: str) -> None:
    assert day_in(said) is None
