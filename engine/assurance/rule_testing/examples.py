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
from .model import ExamplesTried, Otherwise

_COMES = {"fires": "fires", "silent": "stays silent", "unknown": "can't be decided"}
OUTCOMES = {True: "fires", False: "silent", None: "unknown"}


def value_given(library: Library, key: str, given: Scalar | tuple[Scalar, ...]) -> Value:
    """What an example gives under a key, as a fact: a grade as its rank, a list as a set.

    Raises ValueError, with what to say of it, for what the indicator can't be.
    """
    indicator = library.indicators.get(Key.read(key).indicator)
    kind = indicator.type if indicator else "yes-no"  # a need
    if indicator is not None and indicator.scale and isinstance(given, str):
        try:
            return Value(library.default_scales()[indicator.scale].rank(given))
        except ValueError:
            raise ValueError("gives a grade that is not on its scale") from None
    if not _FITS.get(kind, _number)(given):
        raise ValueError(f"gives {given!r} for “{key}”, which is a {kind}")
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
            does, means = ("fires", "does not") if matched else ("does not fire", "does")
            words = f"{rule.id}: “{example.say}” {does} in {NAME}; by its conditions it {means}"
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
                        f"{rule.id}: no example has “{leaf.key}” come out {str(wanted).lower()}",
                        "add one",
                    )


def _as_expected(
    rule: Rule, example: Example, place: Place, results: Sequence[bool | None]
) -> Iterator[Mistake]:
    """What is wrong with how an example comes out, and how sure it is where the rule can tell."""
    found = OUTCOMES[results[0]]
    if found != example.expect:
        yield Mistake(
            place, f"{rule.id}: “{example.say}” {_COMES[found]}, expected: {example.expect}"
        )
    elif (len(results) > 1 and found == "fires") != (example.clear is not None):
        hint = "only an example that fires, of a rule that says when it is clear, tells it"
        yield Mistake(
            place,
            f"{rule.id}: “{example.say}” needs “clear”, true or false, or has it in vain",
            hint,
        )
    elif example.clear is not None and example.clear is not (results[1] is True):
        sure = "clear" if results[1] else "not clear"
        yield Mistake(place, f"{rule.id}: “{example.say}” is {sure}")
