"""The text below an attribute is found for the class that names it, and for no other."""

from __future__ import annotations

from dataclasses import dataclass

from termwise.engine.core.attribute_docstrings import attribute_docstrings


@dataclass
class Room:
    """A text of the class, of no attribute."""

    seats: int
    """how many
    may sit"""
    doors: int
    windows: int = 0
    """how many there are"""
    plain = 3
    """below what is no attribute of a record"""

    @dataclass
    class Door:
        width: int
        """in centimetres"""


class Hall(Room):
    pass


def test_each_attribute_has_the_text_below_it_on_one_line() -> None:
    assert attribute_docstrings(Room) == {
        "seats": "how many may sit",
        "windows": "how many there are",
    }


def test_a_class_within_a_class_has_its_own_and_one_that_names_none_has_none() -> None:
    assert attribute_docstrings(Room.Door) == {"width": "in centimetres"}
    assert attribute_docstrings(Hall) == {}


def test_a_class_without_source_has_none() -> None:
    assert attribute_docstrings(int) == {}
