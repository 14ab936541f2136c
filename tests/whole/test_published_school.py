"""A school with published tables and no pupils' files: what its figures set off, and of which year."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.core.errors import ContentError
from termwise.engine.inference.recommendations import words
from termwise.engine.inference.trace import Verdicts
from termwise.engine.library.conditions import leaves
from termwise.engine.library.facts import Value
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school

SCHOOL = """\
school:
  id: made-up
  name: Made-up Junior School
  phase: junior
  year_groups: [5, 6]
  roll: 60
  classes: [{id: 5A, years: [5]}, {id: 6A, years: [6]}]
programme: naht-aspire
plan: {starts: 2026-09-01, years: 1}
calendar: {use: england}
money:
  cover_per_day: 230
  lines:
  - id: improvement
    title: School improvement
    year: financial
    pays_for: [cover, training]
    amounts: {2026-27: 9000, 2027-28: 9000}
"""
CQA = """\
agreed_on: 2026-07-01
questions:
  pedagogy: {judgement: emerging}
"""
STAFF = """\
people:
- {id: head, roles: [headteacher, leadership-lead], time: 4}
- {id: t5, roles: [teaching-lead, class-teacher], time: 2, teaches: 0.9, classes: [5A]}
- {id: t6, roles: [assessment-lead, class-teacher], time: 2, teaches: 0.9, classes: [6A]}
- {id: adviser, roles: [adviser], time: 2}
together: {whole-staff: 1.2}
"""
BELOW = "-6,-8,-4"
HEAD = (
    "RECTYPE,URN,PTRWM_EXP,READPROG,READPROG_LOWER,READPROG_UPPER,WRITPROG,WRITPROG_LOWER,"
    "WRITPROG_UPPER,MATPROG,MATPROG_LOWER,MATPROG_UPPER"
)
PUPILS = """
pupils:
  files: [pupils.csv]
  scale: point-in-time
  subjects: [maths]
  points: [{id: sum-2026, title: Summer 2026, date: 2026-06-26}]
"""
Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Writes a made-up school; `files` are what stands under published: files, tables are given by
    their names."""

    def write(files: str, more: str = "", **tables: str) -> Path:
        published = f"published:\n  urn: 999001\n  files: {files}\n" if files else ""
        (tmp_path / "school.yaml").write_text(SCHOOL + published + more)
        (tmp_path / "cqa.yaml").write_text(CQA)
        (tmp_path / "staff.yaml").write_text(STAFF)
        for name, text in tables.items():
            (tmp_path / f"{name}.csv").write_text(text)
        return tmp_path

    return write


def _results(share: str = "30%", progress: str = BELOW) -> str:
    return f"{HEAD}\n1,999001,{share},{progress},{progress},{progress}\n"


def _advice(folder: Path, library: Library) -> Advice:
    return advise(load_school(folder, library), library)


def _found(advice: Advice) -> dict[str, str]:
    """The words of every rule that fired, by its id."""
    vocabulary = advice.findings.vocabulary
    return {f.rule.id: words(f.rule, f.entity, vocabulary) for f in advice.findings.fired}


@pytest.mark.parametrize(
    ("rule", "subject"), [("PED-31", "reading"), ("PED-32", "writing"), ("PED-33", "maths")]
)
def test_rules_about_results_fire_without_a_file_of_pupils(
    folder: Folder, library: Library, rule: str, subject: str
) -> None:
    found = _found(
        _advice(
            folder("[{name: ks2.csv, year: 2022-23}]", ks2=_results()),
            library,
        )
    )
    assert f"progress in {subject} is below (2022-23)" in found[rule]


def test_a_subject_with_figures_is_there_beside_those_pupils_are_judged_in(
    folder: Folder, library: Library
) -> None:
    where = folder(
        "[{name: ks2.csv, year: 2022-23}]",
        PUPILS,
        ks2=_results(),
        pupils="pupil,year,class,maths sum-2026\nA1,6,6A,expected\n",
    )
    assert {"PED-31", "PED-32", "PED-33"} <= _found(_advice(where, library)).keys()


def test_every_rule_that_reads_a_published_figure_finds_what_it_is_about(
    folder: Folder, library: Library
) -> None:
    published = {
        name
        for table in library.published.values()
        for name in (*table.values, *table.sums, *table.intervals)
    }
    facts = _advice(
        folder("[{name: ks2.csv, year: 2022-23}]", ks2=_results()), library
    ).findings.facts
    asked = [
        rule
        for rule in library.rules.values()
        for indicators in [[library.indicators.get(leaf.key) for leaf in leaves(rule.when)]]
        if any(one and one.id in published for one in indicators)
        and not any(one and one.from_ == "aggregate" for one in indicators)
    ]
    assert len(asked) > 10
    assert [rule.id for rule in asked if not facts.of(rule.about)] == []


def test_a_figure_carries_its_year_into_every_sentence(folder: Folder, library: Library) -> None:
    advice = _advice(folder("[{name: ks2.csv, year: 2016-17}]", ks2=_results()), library)
    assert "30 % (2016-17) reached" in _found(advice)["AFL-13"]
    told = Verdicts(advice.findings, library).of("AFL-13", "made-up")
    figure = next(one for one in told.deciding if one.key == "final_year_expected")
    assert figure.value == "30 % (2016-17)"
    assert ": 30 % (2016-17). The rule asks for less than" in figure.words


def test_no_rule_calls_a_figure_that_is_published_each_year_the_last_one(library: Library) -> None:
    lately = re.compile(r"\b(last|this) (summer|year)\b|\blatest results\b", re.IGNORECASE)
    for rule in library.rules.values():
        indicators = [library.indicators.get(leaf.key) for leaf in leaves(rule.when)]
        if any(one and one.help and "last summer" in one.help for one in indicators):
            assert not lately.search(f"{rule.title} {rule.because} {rule.why}"), rule.id


def _problems(folder: Path, library: Library) -> list[str]:
    with pytest.raises(ContentError) as refused:
        load_school(folder, library)
    return [str(problem) for problem in refused.value.problems]


def _share(folder: Path, library: Library) -> Value | None:
    return load_school(folder, library).published.get("final_year_expected")


# --- which year, which of two


@pytest.mark.parametrize("year", ["2026-27", "2027-28"])
def test_a_table_of_a_year_that_is_not_over_when_the_plan_begins_is_refused(
    folder: Folder, library: Library, year: str
) -> None:
    [problem] = _problems(folder(f"[{{name: ks2.csv, year: {year}}}]", ks2=_results()), library)
    assert problem.startswith("school.yaml:") and f"can't be about {year}" in problem


@pytest.mark.parametrize("year", ["2019-20", "2020-21"])
def test_a_table_of_tests_that_were_not_held_is_refused(
    folder: Folder, library: Library, year: str
) -> None:
    [problem] = _problems(folder(f"[{{name: ks2.csv, year: {year}}}]", ks2=_results()), library)
    assert "no Key Stage 2 tests were held" in problem


def test_progress_of_a_year_without_any_is_not_read(folder: Folder, library: Library) -> None:
    school = load_school(folder("[{name: ks2.csv, year: 2023-24}]", ks2=_results()), library)
    assert "progress_reading" not in school.published
    assert "final_year_expected" in school.published
    assert "no progress was published for 2023-24" in {
        r.reason for r in school.accounts[0].set_aside
    }


TWO = "[{{name: {0}.csv, year: 2022-23}}, {{name: {1}.csv, year: 2022-23{2}}}]"


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_two_tables_of_one_year_are_a_question(
    folder: Folder, library: Library, names: tuple[str, str]
) -> None:
    where = folder(TWO.format(*names, ""), a=_results("45%"), b=_results("70%"))
    [problem] = _problems(where, library)
    assert "which of them counts?" in problem
    assert f"supersedes: {names[0]}.csv" in problem


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_a_declared_revision_is_the_answer_whatever_the_files_are_called(
    folder: Folder, library: Library, names: tuple[str, str]
) -> None:
    where = folder(
        TWO.format(*names, f", supersedes: {names[0]}.csv"), a=_results("45%"), b=_results("70%")
    )
    share = _share(where, library)
    assert share and share.value == {"a": 45, "b": 70}[names[1]]


def test_what_a_revision_suppresses_is_not_taken_from_what_it_revises(
    folder: Folder, library: Library
) -> None:
    where = folder(TWO.format("a", "b", ", supersedes: a.csv"), a=_results(), b=_results("SUPP"))
    assert _share(where, library) is None


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (TWO.format("a", "b", ", supersedes: c.csv"), "unknown published file “c.csv”"),
        (TWO.format("a", "b", ", supersedes: b.csv"), "b.csv would supersede itself"),
        (
            "[{name: a.csv, year: 2022-23, supersedes: b.csv}, "
            "{name: b.csv, year: 2022-23, supersedes: a.csv}]",
            "would supersede itself",
        ),
        (
            "[{name: a.csv, year: 2021-22}, {name: b.csv, year: 2022-23, supersedes: a.csv}]",
            "b.csv has no figures that could supersede those of a.csv",
        ),
    ],
)
def test_a_revision_of_nothing_is_refused(
    folder: Folder, library: Library, files: str, says: str
) -> None:
    problems = _problems(folder(files, a=_results(), b=_results()), library)
    assert any(says in problem for problem in problems)


def test_a_later_year_counts_and_an_earlier_one_fills_what_it_lacks(
    folder: Folder, library: Library
) -> None:
    where = folder(
        "[{name: b.csv, year: 2022-23}, {name: a.csv, year: 2023-24}]",
        a=_results("45%", ",,"),
        b=_results("70%"),
    )
    published = load_school(where, library).published
    assert (published["final_year_expected"].value, published["final_year_expected"].year) == (
        45,
        "2023-24",
    )
    assert published["progress_maths"].year == "2022-23"


# --- whose row


def test_a_file_can_give_the_number_the_school_had_then(folder: Folder, library: Library) -> None:
    old = _results().replace("999001", "999777")
    files = "[{{name: ks2.csv, year: 2022-23{}}}]"
    assert "urn: beside the file's name" in _problems(folder(files.format(""), ks2=old), library)[0]
    share = _share(folder(files.format(", urn: 999777"), ks2=old), library)
    assert share and share.value == 30


def test_the_row_of_the_school_that_became_an_academy_is_its_own(
    folder: Folder, library: Library
) -> None:
    table = "RECTYPE,URN,URN_AC,PTRWM_EXP\n1,999777,999001,55%\n1,999888,0,60%\n"
    share = _share(folder("[{name: ks2.csv, year: 2022-23}]", ks2=table), library)
    assert share and share.value == 55


@pytest.mark.parametrize(("urn", "value"), [("999001", 70), ("999777", 55)])
def test_a_row_before_and_a_row_after_are_a_question_that_a_number_answers(
    folder: Folder, library: Library, urn: str, value: int
) -> None:
    table = "RECTYPE,URN,URN_AC,PTRWM_EXP\n1,999777,999001,55%\n1,999001,0,70%\n"
    files = "[{{name: ks2.csv, year: 2022-23{}}}]"
    [problem] = _problems(folder(files.format(""), ks2=table), library)
    assert f"urn: {urn}" in problem
    share = _share(folder(files.format(f", urn: {urn}"), ks2=table), library)
    assert share and share.value == value


# --- shares of 1


@pytest.mark.parametrize(
    ("others", "own"),
    [((), "0.65"), (("0.5", "0.4"), "0.65"), (("0.5", "0.4"), "1"), (("60", "70"), "0.65")],
)
@pytest.mark.parametrize(("answer", "factor"), [("fractions", 100), ("as-written", 1)])
def test_a_share_of_one_is_asked_about_and_the_answer_works(
    folder: Folder,
    library: Library,
    others: tuple[str, ...],
    own: str,
    answer: str,
    factor: int,
) -> None:
    rows = [f"1,{999100 + n},{share}" for n, share in enumerate(others)]
    table = "\n".join(["RECTYPE,URN,PTRWM_EXP", f"1,999001,{own}", *rows]) + "\n"
    files = "[{{name: ks2.csv, year: 2022-23{}}}]"
    [problem] = _problems(folder(files.format(""), ks2=table), library)
    assert problem.startswith("ks2.csv:2:3: ") and f"percent: {answer}" in problem
    share = _share(folder(files.format(f", percent: {answer}"), ks2=table), library)
    if share is None:  # more than 1, where the others were no fractions
        assert own == "1"
    else:
        assert share.value == pytest.approx(float(own) * factor)


@pytest.mark.parametrize(
    ("own", "others", "value"),
    [("0.4%", (), 0.4), ("0", (), 0), ("1", (), 1), ("0.4", ("0.3", "55"), 0.4)],
)
def test_a_small_percentage_that_can_be_nothing_else_is_read(
    folder: Folder, library: Library, own: str, others: tuple[str, ...], value: float
) -> None:
    rows = [f"1,{999100 + n},{share}" for n, share in enumerate(others)]
    table = "\n".join(["RECTYPE,URN,PTRWM_EXP", f"1,999001,{own}", *rows]) + "\n"
    share = _share(folder("[{name: ks2.csv, year: 2022-23}]", ks2=table), library)
    assert share and share.value == value


# --- how a file is written


def _workbook(folder: Path, *rows: list[object]) -> None:
    book = openpyxl.Workbook()
    assert book.active
    for row in rows:
        book.active.append(row)
    book.save(folder / "ks2.xlsx")


@pytest.mark.parametrize(
    "text",
    [
        _results(),
        _results().replace(",", ";"),
        _results().replace(",", "\t"),
        _results().replace(",", "|"),
        "Key stage 2 results, made up\n\n" + _results(),
        _results().replace("1,999001", '1,"999001"'),
    ],
    ids=["commas", "semicolons", "tabs", "bars", "a title", "quotation marks"],
)
def test_a_table_is_read_however_its_cells_are_parted(
    folder: Folder, library: Library, text: str
) -> None:
    share = _share(folder("[{name: ks2.csv, year: 2022-23}]", ks2=text), library)
    assert share and share.value == 30


def test_a_workbook_is_read_as_a_text_file_is(folder: Folder, library: Library) -> None:
    where = folder("[{name: ks2.xlsx, year: 2022-23}]")
    _workbook(where, ["Made up"], ["RECTYPE", "URN", "PTRWM_EXP", "PTRWM_HIGH"], [1, 999001, "30%"])
    share = _share(where, library)
    assert share and share.value == 30


@pytest.mark.parametrize(
    "code",
    ["NOT AVAIL", "z", "c", "x", "low", "SUPP", "NE", "NP", ":", "", "Supp", "[c]", "..", "NA"],
)
def test_a_mark_in_place_of_a_figure_is_unknown_and_no_mistake(
    folder: Folder, library: Library, code: str
) -> None:
    school = load_school(folder("[{name: ks2.csv, year: 2022-23}]", ks2=_results(code)), library)
    assert "final_year_expected" not in school.published
    assert not [problem for account in school.accounts for problem in account.problems()]


@pytest.mark.parametrize(
    "row",
    [
        "1,999001,Fenwick, Upper,58%,9%",
        "1,999001,Fenwick, Upper,58%,",
        "1,999001,Fenwick,58%",
        "1,Fenwick, Upper,999001,58%,9%",
    ],
)
def test_the_schools_row_has_a_cell_below_each_heading(
    folder: Folder, library: Library, row: str
) -> None:
    table = f"RECTYPE,URN,SCHNAME,PTRWM_EXP,PTRWM_HIGH\n1,999002,Other,50%,1%\n{row}\n"
    [problem] = _problems(folder("[{name: ks2.csv, year: 2022-23}]", ks2=table), library)
    assert problem.startswith("ks2.csv:3") and "more or fewer cells" in problem


# --- the download of one school


def _download(*rows: str, urn: str = "1,L,URN,999001,URN") -> str:
    return "\ufeff" + "\n".join(("No,Namespace,Variable,Value,Description", urn, *rows)) + "\n"


FILES = "[{name: ks2.csv, year: 2022-23}]"


def test_the_download_of_one_school_gives_figures_each_with_its_year(
    folder: Folder, library: Library
) -> None:
    progress = [
        f"{n},KS2_23,READPROG{part}_22,{value},x"
        for n, (part, value) in enumerate([("", "-3"), ("_LOWER", "-5"), ("_UPPER", "-1")])
    ]
    table = _download(
        "2,KS2_23,PTRWM_EXP,65%,x", "3,CENSUS_22,PNUMEAL,4.1,x", "4,KS2_23,OTHER,7,x", *progress
    )
    school = load_school(folder(FILES, ks2=table), library)
    assert {name: (v.value, v.year) for name, v in school.published.items()} == {
        "final_year_expected": (65, "2022-23"),
        "eal_share": (4.1, "2021-22"),
    }
    [account] = school.accounts
    assert account.rows == account.used + len(account.refused) == 7


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (
            _download("2,KS2_23,PTRWM_EXP,65%,x", urn="1,L,URN,999002,x"),
            "number 999002, not 999001",
        ),
        (_download("2,KS2_22,PTRWM_EXP,65%,x"), "has figures of 2021-22, none of 2022-23"),
        (_download("2,KS2_23,PTRWM_EXP,65%,x", urn=""), "does not say which school"),
        (_download("2,KS2_23,PTRWM_EXP,0.65,x"), "percent: fractions"),
    ],
)
def test_a_download_of_another_school_or_year_is_refused(
    folder: Folder, library: Library, table: str, says: str
) -> None:
    [problem] = _problems(folder(FILES, ks2=table), library)
    assert says in problem


def test_two_downloads_are_asked_about_only_where_they_differ_and_the_answer_works(
    folder: Folder, library: Library
) -> None:
    files = "[{{name: a.csv, year: 2022-23}}, {{name: b.csv, year: 2021-22{}}}]"
    a = _download("2,KS2_23,PTRWM_EXP,65%,x", "3,CENSUS_22,PNUMEAL,4.1,x")
    b = "2,CENSUS_22,PNUMEAL,{},x"
    where = folder(files.format(""), a=a, b=_download(b.format("4.1")))
    assert load_school(where, library).published["eal_share"].value == 4.1
    tables = {"a": a, "b": _download(b.format("5"))}
    [problem] = _problems(folder(files.format(""), **tables), library)
    assert "supersedes: a.csv" in problem
    where = folder(files.format(", supersedes: a.csv"), **tables)
    published = load_school(where, library).published
    assert (published["eal_share"].value, published["final_year_expected"].value) == (5, 65)


# --- long tables

LONG = (
    "time_period,time_identifier,geographic_level,school_urn,school_name,subject,breakdown_topic,"
    "breakdown,expected_standard_pupil_percent,average_scaled_score,progress_measure_score,"
    "progress_measure_lower_conf_interval,progress_measure_upper_conf_interval"
)
RWM = '"Reading, writing and maths"'


def _long(*rows: str) -> str:
    return "\n".join((LONG, *(f"{row},z,z,z" for row in rows))) + "\n"


def _line(year: str, group: str, share: str, urn: str = "999001", subject: str = RWM) -> str:
    return f"{year},Academic year,School,{urn},Made up,{subject},{group},{share},z"


@pytest.mark.parametrize("year", ["202223", "2022/23", "2022-2023"])
def test_a_long_table_gives_the_row_of_the_year_and_group_that_is_asked_for(
    folder: Folder, library: Library, year: str
) -> None:
    rows = (
        _line(year, "All pupils,Total", "65"),
        _line(year, "Disadvantage status,Disadvantaged", "40"),
        _line(year, "Sex,Girls", "70"),
        _line("202122", "All pupils,Total", "50"),
        _line(year, "All pupils,Total", "80", urn="999002"),
        _line(year, "All pupils,Total", "72", subject="Reading"),
    )
    for order in (rows, rows[::-1]):
        school = load_school(folder(FILES, ks2=_long(*order)), library)
        assert {name: v.value for name, v in school.published.items()} == {
            "final_year_expected": 65,
            "published_disadvantaged": 40,
            "published_girls": 70,
            "published_reading": 72,
        }
        [account] = school.accounts
        assert (account.rows, account.used) == (6, 4)
        assert account.rows == account.used + len(account.refused)


def test_a_long_table_without_the_year_is_refused(folder: Folder, library: Library) -> None:
    table = _long(_line("202122", "All pupils,Total", "65"))
    [problem] = _problems(folder(FILES, ks2=table), library)
    assert "for 2021-22, none for 2022-23" in problem


def test_two_rows_for_one_figure_give_none(folder: Folder, library: Library) -> None:
    table = _long(*(_line("202223", "All pupils,Total", share) for share in ("65", "66")))
    [problem] = load_school(folder(FILES, ks2=table), library).accounts[0].problems()
    assert "stands in several rows" in problem.what


# --- what it is compared with, and the years before

OF_LONG = (
    "time_period,geographic_level,new_la_code,school_urn,subject,breakdown_topic,breakdown,"
    "expected_standard_pupil_percent,progress_measure_score,progress_measure_lower_conf_interval,"
    "progress_measure_upper_conf_interval"
)
RWM = '"Reading, writing and maths"'


def _row_of(
    year: str, level: str, subject: str, share: float, group: str = "All pupils,Total"
) -> str:
    own = {"School": "999001"}.get(level, "")
    area = {"National": ""}.get(level, "E08000901")
    progress = "2.5,0.4,4.6" if subject == "Reading" and own and year == "202223" else ",,"
    return f"{year},{level},{area},{own},{subject},{group},{share},{progress}"


def test_a_school_of_that_shape_gets_the_six_findings_an_independent_reading_made(
    folder: Folder, library: Library
) -> None:
    rows = [
        *(
            _row_of(y, "School", RWM, n)
            for y, n in [("202122", 78), ("202223", 71), ("202324", 66)]
        ),
        _row_of("202425", "School", RWM, 61),
        _row_of("202425", "National", RWM, 62),
        _row_of("202425", "School", RWM, 39, "Disadvantage status,Disadvantaged"),
        _row_of("202425", "School", RWM, 68, "Disadvantage status,Not known to be disadvantaged"),
        _row_of("202425", "School", "Writing", 75),
        _row_of("202425", "Local authority", "Writing", 70),
        "202425,Local authority,E08000999,,Writing,All pupils,Total,99,,,",
        _row_of("202425", "School", "Writing", 91, "Sex,Girls"),
        _row_of("202425", "School", "Writing", 59, "Sex,Boys"),
        _row_of("202223", "School", "Reading", 80),
    ]
    files = ", ".join(
        f"{{name: ks2-{n}.csv, year: {year}}}"
        for n, year in enumerate(["2021-22", "2022-23", "2023-24", "2024-25"])
    )
    table = "\n".join([OF_LONG, *rows]) + "\n"
    found = _found(
        _advice(folder(f"[{files}]", "", **{f"ks2-{n}": table for n in range(4)}), library)
    )
    of_results = {"SUP-20", "PED-36", "PED-37", "PED-38", "PED-39", "PED-40"}
    assert of_results <= found.keys()
    assert "39 % (2024-25) of disadvantaged pupils" in found["SUP-20"]
    assert "the gap is 29 (2024-25)." in found["SUP-20"]
    assert "ahead by 32 (2024-25)." in found["PED-36"]
    assert "Falls in a row: 3 (2024-25)" in found["PED-40"]
    assert {"RSU-21", "RPE-46", "RPE-47", "RPE-48"} <= found.keys()


def test_a_table_of_one_year_brings_the_years_that_stand_beside_it(
    folder: Folder, library: Library
) -> None:
    table = (
        "RECTYPE,LEA,URN,PTRWM_EXP,PTWRITTA_EXP,PTRWM_EXP_22,PTRWM_EXP_19,READPROG_22\n"
        "1,901,999001,55%,75%,61%,70%,1.1\n3,901,,60%,70%,58%,64%,\n3,902,,1%,1%,1%,1%,\n"
        "4,,,62%,72%,59%,65%,\n"
    )
    school = load_school(folder("[{name: ks2.csv, year: 2022-23}]", ks2=table), library)
    values = {name: value.value for name, value in school.published.items()}
    assert values["final_year_expected"] == 55
    assert (values["results_falls"], values["results_below_best"]) == (2, 15)
    assert (values["results_from_england"], values["writing_from_council"]) == (-7, 5)
    [account] = school.accounts
    assert account.rows == account.used + len(account.refused) == 4
    assert {reason.row for reason in account.refused} == {4}


@pytest.mark.parametrize(
    ("girls", "boys", "fires"), [(80, 50, True), (50, 80, True), (70, 50, False)]
)
def test_girls_and_boys_far_apart_in_the_table_of_schools_are_a_finding_that_leads_to_something(
    folder: Folder, library: Library, girls: int, boys: int, fires: bool
) -> None:
    table = (
        f"RECTYPE,LEA,URN,PTRWM_EXP,PTRWM_EXP_B,PTRWM_EXP_G\n1,901,999001,65%,{boys}%,{girls}%\n"
    )
    found = _found(_advice(folder("[{name: ks2.csv, year: 2022-23}]", "", ks2=table), library))
    assert ("PED-42" in found) is ("RPE-49" in found) is fires
    if fires:
        apart = str(girls - boys).replace("-", "−")
        assert f"girls less boys, is {apart} (2022-23)." in found["PED-42"]
