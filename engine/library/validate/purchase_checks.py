"""The rules of the house for what is sold: every name exists, and nothing is sold by less than a step."""

from __future__ import annotations

from collections.abc import Iterator

from ...core import Mistake, Place, unknown
from ..loader import Library


def check_purchases(library: Library) -> Iterator[Mistake]:
    """Every mistake in the time that money can buy that its record alone doesn't show."""
    costs, step = library.costs, library.planning.purchase_step
    ids = [sold.id for sold in costs.sold]
    for index, sold in enumerate(costs.sold):

        def place(*path: str | int, at: int = index) -> Place:
            return library.place("costs", "", "sold", at, *path)

        if sold.id in ids[:index]:
            yield Mistake(place("id"), f"“{sold.id}” is sold twice", "give each its own id")
        for key in ("roles", "not_for"):
            for number, role in enumerate(getattr(sold, key)):
                yield from unknown(place(key, number), "role", role, library.roles)
        for number, event in enumerate(sold.not_with):
            yield from unknown(
                place("not_with", number), "event of a calendar", event, library.events
            )
        kinds = [kind.id for kind in costs.kinds]
        yield from unknown(place("kind"), "kind of cost", sold.kind, kinds)
        if sold.tier:
            tiers = [tier.id for tier in costs.tiers]
            yield from unknown(place("tier"), "tier", sold.tier, tiers)
        if sold.strand:
            yield from unknown(place("strand"), "strand", sold.strand, library.strands)
        for key, days in (("most", sold.most), ("most_a_year", sold.most_a_year)):
            if days < step:
                what = (
                    f"nobody could buy any: {days:g} days are less than the {step:g} bought at once"
                )
                yield Mistake(place(key), what, "make it more, or “purchase_step” less")
