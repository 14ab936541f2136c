"""The rules of the house for scales, assessments, and how files are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...core import Mistake, Place, unknown
from ..loader import Library
from ..reading import PublishedTable
from ..record_reader import Kind
from ..scale import Assessment, Scale

PlaceOf = Callable[..., Place]
_OF_PUPILS = ("attainment", "statutory", "test")


def check_scale(scale: Scale, place: PlaceOf, order: tuple[str, ...]) -> Iterator[Mistake]:
    """Every name in a scale is one of its grades, scores are numbers, and what pupils' grades are
    compared by is called as in `order`, the standings from the lowest on, and rises with it."""
    if scale.used_for in _OF_PUPILS:
        yield from _standings(scale, place, order)
    if (scale.used_for == "inspection") != (scale.sound is not None):
        yield Mistake(
            place("id"), "inspections, and only they, say which grade is sound", "see sound"
        )
    if scale.sound is not None:
        yield from unknown(place("sound"), "grade", scale.sound, [one.id for one in scale.grades])
    if (scale.used_for == "inspection") != bool(scale.areas):
        yield Mistake(place("id"), "inspections, and only they, name their areas", "see areas")
    grades = [grade.id for grade in scale.grades]
    for key, grade in scale.aliases.items():
        yield from unknown(place("aliases", key), "grade", grade, grades)
    for index, grade in enumerate(scale.own_pathway):
        yield from unknown(place("own_pathway", index), "grade", grade, grades)
    for key, anchor in scale.anchors.items():
        if scale.numbers is None:
            yield from unknown(place("anchors", key), "grade", anchor, grades)
        elif isinstance(anchor, str):
            yield Mistake(place("anchors", key), f"“{anchor}” is no score", "write a number")
    if scale.good_enough is not None:
        yield from unknown(place("good_enough"), "anchor", scale.good_enough, scale.anchors)
    for year, terms in scale.expected_at.items():
        for term, grade in terms.items():
            yield from unknown(place("expected_at", year, term), "grade", grade, grades)


def _standings(scale: Scale, place: PlaceOf, order: tuple[str, ...]) -> Iterator[Mistake]:
    part = "from_expected" if scale.expected_at else "anchors"
    given: dict[str, float] = {}
    for name, value in getattr(scale, part).items():
        yield from unknown(place(part, name), "standing", name, list(order))
        if isinstance(value, int | float):
            given[name] = value
        elif value in [grade.id for grade in scale.grades]:
            given[name] = scale.rank(value)
    known = [name for name in order if name in given]
    for lower, higher in zip(known, known[1:], strict=False):
        if given[lower] > given[higher]:
            yield Mistake(
                place(part, higher),
                f"“{higher}” begins below “{lower}”",
                "put them in order",
            )


def check_reading(library: Library) -> Iterator[Mistake]:
    """Every mistake in how files are read that shows only when files are held together."""
    for scale in library.scales.values():
        origin = library.origins["scale", scale.id]
        yield from check_scale(scale, origin.place, library.standings)
        if scale.error:
            yield from unknown(
                origin.place("error", "source"), "source", scale.error.source, library.sources
            )
        yield from _sources(library, "scale", scale.id, scale.sources)
    for assessment in library.assessments.values():
        yield from _assessment(library, assessment)
    yield from _columns(library)
    groups, parts = library.words.year_groups, {part.part for part in library.words.parts}
    for part in library.words.parts:
        if part.term not in parts:
            yield Mistake(library.origins["words", ""].place(), f"unknown term “{part.term}”")
    for export in library.exports.values():
        yield from _sources(library, "export", export.id, export.sources)
        for name in export.columns:
            place = library.place("export", export.id, "columns", name)
            yield from unknown(place, "column", name, library.columns)
        for name in export.terms:
            yield from unknown(
                library.place("export", export.id, "terms", name), "term", name, parts
            )
    for table in library.published.values():
        yield from _sources(library, "published-table", table.id, table.sources)
        for kind, names in (
            ("values", table.values),
            ("sums", table.sums),
            ("intervals", table.intervals),
        ):
            for name in names:
                place = library.place("published-table", table.id, kind, name)
                yield from unknown(place, "indicator", name, library.indicators)
        for index, other in enumerate(table.beside):
            for name in other.values:
                place = library.place("published-table", table.id, "beside", index, "values", name)
                yield from unknown(place, "indicator", name, library.indicators)
        yield from _table(library, table)
    for scale in library.scales.values():
        for year in scale.expected_at:
            place = library.place("scale", scale.id, "expected_at", year)
            yield from unknown(place, "year group", year, groups)


def _table(library: Library, table: PublishedTable) -> Iterator[Mistake]:
    """Columns that tell rows apart have to be there, and a gap is in figures the table has."""
    place = library.origins["published-table", table.id].place
    needed = {*table.filters, *(column for _, one in table.measures() for column in one.where)}
    for column in sorted(needed - {*table.recognised_by}):
        yield Mistake(
            place("recognised_by"),
            f"“{column}” tells rows apart, and a table without it would be taken for this one",
            "add it",
        )
    if needed and table.year is None:
        yield Mistake(place("id"), "a long table names the column of the school year", "add year")
    for index, gap in enumerate(table.gaps):
        for position, name in enumerate(gap.figures):
            where = place("gaps", index, "figures", position)
            yield from unknown(where, "figure", name, table.gives)


def _assessment(library: Library, assessment: Assessment) -> Iterator[Mistake]:
    place = library.origins["assessment", assessment.id].place
    yield from _sources(library, "assessment", assessment.id, assessment.sources)
    for index, version in enumerate(assessment.scales):
        yield from unknown(place("scales", index, "scale"), "scale", version.scale, library.scales)
    if assessment.year_group is not None:
        groups = library.words.year_groups
        yield from unknown(place("year_group"), "year group", assessment.year_group, groups)
    subjects = {subject.id for subject in library.words.subjects}
    for index, component in enumerate(assessment.components):
        if component.subject is not None:
            where = place("components", index, "subject")
            yield from unknown(where, "subject", component.subject, subjects)
        if component.indicator is not None:
            where = place("components", index, "indicator")
            yield from unknown(where, "indicator", component.indicator, library.indicators)
            indicator = library.indicators.get(component.indicator)
            if indicator and (indicator.type == "yes-no") != bool(component.passed):
                yield Mistake(
                    where,
                    f"“{component.indicator}” is {indicator.type}",
                    "`passed` names the anchor to be reached for an indicator that is yes or no",
                )
    if assessment.kind != "tracking" and not assessment.scales:
        yield Mistake(place("id"), f"“{assessment.id}” has no scale", "give it scales")


def _columns(library: Library) -> Iterator[Mistake]:
    for column in library.columns.values():
        if column.indicator is not None:
            place = library.place("column", column.id, "indicator")
            yield from unknown(place, "indicator", column.indicator, library.indicators)


def _sources(
    library: Library, kind: Kind, name: str, sources: tuple[str, ...]
) -> Iterator[Mistake]:
    for index, source in enumerate(sources):
        place = library.place(kind, name, "sources", index)
        yield from unknown(place, "source", source, library.sources)
