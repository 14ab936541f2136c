"""A school's records as entities with indicator values, each value with the cell it was read
from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ..library import Cell, Entity, FactBase, Library, Raw, Value, evaluate
from .checks.folder_checks import CQA, SCHOOL, STAFF
from .pupil_data.grades import grade_rank
from .pupil_facts import Progress
from .school import School


def entities(school: School, library: Library) -> FactBase:
    """The facts of a school, before any rule has looked at them."""
    facts = FactBase()
    one = facts.add(Entity("school", school.file.school.id, school.file.school.name))
    _school(school, library, one)
    _questions(school, library, facts, one)
    _teachers(school, facts, one)
    subjects = _subjects(school, library, facts, one)
    if school.file.pupils:
        _pupils(school, library, facts, one, subjects)
    return facts


def _subjects(school: School, library: Library, facts: FactBase, one: Entity) -> dict[str, Entity]:
    """The subjects pupils are judged in, and those of which the school has a figure as a whole: what
    is published needs no pupils."""
    figures = (library.indicators.get(name) for name in one.values)
    named = {indicator.subject for indicator in figures if indicator}
    asked = school.file.pupils.subjects if school.file.pupils else ()
    return {
        name: facts.add(
            Entity(
                "subject",
                name,
                library.subject_titles.get(name, name.capitalize()),
                (one,),
                {"subject": Value(name)},
            )
        )
        for name in (*asked, *(name for name in library.subject_titles if name in named - {*asked}))
    }


def _school(school: School, library: Library, one: Entity) -> None:
    who, staff = school.file.school, school.staff

    def put(name: str, value: Raw, *cells: Cell) -> None:
        one.values[name] = Value(value, cells)

    at = school.cell
    put("phase", who.phase, at(SCHOOL, "school", "phase"))
    put("roll", who.roll, at(SCHOOL, "school", "roll"))
    classes = at(SCHOOL, "school", "classes")
    put("class_count", len(who.classes), classes)
    put("mixed_age_classes", sum(len(item.years) > 1 for item in who.classes), classes)
    put("year_groups", frozenset(who.year_groups), at(SCHOOL, "school", "year_groups"))
    people = at(STAFF, "people")
    first = school.timeline.halves[0]
    there = [p for p in staff.people if not p.away(first.starts, first.starts)]
    own = [p for p in there if any(library.roles[r].kind == "staff" for r in p.roles)]
    put("staff_count", len(own), people)
    teachers = [p for p in there if p.classes]
    put("teacher_count", len(teachers), people)
    leaders = [p for p in own if any(library.roles[r].rank for r in p.roles)]
    put("leader_count", len(leaders), people)
    put("most_roles_held", max((len(p.roles) for p in own), default=0), people)
    profiles = sum(p.profile is None for p in teachers)
    if teachers:
        put("unprofiled_teachers", 100 * profiles / len(teachers), people)
    for index, person in enumerate(staff.people):
        if person in there and any(library.roles[role].rank == "head" for role in person.roles):
            put("head_teaches", 100 * person.teaches, at(STAFF, "people", index, "teaches"))
    adviser = [p for p in staff.people if any(library.roles[r].kind == "partner" for r in p.roles)]
    halves = school.timeline.halves[:6]
    total = 0.0
    for person in adviser:
        for half in halves:
            time = person.time
            if person.vacant and person.vacant.through(half.starts, half.ends):
                continue
            total += time.get(half.part, 0) if isinstance(time, dict) else time
    put("adviser_days", total, people)
    one.values.update(school.published)
    for key, given in school.file.context.items():
        put(key, given, at(SCHOOL, "context", key))
    for how, name in (("fully", "in_place"), ("partly", "partly_in_place")):
        members = {
            practice.practice: at(CQA, "in_place", index, "practice")
            for index, practice in enumerate(school.cqa.in_place)
            if practice.how == how
        }
        one.values[name] = Value(frozenset(members), (at(CQA, "in_place"),), members)
    strands = {
        priority.strand: at(CQA, "priorities", index, "strand")
        for index, priority in enumerate(school.cqa.priorities)
    }
    one.values["agreed_priority_strands"] = Value(
        frozenset(strands), (at(CQA, "priorities"),), strands
    )


def _questions(school: School, library: Library, facts: FactBase, one: Entity) -> None:
    scale = school.scales["judgement"]
    for name, strand in library.strands.items():
        entity = facts.add(Entity("question", name, strand.title, (one,)))
        values = entity.values
        values["question"] = Value(name)
        given = school.cqa.questions.get(name)
        if given is None:
            continue
        path = (CQA, "questions", name)
        for key, indicator in (
            ("judgement", "judgement"),
            ("school", "school_judgement"),
            ("adviser", "adviser_judgement"),
        ):
            grade = getattr(given, key)
            rank = grade_rank(scale, grade) if grade is not None else None
            if rank is not None:
                values[indicator] = Value(rank, (school.cell(*path, key),))
        own, other = values.get("school_judgement"), values.get("adviser_judgement")
        if own and other:
            apart = abs(int(own.value) - int(other.value))  # type: ignore[arg-type]
            values["judgements_apart"] = Value(apart, own.cells + other.cells)
        if given.evidence:
            here = school.cell(*path, "evidence")
            activities = {note.activity for note in given.evidence}
            values["evidence_activities"] = Value(len(activities), (here,))
            for key in ("concern", "strength"):
                members: dict[str, Cell] = {}
                for index, note in enumerate(given.evidence):
                    code = getattr(note, key)
                    if code:
                        members.setdefault(code, school.cell(*path, "evidence", index, key))
                values[f"{key}s"] = Value(frozenset(members), (here,), members)
        for key, value in values.items():
            one.values[f"{key} of {name}"] = value


def _teachers(school: School, facts: FactBase, one: Entity) -> None:
    scale = school.scales["teaching"]
    years = {item.id: item.years for item in school.file.school.classes}
    final = school.file.school.year_groups[-1]
    for index, person in enumerate(school.staff.people):
        if not person.classes or school.vacant(person):
            continue
        label = f"the teacher of {', '.join(person.classes)}"
        entity = facts.add(Entity("teacher", person.id, label, (one,)))
        path = (STAFF, "people", index)
        rank = grade_rank(scale, person.profile) if person.profile is not None else None
        if rank is not None:
            entity.values["teaching_profile"] = Value(rank, (school.cell(*path, "profile"),))
        if person.early_career is not None:
            cell = school.cell(*path, "early_career")
            entity.values["early_career"] = Value(person.early_career, (cell,))
        teaches = any(final in years.get(name, ()) for name in person.classes)
        entity.values["teaches_final_year"] = Value(teaches, (school.cell(*path, "classes"),))


def _taught_by(school: School, facts: FactBase) -> dict[str, list[Entity]]:
    """The teachers of each class."""
    teachers = {teacher.id: teacher for teacher in facts.of("teacher")}
    found: dict[str, list[Entity]] = {}
    for person in school.staff.people:
        for name in person.classes if person.id in teachers else ():
            found.setdefault(name, []).append(teachers[person.id])
    return found


def _pupils(
    school: School, library: Library, facts: FactBase, one: Entity, every: Mapping[str, Entity]
) -> None:
    who, request = school.file.school, school.file.pupils
    assert request is not None
    subjects = {name: every[name] for name in request.subjects}
    years = {
        name: facts.add(
            Entity(
                "year",
                name,
                f"Year {name}",
                (one,),
                {
                    "year_group": Value(name),
                    "is_final_year": Value(name == who.year_groups[-1]),
                },
            )
        )
        for name in who.year_groups
    }
    taught_by = _taught_by(school, facts)
    classes = {
        item.id: facts.add(
            Entity(
                "class",
                item.id,
                f"class {item.id}",
                (one, *taught_by.get(item.id, ())),
                {"class_mixed_age": Value(len(item.years) > 1)},
            )
        )
        for item in who.classes
    }
    in_class, in_year = (
        Counter(p.class_id for p in school.pupils),
        Counter(p.year for p in school.pupils),
    )
    class_subjects = {
        (name, subject): facts.add(
            Entity("class-subject", f"{name} {subject}", f"{name} in {subject}", (entity, about))
        )
        for name, entity in classes.items()
        if in_class[name]
        for subject, about in subjects.items()
    }
    year_subjects = {
        (name, subject): facts.add(
            Entity(
                "year-subject",
                f"Year {name} {subject}",
                f"Year {name} in {subject}",
                (entity, about),
            )
        )
        for name, entity in years.items()
        if in_year[name]
        for subject, about in subjects.items()
    }
    groups = {
        name: facts.add(Entity("group", name, group.title, (one,), {"group": Value(name)}))
        for name, group in library.groups.items()
    }
    group_subjects = {
        (name, subject): facts.add(
            Entity(
                "group-subject",
                f"{name} {subject}",
                f"{entity.label} in {subject}",
                (entity, about),
            )
        )
        for name, entity in groups.items()
        for subject, about in subjects.items()
    }
    vocabulary = library.vocabulary(school.scales)
    progress = Progress(school, library)
    for pupil in school.pupils:
        class_id = pupil.class_id
        belongs = (classes[class_id],) if class_id else ()
        values = {**pupil.values, **progress.of_pupil(pupil)}
        person = facts.add(
            Entity("pupil", pupil.ref, "a pupil", (*belongs, years[pupil.year]), values)
        )
        member = [
            name
            for name, group in library.groups.items()
            if evaluate(group.who, person.lookup, vocabulary).result
        ]
        for subject in request.subjects:
            parents = (
                person,
                *((class_subjects[class_id, subject],) if class_id else ()),
                year_subjects[pupil.year, subject],
                *(group_subjects[name, subject] for name in member),
            )
            entity = facts.add(
                Entity("pupil-subject", f"{pupil.ref} {subject}", "a pupil", parents)
            )
            entity.values.update(progress.in_subject(pupil, subject))
