"""What a new folder still has of the template is told, and what a school wrote itself is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests import pupil_rows

WHO, MONEY, AGREED, PEOPLE = (
    "who the school is",
    "what is left for",
    "school and adviser",
    "who works",
)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    folder = tmp_path / "new"
    assert pupil_rows.run("new", folder).exit_code == 0
    return folder


def change(folder: Path, file: str, *path: str | int, to: object) -> None:
    data = yaml.safe_load((folder / file).read_text("utf-8"))
    inside = data
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = to
    (folder / file).write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")


def test_an_untouched_template_is_not_nothing_wrong(new: Path) -> None:
    done = pupil_rows.run("check", new)
    assert done.exit_code == 0 and "nothing is wrong" not in done.stdout
    assert all(words in done.stdout for words in (WHO, MONEY, AGREED, PEOPLE, "pupils' judgements"))


def test_as_json_it_is_told_beside_the_files(new: Path) -> None:
    done = pupil_rows.run("check", new, "--format", "json")
    assert {row["file"] for row in json.loads(done.stdout)} >= {"school.yaml", "cqa.yaml"}
    assert WHO in done.stderr


def test_what_was_filled_in_is_told_no_more(new: Path) -> None:
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        (WHO, lambda: change(new, "school.yaml", "school", "name", to="Alder Primary School")),
        ("", lambda: change(new, "school.yaml", "school", "id", to="alder")),
        (MONEY, lambda: change(new, "school.yaml", "money", "lines", 0, "amounts", "2026-27", to=900)),
        (PEOPLE, lambda: change(new, "staff.yaml", "people", 0, "time", to=3)),
        (AGREED, lambda: change(new, "cqa.yaml", "questions", "leadership", "judgement", to=2)),
    )  # fmt: skip
    for words, fill in steps:
        assert words in pupil_rows.run("check", new).stdout
        fill()
        assert pupil_rows.run("check", new).exit_code == 0
    assert "Alder Primary School: nothing is wrong." in pupil_rows.run("check", new).stdout


@pytest.mark.parametrize("name", ["hillside", "little-fen", "carrick-junior"])
def test_a_school_that_wrote_its_own_has_nothing_left(name: str) -> None:
    done = pupil_rows.run("check", pupil_rows.EXAMPLE.parent / name)
    assert "nothing is wrong" in done.stdout and "filled in" not in done.stdout


def test_each_line_names_the_file_and_its_keys_and_a_workbook_has_neither(
    new: Path, tmp_path: Path
) -> None:
    told = pupil_rows.run("check", new).stdout
    assert f"school.yaml: {WHO} (school: id, name, year groups, roll, classes)" in told
    assert f"school.yaml: {MONEY} improvement (money: amounts), if there is any" in told
    book = tmp_path / "book"
    assert pupil_rows.run("new", book, "--workbook").exit_code == 0
    told = pupil_rows.run("check", book).stdout
    assert f"school.xlsx: {WHO}\n" in told and f"school.xlsx: {MONEY} improvement\n" in told
    assert "(" not in told.partition(WHO)[2]
