"""The examples that are missing: the smallest differences from those there are that show what they
don't."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from ...library import Example, Key, Leaf, NeedLeaf, Rule, Test, Value, title_of
from .examples import OUTCOMES, example_lookup
from .model import ComparisonSeen, Mutant, SuggestedExample
from .sample_values import Given, Judge, Outcome, SampleValue, SampleValues, keyed, rule_leaves

_Expected = Literal["fires", "silent", "unknown"]


@dataclass(frozen=True, slots=True)
class ExampleGoal:
    """Something an example has yet to show, and whether values (with what the rule makes of them) do."""

    words: str
    compared: tuple[Leaf | NeedLeaf, ...]
    reached: Callable[[Mapping[str, Value], Outcome], bool]
    mutant: Judge | None = None

    @classmethod
    def seen(
        cls, one: ComparisonSeen, leaf: Leaf | NeedLeaf, test: Test, wanted: bool, fires: bool
    ) -> ExampleGoal:
        """A comparison to be seen true or false, for some only where the rule fires."""
        return cls(
            f"{one.place}: {one.key} is seen {str(wanted).lower()}",
            (leaf,),
            lambda values, found: test(values.get) is wanted and (found[0] is True or not fires),
        )

    @classmethod
    def told(cls, one: Mutant, mutant: Judge, compared: Iterable[Leaf | NeedLeaf]) -> ExampleGoal:
        """A mutant to be told from the rule."""
        return cls(
            f"{one.place}: {one.change}",
            tuple(compared),
            lambda values, found: mutant(values) != found,
            mutant,
        )


@dataclass(frozen=True, slots=True)
class _Try:
    """An example with some values changed."""

    base: Example | None
    changes: dict[str, SampleValue]
    values: dict[str, Value]
    outcome: Outcome


def missing(
    values: SampleValues,
    rule: Rule,
    whole: Judge,
    shown: Sequence[Example],
    goals: Sequence[ExampleGoal],
) -> Iterator[SuggestedExample]:
    """Examples that together reach all goals that can be reached: each time the one that reaches most
    of those that are left, and of several the one that changes least."""
    left = dict(enumerate(goals))
    reached: list[tuple[_Try, set[int]]] = []
    if left:
        for attempt in _near(values, rule, whole, shown, goals):
            found = {
                at for at, goal in left.items() if goal.reached(attempt.values, attempt.outcome)
            }
            if found:
                reached.append((attempt, found))
    while left:
        best = max(reached, key=lambda one: len(one[1] & left.keys()), default=None)
        if best is None or not best[1] & left.keys():
            break
        now = sorted(best[1] & left.keys())
        yield _example(values, rule, best[0], [left.pop(at).words for at in now])
    while left:
        at = min(left)
        far = _far(values, rule, whole, left[at])
        also = [n for n in left if far and left[n].reached(far.values, far.outcome)]
        if far and also:
            yield _example(values, rule, far, [left[n].words for n in also])
        for n in {at, *also}:
            del left[n]


def _near(
    values: SampleValues,
    rule: Rule,
    whole: Judge,
    shown: Sequence[Example],
    goals: Sequence[ExampleGoal],
) -> Iterator[_Try]:
    """Every example with one value changed, then with two."""
    by_key = keyed([*rule_leaves(rule), *(leaf for goal in goals for leaf in goal.compared)])
    points = {key: values.points(key, compared) for key, compared in by_key.items()}
    for many in (1, 2):
        for base in shown:
            start = example_lookup(values.library, rule, base)
            for keys in itertools.combinations(by_key, many):
                choices = [
                    _sets(values, key, base.given.get(key), by_key[key]) or points[key]
                    for key in keys
                ]
                for chosen in itertools.product(*choices):
                    if all(start.get(key) != p.value for key, p in zip(keys, chosen, strict=True)):
                        yield _tried(base, start, dict(zip(keys, chosen, strict=True)), whole)


def _sets(
    values: SampleValues, key: str, given: Given | None, compared: Sequence[Leaf | NeedLeaf]
) -> list[SampleValue]:
    """The set an example gives with one member more or one less, empty, and not given; of no set
    nothing."""
    named = values.named(compared)
    members = given if isinstance(given, tuple) else ()
    found = [
        tuple(item for item in members if item != name) if name in members else (*members, name)
        for name in named
    ]
    return (
        [*(values.point(key, item) for item in (*found, ())), SampleValue(None, None)]
        if named
        else []
    )


def _tried(
    base: Example | None, start: Mapping[str, Value], changes: dict[str, SampleValue], whole: Judge
) -> _Try:
    now = dict(start)
    for key, point in changes.items():
        if point.value is None:
            now.pop(key, None)
        else:
            now[key] = point.value
    return _Try(base, changes, now, whole(now))


def _far(values: SampleValues, rule: Rule, whole: Judge, goal: ExampleGoal) -> _Try | None:
    """A case of its own that tells a mutant from the rule, where no example is near one."""
    if goal.mutant is None:
        return None
    try:
        found = values.difference(whole, goal.mutant, goal.compared)
    except OverflowError:
        return None
    return _tried(None, {}, found, whole) if found else None


def _example(
    values: SampleValues, rule: Rule, tried: _Try, notices: Sequence[str]
) -> SuggestedExample:
    given: dict[str, Given] = dict(tried.base.given) if tried.base else {}
    for key, point in tried.changes.items():
        if point.given is None:
            given.pop(key, None)
        else:
            given[key] = point.given
    told = "; ".join(_said(values, key, point) for key, point in tried.changes.items())
    return SuggestedExample(
        example=Example(
            say=f"As “{tried.base.say}”, but {told}" if tried.base else told,
            given=given,
            expect=cast(_Expected, OUTCOMES[tried.outcome[0]]),
            clear=tried.outcome[1],
        ),
        notices=tuple(notices),
    )


def _said(values: SampleValues, key: str, point: SampleValue) -> str:
    title = title_of(key, values.vocabulary)
    if Key.read(key).need:
        return title if point.given else f"not {title}"
    if point.value is None:
        return f"{title}: not known"
    return f"{title}: {values.vocabulary.say(key, point.value.value)}"
