"""Published tables: the school's row among all others, and figures that are never made up."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from termwise.engine.library.facts import Cell, Value
from termwise.engine.library.loader import Library
from termwise.engine.library.model import Indicator
from termwise.engine.library.reading import PublishedTable, PublishedWords
from termwise.engine.school.model import PublishedFile
from termwise.engine.school.published.published_figures import PublishedRead
from termwise.engine.school.published.tables import read_published
from termwise.engine.school.pupil_data.rows import UnreadableError

FILE = "results.csv"
URN = 999001
TABLES: list[dict[str, Any]] = [
    {
        "id": "results",
        "title": "Made-up results",
        "recognised_by": ["RECTYPE", "URN", "PTEXP"],
        "school": "URN",
        "only": {"column": "RECTYPE", "values": ["1", "2"]},
        "values": {"expected_share": "PTEXP", "higher_share": "PTHIGH"},
        "intervals": {
            "progress_reading": {"score": "PROG", "lower": "PROG_LOWER", "upper": "PROG_UPPER"}
        },
        "missing": {"LOWCOV": "too few pupils are covered", "NEW": "a new school"},
    },
    {
        "id": "absence",
        "title": "Made-up absence",
        "recognised_by": ["URN", "PERCTOT"],
        "school": "URN",
        "values": {"absence": "PERCTOT"},
    },
]
INDICATORS: list[dict[str, Any]] = [
    {"id": "expected_share", "title": "share at expected", "type": "percent", "range": [0, 100]},
    {"id": "higher_share", "title": "share at higher", "type": "percent", "range": [0, 100]},
    {"id": "absence", "title": "absence", "type": "percent", "range": [0, 100]},
    {
        "id": "progress_reading",
        "title": "progress in reading",
        "type": "category",
        "values": ["above", "average", "below"],
    },
]
WORDS: dict[str, Any] = {
    "missing": {
        "": "nothing is written",
        "SUPP": "suppressed, because few pupils stand behind it",
        "NA": "not applicable",
    },
    "download": {
        "recognised_by": ["Namespace", "Variable", "Value"],
        "namespace": "Namespace",
        "variable": "Variable",
        "value": "Value",
        "school": ["URN"],
        "dated": "{name}_{year}",
    },
}
LIBRARY = cast(
    Library,
    SimpleNamespace(
        published_words=PublishedWords.model_validate(WORDS),
        published={t["id"]: PublishedTable.model_validate(t) for t in TABLES},
        indicators={
            i["id"]: Indicator.model_validate({"about": "school", "from": "school", **i})
            for i in INDICATORS
        },
    ),
)
GIVEN = PublishedFile(name=FILE, year="2024-25")


class Read:
    """What was read of a file with one table, and the table's figures."""

    def __init__(self, read: PublishedRead) -> None:
        self.account, self.problems = read.account, read.problems
        self.table = read.parts[0].table if read.parts else None
        self.values = read.parts[0].values if read.parts else {}


HEAD = 'RECTYPE,URN,SCHNAME,PTEXP,"PTHIGH\n",PROG,PROG_LOWER,PROG_UPPER'
OTHERS = (
    "1,999002,Nowhere Primary,60%,10%,0.1,-1,1.2",
    "3,,Made-up Authority,61%,11%,,,",
    "5,,The nation,62%,12%,,,",
)


def _read(*rows: str, head: str = HEAD, encoding: str = "utf-8-sig") -> Read:
    raw = ("\r\n".join((head, *rows)) + "\r\n").encode(encoding)
    return Read(read_published(raw, GIVEN, URN, LIBRARY))


def _school(
    share: str = "58%", high: str = "9", progress: str = "3.3,1.1,5.5", name: str = "Fenwick"
) -> str:
    return f"1,{URN},{name},{share},{high},{progress}"


def test_the_school_is_found_and_its_figures_know_their_cells() -> None:
    read = _read(*OTHERS, _school())
    assert read.table
    assert read.table.id == "results"
    assert read.values == {
        "expected_share": Value(58.0, (Cell(FILE, 6, "PTEXP"),), year="2024-25"),
        "higher_share": Value(9.0, (Cell(FILE, 6, "PTHIGH"),), year="2024-25"),
        "progress_reading": Value(
            "above",
            tuple(Cell(FILE, 6, column) for column in ("PROG", "PROG_LOWER", "PROG_UPPER")),
            year="2024-25",
        ),
    }
    assert not read.problems


def test_every_row_is_used_or_refused_with_its_reason() -> None:
    account = _read(OTHERS[0], _school(), *OTHERS[1:], "").account
    assert account.rows == account.used + len(account.refused) == 4
    assert [refusal.reason for refusal in account.refused] == [
        "another school",
        "a local authority or the nation, no school",
        "a local authority or the nation, no school",
    ]
    assert not list(account.problems())


def test_a_large_table_shares_its_few_reasons() -> None:
    many = [f"1,{number},Made up,1,1,,," for number in range(100000, 120000)]
    account = _read(*many, _school()).account
    assert len({id(refusal.reason) for refusal in account.refused}) == 1
    assert len({id(refusal.column) for refusal in account.refused}) == 1


def test_each_heading_is_told_with_what_it_was_read_as() -> None:
    assert _read(_school()).account.columns == [
        ("RECTYPE", "whether the row is about a school"),
        ("URN", "the school's unique reference number"),
        ("SCHNAME", ""),
        ("PTEXP", "share at expected"),
        ("PTHIGH", "share at higher"),
        ("PROG", "progress in reading"),
        ("PROG_LOWER", "progress in reading"),
        ("PROG_UPPER", "progress in reading"),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SUPP", "suppressed, because few pupils stand behind it"),
        ("supp", "suppressed, because few pupils stand behind it"),
        ("LOWCOV", "too few pupils are covered"),
        ("NEW", "a new school"),
        ("NA", "not applicable"),
        ("", "nothing is written"),
        (" ", "nothing is written"),
    ],
)
def test_a_figure_that_is_not_published_is_unknown_and_never_nought(text: str, reason: str) -> None:
    read = _read(_school(text))
    assert "expected_share" not in read.values
    [aside] = read.account.set_aside
    assert (aside.column, aside.reason, aside.mistake) == ("PTEXP", reason, False)


@pytest.mark.parametrize("text", ["58%", "58", " 58 %", "58.0", "+58"])
def test_a_percentage_is_read_with_and_without_its_sign(text: str) -> None:
    assert _read(_school(text)).values["expected_share"].value == 58


def test_nought_is_a_figure() -> None:
    assert _read(_school("0%")).values["expected_share"].value == 0


@pytest.mark.parametrize("text", ["lots", "nan", "inf", "1e3", "5 8", "12/20", "٥٨"])
def test_what_is_not_a_number_is_a_mistake_that_is_not_repeated(text: str) -> None:
    read = _read(_school(text))
    assert "expected_share" not in read.values
    [problem] = read.account.problems()
    assert problem.what == "is not a number"
    assert (problem.place.line, problem.place.column) == (3, 4)


@pytest.mark.parametrize("text", ["101", "-1", "580%"])
def test_a_figure_off_its_range_is_a_mistake(text: str) -> None:
    read = _read(_school(text))
    assert "expected_share" not in read.values
    assert [refusal.mistake for refusal in read.account.set_aside] == [True]


@pytest.mark.parametrize(
    ("progress", "value"),
    [
        ("3.3,-0.2,6.8", "average"),
        ("-3.3,-6.8,0.2", "average"),
        ("3.3,0,6.6", "average"),
        ("3.3,0.1,6.5", "above"),
        ("-3.3,-6.5,-0.1", "below"),
        ("\u22123.3,\u22126.5,\u22120.1", "below"),
    ],
)
def test_progress_is_above_or_below_average_only_where_its_limits_are(
    progress: str, value: str
) -> None:
    assert _read(_school(progress=progress)).values["progress_reading"].value == value


@pytest.mark.parametrize(
    "progress", ["3.3,,5", "SUPP,SUPP,SUPP", "3.3,1.1,", ",1,2", "3.3,LOWCOV,5"]
)
def test_progress_without_all_three_figures_is_unknown(progress: str) -> None:
    read = _read(_school(progress=progress))
    assert "progress_reading" not in read.values
    assert not list(read.account.problems())


def test_progress_outside_its_own_limits_is_a_mistake() -> None:
    read = _read(_school(progress="9,1,5"))
    assert "progress_reading" not in read.values
    assert [problem.what for problem in read.account.problems()] == [
        "does not lie between its own limits"
    ]


def test_a_school_that_is_not_there_is_a_problem_that_says_how_many_are() -> None:
    read = _read(*OTHERS)
    assert not read.values
    assert read.account.rows == len(read.account.refused) == 3
    [problem] = read.problems
    assert "no row for the school with the number 999001, among 1 school" in problem.what
    assert problem.hint


def test_two_rows_of_the_school_are_a_problem_and_neither_is_used() -> None:
    one, other = _read(_school("10"), _school("20")), _read(_school("20"), _school("10"))
    for read in (one, other):
        assert not read.values
        assert read.account.used == 0
        assert read.account.rows == len(read.account.refused) == 2
    assert [p.what for p in one.problems] == [p.what for p in other.problems]
    assert "2 rows" in one.problems[0].what


def test_a_row_of_the_nation_that_carries_the_number_is_not_the_school() -> None:
    read = _read(f"5,{URN},The nation,1,1,,,", _school())
    assert read.values["expected_share"].value == 58


def test_a_row_with_too_many_cells_is_not_trusted() -> None:
    read = _read(_school(name="Fenwick, Upper"))
    assert not read.values
    assert read.account.rows == len(read.account.refused) == 1
    assert "more or fewer cells than there are headings" in read.problems[0].what


def test_a_name_with_a_comma_in_quotation_marks_shifts_nothing() -> None:
    assert _read(_school(name='"Fenwick, Upper"')).values["expected_share"].value == 58


def test_a_column_that_the_table_lacks_leaves_its_indicator_unknown() -> None:
    read = _read(f"1,{URN},58", head="RECTYPE,URN,PTEXP")
    assert list(read.values) == ["expected_share"]
    assert {refusal.reason for refusal in read.account.set_aside} == {
        "the table has no such column"
    }


def test_a_column_that_stands_twice_is_not_read() -> None:
    read = _read(f"1,{URN},58,60", head="RECTYPE,URN,PTEXP,ptexp")
    assert "expected_share" not in read.values


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_and_capitals_of_headings_do_not_matter(encoding: str) -> None:
    read = _read(_school(name="Sainte Zoë"), head=HEAD.lower(), encoding=encoding)
    assert read.values["expected_share"].value == 58


def test_the_table_is_known_by_its_columns() -> None:
    read = _read(f"201,{URN},4.5", head="LA,URN,PERCTOT")
    assert read.table
    assert read.table.id == "absence"
    assert read.values == {"absence": Value(4.5, (Cell(FILE, 2, "PERCTOT"),), year="2024-25")}


def test_an_unknown_table_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(UnreadableError) as refused:
        _read("1,2", head="A,B")
    [problem] = refused.value.problems
    assert "Made-up results (with the columns RECTYPE, URN, PTEXP)" in problem.hint
    assert "Made-up absence (with the columns URN, PERCTOT)" in problem.hint


@pytest.mark.parametrize(
    ("raw", "says"),
    [(b"", "is empty"), (b"\r\n\r\n", "is empty"), (b'URN,PERCTOT\r\n1,"2\r\n', "quotation mark")],
)
def test_what_is_no_table_is_refused(raw: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        read_published(raw, GIVEN, URN, LIBRARY)
