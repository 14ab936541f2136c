"""The findings on the school as a whole: needs, shaping, screening counts, and what stays open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...inference import words
from ...library import title_of
from .. import model as view
from ..phrases.plan_notes import shape_words
from .context import Solved
from .rationale import PUPILS


def findings(solved: Solved) -> Iterator[view.FindingRef]:
    """The needs that were found."""
    for finding in solved.inference.of("diagnose"):
        if finding.rule.diagnose is None:
            continue
        need, entity = solved.library.needs[finding.rule.diagnose.need], finding.entity
        yield view.FindingRef(
            rule=finding.rule.id,
            title=finding.rule.title,
            need=need.title,
            entity=entity.label,
            strand=entity.id if entity.kind == "question" else need.strand,
            words=words(finding.rule, entity, solved.vocabulary),
        )


def shaped(solved: Solved) -> Iterator[view.Shaped]:
    """The rules that shape the plan, each with what it does to it."""
    for told in solved.advised.shaping.arguments:
        shape = told.rule.shape
        assert shape is not None
        does = shape_words(shape, solved.library)
        yield view.Shaped(rule=told.rule.id, title=told.rule.title, words=told.words, does=does)


def screening(solved: Solved) -> Iterator[view.ScreeningCount]:
    """Yield the number of pupils in each state, every pupil counted once, in the gravest."""
    states = solved.library.screening.states
    order = [state.id for state in states]
    gravest: dict[str, int] = {}
    for entity in solved.inference.facts.of("pupil-subject"):
        pupil = next(elder.id for elder in entity.lineage if elder.kind == "pupil")
        rank = order.index(str(entity.values["state"].value))
        gravest[pupil] = min(gravest.get(pupil, rank), rank)
    counts = Counter(gravest.values())
    for rank, state in enumerate(states):
        yield view.ScreeningCount(state=state.id, title=state.title, pupils=counts[rank])


def unknown(solved: Solved) -> Iterator[view.Unknown]:
    """The rules that could not be decided, with what is missing; pupils are only counted."""
    grouped: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for finding in solved.inference.unknown:
        name = "pupils" if finding.entity.kind in PUPILS else finding.entity.label
        missing = finding.verdict.missing()
        grouped.setdefault((finding.rule.id, name), []).append(missing)
    for (rule, name), all_missing in sorted(grouped.items()):
        keys = sorted({key for missing in all_missing for key in missing})
        yield view.Unknown(
            rule=rule,
            title=solved.library.rules[rule].title,
            entity=name,
            count=len(all_missing),
            missing=tuple(title_of(key, solved.vocabulary) for key in keys),
        )
