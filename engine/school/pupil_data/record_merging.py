"""The merging of all rows about a pupil: the latest value counts, contradictory ones do not."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...library import Cell, Library, Scale, Value
from ..model import SchoolFile
from ..school import PupilRead, Result
from .assessment_points import Placed, placed, term_of_birth, terms_of, year_label, year_taken
from .cells import LEFT, Cells
from .grades import GradeRead, distance, standing
from .rows import Account, Refusal, RefusalKind


@dataclass(slots=True)
class RowRead:
    """A row on its way to being used or refused: its results that are known, and those lost."""

    account: Account
    number: int
    known: int = 0
    """How many of its results could be used."""
    lost: list[Refusal] | None = None
    aside: list[Refusal] | None = None
    refused: Refusal | None = None

    def set_aside(
        self, column: str, reason: str, kind: RefusalKind = "unreadable", about: str = ""
    ) -> None:
        """Leaves one cell of the row out; of a row that is refused nothing more is said."""
        refusal = Refusal(self.number, column, reason, True, kind, about)
        self.aside = [*(self.aside or ()), refusal]

    def lose(self, refusal: Refusal) -> None:
        """Leaves one of its results out."""
        self.lost = [*(self.lost or ()), refusal]

    def cell(self, column: str) -> Cell:
        """The cell of the row in a column of the library."""
        return Cell(self.account.file, self.number, self.account.headings.get(column, column))

    def close(self) -> None:
        """Enters the row in the account: refused when all its results are lost, else used."""
        lost = [refusal._replace(row=self.number) for refusal in self.lost or ()]
        if self.refused is None and lost and not self.known:
            self.refused = next((refusal for refusal in lost if refusal.mistake), lost[0])
        if self.refused is not None:
            self.account.refused.append(self.refused)
        else:
            self.account.used += 1
            self.account.set_aside.extend((*lost, *(self.aside or ())))


@dataclass(slots=True)
class CandidateValue:
    """The value a cell gives for a pupil; `at` orders such values in time."""

    at: int
    value: bool | float | str | datetime.date
    cell: Cell
    row: RowRead
    weak: bool = False
    """It counts only where no other column says anything."""


@dataclass(slots=True)
class ResultClaim:
    """A result as one cell gives it."""

    read: GradeRead
    cell: Cell
    row: RowRead


@dataclass(slots=True)
class MergedPupil:
    """The rows about one pupil, gathered until all have been read."""

    first: Cell
    shown: str | None = None
    said: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[int, RowRead]] = field(
        default_factory=dict
    )
    """What rows say of the pupil, by file and cells: the latest such row, and its place in time."""
    results: dict[tuple[str, str, str | None], list[ResultClaim]] = field(default_factory=dict)
    concerns: dict[str, list[CandidateValue]] = field(default_factory=dict)
    skills: dict[str, list[CandidateValue]] = field(default_factory=dict)
    """Results by the code of the skill; `at` is the day counted from year 1, 0 without a date."""
    rows: list[RowRead] = field(default_factory=list)


Unread = dict[tuple[str, str], tuple[str, str]]
"""Cells that can't be read, by file and kind of column: heading and reason."""


class Settle:
    """Makes a pupil of what was heard."""

    def __init__(
        self, school: SchoolFile, library: Library, scales: Mapping[str, Scale], cells: Cells
    ) -> None:
        assert school.pupils is not None
        self.school, self.library, self.scales, self.cells = school, library, scales, cells
        self.terms = terms_of(school, library)
        self.points = {point.id: placed(point, self.terms) for point in school.pupils.points}
        self.dates = [point.date for point in school.pupils.points]
        self.files = {file.name: file for file in school.pupils.each}
        self.scale_of_file = {f.name: f.scale or school.pupils.scale for f in school.pupils.each}
        self.prefer = school.pupils.prefer
        self.order = library.standings
        self.off_age: dict[str, Counter[int]] = {}
        """By file: how many of its pupils are by how many years too old for their year group."""
        self.by_age: Counter[str] = Counter()
        """By file: how many pupils have their year group from their birth date."""
        self._stood: dict[tuple[str, object, str, str, str], tuple[int | None, float | None]] = {}

    def pupil(self, ref: str, heard: MergedPupil) -> PupilRead | None:
        """One pupil; None, and all their rows refused, where no year group of this school is
        known for them."""
        heard_of, unread = self._claims(heard)
        births = heard_of.pop("birth", [])
        settled = {about: self._latest(about, claims) for about, claims in heard_of.items()}
        values = {about: value for about, value in settled.items() if value is not None}
        class_id = str(values.pop("class").value) if "class" in values else None
        year = str(values.pop("year").value) if "year" in values else None
        if year is None and class_id and len(self.cells.class_years[class_id]) == 1:
            year = self.cells.class_years[class_id][0]
        silent = "year" not in heard_of and not any(kind == "year" for _, kind in unread)
        if year is None and silent:
            year = self._year_by_age(births)
        if year not in self.school.school.year_groups:
            self._refuse(heard, year, "year" in heard_of, unread, bool(births))
            return None
        if class_id and year not in self.cells.class_years[class_id]:
            reason = f"is class {class_id}, which has no Year {year} in school.yaml"
            self._leave_out(heard_of["class"], reason, "contradiction")
            class_id = None
        if births := self._likely(births, year):
            self._age(births[0], heard_of.get("year", ()), year)
            if born := self._latest("birth", births):
                values["birth"] = born
        pupil = PupilRead(ref, year, class_id, heard.first, heard.shown, self._known(values))
        for subject, claims in heard.concerns.items():
            concern = self._latest("concern", claims)
            if concern is not None:
                last = max(claim.at for claim in claims)
                pupil.concern[subject] = concern
                pupil.concern_noted[subject] = self.dates[last]
        self._results(pupil, heard)
        return pupil

    def _likely(self, births: list[CandidateValue], year: str) -> list[CandidateValue]:
        """The birth dates a pupil of a year group can have; the others are set aside."""
        usual = self.library.words.ages.get(year)
        if usual is None:
            return births
        far = self.library.data_checks.far_from_age
        wrong = [one for one in births if abs(self._age_of(one) - usual) >= far]
        self._leave_out(wrong, f"gives an age that nobody in Year {year} has", "unreadable")
        return [one for one in births if one not in wrong]

    def _age_of(self, birth: CandidateValue) -> int:
        """Return a pupil's age in years when the plan's first school year begins."""
        born, month = (int(part) for part in str(birth.value).split("-"))
        begins = int(self.library.words.parts[0].from_[:2])
        return self.cells.first_year - born - (month >= begins)

    def _year_by_age(self, births: Sequence[CandidateValue]) -> str | None:
        """The year group of somebody's age, where school.yaml says that it tells it."""
        told = [one for one in births if self.files[one.row.account.named].year_from]
        groups = {age: group for group, age in self.library.words.ages.items()}
        ages = {self._age_of(one) for one in told}
        year = groups.get(ages.pop()) if len(ages) == 1 else None
        if year in self.school.school.year_groups:
            self.by_age[told[0].row.account.file] += 1
        return year

    def _age(self, birth: CandidateValue, years: Sequence[CandidateValue], year: str) -> None:
        """Notes by how many years a pupil is too old for their year group, by the file that gives
        it."""
        if years and year in self.library.words.ages:
            off = self._age_of(birth) - self.library.words.ages[year]
            self.off_age.setdefault(years[0].row.account.named, Counter())[off] += 1

    def _claims(self, heard: MergedPupil) -> tuple[dict[str, list[CandidateValue]], Unread]:
        """Return a pupil's candidate values by indicator or kind of column, and the unread cells.

        A cell that can't be read is set aside; the last of each file and kind is returned.
        """
        claims: dict[str, list[CandidateValue]] = {}
        unread: Unread = {}
        for (file, texts), (at, row) in heard.said.items():
            for name, text in texts:
                column = self.cells.about_pupils[name]
                said = self.cells.said(column, text, self.files[file])
                if said.wrong:
                    row.set_aside(row.cell(name).column, said.wrong)
                    unread[file, column.kind] = row.cell(name).column, said.wrong
                elif said.value is not None:
                    claim = CandidateValue(at, said.value, row.cell(name), row, column.only_yes)
                    claims.setdefault(column.indicator or column.kind, []).append(claim)
        return claims, unread

    def _refuse(
        self, heard: MergedPupil, year: str | None, told: bool, unread: Unread, born: bool
    ) -> None:
        """Refuses all rows of a pupil of whom no year group of this school is known."""
        mistake = year is None
        if year == LEFT:
            reason = "is about a pupil who has left"
        elif year is not None:
            reason = f"is about a pupil in Year {year}, which is no year of this school"
            order = self.cells.years.groups
            known = [group for group in self.school.school.year_groups if group in order]
            oldest = max(map(order.index, known), default=len(order))
            mistake = order.index(year) > oldest + 1  # those of one above have left
        elif told:
            reason = "gives another year group than other rows about the same pupil"
        else:
            reason = BORN if born else "does not say the pupil's year group, and no class tells it"
        for row in heard.rows:
            column, why = "", reason
            if year is None and not told:
                column, why = unread.get((row.account.file, "year"), ("", reason))
                if not column and (row.account.file, "class") in unread:
                    column = unread[row.account.file, "class"][0]
                    why = "does not say the pupil's year group, and is in no class of school.yaml"
            kind: RefusalKind = "unreadable" if mistake else "not asked for"
            row.refused = row.refused or Refusal(row.number, column, why, mistake, kind)

    def _latest(self, about: str, claims: Sequence[CandidateValue]) -> Value | None:
        """Return the value the latest rows agree on; None, with all set aside, if they differ."""
        preferred = [claim for claim in claims if claim.cell.file == self.prefer]
        claims = preferred or claims
        last = max(claim.at for claim in claims)
        now = [claim for claim in claims if claim.at == last]
        now = [claim for claim in now if not claim.weak] or now
        if len({claim.value for claim in now}) == 1:
            first = min(now, key=lambda claim: (claim.cell.file, claim.cell.row))
            return Value(first.value, (first.cell,))  # type: ignore[arg-type]
        reason = f"contradicts another row about the same pupil ({_rows(now)})"
        kind: RefusalKind = "two classes" if about == "class" else "contradiction"
        self._leave_out(now, reason, kind, f"{now[0].cell.column}, {_files(now)}")
        return None

    def _leave_out(
        self, claims: Sequence[CandidateValue], reason: str, kind: RefusalKind, about: str = ""
    ) -> None:
        for claim in claims:
            claim.row.set_aside(claim.cell.column, reason, kind, about)

    def _known(self, values: dict[str, Value]) -> dict[str, Value]:
        """Return a pupil's values as indicators; dates are reduced to what rules need of them."""
        known = {k: v for k, v in values.items() if k in self.library.indicators}
        if "birth" in values:
            born = values["birth"]
            month = int(str(born.value)[-2:])
            known["term_of_birth"] = Value(term_of_birth(month, self.library.words), born.cells)
        if "admitted" in values:
            came = values["admitted"]
            first = self.terms.school_year(came.value)  # type: ignore[arg-type]
            known["joined_lately"] = Value(first >= self.cells.first_year - 1, came.cells)
        return known

    # --- results

    def scale_of(self, assessment: str, year: str | None, file: str) -> str | None:
        """The id of the scale a result is given on; None where there is none for that year."""
        spec = self.library.assessments[assessment]
        if spec.kind == "tracking":
            return self.scale_of_file[file]
        return spec.scale_in(year)

    def _results(self, pupil: PupilRead, heard: MergedPupil) -> None:
        filed: dict[tuple[str, str, str], list[ResultClaim]] = {}
        for (assessment, part, when), claims in heard.results.items():
            label = when if when is not None else self._year_taken(assessment, pupil.year)
            filed.setdefault((assessment, part, label), []).extend(claims)
        for key, claims in filed.items():
            if self._still_to_come(key):
                for claim in claims:
                    if claim.read.grade is not None:
                        claim.row.known -= 1
                        reason = f"is a result of {key[2]}, which is still to come for this pupil"
                        claim.row.lose(Refusal(claim.cell.row, claim.cell.column, reason))
                continue
            known = [claim for claim in claims if claim.read.grade is not None]
            if not self._agree(key, known, pupil.year):
                known = self._preferred(known)
                if not self._agree(key, known, pupil.year):
                    judged_twice(known, self._named(key))
                    continue
            first = min(known or claims, key=lambda claim: (claim.cell.file, claim.cell.row))
            result = self._result(key, first, pupil.year)
            if result is not None:
                pupil.results[key] = result

    def _preferred(self, claims: Sequence[ResultClaim]) -> list[ResultClaim]:
        """Of results that differ those of the file that school.yaml prefers; all of them where it
        has none."""
        prefer = self.prefer
        kept = [claim for claim in claims if claim.cell.file == prefer]
        if not kept:
            return list(claims)
        for claim in claims:
            if claim.cell.file != prefer:
                reason = f"is judged otherwise in {prefer}, which school.yaml prefers"
                claim.row.known -= 1
                claim.row.lose(Refusal(0, claim.cell.column, reason, False, "not asked for"))
        return kept

    def _named(self, key: tuple[str, str, str]) -> str:
        """Return the assessment, subject and point of a result, in words."""
        assessment, part, label = key
        point = self.points.get(label)
        title = self.library.subject_titles.get(part, part)
        tracked = self.library.assessments[assessment].kind == "tracking"
        parts = ("" if tracked else self.library.assessments[assessment].title, title)
        return ", ".join(text for text in (*parts, point.point.title if point else label) if text)

    def _still_to_come(self, key: tuple[str, str, str]) -> bool:
        """Tell whether a statutory assessment would be taken in the plan's first year or later."""
        return key[0] in self.library.statutory and key[2] >= year_label(self.cells.first_year)

    def _agree(self, key: tuple[str, str, str], claims: Sequence[ResultClaim], year: str) -> bool:
        """Tell whether results agree: the same grade, or on two scales the same standing."""
        said = {(self._scale(key, claim), claim.read.grade) for claim in claims}
        if len(said) < 2:
            return True
        results = [self._result(key, claim, year) for claim in claims]
        scales = {result.scale for result in results if result}
        standings = {result.standing for result in results if result}
        return len(scales) == len(said) and len(standings) == 1 and None not in standings

    def _scale(self, key: tuple[str, str, str], claim: ResultClaim) -> str | None:
        assessment, _, label = key
        statutory = assessment in self.library.statutory
        return self.scale_of(assessment, label if statutory else None, claim.row.account.named)

    def _result(self, key: tuple[str, str, str], claim: ResultClaim, year: str) -> Result | None:
        assessment, _, label = key
        scale_id = self._scale(key, claim)
        if scale_id is None:
            return None
        grade = claim.read.grade
        if grade is None:
            return Result(scale_id, None, claim.cell, claim.read.missing)
        key_of = (scale_id, grade, assessment, label, year)
        stood = self._stood.get(key_of)
        if stood is None:
            scale, then = self.scales[scale_id], self._time(assessment, label, year)
            stood = standing(scale, grade, self.order, *then), distance(scale, grade, *then)
            self._stood[key_of] = stood
        return Result(scale_id, grade, claim.cell, "", *stood)

    def _year_taken(self, assessment: str, year: str) -> str:
        """The school year in which a pupil who is now in `year` took a statutory assessment."""
        group = self.library.assessments[assessment].year_group
        return year_taken(year, group, self.cells.groups, self.cells.first_year) or ""

    def _time(self, assessment: str, label: str, year: str) -> tuple[str, str]:
        """The year group a pupil was in when a result was given, and the term."""
        if label not in self.points:
            return self.library.assessments[assessment].year_group or year, ""
        return when_judged(self.points[label], year, self.cells.first_year, self.library)


BORN = "does not say the pupil's year group, and no class tells it, but the birth date could"


def when_judged(point: Placed, year: str, first_year: int, library: Library) -> tuple[str, str]:
    """The year group in which somebody was at a point who is in `year` in the school year that begins in
    `first_year` (empty: not yet at school), and the term."""
    groups = list(library.words.year_groups)
    then = groups.index(year) - first_year + point.year
    return (groups[then] if 0 <= then < len(groups) else ""), point.term


def judged_twice(claims: Sequence[CandidateValue | ResultClaim], what: str) -> None:
    """Leaves out results that say different things of the same; `what` they are of."""
    reason = f"the same is judged twice for this pupil, and differently ({_rows(claims)})"
    about = f"{what}, {_files(claims)}"
    for claim in claims:
        claim.row.known -= 1
        claim.row.lose(Refusal(0, claim.cell.column, reason, True, "judged twice", about))


def _files(claims: Sequence[CandidateValue | ResultClaim]) -> str:
    """In which files claims stand: “in pupils.csv and test.csv”."""
    return "in " + " and ".join(sorted({claim.cell.file for claim in claims}))


def _rows(claims: Sequence[CandidateValue | ResultClaim]) -> str:
    """Where claims stand: “row 3 and row 8 of pupils.csv”."""
    places = sorted({(claim.cell.file, claim.cell.row) for claim in claims})
    return " and ".join(f"row {row} of {file}" for file, row in places[:3])
