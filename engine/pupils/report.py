"""The at-risk report in one call: from a school and a question to pupils and what to teach next."""

from __future__ import annotations

from ..inference import infer, recommend
from ..library import Library
from ..school import School, entities
from .at_risk_report import Reporter
from .model import PupilReport
from .query import Ask


def pupil_report(school: School, library: Library, ask: Ask | None = None) -> PupilReport:
    """The pupils who are asked for, the gravest states first: reasons, certainty, what to teach
    next, and the interventions that touch them.

    Raises UnknownNameError for a year group, class, subject, group, pupil or state that is not
    there. Pupils are named by their pseudonyms, which without a key (see `make_key`) are
    provisional.
    """
    inference = infer(entities(school, library), library, library.vocabulary(school.scales))
    items = recommend(inference, school, library).items
    return Reporter(school, library, inference, items).report(ask or Ask())
