"""What is asked for is found by its id, its title or a part of one that is no other's."""

from __future__ import annotations

import pytest

from termwise.engine.advise import Advice
from termwise.engine.core.errors import TermwiseError, UnknownNameError
from termwise.engine.explain.name_lookup import called, meant

TITLES = {
    "reading-cycle": "Cycle of reading",
    "reading": "Reading aloud",
    "maths-talk": "Maths talk",
}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("reading", "reading"),
        ("READING ALOUD", "reading"),
        ("cycle", "reading-cycle"),
        (" Talk ", "maths-talk"),
    ],
)
def test_an_id_comes_before_a_title_and_a_title_before_a_part(name: str, found: str) -> None:
    assert called("intervention", name, TITLES) == found


def test_what_may_be_several_is_told_with_all_it_may_be() -> None:
    with pytest.raises(TermwiseError) as caught:
        called("intervention", "Reading a", {**TITLES, "other": "Reading at home"})
    assert "reading (“Reading aloud”)" in str(caught.value)
    assert "other (“Reading at home”)" in str(caught.value)


def test_what_is_not_there_is_told_with_what_is_called_nearly_so() -> None:
    with pytest.raises(UnknownNameError, match=r"did you mean “maths-talk”"):
        called("intervention", "maths-walk", TITLES)
    with pytest.raises(TermwiseError, match="nothing is asked about"):
        called("intervention", "  ", TITLES)


def test_a_text_like_a_persons_name_is_not_repeated() -> None:
    with pytest.raises(UnknownNameError) as caught:
        called("intervention", "Ada Made-Up", TITLES)
    assert "Ada" not in str(caught.value)


def test_what_is_in_the_plan_comes_before_what_is_not(all_advice: dict[str, Advice]) -> None:
    for advice in all_advice.values():
        planned = {step.id for step in advice.plan.steps}
        for name in advice.library.interventions:
            found = meant(advice, name)
            assert (found.kind, found.id) == ("step" if name in planned else "intervention", name)
        for priority in advice.plan.priorities:
            assert meant(advice, priority.strand).id == priority.id
