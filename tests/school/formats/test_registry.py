"""Another kind of file can be read by a reader of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school
from termwise.engine.school.formats.registry import KINDS, FileKind, register
from termwise.engine.school.pupil_data.rows import Account, Given, PupilRow, Request, Who
from tests import pupil_rows


def read_lines(raw: bytes, request: Request, account: Account) -> Iterator[PupilRow]:
    """Lines such as P1|4|maths|below, after a first line with a mark."""
    for number, line in enumerate(raw.decode().splitlines()[1:], start=2):
        who, year, subject, grade = line.split("|")
        account.rows += 1
        given = Given("", subject, "sum-2026", grade, "grade")
        pupil = Who(reference=request.pseudonyms.of("reference", who))
        yield PupilRow(number, pupil, (("year", year),), (given,))


def test_a_registered_reader_is_asked_first_and_its_rows_are_accounted_for(
    tmp_path: Path, library: Library
) -> None:
    raw = b"%%lines\nP1|4|maths|below\nP2|5|maths|expected\nP3|5|maths|splendid\n"
    folder = pupil_rows.school_folder(tmp_path / "school", {"pupils.txt": raw})
    before = list(KINDS)
    register(FileKind("lines", lambda start: start.startswith(b"%%lines"), read_lines))
    try:
        school = load_school(folder, library)
    finally:
        KINDS[:] = before
    [account] = school.accounts
    assert (account.kind, account.rows, account.used) == ("lines", 3, 2)
    assert [refusal.row for refusal in account.refused] == [4]
    assert [pupil.year for pupil in school.pupils] == ["4", "5", "5"]
