"""What is bought for a plan, with what that makes room for; and why money stays unspent."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from ...core import EFFORT_STEP
from ...scheduling import blockers
from ...school import financial_year
from .. import model as view
from ..budget import line_and_year
from ..capacity import pool_name
from ..phrases.purchase_words import bought_words, of_words, unspent_words
from ..purchases import Sale
from .context import Solved

A_DAY = datetime.timedelta(days=1)


def purchases(solved: Solved) -> Iterator[view.Purchase]:
    """Yield what is bought, in order of half-term."""
    found = sorted(_made(solved), key=lambda pair: (pair[0].slot.index, pair[0].offer.id))
    for sale, units in found:
        line, year = line_and_year(sale.account)
        tenths = units * sale.offer.unit
        people = solved.reasons.phrases.people(pool_name(sale.people))
        room_for = tuple(_room_for(sale, solved))
        yield view.Purchase(
            what=bought_words(tenths, sale.sold.title, people),
            of=of_words(sale.sold.title, people),
            sold=sale.sold.id,
            people=tuple(sorted(sale.people)),
            amount=tenths / EFFORT_STEP,
            pounds=units * sale.offer.price[sale.account],
            line=line,
            year=year,
            slot=sale.slot.id,
            **{"for": room_for},
        )


def _made(solved: Solved) -> Iterator[tuple[Sale, int]]:
    """Each sale that is made, with the units bought."""
    sales = {sale.offer.id: sale for sale in solved.timetable.sales}
    for one in solved.purchased.bought:
        yield sales[one.offer.id], one.units


def _room_for(sale: Sale, solved: Solved) -> Iterator[str]:
    """The steps that take this time and were not as they are without what is bought: not in, in another
    form, or later; all such steps where none of them takes it."""
    before = solved.purchased.before
    better = []
    for name, form in solved.steps.items():
        was, now = before.get(form), solved.placement(name)
        if was is None or was.start > now.start:
            better.append((name, now))
    takes = [name for name, now in better if any(key in now.load for key in sale.offer.adds)]
    yield from takes or [name for name, _ in better]


def spent(solved: Solved) -> dict[str, int]:
    """The pounds that purchases take, by account."""
    found: dict[str, int] = {}
    for sale, units in _made(solved):
        pounds = units * sale.offer.price[sale.account]
        found[sale.account] = found.get(sale.account, 0) + pounds
    return found


def unspent(account: str, left: int, could_pay: Mapping[str, list[str]], solved: Solved) -> str:
    """Say why money of an account stays: what it could still pay for, and whether its year goes on."""
    if left <= 0:
        return ""
    line, year = line_and_year(account)
    end = solved.slots[-1].ends
    goes_on = (
        solved.timetable.funds.lines[line].year == "financial"
        and financial_year(end + A_DAY) == year
    )
    return unspent_words(left, could_pay.get(account, []), end if goes_on else None)


def payable(solved: Solved) -> dict[str, list[str]]:
    """The titles of what is advised, left out for want of room, and could be paid beside the plan with what
    each account still has, by account."""
    funds, problem = solved.timetable.funds, solved.problem
    found: dict[str, list[str]] = {}
    for name in solved.dependencies.names:
        item = solved.items[name]
        if name in solved.steps or not item.arguments:
            continue
        forms = [form for form in solved.timetable.forms.values() if form.item.id == name]
        costs = {
            tuple(sorted(place.cost.items())): (form.id, place)
            for form in forms
            for place in problem.item(form.id).placements
        }
        claims = {
            claim
            for form, place in costs.values()
            if not any(
                one.kind == "budget" for one in blockers(problem, solved.solution, form, place)
            )
            for claim in place.cost
        }
        for account in sorted({one for claim in claims for one in funds.claims[claim].accounts}):
            found.setdefault(account, []).append(item.intervention.title)
    return found
