"""A plan's use of people's time, of money, and of the limit on new starts."""

from __future__ import annotations

from collections.abc import Iterator

from ...core import EFFORT_STEP
from ...library import Event
from ...school import Person
from .. import model as view
from ..budget import line_and_year
from ..phrases.titles import capital
from .bought import payable, spent, unspent
from .context import Solved


def load(solved: Solved) -> Iterator[view.Load]:
    """Days used in every slot: role by role, then for people whose time binds several roles at once.

    Of what is carried out those that were used and are still needed, in place of those it was planned with.
    """
    roles = dict(solved.stopped)
    pools: dict[tuple[str, int], int] = {}
    for (role, position), tenths in roles.items():
        for name in solved.timetable.pools_of(role):
            pools[name, position] = pools.get((name, position), 0) + tenths
    for name in solved.steps:
        for key, tenths in solved.effort(name).items():
            roles[key] = roles.get(key, 0) + tenths
        for key, tenths in solved.placement(name).load.items():
            pools[key] = pools.get(key, 0) + tenths
    used = sorted({role for role, _ in roles})
    for role in used:
        people, title = solved.capacity.holders(role), solved.library.roles[role].title
        yield from _rows(role, title, "role", people, roles, solved)
    for name, people in solved.timetable.pools.items():
        if sum(solved.capacity.holders(role) <= people for role in used) > 1:
            title = capital(solved.reasons.phrases.people(name))
            yield from _rows(name, title, "people", people, pools, solved)


def _rows(
    name: str,
    title: str,
    kind: str,
    people: frozenset[str],
    tenths: dict[tuple[str, int], int],
    solved: Solved,
) -> Iterator[view.Load]:
    for position, slot in enumerate(solved.slots):
        stated, planned = solved.timetable.planned(people, slot)
        yield view.Load(
            role=name,
            title=title,
            kind=kind,
            slot=slot.id,
            used=tenths.get((name, position), 0) / EFFORT_STEP,
            capacity=planned / EFFORT_STEP,
            stated=stated / EFFORT_STEP,
        )


def budget(solved: Solved) -> Iterator[view.BudgetUse]:
    """Pounds planned and available by budget line and its year; those that were spent on what is no longer
    planned are not."""
    used, gone = spent(solved), solved.carried.spent if solved.carried else {}
    for accounts in solved.payments.values():
        for account, (pounds, _) in accounts.items():
            used[account] = used.get(account, 0) + pounds
    funds, kept = solved.timetable.funds, solved.advised.shaping.spend_share
    could_pay = payable(solved)
    for account, pounds in sorted(funds.accounts.items()):
        line, year = line_and_year(account)
        available = max(0, pounds - gone.get(account, 0))
        yield view.BudgetUse(
            line=line,
            title=funds.lines[line].title,
            year=year,
            planned=used.get(account, 0),
            available=available,
            rule=solved.reasons.phrases.rule_of_use(funds.lines[line]),
            kept_back=funds.kept_back[account],
            gone=pounds - available,
            kept_because=kept[1].words if kept and funds.kept_back[account] else "",
            left_because=unspent(account, available - used.get(account, 0), could_pay, solved),
            tiers=tuple(
                tier.title
                for tier in solved.library.costs.tiers
                if (only := funds.lines[line].only_for) and tier.id in only.tiers
            ),
        )


def events(solved: Solved) -> Iterator[view.EventRef]:
    """The dated events of the plan's time."""
    first, last = solved.slots[0].starts, solved.slots[-1].ends
    for event in solved.capacity.events:
        if event.starts <= last and event.ends >= first and _has(event.years, solved):
            yield view.EventRef(
                title=event.title,
                starts=event.starts,
                ends=event.ends,
                no_release=tuple(_kept_from(event, solved)),
            )


def vacant(solved: Solved) -> Iterator[view.VacantPost]:
    """The posts that nobody holds for a time of the plan, in the order of staff.yaml."""
    for person in solved.school.staff.people:
        if person.vacant and solved.school.vacant(person):
            yield view.VacantPost(
                post=person.id,
                roles=tuple(solved.library.roles[role].title for role in person.roles),
                classes=person.classes,
                starts=person.vacant.from_,
                ends=person.vacant.until,
                stand_in=tuple(_stand_in(person, solved)),
            )


def _stand_in(person: Person, solved: Solved) -> Iterator[str]:
    """The titles of the roles that do a post's work while it is vacant, each once."""
    capacity, titles = solved.capacity, solved.library.roles
    found = {
        other
        for half in solved.time.halves
        for role in person.roles
        if capacity.workers[person.id].vacant_on(half.starts, half.ends)
        and not capacity.holders(role, half)
        and (other := capacity.role(role, half))
    }
    return (titles[role].title for role in sorted(found, key=list(titles).index))


def _kept_from(event: Event, solved: Solved) -> Iterator[str]:
    """The roles whose time really is less for an event; of how many, where not of all it means."""
    for role, less, meant in solved.capacity.gives_less(event):
        title = solved.library.roles[role].title
        if less:
            yield title if less == meant else f"{title} ({less} of {meant})"


def _has(years: tuple[str, ...], solved: Solved) -> bool:
    return not years or bool(set(years) & set(solved.school.file.school.year_groups))


def held_back(solved: Solved) -> Iterator[view.HeldBack]:
    """Yield the new steps that the limit on new starts holds back, with what starts instead."""
    for name in solved.dependencies.names:
        found = solved.reasons.held_back(name)
        item = solved.items[name]
        if found is None or not (name in solved.steps or item.arguments):
            continue
        placement, blocker = found
        yield view.HeldBack(
            step=name if name in solved.steps else None,
            title=(solved.form(name).item if name in solved.steps else item).intervention.title,
            slot=solved.slots[placement.start].id,
            beaten_by=tuple(solved.reasons.phrases.plain_title(user) for user in blocker.users),
        )
