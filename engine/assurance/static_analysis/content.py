"""Indicators, interventions and prerequisites: what nothing reads, nothing brings in, nothing can meet."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from ...library import (
    Condition,
    Indicator,
    Intervention,
    Key,
    Library,
    comparisons,
    conditions_of,
    rule_conditions,
)
from .. import phrases
from .defect import defect, witness
from .logic import FALSE, TRUE, Formula, both, either
from .model import Defect, Witness
from .reachability import Plans, recommended
from .symbolic_library import Given, World
from .synthetic_facts import see

_ASKED = ("school", "published", "aggregate")
"""Where an indicator comes from that is there for the rules alone. What the school's other files hold
is there for more than the rules, and may wait for one."""


def unused(world: World) -> Iterator[Defect]:
    """Indicators a school is asked for, or that are worked out, and that nothing reads.

    The witness is two schools that differ in it only. It is confirmed when all rules say the same of
    both.
    """
    library = world.library
    read = set(_read(library))
    for indicator in library.indicators.values():
        if indicator.id in read or indicator.from_ not in _ASKED:
            continue
        one, other = _apart(world, indicator)
        seen, seen_other = see(one, library), see(other, library)
        same = (seen.fired, seen.unknown) == (seen_other.fired, seen_other.unknown)
        shows = phrases.SAME_AS_THE_OTHER
        yield defect(
            library.place("indicator", indicator.id, "id"),
            "unused",
            indicator.id,
            phrases.no_reader(indicator.id),
            phrases.NO_READER_HINT,
            *(witness(world, given, shows, same) for given in (one, other)),
        )


def _read(library: Library) -> Iterator[str]:
    """The indicators that something reads or fills a table with."""
    conditions: list[Condition] = [group.who for group in library.groups.values()]
    conditions += [item.who for item in library.screening.circumstances]
    for rule in library.rules.values():
        conditions += [condition for condition, _ in rule_conditions(rule)]
        for _, field, _, _ in Formatter().parse(rule.because):
            if field:
                yield Key.read(field).indicator
    for indicator in library.indicators.values():
        conditions += conditions_of(indicator)
        if indicator.aggregate and indicator.aggregate.indicator:
            yield indicator.aggregate.indicator
        yield from indicator.minus or ()
        yield from (indicator.over_years.of,) if indicator.over_years else ()
    for one in conditions:
        yield from (leaf.indicator for leaf in comparisons(one))
    yield from library.screening.audit.by
    yield from (column.indicator for column in library.columns.values() if column.indicator)
    for item in library.interventions.values():
        for _, phase in item.phases():
            grows = [*(one.for_each for one in phase.effort), *(one.for_each for one in phase.cash)]
            yield from (of.count for of in grows if of)
    for assessment in library.assessments.values():
        yield from (part.indicator for part in assessment.components if part.indicator)
    for table in library.published.values():
        yield from table.gives


def _apart(world: World, indicator: Indicator) -> tuple[Given, Given]:
    question = next(iter(world.library.strands))
    key = str(Key(indicator.id, question if indicator.about == "question" else ""))
    values = world.domain(key)
    if indicator.type == "set":
        return {key: frozenset()}, {key: frozenset(values[:1])}
    return {key: values[0]}, {key: values[-1]} if len(values) > 1 else {}


def unreachable(world: World, plans: Plans) -> Iterator[Defect]:
    """Interventions that no plan can ever have: no rule asks for them on any school they are for, they
    are no duty, and nothing that can be had needs them.

    The witness is a school on which as many rules as can together ask for others of the strand. It is
    confirmed when all rules are run, and neither they nor what they ask for brings it in.
    """
    library = world.library
    reached = [
        item
        for item in library.interventions.values()
        if world.possible(both((plans.asked(item), plans.fits(item))))
    ]
    there: set[str] = set()
    partners: dict[str, set[str]] = {name: set() for name in library.interventions}
    for item in library.interventions.values():
        for name in item.together_with:
            partners[item.id].add(name)
            partners[name].add(item.id)
    while reached:
        item = reached.pop()
        if item.id not in there:
            there.add(item.id)
            names = {*item.requires, *partners[item.id]}.union(*item.requires_one_of)
            reached += [library.interventions[name] for name in sorted(names)]
    for item in library.interventions.values():
        if item.id in there:
            continue
        asked = plans.asked(item) != FALSE
        given = _most_of_strand(world, item, world.who() if asked else TRUE)
        seen = see(given, library)
        wanted = recommended(library, (one.rule for one in seen.inference.fired))
        shows = phrases.not_among(item.id, len(wanted))
        if item.id in wanted:
            shows = phrases.asked_in_vain(item.id)
        yield defect(
            library.place("intervention", item.id, "id"),
            "unreachable",
            item.id,
            phrases.no_way_in(item.id, asked),
            phrases.NO_WAY_IN_HINT,
            witness(world, given, shows, item.id not in plans.closed(wanted, seen).names),
        )


def _most_of_strand(world: World, item: Intervention, so_far: Formula) -> Given:
    """A school on which as many rules that ask for something of a strand fire as go together."""
    library = world.library
    for rule in library.rules.values():
        strands = {library.interventions[name].strand for name in recommended(library, (rule,))}
        for question in world.questions(rule) if item.strand in strands else ():
            more = both((so_far, world.fires(rule, question)))
            if world.possible(more):
                so_far = more
                break
    given = world.school(so_far)
    assert given is not None
    return given


def unmet(world: World, plans: Plans) -> Iterator[Defect]:
    """Prerequisites that can't be met on any school that what needs them is asked for on and is for:
    they are never suitable there, are always left out, or exclude what needs them.

    The witness is a smallest such school, with its phase, roll and years where those decide. It is
    confirmed when the rules ask there for what needs it, and the closing over prerequisites says that
    it can't be had; or, for two that exclude each other, that it takes both.
    """
    library = world.library
    for item in library.interventions.values():
        where = plans.wanted(item)
        groups: list[tuple[tuple[str, ...], tuple[str, int]]]
        groups = [((name,), ("requires", i)) for i, name in enumerate(item.requires)]
        groups += [(group, ("requires_one_of", i)) for i, group in enumerate(item.requires_one_of)]
        for names, path in groups if world.possible(where) else ():
            options = [library.interventions[name] for name in names]
            free = [one for one in options if not _excluded(plans, item, one)]
            more = both((where, either(plans.had(one) for one in free)))
            if world.possible(more):
                where = more
            elif not free or not all(_told_already(world, plans, one) for one in free):
                yield _unmet(world, plans, item, options, bool(free), path, where)


def _told_already(world: World, plans: Plans, one: Intervention) -> bool:
    """Tell whether it can't be had for a reason of its own prerequisites, and they are told."""
    needs = one.requires or one.requires_one_of
    return bool(needs) and not world.possible(plans.had(one)) and world.possible(plans.fits(one))


def _excluded(plans: Plans, item: Intervention, one: Intervention) -> bool:
    """Tell whether what a prerequisite can't do without is never planned with what needs it, or with
    another thing that needs."""
    others = [item]
    for name in item.requires:
        if name != one.id:
            others += plans.needed(plans.library.interventions[name]).values()
        else:
            break
    return any(_never_both(more, other) for more in plans.needed(one).values() for other in others)


def _never_both(one: Intervention, other: Intervention) -> bool:
    if one.id == other.id:
        return False
    forms = one.alternative is not None and one.alternative == other.alternative
    return forms or other.id in one.excludes or one.id in other.excludes


def _unmet(
    world: World,
    plans: Plans,
    item: Intervention,
    options: list[Intervention],
    free: bool,
    path: tuple[str | int, ...],
    where: Formula,
) -> Defect:
    library = world.library
    found = _shown(world, plans, item, free, where)
    if not found.confirmed and (known := both((where, world.who()))) and world.possible(known):
        found = _shown(world, plans, item, free, known)
    return defect(
        library.place("intervention", item.id, *path),
        "unmet",
        item.id,
        phrases.never_met(item.id, [one.id for one in options], exclude=not free),
        "",
        found,
    )


def _shown(world: World, plans: Plans, item: Intervention, free: bool, where: Formula) -> Witness:
    given = world.school(where)
    assert given is not None
    seen = see(given, world.library)
    closed = plans.closed([item.id], seen)
    if free:
        confirmed = item.id in closed.impossible
        shows = phrases.asked_and_not_had(item.id, closed.impossible.get(item.id, ""))
    else:
        taken = [world.library.interventions[name] for name in closed.names]
        confirmed = any(_never_both(one, other) for one in taken for other in taken)
        shows = phrases.takes_in(item.id, closed.names)
    asked = recommended(plans.library, (one.rule for one in seen.inference.fired))
    confirmed = confirmed and (item.id in asked or plans.asked(item) in (FALSE, TRUE))
    return witness(world, given, shows, confirmed)
