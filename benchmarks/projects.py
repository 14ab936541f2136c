"""Single-mode projects of the PSPLIB form: read, scheduled by a serial heuristic, and as problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from termwise.engine.scheduling.constraints import Requires
from termwise.engine.scheduling.problem import Item, Placement, Problem

EFFORT = 20.0  # these grids are ten times as long as a school's


@dataclass(frozen=True)
class Project:
    """A single-mode project: jobs that take time, what follows each, and what there is of each
    resource at any time."""

    name: str
    lasts: Mapping[int, int]
    wants: Mapping[int, Mapping[str, int]]
    after: Mapping[int, Sequence[int]]
    there: Mapping[str, int]

    def before(self, job: int) -> list[int]:
        """The jobs a job follows."""
        return [one for one in self.lasts if job in self.after[one]]


def read_project(path: Path) -> Project:
    """A file of the PSPLIB form; the first and last job, which take no time, are left out."""
    part = ""
    after: dict[int, list[int]] = {}
    lasts: dict[int, int] = {}
    wants: dict[int, dict[str, int]] = {}
    there: list[int] = []
    for line in path.read_text(encoding="ascii").splitlines():
        words = line.split()
        if line.endswith(":") and line[:1].isalpha():
            part = line
        elif words and all(word.isdigit() for word in words):
            numbers = [int(word) for word in words]
            if part.startswith("PRECEDENCE"):
                after[numbers[0]] = numbers[3:]
            elif part.startswith("REQUESTS") and numbers[2]:
                lasts[numbers[0]] = numbers[2]
                wants[numbers[0]] = {f"R{n}": a for n, a in enumerate(numbers[3:], 1) if a}
            elif part.startswith("RESOURCEAVAIL"):
                there = numbers
    kept = {job: [later for later in after[job] if later in lasts] for job in lasts}
    return Project(
        path.name, lasts, wants, kept, {f"R{n}": amount for n, amount in enumerate(there, 1)}
    )


def tails(project: Project) -> dict[int, int]:
    """The time from each job's start to the end of all, by the longest way."""
    found: dict[int, int] = {}

    def tail(job: int) -> int:
        if job not in found:
            longest = max((tail(later) for later in project.after[job]), default=0)
            found[job] = project.lasts[job] + longest
        return found[job]

    for job in project.lasts:
        tail(job)
    return found


def by_latest_finish(project: Project) -> int:
    """The end of a serial schedule: of the jobs whose predecessors are placed, the one that has to finish
    first goes to the first place with room."""
    after_it = {job: length - project.lasts[job] for job, length in tails(project).items()}
    ends: dict[int, int] = {}
    used: dict[tuple[str, int], int] = {}
    while len(ends) < len(project.lasts):
        ready = [
            job
            for job in project.lasts
            if job not in ends and all(one in ends for one in project.before(job))
        ]
        job = min(ready, key=lambda one: (-after_it[one], one))
        start = max((ends[one] for one in project.before(job)), default=0)
        while not all(
            used.get((who, time), 0) + amount <= project.there[who]
            for who, amount in project.wants[job].items()
            for time in range(start, start + project.lasts[job])
        ):
            start += 1
        ends[job] = start + project.lasts[job]
        for who, amount in project.wants[job].items():
            for moment in range(start, ends[job]):
                used[who, moment] = used.get((who, moment), 0) + amount
    return max(ends.values())


def as_problem(project: Project, slots: int) -> Problem:
    """The project as a problem in which every job has to be done, within so many slots."""
    tail = tails(project)
    heads: dict[int, int] = {}
    for job in sorted(tail, key=lambda one: (-tail[one], one)):
        heads[job] = max(
            (heads[one] + project.lasts[one] for one in project.before(job)), default=0
        )
    items = []
    for job, lasts in project.lasts.items():
        placements = []
        for start in range(heads[job], slots - tail[job] + 1):
            times = range(start, start + lasts)
            load = {(who, t): amount for who, amount in project.wants[job].items() for t in times}
            placements.append(Placement(start, times[-1], times[-1], 0, load))
        items.append(Item(f"job-{job:02d}", tuple(placements), must=True))
    return Problem(
        slots,
        tuple(items),
        tuple(
            Requires((f"job-{before:02d}",), f"job-{job:02d}")
            for before, jobs in project.after.items()
            for job in jobs
        ),
        {(who, slot): most for who, most in project.there.items() for slot in range(slots)},
        aims=("must-do", "finish early"),
        effort=EFFORT,
    )
