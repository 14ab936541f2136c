"""Files as schools' systems write them: however a table is written, the same is understood."""

from __future__ import annotations

import io
import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.core.errors import ContentError, Place
from termwise.engine.library.load_checked import load_library
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.rows import ALIKE, Refusal
from termwise.engine.school.school import School
from tests import pupil_rows

LIBRARY = load_library()
CSV, XLSX = "pupils.csv", "pupils.xlsx"
Table = pupil_rows.Table
Load = Callable[..., School]
LONG, WIDE = pupil_rows.long_table(), pupil_rows.wide_table()
AT = {heading: index for index, heading in enumerate(pupil_rows.LONG)}
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be")
SEPARATORS = (",", ";", "\t", "|")
UPN = pupil_rows.number_of(20001001)
A_NUMBER = "held a pupil number, which was not read"
A_FORMULA = "holds a formula, which is not worked out: paste its value"


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Reads one file of pupils in a school folder; `given` is what school.yaml says of it."""
    count = 0

    def read(raw: bytes, name: str = CSV, **given: Any) -> School:
        nonlocal count
        count += 1
        folder = tmp_path / str(count)
        pupil_rows.school_folder(folder, {name: raw}, [{"name": name, **given}])
        return load_school(folder, LIBRARY)

    return read


@pytest.fixture(scope="session")
def plain() -> pupil_rows.Facts:
    """What is understood of the plainest of files."""
    return facts_in(pupil_rows.as_csv(LONG), CSV)


def facts_in(raw: bytes, name: str) -> pupil_rows.Facts:
    """What is understood of one file in which every row can be used."""
    with tempfile.TemporaryDirectory() as above:
        folder = pupil_rows.school_folder(Path(above) / "school", {name: raw})
        school = load_school(folder, LIBRARY)
    [account] = school.accounts
    assert (account.refused, account.set_aside) == ([], [])
    assert account.rows == account.used
    return pupil_rows.facts_of(school)


def changed(table: Table, heading: str, text: str, row: int = 1) -> Table:
    """A table in which one cell says something else."""
    rows = [list(cells) for cells in table]
    rows[row][rows[0].index(heading)] = text
    return rows


def test_the_plain_file_is_understood_as_it_is_meant(load: Load) -> None:
    school = load(pupil_rows.as_csv(LONG))
    assert len(school.pupils) == len(pupil_rows.PUPILS)
    for pupil, (about, letters) in zip(school.pupils, pupil_rows.PUPILS, strict=True):
        assert (pupil.year, pupil.class_id) == (about[3], about[4])
        assert pupil.values["pp"].value is (about[5] == "Y")
        assert pupil.values["attendance"].value == float(about[6])
        grades = [
            pupil.results["tracking", subject, point].grade
            for subject in pupil_rows.SUBJECTS
            for point in pupil_rows.POINTS
        ]
        ranks: dict[str, int | None] = {"w": 0, "b": 1, "e": 2, "a": 3}
        assert grades == [ranks.get(letter) for letter in letters]


# --- how a file is written


@pytest.mark.parametrize("table", [LONG, WIDE], ids=["long", "wide"])
@pytest.mark.parametrize("separator", SEPARATORS, ids=["commas", "semicolons", "tabs", "bars"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encoding_and_separator_change_nothing(
    table: Table, separator: str, encoding: str, plain: pupil_rows.Facts
) -> None:
    raw = pupil_rows.as_csv(table, separator, encoding)
    assert facts_in(raw, CSV) == plain


@pytest.mark.parametrize("mark, encoding", [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_utf_16_with_a_mark_is_read(mark: bytes, encoding: str, plain: pupil_rows.Facts) -> None:
    assert facts_in(mark + pupil_rows.as_csv(WIDE, "\t", encoding), CSV) == plain


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_accents_in_a_column_that_is_not_read_do_no_harm(
    encoding: str, plain: pupil_rows.Facts
) -> None:
    more = ["Remarks", *["Très bien – “Zoë”, naïve façade £5"] * (len(LONG) - 1)]
    table = [[*row, cell] for row, cell in zip(LONG, more, strict=True)]
    assert facts_in(pupil_rows.as_csv(table, encoding=encoding), CSV) == plain


def blank_lines(raw: bytes) -> bytes:
    return b"\r\n\r\n" + raw.replace(b"\r\n", b"\r\n\r\n") + b" ,,\r\n,,,\r\n"


def quoted(raw: bytes) -> bytes:
    lines = raw.decode().splitlines()
    return "\n".join(",".join(f'"{c}"' for c in line.split(",")) for line in lines).encode()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw.replace(b"\r\n", b"\n"),
        lambda raw: raw.replace(b"\r\n", b"\r"),
        lambda raw: raw.rstrip(b"\r\n"),
        blank_lines,
        quoted,
        lambda raw: b"Assessment export\r\n" + raw,
        lambda raw: b"Little Fen,,,\r\nPrinted on,03/07/2026,,\r\n,,,\r\n" + raw,
        lambda raw: raw.replace(b"\r\n", b",,,\r\n"),
    ],
    ids=[
        "line feeds",
        "carriage returns",
        "no last line end",
        "blank lines",
        "everything quoted",
        "a title above",
        "titles above",
        "empty columns at the end",
    ],
)
@pytest.mark.parametrize("table", [LONG, WIDE], ids=["long", "wide"])
def test_lines_and_titles_change_nothing(
    table: Table, spoil: Callable[[bytes], bytes], plain: pupil_rows.Facts
) -> None:
    assert facts_in(spoil(pupil_rows.as_csv(table)), CSV) == plain


MERGED_BY_POINT: Table = [
    [""] * len(pupil_rows.ABOUT)
    + [t if i == 0 else "" for t in pupil_rows.POINTS.values() for i in range(3)],
    [*pupil_rows.ABOUT, *(s.title() for _ in pupil_rows.POINTS for s in pupil_rows.SUBJECTS)],
    *(
        [*about, *(pupil_rows.GRADES[letters[3 * s + p]] for p in range(3) for s in range(3))]
        for about, letters in pupil_rows.PUPILS
    ),
]
"""Points in merged cells above the subjects."""
MERGED_BY_SUBJECT: Table = [
    [""] * len(pupil_rows.ABOUT)
    + [s.title() if i == 0 else "" for s in pupil_rows.SUBJECTS for i in range(3)],
    [*pupil_rows.ABOUT, *(t for _ in pupil_rows.SUBJECTS for t in pupil_rows.POINTS.values())],
    *WIDE[1:],
]
"""Subjects in merged cells above the points."""


@pytest.mark.parametrize(
    "table", [MERGED_BY_POINT, MERGED_BY_SUBJECT], ids=["points above", "subjects above"]
)
@pytest.mark.parametrize("title", [[], [["Whole school"]]], ids=["no title", "a title"])
def test_headings_under_merged_cells_are_read(
    table: Table, title: Table, plain: pupil_rows.Facts
) -> None:
    assert facts_in(pupil_rows.as_csv([*title, *table]), CSV) == plain
    assert facts_in(pupil_rows.as_xlsx([*title, *table]), XLSX) == plain


def test_really_merged_cells_of_a_workbook_are_read(plain: pupil_rows.Facts) -> None:
    book = openpyxl.load_workbook(io.BytesIO(pupil_rows.as_xlsx(MERGED_BY_POINT)))
    sheet = book.worksheets[0]
    first = len(pupil_rows.ABOUT) + 1
    for start in (first, first + 3, first + 6):
        sheet.merge_cells(start_row=1, end_row=1, start_column=start, end_column=start + 2)
    out = io.BytesIO()
    book.save(out)
    assert facts_in(out.getvalue(), XLSX) == plain


def test_a_workbook_with_numbers_in_its_cells_is_read(plain: pupil_rows.Facts) -> None:
    table: list[list[Any]] = [list(row) for row in LONG]
    for row in table[1:]:
        row[AT["Year"]] = int(row[AT["Year"]])
        row[AT["Attendance %"]] = float(row[AT["Attendance %"]])
    notes = [["How to read this file"], ["W", "well below"]]
    raw = pupil_rows.as_xlsx(notes, table, titles=("Notes", "Data"))
    assert facts_in(raw, XLSX) == plain


# --- how cells are written


@pytest.mark.parametrize(
    "heading, wrap",
    [
        ("Pupil ID", '="{}"'),
        ("Pupil ID", "  {} "),
        ("Pupil ID", "\u00a0{}\u00a0"),
        ("Year", "Year {}"),
        ("Year", "Y{}"),
        ("Year", " {}\u00a0"),
        ("Year", '="{}"'),
        ("Class", "{} "),
        ("Class", "\u00a0{}"),
        ("Attendance %", "{}%"),
        ("Attendance %", "{} %"),
        ("Attendance %", '="{}%"'),
        ("Subject", " {}"),
        ("Point", "{}\u00a0"),
        ("Point", " {} "),
        ("Judgement", " {} "),
        ("Judgement", "\u00a0{}"),
        ("Judgement", '="{}"'),
    ],
)
def test_wrapping_of_cells_changes_nothing(
    heading: str, wrap: str, plain: pupil_rows.Facts
) -> None:
    at = AT[heading]
    table = [LONG[0], *([*row[:at], wrap.format(row[at]), *row[at + 1 :]] for row in LONG[1:])]
    assert facts_in(pupil_rows.as_csv(table), CSV) == plain


@pytest.mark.parametrize("heading", ["Pupil ID", "Class", "PP", "Subject", "Point", "Judgement"])
@pytest.mark.parametrize("case", [str.upper, str.lower, str.swapcase])
def test_capitals_in_cells_change_nothing(
    heading: str, case: Callable[[str], str], plain: pupil_rows.Facts
) -> None:
    at = AT[heading]
    table = [LONG[0], *([*row[:at], case(row[at]), *row[at + 1 :]] for row in LONG[1:])]
    assert facts_in(pupil_rows.as_csv(table), CSV) == plain


@pytest.mark.parametrize(
    "dirty",
    [
        str.upper,
        str.lower,
        lambda heading: f" {heading} ",
        lambda heading: heading.replace(" ", "_"),
        lambda heading: heading.replace(" ", "\n"),
        lambda heading: heading.replace(" ", "\u00a0"),
        lambda heading: f"{heading}:",
        lambda heading: f"({heading})",
    ],
    ids=[
        "upper",
        "lower",
        "spaces",
        "underlines",
        "line breaks",
        "hard spaces",
        "colon",
        "brackets",
    ],
)
@pytest.mark.parametrize("table", [LONG, WIDE], ids=["long", "wide"])
def test_capitals_and_punctuation_of_headings_change_nothing(
    table: Table, dirty: Callable[[str], str], plain: pupil_rows.Facts
) -> None:
    dirtied = [[dirty(heading) for heading in table[0]], *table[1:]]
    assert facts_in(pupil_rows.as_csv(dirtied), CSV) == plain
    assert facts_in(pupil_rows.as_xlsx(dirtied), XLSX) == plain


# --- what is not known


@pytest.mark.parametrize(
    "text", ["SUPP", "supp", "NA", "N/A", "LOWCOV", "NEW", "NP", "-", "–", "", " ", "\u00a0", "Abs"]
)
def test_what_is_not_given_is_unknown_and_never_nought(text: str, load: Load) -> None:
    school = load(pupil_rows.as_csv(changed(LONG, "Judgement", text)))
    [result] = [
        result
        for pupil in school.pupils
        for key, result in pupil.results.items()
        if key[1:] == ("reading", "aut-2025") and pupil.year == "1"
    ]
    assert (result.grade, result.standing, result.distance) == (None, None, None)
    assert result.missing
    [account] = school.accounts
    assert (account.used, account.refused, account.set_aside) == (account.rows, [], [])


@pytest.mark.parametrize("text", ["SUPP", "NA", "LOWCOV", "NEW", "-", "", " "])
@pytest.mark.parametrize("heading", ["PP", "Attendance %"])
def test_an_unknown_circumstance_is_no_no_and_no_nought(
    heading: str, text: str, load: Load
) -> None:
    at = WIDE[0].index(heading)
    table = [WIDE[0], *([*row[:at], text, *row[at + 1 :]] for row in WIDE[1:])]
    school = load(pupil_rows.as_csv(table))
    indicator = {"PP": "pp", "Attendance %": "attendance"}[heading]
    assert all(indicator not in pupil.values for pupil in school.pupils)


def reading_of(school: School) -> tuple[int | float | None, list[Refusal]]:
    """The first pupil's first judgement, and what was not used."""
    found = [
        p.results.get(("tracking", "reading", "aut-2025")) for p in school.pupils if p.year == "1"
    ]
    [account] = school.accounts
    return found[0].grade if found[0] else None, [*account.refused, *account.set_aside]


@pytest.mark.parametrize("letter", ["A", "a", " A "])
def test_a_single_a_asks_which_it_is(letter: str, load: Load) -> None:
    raw = pupil_rows.as_csv(changed(LONG, "Judgement", letter))
    with pytest.raises(ContentError) as caught:
        load(raw)
    [problem] = caught.value.problems
    assert problem.place == Place(CSV, 2, AT["Judgement"] + 1)
    assert "which can mean above or expected or missing" in problem.what
    assert "files: [{name: pupils.csv, codes: {A: above}}]" in str(problem)
    assert reading_of(load(raw, codes={"A": "above"})) == (3, [])
    assert reading_of(load(raw, codes={"a": "expected"})) == (2, [])
    assert reading_of(load(raw, codes={"A": "missing"})) == (None, [])


# --- rows that are no pupils, or can't be read


@pytest.mark.parametrize(
    "who", ["Total", "TOTALS", "Average", "National", "All pupils", "Class average", "Mean:"]
)
def test_totals_are_no_pupils(who: str, load: Load, plain: pupil_rows.Facts) -> None:
    total = [who, "", "", "3", "", "", "94.1", *["expected"] * 9]
    school = load(pupil_rows.as_csv([*WIDE, total]))
    [account] = school.accounts
    [refusal] = account.refused
    assert refusal[0] == len(WIDE) + 1
    assert "no pupil" in refusal.reason
    assert not refusal.mistake
    assert pupil_rows.facts_of(school) == plain


@pytest.mark.parametrize(
    "formula", ["=1+1", "=SUM(A1:A9)", "=cmd|' /C calc'!A0", "@SUM(1)", "+1+1"]
)
def test_formulas_in_a_text_file_are_never_evaluated(formula: str, load: Load) -> None:
    grade, refusals = reading_of(load(pupil_rows.as_csv(changed(LONG, "Judgement", formula))))
    assert grade is None
    assert [(refusal.row, refusal.column) for refusal in refusals] == [(2, "Judgement")]
    assert not any(formula in refusal.reason for refusal in refusals)


@pytest.mark.parametrize(
    ("table", "heading"),
    [(LONG, "Attendance %"), (WIDE, "Attendance %"), (WIDE, "Reading Autumn 2025")],
    ids=["long", "wide", "judgement"],
)
def test_formulas_in_a_workbook_are_set_aside(table: Table, heading: str, load: Load) -> None:
    school = load(pupil_rows.as_xlsx(changed(table, heading, "=40+50")), XLSX)
    [account] = school.accounts
    assert account.set_aside == [Refusal(2, heading, A_FORMULA)]
    assert (account.rows, account.refused) == (account.used, [])
    [problem] = account.problems()
    assert (problem.place.line, problem.place.column) == (2, table[0].index(heading) + 1)
    if table is WIDE:
        first = next(pupil for pupil in school.pupils if pupil.year == "1")
        assert len(first.results) == 9 - (heading != "Attendance %")


NOT_READ = {
    "formula": ("=40+50", A_FORMULA),
    "number": (UPN, A_NUMBER),
    "number in small letters": (UPN.lower(), A_NUMBER),
    "number in groups": (f"{UPN[0]} {UPN[1:4]} {UPN[4:8]} {UPN[8:]}", A_NUMBER),
}


@pytest.mark.parametrize("kind", NOT_READ)
def test_a_row_whose_only_judgement_can_not_be_read_is_refused_for_that(
    kind: str, load: Load
) -> None:
    text, reason = NOT_READ[kind]
    school = load(pupil_rows.as_xlsx(changed(LONG, "Judgement", text)), XLSX)
    [account] = school.accounts
    assert account.refused == [Refusal(2, "Judgement", reason)]
    assert account.rows == account.used + 1
    first = next(pupil for pupil in school.pupils if pupil.year == "1")
    assert ("tracking", "reading", "aut-2025") not in first.results
    assert len(first.results) == 8


@pytest.mark.parametrize("kind", NOT_READ)
def test_what_a_row_is_refused_for_is_told_once(kind: str, load: Load) -> None:
    text, _ = NOT_READ[kind]
    [account] = load(pupil_rows.as_xlsx(changed(LONG, "Judgement", text)), XLSX).accounts
    assert account.set_aside == []
    assert [(p.place.line, p.place.column) for p in account.problems()] == [(2, len(LONG[0]))]


@pytest.mark.parametrize("grade", ["splendid", "3"])
def test_of_many_mistakes_alike_the_first_are_told_and_how_many_more(
    grade: str, load: Load
) -> None:
    for count in (1, ALIKE, ALIKE + 1, 9):
        table = [[*row] for row in LONG]
        for row in table[1 : count + 1]:
            row[-1] = grade
        [account] = load(pupil_rows.as_csv(table)).accounts
        assert [refusal.row for refusal in account.refused] == list(range(2, count + 2))
        told = list(account.problems())
        assert [problem.place.line for problem in told] == list(range(2, min(count, ALIKE) + 2))
        assert {problem.place.column for problem in told} == {len(LONG[0])}
        assert len({problem.what.partition(" (")[0] for problem in told}) == 1
        more = [problem.what.partition(" (")[2] for problem in told if "(" in problem.what]
        assert more == ([f"{count - ALIKE} more are like this)"] if count > ALIKE else [])


def test_year_groups_that_contradict_each_other_refuse_all_rows_of_the_pupil(load: Load) -> None:
    first, second = (
        ["P0009", "Ibis", "Jay", year, "", "N", "90", subject, "Autumn 2025", "below"]
        for year, subject in (("3", "Reading"), ("4", "Maths"))
    )
    for table in ([*LONG, first, second], [*LONG, second, first]):
        school = load(pupil_rows.as_csv(table))
        [account] = school.accounts
        rows = [len(LONG) + 1, len(LONG) + 2]
        reason = "gives another year group than other rows about the same pupil"
        assert sorted(account.refused) == [Refusal(row, "", reason) for row in rows]
        assert account.rows == account.used + 2
        assert len(school.pupils) == len(pupil_rows.PUPILS)
        places = [p.place for p in account.problems() if p.what == reason]
        assert [(place.line, place.column) for place in places] == [(row, 1) for row in rows]


def test_a_formula_in_place_of_the_pupil_refuses_the_row(load: Load) -> None:
    table = changed(changed(WIDE, "Pupil ID", "=A1"), "Surname", "")
    school = load(pupil_rows.as_xlsx(changed(table, "Forename", "")), XLSX)
    assert [refusal.row for refusal in school.accounts[0].refused] == [2]
    assert len(school.pupils) == len(pupil_rows.PUPILS) - 1


@pytest.mark.parametrize("table", [LONG, WIDE], ids=["long", "wide"])
def test_a_row_with_a_cell_too_many_is_refused(table: Table, load: Load) -> None:
    rows = [list(row) for row in table]
    rows[1].insert(1, "van der")
    [account] = load(pupil_rows.as_csv(rows)).accounts
    [refusal] = account.refused
    assert refusal.row == 2
    assert f"{len(table[0]) + 1} cells under {len(table[0])} headings" in refusal.reason
    assert account.rows == account.used + 1


def test_a_row_that_stands_twice_counts_once(load: Load, plain: pupil_rows.Facts) -> None:
    school = load(pupil_rows.as_csv([*LONG, LONG[3]]))
    [account] = school.accounts
    [refusal] = account.refused
    assert (refusal.row, refusal.mistake) == (len(LONG) + 1, False)
    assert refusal.reason == "is the same as row 4"
    assert pupil_rows.facts_of(school) == plain


def test_two_judgements_that_differ_are_both_left_out_in_either_order(load: Load) -> None:
    other = changed(LONG, "Judgement", "above")[1]
    after, before = [*LONG, other], [LONG[0], other, *LONG[1:]]
    schools = [load(pupil_rows.as_csv(table)) for table in (after, before)]
    for school in schools:
        grade, refusals = reading_of(school)
        assert grade is None
        assert len(refusals) == 2
        assert all("judged twice" in refusal.reason for refusal in refusals)
    assert pupil_rows.facts_of(schools[0]) == pupil_rows.facts_of(schools[1])


# --- whatever happens to a file


def aliases() -> dict[str, list[str]]:
    """The headings by which each column of the plain tables may be called instead."""
    names = {
        "Pupil ID": "reference",
        "Surname": "surname",
        "Forename": "forename",
        "Year": "year",
        "Class": "class",
        "PP": "pp",
        "Attendance %": "attendance",
        "Subject": "subject",
        "Point": "point",
        "Judgement": "judgement",
    }
    return {ours: list(LIBRARY.columns[name].aliases) for ours, name in names.items()}


@st.composite
def rewritten(draw: st.DrawFn) -> tuple[str, bytes]:
    """The plain file in another order, under other headings and in another encoding."""
    wide = draw(st.booleans())
    table = WIDE if wide else LONG
    chance = random.Random(draw(st.integers(0, 10**9)))
    called = aliases()
    subjects = {subject.id: subject for subject in LIBRARY.words.subjects}
    terms = {part.part: part for part in LIBRARY.words.parts}
    years = {
        "aut-2025": ["2025/26", "25/26", "2025-26", "2025/2026", "2025"],
        "spr-2026": ["2025/26", "25/26", "2025-26", "2025/2026", "2026"],
        "sum-2026": ["2025/26", "25/26", "2025-26", "2025/2026", "2026"],
    }
    part_of = {"aut-2025": "autumn", "spr-2026": "spring", "sum-2026": "summer"}

    def point_of(point: str) -> list[str]:
        part = terms[part_of[point]]
        return [chance.choice([part.title, *part.aliases]), chance.choice(years[point])]

    headings = []
    for heading in table[0]:
        if heading in called:
            headings.append(chance.choice(called[heading]))
            continue
        subject = subjects[heading.split()[0].lower()]
        point = next(p for p, title in pupil_rows.POINTS.items() if heading.endswith(title))
        words = [chance.choice([subject.title, *subject.aliases]), " ".join(point_of(point))]
        if chance.random() < 0.5:
            words.reverse()
        headings.append(chance.choice([" ", "$", ": ", " - ", "_", " | "]).join(words))
    rows = [list(row) for row in table[1:]]
    chance.shuffle(rows)
    order = list(range(len(headings)))
    chance.shuffle(order)
    shuffled = [[row[i] for i in order] for row in [headings, *rows]]
    if draw(st.booleans()):
        return XLSX, pupil_rows.as_xlsx(shuffled)
    encoding = draw(st.sampled_from(ENCODINGS))
    return CSV, pupil_rows.as_csv(shuffled, draw(st.sampled_from(SEPARATORS)), encoding)


@given(data=st.data())
def test_order_headings_and_encoding_change_nothing(
    data: st.DataObject, plain: pupil_rows.Facts
) -> None:
    name, raw = data.draw(rewritten())
    assert facts_in(raw, name) == plain


@given(
    changes=st.lists(
        st.tuples(
            st.integers(1, len(LONG) - 1),
            st.sampled_from(["Year", "Class", "PP", "Attendance %", "Point", "Judgement"]),
            st.sampled_from(["", "SUPP", "1", "3", "Wren", "Heron", "Y", "N", "expected", "above"]),
        ),
        min_size=1,
        max_size=8,
    ),
    orders=st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
)
def test_the_order_of_rows_that_contradict_each_other_changes_nothing(
    changes: list[tuple[int, str, str]], orders: tuple[int, int]
) -> None:
    more = [changed(LONG, heading, text, row)[row] for row, heading, text in changes]
    understood = []
    for order in orders:
        rows = [*LONG[1:], *more]
        random.Random(order).shuffle(rows)
        school = accounted(pupil_rows.as_csv([LONG[0], *rows]), CSV)
        assert school is not None
        [account] = school.accounts
        # Of rows that say the same, any one may be named as contradicting the others.
        aside = {refusal.column for refusal in account.set_aside}
        refused = sorted((rows[r.row - 2], r.column, r.mistake) for r in account.refused)
        understood.append((pupil_rows.facts_of(school), account.used, refused, aside))
    assert understood[0] == understood[1]


def accounted(raw: bytes, name: str) -> School | None:
    """Reads a file of which anything may be wrong: it is refused with sentences, or every row of it
    is accounted for."""
    with tempfile.TemporaryDirectory() as above:
        folder = pupil_rows.school_folder(Path(above) / "school", {name: raw})
        try:
            school = load_school(folder, LIBRARY)
        except ContentError as error:
            assert error.problems
            assert all(problem.what and problem.place.file for problem in error.problems)
            return None
    for account in school.accounts:
        assert account.rows == account.used + len(account.refused)
        assert all(refusal.reason and refusal.row > 0 for refusal in account.refused)
        assert len({refusal.row for refusal in account.refused}) == len(account.refused)
    return school


def cut(raw: bytes, places: Sequence[int]) -> bytes:
    return raw[: places[0] % (len(raw) + 1)]


def doubled(raw: bytes, places: Sequence[int]) -> bytes:
    lines = raw.split(b"\n")
    return b"\n".join([*lines, *(lines[place % len(lines)] for place in places)])


def holed(raw: bytes, places: Sequence[int]) -> bytes:
    start = places[0] % (len(raw) + 1)
    return raw[:start] + raw[start + places[-1] % 40 :]


def spotted(raw: bytes, places: Sequence[int]) -> bytes:
    spoilt = bytearray(raw)
    for place in places:
        spoilt[place % len(spoilt)] = b'",;\t\n\r\0=\xff<'[place % 10]
    return bytes(spoilt)


@given(
    table=st.sampled_from([LONG, WIDE, MERGED_BY_POINT]),
    encoding=st.sampled_from(ENCODINGS),
    damages=st.lists(st.sampled_from([cut, doubled, holed, spotted]), min_size=1, max_size=3),
    places=st.lists(st.integers(0, 10**6), min_size=1, max_size=5),
)
def test_a_damaged_text_file_is_refused_or_accounted_for(
    table: Table,
    encoding: str,
    damages: list[Callable[[bytes, Sequence[int]], bytes]],
    places: list[int],
) -> None:
    raw = pupil_rows.as_csv(table, encoding=encoding)
    for damage in damages:
        raw = damage(raw, places) or b"x"
    accounted(raw, CSV)


@given(
    damages=st.lists(st.sampled_from([cut, holed, spotted]), min_size=1, max_size=2),
    places=st.lists(st.integers(0, 10**6), min_size=1, max_size=5),
    workbook=st.booleans(),
)
def test_a_damaged_workbook_or_transfer_file_is_refused_or_accounted_for(
    damages: list[Callable[[bytes, Sequence[int]], bytes]],
    places: list[int],
    workbook: bool,
) -> None:
    people = [
        pupil_rows.ctf_pupil(pupil_rows.number_of(n), f"Bird{n}", "Jay", "2017-05-01")
        for n in range(3)
    ]
    raw = pupil_rows.as_xlsx(WIDE) if workbook else pupil_rows.ctf(*people)
    for damage in damages:
        raw = damage(raw, places) or b"x"
    accounted(raw, XLSX if workbook else "transfer.xml")


@given(raw=st.binary(max_size=400))
def test_any_bytes_are_refused_or_accounted_for(raw: bytes) -> None:
    accounted(raw or b"x", CSV)
