"""How files are read, as a whole: every heading, grade and text that stands in the knowledge reads as
what it stands for."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

import pytest

from termwise.engine.library.load_checked import load_library
from termwise.engine.library.reading import Export, PublishedTable, PupilColumn
from termwise.engine.library.scale import Assessment, Component, Scale
from termwise.engine.school.calendar import Terms
from termwise.engine.school.model import Point, PupilFile, PupilFiles
from termwise.engine.school.pupil_data.assessment_points import year_label
from termwise.engine.school.pupil_data.grades import GradeReader
from termwise.engine.school.pupil_data.headings import DoubtfulHeading, Headings, ResultColumn
from termwise.engine.school.pupil_data.rows import TermOf
from termwise.engine.school.pupil_data.words_in_headings import words_of

LIBRARY = load_library()
WORDS = LIBRARY.words
SCALES = [pytest.param(item, id=item.id) for item in LIBRARY.scales.values()]
ASSESSMENTS = [pytest.param(item, id=item.id) for item in LIBRARY.assessments.values()]
COMPONENTS = [
    pytest.param(assessment, component, id=f"{assessment.id} {component.id}")
    for assessment in LIBRARY.assessments.values()
    for component in assessment.components
]
COLUMNS = [pytest.param(item, id=item.id) for item in LIBRARY.columns.values()]
EXPORTS = [pytest.param(item, id=item.id) for item in LIBRARY.exports.values()]
PUBLISHED = [pytest.param(item, id=item.id) for item in LIBRARY.published.values()]

BANDS = LIBRARY.scales[LIBRARY.programme.attainment_scale or ""]
OWN = next(item.id for item in LIBRARY.assessments.values() if item.kind == "tracking")
TITLES = {subject.id: subject.title for subject in WORDS.subjects}
START = Point(id="start", title="Baseline", date=datetime.date(2024, 7, 12), baseline=True)
POINTS = tuple(
    Point(id=f"point-{date:%Y-%m}", title=f"Point {number}", date=date)
    for number, date in enumerate(
        (
            datetime.date(2024, 12, 13),
            datetime.date(2025, 3, 28),
            datetime.date(2025, 6, 27),
            datetime.date(2025, 12, 12),
            datetime.date(2026, 3, 20),
            datetime.date(2026, 6, 26),
        ),
        start=1,
    )
)
FILES = PupilFiles(
    files=("pupils.csv",), scale=BANDS.id, points=(START, *POINTS), subjects=tuple(TITLES)
)
TERMS = Terms(WORDS.parts, LIBRARY.calendars["england"])
HEADINGS = Headings(LIBRARY, FILES, PupilFile(name="pupils.csv"), TERMS)
OF_SKILLS = Headings(LIBRARY, FILES, PupilFile(name="skills.csv", holds="skills"), TERMS)
THIS_YEAR = 2025
"""The school year 2025/26, by the calendar year in which it begins."""


def read(scale: Scale, text: str) -> int | float | None:
    return GradeReader(scale, WORDS.missing).read(text).grade


def year_taken(year_group: str, assessment: Assessment) -> str:
    """The school year in which those who are now in a year group were in the assessment's."""
    groups = list(WORDS.year_groups)
    later = groups.index(year_group) - groups.index(assessment.year_group or year_group)
    return year_label(THIS_YEAR - later)


# --- scales


@pytest.mark.parametrize("scale", SCALES)
def test_every_way_to_write_a_grade_reads_to_it(
    scale: Scale, request: pytest.FixtureRequest
) -> None:
    for grade in scale.grades:
        assert read(scale, grade.id) == scale.rank(grade.id), grade.id
        assert read(scale, grade.title) == scale.rank(grade.id), grade.title
        assert read(scale, grade.title.upper()) == scale.rank(grade.id), grade.title
    for alias, meant in scale.aliases.items():
        assert read(scale, alias) == scale.rank(meant), alias


@pytest.mark.parametrize("scale", SCALES)
def test_a_code_is_no_grade_and_a_doubtful_text_is_not_guessed(scale: Scale) -> None:
    reader = GradeReader(scale, WORDS.missing)
    for code in scale.codes:
        assert reader.read(code).grade is None, code
        assert reader.read(code).missing == scale.codes[code], code
    for text, readings in scale.ambiguous.items():
        assert reader.read(text).ask, text
        assert all(said in reader.read(text).wrong for said in readings), text
        for said in readings:
            settled = GradeReader(scale, WORDS.missing, {text: said}).read(text)
            expected = None if said == "missing" else scale.rank(said)
            assert settled.grade == expected, text
            assert not settled.wrong


@pytest.mark.parametrize("scale", SCALES)
def test_the_scores_of_a_scale_are_read_and_those_off_it_are_not(scale: Scale) -> None:
    if scale.numbers is None:
        return
    least, most = scale.numbers.least, scale.numbers.most
    assert (read(scale, f"{least:g}"), read(scale, f"{most:g}")) == (least, most)
    assert read(scale, f"{least - 1:g}") is None
    assert read(scale, f"{most + 1:g}") is None


@pytest.mark.parametrize("scale", SCALES)
def test_anchors_are_in_order_and_named_as_rules_name_them(scale: Scale) -> None:
    if scale.expected_at:
        places: list[float] = list(scale.from_expected.values())
        names = list(scale.from_expected)
    else:
        names = list(scale.anchors)
        places = [
            float(anchor) if scale.numbers else scale.rank(str(anchor))
            for anchor in scale.anchors.values()
        ]
    assert places == sorted(places)
    if scale.used_for in ("attainment", "statutory", "test"):
        assert names == [name for name in BANDS.anchors if name in names]
    if "expected" in names and "weak" in names:
        assert places[names.index("weak")] < places[names.index("expected")]


@pytest.mark.parametrize("scale", SCALES)
def test_what_is_expected_rises_with_age(scale: Scale) -> None:
    terms = [part.part for part in WORDS.parts if not part.half]
    expected = [
        scale.rank(scale.expected_at[year][term])
        for year in WORDS.year_groups
        for term in terms
        if term in scale.expected_at.get(year, {})
    ]
    assert expected == sorted(expected)


def test_the_average_of_a_standardised_score_is_not_taken_for_the_expected_standard() -> None:
    for assessment in LIBRARY.assessments.values():
        for version in assessment.scales:
            scale = LIBRARY.scales[version.scale]
            if scale.used_for == "test":
                assert not scale.anchors, scale.id
                assert scale.error, scale.id


# --- assessments


@pytest.mark.parametrize("assessment", ASSESSMENTS)
def test_in_every_year_it_was_held_an_assessment_has_a_scale_of_that_time(
    assessment: Assessment,
) -> None:
    for first in range(2000, THIS_YEAR + 1):
        label = year_label(first)
        if not assessment.was_held(label):
            continue
        name = assessment.scale_in(label)
        assert name, label
        scale = LIBRARY.scales[name]
        begins, ends = datetime.date(first, 9, 1), datetime.date(first + 1, 8, 31)
        assert scale.from_ is None or scale.from_ <= begins, label
        assert scale.until is None or scale.until >= ends, label


@pytest.mark.parametrize("assessment", ASSESSMENTS)
def test_only_a_statutory_assessment_that_was_held_is_a_starting_point(
    assessment: Assessment,
) -> None:
    if assessment.kind == "statutory":
        assert assessment.held
        assert assessment.year_group
    if assessment.baseline is not None:
        assert assessment.kind == "statutory"
        assert any(component.subject for component in assessment.components)
        for version in assessment.scales:
            assert "expected" in LIBRARY.scales[version.scale].anchors


def test_no_two_starting_points_have_the_same_place() -> None:
    places = [a.baseline for a in LIBRARY.assessments.values() if a.baseline is not None]
    assert len(places) == len(set(places))


@pytest.mark.parametrize(
    ("year_group", "starting_point", "year"),
    [
        ("6", "ks1", "2021-22"),
        ("5", "ks1", "2022-23"),
        ("4", "early-years", "2021-22"),
        ("3", "early-years", "2022-23"),
        ("2", "early-years", "2023-24"),
        ("1", "early-years", "2024-25"),
    ],
)
def test_the_starting_point_that_a_year_group_of_2025_26_has(
    year_group: str, starting_point: str, year: str
) -> None:
    ordered = sorted(
        (item for item in LIBRARY.assessments.values() if item.baseline),
        key=lambda item: item.baseline or 0,
    )
    held = [item for item in ordered if item.was_held(year_taken(year_group, item))]
    assert (held[0].id, year_taken(year_group, held[0])) == (starting_point, year)


@pytest.mark.parametrize(("assessment", "component"), COMPONENTS)
def test_a_component_gives_an_indicator_of_the_pupil_and_says_what_is_passed(
    assessment: Assessment, component: Component
) -> None:
    if component.indicator is None:
        assert component.passed is None
        return
    indicator = LIBRARY.indicators[component.indicator]
    assert (indicator.about, indicator.from_) == ("pupil", "pupils")
    assert (indicator.type == "yes-no") == (component.passed is not None)
    for version in assessment.scales:
        scale = LIBRARY.scales[version.scale]
        if component.passed is not None:
            assert component.passed in scale.anchors
        else:
            assert scale.numbers is not None
            assert indicator.range == (scale.numbers.least, scale.numbers.most)


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("phonics_standard", {"phonics", "phonics-outcome"}),
        ("tables_check_score", {"tables-check"}),
        ("good_level", {"good-level"}),
    ],
)
def test_the_assessments_that_give_an_indicator_of_the_pupil(
    indicator: str, expected: set[str]
) -> None:
    found = {
        item.id
        for item in LIBRARY.assessments.values()
        for component in item.components
        if component.indicator == indicator
    }
    assert found == expected


@pytest.mark.parametrize(("assessment", "component"), COMPONENTS)
def test_every_heading_of_a_component_reads_as_it(
    assessment: Assessment, component: Component
) -> None:
    for alias in component.aliases:
        assert HEADINGS.meaning(alias) == ResultColumn(
            assessment.id, component.id, statutory=True
        ), alias


# --- columns


@pytest.mark.parametrize("column", COLUMNS)
def test_every_heading_of_a_column_reads_as_it(column: PupilColumn) -> None:
    headings = OF_SKILLS if column.kind == "skill" else HEADINGS
    for alias in (column.id, *column.aliases):
        assert headings.meaning(alias) == column, alias


def test_no_heading_stands_under_two_columns() -> None:
    claims = Counter(
        heading
        for column in LIBRARY.columns.values()
        for heading in {words_of(alias) for alias in (column.id, *column.aliases)}
    )
    assert [heading for heading, count in claims.items() if count > 1] == []


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_gives_an_indicator_of_the_pupil_with_its_values(column: PupilColumn) -> None:
    if column.indicator is None:
        return
    indicator = LIBRARY.indicators[column.indicator]
    assert (indicator.about, indicator.from_) == ("pupil", "pupils")
    assert set(column.values) == set(indicator.values or ())
    yes = {text.casefold() for text in column.yes}
    assert not yes & {text.casefold() for text in column.no}


# --- exports


def judgement_headings(export: Export) -> Iterator[tuple[str, str, str | TermOf]]:
    """Every heading of a judgement in an export, with the subject and the time it is about."""
    if export.start is not None:
        for subject, title in TITLES.items():
            heading = export.start.format(subject=export.subjects.get(subject, title))
            yield heading, subject, START.id
    if export.judgement is None:
        return
    years = list(WORDS.year_groups) if "{year_group}" in export.judgement else [""]
    for point in POINTS:
        first = TERMS.school_year(point.date)
        term = TERMS.part_on(point.date, half=False)
        half = TERMS.part_on(point.date, half=True)
        titles = {part.part: part.title for part in WORDS.parts}
        for subject, title in TITLES.items():
            for year in years:
                heading = export.judgement.format(
                    subject=export.subjects.get(subject, title),
                    term=export.terms.get(term, titles[term]),
                    half=export.terms.get(half, titles[half]),
                    year=export.school_year.format(
                        first=first, second=first + 1, short=f"{(first + 1) % 100:02d}"
                    ),
                    year_group=export.year_group.format(year=year),
                    point=point.title,
                )
                yield heading, subject, TermOf(year, term) if year else point.id


@pytest.mark.parametrize("export", EXPORTS)
def test_the_columns_of_an_export_are_understood(export: Export) -> None:
    for name, heading in export.columns.items():
        assert HEADINGS.meaning(heading) == LIBRARY.columns[name], heading


@pytest.mark.parametrize("export", EXPORTS)
def test_the_headings_of_judgements_in_an_export_are_understood(export: Export) -> None:
    long = {"subject", "point", "judgement"} <= set(export.columns)
    assert long != (export.judgement is not None)
    for heading, subject, when in judgement_headings(export):
        meaning = HEADINGS.meaning(heading)
        assert not isinstance(meaning, DoubtfulHeading), heading
        assert isinstance(meaning, ResultColumn), heading
        assert meaning.assessment in (None, OWN), heading
        assert (meaning.part, meaning.when, meaning.statutory) == (subject, when, False), heading


@pytest.mark.parametrize("export", EXPORTS)
def test_the_grades_an_export_writes_read_back(export: Export) -> None:
    assert list(export.grades) == [grade.id for grade in BANDS.grades]
    for grade, written in export.grades.items():
        assert read(BANDS, written) == BANDS.rank(grade), written


@pytest.mark.parametrize("export", EXPORTS)
def test_what_else_an_export_writes_reads_back(export: Export) -> None:
    yes = {text.casefold() for text in WORDS.yes}
    no = {text.casefold() for text in WORDS.no}
    for column in (LIBRARY.columns[name] for name in export.columns):
        if column.kind != "yes-no":
            continue
        also_yes = yes | {text.casefold() for text in column.yes}
        also_no = no | {text.casefold() for text in column.no}
        says_yes, says_no = [export.yes], [export.no]
        if column.indicator == "sen":
            says_yes = [export.sen["support"], export.sen["plan"]]
            says_no = [export.sen["none"]]
        assert {text.casefold() for text in says_yes} <= also_yes, column.id
        assert {text.casefold() for text in says_no} <= also_no - also_yes, column.id
    assert GradeReader(BANDS, WORDS.missing).read(export.blank).missing
    assert export.date in (*WORDS.dates.plain, *WORDS.dates.day_first)
    assert export.attendance.format(percent=95).rstrip("%") == "95"


# --- published tables


@pytest.mark.parametrize("table", PUBLISHED)
def test_a_published_table_gives_indicators_of_the_school(table: PublishedTable) -> None:
    assert table.school in table.recognised_by
    for name in (*table.values, *table.sums, *table.intervals):
        indicator = LIBRARY.indicators[name]
        assert indicator.about == "school"
        assert indicator.from_ in ("school", "published")
    for name in table.intervals:
        assert LIBRARY.indicators[name].values == ("below", "average", "above")
    for name in (*table.values, *table.sums):
        assert LIBRARY.indicators[name].type in ("percent", "number", "count")


def test_an_indicator_stands_in_one_published_table_of_a_shape_only() -> None:
    given = Counter(
        (name, table.year is not None)
        for table in LIBRARY.published.values()
        for name in table.gives
    )
    assert [name for name, count in given.items() if count > 1] == []


def test_published_tables_are_told_apart_by_their_columns() -> None:
    tables = list(LIBRARY.published.values())
    for table in tables:
        for other in tables:
            assert table is other or not set(table.recognised_by) <= set(other.recognised_by)
