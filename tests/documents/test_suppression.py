"""Counts of pupils by which nobody is known."""

from __future__ import annotations

import pytest

from termwise.engine.documents.suppression import FEW, HIDDEN, suppressed


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([189, 34, 16], ["189", "34", "16"]),
        ([0, 34, 16], ["0", "34", "16"]),
        ([189, 5, 16], ["189", FEW, HIDDEN]),  # else 5 is all less the others
        ([4, 5, 16], [FEW, FEW, "16"]),
        ([1_200, 6], ["1,200", "6"]),
        ([3, 0, 0], [FEW, "0", "0"]),
        ([], []),
    ],
)
def test_a_small_count_is_not_told_nor_one_it_could_be_worked_out_from(
    counts: list[int], told: list[str]
) -> None:
    assert suppressed(counts) == told
