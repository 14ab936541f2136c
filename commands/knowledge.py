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
@shared.FORMAT
def knowledge_show(name: str, form: str) -> None:
    """One intervention: what it needs, takes and is meant to do."""
    library = shared.library()
    item = library.intervention(name)
    if form == "json":
        shared.say(shared.as_json(item, exclude_none=True), nl=False)
        return
    roles = library.roles
    shared.say(f"{item.title}  ({item.id}, {library.strands[item.strand].title})")
    shared.say(f"Written in {library.place('intervention', item.id, 'id')}\n\n{item.what}\n")
    for label, names in (
        ("Needs first", item.requires),
        *(("Needs one of", group) for group in item.requires_one_of),
        ("Helped by", item.helped_by),
        ("Excludes", item.excludes),
    ):
        if names:
            shared.say(f"{label}: " + "; ".join(library.intervention(n).title for n in names))
    for phase, given in item.phases():
        length = f"{given.half_terms} half-term{'s' if given.half_terms > 1 else ''}"
        shared.say(f"\n{phase.capitalize()} ({length}): {given.does}")
        for work in given.effort:
            each = f" and {work.each:g} for each {item.target}" if work.each else ""
            cover = ", with cover" if work.cover else ""
            shared.say(f"  {roles[work.role].title}: {work.days:g} days a half-term{each}{cover}")
        for cash in given.cash:
            each = f" and £{cash.each:,} for each {item.target}" if cash.each else ""
            shared.say(f"  {cash.kind}: £{cash.pounds:,}{each}")
    shared.say(f"\nLed by: {roles[item.lead].title}")
    shared.say(f"Monitored by: {roles[item.monitoring.role].title}, who {item.monitoring.how}")
    strand = library.toolkit.get(item.evidence.toolkit or "")
    if strand is None:
        shared.say(f"Evidence: no estimate. {item.evidence.no_estimate}")
    else:
        months = (
            "no estimate" if strand.estimate is None else f"{strand.estimate:+d} months on average"
        )
        shared.say(
            f"Evidence: {strand.title}, {months}, security {strand.security} of 5 "
            f"(Education Endowment Foundation, read {strand.read_on}, {strand.address})"
        )
    for label, texts in (
        ("Active ingredients", item.active_ingredients),
        ("Milestones", [m.what for m in item.milestones]),
        ("Success", [f"{s.measure}: {s.target}" for s in item.success]),
        ("Stop if", item.stop_if),
    ):
        shared.say(f"{label}:\n" + "\n".join(f"  - {text}" for text in texts))
    shared.say("Sources: " + "; ".join(library.sources[s].title for s in item.sources))


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
