"""The phrases all documents share: dates, money, days, and names in place of ids."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Sequence

from ..core import listed, without_unprintable
from ..planning import EvidenceNote, FindingRef, LeftOut, Load, Plan, Proof, SlotRef, Step

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NEAR = 0.9
"""From this share of what may be planned, people's time is marked as nearly full."""
LEFT_OUT_KINDS = {
    "date-missing": "Falls due, but the date is missing",
    "undone": "Must be done, but does not fit",
    "refused": "Refused by the school",
    "no-room": "No room in this plan",
    "too-late": "Too late to be done in time",
    "pinned": "The date the school set keeps it out",
    "outweighed": "The arguments against weigh more",
    "alternative": "Something else does the same work here",
    "impossible": "What it needs can't be had",
    "replaced": "Replaced by a form that suits the school",
    "waits": "Comes later: others come first",
    "unsuitable": "Does not suit this school",
    "shaped": "Ruled out by the shape of this plan",
    "not-asked": "Below the line, by what is known of the pupils",
    "in-place": "Promised, and in place already",
}


def date(value: datetime.date) -> str:
    """For example 1 September 2026."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def weekday(value: datetime.date) -> str:
    """For example Tue."""
    return WEEKDAYS[value.weekday()]


def short_date(value: datetime.date) -> str:
    """For example 1 Sep, where the year stands beside it."""
    return f"{value.day} {MONTHS[value.month - 1][:3]}"


def month(value: datetime.date) -> str:
    """For example September 2026."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def pounds(value: int) -> str:
    """For example £1,234."""
    return f"-£{-value:,}" if value < 0 else f"£{value:,}"


def number(value: float) -> str:
    """At most one decimal, and none where there is nothing in it."""
    return f"{round(value, 1):g}"


def days(value: float) -> str:
    """For example 2.5 days."""
    return count_of(value, "day")


def count_of(value: float, one: str) -> str:
    """A number with at most one decimal, with its noun."""
    return f"{number(value)} {one if number(value) == '1' else one + 's'}"


def count(value: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def clean(text: str) -> str:
    """A text on one line, without what can't be seen in it."""
    return " ".join(without_unprintable(text).split())


def capital(text: str) -> str:
    """A text with its first letter as a capital."""
    text = clean(text)
    return text[:1].upper() + text[1:]


def shorten(text: str, width: int) -> str:
    """A text cut at a word to at most so many characters."""
    return textwrap.shorten(clean(text), width, placeholder="…") if width > 1 else ""


class Names:
    """The plan's ids, looked up."""

    def __init__(self, plan: Plan) -> None:
        self.slots: tuple[SlotRef, ...] = tuple(slot for term in plan.terms for slot in term.slots)
        self.slot = {slot.id: slot for slot in self.slots}
        self.index = {slot.id: index for index, slot in enumerate(self.slots)}
        self.steps = {step.id: step for step in plan.steps}
        self.school = plan.school.name
        self.lines = {use.line: use.title for use in plan.budget}
        self.priorities = {priority.id: priority for priority in plan.priorities}
        self._titles = {priority.strand: priority.strand_title for priority in plan.priorities}
        order = [priority.strand for priority in plan.priorities]
        order += sorted({step.strand for step in plan.steps})
        self.strands = tuple(dict.fromkeys(order))

    def strand(self, name: str) -> str:
        """A strand's title."""
        return self._titles.get(name) or name.replace("-", " ").capitalize()

    def hue(self, name: str) -> int:
        """The number of a strand's colour, 0 to 4."""
        return self.strands.index(name) % 5 if name in self.strands else 4

    def span(self, starts: str, ends: str) -> str:
        """Say from which slot to which."""
        first, last = self.slot_title(starts), self.slot_title(ends)
        return first if first == last else f"{first} to {last}"

    def when(self, step: Step) -> str:
        """Say from when to when a step goes."""
        return self.span(step.begins, step.finishes)

    def slot_title(self, name: str) -> str:
        return self.slot[name].title if name in self.slot else name

    def step_title(self, name: str) -> str:
        return self.steps[name].title if name in self.steps else name

    def line(self, name: str) -> str:
        return self.lines.get(name, name)

    def starting(self, slot: str) -> list[Step]:
        """The steps that start in a slot: what must be done first, then by rank."""
        found = [step for step in self.steps.values() if step.begins == slot]
        return sorted(found, key=lambda step: (not step.must, -step.score, step.id))


def effort(step: Step) -> float:
    """All the days a step takes."""
    return round(sum(item.days for item in step.effort), 1)


def cost(step: Step) -> int:
    """All the pounds a step costs."""
    return sum(item.pounds for item in step.cost)


def effort_by_role(step: Step, slots: Sequence[SlotRef]) -> dict[str, list[float]]:
    """The days of each role, slot by slot."""
    rows: dict[str, list[float]] = {}
    for item in step.effort:
        row = rows.setdefault(item.title, [0.0] * len(slots))
        for index, slot in enumerate(slots):
            if slot.id == item.slot:
                row[index] += item.days
    return rows


def evidence_words(note: EvidenceNote) -> str:
    """Say what research says, with no estimate kept apart from 0."""
    if note.months is None:
        words = "No estimate of months of progress; that is not the same as no effect."
    else:
        sign = "+" if note.months > 0 else ""
        words = f"{sign}{count(note.months, 'month')} of progress on average"
        words += f" ({note.strand})" if note.strand else ""
        words += " in studies elsewhere; not a forecast for this school."
    if note.security is not None:
        words += f" Security of the evidence: {note.security} of 5."
    if note.cost_band is not None:
        words += f" Cost: {note.cost_band} of 5."
    return clean(f"{words} {note.note}")


def evidence_source(note: EvidenceNote) -> str:
    """Name whom the figures are from; empty where there are none."""
    if note.address is None:
        return ""
    read = f", read on {date(note.read_on)}" if note.read_on else ""
    return f"Education Endowment Foundation, Teaching and Learning Toolkit{read}"


def load_state(load: Load) -> str:
    """Say whether time is nearly used up; empty where it is not."""
    if load.used > load.capacity + 0.05:
        return "over"
    return "near limit" if load.used > 0 and load.used >= NEAR * load.capacity else ""


def share_used(load: Load) -> float:
    """Give the share of what may be planned that is used: 1 is all of it."""
    if load.capacity > 0:
        return load.used / load.capacity
    return 2.0 if load.used > 0 else 0.0


def load_rows(plan: Plan) -> dict[tuple[str, str, str], dict[str, Load]]:
    """The load table: rows by kind, role and title, cells by slot; unused rows left out."""
    rows: dict[tuple[str, str, str], dict[str, Load]] = {}
    for load in plan.load:
        rows.setdefault((load.kind, load.role, load.title), {})[load.slot] = load
    return {key: row for key, row in rows.items() if any(load.used for load in row.values())}


def finding(item: FindingRef, plan: Plan) -> str:
    """Tell what was found, and of which class, teacher or group where it is not of the whole school."""
    about = "" if item.entity == plan.school.name else f"{capital(item.entity)}: "
    return about + item.words


def left_out_by_kind(plan: Plan) -> dict[str, list[LeftOut]]:
    """Group what was left out by the kind of reason."""
    found: dict[str, list[LeftOut]] = {}
    for kind, title in LEFT_OUT_KINDS.items():
        items = [item for item in plan.left_out if item.kind == kind]
        if items:
            found[title] = items
    return found


def not_read(plan: Plan) -> str:
    """Say in a sentence what of the pupils' files could not be read; empty when all of it was."""
    files = [item for item in plan.inputs if item.refused or item.set_aside]
    if not files:
        return ""
    parts = [
        count(total, one)
        for total, one in (
            (sum(item.refused for item in files), "row"),
            (sum(item.set_aside for item in files), "single cell"),
        )
        if total
    ]
    return (
        f"{listed(parts)} of {listed(item.file for item in files)} could not be read and "
        "count as unknown; termwise data lists them."
    )


def proof_words(proof: Proof) -> str:
    """Say in plain words how good the plan is."""
    options = f"{count(proof.candidates, 'possible step')} considered"
    if proof.status == "optimal":
        given_up = proof.objective - proof.value
        if given_up > 0:
            return (
                f"With {options}, the greatest worth possible under these priorities, rules, time "
                f"and money was proved. This plan gives up {100 * given_up / proof.objective:.1f} % of it so that "
                "people's work is spread more evenly."
            )
        return (
            f"No plan under these assumptions is worth more: proved, with {options}, under these "
            "priorities, rules, time and money."
        )
    if proof.status == "within-gap":
        share = f"{proof.gap * 100:.1f}".removesuffix(".0")
        return (
            f"Close to best: with {options}, a better plan could be worth at most "
            f"{'less than 0.1' if proof.gap < 0.001 else share} % more of what is possible."
        )
    return (
        f"Not everything that must be done fits: with {options}, no plan can do it all. "
        "What follows leaves out as little of it as possible."
    )
