"""Pupils at risk on a screen and in a spreadsheet: many in a table, a few in full."""

from __future__ import annotations

import pytest

from termwise.engine.documents.builders.pupils_summary import (
    COLUMNS,
    pupils_summary,
    pupils_table,
)
from termwise.engine.documents.tree import Details, Document, Section, Table
from termwise.engine.library.loader import Library
from termwise.engine.pupils import PupilReport
from termwise.engine.pupils.query import Ask
from termwise.engine.pupils.report import pupil_report
from termwise.engine.school.school import School


@pytest.fixture(scope="module")
def report(hillside: School, library: Library) -> PupilReport:
    return pupil_report(hillside, library, Ask(class_id="6B"))


def _kinds(document: Document) -> set[type[object]]:
    sections = [block for block in document.blocks if isinstance(block, Section)]
    return {type(block) for section in sections for block in section.blocks}


def test_many_stand_in_a_table_and_a_few_are_told_in_full(report: PupilReport) -> None:
    many, few = pupils_summary(report), report.model_copy(update={"pupils": report.pupils[:2]})
    assert Table in _kinds(many) and Details not in _kinds(many)
    assert Details in _kinds(pupils_summary(few)) and Table not in _kinds(pupils_summary(few))


def test_the_table_for_a_spreadsheet_has_everybody(report: PupilReport) -> None:
    [table] = pupils_table(report).blocks
    assert isinstance(table, Table)
    assert len(table.rows) == len(report.pupils)
    assert tuple(column.title for column in table.columns) == COLUMNS
