"""The knowledge base as a whole: everything in it is reached by something, and goes somewhere."""

from __future__ import annotations

from collections import Counter
from graphlib import TopologicalSorter

import pytest

from termwise.engine.core.errors import UnknownNameError
from termwise.engine.library.conditions import leaves
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.model import Intervention, Suits, ToolkitStrand
from termwise.engine.library.own_lines import OWN
from termwise.engine.library.rule import Condition, Leaf, NeedLeaf, ThresholdRef

LIBRARY = load_library()
INTERVENTIONS = [pytest.param(item, id=item.id) for item in LIBRARY.interventions.values()]


def conditions() -> list[Condition]:
    """Every condition that is written anywhere."""
    written = [rule.when for rule in LIBRARY.rules.values()]
    written += [
        rule.screen.clear
        for rule in LIBRARY.rules.values()
        if rule.screen and rule.screen.clear is not None
    ]
    written += [group.who for group in LIBRARY.groups.values()]
    written += [item.who for item in LIBRARY.screening.circumstances]
    for indicator in LIBRARY.indicators.values():
        spec = indicator.aggregate
        written += [one for one in (spec.where, spec.before) if one is not None] if spec else []
    return written


def reached() -> set[str]:
    """The interventions a rule recommends or promises, or another one needs, starts with or is
    replaced by, and the duties, for which nobody has to ask."""
    found: set[str] = {item.id for item in LIBRARY.interventions.values() if item.duty}
    for rule in LIBRARY.rules.values():
        found.update(advice.intervention for advice in rule.recommend)
        if rule.shape:
            found.update(item.intervention for item in rule.shape.must)
            found.update(change.by for change in rule.shape.replace)
    for item in LIBRARY.interventions.values():
        found.update(item.requires)
        found.update(item.together_with)
        found.update(name for group in item.requires_one_of for name in group)
    return found


REACHED = reached()
FOUND = {rule.diagnose.need for rule in LIBRARY.rules.values() if rule.diagnose}
READ = {leaf.need for one in conditions() for leaf in leaves(one) if isinstance(leaf, NeedLeaf)}
READ |= {decision.need for decision in LIBRARY.planning.initiatives.decisions}


def cited() -> set[str]:
    found = {source for rule in LIBRARY.rules.values() for source in rule.sources}
    for item in LIBRARY.interventions.values():
        found.update(item.sources)
    for scale in LIBRARY.scales.values():
        found.update(scale.sources)
        found.update([scale.error.source] if scale.error else [])
    for assessment in LIBRARY.assessments.values():
        found.update(assessment.sources)
    for export in LIBRARY.exports.values():
        found.update(export.sources)
    for table in LIBRARY.published.values():
        found.update(table.sources)
    for calendar in LIBRARY.calendars.values():
        found.update(calendar.sources)
    for file in LIBRARY.skill_files.values():
        found.update(file.sources)
    for threshold in LIBRARY.thresholds.values():
        found.update(figure.source for figure in threshold.values.values())
    for form in LIBRARY.audit_forms.values():
        found.update(form.sources)
    for help_ in LIBRARY.outside_help.values():
        found.update(help_.sources)
    found.update(LIBRARY.inspection.sources)
    found.add(LIBRARY.screening.judgement_error.source)
    return found | {
        OWN,
        LIBRARY.costs.source,
        *LIBRARY.planning.sources,
        *LIBRARY.programme.sources,
    }


CITED = cited()


def test_there_are_at_least_50_interventions_and_some_in_every_strand() -> None:
    assert len(LIBRARY.interventions) >= 50
    assert {item.strand for item in LIBRARY.interventions.values()} == set(LIBRARY.strands)


@pytest.mark.parametrize("item", INTERVENTIONS)
def test_an_intervention_is_recommended_or_needed_by_another(item: Intervention) -> None:
    assert item.id in REACHED


@pytest.mark.parametrize("item", INTERVENTIONS)
def test_an_intervention_takes_somebodys_time_and_names_who_leads(item: Intervention) -> None:
    assert any(phase.effort for _, phase in item.phases())
    assert item.lead != item.monitoring.role


@pytest.mark.parametrize("item", INTERVENTIONS)
def test_an_intervention_says_when_to_stop_and_what_can_be_seen_by_when(
    item: Intervention,
) -> None:
    assert all(len(text) > 10 for text in item.stop_if)
    assert all(milestone.by or milestone.week for milestone in item.milestones)
    weeks = sum(phase.half_terms for _, phase in item.phases()) * 7
    assert all((milestone.week or 0) <= weeks for milestone in item.milestones)


@pytest.mark.parametrize("item", INTERVENTIONS)
def test_labels_are_put_into_the_texts_of_an_intervention(item: Intervention) -> None:
    assert not any("<" in text for text in (item.title, item.what, *item.active_ingredients))


@pytest.mark.parametrize("need", LIBRARY.needs)
def test_a_need_is_found_by_a_rule(need: str) -> None:
    assert need in FOUND


@pytest.mark.parametrize("need", LIBRARY.needs)
def test_a_need_is_read_by_a_rule_an_aggregate_or_the_policy_on_initiatives(need: str) -> None:
    assert need in READ or LIBRARY.needs[need].good


@pytest.mark.parametrize("source", LIBRARY.sources)
def test_a_source_is_cited_somewhere(source: str) -> None:
    assert source in CITED


def read_by_rules() -> set[str]:
    return {
        leaf.indicator for one in conditions() for leaf in leaves(one) if isinstance(leaf, Leaf)
    }


def compared() -> set[str]:
    """The thresholds some condition compares with."""
    return {
        operand.threshold
        for one in conditions()
        for leaf in leaves(one)
        if isinstance(leaf, Leaf) and isinstance(operand := leaf.operand, ThresholdRef)
    }


def grown_with() -> set[str]:
    """The counts that some effort or money grows with."""
    phases = [phase for one in LIBRARY.interventions.values() for _, phase in one.phases()]
    work = [one.for_each for phase in phases for one in phase.effort]
    cash = [one.for_each for phase in phases for one in phase.cash]
    return {of.count for of in (*work, *cash) if of}


READ_INDICATORS = read_by_rules()
GROWN_WITH = grown_with()
COMPARED = compared()


@pytest.mark.parametrize(
    "name",
    [i.id for i in LIBRARY.indicators.values() if i.from_ == "school"],
)
def test_a_fact_a_school_is_asked_for_is_read_by_a_rule(name: str) -> None:
    assert name in READ_INDICATORS


@pytest.mark.parametrize(
    "name",
    [i.id for i in LIBRARY.indicators.values() if i.from_ == "aggregate"],
)
def test_an_aggregate_is_read_by_a_rule_or_effort_grows_with_it(name: str) -> None:
    assert name in READ_INDICATORS | GROWN_WITH


SCREENED = [
    "bands_over_two_points",
    "certainty",
    "concern_noted",
    "good_level",
    "joined_lately",
    "phonics_met_again",
    "phonics_standard",
    "start_confirmed",
    "tables_check_score",
    "term_of_birth",
    "test_change_in_errors",
    "test_score",
    "test_score_at_most",
]
"""What is worked out of pupils' results and circumstances for screening alone."""


@pytest.mark.parametrize("name", SCREENED)
def test_what_is_worked_out_for_screening_is_read_or_told_by_a_rule(name: str) -> None:
    told = any(f"{{{name}}}" in rule.because for rule in LIBRARY.rules.values())
    assert told or name in READ_INDICATORS


@pytest.mark.parametrize(
    "name",
    LIBRARY.thresholds,
)
def test_a_threshold_is_compared_with_by_a_rule_or_a_goal_is_made_of_it(name: str) -> None:
    goals = LIBRARY.goals
    bases = {line.relative.to for line in LIBRARY.thresholds.values() if line.relative}
    assert name in COMPARED | bases | {*goals.national.values(), *goals.lines.values()}


def test_every_concern_is_read_by_a_rule() -> None:
    read = {
        leaf.includes
        for one in conditions()
        for leaf in leaves(one)
        if isinstance(leaf, Leaf) and leaf.indicator == "concerns"
    }
    assert set(LIBRARY.concerns) - read == set()


def test_prerequisites_do_not_go_in_a_circle() -> None:
    graph = {
        item.id: {
            *item.requires,
            *item.helped_by,
            *(name for group in item.requires_one_of for name in group),
            *(after.intervention for after in item.after),
        }
        for item in LIBRARY.interventions.values()
    }
    assert len(list(TopologicalSorter(graph).static_order())) == len(LIBRARY.interventions)


def test_what_falls_to_another_role_does_not_go_in_a_circle() -> None:
    graph = {role.id: set(role.falls_to) for role in LIBRARY.roles.values()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(LIBRARY.roles)


def test_an_intervention_does_not_exclude_what_it_needs() -> None:
    for item in LIBRARY.interventions.values():
        assert not set(item.excludes) & {item.id, *item.requires, *item.together_with}


# --- forms, duties, grants, events


@pytest.mark.parametrize(
    "item", [pytest.param(i, id=i.id) for i in LIBRARY.interventions.values() if i.light]
)
def test_a_light_form_is_worth_about_what_it_takes_and_keeps_its_milestones(
    item: Intervention,
) -> None:
    assert item.light is not None
    assert 0.5 <= item.light.worth <= 0.75
    assert item.light.title != item.title
    phases = [getattr(item.light, name) or phase for name, phase in item.phases()]
    weeks = sum(phase.half_terms for phase in phases) * 7
    assert all((milestone.week or 0) <= weeks for milestone in item.milestones)


DUTIES = [pytest.param(item, id=item.id) for item in LIBRARY.interventions.values() if item.duty]


@pytest.mark.parametrize("item", DUTIES)
def test_a_duty_is_small_asks_nothing_new_of_people_and_needs_nothing_first(
    item: Intervention,
) -> None:
    work = [effort for _, phase in item.phases() for effort in phase.effort]
    assert sum(effort.days for effort in work) <= 1
    assert (item.change, item.requires, item.requires_one_of, item.suits) == (0, (), (), Suits())
    assert item.evidence.no_estimate
    staffed = {role.id for role in LIBRARY.roles.values() if role.kind != "partner"}
    assert {effort.role for effort in work} <= staffed


@pytest.mark.parametrize("tier", [tier.id for tier in LIBRARY.costs.tiers])
def test_a_tier_of_a_grant_has_interventions(tier: str) -> None:
    assert sum(item.tier == tier for item in LIBRARY.interventions.values()) >= 3


@pytest.mark.parametrize("calendar", LIBRARY.calendars)
def test_a_calendar_has_the_same_events_in_each_of_its_years_inside_its_half_terms(
    calendar: str,
) -> None:
    one = LIBRARY.calendars[calendar]
    found: set[str] = {str(event.id) for event in one.events}
    assert "None" not in found
    first = Counter[str]()
    for year in one.years:
        halves = [half for term in year.terms for half in term.half_terms]
        inside = [
            event
            for event in one.events
            if any(h.starts <= event.starts and event.ends <= h.ends for h in halves)
        ]
        told = Counter(str(event.id) for event in inside)
        first = first or told
        assert told.keys() == found
        assert told == first, year.id


# --- the toolkit


@pytest.mark.parametrize("strand", [pytest.param(s, id=s.id) for s in LIBRARY.toolkit.values()])
def test_a_toolkit_strand_without_an_estimate_has_no_secure_evidence(
    strand: ToolkitStrand,
) -> None:
    if strand.estimate is None:
        assert strand.security == 0
    else:
        assert -12 <= strand.estimate <= 12


def test_no_estimate_in_the_toolkit_is_not_an_estimate_of_zero() -> None:
    unknown = {strand.id for strand in LIBRARY.toolkit.values() if strand.estimate is None}
    zero = {strand.id for strand in LIBRARY.toolkit.values() if strand.estimate == 0}
    assert {"aspiration-interventions", "school-uniform"} <= unknown
    assert "setting-and-streaming" in zero
    assert not unknown & zero


def test_the_months_for_primary_schools_go_before_the_headline() -> None:
    assert LIBRARY.toolkit["peer-tutoring"].months == 6
    assert LIBRARY.toolkit["peer-tutoring"].estimate == 5
    assert LIBRARY.toolkit["feedback"].estimate == 6  # the primary figure is of an older review
    assert LIBRARY.toolkit["arts-participation"].primary_months is None
    assert LIBRARY.toolkit["arts-participation"].estimate == 3


@pytest.mark.parametrize("item", INTERVENTIONS)
def test_evidence_is_a_strand_of_the_toolkit_or_a_reason_why_there_is_none(
    item: Intervention,
) -> None:
    if item.evidence.toolkit is None:
        assert item.evidence.no_estimate
    else:
        assert item.evidence.toolkit in LIBRARY.toolkit


# --- scales and names


@pytest.mark.parametrize("scale", LIBRARY.scales)
def test_the_grades_of_a_scale_rise_and_are_told_apart(scale: str) -> None:
    grades = LIBRARY.scales[scale].grades
    values = [grade.value for grade in grades]
    assert values == sorted(set(values))
    assert len({grade.id for grade in grades}) == len({grade.title for grade in grades})
    assert len({grade.id for grade in grades}) == len(grades)


def test_thresholds_that_are_official_or_published_do_not_rest_on_the_house_itself() -> None:
    for threshold in LIBRARY.thresholds.values():
        if threshold.standing != "judgement":
            assert threshold.source != "house", threshold.id


def test_a_name_that_is_not_there_is_told_with_the_near_one() -> None:
    with pytest.raises(UnknownNameError, match="did you mean “accurate-assessment”"):
        LIBRARY.intervention("accurate-asessment")
    with pytest.raises(UnknownNameError, match="there is no rule “SCR-99”"):
        LIBRARY.rule("SCR-99")
    with pytest.raises(UnknownNameError, match="did you mean “naht-aspire”"):
        load_library("naht-aspir")


def test_a_library_that_is_read_twice_is_the_same() -> None:
    again = load_library()
    assert list(again.rules) == list(LIBRARY.rules)
    assert again == LIBRARY or (
        again.rules == LIBRARY.rules and again.interventions == LIBRARY.interventions
    )
