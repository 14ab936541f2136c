"""A word of a dotted path stands for a key, a member of a list by what it is called, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from termwise.engine.core.record import Record
from termwise.engine.school.checks.paths import Inside, key_of, near, shapes, value_at


class Room(Record):
    id: str
    seats: int = 0


class Door(Record):
    width: int


class House(Record):
    rooms: tuple[Room, ...] = ()
    doors: tuple[Door, ...] = ()
    costs: dict[str, int] | None = None
    names: tuple[str, ...] = ()


DATA: dict[str, Any] = {
    "rooms": [{"id": "hall", "seats": 3}, "broken", {"id": "loft"}],
    "costs": {2026: 5},
}
HOUSE = Inside(House, DATA)


def below(word: str) -> Inside:
    return Inside(HOUSE.annotation(word), HOUSE.at(word))


def test_a_key_stands_for_itself_whether_the_data_has_it_or_not() -> None:
    assert HOUSE.part("rooms") == "rooms" and HOUSE.part("names") == "names"
    assert HOUSE.part("roofs") is None
    assert Inside(House, None).part("rooms") == "rooms"


def test_a_member_of_a_list_is_found_by_what_it_is_called() -> None:
    rooms = below("rooms")
    assert rooms.members == {"hall": 0, "loft": 2}
    assert (rooms.part("loft"), rooms.part("attic")) == (2, None)
    assert rooms.annotation(2) is Room
    assert Inside(rooms.annotation(0), rooms.at(0)).part("seats") == "seats"


def test_lists_whose_members_have_no_name_have_no_such_parts() -> None:
    assert below("doors").members is below("names").members is None
    assert key_of(Room) == "id" and key_of(Door) is key_of(str) is None


def test_a_key_of_a_mapping_is_the_one_in_the_file_however_it_is_typed() -> None:
    costs = below("costs")
    assert costs.part("2026") == 2026 and costs.part("2027") == "2027"
    assert costs.annotation("2027") is int


@pytest.mark.parametrize(
    ("inside", "word", "what", "hint"),
    [
        (below("rooms"), "lofd", "there is no “lofd” in a.b", "did you mean “loft”"),
        (HOUSE, "zzz", "a.b has no “zzz”", "it can be costs, doors, names, rooms"),
        (Inside(int, 3), "x", "a.b is one value, with nothing called “x” in it", "set a.b as a"),
        (Inside(tuple[str, ...], []), "x", "a.b is a list, with nothing called", "set a.b as a"),
    ],
)
def test_a_word_that_stands_for_nothing_is_told_with_what_could_be_meant(
    inside: Inside, word: str, what: str, hint: str
) -> None:
    told, do = inside.why_not(("a", "b"), word)
    assert told.startswith(what) and do.startswith(hint)


def test_a_value_is_found_by_its_path_or_is_none() -> None:
    assert value_at(DATA, ("rooms", 0, "seats")) == 3
    assert value_at(DATA, ("rooms", 3)) is value_at(DATA, ("rooms", "hall")) is None
    assert value_at(DATA, ("costs", 2026, "x")) is None
    assert value_at(DATA, ()) is DATA


def test_each_shape_of_a_union_is_known() -> None:
    found = dict(shapes(dict[str, int] | tuple[Room, ...] | Door | None))
    assert found == {"mapping": int, "list": Room, "record": Door}


def test_names_that_are_many_are_not_all_listed() -> None:
    assert near("zzz", [f"known-{n}" for n in range(13)]) == ""
    assert near("zzz", ["b", "a"]) == "it can be a, b"
