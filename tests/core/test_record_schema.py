"""The schema of a record as editors take it: bounds are found under their own names, class names nowhere."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from termwise.engine.core.record import Record
from termwise.engine.core.record_schema import schema_of


class Chair(Record):
    ge: int = 4
    legs: Annotated[int | float, Field(ge=3, le=5)] = 4


class Table(Record):
    chairs: tuple[Chair, ...]
    width: Annotated[str | float, Field(gt=0, lt=9)] = 1


def test_bounds_stand_under_the_names_that_json_schema_has_for_them() -> None:
    schema = schema_of(Table)
    legs = schema["$defs"]["Chair"]["properties"]["legs"]
    assert (legs["minimum"], legs["maximum"]) == (3, 5)
    width = schema["properties"]["width"]
    assert (width["exclusiveMinimum"], width["exclusiveMaximum"]) == (0, 9)


def test_a_field_keeps_its_name_whatever_that_is() -> None:
    assert schema_of(Table)["$defs"]["Chair"]["properties"].keys() == {"ge", "legs"}


def test_no_title_is_the_name_of_a_class() -> None:
    schema = schema_of(Table)
    assert "title" not in schema and "title" not in schema["$defs"]["Chair"]
    assert schema["properties"]["chairs"]["title"] == "Chairs"
