"""A team on a day: who is in it, in words, and its commitments as they stood then."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from ..core import TermwiseError, UnknownNameError
from ..library import CommitmentOutcome, Library
from ..school import Person, School, Team, hide_upns
from .commitment import Commitment, CommitmentShown, Teacher, TeamOn

Date = datetime.date


class TeamView:
    """One team of a school on a day. Raises UnknownNameError, with the near ones, for a team that
    is not there, and TermwiseError for a school without teams."""

    def __init__(self, school: School, library: Library, team_id: str, on: Date) -> None:
        teams = {team.id: team for team in school.staff.teams}
        if not teams:
            raise TermwiseError("staff.yaml has no teams; write them there, see termwise new")
        if team_id not in teams:
            raise UnknownNameError("team", hide_upns(team_id), teams)
        self.school, self.library, self.on = school, library, on
        self.team: Team = teams[team_id]
        self.words = library.teams
        self.refs = {pupil.ref for pupil in school.pupils}
        self.people = {person.id: person for person in school.staff.people}
        order = [item.id for item in school.file.school.classes]
        self.classes = tuple(sorted(self.team.classes, key=order.index))

    def about(self) -> TeamOn:
        """Return the team's title, leader and classes on the day, with its school."""
        return TeamOn(
            school=self.school.file.school.name,
            kind=self.words.team,
            team=self.team.id,
            title=self.team.title,
            leader=self.teacher(self.people[self.team.leader]),
            classes=self.classes,
            on=self.on,
        )

    def teacher(self, person: Person) -> Teacher:
        """A person by role, with their classes in the team."""
        classes = tuple(name for name in self.classes if name in person.classes)
        role = self.library.roles[person.roles[0]].title
        return Teacher(id=person.id, role=role, classes=classes)

    def teachers(self, class_id: str | None = None) -> tuple[Teacher, ...]:
        """The teachers of the team, or of one of its classes, in the order of the classes."""
        wanted = self.classes if class_id is None else (class_id,)
        found = {
            person.id: self.teacher(person)
            for name in wanted
            for person in self.people.values()
            if name in person.classes and not person.away(self.on, self.on)
        }
        return tuple(found.values())

    def years(self) -> frozenset[str]:
        """The year groups of the team's classes."""
        classes = self.school.file.school.classes
        return frozenset(y for item in classes if item.id in self.classes for y in item.years)

    def own(self, commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
        """The team's commitments agreed by this day, with no more known of them than there was
        then, class by class and in the order they were agreed."""
        found = [
            item
            if item.seen is None or item.seen <= self.on
            else item.model_copy(update={"kept": None, "worked": None, "seen": None, "note": None})
            for item in commitments
            if item.team == self.team.id and item.agreed <= self.on
        ]
        order = {teacher.id: place for place, teacher in enumerate(self.teachers())}
        found.sort(key=lambda item: (order.get(item.teacher, len(order)), item.agreed, item.id))
        return tuple(found)

    def overdue(self, item: Commitment) -> bool:
        """Tell whether a commitment's review has passed with nothing known of its outcome."""
        return item.kept is None and item.review < self.on

    def told(self, item: Commitment, shown: Mapping[str, str] | None = None) -> CommitmentShown:
        """A commitment in words; `shown` are pupils to be called otherwise than by pseudonym."""
        person = self.people.get(item.teacher)
        teacher = self.teacher(person) if person else None
        skill = self.library.skills.get(item.skill or "")
        here = [ref for ref in item.pupils if ref in self.refs]
        return CommitmentShown(
            id=item.id,
            agreed=item.agreed,
            teacher=teacher if teacher and teacher.classes else None,
            pupils=tuple((shown or {}).get(ref, ref) for ref in here),
            left=len(item.pupils) - len(here),
            subject=self.library.subject_titles.get(item.subject, item.subject),
            skill=skill.title if skill else None,
            strategy=item.strategy,
            review=item.review,
            evidence=item.evidence,
            kept=title_of(item.kept, self.words.kept),
            worked=title_of(item.worked, self.words.worked),
            seen=item.seen,
            note=item.note,
            overdue=self.overdue(item),
        )


def title_of(name: str | None, outcomes: Sequence[CommitmentOutcome]) -> str | None:
    """Return the title of an outcome by its id; None where there is none."""
    return next((outcome.title for outcome in outcomes if outcome.id == name), None)
