"""The examples of rules: what they give as facts, and whether they come out as they say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from ...core import Mistake, Place
from ...inference import NAME, fired
from ...library import (
    Entity,
    Example,
    Key,
    Library,
    Rule,
    Scalar,
    Value,
    evaluate,
    needs_read,
    placed,
    rule_conditions,
)
from .. import phrases
from .model import ExamplesTried, Otherwise

OUTCOMES = {True: "fires", False: "silent", None: "unknown"}


def value_given(library: Library, key: str, given: Scalar | tuple[Scalar, ...]) -> Value:
    """Turn what an example gives under a key into a fact: a grade into its rank, a list into a set.

    Raises ValueError, with what to say of it, for what the indicator can't be.
    """
    indicator = library.indicators.get(Key.read(key).indicator)
    kind = indicator.type if indicator else "yes-no"  # a need
    if indicator is not None and indicator.scale and isinstance(given, str):
        try:
            return Value(library.default_scales()[indicator.scale].rank(given))
        except ValueError:
            raise ValueError(phrases.OFF_SCALE) from None
    if not _FITS.get(kind, _number)(given):
        raise ValueError(phrases.wrong_kind(given, key, kind))
    if isinstance(given, tuple):
        return Value(frozenset(str(item) for item in given))
    return Value(given)


def _number(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool)


_FITS: dict[str, Callable[[object], bool]] = {
    "yes-no": lambda given: isinstance(given, bool),
    "category": lambda given: isinstance(given, str),
    "grade": lambda given: False,
    "set": lambda given: isinstance(given, tuple),
}


def example_lookup(library: Library, rule: Rule, example: Example) -> dict[str, Value]:
    """The values an example gives, as facts; a need that is not given was not found.

    Raises ValueError, with what to say of it, for a value that does not fit.
    """
    values: dict[str, Value] = {
        str(Key(need=need)): Value(False)
        for condition, _ in rule_conditions(rule)
        for need in needs_read(condition)
    }
    return values | {key: value_given(library, key, given) for key, given in example.given.items()}


def example_entity(rule: Rule, values: dict[str, Value], label: str = "") -> Entity:
    """A made-up thing of the rule's kind that has these values and needs."""
    needs: dict[str, bool | None] = {
        need: bool(value.value) for key, value in values.items() if (need := Key.read(key).need)
    }
    known = {key: value for key, value in values.items() if not Key.read(key).need}
    return Entity(rule.about, label, label, (), known, needs)


def rules_tried(library: Library, names: Collection[str] = ()) -> ExamplesTried:
    """Every example of the named rules (none named: of all), run through the conditions and through
    the rule engine, which must agree. Raises UnknownNameError for a name that is no rule's."""
    rules = chosen(library, names)
    wrong = [
        Otherwise(rule=rule.id, place=problem.place, words=problem.what)
        for rule in rules
        for problem in wrong_examples(library, rule)
    ]
    wrong.extend(_apart(library, rules))
    return ExamplesTried(
        rules=len(rules),
        examples=sum(len(rule.examples) for rule in rules),
        engine=NAME,
        otherwise=tuple(sorted(wrong, key=lambda one: (one.rule, one.place))),
    )


def chosen(library: Library, names: Collection[str]) -> list[Rule]:
    """The named rules, each once, in the order of the library; all where none is named."""
    wanted = {library.rule(name).id for name in names}
    return [rule for rule in library.rules.values() if not names or rule.id in wanted]


def _apart(library: Library, rules: Sequence[Rule]) -> Iterator[Otherwise]:
    """Examples on which the rule engine and the conditions come to different results."""
    vocabulary = library.vocabulary()
    made: list[tuple[Rule, Entity, Place, Example, bool]] = []
    for rule in rules:
        for index, example in enumerate(rule.examples):
            try:
                values = example_lookup(library, rule, example)
            except ValueError:
                continue  # told by wrong_examples
            place = library.place("rule", rule.id, "examples", index)
            entity = example_entity(rule, values, f"{rule.id} {index}")
            holds = evaluate(rule.when, values.get, vocabulary).result is True
            made.append((rule, entity, place, example, holds))
    pairs = fired(rules, [entity for _, entity, *_ in made], vocabulary)
    true = {(rule.id, id(entity)) for rule, entity in pairs}
    for rule, entity, place, example, holds in made:
        matched = (rule.id, id(entity)) in true
        if matched is not holds:
            words = phrases.engine_differs(rule.id, example.say, NAME, matched)
            yield Otherwise(rule=rule.id, place=place, words=words)


def check_examples(library: Library) -> Iterator[Mistake]:
    """Examples that do not come out as they say, and comparisons no example shows both ways."""
    for rule in library.rules.values():
        yield from wrong_examples(library, rule)
        yield from _unseen(library, rule)


def wrong_examples(library: Library, rule: Rule) -> Iterator[Mistake]:
    """The examples of a rule that do not come out as they say, by its conditions."""
    vocabulary = library.vocabulary()
    for index, example in enumerate(rule.examples):
        place = library.place("rule", rule.id, "examples", index)
        try:
            values = example_lookup(library, rule, example)
        except ValueError as error:
            yield Mistake(place, str(error))
            continue
        results = [
            evaluate(condition, values.get, vocabulary).result
            for condition, _ in rule_conditions(rule)
        ]
        yield from _as_expected(rule, example, place, results)


def _unseen(library: Library, rule: Rule) -> Iterator[Mistake]:
    vocabulary = library.vocabulary()
    seen: dict[tuple[str | int, ...], set[bool | None]] = {}
    for example in rule.examples:
        try:
            values = example_lookup(library, rule, example)
        except ValueError:
            continue
        for condition, path in rule_conditions(rule):
            verdict = evaluate(condition, values.get, vocabulary)
            for (_, where), compared in zip(placed(condition, path), verdict.leaves(), strict=True):
                seen.setdefault(where, set()).add(compared.result)
            if verdict.result is not True:
                break  # how sure it is, is asked only where the rule fires
    for condition, path in rule_conditions(rule):
        for leaf, where in placed(condition, path):
            for wanted in (True, False):
                if wanted not in seen.get(where, set()):
                    yield Mistake(
                        library.place("rule", rule.id, *where),
                        phrases.never_seen(rule.id, leaf.key, wanted),
                        "add one",
                    )


def _as_expected(
    rule: Rule, example: Example, place: Place, results: Sequence[bool | None]
) -> Iterator[Mistake]:
    """Yield what is wrong with how an example comes out, and how sure it is where the rule can tell."""
    found = OUTCOMES[results[0]]
    if found != example.expect:
        words = phrases.comes_otherwise(rule.id, example.say, found, example.expect)
        yield Mistake(place, words)
    elif (len(results) > 1 and found == "fires") != (example.clear is not None):
        yield Mistake(place, phrases.needs_clear(rule.id, example.say), phrases.CLEAR_HINT)
    elif example.clear is not None and example.clear is not (results[1] is True):
        words = phrases.sure_otherwise(rule.id, example.say, results[1] is True)
        yield Mistake(place, words)
