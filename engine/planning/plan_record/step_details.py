"""The parts of a step: its phases and dates, who leads and who monitors, effort, cost, evidence."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ...core import EFFORT_STEP
from ...inference import Recommendation
from ...library import Intervention, Library
from ...school import Half
from .. import model as view
from ..budget import line_and_year
from ..effort_profile import EffortProfile
from ..phrases.plan_notes import RESEARCH, trial_words
from .calendar_entries import Dates, event_id
from .context import Solved
from .milestones import at_event, closing_days


def phases(item: Recommendation, course: EffortProfile, solved: Solved) -> Iterator[view.PhaseRef]:
    """Yield the phases of a step, each with its first and last slot and what is done in it."""
    does = dict(item.intervention.phases())
    for name, halves in course.phases:
        yield view.PhaseRef(
            phase=name,
            starts=solved.slots[solved.position(halves[0].index)].id,
            ends=solved.slots[solved.position(halves[-1].index)].id,
            does=does[name].does,
        )


def occurrences(
    item: Recommendation, course: EffortProfile, solved: Solved, dates: Dates
) -> Iterator[view.Occurrence]:
    """Each time of a series, on its day among all that takes place."""
    for number, visit in enumerate(course.visits):
        date = dates[event_id(item.id, number)]
        yield view.Occurrence(
            slot=solved.slots[solved.position(visit.half.index)].id,
            date=date,
            fixed=visit.date is not None,
            follow_ups=tuple(
                sorted(_follow_ups(item.intervention, date, visit.half, solved), key=_due)
            ),
        )


def _follow_ups(
    intervention: Intervention, date: datetime.date, half: Half, solved: Solved
) -> Iterator[view.DatedMilestone]:
    """Yield what is to be there after one time of a series: so many weeks after it, or by the end of its half-term."""
    for milestone in intervention.milestones:
        if milestone.week:
            due = solved.time.after_weeks(date, milestone.week)
        else:
            due = max([date, *closing_days(half, solved)[-1:]])
        due = max(at_event(milestone, date, solved), default=due)
        if due:
            yield view.DatedMilestone(what=milestone.what, due=due)


def _due(milestone: view.DatedMilestone) -> datetime.date:
    return milestone.due


def lead(item: Recommendation, course: EffortProfile, solved: Solved) -> view.Lead:
    """Return the lead: the role a promise or else the intervention names, with its holders; or who acts
    for it where its post is vacant when the step begins."""
    own = solved.timetable.lead(item.intervention)
    role = solved.timetable.lead(item.intervention, course.begins)
    titles, timetable = solved.library.roles, solved.timetable
    own_lead = solved.library.intervention(item.id).lead
    instead = timetable.capacity.role(own_lead) if item.id in timetable.handed else None
    return view.Lead(
        role=role,
        title=titles[role].title,
        people=tuple(sorted(solved.capacity.holders(role, course.begins))),
        acting_for=None if role == own else titles[own].title,
        in_place_of=titles[instead].title if instead else None,
    )


def monitoring(item: Recommendation, led: view.Lead, solved: Solved) -> view.MonitoredBy:
    """Return who monitors a step: never the lead, as far as the school has anybody else.

    A role that does not judge teaching (`monitors`) stands in last, and in its own way.
    """
    given, roles = item.intervention.monitoring, solved.library.roles
    governors = [role.id for role in roles.values() if role.kind == "governor"]
    partners = [role.id for role in roles.values() if role.kind == "partner"]
    heads = [role.id for role in roles.values() if role.rank == "head"]
    for wanted in (given.role, *heads, *partners, *governors):
        role = solved.capacity.role(wanted)
        if role is None or not solved.capacity.holders(role) - set(led.people):
            continue
        return view.MonitoredBy(
            role=role,
            title=roles[role].title,
            how=given.how if role == given.role else roles[role].monitors or given.how,
            evidence=given.evidence,
            independent=True,
        )
    return view.MonitoredBy(
        role=led.role,
        title=led.title,
        how=given.how,
        evidence=given.evidence,
        independent=False,
    )


def effort(course: EffortProfile, solved: Solved) -> Iterator[view.Effort]:
    """Days by slot and role."""
    found: dict[tuple[int, str], int] = {}
    for (role, index), tenths in course.effort.items():
        key = solved.position(index), role
        found[key] = found.get(key, 0) + tenths
    for (slot, role), tenths in sorted(found.items()):
        yield view.Effort(
            role=role,
            title=solved.library.roles[role].title,
            slot=solved.slots[slot].id,
            days=tenths / EFFORT_STEP,
        )


def cost(name: str, solved: Solved) -> Iterator[view.Cost]:
    """Pounds by budget line and its year, and what of them is for keeping going."""
    found: dict[str, tuple[int, int]] = {}
    for (step, _), accounts in solved.payments.items():
        if step == name:
            for account, (pounds, running) in accounts.items():
                old = found.get(account, (0, 0))
                found[account] = (old[0] + pounds, old[1] + running)
    for account, (pounds, running) in sorted(found.items()):
        line, year = line_and_year(account)
        yield view.Cost(line=line, year=year, pounds=pounds, running=running)


def evidence(item: Intervention, library: Library) -> view.EvidenceNote:
    """Return the research evidence for an approach, or a note on why there is no estimate."""
    given = item.evidence
    strand = library.toolkit.get(given.toolkit or "")
    if strand is None:
        return view.EvidenceNote(
            strand=None,
            months=None,
            security=None,
            cost_band=None,
            note=given.no_estimate or "",
            address=None,
            read_on=None,
        )
    return view.EvidenceNote(
        strand=strand.title,
        months=strand.estimate,
        security=strand.security,
        cost_band=strand.cost,
        note=RESEARCH if given.trial is None else f"{RESEARCH} {trial_words(given.trial)}",
        address=strand.address,
        read_on=strand.read_on,
    )


def season(item: Recommendation, course: EffortProfile, solved: Solved) -> view.SeasonRef | None:
    """When in the year a step does most good, and whether it begins then; None where any time does."""
    said = item.intervention.season
    if said is None:
        return None
    titles = solved.library.parts
    return view.SeasonRef(
        best=tuple(titles[part] for part in said.best),
        because=said.because,
        met=course.begins.part in said.best,
    )
