"""A step is for the whole school, or for those its recommendation names."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from termwise.engine.planning.plan_record.target import target

SOLVED: Any = SimpleNamespace(
    school=SimpleNamespace(file=SimpleNamespace(school=SimpleNamespace(id="larch")))
)


def item(kind: str, *ids: str) -> Any:
    targets = [SimpleNamespace(id=one, label=f"Class {one}") for one in ids]
    return SimpleNamespace(intervention=SimpleNamespace(target=kind), targets=targets)


def test_what_names_nobody_is_for_the_whole_school() -> None:
    for one in (item("school", "4B"), item("class")):
        found = target(one, SOLVED)
        assert (found.kind, found.ids, found.words) == ("school", ("larch",), "the whole school")


def test_those_that_are_named_are_told_together() -> None:
    found = target(item("class", "4B", "5A"), SOLVED)
    assert (found.kind, found.ids, found.words) == ("class", ("4B", "5A"), "classes 4B and 5A")
