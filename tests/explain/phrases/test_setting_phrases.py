"""What is set is told by the indicator that stands under its path."""

from __future__ import annotations

from dataclasses import replace

import pytest

from termwise.engine.advise import Advice
from termwise.engine.explain.phrases.setting_phrases import in_words
from termwise.engine.school.setting import Setting


def title(advice: Advice, *words: str, now: object = None) -> tuple[str, str]:
    [told] = in_words([Setting("said", words, (None,), now)], advice, advice)
    return told.title, told.now


@pytest.fixture
def advice(all_advice: dict[str, Advice]) -> Advice:
    return all_advice["hillside"]


@pytest.mark.parametrize(
    ("key", "indicator"),
    [
        ("judgement", "judgement"),
        ("school", "school_judgement"),
        ("adviser", "adviser_judgement"),
    ],
)
def test_a_grade_of_a_question_is_told_by_its_indicator_and_its_scale(
    advice: Advice, key: str, indicator: str
) -> None:
    strand = next(iter(advice.library.strands))
    grade = advice.school.scales["judgement"].grades[1]
    told, now = title(advice, "questions", strand, key, now=grade.id)
    assert told.startswith(advice.library.indicators[indicator].title)
    assert advice.library.strands[strand].title in told
    assert now == grade.title


def test_a_profile_is_a_grade_of_teaching_and_a_target_one_of_judgement(advice: Advice) -> None:
    for words, scale in (
        (("people", "somebody", "profile"), "teaching"),
        (("priorities", "0", "target"), "judgement"),
    ):
        grade = advice.school.scales[scale].grades[0]
        assert title(advice, *words, now=grade.id)[1] == grade.title


def test_the_key_of_a_grade_is_data(advice: Advice) -> None:
    known = advice.library.indicators
    other = known["school_judgement"].model_copy(update={"written_as": ("own_view",)})
    library = replace(advice.library, indicators={**known, "school_judgement": other})
    strand = next(iter(library.strands))
    told, _ = title(replace(advice, library=library), "questions", strand, "own_view")
    assert told.startswith(known["school_judgement"].title)
