"""A library that was kept is the one that would be read, and whatever is not ours is passed over."""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import shutil
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from termwise.cli import main
from termwise.engine.core import Place, YamlDocument
from termwise.engine.library.kept_library import KeptLibraries, private_folder
from termwise.engine.library.loader import Library
from termwise.engine.library.pack_folders import FolderAsked, OwnStepsRead, PacksAsked

ASKED = PacksAsked()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of rules and knowledge as far as its hash goes."""
    for name in ("rules/base/a.yaml", "knowledge/base/b.yaml"):
        file = tmp_path / "content" / name
        file.parent.mkdir(parents=True)
        file.write_text(name)
    return tmp_path / "content"


@pytest.fixture
def kept(tmp_path: Path) -> KeptLibraries:
    return KeptLibraries(tmp_path / "kept")


def times_read(kept: KeptLibraries, root: Path, library: Library, asked: PacksAsked = ASKED) -> int:
    """Ask once; how often the library had to be read."""
    read: list[Library] = []

    def count() -> Library:
        read.append(library)
        return library

    found = kept.library(root, asked, count)
    assert found.rules == library.rules
    return len(read)


def the_file(kept: KeptLibraries) -> Path:
    [file] = kept.folder.glob("*.library")
    return file


def test_what_was_kept_is_what_was_read_down_to_the_places_of_values(
    kept: KeptLibraries, root: Path, library: Library
) -> None:
    assert times_read(kept, root, library) == 1
    again = kept.library(root, ASKED, lambda: pytest.fail("read again"))
    for one in fields(Library):
        was, now = getattr(library, one.name), getattr(again, one.name)
        if one.name == "origins":
            assert dict(now) == dict(was)
            assert len(now) == len(was)
        else:
            assert now == was, one.name
    for rule in library.rules:
        assert again.place("rule", rule, "when") == library.place("rule", rule, "when")


def test_only_its_user_can_read_what_is_kept(
    kept: KeptLibraries, root: Path, library: Library
) -> None:
    times_read(kept, root, library)
    assert kept.folder.stat().st_mode & 0o777 == 0o700
    assert the_file(kept).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["rules/base/a.yaml", "knowledge/base/b.yaml"])
def test_a_file_that_is_otherwise_is_read(
    kept: KeptLibraries, root: Path, library: Library, name: str
) -> None:
    times_read(kept, root, library)
    before = (root / name).stat()
    (root / name).write_text((root / name).read_text().replace("base", "bass"))
    os.utime(root / name, ns=(before.st_atime_ns, before.st_mtime_ns))  # the size is the same too
    assert times_read(kept, root, library) == 1
    (root / name).rename((root / name).with_name("c.yaml"))
    assert times_read(kept, root, library) == 1
    assert times_read(kept, root, library) == 0


def test_another_programme_or_pack_is_another_library(
    kept: KeptLibraries, root: Path, library: Library
) -> None:
    for asked in (ASKED, PacksAsked("one"), PacksAsked("two"), PacksAsked("two", ("three",))):
        assert times_read(kept, root, library, asked) == 1
        assert times_read(kept, root, library, asked) == 0


def test_what_a_school_or_a_trust_has_of_its_own_is_read_each_time(
    kept: KeptLibraries, root: Path, library: Library, tmp_path: Path
) -> None:
    there = FolderAsked(tmp_path, "there", Place("school.yaml"))
    for asked in (
        PacksAsked(trust=there),
        PacksAsked(school=there),
        PacksAsked(own_steps=OwnStepsRead(YamlDocument("school.yaml", {}), ({},))),
    ):
        assert [times_read(kept, root, library, asked) for _ in range(2)] == [1, 1]
    assert not kept.folder.exists()


class Harmful:
    """What would make a file when it is read."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return os.mkdir, (str(self.file),)


def signed(payload: bytes) -> bytes:
    return hashlib.sha256(payload).digest() + payload


def flipped(raw: bytes) -> bytes:
    return raw[:-40] + bytes([raw[-40] ^ 1]) + raw[-39:]


SPOILED: dict[str, Callable[[Path], object]] = {
    "empty": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:-100]),
    "a bit": lambda file: file.write_bytes(flipped(file.read_bytes())),
    "no library": lambda file: file.write_bytes(signed(pickle.dumps({"rules": 1}))),
    "harmful": lambda file: file.write_bytes(
        signed(pickle.dumps(Harmful(file.with_name("harmed"))))
    ),
    "no pickle": lambda file: file.write_bytes(signed(b"nothing of the kind")),
    "others may write": lambda file: file.chmod(0o620),
    "others may read": lambda file: file.chmod(0o604),
    "a link": lambda file: os.symlink(file.rename(file.with_suffix(".to")), file),
    "the folder is open": lambda file: file.parent.chmod(0o770),
}


@pytest.mark.parametrize("way", SPOILED)
def test_a_kept_file_that_is_broken_or_not_ours_is_passed_over(
    kept: KeptLibraries, root: Path, library: Library, way: str
) -> None:
    times_read(kept, root, library)
    SPOILED[way](the_file(kept))
    assert times_read(kept, root, library) == 1
    assert not (kept.folder / "harmed").exists()


def test_a_folder_of_somebody_else_is_not_used(
    kept: KeptLibraries, root: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    times_read(kept, root, library)
    monkeypatch.setattr(os, "getuid", lambda: kept.folder.stat().st_uid + 1)
    assert times_read(kept, root, library) == 1
    assert kept.state().startswith("not used: ")


def test_where_nothing_can_be_written_the_library_is_read_and_nothing_is_said(
    kept: KeptLibraries, root: Path, library: Library
) -> None:
    kept.folder.write_text("a file in its place")
    assert [times_read(kept, root, library) for _ in range(2)] == [1, 1]
    assert kept.state().startswith("not used: ")
    assert kept.folder.read_text() == "a file in its place"


def test_the_last_eight_that_were_used_are_kept(
    kept: KeptLibraries, root: Path, library: Library
) -> None:
    small = replace(library, rules={}, interventions={}, origins={}, digests={})
    for number in range(10):
        times_read(kept, root, small, PacksAsked(str(number)))
        newest = max(kept.folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        os.utime(newest, (number, number))
        if number == 7:
            first = min(kept.folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
            os.utime(first, (7.5, 7.5))  # used once more
    assert len(list(kept.folder.iterdir())) == 8
    assert times_read(kept, root, small, PacksAsked("0")) == 0
    assert times_read(kept, root, small, PacksAsked("1")) == 1
    assert kept.state().startswith(f"8 kept in {kept.folder}, ")


def test_where_libraries_are_kept_is_said_by_the_environment(tmp_path: Path) -> None:
    home, own = {"HOME": str(tmp_path)}, str(tmp_path / "own")
    assert private_folder(home) == KeptLibraries(tmp_path / ".cache" / "termwise")
    assert private_folder({**home, "XDG_CACHE_HOME": own}) == KeptLibraries(Path(own, "termwise"))
    assert private_folder({**home, "TERMWISE_CACHE": own}) == KeptLibraries(Path(own))
    assert private_folder({**home, "TERMWISE_CACHE": "off"}) is None
    assert private_folder({}) is None


def test_commands_say_the_same_with_a_library_that_was_kept_and_doctor_tells_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    monkeypatch.setenv("TERMWISE_CACHE", str(folder))

    def said(*words: str) -> str:
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, result.output
        return result.output

    asked = ("rules", "show", "AFL-14", "--format", "json")
    anew = said("--no-cache", *asked)
    assert not folder.exists()
    assert [said(*asked) for _ in range(2)] == [anew, anew]
    assert f"1 kept in {folder}" in said("doctor", "--format", "json")
    shutil.rmtree(folder)
    assert "off" in said("--no-cache", "doctor", "--format", "json")


def test_other_code_of_the_reader_is_another_library(
    kept: KeptLibraries,
    root: Path,
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("termwise.engine.library.kept_library._CODE", tmp_path)
    for place in ("core", "library"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "records.py").write_text("one")
    assert [times_read(kept, root, library) for _ in range(2)] == [1, 0]
    for place in ("core", "library"):
        (tmp_path / place / "records.py").write_text("two")
        assert [times_read(kept, root, library) for _ in range(2)] == [1, 0]


@pytest.mark.parametrize("collects", [True, False])
def test_reading_leaves_the_collector_as_it_was(
    kept: KeptLibraries, root: Path, library: Library, collects: bool
) -> None:
    times_read(kept, root, library)
    before = gc.isenabled()
    try:
        (gc.enable if collects else gc.disable)()
        assert times_read(kept, root, library) == 0
        assert gc.isenabled() is collects
    finally:
        (gc.enable if before else gc.disable)()
