"""The audit for equity: how often each screening rule flags one group of pupils and another.

Pupils are counted, not their subjects: what is judged of one pupil in two subjects is not
independent, so a pupil is flagged by a rule that fires in at least one subject. A pupil of whom a
rule can't be decided is not flagged by it.

What is shown must not tell of a handful of children, by itself or by subtraction. Not shown are:
groups of fewer than `least` pupils; groups of whom 1 to `least` - 1 are flagged (or are in the
gravest state, but not by this rule); and of what then remains the smallest groups, until those not
shown are two at least and, taken together, could be shown. Pupils of whom an indicator is unknown
count as one more group, never shown; where they are fewer than `least` they are left out
everywhere, since two totals would tell of them. A group of whom nobody is flagged is shown, and so
is a group of whom all are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from statistics import NormalDist

from ..core import NO_PUPILS, TermwiseError
from ..inference import KIND, Inference, infer
from ..library import Entity, Indicator, Library, Raw, Rule
from ..school import School, entities
from . import phrases
from .equity_rates import Apart, AuditReport, Flagged, GroupHeld, Lean, NotKnown

UNKNOWN = ""
"""The group of those of whom the indicator is not known."""


def wilson(flagged: int, pupils: int, level: float) -> tuple[float, float]:
    """The ends of Wilson's score interval for a share, from 0 to 1; `level` is in percent.

    (2np + z² ± z √(z² + 4np(1 - p))) / 2(n + z²), without a correction for continuity. E. B.
    Wilson, “Probable inference, the law of succession, and statistical inference”, Journal of the
    American Statistical Association 22 (1927), 209-212.
    """
    z = NormalDist().inv_cdf(0.5 + level / 200)
    middle = 2 * flagged + z * z
    reach = z * math.sqrt(z * z + 4 * flagged * (pupils - flagged) / pupils)
    whole = 2 * (pupils + z * z)
    # The ends are exactly 0 and 1 there; in floating point they are not.
    low = 0.0 if flagged == 0 else (middle - reach) / whole
    return low, 1.0 if flagged == pupils else (middle + reach) / whole


def newcombe(
    flagged: int, pupils: int, others_flagged: int, others: int, level: float
) -> tuple[float, float]:
    """The ends of the interval for a share less another, from -1 to 1; `level` is in percent.

    d - √((p - l)² + (u' - p')²) and d + √((u - p)² + (p' - l')²), with Wilson's intervals (l, u)
    and (l', u') of the two shares: method 10 of R. G. Newcombe, “Interval estimation for the
    difference between independent proportions”, Statistics in Medicine 17 (1998), 873-890.
    """
    one, two = flagged / pupils, others_flagged / others
    low, high = wilson(flagged, pupils, level)
    others_low, others_high = wilson(others_flagged, others, level)
    apart = one - two
    return (
        apart - math.hypot(one - low, others_high - two),
        apart + math.hypot(high - one, two - others_low),
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """The pupils of a group: how many there are, how many are flagged, and how many more are in the
    state of which the flagged are a part."""

    pupils: int
    flagged: int = 0
    beyond: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.pupils + other.pupils, self.flagged + other.flagged, self.beyond + other.beyond
        )

    def tells_of_few(self, least: int) -> bool:
        """Tell whether it shows that there are a few pupils, or a few flagged ones."""
        few = range(1, least)
        return self.pupils < least or self.flagged in few or self.beyond in few


def withheld(
    tallies: Mapping[str, Tally], least: int, already: Iterable[str] = ()
) -> frozenset[str]:
    """The groups that are not shown: those that tell of few pupils, those that were not shown
    elsewhere, and the smallest others until nothing can be found by subtraction."""
    out = {name for name, tally in tallies.items() if tally.tells_of_few(least)}
    out.update(already)
    left = sorted((tallies[name].pupils, name) for name in tallies.keys() - out - {UNKNOWN})
    for _, name in left:
        whole = reduce(add, (tallies[each] for each in out), Tally(0))
        all_flagged = whole.flagged == whole.pupils  # says of each of them that they are
        if not out or (len(out) > 1 and not whole.tells_of_few(least) and not all_flagged):
            break
        out.add(name)
    return frozenset(out)


def audit(school: School, library: Library) -> AuditReport:
    """Compare how often each screening rule, and the gravest state, flags each group of pupils
    of `screening.audit.by`, with intervals, and where a rule leans.

    Raises TermwiseError where the school has no files of pupils."""
    if school.file.pupils is None:
        raise TermwiseError(NO_PUPILS)
    facts = entities(school, library)
    inference = infer(facts, library, library.vocabulary(school.scales))
    return audited(inference, library, school.file.school.name)


def audited(inference: Inference, library: Library, name: str) -> AuditReport:
    """The same of what the rules made of a school's facts; `name` is what the school is called."""
    return _Audit(inference, library).report(name)


class _Audit:
    def __init__(self, inference: Inference, library: Library) -> None:
        self.screening, self.library = library.screening, library
        self.asked = self.screening.audit
        self.inference = inference
        self.by = [library.indicators[name] for name in self.asked.by]
        pupils: dict[int, Entity] = {}
        for entity in inference.facts.of(KIND):
            pupils.setdefault(id(_pupil(entity)), _pupil(entity))
        self.everybody = len(pupils)
        self.counted = self._counted(pupils)
        self.members = {
            indicator.id: _members(self.counted, indicator, inference) for indicator in self.by
        }

    def _counted(self, pupils: dict[int, Entity]) -> dict[int, Entity]:
        """The pupils without those of whom an indicator is unknown that is known of nearly all."""
        while True:
            few: set[int] = set()
            for indicator in self.by:
                lacking = [i for i, pupil in pupils.items() if pupil.lookup(indicator.id) is None]
                few.update(lacking if len(lacking) < self.asked.least else ())
            if not few:
                return pupils
            pupils = {i: pupil for i, pupil in pupils.items() if i not in few}

    def report(self, name: str) -> AuditReport:
        blocks = list(self._blocks())
        return AuditReport(
            school=name,
            pupils=len(self.counted),
            left_out=self.everybody - len(self.counted),
            level=self.asked.level,
            least=self.asked.least,
            least_apart=self.asked.apart,
            unknown=tuple(
                NotKnown(by=by.id, title=by.title, pupils=len(self.members[by.id][UNKNOWN]))
                for by in self.by
                if UNKNOWN in self.members[by.id]
            ),
            comparisons=sum(
                sum(map(_compared, block)) // (2 if len(block) == 2 else 1) for block in blocks
            ),
            groups=tuple(held for block in blocks for held in block),
            leans=tuple(lean for block in blocks for lean in self._leans(block)),
        )

    def _blocks(self) -> Iterator[list[GroupHeld]]:
        """The groups of each indicator under the gravest state, then under each rule."""
        gravest, judged = self.screening.states[0].id, self.inference.facts.of(KIND)
        state = {id(_pupil(one)) for one in judged if one.values["state"].value == gravest}
        flagged: dict[str, set[int]] = {}
        for finding in self.inference.of("screen"):
            flagged.setdefault(finding.rule.id, set()).add(id(_pupil(finding.entity)))
        small: dict[str, frozenset[str]] = {}
        hidden: dict[str, frozenset[str]] = {}
        for by in self.by:
            tallies = self._tallies(by, state, set())
            known = {name: Tally(one.pupils) for name, one in tallies.items() if name != UNKNOWN}
            small[by.id] = withheld(known, self.asked.least)
            hidden[by.id] = withheld(tallies, self.asked.least, small[by.id])
            yield list(self._held(None, by, tallies, hidden[by.id]))
        for rule in self._rules():
            assert rule.screen is not None
            mine, part = flagged.get(rule.id, set()), rule.screen.state == gravest
            for by in self.by:
                tallies = self._tallies(by, mine, state - mine if part else set())
                # What a part and its whole both show is shown of the difference too.
                already = hidden[by.id] if part else small[by.id]
                out = withheld(tallies, self.asked.least, already)
                yield list(self._held(rule, by, tallies, out))

    def _tallies(self, by: Indicator, flagged: set[int], beyond: set[int]) -> dict[str, Tally]:
        return {
            group: Tally(len(who), len(who & flagged), len(who & beyond))
            for group, who in self.members[by.id].items()
        }

    def _rules(self) -> list[Rule]:
        no_concern = (self.screening.default, self.screening.when_unknown)
        return [
            rule
            for _, rule in sorted(self.library.rules.items())
            if rule.screen and rule.screen.state not in no_concern
        ]

    def _held(
        self,
        rule: Rule | None,
        indicator: Indicator,
        tallies: Mapping[str, Tally],
        hidden: frozenset[str],
    ) -> Iterator[GroupHeld]:
        known = [group for group in tallies if group != UNKNOWN]
        title = rule.title if rule else self.screening.states[0].title
        named = {"rule": rule.id if rule else "", "title": title}
        named |= {"by": indicator.id, "by_title": indicator.title}
        for group in known:
            here, others, apart = None, None, None
            if group not in hidden:
                one = tallies[group]
                here = self._flagged(one)
                rest = [tallies[each] for each in known if each != group]
                # With the unknown hidden too, the others' sum would part them from the rest.
                if rest and UNKNOWN not in hidden:
                    two = reduce(add, rest)
                    others, apart = self._flagged(two), self._apart(one, two)
            yield GroupHeld(**named, group=group, here=here, others=others, apart=apart)

    def _flagged(self, tally: Tally) -> Flagged:
        of = (tally.flagged, tally.pupils)
        low, high = map(_percent, wilson(*of, self.asked.level))
        share = _percent(of[0] / of[1])
        return Flagged(pupils=of[1], flagged=of[0], share=share, low=low, high=high)

    def _apart(self, one: Tally, two: Tally) -> Apart:
        here, there = (one.flagged, one.pupils), (two.flagged, two.pupils)
        low, high = map(_percent, newcombe(*here, *there, self.asked.level))
        points = _percent(here[0] / here[1] - there[0] / there[1])
        return Apart(points=points, low=low, high=high)

    def _leans(self, block: list[GroupHeld]) -> Iterator[Lean]:
        for held in block:
            apart = held.apart
            if apart is None or apart.low <= 0 <= apart.high:
                continue
            if len(block) == 2 and apart.points < 0:
                continue  # of two groups, it is told of the one flagged more often
            if abs(apart.points) >= self.asked.apart:
                words, look = self._words(held, apart)
                yield Lean(rule=held.rule, by=held.by, group=held.group, words=words, look=look)

    def _words(self, held: GroupHeld, apart: Apart) -> tuple[str, str]:
        here, others = held.here, held.others
        assert here is not None and others is not None
        what, look = phrases.flagging_state(held.title), phrases.LOOK_AT_STATE
        if held.rule:
            limits = " ".join(self.library.rules[held.rule].limits.split())
            what = phrases.flagging_rule(held.rule, held.title)
            look = phrases.look_at_rule(limits)
        group = f"{held.by_title}: {held.group}"
        return phrases.flagged_more(what, group, here, others, apart), look


def _compared(held: GroupHeld) -> bool:
    here, others = held.here, held.others
    return here is not None and others is not None and here.flagged + others.flagged > 0


def _pupil(entity: Entity) -> Entity:
    return next(elder for elder in entity.lineage if elder.kind == "pupil")


def _members(
    pupils: Mapping[int, Entity], indicator: Indicator, inference: Inference
) -> dict[str, set[int]]:
    """The groups that an indicator parts pupils into, by what they are called; none is empty."""
    values: tuple[Raw, ...] = indicator.values if indicator.values else (True, False)
    found: dict[str, set[int]] = {
        inference.vocabulary.say(indicator.id, value): set() for value in values
    }
    for i, pupil in pupils.items():
        value = pupil.lookup(indicator.id)
        group = inference.vocabulary.say(indicator.id, value.value) if value else UNKNOWN
        found.setdefault(group, set()).add(i)
    return {group: who for group, who in found.items() if who}


def _percent(share: float) -> float:
    return round(100 * share, 2) + 0.0  # no negative nought
