"""School folders spoiled in every way that a seed gives, and what no command may do with them.

One case again, with everything that was done to the folder, what each command said and the traceback:

    python -m tests.hostile_folders SEED CASE

Many cases, two processes, the faults printed as they are found:

    python -m tests.hostile_folders SEED FIRST-LAST
"""

from __future__ import annotations

import codecs
import contextlib
import copy
import csv
import functools
import io
import os
import re
import resource
import signal
import stat
import sys
import tempfile
import traceback
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import openpyxl
import yaml
from click.testing import CliRunner, Result
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from termwise.cli import main
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school
from tests import worked_out_once
from tests.places import EXAMPLES

Files = dict[str, bytes]
Found = dict[str, tuple[int, bytes]]
"""Every path below a folder, with its kind and rights, and the bytes of the files."""

WORK, WAIT = 20, 300
"""Seconds of its own work, and of waiting, after which a command counts as hung; the slowest works for
three. A busy machine makes it wait, and only something that never comes makes it wait so long."""
KEY = b"5f" * 32 + b"\n"
FORENAME, SURNAME, NUMBER = "Zorabel", "Quillfeather", "H801200001001"
OUTSIDE = "thistle-outside-the-folder"
"""What stands in the files that links in a folder lead to."""
ONE_IN = {"hillside": 40, "little-fen": 10, "carrick-junior": 40}
"""Of so many pupils one is kept: few are read faster, and are as easily spoiled."""

_FAST_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FAST_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

# --- the folders before they are spoiled

TEAM = """
teams:
- id: all
  title: All classes
  leader: deputy-head
  classes: [3N, 3S, 4N, 4S, 5N, 5S, 6N, 6S]
  meets: [2026-10-08, 2026-12-03]
"""
OVERRIDES = """# Decided by the governors.
- intervention: governance-review
  decision: adapt
  reason: governors-ask-for-it
  role: headteacher
  on: 2026-07-14
  not_before: 2026-11-02
- intervention: coaching-cycles
  decision: refuse
  reason: not-our-need
  role: chair-of-governors
  on: 2026-07-14
  note: Later, when the two who coach are back.
"""
AGREED = (
    "id,team,agreed,teacher,pupils,subject,skill,strategy,review,evidence,kept,worked,seen,note"
)
OWN_SCALE = """id: our-steps
title: Our steps
used_for: attainment
version: "1"
grades:
- {id: first-step, title: First step, value: 1}
- {id: second-step, title: Second step, value: 2}
- {id: third-step, title: Third step, value: 3}
anchors: {weak: second-step, expected: third-step}
sources: [house]
"""
TEAMS = {"hillside": "upper", "little-fen": "all", "carrick-junior": "all"}


@functools.cache
def base(example: str) -> Mapping[str, bytes]:
    """The files of an example with fewer pupils, the canary among them, and with every other file
    that a folder may hold."""
    team, (who, pupil) = TEAMS[example], taught(example)
    row = f"{team}-001,{team},2026-10-08,{who},{pupil},maths,,"
    said = "Counts with beads,2026-12-03,A page of sums"
    return {**_given(example), "commitments.csv": f"{AGREED}\r\n{row}{said},,,,\r\n".encode()}


@functools.cache
def _given(example: str) -> Files:
    """All but what was agreed of a pupil, who has to be known first."""
    files = {
        path.name: path.read_bytes()
        for path in sorted((EXAMPLES / example).iterdir())
        if path.name != "truth.json"
    }
    kept = ONE_IN[example]
    if example == "little-fen":
        files["pupils.xlsx"] = _fewer_rows(files["pupils.xlsx"], kept)
    elif example == "hillside":
        files["pupils.csv"] = _fewer_lines(files["pupils.csv"], kept, "cp1252", [SURNAME, FORENAME])
    else:
        name = [f"{SURNAME}, {FORENAME}"]
        files["tracking.csv"] = _fewer_lines(files["tracking.csv"], kept, "utf-8", name)
        files["transfer.xml"] = _fewer_elements(files["transfer.xml"], kept)
        files["staff.yaml"] += TEAM.encode()
    if "skills.csv" in files:
        files["skills.csv"] = _fewer_lines(files["skills.csv"], kept)
    files["overrides.yaml"] = OVERRIDES.encode()
    files["scales/our-steps.yaml"] = OWN_SCALE.encode()
    files["pseudonyms.key"] = KEY
    return files


@functools.cache
def taught(example: str) -> tuple[str, str]:
    """A teacher of an example's team and one of their pupils, by pseudonym."""
    with tempfile.TemporaryDirectory() as made:
        write(Path(made), _given(example))
        school = load_school(made, library())
    team = next(team for team in school.staff.teams if team.id == TEAMS[example])
    return next(
        (person.id, pupil.ref)
        for person in school.staff.people
        for pupil in school.pupils
        if pupil.class_id in set(person.classes) & set(team.classes)
    )


def _kept(name: str, one_in: int) -> bool:
    """Whether a pupil is kept, by the digits of what identifies them, or the row is none of a pupil."""
    digits = re.findall(r"\d+", name.partition(",")[0])
    return not digits or int(digits[0][-3:]) % one_in == 1


def _fewer_lines(
    raw: bytes, one_in: int, encoding: str = "utf-8", name: list[str] | None = None
) -> bytes:
    """Without the rows of most pupils; the first of the others is given a name."""
    lines = raw.decode(encoding).splitlines()
    top = next(n for n, line in enumerate(lines) if "," in line)
    rows = [next(csv.reader([line])) for line in lines[top + 1 :] if _kept(line, one_in)]
    for row in rows:
        if name and row[0] == rows[0][0]:
            row[1 : 1 + len(name)] = name
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return "\r\n".join([*lines[: top + 1], out.getvalue()]).encode(encoding)


def _fewer_rows(raw: bytes, one_in: int) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(raw))
    sheet = book.worksheets[0]
    for row in range(sheet.max_row, 1, -1):
        if not _kept(str(sheet.cell(row, 1).value), one_in):
            sheet.delete_rows(row)
    sheet["B2"], sheet["C2"] = SURNAME, FORENAME
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fewer_elements(raw: bytes, one_in: int) -> bytes:
    text = raw.decode()
    pupils = re.findall(r" *<Pupil>.*?</Pupil>\s*", text, re.DOTALL)
    kept = [p for p in pupils if _kept(re.sub(r"<[^>]*>|\s", "", p)[:13], one_in)]
    kept[0] = re.sub(r"<Surname>[^<]*", f"<Surname>{SURNAME}", kept[0])
    kept[0] = re.sub(r"<Forename>[^<]*", f"<Forename>{FORENAME}", kept[0])
    start = text.index(pupils[0])
    end = text.index(pupils[-1]) + len(pupils[-1])
    return (text[:start] + "".join(kept) + text[end:]).encode()


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, raw in files.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_bytes(raw)


@functools.cache
def library() -> Library:
    """The library that is shipped, with little time to look for the best plan: any is as easily spoiled."""
    shipped = load_library()
    hurried = shipped.planning.model_copy(update={"effort_limit": 0.2})
    return replace(shipped, planning=hurried)


# --- ways to spoil a file

TOKENS = (
    # numbers as they were once written, and numbers that are none
    "011000", "0x1F", "1_000", "12:30:45", "0o17", "1e400", "-0", ".inf", ".nan", "NaN", "9" * 400,
    "0.27", "1,234", "１２", "-5", "1e3", "99999999999999999999", '"12"',
    # dates of other orders, and days that are none
    "31/12/2026", "12/31/2026", "2026-02-30", "0001-01-01", "9999-12-31", "2026-09-01T10:00:00Z",
    "01/09/26", "45901", "1900-01-00",
    # what YAML makes of words
    "yes", "no", "~", "null", "''", "[]", "{}", "[[]]", "&a [*a]", "*nobody", "!!int ''", "!!bool foo",
    "!!python/object/apply:os.system [id]", "!!binary ****", "!!set {a, b}", "!!timestamp x", "<<: *x",
    "? a", "|", ">", "%TAG", "---", "...", "@x", "`x", "- - - - x", "{a: {a: {a: 1}}}", "'", '"', "#",
    "[" * 3000, "{a: " * 900, "[" * 60_000, "!!omap [a]", "\t",
    # text that is more than text
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", '"\\x1b[2J"', '"\\u202eabc"', "\u202eevil\u202c",
    "zero\u200bwidth", "\u2066x\u2069", "\ufeff", "\0", '"\\0"', "\x08\x08", "\x85", "\u2028", "\ud7ff",
    "[red]x[/red]", "[/]", "{a {a", "{0}", "%s%n", "$(id)", "`id`", "../../etc/passwd", "/etc/passwd",
    "=1+1", "+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x.example")', "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "](javascript:alert(1))", "javascript:alert(1)",
    "data:text/html,<script>", "[x](javascript:alert(1))", "&lt;b&gt;", "é" * 3, "Z̸" * 5, "\U0001f9d2",
    "a" * 5000, " " * 300,
    # who nobody may read of
    NUMBER, f"{NUMBER[0]} {NUMBER[1:4]} {NUMBER[4:8]} {NUMBER[8:]}", NUMBER.lower(),
    f"{FORENAME} {SURNAME}", f"{SURNAME}, {FORENAME}", f"“{FORENAME} {SURNAME} said so”",
)  # fmt: skip
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, float("nan"), float("inf"), 10**400, "", " ", [], {}, [[]], [None], {"a": {}},
    {1: 2}, {None: None}, ["x", ["y"]], [{"id": "x"}, {"id": "x"}], b"bytes", *TOKENS,
)  # fmt: skip
BYTES = (
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\x1b[31m",
    b"\x80",
    b"\r",
    b"\x1a",
    b'"',
    b"\xc0\x80",
)


def _bytes(raw: bytes, random: Random) -> bytes:
    """Bytes flipped, cut, put in, doubled or taken out."""
    at = random.randrange(len(raw) + 1)
    to = min(len(raw), at + random.choice((1, 4, 60, 2000)))
    return random.choice(
        (
            raw[:at],
            raw[:at] + random.choice(BYTES) * random.choice((1, 3)) + raw[at:],
            raw[:at] + bytes(b ^ (1 << random.randrange(8)) for b in raw[at:to]) + raw[to:],
            raw[:at] + raw[at:to] * random.choice((2, 30)) + raw[to:],
            raw[:at] + raw[to:],
            raw[:at] + random.randbytes(random.choice((1, 8, 300))) + raw[at:],
            random.choice(BYTES[1:4]) + raw,
            raw.replace(b"\n", random.choice((b"\r", b"\r\r\n", b"\x0b", b""))),
        )
    )


_MARKS = (  # those of four bytes first: the others begin them
    *((mark, "utf-32") for mark in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)),
    *((mark, "utf-16") for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)),
)


def _encoded(raw: bytes, random: Random) -> bytes:
    return _text(raw).encode(random.choice(("utf-16", "utf-8-sig", "cp1252", "utf-32")), "replace")


def _text(raw: bytes) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _lines(raw: bytes, random: Random) -> bytes:
    """Lines swapped, doubled, dropped, joined or moved in."""
    lines = _text(raw).splitlines(keepends=True) or [""]
    a, b = random.randrange(len(lines)), random.randrange(len(lines))
    what = random.randrange(7)
    if what == 0:
        lines[a], lines[b] = lines[b], lines[a]
    elif what == 1:
        lines[a] *= random.choice((2, 2, 500))
    elif what == 2:
        del lines[a]
    elif what == 3:
        lines[a] = lines[a].rstrip("\r\n")
    elif what == 4:
        lines[a] = random.choice(("  ", "\t", " ")) + lines[a]
    elif what == 5:
        lines.insert(a, lines[b])
    else:
        del lines[min(a, b) : max(a, b)]
    return "".join(lines).encode("utf-8", "replace")


def _tokens(raw: bytes, random: Random) -> bytes:
    """One word or a few exchanged for hostile ones."""
    text = _text(raw)
    for _ in range(random.choice((1, 1, 3))):
        words = list(re.finditer(r"[^\s,:;<>\[\]{}]+", text))
        if words:
            word = random.choice(words)
            text = text[: word.start()] + random.choice(TOKENS) + text[word.end() :]
    return text.encode("utf-8", "replace")


def _after_keys(raw: bytes, random: Random) -> bytes:
    """What stands after a key of a YAML file exchanged, or the key renamed."""
    text = _text(raw)
    keys = list(re.finditer(r"([\w-]+)(:[ ]+)([^\n,{}\[\]]+)", text))
    if not keys:
        return raw
    key = random.choice(keys)
    if random.random() < 0.3:
        other = random.choice(
            (key[1][:-1], key[1] + "x", random.choice(keys)[1], "\u200b" + key[1], "")
        )
        return (text[: key.start()] + other + text[key.end(1) :]).encode("utf-8", "replace")
    said = random.choice(TOKENS)
    return (text[: key.start(3)] + said + text[key.end(3) :]).encode("utf-8", "replace")


def _typed(raw: bytes, random: Random) -> bytes:
    """A value of a YAML file as one of another type, taken out, doubled, or under another key."""
    try:
        data = yaml.load(_text(raw), _FAST_LOADER)
    except (yaml.YAMLError, ValueError, RecursionError, AttributeError):
        return _tokens(raw, random)  # the loader trips over a tag on a text that is no day
    nodes: list[tuple[Any, Any]] = []
    seen: set[int] = set()

    def visit(node: Any) -> None:
        if id(node) in seen:
            return  # an alias may stand within what it names
        seen.add(id(node))
        inside = node.items() if isinstance(node, dict) else enumerate(node)
        for key, item in inside:
            nodes.append((node, key))
            if isinstance(item, dict | list) and item:
                visit(item)

    if isinstance(data, dict | list):
        visit(data)
    if not nodes:
        return raw
    node, key = random.choice(nodes)
    what = random.randrange(6)
    if what < 3:
        node[key] = copy.deepcopy(random.choice(ODD))
    elif what == 3:
        del node[key]
    elif what == 4 and isinstance(node, list):
        node.extend([node[key]] * random.choice((1, 3, 200)))
    elif isinstance(node, dict):
        other = random.choice(nodes)[1]
        node[random.choice((other, str(key) + "s", 5, None, ""))] = node.pop(key)
    else:
        node[key] = [node[key]]
    try:
        said = yaml.dump(data, Dumper=_FAST_DUMPER, sort_keys=False, allow_unicode=True)
        return str(said).encode("utf-8", "replace")
    except (yaml.YAMLError, ValueError):
        return repr(data).encode("utf-8", "replace")


def _cells(raw: bytes, random: Random) -> bytes:
    """Cells, columns and headings of a text file exchanged, doubled, dropped or moved."""
    rows = list(csv.reader(io.StringIO(_text(raw).replace("\0", ""), newline="")))
    _spoil_table(rows, random, [*TOKENS, "", '"', "\n", "x,y"])
    out = io.StringIO()
    with contextlib.suppress(csv.Error):
        csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def _spoil_table(rows: list[list[Any]], random: Random, hostile: list[Any]) -> None:
    full = [row for row in rows if len(row) > 1]
    if not full:
        return
    row, column = random.choice(full), random.randrange(max(map(len, full)))
    other = random.randrange(max(map(len, full)))
    what = random.randrange(8)
    if what < 3:
        row[min(column, len(row) - 1)] = random.choice(hostile)
    elif what == 3:
        said = random.choice(hostile)
        for each in full:
            each[min(column, len(each) - 1)] = said
    elif what == 4:
        heading = next(r for r in full if len(r) > 2 or r is full[-1])
        heading[min(column, len(heading) - 1)] = random.choice((*hostile, *heading))
    elif what == 5:
        for each in full:
            if column < len(each):
                del each[column]
    elif what == 6:
        for each in full:
            if max(column, other) < len(each):
                each[column], each[other] = each[other], each[column]
    else:
        row[column:column] = random.choice(([""], [random.choice(hostile)] * 40, row))


def _workbook_cells(raw: bytes, random: Random) -> bytes:
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw))
    except Exception:  # it was spoiled before
        return _bytes(raw, random)
    if not book.worksheets:  # its sheets were spoiled before
        return _bytes(raw, random)
    sheet = book.worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    _spoil_table(rows, random, [*TOKENS, 0.5, 3, True, 45901, -1.0, 1e300, None])
    sheet.delete_rows(1, len(rows) + 1)
    for row in rows:
        sheet.append([_fit_for_a_workbook(cell) for cell in row])
    if random.random() < 0.2:
        book.create_sheet(random.choice(("Sheet", "Zweites", f"{FORENAME} {SURNAME}", NUMBER)))
    return _saved(book)


def _fit_for_a_workbook(cell: Any) -> Any:
    return ILLEGAL_CHARACTERS_RE.sub("", cell)[:3000] if isinstance(cell, str) else cell


def _workbook_parts(raw: bytes, random: Random) -> bytes:
    """A part of the packed file dropped, emptied or spoiled as text."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            parts = {entry.filename: book.read(entry) for entry in book.infolist()}
    except (zipfile.BadZipFile, EOFError, OSError, ValueError):
        return _bytes(raw, random)
    sheets = [name for name in parts if "sheet" in name]
    name = random.choice([*parts, *sheets * 4]) if parts else ""
    part = parts.get(name, b"")
    how = random.choice((_bytes, _tokens, _elements, _rows_of_sheet, _rows_of_sheet, None, None))
    if how is None:
        parts.pop(name, None)
        if random.random() < 0.5:
            parts[random.choice((name.upper(), "../" + name, name + "x"))] = part
    else:
        parts[name] = how(part, random)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in parts.items():
            book.writestr(name, part)
    return out.getvalue()


def _rows_of_sheet(raw: bytes, random: Random) -> bytes:
    """Rows of a sheet's XML in another order, twice, or under another number."""
    text = _text(raw)
    rows = re.findall(r"<row .*?</row>", text, re.DOTALL)
    if not rows:
        return _bytes(raw, random)
    a, b = random.choice(rows), random.choice(rows)
    number = random.choice(("1", "2", "0", "-3", "1048576", "9" * 12, "x", ""))
    what = random.randrange(5)
    if what == 0:
        text = text.replace(a, "\0", 1).replace(b, a, 1).replace("\0", b, 1)
    elif what == 1:
        text = text.replace(a, a + b, 1)
    elif what == 2:
        text = text.replace(a, re.sub(r'r="\d+"', f'r="{number}"', a, count=1), 1)
    elif what == 3:
        text = text.replace(a, re.sub(r'r="[A-Z]+\d+"', f'r="ZZZ{number}"', a, count=3), 1)
    else:
        text = text.replace("".join(rows), "".join(reversed(rows)))
    return text.encode("utf-8", "replace")


def _elements(raw: bytes, random: Random) -> bytes:
    """Elements of an XML file dropped, doubled, renamed or filled with something else."""
    text = _text(raw)
    if random.random() < 0.15:
        doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY l "&e;&e;">]>'
        return text.replace("<CTfile>", doctype + "<CTfile>&e;", 1).encode("utf-8", "replace")
    try:
        top = ET.fromstring(text)
    except (ET.ParseError, ValueError):
        return _tokens(raw, random)
    above = [(parent, child) for parent in top.iter() for child in parent]
    if not above:
        return raw
    for _ in range(random.choice((1, 1, 4))):
        parent, child = random.choice(above)
        what = random.randrange(5)
        said = "".join(c for c in random.choice(TOKENS) if c.isprintable()) or "x"
        if what == 0 and child in list(parent):
            parent.remove(child)
        elif what == 1:
            parent.append(copy.deepcopy(child))
        elif what == 2:
            child.tag = random.choice((random.choice(above)[1].tag, "Umlaut", "a" * 900))
        elif what == 3:
            child.text = said[:5000]
        else:
            child.set("x", said[:50])
            child.append(copy.deepcopy(random.choice(above)[1]))
    spoiled: bytes = ET.tostring(top, encoding="utf-8")
    return spoiled


Spoil = Callable[[bytes, Random], bytes]
WAYS: dict[str, tuple[Spoil, ...]] = {
    ".yaml": (_bytes, _lines, _lines, _tokens, _after_keys, _after_keys, _typed, _typed, _encoded),
    ".csv": (_bytes, _lines, _tokens, _cells, _cells, _cells, _encoded),
    ".xlsx": (_bytes, _workbook_cells, _workbook_cells, _workbook_parts),
    ".xml": (_bytes, _lines, _tokens, _elements, _elements, _encoded),
    ".key": (_bytes, _tokens),
}


def _folder(path: Path, random: Random, outside: Path) -> None:
    path.mkdir()


def _link(path: Path, random: Random, outside: Path) -> None:
    target = outside / f"outside{path.suffix}"
    text = random.choice(
        (OUTSIDE, f"{OUTSIDE}: [", f"{OUTSIDE},{OUTSIDE}\n{OUTSIDE},", "[" + OUTSIDE)
    )
    target.write_text(text)
    path.symlink_to(random.choice((target, path, path.with_name("nowhere"), Path("/dev/zero"))))


def _pipe(path: Path, random: Random, outside: Path) -> None:
    os.mkfifo(path)


def _empty(path: Path, random: Random, outside: Path) -> None:
    path.write_bytes(random.choice((b"", b" ", b"\n\n", b"\xef\xbb\xbf", b"---\n", b"# nothing\n")))


def _gone(path: Path, random: Random, outside: Path) -> None:
    pass


def _unreadable(path: Path, random: Random, outside: Path) -> None:
    path.write_bytes(b"x")
    path.chmod(0)


IN_ITS_PLACE = (_folder, _link, _link, _pipe, _empty, _gone, _unreadable)


# --- one case


@dataclass
class Case:
    """What one number of a seed does to which folder, and what is asked of it then."""

    seed: int
    number: int
    example: str = ""
    done: list[str] = field(default_factory=list)
    """What was done to the folder, in words."""
    commands: list[list[str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """What each command said."""

    def __str__(self) -> str:
        again = f"python -m tests.hostile_folders {self.seed} {self.number}"
        lines = [f"{self.example}: {'; '.join(self.done)}", *self.faults, f"again: {again}"]
        return "\n".join(lines)


def run(seed: int, number: int) -> Case:
    """Spoils a folder as the seed and number say, runs the commands, and holds what they did against
    what they may do."""
    random = Random(f"{seed}:{number}")
    return _run(Case(seed, number, random.choice(tuple(ONE_IN))), random, spoil)


def run_unspoiled(example: str) -> Case:
    """The same for a folder to which nothing was done."""
    return _run(
        Case(0, 0, example),
        Random(example),
        lambda case, _, folder, __: write(folder, base(case.example)),
    )


def _run(case: Case, random: Random, fill: Callable[[Case, Random, Path, Path], None]) -> Case:
    with tempfile.TemporaryDirectory(prefix="hostile") as made:
        outside, folder = Path(made) / "outside", Path(made) / "school"
        outside.mkdir()
        folder.mkdir()
        fill(case, random, folder, outside)
        case.commands = list(_commands(case, random, outside))
        with worked_out_once.folders(_with_key):
            found = _as_it_is(folder), _as_it_is(outside)
            for words in case.commands:
                found = _hold(case, words, (folder, outside), found)
    return case


def _with_key(folder: Path) -> tuple[bool]:
    """What changes in a folder while commands are asked of it, as far as it is read again for that."""
    return ((folder / "pseudonyms.key").exists(),)


def spoil(case: Case, random: Random, folder: Path, outside: Path) -> None:
    """Writes the folder of a case."""
    files = dict(base(case.example))
    if random.random() < 0.2:
        del files["pseudonyms.key"], files["commitments.csv"]
    in_place: dict[str, Callable[[Path, Random, Path], None]] = {}
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        name = random.choice(sorted(files))
        if random.random() < 0.06:
            in_place[name] = random.choice(IN_ITS_PLACE)
            case.done.append(f"{name} {in_place[name].__name__}")
            continue
        way = random.choice(WAYS[Path(name).suffix])
        files[name] = way(files[name], random)
        case.done.append(f"{name} {way.__name__}")
    write(folder, {name: raw for name, raw in files.items() if name not in in_place})
    for name, instead in in_place.items():
        (folder / name).parent.mkdir(exist_ok=True)
        instead(folder / name, random, outside)


def _commands(case: Case, random: Random, outside: Path) -> Iterator[list[str]]:
    """The commands that read a folder, each in one of its forms; those that take long for a share of
    the cases only."""
    team, (who, pupil) = TEAMS[case.example], taught(case.example)
    form = random.choice
    yield ["check", *form(([], ["--format", "json"]))]
    yield ["data", "--format", form(("text", "json"))]
    odd = form(TOKENS).replace("\0", "")[:500]
    strategy = form((odd, "Everybody answers"))
    yield [
        *("commit", "--team", team, "--teacher", who),
        *("--pupil", pupil, "--subject", "maths", f"--strategy={strategy}"),
        *("--evidence", "A page", "--agreed", "2026-10-08", "--review", "2026-12-03"),
    ]
    written = form(([], [], [], ["-o", str(outside / "written")]))
    which = random.choices(("recommend", "team", "plan"), (45, 54, 1))[0]
    if which == "recommend":
        asked = form(("text", "json", "csv", "html"))
        yield [which, "--on", "2026-11-03", "--format", asked, *written]
    elif which == "team":
        what = form(([], [], ["--impact"]))
        asked = form(("md", "html", "json"))
        yield [which, team, "--for", "2026-11-24", *what, "--format", asked, *written]
    else:
        yield [which, "--format", form(("text", "md", "html", "json")), *written]


class HungError(BaseException):
    """A command took longer than any may."""


def _alarm(*_: object) -> None:
    raise HungError


@contextlib.contextmanager
def _ended_when_hung() -> Iterator[None]:
    alarms = (
        (signal.SIGPROF, signal.ITIMER_PROF, WORK),
        (signal.SIGALRM, signal.ITIMER_REAL, WAIT),
    )
    former = [signal.signal(kind, _alarm) for kind, _, _ in alarms]
    for _, timer, seconds in alarms:
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for (kind, timer, _), handler in zip(alarms, former, strict=True):
            signal.setitimer(timer, 0)
            signal.signal(kind, handler)


def _hold(
    case: Case, words: list[str], folders: tuple[Path, Path], found: tuple[Found, Found]
) -> tuple[Found, Found]:
    """Runs one command and adds to the faults what it did and may not; gives how it left the school's
    folder and the one outside, which it `found` so."""
    folder, outside = folders
    before, around = found
    name, asked = words[0], [words[0], str(folder), *words[1:]]
    try:
        with (
            _ended_when_hung(),
            mock.patch("termwise.commands.shared.library", lambda folder=None: library()),
        ):
            result = CliRunner().invoke(main, asked)
    except HungError:
        case.faults.append(f"{' '.join(words)}: hung")
        return _as_it_is(folder), _as_it_is(outside)
    after, beside = _as_it_is(folder), _as_it_is(outside)
    form = next((form for form in ("json", "csv", "html", "md") if form in words), "")
    # Where no file of pupils can be read, nobody knows that a word in a YAML file is a name.
    by_hand = (_text(raw) for path, (_, raw) in before.items() if path.endswith(".yaml"))
    known = (" ".join(words).casefold(), " ".join(by_hand).casefold())
    written = {f: v for f, v in beside.items() if around.get(f) != v}
    case.told.append(f"$ termwise {' '.join(asked)}\n{result.output}exit {result.exit_code}")
    faults = [
        *_exit(result, case),
        *_places(result),
        *_folder_kept(name, result.exit_code, before, after),
        *_shown(result.stdout, "printed", form, known),
        *_shown(result.stderr, "told", "", known),
    ]
    for path, (_, raw) in written.items():
        if path != "written" or result.exit_code not in (0, 3):
            faults.append(f"{path} was written, with exit {result.exit_code}")
        faults += _shown(raw.decode("utf-8", "replace"), f"written to {path}", form, known)
    if name == "commit" and result.exit_code == 0:
        agreed = _text(after["commitments.csv"][1])
        kept = _text(before.get("commitments.csv", (0, b""))[1])  # byte for byte, whatever it was
        faults += _shown(
            "\n".join(line for line in agreed.splitlines() if line not in kept),
            *("agreed", "csv", ("", "")),
        )
    case.faults += [f"{' '.join(words)[:300]}: {fault}" for fault in faults]
    return after, beside


def _as_it_is(folder: Path) -> Found:
    """Every path below a folder, with its kind and rights, and the bytes of the files."""
    found = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        raw = path.read_bytes() if stat.S_ISREG(mode) else b""
        found[str(path.relative_to(folder))] = (mode, raw)
    return found


def _exit(result: Result, case: Case) -> Iterator[str]:
    error = result.exception
    if error is not None and not isinstance(error, SystemExit):
        case.told += traceback.format_exception(error)
        last = traceback.extract_tb(error.__traceback__)[-1]
        yield f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}: {error!s:.200}"
    elif result.exit_code not in (0, 1, 2, 3):
        yield f"exit {result.exit_code}"


_PLACE = re.compile(r"[^\n:]+:\d+:\d+: .")


def _places(result: Result) -> Iterator[str]:
    """Each problem has a place; only what is wrong with the command itself has none."""
    lines = result.stderr.splitlines()
    if result.exit_code == 1 and lines and re.match(r"\d+ problems?\b", lines[-1]):
        yield from (f"no place: {line!r}" for line in lines[:-1] if not _PLACE.match(line))
    elif result.exit_code == 1 and len(lines) > 1:
        yield f"neither problems nor one sentence: {lines[:3]}"


def _folder_kept(
    name: str,
    code: int,
    before: Found,
    after: Found,
) -> Iterator[str]:
    """Nothing in the folder changed but what the command is there to write, as a whole."""
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) == after.get(path):
            continue
        key = path == "pseudonyms.key" and path not in before and name in MAKING_A_KEY
        if key and re.fullmatch(rb"[0-9a-f]{64}\n", after[path][1]):
            continue
        if path != "commitments.csv" or name != "commit" or code != 0:
            yield f"{path} is not as it was"


MAKING_A_KEY = ("data", "recommend", "team", "commit")
_ESCAPED = re.compile(
    r"(?<!\\)(\\\\)*\\u(00[01][0-9a-f]|007f|00[89][0-9a-f]|200[b-f]|202[89a-e]|206[0-9]|feff)"
)
_RUNS = {
    "html": re.compile(r"<script>alert|<img src=x|(href|src)=.?(javascript|data:text)"),
    "md": re.compile(r"(?<!\\)<(script>alert|img src=x)|(?<!\\)\]\(javascript"),
}
"""What runs in a browser: a Markdown link is only text in a page of HTML, and so is what a backslash
stands before in Markdown."""


def _shown(text: str, where: str, form: str, known: tuple[str, str]) -> Iterator[str]:
    """What nobody may be shown: who a pupil is, what lies outside the folder, marks that steer a
    terminal or turn the text round, links that run, cells that a spreadsheet works out. `known` is
    what the user typed, which may be shown to them, and what the YAML files say."""
    low = text.casefold()
    said, by_hand = known
    for secret in (SURNAME, FORENAME, NUMBER, OUTSIDE):
        may_be = said + by_hand if secret in (SURNAME, FORENAME) else said
        if secret.casefold() in low and secret.casefold() not in may_be:
            yield f"{secret} is {where}"
    plain = text.removeprefix("\ufeff") if form == "csv" else text
    odd = sorted(
        {c for c in set(plain) if unicodedata.category(c) in _STEERING and c not in "\n\r\t"}
    )
    if odd or (form == "json" and _ESCAPED.search(plain)):
        yield f"{[f'{ord(c):04X}' for c in odd] or 'an escaped mark'} is {where}"
    if form in ("html", "md"):
        yield from (f"{found[0]} is {where}" for found in _RUNS[form].finditer(text))
    if form == "csv":
        for row in csv.reader(io.StringIO(plain, newline="")):
            yield from (f"a formula is {where}" for cell in row if cell[:1] in tuple("=+-@"))


_STEERING = ("Cc", "Cf", "Zl", "Zp", "Cs", "Co")


# --- by hand


def _one(seed: int, number: int) -> str:
    case = run(seed, number)
    return str(case) if case.faults else ""


def _guarded() -> None:
    """A case that would fill the memory ends itself, not the machine."""
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))


def by_hand(seed: int, asked: str) -> None:
    """Runs what was asked for on the command line."""
    first, _, last = asked.partition("-")
    if not last:
        case = run(seed, int(first))
        print("\n".join(case.told), case, sep="\n")
        return
    numbers = range(int(first), int(last) + 1)
    with ProcessPoolExecutor(2, initializer=_guarded) as pool:
        found = 0
        for told in pool.map(functools.partial(_one, seed), numbers, chunksize=20):
            found += bool(told)
            if told:
                print(told, end="\n\n", flush=True)
    print(f"{len(numbers)} cases of seed {seed}: {found} with faults")


if __name__ == "__main__":
    by_hand(int(sys.argv[1]), sys.argv[2])
