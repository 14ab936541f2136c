"""The kinds of file pupils' data comes in, each with the reader for it; another one can be
registered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..errors import Place, Problem
from .ctf import read_ctf
from .delimited import read_text
from .headings import Headings
from .points import terms_of
from .rows import Account, Read, Request, Row, UnreadableError
from .skills import SKILLS, SkillHeadings
from .table import read_sheet
from .workbook import read_workbook


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: how its first bytes show, and what reads it."""

    title: str
    recognises: Callable[[bytes], bool]
    read: Read


def register(kind: FileKind) -> None:
    """Adds a kind of file; it is asked before those that are there already."""
    KINDS.insert(0, kind)


def read_pupil_file(raw: bytes, request: Request, account: Account) -> Iterator[Row]:
    """The rows of one file, by the first kind that recognises it. Raises UnreadableError."""
    for kind in KINDS:
        if kind.recognises(raw):
            account.kind = kind.title
            return kind.read(raw, request, account)
    raise UnreadableError(Problem(Place(request.file.name), "is of a kind that can't be read"))


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    """Whether a file begins with one of these marks, in whatever encoding of text."""

    def recognises(raw: bytes) -> bool:
        start = raw[:64].replace(b"\0", b"") if raw[:2] in _WIDE else raw[:64]
        return start.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(marks)

    return recognises


_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
"""How UTF-16 begins."""


def _refuse(what: str, hint: str) -> Read:
    def read(raw: bytes, request: Request, account: Account) -> Iterator[Row]:
        raise UnreadableError(Problem(Place(request.file.name), what, hint))

    return read


def _headings(request: Request) -> Headings:
    kind = SkillHeadings if request.file.holds == SKILLS else Headings
    terms = terms_of(request.school, request.library)
    return kind(request.library, request.pupils, request.file, terms)


def _transfer(raw: bytes, request: Request, account: Account) -> Iterator[Row]:
    if request.file.holds != SKILLS:
        return read_ctf(raw, request, account)
    what = "is a Common Transfer File, which holds no skills"
    hint = "leave out “holds: skills”, or export the skills as CSV or XLSX"
    raise UnreadableError(Problem(Place(request.file.name), what, hint))


def _text(raw: bytes, request: Request, account: Account) -> Iterator[Row]:
    headings = _headings(request)

    def known(fields: list[str]) -> int:
        return sum(headings.is_known(field) for field in fields[:2000])

    return read_sheet(read_text(raw, request.file.name, known), headings, request, account)


def _workbook(raw: bytes, request: Request, account: Account) -> Iterator[Row]:
    headings = _headings(request)

    def known(fields: list[str]) -> int:
        return sum(headings.is_known(field) for field in fields)

    sheet = read_workbook(raw, request.file.name, request.file.sheet, known)
    return read_sheet(sheet, headings, request, account)


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
    FileKind("workbook", _begins(b"PK\x03\x04", b"PK\x05\x06"), _workbook),
    FileKind("Common Transfer File", _begins(b"<"), _transfer),
    FileKind("text", lambda raw: True, _text),
]
"""Asked in this order."""
