"""The phrases all documents of a team share."""

from __future__ import annotations

import datetime
from itertools import groupby

from ..core import listed
from ..pupils import (
    CommitmentShown,
    FocusClass,
    FocusPupil,
    Impact,
    Meeting,
    ReviewShown,
    Teacher,
    TeacherGoal,
    TeamOn,
)
from . import words


def day(value: datetime.date) -> str:
    """For example Tuesday 24 November 2026."""
    return f"{value:%A} {words.date(value)}"


def short(value: datetime.date) -> str:
    """For example 24 Nov."""
    return f"{value.day} {words.MONTHS[value.month - 1][:3]}"


def title(about: TeamOn) -> str:
    return f"{about.kind}: {about.title}"


def heading(about: TeamOn) -> list[tuple[str, str]]:
    """Head a sheet: labels with their values."""
    return [
        ("School", about.school),
        ("Classes", ", ".join(about.classes)),
        ("Led by", about.leader.role + _of(about.leader)),
    ]


def head_of(meeting: Meeting) -> list[tuple[str, str]]:
    """The same for a meeting, with how old its judgements are."""
    point = meeting.judged
    judged = [("Judgements", f"{point.title}, {words.date(point.date)}")] if point else []
    shown = meeting.reviewed
    reviewed = [("Last review", _found_by(shown))] if shown else []
    return [*heading(meeting.about), *judged, *reviewed]


def _found_by(shown: ReviewShown) -> str:
    """Say what a review found of the team's pupils."""
    told = (
        (shown.secured, "secured a skill that was next"),
        (shown.going_on, "with skills to go on with"),
        (shown.changed, "with new skills next"),
    )
    parts = [f"{words.count(many, 'pupil')} {what}" for many, what in told if many]
    said = listed(parts) if parts else "it found nothing of the pupils of these classes"
    return f"{words.date(shown.on)}: {said}"


def secured(pupil: FocusPupil) -> str:
    """Say what a pupil has secured since; empty where nothing is known of it."""
    return f"Secured at the last review: {listed(pupil.secured)}" if pupil.secured else ""


def _of(teacher: Teacher) -> str:
    return f" ({', '.join(teacher.classes)})" if teacher.classes else ""


def who(teacher: Teacher | None) -> str:
    """A teacher's classes and role."""
    if teacher is None:
        return "No longer in the team"
    return f"{', '.join(teacher.classes)}: {teacher.role}"


def standing(pupil: FocusPupil) -> str:
    """The gravest a pupil is found in, and how sure that is."""
    first = pupil.concerns[0]
    return f"{words.capital(first.state)}, {first.certainty}"


def concerns(pupil: FocusPupil) -> str:
    """The subjects with their reasons; what is not the gravest is marked as what it is."""
    first, parts = pupil.concerns[0], []
    for (reasons, state, sure), group in groupby(
        pupil.concerns, key=lambda item: (item.reasons, item.state, item.certainty)
    ):
        subjects = listed(item.subject for item in group)
        why = f": {', '.join(reasons)}" if reasons else ""
        same = (state, sure) == (first.state, first.certainty)
        parts.append(subjects + why + ("" if same else f" ({state}, {sure})"))
    return "; ".join(parts)


def nobody(of: FocusClass, meeting: Meeting) -> str:
    """Say of a class that it has no pupils to speak of, and why."""
    if not of.known:
        return "No data on the pupils of this class."
    return f"Nobody: {' or '.join(meeting.states)}."


def no_class(meeting: Meeting) -> str:
    """Name who is not on the sheet for want of a class; empty where there is nobody."""
    number = meeting.no_class
    are = "is" if number == 1 else "are"
    pupils = words.count(number, "pupil")
    return (
        f"{pupils} of these year groups {are} in no class and not on this sheet." if number else ""
    )


def all_pupils(told: CommitmentShown) -> int:
    """For how many pupils a commitment was made."""
    return len(told.pupils) + told.left


def left(told: CommitmentShown) -> str:
    """Say how many of the pupils have left; empty where none has."""
    return f"{told.left} {'has' if told.left == 1 else 'have'} left" if told.left else ""


def goal_of(goal: TeacherGoal, meeting: Meeting) -> str:
    """Say whose goal it is: the class, and the role where others teach it too."""
    own = set(goal.teacher.classes)
    shared = any(item is not goal and own & set(item.teacher.classes) for item in meeting.goals)
    return who(goal.teacher) if shared else ", ".join(goal.teacher.classes)


def step(told: CommitmentShown) -> str:
    """Say what a commitment is about."""
    return told.subject + (f", to {told.skill}" if told.skill else "")


def came_of_it(told: CommitmentShown) -> str:
    """Say how a commitment stands; empty while it is open and not overdue."""
    if told.kept is None:
        return "overdue" if told.overdue else ""
    return told.kept + (f"; {told.worked}" if told.worked else "")


def ahead(meeting: Meeting) -> str:
    """Say in a sentence or two what comes next."""
    point = meeting.next_point
    parts = [
        f"Next judgements: {point.title}, {words.date(point.date)}."
        if point
        else "No date is set for the next judgements (next_point in school.yaml)."
    ]
    if meeting.events:
        dated = (f"{event.title}, {words.date(event.date)}" for event in meeting.events)
        parts.append(f"Ahead: {'; '.join(dated)}.")
    return " ".join(parts)


def next_meeting(meeting: Meeting) -> str:
    return words.date(meeting.next_meeting) if meeting.next_meeting else "no date is set"


def more(of: FocusClass, meeting: Meeting) -> str:
    """Say where those are that found no room; empty where there are none."""
    if not of.more:
        return ""
    first, *others = of.more
    parts = [f"{first.count} more {first.title}", *(f"{x.count} {x.title}" for x in others)]
    return f"and {', '.join(parts)}: {_recommend(meeting, of.class_id)}"


def _recommend(meeting: Meeting, class_id: str) -> str:
    return f"termwise recommend DIR --class {class_id} --on {meeting.about.on}"


def more_commitments(meeting: Meeting) -> str:
    number, about = meeting.more_commitments, meeting.about
    command = f"termwise team DIR {about.team} --for {about.on} --impact"
    return f"and {number} more: {command}" if number else ""


def more_strategies(meeting: Meeting) -> str:
    if not meeting.more_strategies:
        return ""
    parts = (f"{number} for {name}" for name, number in meeting.more_strategies.items())
    return f"More steps: {', '.join(parts)} ({_recommend(meeting, '…')})"


def since(impact: Impact) -> str:
    on = words.date(impact.about.on)
    return f"{words.date(impact.since)} to {on}" if impact.since else f"up to {on}"


def counts(impact: Impact) -> list[str]:
    """The commitments in counts, in whole sentences."""
    if not impact.made:
        return ["Nothing has been agreed yet."]
    late = f" ({impact.overdue} of them overdue)" if impact.overdue else ""
    kept = [f"{item.count} {item.title}" for item in impact.kept] + [f"{impact.open} open{late}"]
    lines = [f"{words.count(impact.made, 'commitment')}: {listed(kept)}."]
    if impact.done.count:
        seen = [f"{item.count} {item.title}" for item in impact.worked]
        if impact.unseen:
            seen.append(f"{impact.unseen} not yet looked at")
        lines.append(f"Of the {impact.done.count} {impact.done.title}: {listed(seen)}.")
    return lines


def brief(text: str, most: int) -> str:
    """A text with as many whole sentences as fit into so many characters."""
    text = words.clean(text)
    if len(text) <= most:
        return text
    end = max(text.rfind(f"{mark} ", 0, most) for mark in ".!?")
    return text[: end + 1] if end > most // 3 else words.shorten(text, most)
