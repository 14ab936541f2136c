"""The priorities of a plan: those that were agreed, or those the rules propose."""

from __future__ import annotations

from collections.abc import Iterator

from ...library import Entity
from ...school import AgreedPriority, grade_rank
from .. import model as view
from ..evidence_seen import evidence_seen
from ..phrases.plan_notes import REACHED, proposed_from
from ..problem_builder import PRIORITY
from ..proposals import propose
from .context import Solved
from .uncovered import uncovered


def priorities(solved: Solved) -> Iterator[view.Priority]:
    """The agreed priorities by rank; where none is agreed, what several kinds of evidence show."""
    return _agreed(solved) if solved.school.cqa.priorities else _proposed(solved)


def _agreed(solved: Solved) -> Iterator[view.Priority]:
    library, scale = solved.library, solved.school.scales["judgement"]
    questions = _questions(solved)
    for rank, given in enumerate(solved.school.cqa.priorities, start=1):
        target = grade_rank(scale, given.target)
        judged = questions[given.strand].values.get("judgement")
        reached = bool(judged and target is not None and float(str(judged.value)) >= target)
        yield view.Priority(
            id=f"{PRIORITY}{rank}",
            strand=given.strand,
            strand_title=library.strands[given.strand].title,
            title=given.title,
            rank=rank,
            judgement=_judgement(questions[given.strand], solved),
            target=scale.grades[target].title if target is not None else None,
            by=given.by,
            lead=library.roles[given.lead].title,
            agreed=True,
            reached=reached,
            why=" ".join(filter(None, (given.why, REACHED if reached else ""))),
            evidence=tuple(
                one.words for one in evidence_seen(given.strand, solved.school, library)
            ),
            scope=view.PriorityScope(**given.scope),
            outcome=_outcome(given, solved),
            covered_by=_covering(rank, solved),
            uncovered=uncovered(rank, solved),
        )


def _outcome(given: AgreedPriority, solved: Solved) -> view.PriorityOutcome | None:
    asked = given.outcome
    if asked is None:
        return None
    return view.PriorityOutcome(
        **{"from": asked.from_},
        indicator=asked.indicator,
        title=solved.library.indicators[asked.indicator].title,
        to=asked.to,
        by=asked.by or given.by,
    )


def _covering(rank: int, solved: Solved) -> tuple[str, ...]:
    """The steps of substance for a priority that start in time for its day."""
    name = f"{PRIORITY}{rank}"
    goal = next((one for one in solved.problem.goals if one.id == name), None)
    chosen = solved.solution.chosen
    options = goal.relation.options if goal else ()
    return tuple(
        dict.fromkeys(
            solved.timetable.name(form)
            for form, slot in options
            if form in chosen and chosen[form].start <= slot
        )
    )


def _proposed(solved: Solved) -> Iterator[view.Priority]:
    library, questions = solved.library, _questions(solved)
    proposed, _ = propose(solved.inference, solved.school, library)
    for rank, one in enumerate(proposed, start=1):
        strand = one.need.strand
        yield view.Priority(
            id=f"{PRIORITY}{rank}",
            strand=strand,
            strand_title=library.strands[strand].title,
            title=one.need.title[:1].upper() + one.need.title[1:],
            rank=rank,
            judgement=_judgement(questions[strand], solved),
            target=None,
            by=None,
            lead=None,
            agreed=False,
            why=proposed_from(one.kinds.values()),
            evidence=one.words(),
        )


def _questions(solved: Solved) -> dict[str, Entity]:
    return {entity.id: entity for entity in solved.inference.facts.of("question")}


def _judgement(question: Entity, solved: Solved) -> str | None:
    value = question.values.get("judgement")
    return solved.vocabulary.say("judgement", value.value) if value else None
