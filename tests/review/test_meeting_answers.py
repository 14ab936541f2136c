"""What a team wrote into its meeting's workbook becomes outcomes and commitments, and names stay out of it."""

from __future__ import annotations

import datetime
import io
import shutil
from pathlib import Path

import openpyxl
import pytest

from termwise.engine.core import TermwiseError
from termwise.engine.documents import as_file, meeting_workbook
from termwise.engine.library.loader import Library
from termwise.engine.pupils import Ask, load_commitments, meeting, pupil_report
from termwise.engine.review.meeting_answers import (
    ReturnedMeeting,
    is_meeting,
    returned_meeting,
    write_meeting,
)
from termwise.engine.review.returned_file import ReturnedRow, read_returned
from termwise.engine.school import load_school, make_key
from termwise.engine.school.school import School
from tests.places import EXAMPLES

DAY = datetime.date(2026, 11, 24)
TEAM = "all"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("meeting") / "little-fen"
    shutil.copytree(EXAMPLES / "little-fen", made)
    make_key(made)
    return made


@pytest.fixture(scope="module")
def named(place: Path, library: Library) -> School:
    return load_school(place, library, names=True)


@pytest.fixture(scope="module")
def workbook(named: School, library: Library) -> bytes:
    report = pupil_report(named, library, Ask(on=DAY))
    return as_file(
        meeting_workbook(meeting(named, library, TEAM, DAY, report, ()), library), "xlsx"
    )


def agree(school: School, **cells: str) -> ReturnedRow:
    told = {
        "Agreed": "yes", "Team": TEAM, "Day": DAY.isoformat(), "Class": school.pupils[0].class_id or "",
        "Teacher": "headteacher", "Pupils": school.pupils[0].ref, "Subject": "Reading", "Skill": "",
        "What the teacher does in class": "Reads aloud.", "Brings back": "A page.", "Review on": "3/12/2026",
    }  # fmt: skip
    return ReturnedRow("Agree", "Agree, row 5", told | cells)


def read(school: School, library: Library, *rows: ReturnedRow) -> ReturnedMeeting:
    return returned_meeting(rows, school, library, DAY)


def test_a_workbook_as_it_is_made_says_nothing(
    workbook: bytes, named: School, library: Library, tmp_path: Path
) -> None:
    (tmp_path / "m.xlsx").write_bytes(workbook)
    rows = read_returned(tmp_path / "m.xlsx")
    assert is_meeting(rows)
    assert read(named, library, *rows) == ReturnedMeeting(outcomes=(), agreed=(), not_understood=())


def test_a_yes_makes_a_commitment_of_what_was_proposed(
    workbook: bytes, named: School, library: Library, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    book["Agree"].cell(5, 1, "Yes")
    book.save(tmp_path / "m.xlsx")
    found = read(named, library, *read_returned(tmp_path / "m.xlsx"))
    assert not found.not_understood
    [agreed] = found.agreed
    assert (agreed.team, agreed.agreed) == (TEAM, DAY)
    assert set(agreed.pupils) <= {one.ref for one in named.pupils}


def test_a_pupil_may_be_called_by_name_and_the_name_goes_no_further(
    named: School, library: Library
) -> None:
    pupil = named.pupils[0]
    assert pupil.name
    first, _, last = pupil.name.partition(" ")
    for said in (pupil.name, f"{last} {first}", pupil.ref.lower()):
        found = read(named, library, agree(named, Pupils=said))
        assert [one.pupils for one in found.agreed] == [(pupil.ref,)]
        assert last not in found.model_dump_json()


@pytest.mark.parametrize(
    "cells",
    [{"Pupils": "Nobody Atall"}, {"Pupils": ""}, {"Subject": "Alchemy"}, {"Review on": "soon"}, {"Teacher": ""}],
)  # fmt: skip
def test_what_is_not_understood_is_told_and_no_name_repeated(
    cells: dict[str, str], named: School, library: Library
) -> None:
    found = read(named, library, agree(named, **cells))
    assert found.agreed == () and found.not_understood[0].where == "Agree, row 5"
    assert "Nobody" not in found.model_dump_json()


def test_outcomes_and_commitments_are_written_and_the_next_sheet_asks_for_what_came(
    place: Path, named: School, library: Library
) -> None:
    assert write_meeting(place, named, library, read(named, library, agree(named))) == ["all-001"]
    came = {"Commitment": "all-001", "Kept": "yes", "Seen on": "3/12/2026", "Note": "Two of three."}
    told = read(named, library, ReturnedRow("Came of it", "Came of it, row 5", came))
    write_meeting(place, named, library, told)
    [written] = load_commitments(place, named, library, today=False)
    assert (written.kept, written.seen) == ("yes", datetime.date(2026, 12, 3))


def test_all_is_written_or_nothing(
    named: School, library: Library, place: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(place, tmp_path / "school"))
    (folder / "commitments.csv").unlink(missing_ok=True)
    unknown = {"Commitment": "all-099", "Kept": "yes"}
    told = read(named, library, agree(named), ReturnedRow("Came of it", "row 5", unknown))
    with pytest.raises(TermwiseError):
        write_meeting(folder, named, library, told)
    assert not (folder / "commitments.csv").exists()
