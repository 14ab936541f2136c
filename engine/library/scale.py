"""How attainment is written down: scales with their grades or scores, and the assessments that use
them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..core import Day, Name, Record, Slug, Text, YearGroup

YearLabel = Annotated[str, Field(pattern=r"^\d{4}-\d{2}$", description="for example 2026-27")]


class Grade(Record):
    id: Slug
    title: Text
    value: int
    means: Text | None = None


class Numbers(Record):
    """The scores of a scale that is a number."""

    least: float
    most: float
    whole: bool = True


class MeasurementError(Record):
    """The error of a score: a second sitting lies within `points` either side, in
    `confidence` of 100 cases."""

    points: float = Field(gt=0)
    confidence: int = Field(ge=50, le=99)
    source: Slug
    note: Text | None = None


class Area(Record):
    """An area an inspection grades, with the days from and until which it did."""

    title: Text
    aliases: tuple[Text, ...] = ()
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None


class Scale(Record):
    """An ordered, named, versioned list of grades, or a range of scores; never converted into
    another.

    What rules compare across scales is the standing: which of the anchors a grade has reached.
    """

    id: Slug
    title: Text
    used_for: Literal[
        "judgement", "inspection", "attainment", "teaching", "statutory", "test", "skills"
    ]
    version: Text
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    grades: tuple[Grade, ...] = ()
    """from lowest to highest"""
    numbers: Numbers | None = None
    anchors: dict[Slug, Slug | float] = Field(default_factory=dict)
    """what rules call a grade, and from which grade (or score) up it holds here"""
    good_enough: Slug | None = None
    """the anchor from which on nothing need be recommended"""
    expected_at: dict[YearGroup, dict[Slug, Slug]] = Field(default_factory=dict)
    """the expected grade by year group and term, where it moves with age"""
    from_expected: dict[Slug, int] = Field(default_factory=dict)
    """with expected_at: each anchor's distance from the expected grade, in grades"""
    aliases: dict[str, Slug] = Field(default_factory=dict)
    """other ways it is written"""
    codes: dict[str, Text] = Field(default_factory=dict)
    """written in place of a grade, and what it says"""
    uncounted: dict[str, Text] = Field(default_factory=dict)
    """judgements the scale has no grade for, and what each says: told, not counted"""
    beside: dict[str, tuple[Text, ...]] = Field(default_factory=dict)
    """texts that one file doesn't use for the same: where it has both, it is asked"""
    ambiguous: dict[str, tuple[Text, ...]] = Field(default_factory=dict)
    """texts with more than one reading: the school says which in school.yaml"""
    own_pathway: tuple[Slug, ...] = ()
    """grades of pupils who are judged on a pathway of their own"""
    areas: tuple[Area, ...] = ()
    """of inspections: what is graded"""
    sound: Slug | None = None
    """of inspections: the grade from which on an area is sound in its own framework"""
    ungraded: dict[Text, Text] = Field(default_factory=dict)
    """of inspections: what may be taken for an area and has no grade, and why"""
    error: MeasurementError | None = None
    note: Text | None = None
    sources: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _grades_or_numbers(self) -> Scale:
        if bool(self.grades) == bool(self.numbers):
            raise ValueError("a scale has either grades or numbers || give one of the two")
        if self.grades and len(self.grades) < 2:
            raise ValueError("grades: a scale has at least two grades")
        if bool(self.expected_at) != bool(self.from_expected):
            raise ValueError("expected_at and from_expected go together || give both or neither")
        return self

    def rank(self, grade: str) -> int:
        """The position of a grade, counted from 0 at the lowest; ValueError when it isn't one."""
        return [item.id for item in self.grades].index(grade)


class ScaleVersion(Record):
    """The scale an assessment was given on in the school years from one to another."""

    scale: Slug
    from_: YearLabel | None = Field(default=None, alias="from")
    until: YearLabel | None = None


class Held(Record):
    """School years in which an assessment took place for all."""

    from_: YearLabel = Field(alias="from")
    until: YearLabel | None = None


class Component(Record):
    """One part of an assessment: a subject, or one of the early learning goals."""

    id: Slug
    title: Text
    subject: Slug | None = None
    """the subject it is a starting point for, if for one"""
    aliases: tuple[Text, ...] = ()
    indicator: Name | None = None
    """the indicator of the pupil it gives"""
    passed: Slug | None = None
    """for an indicator that is yes or no: the anchor to be reached"""
    transfer: tuple[Text, ...] = ()
    """its codes in a Common Transfer File, written Subject/Component"""


class Assessment(Record):
    """Something pupils are assessed with; a school's own tracking is one, with no scale of its
    own."""

    id: Slug
    title: Text
    short: Text | None = None
    """its name in a table"""
    kind: Literal["tracking", "statutory", "test", "skills"]
    """skills: its parts are the skills of the library"""
    aliases: tuple[Text, ...] = ()
    """how a heading names it"""
    scales: tuple[ScaleVersion, ...] = ()
    components: tuple[Component, ...] = ()
    """none: the school's own subjects"""
    stages: tuple[Text, ...] = ()
    """its key stage in a Common Transfer File"""
    year_group: YearGroup | None = None
    """the year group it is taken in"""
    held: tuple[Held, ...] = ()
    baseline: int | None = Field(default=None, ge=1)
    """its place among starting points; 1 is asked for first"""
    note: Text | None = None
    sources: tuple[Slug, ...] = ()

    def scale_in(self, year: str | None) -> str | None:
        """The scale it was given on in a school year, or is given on now; None where it has none
        of its own, or none for that year."""
        for version in self.scales:
            begun = version.from_ is None or year is None or version.from_ <= year
            over = version.until is not None and (year is None or version.until < year)
            if begun and not over:
                return version.scale
        return None

    def was_held(self, year: str) -> bool:
        """Tell whether it took place for all in a school year."""
        return any(h.from_ <= year and (h.until is None or year <= h.until) for h in self.held)
