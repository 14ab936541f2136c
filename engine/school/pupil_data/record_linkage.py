"""Record linkage: the rows of several files joined into pupils, in whatever order they come."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from ...core import Mistake, Place
from ...library import Cell, Library, Scale
from ..model import PupilFile, SchoolFile
from ..school import PupilRead
from .assessment_points import Points, terms_of
from .cells import Cells
from .grades import GradeRead, GradeReader
from .pseudonyms import Pseudonyms
from .record_merging import CandidateValue, MergedPupil, ResultClaim, RowRead, Settle
from .rows import Account, Given, PupilRow, Refusal, RefusalKind, TermOf
from .skill_columns import SKILLS, check_of_skills, latest_skills, skills_seen
from .who_is_who import Heard, WhoIsWho


class Join:
    """Takes the rows of each file in turn; `pupils` settles what was heard."""

    def __init__(
        self,
        school: SchoolFile,
        library: Library,
        scales: Mapping[str, Scale],
        first_year: int,
        pseudonyms: Pseudonyms,
    ) -> None:
        assert school.pupils is not None
        self.asked, self.library, self.scales = school.pupils, library, scales
        self.first_year, self.pseudonyms = first_year, pseudonyms
        self.questions: list[Mistake] = []
        """What has to be answered before anything is planned."""
        self.cells = Cells(library, school, first_year)
        self.times = Points(self.asked.points, terms_of(school, library))
        self.points = {point.id: index for index, point in enumerate(self.asked.points)}
        self.settle = Settle(school, library, scales, self.cells)
        self.wanted = frozenset(self.asked.subjects)
        self.subjects = {subject.id for subject in library.words.subjects}
        self.rows: list[tuple[PupilRow, RowRead, PupilFile]] = []
        self.heard: dict[str, MergedPupil] = {}
        self.own = library.own_assessment
        self.checks = check_of_skills(library)
        self.statutory = library.statutory
        self._readers: dict[tuple[str, str], GradeReader] = {}
        self.spoken: dict[str, set[tuple[str, str | None]]] = {}
        """By file: the subjects and points of its judgements, used or not."""

    def hear(self, rows: Iterable[PupilRow], file: PupilFile, account: Account) -> None:
        """Takes in the rows of one file."""
        self.spoken.setdefault(file.name, set())
        for row in rows:
            read = RowRead(account, row.number)
            for heading, reason in row.asides:
                read.set_aside(heading, reason)
            self.rows.append((row, read, file))

    def named(self) -> frozenset[str]:
        """The names that rows give, as pseudonyms."""
        return frozenset(row.who.name for row, *_ in self.rows if row.who.name)

    def pupils(self) -> list[PupilRead]:
        """Everybody the files speak of, in the order they were first heard of; every row is then
        accounted for."""
        births = set(self.cells.of_kind.get("birth", ()))
        whos = WhoIsWho(
            (
                Heard(
                    row.who,
                    file,
                    read.account,
                    row.number,
                    tuple(text for name, text in row.texts if name in births),
                )
                for row, read, file in self.rows
            ),
            self.pseudonyms,
        )
        self.questions += whos.questions
        for row, read, file in self.rows:
            if id(row.who) in whos.others:
                reason = "is about a pupil of another school"
                read.refused = Refusal(row.number, "", reason, False, "another school")
            elif (who := whos.ref(row.who)) is None:
                read.refused = Refusal(row.number, "", _EITHER, True, "contradiction")
            else:
                self._take(who, row, read, file)
        found = [self._pupil(ref, heard) for ref, heard in self.heard.items()]
        for _, read, _ in self.rows:
            read.close()
        self.questions += self._used_for_the_same()
        self._alone(whos, [pupil for pupil in found if pupil is not None])
        return [pupil for pupil in found if pupil is not None]

    def texts(self) -> dict[str, set[str]]:
        """By file: what its results say, in small letters."""
        found: dict[str, set[str]] = {}
        for (file, _), reader in self._readers.items():
            found.setdefault(file, set()).update(reader.texts)
        return found

    def _alone(self, whos: WhoIsWho, pupils: Iterable[PupilRead]) -> None:
        """Enters in each file's account whom it alone has, by a name that may be written otherwise in
        the others."""
        years = {pupil.ref: pupil.year for pupil in pupils}
        files: dict[str, set[str]] = {}
        named: dict[str, Account] = {}
        for row, read, file in self.rows:
            ref = None if id(row.who) in whos.others else whos.ref(row.who)
            if ref in years:
                files.setdefault(ref, set()).add(file.name)
                if id(row.who) in whos.by_name:
                    named[ref] = read.account
        taught: dict[str, set[str]] = {}
        for ref, names in files.items():
            taught.setdefault(years[ref], set()).update(names)
        for ref, account in named.items():
            if files[ref] == {account.file} and len(taught[years[ref]]) > 1:
                account.alone.append(ref)

    def _used_for_the_same(self) -> Iterator[Mistake]:
        """Texts that are read as a grade which another text of their file has already."""
        for (file, scale), reader in sorted(self._readers.items()):
            for text, other, written in reader.beside():
                yield Mistake(
                    Place(file),
                    f"has “{text}” and “{other}”, which are not for the same in one file, and the "
                    f"scale “{self.scales[scale].title}” can't tell how low “{text}” is",
                    f"write in school.yaml, under pupils: files: {written}",
                )

    def _pupil(self, ref: str, heard: MergedPupil) -> PupilRead | None:
        pupil = self.settle.pupil(ref, heard)
        scale = self.settle.scale_of(self.checks, None, "") if heard.skills else None
        if pupil is not None and scale is not None:
            pupil.skills = latest_skills(heard.skills, self.scales[scale])
            pupil.skills_seen = skills_seen(heard.skills)
        return pupil

    def _take(self, who: str, row: PupilRow, read: RowRead, file: PupilFile) -> None:
        heard = self.heard.get(who)
        if heard is None:
            heard = self.heard[who] = MergedPupil(Cell(read.account.file, row.number, ""))
        heard.shown = heard.shown or row.who.shown
        heard.rows.append(read)
        at, key = self._results(heard, row, read, file), (file.name, row.texts)
        before = heard.said.get(key)
        if before is None or (at, -read.number) > (before[0], -before[1].number):
            heard.said[key] = (at, read)

    def _results(self, heard: MergedPupil, row: PupilRow, read: RowRead, file: PupilFile) -> int:
        """Takes the results of a row; returns its position in time: that of the latest of its
        judgements. A row without results is about now; one that gives no judgement, a transfer
        file's or one that is lost, comes before all others."""
        latest = -1
        concerns: dict[str, tuple[int, Given]] = {}
        for given in row.results:
            assessment = given.assessment or self.own
            if assessment not in self.library.assessments:
                reason = "is of an assessment that is not read"
                read.lose(Refusal(row.number, given.heading, reason, False, "not asked for"))
                continue
            statutory, skill = assessment in self.statutory, assessment == self.checks
            when = given.when
            if isinstance(when, TermOf):
                when = self._term(when, row, file)
            position = -1
            if not statutory and not skill:
                if given.text:
                    self.spoken[file.name].add((given.part, when))
                wrong = self._not_asked(given, when, read)
                if wrong is not None:
                    if given.text.casefold() not in self.cells.missing:
                        read.lose(wrong)
                    continue  # an empty cell outside what is asked for says nothing
                position = self.points[str(when)]
                if given.concern and position > concerns.get(given.part, (-1, given))[0]:
                    concerns[given.part] = position, given
            if statutory and not given.part:
                read.lose(Refusal(row.number, given.heading, "is in no part of that assessment"))
                continue
            found = self._grade(assessment, when if statutory else None, given, file)
            if found.wrong:
                kind: RefusalKind = "in doubt" if found.ask else "off the scale"
                kind = "unreadable" if given.wrong else kind
                read.lose(Refusal(row.number, given.heading, found.wrong, True, kind))
                continue
            if found.uncounted:
                read.set_aside(given.heading, found.uncounted, "not counted")
            latest = max(latest, position)
            read.known += found.grade is not None
            cell = Cell(read.account.file, row.number, given.heading)
            if skill:
                if found.grade is not None:
                    day = datetime.date.fromisoformat(str(when)).toordinal() if when else 0
                    claim = CandidateValue(day, found.grade, cell, read)
                    heard.skills.setdefault(given.part, []).append(claim)
                continue
            heard.results.setdefault((assessment, given.part, when), []).append(
                ResultClaim(found, cell, read)
            )
        for at, given in concerns.values():
            self._concern(heard, given, at, read)
        return latest if row.results else len(self.points)

    def _term(self, term: TermOf, row: PupilRow, file: PupilFile) -> str | None:
        """The point in a term of the school year in which the pupil was in a year group."""
        year, groups = self.cells.year_of(dict(row.texts), file), self.cells.groups
        if year not in groups:
            return None
        ago = groups.index(year) - groups.index(term.year_group)
        return self.times.of_term(term.part, self.first_year - ago)

    def _not_asked(self, given: Given, when: str | None, read: RowRead) -> Refusal | None:
        """Why a result can't be placed; None where it can."""
        if given.part in self.wanted and when in self.points:
            return None
        subject, point = (
            self._heading(read, *kinds) for kinds in (("subject",), ("point", "date"))
        )
        if not given.part or given.part not in self.subjects | self.wanted:
            return Refusal(0, subject or given.heading, "is in no subject that is known")
        if given.part not in self.wanted:
            reason = "is in a subject that school.yaml does not ask for"
            return Refusal(0, subject or given.heading, reason, False, "not asked for")
        if when == "" and given.wrong:
            return Refusal(0, given.heading, given.wrong)
        if when == "":
            return Refusal(0, point or given.heading, "is no point in time that can be read")
        if when not in self.points:
            reason = "belongs to no point in time that school.yaml declares"
            return Refusal(0, point or given.heading, reason, False, "not asked for")
        return None

    def _heading(self, read: RowRead, *kinds: str) -> str:
        """The heading of the file's column of one of these kinds; empty where it has none."""
        names = (name for kind in kinds for name in self.cells.of_kind.get(kind, ()))
        headings = read.account.headings
        return next((headings[name] for name in names if name in headings), "")

    def _grade(self, assessment: str, year: str | None, given: Given, file: PupilFile) -> GradeRead:
        if given.wrong:
            return GradeRead(wrong=given.wrong)
        scale = self.settle.scale_of(assessment, year, file.name)
        if scale is None:
            return GradeRead(wrong="is of an assessment that had no scale in that school year")
        reader = self._readers.get((file.name, scale))
        if reader is None:
            own = file.holds == SKILLS or scale == self.settle.scale_of(self.own, None, file.name)
            reader = GradeReader(
                self.scales[scale],
                self.cells.missing,
                file.codes if own else {},
                file.name,
                self.cells.quoted.shown,
            )
            self._readers[file.name, scale] = reader
        return reader.read(given.text)

    def _concern(self, heard: MergedPupil, given: Given, at: int, read: RowRead) -> None:
        """Takes a concern as of the latest point of the row in the subject."""
        low = given.concern.casefold()
        if low in self.cells.missing:
            return
        if low not in self.cells.yes and low not in self.cells.no:
            read.set_aside(given.concern_heading, "is neither yes nor no: write Y or N")
            return
        cell = Cell(read.account.file, read.number, given.concern_heading)
        heard.concerns.setdefault(given.part, []).append(
            CandidateValue(at, low in self.cells.yes, cell, read)
        )


_EITHER = "is about one of two pupils with this name or number, and doesn't say which"
