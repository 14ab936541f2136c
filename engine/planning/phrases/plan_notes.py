"""The sentences of a plan's record beside its placements: notices, what rules do to it, whom it is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from ...core import listed
from ...library import Library, Reviewable, Shape, Trial

NOTICE = (
    "A draft for the judgement of the adviser and the headteacher. Reasons are what the rules read in the "
    "school's own data; evidence is what research found on average, no forecast for this school."
)
REACHED = "The judgement is at this target or above it already: agree a higher target, or another priority."
RESEARCH = "Average of the studies reviewed by the Education Endowment Foundation."
WHOLE_SCHOOL = "the whole school"
AS_ADVISED = "those it is advised for"
ALL_IT_COULD_BE_FOR = "all it could be for"
A_PUPIL = "a pupil"
MOST_NAMED = 3


def runs_for(labels: Iterable[str]) -> str:
    """Say that a step runs for others, so that some wait."""
    return (
        f"It runs for {listed(labels)}, and goes on. For others it can begin when that is over, or sooner "
        "where the school decides so."
    )


def proposed_from(kinds: Iterable[str]) -> str:
    """Say in which kinds of evidence a priority was seen that rules propose."""
    return f"Proposed by the rules, to be agreed: seen in {listed(kinds)}."


def trial_words(trial: Trial) -> str:
    """Say what a trial in England found of the very thing."""
    return f"In a trial: {trial.months:+d} months, {trial.what}; this counts here."


def review_words(records: Collection[Reviewable]) -> str:
    """Say what share of what a plan rests on was looked at, and by whom."""
    found = Counter(one.status for one in records)
    outside = found["reviewed"]
    roles = sorted({one.review.role for one in records if one.review})
    by = f"{outside} were reviewed outside this project ({', '.join(roles)})"
    nobody = "nobody outside this project has reviewed any"
    return (
        f"Of the {len(records)} rules and interventions it rests on, {by if outside else nobody}; "
        f"{found['checked']} were checked by the project against what it read of their sources, and "
        f"{found['draft']} are drafts."
    )


def shape_words(shape: Shape, library: Library) -> tuple[str, ...]:
    """Say what a rule's shapes do to a plan, one phrase each."""

    def title(name: str) -> str:
        return f"“{library.intervention(name).title}”"

    parts = library.start_parts
    does = [f"{title(m.intervention)} has to start by {parts[m.part]}" for m in shape.must]
    does += [f"{title(m.intervention)} starts by {parts[m.part]}" for m in shape.start_by]
    does += [f"{title(m.intervention)} not before {parts[m.part]}" for m in shape.not_before]
    does += [f"{title(r.by)} instead of {title(r.intervention)}" for r in shape.replace]
    does += [f"{title(name)} is left out" for name in shape.leave_out]
    if shape.bring_forward:
        does += [
            f"{title(name)} comes as early as it can" for name in shape.bring_forward.interventions
        ]
        if shape.bring_forward.pupil_progress:
            does.append("what acts on pupils' progress in class comes as early as it can")
    if shape.new_starts is not None:
        does.append(f"at most {shape.new_starts} points of change start in a half-term")
    if shape.planned_share is not None:
        does.append(f"{100 * shape.planned_share:.0f} % of people's stated time is planned")
    if shape.spend_share is not None:
        does.append(f"{100 * shape.spend_share:.0f} % of each budget line may be committed")
    if shape.lead_share is not None:
        does.append(
            f"the head leads at most {100 * shape.lead_share:.0f} % of the steps, where others have "
            "the time to lead"
        )
    return tuple(does)


def target_words(kind: str, ids: tuple[str, ...], labels: Iterable[str]) -> str:
    """Say whom a step is for: classes by their ids, teachers with their number, others by their labels."""
    if kind == "class":
        return f"{'classes' if len(ids) > 1 else 'class'} {listed(ids)}"
    if kind == "teacher" and len(ids) > 1:
        return f"{len(ids)} teachers: {listed(labels)}"
    return listed(labels)


def replacement_missing(title: str, why: str) -> str:
    """Say that what would take an intervention's place isn't planned either."""
    return f"“{title}” would take its place, and is not in the plan either. {why}"


def cant_be_done(title: str, accepted: str, reason: str) -> str:
    """Say that what was promised, or accepted by somebody, is impossible here; `reason` may be empty."""
    said = f"{accepted}," if accepted else "promised"
    return f"“{title}” was {said} and can't be done here. {reason}".strip()


def needed_by(title: str) -> str:
    """Say that something else needs it, to stand within a sentence."""
    return f"“{title}” needs it"


def of_some(whom: str, words: str) -> str:
    """Put in front of a sentence whom of all it is true of."""
    return f"For {whom}: {words[:1].lower()}{words[1:]}"


def team_meeting(titles: Sequence[str]) -> str:
    """Say which teams meet, by their titles."""
    return f"{'Team meeting' if len(titles) == 1 else 'Team meetings'}: {'; '.join(titles)}"


def same_day(title: str, people: Sequence[str], set_so: bool) -> str:
    """Say that something else is on the day of an event, and who is needed for both."""
    named = ", ".join(people[:MOST_NAMED])
    if len(people) > MOST_NAMED:
        named = f"{named} and {len(people) - MOST_NAMED} more"
    why = (
        "the school has set both"
        if set_so
        else "the half-term has no other school day on which all who take part are free"
    )
    return f"On the same day as {title}, for the same people ({named}): {why}."
