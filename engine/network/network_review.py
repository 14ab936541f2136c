"""What a network sees of its plans in force: priorities, themes and steps in common, days and money, who is behind."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..core import VERSION, ContentError, Mistake, TermwiseError
from ..planning import Plan, SlotRef
from ..review import IssuedPlan, ProgressReport, issued_plans, load_progress, plan_on, progress
from . import phrases
from .model import (
    InCommon,
    MoneyPlanned,
    NetworkReview,
    PupilCount,
    SchoolStanding,
    SharedUse,
)
from .network_folder import Network, NetworkMember, within
from .pupil_counts import told_counts, told_sums

_SEVERAL = 2


@dataclass(frozen=True)
class InForce:
    """One school's plan in force, and how it is carried out."""

    member: NetworkMember
    issued: IssuedPlan
    before: int
    """plans issued before it"""
    progress: ProgressReport


def plans_in_force(network: Network, on: datetime.date) -> tuple[InForce, ...]:
    """Read the plan that each school works by on a day, of those that have one.

    Raises ContentError with every problem of all schools, and TermwiseError where none has a plan.
    """
    problems: list[Mistake] = []
    found = []
    for member in network.members:
        try:
            plans = [one for one in issued_plans(member.path) if one.issued <= on]
            if plans:
                entries = load_progress(member.path, plans, member.school, member.library, on)
                force = plan_on(plans, on)
                told = progress(force, entries, member.library, on)
                found.append(InForce(member, force, plans.index(force), told))
        except ContentError as error:
            problems += [within(member.folder, member.path, one) for one in error.problems]
    if problems:
        raise ContentError(problems)
    if not found:
        raise TermwiseError(phrases.no_plans(on))
    return tuple(found)


def review_network(
    network: Network, in_force: tuple[InForce, ...], on: datetime.date
) -> NetworkReview:
    """Hold the plans in force against each other; nothing in it ranks a school or is about a pupil."""
    plans = {one.member.id: one.issued.plan for one in in_force}
    slots = _slots(plans)
    return NetworkReview(
        termwise=VERSION,
        notice=phrases.REVIEW_NOTICE,
        network=network.file.network.id,
        title=network.file.network.title,
        on=on,
        schools=tuple(_standing(network, in_force)),
        strands=tuple(_strands(plans)),
        themes=tuple(
            one.model_copy(update={"schools": ()})
            if "judgements" in network.file.confidential
            else one
            for one in _themes(plans, in_force)
        ),
        steps=tuple(_steps(in_force)),
        slots=slots,
        shared=tuple(_shared(network, in_force, slots)),
        money=() if "money" in network.file.confidential else tuple(_money(plans)),
        pupils=tuple(_pupils(in_force)),
        confidential=network.file.confidential,
    )


def _standing(network: Network, in_force: tuple[InForce, ...]) -> Iterator[SchoolStanding]:
    known = {one.member.id: one for one in in_force}
    for member in network.members:
        one = known.get(member.id)
        if one is None:
            yield SchoolStanding(school=member.id, name=member.name, issued=None)
            continue
        total = one.progress.total
        yield SchoolStanding(
            school=member.id,
            name=member.name,
            issued=one.issued.issued,
            steps=total.steps,
            done=total.done,
            running=total.running,
            stopped=total.stopped,
            overdue=len(one.progress.overdue),
        )


def _several(
    found: Mapping[str, tuple[str, dict[str, None]]], least: int = _SEVERAL
) -> list[InCommon]:
    """List what at least so many schools have, most first."""
    told = [
        InCommon(id=name, title=title, count=len(schools), schools=tuple(schools))
        for name, (title, schools) in found.items()
        if len(schools) >= least
    ]
    return sorted(told, key=lambda one: (-one.count, one.id))


def _strands(plans: Mapping[str, Plan]) -> list[InCommon]:
    found: dict[str, tuple[str, dict[str, None]]] = {}
    for school, plan in plans.items():
        for one in plan.priorities:
            if one.agreed:
                found.setdefault(one.strand, (one.strand_title, {}))[1][school] = None
    return _several(found, 1)


def _themes(plans: Mapping[str, Plan], in_force: tuple[InForce, ...]) -> list[InCommon]:
    titles = {need.id: need.title for one in in_force for need in one.member.library.needs.values()}
    found: dict[str, tuple[str, dict[str, None]]] = {}
    for school, plan in plans.items():
        for one in plan.findings:
            found.setdefault(one.need, (titles.get(one.need, one.need), {}))[1][school] = None
    return _several(found)


def _steps(in_force: tuple[InForce, ...]) -> Iterator[InCommon]:
    found: dict[str, tuple[str, dict[str, None]]] = {}
    done: dict[str, int] = {}
    late: dict[str, int] = {}
    for one in in_force:
        states = {step.step: step.means for step in one.progress.steps}
        overdue = {item.step for item in one.progress.overdue}
        for step in one.issued.plan.steps:
            name = step.intervention
            title = (
                one.member.library.interventions[name].title
                if name in one.member.library.interventions
                else step.title
            )
            found.setdefault(name, (title, {}))[1][one.member.id] = None
            done[name] = done.get(name, 0) + (states.get(step.id) == "done")
            late[name] = late.get(name, 0) + (step.id in overdue)
    for told in _several(found):
        yield told.model_copy(update={"done": done[told.id], "overdue": late[told.id]})


def _slots(plans: Mapping[str, Plan]) -> tuple[SlotRef, ...]:
    found = {slot.id: slot for plan in plans.values() for term in plan.terms for slot in term.slots}
    return tuple(sorted(found.values(), key=lambda slot: slot.starts))


def _shared(
    network: Network, in_force: tuple[InForce, ...], slots: tuple[SlotRef, ...]
) -> Iterator[SharedUse]:
    halves = network.members[0].school.timeline.halves
    for person in network.file.shared:
        time = person.time
        for slot in slots:
            part = next((one.part for one in halves if one.starts == slot.starts), "")
            used, title = 0.0, ""
            for one in in_force:
                own = one.member.shared(person.id)
                for role in own.roles if own else ():
                    title = title or one.member.library.roles[role].title
                    used += sum(
                        load.used
                        for load in one.issued.plan.load
                        if (load.role, load.kind, load.slot) == (role, "role", slot.id)
                    )
            if title:
                yield SharedUse(
                    person=person.id,
                    title=title,
                    slot=slot.id,
                    there=time.get(part, 0.0) if isinstance(time, dict) else time,
                    planned=round(used, 1),
                )


def _money(plans: Mapping[str, Plan]) -> Iterator[MoneyPlanned]:
    found: dict[str, list[int]] = {}
    for plan in plans.values():
        for use in plan.budget:
            year = found.setdefault(use.year, [0, 0])
            year[0] += use.planned
            year[1] += use.available
    for name, (planned, available) in sorted(found.items()):
        yield MoneyPlanned(year=name, planned=planned, available=available)


def _pupils(in_force: tuple[InForce, ...]) -> Iterator[PupilCount]:
    counts = {
        one.member.id: {state.state: state.pupils for state in one.issued.plan.screening}
        for one in in_force
        if one.issued.plan.screening
    }
    if not counts:
        return
    titles = {state.state: state.title for one in in_force for state in one.issued.plan.screening}
    told = told_counts(counts, max(one.member.library.screening.cited_from for one in in_force))
    for school, own in told.items():
        for state, pupils in own.items():
            yield PupilCount(state=state, title=titles[state], school=school, pupils=pupils)
    for state, pupils in told_sums(counts, told).items():
        yield PupilCount(state=state, title=titles[state], school=None, pupils=pupils)


__all__ = ["InForce", "plans_in_force", "review_network"]
