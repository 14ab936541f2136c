"""A word of progress stands for one status only, and every proposal is one that is there."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from termwise.engine.library.loader import Library
from termwise.engine.library.progress_words import ProgressWords


@pytest.fixture
def written(library: Library) -> dict[str, Any]:
    return library.progress.model_dump()


def test_one_word_for_two_statuses_is_refused_whatever_its_case(written: dict[str, Any]) -> None:
    ProgressWords.model_validate(written)
    first, second = written["statuses"][:2]
    second["words"] = (*second["words"], first["title"].upper())
    told = f"stands for {first['id']} and for {second['id']}"
    with pytest.raises(ValidationError, match=told):
        ProgressWords.model_validate(written)


def test_a_proposal_names_a_status_that_is_there(written: dict[str, Any]) -> None:
    written["reviewing"]["proposals"][0]["as_status"] = "nearly-done"
    with pytest.raises(ValidationError, match="names the status “nearly-done”"):
        ProgressWords.model_validate(written)


def test_what_is_proposed_without_a_rule_is_a_proposal(written: dict[str, Any]) -> None:
    written["reviewing"]["otherwise"] = "wait-and-see"
    with pytest.raises(ValidationError, match="“wait-and-see” is no proposal"):
        ProgressWords.model_validate(written)
