"""The table of a school's improvement plan as it is printed: a row for each step, with room for its rating."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...planning import Plan, Step, SuccessMeasure, slot_starts
from ...review import StepProgress
from .. import words
from ..figure_words import figure
from ..plan_words import LIGHT
from ..tree import Break, Column, Row, Span, Strong, Table, Words, lines
from ..words import Names

_MEASURES = 3
"""So many success measures of a step stand in its row; all of them stand where it is told in full."""
_NAME = "Name: ……………"


class ActionTable:
    """The maker of the table of some steps of a plan, with how they stand where that is known."""

    def __init__(
        self, plan: Plan, codes: Mapping[str, str], progress: Mapping[str, StepProgress]
    ) -> None:
        self.plan, self.codes, self.progress = plan, codes, progress
        self.names, self.starts = Names(plan), slot_starts(plan)
        self.seasons = tuple(dict.fromkeys(map(_season, (term.title for term in plan.terms))))

    def table(self, steps: Iterable[Step], name: str) -> Table:
        """Lay out steps in their order; `name` begins the ids of the rows."""
        columns = (
            Column("Code", share=0.04),
            Column("Action", share=0.155),
            Column("Success criteria", share=0.115),
            Column("Lead", share=0.07),
            *(Column(one, share=0.05) for one in ("Start", "End")),
            Column("Resources and cost", share=0.08),
            Column("Monitored by, and how", share=0.1),
            *(Column(f"Milestones {one}", share=0.255 / len(self.seasons)) for one in self.seasons),
            *(Column(one, "editable", share) for one, share in (("RAG", 0.04), ("Impact", 0.055))),
        )
        return Table(columns, tuple(self._row(step, name) for step in steps))

    def _row(self, step: Step, name: str) -> Row:
        stands = self.progress.get(step.id)
        return Row(
            (
                self.codes[step.id],
                self._action(step),
                lines(success_words(step)),
                lines((step.lead.title, _NAME)),
                self.names.slot_title(step.begins),
                self.names.slot_title(step.finishes),
                lines(cost_words(step, self.names)),
                f"{step.monitoring.title}: {step.monitoring.how}",
                *(lines(self._milestones(step, season, stands)) for season in self.seasons),
                (stands.rag or stands.status) if stands and stands.means else "",
                (stands.note or "") if stands else "",
            ),
            f"{name}-{step.id}",
        )

    def _action(self, step: Step) -> Words:
        light = LIGHT if step.form == "light" else ""
        told: list[Span] = [Strong(f"{step.title}{light}"), Break(), step.what]
        if step.target.kind != "school":
            told += [Break(), f"For {step.target.words}"]
        return tuple(told)

    def _milestones(self, step: Step, season: str, stands: StepProgress | None) -> Iterator[str]:
        """Tell the milestones of a season; a series that comes often, by its days."""
        met = {one.number: one.met for one in stands.milestones} if stands else {}
        for number, one in enumerate(step.milestones, start=1):
            if self._season_of(one.due) == season:
                done = f" (met by {words.short_date(day)})" if (day := met.get(number)) else ""
                yield f"{words.short_date(one.due)}: {words.clean(one.what).rstrip('.')}{done}"

    def _season_of(self, day: datetime.date) -> str:
        """Give the season of the term that a day is in, or of the next one."""
        for term in self.plan.terms:
            if day <= term.ends:
                return _season(term.title)
        return self.seasons[-1]


def _season(title: str) -> str:
    """Give what a term is called in every year."""
    return words.clean(title).split()[0].casefold()


def success_words(step: Step, most: int = _MEASURES) -> list[str]:
    """Say what is counted, and from where to where; measures of several groups in one line."""
    of_each: dict[str, list[SuccessMeasure]] = {}
    for told in step.success:
        of_each.setdefault(told.measure, []).append(told)
    return [_measure(words.clean(one), each) for one, each in list(of_each.items())[:most]]


def _measure(measure: str, each: Sequence[SuccessMeasure]) -> str:
    figures = []
    for one in each:
        about = f"{one.about} " if one.about and len(each) > 1 else ""
        if one.now is not None and one.goal is not None:
            by = f" by {words.short_date(one.goal.by)}" if one.goal.by else ""
            unit = one.now.unit
            figures.append(
                f"{about}{figure(one.now.value, unit)} to {figure(one.goal.value, unit)}{by}"
            )
    if figures:
        return f"{words.capital(measure)}: {', '.join(figures)}"
    return f"{words.capital(measure)}: {words.clean(each[0].target).rstrip('.')}"


def cost_words(step: Step, names: Names) -> list[str]:
    """Say the days a step takes, and what it costs from which line."""
    told = [words.days(words.effort(step)), words.pounds(words.cost(step))]
    if len({one.line for one in step.cost}) == 1:
        told[1] += f", {names.line(step.cost[0].line)}"
    elif step.cost:
        of: dict[str, int] = {}
        for one in step.cost:
            of[one.line] = of.get(one.line, 0) + one.pounds
        told += [f"{names.line(line)} {words.pounds(pounds)}" for line, pounds in of.items()]
    return told


__all__ = ["ActionTable", "cost_words", "success_words"]
