"""Forms and funds at the level of schools: what is planned in which form and when, and who pays for it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termwise.engine.advise import Advice, advise
from termwise.engine.library.loader import Library
from termwise.engine.scheduling.payments import claimed, split
from termwise.engine.scheduling.problem import Problem
from termwise.engine.school.calendar import financial_year
from termwise.engine.school.folder import load_school
from tests.conftest import Change, Data

Plans = Callable[[str, Callable[[Data], None]], Advice]


@pytest.fixture(scope="session")
def planned(changed: Change, library: Library) -> Plans:
    """The advice for an example with its school.yaml changed."""

    def make(name: str, edit: Callable[[Data], None]) -> Advice:
        return advise(load_school(changed(name, edit), library), library)

    return make


def _because(name: str, **more: Any) -> Data:
    return {"intervention": name, "because": "The board decided it.", **more}


# --- who pays

ACCOUNTS = ("grant|26", "grant|26|wider", "pool|26", "pool|27")
WAYS = (
    (("grant|26",), ("pool|26",)),
    (("grant|26|wider", "grant|26"), ("pool|26",)),
    (("pool|26",),),
    (("pool|27",),),
    (("grant|26|wider", "grant|26"),),
)


@given(
    st.fixed_dictionaries({name: st.integers(0, 5000) for name in ACCOUNTS}),
    st.lists(st.integers(0, 3000), min_size=len(WAYS), max_size=len(WAYS)),
)
@settings(max_examples=40)
def test_costs_are_divided_whenever_they_can_be_and_the_first_ways_go_first(
    budget: dict[str, int], amounts: list[int]
) -> None:
    claims = {f"claim-{place}": amount for place, amount in enumerate(amounts)}
    pays = {f"claim-{place}": ways for place, ways in enumerate(WAYS)}
    problem = Problem(1, (), budget=budget, pays=pays)
    paid = split(problem, claims)
    graph: nx.DiGraph[Any] = nx.DiGraph()
    for claim, amount in claims.items():
        graph.add_edge("all", claim, capacity=amount)
        for way in pays[claim]:
            nodes = [(account, end) for account in way for end in ("in", "out")]
            for first, then in zip([claim, *nodes], [*nodes, "paid"], strict=True):
                inside = first != claim and then != "paid" and first[0] == then[0]
                graph.add_edge(first, then, **({"capacity": budget[first[0]]} if inside else {}))
    enough = nx.maximum_flow_value(graph, "all", "paid") == sum(amounts)
    assert (paid is not None) == enough
    if paid is None:
        return
    spent = dict.fromkeys(budget, 0)
    for (claim, place), amount in paid.items():
        for account in pays[claim][place]:
            spent[account] += amount
    assert all(spent[account] <= budget[account] for account in budget)
    for claim, amount in claims.items():
        assert sum(part for (name, _), part in paid.items() if name == claim) == amount
    for (claim, place), amount in paid.items():
        for earlier in pays[claim][
            :place
        ]:  # no pound waits for a later line while an earlier has room
            assert not amount or any(spent[a] == budget[a] for a in earlier), (claim, spent)


def _lines(data: Data) -> None:
    """A ring-fenced grant, a line with a tier's cap, and an open one by the other year."""
    years = ("2026-27", "2027-28", "2028-29")
    data["money"]["lines"] = [
        {
            "id": "open",
            "title": "Open to all",
            "year": "financial",
            "pays_for": ["cover", "training", "resources", "travel", "tuition"],
            "amounts": dict.fromkeys(years, 9000),
        },
        {
            "id": "grant",
            "title": "Grant for teaching",
            "year": "academic",
            "pays_for": ["training", "resources", "cover"],
            "only_for": {"tiers": ["teaching"], "because": "The grant says so."},
            "amounts": dict.fromkeys(years, 700),
        },
        {
            "id": "capped",
            "title": "A line with a cap",
            "year": "academic",
            "pays_for": ["training", "resources", "cover"],
            "most": {"teaching": 10},
            "amounts": dict.fromkeys(years, 2000),
        },
    ]


@pytest.fixture(scope="session")
def funded(planned: Plans) -> Advice:
    return planned("hillside", _lines)


def test_a_ring_fenced_line_pays_first_and_only_for_what_it_may(funded: Advice) -> None:
    paid = {"grant": 0, "open": 0, "capped": 0}
    for step in funded.plan.steps:
        for cost in step.cost:
            paid[cost.line] += cost.pounds
            if cost.line == "grant":
                assert funded.library.intervention(step.id).tier == "teaching"
    tiers = {sold.id: sold.tier for sold in funded.library.costs.sold}
    for one in funded.plan.purchases:
        paid[one.line] += one.pounds
        assert one.line != "grant" or tiers[one.sold] == "teaching"
    assert paid["grant"] == 700  # there is more than enough for it to pay for
    assert paid["open"] > 0


def test_a_cap_on_a_tier_holds(funded: Advice) -> None:
    capped = sum(
        cost.pounds
        for step in funded.plan.steps
        if funded.library.intervention(step.id).tier == "teaching"
        for cost in step.cost
        if cost.line == "capped"
    )
    assert capped <= 200


def test_no_line_pays_for_a_kind_it_may_not(funded: Advice) -> None:
    timetable = funded.reasons.timetable
    lines = {line.id: line for line in funded.school.file.money.lines}
    for account, claim in timetable.funds.claims.items():
        for one in claim.accounts:
            assert claim.kind in lines[one.split("|")[0]].pays_for, account
    for name, step in ((step.id, step) for step in funded.plan.steps):
        form = funded.reasons.planned[name]
        slot = timetable.time.slots[funded.solution.chosen[form].start]
        course = timetable.course(form, slot)
        assert course is not None
        kinds: dict[str, int] = {}
        for (kind, _), pounds in course.cost.items():
            kinds[kind] = kinds.get(kind, 0) + pounds
        assert sum(kinds.values()) == sum(cost.pounds for cost in step.cost), name
        for cost in step.cost:
            may = sum(pounds for kind, pounds in kinds.items() if kind in lines[cost.line].pays_for)
            assert cost.pounds <= may, (name, cost)


@pytest.mark.parametrize("which", ["one", "three"])
def test_each_line_is_charged_in_its_own_year(
    which: str, funded: Advice, three_years: Advice
) -> None:
    advice = funded if which == "one" else three_years
    timetable = advice.reasons.timetable
    lines = {line.id: line for line in advice.school.file.money.lines}
    for step in advice.plan.steps:
        form = advice.reasons.planned[step.id]
        slot = timetable.time.slots[advice.solution.chosen[form].start]
        course = timetable.course(form, slot)
        assert course is not None
        for cost in step.cost:
            halves = [timetable.courses.halves[index] for (_, index) in course.cost]
            years = {
                half.year if lines[cost.line].year == "academic" else financial_year(half.starts)
                for half in halves
            }
            assert cost.year in years, (step.id, cost)


def test_the_costs_of_the_steps_add_up_to_the_table(
    funded: Advice, three_years: Advice, all_advice: dict[str, Advice]
) -> None:
    for advice in (funded, three_years, *all_advice.values()):
        spent: dict[tuple[str, str], int] = {}
        for step in advice.plan.steps:
            for cost in step.cost:
                assert 0 <= cost.running <= cost.pounds
                key = cost.line, cost.year
                spent[key] = spent.get(key, 0) + cost.pounds
        steps = sum(spent.values())
        for one in advice.plan.purchases:
            spent[one.line, one.year] = spent.get((one.line, one.year), 0) + one.pounds
        told = {(use.line, use.year): use.planned for use in advice.plan.budget if use.planned}
        assert told == spent
        assert all(use.planned <= use.available for use in advice.plan.budget)
        assert steps == sum(claimed(advice.solution.chosen.values()).values())


def test_what_may_be_committed_is_a_share_of_lines_without_a_rule_of_use(
    all_advice: dict[str, Advice],
) -> None:
    advice = all_advice["hillside"]
    funds = type(advice.reasons.timetable.funds)(advice.school, advice.library, 0.5)
    for line in advice.school.file.money.lines:
        for year, amount in line.amounts.items():
            account = funds.accounts.get(f"{line.id}|{year}")
            if account is not None:
                assert account == (amount if line.only_for else amount // 2)
            for tier, percent in line.most.items():
                if account is not None:
                    assert funds.limits[f"{line.id}|{year}|{tier}"] == int(account * percent / 100)


# --- forms


def test_nothing_is_planned_in_two_forms(
    all_advice: dict[str, Advice], three_years: Advice, funded: Advice
) -> None:
    light = 0
    for advice in (*all_advice.values(), three_years, funded):
        names = [advice.reasons.timetable.name(form) for form in advice.solution.chosen]
        assert len(names) == len(set(names))
        for step in advice.plan.steps:
            if step.form == "light":
                given = advice.library.intervention(step.id).light
                assert given
                assert (step.title, step.form_note) == (given.title, given.because.strip())
                light += 1
    assert light


def test_what_is_promised_in_its_light_form_has_no_other(planned: Plans) -> None:
    def edit(data: Data) -> None:
        data["must"] = [_because("cluster-moderation", form="light")]

    advice = planned("little-fen", edit)
    (step,) = [step for step in advice.plan.steps if step.id == "cluster-moderation"]
    assert step.form == "light"
    assert "cluster-moderation" not in advice.problem.by_id
    assert advice.problem.item("cluster-moderation/light").must


def test_what_comes_too_late_for_year_six_is_planned_for_the_others(planned: Plans) -> None:
    def edit(data: Data) -> None:
        date = datetime.date(2027, 4, 20)
        data["windows"] = [_because("accelerating-progress-maths", not_before=date)]

    advice = planned("hillside", edit)
    six = {one.id for one in advice.school.file.school.classes if "6" in one.years}
    asked = {target.id for target in advice.reasons.items["accelerating-progress-maths"].targets}
    assert asked & six
    assert asked - six
    late = [o for o in advice.plan.left_out if o.intervention == "accelerating-progress-maths"]
    for step in advice.plan.steps:
        if step.id == "accelerating-progress-maths":
            assert set(step.target.ids) == asked - six
            assert [one.kind for one in late if one.kind == "too-late"] == ["too-late"]
            assert all(
                name in one.target for one in late for name in six & asked if one.kind == "too-late"
            )
            break
    else:
        assert any(one.kind == "no-room" for one in late)
    rest = advice.reasons.timetable.forms["accelerating-progress-maths/rest"]
    assert {target.id for target in rest.item.targets} == asked - six


# --- duties, windows, pins, partners, people


@pytest.mark.parametrize(
    ("last", "state"),
    [
        (datetime.date(2023, 11, 20), "due"),
        (datetime.date(2020, 11, 20), "due"),
        (datetime.date(2026, 5, 20), "not due"),
        (None, "unknown"),
    ],
)
def test_a_duty_falls_due_by_when_it_was_last_done(
    last: datetime.date | None, state: str, planned: Plans
) -> None:
    def edit(data: Data) -> None:
        data["last_done"] = {"governance-review": last} if last else {}

    advice = planned("little-fen", edit)
    steps = {step.id: step for step in advice.plan.steps}
    left = [one for one in advice.plan.left_out if one.intervention == "governance-review"]
    assert ("governance-review" in steps) == (state == "due")
    assert [one.kind for one in left] == (["date-missing"] if state == "unknown" else [])
    if state == "due":
        assert steps["governance-review"].must
        starts = {slot.id: slot.starts for term in advice.plan.terms for slot in term.slots}
        if last == datetime.date(2023, 11, 20):
            assert starts[steps["governance-review"].starts] <= datetime.date(2026, 11, 20)


def test_over_three_years_a_duty_done_lately_falls_due(changed: Change, library: Library) -> None:
    def edit(data: Data) -> None:
        data["last_done"] = {"governance-review": datetime.date(2026, 5, 20)}

    plan = advise(load_school(changed("carrick-junior", edit), library, 3), library).plan
    (step,) = [step for step in plan.steps if step.id == "governance-review"]
    starts = {slot.id: slot.starts for term in plan.terms for slot in term.slots}
    assert step.must
    assert starts[step.starts] <= datetime.date(2029, 5, 20)


def test_a_window_and_a_pin_are_kept(planned: Plans) -> None:
    def edit(data: Data) -> None:
        data["must"] = [_because("core-subject-leaders", form="light")]
        data["windows"] = [
            _because("effective-feedback", not_before=datetime.date(2027, 1, 5)),
            _because("mathematics-fluency", not_after=datetime.date(2026, 12, 1)),
        ]
        data["pinned"] = [_because("core-subject-leaders", starts=datetime.date(2027, 1, 12))]

    plan = planned("little-fen", edit).plan
    slots = {slot.id: slot for term in plan.terms for slot in term.slots}
    starts = {step.id: slots[step.starts] for step in plan.steps}
    assert starts["core-subject-leaders"].title == "Spring 1 2027"
    if "effective-feedback" in starts:
        assert starts["effective-feedback"].starts >= datetime.date(2027, 1, 4)
    if "mathematics-fluency" in starts:
        assert starts["mathematics-fluency"].starts <= datetime.date(2026, 12, 1)
    told = next(step for step in plan.steps if step.id == "core-subject-leaders").why_here
    assert any("has set its beginning" in line for line in told)


def test_partners_start_together(planned: Plans, three_years: Advice) -> None:
    def edit(data: Data) -> None:
        data["must"].append(_because("learning-conversations"))

    promised = planned("hillside", edit)
    assert not promised.plan.conflict
    for advice in (promised, three_years):
        starts = {step.id: step.starts for step in advice.plan.steps}
        assert starts.get("learning-conversations") == starts.get("lesson-visits")
    assert "lesson-visits" in {step.id for step in promised.plan.steps}


def test_what_comes_after_waits_so_many_half_terms(
    all_advice: dict[str, Advice], three_years: Advice
) -> None:
    seen = 0
    for advice in (*all_advice.values(), three_years):
        slots = {slot.id: slot for slot in advice.school.timeline.slots}
        steps = {step.id: step for step in advice.plan.steps}
        for step in advice.plan.steps:
            for one in advice.library.intervention(step.id).after:
                if one.intervention in steps:
                    ready = slots[steps[one.intervention].ready].halves[-1].index
                    starts = slots[step.starts].halves[0].index
                    assert starts - ready - 1 >= one.half_terms, (step.id, one.intervention)
                    seen += 1
    assert seen >= 2


def test_nobody_leads_too_much_that_is_new_at_once(
    all_advice: dict[str, Advice], three_years: Advice
) -> None:
    for advice in (*all_advice.values(), three_years):
        planning, library = advice.library.planning, advice.library
        slots = {slot.id: slot for slot in advice.school.timeline.slots}
        new = [
            step
            for step in advice.plan.steps
            if library.intervention(step.id).change and not library.intervention(step.id).series
        ]
        for people in {frozenset(step.lead.people) for step in new}:
            for slot in slots.values():
                led = [s for s in new if s.starts == slot.id and set(s.lead.people) <= people]
                assert len(led) <= planning.new_leads * len(people) * len(slot.halves), people
        told = advice.recommendations.shaping.new_starts
        most = told[0] if told else planning.new_starts
        for slot in slots.values():
            points = sum(library.intervention(s.id).change for s in new if s.starts == slot.id)
            assert points <= most * len(slot.halves), slot.title
