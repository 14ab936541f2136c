"""Single rules: one that can never fire, and one that always does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from ...library import Condition, NeedLeaf, Rule, conjuncts, evaluate, say
from .. import phrases
from .defect import defect, witness
from .logic import both
from .model import Defect, Witness
from .symbolic_library import World
from .synthetic_facts import see


def never_fires(world: World) -> Iterator[Defect]:
    """Rules whose conditions can't hold together.

    The witness is a school that comes nearest: as many of the parts hold on it as can, and the rule
    does not fire. It is confirmed when the engine says of each part, and of the rule, the same.
    """
    for rule in world.library.rules.values():
        if any(world.possible(world.fires(rule, q)) for q in world.questions(rule)):
            continue
        parts = conjuncts(rule.when)
        apart = _apart(world, rule, parts)
        told = [_words(world, part) for part in apart]
        if len(apart) == 1:
            what, hint = phrases.part_never(rule.id, told[0]), ""
            if isinstance(apart[0], NeedLeaf):
                finders = [finder.id for finder in world.library.finders.get(apart[0].need, ())]
                hint = phrases.found_only_by(finders)
        else:
            what = phrases.parts_exclude(rule.id)
            hint = " and ".join(told)
        yield defect(
            world.library.place("rule", rule.id, "when"),
            "never",
            rule.id,
            what,
            hint,
            _nearest(world, rule, parts, len(parts) > 1),
        )


def _apart(world: World, rule: Rule, parts: Sequence[Condition]) -> Sequence[Condition]:
    """The fewest of the parts that can't hold together, the first of equals."""
    for size in range(1, len(parts) + 1):
        for some in combinations(parts, size):
            if not _together(world, rule, some):
                return some
    return parts


def _together(world: World, rule: Rule, parts: Sequence[Condition]) -> bool:
    return any(
        world.possible(both(world.holds(part, q) for part in parts)) for q in world.questions(rule)
    )


def _words(world: World, part: Condition) -> str:
    return "“" + " ".join(line.strip() for line in say(part, world.vocabulary)) + "”"


def _nearest(world: World, rule: Rule, parts: Sequence[Condition], several: bool) -> Witness:
    for size in range(len(parts) - 1, -1, -1):
        for some in combinations(parts, size):
            for question in world.questions(rule):
                given = world.school(both(world.holds(part, question) for part in some))
                if given is None:
                    continue
                seen = see(given, world.library, [rule])
                entity = next(
                    one for one in seen.inference.facts.of(rule.about) if question in ("", one.id)
                )
                true = [
                    evaluate(part, entity.lookup, world.vocabulary).result is True for part in parts
                ]
                asked = [any(part is one for one in some) for part in parts]
                confirmed = true == asked and not seen.does(rule, question)
                missing = [part for part in parts if not any(part is one for one in some)]
                told = " and ".join(_words(world, part) for part in missing)
                shows = phrases.does_not_fire(rule.id, told if several and some else "")
                return witness(world, given, shows, confirmed)
    raise AssertionError("nothing at all holds on any school")


def always_fires(world: World) -> Iterator[Defect]:
    """Rules that fire whatever is known.

    The witnesses are two schools of which all is known that the rule reads, with the lowest values
    that matter and with the highest. They are confirmed when the rule fires on both.
    """
    for rule in world.library.rules.values():
        if always(world, rule):
            question = world.questions(rule)[0]
            formula = world.fires(rule, question)
            found = []
            for highest in (False, True):
                given = world.extreme(formula, highest)
                fires = see(given, world.library, [rule]).does(rule, question)
                found.append(witness(world, given, phrases.fire(rule.id), fires))
            yield defect(
                world.library.place("rule", rule.id, "when"),
                "always",
                rule.id,
                phrases.always(rule.id),
                "",
                *found,
            )


def always(world: World, rule: Rule) -> bool:
    """Tell whether a rule can fire and can't be silent."""
    questions = world.questions(rule)
    return any(world.possible(world.fires(rule, q)) for q in questions) and not any(
        world.possible(world.fires(rule, q, wanted=False)) for q in questions
    )
