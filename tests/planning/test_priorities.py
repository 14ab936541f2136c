"""What a priority says of itself in the plan."""

from __future__ import annotations

from termwise.engine.advise import Advice


def test_why_something_is_a_priority_begins_with_what_is_a_concern_and_ends_with_strengths(
    all_advice: dict[str, Advice],
) -> None:
    seen = 0
    for advice in all_advice.values():
        for priority in advice.plan.priorities:
            notes = advice.school.cqa.questions[priority.strand].evidence
            of = {
                note.note: "strength" if note.strength else "concern" if note.concern else ""
                for note in notes
            }
            kinds = [of[told.rpartition(" (")[0]] for told in priority.evidence]
            assert len(kinds) == len(notes)
            assert kinds == sorted(kinds, key=("concern", "", "strength").index)
            seen += {"concern", "strength"} <= set(kinds)
    assert seen
