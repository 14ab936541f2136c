"""The rules of the house for content: every name exists, every condition can be read, no circle of
needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from string import Formatter

from ..conditions import evaluate, leaves
from ..errors import Place, Problem, did_you_mean, unknown
from ..records.facts import Value
from ..records.knowledge import Indicator, Intervention
from ..records.rules import (
    STRATA,
    Condition,
    EntityKind,
    Example,
    GradeRef,
    Leaf,
    NeedLeaf,
    Rule,
    ThresholdRef,
    elders,
)
from .check_reading import check_reading
from .check_skills import check_skills
from .load import Library

ORDERED = ("number", "count", "percent", "pounds", "grade")


def check_library(library: Library, strata: Mapping[str, str]) -> Iterator[Problem]:
    """Every mistake that shows only when files are held against each other.

    `strata` gives the folder below rules/ in which each rule stands.
    """
    yield from _programme(library)
    yield from _vocabulary(library)
    yield from check_reading(library)
    yield from _screening(library)
    yield from check_skills(library)
    for rule in library.rules.values():
        yield from _rule(library, rule, strata[rule.id])
    for intervention in library.interventions.values():
        yield from _intervention(library, intervention)
    yield from _circle(library)
    yield from _circle_of_needs(library)


def _programme(library: Library) -> Iterator[Problem]:
    programme = library.programme
    origin = library.origins["programme", programme.id]
    for key in ("judgement_scale", "teaching_scale", "attainment_scale"):
        yield from unknown(origin.place(key), "scale", getattr(programme, key), library.scales)
    for index, source in enumerate(programme.sources):
        yield from unknown(origin.place("sources", index), "source", source, library.sources)


def _vocabulary(library: Library) -> Iterator[Problem]:
    strands = library.strands
    for need in library.needs.values():
        yield from unknown(library.place("need", need.id, "strand"), "strand", need.strand, strands)
    for remark in [*library.concerns.values(), *library.strengths.values()]:
        place = library.place("remark", remark.id, "question")
        yield from unknown(place, "question", remark.question, strands)
    for threshold in library.thresholds.values():
        place = library.place("threshold", threshold.id, "source")
        yield from unknown(place, "source", threshold.source, library.sources)
    for role in library.roles.values():
        for index, other in enumerate(role.falls_to):
            place = library.place("role", role.id, "falls_to", index)
            yield from unknown(place, "role", other, library.roles)
    for indicator in library.indicators.values():
        spec = indicator.aggregate
        place = library.place("indicator", indicator.id)
        if (spec is None) == (indicator.from_ == "aggregate"):
            yield Problem(place, "an aggregate needs “from: aggregate” and “aggregate”")
        if (indicator.type == "grade") != (indicator.scale is not None):
            yield Problem(place, "a grade, and only a grade, names its “scale”")
        if spec is not None:
            if indicator.about not in (*elders(spec.of), "group-subject"):
                yield Problem(place, f"a {spec.of} does not belong to a {indicator.about}")
            if (spec.kind == "change") != (spec.before is not None):
                yield Problem(place, "a change, and only a change, says what counted “before”")
            for part in ("where", "before"):
                condition, path = getattr(spec, part), ("aggregate", part)
                if condition is not None:
                    yield from condition_problems(
                        library, condition, spec.of, "indicator", indicator.id, path
                    )
    for group in library.groups.values():
        yield from condition_problems(library, group.who, "pupil", "group", group.id, ("who",))


def _screening(library: Library) -> Iterator[Problem]:
    """What orders the list of pupils is read by no rule that decides who is on it."""
    screening, only_order = library.screening, dict[str, str]()
    origin = library.origins["screening", ""]
    states = [state.id for state in screening.states]
    for key in ("default", "when_unknown"):
        yield from unknown(origin.place(key), "state", getattr(screening, key), states)
    for name in screening.look_back:
        yield from unknown(origin.place("look_back", name), "standing", name, library.standings)
    source = screening.judgement_error.source
    place = origin.place("judgement_error", "source")
    yield from unknown(place, "source", source, library.sources)
    for index, item in enumerate(screening.circumstances):
        path: tuple[str | int, ...] = ("circumstances", index, "who")
        yield from condition_problems(library, item.who, "pupil", "screening", "", path)
        for leaf in leaves(item.who):
            only_order.setdefault(leaf.key, item.title)
    for index, name in enumerate(screening.audit.by):
        place, indicator = origin.place("audit", "by", index), library.indicators.get(name)
        yield from unknown(place, "indicator", name, library.indicators)
        if indicator and (indicator.about != "pupil" or indicator.type not in _GROUPED):
            yield Problem(
                place, f"“{name}” puts pupils into no groups", "name a yes-no or a category"
            )
    for rule in library.rules.values():
        for condition, path in _conditions(rule) if rule.screen else ():
            for leaf, where in _placed(condition, path):
                if leaf.key in only_order:
                    yield Problem(
                        library.place("rule", rule.id, *where),
                        f"“{leaf.key}” orders the list of pupils and never decides who is on it",
                        f"it stands in screening.yaml under “{only_order[leaf.key]}”",
                    )


_GROUPED = ("yes-no", "category")


def _conditions(rule: Rule) -> Iterator[tuple[Condition, tuple[str | int, ...]]]:
    """The conditions of a rule with where they stand in it."""
    yield rule.when, ("when",)
    if rule.screen and rule.screen.clear:
        yield rule.screen.clear, ("screen", "clear")


def condition_problems(
    library: Library,
    condition: Condition,
    about: EntityKind,
    kind: str,
    name: str,
    path: tuple[str | int, ...],
) -> Iterator[Problem]:
    """What is wrong with a condition about one kind of entity, each at its own place."""
    for leaf, where in _placed(condition, path):
        place = library.place(kind, name, *where)
        if isinstance(leaf, NeedLeaf):
            yield from unknown(place, "need", leaf.need, library.needs)
            need = library.needs.get(leaf.need)
            if need and need.about not in elders(about):
                yield Problem(
                    place,
                    f"the need “{need.id}” is about a {need.about}, "
                    f"which a {about} does not belong to",
                    "count it with an aggregate",
                )
            continue
        indicator = library.indicators.get(leaf.indicator)
        if indicator is None:
            yield from unknown(place, "indicator", leaf.indicator, library.indicators)
            continue
        if leaf.of is not None:
            yield from unknown(place, "question", leaf.of, library.strands)
        if (indicator.about == "question" and about != "question") != (leaf.of is not None):
            hint = (
                f"add “of:” and one of {', '.join(library.strands)}"
                if leaf.of is None
                else "“of:” is only for an indicator of a question, in a rule about something else"
            )
            yield Problem(place, f"“{indicator.id}” is about a {indicator.about}", hint)
        elif indicator.about not in elders(about) and leaf.of is None:
            yield Problem(
                place,
                f"“{indicator.id}” is about a {indicator.about}, "
                f"which a {about} does not belong to",
                "count it with an aggregate",
            )
        yield from _operand(library, leaf, indicator, place)


def _placed(
    condition: Condition, path: tuple[str | int, ...]
) -> Iterator[tuple[Leaf | NeedLeaf, tuple[str | int, ...]]]:
    if isinstance(condition, Leaf | NeedLeaf):
        yield condition, path
        return
    for key in ("all", "any"):
        for index, part in enumerate(getattr(condition, key, ())):
            yield from _placed(part, (*path, key, index))
    if hasattr(condition, "inverse"):
        yield from _placed(condition.inverse, (*path, "not"))


def _operand(library: Library, leaf: Leaf, indicator: Indicator, place: Place) -> Iterator[Problem]:
    comparison, operand = leaf.comparison, leaf.operand(leaf.comparison)
    if comparison == "known":
        return
    if comparison in ("at_least", "at_most", "above", "below") and indicator.type not in ORDERED:
        yield Problem(place, f"a {indicator.type} has no order", "use is, one_of or includes")
        return
    if (comparison == "includes") != (indicator.type == "set"):
        yield Problem(place, f"“{comparison}” does not fit a {indicator.type}")
        return
    if comparison == "includes":
        members = _members(library, indicator)
        if members is not None:
            yield from unknown(place, f"member of “{indicator.id}”", str(operand), members)
        return
    scale = library.default_scales().get(indicator.scale or "")
    for item in operand if isinstance(operand, tuple) else (operand,):
        if isinstance(item, ThresholdRef):
            yield from unknown(place, "threshold", item.threshold, library.thresholds)
            if indicator.type in ("grade", "yes-no", "category"):
                yield Problem(place, f"a threshold does not fit a {indicator.type}")
        elif isinstance(item, GradeRef):
            if scale is None:
                yield Problem(place, f"“{indicator.id}” is no grade")
            else:
                yield from unknown(place, f"anchor of {scale.id}", item.grade, scale.anchors)
        elif indicator.type == "grade":
            grades = [grade.id for grade in scale.grades] if scale else []
            yield from unknown(place, "grade", str(item), grades)
        elif indicator.type == "yes-no" and not isinstance(item, bool):
            yield Problem(place, f"“{indicator.id}” is yes or no", "compare it with true or false")
        elif indicator.type == "category" and indicator.values:
            yield from unknown(place, "value", str(item), indicator.values)
        elif indicator.type in ORDERED:
            if isinstance(item, bool) or not isinstance(item, int | float):
                yield Problem(place, f"“{indicator.id}” is a number, {item!r} is not")
            elif indicator.range and not indicator.range[0] <= item <= indicator.range[1]:
                yield Problem(place, f"{item} is outside the range of “{indicator.id}”")


def _members(library: Library, indicator: Indicator) -> list[str] | None:
    if indicator.vocabulary == "interventions":
        return list(library.intervention_names)
    if indicator.vocabulary == "concerns":
        return list(library.concerns)
    if indicator.vocabulary == "strengths":
        return list(library.strengths)
    if indicator.vocabulary == "screening-reasons":
        return [rule.screen.reason for rule in library.rules.values() if rule.screen]
    return None


def _rule(library: Library, rule: Rule, folder: str) -> Iterator[Problem]:
    def place(*path: str | int) -> Place:
        return library.place("rule", rule.id, *path)

    if rule.stratum is None:
        yield Problem(
            place("id"),
            "needs one outcome",
            "give screen, diagnose, recommend or shape, and only one",
        )
        return
    if rule.stratum != folder:
        yield Problem(place("id"), f"a rule that gives {rule.stratum} stands in rules/{folder}/")
    for condition, path in _conditions(rule):
        yield from condition_problems(library, condition, rule.about, "rule", rule.id, path)
        yield from _strata(library, rule, condition, path)
    for index, source in enumerate(rule.sources):
        yield from unknown(place("sources", index), "source", source, library.sources)
    yield from _outcome(library, rule)
    readable = set(_readable(library, rule.about))
    for _, field, _, _ in Formatter().parse(rule.because):
        if field is not None and field not in readable:
            yield Problem(
                place("because"),
                f"{{{field}}} can't be read by a rule about a {rule.about}",
                did_you_mean(field, readable),
            )
    for index, example in enumerate(rule.examples):
        for key in example.given:
            if key not in readable and not (key[:5] == "need " and key[5:] in library.needs):
                yield Problem(
                    place("examples", index, "given", key),
                    f"unknown indicator “{key}”",
                    did_you_mean(key, readable),
                )


def _readable(library: Library, about: EntityKind) -> Iterator[str]:
    for indicator in library.indicators.values():
        if indicator.about == "question" and about != "question":
            for question in library.strands:
                yield f"{indicator.id} of {question}"
        elif indicator.about in elders(about):
            yield indicator.id


def _strata(
    library: Library, rule: Rule, condition: Condition, path: tuple[str | int, ...]
) -> Iterator[Problem]:
    """A rule reads findings of its own stratum or an earlier one, never of a later one."""
    position = STRATA.index(rule.stratum) if rule.stratum else 0
    for leaf, where in _placed(condition, path):
        place = library.place("rule", rule.id, *where)
        if isinstance(leaf, NeedLeaf) and position < STRATA.index("diagnose"):
            yield Problem(place, "a screening rule can't read needs: they are found later")
        elif isinstance(leaf, Leaf):
            indicator = library.indicators.get(leaf.indicator)
            if indicator is not None and position <= aggregate_level(library, indicator):
                yield Problem(
                    place, f"“{leaf.indicator}” is computed only after the rules of this stratum"
                )


def aggregate_level(library: Library, indicator: Indicator) -> int:
    """The position of the stratum whose findings an indicator depends on; -1 when on none."""
    if indicator.id in ("state", "reasons", "certainty"):
        return STRATA.index("screen")
    spec, levels = indicator.aggregate, [-1]
    for condition in (spec.where, spec.before) if spec else ():
        for leaf in leaves(condition) if condition else ():
            if isinstance(leaf, NeedLeaf):
                levels.append(STRATA.index("diagnose"))
            elif leaf.indicator in library.indicators:
                levels.append(aggregate_level(library, library.indicators[leaf.indicator]))
    return max(levels)


def _outcome(library: Library, rule: Rule) -> Iterator[Problem]:
    def place(*path: str | int) -> Place:
        return library.place("rule", rule.id, *path)

    if rule.screen:
        states = [state.id for state in library.screening.states]
        yield from unknown(place("screen", "state"), "state", rule.screen.state, states)
        if rule.about != "pupil-subject":
            yield Problem(place("about"), "a screening rule is about a pupil-subject")
    if rule.diagnose:
        need = library.needs.get(rule.diagnose.need)
        yield from unknown(place("diagnose", "need"), "need", rule.diagnose.need, library.needs)
        if need and need.about != rule.about:
            yield Problem(
                place("about"), f"the need “{need.id}” is about a {need.about}, not a {rule.about}"
            )
    for part in ("recommend", "advise_against"):
        for index, advice in enumerate(getattr(rule, part)):
            where = place(part, index, "intervention")
            yield from unknown(
                where, "intervention", advice.intervention, library.intervention_names
            )
            target = library.interventions.get(advice.intervention)
            if part == "recommend" and target and target.target not in elders(rule.about):
                yield Problem(
                    where,
                    f"“{target.id}” is for a {target.target}; "
                    f"a rule about a {rule.about} names none",
                )
    if rule.shape:
        if rule.about != "school":
            yield Problem(place("about"), "a shaping rule is about the school")
        for path, name in _shaped(rule):
            yield from unknown(place(*path), "intervention", name, library.intervention_names)


def _shaped(rule: Rule) -> Iterator[tuple[tuple[str | int, ...], str]]:
    shape = rule.shape
    if shape is None:
        return
    for part in ("must", "start_by", "not_before"):
        for index, item in enumerate(getattr(shape, part)):
            yield ("shape", part, index, "intervention"), item.intervention
    for index, change in enumerate(shape.replace):
        yield ("shape", "replace", index, "intervention"), change.intervention
        yield ("shape", "replace", index, "by"), change.by
    for index, name in enumerate(shape.leave_out):
        yield ("shape", "leave_out", index), name
    if shape.bring_forward:
        for index, name in enumerate(shape.bring_forward.interventions):
            yield ("shape", "bring_forward", "interventions", index), name


def _intervention(library: Library, item: Intervention) -> Iterator[Problem]:
    def place(*path: str | int) -> Place:
        return library.place("intervention", item.id, *path)

    file = place().file
    if not file.endswith(f"/{item.id}.yaml"):
        yield Problem(
            place("id"), f"the file of “{item.id}” is called otherwise", "rename one of them"
        )
    yield from unknown(place("strand"), "strand", item.strand, library.strands)
    for part in ("requires", "helped_by", "excludes"):
        for index, name in enumerate(getattr(item, part)):
            yield from unknown(place(part, index), "intervention", name, library.intervention_names)
    for i, group in enumerate(item.requires_one_of):
        for j, name in enumerate(group):
            where = place("requires_one_of", i, j)
            yield from unknown(where, "intervention", name, library.intervention_names)
    yield from unknown(place("lead"), "role", item.lead, library.roles)
    yield from unknown(place("monitoring", "role"), "role", item.monitoring.role, library.roles)
    kinds = [kind.id for kind in library.costs.kinds]
    for name, phase in item.phases():
        for index, effort in enumerate(phase.effort):
            yield from unknown(
                place(name, "effort", index, "role"), "role", effort.role, library.roles
            )
        for index, cash in enumerate(phase.cash):
            yield from unknown(place(name, "cash", index, "kind"), "kind of cost", cash.kind, kinds)
    if item.evidence.toolkit:
        where = place("evidence", "toolkit")
        yield from unknown(where, "toolkit strand", item.evidence.toolkit, library.toolkit)
    for index, source in enumerate(item.sources):
        yield from unknown(place("sources", index), "source", source, library.sources)
    parts = list(library.parts)
    for index, part in enumerate(item.starts_in):
        yield from unknown(place("starts_in", index), "part of the year", part, parts)
    if item.series:
        for index, part in enumerate(item.series.parts):
            yield from unknown(place("series", "parts", index), "part of the year", part, parts)
        if isinstance(item.series.times, str):
            where = place("series", "times")
            yield from unknown(where, "setting", item.series.times, library.programme.settings)


def _circle(library: Library) -> Iterator[Problem]:
    """A circle of prerequisites, every edge with its place."""
    graph: dict[str, list[str]] = {}
    places: dict[tuple[str, str], Place] = {}
    for item in library.interventions.values():
        edges: list[tuple[str, tuple[str | int, ...]]] = [
            (name, (part, index))
            for part in ("requires", "helped_by")
            for index, name in enumerate(getattr(item, part))
        ]
        edges += [
            (name, ("requires_one_of", i, j))
            for i, group in enumerate(item.requires_one_of)
            for j, name in enumerate(group)
        ]
        graph[item.id] = [name for name, _ in edges]
        for name, path in edges:
            places.setdefault((item.id, name), library.place("intervention", item.id, *path))
    yield from _told(graph, places, "prerequisites go in a circle", "needs")


def _circle_of_needs(library: Library) -> Iterator[Problem]:
    """A circle of diagnosing rules, each of which reads a need that the next one finds."""
    finders: dict[str, list[str]] = {}
    for rule in library.rules.values():
        if rule.diagnose:
            finders.setdefault(rule.diagnose.need, []).append(rule.id)
    graph: dict[str, list[str]] = {}
    places: dict[tuple[str, str], Place] = {}
    for rule in library.rules.values():
        if rule.diagnose is None:
            continue
        graph[rule.id] = []
        for leaf, where in _placed(rule.when, ("when",)):
            for finder in finders.get(leaf.need, ()) if isinstance(leaf, NeedLeaf) else ():
                graph[rule.id].append(finder)
                places.setdefault((rule.id, finder), library.place("rule", rule.id, *where))
    yield from _told(graph, places, "needs go in a circle", "reads a need found by")


def _told(
    graph: Mapping[str, list[str]],
    places: Mapping[tuple[str, str], Place],
    what: str,
    verb: str,
) -> Iterator[Problem]:
    """The problem of a circle in a graph, step by step, if there is one."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1]
        steps = list(zip(cycle[1:], cycle[:-1], strict=True))[::-1]
        told = "; ".join(f"{one} {verb} {other} ({places[one, other]})" for one, other in steps)
        yield Problem(places[steps[0]], f"{what}: {told}", "take one of these out")


def example_lookup(library: Library, rule: Rule, example: Example) -> dict[str, Value]:
    """The values an example gives, as facts: grades as ranks, lists as sets, needs not given as not
    found."""
    scales = library.default_scales()
    values: dict[str, Value] = {
        leaf.key: Value(False) for leaf in leaves(rule.when) if isinstance(leaf, NeedLeaf)
    }
    for key, given in example.given.items():
        indicator = library.indicators.get(re.split(" of ", key)[0])
        if indicator is not None and indicator.scale and isinstance(given, str):
            values[key] = Value(scales[indicator.scale].rank(given))
        elif isinstance(given, tuple):
            values[key] = Value(frozenset(str(item) for item in given))
        else:
            values[key] = Value(given)
    return values


OUTCOMES = {True: "fires", False: "silent", None: "unknown"}


def check_examples(library: Library) -> Iterator[Problem]:
    """Examples that do not come out as they say, and comparisons no example shows both ways."""
    vocabulary = library.vocabulary()
    for rule in library.rules.values():
        seen: dict[tuple[str | int, ...], set[bool | None]] = {}
        for index, example in enumerate(rule.examples):
            place = library.place("rule", rule.id, "examples", index)
            try:
                values = example_lookup(library, rule, example)
            except ValueError:
                yield Problem(place, "gives a grade that is not on its scale")
                continue
            verdicts = [
                (evaluate(condition, values.get, vocabulary), condition, path)
                for condition, path in _conditions(rule)
            ]
            yield from _as_expected(rule, example, place, [v.result for v, _, _ in verdicts])
            for verdict, condition, path in verdicts[: 1 + (verdicts[0][0].result is True)]:
                for (_, where), compared in zip(
                    _placed(condition, path), verdict.leaves(), strict=True
                ):
                    seen.setdefault(where, set()).add(compared.result)
        for condition, path in _conditions(rule):
            for leaf, where in _placed(condition, path):
                for wanted in (True, False):
                    if wanted not in seen.get(where, set()):
                        yield Problem(
                            library.place("rule", rule.id, *where),
                            f"{rule.id}: no example has “{leaf.key}” come out "
                            f"{str(wanted).lower()}",
                            "add one",
                        )


def _as_expected(
    rule: Rule, example: Example, place: Place, results: Sequence[bool | None]
) -> Iterator[Problem]:
    """What is wrong with how an example comes out, and how sure it is where the rule can tell."""
    found = OUTCOMES[results[0]]
    if found != example.expect:
        yield Problem(place, f"{rule.id}: “{example.say}” {found}, expected: {example.expect}")
    elif (len(results) > 1 and found == "fires") != (example.clear is not None):
        hint = "only an example that fires, of a rule that says when it is clear, tells it"
        yield Problem(
            place,
            f"{rule.id}: “{example.say}” needs “clear”, true or false, or has it in vain",
            hint,
        )
    elif example.clear is not None and example.clear is not (results[1] is True):
        sure = "clear" if results[1] else "not clear"
        yield Problem(place, f"{rule.id}: “{example.say}” is {sure}")
