"""Commands about the knowledge: what a school can do, and what is known of it."""

from __future__ import annotations

import click

from termwise.commands import shared
from termwise.commands.answer import OF_A_TABLE, Answer, answering
from termwise.engine.library import LISTS

INTERVENTIONS = "interventions"


@click.group()
def knowledge() -> None:
    """The knowledge: what a school can do, and what is known of it."""


@knowledge.command("list")
@click.argument("what", metavar="WHAT", default=INTERVENTIONS, type=click.Choice(list(LISTS)))
@answering(*OF_A_TABLE)
def knowledge_list(what: str, to: Answer) -> None:
    """Every intervention, or every other name that a school's files can use.

    WHAT: interventions (without it), concerns, strengths, roles, strands, activities, indicators,
    subjects, columns, scales or reasons (for overrides.yaml).
    """
    library = shared.library()
    if what == INTERVENTIONS:
        rows = [
            {"id": i.id, "strand": i.strand, "for": i.target, "title": i.title}
            for i in sorted(library.interventions.values(), key=lambda i: (i.strand, i.id))
        ]
        to.rows("Interventions", rows, ["id", "strand", "for", "title"])
        return
    found = sorted(LISTS[what](library), key=lambda row: (row[1], row[0]))
    kept = ["id", "of", "title"] if any(of for _, of, _ in found) else ["id", "title"]
    rows = [{"id": name, "of": of, "title": title} for name, of, title in found]
    to.rows(what.capitalize(), [{key: row[key] for key in kept} for row in rows], kept)


@knowledge.command("show")
@click.argument("name", metavar="ID")
@answering()
def knowledge_show(name: str, to: Answer) -> None:
    """One intervention: what it needs, takes and is meant to do."""
    from termwise.engine.documents import intervention_document

    library = shared.library()
    item = library.intervention(name)
    if to.form == "json":
        to.put(shared.as_json(item, exclude_none=True), "The intervention is")
    else:
        to.give(intervention_document(item, library), "The intervention is")


@knowledge.command("graph")
@answering(*OF_A_TABLE)
def knowledge_graph(to: Answer) -> None:
    """What needs what first."""
    rows = []
    for item in shared.library().interventions.values():
        rows += [{"first": name, "then": item.id, "kind": "requires"} for name in item.requires]
        rows += [
            {"first": name, "then": item.id, "kind": "one of"}
            for group in item.requires_one_of
            for name in group
        ]
        rows += [{"first": name, "then": item.id, "kind": "helps"} for name in item.helped_by]
    rows.sort(key=lambda row: (row["then"], row["kind"], row["first"]))
    to.rows("What needs what first", rows, ["first", "then", "kind"])
