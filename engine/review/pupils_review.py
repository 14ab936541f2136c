"""The pupils' side of a review: how many stand where, who moved further than error explains, what is secured."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping

from ..pupils import Reporter, Sequence
from ..school import PupilRead
from . import phrases
from .model import PupilMoved, SkillRef, SubjectMoved
from .pupils_moved import JUDGEMENT, SCORE, Key, PupilsMoved, Standings


class PupilsReview:
    """Holds the pupils of a school against themselves as they stood on an earlier day."""

    def __init__(
        self, standings: Standings, moves: PupilsMoved, since: datetime.date, on: datetime.date
    ) -> None:
        self.standings, self.moves, self.since, self.on = standings, moves, since, on
        self.school, self.library = standings.school, standings.library
        self.anew = moves.judged is not None
        self.worst = self.library.screening.states[0].id

    def subjects(self) -> Iterator[SubjectMoved]:
        """Yield each subject in which pupils were judged anew."""
        then, now = (self.standings.states(day) for day in (self.since, self.on))
        order = [state.id for state in self.library.screening.states]
        for subject in self.moves.subjects if self.anew else ():
            points = self.moves.between(subject, self.library.own_assessment)
            if points is None:
                continue
            counts = [
                Counter(state for (_, about), state in found.items() if about == subject)
                for found in (then, now)
            ]
            keys = [(pupil.ref, subject) for pupil in self.school.pupils]
            yield SubjectMoved(
                subject=subject,
                title=self.library.subject_titles[subject],
                since=points[0].title,
                to=points[1].title,
                then={state: counts[0][state] for state in order},
                now={state: counts[1][state] for state in order},
                moved=self.moves.group(
                    phrases.ALL_PUPILS,
                    keys,
                    JUDGEMENT,
                    False,
                    self.library.screening.cited_from,
                ),
            )

    def pupils(self) -> Iterator[PupilMoved]:
        """Yield those who are at risk at one of the two points, or moved further than error explains, by year
        group, class and pseudonym."""
        if not self.anew:
            return
        then, now = (self.standings.states(day) for day in (self.since, self.on))
        was, is_now = self._sequences(self.since), self._sequences(self.on)
        for pupil in sorted(self.school.pupils, key=self._place):
            for subject in self.moves.subjects:
                key = (pupil.ref, subject)
                told = self.moves.told(key, SCORE) or self.moves.told(key, JUDGEMENT)
                states = then.get(key), now.get(key)
                if self.worst in states or told in ("gained", "fell"):
                    yield self._moved(pupil, subject, states, told, was.get(key), is_now.get(key))

    def _place(self, pupil: PupilRead) -> tuple[int, str, str]:
        years = self.school.file.school.year_groups
        return years.index(pupil.year), pupil.class_id or "", pupil.ref

    def _moved(
        self,
        pupil: PupilRead,
        subject: str,
        states: tuple[str | None, str | None],
        told: str | None,
        was: Sequence | None,
        now: Sequence | None,
    ) -> PupilMoved:
        before, after = _on_it(was), _on_it(now)
        secure = {code for code, value in pupil.skills.items() if value.value}
        still = after or {code for code in before if code not in secure and code in pupil.skills}
        skills = self.library.skills

        def refs(codes: Iterator[str]) -> tuple[SkillRef, ...]:
            return tuple(SkillRef(skill=one, title=skills[one].title) for one in codes)

        return PupilMoved.model_validate(
            {
                "ref": pupil.ref,
                "year": pupil.year,
                "class": pupil.class_id,
                "subject": subject,
                "then": states[0],
                "now": states[1],
                "moved": told,
                "secured": refs(one for one in before if one in secure),
                "going_on": refs(one for one in before if one in still),
                "changed": refs(one for one in after if one not in before) if before else (),
            }
        )

    def _sequences(self, day: datetime.date) -> Mapping[Key, Sequence]:
        """The sequences of the pupils who were at risk on a day."""
        school, inference = self.standings.on(day)
        if not school.latest:
            return {}
        halves = school.timeline.halves
        inside = min(max(day, halves[0].starts), halves[-1].ends)
        return Reporter(school, self.library, inference, {}).sequences_of(self.worst, inside)


def _on_it(sequence: Sequence | None) -> dict[str, None]:
    """The skills of a sequence that are checked or taught, in their order."""
    if sequence is None:
        return {}
    codes = [one.skill for one in sequence.checks] + [one.skill for one in sequence.steps]
    return dict.fromkeys(codes)


__all__ = ["PupilsReview"]
