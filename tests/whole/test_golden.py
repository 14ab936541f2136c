"""No output of the example schools changes but in a commit that writes the hashes anew and says why."""

from __future__ import annotations

import re

import pytest

from termwise.engine.advise import Advice
from termwise.engine.library.loader import Library
from tests import golden_outputs as golden

ONE_IN = 6
"""Of the questions that are planned anew every so many is asked here; tools/golden asks them all, and plans
three years of each school."""


@pytest.mark.parametrize("school", golden.SCHOOLS)
def test_every_output_of_an_example_is_what_it_was(
    school: str, library: Library, all_advice: dict[str, Advice]
) -> None:
    found = {
        name: golden.hashed(text)
        for name, text in golden.outputs(school, library, all_advice[school], ONE_IN)
    }
    asked = re.compile(rf"{school}/(why-|change-|what-if-)|{golden.LONGEST}/plan-3-years")
    written = {
        name: digest
        for name, digest in golden.written_hashes().items()
        if name in found or (name.startswith(f"{school}/") and not asked.match(name))
    }
    told = golden.differences(found, written)
    assert not told, "\n".join([*told, "intended? tools/golden --write, in a commit that says why"])


@pytest.mark.parametrize("school", golden.SCHOOLS)
def test_the_plan_of_an_example_is_what_it_was(school: str, all_advice: dict[str, Advice]) -> None:
    written = golden.written_hashes()
    for name, text in golden.plan_outputs("plan", all_advice[school]):
        assert golden.hashed(text) == written[f"{school}/{name}"], name


def test_an_output_that_is_otherwise_new_or_gone_is_named() -> None:
    assert golden.differences({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"}) == [
        "otherwise: b",
        "gone: c",
    ]
    assert golden.differences({"a": "1"}, {}) == ["new: a"]
