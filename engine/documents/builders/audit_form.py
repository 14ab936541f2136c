"""The printable form of an audit activity: what it is for, what to ask, and a table to fill in."""

from __future__ import annotations

from collections.abc import Iterable

from ...core import listed
from ...library import AuditForm, Library
from ..tree import (
    Block,
    Bullets,
    Column,
    Document,
    Fact,
    Facts,
    Paragraph,
    Row,
    Section,
    Strong,
    Table,
    items,
)


def audit_forms_document(forms: Iterable[AuditForm], library: Library) -> Document:
    """Lay out forms one after the other, with the questions in the programme's order."""
    title = library.programme.labels.get("cqa", library.programme.title)
    sections = tuple(Section(form.title, tuple(_form(form, library))) for form in forms)
    return Document(f"{title}: forms", sections)


def _form(form: AuditForm, library: Library) -> list[Block]:
    who = listed(library.roles[role].title for role in form.who)
    blocks: list[Block] = [
        Paragraph(form.purpose),
        Facts((Fact("Takes", form.takes), Fact("Who", who))),
    ]
    if form.bring:
        blocks += [Paragraph((Strong("On the table"),)), Bullets(items(form.bring), mark="box")]
    blocks += [Paragraph((Strong("Everybody keeps to"),)), Bullets(items(form.holds))]
    for prompts in form.prompts:
        strand = library.strands[prompts.question]
        blocks += [
            Paragraph((Strong(f"{strand.title}: {strand.question}"),)),
            Bullets(items(prompts.ask)),
        ]
    empty = Row(("",) * len(form.columns))
    columns = tuple(Column(title, share=1 / len(form.columns)) for title in form.columns)
    blocks.append(Table(columns, (empty,) * form.rows))
    return blocks
