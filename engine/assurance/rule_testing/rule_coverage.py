"""What the examples of a rule show of it: comparisons seen both ways, mutants that are noticed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ...library import (
    STRATA,
    Condition,
    Example,
    Library,
    Rule,
    Value,
    leaves,
    placed,
    rule_conditions,
    say,
    truth_of,
)
from .examples import OUTCOMES, chosen, example_lookup, wrong_examples
from .model import ComparisonSeen, Counts, Mutant, Otherwise, RuleCoverage, RulesCoverage
from .mutants import Changed, mutants
from .sample_values import Judge, Outcome, SampleValues, judge, rule_leaves
from .suggested_examples import ExampleGoal, missing

_RESULTS = {word: result for result, word in OUTCOMES.items()}


@dataclass(frozen=True, slots=True)
class _Shown:
    """An example that comes out as it says."""

    example: Example
    values: dict[str, Value]
    outcome: Outcome


def rules_coverage(
    library: Library, names: Collection[str] = (), suggest: bool = False
) -> RulesCoverage:
    """Report what the examples of the named rules (none named: of all) show, and with `suggest` the
    examples that are missing. An example that does not come out as it says shows nothing.

    Raises UnknownNameError for a name that is no rule's.
    """
    values = SampleValues(library)
    rules = tuple(_rule(values, rule, suggest) for rule in chosen(library, names))
    strata = {name: [rule for rule in rules if rule.stratum == name] for name in STRATA}
    return RulesCoverage(
        **_sum(rules),
        strata={name: Counts(**_sum(found)) for name, found in strata.items() if found},
        rules=rules,
    )


def _sum(rules: Collection[RuleCoverage]) -> dict[str, int]:
    return {name: sum(getattr(rule, name) for rule in rules) for name in Counts.model_fields}


def _rule(values: SampleValues, rule: Rule, suggest: bool) -> RuleCoverage:
    library, vocabulary = values.library, values.vocabulary
    clear = rule.screen.clear if rule.screen else None
    whole = judge(rule.when, clear, vocabulary)
    shown = list(_shown(library, rule, whole))
    goals: list[ExampleGoal] = []
    comparisons: list[ComparisonSeen] = []
    for condition, path in rule_conditions(rule):
        # how sure a reason is, is asked only where the rule fires
        asked = [one for one in shown if condition is rule.when or one.outcome[0] is True]
        for leaf, where in placed(condition, path):
            test = truth_of(leaf, vocabulary)
            seen = {test(one.values.get) for one in asked}
            compared = ComparisonSeen(
                place=library.place("rule", rule.id, *where),
                key=leaf.key,
                words=say(leaf, vocabulary)[0],
                seen_true=True in seen,
                seen_false=False in seen,
            )
            comparisons.append(compared)
            fires = condition is not rule.when
            for wanted in sorted({True, False} - seen):
                goals.append(ExampleGoal.seen(compared, leaf, test, wanted, fires))
    killed = 0
    alive: list[Mutant] = []
    same: list[Mutant] = []
    for changed, mutant in _mutants(values, rule):
        if any(mutant(one.values) != one.outcome for one in shown):
            killed += 1
            continue
        compared_by = [*rule_leaves(rule), *leaves(changed.condition)]
        try:
            told, unsettled = values.difference(whole, mutant, compared_by) is not None, False
        except OverflowError:
            told, unsettled = True, True
        place = library.place("rule", rule.id, *changed.path)
        record = Mutant(place=place, kind=changed.kind, change=changed.words, unsettled=unsettled)
        (alive if told else same).append(record)
        if told:
            goals.append(ExampleGoal.told(record, mutant, compared_by))
    examples = [one.example for one in shown]
    return RuleCoverage(
        rule=rule.id,
        stratum=rule.stratum,
        place=library.place("rule", rule.id, "examples"),
        conditions=len(comparisons),
        seen_true=sum(one.seen_true for one in comparisons),
        seen_false=sum(one.seen_false for one in comparisons),
        mutants=killed + len(alive),
        killed=killed,
        unseen=tuple(one for one in comparisons if not (one.seen_true and one.seen_false)),
        alive=tuple(alive),
        same=tuple(same),
        missing=tuple(missing(values, rule, whole, examples, goals)) if suggest else (),
        otherwise=tuple(
            Otherwise(rule=rule.id, place=problem.place, words=problem.what)
            for problem in wrong_examples(library, rule)
        ),
    )


def _shown(library: Library, rule: Rule, whole: Judge) -> Iterator[_Shown]:
    for example in rule.examples:
        try:
            values = example_lookup(library, rule, example)
        except ValueError:
            continue  # told of as wrong
        outcome = _RESULTS[example.expect], example.clear
        if whole(values) == outcome:
            yield _Shown(example, values, outcome)


def _mutants(values: SampleValues, rule: Rule) -> Iterator[tuple[Changed, Judge]]:
    clear: Condition | None = rule.screen.clear if rule.screen else None
    for condition, path in rule_conditions(rule):
        for changed in mutants(condition, path, values.vocabulary):
            pair = (
                (changed.condition, clear)
                if condition is rule.when
                else (rule.when, changed.condition)
            )
            yield changed, judge(*pair, values.vocabulary)
