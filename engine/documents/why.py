"""Why a step is where it is, and why something is not in the plan, as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from ..records.plan import Because
from ..records.why import Alternative, Elsewhere, WhyNot, WhyStep
from .plan_words import points, sentence
from .reasons import NEEDED, reasons
from .words import (
    LEFT_OUT_KINDS,
    capital,
    clean,
    count,
)

_SHOWN = 2
"""What is in the way elsewhere is told so far; the record has all of it."""
_WIDTH = 100


def why_as_text(answer: WhyStep) -> str:
    """Why a step is in the plan, why there, and what it would cost to have it otherwise."""
    title = capital(answer.title)
    when = clean(answer.starts)
    if answer.ends != answer.starts:
        when += f" to {clean(answer.ends)}"
    blocks = [
        [*_wrapped(f"{title}: {when}"), clean(answer.school.name)],
        _block("Why it is in the plan", _because(answer, answer.because, NEEDED)),
        _block("What speaks against it", _because(answer, answer.against)),
        _block("Why then", _items(answer.why_here)),
        _block("It waits for", _items(answer.waits_for)),
        _block("It makes possible", _items(answer.enables)),
        _block("How far it could move", _items(_moves(answer))),
        _block("In the way elsewhere, with all else where it is", _elsewhere(answer.elsewhere)),
        _block("The nearest plan with it earlier", _earlier(answer)),
        _block("The nearest plan with it later", _alternative(answer.later)),
        _block("The plan without it", _alternative(answer.without)),
    ]
    return _text(blocks)


def why_not_as_text(answer: WhyNot) -> str:
    """Why something is not in the plan, and what would bring it in."""
    kind = LEFT_OUT_KINDS.get(answer.kind, "")
    reason = [*_items([sentence(kind)] if kind else []), *_items([sentence(answer.reason)])]
    reason += _items(sentence(capital(one)) for one in answer.also)
    where = "not in the plan"
    if answer.planned_for:
        where = f"in the plan for {answer.planned_for}; not for all"
    blocks = [
        [*_wrapped(f"{capital(answer.title)}: {where}"), clean(answer.school.name)],
        _block("Why not", reason),
        _block("What speaks for it", _because(answer, answer.because)),
        _block("In the way, with all else where it is", _elsewhere(answer.elsewhere)),
        _block(
            "The nearest plan with it, in place of something else", _alternative(answer.instead)
        ),
        _block("What would fit it in beside all the rest", _beside(answer)),
    ]
    return _text(blocks)


def _text(blocks: Iterable[list[str]]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _block(title: str, lines: Iterable[str]) -> list[str]:
    told = list(lines)
    return [title, *told] if told else []


def _because(
    answer: WhyStep | WhyNot, said: Iterable[Because], otherwise: str = ""
) -> Iterator[str]:
    several = reasons(said, answer.school.name)
    for reason in several:
        yield from _item(f"{reason.words} ({clean(reason.strength)}; {reason.rule}).")
        for read in reason.reads:
            where = f" [{read.where}]" if read.where else ""
            yield from _item(read.words + where, "      ", "        ")
    if not several and otherwise:
        yield from _item(otherwise)


def _moves(answer: WhyStep) -> Iterator[str]:
    if answer.earliest:
        same = answer.earliest == answer.starts
        yield (
            f"What it needs would let it start in {clean(answer.earliest)}"
            f"{', when it does' if same else ' at the earliest'}."
        )
    if not answer.latest:
        return
    if answer.slack > 0:
        if answer.free > 0:
            yield (
                f"It can slip by {count(answer.free, 'half-term')} without moving another step, where "
                "people have the time."
            )
        if answer.free >= answer.slack:
            return
        yield (
            f"It can slip by {count(answer.slack, 'half-term')}: it could start as late as "
            f"{clean(answer.latest)} if what waits for it moves too, where people have the time."
        )
    elif answer.held_by:
        yield f"It can't slip: {clean(answer.held_by)}."
    elif answer.critical:
        yield "It can't slip: it is in a chain of steps of which none can."
    else:
        yield "It can't slip without moving another step, missing a date or running past the end."


def _elsewhere(places: Iterable[Elsewhere]) -> Iterator[str]:
    for place in places:
        shown = [clean(blocker).rstrip(".") for blocker in place.blockers[:_SHOWN]]
        if rest := len(place.blockers) - len(shown):
            shown.append(f"and {count(rest, 'thing')} more")
        told = "; ".join(shown)
        yield from _item(f"{clean(place.when)}: {told or 'nothing; it could start then as well'}.")


def _earlier(answer: WhyStep) -> Iterator[str]:
    if answer.earlier is None:
        return iter(_item("It can't start earlier at all."))
    return _alternative(answer.earlier)


def _alternative(found: Alternative | None) -> Iterator[str]:
    """What was forced, what becomes of the others, and the price."""
    if found is None:
        return
    lost = found.value_lost
    more = "fewer" if lost > 0 else "more"
    price = f" That is {points(abs(lost))} {more}." if lost and found.possible else ""
    yield from _item(sentence(found.words) + price)


def _beside(answer: WhyNot) -> Iterator[str]:
    yield from _items(answer.beside)
    yield from _alternative(answer.beside_alternative)


def _items(told: Iterable[str]) -> list[str]:
    return [line for one in told for line in _item(one)]


def _item(told: str, first: str = "  - ", rest: str = "    ") -> list[str]:
    return textwrap.wrap(clean(told), _WIDTH, initial_indent=first, subsequent_indent=rest)


def _wrapped(told: str) -> list[str]:
    return textwrap.wrap(clean(told), _WIDTH)
