"""The views of a plan, by the name a command gives them: each shows a part of one plan, and decides nothing."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from ..core import UnknownNameError
from ..library import Library
from ..planning import Plan, PlanReader, board, leader, notes_alone, teacher
from ..review import StepProgress
from ..school import School
from .builders.plan import plan_document
from .builders.plan_workbook import plan_workbook
from .builders.view_adviser import adviser_view
from .builders.view_calendar import calendar_view
from .builders.view_governors import governors_view
from .builders.view_person import leader_view, teacher_view
from .builders.view_premium import premium_view
from .builders.view_summary import summary_view
from .diary import Diary, diary_of
from .tree import Document
from .workbook import Workbook

Progress = Mapping[str, StepProgress]

_OF_ALL: dict[str, Callable[[Shown], Document]] = {
    "summary": lambda what: summary_view(
        what.plan, what.progress, notes_alone(what.school, what.library)
    ),
    "full": lambda what: plan_document(what.plan, what.progress),
    "governors": lambda what: governors_view(what.plan, what.progress, what.of),
    "premium": lambda what: premium_view(what.plan),
    "calendar": lambda what: calendar_view(what.plan),
}
"""Views that are the same for everybody."""
_OF_ONE: dict[
    str,
    tuple[
        Callable[[str, School, Library], PlanReader],
        Callable[[Plan, PlanReader, Progress], Document],
    ],
] = {
    "leader": (leader, leader_view),
    "teacher": (teacher, teacher_view),
    "adviser": (leader, adviser_view),
}
"""Views of one person: how they are found, and what they are shown. Without a name the role is meant that is called
as the view is."""
VIEWS = (
    "summary",
    "full",
    "governors",
    "leader:ROLE",
    "teacher:CLASS",
    "premium",
    "adviser",
    "calendar",
)
"""How the views are called."""
_DIARIES = ("full", "calendar")
"""Views of which the diary has all dates."""


@dataclass(frozen=True)
class Shown:
    """A plan to be shown, with what its views have to know beside it."""

    plan: Plan
    school: School
    library: Library
    progress: Progress = field(default_factory=dict)
    """how steps stand, where something is written down"""
    of: datetime.date | None = None
    """the day the plan was issued; None: it is not, and is of its first day"""
    issued_before: int = 0
    """how many plans were"""


def shown(
    plan: Plan,
    school: School,
    library: Library,
    progress: Iterable[StepProgress] = (),
    of: datetime.date | None = None,
    issued_before: int = 0,
) -> Shown:
    """Put together a plan to be shown, with how its steps stand."""
    return Shown(plan, school, library, {one.step: one for one in progress}, of, issued_before)


def view_of(name: str, what: Shown) -> Document:
    """Build a view of a plan, such as `governors` or `leader:senco`.

    Raises UnknownNameError where there is no such view, or nobody of that name.
    """
    if reader := _reader(name, what):
        return _OF_ONE[name.partition(":")[0]][1](what.plan, reader, what.progress)
    if name not in _OF_ALL:
        raise UnknownNameError("view", name, VIEWS)
    return _OF_ALL[name](what)


def diary_view(name: str, what: Shown) -> Diary:
    """Put the dates of a view together.

    Raises UnknownNameError where there is no view of that name that has dates of its own, or nobody of that name.
    """
    reader = board(what.library) if name == "governors" else _reader(name, what)
    if reader is None and name not in _DIARIES:
        raise UnknownNameError(
            "view with dates of its own",
            name,
            (*_DIARIES, *(one for one in VIEWS if ":" in one), "governors", "adviser"),
        )
    return diary_of(what.plan, reader, what.of or what.plan.starts, what.issued_before)


def workbook_of(what: Shown) -> Workbook:
    """Lay a plan out as a workbook."""
    return plan_workbook(what.plan, what.progress, what.library.progress)


def _reader(name: str, what: Shown) -> PlanReader | None:
    """Find who a view is for; None where it is for everybody."""
    kind, colon, whose = name.partition(":")
    if kind not in _OF_ONE:
        return None
    return _OF_ONE[kind][0](whose if colon else kind, what.school, what.library)


__all__ = ["VIEWS", "Shown", "diary_view", "shown", "view_of", "workbook_of"]
