"""Why a pupil is in a state: in each subject the screening rules that fired, and what makes them sure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core import NO_PUPILS, TermwiseError
from ..inference import KIND, Inference, Verdicts, infer, is_clear
from ..library import Entity, Library
from ..planning import SchoolRef
from ..pupils import Ask, PupilLine, Reporter
from ..school import PSEUDONYM, School, entities
from .argument import ScreeningFired, WhyPupil, WhySubject

_FORM = re.compile(PSEUDONYM.replace("-", "-?"), re.IGNORECASE)


def names_pupil(school: School, name: str) -> bool:
    """Tell whether a name is a pupil's pseudonym, with or without a subject after it, or is
    formed like one."""
    first = name.split(maxsplit=1)[:1]
    return bool(first) and (
        bool(_FORM.fullmatch(first[0]))
        or first[0].upper() in {pupil.ref for pupil in school.pupils}
    )


def why_pupil(
    school: School, library: Library, name: str, inference: Inference | None = None
) -> WhyPupil:
    """Why the pupil of a pseudonym is in a state, in every subject or in the one named after it. No plan
    is needed; what rules found is worked out where it isn't given.

    Raises UnknownNameError for a pupil or subject that isn't there, TermwiseError where the school has
    no files of pupils.
    """
    if school.file.pupils is None:
        raise TermwiseError(NO_PUPILS)
    ref, _, subject = " ".join(name.split()).partition(" ")
    if inference is None:
        inference = infer(entities(school, library), library, library.vocabulary(school.scales))
    ask = Ask(pupil=ref, subject=subject or None)
    lines = Reporter(school, library, inference, {}).report(ask).pupils
    return _Told(school, library, inference).answer(lines)


class _Told:
    def __init__(self, school: School, library: Library, inference: Inference) -> None:
        self.school, self.library, self.inference = school, library, inference
        self.verdicts = Verdicts(inference, library)
        self.order = [state.id for state in library.screening.states]

    def answer(self, lines: tuple[PupilLine, ...]) -> WhyPupil:
        who, line = self.school.file.school, lines[0]
        titles = {one.id: one.title for one in self.library.screening.circumstances}
        entities = {one.id: one for one in self.inference.facts.of(KIND)}
        subjects = {one: place for place, one in enumerate(self._subjects())}
        ordered = sorted(lines, key=lambda one: subjects[one.subject])
        return WhyPupil(
            school=SchoolRef(
                id=who.id,
                name=who.name,
                phase=who.phase,
                roll=who.roll,
                year_groups=who.year_groups,
            ),
            ref=line.ref,
            year=line.year,
            year_title=line.year_title,
            class_id=line.class_id,
            circumstances=tuple(titles[one] for one in line.circumstances),
            subjects=tuple(
                self._subject(one, entities[f"{one.ref} {one.subject}"]) for one in ordered
            ),
        )

    def _subjects(self) -> tuple[str, ...]:
        return self.school.file.pupils.subjects if self.school.file.pupils else ()

    def _subject(self, line: PupilLine, entity: Entity) -> WhySubject:
        titles = self.library.titles
        return WhySubject(
            subject=line.subject,
            title=line.subject_title,
            state=line.state,
            state_title=titles[line.state],
            sure=titles[line.certainty] if line.certainty else None,
            fired=tuple(sorted(self._fired(entity), key=lambda one: self.order.index(one.state))),
            unknown=tuple(
                self.verdicts.on(one.rule, entity)
                for one in self.inference.unknown
                if one.entity is entity and one.rule.screen
            ),
        )

    def _fired(self, entity: Entity) -> Iterator[ScreeningFired]:
        for finding in self.inference.of("screen"):
            rule, said = finding.rule, finding.rule.screen
            if finding.entity is not entity or said is None:
                continue
            clear, titles = (
                is_clear(rule, entity, self.inference.vocabulary),
                self.library.screening,
            )
            sure = (titles.clear if clear else titles.within_error).title
            concern = said.state not in (titles.default, titles.when_unknown)
            yield ScreeningFired(
                state=said.state,
                state_title=self.library.titles[said.state],
                sure=sure if concern else None,
                clear=clear,
                verdict=self.verdicts.on(rule, entity),
                clear_when=self.verdicts.tree(said.clear, entity) if said.clear else None,
            )
