"""Why a step is where it is, and why something is left out: what the scheduler saw, in school words."""

from __future__ import annotations

from collections.abc import Iterator

from .readers.school import School
from .recommend import Recommendation
from .records.base import EFFORT_STEP
from .schedule import Blocker, Placement, Problem, Solution, blockers, nearest_earlier
from .timetable import PEOPLE, Timetable

MOST_TOLD = 2


class Reasons:
    """Answers about one solved timetable."""

    def __init__(
        self,
        timetable: Timetable,
        problem: Problem,
        solution: Solution,
        items: dict[str, Recommendation],
    ) -> None:
        self.timetable, self.problem, self.solution, self.items = (
            timetable,
            problem,
            solution,
            items,
        )
        self.slots = timetable.time.slots
        self.library, self.school = timetable.library, timetable.school

    def title(self, name: str) -> str:
        """An intervention's title in quotation marks."""
        return f"“{self.items[name].intervention.title}”"

    def people(self, pool: str) -> str:
        """People whose time binds together, by the roles they are known for."""
        return people_words(pool, self.school, self.timetable)

    def why_here(self, name: str) -> tuple[str, ...]:
        """Why a step starts when it does."""
        chosen = self.solution.chosen[name]
        told = [*self._asked(name)]
        series = self.items[name].intervention.series
        if series:
            return (*told, "It comes back through the whole plan, so it starts with it.")
        if chosen.start == 0:
            return (*told, "It starts with the plan: nothing it needs has to come first.")
        earlier = nearest_earlier(self.problem, self.solution, name)
        if earlier is None:
            told.append(f"It can't start earlier: {self._earliest(name)}.")
            return tuple(told)
        found = list(blockers(self.problem, self.solution, name, earlier))
        when = self.slots[earlier.start].title
        for blocker in found[:MOST_TOLD]:
            told.append(f"Not in {when}: {self.blocker(blocker)}.")
        if not found:
            told.append(self._free(earlier, chosen, when))
        return tuple(told)

    def _free(self, earlier: Placement, chosen: Placement, when: str) -> str:
        if earlier.value > chosen.value:
            share = 100 * (earlier.value - chosen.value) / max(1, self.solution.value)
            return (
                f"{when} would have been possible; here people's load is smoother, "
                f"at {share:.1f} % of the plan's value."
            )
        return f"It could equally start in {when}."

    def _asked(self, name: str) -> Iterator[str]:
        """The rules and promises that ask for a time."""
        shaping = self.timetable.advised.shaping
        parts = self.library.parts
        for promise in self.school.file.must:
            if promise.intervention == name:
                by = f" by {promise.by:%-d %B %Y}" if promise.by else ""
                yield f"It was promised{by}: {promise.because.rstrip('.')}."
        for table, words in (
            (shaping.must, "It has to start by"),
            (shaping.start_by, "It is to start by"),
            (shaping.not_before, "It is not to start before"),
        ):
            if name in table:
                part, told = table[name]
                yield f"{words} {parts[part]} ({told.rule.id}): {told.words}"
        if name in shaping.forward:
            told = shaping.forward[name]
            yield f"It is brought forward ({told.rule.id}): {told.words}"

    def _earliest(self, name: str) -> str:
        item = self.items[name].intervention
        if item.starts_in:
            parts = ", ".join(self.library.parts[part] for part in item.starts_in)
            return f"it starts in {parts}"
        return "no earlier half-term is open to it"

    def blocker(self, blocker: Blocker) -> str:
        """One blocker in words."""
        if blocker.kind == "needs":
            if blocker.slot is None:
                return f"it needs {self.title(blocker.name)}, which is not in the plan"
            return (
                f"it needs {self.title(blocker.name)}, which is ready "
                f"at the end of {self.slots[blocker.slot].title}"
            )
        if blocker.kind == "before":
            assert blocker.slot is not None
            return (
                f"it builds on {self.title(blocker.name)}, which is ready "
                f"at the end of {self.slots[blocker.slot].title}"
            )
        if blocker.kind == "alternative":
            return f"{self.title(blocker.name)} is used instead"
        users = ", ".join(self.title(user) for user in blocker.users)
        held = f" ({users})" if users else ""
        if blocker.kind == "capacity":
            assert blocker.slot is not None
            return (
                f"it needs {days(blocker.wanted)} of {self.people(blocker.name)} in "
                f"{self.slots[blocker.slot].title}, and {days(blocker.left)} are left{held}"
            )
        if blocker.kind == "budget":
            line, _, year = blocker.name.partition("|")
            titles = {item.id: item.title for item in self.school.file.money.lines}
            if not year:
                return f"no budget line pays for {line} (£{blocker.wanted:,})"
            return (
                f"it costs £{blocker.wanted:,} from {titles.get(line, line)} {year}, "
                f"and £{blocker.left:,} are left{held}"
            )
        assert blocker.slot is not None
        return f"enough that is new starts in {self.slots[blocker.slot].title} already{held}"

    def left_out(self, name: str) -> str:
        """Why an item that could have been planned is not in the plan."""
        placement = nearest_earlier(self.problem, self.solution, name)
        if placement is None:
            late = self.timetable.deadline(name)
            if late is not None:
                return "It can't be started by its deadline."
            return "It can't be finished before the plan ends."
        found = list(blockers(self.problem, self.solution, name, placement))
        if not found:
            return (
                "It would fit, but what needs it is not in the plan."
                if not self.items[name].arguments
                else "It would fit alone, but its worth does not outweigh what it would move."
            )
        when = self.slots[placement.start].title
        told = "; ".join(self.blocker(blocker) for blocker in found[:MOST_TOLD])
        return f"No room, even at best in {when}: {told}."

    def conflict(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """What can't hold together, in words."""
        told: list[str] = []
        for name in names:
            kind, _, what = name.partition(":")
            if kind == "must":
                late = self.timetable.deadline(what)
                half = next((h for h in self.timetable.time.halves if h.index == late), None)
                by = f" by {half.title} {half.starts.year}" if half else ""
                told.append(f"{self.title(what)} has to start{by}")
            elif kind == "capacity":
                told.append(f"the time {self.people(what)} can give")
            elif kind == "budget":
                line, _, year = what.partition("|")
                told.append(f"the money of {line} {year}".rstrip())
            else:
                told.append("how much that is new may start in one half-term")
        return tuple(told)


def days(tenths: int) -> str:
    """Tenths of a day in words."""
    number = f"{tenths / EFFORT_STEP:g}"
    return f"{number} day" if number == "1" else f"{number} days"


def people_words(pool: str, school: School, timetable: Timetable) -> str:
    """The people of a pool in words: by role, or as one person with several roles."""
    roles, library = timetable.library.roles, timetable.library
    names = pool.split(PEOPLE)
    if len(names) == 1:
        worker = timetable.capacity.workers[names[0]]
        titles = [roles[role].title for role in worker.roles]
        first = f"the {titles[0]}"
        rest = len(titles) - 1
        return first + (f" (who has {rest} other role{'s' if rest > 1 else ''})" if rest else "")
    held = [
        role.title
        for role in library.roles.values()
        if timetable.capacity.holders(role.id) == frozenset(names)
    ]
    if held:
        return f"those with the role “{held[0]}” ({len(names)})"
    return f"{len(names)} people together"
