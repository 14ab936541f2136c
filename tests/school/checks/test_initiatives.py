"""The list of initiatives: what can't be in it is told at its place, all of it at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from termwise.engine.core import ContentError
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school

Copy = Callable[[str], Path]

FIRST = (
    "- {id: marking-codes, title: Marking in three colours with codes, hours_a_week: 6, since: 2021-09-06, "
    "evidence: not-looked-at, purpose: feedback}"
)


def wrong(folder: Path, library: Library, line: str) -> list[str]:
    """What is told of a line in place of the list's first; the numbers of lines and columns left out."""
    file = folder / "school.yaml"
    text = file.read_text("utf-8")
    assert FIRST in text
    number = text[: text.index(FIRST)].count("\n") + 1
    file.write_text(text.replace(FIRST, line), "utf-8")
    with pytest.raises(ContentError) as caught:
        load_school(folder, library)
    for problem in caught.value.problems:
        assert problem.place.file.endswith("school.yaml")
        assert problem.place.line == number and problem.place.column > 0
    return [f"{problem.what}; {problem.hint}" for problem in caught.value.problems]


def test_an_initiative_without_hours(copy_example: Copy, library: Library) -> None:
    (told,) = wrong(copy_example("hillside"), library, "- {id: one, title: One thing}")
    assert "hours_a_week" in told


@pytest.mark.parametrize("hours", ["-1", "many", "true"])
def test_hours_that_are_none(hours: str, copy_example: Copy, library: Library) -> None:
    line = f"- {{id: one, title: One thing, hours_a_week: {hours}}}"
    (told,) = wrong(copy_example("hillside"), library, line)
    assert "hours_a_week" in told


def test_one_that_would_begin_after_the_plan(copy_example: Copy, library: Library) -> None:
    line = "- {id: one, title: One thing, hours_a_week: 1, since: 2026-09-02}"
    assert wrong(copy_example("hillside"), library, line) == [
        "“one” would begin on 2026-09-02, after the plan, which begins on 2026-09-01; "
        "list what runs already; what is to come goes into the plan"
    ]


def test_evidence_a_purpose_and_another_initiative_that_there_are_not(
    copy_example: Copy, library: Library
) -> None:
    line = "- {id: one, title: One, hours_a_week: 1, evidence: work, purpose: feed, overlaps_with: word-wals}"
    told = wrong(copy_example("hillside"), library, line)
    assert [one.partition(";")[0] for one in told] == [
        "unknown evidence “work”",
        "unknown purpose “feed”",
        "unknown other initiative “word-wals”",
    ]
    assert "works" in told[0] and "word-walls" in told[2]


def test_an_initiative_does_not_do_the_same_work_as_itself(
    copy_example: Copy, library: Library
) -> None:
    line = "- {id: one, title: One, hours_a_week: 1, overlaps_with: one}"
    (told,) = wrong(copy_example("hillside"), library, line)
    assert told.startswith("unknown other initiative “one”")


def test_two_of_one_id(copy_example: Copy, library: Library) -> None:
    folder = copy_example("hillside")
    file = folder / "school.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("{id: word-books", "{id: word-walls"), "utf-8")
    with pytest.raises(ContentError) as caught:
        load_school(folder, library)
    assert "the initiative “word-walls” stands twice" in [one.what for one in caught.value.problems]


def test_another_count_than_the_list_has_is_told_and_the_list_counts(
    copy_example: Copy, library: Library
) -> None:
    folder = copy_example("hillside")
    file = folder / "school.yaml"
    for said, told in ((7, []), (5, ["“initiatives_running” is 5, and 7 are listed"])):
        text = file.read_text("utf-8").replace(
            "context:\n", f"context:\n  initiatives_running: {said}\n"
        )
        (folder / "school.yaml").write_text(text, "utf-8")
        doubts = [doubt.what for doubt in load_school(folder, library).doubts]
        assert [doubt[:44] for doubt in doubts] == [one[:44] for one in told]
        file.write_text(text.replace(f"  initiatives_running: {said}\n", ""), "utf-8")


def test_a_role_that_there_is_not(copy_example: Copy, library: Library) -> None:
    line = "- {id: one, title: One, hours_a_week: 1, who: [class-teacher, deputy]}"
    (told,) = wrong(copy_example("hillside"), library, line)
    assert told.startswith("unknown role “deputy”")
