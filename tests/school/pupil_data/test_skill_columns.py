"""Codes of skills in headings and cells: which one is meant, and what a pupil's latest result is."""

from __future__ import annotations

import pytest

from termwise.engine.library.facts import Cell
from termwise.engine.library.loader import Library
from termwise.engine.school.pupil_data.record_merging import CandidateValue
from termwise.engine.school.pupil_data.skill_columns import (
    _one_apart,
    check_of_skills,
    lacking,
    latest_skills,
)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        *(("3nf1", "3nf2", True), ("3nf1", "3nf", True), ("3nf1", "33nf1", True)),
        *(("3nf1", "3nf1", False), ("3nf1", "4nf2", False), ("3nf1", "3nf123", False)),
        *(("3nf", "3fn", False), ("", "3", False), ("3", "4", True)),
    ],
)
def test_a_code_is_near_by_one_character_replaced_added_or_left_out(
    one: str, other: str, apart: bool
) -> None:
    assert _one_apart(one, other) is _one_apart(other, one) is apart


def test_a_file_of_skills_says_which_skill_and_whether_the_pupil_has_it() -> None:
    def missing(kinds: set[str], wide: bool) -> list[str]:
        return [heading for _, heading in lacking(kinds, wide)]

    assert missing({"skill", "judgement"}, False) == missing(set(), True) == []
    assert missing({"skill"}, False) == missing({"skill"}, True) == ["Result"]
    assert missing({"judgement"}, False) == ["Skill"]


class Row:
    """What is kept of a row here: how much it says, and what was lost of it."""

    def __init__(self) -> None:
        self.known = 1
        self.lost: list[str] = []

    def lose(self, refusal: object) -> None:
        self.lost.append(str(refusal))


def claim(at: int, value: int, row: int, kept: Row | None = None) -> CandidateValue:
    cell = Cell("skills.csv", row, "Result")
    return CandidateValue(at, str(value), cell, kept or Row())  # type: ignore[arg-type]


def test_the_latest_result_counts_and_the_first_cell_of_its_date_is_cited(library: Library) -> None:
    check = library.assessments[check_of_skills(library)]
    scale = library.scales[check.scale_in(None) or ""]
    secure = max(scale.rank(str(grade)) for grade in scale.anchors.values())
    rows = [Row(), Row()]
    heard = {
        "3NF-1": [claim(2, secure, 9), claim(2, secure, 4), claim(1, secure - 1, 2)],
        "3NF-2": [claim(1, secure, 2), claim(3, secure - 1, 3)],
        "3NF-3": [claim(1, secure, 2), claim(2, secure, 3, rows[0]), claim(2, 0, 5, rows[1])],
    }
    found = latest_skills(heard, scale)
    assert {code: value.value for code, value in found.items()} == {"3NF-1": True, "3NF-2": False}
    assert found["3NF-1"].cells[0].row == 4
    assert [row.known for row in rows] == [0, 0] and all(row.lost for row in rows)
