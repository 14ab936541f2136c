"""Files that say different things of the same pupils: told once with their number, and settled by
the file that school.yaml prefers; pupils whom only a list of names has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from termwise.engine.core.errors import ContentError
from termwise.engine.library.loader import Library
from termwise.engine.school.data_quality.data_doctor import data_report
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.rows import all_problems
from termwise.engine.school.school import School
from tests import pupil_rows

HEAD = [
    "Pupil ID",
    "Year",
    "Class",
    "PP",
    "Reading Summer 2026",
    "Maths Summer 2026",
    "Writing Summer 2026",
]
Table = Sequence[Sequence[str]]
Load = Callable[..., School]


@pytest.fixture
def load(tmp_path: Path, library: Library) -> Load:
    def read(tables: Mapping[str, Table], **more: Any) -> School:
        contents = {name: pupil_rows.as_csv(table) for name, table in tables.items()}
        folder = tmp_path / f"school-{len(list(tmp_path.iterdir()))}"
        return load_school(pupil_rows.school_folder(folder, contents, **more), library)

    return read


def table(grade: str, maths: str = "below", pp: str = "Y", pupils: int = 35) -> list[list[str]]:
    rows = ([f"P{number}", "3", "Heron", pp, grade, maths, "expected"] for number in range(pupils))
    return [HEAD, *rows]


def test_what_two_files_disagree_about_is_told_once_with_its_number(load: Load) -> None:
    school = load({"one.csv": table("expected"), "two.csv": table("below", "above")})
    told = [str(problem) for problem in all_problems(school.accounts)]
    assert len(told) == 2
    for line, subject in zip(told, ("Mathematics", "Reading"), strict=True):
        assert line.startswith("one.csv:2:")
        assert f"(34 more are like this: {subject}, Summer 2026, in one.csv and two.csv)" in line
        assert "prefer: its name" in line


def test_facts_that_differ_are_told_once_as_well(load: Load) -> None:
    school = load({"one.csv": table("below"), "two.csv": table("below", pp="N")})
    [problem] = all_problems(school.accounts)
    assert "(34 more are like this: PP, in one.csv and two.csv)" in problem.what


@pytest.mark.parametrize(("prefer", "grade", "pp"), [("one.csv", 2, True), ("two.csv", 1, False)])
def test_the_file_that_is_preferred_wins(prefer: str, grade: int, pp: bool, load: Load) -> None:
    tables = {"one.csv": table("expected"), "two.csv": table("below", pp="N")}
    for order in (tables, dict(reversed(tables.items()))):
        school = load(order, prefer=prefer)
        assert not list(all_problems(school.accounts))
        assert {p.results["tracking", "reading", "sum-2026"].grade for p in school.pupils} == {
            grade
        }
        assert {p.values["pp"].value for p in school.pupils} == {pp}
        asides = [len(account.set_aside) for account in school.accounts]
        assert sorted(asides) == [0, 35]  # overruled, counted, and no mistake


def test_a_file_that_is_preferred_is_one_of_the_files(load: Load) -> None:
    with pytest.raises(ContentError) as caught:
        load({"one.csv": table("below")}, prefer="won.csv")
    [problem] = caught.value.problems
    assert "won.csv" in problem.what
    assert "one.csv" in problem.hint


@pytest.mark.parametrize(("name", "alone"), [("Ada Moss", 0), ("Adah Moss", 1)])
def test_pupils_whom_only_a_list_of_names_has_are_told(
    name: str, alone: int, load: Load, library: Library
) -> None:
    head = ["Name", "Year", "Class", "Reading Summer 2026"]
    school = load(
        {
            "one.csv": [["UPN", *head], [pupil_rows.number_of(1), "Moss, Ada", "3", "Heron", ""]],
            "two.csv": [head, [name, "3", "Heron", "below"], ["Ben Pike", "6", "Kestrel", "below"]],
        }
    )
    looks = [look for look in data_report(school, library).look if look.kind == "only by name"]
    assert [len(look.pupils) for look in looks] == ([1] if alone else [])
