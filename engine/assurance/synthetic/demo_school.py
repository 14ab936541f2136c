"""A made-up school as plain data: classes, pupils and their judgements, from a seed and nothing
else."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from ...core import ContentError, Mistake, build, read_yaml
from ...library import Library
from ...school import ClassRecord, check_letter
from .model import Demo
from .results import DemoResult, results, standing

SEN = Literal["none", "support", "plan"]
_DECILES = 10
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(slots=True)
class Pupil:
    """One made-up pupil; `judged` holds grades by subject and point, without those never given."""

    upn: str
    reference: str
    surname: str
    forename: str
    sex: str
    born: datetime.date
    admitted: datetime.date
    year: str
    class_id: str
    decile: int
    pp: bool
    sen: SEN
    eal: bool
    own_pathway: bool
    attendance: float
    judged: dict[tuple[str, str], str] = field(default_factory=dict)
    codes: dict[tuple[str, str], str] = field(default_factory=dict)
    """What stands in place of a judgement where there is none for a reason."""
    homes: dict[str, int] = field(default_factory=dict)
    """What the pupil stands for in each subject from the start."""
    results: tuple[DemoResult, ...] = ()


@dataclass(frozen=True)
class ModelSchool:
    """A made-up school, its pupils in the order of year group, class and name."""

    classes: tuple[ClassRecord, ...]
    pupils: tuple[Pupil, ...]
    beginners: int
    """Children who start in the first year group: on roll, in no file yet."""
    made: tuple[tuple[str, str, str], ...]
    """Pupil number, subject and the reason their judgements were made for."""


@cache
def load_demo() -> Demo:
    """Read what made-up schools are made of. Raises ContentError when the file is not right."""
    problems: list[Mistake] = []
    name = "knowledge/base/demo.yaml"
    document = read_yaml(files("termwise") / "knowledge" / "base" / "demo.yaml", name, problems)
    demo = build(Demo, document, problems) if document else None
    if demo is None or problems:
        raise ContentError(problems)
    return demo


def make_school(demo: Demo, library: Library, seed: int, pupils: int, classes: int) -> ModelSchool:
    """A school with so many pupils in its files and so many classes: the same for the same seed.

    Raises ValueError for numbers that no school has.
    """
    _check(library, pupils, classes)
    rng = random.Random(seed)
    rooms = _classes(demo, classes)
    years = demo.year_groups[1:]
    cohorts = {year: pupils // len(years) for year in years}
    for year in rng.sample(years, pupils % len(years)):
        cohorts[year] += 1
    used: set[str] = set()
    people: list[Pupil] = []
    for year, size in cohorts.items():
        homes = [room.id for room in rooms if year in room.years]
        people += [
            _pupil(rng, demo, year, homes[number % len(homes)], number, used)
            for number in range(size)
        ]
    people.sort(key=lambda p: (years.index(p.year), p.class_id, p.surname, p.forename))
    for number, pupil in enumerate(people, start=1):
        pupil.reference = f"{number:04d}"
        _attain(rng, demo, library, pupil)
    made = _made(rng, demo, library, people)
    for pupil in people:
        if not (joined_late(demo, pupil) and rng.random() < demo.pupils.unknown_before):
            pupil.results = tuple(results(rng, library, demo, pupil.year, pupil.homes))
    beginners = max(1, round(pupils / len(years)))
    return ModelSchool(rooms, tuple(people), beginners, made)


def _check(library: Library, pupils: int, classes: int) -> None:
    for title, number, name in (("pupils", pupils, "roll"), ("classes", classes, "class_count")):
        most = int((library.indicators[name].range or (1, 1))[1])
        most = most * 5 // 6 if name == "roll" else most  # those who start come on top
        if not 1 <= number <= most:
            raise ValueError(f"{title}: from 1 to {most}, not {number}")


def _classes(demo: Demo, count: int) -> tuple[ClassRecord, ...]:
    """Parallel classes where there are enough, and neighbouring year groups together where not."""
    groups = demo.year_groups
    rooms: list[ClassRecord] = []
    if count >= len(groups):
        for place, year in enumerate(groups):
            each = count // len(groups) + (place < count % len(groups))
            rooms += [ClassRecord(id=f"{year}{_LETTERS[n]}", years=(year,)) for n in range(each)]
        return tuple(rooms)
    start = 0
    for place in range(count):
        size = len(groups) // count + (place < len(groups) % count)
        years = groups[start : start + size]
        name = demo.class_names[place] if size > 1 else f"{years[0]}A"
        rooms.append(ClassRecord(id=name, years=years))
        start += size
    return tuple(rooms)


def _by_decile(ends: tuple[float, float], decile: int) -> float:
    low, high = ends
    return low + (high - low) * (decile - 1) / (_DECILES - 1)


def _entry(demo: Demo, year: str) -> int:
    """The calendar year in which those of a year group started school."""
    return demo.plan.starts.year - demo.year_groups.index(year)


def _pupil(
    rng: random.Random, demo: Demo, year: str, class_id: str, number: int, used: set[str]
) -> Pupil:
    chances, entry = demo.pupils, _entry(demo, year)
    forename, surname = rng.choice(demo.forenames), rng.choice(demo.surnames)
    while f"{forename} {surname}" in used:
        surname = f"{surname.partition('-')[0]}-{rng.choice(demo.surnames)}"
        forename = rng.choice(demo.forenames)
    used.add(f"{forename} {surname}")
    decile = 1 + rng.randrange(_DECILES)
    sen: SEN = "none"
    if rng.random() < _by_decile(chances.sen_plan, decile):
        sen = "plan"
    elif rng.random() < _by_decile(chances.sen_support, decile):
        sen = "support"
    admitted = datetime.date(entry, 9, 3)
    if rng.random() < chances.mobile:
        days = (demo.points[-1].date - admitted).days - 30
        admitted += datetime.timedelta(days=rng.randint(30, days))
    rest = f"{demo.school.authority}{demo.school.establishment}{entry % 100:02d}{number + 1:03d}"
    missed = (100 - chances.attendance_floor) * rng.random() ** chances.attendance_skew
    return Pupil(
        upn=check_letter(rest) + rest,
        reference="",
        surname=surname,
        forename=forename,
        sex="F" if rng.random() < chances.girls else "M",
        born=datetime.date(entry - 5, 9, 1) + datetime.timedelta(days=rng.randrange(365)),
        admitted=admitted,
        year=year,
        class_id=class_id,
        decile=decile,
        pp=rng.random() < _by_decile(chances.pp, decile),
        sen=sen,
        eal=rng.random() < _by_decile(chances.eal, decile),
        own_pathway=sen == "plan" and rng.random() < chances.own_pathway,
        attendance=round(100 - missed, 1),
    )


def joined_late(demo: Demo, pupil: Pupil) -> bool:
    """Tell whether a pupil came after the start of the first year group."""
    return pupil.admitted > datetime.date(_entry(demo, pupil.year), 9, 30)


def _attain(rng: random.Random, demo: Demo, library: Library, pupil: Pupil) -> None:
    chances, scale = demo.attainment, library.scales[demo.scale]
    grades = [grade.id for grade in scale.grades]
    start, *later = demo.points
    for subject in demo.subjects:
        decile = pupil.decile + rng.randint(-chances.spread, chances.spread)
        home = grades.index(chances.starts[min(max(decile, 1), _DECILES) - 1])
        home = 0 if pupil.own_pathway else home
        pupil.homes[subject] = standing(scale, grades[home])
        walk = _walk(rng, demo, home, len(later), len(grades) - 1)
        known = pupil.admitted <= later[0].date and rng.random() >= chances.blanks
        if known:
            pupil.judged[subject, start.id] = grades[home]
        else:
            walk.sort()  # only rises: then it does not matter what stands in for the start
        for point, band in zip(later, walk, strict=True):
            if pupil.admitted <= point.date:
                _judge(rng, demo, pupil, (subject, point.id), grades[band])


def _walk(rng: random.Random, demo: Demo, home: int, steps: int, top: int) -> list[int]:
    chances, band, walk = demo.attainment, home, []
    for _ in range(steps):
        drawn = rng.random()
        if band != home and rng.random() < chances.returns:
            band += 1 if band < home else -1
        elif drawn < chances.falls:
            band = max(band - 1, 0)
        elif drawn < chances.falls + chances.rises:
            band = min(band + 1, top)
        walk.append(band)
    return walk


def _judge(
    rng: random.Random, demo: Demo, pupil: Pupil, about: tuple[str, str], grade: str
) -> None:
    drawn, chances = rng.random(), demo.attainment
    if drawn >= chances.blanks + chances.absent:
        pupil.judged[about] = grade
    elif drawn < chances.absent:
        pupil.codes[about] = chances.absent_code


def _made(
    rng: random.Random, demo: Demo, library: Library, people: Sequence[Pupil]
) -> tuple[tuple[str, str, str], ...]:
    """Gives some pupils the judgements that a reason is made of."""
    free = [p for p in people if not p.own_pathway and not joined_late(demo, p)]
    rng.shuffle(free)
    made = []
    for reason, pattern in demo.made.items():
        check = demo.checks.get(reason)
        for _ in range(max(1, len(people) // demo.one_in)):
            able = [p for p in free if check is None or p.year in check.years]
            if not able:
                break
            pupil, subject = able[-1], check.subject if check else rng.choice(demo.subjects)
            free.remove(pupil)
            for point, grade in zip(demo.points, pattern, strict=True):
                pupil.codes.pop((subject, point.id), None)
                pupil.judged[subject, point.id] = grade
            pupil.homes[subject] = standing(library.scales[demo.scale], pattern[0])
            made.append((pupil.upn, subject, reason))
    return tuple(made)
