"""Time for money: what a school may buy in each half-term, who gets it, and which line pays."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..core import EFFORT_STEP
from ..library import Library, Sold
from ..scheduling import Offer
from ..school import School, Slot
from .budget import Funds
from .capacity import Capacity, Holders, Worker, pool_name


@dataclass(frozen=True, slots=True)
class Sale:
    """An offer with what stands behind it: days of something, for people, from an account."""

    offer: Offer
    sold: Sold
    people: Holders
    slot: Slot
    account: str


def sales(
    school: School,
    library: Library,
    capacity: Capacity,
    funds: Funds,
    pools: Mapping[str, Holders],
) -> Iterator[Sale]:
    """Yield everything a school may buy for its plan, one sale for each line that may pay.

    What is bought for people is time of every pool they are in, and of no part of them.
    """
    step = library.planning.purchase_step
    for sold in library.costs.sold:
        price = capacity.cover_per_day if sold.pounds is None else sold.pounds
        pounds = math.ceil(price * step)
        points = math.ceil(pounds * library.planning.purchase_worth / 100)
        for people in _buyers(sold, capacity):
            adds = [name for name, pool in pools.items() if people <= pool]
            for slot in school.timeline.slots if adds else ():
                half = slot.halves[0]
                if any(_kept(capacity.workers[one], slot, sold, capacity) for one in people):
                    continue
                for way in funds.ways(sold, sold.kind, half):
                    kind = f"{sold.id} {pool_name(people)}"
                    offer = Offer(
                        id=f"{kind} {slot.index} {way[-1]}",
                        kinds=(f"{kind} {slot.index}", f"{kind} {half.year}"),
                        adds=tuple((name, slot.index) for name in sorted(adds)),
                        unit=round(step * EFFORT_STEP),
                        most=_units(sold.most * len(slot.halves), people, step),
                        price=dict.fromkeys(way, pounds),
                        points=points,
                    )
                    yield Sale(offer, sold, people, slot, way[-1])


def offer_limits(found: tuple[Sale, ...], library: Library) -> dict[str, int]:
    """The units that may be bought of each kind: for people in a half-term, and in a school year."""
    step, limits = library.planning.purchase_step, {}
    for sale in found:
        in_slot, in_year = sale.offer.kinds
        limits[in_slot] = sale.offer.most
        limits[in_year] = _units(sale.sold.most_a_year, sale.people, step)
    return limits


def _kept(worker: Worker, slot: Slot, sold: Sold, capacity: Capacity) -> bool:
    """Tell whether nothing is sold for somebody in a slot: the post is vacant in it, or an event of theirs with
    which it is not sold is in it."""
    first, last = slot.halves[0].starts, slot.halves[-1].ends
    return worker.vacant_on(first, last) or any(
        event.id in sold.not_with
        and worker.meant(event)
        and event.starts <= last
        and first <= event.ends
        for event in capacity.events
    )


def _units(days: float, people: Holders, step: float) -> int:
    return int(days * len(people) / step + 1e-9)


def _buyers(sold: Sold, capacity: Capacity) -> list[Holders]:
    """The people it is sold for, each set of them once, without a post that nobody holds, or one whose days
    a network gives out."""
    found = {capacity.holders(role) for role in sold.roles}
    kept = [
        people
        for people in found
        if people
        and not any(capacity.workers[one].shared for one in people)
        and not (sold.teaching and any(not capacity.workers[one].teaches for one in people))
        and not any(people & capacity.holders(role) for role in sold.not_for)
    ]
    return sorted(kept, key=sorted)
