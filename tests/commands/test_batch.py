"""The command for many schools: what it says, where it ends, what it writes."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from termwise.cli import main
from termwise.engine.advise import Advice
from termwise.engine.network import batch_plans
from tests.places import EXAMPLES


@pytest.fixture
def schools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, all_advice: dict[str, Advice]) -> Path:
    """A folder with two schools, planned in this process as they are alone."""
    for name in ("carrick-junior", "little-fen"):
        shutil.copytree(EXAMPLES / name, tmp_path / "schools" / name)
    monkeypatch.setattr(
        batch_plans, "advise", lambda school, library: all_advice[school.file.school.id]
    )
    monkeypatch.setattr(
        "concurrent.futures.ProcessPoolExecutor", lambda workers, **_: ThreadPoolExecutor(workers)
    )
    return tmp_path / "schools"


def test_it_says_how_many_have_a_plan_and_where_the_tables_are(schools: Path) -> None:
    pytest.importorskip("polars")
    words = ["batch", "plan", str(schools), "--out", str(schools / "all.parquet")]
    first = CliRunner().invoke(main, words)
    assert first.exit_code == 0, first.output
    assert "2 schools: 2 planned. The table is" in first.stdout
    assert (schools / "all-steps.parquet").is_file()
    again = CliRunner().invoke(main, words)
    assert "2 planned; 2 were kept from a run before" in again.stdout


def test_a_school_that_can_not_be_read_is_told_and_the_others_are_planned(schools: Path) -> None:
    pytest.importorskip("polars")
    (schools / "little-fen" / "school.yaml").write_text("school: 5\n", "utf-8")
    found = CliRunner().invoke(
        main, ["batch", "plan", str(schools), "--out", str(schools / "all.parquet")]
    )
    assert found.exit_code == 1
    assert "1 planned, 1 not to be read" in found.stdout
    assert found.stderr.startswith("little-fen: school.yaml:")
    assert (schools / "all.parquet").is_file()


def test_a_table_is_given_the_name_of_one(schools: Path) -> None:
    found = CliRunner().invoke(main, ["batch", "plan", str(schools), "--out", "all.csv"])
    assert found.exit_code == 2
    assert "ends in .parquet" in found.stderr


def test_a_folder_without_schools_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    out = tmp_path / "all.parquet"
    found = CliRunner().invoke(main, ["batch", "plan", str(tmp_path), "--out", str(out)])
    assert found.exit_code == 1
    assert "no folder with a school.yaml" in found.stderr
    assert not list(tmp_path.iterdir())
