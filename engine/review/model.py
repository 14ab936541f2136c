"""The records of a plan in use: the plan as it was issued, and what is otherwise in another."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..core import Day, Note, Record, Slug
from ..library import StatusMeaning
from ..planning import FigureNow, FigureUnit, Plan, SchoolRef

# --- a plan as it was issued


class AgreedBy(Record):
    """Who agreed a plan: a role, never a name."""

    role: Slug
    title: str


class Pack(Record):
    """A pack of rules and knowledge that a plan was made with."""

    name: str
    files: int
    sha256: str
    """over the digests of all its files"""


class IssuedPlan(Record):
    """A plan as it was agreed: what the school works by until another is issued."""

    issued: Day
    since: Day | None
    """the day the plan before it was issued; null: it is the first"""
    agreed_by: tuple[AgreedBy, ...]
    note: Note | None
    packs: tuple[Pack, ...]
    effort: dict[Slug, float] = Field(default_factory=dict)
    """the school's own factors for days that it was planned with, by strand"""
    accepted: tuple[ProgressEntry, ...] = ()
    """what a review proposed to end and was accepted, since the first plan that begins on the same day"""
    plan: Plan
    """with the digests of the school's files (`inputs`)"""


# --- how it is carried out


class ProgressEntry(Record):
    """A row of progress.csv: how a step stood on a day."""

    date: Day
    step: str
    by: Slug
    """the role that says so"""
    status: Slug
    """of knowledge/base/progress.yaml"""
    rag: Slug | None = None
    """the rating of who leads it, of the same file"""
    note: str | None = None
    """what was done"""
    evidence: str | None = None
    days: float | None = None
    """used so far, of all people together"""
    pounds: int | None = None
    """used so far"""
    days_left: float | None = None
    """still needed"""
    met: tuple[int, ...] = ()
    """milestones that are met by now, by their number in the step"""
    seen: tuple[int, ...] | None = None
    """active ingredients that were seen, by their number in the step; null: nobody looked"""
    signs: tuple[int, ...] | None = None
    """signs to stop that were seen, by their number; null: nobody looked"""
    reached: tuple[int, ...] | None = None
    """success measures that are reached, by their number; null: nobody looked"""
    next: Day | None = None
    """when it is looked at again"""
    begun: Day | None = None
    """the day the plan began that it was written down of: a step of that name in a later year's plan is another;
    null: of whatever plan it is held against"""


class MilestoneProgress(Record):
    """A milestone, and whether it is met."""

    number: int
    what: str
    due: Day
    met: Day | None
    """the day on which it was said; null: not yet"""


class StepProgress(Record):
    """How a step of the plan in force stands on a day."""

    step: str
    title: str
    lead: str
    """title of the role"""
    priorities: tuple[str, ...]
    starts: Day
    starts_by: Day
    """the last day of the half-term it begins in; of what takes place on days, the first of them"""
    ends: Day
    means: StatusMeaning | None
    """null: nothing is written down of it"""
    status: str
    """in words"""
    rag: str | None
    """in words"""
    said: Day | None
    by: str | None
    """title of the role"""
    note: str | None
    evidence: str | None
    days_planned: float
    days_used: float | None
    """null: not written down"""
    days_left: float | None
    pounds_planned: int
    pounds_used: int | None
    milestones: tuple[MilestoneProgress, ...]
    next: Day | None


class DueItem(Record):
    """Something that falls due, or has."""

    date: Day
    kind: Literal["start", "milestone", "end", "next"]
    what: str
    step: str
    title: str
    lead: str


class ProgressGroup(Record):
    """How the steps of a lead, or for a priority, stand together."""

    name: str
    title: str
    steps: int
    done: int
    running: int
    not_begun: int
    """begun by nobody yet, put off, or nothing is written down"""
    stopped: int
    overdue: int
    """things that are"""
    days_planned: float
    days_used: float
    pounds_planned: int
    pounds_used: int


class ProgressReport(Record):
    """Where everything in a plan stands on a day."""

    school: SchoolRef
    issued: Day
    on: Day
    notice: str
    overdue: tuple[DueItem, ...]
    """the longest first"""
    due: tuple[DueItem, ...]
    """soon, the first first"""
    due_days: int
    steps: tuple[StepProgress, ...]
    by_lead: tuple[ProgressGroup, ...]
    """first of whom most is overdue"""
    by_priority: tuple[ProgressGroup, ...]
    """one step may be for several"""
    total: ProgressGroup


# --- a review


class Ingredient(Record):
    """An active ingredient of a step, or a sign to stop, and whether it was seen."""

    number: int
    what: str
    seen: bool | None
    """null: nobody looked"""


class Fidelity(Record):
    """Whether a step is carried out as it was described."""

    share: float | None
    """percent of its active ingredients that were seen; null: nobody looked"""
    on: Day | None
    """when somebody last looked"""
    by: str | None
    """title of the role"""
    ingredients: tuple[Ingredient, ...]
    signs: tuple[Ingredient, ...]
    """signs to stop"""


class Planned(Record):
    """What was planned of a step."""

    starts: Day
    ends: Day
    days: float
    pounds: int


class Used(Record):
    """What came of it; null where nothing is written down."""

    began: Day | None
    days: float | None
    left: float | None
    pounds: int | None


class FigureMoved(Record):
    """A figure as it stood in the plan in force and as it stands now."""

    title: str
    about: str
    was: float | str | None
    was_of: str | None
    """the point or day it was of"""
    now: float | str | None
    now_of: str | None
    unit: FigureUnit
    goal: float | str | None
    by: Day | None
    national: float | None = None
    national_of: Day | None = None
    reached: bool | None
    """null: it isn't known"""
    anew: bool
    """it was counted or agreed anew since"""


class GroupMoved(Record):
    """How the same pupils moved from one point to another, in bands or in points of a test."""

    who: str
    measure: Literal["judgement", "score"]
    pupils: int
    """known at both points"""
    judgements: int
    """pupils, once for each subject"""
    joined: int
    """judged at the last point only"""
    left: int
    """judged at the first only"""
    change: float
    """mean"""
    error: float
    """the mean may lie so far from `by_itself` by the error of the measure alone"""
    by_itself: float
    """the mean change that is expected of pupils who were chosen for standing low"""
    moved: Literal["gained", "within-error", "fell"]


class StepPupils(Record):
    """How the pupils a step is for moved, with those beside whom that is to be read."""

    since: str
    """title of the point"""
    to: str
    chosen: bool
    """they were chosen for being at risk"""
    own: GroupMoved
    others: GroupMoved | None
    """comparable pupils who were not chosen; null: too few"""
    year: GroupMoved | None
    """all of their year groups; null: that is they themselves, or too few"""
    beside: Literal["more", "alike", "less"] | None


class ReviewReason(Record):
    """What a rule says to the proposal for a step."""

    rule: str
    title: str
    speaks: Literal["for", "against"]
    words: str
    why: str


class ProposalRef(Record):
    """What is proposed for a step."""

    id: Slug
    title: str
    means: str
    decides: bool
    """it is for the meeting to decide: something would be otherwise"""


class StepReview(Record):
    """A step of the plan in force as it is reviewed."""

    step: str
    title: str
    lead: str
    priorities: tuple[str, ...]
    status: str
    """in words"""
    means: StatusMeaning | None
    rag: str | None
    note: str | None
    fidelity: Fidelity
    planned: Planned
    used: Used
    milestones: tuple[MilestoneProgress, ...]
    moved: tuple[FigureMoved, ...]
    """its success measures"""
    pupils: StepPupils | None
    """null: it is not about pupils' progress, or too few are known at two points"""
    proposal: ProposalRef | None
    """null: it is done or stopped"""
    because: tuple[ReviewReason, ...]
    frees_days: float | None = None
    """what is still planned of it, where it is proposed to end"""
    frees_pounds: int | None = None
    """null: it isn't written down what was used"""


class PriorityReview(Record):
    """An agreed priority: its judgement then and now, and its steps."""

    priority: str
    title: str
    was: str | None
    now: str | None
    target: str | None
    by: Day | None
    steps: tuple[str, ...]


class ReviewQuestion(Record):
    """A question for the meeting, and the steps it is about."""

    ask: str
    steps: tuple[str, ...]
    """titles"""


class SubjectMoved(Record):
    """How the pupils of a school moved in a subject."""

    subject: str
    title: str
    since: str
    to: str
    then: dict[str, int]
    """pupils by state, at the first point"""
    now: dict[str, int]
    moved: GroupMoved | None


class SkillRef(Record):
    """A skill by its code."""

    skill: str
    title: str


class PupilMoved(Record):
    """A pupil in a subject who is, or was, at risk, or moved further than error explains."""

    ref: str
    year: str
    class_id: str | None = Field(alias="class")
    subject: str
    then: str | None
    """state; null: not judged then"""
    now: str | None
    moved: Literal["gained", "within-error", "fell"] | None
    """null: not judged at both points"""
    secured: tuple[SkillRef, ...] = ()
    """what was on their sequence and is secure now"""
    going_on: tuple[SkillRef, ...] = ()
    """what was on it and is still to be taught"""
    changed: tuple[SkillRef, ...] = ()
    """what has come in"""


class EffortLearned(Record):
    """How many days a kind of work was planned with, and needed."""

    strand: Slug
    title: str
    steps: int
    """finished, of which the days are known"""
    planned: float
    """before any factor"""
    used: float
    factor: float
    """by which the next plan could multiply its days: shrunk towards one"""


class TermInTime(Record):
    """How many of the steps that were to be over in a term were done by then."""

    title: str
    planned: int
    done: int


class PlanReview(Record):
    """The review of a plan in force on a day: what was done, what moved, what is proposed."""

    school: SchoolRef
    issued: Day
    """the plan's day"""
    on: Day
    since: Day | None
    """the review before; null: it is the first of this plan"""
    notice: str
    of_others: str
    """why comparable pupils are looked at"""
    says: tuple[str, ...]
    """what it can't say, and why"""
    priorities: tuple[PriorityReview, ...]
    steps: tuple[StepReview, ...]
    """those that are over, run, or were to begin"""
    to_come: tuple[str, ...]
    """titles of the others"""
    outcomes: tuple[FigureMoved, ...]
    """what the plan as a whole is to move"""
    subjects: tuple[SubjectMoved, ...]
    """since the review before, or else since the plan began"""
    over_the_year: tuple[SubjectMoved, ...] = ()
    """since the plan began, where there was a review in between"""
    pupils: tuple[PupilMoved, ...]
    questions: tuple[ReviewQuestion, ...]
    frees_days: float
    frees_pounds: int
    learned: tuple[EffortLearned, ...] = ()
    """kinds of work of which enough steps are finished"""
    in_time: tuple[TermInTime, ...] = ()
    """by term that is over"""
    left: int | None
    """pupils who have left since the review before; null: it is the first"""
    known: tuple[str, ...] = ()
    """pseudonyms of all pupils there are data on, so that the next review can tell who left"""


# --- a partnership over its years


class Stage(Record):
    """How something stood on a day."""

    on: Day
    of: str | None
    """the point it is of"""
    value: float | str


class Trajectory(Record):
    """How a strand was judged, or a figure stood, from the first plan to now; what stayed the same is left out."""

    title: str
    about: str
    unit: FigureUnit
    stages: tuple[Stage, ...]
    national: float | None


class InspectionThen(Record):
    """A grade that an inspection gave, on the scale of its time."""

    on: Day
    area: str
    grade: str
    scale: str


class YearDone(Record):
    """What was done from the beginning of a plan on, with all that took its place."""

    starts: Day
    ends: Day
    steps: int
    done: int
    stopped: int
    days: float
    pounds: int


class Partnership(Record):
    """What a school's plans came to over the years."""

    school: SchoolRef
    since: Day
    """the day of its first plan"""
    on: Day
    notice: str
    strands: tuple[Trajectory, ...]
    outcomes: tuple[Trajectory, ...]
    inspections: tuple[InspectionThen, ...]
    years: tuple[YearDone, ...]


# --- what is otherwise in another plan


class PlanRef(Record):
    """Which plan is meant."""

    issued: Day | None
    """null: it was never issued"""
    starts: Day
    ends: Day
    steps: int


class StepPlace(Record):
    """Where and how a step stands in a plan."""

    slot: str
    """id of the half-term it starts in"""
    title: str
    ends: str
    """title of the half-term it ends in"""
    lead: str
    """title of the role"""
    form: Literal["full", "light"]
    target: str
    days: float
    """all it takes"""
    pounds: int


class StepChange(Record):
    """A step in one plan and in the other; null where it is not in it."""

    step: str
    title: str
    from_: StepPlace | None = Field(alias="from")
    to: StepPlace | None
    otherwise: tuple[str, ...] = ()
    """what differs beside its start, in words: its end, form, lead, whom it is for, days, pounds"""
    because: tuple[str, ...] = ()
    """why it moved, came in or went, in sentences"""
    price: float | None = None
    """percent of its worth that the plan would lose if this were refused; null: nobody asked, or it can't be"""
    by_rules: bool = False
    """it would be so without new results and what was written down; asked only where rules or knowledge were changed
    after the plan in force was issued, and a plan is planned again"""
    fits: bool | None = None
    """whether all that must be done would fit then; null: nobody asked, or it can't be refused"""


class LineChange(Record):
    """What is planned of a line of the budget, in pounds."""

    line: str
    title: str
    year: str
    was: int
    now: int


class PurchaseChange(Record):
    """What is paid for time that is bought for the same people in the same half-term from the same line."""

    what: str
    """with its days and the people it is for; as it is now, or was"""
    slot: str
    title: str
    """of the half-term"""
    line: str
    """title"""
    year: str
    was: int
    now: int
    for_: tuple[str, ...] = Field(alias="for")
    """titles of the steps it makes, or made, room for"""


class TimeChange(Record):
    """The days of a role that were used or are planned."""

    role: str
    title: str
    was: float
    now: float


class PriorityChange(Record):
    """A priority in one plan and in the other."""

    priority: str
    title: str
    kind: Literal["kept", "changed", "new", "gone"]
    words: tuple[str, ...] = ()
    """what differs, in words: rank, judgement, target, day, lead, and the steps of substance for it"""


class FigureChange(Record):
    """A figure the plans are to move, as it stood and as it stands."""

    title: str
    indicator: str
    about: str
    was: FigureNow | None
    now: FigureNow | None


class PlanChanges(Record):
    """What is otherwise in a plan than in the one before it."""

    school: SchoolRef
    since: PlanRef
    """the plan before"""
    now: PlanRef
    kept: tuple[StepChange, ...]
    """starts where it did; `otherwise` says what else differs"""
    moved: tuple[StepChange, ...]
    new: tuple[StepChange, ...]
    dropped: tuple[StepChange, ...]
    money: tuple[LineChange, ...]
    """lines of which another sum is planned"""
    bought: tuple[PurchaseChange, ...] = ()
    """time for which another sum is paid"""
    time: tuple[TimeChange, ...]
    """roles of which other time is planned"""
    priorities: tuple[PriorityChange, ...]
    figures: tuple[FigureChange, ...]
    """those that stand otherwise"""
    files: tuple[str, ...]
    """the school's files that were changed, came or went"""
    packs: tuple[str, ...] | None
    """the packs of which the files differ; null: one of the plans was never issued, so that it isn't known"""


# --- a plan in force, planned again


class CameOf(Record):
    """What came of a step of the plan in force that is over, or runs."""

    step: str
    title: str
    state: Literal["done", "runs", "stopped"]
    said: Day | None
    """the day it was written down; null: nothing was, and it is taken to go as planned"""
    words: str
    """in a sentence, with what it took"""


class AcceptedProposal(Record):
    """What was accepted of a review, and has still to be settled by the school."""

    step: str
    title: str
    proposal: str
    """in words"""
    ask: str


class Replanned(Plan):
    """A plan that goes on from the plan in force: the past as it was, and as little moved as can be."""

    since: Day
    """the day the plan in force was issued"""
    on: Day
    """the day it was planned again"""
    stability: float
    """percent of the plan's worth that may be given up so that less moves"""
    past: tuple[CameOf, ...]
    changes: PlanChanges
    packs_changed: tuple[str, ...] = ()
    """the packs of rules and knowledge that were changed since the plan in force was issued"""
    accepted: Day | None = None
    """the day of the review whose proposals were accepted; null: none was"""
    to_settle: tuple[AcceptedProposal, ...] = ()
    """what of them the plan can't tell by itself"""
