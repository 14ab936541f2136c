"""School folders: what is read, what is refused, and where the mistake is said to be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from termwise.engine.errors import ContentError
from termwise.engine.library import Library
from termwise.engine.readers import entities, load_school, programme_of
from termwise.engine.readers.folder import grade_rank
from termwise.engine.readers.pupils import is_upn
from termwise.engine.readers.school import School
from termwise.engine.records.facts import Entity, Facts, Raw

Copy = Callable[[str], Path]
EXAMPLES = Path(__file__).parents[1] / "examples"
COLUMNS = (
    "pupil", "year", "class", "sex", "pp", "sen", "eal", "attendance", "own_pathway", "subject",
    "point", "judgement", "concern",
)  # fmt: skip


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def problems(folder: Path, library: Library) -> list[str]:
    with pytest.raises(ContentError) as raised:
        load_school(folder, library)
    return [str(problem) for problem in raised.value.problems]


def rows(folder: Path, *lines: str, header: Sequence[str] = COLUMNS) -> Path:
    """Gives a copy of Little Fen other rows of pupils."""
    text = "\n".join([",".join(header), *lines]) + "\n"
    (folder / "pupils.csv").write_text(text, "utf-8")
    return folder


def row(**cells: str) -> str:
    usual = {
        "pupil": "P1",
        "year": "4",
        "class": "Heron",
        "subject": "maths",
        "point": "sum-2026",
        "judgement": "expected",
    }
    return ",".join({**usual, **cells}.get(column, "") for column in COLUMNS)


def facts_of(folder: Path, library: Library) -> Facts:
    return entities(load_school(folder, library), library)


def pupil(facts: Facts, name: str = "P1 maths") -> Entity:
    return next(entity for entity in facts.of("pupil-subject") if entity.id == name)


def raw(entity: Entity, name: str) -> Raw | None:
    value = entity.lookup(name)
    return None if value is None else value.value


# --- the examples


@pytest.mark.parametrize(
    ("name", "count", "pupils"),
    [("hillside", 4167, 360), ("little-fen", 720, 60), ("carrick-junior", 2445, 256)],
)
def test_the_examples_load_with_all_their_rows(
    library: Library, name: str, count: int, pupils: int
) -> None:
    school = load_school(EXAMPLES / name, library)
    assert school.file.school.id == name
    assert len(school.pupils) == pupils
    assert sum(len(one.judged) for one in school.pupils) == count
    assert {read.file: read.rows for read in school.inputs} == {
        "school.yaml": 0,
        "cqa.yaml": 0,
        "staff.yaml": 0,
        "pupils.csv": count,
    }


def test_every_file_that_was_read_is_named_with_the_hash_of_its_bytes(little_fen: School) -> None:
    for read in little_fen.inputs:
        content = (EXAMPLES / "little-fen" / read.file).read_bytes()
        assert read.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("name", ["hillside", "little_fen", "carrick"])
def test_every_judgement_can_be_traced_to_the_cell_it_is_written_in(
    request: pytest.FixtureRequest, library: Library, name: str
) -> None:
    school: School = request.getfixturevalue(name)
    folder = EXAMPLES / school.file.school.id
    lines = (folder / "pupils.csv").read_text("utf-8").splitlines()
    grades = [grade.id for grade in school.scales["attainment"].grades]
    for entity in entities(school, library).of("pupil-subject"):
        current = entity.values.get("current")
        if current is None:
            continue
        [cell] = current.cells
        assert (cell.file, cell.column) == ("pupils.csv", "judgement")
        cells = dict(zip(lines[0].split(","), lines[cell.row - 1].split(","), strict=True))
        assert f"{cells['pupil']} {cells['subject']}" == entity.id
        assert cells["judgement"] == grades[int(str(current.value))]


def test_the_programme_of_a_folder_is_known_before_the_rest_is_read(
    copy_example: Copy, tmp_path: Path
) -> None:
    folder = copy_example("little-fen")
    assert programme_of(folder) == "naht-aspire"
    assert programme_of(tmp_path / "nowhere") is None
    (folder / "school.yaml").write_text("programme: [a, b]\n")
    assert programme_of(folder) is None


# --- the folder


def test_a_folder_that_is_not_there_is_told_with_what_makes_one(
    library: Library, tmp_path: Path
) -> None:
    [problem] = problems(tmp_path / "nowhere", library)
    assert problem.endswith("there is no such folder; termwise new makes one")


def test_all_files_that_are_missing_are_told_at_once(library: Library, tmp_path: Path) -> None:
    assert problems(tmp_path, library) == [
        f"{name}:1:1: the file is missing" for name in ("cqa.yaml", "school.yaml", "staff.yaml")
    ]


def test_mistakes_of_all_files_are_told_at_once_in_the_order_of_files_and_lines(
    library: Library, copy_example: Copy
) -> None:
    folder = copy_example("little-fen")
    change(folder / "school.yaml", "phase: primary", "phase: primry")
    change(folder / "cqa.yaml", "judgement: leading", "judgement: superb")
    change(folder / "staff.yaml", "[headteacher,", "[headteecher,")
    change(folder / "pupils.csv", "reading,baseline", "reding,baseline")
    found = problems(folder, library)
    assert found == sorted(found, key=lambda line: line.split(":")[0])
    assert [line.split(":")[0] for line in found if "unknown" in line or "scale" in line] == [
        "cqa.yaml",
        "pupils.csv",
        "school.yaml",
        "staff.yaml",
    ]
    assert any(
        line.startswith("pupils.csv:2:10: unknown subject “reding”; did you mean “reading”")
        for line in found
    )


SPOILT = [
    (
        "school.yaml",
        "phase: primary",
        "phase: primry",
        "unknown phase “primry”; did you mean “primary”",
    ),
    (
        "school.yaml",
        "roll: 68",
        "roll: many",
        "school › roll: must be a whole number (it is 'many')",
    ),
    (
        "school.yaml",
        "use: england",
        "use: englnd",
        "unknown calendar “englnd”; did you mean “england”?",
    ),
    ("school.yaml", "starts: 2026-09-01", "starts: 2031-09-01", "the calendar “england” runs from"),
    (
        "school.yaml",
        "absence: 4.4",
        "absense: 4.4",
        "unknown indicator “absense”; did you mean “absence”",
    ),
    ("school.yaml", "absence: 4.4", "absence: 44", "44 is off the range of “absence”; 0 to 40"),
    (
        "school.yaml",
        "inspection_due: false",
        "inspection_due: soon",
        "“inspection_due” is yes or no, not 'soon'",
    ),
    ("school.yaml", "years: [3, 4]", "years: [3, 44]", "unknown year group “44”"),
    (
        "school.yaml",
        "files: [pupils.csv]",
        "files: [pupil.csv]",
        "there is no file “pupil.csv” in this folder",
    ),
    ("school.yaml", "files: [pupils.csv]", "files: [../x.csv]", "“../x.csv” is not in this folder"),
    (
        "school.yaml",
        "scale: point-in-time",
        "scale: pointintime",
        "unknown scale “pointintime”; did you mean",
    ),
    (
        "school.yaml",
        "programme: naht-aspire",
        "programme: naht-aspir",
        "unknown programme “naht-aspir”",
    ),
    (
        "cqa.yaml",
        "judgement: leading",
        "judgement: superb",
        "“superb” is not on the scale “Four levels of practice”",
    ),
    (
        "cqa.yaml",
        "concern: head-overloaded",
        "concern: head-overload",
        "unknown concern “head-overload”; did you mean",
    ),
    (
        "cqa.yaml",
        "concern: head-overloaded",
        "concern: data-filed",
        "the concern “data-filed” belongs to the question",
    ),
    (
        "cqa.yaml",
        "activity: stakeholders",
        "activity: stakeholder",
        "unknown audit activity “stakeholder”",
    ),
    (
        "cqa.yaml",
        "agreed_on: 2026-07-02",
        "agreed_on: July",
        "agreed_on: must be a date (it is 'July'); write it as",
    ),
    (
        "staff.yaml",
        "classes: [Heron]",
        "classes: [Herron]",
        "unknown class “Herron”; did you mean “Heron”?",
    ),
    (
        "staff.yaml",
        "  classes: [Heron]\n",
        "",
        "nobody teaches the class “Heron”; add it to a teacher's",
    ),
    (
        "staff.yaml",
        "profile: leading",
        "profile: splendid",
        "“splendid” is not on the scale “Teaching profile”",
    ),
    ("staff.yaml", "time: {aut1: 3,", "time: {autumn1: 3,", "unknown part of the year “autumn1”"),
    (
        "staff.yaml",
        "time: 1.5",
        "time: 1.55",
        "must be in steps of 0.1 day (it is 1.55); round it to one",
    ),
    ("staff.yaml", "time: 1.5", "time: .nan", "people › 1 › time"),
    (
        "staff.yaml",
        "id: teaching-lead",
        "id: headteacher",
        "“headteacher” stands twice; give each an id",
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"), SPOILT, ids=[case[2] for case in SPOILT]
)
def test_a_mistake_is_told_at_the_line_it_is_written_in(
    library: Library, copy_example: Copy, file: str, old: str, new: str, message: str
) -> None:
    folder = copy_example("little-fen")
    change(folder / file, old, new)
    before = (EXAMPLES / "little-fen" / file).read_text("utf-8").partition(old)[0]
    line = before.count("\n") + 1
    told = [problem for problem in problems(folder, library) if message in problem]
    assert told
    if new:
        assert told[0].startswith(f"{file}:{line}:")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("school.yaml", "roll: 68", "roll: true", id="roll"),
        pytest.param("cqa.yaml", "judgement: leading", "judgement: true", id="judgement"),
        pytest.param("staff.yaml", "time: 1.5", "time: true", id="time"),
    ],
)
def test_yes_or_no_is_no_number(
    library: Library, copy_example: Copy, file: str, old: str, new: str
) -> None:
    folder = copy_example("little-fen")
    change(folder / file, old, new)
    problems(folder, library)


# --- grades


@pytest.mark.parametrize("given", [2, "2", "developing", "Developing", "DEVELOPING"])
def test_a_grade_can_be_written_as_its_number_id_or_title(library: Library, given: str) -> None:
    assert grade_rank(library.scales["cqa-four-level"], given) == 1


@pytest.mark.parametrize(
    ("given", "rank"), [("wts", 1), ("WTS", 1), ("greater depth", 3), ("GDS", 3), ("wb", 0)]
)
def test_a_grade_can_be_written_as_an_alias(library: Library, given: str, rank: int) -> None:
    assert grade_rank(library.scales["point-in-time"], given) == rank


@pytest.mark.parametrize("given", [0, 5, -1, "", "superb", "5"])
def test_what_is_not_on_a_scale_has_no_rank(library: Library, given: int | str) -> None:
    assert grade_rank(library.scales["cqa-four-level"], given) is None


@pytest.mark.parametrize("scale", ["ofsted-to-2012", "ofsted-2012", "ofsted-2024"])
@pytest.mark.parametrize("given", ["1", 1])
def test_ofsteds_grade_1_is_the_best_as_its_alias_says(
    library: Library, scale: str, given: int | str
) -> None:
    assert grade_rank(library.scales[scale], given) == 3


@pytest.mark.parametrize(
    ("given", "rank"),
    [("expected", 2), ("At expected", 2), ("EXS", 2), ("well-below", 0), ("GDS", 3)],
)
def test_a_pupils_judgement_can_be_written_as_id_title_or_alias(
    library: Library, copy_example: Copy, given: str, rank: int
) -> None:
    folder = rows(copy_example("little-fen"), row(judgement=given))
    assert raw(pupil(facts_of(folder, library)), "current") == rank


def test_a_pupils_judgement_can_be_written_as_a_number(
    library: Library, copy_example: Copy
) -> None:
    folder = rows(copy_example("little-fen"), row(judgement="3"))
    assert raw(pupil(facts_of(folder, library)), "current") == 2


# --- rows of pupils


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"pupil": ""}, "pupil", "has no pupil reference"),
        (
            {"year": "6"},
            "year",
            "Year 6 is not in class Heron; school.yaml gives it the years 3, 4",
        ),
        ({"class": "Herron"}, "class", "unknown class “Herron”; did you mean “Heron”?"),
        ({"pp": "maybe"}, "pp", "“maybe” is neither yes nor no; write Y or N"),
        ({"sen": "2"}, "sen", "“2” is neither yes nor no; write Y or N"),
        ({"own_pathway": "x"}, "own_pathway", "“x” is neither yes nor no; write Y or N"),
        ({"concern": "?"}, "concern", "“?” is neither yes nor no; write Y or N"),
        ({"attendance": "101"}, "attendance", "“101” is no percentage; write a number from 0"),
        ({"attendance": "nan"}, "attendance", "“nan” is no percentage; write a number from 0"),
        ({"attendance": "lots"}, "attendance", "“lots” is no percentage; write a number from 0"),
        ({"subject": "math"}, "subject", "unknown subject “math”; did you mean “maths”?"),
        ({"point": "sum-2025"}, "point", "unknown point in time “sum-2025”; did you mean"),
        ({"judgement": "exspected"}, "judgement", "“exspected” is not on the scale; did you mean"),
    ],
    ids=lambda item: str(item),
)
def test_a_bad_cell_is_told_at_its_line_and_column(
    library: Library, copy_example: Copy, cells: dict[str, str], column: str, message: str
) -> None:
    good = row(pupil="P0")
    folder = rows(copy_example("little-fen"), good, "", row(**cells), row(pupil="P2"))
    [problem] = problems(folder, library)
    assert problem.startswith(f"pupils.csv:4:{COLUMNS.index(column) + 1}: {message}")


def test_all_bad_cells_are_told_at_once(library: Library, copy_example: Copy) -> None:
    lines = [row(pupil="P1", subject="art"), row(pupil="P2", pp="maybe", point="then")]
    found = problems(rows(copy_example("little-fen"), *lines), library)
    assert [problem.split(": ")[0] for problem in found] == [
        "pupils.csv:2:10",
        "pupils.csv:3:5",
        "pupils.csv:3:11",
    ]


def test_a_row_with_too_many_cells_is_told_where_they_begin(
    library: Library, copy_example: Copy
) -> None:
    [problem] = problems(rows(copy_example("little-fen"), row() + ",extra"), library)
    assert problem.startswith("pupils.csv:2:14: the row has 14 cells, the header 13")


def test_a_row_that_ends_early_has_nothing_in_the_cells_left_out(
    library: Library, copy_example: Copy
) -> None:
    folder = rows(copy_example("little-fen"), row().removesuffix(","))
    assert raw(pupil(facts_of(folder, library)), "current") == 2


def test_the_same_judgement_twice_is_told_with_the_first_line(
    library: Library, copy_example: Copy
) -> None:
    folder = rows(copy_example("little-fen"), row(), row(judgement="below"))
    [problem] = problems(folder, library)
    assert problem.startswith(
        "pupils.csv:3:1: the same pupil, subject and point stand twice (first"
    )
    assert "line 2" in problem


def test_a_pupil_in_two_classes_is_told_with_the_first_line(
    library: Library, copy_example: Copy
) -> None:
    other = row(subject="reading", year="5", **{"class": "Kestrel"})
    [problem] = problems(rows(copy_example("little-fen"), row(), other), library)
    assert problem.startswith("pupils.csv:3:3: the pupil stands in class Heron in line 2 and in")


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([row(pp="Y"), row(subject="reading")], id="empty last"),
        pytest.param(
            [row(subject="reading"), row(pp="Y")],
            id="empty first",
        ),
    ],
)
def test_what_is_known_of_a_pupil_does_not_hang_on_the_order_of_the_rows(
    library: Library, copy_example: Copy, lines: list[str]
) -> None:
    folder = rows(copy_example("little-fen"), *lines)
    assert raw(pupil(facts_of(folder, library)), "pp") is True


def test_rows_that_contradict_each_other_about_a_pupil_are_told(
    library: Library, copy_example: Copy
) -> None:
    lines = [row(subject="reading", pp="N"), row(pp="Y")]
    for ordered, here, before in ((lines, "yes", "no"), (lines[::-1], "no", "yes")):
        [problem] = problems(rows(copy_example("little-fen"), *ordered), library)
        assert problem.startswith(
            f"pupils.csv:3:5: “pp” is {here} for the pupil in line 3 and {before} in line 2"
        )


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("staff.yaml", "time: 1.5", "time: much", "time: must be a number (it is 'much')"),
        ("cqa.yaml", "judgement: leading", "judgement: 1.5", "judgement: must be a grade"),
    ],
)
def test_what_may_be_one_of_two_kinds_is_refused_once(
    library: Library, copy_example: Copy, file: str, old: str, new: str, message: str
) -> None:
    folder = copy_example("little-fen")
    change(folder / file, old, new)
    [problem] = problems(folder, library)
    assert message in problem
    assert "validator" not in problem


@pytest.mark.parametrize("judgement", ["", "-", "N/A", "Not assessed"])
def test_a_judgement_nobody_made_is_unknown_and_no_mistake(
    library: Library, copy_example: Copy, judgement: str
) -> None:
    folder = rows(copy_example("little-fen"), row(judgement=judgement))
    one = pupil(facts_of(folder, library))
    assert raw(one, "current") is None
    assert raw(one, "latest_point_known") is False
    assert raw(one, "points_known") == 0


@pytest.mark.parametrize(
    ("given", "truth"), [("Y", True), ("yes", True), ("1", True), ("n", False), ("False", False)]
)
def test_yes_and_no_can_be_written_in_the_usual_ways(
    library: Library, copy_example: Copy, given: str, truth: bool
) -> None:
    folder = rows(copy_example("little-fen"), row(pp=given, attendance="93.5%"))
    one = pupil(facts_of(folder, library))
    assert raw(one, "pp") is truth
    assert raw(one, "sen") is None
    assert raw(one, "attendance") == 93.5


def test_progress_is_counted_in_bands_from_the_last_judgement_and_the_baseline(
    library: Library, copy_example: Copy
) -> None:
    given = {"baseline": "above", "aut-2025": "well-below", "spr-2026": "", "sum-2026": "below"}
    lines = [row(point=point, judgement=grade) for point, grade in given.items()]
    one = pupil(facts_of(rows(copy_example("little-fen"), *lines), library))
    assert {name: raw(one, name) for name in one.values} == {
        "baseline": 3,
        "previous": 0,
        "current": 1,
        "points_known": 2,
        "points_in_lowest": 0,
        "latest_point_known": True,
        "bands_since_previous": 1,
        "bands_since_baseline": -2,
    }


def test_columns_are_found_by_name_in_any_order_and_any_case(
    library: Library, copy_example: Copy
) -> None:
    header = ("Judgement", "Point", "Subject", "CLASS", "Year", "Pupil", "Own pathway")
    line = "below,sum-2026,maths,Heron,4,P1,Y"
    folder = rows(copy_example("little-fen"), line, header=header)
    one = pupil(facts_of(folder, library))
    assert (raw(one, "current"), raw(one, "own_pathway")) == (1, True)


def test_an_unknown_column_is_told_with_the_near_word(library: Library, copy_example: Copy) -> None:
    header = ("pupil", "year", "class", "subject", "point", "judgement", "atendance")
    folder = rows(copy_example("little-fen"), "P1,4,Heron,maths,sum-2026,below,90", header=header)
    [problem] = problems(folder, library)
    assert problem.startswith("pupils.csv:1:7: unknown column “atendance”; did you mean")


def test_columns_that_are_missing_are_all_named(library: Library, copy_example: Copy) -> None:
    folder = rows(copy_example("little-fen"), "P1,4", header=("pupil", "year"))
    [problem] = problems(folder, library)
    assert problem == "pupils.csv:1:1: columns are missing: class, subject, point, judgement"


def test_empty_lines_are_no_rows(library: Library, copy_example: Copy) -> None:
    folder = rows(copy_example("little-fen"), "", row(), ",,,,,,,,,,,,", row(subject="reading"))
    assert load_school(folder, library).inputs[-1].rows == 2


@pytest.mark.parametrize("file", ["pupils.csv", "school.yaml", "cqa.yaml", "staff.yaml"])
def test_a_byte_order_mark_changes_nothing(
    library: Library, little_fen: School, copy_example: Copy, file: str
) -> None:
    folder = copy_example("little-fen")
    content = (folder / file).read_bytes()
    (folder / file).write_bytes(b"\xef\xbb\xbf" + content)
    school = load_school(folder, library)
    assert (school.file, school.cqa, school.staff) == (
        little_fen.file,
        little_fen.cqa,
        little_fen.staff,
    )
    assert [one.judged for one in school.pupils] == [one.judged for one in little_fen.pupils]


@pytest.mark.parametrize("file", ["pupils.csv", "school.yaml"])
def test_a_file_that_is_not_utf_8_is_told(library: Library, copy_example: Copy, file: str) -> None:
    folder = copy_example("little-fen")
    with (folder / file).open("ab") as out:
        out.write("# Café\n".encode("latin-1"))
    assert any(
        problem.startswith(f"{file}:1:1: is not UTF-8 text")
        for problem in problems(folder, library)
    )


def test_a_school_without_pupil_files_has_no_pupils(library: Library, copy_example: Copy) -> None:
    folder = copy_example("little-fen")
    text = (folder / "school.yaml").read_text("utf-8")
    start, end = text.index("pupils:\n"), text.index("must:\n")
    (folder / "school.yaml").write_text(text[:start] + text[end:], "utf-8")
    facts = facts_of(folder, library)
    assert facts.of("pupil-subject") == []
    assert len(facts.of("question")) == 5


# --- pupil numbers


def made_up_number(middle: str) -> str:
    """A unique pupil number with its check letter, counted here a second time; no child has it."""
    values = [int(c) if c.isdigit() else "ABCDEFGHJKLMNPQRTUVWXYZ".index(c) for c in middle]
    total = sum(position * value for position, value in enumerate(values, start=2))
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23] + middle


UPN = made_up_number("999000099001")


def test_a_pupil_number_is_known_by_its_check_letter() -> None:
    assert is_upn(UPN)
    assert is_upn(f" {UPN.lower()} ")
    assert is_upn(made_up_number("99900009900A"))
    wrong = "A" if UPN[0] != "A" else "B"
    assert not is_upn(wrong + UPN[1:])
    assert not is_upn(UPN[:-1])
    assert not is_upn(UPN + "0")
    assert not is_upn("P0001")


def refused_without_echo(folder: Path, library: Library) -> None:
    found = problems(folder, library)
    assert any("pupil number" in problem for problem in found)
    assert not any(UPN.lower() in problem.lower() for problem in found)


@pytest.mark.parametrize("column", COLUMNS)
def test_a_pupil_number_in_any_column_is_refused_without_being_echoed(
    library: Library, copy_example: Copy, column: str
) -> None:
    folder = rows(copy_example("little-fen"), row(**{column: UPN}))
    refused_without_echo(folder, library)


def test_a_pupil_number_in_a_cell_too_many_or_as_a_file_is_not_echoed(
    library: Library, copy_example: Copy
) -> None:
    refused_without_echo(rows(copy_example("little-fen"), row() + f",{UPN}"), library)
    folder = copy_example("little-fen")
    change(folder / "school.yaml", "[pupils.csv]", f"[{UPN}.csv]")
    refused_without_echo(folder, library)


def test_a_pupil_number_as_a_column_is_refused_without_being_echoed(
    library: Library, copy_example: Copy
) -> None:
    refused_without_echo(
        rows(copy_example("little-fen"), row() + ",", header=(*COLUMNS, UPN)), library
    )


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("school.yaml", "name: Little", f"name: {UPN} Little", id="name"),
        pytest.param("cqa.yaml", "note: The head", f"note: The {UPN.lower()} head", id="note"),
        pytest.param("staff.yaml", "note: Two people", f"note: Two {UPN} people", id="staff note"),
        pytest.param(
            "cqa.yaml", "note: The head", f"note: The head ({UPN})", id="in brackets",
        ),
        pytest.param(
            "cqa.yaml", "note: The head", f"note: The head met {UPN}, who", id="before a comma",
        ),
        pytest.param(
            "school.yaml", "roll: 68", f"roll: {UPN}", id="where a number is wanted",
        ),
        pytest.param(
            "school.yaml", "id: little-fen", f"id: {UPN}", id="where an id is wanted",
        ),
        pytest.param(
            "staff.yaml", "classes: [Heron]", f"classes: [{UPN}]", id="as a class",
        ),
        pytest.param(
            "school.yaml", "context:", f"context:\n  {UPN}: 1", id="as a key",
        ),
        pytest.param(
            "school.yaml", "roll: 68", f"roll: 68\n  {UPN}: 1", id="as an unknown key",
        ),
    ],
)  # fmt: skip
def test_a_pupil_number_in_a_yaml_file_is_refused_without_being_echoed(
    library: Library, copy_example: Copy, file: str, old: str, new: str
) -> None:
    folder = copy_example("little-fen")
    change(folder / file, old, new)
    refused_without_echo(folder, library)


def test_a_pupil_number_inside_a_longer_cell_is_refused_without_being_echoed(
    library: Library, copy_example: Copy
) -> None:
    for text in (f"{UPN} Ann", f"Ann ({UPN.lower()})", f"upn_{UPN}"):
        refused_without_echo(rows(copy_example("little-fen"), row(pupil=text)), library)
