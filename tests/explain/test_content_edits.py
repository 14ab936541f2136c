"""What an edit of content does to a school: what is told is what planning again gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.explain.content_edits import RulesDiff, rules_diff
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import asked_with, load_school
from tests.places import EXAMPLES

HEAD = "id: ours\ntitle: Ours\nversion: '2026.1'\nowner: us\nlicence: ours\n"
EDITS = (
    "replaces:\n"
    "- {kind: threshold, id: small_roll, value: 40, because: We count otherwise.}\n"
    "- {kind: threshold, id: head_teaches_much, value: 70, because: We count otherwise.}\n"
    "retires:\n"
    "- {kind: rule, id: RPR-03, because: We look at plans otherwise.}\n"
)
FEN = EXAMPLES / "little-fen"


def load(name: str, folder: Path) -> Library:
    return load_library(asked=asked_with(folder, Path(name)))


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("packs")
    for name, says in (("old", ""), ("new", EDITS)):
        (folder / name).mkdir()
        (folder / name / "pack.yaml").write_text(HEAD + says)
    return str(folder / "old"), str(folder / "new")


@pytest.fixture(scope="module")
def found(packs: tuple[str, str]) -> RulesDiff:
    return rules_diff(*packs, [FEN], load)


def test_what_is_told_is_what_planning_again_gives(
    found: RulesDiff, packs: tuple[str, str], all_advice: dict[str, Advice]
) -> None:
    library = load(packs[1], FEN)
    now = advise(load_school(FEN, library), library).plan
    was = all_advice["little-fen"].plan
    old, new = ({step.id: step.starts for step in plan.steps} for plan in (was, now))
    [school] = found.schools
    told = {(one.step, one.how) for one in school.steps}
    gone, come = old.keys() - new.keys(), new.keys() - old.keys()
    moved = {name for name in old.keys() & new.keys() if old[name] != new[name]}
    assert told == (
        {(name, "gone") for name in gone}
        | {(name, "new") for name in come}
        | {(name, "moved") for name in moved}
    )
    assert school.pounds == tuple(
        sum(cost.pounds for step in plan.steps for cost in step.cost) for plan in (was, now)
    )


def test_each_change_of_advice_names_the_edit_it_came_through(found: RulesDiff) -> None:
    assert [(one.kind, one.id, one.how) for one in found.edits] == [
        ("rule", "RPR-03", "gone"),
        ("threshold", "head_teaches_much", "changed"),
        ("threshold", "small_roll", "changed"),
    ]
    [school] = found.schools
    through = {one.intervention: one.through for one in school.advice}
    assert "rule RPR-03" in through["termly-review"]
    assert "threshold head_teaches_much" in through["shared-leadership"]
    known = {f"{one.kind} {one.id}" for one in found.edits}
    assert all(set(one.through) <= known and one.through for one in school.advice)


def test_the_same_content_twice_says_that_nothing_is_otherwise(packs: tuple[str, str]) -> None:
    [school] = rules_diff(packs[0], packs[0], [FEN], load).schools
    assert school.same
