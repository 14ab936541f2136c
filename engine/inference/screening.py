"""What the screening rules say of a pupil in a subject: the state, its reasons, and how sure it
is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..library import Entity, EntityKind, FactBase, Library, Rule, Value, Vocabulary, evaluate

KIND: EntityKind = "pupil-subject"


def put_states(
    facts: FactBase,
    library: Library,
    vocabulary: Vocabulary,
    fired: Iterable[tuple[Rule, Entity]],
    undecided: Iterable[Entity],
) -> None:
    """Gives every pupil a state in every subject: the gravest that a rule says, with all reasons.

    Where no rule fires and one could not be decided, the pupil has too little data: what is missing
    never makes a pupil on track. `certainty` is known where rules gave the state: clear when one of
    them is.
    """
    screening = library.screening
    order = [state.id for state in screening.states]
    said: dict[int, list[Rule]] = {}
    for rule, entity in fired:
        said.setdefault(id(entity), []).append(rule)
    unknown = {id(entity) for entity in undecided}
    for entity in facts.of(KIND):
        rules = said.get(id(entity), ())
        state = screening.when_unknown if id(entity) in unknown else screening.default
        if rules:
            state = min((_state(rule) for rule in rules), key=order.index)
        cells = entity.values["current"].cells if "current" in entity.values else ()
        entity.values["state"] = Value(state, cells)
        entity.values["reasons"] = Value(frozenset(map(_reason, rules)), cells)
        sure = certainty(state, rules, entity, library, vocabulary)
        if sure is not None:
            entity.values["certainty"] = Value(sure, cells)


def certainty(
    state: str, rules: Sequence[Rule], entity: Entity, library: Library, vocabulary: Vocabulary
) -> str | None:
    """Give how sure a state is by the rules that gave it, an id of the library's; None for a
    state that means no concern."""
    screening = library.screening
    giving = [rule for rule in rules if _state(rule) == state]
    if not giving or state in (screening.default, screening.when_unknown):
        return None
    clear = any(is_clear(rule, entity, vocabulary) for rule in giving)
    return screening.clear.id if clear else screening.within_error.id


def is_clear(rule: Rule, entity: Entity, vocabulary: Vocabulary) -> bool:
    """Tell whether error of measurement alone seldom explains that a screening rule fires: its
    `clear` is true. Where that can't be decided, it isn't clear."""
    clear = rule.screen.clear if rule.screen else None
    return clear is None or evaluate(clear, entity.lookup, vocabulary).result is True


def _state(rule: Rule) -> str:
    assert rule.screen is not None
    return rule.screen.state


def _reason(rule: Rule) -> str:
    assert rule.screen is not None
    return rule.screen.reason


def circumstances(entity: Entity, library: Library, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The ids of the circumstances that hold for a pupil, in the order of the library."""
    return tuple(
        item.id
        for item in library.screening.circumstances
        if evaluate(item.who, entity.lookup, vocabulary).result is True
    )
