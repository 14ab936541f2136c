"""Files that are damaged, of the wrong kind or meant to do harm: each is refused with a sentence."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from termwise.engine.library.loader import Library
from termwise.engine.school.formats.sheet import MOST_BYTES, MOST_CELL, MOST_COLUMNS
from termwise.engine.school.pupil_data.rows import ALIKE
from tests import pupil_rows

CSV, XLSX, XML = "pupils.csv", "pupils.xlsx", "transfer.xml"
PUPIL = pupil_rows.ctf_pupil(pupil_rows.number_of(7), "Andrada", "Bowen", "2017-03-29")
LONG = pupil_rows.long_table()
MOST_MEGABYTES = 300


@dataclass(frozen=True)
class Damage:
    """A file, what school.yaml says of it, and what has to be told: where, and words of it."""

    kind: str
    file: str
    raw: Callable[[], bytes]
    words: tuple[str, ...]
    line: int | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    pupils: Mapping[str, Any] = field(default_factory=dict)
    told_of: str = ""
    """The file the problem is told of, where it is not the damaged one."""


@pytest.fixture(autouse=True)
def one_library(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is loaded once for all these tests."""
    monkeypatch.setattr("termwise.commands.shared.library", lambda folder=None: library)


def text_of(*lines: str) -> Callable[[], bytes]:
    return lambda: "\r\n".join([*lines, ""]).encode()


def without(table: pupil_rows.Table, *columns: str) -> bytes:
    """A table without some of its columns."""
    kept = [i for i, heading in enumerate(table[0]) if heading not in columns]
    return pupil_rows.as_csv([[row[i] for i in kept] for row in table])


def with_column(heading: str, text: str, table: Callable[[], pupil_rows.Table]) -> bytes:
    """A table with a column more, in which the last row says something else than the others."""
    rows = table()
    more = [heading, *["expected"] * (len(rows) - 2), text]
    return pupil_rows.as_csv([[*row, cell] for row, cell in zip(rows, more, strict=True)])


def late() -> bytes:
    """Two columns of one meaning, in which only the last of a hundred pupils differs."""
    grades = [*["below"] * 99, "above"]
    rows = [
        [f"P{n:04}", f"Bird{n}", "Jay", "3", "Heron", "N", "95", "below", grade]
        for n, grade in enumerate(grades)
    ]
    headings = [*pupil_rows.ABOUT, "Reading Autumn 2025", "Rea Aut 25/26"]
    return pupil_rows.as_csv([headings, *rows])


def xlsx() -> bytes:
    return pupil_rows.as_xlsx(pupil_rows.long_table())


def two_sheets() -> bytes:
    return pupil_rows.as_xlsx(
        pupil_rows.long_table(), pupil_rows.long_table(), titles=("This year", "Last year")
    )


def packed(**parts: bytes) -> bytes:
    """A packed file with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return out.getvalue()


def workbook_with(part: str, raw: bytes) -> bytes:
    """A workbook in which one part is replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx())) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for entry in before.infolist():
            after.writestr(entry.filename, raw if entry.filename == part else before.read(entry))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def unpacks_to_much() -> bytes:
    """A few hundred kilobytes that unpack to 200 MB."""
    return workbook_with(SHEET, b" " * 200_000_000)


SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def million_formats() -> bytes:
    """Four million fonts, of which every one would become a record."""
    fonts = b"<font></font>" * 4_000_000
    return workbook_with(
        "xl/styles.xml",
        b'<styleSheet xmlns="%s"><fonts>%s</fonts></styleSheet>' % (SPREADSHEET.encode(), fonts),
    )


def million_cells() -> bytes:
    """Six million cells in one row, which would be taken into memory as a whole."""
    cells = b"<c><v>1</v></c>" * 6_000_000
    return workbook_with(
        SHEET,
        b'<worksheet xmlns="%s"><sheetData><row r="1">%s</row></sheetData></worksheet>'
        % (SPREADSHEET.encode(), cells),
    )


def says_it_is_small() -> bytes:
    """The same, with a lie about its size in the packed file's directory."""
    raw, size = unpacks_to_much(), (200_000_000).to_bytes(4, "little")
    assert size in raw
    return raw.replace(size, (1000).to_bytes(4, "little"))


def locked() -> bytes:
    """A packed workbook whose parts are marked as encrypted."""
    raw = bytearray(xlsx())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + flags] |= 1
            at = raw.find(mark, at + 4)
    return bytes(raw)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
    + "]>"
)


def laughing_workbook() -> bytes:
    """A workbook with entities of entities in its sheet."""
    sheet = (
        LAUGHS + f'<worksheet xmlns="{SPREADSHEET}"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&a10;</t></is></c></row></sheetData></worksheet>'
    )
    return workbook_with(SHEET, sheet.encode())


def outside() -> bytes:
    """A transfer file that asks for another file's text."""
    head = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY other SYSTEM "file:///etc/passwd">]>\n'
    return (head + f"<CTfile><CTFpupilData>{PUPIL}&other;</CTFpupilData></CTfile>").encode()


def huge_cell() -> bytes:
    return pupil_rows.as_csv(pupil_rows.long_table()) + b"P0009," + b"x" * 50_000_000 + b"\r\n"


def million_columns() -> bytes:
    heading = ",".join(pupil_rows.LONG).encode()
    return heading + b"," * 1_000_000 + b"\r\n" + b"P0009" + b"," * 1_000_000 + b"\r\n"


def part_before_beginning() -> bytes:
    """A workbook whose last record puts its list of parts, and with it all of them, four bytes too late."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx())) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for entry in sorted(before.infolist(), key=lambda entry: entry.filename != SHEET):
            after.writestr(entry.filename, before.read(entry))
    raw = bytearray(out.getvalue())
    place = raw.rindex(b"PK\x05\x06") + 16
    offset = int.from_bytes(raw[place : place + 4], "little")
    raw[place : place + 4] = (offset + 4).to_bytes(4, "little")
    return bytes(raw)


NO_HEADINGS = ("P0001,3,Heron,Y", "P0002,4,Heron,N", "P0003,5,Kestrel,N")

DAMAGES = [
    # --- nothing in it
    Damage("empty", CSV, lambda: b"", ("is empty", "export it again")),
    Damage("blank lines", CSV, lambda: b"\r\n \r\n\r\n", ("is empty", "export it again")),
    Damage("only headings", CSV, text_of(",".join(pupil_rows.LONG)), ("no rows",)),
    Damage("no headings", CSV, text_of(*NO_HEADINGS), ("no line of headings", "UPN"), line=1),
    Damage("empty workbook", XLSX, lambda: pupil_rows.as_xlsx([]), ("heading",)),
    # --- cut off
    Damage("cut-off workbook", XLSX, lambda: xlsx()[:-400], ("damaged or cut off",)),
    Damage("part before its beginning", XLSX, part_before_beginning, ("damaged or cut off",)),
    Damage("half a workbook", XLSX, lambda: xlsx()[: len(xlsx()) // 2], ("damaged or cut off",)),
    Damage(
        "cut-off sheet",
        XLSX,
        lambda: workbook_with(SHEET, b"<worksheet><sheetData><row"),
        ("damaged or cut off",),
    ),
    Damage(
        "cut-off transfer file",
        XML,
        lambda: pupil_rows.ctf(PUPIL)[:-60],
        ("damaged or breaks off", "export it again"),
    ),
    Damage(
        "quotation mark never closed",
        CSV,
        lambda: pupil_rows.as_csv(pupil_rows.long_table()) + b'P0009,"Ibis,Jay,3,Heron\r\n',
        ("quotation mark", "not closed"),
        line=38,
    ),
    # --- another kind of file
    Damage("former workbook", "p.xls", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 900, ("XLS", "XLSX")),
    Damage("password", XLSX, locked, ("locked with a password", "save it without one")),
    Damage("PDF", "pupils.pdf", lambda: b"%PDF-1.7\n1 0 obj", ("is a PDF", "CSV or XLSX")),
    Damage(
        "web page named XLS",
        "pupils.xls",
        lambda: b"<html><body><table><tr><td>UPN</td></tr></table></body></html>",
        ("is a web page", "XLSX or CSV"),
    ),
    Damage(
        "packed file",
        "pupils.zip",
        lambda: packed(**{"pupils.csv": pupil_rows.as_csv(pupil_rows.long_table())}),
        ("is a packed file", "unpack it"),
    ),
    Damage(
        "another document",
        "pupils.docx",
        lambda: packed(**{"word/document.xml": b"<document/>"}),
        ("is a packed file, not a workbook",),
    ),
    Damage("other XML", XML, lambda: b"<svg><path/></svg>", ("holds no pupils", "CTF")),
    Damage(
        "JSON",
        "pupils.json",
        lambda: json.dumps([{"upn": "", "year": 3}], indent=1).encode(),
        ("is JSON, not a table", "CSV or XLSX"),
        line=1,
    ),
    Damage(
        "binary junk",
        CSV,
        lambda: bytes(range(256)) * 40,
        ("is no text file", "CSV UTF-8"),
    ),
    Damage(
        "null bytes",
        CSV,
        lambda: pupil_rows.as_csv(pupil_rows.long_table()) + b"P0009,\0\0,\r\n",
        ("is no text file",),
    ),
    # --- meant to do harm, or far too large
    Damage("unpacks to much", XLSX, unpacks_to_much, ("unpacks to more than 120 MB",)),
    Damage("too many formats", XLSX, million_formats, ("more than 8 MB beside its cells",)),
    Damage(
        "too many cells in a row", XLSX, million_cells, (f"more than {MOST_COLUMNS:,} columns",)
    ),
    Damage("lies about its size", XLSX, says_it_is_small, ("damaged or cut off",)),
    Damage(
        "entities of entities",
        XML,
        lambda: (LAUGHS + "\n<CTfile><Pupil><UPN>&a10;</UPN></Pupil></CTfile>").encode(),
        ("entities of its own", "can do harm"),
    ),
    Damage("entities in a workbook", XLSX, laughing_workbook, ("damaged",)),
    Damage("another file's text", XML, outside, ("entities of its own", "can do harm"), line=2),
    Damage(
        "elements without end",
        XML,
        lambda: b"<CTfile>" + b"<a>" * 100_000,
        ("elements inside elements", "deep"),
    ),
    Damage("huge cell", CSV, huge_cell, (f"more than {MOST_CELL:,} characters",), line=38),
    Damage("a million columns", CSV, million_columns, (f"more than {MOST_COLUMNS:,}",), line=1),
    # --- a table that can't be understood
    Damage(
        "two likely sheets",
        XLSX,
        two_sheets,
        ("more than one sheet", "number 1 and 2, counted from the left", "sheet: "),
    ),
    Damage(
        "no such sheet",
        XLSX,
        two_sheets,
        ("has no sheet “Next year”", "it has 2", "tab at the bottom"),
        given={"sheet": "Next year"},
    ),
    Damage(
        "two columns of one meaning",
        CSV,
        lambda: with_column("Rea Aut 25/26", "below", pupil_rows.wide_table),
        ("“Reading Autumn 2025”", "“Rea Aut 25/26”", "read as the same thing, and differ"),
        line=3,
    ),
    Damage(
        "two columns of one meaning that differ far down",
        CSV,
        late,
        ("“Reading Autumn 2025”", "“Rea Aut 25/26”", "read as the same thing, and differ"),
    ),
    Damage(
        "heading with two readings",
        CSV,
        lambda: with_column("Reading Autumn", "below", pupil_rows.wide_table),
        ("“Reading Autumn”", "more than one way", "aut-2024 or aut-2025", "ignore"),
        line=1,
        pupils={
            "points": [
                {"id": "aut-2024", "title": "Autumn 2024", "date": "2024-12-12"},
                {"id": "aut-2025", "title": "Autumn 2025", "date": "2025-12-11"},
            ]
        },
    ),
    Damage(
        "no pupil",
        CSV,
        lambda: without(pupil_rows.long_table(), "Pupil ID", "Surname", "Forename"),
        ("no column says which pupil", "of 7 headings", "“Judgement”", "UPN, Pupil or Name"),
        line=1,
    ),
    Damage(
        "no pupil, and a heading nearly understood",
        CSV,
        lambda: with_column("Forenam", "x", lambda: [[*r[:1], *r[3:]] for r in LONG]).replace(
            b"Pupil ID", b"Jabberwock", 1
        ),
        ("no column says which pupil", "of 9 headings", "(did you mean “Forename”"),
        line=1,
    ),
    Damage(
        "no year group in a wide table",
        CSV,
        lambda: without(pupil_rows.wide_table(), "Year", "Class"),
        ("no column gives the year group or the class", "“Reading Autumn 2025”"),
        line=1,
    ),
    Damage(
        "no year group in a long table",
        CSV,
        lambda: without(pupil_rows.long_table(), "Year", "Class"),
        ("year group",),
    ),
    Damage(
        "no point in time",
        CSV,
        lambda: without(pupil_rows.long_table(), "Point"),
        ("nothing says at which point in time", "“Judgement”", "aut-2025, spr-2026"),
        line=1,
    ),
    Damage(
        "no subject",
        CSV,
        lambda: without(pupil_rows.long_table(), "Subject"),
        ("nothing says which subject", "“Judgement”", "school.yaml"),
        line=1,
    ),
    Damage(
        "two separators",
        CSV,
        lambda: b"sep=;\r\n" + ";".join(pupil_rows.LONG).encode() + b"\r\nP0001,3,Heron\r\n",
        ("its only row can't be used",),
        line=1,
    ),
    Damage(
        "commas above, semicolons below",
        CSV,
        lambda: (
            pupil_rows.as_csv(pupil_rows.long_table()[:1])
            + pupil_rows.as_csv(pupil_rows.long_table()[1:], ";")
        ),
        ("none of its 36 rows can be used",),
        line=1,
    ),
    Damage(
        "judgements on another scale",
        CSV,
        lambda: pupil_rows.as_csv(
            [[*row[:-1], "Judgement" if row[-1] == "Judgement" else "103"] for row in LONG]
        ),
        ("is not on the scale “Point-in-time bands”", f"{36 - ALIKE} more are like this"),
        line=1 + ALIKE,
    ),
    # --- school.yaml and the file don't fit
    Damage(
        "unknown scale",
        CSV,
        lambda: pupil_rows.as_csv(pupil_rows.long_table()),
        ("unknown scale “point-in-tyme”", "did you mean “point-in-time”"),
        pupils={"scale": "point-in-tyme"},
        told_of="school.yaml",
    ),
    Damage(
        "unknown scale of one file",
        CSV,
        lambda: pupil_rows.as_csv(pupil_rows.long_table()),
        ("unknown scale “steps”",),
        given={"scale": "steps"},
        told_of="school.yaml",
    ),
    Damage(
        "column that is not there",
        CSV,
        lambda: pupil_rows.as_csv(pupil_rows.long_table()),
        ("has no column “Judgemnt”", "school.yaml", "did you mean “Judgement”"),
        line=1,
        given={"columns": {"Judgemnt": "judgement"}},
    ),
    Damage(
        "meaning that is not there",
        CSV,
        lambda: pupil_rows.as_csv(pupil_rows.long_table()),
        ("reads the column “PP” as “pupil_premum”",),
        line=1,
        given={"columns": {"PP": "pupil_premum"}},
    ),
    Damage(
        "another folder's file",
        CSV,
        lambda: pupil_rows.as_csv(pupil_rows.long_table()),
        ("“../pupils.csv” is not in this folder", "beside school.yaml"),
        given={"name": "../pupils.csv"},
        told_of="school.yaml",
    ),
]


def told(folder: Path, file: str, line: int | None) -> list[str]:
    """What `check` says of a file, which has to end with exit code 1 and change nothing."""
    before = pupil_rows.files_in(folder.parent)
    result = pupil_rows.run("check", folder)
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1].endswith((" problem.", " problems."))
    assert pupil_rows.files_in(folder.parent) == before
    begins = f"{file}:{line}:" if line else f"{file}:"
    return [said for said in result.stderr.splitlines() if said.startswith(begins)]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.kind)
def test_a_damaged_file_is_refused_with_a_sentence(damage: Damage, tmp_path: Path) -> None:
    folder = pupil_rows.school_folder(
        tmp_path / "school",
        {damage.file: damage.raw()},
        [{"name": damage.file, **damage.given}],
        **damage.pupils,
    )
    said = told(folder, damage.told_of or damage.file, damage.line)
    assert any(all(word in line for word in damage.words) for line in said), said


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    folder = pupil_rows.school_folder(tmp_path / "school", {CSV: b""})
    with (folder / CSV).open("r+b") as file:
        file.truncate(MOST_BYTES + 1)
    [said] = told(folder, "school.yaml", None)
    assert "“pupils.csv” is larger than 64 MB" in said


def test_a_file_that_is_not_there_is_told_of_where_it_is_named(tmp_path: Path) -> None:
    folder = pupil_rows.school_folder(tmp_path / "school", {}, [{"name": CSV}])
    [said] = told(folder, "school.yaml", None)
    assert "there is no file “pupils.csv”" in said


def test_every_damaged_file_of_a_folder_is_told_of_in_one_run(tmp_path: Path) -> None:
    contents = {"one.csv": b"", "two.pdf": b"%PDF-1.4", "three.xlsx": b"PK\x03\x04"}
    folder = pupil_rows.school_folder(tmp_path / "school", contents)
    for name in contents:
        assert told(folder, name, None)


def test_what_a_library_warns_of_does_not_stand_among_what_is_told(tmp_path: Path) -> None:
    parts = workbook_with(
        "xl/_rels/workbook.xml.rels", b"<Relationships><Relationship of='none'/></Relationships>"
    )
    folder = pupil_rows.school_folder(tmp_path / "school", {XLSX: parts})
    command = [sys.executable, "-c", "from termwise.cli import main; main()", "check", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "damaged" in done.stdout + done.stderr
    assert "Warning" not in done.stdout + done.stderr


def test_a_plan_is_not_written_where_a_file_is_damaged(tmp_path: Path) -> None:
    folder = pupil_rows.school_folder(tmp_path / "school", {XLSX: xlsx()[:-400]})
    before = pupil_rows.files_in(tmp_path)
    result = pupil_rows.run("plan", folder, "-o", tmp_path / "plan.html", "--format", "html")
    assert result.exit_code == 1
    assert pupil_rows.files_in(tmp_path) == before


PEAK = """
import sys
from click.testing import CliRunner
from termwise.cli import main
result = CliRunner().invoke(main, ["check", sys.argv[1]])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(result.exit_code, int(peak.split()[1]) // 1000)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
@pytest.mark.parametrize(
    "file, raw",
    [
        (XLSX, unpacks_to_much),
        (XLSX, says_it_is_small),
        (XLSX, million_formats),
        (XLSX, million_cells),
        (XLSX, laughing_workbook),
        (XML, lambda: (LAUGHS + "<CTfile><Pupil>&a10;</Pupil></CTfile>").encode()),
        (CSV, huge_cell),
        (CSV, million_columns),
    ],
    ids=[
        "packed",
        "lying",
        "formats",
        "cells in a row",
        "laughing workbook",
        "laughing XML",
        "huge cell",
        "many columns",
    ],
)
def test_a_file_meant_to_fill_the_memory_does_not(
    file: str, raw: Callable[[], bytes], tmp_path: Path
) -> None:
    folder = pupil_rows.school_folder(tmp_path / "school", {file: raw()})
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(folder)], capture_output=True, text=True, check=True
    )
    code, megabytes = map(int, done.stdout.split())
    assert code == 1
    assert megabytes < MOST_MEGABYTES
