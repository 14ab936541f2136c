"""The command line: what each command prints, writes and exits with."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner, Result

import termwise
from termwise.cli import main
from termwise.engine.advise import Advice
from termwise.engine.core.errors import TermwiseError
from termwise.engine.core.version import VERSION
from termwise.engine.explain import money
from termwise.engine.explain.argument import WhyNot, WhyStep
from termwise.engine.explain.money_answer import MoneyReport
from termwise.engine.library.load_checked import load_library
from termwise.engine.planning.model import Plan
from tests import worked_out_once
from tests.places import EXAMPLES

Copy = Callable[[str], Path]
HILLSIDE = str(EXAMPLES / "hillside")
CONTENT = Path(termwise.__file__).parent
LITTLE_FEN = str(EXAMPLES / "little-fen")
FORMATS = ("text", "md", "html", "json")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def well(*words: str | Path) -> str:
    """What a command prints, which has to end well."""
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def plans() -> dict[str, str]:
    return {form: well("plan", HILLSIDE, "--format", form) for form in FORMATS}


@pytest.fixture
def broken(copy_example: Copy) -> Path:
    """A school folder with two mistakes."""
    folder = copy_example("hillside")
    file = folder / "cqa.yaml"
    text = file.read_text("utf-8").replace("judgement: emerging", "judgement: splendid")
    file.write_text(text.replace("practice: core-values", "practice: core-valuez"), "utf-8")
    return folder


@pytest.fixture(scope="module", autouse=True)
def _planned_once() -> Iterator[None]:
    with worked_out_once.folders():
        yield


# --- plan


@pytest.mark.parametrize("form", FORMATS)
def test_a_plan_is_printed_in_each_form(form: str, plans: dict[str, str]) -> None:
    assert "Hillside Primary School" in plans[form]
    assert "Achievement Team" in plans[form]
    assert "\r" not in plans[form]
    assert plans[form].endswith("\n")
    assert not plans[form].endswith("\n\n")


def test_the_json_form_is_a_plan(plans: dict[str, str]) -> None:
    assert Plan.model_validate_json(plans["json"]).school.id == "hillside"


def test_every_step_is_named_in_every_form_that_tells_the_whole_plan(
    plans: dict[str, str],
) -> None:
    for step in Plan.model_validate_json(plans["json"]).steps:
        assert step.title in plans["md"], step.id
        assert step.title in unescape(plans["html"]), step.id


def test_the_text_says_how_to_get_the_whole_plan(plans: dict[str, str]) -> None:
    assert f"termwise plan {HILLSIDE} --format html -o plan.html" in plans["text"]


def test_the_html_needs_nothing_from_elsewhere_and_runs_nothing(plans: dict[str, str]) -> None:
    html = plans["html"]
    assert "<script" not in html.lower()
    for tag in re.findall(r"<(?:link|img|script|iframe|image|use|object|embed)\b[^>]*>", html):
        assert not re.search(r"(?:src|href|data)\s*=\s*[\"']?\s*(?:https?:)?//", tag), tag
    assert not re.search(r"url\(\s*[\"']?(?:https?:)?//|@import", html)
    assert not re.search(r"<[^>]+\son[a-z]+\s*=", html)


@pytest.mark.parametrize("form", FORMATS)
def test_a_plan_is_written_to_a_file_and_nothing_beside_it(form: str, tmp_path: Path) -> None:
    target = tmp_path / "out" / f"plan.{form}"
    target.parent.mkdir()
    told = well("plan", HILLSIDE, "--format", form, "-o", target)
    assert str(target) in told
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert "Hillside Primary School" in target.read_text("utf-8")


def test_a_plan_replaces_the_file_that_was_there(tmp_path: Path, plans: dict[str, str]) -> None:
    target = tmp_path / "plan.json"
    target.write_text(plans["json"].replace("Hillside", "Hilltop"), "utf-8")
    well("plan", HILLSIDE, "--format", "json", "-o", target)
    assert target.read_text("utf-8") == plans["json"]
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


def test_a_plan_can_not_be_written_to_a_folder_that_is_not_there(tmp_path: Path) -> None:
    result = run("plan", HILLSIDE, "-o", tmp_path / "nowhere" / "plan.html")
    assert result.exit_code == 2
    assert "there is no folder" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_plan_for_more_years_has_more_terms(all_advice: dict[str, Advice]) -> None:
    carrick = str(EXAMPLES / "carrick-junior")
    longer = Plan.model_validate_json(well("plan", carrick, "--format", "json", "--years", "2"))
    one = all_advice["carrick-junior"].plan
    assert len(longer.terms) > len(one.terms)
    assert longer.ends > one.ends


def test_a_broken_folder_is_not_planned_and_nothing_is_written(
    broken: Path, tmp_path: Path
) -> None:
    target = tmp_path / "plan.html"
    result = run("plan", broken, "--format", "html", "-o", target)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "2 problems; nothing was written." in result.stderr
    assert not target.exists()


def test_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    result = run("plan", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "there is no such folder; termwise new makes one" in result.stderr


def test_a_promise_that_can_not_be_kept_exits_with_3_and_prints_a_plan(
    copy_example: Copy,
) -> None:
    folder = copy_example("hillside")
    file = folder / "school.yaml"
    promise = "- {intervention: middle-leader-development, by: 2026-09-30, because: We said so.}"
    text = file.read_text("utf-8").replace("\nmust:\n", f"\nmust:\n{promise}\n")
    file.write_text(text, "utf-8")
    result = run("plan", folder, "--format", "json")
    assert result.exit_code == 3
    assert "These can't all hold together:" in result.stderr
    plan = Plan.model_validate_json(result.stdout)
    assert plan.steps
    told, _, ways = result.stderr.partition("Ways out, the cheapest first:\n")
    assert [line[2:] for line in told.splitlines()[1:]] == list(plan.conflict)
    assert [line[2:] for line in ways.splitlines()] == [way.words for way in plan.ways_out]
    assert plan.ways_out


# --- why, why-not, money


def test_why_tells_of_a_step_in_text_and_json() -> None:
    text = well("why", LITTLE_FEN, "accelerating-progress-start")
    answer = WhyStep.model_validate_json(
        well("why", LITTLE_FEN, "accelerating-progress-start", "--format", "json")
    )
    flat = " ".join(text.split())
    assert answer.step == "accelerating-progress-start"
    assert all(" ".join(line.split()) in flat for line in answer.why_here)
    assert answer.without is not None
    assert " ".join(answer.without.words.removesuffix(".").split()) in flat
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_why_not_tells_of_what_is_left_out_in_text_and_json() -> None:
    text = well("why-not", LITTLE_FEN, "family-engagement")
    answer = WhyNot.model_validate_json(
        well("why-not", LITTLE_FEN, "family-engagement", "--format", "json")
    )
    flat = " ".join(text.split())
    assert answer.kind == "no-room"
    assert " ".join(answer.reason.removesuffix(".").split()) in flat
    assert all(line in flat for line in answer.beside)


@pytest.mark.parametrize(
    ("command", "name", "told"),
    [
        ("why", "coaching-cycles", "No rule asks for it in this school"),
        ("why-not", "accelerating-progress-start", "is in the plan: ask termwise why"),
        ("why", "strand-leeds", "there is no step, priority, intervention or pupil “strand-leeds”"),
        ("why-not", "strand-leeds", "did you mean “strand-leads"),
    ],
)
def test_what_is_asked_wrongly_is_told_in_a_sentence(command: str, name: str, told: str) -> None:
    result = run(command, LITTLE_FEN, name)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert told in result.stderr
    assert "Traceback" not in result.output


@pytest.fixture(scope="module")
def bought(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    target = tmp_path_factory.mktemp("money") / "money.html"
    reports: list[MoneyReport] = []

    def once(advice: Advice) -> MoneyReport:
        if not reports:
            reports.append(money(advice))
        return reports[0]

    with mock.patch("termwise.engine.explain.money", once):
        told = well("money", LITTLE_FEN, "--format", "html", "-o", target)
        assert str(target) in told
        return {
            "html": target.read_text("utf-8"),
            "json": well("money", LITTLE_FEN, "--format", "json"),
        }


def test_money_is_told_in_each_form(bought: dict[str, str]) -> None:
    report = MoneyReport.model_validate_json(bought["json"])
    assert report.school.id == "little-fen"
    assert "Little Fen Primary School" in bought["html"]
    assert "<svg" in bought["html"]
    assert "<script" not in bought["html"].lower()
    for step in report.steps:
        assert step.title in unescape(bought["html"])


@pytest.mark.parametrize("command", ["why", "why-not", "change", "missing", "firm", "money"])
def test_a_broken_folder_is_not_answered(command: str, broken: Path) -> None:
    asks = command in ("why", "why-not", "change")
    words = [command, str(broken)] + (["governor-development"] if asks else [])
    result = run(*words)
    assert result.exit_code == 1
    assert result.stdout == ""
    writes = "; nothing was written" if command == "money" else ""
    assert result.stderr.splitlines()[-1] == f"2 problems{writes}."


@pytest.mark.parametrize("command", ["check", "test", "coverage"])
def test_rules_of_another_folder_are_put_to_the_test(command: str, tmp_path: Path) -> None:
    for part in ("rules", "knowledge"):
        shutil.copytree(CONTENT / part, tmp_path / part)
    rule = next(
        path
        for path in sorted((tmp_path / "rules" / "base" / "recommend").rglob("*.yaml"))
        if path.read_text("utf-8").count("expect: fires") > 1
    )
    text = rule.read_text("utf-8")
    rule.write_text(text.replace("expect: fires", "expect: unknown", 1), "utf-8")
    result = run("rules", command, "--content", tmp_path)
    assert result.exit_code == 1
    assert f"{rule.name}:" in result.output and "expected: unknown" in result.output


@pytest.mark.parametrize("command", ["check", "test", "coverage"])
@pytest.mark.parametrize("holds", [None, (), ("rules",), ("rules", "knowledge/base")])
def test_what_is_no_content_is_told_in_a_sentence(
    command: str, holds: tuple[str, ...] | None, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    for part in ("", *holds) if holds is not None else ():
        (folder / part).mkdir(parents=True, exist_ok=True)
    result = run("rules", command, "--content", folder)
    assert isinstance(result.exception, SystemExit)
    assert (result.exit_code, result.stdout) == (1, "")
    (told,) = result.stderr.splitlines()
    assert str(folder) in told and len(told.split()) > 5
    with pytest.raises(TermwiseError):
        load_library(root=str(folder))


def test_content_without_one_of_its_files_is_told_in_a_sentence(tmp_path: Path) -> None:
    for part in ("rules", "knowledge"):
        shutil.copytree(CONTENT / part, tmp_path / part)
    assert load_library(root=str(tmp_path)).rules == load_library().rules
    (tmp_path / "knowledge" / "base" / "evidence" / "eef-toolkit.csv").unlink()
    with pytest.raises(TermwiseError, match=r"eef-toolkit\.csv:1:1: is missing"):
        load_library(root=tmp_path)


def test_a_command_that_makes_no_plan_does_not_load_the_solver(tmp_path: Path) -> None:
    folder = shutil.copytree(LITTLE_FEN, tmp_path / "school")  # data makes a key in it
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from termwise.cli import main\n"
        "for words in (['rules', 'list'], ['rules', 'show', 'SHP-06'], ['knowledge', 'list'],\n"
        "              ['check', sys.argv[1]], ['schema', 'plan'], ['data', sys.argv[1]]):\n"
        "    result = CliRunner().invoke(main, words)\n"
        "    assert result.exit_code == 0, (words, result.output)\n"
        "    loaded = sorted({'ortools', 'pandas'} & set(sys.modules))\n"
        "    assert not loaded, (words, loaded)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


# --- check


def test_check_says_that_nothing_is_wrong() -> None:
    told = well("check", HILLSIDE)
    assert "Hillside Primary School: nothing is wrong." in told
    assert "pupils.csv" in told


def test_check_tells_every_problem_with_its_place(broken: Path) -> None:
    before = {path.name: path.read_bytes() for path in broken.iterdir()}
    result = run("check", broken)
    assert result.exit_code == 1
    assert result.stdout == ""
    *problems, count = result.stderr.splitlines()
    assert len(problems) == 2
    assert all(re.match(r"cqa\.yaml:\d+:\d+: ", problem) for problem in problems)
    assert count == "2 problems."
    assert {path.name: path.read_bytes() for path in broken.iterdir()} == before


def test_check_tells_the_same_problems_as_json(broken: Path) -> None:
    result = run("check", broken, "--format", "json")
    assert result.exit_code == 1
    rows = json.loads(result.stdout)
    assert [row["file"] for row in rows] == ["cqa.yaml", "cqa.yaml"]
    assert all(row["line"] > 0 and row["column"] > 0 and row["problem"] for row in rows)


def test_check_as_json_lists_the_files_that_were_read() -> None:
    rows = json.loads(well("check", HILLSIDE, "--format", "json"))
    assert {row["file"] for row in rows} == {
        *("school.yaml", "cqa.yaml", "staff.yaml", "pupils.csv", "skills.csv")
    }


# --- rules and knowledge


@pytest.mark.parametrize(("group", "least"), [("rules", 70), ("knowledge", 50)])
def test_everything_is_listed(group: str, least: int) -> None:
    rows = json.loads(well(group, "list", "--format", "json"))
    assert len(rows) >= least
    assert len({row["id"] for row in rows}) == len(rows)
    table = well(group, "list")
    assert all(row["id"] in table for row in rows)
    assert f"{len(rows)} in all" in table


@pytest.mark.parametrize("group", ["rules", "knowledge"])
def test_each_of_the_list_can_be_shown(group: str) -> None:
    rows = json.loads(well(group, "list", "--format", "json"))
    for row in rows[:: len(rows) // 5]:
        assert row["title"] in well(group, "show", row["id"])
        assert json.loads(well(group, "show", row["id"], "--format", "json"))["id"] == row["id"]


@pytest.mark.parametrize(
    ("group", "name", "near"),
    [("rules", "LEDD-15", "LED-15"), ("knowledge", "strand-leeds", "strand-leads")],
)
def test_an_unknown_name_is_told_with_the_near_one(group: str, name: str, near: str) -> None:
    result = run(group, "show", name)
    assert result.exit_code == 1
    assert f"“{name}”; did you mean “{near}" in result.stderr
    assert "Traceback" not in result.output


def test_the_rules_check_themselves() -> None:
    assert "all well" in well("rules", "check")


def test_the_graph_of_the_knowledge_holds_its_prerequisites() -> None:
    rows = json.loads(well("knowledge", "graph", "--format", "json"))
    edge = {"first": "strand-leads", "then": "middle-leader-development", "kind": "requires"}
    assert edge in rows


# --- schema and doctor


@pytest.mark.parametrize(
    "name",
    [
        "school",
        "cqa",
        "staff",
        "rule",
        "intervention",
        "skills",
        "plan",
        "issued",
        "changes",
        "replanned",
        "progress",
    ]
    + ["pupils"],
)
def test_each_schema_is_an_object_with_properties(name: str) -> None:
    schema = json.loads(well("schema", name))
    assert schema["type"] == "object"
    assert schema["properties"]


def test_the_doctor_says_what_is_in_use() -> None:
    rows = {row["what"]: row["is"] for row in json.loads(well("doctor", "--format", "json"))}
    assert rows["termwise"] == VERSION
    assert "CP-SAT" in rows["solver in use"]
    assert rows["rule engine in use"]
    assert rows["ortools"] != "missing"
    assert "solver in use" in well("doctor")


def test_the_version_is_told() -> None:
    assert well("--version") == f"termwise, version {VERSION}\n"


# --- new


def test_a_new_folder_is_right_and_can_be_planned(tmp_path: Path) -> None:
    folder = tmp_path / "my-school"
    assert "termwise check" in well("new", folder)
    files = {
        *["school.yaml", "cqa.yaml", "staff.yaml", "overrides.yaml", "pupils.csv", ".gitignore"]
    }
    assert {path.name for path in folder.iterdir()} == files
    assert "Still to be filled in" in well("check", folder)
    assert "My School" in well("plan", folder)


def test_a_new_folder_explains_every_indicator_and_role(tmp_path: Path) -> None:
    well("new", tmp_path / "my-school")
    school = (tmp_path / "my-school" / "school.yaml").read_text("utf-8")
    staff = (tmp_path / "my-school" / "staff.yaml").read_text("utf-8")
    assert "head_years_in_post" in school
    assert "#   senco:" in staff


def test_new_leaves_a_folder_alone_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    result = run("new", tmp_path)
    assert result.exit_code == 2
    assert "not an empty folder" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_new_leaves_a_file_alone(tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("mine", "utf-8")
    result = run("new", file)
    assert result.exit_code in (1, 2)
    assert isinstance(result.exception, SystemExit)
    assert file.read_text("utf-8") == "mine"
