"""Fifty files that are damaged, odd or somebody else's: each is refused in a sentence, or read for what it says."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from termwise.engine.core import TermwiseError
from termwise.engine.review.returned_file import read_returned

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = ("Code", "Action", "RAG")
ROW = ("S01", "Talk", "green")
DAMAGED, MACROS, TOO_MUCH = "is damaged", "holds macros", "unpacks to more than a plan can be"
NEITHER, NO_TABLE = "is neither a Word file nor a workbook", "has no table with the column “Code”"


def packed(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, raw in parts:
            file.writestr(name, raw)
    return out.getvalue()


def cell(inside: str) -> str:
    return f"<w:tc>{inside}</w:tc>"


def said(text: str) -> str:
    return cell(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")


def rows(*told: tuple[str, ...], of: str = "") -> str:
    made = "".join(f"<w:tr>{''.join(map(said, one))}</w:tr>" for one in told)
    return f"<w:tbl>{made}{of}</w:tbl>"


def body(inside: str) -> bytes:
    return f'<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'.encode()


def word(inside: str) -> bytes:
    return packed(("word/document.xml", body(inside)))


def last_cell(inside: str) -> bytes:
    """A row whose rating is told in an odd way."""
    return word(rows(HEAD, of=f"<w:tr>{said('S01')}{said('Talk')}{cell(inside)}</w:tr>"))


def book(*told: tuple[object, ...], title: str = "Progress", hidden: bool = False) -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for one in told:
        sheet.append(list(one))
    if hidden:
        made.create_sheet("Front")
        sheet.sheet_state = "hidden"
    made.save(out)
    return out.getvalue()


def spoiled(raw: bytes, at: int, to: bytes) -> bytes:
    return raw[:at] + to + raw[at + len(to) :]


def locked() -> bytes:
    raw = bytearray(word(rows(HEAD, ROW)))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def understated() -> bytes:
    """A file that says it unpacks to less than it does."""
    raw = word(" " * 3_000_000 + rows(HEAD, ROW))
    at = raw.index(b"PK\x01\x02") + 24
    return spoiled(raw, at, struct.pack("<I", 1_000))


DEEP = "<w:p>" * 9_000 + "</w:p>" * 9_000
LAUGHS = "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
RUN, GONE = "<w:r><w:t>{}</w:t></w:r>", "<w:r><w:delText>{}</w:delText></w:r>"
GOOD = word(rows(HEAD, ROW))
SHEET = book(HEAD, ROW)


def odd() -> Iterator[tuple[str, bytes, str]]:
    """Yield files by what is odd about them, each with how it is refused, or with the rating of S01 after “= ”."""
    yield "empty", b"", DAMAGED
    yield "one byte", b"P", DAMAGED
    yield "only a signature", b"PK\x03\x04", DAMAGED
    yield "a PDF", b"%PDF-1.7\n%\xe2\xe3", DAMAGED
    yield "an old Word file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, DAMAGED
    yield "rich text", rb"{\rtf1\ansi Code Action}", DAMAGED
    yield "a page", b"<html><table><tr><td>Code</td></tr></table></html>", DAMAGED
    yield "a CSV named so", b"Code,Action,RAG\nS01,Talk,green\n", DAMAGED
    yield "noughts", bytes(5_000), DAMAGED
    yield "its first half", GOOD[: len(GOOD) // 2], DAMAGED
    yield "without its end", GOOD[:-22], DAMAGED
    yield "its data spoiled", spoiled(GOOD, 60, b"\x00" * 40), DAMAGED
    yield "a workbook's half", SHEET[: len(SHEET) // 2], DAMAGED
    yield "a workbook spoiled", spoiled(SHEET, 300, b"\xff" * 400), DAMAGED
    yield "protected by a password", locked(), DAMAGED
    yield "an archive of nothing", packed(), NEITHER
    yield "an ODT", packed(("content.xml", b"<x/>"), ("mimetype", b"odt")), NEITHER
    yield "slides", packed(("ppt/presentation.xml", b"<x/>")), NEITHER
    yield "an archive of files", packed(("plan.docx", GOOD)), NEITHER
    yield "a part that climbs", packed(("../../word/document.xml", body(""))), NEITHER
    yield "a bomb of spaces", packed(("word/document.xml", b" " * 121_000_000)), TOO_MUCH
    yield "many parts", packed(*((f"p{n}", b"") for n in range(2_001))), TOO_MUCH
    yield "a size that lies", understated(), DAMAGED
    yield (
        "entities",
        packed(("word/document.xml", f"<!DOCTYPE x [<!ENTITY a 'x'>{LAUGHS}]><x>&i;</x>".encode())),
        DAMAGED,
    )
    yield (
        "a file from elsewhere",
        packed(
            (
                "word/document.xml",
                b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hosts'>]><x>&a;</x>",
            )
        ),
        DAMAGED,
    )
    yield "no XML", packed(("word/document.xml", b"\x00\x01\x02")), DAMAGED
    yield "XML that ends", packed(("word/document.xml", body(rows(HEAD, ROW))[:-30])), DAMAGED
    yield "letters that are none", packed(("word/document.xml", body("\x0b"))), DAMAGED
    yield "a workbook of nothing", packed(("xl/workbook.xml", b"<workbook/>")), DAMAGED
    yield (
        "macros in Word",
        packed(("word/document.xml", body(rows(HEAD, ROW))), ("word/vbaProject.bin", b"x")),
        MACROS,
    )
    yield "macros in Excel", packed(("xl/workbook.xml", b""), ("xl/VBAPROJECT.BIN", b"x")), MACROS
    yield "a letter home", word("<w:p><w:r><w:t>Dear parents</w:t></w:r></w:p>"), NO_TABLE
    yield "another's table", word(rows(("Objective", "Owner"), ("Read more", "Head"))), NO_TABLE
    yield "another's workbook", book(("Pupil", "Score"), ("p1", 100)), NO_TABLE
    yield "an empty workbook", book(), NO_TABLE
    yield "only headings", word(rows(HEAD)), NO_TABLE
    yield "the code column renamed", word(rows(("Ref", "Action", "RAG"), ROW)), NO_TABLE
    yield (
        "the code column moved",
        word(rows(("Action", "RAG", "Code"), ("Talk", "green", "S01"))),
        "= green",
    )
    yield "columns moved in Excel", book(("RAG", "Code"), ("green", "S01")), "= green"
    yield "a heading of lines above", book(("Our plan",), (), (), HEAD, ROW), "= green"
    yield "a hidden sheet", book(HEAD, ROW, hidden=True), "= green"
    yield "a column taken out", word(rows(("Code", "Action"), ("S01", "Talk"))), "= "
    yield "a row too short", word(rows(HEAD, ("S01", "Talk"))), "= "
    yield "a row too long", word(rows(HEAD, (*ROW, "more", "and more"))), "= green"
    yield "headings again on each page", word(rows(HEAD, ROW, HEAD)), "= green"
    yield (
        "a table within a table",
        word(rows(("Box",), of=f"<w:tr>{cell(rows(HEAD, ROW))}</w:tr>")),
        "= green",
    )
    yield (
        "a tracked insertion",
        last_cell(f"<w:p><w:ins>{RUN.format('green')}</w:ins></w:p>"),
        "= green",
    )
    yield (
        "a tracked deletion",
        last_cell(f"<w:p><w:del>{GONE.format('red')}</w:del>{RUN.format('green')}</w:p>"),
        "= green",
    )
    yield (
        "moved away, and to it",
        last_cell(
            f"<w:p><w:moveFrom>{RUN.format('red')}</w:moveFrom><w:moveTo>{RUN.format('green')}</w:moveTo></w:p>"
        ),
        "= green",
    )
    yield (
        "a word in pieces",
        last_cell(f"<w:p>{RUN.format('gr')}{RUN.format('een')}</w:p>"),
        "= green",
    )
    yield (
        "a content control",
        last_cell(f"<w:sdt><w:sdtContent><w:p>{RUN.format('green')}</w:p></w:sdtContent></w:sdt>"),
        "= green",
    )
    yield (
        "spaces that don't break",
        last_cell(f"<w:p>{RUN.format('&#160;green&#160;')}</w:p>"),
        "= green",
    )
    yield "a formula's value that isn't there", book(HEAD, ("S01", "Talk", "=1+1")), "= "
    yield "a very deep document", word(DEEP + rows(HEAD, ROW)), "= green"
    yield (
        "a very deep cell",
        last_cell("<w:p>" + "<w:r>" * 9_000 + "</w:r>" * 9_000 + "</w:p>"),
        DAMAGED,
    )


FILES = {name: (raw, outcome) for name, raw, outcome in odd()}


def test_there_are_fifty_of_them() -> None:
    assert len(FILES) >= 50


@pytest.mark.parametrize("name", FILES)
def test_an_odd_file_is_refused_in_a_sentence_or_read(name: str, tmp_path: Path) -> None:
    raw, outcome = FILES[name]
    path = tmp_path / "plan.docx"
    path.write_bytes(raw)
    if outcome.startswith("= "):
        assert [row.cells.get("RAG", "") for row in read_returned(path)] == [outcome[2:]]
        return
    with pytest.raises(TermwiseError) as refused:
        read_returned(path)
    assert outcome in str(refused.value)
