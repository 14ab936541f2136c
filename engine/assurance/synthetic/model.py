"""What made-up schools are made of: the vocabulary and the chances behind `termwise demo`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ...core import Day, Days, Name, Pounds, Record, Slug, Text, YearGroup
from ...school import BudgetLine, DaysByPart, Point

Chance = Annotated[float, Field(ge=0, le=1)]
ByDecile = tuple[Chance, Chance]
"""In the lowest decile and in the highest."""


class DemoIdentity(Record):
    id: Slug
    name: Text
    phase: Slug
    authority: Annotated[str, Field(pattern=r"^\d{3}$")]
    """a number nobody has"""
    establishment: Annotated[str, Field(pattern=r"^\d{4}$")]


class DemoPlan(Record):
    starts: Day
    years: int
    calendar: Slug


class TransferFile(Record):
    """A made-up Common Transfer File's word on itself and its results."""

    version: Text
    supplier: Text
    method: Text
    locale: Text
    status: Text


class Attainment(Record):
    """The chances by which judgements come about: a walk around the band of a pupil's decile."""

    starts: Annotated[tuple[Slug, ...], Field(min_length=10, max_length=10)]
    spread: Annotated[int, Field(ge=0, le=9)]
    falls: Chance
    rises: Chance
    returns: Chance
    blanks: Chance
    absent: Chance
    absent_code: Text


class DemoPupils(Record):
    girls: Chance
    pp: ByDecile
    sen_support: ByDecile
    sen_plan: ByDecile
    own_pathway: Chance
    eal: ByDecile
    mobile: Chance
    unknown_before: Chance
    attendance_floor: Annotated[float, Field(ge=0, le=100)]
    attendance_skew: Annotated[int, Field(ge=1)]
    """higher: fewer with low attendance"""


class DemoCheck(Record):
    """A national check that gives a reason where its result is low."""

    assessment: Slug
    component: Slug
    subject: Slug
    years: tuple[YearGroup, ...] = Field(min_length=1)
    """the year groups in which it is asked about afterwards"""
    at_most: Name | None = None
    """the threshold of a low score; else what is under the standard"""


class DemoLine(Record):
    id: Slug
    title: Text
    year: Literal["financial", "academic"]
    each: Pounds
    least: Pounds
    pays_for: tuple[Slug, ...]

    def line(self, pupils: int, years: tuple[str, ...]) -> BudgetLine:
        """The budget line of a school of that many pupils."""
        amount = max(self.least, self.each * pupils)
        return BudgetLine(
            id=self.id,
            title=self.title,
            year=self.year,
            pays_for=self.pays_for,
            amounts=dict.fromkeys(years, amount),
        )


class DemoPerson(Record):
    id: Slug
    roles: tuple[Slug, ...]
    time: Days
    teaches: Chance = 0
    fee_per_day: Pounds = 0
    classes: int = 0
    """only in a school with so many classes"""


class DemoTeachers(Record):
    roles: tuple[Slug, ...]
    first_year: tuple[Slug, ...]
    last_year: tuple[Slug, ...]
    leading: tuple[tuple[Slug, ...], ...]
    time: Days
    time_leading: Days
    teaches: Chance
    profiled: Chance


class DemoNotes(Record):
    concern: Text
    strength: Text


class Demo(Record):
    """knowledge/base/demo.yaml."""

    school: DemoIdentity
    plan: DemoPlan
    year_groups: tuple[YearGroup, ...] = Field(min_length=2)
    """youngest first"""
    subjects: tuple[Slug, ...] = Field(min_length=1)
    scale: Slug
    results: dict[Slug, tuple[Slug, ...]]
    """national assessments pupils have results of, and which of their components"""
    points: tuple[Point, ...] = Field(min_length=2)
    """the starting point first"""
    class_names: tuple[Text, ...]
    beside_ctf: Slug
    ctf: TransferFile
    attainment: Attainment
    pupils: DemoPupils
    one_in: int = Field(ge=1)
    made: dict[Slug, tuple[Slug, ...]]
    """by the reason they are made for, a grade at each point"""
    checks: dict[Slug, DemoCheck]
    """by the reason they give where the files hold results of national assessments"""
    forenames: tuple[Text, ...] = Field(min_length=2)
    surnames: tuple[Text, ...] = Field(min_length=2)
    context: dict[Name, tuple[int, int]]
    shares: dict[Name, Literal["pp", "sen", "eal", "absence"]]
    budget: tuple[DemoLine, ...]
    priorities: int
    notes: DemoNotes
    staff: tuple[DemoPerson, ...]
    teachers: DemoTeachers
    together: dict[Slug, DaysByPart]
