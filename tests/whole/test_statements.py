"""What the commands say of a school holds when it is tried on a copy of its files; tools/statements tries more."""

from __future__ import annotations

import pytest

from termwise.engine.documents.answers import rendered
from termwise.engine.planning.model import Plan
from tests.document_samples import after, holds_in_order
from tests.places import ROOT
from tests.statement_schools import made
from tests.statements import Folder, Statement, sampled

SEED = 16
KINDS = ("firm", "why: without", "why-not: instead")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return made("little-fen", tmp_path_factory.mktemp("statements"))


def test_nothing_that_is_said_of_a_school_proves_false(folder: Folder) -> None:
    told = [(one, *one.settle()) for one in sampled(folder, SEED, len(KINDS), KINDS)]
    assert {one.kind for one, verdict, _ in told if verdict == "true"} >= {"firm", "why: without"}
    assert [(one.kind, one.about, why) for one, verdict, why in told if verdict == "false"] == []


@pytest.fixture(scope="module")
def too_much(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return made("too-much", tmp_path_factory.mktemp("promised"))


def test_a_way_out_of_too_much_promised_is_enough_and_nothing_less_is(too_much: Folder) -> None:
    ways = sampled(too_much, SEED, 1, ("way out",))
    assert [one.settle() for one in ways] == [("true", "")]


@pytest.mark.skipif(not (ROOT / "docs").exists(), reason="the documents are in a checkout only")
def test_the_conflict_in_the_document_is_the_one_that_is_told(too_much: Folder) -> None:
    parts = after("moderation by 20 October:", "planning.md")
    text = rendered(Plan.model_validate(too_much.plan), "text")
    holds_in_order(parts, text, "termwise plan")


def test_a_statement_that_is_wrong_proves_false(folder: Folder) -> None:
    """The trial itself can fail: the same answer with other figures doesn't hold."""
    one = next(iter(sampled(folder, SEED, 1, ("why: without",))))
    said = folder.ask("why", one.about)["without"]
    said["value_lost"] += 1
    said["possible"] = True
    verdict, why = Statement(one.kind, one.school, one.about, one.trial).settle()
    said["value_lost"] -= 1
    assert verdict == "false", why
