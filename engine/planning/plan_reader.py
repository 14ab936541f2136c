"""Who reads a part of a plan: somebody who leads, or the teacher of a class, with all that names them in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..core import Record, UnknownNameError
from ..library import Library
from ..school import Person, School
from .model import CalendarEntry, Lead, Step


class PlanReader(Record):
    """Somebody for whom a part of a plan is: by roles, never by name."""

    title: str
    roles: tuple[str, ...]
    role_titles: tuple[str, ...]
    people: tuple[str, ...]
    """ids in staff.yaml"""
    classes: tuple[str, ...] = ()
    """of a teacher; empty: whatever class a step is for"""
    teams: tuple[str, ...] = ()
    """ids of those whose meetings they go to"""

    def leads(self, lead: Lead) -> bool:
        """Say whether it is they who lead."""
        return lead.role in self.roles or bool(set(lead.people) & set(self.people))

    def takes_part(self, step: Step) -> bool:
        """Say whether a step asks for their time, or is for their class or for them."""
        if not self.is_for(step):
            return False
        named = step.target.kind != "school" and bool(self.classes)
        return named or any(one.role in self.roles for one in step.effort)

    def is_for(self, step: Step) -> bool:
        """Say whether a step that is for some classes, years or teachers alone is for theirs."""
        ids = set(step.target.ids)
        if step.target.kind == "teacher":
            return not self.classes or bool(ids & set(self.people))
        if step.target.kind == "class":
            return not self.classes or bool(ids & set(self.classes))
        return True

    def has(self, entry: CalendarEntry) -> bool:
        """Say whether a line of the calendar names them, or is of a team of theirs."""
        if entry.teams:
            return bool(set(entry.teams) & set(self.teams))
        return bool(set(entry.people) & set(self.role_titles))


def leader(name: str, school: School, library: Library) -> PlanReader:
    """Find who holds a role, or is called so in staff.yaml; with all their roles where one person holds it.

    Raises UnknownNameError where nobody does.
    """
    people = [one for one in school.staff.people if name in (one.id, *one.roles)]
    known = {one.id for one in school.staff.people} | {
        role for one in school.staff.people for role in one.roles
    }
    if not people:
        raise UnknownNameError("role or person", name, known)
    alone = len(people) == 1
    roles = people[0].roles if alone else (name,)
    title = library.roles[name if name in library.roles else roles[0]].title
    return _reader(title, roles, people, school, library)


def teacher(name: str, school: School, library: Library) -> PlanReader:
    """Find who teaches a class, with all their roles.

    Raises UnknownNameError where there is no such class, or nobody who teaches it.
    """
    people = [one for one in school.staff.people if name in one.classes]
    if not people:
        known = {one for who in school.staff.people for one in who.classes}
        raise UnknownNameError("class with a teacher", name, known)
    roles = tuple(dict.fromkeys(role for one in people for role in one.roles))
    found = _reader(f"Teacher of {name}", roles, people, school, library)
    return found.model_copy(update={"classes": (name,)})


def board(library: Library) -> PlanReader:
    """Make a reader of all who govern the school."""
    roles = [one for one in library.roles.values() if one.kind == "governor"]
    return PlanReader(
        title="Governors",
        roles=tuple(one.id for one in roles),
        role_titles=tuple(one.title for one in roles),
        people=(),
    )


def _reader(
    title: str, roles: Iterable[str], people: Sequence[Person], school: School, library: Library
) -> PlanReader:
    together = [name for name, role in library.roles.items() if role.kind == "together"]
    held = tuple(roles)
    return PlanReader(
        title=title,
        roles=(*held, *together),
        role_titles=tuple(library.roles[one].title for one in (*held, *together)),
        people=tuple(one.id for one in people),
        teams=tuple(
            team.id
            for team in school.staff.teams
            for one in people
            if one.id == team.leader or set(one.classes) & set(team.classes)
        ),
    )


__all__ = ["PlanReader", "board", "leader", "teacher"]
