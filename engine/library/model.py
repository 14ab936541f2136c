"""What the knowledge base holds: indicators, scales, needs, roles, calendars, interventions,
programmes."""

from __future__ import annotations

import datetime
import math
from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..core import Address, Day, Days, Name, NotTruth, Pounds, Record, Slug, Text, YearGroup
from .review import Reading, Reviewable
from .rule import Condition, EntityKind

IndicatorType = Literal[
    "number", "count", "percent", "pounds", "yes-no", "category", "set", "grade"
]


class AggregateSpec(Record):
    """A value computed over the entities that belong to this one."""

    kind: Literal["count", "share", "gap", "change", "minimum", "maximum"]
    """gap: the share among the rest of the subject less the share in this group; change: the share
    now less the share before, in percentage points"""
    of: EntityKind
    where: Condition | None = None
    """which of them count"""
    before: Condition | None = None
    """for a change: which of them counted before"""
    indicator: Name | None = None
    """what minimum and maximum are taken of"""
    least: int = Field(default=1, ge=1)
    """with fewer known, the value is unknown"""


class OverYears(Record):
    """What the years of a published figure show together."""

    of: Name
    give: Literal["falls", "below_best"]
    """falls: how many times in a row it fell, up to the latest year; below_best: how far the latest is below the
    best year before it"""


class Indicator(Record):
    """A declared fact a rule may name. Nothing undeclared can be read."""

    id: Name
    about: EntityKind
    title: Text
    """as it is read in a sentence"""
    type: IndicatorType
    from_: Literal[
        "school",
        "published",
        "initiatives",
        "cqa",
        "staff",
        "pupils",
        "progress",
        "computed",
        "aggregate",
    ] = Field(alias="from")
    """where it comes from; “school”: the context part of school.yaml, or a table published about
    schools; “published”: such a table only; “initiatives”: the list of them in school.yaml; “progress”: a plan in use,
    and what was written down of it"""
    values: tuple[str, ...] = ()
    """what a category can be"""
    vocabulary: Literal["interventions", "concerns", "strengths", "screening-reasons"] | None = None
    subject: Slug | None = None
    """the subject a figure of the whole school is about"""
    scale: Literal["judgement", "teaching", "attainment"] | None = None
    """for a grade: on which of the school's scales it stands"""
    range: tuple[float, float] | None = None
    near_nought: bool = False
    """a percentage that is often between 0 and 1, so that 0.2 is taken as written"""
    step: float = Field(default=1, gt=0)
    """the smallest difference that matters: so far are figures moved when rules are put to the
    test"""
    help: Text | None = None
    """how a school finds the value"""
    area: Slug | None = None
    """what it is shown with, such as “finance”"""
    better: Literal["higher", "lower"] | None = None
    """which way is better, where it is so plain that a goal can be set"""
    settled: bool = False
    """it can't be made otherwise by what a school does: a pupil's year group, last year's result"""
    derived: bool = False
    """it is worked out by a function of its name, in engine/school/derived.py"""
    written_as: tuple[Name, ...] = ()
    """the keys under which it stands in a record of the school's folder, where they are not its id; of
    one that is derived, those it is worked out of"""
    aggregate: AggregateSpec | None = None
    minus: tuple[Name, Name] | None = None
    """of a published figure: the first of two less the second, where both are of one school year"""
    over_years: OverYears | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys under which it stands in a record of the school's folder."""
        return self.written_as or (self.id,)


class DatedFigure(Record):
    """A figure as it holds from a day on, with where it is written."""

    value: Annotated[float, NotTruth]
    source: Slug
    note: Text | None = None


class RelativeLine(Record):
    """A line that lies so far from another figure, and moves with it."""

    to: Name
    """a threshold with values of its own"""
    by: Annotated[float, NotTruth]


class Threshold(Record):
    """A figure that is official or used more than once, as a series: the newest counts, older ones stay."""

    id: Name
    title: Text
    unit: Literal["percent", "count", "bands", "pounds", "years", "points", "share"]
    standing: Literal["official", "published", "judgement"] = "judgement"
    """judgement: this project's own proposal, to be changed by the adviser"""
    values: dict[Day, DatedFigure] = Field(default_factory=dict)
    """by the day from which each holds"""
    relative: RelativeLine | None = None
    why: Text

    @model_validator(mode="after")
    def _one_origin(self) -> Threshold:
        if bool(self.values) == (self.relative is not None):
            raise ValueError(
                "a figure has “values”, each with its date and source, or is “relative” to another || "
                "give one of the two"
            )
        if self.relative and self.standing != "judgement":
            raise ValueError(
                "standing: how far a line lies from another figure is our own proposal || take it out"
            )
        return self

    def resolved(self, base: Threshold) -> Threshold:
        """The same line with values of its own: so far from each of those of `base`, to six places."""
        assert self.relative is not None
        by = self.relative.by
        values = {
            day: DatedFigure(value=round(figure.value + by, 6), source="house")
            for day, figure in base.values.items()
        }
        return self.model_copy(update={"values": values})

    @property
    def valid_from(self) -> datetime.date:
        """The day from which the newest value holds."""
        return max(self.values)

    @property
    def value(self) -> float:
        """The newest value."""
        return self.values[self.valid_from].value

    @property
    def source(self) -> str:
        """Where the newest value is written."""
        return self.values[self.valid_from].source


class Need(Record):
    id: Slug
    title: Text
    strand: Slug
    about: EntityKind
    good: bool = False
    """it is a strength, from which nothing has to follow"""
    circumstance: bool = False
    """it is how things are, and can be no priority itself"""


class Remark(Record):
    """A coded concern or strength that evidence for a question can carry."""

    id: Slug
    question: Slug
    title: Text


class State(Record):
    id: Slug
    title: Text


class Circumstance(Record):
    """Something about a pupil that orders the list of those at risk and explains; it never decides
    who is on it."""

    id: Slug
    title: Text
    """as it is read after the pupil's reasons"""
    who: Condition
    weight: int = Field(ge=1)
    """the pupil with the greater sum stands first"""


class JudgementError(Record):
    """The chance that a teacher's judgement comes out a band off, above or below."""

    in_100: float = Field(gt=0, lt=50)
    source: Slug
    note: Text | None = None


class Audit(Record):
    """The settings by which the screening rules are held against groups of pupils."""

    by: tuple[Name, ...] = Field(min_length=1)
    """indicators of the pupil"""
    level: float = Field(ge=80, lt=100)
    """confidence of the intervals, in percent"""
    least: int = Field(ge=2)
    """groups of fewer pupils are not shown"""
    apart: float = Field(ge=0)
    """percentage points below which no rule is said to lean"""


class LookBack(Record):
    """The distance back at which a learning sequence begins for some pupils."""

    when: Condition
    """about the pupil in the subject"""
    years: int = Field(ge=0)
    """of skills nobody looked at, those of more years before the pupil's own are taken as secure until a
    check says otherwise"""
    goal_terms: int = Field(default=0, ge=0)
    """the goals are those of so many terms before the year group's own"""


class Screening(Record):
    """The screening states, the gravest first, how sure they are, and what is done with them."""

    states: tuple[State, ...] = Field(min_length=2)
    default: Slug
    """the state when every rule is silent"""
    when_unknown: Slug
    """the state when none fires and one can't be decided"""
    clear: State
    """what a reason is called that error alone doesn't explain"""
    within_error: State
    """and one that error alone can explain"""
    clear_at_most: float = Field(gt=0)
    """of 100 pupils who stay in their band, or at their score, how many error alone may give one
    reason as clear"""
    judgement_error: JudgementError
    circumstances: tuple[Circumstance, ...] = ()
    cited_from: int = Field(ge=1)
    """so many pupils have to stand behind a figure for it to cite their rows: a plan goes to
    governors, and the rows of a few tell who they are"""
    audit: Audit
    look_back: tuple[LookBack, ...]
    """the first that holds counts; where none does nothing is taken as secure"""
    most_checks: int = Field(ge=1, le=4)
    """checks of what isn't known that a learning sequence begins with"""
    checked_by: Text
    """who does them and by when; completes “Check first, …”"""
    at_once: int = Field(ge=1)
    """skills of different strands that are taught to a pupil at once"""
    goal_weeks: int = Field(ge=1)
    """school weeks as far as which the goals of a term reach"""


class Group(Record):
    id: Slug
    title: Text
    who: Condition


class Activity(Record):
    """A way of gathering evidence."""

    id: Slug
    title: Text
    reads: tuple[Literal["school", "published", "staff", "pupils", "aggregate"], ...] = ()
    """whose figures are evidence of this kind, by where an indicator comes from"""


class FormPrompts(Record):
    """The prompts of a form about one of the questions."""

    question: Slug
    ask: tuple[Text, ...] = Field(min_length=1)


class AuditForm(Record):
    """The printable form of an audit activity; its id is the activity's."""

    id: Slug
    title: Text
    purpose: Text
    takes: Text
    """how long, and in how many parts"""
    who: tuple[Slug, ...] = Field(min_length=1)
    """roles"""
    bring: tuple[Text, ...] = ()
    """what has to lie on the table"""
    holds: tuple[Text, ...] = Field(min_length=1)
    """what everybody keeps to"""
    prompts: tuple[FormPrompts, ...] = Field(min_length=1)
    columns: tuple[Text, ...] = Field(min_length=2)
    """of the table that is filled in"""
    rows: int = Field(ge=3, le=30)
    sources: tuple[Slug, ...] = ()


class OutsideHelp(Record):
    """Help from outside the school: what it is, whom to ask, and what it costs."""

    id: Slug
    title: Text
    what: Text
    ask: Text
    costs: Text
    for_: tuple[Slug, ...] = Field(alias="for", min_length=1)
    """the interventions it helps with"""
    checked: Day
    """when it was last looked up"""
    sources: tuple[Slug, ...] = Field(min_length=1)


class WayToGood(Record):
    """The distance a school may mean to come in each year of the partnership."""

    years: int = Field(ge=1, le=5)
    grades_a_year: int = Field(ge=1)
    """by which a judgement that is not good enough moves"""
    share_a_year: float = Field(gt=0, le=1)
    """of what is left to the national figure"""
    because: Text


class InspectionQuestion(Record):
    """A question to prepare, with what to bring."""

    area: Text
    ask: Text
    bring: Text
    need: Slug | None = None
    """asked only where this was found"""


class InspectionPreparation(Record):
    """Preparations for an inspection."""

    scale: Slug
    """the framework in force"""
    window: Name
    """the threshold that is the years after which the next may come"""
    way: WayToGood
    questions: tuple[InspectionQuestion, ...] = Field(min_length=1)
    sources: tuple[Slug, ...] = ()


class Role(Record):
    id: Slug
    title: Text
    does: Text
    kind: Literal["staff", "together", "partner", "governor"] = "staff"
    """together: the whole staff's meeting time; partner: from outside the school"""
    rank: Literal["head", "leader"] | None = None
    falls_to: tuple[Slug, ...] = ()
    """who does it where nobody holds it"""
    monitors: Text | None = None
    """how it monitors what it did not lead in place of others: for a role that does not judge teaching"""
    takes_over: bool = False
    """may lead in place of a head who leads too much; from outside the school only where it takes part"""


class HalfTerm(Record):
    part: Slug
    title: Text
    starts: Day
    ends: Day


class Term(Record):
    part: Slug
    title: Text
    half_terms: tuple[HalfTerm, ...] = Field(min_length=1)


class SchoolYear(Record):
    id: Text
    """for example 2026-27"""
    provisional: bool = False
    terms: tuple[Term, ...] = Field(min_length=1)


class Event(Record):
    """A dated event that takes people's time or attention."""

    id: Slug | None = None
    """the same each year; what has to be done before it names it"""
    title: Text
    starts: Day
    ends: Day
    years: tuple[YearGroup, ...] = ()
    """whose event it is: class teachers of other year groups are free"""
    no_release: tuple[Slug, ...] = ()
    """roles whose holders give no time to the plan on these days"""

    @model_validator(mode="after")
    def _forward(self) -> Event:
        if self.ends < self.starts:
            raise ValueError("ends: is before it starts")
        return self


class Calendar(Record):
    id: Slug
    title: Text
    note: Text | None = None
    years: tuple[SchoolYear, ...] = Field(min_length=1)
    new_plans: Slug | None = None
    """the school year, by id, in which a folder that is begun has its plan; else the first"""
    closed: dict[Day, Text] = Field(default_factory=dict)
    """bank holidays inside the half-terms"""
    training_days: tuple[Day, ...] = ()
    """staff only, no pupils"""
    events: tuple[Event, ...] = ()
    sources: tuple[Slug, ...] = Field(min_length=1)

    @property
    def new_plan_starts(self) -> Day:
        """The first day of the school year in which new plans begin."""
        year = next((one for one in self.years if one.id == self.new_plans), self.years[0])
        return year.terms[0].half_terms[0].starts


class CostKind(Record):
    id: Slug
    title: Text


class Tier(Record):
    """A purpose of an approach, as the rules of grants see it."""

    id: Slug
    title: Text


class Sold(Record):
    """Time that money can buy for people here, by the day."""

    id: Slug
    title: Text
    """after a number of days, for people: “of cover”"""
    roles: tuple[Slug, ...] = Field(min_length=1)
    """whose time it is more of"""
    teaching: bool = False
    """only for people who teach"""
    not_for: tuple[Slug, ...] = ()
    """nobody who holds one of these roles as well"""
    not_with: tuple[Slug, ...] = ()
    """ids of events: nothing in a half-term that has one of them, for those whose event it is"""
    pounds: Pounds | None = None
    """for a day; without it, the school's price of a day of cover"""
    kind: Slug
    """the kind of cost it is"""
    tier: Slug | None = None
    strand: Slug | None = None
    most: Days
    """days that can be bought in one half-term for one person"""
    most_a_year: Days
    because: Text
    """why there can't be more"""


class Costs(Record):
    """The price of a day of cover, and the kinds of cost a budget line can pay for."""

    cover_per_day: Pounds
    """pounds a school pays for a day of supply cover"""
    cover_kind: Slug
    """the kind of cost that cover is"""
    fee_kind: Slug
    """the kind of cost that the fees of people from outside are"""
    kinds: tuple[CostKind, ...]
    tiers: tuple[Tier, ...] = ()
    """what rules of use tell apart; an intervention names its own"""
    sold: tuple[Sold, ...] = ()
    """the time that money can buy"""
    valid_from: Day
    source: Slug
    note: Text | None = None


class Ranking(Record):
    """The weights of recommendations; every figure is this project's proposal and can be
    changed."""

    strengths: dict[Literal["strong", "moderate", "slight"], int]
    against: float
    """how much an argument against weighs, of one for it"""
    priority: tuple[float, ...]
    """factor for the first, second ... agreed priority"""
    other: float
    """factor for a strand that is no agreed priority"""
    months: float
    """points for one month of the toolkit's headline estimate"""
    evidence: tuple[float, ...] = Field(min_length=6, max_length=6)
    """discount by the toolkit's security rating, 0 to 5"""
    no_estimate: float
    """points where there is no reliable estimate"""
    enabling: int
    """points for an intervention that is there only because another needs it"""


class RepairPrices(Record):
    """The price of each way out of a conflict: the cheapest are offered first. Only their order
    and proportion matter."""

    day: int = Field(ge=1)
    """a day more of somebody's time"""
    hundred_pounds: int = Field(ge=1)
    start_point: int = Field(ge=1)
    """a point of change more in a half-term"""
    later: int = Field(ge=1)
    """a deadline a half-term later, a date set moved by one"""
    lighter: int = Field(ge=1)
    """the lighter form of something promised"""
    waived: int = Field(ge=1)
    """something promised that is not done"""


class MoneyAsked(Record):
    """The changes the report on money tries."""

    step: Pounds
    """what the next pounds are, for which the report says what they buy"""
    half_day: float = Field(gt=0)
    """what the next time is, in days"""
    curve: tuple[float, ...] = Field(min_length=3)
    """the budgets tried, as shares of what there is, rising"""
    flat_at: float = Field(gt=0, le=1)
    """the share of the greatest value at which the curve counts as flat"""


class AimOfPlan(Record):
    """One level of what is to be had, the first before the second and so on."""

    aim: Literal["must-do", "coverage", "urgent", "value", "smooth load"]
    because: Text
    """the reason for its place"""


class InitiativeDecision(Record):
    """The decision on an initiative of which a need was found."""

    decision: Literal["stop", "join", "keep"]
    need: Slug
    frees: float = Field(ge=0, le=1)
    """the share of its hours that is given back"""
    because: Text


class InitiativePolicy(Record):
    """The policy on the initiatives that a school lists, and on the time that they give back."""

    decisions: tuple[InitiativeDecision, ...] = Field(min_length=1)
    """of those for which a need was found the first stands"""
    otherwise: Text
    """what is said of one that is kept since no need was found"""
    who: tuple[Slug, ...] = Field(min_length=1)
    """the roles whose holders share the time, where the school names none"""
    hours_a_day: float = Field(gt=0)
    planned: float = Field(ge=0, le=1)
    """the share of what is given back that becomes time for the plan"""
    after: int = Field(ge=1)
    """half-terms of the plan that pass before it is there"""
    because: Text

    def taken(self, found: Collection[str]) -> InitiativeDecision | None:
        """Return the decision that stands for the needs found of an initiative; None without any."""
        return next((one for one in self.decisions if one.need in found), None)


class Hair(Record):
    """How little a difference is that should settle nothing."""

    worth: float = Field(ge=0, le=0.5)
    """of a step's own worth: what could stand in its place for so little less"""
    points: float = Field(ge=0, le=20)
    """percentage points between a share and the line it is held against"""
    because: Text


class Proposals(Record):
    """When what was found is proposed as a priority."""

    kinds: int = Field(ge=1)
    """so many kinds of evidence have to show it"""
    of_a_strand: int = Field(ge=1)
    """so many at most of one strand"""
    about: tuple[EntityKind, ...]
    """what it may be about: never a single person or class"""
    because: Text


class Planning(Record):
    """The figures of the planner that are policy, not arithmetic."""

    aims: tuple[AimOfPlan, ...] = Field(min_length=1)
    """in the order of their worth"""
    planned_share: float = Field(gt=0, le=1)
    smooth_above: float = Field(gt=0, le=1)
    new_starts: int = Field(ge=1)
    """points of change that may begin in one half-term"""
    new_leads: int = Field(ge=1)
    """new steps one person may lead from one half-term"""
    horizon_years: int = Field(ge=1, le=3)
    plan_parts: dict[Slug, Text] = Field(min_length=1, max_length=6)
    """a plan's own first half-terms in order, as shaping rules may name them, with their titles"""
    inclusion: int
    earliness: int
    progress_earliness: int
    out_of_season: float = Field(ge=0, le=1)
    """the share of its worth that something has when begun out of its season"""
    value_allowance: float = Field(ge=0, le=0.2)
    effort_limit: float = Field(gt=0)
    """the solver's deterministic limit for one question"""
    most_priorities: int = Field(ge=1)
    days_apart: int = Field(ge=0)
    """between days that take the same people away from their work, where the calendar leaves room"""
    most_moved: int = Field(ge=1)
    """how many other steps the nearest alternative may move, if it can"""
    most_ways_out: int = Field(ge=1)
    purchase_step: Days
    """days that are bought at once"""
    purchase_worth: int = Field(ge=0)
    """points that a hundred pounds of time have to bring, or it isn't bought"""
    hair: Hair
    prices: RepairPrices
    money: MoneyAsked
    initiatives: InitiativePolicy
    ranking: Ranking
    sources: tuple[Slug, ...]


class ForEach(Record):
    """What effort or money grows with: a number the school has, begun steps of it counted."""

    count: Name
    """an indicator of the school that is a number"""
    steps_of: int = Field(default=1, ge=1, le=1000)
    """so many of them are one step, and a step that is begun counts whole"""
    usual: int = Field(default=0, ge=0, le=3000)
    """the number where the school's is not known"""

    def steps(self, count: float | None) -> int:
        """Count the steps that are begun in a number; None: it is not known."""
        return math.ceil((self.usual if count is None else count) / self.steps_of)


class Effort(Record):
    """Time of one role in each half-term of a phase, in days."""

    role: Slug
    days: Days = 0
    each: Days = 0
    """more for each target, or for each of what `for_each` counts, in days"""
    for_each: ForEach | None = None
    """what `each` is for, where it isn't the targets"""
    cover: bool = False
    """taken from teaching time, so it has to be covered"""

    @model_validator(mode="after")
    def _some(self) -> Effort:
        if not self.days and not self.each:
            raise ValueError("no effort is given || write days, each, or both")
        _each_of_what(self.each, self.for_each)
        return self


class Cash(Record):
    """Money spent once, in the first half-term of a phase, in pounds."""

    kind: Slug
    pounds: Pounds = 0
    each: Pounds = 0
    """more for each target, or for each of what `for_each` counts, in pounds"""
    for_each: ForEach | None = None
    """what `each` is for, where it isn't the targets"""

    @model_validator(mode="after")
    def _some(self) -> Cash:
        _each_of_what(self.each, self.for_each)
        return self


def _each_of_what(each: float, of: ForEach | None) -> None:
    if of is not None and not each:
        raise ValueError("nothing is given for each || write each, or take for_each out")


class Phase(Record):
    half_terms: int = Field(ge=1, le=6)
    does: Text
    effort: tuple[Effort, ...] = ()
    cash: tuple[Cash, ...] = ()


PHASES: tuple[Literal["prepare", "deliver", "sustain"], ...] = ("prepare", "deliver", "sustain")


class Milestone(Record):
    """What can be seen by then: at the end of a phase, or some school weeks after the start."""

    what: Text
    """{half_terms: round} counts the half-terms from the start of the delivery: “four rounds”, or as many as
    the plan has room for"""
    by: Literal["prepare", "deliver", "sustain"] | None = None
    week: int | None = Field(default=None, ge=1, le=39)
    meeting: int | None = Field(default=None, ge=1)
    """it is due when every team on the staff list has met so often since the start; the week counts where
    the list has no days"""
    event: bool = False
    """people meet for it, so that it belongs in the plan's calendar"""
    at: Slug | None = None
    """the id of an event of the calendar at which it is seen: the next one then, where the plan has one"""

    @model_validator(mode="after")
    def _dated(self) -> Milestone:
        if (self.by is None) == (self.week is None):
            raise ValueError("give either “by” (a phase) or “week” (after the start)")
        if self.meeting is not None and self.week is None:
            raise ValueError("“meeting” needs a “week” for schools that have set no days")
        return self


class Success(Record):
    """Something a school can count: how it is counted before, and what it should become."""

    measure: Text
    target: Text
    baseline: Text
    indicator: Name | None = None
    """the figure it is, where the school's own data have it: `baseline` and `target` are then read only where
    they have not"""
    rule: Slug | None = None
    """of knowledge/base/goals.yaml: how a goal is proposed; without it only what the school has agreed is one"""

    @model_validator(mode="after")
    def _of_a_figure(self) -> Success:
        if self.rule and not self.indicator:
            raise ValueError("a rule needs the figure it makes a goal of || name the “indicator”")
        return self


class Monitoring(Record):
    role: Slug
    how: Text
    evidence: Text


class Suits(Record):
    """Which schools it is for; what is left out does not matter."""

    phases: tuple[Slug, ...] = ()
    roll_from: int | None = None
    roll_to: int | None = None
    years: tuple[YearGroup, ...] = ()
    """at least one of these year groups"""
    because: Text | None = None


class Trial(Record):
    """What a trial in England found of the very thing, where the strand of the toolkit is wider."""

    months: Annotated[int, NotTruth]
    """months of progress"""
    what: Text
    """what was tried, where"""
    source: Slug


class Evidence(Record):
    toolkit: Slug | None = None
    """a strand of the EEF toolkit"""
    trial: Trial | None = None
    """counts in place of the strand's own months"""
    no_estimate: Text | None = None
    """why no estimate can be given"""

    @model_validator(mode="after")
    def _either(self) -> Evidence:
        if (self.toolkit is None) == (self.no_estimate is None):
            raise ValueError("give either “toolkit” or “no_estimate” with its reason")
        if self.trial and self.toolkit is None:
            raise ValueError(
                "trial: it stands beside the strand it belongs to || name the “toolkit”"
            )
        return self


class Series(Record):
    """Something that comes back: so many times in each period of the plan."""

    every: Literal["half-term", "term", "year"]
    times: int | Name = 1
    """a number, or a setting of the programme"""
    parts: tuple[Slug, ...] = ()
    """only in these parts of the year"""
    at: Literal["spread", "end", "start"] = "spread"
    """end: for what looks back on a period: late in it, after the day on which pupils are judged, and what looks
    back on a year after what looks back on a term; start: it begins where it may start, and comes back in the
    same part of each year after that"""
    called: Text | None = None
    """what one time of it is called, where that is not the intervention's title"""


class After(Record):
    """An order in time, when both are in the plan."""

    intervention: Slug
    half_terms: int = Field(default=0, ge=0, le=6)
    """so many half-terms after that one is ready"""
    because: Text


class DoneBefore(Record):
    """Something to be over before an event of the calendar."""

    event: Slug
    """the id of an event"""
    years: tuple[YearGroup, ...] = ()
    """asked only for targets with these year groups; none: always"""
    because: Text


class LightForm(Record):
    """A smaller version: worth less, taking less. What is not given stays as it is."""

    title: Text
    because: Text
    """what is given up, and what must not be"""
    worth: float = Field(gt=0, lt=1)
    """of the worth of the full form"""
    series: Series | None = None
    prepare: Phase | None = None
    deliver: Phase
    sustain: Phase | None = None
    milestones: tuple[Milestone, ...] = ()
    """none: those of the full form"""
    success: tuple[Success, ...] = ()
    """none: those of the full form"""


class Duty(Record):
    """Something that has to be done every so many years, whatever the rules say."""

    every_years: int = Field(ge=1, le=5)
    part: Slug
    """the part of the year it has to have started by"""
    because: Text


class Season(Record):
    """When in the year something does most good."""

    best: tuple[Slug, ...] = Field(min_length=1)
    """parts of the year: begun in one of them it is worth all it can be"""
    because: Text


class AtOnce(Record):
    """For how many targets something can be done at a time."""

    most: int = Field(ge=1)
    because: Text
    order: tuple[Name, ...] = ()
    """of those for whom as much speaks: indicators, the greatest value first"""


class Intervention(Reviewable):
    """Something a school can do: what it needs first, what it takes, and how it is known to
    work."""

    id: Slug
    title: Text
    strand: Slug
    what: Text
    active_ingredients: tuple[Text, ...] = Field(min_length=2)
    target: Literal["school", "year", "class", "teacher"] = "school"
    at_once: AtOnce | None = None
    """those for whom most speaks come first, the others wait"""
    subjects: tuple[Slug, ...] = ()
    """the subjects it teaches; none: it is about no subject of its own"""
    groups: tuple[Slug, ...] = ()
    """the groups of pupils it is made for"""
    works_on: tuple[Name, ...] = ()
    """the indicators it is to move, which a priority may name as outcome"""
    substance: bool = True
    """false: a duty, a review, or what only prepares; no priority is covered by it alone"""
    pupil_progress: bool = False
    """acts on pupils' progress in class"""
    chosen_pupils: bool = False
    """it is for pupils who are chosen for being at risk, and no others"""
    change: int = Field(ge=0, le=3)
    """how much new it asks of people when it starts"""
    requires: tuple[Slug, ...] = ()
    requires_one_of: tuple[tuple[Slug, ...], ...] = ()
    helped_by: tuple[Slug, ...] = ()
    after: tuple[After, ...] = ()
    together_with: tuple[Slug, ...] = ()
    """neither without the other, and both from the same half-term"""
    done_before: DoneBefore | None = None
    excludes: tuple[Slug, ...] = ()
    alternative: Slug | None = None
    """at most one intervention of this name is planned"""
    series: Series | None = None
    at_team_meetings: bool = False
    """it takes place at the meetings of the teams on the staff list"""
    duty: Duty | None = None
    tier: Slug | None = None
    """what it is for, as grants see it"""
    light: LightForm | None = None
    starts_in: tuple[Slug, ...] = ()
    """parts of the year it may start in"""
    season: Season | None = None
    prepare: Phase | None = None
    deliver: Phase
    sustain: Phase | None = None
    ready_after: Literal["prepare", "deliver", "sustain"] = "deliver"
    """the phase after which what needs it may start"""
    lead: Slug
    monitoring: Monitoring
    suits: Suits = Suits()
    evidence: Evidence
    milestones: tuple[Milestone, ...] = Field(min_length=1)
    success: tuple[Success, ...] = Field(min_length=1)
    stop_if: tuple[Text, ...] = Field(min_length=1)
    checked: Day

    @model_validator(mode="after")
    def _phases(self) -> Intervention:
        if getattr(self, self.ready_after) is None:
            raise ValueError(f"ready_after: there is no phase “{self.ready_after}”")
        for milestone in self.milestones:
            if milestone.by and getattr(self, milestone.by) is None:
                raise ValueError(f"milestones: there is no phase “{milestone.by}”")
        if self.monitoring.role == self.lead:
            raise ValueError(
                "monitoring: the lead can't monitor their own work || name another role"
            )
        return self

    @property
    def from_the_first(self) -> bool:
        """Tell whether it comes back through the whole plan, so that it has no beginning of its own."""
        return self.series is not None and self.series.at != "start"

    def phases(self) -> tuple[tuple[str, Phase], ...]:
        """Its phases in order, with their names."""
        return tuple((name, phase) for name in PHASES if (phase := getattr(self, name)) is not None)

    def half_terms_to(self, phase: str) -> int:
        """Count the half-terms from the start of the delivery to the end of a phase, where none is cut."""
        names = PHASES[PHASES.index("deliver") : PHASES.index(phase) + 1] if phase in PHASES else ()
        return sum(one.half_terms for name, one in self.phases() if name in names)


class Strand(Record):
    id: Slug
    title: Text
    question: Text
    """the question of the analysis, in our own words"""
    short: Text
    covers: tuple[Slug, ...] | None = None
    """the areas whose rules and interventions belong to it; without it, the area of its own name"""


class FocusArea(Record):
    """What a school's first year in the programme is mainly about."""

    title: Text
    strand: Slug
    about: Text


class Programme(Record):
    """A named selection with its own labels."""

    id: Slug
    title: Text
    about: Text
    note: Text
    strands: tuple[Strand, ...] = Field(min_length=1)
    judgement_scale: Slug
    teaching_scale: Slug
    attainment_scale: Slug
    """where pupils stand, as rules say it; the grades of every other scale are read by how they
    stand to their own expected standard"""
    labels: dict[Slug, Text]
    """the programme's own names, written <like-this>"""
    settings: dict[Name, int] = Field(default_factory=dict)
    interventions: Literal["all"] | tuple[Slug, ...] = "all"
    audit_activities: tuple[Activity, ...]
    further_evidence: tuple[Activity, ...] = ()
    """kinds of evidence beside the activities"""
    first_year: tuple[FocusArea, ...] = ()
    """the focus areas of the first year"""
    sources: tuple[Slug, ...]


class Source(Record):
    id: Slug
    title: Text
    by: Text
    year: int
    address: Address | None = None
    strength: Literal["official", "research", "evaluation", "practice", "opinion"]
    read: Reading
    note: Text | None = None


class ToolkitStrand(Record):
    """One row of the EEF Teaching and Learning Toolkit; None is “no estimate”, which is not 0."""

    id: Slug
    title: Text
    months: int | None
    primary_months: int | None
    cost: int = Field(ge=1, le=5)
    security: int = Field(ge=0, le=5)
    address: Address
    read_on: Day

    @property
    def estimate(self) -> int | None:
        """The months for primary schools where they are given, else the headline."""
        return self.primary_months if self.primary_months is not None else self.months
