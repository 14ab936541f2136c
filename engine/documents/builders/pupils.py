"""Pupils at risk: what to do in each class, and of every pupil why, how sure, and what to teach next."""

from __future__ import annotations

from collections.abc import Iterator

from ...core import listed
from ...pupils import PupilLine, PupilReport, Sequence
from .. import words
from ..pupil_words import (
    PupilWords,
    again,
    beyond,
    nothing_insecure,
    presumed,
    side_by_side,
)
from ..tree import (
    Block,
    Bullets,
    Callout,
    Column,
    Details,
    Document,
    Fact,
    Facts,
    ListItem,
    Paragraph,
    Quiet,
    Row,
    Section,
    Strong,
    Table,
    Words,
)

_NOTE = (
    "Who is listed is decided by judgements, tests and checks alone. What stands under “to bear in mind” "
    "orders the list and explains; it decides nothing. “Within error”: one judgement or score that is a "
    "little off could explain it."
)
_TOGETHER = (Column("What", share=0.3), Column("How"), Column("Pupils", share=0.3))


def pupils_document(report: PupilReport) -> Document:
    """Tell everything of everybody who is listed."""
    said = PupilWords(report)
    return Document(
        said.title,
        (
            Paragraph(said.counts()),
            Callout(_NOTE),
            Section("In class now, side by side", tuple(_together(said)), name="now"),
            Section(
                "Pupils", tuple(pupil_details(said, line) for line in said.listed()), name="pupils"
            ),
            Section("In the advice for the school", (_touching(report),), name="school"),
        ),
        private=True,
    )


def _together(said: PupilWords) -> Iterator[Section]:
    """Tell for each class and subject who needs the same."""
    for where, parts in side_by_side(said.report).items():
        rows = []
        for part in parts:
            when = f" Look again by {words.date(part.look_again)}." if part.look_again else ""
            seen = (Quiet(f" Look for: {part.look_for}{when}"),) if part.look_for else ()
            what = f"{words.capital(part.does)} {part.skill}: {part.title}"
            names = ", ".join(said.names[ref] for ref in part.pupils)
            name = f"{where} {part.does} {part.skill}"
            rows.append(Row((what, (part.how, *seen), names), name))
        yield Section(where, (Table(_TOGETHER, tuple(rows)),))


def pupil_details(said: PupilWords, line: PupilLine) -> Details:
    """Tell of one pupil in one subject: the reasons, what to bear in mind, and what comes next."""
    where = line.year_title + (f", class {line.class_id}" if line.class_id else "")
    reasons = [
        ListItem((reason.words, Quiet(f" ({said.rests_on(line, reason)})")))
        for reason in line.reasons
    ]
    reasons += [
        ListItem((f"Not known: {listed(missing.missing)}", Quiet(f" ({missing.rule})")))
        for missing in line.missing
    ]
    bear = ", ".join(said.titles[name] for name in line.circumstances)
    advised = "; ".join(said.interventions[name] for name in line.interventions)
    facts: list[tuple[str, Words]] = [("To bear in mind", bear), ("Goal this term", _goal(line))]
    facts.append(("In the advice for the school", advised))
    return Details(
        f"{said.names[line.ref]}, {where}, {line.subject_title}",
        (
            Bullets(tuple(reasons)),
            Facts(tuple(Fact(term, value) for term, value in facts if value)),
            *(_sequence(said, line.sequence) if line.sequence else ()),
        ),
        (said.state(line),),
        f"{line.ref}-{line.subject}",
        "; ".join(said.why(line)),
    )


def _goal(line: PupilLine) -> str:
    sequence = line.sequence
    if sequence is None:
        return ""
    goal = f"{sequence.goal_title} ({', '.join(sequence.goal)})"
    own = f"{sequence.year_goal_title} ({', '.join(sequence.year_goal)})"
    nearer = f" Nearer than the year group's: {own}." if sequence.year_goal else ""
    return f"{goal}. Secure on the way: {sequence.secure}.{nearer}"


def _sequence(said: PupilWords, sequence: Sequence) -> Iterator[Block]:
    checks = tuple(
        ListItem((Strong(check.skill), f" ({check.year_title}): {check.title}. {check.check}"))
        for check in sequence.checks
    )
    steps = []
    for step in sequence.steps:
        if step.this_term:
            if_not = ", if the checks don't show it secure" if step.known == "unknown" else ""
            steps.append(
                ListItem(
                    (
                        Strong(step.skill),
                        f" ({step.year_title}){if_not}: {step.title}. {step.strategy}",
                        Quiet(f" Look for: {step.look_for} (look again by {again(step)})"),
                    )
                )
            )
    if checks:
        why = " ".join((f"{words.capital(said.report.checked_by)}.", *sequence.why_first))
        yield Section("Check first", (Paragraph((Quiet(why),)), Bullets(checks)))
    yield Section("Teach", (Bullets(tuple(steps)), Paragraph((Quiet(beyond(sequence)),))))
    if not sequence.checks and not sequence.steps:
        yield Paragraph(nothing_insecure(sequence))
    if sequence.presumed:
        yield Paragraph((Quiet(presumed(sequence)),))


def _touching(report: PupilReport) -> Bullets:
    """Tell what is advised for the school, and how many of these pupils it reaches."""
    told = []
    for item in report.interventions:
        target = f"{item.target}; " if item.target else ""
        about = Quiet(f" ({target}{words.count(item.pupils, 'pupil')} of these)")
        told.append(ListItem((Strong(item.title), about, f": {' '.join(item.because)}")))
    return Bullets(tuple(told))


__all__ = ["pupil_details", "pupils_document"]
