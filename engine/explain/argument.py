"""Why a step, a priority, a pupil's state; why something is not in the plan: answers as frozen
records."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..core import Record
from ..inference import CellRef, Compared, EntityRef, RuleVerdict, Tree
from ..library import Source, Strength
from ..planning import EvidenceNote, Needed, Priority, SchoolRef, StandingKind


class Ground(Record):
    """A rule's word on something, with all it rests on: the chain from the data to the advice."""

    side: Literal["for", "against", "shapes"]
    strength: Strength
    words: str
    """what was found, with the school's own values"""
    does: str = ""
    """what a rule that shapes the plan does, in words"""
    why: str
    """why it matters, as the rule's author says it"""
    asks_for: tuple[str, ...] = ()
    """titles of what it asks for, where it is told for a whole strand"""
    verdict: RuleVerdict
    sources: tuple[Source, ...]


class Through(Record):
    """Why something is there that no rule asks for, or whatever the rules say."""

    kind: StandingKind
    words: str
    intervention: str = ""
    """what needs it"""
    grounds: tuple[Ground, ...] = ()


class Moved(Record):
    """Another step that moves, comes in or goes."""

    step: str
    """its id"""
    title: str
    was: str | None
    """the title of its half-term; null when it was not planned"""
    now: str | None
    """null when it is dropped"""


class ForcedAlternative(Record):
    """A plan made again with one thing forced."""

    words: str
    """the answer in one sentence"""
    when: str
    """the title of the half-term that was forced; empty: left out"""
    moved: tuple[Moved, ...]
    value_lost: int
    """points; below 0 when value would be gained"""
    share_lost: float
    """of the plan's value, in percent"""
    possible: bool
    missed: tuple[str, ...] = ()
    """the aims of the plan that are not reached then, in words"""


class Elsewhere(Record):
    """Another half-term, and what is in the way there while all else stays where it is."""

    when: str
    blockers: tuple[str, ...]
    """empty: it could start there as well"""


class WhyStep(Record):
    """Why a step is in the plan, and why there."""

    about: Literal["step"] = "step"
    school: SchoolRef
    step: str
    title: str
    starts: str
    """the half-term it begins in, or of its first time"""
    ends: str
    """the half-term it ends in, or of its last time"""
    times: tuple[str, ...] = ()
    """the half-terms it comes back in, where it does so at set times"""
    why_here: tuple[str, ...]
    waits_for: tuple[str, ...]
    enables: tuple[str, ...]
    earliest: str
    latest: str
    slack: int
    free: int = 0
    """half-terms it can slip without moving another"""
    held_by: str = ""
    """what keeps it from slipping, in words"""
    needed_by: tuple[str, ...] = ()
    """the aims of the plan that nothing else in it reaches, with the half-term by which, in words"""
    critical: bool
    elsewhere: tuple[Elsewhere, ...]
    earlier: ForcedAlternative | None
    """null when it can't start earlier at all"""
    later: ForcedAlternative | None
    without: ForcedAlternative | None
    """what leaving it out would free and cost"""
    decided: str = ""
    """what the school decided about it, in sentences"""
    hangs_on: tuple[str, ...] = ()
    """what a little other input would do to it, in words"""
    bought: tuple[str, ...] = ()
    """the time that is bought, without which it would be out, later or in another form, in words"""
    numbers: bool = Field(default=False, exclude=True)
    """whether points are told in words too; the record has them in any case"""
    grounds: tuple[Ground, ...] = ()
    """the strongest first"""
    through: tuple[Through, ...] = ()
    evidence: EvidenceNote | None = None
    """of the approach itself"""


class WhyAdvised(Record):
    """Why something is advised that is not in the plan."""

    about: Literal["advised"] = "advised"
    school: SchoolRef
    intervention: str
    title: str
    words: str
    """that it is not in the plan, and whom to ask why"""
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
    starts: str
    """the title of the half-term"""


class WhyPriority(Record):
    """The reasons that something is a priority, and the steps that serve it."""

    about: Literal["priority"] = "priority"
    school: SchoolRef
    priority: Priority
    judged: tuple[JudgementCited, ...]
    """agreed, then the school's and the adviser's own"""
    others: tuple[JudgementCited, ...]
    """the questions judged lower or the same"""
    found: tuple[RuleVerdict, ...]
    """the rules that found a need of the strand"""
    asks: tuple[Ground, ...]
    """the rules that ask for something in the strand"""
    steps: tuple[Serves, ...]


class ScreeningFired(Record):
    """A screening rule that fired on a pupil in a subject."""

    state: str
    state_title: str
    sure: str | None
    """clear, or within the error of the data; null where the state is no concern"""
    clear: bool
    verdict: RuleVerdict
    clear_when: Tree | None
    """what would make it clear, with what became of it; null: it always is"""


class WhySubject(Record):
    """A pupil's state in one subject."""

    subject: str
    title: str
    state: str
    state_title: str
    sure: str | None
    """null where there is no concern"""
    fired: tuple[ScreeningFired, ...]
    """the gravest first"""
    unknown: tuple[RuleVerdict, ...]
    """rules that can't be decided"""


class WhyPupil(Record):
    """Why a pupil is in a state, subject by subject; the pupil is called by pseudonym."""

    about: Literal["pupil"] = "pupil"
    school: SchoolRef
    ref: str
    year: str
    year_title: str
    class_id: str | None = Field(serialization_alias="class")
    circumstances: tuple[str, ...]
    """they order the list and decide nothing"""
    subjects: tuple[WhySubject, ...]


class InTheWay(Record):
    """A comparison that keeps a rule from asking."""

    compared: Compared
    wanted: Literal["true", "false"]
    """how it would have to come out"""
    rule: str
    """the rule it stands in: the one that would ask, or one before it"""
    title: str
    entity: EntityRef
    """what that rule was held against"""
    needs: tuple[str, ...]
    """what would be found on the way, or not be found"""
    settled: bool = False
    """nothing a school does makes it otherwise: last year's result"""


class Nearest(Record):
    """A rule that could have asked for it, on whom it comes nearest to that."""

    strength: Strength
    verdict: RuleVerdict
    in_the_way: tuple[InTheWay, ...]
    """the fewest comparisons that would have to come out otherwise; together they are enough"""
    or_else: tuple[tuple[InTheWay, ...], ...] = ()
    """other ways, each enough in place of in_the_way, the nearest first"""


class WhyNot(Record):
    """Why something is not in the plan, and what would bring it in."""

    about: Literal["why-not"] = "why-not"
    school: SchoolRef
    intervention: str
    title: str
    kind: str
    """as in the plan's left_out; empty: nothing asks for it"""
    reason: str
    planned_for: str = ""
    """for whom it is in the plan all the same"""
    also: tuple[str, ...] = ()
    """for whom else it is not, and why"""
    elsewhere: tuple[Elsewhere, ...]
    instead: ForcedAlternative | None
    """the plan with it in, within what there is"""
    beside: tuple[str, ...]
    """the least more time, money and room that would fit it in beside all the rest, in words"""
    beside_more: tuple[Needed, ...] = ()
    """the same as figures"""
    beside_alternative: ForcedAlternative | None = None
    """the plan that is then possible; null when no room is enough"""
    decided: str = ""
    """what else the school decided about it"""
    numbers: bool = Field(default=False, exclude=True)
    """whether points are told in words too; the record has them in any case"""
    asked_for: str = ""
    """whom the question is about, where it names any"""
    grounds: tuple[Ground, ...] = ()
    """what rules say of it: for, against, and what shapes it out"""
    nearest: tuple[Nearest, ...] = ()
    """where no rule asks for it: those that come nearest, nearest first"""
