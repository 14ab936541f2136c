"""The sheets of the workbook in which a school says what its YAML files say: each column with its field."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ...library import Indicator, Library
from ..checks.folder_checks import CQA, SCHOOL, STAFF
from ..checks.initiatives import CHOSEN

WORKBOOK = "school.xlsx"
"""The workbook's name in the folder, where it stands in place of the three files."""
FieldKind = Literal["text", "words", "number", "day", "days", "yes-no"]
"""words, days: several in one cell, with commas between them."""
FIELD, VALUE = "What", "Answer"
"""The headings of a sheet that asks one thing a row."""
_EMPTY_ROWS = 25
Sample = str | float | None


@dataclass(frozen=True, slots=True)
class BookField:
    """The field that a column, or a row of a sheet that asks one thing a row, says: its field by key path.

    `choices` are the words that may stand there, with what is meant by each; `made_from` is the title of the column
    from which it is made where it is empty.
    """

    title: str
    path: tuple[str, ...]
    kind: FieldKind = "text"
    help: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    made_from: str = ""
    file: str = ""
    """of a sheet that asks one thing a row: the file its answer is in"""
    sample: Sample = None
    width: float = 18


@dataclass(frozen=True, slots=True)
class BookTable:
    """A sheet: where its rows go. `by` is the title of the column that says under which key a row belongs; `into`
    the list below that."""

    sheet: str
    about: str
    file: str
    path: tuple[str, ...]
    fields: tuple[BookField, ...]
    by: str = ""
    into: str = ""
    answers: bool = False
    """it asks one thing a row"""
    samples: tuple[tuple[Sample, ...], ...] = ()
    rows: int = _EMPTY_ROWS


def workbook_layout(library: Library) -> tuple[BookTable, ...]:
    """Lay out the workbook in the words of a library."""
    return tuple(_tables(library))


def _tables(library: Library) -> Iterator[BookTable]:
    strands = {one.title: one.id for one in library.strands.values()}
    grades = {one.title: one.id for one in library.scales[library.programme.judgement_scale].grades}
    profiles = {
        one.title: one.id for one in library.scales[library.programme.teaching_scale].grades
    }
    roles = {one.title: one.id for one in library.roles.values() if one.kind != "together"}
    advice = {one.title: one.id for one in library.interventions.values()}
    yield BookTable(
        "School",
        "Who the school is and what is to be planned. Write in the yellow cells; the samples are to be written over.",
        SCHOOL,
        (),
        tuple(_school(library)),
        answers=True,
    )
    yield BookTable(
        "Figures",
        "What you know of these; leave empty what you don't. Percentages as numbers: 5.7 for 5.7 %.",
        SCHOOL,
        ("context",),
        tuple(
            BookField(
                _capital(one.title),
                (one.id,),
                "yes-no"
                if one.type == "yes-no"
                else "number"
                if one.type != "category"
                else "text",
                _figure_help(one),
                {value: value for value in one.values},
                width=14,
            )
            for one in library.indicators.values()
            if one.from_ == "school"
        ),
        answers=True,
    )
    yield BookTable(
        "Classes",
        "One row a class; a class of mixed age lists its years with commas. Reception is R.",
        SCHOOL,
        ("school", "classes"),
        (
            BookField("Class", ("id",), help="as in your files: 4B"),
            BookField("Year groups", ("years",), "words", "youngest first: 3, 4"),
        ),
        samples=(("1A", "1"), ("2A", "2")),
    )
    yield BookTable(
        "People",
        "Roles, never names. Days are those each can give to improvement in a half-term, beside their usual work.",
        STAFF,
        ("people",),
        (
            BookField("Id", ("id",), help="a word of your own without spaces: teacher-4b"),
            BookField("Roles", ("roles",), "words", "one or several, with commas", roles, width=34),
            BookField("Days each half-term", ("time",), "number"),
            BookField("Share of the week taught", ("teaches",), "number", "0 to 1: 0.9"),
            BookField("Classes", ("classes",), "words", "the classes they teach"),
            BookField(
                "Teaching profile",
                ("profile",),
                help="if two people agree on one",
                choices=profiles,
            ),
            BookField(
                "Early career", ("early_career",), "yes-no", "in the first two years of teaching"
            ),
            BookField(
                "Fee a day", ("fee_per_day",), "number", "of somebody from outside, in pounds"
            ),
            BookField("Note", ("note",), help="no names", width=30),
        ),
        samples=(
            ("head", _title(library, "headteacher"), 4, None, None, None, None, None, None),
            ("teacher-1a", _title(library, "class-teacher"), 1, 0.9, "1A", None, None, None, None),
            ("teacher-2a", _title(library, "class-teacher"), 1, 0.9, "2A", None, None, None, None),
        ),
        rows=45,
    )
    yield _money(library)
    yield BookTable(
        "Judgements",
        "What school and adviser agreed on each question; leave empty what was not agreed.",
        CQA,
        ("questions",),
        (
            BookField("Question", (), choices=strands, width=34),
            BookField("Agreed", ("judgement",), choices=grades),
            BookField("School", ("school",), help="the school's own, before", choices=grades),
            BookField("Adviser", ("adviser",), help="the adviser's own, before", choices=grades),
            BookField("Why they differed", ("differed",), width=40),
        ),
        by="Question",
        samples=tuple((title, None, None, None, None) for title in strands),
        rows=0,
    )
    yield BookTable(
        "Evidence",
        "One row for each observation. Choose what was seen where one of the list fits, as a concern or a "
        "strength; the note says it in your words, without names.",
        CQA,
        ("questions",),
        (
            BookField("Question", (), choices=strands, width=30),
            BookField(
                "How it was seen",
                ("activity",),
                choices={one.title: one.id for one in library.programme.audit_activities},
                width=26,
            ),
            BookField(
                "Concern",
                ("concern",),
                choices={one.title: one.id for one in library.concerns.values()},
                width=36,
            ),
            BookField(
                "Strength",
                ("strength",),
                choices={one.title: one.id for one in library.strengths.values()},
                width=32,
            ),
            BookField("Note", ("note",), help="what was seen", width=50),
        ),
        by="Question",
        into="evidence",
        rows=60,
    )
    yield BookTable(
        "Priorities",
        "What school and adviser agreed, the most important first; three to five.",
        CQA,
        ("priorities",),
        (
            BookField("Priority", ("title",), help="in your words", width=40),
            BookField("Question", ("strand",), choices=strands, width=28),
            BookField("To be", ("target",), help="the judgement aimed at", choices=grades),
            BookField("By", ("by",), "day"),
            BookField("Lead", ("lead",), help="a role", choices=roles, width=24),
            BookField("Why", ("why",), width=36),
            BookField("Subjects", ("subjects",), "words", "where it is about some: writing"),
            BookField(
                "Groups",
                ("groups",),
                "words",
                "where it is about some",
                {one.title: one.id for one in library.groups.values()},
            ),
            BookField("Year groups", ("year_groups",), "words"),
            BookField("Classes", ("classes",), "words"),
        ),
        rows=8,
    )
    yield BookTable(
        "In place",
        "What the school does already, by the names of the library.",
        CQA,
        ("in_place",),
        (
            BookField("Practice", ("practice",), choices=advice, width=60),
            BookField("How far", ("how",), choices={"fully": "fully", "partly": "partly"}),
            BookField("Note", ("note",), width=40),
        ),
    )
    yield BookTable(
        "Promised",
        "What has been promised and has to be in the plan.",
        SCHOOL,
        ("must",),
        (
            BookField("What", ("intervention",), choices=advice, width=60),
            BookField("Begun by", ("by",), "day"),
            BookField("Because", ("because",), width=50),
        ),
        rows=8,
    )
    yield _initiatives(library)
    series = {one.title: one.id for one in library.interventions.values() if one.series}
    yield BookTable(
        "Days set",
        "Days you have set already for something that comes back; one row a day.",
        SCHOOL,
        ("dates",),
        (
            BookField("What", (), choices=series, width=60),
            BookField("Day", ("",), "day"),
        ),
        by="What",
    )
    yield BookTable(
        "Teams",
        "Teachers who meet over their pupils, if there are such teams.",
        STAFF,
        ("teams",),
        (
            BookField(
                "Id", ("id",), help="made from the title where it is empty", made_from="Title"
            ),
            BookField("Title", ("title",), width=28),
            BookField("Leader", ("leader",), help="an id of the sheet People"),
            BookField("Classes", ("classes",), "words"),
            BookField(
                "Meets on", ("meets",), "days", "days with commas: 24/11/2026, 19/01/2027", width=44
            ),
        ),
        rows=8,
    )
    yield BookTable(
        "Data points",
        "When pupils were judged, if files of pupils stand beside this workbook (sheet School: files of pupils).",
        SCHOOL,
        ("pupils", "points"),
        (
            BookField(
                "Id", ("id",), help="made from the title where it is empty", made_from="Title"
            ),
            BookField("Title", ("title",), help="Summer 2026", width=28),
            BookField("Day", ("date",), "day"),
            BookField("Starting point", ("baseline",), "yes-no", "what progress is measured from"),
        ),
        rows=10,
    )


def _school(library: Library) -> Iterator[BookField]:
    calendar = next(iter(library.calendars.values()))
    first = calendar.new_plan_starts
    phases = {_capital(one): one for one in library.indicators["phase"].values}
    calendars = {one.title: one.id for one in library.calendars.values()}
    scales = {one.title: one.id for one in library.scales.values() if one.used_for == "attainment"}

    def ask(title: str, *path: str, kind: FieldKind = "text", help: str = "", sample: Sample = None, file: str = SCHOOL,
            choices: Mapping[str, str] | None = None) -> BookField:  # fmt: skip
        return BookField(title, path, kind, help, choices or {}, file=file, sample=sample, width=34)

    yield ask("Name of the school", "school", "name", sample="My School")
    yield ask(
        "Short name", "school", "id", help="lower-case words joined by hyphens", sample="my-school"
    )
    yield ask("Phase", "school", "phase", choices=phases, sample=next(iter(phases)))
    yield ask(
        "Year groups",
        "school",
        "year_groups",
        kind="words",
        help="youngest first, with commas; Reception is R",
        sample="1, 2",
    )
    yield ask("Pupils on roll", "school", "roll", kind="number", sample=60)
    yield ask("Programme", "programme", sample=library.programme.id, help="as it is")
    yield ask("Plan begins on", "plan", "starts", kind="day", sample=first.isoformat())
    yield ask("Years to plan", "plan", "years", kind="number", help="1 to 3", sample=1)
    yield ask("Calendar", "calendar", "use", choices=calendars, sample=next(iter(calendars)))
    yield ask(
        "Cost of a day's cover",
        "money",
        "cover_per_day",
        kind="number",
        help="in pounds",
        sample=library.costs.cover_per_day,
    )
    yield ask(
        "Judgements agreed on",
        "agreed_on",
        kind="day",
        file=CQA,
        help="the day school and adviser agreed",
        sample="2026-07-01",
    )
    for role in library.roles.values():
        if role.kind == "together":
            told = "staff meetings and training days, in days of a half-term"
            yield ask(
                role.title, "together", role.id, kind="number", file=STAFF, help=told, sample=1
            )
    yield ask(
        "Files of pupils",
        "pupils",
        "files",
        kind="words",
        help="names of files beside this workbook: pupils.csv; empty: none",
    )
    yield ask(
        "Subjects in them", "pupils", "subjects", kind="words", help="reading, writing, maths"
    )
    yield ask("Scale of their grades", "pupils", "scale", choices=scales)


def _money(library: Library) -> BookTable:
    begins = next(iter(library.calendars.values())).new_plan_starts.year
    years = [f"{one}-{(one + 1) % 100:02}" for one in itertools.islice(itertools.count(begins), 3)]
    kinds = {one.title: one.id for one in library.costs.kinds}
    tiers = {one.title: one.id for one in library.costs.tiers}
    kept = "of the pupil premium, with commas: " + ", ".join(tiers)
    return BookTable(
        "Money",
        "What is left for improvement, line by line, in pounds. What no line pays for can't be planned.",
        SCHOOL,
        ("money", "lines"),
        (
            BookField("Id", ("id",), help="made from the title where it is empty", made_from="Title"),
            BookField("Title", ("title",), width=28),
            BookField("Year", ("year",), help="financial: April to March; academic: September to August",
                      choices={"financial": "financial", "academic": "academic"}),
            BookField("Pays for", ("pays_for",), "words", "with commas: " + ", ".join(kinds), kinds, width=40),
            *(BookField(one, ("amounts", one), "number") for one in years),
            BookField("Only for tiers", ("only_for", "tiers"), "words", kept, tiers),
            BookField("Because", ("only_for", "because"), help="why it is kept to these"),
        ),
        samples=(("improvement", "School improvement", "financial", ", ".join(kinds), 0, 0, None, None, None),),
        rows=8,
    )  # fmt: skip


def _initiatives(library: Library) -> BookTable:
    asked = tuple(
        BookField(
            _capital(key),
            (key,),
            choices={one: one for one in library.indicators[name].values},
        )
        for key, name in CHOSEN.items()
    )
    return BookTable(
        "Initiatives",
        "What staff are asked to do already: the longest list anybody gives. Hours are of all who take part, together.",
        SCHOOL,
        ("initiatives",),
        (
            BookField(
                "Id", ("id",), help="made from the title where it is empty", made_from="Title"
            ),
            BookField("Title", ("title",), width=44),
            BookField("Hours a week", ("hours_a_week",), "number"),
            BookField("Since", ("since",), "day"),
            *asked,
        ),
    )


def _title(library: Library, role: str) -> str:
    return library.roles[role].title


def _figure_help(one: Indicator) -> str:
    told = f"{one.range[0]:,.0f} to {one.range[1]:,.0f}. " if one.range else ""
    return f"{told}{one.help or ''}".strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


__all__ = ["FIELD", "VALUE", "WORKBOOK", "BookField", "BookTable", "workbook_layout"]
