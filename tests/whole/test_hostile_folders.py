"""Folders spoiled by a seed: every command answers in sentences, in time, and gives nobody away."""

from __future__ import annotations

import datetime

import pytest

from tests import hostile_folders

TOGETHER = 100
SEED, CASES = 13, range(0, 500, TOGETHER)
OF_THE_DAY = datetime.datetime.now(datetime.UTC).date().toordinal()


@pytest.mark.parametrize(("seed", "first"), [*((SEED, first) for first in CASES), (OF_THE_DAY, 0)])
def test_no_spoiled_folder_is_too_much(seed: int, first: int) -> None:
    """The same folders each time, and others every day."""
    cases = (hostile_folders.run(seed, number) for number in range(first, first + TOGETHER))
    told = [str(case) for case in cases if case.faults]
    assert not told, "\n\n".join([*told, f"{len(told)} of {TOGETHER} cases"])


@pytest.mark.parametrize("example", hostile_folders.ONE_IN)
def test_the_folders_are_sound_before_they_are_spoiled(example: str) -> None:
    case = hostile_folders.run_unspoiled(example)
    assert case.faults == []
    # check asks where the pupils of the other classes are: the folders are cut to a few
    assert [told[-6:] for told in case.told] == ["exit 1", *["exit 0"] * (len(case.told) - 1)]
    assert "is on the scale “our-steps”" in case.told[0]
