"""How little moves when a plan in force is made again, without news and with small news.

`python benchmarks/little_moves.py`; takes some minutes.

Small news: a leader is away for a half-term, five per cent less money, two pupils more.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import mean

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import termwise  # noqa: E402
from termwise import Library, School  # noqa: E402
from termwise.engine.review import IssuedPlan  # noqa: E402
from termwise.engine.school import packs_asked  # noqa: E402

EXAMPLES = ("hillside", "little-fen", "carrick-junior", "quay-street")
OF, MOST = 30, 2.0
"""The aim: so many steps moved of so many, in the mean."""
PARTS = ("aut1", "aut2", "spr1", "spr2", "sum1", "sum2")
LESS = 0.95
"""What is left of the money."""


def main() -> None:
    """Tell of each example what moves, goes and comes in, with no news and with each kind of it."""
    found = []
    for name in EXAMPLES:
        found += _example(name)
    told = f"moved of {OF} steps with small news: {mean(found):.2f} in the mean (aim {MOST:g})"
    print(f"{told}, {len(found)} plans")


def _example(name: str) -> list[float]:
    settings = packs_asked(ROOT / "examples" / name)
    library = termwise.load_library(asked=settings)
    school = termwise.load_school(ROOT / "examples" / name, library)
    issued = termwise.issue(termwise.advise(school, library), school.timeline.halves[0].starts)
    halves = [half.starts for half in school.timeline.halves[1:6]]
    for on in halves:
        _told(name, "no news", on, school, library, issued)
    return [
        _told(name, what, on, news, library, issued)
        for on in halves[:1] + halves[2:3]
        for what, news in _news(school, on)
    ]


def _told(
    name: str, what: str, on: datetime.date, school: School, library: Library, issued: IssuedPlan
) -> float:
    changes = termwise.replan(school, library, issued, (), on).plan.changes
    moved, out, new = (len(part) for part in (changes.moved, changes.dropped, changes.new))
    print(f"{name:15} {on} {what:26} moved {moved}, dropped {out}, new {new}", flush=True)
    return OF * moved / len(issued.plan.steps)


def _news(school: School, on: datetime.date) -> Iterator[tuple[str, School]]:
    yield "a leader away", _away(school, on)
    money = school.file.money
    lines = tuple(
        line.model_copy(
            update={"amounts": {year: round(LESS * had) for year, had in line.amounts.items()}}
        )
        for line in money.lines
    )
    less = school.file.model_copy(update={"money": money.model_copy(update={"lines": lines})})
    yield "five per cent less money", replace(school, file=less)
    yield "two pupils more", _more_pupils(school)


def _away(school: School, on: datetime.date) -> School:
    """The school without the one who gives most time, of those who are not its head, for the half-term that
    begins on a day."""
    part = next(half.part.split("-")[0] for half in school.timeline.halves if half.starts == on)
    others = [one for one in school.staff.people if "headteacher" not in one.roles]
    away = max(others, key=lambda one: max(_by_part(one.time).values()))
    time = _by_part(away.time) | {part: 0}
    people = tuple(
        one.model_copy(update={"time": time}) if one is away else one for one in school.staff.people
    )
    return replace(school, staff=school.staff.model_copy(update={"people": people}))


def _by_part(time: float | dict[str, float]) -> dict[str, float]:
    return dict(time) if isinstance(time, dict) else dict.fromkeys(PARTS, time)


def _more_pupils(school: School) -> School:
    """The school with two pupils more, who stand as its first two do."""
    new = tuple(
        replace(one, ref=f"ZZZZ-000{number}") for number, one in enumerate(school.pupils[:2], 1)
    )
    identity = school.file.school
    more = identity.model_copy(update={"roll": identity.roll + 2})
    file = school.file.model_copy(update={"school": more})
    return replace(school, file=file, pupils=(*school.pupils, *new))


if __name__ == "__main__":
    main()
