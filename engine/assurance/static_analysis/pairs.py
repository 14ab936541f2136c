"""Two rules: one that adds nothing to the other, and two that say the opposite.

That one rule speaks for something and another against it is an argument, and no mistake: they have
different grounds. It is one where the grounds are the same, or where one always comes with the other,
both are strong, and it isn't written as an exception: the other's conditions and something more, or
further over the same line.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...library import Condition, Leaf, Rule, Statement, conjuncts, elders
from .. import phrases
from .clash import Clash, clash, says_all
from .defect import defect, witness
from .logic import Formula, both
from .model import Defect
from .rules import always
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
            if (
                other is rule
                or not says_all(world.library, other, rule)
                or not implies(world, rule, other)
            ):
                continue
            if rule.recommend + rule.advise_against and _is_graded(rule.when, other.when):
                continue  # the further over the line, the more speaks for it: their weights add up
            if (
                rule.id < other.id
                and says_all(world.library, rule, other)
                and implies(world, other, rule)
            ):
                continue  # the same: the later one is told
            found = _on(world, rule, other)
            assert found is not None
            question, given = found
            seen = see(given, world.library, [rule, other])
            yield defect(
                world.library.place("rule", rule.id, "when"),
                "covered",
                rule.id,
                phrases.adds_nothing(rule.id, other.id),
                phrases.stands_in(other.id, world.library.place("rule", other.id, "when")),
                witness(
                    world,
                    given,
                    phrases.fires_too(rule.id, other.id),
                    seen.does(rule, question) and seen.does(other, question),
                ),
            )
            break


def implies(world: World, rule: Rule, other: Rule) -> bool:
    """Tell whether the other fires wherever the rule does, on what that is about or belongs to."""
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
    order = world.library.start_order
    told: set[frozenset[tuple[str, Statement]]] = set()
    for said in world.library.statements:
        for denies in world.library.statements.naming(said.by or said.intervention):
            how = clash(said, denies, order)
            pair = frozenset({(said.rule.id, said), (denies.rule.id, denies)})
            if how is None or pair in told or not _is_wrong(world, how, said, denies):
                continue
            found = _on(world, said.rule, denies.rule)
            if found is None:
                continue
            told.add(pair)
            yield _contradiction(world, said, denies, *found)


def _is_wrong(world: World, how: Clash, said: Statement, denies: Statement) -> bool:
    rule, other = said.rule, denies.rule
    if how == "together" or rule is other:
        return True
    if how == "always":
        return implies(world, rule, other)
    for narrow, wide in ((rule, other), (other, rule)):
        if implies(world, narrow, wide):
            strong = said.strength == denies.strength == "strong"
            same = implies(world, wide, narrow)
            exception = _is_exception(narrow.when, wide.when) or _is_graded(narrow.when, wide.when)
            return same or (strong and not exception)
    return False


def _is_exception(narrow: Condition, wide: Condition) -> bool:
    """Tell whether a condition is written as another and something more."""
    some, rest = conjuncts(narrow), conjuncts(wide)
    return len(some) > len(rest) and all(part in some for part in rest)


def _is_graded(narrow: Condition, wide: Condition) -> bool:
    """Tell whether two conditions differ only in how far over a line a figure has to be."""
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
    world: World, said: Statement, denies: Statement, question: str, given: Given
) -> Defect:
    if said.kind == denies.kind and said.rule.id > denies.rule.id:
        said, denies = denies, said  # of two of a kind the later one is told
    library, rule, against = world.library, said.rule, denies.rule
    says, denied = (
        phrases.statement(one, library.titles, library.start_parts) for one in (denies, said)
    )
    seen = see(given, library, [rule, against])
    whole = rule is against
    fires = phrases.fire(rule.id) if whole else phrases.fire(rule.id, against.id)
    return defect(
        library.place("rule", against.id, *denies.place),
        "contradiction",
        against.id,
        phrases.contradicts(against.id, rule.id, says, denied),
        "" if whole else phrases.says_so_in(rule.id, library.place("rule", rule.id, *said.place)),
        witness(
            world,
            given,
            fires,
            seen.does(rule, question) and seen.does(against, question),
        ),
    )
