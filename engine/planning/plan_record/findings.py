"""The findings on the school as a whole: needs, shaping, screening counts, and what stays open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...inference import words
from ...library import title_of
from .. import model as view
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

    def title(name: str) -> str:
        return f"“{solved.library.intervention(name).title}”"

    parts = solved.library.parts
    for told in solved.advised.shaping.arguments:
        shape = told.rule.shape
        assert shape is not None
        does = [f"{title(m.intervention)} has to start by {parts[m.part]}" for m in shape.must]
        does += [f"{title(m.intervention)} starts by {parts[m.part]}" for m in shape.start_by]
        does += [f"{title(m.intervention)} not before {parts[m.part]}" for m in shape.not_before]
        does += [f"{title(r.by)} instead of {title(r.intervention)}" for r in shape.replace]
        does += [f"{title(name)} is left out" for name in shape.leave_out]
        if shape.bring_forward:
            does.append("what acts on pupils' progress in class comes as early as it can")
        if shape.new_starts is not None:
            does.append(f"at most {shape.new_starts} points of change start in a half-term")
        if shape.planned_share is not None:
            does.append(f"{100 * shape.planned_share:.0f} % of people's stated time is planned")
        if shape.spend_share is not None:
            does.append(f"{100 * shape.spend_share:.0f} % of each budget line may be committed")
        yield view.Shaped(
            rule=told.rule.id, title=told.rule.title, words=told.words, does=tuple(does)
        )


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
        missing = solved.inference.verdict(finding).missing()
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
