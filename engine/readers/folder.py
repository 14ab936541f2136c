"""school.yaml, cqa.yaml, staff.yaml and the pupil files of one folder, checked against the
library."""

from __future__ import annotations

import hashlib
import pathlib
from collections.abc import Iterator, Mapping
from typing import TypeVar

from ..errors import ContentError, Place, Problem, did_you_mean
from ..library import Library
from ..library.check_reading import check_scale
from ..records.base import Record
from ..records.facts import Cell
from ..records.knowledge import Indicator
from ..records.measures import Scale
from ..records.rules import Scalar
from ..records.school import CqaFile, DaysByPart, SchoolFile, StaffFile
from ..source import Document, Path, build, build_what_fits, read_yaml
from ..terms import CalendarError, Timeline, timeline
from .grades import grade_rank
from .identity import Pseudonyms, holds_upn, without_upns
from .pupil_files import FilesRead, read_files
from .school import Input, School

M = TypeVar("M", bound=Record)
SCHOOL, CQA, STAFF = "school.yaml", "cqa.yaml", "staff.yaml"


def programme_of(folder: pathlib.Path) -> str | None:
    """The programme a school folder names, as far as it can be read; None when it can't."""
    document = read_yaml(folder / SCHOOL, SCHOOL, [])
    data = document.data if document else None
    name = data.get("programme") if isinstance(data, dict) else None
    return name if isinstance(name, str) and not holds_upn(name) else None


def load_school(
    folder: str | pathlib.Path, library: Library, years: int | None = None, names: bool = False
) -> School:
    """The school in a folder. Raises ContentError with every problem of every file; a row of pupils
    that can't be used is no such problem, but stands in the school's accounts.

    `years` (1 to 3) plans for another time than the folder asks for; with `names` the pupils' names
    are kept, which otherwise never leave the reader.
    """
    return _Loader(pathlib.Path(folder), library, years, names).load()


class _Loader:
    def __init__(
        self, folder: pathlib.Path, library: Library, years: int | None, names: bool
    ) -> None:
        self.folder, self.library, self.years, self.names = folder, library, years, names
        self.problems: list[Problem] = []
        self.inputs: list[Input] = []
        self.documents: dict[str, Document] = {}

    def load(self) -> School:
        if not self.folder.is_dir():
            raise ContentError(
                [
                    Problem(
                        Place(str(self.folder)), "there is no such folder", "termwise new makes one"
                    )
                ]
            )
        school = self._read(SchoolFile, SCHOOL)
        cqa = self._read(CqaFile, CQA)
        staff = self._read(StaffFile, STAFF)
        self.broken: set[str] = set()
        self.measures = {**self.library.scales, **dict(self._own_scales())}
        scales = self._scales(cqa, staff)
        time = self._timeline(school) if school else None
        read = FilesRead()
        pseudonyms = Pseudonyms(self.folder, school.school.id if school else "")
        if school:
            self._school(school, staff, time)
            read = self._files(school, pseudonyms)
        if cqa:
            self._cqa(cqa, scales["judgement"], staff)
        if staff:
            self._staff(staff, scales["teaching"], school)
        if self.problems or school is None or cqa is None or staff is None or time is None:
            rows = (problem for account in read.accounts for problem in account.problems())
            raise ContentError(map(without_upns, (*self.problems, *rows)))
        return School(
            file=school,
            cqa=cqa,
            staff=staff,
            pupils=read.pupils,
            timeline=time,
            scales=scales,
            measures=self.measures,
            inputs=(*self.inputs, *read.inputs),
            accounts=tuple(read.accounts),
            published=read.published,
            pseudonyms=pseudonyms,
            cells=dict(self._cells()),
        )

    def _cells(self) -> Iterator[tuple[tuple[str, ...], Cell]]:
        for name, document in self.documents.items():
            for path, (line, column) in document.marks.items():
                yield (name, *(str(part) for part in path)), Cell(name, line, str(column))

    def _read(self, model: type[M], name: str) -> M | None:
        document = read_yaml(self.folder / name, name, self.problems)
        if document is None:
            return None
        self._input(name)
        self.documents[name] = document
        self._no_upn(document)
        record, self.documents[name] = build_what_fits(model, document, self.problems)
        return record

    def _input(self, name: str) -> None:
        digest = hashlib.sha256((self.folder / name).read_bytes()).hexdigest()
        self.inputs.append(Input(name, digest))

    def _own_scales(self) -> Iterator[tuple[str, Scale]]:
        """The scales in the school's own folder scales/."""
        for path in sorted((self.folder / "scales").glob("*.yaml")):
            name = f"scales/{path.name}"
            document = read_yaml(path, name, self.problems)
            if document is None:
                continue
            self._input(name)
            scale = build(Scale, document, self.problems)
            if scale is None:
                continue
            if scale.id in self.library.scales:
                self._wrong(document.place("id"), f"the library has a scale “{scale.id}” already")
            wrong = list(check_scale(scale, document.place))
            self.problems += wrong
            self.broken |= {scale.id} if wrong else set()
            yield scale.id, scale

    def _files(self, school: SchoolFile, pseudonyms: Pseudonyms) -> FilesRead:
        """The pupils' files and published tables, unless what school.yaml says of them is wrong."""
        place, asked = self.documents[SCHOOL].place, school.pupils
        places: dict[str, Place] = {}
        before = len(self.problems)
        named = [("pupils", index, f.name) for index, f in enumerate(asked.each if asked else ())]
        if school.published:
            files = enumerate(school.published.files)
            named += [("published", index, f.name) for index, f in files]
        for part, index, name in named:
            here = place(part, "files", index)
            if name in places:
                self._wrong(here, f"the file “{name}” is named twice")
            places[name] = here
        if asked:
            self._name(SCHOOL, ("pupils", "scale"), "scale", asked.scale, self.measures)
            points = {point.id: point for point in asked.points}
            subjects = dict.fromkeys(asked.subjects)
            for index, file in enumerate(asked.each):
                where: Path = ("pupils", "files", index)
                kinds: list[tuple[str, str | None, Mapping[str, object]]] = [
                    ("scale", file.scale, self.measures),
                    ("point", file.point, points),
                    ("subject", file.subject, subjects),
                ]
                for kind, given, known in kinds:
                    if given is not None:
                        self._name(SCHOOL, (*where, kind), kind, given, known)
        named_scales = {asked.scale, *(file.scale for file in asked.each)} if asked else set()
        if len(self.problems) > before or named_scales & self.broken:
            return FilesRead()
        read = read_files(
            self.folder, school, self.library, self.measures, pseudonyms, places, self.names
        )
        self.problems += read.problems
        return read

    def _no_upn(self, document: Document) -> None:
        def visit(data: object, path: tuple[str | int, ...]) -> None:
            if isinstance(data, dict):
                for key, item in data.items():
                    if holds_upn(str(key)):
                        self._wrong(
                            document.place(*path, key), "is a unique pupil number", "take it out"
                        )
                    visit(item, (*path, key))
            elif isinstance(data, list):
                for index, item in enumerate(data):
                    visit(item, (*path, index))
            elif isinstance(data, str) and holds_upn(data):
                self._wrong(document.place(*path), "holds a unique pupil number", "take it out")

        visit(document.data, ())

    def _wrong(self, place: Place, what: str, hint: str = "") -> None:
        self.problems.append(Problem(place, what, hint))

    def _name(
        self,
        file: str,
        path: tuple[str | int, ...],
        kind: str,
        name: str,
        known: Mapping[str, object],
    ) -> bool:
        """Whether a name is known; a problem at its place when it isn't."""
        if name in known:
            return True
        place = self.documents[file].place(*path)
        self._wrong(place, f"unknown {kind} “{name}”", did_you_mean(name, known))
        return False

    def _scales(self, cqa: CqaFile | None, staff: StaffFile | None) -> dict[str, Scale]:
        scales = self.library.default_scales()
        wanted = [
            ("judgement", CQA, ("scale",), cqa.scale if cqa else None),
            ("teaching", STAFF, ("teaching_scale",), staff.teaching_scale if staff else None),
        ]
        for use, file, path, name in wanted:
            if name is None or not self._name(file, path, "scale", name, self.library.scales):
                continue
            scale = self.library.scales[name]
            lacking = sorted(set(self.library.default_scales()[use].anchors) - set(scale.anchors))
            if lacking:
                self._wrong(
                    self.documents[file].place(*path),
                    f"the scale “{name}” does not say which of its grades is {', '.join(lacking)}",
                    "give it anchors, or choose another scale",
                )
            else:
                scales[use] = scale
        return scales

    def _timeline(self, school: SchoolFile) -> Timeline | None:
        choice = school.calendar
        calendars = self.library.calendars
        if not self._name(SCHOOL, ("calendar", "use"), "calendar", choice.use, calendars):
            return None
        years = self.years or school.plan.years or self.library.planning.horizon_years
        try:
            return timeline(
                calendars[choice.use],
                choice.closed,
                choice.training_days,
                school.plan.starts,
                years,
            )
        except CalendarError as error:
            self._wrong(self.documents[SCHOOL].place("plan"), str(error), "choose another start")
            return None

    def _school(self, school: SchoolFile, staff: StaffFile | None, time: Timeline | None) -> None:
        library, place = self.library, self.documents[SCHOOL].place
        programmes = {library.programme.id: library.programme}
        self._name(SCHOOL, ("programme",), "programme", school.programme, programmes)
        phases = library.indicators["phase"].values
        self._name(SCHOOL, ("school", "phase"), "phase", school.school.phase, dict.fromkeys(phases))
        seen: dict[str, int] = {}
        for index, item in enumerate(school.school.classes):
            path: Path = ("school", "classes", index)
            if item.id in seen:
                self._wrong(place(*path, "id"), f"the class “{item.id}” stands twice")
            seen[item.id] = index
            for position, year in enumerate(item.years):
                years = dict.fromkeys(school.school.year_groups)
                self._name(SCHOOL, (*path, "years", position), "year group", year, years)
        given = {k: v for k, v in library.indicators.items() if v.from_ == "school"}
        for key, value in school.context.items():
            if self._name(SCHOOL, ("context", key), "indicator", key, given):
                self._typed(given[key], value, place("context", key))
        self._money(school)
        for index, promise in enumerate(school.must):
            path = ("must", index)
            self._name(
                SCHOOL,
                (*path, "intervention"),
                "intervention",
                promise.intervention,
                library.interventions,
            )
            if promise.by and time and time.slot_on(promise.by) is None:
                self._wrong(place(*path, "by"), f"{promise.by} is outside the plan")
            if promise.lead:
                self._held(SCHOOL, (*path, "lead"), promise.lead, staff)
        self._dates(school, time)
        if school.pupils:
            dates = [point.date for point in school.pupils.points]
            for index, (one, other) in enumerate(zip(dates, dates[1:], strict=False), start=1):
                if other <= one:
                    self._wrong(
                        place("pupils", "points", index, "date"),
                        f"{other} is not after {one}",
                        "write the points in the order of their dates",
                    )
        for index, past in enumerate(school.inspections):
            path = ("inspections", index)
            if self._name(SCHOOL, (*path, "scale"), "scale", past.scale, library.scales):
                scale = library.scales[past.scale]
                if grade_rank(scale, past.grade) is None:
                    self._off_scale(place(*path, "grade"), past.grade, scale)

    def _money(self, school: SchoolFile) -> None:
        place = self.documents[SCHOOL].place
        kinds = {kind.id: kind for kind in self.library.costs.kinds}
        paid: dict[str, str] = {}
        lines: set[str] = set()
        for index, line in enumerate(school.money.lines):
            path = ("money", "lines", index)
            if line.id in lines:
                self._wrong(place(*path, "id"), f"the line “{line.id}” stands twice")
            lines.add(line.id)
            for position, kind in enumerate(line.pays_for):
                where = (*path, "pays_for", position)
                if self._name(SCHOOL, where, "kind of cost", kind, kinds) and kind in paid:
                    self._wrong(
                        place(*where),
                        f"“{kind}” is already paid for by “{paid[kind]}”",
                        "each kind of cost has one line",
                    )
                paid.setdefault(kind, line.id)

    def _dates(self, school: SchoolFile, time: Timeline | None) -> None:
        place = self.documents[SCHOOL].place
        series = {k: v for k, v in self.library.interventions.items() if v.series}
        for name, dates in school.dates.items():
            if not self._name(
                SCHOOL, ("dates", name), "intervention that comes back", name, series
            ):
                continue
            for index, date in enumerate(dates):
                reason = time.why_no_school(date) if time else None
                if reason:
                    self._wrong(
                        place("dates", name, index), f"{date} {reason}", "choose a day in term"
                    )

    def _typed(self, indicator: Indicator, value: Scalar, place: Place) -> None:
        """A value in `context` against its declaration."""
        if indicator.type == "yes-no":
            if not isinstance(value, bool):
                self._wrong(
                    place, f"“{indicator.id}” is yes or no, not {value!r}", "write true or false"
                )
        elif indicator.type in ("number", "count", "percent", "pounds"):
            if isinstance(value, bool) or not isinstance(value, int | float):
                self._wrong(
                    place, f"“{indicator.id}” must be a number, not {value!r}", indicator.help or ""
                )
            elif indicator.range and not indicator.range[0] <= value <= indicator.range[1]:
                low, high = indicator.range
                self._wrong(
                    place, f"{value} is off the range of “{indicator.id}”", f"{low:g} to {high:g}"
                )
        elif indicator.values and value not in indicator.values:
            self._wrong(
                place,
                f"“{value}” is not a {indicator.title}",
                did_you_mean(str(value), indicator.values),
            )

    def _off_scale(self, place: Place, grade: object, scale: Scale) -> None:
        grades = ", ".join(f"{grade.value} {grade.id}" for grade in scale.grades)
        self._wrong(place, f"“{grade}” is not on the scale “{scale.title}”", f"it has {grades}")

    def _held(
        self, file: str, path: tuple[str | int, ...], role: str, staff: StaffFile | None
    ) -> None:
        """A role that is named has to exist, and somebody has to hold it."""
        if not self._name(file, path, "role", role, self.library.roles) or staff is None:
            return
        held = {name: True for person in staff.people for name in person.roles}
        held.update(dict.fromkeys(staff.together, True))
        if role not in held:
            place = self.documents[file].place(*path)
            self._wrong(
                place, f"nobody in staff.yaml holds the role “{role}”", did_you_mean(role, held)
            )

    def _cqa(self, cqa: CqaFile, scale: Scale, staff: StaffFile | None) -> None:
        library, place = self.library, self.documents[CQA].place
        strands = library.strands
        for name, question in cqa.questions.items():
            path: Path = ("questions", name)
            self._name(CQA, path, "question", name, strands)
            for who in ("judgement", "school", "adviser"):
                given = getattr(question, who)
                if given is not None and grade_rank(scale, given) is None:
                    self._off_scale(place(*path, who), given, scale)
            activities = {item.id: item for item in library.programme.audit_activities}
            for index, note in enumerate(question.evidence):
                where: Path = (*path, "evidence", index)
                self._name(CQA, (*where, "activity"), "audit activity", note.activity, activities)
                for kind, known in (("concern", library.concerns), ("strength", library.strengths)):
                    code = getattr(note, kind)
                    if code is None or not self._name(CQA, (*where, kind), kind, code, known):
                        continue
                    if known[code].question != name:
                        self._wrong(
                            place(*where, kind),
                            f"the {kind} “{code}” belongs to the question “{known[code].question}”",
                            "move it there",
                        )
        for index, practice in enumerate(cqa.in_place):
            where = ("in_place", index, "practice")
            self._name(CQA, where, "practice", practice.practice, library.interventions)
        for index, priority in enumerate(cqa.priorities):
            path = ("priorities", index)
            self._name(CQA, (*path, "strand"), "strand", priority.strand, strands)
            if grade_rank(scale, priority.target) is None:
                self._off_scale(place(*path, "target"), priority.target, scale)
            self._held(CQA, (*path, "lead"), priority.lead, staff)

    def _staff(self, staff: StaffFile, scale: Scale, school: SchoolFile | None) -> None:
        library, place = self.library, self.documents[STAFF].place
        classes = {item.id: item for item in school.school.classes} if school else {}
        taught: set[str] = set()
        seen: set[str] = set()
        for index, person in enumerate(staff.people):
            path = ("people", index)
            if person.id in seen:
                self._wrong(
                    place(*path, "id"), f"“{person.id}” stands twice", "give each an id of its own"
                )
            seen.add(person.id)
            for position, role in enumerate(person.roles):
                where = (*path, "roles", position)
                if self._name(STAFF, where, "role", role, library.roles) and (
                    library.roles[role].kind == "together"
                ):
                    self._wrong(
                        place(*where),
                        f"“{role}” is no one person's role",
                        "write it under together",
                    )
            self._parts((*path, "time"), person.time)
            for position, name in enumerate(person.classes):
                if school and self._name(
                    STAFF, (*path, "classes", position), "class", name, classes
                ):
                    taught.add(name)
            if person.profile is not None and grade_rank(scale, person.profile) is None:
                self._off_scale(place(*path, "profile"), person.profile, scale)
        for role, time in staff.together.items():
            if self._name(STAFF, ("together", role), "role", role, library.roles):
                if library.roles[role].kind != "together":
                    self._wrong(
                        place("together", role),
                        f"“{role}” is a person's role",
                        "write it under people",
                    )
                self._parts(("together", role), time)
        for name in classes:
            if name not in taught:
                self._wrong(
                    place("people"),
                    f"nobody teaches the class “{name}”",
                    "add it to a teacher's classes",
                )

    def _parts(self, path: tuple[str | int, ...], time: DaysByPart) -> None:
        if isinstance(time, dict):
            for part in time:
                self._name(STAFF, (*path, part), "part of the year", part, self.library.parts)
