"""A made-up plan in force, and the file in which its carrying out is written down."""

from __future__ import annotations

import datetime

from termwise.engine.planning import model as view
from termwise.engine.review.model import IssuedPlan
from tests import made_up_plan
from tests.made_up_plan import step

FIRST, SECOND = datetime.date(2026, 9, 1), datetime.date(2026, 11, 2)
MILESTONES = (
    view.DatedMilestone(what="everybody has a date", due=datetime.date(2026, 9, 20)),
    view.DatedMilestone(what="half are visited", due=datetime.date(2026, 11, 10)),
)
HEADINGS = "date,step,by,status,rag,note,evidence,days,pounds,days_left,met,next"


def issued(*steps: view.Step, on: datetime.date = FIRST) -> IssuedPlan:
    """Issue a plan with these steps, or with one that runs over two half-terms."""
    steps = steps or (step("visits", "aut1", "aut2", milestones=MILESTONES),)
    plan = made_up_plan.plan().model_copy(update={"steps": steps})
    return IssuedPlan(issued=on, since=None, agreed_by=(), note=None, packs=(), plan=plan)


def rows(*lines: str) -> bytes:
    """Write rows under the headings of progress.csv."""
    return ("\n".join((HEADINGS, *lines)) + "\n").encode()
