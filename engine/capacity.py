"""Who does what: roles and those who hold them, their time in each half-term, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .library import Library
from .readers.school import School
from .records.base import EFFORT_STEP
from .records.school import DaysByPart
from .terms import Half

Holders = frozenset[str]


@dataclass(frozen=True, slots=True)
class Worker:
    """A person, or people counted as one, with the time they have; in whole tenths of a day."""

    id: str
    roles: tuple[str, ...]
    time: DaysByPart
    teaches: float
    fee: int

    def tenths(self, half: Half) -> int:
        """Their time in a half-term."""
        days = self.time.get(half.part, 0.0) if isinstance(self.time, dict) else self.time
        return round(days * EFFORT_STEP)


class Capacity:
    """The people of one school, asked by role."""

    def __init__(self, school: School, library: Library) -> None:
        self.library, self.school = library, school
        self.workers = {
            person.id: Worker(
                person.id, person.roles, person.time, person.teaches, person.fee_per_day
            )
            for person in school.staff.people
        }
        for role, time in school.staff.together.items():
            self.workers[role] = Worker(role, (role,), time, 0.0, 0)
        self._holders: dict[str, Holders] = {}
        for worker in self.workers.values():
            for role in worker.roles:
                self._holders[role] = self._holders.get(role, frozenset()) | {worker.id}
        self.cover_per_day = (
            library.costs.cover_per_day
            if school.file.money.cover_per_day is None
            else school.file.money.cover_per_day
        )

    def role(self, name: str) -> str | None:
        """The role that is held here for a role that is asked for: itself, or the first it falls to
        that somebody holds; None when nobody can do it."""
        if name in self._holders:
            return name
        for other in self.library.roles[name].falls_to:
            if other in self._holders:
                return other
        for other in self.library.roles[name].falls_to:
            found = self.role(other)
            if found is not None:
                return found
        return None

    def holders(self, role: str) -> Holders:
        """The people who hold a role."""
        return self._holders.get(role, frozenset())

    def time(self, people: Holders, half: Half) -> int:
        """The time people have together in a half-term, in tenths of a day."""
        return sum(self.workers[name].tenths(half) for name in people)

    def cover(self, role: str, tenths: int) -> float:
        """What covering the lessons costs when so much of a role's time is taken out of the week: the
        share of the week its holders teach, times the price of a day of cover, in pounds."""
        people = self.holders(role)
        share = sum(self.workers[name].teaches for name in people) / max(1, len(people))
        return tenths / EFFORT_STEP * share * self.cover_per_day

    def fee(self, role: str, tenths: int) -> float:
        """What so much of a role's time costs in fees, in pounds."""
        people = self.holders(role)
        fees = sum(self.workers[name].fee for name in people) / max(1, len(people))
        return tenths / EFFORT_STEP * fees

    def pools(self, roles: Iterable[str]) -> dict[Holders, tuple[str, ...]]:
        """The sets of people whose time binds, each with the roles that only they hold.

        People may share the work of the roles they hold in any way. Then a division of the work exists
        exactly when no set of people is asked for more than their time by the roles held by nobody
        else (Hall's theorem for fractions of a day). Unions of groups without a common person follow
        from their parts, so only unions of overlapping groups are listed.
        """
        groups = {self.holders(role) for role in roles if self.holders(role)}
        unions = set(groups)
        frontier = list(groups)
        while frontier:
            one = frontier.pop()
            for other in groups:
                if one & other and not other <= one:
                    union = one | other
                    if union not in unions:
                        unions.add(union)
                        frontier.append(union)
        return {
            people: tuple(sorted(role for role in roles if self.holders(role) <= people))
            for people in sorted(unions, key=lambda people: (len(people), sorted(people)))
        }
