"""How firm the advice is: each judgement doubted by a grade, and everything run again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..library import Entity, Intervention, Library
from ..school import School
from . import doubts as view
from . import phrases
from .counterfactual_facts import Change, suppose
from .forward_chaining import Inference
from .prerequisites import Dependencies, close
from .recommendations import Advised, recommend, unsuitable

Unstaffed = Callable[[Intervention], str | None]
"""Why nobody can do an intervention in this school, in words."""


def wanted(advised: Advised, library: Library, unstaffed: Unstaffed) -> Dependencies:
    """Close what is recommended over all it needs: a plan is made from that."""

    def unavailable(intervention: Intervention) -> str | None:
        return unsuitable(intervention, advised, library) or unstaffed(intervention)

    instead = {name: other for name, (other, _) in advised.shaping.replace.items()}
    return close(sorted(advised.items), library, advised.in_place, instead, unavailable)


@dataclass(frozen=True, slots=True)
class _Case:
    """The advice if one judgement is what it is, or is another."""

    advised: Advised
    wanted: Dependencies

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.wanted.names)


def firmness(
    inference: Inference,
    advised: Advised,
    dependencies: Dependencies,
    school: School,
    library: Library,
    unstaffed: Unstaffed,
) -> view.Firm:
    """Doubt each judgement in turn: tell what would still be advised if one were a grade higher
    or lower, or as the school or the adviser alone saw it, and what hangs on one."""
    today = _Case(advised, dependencies)
    cases: list[tuple[Entity, int, tuple[view.Whose, ...], _Case]] = []
    for question, rank, whose in _doubts(inference, school):
        change = Change("question", question.id, "judgement", rank)
        found = recommend(suppose(inference, library, [change]), school, library)
        cases.append((question, rank, whose, _Case(found, wanted(found, library, unstaffed))))
    told = _Words(today, school, library)
    doubts = tuple(told.doubt(question, rank, whose, then) for question, rank, whose, then in cases)
    items = tuple(told.items(doubts, [then for *_, then in cases]))
    judged = {question.id for question, *_ in cases}
    return view.Firm(
        school=school.file.school.name,
        words=_counts(items, doubts),
        items=items,
        doubts=doubts,
        not_judged=tuple(
            question.label
            for question in inference.facts.of("question")
            if question.id not in judged
        ),
    )


def _doubts(
    inference: Inference, school: School
) -> Iterator[tuple[Entity, int, tuple[view.Whose, ...]]]:
    """Each judgement as it might have been, with why; what was not judged is not doubted."""
    most = len(school.scales["judgement"].grades) - 1
    for question in inference.facts.of("question"):
        ranks = {
            name: value.value
            for name in ("judgement", "school_judgement", "adviser_judgement")
            if (value := question.values.get(name)) is not None and isinstance(value.value, int)
        }
        if "judgement" not in ranks:
            continue
        agreed = ranks.pop("judgement")
        found: dict[int, list[view.Whose]] = {}
        if agreed > 0:
            found.setdefault(agreed - 1, []).append("one-lower")
        if agreed < most:
            found.setdefault(agreed + 1, []).append("one-higher")
        if len(set(ranks.values())) == 2:
            found.setdefault(ranks["school_judgement"], []).append("school")
            found.setdefault(ranks["adviser_judgement"], []).append("adviser")
        for rank in sorted(found.keys() - {agreed}):
            yield question, rank, tuple(found[rank])


def _counts(items: tuple[view.DoubtedItem, ...], doubts: tuple[view.Doubt, ...]) -> str:
    if not doubts:
        return phrases.NONE_JUDGED
    return phrases.firm(len(items), sum(not item.firm for item in items))


class _Words:
    def __init__(self, today: _Case, school: School, library: Library) -> None:
        self.today, self.school, self.library = today, school, library
        self.grades = [grade.title for grade in school.scales["judgement"].grades]

    def doubt(
        self, question: Entity, rank: int, whose: tuple[view.Whose, ...], then: _Case
    ) -> view.Doubt:
        """Tell what would be advised if a judgement were another."""
        agreed = question.values["judgement"].value
        assert isinstance(agreed, int)
        return view.Doubt(
            question=question.id,
            title=question.label,
            agreed=self.grades[agreed],
            judgement=self.grades[rank],
            whose=whose,
            goes=tuple(
                self._moves(name, self._gone(name, then)[1])
                for name in sorted(self.today.names - then.names)
            ),
            comes=tuple(
                self._moves(name, self._come(name, then))
                for name in sorted(then.names - self.today.names)
            ),
            others=tuple(self._others(then)),
        )

    def items(self, doubts: Iterable[view.Doubt], cases: list[_Case]) -> Iterator[view.DoubtedItem]:
        """Everything that is advised today: why it stands, or on what it hangs."""
        hangs: dict[str, list[view.Hangs]] = {name: [] for name in self.today.wanted.names}
        for doubt, then in zip(doubts, cases, strict=True):
            for one in doubt.goes:
                hangs[one.intervention].append(
                    view.Hangs(
                        question=doubt.question,
                        title=doubt.title,
                        judgement=doubt.judgement,
                        kind=self._gone(one.intervention, then)[0],
                        words=phrases.hangs_on(
                            doubt.title, doubt.judgement, doubt.agreed, one.words
                        ),
                    )
                )
        firm = {name for name, found in hangs.items() if not found}
        for name in sorted(hangs):
            stands = self._stands(name, firm, [self.today, *cases]) if name in firm else ""
            yield view.DoubtedItem(
                intervention=name,
                title=self.library.intervention(name).title,
                firm=name in firm,
                stands=stands,
                depends_on=tuple(hangs[name]),
            )

    def _moves(self, name: str, words: str) -> view.Moves:
        title = self.library.intervention(name).title
        return view.Moves(intervention=name, title=title, words=words)

    def _titles(self, names: Iterable[str]) -> list[str]:
        return [self.library.intervention(name).title for name in names]

    def _gone(self, name: str, then: _Case) -> tuple[view.Gone, str]:
        """Give why something would not be advised, by kind and in words."""
        for refusal in then.advised.refused:
            if refusal.intervention.id != name:
                continue
            if refusal.kind == "replaced":
                [title] = self._titles([refusal.by])
                return "replaced", phrases.would_be_replaced(title)
            if refusal.kind == "outweighed":
                return "outweighed", phrases.would_be_outweighed(refusal.why)
            if refusal.kind == "shaped":
                return "shaped", phrases.would_be_left_out(refusal.words)
        if name in then.wanted.impossible:
            return "impossible", phrases.would_be_impossible(then.wanted.impossible[name])
        if name in self.today.advised.items:
            return "not-asked", phrases.NOT_ASKED
        needing = self._titles(sorted(self.today.wanted.needing(name)))
        return "not-needed", phrases.would_not_be_needed(needing)

    def _come(self, name: str, then: _Case) -> str:
        """Say why something would be advised that isn't today."""
        item = then.advised.items.get(name)
        if item is not None and item.arguments:
            return phrases.rules_say((told.words, told.rule.id) for told in item.arguments)
        if name in then.advised.shaping.must:
            told = then.advised.shaping.must[name][1]
            return phrases.rules_say([(told.words, told.rule.id)])
        return phrases.would_be_needed(self._titles(sorted(then.wanted.needing(name))))

    def _others(self, then: _Case) -> Iterator[view.Moves]:
        """Give what would be advised as well, for others than today."""
        for name in sorted(self.today.names & then.names):
            now, later = self.today.advised.items.get(name), then.advised.items.get(name)
            if now is None or later is None:
                continue
            was = {target.id: target.label for target in now.targets}
            will = {target.id: target.label for target in later.targets}
            lost = [label for one, label in was.items() if one not in will]
            more = [label for one, label in will.items() if one not in was]
            if lost or more:
                yield self._moves(name, phrases.for_others(lost, more))

    def _stands(self, name: str, firm: set[str], cases: list[_Case]) -> str:
        """Why something would be advised in every case."""
        if any(promise.intervention == name for promise in self.school.promises):
            accepted = self.school.accepted(name)
            return phrases.promised_anyway(accepted.words if accepted else "")
        if name in self.today.advised.duties:
            return phrases.DUE_ANYWAY
        if all(name in case.advised.shaping.must for case in cases):
            return phrases.MUST_ANYWAY
        items = [case.advised.items.get(name) for case in cases]
        if all(item is not None and item.arguments for item in items):
            return phrases.ASKED_ANYWAY
        needing = [
            one
            for one in sorted(self.today.wanted.needing(name))
            if one in firm and all(one in case.wanted.needing(name) for case in cases)
        ]
        if needing:
            return phrases.needed_anyway(self._titles(needing))
        return phrases.WANTED_ANYWAY
