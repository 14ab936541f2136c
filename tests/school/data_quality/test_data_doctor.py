"""The data report: every row accounted for, what is worth a look and what is not, and the commands
that make and show it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.engine.library.loader import Library
from termwise.engine.school.data_quality.data_doctor import data_report
from termwise.engine.school.data_quality.model import DataReport
from termwise.engine.school.folder import load_school
from tests import pupil_rows

EXAMPLES = ("hillside", "little-fen", "carrick-junior")
KEY = "pseudonyms.key"
Copy = Callable[[str], Path]
Table = list[list[str]]
Report = Callable[..., DataReport]

# --- the examples


@pytest.mark.parametrize("name", EXAMPLES)
def test_all_counts_of_an_example_add_up(name: str, library: Library, copy_example: Copy) -> None:
    school = load_school(copy_example(name), library)
    report = data_report(school, library)
    assert report.pupils == len(school.pupils) == len(report.pupil_list) > 0
    assert sum(report.years.values()) == report.pupils
    unplaced = sum(pupil.class_id is None for pupil in report.pupil_list)
    assert sum(report.classes.values()) + unplaced == report.pupils
    for file in report.files:
        assert file.rows == file.used + len(file.refused)
        assert all(part.reason for part in (*file.refused, *file.set_aside))
    asked = school.file.pupils
    assert asked is not None
    for count in report.counts:
        if count.class_id is None:
            assert count.known + count.missing == report.years[count.year]
    whole = sum(count.known for count in report.counts if count.class_id is None)
    assert whole == sum(pupil.judgements for pupil in report.pupil_list)
    assert len(report.starts) == len(report.years) * len(asked.subjects)
    for start in report.starts:
        assert sum(start.found.values()) + start.none == report.years[start.year]
        assert {start.expected, *start.found} <= report.assessments.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_json_of_the_command_has_every_row_that_was_refused(
    name: str, library: Library, copy_example: Copy
) -> None:
    folder = copy_example(name)
    done = pupil_rows.run("data", folder, "--format", "json")
    assert done.exit_code == 0, done.output
    data = json.loads(done.stdout)
    accounts = {account.file: account for account in load_school(folder, library).accounts}
    assert [file["name"] for file in data["files"]] == list(accounts)
    for file in data["files"]:
        account = accounts[file["name"]]
        assert (file["rows"], file["used"]) == (account.rows, account.used)
        assert file["rows"] == file["used"] + len(file["refused"])
        found = [(part["row"], part["column"], part["reason"]) for part in file["refused"]]
        assert found == [(r.row, r.column, r.reason) for r in sorted(account.refused)]
    assert data["pupils"] == len(data["pupil_list"])
    assert all(pupil["name"] is None and "class" in pupil for pupil in data["pupil_list"])


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_table_of_the_command_says_the_same(
    name: str, library: Library, copy_example: Copy
) -> None:
    folder = copy_example(name)
    done = pupil_rows.run("data", folder)
    assert done.exit_code == 0, done.output
    report = data_report(load_school(folder, library), library)
    assert f"{report.pupils} pupils" in done.stdout.splitlines()[0]
    for file in report.files:
        adds_up = f"{file.rows:,} rows = {file.used:,} used + {len(file.refused):,} refused"
        assert f"{file.name}: " in done.stdout and adds_up in done.stdout
    flat = "".join(done.stdout.split())
    assert all("".join(look.words.split()) in flat for look in report.look)
    assert ("Nothing stands out." in done.stdout) is not bool(report.look)
    assert pupil_rows.run("data", folder).stdout == done.stdout


# --- what is worth a look

WHO = ["Pupil ID", "Name", "Year", "Class", "PP"]
SPRING, SUMMER = "Maths Spring 2026", "Maths Summer 2026"
PUPILS = 12
"""The first half of them with pupil premium."""


def plain() -> Table:
    """A class of which nothing is worth a look."""
    rows = [
        [f"P{n}", f"Ada Bowen{'abcdefghijkl'[n]}", "3", "Heron", "YN"[n >= PUPILS // 2]]
        for n in range(PUPILS)
    ]
    return [[*WHO, SPRING, SUMMER], *([*row, "expected", "expected"] for row in rows)]


def put(column: str, text: str, *pupils: int) -> Table:
    """The plain class with other cells in a column, of some pupils or of all."""
    table = plain()
    for number in pupils or range(PUPILS):
        table[number + 1][table[0].index(column)] = text
    return table


def again(column: str, text: str) -> Table:
    """The plain class with a second row about the first pupil that says something else."""
    return [*plain(), put(column, text, 0)[1]]


def folder_of(
    folder: Path, table: Table, more: dict[str, Any] | None = None, **pupils: Any
) -> Path:
    points = [
        {"id": i, "title": t, "date": pupil_rows.DATES[i]}
        for i, t in pupil_rows.POINTS.items()
        if i != "aut-2025"
    ]
    said: dict[str, Any] = {"points": points, "subjects": ["maths"], **pupils}
    contents = {"pupils.csv": pupil_rows.as_csv(table)}
    pupil_rows.school_folder(folder, contents, **said)
    data = yaml.safe_load((folder / "school.yaml").read_text("utf-8"))
    data.update(more or {})
    (folder / "school.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    return folder


@pytest.fixture
def report(tmp_path: Path, library: Library) -> Report:
    """The data report on a school with this table."""

    def made(table: Table, more: dict[str, Any] | None = None, **pupils: Any) -> DataReport:
        school = load_school(folder_of(tmp_path / "school", table, more, **pupils), library)
        return data_report(school, library)

    return made


def kinds(report: DataReport) -> dict[str, int]:
    return dict(Counter(look.kind for look in report.look))


LACKING = {  # each with what is to be looked at
    "nothing": (plain(), []),
    "four fewer in summer": (put(SUMMER, "", 0, 1, 6, 7), ["cohort"]),
    "one fewer in summer": (put(SUMMER, "", 7), []),
    "nobody in summer": (put(SUMMER, ""), ["latest point", "missing point"]),
    "more of a group": (
        [*put(SUMMER, "", 0)[:7], *put(SPRING, "", 6)[7:]],
        ["missing by group"],
    ),
    "no class": (put("Class", "", 3), ["no class"]),
    "no results": (
        [row if index not in (1, 7) else [*row[:5], "", ""] for index, row in enumerate(plain())],
        ["no results"],
    ),
    "another class": (put("Class", "Kestrel", 2), ["no class", "contradiction"]),
    "an empty class": (
        [*plain(), ["P12", "Ben Coot", "5", "", "N", "expected", "expected"]],
        ["no class", "empty class"],
    ),
    "off the scale": (put(SPRING, "splendid", 8), ["off the scale"]),
    "no pupil": ([*plain(), ["", "", "3", "Heron", "Y", "expected", "expected"]], ["unreadable"]),
    "judged twice": (again(SPRING, "above"), ["judged twice"]),
    "two circumstances": (again("PP", "N"), ["contradiction"]),
    "two classes": (again("Class", "Kestrel"), ["two classes", "no class"]),
    "a repeat": ([*plain(), plain()[1]], []),
    "a total": ([*plain(), ["Total", "", "", "", "", "", ""]], []),
}  # fmt: skip


@pytest.mark.parametrize("name", LACKING)
def test_what_is_worth_a_look_and_nothing_else_is_told(name: str, report: Report) -> None:
    table, looks = LACKING[name]
    found = report(table)
    assert sorted(kinds(found)) == sorted(looks), found.look
    [file] = found.files
    assert file.rows == len(table) - 1 == file.used + len(file.refused)


def report_words(report: Report, table: Table) -> list[str]:
    return [look.words for look in report(table).look]


def test_a_year_group_that_shrinks_is_told_with_both_numbers(report: Report) -> None:
    assert report_words(report, put(SUMMER, "", 0, 1, 6, 7)) == [
        "Year 3: 12 pupils judged at Spring 2026, 8 at Summer 2026"
    ]


def test_a_year_group_that_nobody_judged_is_named(report: Report) -> None:
    assert report_words(report, put(SUMMER, "")) == [
        "nobody in Year 3 has a judgement in mathematics at Summer 2026",
        "in mathematics nobody is judged at Summer 2026 yet: pupils are looked at as they stood at "
        "Spring 2026",
    ]


def test_a_group_with_more_missing_is_told_with_both_shares(report: Report) -> None:
    [words] = report_words(report, LACKING["more of a group"][0])
    assert "17 %" in words and "0 % of the others" in words


def test_a_refused_cell_is_told_by_its_place(report: Report) -> None:
    found = report(put(SPRING, "splendid", 8, 9))
    [words] = [look.words for look in found.look if look.kind == "off the scale"]
    assert words.startswith("pupils.csv: 2 ")
    places = [(part.row, part.column, part.kind) for part in found.files[0].set_aside]
    assert places == [(10, SPRING, "off the scale"), (11, SPRING, "off the scale")]
    assert "splendid" not in found.model_dump_json()


def test_pupils_to_look_at_are_named_by_their_pseudonyms(report: Report) -> None:
    found = report(put("Class", "", 3))
    [look] = found.look
    assert look.pupils == tuple(p.pupil for p in found.pupil_list if p.class_id is None)
    assert len(look.pupils) == 1


def test_a_scale_that_expects_nothing_is_worth_a_look(report: Report) -> None:
    table = [[cell.replace("expected", "100") for cell in row] for row in plain()]
    assert kinds(report(table, scale="standardised")) == {"scale": 1}


@pytest.mark.parametrize(("blank_is_no", "looks"), [((), {"only yes": 1}), (("pp",), {})])
def test_circumstances_of_which_only_yes_is_found_are_asked_about(
    blank_is_no: tuple[str, ...], looks: dict[str, int], report: Report
) -> None:
    files = [{"name": "pupils.csv", "blank_is_no": list(blank_is_no)}]
    table = put("PP", "", *range(PUPILS // 2, PUPILS))
    assert kinds(report(table, files=files)) == looks


def test_a_column_of_a_time_without_a_point_is_worth_a_look(report: Report) -> None:
    more = ["Maths Autumn 2024", *["expected"] * PUPILS]
    found = report([[*row, cell] for row, cell in zip(plain(), more, strict=True)])
    [look] = found.look
    assert look.kind == "no point" and "Maths Autumn 2024" in look.words


def test_a_small_year_group_is_no_cohort(report: Report) -> None:
    assert kinds(report(put(SUMMER, "", 0, 1)[:6])) == {}


def test_a_starting_point_may_be_empty(report: Report) -> None:
    points = [
        {"id": "spr-2026", "title": "Spring 2026", "date": "2026-03-19", "baseline": True},
        {"id": "sum-2026", "title": "Summer 2026", "date": "2026-06-25"},
    ]
    assert kinds(report(put(SPRING, ""), points=points)) == {}


@pytest.mark.parametrize(("given", "looks"), [(4.4, 1), (4.9, 0), (None, 0)])
def test_a_figure_given_otherwise_than_published_is_worth_a_look(
    given: float | None, looks: int, tmp_path: Path, library: Library
) -> None:
    more = {
        "published": {"urn": 999001, "files": [{"name": "absence.csv", "year": "2025-26"}]},
        "context": {} if given is None else {"absence": given},
    }
    folder = folder_of(tmp_path / "school", plain(), more)
    (folder / "absence.csv").write_bytes(b"URN,PERCTOT,PPERSABS10\n999001,4.9,12.5\n")
    found = data_report(load_school(folder, library), library)
    assert kinds(found) == ({"published": looks} if looks else {})
    assert all("4.4" in look.words and "4.9" in look.words for look in found.look)


@pytest.mark.parametrize(("back", "looks"), [(0, {"old table": 1}), (1, {})])
def test_an_old_published_table_is_worth_a_look(
    back: int, looks: dict[str, int], tmp_path: Path, library: Library
) -> None:
    year = 2026 - library.data_checks.published_age + back
    files = [{"name": "absence.csv", "year": f"{year}-{(year + 1) % 100:02d}"}]
    more = {"published": {"urn": 999001, "files": files}}
    folder = folder_of(tmp_path / "school", plain(), more)
    (folder / "absence.csv").write_bytes(b"URN,PERCTOT,PPERSABS10\n999001,4.4,9\n")
    assert kinds(data_report(load_school(folder, library), library)) == looks


def test_a_row_of_another_school_is_not_worth_a_look(report: Report) -> None:
    table = [["School", *plain()[0]], *(["little-fen", *row] for row in plain()[1:])]
    table.append(["Great Fen", *plain()[1]])
    found = report(table)
    assert kinds(found) == {}
    assert [(p.row, p.column, p.kind, p.mistake) for p in found.files[0].refused] == [
        (14, "School", "another school", False)
    ]


# --- names, and the key


@pytest.mark.parametrize("form", ["json", "text"])
def test_names_are_shown_only_where_they_are_asked_for(form: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "school", put("Class", "", 3))
    without = pupil_rows.run("data", folder, "--format", form)
    named = pupil_rows.run("data", folder, "--format", form, "--names")
    assert (without.exit_code, named.exit_code) == (0, 0), without.output + named.output
    assert "Bowen" not in without.output
    assert "Ada Bowend" in named.output
    assert "Bowen" not in pupil_rows.run("plan", folder, "--format", "md").output


def test_the_key_is_made_by_looking_at_the_pupils_and_stays(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "school", plain())
    for command, code in (
        ("check", 1),
        ("plan", 0),
    ):  # check asks where the other years' pupils are
        assert pupil_rows.run(command, folder).exit_code == code
        assert not (folder / KEY).exists()
    first = pupil_rows.run("data", folder, "--format", "json").stdout
    key = (folder / KEY).read_bytes()
    assert pupil_rows.run("data", folder, "--format", "json").stdout == first
    assert (folder / KEY).read_bytes() == key


def test_a_school_without_pupils_gets_no_key(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "school", plain())
    data = yaml.safe_load((folder / "school.yaml").read_text("utf-8"))
    del data["pupils"]
    (folder / "school.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    done = pupil_rows.run("data", folder)
    assert done.exit_code == 0, done.output
    assert "names no files of pupils" in done.stdout
    assert not (folder / KEY).exists()


def test_a_folder_that_can_not_be_read_gets_no_key(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "school", [["Pupil ID", "Year"], ["P1", "Nine"]])
    done = pupil_rows.run("data", folder)
    assert done.exit_code == 1
    assert "pupils.csv:" in done.output and "Nine" not in done.output
    assert not (folder / KEY).exists()


def test_a_file_in_place_of_the_folder_is_told_to_be_one(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "school", plain())
    done = pupil_rows.run("data", folder / "pupils.csv")
    assert done.exit_code == 1 and "is a file" in done.output


# --- made-up schools


def test_a_made_up_school_can_be_looked_at_and_planned(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    made = pupil_rows.run("demo", folder, "--shape", "arbor", "--pupils", "60", "--classes", "3")
    assert made.exit_code == 0, made.output
    assert "60 pupils" in made.output
    looked = pupil_rows.run("data", folder, "--format", "json")
    assert looked.exit_code == 0, looked.output
    data = json.loads(looked.stdout)
    assert data["pupils"] == 60
    assert all(file["used"] and not file["refused"] for file in data["files"])
    planned = pupil_rows.run("plan", folder, "--format", "json")
    assert planned.exit_code == 0, planned.output
    assert json.loads(planned.stdout)["school"]


@pytest.mark.parametrize(
    ("shape", "near"), [("arbo", "arbor"), ("target-tracer", "target-tracker")]
)
def test_a_shape_nobody_has_is_told_with_the_near_one(
    shape: str, near: str, tmp_path: Path
) -> None:
    done = pupil_rows.run("demo", tmp_path / "demo", "--shape", shape)
    assert done.exit_code == 1
    assert f"did you mean “{near}”" in done.output
    assert not (tmp_path / "demo").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    done = pupil_rows.run("demo", tmp_path)
    assert done.exit_code == 2
    assert pupil_rows.files_in(tmp_path) == {"notes.txt": b"mine"}
