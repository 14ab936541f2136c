"""The choice among published figures: the latest year's, and in one year the revision's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from ...core import Mistake, Place
from ...library import Value
from .published_figures import PublishedPart, PublishedRead

_Of = tuple[PublishedRead, PublishedPart]


def choose(
    reads: Sequence[PublishedRead], first_year: str, places: Mapping[str, Place]
) -> tuple[dict[str, Value], list[Mistake]]:
    """The figures that count, by indicator, and what keeps anybody from knowing which do.

    `first_year` is the plan's first school year, of which nothing can be published yet; `places`
    are where school.yaml names each file. The order and the names of files decide nothing.
    """
    problems = [*_impossible(reads, first_year, places), *_no_revision(reads, places)]
    years = by_year(reads)
    values = {name: of_years[max(of_years)] for name, of_years in years.items()}
    return values, [*problems, *_twice(_standing(reads), places)]


def by_year(reads: Sequence[PublishedRead]) -> dict[str, dict[str, Value]]:
    """The figures of every school year that no revision has taken the place of, by indicator and year."""
    found: dict[str, dict[str, Value]] = {}
    for _, part in _standing(reads):
        for name, value in part.values.items():
            found.setdefault(name, {})[part.year] = value
    return found


def _standing(reads: Sequence[PublishedRead]) -> list[_Of]:
    standing = [
        (read, part) for read in reads for part in read.parts if not _revised(part, read, reads)
    ]
    return sorted(standing, key=lambda of: of[1].year)


def _impossible(
    reads: Sequence[PublishedRead], first_year: str, places: Mapping[str, Place]
) -> Iterator[Mistake]:
    for read in reads:
        for part in read.parts:
            name, year = read.file.name, part.year
            if year >= first_year and year != read.file.year:  # the file's own is told before
                what = f"{name} has figures of {year}, and the plan begins in {first_year}"
                yield Mistake(places[name], what, "check the plan's start, or take the file out")
            for gap in part.table.gaps:
                if year in gap.years and not gap.figures:
                    yield Mistake(
                        places[name],
                        f"{name} can't be {part.table.title} of {year}: {gap.because}",
                        "write the school year its figures are about",
                    )


def _no_revision(reads: Sequence[PublishedRead], places: Mapping[str, Place]) -> Iterator[Mistake]:
    """Files that are said to revise another one and hold nothing that could."""
    by_name = {read.file.name: read for read in reads}
    for read in reads:
        former = by_name.get(read.file.supersedes or "")
        if former is None or not former.parts or not read.parts:
            continue
        if not any(_alike(one, other) for one in read.parts for other in former.parts):
            yield Mistake(
                places[read.file.name],
                f"{read.file.name} has no figures that could supersede those of {former.file.name}",
                "take supersedes out, or name the file that it revises",
            )


def _revised(part: PublishedPart, read: PublishedRead, reads: Sequence[PublishedRead]) -> bool:
    return any(
        other.file.supersedes == read.file.name and _alike(part, newer)
        for other in reads
        for newer in other.parts
    )


def _alike(one: PublishedPart, other: PublishedPart) -> bool:
    """Tell whether two parts are of the same year and share an indicator."""
    return one.year == other.year and not one.table.gives.isdisjoint(other.table.gives)


def _twice(standing: Sequence[_Of], places: Mapping[str, Place]) -> Iterator[Mistake]:
    """Two tables of one year: nobody can know which of them is right. Figures of an earlier year that a
    download has beside its own are asked about only where they differ."""
    for (first, one), (second, other) in combinations(standing, 2):
        if first is second or one.year != other.year:
            continue
        differ = [
            name
            for name, value in one.values.items()
            if name in other.values and other.values[name].value != value.value
        ]
        declared = first.file.year == one.year == second.file.year
        if (one.table.id == other.table.id and declared) or differ:
            a, b, year = first.file.name, second.file.name, one.year
            title = one.table.title if one.table.id == other.table.id else "figures"
            yield Mistake(
                places[b],
                f"{a} and {b} both hold {title} of {year}: which of them counts?",
                f"where {b} is the revised one, write {{name: {b}, year: {second.file.year}, "
                f"supersedes: {a}}}; where {a} is, write supersedes: {b} beside {a}; or take one of "
                "them out",
            )
