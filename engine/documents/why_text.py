"""Why and why not as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from ..core import Record, listed
from ..explain import (
    Elsewhere,
    ForcedAlternative,
    Ground,
    Through,
    WhyAdvised,
    WhyNot,
    WhyPriority,
    WhyPupil,
    WhyStep,
)
from .argument_text import Found, Line, chain, own_lines
from .near_misses_text import nearest
from .plan_words import points, sentence
from .reason_phrases import standing_words
from .why_others_text import priority_blocks, pupil_blocks, title_of
from .words import LEFT_OUT_KINDS, capital, clean, count, evidence_words

_SHOWN = 2
"""What is in the way elsewhere is told so far; the record has all of it."""
_WIDTH = 100
_SHAPED = ("shaped", "replaced", "pinned", "too-late")
"""Kinds of reason that a rule about the whole plan may be behind."""


def why_as_text(answer: WhyStep | WhyAdvised | WhyPriority | WhyPupil) -> str:
    """Why a step is in the plan, why there, and what it would cost to have it otherwise; why something
    is advised, is a priority, or why a pupil is in a state."""
    school = clean(answer.school.name)
    if isinstance(answer, WhyPriority | WhyPupil):
        told = pupil_blocks(answer) if isinstance(answer, WhyPupil) else priority_blocks(answer)
        head = [*_wrapped(title_of(answer)), school]
        return _text([head, *(_block(title, _lines(lines)) for title, lines in told)], answer)
    if isinstance(answer, WhyAdvised):
        head = [*_wrapped(f"{capital(answer.title)}: advised, not in the plan"), school]
        now = _block("Where it stands", _items([answer.words]))
        return _text([head, *_grounds(answer, "Why it is advised"), now], answer)
    when = clean(answer.starts)
    if answer.ends != answer.starts:
        when += f" to {clean(answer.ends)}"
    blocks = [
        [*_wrapped(f"{capital(answer.title)}: {when}"), school],
        *_grounds(answer, "Why it is in the plan"),
        _block("What the school decided", _items([answer.decided] if answer.decided else [])),
        _block("Why then", _items([*answer.why_here, *_first_time(answer)])),
        _block("It waits for", _items(answer.waits_for)),
        _block("It makes possible", _items(answer.enables)),
        _block("How far it could move", _items(_moves(answer))),
        _block("In the way elsewhere, with all else where it is", _elsewhere(answer.elsewhere)),
        _block("The nearest plan with it earlier", _earlier(answer)),
        _block("The nearest plan with it later", _alternative(answer.later)),
        _block("The plan without it", _alternative(answer.without)),
    ]
    return _text(blocks, answer)


def why_not_as_text(answer: WhyNot) -> str:
    """Why something is not in the plan, and what would bring it in."""
    kind = LEFT_OUT_KINDS.get(answer.kind, "")
    if answer.kind == "refused" and answer.reason.startswith("Refused by "):
        kind = ""  # the reason says so itself
    reason = [*_items([sentence(kind)] if kind else []), *_items([sentence(answer.reason)])]
    reason += _items(sentence(capital(one)) for one in answer.also)
    where = "not in the plan"
    if answer.asked_for:
        where += f" for {answer.asked_for}"
    elif answer.planned_for:
        where = f"in the plan for {answer.planned_for}; not for all"
    if answer.asked_for and answer.planned_for:
        reason += _items([f"It is in the plan for {answer.planned_for}."])
    school = answer.school.name
    found: Found = set()
    shaped = answer.grounds if answer.kind in _SHAPED else ()
    blocks = [
        [*_wrapped(f"{capital(answer.title)}: {where}"), clean(school)],
        _block("Why not", reason),
        _block("What the school decided", _items([answer.decided] if answer.decided else [])),
        _block("The rules that come nearest to asking for it", _lines(nearest(answer))),
        _block("What speaks for it", _side(answer.grounds, "for", school, found)),
        _block("What speaks against it", _side(answer.grounds, "against", school, found)),
        _block("The rules that keep it out", _side(shaped, "shapes", school, found)),
        _block("In the way, with all else where it is", _elsewhere(answer.elsewhere)),
        _block(
            "The nearest plan with it, in place of something else", _alternative(answer.instead)
        ),
        _block("What would fit it in beside all the rest", _beside(answer)),
    ]
    return _text(blocks, answer)


def _grounds(answer: WhyStep | WhyAdvised, title: str) -> Iterator[list[str]]:
    """What it is advised on, what speaks against it, what sets its place, and the evidence."""
    school = answer.school.name
    found: Found = set()
    why = [*_side(answer.grounds, "for", school, found)]
    for one in answer.through:
        why += _lines(_through(one, school, found))
    yield _block(title, why)
    yield _block("What speaks against it", _side(answer.grounds, "against", school, found))
    yield _block("The rules that set its place", _side(answer.grounds, "shapes", school, found))
    if answer.evidence:
        yield _block("How strong the evidence is", _items([evidence_words(answer.evidence)]))


def _side(grounds: Iterable[Ground], side: str, school: str, found: Found) -> Iterator[str]:
    return _lines(chain((one for one in grounds if one.side == side), school, found))


_KEPT = ("promised", "duty")


def _through(one: Through, school: str, found: Found) -> Iterator[Line]:
    """Why something is there whatever rules say; what was accepted is told among the school's own
    decisions."""
    if one.kind in _KEPT:
        yield Line(0, sentence(standing_words(one.kind, one.words)))
    elif one.kind == "needed":
        advised = any(ground.side == "for" for ground in one.grounds)
        yield Line(0, f"{one.words}{', and that is advised:' if advised else '.'}")
        told = (ground for ground in one.grounds if ground.side == "for")
        for line in chain(told, school, found):
            yield line._replace(depth=line.depth + 1)


def _lines(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        if line.depth == 0:
            yield from _item(line.words)
        else:
            indent = " " * (4 + 2 * line.depth)
            yield from _item(line.words, indent, indent + "  ")


def _text(blocks: Iterable[list[str]], answer: Record) -> str:
    told = "\n\n".join("\n".join(block) for block in blocks if block) + "\n"
    own = own_lines(" ".join(told.split()), answer)
    return f"{told}\n{own}\n" if own else told


def _block(title: str, lines: Iterable[str]) -> list[str]:
    told = list(lines)
    return [title, *told] if told else []


def _first_time(answer: WhyStep) -> Iterator[str]:
    """Where it comes back at set times: when these are."""
    if answer.times:
        others = listed(map(clean, answer.times[1:]))
        then = f", then {others}" if others else ""
        yield f"Its times are set by the year: {clean(answer.times[0])}{then}."


def _moves(answer: WhyStep) -> Iterator[str]:
    if answer.earliest and not answer.times:
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


def _alternative(found: ForcedAlternative | None) -> Iterator[str]:
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
    return textwrap.wrap(
        clean(told),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,  # a command can be copied
    )


def _wrapped(told: str) -> list[str]:
    return textwrap.wrap(clean(told), _WIDTH)
