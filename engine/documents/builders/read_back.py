"""The document on what came back in a plan's file: what each change would become, and what nobody can tell."""

from __future__ import annotations

from collections.abc import Iterable

from ...review import ReadBack, ReturnedChange
from ..tree import (
    Block,
    Bullets,
    Code,
    Column,
    Document,
    ListItem,
    Paragraph,
    Quiet,
    Row,
    Section,
    Table,
)
from ..words import capital, clean, count, date

_TITLES = {
    "progress": "Rows for progress.csv",
    "start": "Begins in another half-term",
    "end": "Ends in another half-term",
    "lead": "Led by another",
    "title": "Called otherwise",
    "dropped": "Dropped: its code is gone",
    "added": "Added by the school",
}
_ACCEPT = "read-back with --accept CODE --reason CODE --by ROLE"
_BECOMES = {
    "progress": "Written by termwise read-back with --write.",
    "start": f"To keep a step there: {_ACCEPT} writes that into overrides.yaml; then plan again.",
    "end": "How long a step takes stands with its intervention: tell its end as progress, or adapt its form.",
    "lead": f"To have another lead: {_ACCEPT}, as for what moved.",
    "title": "A step keeps its title in termwise; what it is called at the school can stand in a note.",
    "dropped": f"To do without a step: {_ACCEPT} refuses it in overrides.yaml; or write it down as stopped.",
    "added": "To have it planned, followed and reviewed like any other, write it under own_steps in school.yaml.",
}
_COLUMNS = (
    Column("Code", share=0.07),
    Column("Step", share=0.27),
    Column("Was", share=0.2),
    Column("Now", share=0.3),
    Column("Where", share=0.16),
)


def read_back_document(found: ReadBack) -> Document:
    """Tell what a file says otherwise than the plan in force, and what would come of each."""
    kinds: tuple[Block, ...] = tuple(
        _section(kind, title, (one for one in found.proposals if one.kind == kind))
        for kind, title in _TITLES.items()
    )
    blocks: tuple[Block, ...] = (
        Paragraph(_in_short(found)),
        *kinds,
        Section("Not understood", (_unclear(found),), name="unclear"),
    )
    return Document(f"{clean(found.school.name)}: what came back", blocks, whole_words=True)


def _in_short(found: ReadBack) -> str:
    rows, day = count(found.rows, "row"), date(found.issued)
    if not (found.proposals or found.not_understood):
        return f"{rows} with a code: nothing is otherwise than in the plan issued on {day}."
    changes = count(len(found.proposals), "change")
    return (
        f"{rows} with a code, held against the plan issued on {day}: {changes}, "
        f"{len(found.not_understood)} not understood."
    )


def _section(kind: str, title: str, proposals: Iterable[ReturnedChange]) -> Section:
    rows = tuple(
        Row(
            (one.code, clean(one.title), clean(one.was), capital(one.now), one.where),
            f"{kind}-{number}",
        )
        for number, one in enumerate(proposals, start=1)
    )
    becomes = Paragraph((Quiet(_BECOMES[kind]),))
    return Section(
        f"{title} ({len(rows)})", (Table(_COLUMNS, rows), becomes) if rows else (), name=kind
    )


def _unclear(found: ReadBack) -> Bullets:
    return Bullets(
        tuple(
            ListItem(
                (Code(one.where), f" {one.code}: {clean(one.said) or 'a cell'}: {clean(one.why)}")
            )
            for one in found.not_understood
        )
    )


__all__ = ["read_back_document"]
