"""What stands below a record's field is what its JSON Schema says of it."""

from __future__ import annotations

from typing import Literal

import pytest
from pydantic import Field

from termwise.engine.core import Record, Slug
from termwise.engine.core.attribute_docstrings import attribute_docstrings
from termwise.engine.school import SchoolFile


class Post(Record):
    holder: str
    """who has it"""
    from_: str = Field(default="", alias="from")
    """the day it
    begins"""
    left: str = Field(default="", serialization_alias="until")
    """the day it ends"""
    kind: Slug
    other: Slug
    """of a kind of its own"""

    class Inner(Record):
        holder: int
        """somebody else"""


class PaidPost(Post):
    pay: int
    """in pounds"""
    holder: str
    """who is paid"""


def test_a_field_is_described_by_the_text_below_it() -> None:
    properties = Post.model_json_schema()["properties"]
    assert properties["holder"]["description"] == "who has it"
    assert properties["kind"]["description"] == "lower-case words joined by hyphens"
    assert properties["other"]["description"] == "of a kind of its own"


def test_a_text_of_several_lines_is_one_line_in_the_schema() -> None:
    assert Post.model_json_schema()["properties"]["from"]["description"] == "the day it begins"


@pytest.mark.parametrize(
    ("mode", "by_alias", "key"),
    [("validation", True, "left"), ("serialization", True, "until"), ("validation", False, "left")],
)
def test_a_field_with_another_name_outside_is_described_all_the_same(
    mode: Literal["validation", "serialization"], by_alias: bool, key: str
) -> None:
    schema = Post.model_json_schema(mode=mode, by_alias=by_alias)
    assert schema["properties"][key]["description"] == "the day it ends"


def test_a_class_within_another_keeps_its_own_texts() -> None:
    assert attribute_docstrings(Post.Inner) == {"holder": "somebody else"}


def test_a_record_made_of_another_says_what_that_says_but_for_what_it_says_itself() -> None:
    properties = PaidPost.model_json_schema()["properties"]
    assert properties["holder"]["description"] == "who is paid"
    assert properties["left"]["description"] == "the day it ends"
    assert properties["pay"]["description"] == "in pounds"


def test_a_class_without_a_source_has_no_texts() -> None:
    assert attribute_docstrings(int) == {}


def test_the_schema_of_a_schools_file_says_what_its_fields_mean() -> None:
    schema = SchoolFile.model_json_schema()
    fields = [
        field
        for record in schema["$defs"].values()
        for field in record.get("properties", {}).values()
    ]
    assert sum("description" in field for field in fields) > 30
