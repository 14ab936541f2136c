"""A plan's file that comes back: read by its codes, whatever saved it; what can't be one is refused in a sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.parser import parse_xml

from termwise.engine.core import TermwiseError
from termwise.engine.review.returned_file import read_returned

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(
    path: Path,
    *rows: tuple[str, ...],
    change: Callable[[docx.document.Document], None] | None = None,
) -> Path:
    file = docx.Document()
    table = file.add_table(0, 3)
    for row in (("Code", "Action", "RAG"), *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    if change:
        change(file)
    file.save(str(path))
    return path


def test_rows_are_read_by_their_headings_with_their_lines_and_their_place(tmp_path: Path) -> None:
    path = word(tmp_path / "plan.docx", ("S01", "Talk\nmore", "green"), ("", "Our own", ""))
    found = read_returned(path)
    assert [row.cells for row in found] == [
        {"Code": "S01", "Action": "Talk\nmore", "RAG": "green"},
        {"Code": "", "Action": "Our own", "RAG": ""},
    ]
    assert found[0].where == "table 1, row 2"


def test_what_tracked_changes_added_is_read_and_what_they_took_away_is_not(tmp_path: Path) -> None:
    def tracked(file: docx.document.Document) -> None:
        [paragraph] = file.tables[0].rows[1].cells[2].paragraphs
        for xml in (
            f'<w:del {W} w:id="1"><w:r><w:delText>green</w:delText></w:r></w:del>',
            f'<w:ins {W} w:id="2"><w:r><w:t>amber</w:t></w:r></w:ins>',
        ):
            paragraph._p.append(parse_xml(xml))
        gone = file.tables[0].rows[2]._tr
        gone.get_or_add_trPr().append(parse_xml(f'<w:del {W} w:id="3"/>'))

    path = word(tmp_path / "plan.docx", ("S01", "Talk", ""), ("S02", "Gone", ""), change=tracked)
    assert [row.cells["RAG"] for row in read_returned(path)] == ["amber"]


def test_a_workbook_is_read_sheet_by_sheet_wherever_its_headings_stand(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Progress"
    for cells in (("Progress",), (), ("RAG", "Code", "Days used"), ("amber", "S01", 2.0)):
        sheet.append(cells)
    book.create_sheet("Other").append(("nothing",))
    book.save(tmp_path / "plan.xlsx")
    [row] = read_returned(tmp_path / "plan.xlsx")
    assert row.cells == {"RAG": "amber", "Code": "S01", "Days used": "2"}
    assert row.where == "Progress, row 4"


def archive(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, raw in parts:
            file.writestr(name, raw)
    return out.getvalue()


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "is damaged, protected by a password, or neither"),
        (b"%PDF-1.7 ...", "is damaged, protected by a password, or neither"),
        (b"\xd0\xcf\x11\xe0" * 200, "is damaged, protected by a password, or neither"),
        (archive(("word/document.xml", b"<w:document")), "is damaged"),
        (archive(("word/document.xml", BOMB)), "is damaged"),
        (archive(("xl/workbook.xml", b"<workbook/>")), "is damaged, protected"),
        (archive(("word/document.xml", b"<x/>"), ("word/vbaProject.bin", b"")), "holds macros"),
        (archive(("content.xml", b"<x/>")), "is neither a Word file nor a workbook"),
        (archive(("word/document.xml", b"<x/>")), "has no table with the column “Code”"),
        (archive(("word/document.xml", b" " * 121_000_000)), "unpacks to more than a plan can be"),
        (archive(*((f"{n}", b"") for n in range(2_001))), "unpacks to more than a plan can be"),
    ],
    ids=["empty", "pdf", "old-or-locked", "cut", "entities", "broken-book", "macros", "odt", "strange", "bomb", "many"],
)  # fmt: skip
def test_what_can_not_be_a_plan_is_refused_in_a_sentence(
    raw: bytes, told: str, tmp_path: Path
) -> None:
    (tmp_path / "plan.docx").write_bytes(raw)
    with pytest.raises(TermwiseError, match=told):
        read_returned(tmp_path / "plan.docx")


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.docx", tmp_path):
        with pytest.raises(TermwiseError, match="is missing|is a folder|not in this folder"):
            read_returned(path)


def test_a_file_cut_anywhere_is_refused_and_nothing_else_happens(tmp_path: Path) -> None:
    raw = word(tmp_path / "plan.docx", ("S01", "Talk", "green")).read_bytes()
    for at in range(1, len(raw), len(raw) // 40):
        (tmp_path / "cut.docx").write_bytes(raw[:at])
        with pytest.raises(TermwiseError):
            read_returned(tmp_path / "cut.docx")
