"""The meaning of a heading: a column of the library, or a result in a subject at a point."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from ...core import Mistake, Place
from ...library import Library, PupilColumn
from ..calendar import Terms
from ..model import PupilFile, PupilFiles
from .assessment_points import Points, Year, year_label
from .rows import TermOf
from .words_in_headings import words_of

_IGNORE = "ignore"
Kind = Literal["subject", "part", "group", "assessment", "component", "point", "concern", "filler"]


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """A column of results; what is None stands in the row or is said for the file."""

    assessment: str | None = None
    part: str | None = None
    when: str | TermOf | None = None
    statutory: bool = False
    concern: bool = False
    """It holds no result, but whether the teacher is concerned."""
    outside: str = ""
    """The point in time it names, where school.yaml declares no such point."""
    bare: str = field(default="", compare=False)
    """The term (or half-term) that it names without a year."""


@dataclass(frozen=True, slots=True)
class DoubtfulHeading:
    """A heading with more than one reading; `choices` are what can be written in school.yaml."""

    choices: tuple[str, ...]
    bare: str = field(default="", compare=False)
    subject: str | None = None
    assessment: str | None = None


Meaning = PupilColumn | ResultColumn | DoubtfulHeading | None


class Headings:
    """The vocabulary of headings for one school's files."""

    def __init__(self, library: Library, pupils: PupilFiles, file: PupilFile, terms: Terms) -> None:
        self.library, self.pupils, self.file = library, pupils, file
        self.points = Points(pupils.points, terms)
        self.columns: dict[tuple[str, ...], PupilColumn] = {}
        for column in library.columns.values():
            if column.kind == "skill" and file.holds != "skills":
                continue
            for alias in (column.id, *column.aliases):
                self.columns.setdefault(words_of(alias), column)
        for export in library.exports.values():
            for name, heading in export.columns.items():
                self.columns.setdefault(words_of(heading), library.columns[name])
        self.phrases: dict[tuple[str, ...], list[tuple[Kind, str]]] = {}
        for kind, name, text in self._vocabulary():
            meanings = self.phrases.setdefault(words_of(text), [])
            if (kind, name) not in meanings:
                meanings.append((kind, name))
        self.phrases.pop((), None)
        self.longest = max(map(len, self.phrases))
        self.given = {words_of(heading): said for heading, said in file.columns.items()}
        told = map(words_of, library.words.unread)
        self.vocabulary = {w for known in (*self.columns, *self.phrases, *told) for w in known}
        """Words that are nobody's name."""
        self._cache: dict[tuple[str, Year | None], Meaning] = {}

    def _vocabulary(self) -> Iterator[tuple[Kind, str, str]]:
        words, library = self.library.words, self.library
        for point in self.pupils.points:
            for text in (point.id, point.title, *point.also):
                yield "point", point.id, text
        for assessment in library.assessments.values():
            for text in assessment.aliases:
                yield "assessment", assessment.id, text
            for component in assessment.components:
                for text in component.aliases:
                    yield "component", f"{assessment.id} {component.id}", text
        known = {subject.id: subject for subject in words.subjects}
        for name in dict.fromkeys([*self.pupils.subjects, *known]):
            yield "subject", name, name
            if name in known:
                for text in (known[name].title, *known[name].aliases):
                    yield "subject", name, text
        for part in words.parts:
            for text in (part.part, part.title, *part.aliases):
                yield "part", part.part, text
        for group, aliases in words.year_groups.items():
            for alias in (group, *aliases):
                for before in words.year_words:
                    yield "group", group, f"{before} {alias}"
                if len(alias) > 2:
                    yield "group", group, alias
        for export in library.exports.values():
            for name, text in export.subjects.items():
                yield "subject", name, text
            for name, text in export.terms.items():
                yield "part", name, text
        for column in library.columns.values():
            if column.kind == "concern":
                for text in column.aliases:
                    yield "concern", column.id, text
        for text in words.fillers:
            yield "filler", "", text

    def shown(self, heading: str) -> str:
        """A heading as it may be repeated to anybody: words that no vocabulary has, which could be
        a pupil's, are left out."""
        if self.is_known(heading):
            return heading
        kept = [
            word if (parts := words_of(word)) and self.vocabulary.issuperset(parts) else "…"
            for word in heading.split()[:12]
        ]
        return " ".join(word for word, _ in itertools.groupby(kept)).strip()

    def is_said(self, heading: str) -> bool:
        """Tell whether school.yaml says what a heading means."""
        return words_of(heading) in self.given

    def preference(self, column: PupilColumn, heading: str) -> int:
        """The place of a heading among those of its column, the surest first."""
        if self.is_said(heading):
            return -1
        words = words_of(heading)
        aliases = [words_of(alias) for alias in (*column.aliases, column.id)]
        return aliases.index(words) if words in aliases else len(aliases)

    def is_known(self, heading: str) -> bool:
        """Tell whether a heading has a meaning at all."""
        return self.meaning(heading) is not None

    def meaning(self, heading: str, year: Year | None = None) -> Meaning:
        """Return the meaning of a heading: a column, a result, or None where that can't be told.

        `year` is that of a term which the heading names without one.
        """
        if (heading, year) not in self._cache:
            means = self._meaning(heading)
            if (
                year is not None
                and isinstance(means, ResultColumn | DoubtfulHeading)
                and means.bare
            ):
                means = self._in_year(means, year)
            self._cache[heading, year] = means
        return self._cache[heading, year]

    def _in_year(self, means: ResultColumn | DoubtfulHeading, year: Year) -> Meaning:
        """A heading that names a term without a year, in this year."""
        fitting = self.points.fitting(means.bare, [year])
        if isinstance(means, DoubtfulHeading):
            means = ResultColumn(means.assessment, means.subject, bare=means.bare)
        elif isinstance(means.when, str) and self.points.is_in(means.when, year):
            return means
        if len(fitting) > 1:
            return DoubtfulHeading(tuple(fitting), means.bare, means.part, means.assessment)
        title = self.points.parts[means.bare].title
        said = year_label(year.number) if year.of_school else str(year.number)
        outside = "" if fitting else f"{title} of {said}"
        return replace(means, when=fitting[0] if fitting else None, outside=outside)

    def _meaning(self, heading: str) -> Meaning:
        words = words_of(heading)
        if not words or len(heading) > 200:
            return None
        if words in self.given:
            return self._said(self.given[words])
        if words in self.columns:
            return self.columns[words]
        return self._result(words)

    def _said(self, said: str) -> Meaning:
        """Return the column or result that school.yaml says a column is; None for “ignore”."""
        if said == _IGNORE:
            return None
        column = self._column(said)
        if column is not None:
            return column
        names = [name.strip() for name in said.split(",")]
        subject = next((n for n in names if n in self.pupils.subjects), None)
        point = next((n for n in names if n in {p.id for p in self.pupils.points}), None)
        assessment = next((n for n in names if n in self.library.assessments), None)
        return ResultColumn(assessment, subject, point)

    def _column(self, said: str) -> PupilColumn | None:
        return self.library.columns.get(said) or self.columns.get(words_of(said))

    def unknown_in(self, said: str) -> list[str]:
        """The parts of what school.yaml says of a column that nobody declared."""
        if said == _IGNORE or self._column(said) is not None:
            return []
        known = {*self.pupils.subjects, *self.library.assessments}
        known |= {point.id for point in self.pupils.points}
        return [name for name in (n.strip() for n in said.split(",")) if name not in known]

    def slip(self, heading: str, place: Place, letter: str) -> Mistake | None:
        """The problem that a heading which means nothing is close to one that does; None where
        nothing is lost by not reading it."""
        return None

    def assessment(self, text: str) -> str | None:
        """The assessment a cell names; None where it names none that is known."""
        words = words_of(text)
        for kind, name in self.phrases.get(words, ()):
            if kind == "assessment":
                return name
        means = self.meaning(text)
        return means.assessment if isinstance(means, ResultColumn) else None

    def component(self, assessment: str, subject: str) -> str | None:
        """The one part of an assessment that is about a subject; None where there is none, or more
        than one."""
        components = self.library.assessments[assessment].components
        parts = [c.id for c in components if c.id == subject]
        parts = parts or [c.id for c in components if c.subject == subject]
        whole = [c.id for c in components] if len(components) == 1 else []
        return parts[0] if len(parts) == 1 else (whole[0] if whole and not parts else None)

    def _result(self, words: tuple[str, ...]) -> Meaning:
        found: dict[Kind, list[str]] = {}
        years: list[Year] = []
        position = 0
        while position < len(words):
            length, meanings = self._longest(words, position)
            spelt, year = year_at(words, position)
            if spelt > length:
                years.append(year)
                position += spelt
                continue
            if not length:
                return None
            kinds = dict.fromkeys(kind for kind, _ in meanings)
            for kind in kinds:
                names = [name for k, name in meanings if k == kind]
                if kind == "filler" or (kind == "component" and "subject" in kinds):
                    continue
                found.setdefault(kind, []).extend(n for n in names if n not in found.get(kind, []))
            position += length
        return self._put_together(found, years)

    def _longest(self, words: tuple[str, ...], position: int) -> tuple[int, list[tuple[Kind, str]]]:
        for length in range(min(self.longest, len(words) - position), 0, -1):
            end = position + length
            meanings = self.phrases.get(words[position:end])
            # “Autumn 2025” is no phrase of “Autumn 2025/26”: a school year goes before a shorter one.
            if meanings and (length == 1 or year_at(words, end - 1)[0] < 2):
                return length, meanings
        return 0, []

    def _put_together(self, found: dict[Kind, list[str]], years: list[Year]) -> Meaning:
        one = {kind: names[0] for kind, names in found.items()}
        for kind in ("subject", "component", "assessment", "point", "group"):
            if len(found.get(kind, ())) > 1:
                return None
        if "component" in one:
            assessment, component = one["component"].split(" ", 1)
            return ResultColumn(assessment, component, _label(years), statutory=True)
        if not {"subject", "point", "part"} & set(one):
            return None
        named = one.get("assessment")
        if named and named in self.library.statutory:
            return self._statutory(named, one.get("subject"), years)
        when, outside = self._when(found, years)
        bare = "" if years or isinstance(when, TermOf) else self._bare(found)
        if isinstance(when, DoubtfulHeading):
            return DoubtfulHeading(when.choices, bare, one.get("subject"), named)
        concern = "concern" in one
        return ResultColumn(
            named, one.get("subject"), when, concern=concern, outside=outside, bare=bare
        )

    def _bare(self, found: dict[Kind, list[str]]) -> str:
        """The one term (or half-term) that was found."""
        parts = found.get("part", [])
        named = [part for part in parts if self.points.parts[part].half] or parts
        return named[0] if len(named) == 1 else ""

    def _statutory(self, assessment: str, subject: str | None, years: list[Year]) -> Meaning:
        part = self.component(assessment, subject) if subject else None
        if part is None:
            return None
        return ResultColumn(assessment, part, _label(years), statutory=True)

    def _when(
        self, found: dict[Kind, list[str]], years: list[Year]
    ) -> tuple[str | TermOf | None | DoubtfulHeading, str]:
        if "point" in found:
            return found["point"][0], ""
        parts = found.get("part", [])
        halves = [part for part in parts if self.points.parts[part].half]
        named = halves or parts
        if not named:
            return (None, "") if not years else (None, year_label(years[0].number))
        if len(named) > 1:
            return None, " ".join(self.points.parts[part].title for part in named)
        part = self.points.parts[named[0]]
        if "group" in found and not years:
            return TermOf(found["group"][0], part.part), ""
        fitting = self.points.fitting(part.part, years)
        if len(fitting) == 1:
            return fitting[0], ""
        if fitting:
            return DoubtfulHeading(tuple(fitting)), ""
        return None, " ".join([part.title, *(str(year.number) for year in years)])


def year_at(words: tuple[str, ...], position: int) -> tuple[int, Year]:
    """Return how many words from a position on spell a year (0 for none), and the year."""
    here = words[position]
    after = words[position + 1] if position + 1 < len(words) else ""
    nothing = (0, Year(0, False))
    if not here.isdigit() or len(here) not in (2, 4) or (len(here) == 4 and here[:2] != "20"):
        return nothing
    first = int(here) if len(here) == 4 else 2000 + int(here)
    if after in (str(first + 1), f"{(first + 1) % 100:02d}"):
        return 2, Year(first, True)
    return (1, Year(first, False)) if len(here) == 4 else nothing


def _label(years: list[Year]) -> str | None:
    """The school year of a statutory assessment: these are taken towards the end of a school year,
    so that a calendar year is the one in which it ends."""
    if not years:
        return None
    return year_label(years[0].number if years[0].of_school else years[0].number - 1)
