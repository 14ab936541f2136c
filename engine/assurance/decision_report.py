"""Which rules schools disagree with: their decisions about advice, counted by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..inference import infer, recommend
from ..library import Decision, Library, OverriddenReport, ReasonCount, Rule, RuleOverridden
from ..school import School, entities

Said = tuple[Decision, str]


class _Count:
    """The counts of one rule."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.asked: Counter[int] = Counter()
        """How often, by the position of the school."""
        self.said: Counter[Said] = Counter()

    def of(self, decision: Decision) -> int:
        return sum(times for (done, _), times in self.said.items() if done == decision)


def overridden(schools: Iterable[tuple[School, Library]]) -> OverriddenReport:
    """Count how often each rule asks for something in these schools, and what they decided. A decision
    counts for every rule that asks for it now; a rule nobody decided about is left out."""
    counts: dict[str, _Count] = {}
    titles: dict[str, str] = {}
    names: list[str] = []
    without = 0
    for position, (school, library) in enumerate(schools):
        names.append(school.file.school.name)
        inference = infer(entities(school, library), library, library.vocabulary(school.scales))
        for finding in inference.fired:
            if finding.rule.recommend or (finding.rule.shape and finding.rule.shape.must):
                one = counts.setdefault(finding.rule.id, _Count(finding.rule))
                one.asked[position] += 1
        for effect in recommend(inference, school, library).decided:
            override = effect.decided.override
            titles[override.reason] = effect.decided.reason
            without += not effect.rules
            for name in effect.rules:
                counts[name].said[override.decision, override.reason] += 1
    rules = [_told(one, titles) for one in counts.values() if one.said]
    rules.sort(key=lambda one: (-one.refused, -one.adapted, -one.accepted, one.rule))
    return OverriddenReport(schools=tuple(names), rules=tuple(rules), without_rule=without)


def _told(one: _Count, titles: dict[str, str]) -> RuleOverridden:
    order = sorted(one.said.items(), key=lambda item: (-item[1], item[0]))
    return RuleOverridden(
        rule=one.rule.id,
        title=one.rule.title,
        asked_in=len(one.asked),
        asked=sum(one.asked.values()),
        accepted=one.of("accept"),
        adapted=one.of("adapt"),
        refused=one.of("refuse"),
        reasons=tuple(
            ReasonCount(decision=done, reason=reason, title=titles[reason], times=times)
            for (done, reason), times in order
        ),
    )
