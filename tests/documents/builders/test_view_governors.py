"""The view for the governing board: what could go wrong is still to come."""

from __future__ import annotations

import datetime

from termwise.engine.documents.builders.view_governors import governors_view
from termwise.engine.documents.render.plain_text import as_text
from tests import made_up_plan


def test_of_an_issued_plan_only_the_half_terms_to_come_are_a_risk() -> None:
    plan = made_up_plan.plan()
    whole = " ".join(as_text(governors_view(plan, {})).split())
    assert "Headteacher: no time in reserve in Autumn 1 2026" in whole
    later = governors_view(plan, {}, datetime.date(2026, 11, 2))
    told = " ".join(as_text(later).split())
    assert "Headteacher: no time in reserve" not in told
    assert "SENCO" in told.partition("Risks")[2].partition("Questions")[0]
