"""Terms and half-terms, with the steps that start in each."""

from __future__ import annotations

from termwise.engine.documents.builders.plan_terms import terms
from termwise.engine.documents.tree import Details, Section, plain, texts
from termwise.engine.documents.words import Names
from tests import made_up_plan


def test_each_half_term_tells_the_steps_that_start_in_it_those_that_must_be_done_first() -> None:
    plan = made_up_plan.plan()
    [term] = terms(plan, Names(plan))
    slots = [block for block in term.blocks if isinstance(block, Section)]
    titles = [[one.title for one in slot.blocks if isinstance(one, Details)] for slot in slots]
    assert titles == [["Coaching", "Visits"], ["Feedback"], []]
    assert plain(slots[0].title) == "Autumn 1 2026 (37 days in school)"


def test_a_half_term_in_which_nothing_starts_says_so() -> None:
    plan = made_up_plan.plan().model_copy(update={"steps": ()})
    [term] = terms(plan, Names(plan))
    assert list(texts(term)).count("Nothing new starts.") == 3
