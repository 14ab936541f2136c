"""What the rules say for and against something in the plan, and the values they read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...inference import Argument, value_read
from ...library import Verdict
from .. import model as view
from .context import Solved

PUPILS = ("pupil", "pupil-subject")


def because(arguments: Iterable[Argument], solved: Solved) -> tuple[view.Because, ...]:
    """Each rule's words on each entity once, in order of rule; a pupil stays nameless."""
    distinct: dict[tuple[str, str], Argument] = {}
    for told in sorted(arguments, key=lambda told: told.rule.id):
        distinct.setdefault((told.rule.id, str(told.entity)), told)
    return tuple(
        view.Because(
            rule=told.rule.id,
            title=told.rule.title,
            entity="a pupil" if told.entity.kind in PUPILS else told.entity.label,
            words=told.words,
            why=told.rule.why,
            strength=told.strength,
            values=tuple(value_read(leaf, solved.vocabulary) for leaf in _read(told, solved)),
        )
        for told in distinct.values()
    )


def _read(told: Argument, solved: Solved) -> Iterator[Verdict]:
    """The comparisons that made a rule fire; for a need, those of the rules that found it."""
    for leaf in told.verdict.deciding():
        if leaf.kind != "need" or not leaf.result:
            yield leaf
            continue
        for finding in solved.inference.of("diagnose"):
            found = finding.rule.diagnose
            if found and f"need {found.need}" == leaf.key and finding.entity in told.entity.lineage:
                for part in solved.inference.verdict(finding).deciding():
                    if part.kind != "need":
                        yield part
