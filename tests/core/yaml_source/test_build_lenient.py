"""Where a part of a document doesn't fit, the rest of it is still checked, each thing at its own place."""

from __future__ import annotations

from pydantic import Field

from termwise.engine.core.errors import Mistake
from termwise.engine.core.record import Record, Text
from termwise.engine.core.yaml_source.build_lenient import build_what_fits
from termwise.engine.core.yaml_source.document import YamlDocument
from termwise.engine.core.yaml_source.parse import parse_yaml


class Room(Record):
    id: Text
    seats: int = Field(ge=1, le=30)
    doors: int = -1


class House(Record):
    name: Text = "-"
    rooms: tuple[Room, ...] = ()
    colours: tuple[Text, ...] = Field(default=("white",), min_length=1)


def built(text: str) -> tuple[House | None, YamlDocument, list[str]]:
    problems: list[Mistake] = []
    document = parse_yaml(text, "house.yaml", problems)
    assert document is not None
    house, rest = build_what_fits(House, document, problems)
    return house, rest, [str(one) for one in problems]


def test_what_fits_is_built_as_it_is() -> None:
    house, _, told = built("rooms:\n- {id: hall, seats: 3}\n")
    assert house == House(rooms=(Room(id="hall", seats=3),)) and not told


def test_a_number_out_of_range_is_moved_to_the_nearest_that_fits_and_told() -> None:
    house, _, told = built("rooms:\n- {id: hall, seats: 31}\n- {id: loft, seats: 0}\n")
    assert house is not None and [room.seats for room in house.rooms] == [30, 1]
    assert [one[:17] for one in told] == ["house.yaml:2:14: ", "house.yaml:3:14: "]


def test_what_does_not_fit_is_left_out_and_what_follows_keeps_its_own_place() -> None:
    house, rest, told = built("name: [1]\nrooms:\n- seats: 3\n- {id: loft, seats: 2}\n")
    assert house == House(rooms=(Room(id="loft", seats=2),)) and len(told) == 2
    assert (rest.place("rooms", 0).line, rest.place("rooms", 0, "seats").column) == (4, 14)


def test_what_is_left_too_small_goes_too() -> None:
    house, _, _ = built("name: Mill\ncolours: [[]]\n")
    assert house == House(name="Mill", colours=("white",))


def test_a_text_where_a_number_belongs_counts_as_none_at_all() -> None:
    house, _, _ = built("rooms:\n- {id: hall, seats: many, doors: none}\n- {id: loft, seats: 2}\n")
    assert house is not None and [room.seats for room in house.rooms] == [1, 2]
    assert [room.doors for room in house.rooms] == [0, -1]


def test_nothing_is_built_of_what_is_no_mapping() -> None:
    house, _, told = built("- a\n")
    assert house is None and len(told) == 1
