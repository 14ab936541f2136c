"""Files are written whole or not at all, by one writer at a time, and never over what isn't termwise's."""

from __future__ import annotations

import errno
import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from termwise.cli import main
from termwise.commands.answer import Answer
from termwise.engine.core import atomic_write as whole_files
from termwise.engine.core.atomic_write import (
    PART,
    Content,
    fill_folder,
    only_writer,
    write_once,
    write_whole,
)
from termwise.engine.core.errors import ContentError
from termwise.engine.documents.signature import is_signed, signed
from termwise.engine.library.loader import Library
from termwise.engine.pupils.commitment import Agreed
from termwise.engine.pupils.commitments_file import COLUMNS, COMMITMENTS, load_commitments
from termwise.engine.pupils.commitments_writer import add
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.pseudonyms import KEY, make_key
from termwise.engine.school.school import School

Copy = Callable[[str], Path]
ON = ("--for", "2026-11-24")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def parts(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(f"*{PART}")]


def python(code: str, *words: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)], stderr=subprocess.PIPE, text=True
    )


# --- one file


def full(*_: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("call", ["write", "fsync", "chmod", "replace"])
def test_a_file_that_can_not_be_written_is_as_it_was(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.html"
    for before in (None, b"before"):
        if before:
            path.write_bytes(before)
        with monkeypatch.context() as patch:
            patch.setattr(os, call, full)
            with pytest.raises(OSError, match="No space left"):
                write_whole(path, Content(b"after"))
        assert (path.read_bytes() if path.exists() else None) == before
        assert parts(tmp_path) == []


LIMITED = """
import pathlib, resource, sys
from termwise.engine.core import Content, write_whole
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_whole(pathlib.Path(sys.argv[1]), Content(b"x" * 5000))
except OSError as error:
    sys.exit(7)
"""


def test_a_disk_that_is_full_in_the_middle_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_bytes(b"before")
    assert python(LIMITED, path).wait(60) == 7
    assert [one.name for one in tmp_path.iterdir()] == ["plan.html"]
    assert path.read_bytes() == b"before"


WRITING = """
import itertools, pathlib, sys
from termwise.engine.core import Content, write_whole
print("begun", file=sys.stderr, flush=True)
for number in itertools.count():
    write_whole(pathlib.Path(sys.argv[1]), Content(bytes([65 + number % 20]) * 200_000))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes end otherwise there")
def test_a_killed_writer_leaves_a_whole_file_and_keeps_nobody_waiting(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    for wait in range(8):
        writer = python(WRITING, path)
        assert writer.stderr is not None and writer.stderr.readline() == "begun\n"
        time.sleep(0.01 + wait * 0.007)
        writer.kill()
        writer.communicate()
        text = path.read_bytes() if path.exists() else b""
        assert not text or (len(text) == 200_000 and len(set(text)) == 1)
        assert len(parts(tmp_path)) <= 1
    write_whole(path, Content(b"mine", 0o600))
    assert path.read_bytes() == b"mine" and parts(tmp_path) == []
    assert path.stat().st_mode & 0o777 == 0o600


def test_who_writes_a_file_keeps_the_others_out_until_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "count"
    path.write_text("0")

    def one_more(_: int) -> None:
        with only_writer(path) as write:
            write(str(int(path.read_text()) + 1).encode(), 0o644)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one_more, range(60)))
    assert path.read_text() == "60" and parts(tmp_path) == []


def test_a_writer_that_never_ends_is_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_files, "_TRIES", 3)
    path = tmp_path / "plan.html"
    with only_writer(path), pytest.raises(TimeoutError, match="another process"):
        write_whole(path, Content(b"x"))
    write_whole(path, Content(b"x"))


@pytest.mark.parametrize("what", ["link", "hard link", "folder", "pipe"])
def test_what_stands_where_a_file_is_prepared_is_not_written_into(
    what: str, tmp_path: Path
) -> None:
    other, part = tmp_path / "pupils.csv", tmp_path / f".plan.html{PART}"
    other.write_text("theirs")
    if what == "link":
        part.symlink_to(other)
    elif what == "hard link":
        part.hardlink_to(other)
    elif what == "folder":
        part.mkdir()
    else:
        os.mkfifo(part)
    if what == "hard link":
        write_whole(tmp_path / "plan.html", Content(b"x"))
    else:
        with pytest.raises(OSError, match="plan.html"):
            write_whole(tmp_path / "plan.html", Content(b"x"))
    assert other.read_text() == "theirs"


# --- a folder


FILES = {"a": Content(b"one"), "b": Content(b"two", 0o600), "c": Content(b"three")}


def test_a_folder_is_filled_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = whole_files.write_whole, itertools.count()

    def second_fails(path: Path, content: Content) -> None:
        if next(calls) % 2:
            full()
        real(path, content)

    empty = tmp_path / "empty"
    empty.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(whole_files, "write_whole", second_fails)
        for folder in (tmp_path / "deep" / "new", empty):
            with pytest.raises(OSError, match="No space left"):
                fill_folder(folder, FILES)
    assert [path.name for path in tmp_path.rglob("*")] == ["empty"]
    fill_folder(empty, FILES)
    assert {path.name: path.read_bytes() for path in empty.iterdir()} == {
        name: content.raw for name, content in FILES.items()
    }
    assert (empty / "b").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_was_filled_by_half_can_be_filled(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    (tmp_path / f".b{PART}").write_bytes(b"t")
    fill_folder(tmp_path, FILES)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]
    (tmp_path / "c").write_bytes(b"changed")
    with pytest.raises(FileExistsError, match="not an empty folder"):
        fill_folder(tmp_path, FILES)
    assert (tmp_path / "c").read_bytes() == b"changed"


@pytest.mark.parametrize("words", [["new"], ["demo", "--pupils", "14", "--classes", "1"]])
def test_a_school_folder_that_can_not_be_made_is_told_and_not_begun(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("mine")
    found = run(words[0], tmp_path / "file" / "school", *words[1:])
    assert found.exit_code == 2 and "can't be written" in found.stderr
    monkeypatch.setattr(os, "replace", full)
    found = run(words[0], tmp_path / "school", *words[1:])
    assert found.exit_code == 2 and "no space left on device" in found.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


# --- the key


def test_of_many_that_make_the_key_one_does_and_it_is_whole(tmp_path: Path) -> None:
    start, seen = threading.Barrier(8), set()

    def make(_: int) -> None:
        start.wait()
        make_key(tmp_path)
        seen.add((tmp_path / KEY).read_text())

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(make, range(8)))
    assert len(seen) == 1 and len(seen.pop()) == 65
    assert (tmp_path / KEY).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY]


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_key_that_can_not_be_written_is_absent(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, call, full)
    with pytest.raises(ContentError, match="no space left on device.*make the folder writable"):
        make_key(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_written_once(tmp_path: Path) -> None:
    write_once(tmp_path / "a", Content(b"first"))
    write_once(tmp_path / "a", Content(b"second"))
    assert (tmp_path / "a").read_bytes() == b"first"


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("folder", "is a folder, not a file"),
        ("pipe", "is no ordinary file"),
        ("half", "can't be read as a key"),
        ("empty", "can't be read as a key"),
    ],
)
def test_what_is_no_key_is_told(what: str, told: str, copy_example: Copy) -> None:
    folder = copy_example("little-fen")
    key = folder / KEY
    key.unlink(missing_ok=True)
    if what == "folder":
        key.mkdir()
    elif what == "pipe":
        os.mkfifo(key)
    else:
        key.write_text("0123abcd" if what == "half" else "")
    found = run("data", folder)
    assert found.exit_code == 1 and f"{KEY}:1:1: {told}" in found.stderr


# --- commitments


@pytest.fixture
def little_fen_with_key(copy_example: Copy) -> Path:
    folder = copy_example("little-fen")
    make_key(folder)
    return folder


def agreed(school: School) -> Agreed:
    return Agreed(
        team="all",
        agreed=date(2026, 10, 8),
        teacher="teaching-lead",
        pupils=(next(one.ref for one in school.pupils if one.class_id == "Heron"),),
        subject="maths",
        strategy="They first",
        review=date(2026, 12, 3),
        evidence="A page of sums",
    )


COMMITTING = """
import pathlib, sys
from termwise.engine.library import load_library
from termwise.engine.school import load_school
from termwise.engine.pupils import Agreed
from termwise.engine.pupils import add
library, folder = load_library(), pathlib.Path(sys.argv[1])
school, given = load_school(folder, library), Agreed.model_validate_json(sys.argv[2])
for number in range(5):
    add(folder, school, library, given)
"""


def test_commitments_of_many_processes_and_threads_are_all_there_under_ids_of_their_own(
    little_fen_with_key: Path, library: Library
) -> None:
    folder = little_fen_with_key
    school = load_school(folder, library)
    given = agreed(school)
    processes = [python(COMMITTING, folder, given.model_dump_json()) for _ in range(4)]
    with ThreadPoolExecutor(6) as pool:
        names = list(
            pool.map(lambda _: add(folder, school, library, given).commitment.id, range(18))
        )
    assert [process.wait(300) for process in processes] == [0] * 4
    written = [one.id for one in load_commitments(folder, school, library)]
    assert written == [f"all-{number:03d}" for number in range(1, 18 + 4 * 5 + 1)]
    assert len(set(names)) == 18 and parts(folder) == []


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace"])
def test_a_commitment_that_can_not_be_written_is_told_and_loses_nothing(
    call: str, little_fen_with_key: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = little_fen_with_key
    school = load_school(folder, library)
    add(folder, school, library, agreed(school))
    before = (folder / COMMITMENTS).read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        with pytest.raises(
            ContentError, match="commitments.csv:1:1: can't be written .no space left"
        ):
            add(folder, school, library, agreed(school))
    assert (folder / COMMITMENTS).read_bytes() == before and parts(folder) == []


NEEDED = [name for name in COLUMNS if name not in ("skill", "kept", "worked", "seen", "note")]


@pytest.mark.parametrize("column", NEEDED)
def test_a_column_that_is_missing_in_commitments_is_told_once(
    column: str, little_fen_with_key: Path, library: Library
) -> None:
    folder, path = little_fen_with_key, little_fen_with_key / COMMITMENTS
    school = load_school(folder, library)
    for _ in range(2):
        add(folder, school, library, agreed(school))
    rows = [line.split(",") for line in path.read_text("utf-8").splitlines()]
    at = rows[0].index(column)
    path.write_text("".join(",".join(row[:at] + row[at + 1 :]) + "\n" for row in rows), "utf-8")
    before = path.read_bytes()
    for ask in (
        lambda: load_commitments(folder, school, library),
        lambda: add(folder, school, library, agreed(school)),
    ):
        with pytest.raises(ContentError) as found:
            ask()
        assert [problem.what for problem in found.value.problems] == [
            f"the column {column} is missing"
        ]
    assert path.read_bytes() == before


def test_a_commitment_for_nobody_is_told(little_fen_with_key: Path, library: Library) -> None:
    folder, path = little_fen_with_key, little_fen_with_key / COMMITMENTS
    school = load_school(folder, library)
    ref = agreed(school).pupils[0]
    add(folder, school, library, agreed(school))
    path.write_text(path.read_text("utf-8").replace(ref, ";"), "utf-8")
    with pytest.raises(ContentError, match="commitments.csv:2:5: names no pupil; write"):
        load_commitments(folder, school, library)


@pytest.mark.parametrize("what", ["folder", "pipe", "link to nothing"])
def test_what_is_no_file_of_commitments_is_told(
    what: str, little_fen_with_key: Path, library: Library
) -> None:
    path = little_fen_with_key / COMMITMENTS
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(little_fen_with_key / "nothing")
    school = load_school(little_fen_with_key, library)
    for _ in range(2):
        with pytest.raises(ContentError, match="commitments.csv:1:1: is"):
            add(little_fen_with_key, school, library, agreed(school))
    assert os.path.lexists(path)


# --- what -o writes over


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["plan"], "plan.txt"),
        (["plan", "--format", "json"], "plan.json"),
        (["recommend"], "p.txt"),
        (["recommend", "--format", "csv"], "p.csv"),
        (["recommend", "--format", "html"], "p.html"),
        (["recommend", "--format", "json"], "p.json"),
        (["team", "all", *ON], "t.md"),
        (["team", "all", *ON, "--format", "html"], "t.html"),
        (["team", "all", *ON, "--format", "json"], "t.json"),
        (["team", "all", *ON, "--impact", "--format", "json"], "i.json"),
    ],
)
def test_documents_of_every_kind_are_known_again(
    words: list[str], name: str, copy_example: Copy, tmp_path: Path
) -> None:
    folder = copy_example("little-fen")
    for _ in range(2):
        found = run(words[0], folder, *words[1:], "-o", tmp_path / name)
        assert found.exit_code == 0, found.output
    if name.endswith(".json"):
        assert "termwise" in json.loads((tmp_path / name).read_text("utf-8"))


def refused(path: Path, force: bool = False) -> str:
    with pytest.raises(click.UsageError) as found:
        Answer("text", path, force)
    return found.value.message


@pytest.mark.parametrize(
    "name", ["mine", "mine.txt", "mine.md", "mine.html", "mine.json", "mine.csv"]
)
@pytest.mark.parametrize("raw", [b"mine", b"Plan\r\n,;\xff\x00", b'{\n "termwise": 1}', b"<p>"])
def test_what_termwise_did_not_write_is_written_over_by_force_only(
    name: str, raw: bytes, tmp_path: Path
) -> None:
    target, link = tmp_path / name, tmp_path / "link"
    target.write_bytes(raw)
    link.symlink_to(target)
    for path in (target, link):
        assert "--force" in refused(path)
    Answer("text", link, force=True).put("A plan.\n", "It is")
    assert link.is_symlink() and target.read_text("utf-8").startswith("A plan.\n")
    Answer("md", link).put("Another plan.\n", "It is")
    assert target.read_text("utf-8").startswith("Another plan.\n")


def test_what_came_while_the_document_was_made_is_not_written_over(tmp_path: Path) -> None:
    to = Answer("html", tmp_path / "plan.html")
    (tmp_path / "plan.html").write_text("mine")
    with pytest.raises(click.UsageError, match="--force"):
        to.put("A plan", "It is")
    assert (tmp_path / "plan.html").read_text() == "mine"


def test_no_file_of_a_school_is_written_over_or_made(copy_example: Copy, tmp_path: Path) -> None:
    folder = copy_example("little-fen")
    make_key(folder)
    (folder / "scales").mkdir()
    (folder / "commitments.csv").unlink(missing_ok=True)
    (folder / "notes.txt").write_text("mine")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    names = {path.relative_to(folder).as_posix() for path in before}
    link = tmp_path / "elsewhere.html"
    link.symlink_to(folder / "school.yaml")
    others = {"overrides.yaml", "commitments.csv", "Commitments.CSV", "scales/own.yaml", "a.yml"}
    for name in sorted(others | names - {"truth.json"}):
        assert "choose another name" in refused(folder / name, force=True), name
    assert "choose another name" in refused(link, force=True)
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert after == before


@pytest.mark.parametrize("what", ["pipe", "device"])
def test_what_is_no_ordinary_file_is_not_replaced(what: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    if what == "pipe":
        os.mkfifo(target)
    else:
        target = Path("/dev/null")
    assert "no ordinary file" in refused(target, force=True)
    assert target.exists() and not target.is_file()


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_a_signed_document_says_what_it_said(form: str, tmp_path: Path) -> None:
    path = tmp_path / "document"
    path.write_text(signed("One line.\n" * 500, form), "utf-8")
    assert path.read_text("utf-8").startswith("One line.\n" * 500) and is_signed(path)
    path.write_text(signed("One line.\n", form) + "and mine", "utf-8")
    assert not is_signed(path)
