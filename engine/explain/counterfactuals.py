"""What would have to be different for something to be advised or not, proved by running again."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from ..advise import Advice
from ..inference import (
    MOST_CELLS,
    Change,
    Matcher,
    cell_refs,
    fired,
    fired_by_conditions,
    recommend,
    suppose,
    wanted,
)
from ..library import Entity, Key, Value, title_of
from .change_answer import Changes, Differs, WayToChange
from .counterfactual_candidates import Candidates, Kind, kind_of
from .name_lookup import called
from .phrases import changes as phrases
from .rule_flips import FIGURES, MOST, Flip

_TRIED = 120
"""So many sets of changes are tried at most, the smallest first."""
_TOLD = 6
"""So many ways are told."""
_SETTLED = 3
"""And so many that need a fact which can't be otherwise, of at most `_SETTLED_FACTS` at once."""
_SETTLED_FACTS = 2


def change(advice: Advice, name: str) -> Changes:
    """The smallest changes of the data that would bring an intervention into what is advised, or take
    it out; each was tried, and no part of it does the same. Facts that can't be otherwise are left
    alone. It is called by its id, its title or a part of one that is no other's.

    Raises UnknownNameError for what is not known, TermwiseError for what may be several.
    """
    titles = {one.id: one.title for one in advice.library.interventions.values()}
    return _Search(advice, called("intervention", name, titles)).answer()


class _Search:
    def __init__(self, advice: Advice, name: str) -> None:
        self.advice, self.name = advice, name
        self.library, self.school = advice.library, advice.school
        self.base, self.vocabulary = advice.findings, advice.findings.vocabulary
        self.title = advice.library.intervention(name).title
        self.today = frozenset(advice.dependencies.names)
        self.there = name in self.today
        self.candidates = Candidates(advice, name)
        self.turned: dict[Flip, frozenset[str]] = {}

    def answer(self) -> Changes:
        """All ways that were found, the fewest changes first."""
        fixed = self._fixed()
        found = [] if fixed else self._proved(self.candidates)
        others = [] if fixed else self._settled(found)
        none = "" if found else fixed or self._no_way(self.candidates)
        return Changes(
            school=self.advice.plan.school,
            item=self.name,
            title=self.title,
            advised=self.there,
            ways=tuple(self._way(flip, alike) for flip, alike in found),
            settled=tuple(self._way(flip, alike) for flip, alike in others),
            none=none,
            tried=len(self.turned),
        )

    def _fixed(self) -> str:
        """Why no fact decides, in words: it is a duty, or the school has decided."""
        if not self.there:
            return self.advice.recommendations.declined.get(self.name, "")
        if self.name in self.advice.recommendations.duties:
            return phrases.DUTY
        accepted = self.school.accepted(self.name)
        if accepted:
            return phrases.decided(accepted.words)
        if any(one.intervention == self.name for one in self.school.promises):
            return phrases.PROMISED
        return ""

    def _no_way(self, candidates: Candidates) -> str:
        """Why no way is told: what asks for it and can't be turned, or what keeps it out."""
        if self.there:
            asked = [rule for rule in candidates.asking(self.name) if candidates.fires(rule)]
            needed = [one for one in candidates.needing(direct=True) if one in self.today]
            rules = [f"“{rule.title}” ({rule.id})" for rule in asked]
            titles = [self.library.intervention(one).title for one in needed]
            why = [phrases.asked_by(rules), phrases.needed_by(titles)]
            return phrases.no_way(True, why, MOST, FIGURES)
        reason = self.advice.dependencies.impossible.get(self.name, "")
        if not reason and not candidates.asking(self.name) and not candidates.needing():
            return phrases.NOTHING_ASKS
        left = [one for one in self.advice.plan.left_out if one.intervention == self.name]
        told = [one.reason for one in left if one.kind not in ("waits", "not-asked")]
        return phrases.no_way(False, [reason or next(iter(told), "")], MOST, FIGURES)

    # --- proof

    def _settled(self, found: list[tuple[Flip, int]]) -> list[tuple[Flip, int]]:
        """The ways that need a fact which can't be otherwise: told, so that what decides is known."""
        indicators = self.library.indicators
        every = self._proved(Candidates(self.advice, self.name, settled=True))
        return [
            (flip, alike)
            for flip, alike in every
            if len(flip) <= _SETTLED_FACTS
            and any(indicators[change.key].settled for change in flip)
            and not any(one <= flip for one, _ in found)
        ][:_SETTLED]

    def _proved(self, candidates: Candidates) -> list[tuple[Flip, int]]:
        """The smallest sets of changes that turn it, with how many others of their kind there are: the
        same about another class, teacher or subject, of which only the first is tried."""
        proved: list[Flip] = []
        kinds: Counter[Kind] = Counter()
        for flip in (candidates.out_of() if self.there else candidates.into())[:_TRIED]:
            kind = kind_of(flip)
            if kind in kinds:
                kinds[kind] += 1
            elif flip and not any(smaller <= flip for smaller in proved) and self._turns(flip):
                least = self._least(flip)
                if least not in proved and self._turns(least, fired):
                    proved.append(least)
                    kinds[kind] += 1
            if len(proved) >= _TOLD:
                break
        order = candidates.flips.order
        return [(flip, max(0, kinds[kind_of(flip)] - 1)) for flip in sorted(proved, key=order)]

    def _least(self, flip: Flip) -> Flip:
        """The smallest part of a set of changes that still turns it."""
        for size in range(1, len(flip)):
            for part in combinations(sorted(flip, key=lambda one: one.order), size):
                if self._turns(frozenset(part)):
                    return frozenset(part)
        return flip

    def _turns(self, flip: Flip, match: Matcher = fired_by_conditions) -> bool:
        if match is fired or flip not in self.turned:
            self.turned[flip] = self._advised(flip, match)
        return (self.name in self.turned[flip]) is not self.there

    def _advised(self, flip: Flip, match: Matcher) -> frozenset[str]:
        """Give what is advised with the changes made and all it needs, by id."""
        inference = suppose(self.base, self.library, sorted(flip, key=lambda one: one.order), match)
        advised = recommend(inference, self.school, self.library)
        unstaffed = self.advice.reasons.timetable.unstaffed
        return frozenset(wanted(advised, self.library, unstaffed).names)

    # --- words

    def _way(self, flip: Flip, alike: int) -> WayToChange:
        then = self.turned[flip]
        changes = tuple(self._differs(one) for one in sorted(flip, key=lambda one: one.order))
        title = self.library.intervention
        return WayToChange(
            changes=changes,
            words="; and ".join(one.words for one in changes),
            alike=alike,
            brings_in=tuple(title(one).title for one in sorted(then - self.today - {self.name})),
            takes_out=tuple(title(one).title for one in sorted(self.today - then - {self.name})),
        )

    def _differs(self, change: Change) -> Differs:
        owner = next(one for one in self.base.facts.of(change.kind) if one.id == change.entity)
        read = owner.values.get(change.key)
        cells = read.cells if read else ()
        if change.member and read and change.member in read.members:
            cells = (read.members[change.member],)
        key = str(Key(change.key, owner.id if owner.kind == "question" else ""))
        was, now, words = self._words(change, key, owner, read)
        return Differs(
            kind=change.kind,
            entity=change.entity,
            key=change.key,
            member=change.member,
            was=was,
            now=now,
            figure=self.library.indicators[change.key].aggregate is not None,
            words=words,
            cells=cell_refs(cells[:MOST_CELLS]),
        )

    def _words(
        self, change: Change, key: str, owner: Entity, read: Value | None
    ) -> tuple[str | None, str, str]:
        """Say what a fact is, what it would be, and both in words."""
        title = title_of(key, self.vocabulary)
        name = title if owner.kind in ("school", "question") else f"{title} ({owner.label})"
        name = name[:1].upper() + name[1:]
        if change.member:
            member = self.vocabulary.titles.get(change.member, change.member)
            was, now = ("without", "with") if change.value else ("with", "without")
            return was, now, f"{name}: {now} “{member}”"
        assert change.value is not None
        now = self.vocabulary.say(key, change.value)
        parts = self.candidates.flips.counted(self.library.indicators[change.key], owner)
        if parts and isinstance(change.value, int | float):
            now += f" ({round(change.value * parts / 100)} of {parts})"
        if read is None:
            return None, now, f"{name}: {now}, which is not known today"
        before = self.vocabulary.tell(key, read)
        return before, now, f"{name}: {now}, not {before}"
