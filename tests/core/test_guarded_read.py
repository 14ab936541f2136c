"""Every input is a regular file in its folder, up to a size; anything else is told of at its place, without
a wait and without what it holds."""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

import termwise
from termwise.engine.core.errors import ContentError, Place, TermwiseError
from termwise.engine.core.guarded_read import NotReadError, list_within, read_within
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.pupils.commitments_file import load_commitments
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.pupil_files import FilesRead, _bytes

PRIVATE = "Private: nobody may read this"
Spoil = Callable[[Path, Path], object]


def _away(path: Path, elsewhere: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(elsewhere)


def _socket(path: Path, _: Path) -> None:
    path.unlink(missing_ok=True)
    here = os.getcwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _fresh(path: Path, make: Callable[[Path], object]) -> None:
    path.unlink(missing_ok=True)
    make(path)


def _large(path: Path) -> None:
    path.touch()
    os.truncate(path, 10**11)


SPOILT: dict[str, tuple[Spoil, str]] = {
    "a link out of the folder": (_away, "is not in this folder"),
    "a link to a device": (lambda path, _: _away(path, Path("/dev/zero")), "is not in this folder"),
    "a link to nothing": (
        lambda path, _: _away(path, path.parent / "gone"),
        "is a link to nothing",
    ),
    "a link to itself": (lambda path, _: _away(path, path), "can't be opened"),
    "a pipe": (lambda path, _: _fresh(path, os.mkfifo), "is no ordinary file"),
    "a socket": (_socket, "is no ordinary file"),
    "a folder": (lambda path, _: _fresh(path, Path.mkdir), "is a folder, not a file"),
    "too large": (lambda path, _: _fresh(path, _large), "is larger than"),
}
FILES = {
    "school.yaml": "school.yaml:1:1",
    "cqa.yaml": "cqa.yaml:1:1",
    "staff.yaml": "staff.yaml:1:1",
    "overrides.yaml": "overrides.yaml:1:1",
    "scales/own.yaml": "scales/own.yaml:1:1",
    "pupils.xlsx": "school.yaml:",
    "pseudonyms.key": "pseudonyms.key:1:1",
    "commitments.csv": "commitments.csv:1:1",
}


@pytest.mark.parametrize(("spoil", "what"), SPOILT.values(), ids=SPOILT.keys())
@pytest.mark.parametrize(("file", "place"), FILES.items(), ids=FILES.keys())
def test_a_file_that_is_none_of_this_folder_s_is_told_of(
    file: str,
    place: str,
    spoil: Spoil,
    what: str,
    tmp_path: Path,
    copy_example: Callable[[str], Path],
    library: Library,
) -> None:
    whole = load_school(copy_example("little-fen"), library)
    folder = copy_example("little-fen")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text(PRIVATE)
    (folder / file).parent.mkdir(exist_ok=True)
    spoil(folder / file, elsewhere)
    with pytest.raises(ContentError) as caught:
        if file == "commitments.csv":
            load_commitments(folder, whole, library)
        else:
            load_school(folder, library)
    told = [str(problem) for problem in caught.value.problems]
    assert any(one.startswith(place) and what in one for one in told), told
    assert "Private" not in str(told)


def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    (inside / "deep").mkdir(parents=True)
    (tmp_path / "out").write_text(PRIVATE)
    (inside / "deep" / "file").write_text("fine")
    (inside / "link").symlink_to(inside / "deep" / "file")
    (tmp_path / "door").symlink_to(inside)
    assert read_within(inside, "deep/../deep/file", 10) == b"fine"
    assert read_within(tmp_path / "door", "link", 4) == b"fine"
    for name in ("../out", str(tmp_path / "out"), "deep/../../out", "../nothing"):
        with pytest.raises(NotReadError, match="is not in this folder"):
            read_within(inside, name, 100)
    for name in ("x" * 5000, "nul\0l"):
        with pytest.raises(NotReadError, match="can't be opened"):
            read_within(inside, name, 100)
    with pytest.raises(NotReadError) as caught:
        read_within(inside, "deep/file/more", 100)
    assert not caught.value.missing or caught.value.what == "is missing"


def test_a_file_that_grows_or_vanishes_while_it_is_read_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("12345")
    opened = os.open

    def vanishes(path: Path, flags: int) -> int:
        os.unlink(path)
        return opened(path, flags)

    def becomes_a_pipe(path: Path, flags: int) -> int:
        os.unlink(path)
        os.mkfifo(path)
        return opened(path, flags)

    def grows(path: Path, flags: int) -> int:
        path.write_text("1" * 2_000_001)
        return opened(path, flags)

    for changed, what in ((grows, "larger than 2 MB"), (becomes_a_pipe, "no ordinary file")):
        monkeypatch.setattr(os, "open", changed)
        with pytest.raises(NotReadError, match=what):
            read_within(tmp_path, "file", 2_000_000)
        (tmp_path / "file").unlink()
        (tmp_path / "file").write_text("12345")
    monkeypatch.setattr(os, "open", vanishes)
    with pytest.raises(NotReadError, match="is missing"):
        read_within(tmp_path, "file", 2_000_000)


def test_a_folder_of_scales_that_lies_elsewhere_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.yaml").touch()
    (tmp_path / "in" / "scales").symlink_to(tmp_path)
    with pytest.raises(NotReadError, match="is not in this folder"):
        list_within(tmp_path / "in", "scales", ".yaml")
    (tmp_path / "in" / "file").touch()
    with pytest.raises(NotReadError, match="is a file, not a folder"):
        list_within(tmp_path / "in", "file", ".yaml")
    assert list_within(tmp_path / "in", "nothing", ".yaml") == []


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the rules and knowledge."""
    root = Path(termwise.__file__).parent
    for name in ("rules", "knowledge"):
        shutil.copytree(root / name, tmp_path / "content" / name)
    return tmp_path / "content"


def told_of_content(content: Path) -> list[str]:
    with pytest.raises((ContentError, TermwiseError)) as caught:
        load_library(root=content)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(("spoil", "what"), SPOILT.values(), ids=SPOILT.keys())
def test_a_content_folder_is_read_in_the_same_way(
    spoil: Spoil, what: str, content: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").write_text(PRIVATE)
    for name in (
        "knowledge/base/needs.yaml",
        "knowledge/base/evidence/eef-toolkit.csv",
        "rules/base/screen/x.yaml",
    ):
        before = (content / name).read_bytes() if (content / name).exists() else None
        spoil(content / name, tmp_path / "elsewhere")
        if not (what.startswith("is a folder") and before is None):  # a folder of rules, empty
            told = told_of_content(content)
            assert any(one.startswith(f"{name}:1:1: ") and what in one for one in told), told
            assert "Private" not in str(told)
        path = content / name
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        if before is not None:
            path.write_bytes(before)


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (bytes(range(256)), "is no text file"),
        (b"id,title\nx," + b"y" * 200_000, "a cell is too long"),
        (b'id,title\nx,"y" z\n', "a quotation mark doesn't match"),
        (b"PK\x03\x04\x00\x00", "can't be read"),
        (b"id,title\nx,\x1b[31my\n", "holds a mark that can't be seen"),
    ],
)
def test_a_table_of_content_that_is_no_text_is_told(raw: bytes, what: str, content: Path) -> None:
    file = content / "knowledge" / "base" / "evidence" / "eef-toolkit.csv"
    file.write_bytes(raw if what != "can't be read" else raw + b"\nx\n")
    assert any(
        one.startswith("knowledge/base/evidence/eef-toolkit.csv:") and what in one
        for one in told_of_content(content)
    )


def test_folders_that_lead_round_are_told_and_names_are_not_repeated(content: Path) -> None:
    (content / "rules" / "base" / "round").symlink_to(content / "rules")
    (content / "rules" / "base" / "screen" / "a\x1b[2J.yaml").touch()
    told = told_of_content(content)
    assert any(one.startswith("rules/base/round:1:1: is a folder") for one in told)
    assert any("the name of the file holds a mark" in one for one in told)
    assert "\x1b" not in "".join(told)


LEAF = {"indicator": "state", "is": "at-risk"}


def _nested(levels: int) -> dict[str, object]:
    condition: dict[str, object] = dict(LEAF)
    for level in range(levels):
        condition = {"not": condition} if level % 2 else {"all": [condition]}
    return condition


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"because": "{a {a"}, "because: its braces don't match"),
        ({"because": "{"}, "because: its braces don't match"),
        ({"because": "a } b"}, "because: its braces don't match"),
        ({"when": {"any": [LEAF] * 3000}}, "makes 3,000 comparisons, more than 100"),
        ({"when": {"all": [{"any": [LEAF] * 60}] * 60}}, "makes 3,600 comparisons, more than 100"),
        ({"when": _nested(60)}, "levels deep"),
        ({"when": _nested(400)}, "levels deep"),
    ],
)
def test_a_rule_that_no_engine_could_take_is_refused(
    changes: dict[str, object], what: str, content: Path
) -> None:
    file = next((content / "rules" / "base" / "screen").rglob("*.yaml"))
    rule = yaml.safe_load(file.read_text("utf-8"))
    file.write_text(json.dumps({**rule, **changes}, indent=0, default=str), "utf-8")
    told = told_of_content(content)
    assert any(what in one for one in told), told[:5]


def test_a_national_table_is_kept_once_and_two_of_a_name_are_a_question(tmp_path: Path) -> None:
    school, shared = tmp_path / "school", tmp_path / "national"
    school.mkdir()
    shared.mkdir()
    (shared / "ks2.csv").write_text("theirs")

    def read() -> tuple[list[bytes], list[str]]:
        found = FilesRead()
        raws = list(_bytes(school, "ks2.csv", Place("school.yaml", 9, 3), found, shared))
        return raws, [str(problem) for problem in found.problems]

    assert read() == ([b"theirs"], [])
    (school / "ks2.csv").symlink_to(shared / "ks2.csv")
    assert read() == ([b"theirs"], [])
    (school / "ks2.csv").unlink()
    (school / "ks2.csv").write_text("ours")
    assert read() == (
        [],
        [
            "school.yaml:9:3: “ks2.csv” is in this folder and in the shared one; "
            "give one of them another name, or take it away"
        ],
    )
    (shared / "ks2.csv").unlink()
    assert read() == ([b"ours"], [])
    (school / "ks2.csv").unlink()
    (tmp_path / "ks2.csv").write_text("elsewhere")
    (shared / "ks2.csv").symlink_to(tmp_path / "ks2.csv")
    [said] = read()[1]
    assert "is not in this folder" in said
