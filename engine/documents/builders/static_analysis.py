"""The document on what is wrong with rules and knowledge: each problem with its place, and below it the
made-up schools on which it can be seen, as an example of a rule is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from ...assurance import Defect, ReviewReport, RulesCheck, Witness
from ...core import Mistake
from ..tree import Block, Bullets, Document, Listing, ListItem, Paragraph
from ..words import count


def rules_check_document(check: RulesCheck) -> Document:
    """Tell all problems, sorted by place, and how many they are."""
    told: list[tuple[Mistake, Defect | None]] = [
        (Mistake(one.place, one.what, one.hint), None) for one in check.problems
    ]
    told += [(one.problem, one) for one in check.defects]
    problems = tuple(
        ListItem(
            str(problem),
            tuple(_witness(witness) for witness in (defect.witnesses if defect else ())),
        )
        for problem, defect in sorted(told, key=lambda one: one[0])
    )
    well = f"{check.rules} rules and {check.interventions} interventions: all well."
    blocks: tuple[Block, ...] = (
        Bullets(problems, mark="none", indent=0, unbroken=True),
        Paragraph(f"{count(len(told), 'problem')}." if told else well),
        *(_reviews(check.reviews) if check.reviews else ()),
    )
    return Document("The rules and the knowledge, checked", blocks, untitled=True)


def _reviews(report: ReviewReport) -> Iterator[Block]:
    """Tell how far rules and interventions have been looked at, and what is due."""
    counts = ", ".join(f"{many} {status}" for status, many in report.statuses.items())
    yield Paragraph(
        f"Looked at: {counts}. “checked” is by this project, “reviewed” by a role outside it."
    )
    for title, names in (
        (f"Overdue on {report.on}", report.overdue),
        ("Without an owner", report.unowned),
    ):
        yield Paragraph(f"{title}: {', '.join(names) if names else 'none'}.")
    for one in report.unread:
        named = count(len(one.named_by), "draft")
        yield Paragraph(f"Read by nobody: {one.source}, named by {named}.")


def _witness(witness: Witness) -> Listing:
    return Listing(tuple(_lines(witness)), indent=4)


def _lines(witness: Witness) -> Iterator[str]:
    ran = "the rules run on it" if witness.confirmed else "not confirmed by running the rules"
    yield f"# a made-up school, {ran}: {witness.shows}"
    yield "given:" if witness.given else "given: {}"
    for key, value in witness.given.items():
        yield f"  {_given(key, value)}"


def _given(key: str, value: Any) -> str:
    """One line of YAML, a list written as [one, other]."""
    several = isinstance(value, tuple)
    return yaml.safe_dump(
        {key: list(value) if several else value},
        default_flow_style=None if several else False,
        allow_unicode=True,
        width=10_000,
    ).strip()
