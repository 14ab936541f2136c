"""The commands of a plan in use: what they write, print and exit with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
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


def test_what_moved_or_was_dropped_in_a_file_is_decided_where_it_is_accepted(
    folder: Path, tmp_path: Path
) -> None:
    run("issue", folder, "--on", "2026-09-01")
    file, decisions = tmp_path / "plan.docx", folder / "overrides.yaml"
    made = run("plan", folder, "--issued", "--format", "docx", "-o", file)
    assert made.exit_code == 0, made.output
    moved, dropped = _edited(file)
    back = ("read-back", folder, file, "--on", "2026-10-05")
    accept = (*back, "--by", "headteacher", "--accept", moved)
    assert run(*accept).exit_code == 2  # no reason
    assert run(*back).exit_code == 0 and not decisions.exists()
    wrong = run(*accept, "--reason", "not-our-need")
    assert wrong.exit_code == 1 and "is no reason to adapt something" in wrong.stderr
    assert not decisions.exists()
    assert "no reason “so”" in run(*accept, "--reason", "so").stderr
    nothing = run(*back, "--by", "headteacher", "--reason", "wrong-time", "--accept", "S99")
    assert nothing.exit_code == 1 and "no change to decide about “S99”" in nothing.stderr
    decisions.write_text("# ours\n[]\n", "utf-8")
    told = run(*accept, "--accept", dropped.lower(), "--reason", "wrong-time")
    assert told.exit_code == 0, told.output
    assert "2 decisions added to overrides.yaml" in told.stdout
    text = decisions.read_text("utf-8")
    assert text.startswith("# ours\n- {intervention: ") and text.count("\n") == 3
    assert "decision: adapt, reason: wrong-time, role: headteacher, on: 2026-10-05" in text
    assert "not_before: 2027-02-22, by: 2027-03-25}" in text and "decision: refuse" in text
    again = run(*accept, "--reason", "wrong-time")
    assert again.exit_code == 1 and decisions.read_text("utf-8") == text


def _edited(file: Path) -> tuple[str, str]:
    """Move one step of a plan's file to a later half-term and take another out; give their codes."""
    document = docx.Document(str(file))
    found = []
    for table in document.tables:
        titles = [cell.text for cell in table.rows[0].cells]
        if titles[:1] == ["Code"] and "Start" in titles:
            found += [(table, row, titles) for row in table.rows[1:]]
    movable = [
        (table, row, titles)
        for table, row, titles in found
        if row.cells[titles.index("Start")].text == "Autumn 2 2026"
        and "Accelerating" in row.cells[1].text
    ]
    _, moved, titles = movable[0]
    moved.cells[titles.index("Start")].text = "Spring 2 2027"
    table, dropped, _ = found[-1]
    codes = moved.cells[0].text, dropped.cells[0].text
    table._tbl.remove(dropped._tr)
    document.save(str(file))
    return codes
