"""The steps of a plan in the order they start, and the picture of what needs what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import model as view
from .calendar_entries import Dates
from .context import Solved
from .decided_items import decided
from .figures import Figures
from .milestones import milestones
from .rationale import because, reasons_for
from .step_details import (
    cost,
    effort,
    evidence,
    lead,
    monitoring,
    occurrences,
    phases,
    season,
)
from .success import success
from .target import target


def steps(
    solved: Solved, priorities: Sequence[view.Priority], dates: Dates, figures: Figures
) -> Iterator[view.Step]:
    """Every step with all that is said of it; `priorities` are those of the plan, `dates` the days of all
    that takes place in it, `figures` how things stand."""
    dated = milestones(solved)
    for name in sorted(solved.steps, key=lambda name: solved.placement(name).start):
        yield _step(name, solved, priorities, dates, dated[name], figures)


def picture(solved: Solved) -> view.Picture:
    """The prerequisites between the steps of the plan."""
    chosen, dependencies = solved.steps, solved.dependencies

    def both(edges: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        return tuple(edge for edge in edges if edge[0] in chosen and edge[1] in chosen)

    clock = solved.problem.clock
    places = {name: solved.placement(name) for name in chosen}
    length = {name: clock[p.ready + 1] - clock[p.start] for name, p in places.items()}
    return view.Picture(
        edges=both(dependencies.drawing()),
        helped=both(dependencies.helped),
        longest_chain=dependencies.longest_chain(length),
    )


def _step(
    name: str,
    solved: Solved,
    priorities: Sequence[view.Priority],
    dates: Dates,
    dated: tuple[view.DatedMilestone, ...],
    figures: Figures,
) -> view.Step:
    form, placement, course = solved.form(name), solved.placement(name), solved.course(name)
    item, span = form.item, solved.reasons.spans[form.id]
    intervention, slots, led = item.intervention, solved.slots, lead(item, course, solved)
    phrases = solved.reasons.phrases
    light = intervention.light if form.kind == "light" else None
    needs, enables = set(_needs(name, solved)), set(_enables(name, solved))
    return view.Step(
        id=name,
        intervention=name,
        title=intervention.title,
        strand=intervention.strand,
        what=intervention.what,
        target=target(item, solved),
        starts=slots[placement.start].id,
        ends=slots[placement.end].id,
        ready=slots[placement.ready].id,
        term=slots[placement.start].term,
        phases=tuple(phases(item, course, solved)),
        occurrences=tuple(occurrences(item, course, solved, dates)),
        lead=led,
        effort=tuple(effort(course, solved)),
        cost=tuple(cost(name, solved)),
        needs=tuple(sorted(needs)),
        priorities=_served(name, solved, priorities),
        serves=tuple(
            one.id
            for one in priorities
            if one.agreed and one.rank in solved.timetable.serves.get(name, ())
        ),
        season=season(item, course, solved),
        urgent=tuple(item.urgent),
        must=solved.timetable.must(name) and not (form.kind == "light" and name in solved.undone),
        form="light" if light else "full",
        form_note=light.because.strip() if light else "",
        value=placement.value,
        earliest=slots[span.earliest].id,
        latest=slots[span.latest].id,
        slack=span.slack,
        free=span.free,
        held_by="" if span.free else phrases.held_by(solved.reasons.held_by(name)),
        critical=span.slack == 0 and bool(needs or enables),
        firm=solved.firmness[name].firm if solved.firm.doubts else None,
        depends_on=tuple(one.words for one in solved.firmness[name].depends_on),
        score=item.score,
        because=reasons_for(name, solved),
        against=because(item.against, solved),
        enables=tuple(sorted(enables)),
        why_here=tuple(map(phrases.why_here, solved.reasons.why_here(name))),
        active_ingredients=intervention.active_ingredients,
        outside_help=tuple(
            view.HelpLine(
                title=one.title, what=one.what, ask=one.ask, costs=one.costs, checked=one.checked
            )
            for one in solved.library.outside_help.values()
            if intervention.id in one.for_
        ),
        milestones=dated,
        monitoring=monitoring(item, led, solved),
        success=tuple(success(item, course, figures)),
        stop_if=intervention.stop_if,
        evidence=evidence(intervention, solved.library),
        decided=decided(name, solved),
        tier=next(
            (one.title for one in solved.library.costs.tiers if one.id == intervention.tier), ""
        ),
    )


def _served(name: str, solved: Solved, ranked: Sequence[view.Priority]) -> tuple[str, ...]:
    """The ids of the priorities a step serves; proposed ones are about their strand alone."""
    ranks = solved.timetable.serves.get(name, ())
    strand = solved.form(name).item.intervention.strand
    return tuple(
        one.id for one in ranked if (one.rank in ranks if one.agreed else one.strand == strand)
    )


def _needs(name: str, solved: Solved) -> Iterator[str]:
    """Yield the prerequisites of a step; of several that would do, the first ready in time."""
    start = solved.placement(name).start
    for before, after in solved.dependencies.requires:
        if after == name:
            yield before
    for options, after in solved.dependencies.requires_any:
        if after == name:
            ready = (
                option
                for option in options
                if option in solved.steps and solved.placement(option).ready < start
            )
            yield from list(ready)[:1]


def _enables(name: str, solved: Solved) -> Iterator[str]:
    """Yield the steps of the plan that have this one among their prerequisites."""
    yield from (one for one in solved.dependencies.dependants(name) if one in solved.steps)
