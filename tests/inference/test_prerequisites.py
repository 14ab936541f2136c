"""What needs an intervention, and what stands before what, is read off the prerequisites."""

from __future__ import annotations

import pytest

from termwise.engine.advise import Advice
from termwise.engine.inference.prerequisites import Dependencies


@pytest.fixture
def ties() -> Dependencies:
    return Dependencies(
        names=("base", "either", "led", "other", "partner"),
        requires=(("base", "led"), ("base", "other")),
        requires_any=((("base", "either"), "led"), (("base", "either"), "sole")),
        helped=(),
        later=(),
        together=(("base", "partner"), ("either", "other")),
        added={},
    )


def test_what_needs_something_is_named_once_those_that_require_it_first(ties: Dependencies) -> None:
    assert ties.dependants("base") == ["led", "other", "sole"]
    assert ties.dependants("either") == ["led", "sole"]
    assert ties.dependants("led") == []


def test_what_is_only_done_together_with_something_needs_it_too(ties: Dependencies) -> None:
    assert ties.needing("base") == ["led", "other", "sole", "partner"]
    assert ties.needing("partner") == ["base"]
    assert ties.needing("other") == ["either"]


def test_the_picture_leaves_out_what_follows_from_a_longer_way(ties: Dependencies) -> None:
    chain = Dependencies(
        names=("a", "b", "c"),
        requires=(("a", "b"), ("a", "c"), ("b", "c")),
        requires_any=(),
        helped=(),
        later=(),
        together=(),
        added={},
    )
    assert chain.drawing() == (("a", "b"), ("b", "c"))
    assert set(ties.edges) == {
        ("base", "led"),
        ("base", "other"),
        ("either", "led"),
        ("base", "sole"),
        ("either", "sole"),
    }


def test_the_longest_chain_goes_by_how_long_each_takes(ties: Dependencies) -> None:
    assert ties.longest_chain({"base": 1, "either": 5, "led": 1}) == ("either", "led")
    assert ties.longest_chain({"base": 5, "either": 1, "led": 1}) == ("base", "led")


def test_what_is_there_only_for_something_else_is_needed_by_it(
    all_advice: dict[str, Advice],
) -> None:
    every = [advice.dependencies for advice in all_advice.values()]
    assert any(ties.added for ties in every)
    for ties in every:
        for one, by in ties.added.items():
            assert by in ties.needing(one)
        order = {one: place for place, one in enumerate(ties.names)}
        assert all(order[before] < order[after] for before, after in ties.edges)
