"""The rules that wait for the data of pupils, in a school that names no file of them."""

from __future__ import annotations

from ..advise import Advice
from ..library import Key, Library, Rule, keys

OF_PUPILS = ("pupil", "pupil-subject")


def waiting_for_pupils(advice: Advice) -> dict[str, Rule]:
    """By id, the rules that read data of pupils and can't be decided for want of any; none where the
    school has pupils."""
    if advice.school.pupils:
        return {}
    unknown = {finding.rule.id for finding in advice.findings.unknown}
    return {
        name: rule
        for name, rule in advice.library.rules.items()
        if (name in unknown or not advice.findings.facts.of(rule.about))
        and _of_pupils(advice.library, rule)
    }


def _of_pupils(library: Library, rule: Rule) -> bool:
    """Tell whether a rule rests on the data of pupils: directly, by what is counted, or by the
    needs that are found."""
    rests_on = library.dependencies.rests_on(keys(rule.when))
    return rule.about in OF_PUPILS or any(_is_of_pupils(library, key) for key in rests_on)


def _is_of_pupils(library: Library, key: str) -> bool:
    name, _, need = Key.read(key)
    if need:
        return any(rule.about in OF_PUPILS for rule in library.finders.get(need, ()))
    indicator = library.indicators[name]
    spec = indicator.aggregate
    return indicator.about in OF_PUPILS or (spec is not None and spec.of in OF_PUPILS)
