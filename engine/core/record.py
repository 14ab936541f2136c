"""The base of every record: frozen, unknown keys refused; and types of days, pounds, texts."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from .attribute_docstrings import attribute_docstrings

EFFORT_STEP = 10
"""Effort is planned in whole tenths of a day, about forty minutes."""


FORMULA_BEGINS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for a formula."""


class Record(BaseModel):
    """A frozen record; an unknown key is a mistake.

    What a field means stands below it. Its JSON Schema says so too: the source is read when a schema is
    asked for, not when the class is made, which would cost every run of termwise the reading.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        written = handler(schema)
        properties = handler.resolve_ref_schema(written).get("properties", {})
        texts: dict[str, str] = {}
        for part in reversed(cls.__mro__):
            texts |= attribute_docstrings(part) if issubclass(part, Record) else {}
        for name, field in cls.model_fields.items():
            if name in texts:
                keys = (field.serialization_alias, field.alias, name)
                properties[next(key for key in keys if key in properties)]["description"] = texts[
                    name
                ]
        return written


def _no_truth(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("must be a number, not true or false")
    return value


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _written_day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if _DAY.fullmatch(value):
            return datetime.date.fromisoformat(value)
    except ValueError:  # such as the 30th of February
        pass
    raise PydanticCustomError("date_parsing", "must be a date")


def _in_living_memory(value: datetime.date) -> datetime.date:
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise ValueError(
            f"{value.year} is no year of a school || write one from {_FIRST_YEAR} to {_LAST_YEAR}"
        )
    return value


_FIRST_YEAR, _LAST_YEAR = 1800, 2999
"""What lies outside is a slip, and sums of years would leave the calendar."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _tenths(value: float) -> float:
    if abs(value * EFFORT_STEP - round(value * EFFORT_STEP)) > 1e-6:
        raise ValueError("must be in steps of 0.1 day || round it to one decimal")
    return value


def percentage(value: Any) -> Any:
    """A percentage as a school writes it, 27 or “0.4%”, as a number; anything else as it is.

    Raises ValueError for a number between 0 and 1, which may as well be a share of 1.
    """
    if isinstance(value, str) and (found := _PERCENTAGE.fullmatch(value.strip())):
        return float(found[1].replace("\u2212", "-"))
    if isinstance(value, float) and 0 < value < 1:
        raise ValueError(
            f"{value:g} is less than 1: is that {100 * value:g} % or {value:g} %? || "
            f"write {100 * value:g}, or {value:g}% with the sign"
        )
    return value


_PERCENTAGE = re.compile(r"([-+\u2212]?[0-9]+(?:\.[0-9]+)?) ?%")


FREE = "a note"
"""Marks a text that is read by people only, so that what can't be seen in it is left out; in any other
text it is refused."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), FREE]
Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$"),
    Field(description="lower-case words joined by hyphens"),
]
Name = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_]*$"),
    Field(description="lower-case words joined by underscores"),
]
Address = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^https?://[^\s<>\"']+$"),
    Field(description="an address on the web, beginning with https://"),
]
"""What a document may make a link of: any other kind of address can run something."""
NotTruth = BeforeValidator(_no_truth)
"""Refuses true and false, which would be taken for the numbers 1 and 0."""
Day = Annotated[datetime.date, BeforeValidator(_written_day), AfterValidator(_in_living_memory)]
"""A day written 2026-09-01. A text of digits is none: it would be taken for seconds since 1970."""
Days = Annotated[float, NotTruth, Field(ge=0, le=60), AfterValidator(_tenths)]
Pounds = Annotated[int, NotTruth, Field(ge=0, le=10_000_000)]
Percent = Annotated[
    float,
    BeforeValidator(percentage),
    NotTruth,
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^[0-9.]+ ?%$"}]}),
]
"""A percentage, below 1 with its sign only."""
WrittenAsNumber = BeforeValidator(_as_text)
"""Takes 6 for the text “6”."""
YearGroup = Annotated[str, WrittenAsNumber]
