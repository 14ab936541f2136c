"""The solved timetable as a Plan: every step with its dates, people, money, reasons and milestones."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

from .capacity import Capacity
from .conditions import Verdict, title_of
from .dependencies import Dependencies
from .infer import Inference
from .library import Library
from .match import NAME as RULE_ENGINE
from .readers.grades import grade_rank
from .readers.school import School
from .reasons import Reasons, people_words
from .recommend import Advised, Argument, Recommendation, words
from .records import plan as view
from .records.base import EFFORT_STEP
from .records.facts import Entity
from .schedule import SOLVER, Problem, Solution
from .shown import value_read
from .terms import Timeline
from .timetable import Course, Timetable
from .unasked import unasked

NOTICE = (
    "A draft for the judgement of the adviser and the headteacher. Reasons are what the rules read in the "
    "school's own data; evidence is what research found on average, no forecast for this school."
)
PUPILS = ("pupil", "pupil-subject")


class Composer:
    """Puts one plan together."""

    def __init__(
        self,
        school: School,
        library: Library,
        inference: Inference,
        advised: Advised,
        items: dict[str, Recommendation],
        dependencies: Dependencies,
        timetable: Timetable,
        problem: Problem,
        solution: Solution,
        conflict: tuple[str, ...],
    ) -> None:
        self.school, self.library, self.inference, self.advised = (
            school,
            library,
            inference,
            advised,
        )
        self.items, self.dependencies, self.timetable = items, dependencies, timetable
        self.problem, self.solution = problem, solution
        self.capacity: Capacity = timetable.capacity
        self.time: Timeline = school.timeline
        self.reasons = Reasons(timetable, problem, solution, items)
        self.conflict = self.reasons.conflict(conflict)
        self.vocabulary = inference.vocabulary
        self.priorities = tuple(self._priorities())

    def plan(self, version: str) -> view.Plan:
        """The whole plan."""
        who, programme = self.school.file.school, self.library.programme
        steps = tuple(self._steps())
        return view.Plan(
            termwise=version,
            notice=NOTICE,
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
            starts=self.time.slots[0].starts,
            ends=self.time.slots[-1].ends,
            inputs=tuple(
                view.InputFile(
                    file=i.file,
                    sha256=i.sha256,
                    rows=i.rows,
                    refused=i.refused,
                    set_aside=i.set_aside,
                )
                for i in self.school.inputs
            ),
            priorities=self.priorities,
            findings=tuple(self._findings()),
            shaped=tuple(self._shaped()),
            screening=tuple(self._screening()),
            in_place=tuple(
                self.library.intervention(name).title for name in sorted(self.advised.in_place)
            ),
            terms=tuple(self._terms()),
            steps=steps,
            left_out=tuple(self._left_out()),
            load=tuple(self._load()),
            budget=tuple(self._budget()),
            picture=self._picture(),
            proof=self._proof(),
            conflict=self.conflict,
            unknown=tuple(self._unknown()),
        )

    def _priorities(self) -> Iterator[view.Priority]:
        scale, strands = self.school.scales["judgement"], self.library.strands
        entities = {entity.id: entity for entity in self.inference.facts.of("question")}

        def now(strand: str) -> str | None:
            value = entities[strand].values.get("judgement")
            return self.vocabulary.say("judgement", value.value) if value else None

        def seen(strand: str) -> tuple[str, ...]:
            question = self.school.cqa.questions.get(strand)
            activities = {a.id: a.title for a in self.library.programme.audit_activities}
            notes = question.evidence if question else ()
            return tuple(f"{note.note} ({activities[note.activity]})" for note in notes)

        agreed = self.school.cqa.priorities
        for rank, given in enumerate(agreed, start=1):
            target = grade_rank(scale, given.target)
            yield view.Priority(
                id=f"P{rank}",
                strand=given.strand,
                strand_title=strands[given.strand].title,
                title=given.title,
                rank=rank,
                judgement=now(given.strand),
                target=scale.grades[target].title if target is not None else None,
                by=given.by,
                lead=self.library.roles[given.lead].title,
                agreed=True,
                why=given.why or "",
                evidence=seen(given.strand),
            )
        if agreed:
            return
        ranked = sorted(
            (entity.values["judgement"].value, position, entity.id)
            for position, entity in enumerate(entities.values())
            if "judgement" in entity.values
        )
        for rank, (_, _, strand) in enumerate(
            ranked[: self.library.planning.most_priorities], start=1
        ):
            yield view.Priority(
                id=f"P{rank}",
                strand=strand,
                strand_title=strands[strand].title,
                title=strands[strand].title,
                rank=rank,
                judgement=now(strand),
                target=None,
                by=None,
                lead=None,
                agreed=False,
                why="Proposed from the judgements: the lowest first.",
                evidence=seen(strand),
            )

    def _findings(self) -> Iterator[view.FindingRef]:
        for finding in self.inference.of("diagnose"):
            need = self.library.needs[finding.rule.diagnose.need] if finding.rule.diagnose else None
            if need is None:
                continue
            strand = finding.entity.id if finding.entity.kind == "question" else need.strand
            yield view.FindingRef(
                rule=finding.rule.id,
                title=finding.rule.title,
                need=need.title,
                entity=finding.entity.label,
                strand=strand,
                words=words(finding.rule, finding.entity, self.vocabulary),
            )

    def _shaped(self) -> Iterator[view.Shaped]:
        def title(name: str) -> str:
            return f"“{self.library.intervention(name).title}”"

        parts = self.library.parts
        for told in self.advised.shaping.arguments:
            shape = told.rule.shape
            assert shape is not None
            does = [f"{title(m.intervention)} has to start by {parts[m.part]}" for m in shape.must]
            does += [f"{title(m.intervention)} starts by {parts[m.part]}" for m in shape.start_by]
            does += [
                f"{title(m.intervention)} not before {parts[m.part]}" for m in shape.not_before
            ]
            does += [f"{title(r.by)} instead of {title(r.intervention)}" for r in shape.replace]
            does += [f"{title(name)} is left out" for name in shape.leave_out]
            if shape.bring_forward:
                does.append("what acts on pupils' progress in class comes as early as it can")
            if shape.new_starts is not None:
                does.append(f"at most {shape.new_starts} points of change start in a half-term")
            if shape.planned_share is not None:
                does.append(f"{100 * shape.planned_share:.0f} % of people's stated time is planned")
            if shape.spend_share is not None:
                does.append(f"{100 * shape.spend_share:.0f} % of each budget line may be committed")
            yield view.Shaped(
                rule=told.rule.id, title=told.rule.title, words=told.words, does=tuple(does)
            )

    def _screening(self) -> Iterator[view.ScreeningCount]:
        order = [state.id for state in self.library.screening.states]
        gravest: dict[str, int] = {}
        for entity in self.inference.facts.of("pupil-subject"):
            pupil = next(elder.id for elder in entity.lineage if elder.kind == "pupil")
            rank = order.index(str(entity.values["state"].value))
            gravest[pupil] = min(gravest.get(pupil, rank), rank)
        counts = Counter(gravest.values())
        for rank, state in enumerate(self.library.screening.states):
            yield view.ScreeningCount(state=state.id, title=state.title, pupils=counts[rank])

    def _terms(self) -> Iterator[view.TermRef]:
        terms: dict[str, list[view.SlotRef]] = {}
        titles: dict[str, str] = {}
        for slot in self.time.slots:
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

    def _steps(self) -> Iterator[view.Step]:
        order = {name: position for position, name in enumerate(self.dependencies.names)}
        chosen = self.solution.chosen
        for name in sorted(chosen, key=lambda name: (chosen[name].start, order[name])):
            yield self._step(name)

    def _slot(self, half_index: int) -> str:
        position = self.time.slot_of_half(half_index)
        assert position is not None
        return self.time.slots[position].id

    def _step(self, name: str) -> view.Step:
        item, placement = self.items[name], self.solution.chosen[name]
        intervention, slots = item.intervention, self.time.slots
        course = self.timetable.course(item, slots[placement.start].halves[0])
        assert course is not None
        needs = [before for before, after in self.dependencies.requires if after == name]
        for options, after in self.dependencies.requires_any:
            if after == name:
                needs += [
                    option
                    for option in options
                    if option in self.solution.chosen
                    and self.solution.chosen[option].ready < placement.start
                ][:1]
        enables = [
            after
            for before, after in self.dependencies.requires
            if before == name and after in self.solution.chosen
        ]
        enables += [
            after
            for options, after in self.dependencies.requires_any
            if name in options and after in self.solution.chosen
        ]
        lead = self._lead(name)
        return view.Step(
            id=name,
            intervention=name,
            title=intervention.title,
            strand=intervention.strand,
            what=intervention.what,
            target=self._target(item),
            starts=slots[placement.start].id,
            ends=slots[placement.end].id,
            ready=slots[placement.ready].id,
            term=slots[placement.start].term,
            phases=tuple(self._phases(item, course)),
            occurrences=tuple(self._occurrences(item, course)),
            lead=lead,
            effort=tuple(self._effort(course)),
            cost=tuple(self._cost(course)),
            needs=tuple(sorted(set(needs))),
            priorities=tuple(p.id for p in self.priorities if p.strand == intervention.strand),
            must=self.timetable.must(name),
            score=item.score,
            because=tuple(self._because(told) for told in _distinct(item.arguments)),
            against=tuple(self._because(told) for told in _distinct(item.against)),
            enables=tuple(sorted(set(enables))),
            why_here=self.reasons.why_here(name),
            active_ingredients=intervention.active_ingredients,
            milestones=tuple(self._milestones(item, course)),
            monitoring=self._monitoring(item, lead),
            success=tuple(
                view.SuccessMeasure(measure=s.measure, baseline=s.baseline, target=s.target)
                for s in intervention.success
            ),
            stop_if=intervention.stop_if,
            evidence=self._evidence(item),
        )

    def _target(self, item: Recommendation) -> view.Target:
        kind, targets = item.intervention.target, item.targets
        if kind == "school" or not targets:
            return view.Target(
                kind="school", ids=(self.school.file.school.id,), words="the whole school"
            )
        labels = [target.label for target in targets]
        if kind == "class":
            text = "classes " if len(targets) > 1 else "class "
            labels = [target.id for target in targets]
        elif kind == "teacher":
            text = f"{len(targets)} teachers: " if len(targets) > 1 else ""
        else:
            text = ""
        listed = labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"
        return view.Target(kind=kind, ids=tuple(t.id for t in targets), words=text + listed)

    def _phases(self, item: Recommendation, course: Course) -> Iterator[view.PhaseRef]:
        does = dict(item.intervention.phases())
        for name, halves in course.phases:
            yield view.PhaseRef(
                phase=name,
                starts=self._slot(halves[0].index),
                ends=self._slot(halves[-1].index),
                does=does[name].does,
            )

    def _occurrences(self, item: Recommendation, course: Course) -> Iterator[view.Occurrence]:
        fixed = self.school.file.dates.get(item.id, ())
        for visit in course.visits:
            inside = sorted(date for date in fixed if visit.half.starts <= date <= visit.half.ends)
            days = list(self.time.school_days(visit.half.starts))
            days = [date for date in days if date <= visit.half.ends]
            proposal = days[(2 * visit.position + 1) * len(days) // (2 * visit.of)]
            date = inside[visit.position] if inside else proposal
            yield view.Occurrence(
                slot=self._slot(visit.half.index),
                date=date,
                fixed=bool(inside),
                follow_ups=tuple(
                    view.DatedMilestone(what=milestone.what, due=due)
                    for milestone in item.intervention.milestones
                    if milestone.week and (due := self.time.after_weeks(date, milestone.week))
                ),
            )

    def _lead(self, name: str) -> view.Lead:
        wanted = self.items[name].intervention.lead
        for promise in self.school.file.must:
            if promise.intervention == name and promise.lead:
                wanted = promise.lead
        role = self.capacity.role(wanted) or wanted
        return view.Lead(
            role=role,
            title=self.library.roles[role].title,
            people=tuple(sorted(self.capacity.holders(role))),
        )

    def _monitoring(self, item: Recommendation, lead: view.Lead) -> view.MonitoredBy:
        """Who monitors: never the lead, as far as the school has anybody else."""
        given = item.intervention.monitoring
        governors = [role.id for role in self.library.roles.values() if role.kind == "governor"]
        partners = [role.id for role in self.library.roles.values() if role.kind == "partner"]
        heads = [role.id for role in self.library.roles.values() if role.rank == "head"]
        for wanted in (given.role, *heads, *governors, *partners):
            role = self.capacity.role(wanted)
            if role is None or not self.capacity.holders(role) - set(lead.people):
                continue
            return view.MonitoredBy(
                role=role,
                title=self.library.roles[role].title,
                how=given.how,
                evidence=given.evidence,
                independent=True,
            )
        return view.MonitoredBy(
            role=lead.role,
            title=lead.title,
            how=given.how,
            evidence=given.evidence,
            independent=False,
        )

    def _effort(self, course: Course) -> Iterator[view.Effort]:
        found: dict[tuple[int, str], int] = {}
        for (role, index), tenths in course.effort.items():
            slot = self.time.slot_of_half(index)
            assert slot is not None
            found[slot, role] = found.get((slot, role), 0) + tenths
        for (slot, role), tenths in sorted(found.items()):
            yield view.Effort(
                role=role,
                title=self.library.roles[role].title,
                slot=self.time.slots[slot].id,
                days=tenths / EFFORT_STEP,
            )

    def _cost(self, course: Course) -> Iterator[view.Cost]:
        halves = {half.index: half for half in self.time.halves}
        found: dict[str, int] = {}
        for (kind, index), pounds in course.cost.items():
            account = self.timetable.account(kind, halves[index]) or f"{kind}|"
            found[account] = found.get(account, 0) + pounds
        for account, pounds in sorted(found.items()):
            line, _, year = account.partition("|")
            yield view.Cost(line=line, year=year, pounds=pounds)

    def _milestones(self, item: Recommendation, course: Course) -> Iterator[view.DatedMilestone]:
        if item.intervention.series:
            return
        start = course.phases[0][1][0].starts
        ends = {name: halves[-1].ends for name, halves in course.phases}
        found: list[view.DatedMilestone] = []
        for milestone in item.intervention.milestones:
            due: datetime.date | None = None
            if milestone.by:
                due = ends.get(milestone.by)
            elif milestone.week:
                due = self.time.after_weeks(start, milestone.week)
            if due is not None:
                found.append(view.DatedMilestone(what=milestone.what, due=due))
        yield from sorted(found, key=lambda milestone: milestone.due)

    def _evidence(self, item: Recommendation) -> view.EvidenceNote:
        given = item.intervention.evidence
        strand = self.library.toolkit.get(given.toolkit or "")
        if strand is None:
            return view.EvidenceNote(
                strand=None,
                months=None,
                security=None,
                cost_band=None,
                note=given.no_estimate or "",
                address=None,
                read_on=None,
            )
        return view.EvidenceNote(
            strand=strand.title,
            months=strand.estimate,
            security=strand.security,
            cost_band=strand.cost,
            note="Average of the studies reviewed by the Education Endowment Foundation.",
            address=strand.address,
            read_on=strand.read_on,
        )

    def _because(self, told: Argument) -> view.Because:
        return view.Because(
            rule=told.rule.id,
            title=told.rule.title,
            entity=self._entity(told.entity),
            words=told.words,
            why=told.rule.why,
            strength=told.strength,
            values=tuple(value_read(leaf, self.vocabulary) for leaf in self._read(told)),
        )

    def _read(self, told: Argument) -> Iterator[Verdict]:
        """The comparisons that made a rule fire; for a need, those of the rules that found it."""
        for leaf in told.verdict.deciding():
            if leaf.kind != "need" or not leaf.result:
                yield leaf
                continue
            for finding in self.inference.of("diagnose"):
                found = finding.rule.diagnose
                if (
                    found
                    and f"need {found.need}" == leaf.key
                    and finding.entity in told.entity.lineage
                ):
                    yield from (
                        part
                        for part in self.inference.verdict(finding).deciding()
                        if part.kind != "need"
                    )

    @staticmethod
    def _entity(entity: Entity) -> str:
        return "a pupil" if entity.kind in PUPILS else entity.label

    def _left_out(self) -> Iterator[view.LeftOut]:
        for refusal in self.advised.refused:
            item = Recommendation(refusal.intervention, list(refusal.targets))
            yield self._out(item, refusal.kind, refusal.words)
        asked = {item.id: list(item.targets) for item in self.items.values()}
        for refusal in self.advised.refused:
            asked.setdefault(refusal.intervention.id, []).extend(refusal.targets)
        for found in unasked(self.inference, self.library, asked):
            if found.intervention.id not in self.advised.in_place:
                item = Recommendation(found.intervention, list(found.targets))
                yield self._out(item, "not-asked", found.words)
        for name, reason in sorted(self.dependencies.impossible.items()):
            if name in self.items and self.items[name].arguments:
                yield self._out(self.items[name], "impossible", reason)
        for name in self.dependencies.names:
            if name in self.solution.chosen:
                continue
            item = self.items[name]
            if name in self.solution.undone:
                yield self._out(item, "undone", self.reasons.left_out(name))
            elif item.arguments:
                reason = self.reasons.left_out(name)
                group = item.intervention.alternative
                rival = next(
                    (
                        other
                        for other in self.solution.chosen
                        if group and self.items[other].intervention.alternative == group
                    ),
                    None,
                )
                if rival:
                    title = self.items[rival].intervention.title
                    yield self._out(item, "alternative", f"“{title}” is used instead.")
                else:
                    yield self._out(item, "no-room", reason)

    def _out(self, item: Recommendation, kind: str, reason: str) -> view.LeftOut:
        return view.LeftOut(
            intervention=item.id,
            title=item.intervention.title,
            strand=item.intervention.strand,
            target=self._target(item).words,
            kind=kind,
            reason=reason,
            because=tuple(self._because(told) for told in _distinct(item.arguments)),
        )

    def _load(self) -> Iterator[view.Load]:
        roles: dict[tuple[str, int], int] = {}
        pools: dict[tuple[str, int], int] = {}
        for name, placement in self.solution.chosen.items():
            course = self.timetable.course(
                self.items[name], self.time.slots[placement.start].halves[0]
            )
            assert course is not None
            for (role, index), tenths in course.effort.items():
                slot = self.time.slot_of_half(index)
                assert slot is not None
                roles[role, slot] = roles.get((role, slot), 0) + tenths
            for key, tenths in placement.load.items():
                pools[key] = pools.get(key, 0) + tenths
        for role in sorted({role for role, _ in roles}):
            people = self.capacity.holders(role)
            for slot in range(len(self.time.slots)):
                used = roles.get((role, slot), 0)
                yield self._row(role, self.library.roles[role].title, "role", people, slot, used)
        for name, people in self.timetable.pools.items():
            held = [
                role
                for role in {role for role, _ in roles}
                if self.capacity.holders(role) <= people
            ]
            if len(held) < 2:
                continue
            title = people_words(name, self.school, self.timetable)
            for slot in range(len(self.time.slots)):
                used = pools.get((name, slot), 0)
                yield self._row(name, title[:1].upper() + title[1:], "people", people, slot, used)

    def _row(
        self, role: str, title: str, kind: str, people: frozenset[str], slot: int, used: int
    ) -> view.Load:
        stated, planned = self.timetable.planned(people, self.time.slots[slot])
        return view.Load(
            role=role,
            title=title,
            kind=kind,
            slot=self.time.slots[slot].id,
            used=used / EFFORT_STEP,
            capacity=planned / EFFORT_STEP,
            stated=stated / EFFORT_STEP,
        )

    def _budget(self) -> Iterator[view.BudgetUse]:
        spent: dict[str, int] = {}
        for placement in self.solution.chosen.values():
            for account, pounds in placement.cost.items():
                spent[account] = spent.get(account, 0) + pounds
        titles = {line.id: line.title for line in self.school.file.money.lines}
        for account, available in sorted(self.timetable.accounts().items()):
            line, _, year = account.partition("|")
            yield view.BudgetUse(
                line=line,
                title=titles[line],
                year=year,
                planned=spent.get(account, 0),
                available=available,
            )

    def _picture(self) -> view.Picture:
        chosen = self.solution.chosen

        def both(edges: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
            return tuple(edge for edge in edges if edge[0] in chosen and edge[1] in chosen)

        length = {name: p.ready - p.start + 1 for name, p in chosen.items()}
        return view.Picture(
            edges=both(self.dependencies.drawing()),
            helped=both(self.dependencies.helped),
            longest_chain=self.dependencies.longest_chain(length),
        )

    def _proof(self) -> view.Proof:
        first = self.solution.levels[0]
        bound = max(first.bound, first.value)
        return view.Proof(
            status=self.solution.status,
            objective=first.value,
            value=self.solution.value,
            bound=bound,
            gap=round((bound - first.value) / bound, 6) if bound else 0.0,
            levels=tuple(
                view.ProofLevel(name=lv.name, status=lv.status, value=lv.value, bound=lv.bound)
                for lv in self.solution.levels
            ),
            candidates=len(self.problem.items),
            solver=SOLVER,
            rule_engine=RULE_ENGINE,
        )

    def _unknown(self) -> Iterator[view.Unknown]:
        grouped: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        titles = {rule.id: rule.title for rule in self.library.rules.values()}
        for finding in self.inference.unknown:
            pupils = finding.entity.kind in PUPILS
            name = "pupils" if pupils else finding.entity.label
            missing = self.inference.verdict(finding).missing()
            grouped.setdefault((finding.rule.id, name), []).append(missing)
        for (rule, name), all_missing in sorted(grouped.items()):
            keys = sorted({key for missing in all_missing for key in missing})
            yield view.Unknown(
                rule=rule,
                title=titles[rule],
                entity=name,
                count=len(all_missing),
                missing=tuple(title_of(key, self.vocabulary) for key in keys),
            )


def _distinct(arguments: list[Argument]) -> list[Argument]:
    """Each rule's words on each entity once, in order of rule."""
    seen: dict[tuple[str, str], Argument] = {}
    for told in sorted(arguments, key=lambda told: told.rule.id):
        seen.setdefault((told.rule.id, str(told.entity)), told)
    return list(seen.values())
