"""School folders: what is read, what is refused, and where the mistake is said to be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from termwise.engine.core.errors import ContentError
from termwise.engine.library.facts import Cell, Entity, FactBase, Raw
from termwise.engine.library.loader import Library
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.folder import load_data, load_school, packs_asked
from termwise.engine.school.pupil_data.grades import grade_rank
from termwise.engine.school.pupil_data.pseudonyms import Pseudonyms, holds_upn, is_upn
from termwise.engine.school.pupil_data.rows import Account, Refusal
from termwise.engine.school.school import PupilRead, School
from tests.places import EXAMPLES

Copy = Callable[[str], Path]
OFF_THE_SCALE = (
    "is not on the scale “Point-in-time bands”, which has well-below, below, expected, above"
)
NO_YEAR = "does not say the pupil's year group, and no class tells it"
IF_IT_MEANS_ONE = "; if it means one of its grades, say so in school.yaml under the file, codes"
NO_PUPIL = "does not say which pupil it is about"
NEITHER = "is neither yes nor no: write Y or N"
NO_PERCENTAGE = "is no percentage: write a number from 0 to 100"
NO_SUBJECT = "is in no subject that is known"
NO_TIME = "is no point in time that can be read"
NO_POINT = "belongs to no point in time that school.yaml declares"
A_NUMBER = "held a pupil number, which was not read"
OF_LITTLE_FEN = "files: [pupils.xlsx, {name: skills.csv, holds: skills, date: 2026-06-18}]"
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
    school = folder / "school.yaml"
    change(school, OF_LITTLE_FEN, "files: [pupils.csv]")
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


def facts_of(folder: Path, library: Library) -> FactBase:
    return entities(load_school(folder, library), library)


def ref(folder: Path, reference: str = "P1") -> str:
    """The pseudonym of a pupil of Little Fen."""
    return Pseudonyms(folder, "little-fen").of("reference", reference.casefold())


def known(folder: Path, library: Library, reference: str = "P1", subject: str = "maths") -> Entity:
    """What is known of one pupil in one subject."""
    about = f"{ref(folder, reference)} {subject}"
    found = facts_of(folder, library).of("pupil-subject")
    return next(entity for entity in found if entity.id == about)


def person(school: School, folder: Path, reference: str = "P1") -> PupilRead:
    """One pupil as they were read."""
    [found] = [one for one in school.pupils if one.ref == ref(folder, reference)]
    return found


def account_of(school: School) -> Account:
    """What became of the rows of pupils.csv, none of which may go missing."""
    [account] = school.accounts
    assert account.file == "pupils.csv"
    assert account.rows == account.used + len(account.refused)
    assert account.rows == school.inputs[-1].rows
    return account


Told = tuple[int, str, str]


def told(refusals: Sequence[Refusal]) -> list[Told]:
    """Rows or cells that were not used: where they stand, and why."""
    return sorted((one.row, one.column, one.reason) for one in refusals)


def raw(entity: Entity, name: str) -> Raw | None:
    value = entity.lookup(name)
    return None if value is None else value.value


# --- the examples


@pytest.mark.parametrize(
    ("name", "files", "pupils", "judgements"),
    [
        ("hillside", {"pupils.csv": 4167, "skills.csv": 1200}, 360, 4167 - 116),
        ("little-fen", {"pupils.xlsx": 60, "skills.csv": 11}, 60, 720 - 18),
        ("carrick-junior", {"tracking.csv": 256, "transfer.xml": 256}, 256, 2136 + 170 + 173),
    ],
)
def test_the_examples_load_with_all_their_rows(
    library: Library, name: str, files: dict[str, int], pupils: int, judgements: int
) -> None:
    school = load_school(EXAMPLES / name, library)
    assert school.file.school.id == name
    assert len(school.pupils) == pupils
    known = [r for one in school.pupils for r in one.results.values() if r.grade is not None]
    assert len(known) == judgements
    assert {account.file: account.rows for account in school.accounts} == files
    for account in school.accounts:
        assert (account.used, account.refused, account.set_aside) == (account.rows, [], [])
        assert [heading for heading, meaning in account.columns if not meaning] == []
    own = {"school.yaml": 0, "cqa.yaml": 0, "staff.yaml": 0}
    assert {read.file: read.rows for read in school.inputs} == own | files


def test_every_file_that_was_read_is_named_with_the_hash_of_its_bytes(little_fen: School) -> None:
    for read in little_fen.inputs:
        content = (EXAMPLES / "little-fen" / read.file).read_bytes()
        assert read.sha256 == hashlib.sha256(content).hexdigest()


def test_every_judgement_can_be_traced_to_the_cell_it_is_written_in(
    library: Library, hillside: School
) -> None:
    text = (EXAMPLES / "hillside" / "pupils.csv").read_text("cp1252")
    lines = [line.split(",") for line in text.splitlines()]
    titles = [grade.title for grade in hillside.scales["attainment"].grades]
    subjects = {"Reading": "reading", "Writing": "writing", "Mathematics": "maths"}
    for entity in entities(hillside, library).of("pupil-subject"):
        current = entity.values.get("current")
        if current is None:
            continue
        [cell] = current.cells
        assert (cell.file, cell.column) == ("pupils.csv", "Judgement")
        cells = dict(zip(lines[3], lines[cell.row - 1], strict=True))
        pseudonym = hillside.pseudonyms.of("reference", cells["Adno"].casefold())
        assert f"{pseudonym} {subjects[cells['Subject']]}" == entity.id
        assert cells["Judgement"] == titles[int(str(current.value))]


def test_the_programme_of_a_folder_is_known_before_the_rest_is_read(
    copy_example: Copy, tmp_path: Path
) -> None:
    folder = copy_example("little-fen")
    assert packs_asked(folder).programme == "naht-aspire"
    assert packs_asked(tmp_path / "nowhere").programme is None
    (folder / "school.yaml").write_text("programme: [a, b]\n")
    assert packs_asked(folder).programme is None


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
    rows(folder, row(judgement="exspected"), row(subject="reading"))
    found = problems(folder, library)
    assert found == sorted(found, key=lambda line: line.split(":")[0])
    assert [line.split(":")[0] for line in found if "unknown" in line or "scale" in line] == [
        "cqa.yaml",
        "pupils.csv",
        "school.yaml",
        "staff.yaml",
    ]
    assert [line for line in found if line.startswith("pupils.csv")] == [
        f"pupils.csv:2:12: {OFF_THE_SCALE}{IF_IT_MEANS_ONE}"
    ]


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
        "“inspection_due” is yes or no, not “soon”",
    ),
    ("school.yaml", "years: [3, 4]", "years: [3, 44]", "unknown year group “44”"),
    (
        "school.yaml",
        OF_LITTLE_FEN,
        "files: [pupil.csv]",
        "there is no file “pupil.csv” in this folder",
    ),
    (
        "school.yaml",
        OF_LITTLE_FEN,
        "files: [../x.csv]",
        "“../x.csv” is not in this folder",
    ),
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
    assert raw(known(folder, library), "current") == rank


def test_a_bare_number_is_no_judgement_on_a_scale_of_words(
    library: Library, copy_example: Copy
) -> None:
    folder = rows(copy_example("little-fen"), row(pupil="P0"), row(judgement="3"))
    school = load_school(folder, library)
    assert told(account_of(school).refused) == [(3, "judgement", OFF_THE_SCALE)]
    assert person(school, folder).results == {}


# --- rows of pupils


@pytest.mark.parametrize(
    ("cells", "column", "reason", "mistake"),
    [
        ({"pupil": ""}, "pupil", NO_PUPIL, True),
        ({"pupil": "N/A"}, "pupil", NO_PUPIL, True),
        ({"pupil": "Total"}, "pupil", "sums up other rows and is no pupil", False),
        ({"year": "", "class": ""}, "", NO_YEAR, True),
        ({"year": ""}, "", NO_YEAR, True),
        ({"subject": "art"}, "subject", NO_SUBJECT, True),
        ({"subject": ""}, "subject", NO_SUBJECT, True),
        (
            {"subject": "science"},
            "subject",
            "is in a subject that school.yaml does not ask for",
            False,
        ),
        ({"point": "sum-2025"}, "point", NO_POINT, False),
        ({"point": "soon"}, "point", NO_TIME, True),
        ({"judgement": "exspected"}, "judgement", OFF_THE_SCALE, True),
        ({"judgement": "=1+1"}, "judgement", OFF_THE_SCALE, True),
    ],
    ids=lambda item: str(item)[:40],
)
def test_a_row_that_can_not_be_used_is_refused_where_it_stands(
    library: Library,
    copy_example: Copy,
    cells: dict[str, str],
    column: str,
    reason: str,
    mistake: bool,
) -> None:
    lines = [row(pupil="P0"), "", row(**cells), row(pupil="P2")]
    folder = rows(copy_example("little-fen"), *lines)
    school = load_school(folder, library)
    account = account_of(school)
    assert (account.rows, account.used) == (3, 2)
    assert told(account.refused) == [(4, column, reason)]
    assert [one.mistake for one in account.refused] == [mistake]
    assert account.set_aside == []
    judged = {one.ref for one in school.pupils if one.results}
    assert judged == {ref(folder, "P0"), ref(folder, "P2")}


def test_a_judgement_with_more_than_one_reading_is_asked_about(
    library: Library, copy_example: Copy
) -> None:
    folder = rows(copy_example("little-fen"), row(pupil="P0"), row(judgement="A"))
    [problem] = problems(folder, library)
    assert problem == (
        "pupils.csv:3:12: is “A”, which can mean above or expected or missing on the scale "
        "“Point-in-time bands”; write in school.yaml, under pupils: "
        "files: [{name: pupils.csv, codes: {A: above}}]"
    )


@pytest.mark.parametrize(
    ("cells", "knows"),
    [
        ({"judgement": "exspected"}, True),
        ({"subject": "art"}, True),
        ({"year": ""}, False),
    ],
    ids=lambda item: str(item),
)
def test_a_pupil_whose_judgement_can_not_be_read_is_a_pupil_all_the_same(
    library: Library, copy_example: Copy, cells: dict[str, str], knows: bool
) -> None:
    folder = rows(copy_example("little-fen"), row(pupil="P0"), row(**cells, pp="Y"))
    school = load_school(folder, library)
    assert (ref(folder) in {one.ref for one in school.pupils}) is knows
    if knows:
        one = person(school, folder)
        assert (one.year, one.class_id, one.values["pp"].value) == ("4", "Heron", True)
        assert one.results == {}
        assert raw(known(folder, library), "current") is None
        assert raw(known(folder, library), "latest_point_known") is False


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"year": "6"}, "class", "is class Heron, which has no Year 6 in school.yaml"),
        ({"class": "Herron"}, "class", "is no class of school.yaml"),
        ({"sex": "q"}, "sex", "is none of F, M"),
        ({"pp": "maybe"}, "pp", NEITHER),
        ({"sen": "2"}, "sen", NEITHER),
        ({"eal": "French"}, "eal", NEITHER),
        ({"own_pathway": "perhaps"}, "own_pathway", NEITHER),
        ({"concern": "perhaps"}, "concern", NEITHER),
        ({"attendance": "101"}, "attendance", NO_PERCENTAGE),
        ({"attendance": "-1"}, "attendance", NO_PERCENTAGE),
        ({"attendance": "inf"}, "attendance", NO_PERCENTAGE),
        ({"attendance": "lots"}, "attendance", NO_PERCENTAGE),
    ],
    ids=lambda item: str(item)[:40],
)
def test_a_bad_cell_is_set_aside_and_the_rest_of_its_row_is_used(
    library: Library, copy_example: Copy, cells: dict[str, str], column: str, reason: str
) -> None:
    lines = [row(pupil="P0"), "", row(**cells), row(pupil="P2")]
    folder = rows(copy_example("little-fen"), *lines)
    school = load_school(folder, library)
    account = account_of(school)
    assert (account.rows, account.used, account.refused) == (3, 3, [])
    assert told(account.set_aside) == [(4, column, reason)]
    assert [one.mistake for one in account.set_aside] == [True]
    [problem] = account.problems()
    assert str(problem).startswith(f"pupils.csv:4:{COLUMNS.index(column) + 1}: {reason}")
    one = person(school, folder)
    assert (one.year, one.values, one.concern) == (cells.get("year", "4"), {}, {})
    assert one.class_id == (None if column == "class" else "Heron")
    assert {key: result.grade for key, result in one.results.items()} == {
        ("tracking", "maths", "sum-2026"): 2
    }


@pytest.mark.parametrize("cells", [{"attendance": "nan"}, {"concern": "?"}, {"pp": "N/A"}], ids=str)
def test_a_cell_that_says_nothing_is_no_mistake(
    library: Library, copy_example: Copy, cells: dict[str, str]
) -> None:
    folder = rows(copy_example("little-fen"), row(**cells))
    school = load_school(folder, library)
    account = account_of(school)
    assert (account.used, account.refused, account.set_aside) == (1, [], [])
    one = person(school, folder)
    assert (one.values, one.concern) == ({}, {})


def test_nothing_that_stands_in_a_cell_is_told(library: Library, copy_example: Copy) -> None:
    words = {name: f"q{name}q" for name in COLUMNS if name not in ("pupil", "year", "class")}
    lines = [
        row(pupil="P0"),
        *(row(pupil="qPupilq", **{name: text}) for name, text in words.items()),
        row(pupil="qYearq", year="qyearq", **{"class": "qclassq"}),
    ]
    account = account_of(load_school(rows(copy_example("little-fen"), *lines), library))
    refusals = [*account.refused, *account.set_aside]
    assert {one.row for one in refusals} == set(range(3, 14))
    assert not [one for one in refusals if "q" in one.reason.lower()]


def test_all_bad_cells_are_told_at_once(library: Library, copy_example: Copy) -> None:
    lines = [
        row(pupil="P0"),
        row(pupil="P1", subject="art", sen="2"),
        row(pupil="P2", pp="maybe", attendance="lots", judgement="exspected"),
        row(pupil="P3", year="", **{"class": ""}),
    ]
    account = account_of(load_school(rows(copy_example("little-fen"), *lines), library))
    assert (account.rows, account.used) == (4, 1)
    assert told(account.refused) == [
        (3, "subject", NO_SUBJECT),
        (4, "judgement", OFF_THE_SCALE),
        (5, "", NO_YEAR),
    ]
    assert account.set_aside == []  # of a row that is refused its first reason is told
    assert sorted(str(problem).split(": ")[0] for problem in account.problems()) == [
        "pupils.csv:3:10",
        "pupils.csv:4:12",
        "pupils.csv:5:1",
    ]


def test_all_bad_cells_of_a_row_that_is_used_are_told_at_once(
    library: Library, copy_example: Copy
) -> None:
    folder = rows(copy_example("little-fen"), row(sen="2", pp="maybe", attendance="lots"))
    account = account_of(load_school(folder, library))
    assert (account.rows, account.used) == (1, 1)
    assert told(account.set_aside) == [
        (2, "attendance", NO_PERCENTAGE),
        (2, "pp", NEITHER),
        (2, "sen", NEITHER),
    ]


def test_a_file_of_which_no_row_can_be_used_is_refused_with_what_is_wrong_in_each(
    library: Library, copy_example: Copy
) -> None:
    lines = [row(pupil="P1", subject="art"), row(pupil="P2", pp="maybe", judgement="exspected")]
    found = problems(rows(copy_example("little-fen"), *lines), library)
    assert found == [
        "pupils.csv:1:1: none of its 2 rows can be used",
        f"pupils.csv:2:10: {NO_SUBJECT}; say in school.yaml under the file which subject it is "
        "about",
        f"pupils.csv:3:12: {OFF_THE_SCALE}{IF_IT_MEANS_ONE}",
    ]


def test_a_row_with_too_many_cells_is_refused(library: Library, copy_example: Copy) -> None:
    folder = rows(copy_example("little-fen"), row(pupil="P0"), row() + ",extra", row() + ",,")
    account = account_of(load_school(folder, library))
    assert (account.rows, account.used) == (3, 2)
    assert told(account.refused) == [
        (
            3,
            "",
            "has 14 cells under 13 headings; a comma in a cell needs quotation marks round the cell",
        )
    ]


def test_a_row_that_ends_early_has_nothing_in_the_cells_left_out(
    library: Library, copy_example: Copy
) -> None:
    folder = rows(copy_example("little-fen"), row().removesuffix(","))
    assert raw(known(folder, library), "current") == 2


@pytest.mark.parametrize("order", [1, -1], ids=["one way", "the other way"])
def test_two_judgements_of_the_same_that_differ_are_both_refused(
    library: Library, copy_example: Copy, order: int
) -> None:
    lines = [row(), row(judgement="below")][::order]
    folder = rows(copy_example("little-fen"), *lines, row(subject="reading"))
    school = load_school(folder, library)
    account = account_of(school)
    reason = (
        "the same is judged twice for this pupil, and differently "
        "(row 2 of pupils.csv and row 3 of pupils.csv)"
    )
    assert (account.rows, account.used) == (3, 1)
    assert told(account.refused) == [(2, "judgement", reason), (3, "judgement", reason)]
    assert [one.mistake for one in account.refused] == [True, True]
    assert list(person(school, folder).results) == [("tracking", "reading", "sum-2026")]
    assert raw(known(folder, library), "current") is None
    assert raw(known(folder, library), "latest_point_known") is False


def test_the_same_judgement_in_other_words_is_no_contradiction(
    library: Library, copy_example: Copy
) -> None:
    folder = rows(copy_example("little-fen"), row(), row(judgement="EXS"))
    account = account_of(load_school(folder, library))
    assert (account.used, account.refused, account.set_aside) == (2, [], [])
    assert raw(known(folder, library), "current") == 2


def test_a_row_that_stands_twice_counts_once_and_is_no_mistake(
    library: Library, copy_example: Copy
) -> None:
    folder = rows(copy_example("little-fen"), row(), row(subject="reading"), row(), row())
    school = load_school(folder, library)
    account = account_of(school)
    assert (account.rows, account.used) == (4, 2)
    assert told(account.refused) == [
        (4, "", "is the same as row 2"),
        (5, "", "is the same as row 2"),
    ]
    assert [one.mistake for one in account.refused] == [False, False]
    assert list(account.problems()) == []
    assert len(person(school, folder).results) == 2


@pytest.mark.parametrize("order", [1, -1], ids=["one way", "the other way"])
def test_the_class_of_a_pupil_in_two_classes_is_unknown(
    library: Library, copy_example: Copy, order: int
) -> None:
    lines = [row(), row(subject="reading", **{"class": "Kestrel"})][::order]
    folder = rows(copy_example("little-fen"), *lines)
    school = load_school(folder, library)
    account = account_of(school)
    reason = contradicted(2, 3)
    assert (account.used, account.refused) == (2, [])
    assert told(account.set_aside) == [(2, "class", reason), (3, "class", reason)]
    one = person(school, folder)
    assert (one.year, one.class_id, len(one.results)) == ("4", None, 2)


@pytest.mark.parametrize("order", [1, -1], ids=["one way", "the other way"])
def test_the_latest_row_says_which_class_a_pupil_is_in(
    library: Library, copy_example: Copy, order: int
) -> None:
    lines = [row(point="aut-2025", **{"class": "Kestrel"}), row()][::order]
    folder = rows(copy_example("little-fen"), *lines)
    school = load_school(folder, library)
    account = account_of(school)
    assert (account.used, account.refused, account.set_aside) == (2, [], [])
    assert person(school, folder).class_id == "Heron"


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
    school = load_school(folder, library)
    assert raw(known(folder, library), "pp") is True
    assert (account_of(school).refused, account_of(school).set_aside) == ([], [])


def contradicted(*places: int) -> str:
    where = " and ".join(f"row {place} of pupils.csv" for place in places)
    return f"contradicts another row about the same pupil ({where})"


@pytest.mark.parametrize("order", [1, -1], ids=["one way", "the other way"])
def test_what_rows_contradict_each_other_about_is_unknown(
    library: Library, copy_example: Copy, order: int
) -> None:
    lines = [row(subject="reading", pp="N", sen="Y"), row(pp="Y", sen="Y")][::order]
    folder = rows(copy_example("little-fen"), *lines)
    school = load_school(folder, library)
    account = account_of(school)
    assert (account.used, account.refused) == (2, [])
    reason = contradicted(2, 3)
    assert told(account.set_aside) == [(2, "pp", reason), (3, "pp", reason)]
    one = person(school, folder)
    assert {name: value.value for name, value in one.values.items()} == {"sen": True}
    assert len(one.results) == 2


@pytest.mark.parametrize("order", [1, -1], ids=["one way", "the other way"])
def test_what_the_latest_row_says_of_a_pupil_counts(
    library: Library, copy_example: Copy, order: int
) -> None:
    lines = [row(point="aut-2025", pp="N"), row(pp="Y")][::order]
    folder = rows(copy_example("little-fen"), *lines)
    school = load_school(folder, library)
    account = account_of(school)
    assert (account.used, account.refused, account.set_aside) == (2, [], [])
    pp = person(school, folder).values["pp"]
    assert (pp.value, pp.cells) == (True, (Cell("pupils.csv", 3 if order == 1 else 2, "pp"),))


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
    one = known(folder, library)
    account = account_of(load_school(folder, library))
    assert (account.used, account.refused, account.set_aside) == (1, [], [])
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
    one = known(folder, library)
    assert raw(one, "pp") is truth
    assert raw(one, "sen") is None
    assert raw(one, "attendance") == 93.5


def test_progress_is_counted_in_bands_from_the_last_judgement_and_the_baseline(
    library: Library, copy_example: Copy
) -> None:
    given = {"baseline": "above", "aut-2025": "well-below", "spr-2026": "", "sum-2026": "below"}
    lines = [row(point=point, judgement=grade) for point, grade in given.items()]
    one = known(rows(copy_example("little-fen"), *lines), library)
    assert {name: raw(one, name) for name in one.values} == {
        "baseline": 3,
        "baseline_from": "own",
        "previous": 0,
        "current": 1,
        "points_known": 2,
        "points_in_lowest": 0,
        "latest_point_known": True,
        "bands_since_previous": 1,
        "bands_since_baseline": -2,
        "start_confirmed": 0,
    }


def test_columns_are_found_by_name_in_any_order_and_any_case(
    library: Library, copy_example: Copy
) -> None:
    header = ("Judgement", "Point", "Subject", "CLASS", "Year", "Pupil", "Own pathway")
    line = "below,sum-2026,maths,Heron,4,P1,Y"
    folder = rows(copy_example("little-fen"), line, header=header)
    one = known(folder, library)
    assert (raw(one, "current"), raw(one, "own_pathway")) == (1, True)
    assert one.values["current"].cells == (Cell("pupils.csv", 2, "Judgement"),)


def test_an_unknown_column_is_not_read_and_said_to_be(library: Library, copy_example: Copy) -> None:
    header = ("pupil", "year", "class", "subject", "point", "judgement", "atendance")
    folder = rows(copy_example("little-fen"), "P1,4,Heron,maths,sum-2026,below,90", header=header)
    school = load_school(folder, library)
    account = account_of(school)
    assert [heading for heading, _ in account.columns] == [*header[:-1], "column G"]
    assert [heading for heading, meaning in account.columns if not meaning] == ["column G"]
    assert (account.used, account.refused, account.set_aside) == (1, [], [])
    assert person(school, folder).values == {}
    assert raw(known(folder, library), "current") == 1


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("Zorabel", "column N"),
        ("Zorabel Quillfeather", "column N"),
        ("Quillfeather Aut 2025", "column N: … Aut 2025"),
        ("Maths Zorabel Autumn", "column N: Maths … Autumn"),
    ],
)
def test_of_a_heading_that_is_not_read_only_known_words_are_shown(
    library: Library, copy_example: Copy, heading: str, shown: str
) -> None:
    folder = rows(copy_example("little-fen"), row() + ",expected", header=(*COLUMNS, heading))
    account = account_of(load_school(folder, library))
    assert account.columns[-1] == (shown, "")
    assert (account.used, account.refused, account.set_aside) == (1, [], [])


@pytest.mark.parametrize(
    ("missing", "told_of"),
    [
        pytest.param(
            ["pupil"],
            [
                "pupils.csv:1:1: no column says which pupil a row is about; of 12 headings these "
                "are understood: “year”"
            ],
            id="pupil",
        ),
        pytest.param(
            ["subject"],
            ["pupils.csv:1:11: nothing says which subject “judgement” is about; add a column"],
            id="subject",
        ),
        pytest.param(
            ["point"],
            ["pupils.csv:1:11: nothing says at which point in time “judgement” was judged; write"],
            id="point",
        ),
        pytest.param(
            ["year", "class", "subject", "point"],
            [
                "pupils.csv:1:1: no column gives the year group or the class",
                "pupils.csv:1:8: nothing says at which point in time “judgement” was judged",
                "pupils.csv:1:8: nothing says which subject “judgement” is about",
            ],
            id="three at once",
        ),
        pytest.param(
            ["pupil", "subject", "point"],
            ["pupils.csv:1:1: no column says which pupil a row is about; of 10 headings these"],
            id="the pupil before all others",
        ),
    ],
)
def test_columns_that_are_missing_are_all_told(
    library: Library, copy_example: Copy, missing: list[str], told_of: list[str]
) -> None:
    header = [name for name in COLUMNS if name not in missing]
    cells = {"pupil": "P1", "year": "4", "class": "Heron", "judgement": "below"}
    line = ",".join(cells.get(name, "") for name in header)
    found = problems(rows(copy_example("little-fen"), line, header=header), library)
    assert len(found) == len(told_of)
    for problem, start in zip(found, told_of, strict=True):
        assert problem.startswith(start)


def test_a_file_that_tells_nobodys_year_group_is_told(library: Library, copy_example: Copy) -> None:
    header = ("pupil", "subject", "point", "judgement")
    folder = rows(copy_example("little-fen"), "P1,maths,sum-2026,below", header=header)
    found = problems(folder, library)
    assert found
    assert all("year group" in problem for problem in found)


def test_a_file_without_headings_is_told(library: Library, copy_example: Copy) -> None:
    folder = rows(copy_example("little-fen"))
    text = "Andrada Bowen,4,Heron,below\nAndrada Bowen,4,Heron,expected\n"
    (folder / "pupils.csv").write_text(text, "utf-8")
    [problem] = problems(folder, library)
    assert problem.startswith("pupils.csv:1:1: no line of headings was found; the file needs a")


def test_a_row_that_stands_where_headings_should_is_not_echoed(
    library: Library, copy_example: Copy
) -> None:
    folder = rows(copy_example("little-fen"))
    text = "\n".join(row(pupil="Andrada Bowen", subject=name) for name in ("maths", "reading"))
    (folder / "pupils.csv").write_text(text + "\n", "utf-8")
    assert not [problem for problem in problems(folder, library) if "Andrada" in problem]


def test_a_file_of_headings_alone_is_told(library: Library, copy_example: Copy) -> None:
    [problem] = problems(rows(copy_example("little-fen"), ""), library)
    assert (
        problem == "pupils.csv:1:1: has headings and no rows; put the pupils in, or export it again"
    )


def test_empty_lines_are_no_rows(library: Library, copy_example: Copy) -> None:
    folder = rows(copy_example("little-fen"), "", row(), ",,,,,,,,,,,,", row(subject="reading"))
    school = load_school(folder, library)
    account = account_of(school)
    assert (account.rows, account.used) == (2, 2)
    assert {result.cell.row for result in person(school, folder).results.values()} == {3, 5}


@pytest.mark.parametrize("file", ["tracking.csv", "school.yaml", "cqa.yaml", "staff.yaml"])
def test_a_byte_order_mark_changes_nothing(
    library: Library, carrick: School, copy_example: Copy, file: str
) -> None:
    folder = copy_example("carrick-junior")
    content = (folder / file).read_bytes()
    (folder / file).write_bytes(b"\xef\xbb\xbf" + content)
    school = load_school(folder, library)
    assert (school.file, school.cqa, school.staff) == (
        carrick.file,
        carrick.cqa,
        carrick.staff,
    )
    assert school.pupils == carrick.pupils


def test_a_yaml_file_that_is_not_utf_8_is_told(library: Library, copy_example: Copy) -> None:
    folder = copy_example("little-fen")
    with (folder / "school.yaml").open("ab") as out:
        out.write("# Café\n".encode("latin-1"))
    assert any(
        problem.startswith("school.yaml:1:1: is not UTF-8 text")
        for problem in problems(folder, library)
    )


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", "utf-8, commas"),
        ("utf-8-sig", "utf-8-sig, commas"),
        ("cp1252", "cp1252, commas"),
        ("utf-16", "utf-16, commas"),
        ("utf-16-le", "utf-16-le, commas"),
    ],
)
def test_pupils_are_the_same_in_every_encoding(
    library: Library, copy_example: Copy, encoding: str, note: str
) -> None:
    folder = rows(copy_example("little-fen"), row(pupil="Zoë’s"), row(pupil="Zoes"))
    file = folder / "pupils.csv"
    file.write_bytes(file.read_text("utf-8").encode(encoding))
    school = load_school(folder, library)
    account = account_of(school)
    assert (account.used, account.notes) == (2, [note])
    assert [one.ref for one in school.pupils] == [ref(folder, "Zoë’s"), ref(folder, "Zoes")]


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


@pytest.mark.parametrize("between", [" ", "-", "\u00a0"])
@pytest.mark.parametrize("ends", [(1, 4, 8), (4, 8), tuple(range(1, 13))], ids=str)
def test_a_pupil_number_in_groups_is_the_same_number(
    library: Library, copy_example: Copy, between: str, ends: tuple[int, ...]
) -> None:
    parts = zip((0, *ends), (*ends, None), strict=True)
    grouped = between.join(UPN[start:end] for start, end in parts)
    assert is_upn(grouped)
    assert holds_upn(f"Ann ({grouped})")
    folder = rows(copy_example("little-fen"), row(pupil=UPN), row(pupil=grouped, subject="reading"))
    school = read_without_echo(folder, library)
    assert [one.ref for one in school.pupils] == [Pseudonyms(folder, "little-fen").of("upn", UPN)]
    assert len(school.pupils[0].results) == 2
    assert grouped not in repr((school, facts_of(folder, library)))


def refused_without_echo(folder: Path, library: Library) -> None:
    found = problems(folder, library)
    assert any("pupil number" in problem for problem in found)
    assert not any(UPN.lower() in problem.lower() for problem in found)


def read_without_echo(folder: Path, library: Library) -> School:
    """A school in which the pupil number stands nowhere, be it as a value or in a message."""
    school = load_school(folder, library)
    everything = repr((school, facts_of(folder, library))).upper()
    assert UPN not in everything
    assert not holds_upn(everything)
    return school


@pytest.mark.parametrize("written", [UPN, UPN.lower()])
@pytest.mark.parametrize(
    ("file", "in_place_of"),
    [
        ("school.yaml", "id: Heron"),
        ("school.yaml", "title: Autumn 2025"),
        ("school.yaml", "id: aut-2025"),
        ("school.yaml", "id: improvement"),
        ("scales/steps.yaml", "title: Our steps"),
        ("scales/steps.yaml", "title: First step"),
    ],
)
def test_a_pupil_number_in_a_file_written_by_hand_is_told_and_goes_no_further(
    library: Library, copy_example: Copy, file: str, in_place_of: str, written: str
) -> None:
    folder = copy_example("little-fen")
    (folder / "scales").mkdir()
    (folder / "scales" / "steps.yaml").write_text(
        "id: steps\ntitle: Our steps\nkind: grades\ngrades:\n- {id: one, title: First step}\n"
        "- {id: two, title: Second step}\n"
    )
    key, _, _ = in_place_of.partition(" ")
    change(folder / file, in_place_of, f"{key} {written}")
    data, told = load_data(folder, library)
    assert any("pupil number" in str(problem) for problem in told)
    everything = repr((data and vars(data), told))
    assert not holds_upn(everything)


@pytest.mark.parametrize("heading", ["pupil", "UPN", "Adno", "Unique Pupil Number"])
def test_a_pupil_number_is_who_a_row_is_about_and_is_not_kept(
    library: Library, copy_example: Copy, heading: str
) -> None:
    header = (heading, *COLUMNS[1:])
    lines = [row(pupil=UPN), row(pupil=f" {UPN.lower()} ", subject="reading"), row(pupil="P2")]
    folder = rows(copy_example("little-fen"), *lines, header=header)
    school = read_without_echo(folder, library)
    account = account_of(school)
    assert (account.used, account.refused, account.set_aside) == (3, [], [])
    one, other = school.pupils
    assert one.ref == Pseudonyms(folder, "little-fen").of("upn", UPN)
    assert len(one.results) == 2
    assert other.ref != one.ref


@pytest.mark.parametrize(
    "column", ["class", "sex", "pp", "sen", "eal", "attendance", "own_pathway"]
)
def test_a_pupil_number_in_a_cell_about_the_pupil_is_set_aside(
    library: Library, copy_example: Copy, column: str
) -> None:
    folder = rows(copy_example("little-fen"), row(pupil="P0"), row(**{column: UPN}))
    school = read_without_echo(folder, library)
    account = account_of(school)
    assert (account.used, account.refused) == (2, [])
    assert told(account.set_aside) == [(3, column, A_NUMBER)]
    one = person(school, folder)
    assert (one.year, one.values, len(one.results)) == ("4", {}, 1)


def test_a_pupil_number_as_a_judgement_or_as_a_concern_is_not_read(
    library: Library, copy_example: Copy
) -> None:
    lines = [row(pupil="P0"), row(judgement=UPN), row(pupil="P2", concern=UPN)]
    folder = rows(copy_example("little-fen"), *lines)
    school = read_without_echo(folder, library)
    account = account_of(school)
    assert told(account.refused) == [(3, "judgement", A_NUMBER)]
    assert (4, "concern", A_NUMBER) in told(account.set_aside)
    assert person(school, folder).results == {}
    assert person(school, folder, "P2").concern == {}


@pytest.mark.parametrize(
    ("column", "reason"), [("year", NO_YEAR), ("subject", NO_SUBJECT), ("point", NO_TIME)]
)
def test_a_row_with_a_pupil_number_in_place_of_what_it_needs_is_refused(
    library: Library, copy_example: Copy, column: str, reason: str
) -> None:
    folder = rows(copy_example("little-fen"), row(pupil="P0"), row(**{column: UPN}))
    school = read_without_echo(folder, library)
    account = account_of(school)
    assert (account.rows, account.used) == (2, 1)
    assert [(one.row, one.reason) for one in account.refused] == [(3, reason)]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_pupil_number_in_any_column_is_echoed_by_no_problem(
    library: Library, copy_example: Copy, column: str
) -> None:
    folder = rows(copy_example("little-fen"), row(**{column: UPN}))
    change(folder / "school.yaml", "phase: primary", "phase: primry")
    found = problems(folder, library)
    assert any("unknown phase" in problem for problem in found)
    assert not any(UPN.lower() in problem.lower() for problem in found)


def test_a_pupil_number_in_a_cell_too_many_or_as_a_file_is_not_echoed(
    library: Library, copy_example: Copy
) -> None:
    folder = rows(copy_example("little-fen"), row(pupil="P0"), row() + f",{UPN}")
    [refusal] = account_of(read_without_echo(folder, library)).refused
    assert (refusal.row, refusal.column, refusal.mistake) == (3, "", True)
    assert refusal.reason.startswith("has 14 cells under 13 headings")
    folder = copy_example("little-fen")
    change(folder / "school.yaml", OF_LITTLE_FEN, f"files: [{UPN}.csv]")
    refused_without_echo(folder, library)


def test_a_pupil_number_as_a_heading_is_not_read_and_not_echoed(
    library: Library, copy_example: Copy
) -> None:
    header = (*COLUMNS, UPN)
    folder = rows(copy_example("little-fen"), row() + f",{UPN}", header=header)
    account = account_of(read_without_echo(folder, library))
    assert account.columns[-1] == ("column N", "")
    assert (account.used, account.refused, account.set_aside) == (1, [], [])


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


@pytest.mark.parametrize("text", [f"{UPN} Ann", f"Ann ({UPN.lower()})", f"upn_{UPN}"])
def test_a_pupil_number_inside_a_longer_cell_identifies_nobody_and_is_not_echoed(
    library: Library, copy_example: Copy, text: str
) -> None:
    folder = rows(copy_example("little-fen"), row(pupil="P0"), row(pupil=text))
    school = read_without_echo(folder, library)
    assert told(account_of(school).refused) == [(3, "pupil", NO_PUPIL)]
    assert [one.ref for one in school.pupils] == [ref(folder, "P0")]
