"""The records of the data quality report: accounts of files, counts that add up, warnings."""

from __future__ import annotations

from pydantic import Field

from ...core import Record


class RefusedPart(Record):
    """A row or a cell that was not used."""

    row: int
    column: str
    """the heading; empty where it is about the whole row"""
    kind: str
    reason: str
    about: str = ""
    """what rows disagree about, and in which files"""
    mistake: bool
    """false: nothing is wrong with it, it is only not asked for"""


class ColumnRead(Record):
    heading: str
    read_as: str
    """empty: the column was not read"""


class FileRead(Record):
    """The account of one file; rows = used + refused."""

    name: str
    kind: str
    rows: int
    used: int
    refused: tuple[RefusedPart, ...]
    set_aside: tuple[RefusedPart, ...]
    """cells of used rows that were not used"""
    columns: tuple[ColumnRead, ...]
    notes: tuple[str, ...]


class Count(Record):
    """The number of pupils with and without a judgement in one year group or class."""

    year: str
    class_id: str | None = Field(default=None, serialization_alias="class")
    """none: the whole year group"""
    subject: str
    point: str
    known: int
    missing: int


class Start(Record):
    """The starting points of one year group in one subject, from which its progress is measured."""

    year: str
    subject: str
    expected: str
    """the first starting point that was held for this year group"""
    found: dict[str, int]
    """pupils by the assessment that was found"""
    none: int


class Look(Record):
    """Something to look at before the figures are trusted."""

    kind: str
    words: str
    pupils: tuple[str, ...] = ()
    """under their pseudonyms"""


class FigureShown(Record):
    """A figure taken from a published table."""

    indicator: str
    title: str
    value: str | float | bool
    file: str
    year: str


class PupilShown(Record):
    pupil: str
    name: str | None = None
    year: str
    class_id: str | None = Field(serialization_alias="class")
    judgements: int


class DataReport(Record):
    """All of it; the JSON of `termwise data`."""

    school: str
    files: tuple[FileRead, ...]
    pupils: int
    years: dict[str, int]
    classes: dict[str, int]
    scales: dict[str, int]
    """results by the scale they are on"""
    counts: tuple[Count, ...]
    starts: tuple[Start, ...]
    assessments: dict[str, str]
    """the names of those in `starts`"""
    published: tuple[FigureShown, ...]
    look: tuple[Look, ...]
    pupil_list: tuple[PupilShown, ...]
