"""What school.yaml says of a file's sheets, rows and columns, and a data report that always comes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.engine.core.errors import ContentError
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school
from termwise.engine.school.school import School
from tests import pupil_rows

XLSX, CSV = "pupils.xlsx", "pupils.csv"
WIDE = pupil_rows.wide_table()
YEAR, CLASS = WIDE[0].index("Year"), WIDE[0].index("Class")


def read(folder: Path, library: Library, raw: bytes, name: str = XLSX, **more: Any) -> School:
    made = pupil_rows.school_folder(folder / "school", {name: raw}, [{"name": name, **more}])
    return load_school(made, library)


def parts(*out: str) -> list[pupil_rows.Table]:
    """A table for each class, without the columns `out`."""
    kept = [i for i, heading in enumerate(WIDE[0]) if heading not in out]
    by_class: dict[str, pupil_rows.Table] = {}
    for row in WIDE[1:]:
        table = by_class.setdefault(row[CLASS], [[WIDE[0][i] for i in kept]])
        table.append([row[i] for i in kept])
    return list(by_class.values())


@pytest.fixture(scope="module")
def plain(library: Library, tmp_path_factory: pytest.TempPathFactory) -> pupil_rows.Facts:
    folder = tmp_path_factory.mktemp("plain")
    return pupil_rows.facts_of(read(folder, library, pupil_rows.as_csv(WIDE), CSV))


CLASSES = ("Wren", "Heron", "Kestrel")


@pytest.mark.parametrize(
    ("out", "titles", "more"),
    [
        ((), CLASSES, {}),
        (("Class",), CLASSES, {}),
        (("Class",), ("Class Wren", "class heron", "Form Kestrel"), {}),
        (("Class",), CLASSES, {"sheets": ["all"]}),
        (("Class",), CLASSES, {"sheets": list(CLASSES)}),
        ((), ("One", "Two", "Three"), {"sheets": ["all"]}),
        ((), ("One", "Two", "Three"), {"sheets": ["Three", "One", "Two"]}),
        ((), ("1", "2", "3"), {"sheets": [1, 2, 3]}),
    ],
)
def test_a_workbook_with_a_sheet_for_each_class_is_one_file(
    out: Sequence[str],
    titles: Sequence[str],
    more: Mapping[str, Any],
    plain: pupil_rows.Facts,
    library: Library,
    tmp_path: Path,
) -> None:
    raw = pupil_rows.as_xlsx(*parts(*out), titles=titles)
    school = read(tmp_path, library, raw, **more)
    assert pupil_rows.facts_of(school) == plain
    assert [account.rows for account in school.accounts] == [1, 2, 1]
    told = sum("as the sheet is called" in " ".join(account.notes) for account in school.accounts)
    assert told == (3 if out else 0)
    [pupils] = [one for one in school.inputs if one.file == XLSX]
    assert pupils.rows == 4


def test_a_sheet_can_be_called_after_a_year_group(library: Library, tmp_path: Path) -> None:
    tables = parts("Year", "Class")
    raw = pupil_rows.as_xlsx(tables[0], tables[2], titles=("Year 1", "Y6"))
    school = read(tmp_path, library, raw)
    assert sorted(pupil.year for pupil in school.pupils) == ["1", "6"]


@pytest.mark.parametrize("titles", [("Now", "Before", "Plan"), ("Wren", "Heron", "Everybody")])
def test_sheets_that_may_not_all_be_meant_are_asked_about_with_an_answer_that_works(
    titles: Sequence[str], plain: pupil_rows.Facts, library: Library, tmp_path: Path
) -> None:
    raw = pupil_rows.as_xlsx(*parts(), titles=titles)
    with pytest.raises(ContentError) as caught:
        read(tmp_path / "asked", library, raw)
    [problem] = caught.value.problems
    assert "{name: pupils.xlsx, sheets: [all]} if they all count" in problem.hint
    assert not any(title in str(problem) for title in titles)
    assert pupil_rows.facts_of(read(tmp_path, library, raw, sheets=["all"])) == plain


def test_the_place_of_a_row_says_which_sheet_it_is_in(library: Library, tmp_path: Path) -> None:
    tables = parts()
    tables[1][1][CLASS] = "Nowhere"
    school = read(tmp_path, library, pupil_rows.as_xlsx(*tables, titles=CLASSES))
    [problem] = [p for account in school.accounts for p in account.problems()]
    assert problem.place.file == "pupils.xlsx (Heron)" and problem.place.line == 2


def test_sheets_that_are_not_read_are_told(library: Library, tmp_path: Path) -> None:
    raw = pupil_rows.as_xlsx(WIDE, [["Notes"], ["to ourselves"]], titles=("Data", "Notes"))
    [account] = read(tmp_path, library, raw).accounts
    assert "1 other sheets are not read" in account.notes


FOOTED = [*WIDE, ["Some sentence of the office's own"], ["Another", "", "of several cells"]]


@pytest.mark.parametrize("skip", [[6, 7], ["6-7"], ["6 - 7"], [6, "7-7"]])
@pytest.mark.parametrize("name", [CSV, XLSX])
def test_rows_are_left_out_by_their_numbers_and_counted(
    skip: Sequence[Any], name: str, plain: pupil_rows.Facts, library: Library, tmp_path: Path
) -> None:
    raw = pupil_rows.as_csv(FOOTED) if name == CSV else pupil_rows.as_xlsx(FOOTED)
    school = read(tmp_path, library, raw, name, skip_rows=skip)
    assert pupil_rows.facts_of(school) == plain
    [account] = school.accounts
    assert (account.rows, account.used) == (6, 4)
    assert {(r.reason, r.mistake) for r in account.refused} == {
        ("is left out, as school.yaml says", False)
    }


@pytest.mark.parametrize("said", ["Scribbles", "scribbles", "column Q", "Reading Autumn 2025"])
def test_columns_are_ignored_by_their_headings_or_letters(
    said: str, library: Library, tmp_path: Path
) -> None:
    table = [[*row, "x" if number else "Scribbles"] for number, row in enumerate(WIDE)]
    assert len(table[0]) == 17
    school = read(tmp_path, library, pupil_rows.as_csv(table), CSV, ignore_columns=[said])
    [account] = school.accounts
    unread = [place for place, (_, read_as) in enumerate(account.columns) if not read_as]
    assert unread == ([7, 16] if said.startswith("Reading") else [16])


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"skip_rows": [99]}, "nothing stands in row 99, which school.yaml leaves out"),
        ({"skip_rows": ["98-99"]}, "nothing stands in rows 98-99"),
        ({"skip_rows": ["last"]}, "is no row"),
        ({"skip_rows": [True]}, "is no row"),
        ({"skip_rows": ["7-6"]}, "is no row"),
        ({"ignore_columns": ["Clas"]}, "has no column “Clas”, which school.yaml doesn't want to be read"),
        ({"sheet": "Sheet1", "sheets": ["all"]}, "there is a “sheet” too"),
        ({"sheets": ["all"], "skip_rows": [3]}, "nobody can know which sheet's rows are meant"),
        ({"sheets": ["Sheet1", "Sheet2"]}, "has no sheet “Sheet2”"),
    ],
)  # fmt: skip
def test_what_can_not_be_meant_is_refused(
    more: Mapping[str, Any], words: str, library: Library, tmp_path: Path
) -> None:
    with pytest.raises(ContentError, match=words):
        read(tmp_path, library, pupil_rows.as_xlsx(WIDE), **more)


@pytest.mark.parametrize("more", [{"sheet": "Data"}, {"sheets": ["all"]}])
def test_a_text_file_has_no_sheets(
    more: Mapping[str, Any], library: Library, tmp_path: Path
) -> None:
    with pytest.raises(ContentError, match="is no workbook and has no sheets"):
        read(tmp_path, library, pupil_rows.as_csv(WIDE), CSV, **more)


@pytest.mark.parametrize("more", [{"columns": {"X": "ignore"}}, {"skip_rows": [2]}])
def test_a_transfer_file_has_no_rows_or_columns(
    more: Mapping[str, Any], library: Library, tmp_path: Path
) -> None:
    pupil = pupil_rows.ctf_pupil(pupil_rows.number_of(7), "Andrada", "Bowen", "2017-03-29")
    with pytest.raises(ContentError, match="of which “.*” in school.yaml says nothing"):
        read(tmp_path, library, pupil_rows.ctf(pupil), "transfer.xml", **more)


# --- the data report


def cqa_broken(folder: Path) -> None:
    (folder / "cqa.yaml").write_text("agreed_on: [", "utf-8")


def cqa_missing(folder: Path) -> None:
    (folder / "cqa.yaml").unlink()


def staff_odd(folder: Path) -> None:
    data = yaml.safe_load((folder / "staff.yaml").read_text("utf-8"))
    data["people"][0]["roles"] = ["wizard"]
    (folder / "staff.yaml").write_text(yaml.safe_dump(data), "utf-8")


def overrides_odd(folder: Path) -> None:
    (folder / "overrides.yaml").write_text("- {intervention: nothing}\n", "utf-8")


def money_odd(folder: Path) -> None:
    data = yaml.safe_load((folder / "school.yaml").read_text("utf-8"))
    data["money"]["lines"][0]["pays_for"] = ["holidays"]
    data["colour"] = "blue"
    (folder / "school.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")


def one_file_missing(folder: Path) -> None:
    data = yaml.safe_load((folder / "school.yaml").read_text("utf-8"))
    data["pupils"]["files"].append({"name": "more.csv"})
    (folder / "school.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")


@pytest.mark.parametrize(
    "spoil", [cqa_broken, cqa_missing, staff_odd, overrides_odd, money_odd, one_file_missing]
)
@pytest.mark.parametrize("form", ["table", "json"])
def test_the_data_report_comes_whatever_else_is_wrong(
    spoil: Any, form: str, tmp_path: Path
) -> None:
    folder = pupil_rows.school_folder(tmp_path / "school", {CSV: pupil_rows.as_csv(WIDE)})
    (folder / "overrides.yaml").unlink(missing_ok=True)
    spoil(folder)
    before = pupil_rows.files_in(folder)
    done = pupil_rows.run("data", folder, "--format", form)
    assert done.exit_code == 1
    assert ".yaml:" in done.stderr and "nothing was written" in done.stderr
    if form == "json":
        report = json.loads(done.stdout)
        assert report["pupils"] == 4 and report["files"][0]["used"] == 4
    else:
        assert "4 rows = 4 used + 0 refused" in done.stdout
    assert pupil_rows.files_in(folder) == before


def test_a_school_yaml_that_says_nothing_of_files_gets_no_report(tmp_path: Path) -> None:
    folder = pupil_rows.school_folder(tmp_path / "school", {CSV: pupil_rows.as_csv(WIDE)})
    (folder / "school.yaml").write_text("school: [", "utf-8")
    done = pupil_rows.run("data", folder)
    assert done.exit_code == 1 and not done.stdout and "school.yaml:" in done.stderr


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("Reading target", "Reading target"),
        ("Notes", "Notes"),
        ("Teacher comments", "Teacher comments"),
        ("Zorabel", "column Q"),
        ("Zorabel target", "column Q: … target"),
        (pupil_rows.number_of(9), "column Q"),
    ],
)
def test_a_column_that_is_not_read_is_called_by_its_letter_only_where_it_could_be_a_name(
    heading: str, shown: str, library: Library, tmp_path: Path
) -> None:
    table = [[*row, "x" if number else heading] for number, row in enumerate(WIDE)]
    [account] = read(tmp_path, library, pupil_rows.as_csv(table), CSV).accounts
    assert account.columns[-1] == (shown, "")
