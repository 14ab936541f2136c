"""What the commands say of a school holds when it is tried on a copy of its files; tools/statements tries more."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def test_a_way_out_of_too_much_promised_is_enough_and_nothing_less_is(tmp_path: Path) -> None:
    ways = sampled(made("too-much", tmp_path), SEED, 1, ("way out",))
    assert [one.settle() for one in ways] == [("true", "")]


def test_a_statement_that_is_wrong_proves_false(folder: Folder) -> None:
    """The trial itself can fail: the same answer with other figures doesn't hold."""
    one = next(iter(sampled(folder, SEED, 1, ("why: without",))))
    said = folder.ask("why", one.about)["without"]
    said["value_lost"] += 1
    said["possible"] = True
    verdict, why = Statement(one.kind, one.school, one.about, one.trial).settle()
    said["value_lost"] -= 1
    assert verdict == "false", why
