"""Success measures and outcomes: figures from the school's own data, goals by declared rules, and no figure
where none is known or too few pupils stand behind it."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.library.loader import Library
from termwise.engine.planning import Plan, PlanOutcome, Step, SuccessMeasure
from termwise.engine.planning.plan_record.figures import is_judged
from termwise.engine.school.folder import load_school
from tests.conftest import Change, Data
from tests.places import EXAMPLES

SCHOOLS = ("hillside", "little-fen", "carrick-junior")
Row = dict[str, str]


@pytest.fixture(params=SCHOOLS)
def advice(request: pytest.FixtureRequest, all_advice: dict[str, Advice]) -> Advice:
    return all_advice[request.param]


def measures(plan: Plan) -> Iterator[tuple[Step, SuccessMeasure]]:
    for step in plan.steps:
        yield from ((step, one) for one in step.success)


def outcome(plan: Plan, indicator: str, about: str = "") -> PlanOutcome:
    return next(o for o in plan.outcomes if (o.indicator, o.about) == (indicator, about))


# --- every example


def test_each_bound_measure_has_its_figure_wherever_the_school_has_it(advice: Advice) -> None:
    facts = advice.findings.facts
    unknown = []
    for step, one in measures(advice.plan):
        if one.indicator is None:
            assert one.now is None, step.id
        elif one.now is None:
            unknown.append((step.id, one.indicator))
    for name, indicator in unknown:
        about = advice.library.indicators[indicator].about
        item = advice.recommendations.items[name]
        asked = {id(elder) for told in item.arguments for elder in told.entity.lineage}
        known = [e for e in facts.of(about) if indicator in e.values and id(e) in asked]
        assert not known, (name, indicator)


def test_each_step_that_acts_on_progress_in_class_has_a_figure(advice: Advice) -> None:
    for step in advice.plan.steps:
        if advice.library.intervention(step.intervention).pupil_progress:
            assert any(one.now for one in step.success), step.id


def test_three_in_ten_measures_have_a_figure_and_two_fifths_of_the_steps(advice: Advice) -> None:
    every = list(measures(advice.plan))
    figured = {step.id for step, one in every if one.now}
    assert sum(bool(one.now) for _, one in every) >= len(every) * 0.3
    assert len(figured) >= len(advice.plan.steps) * 0.4


def test_no_goal_is_worse_than_the_figure_now_and_one_figure_has_one_goal(advice: Advice) -> None:
    goals: dict[tuple[str | None, str], set[float | str]] = {}
    for step, one in measures(advice.plan):
        if one.goal is None or one.now is None or isinstance(one.goal.value, str):
            continue
        assert not isinstance(one.now.value, str)
        better = advice.library.indicators[one.indicator or ""].better
        moved = one.goal.value - one.now.value
        assert moved >= 0 if better == "higher" else moved <= 0, (step.id, one)
        goals.setdefault((one.indicator, one.about), set()).add(one.goal.value)
    assert goals
    assert all(len(values) == 1 for values in goals.values()), goals


def test_what_was_not_agreed_is_a_proposal_and_falls_on_a_school_day(advice: Advice) -> None:
    plan, time = advice.plan, advice.school.timeline
    goals = [one.goal for _, one in measures(plan)] + [one.goal for one in plan.outcomes]
    for goal in filter(None, goals):
        assert goal.proposed == (goal.rule != "agreed")
        if goal.proposed:
            assert goal.by is not None
            assert time.is_school_day(goal.by), goal
            assert plan.starts < goal.by <= plan.ends


def test_the_milestones_of_outcomes_are_on_school_days_one_a_term_and_lead_to_the_goal(
    advice: Advice,
) -> None:
    time = advice.school.timeline
    last = {max(d for d in time.school_days(h.starts) if d <= h.ends) for h in time.halves}
    days: list[datetime.date] = []
    for one in advice.plan.outcomes:
        if one.goal is None or one.goal.kept:
            assert one.milestones == ()
            continue
        assert [m.term for m in one.milestones] == [term.id for term in advice.plan.terms[:3]]
        for milestone in one.milestones:
            assert time.is_school_day(milestone.due)
            assert milestone.due not in last
        values = [m.value for m in one.milestones]
        assert values == sorted(values, reverse=values[0] > values[-1])
        assert values[-1] == one.goal.value
        declared = {each.indicator: each for each in advice.library.goals.outcomes}
        judged = declared[one.indicator].cohort or is_judged(
            advice.library.indicators[one.indicator]
        )
        if not judged:  # else they all have the school's own data points
            days.append(one.milestones[0].due)
    assert len(set(days)) == len(days)


# --- the figures, worked out in another way


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """The rows of hillside's export, as the file has them."""
    text = (EXAMPLES / "hillside" / "pupils.csv").read_text("cp1252").splitlines()
    start = next(number for number, line in enumerate(text) if line.startswith("Adno,"))
    return list(csv.DictReader(text[start:]))


def test_the_share_at_risk_of_each_class_is_that_of_the_raw_file(
    rows: list[Row], all_advice: dict[str, Advice]
) -> None:
    truth = json.loads((EXAMPLES / "hillside" / "truth.json").read_text("utf-8"))["at_risk"]
    text = (EXAMPLES / "hillside" / "pupils.csv").read_text("cp1252").splitlines()
    head = next(number for number, line in enumerate(text) if line.startswith("Adno,"))
    who = {number + head + 2: row["Adno"] for number, row in enumerate(rows)}
    at_risk = {(who[one["row"]], one["subject"]) for one in truth}
    seen = 0
    for step, one in measures(all_advice["hillside"].plan):
        if one.indicator != "share_at_risk" or one.now is None:
            continue
        name, subject = one.about.split(" in ")
        pupils = {row["Adno"] for row in rows if row["Reg Group"] == name}
        share = 100 * sum((pupil, subject) in at_risk for pupil in pupils) / len(pupils)
        assert one.now.value == round(share, 1), (step.id, one.about)
        assert one.now.point == "Summer 2026"
        seen += 1
    assert seen >= 3


def test_the_gap_of_a_group_is_that_of_the_raw_file(
    rows: list[Row], all_advice: dict[str, Advice]
) -> None:
    told = outcome(
        all_advice["hillside"].plan,
        "gap_at_expected",
        "pupils eligible for pupil premium in reading",
    )
    known = {"Well below": False, "Just below": False, "At expected": True, "Above expected": True}
    latest: dict[str, tuple[str, str, bool]] = {}
    for row in rows:
        if row["Subject"] == "Reading" and row["Judgement"] in known:
            day = "-".join(reversed(row["Assessment Date"].split("/")))
            found = (day, row["PP"], known[row["Judgement"]])
            latest[row["Adno"]] = max(latest.get(row["Adno"], found), found)
    share = {}
    for premium in ("Y", "N"):
        group = [well for _, pp, well in latest.values() if pp == premium]
        share[premium] = 100 * sum(group) / len(group)
    assert told.now.value == round(share["N"] - share["Y"], 1)


def test_a_figure_cites_the_cells_it_is_written_in(all_advice: dict[str, Advice]) -> None:
    told = outcome(all_advice["hillside"].plan, "final_year_expected")
    (cell,) = told.now.cells
    line = (EXAMPLES / "hillside" / "school.yaml").read_text("utf-8").splitlines()[cell.row - 1]
    assert line.strip().startswith(f"final_year_expected: {told.now.value:g}")


# --- goals


def test_a_goal_goes_half_of_the_way_to_the_dated_national_figure(
    all_advice: dict[str, Advice],
) -> None:
    told = outcome(all_advice["hillside"].plan, "final_year_expected")
    assert (told.now.value, told.national and told.national.value) == (47, 62)
    assert told.goal is not None
    assert told.goal.value == 55  # 54.5, and rather further than less far
    assert told.goal.words == "half of the way to the national figure (62 %, July 2025)"
    assert "Year 6 in maths" in {one.about for one in told.cohort}


def test_where_the_national_figure_is_reached_the_goal_is_to_keep_it(
    all_advice: dict[str, Advice],
) -> None:
    told = outcome(all_advice["little-fen"].plan, "absence")
    assert told.goal is not None
    assert told.goal.kept
    assert told.goal.value == told.now.value
    assert told.milestones == ()


Agreed = Callable[..., Advice]


@pytest.fixture(scope="module")
def remade(changed: Change, library: Library) -> Agreed:
    """The advice for hillside with its files changed."""

    def make(**edits: Any) -> Advice:
        return advise(load_school(changed("hillside", **edits), library), library)

    return make


def test_what_the_school_has_agreed_comes_before_any_rule(remade: Agreed) -> None:
    def agree(cqa: Data) -> None:
        cqa["priorities"][3] |= {
            "outcome": {
                "indicator": "persistent_absence",
                "from": 15.8,
                "to": 11,
                "by": "2027-07-02",
            }
        }

    plan = remade(cqa=agree).plan
    told = plan.outcomes[0]
    assert (told.indicator, told.priority) == ("persistent_absence", plan.priorities[3].id)
    assert told.goal is not None
    assert (told.goal.value, told.goal.rule, told.goal.proposed) == (11, "agreed", False)
    assert told.goal.by == datetime.date(2027, 7, 2)
    assert told.milestones[-1].value == 11
    assert sum(one.indicator == "persistent_absence" for one in plan.outcomes) == 1


def test_an_outcome_agreed_for_a_later_year_goes_only_part_of_the_way_in_the_first(
    remade: Agreed,
) -> None:
    def agree(cqa: Data) -> None:
        cqa["priorities"][3] |= {
            "outcome": {"indicator": "persistent_absence", "to": 9.8, "by": "2029-07-20"}
        }

    told = remade(cqa=agree).plan.outcomes[0]
    assert 13 < told.milestones[-1].value < 15


def test_where_nothing_is_known_no_figure_is_made_up(remade: Agreed) -> None:
    def forget(school: Data) -> None:
        for key in ("final_year_expected", "absence", "persistent_absence", "phonics_met"):
            del school["context"][key]
        school["context"]["early_years_good_level"] = 60

    plan = remade(school=forget).plan
    assert {one.indicator for one in plan.outcomes} == {
        *("early_years_good_level", "tables_score", "gap_at_expected", "subject_share_at_risk"),
    }


def test_no_figure_is_told_of_a_year_group_of_fewer_than_six(
    changed: Change, library: Library
) -> None:
    def few(school: Data) -> None:
        school["context"]["phonics_met"] = 60

    folder = changed("little-fen", school=few)
    school = load_school(folder, library)
    advice = advise(school, library)
    many = [sum(pupil.year == year for pupil in school.pupils) for year in ("1", "2")]
    told = [one for one in advice.plan.outcomes if one.indicator == "phonics_met"]
    assert bool(told) == (min(many) >= library.screening.cited_from), many


def test_of_a_group_in_which_one_pupil_makes_the_goal_the_figure_is_told_and_no_goal_is_set(
    all_advice: dict[str, Advice],
) -> None:
    seen = set()
    for advice in all_advice.values():
        least = advice.library.goals.least["gap_at_expected"]
        groups: dict[str, int] = {}
        for entity in advice.findings.facts.of("group-subject"):
            behind = {
                elder.id
                for one in advice.findings.facts.of("pupil-subject")
                if entity in one.lineage
                for elder in one.lineage
                if elder.kind == "pupil"
            }
            groups[entity.label] = len(behind)
        told = [one for one in advice.plan.outcomes if one.indicator == "gap_at_expected"]
        assert all(groups[one.about] >= least for one in told)
        for _, one in measures(advice.plan):
            if one.indicator == "gap_at_expected" and one.now:
                assert (one.goal is not None) == (groups[one.about] >= least), one
                seen.add(one.goal is not None)
    assert seen == {True, False}


def test_what_every_plan_is_to_move_holds_the_share_at_risk_of_each_subject(
    advice: Advice,
) -> None:
    told = [one for one in advice.plan.outcomes if one.indicator == "subject_share_at_risk"]
    assert len(told) == len(advice.school.latest)
    assert all(one.goal and one.goal.rule == "fifth-fewer" for one in told)
