"""What a plan rests on, and what it could not know."""

from __future__ import annotations

from termwise.engine.documents.builders.plan_basis import (
    how_proved,
    not_known,
    rests_on,
    what_was_read,
)
from termwise.engine.documents.tree import is_empty, texts
from termwise.engine.planning.model import InputFile, ScreeningCount
from tests import made_up_plan


def test_a_plan_that_rests_on_nothing_told_has_no_such_section() -> None:
    assert is_empty(rests_on(made_up_plan.plan()))


def test_pupils_are_counted_by_their_state() -> None:
    counted = ScreeningCount(state="at-risk", title="At risk", pupils=3)
    told = list(texts(rests_on(made_up_plan.plan().model_copy(update={"screening": (counted,)}))))
    assert told[-1] == "At risk: 3 pupils"


def test_where_every_rule_was_decided_it_is_said() -> None:
    assert list(texts(not_known(made_up_plan.plan())))[1:] == ["Every rule could be decided."]


def test_a_file_shows_the_beginning_of_its_hash() -> None:
    file = InputFile(file="pupils.csv", rows=1234, sha256="ab" * 32)
    plan = made_up_plan.plan().model_copy(update={"inputs": (file,)})
    assert list(texts(what_was_read(plan)))[1:] == ["pupils.csv", "1,234", "abababababab"]


def test_the_proof_ends_with_what_worked_it_out() -> None:
    assert list(texts(how_proved(made_up_plan.plan())))[-1] == "a solver; an engine; termwise 0."
