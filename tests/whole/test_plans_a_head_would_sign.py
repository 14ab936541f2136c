"""What a head looks for in a plan: the urgent first, the right weeks, the right people, whatever the school."""

from __future__ import annotations

import datetime

import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.library.loader import Library
from termwise.engine.planning import Step
from termwise.engine.school.folder import load_school
from tests.conftest import Change, Data, Edit

JANUARY = datetime.date(2027, 1, 4)


def step(advice: Advice, name: str) -> Step:
    [found] = (one for one in advice.plan.steps if one.id == name)
    return found


def first_slot(advice: Advice) -> str:
    return advice.plan.terms[0].slots[0].id


# --- schools beside the examples


def from_january(school: Data) -> None:
    school["plan"]["starts"] = JANUARY
    for key in ("must", "pinned", "windows", "overrides"):
        school.pop(key, None)


def deficit_and_new_head(school: Data) -> None:
    school["context"] |= {
        "head_years_in_post": 0,
        "in_year_balance": -38000,
        "in_year_balance_share": -2.1,
        "reserves_share": 1,
    }


def in_its_third_year(school: Data) -> None:
    school["context"]["years_in_programme"] = 2


def left(share: int) -> Edit:
    """Of the five teachers of Little Fen so many in a hundred have left."""

    def edit(school: Data) -> None:
        school["context"]["staff_turnover"] = share

    return edit


def vacant_until_easter(staff: Data) -> None:
    for person in staff["people"]:
        if person["id"] == "teaching-lead":
            person["vacant"] = {
                "from": datetime.date(2026, 9, 1),
                "until": datetime.date(2027, 4, 10),
            }


@pytest.fixture(scope="module")
def small(changed: Change, library: Library) -> dict[str, Advice]:
    folders = {
        "january": changed("hillside", from_january),
        "deficit": changed("carrick-junior", deficit_and_new_head),
        "vacancy": changed("little-fen", staff=vacant_until_easter),
        "one of five left": changed("little-fen", left(20)),
        "third year": changed("hillside", in_its_third_year),
    }
    return {name: advise(load_school(one, library), library) for name, one in folders.items()}


@pytest.fixture(scope="module")
def every(all_advice: dict[str, Advice], small: dict[str, Advice]) -> dict[str, Advice]:
    return {**all_advice, **small}


def test_what_must_be_done_fits_in_every_school(every: dict[str, Advice]) -> None:
    assert {name: one.plan.conflict for name, one in every.items() if one.plan.conflict} == {}


def test_one_leaver_of_five_is_no_fragile_leadership_and_two_are_met_by_the_light_form(
    small: dict[str, Advice], changed: Change, library: Library
) -> None:
    def planned(advice: Advice) -> dict[str, str]:
        return {one.id: one.form for one in advice.plan.steps}

    assert "extra-leadership-capacity" not in planned(small["one of five left"])
    two = advise(load_school(changed("little-fen", left(40)), library), library)
    assert planned(two)["extra-leadership-capacity"] == "light"
    assert not two.plan.conflict and not two.plan.ways_out
    told = next(one for one in two.plan.steps if one.id == "extra-leadership-capacity").why_here
    assert any("not all that must be done fits in full" in words for words in told)
    assert next(one for one in two.plan.steps if one.id == "extra-leadership-capacity").must


def test_where_not_even_the_light_form_fits_the_plan_says_so_and_how_it_would(
    changed: Change, library: Library
) -> None:
    def poor(school: Data) -> None:
        left(40)(school)
        for line in school["money"]["lines"]:
            line["amounts"] = dict.fromkeys(line["amounts"], 300)

    plan = advise(load_school(changed("little-fen", poor), library), library).plan
    assert any("has to be done, at least in its light form" in told for told in plan.conflict)
    assert [way.waived for way in plan.ways_out] == [(), ("extra-leadership-capacity",)]
    assert "(against rule SHP-07)" in plan.ways_out[1].words and "|" not in plan.ways_out[1].words


def test_a_rule_may_say_that_the_light_form_will_do(all_advice: dict[str, Advice]) -> None:
    advice = all_advice["hillside"]
    told = next(one for one in advice.plan.steps if one.id == "effective-feedback")
    assert told.must and told.form == "light" and not advice.plan.conflict
    assert any("in full, it needs" in words for words in told.why_here)
    assert not any("must be done" in words for words in told.why_here)


def test_no_rule_speaks_for_something_and_against_it(every: dict[str, Advice]) -> None:
    for advice in every.values():
        for item in advice.recommendations.items.values():
            both = {told.rule.id for told in item.arguments} & {
                told.rule.id for told in item.against
            }
            assert both == set(), item.id


def test_every_priority_is_covered_or_the_plan_says_why_not(every: dict[str, Advice]) -> None:
    for advice in every.values():
        for priority in advice.plan.priorities:
            assert bool(priority.covered_by) != bool(priority.uncovered)


def test_what_is_urgent_is_in_time_exactly_where_the_plan_reached_that_goal(
    every: dict[str, Advice],
) -> None:
    found = 0
    for name, advice in every.items():
        slots = [slot.id for term in advice.plan.terms for slot in term.slots]
        within = {item.id: item.urgent for item in advice.recommendations.items.values()}
        for one in advice.plan.steps:
            if one.urgent:
                in_time = slots.index(one.starts) < min(within[one.id].values())
                assert in_time == (f"urgent {one.id}" in advice.solution.met), (name, one.id)
                found += in_time
    assert found


def test_nothing_starts_before_the_plan_or_leans_on_a_person_who_is_not_there(
    small: dict[str, Advice],
) -> None:
    january = small["january"].plan
    assert january.starts == JANUARY
    for one in january.steps:
        assert all(milestone.due >= JANUARY for milestone in one.milestones)
        assert all(time.date >= JANUARY for time in one.occurrences)
    gone = {"aut1-2026", "aut2-2026", "spr1-2027", "spr2-2027"}
    for one in small["vacancy"].plan.steps:
        led_alone = one.lead.people == ("teaching-lead",)
        assert not (led_alone and one.phases[0].starts in gone), one.id


def test_in_a_plan_from_january_what_brings_the_school_in_comes_first(
    small: dict[str, Advice],
) -> None:
    january = small["january"]
    slots = [slot.id for term in january.plan.terms for slot in term.slots]
    planned = {one.id: slots.index(one.starts) for one in january.plan.steps}
    assert planned["programme-induction"] == 0
    assert planned["programme-induction"] < planned["cqa-return"]


# --- the right people


def test_who_leads_a_strand_is_named_before_anything_else_is_due(
    every: dict[str, Advice], three_years: Advice
) -> None:
    found = 0
    for name, advice in (*every.items(), ("three years", three_years)):
        for one in advice.plan.steps:
            if one.intervention == "strand-leads":
                named = one.milestones[0].due
                assert one.starts == first_slot(advice), name
                assert named == min(
                    milestone.due for step in advice.plan.steps for milestone in step.milestones
                ), name
                found += 1
    assert found >= 3


def test_governors_do_not_judge_teaching(every: dict[str, Advice], library: Library) -> None:
    governors = {role.id for role in library.roles.values() if role.kind == "governor"}
    for advice in every.values():
        for one in advice.plan.steps:
            if one.monitoring.role in governors:
                own = library.intervention(one.intervention).monitoring
                stands_in = one.monitoring.role != own.role
                watches = stands_in and "lesson" in one.monitoring.how
                assert not watches, (one.id, one.monitoring.how)


def test_nobody_checks_their_own_work_where_somebody_else_can(every: dict[str, Advice]) -> None:
    for advice in every.values():
        for one in advice.plan.steps:
            assert one.monitoring.independent, one.id


def test_nobody_whose_practice_is_secure_is_coached_before_one_whose_practice_is_developing(
    all_advice: dict[str, Advice],
) -> None:
    for name in ("hillside", "carrick-junior"):
        advice = all_advice[name]
        people = {person.id: person.profile for person in advice.school.staff.people}
        coached = {people[one] for one in step(advice, "coaching-cycles").target.ids}
        assert "developing" in coached and not coached & {"secure", "leading"}, name


def test_what_is_in_place_and_shows_little_is_looked_at_again_and_not_introduced_again(
    all_advice: dict[str, Advice],
) -> None:
    advice = all_advice["hillside"]
    items = advice.recommendations.items
    assert "phonics-fidelity" in items and "systematic-phonics" not in items
    now = next(one for one in step(advice, "phonics-fidelity").success if one.now)
    assert now.now and now.now.value == 71


def test_new_teachers_have_a_review_in_each_term(all_advice: dict[str, Advice]) -> None:
    found = step(all_advice["hillside"], "early-career-induction")
    assert found.target.ids == ("teacher-rb", "teacher-3b")
    assert len(found.occurrences) == 3
    assert "early-career-induction" not in {one.id for one in all_advice["little-fen"].plan.steps}


# --- the right weeks


def test_what_comes_every_year_is_among_the_dates_of_the_year_groups_it_is_about(
    all_advice: dict[str, Advice],
) -> None:
    def told(name: str) -> str:
        return "; ".join(one.title for one in all_advice[name].plan.events)

    for name in all_advice:
        for what in ("Keeping Children Safe", "Appraisal of teachers", "PE and sport premium"):
            assert what in told(name), (name, what)
        assert told(name).count("A meeting of the board") == 5, name
        takes = {one.title for one in all_advice[name].plan.events if one.no_release}
        assert all("meeting of the board" not in one and "Appraisal" not in one for one in takes)
    assert "Reception baseline" in told("little-fen")
    assert "Reception baseline" not in told("carrick-junior")


def test_teams_that_stand_on_the_staff_list_meet_from_the_first_half_term(
    every: dict[str, Advice],
) -> None:
    for name, advice in every.items():
        if not advice.school.staff.teams:
            continue
        begun = [one for one in advice.plan.steps if one.id.startswith("achievement-team")]
        assert first_slot(advice) in {one.starts for one in begun}, name


def test_work_with_the_last_year_group_ends_before_the_tests(every: dict[str, Advice]) -> None:
    for advice in every.values():
        for one in advice.plan.steps:
            bound = advice.library.intervention(one.intervention).done_before
            if bound is None or not bound.years:
                continue
            classes = {c.id: c.years for c in advice.school.file.school.classes}
            people = {p.id: p.classes for p in advice.school.staff.people}
            years = set()
            for target in one.target.ids:
                for name in people.get(target, (target,)):
                    years |= set(classes.get(name, ()))
            tests = [
                event.starts
                for event in advice.reasons.timetable.capacity.events
                if event.id == bound.event and event.starts >= advice.plan.starts
            ]
            delivered = next(phase for phase in one.phases if phase.phase == "deliver")
            ends = {slot.id: slot.ends for term in advice.plan.terms for slot in term.slots}
            if years & set(bound.years) and tests:
                assert ends[delivered.ends] < min(tests), one.id


def test_what_is_for_classes_ends_with_the_school_year_of_their_pupils(
    every: dict[str, Advice], library: Library
) -> None:
    found = 0
    for name, advice in every.items():
        slots = {slot.id: slot for term in advice.plan.terms for slot in term.slots}
        year = advice.school.timeline.halves[0].year
        last = max(half.ends for half in advice.school.timeline.halves if half.year == year)
        for one in advice.plan.steps:
            if library.intervention(one.intervention).target == "class":
                found += 1
                assert slots[one.ends].ends <= last, (name, one.id)
    assert found > 5


def test_a_place_that_somebody_can_not_use_in_time_goes_to_who_is_next(
    all_advice: dict[str, Advice], library: Library
) -> None:
    plan = all_advice["hillside"].plan
    coached = step(all_advice["hillside"], "coaching-cycles").target.ids
    limit = library.intervention("coaching-cycles").at_once
    assert limit is not None and len(coached) == limit.most
    told = {one.kind: one.target for one in plan.left_out if one.intervention == "coaching-cycles"}
    assert "6B" in told["too-late"] and "teacher-6b" not in coached
    assert "teacher-3b" in coached and "3B" not in told["waits"]


def test_nothing_is_bought_for_who_teaches_the_last_year_group_in_the_weeks_of_its_tests(
    every: dict[str, Advice],
) -> None:
    for name, advice in every.items():
        slots = {slot.id: slot for term in advice.plan.terms for slot in term.slots}
        tests = [one for one in advice.plan.events if one.title.startswith("Key Stage 2 tests")]
        year_6 = {one.id for one in advice.school.staff.people if "year-6-teacher" in one.roles}
        for one in advice.plan.purchases:
            slot = slots[one.slot]
            if one.sold == "cover-for-leaders" and any(
                event.starts <= slot.ends and slot.starts <= event.ends for event in tests
            ):
                assert not year_6 & set(one.people), (name, one.what)


def test_nobody_is_said_not_to_need_what_a_figure_speaks_for(
    all_advice: dict[str, Advice],
) -> None:
    (told,) = (
        one.target
        for one in all_advice["carrick-junior"].plan.left_out
        if one.intervention == "coaching-cycles" and one.kind == "not-asked"
    )
    assert "6S" in told and "6N" not in told  # more than half of 6N are at risk in maths


def test_one_figure_has_one_day_in_a_school_year_and_that_of_year_6_lies_before_its_tests(
    every: dict[str, Advice], three_years: Advice
) -> None:
    bound = 0
    for advice in (*every.values(), three_years):
        days: dict[tuple[str, str, int], set[datetime.date]] = {}
        classes = {one.id: one.years for one in advice.school.file.school.classes}
        tests = [e.starts for e in advice.reasons.timetable.capacity.events if e.id == "ks2-tests"]
        for one in advice.plan.steps:
            for told in one.success:
                if told.goal and told.goal.proposed and told.goal.by and told.indicator:
                    day = told.goal.by
                    year = day.year - (day.month < 9)
                    days.setdefault((told.indicator, told.about, year), set()).add(day)
                    of = told.about.split(" in ")[0]
                    if of == "Year 6" or classes.get(of) == ("6",):
                        bound += 1
                        assert any(day < test and test.year - 1 == year for test in tests), told
        assert {key: found for key, found in days.items() if len(found) > 1} == {}
    assert bound


def test_a_step_says_whether_it_begins_in_its_season(every: dict[str, Advice]) -> None:
    met: set[bool] = set()
    for advice in every.values():
        for one in advice.plan.steps:
            season = advice.library.intervention(one.intervention).season
            assert (one.season is None) == (season is None), one.id
            if season is not None and one.season is not None and not one.occurrences:
                assert one.season.met == (one.starts.split("-")[0] in season.best), one.id
                met.add(one.season.met)
    assert True in met


def test_a_step_serves_only_what_lies_within_the_scope_of_a_priority(
    all_advice: dict[str, Advice],
) -> None:
    plan = all_advice["carrick-junior"].plan
    maths = next(one for one in plan.priorities if one.scope.subjects == ("maths",))
    for name in maths.covered_by:
        one = step(all_advice["carrick-junior"], name)
        assert maths.id in one.serves
    spelling = [one for one in plan.steps if one.id == "writing-transcription"]
    assert all(maths.id not in one.serves for one in spelling)
