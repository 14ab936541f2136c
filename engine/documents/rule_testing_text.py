"""Rules put to the test, as text for a terminal; what is missing as YAML for the rule's own file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from ..assurance import ExamplesTried, Mutant, RuleCoverage, RulesCoverage, SuggestedExample
from .text_table import plain_table
from .words import count

_HEADER = ("", "comparisons", "seen true", "seen false", "mutants", "killed", "alive")


def examples_as_text(tried: ExamplesTried) -> str:
    """Each example that comes out otherwise than it says, with its place; then the counts."""
    lines = [f"{one.place}: {one.words}" for one in tried.otherwise]
    wrong = len(tried.otherwise)
    lines.append(
        f"{count(tried.examples, 'example')} of {count(tried.rules, 'rule')}, each run through its "
        f"conditions and through {tried.engine}: "
        + (f"{_comes(wrong)} otherwise than" if wrong else "all come out as")
        + (" it says." if wrong == 1 else " they say.")
    )
    return "\n".join(lines) + "\n"


def _comes(wrong: int) -> str:
    return f"{wrong} comes out" if wrong == 1 else f"{wrong} come out"


def coverage_as_text(coverage: RulesCoverage) -> str:
    """What the examples show, the comparisons and changes they don't, and the examples that are
    missing where they were asked for."""
    lines = [f"{one.place}: {one.words}" for rule in coverage.rules for one in rule.otherwise]
    if lines:
        wrong = len(lines)
        comes = f"{_comes(wrong)} otherwise than {'it says' if wrong == 1 else 'they say'}"
        shows = "shows" if wrong == 1 else "show"
        lines += [f"Of the examples {comes}, and {shows} nothing here: mend that first.", ""]
    lines += plain_table(list(_rows(coverage)), _HEADER).splitlines()
    unseen = [
        f"{one.place}: {rule.rule}: “{one.words}” is never "
        + ("true" if one.seen_false else "false" if one.seen_true else "true and never false")
        for rule in coverage.rules
        for one in rule.unseen
    ]
    alive = [_mutant(rule, one) for rule in coverage.rules for one in rule.alive]
    same = [_mutant(rule, one) for rule in coverage.rules for one in rule.same]
    lines += _block("Not seen to come out both ways:", unseen)
    lines += _block("No example notices the change:", alive)
    lines += _block(
        "Nothing an example can give tells these from the rule; is there a condition too many?",
        same,
    )
    missing = [rule for rule in coverage.rules if rule.missing]
    if missing:
        lines += [
            "",
            "Examples that are missing, for you to judge: is that what the rule should do?",
        ]
    for rule in missing:
        lines += ["", f"# {rule.rule}, to be added below {rule.place}"]
        for one in rule.missing:
            lines += example_as_yaml(one)
    if coverage.complete:
        lines += ["", "Every comparison is seen both ways, and every change is noticed."]
    return "\n".join(lines) + "\n"


def _rows(coverage: RulesCoverage) -> Iterator[list[str]]:
    for name, counts in [*coverage.strata.items(), ("all", coverage)]:
        figures = (counts.conditions, counts.seen_true, counts.seen_false, counts.mutants)
        alive = counts.mutants - counts.killed
        yield [name, *(str(figure) for figure in (*figures, counts.killed, alive))]


def _mutant(rule: RuleCoverage, mutant: Mutant) -> str:
    doubt = " (too many values to say whether any shows it)" if mutant.unsettled else ""
    return f"{mutant.place}: {rule.rule}: {mutant.change}{doubt}"


def _block(title: str, lines: list[str]) -> list[str]:
    return ["", title, *lines] if lines else []


def example_as_yaml(missing: SuggestedExample) -> list[str]:
    """The lines of a missing example, ready to be pasted below a rule's “examples”."""
    example = missing.example
    fields: list[tuple[str, Any]] = [("say", example.say), ("given", _plain(example.given))]
    fields.append(("expect", example.expect))
    if example.clear is not None:
        fields.append(("clear", example.clear))
    lines = [f"# notices {words}" for words in missing.notices]
    written = [f"{name}: {_flow(value)}" for name, value in fields if value != {}]
    return [*lines, f"- {written[0]}", *(f"  {line}" for line in written[1:])]


def _plain(given: dict[str, Any]) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in given.items()}


def _flow(value: object) -> str:
    """A value on one line of YAML."""
    text = yaml.safe_dump(
        [value], default_flow_style=True, allow_unicode=True, width=100_000, sort_keys=False
    )
    return text.strip()[1:-1]
