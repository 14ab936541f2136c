"""The plan as a workbook: steps, costs, time, provision, milestones, and progress to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...library import ProgressWords
from ...planning import Plan, Step, by_priority, first_day, plan_hash, slot_starts, step_codes
from ...review import StepProgress
from .. import words
from ..plan_words import BOUGHT
from ..words import Names
from ..workbook import BookSheet, Cell, Formula, SheetChart, SheetColumn, SheetTable, Workbook
from .plan_actions import part_title

PLAN_HASH = "termwise plan"
"""The name under which a file keeps the hash of its plan."""
STEP_ID = "Step id"
_CODE = SheetColumn("Code", 6)


def plan_workbook(
    plan: Plan, progress: Mapping[str, StepProgress], said: ProgressWords
) -> Workbook:
    """Lay the plan out in tables that work themselves out; `said` are the words of progress."""
    parts = by_priority(plan)
    ordered = [step for part in parts for step in part.steps]
    titles = {step.id: part_title(part) for part in parts for step in part.steps}
    maker = _Maker(plan, ordered, step_codes(plan), titles, progress, said)
    return Workbook(
        f"{words.clean(plan.school.name)}: the plan",
        (
            maker.plan_sheet(),
            maker.money(),
            maker.costs(),
            maker.time(),
            maker.effort(),
            maker.provision(),
            maker.milestones(),
            maker.progress_sheet(),
        ),
        ((PLAN_HASH, plan_hash(plan)),),
    )


class _Maker:
    def __init__(
        self,
        plan: Plan,
        steps: Sequence[Step],
        codes: Mapping[str, str],
        titles: Mapping[str, str],
        progress: Mapping[str, StepProgress],
        said: ProgressWords,
    ) -> None:
        self.plan, self.steps, self.codes, self.titles = plan, steps, codes, titles
        self.stands, self.said = progress, said
        self.names, self.starts = Names(plan), slot_starts(plan)

    # --- what is to be done

    def plan_sheet(self) -> BookSheet:
        columns = (
            _CODE,
            SheetColumn(STEP_ID, 4, hidden=True),
            SheetColumn("Priority", 24),
            SheetColumn("Step", 34),
            SheetColumn("For", 20),
            SheetColumn("Lead", 20),
            SheetColumn("From", 13),
            SheetColumn("First day", 11, "date"),
            SheetColumn("Until", 13),
            SheetColumn("Last day", 11, "date"),
            SheetColumn("Must", 6),
            SheetColumn("Days", 7, "number"),
            SheetColumn("Cost", 9, "pounds"),
            SheetColumn("Monitored by", 20),
            SheetColumn("RAG", 8, choices=self._ratings(), editable=True),
            SheetColumn("Impact", 26, editable=True),
        )
        rows = tuple(map(self._step, self.steps))
        table = SheetTable("Steps", columns, rows, rated=self._colours())
        about = (
            f"{words.date(self.plan.starts)} to {words.date(self.plan.ends)}. Days and cost are added up from the "
            "sheets Time and Costs; yellow cells are to be filled in."
        )
        return BookSheet("Plan", about, (table,))

    def _step(self, step: Step) -> tuple[Cell, ...]:
        stands = self.stands.get(step.id)
        code = "Steps[[#This Row],[Code]]"
        last = self.names.slot[step.finishes].ends if step.finishes in self.names.slot else None
        return (
            self.codes[step.id],
            step.id,
            self.titles[step.id],
            words.clean(step.title) + (" (light form)" if step.form == "light" else ""),
            step.target.words,
            step.lead.title,
            self.names.slot_title(step.begins),
            first_day(step, self.starts),
            self.names.slot_title(step.finishes),
            last,
            "yes" if step.must else "",
            Formula(f"SUMIFS(Effort[Days],Effort[Code],{code})", words.effort(step)),
            Formula(f"SUMIFS(Costs[Pounds],Costs[Code],{code})", words.cost(step)),
            step.monitoring.title,
            (stands.rag or "") if stands else "",
            (stands.note or "") if stands else "",
        )

    def _colours(self) -> tuple[tuple[str, str], ...]:
        return tuple((one.title, f"#{one.colour}") for one in self.said.ratings if one.colour)

    def _ratings(self) -> tuple[str, ...]:
        return tuple(one.title for one in self.said.ratings)

    # --- money

    def costs(self) -> BookSheet:
        columns = (
            _CODE,
            SheetColumn("Step", 44),
            SheetColumn("Line", 28),
            SheetColumn("Year", 10),
            SheetColumn("Invested", 10, "pounds"),
            SheetColumn("Running", 10, "pounds"),
            SheetColumn("Pounds", 10, "pounds"),
        )
        rows = [
            self._cost(
                self.codes[step.id],
                words.clean(step.title),
                one.line,
                one.year,
                one.pounds,
                one.running,
            )
            for step in self.steps
            for one in step.cost
        ]
        rows += [
            self._cost("", f"{BOUGHT}: {words.clean(one.what)}", one.line, one.year, one.pounds, 0)
            for one in self.plan.purchases
        ]
        return BookSheet(
            "Costs",
            "What each step costs, and the time that is bought, from which line.",
            (SheetTable("Costs", columns, tuple(rows)),),
        )

    def money(self) -> BookSheet:
        lines = (
            SheetColumn("Line and year", 40),
            SheetColumn("Line", 30),
            SheetColumn("Year", 10),
            SheetColumn("Available", 10, "pounds"),
            SheetColumn("Planned", 10, "pounds"),
            SheetColumn("Left", 10, "pounds"),
        )
        uses = tuple(
            (
                f"{words.clean(one.title)}, {one.year}",
                words.clean(one.title),
                one.year,
                one.available,
                Formula(
                    "SUMIFS(Costs[Pounds],Costs[Line],Lines[[#This Row],[Line]],Costs[Year],Lines[[#This Row],[Year]])",
                    one.planned,
                ),
                Formula(
                    "Lines[[#This Row],[Available]]-Lines[[#This Row],[Planned]]",
                    one.available - one.planned,
                ),
            )
            for one in self.plan.budget
        )
        chart = SheetChart(
            "Lines",
            "Line and year",
            ("Available", "Planned"),
            "Money available and planned",
            "Bars of what is available and what is planned of each line and year; the table above has the figures.",
        )
        return BookSheet(
            "Money",
            "Each line of money; what is planned of it is added up from the sheet Costs.",
            (SheetTable("Lines", lines, uses),),
            chart,
        )

    def _cost(
        self, code: str, title: str, line: str, year: str, pounds: int, running: int
    ) -> tuple[Cell, ...]:
        added = Formula("Costs[[#This Row],[Invested]]+Costs[[#This Row],[Running]]", pounds)
        return (
            code,
            title,
            words.clean(self.names.line(line)),
            year,
            pounds - running,
            running,
            added,
        )

    # --- time

    def time(self) -> BookSheet:
        slots = self.names.slots
        roles = [
            (title, loads)
            for (kind, _, title), loads in words.load_rows(self.plan).items()
            if kind == "role"
        ]
        columns = (
            SheetColumn("Role", 30),
            *(SheetColumn(slot.title, 9, "number") for slot in slots),
            SheetColumn("In all", 9, "number"),
        )
        used: list[tuple[Cell, ...]] = []
        most: list[tuple[Cell, ...]] = []
        for title, loads in roles:
            days = [round(loads[slot.id].used, 1) if slot.id in loads else 0.0 for slot in slots]
            used.append(
                (words.clean(title), *map(self._used, slots, days), self._added("Load", days))
            )
            may = [round(loads[slot.id].capacity, 1) if slot.id in loads else 0.0 for slot in slots]
            most.append((words.clean(title), *may, self._added("MayBe", may)))
        tables = (
            SheetTable("Load", columns, tuple(used), "Days planned of each role", full="MayBe"),
            SheetTable("MayBe", columns, tuple(most), "Days that may be planned"),
        )
        about = "Yellow-brown: at least nine tenths of what may be planned; red: more than that."
        return BookSheet("Time", about, tables)

    def effort(self) -> BookSheet:
        columns = (
            _CODE,
            SheetColumn("Step", 40),
            SheetColumn("Role", 30),
            SheetColumn("Half-term", 14),
            SheetColumn("Days", 8, "number"),
        )
        rows = tuple(
            (
                self.codes[step.id],
                words.clean(step.title),
                words.clean(one.title),
                self.names.slot_title(one.slot),
                one.days,
            )
            for step in self.steps
            for one in step.effort
        )
        return BookSheet(
            "Effort",
            "The days each step takes of each role in each half-term.",
            (SheetTable("Effort", columns, rows),),
        )

    def _used(self, slot: object, days: float) -> Formula:
        title = getattr(slot, "title", "")
        return Formula(
            f'SUMIFS(Effort[Days],Effort[Role],Load[[#This Row],[Role]],Effort[Half-term],"{title}")',
            days,
        )

    def _added(self, table: str, days: Sequence[float]) -> Formula:
        first, last = self.names.slots[0].title, self.names.slots[-1].title
        return Formula(f"SUM({table}[[#This Row],[{first}]:[{last}]])", round(sum(days), 1))

    # --- provision

    def provision(self) -> BookSheet:
        columns = (
            _CODE,
            SheetColumn("Provision", 34),
            SheetColumn("For", 24),
            SheetColumn("Tier", 20),
            SheetColumn("Led by", 20),
            SheetColumn("Pupils", 8, "number", editable=True),
            SheetColumn("Group size", 8, "number", editable=True),
            SheetColumn("Sessions planned", 9, "number", editable=True),
            SheetColumn("Sessions held", 9, "number", editable=True),
            SheetColumn("Minutes each", 8, "number", editable=True),
            SheetColumn("Staff rate an hour", 9, "pounds", editable=True),
            SheetColumn("Cost in the plan", 10, "pounds"),
            SheetColumn("Cost of staff", 10, "pounds"),
            SheetColumn("In all", 10, "pounds"),
            SheetColumn("To date", 10, "pounds"),
            SheetColumn("A pupil", 10, "pounds"),
        )
        table = SheetTable("Provision", columns, tuple(self._provided()))
        about = (
            "Who gets what. Fill in pupils, sessions, minutes and the rate of staff: what it costs in all, to date "
            "and for each pupil is worked out. No names of pupils belong here."
        )
        return BookSheet("Provision", about, (table,))

    def _provided(self) -> Iterator[tuple[Cell, ...]]:
        """Lay out what is for some pupils, with the cost that the plan knows."""

        def own(title: str) -> str:
            return f"Provision[[#This Row],[{title}]]"

        for step in self.steps:
            if not step.tier or step.target.kind == "teacher":
                continue
            pounds = words.cost(step)
            staff = (
                f"{own('Sessions planned')}*{own('Minutes each')}/60*{own('Staff rate an hour')}"
            )
            done = f"IF({own('Sessions planned')}>0,{own('In all')}*{own('Sessions held')}/{own('Sessions planned')},0)"
            yield (
                self.codes[step.id],
                words.clean(step.title),
                step.target.words,
                words.capital(step.tier),
                step.lead.title,
                *(None,) * 6,
                Formula(f"SUMIFS(Costs[Pounds],Costs[Code],{own('Code')})", pounds),
                Formula(staff, 0),
                Formula(f"{own('Cost in the plan')}+{own('Cost of staff')}", pounds),
                Formula(done, 0),
                Formula(f"IF({own('Pupils')}>0,{own('In all')}/{own('Pupils')},0)", 0),
            )

    # --- milestones and progress

    def milestones(self) -> BookSheet:
        columns = (
            _CODE,
            SheetColumn("Number", 8, "number"),
            SheetColumn("Due", 11, "date"),
            SheetColumn("Milestone", 60),
            SheetColumn("Step", 36),
            SheetColumn("Lead", 22),
            SheetColumn("Met on", 11, "date", editable=True),
        )
        rows = []
        for step in self.steps:
            stands = self.stands.get(step.id)
            met = {one.number: one.met for one in stands.milestones} if stands else {}
            for number, one in enumerate(step.milestones, start=1):
                rows.append(
                    (
                        self.codes[step.id],
                        number,
                        one.due,
                        words.capital(one.what),
                        words.clean(step.title),
                        step.lead.title,
                        met.get(number),
                    )
                )
        rows.sort(key=lambda row: (row[2], row[0]))
        about = "In order of date. Write the day in the last column once a milestone is met."
        return BookSheet("Milestones", about, (SheetTable("Milestones", columns, tuple(rows)),))

    def progress_sheet(self) -> BookSheet:
        columns = (
            _CODE,
            SheetColumn(STEP_ID, 4, hidden=True),
            SheetColumn("Step", 36),
            SheetColumn("Lead", 20),
            SheetColumn("Date", 11, "date", editable=True, note="The day on which it was so."),
            SheetColumn(
                "Status", 12, choices=tuple(one.title for one in self.said.statuses), editable=True
            ),
            SheetColumn("RAG", 8, choices=self._ratings(), editable=True),
            SheetColumn(
                "Days used", 8, "number", editable=True, note="So far, of all people together."
            ),
            SheetColumn("Pounds used", 9, "pounds", editable=True, note="So far."),
            SheetColumn("Days left", 8, "number", editable=True, note="Still needed."),
            SheetColumn("Note", 36, editable=True, note="What was done; no names of pupils."),
            SheetColumn("Evidence", 30, editable=True),
            SheetColumn(
                "Met", 8, editable=True, note="Numbers of the milestones that are met, such as 1 2."
            ),
            SheetColumn("Next look", 11, "date", editable=True),
        )
        rows = tuple(map(self._progress, self.steps))
        about = "One row a step: how it stands. Give the file back with termwise read-back; what is empty is not read."
        return BookSheet(
            "Progress", about, (SheetTable("Progress", columns, rows, rated=self._colours()),)
        )

    def _progress(self, step: Step) -> tuple[Cell, ...]:
        one = self.stands.get(step.id)
        if one is None or one.means is None:
            return (
                self.codes[step.id],
                step.id,
                words.clean(step.title),
                step.lead.title,
                *(None,) * 10,
            )
        met = " ".join(str(item.number) for item in one.milestones if item.met)
        return (
            self.codes[step.id],
            step.id,
            words.clean(step.title),
            step.lead.title,
            one.said,
            one.status,
            one.rag or "",
            one.days_used,
            one.pounds_used,
            one.days_left,
            one.note or "",
            one.evidence or "",
            met,
            one.next,
        )


__all__ = ["PLAN_HASH", "STEP_ID", "plan_workbook"]
