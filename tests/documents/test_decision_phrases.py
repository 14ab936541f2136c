"""A decision is told in one breath, and whether rules still give that advice."""

from __future__ import annotations

import datetime

import pytest

from termwise.engine.documents.decision_phrases import because, left_out_words, short
from termwise.engine.planning.model import LeftOut, Overridden

ITEM = Overridden(
    intervention="coaching-cycles",
    title="Coaching",
    decision="accept",
    reason="it builds on what we have.",
    role="Headteacher",
    on=datetime.date(2026, 9, 4),
    note=None,
    target="",
    changes=(),
    asked=True,
    rules=("RAF-01",),
    words="",
)


@pytest.mark.parametrize(
    ("decision", "asked", "told"),
    [
        ("accept", True, "accepted by the Headteacher on 4 September 2026"),
        (
            "adapt",
            False,
            "accepted with changes by the Headteacher on 4 September 2026, and no rule asks",
        ),
        (
            "refuse",
            True,
            "refused by the Headteacher on 4 September 2026, and rules still ask for it",
        ),
        (
            "refuse",
            False,
            "refused by the Headteacher on 4 September 2026, and no rule asks for it now",
        ),
    ],
)
def test_only_what_rules_say_against_a_decision_is_told(
    decision: str, asked: bool, told: str
) -> None:
    found = short(ITEM.model_copy(update={"decision": decision, "asked": asked}))
    assert found.startswith(told) and ("rule" in found) is ("rule" in told)


def test_the_reason_and_the_note_end_with_one_full_stop() -> None:
    assert because(ITEM) == "The reason: it builds on what we have."
    noted = ITEM.model_copy(update={"note": "Ask again."})
    assert because(noted) == "The reason: it builds on what we have. Ask again."


def test_what_was_decided_follows_the_reason_something_is_left_out() -> None:
    item = LeftOut.model_construct(reason="Refused.", decided="")  # type: ignore[call-arg]
    assert left_out_words(item) == "Refused."
    assert (
        left_out_words(item.model_copy(update={"decided": "By the head."}))
        == "Refused. By the head."
    )
