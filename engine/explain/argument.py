"""Why a step, a priority, a pupil's state; why something is not in the plan: answers as frozen
records."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..core import Record
from ..inference import CellRef, Compared, EntityRef, RuleVerdict, Tree
from ..library import Source, Strength
from ..planning import EvidenceNote, Priority, SchoolRef, StandingKind


class Ground(Record):
    """A rule's word on something, with all it rests on: the chain from the data to the advice."""

    side: Literal["for", "against", "shapes"]
    strength: Strength
    words: str = Field(description="what was found, with the school's own values")
    does: str = Field(default="", description="what a rule that shapes the plan does, in words")
    why: str = Field(description="why it matters, as the rule's author says it")
    asks_for: tuple[str, ...] = Field(
        default=(), description="titles of what it asks for, where it is told for a whole strand"
    )
    verdict: RuleVerdict
    sources: tuple[Source, ...]


class Through(Record):
    """Why something is there that no rule asks for, or whatever the rules say."""

    kind: StandingKind
    words: str
    intervention: str = Field(default="", description="what needs it")
    grounds: tuple[Ground, ...] = ()


class Moved(Record):
    """What becomes of another step."""

    title: str
    was: str | None = Field(description="the title of its half-term; null when it was not planned")
    now: str | None = Field(description="null when it is dropped")


class ForcedAlternative(Record):
    """A plan made again with one thing forced."""

    words: str = Field(description="the answer in one sentence")
    when: str = Field(description="the title of the half-term that was forced; empty: left out")
    moved: tuple[Moved, ...]
    value_lost: int = Field(description="points; below 0 when value would be gained")
    share_lost: float = Field(description="of the plan's value, in percent")
    possible: bool


class Elsewhere(Record):
    """Another half-term, and what is in the way there while all else stays where it is."""

    when: str
    blockers: tuple[str, ...] = Field(description="empty: it could start there as well")


class WhyStep(Record):
    """Why a step is in the plan, and why there."""

    about: Literal["step"] = "step"
    school: SchoolRef
    step: str
    title: str
    starts: str = Field(description="the half-term it begins in, or of its first time")
    ends: str = Field(description="the half-term it ends in, or of its last time")
    times: tuple[str, ...] = Field(
        default=(), description="the half-terms it comes back in, where it does so at set times"
    )
    why_here: tuple[str, ...]
    waits_for: tuple[str, ...]
    enables: tuple[str, ...]
    earliest: str
    latest: str
    slack: int
    free: int = Field(default=0, description="half-terms it can slip without moving another")
    held_by: str = Field(default="", description="what keeps it from slipping, in words")
    critical: bool
    elsewhere: tuple[Elsewhere, ...]
    earlier: ForcedAlternative | None = Field(description="null when it can't start earlier at all")
    later: ForcedAlternative | None
    without: ForcedAlternative | None = Field(description="what leaving it out would free and cost")
    decided: str = Field(default="", description="what the school decided about it, in sentences")
    grounds: tuple[Ground, ...] = Field(default=(), description="the strongest first")
    through: tuple[Through, ...] = ()
    evidence: EvidenceNote | None = Field(default=None, description="of the approach itself")


class WhyAdvised(Record):
    """Why something is advised that is not in the plan."""

    about: Literal["advised"] = "advised"
    school: SchoolRef
    intervention: str
    title: str
    words: str = Field(description="that it is not in the plan, and whom to ask why")
    grounds: tuple[Ground, ...]
    through: tuple[Through, ...]
    evidence: EvidenceNote | None


class JudgementCited(Record):
    """A judgement on a question, as it is written."""

    title: str
    grade: str
    cells: tuple[CellRef, ...]


class Serves(Record):
    """A step that serves a priority."""

    step: str
    title: str
    starts: str = Field(description="the title of the half-term")


class WhyPriority(Record):
    """What makes something a priority, and what serves it."""

    about: Literal["priority"] = "priority"
    school: SchoolRef
    priority: Priority
    judged: tuple[JudgementCited, ...] = Field(
        description="agreed, then the school's and the adviser's own"
    )
    others: tuple[JudgementCited, ...] = Field(description="the questions judged lower or the same")
    found: tuple[RuleVerdict, ...] = Field(description="the rules that found a need of the strand")
    asks: tuple[Ground, ...] = Field(description="the rules that ask for something in the strand")
    steps: tuple[Serves, ...]


class ScreeningFired(Record):
    """A screening rule that fired on a pupil in a subject."""

    state: str
    state_title: str
    sure: str | None = Field(
        description="clear, or within the error of the data; null where the state is no concern"
    )
    clear: bool
    verdict: RuleVerdict
    clear_when: Tree | None = Field(
        description="what would make it clear, with what became of it; null: it always is"
    )


class WhySubject(Record):
    """A pupil's state in one subject."""

    subject: str
    title: str
    state: str
    state_title: str
    sure: str | None = Field(description="null where there is no concern")
    fired: tuple[ScreeningFired, ...] = Field(description="the gravest first")
    unknown: tuple[RuleVerdict, ...] = Field(description="rules that can't be decided")


class WhyPupil(Record):
    """Why a pupil is in a state, subject by subject; the pupil is called by pseudonym."""

    about: Literal["pupil"] = "pupil"
    school: SchoolRef
    ref: str
    year: str
    class_id: str | None = Field(serialization_alias="class")
    circumstances: tuple[str, ...] = Field(description="they order the list and decide nothing")
    subjects: tuple[WhySubject, ...]


class InTheWay(Record):
    """A comparison that keeps a rule from asking."""

    compared: Compared
    wanted: Literal["true", "false"] = Field(description="how it would have to come out")
    rule: str = Field(description="the rule it stands in: the one that would ask, or one before it")
    title: str
    entity: EntityRef = Field(description="what that rule was held against")
    needs: tuple[str, ...] = Field(description="what would be found on the way, or not be found")
    settled: bool = Field(
        default=False, description="nothing a school does makes it otherwise: last year's result"
    )


class Nearest(Record):
    """A rule that could have asked for it, on whom it comes nearest to that."""

    strength: Strength
    verdict: RuleVerdict
    in_the_way: tuple[InTheWay, ...] = Field(
        description="the fewest comparisons that would have to come out otherwise; together they are "
        "enough"
    )
    or_else: tuple[tuple[InTheWay, ...], ...] = Field(
        default=(), description="other ways, each enough in place of in_the_way, the nearest first"
    )


class WhyNot(Record):
    """Why something is not in the plan, and what would bring it in."""

    about: Literal["why-not"] = "why-not"
    school: SchoolRef
    intervention: str
    title: str
    kind: str = Field(description="as in the plan's left_out; empty: nothing asks for it")
    reason: str
    planned_for: str = Field(default="", description="for whom it is in the plan all the same")
    also: tuple[str, ...] = Field(default=(), description="for whom else it is not, and why")
    elsewhere: tuple[Elsewhere, ...]
    instead: ForcedAlternative | None = Field(
        description="the plan with it in, within what there is"
    )
    beside: tuple[str, ...] = Field(
        description="the least more time, money and room that would fit it in beside all the rest"
    )
    beside_alternative: ForcedAlternative | None = Field(
        default=None, description="the plan that is then possible; null when no room is enough"
    )
    decided: str = Field(default="", description="what else the school decided about it")
    asked_for: str = Field(default="", description="whom the question is about, where it names any")
    grounds: tuple[Ground, ...] = Field(
        default=(), description="what rules say of it: for, against, and what shapes it out"
    )
    nearest: tuple[Nearest, ...] = Field(
        default=(), description="where no rule asks for it: those that come nearest, nearest first"
    )
