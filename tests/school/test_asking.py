"""What a file says that can be taken in two ways: what is asked, what is refused for it, and what
school.yaml settles."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.engine.core.errors import ContentError
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school
from termwise.engine.school.school import PupilRead, School
from tests import pupil_rows

ONE, TWO, THREE, FOUR = (pupil_rows.number_of(n) for n in (1, 2, 3, 4))
BELOW, EXPECTED, ABOVE = 1, 2, 3
SUMMER = "Reading Summer 2026"
WIDE = ["UPN", "Year", "Class", SUMMER]
LONG = ["UPN", "Year", "Class", "PP", "Subject", "Point", "Judgement"]
CODES = "teacher-assessment-codes"
Table = Sequence[Sequence[str]]
Load = Callable[..., School]


@pytest.fixture
def load(tmp_path: Path, library: Library) -> Load:
    """Reads a school with this table, or with these files; `given` is what school.yaml says of the
    one table, `pupils` and `more` what it says else."""
    count = itertools.count()

    def read(
        tables: Table | bytes | Mapping[str, Table | bytes],
        files: Sequence[Mapping[str, Any]] | None = None,
        pupils: Mapping[str, Any] | None = None,
        more: Mapping[str, Any] | None = None,
        **given: Any,
    ) -> School:
        named = tables if isinstance(tables, Mapping) else {"a.csv": tables}
        contents = {
            name: table if isinstance(table, bytes) else pupil_rows.as_csv(table)
            for name, table in named.items()
        }
        folder = tmp_path / str(next(count))
        said = files or [{"name": name, **given} for name in contents]
        pupil_rows.school_folder(folder, contents, said, **(pupils or {}))
        data = yaml.safe_load((folder / "school.yaml").read_text("utf-8"))
        data.update(more or {})
        (folder / "school.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
        return load_school(folder, library)

    return read


def refused(school: School) -> list[tuple[int, str, bool]]:
    """The rows of all files that were refused: row, reason, and whether that is a mistake."""
    for account in school.accounts:
        assert account.rows == account.used + len(account.refused)
    every = sorted(refusal for account in school.accounts for refusal in account.refused)
    return [(refusal.row, refusal.reason, refusal.mistake) for refusal in every]


def aside(school: School) -> list[tuple[int, str, str]]:
    every = sorted(refusal for account in school.accounts for refusal in account.set_aside)
    return [(refusal.row, refusal.column, refusal.reason) for refusal in every]


def only(school: School) -> PupilRead:
    [pupil] = school.pupils
    return pupil


def grades(school: School) -> dict[tuple[str, str, str], int | float | None]:
    """The results of the only pupil."""
    return {key: result.grade for key, result in only(school).results.items()}


def pupil_of(school: School, upn: str) -> PupilRead:
    ref = school.pseudonyms.of("upn", upn)
    return next(pupil for pupil in school.pupils if pupil.ref == ref)


# --- of which assessment, and of when

READ = ("tracking", "reading", "sum-2026")
ASSESSED = ["UPN", "Year", "Class", "Assessment", "Subject", "Point", "Judgement"]


def assessed(assessment: str, subject: str, text: str) -> Table:
    """A pupil with a judgement, and with another result beside it."""
    about = [ONE, "5", "Kestrel"]
    return [
        ASSESSED,
        [*about, "Teacher assessment", "Reading", "Summer 2026", "EXS"],
        [*about, assessment, subject, "Summer 2026", text],
    ]


@pytest.mark.parametrize("assessment", ["Target", "Predicted grade"])
def test_a_row_of_an_assessment_nobody_knows_is_no_judgement(assessment: str, load: Load) -> None:
    school = load(assessed(assessment, "Reading", "GDS"))
    assert refused(school) == [(3, "is of an assessment that is not read", False)]
    assert grades(school) == {READ: EXPECTED}


@pytest.mark.parametrize(
    ("assessment", "text", "key"),
    [
        ("NFER", "104", ("standardised", "maths", "sum-2026")),
        ("MTC", "23", ("tables-check", "tables", "2025-26")),
    ],
)
def test_a_row_of_another_assessment_is_filed_as_that(
    assessment: str, text: str, key: tuple[str, str, str], load: Load
) -> None:
    school = load(assessed(assessment, "Maths", text))
    assert (refused(school), aside(school)) == ([], [])
    assert set(grades(school)) == {READ, key}


def test_a_year_beside_a_statutory_assessment_is_that_in_which_the_school_year_ends(
    load: Load,
) -> None:
    school = load([[*WIDE, "Phonics 2024"], [ONE, "5", "Kestrel", "EXS", "35"]])
    assert grades(school) == {READ: EXPECTED, ("phonics", "phonics", "2023-24"): 35}


def test_a_result_of_a_school_year_to_come_is_not_used(load: Load) -> None:
    rows = [[ONE, "4", "Heron", "EXS", "23"], [TWO, "4", "Heron", "", "24"]]
    school = load([[*WIDE, "MTC"], *rows, [THREE, "5", "Kestrel", "", "25"]])
    [(row, column, reason)] = aside(school)
    assert (row, column) == (2, "MTC") and "still to come" in reason
    [(row, reason, mistake)] = refused(school)
    assert (row, mistake) == (3, True) and "still to come" in reason
    assert set(pupil_of(school, ONE).results) == {READ}
    assert set(pupil_of(school, THREE).results) >= {("tables-check", "tables", "2025-26")}


def test_a_half_term_without_a_year_is_never_a_starting_point(load: Load) -> None:
    points = [
        {"id": "start", "title": "Arrival", "date": "2024-09-30", "baseline": True},
        {"id": "sum-2026", "title": "Summer 2026", "date": "2026-06-25"},
    ]
    table = [[*WIDE, "Reading Autumn 1"], [ONE, "4", "Heron", "EXS", "GDS"]]
    assert grades(load(table, pupils={"points": points})) == {READ: EXPECTED}


def test_a_date_counts_where_the_point_can_not_be_read(load: Load) -> None:
    head = ["UPN", "Year", "Class", "Subject", "Term", "Assessment Date", "Judgement"]
    school = load([head, [ONE, "4", "Heron", "Reading", "Data drop 3", "25/06/2026", "EXS"]])
    assert (refused(school), grades(school)) == ([], {READ: EXPECTED})


# --- which row counts


@pytest.mark.parametrize(("point", "text"), [("Autumn 2019", "EXS"), ("Summer 2026", "splendid")])
def test_a_row_without_a_usable_result_does_not_outrank_one_with(
    point: str, text: str, load: Load
) -> None:
    used = [ONE, "4", "Heron", "Y", "Reading", "Spring 2026", "EXS"]
    school = load([LONG, used, [ONE, "4", "Heron", "N", "Reading", point, text]])
    assert only(school).values["pp"].value is True
    assert [row for row, *_ in refused(school)] == [3]


def test_of_a_refused_row_no_cell_is_set_aside(load: Load) -> None:
    used = [ONE, "4", "Heron", "Y", "Reading", "Summer 2026", "EXS"]
    school = load([LONG, used, [TWO, "4", "Heron", "perhaps", "Reading", "Summer 2026", "fine"]])
    assert [row for row, *_ in refused(school)] == [3]
    assert aside(school) == []


@pytest.mark.parametrize("first", ["a.csv", "b.xml"])
def test_a_table_of_now_goes_before_the_year_group_of_a_transfer_file(
    first: str, load: Load
) -> None:
    transfer = pupil_rows.ctf(pupil_rows.ctf_pupil(ONE, "Lark", "Amy", "2018-01-01"))
    tables: dict[str, Table | bytes] = {"a.csv": [WIDE, [ONE, "4", "Heron", "EXS"]]}
    tables["b.xml"] = transfer
    school = load(dict(sorted(tables.items(), key=lambda item: item[0] != first)))
    assert (only(school).year, refused(school), aside(school)) == ("4", [], [])


@pytest.mark.parametrize(
    ("here", "there", "agree"),
    [("expected", "exs", True), ("expected", "gds", False), ("expected", "pk2", False)],
)
def test_two_scales_agree_where_the_standing_is_equal(
    here: str, there: str, agree: bool, load: Load
) -> None:
    about = [ONE, "4", "Heron"]
    others = [[TWO, "4", "Heron", "EXS"], [THREE, "4", "Heron", "EXS"]]  # no file is useless
    tables = {"a.csv": [WIDE, [*about, here], others[0]]}
    tables["b.csv"] = [WIDE, [*about, there], others[1]]
    more = {"a.csv": {}, "b.csv": {"scale": CODES}}
    school = load(tables, [{"name": name, **said} for name, said in more.items()])
    assert (READ in pupil_of(school, ONE).results) is agree
    found = {(row, reason.partition(" (")[0], mistake) for row, reason, mistake in refused(school)}
    twice = "the same is judged twice for this pupil, and differently"
    assert found == (set() if agree else {(2, twice, True)})


# --- who a row is about


@pytest.mark.parametrize(("surname", "forename"), [("Sum", ""), ("", "Boys"), ("Mean", "Boys")])
def test_a_child_with_a_number_is_no_total_by_any_name(
    surname: str, forename: str, load: Load
) -> None:
    head = ["UPN", "Surname", "Forename", *WIDE[1:]]
    total = ["", "Total", "", "4", "Heron", "EXS"]
    school = load([head, [ONE, surname, forename, "4", "Heron", "EXS"], total])
    assert refused(school) == [(3, "sums up other rows and is no pupil", False)]
    assert grades(school) == {READ: EXPECTED}


def test_names_that_are_words_for_nothing_are_names(load: Load) -> None:
    head = ["Surname", "Forename", *WIDE[1:]]
    rows = [[surname, "Amy", "4", "Heron", "EXS"] for surname in ("New", "Na")]
    school = load([head, *rows])
    assert (len(school.pupils), refused(school)) == (2, [])


def test_a_word_in_place_of_the_pupil_number_is_nobodys(load: Load) -> None:
    rows = [[text, ref, "4", "Heron", "EXS"] for ref, text in (("77", "none"), ("78", "none"))]
    school = load([["UPN", "Adno", *WIDE[1:]], *rows, [ONE, "79", "4", "Heron", "GDS"]])
    assert (len(school.pupils), refused(school), aside(school)) == (3, [], [])


@pytest.mark.parametrize("turn", [1, -1], ids=["surer last", "surer first"])
@pytest.mark.parametrize(
    ("columns", "cells"),
    [
        (["Former UPN", "UPN"], [TWO, ONE]),
        (["Preferred Surname", "Legal Surname"], ["Finch", "Lark"]),
    ],
)
def test_the_surer_of_two_columns_counts_in_any_order(
    columns: list[str], cells: list[str], turn: int, load: Load
) -> None:
    rest, about = ["Forename", *WIDE[1:]], ["Amy", "4", "Heron"]
    tables = {
        "a.csv": [[*columns[::turn], *rest], [*cells[::turn], *about, "EXS"]],
        "b.csv": [[columns[1], "Forename", "PP"], [cells[1], "Amy", "Y"]],
    }
    assert only(load(tables)).values["pp"].value is True


def test_two_children_of_one_name_are_told_apart_by_nothing(load: Load) -> None:
    head = ["Name", "DOB", "Year", "Class", SUMMER]
    born = ["03/10/2017", "24/03/2018"]
    rows = [["Amy Lark", day, "4", "Heron", "EXS"] for day in born]
    school = load([head, *rows, ["Ben Coot", born[0], "4", "Heron", "EXS"]])
    assert len(school.pupils) == 1
    assert [row for row, _, mistake in refused(school) if mistake] == [2, 3]
    assert all("one of two pupils" in reason for _, reason, _ in refused(school))


def test_a_column_of_schools_numbers_refuses_nothing_where_ours_is_not_told(load: Load) -> None:
    table = [[*WIDE, "URN"], [ONE, "4", "Heron", "EXS", "123456"]]
    assert refused(load(table)) == []
    published = {"published": {"urn": 999001, "files": [{"name": "b.csv", "year": "2024-25"}]}}
    with pytest.raises(ContentError, match="another school"):
        load(table, more=published)


# --- rows and cells that can't be used


@pytest.mark.parametrize("inside", ["\u2028", "\x0c", "\x0b", "\x85"])
def test_a_break_that_ends_no_line_breaks_no_row(inside: str, load: Load) -> None:
    rows = [[n, "4", "Heron", "EXS", f"a{inside}b"] for n in (ONE, TWO)]
    [account] = load([[*WIDE, "Remarks"], *rows]).accounts
    assert (account.rows, account.used) == (2, 2)


@pytest.mark.parametrize("end", ['4,"Heron', '4,Heron"'], ids=["doesn't match", "matches"])
def test_lines_behind_a_stray_quotation_mark_are_refused_and_counted(end: str, load: Load) -> None:
    lines = [f"{ONE},4,Heron,EXS", f'{TWO},"4,Heron,EXS', f"{THREE},4,Heron,EXS"]
    lines += [f"{FOUR},{end},EXS", f"{pupil_rows.number_of(5)},4,Heron,EXS"]
    school = load("\n".join([",".join(WIDE), *lines, ""]).encode())
    [account] = school.accounts
    assert (account.rows, len(school.pupils)) == (len(lines), 2)
    assert [(row, mistake) for row, _, mistake in refused(school)] == [(n, True) for n in (3, 4, 5)]


@pytest.mark.parametrize(
    ("text", "value"), [("0.95", None), ("1", None), ("95%", 95.0), ("95.0", 95.0), ("1%", 1.0)]
)
def test_a_share_is_no_percentage(text: str, value: float | None, load: Load) -> None:
    school = load([[*WIDE, "Attendance %"], [ONE, "4", "Heron", "EXS", text]])
    found = only(school).values.get("attendance")
    assert (found.value if found else None) == value
    wrong = [(row, column) for row, column, reason in aside(school) if "1 or less" in reason]
    assert wrong == ([(2, "Attendance %")] if value is None else [])


@pytest.mark.parametrize("year", ["04", "4.0"])
def test_a_year_group_may_be_written_as_a_number(year: str, load: Load) -> None:
    assert only(load([WIDE, [ONE, year, "Heron", "EXS"]])).year == "4"


def test_a_row_of_which_no_filled_cell_can_be_read_is_refused(load: Load) -> None:
    head = [*WIDE[:3], "Reading Spring 2026", SUMMER]
    school = load([head, [ONE, "4", "Heron", "", "splendid"], [TWO, "4", "Heron", "", "EXS"]])
    assert [(row, mistake) for row, _, mistake in refused(school)] == [(2, True)]


def test_headings_that_come_again_are_no_row_and_no_mistake(load: Load) -> None:
    rows = [[n, "4", "Heron", "EXS"] for n in (ONE, TWO)]
    school = load([WIDE, rows[0], WIDE, rows[1]])
    assert refused(school) == [(3, "repeats the headings", False)]
    assert len(school.pupils) == 2


@pytest.mark.parametrize(
    ("rows", "lost", "stops"), [(23, 6, True), (24, 6, False), (19, 5, False), (5, 5, True)]
)
def test_a_file_of_which_too_much_is_lost_is_not_planned_with(
    rows: int, lost: int, stops: bool, load: Load
) -> None:
    texts = ["splendid"] * lost + ["EXS"] * (rows - lost)
    table = [[pupil_rows.number_of(n), "4", "Heron", text] for n, text in enumerate(texts)]
    if not stops:
        assert len(refused(load([WIDE, *table]))) == lost
        return
    with pytest.raises(ContentError) as caught:
        load([WIDE, *table])
    assert "rows can be used" in str(caught.value) or "rows can't be used" in str(caught.value)
    assert "splendid" not in str(caught.value)


# --- what school.yaml says


def test_codes_are_of_the_scale_of_the_file_only(load: Load) -> None:
    table = [[*WIDE, "KS1 Reading"], [ONE, "6", "Kestrel", "A", "A"]]
    pupil = only(load(table, scale=CODES, codes={"A": "gds"}))
    found = {
        key[0]: (result.grade is None, result.missing) for key, result in pupil.results.items()
    }
    assert found == {"tracking": (False, ""), "ks1": (True, "absent")}


@pytest.mark.parametrize("said", ["abovee", "4"])
def test_a_code_that_is_no_grade_is_told_where_it_stands(said: str, load: Load) -> None:
    with pytest.raises(ContentError) as caught:
        load([WIDE, [ONE, "4", "Heron", "A"]], codes={"A": said})
    [problem] = caught.value.problems
    assert problem.place.file == "school.yaml" and problem.place.line > 1
    assert f"“{said}” is not on the scale" in problem.what


def test_year_groups_of_last_year_are_asked_about_and_settled_by_what_is_said(load: Load) -> None:
    born = ["2018-01", "2018-05", "2018-08"] * 2  # in Year 4 in the year of the plan
    head = ["UPN", "DOB", "Year", SUMMER]
    table = [head, *([pupil_rows.number_of(n), day, "3", "EXS"] for n, day in enumerate(born))]
    with pytest.raises(ContentError) as caught:
        load(table)
    [problem] = caught.value.problems
    assert problem.place.file == "school.yaml"
    assert "school_year: 2025-26" in str(problem)
    assert len(load(table[:4]).pupils) == 3, "a few can be taught out of their year"
    settled = load(table, school_year="2025-26")
    assert [pupil.year for pupil in settled.pupils] == ["4"] * len(born)


def test_a_column_can_be_called_by_one_of_its_headings(load: Load) -> None:
    table = [["Kid", *WIDE[1:]], ["P1", "4", "Heron", "EXS"]]
    assert grades(load(table, columns={"Kid": "pupil"})) == {READ: EXPECTED}


@pytest.mark.parametrize("turn", [1, -1], ids=["said last", "said first"])
def test_a_column_that_is_said_goes_before_another_of_the_same(turn: int, load: Load) -> None:
    table = [["Class", "Now in"][::turn] + ["UPN", "Year", SUMMER]]
    table.append(["Kestrel", "Heron"][::turn] + [ONE, "4", "EXS"])
    school = load(table, columns={"Now in": "class"})
    assert (only(school).class_id, aside(school)) == ("Heron", [])


def test_a_number_in_one_file_and_a_reference_in_another_are_joined_by_the_name(
    tmp_path: Path, library: Library
) -> None:
    numbers = [["UPN", "Surname", "Forename", "Year", "Reading Autumn 2025"]]
    numbers.append([pupil_rows.number_of(1), "Egret", "Fulmar", "4", "below"])
    references = [["Adno", "Name", SUMMER], ["77", "Fulmar Egret", "expected"]]
    files = {"a.csv": pupil_rows.as_csv(numbers), "b.csv": pupil_rows.as_csv(references)}
    for turn, order in enumerate(([*files], [*files][::-1])):
        folder = tmp_path / f"school-{turn}"
        pupil_rows.school_folder(folder, {name: files[name] for name in order})
        [pupil] = load_school(folder, library).pupils
        assert len(pupil.results) == 2
