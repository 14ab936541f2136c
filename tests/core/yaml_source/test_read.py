"""A file of a folder is read as a document, or it is said at its name why not."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from termwise.engine.core.errors import Mistake
from termwise.engine.core.yaml_source.document import YamlDocument
from termwise.engine.core.yaml_source.read import read_yaml, walk


def read(folder: Path, name: str) -> tuple[YamlDocument | None, list[str]]:
    problems: list[Mistake] = []
    return read_yaml(folder / name, name, problems), [str(one) for one in problems]


def test_a_document_knows_the_digest_of_its_file(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbfname: Mill\n"
    (tmp_path / "a.yaml").write_bytes(raw)
    document, problems = read(tmp_path, "a.yaml")
    assert document is not None and not problems
    assert document.data == {"name": "Mill"}  # the mark before the text is none of it
    assert document.digest == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (None, "the file is missing"),
        (b"name: M\xe9ll", "is not UTF-8 text (byte 7)"),
        (b"name: [", "a.yaml:"),
    ],
)
def test_what_keeps_a_file_from_being_read_is_told(
    tmp_path: Path, raw: bytes | None, told: str
) -> None:
    if raw is not None:
        (tmp_path / "a.yaml").write_bytes(raw)
    document, [problem] = read(tmp_path, "a.yaml")
    assert document is None and told in problem


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("name: secret\n", "utf-8")
    (tmp_path / "school").mkdir()
    (tmp_path / "school" / "a.yaml").symlink_to(tmp_path / "secret.yaml")
    document, [problem] = read(tmp_path / "school", "a.yaml")
    assert document is None and "secret" not in problem


def test_files_below_a_folder_are_walked_by_name_and_links_to_folders_are_not_gone_into(
    tmp_path: Path,
) -> None:
    for name in ("b/z.yaml", "b/a.yaml", "a.yaml", "c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "round").symlink_to(tmp_path)
    assert [path for _, path in walk(tmp_path, "top", ".yaml")] == [
        "top/a.yaml",
        "top/b/a.yaml",
        "top/b/z.yaml",
        "top/round",
    ]
