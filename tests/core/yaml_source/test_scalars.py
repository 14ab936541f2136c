"""What a value without quotes is: a number only where everybody reads the same one."""

from __future__ import annotations

import pytest

from termwise.engine.core.yaml_source.scalars import is_number, plain_value


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_nothing(text: str) -> None:
    assert plain_value(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("yes", True), ("On", True), ("TRUE", True), ("no", False), ("Off", False), ("FALSE", False)],
)
def test_true_and_false_in_small_letters_in_capitals_or_with_one(text: str, value: bool) -> None:
    assert plain_value(text) is value


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("-3", -3), ("+12", 12), ("1.50", 1.5), (".5", 0.5), ("3.", 3.0), ("-0.25", -0.25)],
)
def test_a_number_is_what_everybody_reads_as_one(text: str, value: float) -> None:
    found = plain_value(text)
    assert found == value and type(found) is type(value) and is_number(text)


@pytest.mark.parametrize(
    "text",
    ["007", "0x1F", "1e3", "1_000", "1:30", "1,000", "yEs", "nULL", ".", "1.2.3", "٣", "9" * 19],
)
def test_anything_else_is_its_own_text(text: str) -> None:
    assert plain_value(text) == text and not is_number(text)


def test_a_day_is_a_text_and_one_that_no_calendar_has_is_refused() -> None:
    assert plain_value("2028-02-29") == "2028-02-29"
    with pytest.raises(ValueError, match="day"):
        plain_value("2026-02-29")
