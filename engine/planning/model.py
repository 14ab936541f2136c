"""The plan: one frozen record, of which every document is a view. Its JSON form is stable."""

from __future__ import annotations

import hashlib
from typing import Literal

from pydantic import ConfigDict, Field

from ..core import Address, Day, Record
from ..inference import CellRef, ValueRead

StandingKind = Literal["duty", "promised", "accepted", "needed"]
"""Why something is in a plan whatever rules say of it."""


class Because(Record):
    """A reason for a step, or against it: a rule's word, or what holds whatever the rules say."""

    model_config = ConfigDict(populate_by_name=True)

    kind: Literal["rule"] | StandingKind = "rule"
    """of all but `rule`, only `words` and `entity` say something"""
    rule: str = ""
    title: str = ""
    entity: str
    """whom it is about"""
    words: str
    why: str = ""
    strength: str = ""
    from_: str = Field(default="", alias="from")
    """the pack whose rule it is; “school”: the school's own, or what it has decided; empty: what holds
    whatever rules say"""
    values: tuple[ValueRead, ...] = ()


class SchoolRef(Record):
    id: str
    name: str
    phase: str
    roll: int
    year_groups: tuple[str, ...]


class ProgrammeRef(Record):
    id: str
    title: str
    note: str


class PackUsed(Record):
    """A pack of rules and knowledge that the plan was made with, those of lower layers first."""

    id: str
    title: str
    version: str
    fingerprint: str
    """SHA-256 over its files"""


class OwnLineRef(Record):
    """What a pack, the trust or the school has replaced or retired of a pack below it."""

    kind: str
    id: str
    title: str
    how: Literal["replaced", "retired"]
    pack: str
    layer: Literal["shipped", "trust", "school"]
    words: str
    """such as: the trust's own line: 12 instead of 15"""
    because: str


class InputFile(Record):
    file: str
    sha256: str
    rows: int
    """rows in a data file; 0 for the others"""
    refused: int = 0
    """rows that could not be read"""
    set_aside: int = 0
    """single cells that could not be read"""


class Needed(Record):
    """So much more of something than a school has written down, or than the rules of planning leave room for."""

    kind: Literal["days", "pounds", "change", "leads"]
    amount: float
    """days to state, pounds to write on a line, points of change, new steps to lead"""
    people: tuple[str, ...] = ()
    """ids of the people who have to state more, or to lead more"""
    slot: str = ""
    """the id of the half-term; empty: money"""
    line: str = ""
    """the id of the budget line; empty where none may pay"""
    year: str = ""


class WayOut(Record):
    """A change that would make all that must be done fit; each was tried."""

    words: str
    more: tuple[Needed, ...] = ()
    """what has to be given more"""
    starts: tuple[tuple[str, str], ...] = ()
    """interventions that start outside of what was set, and the ids of the half-terms they start in"""
    lighter: tuple[str, ...] = ()
    """interventions done in their light form"""
    waived: tuple[str, ...] = ()
    """interventions not done"""
    price: int
    """by the prices of knowledge/base/planning.yaml: the less, the better"""
    value: int
    """points of the plan that is then possible"""


class SeasonRef(Record):
    """When in the year a step does most good."""

    best: tuple[str, ...]
    """titles of the parts of the year"""
    because: str
    met: bool
    """the step begins in one of them"""


FigureUnit = Literal["percent", "points", "count", "number", "pounds", "grade"]
"""points: percentage points between two shares; a grade is given by its title."""


class FigureNow(Record):
    """How a figure stands, and where that is written."""

    value: float | str
    unit: FigureUnit
    point: str | None
    """of when: a data point, a school year, the day of the judgement; null where the file doesn't say"""
    cells: tuple[CellRef, ...]
    """at most five, none of fewer pupils than may be told; see `cells_in_all`"""
    cells_in_all: int = 0


class GoalFigure(Record):
    """What a figure is to become."""

    value: float | str
    """in the unit of the figure now"""
    by: Day | None
    rule: str
    """of knowledge/base/goals.yaml; “agreed”: what the school and its adviser agreed"""
    words: str
    """the rule in words, with the figure it goes by"""
    proposed: bool
    """false: agreed"""
    kept: bool = False
    """the figure is there already, and the goal is that it becomes no worse"""


class NationalFigure(Record):
    value: float
    of: Day
    source: str
    address: Address | None = None


class TermFigure(Record):
    """How far an outcome should have come in a term."""

    term: str
    title: str
    due: Day
    value: float


class CohortFigure(Record):
    """How those stand whom an outcome is for next."""

    title: str
    """the figure, as it is read in a sentence"""
    about: str
    now: FigureNow


class PlanOutcome(Record):
    """A figure the plan as a whole is to move."""

    title: str
    indicator: str
    about: str
    """the group, class or subject it is of; empty: the school"""
    priority: str | None = None
    """the agreed priority that names it"""
    now: FigureNow
    national: NationalFigure | None
    """null where none is known"""
    goal: GoalFigure | None
    milestones: tuple[TermFigure, ...]
    """one for each term that is left of the first school year"""
    seen_by: str
    """what shows in each term how far it has come"""
    cohort: tuple[CohortFigure, ...] = ()
    """where the figure now is of pupils who have moved on: how those stand who come next"""


class PriorityScope(Record):
    """What an agreed priority is about; all empty: its strand."""

    subjects: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    year_groups: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


class PriorityOutcome(Record):
    """The figure an agreed priority is to move."""

    indicator: str
    title: str
    """the indicator as it is read in a sentence"""
    from_: float | None = Field(alias="from")
    to: float | None
    by: Day | None


class Uncovered(Record):
    """Why no step of substance starts in time for an agreed priority."""

    kind: Literal["nothing-advised", "too-early", "no-room", "outranked"]
    """nothing-advised: no rule asks for it; too-early: nothing can show by its day; no-room: what has to be
    done leaves none; outranked: a priority ranked before it takes the room"""
    words: tuple[str, ...]
    ways_out: tuple[WayOut, ...] = ()
    """the cheapest first; each was tried"""


class Priority(Record):
    id: str
    strand: str
    strand_title: str
    title: str
    rank: int
    judgement: str | None
    """agreed now; null when it was not judged"""
    target: str | None
    by: Day | None
    lead: str | None
    agreed: bool
    """false: proposed by rules, not yet agreed"""
    reached: bool = False
    """the judgement now is at the target or above it already"""
    why: str
    evidence: tuple[str, ...]
    scope: PriorityScope = PriorityScope()
    outcome: PriorityOutcome | None = None
    covered_by: tuple[str, ...] = ()
    """steps of substance for it that start in time, by id"""
    uncovered: Uncovered | None = None
    """why no step of substance starts in time; null where one does"""


class SlotRef(Record):
    id: str
    title: str
    starts: Day
    ends: Day
    days: int
    """days pupils are in school"""


class TermRef(Record):
    id: str
    title: str
    starts: Day
    ends: Day
    slots: tuple[SlotRef, ...]


class Target(Record):
    kind: str
    ids: tuple[str, ...]
    words: str


class EventRef(Record):
    """A dated event of the calendar, to be drawn."""

    title: str
    starts: Day
    ends: Day
    no_release: tuple[str, ...]
    """titles of roles that give the plan less time for it; “(1 of 2)” where not all do"""


class VacantPost(Record):
    """A post that nobody holds for a time of the plan."""

    post: str
    """the person's id in staff.yaml"""
    roles: tuple[str, ...]
    """titles"""
    classes: tuple[str, ...]
    starts: Day | None
    """null: since before the plan"""
    ends: Day | None
    """null: nobody is appointed yet"""
    stand_in: tuple[str, ...] = ()
    """titles of the roles that do its work then"""


class HangsOn(Record):
    """A step that a little other input would put out of the plan, and what that is."""

    step: str
    kind: Literal["judgement", "share", "near-equal"]
    """share: every reason rests on a share near its line; near-equal: something else is worth nearly as much"""
    words: str
    other: str | None = None
    """the intervention that could stand in its place"""


class HeldBack(Record):
    """Something new that waits because enough is new already."""

    step: str | None
    """null when it is not in the plan at all"""
    title: str
    slot: str
    """where it would have started"""
    beaten_by: tuple[str, ...]
    """titles of what starts there instead"""


class PhaseRef(Record):
    phase: Literal["prepare", "deliver", "sustain"]
    starts: str
    """slot id"""
    ends: str
    does: str


class Effort(Record):
    role: str
    title: str
    slot: str
    days: float


class Cost(Record):
    line: str
    year: str
    pounds: int
    running: int = 0
    """of it, what keeps going costs; the rest is invested"""


class Lead(Record):
    role: str
    title: str
    people: tuple[str, ...]
    acting_for: str | None = None
    """the title of the role whose post is vacant when the step begins"""
    in_place_of: str | None = None
    """the title of the role that would lead it, where the head leads as much as rules allow"""


class MonitoredBy(Record):
    role: str
    title: str
    how: str
    evidence: str
    independent: bool
    """false where nobody but the lead could do it"""


class DatedMilestone(Record):
    what: str
    due: Day


class SuccessMeasure(Record):
    """Something a school can count; where its own data have the figure, as it stands and is to become."""

    measure: str
    baseline: str
    """how it is counted before, where there is no figure"""
    target: str
    """what it is to become, where there is no goal"""
    indicator: str | None = None
    about: str = ""
    """the class, year group, group or subject the figure is of; empty: the school, or the step's strand"""
    now: FigureNow | None = None
    """null: not known"""
    goal: GoalFigure | None = None
    """null: not known, or nothing says how far it is to go"""


class Occurrence(Record):
    """One time of something that comes back."""

    slot: str
    date: Day
    fixed: bool
    """true: the school has set the date; false: a proposal"""
    follow_ups: tuple[DatedMilestone, ...]


class CalendarEntry(Record):
    """A line of the plan's calendar: what takes place on a day, or is to be done by it."""

    date: Day
    what: str
    people: tuple[str, ...]
    """titles of the roles that take part, or of the one that answers for it"""
    step: str | None
    """step id; null: a meeting on the staff list that is part of no step"""
    duty: bool
    """the step is a duty"""
    slot: str
    """slot id"""
    fixed: bool = False
    """true: the school has set the day; false: a proposal"""
    by: bool = False
    """true: to be done by this day; false: it takes place on it"""
    notes: tuple[str, ...] = ()
    """what else of the same people is on the day, in sentences"""
    teams: tuple[str, ...] = ()
    """ids of the teams that meet; empty: it is no meeting of teams"""


class Stopped(Record):
    """An initiative that runs already, and what becomes of it."""

    initiative: str
    """its id in school.yaml"""
    title: str
    decision: Literal["stop", "join", "keep"]
    into: str | None = None
    """the title of the initiative it joins"""
    hours: float
    """hours a week that it takes, of all who take part together"""
    freed: float
    """of them, those it gives back"""
    because: tuple[Because, ...]
    """the rules that speak for it; none where it is kept since no rule speaks of it"""
    words: str
    """why, in sentences"""


class FreedTime(Record):
    """Time for the plan that comes of what stops."""

    people: tuple[str, ...]
    """who has it, by their ids in staff.yaml"""
    slot: str
    days: float
    """of all of them together; their capacity holds it already"""


class EvidenceNote(Record):
    """The research evidence for an approach, on average; never a forecast for this school."""

    strand: str | None
    months: int | None
    """months of progress; null: no estimate, which is not 0"""
    security: int | None
    """0 to 5"""
    cost_band: int | None
    """1 to 5"""
    note: str
    address: Address | None
    read_on: Day | None


class Overridden(Record):
    """A school's decision about advice, and whether the rules still give that advice."""

    intervention: str
    title: str
    decision: Literal["accept", "adapt", "refuse"]
    reason: str
    role: str
    """who decided, by the title of the role"""
    on: Day
    note: str | None
    target: str
    changes: tuple[str, ...]
    """how it is to be done otherwise, in words"""
    asked: bool
    """whether a rule asks for it now, for any of those it is about"""
    rules: tuple[str, ...]
    """the rules that do"""
    words: str
    """all of it in sentences"""


class HelpLine(Record):
    """Help from outside for a step."""

    title: str
    what: str
    ask: str
    """whom to ask"""
    costs: str
    checked: Day
    """when it was last looked up"""


class Step(Record):
    """One intervention in the plan: when, by whom, at what cost, and why."""

    id: str
    intervention: str
    title: str
    strand: str
    what: str
    target: Target
    starts: str
    """slot id"""
    ends: str
    ready: str
    """the slot after which what needs it may start"""
    term: str
    phases: tuple[PhaseRef, ...]
    occurrences: tuple[Occurrence, ...]
    lead: Lead
    effort: tuple[Effort, ...]
    cost: tuple[Cost, ...]
    needs: tuple[str, ...]
    priorities: tuple[str, ...]
    serves: tuple[str, ...] = ()
    """the ids of the agreed priorities it serves: asked for within their scope, or made for their outcome"""
    season: SeasonRef | None = None
    """null where any time of the year does"""
    urgent: tuple[str, ...] = ()
    """the rules that say it can't wait"""
    must: bool
    form: Literal["full", "light"] = "full"
    form_note: str = ""
    """what the light form gives up"""
    value: int = 0
    """points it brings where it is"""
    earliest: str = ""
    """the slot its prerequisites alone would allow"""
    latest: str = ""
    """the last slot that leaves all that needs it where it is"""
    slack: int = 0
    """half-terms it can slip if all that waits for it moves too, room apart"""
    free: int = 0
    """half-terms it can slip without moving another, room apart"""
    held_by: str = ""
    """what keeps it from slipping, in words"""
    critical: bool = False
    """on the chain that can't slip at all"""
    firm: bool | None = None
    """it would still be advised if any one judgement were a grade higher or lower; null: nothing
    was judged, so that there is nothing to doubt"""
    depends_on: tuple[str, ...] = ()
    """the judgements it hangs on, and what would take it away, in words"""
    score: int
    """points of the ranking; see knowledge/base/planning.yaml"""
    because: tuple[Because, ...]
    against: tuple[Because, ...]
    enables: tuple[str, ...]
    """what is only possible through it; step ids"""
    why_here: tuple[str, ...]
    active_ingredients: tuple[str, ...]
    milestones: tuple[DatedMilestone, ...]
    monitoring: MonitoredBy
    success: tuple[SuccessMeasure, ...]
    stop_if: tuple[str, ...]
    evidence: EvidenceNote
    decided: str = ""
    """what the school decided about it, in sentences"""
    outside_help: tuple[HelpLine, ...] = ()
    """who helps from outside, and what that costs"""
    tier: str = ""
    """what it is for, as the pupil premium sorts it"""

    @property
    def begins(self) -> str:
        """Give the slot it begins in: of what comes once or a few times, that of the first time."""
        first = min(self.occurrences, key=lambda time: time.date, default=None)
        return first.slot if first else self.starts

    @property
    def finishes(self) -> str:
        """Give the slot of its end, or of its last time."""
        last = max(self.occurrences, key=lambda time: time.date, default=None)
        return last.slot if last else self.ends


FOR_SOME = ("waits", "too-late", "not-asked")
"""Kinds of what is left out that speak of some classes or teachers only: others may have it in the plan."""


class LeftOut(Record):
    intervention: str
    title: str
    strand: str
    target: str
    kind: Literal[
        "unsuitable",
        "shaped",
        "waits",
        "not-asked",
        "replaced",
        "outweighed",
        "impossible",
        "alternative",
        "no-room",
        "too-late",
        "pinned",
        "date-missing",
        "in-place",
        "undone",
        "refused",
    ]
    reason: str
    because: tuple[Because, ...]
    decided: str = ""
    """what else the school decided about it, in sentences"""


class Load(Record):
    """The use of people's planned time in one slot, in days."""

    role: str
    """a role, or the people who hold several roles, joined by +"""
    title: str
    kind: Literal["role", "people"]
    slot: str
    used: float
    """planned; in a plan that goes on from another, of what is carried out those used or still needed"""
    capacity: float
    """what the plan may use"""
    stated: float
    """what people said they can give"""


class BudgetUse(Record):
    line: str
    title: str
    year: str
    planned: int
    available: int
    rule: str = ""
    """its rule of use, in words"""
    kept_back: int = 0
    """pounds of the line that may not be committed"""
    kept_because: str = ""
    """the rule that keeps them back, in words"""
    gone: int = 0
    """pounds of the line that were spent on what is no longer planned, or beyond what was"""
    left_because: str = ""
    """why the rest stays unspent; empty when nothing does"""
    tiers: tuple[str, ...] = ()
    """what alone it may pay for, as the pupil premium sorts it; empty: it is no such money"""


class Purchase(Record):
    """Time bought for people in one half-term, and what it makes room for."""

    what: str
    of: str
    """the same without the days: what it is, and for whom"""
    sold: str
    """its id in knowledge/base/costs.yaml"""
    people: tuple[str, ...]
    """ids in staff.yaml"""
    amount: float
    """days"""
    pounds: int
    line: str
    year: str
    slot: str
    for_: tuple[str, ...] = Field(alias="for")
    """ids of steps that would be out, later or in another form without what is bought"""


class ProofLevel(Record):
    name: str
    status: str
    value: int
    bound: int


class Proof(Record):
    """The quality of the plan: its value in points, its bound, and how it was proved."""

    status: Literal["optimal", "within-gap", "infeasible"]
    objective: int
    """the most value found, in points"""
    value: int
    """the plan's own value: the rest was given up for a smoother load"""
    bound: int
    """no plan can be worth more than this"""
    gap: float
    """the share of the bound that may be missing, 0 when optimal"""
    levels: tuple[ProofLevel, ...]
    candidates: int
    solver: str
    rule_engine: str


class Unknown(Record):
    """A rule that could not be decided."""

    rule: str
    title: str
    entity: str
    count: int
    """pupils it is true of, where they are not listed one by one"""
    missing: tuple[str, ...]


class FindingRef(Record):
    rule: str
    title: str
    need: str
    entity: str
    strand: str
    words: str


class Shaped(Record):
    rule: str
    title: str
    words: str
    does: tuple[str, ...]


class ScreeningCount(Record):
    state: str
    title: str
    pupils: int
    """pupils in this state in at least one subject, the gravest counted"""


class Picture(Record):
    """The prerequisites to draw: edges between steps, those that follow from longer ways left out."""

    edges: tuple[tuple[str, str], ...]
    helped: tuple[tuple[str, str], ...]
    longest_chain: tuple[str, ...]


class Plan(Record):
    """A draft for the judgement of the adviser and the headteacher."""

    termwise: str
    notice: str
    school: SchoolRef
    programme: ProgrammeRef
    packs: tuple[PackUsed, ...] = ()
    own_lines: tuple[OwnLineRef, ...] = ()
    starts: Day
    ends: Day
    inputs: tuple[InputFile, ...]
    priorities: tuple[Priority, ...]
    outcomes: tuple[PlanOutcome, ...] = ()
    """what it is to move, where a figure is known"""
    findings: tuple[FindingRef, ...]
    shaped: tuple[Shaped, ...]
    screening: tuple[ScreeningCount, ...]
    in_place: tuple[str, ...]
    terms: tuple[TermRef, ...]
    steps: tuple[Step, ...]
    left_out: tuple[LeftOut, ...]
    overrides: tuple[Overridden, ...] = ()
    """what the school decided about advice, as it wrote it down"""
    stopped: tuple[Stopped, ...] = ()
    """the school's own list of initiatives, with what becomes of each: first what stops"""
    freed: tuple[FreedTime, ...] = ()
    """the part of what stops that has become time for the plan"""
    load: tuple[Load, ...]
    budget: tuple[BudgetUse, ...]
    purchases: tuple[Purchase, ...] = ()
    """the time that is bought, in order of half-term"""
    events: tuple[EventRef, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()
    """what takes place on which day and what is to be done by a day, in order of date"""
    vacant: tuple[VacantPost, ...] = ()
    hangs_on: tuple[HangsOn, ...] = ()
    """the steps that hang on a hair, in the order of the plan"""
    held_back: tuple[HeldBack, ...] = ()
    picture: Picture
    proof: Proof
    conflict: tuple[str, ...]
    """why what must be done can't all be done; empty when it can"""
    ways_out: tuple[WayOut, ...] = ()
    unknown: tuple[Unknown, ...]


def plan_hash(plan: Plan) -> str:
    """Give the SHA-256 of a plan's JSON: by it a file that comes back shows what it was made from."""
    return hashlib.sha256(plan.model_dump_json(by_alias=True).encode()).hexdigest()
