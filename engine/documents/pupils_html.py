"""Pupils at risk as one page of HTML: what to do in each class, and every pupil to open."""

from __future__ import annotations

from collections.abc import Iterator

from ..core import listed
from ..pupils import PupilLine, PupilReport, ReasonGiven, Sequence
from . import words
from .pupil_words import PupilWords, again, beyond, nothing_insecure, presumed, side_by_side
from .render.markup import bullets, table, text
from .render.page import page, sections


def pupils_as_html(report: PupilReport) -> str:
    """The whole answer as a page that needs nothing from elsewhere."""
    said = PupilWords(report)
    lines = said.listed()
    titled = [
        ("now", "In class now, side by side", "".join(_together(said))),
        ("pupils", "Pupils", "".join(_pupil(said, line) for line in lines)),
        ("school", "In the advice for the school", _touching(report)),
    ]
    note = (
        "Who is listed is decided by judgements, tests and checks alone. What stands under “to bear "
        "in mind” orders the list and explains; it decides nothing. “Within error”: one judgement or "
        "score that is a little off could explain it."
    )
    return page(
        said.title,
        f'<p>{text(said.counts())}</p><div class="box">{text(note)}</div>',
        sections(titled),
        "About children: keep it within the school.",
    )


def _together(said: PupilWords) -> Iterator[str]:
    """For each class and subject, who needs the same."""
    for where, parts in side_by_side(said.report).items():
        rows = []
        for part in parts:
            again = f" Look again by {words.date(part.look_again)}." if part.look_again else ""
            look = f"<p class='quiet'>Look for: {text(part.look_for)}{again}</p>"
            what = f"{words.capital(part.does)} {text(part.skill)}: {text(part.title)}"
            how = text(part.how) + (look if part.look_for else "")
            rows.append([what, how, text(", ".join(said.names[ref] for ref in part.pupils))])
        yield f"<h3>{text(where)}</h3>" + table(["What", "How", "Pupils"], rows, kind="stack")


def _pupil(said: PupilWords, line: PupilLine) -> str:
    where = f"{line.class_id or 'Year ' + line.year}, {line.subject_title}"
    summary = (
        f"<summary><b>{text(said.names[line.ref])}</b> {text(where)} "
        f'<span class="pill">{text(said.state(line))}</span>'
        f'<span class="quiet">{text("; ".join(said.why(line)))}</span></summary>'
    )
    parts = [bullets(_reason(said, line, reason) for reason in line.reasons)]
    parts.append(bullets(f"Not known: {text(listed(m.missing))}" for m in line.missing))
    if line.circumstances:
        told = ", ".join(said.titles[name] for name in line.circumstances)
        parts.append(f"<p><b>To bear in mind:</b> {text(told)}</p>")
    if line.sequence:
        parts.append(_sequence(line.sequence))
    if line.interventions:
        told = "; ".join(said.interventions[name] for name in line.interventions)
        parts.append(f"<p class='quiet'>In the advice for the school: {text(told)}</p>")
    return f'<details class="step">{summary}<div>{"".join(parts)}</div></details>\n'


def _reason(said: PupilWords, line: PupilLine, reason: ReasonGiven) -> str:
    return f'{text(reason.words)} <span class="quiet">({text(said.rests_on(line, reason))})</span>'


def _sequence(sequence: Sequence) -> str:
    goal = f"{text(sequence.goal_title)} ({text(', '.join(sequence.goal))})"
    checks = bullets(
        f"<b>{text(check.skill)}</b> (Year {text(check.year)}): {text(check.title)}. "
        f"{text(check.check)}"
        for check in sequence.checks
    )
    rows = []
    for step in sequence.steps:
        if step.this_term:
            if_not = "<p class='quiet'>if the checks don't show it secure</p>"
            what = f"{text(step.skill)}, Year {text(step.year)}: {text(step.title)}"
            how = f"{text(step.strategy)}<p class='quiet'>Look for: {text(step.look_for)}</p>"
            rows.append([what + (if_not if step.known == "unknown" else ""), how, again(step)])
    later, empty = beyond(sequence), not sequence.checks and not sequence.steps
    return (
        f"<p><b>Goal this term:</b> {goal}. Secure on the way: {sequence.secure}.</p>"
        + (f"<p><b>Check first</b></p>{checks}" if checks else "")
        + table(["Teach", "In class", "Look again by"], rows, kind="stack")
        + (f"<p class='quiet'>{text(later)}</p>" if later else "")
        + (f"<p>{text(nothing_insecure(sequence))}</p>" if empty else "")
        + (f"<p class='quiet'>{text(presumed(sequence))}</p>" if sequence.presumed else "")
    )


def _touching(report: PupilReport) -> str:
    return bullets(
        f"<b>{text(item.title)}</b> <span class='quiet'>("
        f"{text(item.target) + '; ' if item.target else ''}"
        f"{words.count(item.pupils, 'pupil')} of these)</span>: {text(' '.join(item.because))}"
        for item in report.interventions
    )
