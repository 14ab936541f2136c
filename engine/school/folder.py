"""school.yaml, cqa.yaml, staff.yaml and the pupil files of one folder, checked against the
library."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from ..core import (
    ContentError,
    Mistake,
    NotReadError,
    Path,
    Place,
    Record,
    YamlDocument,
    build,
    build_what_fits,
    letters_of,
    list_within,
    percentage,
    read_within,
    read_yaml,
)
from ..library import (
    OWN_STEPS,
    PACK,
    Cell,
    FolderAsked,
    Library,
    Override,
    OwnStepsRead,
    PacksAsked,
    Scale,
    check_scale,
)
from .calendar import CalendarError, Timeline, timeline
from .checks.capacity_and_budget import check_money, check_time
from .checks.decision_entries import OVERRIDES, decided, read_overrides
from .checks.decision_file import OverrideChecks
from .checks.declared_names import check_points, check_subjects, names_in_doubt
from .checks.folder_checks import CQA, SCHOOL, STAFF, Checks
from .checks.initiatives import check_initiatives, counted_otherwise
from .checks.named_in_notes import INSTEAD, NAMES_A_PUPIL, places_of_names
from .checks.plan_requests import PlanningChecks
from .checks.settings import Settings
from .model import CqaFile, SchoolFile, StaffFile, is_folder_path
from .published.inspections import check_inspections
from .pupil_data.pseudonyms import Pseudonyms, hide_upns, holds_upn, without_upns
from .pupil_data.pupil_files import FilesRead, read_files
from .pupil_data.rows import Account, all_problems
from .pupil_facts import latest_points
from .school import Input, School, SchoolData
from .school_workbook.workbook_layout import WORKBOOK
from .school_workbook.workbook_reader import MOST, documents_in

M = TypeVar("M", bound=Record)
SCALES = "scales"
"""The folder of a school's own scales."""


def packs_asked(folder: pathlib.Path) -> PacksAsked:
    """Read what a school folder asks for: programme, packs, its trust's folder and its own, as far as it can be
    read."""
    if not folder.is_dir():
        return PacksAsked()
    document = read_yaml(folder / SCHOOL, SCHOOL, [])
    data = document.data if document else None
    if document is None or not isinstance(data, dict):
        return PacksAsked()
    name, packs, own = data.get("programme"), data.get("packs"), data.get(OWN_STEPS)
    return PacksAsked(
        programme=name if isinstance(name, str) and not holds_upn(name) else None,
        packs=tuple(one for one in packs if isinstance(one, str))
        if isinstance(packs, list)
        else (),
        trust=_folder_asked(folder, document, "trust"),
        school=_folder_asked(folder, document, "content"),
        own_steps=OwnStepsRead(document, tuple(own)) if isinstance(own, list) and own else None,
    )


def asked_with(folder: pathlib.Path, pack: pathlib.Path) -> PacksAsked:
    """Read what a school folder asks for, with one form of a pack in place of that which has its id, or as its
    trust's pack, or the school's own, where it names none."""
    asked = packs_asked(folder)
    put = FolderAsked(pack.resolve(), pack.name, Place(str(pack)))
    name = _pack_id(pack)
    own = asked.school and _pack_id(asked.school.folder) == name
    trusts = asked.trust and _pack_id(asked.trust.folder) == name
    if own or (asked.trust and not trusts):
        return replace(asked, school=put)
    return replace(asked, trust=put)


def _pack_id(folder: pathlib.Path) -> Any:
    document = read_yaml(folder / PACK, PACK, [])
    return document.data.get("id") if document and isinstance(document.data, dict) else None


def _folder_asked(folder: pathlib.Path, document: YamlDocument, key: str) -> FolderAsked | None:
    path = document.data.get(key)
    if not isinstance(path, str) or not is_folder_path(path):
        return None
    named = pathlib.PurePosixPath(path).name
    return FolderAsked((folder / path).resolve(), named, document.place(key))


def main_file(folder: pathlib.Path) -> pathlib.Path:
    """Where a school's folder says who the school is: its workbook if it has one, else school.yaml."""
    book = folder / WORKBOOK
    return book if book.exists() else folder / SCHOOL


def load_school(
    folder: str | pathlib.Path,
    library: Library,
    years: int | None = None,
    names: bool = False,
    settings: Iterable[str] = (),
) -> School:
    """The school in a folder. Raises ContentError with every problem of every file; a row of pupils
    that can't be used is no such problem, but stands in the school's accounts.

    `years` (1 to 3) plans for another time than the folder asks for; with `names` the pupils' names
    are kept, which otherwise never leave the reader. `settings` are values in place of what the files
    say, such as `questions.assessment.judgement=2`; they are checked as the files are.
    """
    return _Loader(pathlib.Path(folder), library, years, names, settings).load()


def load_data(
    folder: str | pathlib.Path, library: Library, names: bool = False
) -> tuple[SchoolData | None, tuple[Mistake, ...]]:
    """Return the data of a school's folder, and every mistake found anywhere in the folder.

    The data is a School where there is none, and None where school.yaml doesn't say enough to read
    the files of data.
    """
    loader = _Loader(pathlib.Path(folder), library, None, names, ())
    try:
        data = loader.read()
    except ContentError as error:
        return None, error.problems
    read = data is not None and (data.accounts or data.file.pupils is None)
    return (data if read or not loader.problems else None), ContentError(
        map(without_upns, loader.problems)
    ).problems


class _Loader:
    def __init__(
        self,
        folder: pathlib.Path,
        library: Library,
        years: int | None,
        names: bool,
        settings: Iterable[str],
    ) -> None:
        self.folder, self.library, self.years, self.names = folder, library, years, names
        self.problems: list[Mistake] = []
        self.settings = Settings(tuple(settings), self.problems, library.interventions)
        self.inputs: list[Input] = []
        self.documents: dict[str, YamlDocument] = {}
        self.book: dict[str, YamlDocument] | None = None
        """What the school's workbook says, by the file it stands for; None where there are the files."""
        self.broken: set[str] = set()
        """Scales of the school's own that can't be used."""
        self.checks = Checks(library, self.documents, self.problems)
        self.own_scales: dict[str, Scale] = {}
        """The scales of the school's own folder by file."""
        self.doubts: list[Mistake] = []
        self.accounts: list[Account] = []

    def load(self) -> School:
        """The school; raises ContentError with every problem."""
        found = self.read()
        if self.problems or not isinstance(found, School):
            rows = all_problems(self.accounts)
            raise ContentError(map(without_upns, (*self.problems, *rows, *self.doubts)))
        return found

    def read(self) -> SchoolData | None:
        """The school, or as much of it as says what its files of data gave; None where that can't be
        said. What is wrong is in `problems`."""
        if self.folder.is_file():
            problem = Mistake(Place(str(self.folder)), "is a file", "name the folder it is in")
            raise ContentError([problem])
        if not self.folder.is_dir():
            raise ContentError(
                [
                    Mistake(
                        Place(str(self.folder)), "there is no such folder", "termwise new makes one"
                    )
                ]
            )
        self.book = self._workbook()
        school = self._read(SchoolFile, SCHOOL)
        cqa = self._read(CqaFile, CQA)
        staff = self._read(StaffFile, STAFF)
        self.own_scales = dict(self._own_scales())
        own = {scale.id: scale for scale in self.own_scales.values()}
        self.measures = {**self.library.scales, **own}
        scales = self._scales(cqa, staff)
        time = self._timeline(school) if school else None
        read = FilesRead()
        pseudonyms = Pseudonyms(self.folder, school.school.id if school else "")
        if school:
            self.checks.school(school, staff, time)
            check_inspections(self.checks, school)
            read = self._files(school, pseudonyms, time)
        if cqa:
            self.checks.cqa(cqa, scales["judgement"], staff, school)
        if staff:
            self.checks.staff(staff, scales["teaching"], school)
        if staff and time:
            check_time(self.checks, staff, time)
        if school:
            check_money(self.checks, school, time)
            planning = PlanningChecks(self.checks, school, cqa, staff, time)
            planning.check()
            self.doubts += planning.doubts
            check_initiatives(self.checks, school, staff, time)
            self.doubts += counted_otherwise(self.checks, school)
        overrides = self._overrides()
        if overrides:
            OverrideChecks(self.checks, school, cqa, staff, time).check(overrides)
        for document in self.documents.values():
            for path in places_of_names(document, read.named, pseudonyms):
                self.checks.wrong(document.place(*path), NAMES_A_PUPIL, INSTEAD)
        self.accounts = read.accounts
        if school is None or time is None:
            return None
        data = SchoolData(
            file=_in_numbers(school, self.library),
            pupils=read.pupils,
            timeline=time,
            scales=scales,
            measures=self.measures,
            accounts=tuple(read.accounts),
            published=read.published,
            pseudonyms=pseudonyms,
            named=read.named,
            latest=latest_points(school, read.pupils, self.library),
        )
        if self.problems or cqa is None or staff is None:
            return data
        return School(
            **vars(data),
            cqa=cqa,
            staff=staff,
            inputs=(*self.inputs, *read.inputs),
            cells=dict(self._cells()),
            folder=self.folder,
            years=self.years,
            settings=self.settings.made,
            decided=decided(overrides, self.checks),
            doubts=tuple(map(without_upns, self.doubts)),
        )

    def _cells(self) -> Iterator[tuple[tuple[str, ...], Cell]]:
        for name, document in self.documents.items():
            for path, (line, column) in document.marks.items():
                sheet = document.sheets.get(path)
                file = f"{document.file}, {sheet}" if sheet else document.file
                at = letters_of(column) if sheet else str(column)
                yield (name, *(str(part) for part in path)), Cell(file, line, at)

    def _workbook(self) -> dict[str, YamlDocument] | None:
        """Read the workbook that stands in place of the three files; None where there is none."""
        if not os.path.lexists(self.folder / WORKBOOK):
            return None
        for name in (SCHOOL, CQA, STAFF):
            if os.path.lexists(self.folder / name):
                what = f"stands beside {WORKBOOK}, which says the same"
                self.problems.append(Mistake(Place(name), what, "move one of them away"))
        try:
            raw = read_within(self.folder, WORKBOOK, MOST)
        except NotReadError as error:
            self.problems.append(Mistake(Place(WORKBOOK), error.what, error.hint))
            return {}
        return documents_in(raw, self.library, self.problems)

    def _read(self, model: type[M], name: str) -> M | None:
        of_book = self.book.get(name) if self.book is not None else None
        in_file = self.folder / name
        document = of_book if self.book is not None else read_yaml(in_file, name, self.problems)
        if document is None:
            return None
        self._input(document)
        self.documents[name] = document
        self.settings.put_into(document)
        document = self._without_upns(document)
        record, self.documents[name] = build_what_fits(model, document, self.problems)
        return record

    def _overrides(self) -> tuple[tuple[Path, Override], ...]:
        """Read the school's decisions in overrides.yaml, with their key paths, if it has any."""
        if not os.path.lexists(self.folder / OVERRIDES):
            return ()
        document = read_yaml(self.folder / OVERRIDES, OVERRIDES, self.problems)
        if document is None:
            return ()
        self._input(document)
        self.documents[OVERRIDES] = document
        document = self._without_upns(document)
        return read_overrides(document, self.checks)

    def _input(self, document: YamlDocument) -> None:
        found = Input(document.file, document.digest)
        if found not in self.inputs:
            self.inputs.append(found)

    def _own_scales(self) -> Iterator[tuple[str, Scale]]:
        """The scales in the school's own folder scales/."""
        try:
            names = list_within(self.folder, SCALES, ".yaml")
        except NotReadError as error:
            self.problems.append(Mistake(Place(SCALES), error.what, error.hint))
            return
        for name in (f"{SCALES}/{file}" for file in names):
            document = read_yaml(self.folder / name, name, self.problems)
            if document is None:
                continue
            self._input(document)
            scale = build(Scale, self._without_upns(document), self.problems)
            if scale is None:
                continue
            if scale.id in self.library.scales:
                self.checks.wrong(
                    document.place("id"), f"the library has a scale “{scale.id}” already"
                )
            wrong = list(check_scale(scale, document.place, self.library.standings))
            self.problems += wrong
            self.broken |= {scale.id} if wrong else set()
            yield name, scale

    def _files(
        self, school: SchoolFile, pseudonyms: Pseudonyms, time: Timeline | None
    ) -> FilesRead:
        """The pupils' files and published tables, unless what school.yaml says of them is wrong."""
        asked, before = school.pupils, len(self.problems)
        places = self.checks.files(school, self.measures)
        if asked:
            check_subjects(self.checks, asked)
            check_points(self.checks, asked)
        scales = {asked.scale, *(file.scale for file in asked.each)} if asked else set()
        if len(self.problems) > before or scales & self.broken:
            return FilesRead()
        shared = school.published.shared if school.published else None
        if shared is not None and not (self.folder / shared).is_dir():
            self.checks.wrong(
                self.documents[SCHOOL].place("published", "shared"),
                f"there is no folder “{shared}”",
                "write it as it is found from this folder, such as ../national",
            )
            return FilesRead()
        read = read_files(
            self.folder, school, self.library, self.measures, pseudonyms, places, self.names, time
        )
        self.problems += read.problems
        if not read.problems:  # else what is not used may stand in what was not read
            self.doubts += names_in_doubt(self.checks, school, read, self.own_scales)
        return read

    def _without_upns(self, document: YamlDocument) -> YamlDocument:
        """Tell of the pupil numbers in a file; what reads it after this finds none."""

        def hidden(data: Any, path: tuple[str | int, ...]) -> Any:
            if isinstance(data, dict):
                for key in data:
                    if holds_upn(str(key)):
                        self.checks.wrong(
                            document.place(*path, key), "is a unique pupil number", "take it out"
                        )
                return {key: hidden(item, (*path, key)) for key, item in data.items()}
            if isinstance(data, list):
                return [hidden(item, (*path, index)) for index, item in enumerate(data)]
            if isinstance(data, str) and holds_upn(data):
                self.checks.wrong(
                    document.place(*path), "holds a unique pupil number", "take it out"
                )
                return hide_upns(data)
            return data

        return replace(document, data=hidden(document.data, ()))

    def _scales(self, cqa: CqaFile | None, staff: StaffFile | None) -> dict[str, Scale]:
        scales = self.library.default_scales()
        wanted = [
            ("judgement", CQA, ("scale",), cqa.scale if cqa else None),
            ("teaching", STAFF, ("teaching_scale",), staff.teaching_scale if staff else None),
        ]
        for use, file, path, name in wanted:
            if name is None or not self.checks.name(file, path, "scale", name, self.library.scales):
                continue
            scale = self.library.scales[name]
            lacking = sorted(set(self.library.default_scales()[use].anchors) - set(scale.anchors))
            if lacking:
                self.checks.wrong(
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
        if not self.checks.name(SCHOOL, ("calendar", "use"), "calendar", choice.use, calendars):
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
            self.checks.wrong(
                self.documents[SCHOOL].place("plan"), str(error), "choose another start"
            )
            return None


def _in_numbers(school: SchoolFile, library: Library) -> SchoolFile:
    """school.yaml with the percentages that are written as texts, such as “0.4%”, as numbers."""
    context = {
        name: percentage(given)
        if isinstance(given, str)
        and name in library.indicators  # of a name that is not known, the checks have told
        and library.indicators[name].type == "percent"
        else given
        for name, given in school.context.items()
    }
    return school.model_copy(update={"context": context})
