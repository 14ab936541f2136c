"""A review tells how much was seen, how pupils moved and what of it error explains."""

from __future__ import annotations

import datetime

import pytest

from termwise.engine.documents import review_words
from termwise.engine.documents.review_words import (
    change,
    counted_states,
    group,
    is_otherwise,
    of_pupil,
)
from termwise.engine.review.model import Fidelity, GroupMoved, Ingredient, PupilMoved, SkillRef

MOVED = GroupMoved(
    who="4B",
    measure="judgement",
    pupils=12,
    judgements=20,
    joined=2,
    left=1,
    change=0.5,
    error=0.254,
    by_itself=-0.1,
    moved="gained",
)
PUPIL = PupilMoved.model_validate(
    {
        "ref": "AB12",
        "year": "4",
        "class": "4B",
        "subject": "maths",
        "then": "at-risk",
        "now": "at-risk",
        "moved": "within-error",
    }
)


def test_what_nobody_looked_at_is_not_said_to_be_unseen() -> None:
    parts = tuple(Ingredient(number=n, what="x", seen=n == 1) for n in (1, 2))
    seen = Fidelity(share=50, on=datetime.date(2027, 1, 9), by=None, ingredients=parts, signs=())
    assert review_words.carried_out(seen).startswith("1 of 2 seen (9 Jan")
    unseen = seen.model_copy(update={"on": None})
    assert review_words.carried_out(unseen) == "nobody has looked"


@pytest.mark.parametrize(
    ("value", "told"), [(0.5, "+0.50 bands"), (-0.5, "−0.50 bands"), (0, "0 bands")]
)
def test_a_change_has_its_sign_its_unit_and_its_error(value: float, told: str) -> None:
    found = change(MOVED.model_copy(update={"change": value}))
    assert found == f"{told} (error ±0.25): more than error alone explains"
    assert " points (" in change(MOVED.model_copy(update={"measure": "score"}))


def test_who_came_and_went_is_left_out_and_said_so() -> None:
    assert group(MOVED, True).endswith(
        "explains; −0.10 would be expected of them by themselves. 2 joined and 1 left or were not "
        "judged and are left out."
    )
    stayed = MOVED.model_copy(update={"joined": 0, "left": 0})
    assert group(stayed, False) == f"12 pupils, {change(stayed)}."


def test_the_first_state_is_counted_among_all() -> None:
    then, now = {"at-risk": 3, "on-track": 7}, {"at-risk": 1, "on-track": 8}
    assert counted_states(then, now) == "3 of 10, now 1 of 9"


def test_a_pupil_is_otherwise_by_state_by_change_or_by_what_is_secure() -> None:
    assert not is_otherwise(PUPIL)
    skill = (SkillRef(skill="N1", title="Counts"),)
    for update in ({"now": "on-track"}, {"moved": "fell"}, {"moved": None}, {"secured": skill}):
        assert is_otherwise(PUPIL.model_copy(update=update))
    told = of_pupil(PUPIL.model_copy(update={"then": None, "going_on": skill}))
    assert told == ("AB12", "maths", "not judged", "at risk", "within the error", "–", "N1 Counts")
