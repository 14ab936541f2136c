"""The at-risk report composed: pupils with states, reasons, certainty and learning sequences."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..inference import (
    KIND,
    Finding,
    Inference,
    Recommendation,
    cell_refs,
    circumstances,
    is_clear,
    value_read,
    words,
)
from ..library import Beginning, Condition, Entity, Library, LookBack, evaluate, title_of
from ..school import PupilRead, School
from . import model as view
from .learning_sequences import Sequences
from .query import Ask, PupilQuery


class Reporter:
    """Puts together what is to be said of the pupils of one school."""

    def __init__(
        self,
        school: School,
        library: Library,
        inference: Inference,
        items: Mapping[str, Recommendation],
    ) -> None:
        self.school, self.library, self.inference, self.items = school, library, inference, items
        self.vocabulary = inference.vocabulary
        asked = school.file.pupils
        point = asked.next_point if asked else None
        self.sequences = Sequences(library, school.timeline, point.date if point else None)
        self.order = [state.id for state in library.screening.states]
        self.sure = [library.screening.clear.id, library.screening.within_error.id, ""]
        self.read = {pupil.ref: pupil for pupil in school.pupils}
        self.fired = _by_entity(inference.of("screen"))
        self.unknown = _by_entity(f for f in inference.unknown if f.rule.stratum == "screen")
        self.classes_of = {person.id: person.classes for person in school.staff.people}

    def report(self, ask: Ask) -> view.PupilReport:
        """The answer to a question. Raises UnknownNameError for a name that is not there."""
        asked = PupilQuery(ask, self.school, self.library)
        on = asked.on
        lines: list[tuple[tuple[object, ...], Entity, view.PupilLine]] = []
        for entity in self.inference.facts.of(KIND):
            state = str(entity.values["state"].value)
            if asked.includes(entity) and asked.state in (None, state):
                line = self._line(entity, state, on)
                lines.append((self._place(entity, line), entity, line))
        lines.sort(key=lambda item: item[0])
        pupils = tuple(line for _, _, line in lines)
        screening, titles = self.library.screening, self.library.titles
        latest = asked.points[-1]
        counts = {state: Counter[str]() for state in self.order if asked.state in (None, state)}
        for line in pupils:
            counts[line.state][line.certainty or ""] += 1
        return view.PupilReport(
            school=self.school.file.school.name,
            asked=asked.words,
            on=on,
            judged=view.Judged(title=latest.title, on=latest.date),
            quiet=screening.default,
            states=tuple(view.Named(id=name, title=titles[name]) for name in self.order),
            certainties=tuple(view.Named(id=n, title=titles[n]) for n in self.sure if n),
            circumstances=tuple(
                view.Named(id=item.id, title=item.title) for item in screening.circumstances
            ),
            counts={state: dict(sorted(found.items())) for state, found in counts.items()},
            pupils=pupils,
            side_by_side=tuple(self._side_by_side(pupils)),
            checked_by=screening.checked_by,
            interventions=tuple(self._touching(pupils)),
        )

    def sequences_of(self, state: str, on: datetime.date) -> dict[tuple[str, str], view.Sequence]:
        """The learning sequences, from a day on, of the pupils in a state, by pseudonym and subject."""
        found = {}
        for entity in self.inference.facts.of(KIND):
            if str(entity.values["state"].value) == state:
                elders = {elder.kind: elder for elder in entity.lineage}
                pupil = self.read[elders["pupil"].id]
                sequence = self._sequence(entity, pupil, on, state != self.order[0])
                if sequence:
                    found[pupil.ref, elders["subject"].id] = sequence
        return found

    def _place(self, entity: Entity, line: view.PupilLine) -> tuple[object, ...]:
        """Where a pupil stands on the list: the gravest state first, clear before within error,
        then whom circumstances speak for."""
        weights = {item.id: item.weight for item in self.library.screening.circumstances}
        years = self.school.file.school.year_groups
        asked = self.school.file.pupils
        assert asked is not None
        return (
            self.order.index(line.state),
            self.sure.index(line.certainty or ""),
            -sum(weights[name] for name in line.circumstances),
            -len(line.reasons),
            years.index(line.year),
            line.class_id or "",
            line.ref,
            asked.subjects.index(line.subject),
        )

    def _line(self, entity: Entity, state: str, on: datetime.date) -> view.PupilLine:
        elders = {elder.kind: elder for elder in entity.lineage}
        pupil, subject = self.read[elders["pupil"].id], elders["subject"]
        sure = entity.values.get("certainty")
        given = self.fired.get(id(entity), ())
        grave = state == self.order[0]
        stretch = any(f.rule.screen.stretch for f in given if f.rule.screen)
        screening = self.library.screening
        touched = state not in (screening.default, screening.when_unknown)
        return view.PupilLine(
            ref=pupil.ref,
            name=pupil.name,
            year=pupil.year,
            year_title=self.library.year_title(pupil.year),
            class_id=pupil.class_id,
            subject=subject.id,
            subject_title=subject.label,
            state=state,
            certainty=str(sure.value) if sure else None,
            reasons=tuple(self._reason(finding) for finding in given),
            missing=tuple(self._missing(entity, state)),
            circumstances=circumstances(entity, self.library, self.vocabulary),
            sequence=self._sequence(entity, pupil, on, not grave) if grave or stretch else None,
            interventions=tuple(self._interventions(entity, pupil)) if touched else (),
        )

    def _reason(self, finding: Finding) -> view.ReasonGiven:
        rule, entity = finding.rule, finding.entity
        assert rule.screen is not None
        screening = self.library.screening
        clear = is_clear(rule, entity, self.vocabulary)
        verdict = finding.verdict
        leaves = list(verdict.deciding())
        if clear and rule.screen.clear:
            leaves += evaluate(rule.screen.clear, entity.lookup, self.vocabulary).deciding()
        cells = dict.fromkeys(cell for leaf in leaves if leaf.read for cell in leaf.read.cells)
        return view.ReasonGiven(
            rule=rule.id,
            reason=rule.screen.reason,
            title=rule.title,
            state=rule.screen.state,
            certainty=screening.clear.id if clear else screening.within_error.id,
            words=words(rule, entity, self.vocabulary),
            values=tuple(value_read(leaf, self.vocabulary) for leaf in leaves),
            cells=cell_refs(cells),
        )

    def _missing(self, entity: Entity, state: str) -> Iterator[view.Missing]:
        """Yield what would decide each undecided rule, where the pupil's state is unknown."""
        if state != self.library.screening.when_unknown:
            return
        for finding in self.unknown.get(id(entity), ()):
            missing = finding.verdict.missing()
            yield view.Missing(
                rule=finding.rule.id,
                title=finding.rule.title,
                missing=tuple(title_of(key, self.vocabulary) for key in missing),
            )

    def _sequence(
        self, entity: Entity, pupil: PupilRead, on: datetime.date, stretch: bool
    ) -> view.Sequence | None:
        secure = frozenset(code for code, value in pupil.skills.items() if value.value)
        insecure = frozenset(pupil.skills) - secure
        subject = next(elder.id for elder in entity.lineage if elder.kind == "subject")
        begin = [
            one for one in self._beginnings(subject, pupil.year) if self._holds(one.when, entity)
        ]
        shown = {code for one in begin for code in one.insecure} - pupil.skills.keys()
        holds = {code for one in begin for code in one.secure} - pupil.skills.keys() - shown
        back = self._look_back(entity)
        found = self.sequences.of(
            subject,
            pupil.year,
            secure | holds,
            insecure | shown,
            on,
            stretch,
            back.years if back else None,
            tuple(dict.fromkeys(code for one in begin for code in one.checks)),
            back.goal_terms if back and not stretch else 0,
        )
        if found is None:
            return None
        checked = {check.skill for check in found.checks}
        why = tuple(one.why for one in begin if checked.intersection(one.checks))
        steps = tuple(
            step.model_copy(update={"cells": cell_refs(pupil.skills[step.skill].cells)})
            if step.skill in pupil.skills
            else step
            for step in found.steps
        )
        return found.model_copy(update={"steps": steps, "why_first": why})

    def _beginnings(self, subject: str, year: str) -> Iterator[Beginning]:
        """List what sequences of a year group in a subject may begin with."""
        file = self.library.skill_files.get(subject)
        for one in file.begin if file else ():
            if not one.years or year in one.years:
                yield one

    def _holds(self, condition: Condition, entity: Entity) -> bool:
        return evaluate(condition, entity.lookup, self.vocabulary).result is True

    def _look_back(self, entity: Entity) -> LookBack | None:
        """Return how far back checks and goals lie; None where nothing says so."""
        found = self.library.screening.look_back
        return next((one for one in found if self._holds(one.when, entity)), None)

    def _interventions(self, entity: Entity, pupil: PupilRead) -> Iterator[str]:
        """The interventions for something narrower than the school that this pupil is part of."""
        lineage = {id(elder) for elder in entity.lineage if elder.kind != "school"}
        narrow_first = sorted(
            self.items.items(),
            key=lambda item: (item[1].intervention.target == "school", item[0]),
        )
        for name, item in narrow_first:
            asked_for = any(id(told.entity) in lineage for told in item.arguments)
            taught = item.intervention.target == "teacher" and any(
                pupil.class_id in self.classes_of.get(target.id, ()) for target in item.targets
            )
            if asked_for or taught:
                yield name

    def _touching(self, pupils: Sequence[view.PupilLine]) -> Iterator[view.Touching]:
        found: dict[str, set[str]] = {}
        for line in pupils:
            for name in line.interventions:
                found.setdefault(name, set()).add(line.ref)
        for name, refs in sorted(
            found.items(),
            key=lambda one: (
                self.items[one[0]].intervention.target == "school",
                -len(one[1]),
                one[0],
            ),
        ):
            item = self.items[name]
            told = {argument.rule.id: argument.words for argument in item.arguments}
            yield view.Touching(
                intervention=name,
                title=item.intervention.title,
                target=", ".join(t.label for t in item.targets if t.kind != "school"),
                pupils=len(refs),
                because=tuple(text for _, text in sorted(told.items())),
            )

    def _side_by_side(self, pupils: Iterable[view.PupilLine]) -> Iterator[view.SideBySide]:
        """Pupils of one class who need the same now: the checks first, then the first step that is
        known to be needed."""
        found: dict[tuple[str, str, str, str], tuple[view.SideBySide, list[str]]] = {}
        for line in pupils:
            if line.sequence is None:
                continue
            for part in _now(line, line.sequence):
                key = (line.class_id or "", line.subject, part.does, part.skill)
                found.setdefault(key, (part, []))[1].append(line.ref)
        many_first = sorted(
            found.items(), key=lambda item: (*item[0][:2], -len(item[1][1]), *item[0][2:])
        )
        for _, (part, refs) in many_first:
            yield part.model_copy(update={"pupils": tuple(refs)})


def _now(line: view.PupilLine, sequence: view.Sequence) -> Iterator[view.SideBySide]:
    taught = sequence.now
    where = {
        "class_id": line.class_id,
        "subject": line.subject,
        "subject_title": line.subject_title,
        "pupils": (),
    }
    for check in sequence.checks:
        yield view.SideBySide(
            **where,
            does="check",
            skill=check.skill,
            title=check.title,
            how=check.check,
            look_for="",
            look_again=None,
        )
    if taught:
        yield view.SideBySide(
            **where,
            does="teach",
            skill=taught.skill,
            title=taught.title,
            how=taught.strategy,
            look_for=taught.look_for,
            look_again=taught.look_again,
        )


def _by_entity(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        found.setdefault(id(finding.entity), []).append(finding)
    for group in found.values():
        group.sort(key=lambda finding: finding.rule.id)
    return found
