"""What money buys: each step's worth and cost, what a little more would bring, value against budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..advise import Advice
from ..core import EFFORT_STEP
from ..planning import Holders, Timetable, line_and_year, pool_name
from ..scheduling import (
    Placement,
    Purchased,
    Solution,
    best_with_more,
    claimed,
    purchase,
    solve,
    split,
)
from . import money_answer as report
from .planned_anew import had_given, planned_anew
from .spending_today import spending_today

NOTICE = (
    "Each figure comes from planning again with that one thing changed, and is only as good as the "
    "estimates of effort and cost in the plan. Compared are plans before their load is made more even: "
    "the same steps, worth a little more."
)


def money(advice: Advice) -> report.MoneyReport:
    """The report on a plan's money. Plans again some thirty times: the same advice gives the same report."""
    return _Money(advice).made()


class _Money:
    def __init__(self, advice: Advice) -> None:
        self.advice, self.reasons = advice, advice.reasons
        self.timetable: Timetable = advice.reasons.timetable
        self.asked = advice.library.planning.money
        # Without smoothing: what is compared is the most value there is.
        self.problem = advice.problem.unsmoothed
        self.asked_for = advice.asked.unsmoothed
        self.base = solve(self.problem, hint=advice.solution.chosen)

    def made(self) -> report.MoneyReport:
        plan = self.advice.plan
        steps = tuple(self._steps())
        curve = tuple(self._curve())
        return report.MoneyReport(
            school=plan.school,
            notice=NOTICE,
            value=self.base.value,
            lines=plan.budget,
            invested=sum(step.invested for step in steps),
            running=sum(step.running for step in steps),
            purchases=sum(one.pounds for one in plan.purchases),
            steps=steps,
            money=tuple(self._more_money()),
            time=tuple(self._more_time()),
            curve=curve,
            flat_from=self._flat(curve),
            forgone=self._forgone(),
            finance=tuple(self._finance()),
            spent=spending_today(plan, self.advice.school.file.money.spent, self.advice.library),
        )

    def _steps(self) -> Iterator[report.StepMoney]:
        found = []
        for step in self.advice.plan.steps:
            pounds = sum(cost.pounds for cost in step.cost)
            running = sum(cost.running for cost in step.cost)
            found.append(
                report.StepMoney(
                    step=step.id,
                    title=step.title,
                    value=step.value,
                    invested=pounds - running,
                    running=running,
                    days=round(sum(effort.days for effort in step.effort), 1),
                    per_thousand=round(1000 * step.value / pounds) if pounds else None,
                )
            )

        def worth(step: report.StepMoney) -> tuple[bool, float, str]:
            rate = step.per_thousand
            return rate is not None, -(step.value if rate is None else rate), step.step

        yield from sorted(found, key=worth)

    # --- a little more

    def _more_money(self) -> Iterator[report.Buys]:
        """The next £1,000 on each line in each year, given as the school would write it down: where part
        of a line is kept back, part of that is too."""
        step = int(self.asked.step)
        for account in sorted(self.timetable.funds.accounts):
            found = planned_anew(self.advice, had_given(self.advice, *line_and_year(account), step))
            title = self.reasons.phrases.account(account)
            yield self._told(found.solution, title, f"£{step:,} more")

    def _more_time(self) -> Iterator[report.Buys]:
        """The next half-day of each group of people that a step needs, in the half-term where it buys
        most."""
        tenths = int(self.asked.half_day * EFFORT_STEP * self.timetable.planned_share)
        timetable = self.timetable
        groups = {
            timetable.capacity.holders(role)
            for form in timetable.forms.values()
            for _, phase in form.item.intervention.phases()
            for work in phase.effort
            if (role := timetable.capacity.role(work.role))
        }
        for people in sorted(groups, key=sorted):
            found, slot = best_with_more(self.problem, self.base, self._wider(people), tenths)
            words = self.reasons.phrases.people(pool_name(people))
            when = f", in {self.reasons.slots[slot].title}" if slot is not None else ""
            more = f"{self.asked.half_day:g} days more{when}"
            yield self._told(found, words[:1].upper() + words[1:], more)

    def _wider(self, people: Holders) -> tuple[str, ...]:
        """The pools that have more when these people together have."""
        return tuple(name for name, pool in self.timetable.pools.items() if people <= pool)

    def _told(self, found: Solution, title: str, more: str) -> report.Buys:
        """Tell what a plan with a little more has that today's has not."""
        found = self._better(found)
        before, after = self._named(self.base.chosen), self._named(found.chosen)
        both = sorted(before.keys() & after.keys())
        worth = _most(found) - self.base.value
        return report.Buys(
            title=title,
            more=more,
            value=worth,
            share=round(100 * worth / max(1, self.base.value), 1),
            comes_in=self._titles(after.keys() - before.keys()),
            goes_out=self._titles(before.keys() - after.keys()),
            musts=len(self.base.undone) - len(found.undone),
            forms=self._titles(
                {n for n in both if self._form(n, found.chosen) != self._form(n, self.base.chosen)}
            ),
            exact=self._exact(found),
        )

    def _form(self, name: str, chosen: Mapping[str, Placement]) -> str:
        return next(form for form in sorted(chosen) if self.timetable.name(form) == name)

    def _better(self, found: Solution) -> Solution:
        """With more of something today's plan is still possible."""
        return found if self._rank(found) >= self._rank(self.base) else self.base

    def _named(self, chosen: Mapping[str, Placement]) -> dict[str, Placement]:
        return {self.timetable.name(form): place for form, place in chosen.items()}

    def _titles(self, names: set[str]) -> tuple[str, ...]:
        return tuple(self.reasons.phrases.plain_title(name) for name in sorted(names))

    def _exact(self, *found: Solution) -> bool:
        return all(one.level("value").status == "optimal" for one in (self.base, *found))

    # --- value against budget

    def _curve(self) -> Iterator[report.CurvePoint]:
        accounts = self.timetable.funds.accounts
        total = sum(accounts.values())
        best: Solution | None = None
        bought = 0
        for share, planned in reversed(list(self._planned_with(reversed(self.asked.curve)))):
            found = planned.solution
            if best is None or self._rank(found) >= self._rank(best):
                best, bought = found, planned.pounds
            spent = bought + sum(sum(place.cost.values()) for place in best.chosen.values())
            yield report.CurvePoint(
                share=share,
                pounds=int(total * share),
                spent=spent,
                value=best.value,
                exact=self._exact(found),
                undone=len(best.undone),
            )

    def _planned_with(self, shares: Iterable[float]) -> Iterator[tuple[float, Purchased]]:
        """Yield the best plan for each share of the budget, of falling shares: a plan that is known to be best
        with more, and can be paid with less, is best with less too."""
        before: Purchased | None = None
        for share in shares:
            budget = {name: int(limit * share) for name, limit in self.asked_for.budget.items()}
            if before is None or not (self._exact(before.solution) and _payable(before, budget)):
                problem = replace(self.asked_for, budget=budget)
                before = purchase(problem, before.solution.chosen if before else None)
            yield share, before

    @staticmethod
    def _rank(found: Solution) -> tuple[int, int]:
        return -len(found.undone), _most(found)

    def _flat(self, curve: tuple[report.CurvePoint, ...]) -> int | None:
        most = max(point.value for point in curve)
        flat = [point.pounds for point in curve if point.value >= self.asked.flat_at * most]
        return flat[0] if flat and flat[0] < curve[-1].pounds else None

    # --- within its means

    def _forgone(self) -> report.Forgone | None:
        """Tell what the plan would hold if the lines could be spent in full; None when they can
        be."""
        told = self.advice.recommendations.shaping.spend_share
        if told is None:
            return None
        whole = Timetable(
            self.advice.school,
            self.advice.library,
            self.timetable.capacity,
            self.advice.recommendations,
            spend_share=1.0,
        )
        whole.handed = dict(self.timetable.handed)
        problem = whole.fitting_problem(self.reasons.items, self.advice.dependencies).unsmoothed
        found = purchase(problem, self.base.chosen).solution
        held = sum(whole.funds.accounts.values()) - sum(self.timetable.funds.accounts.values())
        more = self._named(found.chosen).keys() - self._named(self.base.chosen).keys()
        return report.Forgone(
            reason=told[1].words,
            held_back=held,
            value=max(0, found.value - self.base.value),
            titles=self._titles(more),
        )

    def _finance(self) -> Iterator[report.FinanceNote]:
        """The school's finance data, as far as it is known."""
        vocabulary = self.advice.findings.vocabulary
        values = self.advice.findings.facts.school.values
        for indicator in self.advice.library.indicators.values():
            if indicator.area == "finance" and indicator.id in values:
                yield report.FinanceNote(
                    title=indicator.title[:1].upper() + indicator.title[1:],
                    value=vocabulary.tell(indicator.id, values[indicator.id]),
                    note=indicator.help or "",
                )


def _payable(planned: Purchased, budget: Mapping[str, int]) -> bool:
    """Tell whether what was bought and what the steps cost can be paid from a budget, by its lines."""
    spent = Counter(dict(budget))
    for one in planned.bought:
        for account, pounds in one.offer.price.items():
            spent[account] -= pounds * one.units
    left = {account: spent[account] for account in budget}
    costs = claimed(planned.solution.chosen.values())
    return min(left.values(), default=0) >= 0 and (
        split(replace(planned.problem, budget=left), costs) is not None
    )


def _most(found: Solution) -> int:
    """The value of a plan before its load was made more even, in points."""
    return found.level("value").value
