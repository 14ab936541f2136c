"""Why, and why not: what is meant is found, and asked of what knows."""

from __future__ import annotations

from ..advise import Advice
from ..core import TermwiseError
from . import argument as answer
from .alternative_plans import AlternativePlans
from .argument_chain import Grounds
from .name_lookup import called, command, meant
from .phrases import asked_names
from .phrases.outside_the_plan import advised_only
from .pupil_reasons import names_pupil, why_pupil
from .target_resolution import asked_for
from .why_not_in_plan import Outside
from .why_priority import why_priority

Why = answer.WhyStep | answer.WhyAdvised | answer.WhyPriority | answer.WhyPupil


def why(advice: Advice, name: str) -> Why:
    """Why something is so, with the whole chain from the data: a step of the plan, an intervention that is
    advised and not in it, a priority, or a pupil's state (by pseudonym, with a subject after it or
    without). A thing is called by its id, its title or a part of one that is no other's.

    Raises UnknownNameError for what is not known, TermwiseError for what nothing asks for, or may be
    several.
    """
    if names_pupil(advice.school, name):
        return why_pupil(advice.school, advice.library, name, advice.findings)
    one = meant(advice, name)
    if one.kind == "priority":
        return why_priority(advice, one.id)
    grounds = Grounds(advice)
    chain = {
        "grounds": grounds.of(one.id),
        "through": tuple(grounds.through(one.id)),
        "evidence": grounds.evidence(one.id),
    }
    for step in advice.plan.steps:
        if step.id == one.id:
            return AlternativePlans(advice).why(step).model_copy(update=chain)
    if not chain["through"] and not any(g.side == "for" for g in grounds.of(one.id)):
        reason = Outside(advice, advice.library.intervention(one.id), None).reason()
        asks = command("why-not", advice, one.id)
        raise TermwiseError(asked_names.not_in_the_plan(one.titles[0], reason, asks))
    return answer.WhyAdvised(
        school=advice.plan.school,
        intervention=one.id,
        title=one.titles[0],
        words=advised_only(command("why-not", advice, one.id)),
        **chain,
    )


def why_not(advice: Advice, name: str, target: str | None = None) -> answer.WhyNot:
    """Why an intervention is not in the plan, or not for a class, teacher, year group, subject or group:
    where no rule asks for it, the rules that come nearest and what is in their way; where one does, what
    keeps it out, what bringing it in would cost, and what it would take to have it beside all the rest.

    Raises UnknownNameError for what is not known, TermwiseError for what is in the plan for all it was
    asked for, may be several, or is not for such a target.
    """
    planned = {step.id for step in advice.plan.steps}
    left = {one.intervention for one in advice.plan.left_out}
    titles = {one.id: one.title for one in advice.library.interventions.values()}
    if target is None:
        if name in planned - left:
            asks = command("why", advice, name)
            raise TermwiseError(asked_names.in_the_plan(titles[name], asks))
        if name not in titles:
            titles = {one: titles[one] for one in titles if one not in planned or one in left}
    kind = asked_names.OUTSIDE_THE_PLAN if target is None else "intervention"
    item = advice.library.intervention(called(kind, name, titles))
    whom = None if target is None else asked_for(advice, item, target)
    return Outside(advice, item, whom).why_not()
