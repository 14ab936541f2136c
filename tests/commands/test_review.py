"""The commands of a plan in use: what they write, print and exit with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from termwise.cli import main
from termwise.commands import shared
from termwise.engine.advise import Advice


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def folder(
    copy_example: Callable[[str], Path],
    all_advice: dict[str, Advice],
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A school's folder, of which the plan is worked out already."""
    monkeypatch.setattr(shared, "advice", lambda *_: all_advice["little-fen"])
    return copy_example("little-fen")


def test_a_plan_is_issued_once_a_day_and_the_next_takes_its_place(folder: Path) -> None:
    first = run("issue", folder, "--by", "headteacher", "--on", "2026-09-01")
    assert first.exit_code == 0, first.output
    assert f"issued: {folder / 'plans' / '2026-09-01.json'}." in first.stdout
    again = run("issue", folder, "--on", "2026-09-01")
    assert again.exit_code == 1
    assert "is there already" in again.stderr and "nothing was written" in again.stderr
    second = run("issue", folder, "--on", "2026-10-01")
    assert "takes the place of the plan of 2026-09-01, which stays" in second.stdout
    assert sorted(path.name for path in (folder / "plans").iterdir()) == [
        "2026-09-01.json",
        "2026-10-01.json",
    ]


def test_a_folder_stands_for_its_plan_in_force(folder: Path) -> None:
    assert "has no plan in force: termwise issue" in run("diff", folder, folder).stderr
    run("issue", folder, "--on", "2026-09-01")
    shown = run("diff", folder, folder)
    assert shown.exit_code == 0, shown.output
    assert "stand where they did" in " ".join(shown.stdout.split())


def test_no_answer_is_written_among_the_issued_plans(folder: Path) -> None:
    run("issue", folder, "--on", "2026-09-01")
    kept = folder / "plans" / "2026-09-01.json"
    before = kept.read_bytes()
    for name in (kept.name, "2026-09-02.json"):
        refused = run("plan", folder, "--format", "json", "--force", "-o", kept.with_name(name))
        assert refused.exit_code == 2
    assert kept.read_bytes() == before
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_progress_is_written_down_by_who_leads_and_shown(
    folder: Path, all_advice: dict[str, Advice]
) -> None:
    step = next(one for one in all_advice["little-fen"].plan.steps if one.milestones)
    assert "has no plan in force" in run("progress", folder).stderr
    run("issue", folder, "--on", "2026-09-01")
    written = run(
        *("progress", folder, step.title.upper(), "--status", "behind", "--days", "0.1"),
        *("--met", "1", "--date", "2026-10-01", "--on", "2027-07-01"),
    )
    assert written.exit_code == 0, written.output
    row = (folder / "progress.csv").read_text("utf-8").splitlines()[1]
    assert row.startswith("2026-10-01,") and f",{step.lead.role},behind," in row
    shown = run("progress", folder, "--on", "2026-10-02")
    assert shown.exit_code == 0, shown.output
    assert "1 running" in " ".join(shown.stdout.split())


def test_a_row_that_is_wrong_is_told_and_not_written(
    folder: Path, all_advice: dict[str, Advice]
) -> None:
    step = all_advice["little-fen"].plan.steps[0].id
    run("issue", folder, "--on", "2026-09-01")
    wrong = run("progress", folder, f"{step}s", "--status", "behind")
    assert wrong.exit_code == 1
    assert f"did you mean “{step}”" in wrong.stderr
    assert "1 problem; nothing was written" in wrong.stderr
    assert not (folder / "progress.csv").exists()
    assert run("progress", folder, step).exit_code == 2
    assert run("progress", folder, "--status", "done").exit_code == 2


def test_a_plan_that_is_planned_again_can_be_issued(folder: Path) -> None:
    run("issue", folder, "--on", "2026-09-01")
    assert run("replan", folder, "--on", "2026-11-02", "--by", "headteacher").exit_code == 2
    again = run("replan", folder, "--on", "2026-11-02", "--issue", "--by", "headteacher")
    assert again.exit_code == 0, again.output
    told = " ".join(again.stdout.split())
    assert "stand where they did" in told
    assert f"in force: {folder / 'plans' / '2026-11-02.json'}." in told
    same = run("diff", folder / "plans" / "2026-09-01.json", folder)
    assert "stand where they did" in " ".join(same.stdout.split())
    assert "Both were made from the same files and the same rules." in same.stdout


def test_a_folder_is_checked_with_its_plans_and_its_progress(folder: Path) -> None:
    (folder / "progress.csv").write_text("date,step,by,status\n", "utf-8")
    assert "progress.csv:1:1: tells of steps, and no plan was issued" in run("check", folder).stderr
    run("issue", folder, "--on", "2026-09-01")
    (folder / "progress.csv").write_text("date,step,by,status\n2026-09-02,x,y,z\n", "utf-8")
    told = run("check", folder).stderr
    assert "progress.csv:2:2: is no step" in told and "progress.csv:2:4: status can't" in told
    (folder / "progress.csv").unlink()
    assert "plans/" in run("check", folder).stdout


def test_a_review_is_shown_and_kept_once_a_day(folder: Path) -> None:
    assert "has no plan in force" in run("review", folder).stderr
    run("issue", folder, "--on", "2026-09-01")
    shown = run("review", folder, "--on", "2026-12-14")
    assert shown.exit_code == 0, shown.output
    told = " ".join(shown.stdout.split())
    assert "review of the plan on 14 December 2026" in told
    assert "Nothing is written down of" in told and "no new results of pupils" in told
    assert not (folder / "reviews").exists()
    kept = run("review", folder, "--on", "2026-12-14", "--format", "md", "--keep")
    assert kept.exit_code == 0, kept.output
    assert f"It is kept: {folder / 'reviews' / '2026-12-14.json'}." in kept.stdout
    refused = run("plan", folder, "--format", "json", "-o", folder / "reviews" / "x.json")
    assert refused.exit_code == 2
    assert "reviews/" in run("check", folder).stdout
