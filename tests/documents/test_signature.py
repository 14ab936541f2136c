"""Files that termwise wrote are known again, and no other is taken for one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from termwise.engine.documents.answers import rendered
from termwise.engine.documents.signature import is_signed, signed
from termwise.engine.library.decision import OverriddenReport
from tests import made_up_money, made_up_plan

OVERRIDDEN = OverriddenReport(schools=("larch",), rules=(), without_rule=1)


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_an_answer_that_was_written_is_known_again(tmp_path: Path, form: str) -> None:
    for answer in (made_up_plan.plan(), made_up_money.money(), OVERRIDDEN):
        path = tmp_path / "answer"
        path.write_text(signed(rendered(answer, form), form), "utf-8")
        assert is_signed(path)


def test_json_with_a_field_more_or_less_is_somebody_elses(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    whole = json.loads(rendered(OVERRIDDEN, "json"))
    for changed in (whole | {"mine": 1}, {name: whole[name] for name in list(whole)[1:]}, {}):
        path.write_text(json.dumps(changed, indent=2), "utf-8")
        assert not is_signed(path)


def test_what_only_begins_like_json_is_somebody_elses(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text('{\n  "notes": of mine', "utf-8")
    assert not is_signed(path)
