"""The sheet a team holds its meeting from."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ..core import TermwiseError
from ..library import Library, SheetLimits
from ..school import School, Timeline, dated_events
from .commitment import (
    Commitment,
    Concern,
    Counted,
    DatedTitle,
    FocusClass,
    FocusPupil,
    ForClass,
    LastReview,
    Meeting,
    ReviewShown,
    StrategyProposed,
    TeacherGoal,
)
from .commitments_file import no_pupils
from .model import Named, PupilLine, PupilReport, SideBySide
from .phrases import shown_names
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
    reviewed: LastReview | None = None,
) -> Meeting:
    """Return the sheet of a team's meeting on a day.

    `report` is about the whole school or at least the team's classes, `reviewed` what was found of its pupils
    when the plan in force was last reviewed. Raises UnknownNameError for a
    team that is not there, and TermwiseError for a school without teams and, with the nearest
    school days, for a day on which the school is not open.
    """
    view = TeamView(school, library, team_id, on)
    _open_on(on, school.timeline)
    own = [item for item in view.own(commitments) if item.agreed < on]
    last = max((item.agreed for item in own), default=on)
    due = [item for item in own if item.agreed == last or item.kept is None]
    due.sort(key=lambda item: (not view.overdue(item), item.kept is not None))
    limits = view.words.sheet
    next_meeting = min((day for day in view.team.meets if day > on), default=None)
    steps = {name: _steps(view, report, name) for name in view.classes}
    chosen = _chosen(steps, limits)
    shown_of = Counter(step.class_id for group in chosen for step in group)
    focus = [_in_focus(report, name) for name in view.classes]
    on_sheet = {lines[0].ref for of_class in focus for lines in of_class[: limits.pupils_per_class]}
    on_sheet.update(ref for item in due[: limits.commitments] for ref in item.pupils)
    on_sheet.update(ref for group in chosen for step in group for ref in step.pupils)
    called = shown_names({one.ref: one.name for one in report.pupils if one.ref in on_sheet})
    asked = school.file.pupils
    point, latest = (asked.next_point, asked.points[-1]) if asked else (None, None)
    return Meeting(
        about=view.about(),
        note=view.words.of_sheet,
        next_meeting=next_meeting,
        judged=DatedTitle(title=latest.title, date=latest.date) if latest else None,
        reviewed=_reviewed(view, report, reviewed) if reviewed else None,
        focus=tuple(
            _focus(name, lines, report, called, limits, _secured(reviewed))
            for name, lines in zip(view.classes, focus, strict=True)
        ),
        states=tuple(state.title for state in report.states if state.id not in _rest(library)),
        no_class=_no_class(view, report),
        commitments=tuple(view.told(item, called) for item in due[: limits.commitments]),
        older_open=sum(item.agreed < last for item in due),
        more_commitments=max(0, len(due) - limits.commitments),
        goals=tuple(
            TeacherGoal(teacher=teacher, goal=view.people[teacher.id].goal)
            for teacher in view.teachers()
        ),
        strategies=tuple(_proposed(view, group, called) for group in chosen),
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
    first, last = time.halves[0].starts, time.halves[-1].ends
    if not first <= on <= last:
        reason = f"is outside the plan, which runs from {first} to {last}"
    if reason is None:
        return
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


def _rest(library: Library) -> tuple[str, str]:
    """The states nobody is in focus for: those without a reason."""
    return library.screening.default, library.screening.when_unknown


def _in_focus(report: PupilReport, class_id: str) -> list[list[PupilLine]]:
    """The pupils of a class a state with some certainty was found for, each with those lines: the
    gravest state first, clear before within error, then as the report has them."""
    states = [state.id for state in report.states]
    sure = [item.id for item in report.certainties]
    lines = [line for line in report.pupils if line.certainty and line.class_id == class_id]
    lines.sort(key=lambda line: (states.index(line.state), sure.index(line.certainty or "")))
    of_pupil: dict[str, list[PupilLine]] = {}
    for line in lines:
        of_pupil.setdefault(line.ref, []).append(line)
    return list(of_pupil.values())


def _no_class(view: TeamView, report: PupilReport) -> int:
    """Count the pupils of the year groups of the team's classes who are in no class."""
    years = view.years()
    return len({line.ref for line in report.pupils if not line.class_id and line.year in years})


def _reviewed(view: TeamView, report: PupilReport, reviewed: LastReview) -> ReviewShown:
    """Count the pupils of the team's classes of whom the review found something."""
    here = {line.ref for line in report.pupils if line.class_id in view.classes}
    found = [one for one in reviewed.pupils if one.ref in here]
    return ReviewShown(
        on=reviewed.on,
        secured=len({one.ref for one in found if one.secured}),
        going_on=len({one.ref for one in found if one.going_on}),
        changed=len({one.ref for one in found if one.changed}),
    )


def _secured(reviewed: LastReview | None) -> dict[str, tuple[str, ...]]:
    """List what the review found secure, by pupil, each title once."""
    found: dict[str, tuple[str, ...]] = {}
    for one in reviewed.pupils if reviewed else ():
        found[one.ref] = tuple(dict.fromkeys((*found.get(one.ref, ()), *one.secured)))
    return found


def _focus(
    class_id: str,
    found: list[list[PupilLine]],
    report: PupilReport,
    called: Mapping[str, str],
    limits: SheetLimits,
    secured: Mapping[str, tuple[str, ...]],
) -> FocusClass:
    most = limits.pupils_per_class
    left = Counter(lines[0].state for lines in found[most:])
    return FocusClass(
        class_id=class_id,
        known=len({line.ref for line in report.pupils if line.class_id == class_id}),
        pupils=tuple(_pupil(lines, report, called, secured) for lines in found[:most]),
        more=tuple(
            Counted(title=state.title, count=left[state.id])
            for state in report.states
            if left[state.id]
        ),
    )


def _pupil(
    lines: list[PupilLine],
    report: PupilReport,
    called: Mapping[str, str],
    secured: Mapping[str, tuple[str, ...]],
) -> FocusPupil:
    first = lines[0]
    states, sure = _titles(report.states), _titles(report.certainties)
    around = _titles(report.circumstances)
    return FocusPupil(
        ref=first.ref,
        name=first.name,
        called=called.get(first.ref, first.ref),
        year=first.year,
        year_title=first.year_title,
        concerns=tuple(
            Concern(
                subject=line.subject_title,
                state=states[line.state],
                certainty=sure[line.certainty or ""],
                reasons=tuple(
                    reason.short for reason in line.reasons if reason.state == line.state
                ),
            )
            for line in lines
        ),
        circumstances=tuple(around.get(name, name) for name in first.circumstances),
        secured=secured.get(first.ref, ()),
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
    view: TeamView, steps: list[SideBySide], called: Mapping[str, str]
) -> StrategyProposed:
    first, words = steps[0], view.words
    return StrategyProposed(
        subject=first.subject_title,
        skill=first.skill,
        title=first.title,
        does=first.does,
        how=first.how,
        look_for=first.look_for,
        classes=tuple(
            ForClass(
                class_id=step.class_id or "",
                teachers=view.teachers(step.class_id),
                pupils=tuple(called.get(ref, ref) for ref in step.pupils),
            )
            for step in steps
        ),
        evidence=words.teach_evidence if first.does == "teach" else words.check_evidence,
        review=_review(view, first),
    )


def _review(view: TeamView, step: SideBySide) -> Date | None:
    """When a step is looked at: one that is taught in the first meeting after its weeks, else on
    their last day; a check in the next meeting, and no later than knowledge allows. Only days when
    pupils are in school: another can't be agreed."""
    school, on = view.school, view.on
    meets = [day for day in sorted(view.team.meets) if day > on and not no_pupils(day, school)]
    again = step.look_again
    if step.does == "teach" and again:
        return next((day for day in meets if day >= again), again)
    latest = school.timeline.school_days(on + view.words.check_days * _DAY)
    days = [*meets[:1], *(() if step.does == "teach" else latest[:1])]
    return min(days, default=None)


def _events(view: TeamView) -> Iterator[DatedTitle]:
    """The next of each kind of dated event for the year groups of the team's classes."""
    years = view.years()
    calendar = view.library.calendars[view.school.file.calendar.use]
    seen: set[str] = set()
    for event in dated_events(calendar, view.school.file.calendar.events):
        if event.starts >= view.on and years & set(event.years) and event.title not in seen:
            seen.add(event.title)
            yield DatedTitle(title=event.title, date=event.starts)
