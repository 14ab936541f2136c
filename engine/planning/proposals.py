"""The priorities that the rules would propose: needs that more than one kind of evidence shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..inference import Finding, Inference, words
from ..library import Key, Library, Need, Verdict
from ..school import School


@dataclass(slots=True)
class Proposal:
    """A need that was found, with what it was found in; `judged` is the rank of its strand's agreed judgement,
    None where it was not judged."""

    need: Need
    judged: int | None
    findings: list[Finding] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    """The kinds of evidence that show it: title by id."""

    @property
    def about(self) -> tuple[str, ...]:
        """Name those it is about, where that is not the school as a whole."""
        entities = (one.entity for one in self.findings)
        return tuple(dict.fromkeys(one.label for one in entities if one.kind != "school"))

    def words(self) -> tuple[str, ...]:
        """Tell what the rules say they found, each once."""
        return tuple(
            dict.fromkeys(words(one.rule, one.entity, one.vocabulary) for one in self.findings)
        )


def propose(
    inference: Inference, school: School, library: Library
) -> tuple[list[Proposal], list[Proposal]]:
    """Propose priorities: first those that enough kinds of evidence show, no more than may be, the weakest strand
    first; then the needs that fewer kinds show. Strengths and circumstances are neither."""
    found: dict[str, Proposal] = {}
    for finding in inference.fired:
        need = library.needs[finding.rule.diagnose.need] if finding.rule.diagnose else None
        if need is None or need.good or need.circumstance:
            continue
        if finding.entity.kind not in library.proposals.about:
            continue
        if need.id not in found:
            found[need.id] = Proposal(need, _judged(inference, need.strand))
        found[need.id].findings.append(finding)
        for leaf in finding.verdict.deciding():
            found[need.id].kinds |= dict(_kinds(leaf, school, library))
    order = list(library.needs)
    ranked = sorted(
        found.values(),
        key=lambda one: (
            one.judged is None,
            one.judged,
            -len(one.kinds),
            -len(one.findings),
            order.index(one.need.id),
        ),
    )
    policy = library.proposals
    chosen: list[Proposal] = []
    for one in ranked:
        of_strand = sum(other.need.strand == one.need.strand for other in chosen)
        if len(one.kinds) >= policy.kinds and of_strand < policy.of_a_strand:
            chosen.append(one)
    chosen = chosen[: library.planning.most_priorities]
    thin = [one for one in ranked if 0 < len(one.kinds) < policy.kinds]
    return chosen, thin


def _judged(inference: Inference, strand: str) -> int | None:
    question = next(one for one in inference.facts.of("question") if one.id == strand)
    value = question.values.get("judgement")
    return int(value.value) if value and isinstance(value.value, int | float) else None


def _kinds(leaf: Verdict, school: School, library: Library) -> Iterator[tuple[str, str]]:
    """The kinds of evidence a comparison that decided stands on: the activities in which a concern was noted, and
    what figures are read from. A judgement is none: it is what the evidence led to."""
    key = Key.read(leaf.key)
    indicator = library.indicators.get(key.indicator)
    if indicator is None or not leaf.result:
        return
    programme = library.programme
    if indicator.vocabulary == "concerns":
        titles = {one.id: one.title for one in programme.audit_activities}
        question = school.cqa.questions.get(key.question)
        for note in question.evidence if question else ():
            if note.concern == leaf.operand:
                yield note.activity, titles[note.activity]
    for kind in (*programme.audit_activities, *programme.further_evidence):
        if indicator.from_ in kind.reads:
            yield kind.id, kind.title
