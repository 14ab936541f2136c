"""The sections on what a plan rests on: findings, what is not known, the files that were read, the
proof."""

from __future__ import annotations

from ...planning import Plan
from .. import reason_phrases, words
from ..plan_words import level
from ..tree import (
    Block,
    Bullets,
    Code,
    Column,
    ListItem,
    Paragraph,
    Quiet,
    Row,
    Section,
    Table,
    items,
)

_FILES = (Column("File"), Column("Rows", "number"), Column("SHA-256 begins"))
_AIMS = (
    *(Column("Aim"), Column("Answer")),
    *(Column("Reached", "number"), Column("Best possible", "number")),
)


def rests_on(plan: Plan) -> Section:
    """Tell what was found, what shaped the plan, how many pupils are at risk and what is in place."""
    found = [_by_rule(words.finding(item, plan), item.rule) for item in plan.findings]
    shaped = [_by_rule(item.words, item.rule) for item in plan.shaped]
    pupils = items(f"{item.title}: {words.count(item.pupils, 'pupil')}" for item in plan.screening)
    return Section(
        "What the plan rests on",
        (
            Section("Findings", (Bullets(tuple(found)),)),
            Section("What shaped the plan", (Bullets(tuple(shaped)),)),
            Section("Pupils, each counted once, in the gravest state", (Bullets(pupils),)),
            Section("Already in place", (Bullets(items(plan.in_place)),)),
        ),
        name="rests",
    )


def _by_rule(told: str, rule: str) -> ListItem:
    return ListItem((f"{told} ", Code(rule)))


def not_known(plan: Plan) -> Section:
    """Tell what is not known, and which rules can't say for it."""
    told = tuple(
        ListItem((item.words, Quiet(f" {item.titles} ("), Code(item.rules), Quiet(")")))
        for item in reason_phrases.not_known(plan)
    )
    everything: Block = Paragraph("Every rule could be decided.")
    return Section("What is not known", (Bullets(told) if told else everything,), name="unknown")


def what_was_read(plan: Plan) -> Section:
    """List the files, with the beginnings of their hashes."""
    rows = tuple(
        Row(
            (item.file, f"{item.rows:,}" if item.rows else "", (Code(item.sha256[:12]),)),
            f"read-{item.file}",
        )
        for item in plan.inputs
    )
    return Section("What was read", (Table(_FILES, rows),), name="read")


def how_proved(plan: Plan) -> Section:
    """Tell how good the plan is, aim by aim, and what worked it out."""
    proof = plan.proof
    rows = (Row(tuple(level(item)), f"aim-{item.name}") for item in proof.levels)
    made = f"{proof.solver}; {proof.rule_engine}; termwise {plan.termwise}."
    return Section(
        "How the plan was proved",
        (
            Paragraph(words.proof_words(proof)),
            Table(_AIMS, tuple(rows)),
            Paragraph((Quiet(made),)),
        ),
        name="proof",
    )


__all__ = ["how_proved", "not_known", "rests_on", "what_was_read"]
