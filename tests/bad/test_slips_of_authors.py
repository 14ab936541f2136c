"""What authors who know schools and Excel write first, and the message that helps them."""

from __future__ import annotations

from pathlib import Path

import pytest

from termwise.engine.core.errors import ContentError, Place
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.pack_folders import FolderAsked, PacksAsked

pytestmark = pytest.mark.usefixtures("documents_once")
HEAD = "id: ours\ntitle: Ours\nversion: '2026.1'\nowner: us\nlicence: ours\n"
RULE = """id: OURS-01
title: Many are away
status: draft
owner: content-editor
review_by: 2027-09-01
since: "2026.1"
about: school
when: {indicator: %s, %s}
because: Something was found.
why: It matters.
recommend: [{intervention: %s, strength: strong}]
limits: Where it is not so.
sources: [house]
examples:
- {say: Many, given: {absence: 10}, expect: fires}
- {say: Few, given: {absence: 2}, expect: silent}
"""
GOOD = ("absence", "at_least: {threshold: absence_high}", "attendance-improvement")


def told(folder: Path, rule: tuple[str, str, str] = GOOD, replaces: str = "") -> list[str]:
    (folder / "rules" / "recommend").mkdir(parents=True)
    (folder / "pack.yaml").write_text(HEAD + replaces)
    (folder / "rules" / "recommend" / "away.yaml").write_text(RULE % rule)
    trust = FolderAsked(folder, folder.name, Place("school.yaml"))
    try:
        load_library(asked=PacksAsked(trust=trust))
    except ContentError as error:
        return [f"{one.what}; {one.hint}" for one in error.problems]
    return []


def test_the_rule_without_a_slip_is_right(tmp_path: Path) -> None:
    assert told(tmp_path / "p") == []


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (("absence", "over: 8", GOOD[2]), "unknown key “over”; write “above:”"),
        (("absence", "under: 8", GOOD[2]), "unknown key “under”; write “below:”"),
        (("Overall absence", *GOOD[1:]), "such as absence_high; a title is no id"),
        (
            (GOOD[0], GOOD[1], "Attendance improvement, reason by reason"),
            "must be lower-case words joined by hyphens",
        ),
    ],
)
def test_a_slip_in_a_rule_is_told_with_what_to_write(
    tmp_path: Path, rule: tuple[str, str, str], says: str
) -> None:
    found = told(tmp_path / "p", rule)
    assert any(says in one for one in found), found


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("66,7", "write 66.7, with a point"),
        ('"£3,000"', "write 3000, the digits alone"),
        ('"12"', "take the quotes away"),
        ("about 7", "write the digits alone"),
    ],
)
def test_a_figure_as_it_stands_in_a_spreadsheet_is_told_as_it_has_to_be(
    tmp_path: Path, value: str, says: str
) -> None:
    replaces = (
        f"replaces:\n- kind: threshold\n  id: small_roll\n  value: {value}\n  because: ours\n"
    )
    found = told(tmp_path / "p", GOOD, replaces)
    assert any(says in one for one in found), found


def test_a_title_in_place_of_an_id_is_told_with_the_id(tmp_path: Path) -> None:
    title = load_library().thresholds["small_roll"].title
    replaces = f"replaces:\n- {{kind: threshold, id: {title}, value: 8, because: ours}}\n"
    [found] = told(tmp_path / "p", GOOD, replaces)
    assert found.endswith("that is its title; its id is “small_roll”")
