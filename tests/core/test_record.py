"""What a record takes for a day, an effort, an amount, a percentage, an id; and what its schema tells."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from termwise.engine.core.record import (
    Address,
    Day,
    Days,
    Name,
    Percent,
    Pounds,
    Record,
    Slug,
    Text,
    YearGroup,
)


def read(kind: Any, value: Any) -> Any:
    return TypeAdapter(kind).validate_python(value)


@pytest.mark.parametrize(
    ("kind", "value", "read_as"),
    [
        (Day, "2026-09-01", datetime.date(2026, 9, 1)),
        (Day, "1800-01-01", datetime.date(1800, 1, 1)),
        (Day, "2999-12-31", datetime.date(2999, 12, 31)),
        (Days, 0.3, 0.3),
        (Days, 60, 60),
        (Pounds, 10_000_000, 10_000_000),
        (Percent, "0.4 %", 0.4),
        (Percent, "\u22123%", -3),
        (Percent, 27, 27),
        (Percent, 1.0, 1),
        (YearGroup, 6, "6"),
        (Slug, "coaching-cycles-2", "coaching-cycles-2"),
        (Name, "in_place", "in_place"),
        (Text, "  a  ", "a"),
        (Address, "https://example.org/a", "https://example.org/a"),
    ],
)
def test_what_is_meant_is_taken(kind: Any, value: Any, read_as: Any) -> None:
    assert read(kind, value) == read_as


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        (Day, "2026-02-30", "must be a date"),
        (Day, "9999-12-31", "no year of a school"),
        (Day, "1799-12-31", "no year of a school"),
        (Day, "1788220800", "must be a date"),  # no seconds since 1970
        (Day, "20260901", "must be a date"),
        (Days, 0.25, "steps of 0.1 day"),
        (Days, 60.1, "less than or equal to 60"),
        (Days, -0.1, "greater than or equal to 0"),
        (Days, True, "not true or false"),
        (Pounds, False, "not true or false"),
        (Pounds, 10_000_001, "less than or equal"),
        (Percent, 0.27, "is that 27 % or 0.27 %"),
        (Slug, "coaching--cycles", "pattern"),
        (Slug, "Coaching", "pattern"),
        (Name, "2nd", "pattern"),
        (Text, "  ", "at least 1"),
        (Address, "javascript:alert(1)", "pattern"),
        (Address, "https://a b", "pattern"),
        (YearGroup, True, "valid string"),
    ],
)
def test_what_can_be_meant_otherwise_is_refused(kind: Any, value: Any, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        read(kind, value)


class Room(Record):
    """A room."""

    seats: int
    """how many may sit"""
    doors: int = 1


class Hall(Room):
    stage: bool = False
    """whether there is
    a stage"""


def test_a_record_is_frozen_and_an_unknown_key_is_a_mistake() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Room(seats=3).seats = 4  # type: ignore[misc]
    with pytest.raises(ValidationError, match="Extra inputs"):
        Room.model_validate({"seats": 3, "seat": 4})


def test_the_schema_says_of_each_field_what_stands_below_it_here_or_in_what_it_extends() -> None:
    said = Hall.model_json_schema()["properties"]
    assert said["seats"]["description"] == "how many may sit"
    assert said["stage"]["description"] == "whether there is a stage"
    assert "description" not in said["doors"]
