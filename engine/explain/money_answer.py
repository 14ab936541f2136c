"""What money buys: the report of `termwise money`, a frozen record of which every document is a view."""

from __future__ import annotations

from ..core import VERSION, Record
from ..planning import BudgetUse, SchoolRef
from .spending_today import SpendingToday


class StepMoney(Record):
    """One step of the plan: what it brings and what it takes."""

    step: str
    title: str
    value: int
    """points it brings where it is"""
    invested: int
    """pounds of preparing and delivering"""
    running: int
    """pounds of keeping it going, each year of the plan together"""
    days: float
    """people's days, all together"""
    per_thousand: int | None
    """points for each £1,000; null when it costs none"""


class Buys(Record):
    """A little more money, and what the plan made again with it has that today's has not."""

    title: str
    """the line and year, or the people"""
    more: str
    """what was added, in words"""
    value: int
    """points more than today's plan; 0: it buys nothing"""
    share: float = 0.0
    """the same in percent of today's plan"""
    comes_in: tuple[str, ...]
    """titles"""
    goes_out: tuple[str, ...]
    forms: tuple[str, ...] = ()
    """titles of what takes another form"""
    musts: int = 0
    """more of what must be done that can be done"""
    exact: bool
    """false: the best found, not proved to be the best"""


class CurvePoint(Record):
    """The best plan a budget buys."""

    share: float
    """of what there is"""
    pounds: int
    spent: int
    value: int
    exact: bool
    undone: int = 0
    """must-do steps that this budget leaves undone"""


class Forgone(Record):
    """The plan as it would be if all of the lines could be spent."""

    reason: str
    held_back: int
    """pounds that may not be committed"""
    value: int
    titles: tuple[str, ...]


class FinanceNote(Record):
    """An indicator of the school's finance, with what it is held against."""

    title: str
    value: str
    note: str = ""


class MoneyReport(Record):
    termwise: str = VERSION
    """the version that wrote it"""
    school: SchoolRef
    notice: str
    value: int
    """points of today's plan"""
    lines: tuple[BudgetUse, ...]
    invested: int
    running: int
    purchases: int = 0
    """pounds for people's time that is bought"""
    steps: tuple[StepMoney, ...]
    """the most points for a pound first"""
    money: tuple[Buys, ...]
    time: tuple[Buys, ...]
    curve: tuple[CurvePoint, ...]
    flat_from: int | None
    """pounds from which more money hardly buys more; null: it rises to the end"""
    forgone: Forgone | None
    finance: tuple[FinanceNote, ...]
    spent: SpendingToday | None = None
    """what is spent on improvement today, where the school has written it down"""
