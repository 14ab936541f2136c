"""Names are compared however they are written, and two children are never taken for one."""

from __future__ import annotations

import pytest

from termwise.engine.school.pupil_data.pupil_names import PupilName, may_be_one, name_of


def named(*parts: str) -> PupilName:
    name = name_of(*parts)
    assert name is not None
    return name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ada Larch",), ("Larch, Ada",)),
        (("Ada Larch",), ("", "Ada", "Larch")),
        (("Zoë O'Neill",), ("ZOE ONEILL",)),
        (("Ada-May Larch",), ("Ada May Larch",)),
    ],
)
def test_spaces_accents_and_the_order_of_the_parts_make_no_other_name(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert named(*one).key == named(*other).key


def test_forename_and_surname_are_told_apart_by_a_comma_or_cells_of_their_own() -> None:
    assert named("Larch, Ada").order == named("", "Ada", "Larch").order == "ada larch"
    assert named("Larch, Ada").told_apart and named("", "Ada", "Larch").told_apart
    assert not named("Ada Larch").told_apart
    assert not named("Larch, Ada, May").told_apart


def test_cells_that_say_another_name_than_the_whole_one_do_not_tell_it_apart() -> None:
    assert named("Ada Larch", "Ada", "Larch").told_apart
    assert not named("Ada Larch", "Addie", "Larch").told_apart


@pytest.mark.parametrize("parts", [("",), ("", "Ada"), ("", "", "Larch"), ("-", "", "")])
def test_half_a_name_is_none(parts: tuple[str, ...]) -> None:
    assert name_of(*parts) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada Larch", "Larch Ada", True),
        ("Ada May Larch", "Ada Larch", True),
        ("A. Larch", "Ada Larch", True),
        ("A. L.", "Ada Larch", True),
        ("Ada Larch-Hill", "Ada Larch", True),
        ("Adam Larch", "Ada Larch", False),
        ("B. Larch", "Ada Larch", False),
        ("Ada Larch", "Ada Birch", False),
        ("A. M. Larch", "Ada Larch", True),
        ("Ada Ada", "Ada Larch", False),
    ],
)
def test_words_left_out_and_initials_may_be_the_same_child_and_a_short_form_not(
    one: str, other: str, same: bool
) -> None:
    assert may_be_one(named(one), named(other)) is same
    assert may_be_one(named(other), named(one)) is same
