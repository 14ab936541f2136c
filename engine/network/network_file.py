"""The record of network.yaml: the schools of a network, and what they share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..core import Day, Days, Note, NotTruth, Percent, Pounds, Record, Slug, Text
from ..library import YearLabel
from ..school import DaysByPart, FolderPath

Confidential = Literal["judgements", "money", "load"]
"""What of one school the others do not see: how it is judged, its pounds, its people's time."""
MoneyRule = Literal["equally", "by-roll", "by-need"]


class NetworkIdentity(Record):
    """The network by its name."""

    id: Slug
    title: Text


class MemberFolder(Record):
    """One school of the network."""

    folder: FolderPath
    """from the network's folder, such as alder, or ../schools/alder"""


class SharedPerson(Record):
    """Somebody who works for several schools: in each school's staff.yaml by the same id, as `shared`."""

    id: Slug
    time: DaysByPart
    """days for all schools together in each half-term, or by part of the year"""
    note: Note | None = None


class SharingRule(Record):
    """How shared days are given out."""

    unit: Days = Field(gt=0)
    """days are given out in whole ones of it: 0.5 is half a day"""
    floor: Percent = Field(ge=0, le=100)
    """of an equal part of the days, what each school has whatever others would make of it, as far as it asks"""
    need: dict[Slug, Annotated[float, NotTruth, Field(ge=1, le=10)]] = Field(default_factory=dict)
    """by what rules call a judgement (urgent, weak): so many times what a plan is worth counts, on average of
    the questions; any other judgement counts once"""


class DayTogether(Record):
    """One day on which the schools meet."""

    date: Day
    title: Text | None = None


class DaysTogether(Record):
    """The days on which the schools meet."""

    intervention: Slug
    """the step they are in each school's plan"""
    dates: tuple[DayTogether, ...] = Field(min_length=1)


class PooledMoney(Record):
    """Money of the network; each school has its part as a budget line of its plan."""

    id: Slug
    title: Text
    year: Literal["financial", "academic"]
    pays_for: tuple[Slug, ...] = Field(min_length=1)
    amounts: dict[YearLabel, Pounds] = Field(min_length=1)
    """for all schools together"""
    rule: MoneyRule


class BoughtTraining(Record):
    """Training the network has bought, with the schools it has room for."""

    intervention: Slug
    """the step it is for"""
    schools: Annotated[int, NotTruth] = Field(ge=1)
    note: Note | None = None


class NetworkFile(Record):
    """network.yaml."""

    network: NetworkIdentity
    schools: tuple[MemberFolder, ...] = Field(min_length=1)
    shared: tuple[SharedPerson, ...] = ()
    sharing: SharingRule
    days: DaysTogether | None = None
    money: tuple[PooledMoney, ...] = ()
    training: tuple[BoughtTraining, ...] = ()
    together_from: Annotated[int, NotTruth] = Field(ge=2, le=100)
    """what so many schools plan is prepared for them together"""
    helps_most: Annotated[int, NotTruth] = Field(ge=1)
    """so many times at most one school is asked to show another what it has"""
    confidential: tuple[Confidential, ...] = ()


__all__ = [
    "BoughtTraining",
    "Confidential",
    "DayTogether",
    "DaysTogether",
    "MemberFolder",
    "MoneyRule",
    "NetworkFile",
    "NetworkIdentity",
    "PooledMoney",
    "SharedPerson",
    "SharingRule",
]
