"""The sheet of a team's meeting and its report to the head as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..core import listed
from ..pupils import CommitmentShown, Impact, Meeting, StrategyProposed
from . import words
from .plan_markdown import _list, _md, _table
from .team_words import (
    ahead,
    all_pupils,
    came_of_it,
    concerns,
    counts,
    day,
    goal_of,
    head_of,
    heading,
    left,
    more,
    more_commitments,
    more_strategies,
    next_meeting,
    no_class,
    nobody,
    since,
    standing,
    step,
    title,
    who,
)


def meeting_as_markdown(meeting: Meeting) -> str:
    """The sheet of a meeting."""
    facts = [*head_of(meeting), ("Next meeting", next_meeting(meeting))]
    return _joined(
        [
            f"# {_md(title(meeting.about))}",
            day(meeting.about.on),
            _facts(facts),
            *_last(meeting),
            *_focus(meeting),
            *_strategies(meeting),
            "## Our own goals",
            _list(
                f"{_md(goal_of(item, meeting))}: {_md(item.goal or 'none written down')}"
                for item in meeting.goals
            ),
            _md(ahead(meeting)),
            f"> {_md(meeting.note)}",
        ]
    )


def impact_as_markdown(impact: Impact) -> str:
    """The report to the head."""
    blocks = [
        f"# {_md(title(impact.about))}",
        f"Report to the headteacher, {since(impact)}",
        _facts(heading(impact.about)),
        *map(_md, counts(impact)),
    ]
    for of in impact.teachers:
        blocks.append(f"## {_md(who(of.teacher))}")
        lines = [_reported(told) for told in of.commitments]
        blocks.append(_list(lines) if lines else "Nothing agreed.")
    return _joined([*blocks, f"> {_md(impact.note)}"])


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    return _list(f"{label}: {_md(value)}" for label, value in facts)


def _last(meeting: Meeting) -> Iterator[str]:
    yield "## What we agreed, and what came of it"
    rows = [
        [
            _md(told.id),
            _md(", ".join(told.teacher.classes) if told.teacher else "left the team"),
            _md(f"{step(told)}: {told.strategy}"),
            _md("; ".join(part for part in (", ".join(told.pupils), left(told)) if part)),
            words.date(told.review),
            _md(words.capital(came_of_it(told) or "open")),
            _md(told.note or ""),
        ]
        for told in meeting.commitments
    ]
    head = ["", "Class", "Commitment", "Pupils", "Review", "Came of it", "Note"]
    yield _table(head, rows) or "Nothing has been agreed before."
    yield _md(more_commitments(meeting))


def _focus(meeting: Meeting) -> Iterator[str]:
    yield "## Pupils to speak of first"
    for of in meeting.focus:
        yield f"### {_md(of.class_id)}"
        lines = []
        for pupil in of.pupils:
            why = f"{standing(pupil)}. {concerns(pupil)}"
            around = listed(pupil.circumstances)
            about = f". {words.capital(around)}" if around else ""
            lines.append(f"{_md(pupil.called)}, Year {_md(pupil.year)}: {_md(why + about)}")
        yield _list(lines) if lines else _md(nobody(of, meeting))
        yield _md(more(of, meeting))
    yield _md(no_class(meeting))


def _strategies(meeting: Meeting) -> Iterator[str]:
    yield "## What we do next: proposed, for the team to agree"
    yield _list(_proposal(item) for item in meeting.strategies) or "No steps are proposed."
    yield _md(more_strategies(meeting))


def _proposal(item: StrategyProposed) -> str:
    does = "check who can" if item.does == "check" else "to"
    by = words.date(item.review) if item.review else "the next meeting"
    parts = [f"[ ] {_md(item.subject)}: {does} {_md(item.title)} ({_md(item.skill)})"]
    for of in item.classes:
        roles = " or ".join(dict.fromkeys(teacher.role for teacher in of.teachers))
        parts.append(f"**{_md(of.class_id)}** ({_md(roles)}): {_md(', '.join(of.pupils))}")
    seen = f" Look for: {_md(item.look_for)}" if item.look_for else ""
    parts += [f"In class: {_md(item.how)}{seen}", f"Brings back by {by}: {_md(item.evidence)}"]
    return "\n  - ".join(parts)


def _reported(told: CommitmentShown) -> str:
    days = f"agreed {words.date(told.agreed)}, review {words.date(told.review)}"
    about = f"{step(told)}: {told.strategy}".rstrip(".")
    line = f"{about} ({words.count(all_pupils(told), 'pupil')}; {days})"
    state = came_of_it(told) or "open"
    seen = f" Seen {words.date(told.seen)}." if told.seen else ""
    note = f" {_md(told.note)}" if told.note else ""
    return f"{_md(line)}: **{_md(state)}**.{seen}{note}"
