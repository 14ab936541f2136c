"""Findings to recommendations: merged by intervention, with arguments for and against, and ranked."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

from ..library import Entity, Intervention, Library, Rule, Vocabulary, requirements
from ..school import School
from . import phrases
from .decisions import Effect, effects, named, refused_for_all
from .forward_chaining import Finding, Inference
from .priorities_served import Scopes


@dataclass(frozen=True, slots=True)
class Argument:
    """One rule's word on something."""

    finding: Finding
    strength: str
    words: str
    urgent: int | None = None
    """The half-terms within which the rule says it has to begin; None where it may wait."""

    @property
    def rule(self) -> Rule:
        """The rule that says it."""
        return self.finding.rule

    @property
    def entity(self) -> Entity:
        """Give what the rule fired on."""
        return self.finding.entity


@dataclass(slots=True)
class Recommendation:
    """An intervention for its targets, with all that speaks for it and against it."""

    intervention: Intervention
    targets: list[Entity] = field(default_factory=list)
    arguments: list[Argument] = field(default_factory=list)
    against: list[Argument] = field(default_factory=list)
    score: int = 0
    replaces: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.intervention.id

    @property
    def urgent(self) -> dict[str, int]:
        """The rules that say it can't wait, with the half-terms within which it has to begin."""
        found: dict[str, int] = {}
        for told in self.arguments:
            if told.urgent is not None:
                found[told.rule.id] = min(told.urgent, found.get(told.rule.id, told.urgent))
        return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class NotAdvised:
    """An intervention that was recommended and is not considered further, and why."""

    intervention: Intervention
    targets: tuple[Entity, ...]
    kind: str
    words: str
    by: str = ""
    """What takes its place."""
    why: str = ""
    """What it rests on: why the other takes its place, or what speaks against it."""
    arguments: tuple[Argument, ...] = ()
    """What speaks for what the school refused, or for those who wait."""


@dataclass(slots=True)
class Shaping:
    """The shaping rules' claims on the plan, each with the argument that makes it."""

    arguments: list[Argument] = field(default_factory=list)
    must: dict[str, tuple[str, Argument]] = field(default_factory=dict)
    in_full: set[str] = field(default_factory=set)
    """Of what must be in the plan, what a rule asks for in its full form."""
    start_by: dict[str, tuple[str, Argument]] = field(default_factory=dict)
    not_before: dict[str, tuple[str, Argument]] = field(default_factory=dict)
    replace: dict[str, tuple[str, Argument]] = field(default_factory=dict)
    leave_out: dict[str, Argument] = field(default_factory=dict)
    forward: dict[str, Argument] = field(default_factory=dict)
    new_starts: tuple[int, Argument] | None = None
    planned_share: tuple[float, Argument] | None = None
    spend_share: tuple[float, Argument] | None = None
    lead_share: tuple[float, Argument] | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A duty that falls due in the plan: the day it has to have begun by, and why; `since`, where it comes
    back after several years, the day from which on it isn't done too soon."""

    by: datetime.date
    words: str
    since: datetime.date | None = None


@dataclass(slots=True)
class Advised:
    """All recommendations by intervention, what was refused before planning, and the shaping."""

    school: Entity
    """The school as the rules saw it."""
    items: dict[str, Recommendation]
    refused: list[NotAdvised]
    shaping: Shaping
    in_place: frozenset[str]
    duties: dict[str, Due] = field(default_factory=dict)
    decided: tuple[Effect, ...] = ()
    """What the school decided about advice."""
    declined: dict[str, str] = field(default_factory=dict)
    """What it refused for all it could be for, with the words for it."""


def words(rule: Rule, entity: Entity, vocabulary: Vocabulary) -> str:
    """The rule's `because` with the values of the entity put in."""
    text: list[str] = []
    for literal, key, _, _ in Formatter().parse(rule.because):
        text.append(literal)
        if key is not None:
            value = entity.lookup(key)
            text.append(phrases.UNKNOWN_VALUE if value is None else vocabulary.tell(key, value))
    return "".join(text).strip()


def argument(
    finding: Finding, inference: Inference, strength: str, urgent: int | None = None
) -> Argument:
    """A finding as an argument."""
    said = words(finding.rule, finding.entity, inference.vocabulary)
    return Argument(finding, strength, said, urgent)


def recommend(inference: Inference, school: School, library: Library) -> Advised:
    """Merge what the rules recommend for a school by intervention, with what they do to its
    plan."""
    there = inference.facts.school.lookup("in_place")
    in_place = there.value if there and isinstance(there.value, frozenset) else frozenset()
    shaping = _shaping(inference, library, school)
    items: dict[str, Recommendation] = {}
    for finding in inference.of("recommend"):
        for advice in finding.rule.recommend:
            item = _item(items, library, advice.intervention)
            item.arguments.append(argument(finding, inference, advice.strength, advice.urgent))
            _aim(item, finding.entity, inference)
    for name in shaping.must:
        _aim(_item(items, library, name), inference.facts.school, inference)
    for promise in school.promises:
        item = _item(items, library, promise.intervention)
        targets = named(promise.targets, item.intervention, inference)
        if not targets and not (promise.accepted and item.targets):  # accepted as it is advised
            targets = [inference.facts.school]
        for target in targets:
            _aim(item, target, inference)
    refused: list[NotAdvised] = []
    duties = _duties(inference.facts.school, school, library, refused)
    for name in duties:
        _aim(_item(items, library, name), inference.facts.school, inference)
    for finding in inference.of("recommend"):
        for advice in finding.rule.advise_against:
            if advice.intervention in items:
                item = items[advice.intervention]
                item.against.append(argument(finding, inference, advice.strength))
    decided = effects(
        school, library, inference, {name: by for name, (by, _) in shaping.replace.items()}
    )
    declined = [effect for effect in decided if effect.refused]
    for effect in declined:
        if effect.name in shaping.replace:  # else what takes its place would come in
            _decline(effect, items, refused)
    _replace(items, shaping, library, refused, in_place)
    for effect in declined:
        if effect.name not in shaping.replace:
            _decline(effect, items, refused)
    for name in sorted(items):
        if name in in_place and name not in duties:
            if any(promise.intervention == name for promise in school.promises):
                accepted = school.accepted(name)
                words = phrases.in_place(accepted.words if accepted else "")
                refused.append(NotAdvised(items[name].intervention, (), "in-place", words))
            del items[name]
    for name, item in sorted(items.items()):
        reason = _unfit(item.intervention, inference.facts.school, library) or _shaped_out(
            name, shaping
        )
        if reason:
            refused.append(NotAdvised(item.intervention, tuple(item.targets), reason[0], reason[1]))
            del items[name]
    promised = {p.intervention for p in school.promises} | {*shaping.must, *duties}
    for name, item in sorted(items.items()):
        item.score = score(item, school, library)
        if item.score <= 0 and name not in promised:
            told = "; ".join(argument.words for argument in item.against)
            refused.append(
                NotAdvised(
                    item.intervention,
                    tuple(item.targets),
                    "outweighed",
                    phrases.outweighed(told),
                    why=told,
                )
            )
            del items[name]
        else:
            _limit(item, school, library, refused)
    none = refused_for_all(decided, inference)
    return Advised(inference.facts.school, items, refused, shaping, in_place, duties, decided, none)


def _duties(
    one: Entity, school: School, library: Library, refused: list[NotAdvised]
) -> dict[str, Due]:
    """The duties that fall due in the plan; one of which nobody has said when it was last done is
    told among what is left out."""
    halves = school.timeline.halves
    due: dict[str, Due] = {}
    for item in library.interventions.values():
        duty = item.duty
        if duty is None or _unfit(item, one, library):
            continue
        promised = any(promise.intervention == item.id for promise in school.promises)
        first = next((half for half in halves if half.part == duty.part), halves[-1])
        if duty.every_years == 1:
            due[item.id] = Due(first.ends, duty.because)
            continue
        last = school.file.last_done.get(item.id)
        if last is None and promised:
            continue
        if last is None:
            words = phrases.never_said_done(duty)
            refused.append(NotAdvised(item, (), "date-missing", words))
            continue
        until = _years_on(last, duty.every_years)
        if until <= halves[-1].ends:
            overdue = until < halves[0].starts
            by = halves[0].ends if overdue else until
            since = _years_on(last, duty.every_years - 1)  # within the year before it falls due
            due[item.id] = Due(by, phrases.falls_due(duty, last, until, overdue), since)
    return due


def _years_on(date: datetime.date, years: int) -> datetime.date:
    try:
        return date.replace(year=date.year + years)
    except ValueError:  # 29 February
        return date.replace(year=date.year + years, day=28)


def _decline(effect: Effect, items: dict[str, Recommendation], refused: list[NotAdvised]) -> None:
    """Takes out what the school refused, for those it refused it for, and tells it."""
    item = items.get(effect.name) or Recommendation(effect.intervention)
    gone = [target for target in item.targets if effect.about(target)]
    rest = [target for target in item.targets if not effect.about(target)]
    told = [one for one in item.arguments if stays(one, gone, rest)]
    targets = tuple(gone) or effect.targets
    refused.append(
        NotAdvised(effect.intervention, targets, "refused", effect.words, arguments=tuple(told))
    )
    item.targets = rest
    if effect.whole or (gone and not rest):
        items.pop(effect.name, None)
    else:
        item.arguments = [one for one in item.arguments if stays(one, rest, gone)]
        item.against = [one for one in item.against if stays(one, rest, gone)]


def stays(told: Argument, kept: Iterable[Entity], others: Iterable[Entity]) -> bool:
    """Tell whether an argument still counts where only some of the targets are kept."""
    return any(_is_for(told, target) for target in kept) or not any(
        _is_for(told, target) for target in others
    )


def _limit(
    item: Recommendation, school: School, library: Library, refused: list[NotAdvised]
) -> None:
    """Keeps as many targets as there can be at once, those for whom most speaks, and of equals those
    who are written first; the others, with what speaks for and against them, wait, the next first."""
    limit = item.intervention.at_once
    if limit is None or len(item.targets) <= limit.most:
        return
    strengths = library.planning.ranking.strengths
    wanted = {
        name for one in school.promises if one.intervention == item.id for name in one.targets
    }

    def speaks(target: Entity) -> tuple[Any, ...]:
        arguments = [told for told in item.arguments if _is_for(told, target)]
        need = tuple(-_greatest(name, target, arguments) for name in limit.order)
        hurry = min(
            (told.urgent for told in arguments if told.urgent is not None), default=math.inf
        )
        weight = -_weigh(arguments, strengths)
        return target.id not in wanted, hurry, weight, *need, -len(arguments)

    order = {id(target): place for place, target in enumerate(item.targets)}
    ranked = sorted(item.targets, key=lambda target: (speaks(target), order[id(target)]))
    first, waiting = ranked[: limit.most], ranked[limit.most :]
    item.targets = sorted(first, key=lambda target: order[id(target)])

    tie = speaks(first[-1]) == speaks(waiting[0])
    for_waiting = [told for told in item.arguments if any(_is_for(told, one) for one in waiting)]
    item.arguments = [told for told in item.arguments if stays(told, first, waiting)]
    item.against = [told for told in item.against if stays(told, first, waiting)]
    item.score = score(item, school, library)
    labels = [target.label for target in item.targets]
    words = phrases.waits(limit.because, labels, accepted=bool(wanted), tie=tie)
    refused.append(
        NotAdvised(item.intervention, tuple(waiting), "waits", words, arguments=tuple(for_waiting))
    )


def _greatest(name: str, target: Entity, arguments: Iterable[Argument]) -> float:
    """The greatest value of an indicator for a target or what is said of it; −∞ where none is known."""
    entities = (target, *(told.entity for told in arguments))
    values = (value.value for one in entities if (value := one.lookup(name)) is not None)
    numbers = (float(value) for value in values if isinstance(value, int | float))
    return max(numbers, default=-math.inf)


def _is_for(told: Argument, target: Entity) -> bool:
    return any(elder is target for elder in told.entity.lineage)


def _item(items: dict[str, Recommendation], library: Library, name: str) -> Recommendation:
    return items.setdefault(name, Recommendation(library.intervention(name)))


def _aim(item: Recommendation, entity: Entity, inference: Inference) -> None:
    """Adds the target a finding points at; a rule about the school means all of them."""
    kind = item.intervention.target
    found = [elder for elder in entity.lineage if elder.kind == kind]
    if not found:
        found = inference.facts.of(kind)
    for target in found:
        if target not in item.targets:
            item.targets.append(target)
    order = {id(one): index for index, one in enumerate(inference.facts.of(kind))}
    item.targets.sort(key=lambda target: order[id(target)])


def _shaping(inference: Inference, library: Library, school: School) -> Shaping:
    shaping = Shaping()
    halves = school.timeline.halves
    order = list(dict.fromkeys([half.part for half in halves] + [*library.parts]))
    own = {name: half.part for name, half in zip(library.planning.plan_parts, halves, strict=False)}
    for finding in inference.of("shape"):
        shape = finding.rule.shape
        if shape is None:
            continue
        told = argument(finding, inference, "strong")
        shaping.arguments.append(told)
        for name, item in (
            ("must", shape.must),
            ("start_by", shape.start_by),
            ("not_before", shape.not_before),
        ):
            table: dict[str, tuple[str, Argument]] = getattr(shaping, name)
            for one in item:
                old, part = table.get(one.intervention), own.get(one.part, one.part)
                later = old is None or order.index(part) > order.index(old[0])
                if old is None or later == (name == "not_before"):
                    table[one.intervention] = (part, told)  # of several, the tightest holds
        shaping.in_full |= {one.intervention for one in shape.must if not one.light_is_enough}
        for change in shape.replace:
            shaping.replace.setdefault(change.intervention, (change.by, told))
        for name in shape.leave_out:
            shaping.leave_out.setdefault(name, told)
        if shape.bring_forward:
            for intervention in library.interventions.values():
                if (
                    shape.bring_forward.pupil_progress and intervention.pupil_progress
                ) or intervention.id in shape.bring_forward.interventions:
                    shaping.forward.setdefault(intervention.id, told)
        for name in ("new_starts", "planned_share", "spend_share", "lead_share"):
            given, current = getattr(shape, name), getattr(shaping, name)
            if given is not None and (current is None or given < current[0]):
                setattr(shaping, name, (given, told))
    return shaping


def _replace(
    items: dict[str, Recommendation],
    shaping: Shaping,
    library: Library,
    refused: list[NotAdvised],
    in_place: frozenset[str],
) -> None:
    """Give what is replaced to what takes its place, but for what a rule that asks for that says against it."""
    for name, (other, told) in sorted(shaping.replace.items()):
        old = items.pop(name, None)
        if old is None or name in in_place:
            continue
        new = _item(items, library, other)
        new.arguments.extend(old.arguments)
        asking = {told.rule.id for told in new.arguments}
        new.against.extend(told for told in old.against if told.rule.id not in asking)
        new.replaces.append(name)
        for target in old.targets:
            if target.kind == new.intervention.target and target not in new.targets:
                new.targets.append(target)
        title = new.intervention.title
        refused.append(
            NotAdvised(
                old.intervention,
                tuple(old.targets),
                "replaced",
                phrases.used_instead(title, told.words),
                other,
                told.words,
            )
        )


def _unfit(intervention: Intervention, one: Entity, library: Library) -> tuple[str, str] | None:
    """By the facts, not by the file: they may be supposed to be otherwise."""
    suits = intervention.suits
    for asked in requirements(intervention, library):
        if not asked.met(one.values[asked.key].value):
            return "unsuitable", phrases.unsuitable(asked.words, suits.because)
    return None


def _shaped_out(name: str, shaping: Shaping) -> tuple[str, str] | None:
    told = shaping.leave_out.get(name)
    return ("shaped", told.words) if told else None


def unsuitable(intervention: Intervention, advised: Advised, library: Library) -> str | None:
    """Why an intervention can't be used in this school, in words; None when it can."""
    declined = advised.declined.get(intervention.id)
    if declined:
        return declined
    reason = _unfit(intervention, advised.school, library) or _shaped_out(
        intervention.id, advised.shaping
    )
    return reason[1] if reason else None


def score(item: Recommendation, school: School, library: Library) -> int:
    """Weigh a recommendation, in points: the arguments for it, each further one counting half as
    much, less a share of those against; the evidence for the approach; times the rank of the
    first agreed priority it serves."""
    ranking = library.planning.ranking
    points = _weigh(item.arguments, ranking.strengths)
    points -= ranking.against * _weigh(item.against, ranking.strengths)
    evidence = item.intervention.evidence
    strand = library.toolkit.get(evidence.toolkit or "")
    months = evidence.trial.months if evidence.trial else strand.estimate if strand else None
    if strand is None or months is None:
        points += ranking.no_estimate
    else:
        points += months * ranking.months * ranking.evidence[strand.security]
    ranks = Scopes(school).ranks(item)
    factor = ranking.other
    if ranks:
        factor = ranking.priority[min(ranks[0], len(ranking.priority)) - 1]
    if not item.arguments:
        return max(1, round(ranking.enabling * factor))
    return round(points * factor)


def _weigh(arguments: Iterable[Argument], strengths: Mapping[Any, int]) -> float:
    """The weight of several rules together; a rule that fires for many entities counts once."""
    best: dict[str, int] = {}
    for told in arguments:
        best[told.rule.id] = max(best.get(told.rule.id, 0), strengths[told.strength])
    ordered = sorted(best.values(), reverse=True)
    return sum(weight / float(2**position) for position, weight in enumerate(ordered))


def ranked(items: Mapping[str, Recommendation]) -> Iterator[Recommendation]:
    """Recommendations, the strongest first."""
    yield from sorted(items.values(), key=lambda item: (-item.score, item.id))
