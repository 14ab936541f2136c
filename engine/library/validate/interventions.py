"""The rules of the house for interventions: every name exists, relations agree with each other, a
light form is lighter, and a duty can come back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...core import Mistake, Place, unknown
from ..counted_text import wrong_counts
from ..loader import Library
from ..model import ForEach, Intervention, LightForm, Milestone, Phase, Series
from ..own_steps import OWN_STEPS

_Path = tuple[str | int, ...]


def check_intervention(library: Library, item: Intervention) -> Iterator[Mistake]:
    """Every mistake in one intervention that its record alone doesn't show."""

    def place(*path: str | int) -> Place:
        return library.place("intervention", item.id, *path)

    file = place().file
    own = library.origins["intervention", item.id].path[:1] == (OWN_STEPS,)
    if not own and not file.endswith(f"/{item.id}.yaml"):
        yield Mistake(
            place("id"), f"the file of “{item.id}” is called otherwise", "rename one of them"
        )
    yield from unknown(place("strand"), "strand", item.strand, library.strands)
    for name, path in _named(item):
        yield from unknown(place(*path), "intervention", name, library.intervention_names)
    yield from unknown(place("lead"), "role", item.lead, library.roles)
    yield from unknown(place("monitoring", "role"), "role", item.monitoring.role, library.roles)
    for name, phase in item.phases():
        yield from _phase(library, item, phase, (name,))
    if item.evidence.trial:
        where = place("evidence", "trial", "source")
        yield from unknown(where, "source", item.evidence.trial.source, library.sources)
    if item.evidence.toolkit:
        where = place("evidence", "toolkit")
        yield from unknown(where, "toolkit strand", item.evidence.toolkit, library.toolkit)
    for index, source in enumerate(item.sources):
        yield from unknown(place("sources", index), "source", source, library.sources)
    for index, milestone in enumerate(item.milestones):
        if milestone.at:
            where = place("milestones", index, "at")
            yield from unknown(where, "event of a calendar", milestone.at, library.events)
    for index, part in enumerate(item.starts_in):
        where = place("starts_in", index)
        yield from unknown(where, "part of the year", part, library.parts)
    for index, subject in enumerate(item.subjects):
        where = place("subjects", index)
        yield from unknown(where, "subject", subject, library.subject_titles)
    for index, group in enumerate(item.groups):
        yield from unknown(place("groups", index), "group", group, library.groups)
    for index, indicator in enumerate(item.at_once.order if item.at_once else ()):
        where = place("at_once", "order", index)
        yield from unknown(where, "indicator", indicator, library.indicators)
    for index, indicator in enumerate(item.works_on):
        where = place("works_on", index)
        yield from unknown(where, "indicator", indicator, library.indicators)
    for index, part in enumerate(item.season.best if item.season else ()):
        where = place("season", "best", index)
        yield from unknown(where, "part of the year", part, library.parts)
    if item.tier:
        tiers = [tier.id for tier in library.costs.tiers]
        yield from unknown(place("tier"), "tier", item.tier, tiers)
    if item.done_before:
        where = place("done_before", "event")
        yield from unknown(where, "event of a calendar", item.done_before.event, library.events)
    if item.series:
        yield from _series(library, item, item.series, ("series",))
    yield from _counted(library, item)
    yield from _together(library, item)
    yield from _duty(library, item)
    if item.light:
        yield from _light(library, item, item.light)


def _counted(library: Library, item: Intervention) -> Iterator[Mistake]:
    """Yield a mistake for what milestones count, and can't."""
    given: dict[_Path, tuple[Milestone, ...]] = {("milestones",): item.milestones}
    if item.light:
        given["light", "milestones"] = item.light.milestones
    for path, milestones in given.items():
        for index, milestone in enumerate(milestones):
            where = library.place("intervention", item.id, *path, index, "what")
            for what, hint in wrong_counts(milestone.what):
                yield Mistake(where, what, hint)
            if milestone.by and getattr(item, milestone.by) is None:
                yield Mistake(
                    where, f"there is no phase “{milestone.by}”", "name another, or a week"
                )


def _named(item: Intervention) -> Iterator[tuple[str, _Path]]:
    """The interventions it names, with where."""
    for part in ("requires", "helped_by", "together_with", "excludes"):
        for index, name in enumerate(getattr(item, part)):
            yield name, (part, index)
    for i, group in enumerate(item.requires_one_of):
        for j, name in enumerate(group):
            yield name, ("requires_one_of", i, j)
    for index, after in enumerate(item.after):
        yield after.intervention, ("after", index, "intervention")


def _phase(library: Library, item: Intervention, phase: Phase, path: _Path) -> Iterator[Mistake]:
    kinds = [kind.id for kind in library.costs.kinds]
    for index, effort in enumerate(phase.effort):
        place = library.place("intervention", item.id, *path, "effort", index, "role")
        yield from unknown(place, "role", effort.role, library.roles)
        yield from _for_each(library, item, effort.for_each, (*path, "effort", index))
    for index, cash in enumerate(phase.cash):
        place = library.place("intervention", item.id, *path, "cash", index, "kind")
        yield from unknown(place, "kind of cost", cash.kind, kinds)
        yield from _for_each(library, item, cash.for_each, (*path, "cash", index))


def _for_each(
    library: Library, item: Intervention, of: ForEach | None, path: _Path
) -> Iterator[Mistake]:
    """Yield mistakes in what effort grows with: a number of things the school has."""
    if of is None:
        return
    counts = [
        one.id
        for one in library.indicators.values()
        if one.about == "school" and one.type == "count"
    ]
    place = library.place("intervention", item.id, *path, "for_each", "count")
    yield from unknown(place, "count of the school", of.count, counts)


def _series(library: Library, item: Intervention, series: Series, path: _Path) -> Iterator[Mistake]:
    for index, part in enumerate(series.parts):
        place = library.place("intervention", item.id, *path, "parts", index)
        yield from unknown(place, "part of the year", part, library.parts)
    if series.at == "start" and (series.every != "year" or series.parts or not item.starts_in):
        what = "what counts from its start comes back every year, in the part in which it starts"
        hint = "write “every: year” without “parts”, and the parts under “starts_in”"
        yield Mistake(library.place("intervention", item.id, *path, "at"), what, hint)
    if isinstance(series.times, str):
        place = library.place("intervention", item.id, *path, "times")
        yield from unknown(place, "setting", series.times, library.programme.settings)


_AGAINST = {
    "requires": "comes after the other",
    "requires_one_of": "comes after the other",
    "helped_by": "comes after the other",
    "after": "comes after the other",
    "excludes": "is never planned with the other",
}
"""What of two that start together contradicts that, by the key that says so."""


def _together(library: Library, item: Intervention) -> Iterator[Mistake]:
    """Two that start together, of which another key says that they can't."""
    for index, name in enumerate(item.together_with):
        place = library.place("intervention", item.id, "together_with", index)
        if name == item.id:
            yield Mistake(place, f"“{name}” always starts together with itself", "take it out")
            continue
        other = library.interventions.get(name)
        for one, far in ((item, name), (other, item.id)) if other else ():
            for key in dict.fromkeys(str(path[0]) for to, path in _named(one) if to == far):
                if key in _AGAINST:
                    yield Mistake(
                        place,
                        f"“{item.id}” and “{name}” start together, "
                        f"and by “{key}” of “{one.id}” one {_AGAINST[key]}",
                        "take one of the two out",
                    )
        if other and item.alternative and item.alternative == other.alternative:
            what = f"“{item.id}” and “{name}” start together, and only one of them is ever planned"
            yield Mistake(place, what, f"both have the alternative “{item.alternative}”")


def _duty(library: Library, item: Intervention) -> Iterator[Mistake]:
    duty, series = item.duty, item.series
    if duty is None:
        return
    parts = list(library.parts)
    place = library.place("intervention", item.id, "duty", "part")
    yield from unknown(place, "part of the year", duty.part, parts)
    place = library.place("intervention", item.id, "duty", "every_years")
    if duty.every_years > 1 and series:
        hint = "take “series” out, or make it a duty of every year"
        yield Mistake(place, f"a duty of every {duty.every_years} years has no series", hint)
    elif duty.every_years == 1 and (series is None or series.every != "year" or not series.parts):
        hint = f"write series: {{every: year, parts: [{duty.part}]}}"
        yield Mistake(
            place, "a duty of every year says in which part of each year it is done", hint
        )
    elif series and duty.part in parts:
        for index, part in enumerate(series.parts):
            if part in parts and parts.index(part) > parts.index(duty.part):
                place = library.place("intervention", item.id, "series", "parts", index)
                what = f"“{part}” is after “{duty.part}”, by which the duty has to have started"
                yield Mistake(place, what, "make the one earlier or the other later")


def _light(library: Library, item: Intervention, light: LightForm) -> Iterator[Mistake]:
    def place(*path: str | int) -> Place:
        return library.place("intervention", item.id, "light", *path)

    tied = item.together_with or any(
        item.id in one.together_with for one in library.interventions.values()
    )
    if tied:
        what = "the light form is of something that goes together with another"
        yield Mistake(place(), what, "take the light form out, or “together_with”")
    instead: list[Phase] = []
    for name in ("prepare", "deliver", "sustain"):
        full, given = getattr(item, name), getattr(light, name)
        if given:
            yield from _phase(library, item, given, ("light", name))
            if full is None:
                what = f"the light form has a phase “{name}”, and the full form has none"
                yield Mistake(place(name), what, "the light form only makes phases smaller")
        if given or full:
            instead.append(given or full)
    if light.series:
        yield from _series(library, item, light.series, ("light", "series"))
        if item.series is None:
            what = "the light form comes back, and the full form is done once"
            yield Mistake(place("series"), what, "take “series” out of one, or give it to both")
            return
    if not library.calendars:  # how often something comes back is told by a calendar alone
        return
    times = _times(library, item.series)
    light_times = _times(library, light.series or item.series)
    full_phases = [phase for _, phase in item.phases()]
    before, now = _takes(full_phases, times), _takes(instead, light_times)
    for key, takes in now.items():
        was = before.get(key, 0.0)
        if takes > was:
            what = f"the light form takes more “{key}” than the full one: {takes:g}, not {was:g}"
            yield Mistake(place("deliver"), what, "over all phases, and a whole year of a series")
            return
    if sum(now.values()) >= sum(before.values()):
        what = "the light form saves nobody's time"
        yield Mistake(place("deliver"), what, "make a phase smaller, or take “light” out")


def _takes(phases: Iterable[Phase], times: int) -> dict[str, float]:
    """The days that phases take so many times: at all, for each target, and for each of what they grow
    with."""
    found: dict[str, float] = {"days": 0.0, "each": 0.0}
    for phase in phases:
        for work in phase.effort:
            of = work.for_each
            key = f"each for each {of.count}" if of else "each"
            each = work.each / (of.steps_of if of else 1)
            found["days"] += phase.half_terms * work.days * times
            found[key] = found.get(key, 0.0) + phase.half_terms * each * times
    return {key: round(days, 4) for key, days in found.items()}


def _times(library: Library, series: Series | None) -> int:
    """Count how often something is done in a whole year; once when it doesn't come back."""
    if series is None:
        return 1
    years = [year for calendar in library.calendars.values() for year in calendar.years]
    terms = {half.part: t.part for year in years for t in year.terms for half in t.half_terms}
    times = series.times
    if isinstance(times, str):
        times = library.programme.settings.get(times, 1)
    inside = series.parts or tuple(library.parts)
    periods = {
        "half-term": len(set(inside)),
        "term": len({terms.get(part, part) for part in inside}),
        "year": 1,
    }
    return times * periods[series.every]
