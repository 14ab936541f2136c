"""The records a school writes in its folder: school.yaml, cqa.yaml and staff.yaml, by field."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema, model_validator

from ..core import (
    Day,
    Days,
    Name,
    Note,
    NotTruth,
    Percent,
    Pounds,
    Record,
    Slug,
    Text,
    WrittenAsNumber,
    YearGroup,
)
from ..library import Event, OwnStep, Scalar, TargetId, YearLabel

Urn = Annotated[int, NotTruth, Field(ge=100000, le=999999)]
ClassId = Annotated[str, WrittenAsNumber, Field(min_length=1, max_length=20)]


def _days_kind(value: Any) -> str:
    return "<parts>" if isinstance(value, dict) else "<days>"


DaysByPart = Annotated[
    Annotated[Days, Tag("<days>")] | Annotated[dict[Slug, Days], Tag("<parts>")],
    Discriminator(_days_kind),
]
"""Days in each half-term, or days by part of the year (aut1, aut2 …)."""


class ClassRecord(Record):
    """One class; a mixed-age class lists several year groups."""

    id: ClassId
    years: tuple[YearGroup, ...] = Field(min_length=1)


class SchoolIdentity(Record):
    """The school: its name, phase, year groups, roll and classes."""

    id: Slug
    name: Text
    phase: Slug
    year_groups: tuple[YearGroup, ...] = Field(min_length=1)
    """youngest first"""
    also: tuple[Annotated[Text, WrittenAsNumber], ...] = ()
    """other names and numbers that files have for it"""
    roll: Annotated[int, NotTruth] = Field(ge=1, le=5000)
    classes: tuple[ClassRecord, ...] = Field(min_length=1)


class PlanRequest(Record):
    """The period to be planned."""

    starts: Day
    """the plan begins with the half-term this date is in"""
    years: Annotated[int | None, NotTruth] = Field(default=None, ge=1, le=3)
    effort: dict[Slug, Annotated[float, NotTruth, Field(ge=0.5, le=3)]] = Field(
        default_factory=dict
    )
    """by strand: so many times the days of the library are planned in this school, as its reviews propose"""


class CalendarChoice(Record):
    """The calendar of the library to use, with the school's own differences."""

    use: Slug
    closed: dict[Day, Text] = Field(default_factory=dict)
    training_days: tuple[Day, ...] | None = None
    events: tuple[Event, ...] = ()
    """the school's own, added to these"""


class OnlyFor(Record):
    """A rule of use: what is given must all be true of what a line pays for."""

    tiers: tuple[Slug, ...] = ()
    strands: tuple[Slug, ...] = ()
    interventions: tuple[Slug, ...] = ()
    because: Note

    @model_validator(mode="after")
    def _something(self) -> OnlyFor:
        if not (self.tiers or self.strands or self.interventions):
            raise ValueError("says nothing || give tiers, strands or interventions")
        return self


class BudgetLine(Record):
    """One budget line: its year, what it may pay for, and what it has for each year, in pounds.

    Where several lines may pay for the same thing, they pay for it together.
    """

    id: Slug
    title: Text
    year: Literal["financial", "academic"]
    """financial: April to March; academic: September to August"""
    pays_for: tuple[Slug, ...] = Field(min_length=1)
    """kinds of cost, see the library"""
    amounts: dict[YearLabel, Pounds] = Field(min_length=1)
    only_for: OnlyFor | None = None
    most: dict[Slug, Percent] = Field(default_factory=dict)
    """at most so many percent of it for a tier"""


class SpentLine(Record):
    """Something for improvement that was paid in the last year."""

    title: Text
    pounds: Pounds
    serves: Slug | None = None
    """the strand it serves; without it, nobody could say"""
    then: Literal["keep", "pool", "invest", "stop"] | None = None
    """what is meant to become of it"""


class Money(Record):
    """The school's money for improvement."""

    cover_per_day: Pounds | None = None
    """what a day of supply cover costs the school, in pounds"""
    lines: tuple[BudgetLine, ...] = Field(min_length=1)
    spent: tuple[SpentLine, ...] = ()
    """what improvement was paid from in the last year, line by line, whatever budget line it stands on"""


class Point(Record):
    """A point in time at which pupils were judged."""

    id: Slug
    title: Text
    date: Day
    term: Slug | None = None
    """the term or half-term it is of (summer, sum1), where its date doesn't tell it"""
    also: tuple[Text, ...] = ()
    """other names the files have for it"""
    baseline: bool = False
    """the starting point progress is measured from"""


Label = Annotated[str, WrittenAsNumber, Field(min_length=1)]
"""A name in a school's own file, which can be a number there."""


def _row_numbers(value: Any) -> Any:
    """One row's number, or the first and the last of several."""
    text = str(value)
    first, _, last = text.replace(" ", "").partition("-")
    whole = first.isdecimal() and (last.isdecimal() or text == first)
    if isinstance(value, bool) or not whole or not 0 < int(first) <= int(last or first):
        raise ValueError("is no row || write a row's number such as 37, or several as 40-44")
    return int(first), int(last or first)


RowNumbers = Annotated[
    tuple[int, int],
    BeforeValidator(_row_numbers),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string"}]}),
]


class PupilFile(Record):
    """One file of pupils, with what can't be told from the file itself."""

    name: Text
    holds: Literal["judgements", "skills"] = "judgements"
    """skills: what pupils can do, skill by skill"""
    date: Day | None = None
    """of a file that holds skills: when its rows without a date are of"""
    dates: Literal["day-first", "month-first"] | None = None
    """how its dates are written, where they don't show it themselves"""
    sheet: Label | None = None
    sheets: tuple[Label, ...] = ()
    """sheets that are read as one file, such as one for each class, by their names; all: every
    sheet with pupils"""
    skip_rows: tuple[RowNumbers, ...] = ()
    """rows to leave out, by the numbers a spreadsheet shows: 37, or 40-44"""
    ignore_columns: tuple[Label, ...] = ()
    """columns not to read, by their headings or “column” and letters"""
    columns: dict[Text, Text] = Field(default_factory=dict)
    """headings with what they hold: a column's id, “subject, point”, the code of a skill, or
    “ignore”"""
    codes: dict[Text, Text] = Field(default_factory=dict)
    """texts with more than one reading, and the grade (or “missing”) each stands for"""
    blank_is_no: tuple[Name, ...] = ()
    """columns in which an empty cell means no"""
    trust_numbers: bool = False
    """who has one number is one child, whatever the names beside it"""
    point: Slug | None = None
    """the point all its judgements belong to"""
    subject: Slug | None = None
    """the subject all of them belong to"""
    scale: Slug | None = None
    """where it is not the scale of the others"""
    school_year: YearLabel | None = None
    """the school year whose year groups it gives, if not the plan's"""
    terms_of: YearLabel | None = None
    """the school year of its terms, where they name none"""
    single_years: Literal["starts", "ends", "calendar"] | None = None
    """what a year such as 2025 is in its column of school years: the one in which the school year
    starts, or ends, or the calendar year of the term"""
    year_from: Literal["birth-date"] | None = None
    """where a pupil's year group stands nowhere, their age tells it"""

    @model_validator(mode="after")
    def _one_table(self) -> PupilFile:
        if self.sheet is not None and self.sheets:
            raise ValueError("sheets: there is a “sheet” too || leave one of them out")
        if self.skip_rows and self.sheets:
            raise ValueError(
                "skip_rows: nobody can know which sheet's rows are meant || save that sheet as a "
                "file of its own, or take the rows out"
            )
        return self

    @model_validator(mode="after")
    def _one_kind(self) -> PupilFile:
        if self.holds == "skills":
            for part in ("point", "subject", "scale"):
                if getattr(self, part) is not None:
                    raise ValueError(
                        f"{part}: a file that holds skills has no {part} || leave it out"
                    )
        elif self.date is not None:
            raise ValueError("date: is for a file that holds skills || name a point in its place")
        return self


def _file_kind(value: Any) -> str:
    return "<file>" if isinstance(value, dict | PupilFile) else "<name>"


FileGiven = Annotated[
    Annotated[Text, Tag("<name>")] | Annotated[PupilFile, Tag("<file>")],
    Discriminator(_file_kind),
]


class PublishedFile(Record):
    """One table published about all schools, or the download of one school."""

    name: Text
    year: YearLabel
    """the school year its figures are about"""
    urn: Urn | None = None
    """the school's number in this file, where it had another then"""
    supersedes: Text | None = None
    """another file of that year, whose figures this one revises"""
    percent: Literal["fractions", "as-written"] | None = None
    """what a figure between 0 and 1 is where a percentage is expected: with fractions 0.65 stands
    for 65 %, as written for 0.65 %"""
    sheet: Text | None = None
    """which sheet of a workbook"""


class Published(Record):
    """Published tables from which this school is taken by its unique reference number."""

    urn: Urn
    files: tuple[PublishedFile, ...] = Field(min_length=1)
    shared: Text | None = None
    """a folder outside this one, in which tables of the nation are kept once for several schools:
    ../national"""


class NextPoint(Record):
    """When pupils are judged next: what is taught until then is looked at before it."""

    title: Text
    date: Day


class PupilFiles(Record):
    """Where the pupils' judgements are and how to read them."""

    files: tuple[FileGiven, ...] = Field(min_length=1)
    scale: Slug
    points: tuple[Point, ...] = Field(min_length=1)
    """in order of date"""
    subjects: tuple[Slug, ...] = Field(min_length=1)
    next_point: NextPoint | None = None
    prefer: Text | None = None
    """the file that is right wherever two differ"""

    @property
    def each(self) -> tuple[PupilFile, ...]:
        """The files as records, those given by their name alone among them."""
        return tuple(PupilFile(name=file) if isinstance(file, str) else file for file in self.files)


class MustDo(Record):
    """Something that has been promised: it has to be in the plan."""

    intervention: Slug
    by: Day | None = None
    """has to have started by this date"""
    lead: Slug | None = None
    form: Literal["full", "light"] = "full"
    for_: tuple[TargetId, ...] = Field(default=(), alias="for")
    """ids of the classes, teachers or year groups it is promised for; left out: all"""
    because: Note


class Pin(Record):
    """Something the school has set the beginning of: if it is planned, it starts then."""

    intervention: Slug
    starts: Day
    """a day in the half-term it starts in"""
    because: Note


class Window(Record):
    """When something may start in this school."""

    intervention: Slug
    not_before: Day | None = None
    not_after: Day | None = None
    because: Note

    @model_validator(mode="after")
    def _some(self) -> Window:
        if self.not_before is None and self.not_after is None:
            raise ValueError("give “not_before”, “not_after”, or both")
        if self.not_before and self.not_after and self.not_after < self.not_before:
            raise ValueError("not_after: is before not_before")
        return self


def _grade(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError("must be a grade || write its number, id or title")
    return value


GradeGiven = Annotated[int | str, BeforeValidator(_grade)]


class Inspection(Record):
    """A past inspection, kept on the scale of its own framework."""

    date: Day
    scale: Slug
    area: Text
    grade: GradeGiven


class Initiative(Record):
    """Something the school is trying to improve already, with what it takes and what has come of it."""

    id: Slug
    title: Text
    hours_a_week: Annotated[float, NotTruth] = Field(ge=0)
    """of all who take part, together"""
    since: Day | None = None
    evidence: Slug | None = None
    """what has come of it: a value of the indicator about it"""
    overlaps_with: Slug | None = None
    """another initiative of the list that does the same work"""
    purpose: Slug | None = None
    """what it is for: a value of the indicator about it"""
    who: tuple[Slug, ...] = ()
    """the roles whose time it takes; without it, those that the policy of the planner names"""


def is_folder_path(path: str) -> bool:
    """Tell whether a path leads from a school's folder to another: written with /, and not from the root."""
    return bool(path.strip("./")) and not re.search(r"^[/~]|\\\\|:", path)


def _folder_path(value: Any) -> Any:
    if isinstance(value, str) and not is_folder_path(value):
        raise ValueError(
            "must be a path from this folder to another || such as content, or ../our-trust"
        )
    return value


FolderPath = Annotated[str, BeforeValidator(_folder_path)]


class SchoolFile(Record):
    """school.yaml."""

    school: SchoolIdentity
    programme: Slug
    packs: tuple[Slug, ...] = ()
    """packs of rules and knowledge beside those of the programme"""
    trust: FolderPath | None = None
    """the folder of the trust's or council's own pack, such as ../our-trust"""
    content: FolderPath | None = None
    """the folder of the school's own pack, such as content"""
    plan: PlanRequest
    calendar: CalendarChoice
    context: dict[Name, Scalar] = Field(default_factory=dict)
    """declared indicators about the school, with their values"""
    money: Money
    pupils: PupilFiles | None = None
    published: Published | None = None
    must: tuple[MustDo, ...] = ()
    own_steps: tuple[OwnStep, ...] = ()
    """steps of the school's own, which have to be in its plan"""
    leads: dict[Slug, Slug] = Field(default_factory=dict)
    """the role that leads something, if it is planned: it does what the lead would do in it"""
    pinned: tuple[Pin, ...] = ()
    windows: tuple[Window, ...] = ()
    last_done: dict[Slug, Day] = Field(default_factory=dict)
    """when a duty that comes back was last done"""
    initiatives: tuple[Initiative, ...] = ()
    """what is being done already; where it is given the count of initiatives follows from it"""
    dates: dict[Slug, tuple[Day, ...]] = Field(default_factory=dict)
    """dates already fixed for something that comes back"""
    inspections: tuple[Inspection, ...] = ()


class EvidenceNote(Record):
    """One piece of evidence from an audit activity."""

    activity: Slug
    concern: Slug | None = None
    strength: Slug | None = None
    note: Note

    @model_validator(mode="after")
    def _one_code(self) -> EvidenceNote:
        if self.concern and self.strength:
            raise ValueError(
                "give a concern or a strength, not both || write two pieces of evidence"
            )
        return self


class QuestionFile(Record):
    """The judgement agreed on one of the questions, with its evidence."""

    judgement: GradeGiven | None = None
    """agreed by school and adviser"""
    school: GradeGiven | None = None
    """the school's own, before agreeing"""
    adviser: GradeGiven | None = None
    """the adviser's own"""
    differed: Note | None = None
    """why the two sides judged differently"""
    evidence: tuple[EvidenceNote, ...] = ()


class Practice(Record):
    """A practice of the library that the school already has."""

    practice: Slug
    how: Literal["fully", "partly"]
    since: Note | None = None
    note: Note | None = None


class Outcome(Record):
    """The figure a priority is to move."""

    indicator: Name
    from_: float | None = Field(default=None, alias="from")
    """where it stood when agreed"""
    to: float | None = None
    """where it is to stand"""
    by: Day | None = None
    """without it, the day of the priority"""


class AgreedPriority(Record):
    """A priority that school and adviser agreed, the most important first."""

    strand: Slug
    title: Text
    target: GradeGiven
    by: Day | None = None
    lead: Slug
    why: Note | None = None
    subjects: tuple[Slug, ...] = ()
    """the subjects it is about; without a scope it is about its strand"""
    groups: tuple[Slug, ...] = ()
    """the groups of pupils it is about"""
    year_groups: tuple[YearGroup, ...] = ()
    classes: tuple[ClassId, ...] = ()
    outcome: Outcome | None = None

    @property
    def scope(self) -> dict[str, tuple[str, ...]]:
        """Name what it is about, by part: subjects, groups, year groups, classes; empty where it says nothing."""
        return {
            "subjects": self.subjects,
            "groups": self.groups,
            "year_groups": self.year_groups,
            "classes": self.classes,
        }

    @property
    def scoped(self) -> bool:
        """Tell whether it names anything it is about beyond its strand."""
        return any(self.scope.values())


class CqaFile(Record):
    """cqa.yaml."""

    agreed_on: Day
    scale: Slug | None = None
    """another judgement scale of the library"""
    questions: dict[Slug, QuestionFile] = Field(min_length=1)
    in_place: tuple[Practice, ...] = ()
    priorities: tuple[AgreedPriority, ...] = ()


class Vacancy(Record):
    """The days on which nobody holds a post, the first and the last among them."""

    from_: Day | None = Field(default=None, alias="from")
    """without it, since before the plan"""
    until: Day | None = None
    """without it, nobody is appointed yet"""

    @model_validator(mode="after")
    def _some(self) -> Vacancy:
        if self.from_ is None and self.until is None:
            raise ValueError("says nothing || give “from”, “until”, or both")
        if self.from_ and self.until and self.until < self.from_:
            raise ValueError("until: is before from")
        return self

    def within(self, first: datetime.date, last: datetime.date) -> bool:
        """Tell whether the post is vacant on at least one day from the first to the last."""
        return (self.from_ or first) <= last and first <= (self.until or last)

    def through(self, first: datetime.date, last: datetime.date) -> bool:
        """Tell whether the post is vacant on every day from the first to the last."""
        return (self.from_ or first) <= first and last <= (self.until or last)


class Person(Record):
    """One person, by role and never by name, with the time they can give to improvement; or the post
    of one, while it is vacant."""

    id: Slug
    roles: tuple[Slug, ...] = Field(min_length=1)
    time: DaysByPart
    """days each half-term, or by part of the year"""
    teaches: Annotated[float, NotTruth] = Field(default=0, ge=0, le=1)
    """share of the week spent teaching"""
    classes: tuple[ClassId, ...] = ()
    profile: GradeGiven | None = None
    """a grade of the teaching scale"""
    early_career: bool | None = None
    fee_per_day: Pounds = 0
    """what a day of theirs costs the school"""
    vacant: Vacancy | None = None
    """when nobody holds the post"""
    shared: bool = False
    """with other schools of a network, which gives out their days: none can be bought on top"""
    goal: Note | None = None
    """a teacher's own goal, agreed in a learning conversation"""
    note: Note | None = None

    def away(self, first: datetime.date, last: datetime.date) -> bool:
        """Tell whether the post is vacant on at least one day from the first to the last."""
        return self.vacant is not None and self.vacant.within(first, last)


class Team(Record):
    """Teachers who meet over the pupils of their classes and share what they do about them."""

    id: Slug
    title: Text
    leader: Slug
    """a person's id"""
    classes: tuple[ClassId, ...] = Field(min_length=1)
    meets: tuple[Day, ...] = ()
    """days the school is open"""


class StaffFile(Record):
    """staff.yaml."""

    teaching_scale: Slug = "teaching-profile"
    people: tuple[Person, ...] = Field(min_length=1)
    teams: tuple[Team, ...] = ()
    together: dict[Slug, DaysByPart] = Field(default_factory=dict)
    """time of roles that are many people at once, such as the staff's meetings"""
