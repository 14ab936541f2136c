"""The school's decisions about advice, as told on steps and on what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...inference import Effect, Recommendation
from ...library import Entity
from .. import model as view
from ..phrases.plan_notes import ALL_IT_COULD_BE_FOR, AS_ADVISED, of_some
from .context import Solved
from .target import target


def decisions(solved: Solved) -> Iterator[view.Overridden]:
    """Every decision of the school, in the order it wrote them down."""
    for effect in solved.advised.decided:
        override = effect.decided.override
        yield view.Overridden(
            intervention=effect.name,
            title=effect.intervention.title,
            decision=override.decision,
            reason=effect.decided.reason,
            role=effect.decided.role,
            on=override.on,
            note=override.note,
            target=_whom(effect, solved),
            changes=effect.changes,
            asked=bool(effect.rules),
            rules=effect.rules,
            words=effect.words,
        )


def decided(
    name: str, solved: Solved, targets: Iterable[Entity] = (), refusals: bool = True
) -> str:
    """Return the school's decisions about an intervention in sentences; empty where none.

    Where `targets` are given, a decision that names some counts only if it names one of them.
    """
    wanted, told = list(targets), []
    for effect in solved.advised.decided:
        if effect.name != name or (effect.refused and not refusals):
            continue
        if wanted and not any(effect.about(target) for target in wanted):
            continue
        words = effect.words
        if effect.decided.override.for_:
            words = of_some(_whom(effect, solved), words)
        told.append(words)
    return " ".join(told)


def _whom(effect: Effect, solved: Solved) -> str:
    """Return the targets a decision names, in words; by their ids where no data tells of them."""
    ids = effect.decided.override.for_
    if not ids and effect.intervention.target != "school":
        advised = effect.rules and not effect.refused
        return AS_ADVISED if advised else ALL_IT_COULD_BE_FOR
    if ids and not effect.targets:
        return f"{effect.intervention.target} {', '.join(ids)}"
    return target(Recommendation(effect.intervention, list(effect.targets)), solved).words
