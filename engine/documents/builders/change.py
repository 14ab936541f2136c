"""The document on the smallest changes after which something would be advised or not, or a pupil be seen
otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...core import listed
from ...explain import Changes, Differs, PupilChanges, WayToChange
from ..tree import Block, Bullets, Document, ListItem, Paragraph, Section, items
from ..words import capital, clean

_NAMED = 3


def change_document(answer: Changes) -> Document:
    """Tell the ways in which something would come in or go, the fewest changes first."""
    title = f"“{clean(answer.title)}”"
    if answer.ways:
        turned = "no longer be advised" if answer.advised else "be advised"
        several = len(answer.ways) > 1
        first = (
            f"It would {turned} with {'any one of these changes' if several else 'this change'}:"
        )
    else:
        first = answer.none
    ways = Bullets(tuple(map(_way, answer.ways)), mark="number", spaced=True)
    settled: tuple[Block, ...] = ()
    if answer.settled:
        turned = "go" if answer.advised else "come in"
        settled = (
            Paragraph(f"It would {turned} too with this, which no school can make so:"),
            Bullets(tuple(map(_way, answer.settled))),
        )
    return Document(
        f"{title} is {'' if answer.advised else 'not '}advised today.",
        (
            Paragraph(answer.school.name),
            Section("", (Paragraph(first),)),
            Section("", (ways,)),
            Section("", settled),
            *(Section("", (Paragraph(told),)) for told in _proof(answer)),
        ),
    )


def _proof(answer: Changes) -> Iterator[str]:
    """Tell by which proof it is known, and what a figure stands for."""
    ways = (*answer.ways, *answer.settled)
    if not ways:
        return
    several = any(len(way.changes) > 1 for way in ways)
    told = "Each was tried by running the rules again"
    yield f"{told}{', and no part of it does the same' if several else ''}."
    if any(change.figure for way in ways for change in way.changes):
        yield "A share or a count was supposed as one figure: it stands for the pupils or teachers behind it."


def pupil_change_document(answer: PupilChanges) -> Document:
    """Tell for each subject the latest judgements with which a pupil would be seen otherwise."""
    sections = []
    for one in answer.subjects:
        judged = f"; the latest judgement is {clean(one.judgement)}" if one.judgement else ""
        where = f" [{one.cell.file}:{one.cell.row}]" if one.cell and one.judgement else ""
        ways = items([way.words for way in one.ways] or [one.none])
        title = f"{clean(one.subject_title)}: {one.state_title}{judged}{where}."
        sections.append(Section(title, (Bullets(ways),)))
    alone = "What was judged before, and who the pupil is, were left alone."
    return Document(
        f"Pupil {answer.pupil}: with which latest judgement would they be seen otherwise?",
        (Paragraph(answer.school), *sections, Section("", (Paragraph(alone),))),
        private=True,
    )


def _way(way: WayToChange) -> ListItem:
    told = [capital(one.words) + _cells(one) for one in way.changes]
    first, *others = [*(f"{one}, and" for one in told[:-1]), told[-1]]
    under: list[str] = list(others)
    if way.alike:
        alike = "1 other" if way.alike == 1 else f"any one of {way.alike} others"
        tried = "it was" if way.alike == 1 else "they were"
        under.append(f"The same change of {alike} like it may do as well; {tried} not tried.")
    for names, what in ((way.brings_in, "comes in too"), (way.takes_out, "goes too")):
        if names:
            verb = what if len(names) == 1 else what.replace("comes", "come").replace("goes", "go")
            under.append(f"Then {_names(names)} {verb}.")
    return ListItem(first, tuple(map(Paragraph, under)))


def _names(titles: Iterable[str]) -> str:
    told = [f"“{clean(title)}”" for title in titles]
    more = len(told) - _NAMED
    if more > 1:
        told = [*told[:_NAMED], f"{more} others"]
    return listed(told)


def _cells(one: Differs) -> str:
    if len(one.cells) != 1:
        return ""
    cell = one.cells[0]
    return f" [{cell.file}:{cell.row}]"
