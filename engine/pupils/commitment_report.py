"""The report to the head: what a team's teachers took on, kept, and saw work."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from ..library import CommitmentOutcome, Library
from ..school import School
from .commitment import ByTeacher, Commitment, CommitmentShown, Counted, Impact
from .team import TeamView


def impact(
    school: School,
    library: Library,
    team_id: str,
    on: datetime.date,
    commitments: Iterable[Commitment],
) -> Impact:
    """A team's commitments as they stood on a day, in counts and teacher by teacher, by class: an
    account of practice, without a score and without an order by success.

    Raises UnknownNameError for a team that is not there, TermwiseError for a school without teams.
    """
    view = TeamView(school, library, team_id, on)
    own = view.own(commitments)
    teachers = view.teachers()
    by_teacher: dict[str, list[CommitmentShown]] = {teacher.id: [] for teacher in teachers}
    others: list[CommitmentShown] = []
    for item in own:
        by_teacher.get(item.teacher, others).append(view.told(item))
    told = [ByTeacher(teacher=t, commitments=tuple(by_teacher[t.id])) for t in teachers]
    if others:
        told.append(ByTeacher(teacher=None, commitments=tuple(others)))
    to_see = [outcome for outcome in view.words.kept if outcome.to_see]
    done = [item for item in own if item.kept in {outcome.id for outcome in to_see}]
    return Impact(
        about=view.about(),
        note=view.words.of_impact,
        since=min((item.agreed for item in own), default=None),
        made=len(own),
        kept=_counted([item.kept for item in own], view.words.kept),
        open=sum(item.kept is None for item in own),
        overdue=sum(map(view.overdue, own)),
        done=Counted(title=" or ".join(outcome.title for outcome in to_see), count=len(done)),
        worked=_counted([item.worked for item in done], view.words.worked),
        unseen=sum(item.worked is None for item in done),
        teachers=tuple(told),
    )


def _counted(
    given: Sequence[str | None], outcomes: Iterable[CommitmentOutcome]
) -> tuple[Counted, ...]:
    return tuple(Counted(title=item.title, count=given.count(item.id)) for item in outcomes)
