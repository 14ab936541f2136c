"""Nothing that tells who a pupil is leaves the reader: not in a plan, a table, a file or an error."""

from __future__ import annotations

import datetime
import logging
import os
import re
import stat
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn
from unittest import mock

import click
import pytest
import yaml

from termwise.cli import main
from termwise.engine.advise import Advice
from termwise.engine.core.errors import ContentError
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.pseudonyms import (
    KEY,
    PSEUDONYM,
    Pseudonyms,
    check_letter,
    is_upn,
    make_key,
)
from termwise.engine.school.school import School
from tests import pupil_rows, worked_out_once

CSV, XLSX, XML = "pupils.csv", "pupils.xlsx", "transfer.xml"
UPN = pupil_rows.number_of(20001001)
GROUPED = f"{UPN[0]} {UPN[1:4]} {UPN[4:8]} {UPN[8:]}"
TEMPORARY = check_letter("99920000101A") + "99920000101A"
SURNAME, FORENAME = "Quillfeather", "Zorabel"
BORN = ("2017-03-29", "29/03/2017", "29 March 2017", "29-Mar-2017", "29.03.2017", "20170329")
NAMES = (SURNAME, FORENAME)
SECRETS = {
    "number": UPN,
    "number in small letters": UPN.lower(),
    "number in groups": GROUPED,
    "surname": SURNAME,
    "whole name": f"{FORENAME} {SURNAME}",
    "birth date": BORN[1],
}
HEADINGS = ("UPN", "Surname", "Forename", "DOB", *pupil_rows.ABOUT[3:], "Notes")
LONG = (*HEADINGS, "Subject", "Point", "Judgement")
CANARY = (UPN, SURNAME, FORENAME, BORN[1], "3", "Heron", "Y", "93.5", "")
OTHER = (pupil_rows.number_of(5), "Bird", "Jay", "01/05/2016", "4", "Heron", "N", "97", "")


def long_rows(canary: tuple[str, ...] = CANARY) -> pupil_rows.Table:
    """A row for each judgement of the canary and of another pupil."""
    grades = ("below", "expected", "below")
    return [
        list(LONG),
        *(
            [*about, subject.title(), title, grade]
            for about in (canary, OTHER)
            for subject in pupil_rows.SUBJECTS
            for title, grade in zip(pupil_rows.POINTS.values(), grades, strict=True)
        ),
    ]


def wide_rows() -> pupil_rows.Table:
    """A row for each pupil."""
    judgements = pupil_rows.WIDE[len(pupil_rows.ABOUT) :]
    return [
        [*HEADINGS, *judgements],
        *([*about, *["below", "expected", "below"] * 3] for about in (CANARY, OTHER)),
    ]


def with_dates() -> list[list[Any]]:
    """The same with dates of birth that are dates to the workbook."""
    table: list[list[Any]] = [list(row) for row in long_rows()]
    for row in table[1:]:
        row[3] = datetime.datetime.strptime(row[3], "%d/%m/%Y")
    return table


def transfer(more: str = "", upn: str = UPN) -> bytes:
    return pupil_rows.ctf(pupil_rows.ctf_pupil(upn, SURNAME, FORENAME, BORN[0], more))


FILES: dict[str, tuple[str, bytes]] = {
    "long table": (CSV, pupil_rows.as_csv(long_rows())),
    "wide table": (CSV, pupil_rows.as_csv(wide_rows(), ";", "cp1252")),
    "workbook": (XLSX, pupil_rows.as_xlsx(long_rows())),
    "workbook with dates": (XLSX, pupil_rows.as_xlsx(with_dates())),
    "wide workbook": (XLSX, pupil_rows.as_xlsx(wide_rows())),
    "transfer file": (XML, transfer()),
}


@pytest.fixture(autouse=True)
def one_library(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The library is loaded once for all these tests, and everything that is logged is kept."""
    monkeypatch.setattr("termwise.commands.shared.library", lambda folder=None: library)
    caplog.set_level(logging.NOTSET)


def leaks(text: str, names: bool = True) -> list[str]:
    """What of the canary stands in a text, however it is written."""
    low = text.casefold()
    hidden = (UPN, GROUPED, TEMPORARY, *BORN, *(NAMES if names else ()))
    return [secret for secret in hidden if secret.casefold() in low]


def commands(folder: Path, every_form: bool = True) -> Iterator[list[str]]:
    """Every command that reads a school's folder, in each of its formats; else printed and as data."""
    for name, command in main.commands.items():
        asked = [p for p in command.params if isinstance(p, click.Argument) and p.required]
        if name in ("new", "demo", *QUESTIONS) or [p.name for p in asked] != ["folder"]:
            continue
        words = [name, str(folder), *(["--years", "1"] if name == "plan" else [])]
        if name == "money":  # it plans thirty times: once, in the form that has everything
            yield [*words, "--format", "json"]
            continue
        forms = next((p for p in command.params if p.name == "form"), None)
        yield words
        if forms is not None and isinstance(forms.type, click.Choice):
            others = [
                form
                for form in forms.type.choices
                if form != forms.default and (every_form or form == "json")
            ]
            yield from ([*words, "--format", str(form)] for form in others)
    yield ["rules", "audit", str(folder)]
    yield ["rules", "overridden", str(folder)]
    yield ["team", str(folder), "all", "--for", "2026-11-24"]


QUESTIONS = ("firm", "missing", "what-if")
"""Each makes a plan, or two: they are asked of a few folders only."""


def questions(folder: Path) -> Iterator[list[str]]:
    """Every question that can be asked of a folder without naming a pupil."""
    for words in (
        ["firm"],
        ["missing"],
        ["what-if", "--set", "plan.years=1"],
        ["why", "assessment"],
    ):
        yield [words[0], str(folder), *words[1:], "--format", "json"]
        yield [words[0], str(folder), *words[1:]]


def everything(
    folder: Path,
    caplog: pytest.LogCaptureFixture,
    asked: bool = False,
    bought: bool = False,
) -> str:
    """All that commands print, write, log and raise about a folder, the school's own files aside."""
    before = set(pupil_rows.files_in(folder.parent))
    told: list[str] = []
    with worked_out_once.folders():
        told += everything_told(folder, asked, bought)
    for name, raw in pupil_rows.files_in(folder.parent).items():
        if name not in before:
            told += [name, raw.decode("utf-8", errors="replace")]
    return "\n".join([*told, caplog.text])


def everything_told(folder: Path, asked: bool, bought: bool) -> list[str]:
    """What all commands tell; what money buys, which is planned thirty times and is the same whatever kind
    of file the pupils come from, only where it is asked, and so each of the formats, which are made of
    one document."""
    told: list[str] = []
    for words in (
        *commands(folder, every_form=asked),
        *(questions(folder) if asked else ()),
        ["doctor"],
    ):
        if words[0] == "money" and not bought:
            continue
        result = pupil_rows.run(*words)
        assert isinstance(result.exception, SystemExit | None), result.exception
        told += [result.stdout, result.stderr, *map(repr, pupil_rows.chain_of(result.exception))]
        if result.exc_info and result.exception:
            told += traceback.format_exception(result.exception)
    for ref in sorted({*re.findall(PSEUDONYM, "".join(told))})[: int(asked)]:
        for command in ("why", "change"):
            for form in ("text", "json"):
                told.append(pupil_rows.run(command, folder, ref, "--format", form).output)
    for form in ("html", "json"):
        to_file = ("-o", folder.parent / f"plan.{form}")
        pupil_rows.run("plan", folder, "--years", "1", "--format", form, *to_file)
    return told


def seen_by_callers(folder: Path, library: Library, names: bool = False) -> str:
    """What a caller of the library can print of a school, or of the error in its place."""
    try:
        school = load_school(folder, library, names=names)
    except ContentError as error:
        problems = [repr(problem) + str(problem) for problem in error.problems]
        chain = [repr(e) + str(e) for e in pupil_rows.chain_of(error)]
        return "\n".join([*problems, *chain, *traceback.format_exception(error)])
    accounts = [
        repr(account) + "".join(map(str, account.problems())) for account in school.accounts
    ]
    return "\n".join([repr(school), *map(repr, school.pupils), *accounts])


def one_file(tmp_path: Path, raw: bytes, name: str = CSV, **given: Any) -> Path:
    return pupil_rows.school_folder(tmp_path / "school", {name: raw}, [{"name": name, **given}])


def test_the_canary_would_be_noticed() -> None:
    assert is_upn(UPN)
    assert is_upn(UPN.lower())
    assert is_upn(TEMPORARY)
    assert is_upn(GROUPED)
    assert leaks(f"the pupil {GROUPED.lower()} of") == [GROUPED]
    assert len(leaks(f"{UPN.lower()} {FORENAME.upper()} {SURNAME} {BORN[0]} {BORN[1]}")) == 5


# --- in the right place

ASKED = ("long table", "transfer file")
"""Of these every question is asked: what is read of a pupil is the same in the others."""


@pytest.mark.parametrize("kind", FILES)
def test_a_pupil_in_the_right_columns_is_in_no_output(
    kind: str, tmp_path: Path, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    name, raw = FILES[kind]
    folder = one_file(tmp_path, raw, name)
    assert load_school(folder, library).pupils
    told = everything(folder, caplog, asked=kind in ASKED, bought=kind == "long table")
    assert "Little Fen" in told
    assert leaks(told) == []
    assert leaks(seen_by_callers(folder, library)) == []


@pytest.mark.parametrize("kind", FILES)
def test_with_names_only_the_name_is_shown(kind: str, tmp_path: Path, library: Library) -> None:
    name, raw = FILES[kind]
    folder = one_file(tmp_path, raw, name)
    school = load_school(folder, library, names=True)
    assert f"{FORENAME} {SURNAME}" in {pupil.name for pupil in school.pupils}
    assert leaks(seen_by_callers(folder, library, names=True), names=False) == []
    if "data" in main.commands:
        for form in ("text", "json"):
            result = pupil_rows.run("data", folder, "--names", "--format", form)
            assert result.exit_code == 0, result.output
            assert leaks(result.output, names=False) == []


# --- in a wrong place


@pytest.mark.parametrize("heading", LONG)
@pytest.mark.parametrize("secret", SECRETS)
def test_a_pupil_in_a_wrong_column_is_in_no_message(
    heading: str, secret: str, tmp_path: Path, library: Library
) -> None:
    table = long_rows()
    at = table[0].index(heading)
    for row in table[1:3]:
        row[at] = SECRETS[secret]
    nothing_is_told(one_file(tmp_path, pupil_rows.as_csv(table)), library)


@pytest.mark.parametrize("heading", LONG)
def test_a_pupil_in_a_wrong_column_of_a_workbook_is_in_no_message(
    heading: str, tmp_path: Path, library: Library
) -> None:
    """All that tells who a pupil is at once: a row for each."""
    table = long_rows()
    at = table[0].index(heading)
    for row, secret in zip(table[1:], SECRETS.values(), strict=False):
        row[at] = secret
    nothing_is_told(one_file(tmp_path, pupil_rows.as_xlsx(table), XLSX), library)


def planned(*_: object, **__: object) -> NoReturn:
    raise SystemExit(0)


def nothing_is_told(folder: Path, library: Library) -> None:
    assert leaks(seen_by_callers(folder, library)) == []
    # what makes a plan sees a pupil's cells through rules only
    with worked_out_once.folders(), mock.patch("termwise.commands.shared.advice", planned):
        for words in commands(folder, every_form=False):
            assert leaks(pupil_rows.run(*words).output) == [], words
    told = seen_by_callers(folder, library, names=True)
    assert not {UPN, GROUPED} & set(leaks(told))


def test_a_pupil_in_every_wrong_column_is_in_no_plan(
    tmp_path: Path, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    table = long_rows()
    for at, row in enumerate(table[1:10]):
        row[4 + at % 8] = list(SECRETS.values())[at % len(SECRETS)]
    folder = one_file(tmp_path, pupil_rows.as_csv(table))
    assert load_school(folder, library).accounts[0].refused
    assert leaks(everything(folder, caplog)) == []


def lines(*rows: tuple[str, ...] | list[str]) -> bytes:
    return pupil_rows.as_csv([list(row) for row in rows])


ROWS = long_rows()
LOST: dict[str, tuple[str, bytes, Mapping[str, Any]]] = {
    # --- the first row is the canary's
    "headings cut from a long table": (CSV, lines(*ROWS[1:]), {}),
    "headings cut from a wide table": (CSV, lines(*wide_rows()[1:]), {}),
    "headings cut from a workbook": (XLSX, pupil_rows.as_xlsx(ROWS[1:]), {}),
    "headings cut, names only": (CSV, lines((SURNAME, FORENAME), ("Bird", "Jay")), {}),
    "headings cut, and a row with known words": (
        CSV,
        lines((SURNAME, FORENAME, "Heron", "Reading", "Autumn 2025", "Expected")),
        {},
    ),
    "headings cut, and the row has the words of a whole heading": (
        CSV,
        lines((UPN, SURNAME, FORENAME, BORN[1], "Name", "Class", "Reading Autumn 2025")),
        {},
    ),
    "headings cut, and one word nearly known": (
        CSV,
        lines((SURNAME, FORENAME, "Judgment of"), ("Bird", "Jay", "Judgment of")),
        {},
    ),
    # --- pupils as columns
    "a column for each pupil": (
        CSV,
        lines(
            ("Subject", "Point", f"{FORENAME} {SURNAME}", UPN, BORN[1]),
            ("Reading", "Autumn 2025", "expected", "below", "above"),
        ),
        {},
    ),
    "a column for each pupil beside known ones": (
        CSV,
        lines(
            ("Pupil ID", "Year", "Subject", "Point", "Judgement", f"{FORENAME} {SURNAME}", UPN),
            ("P1", "3", "Reading", "Autumn 2025", "expected", "below", "above"),
        ),
        {},
    ),
    # --- around the table
    "a title above": (
        CSV,
        lines((f"Report for {FORENAME} {SURNAME}, {UPN}, born {BORN[1]}",), *ROWS),
        {},
    ),
    "in the line above the headings": (
        CSV,
        lines(["", FORENAME, SURNAME, UPN, BORN[0]], *ROWS),
        {},
    ),
    "a heading with the number in it": (
        CSV,
        lines([*ROWS[0], f"Reading {UPN.lower()}"], *([*row, "expected"] for row in ROWS[1:])),
        {},
    ),
    "a sheet with the number as its name": (XLSX, pupil_rows.as_xlsx(ROWS, titles=(UPN,)), {}),
    "two sheets with the number in their names": (
        XLSX,
        pupil_rows.as_xlsx(ROWS, ROWS, titles=(f"{UPN} a", f"{UPN} b")),
        {},
    ),
    "a sheet that is not there": (
        XLSX,
        pupil_rows.as_xlsx(ROWS, titles=(UPN,)),
        {"sheet": "Data"},
    ),
    # --- rows that can't be used
    "a comma too many": (CSV, lines(ROWS[0], [*ROWS[1], UPN], *ROWS[2:]), {}),
    "a quotation mark too many": (
        CSV,
        lines(*ROWS) + f'"{SURNAME}" {FORENAME}",{UPN},{BORN[1]}\r\n'.encode(),
        {},
    ),
    "a quotation mark never closed": (
        CSV,
        lines(*ROWS) + f'"{SURNAME},{FORENAME},{UPN},{BORN[1]}\r\n'.encode(),
        {},
    ),
    "a contradiction": (CSV, lines(*ROWS, [*ROWS[1][:-1], "above"]), {}),
    "contradicting circumstances": (
        CSV,
        lines(*ROWS, [*ROWS[1][:3], BORN[4], "4", "Kestrel", "N", "12", *ROWS[1][8:]]),
        {},
    ),
    "off the scale": (CSV, lines(ROWS[0], [*ROWS[1][:-1], "splendid"], *ROWS[2:]), {}),
    "two readings": (CSV, lines(ROWS[0], [*ROWS[1][:-1], "A"], *ROWS[2:]), {}),
    "a total": (CSV, lines(*ROWS, ["", "Total", FORENAME, *ROWS[1][3:]]), {}),
    "the same row twice": (CSV, lines(*ROWS, ROWS[1]), {}),
    "a formula": (
        XLSX,
        pupil_rows.as_xlsx([ROWS[0], [*ROWS[1][:-1], f'="{FORENAME} {UPN}"'], *ROWS[2:]]),
        {},
    ),
    "a temporary number": (CSV, lines(ROWS[0], [TEMPORARY, *ROWS[1][1:]]), {}),
    # --- school.yaml and the file don't fit
    "a column that is not there": (CSV, lines(*ROWS), {"columns": {"Judgemnt": "judgement"}}),
    "a column that is not there, and headings cut": (
        CSV,
        lines((SURNAME, FORENAME, "Reading", "Autumn 2025"), ("Bird", "Jay", "Reading", "")),
        {"columns": {"Judgement": "judgement"}},
    ),
    "a wrong scale": (CSV, lines(*ROWS), {"scale": "standardised"}),
    # --- other kinds of file
    "a cut-off transfer file": (XML, transfer()[:-90], {}),
    "a transfer file with a broken element": (
        XML,
        transfer().replace(b"</Surname>", b"</Surnam>"),
        {},
    ),
    "a transfer file with the number everywhere": (
        XML,
        transfer(
            f"<StageAssessment><Subject>{UPN}</Subject><Component>{SURNAME}</Component>"
            f"<Result>{UPN}</Result></StageAssessment>"
        )
        .replace(b"<Sex>F", f"<Sex>{UPN}</Sex><Notes>{BORN[1]}".encode())
        .replace(b"</Sex><BasicDetails>", b"</Notes><BasicDetails>"),
        {},
    ),
    "a cut-off workbook": (XLSX, pupil_rows.as_xlsx(ROWS)[:-500], {}),
    "a web page": (
        "p.xls",
        f"<html><td>{UPN}</td><td>{SURNAME}</td><td>{FORENAME}</td></html>".encode(),
        {},
    ),
    "JSON": (CSV, f'[{{"upn": "{UPN}", "name": "{FORENAME} {SURNAME}"}}]'.encode(), {}),
    "null bytes": (CSV, lines(*ROWS) + b"\0" * 9, {}),
}


@pytest.mark.parametrize("kind", LOST)
def test_a_pupil_in_a_file_that_is_wrong_is_in_no_output(
    kind: str, tmp_path: Path, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    name, raw, given = LOST[kind]
    folder = one_file(tmp_path, raw, name, **given)
    of_callers = leaks(seen_by_callers(folder, library))
    of_commands = leaks(everything(folder, caplog))
    assert {"callers": of_callers, "commands": of_commands} == {"callers": [], "commands": []}
    assert UPN.casefold() not in seen_by_callers(folder, library, names=True).casefold()


@pytest.mark.parametrize("file", ["school.yaml", "cqa.yaml", "staff.yaml"])
def test_a_number_in_the_schools_own_files_is_refused_and_not_repeated(
    file: str, tmp_path: Path, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    folder = one_file(tmp_path, pupil_rows.as_csv(ROWS))
    with (folder / file).open("a", encoding="utf-8") as out:
        out.write(f"\n{UPN.lower()}: {UPN}\n")
    told = everything(folder, caplog)
    assert f"{file}:" in told
    assert UPN.casefold() not in told.casefold()
    assert UPN.casefold() not in seen_by_callers(folder, library).casefold()


@pytest.mark.parametrize("name", [f"{UPN}.csv", f"{UPN.lower()}.csv"])
def test_a_file_named_after_a_number_is_refused_and_not_repeated(
    name: str, tmp_path: Path, library: Library
) -> None:
    folder = one_file(tmp_path, pupil_rows.as_csv(ROWS), name)
    assert UPN.casefold() not in seen_by_callers(folder, library).casefold()
    result = pupil_rows.run("check", folder)
    assert result.exit_code == 1
    assert UPN.casefold() not in result.output.casefold()


# --- the key


def refs(school: School) -> list[str]:
    return [pupil.ref for pupil in school.pupils]


@pytest.fixture
def keyed(tmp_path: Path) -> Path:
    """A school's folder with a key."""
    folder = one_file(tmp_path, pupil_rows.as_csv(ROWS))
    make_key(folder)
    return folder


@pytest.mark.skipif(os.name == "nt", reason="rights are given otherwise there")
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_only_its_owner_can_read_the_key(mask: int, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        make_key(tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / KEY).stat().st_mode) == 0o600


def test_pseudonyms_last_as_long_as_the_key(keyed: Path, library: Library) -> None:
    first = refs(load_school(keyed, library))
    key = (keyed / KEY).read_bytes()
    make_key(keyed)
    assert (keyed / KEY).read_bytes() == key
    assert refs(load_school(keyed, library)) == first
    (keyed / KEY).unlink()
    provisional = refs(load_school(keyed, library))
    make_key(keyed)
    again = refs(load_school(keyed, library))
    assert len({*first, *provisional, *again}) == 3 * len(first)


def test_another_school_with_the_same_key_has_other_pseudonyms(keyed: Path) -> None:
    one, other = Pseudonyms(keyed, "little-fen"), Pseudonyms(keyed, "great-fen")
    assert one.of("upn", UPN) != other.of("upn", UPN)
    assert one.of("upn", UPN) != one.of("reference", UPN)


def test_the_key_is_never_shown(
    keyed: Path, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    key = (keyed / KEY).read_text("ascii").strip()
    assert len(key) == 64
    school = load_school(keyed, library)
    told = [everything(keyed, caplog), seen_by_callers(keyed, library), repr(school.pseudonyms)]
    shown = "\n".join(told)
    assert key not in shown
    assert repr(bytes.fromhex(key))[2:-1] not in shown


@pytest.mark.parametrize("text", ["", "not hex at all", "abcd", "z" * 64, "é"])
def test_a_key_that_is_none_is_told_of_and_not_shown(
    text: str, keyed: Path, library: Library
) -> None:
    (keyed / KEY).write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_school(keyed, library)
    [problem] = caught.value.problems
    assert problem.place.file == KEY
    assert not text or text not in str(problem)
    assert pupil_rows.run("check", keyed).exit_code == 1
    assert (keyed / KEY).read_text("utf-8") == text


def test_a_provisional_pseudonym_is_in_no_output(
    tmp_path: Path, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    folder = one_file(tmp_path, pupil_rows.as_csv(ROWS))
    school = load_school(folder, library)
    assert not school.pseudonyms.kept
    told = everything(folder, caplog)
    assert not [ref for ref in refs(school) if ref in told]


def test_a_shown_pseudonym_is_no_part_of_the_number(keyed: Path, library: Library) -> None:
    for pupil in load_school(keyed, library).pupils:
        assert pupil.ref.replace("-", "") not in UPN
        assert len(pupil.ref) == 9
        assert not set(pupil.ref) & set("AEIOU01L")


# --- rows of a few


def _cited(part: object, files: set[str]) -> Iterator[int]:
    """How many cells each figure rests on that cites a row of a pupils' file."""
    if isinstance(part, dict):
        if any(cell["file"] in files for cell in part.get("cells") or ()):
            yield part.get("cells_in_all", len(part["cells"]))
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _cited(one, files)


def test_a_plan_cites_no_row_where_few_pupils_stand_behind_a_figure(
    all_advice: dict[str, Advice], library: Library
) -> None:
    least, cited, few = library.screening.cited_from, 0, 0
    assert least == 6
    for advice in all_advice.values():
        asked = advice.school.file.pupils
        files = {file.name for file in asked.each} if asked else set()
        found = list(_cited(advice.plan.model_dump(mode="json"), files))
        assert all(number >= least for number in found)
        cited += len(found)
        for entity in advice.findings.facts:
            if entity.kind not in ("pupil", "pupil-subject"):
                rests = [v for v in entity.values.values() if any(c.file in files for c in v.cells)]
                assert all(len({c.row for c in v.cells}) >= least for v in rests)
                few += sum(
                    v.value in range(1, least) and not v.cells for v in entity.values.values()
                )
    assert cited and few  # figures of many are cited, and there are figures of a few


# --- names in what is written by hand


NAMED = (
    f"{FORENAME} {SURNAME} reads to nobody.",
    f"We spoke of {SURNAME}, {FORENAME} and others.",
    f"“{FORENAME.upper()} {SURNAME.upper()}’s books”",
    f"With Jay Bird and {FORENAME}   {SURNAME}: more.",
)
NOT_NAMED = (
    "Grace will read more in May.",
    "Will read, and Grace may hope, in Summer.",
    f"{FORENAME} is a town, and so is {SURNAME}.",
    "Will and Grace Read.",
)


@pytest.mark.parametrize("note", [*NAMED, *NOT_NAMED])
@pytest.mark.parametrize("file", ["cqa.yaml", "staff.yaml", "school.yaml"])
def test_a_note_with_a_pupils_whole_name_is_told_of_and_not_repeated(
    note: str, file: str, tmp_path: Path, library: Library
) -> None:
    children = [("Will", "Read"), ("Grace", "Hope"), ("May", "Field"), (FORENAME, SURNAME)]
    rows = [
        (pupil_rows.number_of(900 + n), last, first, *CANARY[3:], "Reading", "Autumn 2025", "below")
        for n, (first, last) in enumerate(children)
    ]
    folder = one_file(tmp_path, lines(LONG, *rows))
    data = yaml.safe_load((folder / file).read_text("utf-8"))
    if file == "cqa.yaml":
        data["questions"]["leadership"]["evidence"][0]["note"] = note
    elif file == "staff.yaml":
        data["people"][0]["goal"] = note
    else:
        data["must"][0]["because"] = note
    (folder / file).write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    told = pupil_rows.run("check", folder).output
    assert ("holds the name of a pupil" in told) == (note in NAMED), told
    assert leaks(told) == []
    assert re.search(rf"(?m)^{file}:\d+:\d+: holds the name", told) or note in NOT_NAMED


def test_a_commitment_with_a_pupils_whole_name_is_not_written(tmp_path: Path) -> None:
    folder = one_file(tmp_path, lines(*ROWS))
    ref = re.findall(PSEUDONYM, pupil_rows.run("recommend", folder).output)[0]
    words = ("--subject", "maths", "--evidence", "A page", "--agreed", "2026-10-08")
    asked = ("commit", folder, "--team", "all", "--teacher", "headteacher", "--pupil", ref, *words)
    told = pupil_rows.run(
        *asked, "--review", "2026-12-03", "--strategy", f"Sit by {FORENAME} {SURNAME}"
    )
    assert told.exit_code == 1
    assert "holds the name of a pupil" in told.output
    assert leaks(told.output) == []
    assert not (folder / "commitments.csv").exists()
