"""The rows of a table whose layout is known, as rows about pupils."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ...core import Mistake, Place
from ...library import PupilColumn
from ..formats.delimited import as_text
from ..formats.sheet import UNREAD, Sheet
from .assessment_points import Year
from .date_columns import EITHER, DateColumns
from .headings import DoubtfulHeading, Headings, Meaning, ResultColumn
from .layout import WHO, FieldColumn, Layout
from .pseudonyms import holds_upn, is_upn, looks_like_upn, plain_upn
from .pupil_names import name_of
from .rows import Account, Given, PupilRow, Refusal, Request, TermOf, UnreadableError, Who
from .rows_of_no_pupil import NotPupils
from .skill_columns import SKILLS, SkillHeadings
from .words_in_headings import words_of
from .years_in_titles import year_of

_OF_RESULTS = ("subject", "skill", "point", "date", "school-year", "assessment", "concern")
_JUDGEMENT = "judgement"
_LONG = 12
"""A text of up to so many characters holds no pupil number."""


def read_sheet(
    sheet: Sheet, headings: Headings, request: Request, account: Account
) -> Iterator[PupilRow]:
    """The rows of a table. Raises UnreadableError when its headings can't be understood."""
    layout = Layout(sheet, headings, request, account)
    return _Table(sheet, layout, headings, request, account).rows()


@dataclass(slots=True)
class _About:
    """The reading of a row's cells about the pupil, worked out once for the same cells."""

    who: Who = field(default_factory=Who)
    texts: tuple[tuple[str, str], ...] = ()
    aside: list[tuple[str, str]] = field(default_factory=list)
    refusal: Refusal | None = None


@dataclass(slots=True)
class _Context:
    """The reading of the cells about a row's results: assessment, subject, time, concern."""

    assessment: str = ""
    subject: str = ""
    when: str | TermOf | None = None
    year: Year | None = None
    """Of the terms that its results name without one."""
    concern: str = ""
    concern_heading: str = ""
    wrong: tuple[str, str] = ("", "")
    """The heading of the cell for which its results can't be used unless their column says when they were
    given, and why."""
    aside: list[tuple[str, str]] = field(default_factory=list)


class _Table:
    def __init__(
        self,
        sheet: Sheet,
        layout: Layout,
        headings: Headings,
        request: Request,
        account: Account,
    ) -> None:
        self.sheet, self.layout, self.known = sheet, layout, headings
        self.request, self.account = request, account
        self.words = request.library.words
        self.not_pupils = NotPupils(request.library, request.school)
        self.missing = {text.casefold() for text in self.words.missing}
        # A child can be called New or Null, but not #REF!
        self.errors = {text for text in self.missing if text.startswith("#")}
        self.about = [f for f in layout.fields if f.column.kind not in (*_OF_RESULTS, _JUDGEMENT)]
        self.timed = [f for f in layout.fields if f.column.kind in _OF_RESULTS]
        self.who_heading = next((f.heading for f in self.about if f.column.kind in WHO), "")
        self.judged = [c for c in layout.results if not c.means.concern]
        self.concerns = [c for c in layout.results if c.means.concern]
        school, published = request.school.school, request.school.published
        names = (
            school.name,
            school.id,
            *school.also,
            *((str(published.urn),) if published else ()),
        )
        self.own = {"".join(words_of(text)) for text in names}
        """How a column can name this school."""
        self.school_heading = next((f.heading for f in self.about if f.column.kind == "school"), "")
        self.by_row = any(f.column.kind == "school-year" for f in self.timed)
        self.bare = self.by_row and any(c.means.bare for c in self.judged)
        """Whether a row says the year of terms in headings."""
        self.dates = DateColumns(layout, headings, request, account)

    def rows(self) -> Iterator[PupilRow]:
        """Every row that is about a pupil; the others go into the account. Raises UnreadableError at
        a row in which two columns that say the same differ."""
        account, width = self.account, len(self.layout.names)
        account.kind = "wide" if any(r.means.part for r in self.layout.results) else "long"
        if isinstance(self.known, SkillHeadings):
            account.kind = f"{SKILLS}, {account.kind}"
        about_of, timed_of = _picker(self.about), _picker(self.timed)
        abouts: dict[tuple[str, ...], _About] = {}
        contexts: dict[tuple[str, ...], _Context] = {}
        seen: dict[str, int] = {}
        rows = itertools.chain(self.sheet.head, self.sheet.rows)
        for number, raw, whole in self.dates.told_first(rows):
            if not whole.strip("\x1f \t\u00a0"):
                continue
            account.rows += 1
            if whole in seen:
                reason = f"is the same as row {seen[whole]}"
                account.refused.append(Refusal(number, "", reason, False, "repeat"))
                continue
            if [as_text(cell) for cell in raw[:3]] == self.layout.names[:3]:
                reason = "repeats the headings"
                account.refused.append(Refusal(number, "", reason, False, "repeat"))
                continue
            if len(raw) != width:
                if any(cell.strip() for cell in raw[width:]):
                    if no_pupil := self._no_pupil([_first(raw)]):
                        account.refused.append(no_pupil._replace(row=number))
                        continue
                    account.refused.append(Refusal(number, "", _too_long(len(raw), width)))
                    continue
                raw = [*raw[:width], *[""] * (width - len(raw))]
            for one, other, question in self.layout.doubles:
                if raw[one].strip() != raw[other].strip():
                    raise UnreadableError(replace(question, place=self._place(question, number)))
            key = about_of(raw)
            about = abouts.get(key)
            if about is None:
                about = abouts[key] = self._about(key)
            if about.refusal is not None:
                refusal = about.refusal
                if not about.who.known:
                    refusal = self._no_pupil([_first(raw)]) or refusal
                account.refused.append(refusal._replace(row=number))
                continue
            timed = timed_of(raw)
            context = contexts.get(timed)
            if context is None:
                context = contexts[timed] = self._context(timed)
            seen[whole] = number
            results, asides = self._results(raw, context), (*about.aside, *context.aside)
            yield PupilRow(number, about.who, about.texts, results, asides)
        for number, reason in self.sheet.wrong:
            account.rows += 1
            account.refused.append(Refusal(number, "", reason))
        self.sheet.wrong = []
        account.notes += self.sheet.notes

    @staticmethod
    def _place(question: Mistake, number: int) -> Place:
        return Place(question.place.file, number, question.place.column)

    # --- what a row says of the pupil

    def _about(self, cells: Sequence[str]) -> _About:
        about = _About()
        who: dict[str, str] = {}
        texts: dict[str, str] = {}
        schools: list[str] = []
        for given, cell in zip(self.about, cells, strict=True):
            text, kind = as_text(cell), given.column.kind
            if not text and given.column.id in self.request.file.blank_is_no:
                text = self.words.no[0]
            if not text:
                continue
            if text.startswith(UNREAD):
                about.aside.append((given.heading, text[1:]))
            elif kind in WHO:
                who.setdefault(kind, text)
            elif len(text) > _LONG and holds_upn(text):
                about.aside.append((given.heading, _NUMBER_FOUND))
            elif kind == "birth":
                self._birth(given, text, texts, about)
            elif kind == "admitted" and text.casefold() not in self.missing:
                date, wrong = self.dates.read(given, text)
                if date is not None:
                    texts.setdefault(given.column.id, date.isoformat())
                else:
                    about.aside.append((given.heading, wrong))
            elif kind == "school":
                schools.append("".join(words_of(text)))
            elif given.column.id not in texts:
                texts[given.column.id] = text
            elif kind == "yes-no":
                texts[given.column.id] = self._either(given.column, texts[given.column.id], text)
        about.who = self._who(who, self._school(schools))
        about.texts = tuple(texts.items())
        refusal = self._in_place_of_a_pupil(who)
        if refusal:
            about.refusal = refusal
        elif about.who.school and self._is_elsewhere(about.who.school):
            reason = "is about a pupil of another school"
            about.refusal = Refusal(0, self.school_heading, reason, False, "another school")
        elif not about.who.known:
            about.refusal = Refusal(0, self.who_heading, "does not say which pupil it is about")
        return about

    def _who(self, told: dict[str, str], school: str | None) -> Who:
        of = self.request.pseudonyms.of
        reference, number = (
            text if (text := told.get(kind, "")).casefold() not in self.missing else ""
            for kind in ("reference", "upn")
        )
        if is_upn(reference):
            number = number or reference
        parts = [told.get(part, "") for part in ("name", "forename", "surname")]
        parts = [
            "" if text.casefold() in self.errors or holds_upn(text) else text for text in parts
        ]
        name = name_of(*parts)
        if number and not looks_like_upn(number) and (reference or name):
            number = ""  # “none” or “not yet” in its column is nobody's number
        return Who(
            upn=of("upn", plain_upn(number)) if number else None,
            reference=of("reference", reference.casefold())
            if reference and not holds_upn(reference)
            else None,
            name=of("name", name.key) if name else None,
            order=of("order", name.order) if name else None,
            said=name,
            school=school,
            shown=(parts[0] or " ".join(parts[1:])) if name and self.request.names else None,
        )

    def _in_place_of_a_pupil(self, told: dict[str, str]) -> Refusal | None:
        """Why a row is about no pupil, by what stands in place of one. A child can be called Sum or
        La Mean, and has a number or another name beside it."""
        if looks_like_upn(told.get("upn", "")):
            return None
        whole = " ".join(told[part] for part in ("forename", "surname") if part in told)
        texts = [told.get(part, "") for part in ("upn", "reference")]
        if not texts[1] or texts[1].casefold() in self.missing:
            texts += [told.get("name", ""), whole]
        elif words_of(told.get("name", whole)) in self.not_pupils.totals:
            texts += [told.get("name", whole)]
        return self._no_pupil(texts)

    def _no_pupil(self, texts: Sequence[str]) -> Refusal | None:
        """Why a row is about no pupil, if one of these texts says it."""
        if any(text and self.not_pupils.is_footer(text) for text in texts):
            reason = "is a line below the table and no pupil"
            return Refusal(0, self.who_heading, reason, False, "footer")
        if any(text and self.not_pupils.is_total(text) for text in texts):
            reason = "sums up other rows and is no pupil"
            return Refusal(0, self.who_heading, reason, False, "total")
        return None

    def _birth(self, given: FieldColumn, text: str, texts: dict[str, str], about: _About) -> None:
        """Keeps the month of a birth date, and nothing else of it."""
        date, wrong = self.dates.read(given, text)
        date = date or self.dates.month(text)
        if date is not None:
            texts[given.column.id] = date.strftime("%Y-%m")
        elif text.casefold() not in self.missing:
            about.aside.append((given.heading, wrong))

    def _either(self, column: PupilColumn, one: str, other: str) -> str:
        """Of two columns that can each say yes, the one that does."""
        yes = {word.casefold() for word in (*self.words.yes, *column.yes)}
        return other if other.casefold() in yes else one

    def _school(self, called: list[str]) -> str | None:
        """Return a row's name for its school, by all columns that name it; “” for this one.

        None where no column names it.
        """
        if not called or self.own & set(called):
            return "" if called else None
        return " ".join(called)

    def _is_elsewhere(self, called: str) -> bool:
        """Tell whether a row is surely about another school.

        It is where that has another name, or another number of the kind ours is known by. Of other
        numbers nobody told us ours.
        """
        urn = self.request.school.published and str(self.request.school.published.urn)
        return any(
            not any(map(str.isdigit, text)) or (urn and text.isdigit() and len(text) == len(urn))
            for text in called.split()
        )

    # --- what a row says of its results

    def _context(self, cells: Sequence[str]) -> _Context:
        context = _Context()
        texts: dict[str, str] = {}
        columns: dict[str, FieldColumn] = {}
        for given, cell in zip(self.timed, cells, strict=True):
            text = as_text(cell)
            if text.startswith(UNREAD) or (len(text) > _LONG and holds_upn(text)):
                reason = text[1:] if text.startswith(UNREAD) else _NUMBER_FOUND
                context.aside.append((given.heading, reason))
                text = "?" if given.column.kind != "concern" else ""
            if given.column.kind not in texts:
                texts[given.column.kind], columns[given.column.kind] = text, given
                if given.column.kind == "concern":
                    context.concern_heading = given.heading
        if isinstance(self.known, SkillHeadings):
            context.assessment = self.known.check
            context.subject, context.when, (kind, reason) = self.known.placed(
                texts, lambda text: self.dates.read(columns["date"], text)[0]
            )
            heading = next((f.heading for f in self.timed if f.column.kind == kind), "")
            context.wrong = heading, reason
            return context
        subject = self._means(texts, "subject")
        if texts.get("assessment"):
            context.assessment = self.known.assessment(texts["assessment"]) or "?"
        context.subject = (subject.part if subject else None) or ""
        if not texts.get("subject"):
            context.subject = self.request.file.subject or ""
        if self.by_row and not self._has_year(texts, columns, context):
            return context
        context.when = self._when(texts, columns, context)
        context.concern = texts.get("concern", "")
        return context

    def _has_year(
        self, texts: dict[str, str], columns: dict[str, FieldColumn], context: _Context
    ) -> bool:
        """Put the school year of a row's terms into `context`; tell whether it is known or
        unneeded.

        Raises UnreadableError where it can be more than one.
        """
        text, point = texts.get("school-year", ""), self.known.meaning(texts.get("point", ""))
        bare = self.bare or (isinstance(point, ResultColumn | DoubtfulHeading) and bool(point.bare))
        if text and text.casefold() not in self.missing:
            context.year, several = year_of(text, self.request.file)
            if several and bare:
                raise UnreadableError(self._which_year(columns["school-year"]))
            reason = "" if several or context.year else "is no school year such as 2025/26"
        elif texts.get("date") and not self.bare:
            reason = ""
        else:
            context.year = self.layout.years[0] if len(self.layout.years) == 1 else None
            reason = "" if context.year or not bare else "does not say the year of the term"
        if reason:
            heading = next(f.heading for f in self.timed if f.column.kind == "school-year")
            context.wrong = heading, reason
            context.when, context.concern = "", texts.get("concern", "")
        return not reason

    def _which_year(self, given: FieldColumn) -> Mistake:
        name = self.request.file.name
        return Mistake(
            Place(self.layout.name, self.layout.line, given.index + 1),
            f"a year such as 2025 in “{given.heading}” can be the school year that starts then or the "
            "one that ends then",
            f"write in school.yaml, under pupils: files: [{{name: {name}, single_years: starts}}] "
            "(or ends, or calendar: the year in which the term was)",
        )

    def _means(self, texts: dict[str, str], kind: str) -> ResultColumn | None:
        means = self.known.meaning(texts[kind]) if texts.get(kind) else None
        return means if isinstance(means, ResultColumn) else None

    def _when(
        self, texts: dict[str, str], columns: dict[str, FieldColumn], context: _Context
    ) -> str | TermOf | None:
        """The point in time a row is about, by its point or else its date, else the file's own;
        “” where neither can be read."""
        point, date = texts.get("point", ""), texts.get("date", "")
        if not point and not date:
            return self.request.file.point or ""
        means = self._of_term(point, texts, columns, context) if point else None
        if isinstance(means, ResultColumn) and (means.when or means.outside):
            year, when = context.year, means.when
            if year and isinstance(when, str) and not self.known.points.is_in(when, year):
                context.wrong = columns["point"].heading, _OTHER_YEAR
                return ""
            return when
        for kind in ("point", "date"):
            if not texts.get(kind):
                continue
            on, wrong = self.dates.read(columns[kind], texts[kind])
            if on is not None:
                year = context.year
                first = self.known.points.terms.school_year(on)
                if year and year.number != (first if year.of_school else on.year):
                    context.wrong = columns[kind].heading, _OTHER_YEAR
                    return ""
                return self.known.points.on(on)
            if wrong == EITHER:
                context.aside.append((columns[kind].heading, wrong))
        month = self.dates.month(point or date)
        return self.known.points.of_month(month) if month else ""

    def _of_term(
        self,
        point: str,
        texts: dict[str, str],
        columns: dict[str, FieldColumn],
        context: _Context,
    ) -> Meaning:
        """Return the meaning of a row's point, with a year for a term that names none.

        That year is the one in the row, else the one nearest to its date, else the file's.
        """
        means = self.known.meaning(point)
        if not isinstance(means, ResultColumn | DoubtfulHeading) or not means.bare:
            return means
        if context.year is not None:
            return self.known.meaning(point, context.year)
        on = self.dates.read(columns["date"], texts["date"])[0] if texts.get("date") else None
        if on is not None:
            first = self.known.points.terms.nearest(means.bare, on)
            return self.known.meaning(point, Year(first, True))
        return self.layout.means(point)

    def _results(self, raw: list[str], row: _Context) -> tuple[Given, ...]:
        results = []
        concerns = {
            column.means.part: (text, column.heading)
            for column in self.concerns
            if (text := as_text(raw[column.index]))
        }
        for column in self.judged:
            text, means = as_text(raw[column.index]), column.means
            wrong = ""
            if text.startswith(UNREAD):
                wrong = text[1:]
            elif len(text) > _LONG and holds_upn(text):
                wrong = _NUMBER_FOUND
            assessment = means.assessment or row.assessment
            part, when = means.part or row.subject, means.when
            if means.bare and self.by_row:
                dated = self.known.meaning(self.layout.names[column.index], row.year)
                when = dated.when if row.year and isinstance(dated, ResultColumn) else ""
            elif not when and not means.statutory:
                when = row.when
            if not means.statutory and assessment in self.request.library.statutory:
                part, when = self.known.component(assessment, part) or "", None
            if row.wrong[1] and not means.when and not means.statutory:
                heading, reason = row.wrong
                results.append(
                    Given(assessment, part, "", "" if wrong else text, heading, wrong=reason)
                )
                continue
            concern, heading = concerns.get(means.part, (row.concern, row.concern_heading))
            results.append(
                Given(
                    assessment,
                    part,
                    when,
                    "" if wrong else text,
                    column.heading,
                    concern,
                    heading,
                    wrong,
                )
            )
        return tuple(results)


_OTHER_YEAR = "names another school year than its column of years"
_NUMBER_FOUND = "held a pupil number, which was not read"


def _picker(columns: Sequence[FieldColumn]) -> Callable[[list[str]], tuple[str, ...]]:
    """Takes the cells of some columns out of a row."""
    indexes = [column.index for column in columns]
    if len(indexes) > 1:
        return operator.itemgetter(*indexes)
    return lambda raw: tuple(raw[index] for index in indexes)


def _first(raw: list[str]) -> str:
    """The first cell of a row that holds anything."""
    return next((text for cell in raw if (text := as_text(cell))), "")


def _too_long(cells: int, width: int) -> str:
    return (
        f"has {cells} cells under {width} headings; a comma in a cell needs quotation marks "
        "round the cell"
    )
