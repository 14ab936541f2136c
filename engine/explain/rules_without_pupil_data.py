"""The rules that wait for the data of pupils, in a school that names no file of them."""

from __future__ import annotations

from collections.abc import Iterator

from ..advise import Advice
from ..library import Indicator, Library, Rule, keys

OF_PUPILS = ("pupil", "pupil-subject")


def waiting_for_pupils(advice: Advice) -> dict[str, Rule]:
    """By id, the rules that read data of pupils and can't be decided for want of any; none where the
    school has pupils."""
    if advice.school.pupils:
        return {}
    unknown = {finding.rule.id for finding in advice.findings.unknown}
    reads = _Reads(advice.library)
    return {
        name: rule
        for name, rule in advice.library.rules.items()
        if (name in unknown or not advice.findings.facts.of(rule.about)) and reads.rule(rule)
    }


class _Reads:
    """What rests on the data of pupils: directly, by what is counted, or by the needs that are found."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._known: dict[str, bool] = {}

    def rule(self, rule: Rule) -> bool:
        return rule.about in OF_PUPILS or any(self._key(key) for key in keys(rule.when))

    def _key(self, key: str) -> bool:
        if key not in self._known:
            self._known[key] = False  # what rests on itself rests on nothing more
            self._known[key] = any(self._found(key))
        return self._known[key]

    def _found(self, key: str) -> Iterator[bool]:
        if key.startswith("need "):
            for rule in self.library.rules.values():
                yield bool(
                    rule.diagnose and f"need {rule.diagnose.need}" == key and self.rule(rule)
                )
            return
        indicator: Indicator = self.library.indicators[key.partition(" of ")[0]]
        yield indicator.about in OF_PUPILS
        if spec := indicator.aggregate:
            yield spec.of in OF_PUPILS
            yield bool(spec.indicator and self._key(spec.indicator))
            for condition in (spec.where, spec.before):
                yield any(self._key(one) for one in keys(condition)) if condition else False
