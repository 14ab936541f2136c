"""How good and how fast the scheduler's plans are, beside a greedy list schedule:
`python benchmarks/scheduling.py [--psplib FOLDER]`."""

from __future__ import annotations

import argparse
import csv
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from termwise.engine.core.errors import EngineError, TermwiseError
from termwise.engine.scheduling.alternatives import Alternative, nearest
from termwise.engine.scheduling.greedy import greedy
from termwise.engine.scheduling.problem import Level, Problem, Solution
from termwise.engine.scheduling.solver import solve

if TYPE_CHECKING:  # a script finds its neighbours by their bare names, the type checker by folder
    from benchmarks.projects import as_problem, by_latest_finish, read_project
    from benchmarks.run import called, measured, show
    from tests.made_up_problems import HALF_TERMS_THEN_TERMS, made_up
else:
    sys.path.append(str(Path(__file__).resolve().parent.parent))
    from projects import as_problem, by_latest_finish, read_project
    from run import called, measured, show

    from tests.made_up_problems import HALF_TERMS_THEN_TERMS, made_up

TERMS = (1,) * 6
MOST_MILLISECONDS = 300
MORE_VALUE = 8
Found = TypeVar("Found")


@dataclass(frozen=True)
class Kind:
    """Made-up problems of one size and tightness, and what is aimed at for each of them."""

    name: str
    candidates: int
    seeds: range
    seconds: float
    gap: float
    """The percentage by which the bound may be above the value within the seconds; 0: proved."""
    tight: bool = False
    lengths: tuple[int, ...] = TERMS
    either: bool = False
    """Whether a plan within the gap will do however long it took."""

    def problem(self, seed: int) -> Problem:
        """One of them."""
        year = 3 if self.lengths == TERMS else 6
        return made_up(self.candidates, seed, self.tight, self.lengths, year)


KINDS = (
    Kind("20 mix, 6 slots", 20, range(7), 1, 0),
    Kind("20 tight, 6 slots", 20, range(7), 1, 0, tight=True),
    Kind("35 mix, 6 slots", 35, range(7), 1, 0),
    Kind("35 tight, 6 slots", 35, range(7), 1, 0, tight=True),
    Kind("50 mix, 6 slots", 50, range(7), 5, 2, either=True),
    Kind("50 tight, 6 slots", 50, range(7), 5, 2, tight=True, either=True),
    Kind("50 mix, 3 years", 50, range(5), 10, 2, lengths=HALF_TERMS_THEN_TERMS),
    Kind("300 mix, 6 slots", 300, range(5), 10, 1),
    Kind("300 tight, 6 slots", 300, range(5), 10, 1, tight=True),
)


@dataclass(frozen=True)
class Run:
    """One problem, solved and drafted."""

    seconds: float
    proved: bool
    gap: float
    """Percent of the value by which the bound is above it."""
    draft_seconds: float
    more: float | None
    """Percent more value than the draft has; None: no draft."""

    def met(self, kind: Kind) -> bool:
        """Whether it is as good and as fast as was aimed at."""
        fast = self.seconds <= kind.seconds
        if kind.either:
            return (self.proved and fast) or self.gap < kind.gap
        return fast and (self.proved or self.gap < kind.gap)


def timed(task: Callable[[], Found]) -> tuple[float, Found]:
    """Seconds of processor time, and what was found.

    Everything measured here keeps to one thread; the clock would count other work on the machine too.
    """
    start = time.process_time()
    found = task()
    return time.process_time() - start, found


def compared(problem: Problem) -> Run:
    """The plan and the draft of one problem; AssertionError when the must-do items don't fit."""
    draft_seconds, draft = timed(lambda: greedy(problem))
    seconds, solution = timed(lambda: solve(problem))
    assert not solution.undone, "the recipe leaves room for what must be done"
    level = solution.level("value")
    gap = 100 * (level.bound - level.value) / level.value
    more = None
    if draft is not None:
        had = sum(placement.value for placement in draft.values())
        more = 100 * (level.value - had) / had
    return Run(seconds, level.status == "optimal", gap, draft_seconds, more)


def generated(kinds: Sequence[Kind]) -> bool:
    """Measures made-up problems beside the greedy draft; always done."""
    print("\n1. Made-up problems: seconds and gaps of `solve` (every aim), and the greedy draft's")
    print(
        f"{'  candidates':<22}{'median s':>9}{'slowest':>9}{'proved':>8}{'worst gap':>11}"
        f"{'draft ms':>10}{'more value than the draft':>28}{'as aimed':>11}"
    )
    for kind in kinds:
        runs = [compared(kind.problem(seed)) for seed in kind.seeds]
        seconds = [run.seconds for run in runs]
        more = [run.more for run in runs if run.more is not None]
        least = f"{min(more):.1f} to {max(more):.1f} %" if more else "no draft"
        middle = f"median {statistics.median(more):.1f} %, " if more else ""
        print(
            f"  {kind.name:<20}{statistics.median(seconds):>9.2f}{max(seconds):>9.2f}"
            f"{sum(run.proved for run in runs):>5} of {len(runs)}"
            f"{max(run.gap for run in runs):>9.2f} %"
            f"{1000 * statistics.median(run.draft_seconds for run in runs):>9.1f}"
            f"{middle + least:>32}{sum(run.met(kind) for run in runs):>5} of {len(runs)}"
        )
        if len(more) < len(runs):
            print(f"    the draft failed on {len(runs) - len(more)}")
    tight = f"at least {MORE_VALUE} % more value on the tight ones"
    print(f"  aims: {'; '.join(_aim(kind) for kind in kinds)}; {tight}")
    return True


def _aim(kind: Kind) -> str:
    within = f"within {kind.seconds:g} s"
    if not kind.gap:
        return f"{kind.name}: proved {within}"
    if kind.either:
        return f"{kind.name}: proved {within} or a gap under {kind.gap:g} %"
    return f"{kind.name}: a gap under {kind.gap:g} % {within}"


# --- why


def questions(problem: Problem, solution: Solution) -> Iterator[tuple[str, int | None]]:
    """Each item of the plan one slot earlier, where it has such a placement; each that is left out."""
    for item in problem.items:
        if item.id not in solution.chosen:
            yield item.id, None
        elif any(p.start == solution.chosen[item.id].start - 1 for p in item.open):
            yield item.id, solution.chosen[item.id].start - 1


def answers(problem: Problem, solution: Solution) -> Iterator[tuple[float, Alternative | None]]:
    """Seconds and answer for each question."""
    for name, start in questions(problem, solution):
        yield timed(lambda name=name, start=start: nearest(problem, solution, name, start))  # type: ignore[misc]


def why() -> bool:
    """Measures what one `nearest` costs, over all questions there are about a few plans."""
    print("\n2. The nearest alternative, at most three other moves, over every question")
    print(
        f"{'  candidates':<22}{'asked':>6}{'median ms':>11}{'95 %':>8}{'slowest':>9}"
        f"{f'within {MOST_MILLISECONDS} ms':>15}{'by three':>10}{'by more':>9}{'never':>7}"
    )
    for kind in KINDS:
        if kind.candidates > 50:
            continue
        found: list[tuple[float, Alternative | None]] = []
        for seed in kind.seeds[:1]:
            problem = kind.problem(seed)
            found += answers(problem, solve(problem))
        times = sorted(1000 * seconds for seconds, _ in found)
        known = [answer for _, answer in found if answer is not None]
        more = sum(answer.fewest for answer in known)
        quick = sum(ms <= MOST_MILLISECONDS for ms in times)
        print(
            f"  {kind.name:<20}{len(times):>6}{statistics.median(times):>11.0f}"
            f"{times[len(times) * 95 // 100]:>8.0f}{times[-1]:>9.0f}{quick:>8} of {len(times):<3}"
            f"{len(known) - more:>10}{more:>9}{len(found) - len(known):>7}"
        )
    return True


# --- PSPLIB


def _ended(problem: Problem) -> Level | None:
    """When the plan ends; None when none was found within the effort."""
    try:
        solution = solve(problem)
    except EngineError:
        return None
    assert not solution.undone, "the heuristic showed that every job fits"
    return solution.level("finish early")


def psplib(folder: Path) -> bool:
    """Measures the projects of a folder; whether each plan was one and none better than the best known."""
    with (folder / "best_known.csv").open(newline="", encoding="utf-8") as file:
        best = {row["instance"]: int(row["best_ub"]) for row in csv.DictReader(file)}
    print(
        "\n3. PSPLIB single-mode projects, finish early, in the slots of the latest-finish heuristic"
    )
    print(f"{'  project':<22}{'best known':>11}{'heuristic':>11}{'found':>7}{'proved':>8}{'s':>8}")
    reached, first, gaps, ours, times, right = 0, 0, [], [], [], True
    for path in sorted(folder.glob("*.sm")):
        project, known = read_project(path), best[path.name]
        slots = by_latest_finish(project)
        problem = as_problem(project, slots)
        seconds, level = timed(lambda problem=problem: _ended(problem))  # type: ignore[misc]
        times.append(seconds)
        gaps.append(100 * (slots - known) / known)
        first += slots == known
        shown = "none"
        if level is not None:
            shown = str(level.value)
            right = right and level.value >= known >= level.bound
            reached += level.value == known
            ours.append(100 * (level.value - known) / known)
        proved = "yes" if level is not None and level.status == "optimal" else "no"
        print(f"  {path.name:<20}{known:>11}{slots:>11}{shown:>7}{proved:>8}{seconds:>8.2f}")
    if not times:
        print("  no *.sm in the folder")
        return False
    print(f"  best known reached: {reached} of {len(times)}, by the heuristic {first}")
    print(f"  median {statistics.median(times):.2f} s, slowest {max(times):.2f} s")
    if ours:
        print(
            f"  mean gap to the best known: {statistics.mean(ours):.1f} % over {len(ours)} plans, "
            f"the heuristic's {statistics.mean(gaps):.1f} % over {len(gaps)}"
        )
    if not right:
        print("  WRONG: a job undone, or a plan or bound on the wrong side of the best known")
    return right


def imports() -> None:
    """Says what the solver costs to import, which no other figure includes."""
    names = (
        "termwise.engine.core.errors",
        "ortools.sat.python.cp_model_helper",
        "termwise.engine.scheduling",
    )
    tasks = {f"import {name}": called([sys.executable, "-c", f"import {name}"]) for name in names}
    show("0. Imports: a new process each time, by the clock", measured(tasks))


def main(arguments: Iterable[str] | None = None) -> int:
    """Runs all; 1 when something could not be measured or a plan is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--psplib", type=Path, metavar="FOLDER", help="*.sm and best_known.csv")
    parser.add_argument("--only", choices=("made-up", "why", "psplib"), help="one part alone")
    asked = parser.parse_args(None if arguments is None else list(arguments))
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} CPUs, "
        f"load {load:.1f}; seconds are of processor time, in one thread"
    )
    try:
        imports()
        results = []
        if asked.only in (None, "made-up"):
            results.append(generated(KINDS))
        if asked.only in (None, "why"):
            results.append(why())
        if asked.psplib is not None and asked.only in (None, "psplib"):
            results.append(psplib(asked.psplib))
    except (TermwiseError, AssertionError, OSError, subprocess.CalledProcessError) as error:
        print(f"\nNot measured, {type(error).__name__}: {error}")
        return 1
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
