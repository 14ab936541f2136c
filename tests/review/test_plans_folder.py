"""Issued plans are files that stay as they are: read-only, one a day, told when they were edited."""

from __future__ import annotations

import datetime
import json
import stat
from pathlib import Path

import pytest

from termwise.engine.core.errors import ContentError, TermwiseError
from termwise.engine.review.model import IssuedPlan
from termwise.engine.review.plans_folder import (
    issued_plans,
    keep_issued,
    plan_from,
)
from tests import made_up_plan

FIRST, SECOND = datetime.date(2026, 9, 1), datetime.date(2026, 11, 2)


def made_up(on: datetime.date = FIRST) -> IssuedPlan:
    return IssuedPlan(
        issued=on, since=None, agreed_by=(), note=None, packs=(), plan=made_up_plan.plan()
    )


def test_a_plan_comes_back_as_it_was_issued_and_the_last_until_a_day_is_in_force(
    tmp_path: Path,
) -> None:
    for day in (SECOND, FIRST):
        path = keep_issued(tmp_path, made_up(day))
        assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert issued_plans(tmp_path) == (made_up(FIRST), made_up(SECOND))
    assert plan_from(tmp_path, SECOND) == made_up(SECOND)
    assert plan_from(tmp_path, SECOND - datetime.timedelta(days=1)) == made_up(FIRST)


def test_nothing_is_written_over_a_plan(tmp_path: Path) -> None:
    path = keep_issued(tmp_path, made_up())
    before = path.read_bytes()
    other = made_up().model_copy(update={"note": "Another."})
    with pytest.raises(ContentError, match="is there already"):
        keep_issued(tmp_path, other)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def edit(path: Path, old: str, new: str) -> None:
    path.chmod(0o644)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_plan_edited_by_hand_is_told_by_its_hash(tmp_path: Path) -> None:
    path = keep_issued(tmp_path, made_up())
    edit(path, '"pounds": 900', '"pounds": 90')
    with pytest.raises(ContentError, match=r"plans/2026-09-01\.json:1:1: was changed after"):
        issued_plans(tmp_path)


def test_a_plan_that_is_only_set_out_otherwise_is_the_same(tmp_path: Path) -> None:
    path = keep_issued(tmp_path, made_up())
    path.chmod(0o644)
    path.write_text(json.dumps(json.loads(path.read_text("utf-8"))), "utf-8")
    assert issued_plans(tmp_path) == (made_up(),)


def test_every_file_that_is_no_issued_plan_is_told_at_once(tmp_path: Path) -> None:
    path = keep_issued(tmp_path, made_up())
    for name, text in (
        ("2026-09-02.json", path.read_text("utf-8")),
        ("2026-10-01.json", '{"sha256":\n  oh}'),
        ("2026-10-02.json", "[]"),
        ("autumn.json", "{}"),
    ):
        (path.parent / name).write_text(text, "utf-8")
    with pytest.raises(ContentError) as told:
        issued_plans(tmp_path)
    assert [str(one).split(";")[0] for one in told.value.problems] == [
        "plans/2026-09-02.json:1:1: holds what was kept on 2026-09-01",
        "plans/2026-10-01.json:2:3: can't be read as JSON (expecting value)",
        "plans/2026-10-02.json:1:1: is no plan of termwise",
        "plans/autumn.json:1:1: is not named by the day it was issued",
    ]


def test_a_plan_that_was_never_issued_is_read_too(tmp_path: Path) -> None:
    plan = made_up_plan.plan()
    (tmp_path / "plan.json").write_text(plan.model_dump_json(by_alias=True), "utf-8")
    assert plan_from(tmp_path / "plan.json", FIRST) == plan
    with pytest.raises(TermwiseError, match="has no plan in force"):
        plan_from(tmp_path, FIRST)
    with pytest.raises(ContentError, match="is missing"):
        plan_from(tmp_path / "other.json", FIRST)
