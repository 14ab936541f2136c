"""One intervention as it is written: what it needs, takes and is meant to do."""

from __future__ import annotations

from collections.abc import Iterator

from ...library import PHASES, ForEach, Intervention, Library, Milestone, filled
from ..tree import Bullets, Document, Fact, Facts, Link, Paragraph, Section, Words, items
from ..words import count


def intervention_document(item: Intervention, library: Library) -> Document:
    """Lay out an intervention, its ids in the words of the library it is from."""
    lists = (
        ("Active ingredients", item.active_ingredients),
        ("Milestones", [_milestone(one, item) for one in item.milestones]),
        ("Success", [f"{one.measure}: {one.target}" for one in item.success]),
        ("Stop if", item.stop_if),
        ("Help from outside", list(_help(item, library))),
        ("Sources", [library.sources[source].title for source in item.sources]),
    )
    return Document(
        item.title,
        (
            Paragraph(f"{item.id}, {library.strands[item.strand].title}"),
            Paragraph(f"Written in {library.place('intervention', item.id, 'id')}"),
            Section("", (Paragraph(item.what),)),
            Section("", (Facts(tuple(_asks(item, library))),)),
            *_phases(item, library),
            Section("", (Facts(tuple(_holds(item, library))),)),
            *(Section(title, (Bullets(items(told)),)) for title, told in lists),
        ),
        whole_words=True,
    )


def _help(item: Intervention, library: Library) -> Iterator[str]:
    for one in library.outside_help.values():
        if item.id in one.for_:
            yield f"{one.title}: {one.what} Ask {one.ask}. It costs: {one.costs}."


def _milestone(milestone: Milestone, item: Intervention) -> str:
    """Tell a milestone with what it counts, where nothing of it is cut."""
    return filled(milestone.what, {"half_terms": item.half_terms_to(milestone.by or PHASES[-1])})


def _asks(item: Intervention, library: Library) -> Iterator[Fact]:
    for term, names in (
        ("Needs first", item.requires),
        *(("Needs one of", group) for group in item.requires_one_of),
        ("Helped by", item.helped_by),
        ("Excludes", item.excludes),
    ):
        if names:
            yield Fact(term, "; ".join(library.intervention(name).title for name in names))


def _phases(item: Intervention, library: Library) -> Iterator[Section]:
    for phase, given in item.phases():
        takes = []
        for work in given.effort:
            days = f"{work.days:g} days a half-term" if work.days else ""
            each = f"{work.each:g} {_for_each(item, work.for_each, library)}" if work.each else ""
            cover = ", with cover" if work.cover else ""
            role = library.roles[work.role].title
            takes.append(f"{role}: {' and '.join(filter(None, (days, each)))}{cover}")
        for cash in given.cash:
            pounds = f"£{cash.pounds:,}" if cash.pounds else ""
            each = f"£{cash.each:,} {_for_each(item, cash.for_each, library)}" if cash.each else ""
            takes.append(f"{cash.kind}: {' and '.join(filter(None, (pounds, each)))}")
        title = f"{phase.capitalize()} ({count(given.half_terms, 'half-term')})"
        yield Section(title, (Paragraph(given.does), Bullets(items(takes))))


def _for_each(item: Intervention, of: ForEach | None, library: Library) -> str:
    """Tell what something is given for, in words: “for each class”, “for each 30 (pupils on roll)”."""
    if of is None:
        return f"for each {item.target}"
    many = f"{of.steps_of} or part of them" if of.steps_of > 1 else "one"
    usual = f"; {of.usual} where that is not known" if of.usual else ""
    return f"for each {many} ({library.indicators[of.count].title}{usual})"


def _holds(item: Intervention, library: Library) -> Iterator[Fact]:
    roles = library.roles
    yield Fact("Led by", roles[item.lead].title)
    yield Fact("Monitored by", f"{roles[item.monitoring.role].title}, who {item.monitoring.how}")
    yield Fact("Evidence", _evidence(item, library))


def _evidence(item: Intervention, library: Library) -> Words:
    strand = library.toolkit.get(item.evidence.toolkit or "")
    if strand is None:
        return f"no estimate. {item.evidence.no_estimate}"
    months = "no estimate" if strand.estimate is None else f"{strand.estimate:+d} months on average"
    return (
        f"{strand.title}, {months}, security {strand.security} of 5 (Education Endowment "
        f"Foundation, read {strand.read_on}, ",
        Link(strand.address, strand.address),
        ")",
    )
