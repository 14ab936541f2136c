"""With which latest judgement a pupil would be seen otherwise, found by screening again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..inference import KIND, cell_refs, fired, infer
from ..library import Library
from ..pupils import Ask, PupilQuery
from ..school import PupilRead, School, entities, judged_otherwise, latest
from . import change_answer as view


def change_pupil(school: School, library: Library, name: str) -> view.PupilChanges:
    """For the pupil of a pseudonym, in the subject named after it or in each, the nearest other judgement
    at the latest time known with which the screening rules would see them otherwise. Earlier results, and
    who the pupil is, are left alone.

    Raises UnknownNameError for a pupil or subject that isn't there, TermwiseError where the school has
    no files of pupils.
    """
    ref, _, subject = " ".join(name.split()).partition(" ")
    asked = PupilQuery(Ask(pupil=ref, subject=subject or None), school, library)
    [pupil] = [one for one in school.pupils if one.ref == asked.pupil]
    subjects = school.file.pupils.subjects if school.file.pupils else ()
    search = _Search(school, library, pupil)
    return view.PupilChanges(
        school=school.file.school.name,
        pupil=pupil.ref,
        subjects=tuple(search.of(one) for one in subjects if asked.subject in (None, one)),
    )


class _Search:
    def __init__(self, school: School, library: Library, pupil: PupilRead) -> None:
        self.school, self.library, self.pupil = school, library, pupil
        self.titles = library.titles

    def of(self, subject: str) -> view.SubjectChanges:
        """Find what would be seen otherwise in one subject."""
        alone = replace(self.school, pupils=(self.pupil,))
        state = self._state(alone, subject)
        now = latest(self.school, self.library, self.pupil, subject)
        scale = self.school.measures[now.scale] if now else None
        grades = scale.grades if scale else ()
        rank = now.grade if now and isinstance(now.grade, int) else None
        able = bool(grades) and state != self.library.screening.when_unknown
        ways = tuple(self._ways(subject, state, rank, len(grades))) if able else ()
        return view.SubjectChanges(
            subject=subject,
            subject_title=self.library.subject_titles.get(subject, subject),
            state=state,
            state_title=self.titles[state],
            judgement=grades[rank].title if grades and rank is not None else None,
            cell=next(iter(cell_refs([now.cell])), None) if now else None,
            ways=ways,
            none="" if ways else self._no_way(rank, state),
        )

    def _no_way(self, rank: int | None, state: str) -> str:
        if state == self.library.screening.when_unknown:
            return "Something is missing that has to be found out first: termwise why tells what."
        if rank is None:
            return "There is no latest judgement by grades that could be another."
        return "With any other latest judgement the pupil would be seen the same."

    def _ways(
        self, subject: str, state: str, rank: int | None, many: int
    ) -> Iterator[view.StateWay]:
        """For each other state the nearest judgement that gives it, the nearest first."""
        seen = {state}
        others = [other for other in range(many) if rank is not None and other != rank]
        for other in sorted(others, key=lambda other: (abs(other - (rank or 0)), other)):
            school = judged_otherwise(self.school, self.library, self.pupil, subject, other)
            found = self._state(school, subject)
            if found not in seen:
                seen.add(found)
                yield self._way(subject, other, other - (rank or 0), found)

    def _way(self, subject: str, grade: int, apart: int, state: str) -> view.StateWay:
        now = latest(self.school, self.library, self.pupil, subject)
        assert now is not None
        title = self.school.measures[now.scale].grades[grade].title
        count = f"{abs(apart)} grade{'' if abs(apart) == 1 else 's'}"
        words = f"{title}, {count} {'higher' if apart > 0 else 'lower'}: {self.titles[state]}"
        return view.StateWay(
            judgement=title,
            grades_apart=apart,
            state=state,
            state_title=self.titles[state],
            words=words,
        )

    def _state(self, school: School, subject: str) -> str:
        vocabulary = self.library.vocabulary(school.scales)
        found = infer(entities(school, self.library), self.library, vocabulary, fired)
        for entity in found.facts.of(KIND):
            if any(elder.kind == "subject" and elder.id == subject for elder in entity.lineage):
                return str(entity.values["state"].value)
        raise KeyError(subject)
