"""The plan's calendar: all that takes place in it, on days that people can keep."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.library.loader import Library
from termwise.engine.planning import CalendarEntry
from termwise.engine.school.folder import load_school
from termwise.engine.school.school import School
from tests.conftest import Change, Data


@pytest.fixture(scope="module")
def every_plan(all_advice: dict[str, Advice], three_years: Advice) -> list[Advice]:
    return [*all_advice.values(), three_years]


def of_teams(entry: CalendarEntry) -> bool:
    return entry.what.startswith("Team meeting")


def taking_part(advice: Advice, entry: CalendarEntry) -> set[str]:
    """Everybody with a role in what takes place, told from the staff list."""
    if of_teams(entry):
        staff = advice.school.staff
        meeting = [team for team in staff.teams if entry.date in team.meets]
        taught = {one for team in meeting for one in team.classes}
        teachers = {one.id for one in staff.people if taught & set(one.classes)}
        return teachers | {team.leader for team in meeting}
    step = entry.step
    assert step is not None
    timetable, library = advice.reasons.timetable, advice.library
    capacity = timetable.capacity
    [form] = [form for form in advice.reasons.solution.chosen if timetable.name(form) == step]
    effort = timetable.forms[form].item.intervention.deliver.effort
    roles = [capacity.role(work.role) for work in effort]
    people = {name for role in roles if role for name in capacity.holders(role)}
    if any(role and library.roles[role].kind == "together" for role in roles):
        people |= {person.id for person in advice.school.staff.people if person.teaches}
    return people


def test_no_two_events_of_the_same_people_are_on_one_day(every_plan: list[Advice]) -> None:
    seen = 0
    for advice in every_plan:
        takes_place = [entry for entry in advice.plan.calendar if not entry.by]
        for one, other in combinations(takes_place, 2):
            if one.date == other.date:
                assert not taking_part(advice, one) & taking_part(advice, other)
        assert all(entry.notes == () for entry in advice.plan.calendar)
        seen += len(takes_place)
    assert seen > 100


def test_what_takes_place_is_on_a_day_the_school_is_open(every_plan: list[Advice]) -> None:
    for advice in every_plan:
        for entry in advice.plan.calendar:
            if not entry.fixed:
                assert advice.school.timeline.is_school_day(entry.date), entry


def test_the_calendar_has_every_time_and_every_duty_once_in_order(
    every_plan: list[Advice],
) -> None:
    for advice in every_plan:
        plan, library = advice.plan, advice.library
        dates = [entry.date for entry in plan.calendar]
        assert dates == sorted(dates)
        takes_place = sorted(
            (e.step or "", e.date) for e in plan.calendar if not e.by and not of_teams(e)
        )
        assert takes_place == sorted((s.id, o.date) for s in plan.steps for o in s.occurrences)
        duties = {step.id for step in plan.steps if library.intervention(step.id).duty}
        assert {entry.step for entry in plan.calendar if entry.duty} == duties
        once = [e.step for e in plan.calendar if e.duty and e.by]
        assert len(once) == len(set(once))


def test_where_days_were_set_for_the_first_year_only_the_others_have_proposed_ones(
    changed: Change, library: Library, hillside: School
) -> None:
    def edit(school: Data) -> None:
        school["dates"] = {"network-days": [*hillside.file.dates["network-days"]]}

    plan = advise(load_school(changed("carrick-junior", school=edit), library, 2), library).plan
    days = [entry for entry in plan.calendar if entry.step == "network-days"]
    for year, (begins, ends) in enumerate((("2026-08", "2027-08"), ("2027-08", "2028-08"))):
        within = [one for one in days if begins < one.date.isoformat() < ends]
        assert len(within) == 12
        assert all(one.fixed is (year == 0) for one in within)


def named(entries: Iterable[CalendarEntry], what: str) -> list[CalendarEntry]:
    return [entry for entry in entries if entry.what == what]


def test_two_that_the_school_set_for_one_day_stay_and_both_lines_say_so(
    changed: Change, library: Library
) -> None:
    def edit(school: Data) -> None:
        school["dates"]["safeguarding-review"] = ["2027-01-20"]

    plan = advise(load_school(changed("hillside", school=edit), library), library).plan
    [review] = named(plan.calendar, "Yearly review of safeguarding")
    days = named(plan.calendar, "Network Day")
    [day] = [entry for entry in days if entry.date == review.date]
    assert review.date.isoformat() == "2027-01-20" and review.fixed
    assert review.notes == (
        "On the same day as Network Day, for the same people (headteacher): the school has set both.",
    )
    assert "On the same day as Yearly review of safeguarding" in day.notes[0]
    assert not any(entry.notes for entry in plan.calendar if entry not in (day, review))


def test_a_return_that_comes_every_year_is_in_the_same_part_of_each_after_the_first(
    three_years: Advice,
) -> None:
    [step] = [one for one in three_years.plan.steps if one.id == "cqa-return"]
    days = [time.date for time in step.occurrences]
    parts = [
        half.part for day in days for half in three_years.school.timeline.halves if half.holds(day)
    ]
    assert len(set(parts)) == 1 and set(parts) <= {"spr2", "sum2"}
    years = [day.year for day in days]
    assert years == list(range(years[0], 2030)) and len(years) > 1


def test_a_very_small_school_in_the_programme_has_network_days(
    all_advice: dict[str, Advice],
) -> None:
    days = [one for one in all_advice["little-fen"].plan.calendar if one.what == "Network Day"]
    assert len(days) == 3


# --- the teams of the staff list


def test_every_meeting_of_every_team_stands_in_the_calendar(every_plan: list[Advice]) -> None:
    for advice in every_plan:
        plan, teams = advice.plan, advice.school.staff.teams
        told = {entry.date: entry for entry in plan.calendar if of_teams(entry)}
        days = {day for team in teams for day in team.meets if plan.starts <= day <= plan.ends}
        assert told.keys() == days
        for day, entry in told.items():
            assert entry.fixed
            for team in teams:
                assert (team.title in entry.what) == (day in team.meets)


def test_a_meeting_is_part_of_the_step_that_goes_on_at_the_meetings(
    all_advice: dict[str, Advice], library: Library
) -> None:
    for name in ("hillside", "little-fen"):
        plan = all_advice[name].plan
        meetings = [entry for entry in plan.calendar if of_teams(entry)]
        assert meetings[0].step == "achievement-team-first-meetings"
        slots = [slot.id for term in plan.terms for slot in term.slots]
        for entry in meetings:
            here = slots.index(entry.slot)
            going_on = {
                step.id
                for step in plan.steps
                if library.intervention(step.id).at_team_meetings
                if slots.index(step.starts) <= here <= slots.index(step.ends)
            }
            assert (entry.step in going_on) == bool(going_on)


def test_a_milestone_of_the_meetings_is_on_or_after_the_day_all_have_met(
    changed: Change, library: Library
) -> None:
    def late(staff: Data) -> None:
        for team in staff["teams"]:
            team["meets"] = [f"2026-10-{20 if team['id'] == 'upper' else 13}", "2027-01-19"]

    for edit, day in ((None, "2026-10-07"), (late, "2026-10-20")):
        plan = advise(load_school(changed("hillside", staff=edit), library), library).plan
        [step] = [one for one in plan.steps if one.id == "achievement-team-first-meetings"]
        assert str(step.milestones[0].due) >= day
        assert step.milestones[0].what.startswith("every team has met")
        assert step.milestones[0].due < step.milestones[-1].due


def test_a_school_without_days_for_its_teams_has_the_milestone_in_its_week(
    changed: Change, library: Library
) -> None:
    def none(staff: Data) -> None:
        for team in staff["teams"]:
            team.pop("meets")

    plan = advise(load_school(changed("hillside", staff=none), library), library).plan
    [step] = [one for one in plan.steps if one.id == "achievement-team-first-meetings"]
    assert "2026-09-28" <= str(step.milestones[0].due) <= "2026-10-12"
    assert not [entry for entry in plan.calendar if of_teams(entry)]
