"""Of each key those values are gone through that rules tell apart, and not being known."""

from __future__ import annotations

import pytest

from termwise.engine.assurance.static_analysis.indicator_domains import (
    IN,
    OUT,
    Values,
    _between,
    _points,
    is_number,
)
from termwise.engine.library.loader import Library
from termwise.engine.library.model import Indicator


def indicator(kind: str, low: float | None = None, high: float | None = None) -> Indicator:
    data = {"id": "x", "about": "school", "title": "x", "type": kind, "from": "school"}
    return Indicator.model_validate(data | ({"range": (low, high)} if low is not None else {}))


def test_of_a_count_the_whole_numbers_about_a_line_are_tried() -> None:
    assert list(_points({4.0}, indicator("count", 0, 100))) == [0, 3, 4, 5, 100]
    assert list(_points({4.5}, indicator("count", 0, 5))) == [0, 3, 4, 5]
    assert list(_points({0.0}, indicator("count", 0, 5))) == [0, 1, 5]  # nothing off its range


def test_of_a_number_the_lines_and_what_lies_between_are_tried() -> None:
    assert list(_points({10.0, 20.0}, indicator("number", 0, 30))) == [0, 9, 10, 11, 20, 21, 30]
    assert list(_points(set(), indicator("percent", 0, 1))) == [0, 0.5, 1]


def test_a_value_between_two_is_whole_where_one_is() -> None:
    assert _between(1, 5, upwards=True) == 2
    assert _between(1, 5, upwards=False) == 4
    assert _between(1, 2, upwards=True) == 1.5


def test_true_is_no_number() -> None:
    assert is_number(1) and is_number(0.5) and not is_number(True) and not is_number("1")


@pytest.fixture(scope="module")
def values(library: Library) -> Values:
    return Values(library)


def test_the_name_of_a_question_is_always_known_and_a_judgement_may_not_be(
    values: Values, library: Library
) -> None:
    strand = next(iter(library.strands))
    name, judgement = (f"question of {strand}", ""), (f"judgement of {strand}", "")
    assert values.domain(name[0]) == (strand,)
    assert (values.full(name), values.absent(name)) == (1, 1)
    grades = len(library.default_scales()["judgement"].grades)
    assert values.domain(judgement[0]) == tuple(range(grades))
    assert values.full(judgement) == (1 << grades + 1) - 1
    assert values.absent(judgement) == 1 << grades


def test_of_a_set_each_member_is_in_it_or_not(values: Values, library: Library) -> None:
    practice = next(iter(library.interventions))
    assert practice in values.domain("in_place")
    assert values.full(("in_place", practice)) == IN | OUT
    assert values.full(("in_place", "nothing-there")) == OUT
    assert values.absent(("in_place", practice)) == OUT


def test_concerns_of_a_question_are_its_own(values: Values, library: Library) -> None:
    concern = next(iter(library.concerns.values()))
    other = next(name for name in library.strands if name != concern.question)
    assert concern.id in values.domain(f"concerns of {concern.question}")
    assert concern.id not in values.domain(f"concerns of {other}")


def test_where_something_has_to_be_known_the_middle_value_is_chosen(values: Values) -> None:
    variable = ("judgement of support", "")
    nothing = values.absent(variable)
    assert values.choice(variable, 0b111 | nothing) == nothing
    assert values.choice(variable, 0b111) == 0b010
    assert values.choice(variable, 0b1010) == 0b1000


def test_a_choice_is_put_into_words_and_what_is_not_known_left_out(
    values: Values, library: Library
) -> None:
    practice, strand = next(iter(library.interventions)), next(iter(library.strands))
    key = f"judgement of {strand}"
    chosen = {(key, ""): 0b10, ("in_place", ""): 1, ("in_place", practice): IN}
    assert values.given(chosen) == {key: 1, "in_place": frozenset({practice})}
    assert values.given({(key, ""): values.absent((key, ""))}) == {}
