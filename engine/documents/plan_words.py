"""The phrases all documents of a plan share: what can slip, what is light, what waits, what does not fit
and what would help, and how the plan was proved."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..core import listed
from ..planning import (
    BudgetUse,
    EventRef,
    HeldBack,
    Plan,
    Priority,
    ProofLevel,
    SlotRef,
    Step,
    WayOut,
)
from .words import Names, capital, clean, cost, count, date, pounds

MUST = "★"
"""Marks a step that must be done."""
FIXED = "◆"
"""Marks a step that can't slip."""
HANGS = "?"
"""Marks a step that would not be advised if one judgement were another."""
USED = (
    "Days used of the days the plan may use; a row of people holds what they do in all their roles."
)
MARKS = f"{MUST} must be done; {FIXED} in a chain that can't slip"
LIGHT = " (light form)"
_QUESTIONS = {
    "must-do": "First: as much as possible of what must be done",
    "coverage": "Then: each agreed priority has a step of substance in time, the first ranked first",
    "urgent": "Then: what cannot wait begins in time",
    "value": "Then: the most value, and early",
    "finish early": "Then: everything finished as early as possible",
    "smooth load": "Then: people's time spread evenly, giving up next to no value",
    "least disruption": "Then: what was agreed moves as little as it can, giving up next to no value",
    "tie-break": "Last: among equally good plans always the same one",
}
_ANSWERS = {
    "optimal": "proved: it can't be done better",
    "within-gap": "the best found; how much better is possible at most is known",
    "infeasible": "not everything fits",
}


def sentence(told: str) -> str:
    """A text as a sentence, with one full stop at its end."""
    return capital(told).rstrip(".") + "."


def bought(plan: Plan) -> int:
    """Give the pounds that time costs which is bought for people, and is in no step's cost."""
    return sum(one.pounds for one in plan.purchases)


BOUGHT = "Time that is bought for people"


def points(value: int) -> str:
    """For example 1,240 points."""
    return count(value, "point")


def short_slot(title: str) -> str:
    """A half-term's title where there is little room: Aut 1 for Autumn 1 2026."""
    first, *rest = title.rsplit(" ", 1)[0].split()
    return " ".join([first[:3], *(word for word in rest if word.isdigit())])


def slips(step: Step, names: Names) -> str:
    """Say how far a step can slip, and what holds it; empty where the plan doesn't say."""
    if not step.latest:
        return ""
    along = f"by {count(step.slack, 'half-term')} if what waits for it moves too"
    held_by = f" ({clean(step.held_by).rstrip('.')})" if step.held_by else ""
    if step.free > 0:
        told = f"by {count(step.free, 'half-term')} without moving another step"
        return f"{told}{f', {along}' if step.slack > step.free else ''}, where people have the time"
    if step.slack > 0:
        return f"{along}, where people have the time; not without that{held_by}"
    if held_by:
        return f"not at all{held_by}"
    if step.critical:
        return "not at all (it is in a chain of steps of which none can slip)"
    return "not at all (a step that needs it, a date or the end of the plan would be missed)"


def firm(step: Step) -> str:
    """Say whether a step would be advised if one judgement were another, and which would take it away;
    empty where nothing was judged."""
    if step.firm:
        return "it would still be advised if any one judgement were a grade higher or lower"
    return "; ".join(clean(one) for one in step.depends_on)


def running(step: Step) -> int:
    """The pounds a step costs to keep going."""
    return sum(item.running for item in step.cost)


def invested_and_running(step: Step) -> str:
    """Say what a step costs, and how much of it is invested and how much keeps it going."""
    whole, kept = cost(step), running(step)
    if not kept:
        return f"{pounds(whole)}, all of it invested" if whole else "nothing"
    if whole == kept:
        return f"{pounds(whole)}, all of it to keep it going"
    return f"{pounds(whole)}: {pounds(whole - kept)} invested, {pounds(kept)} to keep it going"


def marked(step: Step) -> str:
    """A step's title with its marks: what must be done, what can't slip, what is light."""
    marks = (f"{MUST} " if step.must else "") + (f"{FIXED} " if step.critical else "")
    marks += f"{HANGS} " if step.depends_on else ""
    return marks + clean(step.title) + (LIGHT if step.form == "light" else "")


def critical(plan: Plan) -> tuple[str, ...]:
    """The ids of the longest chain of steps; empty where there is no chain."""
    chain = plan.picture.longest_chain
    return chain if len(chain) > 1 else ()


def chain_words(plan: Plan) -> str:
    """Introduce the longest chain, in a sentence that ends where the steps are named."""
    steps = {step.id: step for step in plan.steps}
    fixed = all(name in steps and steps[name].critical for name in critical(plan))
    return (
        "The longest chain, which can't slip (when one of its steps is late, so is all that follows):"
        if fixed
        else "The longest chain, each step needing the one before:"
    )


def line_words(uses: Iterable[BudgetUse]) -> list[tuple[BudgetUse, str]]:
    """Each line with its rules: what is kept back of it and why, said once, and its rule of use."""
    found, said = [], set()
    for use in uses:
        told = []
        if use.kept_back:
            why = sentence(use.kept_because) if use.kept_because else ""
            whole = pounds(use.available + use.kept_back)
            told.append(f"{whole}, of which {pounds(use.kept_back)} is kept back")
            told[0] += (", for the same reason." if why in said else f": {why}") if why else "."
            said.add(why)
        if use.gone:
            told.append(
                f"{pounds(use.gone)} was spent on what is no longer planned, or beyond what was, and is taken off."
            )
        if use.rule:
            told.append(sentence(use.rule))
        if use.left_because:
            told.append(use.left_because)
        found.append((use, " ".join(told)))
    return found


def urgent(step: Step) -> str:
    """Say that a step cannot wait, and which rules say so; empty where it may."""
    if not step.urgent:
        return ""
    return f"by rule{'' if len(step.urgent) == 1 else 's'} {listed(step.urgent)}"


def season(step: Step) -> str:
    """Say when in the year a step does most good; empty where any time does."""
    if step.season is None:
        return ""
    best = listed(step.season.best, "or")
    because = clean(step.season.because).rstrip(".")
    later = "" if step.season.met else ". Here it begins outside of that"
    return f"best begun in {best}: {because}{later}"


def no_step(priority: Priority) -> str:
    """Say that nothing in the plan covers a priority, and why; empty where something does."""
    told = priority.uncovered
    if told is None:
        return ""
    return f"No step works on priority {priority.rank}, “{priority.title}”. {' '.join(told.words)}"


def served(step: Step, names: Names) -> str:
    """The priorities a step serves; none for what has to be done anyway and no rule asks for."""
    if step.must and all(reason.kind != "rule" for reason in step.because):
        return ""
    return "; ".join(names.priorities[p].title for p in step.priorities if p in names.priorities)


def held(item: HeldBack, names: Names) -> str:
    """Say what becomes of something that waits, and what it waits for."""
    words = "Would have started"
    if item.slot:
        words += f" in {names.slot_title(item.slot)}"
    words += ", but enough that is new starts then"
    if item.beaten_by:
        words += f": {listed(map(clean, item.beaten_by))}"
    step = names.steps.get(item.step or "")
    if step is None:
        return f"{words}. It is not in this plan."
    return f"{words}. It starts in {names.slot_title(step.begins)}."


def ways_out(plan: Plan) -> list[WayOut]:
    """The ways out, the cheapest first."""
    return sorted(plan.ways_out, key=lambda way: way.price)


def then(way: WayOut, plan: Plan) -> str:
    """Tell what the plan that is possible once a way out is taken is worth, beside today's."""
    share = 100 * (way.value - plan.proof.value) / max(1, plan.proof.value)
    told = f"worth {abs(share):.1f} % {'more' if share > 0 else 'less'} than"
    return f"the plan is then {told if abs(share) >= _LITTLE else 'worth as much as'} this one"


_LITTLE = 0.05
"""A share in percent that would be shown as 0."""
WAYS_OUT = (
    "Each of these alone is enough: the plan was made again with it, and all that must be done then "
    "fits. What asks the least of people and money comes first. Where the plan without it is "
    "worth more, that is because it leaves something undone that must be done."
)
SEVERAL = "There may be more than one conflict; each way out mends all of them."


def ways_words(plan: Plan) -> str:
    """Say what to know of the ways out: that some may speak of steps the conflict does not name."""
    named = tuple(_quoted(" ".join(plan.conflict)))  # a light form's title goes on from its step's
    spoken = [title for way in plan.ways_out for title in _quoted(way.words)]
    others = not all(title.startswith(named) for title in spoken)
    return f"{WAYS_OUT} {SEVERAL}" if others else WAYS_OUT


def _quoted(told: str) -> list[str]:
    return re.findall(r"“(.+?)”", clean(told))


NO_WAY_OUT = "No single change that was tried makes it fit."


def events(plan: Plan) -> list[str]:
    """The dated events and whose time they take, those that come back in one line."""
    told: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for item in within(plan):
        told.setdefault((capital(item.title), item.no_release), []).append(_when(item))
    return [
        f"{title}: {listed(dates)}"
        + (f"; no time for the plan from: {listed(map(clean, roles))}" if roles else "")
        for (title, roles), dates in told.items()
    ]


def vacant(plan: Plan) -> list[str]:
    """Posts that nobody holds for a time of the plan, and what that means for it."""
    told = []
    for post in plan.vacant:
        since = f" from {date(post.starts)}" if post.starts else ""
        until = f" until {date(post.ends)}" if post.ends else ", and nobody is appointed yet"
        words = f"Nobody holds the post “{post.post}” ({listed(map(clean, post.roles))})"
        words += f"{since}{until}. It gives the plan no time then"
        if post.stand_in:
            words += f"; its work falls to: {listed(post.stand_in)}"
        if post.classes:
            classes = ("Class " if len(post.classes) == 1 else "Classes ") + listed(post.classes)
            words += f". {classes} will need teaching then, and nothing is advised for a teacher in this post"
        told.append(f"{words}.")
    return told


def _when(item: EventRef) -> str:
    """The days of an event, for example 10 to 13 May 2027."""
    last = date(item.ends)
    if item.starts == item.ends:
        return last
    parts = (item.starts.year, item.starts.month), (item.ends.year, item.ends.month)
    same = 2 if parts[0] == parts[1] else 1 if parts[0][0] == parts[1][0] else 0
    first = " ".join(date(item.starts).split()[: 3 - same])
    return f"{first} to {last}"


def within(plan: Plan) -> list[EventRef]:
    """The events of the plan's own time, in order."""
    found = [item for item in plan.events if item.ends >= plan.starts and item.starts <= plan.ends]
    return sorted(found, key=lambda item: (item.starts, item.ends, item.title))


def level(item: ProofLevel) -> list[str]:
    """A row of the proof: the question, the answer, what was reached and the best possible."""
    question = _QUESTIONS.get(item.name, capital(item.name))
    answer = _ANSWERS.get(item.status, item.status)
    if item.name == "tie-break":
        return [question, answer, "", ""]
    return [question, answer, f"{item.value:,}", f"{item.bound:,}"]


def school_years(slots: Iterable[SlotRef]) -> dict[str, str]:
    """The school years, for example 2026-27, by the id of the slot each begins with."""
    found: dict[str, str] = {}
    for slot in slots:
        began = slot.starts.year - (slot.starts.month < 8)
        year = f"{began}-{(began + 1) % 100:02}"
        if year not in found.values():
            found[slot.id] = year
    return found
