"""Recommendations as a scheduling problem: variants over half-terms, time, money and deadlines."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..inference import Advised, Argument, Dependencies, Recommendation, served
from ..library import Intervention, Library
from ..scheduling import (
    AtMostOne,
    Bought,
    Follows,
    Goal,
    Item,
    OneOf,
    Placement,
    Problem,
    Relation,
    Requires,
    StartedBy,
    Together,
    fits,
)
from ..school import Half, School, Slot, Timeline, in_window
from .budget import Funds
from .capacity import Capacity, Holders, pool_name
from .effort_profile import Courses, EffortProfile
from .purchases import Sale, offer_limits, sales
from .variants import Form, forms_of, led_by, meant_early

NEW = "new"
"""The school's budget of attention; a person's own is `LEADS` and their name."""
LEADS = "leads "
URGENT = "urgent "
"""Before an intervention: the id of the goal that it begins in time."""
AT_ALL = " at all"
PRIORITY = "P"
"""Before the rank of an agreed priority: its id in the plan, and that of its goal."""


class Timetable:
    """Asks the scheduler's question for a school, and knows what stands behind its items."""

    def __init__(
        self,
        school: School,
        library: Library,
        capacity: Capacity,
        advised: Advised,
        spend_share: float | None = None,
    ) -> None:
        """`spend_share`, of each budget line, in place of what the rules say."""
        self.school, self.library, self.capacity, self.advised = school, library, capacity, advised
        self.time: Timeline = school.timeline
        planning, shaping = library.planning, advised.shaping
        self.planned_share = (
            shaping.planned_share[0] if shaping.planned_share else planning.planned_share
        )
        told = shaping.spend_share[0] if shaping.spend_share else 1.0
        self.spend_share = told if spend_share is None else spend_share
        self.new_starts = shaping.new_starts[0] if shaping.new_starts else planning.new_starts
        self.funds = Funds(school, library, self.spend_share)
        self.courses = Courses(school, library, capacity, advised.school)
        self.forms: dict[str, Form] = {}
        self.pools: dict[str, Holders] = {}
        self._pools_by_role: dict[str, tuple[str, ...]] = {}
        self.sales: tuple[Sale, ...] = ()
        """What may be bought."""
        self.bought: dict[tuple[str, int], int] = {}
        """The time that was bought, in tenths of a day by pool and slot index."""
        self.serves: dict[str, tuple[int, ...]] = {}
        """The ranks of the agreed priorities an intervention serves."""
        self.either: frozenset[str] = frozenset()
        """What rules say must be done and may be done in its light form."""
        self.late: frozenset[str] = frozenset()
        """What must be done, and may be for those only for whom it is not too late."""
        self.handed: dict[str, str] = {}
        """The role that leads an intervention in place of the head, by id."""
        self.led_already: frozenset[str] = frozenset()
        """What somebody leads in a plan in force: it is handed to nobody else."""
        self.goal_ranks: dict[str, int | None] = {}
        """The rank of the priority a goal is for, by id of the goal; None: it is for something urgent."""

    # --- what is asked for

    def must(self, name: str) -> bool:
        """Tell whether an intervention has to be in the plan, and the school has not declined it.

        It has to be where it was promised or accepted, replaces one that was, is a duty that falls
        due, or a rule demands it.
        """
        if name in self.advised.declined:
            return False
        instead = self.advised.shaping.replace
        promised = {promise.intervention for promise in self.school.promises}
        promised |= {instead[one][0] for one in promised & instead.keys()}
        return name in promised or name in self.advised.shaping.must or name in self.advised.duties

    def deadline(self, name: str) -> int | None:
        """The last half-term (its index) in which an intervention may start; None when there is none."""
        found: list[int] = []
        for table in (self.advised.shaping.must, self.advised.shaping.start_by):
            if name in table:
                part = self._part(table[name][0])
                if part is not None:
                    found.append(part)
        for promise in self.school.promises:
            if promise.intervention == name and promise.by:
                found += self._until(promise.by)
        if name in self.advised.duties:
            found += self._until(self.advised.duties[name].by)
        for window in self.school.windows:
            if window.intervention == name and window.not_after:
                found += [h.index for h in self.time.halves if in_window(h, window)][-1:]
        return min(found) if found else None

    def _until(self, date: datetime.date) -> list[int]:
        """The last half-term that has begun by a date; none before the plan."""
        return [half.index for half in self.time.halves if half.starts <= date][-1:]

    def release(self, name: str) -> int | None:
        """The first half-term (its index) in which an intervention may start; None when any."""
        found: list[int] = []
        if name in self.advised.shaping.not_before:
            part = self._part(self.advised.shaping.not_before[name][0])
            if part is not None:
                found.append(part)
        if name in self.advised.duties and (since := self.advised.duties[name].since):
            found += [half.index for half in self.time.halves if half.ends >= since][:1]
        for window in self.school.windows:
            if window.intervention == name and window.not_before:
                found += [h.index for h in self.time.halves if in_window(h, window)][:1]
        return max(found) if found else None

    def pin(self, name: str) -> int | None:
        """The half-term (its index) the school has set as the beginning; None when it has not."""
        for pin in self.school.file.pinned:
            if pin.intervention == name:
                for half in self.time.halves:
                    if half.starts <= pin.starts <= half.ends:
                        return half.index
        return None

    def _part(self, part: str) -> int | None:
        """The index of the first half-term with that part's name."""
        return next((half.index for half in self.time.halves if half.part == part), None)

    def unstaffed(self, intervention: Intervention) -> str | None:
        """Return a sentence naming a role nobody here can fill; None when every role is filled."""
        if instead := self.named_lead(intervention.id):
            intervention = led_by(intervention, instead)
        roles = [work.role for _, phase in intervention.phases() for work in phase.effort]
        for role in dict.fromkeys([intervention.lead, *roles]):
            if self.capacity.role(role) is None:
                title = self.library.roles[role].title
                return f"Nobody here is or can stand in for: {title}."
        return None

    def lead(self, intervention: Intervention, begins: Half | None = None) -> str:
        """The role that leads: the one the school names, or the intervention's own, as it is held here; or,
        by the half-term it begins in, as it is held then."""
        wanted = self.named_lead(intervention.id) or intervention.lead
        held = self.capacity.role(wanted) or wanted
        return held if begins is None else self.capacity.works(held, begins) or held

    def named_lead(self, name: str) -> str | None:
        """The role that the school named or promised to lead an intervention: it does what the lead would do
        in it."""
        promised = [
            one.lead for one in self.school.promises if one.intervention == name and one.lead
        ]
        return promised[-1] if promised else self.school.file.leads.get(name)

    def may_hand_over(self, item: str) -> bool:
        """Tell whether another may lead an item than who would: leading it takes time, it is not the head's
        own to lead and no duty, the school named nobody to lead it, and nobody leads it in a plan in force."""
        intervention = self.forms[item].item.intervention
        return (
            self.library.roles[intervention.lead].rank != "head"
            and intervention.duty is None
            and any(
                work.role == intervention.lead
                for _, phase in intervention.phases()
                for work in phase.effort
            )
            and self.named_lead(intervention.id) is None
            and intervention.id not in self.led_already
        )

    def there_at_the_start(self, item: str, role: str, start: int) -> bool:
        """Tell whether somebody holds a role when an item that starts in a slot begins."""
        course = self.course(item, self.time.slots[start])
        return course is not None and bool(self.capacity.holders(role, course.begins))

    def led_by_another(self, item: str, role: str, start: int) -> Placement | None:
        """An item begun in a slot with another role as its lead; None where it can't begin there."""
        form = _led_by(self.forms[item], role)
        half = self.begins(form, self.time.slots[start])
        courses = Courses(self.school, self.library, self.capacity, self.advised.school)
        course = None if half is None else courses.course(form, half)
        return None if course is None else self._placement(form, start, course)

    # --- what it takes

    def name(self, item: str) -> str:
        """The intervention an item of the scheduler is a form of."""
        return self.forms[item].item.id

    def course(self, item: str, slot: Slot) -> EffortProfile | None:
        """Return the effort profile of an item begun in a slot; None when it can't begin there."""
        half = self.begins(self.forms[item], slot)
        return None if half is None else self.courses.course(self.forms[item], half)

    def effort(self, item: str, start: int) -> dict[tuple[str, int], int]:
        """Return the time an item takes from where it starts, in tenths of a day by role and slot index."""
        course = self.course(item, self.time.slots[start])
        assert course is not None
        found: dict[tuple[str, int], int] = {}
        for (role, half), tenths in course.effort.items():
            key = role, self._slot(half)
            found[key] = found.get(key, 0) + tenths
        return found

    def begins(self, form: Form, slot: Slot) -> Half | None:
        """The half-term of a slot in which a form begins: the first that it may start in and that suits
        every date set; where none suits, the first that it may start in."""
        parts, name = form.item.intervention.starts_in, form.item.id
        open_to = [half for half in slot.halves if not parts or half.part in parts]
        if len(open_to) > 1:
            early, late, pin = self.release(name), self.deadline(name), self.pin(name)
            fit = [
                half
                for half in open_to
                if (early is None or half.index >= early)
                and (late is None or half.index <= late)
                and (pin is None or half.index == pin)
            ]
            open_to = fit or open_to
        return open_to[0] if open_to else None

    def planned(self, people: Holders, slot: Slot) -> tuple[int, int]:
        """The time people stated for a slot, and what of it may be planned; in tenths of a day."""
        stated = sum(self.capacity.time(people, half) for half in slot.halves)
        return stated, self._of_stated(stated) + self.bought.get((pool_name(people), slot.index), 0)

    def _of_stated(self, stated: int) -> int:
        return int(stated * self.planned_share + 1e-9)

    def with_more(self, more: Mapping[tuple[str, int], int]) -> dict[tuple[str, int], int]:
        """Return the plannable time, by pool and slot index, if people state so much more.

        `more` is by person and slot index; all is in tenths of a day.
        """
        found = {}
        for name, people in self.pools.items():
            for slot in self.time.slots:
                added = sum(more.get((person, slot.index), 0) for person in people)
                stated, _ = self.planned(people, slot)
                bought = self.bought.get((name, slot.index), 0)
                found[name, slot.index] = self._of_stated(stated + added) + bought
        return found

    def to_state(
        self,
        planned: Mapping[tuple[str, int], int],
        enough: Callable[[Mapping[tuple[str, int], int]], bool],
    ) -> dict[tuple[str, int], int]:
        """The least that people have to state more, by person and slot, in tenths of a day, for what
        may then be planned of their pools to be `enough`; with a tenth less anywhere it is not.

        `planned` is how much more may be planned of each with that: always enough. People state more
        than is planned of it, and parts of a tenth that they have stated already count.
        """
        stated = {key: math.ceil(more / self.planned_share - 1e-9) for key, more in planned.items()}
        for key in sorted(stated):
            while stated[key] and enough(self.with_more({**stated, key: stated[key] - 1})):
                stated[key] -= 1
        return stated

    def _value(self, form: Form, course: EffortProfile) -> int:
        """Points for being in the plan, and for each half-term in which it can bear fruit."""
        planning, length = self.library.planning, len(self.time.halves)
        benefit = max(0, length - 1 - (course.ready.index - self.time.halves[0].index))
        steep = (
            planning.progress_earliness
            if form.item.id in self.advised.shaping.forward
            else planning.earliness
        )
        full = max(0, form.item.score) * (planning.inclusion * length + steep * benefit)
        return int(full * form.worth * self._season(form.item.intervention, course))

    def _season(self, intervention: Intervention, course: EffortProfile) -> float:
        """The share of its worth that an intervention has when begun in the course's first half-term."""
        season = intervention.season
        begins = course.begins.part
        if season is None or intervention.series or begins in season.best:
            return 1.0
        return self.library.planning.out_of_season

    def _placements(self, form: Form) -> Iterator[Placement]:
        intervention = form.item.intervention
        for slot in self.time.slots[:1] if intervention.from_the_first else self.time.slots:
            course = self.course(form.id, slot)
            if course is not None:
                yield self._placement(form, slot.index, course)

    def _placement(self, form: Form, start: int, course: EffortProfile) -> Placement:
        load: dict[tuple[str, int], int] = {}
        for (role, index), tenths in course.effort.items():
            slot = self._slot(index)
            for name in self.pools_of(role):
                load[name, slot] = load.get((name, slot), 0) + tenths
        cost: dict[str, int] = {}
        for (kind, index), pounds in course.cost.items():
            half = self.courses.halves[index]
            claim = self.funds.claim(form.item.intervention, kind, half)
            cost[claim] = cost.get(claim, 0) + pounds
        return Placement(
            start=start,
            end=self._slot(course.phases[-1][1][-1].index),
            ready=self._slot(course.ready.index),
            value=self._value(form, course),
            load={key: amount for key, amount in sorted(load.items()) if amount},
            cost={key: amount for key, amount in sorted(cost.items()) if amount},
        )

    def pools_of(self, role: str) -> tuple[str, ...]:
        """The pools whose time a role's work takes: those with everybody who holds it."""
        if role not in self._pools_by_role:
            holders = self.capacity.holders(role)
            self._pools_by_role[role] = tuple(
                name for name, pool in self.pools.items() if holders <= pool
            )
        return self._pools_by_role[role]

    def _slot(self, half: int) -> int:
        slot = self.time.slot_of_half(half)
        assert slot is not None
        return slot

    # --- the question

    def fitting_problem(
        self, items: Mapping[str, Recommendation], dependencies: Dependencies
    ) -> Problem:
        """The scheduler's question. Of what rules alone say must be done the light form is enough where
        they say so, and where not all that must be done fits in full; there also what can't be over in time
        for all it is advised for is for the others."""
        self._formed(items, dependencies)
        lighter, late = self._may_be_lighter(), self._may_be_late()
        self.either = asked = lighter - self.advised.shaping.in_full
        problem = self.problem(items, dependencies)
        if (late or lighter > asked) and not fits(problem):
            self.either, self.late = lighter, late
            problem = self.problem(items, dependencies)
        return problem

    def _may_be_late(self) -> frozenset[str]:
        """Find what must be done, and may be for those only who need not be served before something: none of
        the others was promised it."""
        promised = {promise.intervention: promise for promise in self.school.promises}
        found = set()
        for form in self.forms.values():
            promise, early = promised.get(form.item.id), meant_early(form.item, self.school)
            if not form.must or form.kind != "full" or not early or early == form.item.targets:
                continue
            if promise is None or (
                promise.accepted and not {one.id for one in early} & {*promise.targets}
            ):
                found.add(form.item.id)
        return frozenset(found)

    def _may_be_lighter(self) -> frozenset[str]:
        """Find what must be done because rules alone say so, and has a light form among the forms."""
        kinds: dict[str, set[str]] = {}
        for form in self.forms.values():
            kinds.setdefault(form.item.id, set()).add(form.kind)
        promised = {promise.intervention for promise in self.school.promises}
        return frozenset(
            name
            for name in self.advised.shaping.must
            if {"full", "light"} <= kinds.get(name, set())
            and self.must(name)
            and name not in promised | self.advised.duties.keys()
        )

    def _formed(
        self, items: Mapping[str, Recommendation], dependencies: Dependencies
    ) -> dict[str, tuple[Form, ...]]:
        """The forms of each item, which are then those of the timetable."""
        names = sorted(dependencies.names)
        tied = {name for pair in dependencies.together for name in pair}
        waiting = {one.intervention.id: one for one in self.advised.refused if one.kind == "waits"}
        found = {
            name: tuple(
                forms_of(
                    items[name],
                    self.school,
                    self.must(name),
                    name in self.either,
                    name in self.late,
                    name in tied,
                    waiting.get(name),
                )
            )
            for name in names
        }
        named = {name: role for name in names if (role := self.named_lead(name))}
        for name, role in (self.handed | named).items():
            found[name] = tuple(_led_by(form, role) for form in found[name])
        self.forms = {form.id: form for forms in found.values() for form in forms}
        return found

    def problem(self, items: Mapping[str, Recommendation], dependencies: Dependencies) -> Problem:
        """The scheduler's question for these items."""
        found = self._formed(items, dependencies)
        self.serves = served({name: items[name] for name in found}, self.school)
        roles: set[str] = set()
        for form in self.forms.values():
            for _, phase in form.item.intervention.phases():
                roles |= {
                    self.capacity.works(work.role, half) or ""
                    for work in phase.effort
                    for half in self.time.halves
                }
        self.pools = {
            pool_name(people): people for people in self.capacity.pools(sorted(roles - {""}))
        }
        self._pools_by_role = {}
        self.bought = {}
        self.sales = tuple(sales(self.school, self.library, self.capacity, self.funds, self.pools))
        capacity = {
            (name, slot.index): self.planned(people, slot)[1]
            for name, people in self.pools.items()
            for slot in self.time.slots
        }
        leads = sorted({self.lead(form.item.intervention) for form in self.forms.values()})
        led = {LEADS + pool_name(people): people for people in self.capacity.pools(leads)}
        attention = {
            (NEW, slot.index): self.new_starts * len(slot.halves) for slot in self.time.slots
        }
        for name, people in led.items():
            for slot in self.time.slots:
                most = self.library.planning.new_leads * len(people) * len(slot.halves)
                attention[name, slot.index] = most
        planned = tuple(self._item(form, led) for form in self.forms.values())
        planning = self.library.planning
        makers = {name: tuple(sorted(people)) for name, people in self.pools.items()}
        makers |= {
            name: tuple(sorted(LEADS + one for one in people)) for name, people in led.items()
        }
        return Problem(
            slots=len(self.time.slots),
            items=planned,
            relations=tuple(self._relations(found, dependencies)),
            capacity=capacity,
            budget=dict(self.funds.limits),
            pays=dict(self.funds.pays),
            attention=attention,
            makers=makers,
            lengths=tuple(len(slot.halves) for slot in self.time.slots),
            smooth_above=planning.smooth_above,
            allowance=planning.value_allowance,
            effort=planning.effort_limit,
            aims=tuple(level.aim for level in planning.aims),
            goals=(*self._coverage(planned), *self._urgent(planned)),
            offers=tuple(sale.offer for sale in self.sales),
            offer_limits=offer_limits(self.sales, self.library),
        )

    def buy(self, bought: Iterable[Bought]) -> None:
        """Count what was bought as time that may be planned."""
        self.bought = {}
        for one in bought:
            for key in one.offer.adds:
                self.bought[key] = self.bought.get(key, 0) + one.offer.unit * one.units

    def covers(self, name: str, rank: int) -> bool:
        """Tell whether a form is a step of substance for an agreed priority: no duty, no review, nothing
        that only prepares, and nothing that rules advise against as strongly as others ask for it."""
        item = self.forms[name].item
        intervention = item.intervention
        return (
            intervention.substance
            and intervention.duty is None
            and rank in self.serves[intervention.id]
            and (
                not item.against or self._strongest(item.arguments) > self._strongest(item.against)
            )
        )

    def _strongest(self, arguments: Iterable[Argument]) -> int:
        """The weight of the strongest of some arguments; 0 of none."""
        strengths: Mapping[Any, int] = self.library.planning.ranking.strengths
        return max((strengths[told.strength] for told in arguments), default=0)

    def _coverage(self, planned: tuple[Item, ...]) -> Iterator[Goal]:
        """The goals of the agreed priorities: a step of substance that shows by the priority's day, and
        if it can be one of those that rules ask for most strongly.

        The first of K priorities weighs more than all behind it together, 2^(K − rank), and any step for
        one of them more than the best step for all, by the factor 2^K.
        """
        agreed = self.school.cqa.priorities
        slots, many = self.time.slots, len(agreed)
        for rank, priority in enumerate(agreed, start=1):
            options = []
            for item in planned:
                if not self.covers(item.id, rank):
                    continue
                starts = [
                    placement.start
                    for placement in item.placements
                    if priority.by is None or slots[placement.ready].ends <= priority.by
                ]
                if starts:
                    options.append((item.id, max(starts)))
            if not options:
                continue
            asked = {name: self._strongest(self.forms[name].item.arguments) for name, _ in options}
            best = [(name, slot) for name, slot in options if asked[name] == max(asked.values())]
            weight = 2 ** (many - rank)
            for name, chosen, scale in (
                (f"{PRIORITY}{rank}", options, 2**many),
                (f"{PRIORITY}{rank} strongest", best, 1),
            ):
                self.goal_ranks[name] = rank
                yield Goal(name, "coverage", weight * scale, StartedBy(tuple(sorted(chosen))))

    def _urgent(self, planned: tuple[Item, ...]) -> Iterator[Goal]:
        """The goals of what can't wait: begun within the half-terms its rules say, or else at all.

        Weighed by the strongest rule that says so; beginning in time counts ten times what beginning
        later does.
        """
        by_name: dict[str, list[Item]] = {}
        for item in planned:
            if self.forms[item.id].item.urgent and item.placements:
                by_name.setdefault(self.name(item.id), []).append(item)
        for name, items in by_name.items():
            told = self.forms[items[0].id].item
            within = self.time.halves[0].index + min(told.urgent.values()) - 1
            weight = self._strongest(one for one in told.arguments if one.urgent)
            last = max(slot.index for slot in self.time.slots if slot.halves[0].index <= within)
            self.goal_ranks |= {URGENT + name: None, URGENT + name + AT_ALL: None}
            anywhere = [(item.id, item.placements[-1].start) for item in items]
            in_time = [(item.id, last) for item in items if item.placements[0].start <= last]
            if in_time:
                yield Goal(URGENT + name, "urgent", weight * 10, StartedBy(tuple(sorted(in_time))))
            yield Goal(URGENT + name + AT_ALL, "urgent", weight, StartedBy(tuple(sorted(anywhere))))

    def _item(self, form: Form, led: Mapping[str, Holders]) -> Item:
        intervention = form.item.intervention
        attention: dict[str, int] = {}
        if intervention.change and not intervention.series:
            attention[NEW] = intervention.change
            holders = self.capacity.holders(self.lead(intervention))
            attention |= {name: 1 for name, people in led.items() if holders and holders <= people}
        placements = tuple(self._placements(form))
        earliest = latest = pinned = None
        if not intervention.from_the_first:
            earliest, latest, pinned = self._limits(form)
        return Item(
            id=form.id,
            placements=placements,
            must=form.must,
            attention=attention,
            earliest=earliest,
            latest=latest,
            pinned=pinned,
        )

    def _limits(self, form: Form) -> tuple[int | None, int | None, int | None]:
        """The first and last slot a form may start in by the dates set, and the slot it is set for."""
        name = form.item.id
        early, late, pin = self.release(name), self.deadline(name), self.pin(name)
        begins = {
            slot.index: half.index
            for slot in self.time.slots
            if (half := self.begins(form, slot)) is not None
        }
        first = [slot for slot, half in begins.items() if early is None or half >= early]
        last = [slot for slot, half in begins.items() if late is None or half <= late]
        at = [slot for slot, half in begins.items() if half == pin]
        return (
            None if early is None else min(first, default=len(self.time.slots)),
            None if late is None else max(last, default=-1),
            None if pin is None else min(at, default=self._slot(pin)),
        )

    def _relations(
        self, found: Mapping[str, tuple[Form, ...]], dependencies: Dependencies
    ) -> Iterator[Relation]:
        def ids(*names: str) -> tuple[str, ...]:
            return tuple(sorted(form.id for name in names for form in found[name]))

        for before, after in dependencies.requires:
            for one in ids(after):
                yield Requires(ids(before), one)
        for options, after in dependencies.requires_any:
            for one in ids(after):
                yield Requires(ids(*options), one)
        for before, after in dependencies.helped:
            for first in ids(before):
                for one in ids(after):
                    yield Follows(first, one)
        for before, after, lag in dependencies.later:
            for first in ids(before):
                for one in ids(after):
                    yield Follows(first, one, lag)
        for pair in dependencies.together:
            yield Together(pair)
        alternatives: dict[str, list[str]] = {}
        pairs: set[tuple[str, ...]] = set()
        for name in dependencies.names:
            intervention = found[name][0].item.intervention
            if intervention.alternative:
                alternatives.setdefault(intervention.alternative, []).append(name)
            elif len(found[name]) > 1 and name not in self.either:
                yield AtMostOne(ids(name))
            if name in self.either:
                yield OneOf(ids(name))
            elif name in self.late:
                yield OneOf(tuple(one for one in ids(name) if self.forms[one].kind != "light"))
            for other in intervention.excludes:
                if other in dependencies.names:
                    pairs.add(tuple(sorted((name, other))))
        for group in [*alternatives.values(), *sorted(pairs)]:
            if len(ids(*group)) > 1:
                yield AtMostOne(ids(*group))


def _led_by(form: Form, role: str) -> Form:
    """A form with another role as its lead."""
    return replace(form, item=replace(form.item, intervention=led_by(form.item.intervention, role)))
