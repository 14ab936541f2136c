"""The kinds of file pupils' data comes in, each with the reader for it; another one can be
registered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from ...core import Mistake, Place
from ...library import PupilColumn
from ..pupil_data.assessment_points import terms_of
from ..pupil_data.cells import Cells
from ..pupil_data.headings import Headings
from ..pupil_data.rows import Account, PupilRow, Read, Refusal, Request, UnreadableError
from ..pupil_data.skill_columns import SKILLS, SkillHeadings
from ..pupil_data.table import read_sheet
from ..pupil_data.words_in_headings import words_of
from .ctf import read_ctf
from .delimited import read_text
from .sheet import Sheet
from .xlsx_file import read_sheets

Part = tuple[Account, Callable[[], Iterator[PupilRow]]]
"""The account of a file, or of one sheet of it, and what reads its rows. The second raises
UnreadableError."""
WORKBOOK = "workbook"
_OF_TABLES = ("sheet", "sheets", "skip_rows", "columns", "ignore_columns", "blank_is_no")


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: how its first bytes show, and what reads it."""

    title: str
    recognises: Callable[[bytes], bool]
    read: Read | None
    """None where it has sheets, each of which is read as a table."""


def register(kind: FileKind) -> None:
    """Adds a kind of file; it is asked before those that are there already."""
    KINDS.insert(0, kind)


def read_pupil_file(raw: bytes, request: Request) -> Iterator[Part]:
    """The parts of one file, by the first kind that recognises it: one, or each sheet of a workbook.
    Raises UnreadableError."""
    for kind in KINDS:
        if kind.recognises(raw):
            if kind.read is None:
                yield from _sheets(raw, request)
                return
            account = Account(request.file.name, kind.title)
            yield account, partial(kind.read, raw, request, account)
            return
    raise UnreadableError(Mistake(Place(request.file.name), "is of a kind that can't be read"))


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    """Return a test for whether a file begins with one of these marks, in any encoding of text."""

    def recognises(raw: bytes) -> bool:
        start = raw[:64].replace(b"\0", b"") if raw[:2] in _WIDE else raw[:64]
        return start.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(marks)

    return recognises


_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
"""How UTF-16 begins."""


def _refuse(what: str, hint: str) -> Read:
    def read(raw: bytes, request: Request, account: Account) -> Iterator[PupilRow]:
        raise UnreadableError(Mistake(Place(request.file.name), what, hint))

    return read


def _headings(request: Request) -> Headings:
    kind = SkillHeadings if request.file.holds == SKILLS else Headings
    terms = terms_of(request.school, request.library)
    return kind(request.library, request.pupils, request.file, terms)


def _transfer(raw: bytes, request: Request, account: Account) -> Iterator[PupilRow]:
    for key in _OF_TABLES:
        if getattr(request.file, key):
            what = f"is a Common Transfer File, of which “{key}” in school.yaml says nothing"
            hint = f"leave out “{key}”: its elements are fixed, and have no columns or rows"
            raise UnreadableError(Mistake(Place(request.file.name), what, hint))
    if request.file.holds != SKILLS:
        return read_ctf(raw, request, account)
    what = "is a Common Transfer File, which holds no skills"
    hint = "leave out “holds: skills”, or export the skills as CSV or XLSX"
    raise UnreadableError(Mistake(Place(request.file.name), what, hint))


def _text(raw: bytes, request: Request, account: Account) -> Iterator[PupilRow]:
    headings, file = _headings(request), request.file
    if file.sheet is not None or file.sheets:
        what, hint = "is no workbook and has no sheets", "leave out “sheet” in school.yaml"
        raise UnreadableError(Mistake(Place(file.name), what, hint))

    def known(fields: list[str]) -> int:
        return sum(headings.is_known(field) for field in fields[:2000])

    return _table(read_text(raw, file.name, known), headings, request, account)


def _table(
    sheet: Sheet, headings: Headings, request: Request, account: Account
) -> Iterator[PupilRow]:
    """The rows of a table without those that school.yaml leaves out, with what its sheet's name says
    of all its pupils."""
    skipped = request.file.skip_rows
    left = sheet.leave_out(skipped) if skipped else []
    for first, last in skipped:
        if not any(first <= number <= last for number in left):
            where = f"row {first}" if first == last else f"rows {first}-{last}"
            what = f"nothing stands in {where}, which school.yaml leaves out"
            hint = "correct skip_rows: a spreadsheet shows the numbers at the left"
            raise UnreadableError(Mistake(Place(sheet.name, first, 1), what, hint))
    rows = read_sheet(sheet, headings, request, account)
    account.rows += len(left)
    reason = "is left out, as school.yaml says"
    account.refused += [Refusal(number, "", reason, False, "not asked for") for number in left]
    said = [(name, text) for name, text in sheet.says.items() if name not in account.headings]
    if not said:
        return rows
    columns = request.library.columns
    account.notes += [
        f"{columns[name].title} of all its pupils: {text}, as the sheet is called"
        for name, text in said
    ]
    return (row._replace(texts=(*row.texts, *said)) for row in rows)


def _sheets(raw: bytes, request: Request) -> Iterator[Part]:
    headings, file = _headings(request), request.file

    def known(fields: list[str]) -> int:
        return sum(headings.is_known(field) for field in fields)

    wanted = (file.sheet,) if file.sheet is not None else file.sheets
    says = SheetNames(request)
    sheets = read_sheets(raw, file.name, wanted, known, says.of)
    for sheet in sheets:
        if len(sheets) > 1:
            sheet.name = f"{file.name} ({sheet.label})"
        account = Account(sheet.name, WORKBOOK, sheet_of=file.name)
        yield account, partial(_table, sheet, _headings(request), request, account)


class SheetNames:
    """The sheet names of a workbook, read as a class or a year group of the school."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.cells = Cells(request.library, request.school, 0)
        self.groups = set(request.school.school.year_groups)

    def of(self, title: str) -> dict[str, str]:
        """The id of the column of the library a sheet's name could stand in, with its text; empty where
        it says neither."""
        for kind in ("class", "year"):
            for name in self.cells.of_kind.get(kind, ()):
                column = self.request.library.columns[name]
                for text in self._texts(title, column):
                    file = self.request.file.model_copy(update={"school_year": None})
                    value = self.cells.said(column, text, file).value
                    if value is not None and (kind == "class" or value in self.groups):
                        return {name: text}
        return {}

    @staticmethod
    def _texts(title: str, column: PupilColumn) -> Iterator[str]:
        """A sheet's name, and the same without the column's own before it, as in “Class 5A”."""
        yield title
        words = title.split()
        for alias in column.aliases:
            length = len(alias.split())
            if words_of(" ".join(words[:length])) == words_of(alias) and words[length:]:
                yield " ".join(words[length:])


KINDS: list[FileKind] = [
    FileKind(
        "a former workbook",
        _begins(b"\xd0\xcf\x11\xe0"),
        _refuse(
            "is a workbook of a former kind (XLS), or locked with a password",
            "save it as XLSX, without a password",
        ),
    ),
    FileKind(
        "PDF",
        _begins(b"%PDF"),
        _refuse("is a PDF", "export the data as CSV or XLSX; a PDF is a picture of it"),
    ),
    FileKind(
        "web page",
        _begins(b"<!DOCTYPE html", b"<html", b"<!doctype html", b"<HTML"),
        _refuse("is a web page", "some systems call it XLS: save it as XLSX or CSV"),
    ),
    FileKind(
        "JSON",
        _begins(b"{", b"["),
        _refuse("is JSON, not a table", "export the data as CSV or XLSX"),
    ),
    FileKind(WORKBOOK, _begins(b"PK\x03\x04", b"PK\x05\x06"), None),
    FileKind("Common Transfer File", _begins(b"<"), _transfer),
    FileKind("text", lambda raw: True, _text),
]
"""Asked in this order."""
