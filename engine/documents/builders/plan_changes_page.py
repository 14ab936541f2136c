"""The document on what is otherwise in a plan than in the one before: moved, new, dropped, kept; money, time,
priorities, figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...core import listed, listed_first
from ...review import PlanChanges, PlanRef, PriorityChange, StepChange, StepPlace
from ..figure_words import now
from ..plan_words import LIGHT, sentence
from ..tree import (
    Block,
    Bullets,
    Column,
    Document,
    ListItem,
    Paragraph,
    Row,
    Section,
    Strong,
    Table,
    Words,
    items,
)
from ..words import capital, clean, count, date, days, number, pounds

MOST_NAMED = 2


def plan_changes_document(found: PlanChanges) -> Document:
    """Tell step by step what is otherwise and why, then what that makes of money, time and priorities."""
    blocks = (Paragraph(_in_short(found)), *changes_told(found))
    return Document(f"{clean(found.school.name)}: what changed in the plan", blocks)


def changes_told(found: PlanChanges) -> tuple[Block, ...]:
    """Tell the changes one by one, and what they make of money, time, priorities and figures."""
    otherwise = tuple(one for one in found.kept if one.otherwise)
    return (
        Paragraph(_from_what(found)),
        _section("Moved", "changed-moved", found.moved),
        _section("New in the plan", "changed-new", found.new),
        _section("No longer in the plan", "changed-dropped", found.dropped),
        _section("Kept where they were, and otherwise than before", "changed-otherwise", otherwise),
        Section("Money", (_money(found),), name="changed-money"),
        Section("Time that is bought", (_bought(found),), name="changed-bought"),
        Section("Time", (_time(found),), name="changed-time"),
        _priorities(found.priorities),
        Section("Figures that stand otherwise", (_figures(found),), name="changed-figures"),
    )


def _in_short(found: PlanChanges) -> str:
    told = f"{capital(_plan(found.now))} beside {_plan(found.since)}: "
    return f"{told}{counted(found)}."


def counted(found: PlanChanges) -> str:
    """Say how much changed."""
    if not (found.moved or found.new or found.dropped):
        same = f"all {count(len(found.kept), 'step')} stand where they did"
        return same if found.kept else "neither has a step"
    return (
        f"{count(len(found.kept), 'step')} kept, {len(found.moved)} moved, {len(found.new)} new, "
        f"{len(found.dropped)} dropped"
    )


def _from_what(found: PlanChanges) -> str:
    """Say which files differ, from which all else may come."""
    told = [f"Changed between them: {listed(map(clean, found.files))}."] if found.files else []
    if found.packs:
        what = listed(f"“{clean(name)}”" for name in found.packs)
        told.append(
            f"What termwise knows was changed too (packs: {what}): a part of this may come of that."
        )
    elif found.packs == () and not found.files:
        told.append("Both were made from the same files and the same rules.")
    return " ".join(told)


def _plan(ref: PlanRef) -> str:
    if ref.issued:
        return f"the plan issued on {date(ref.issued)}"
    return f"the plan from {date(ref.starts)}, which is not issued,"


def _section(title: str, name: str, changes: Iterable[StepChange]) -> Section:
    told = tuple(_step(change) for change in changes)
    return Section(f"{title} ({len(told)})", (Bullets(told),) if told else (), name=name)


def _step(change: StepChange) -> ListItem:
    words: Words = (Strong(clean(change.title)), f": {_where(change)}")
    told = [sentence(one) for one in change.because]
    if change.otherwise:
        told = [sentence("; ".join(change.otherwise)), *told]
    if change.by_rules:
        told.append("It would be so without new results and without what was written down.")
    told += _price(change)
    return ListItem(words, (Bullets(items(told)),) if told else ())


def _price(change: StepChange) -> Iterator[str]:
    """Say what refusing a change would cost, where that was asked."""
    if change.fits is False:
        yield f"Refused (--keep {change.step}), not all that must be done would fit."
    elif change.price is not None:
        less = f"{number(abs(change.price))} % {'less' if change.price > 0 else 'more'}"
        worth = "would be worth as much" if not change.price else f"would be worth {less}"
        yield f"Refused (--keep {change.step}), the plan {worth}."


def _where(change: StepChange) -> str:
    was, now_ = change.from_, change.to
    if was and now_:
        if was.slot == now_.slot:
            return now_.title
        return f"from {was.title} to {now_.title}"
    place = now_ or was
    assert place is not None
    return f"{'from' if now_ else 'was to begin in'} {place.title}{_takes(place)}"


def _takes(place: StepPlace) -> str:
    form = LIGHT if place.form == "light" else ""
    return f"{form}, led by {clean(place.lead)}, {days(place.days)}, {pounds(place.pounds)}"


def _money(found: PlanChanges) -> Table:
    columns = (Column("Line"), *(Column(one, "pounds") for one in ("Before", "Now", "More")))
    rows = tuple(
        Row(
            (
                f"{clean(one.title)}, {one.year}",
                *map(pounds, (one.was, one.now, one.now - one.was)),
            ),
            f"{one.line}-{one.year}",
        )
        for one in found.money
    )
    return Table(columns, rows)


def _bought(found: PlanChanges) -> Table:
    columns = (
        *(Column("What"), Column("When"), Column("From")),
        *(Column("Before", "pounds"), Column("Now", "pounds"), Column("Makes room for")),
    )
    rows = tuple(
        Row(
            (
                *(capital(clean(one.what)), one.title, f"{clean(one.line)}, {one.year}"),
                *(pounds(one.was), pounds(one.now)),
                listed_first((f"“{clean(title)}”" for title in one.for_), MOST_NAMED),
            ),
            f"bought-{number}",
        )
        for number, one in enumerate(found.bought, start=1)
    )
    return Table(columns, rows)


def _time(found: PlanChanges) -> Table:
    columns = (Column("Role"), *(Column(one, "number") for one in ("Before", "Now", "More")))
    rows = tuple(
        Row(
            (
                clean(one.title),
                *(f"{value:g}" for value in (one.was, one.now, _more(one.was, one.now))),
            ),
            one.role,
        )
        for one in found.time
    )
    return Table(columns, rows)


def _more(was: float, now_: float) -> float:
    return round(now_ - was, 1)


def _priorities(changes: Iterable[PriorityChange]) -> Section:
    told = tuple(ListItem(words) for words in _priority_words(changes))
    return Section("Priorities", (Bullets(told),) if told else (), name="changed-priorities")


def _priority_words(changes: Iterable[PriorityChange]) -> Iterator[Words]:
    states = {"new": "new", "gone": "no longer a priority"}
    for one in changes:
        if one.kind != "kept":
            said = states.get(one.kind) or "; ".join(map(clean, one.words))
            yield Strong(f"{one.priority}: {clean(one.title)}"), f": {clean(said)}."


def _figures(found: PlanChanges) -> Table:
    columns = (Column("Figure"), Column("Before"), Column("Now"))
    rows = tuple(
        Row(
            (
                f"{capital(one.title)}, {clean(one.about)}" if one.about else capital(one.title),
                now(one.was) if one.was else "not among those to move",
                now(one.now) if one.now else "no longer among those to move",
            ),
            f"figure-{number}",
        )
        for number, one in enumerate(found.figures, start=1)
    )
    return Table(columns, rows)


__all__ = ["changes_told", "counted", "plan_changes_document"]
