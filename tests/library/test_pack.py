"""A pack says its version as year and number, and what it replaces by kind and id."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from termwise.engine.library.pack import PackFile, Replacement

GIVEN = {"id": "moor", "title": "Moor", "version": "2026.1", "owner": "The trust", "licence": "MIT"}


@pytest.mark.parametrize("version", ["2026", "1.0", "2026.1a", "2026.1.2.3"])
def test_a_version_is_a_year_and_a_number(version: str) -> None:
    assert PackFile.model_validate({**GIVEN, "version": "2026.1.2"}).version == "2026.1.2"
    with pytest.raises(ValidationError, match="version"):
        PackFile.model_validate({**GIVEN, "version": version})


def test_what_is_replaced_is_found_by_its_kind_and_id() -> None:
    one = Replacement.model_validate({"kind": "threshold", "id": "many", "value": 12})
    assert one.key == ("threshold", "many") and one.value == 12
    for wrong in (
        {"kind": "priority", "id": "many"},
        {"kind": "threshold", "id": "m", "value": True},
    ):
        with pytest.raises(ValidationError):
            Replacement.model_validate(wrong)
