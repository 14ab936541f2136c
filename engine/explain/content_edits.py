"""What an edit of rules or knowledge does to real schools: each planned with the old and with the new."""

from __future__ import annotations

import pathlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from ..advise import Advice, advise
from ..core import ContentError, Mistake, Record
from ..library import Leaf, Library, NeedLeaf, Rule, ThresholdRef, placed, rule_conditions
from ..school import load_school
from .rule_diff import ComparedAdvice

FEW = 6
"""Counts of fewer pupils are not told."""
Edited = tuple[str, str]
"""A record that was edited, by kind and id."""


class RecordEdit(Record):
    """A rule, figure, need or intervention that is otherwise in the new content."""

    kind: Literal["rule", "threshold", "need", "intervention", "indicator"]
    id: str
    title: str
    how: Literal["new", "changed", "gone"]
    words: str
    """what is otherwise: the keys that differ; of a figure, before and now"""


class AdviceChange(Record):
    """An intervention that is now asked for, argued against or shaped by other rules in a school."""

    intervention: str
    title: str
    how: Literal["new", "gone", "otherwise"]
    more: tuple[str, ...]
    """rules that speak for or against it only with the new content"""
    fewer: tuple[str, ...]
    """rules that did only with the old"""
    through: tuple[str, ...]
    """the edits it came through, such as “threshold small_roll”"""


class PupilsChange(Record):
    """The number of pupils in a screening state, with the old content and the new."""

    state: str
    title: str
    was: int | None
    """None: fewer than six"""
    now: int | None


class StepMoved(Record):
    """A step that comes, goes, or starts elsewhere."""

    step: str
    title: str
    how: Literal["new", "gone", "moved"]
    words: str


class SchoolDiff(Record):
    """The effect of the edit on one school."""

    school: str
    name: str
    advice: tuple[AdviceChange, ...]
    pupils: tuple[PupilsChange, ...]
    steps: tuple[StepMoved, ...]
    days: tuple[float, float]
    """of all people in the plan, before and now"""
    pounds: tuple[int, int]

    @property
    def same(self) -> bool:
        """Nothing is otherwise."""
        return not (self.advice or self.pupils or self.steps) and self.pounds[0] == self.pounds[1]


class RulesDiff(Record):
    """An edit of rules or knowledge, and what it does to schools."""

    old: str
    new: str
    edits: tuple[RecordEdit, ...]
    schools: tuple[SchoolDiff, ...]


def rules_diff(
    old: str,
    new: str,
    folders: Sequence[pathlib.Path],
    load: Callable[[str, pathlib.Path], Library],
) -> RulesDiff:
    """Plan each school with the old content and with the new, and tell what is otherwise and through what.

    `load` gives the library of a content's name for a school's folder. Raises ContentError with the problems
    of all folders.
    """
    schools: list[SchoolDiff] = []
    edits: dict[Edited, RecordEdit] = {}
    problems: list[Mistake] = []
    for folder in folders:
        try:
            libraries = [load(name, folder) for name in (old, new)]
            read = [load_school(folder, library) for library in libraries]
        except ContentError as error:
            problems += error.problems
            continue
        found = dict(_edits(*libraries))
        edits |= found
        was, now = (advise(school, one) for school, one in zip(read, libraries, strict=True))
        schools.append(_Compared(was, now, found).record())
    if problems:
        raise ContentError(problems)
    return RulesDiff(
        old=old, new=new, edits=tuple(edits[key] for key in sorted(edits)), schools=tuple(schools)
    )


def _edits(was: Library, now: Library) -> Iterator[tuple[Edited, RecordEdit]]:
    """Yield the records that differ between two libraries."""
    tables: tuple[tuple[Any, Mapping[str, Any], Mapping[str, Any]], ...] = (
        ("rule", was.rules, now.rules),
        ("threshold", was.thresholds, now.thresholds),
        ("need", was.needs, now.needs),
        ("intervention", was.interventions, now.interventions),
        ("indicator", was.indicators, now.indicators),
    )
    for kind, before, after in tables:
        for name in sorted(before.keys() | after.keys()):
            old, new = before.get(name), after.get(name)
            if old == new:
                continue
            one: Any = new or old
            how: Literal["new", "changed", "gone"] = (
                "new" if old is None else "gone" if new is None else "changed"
            )
            words = _words(kind, old, new) if how == "changed" else ""
            yield (
                (kind, name),
                RecordEdit(kind=kind, id=name, title=one.title, how=how, words=words),
            )


def _words(kind: str, old: Any, new: Any) -> str:
    if kind == "threshold" and old.value != new.value:
        return f"{new.value:g} instead of {old.value:g}"
    keys = [key for key in type(new).model_fields if getattr(old, key) != getattr(new, key)]
    return ", ".join(key.rstrip("_").replace("_", " ") for key in keys)


class _Compared:
    """One school with the old content and with the new."""

    def __init__(self, was: Advice, now: Advice, edits: Mapping[Edited, RecordEdit]) -> None:
        self.was, self.now, self.edits = was, now, edits
        self.before, self.after = ComparedAdvice(was), ComparedAdvice(now)

    def record(self) -> SchoolDiff:
        """Tell what is otherwise."""
        identity = self.now.plan.school
        return SchoolDiff(
            school=identity.id,
            name=identity.name,
            advice=tuple(self._advice()),
            pupils=tuple(self._pupils()),
            steps=tuple(self._steps()),
            days=(_days(self.was), _days(self.now)),
            pounds=(_pounds(self.was), _pounds(self.now)),
        )

    def _advice(self) -> Iterator[AdviceChange]:
        known = {**self.was.library.interventions, **self.now.library.interventions}
        for name in sorted(known):
            old, new = (
                set().union(*(_said(one, other) for other in (name, *_stands_for(one, name))))
                for one in (self.before, self.after)
            )
            edited = ("intervention", name) in self.edits
            rules = {rule for rule, _ in old ^ new} | {
                rule for rule, _ in old & new if self._says_otherwise(rule, name)
            }
            asked = [name in one.recommendations.items for one in (self.was, self.now)]
            if not rules and asked[0] == asked[1]:
                continue
            through = sorted({one for rule in rules for one in self._through(rule, set())})
            if edited:
                through.append(f"intervention {name}")
            yield AdviceChange(
                intervention=name,
                title=known[name].title,
                how="otherwise" if asked[0] == asked[1] else "new" if asked[1] else "gone",
                more=tuple(sorted({rule for rule, _ in new - old})),
                fewer=tuple(sorted({rule for rule, _ in old - new})),
                through=tuple(through),
            )

    def _says_otherwise(self, rule: str, name: str) -> bool:
        """Tell whether a rule that speaks in both says something else of an intervention, such as more
        strongly."""
        old, new = (
            [
                said
                for key in ("recommend", "advise_against")
                for said in getattr(one.library.rules[rule], key)
                if said.intervention == name
            ]
            for one in (self.was, self.now)
        )
        return old != new

    def _through(self, name: str, seen: set[str]) -> Iterator[str]:
        """Yield the edits by which a rule comes out otherwise: its own, of a figure it reads, or of a rule that
        finds a need it reads."""
        if name in seen:
            return
        seen.add(name)
        if ("rule", name) in self.edits:
            yield f"rule {name}"
        for library in (self.was.library, self.now.library):
            rule = library.rules.get(name)
            if rule is not None:
                yield from self._read_by(rule, library, seen)

    def _read_by(self, rule: Rule, library: Library, seen: set[str]) -> Iterator[str]:
        for condition, path in rule_conditions(rule):
            for leaf, _ in placed(condition, path):
                yield from self._of_leaf(leaf, library, seen)

    def _of_leaf(self, leaf: Leaf | NeedLeaf, library: Library, seen: set[str]) -> Iterator[str]:
        if isinstance(leaf, NeedLeaf):
            for finder in library.finders.get(leaf.need, ()):
                yield from self._through(finder.id, seen)
            return
        if (
            isinstance(leaf.operand, ThresholdRef)
            and ("threshold", leaf.operand.threshold) in self.edits
        ):
            yield f"threshold {leaf.operand.threshold}"
        if ("indicator", leaf.indicator) in self.edits:
            yield f"indicator {leaf.indicator}"
        indicator = library.indicators.get(leaf.indicator)
        if indicator is not None and indicator.aggregate is not None:
            for rule in library.rules.values():
                if rule.screen and indicator.aggregate.of == "pupil-subject":
                    yield from self._through(rule.id, seen)

    def _pupils(self) -> Iterator[PupilsChange]:
        counts = [Counter(_states(one)) for one in (self.was, self.now)]
        for state in self.now.library.screening.states:
            old, new = (count[state.id] for count in counts)
            if old != new:
                yield PupilsChange(
                    state=state.id, title=state.title, was=_told(old), now=_told(new)
                )

    def _steps(self) -> Iterator[StepMoved]:
        old, new = ({step.id: step for step in one.plan.steps} for one in (self.was, self.now))
        titles = {slot.id: slot.title for one in (self.was, self.now) for slot in one.reasons.slots}
        for name in sorted(old.keys() | new.keys()):
            before, after = old.get(name), new.get(name)
            if before is None and after is not None:
                words = f"starts in {titles[after.starts]}"
                yield StepMoved(step=name, title=after.title, how="new", words=words)
            elif after is None and before is not None:
                words = f"started in {titles[before.starts]}"
                yield StepMoved(step=name, title=before.title, how="gone", words=words)
            elif before and after and before.starts != after.starts:
                words = f"{titles[after.starts]} instead of {titles[before.starts]}"
                yield StepMoved(step=name, title=after.title, how="moved", words=words)


def _said(one: ComparedAdvice, name: str) -> set[tuple[str, Any]]:
    """The rules that speak for or against an intervention, or shape it, each on its entity."""
    shaped = {
        (finding.rule.id, ("shape", ""))
        for finding in one.inference.of("shape")
        for said in one.advice.library.statements.of(finding.rule)
        if any(other == name for _, other in said.names())
    }
    return one.asks.get(name, set()) | one.against.get(name, set()) | shaped


def _stands_for(one: ComparedAdvice, name: str) -> Iterator[str]:
    """Yield what an intervention is used in place of in this school."""
    for finding in one.inference.of("shape"):
        for swap in finding.rule.shape.replace if finding.rule.shape else ():
            if swap.by == name:
                yield swap.intervention


def _states(advice: Advice) -> Iterator[str]:
    for count in advice.plan.screening:
        yield from [count.state] * count.pupils


def _told(count: int) -> int | None:
    return count if count >= FEW or count == 0 else None


def _days(advice: Advice) -> float:
    return round(sum(one.days for step in advice.plan.steps for one in step.effort), 1)


def _pounds(advice: Advice) -> int:
    return sum(one.pounds for step in advice.plan.steps for one in step.cost)
