"""What stands in a file is what is accounted for: rows and cells of a workbook in whatever order they are
stored, and lines of a text file however they are broken."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from termwise.engine.core.errors import ContentError
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.rows import Account
from termwise.engine.school.school import School
from tests import pupil_rows

XLSX = "pupils.xlsx"
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WIDE = pupil_rows.wide_table()
Cells = list[tuple[str, str]]


def letters(index: int) -> str:
    """A column's letters, of its index counted from 0."""
    return (chr(64 + index // 26) if index >= 26 else "") + chr(65 + index % 26)


def cell(address: str, text: str, more: str = "") -> str:
    """A cell with a text of its own."""
    at = f' r="{address}"' if address else ""
    return f'<c{at} t="inlineStr"{more}><is><t>{escape(text)}</t></is></c>'


def cells(number: int, row: Sequence[str]) -> list[str]:
    return [cell(f"{letters(i)}{number}", text) for i, text in enumerate(row) if text]


def stored(number: int | None, inside: Sequence[str], more: str = "") -> str:
    at = "" if number is None else f' r="{number}"'
    return f"<row{at}{more}>{''.join(inside)}</row>"


def workbook(rows: Sequence[str], more: str = "", before: str = "") -> bytes:
    """A workbook whose one sheet stores these rows; `more` stands behind them."""
    out = io.BytesIO()
    sheet = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{"".join(rows)}</sheetData>{more}</worksheet>'
    with (
        zipfile.ZipFile(io.BytesIO(pupil_rows.as_xlsx([["x"]]))) as plain,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in plain.namelist():
            made.writestr(name, sheet.encode() if name == SHEET else plain.read(name))
    return out.getvalue()


def in_order() -> list[str]:
    return [stored(number, cells(number, row)) for number, row in enumerate(WIDE, start=1)]


def read(folder: Path, library: Library, raw: bytes, name: str = XLSX) -> tuple[School, Account]:
    school = load_school(pupil_rows.school_folder(folder / "school", {name: raw}), library)
    [account] = school.accounts
    assert account.rows == account.used + len(account.refused)
    return school, account


@pytest.fixture(scope="module")
def plain(library: Library, tmp_path_factory: pytest.TempPathFactory) -> pupil_rows.Facts:
    school, _ = read(tmp_path_factory.mktemp("plain"), library, pupil_rows.as_csv(WIDE), "p.csv")
    return pupil_rows.facts_of(school)


def without_numbers() -> list[str]:
    return [stored(None, [cell("", text) for text in row]) for row in WIDE]


def by_their_cells() -> list[str]:
    """Rows without numbers, whose cells have them, from the last row to the first."""
    rows = enumerate(WIDE, start=1)
    return [stored(None, cells(number, row)) for number, row in reversed(list(rows))]


def far_down() -> list[str]:
    """The last pupil stands below more rows than are ever read."""
    rows = in_order()
    return [*rows[:-1], stored(900_000, cells(900_000, WIDE[-1]))]


def cells_reversed() -> list[str]:
    return [stored(n, cells(n, row)[::-1]) for n, row in enumerate(WIDE, start=1)]


def one_number() -> list[str]:
    """Two pupils in rows of one number."""
    return [*in_order()[:-1], stored(len(WIDE) - 1, cells(len(WIDE) - 1, WIDE[-1]))]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (in_order(), ""),
        (in_order()[::-1], "stored out of order"),
        ([in_order()[0], *in_order()[:0:-1]], "stored out of order"),
        (one_number(), "stored out of order"),
        (without_numbers(), ""),
        (by_their_cells(), "stored out of order"),
        (far_down(), ""),
        (cells_reversed(), ""),
    ],
    ids=["in order", "reversed", "headings first", "a number twice", "no numbers", "by cells",
         "far down", "cells reversed"],
)  # fmt: skip
def test_every_stored_row_is_read(
    rows: list[str], told: str, plain: pupil_rows.Facts, library: Library, tmp_path: Path
) -> None:
    school, account = read(tmp_path, library, workbook(rows))
    assert account.rows == len(WIDE) - 1
    assert pupil_rows.facts_of(school) == plain
    assert told in " ".join(account.notes)
    assert bool(told) == (len(account.notes) > 1)


def last_with(*changed: str, at: int = len(WIDE)) -> list[str]:
    """The stored rows, the last of them with other cells."""
    return [*in_order()[:-1], stored(at, [*cells(at, WIDE[-1]), *changed])]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (
            last_with(cell(f"C{len(WIDE) + 1}", "x")),
            "has a cell that says it stands in another row",
        ),
        (last_with(cell("7", "x")), "has a cell whose address can't be read"),
    ],
)
def test_a_row_with_a_cell_of_nobody_knows_where_is_refused(
    rows: list[str], reason: str, library: Library, tmp_path: Path
) -> None:
    school, account = read(tmp_path, library, workbook(rows))
    assert len(school.pupils) == len(WIDE) - 2
    assert [(r.row, r.reason, r.mistake) for r in account.refused] == [(len(WIDE), reason, True)]


JUDGED = letters(len(WIDE[0]) - 1)
LAST = f"{JUDGED}{len(WIDE)}"
ADDRESSED = f'<c r="{LAST}"'


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        (cell(LAST, "above"), "stands twice in its row, with different contents"),
        (f'{ADDRESSED} t="s"><v>77</v></c>', "refers to a text that is not in the workbook"),
        (f'{ADDRESSED} t="s"><v>-1</v></c>', "refers to a text that is not in the workbook"),
        (f'{ADDRESSED} t="b"><v>7</v></c>', "holds a yes or no that can't be read"),
        (f'{ADDRESSED}><v>1e999</v></c>', "holds a number that can't be read"),
        (f'{ADDRESSED}><f>A1</f><v>3</v></c>', "holds a formula, which is not worked out: paste its value"),
        (f'{ADDRESSED} t="d"><v>soon</v></c>', "holds a date that can't be read"),
    ],
)  # fmt: skip
def test_a_cell_that_can_not_be_read_is_set_aside(
    spoilt: str, reason: str, library: Library, tmp_path: Path
) -> None:
    kept = cells(len(WIDE), WIDE[-1])
    if "twice" not in reason:
        kept = kept[:-1]
    rows = [*in_order()[:-1], stored(len(WIDE), [*kept, spoilt])]
    school, account = read(tmp_path, library, workbook(rows))
    assert len(school.pupils) == len(WIDE) - 1
    assert [(r.row, r.reason) for r in account.set_aside] == [(len(WIDE), reason)]


def test_an_error_of_the_spreadsheet_is_nobodys_name_and_no_judgement(
    library: Library, tmp_path: Path
) -> None:
    table = [list(row) for row in WIDE]
    for column, text in (("Pupil ID", "#REF!"), ("Surname", "#N/A"), ("Forename", "#NAME?")):
        table[-1][table[0].index(column)] = text
    school, account = read(tmp_path, library, pupil_rows.as_xlsx(table))
    assert len(school.pupils) == len(WIDE) - 2
    assert [r.reason for r in account.refused] == ["does not say which pupil it is about"]


@pytest.mark.parametrize(
    ("more", "before", "row", "told"),
    [
        ("", "", ' hidden="1"', "1 hidden or filtered rows are read too"),
        ('<autoFilter ref="A1:C5"/>', "", ' hidden="true"', "1 hidden or filtered rows"),
        ("", '<cols><col min="2" max="3" hidden="1"/></cols>', "", "2 hidden columns are read too"),
    ],
)
def test_what_is_hidden_is_read_and_told(
    more: str, before: str, row: str, told: str, plain: pupil_rows.Facts, library: Library, tmp_path: Path
) -> None:  # fmt: skip
    rows = [*in_order()[:-1], stored(len(WIDE), cells(len(WIDE), WIDE[-1]), row)]
    school, account = read(tmp_path, library, workbook(rows, more, before))
    assert pupil_rows.facts_of(school) == plain
    assert told in " ".join(account.notes)


def test_what_is_merged_downwards_holds_for_each_of_its_rows(
    library: Library, tmp_path: Path
) -> None:
    at = {name: WIDE[0].index(name) for name in ("Year", "Class", "PP")}
    table = [list(row) for row in WIDE]
    for row in table[2:]:
        row[at["Year"]], row[at["Class"]] = "4", "Heron"
    whole, _ = read(tmp_path / "whole", library, pupil_rows.as_xlsx(table))
    for row in table[3:]:
        row[at["Year"]] = row[at["Class"]] = ""
    merged = "".join(
        f'<mergeCell ref="{letters(at[name])}3:{letters(at[name])}{len(table)}"/>'
        for name in ("Year", "Class")
    )
    rows = [stored(number, cells(number, row)) for number, row in enumerate(table, start=1)]
    raw = workbook(rows, f'<mergeCells count="2">{merged}</mergeCells>')
    school, account = read(tmp_path / "merged", library, raw)
    assert pupil_rows.facts_of(school) == pupil_rows.facts_of(whole)
    assert f"{2 * (len(table) - 3)} cells are merged with the cell above them" in account.notes[1]
    under = table[-1][at["Class"]] = "Wren"
    rows[-1] = stored(len(table), cells(len(table), table[-1]))
    raw = workbook(rows, f'<mergeCells count="2">{merged}</mergeCells>')
    _, account = read(tmp_path / "under", library, raw)
    [aside] = account.set_aside
    assert aside.reason == "lies under merged cells and holds something else" and under


@pytest.mark.parametrize(
    ("style", "number", "shown"),
    [("0%", "0.96", "96"), ('0.0"%"', "96", "96"), ("0.0\\%", "96", "96"), ("0", "96", "96")],
)
def test_a_percentage_is_what_the_sheet_shows(
    style: str, number: str, shown: str, library: Library, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(pupil_rows.as_xlsx(WIDE)))
    sheet = book.worksheets[0]
    column = WIDE[0].index("Attendance %") + 1
    for row in range(2, len(WIDE) + 1):
        sheet.cell(row, column).value = float(number)
        sheet.cell(row, column).number_format = style
    out = io.BytesIO()
    book.save(out)
    school, _ = read(tmp_path, library, out.getvalue())
    assert {p.values["attendance"].value for p in school.pupils} == {float(shown)}


@pytest.mark.parametrize("epoch", [1900, 1904])
def test_a_date_is_the_day_the_sheet_shows(epoch: int, library: Library, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(pupil_rows.as_xlsx([[*WIDE[0], "Date of Birth"]])))
    if epoch == 1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    for row in WIDE[1:]:
        age = 6 if row[3] == "1" else int(row[3]) + 5
        sheet.append([*row, datetime.date(2026 - age, 1, 15)])
    out = io.BytesIO()
    book.save(out)
    school, account = read(tmp_path, library, out.getvalue())
    assert not account.set_aside
    assert {p.values["term_of_birth"].value for p in school.pupils} == {"spring"}


def test_rows_the_reader_misses_are_not_lost_in_silence(library: Library, tmp_path: Path) -> None:
    """What the tags come to and what the reader took are counted apart: here a comment holds a row."""
    with pytest.raises(ContentError, match="holds 6 rows and .* of which 5 and"):
        read(tmp_path, library, workbook([*in_order(), "<!-- <row r='9'></row> -->"]))


# --- text files

CSV = "pupils.csv"
LINES = [",".join(row) for row in WIDE]


def text(lines: Sequence[str], end: str = "\r\n", encoding: str = "utf-8") -> bytes:
    return (end.join(lines) + end).encode(encoding)


def broken_by(end: str) -> bytes:
    """A file of which the last row is broken inside a cell by a line end the others don't have."""
    at = LINES[-1].index("Hobby") + len("Hobby")
    whole = text([*LINES[:-1], LINES[-1][:at] + "\0" + LINES[-1][at:]])
    return whole.replace(b"\0", end.encode())


@pytest.mark.parametrize("end", ["\r", "\n"])
def test_a_row_that_a_stray_line_end_breaks_is_put_together(
    end: str, plain: pupil_rows.Facts, library: Library, tmp_path: Path
) -> None:
    school, account = read(tmp_path, library, broken_by(end), CSV)
    assert account.rows == len(WIDE) - 1
    assert pupil_rows.facts_of(school) == plain
    assert "1 line ends inside rows are read as spaces" in account.notes


@pytest.mark.parametrize("end", ["\r", "\n"])
def test_whole_rows_with_other_line_ends_are_rows(
    end: str, plain: pupil_rows.Facts, library: Library, tmp_path: Path
) -> None:
    raw = text(LINES[:3]) + text(LINES[3:], end)
    school, account = read(tmp_path, library, raw, CSV)
    assert pupil_rows.facts_of(school) == plain and len(account.notes) == 1


@pytest.mark.parametrize(
    ("separator", "words"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
)
def test_a_row_with_another_separator_is_refused_as_that(
    separator: str, words: str, library: Library, tmp_path: Path
) -> None:
    odd = LINES[-1].replace(",", separator).replace("Hobby", "Ho,bby")
    school, account = read(tmp_path, library, text([*LINES[:-1], odd]), CSV)
    assert len(school.pupils) == len(WIDE) - 2
    [refused] = account.refused
    assert refused.reason == f"has {words} between its cells, and the headings commas"
    assert (refused.row, refused.mistake) == (len(WIDE), True)


def test_rows_that_end_early_are_told(library: Library, tmp_path: Path) -> None:
    cut = [LINES[0], *(line.rsplit(",", 2)[0] for line in LINES[1:3]), *LINES[3:]]
    _, account = read(tmp_path, library, text(cut), CSV)
    assert "2 rows end early: the cells they lack are read as empty" in account.notes


@pytest.mark.parametrize("table", [WIDE, pupil_rows.long_table(), [row[:2] for row in WIDE]])
def test_rows_between_quotation_marks_are_all_counted(
    table: pupil_rows.Table, library: Library, tmp_path: Path
) -> None:
    """A mark opened in one row and closed two rows on swallows what lies between, in narrow tables too."""
    from termwise.engine.school.formats.delimited import read_text

    lines = [",".join(row) for row in table]
    lines[2] = lines[2].rpartition(",")[0] + ',"open'
    lines[4] = lines[4] + '"'
    sheet = read_text(text(lines), CSV, lambda fields: sum(f in table[0] for f in fields))
    rows = [number for number, _ in [*sheet.head, *sheet.rows]]
    assert sorted([*rows, *(number for number, _ in sheet.wrong)]) == list(range(1, len(lines) + 1))
    assert [number for number, _ in sheet.wrong] == [3, 4, 5]


NAMED = [list(row) for row in WIDE]
NAMED[1][1:3] = ["Séguin", "Zoë"]
NAMED[2][1:3] = ["Müller", "Bjørn"]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-16-le", ""), ("utf-16-be", ""), ("cp1252", ""), ("mac_roman", "it may be cp1252")],
)
def test_the_encoding_is_told_and_letters_are_the_same(
    encoding: str, told: str, library: Library, tmp_path: Path
) -> None:
    whole, _ = read(tmp_path / "whole", library, pupil_rows.as_csv(NAMED), CSV)
    raw = pupil_rows.as_csv(NAMED, encoding=encoding)
    school, account = read(tmp_path / "odd", library, raw, CSV)
    assert pupil_rows.facts_of(school) == pupil_rows.facts_of(whole)
    assert account.notes[0] == f"{encoding}, commas"
    assert told in " ".join(account.notes[1:]) and bool(told) == (len(account.notes) > 1)


@pytest.mark.parametrize(
    ("name", "encoding", "read_as"),
    [
        ("O’Brien", "cp1252", "cp1252"),
        ("Šimon", "cp1252", "cp1252"),
        ("Müller – Größe", "cp1252", "cp1252"),
        ("Zoë", "mac_roman", "mac_roman"),
        ("Renée", "mac_roman", "mac_roman"),
        ("Hélène", "mac_roman", "mac_roman"),
        ("François", "mac_roman", "mac_roman"),
    ],
)
def test_what_makes_words_in_one_encoding_only_is_read_in_it(
    name: str, encoding: str, read_as: str
) -> None:
    from termwise.engine.school.formats.delimited import decode

    assert decode(f"Name,Year\n{name},5\n".encode(encoding)) == (f"Name,Year\n{name},5\n", read_as)


def test_letters_that_could_be_either_are_told(library: Library, tmp_path: Path) -> None:
    table = [list(row) for row in WIDE]
    table[1][1] = "Muñoz"
    _, account = read(tmp_path, library, pupil_rows.as_csv(table, encoding="mac_roman"), CSV)
    assert "it may be mac_roman: if letters with accents are wrong" in " ".join(account.notes)


def test_a_pupil_inside_a_pupil_is_not_swallowed(library: Library, tmp_path: Path) -> None:
    one, other = (
        pupil_rows.ctf_pupil(pupil_rows.number_of(serial), "Andrada", name, "2017-03-29")
        for serial, name in ((7, "Bowen"), (8, "Dunnock"))
    )
    inside = one.replace("</Pupil>", f"{other}</Pupil>")
    with pytest.raises(ContentError, match="has a pupil inside another's record"):
        read(tmp_path, library, pupil_rows.ctf(inside), "transfer.xml")
