"""Why something for a class or a teacher is not asked for where it could be: the figures that fall
short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..library import Entity, Intervention, Library, Rule, Verdict, rules_of, title_of
from .counterfactual_search import Turn
from .forward_chaining import Inference
from .nearest_rules import NearestTurns, rank


@dataclass(frozen=True, slots=True)
class Unasked:
    """An intervention for one kind of target, with those it is not asked for and why."""

    intervention: Intervention
    targets: tuple[Entity, ...]
    words: str


def unasked(
    inference: Inference, library: Library, asked: Mapping[str, Iterable[Entity]]
) -> Iterator[Unasked]:
    """For each intervention that is for some classes or teachers: those no rule asks it for, with
    the figure that falls short of the rule that comes nearest.

    `asked` are the targets each intervention is asked for.
    """
    nearest = NearestTurns(inference, library)
    for item in library.interventions.values():
        if item.target == "school":
            continue
        rules = rules_of(library.statements.about(item.id, "for"))
        named = {id(target) for target in asked.get(item.id, ())}
        shortfalls: dict[str, list[tuple[Entity, str]]] = {}
        for target in inference.facts.of(item.target):
            if id(target) in named:
                continue
            leaf = _nearest(target, rules, inference, nearest)
            if leaf is not None and leaf.read is not None and leaf.operand is not None:
                say = inference.vocabulary.say
                line = leaf.operator.falls_short.format(say(leaf.key, leaf.operand))
                title = title_of(leaf.key, inference.vocabulary)
                found = shortfalls.setdefault(f"{title} is {line}", [])
                found.append((target, say(leaf.key, leaf.read.value)))
        if shortfalls:
            words = ". ".join(
                f"{what[:1].upper()}{what[1:]} for "
                + ", ".join(f"{target.label} ({value})" for target, value in found)
                for what, found in shortfalls.items()
            )
            targets = tuple(target for found in shortfalls.values() for target, _ in found)
            yield Unasked(item, targets, f"{words}.")


def _nearest(
    target: Entity, rules: Iterable[Rule], inference: Inference, nearest: NearestTurns
) -> Verdict | None:
    """The comparison of a figure that keeps the nearest rule from asking; None where what was found
    speaks against it, or where what was found speaks for it and the rest is not known."""
    best: tuple[tuple[int, float], Verdict] | None = None
    for rule in rules:
        for entity in inference.facts.of(rule.about):
            if target is not entity and not any(elder is target for elder in entity.lineage):
                continue
            verdict = inference.on(rule, entity).verdict
            if verdict.result is None and any(
                leaf.kind == "need" and leaf.result for leaf in verdict.leaves()
            ):
                return None  # what was found speaks for it, and the rest is not known
            if verdict.result is not False:
                continue
            if any(leaf.kind == "need" and leaf.result for leaf in verdict.deciding()):
                return None  # something that was found speaks against it: that is no shortfall
            turns = nearest.least(rule, entity) or ()
            for turn in turns:
                if _is_figure(turn, inference) and (best is None or rank(turns) < best[0]):
                    best = rank(turns), turn.leaf
    return best[1] if best else None


def _is_figure(turn: Turn, inference: Inference) -> bool:
    """Tell whether a comparison is of a figure about pupils that falls short. What is agreed
    about a teacher's practice is left out: a plan is no list of it."""
    indicator = inference.vocabulary.indicators.get(turn.leaf.key)
    known = turn.leaf.takes("line") and turn.leaf.result is False
    return known and indicator is not None and indicator.from_ == "aggregate"
