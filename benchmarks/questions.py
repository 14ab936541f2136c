"""How long questions to an advice take, and putting the rules to the test: `python benchmarks/questions.py`."""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from termwise.engine.advise import Advice, advise
from termwise.engine.assurance.rule_testing.examples import rules_tried
from termwise.engine.assurance.rule_testing.rule_coverage import rules_coverage
from termwise.engine.assurance.static_analysis.check import check_rules
from termwise.engine.explain.counterfactuals import change
from termwise.engine.explain.missing_data import missing
from termwise.engine.explain.why_in_plan import why, why_not
from termwise.engine.inference.counterfactual_facts import Change, suppose
from termwise.engine.inference.forward_chaining import infer
from termwise.engine.inference.sensitivity import firmness
from termwise.engine.inference.truth_columns import fired_by_conditions
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.folder import load_school

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
SCHOOL = "hillside"  # the largest
ROUNDS = 5
ANSWER, FIRM, RULES = 0.2, 3.0, 20.0  # seconds aimed at

Task = Callable[[], object]


def seconds(task: Task) -> float:
    """The processor time of one call; all of it is in one thread."""
    before = time.process_time()
    task()
    return time.process_time() - before


def line(what: str, times: Iterable[float], aim: float | None = None) -> str:
    """One line of a table: median, fastest, slowest, and the aim."""
    took = sorted(times)
    told = f"{what:58} {statistics.median(took):8.3f} {took[0]:8.3f} {took[-1]:8.3f}"
    return (
        told
        if aim is None
        else f"{told}   aim {aim:g}, over in {sum(t > aim for t in took)} of {len(took)}"
    )


def repeated(task: Task, rounds: int = ROUNDS) -> list[float]:
    """The times of several calls after one to warm up."""
    task()
    return [seconds(task) for _ in range(rounds)]


def each(ask: Callable[[Advice, str], object], advice: Advice, names: Iterable[str]) -> list[float]:
    """The times of one call for each name."""
    return [seconds(partial(ask, advice, name)) for name in names]


def questions(advice: Advice) -> None:
    """One call for each thing that can be asked of, and the plan they are asked of as what they are
    held against."""
    planned = [step.id for step in advice.plan.steps]
    out = sorted({one.intervention for one in advice.plan.left_out} - {*planned})
    asked = sorted(advice.library.interventions)
    school, library, timetable = advice.school, advice.library, advice.reasons.timetable
    again = repeated(lambda: advise(school, library), 3)
    print(line("advise: the plan itself, with what is firm in it", again))

    def doubted() -> object:
        found = advice.findings, advice.recommendations, advice.dependencies
        return firmness(*found, school, library, timetable.unstaffed)

    print(line("of it, what is firm", repeated(doubted), FIRM))
    print(line(f"why: each of {len(planned)} steps", each(why, advice, planned), ANSWER))
    print(line(f"why-not: each of {len(out)} left out", each(why_not, advice, out), ANSWER))
    print(line("missing", repeated(lambda: missing(advice)), ANSWER))
    print(line(f"change: each of {len(asked)} interventions", each(change, advice, asked)))
    print(line("every verdict of every rule", repeated(lambda: list(advice.verdicts()), 1)))


def doubts(advice: Advice) -> None:
    """One fact supposed, beside the same by making all facts anew; the same rules must fire."""
    library, school = advice.library, advice.school
    question = advice.findings.facts.of("question")[0]
    now = question.values["judgement"].value
    doubt = Change("question", question.id, "judgement", 0 if now else 1)

    def anew() -> object:
        facts, vocabulary = entities(school, library), library.vocabulary(school.scales)
        return infer(facts, library, vocabulary, fired_by_conditions)

    print(
        line(
            "one fact supposed, by durable-rules",
            repeated(lambda: suppose(advice.findings, library, [doubt])),
        )
    )
    print(
        line(
            "the same, by conditions",
            repeated(lambda: suppose(advice.findings, library, [doubt], fired_by_conditions)),
        )
    )
    print(line("all facts made and run anew, by conditions", repeated(anew)))


def rules(library: Library) -> None:
    """What keeps the rules honest: each, and the three together."""
    times = {
        "rules check (everything read again)": repeated(check_rules, 1),
        f"rules test: {sum(len(one.examples) for one in library.rules.values())} examples": repeated(
            lambda: rules_tried(library), 3
        ),
        "rules coverage": repeated(lambda: rules_coverage(library), 3),
    }
    for what, took in times.items():
        print(line(what, took))
    together = sum(statistics.median(took) for took in times.values())
    print(line("together", [together], RULES))


def main() -> int:
    """Prints the tables; 1 when something could not be measured."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, load {load:.1f}")
    print(f"{'processor seconds':58} {'median':>8} {'fastest':>8} {'slowest':>8}")
    library = load_library()
    advice = advise(load_school(EXAMPLES / SCHOOL, library), library)
    print(f"\nQuestions about {SCHOOL}")
    questions(advice)
    print("\nDoubts")
    doubts(advice)
    print("\nRules")
    rules(library)
    return 0


if __name__ == "__main__":
    sys.exit(main())
