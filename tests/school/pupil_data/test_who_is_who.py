"""Whose row is whose: two children are never taken for one, nor one for two, without a word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.engine.core.errors import ContentError, Mistake
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.pupil_names import may_be_one, name_of
from termwise.engine.school.school import School
from tests import pupil_rows

ONE, TWO = pupil_rows.number_of(1), pupil_rows.number_of(2)
HEAD = ["Year", "Class", "Reading Autumn 2025", "Reading Summer 2026"]
THERE, LATER = ["3", "Heron", "expected", ""], ["3", "Heron", "", "below"]
Files = Mapping[str, Sequence[Sequence[str]] | bytes]
Load = Callable[..., School]


@pytest.fixture
def load(tmp_path: Path, library: Library) -> Load:
    def read(
        tables: Files,
        files: Sequence[Mapping[str, Any]] | None = None,
        school: Mapping[str, Any] | None = None,
    ) -> School:
        contents = {}
        for name, table in tables.items():
            if isinstance(table, bytes):
                contents[name] = table
            elif name.endswith(".xlsx"):
                contents[name] = pupil_rows.as_xlsx(table)
            else:
                contents[name] = pupil_rows.as_csv(table)
        folder = tmp_path / f"school-{len(list(tmp_path.iterdir()))}"
        pupil_rows.school_folder(folder, contents, files)
        data = yaml.safe_load((folder / "school.yaml").read_text("utf-8"))
        data["school"].update(school or {})
        (folder / "school.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
        return load_school(folder, library)

    return read


def known(school: School) -> list[int]:
    """How many judgements each pupil has, the fewest first."""
    return sorted(sum(r.grade is not None for r in p.results.values()) for p in school.pupils)


def asked(load: Load, *given: Any) -> list[Mistake]:
    with pytest.raises(ContentError) as caught:
        load(*given)
    return [one for one in caught.value.problems if "?" in one.what or "schools" in one.what]


# --- how a name is written


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O’Brien, Zoë", "Zoe O'Brien"),
        ("OʼBrien, Zoe", "ZOE OBRIEN"),
        ("D'Arcy, Łukasz", "Lukasz D Arcy"),
        ("Sørensen, Åse", "Ase Sorensen"),
        ("Đorđević, Ægir", "Aegir Dordevic"),
        ("Weiß, Þóra", "Thora Weiss"),
        ("Yıldız, Œdipa", "Oedipa Yildiz"),
        ("Smith-Jones, Anne Marie", "Anne-Marie Smith Jones"),
        ("Smith–Jones, Ann", "Ann Smith\u2011Jones"),
        ("Mc Tavish, Ian", "Ian McTavish"),
    ],
)
def test_letters_apostrophes_and_hyphens_make_no_other_child(
    one: str, other: str, load: Load
) -> None:
    tables = {
        "one.csv": [["UPN", "Name", *HEAD], [ONE, one, *THERE]],
        "two.csv": [["Name", *HEAD], [other, *LATER]],
    }
    assert known(load(tables)) == [2]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada Moss", "Moss, Ada", True),
        ("Ada Mae Moss", "Ada Moss", True),
        ("Ada Moss", "Ada Moss-Pike", True),
        ("A Moss", "Ada Moss", True),
        ("Ada Moss", "Adam Moss", False),
        ("Ada Moss", "Ada Pike", False),
        ("Bill Moss", "William Moss", False),
        ("Ada Moss", "Ben Pike", False),
        ("Ada Ada", "Ada Pike", False),
    ],
)
def test_names_that_are_surely_one_childs(one: str, other: str, same: bool) -> None:
    first, second = name_of(one), name_of(other)
    assert first and second
    assert may_be_one(first, second) is may_be_one(second, first) is same


# --- one number, two names


@pytest.mark.parametrize("second", ["one.csv", "two.csv", "two.xlsx", "two.xml"])
@pytest.mark.parametrize(
    ("forename", "surname"), [("Ben", "Pike"), ("Ben", "Moss"), ("Ada", "Pike"), ("Adam", "Moss")]
)
def test_two_names_under_one_number_are_a_question_in_any_file(
    second: str, forename: str, surname: str, load: Load
) -> None:
    head = ["UPN", "Forename", "Surname", *HEAD]
    first, other = [ONE, "Ada", "Moss", *THERE], [ONE, forename, surname, *LATER]
    tables: dict[str, Any] = {"one.csv": [head, first], second: [head, other]}
    if second == "one.csv":
        tables = {"one.csv": [head, first, other]}
    if second == "two.xml":
        element = pupil_rows.ctf_pupil(ONE, surname, forename, "2018-01-01")
        tables[second] = pupil_rows.ctf(element)
    [problem] = asked(load, tables)
    assert problem.place.file == second
    assert "another name: two children" in problem.what
    assert not {"Ada", "Ben", "Moss", "Pike", ONE} & set(str(problem).replace(",", " ").split())
    files = [{"name": name, "trust_numbers": name == second} for name in tables]
    assert f"{{name: {second}, trust_numbers: true}}" in problem.hint
    assert len(load(tables, files).pupils) == 1


def test_the_schools_own_number_can_be_that_of_two_children_as_well(load: Load) -> None:
    tables = {
        "one.csv": [["ID", "Name", *HEAD], ["1", "Ada Moss", *THERE], ["2", "Ben Pike", *THERE]],
        "two.csv": [["ID", "Name", *HEAD], ["1", "Ben Pike", *LATER], ["2", "Ada Moss", *LATER]],
    }
    assert [problem.place.line for problem in asked(load, tables)] == [2, 3]
    counted = [{"name": name, "columns": {"ID": "ignore"}} for name in tables]
    assert known(load(tables, counted)) == [2, 2]


def test_of_many_such_numbers_the_first_are_asked_about(load: Load) -> None:
    names = [("Ada Moss", "Ben Pike"), ("Cleo Reed", "Dev Salt")] * 5
    rows = [["ID", "Name", *HEAD]]
    for number, pair in enumerate(names):
        rows += [[f"P{number}", name, *THERE] for name in pair]
    problems = asked(load, {"one.csv": rows})
    assert len(problems) == 4
    assert "(6 more are like this)" in problems[-1].what


# --- the order of names


def test_forename_and_surname_of_two_cells_are_not_turned(load: Load) -> None:
    head = ["Forename", "Surname", *HEAD]
    turned = {"one.csv": [head, ["James", "Thomas", *THERE], ["Thomas", "James", *THERE]]}
    assert len(load(turned).pupils) == 2
    comma = {"one.csv": [["Name", *HEAD], ["James, Thomas", *THERE], ["Thomas, James", *THERE]]}
    assert len(load(comma).pupils) == 2


def test_a_name_of_one_cell_that_may_be_either_of_two_is_not_guessed(load: Load) -> None:
    head = ["Forename", "Surname", *HEAD]
    tables = {
        "one.csv": [head, ["James", "Thomas", *THERE], ["Thomas", "James", *THERE]],
        "two.csv": [["Name", *HEAD], ["James Thomas", *LATER], ["Ada Moss", *LATER]],
        "six.csv": [["Name", *HEAD], ["Thomas, James", *LATER]],
    }
    school = load(tables)
    assert known(school) == [1, 1, 2]
    refused = {account.file: [r.row for r in account.refused] for account in school.accounts}
    assert refused == {"one.csv": [], "two.csv": [2], "six.csv": []}
    plain = {"one.csv": [["Name", *HEAD], ["James Thomas", *THERE], ["Thomas James", *THERE]]}
    with pytest.raises(ContentError):
        load(plain)


# --- one number in two schools


@pytest.mark.parametrize(
    ("heading", "one", "other"),
    [
        ("school_id", "S1", "S2"),
        ("Establishment", "2001", "2002"),
        ("LAESTAB", "999/2001", "999/2002"),
        ("DfE Number", "9992001", "9992002"),
        ("School URN", "999001", "999002"),
        ("Academy ID", "A-1", "A-2"),
    ],
)
@pytest.mark.parametrize("apart", [True, False])
def test_one_number_in_two_schools_is_two_children_and_asked_about(
    heading: str, one: str, other: str, apart: bool, load: Load
) -> None:
    head = [heading, "Pupil ID", *HEAD]
    first, second = [one, "P1", *THERE], [other, "P1", *LATER]
    tables: Files = {"one.csv": [head, first, second]}
    if apart:
        tables = {"one.csv": [head, first], "two.csv": [head, second]}
    [problem] = asked(load, tables)
    assert f"the column “{heading}” tells of 2 schools" in problem.what
    assert "school: also: [" in problem.hint
    assert one not in problem.what
    if not apart:
        school = load(tables, None, {"also": [one]})
        assert known(school) == [1]
        [refusal] = school.accounts[0].refused
        assert (refusal.row, refusal.kind, refusal.mistake) == (3, "another school", False)


def test_the_only_code_of_a_school_is_taken_for_ours(load: Load) -> None:
    coded = [["LAESTAB", "Pupil ID", *HEAD], ["9992001", "P1", *THERE], ["9992001", "P2", *LATER]]
    assert len(load({"one.csv": coded}).pupils) == 2
