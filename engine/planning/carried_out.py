"""A plan in force, as a new plan has to go by it: what is past or runs stays, what was stopped is out, and what
is still to come moves as little as it can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..inference import Advised, NotAdvised, score, stays
from ..library import Library
from ..scheduling import (
    Bought,
    Follows,
    Item,
    Placement,
    Problem,
    Purchased,
    Relation,
    Requires,
    Stood,
    Together,
    claimed,
    items_of,
    least_disturbed,
    purchase,
    split,
    undisturbed,
    with_bought,
)
from ..school import School
from .budget import line_and_year
from .phrases.plan_notes import runs_for
from .problem_builder import Timetable
from .variants import Form


@dataclass(frozen=True, slots=True)
class StepStood:
    """The standing of a step in the plan in force."""

    start: int | None
    """index of its slot; None: it could not begin there, and has to begin later"""
    light: bool
    targets: frozenset[str]
    """ids of those it is for"""
    weight: int = 1
    """what moving it counts for"""


@dataclass(frozen=True, slots=True)
class TimeBought:
    """Time that was bought for the plan in force: what is sold, for whom, in which slot (by id), from which line
    and year, and how many tenths of a day."""

    sold: str
    people: frozenset[str]
    slot: str
    line: str
    year: str
    tenths: int
    told: bool = True
    """it is used up, or begins so soon that people were told; else what nobody uses is given back"""


RoleTime = tuple[str, int]
"""A role, and the index of a slot."""


@dataclass(frozen=True, slots=True)
class TimeTaken:
    """The time a step takes as it is carried out, in tenths of a day by role and slot index."""

    used: Mapping[RoleTime, int] | None = None
    """before now; None: nobody wrote it down, so that it is taken to be as planned"""
    needed: Mapping[RoleTime, int] | None = None
    """from now on; None likewise"""


@dataclass(frozen=True)
class CarriedOut:
    """The parts of a plan in force that a new one has to go by; by intervention."""

    now: int
    """index of the slot from which on something new may begin"""
    fixed: Mapping[str, StepStood]
    """what is done or runs: it stays where it is"""
    to_come: Mapping[str, StepStood]
    leads: Mapping[str, str] = field(default_factory=dict)
    """who leads in place of the role that would: a role"""
    told: frozenset[str] = frozenset()
    """of them those people were told of: moved only where not all that must be done would fit"""
    put_off: Mapping[str, int] = field(default_factory=dict)
    """the first slot in which those may begin that the school put off: they are in, wherever that is, where all
    that must be done fits"""
    keep: frozenset[str] = frozenset()
    """of them those that have to stay where they are"""
    allowance: float = 0.0
    """the share of the plan's worth that may be given up so that less moves"""
    bought: tuple[TimeBought, ...] = ()
    """it stays bought, as far as it is used or people were told of it"""
    taken: Mapping[str, TimeTaken] = field(default_factory=dict)
    """what was written down of the time of what is over, runs or was stopped"""
    spent: Mapping[str, int] = field(default_factory=dict)
    """pounds that were spent and no step of the new plan costs, by line and year"""

    def effort(
        self, name: str, planned: Mapping[RoleTime, int], timetable: Timetable
    ) -> dict[RoleTime, int]:
        """Return the time a step takes, in tenths of a day by role and slot index: what was used and is still
        needed where that is known, else as it is `planned`. A vacant post's work is done by whom it falls to."""
        taken = self.taken.get(name, TimeTaken())
        found: Counter[RoleTime] = Counter()
        for past, known in ((True, taken.used), (False, taken.needed)):
            for (role, slot), tenths in (planned if known is None else known).items():
                if (slot < self.now) == past and role in timetable.library.roles:
                    half = timetable.time.slots[slot].halves[0]
                    found[timetable.capacity.works(role, half) or role, slot] += tenths
        return dict(found)

    def narrowed(self, advised: Advised, school: School, library: Library) -> None:
        """Take out of what is advised those for whom something is advised that runs for others; who is named by
        the school itself stays."""
        for name, stood in self.fixed.items():
            item = advised.items.get(name)
            if item is None:
                continue
            own = {
                one for said in school.promises if said.intervention == name for one in said.targets
            }
            kept = [one for one in item.targets if one.id in stood.targets | own]
            others = [one for one in item.targets if one not in kept]
            if not kept or not others:
                continue
            told = tuple(one for one in item.arguments if stays(one, others, kept))
            words = runs_for(one.label for one in kept)
            advised.refused.append(
                NotAdvised(item.intervention, tuple(others), "waits", words, arguments=told)
            )
            item.targets = kept
            item.arguments = [one for one in item.arguments if stays(one, kept, others)]
            item.against = [one for one in item.against if stays(one, kept, others)]
            item.score = score(item, school, library)

    def answer(self, timetable: Timetable) -> CarriedOutAnswer:
        """Give what solves a problem of a timetable by this."""
        return CarriedOutAnswer(timetable, self)


@dataclass(frozen=True)
class CarriedOutAnswer:
    """Solves a problem as `purchase` does, with the past where it is and as little moved as can be."""

    timetable: Timetable
    carried: CarriedOut

    def __call__(self, problem: Problem, hint: Mapping[str, Placement] | None = None) -> Purchased:
        """Solve a problem, with a plan to begin with where there is one; what was bought and nobody uses is
        given back, and the money planned with again."""
        purchased, used = self._solved(problem)
        if used == self.carried.bought:
            return purchased
        less = replace(self, carried=replace(self.carried, bought=used))
        return less._solved(problem)[0]

    def _solved(self, problem: Problem) -> tuple[Purchased, tuple[TimeBought, ...]]:
        """Solve a problem, and give what of the time bought before is used, or has to stay."""
        carried, kin = self.carried, {name: self.timetable.name(name) for name in problem.by_id}
        forms, stays = self._forms(problem), dict(self._given())
        given = tuple(stays.values())
        problem = self._held(_less_to_buy(with_bought(problem, given), given), forms)
        stood = {
            name: Stood(forms[name], one.start, one.weight)
            for name, one in carried.to_come.items()
            if name in forms
        }
        told = {name: one for name, one in stood.items() if name in carried.told}
        told |= {name: one for name, one in stood.items() if name in carried.put_off}
        staying = undisturbed(problem, told, kin) if told else frozenset()
        if staying:
            problem = self._pinned(problem, staying)
        purchased = purchase(problem)
        past = {
            forms[name]
            for name, one in carried.fixed.items()
            if name in forms and _is_at(problem.item(forms[name]), one.start)
        }
        if items_of(purchased.solution.undone) & past:
            purchased = _beside(problem, past)
        found = least_disturbed(
            purchased.problem, purchased.solution, stood, kin, carried.allowance
        )
        used = tuple(_used(stays, purchased.problem, found.chosen.values()))
        gone = tuple(one for one in carried.bought if one not in stays)  # sold no more
        done = replace(purchased, solution=found, bought=_together(given, purchased.bought))
        return done, carried.bought if used == tuple(stays) else (*gone, *used)

    # --- what of the problem is given

    def _given(self) -> Iterator[tuple[TimeBought, Bought]]:
        """Yield what was bought for the plan in force, as far as it is still sold."""
        for one in self.carried.bought:
            for sale in self.timetable.sales:
                line, year = line_and_year(sale.account)
                if (sale.sold.id, sale.people, sale.slot.id, line, year) == (
                    *(one.sold, one.people, one.slot, one.line, one.year),
                ):
                    yield one, Bought(sale.offer, round(one.tenths / sale.offer.unit))
                    break

    def _forms(self, problem: Problem) -> dict[str, str]:
        """The item that each step of the plan in force is now, by intervention."""
        by_name: dict[str, list[Form]] = {}
        for item in problem.items:
            form = self.timetable.forms[item.id]
            by_name.setdefault(form.item.id, []).append(form)
        carried = {**self.carried.to_come, **self.carried.fixed}
        return {
            name: _like(by_name[name], one).id for name, one in carried.items() if name in by_name
        }

    def _held(self, problem: Problem, forms: Mapping[str, str]) -> Problem:
        """The problem with what is past in its place, and nothing else before now."""
        carried = self.carried
        fixed = {forms[name]: one for name, one in carried.fixed.items() if name in forms}
        gone = {name for name in carried.fixed if name in forms}
        items = []
        for item in problem.items:
            there = self._as_it_runs(item, fixed[item.id]) if item.id in fixed else item
            if there is not item:
                items.append(there)
            elif item.id not in fixed and self.timetable.name(item.id) in gone:
                items.append(replace(item, placements=(), must=False))
            elif self._stays(item, forms):
                items.append(_at(item, carried.to_come[self.timetable.name(item.id)].start))
            else:
                items.append(self._from_now(item))
        held = {
            item.id for item in items if item.id in fixed and _is_at(item, fixed[item.id].start)
        }
        problem = replace(
            problem,
            items=tuple(items),
            relations=tuple(one for one in problem.relations if _binds(one, held)),
        )
        return self._with_room(problem, held)

    def _as_it_runs(self, item: Item, stood: StepStood) -> Item:
        """An item where it stands, with the time it takes; one that can't be there as it is."""
        there = _at(item, stood.start)
        name = self.timetable.name(item.id)
        if there is item or name not in self.carried.taken:
            return there
        [place] = there.placements
        load: Counter[tuple[str, int]] = Counter()
        planned = self.timetable.effort(item.id, place.start)
        for (role, slot), tenths in self.carried.effort(name, planned, self.timetable).items():
            for pool in self.timetable.pools_of(role):
                load[pool, slot] += tenths
        real = {key: tenths for key, tenths in sorted(load.items()) if tenths}
        return replace(there, placements=(replace(place, load=real),))

    def _from_now(self, item: Item) -> Item:
        """An item without its placements in what is past; one that comes back all year has begun anyway."""
        form = self.timetable.forms[item.id]
        if form.item.intervention.from_the_first:
            return item
        now = max(self.carried.now, self.carried.put_off.get(self.timetable.name(item.id), 0))
        passed = item.latest is not None and item.latest < now  # it is late, and done all the same
        return replace(
            item,
            placements=tuple(place for place in item.placements if place.start >= now),
            latest=None if passed else item.latest,
        )

    def _stays(self, item: Item, forms: Mapping[str, str]) -> bool:
        name = self.timetable.name(item.id)
        there = name in self.carried.keep and name in self.carried.to_come
        return there and forms.get(name) == item.id

    def _pinned(self, problem: Problem, staying: Collection[str]) -> Problem:
        """The problem with some items in: where they stand in the plan in force, if people were told of it."""
        items = []
        for item in problem.items:
            name = self.timetable.name(item.id)
            if item.id in staying and name in self.carried.told:
                item = _at(item, self.carried.to_come[name].start)
            elif item.id in staying:
                item = replace(item, must=True)
            items.append(item)
        return replace(problem, items=tuple(items))

    def _with_room(self, problem: Problem, held: Collection[str]) -> Problem:
        """The problem with the money that is gone taken off, and with room at least for what runs: it is done
        whatever there is."""
        taken = [problem.item(name).placements[0] for name in sorted(held)]
        capacity, attention = dict(problem.capacity), dict(problem.attention)
        for key in capacity:
            capacity[key] = max(capacity[key], sum(one.load.get(key, 0) for one in taken))
        for key in attention:
            budget, slot = key
            begun = sum(
                problem.item(name).attention.get(budget, 0)
                for name in held
                if problem.item(name).placements[0].start == slot
            )
            attention[key] = max(attention[key], begun)
        money = dict(problem.budget)
        for account, pounds in self.carried.spent.items():
            if account in money:
                money[account] = max(0, money[account] - pounds)
        money = {account: max(0, pounds) for account, pounds in money.items()}
        problem = replace(problem, capacity=capacity, attention=attention, budget=money)
        return self._with_money(problem, claimed(taken))

    def _with_money(self, problem: Problem, spent: Mapping[str, int]) -> Problem:
        """The problem with money at least for what runs, from the line that is asked first."""
        if split(problem, spent) is not None:
            return problem
        money, needed = dict(problem.budget), Counter[str]()
        for claim, pounds in spent.items():
            ways = problem.pays.get(claim, ((claim,),))
            for account in ways[0] if ways else ():
                needed[account] += pounds
        for account, pounds in needed.items():
            if account in money:
                money[account] = max(money[account], pounds)
        return replace(problem, budget=money)


def _beside(problem: Problem, past: Collection[str]) -> Purchased:
    """Solve a problem in which not all that must be done fits, with what is past out of the question: it takes
    what it takes, so that nothing is won by leaving it out."""
    taken = [problem.item(name).placements[0] for name in sorted(past)]
    capacity, attention, money = (
        dict(problem.capacity),
        dict(problem.attention),
        dict(problem.budget),
    )
    items = []
    for item in problem.items:
        if item.id not in past:
            items.append(item)
            continue
        [place] = item.placements
        for key, tenths in place.load.items():
            if key in capacity:
                capacity[key] -= tenths
        for budget, points in item.attention.items():
            if (budget, place.start) in attention:
                attention[budget, place.start] -= points
        bare = replace(place, load={}, cost={})
        items.append(replace(item, placements=(bare,), attention={}))
    for (claim, way), pounds in (split(problem, claimed(taken)) or {}).items():
        for account in problem.pays.get(claim, ((claim,),))[way]:
            if account in money:
                money[account] -= pounds
    found = purchase(
        replace(problem, items=tuple(items), capacity=capacity, attention=attention, budget=money)
    )
    chosen, before = (
        {name: problem.item(name).at(place.start) for name, place in places.items()}
        for places in (found.solution.chosen, found.before)
    )
    after = with_bought(replace(problem, offers=()), found.bought)
    return Purchased(after, replace(found.solution, chosen=chosen), found.bought, before)


def _less_to_buy(problem: Problem, given: Iterable[Bought]) -> Problem:
    """The problem in which so much less may be bought as is bought already."""
    units = {one.offer.id: one.units for one in given}
    limits = dict(problem.offer_limits)
    for one in given:
        for kind in one.offer.kinds:
            limits[kind] = limits[kind] - one.units
    offers = (replace(offer, most=offer.most - units.get(offer.id, 0)) for offer in problem.offers)
    return replace(problem, offers=tuple(offers), offer_limits=limits)


def _used(
    stays: Mapping[TimeBought, Bought], problem: Problem, chosen: Iterable[Placement]
) -> Iterator[TimeBought]:
    """Yield what was bought less what nobody uses in a plan, but for what people were told of."""
    spare = Counter(problem.capacity)
    for place in chosen:
        spare.subtract(place.load)
    for one, bought in stays.items():
        offer = bought.offer
        idle = 0
        if not one.told and offer.adds:
            idle = min(bought.units, *(spare[key] // offer.unit for key in offer.adds))
        idle = max(0, idle)
        for key in offer.adds:
            spare[key] -= idle * offer.unit
        if idle < bought.units:
            yield replace(one, tenths=one.tenths - idle * offer.unit)


def _together(given: Iterable[Bought], more: Iterable[Bought]) -> tuple[Bought, ...]:
    """Sum up what is bought in all, offer by offer."""
    found: dict[str, Bought] = {}
    for one in (*given, *more):
        before = found.get(one.offer.id)
        units = one.units + (before.units if before else 0)
        found[one.offer.id] = Bought(before.offer if before else one.offer, units)
    return tuple(found.values())


def _like(forms: Iterable[Form], stood: StepStood) -> Form:
    """The form that a step is: light or not, and of those that are not the one for the same."""
    found = list(forms)
    alike = [form for form in found if (form.kind == "light") == stood.light] or found
    same = [form for form in alike if stood.targets == {target.id for target in form.item.targets}]
    return (same or alike)[0]


def _at(item: Item, start: int | None) -> Item:
    """An item that has to be in, and in a slot; one that can't be there as it is."""
    there = tuple(place for place in item.placements if place.start == start)
    if not there:
        return item
    return replace(item, placements=there, must=True, earliest=None, latest=None, pinned=None)


def _is_at(item: Item, start: int | None) -> bool:
    """Tell whether an item can stand in one slot only, this one."""
    return [place.start for place in item.placements] == [start]


def _binds(relation: Relation, held: Collection[str]) -> bool:
    """Tell whether a relation still asks for something: what has begun waits for nothing."""
    if isinstance(relation, Requires | Follows):
        return relation.after not in held
    if isinstance(relation, Together):
        return not set(held) & set(relation.items)
    return True


__all__ = ["CarriedOut", "RoleTime", "StepStood", "TimeBought", "TimeTaken"]
