"""What a school decides about advice is whole: what is adapted says how, and nothing else does."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from termwise.engine.library.decision import Override

DECIDED = {"intervention": "coaching-cycles", "reason": "-".join("done"), "role": "headteacher"}
DECIDED |= {"on": "2026-09-10"}


def override(decision: str, **more: Any) -> Override:
    return Override.model_validate(DECIDED | {"decision": decision, **more})


def test_what_is_accepted_or_refused_changes_nothing_else() -> None:
    assert override("accept").changes == override("refuse").changes == (None, None, None, None)


@pytest.mark.parametrize(
    ("change", "value"),
    [("form", "light"), ("lead", "senco"), ("not_before", "2026-09-01"), ("by", "2026-09-10")],
)
def test_one_change_is_enough_to_adapt(change: str, value: str) -> None:
    assert [one for one in override("adapt", **{change: value}).changes if one is not None]
    with pytest.raises(ValidationError, match=f"{change}: is for what is adapted"):
        override("accept", **{change: value})


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({}, "changes nothing"),
        ({"by": "2026-09-09"}, "before it was decided"),
        ({"not_before": "2026-10-02", "by": "2026-10-01"}, "by: is before not_before"),
        ({"form": "heavy"}, "light"),
    ],
)
def test_what_contradicts_itself_is_refused(more: dict[str, str], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        override("adapt", **more)


def test_a_window_of_one_day_is_one() -> None:
    one = override("adapt", not_before="2026-10-01", by="2026-10-01")
    assert one.not_before == one.by
