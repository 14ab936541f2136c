"""The plan as its parts, and the plan in force with its progress, from the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from termwise.cli import main
from tests import worked_out_once
from tests.places import EXAMPLES

LITTLE_FEN = str(EXAMPLES / "little-fen")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module", autouse=True)
def _planned_once() -> Iterator[None]:
    with worked_out_once.folders():
        yield


@pytest.mark.parametrize("view", ["summary", "leader:headteacher", "teacher:Kestrel"])
def test_a_view_of_the_plan_is_printed(view: str) -> None:
    told = run("plan", LITTLE_FEN, "--view", view, "--format", "md")
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("# Little Fen Primary School: the plan")


def test_a_view_that_is_not_there_is_told_with_the_near_one() -> None:
    told = run("plan", LITTLE_FEN, "--view", "govenors")
    assert told.exit_code == 1
    assert "there is no view “govenors”; did you mean “governors”?" in told.stderr


def test_the_plan_in_force_is_shown_with_its_progress(
    copy_example: Callable[[str], Path],
) -> None:
    folder = copy_example("little-fen")
    assert "termwise issue" in run("plan", folder, "--issued").stderr
    assert run("issue", folder, "--on", "2026-09-01").exit_code == 0
    rows = "date,step,by,status,rag\n2026-09-02,cluster-moderation,headteacher,on-track,amber\n"
    (folder / "progress.csv").write_text(rows, "utf-8")
    words = ("plan", folder, "--issued", "--on", "2026-10-01")
    told = run(*words, "--view", "summary", "--format", "md")
    assert told.exit_code == 0, told.output
    assert "Moderation with partner schools (amber)" in told.stdout
    assert run("plan", folder, "--on", "2026-10-01").exit_code == 2


def test_a_workbook_to_fill_in_is_made_and_read(tmp_path: Path) -> None:
    place = tmp_path / "school"
    made = run("new", place, "--workbook")
    assert made.exit_code == 0, made.output
    assert f"{place / 'school.xlsx'} is made." in made.stdout
    checked = run("check", place)
    assert checked.exit_code == 0, checked.output
    assert "school.xlsx: who the school is" in checked.stdout
    refused = run("plan", LITTLE_FEN, "--format", "xlsx", "-o", place / "school.xlsx")
    assert refused.exit_code == 2 and "one of the school's own files" in refused.stderr
    assert run("new", place, "--workbook").exit_code == 0  # the same again is no hindrance
