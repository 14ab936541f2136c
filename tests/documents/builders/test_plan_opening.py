"""What stands at the top of a plan: what does not fit before everything else, and every way out."""

from __future__ import annotations

from termwise.engine.documents.builders.plan_opening import opening
from termwise.engine.documents.tree import Callout, texts
from termwise.engine.planning.model import InputFile
from tests import made_up_plan


def test_what_does_not_fit_is_a_stop_with_the_ways_out_in_order_of_price() -> None:
    blocks = list(opening(made_up_plan.stuck(made_up_plan.plan())))
    [stop] = [block for block in blocks if isinstance(block, Callout) and block.stop]
    told = " ".join(texts(stop))
    assert told.index("The review starts") < told.index("The review is not done")
    assert "There may be more than one" not in told


def test_a_plan_in_which_everything_fits_stops_nobody() -> None:
    blocks = list(opening(made_up_plan.plan()))
    assert [block.words for block in blocks if isinstance(block, Callout)] == ["A draft."]


def test_rows_that_could_not_be_read_are_told_at_once() -> None:
    file = InputFile(file="pupils.csv", rows=9, sha256="0" * 64, refused=2, set_aside=0)
    blocks = opening(made_up_plan.plan().model_copy(update={"inputs": (file,)}))
    told = [text for block in blocks for text in texts(block)]
    assert any(text.startswith("2 rows of pupils.csv could not be read") for text in told)
