"""Everything of every pupil who is listed: the reasons, what to bear in mind, what to check and teach."""

from __future__ import annotations

import pytest

from termwise.engine.documents.builders.pupils import pupils_document
from termwise.engine.documents.tree import Details, Section, Table, plain, texts
from termwise.engine.library.loader import Library
from termwise.engine.pupils import PupilReport
from termwise.engine.pupils.query import Ask
from termwise.engine.pupils.report import pupil_report
from termwise.engine.school.school import School


@pytest.fixture(scope="module")
def report(hillside: School, library: Library) -> PupilReport:
    return pupil_report(hillside, library, Ask(class_id="6B"))


def _section(report: PupilReport, name: str) -> Section:
    blocks = pupils_document(report).blocks
    [found] = [one for one in blocks if isinstance(one, Section) and one.name == name]
    return found


def test_every_listed_pupil_and_subject_can_be_opened_under_a_name_of_its_own(
    report: PupilReport,
) -> None:
    details = [one for one in _section(report, "pupils").blocks if isinstance(one, Details)]
    listed = [line for line in report.pupils if line.state != report.quiet]
    assert len({one.name for one in details}) == len(details) == len(listed)
    for one in details:
        assert one.marks and plain(one.line)


def test_a_goal_comes_with_what_to_check_before_what_to_teach(report: PupilReport) -> None:
    for one in _section(report, "pupils").blocks:
        assert isinstance(one, Details)
        told = list(texts(one))
        if "Check first" in told and "Teach" in told:
            assert told.index("Check first") < told.index("Teach")
            break
    else:
        pytest.fail("nobody has both")


def test_those_who_need_the_same_stand_in_one_row(report: PupilReport) -> None:
    tables = [
        block
        for section in _section(report, "now").blocks
        if isinstance(section, Section)
        for block in section.blocks
        if isinstance(block, Table)
    ]
    rows = [row for table in tables for row in table.rows]
    assert len(rows) == len(report.side_by_side) > 0
    assert len({row.id for row in rows}) == len(rows)


def test_the_document_is_for_its_owners_eyes(report: PupilReport) -> None:
    assert pupils_document(report).private
