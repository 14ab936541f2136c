"""Many schools: each is planned as it is alone, what is planned is kept, nothing is lost by what goes wrong."""

from __future__ import annotations

import hashlib
import multiprocessing
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.engine.advise import Advice
from termwise.engine.core.errors import ContentError, TermwiseError
from termwise.engine.library.loader import Library
from termwise.engine.network import batch_plans
from termwise.engine.network.batch_plans import plan_batch, planned_school
from termwise.engine.network.batch_tables import read_batch, tables_of, write_batch
from termwise.engine.network.model import BatchPlans
from termwise.engine.school.school import School
from tests.places import EXAMPLES

NAMES = ("carrick-junior", "hillside", "little-fen")


@pytest.fixture
def schools(tmp_path: Path) -> Path:
    """A folder with the three examples."""
    for name in NAMES:
        shutil.copytree(EXAMPLES / name, tmp_path / "schools" / name)
    return tmp_path / "schools"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, all_advice: dict[str, Advice]) -> list[str]:
    """The schools that were planned, each with the plan it has by itself."""
    ids: list[str] = []

    def known(school: School, library: Library) -> Advice:
        ids.append(school.file.school.id)
        return all_advice[school.file.school.id]

    monkeypatch.setattr(batch_plans, "advise", known)
    return ids


def run(schools: Path, kept: Path, executor: Executor | None = None) -> BatchPlans:
    with executor or ThreadPoolExecutor(1) as pool:
        return plan_batch(schools, kept, pool)


def edited(file: Path, edit: Callable[[dict[str, Any]], None]) -> None:
    data = yaml.safe_load(file.read_text("utf-8"))
    edit(data)
    file.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")


def test_each_school_has_the_figures_of_its_own_plan(
    schools: Path, tmp_path: Path, asked: list[str], all_advice: dict[str, Advice]
) -> None:
    found = run(schools, tmp_path / "kept")
    assert [row.folder for row in found.schools] == list(NAMES)
    for row in found.schools:
        plan = all_advice[row.school].plan
        steps = [step for step in found.steps if step.school == row.school]
        assert [step.step for step in steps] == [step.id for step in plan.steps]
        assert row.plan == hashlib.sha256(plan.model_dump_json(by_alias=True).encode()).hexdigest()
        assert (row.status, row.objective, row.bound) == (
            plan.proof.status,
            plan.proof.objective,
            plan.proof.bound,
        )
        assert row.pounds == sum(use.planned for use in plan.budget)
        assert {
            one.priority: one.covered for one in found.priorities if one.school == row.school
        } == {one.id: bool(one.covered_by) for one in plan.priorities if one.agreed}
        assert sum(one.times for one in found.findings if one.school == row.school) == len(
            plan.findings
        )


def test_what_is_kept_is_not_planned_again_and_what_changed_is(
    schools: Path, tmp_path: Path, asked: list[str]
) -> None:
    first = run(schools, tmp_path / "kept")
    assert (first.planned_now, sorted(asked)) == (3, list(NAMES))
    again = run(schools, tmp_path / "kept")
    assert again.planned_now == 0
    assert again.schools == first.schools
    with (schools / "hillside" / "cqa.yaml").open("a", encoding="utf-8") as file:
        file.write("# looked at again\n")
    assert run(schools, tmp_path / "kept").planned_now == 1
    assert asked[3:] == ["hillside"]


def test_a_folder_by_another_name_is_told_by_that_name(
    schools: Path, tmp_path: Path, asked: list[str]
) -> None:
    run(schools, tmp_path / "kept")
    (schools / "hillside").rename(schools / "a-new-name")
    found = run(schools, tmp_path / "kept")
    assert found.planned_now == 0
    assert [row.folder for row in found.schools] == ["a-new-name", "carrick-junior", "little-fen"]


def test_a_school_that_can_not_be_read_is_a_row_with_its_error(
    schools: Path, tmp_path: Path, asked: list[str]
) -> None:
    edited(schools / "hillside" / "school.yaml", lambda data: data.pop("calendar"))
    row = {one.folder: one for one in run(schools, tmp_path / "kept").schools}["hillside"]
    assert (row.status, row.school, row.steps, row.plan) == ("error", "", None, "")
    assert "school.yaml" in row.error
    assert "calendar" in row.error
    assert sorted(asked) == ["carrick-junior", "little-fen"]


@pytest.mark.parametrize("text", ["", "{", '{"inputs": "of another"}'])
def test_a_damaged_part_is_planned_anew(
    schools: Path, tmp_path: Path, asked: list[str], text: str
) -> None:
    first = run(schools, tmp_path / "kept")
    spoiled = sorted((tmp_path / "kept").iterdir())[0]
    spoiled.write_text(text, "utf-8")
    again = run(schools, tmp_path / "kept")
    assert again.planned_now == 1
    assert [row.plan for row in again.schools] == [row.plan for row in first.schools]


def test_a_part_under_the_name_of_other_inputs_is_not_believed(
    schools: Path, tmp_path: Path, asked: list[str]
) -> None:
    run(schools, tmp_path / "kept")
    one, other, *_ = sorted((tmp_path / "kept").iterdir())
    shutil.copy(one, other)
    assert run(schools, tmp_path / "kept").planned_now == 1


def test_two_folders_of_one_id_are_told_with_both_names(
    schools: Path, tmp_path: Path, asked: list[str]
) -> None:
    shutil.copytree(schools / "hillside", schools / "twin")
    with pytest.raises(ContentError) as error:
        run(schools, tmp_path / "kept")
    assert str(error.value.problems[0]).startswith("twin/school.yaml:1:1: the id “hillside”")


class Dying(Executor):
    """A pool whose worker ends at the second school."""

    given = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.given += 1
        if self.given == 1:
            future.set_result(fn(*args, **kwargs))
        else:
            future.set_exception(BrokenProcessPool("gone"))
        return future


def test_a_worker_that_ends_loses_nothing_and_the_next_run_goes_on(
    schools: Path, tmp_path: Path, asked: list[str]
) -> None:
    with pytest.raises(TermwiseError, match="the same command goes on from there"):
        run(schools, tmp_path / "kept", Dying())
    assert run(schools, tmp_path / "kept").planned_now == 2


def test_a_folder_without_a_school_is_told(tmp_path: Path) -> None:
    with pytest.raises(TermwiseError, match="no folder with a school"):
        run(tmp_path, tmp_path / "kept")


def test_a_school_has_the_same_plan_in_another_process(
    schools: Path, tmp_path: Path, all_advice: dict[str, Advice]
) -> None:
    pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
    with pool:
        part = pool.submit(planned_school, schools, "carrick-junior", "full").result()
    plan = all_advice["carrick-junior"].plan
    assert part.row.plan == hashlib.sha256(plan.model_dump_json(by_alias=True).encode()).hexdigest()


# --- as tables


def test_tables_hold_what_was_found(schools: Path, tmp_path: Path, asked: list[str]) -> None:
    pytest.importorskip("polars")
    edited(schools / "little-fen" / "school.yaml", lambda data: data.pop("calendar"))
    found = run(schools, tmp_path / "kept")
    write_batch(found, tmp_path / "all.parquet")
    assert read_batch(tmp_path / "all.parquet") == found.model_copy(update={"planned_now": 0})
    assert sorted(path.name for path in tmp_path.glob("*.parquet")) == [
        "all-findings.parquet",
        "all-priorities.parquet",
        "all-steps.parquet",
        "all.parquet",
    ]


@pytest.mark.parametrize("name", ["schools", "steps"])
def test_a_damaged_or_missing_table_is_told_by_name(tmp_path: Path, name: str) -> None:
    pytest.importorskip("polars")
    write_batch(BatchPlans(schools=()), tmp_path / "all.parquet")
    place = tables_of(tmp_path / "all.parquet")[name]
    place.write_bytes(b"PAR1")
    with pytest.raises(TermwiseError, match=place.name):
        read_batch(tmp_path / "all.parquet")
    place.unlink()
    with pytest.raises(TermwiseError, match=place.name):
        read_batch(tmp_path / "all.parquet")


def test_without_polars_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(TermwiseError, match="termwise\\[columns\\]"):
        write_batch(BatchPlans(schools=()), tmp_path / "all.parquet")
    assert not list(tmp_path.iterdir())
