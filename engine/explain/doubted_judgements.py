"""What of the advice stands if a judgement were another, and what hangs on one."""

from __future__ import annotations

from ..advise import Advice
from ..inference import Firm


def firm(advice: Advice) -> Firm:
    """Tell what would still be advised if one judgement were a grade higher or lower, or as the
    school or the adviser alone saw it, and what hangs on which judgement, with what of it is in
    the plan."""
    planned = tuple(step.id for step in advice.plan.steps)
    return advice.firm.model_copy(update={"planned": planned})
