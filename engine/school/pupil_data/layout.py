"""The layout of a table: the row of its headings, and what each of its columns holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...core import Mistake, Place, did_you_mean
from ...library import PupilColumn
from ..formats.delimited import as_text
from ..formats.sheet import UNREAD, Sheet
from .assessment_points import Year, year_label
from .dates import Dates
from .headings import DoubtfulHeading, Headings, Meaning, ResultColumn
from .pseudonyms import holds_upn
from .rows import Account, Request, UnreadableError
from .skill_columns import SKILLS, lacking
from .words_in_headings import words_of
from .years_in_titles import holds_years, years_around, years_in

_DATA = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d+(?:\.\d+)?%?")
WHO = ("upn", "reference", "name", "surname", "forename")
"""Kinds of column that say who a row is about."""
_SHOWN = 60
"""A heading is shown up to so many characters."""


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """A column that says something of the pupil, or of the results in its row."""

    index: int
    heading: str
    column: PupilColumn


@dataclass(frozen=True, slots=True)
class JudgedColumn:
    """A column of results."""

    index: int
    heading: str
    means: ResultColumn


class Layout:
    """The columns of a table that are read, each with what it holds. Raises UnreadableError when the
    headings can't be understood, or can be understood in two ways."""

    def __init__(
        self, sheet: Sheet, headings: Headings, request: Request, account: Account
    ) -> None:
        self.sheet, self.known, self.request, self.account = sheet, headings, request, account
        self.name, self.words = sheet.name, request.library.words
        self.file = request.file.name
        self.above: list[str] = []
        """What stands in lines above the headings, and is part of none of them."""
        self.names = self._find()
        said = request.file.terms_of
        texts = (self.file, sheet.title, *self.above)
        dates, last = Dates(self.words.dates), headings.points.last_year
        self.years = (
            (Year(int(said[:4]), True),)
            if said
            else years_in(texts, last) or years_around(texts, last, dates)
        )
        """The school years of terms that name none, as the file says them outside its headings."""
        self.fields: list[FieldColumn] = []
        self.results: list[JudgedColumn] = []
        self.doubles: list[tuple[int, int, Mistake]] = []
        """Pairs of columns that say the same, and the question where they differ."""
        self._columns()
        account.headings.update({f.column.id: f.heading for f in reversed(self.fields)})

    # --- where the headings are

    def _find(self) -> list[str]:
        """The headings, a line above them that groups them joined on; the rows that are left in
        `head` are data."""
        best, at = 0, -1
        for index, (_, fields) in enumerate(self.sheet.head):
            score = sum(map(self.known.is_known, fields)) if self._says_who(fields) else 0
            if score > best:
                best, at = score, index
        if best < 2:
            raise self._not_understood()
        self.line, fields = self.sheet.head[at]
        names = ["" if field.startswith(UNREAD) else as_text(field) for field in fields]
        self.unread = {i: f[1:] for i, f in enumerate(fields) if f.startswith(UNREAD)}
        if at:
            above = self.sheet.head[at - 1][1]
            plain, names = names, self._grouped([as_text(field) for field in above], names)
            lines = self.sheet.head[: at if names == plain else at - 1]
            self.above = [as_text(text) for _, fields in lines for text in fields if text]
        self.sheet.head = self.sheet.head[at + 1 :]
        return [" ".join(name.split())[:200] for name in names]

    def _grouped(self, above: list[str], names: list[str]) -> list[str]:
        """Headings under merged cells: what stands above holds for all columns up to the next."""
        if sum(bool(text) for text in above) < 2 and not (above and any(above[1:])):
            return names
        joined, over = [], ""
        for index, name in enumerate(names):
            here = above[index] if index < len(above) else ""
            over = here or over
            together = f"{over} {name}".strip()
            means = self.known.meaning(together) if over else None
            joined.append(together if isinstance(means, ResultColumn | DoubtfulHeading) else name)
        return joined

    def _says_who(self, fields: list[str]) -> bool:
        """Tell whether one of these headings is that of a column that identifies pupils."""
        means = [self.known.meaning(field) for field in fields]
        return any(isinstance(column, PupilColumn) and column.kind in WHO[:-1] for column in means)

    def _not_understood(self) -> UnreadableError:
        """The file has no headings that say who its rows are about. What stands in its first line
        is shown only as far as it can't be a pupil's data."""
        scores = [sum(map(self.known.is_known, fields)) for _, fields in self.sheet.head]
        at = scores.index(max(scores)) if scores else 0
        line, fields = self.sheet.head[at] if self.sheet.head else (1, [])
        texts = [as_text(field) for field in fields if field.strip()]
        data = any(_DATA.fullmatch(text) or holds_upn(text) or len(text) > _SHOWN for text in texts)
        aliases = [alias for c in self.request.library.columns.values() for alias in c.aliases]
        found = []
        for index, text in enumerate(texts):
            near = (
                did_you_mean(text, aliases) if "did you mean" in did_you_mean(text, aliases) else ""
            )
            if self.known.is_known(text) or near:
                shown = self.known.shown(text)
                shown = f"“{shown}”" if shown != "…" else f"column {_letter(index)}"
                found.append(f"{shown} ({near})" if near and text not in aliases else shown)
        if data or not found:
            return UnreadableError(
                Mistake(
                    Place(self.name, line, 1),
                    "no line of headings was found",
                    "the file needs a line that says what each column holds, such as "
                    "UPN, Year, Class, Subject, Date, Judgement",
                )
            )
        return UnreadableError(
            Mistake(
                Place(self.name, line, 1),
                f"no column says which pupil a row is about; of {len(texts)} headings these are "
                f"understood: {', '.join(found)}",
                "name one UPN, Pupil or Name, or say in school.yaml which it is: "
                f"files: [{{name: {self.file}, columns: {{Heading: pupil}}}}]",
            )
        )

    # --- what each column holds

    def _columns(self) -> None:
        problems: list[Mistake] = []
        taken: dict[object, list[tuple[int, str]]] = {}
        shown = [self._shown(index) for index in range(len(self.names))]
        ignored = self._ignored(shown, problems)
        each = [
            None if index in ignored else self._means(index, name)
            for index, name in enumerate(self.names)
        ]
        by_row = any(isinstance(one, PupilColumn) and one.kind == "school-year" for one in each)
        for index, name in enumerate(self.names):
            if index in ignored:
                self.account.columns.append((shown[index], ""))
                continue
            means = each[index]
            if by_row and isinstance(means, ResultColumn | DoubtfulHeading) and means.bare:
                part = means.subject if isinstance(means, DoubtfulHeading) else means.part
                means = ResultColumn(means.assessment, part, bare=means.bare)
            elif isinstance(means, ResultColumn | DoubtfulHeading) and means.bare:
                try:
                    means = self.means(name)
                except UnreadableError as error:
                    problems += [one for one in error.problems if one not in problems]
            said = ""
            if isinstance(means, PupilColumn):
                self.fields.append(FieldColumn(index, shown[index], means))
                said = means.title
                taken.setdefault(means.id, []).append((index, name))
            elif isinstance(means, ResultColumn):
                said = self._said(means)
                if not means.outside:
                    self.results.append(JudgedColumn(index, shown[index], means))
                    taken.setdefault((means, means.bare if by_row else ""), []).append(
                        (index, name)
                    )
            elif isinstance(means, DoubtfulHeading):
                problems.append(self._ask(index, name, means.choices))
            elif slip := self.known.slip(name, self._place(index), _letter(index)):
                problems.append(slip)
            if isinstance(means, ResultColumn) and means.outside:
                self.account.outside.append((shown[index], means.outside))
            self.account.columns.append(
                (shown[index] if name or index in self.unread else "", said)
            )
        self._twice(taken)
        self.fields.sort(key=lambda given: self.known.preference(given.column, given.heading))
        kinds: set[str] = {field.column.kind for field in self.fields}
        problems += self._subjects_and_points(kinds)
        if (
            not {"year", "class"} & {*kinds, *self.sheet.says}
            and len(self.request.pupils.files) == 1
        ):
            problems.append(self._lacking("gives the year group or the class", "Year"))
        problems += self._misread()
        if problems:
            raise UnreadableError(*problems)

    def _means(self, index: int, name: str) -> Meaning:
        """Return the meaning of a heading by itself, or by what stands below it.

        A column called Year can hold year groups or school years.
        """
        means = self.known.meaning(name)
        if isinstance(means, PupilColumn) and means.kind == "year" and not self.known.is_said(name):
            below = [fields[index] for _, fields in self.sheet.head if index < len(fields)]
            if holds_years(below):
                columns = self.request.library.columns.values()
                return next((one for one in columns if one.kind == "school-year"), means)
        return means

    def means(self, text: str) -> Meaning:
        """Return the meaning of a heading or cell; a term without a year is of the file's year.

        Raises UnreadableError where that can be more than one.
        """
        found = [self.known.meaning(text, year) for year in self.years] or [
            self.known.meaning(text)
        ]
        if all(one == found[0] for one in found):
            return found[0]
        labels = [year_label(year.number) for year in self.years]
        raise UnreadableError(
            Mistake(
                Place(self.name),
                "its name, its sheet's name or a line above the table allows for "
                f"{' or '.join(labels)}, and it names terms without their year",
                f"write in school.yaml, under pupils: files: [{{name: {self.file}, "
                f"terms_of: {labels[0]}}}] (or another year)",
            )
        )

    def _shown(self, index: int) -> str:
        """A heading as it may be shown: one that isn't understood could be a pupil's name."""
        name = self.names[index]
        if index in self.unread:
            return f"column {_letter(index)}: its heading {self.unread[index]}"
        if self.known.is_known(name):
            return name
        part = self.known.shown(name)
        where = f"column {_letter(index)}"
        if part in ("", "…") or holds_upn(name):
            return where
        return f"{where}: {part}" if "…" in part else part

    def _said(self, means: ResultColumn) -> str:
        if means.outside:
            return ""
        if self.request.file.holds == SKILLS:
            return f"skill {means.part}"
        library = self.request.library
        titles = {subject.id: subject.title for subject in self.words.subjects}
        parts = [titles.get(means.part, means.part) if means.part else ""]
        if means.statutory and means.assessment:
            assessment = library.assessments[means.assessment]
            component = next(c for c in assessment.components if c.id == means.part)
            parts = [assessment.title, component.title]
        elif means.assessment and library.assessments[means.assessment].kind != "tracking":
            parts.append(library.assessments[means.assessment].title)
        if isinstance(means.when, str):
            parts.append(means.when)
        elif means.when:
            parts.append(f"{means.when.part} of Year {means.when.year_group}")
        said = ", ".join(part for part in parts if part) or "judgement"
        return f"a concern in {said}" if means.concern else said

    def _ask(self, index: int, name: str, choices: Sequence[str]) -> Mistake:
        return Mistake(
            self._place(index),
            f"the column “{self.known.shown(name)}” can be read in more than one way: "
            + " or ".join(choices),
            f"write in school.yaml, under pupils: files: [{{name: {self.file}, "
            f'columns: {{"{self.known.shown(name)}": "{choices[0]}"}}}}] '
            "(or the other one, or ignore)",
        )

    def _twice(self, taken: dict[object, list[tuple[int, str]]]) -> None:
        """Two columns that say the same thing: harmless as long as their cells agree, else a
        question, which is asked at the first row in which they differ."""
        known = self.request.library.columns
        for meaning, places in taken.items():
            kind = known[meaning].kind if isinstance(meaning, str) else "judgement"
            if len(places) < 2 or kind == "yes-no" or kind in WHO:
                continue
            first, *others = sorted(places, key=lambda place: not self.known.is_said(place[1]))
            self._drop({index for index, _ in others})
            for index, name in others if not self.known.is_said(first[1]) else ():
                question = Mistake(
                    self._place(index),
                    f"the columns “{first[1]}” and “{name}” are read as the same thing, and differ",
                    f"write in school.yaml, under pupils: files: [{{name: {self.file}, "
                    f'columns: {{"{name}": ignore}}}}]',
                )
                self.doubles.append((first[0], index, question))

    def _drop(self, indexes: set[int]) -> None:
        self.fields = [field for field in self.fields if field.index not in indexes]
        self.results = [result for result in self.results if result.index not in indexes]

    def _subjects_and_points(self, kinds: set[str]) -> Iterator[Mistake]:
        """A judgement needs its subject and its point from somewhere."""
        file = self.request.file
        if file.holds == SKILLS and "skill" not in kinds:  # a sum of marks is no result of a skill
            self._drop({f.index for f in self.fields if f.column.kind == "judgement"})
        for column in [f for f in self.fields if f.column.kind == "judgement"]:
            self.results.append(JudgedColumn(column.index, column.heading, ResultColumn()))
        if file.holds == SKILLS:
            for what, example in lacking(kinds, bool(self.results)):
                yield self._lacking(what, example)
            return
        subject_known = "subject" in kinds or file.subject
        point_known = kinds & {"point", "date"} or file.point
        for result in self.results:
            if result.means.statutory or result.means.concern:
                continue
            if result.means.part is None and not subject_known:
                yield Mistake(
                    self._place(result.index),
                    f"nothing says which subject “{result.heading}” is about",
                    f"add a column, or write in school.yaml: files: [{{name: {self.file}, "
                    "subject: …}]",
                )
            if result.means.when is None and not point_known and not result.means.bare:
                points = ", ".join(point.id for point in self.request.pupils.points)
                yield Mistake(
                    self._place(result.index),
                    f"nothing says at which point in time “{result.heading}” was judged",
                    f"write in school.yaml: files: [{{name: {self.file}, point: …}}] ({points})",
                )

    def _ignored(self, shown: Sequence[str], problems: list[Mistake]) -> set[int]:
        """The columns that school.yaml says are not to be read, by their headings or letters."""
        found: set[int] = set()
        for said in self.request.file.ignore_columns:
            words = words_of(said)
            here = {
                index
                for index, name in enumerate(self.names)
                if name and words in (words_of(name), words_of(f"column {_letter(index)}"))
            }
            if not here:
                near = [name for name in shown if name and not name.startswith("column ")]
                problems.append(
                    Mistake(
                        Place(self.name, self.line, 1),
                        f"has no column “{said}”, which school.yaml doesn't want to be read",
                        did_you_mean(said, near) or "copy its heading, or write column C",
                    )
                )
            found |= here
        return found

    def _misread(self) -> Iterator[Mistake]:
        """Yield a mistake for each column or meaning in school.yaml that doesn't exist."""
        headings = {words_of(name): name for name in self.names}
        for heading, said in self.request.file.columns.items():
            if words_of(heading) not in headings:
                yield Mistake(
                    Place(self.name, 1, 1),
                    f"has no column “{heading}”, which school.yaml speaks of",
                    did_you_mean(
                        heading, [name for name in self.names if self.known.is_known(name)]
                    ),
                )
            for name in self.known.unknown_in(said):
                known = [*self.request.library.columns, *self.request.pupils.subjects, "ignore"]
                known += [point.id for point in self.request.pupils.points]
                yield Mistake(
                    Place(self.name, 1, 1),
                    f"school.yaml reads the column “{heading}” as “{name}”, which nothing is "
                    "called",
                    did_you_mean(name, known),
                )

    def _place(self, index: int) -> Place:
        return Place(self.name, self.line, index + 1)

    def _lacking(self, what: str, example: str) -> Mistake:
        found = ", ".join(f"“{heading}”" for heading, _ in self.account.columns[:20])
        return Mistake(
            self._place(0),
            f"no column {what}; found: {found}",
            f"add one, such as {example}, or say in school.yaml which it is: "
            f"files: [{{name: {self.file}, columns: {{…}}}}]",
        )


def _letter(index: int) -> str:
    """A column's letters in a spreadsheet, of its index counted from 0."""
    letters = ""
    while index >= 0:
        index, place = divmod(index, 26)
        letters = chr(ord("A") + place) + letters
        index -= 1
    return letters
