"""Which values an indicator can have is said in one place."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from termwise.engine.library.domains import few_values, is_possible, range_of

if TYPE_CHECKING:
    from tests.conftest import World


def test_a_grade_a_yes_or_no_and_a_declared_category_have_few_values(world: World) -> None:
    known = world.vocabulary.indicators
    assert few_values(known["grade"], world.vocabulary) == (0, 1, 2, 3)
    assert few_values(known["open"], world.vocabulary) == (False, True)
    hue = known["kind"].model_copy(update={"values": ("red", "blue")})
    assert few_values(hue, world.vocabulary) == ("red", "blue")
    assert few_values(known["size"], world.vocabulary) == ()


def test_a_figure_lies_within_what_is_declared_or_what_its_type_allows(world: World) -> None:
    size = world.vocabulary.indicators["size"].model_copy(update={"range": None})

    def of(kind: str) -> tuple[float, float]:
        return range_of(size.model_copy(update={"type": kind}))

    assert of("percent") == (0, 100)
    assert of("count") == (0, math.inf)
    assert of("pounds") == of("number") == (-math.inf, math.inf)
    assert range_of(size.model_copy(update={"range": (1, 7)})) == (1, 7)


def test_what_is_no_number_is_always_possible_and_a_grade_on_its_scale_only(world: World) -> None:
    known = world.vocabulary.indicators
    count = known["size"].model_copy(update={"range": None, "type": "count"})
    for value, possible in ((-1, False), (0, True), (True, True), ("a", True)):
        assert is_possible(value, count, world.vocabulary) is possible
    for rank, possible in ((-1, False), (0, True), (3, True), (4, False)):
        assert is_possible(rank, known["grade"], world.vocabulary) is possible
