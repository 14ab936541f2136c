"""The review of a plan in use: what was done as it was described, what moved, and what rules propose."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from ..inference import Finding, Inference, fired, run, words
from ..library import STRATA, FactBase, Library, StepProposal
from ..planning import Step
from ..school import School
from . import phrases
from .effort_learned import Learned
from .figures_moved import FiguresMoved
from .issued_plan import fingerprints
from .model import (
    IssuedPlan,
    Planned,
    PlanReview,
    PriorityReview,
    ProgressEntry,
    ProposalRef,
    ReviewQuestion,
    ReviewReason,
    StepPupils,
    StepReview,
    SubjectMoved,
)
from .progress_file import written_of
from .progress_report import progress
from .pupils_moved import JUDGEMENT, SCORE, Key, PupilsMoved, Standings
from .pupils_review import PupilsReview
from .step_facts import StepStands, step_entity


def review(
    school: School,
    library: Library,
    issued: IssuedPlan,
    entries: Iterable[ProgressEntry],
    on: datetime.date,
    before: PlanReview | None = None,
    earlier: Sequence[IssuedPlan] = (),
) -> PlanReview:
    """Review a plan in force on a day, by what was written down until then and the results the school's folder
    has now.

    `before` is the review of it before this one: pupils are looked at since then, else since the plan began.
    `earlier` are the plans that were in force before, the oldest first: figures are told as they stood when they were
    first agreed on, and what was learned counts their steps too.
    """
    written = [one for one in entries if one.date <= on]
    return _Review(school, library, issued, written, on, before, (*earlier, issued)).record()


class _Review:
    def __init__(
        self,
        school: School,
        library: Library,
        issued: IssuedPlan,
        entries: Sequence[ProgressEntry],
        on: datetime.date,
        before: PlanReview | None,
        plans: Sequence[IssuedPlan],
    ) -> None:
        self.learned = Learned(plans, entries, library)
        self.school, self.library, self.issued, self.on = school, library, issued, on
        self.plan, self.before, self.words = issued.plan, before, library.progress.reviewing
        report = progress(issued, entries, library, on)
        told: dict[str, list[ProgressEntry]] = {}
        for entry in sorted(written_of(issued, entries, on), key=lambda one: one.date):
            told.setdefault(entry.step, []).append(entry)
        slots = {slot.id: slot for term in self.plan.terms for slot in term.slots}
        roles = {role.id: role.title for role in library.roles.values()}
        means = {one.id: one.means for one in library.progress.statuses}
        self.stands = [
            StepStands(step, shown, told.get(step.id, ()), slots, on, roles, means)
            for step, shown in zip(self.plan.steps, report.steps, strict=True)
        ]
        self.slots = slots
        self.standings = Standings(school, library, on)
        self.inference: Inference = self.standings.on(on)[1]
        now = self.standings.on(on)[0]
        own = [one.plan for one in plans if one.plan.starts == issued.plan.starts]
        self.figures = FiguresMoved(now, library, self.inference, own)
        self._moved: dict[datetime.date, PupilsMoved] = {}
        self.classes = {person.id: person.classes for person in school.staff.people}

    def record(self) -> PlanReview:
        due = [one for one in self.stands if one.due]
        steps = tuple(self._steps(due))
        pupils = PupilsReview(self.standings, self.moved(self._since()), self._since(), self.on)
        ended = [one for one in steps if one.frees_days is not None]
        return PlanReview(
            school=self.plan.school,
            issued=self.issued.issued,
            on=self.on,
            since=self.before.on if self.before else None,
            notice=self.words.of_review,
            of_others=self.words.of_others,
            says=tuple(self._says(due, pupils)),
            priorities=tuple(self._priorities()),
            steps=steps,
            to_come=tuple(one.step.title for one in self.stands if not one.due),
            outcomes=tuple(self.figures.of_outcome(one) for one in self.plan.outcomes),
            subjects=tuple(pupils.subjects()),
            over_the_year=tuple(self._over_the_year()),
            pupils=tuple(pupils.pupils()),
            questions=tuple(self._questions(steps)),
            frees_days=round(sum(one.frees_days or 0 for one in ended), 1),
            frees_pounds=sum(one.frees_pounds or 0 for one in ended),
            learned=tuple(self.learned.effort()),
            in_time=tuple(self.learned.in_time(self.on)),
            known=tuple(sorted(pupil.ref for pupil in self.school.pupils)),
            left=len({*self.before.known} - {p.ref for p in self.school.pupils})
            if self.before
            else None,
        )

    def _over_the_year(self) -> Iterator[SubjectMoved]:
        if self.before:
            first = self.plan.starts
            yield from PupilsReview(self.standings, self.moved(first), first, self.on).subjects()

    def _since(self) -> datetime.date:
        return self.before.on if self.before else self.plan.starts

    def moved(self, since: datetime.date) -> PupilsMoved:
        """Answer how pupils moved since a day, worked out once for it."""
        if since not in self._moved:
            self._moved[since] = PupilsMoved(self.school, self.library, since, self.on)
        return self._moved[since]

    # --- steps

    def _steps(self, due: Sequence[StepStands]) -> Iterator[StepReview]:
        facts, told = FactBase(), []
        for one in due:
            moved = tuple(self.figures.of_measures(one))
            pupils = self._pupils(one)
            built_on = sum(
                name in {other.step.id for other in self.stands if not other.over}
                for name in one.step.enables
            )
            entity = step_entity(
                one, self.inference.facts.school, self.school.timeline, moved, pupils, built_on
            )
            facts.add(entity)
            told.append((one, entity, moved, pupils))
        found = Inference(facts, self.inference.vocabulary)
        every = [one.id for one in self.library.indicators.values() if one.aggregate]
        run(found, self.library, fired, STRATA.index("review"), every)
        findings: dict[str, list[Finding]] = {}
        for finding in found.of("review"):
            findings.setdefault(finding.entity.id, []).append(finding)
        for one, entity, moved, pupils in told:
            said = sorted(findings.get(entity.id, ()), key=lambda finding: finding.rule.id)
            over = one.over or one.progress.means == "stopped"
            proposal = None if over else self._proposal(said)
            ends = proposal is not None and proposal.as_status is not None
            yield StepReview(
                step=one.step.id,
                title=one.step.title,
                lead=one.step.lead.title,
                priorities=one.progress.priorities,
                status=one.progress.status,
                means=one.progress.means,
                rag=one.progress.rag,
                note=one.progress.note,
                fidelity=one.fidelity(),
                planned=Planned(
                    starts=one.progress.starts,
                    ends=one.progress.ends,
                    days=one.progress.days_planned,
                    pounds=one.progress.pounds_planned,
                ),
                used=one.used(),
                milestones=one.progress.milestones,
                moved=moved,
                pupils=pupils,
                proposal=ProposalRef(
                    id=proposal.id,
                    title=proposal.title,
                    means=proposal.means,
                    decides=proposal.settle or proposal.as_status is not None,
                )
                if proposal
                else None,
                because=tuple(self._because(said, proposal)) if proposal else (),
                frees_days=self._days_to_come(one) if ends else None,
                frees_pounds=self._pounds_to_come(one) if ends else None,
            )

    def _proposal(self, said: Iterable[Finding]) -> StepProposal:
        proposed = {finding.rule.propose for finding in said}
        for one in self.words.proposals:
            if one.id in proposed:
                return one
        return next(one for one in self.words.proposals if one.id == self.words.otherwise)

    def _because(self, said: Sequence[Finding], proposal: StepProposal) -> Iterator[ReviewReason]:
        """Give what speaks for the proposal, then what speaks against it: rules that say so, and those that propose
        something that would change more."""
        order = [one.id for one in self.words.proposals]
        later = {*order[order.index(proposal.id) + 1 :]} - {self.words.otherwise}
        for speaks in ("for", "against"):
            for finding in said:
                rule = finding.rule
                against = proposal.id in rule.oppose or rule.propose in later
                if rule.propose == proposal.id if speaks == "for" else against:
                    yield ReviewReason.model_validate(
                        {
                            "rule": rule.id,
                            "title": rule.title,
                            "speaks": speaks,
                            "words": words(rule, finding.entity, self.inference.vocabulary),
                            "why": rule.why.strip(),
                        }
                    )

    def _days_to_come(self, one: StepStands) -> float:
        if one.progress.days_left is not None:
            return one.progress.days_left
        coming = (e.days for e in one.step.effort if self.slots[e.slot].starts >= self.on)
        return round(sum(coming), 1)

    def _pounds_to_come(self, one: StepStands) -> int | None:
        used = one.progress.pounds_used
        return None if used is None else max(one.progress.pounds_planned - used, 0)

    # --- the pupils of a step

    def _pupils(self, one: StepStands) -> StepPupils | None:
        """Tell how the pupils a step is for moved since its delivery began; None where it is about none, or too few
        are known at two points."""
        intervention = self.library.interventions.get(one.step.intervention)
        chosen = intervention is not None and intervention.chosen_pupils
        if intervention is None or not (chosen or intervention.pupil_progress):
            return None
        first = one.delivers(self.school.timeline)[0]
        moves = self.moved(first)
        keys = self._for(one.step, intervention.subjects)
        if chosen and keys:
            then = self.standings.states(first)
            worst = self.library.screening.states[0].id
            keys = [key for key in keys if then.get(key) == worst]
        least = self.library.screening.cited_from
        for measure in (SCORE, JUDGEMENT):
            whole_school = chosen and one.step.target.kind == "school"  # whom of them, nobody wrote
            who = phrases.WERE_AT_RISK if whole_school else phrases.ITS_PUPILS
            own = moves.group(who, keys, measure, chosen, least)
            points = self._points(moves, keys, measure)
            if own is None or points is None:
                continue
            whole = moves.whole_years(keys)
            near = moves.comparable(keys, measure) if chosen else self._rest(moves, keys)
            others = moves.group(
                phrases.NOT_CHOSEN if chosen else phrases.REST,
                near,
                measure,
                chosen,
                self.words.least_others,
            )
            return StepPupils.model_validate(
                {
                    "since": points[0],
                    "to": points[1],
                    "chosen": chosen,
                    "own": own,
                    "others": others,
                    "year": moves.group(phrases.YEAR_GROUPS, whole, measure, False, least)
                    if set(whole) != set(keys)
                    else None,
                    "beside": moves.beside(own, others) if others else None,
                }
            )
        return None

    def _for(self, step: Step, subjects: Sequence[str]) -> list[Key]:
        """The pupils a step is for, in the subjects it is about."""
        asked = self.school.file.pupils
        known = [one for one in asked.subjects if not subjects or one in subjects] if asked else []
        ids, kind = set(step.target.ids), step.target.kind
        if kind == "teacher":
            ids, kind = {name for one in ids for name in self.classes.get(one, ())}, "class"
        return [
            (pupil.ref, subject)
            for pupil in self.school.pupils
            if kind not in ("class", "year")
            or (pupil.class_id if kind == "class" else pupil.year) in ids
            for subject in known
        ]

    def _rest(self, moves: PupilsMoved, keys: Sequence[Key]) -> list[Key]:
        """The others of the same year groups."""
        own = set(keys)
        return [key for key in moves.whole_years(keys) if key not in own]

    def _points(
        self, moves: PupilsMoved, keys: Iterable[Key], measure: str
    ) -> tuple[str, str] | None:
        """The titles of the two points that pupils are compared at."""
        for subject in dict.fromkeys(subject for _, subject in keys):
            for assessment in moves.measures[measure]:
                points = moves.between(subject, assessment)
                if points:
                    return points[0].title, points[1].title
        return None

    # --- the whole

    def _priorities(self) -> Iterator[PriorityReview]:
        for one in self.plan.priorities:
            steps = (
                stands.step.id for stands in self.stands if one.id in stands.progress.priorities
            )
            yield PriorityReview(
                priority=one.id,
                title=one.title,
                was=self.figures.first_judgement(one),
                now=self.figures.judgement(one.strand),
                target=one.target,
                by=one.by,
                steps=tuple(steps),
            )

    def _questions(self, steps: Sequence[StepReview]) -> Iterator[ReviewQuestion]:
        for one in self.words.proposals:
            named = [step.title for step in steps if step.proposal and step.proposal.id == one.id]
            if named:
                yield ReviewQuestion(ask=one.ask, steps=tuple(named))

    def _says(self, due: Sequence[StepStands], pupils: PupilsReview) -> Iterator[str]:
        """Yield what the review can't say, and why."""
        silent = [one.step.title for one in due if one.progress.means is None]
        unseen = [
            one.step.title
            for one in due
            if one.progress.means == "running" and one.fidelity().share is None
        ]
        if silent:
            yield phrases.nothing_written(silent)
        if unseen:
            yield phrases.nobody_looked(unseen)
        if self.school.pupils and not pupils.anew:
            yield phrases.no_new_results(self._since())
        stood = {one.name: one.sha256 for one in self.issued.packs}
        packs = [
            one.name
            for one in fingerprints(self.library)
            if stood.get(one.name, one.sha256) != one.sha256
        ]
        if packs:
            yield phrases.packs_changed(packs)


__all__ = ["review"]
