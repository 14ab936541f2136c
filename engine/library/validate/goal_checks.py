"""The rules of the house for goals: every figure that is to move can move, by a rule that is there."""

from __future__ import annotations

from collections.abc import Iterator

from ...core import Mistake, Place, unknown
from ..goals import GoalRule
from ..loader import Library
from ..model import Intervention, Success


def check_goals(library: Library) -> Iterator[Mistake]:
    """Every mistake in the rules of goals, in outcomes, and in the success measures bound to a figure."""
    goals, origin = library.goals, library.origins["goals", ""]
    seen: set[str] = set()
    for index, rule in enumerate(goals.rules):
        if rule.id in seen:
            what = f"the id “{rule.id}” is used twice"
            yield Mistake(origin.place("rules", index, "id"), what, "give it another")
        seen.add(rule.id)
    for key in ("national", "lines"):
        for indicator, threshold in getattr(goals, key).items():
            place = origin.place(key, indicator)
            yield from unknown(place, "indicator", indicator, library.indicators)
            yield from unknown(place, "threshold", threshold, library.threshold_names)
    for indicator in goals.least:
        yield from unknown(
            origin.place("least", indicator), "indicator", indicator, library.indicators
        )
    terms = {t.part: t for c in library.calendars.values() for y in c.years for t in y.terms}
    for part in goals.progress:
        yield from unknown(origin.place("progress", part), "term", part, terms)
    if goals.shows_before:
        place = origin.place("shows_before", "event")
        yield from unknown(place, "event of a calendar", goals.shows_before.event, library.events)
    for index, outcome in enumerate(goals.outcomes):
        path = ("outcomes", index)
        for position, group in enumerate(outcome.groups):
            place = origin.place(*path, "groups", position)
            yield from unknown(place, "group", group, library.groups)
        if outcome.cohort:
            place = origin.place(*path, "cohort")
            yield from unknown(place, "indicator", outcome.cohort, library.indicators)
        for position, subject in enumerate(outcome.subjects):
            place = origin.place(*path, "subjects", position)
            yield from unknown(place, "subject", subject, library.subject_titles)
        place, named = origin.place(*path, "indicator"), origin.place(*path, "rule")
        yield from _bound(library, outcome.indicator, outcome.rule, place, named)
    for item in library.interventions.values():
        yield from _success(library, item)
    yield from _one_rule_each(library)


def _one_rule_each(library: Library) -> Iterator[Mistake]:
    """Figures for which two rules stand, so that one plan could name two goals for the same."""
    origin = library.origins["goals", ""]
    named = [
        (one.indicator, one.rule, origin.place("outcomes", index, "rule"))
        for index, one in enumerate(library.goals.outcomes)
    ]
    for item in library.interventions.values():
        named += [
            (
                one.indicator,
                one.rule,
                library.place("intervention", item.id, "success", index, "rule"),
            )
            for index, one in enumerate(item.success)
            if one.indicator and one.rule
        ]
    first: dict[str, tuple[str, Place]] = {}
    for indicator, rule, place in named:
        used, where = first.setdefault(indicator, (rule, place))
        if used != rule:
            what = f"the goal of “{indicator}” is made by “{used}” in {where}, and here by “{rule}”"
            yield Mistake(place, what, "one figure has one goal: write the same rule")


def _success(library: Library, item: Intervention) -> Iterator[Mistake]:
    given: dict[tuple[str, ...], tuple[Success, ...]] = {("success",): item.success}
    if item.light:
        given |= {("light", "success"): item.light.success}
    for path, measures in given.items():
        for index, measure in enumerate(measures):

            def place(key: str, path: tuple[str, ...] = path, index: int = index) -> Place:
                return library.place("intervention", item.id, *path, index, key)

            if measure.indicator:
                yield from _bound(
                    library, measure.indicator, measure.rule, place("indicator"), place("rule")
                )


def _bound(
    library: Library, name: str, rule_id: str | None, place: Place, named: Place
) -> Iterator[Mistake]:
    """A figure that no goal can be set for, or a rule that is not there or not for it."""
    goals = library.goals
    indicator = library.indicators.get(name)
    yield from unknown(place, "indicator", name, library.indicators)
    rules = {rule.id: rule for rule in goals.rules}
    if rule_id is not None:
        yield from unknown(named, "rule of a goal", rule_id, rules)
    if indicator is None:
        return
    if indicator.better is None:
        what = f"of “{name}” nothing says which way is better, so that no goal can be set"
        yield Mistake(place, what, "give the indicator “better: higher” or “better: lower”")
    rule = rules.get(rule_id or "")
    if rule and not _is_for(rule, name, library):
        what = f"“{rule.id}” needs a figure to go by, and there is none for “{name}”"
        key = "national" if rule.towards == "national" else "lines"
        yield Mistake(named, what, f"name a threshold under “{key}” in knowledge/base/goals.yaml")


def _is_for(rule: GoalRule, indicator: str, library: Library) -> bool:
    if rule.towards == "national":
        return indicator in library.goals.national
    if rule.towards == "line":
        return indicator in library.goals.lines
    return True


__all__ = ["check_goals"]
