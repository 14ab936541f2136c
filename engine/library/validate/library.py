"""The rules of the house for content: every name exists, every condition can be read, no circle of
needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter

from ...core import Mistake, Place, did_you_mean, listed, unknown
from ..conditions import keys
from ..key import Key
from ..loader import Library
from ..rule import STRATA, Condition, EntityKind, NeedLeaf, Rule, elders
from .circles import circle_of_needs, circle_of_order
from .conditions_of_rules import condition_problems, placed, rule_conditions
from .goal_checks import check_goals
from .interventions import check_intervention
from .purchase_checks import check_purchases
from .reading_words import check_reading
from .reviews import check_reviews
from .skill_maps import check_skills
from .vocabulary import check_vocabulary


def check_library(library: Library, strata: Mapping[str, str]) -> Iterator[Mistake]:
    """Every mistake that shows only when files are held against each other.

    `strata` gives the folder in which each rule stands, such as `rules/base/recommend`.
    """
    yield from check_vocabulary(library)
    yield from check_purchases(library)
    yield from check_reading(library)
    yield from check_skills(library)
    for rule in library.rules.values():
        yield from _rule(library, rule, strata[rule.id])
    for intervention in library.interventions.values():
        yield from check_intervention(library, intervention)
    yield from check_goals(library)
    yield from check_reviews(library)
    yield from circle_of_order(library)
    yield from circle_of_needs(library)


def _rule(library: Library, rule: Rule, folder: str) -> Iterator[Mistake]:
    def place(*path: str | int) -> Place:
        return library.place("rule", rule.id, *path)

    if rule.stratum is None:
        yield Mistake(
            place("id"),
            "needs one outcome",
            "give screen, diagnose, recommend, shape or propose, and only one",
        )
        return
    above, _, stratum = folder.rpartition("/")
    if rule.stratum != stratum:
        what = f"a rule that gives {rule.stratum} stands in {folder}/"
        yield Mistake(place("id"), what, f"move it to {above}/{rule.stratum}/")
    for condition, path in rule_conditions(rule):
        yield from condition_problems(library, condition, rule.about, "rule", rule.id, path)
        yield from _strata(library, rule, condition, path)
    for index, source in enumerate(rule.sources):
        yield from unknown(place("sources", index), "source", source, library.sources)
    yield from _outcome(library, rule)
    yield from _about(library, rule)
    readable = set(_readable(library, rule.about))
    for _, field, _, _ in Formatter().parse(rule.because):
        if field is not None and field not in readable:
            yield Mistake(
                place("because"),
                f"{{{field}}} can't be read by a rule about a {rule.about}",
                did_you_mean(field, readable),
                missing=Key.read(field).indicator or Key.read(field).need,
            )
    for index, example in enumerate(rule.examples):
        for key in example.given:
            if key not in readable and Key.read(key).need not in library.needs:
                yield Mistake(
                    place("examples", index, "given", key),
                    f"unknown indicator “{key}”",
                    did_you_mean(key, readable),
                    missing=Key.read(key).indicator or Key.read(key).need,
                )


def _about(library: Library, rule: Rule) -> Iterator[Mistake]:
    """Note a rule about pupils that reads the school's figures only: it would say the same of each of them."""
    kinds = elders(rule.about)
    if "pupil" not in kinds:
        return
    read = [Key.read(key) for key in sorted(keys(rule.when))]
    of = {
        one.about
        for key in read
        if (
            one := library.needs.get(key.need)
            if key.need
            else library.indicators.get(key.indicator)
        )
    }
    if of and of.isdisjoint(set(kinds) - {"school"}):
        yield Mistake(
            library.place("rule", rule.id, "about"),
            f"a rule about a {rule.about} reads something of the pupil, and this one reads only "
            f"{listed(map(str, read))}, which is the same for all of them",
            "write about: school, or add what marks these pupils out",
        )


def _readable(library: Library, about: EntityKind) -> Iterator[str]:
    for indicator in library.indicators.values():
        if indicator.about == "question" and about != "question":
            for question in library.strands:
                yield str(Key(indicator.id, question))
        elif indicator.about in elders(about):
            yield indicator.id


def _strata(
    library: Library, rule: Rule, condition: Condition, path: tuple[str | int, ...]
) -> Iterator[Mistake]:
    """A rule reads findings of its own stratum or an earlier one, never of a later one."""
    position = STRATA.index(rule.stratum) if rule.stratum else 0
    for leaf, where in placed(condition, path):
        place = library.place("rule", rule.id, *where)
        if isinstance(leaf, NeedLeaf):
            if position < STRATA.index("diagnose"):
                yield Mistake(place, "a screening rule can't read needs: they are found later")
            continue
        indicator = library.indicators.get(leaf.indicator)
        if indicator is not None and position <= library.dependencies.level(indicator):
            yield Mistake(
                place, f"“{leaf.indicator}” is computed only after the rules of this stratum"
            )


def _outcome(library: Library, rule: Rule) -> Iterator[Mistake]:
    def place(*path: str | int) -> Place:
        return library.place("rule", rule.id, *path)

    if rule.screen:
        states = [state.id for state in library.screening.states]
        yield from unknown(place("screen", "state"), "state", rule.screen.state, states)
        if rule.about != "pupil-subject":
            yield Mistake(place("about"), "a screening rule is about a pupil-subject")
    if rule.diagnose:
        need = library.needs.get(rule.diagnose.need)
        yield from unknown(place("diagnose", "need"), "need", rule.diagnose.need, library.needs)
        if need and need.about != rule.about:
            yield Mistake(
                place("about"), f"the need “{need.id}” is about a {need.about}, not a {rule.about}"
            )
    for said in library.statements.of(rule):
        for path, name in said.names():
            yield from unknown(place(*path), "intervention", name, library.intervention_names)
        if said.part:
            where = place(*said.place, "part")
            yield from unknown(where, "part of the year", said.part, library.start_parts)
        target = library.interventions.get(said.intervention)
        if said.kind == "for" and target and target.target not in elders(rule.about):
            yield Mistake(
                place(*said.place, "intervention"),
                f"“{target.id}” is for a {target.target}; a rule about a {rule.about} names none",
            )
    proposals = [one.id for one in library.progress.reviewing.proposals]
    if rule.propose:
        yield from unknown(place("propose"), "proposal", rule.propose, proposals)
    for index, name in enumerate(rule.oppose):
        yield from unknown(place("oppose", index), "proposal", name, proposals)
    if rule.stratum == "review" and rule.about != "step":
        yield Mistake(place("about"), "a rule of reviews is about a step")
    if rule.shape and rule.about != "school":
        yield Mistake(place("about"), "a shaping rule is about the school")
