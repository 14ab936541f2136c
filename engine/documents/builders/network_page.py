"""The document on a network: shared days and what one more would do, the schools, what they do together; and on
one of its schools, the plan with what the network decided in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...core import listed
from ...network import NetworkPlan, SharedDays, SharedSlot, StepTogether, Support
from ...planning import Plan
from ..plan_words import points, sentence, short_slot
from ..tree import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Paragraph,
    Quiet,
    Row,
    Section,
    Strong,
    Table,
    items,
)
from ..words import clean, count, count_of, date, days, number, pounds
from .plan import plan_document

_RULES = {
    "equally": "in equal parts",
    "by-roll": "by the number of pupils on roll",
    "by-need": "by need: more where more is judged to be weak",
}


def network_document(found: NetworkPlan) -> Document:
    """Tell what is shared and who has it, then the schools, then what they do together."""
    return Document(
        f"{clean(found.title)}: planned together",
        (
            Callout(clean(found.notice)),
            Paragraph(_in_short(found)),
            Section("Days given out", tuple(_shared(found)), name="days"),
            Section("The schools", (_schools(found), *_undone(found)), name="schools"),
            Section("When all meet", _meetings(found), name="meetings"),
            Section(
                "Prepared once for several schools",
                tuple(_together(one, found) for one in found.together),
                name="together",
            ),
            Section("Who can help whom", _support(found), name="help"),
            Section("Money of the network", tuple(_money(found)), name="money"),
        ),
    )


def member_document(found: NetworkPlan, school: str, plan: Plan) -> Document:
    """Tell a school's plan as it tells any plan, after what the network decided in it."""
    document = plan_document(plan)
    decided = Section("Where the network decided", tuple(_decided(found, school)), name="network")
    return Document(document.title, (decided, *document.blocks), document.private)


def _in_short(found: NetworkPlan) -> str:
    short = [one.name for one in found.schools if one.status == "infeasible"]
    told = (
        f"{count(len(found.schools), 'school')}, from {date(found.starts)} to {date(found.ends)}. "
        "Each is planned by itself with its share of what the network has; its own plan gives every reason."
    )
    if short:
        told += f" Not all that must be done fits at {listed(map(clean, short))}."
    return told


def _shared(found: NetworkPlan) -> Iterator[Block]:
    if found.shared:
        yield Paragraph(
            f"Days are given out by the {_unit(found)}. What each school must do comes first. Then each has "
            f"{number(found.floor)} % of an equal part of the year's days, as far as it asks for them. The rest goes "
            "where plans are worth most, and a school counts for more where more of it is judged to be weak. All plans "
            f"together are worth {points(found.worth)}."
        )
    for one in found.shared:
        yield Section(clean(one.title), (_table(one, found), _prices(one, found)), name=one.person)


def _unit(found: NetworkPlan) -> str:
    return "half-day" if found.unit == 0.5 else count_of(found.unit, "day")


def _table(one: SharedDays, found: NetworkPlan) -> Table:
    titles = [short_slot(slot.title) for slot in found.slots]
    columns = (Column("Given, of days asked for"), *(Column(title, "number") for title in titles))
    rows = []
    for school in found.schools:
        own = {row.slot: row for row in one.schools if row.school == school.school}
        if own:
            cells = (
                f"{number(own[slot.id].given)} of {number(own[slot.id].asked)}"
                for slot in found.slots
            )
            rows.append(Row((clean(school.name), *cells), school.school))
    for title, amounts in (
        ("All schools", [f"{number(slot.given)} of {number(slot.asked)}" for slot in one.slots]),
        ("There are", [number(slot.there) for slot in one.slots]),
    ):
        rows.append(Row(((Strong(title),), *amounts), title))
    return Table(columns, tuple(rows))


def _prices(one: SharedDays, found: NetworkPlan) -> Bullets:
    short = [slot for slot in one.slots if slot.asked > slot.given]
    told = [_price(slot, found) for slot in short if slot.next_school]
    if rest := [_slot(slot.slot, found) for slot in short if not slot.next_school]:
        told.append(
            f"{listed(rest)}: more is asked for than there is, and a further {_unit(found)} would make no plan better."
        )
    return Bullets(items(told))


def _price(slot: SharedSlot, found: NetworkPlan) -> str:
    step = f" (more of “{clean(slot.next_step)}”)" if slot.next_step else ""
    worth = (
        f"would be worth about {points(slot.next_points)}"
        if slot.next_points
        else "would serve a priority"
    )
    return (
        f"{_slot(slot.slot, found)}: {days(slot.given)} given of {number(slot.asked)} asked for. A further "
        f"{_unit(found)} {worth}, most of it at {_name(slot.next_school, found)}{step}."
    )


def _slot(name: str | None, found: NetworkPlan) -> str:
    return clean(next((one.title for one in found.slots if one.id == name), name or ""))


def _name(school: str | None, found: NetworkPlan) -> str:
    return clean(next((one.name for one in found.schools if one.school == school), school or ""))


def _names(schools: Iterable[str], found: NetworkPlan) -> str:
    return listed(_name(one, found) for one in schools)


def _schools(found: NetworkPlan) -> Table:
    money = any(one.pounds is not None for one in found.schools)
    time = any(one.days is not None for one in found.schools)
    columns = (
        Column("School", share=0.25),
        Column("Priorities"),
        Column("Steps", "number"),
        *([Column("Days", "number")] if time else []),
        *([Column("Pounds", "pounds")] if money else []),
    )
    rows = tuple(
        Row(
            (
                clean(one.name),
                "; ".join(map(clean, one.priorities)),
                str(one.steps),
                *([number(one.days or 0)] if time else []),
                *([pounds(one.pounds or 0)] if money else []),
            ),
            one.school,
        )
        for one in found.schools
    )
    return Table(columns, rows)


def _undone(found: NetworkPlan) -> Iterator[Block]:
    for one in found.schools:
        if one.conflict:
            yield Callout(
                f"{clean(one.name)}: these can't all hold together.",
                stop=True,
                blocks=(Bullets(items(map(sentence, one.conflict))),),
            )
    if helped := [one.name for one in found.schools if one.helped]:
        yield Paragraph(
            f"So that what must be done fits, {listed(map(clean, helped))} had more days than its share."
        )


def _meetings(found: NetworkPlan) -> tuple[Block, ...]:
    columns = (Column("Day", "date"), Column("Where"), Column("What it can be about", share=0.6))
    rows = tuple(
        Row(
            (
                date(one.date),
                clean(one.title),
                "; ".join(clean(step.title) + f" ({step.schools})" for step in one.steps)
                or (Quiet("what the schools bring: few begin the same then"),),
            ),
            str(one.date),
        )
        for one in found.days
    )
    if not rows:
        return ()
    told = "By what several schools begin in the half-term of the day or the one after it; in brackets, how many."
    return (Paragraph(told), Table(columns, rows))


def _together(one: StepTogether, found: NetworkPlan) -> Section:
    begin = (
        f"{_names(one.schools, found)}; most begin in {_slot(one.slot, found)}. "
        if one.schools
        else ""
    )
    told: list[Block] = [
        Paragraph(f"{begin}{clean(one.what)}"),
        Bullets(items(map(sentence, one.ingredients))),
    ]
    if one.places is not None:
        others = [school for school in one.schools if school not in one.placed]
        told.append(
            Paragraph(
                f"Training is bought for {count(one.places, 'school')}"
                + (
                    f": {_names(one.placed, found)}, by need."
                    if one.placed
                    else "; no plan has it this year."
                )
                + (f" Without a place: {_names(others, found)}." if others else "")
                + (f" {sentence(one.note)}" if one.note else "")
            )
        )
    return Section(clean(one.title), tuple(told), name=one.intervention)


def _support(found: NetworkPlan) -> tuple[Block, ...]:
    columns = (
        Column("What", share=0.35),
        Column("When"),
        Column("Who can show it"),
        Column("To whom"),
    )
    shown = tuple(_row(one, found) for one in found.support if one.kind == "has-it")
    both = tuple(_row(one, found) for one in found.support if one.kind == "both-begin")
    told: list[Block] = []
    if shown:
        told += [
            Paragraph(
                "One school has it in place, the other sets out to. Nobody is ranked by it; both learn."
            ),
            Table(columns, shown),
        ]
    if both:
        pair = (columns[0], columns[1], Column("One school"), Column("The other"))
        told += [
            Paragraph("Both begin it, and it can't be done without a partner."),
            Table(pair, both),
        ]
    return tuple(told)


def _row(one: Support, found: NetworkPlan) -> Row:
    cells = (
        clean(one.title),
        _slot(one.slot, found),
        _name(one.gives, found),
        _name(one.takes, found),
    )
    return Row(cells, f"{one.intervention}-{one.takes}")


def _money(found: NetworkPlan) -> Iterator[Block]:
    for line in found.money:
        amounts = listed(f"{pounds(amount)} in {year}" for year, amount in line.pounds.items())
        yield Paragraph(f"{clean(line.title)}: {amounts}, parted {_RULES[line.rule]}.")
        if line.schools:
            columns = (Column("School", share=0.5), Column("Year"), Column("Pounds", "pounds"))
            rows = tuple(
                Row((_name(one.school, found), one.year, pounds(one.pounds)), one.school)
                for one in line.schools
            )
            yield Table(columns, rows)


def _decided(found: NetworkPlan, school: str) -> Iterator[Block]:
    yield Paragraph(
        f"This plan is one of {len(found.schools)} of the {clean(found.title)}. What is said here was settled for all "
        "of them together; everything else was decided as if the school were planned by itself."
    )
    for one in found.shared:
        own = [row for row in one.schools if row.school == school]
        if own:
            columns = (
                Column(clean(one.title), share=0.4),
                *(
                    Column(title, "number")
                    for title in ("Days asked for", "Given", "Used by this plan")
                ),
            )
            cells = ((_slot(row.slot, found), row.asked, row.given, row.planned) for row in own)
            rows = (Row((clean(name), *map(number, rest)), name) for name, *rest in cells)
            yield Table(columns, tuple(rows))
    told = [
        f"{pounds(part.pounds)} of “{clean(line.title)}” for {part.year}, parted {_RULES[line.rule]}."
        for line in found.money
        for part in line.schools
        if part.school == school
    ]
    told += [
        f"A place in the training bought for “{clean(one.title)}”."
        for one in found.together
        if school in one.placed
    ]
    told += [
        f"“{clean(one.title)}”: {_name(one.gives, found)} has it in place and can show it."
        for one in found.support
        if one.takes == school and one.kind == "has-it"
    ]
    told += [
        f"“{clean(one.title)}”: in place here; {_name(one.takes, found)} sets out to do it and may ask to see it."
        for one in found.support
        if one.gives == school and one.kind == "has-it"
    ]
    told += [
        f"“{clean(one.title)}”: together with {_other(one, school, found)}, which begins it too."
        for one in found.support
        if school in (one.gives, one.takes) and one.kind == "both-begin"
    ]
    if found.days:
        told.append(f"The network meets on {listed(date(one.date) for one in found.days)}.")
    yield Bullets(items(told))


def _other(one: Support, school: str, found: NetworkPlan) -> str:
    return _name(one.gives if one.takes == school else one.takes, found)


__all__ = ["member_document", "network_document"]
