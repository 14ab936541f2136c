"""Of the entries of overrides.yaml what fits is kept, so that all that is wrong is told at once."""

from __future__ import annotations

from termwise.engine.core.errors import Mistake
from termwise.engine.core.yaml_source.parse import parse_yaml
from termwise.engine.library.decision import Override
from termwise.engine.library.loader import Library
from termwise.engine.school.checks.decision_entries import (
    OVERRIDES,
    Entry,
    decided,
    read_overrides,
)
from termwise.engine.school.checks.folder_checks import Checks

WHOLE = """- intervention: coaching-cycles
  decision: refuse
  reason: {reason}
  role: headteacher
  on: 2026-09-10
"""


def read(library: Library, text: str) -> tuple[list[tuple[int, Override]], list[str], Checks]:
    problems: list[Mistake] = []
    document = parse_yaml(text, OVERRIDES, problems)
    assert document is not None
    checks = Checks(library, {OVERRIDES: document}, problems)
    found = [(int(path[0]), given) for path, given in read_overrides(document, checks)]
    return found, [f"{one.place.line}: {one.what}" for one in problems], checks


def reason(library: Library) -> str:
    return next(r.id for r in library.override_reasons.values() if "refuse" in r.for_)


def test_a_whole_entry_is_read_and_its_titles_are_told(library: Library) -> None:
    found, told, checks = read(library, WHOLE.format(reason=reason(library)))
    [(index, given)] = found
    assert (index, given.intervention, told) == (0, "coaching-cycles", [])
    [one] = decided(tuple(((index,), given) for index, given in found), checks)
    assert one.reason == library.override_reasons[given.reason].title
    assert one.role == library.roles["headteacher"].title


def test_an_entry_of_which_a_part_does_not_fit_is_there_without_it(library: Library) -> None:
    text = WHOLE.format(reason="x").replace("decision: refuse", "decision: perhaps\n  for: [Wren]")
    [(_, given)], told, _ = read(library, text)
    item = library.interventions["coaching-cycles"]
    entry = Entry((0,), given, item)
    said = given.model_dump()
    assert (said["decision"], said["intervention"], said["for_"]) == (None, item.id, ("Wren",))
    assert not entry.whole and entry.targets == {"Wren"}
    assert len(told) == 1 and told[0].startswith("2: ")


def test_what_is_left_out_of_an_entry_is_nothing_in_it(library: Library) -> None:
    [(_, given)], told, _ = read(library, "- intervention: coaching-cycles\n")
    said = given.model_dump()
    assert {said[key] for key in ("decision", "reason", "role", "on", "note")} == {None}
    assert len(told) == 4


def test_an_empty_entry_is_told_and_the_others_keep_their_places(library: Library) -> None:
    found, told, _ = read(library, "-\n" + WHOLE.format(reason=reason(library)))
    assert [index for index, _ in found] == [1] and told == ["1: is empty"]


def test_a_file_that_is_no_list_is_told(library: Library) -> None:
    assert read(library, "coaching-cycles: refuse\n")[:2] == ([], ["1: must be a list"])
