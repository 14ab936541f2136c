"""The words of inference: why something is advised, refused or impossible, and what decisions come to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from ..core import listed
from ..library import Duty, EntityKind

UNKNOWN_VALUE = "an unknown value"

# --- what is not advised after all


def in_place(accepted: str) -> str:
    """Say that what was promised, or accepted by somebody, is in place; `accepted` may be empty."""
    return f"It was {accepted or 'promised'}, and is in place already."


def outweighed(against: str) -> str:
    """Say what speaks against it, more than for it."""
    return f"More speaks against it: {against}"


def used_instead(title: str, why: str) -> str:
    """Say what takes its place, and why."""
    return f"“{title}” is used instead. {why}"


def unsuitable(what: str, because: str | None) -> str:
    """Say what of a school does not suit it, and why; the reason may be missing."""
    return f"{what}.{f' {because}' if because else ''}"


def waits(because: str, first: Iterable[str], accepted: bool, tie: bool) -> str:
    """Say who come first where not all can at once.

    `accepted`: some were accepted for it; `tie`: as much speaks for others as for the last of them.
    """
    who = "those it was accepted for, then those" if accepted else "those"
    words = f"{because} First come {who} for whom most speaks: {listed(first)}."
    if tie:
        words += " Where as much speaks for others, those written first in the school's files come first."
    return words


# --- duties


def never_said_done(duty: Duty) -> str:
    """Say that nobody has said when a duty was last done."""
    return (
        f"It falls due every {duty.every_years} years, and nobody has said when it was last "
        f"done: write the day under last_done in school.yaml. {duty.because}"
    )


def falls_due(duty: Duty, last: datetime.date, until: datetime.date, overdue: bool) -> str:
    """Say when a duty was last done and is due again."""
    due_on = f"{'was' if overdue else 'falls'} due on {until:%-d %B %Y}"
    return f"It was last done on {last:%-d %B %Y} and {due_on}. {duty.because}"


# --- what the school decided

LIGHT_FORM = "done in its light form"


def decision(
    decided: str, reason: str, changes: Iterable[str], note: str | None, asked: bool, refused: bool
) -> str:
    """Say who decided what and when, why, how it is to be done otherwise, and whether rules ask for it."""
    told = f"{decided[:1].upper()}{decided[1:]}: {reason.rstrip('.')}."
    if otherwise := listed(changes):
        told += f" It is to be {otherwise}."
    if note:
        told += f" {note.rstrip('.')}."
    if not asked:
        return f"{told} No rule asks for it now."
    return f"{told} {'Rules still ask for it.' if refused else 'Rules ask for it too.'}"


def refused_for_all(decided: Iterable[str], reason: str) -> str:
    """Say who refused it for all it could be for, and why."""
    who = " and ".join(dict.fromkeys(decided))
    return f"It was {who}: {reason.rstrip('.')}."


def led_by(role: str) -> str:
    """Say who is to lead it."""
    return f"led by the {role}"


def not_before(day: datetime.date) -> str:
    """Say when it may begin at the earliest."""
    return f"begun not before {day:%-d %B %Y}"


def by(day: datetime.date) -> str:
    """Say when it has to have begun."""
    return f"begun by {day:%-d %B %Y}"


# --- prerequisites


def needs_first(title: str, blocked: str) -> str:
    """Say that it needs something first, which can't be had for a reason."""
    return f"It needs “{title}” first. {blocked}"


def only_together(title: str, blocked: str) -> str:
    """Say that it is only done with something else, which can't be had for a reason."""
    return f"It is only done together with “{title}”. {blocked}"


# --- what rules are about

KINDS: dict[EntityKind, str] = {
    "school": "the school",
    "question": "a question of the analysis",
    "year": "a year group",
    "subject": "a subject",
    "group": "a group of pupils",
    "class": "a class",
    "teacher": "a teacher",
    "initiative": "an initiative of the school",
    "class-subject": "a class in a subject",
    "year-subject": "a year group in a subject",
    "group-subject": "a group of pupils in a subject",
    "pupil": "a pupil",
    "pupil-subject": "a pupil in a subject",
    "step": "a step of a plan in use",
}
"""The name of each kind of thing a rule can be about."""


def has_none(kind: EntityKind) -> str:
    """Say that the school's data has nothing a rule is about."""
    return f"It is about {KINDS[kind]}, and the school's data has none."


def about_another(kind: EntityKind, this: EntityKind) -> str:
    """Say that a rule is about another kind of thing."""
    return f"It is about {KINDS[kind]}, and this is {KINDS[this]}."


def known_to_count(known: int, missing: Iterable[tuple[str, list[str]]], named: bool) -> str:
    """Say how many are known to count, and what isn't known of whom; where not `named`, of how many."""
    told = (
        f"{title} ({', '.join(whose)})" if named else f"{title}, {len(whose)} times"
        for title, whose in missing
    )
    return f". Known to count: {known}; not known: {'; '.join(told)}"


# --- judgements that are doubted

NONE_JUDGED = "No question has an agreed judgement, so that there is none to doubt."
DUE_ANYWAY = "It falls due, whatever was found."
MUST_ANYWAY = "A rule says that it has to be done, in every case."
ASKED_ANYWAY = "Rules ask for it in every case."
WANTED_ANYWAY = "In every case rules ask for it or something else needs it."
NOT_ASKED = "no rule would ask for it"


def firm(advised: int, hanging: int) -> str:
    """Say how many things stand whatever a judgement is, and how many hang on one."""
    would = (
        "would still be advised if any one judgement were a grade higher or lower, or as the school or "
        "the adviser alone saw it"
    )
    if not hanging:
        return f"All {advised} things that are advised {would}."
    hangs = "1 hangs" if hanging == 1 else f"{hanging} hang"
    return f"Of {advised} things that are advised, {advised - hanging} {would}; {hangs} on a judgement."


def hangs_on(question: str, judgement: str, agreed: str, then: str) -> str:
    """Say on which judgement something hangs, and what would become of it with another."""
    return f"the judgement on {question}: if it were {judgement} in place of {agreed}, {then}"


def would_be_replaced(title: str) -> str:
    """Say what would take its place."""
    return f"“{title}” would be used instead"


def would_be_outweighed(against: str) -> str:
    """Say what would speak against it."""
    return f"more would speak against it than for it: {against}"


def would_be_left_out(why: str) -> str:
    """Say why a rule would leave it out."""
    return f"it would be left out: {why}"


def would_be_impossible(why: str) -> str:
    """Say why it could not be had."""
    return f"it could not be had: {why}"


def would_not_be_needed(by: Iterable[str]) -> str:
    """Say what needs it today, by titles."""
    return f"nothing would need it: today it is for {_titles(by)}"


def would_be_needed(by: Iterable[str]) -> str:
    """Say what would need it, by titles; empty for nothing."""
    return f"{titles} would need it" if (titles := _titles(by)) else ""


def rules_say(said: Iterable[tuple[str, str]]) -> str:
    """Say what rules say, each with its id and once."""
    told = dict.fromkeys((words.rstrip("."), rule) for words, rule in said)
    return "; ".join(f"{words} ({rule})" for words, rule in told)


def for_others(lost: list[str], more: list[str]) -> str:
    """Say for whom it would no longer be advised, and for whom as well; empty for nobody."""
    words = [f"not for {', '.join(lost)}"] if lost else []
    words += [f"also for {', '.join(more)}"] if more else []
    return "; ".join(words)


def promised_anyway(accepted: str) -> str:
    """Say that it was promised, or accepted by somebody; `accepted` may be empty."""
    return f"It was {accepted or 'promised'}."


def needed_anyway(by: list[str]) -> str:
    """Say what needs it in every case, by titles."""
    return f"{_titles(by)} {'needs' if len(by) == 1 else 'need'} it."


def _titles(titles: Iterable[str]) -> str:
    return ", ".join(f"“{title}”" for title in titles)
