"""How fast the shipped screening rules go through very many pupils: `python benchmarks/screening.py
[rows]`."""

from __future__ import annotations

import datetime
import hashlib
import importlib.util
import itertools
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from termwise.engine.inference import batch_screening as columns
from termwise.engine.inference import durable_rules as match
from termwise.engine.inference.screening import KIND
from termwise.engine.inference.truth_columns import fired_by_conditions
from termwise.engine.library.conditions import Vocabulary, keys
from termwise.engine.library.facts import Entity, FactBase, Raw, Value
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.library.rule import All, Rule
from termwise.engine.pupils.learning_sequences import Sequences
from termwise.engine.school.calendar import timeline

if TYPE_CHECKING:  # a script finds its neighbour by its bare name, the type checker by its folder
    from benchmarks.run import SEED, Clips, as_test
else:
    from run import SEED, Clips, as_test

try:
    import clips
except ImportError:
    clips = None

ROWS, ROUNDS = 100_000, 3
MOST_SECONDS, MOST_MB = 8, 500
NO_SKILLS = 0.7
TRUE = {
    "own_pathway": 0.03,
    "teacher_concern": 0.1,
    "phonics_standard": 0.8,
    "phonics_met_again": 0.6,
    "good_level": 0.7,
}
"""How often a yes-no is true; one that isn't named: half the time."""
ABOUT = ("subject", "year_group")
JUDGED = (
    "baseline", "previous", "current", "latest_point_known", "points_known", "points_in_lowest",
    "bands_since_previous", "bands_since_baseline", "bands_over_two_points", "start_confirmed",
)  # fmt: skip
TESTED = ("test_score", "test_error", "test_score_at_most", "test_change", "test_change_in_errors")
KNOWN = 0.8
"""How often what isn't a judgement is known."""

Row = dict[str, Raw]
Pairs = list[tuple[str, int]]


def screening_rules(library: Library) -> list[Rule]:
    """The rules that are measured."""
    return [rule for rule in library.rules.values() if rule.screen]


def read(rules: Iterable[Rule]) -> list[str]:
    """The indicators they read, those that say whether a reason is clear too."""
    found: dict[str, None] = {}
    for rule in rules:
        assert rule.screen is not None
        for condition in (rule.when, rule.screen.clear):
            found.update(dict.fromkeys(keys(condition) if condition else ()))
    return list(found)


def made_rows(library: Library, count: int) -> Iterator[Row]:
    """Pupils in subjects as rows of what is known, only what the rules read among it.

    A start and three judgements on the scale, each most often where the one before was, each
    missing one time in ten; what is computed from judgements is computed from these. A test for
    three in five. All else is drawn by its type and known four times in five.
    """
    rnd, vocabulary = random.Random(SEED), library.vocabulary()
    wanted = read(screening_rules(library))
    subjects, years = list(library.skill_files), list(library.words.year_groups)
    scale = vocabulary.scale_of(library.indicators["current"])
    assert scale is not None
    top = len(scale.grades) - 1
    for _ in range(count):
        row = judged(rnd, top) | tested(rnd)
        row["subject"], row["year_group"] = rnd.choice(subjects), rnd.choice(years)
        for key in wanted:
            indicator = library.indicators[key]
            if key in (*ABOUT, *JUDGED, *TESTED) or rnd.random() >= KNOWN:
                continue
            if indicator.type == "yes-no":
                row[key] = rnd.random() < TRUE.get(key, 0.5)
            elif indicator.type == "category":
                row[key] = rnd.choice(indicator.values or ("another",))
            else:
                low, high = indicator.range or (0, 10)
                row[key] = rnd.randint(int(low), int(high))
        yield {key: row[key] for key in dict.fromkeys((*wanted, *ABOUT)) if key in row}


def judged(rnd: random.Random, top: int) -> Row:
    """What a start and three judgements give, each missing one time in ten."""
    rank, written = rnd.choice((0, 1, *(2,) * 5, 3)), list[int]()
    for _ in range(4):
        written.append(rank)
        rank = min(top, max(0, rank + rnd.choice((-1, *(0,) * 7, 1))))
    start, *points = (rank if rnd.random() < 0.9 else None for rank in written)
    row: Row = {"latest_point_known": points[-1] is not None}
    known = [point for point in points if point is not None]
    row["points_known"] = len(known)
    if known:
        row["current"] = known[-1]
        row["points_in_lowest"] = len(list(itertools.takewhile(lambda p: p == 0, known[::-1])))
    if len(known) > 1:
        row["previous"], row["bands_since_previous"] = known[-2], known[-1] - known[-2]
    if len(known) > 2:
        row["bands_over_two_points"] = known[-1] - known[-3]
    if start is not None:
        row["baseline"] = start
        row["start_confirmed"] = sum(point >= start for point in known)
        if known:
            row["bands_since_baseline"] = known[-1] - start
    return row


def tested(rnd: random.Random) -> Row:
    """What two standardised tests give, for three pupils in five."""
    if rnd.random() >= 0.6:
        return {}
    score, error = min(140, max(60, round(rnd.gauss(100, 15)))), 5.0
    change = round(rnd.gauss(0, 8))
    values = (score, error, score + error, change, change / (error * 2**0.5))
    return dict(zip(TESTED, values, strict=True))


def as_entities(rows: Iterable[Row]) -> list[Entity]:
    """The rows as conditions and durable-rules take them."""
    return [
        Entity(KIND, str(number), "", (), {key: Value(value) for key, value in row.items()})
        for number, row in enumerate(rows)
    ]


class Screener(Clips):
    """The shipped rules in CLIPS: a slot for each indicator they read, and each part of a condition
    that reads one slot as a constraint of that slot, so that a fact is let go early."""

    def __init__(self, rules: Sequence[Rule], vocabulary: Vocabulary) -> None:
        self.fired: list[tuple[str, int]] = []
        self.slots = list(dict.fromkeys(key for rule in rules for key in keys(rule.when)))
        self.rules = [f"(defrule {rule.id} {self._pattern(rule, vocabulary)})" for rule in rules]
        self.names = [rule.id for rule in rules]
        self.environment = clips.Environment()
        self.environment.define_function(self._record, name="record")
        slots = " ".join(f"(slot {name} (default nil))" for name in self.slots)
        self.environment.build(f"(deftemplate result (slot n) {slots})")
        self.template = self.environment.find_template("result")

    def _pattern(self, rule: Rule, vocabulary: Vocabulary) -> str:
        parts = rule.when.all if isinstance(rule.when, All) else (rule.when,)
        tests: dict[str, list[str]] = {key: [] for key in keys(rule.when)}
        rest: list[str] = []
        for part in parts:
            one = keys(part)
            (tests[one[0]] if len(one) == 1 else rest).append(as_test(part, vocabulary))
        slots = [
            f"({key} ?{key}{''.join(f'&:{test}' for test in of)})" for key, of in tests.items()
        ]
        rest = [f"(test {test})" for test in rest]
        return f'(result (n ?n) {" ".join(slots)}) {" ".join(rest)} => (record "{rule.id}" ?n)'

    def build(self) -> None:
        """The rules, matched at once with the facts that are there."""
        for rule in self.rules:
            self.environment.build(rule)

    def forget(self) -> None:
        """No rules and no facts."""
        for rule in list(self.environment.rules()):
            rule.undefine()
        self.environment.reset()
        self.fired.clear()

    def tell(self, facts: Iterable[Mapping[str, Any]]) -> None:
        """Every fact asserted, and matched with the rules that are there."""
        for fact in facts:
            self.template.assert_fact(**fact)

    def as_facts(self, rows: Iterable[Row]) -> list[dict[str, Any]]:
        """The rows as facts, texts as `as_test` writes them."""
        return [
            {"n": number, **{key: _symbol(row[key]) for key in self.slots if key in row}}
            for number, row in enumerate(rows)
        ]


def _symbol(value: Raw) -> Any:
    if not isinstance(value, str):
        return value
    return int(value) if value.isdigit() else clips.Symbol(value.upper())


class Way:
    """One way to screen the rows, in a process of its own: made ready, then run and timed."""

    rounds = ROUNDS

    def __init__(self, library: Library, rows: Iterator[Row]) -> None:
        self.library, self.rules = library, screening_rules(library)
        self.vocabulary = library.vocabulary()
        self.ready(rows)

    def ready(self, rows: Iterator[Row]) -> None:
        """What is not timed."""

    def before(self) -> None:
        """What is not timed either, before each round."""

    def run(self) -> None:
        """What is timed."""
        raise NotImplementedError

    def pairs(self) -> Pairs:
        """The rules that fired, each with the numbers of its rows."""
        raise NotImplementedError


class ByColumns(Way):
    """From a frame that is there to states, reasons, rules and certainty."""

    def schema(self) -> dict[str, Any]:
        found = dict(columns.frame_of(FactBase(), self.library).schema)
        return {key: found[key] for key in found if key != "id"}

    def ready(self, rows: Iterator[Row]) -> None:
        import polars  # here, so that the other ways don't load it

        schema = self.schema() | {key: polars.String() for key in ABOUT}
        parts = iter(lambda: list(itertools.islice(rows, 10_000)), [])
        self.frame = polars.concat([polars.DataFrame(part, schema=schema) for part in parts])
        self.frame = self.frame.rechunk()

    def run(self) -> None:
        self.found = columns.screen(self.frame, self.library)

    def pairs(self) -> Pairs:
        return [(rule, n) for n, rules in enumerate(self.found["rules"]) for rule in rules]


class FromRows(ByColumns):
    """From a list of dicts: the frame is made in the time that is measured."""

    def ready(self, rows: Iterator[Row]) -> None:
        self.rows = list(rows)

    def run(self) -> None:
        super().ready(iter(self.rows))
        super().run()


class Sequenced(FromRows):
    """From a list of dicts, screened, and a learning sequence for every row in the gravest
    state."""

    def ready(self, rows: Iterator[Row]) -> None:
        super().ready(rows)
        calendar = next(iter(self.library.calendars.values()))
        self.on = calendar.years[0].terms[0].half_terms[0].starts + datetime.timedelta(days=7)
        self.time = timeline(calendar, (), None, self.on, 1)
        rnd = random.Random(SEED)
        self.skills = [self.seen(rnd, str(row["subject"])) for row in self.rows]

    def seen(self, rnd: random.Random, subject: str) -> tuple[frozenset[str], frozenset[str]]:
        """The skills seen to be secure and insecure: none for most, three to six for the others."""
        if rnd.random() < NO_SKILLS:
            return frozenset(), frozenset()
        known = [skill.id for skill in self.library.skill_files[subject].skills]
        chosen = rnd.sample(known, rnd.randint(3, 6))
        at = rnd.randint(0, len(chosen))
        return frozenset(chosen[:at]), frozenset(chosen[at:])

    def run(self) -> None:
        super().run()
        sequences, worst = Sequences(self.library, self.time), self.library.screening.states[0].id
        self.made = self.at_risk = 0
        for row, skills, state in zip(self.rows, self.skills, self.found["state"], strict=True):
            if state == worst:
                self.at_risk += 1
                subject, year = str(row["subject"]), str(row["year_group"])
                self.made += sequences.of(subject, year, *skills, self.on) is not None


class InClips(Way):
    """From facts as Python dicts: asserted, matched as they are, and the rules run."""

    def ready(self, rows: Iterator[Row]) -> None:
        self.peer = Screener(self.rules, self.vocabulary)
        self.facts = self.peer.as_facts(rows)

    def before(self) -> None:
        self.peer.forget()
        self.peer.build()

    def run(self) -> None:
        self.peer.tell(self.facts)
        self.peer.environment.run()

    def pairs(self) -> Pairs:
        return self.peer.fired


class InClipsThere(InClips):
    """From facts that CLIPS has: the rules are built, which matches them, and run."""

    def before(self) -> None:
        self.peer.forget()
        self.peer.tell(self.facts)

    def run(self) -> None:
        self.peer.build()
        self.peer.environment.run()


class ByConditions(Way):
    """From entities that are there, each rule evaluated on each; once, without a warm-up."""

    rounds = 1

    def ready(self, rows: Iterator[Row]) -> None:
        self.entities = as_entities(rows)

    def run(self) -> None:
        self.fired = fired_by_conditions(self.rules, self.entities, self.vocabulary)

    def pairs(self) -> Pairs:
        return [(rule.id, int(entity.id)) for rule, entity in self.fired]


class ByDurable(ByConditions):
    """From entities that are there, in one session; once, without a warm-up."""

    def run(self) -> None:
        self.fired = match.fired(self.rules, self.entities, self.vocabulary)


WAYS: dict[str, type[Way]] = {
    "columns, frame there": ByColumns,
    "columns, frame made from dicts": FromRows,
    "the same, and sequenced": Sequenced,
    "CLIPS, facts there": InClipsThere,
    "CLIPS, facts asserted": InClips,
    "conditions": ByConditions,
    "durable-rules": ByDurable,
}


def peak() -> float:
    """The most memory this process has held so far, in MB."""
    import resource  # not there on Windows

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1_000_000


def one(name: str, count: int) -> dict[str, Any]:
    """Measures one way, in this process."""
    library = load_library()
    way = WAYS[name](library, made_rows(library, count))
    ready, seconds, processor = peak(), list[float](), list[float]()
    for _ in range(way.rounds + (way.rounds > 1)):
        way.before()
        start, spent = time.perf_counter(), time.process_time()
        way.run()
        seconds.append(time.perf_counter() - start)
        processor.append(time.process_time() - spent)
    most, pairs = peak(), sorted(way.pairs())
    return {
        "seconds": seconds[-way.rounds :],
        "processor": processor[-way.rounds :],
        "ready": ready,
        "peak": most,
        "pairs": len(pairs),
        "digest": hashlib.sha256(repr(pairs).encode()).hexdigest(),
        "made": [way.made, way.at_risk] if isinstance(way, Sequenced) else None,
    }


def missing(name: str) -> str | None:
    """What a way would need, where it is not installed."""
    if "CLIPS" in name:
        return None if clips is not None else "clipspy"
    if name == "durable-rules":
        return None if name == match.NAME else name
    way = WAYS[name]
    return "polars" if issubclass(way, ByColumns) and not HAS_POLARS else None


HAS_POLARS = importlib.util.find_spec("polars") is not None


def main() -> int:
    """Measures every way in a process of its own; 1 when they don't find the same."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    if len(sys.argv) > 2:
        print(json.dumps(one(sys.argv[2], count)))
        return 0
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} CPUs, "
        f"load {load:.1f}\n{len(screening_rules(load_library()))} screening rules, {count:,} rows"
    )
    found: dict[str, dict[str, Any]] = {}
    for name in WAYS:
        if needed := missing(name):
            print(f"{name} is skipped: {needed} is not installed.")
            continue
        command = [sys.executable, __file__, str(count), name]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["no message"]
            print(f"{name}: not measured, {last[0]}")
            return 1
        found[name] = json.loads(done.stdout)
        print(f"  {name}: {statistics.median(found[name]['seconds']):.3f} s", flush=True)
    show(found)
    return 0 if len({item["digest"] for item in found.values()}) == 1 else 1


def show(found: Mapping[str, Mapping[str, Any]]) -> None:
    """The table, and what was demanded beside what was measured."""
    middle = {name: statistics.median(item["seconds"]) for name, item in found.items()}
    # Other work on the machine lengthens seconds, not processor time, which counts every thread.
    spent = {name: statistics.median(item["processor"]) for name, item in found.items()}
    there, asserted = spent.get("CLIPS, facts there"), spent.get("CLIPS, facts asserted")
    heads = ("seconds", "slowest", "processor", "peak MB", "ready MB", "CLIPS there", "asserted")
    print(f"\n{'':<32}" + "".join(f"{head:>13}" for head in heads))
    for name, item in found.items():
        line = f"{name:<32}{middle[name]:>13.3f}{max(item['seconds']):>13.3f}"
        line += f"{spent[name]:>13.3f}"
        line += f"{item['peak']:>13.0f}{item['ready']:>13.0f}"
        for base in (there, asserted) if "sequenced" not in name else ():
            line += f"{base / spent[name]:>12.1f}x" if base else ""
        print(line)
    print("  how many times faster than CLIPS: by processor time")
    same = len({item["digest"] for item in found.values()}) == 1
    pairs = next(iter(found.values()))["pairs"]
    print(f"  pairs of rule and row that fired: {pairs:,}; {'the same' if same else 'DIFFERENT'}")
    if whole := found.get("the same, and sequenced"):
        made, at_risk = whole["made"]
        print(f"  rows in the gravest state: {at_risk:,}, sequences for {made:,}")
        against("screened and sequenced", max(whole["seconds"]), MOST_SECONDS, "s")
        against("peak", whole["peak"], MOST_MB, "MB")


def against(name: str, measured: float, bound: float, unit: str) -> None:
    """A figure beside the bound it should keep to; said, never enforced."""
    verdict = "within" if measured <= bound else "OVER"
    print(f"  {name}: {measured:.2f} {unit}, {verdict} the bound of {bound} {unit}")


if __name__ == "__main__":
    sys.exit(main())
