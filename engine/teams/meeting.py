"""The sheet a team holds its meeting from."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ..errors import TermwiseError
from ..library import Library
from ..readers.school import School
from ..records.pupils import Named, PupilLine, PupilReport, SideBySide
from ..records.teams import (
    Commitment,
    Concern,
    DatedTitle,
    FocusClass,
    FocusPupil,
    ForClass,
    Goal,
    Meeting,
    SheetLimits,
    StrategyProposed,
)
from ..terms import Timeline
from .team import TeamView

Date = datetime.date
_DAY = datetime.timedelta(days=1)


def meeting(
    school: School,
    library: Library,
    team_id: str,
    on: Date,
    report: PupilReport,
    commitments: Iterable[Commitment],
) -> Meeting:
    """What the team has before it in a meeting on a day; `report` is about the whole school or at
    least the team's classes.

    Raises UnknownNameError for a team that is not there, and TermwiseError with the nearest school
    days for a day on which the school is not open.
    """
    view = TeamView(school, library, team_id, on)
    _open_on(on, school.timeline)
    own = [item for item in view.own(commitments) if item.agreed < on]
    last = max((item.agreed for item in own), default=on)
    due = [item for item in own if item.agreed == last or item.kept is None]
    due.sort(key=lambda item: (not view.overdue(item), item.kept is not None))
    shown = {line.ref: line.name for line in report.pupils if line.name}
    limits = view.words.sheet
    next_meeting = min((day for day in view.team.meets if day > on), default=None)
    steps = {name: _steps(view, report, name) for name in view.classes}
    chosen = _chosen(steps, limits)
    shown_of = Counter(step.class_id for group in chosen for step in group)
    asked = school.file.pupils
    point = asked.next_point if asked else None
    return Meeting(
        about=view.about(),
        note=view.words.of_sheet,
        next_meeting=next_meeting,
        focus=tuple(_focus(view, report)),
        commitments=tuple(view.told(item, shown) for item in due[: limits.commitments]),
        older_open=sum(item.agreed < last for item in due),
        more_commitments=max(0, len(due) - limits.commitments),
        goals=tuple(
            Goal(teacher=teacher, goal=view.people[teacher.id].goal) for teacher in view.teachers()
        ),
        strategies=tuple(_proposed(view, group, shown, next_meeting) for group in chosen),
        more_strategies={
            name: len(of_class) - shown_of[name]
            for name, of_class in steps.items()
            if len(of_class) > shown_of[name]
        },
        own_rows=limits.own_rows,
        to_tick=tuple(item.title for item in view.words.kept),
        next_point=DatedTitle(title=point.title, date=point.date)
        if point and point.date >= on
        else None,
        events=tuple(_events(view)),
    )


def _open_on(on: Date, time: Timeline) -> None:
    """Raises TermwiseError when the school is not open on a day; staff meet on training days."""
    reason = time.why_no_school(on)
    if reason is None:
        return
    first, last = time.halves[0].starts, time.halves[-1].ends
    if not first <= on <= last:
        reason = f"is outside the plan, which runs from {first} to {last}"
    near = [
        day for step in (-1, 1) if (day := _nearest(on, step, time))
    ]  # none on a side where the plan ends
    days = " and ".join(f"{day:%A} {day}" for day in near)
    are = "school days are" if len(near) > 1 else "school day is"
    raise TermwiseError(f"{on} {reason}; the nearest {are} {days}")


def _nearest(on: Date, step: int, time: Timeline) -> Date | None:
    """The nearest day before (step -1) or after (1) on which the school is open."""
    first, last = time.halves[0].starts, time.halves[-1].ends
    day = min(max(on, first - _DAY), last + _DAY) + step * _DAY
    while first <= day <= last:
        if time.why_no_school(day) is None:
            return day
        day += step * _DAY
    return None


def _focus(view: TeamView, report: PupilReport) -> Iterator[FocusClass]:
    """Class by class, the pupils a state with some certainty was found for: the gravest state
    first, clear before within error, then as the report has them."""
    states = [state.id for state in report.states]
    sure = [item.id for item in report.certainties]
    lines = [line for line in report.pupils if line.certainty]
    lines.sort(key=lambda line: (states.index(line.state), sure.index(line.certainty or "")))
    most = view.words.sheet.pupils_per_class
    for name in view.classes:
        of_pupil: dict[str, list[PupilLine]] = {}
        for line in lines:
            if line.class_id == name:
                of_pupil.setdefault(line.ref, []).append(line)
        found = [_pupil(group, report) for group in of_pupil.values()]
        yield FocusClass(class_id=name, pupils=tuple(found[:most]), more=max(0, len(found) - most))


def _pupil(lines: list[PupilLine], report: PupilReport) -> FocusPupil:
    first = lines[0]
    states, sure = _titles(report.states), _titles(report.certainties)
    around = _titles(report.circumstances)
    return FocusPupil(
        ref=first.ref,
        name=first.name,
        year=first.year,
        concerns=tuple(
            Concern(
                subject=line.subject_title,
                state=states[line.state],
                certainty=sure[line.certainty or ""],
                reasons=tuple(
                    reason.reason.replace("-", " ")
                    for reason in line.reasons
                    if reason.state == line.state
                ),
            )
            for line in lines
        ),
        circumstances=tuple(around.get(name, name) for name in first.circumstances),
    )


def _titles(named: Iterable[Named]) -> dict[str, str]:
    return {item.id: item.title for item in named}


def _steps(view: TeamView, report: PupilReport, class_id: str) -> list[SideBySide]:
    """The steps for pupils of a class side by side: what is to be taught before what is to be
    checked, those for most pupils first, and one of each subject before a second."""
    steps = [step for step in report.side_by_side if step.class_id == class_id]
    steps.sort(key=lambda step: (step.does != "teach", -len(step.pupils)))
    subjects = [step.subject for step in steps]
    nth = {id(step): subjects[:at].count(step.subject) for at, step in enumerate(steps)}
    return sorted(steps, key=lambda step: nth[id(step)])


def _chosen(
    of_classes: Mapping[str, list[SideBySide]], limits: SheetLimits
) -> list[list[SideBySide]]:
    """As many steps as there is room for, the first of every class before the second of any; the
    same step in several classes is one, for their teachers can plan it together."""
    found: dict[tuple[str, str, str], list[SideBySide]] = {}
    for place in range(limits.strategies_per_class):
        for steps in of_classes.values():
            for step in steps[place : place + 1]:
                key = (step.subject, step.does, step.skill)
                if key in found or len(found) < limits.strategies:
                    found.setdefault(key, []).append(step)
    return list(found.values())


def _proposed(
    view: TeamView, steps: list[SideBySide], shown: Mapping[str, str], next_meeting: Date | None
) -> StrategyProposed:
    first = steps[0]
    return StrategyProposed(
        subject=first.subject_title,
        skill=first.skill,
        title=first.title,
        does=first.does,
        how=first.how,
        classes=tuple(
            ForClass(
                class_id=step.class_id or "",
                teachers=view.teachers(step.class_id),
                pupils=tuple(shown.get(ref, ref) for ref in step.pupils),
            )
            for step in steps
        ),
        evidence=first.look_for or view.words.check_evidence,
        review=first.look_again or next_meeting,
    )


def _events(view: TeamView) -> Iterator[DatedTitle]:
    """The next of each kind of dated event for the year groups of the team's classes."""
    school = view.school.file
    years = {y for item in school.school.classes if item.id in view.classes for y in item.years}
    calendar = view.library.calendars[school.calendar.use]
    seen: set[str] = set()
    for event in sorted(calendar.events, key=lambda event: (event.starts, event.title)):
        if event.starts >= view.on and years & set(event.years) and event.title not in seen:
            seen.add(event.title)
            yield DatedTitle(title=event.title, date=event.starts)
