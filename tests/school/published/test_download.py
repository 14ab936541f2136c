"""The download of one school: each figure goes to its table and year, and it is the school's own."""

from __future__ import annotations

from typing import Any

from termwise.engine.library.loader import Library
from termwise.engine.school.model import PublishedFile
from termwise.engine.school.published.download import OneSchool
from termwise.engine.school.published.published_figures import PublishedRead
from termwise.engine.school.pupil_data.rows import Account

URN, YEAR = "999001", "2024-25"


def read(library: Library, *rows: tuple[str, str, str], **given: Any) -> PublishedRead:
    words = library.published_words.download
    headings = [words.value, words.variable, words.namespace]
    file = PublishedFile.model_validate({"name": "d.csv", "year": YEAR, **given})
    found = PublishedRead(file, Account("d.csv"))
    lines = [(n, [value, name, table]) for n, (table, name, value) in enumerate(rows, start=2)]
    OneSchool(found, headings, 1, URN, library).read(iter(lines))
    return found


def table(library: Library) -> tuple[str, str, str]:
    """What the download calls a table, and a figure of it with its indicator."""
    one = next(t for t in library.published.values() if t.namespace and t.values and not t.missing)
    name, measure = next(iter(one.measures()))
    assert one.namespace
    return one.namespace, measure.column, name


SAYS_SO = ("", "URN", URN)


def test_a_figure_goes_to_its_table_and_year(library: Library) -> None:
    space, column, indicator = table(library)
    found = read(library, SAYS_SO, (f"{space}_25", column, "5"), (f"{space}_24", column, "4"))
    years = {part.year: part.values for part in found.parts}
    assert not found.problems and set(years) == {"2024-25", "2023-24"}
    assert years["2024-25"][indicator].value == 5
    assert years["2023-24"][indicator].cells[0].row == 4
    assert found.account.used == found.account.rows == 3


def test_the_year_may_stand_in_the_figure_and_without_any_it_is_the_file_s(
    library: Library,
) -> None:
    space, column, _ = table(library)
    assert [p.year for p in read(library, SAYS_SO, (space, column.lower(), "5")).parts] == [YEAR]
    found = read(library, SAYS_SO, (space, column, "5"), (space, f"{column}_23", "3"))
    assert [part.year for part in found.parts] == ["2022-23", YEAR]


def test_two_figures_for_one_thing_are_set_aside(library: Library) -> None:
    space, column, _ = table(library)
    same = read(library, SAYS_SO, (space, column, "5"), (space, column, "5"))
    differ = read(library, SAYS_SO, (space, column, "5"), (space, column, "6"))
    assert same.parts[0].values and not differ.parts[0].values
    assert any("stands twice" in one.reason for one in differ.account.set_aside)


def test_what_no_table_knows_is_counted_and_not_read(library: Library) -> None:
    space, column, _ = table(library)
    found = read(
        library, SAYS_SO, (space, column, "5"), (space, "NOBODY", "6"), ("NOWHERE", column, "6")
    )
    assert [one.row for one in found.account.refused] == [4, 5]
    assert len(found.parts) == 1


def test_the_figures_of_another_school_are_not_taken(library: Library) -> None:
    space, column, _ = table(library)
    found = read(library, ("", "URN", "999002"), (space, column, "5"))
    [problem] = found.problems
    assert not found.parts and problem.place.line == 2
    assert problem.what == f"is about the school with the number 999002, not {URN}"
    both = read(library, ("", "URN", "999002"), SAYS_SO, (space, column, "5"))
    assert both.parts and not both.problems


def test_a_download_that_does_not_say_whose_it_is_is_taken_where_the_school_says_so(
    library: Library,
) -> None:
    space, column, _ = table(library)
    [problem] = read(library, (space, column, "5")).problems
    assert problem.what == "does not say which school it is about" and problem.place.line == 1
    assert read(library, (space, column, "5"), urn=URN).parts


def test_a_download_of_other_years_is_told(library: Library) -> None:
    space, column, _ = table(library)
    [problem] = read(library, SAYS_SO, (f"{space}_23", column, "5")).problems
    assert problem.what == f"has figures of 2022-23, none of {YEAR}"
    [problem] = read(library, SAYS_SO).problems
    assert problem.what == "has no figure that is read"
