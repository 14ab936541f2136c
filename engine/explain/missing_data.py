"""Which missing data keep rules from being decided, and how much of the advice hangs on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..advise import Advice
from ..inference import Finding
from ..library import Entity, Indicator, Library, Rule
from ..school import SCHOOL, would_be_written
from . import missing_answer as view
from .missing_inputs import Behind
from .phrases import missing_facts as phrases
from .phrases.rule_differences import LIMITS
from .possible_outcomes import Fact, Reach
from .rules_without_pupil_data import OF_PUPILS, waiting_for_pupils

_Way = tuple[str | None, str]
"""An intervention, or None for the plan as a whole; and whether it is for, against or shaping."""


def missing(advice: Advice) -> view.MissingData:
    """List what is missing and keeps rules from deciding, with what hangs on it, what most hangs on
    first.

    Nothing is planned or run again: it is read off the rules, so that all that could change is
    told, and some of it may turn out not to.
    """
    return _Search(advice).answer()


@dataclass(eq=False)
class _Gap:
    """A fact that is missing, or one of pupils for all of whom it is; several that are read from the same
    cells are one."""

    indicators: list[Indicator]
    where: str
    facts: list[Fact] = field(default_factory=list)
    undecided: list[Finding] = field(default_factory=list)

    @property
    def entity(self) -> Entity:
        """The one it is of; of pupils the first."""
        return self.facts[0][0]

    @property
    def of_pupils(self) -> bool:
        return self.entity.kind in OF_PUPILS

    @property
    def title(self) -> str:
        return "; ".join(indicator.title for indicator in self.indicators)


@dataclass
class _Hangs:
    """The rules that hang on a gap, each with its strength; and the other gaps without which
    they can't be decided."""

    rules: dict[str, str] = field(default_factory=dict)
    alone: bool = False
    others: list[_Gap] = field(default_factory=list)


class _Search:
    def __init__(self, advice: Advice) -> None:
        self.advice, self.library = advice, advice.library
        self.inference, self.facts = advice.findings, advice.findings.facts
        self.vocabulary = advice.findings.vocabulary
        self.reach = Reach(advice.findings, advice.library)
        ranking = advice.library.planning.ranking
        self.strengths = {str(name): points for name, points in ranking.strengths.items()}
        self.behind = Behind(advice.findings, advice.library, self.reach)

    def answer(self) -> view.MissingData:
        """All gaps, the weightiest first."""
        behind = [
            (finding, self.behind.of(finding.verdict, finding.entity))
            for finding in self.inference.unknown
        ]
        gaps = self._gaps({fact for _, found in behind for fact in found})
        sources: dict[int, list[_Gap]] = {}
        for finding, found in behind:
            mine = list({id(gaps[fact]): gaps[fact] for fact in sorted(found, key=_place)}.values())
            sources[id(finding)] = mine
            for gap in mine:
                gap.undecided.append(finding)
        waiting = waiting_for_pupils(self.advice)
        never = [f for f, found in behind if not found and f.rule.id not in waiting]
        every = {id(gap): gap for gap in gaps.values()}
        told = [self._fact(gap, sources) for gap in every.values()]
        told.sort(key=lambda fact: (-fact.weight, fact.title, fact.of))
        if waiting:
            told.insert(0, self._no_pupils(waiting))
        return view.MissingData(
            school=self.advice.school.file.school.name,
            words=self._words(every.values(), len(waiting)),
            facts=tuple(told),
            never=tuple(_undecided(never)),
        )

    def _gaps(self, facts: Iterable[Fact]) -> dict[Fact, _Gap]:
        """The gap of each fact that is missing."""
        by_key: dict[tuple[int, str], list[Fact]] = {}
        for entity, key in sorted(facts, key=_place):
            spot = 0 if entity.kind in OF_PUPILS else id(entity)
            by_key.setdefault((spot, key), []).append((entity, key))
        found: dict[tuple[str, frozenset[int]], _Gap] = {}
        for (_, key), several in by_key.items():
            indicator = self.library.indicators[key]
            where = would_be_written(indicator, several[0][0], self.facts, self.advice.school)
            gap = found.setdefault(
                (where, frozenset(id(entity) for entity, _ in several)), _Gap([], where)
            )
            gap.indicators.append(indicator)
            gap.facts += several
        return {fact: gap for gap in found.values() for fact in gap.facts}

    def _no_pupils(self, waiting: dict[str, Rule]) -> view.MissingFact:
        """That a school names no file of pupils, with all that waits for one."""
        found: dict[_Way, _Hangs] = {}
        for name, rule in waiting.items():
            for way, strength in _says(self.library, rule, self._instead):
                found.setdefault(way, _Hangs(alone=True)).rules[name] = strength
        pieces = self._pieces(found)
        times = Counter(finding.rule.id for finding in self.inference.unknown)
        return view.MissingFact(
            keys=(),
            title=phrases.NO_PUPILS_TITLE,
            of="",
            pupils=0,
            help=phrases.name_a_file(SCHOOL),
            where=phrases.where_files_are_named(SCHOOL),
            undecided=tuple(
                view.Undecided(rule=name, title=rule.title, times=times[name])
                for name, rule in sorted(waiting.items())
            ),
            hangs=pieces,
            weight=self._weight(pieces),
        )

    # --- what hangs on it

    def _fact(self, gap: _Gap, sources: dict[int, list[_Gap]]) -> view.MissingFact:
        pieces = self._pieces(self._hangs(gap, sources))
        pupils, classes = self._pupils(gap)
        return view.MissingFact(
            keys=tuple(indicator.id for indicator in gap.indicators),
            title=gap.title,
            of=self._of(gap, pupils),
            pupils=pupils,
            classes=classes,
            help=" ".join(indicator.help for indicator in gap.indicators if indicator.help),
            where=gap.where,
            undecided=tuple(_undecided(gap.undecided)),
            hangs=pieces,
            weight=self._weight(pieces),
        )

    def _pieces(self, hangs: dict[_Way, _Hangs]) -> tuple[view.Piece, ...]:
        """Put what hangs on something in order, the strongest first."""
        made = [self._piece(way, found) for way, found in hangs.items()]
        made.sort(key=lambda one: (-self.strengths[one.strength], one.title, one.way))
        return tuple(made)

    def _weight(self, pieces: Iterable[view.Piece]) -> int:
        return sum(self.strengths[one.strength] for one in pieces)

    def _hangs(self, gap: _Gap, sources: dict[int, list[_Gap]]) -> dict[_Way, _Hangs]:
        """Find what could change if it were known: at once, or only with others that are missing
        too."""
        found: dict[_Way, _Hangs] = {}
        told: set[tuple[str, int]] = set()
        for turn in self.reach.turns(gap.facts, all_known=not gap.of_pupils):
            if turn.may_fire or turn.may_stop:
                told.add((turn.rule.id, id(turn.entity)))
                for way, strength in _says(self.library, turn.rule, self._instead):
                    hangs = found.setdefault(way, _Hangs())
                    hangs.rules[turn.rule.id] = strength
                    hangs.alone = True
        for finding in gap.undecided:
            others = [one for one in sources[id(finding)] if one is not gap]
            if others and (finding.rule.id, id(finding.entity)) not in told:
                for way, strength in _says(self.library, finding.rule, self._instead):
                    hangs = found.setdefault(way, _Hangs())
                    hangs.rules.setdefault(finding.rule.id, strength)
                    hangs.others += [one for one in others if one not in hangs.others]
        return found

    @property
    def _instead(self) -> dict[str, str]:
        """Name what is done in this school in place of what."""
        shaping = self.advice.recommendations.shaping
        return {name: other for name, (other, _) in shaping.replace.items()}

    def _piece(self, way: _Way, hangs: _Hangs) -> view.Piece:
        name, kind = way
        rules = self.library.rules
        title = (
            self.library.intervention(name).title
            if name
            else "; ".join(rules[rule].title for rule in sorted(hangs.rules))
        )
        return view.Piece.model_validate(
            {
                "intervention": name,
                "title": title,
                "way": kind,
                "strength": max(hangs.rules.values(), key=lambda one: self.strengths[one]),
                "advised": name in self.advice.dependencies.names,
                "rules": tuple(sorted(hangs.rules)),
                "only_with": () if hangs.alone else tuple(self._titles(hangs.others)),
            }
        )

    # --- words

    def _titles(self, gaps: Iterable[_Gap]) -> list[str]:
        found = []
        for gap in gaps:
            of = self._of(gap, self._pupils(gap)[0])
            found.append(f"{gap.title} ({of})" if of else gap.title)
        return sorted(found)

    def _of(self, gap: _Gap, pupils: int) -> str:
        if gap.of_pupils:
            return f"{pupils} pupil{'' if pupils == 1 else 's'}"
        return "" if gap.entity.kind == "school" else gap.entity.label

    def _pupils(self, gap: _Gap) -> tuple[int, tuple[view.ClassCount, ...]]:
        """Count the pupils it is missing of, in all and by class; classes of very few are not
        told."""
        if not gap.of_pupils:
            return 0, ()
        pupils = {
            elder.id: elder
            for entity, _ in gap.facts
            for elder in entity.lineage
            if elder.kind == "pupil"
        }
        classes = Counter(
            elder.id for one in pupils.values() for elder in one.lineage if elder.kind == "class"
        )
        least = self.library.screening.audit.least
        return len(pupils), tuple(
            view.ClassCount(class_id=name, pupils=many)
            for name, many in sorted(classes.items())
            if many >= least
        )

    def _words(self, gaps: Iterable[_Gap], waiting: int) -> str:
        missing = list(gaps)
        rules = len({finding.rule.id for gap in missing for finding in gap.undecided})
        told = phrases.counted(len(missing), rules) if missing else ""
        if waiting:
            return phrases.no_pupils(SCHOOL, waiting, told)
        return told or phrases.NOTHING_WAITS


def _place(fact: Fact) -> tuple[str, str, str]:
    return fact[0].kind, fact[0].id, fact[1]


def _undecided(findings: Iterable[Finding]) -> Iterator[view.Undecided]:
    rules = {finding.rule.id: finding.rule for finding in findings}
    times = Counter(finding.rule.id for finding in findings)
    for name, rule in sorted(rules.items()):
        yield view.Undecided(rule=name, title=rule.title, times=times[name])


def _says(library: Library, rule: Rule, instead: dict[str, str]) -> Iterator[tuple[_Way, str]]:
    """Give what a rule says of which intervention, and how strongly; shaping counts as strong."""
    named: dict[str, None] = {}
    for said in library.statements.of(rule):
        name = instead.get(said.intervention, said.intervention)
        if said.kind == "for" or said.kind == "against":
            yield (name, said.kind), said.strength or "strong"
        elif said.kind != "bring_forward":
            named |= {one: None for _, one in said.names()}
    for name in named:
        yield (name, "shape"), "strong"
    shape = rule.shape
    if shape is None:
        return
    if any((shape.bring_forward, *(getattr(shape, limit) for limit in LIMITS))):
        yield (None, "shape"), "strong"
