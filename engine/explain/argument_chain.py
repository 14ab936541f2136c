"""What an intervention is advised on: the chain from the data to what rules say for it, against it, and
to its place; and why it is there where no rule asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..advise import Advice
from ..inference import Argument, Recommendation, Verdicts, argument
from ..library import Entity
from ..planning import EvidenceNote, evidence, standing
from . import argument as answer
from .rule_diff import ComparedAdvice

Among = Callable[[Entity], bool]


@dataclass(frozen=True, slots=True)
class _Said:
    side: Literal["for", "against", "shapes"]
    told: Argument
    does: str = ""


class Grounds:
    """The grounds of one school's advice."""

    def __init__(self, advice: Advice) -> None:
        self.advice, self.library = advice, advice.library
        self.verdicts = Verdicts(advice.findings, advice.library)
        self.world = ComparedAdvice(advice)

    def of(self, name: str, among: Among | None = None) -> tuple[answer.Ground, ...]:
        """Collect what rules say of an intervention: for it, against it, and what shapes its
        place; the strongest of each first. With `among`, which tells of whom it is to be said,
        also of those who wait."""
        item = self._item(name)
        told, against = (item.arguments, item.against) if item else ([], [])
        if among or item is None:
            told = [*told, *self._said(name, "recommend")]
            against = [*against, *self._said(name, "advise_against")]
        said = [
            *self._ordered("for", (one for one in told if not among or among(one.entity))),
            *self._ordered("against", (one for one in against if not among or among(one.entity))),
            *(_Said("shapes", told, does) for does, told in self.world.shapes(name).values()),
        ]
        return tuple(self._ground(one) for one in said)

    def _item(self, name: str) -> Recommendation | None:
        """Give what is said of an intervention as it is planned, and else of all it was asked for."""
        reasons = self.advice.reasons
        if name in reasons.planned:
            return reasons.timetable.forms[reasons.planned[name]].item
        return reasons.items.get(name)

    def of_strand(self, strand: str) -> Iterator[answer.Ground]:
        """The rules that ask for something in a strand, each with what it asks for."""
        found: dict[tuple[str, int], tuple[Argument, list[str]]] = {}
        for finding in self.advice.findings.of("recommend"):
            for advised in finding.rule.recommend:
                item = self.library.intervention(advised.intervention)
                if item.strand == strand:
                    told = argument(finding, self.advice.findings, advised.strength)
                    key = (finding.rule.id, id(finding.entity))
                    found.setdefault(key, (told, []))[1].append(item.title)
        for one in self._ordered("for", (told for told, _ in found.values())):
            titles = found[one.told.rule.id, id(one.told.entity)][1]
            yield self._ground(one).model_copy(update={"asks_for": tuple(titles)})

    def through(self, name: str, seen: tuple[str, ...] = ()) -> Iterator[answer.Through]:
        """Why something is there whatever rules say; where none asks for it, what needs it, with what
        that is advised on."""
        advice = self.advice
        for one in standing(
            name, advice.school, self.library, advice.recommendations, advice.dependencies
        ):
            if one.kind != "needed":
                yield answer.Through(kind=one.kind, words=one.words)
            elif one.intervention not in (*seen, name):
                yield answer.Through(
                    kind="needed",
                    words=one.words,
                    intervention=one.intervention,
                    grounds=self.of(one.intervention),
                )
                yield from self.through(one.intervention, (*seen, name))

    def evidence(self, name: str) -> EvidenceNote:
        """Tell how strong the evidence for an approach is."""
        return evidence(self.library.intervention(name), self.library)

    def _said(self, name: str, which: str) -> Iterator[Argument]:
        for finding in self.advice.findings.of("recommend"):
            for advised in getattr(finding.rule, which):
                if advised.intervention == name:
                    yield argument(finding, self.advice.findings, advised.strength)

    def _ordered(
        self, side: Literal["for", "against"], arguments: Iterable[Argument]
    ) -> list[_Said]:
        """Each rule's word on each thing once, the strongest first."""
        weights: Mapping[Any, int] = self.library.planning.ranking.strengths
        distinct: dict[tuple[str, int], Argument] = {}
        for told in arguments:
            distinct.setdefault((told.rule.id, id(told.entity)), told)
        ordered = sorted(
            distinct.values(),
            key=lambda told: (-weights[told.strength], told.rule.id),
        )
        return [_Said(side, told) for told in ordered]

    def _ground(self, said: _Said) -> answer.Ground:
        rule = said.told.rule
        return answer.Ground(
            side=said.side,
            strength=said.told.strength,
            words=said.told.words,
            does=said.does,
            why=rule.why.strip(),
            verdict=self.verdicts.on(rule, said.told.entity),
            sources=tuple(self.library.sources[name] for name in rule.sources),
        )
