"""Rules put to the test: their examples, what these show, and what is missing as YAML for the rule's own
file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from ...assurance import ExamplesTried, Mutant, RuleCoverage, RulesCoverage, SuggestedExample
from ..tree import Block, Bullets, Column, Document, Listing, Paragraph, Row, Section, Table, items
from ..words import count

_COLUMNS = (
    Column(""),
    *(
        Column(title, "number", ranged="left")
        for title in (
            *("comparisons", "seen true", "seen false"),
            *("changes tried", "noticed", "not noticed"),
        )
    ),
)


def examples_document(tried: ExamplesTried) -> Document:
    """Tell each example that comes out otherwise than it says, with its place; then the counts."""
    wrong = len(tried.otherwise)
    counts = (
        f"{count(tried.examples, 'example')} of {count(tried.rules, 'rule')}, each run through its "
        f"conditions and through {tried.engine}: "
        + (f"{_comes(wrong)} otherwise than" if wrong else "all come out as")
        + (" it says." if wrong == 1 else " they say.")
    )
    otherwise = (f"{one.place}: {one.words}" for one in tried.otherwise)
    blocks = (_lines(otherwise), _lines([counts]))
    return Document("The examples of the rules", blocks, untitled=True)


def _lines(told: Iterable[str]) -> Bullets:
    return Bullets(items(told), mark="none", indent=0, unbroken=True)


def _comes(wrong: int) -> str:
    return f"{wrong} comes out" if wrong == 1 else f"{wrong} come out"


def coverage_document(coverage: RulesCoverage) -> Document:
    """Tell what the examples show, the comparisons and changes they don't, and the examples that are
    missing where they were asked for."""
    otherwise = [f"{one.place}: {one.words}" for rule in coverage.rules for one in rule.otherwise]
    blocks: list[Block] = [_lines(otherwise)]
    if otherwise:
        wrong = len(otherwise)
        comes = f"{_comes(wrong)} otherwise than {'it says' if wrong == 1 else 'they say'}"
        shows = "shows" if wrong == 1 else "show"
        told = f"Of the examples {comes}, and {shows} nothing here: mend that first."
        blocks.append(_lines([told]))
    unseen = (
        f"{one.place}: {rule.rule}: “{one.words}” is never "
        + ("true" if one.seen_false else "false" if one.seen_true else "true and never false")
        for rule in coverage.rules
        for one in rule.unseen
    )
    alive = (_mutant(rule, one) for rule in coverage.rules for one in rule.alive)
    same = (_mutant(rule, one) for rule in coverage.rules for one in rule.same)
    blocks += [
        Section("", (Table(_COLUMNS, tuple(_rows(coverage))),)),
        Section("Not seen to come out both ways:", (_lines(unseen),)),
        Section("No example notices the change:", (_lines(alive),)),
        Section(
            "Nothing an example can give tells these from the rule; is there a condition too many?",
            (_lines(same),),
        ),
    ]
    missing = tuple(map(_missing, filter(lambda rule: rule.missing, coverage.rules)))
    title = "Examples that are missing, for you to judge: is that what the rule should do?"
    blocks.append(Section(title, missing))
    if coverage.complete:
        whole = "Every comparison is seen both ways, and every change is noticed."
        blocks.append(Section("", (Paragraph(whole),)))
    return Document("What the examples show of the rules", tuple(blocks), untitled=True)


def _rows(coverage: RulesCoverage) -> Iterator[Row]:
    for name, counts in [*coverage.strata.items(), ("all", coverage)]:
        figures = (counts.conditions, counts.seen_true, counts.seen_false, counts.mutants)
        alive = counts.mutants - counts.killed
        yield Row((name, *(str(figure) for figure in (*figures, counts.killed, alive))))


def _mutant(rule: RuleCoverage, mutant: Mutant) -> str:
    doubt = " (too many values to say whether any shows it)" if mutant.unsettled else ""
    return f"{mutant.place}: {rule.rule}: {mutant.change}{doubt}"


def _missing(rule: RuleCoverage) -> Section:
    lines = [line for one in rule.missing for line in example_as_yaml(one)]
    place = f"# {rule.rule}, to be added below {rule.place}"
    return Section("", (Listing((place, *lines)),))


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
