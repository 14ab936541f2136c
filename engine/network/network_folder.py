"""A network's folder in: network.yaml and the folders of its schools, checked together."""

from __future__ import annotations

import json
import os
import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..core import ContentError, Mistake, Place, YamlDocument, build, parts_of, read_yaml, unknown
from ..library import Library
from ..school import Person, School, grade_rank, load_school
from . import phrases
from .batch_plans import SCHOOL_FILE, library_of
from .network_file import NetworkFile

NETWORK = "network.yaml"
_STAFF = "staff.yaml"


@dataclass(frozen=True)
class NetworkMember:
    """One school of a network, as its folder says it by itself."""

    folder: str
    """As network.yaml names it."""
    path: pathlib.Path
    school: School
    library: Library

    @property
    def id(self) -> str:
        """Give the school's id."""
        return self.school.file.school.id

    @property
    def name(self) -> str:
        """Give the school's name."""
        return self.school.file.school.name

    def shared(self, name: str) -> Person | None:
        """Return somebody who is shared as the school has them; None where the school has no part."""
        people = self.school.staff.people
        return next((one for one in people if one.id == name and one.shared), None)


@dataclass(frozen=True)
class Network:
    """A network's folder, checked."""

    file: NetworkFile
    members: tuple[NetworkMember, ...]
    """In the order of network.yaml."""

    @cached_property
    def needs(self) -> Mapping[str, float]:
        """Look up how much the plan of each school counts, by id: see `SharingRule.need`."""
        return {member.id: _need(member, self.file.sharing.need) for member in self.members}

    @property
    def by_need(self) -> tuple[NetworkMember, ...]:
        """The schools, those that count most first, else in the order of network.yaml."""
        return tuple(sorted(self.members, key=lambda one: -self.needs[one.id]))

    def settings(self, member: NetworkMember) -> tuple[str, ...]:
        """Give what the network settles in a school's plan beside shared days: its days, and pooled money."""
        made = []
        days = self.file.days
        if days and days.intervention not in member.school.file.dates:
            made.append(
                f"dates.{days.intervention}=" + json.dumps([f"{one.date}" for one in days.dates])
            )
        for line, amounts in self.pounds(member.id).items():
            pooled = next(one for one in self.file.money if one.id == line)
            told = pooled.model_dump(mode="json", include={"title", "year", "pays_for"})
            made.append(f"money.lines.{line}=" + json.dumps({**told, "amounts": dict(amounts)}))
        return tuple(made)

    def pounds(self, school: str) -> Mapping[str, Mapping[str, int]]:
        """Give a school's part of the pooled money in whole pounds, by line and year."""
        found: dict[str, dict[str, int]] = {}
        for line in self.file.money:
            weights = {
                "equally": {one.id: 1.0 for one in self.members},
                "by-roll": {one.id: float(one.school.file.school.roll) for one in self.members},
                "by-need": dict(self.needs),
            }[line.rule]
            found[line.id] = {
                year: parts_of(amount, weights)[school] for year, amount in line.amounts.items()
            }
        return found


def _need(member: NetworkMember, need: Mapping[str, float]) -> float:
    scale = member.school.scales["judgement"]
    anchors = sorted((scale.rank(str(grade)), name) for name, grade in scale.anchors.items())
    counts = []
    for question in member.school.cqa.questions.values():
        rank = None if question.judgement is None else grade_rank(scale, question.judgement)
        if rank is not None:
            reached = [name for at, name in anchors if at <= rank] or [anchors[0][1]]
            counts.append(need.get(reached[-1], 1.0))
    return sum(counts) / len(counts) if counts else 1.0


def load_network(folder: pathlib.Path) -> Network:
    """Read a network's folder. Raises ContentError with every problem of network.yaml and of every school."""
    problems: list[Mistake] = []
    document = read_yaml(folder / NETWORK, NETWORK, problems)
    file = build(NetworkFile, document, problems) if document else None
    if document is None or file is None:
        raise ContentError(problems)
    members = []
    seen: dict[str, str] = {}
    for index, one in enumerate(file.schools):
        path = folder / one.folder
        real = os.path.realpath(path)
        place = document.place("schools", index, "folder")
        if real in seen:
            problems.append(Mistake(place, *phrases.listed_twice(one.folder, seen[real])))
            continue
        seen[real] = one.folder
        if other := _other_network(folder, path):
            problems.append(Mistake(place, *phrases.in_two_networks(one.folder, other)))
        try:
            library = library_of(path)
            members.append(NetworkMember(one.folder, path, load_school(path, library), library))
        except ContentError as error:
            problems += [within(one.folder, path, problem) for problem in error.problems]
    problems += _together(file, document, members)
    if problems:
        raise ContentError(problems)
    return Network(file, tuple(members))


def within(folder: str, path: pathlib.Path, problem: Mistake) -> Mistake:
    """Give a school's problem its place from the network's folder."""
    place = problem.place
    if place.file == str(path):
        return problem
    name = (pathlib.PurePosixPath(folder) / place.file).as_posix()
    return Mistake(Place(name, place.line, place.column, place.sheet), problem.what, problem.hint)


def _other_network(folder: pathlib.Path, path: pathlib.Path) -> str | None:
    """The network beside the school, where that is not this one and has the school too."""
    beside = pathlib.Path(os.path.realpath(path)).parent
    if os.path.realpath(folder) == str(beside) or not (beside / NETWORK).is_file():
        return None
    document = read_yaml(beside / NETWORK, NETWORK, [])
    schools = document.data.get("schools") if document and isinstance(document.data, dict) else None
    for one in schools if isinstance(schools, list) else ():
        named = one.get("folder") if isinstance(one, dict) else None
        if isinstance(named, str) and os.path.realpath(beside / named) == os.path.realpath(path):
            return os.path.relpath(beside, folder)
    return None


def _together(
    file: NetworkFile, document: YamlDocument, members: list[NetworkMember]
) -> Iterator[Mistake]:
    """Yield what is wrong with the schools together, each of them being right."""
    ids: dict[str, str] = {}
    for member in members:
        if member.id in ids:
            place = _place(member, SCHOOL_FILE, "school", "id")
            yield Mistake(place, *phrases.same_id(member.id, ids[member.id]))
        ids.setdefault(member.id, member.folder)
    yield from _calendars(members)
    yield from _shared(file, document, members)
    yield from _named(file, document, members)


def _calendars(members: list[NetworkMember]) -> Iterator[Mistake]:
    if not members:
        return
    first = members[0]
    halves = [half.starts for half in first.school.timeline.halves]
    for member in members:
        if (years := member.school.file.plan.years or 1) > 1:
            place = _place(member, SCHOOL_FILE, "plan", "years")
            yield Mistake(place, *phrases.more_years(years))
        elif [half.starts for half in member.school.timeline.halves] != halves:
            key = ("plan", "starts")
            if member.school.file.calendar.use != first.school.file.calendar.use:
                key = ("calendar", "use")
            yield Mistake(_place(member, SCHOOL_FILE, *key), *phrases.other_calendar(first.folder))


def _shared(
    file: NetworkFile, document: YamlDocument, members: list[NetworkMember]
) -> Iterator[Mistake]:
    parts = {half.part for one in members for half in one.school.timeline.halves}
    listed: set[str] = set()
    for index, person in enumerate(file.shared):
        place = document.place("shared", index, "id")
        if person.id in listed:
            yield Mistake(place, *phrases.two_capacities(person.id))
        elif members and not any(one.shared(person.id) for one in members):
            yield Mistake(place, *phrases.nobody_shares(person.id))
        listed.add(person.id)
        for part in person.time if isinstance(person.time, dict) and parts else ():
            yield from unknown(
                document.place("shared", index, "time", part), "part of the year", part, parts
            )
    for member in members:
        for index, one in enumerate(member.school.staff.people):
            if one.shared and one.id not in listed:
                yield Mistake(
                    _place(member, _STAFF, "people", index, "shared"), *phrases.not_shared(one.id)
                )


def _named(
    file: NetworkFile, document: YamlDocument, members: list[NetworkMember]
) -> Iterator[Mistake]:
    known: dict[str, object] = {}
    for member in members:
        known.update(member.library.interventions)
    if not members:
        return
    for index, training in enumerate(file.training):
        place = document.place("training", index, "intervention")
        yield from unknown(place, "intervention", training.intervention, known)
    anchors = {name for one in members for name in one.school.scales["judgement"].anchors}
    for name in file.sharing.need:
        yield from unknown(document.place("sharing", "need", name), "judgement", name, anchors)
    for index, line in enumerate(file.money):
        kinds = [one.id for one in members[0].library.costs.kinds]
        for position, kind in enumerate(line.pays_for):
            place = document.place("money", index, "pays_for", position)
            yield from unknown(place, "kind of cost", kind, kinds)
        having = [
            member.folder
            for member in members
            if any(own.id == line.id for own in member.school.file.money.lines)
        ]
        if having:
            place = document.place("money", index, "id")
            yield Mistake(place, *phrases.line_twice(line.id, having))
    if file.days is None:
        return
    series = {
        name: one
        for member in members
        for name, one in member.library.interventions.items()
        if one.series
    }
    named = file.days.intervention
    place = document.place("days", "intervention")
    yield from unknown(place, "intervention that comes back", named, series)
    dates = tuple(one.date for one in file.days.dates)
    for member in members:
        own = member.school.file.dates.get(named)
        if own is not None and own != dates:
            at = _place(member, SCHOOL_FILE, "dates", named)
            yield Mistake(at, *phrases.other_days(named))
    for index, date in enumerate(dates):
        place = document.place("days", "dates", index, "date")
        halves = members[0].school.timeline.halves
        if not halves[0].starts <= date <= halves[-1].ends:
            yield Mistake(place, *phrases.outside_the_plan(date))
            continue
        closed = [one.folder for one in members if not one.school.timeline.is_school_day(date)]
        if closed:
            yield Mistake(place, *phrases.not_in_school(date, closed))


def _place(member: NetworkMember, file: str, *path: str | int) -> Place:
    """The place of a key in a school's file, from the network's folder."""
    cell = member.school.cell(file, *path)
    column = int(cell.column) if cell.column.isdecimal() else 0
    return Place((pathlib.PurePosixPath(member.folder) / cell.file).as_posix(), cell.row, column)


__all__ = ["NETWORK", "Network", "NetworkMember", "load_network", "within"]
