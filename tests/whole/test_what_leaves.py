"""What leaves termwise can't steer a terminal, run in a browser, or be worked out by a spreadsheet."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from termwise.commands import shared
from termwise.commands.answer import Answer
from termwise.engine.advise import Advice
from termwise.engine.core.unprintable import holds_unprintable
from termwise.engine.documents.answers import rendered
from termwise.engine.library.loader import Library
from termwise.engine.library.model import Source
from termwise.engine.pupils.commitment_report import impact
from termwise.engine.pupils.report import pupil_report
from termwise.engine.school.folder import load_school
from termwise.engine.school.school import School
from tests import pupil_rows

Copy = Callable[[str], Path]
MARKS = ("\x1b[31m", "\x1b]0;title\x07", "\u202e", "\u2066", "\u200b", "\x9b2J", "\x08", "\u2028")


@pytest.fixture(autouse=True)
def one_library(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("termwise.commands.shared.library", lambda folder=None: library)


def _marked(mark: str) -> pupil_rows.Table:
    """Rows whose every cell has a mark in its middle, and a heading nobody knows."""
    rows = [[*row, "Remark"] for row in pupil_rows.long_table()]
    return [[cell[:1] + mark + cell[1:] for cell in row] for row in rows]


@pytest.mark.parametrize("mark", MARKS, ids=ascii)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_cell_is_read_without_what_cannot_be_seen_in_it(
    kind: str, mark: str, tmp_path: Path, library: Library
) -> None:
    table = _marked(mark)
    if kind == "xlsx" and any(ord(c) < 32 for c in mark):
        pytest.skip("no workbook can hold it")
    raw = pupil_rows.as_csv(table) if kind == "csv" else pupil_rows.as_xlsx(table)
    folder = pupil_rows.school_folder(tmp_path / "school", {f"pupils.{kind}": raw})
    if mark != "\u2028":  # a break of a line stays one, which no heading has
        plain = {f"pupils.{kind}": pupil_rows.as_csv(pupil_rows.long_table())}
        same = load_school(pupil_rows.school_folder(tmp_path / "plain", plain), library)
        assert pupil_rows.facts_of(load_school(folder, library)) == pupil_rows.facts_of(same)
    for words in (("check",), ("data",), ("data", "--format", "json"), ("recommend",)):
        told = pupil_rows.run(words[0], folder, *words[1:]).output
        assert not holds_unprintable(told)
        assert not re.search(r"\\u00[01]|\\u20", told)


def test_an_element_is_read_without_what_cannot_be_seen_in_it(
    tmp_path: Path, library: Library
) -> None:
    pupil = pupil_rows.ctf_pupil(
        pupil_rows.number_of(7), "Andr\u200bada", "Bo\u202ewen", "2017-03-29"
    )
    raw = {"transfer.xml": pupil_rows.ctf(pupil)}
    folder = pupil_rows.school_folder(tmp_path / "school", raw)
    assert [p.name for p in load_school(folder, library, names=True).pupils] == ["Bowen Andrada"]


@pytest.mark.parametrize(
    "words",
    [
        ["check", "nowhere\x1b[31m"],
        ["why", "school", "the\u202emoon"],
        ["team", "school", "upper\x1b[2J", "--for", "2026-11-24"],
        ["recommend", "school", "--class", "3\u200bA"],
        ["check", "school", "more\u202e"],
        ["plan", "school", "--format", "\u202epdf"],
        ["\u202eplan"],
        ["--\u202ehelp"],
    ],
    ids=ascii,
)
def test_what_was_typed_is_repeated_without_what_cannot_be_seen_in_it(
    words: list[str], copy_example: Copy
) -> None:
    folder = str(copy_example("little-fen"))
    result = pupil_rows.run(*(folder if word == "school" else word for word in words))
    assert result.exit_code in (1, 2)
    assert result.stderr
    assert not holds_unprintable(result.output)


@pytest.mark.parametrize("mark", MARKS, ids=ascii)
def test_what_is_agreed_is_written_without_what_cannot_be_seen_in_it(
    mark: str, tmp_path: Path, library: Library
) -> None:
    files = {"pupils.csv": pupil_rows.as_csv(pupil_rows.long_table())}
    folder = pupil_rows.school_folder(tmp_path / "school", files)
    pupil_rows.run("data", folder)  # makes the key to the pseudonyms
    ref = load_school(folder, library).pupils[0].ref
    who = ("--team", "all", "--teacher", "headteacher", "--pupil", ref, "--subject", "maths")
    what = ("--strategy", f"Counts{mark} with beads", "--evidence", f"A{mark} page")
    agreed = (*who, *what, "--agreed", "2026-10-08", "--review", "2026-12-03")
    came = ("--outcome", "all-001", "--kept", "yes", "--seen", "2026-12-03")
    for words in (agreed, (*came, "--note", f"Se{mark}en")):
        told = pupil_rows.run("commit", folder, *words)
        assert told.exit_code == 0, told.output
    assert not holds_unprintable((folder / "commitments.csv").read_text("utf-8"))


def test_everything_printed_or_written_is_without_what_cannot_be_seen(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    said = "".join(MARKS)
    shared.say(said + "told")
    Answer("md").put(said + "put", "")
    Answer("text").rows("", [{"a" + said: said, "b": "cell"}], ["a" + said, "b"])
    Answer("json").rows("", [{"a": said + "row"}], ["a"])
    Answer("md", tmp_path / "file.md").put(said + "file", "It is")
    told = capsys.readouterr().out
    assert "told" in told and "put" in told and "cell" in told
    assert "\\u" not in told
    assert not holds_unprintable(told + (tmp_path / "file.md").read_text("utf-8"))
    assert json.loads(shared.data_as_json({said: [said, 1.5, None]})) == {"\n": ["\n", 1.5, None]}


# --- pages


def _policy(html: str) -> tuple[str, str]:
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert policy and len(styles) == 1
    return policy[1], styles[0]


def test_a_page_runs_and_loads_nothing_but_its_own_style(
    all_advice: dict[str, Advice], library: Library, hillside: School
) -> None:
    pages = [rendered(advice.plan, "html") for advice in all_advice.values()]
    pages.append(rendered(pupil_report(hillside, library), "html"))
    pages.append(rendered(impact(hillside, library, "upper", date(2026, 11, 24), ()), "html"))
    for html in pages:
        policy, css = _policy(html)
        own = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
        assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{own}'"]
        # What the policy would keep from working is not there.
        assert not re.search(r"<[^>]*\s(style|on\w+|src)=", html)
        assert not re.search(r"<(script|link|img|iframe|form|base|object)\b", html)
        assert all(
            link.startswith(("#", "https://")) for link in re.findall(r'href="([^"]*)', html)
        )


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:x", "//x.example", "ftp://x.example",
     "https://x.example/\"onclick=", "https://x.example> [x](javascript:x)", "vbscript:x", "mailto:x"],
)  # fmt: skip
def test_only_an_address_on_the_web_is_one(address: str) -> None:
    about = {
        "id": "x",
        "title": "X",
        "by": "X",
        "year": 2026,
        "strength": "opinion",
        "read": "whole",
    }
    assert Source.model_validate({**about, "address": "https://x.example/a?b=c"}).address
    with pytest.raises(ValidationError):
        Source.model_validate({**about, "address": address})


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "＝", "\t=", " @"])
def test_no_cell_that_is_written_is_a_formula(
    begins: str, hillside: School, library: Library
) -> None:
    report = pupil_report(hillside, library)
    line = report.pupils[0].model_copy(update={"class_id": f"{begins}1+1"})
    told = rendered(report.model_copy(update={"pupils": (line,)}), "csv")
    assert f"'{begins}1+1" in told
