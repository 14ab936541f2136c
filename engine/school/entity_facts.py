"""A school's records as entities with indicator values, each value with the cell it was read
from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ..library import Entity, FactBase, Key, Library, Value, evaluate
from .checks.folder_checks import CQA, SCHOOL, STAFF
from .derived import (
    OfInitiative,
    OfPupilSubject,
    OfQuestion,
    OfSchool,
    OfTeacher,
    OfYear,
    of_class,
    of_group,
    of_initiative,
    of_pupil_subject,
    of_question,
    of_school,
    of_subject,
    of_teacher,
    of_year,
)
from .indicator_sources import written_values
from .pupil_facts import Progress
from .school import School


def entities(school: School, library: Library) -> FactBase:
    """The facts of a school, before any rule has looked at them."""
    facts = FactBase()
    one = facts.add(Entity("school", school.file.school.id, school.file.school.name))
    _school(school, library, one)
    _questions(school, library, facts, one)
    _teachers(school, library, facts, one)
    _initiatives(school, library, facts, one)
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
                of_subject.of(name),
            )
        )
        for name in (*asked, *(name for name in library.subject_titles if name in named - {*asked}))
    }


def _school(school: School, library: Library, one: Entity) -> None:
    worked_out = of_school.of(OfSchool(school, library))
    one.values.update(worked_out)
    one.values.update(school.published)
    asked = {setting.words[-1] for setting in school.settings}
    for key, given in school.file.context.items():
        if key not in worked_out or key in asked:
            one.values[key] = Value(given, (school.cell(SCHOOL, "context", key),))


def _questions(school: School, library: Library, facts: FactBase, one: Entity) -> None:
    for name, strand in library.strands.items():
        entity = facts.add(Entity("question", name, strand.title, (one,)))
        given = school.cqa.questions.get(name)
        values = entity.values
        if given is not None:
            values |= written_values(given, "question", school, library, CQA, "questions", name)
        values |= of_question.of(OfQuestion(name, school, dict(values)))
        if given is not None:
            one.values |= {str(Key(key, name)): value for key, value in values.items()}


def _teachers(school: School, library: Library, facts: FactBase, one: Entity) -> None:
    shared = Counter(tuple(sorted(person.classes)) for person in school.staff.people)
    for index, person in enumerate(school.staff.people):
        if not person.classes or school.vacant(person):
            continue
        label = f"the teacher of {', '.join(person.classes)}"
        if shared[tuple(sorted(person.classes))] > 1:
            label += f" ({person.id})"
        entity = facts.add(Entity("teacher", person.id, label, (one,)))
        path = (STAFF, "people", index)
        entity.values |= written_values(person, "teacher", school, library, *path)
        entity.values |= of_teacher.of(OfTeacher(person, index, school))


def _initiatives(school: School, library: Library, facts: FactBase, one: Entity) -> None:
    for index, item in enumerate(school.file.initiatives):
        entity = facts.add(Entity("initiative", item.id, item.title, (one,)))
        path = (SCHOOL, "initiatives", index)
        entity.values |= written_values(item, "initiative", school, library, *path)
        entity.values |= of_initiative.of(OfInitiative(item, index, school))


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
                library.year_title(name),
                (one,),
                of_year.of(OfYear(name, school)),
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
                of_class.of(item),
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
                f"{library.year_title(name)} in {subject}",
                (entity, about),
            )
        )
        for name, entity in years.items()
        if in_year[name]
        for subject, about in subjects.items()
    }
    groups = {
        name: facts.add(Entity("group", name, group.title, (one,), of_group.of(name)))
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
            entity.values |= of_pupil_subject.of(OfPupilSubject(progress, pupil, subject))
