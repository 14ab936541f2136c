"""What would have to be different for something to be advised or not, as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from ..core import listed
from ..explain import Changes, Differs, PupilChanges, WayToChange
from .words import capital, clean

_WIDTH = 100
_NAMED = 3


def change_as_text(answer: Changes) -> str:
    """The ways in which something would come in or go, the fewest changes first."""
    title = f"“{clean(answer.title)}”"
    today = f"{title} is {'' if answer.advised else 'not '}advised today."
    lines = [*_wrapped(today), clean(answer.school.name), ""]
    if answer.ways:
        turned = "no longer be advised" if answer.advised else "be advised"
        several = len(answer.ways) > 1
        lines += _wrapped(f"It would {turned} with {'any one of these' if several else 'this'}:")
    else:
        lines += _wrapped(clean(answer.none))
    for number, way in enumerate(answer.ways, start=1):
        lines += ["", *_way(f"  {number}. ", way)]
    if answer.settled:
        turned = "go" if answer.advised else "come in"
        lines += [
            "",
            *_wrapped(
                f"Left alone, since a school can't make it otherwise. It would {turned} with:"
            ),
        ]
        lines += [line for way in answer.settled for line in _way("  - ", way)]
    lines += [line for told in _proof(answer) for line in ("", *_wrapped(told))]
    return "\n".join(lines) + "\n"


def _proof(answer: Changes) -> Iterator[str]:
    """How it is known, and what a figure stands for."""
    ways = (*answer.ways, *answer.settled)
    if not ways:
        return
    several = any(len(way.changes) > 1 for way in ways)
    told = "Each was tried by running the rules again"
    yield f"{told}{', and no part of it does the same' if several else ''}."
    if any(change.figure for way in ways for change in way.changes):
        yield "A share or a count was supposed as one figure: it stands for the pupils or teachers behind it."


def pupil_change_as_text(answer: PupilChanges) -> str:
    """For each subject the latest judgements with which a pupil would be seen otherwise."""
    lines = [f"Pupil {answer.pupil}: with which latest judgement would they be seen otherwise?"]
    lines.append(clean(answer.school))
    for one in answer.subjects:
        judged = f"; the latest judgement is {clean(one.judgement)}" if one.judgement else ""
        where = f" [{one.cell.file}:{one.cell.row}]" if one.cell and one.judgement else ""
        lines += ["", *_wrapped(f"{clean(one.subject_title)}: {one.state_title}{judged}{where}.")]
        lines += [line for way in one.ways for line in _item(way.words, "  - ")]
        if not one.ways:
            lines += _item(one.none, "  - ")
    lines += ["", *_wrapped("What was judged before, and who the pupil is, were left alone.")]
    return "\n".join(lines) + "\n"


def _way(first: str, way: WayToChange) -> Iterator[str]:
    rest = " " * len(first)
    for position, one in enumerate(way.changes):
        told = capital(one.words) + _cells(one)
        told += "" if position + 1 == len(way.changes) else ", and"
        yield from _item(told, first if position == 0 else rest)
    if way.alike:
        others = "1 other" if way.alike == 1 else f"any of {way.alike} others"
        yield from _item(f"The same of {others} of its kind may do as well.", rest)
    for names, what in ((way.brings_in, "comes in too"), (way.takes_out, "goes too")):
        if names:
            verb = what if len(names) == 1 else what.replace("comes", "come").replace("goes", "go")
            yield from _item(f"Then {_names(names)} {verb}.", rest)


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


def _item(told: str, first: str) -> list[str]:
    rest = " " * len(first)
    return textwrap.wrap(clean(told), _WIDTH, initial_indent=first, subsequent_indent=rest)


def _wrapped(told: str) -> list[str]:
    return textwrap.wrap(clean(told), _WIDTH)
