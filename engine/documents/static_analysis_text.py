"""What is wrong with rules and knowledge, as text for a terminal: each problem with its place, and below
it the made-up schools on which it can be seen, as an example of a rule is written."""

from __future__ import annotations

from typing import Any

import yaml

from ..assurance import Defect, RulesCheck, Witness
from ..core import Mistake
from .words import count


def rules_check_as_text(check: RulesCheck) -> str:
    """All problems, sorted by place, and how many they are."""
    told: list[tuple[Mistake, Defect | None]] = [
        (Mistake(one.place, one.what, one.hint), None) for one in check.problems
    ]
    told += [(one.problem, one) for one in check.defects]
    if not told:
        return f"{check.rules} rules and {check.interventions} interventions: all well.\n"
    lines: list[str] = []
    for problem, defect in sorted(told, key=lambda one: one[0]):
        lines.append(str(problem))
        for witness in defect.witnesses if defect else ():
            lines += _witness(witness)
    return "\n".join([*lines, f"{count(len(told), 'problem')}."]) + "\n"


def _witness(witness: Witness) -> list[str]:
    ran = "the rules run on it" if witness.confirmed else "not confirmed by running the rules"
    lines = [f"# a made-up school, {ran}: {witness.shows}"]
    lines += ["given:"] if witness.given else ["given: {}"]
    lines += [f"  {_given(key, value)}" for key, value in witness.given.items()]
    return [f"    {line}" for line in lines]


def _given(key: str, value: Any) -> str:
    """One line of YAML, a list written as [one, other]."""
    several = isinstance(value, tuple)
    return yaml.safe_dump(
        {key: list(value) if several else value},
        default_flow_style=None if several else False,
        allow_unicode=True,
        width=10_000,
    ).strip()
