"""Wherever content names an area, the programme's strand stands in its place, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from termwise.engine.library.strand_map import with_strands

STRANDS = {"teaching": "pedagogy", "support": "support"}


@pytest.mark.parametrize(
    ("data", "moved"),
    [
        ({"strand": "teaching"}, {"strand": "pedagogy"}),
        ({"title": "teaching"}, {"title": "teaching"}),
        (
            {"indicator": "judgement", "of": "teaching"},
            {"indicator": "judgement", "of": "pedagogy"},
        ),
        ({"indicator": "question", "is": "teaching"}, {"indicator": "question", "is": "pedagogy"}),
        (
            {"indicator": "question", "one_of": ["teaching", "other"]},
            {"indicator": "question", "one_of": ["pedagogy", "other"]},
        ),
        ({"indicator": "phase", "is": "teaching"}, {"indicator": "phase", "is": "teaching"}),
        ({"judgement of teaching": 2}, {"judgement of pedagogy": 2}),
        (["It is {judgement of teaching}."], ["It is {judgement of pedagogy}."]),
        (["The judgement of teaching."], ["The judgement of teaching."]),
    ],
)
def test_an_area_is_moved_only_where_one_is_named(data: Any, moved: Any) -> None:
    assert with_strands({"all": [data]}, STRANDS) == {"all": [moved]}


def test_where_areas_and_strands_are_the_same_the_data_are_left_alone() -> None:
    data = {"strand": "support"}
    assert with_strands(data, {"support": "support"}) is data
