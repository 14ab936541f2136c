"""The Common Transfer File, the XML in which schools hand a pupil's records on: rows out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ...library import Assessment, Component, FieldKind, PupilColumn
from ..pupil_data.assessment_points import year_label
from ..pupil_data.dates import Dates
from ..pupil_data.grades import GradeReader
from ..pupil_data.pseudonyms import holds_upn, plain_upn
from ..pupil_data.pupil_names import name_of
from ..pupil_data.rows import Account, Given, PupilRow, Refusal, Request, Who
from .xml_stream import Element, plain_tag, read_elements, refused

KIND = "Common Transfer File"
_PUPIL = "pupil"
_OTHERS = frozenset(("contacts", "contact", "schoolhistory", "school", "attendance", "address"))
"""Parts of a pupil's record about other people, places or times: no field is taken from them."""
_OWN = frozenset((_PUPIL, "basicdetails", "pupildetails", "pupilidentifiers"))
"""Where a date is the pupil's own: elsewhere a start date is that of some support or event."""
_FIELD_LEVELS = 2
"""A field stands in the pupil's element or one level below; deeper ones are items of lists, such as
former schools."""
_KEPT: frozenset[FieldKind] = frozenset(
    ("year", "class", "admitted", "yes-no", "percent", "category")
)
_SUBJECT, _COMPONENT = ("subject", "subjectcode"), ("component",)
_FINAL = frozenset(("", "r", "f", "result", "final"))
"""What the status of a result that counts can be; the others are provisional, estimated, interim
or targets."""
_YEAR = re.compile("(19|20)[0-9]{2}")
_TAG = re.compile(r"[A-Za-z][A-Za-z_-]{0,39}")


@dataclass(slots=True)
class _Draft:
    """A row while its element is read."""

    number: int
    who: Who = field(default_factory=Who)
    texts: dict[str, str] = field(default_factory=dict)
    results: list[Given] = field(default_factory=list)


class _Match(NamedTuple):
    assessment: Assessment
    component: Component


def read_ctf(raw: bytes, request: Request, account: Account) -> Iterator[PupilRow]:
    """One row for each pupil of a Common Transfer File, with their results in the assessments the
    library knows codes of.

    The account gets the kind of file, the number of pupils, what each element was read as, and
    every result or field that was left out. Raises UnreadableError, at once, for what is no such
    file, is damaged or could do harm.
    """
    account.kind = KIND
    pupils = _Pupils(request, account)
    read_elements(raw, account.file, _PUPIL, pupils.add)
    if not pupils.found:
        raise refused(
            account.file,
            "holds no pupils as a Common Transfer File has them",
            "export a Common Transfer File (CTF), or a table as CSV or XLSX",
        )
    account.rows = pupils.found
    account.columns = list(pupils.columns.items())
    return iter(pupils.rows)


class _Pupils:
    """Makes rows of pupils' elements, and keeps account of what stood in them."""

    def __init__(self, request: Request, account: Account) -> None:
        self.request, self.account = request, account
        self.dates = Dates(request.library.words.dates)
        self.rows: list[PupilRow] = []
        self.found = 0
        self.columns: dict[str, str] = {}
        self._known: dict[str, tuple[PupilColumn, int]] = {}
        for column in request.library.columns.values():
            for preference, alias in enumerate((*column.aliases, column.id)):
                self._known.setdefault(plain_tag(alias), (column, preference))
        self._stages: dict[str, list[Assessment]] = {}
        for assessment in request.library.assessments.values():
            for stage in assessment.stages:
                self._stages.setdefault(plain_tag(stage), []).append(assessment)
        self._codes_known = set(self._stages)
        for assessment in request.library.assessments.values():
            for component in assessment.components:
                codes = (part for code in component.transfer for part in code.split("/"))
                self._codes_known.update(map(plain_tag, codes))
        self._missing = {text.casefold(): s for text, s in request.library.words.missing.items()}
        self._readers: dict[str, GradeReader] = {}

    def add(self, pupil: Element) -> None:
        """Adds the row of one pupil, or refuses it when it doesn't say whose it is."""
        self.found += 1
        row, before = _Draft(pupil.line), len(self.account.set_aside)
        self._identify(row, self._fields(row, pupil))
        if not row.who.known:
            del self.account.set_aside[before:]
            reason = "does not say which pupil it is about"
            self.account.refused.append(Refusal(row.number, "", reason))
            return
        self._results(row, pupil, "", "")
        self.rows.append(
            PupilRow(row.number, row.who, tuple(row.texts.items()), tuple(row.results))
        )

    def _aside(self, row: _Draft, column: str, reason: str, mistake: bool = True) -> None:
        self.account.set_aside.append(Refusal(row.number, column, reason, mistake))

    def _read_as(self, heading: str, meaning: str) -> None:
        said = self.columns.get(heading)
        if said and meaning and meaning not in said.split(" or "):
            meaning = f"{said} or {meaning}"
        self.columns[heading] = meaning or said or ""

    def _fields(self, row: _Draft, pupil: Element) -> dict[FieldKind, str]:
        """Puts what is kept into the row; returns what tells who the pupil is, by its kind."""
        given: dict[str, dict[int, list[tuple[str, str]]]] = {}
        for element, part in _fields_of(pupil, _FIELD_LEVELS):
            tag = element.tag if _TAG.fullmatch(element.tag) else "an element"
            column, preference = self._known.get(element.name, (None, 0))
            read = column if column and self._is_read(column, part) else None
            self._read_as(tag, read.title if read else "")
            if read:
                self.account.headings.setdefault(read.id, tag)
            if read and element.text:
                by_alias = given.setdefault(read.id, {})
                by_alias.setdefault(preference, []).append((tag, element.text))
        told: dict[FieldKind, str] = {}
        for name, by_alias in given.items():
            column = self.request.library.columns[name]
            tags = by_alias[min(by_alias)]
            tag, text = tags[0]
            if any(other != text for _, other in tags):
                self._aside(row, tag, "stands twice, with different contents")
            elif column.kind != "upn" and holds_upn(text):
                self._aside(row, tag, "holds a pupil number, which belongs in the element UPN only")
            elif column.kind in _KEPT:
                row.texts[name] = text
            elif column.kind == "birth":
                date = self.dates.read(text) or self.dates.month(text)
                if date:
                    row.texts[name] = date.strftime("%Y-%m")
                else:
                    self._aside(row, tag, "is no date such as 2001-12-31")
            elif text.casefold() not in self._missing:
                told.setdefault(column.kind, text)
        return told

    @staticmethod
    def _is_read(column: PupilColumn, part: str) -> bool:
        if column.kind == "admitted" and part not in _OWN:
            return False
        return column.kind in _KEPT or column.kind in ("upn", "surname", "forename", "birth")

    def _identify(self, row: _Draft, told: dict[FieldKind, str]) -> None:
        of = self.request.pseudonyms.of
        number = plain_upn(told.get("upn", ""))
        name = name_of("", told.get("forename", ""), told.get("surname", ""))
        row.who = Who(
            upn=of("upn", number) if number else None,
            name=of("name", name.key) if name else None,
            order=of("order", name.order) if name else None,
            said=name,
            shown=f"{told['forename']} {told['surname']}" if name and self.request.names else None,
        )

    def _results(self, row: _Draft, element: Element, stage: str, year: str) -> None:
        for inner in element.inside:
            if not inner.inside or inner.name in _OTHERS:
                continue
            of_stage = inner.says("stage") or (inner.tag if inner.name in self._stages else stage)
            of_year = inner.says("year") or year
            if _is_result(inner):
                self._result(row, inner, of_stage, of_year)
            else:
                self._results(row, inner, of_stage, of_year)

    def _result(self, row: _Draft, element: Element, stage: str, year: str) -> None:
        subject, component = element.says(*_SUBJECT), element.says(*_COMPONENT)
        heading = self._codes(stage, subject, component)
        text = element.says("result")
        matches = self._matches(stage, subject, component)
        if not matches:
            self._read_as(heading, "")
            self._aside(row, heading, "is of an assessment that is not read", mistake=False)
            return
        match = matches[0] if len(matches) == 1 else self._by_text(matches, text)
        if match is None:
            titles = " or ".join(sorted({match.assessment.title for match in matches}))
            self._aside(row, heading, f"is no result of {titles}", mistake=False)
            return
        assessment, part = match
        self._read_as(heading, f"{assessment.title}: {part.title}")
        if plain_tag(element.says("resultstatus")) not in _FINAL:
            self._aside(row, heading, "is not a final result", mistake=False)
        elif year and not _YEAR.fullmatch(year):
            self._aside(row, heading, "has a year that is not four digits")
        elif holds_upn(text):
            self._aside(row, heading, "holds a pupil number in place of a result")
        else:
            # The file names a school year by the calendar year in which it ends.
            when = year_label(int(year) - 1) if year else None
            row.results.append(Given(assessment.id, part.id, when, text, heading))

    def _codes(self, *codes: str) -> str:
        """Codes for a person, as far as the library knows them: others could be about the pupil."""
        shown = [code if plain_tag(code) in self._codes_known else "…" for code in codes if code]
        return " ".join(shown) if any(code != "…" for code in shown) else "an assessment"

    def _matches(self, stage: str, subject: str, component: str) -> list[_Match]:
        """The components of assessments of a stage that have these codes."""
        wanted = _code(subject, component)
        return [
            _Match(assessment, part)
            for assessment in self._stages.get(plain_tag(stage), ())
            for part in assessment.components
            if any(_code(*code.split("/", 1)) == wanted for code in part.transfer)
        ]

    def _by_text(self, matches: list[_Match], text: str) -> _Match | None:
        """Of several with the same codes (a test and a judgement, a mark and an outcome) the one
        on whose scale the text is; None where that doesn't settle it."""
        if not text or text.casefold() in self._missing:
            return matches[0]
        graded, missing = [], []
        for match in matches:
            reads = [self._reader(version.scale).read(text) for version in match.assessment.scales]
            if any(read.grade is not None for read in reads):
                graded.append(match)
            elif any(read.missing for read in reads):
                missing.append(match)
        if graded:
            return graded[0] if len(graded) == 1 else None
        return missing[0] if missing else None

    def _reader(self, scale: str) -> GradeReader:
        if scale not in self._readers:
            found = self.request.library.scales[scale]
            self._readers[scale] = GradeReader(found, self._missing)
        return self._readers[scale]


def _fields_of(element: Element, levels: int) -> Iterator[tuple[Element, str]]:
    """The fields in an element and in the parts inside it, each with the name of its part."""
    for inner in element.inside:
        if not inner.inside:
            yield inner, element.name
        elif levels > 1 and inner.name not in _OTHERS and not _holds_results(inner):
            yield from _fields_of(inner, levels - 1)


def _code(subject: str, component: str = "") -> tuple[str, str]:
    """Codes as they are compared; a subject without a component is its own component."""
    subject, component = subject.strip().upper(), component.strip().upper()
    return subject, component or subject


def _is_result(element: Element) -> bool:
    return any(e.name in _SUBJECT + _COMPONENT and not e.inside for e in element.inside)


def _holds_results(element: Element) -> bool:
    return _is_result(element) or any(map(_holds_results, element.inside))
