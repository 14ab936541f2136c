"""Why and why not, for every step and every left-out item of the examples: each answer is a plan that
breaks nothing and costs what it says, and each reason is true of the plan as it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

import termwise.engine.explain.alternative_plans as module
from termwise.engine.advise import Advice, advise
from termwise.engine.core.errors import TermwiseError, UnknownNameError
from termwise.engine.documents.answers import rendered
from termwise.engine.explain import argument as answer
from termwise.engine.explain.why_in_plan import why, why_not
from termwise.engine.library.loader import Library
from termwise.engine.library.model import Intervention
from termwise.engine.planning.model import Step
from termwise.engine.planning.variants import lightened
from termwise.engine.scheduling.alternatives import Alternative, Room, kept
from termwise.engine.scheduling.offers import with_bought
from termwise.engine.scheduling.problem import Problem
from termwise.engine.school.folder import load_school
from tests.conftest import Change, Data
from tests.schedule_rules import Chosen, faults, worth

SCHOOLS = ("hillside", "little-fen", "carrick-junior")
SLOT = r"(?:Autumn|Spring|Summer) [12] 20\d\d"


# --- everything asked at once


@dataclass(repr=False)
class Asked:
    """All answers of one school, and the plans that were made for each."""

    advice: Advice
    steps: dict[str, answer.WhyStep] = field(default_factory=dict)
    left_out: dict[str, answer.WhyNot] = field(default_factory=dict)
    plans: dict[str, list[Alternative | Room | None]] = field(default_factory=dict)
    """In the order they were made for a question."""

    @property
    def alternatives(self) -> Iterator[tuple[str, Alternative]]:
        for name, plans in self.plans.items():
            for plan in plans:
                if isinstance(plan, Alternative):
                    yield name, plan

    def slot(self, index: int) -> str:
        return self.advice.reasons.slots[index].title

    def kin(self, form: str) -> str:
        """What a form is a form of."""
        return self.advice.reasons.timetable.name(form)

    def pairs(self) -> Iterator[tuple[str, answer.ForcedAlternative, Alternative | Room | None]]:
        """Each answer with the plan behind it."""
        for name, one in self.steps.items():
            for said in (one.earlier, one.later):
                if said is not None:
                    tried = [
                        plan
                        for plan in self.plans[name]
                        if isinstance(plan, Alternative)
                        and self.slot(plan.chosen[plan.item].start) == said.when
                    ]
                    best = min(
                        tried,
                        key=lambda one: (one.fewest, one.value_lost + one.points_for_time),
                        default=None,
                    )
                    yield name, said, best
        for name, other in self.left_out.items():
            plans = self.plans.get(name, [])
            rooms = [plan for plan in plans if isinstance(plan, Room)]
            if other.beside_alternative is not None:
                yield name, other.beside_alternative, rooms[0]


@pytest.fixture(scope="session")
def everything(all_advice: dict[str, Advice]) -> dict[str, Asked]:
    """Every question of the three examples, asked once."""
    found = {name: Asked(advice) for name, advice in all_advice.items()}
    with pytest.MonkeyPatch.context() as patch:
        plans: list[Alternative | Room | None] = []
        for name in ("nearest", "room_for"):
            patch.setattr(module, name, _kept(getattr(module, name), plans))
        # what is planned anew is tried on the files, in tests/whole/test_statements.py
        patch.setattr(module.AlternativePlans, "_anew", lambda *_: None)
        for asked in found.values():
            for step in asked.advice.plan.steps:
                told = why(asked.advice, step.id)
                assert isinstance(told, answer.WhyStep)
                asked.steps[step.id] = told
                asked.plans[step.id] = list(plans)
                plans.clear()
            for left in asked.advice.plan.left_out:
                if left.intervention not in asked.steps:
                    asked.left_out[left.intervention] = why_not(asked.advice, left.intervention)
                    asked.plans[left.intervention] = list(plans)
                    plans.clear()
    return found


def _kept(ask: Any, plans: list[Alternative | Room | None]) -> Any:
    def asked(*given: Any) -> Any:
        plans.append(ask(*given))
        return plans[-1]

    return asked


@pytest.fixture(params=SCHOOLS)
def asked(request: pytest.FixtureRequest, everything: dict[str, Asked]) -> Asked:
    return everything[request.param]


# --- every question has an answer


def test_every_step_and_all_that_is_left_out_has_an_answer(asked: Asked) -> None:
    plan = asked.advice.plan
    assert set(asked.steps) == {step.id for step in plan.steps}
    assert set(asked.left_out) == {one.intervention for one in plan.left_out} - set(asked.steps)
    for step in plan.steps:
        told = asked.steps[step.id]
        assert told.why_here == step.why_here
        assert told.title in rendered(told, "text").replace("\n", " ")
    for name, other in asked.left_out.items():
        assert other.reason, name
        assert "not in the plan" in rendered(other, "text")


def test_a_step_of_part_of_its_targets_is_told_with_those_it_is_not_for(asked: Asked) -> None:
    """What is in the plan for some is asked for by why; why-not tells of the others."""
    plan = asked.advice.plan
    partly = {one.intervention for one in plan.left_out} & set(asked.steps)
    for name in partly:
        told = why_not(asked.advice, name)
        assert told.kind in {one.kind for one in plan.left_out if one.intervention == name}
        assert told.reason in {one.reason for one in plan.left_out if one.intervention == name}
        assert told.instead is None


def test_what_is_asked_the_wrong_way_round_is_told_so(everything: dict[str, Asked]) -> None:
    advice = everything["little-fen"].advice
    whole = {s.id for s in advice.plan.steps} - {o.intervention for o in advice.plan.left_out}
    with pytest.raises(TermwiseError, match=r"is in the plan: ask termwise why \S+little-fen"):
        why_not(advice, sorted(whole)[0])
    with pytest.raises(TermwiseError, match=r"is not in the plan. .+ Ask termwise why-not \S+"):
        why(advice, _unasked(advice))
    with pytest.raises(UnknownNameError, match="strand-leeds"):
        why_not(advice, "strand-leeds")
    with pytest.raises(UnknownNameError, match="strand-leeds"):
        why(advice, "strand-leeds")


def _unasked(advice: Advice) -> str:
    """An intervention that no rule asks for."""
    told = {one.intervention for one in advice.plan.left_out}
    wanted = told | {step.id for step in advice.plan.steps} | {*advice.dependencies.names}
    return next(one for one in advice.library.interventions if one not in wanted)


def test_the_same_question_has_the_same_answer(everything: dict[str, Asked]) -> None:
    asked = everything["little-fen"]
    for name in list(asked.steps)[:3]:
        assert why(asked.advice, name) == why(asked.advice, name)


# --- the plans that are offered


def held(advice: Advice) -> Problem:
    """The problem of a plan, in which what the plan does for priorities and for the urgent stays."""
    return kept(advice.problem, advice.solution)


def test_each_alternative_breaks_nothing(asked: Asked) -> None:
    plain = replace(asked.advice.asked, offers=())
    for name, plan in asked.alternatives:
        problem = kept(with_bought(plain, plan.bought), asked.advice.solution)
        assert not faults(problem, plan.chosen), (name, plan.item)


def test_each_alternative_has_what_was_asked(asked: Asked) -> None:
    for _, said, plan in asked.pairs():
        if isinstance(plan, Alternative):
            assert asked.slot(plan.chosen[plan.item].start) == said.when


def test_each_alternative_moves_at_most_so_many_others_if_it_can(asked: Asked) -> None:
    most = asked.advice.library.planning.most_moved
    before = asked.advice.solution.chosen
    for name, plan in asked.alternatives:
        was, now = (
            {asked.kin(form): (form, place.start) for form, place in one.items()}
            for one in (before, plan.chosen)
        )
        changed = {
            other
            for other in (was.keys() | now.keys()) - {name}
            if was.get(other) != now.get(other)
        }
        assert changed == {asked.kin(move.item) for move in plan.moves} - {name}
        assert plan.fewest or len(changed) <= most, name
        assert not plan.fewest or len(changed) > most, name


def test_what_an_alternative_costs_is_the_difference_of_the_two_plans(asked: Asked) -> None:
    before = asked.advice.solution.chosen
    for name, said, plan in asked.pairs():
        if plan is None:
            assert not said.possible
            assert said.value_lost == 0
            continue
        lost = worth(before) - worth(plan.chosen)
        assert said.possible
        assert said.value_lost == lost, name
        assert said.share_lost == pytest.approx(100 * lost / worth(before), abs=0.05001), name


def test_the_words_name_each_moved_step_and_the_price(asked: Asked) -> None:
    timetable, before = asked.advice.reasons.timetable, asked.advice.solution.chosen
    slots = asked.advice.reasons.slots
    for name, said, plan in asked.pairs():
        if plan is None:
            assert not said.moved
            continue

        def titles(chosen: Chosen, own: str) -> dict[str, tuple[str, str]]:
            return {
                timetable.name(form): (form, slots[place.start].title)
                for form, place in chosen.items()
                if timetable.name(form) != own
            }

        was, now = titles(before, name), titles(plan.chosen, name)
        differ = {one for one in was.keys() | now.keys() if was.get(one) != now.get(one)}
        assert len(said.moved) == len(differ), (name, said.words)
        for one in differ:
            full = asked.advice.library.intervention(one).title
            row = next(row for row in said.moved if row.title == full)
            assert row.was == (was[one][1] if one in was else None)
            assert row.now == (now[one][1] if one in now else None)
            told = [
                one
                for one in re.split(r"[;:] (?=“|\d|no|hardly|the best)", said.words)
                if f"“{full}”" in one
            ]
            assert len(told) == 1, (said.words, full)
            assert all(slot in told[0] for slot in {row.now} - {None} if row.was != row.now)
            assert ("is dropped" in told[0]) == (one not in now)
            assert ("comes in" in told[0]) == (one not in was)
        if isinstance(plan, Alternative):
            assert ("less value" in said.words) <= (said.value_lost > 0)
            assert ("more value" in said.words) == (said.value_lost < 0)
            assert ("no value is lost" in said.words) == (said.value_lost == 0)
            percent = re.search(r"([\d.]+) % (less|more) value", said.words)
            if percent:
                assert float(percent[1]) == abs(said.share_lost)


def _stated_already(asked: Asked, room: Room) -> int:
    """Count the people and slots of whom more is planned and nothing more stated: part of a tenth is left."""
    timetable = asked.advice.reasons.timetable
    loads: dict[tuple[str, int], int] = {}
    for placement in room.chosen.values():
        for key, tenths in placement.load.items():
            loads[key] = loads.get(key, 0) + tenths
    planned = {(m.name, m.slot): m.amount for m in room.more if m.kind == "capacity"}
    stated = timetable.to_state(
        planned, lambda now: all(now.get(key, load) >= load for key, load in loads.items())
    )
    return sum(not stated[key] for key in planned)


def test_what_would_fit_it_in_beside_the_rest_does(asked: Asked) -> None:
    """With what is named added, nothing is dropped and nothing is broken; with less of it, something is."""
    problem, before = asked.advice.problem, asked.advice.solution.chosen
    for name, plans in asked.plans.items():
        for room in plans:
            if not isinstance(room, Room):
                continue
            assert before.keys() | {name} <= room.chosen.keys()
            told = asked.left_out[name]
            assert len(told.beside_more) == len(room.more) - _stated_already(asked, room)
            people = [one.people for one in told.beside_more if one.kind == "days"]
            assert len(told.beside) == len(told.beside_more) - len(people) + len({*people})
            assert not faults(_with(problem, room), room.chosen), name
            for one in room.more:
                short = tuple(m if m != one else replace(m, amount=m.amount - 1) for m in room.more)
                assert faults(_with(problem, replace(room, more=short)), room.chosen), (name, one)


def _with(problem: Problem, room: Room) -> Problem:
    capacity, budget = dict(problem.capacity), dict(problem.budget)
    attention, pays = dict(problem.attention), dict(problem.pays)
    for one in room.more:
        if one.kind == "budget":
            budget[one.name] = budget.get(one.name, 0) + one.amount
            if problem.pays.get(one.name) == ():
                pays[one.name] = ((one.name,),)
            continue
        limits = capacity if one.kind == "capacity" else attention
        for key in limits:
            if key[1] == one.slot and one.name in problem.makers.get(key[0], (key[0],)):
                limits[key] += one.amount
    return replace(problem, capacity=capacity, budget=budget, attention=attention, pays=pays)


# --- the reasons, held against the plan as it is printed


class Facts:
    """What the plan's JSON, the staff file and the library say, with nothing from the scheduler."""

    def __init__(self, advice: Advice) -> None:
        self.advice, self.plan, self.library = advice, advice.plan, advice.library
        slots = [slot for term in advice.plan.terms for slot in term.slots]
        self.slots = {slot.title: place for place, slot in enumerate(slots)}
        self.ids = {slot.id: place for place, slot in enumerate(slots)}
        self.steps = {step.title: step for step in advice.plan.steps}
        people = advice.school.staff.people
        self.holders: dict[str, frozenset[str]] = {role: frozenset() for role in self.library.roles}
        for person in people:
            for role in person.roles:
                self.holders[role] |= {person.id}
        for role in advice.school.staff.together:
            self.holders[role] |= {role}
        self.roles = {person.id: person.roles for person in people}
        self.roles |= {role: (role,) for role in advice.school.staff.together}
        self.room = {
            (
                frozenset(row.role.split("+")) if row.kind == "people" else self.holders[row.role],
                s,
            ): (round(row.capacity * 10))
            for row in advice.plan.load
            for s in [self.ids[row.slot]]
        }

    def people(self, words: str) -> list[frozenset[str]]:
        """Who may be meant."""
        named = re.fullmatch(
            r"the .+ \((?P<who>[^()]+)\)|\d+ people together \((?P<all>[^()]+)\)", words
        )
        if named:
            return [frozenset((named["who"] or named["all"]).split(", "))]
        several = re.fullmatch(r"the (?P<n>\d+) people with the role “(?P<role>.+)”", words)
        if several:
            found = [
                self.holders[r.id]
                for r in self.library.roles.values()
                if r.title == several["role"]
            ]
            return [one for one in found if len(one) == int(several["n"])]
        number = re.fullmatch(r"(\d+) people together", words)
        if number:
            return [
                people
                for people in self.advice.reasons.timetable.pools.values()
                if len(people) == int(number[1])
            ]
        title = words.removeprefix("the ")
        return [
            frozenset({person})
            for person, roles in self.roles.items()
            if self.library.roles[roles[0]].title == title and len(roles) == 1
        ]

    def used(self, people: frozenset[str], slot: int, but: str) -> dict[str, int]:
        """Tenths of a day by step that only these people can do."""
        found: dict[str, int] = {}
        for step in self.plan.steps:
            for part in step.effort:
                mine = bool(self.holders[part.role]) and self.holders[part.role] <= people
                if mine and self.ids[part.slot] == slot and step.id != but:
                    found[step.title] = found.get(step.title, 0) + round(part.days * 10)
        return found


@dataclass(repr=False)
class Case:
    """A form that would start in a slot, its own step apart."""

    facts: Facts
    name: str
    form: Intervention
    targets: int
    when: int

    def wanted(self, people: frozenset[str], slot: int) -> int:
        """Tenths of a day of these people it would take, from the library."""
        roles = self.facts.advice.reasons.timetable.capacity
        if self.form.series is not None:
            item = self.name if self.form.title == self.full.title else f"{self.name}/light"
            load = self.facts.advice.problem.item(item).at(self.when).load
            pools = self.facts.advice.reasons.timetable.pools
            return next(load.get((n, slot), 0) for n, pool in pools.items() if pool == people)
        taken, half = 0, self.when
        for _, phase in self.form.phases():
            if half <= slot < half + phase.half_terms:
                for work in phase.effort:
                    role = roles.role(self._now(work.role))
                    if role and self.facts.holders[role] <= people:
                        of = work.for_each
                        known = (
                            self.facts.advice.recommendations.school.lookup(of.count)
                            if of
                            else None
                        )
                        many = of.steps(known and known.value) if of else self.targets  # type: ignore[arg-type]
                        taken += round((work.days + work.each * many) * 10)
            half += phase.half_terms
        return taken

    def _now(self, role: str) -> str:
        """The role that does the lead's work where leading was handed over."""
        handed = self.facts.advice.reasons.timetable.handed
        return handed.get(self.name, role) if role == self.full.lead else role

    @property
    def full(self) -> Intervention:
        return self.facts.library.intervention(self.name)

    @property
    def ready(self) -> int:
        half = self.when
        for name, phase in self.form.phases():
            half += phase.half_terms
            if name == self.form.ready_after:
                break
        return self.when if self.form.series else half - 1

    def pays(self, line: str, year: str) -> int:
        """What it would cost that a line may pay for in one of its years, at most."""
        timetable, placed = self.facts.advice.reasons.timetable, 0
        form = next(
            one
            for one in timetable.forms.values()
            if one.item.id == self.name and one.item.intervention.title == self.form.title
            if any(
                place.start == self.when
                for place in self.facts.advice.problem.item(one.id).placements
            )
        )
        item = self.facts.advice.problem.item(form.id).at(self.when)
        for claim, amount in item.cost.items():
            if f"{line}|{year}" in timetable.funds.claims[claim].accounts:
                placed += amount
        return placed


def is_true(sentence: str, case: Case) -> bool:
    """Whether one blocker, as it is printed, is so."""
    facts, steps, slots = case.facts, case.facts.steps, case.facts.slots
    lag = r"(?:, with (\d+) half-terms? in between)?"
    if m := re.fullmatch(
        rf"it (?:needs|builds on) “(.+)”, which is ready at the end of ({SLOT}){lag}", sentence
    ):
        ready = facts.ids[steps[m[1]].ready]
        return ready == slots[m[2]] and case.when <= ready + int(m[3] or 0)
    if m := re.fullmatch(r"it needs “(.+)”, which is not in the plan", sentence):
        return m[1] not in steps
    if m := re.fullmatch(
        rf"it would have to come before “(.+)”, which starts in ({SLOT})", sentence
    ):
        return facts.ids[steps[m[1]].starts] == slots[m[2]] <= case.ready + 1
    if m := re.fullmatch(rf"it goes together with “(.+)”, which starts in ({SLOT})", sentence):
        return facts.ids[steps[m[1]].starts] == slots[m[2]] != case.when
    if m := re.fullmatch(r"it goes together with “(.+)”, which is not in the plan", sentence):
        return m[1] not in steps
    if m := re.fullmatch(r"“(.+)” is used instead", sentence):
        return m[1] in steps
    if m := re.fullmatch(rf"it is not to start before ({SLOT})", sentence):
        return case.when < slots[m[1]]
    if m := re.fullmatch(rf"it has to start by ({SLOT})", sentence):
        return case.when > slots[m[1]]
    if m := re.fullmatch(rf"it cannot wait: by its rule it begins by ({SLOT})", sentence):
        (step,) = [one for one in facts.plan.steps if one.id == case.name]
        return case.when > slots[m[1]] and bool(step.urgent)
    if m := re.fullmatch(
        rf"it is what works on priority (\d+) in time, which needs it by ({SLOT})", sentence
    ):
        (priority,) = [one for one in facts.plan.priorities if one.rank == int(m[1])]
        return case.when > slots[m[2]] and case.name in priority.covered_by
    if m := re.fullmatch(rf"its beginning is set for ({SLOT})", sentence):
        return case.when != slots[m[1]]
    if m := re.fullmatch(
        rf"it needs ([\d.]+) days? of (.+) in ({SLOT}), and ([\d.]+) days? (?:is|are) left(?: \((.+)\))?",
        sentence,
    ):
        return _no_time(case, m)
    if m := re.fullmatch(
        r"it costs £([\d,]+) from (.+), and £([\d,]+) is left(?: \((.+)\))?", sentence
    ):
        return _no_money(case, m)
    if m := re.fullmatch(r"no budget line may pay for (.+) of it \(£[\d,]+\)", sentence):
        (kind,) = [k.id for k in facts.library.costs.kinds if k.title == m[1]]
        lines = facts.advice.school.file.money.lines
        return not any(kind in line.pays_for and not line.only_for for line in lines)
    if m := re.fullmatch(rf"enough that is new starts in ({SLOT}) already(?: \((.+)\))?", sentence):
        new = {
            step.title: facts.library.intervention(step.id).change
            for step in facts.plan.steps
            if facts.ids[step.starts] == slots[m[1]] and step.id != case.name
            if facts.library.intervention(step.id).series is None
        }
        told = facts.advice.recommendations.shaping.new_starts
        most = told[0] if told else facts.library.planning.new_starts
        assert case.when == slots[m[1]]
        return sum(new.values()) + case.form.change > most and _users(m[2]) <= _some(new)
    if m := re.fullmatch(
        rf"(.+) already leads enough that is new from ({SLOT})(?: \((.+)\))?", sentence
    ):
        for people in facts.people(m[1]):
            leading = {
                step.title
                for step in facts.plan.steps
                if facts.ids[step.starts] == slots[m[2]] and step.id != case.name
                if facts.library.intervention(step.id).change and set(step.lead.people) <= people
                if facts.library.intervention(step.id).series is None
            }
            most = facts.library.planning.new_leads * len(people)
            if len(leading) + 1 > most and _users(m[3]) <= leading:
                return True
        return False
    raise AssertionError(f"no known kind of reason: {sentence}")


def _no_time(case: Case, m: re.Match[str]) -> bool:
    facts, slot = case.facts, case.facts.slots[m[3]]
    wanted, left = round(float(m[1]) * 10), round(float(m[4]) * 10)
    for people in facts.people(m[2]):
        used = facts.used(people, slot, case.name)
        if (people, slot) not in facts.room:
            stated = facts.advice.reasons.timetable.planned(
                people, facts.advice.reasons.slots[slot]
            )
            facts.room[people, slot] = stated[1]
        rest = facts.room[people, slot] - sum(used.values())
        if (wanted, left) == (case.wanted(people, slot), rest):
            return wanted > left and _users(m[5]) <= _some(used)
    return False


def _no_money(case: Case, m: re.Match[str]) -> bool:
    rows = [use for use in case.facts.plan.budget if f"{use.title} {use.year}" in m[2]]
    wanted, left = (int(m[place].replace(",", "")) for place in (1, 3))
    spent = {
        (use.line, use.year): sum(
            cost.pounds
            for step in case.facts.plan.steps
            if step.id != case.name
            for cost in step.cost
            if (cost.line, cost.year) == (use.line, use.year)
        )
        + sum(
            one.pounds
            for one in case.facts.plan.purchases
            if (one.line, one.year) == (use.line, use.year)
        )
        for use in rows
    }
    rest = sum(use.available - spent[use.line, use.year] for use in rows)
    if len(rows) == 1:
        (use,) = rows
        # another line may pay for a part of it
        return max(0, rest) == left < wanted <= case.pays(use.line, use.year)
    return bool(rows) and left < wanted and left <= rest


def _some(amounts: Mapping[str, int]) -> set[str]:
    return {title for title, amount in amounts.items() if amount}


def _users(told: str | None) -> set[str]:
    return set(re.findall(r"“(.+?)”", told)) if told else set()


def _case(facts: Facts, step: Step, when: int) -> Case:
    full = facts.library.intervention(step.id)
    form = lightened(full) if step.form == "light" else full
    return Case(facts, step.id, form, max(1, len(step.target.ids)), when)


def _left(facts: Facts, name: str, when: int) -> Case:
    full = facts.library.intervention(name)
    targets = max(1, len(facts.advice.reasons.items[name].targets))
    return Case(facts, name, full, targets, when)


def test_what_is_in_the_way_of_each_step_elsewhere_is_so(asked: Asked) -> None:
    facts = Facts(asked.advice)
    for step in asked.advice.plan.steps:
        for place in asked.steps[step.id].elsewhere:
            for told in place.blockers:
                assert is_true(told, _case(facts, step, facts.slots[place.when])), (step.id, told)


def test_what_is_in_the_way_of_all_that_is_left_out_is_so(asked: Asked) -> None:
    facts = Facts(asked.advice)
    for name, told in asked.left_out.items():
        for place in told.elsewhere:
            for one in place.blockers:
                case = _left(facts, name, facts.slots[place.when])
                assert is_true(one, case), (name, place.when, one)


def test_nothing_is_in_the_way_exactly_where_it_could_be_as_well(asked: Asked) -> None:
    problem, chosen = held(asked.advice), asked.advice.solution.chosen
    slots = [slot.title for slot in asked.advice.reasons.slots]
    places = {name: told.elsewhere for name, told in asked.steps.items()}
    places |= {name: told.elsewhere for name, told in asked.left_out.items()}
    for name, elsewhere in places.items():
        form = asked.advice.reasons.planned.get(name, name)
        for place in elsewhere:
            there = {**chosen, form: problem.item(form).at(slots.index(place.when))}
            assert bool(place.blockers) == bool(faults(problem, there)), (name, place)


def test_the_printed_reason_of_each_step_is_true(asked: Asked) -> None:
    facts, file = Facts(asked.advice), asked.advice.school.file
    problem, chosen = held(asked.advice), asked.advice.solution.chosen
    for step in asked.advice.plan.steps:
        here, form = facts.ids[step.starts], asked.advice.reasons.planned[step.id]
        assert step.why_here, step.id
        for told in step.why_here:
            words = told.removesuffix(".")
            if m := re.fullmatch(rf"Not in ({SLOT}): (.+)", words):
                assert facts.slots[m[1]] < here, (step.id, told)
                assert is_true(m[2], _case(facts, step, facts.slots[m[1]])), (step.id, told)
            elif m := re.match(
                rf"({SLOT}) would have been possible; .*smoother, at ([\d.]+) %", words
            ):
                moved = {**chosen, form: problem.item(form).at(facts.slots[m[1]])}
                gained = 100 * (worth(moved) - worth(chosen)) / worth(chosen)
                assert not faults(problem, moved), (step.id, told)
                assert float(m[2]) == pytest.approx(gained, abs=0.0501), (step.id, told)
            elif m := re.fullmatch(rf"It could equally start in ({SLOT})", words):
                moved = {**chosen, form: problem.item(form).at(facts.slots[m[1]])}
                assert not faults(problem, moved), (step.id, told)
                assert worth(moved) <= worth(chosen), (step.id, told)
            elif m := re.fullmatch(r"It is planned in its light form: in full, (.+)", words):
                assert step.form == "light"
                full = facts.library.intervention(step.id)
                targets = max(1, len(step.target.ids))
                assert is_true(m[1], Case(facts, step.id, full, targets, here)), (step.id, told)
            elif m := re.fullmatch(r"It is planned for .+ only: for the others too, (.+)", words):
                targets = len(asked.advice.reasons.items[step.id].targets)
                assert targets > len(step.target.ids)
                full = facts.library.intervention(step.id)
                assert is_true(m[1], Case(facts, step.id, full, targets, here)), (step.id, told)
            elif told.endswith("only: for the others too it would not be done in time."):
                assert facts.library.intervention(step.id).done_before
                whom = {target.id for target in asked.advice.reasons.items[step.id].targets}
                assert whom - set(step.target.ids)
            elif told.startswith("It starts with the plan"):
                assert here == 0
                assert not step.needs
            elif told.startswith("It comes back at set times of the year"):
                assert facts.library.intervention(step.id).series
            elif told.startswith("It was promised"):
                assert any(promise.intervention == step.id for promise in file.must)
            elif told.startswith("It is a duty"):
                assert facts.library.intervention(step.id).duty
            elif m := re.match(r"It (?:has|is) to start by (.+?) \((\S+)\): ", words):
                part = next(k for k, title in facts.library.parts.items() if title == m[1])
                last = [h.index for h in asked.advice.school.timeline.halves if h.part == part][0]
                shape = facts.library.rules[m[2]].shape
                assert shape is not None
                assert here <= last - asked.advice.school.timeline.halves[0].index
                asks = [*shape.must, *shape.start_by]
                halves = asked.advice.school.timeline.halves
                own = dict(
                    zip(facts.library.planning.plan_parts, [h.part for h in halves], strict=False)
                )
                assert (step.id, part) in {
                    (one.intervention, own.get(one.part, one.part)) for one in asks
                }
            elif m := re.match(r"It is brought forward \((\S+)\): ", words):
                assert m[1] in {one.rule for one in asked.advice.plan.shaped}
            elif told.startswith("It has to be over before"):
                assert facts.library.intervention(step.id).done_before
            elif m := re.match(r"It is not to start before (.+?) \((\S+)\): ", words):
                shape = facts.library.rules[m[2]].shape
                assert shape is not None
                assert step.id in {one.intervention for one in shape.not_before}
            elif told.startswith("It can't start earlier: it begins only in "):
                assert facts.library.intervention(step.id).starts_in
            else:
                assert re.match(r"It is planned in its light form|It can't start earlier", told), (
                    told
                )


def partnered(asked: Asked) -> set[str]:
    return {name for pair in asked.advice.dependencies.together for name in pair}


def test_the_printed_reason_of_what_goes_with_a_partner_adds_the_two(
    library: Library, changed: Change
) -> None:
    def what_they_need_stands(cqa: Data) -> None:
        cqa["in_place"].append({"practice": "quality-framework", "how": "fully"})

    sold = library.costs.model_copy(update={"sold": ()})
    little = library.planning.model_copy(update={"planned_share": 0.55})
    lacking = replace(library, costs=sold, planning=little)  # with more time they are both in
    folder = changed("hillside", cqa=what_they_need_stands)
    advice = advise(load_school(folder, lacking), lacking)
    problem, chosen, reasons = advice.problem, advice.solution.chosen, advice.reasons
    pairs = dict([*advice.dependencies.together, *(p[::-1] for p in advice.dependencies.together)])
    slots = {slot.title: slot.index for slot in advice.school.timeline.slots}
    counted = 0
    for one in advice.plan.left_out:
        name = one.intervention
        m = re.fullmatch(
            rf"It comes nearest to fitting in ({SLOT}), together with “(.+?)”, without which it "
            r"isn't done; there (.+)\.",
            one.reason,
        )
        if not m or name not in pairs:
            continue
        partner = pairs[name]
        assert m[2] == advice.library.intervention(partner).title
        both = [problem.item(who).at(slots[m[1]]) for who in (name, partner)]
        for wanted, people, when, left in re.findall(
            rf"needs ([\d.]+) days? of (.+?) in ({SLOT}), and ([\d.]+) days? (?:is|are) left", m[3]
        ):
            (pool,) = {p for p, _ in problem.capacity if reasons.phrases.people(p) == people}
            key = (pool, slots[when])
            asked = sum(place.load.get(key, 0) for place in both)
            used = sum(place.load.get(key, 0) for place in chosen.values())
            assert float(wanted) == asked / 10 > float(left)
            assert float(left) == (problem.capacity[key] - used) / 10
            counted += 1
    assert counted


def test_the_printed_reason_of_all_without_room_is_true(asked: Asked) -> None:
    facts = Facts(asked.advice)
    problem, chosen = held(asked.advice), asked.advice.solution.chosen
    room = [one for one in asked.advice.plan.left_out if one.kind == "no-room"]
    assert room
    for one in room:
        fits = [
            place
            for place in problem.item(one.intervention).open
            if not faults(problem, {**chosen, one.intervention: place})
        ]
        m = re.fullmatch(rf"It comes nearest to fitting in ({SLOT}); there (.+)\.", one.reason)
        if m is None:
            assert bool(fits) == one.reason.startswith("It would fit"), one
            continue
        if one.intervention in partnered(asked):
            continue
        assert not fits, one
        for told in m[2].split("; "):
            case = _left(facts, one.intervention, facts.slots[m[1]])
            assert is_true(told, case), (one.intervention, told)


def test_an_alternative_is_named_that_is_in_the_plan(asked: Asked) -> None:
    titles = {step.title for step in asked.advice.plan.steps}
    for one in asked.advice.plan.left_out:
        if one.kind == "alternative":
            told = re.fullmatch(r"“(.+)” is used instead\.", one.reason)
            assert told, one.reason
            assert told[1] in titles


def test_what_is_held_back_is_beaten_by_what_starts_there(asked: Asked) -> None:
    facts = Facts(asked.advice)
    for held in asked.advice.plan.held_back:
        assert held.beaten_by
        for title in held.beaten_by:
            assert facts.steps[title].starts == held.slot, (held.title, title)
        if held.step:
            step = next(step for step in asked.advice.plan.steps if step.id == held.step)
            assert facts.ids[held.slot] < facts.ids[step.starts]
