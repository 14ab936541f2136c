"""The document on a review: what is proposed, whether it was done as described, what moved, what to settle."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence

from ...core import listed, listed_first
from ...planning import FigureUnit
from ...review import (
    Fidelity,
    FigureMoved,
    Ingredient,
    PlanReview,
    PupilMoved,
    StepPupils,
    StepReview,
)
from ..figure_words import figure
from ..plan_words import sentence
from ..review_words import carried_out, change, counted_states, group, is_otherwise, moved, of_pupil
from ..tree import (
    Block,
    Bullets,
    Column,
    Document,
    ListItem,
    Paragraph,
    Quiet,
    Row,
    Section,
    Strong,
    Table,
    items,
)
from ..words import capital, clean, count, date, days, number, pounds, short_date

_PUPILS = (
    Column("Pupil", share=0.14),
    *(Column(one, share=0.12) for one in ("Subject", "Then", "Now", "Change")),
    Column("Secured since then", share=0.18),
    Column("To be taught next"),
)
MOST_NAMED = 5
_DECIDE = (
    Column("Step", share=0.34),
    Column("Lead", share=0.16),
    Column("Status", share=0.12),
    Column("Carried out as described", share=0.2),
    Column("Proposed"),
)
_DONE = (
    Column("Step", share=0.4),
    Column("Days used", "number"),
    Column("Still needed", "number"),
    Column("Pounds used", "number"),
    Column("Milestones met", "number"),
)
_FIGURES = (
    Column("What", share=0.34),
    Column("Then", share=0.16),
    Column("Now", share=0.16),
    Column("To be", share=0.16),
    Column("England"),
)
_SUBJECTS = (
    Column("Subject"),
    Column("From"),
    Column("To"),
    Column("At risk"),
    Column("Change", share=0.4),
)


_ALONE = Paragraph(
    (
        Quiet(
            "A figure also moves with those who come and leave, and by error alone. How the same pupils moved, and "
            "whether that is more than error, stands below where it is known."
        ),
    )
)


def plan_review_document(found: PlanReview) -> Document:
    """Tell what is proposed first, then each step, what moved, the questions, and the pupils."""
    return Document(
        _title(found),
        (*_first(found), *_each(found), *_moved(found), *_learned(found), *_last(found)),
        private=True,
    )


def plan_review_summary(found: PlanReview) -> Document:
    """Tell the same without step by step and pupil by pupil."""
    return Document(
        _title(found),
        (*_first(found), *_moved(found), *_learned(found), *_last(found, pupils=False)),
    )


def _title(found: PlanReview) -> str:
    return f"{clean(found.school.name)}: review of the plan on {date(found.on)}"


def _first(found: PlanReview) -> Iterator[Block]:
    yield Paragraph(_in_short(found))
    yield Section(
        "What can't be said", (Bullets(items(map(clean, found.says))),) if found.says else ()
    )
    asked = [step for step in found.steps if step.proposal and step.means]
    asked.sort(key=lambda step: not (step.proposal and step.proposal.decides))
    yield Section(
        f"What is proposed ({len(asked)})",
        (Table(_DECIDE, tuple(map(_decide, asked))), Paragraph(_silent(found))),
        name="proposed",
    )


def _silent(found: PlanReview) -> str:
    """Tell in a sentence of all steps of which nothing is written down."""
    silent = Counter(one.proposal.title for one in found.steps if one.proposal and not one.means)
    return " ".join(
        f"{capital(title)}: {count(many, 'step')} of which nothing is written down."
        for title, many in silent.items()
    )


def _in_short(found: PlanReview) -> str:
    over = [one for one in found.steps if one.proposal is None]
    counts = Counter(one.proposal.title for one in found.steps if one.proposal)
    proposed = listed(
        f"{title} ({many})"
        for title, many in sorted(counts.items(), key=lambda one: (one[1], one[0]))
    )
    since = f"It follows the review of {date(found.since)}. " if found.since else ""
    frees = (
        f" What would be stopped or handed over frees {days(found.frees_days)} and {pounds(found.frees_pounds)}."
        if any(one.frees_days is not None for one in found.steps)
        else ""
    )
    return (
        f"The plan issued on {date(found.issued)}. {since}{count(len(found.steps), 'step')} of it are over, run or "
        f"were to begin; {count(len(found.to_come), 'step')} are to come. Done, stopped or over: {len(over)}"
        f"{f'; of the others it is proposed: {proposed}' if proposed else ''}.{frees}{_ends(found)}"
    )


def _ends(found: PlanReview) -> str:
    """Say, where nothing is to come any more, that what goes on needs a place in the next plan."""
    last = max((one.planned.ends for one in found.steps), default=None)
    if last is None or found.to_come:
        return ""
    return f" The last of it ends on {date(last)}: what is to go on after that needs a place in the next plan."


def _decide(step: StepReview) -> Row:
    proposal = step.proposal.title if step.proposal else ""
    return Row(
        (
            clean(step.title),
            clean(step.lead),
            clean(step.status) + (f", {step.rag}" if step.rag else ""),
            carried_out(step.fidelity),
            capital(proposal),
        ),
        step.step,
    )


# --- each step


def _each(found: PlanReview) -> Iterator[Block]:
    yield Section(
        "Step by step",
        tuple(_step(step, found) for step in found.steps if step.means),
        name="steps",
    )
    rows = tuple(_used(step) for step in found.steps if step.means)
    yield Section("Planned beside done", (Table(_DONE, rows),), name="used")


def _step(step: StepReview, found: PlanReview) -> Section:
    told: list[Block] = []
    if step.proposal:
        told.append(
            Paragraph(
                (Strong(f"Proposed: {step.proposal.title}."), f" {clean(step.proposal.means)}")
            )
        )
        told += _reasons(step)
    told.append(Paragraph("How it stands:"))
    told.append(Bullets(items(_facts(step, found.on)), indent=0))
    told += _looked(step.fidelity)
    if step.pupils:
        told.append(Paragraph("Its pupils:"))
        told.append(Bullets(items(_pupils_of(step.pupils, found)), indent=0))
    return Section(clean(step.title), tuple(told), name=f"step-{step.step}")


def _reasons(step: StepReview) -> Iterator[Block]:
    for speaks, title in (("for", "For it"), ("against", "Against it")):
        told = [
            f"{sentence(one.words)} {clean(one.why)}"
            for one in step.because
            if one.speaks == speaks
        ]
        if told:
            yield Paragraph(f"{title}:")
            yield Bullets(items(told), indent=0)


def _facts(step: StepReview, on: datetime.date) -> Iterator[str]:
    rated = f", rated {step.rag}" if step.rag else ""
    began = f"; begun on {date(step.used.began)}" if step.used.began else ""
    yield (
        f"{capital(step.status)}{rated}{began}; planned from {date(step.planned.starts)} to "
        f"{date(step.planned.ends)}; led by {clean(step.lead)}."
    )
    if step.note:
        yield sentence(step.note)
    for one in step.milestones:
        state = f"met by {short_date(one.met)}" if one.met else "not met"
        if one.met or one.due < on:
            yield f"Milestone {one.number}, due {short_date(one.due)}, {state}: {sentence(one.what)}"
    for figured in step.moved:
        yield _figure_told(figured)


def _looked(fidelity: Fidelity) -> Iterator[Block]:
    yield Paragraph(f"Active ingredients: {carried_out(fidelity)}.")
    yield Bullets(items(map(_ingredient, fidelity.ingredients)), indent=0)
    seen = [one for one in fidelity.signs if one.seen]
    if seen:
        yield Paragraph("Signs to stop that were seen:")
        yield Bullets(items(sentence(one.what) for one in seen), indent=0)


def _ingredient(one: Ingredient) -> str:
    state = "not looked at" if one.seen is None else "seen" if one.seen else "not seen"
    return f"{one.number}, {state}: {sentence(one.what)}"


def _pupils_of(told: StepPupils, found: PlanReview) -> Iterator[str]:
    yield f"{capital(told.own.who)}, {clean(told.since)} to {clean(told.to)}: {group(told.own, told.chosen)}"
    for other in (told.others, told.year):
        if other:
            yield f"Beside it, {other.who}: {group(other, other is told.others and told.chosen)}"
    if told.beside:
        yield {
            "more": "They moved more than these, by more than the error of the difference.",
            "less": "They moved less than these, by more than the error of the difference.",
            "alike": "Between them and these there is no difference beyond the error.",
        }[told.beside]


def _used(step: StepReview) -> Row:
    met = sum(one.met is not None for one in step.milestones)
    used, left, spent = step.used.days, step.used.left, step.used.pounds
    return Row(
        (
            clean(step.title),
            f"{'–' if used is None else number(used)} of {number(step.planned.days)}",
            "–" if left is None else number(left),
            f"{'–' if spent is None else pounds(spent)} of {pounds(step.planned.pounds)}",
            f"{met} of {len(step.milestones)}",
        ),
        step.step,
    )


# --- what moved


def _moved(found: PlanReview) -> Iterator[Block]:
    judged = tuple(
        Row(
            (
                f"{one.priority}: {clean(one.title)}",
                one.was or "–",
                one.now or "–",
                _by(one.target, one.by),
            ),
            one.priority,
        )
        for one in found.priorities
    )
    figures = tuple(
        Row(
            (
                clean(one.title) + (f" ({clean(one.about)})" if one.about else ""),
                _value(one.was, one.unit),
                _value(one.now, one.unit) if one.anew else "not known anew",
                _by(_value(one.goal, one.unit) if one.goal is not None else None, one.by)
                + _reached(one, found.on),
                _value(one.national, one.unit) if one.national is not None else "",
            ),
            one.title,
        )
        for one in found.outcomes
    )
    blocks: list[Block] = [
        Section("Judgements", (Table(_FIGURES[:4], judged),) if judged else ()),
        Section(
            "Figures the plan is to move", (Table(_FIGURES, figures), _ALONE) if figures else ()
        ),
    ]
    if found.subjects:
        rows = tuple(
            Row(
                (
                    clean(one.title),
                    clean(one.since),
                    clean(one.to),
                    counted_states(one.then, one.now),
                    change(one.moved) if one.moved else "too few",
                ),
                f"{one.subject}-{number}",
            )
            for number, one in enumerate((*found.subjects, *found.over_the_year), start=1)
        )
        gone = f" {count(found.left, 'pupil')} left since the review before." if found.left else ""
        blocks.append(
            Section(
                "The same pupils at both points",
                (Table(_SUBJECTS, rows), Paragraph(moved(found.subjects) + gone)),
            )
        )
    yield Section("What moved", tuple(blocks), name="moved")


def _reached(one: FigureMoved, on: datetime.date) -> str:
    """Say whether a figure whose day has come is what it was to be."""
    if one.reached is None or not one.anew or one.by is None or one.by > on:
        return ""
    return ": reached" if one.reached else ": not reached"


def _value(value: float | str | None, unit: FigureUnit) -> str:
    return "–" if value is None else figure(value, unit)


def _by(value: str | None, day: datetime.date | None) -> str:
    return "" if value is None else f"{value} by {date(day)}" if day else value


def _figure_told(one: FigureMoved) -> str:
    about = f" ({clean(one.about)})" if one.about else ""
    reached = {True: "reached", False: "not reached", None: "nobody has said"}[one.reached]
    if one.now is None or not one.anew:
        return f"Measure: {clean(one.title)}{about}: {reached}."
    return (
        f"Measure: {clean(one.title)}{about}: {_value(one.was, one.unit)}, now {_value(one.now, one.unit)}"
        f"{f', to be {_value(one.goal, one.unit)}' if one.goal is not None else ''}; {reached}."
    )


def _learned(found: PlanReview) -> Iterator[Block]:
    """Lay out what the school learned about planning."""
    told = [
        f"{one.title}: done in time were {one.done} of {count(one.planned, 'step')} that had to be over by its end."
        for one in found.in_time
        if one.planned
    ]
    for work in found.learned:
        told.append(
            f"{clean(work.title)}: {count(work.steps, 'finished step')} needed {days(work.used)}, planned were "
            f"{number(work.planned)}. "
            + (
                f"A plan made anew could count {number(work.factor)} times its days: "
                f"plan: {{effort: {{{work.strand}: {number(work.factor)}}}}} in school.yaml."
                if work.factor != 1
                else "Its days need no factor."
            )
        )
    yield Section("What was learned about planning", (Bullets(items(told)),) if told else ())


# --- the meeting, and the pupils


def _last(found: PlanReview, pupils: bool = True) -> Iterator[Block]:
    questions = tuple(
        ListItem(
            (
                clean(one.ask),
                Quiet(
                    f" ({listed_first((f'“{clean(title)}”' for title in one.steps), MOST_NAMED)})"
                ),
            )
        )
        for one in found.questions
    )
    yield Section(
        "Questions for the meeting",
        (Bullets(questions, mark="number"),) if questions else (),
        name="questions",
    )
    if pupils:
        yield Section(
            f"Pupils ({len({one.ref for one in found.pupils})})",
            tuple(_pupils(found.pupils)),
            name="pupils",
        )
    if any(step.pupils and step.pupils.chosen for step in found.steps):
        yield Paragraph((Quiet(clean(found.of_others)),))
    yield Paragraph((Quiet(clean(found.notice)),))


def _pupils(pupils: Sequence[PupilMoved]) -> Iterator[Block]:
    """Tell of each class those of whom something is otherwise; the others are counted."""
    if not pupils:
        return
    yield Paragraph(
        "Pupils in a subject who came to be at risk or are so no more, moved further than error explains, or have "
        "secured something of their sequence, under their pseudonyms."
    )
    for name in dict.fromkeys(one.class_id for one in pupils):
        own = [one for one in pupils if one.class_id == name]
        changed = [one for one in own if is_otherwise(one)]
        told: tuple[Block, ...] = (
            Table(_PUPILS, tuple(Row(of_pupil(one), one.ref) for one in changed)),
        )
        if len(own) > len(changed):
            rest = count(len(own) - len(changed), "more case", "more cases")
            told += (
                Paragraph(f"As before, within the error: {rest} of a pupil at risk in a subject."),
            )
        yield Section(f"Class {name}" if name else "In no class", told)


__all__ = ["plan_review_document", "plan_review_summary"]
