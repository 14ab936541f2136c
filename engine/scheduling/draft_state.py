"""The draft's view of a problem: relations by item, start windows, what is left of each limit."""

from __future__ import annotations

from .budget_ledger import Purse
from .constraints import StartedBy
from .problem import Placement, Problem

Unit = tuple[str, ...]
"""Items that start together, or one alone."""
Key = tuple[str, str, int]


class Outline:
    """A problem by name, and what is left of all that is limited, from which a draft takes."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.purse = Purse(problem)
        self.left: dict[Key, int] = {
            ("work", resource, slot): amount
            for (resource, slot), amount in problem.capacity.items()
        }
        for (name, slot), amount in problem.attention.items():
            self.left["start", name, slot] = amount
        self._tie()
        self._lay_out()
        self._narrow()
        self._weigh()

    def _tie(self) -> None:
        """Index the relations by item: prerequisites, successors, exclusions, joint starts."""
        ids = sorted(self.problem.by_id)
        self.needs: dict[str, list[tuple[Unit, int]]] = {name: [] for name in ids}
        self.heirs: dict[str, list[str]] = {name: [] for name in ids}
        self.behind: dict[str, list[tuple[str, int]]] = {name: [] for name in ids}
        self.ahead: dict[str, list[tuple[str, int]]] = {name: [] for name in ids}
        self.rivals: dict[str, set[str]] = {name: set() for name in ids}
        self.unit: dict[str, Unit] = {name: (name,) for name in ids}
        self.one_of: list[Unit] = []
        self.started_by: list[StartedBy] = []
        for relation in self.problem.ordered:
            relation.outline(self)
        for needs in self.needs.values():
            needs.sort()

    def _lay_out(self) -> None:
        """Where each unit may start, and what each item takes there of what is limited."""
        self.at: dict[str, dict[int, Placement]] = {}
        self.takes: dict[str, dict[int, list[tuple[Key, int]]]] = {}
        for name, item in self.problem.by_id.items():
            self.at[name] = {placement.start: placement for placement in reversed(item.open)}
            self.takes[name] = {}
            for start, placement in self.at[name].items():
                amounts = {("work", who, slot): n for (who, slot), n in placement.load.items()}
                amounts |= {("start", what, start): n for what, n in item.attention.items()}
                limited = [(key, n) for key, n in amounts.items() if n and key in self.left]
                self.takes[name][start] = limited
        self.starts: dict[Unit, list[int]] = {}
        for unit in sorted(set(self.unit.values())):
            common = set.intersection(*(set(self.at.get(name, ())) for name in unit))
            self.starts[unit] = sorted(common)

    def _narrow(self) -> None:
        """Find the closure of the must-do items, narrow its start slots, bar what it excludes."""
        self.needed = {item.id for item in self.problem.items if item.must}
        waiting = sorted(self.needed)
        while waiting:
            name = waiting.pop()
            alone = [options for options, _ in self.needs[name] if len(options) == 1]
            for other in (*self.unit[name], *(option for options in alone for option in options)):
                if other not in self.needed and other in self.needs:
                    self.needed.add(other)
                    waiting.append(other)
        self.barred = {name for name in self.rivals if self.rivals[name] & self.needed}
        edges = [
            (before, after, lag)
            for after in sorted(self.needed)
            for options, lag in [
                *self.needs[after],
                *(((before,), lag) for before, lag in self.behind[after]),
            ]
            if len(options) == 1 and (before := options[0]) in self.needed
        ]
        changed = True
        while changed:
            changed = False
            for before, after, lag in edges:
                starts = self.starts[self.unit[before]]
                latest = self.starts[self.unit[after]][-1:]
                while starts and not (
                    latest
                    and self.problem.in_time(self.at[before][starts[-1]].ready, latest[0], lag)
                ):
                    starts.pop()
                    changed = True

    def _weigh(self) -> None:
        """Set each unit's best value, and the sum of the shares of all limits it then takes."""
        whole: dict[tuple[str, str], int] = {}
        for (kind, name, _), amount in self.left.items():
            whole[kind, name] = whole.get((kind, name), 0) + amount
        self.worth: dict[Unit, int] = {}
        self.share: dict[Unit, float] = {}
        self.liked: dict[Unit, list[int]] = {}
        for unit, starts in self.starts.items():
            value = {start: sum(self.at[name][start].value for name in unit) for start in starts}
            self.liked[unit] = sorted(starts, key=lambda start: (-value[start], start))
            self.worth[unit], self.share[unit] = 0, 1.0
            if starts:
                best = self.liked[unit][0]
                self.worth[unit] = value[best]
                parts = [
                    amount / max(1, whole[key[0], key[1]])
                    for name in unit
                    for key, amount in self.takes[name][best]
                ]
                parts += [
                    amount / max(1, self.purse.most(claim))
                    for name in unit
                    for claim, amount in self.at[name][best].cost.items()
                ]
                self.share[unit] = sum(sorted(parts)) + 1e-6
