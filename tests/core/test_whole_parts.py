"""A whole number is cut into whole parts that make it again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.core.whole_parts import parts_of


@given(st.integers(0, 999), st.lists(st.floats(0.5, 9), min_size=1, max_size=7))
def test_parts_make_the_whole_and_lie_within_one_of_their_share(
    amount: int, weights: list[float]
) -> None:
    named = {str(at): weight for at, weight in enumerate(weights)}
    parts = parts_of(amount, named)
    assert sum(parts.values()) == amount
    for name, weight in named.items():
        assert abs(parts[name] - amount * weight / sum(weights)) < 1


def test_what_has_no_weight_has_no_part() -> None:
    assert parts_of(5, {}) == parts_of(5, {"a": 0.0}) == {}
    assert parts_of(0, {"a": 1.0}) == {"a": 0}
