"""The plan composed: what it begins from, its steps, what is left out, and its optimality."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...inference import NAME as RULE_ENGINE
from ...library import Library, Reviewable, own_line_words
from ...scheduling import SOLVER
from .. import model as view
from ..event_dates import settle
from ..phrases.plan_notes import NOTICE, review_words
from .bought import purchases
from .calendar_entries import calendar, what_takes_place
from .context import Solved
from .decided_items import decisions
from .figures import Figures
from .findings import findings, screening, shaped, unknown
from .hangs_on import hangs_on
from .load_and_budget import budget, events, held_back, load, vacant
from .not_planned import left_out
from .outcomes import outcomes
from .priorities import priorities
from .steps import picture, steps
from .stopped import freed, stopped


class Composer:
    """Puts one plan together."""

    def __init__(
        self, solved: Solved, conflict: tuple[str, ...], ways_out: tuple[view.WayOut, ...]
    ) -> None:
        self.solved = solved
        self.conflict, self.ways_out = conflict, ways_out

    def plan(self, version: str) -> view.Plan:
        """The whole plan."""
        solved = self.solved
        school, library = solved.school, solved.library
        who, programme = school.file.school, library.programme
        ranked = tuple(priorities(solved))
        takes_place = tuple(what_takes_place(solved))
        dates = settle(takes_place, library.planning.days_apart)
        figures = Figures(solved)
        in_order = tuple(steps(solved, ranked, dates, figures))
        return view.Plan(
            termwise=version,
            notice=f"{NOTICE} {review_words(tuple(_rested_on(library, in_order)))}",
            school=view.SchoolRef(
                id=who.id,
                name=who.name,
                phase=who.phase,
                roll=who.roll,
                year_groups=who.year_groups,
            ),
            programme=view.ProgrammeRef(
                id=programme.id, title=programme.title, note=programme.note
            ),
            packs=tuple(_packs(library)),
            own_lines=tuple(_own_lines(library)),
            starts=solved.slots[0].starts,
            ends=solved.slots[-1].ends,
            inputs=tuple(
                view.InputFile(
                    file=i.file,
                    sha256=i.sha256,
                    rows=i.rows,
                    refused=i.refused,
                    set_aside=i.set_aside,
                )
                for i in school.inputs
            ),
            priorities=ranked,
            outcomes=outcomes(solved, figures),
            findings=tuple(findings(solved)),
            shaped=tuple(shaped(solved)),
            screening=tuple(screening(solved)),
            in_place=tuple(
                library.intervention(name).title for name in sorted(solved.advised.in_place)
            ),
            terms=tuple(self._terms()),
            steps=in_order,
            left_out=tuple(left_out(solved)),
            overrides=tuple(decisions(solved)),
            stopped=tuple(stopped(solved)),
            freed=tuple(freed(solved)),
            load=tuple(load(solved)),
            budget=tuple(budget(solved)),
            purchases=tuple(purchases(solved)),
            events=tuple(events(solved)),
            calendar=calendar(solved, in_order, takes_place, dates),
            vacant=tuple(vacant(solved)),
            hangs_on=tuple(hangs_on(solved)),
            held_back=tuple(held_back(solved)),
            picture=picture(solved),
            proof=self._proof(),
            conflict=self.conflict,
            ways_out=self.ways_out,
            unknown=tuple(unknown(solved)),
        )

    def _terms(self) -> Iterator[view.TermRef]:
        terms: dict[str, list[view.SlotRef]] = {}
        titles: dict[str, str] = {}
        for slot in self.solved.slots:
            terms.setdefault(slot.term, []).append(
                view.SlotRef(
                    id=slot.id, title=slot.title, starts=slot.starts, ends=slot.ends, days=slot.days
                )
            )
            first = slot.halves[0]
            titles.setdefault(slot.term, f"{first.term_title} {first.starts.year}")
        for name, slots in terms.items():
            yield view.TermRef(
                id=name,
                title=titles[name],
                starts=slots[0].starts,
                ends=slots[-1].ends,
                slots=tuple(slots),
            )

    def _proof(self) -> view.Proof:
        solution = self.solved.solution
        first = solution.level("value")
        bound = max(first.bound, first.value)
        return view.Proof(
            status=solution.status,
            objective=first.value,
            value=solution.value,
            bound=bound,
            gap=round((bound - first.value) / bound, 6) if bound else 0.0,
            levels=tuple(
                view.ProofLevel(name=lv.name, status=lv.status, value=lv.value, bound=lv.bound)
                for lv in solution.levels
            ),
            candidates=len(self.solved.dependencies.names),
            solver=SOLVER,
            rule_engine=RULE_ENGINE,
        )


def _packs(library: Library) -> Iterator[view.PackUsed]:
    for pack in library.packs:
        yield view.PackUsed(
            id=pack.id,
            title=pack.file.title,
            version=pack.file.version,
            fingerprint=library.fingerprint(pack.id),
        )


def _own_lines(library: Library) -> Iterator[view.OwnLineRef]:
    for line in library.own_lines:
        yield view.OwnLineRef(
            kind=line.kind,
            id=line.id,
            title=line.title,
            how=line.how,
            pack=line.pack,
            layer=line.layer,
            words=own_line_words(line),
            because=line.because,
        )


def _rested_on(library: Library, steps: Sequence[view.Step]) -> Iterator[Reviewable]:
    """The interventions that are planned, and the rules that speak for them."""
    for name in sorted({step.intervention for step in steps}):
        yield library.intervention(name)
    told = {one.rule for step in steps for one in step.because if one.kind == "rule"}
    for name in sorted(told):
        yield library.rule(name)
