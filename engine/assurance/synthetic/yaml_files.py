"""What a made-up school says of itself: its classes and money, the agreed judgements, its staff."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from ...core import EFFORT_STEP, Record
from ...library import Library, Strand
from ...school import CqaFile, SchoolFile, StaffFile
from .demo_school import ModelSchool
from .model import Demo

Data = dict[str, Any]


def school_file(
    demo: Demo, library: Library, school: ModelSchool, seed: int, files: tuple[str, ...]
) -> Data:
    """school.yaml as plain data."""
    rng = random.Random(f"school {seed}")
    who, plan = demo.school, demo.plan
    years = tuple(year.id for year in library.calendars[plan.calendar].years)
    count = len(school.pupils)
    context: Data = {name: rng.randint(*ends) for name, ends in demo.context.items()}
    context |= {name: _share(school, what) for name, what in demo.shares.items()}
    data: Data = {
        "school": {
            "id": who.id,
            "name": who.name,
            "phase": who.phase,
            "year_groups": list(demo.year_groups),
            "roll": count + school.beginners,
            "classes": [{"id": room.id, "years": list(room.years)} for room in school.classes],
        },
        "programme": library.programme.id,
        "plan": {"starts": plan.starts, "years": plan.years},
        "calendar": {"use": plan.calendar},
        "context": context,
        "money": {"lines": [_plain(line.line(count, years)) for line in demo.budget]},
        "pupils": {
            "files": list(files),
            "scale": demo.scale,
            "subjects": list(demo.subjects),
            "points": [
                {"id": point.id, "title": point.title, "date": point.date}
                | ({"baseline": True} if point.baseline else {})
                for point in demo.points
            ],
        },
    }
    SchoolFile.model_validate(data)
    return data


def _plain(record: Record) -> Data:
    plain: Data = record.model_dump(mode="json")
    return plain


def _share(school: ModelSchool, what: str) -> float:
    pupils = school.pupils
    if what == "absence":
        return round(sum(100 - pupil.attendance for pupil in pupils) / len(pupils), 1)
    counted = {
        "pp": sum(pupil.pp for pupil in pupils),
        "sen": sum(pupil.sen != "none" for pupil in pupils),
        "eal": sum(pupil.eal for pupil in pupils),
    }
    return round(100 * counted[what] / len(pupils), 1)


def cqa_file(demo: Demo, library: Library, school: ModelSchool, seed: int) -> Data:
    """cqa.yaml as plain data: the judgements differ from seed to seed."""
    rng = random.Random(f"cqa {seed}")
    grades = [grade.id for grade in library.scales[library.programme.judgement_scale].grades]
    questions: dict[str, Data] = {}
    for strand in library.strands.values():
        rank = rng.randrange(len(grades))
        # The school's own view is the agreed one, or a grade above it.
        own = min(rank + (rng.random() < 0.25), len(grades) - 1)
        questions[strand.id] = {
            "judgement": grades[rank],
            "school": grades[own],
            "adviser": grades[rank],
            "evidence": list(_evidence(rng, demo, library, strand, rank < len(grades) // 2)),
        }
    weakest = sorted(questions, key=lambda name: grades.index(questions[name]["judgement"]))
    head = next(role.id for role in library.roles.values() if role.rank == "head")
    data: Data = {
        "agreed_on": demo.points[-1].date,
        "questions": questions,
        "priorities": [
            {
                "strand": name,
                "title": library.strands[name].title,
                "target": grades[
                    min(grades.index(questions[name]["judgement"]) + 1, len(grades) - 1)
                ],
                "lead": head,
            }
            for name in weakest[: demo.priorities]
        ],
    }
    CqaFile.model_validate(data)
    return data


def _evidence(
    rng: random.Random, demo: Demo, library: Library, strand: Strand, weak: bool
) -> Iterator[Data]:
    """Two concerns where a question is judged weak, else a strength and perhaps a concern."""
    concerns = [item.id for item in library.concerns.values() if item.question == strand.id]
    strengths = [item.id for item in library.strengths.values() if item.question == strand.id]
    activities = [activity.id for activity in library.programme.audit_activities]
    wanted = [("concern", concerns)] * (2 if weak else rng.randrange(2))
    wanted += [] if weak else [("strength", strengths)]
    used: set[str] = set()
    for (kind, codes), activity in zip(wanted, rng.sample(activities, len(wanted)), strict=True):
        left = [code for code in codes if code not in used]
        if left:
            code, looked = rng.choice(left), rng.randint(4, 12)
            note = demo.notes.concern if kind == "concern" else demo.notes.strength
            seen = rng.randint(looked // 2, looked)
            used.add(code)
            yield {
                "activity": activity,
                kind: code,
                "note": note.format(seen=seen, looked=looked),
            }


def staff_file(demo: Demo, library: Library, school: ModelSchool, seed: int) -> Data:
    """staff.yaml as plain data: in a small school a teacher holds several roles."""
    rng = random.Random(f"staff {seed}")
    rooms, taught = school.classes, demo.teachers
    people: list[Data] = []
    roles: list[list[str]] = [[] for _ in rooms]
    times = [taught.time] * len(rooms)
    # Those who lead are spread from the first class to the last.
    for place, leading in enumerate(taught.leading):
        here = (place * max(len(rooms) // len(taught.leading), 1)) % len(rooms)
        roles[here] += leading
        times[here] += taught.time_leading
    for person in demo.staff:
        if len(rooms) >= person.classes:
            data: Data = {"id": person.id, "roles": list(person.roles), "time": person.time}
            if person.teaches:
                data["teaches"] = person.teaches
            if person.fee_per_day:
                data["fee_per_day"] = person.fee_per_day
            people.append(data)
    grades = [grade.id for grade in library.default_scales()["teaching"].grades]
    first, last = demo.year_groups[0], demo.year_groups[-1]
    for room, leading_here, time in zip(rooms, roles, times, strict=True):
        if first in room.years:
            leading_here += taught.first_year
        if last in room.years:
            leading_here += taught.last_year
        teacher: Data = {
            "id": f"teacher-{room.id.lower()}",
            "roles": list(dict.fromkeys([*leading_here, *taught.roles])),
            "time": round(time * EFFORT_STEP) / EFFORT_STEP,
            "teaches": taught.teaches,
            "classes": [room.id],
        }
        if rng.random() < taught.profiled:
            teacher["profile"] = rng.choice(grades)
        people.append(teacher)
    together = {
        role: dict(days) if isinstance(days, dict) else days for role, days in demo.together.items()
    }
    data = {"people": people, "together": together}
    StaffFile.model_validate(data)
    return data
