"""Several files about the same pupils: whose row is whose, what counts where they differ, and what
school.yaml says of a file."""

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
from termwise.engine.school.pupil_data.rows import Refusal
from termwise.engine.school.school import PupilRead, School
from tests import pupil_rows

ONE, TWO = pupil_rows.number_of(1), pupil_rows.number_of(2)
BELOW, EXPECTED, ABOVE = 1, 2, 3
Rows = Sequence[Sequence[str]]


Load = Callable[..., School]


@pytest.fixture
def load(tmp_path: Path, library: Library) -> Load:
    """Reads a school with these tables; there are two classes for Years 3 and 4."""
    count = itertools.count()

    def read(
        tables: Mapping[str, Rows | bytes],
        files: Sequence[Mapping[str, Any]] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> School:
        contents = {
            name: table if isinstance(table, bytes) else pupil_rows.as_csv(table)
            for name, table in tables.items()
        }
        folder = tmp_path / str(next(count))
        pupil_rows.school_folder(folder, contents, files)
        data = yaml.safe_load((folder / "school.yaml").read_text("utf-8"))
        data["school"]["classes"].append({"id": "Bittern", "years": ["3", "4"]})
        data.update(more or {})
        (folder / "school.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
        staff = (folder / "staff.yaml").read_text("utf-8")
        (folder / "staff.yaml").write_text(staff.replace("[Heron]", "[Heron, Bittern]"), "utf-8")
        return load_school(folder, library)

    return read


def grades(pupil: PupilRead) -> dict[tuple[str, str], int | float | None]:
    """A pupil's own judgements by subject and point."""
    return {
        (part, when): result.grade
        for (assessment, part, when), result in pupil.results.items()
        if assessment == "tracking"
    }


def said(pupil: PupilRead) -> dict[str, object]:
    return {name: value.value for name, value in pupil.values.items()}


def refused(school: School, file: str) -> list[tuple[int, str, bool]]:
    """The rows of a file that were refused: row, kind, and whether that is a mistake."""
    [account] = (account for account in school.accounts if account.file == file)
    assert account.rows == account.used + len(account.refused)
    return [(r.row, r.kind, r.mistake) for r in sorted(account.refused)]


def aside(school: School) -> list[Refusal]:
    return sorted(refusal for account in school.accounts for refusal in account.set_aside)


# --- whose row is whose

HEAD = ["Year", "Class", "Subject", "Point", "Judgement"]
YEAR_3 = ["3", "Heron", "Reading", "Summer 2026", "expected"]
YEAR_5 = ["5", "Kestrel", "Reading", "Summer 2026", "below"]


@pytest.mark.parametrize(
    ("who", "whom", "again", "other"),
    [
        (["UPN"], [ONE], ["UPN"], [f"{ONE[0]} {ONE[1:4]} {ONE[4:8]} {ONE[8:]}"]),
        (["UPN"], [ONE], ["Unique Pupil Number"], [ONE.lower()]),
        (["Pupil ID"], ["P17"], ["Adno"], ["p17"]),
        (["Surname", "Forename"], ["Bowen", "Ada Mae"], ["Name"], ["Bowen, Ada Mae"]),
        (["Surname", "Forename"], ["Bowen", "Ada Mae"], ["Name"], ["ada mae BOWEN"]),
        (["UPN", "Pupil ID"], [ONE, "P17"], ["Pupil ID"], ["P17"]),
        (["UPN", "Name"], [ONE, "Ada Bowen"], ["Name"], ["Ada Bowen"]),
        (["Pupil ID", "Name"], ["P17", "Ada Bowen"], ["Name"], ["Ada Bowen"]),
    ],
)
def test_two_files_are_joined_on_what_identifies_the_pupil(
    who: list[str], whom: list[str], again: list[str], other: list[str], load: Load
) -> None:
    school = load(
        {
            "tracking.csv": [[*who, *HEAD], [*whom, *YEAR_3]],
            "premium.csv": [[*again, "PP"], [*other, "Y"]],
        }
    )
    [pupil] = school.pupils
    assert (said(pupil)["pp"], grades(pupil)) == (True, {("reading", "sum-2026"): EXPECTED})
    assert [(a.rows, a.used) for a in school.accounts] == [(1, 1), (1, 1)]


@pytest.mark.parametrize("name", ["Böwen, Ada", "BÖWEN Ada", "Bo\u0308wen Ada"])
def test_accents_make_no_other_name(name: str, load: Load) -> None:
    tables = {
        "tracking.csv": [["Name", *HEAD], ["Ada Bowen", *YEAR_3]],
        "premium.csv": [["Name", "Year", "PP"], [name, "3", "Y"]],
    }
    assert [said(pupil).get("pp") for pupil in load(tables).pupils] == [True]


def test_a_reference_of_two_pupil_numbers_identifies_nobody(load: Load) -> None:
    school = load(
        {
            "one.csv": [["UPN", "Pupil ID", *HEAD], [ONE, "P17", *YEAR_3], [TWO, "P17", *YEAR_5]],
            "premium.csv": [["UPN", "Pupil ID", "PP"], ["", "P17", "Y"], [TWO, "", "Y"]],
        }
    )
    one, two = (school.pseudonyms.of("upn", number) for number in (ONE, TWO))
    assert {p.ref: said(p).get("pp") for p in school.pupils} == {one: None, two: True}
    assert refused(school, "premium.csv") == [(2, "contradiction", True)]
    assert refused(school, "one.csv") == []


def test_a_name_of_two_pupils_identifies_nobody(load: Load) -> None:
    rows = [["P1", "Ada Bowen", *YEAR_3], ["P2", "Ada Bowen", *YEAR_5], ["P3", "Ben C", *YEAR_5]]
    premium = [["Name", "PP"], ["Ada Bowen", "Y"], ["Ben C", "Y"]]
    school = load({"one.csv": [["Pupil ID", "Name", *HEAD], *rows], "premium.csv": premium})
    assert [said(p).get("pp") for p in school.pupils] == [None, None, True]
    assert refused(school, "premium.csv") == [(2, "contradiction", True)]


def test_a_transfer_file_tells_of_the_pupils_of_a_table(load: Load) -> None:
    transfer = pupil_rows.ctf(pupil_rows.ctf_pupil(ONE, "Bowen", "Ada", "2019-01-01"))
    school = load({"tracking.csv": [["UPN", *HEAD], [ONE, *YEAR_3]], "transfer.xml": transfer})
    [pupil] = school.pupils
    assert (pupil.year, pupil.class_id) == ("3", "Heron")
    assert {key[:2] for key in pupil.results} == {("tracking", "reading"), ("ks1", "reading")}
    assert said(pupil)["term_of_birth"] == "spring"


def test_a_list_without_judgements_adds_to_pupils_and_adds_no_results(load: Load) -> None:
    school = load(
        {
            "tracking.csv": [["Pupil ID", *HEAD], ["P1", *YEAR_3], ["P2", *YEAR_5]],
            "list.csv": [["Pupil ID", "PP", "SEN", "Attendance %"], ["P2", "Y", "N", "88.5"]],
        }
    )
    first, second = school.pupils
    assert "pp" not in said(first)
    told = said(second)
    assert (told["pp"], told["sen"], told["attendance"]) == (True, False, 88.5)
    assert len(second.results) == 1
    assert second.values["attendance"].cells[0].file == "list.csv"


@pytest.mark.parametrize(
    ("heading", "own", "other"),
    [
        ("School", "Little Fen Primary School", "Great Fen Primary School"),
        ("School", "little-fen", "great-fen"),
        ("URN", "999001", "999002"),
    ],
)
def test_rows_of_another_school_are_left_out_and_are_no_mistake(
    heading: str, own: str, other: str, load: Load
) -> None:
    table = [[heading, "Pupil ID", *HEAD], [other, "P1", *YEAR_5], [own, "P1", *YEAR_3]]
    contents = {"both.csv": table, "absence.csv": b"URN,PERCTOT,PPERSABS10\n999001,4.1,9\n"}
    published = {"urn": 999001, "files": [{"name": "absence.csv", "year": "2025-26"}]}
    school = load(contents, [{"name": "both.csv"}], {"published": published})
    assert [p.year for p in school.pupils] == ["3"]
    assert refused(school, "both.csv") == [(2, "another school", False)]
    assert not list(school.accounts[0].problems())


# --- what counts where rows differ


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize(
    ("rows", "counts", "left_out"),
    [
        ([("Heron", "Reading", "Autumn 2025"), ("Bittern", "Reading", "Summer 2026")], "Bittern", []),
        ([("Heron", "Reading", "Summer 2026"), ("Bittern", "Maths", "Summer 2026")], None, [2, 3]),
    ],
)  # fmt: skip
def test_the_class_of_the_latest_row_counts_and_of_two_neither(
    rows: list[tuple[str, ...]], counts: str | None, left_out: list[int], turn: int, load: Load
) -> None:
    table = [["P1", "3", *cells, "expected"] for cells in rows[::turn]]
    school = load({"t.csv": [["Pupil ID", *HEAD], *table]})
    [pupil] = school.pupils
    assert (pupil.year, pupil.class_id, len(grades(pupil))) == ("3", counts, 2)
    told = [(row, "Class", "two classes") for row in left_out]
    assert [(r.row, r.column, r.kind) for r in aside(school)] == told


def test_the_same_judged_differently_in_two_files_is_left_out_of_both(load: Load) -> None:
    row = ["P1", "3", "Heron"]
    one = [[*row, "Reading", "Summer 2026", "expected"], [*row, "Maths", "Summer 2026", "below"]]
    two = [[*row, "Maths", "Summer 2026", "below"], [*row, "Reading", "Summer 2026", "below"]]
    head = ["Pupil ID", *HEAD]
    school = load({"one.csv": [head, *one], "two.csv": [head, *two]})
    assert [grades(p) for p in school.pupils] == [{("maths", "sum-2026"): BELOW}]
    assert refused(school, "one.csv") == [(2, "judged twice", True)]
    assert refused(school, "two.csv") == [(3, "judged twice", True)]


def test_the_order_of_files_changes_no_fact(load: Load) -> None:
    tables = {
        "one.csv": [["UPN", "Pupil ID", *HEAD], [ONE, "P1", *YEAR_3], [TWO, "P2", *YEAR_5]],
        "two.csv": [["Pupil ID", "Name", "PP", "SEN"], ["P1", "Ada B", "Y", "K"]],
        "three.csv": [["Name", "PP", "EAL"], ["Ada B", "N", "Y"]],
    }
    facts = []
    for order in itertools.permutations(tables):
        school = load({name: tables[name] for name in order})
        facts.append(
            (pupil_rows.facts_of(school), sorted((a.file, *aside) for a in school.accounts
             for aside in a.set_aside))
        )  # fmt: skip
    assert all(fact == facts[0] for fact in facts)
    assert len(facts[0][0]) == 2
    # Two lists of the same standing say different things of the premium: neither counts.
    assert [(entry[0], entry[2]) for entry in facts[0][1]] == [
        ("three.csv", "PP"),
        ("two.csv", "PP"),
    ]


# --- what school.yaml says of a file


def test_a_file_of_last_year_moves_everybody_up_and_tells_no_class(load: Load) -> None:
    table = [
        ["Pupil ID", *HEAD],
        ["P1", *YEAR_3],
        ["P2", *YEAR_5],
        ["P3", "6", "Kestrel", "Reading", "Summer 2026", "above"],
        ["P4", "R", "Wren", "Reading", "Summer 2026", "above"],
    ]
    school = load({"t.csv": table}, [{"name": "t.csv", "school_year": "2025-26"}])
    assert [(p.year, p.class_id) for p in school.pupils] == [("4", None), ("6", None), ("1", None)]
    assert refused(school, "t.csv") == [(4, "not asked for", False)]


def test_this_years_classes_come_from_this_years_file(load: Load) -> None:
    now = [["Pupil ID", "Year", "Class"], ["P1", "4", "Bittern"]]
    school = load(
        {"last.csv": [["Pupil ID", *HEAD], ["P1", *YEAR_3]], "now.csv": now},
        [{"name": "last.csv", "school_year": "2025-26"}, {"name": "now.csv"}],
    )
    assert [(p.year, p.class_id) for p in school.pupils] == [("4", "Bittern")]


@pytest.mark.parametrize(
    ("table", "given"),
    [
        ([["Pupil ID", "Year", "Subject", "Grade"], ["P1", "3", "Maths", "above"]], {"point": "spr-2026"}),
        ([["Pupil ID", "Year", "Point", "Grade"], ["P1", "3", "Spring 2026", "above"]], {"subject": "maths"}),
        ([["Pupil ID", "Year", "Grade"], ["P1", "3", "above"]], {"subject": "maths", "point": "spr-2026"}),
        ([["Pupil ID", "Year", "Maths"], ["P1", "3", "above"]], {"point": "spr-2026"}),
        (
            [["Pupil ID", "Year", "Quux", "Spring 2026 Maths"], ["P1", "3", "above", "below"]],
            {"columns": {"Quux": "maths, spr-2026", "Spring 2026 Maths": "ignore"}},
        ),
        (
            [["Quux", "Year", "Spring 2026 Maths"], ["P1", "3", "above"]],
            {"columns": {"Quux": "reference"}},
        ),
        ([["Pupil ID", "Year", "Spring 2026 Maths"], ["P1", "3", "A"]], {"codes": {"A": "above"}}),
        ([["Pupil ID", "Year", "Spring 2026 Maths"], ["P1", "3", "Z"]], {"codes": {"Z": "above"}}),
    ],
)  # fmt: skip
def test_school_yaml_says_what_the_file_does_not(
    table: Rows, given: dict[str, Any], load: Load
) -> None:
    school = load({"t.csv": table}, [{"name": "t.csv", **given}])
    assert [grades(pupil) for pupil in school.pupils] == [{("maths", "spr-2026"): ABOVE}]
    assert aside(school) == []


def test_a_code_can_be_said_to_be_missing(load: Load) -> None:
    table = [["Pupil ID", "Year", "Spring 2026 Maths"], ["P1", "3", "A"]]
    school = load({"t.csv": table}, [{"name": "t.csv", "codes": {"A": "missing"}}])
    assert grades(school.pupils[0]) == {("maths", "spr-2026"): None}
    assert aside(school) == []


def test_the_sheet_that_is_named_is_read(load: Load) -> None:
    good = [["Pupil ID", "Year", "Spring 2026 Maths"], ["P1", "3", "above"]]
    other = [["Pupil ID", "Year", "Spring 2026 Maths"], ["P1", "3", "below"]]
    book = pupil_rows.as_xlsx(other, good, titles=["Old", "New"])
    school = load({"t.xlsx": book}, [{"name": "t.xlsx", "sheet": "New"}])
    assert grades(school.pupils[0]) == {("maths", "spr-2026"): ABOVE}


# --- shapes between long and wide

HALF_LONG = {("reading", "spr-2026"): EXPECTED, ("reading", "sum-2026"): BELOW,
             ("maths", "spr-2026"): ABOVE, ("maths", "sum-2026"): EXPECTED}  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [
        [
            ["Pupil ID", "Year", "Subject", "Spring 2026", "Summer 2026"],
            ["P1", "3", "Reading", "expected", "below"],
            ["P1", "3", "Maths", "above", "expected"],
        ],
        [
            ["Pupil ID", "Year", "Point", "Reading", "Maths"],
            ["P1", "3", "Spring 2026", "expected", "above"],
            ["P1", "3", "Summer 2026", "below", "expected"],
        ],
        [
            ["Pupil ID", "Year", "Assessment Date", "Reading", "Maths"],
            ["P1", "3", "19/03/2026", "expected", "above"],
            ["P1", "3", "2026-06-20", "below", "expected"],
        ],
        [
            ["Pupil ID", "Year", "TA$Spring$Year 2$Reading", "TA$Summer$Year 2$Reading",
             "TA$Spring$Year 2$Maths", "TA$Summer$Year 2$Maths"],
            ["P1", "3", "expected", "below", "above", "expected"],
        ],
    ],
)  # fmt: skip
def test_shapes_between_long_and_wide_say_the_same(table: Rows, load: Load) -> None:
    school = load({"t.csv": table})
    assert [grades(p) for p in school.pupils] == [HALF_LONG]
    assert aside(school) == []


def test_a_heading_with_a_year_group_is_of_the_year_in_which_the_pupil_was_in_it(
    load: Load,
) -> None:
    table = [
        ["Pupil ID", "Year", "TA$Summer$Year 4$Writing", "TA$Summer$Year 5$Writing"],
        ["P1", "5", "above", ""],
        ["P2", "6", "below", "expected"],
        ["P3", "4", "expected", ""],
    ]
    school = load({"t.csv": table})
    assert [grades(p) for p in school.pupils] == [
        {("writing", "sum-2026"): ABOVE},
        {("writing", "sum-2026"): EXPECTED},
        {},
    ]
    # Two years ago, and next summer: no point of the school's.
    assert [(r.row, r.column, r.kind, r.mistake) for r in aside(school)] == [
        (3, "TA$Summer$Year 4$Writing", "not asked for", False)
    ]
    assert refused(school, "t.csv") == [(4, "not asked for", False)]


def test_each_subject_can_have_its_concern(load: Load) -> None:
    table = [
        ["Pupil ID", "Year", "Summer 2026 Reading", "Summer 2026 Maths",
         "Summer 2026 Reading Concern", "Summer 2026 Maths Concern"],
        ["P1", "3", "expected", "expected", "Y", "N"],
    ]  # fmt: skip
    [pupil] = load({"t.csv": table}).pupils
    told = {name: value.value for name, value in pupil.concern.items()}
    assert told == {"reading": True, "maths": False}


def test_two_columns_of_the_same_are_read_once_and_are_a_question_where_they_differ(
    load: Load,
) -> None:
    table = [["Pupil ID", "Year", "Maths Summer 2026", "Summer 2026 Mathematics"]]
    table.append(["P1", "3", "above", "above"])
    one = {("maths", "sum-2026"): ABOVE}
    assert [grades(pupil) for pupil in load({"t.csv": table}).pupils] == [one]
    table.append(["P2", "3", "above", "below"])
    with pytest.raises(ContentError) as caught:
        load({"t.csv": table})
    [problem] = caught.value.problems
    assert (problem.place.file, problem.place.column) == ("t.csv", 4)
    assert "differ" in problem.what and "ignore" in problem.hint
    answer = {"columns": {"Summer 2026 Mathematics": "ignore"}}
    school = load({"t.csv": table}, [{"name": "t.csv", **answer}])
    assert [grades(pupil) for pupil in school.pupils] == [one] * 2
