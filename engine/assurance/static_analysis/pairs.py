"""Two rules: one that adds nothing to the other, and two that say the opposite.

That one rule speaks for something and another against it is an argument, and no mistake: they have
different grounds. It is one where the grounds are the same, or where one always comes with the other,
both are strong, and it isn't written as an exception: the other's conditions and something more, or
further over the same line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...library import Condition, Leaf, Rule, conjuncts, elders
from .defect import defect, witness
from .logic import Formula, both
from .model import Defect
from .rules import always
from .statements import Claim, Clash, claims, clash, says_all
from .symbolic_library import QUESTION, Given, World
from .synthetic_facts import see


def covered(world: World) -> Iterator[Defect]:
    """Rules that say nothing another doesn't say whenever they fire, at least as strongly.

    The witness is a smallest school on which the rule fires. It is confirmed when the other fires
    there too. Of two rules that are the same the later one is told.
    """
    rules = [
        rule
        for rule in world.library.rules.values()
        if _on(world, rule, rule) and not always(world, rule)
    ]
    for rule in rules:
        for other in rules:
            if other is rule or not says_all(other, rule) or not implies(world, rule, other):
                continue
            if rule.recommend + rule.advise_against and _is_graded(rule.when, other.when):
                continue  # the further over the line, the more speaks for it: their weights add up
            if rule.id < other.id and says_all(rule, other) and implies(world, other, rule):
                continue  # the same: the later one is told
            found = _on(world, rule, other)
            assert found is not None
            question, given = found
            seen = see(given, world.library, [rule, other])
            yield defect(
                world.library.place("rule", rule.id, "when"),
                "covered",
                rule.id,
                f"{rule.id} adds nothing: whenever it fires, {other.id} fires and says as much",
                f"{other.id} stands in {world.library.place('rule', other.id, 'when')}",
                witness(
                    world,
                    given,
                    f"{rule.id} fires, and so does {other.id}",
                    seen.does(rule, question) and seen.does(other, question),
                ),
            )
            break


def implies(world: World, rule: Rule, other: Rule) -> bool:
    """Whether the other fires wherever the rule does, on what that is about or belongs to."""
    return other.about in elders(rule.about) and not any(
        world.possible(both((world.fires(rule, q), world.not_fires(other, q))))
        for q in world.questions(rule)
    )


def _on(world: World, rule: Rule, other: Rule) -> tuple[str, Given] | None:
    """A smallest school on which both fire, with the question they do so for, if they are about one."""
    for question in world.questions(rule if rule.about == QUESTION else other):
        formula: Formula = both((world.fires(rule, question), world.fires(other, question)))
        if (given := world.school(formula)) is not None:
            return question, given
    return None


def contradictions(world: World) -> Iterator[Defect]:
    """Rules that say the opposite of each other of one thing (or a rule that does so of itself).

    The witness is a smallest school on which both fire. It is confirmed when the engine has both fire.
    """
    parts = tuple(world.library.parts)
    said = [(rule, claim) for rule in world.library.rules.values() for claim in claims(rule)]
    by_thing: dict[str, list[tuple[Rule, Claim]]] = {}
    for rule, claim in said:
        things = (claim.thing, claim.more) if claim.kind == "replace" else (claim.thing,)
        for thing in things:
            by_thing.setdefault(thing, []).append((rule, claim))
    told: set[frozenset[tuple[str, Claim]]] = set()
    for rule, claim in said:
        for other, denies in by_thing[claim.more if claim.kind == "replace" else claim.thing]:
            how = clash(claim, denies, parts)
            pair = frozenset({(rule.id, claim), (other.id, denies)})
            if how is None or pair in told or not _is_wrong(world, how, rule, claim, other, denies):
                continue
            found = _on(world, rule, other)
            if found is None:
                continue
            told.add(pair)
            yield _contradiction(world, (rule, claim), (other, denies), *found)


def _is_wrong(
    world: World, how: Clash, rule: Rule, claim: Claim, other: Rule, denies: Claim
) -> bool:
    if how == "together" or rule is other:
        return True
    if how == "always":
        return implies(world, rule, other)
    for narrow, wide in ((rule, other), (other, rule)):
        if implies(world, narrow, wide):
            strong = claim.more == denies.more == "strong"
            same = implies(world, wide, narrow)
            exception = _is_exception(narrow.when, wide.when) or _is_graded(narrow.when, wide.when)
            return same or (strong and not exception)
    return False


def _is_exception(narrow: Condition, wide: Condition) -> bool:
    """Whether a condition is written as another and something more."""
    some, rest = conjuncts(narrow), conjuncts(wide)
    return len(some) > len(rest) and all(part in some for part in rest)


def _is_graded(narrow: Condition, wide: Condition) -> bool:
    """Whether two conditions are the same but for how far over a line a figure has to be."""
    some, rest = conjuncts(narrow), conjuncts(wide)
    if len(some) != len(rest):
        return False
    differ = [(one, other) for one, other in zip(some, rest, strict=True) if one != other]
    return bool(differ) and all(
        isinstance(one, Leaf)
        and isinstance(other, Leaf)
        and (one.key, one.comparison) == (other.key, other.comparison)
        and one.operator.takes == "line"
        for one, other in differ
    )


def _contradiction(
    world: World, one: tuple[Rule, Claim], other: tuple[Rule, Claim], question: str, given: Given
) -> Defect:
    (rule, claim), (against, denies) = one, other
    if claim.kind == denies.kind and rule.id > against.id:  # of two of a kind the later one is told
        (rule, claim), (against, denies) = other, one
    library = world.library
    words = [
        _words(claim, library.titles, library.parts),
        _words(denies, library.titles, library.parts),
    ]
    seen = see(given, library, [rule, against])
    whole = rule is against
    what = (
        f"{against.id} contradicts itself: it {words[1]}, and {words[0]}"
        if whole
        else f"{against.id} contradicts {rule.id}: it {words[1]}, and {rule.id} {words[0]}"
    )
    return defect(
        library.place("rule", against.id, *denies.path),
        "contradiction",
        against.id,
        what,
        "" if whole else f"{rule.id} says so in {library.place('rule', rule.id, *claim.path)}",
        witness(
            world,
            given,
            f"{rule.id} fires" if whole else f"{rule.id} and {against.id} both fire",
            seen.does(rule, question) and seen.does(against, question),
        ),
    )


def _words(claim: Claim, titles: Mapping[str, str], parts: Mapping[str, str]) -> str:
    title, more = titles.get(claim.thing, claim.thing), claim.more
    return claim.words(title, titles.get(more, more), parts.get(more, more))
