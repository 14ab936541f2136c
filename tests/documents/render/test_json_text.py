"""JSON is plain text that ends with a line, without marks that can't be seen."""

from __future__ import annotations

import datetime
import json

from termwise.engine.documents.render.json_text import printable_json


def test_marks_that_can_not_be_seen_are_in_no_key_and_no_value() -> None:
    told = printable_json({"a\u200b": ["b\u202e", ("c\x1b", 1)]})
    assert json.loads(told) == {"a": ["b", ["c", 1]]}


def test_letters_stand_as_they_are_days_as_text_and_the_text_ends_with_a_line() -> None:
    told = printable_json({"day": datetime.date(2026, 9, 1), "name": "Zoë"})
    assert told == '{\n  "day": "2026-09-01",\n  "name": "Zoë"\n}\n'
