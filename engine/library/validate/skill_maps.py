"""The rules of the house for skills: every code exists, no circle, and every skill leads to a
goal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from ...core import Mistake, Place, unknown
from ..loader import Library
from ..skills import SkillFile
from .conditions_of_rules import condition_problems

_WORD = re.compile(r"[^\W\d_]+|\d+")
"""A code is known by its words and numbers, as a heading of a file is, unless it is written exactly as another."""


def check_skills(library: Library) -> Iterator[Mistake]:
    """Every mistake in the skills of each subject."""
    seen: dict[tuple[object, ...], Place] = {}
    subjects = list(library.subject_titles)
    for file in library.skill_files.values():
        origin = library.origins["skill-file", file.id]
        yield from unknown(origin.place("subject"), "subject", file.subject, subjects)
        for index, source in enumerate(file.sources):
            place = origin.place("sources", index)
            yield from unknown(place, "source", source, library.sources)
        for index, skill in enumerate(file.skills):
            place = origin.place("skills", index, "id")
            for code in (skill.id, *skill.also):
                # “3F2” of the national tests, written in one, may stand beside the skill 3F-2
                own = code == skill.id or not code.isalnum()
                words = (own, *_WORD.findall(code.casefold()))
                first = seen.get((code.casefold(),)) or seen.get(words)
                if first:
                    hint = f"it stands first in {first}"
                    yield Mistake(place, f"the skill code “{code}” is used twice", hint)
                seen.setdefault((code.casefold(),), place)
                seen.setdefault(words, place)
        yield from _skills(library, file)
        yield from _goals(library, file)
        yield from _beginnings(library, file)


def _skills(library: Library, file: SkillFile) -> Iterator[Mistake]:
    place = library.origins["skill-file", file.id].place
    years = list(library.words.year_groups)
    known = {skill.id: skill for skill in file.skills}
    for index, skill in enumerate(file.skills):
        path = ("skills", index)
        yield from unknown(place(*path, "strand"), "strand", skill.strand, file.strands)
        yield from unknown(place(*path, "year"), "year group", skill.year, years)
        for position, need in enumerate(skill.needs):
            here = place(*path, "needs", position)
            yield from unknown(here, "skill", need, known)
            first = known.get(need)
            if first and _rank(years, first.year) > _rank(years, skill.year):
                what = f"“{need}” is of Year {first.year}, “{skill.id}” of Year {skill.year}"
                yield Mistake(here, what, "a skill needs no skill of a later year group")
    try:
        TopologicalSorter({skill.id: skill.needs for skill in file.skills}).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        index = [skill.id for skill in file.skills].index(circle[-1])
        told = " needs ".join(reversed(circle))
        yield Mistake(place("skills", index, "needs"), f"skills go in a circle: {told}")


def _goals(library: Library, file: SkillFile) -> Iterator[Mistake]:
    place = library.origins["skill-file", file.id].place
    years = list(library.words.year_groups)
    terms = dict.fromkeys(part.term for part in library.words.parts)
    known = {skill.id: skill for skill in file.skills}
    led: list[str] = []
    given = [
        (part, year, by_term)
        for part in ("goals", "stretch")
        for year, by_term in getattr(file, part).items()
    ]
    for part, year, by_term in given:
        yield from unknown(place(part, year), "year group", year, years)
        for term, codes in by_term.items():
            yield from unknown(place(part, year, term), "term", term, terms)
            for index, code in enumerate(codes):
                here = place(part, year, term, index)
                yield from unknown(here, "skill", code, known)
                goal = known.get(code)
                if goal and year in years and _rank(years, goal.year) > _rank(years, year):
                    yield Mistake(here, f"“{code}” is of Year {goal.year}, beyond Year {year}")
            led.extend(codes)
    reached: set[str] = set()
    while led:
        code = led.pop()
        if code in known and code not in reached:
            reached.add(code)
            led.extend(known[code].needs)
    for index, skill in enumerate(file.skills):
        if skill.id not in reached:
            hint = "make it a goal, or let another skill need it"
            yield Mistake(place("skills", index, "id"), f"“{skill.id}” leads to no goal", hint)


def _beginnings(library: Library, file: SkillFile) -> Iterator[Mistake]:
    place = library.origins["skill-file", file.id].place
    known = {skill.id for skill in file.skills}
    years = list(library.words.year_groups)
    for index, one in enumerate(file.begin):
        path: tuple[str | int, ...] = ("begin", index, "when")
        yield from condition_problems(
            library, one.when, "pupil-subject", "skill-file", file.id, path
        )
        for position, year in enumerate(one.years):
            here = place("begin", index, "years", position)
            yield from unknown(here, "year group", year, years)
        for key in ("checks", "secure", "insecure"):
            for position, code in enumerate(getattr(one, key)):
                yield from unknown(place("begin", index, key, position), "skill", code, known)


def _rank(years: Sequence[str], year: str) -> int:
    return years.index(year) if year in years else -1
