"""Evidence of the audit: the note and where it was seen are two things, and a plan tells both in one line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from termwise.engine.advise import Advice
from termwise.engine.documents.builders.view_summary import summary_view
from termwise.engine.documents.tree import Document, Section, Table, plain
from termwise.engine.library import Library
from termwise.engine.planning.evidence_seen import EvidenceSeen, evidence_seen, notes_alone
from termwise.engine.school.school import School


def test_concerns_come_before_what_has_no_code_and_strengths_last(
    hillside: School, library: Library
) -> None:
    for strand, question in hillside.cqa.questions.items():
        codes = {one.note: (one.concern, one.strength) for one in question.evidence}
        order = [
            2 if codes[one.note][1] else 0 if codes[one.note][0] else 1
            for one in evidence_seen(strand, hillside, library)
        ]
        assert order == sorted(order) and len(order) == len(question.evidence)


def test_the_note_is_found_by_what_a_plan_tells(all_advice: dict[str, Advice]) -> None:
    advice = all_advice["hillside"]
    alone = notes_alone(advice.school, advice.library)
    told = [line for one in advice.plan.priorities for line in one.evidence]
    assert told and all(line.startswith(f"{alone[line]} (") for line in told)


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (
            EvidenceSeen("Much copying (by all) " + 6 * "in each lesson " + "seen.", "a walk"),
            "note",
        ),
        (EvidenceSeen("Little copying (so).", "a walk"), "words"),
    ],
)
def test_a_summary_drops_where_it_was_seen_only_where_there_is_no_room(
    seen: EvidenceSeen, told: str, all_advice: dict[str, Advice]
) -> None:
    whole = seen.words + (" round the school" * 3 if told == "note" else "")
    plan = all_advice["hillside"].plan
    first = plan.priorities[0].model_copy(update={"why": "", "evidence": (whole,)})
    document = summary_view(
        plan.model_copy(update={"priorities": (first,)}), {}, {whole: seen.note}
    )
    assert getattr(seen, told) in list(_cells(document))


def _cells(document: Document) -> Iterator[str]:
    for section in document.blocks:
        if isinstance(section, Section) and section.name == "priorities":
            for table in section.blocks:
                assert isinstance(table, Table)
                yield from (plain(cell) for row in table.rows for cell in row.cells)
