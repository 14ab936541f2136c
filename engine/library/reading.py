"""How a school's own files are read: the headings of columns, the words in them, the exports of the
systems schools use, and the tables that are published about schools."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag
from pydantic import Field as Described

from ..core import Day, Name, Record, Slug, Text, YearGroup
from .scale import YearLabel

MonthDay = Annotated[str, Described(pattern=r"^\d\d-\d\d$", description="month and day")]
FieldKind = Literal[
    "upn",
    "reference",
    "name",
    "surname",
    "forename",
    "school",
    "year",
    "class",
    "birth",
    "admitted",
    "yes-no",
    "percent",
    "category",
    "subject",
    "point",
    "date",
    "school-year",
    "judgement",
    "assessment",
    "concern",
    "skill",
]


class PupilColumn(Record):
    """A column's word on a pupil, and the headings it is known by."""

    id: Name
    title: Text
    kind: FieldKind
    aliases: tuple[Text, ...] = Described(min_length=1)
    indicator: Name | None = None
    """the indicator it gives"""
    yes: tuple[str, ...] = ()
    """words for yes beside the usual ones"""
    no: tuple[str, ...] = ()
    only_yes: bool = False
    """a no here says nothing: another column may still say yes"""
    values: dict[str, tuple[str, ...]] = Described(default_factory=dict)
    """for a category: its values, each with how it is written"""


class SubjectWords(Record):
    id: Slug
    title: Text
    aliases: tuple[Text, ...]


class PartWords(Record):
    """A term or half-term as headings name it. In a year the calendar doesn't have, a date from `from`
    on falls in it."""

    part: Slug
    term: Slug
    title: Text
    from_: MonthDay = Described(alias="from")
    after_easter: int | None = None
    """days from Easter Sunday on which it begins at the earliest"""
    half: bool = False
    aliases: tuple[Text, ...] = ()


class DateForms(Record):
    """The ways dates are written, each as `strptime` has it; of some only the file can tell whether the
    day or the month comes first."""

    plain: tuple[Text, ...]
    """with one reading, tried in this order"""
    day_first: tuple[Text, ...]
    month_first: tuple[Text, ...]
    months: tuple[Text, ...]
    """a month without a day"""
    serial_from: Day
    """the day a spreadsheet counts days from"""


class Words(Record):
    """The words in headings and cells."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    missing: dict[str, Text]
    """what stands in a cell without a value, and why there is none"""
    fillers: tuple[Text, ...]
    """words in headings that say nothing more"""
    unread: tuple[Text, ...] = ()
    """words in headings of columns that are not read, and are nobody's name: a heading of known
    words is repeated, of another only the column's letter"""
    totals: tuple[Text, ...]
    """in place of a pupil: the row sums up others and is no pupil"""
    sums_up: tuple[Text, ...]
    """words of which one beside words of tables alone makes a row a total"""
    groups_of_pupils: tuple[Text, ...]
    """what pupils are counted by: with a number beside it a row is a total"""
    beside_sums: tuple[Text, ...]
    """other words of rows that are totals"""
    footers: tuple[Text, ...]
    """what lines below a table begin with; # stands for a number"""
    year_groups: dict[YearGroup, tuple[Text, ...]]
    year_titles: dict[YearGroup, Text] = Described(default_factory=dict)
    """what a year group is called where it is not called by its number"""
    year_called: Text
    """what the others are called; # stands for the number"""
    later_years: tuple[YearGroup, ...]
    """year groups after these, which no primary school has"""
    class_words: tuple[Text, ...]
    """words of a class's name that say nothing of a year group beside them"""
    age_words: tuple[Text, ...]
    """words that make a number an age"""
    year_words: tuple[Text, ...]
    """what stands before a year group's number"""
    ages: dict[YearGroup, int]
    """how old a year group's children are when the school year begins"""
    subjects: tuple[SubjectWords, ...]
    parts: tuple[PartWords, ...]
    """terms, and half-terms, in the order of a school year"""
    births: dict[Slug, MonthDay]
    """terms of birth, each from the day of the year on which it begins"""
    dates: DateForms


class Export(Record):
    """The shape in which one system gives its pupils' judgements out."""

    id: Slug
    title: Text
    file: Literal["csv", "xlsx"] = "csv"
    delimiter: Literal[",", ";", "\t"] = ","
    encoding: Literal["utf-8", "utf-8-sig", "cp1252", "utf-16"] = "utf-8"
    above: tuple[str, ...] = ()
    """lines above the headings"""
    columns: dict[Name, Text]
    """the heading of each column, in order; a long shape has subject, point, judgement"""
    judgement: Text | None = None
    """wide: the heading of a judgement, of {subject} {term} {year} {year_group} …"""
    subjects: dict[Slug, Text] = Described(default_factory=dict)
    """what subjects are called"""
    terms: dict[Slug, Text] = Described(default_factory=dict)
    """what terms are called"""
    start: Text | None = None
    """wide: the heading of the starting point, of {subject}"""
    school_year: Text = "{first}/{second}"
    """how a school year is written, of {first} {second} {short}"""
    year_group: Text = "{year}"
    date: Text = "%d/%m/%Y"
    yes: Text = "Y"
    no: Text = "N"
    sen: dict[Slug, Text] = Described(
        default_factory=lambda: {"none": "N", "support": "K", "plan": "E"}
    )
    """how it writes no special needs, support, and a plan"""
    attendance: Text = "{percent}"
    """how a percentage is written"""
    blank: Text | Literal[""] = ""
    """what an empty cell holds"""
    grades: dict[Slug, Text] = Described(default_factory=dict)
    """how it writes the point-in-time grades, by their ids"""
    note: Text | None = None
    sources: tuple[Slug, ...] = ()


class Measure(Record):
    """A figure of a long table: its column, in the row in which other columns hold these texts."""

    column: Text
    where: dict[Text, Text] = Described(default_factory=dict)


def _measure_kind(value: Any) -> str:
    return "<column>" if isinstance(value, str) else "<measure>"


MeasureGiven = Annotated[
    Annotated[Text, Tag("<column>")] | Annotated[Measure, Tag("<measure>")],
    Discriminator(_measure_kind),
]


def measure(given: str | Measure) -> Measure:
    """A figure's column with the rows it is read in; a column alone is read in the school's row."""
    return Measure(column=given) if isinstance(given, str) else given


class Interval(Record):
    """A score with its confidence limits: above or below average only when both limits are."""

    score: Text
    lower: Text
    upper: Text
    where: dict[Text, Text] = Described(default_factory=dict)
    """in a long table: the row, by what other columns hold"""


class Only(Record):
    """Rows that count: those with one of these values in a column."""

    column: Text
    values: tuple[str, ...]


class Beside(Record):
    """Rows of a table that are about no school, and stand beside the school's own to compare it with: the
    nation's, or those of its authority."""

    rows: Only
    same: Text | None = None
    """a column in which the row holds the same as the school's own"""
    values: dict[Name, MeasureGiven]
    """indicators, and their columns"""


class Gap(Record):
    """School years of which a table, or some of its figures, can't exist."""

    years: tuple[YearLabel, ...] = Described(min_length=1)
    figures: tuple[Name, ...] = ()
    """none: the whole table"""
    because: Text


class PublishedTable(Record):
    """A table published about all schools, from which one school's row is taken; a long one has a
    row for each school, year and group of pupils."""

    id: Slug
    title: Text
    recognised_by: tuple[Text, ...] = Described(min_length=1)
    school: Text
    """the column with the school's unique reference number"""
    became: Text | None = None
    """the column with the number it has had since it became an academy"""
    only: Only | None = None
    year: Text | None = None
    """in a long table: the column with the school year of a row"""
    filters: dict[Text, Text] = Described(default_factory=dict)
    """in a long table: what other columns hold in the rows that count, where a figure's `where`
    doesn't say otherwise"""
    values: dict[Name, MeasureGiven] = Described(default_factory=dict)
    """indicators of the school, and their columns"""
    sums: dict[Name, tuple[MeasureGiven, ...]] = Described(default_factory=dict)
    """indicators that are the sum of columns"""
    intervals: dict[Name, Interval] = Described(default_factory=dict)
    """indicators that are above, average or below"""
    beside: tuple[Beside, ...] = ()
    """what it is compared with"""
    namespace: Text | None = None
    """what the download of one school calls the table"""
    gaps: tuple[Gap, ...] = ()
    missing: dict[str, Text] = Described(default_factory=dict)
    """what stands in place of a figure in this table, beside what does in all"""
    note: Text | None = None
    sources: tuple[Slug, ...] = ()

    @property
    def gives(self) -> frozenset[str]:
        """The indicators it has figures for."""
        compared = (name for other in self.beside for name in other.values)
        return frozenset((*self.values, *self.sums, *self.intervals, *compared))

    def measures(self) -> Iterator[tuple[str, Measure]]:
        """Every column it is read in, with the indicator it is read for."""
        for name, given in self.values.items():
            yield name, measure(given)
        for name, parts in self.sums.items():
            yield from ((name, measure(part)) for part in parts)
        for name, interval in self.intervals.items():
            for column in (interval.score, interval.lower, interval.upper):
                yield name, Measure(column=column, where=interval.where)


class Download(Record):
    """The download of one school's figures, a row for each: the columns that say of which table
    and year it is, which figure, and the figure."""

    recognised_by: tuple[Text, ...] = Described(min_length=1)
    namespace: Text
    variable: Text
    value: Text
    school: tuple[Text, ...] = Described(min_length=1)
    """the variables that hold the school's unique reference number"""
    dated: Text
    """how a table or figure is called with the year its school year ends in, of {name} and {year},
    two digits"""


class PublishedWords(Record):
    """The words that all published tables have in common."""

    missing: dict[str, Text]
    """what stands in place of a figure, and what it says"""
    download: Download
