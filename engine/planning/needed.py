"""How much more has to be given for something to fit: days of people, pounds on a line, room for the new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..core import EFFORT_STEP
from ..scheduling import More
from .budget import line_and_year
from .capacity import PEOPLE
from .model import Needed
from .problem_builder import LEADS, NEW, Timetable


def more_needed(
    more: Iterable[More], stated: Mapping[tuple[str, int], int], timetable: Timetable
) -> Iterator[Needed]:
    """Yield what has to be given more.

    `stated` is what people have to state more, in tenths of a day by person and slot, so that what `more`
    asks for may be planned.
    """
    slots, funds = timetable.time.slots, timetable.funds
    for one in more:
        if one.kind == "budget":
            claim = funds.claims.get(one.name)
            unpaid = claim is not None and not claim.accounts
            line, year = ("", "") if unpaid else line_and_year(one.name)
            yield Needed(
                kind="pounds", amount=funds.to_give(one.name, one.amount), line=line, year=year
            )
            continue
        slot = slots[one.slot].id
        if one.kind == "capacity":
            if tenths := stated[one.name, one.slot]:
                people = tuple(one.name.split(PEOPLE))
                yield Needed(kind="days", amount=tenths / EFFORT_STEP, people=people, slot=slot)
        elif one.name == NEW:
            yield Needed(kind="change", amount=one.amount, slot=slot)
        else:
            people = tuple(one.name.removeprefix(LEADS).split(PEOPLE))
            yield Needed(kind="leads", amount=one.amount, people=people, slot=slot)
