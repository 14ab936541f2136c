"""Why something is a priority: what was judged and seen, what rules found, and the steps that serve it."""

from __future__ import annotations

from collections.abc import Iterator

from ..advise import Advice
from ..inference import RuleVerdict, cell_refs
from ..library import Entity
from . import argument as answer
from .argument_chain import Grounds

_OWN = ("judgement", "school_judgement", "adviser_judgement")


def why_priority(advice: Advice, name: str) -> answer.WhyPriority:
    """Tell what makes a priority one, by its id in the plan."""
    plan = advice.plan
    priority = next(one for one in plan.priorities if one.id == name)
    grounds = Grounds(advice)
    slots = {slot.id: slot.title for term in plan.terms for slot in term.slots}
    return answer.WhyPriority(
        school=plan.school,
        priority=priority,
        judged=tuple(_judged(_question(advice, priority.strand), _OWN, advice)),
        others=tuple(_lower(advice, priority.strand)),
        found=tuple(_found(advice, grounds, priority.strand)),
        asks=tuple(grounds.of_strand(priority.strand)),
        steps=tuple(
            answer.Serves(step=step.id, title=step.title, starts=slots[step.starts])
            for step in plan.steps
            if name in step.priorities
        ),
    )


def _question(advice: Advice, strand: str) -> Entity:
    return next(one for one in advice.findings.facts.of("question") if one.id == strand)


def _judged(
    question: Entity, keys: tuple[str, ...], advice: Advice, whose: str = ""
) -> Iterator[answer.JudgementCited]:
    vocabulary = advice.findings.vocabulary
    for key in keys:
        value = question.values.get(key)
        if value is not None:
            yield answer.JudgementCited(
                title=whose or vocabulary.indicators[key].title,
                grade=vocabulary.say(key, value.value),
                cells=cell_refs(value.cells),
            )


def _lower(advice: Advice, strand: str) -> Iterator[answer.JudgementCited]:
    """The other questions whose agreed judgement is no better."""
    own = _question(advice, strand).values.get("judgement")
    for question in advice.findings.facts.of("question"):
        other = question.values.get("judgement")
        if question.id != strand and own and other and _rank(other.value) <= _rank(own.value):
            yield from _judged(question, ("judgement",), advice, question.label)


def _rank(value: object) -> int:
    assert isinstance(value, int)
    return value


def _found(advice: Advice, grounds: Grounds, strand: str) -> Iterator[RuleVerdict]:
    """The rules that found a need of a strand, or something of its question."""
    for finding in advice.findings.of("diagnose"):
        found = finding.rule.diagnose
        entity = finding.entity
        about = entity.id if entity.kind == "question" else ""
        if found and (about or advice.library.needs[found.need].strand) == strand:
            yield grounds.verdicts.on(finding.rule, entity)
