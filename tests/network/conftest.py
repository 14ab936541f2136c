"""The example network, planned once for all tests of its room."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.places import EXAMPLES

SAID = EXAMPLES / "network"
Edit = Callable[[dict[str, Any]], None]
Small = Callable[..., Path]


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """Makes a network of two of the example's schools, changed as data: network.yaml, then a school's file."""

    def made(network: Edit | None = None, **edits: Edit) -> Path:
        folder = tmp_path / "network"
        for name in ("oxmere", "withybeck"):
            shutil.copytree(SAID / name, folder / name, dirs_exist_ok=True)
        data = yaml.safe_load((SAID / "network.yaml").read_text("utf-8"))
        data["schools"] = [{"folder": "oxmere"}, {"folder": "withybeck"}]
        if network:
            network(data)
        (folder / "network.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
        for name, edit in edits.items():
            school, _, file = name.partition("_")
            path = folder / school / f"{file}.yaml"
            told = yaml.safe_load(path.read_text("utf-8"))
            edit(told)
            path.write_text(yaml.safe_dump(told, sort_keys=False), "utf-8")
        return folder

    return made
