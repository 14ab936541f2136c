"""What rules say of interventions: who asks for one, speaks against it or shapes it, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from .rule import Rule, Strength

Kind = Literal[
    "for", "against", "must", "start_by", "not_before", "replace", "leave_out", "bring_forward"
]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a rule says of one intervention."""

    rule: Rule = field(compare=False, repr=False)
    kind: Kind
    intervention: str
    place: tuple[str | int, ...]
    """Where it stands in the rule."""
    strength: Strength | None = None
    """Of what speaks for or against."""
    part: str = ""
    """The part of the year by which, or before which not, it starts."""
    by: str = ""
    """What takes its place."""

    def asks_for(self, name: str) -> bool:
        """Tell whether it brings an intervention in: asks for it, has it done or puts it in another's
        place."""
        if self.kind == "replace":
            return self.by == name
        return self.kind in ("for", "must") and self.intervention == name

    def names(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Give the interventions it names, each with where its name stands."""
        listed = self.kind in ("leave_out", "bring_forward")
        yield self.place if listed else (*self.place, "intervention"), self.intervention
        if self.by:
            yield (*self.place, "by"), self.by


def statements(rule: Rule) -> Iterator[Statement]:
    """Take a rule apart into its statements, in the order in which they are written by kind."""
    for i, one in enumerate(rule.recommend):
        yield Statement(rule, "for", one.intervention, ("recommend", i), one.strength)
    for i, one in enumerate(rule.advise_against):
        yield Statement(rule, "against", one.intervention, ("advise_against", i), one.strength)
    shape = rule.shape
    if shape is None:
        return
    for i, due in enumerate(shape.must):
        yield Statement(rule, "must", due.intervention, ("shape", "must", i), part=due.part)
    for i, late in enumerate(shape.start_by):
        yield Statement(
            rule, "start_by", late.intervention, ("shape", "start_by", i), part=late.part
        )
    for i, early in enumerate(shape.not_before):
        where = ("shape", "not_before", i)
        yield Statement(rule, "not_before", early.intervention, where, part=early.part)
    for i, change in enumerate(shape.replace):
        where = ("shape", "replace", i)
        yield Statement(rule, "replace", change.intervention, where, by=change.by)
    for i, name in enumerate(shape.leave_out):
        yield Statement(rule, "leave_out", name, ("shape", "leave_out", i))
    for i, name in enumerate(shape.bring_forward.interventions if shape.bring_forward else ()):
        listed = ("shape", "bring_forward", "interventions", i)
        yield Statement(rule, "bring_forward", name, listed)


class Statements:
    """Every statement of a library's rules, by rule and by the intervention it names."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_rule = {rule.id: tuple(statements(rule)) for rule in rules}
        self._naming: dict[str, list[Statement]] = {}
        for said in self._by_rule.values():
            for one in said:
                for name in {name: None for _, name in one.names()}:
                    self._naming.setdefault(name, []).append(one)

    def __iter__(self) -> Iterator[Statement]:
        for said in self._by_rule.values():
            yield from said

    def of(self, rule: Rule) -> tuple[Statement, ...]:
        """Give the statements of one of the rules."""
        return self._by_rule[rule.id]

    def naming(self, name: str) -> Iterator[Statement]:
        """Give those that name an intervention, as what they are about or as what takes its place."""
        yield from self._naming.get(name, ())

    def about(self, name: str, *kinds: Kind) -> Iterator[Statement]:
        """Give those of some kinds that are about an intervention."""
        for one in self.naming(name):
            if one.intervention == name and one.kind in kinds:
                yield one

    def asking(self, name: str) -> Iterator[Statement]:
        """Give those that bring an intervention in."""
        return (one for one in self.naming(name) if one.asks_for(name))


def rules_of(said: Iterable[Statement]) -> list[Rule]:
    """Give the rules that make statements, each once."""
    return list({one.rule.id: one.rule for one in said}.values())
