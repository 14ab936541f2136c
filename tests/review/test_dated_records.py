"""A kept record is known by what it says, however its file sets it out."""

from __future__ import annotations

from pathlib import Path

import pytest

from termwise.engine.core.errors import ContentError
from termwise.engine.review.dated_records import digest, plain_data
from termwise.engine.school.kept_tables.phrases import Wrong

NONE = Wrong("it is no plan", "issue one")


def test_the_order_of_keys_is_nothing_and_a_value_is_something() -> None:
    assert digest({"a": 1, "b": [1, 2]}) == digest({"b": [1, 2], "a": 1})
    assert digest({"a": 1}) != digest({"a": 2}) and digest({"b": [1, 2]}) != digest({"b": [2, 1]})


def test_a_file_is_read_by_its_keys(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text('{"a": 1}', "utf-8")
    assert plain_data(tmp_path, "one.json", "shown", NONE) == {"a": 1}


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b'{"a": 1,\n "b" 2}', "shown:2:6"),
        (b"[1]", "it is no plan"),
        (b'["\xe9"]', "it is no plan"),
    ],
)
def test_what_holds_no_keys_is_told_at_its_place(raw: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_bytes(raw)
    with pytest.raises(ContentError) as found:
        plain_data(tmp_path, "one.json", "shown", NONE)
    assert told in str(found.value)
