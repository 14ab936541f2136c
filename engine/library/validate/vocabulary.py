"""The rules of the house for what rules and plans are written in: programme, names, screening,
calendars."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ...core import Mistake, Place, unknown
from ..conditions import leaves
from ..decision import DECISIONS
from ..loader import Library
from ..model import Calendar, Indicator
from ..operators import NUMBERS
from ..rule import elders
from .conditions_of_rules import condition_problems, placed, rule_conditions


def check_vocabulary(library: Library) -> Iterator[Mistake]:
    """Every mistake in what conditions and interventions may name."""
    yield from _programme(library)
    yield from _audit_forms(library)
    yield from _outside_help(library)
    yield from _inspection(library)
    yield from _names(library)
    yield from _screening(library)
    yield from _calendars(library)
    yield from _override_reasons(library)
    yield from _initiatives(library)


def _programme(library: Library) -> Iterator[Mistake]:
    programme = library.programme
    origin = library.origins["programme", programme.id]
    for key in ("judgement_scale", "teaching_scale", "attainment_scale"):
        yield from unknown(origin.place(key), "scale", getattr(programme, key), library.scales)
    for index, source in enumerate(programme.sources):
        yield from unknown(origin.place("sources", index), "source", source, library.sources)
    for index, area in enumerate(programme.first_year):
        place = origin.place("first_year", index, "strand")
        yield from unknown(place, "strand", area.strand, library.strands)


def _audit_forms(library: Library) -> Iterator[Mistake]:
    """Yield the names in forms that are unknown, and the activities that have no form."""
    activities = {one.id: one for one in library.programme.audit_activities}
    for form in library.audit_forms.values():

        def place(*path: str | int, name: str = form.id) -> Place:
            return library.place("audit-form", name, *path)

        yield from unknown(place("id"), "activity", form.id, activities)
        for index, role in enumerate(form.who):
            yield from unknown(place("who", index), "role", role, library.roles)
        for index, source in enumerate(form.sources):
            yield from unknown(place("sources", index), "source", source, library.sources)
        for index, prompts in enumerate(form.prompts):
            where = place("prompts", index, "question")
            yield from unknown(where, "question", prompts.question, library.strands)
    origin = library.origins["programme", library.programme.id]
    for index, activity in enumerate(library.programme.audit_activities):
        if activity.id not in library.audit_forms and activity.id not in library.unread:
            what = f"“{activity.id}” has no form"
            yield Mistake(
                origin.place("audit_activities", index),
                what,
                f"write knowledge/base/audit-forms/{activity.id}.yaml",
            )


def _inspection(library: Library) -> Iterator[Mistake]:
    asked, place = library.inspection, library.origins["inspection", ""].place
    yield from unknown(place("scale"), "scale", asked.scale, library.scales)
    yield from unknown(place("window"), "threshold", asked.window, library.threshold_names)
    scale = library.scales.get(asked.scale)
    areas = [*(area.title for area in scale.areas), *scale.ungraded] if scale else []
    for index, one in enumerate(asked.questions):
        if scale:
            yield from unknown(place("questions", index, "area"), "area", one.area, areas)
        if one.need:
            yield from unknown(place("questions", index, "need"), "need", one.need, library.needs)
    for index, source in enumerate(asked.sources):
        yield from unknown(place("sources", index), "source", source, library.sources)


def _outside_help(library: Library) -> Iterator[Mistake]:
    for help_ in library.outside_help.values():
        for key, names, known in (
            ("for", help_.for_, library.intervention_names),
            ("sources", help_.sources, library.sources),
        ):
            for index, name in enumerate(names):
                place = library.place("outside-help", help_.id, key, index)
                kind = "intervention" if key == "for" else "source"
                yield from unknown(place, kind, name, known)


def _names(library: Library) -> Iterator[Mistake]:
    strands = library.strands
    for need in library.needs.values():
        yield from unknown(library.place("need", need.id, "strand"), "strand", need.strand, strands)
    for remark in [*library.concerns.values(), *library.strengths.values()]:
        place = library.place("remark", remark.id, "question")
        yield from unknown(place, "question", remark.question, strands)
    for threshold in library.thresholds.values():
        for day, figure in threshold.values.items():
            place = library.place("threshold", threshold.id, "values", str(day), "source")
            yield from unknown(place, "source", figure.source, library.sources)
    for role in library.roles.values():
        for index, other in enumerate(role.falls_to):
            place = library.place("role", role.id, "falls_to", index)
            yield from unknown(place, "role", other, library.roles)
    for indicator in library.indicators.values():
        spec = indicator.aggregate
        place = library.place("indicator", indicator.id)
        if (spec is None) == (indicator.from_ == "aggregate"):
            yield Mistake(place, "an aggregate needs “from: aggregate” and “aggregate”")
        if (indicator.type == "grade") != (indicator.scale is not None):
            yield Mistake(place, "a grade, and only a grade, names its “scale”")
        if indicator.subject is not None:
            place = library.place("indicator", indicator.id, "subject")
            yield from unknown(place, "subject", indicator.subject, library.subject_titles)
            if indicator.about != "school":
                yield Mistake(place, "only a figure of the school as a whole names its “subject”")
        yield from _compared(library, indicator)
        if spec is not None:
            if indicator.about not in (*elders(spec.of), "group-subject"):
                yield Mistake(place, f"a {spec.of} does not belong to a {indicator.about}")
            if (spec.kind == "change") != (spec.before is not None):
                yield Mistake(place, "a change, and only a change, says what counted “before”")
            for part in ("where", "before"):
                condition, path = getattr(spec, part), ("aggregate", part)
                if condition is not None:
                    yield from condition_problems(
                        library, condition, spec.of, "indicator", indicator.id, path
                    )
    for group in library.groups.values():
        yield from condition_problems(library, group.who, "pupil", "group", group.id, ("who",))


def _compared(library: Library, indicator: Indicator) -> Iterator[Mistake]:
    """Yield what is wrong with an indicator that is worked out of published figures."""
    over = indicator.over_years
    parts: list[tuple[tuple[str | int, ...], str]] = [
        (("minus", n), name) for n, name in enumerate(indicator.minus or ())
    ]
    parts += [(("over_years", "of"), over.of)] if over else []
    for path, name in parts:
        place, of = library.place("indicator", indicator.id, *path), library.indicators.get(name)
        yield from unknown(place, "indicator", name, library.indicators)
        if of and (of.about != "school" or of.type not in NUMBERS):
            yield Mistake(
                place, f"“{name}” is no figure of the school as a whole", "name one that is"
            )
    if parts and indicator.from_ != "published":
        place = library.place("indicator", indicator.id)
        yield Mistake(place, "only published figures are compared", "say “from: published”")


def _screening(library: Library) -> Iterator[Mistake]:
    """Yield the names in the screening settings that are unknown, and rules deciding who is at risk by what
    only orders the list of pupils."""
    screening, only_order = library.screening, dict[str, str]()
    origin = library.origins["screening", ""]
    states = [state.id for state in screening.states]
    for key in ("default", "when_unknown"):
        yield from unknown(origin.place(key), "state", getattr(screening, key), states)
    for index, back in enumerate(screening.look_back):
        path: tuple[str | int, ...] = ("look_back", index, "when")
        yield from condition_problems(library, back.when, "pupil-subject", "screening", "", path)
    source = screening.judgement_error.source
    place = origin.place("judgement_error", "source")
    yield from unknown(place, "source", source, library.sources)
    for index, item in enumerate(screening.circumstances):
        path = ("circumstances", index, "who")
        yield from condition_problems(library, item.who, "pupil", "screening", "", path)
        for leaf in leaves(item.who):
            only_order.setdefault(leaf.key, item.title)
    for index, name in enumerate(screening.audit.by):
        place, indicator = origin.place("audit", "by", index), library.indicators.get(name)
        yield from unknown(place, "indicator", name, library.indicators)
        if indicator and (indicator.about != "pupil" or indicator.type not in _GROUPED):
            yield Mistake(
                place, f"“{name}” puts pupils into no groups", "name a yes-no or a category"
            )
    for rule in library.rules.values():
        for condition, path in rule_conditions(rule) if rule.screen else ():
            for leaf, where in placed(condition, path):
                if leaf.key in only_order:
                    yield Mistake(
                        library.place("rule", rule.id, *where),
                        f"“{leaf.key}” orders the list of pupils and never decides who is on it",
                        f"it stands in screening.yaml under “{only_order[leaf.key]}”",
                    )


_GROUPED = ("yes-no", "category")


def _calendars(library: Library) -> Iterator[Mistake]:
    for calendar in library.calendars.values():
        if calendar.new_plans:
            place = library.place("calendar", calendar.id, "new_plans")
            years = [year.id for year in calendar.years]
            yield from unknown(place, "school year", calendar.new_plans, years)
        yield from _outside_terms(library, calendar)
        for index, event in enumerate(calendar.events):
            for position, role in enumerate(event.no_release):
                path = ("events", index, "no_release", position)
                place = library.place("calendar", calendar.id, *path)
                yield from unknown(place, "role", role, library.roles)


def _outside_terms(library: Library, calendar: Calendar) -> Iterator[Mistake]:
    """Note days that lie in no half-term: nothing of a plan could meet them."""
    halves = [half for year in calendar.years for term in year.terms for half in term.half_terms]
    days: list[tuple[tuple[str | int, ...], datetime.date, datetime.date]] = [
        (("events", index, "starts"), event.starts, event.ends)
        for index, event in enumerate(calendar.events)
    ]
    days += [(("closed", day.isoformat()), day, day) for day in calendar.closed]
    days += [(("training_days", at), day, day) for at, day in enumerate(calendar.training_days)]
    for path, first, last in days:
        if not any(half.starts <= last and first <= half.ends for half in halves):
            place = library.place("calendar", calendar.id, *path)
            hint = "put it on a day of one, or take it out"
            yield Mistake(place, f"{first.isoformat()} lies in no half-term of this calendar", hint)


def _override_reasons(library: Library) -> Iterator[Mistake]:
    origin = library.origins["override-reasons", ""]
    reasons = library.overrides.reasons
    for index, reason in enumerate(reasons):
        if library.override_reasons[reason.id] is not reason:
            where = origin.place("reasons", index, "id")
            yield Mistake(where, f"the id “{reason.id}” is used twice", "give it another")
    for decision in DECISIONS:
        if not any(decision in reason.for_ for reason in reasons):
            yield Mistake(origin.place("reasons"), f"no reason is for “{decision}”", "add one")


def _initiatives(library: Library) -> Iterator[Mistake]:
    origin = library.origins["planning", ""]
    for index, decision in enumerate(library.planning.initiatives.decisions):
        place = origin.place("initiatives", "decisions", index, "need")
        yield from unknown(place, "need", decision.need, library.needs)
    for index, role in enumerate(library.planning.initiatives.who):
        yield from unknown(origin.place("initiatives", "who", index), "role", role, library.roles)
