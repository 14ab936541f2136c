"""A meeting and its report as they are printed: boxes to tick, lines to write on, and no cell that is too long."""

from __future__ import annotations

import datetime

import pytest

from termwise.engine.documents.builders.team_sheet import impact_sheet, meeting_sheet
from termwise.engine.documents.tree import Box, Document, Section, Table, texts
from termwise.engine.library.loader import Library
from termwise.engine.pupils import Meeting
from termwise.engine.pupils.commitment_report import impact
from termwise.engine.pupils.meeting_sheet import meeting
from termwise.engine.pupils.query import Ask
from termwise.engine.pupils.report import pupil_report
from termwise.engine.school.school import School

ON = datetime.date(2026, 11, 24)


@pytest.fixture(scope="module")
def upper(hillside: School, library: Library) -> Meeting:
    report = pupil_report(hillside, library, Ask(on=ON))
    return meeting(hillside, library, "upper", ON, report, ())


def _section(sheet: Document, begins: str) -> Section:
    sections = [block for block in sheet.blocks if isinstance(block, Section)]
    [found] = [one for one in sections if str(one.title).startswith(begins)]
    return found


def test_each_step_that_is_proposed_has_a_box_and_the_team_lines_of_its_own(
    upper: Meeting,
) -> None:
    table = _section(meeting_sheet(upper), "3.").blocks[0]
    assert isinstance(table, Table)
    assert len(table.rows) == len(upper.strategies) + upper.own_rows > upper.own_rows
    assert all(row.cells[-1] == (Box(""),) for row in table.rows)


def test_a_class_names_its_first_pupils_and_counts_the_others(upper: Meeting) -> None:
    table = _section(meeting_sheet(upper), "3.").blocks[0]
    assert isinstance(table, Table)
    said = [text for row in table.rows for block in row.under for text in texts(block)]
    whole = [of for item in upper.strategies for of in item.classes if len(of.pupils) > 3]
    assert whole and sum(" more" in text for text in said) == len(whole)


def test_a_goal_nobody_wrote_down_has_a_line_to_write_on(upper: Meeting) -> None:
    blank = sum(not goal.goal for goal in upper.goals)
    told = list(texts(_section(meeting_sheet(upper), "4.")))
    assert blank and sum("____" in text for text in told) == blank


def test_every_pupil_to_speak_of_stands_out(upper: Meeting) -> None:
    told = " ".join(texts(_section(meeting_sheet(upper), "2.")))
    assert all(pupil.called in told for of in upper.focus for pupil in of.pupils)


def test_both_are_for_their_owners_eyes_and_on_one_sheet(
    upper: Meeting, hillside: School, library: Library
) -> None:
    report = impact_sheet(impact(hillside, library, "upper", ON, ()))
    for sheet in (meeting_sheet(upper), report):
        assert sheet.private and sheet.sheet
    assert "Nothing agreed." in [text for block in report.blocks for text in texts(block)]
