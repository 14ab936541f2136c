"""What is told of many schools: a row for each, rows for what is in their plans, and a network's plan."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

from ..core import Day, Record
from ..planning import SlotRef
from .network_file import Confidential, MoneyRule

Effort = Literal["full"]


class PlannedStep(Record):
    """One step of one school's plan."""

    school: str
    step: str
    intervention: str
    starts: str
    """the half-term it begins in"""
    pounds: int
    days: float
    """of all people together"""
    serves: tuple[str, ...]
    """ids of priorities"""


class PlannedPriority(Record):
    """One agreed priority of one school, and whether its plan has a step of substance for it."""

    school: str
    priority: str
    title: str
    steps: int
    covered: bool


class PlannedFinding(Record):
    """One rule that speaks of one school, and how often; no pupil stands in it."""

    school: str
    rule: str
    times: int


class PlannedSchool(Record):
    """One school of a batch: its plan in figures, or why there is none."""

    school: str
    """its id; empty where its folder could not be read"""
    folder: str
    """below the folder of the batch"""
    status: Literal["optimal", "within-gap", "infeasible", "error"]
    objective: int | None = None
    bound: int | None = None
    gap: float | None = None
    """the share of the bound that may be missing"""
    effort: Effort = "full"
    steps: int | None = None
    pounds: int | None = None
    days: float | None = None
    seconds: float | None = None
    """of processor time: the one column that is otherwise at every run"""
    plan: str = ""
    """the SHA-256 of the plan's JSON"""
    assumed: tuple[str, ...] = ()
    """what the school does not say and is taken as usual"""
    error: str = ""


class SchoolPart(Record):
    """What is kept of one school as soon as it is planned."""

    inputs: str
    """the SHA-256 of its files, of the content and of the effort"""
    row: PlannedSchool
    steps: tuple[PlannedStep, ...] = ()
    priorities: tuple[PlannedPriority, ...] = ()
    findings: tuple[PlannedFinding, ...] = ()


class BatchPlans(Record):
    """A batch: its schools in order of folder, with the rows of their plans."""

    schools: tuple[PlannedSchool, ...]
    steps: tuple[PlannedStep, ...] = ()
    priorities: tuple[PlannedPriority, ...] = ()
    findings: tuple[PlannedFinding, ...] = ()
    planned_now: int = 0
    """the schools planned in this run; the others were kept from one before"""


class SharedSlot(Record):
    """Somebody's days in one half-term, for all schools together."""

    slot: str
    there: float
    """days"""
    asked: float
    given: float
    planned: float
    """of what is given, what the plans use"""
    next_points: int
    """what plans would be worth more for one unit more; 0 where it would go to what comes before value"""
    next_school: str | None = None
    """id of the school that would have most of it; null: nobody has use for it"""
    next_step: str | None = None
    """the title of what that school would do more of"""


class SchoolDays(Record):
    """One school's share of somebody's days in one half-term."""

    school: str
    slot: str
    asked: float
    given: float
    planned: float


class SharedDays(Record):
    """Somebody shared: their days, and what each school has of them."""

    person: str
    title: str
    slots: tuple[SharedSlot, ...]
    schools: tuple[SchoolDays, ...]
    """none where people's time is confidential"""


class PooledPart(Record):
    """One school's part of pooled money."""

    school: str
    year: str
    pounds: int


class PooledMoneyTold(Record):
    """Pooled money: what there is of it, and the rule by which it is parted."""

    line: str
    title: str
    rule: MoneyRule
    pounds: dict[str, int]
    """by year"""
    schools: tuple[PooledPart, ...]
    """none where money is confidential"""


class PlannedMember(Record):
    """One school of a network, with its plan in figures."""

    school: str
    name: str
    folder: str
    status: Literal["optimal", "within-gap", "infeasible"]
    weight: float | None
    """how much its plan counts, by need; null where judgements are confidential"""
    helped: bool
    """it was given more days so that what it must do fits"""
    priorities: tuple[str, ...]
    """titles of the agreed ones"""
    steps: int
    days: float | None
    """null where people's time is confidential"""
    pounds: int | None
    """null where money is confidential"""
    plan: str
    """the SHA-256 of the plan's JSON"""
    conflict: tuple[str, ...] = ()
    """why not all that must be done fits"""


class StepTogether(Record):
    """A step that several schools plan, with what to prepare for them together."""

    intervention: str
    title: str
    strand: str
    what: str
    ingredients: tuple[str, ...]
    schools: tuple[str, ...]
    """ids, by need"""
    slot: str | None
    """the half-term most of them begin it in, the earliest of several; null where none plans it"""
    places: int | None = None
    """schools for which training is bought; null: none is"""
    placed: tuple[str, ...] = ()
    """ids of the schools that have the places"""
    note: str = ""


class BegunThen(Record):
    """A step that several schools begin at about the same time."""

    intervention: str
    title: str
    schools: int


class DayContent(Record):
    """A day on which the schools meet, and what it can be about."""

    date: Day
    title: str
    slot: str
    steps: tuple[BegunThen, ...]
    """what several schools begin in this half-term or the next, most schools first"""


class Support(Record):
    """One school that has something, and one that sets out to."""

    intervention: str
    title: str
    slot: str
    """the half-term the second begins it in"""
    kind: Literal["has-it", "both-begin"]
    """has-it: the first has it in place fully; both-begin: both need a partner for it"""
    gives: str
    """school id"""
    takes: str


class NetworkPlan(Record):
    """The plans of a network's schools together: what is shared, in common, and given one another."""

    termwise: str
    notice: str
    network: str
    title: str
    starts: Day
    ends: Day
    slots: tuple[SlotRef, ...]
    schools: tuple[PlannedMember, ...]
    worth: int
    """points of all plans together"""
    unit: float
    """days are given out in whole ones of it"""
    floor: float
    """percent of an equal part"""
    shared: tuple[SharedDays, ...]
    money: tuple[PooledMoneyTold, ...]
    days: tuple[DayContent, ...]
    together: tuple[StepTogether, ...]
    support: tuple[Support, ...]
    confidential: tuple[Confidential, ...] = ()
    """what of single schools is not told"""

    @property
    def for_all(self) -> NetworkPlan:
        """The same without what is confidential, as all schools may read it."""
        schools, shared, money = self.schools, self.shared, self.money
        if "judgements" in self.confidential:
            schools = _each(schools, weight=None)
        if "money" in self.confidential:
            schools, money = _each(schools, pounds=None), _each(money, schools=())
        if "load" in self.confidential:
            schools, shared = _each(schools, days=None), _each(shared, schools=())
        return self.model_copy(update={"schools": schools, "shared": shared, "money": money})


R = TypeVar("R", bound=Record)


def _each(records: tuple[R, ...], **update: Any) -> tuple[R, ...]:
    return tuple(one.model_copy(update=update) for one in records)


# --- what a network sees of its plans in use


class SchoolStanding(Record):
    """How one school's plan in force stands, as far as it was written down."""

    school: str
    name: str
    issued: Day | None
    """null: no plan is issued"""
    steps: int = 0
    done: int = 0
    running: int = 0
    stopped: int = 0
    overdue: int = 0
    """things that should be done by now"""


class InCommon(Record):
    """Something that several schools have in their plans."""

    id: str
    title: str
    count: int
    """schools that have it"""
    schools: tuple[str, ...]
    """ids, in the order of network.yaml; of themes none where judgements are confidential"""
    done: int = 0
    """of a step: schools that have done it"""
    overdue: int = 0
    """of a step: schools where something of it is overdue"""


class SharedUse(Record):
    """What the plans in force use of somebody shared in one half-term."""

    person: str
    title: str
    slot: str
    there: float
    """days, all schools together"""
    planned: float


class MoneyPlanned(Record):
    """Pounds of all plans in force, by the year of their lines."""

    year: str
    planned: int
    available: int


class PupilCount(Record):
    """Pupils in one state of screening, to the nearest five."""

    state: str
    title: str
    school: str | None
    """null: all schools together"""
    pupils: int | None
    """null: held back, so that no small group can be worked out"""


class NetworkReview(Record):
    """What a network sees of its schools' plans in force: what they have in common, and where help is due."""

    termwise: str
    notice: str
    network: str
    title: str
    on: Day
    schools: tuple[SchoolStanding, ...]
    """in the order of network.yaml, which ranks nobody"""
    strands: tuple[InCommon, ...]
    """by the schools that agreed a priority for it"""
    themes: tuple[InCommon, ...]
    """needs that were found in several schools"""
    steps: tuple[InCommon, ...]
    """that several schools have"""
    slots: tuple[SlotRef, ...]
    shared: tuple[SharedUse, ...]
    money: tuple[MoneyPlanned, ...]
    """none where money is confidential"""
    pupils: tuple[PupilCount, ...]
    confidential: tuple[Confidential, ...] = ()
