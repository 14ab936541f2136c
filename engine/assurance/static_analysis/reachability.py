"""What the rules can bring into plans, and in which schools: asked for, suitable, and with all it
needs."""

from __future__ import annotations

from collections.abc import Iterable

from ...inference import Dependencies, close
from ...library import Intervention, Library, Rule, requirements
from .. import phrases
from .logic import FALSE, TRUE, Formula, both, either
from .symbolic_library import World
from .synthetic_facts import Seen


class Plans:
    """The interventions a library's rules can bring into plans, with the schools on which they do."""

    def __init__(self, world: World) -> None:
        self.world, self.library = world, world.library
        self._asked: dict[str, list[Formula]] = {name: [] for name in self.library.interventions}
        self._left_out: dict[str, list[Formula]] = {name: [] for name in self._asked}
        for rule in self.library.rules.values():
            fires = either(world.fires(rule, q) for q in world.questions(rule))
            for said in self.library.statements.of(rule):
                if said.kind == "leave_out":
                    self._left_out[said.intervention].append(world.not_fires(rule))
                for _, name in said.names():
                    if said.asks_for(name):
                        self._asked[name].append(fires)

    def asked(self, item: Intervention) -> Formula:
        """Where a rule or a duty asks for it."""
        return TRUE if item.duty else either(self._asked[item.id])

    def fits(self, item: Intervention) -> Formula:
        """Where it is suitable, and no rule leaves it out."""
        return both((self.world.suits(item), *self._left_out[item.id]))

    def wanted(self, item: Intervention) -> Formula:
        """Where it comes into a plan; of what only others ask for, where it may."""
        asked = self.asked(item)
        return both((TRUE if asked == FALSE else asked, self.fits(item)))

    def had(self, item: Intervention, path: tuple[str, ...] = ()) -> Formula:
        """Where it can be had with all it needs."""
        if item.id in path:
            return TRUE
        path = (*path, item.id)
        found: list[Formula] = [self.fits(item)]
        found += [self.had(self.library.interventions[name], path) for name in item.requires]
        found += [
            either(self.had(self.library.interventions[name], path) for name in group)
            for group in item.requires_one_of
        ]
        return both(found)

    def needed(self, item: Intervention) -> dict[str, Intervention]:
        """It and all it can't do without, by id."""
        found: dict[str, Intervention] = {}
        todo = [item]
        while todo:
            one = todo.pop()
            if one.id not in found:
                found[one.id] = one
                todo += [self.library.interventions[name] for name in one.requires]
        return found

    def closed(self, wanted: Iterable[str], seen: Seen) -> Dependencies:
        """Close what is wanted over its prerequisites, as they can be had in a made-up school."""
        missing = self._unavailable(seen)

        def unavailable(item: Intervention) -> str | None:
            return missing.get(item.id)

        return close(sorted(wanted), self.library, (), {}, unavailable)

    def _unavailable(self, seen: Seen) -> dict[str, str]:
        school, found = seen.inference.facts.school, dict[str, str]()
        for fired in seen.inference.fired:
            for said in self.library.statements.of(fired.rule):
                if said.kind == "leave_out":
                    found[said.intervention] = phrases.LEFT_OUT
        for item in self.library.interventions.values():
            for asked in requirements(item, self.library):
                read = school.lookup(asked.key)
                if asked.met(read.value if read else None) is False:
                    found[item.id] = phrases.NOT_FOR_THIS_SCHOOL
        return found


def recommended(library: Library, rules: Iterable[Rule]) -> set[str]:
    """Give what rules that fired bring in."""
    return {
        name
        for rule in rules
        for said in library.statements.of(rule)
        for _, name in said.names()
        if said.asks_for(name)
    }
