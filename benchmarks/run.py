"""How fast termwise is, side by side with what it is compared with: `python benchmarks/run.py`."""

from __future__ import annotations

import os
import platform
import random
import statistics
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from termwise.engine.advise import advise
from termwise.engine.core.errors import TermwiseError
from termwise.engine.inference import durable_rules as match
from termwise.engine.inference.truth_columns import fired_by_conditions
from termwise.engine.library.conditions import Vocabulary, keys
from termwise.engine.library.facts import Entity, Raw, Value
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.library.pack_folders import PacksAsked
from termwise.engine.library.rule import All, Condition, Leaf, NeedLeaf, Not, Rule
from termwise.engine.school.folder import load_school, packs_asked
from termwise.engine.school.school import School

try:
    import clips
except ImportError:
    clips = None

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
RULES, FACTS, SEED = 60, 12_000, 20261
ROUNDS = 7
INFERENCE_ROUNDS = 3  # a round takes half a minute
BARE = "import pydantic, networkx, click"

Pairs = set[tuple[str, str]]
Task = Callable[[], object]

NUMBERS: dict[str, range] = {
    "current": range(4),
    "previous": range(4),
    "baseline": range(4),
    "bands_since_previous": range(-3, 4),
    "bands_since_baseline": range(-3, 4),
    "points_known": range(6),
    "points_in_lowest": range(4),
}
TRUTHS = ("teacher_concern", "own_pathway")
SLOTS = (*NUMBERS, *TRUTHS)


def a_comparison(rnd: random.Random) -> dict[str, Any]:
    """One comparison as an author writes it."""
    name = rnd.choice(SLOTS)
    if rnd.random() < 0.08:
        return {"indicator": name, "known": rnd.random() < 0.5}
    if name in TRUTHS:
        return {"indicator": name, "is": rnd.random() < 0.5}
    values = NUMBERS[name]
    comparison = rnd.choice(("at_least", "at_most", "above", "below", "is", "one_of"))
    if comparison == "one_of":
        return {"indicator": name, "one_of": sorted(rnd.sample(values, 2))}
    return {"indicator": name, comparison: rnd.choice(values)}


def a_condition(rnd: random.Random) -> dict[str, Any]:
    """Two to four parts that must all hold; some are alternatives, some are turned round."""
    parts: list[dict[str, Any]] = []
    for _ in range(rnd.randint(2, 4)):
        form = rnd.random()
        if form < 0.25:
            parts.append({"any": [a_comparison(rnd), a_comparison(rnd)]})
        elif form < 0.4:
            parts.append({"not": a_comparison(rnd)})
        else:
            parts.append(a_comparison(rnd))
    return {"all": parts}


def made_rules(rnd: random.Random) -> list[Rule]:
    """Screening rules over the indicators of a pupil in a subject."""
    examples = [{"say": f"One that {it}", "expect": it} for it in ("fires", "silent")]
    return [
        Rule.model_validate(
            {
                "id": f"BEN-{number:02d}",
                "title": f"Made-up pattern {number}",
                "status": "draft",
                "since": "2026.1",
                "about": "pupil-subject",
                "when": a_condition(rnd),
                "because": "Made up.",
                "why": "To be measured.",
                "limits": "Means nothing.",
                "sources": ["house"],
                "examples": examples,
                "screen": {"state": "at-risk", "reason": f"made-up-{number}"},
            }
        )
        for number in range(1, RULES + 1)
    ]


def made_facts(rnd: random.Random) -> list[Entity]:
    """Pupils in subjects, with judgements missing here and there as they are in schools."""
    found = []
    for number in range(FACTS):
        known: dict[str, Raw] = {}
        ranks = {name: rnd.randrange(4) for name in ("current", "previous", "baseline")}
        ranks = {name: rank for name, rank in ranks.items() if rnd.random() < 0.9}
        known.update(ranks)
        for name in ("previous", "baseline"):
            if "current" in ranks and name in ranks:
                known[f"bands_since_{name}"] = ranks["current"] - ranks[name]
        known["points_known"] = rnd.randrange(6)
        known["points_in_lowest"] = rnd.randrange(4)
        if rnd.random() < 0.8:
            known["teacher_concern"] = rnd.random() < 0.1
        if rnd.random() < 0.8:
            known["own_pathway"] = rnd.random() < 0.03
        values = {name: Value(value) for name, value in known.items()}
        found.append(Entity("pupil-subject", f"p{number}", "", values=values))
    return found


def as_test(condition: Condition, vocabulary: Vocabulary, negated: bool = False) -> str:
    """A condition as a CLIPS expression that is TRUE where the condition is known to hold."""
    if isinstance(condition, NeedLeaf):
        raise NotImplementedError("the made-up rules ask for no needs")
    if isinstance(condition, Not):
        return as_test(condition.inverse, vocabulary, not negated)
    if isinstance(condition, Leaf):
        return _leaf_test(condition, vocabulary, negated)
    parts = condition.all if isinstance(condition, All) else condition.any
    word = "and" if isinstance(condition, All) is not negated else "or"
    tests = [as_test(part, vocabulary, negated) for part in parts]
    return f"({word} {' '.join(tests)})" if len(tests) > 1 else tests[0]


def _leaf_test(leaf: Leaf, vocabulary: Vocabulary, negated: bool) -> str:
    slot, comparison = f"?{leaf.key}", leaf.comparison
    if comparison == "known":
        return f"({'neq' if bool(leaf.known) is not negated else 'eq'} {slot} nil)"
    operand = vocabulary.number(leaf)
    options = sorted(operand) if isinstance(operand, frozenset) else [operand]
    words = " ".join(str(option).upper() for option in options)
    signs = {"at_least": ">=", "at_most": "<=", "above": ">", "below": "<"}
    if comparison in signs:
        test = f"({signs[comparison]} {slot} {words})"
    elif len(options) == 1:
        test = f"(eq {slot} {words})"
    else:
        test = f"(or {' '.join(f'(eq {slot} {str(option).upper()})' for option in options)})"
    return f"(and (neq {slot} nil) {f'(not {test})' if negated else test})"


class Clips:
    """The same rules in CLIPS: a template with a slot for each indicator, nil: not known."""

    def __init__(self, rules: Sequence[Rule], vocabulary: Vocabulary) -> None:
        self.fired: list[tuple[str, int]] = []
        self.environment = clips.Environment()
        self.environment.define_function(self._record, name="record")
        slots = " ".join(f"(slot {name} (default nil))" for name in SLOTS)
        self.environment.build(f"(deftemplate result (slot n) {slots})")
        for rule in rules:
            bound = " ".join(f"({key} ?{key})" for key in keys(rule.when))
            found = f"(result (n ?n) {bound}) (test {as_test(rule.when, vocabulary)})"
            self.environment.build(f'(defrule {rule.id} {found} => (record "{rule.id}" ?n))')
        self.template = self.environment.find_template("result")

    def _record(self, rule: str, number: int) -> None:
        self.fired.append((rule, number))

    def run(self, entities: Sequence[Entity]) -> Pairs:
        """All facts asserted and all rules run, from an empty working memory."""
        self.environment.reset()
        self.fired.clear()
        for number, entity in enumerate(entities):
            values = {name: value.value for name, value in entity.values.items()}
            self.template.assert_fact(n=number, **values)
        self.environment.run()
        return {(rule, entities[number].id) for rule, number in self.fired}


def as_pairs(fired: Sequence[tuple[Rule, Entity]]) -> Pairs:
    """What fired, by name."""
    return {(rule.id, entity.id) for rule, entity in fired}


def measured(tasks: Mapping[str, Task], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Seconds by task: each once to warm up, then all of them in turn, round by round."""
    for task in tasks.values():
        task()
    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            seconds[name].append(time.perf_counter() - start)
    return seconds


def show(title: str, seconds: Mapping[str, Sequence[float]], base: str | None = None) -> None:
    """A table of medians, with how many times the base each takes."""
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    rounds = len(next(iter(seconds.values())))
    print(f"\n{title}")
    print(f"{f'  median of {rounds}':<50}{'seconds':>9}{'fastest':>9}{'slowest':>9}", end="")
    print(f"{'ratio':>9}" if base else "")
    for name, times in seconds.items():
        print(f"  {name:<48}{medians[name]:>9.3f}{min(times):>9.3f}{max(times):>9.3f}", end="")
        print(f"{medians[name] / medians[base]:>8.2f}x" if base else "")


def inference(library: Library) -> bool:
    """Measures the engines on the same rules and facts; whether they all fired the same."""
    rnd = random.Random(SEED)
    rules, facts = made_rules(rnd), made_facts(rnd)
    vocabulary = library.vocabulary()
    fired: dict[str, Pairs] = {}

    def durable() -> None:
        fired[ours] = as_pairs(match.fired(rules, facts, vocabulary))

    def by_conditions() -> None:
        fired["fired_by_conditions"] = as_pairs(fired_by_conditions(rules, facts, vocabulary))

    ours = f"fired ({match.NAME})"
    tasks: dict[str, Task] = {ours: durable, "fired_by_conditions": by_conditions}
    if clips is None:
        print("CLIPS is skipped: clipspy is not installed (pip install 'termwise[benchmarks]').")
    else:
        peer = Clips(rules, vocabulary)

        def in_clips() -> None:
            fired["CLIPS (clipspy)"] = peer.run(facts)

        tasks["CLIPS (clipspy)"] = in_clips
    title = f"1. Inference: {RULES} rules over {FACTS:,} facts"
    show(title, measured(tasks, INFERENCE_ROUNDS), "CLIPS (clipspy)" if clips is not None else ours)
    same = all(found == fired["fired_by_conditions"] for found in fired.values())
    counts = ", ".join(f"{name}: {len(found):,}" for name, found in fired.items())
    print(f"  pairs of rule and fact that fired: {counts}; {'the same' if same else 'DIFFERENT'}")
    return same


def called(command: Sequence[str]) -> Task:
    """A command in a process of its own, which must succeed."""
    return lambda: subprocess.run(command, check=True, capture_output=True, text=True)


def cold() -> bool:
    """Measures a whole `termwise plan`, start to end, beside the imports it can't do without."""
    termwise = Path(sysconfig.get_path("scripts")) / "termwise"
    plan, bare = "termwise plan examples/hillside", f'python -c "{BARE}"'
    tasks = {
        plan: called([str(termwise), "plan", str(EXAMPLES / "hillside")]),
        bare: called([sys.executable, "-c", BARE]),
    }
    try:
        show("2. Cold: a new process each time", measured(tasks), bare)
    except subprocess.CalledProcessError as error:
        last = error.stderr.strip().splitlines()[-1:] or ["no message"]
        print(f"\n2. Cold: not measured, a command failed: {last[0]}")
        return False
    return True


def warm() -> bool:
    """Measures reading and advising within one process, for each of the example schools."""
    done = True
    for folder in sorted(path for path in EXAMPLES.iterdir() if path.is_dir()):
        title = f"3. Warm: {folder.name}"
        try:
            asked = packs_asked(folder)
            library = load_library(asked=asked)
            school = load_school(folder, library)
            show(title, measured(_steps(folder, asked, library, school)))
        except TermwiseError as error:
            first = str(error).splitlines()[0]
            print(f"\n{title}: not measured, {type(error).__name__}: {first}")
            done = False
    return done


def _steps(folder: Path, asked: PacksAsked, library: Library, school: School) -> dict[str, Task]:
    return {
        "load_library": lambda: load_library(asked=asked),
        "load_school": lambda: load_school(folder, library),
        "advise": lambda: advise(school, library),
    }


def main() -> int:
    """Runs all three; 1 when something could not be measured or the engines disagree."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} CPUs, "
        f"load {load:.1f}; rules engine: {match.NAME}"
    )
    results = [inference(load_library()), cold(), warm()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
