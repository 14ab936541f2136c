"""The documents say what is so: their examples run, their links lead somewhere, their lists are whole."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import tomllib
from typing import Any

import pytest

from termwise.engine.advise import Advice
from termwise.engine.documents.answers import rendered
from termwise.engine.explain.why_in_plan import why, why_not
from tests.document_samples import holds_in_order, samples
from tests.places import ROOT

DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md")),
]
pytestmark = pytest.mark.skipif(
    not (ROOT / "docs").exists(), reason="the documents are in a checkout only"
)
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_the_examples_of_the_scheduler_print_what_is_shown() -> None:
    known: dict[str, Any] = {}
    said = ""
    for kind, block in BLOCK.findall((ROOT / "docs" / "scheduling.md").read_text("utf-8")):
        if kind == "text":
            assert said == block
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(block, known)
        said = printed.getvalue()


@pytest.mark.parametrize("name", ["planning.md", "questions.md"])
def test_the_answers_in_the_documents_are_those_that_are_given(
    name: str, all_advice: dict[str, Advice]
) -> None:
    asked = 0
    for command, parts in samples(name):
        _, asks, folder, *words = shlex.split(command)
        if asks == "money":
            continue  # planned anew some thirty times: tests/explain/test_budget_analysis.py
        advice = all_advice[folder.removeprefix("examples/")]
        answer = why(advice, words[0]) if asks == "why" else why_not(advice, words[0], *words[2:])
        holds_in_order(parts, rendered(answer, "text"), command)
        asked += 1
    assert asked > 1


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_links_lead_somewhere(name: str) -> None:
    file = ROOT / name
    links = re.findall(r"\]\((?!https?:)([^)#]+)", file.read_text("utf-8"))
    assert [link for link in links if not (file.parent / link).exists()] == []


def test_the_readme_is_one_page() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 80


def test_the_layers_for_contributors_are_those_that_are_checked() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    listed = re.search(r"^engine/\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert listed is not None
    lines = re.findall(r"^  (\S.*)$", listed[1], re.MULTILINE)
    layers = [line.split("  ")[0].replace("/", "").strip() for line in lines]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (contract,) = [
        c for c in settings["tool"]["importlinter"]["contracts"] if c["type"] == "layers"
    ]
    assert layers == contract["layers"]
