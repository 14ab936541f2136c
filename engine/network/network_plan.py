"""A network planned as one: what is shared is given out, then each school is planned by itself with its share."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from ..advise import advise, pose
from ..core import EFFORT_STEP, VERSION
from ..inference import infer
from ..planning import Capacity, Plan, plan_hash
from ..scheduling import Draw, Member, Stock
from ..school import School, entities, load_school
from . import phrases
from .batch_plans import library_of
from .common_ground import CommonGround
from .model import (
    NetworkPlan,
    PlannedMember,
    PooledMoneyTold,
    PooledPart,
    SchoolDays,
    SharedDays,
    SharedSlot,
)
from .network_folder import Network, NetworkMember
from .shared_days import DaysGivenOut, give_out

Used = Mapping[Stock, int]
"""Tenths of a day by person and slot."""


@dataclass(frozen=True)
class NetworkPlanned:
    """A network's plan, and each school's own by id."""

    network: NetworkPlan
    plans: Mapping[str, Plan]


def plan_network(network: Network, executor: Executor) -> NetworkPlanned:
    """Give out what is shared, then plan each school as `advise` plans it alone, with its share.

    `executor` is any that runs functions of modules. The same network has the same plans.
    """
    people = tuple(one.id for one in network.file.shared)
    order = network.by_need
    asked = [
        executor.submit(posed_member, one.path, network.settings(one), people) for one in order
    ]
    members = [
        replace(future.result(), name=one.id, weight=network.needs[one.id])
        for one, future in zip(order, asked, strict=True)
    ]
    stocks = _stocks(network)
    unit = round(network.file.sharing.unit * EFFORT_STEP)
    members = [replace(one, floors=_floors(network, stocks, members, one, unit)) for one in members]
    given = give_out(members, stocks, unit)
    waiting = [
        executor.submit(
            planned_member,
            one.path,
            (*network.settings(one), *_shares(one, asks.asks, given.given[one.id])),
            people,
        )
        for one, asks in zip(order, members, strict=True)
    ]
    found = [future.result() for future in waiting]
    plans = {one.id: plan for one, (plan, _) in zip(order, found, strict=True)}
    used = {one.id: used for one, (_, used) in zip(order, found, strict=True)}
    plans = {one.id: plans[one.id] for one in network.members}
    asks = {one.name: one.asks for one in members}
    return NetworkPlanned(_told(network, plans, stocks, asks, given, used), plans)


def posed_member(folder: pathlib.Path, settings: Sequence[str], people: Sequence[str]) -> Member:
    """Pose the scheduler's question for one school with all it asks for, and how it draws on shared days."""
    library = library_of(folder)
    school = load_school(folder, library, settings=settings)
    inference = infer(entities(school, library), library, library.vocabulary(school.scales))
    posed = pose(school, library, inference)
    timetable = posed.timetable
    asks = _asks(school, timetable.capacity, people)
    draws = {}
    for name, pool in timetable.pools.items():
        both = sorted(pool & {person for person, _ in asks})
        for slot in school.timeline.slots if both else ():
            stocks = tuple((person, slot.index) for person in both)
            stated, _ = timetable.planned(pool, slot)
            own = (stated - sum(asks[stock] for stock in stocks)) * timetable.planned_share
            draws[name, slot.index] = Draw(own, timetable.planned_share, stocks)
    return Member(school.file.school.id, posed.problem, draws, asks, {})


def _asks(school: School, capacity: Capacity, people: Sequence[str]) -> dict[Stock, int]:
    """Find what a school asks for, as it would have it if it were planned by itself."""
    workers = {one: capacity.workers[one] for one in people if one in capacity.workers}
    return {
        (person, slot.index): sum(
            worker.tenths(half, len(capacity.busy(person, half))) for half in slot.halves
        )
        for person, worker in workers.items()
        if worker.shared
        for slot in school.timeline.slots
    }


def planned_member(
    folder: pathlib.Path, settings: Sequence[str], people: Sequence[str]
) -> tuple[Plan, Used]:
    """Plan one school with its share; returns the plan, and what it uses of shared days."""
    library = library_of(folder)
    advice = advise(load_school(folder, library, settings=settings), library)
    used: dict[Stock, int] = {}
    for placement in advice.solution.chosen.values():
        for (pool, slot), tenths in placement.load.items():
            if pool in people:
                used[pool, slot] = used.get((pool, slot), 0) + tenths
    return advice.plan, used


def _stocks(network: Network) -> dict[Stock, int]:
    halves = network.members[0].school.timeline.halves
    return {
        (person.id, index): round(
            (person.time.get(half.part, 0.0) if isinstance(person.time, dict) else person.time)
            * EFFORT_STEP
        )
        for person in network.file.shared
        for index, half in enumerate(halves)
    }


def _floors(
    network: Network, stocks: Mapping[Stock, int], members: Sequence[Member], one: Member, unit: int
) -> dict[str, int]:
    """Work out what a school has of each person whatever others would make of it: a part of an equal share of their
    days, in whole units, as far as it asks for it."""
    share, floors = network.file.sharing.floor / 100, {}
    for person in sorted({name for name, _ in one.asks}):
        there = sum(tenths for (name, _), tenths in stocks.items() if name == person)
        asked = sum(tenths for (name, _), tenths in one.asks.items() if name == person)
        asking = sum(1 for other in members if any(name == person for name, _ in other.asks))
        floors[person] = min(asked, int(share * there / asking / unit + 1e-9) * unit)
    return floors


def _shares(
    member: NetworkMember, asks: Mapping[Stock, int], given: Mapping[Stock, int]
) -> Iterator[str]:
    """The settings of a school's share, for whom it is not given all it asks for."""
    halves = member.school.timeline.halves
    for person in sorted({name for name, _ in asks}):
        own = {slot: given[name, slot] for name, slot in given if name == person}
        if any(asks[person, slot] != tenths for slot, tenths in own.items()):
            days = {halves[slot].part: tenths / EFFORT_STEP for slot, tenths in own.items()}
            yield f"people.{person}.time={json.dumps(days)}"


def _told(
    network: Network,
    plans: Mapping[str, Plan],
    stocks: Mapping[Stock, int],
    asks: Mapping[str, Mapping[Stock, int]],
    given: DaysGivenOut,
    used: Mapping[str, Used],
) -> NetworkPlan:
    file, ground = network.file, CommonGround(network, plans)
    first = plans[network.members[0].id]
    return NetworkPlan(
        termwise=VERSION,
        notice=phrases.NETWORK_NOTICE,
        network=file.network.id,
        title=file.network.title,
        starts=first.starts,
        ends=first.ends,
        slots=tuple(ground.slots),
        schools=tuple(_member(network, one, plans[one.id], given) for one in network.members),
        worth=sum(plan.proof.value for plan in plans.values()),
        unit=file.sharing.unit,
        floor=file.sharing.floor,
        shared=tuple(
            _days_of(network, person.id, plans, stocks, asks, given, used) for person in file.shared
        ),
        money=tuple(_money(network)),
        days=tuple(ground.days()),
        together=ground.together(),
        support=ground.support(),
        confidential=file.confidential,
    )


def _member(
    network: Network, member: NetworkMember, plan: Plan, given: DaysGivenOut
) -> PlannedMember:
    return PlannedMember(
        school=member.id,
        name=member.name,
        folder=member.folder,
        status=plan.proof.status,
        weight=round(network.needs[member.id], 2),
        helped=member.id in given.helped,
        priorities=tuple(one.title for one in plan.priorities if one.agreed),
        steps=len(plan.steps),
        days=round(sum(one.days for step in plan.steps for one in step.effort), 1),
        pounds=sum(one.planned for one in plan.budget),
        plan=plan_hash(plan),
        conflict=plan.conflict,
    )


def _days_of(
    network: Network,
    person: str,
    plans: Mapping[str, Plan],
    stocks: Mapping[Stock, int],
    asks: Mapping[str, Mapping[Stock, int]],
    given: DaysGivenOut,
    used: Mapping[str, Used],
) -> SharedDays:
    halves = [slot for term in next(iter(plans.values())).terms for slot in term.slots]
    part = [one for one in network.members if one.shared(person)]
    slots, schools = [], []
    for index, slot in enumerate(halves):
        stock = (person, index)
        rows = [
            SchoolDays(
                school=one.id,
                slot=slot.id,
                asked=asks[one.id][stock] / EFFORT_STEP,
                given=given.given[one.id][stock] / EFFORT_STEP,
                planned=used[one.id].get(stock, 0) / EFFORT_STEP,
            )
            for one in part
        ]
        schools += rows
        more = given.next[stock]
        slots.append(
            SharedSlot(
                slot=slot.id,
                there=stocks[stock] / EFFORT_STEP,
                asked=round(sum(row.asked for row in rows), 1),
                given=round(sum(row.given for row in rows), 1),
                planned=round(sum(row.planned for row in rows), 1),
                next_points=round(more.points),
                next_school=more.school,
                next_step=_title(network, more.school, more.step),
            )
        )
    held = [role for one in part if (known := one.shared(person)) for role in known.roles]
    title = part[0].library.roles[held[0]].title
    return SharedDays(person=person, title=title, slots=tuple(slots), schools=tuple(schools))


def _title(network: Network, school: str | None, step: str | None) -> str | None:
    """The title of a step by the scheduler's item, which is an intervention or a form of one."""
    member = next((one for one in network.members if one.id == school), None)
    if member is None or step is None:
        return None
    name = step.partition("/")[0]
    return member.library.intervention(name).title


def _money(network: Network) -> Iterator[PooledMoneyTold]:
    parts = {member.id: network.pounds(member.id) for member in network.members}
    for line in network.file.money:
        yield PooledMoneyTold(
            line=line.id,
            title=line.title,
            rule=line.rule,
            pounds=line.amounts,
            schools=tuple(
                PooledPart(school=school, year=year, pounds=pounds)
                for school, own in parts.items()
                for year, pounds in own[line.id].items()
            ),
        )


__all__ = ["NetworkPlanned", "plan_network", "planned_member", "posed_member"]
