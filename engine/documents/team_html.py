"""The sheet of a team's meeting and its report to the head as HTML: one page of A4, in black on
white."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..core import listed
from ..pupils import (
    CommitmentShown,
    FocusClass,
    ForClass,
    Impact,
    Meeting,
    StrategyProposed,
    TeamOn,
)
from . import words
from .meeting_phrases import (
    ahead,
    all_pupils,
    brief,
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
    short,
    since,
    standing,
    step,
    title,
    who,
)
from .render.markup import table, text
from .render.page import framed

_BOX = '<span class="tick"></span>'
_HOW, _LOOK_FOR, _SAID, _NAMED = 110, 80, 90, 3
"""So many characters, or pupils, stand in a cell of the sheet; the Markdown has all."""
_STYLE = """
@page { size: A4; margin: 7mm 10mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 12px 16px; max-width: 900px; background: #fff; color: #000;
  font: 12.5px/1.32 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
h1 { font-size: 1.65em; line-height: 1.15; margin: 0; }
h2 { font-size: 1.12em; margin: .5em 0 .2em; border-bottom: 1.5px solid #000; }
h3 { font-size: 1em; margin: 0 0 .15em; }
.top { display: flex; justify-content: space-between; align-items: baseline; flex-wrap: wrap; }
p { margin: .2em 0; } .when { font-size: 1.1em; }
.quiet { color: #333; font-size: .92em; } .note { border-top: 1px solid #666; margin-top: .8em;
  padding-top: .3em; }
.facts { display: flex; flex-wrap: wrap; gap: 0 1.6em; margin: .25em 0 0; }
.facts div { display: flex; gap: .4em; } dt { font-weight: 600; } dd { margin: 0; }
.classes { columns: 2; column-gap: 1.6em; } .classes section { break-inside: avoid;
  margin-bottom: .5em; } .classes h3, .classes h4 { display: inline; margin-right: .5em; }
h4 { font-size: 1em; font-weight: 400; font-style: italic; }
.pupil { margin: 0 0 .15em; break-inside: avoid; padding-left: .9em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .11em .4em; border: 1px solid #888;
  font-weight: 400; }
thead th { font-weight: 600; background: #eee; } tr { break-inside: avoid; }
.ref { white-space: nowrap; font-size: .94em; }
.last td:nth-child(3), .next td:nth-child(3) { white-space: nowrap; }
.report { table-layout: fixed; } .report th:first-child, .report th:nth-child(4) { width: 5em; }
.report th:nth-child(3) { width: 4.2em; } .report th:nth-child(5) { width: 20%; }
.report th:nth-child(6) { width: 24%; } .last { table-layout: fixed; } .last th:first-child { width: 6.2em; }
.last th:nth-child(3) { width: 4.8em; } .last th:nth-child(4) { width: 33%; }
.next tbody th { width: 50%; } .next td:nth-child(4) { text-align: center; }
.tick { display: inline-block; width: .85em; height: .85em; border: 1.2px solid #000;
  margin-right: .3em; vertical-align: -.08em; } .ticks { white-space: nowrap; }
.own td, .own th { height: 1.8em; }
.goals { columns: 2; column-gap: 1.4em; margin: 0; padding: 0; list-style: none; }
.goals li { break-inside: avoid; } h2, h3, thead { break-after: avoid; }
.line { border-bottom: 1px dotted #000; display: inline-block; min-width: 14em; }
@media (max-width: 640px) { .goals, .classes { columns: 1; }
  .scroll { overflow-x: auto; } }
@media print { body { font-size: 7.6pt; line-height: 1.2; padding: 0; max-width: none; } }
"""


def meeting_as_html(meeting: Meeting) -> str:
    """The sheet of a meeting as a page."""
    return _page(
        meeting.about,
        f"{day(meeting.about.on)}; next meeting: {next_meeting(meeting)}",
        head_of(meeting),
        [*_last(meeting), *_focus(meeting), *_strategies(meeting), *_goals(meeting)],
        f"{text(ahead(meeting))} {text(meeting.note)}",
    )


def impact_as_html(impact: Impact) -> str:
    """The report to the head as a page."""
    parts = [f"<p class='when'>{text(line)}</p>" for line in counts(impact)]
    for of in impact.teachers:
        parts.append(f"<h2>{text(who(of.teacher))}</h2>")
        rows = [_reported(told) for told in of.commitments]
        head = ["Agreed", "Commitment", "Pupils", "Review", "Came of it", "When, and noted"]
        parts.append(table(head, rows, kind="report") or "<p>Nothing agreed.</p>")
    when = f"Report to the headteacher, {since(impact)}"
    return _page(impact.about, when, heading(impact.about), parts, text(impact.note))


def _page(
    about: TeamOn, when: str, facts: list[tuple[str, str]], parts: list[str], note: str
) -> str:
    listed = "".join(f"<div><dt>{k}</dt><dd>{text(v)}</dd></div>" for k, v in facts)
    return framed(
        f"{title(about)}, {when}",
        _STYLE,
        f"<header><div class='top'><h1>{text(title(about))}</h1>"
        f'<p class="when">{text(when)}</p></div><dl class="facts">{listed}</dl></header>\n'
        f"<main>\n{''.join(parts)}</main>\n"
        f'<footer class="quiet note">{note}</footer>\n',
    )


def _last(meeting: Meeting) -> Iterator[str]:
    yield "<h2>1. What we agreed, and what came of it</h2>"
    ticks = "".join(f'<span class="ticks">{_BOX}{text(item)}</span> ' for item in meeting.to_tick)
    rows = []
    for told in meeting.commitments:
        note = f"<br><i>{text(brief(told.note, _SAID))}</i>" if told.note else ""
        kept = text(words.capital(came_of_it(told))) + note if told.kept else ticks
        late = "<b>Overdue:</b> " if told.overdue else ""
        whom = "; ".join(part for part in (_pupils(told.pupils), text(left(told))) if part)
        what = f"{_what(told, _SAID)}: {whom}"
        which = f'{_who(told)}<br><span class="quiet">{text(told.id)}</span>'
        rows.append([which, what, short(told.review), late + kept])
    head = ["Class", "Commitment", "Review", "Came of it"]
    yield table(head, rows, kind="last") or "<p>Nothing has been agreed before.</p>"
    yield _quiet(more_commitments(meeting))


def _focus(meeting: Meeting) -> Iterator[str]:
    yield "<h2>2. Pupils to speak of first</h2>"
    yield f'<div class="classes">{"".join(_class(of, meeting) for of in meeting.focus)}</div>'
    yield _quiet(no_class(meeting))


def _class(of: FocusClass, meeting: Meeting) -> str:
    groups = []
    for how, pupils in groupby(of.pupils, key=standing):
        lines = []
        for pupil in pupils:
            around = listed(pupil.circumstances)
            about = f'. <span class="quiet">{text(words.capital(around))}</span>'
            lines.append(
                f'<p class="pupil"><b>{text(pupil.called)}</b> Year {text(pupil.year)}. '
                f"{text(concerns(pupil))}{about if around else ''}</p>"
            )
        groups.append(f"<h4>{text(how)}</h4>{''.join(lines)}")
    body = "".join(groups) or f"<p>{text(nobody(of, meeting))}</p>"
    rest = _quiet(more(of, meeting))
    return f"<section><h3>{text(of.class_id)}</h3>{body}{rest}</section>"


def _strategies(meeting: Meeting) -> Iterator[str]:
    yield "<h2>3. What we do next: proposed, for the team to agree</h2>"
    rows = [_proposal(item) for item in meeting.strategies]
    head = ["What for, and for whom", "What the teacher does in class", "By", "Agreed"]
    blank = f'<tr class="own"><th scope="row"></th>{"<td></td>" * 2}<td>{_BOX}</td></tr>'
    if not rows:
        yield "<p>No steps are proposed.</p>"
    rows.append([""] * len(head))
    whole = table(head, rows, kind="next")
    start = whole.rindex("<tr>")
    yield whole[:start] + blank * meeting.own_rows + whole[whole.rindex("</tbody>") :]
    yield _quiet(more_strategies(meeting))


def _proposal(item: StrategyProposed) -> list[str]:
    what = f"{text(item.subject)}: {'check who can' if item.does == 'check' else 'to'} "
    pupils = "; ".join(
        f"<b>{text(of.class_id)}</b>{_roles(of)} {_pupils(of.pupils)}" for of in item.classes
    )
    seen = f"<i>Look for:</i> {text(brief(item.look_for, _LOOK_FOR))} " if item.look_for else ""
    return [
        f'{what}{text(item.title)} <span class="quiet">({text(item.skill)})</span>.<br>{pupils}',
        f"{text(brief(item.how, _HOW))} {seen}<i>Brings back:</i> {text(item.evidence)}",
        short(item.review) if item.review else "",
        _BOX,
    ]


def _roles(of: ForClass) -> str:
    """Who teaches a class, where it is not one person alone."""
    roles = list(dict.fromkeys(teacher.role for teacher in of.teachers))
    return f' <span class="quiet">{text(" or ".join(roles))}</span>' if len(roles) > 1 else ""


def _goals(meeting: Meeting) -> Iterator[str]:
    yield "<h2>4. Our own goals</h2>"
    lines = "".join(
        f"<li><b>{text(goal_of(item, meeting))}</b> "
        + (text(item.goal) if item.goal else '<span class="line"></span>')
        + "</li>"
        for item in meeting.goals
    )
    yield f'<ul class="goals">{lines}</ul>'


def _who(told: CommitmentShown) -> str:
    return text(", ".join(told.teacher.classes)) if told.teacher else "left the team"


def _what(told: CommitmentShown, most: int) -> str:
    return f"{text(step(told))}: {text(brief(told.strategy, most).rstrip('.'))}"


def _pupils(refs: tuple[str, ...]) -> str:
    more = f" and {len(refs) - _NAMED} more" if len(refs) > _NAMED else ""
    return ", ".join(f'<span class="ref">{text(ref)}</span>' for ref in refs[:_NAMED]) + more


def _quiet(line: str) -> str:
    return f'<p class="quiet">{text(line)}</p>' if line else ""


def _reported(told: CommitmentShown) -> list[str]:
    seen = ": ".join(part for part in (short(told.seen) if told.seen else "", told.note) if part)
    number = str(all_pupils(told))
    state = words.capital(came_of_it(told) or "open")
    days = short(told.agreed), short(told.review)
    return [days[0], _what(told, len(told.strategy)), number, days[1], text(state), text(seen)]
