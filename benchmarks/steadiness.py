"""How much of a plan stays when one input changes a little: `python benchmarks/steadiness.py [EXAMPLE…]`."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

import termwise
from termwise import Library, School
from termwise.engine.school import packs_asked
from termwise.engine.school.pupil_data.reassessment import judged_otherwise, latest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ("hillside", "little-fen", "carrick-junior")
CHANGES = 40
OF_A_KIND = 10
HALF_A_DAY = 0.5
PART_OF_MONEY = 0.05
PUPILS_TO_ONE = 50
KEPT, IN_PLACE = 0.9, 0.8
"""The aims: of the steps, and of the steps at the same half-term."""


@dataclass(frozen=True)
class Tried:
    """What became of a plan's steps after one change: shares of those there were before."""

    words: str
    kept: float
    in_place: float


def changes(school: School, library: Library) -> Iterator[tuple[str, School]]:
    """Yield forty small changes: ten of people's time, of money, of pupils' grades and of evidence, and
    as many more of pupils' grades as there are fewer of the others."""
    found = 0
    for kind in (_time, _money, _evidence):
        made = list(kind(school))
        step = max(1, len(made) // OF_A_KIND)
        for words, other in made[::step][:OF_A_KIND]:
            found += 1
            yield words, other
    for seed in range(CHANGES - found):
        yield _grades(school, library, seed)


def _time(school: School) -> Iterator[tuple[str, School]]:
    """Half a day more for every other person, and half a day less for the others."""
    people = school.staff.people
    for place, person in enumerate(people):
        more = -HALF_A_DAY if place % 2 else HALF_A_DAY
        given = person.time
        if isinstance(given, dict):
            time: object = {part: max(0.0, days + more) for part, days in given.items()}
        else:
            time = max(0.0, given + more)
        changed = person.model_copy(update={"time": time})
        others = (*people[:place], changed, *people[place + 1 :])
        staff = school.staff.model_copy(update={"people": others})
        yield f"{person.id} {more:+g} days", replace(school, staff=staff)


def _money(school: School) -> Iterator[tuple[str, School]]:
    money = school.file.money
    for place, line in enumerate(money.lines):
        for part in (PART_OF_MONEY, -PART_OF_MONEY):
            amounts = {year: round(pounds * (1 + part)) for year, pounds in line.amounts.items()}
            changed = line.model_copy(update={"amounts": amounts})
            lines = (*money.lines[:place], changed, *money.lines[place + 1 :])
            file = school.file.model_copy(
                update={"money": money.model_copy(update={"lines": lines})}
            )
            yield f"{line.id} {part:+.0%}", replace(school, file=file)


def _evidence(school: School) -> Iterator[tuple[str, School]]:
    """One piece of evidence less."""
    for name, question in school.cqa.questions.items():
        for place in range(len(question.evidence)):
            rest = (*question.evidence[:place], *question.evidence[place + 1 :])
            changed = question.model_copy(update={"evidence": rest})
            cqa = school.cqa.model_copy(
                update={"questions": {**school.cqa.questions, name: changed}}
            )
            yield f"{name} without its evidence {place + 1}", replace(school, cqa=cqa)


def _grades(school: School, library: Library, seed: int) -> tuple[str, School]:
    """One pupil in fifty a grade higher or lower in the latest judgement of one subject."""
    dice = random.Random(seed)
    pupils = list(school.pupils)
    for place in dice.sample(range(len(pupils)), max(1, len(pupils) // PUPILS_TO_ONE)):
        subject = dice.choice(sorted(school.latest))
        was = latest(school, library, pupils[place], subject)
        if was is None or not isinstance(was.grade, int):
            continue
        ranks = range(len(school.measures[was.scale].grades))
        near = [one for one in (was.grade - 1, was.grade + 1) if one in ranks]
        [pupils[place]] = judged_otherwise(
            school, library, pupils[place], subject, dice.choice(near)
        ).pupils
    return f"pupils' grades, seed {seed}", replace(school, pupils=tuple(pupils))


def starts(school: School, library: Library) -> dict[str, str]:
    """The half-term each step of the plan starts in, by id."""
    return {step.id: step.starts for step in termwise.advise(school, library).plan.steps}


def tried(school: School, library: Library) -> Iterator[Tried]:
    """Plan again with each change, and compare."""
    before = starts(school, library)
    for words, other in changes(school, library):
        after = starts(other, library)
        kept = sum(name in after for name in before)
        same = sum(after.get(name) == slot for name, slot in before.items())
        yield Tried(words, kept / len(before), same / len(before))


def main(names: list[str]) -> int:
    """Print the shares for each school, and the changes after which least stayed."""
    for name in names or EXAMPLES:
        folder = ROOT / "examples" / name
        library = termwise.load_library(asked=packs_asked(folder))
        found = list(tried(termwise.load_school(folder, library), library))
        kept, in_place = fmean([one.kept for one in found]), fmean([one.in_place for one in found])
        print(
            f"{name}: {len(found)} changes; steps kept {kept:.1%} (aim {KEPT:.0%}), "
            f"at the same half-term {in_place:.1%} (aim {IN_PLACE:.0%})"
        )
        for one in sorted(found, key=lambda one: (one.kept + one.in_place, one.words))[:5]:
            print(f"  {one.words}: {one.kept:.0%} kept, {one.in_place:.0%} in place")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
