"""What is shipped: every package of the engine, all content, and nothing beside `termwise`."""

from __future__ import annotations

import importlib.metadata
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import pytest

from tests.places import ROOT


@pytest.fixture(scope="module")
def pyproject() -> dict[str, Any]:
    path = ROOT / "pyproject.toml"
    if not path.exists():
        pytest.skip("these tests run without the repository around them")
    return tomllib.loads(path.read_text("utf-8"))


def counted(folder: Traversable, suffix: str) -> int:
    return sum(
        counted(entry, suffix) if entry.is_dir() else entry.name.endswith(suffix)
        for entry in folder.iterdir()
    )


def test_every_engine_folder_is_packaged(pyproject: dict[str, Any]) -> None:
    code = (path for top in ("engine", "commands") for path in (ROOT / top).rglob("__init__.py"))
    found = {path.parent.relative_to(ROOT) for path in code}
    expected = {"termwise", *(".".join(("termwise", *folder.parts)) for folder in found)}
    assert set(pyproject["tool"]["setuptools"]["packages"]) == expected


def test_every_folder_with_code_is_a_package(pyproject: dict[str, Any]) -> None:
    code = (path for top in ("engine", "commands") for path in (ROOT / top).rglob("*.py"))
    folders = {path.parent for path in code}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_every_content_file_matches_a_pattern_of_the_package_data(
    pyproject: dict[str, Any],
) -> None:
    patterns = pyproject["tool"]["setuptools"]["package-data"]["termwise"]
    shipped = {path for pattern in patterns for path in ROOT.glob(pattern)}
    content = {
        path
        for folder in ("rules", "knowledge")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".md"
    }
    assert content - shipped == set()


def test_the_tests_are_found_in_one_place_only(pyproject: dict[str, Any]) -> None:
    assert pyproject["tool"]["pytest"]["ini_options"]["testpaths"] == ["tests"]


def test_the_content_comes_with_the_package() -> None:
    package = files("termwise")
    assert counted(package / "rules", ".yaml") >= 70
    assert counted(package / "knowledge" / "base" / "interventions", ".yaml") >= 50
    assert (package / "knowledge" / "base" / "evidence" / "eef-toolkit.csv").is_file()
    assert (package / "py.typed").is_file()


def test_nothing_is_installed_beside_termwise() -> None:
    # A checkout has an egg-info beside it that lists sources; what is installed has a RECORD.
    found = importlib.metadata.distributions(name="termwise")
    installed = [
        Path(line.split(",")[0])
        for distribution in found
        for line in (distribution.read_text("RECORD") or "").splitlines()
    ]
    assert installed
    names = {path.parts[0] for path in installed if path.parts[0] not in ("..", "__pycache__")}
    assert {
        name
        for name in names
        if name != "termwise" and not name.startswith(("termwise-", "__editable__"))
    } == set()


def test_the_command_is_installed() -> None:
    [command] = importlib.metadata.entry_points(group="console_scripts", name="termwise")
    assert command.value == "termwise.cli:run"
    assert callable(command.load())
