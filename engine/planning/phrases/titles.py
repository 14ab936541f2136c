"""What a plan calls its steps, its people, its money, its events and half-terms."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from ...core import EFFORT_STEP
from ...inference import Recommendation
from ...school import BudgetLine
from ..budget import BAR
from ..capacity import PEOPLE
from ..problem_builder import LEADS, Timetable

FEW = 3
"""So many people are named one by one."""


class Titles:
    """The titles of what stands in one timetable. The scheduler knows interventions by the ids of their
    forms."""

    def __init__(self, timetable: Timetable, items: Mapping[str, Recommendation]) -> None:
        """`items` are by intervention: they have the titles of what has no form."""
        self.timetable, self.items = timetable, items
        self.library, self.school = timetable.library, timetable.school
        self.slots = timetable.time.slots

    def plain_title(self, form: str) -> str:
        """Give a form's title as it is; what another plan has stands in the library."""
        known = self.timetable.forms.get(form)
        return known.item.intervention.title if known else self.library.intervention(form).title

    def title(self, form: str) -> str:
        """Give a form's title in quotation marks."""
        return f"“{self.plain_title(form)}”"

    def titles(self, forms: tuple[str, ...]) -> str:
        """Give several titles in a row."""
        return ", ".join(self.title(form) for form in forms)

    def people(self, pool: str) -> str:
        """Name the people whose time binds together by the roles they are known for."""
        return people_words(pool, self.timetable)

    def leads(self, name: str) -> str:
        """Name the people a lead's attention budget belongs to."""
        return self.people(name.removeprefix(LEADS))

    def event(self, name: str) -> str:
        """Give an event of the calendar by its title."""
        titles = [event.title for event in self.timetable.capacity.events if event.id == name]
        return titles[0] if titles else name

    def account(self, account: str) -> str:
        """Name a budget line and its year, or the part of it that a tier may have."""
        line, year, *tier = account.split(BAR)
        title = f"{self.timetable.funds.lines[line].title} {year}"
        return f"{title} (its part for {self._tiers[tier[0]]})" if tier else title

    def rule_of_use(self, line: BudgetLine) -> str:
        """Say what a budget line may be used for; empty when it has no rule."""
        told = []
        if line.only_for:
            named = [self._tiers[tier] for tier in line.only_for.tiers]
            named += [self.library.strands[one].title for one in line.only_for.strands]
            named += [
                f"“{self.library.intervention(one).title}”" for one in line.only_for.interventions
            ]
            told.append(f"Only for {', '.join(named)}: {line.only_for.because.rstrip('.')}.")
        for tier, percent in sorted(line.most.items()):
            told.append(f"At most {percent:g} % of it for {self._tiers[tier]}.")
        return " ".join(told)

    @cached_property
    def _tiers(self) -> dict[str, str]:
        return {tier.id: tier.title for tier in self.library.costs.tiers}


def people_words(pool: str, timetable: Timetable) -> str:
    """Name the people of a pool by a role of theirs, and by their ids where few share it or one person
    has others."""
    roles, capacity = timetable.library.roles, timetable.capacity
    names = pool.split(PEOPLE)
    if len(names) == 1:
        own = capacity.workers[names[0]].roles
        alone = len(own) == 1 and len(capacity.holders(own[0])) == 1
        return f"the {roles[own[0]].title}" + ("" if alone else f" ({names[0]})")
    listed = f" ({', '.join(names)})" if len(names) <= FEW else ""
    held = [role.title for role in roles.values() if capacity.holders(role.id) == frozenset(names)]
    if held:
        return f"the {len(names)} people with the role “{held[0]}”{listed}"
    return f"{len(names)} people together{listed}"


def count(number: int, noun: str) -> str:
    """Say a number of things."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def days(tenths: int) -> str:
    """Say tenths of a day in days."""
    number = f"{tenths / EFFORT_STEP:g}"
    return f"{number} day" if number == "1" else f"{number} days"


def capital(words: str) -> str:
    """Begin with a capital letter."""
    return words[:1].upper() + words[1:]
