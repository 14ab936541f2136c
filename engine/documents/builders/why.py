"""Why something is in the plan, is advised or a priority, or why a pupil is in a state; and why something
is not in the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...core import listed
from ...explain import (
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
from ..argument_lines import Found, Line, chain, nested, own_lines
from ..near_miss_phrases import nearest
from ..plan_words import points, sentence
from ..reason_phrases import standing_words
from ..tree import Block, Bullets, Document, ListItem, Paragraph, Section, items, texts
from ..words import LEFT_OUT_KINDS, capital, clean, count, evidence_words
from .why_others import priority_blocks, pupil_blocks, title_of

_TOLD_FIRST = {
    "promised": "it was promised",
    "duty": "it is a duty",
    "accepted": "the school accepted it",
}
"""Why something is there whatever rules say, in short."""
_LITTLE = 0.05
"""A share in percent that would be shown as 0."""
_SHAPED = ("shaped", "replaced", "pinned", "too-late")
"""Kinds of reason that a rule about the whole plan may be behind."""


def why_step_document(answer: WhyStep) -> Document:
    """Tell why a step is in the plan, why there, and what it would cost to have it otherwise."""
    when = clean(answer.starts)
    if answer.ends != answer.starts:
        when += f" to {clean(answer.ends)}"
    sections = [
        _section("In short", _told([_in_short(answer)])),
        *_grounds(answer, "Why it is in the plan"),
        _section("What the school decided", _told([answer.decided or ""])),
        _section("Why then", _told([*_why_here(answer), *_first_time(answer)])),
        _section("What it hangs on", _told(sentence(capital(one)) for one in answer.hangs_on)),
        _section(
            "What is bought, without which it would be out, later or in another form",
            _told(answer.bought),
        ),
        _section("It waits for", _told(answer.waits_for)),
        _section("It makes possible", _told(answer.enables)),
        _section("How far it could move", _told(_moves(answer))),
        _section(
            "In the way elsewhere, with all else where it is",
            _told(_elsewhere(answer.elsewhere, answer.why_here)),
        ),
        _section("The nearest plan with it earlier", _told(_earlier(answer))),
        _section(
            "The nearest plan with it later", _told(_alternative(answer.later, answer.numbers))
        ),
        _section("The plan without it", _told(_alternative(answer.without, answer.numbers))),
    ]
    return _document(f"{capital(answer.title)}: {when}", sections, answer)


def why_advised_document(answer: WhyAdvised) -> Document:
    """Tell why something is advised that is not in the plan."""
    now = _section("Where it stands", _told([answer.words]))
    sections = [*_grounds(answer, "Why it is advised"), now]
    return _document(f"{capital(answer.title)}: advised, not in the plan", sections, answer)


def why_priority_document(answer: WhyPriority) -> Document:
    """Tell why something is a priority."""
    told = [_section(title, nested(lines)) for title, lines in priority_blocks(answer)]
    return _document(title_of(answer), told, answer)


def why_pupil_document(answer: WhyPupil) -> Document:
    """Tell why a pupil is in a state, subject by subject."""
    told = [_section(title, nested(lines)) for title, lines in pupil_blocks(answer)]
    return _document(title_of(answer), told, answer, private=True)


def why_not_document(answer: WhyNot) -> Document:
    """Tell why something is not in the plan, and what would bring it in."""
    # The reason of what the school refused says so itself.
    kind = LEFT_OUT_KINDS.get(answer.kind, "") if answer.kind != "refused" else ""
    reason = [sentence(kind) if kind else "", sentence(answer.reason)]
    reason += [sentence(capital(one)) for one in answer.also]
    where = "not in the plan"
    if answer.asked_for:
        where += f" for {answer.asked_for}"
    elif answer.planned_for:
        where = f"in the plan for {answer.planned_for}; not for all"
    if answer.asked_for and answer.planned_for:
        reason.append(f"It is in the plan for {answer.planned_for}.")
    school = answer.school.name
    found: Found = set()
    shaped = answer.grounds if answer.kind in _SHAPED else ()
    sections = [
        _section("Why not", _told(reason)),
        _section("What the school decided", _told([answer.decided or ""])),
        _section("The rules that come nearest to asking for it", nested(nearest(answer))),
        _section("What speaks for it", nested(_side(answer.grounds, "for", school, found))),
        _section("What speaks against it", nested(_side(answer.grounds, "against", school, found))),
        _section("The rules that keep it out", nested(_side(shaped, "shapes", school, found))),
        _section("In the way, with all else where it is", _told(_elsewhere(answer.elsewhere))),
        _section(
            "The nearest plan with it, in place of something else",
            _told(_alternative(answer.instead, answer.numbers)),
        ),
        _section("What would fit it in beside all the rest", _told(_beside(answer))),
    ]
    return _document(f"{capital(answer.title)}: {where}", sections, answer)


def _document(
    title: str,
    sections: Iterable[Section],
    answer: WhyStep | WhyAdvised | WhyPriority | WhyPupil | WhyNot,
    private: bool = False,
) -> Document:
    """An answer with the school's name, and at its end what the mark of this project's own lines means."""
    blocks: list[Block] = [Paragraph(answer.school.name), *sections]
    own = own_lines(" ".join(text for block in blocks for text in texts(block)), answer)
    blocks.append(Section("", (Paragraph(own),)))
    return Document(title, tuple(blocks), private=private, whole_words=True)


def _section(title: str, told: tuple[ListItem, ...]) -> Section:
    return Section(title, (Bullets(told),))


def _told(told: Iterable[str]) -> tuple[ListItem, ...]:
    return items(filter(None, told))


def _grounds(answer: WhyStep | WhyAdvised, title: str) -> Iterator[Section]:
    """Tell what it is advised on, what speaks against it, what sets its place, and the evidence."""
    school = answer.school.name
    found: Found = set()
    why = list(_side(answer.grounds, "for", school, found))
    for one in answer.through:
        why += _through(one, school, found)
    yield _section(title, nested(why))
    against = _side(answer.grounds, "against", school, found)
    yield _section("What speaks against it", nested(against))
    shapes = _side(answer.grounds, "shapes", school, found)
    yield _section("The rules that set its place", nested(shapes))
    if answer.evidence:
        yield _section("How strong the evidence is", _told([evidence_words(answer.evidence)]))


def _side(grounds: Iterable[Ground], side: str, school: str, found: Found) -> Iterator[Line]:
    return chain((one for one in grounds if one.side == side), school, found)


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


def _in_short(answer: WhyStep) -> str:
    """Say in one sentence why it is in the plan, whether it can wait, and what the plan is without it."""
    told = [*_asked(answer)]
    if not answer.slack and not answer.times:
        told.append("it can't start later without moving something else")
    found = answer.without
    if found is not None and not found.possible:
        told.append("it can't be left out")
    elif found is not None:
        much = f"{abs(found.share_lost):g} % {'less' if found.share_lost > 0 else 'more'}"
        same = abs(found.share_lost) < _LITTLE
        told.append(f"without it the plan is worth {'as much' if same else much}")
        told += found.missed
    return sentence(capital("; ".join(told)))


def _asked(answer: WhyStep) -> Iterator[str]:
    """Say what it stands on: what was decided about it, the rules that ask for it, what needs it."""
    yield from dict.fromkeys(
        _TOLD_FIRST[one.kind] for one in answer.through if one.kind in _TOLD_FIRST
    )
    rules = {one.verdict.rule: one.strength for one in answer.grounds if one.side == "for"}
    strong = sum(one == "strong" for one in rules.values())
    if rules:
        does = "asks" if len(rules) == 1 else "ask"
        some = f", {strong} of them strongly" if strong < len(rules) else " strongly"
        yield f"{count(len(rules), 'rule')} {does} for it{some if strong else ''}"
    needed = [one.words for one in answer.through if one.kind == "needed"]
    if needed and not rules:
        yield needed[0].rstrip(".")


def _why_here(answer: WhyStep) -> Iterator[str]:
    """Tell why it starts when it does, without the duty that is told above."""
    above = [one.words for one in answer.through if one.kind in _KEPT]
    yield from (told for told in answer.why_here if not any(one in told for one in above))


def _first_time(answer: WhyStep) -> Iterator[str]:
    """Tell the set times at which it comes back."""
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
        if answer.free < answer.slack:
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
    yield from (sentence(capital(one)) for one in answer.needed_by)


def _elsewhere(places: Iterable[Elsewhere], said: Iterable[str] = ()) -> Iterator[str]:
    """Tell of each half-term the first thing in its way, and how much more there is; those with the same
    together, and nothing that was said above."""
    above = " ".join(said)
    same: dict[str, list[tuple[str, int]]] = {}
    for place in places:
        several = list(dict.fromkeys(clean(one).rstrip(".") for one in place.blockers))
        first = several[0] if several else ""
        if not first or first not in above:
            same.setdefault(first, []).append((clean(place.when), max(0, len(several) - 1)))
    for first, here in same.items():
        least, most = (pick(more for _, more in here) for pick in (min, max))
        rest = f"; {_more(least, most)} in its way" if most else ""
        when = listed(when for when, _ in here)
        yield f"{when}: {first or 'nothing; it could start then as well'}{rest}."


def _more(least: int, most: int) -> str:
    """Say how many things more are somewhere, from the least to the most of several half-terms."""
    if least == most:
        return f"{count(most, 'thing')} more {'is' if most == 1 else 'are'}"
    return f"up to {count(most, 'thing')} more are"


def _earlier(answer: WhyStep) -> Iterator[str]:
    if answer.earlier is None:
        return iter(["It can't start earlier at all."])
    return _alternative(answer.earlier, answer.numbers)


def _alternative(found: ForcedAlternative | None, numbers: bool) -> Iterator[str]:
    """Tell what was forced, what becomes of the others, and, where numbers are asked for, the price in
    points."""
    if found is None:
        return
    lost = found.value_lost
    more = "fewer" if lost > 0 else "more"
    price = f" That is {points(abs(lost))} {more}." if lost and found.possible and numbers else ""
    yield sentence(found.words) + price


def _beside(answer: WhyNot) -> Iterator[str]:
    yield from answer.beside
    yield from _alternative(answer.beside_alternative, answer.numbers)
