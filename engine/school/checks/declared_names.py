"""The subjects, points, classes and the like that a school declares for its pupils' files: held against
the library before the files are read, and against what they use after.

What nobody could mean is refused: a subject that neither the library nor any file knows, an empty
cell's reading for a column that isn't there. A name that is known and not used can be right: a point
whose judgements are still to come, a class whose pupils start in September, a text of last term. It is
asked about by `termwise check`, with what to write, and a plan is made all the same. Nothing is said of
points that are not over when the plan starts, of the youngest year groups while nobody in them is known
(they come to school in September, or are not judged yet), or where no file holds a judgement or a class.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...core import Mistake, Path, Place, did_you_mean, misspelt, near_names
from ...library import Scale, SubjectWords
from ..model import PupilFiles, SchoolFile
from ..pupil_data.pupil_files import FilesRead
from ..pupil_data.words_in_headings import words_of
from .folder_checks import SCHOOL, Checks


def names_in_doubt(
    checks: Checks, school: SchoolFile, read: FilesRead, own_scales: Mapping[str, Scale]
) -> tuple[Mistake, ...]:
    """Return what to ask about names that are declared and not used, once all files were read.

    What nobody could mean goes to the problems of `checks`. `own_scales` are those of the school's
    folder, by the file each is in.
    """
    if school.pupils is None:
        return ()
    return tuple(_Unused(checks, school, school.pupils, read).doubts(own_scales))


class _Unused:
    def __init__(
        self, checks: Checks, school: SchoolFile, asked: PupilFiles, read: FilesRead
    ) -> None:
        self.checks, self.school, self.asked, self.read = checks, school, asked, read
        self.library, self.place = checks.library, checks.documents[SCHOOL].place
        self.used = frozenset().union(*read.spoken.values())
        self.columns = {account.file: account.headings for account in read.accounts}

    def doubts(self, own_scales: Mapping[str, Scale]) -> Iterator[Mistake]:
        self._blanks()
        yield from self._own_scales(own_scales)
        yield from self._codes()
        if self.used:
            yield from self._subjects()
            yield from self._points()
            yield from self._scales()
        yield from self._classes()
        yield from self._year_groups()

    def _subjects(self) -> Iterator[Mistake]:
        said = {subject for subject, _ in self.used}
        known = {subject.id: subject for subject in self.library.words.subjects}
        for index, name in enumerate(self.asked.subjects):
            here = self.place("pupils", "subjects", index)
            if name in said:
                continue
            if name in known:
                yield Mistake(
                    here,
                    f"no file has a judgement in “{name}”",
                    f"if a column is about it, say so under the file: columns: {{its heading: "
                    f"{name}}}; else take it out",
                )
            else:
                self.checks.wrong(here, *_unknown_subject(name, known))

    def _points(self) -> Iterator[Mistake]:
        said = {point for _, point in self.used}
        for index, point in enumerate(self.asked.points):
            if point.id not in said and point.date < self.school.plan.starts:
                yield Mistake(
                    self.place("pupils", "points", index, "id"),
                    f"no file has a judgement at the point “{point.id}”, {point.date}",
                    "if the files call it something else, write that under its also: […]; else "
                    "take the point out",
                )

    def _scales(self) -> Iterator[Mistake]:
        """A scale given for one file, in which nothing is judged."""
        for index, file in enumerate(self.asked.each):
            if file.scale and file.name in self.read.spoken and not self.read.spoken[file.name]:
                yield Mistake(
                    self.place("pupils", "files", index, "scale"),
                    f"nothing in {file.name} is judged on the scale “{file.scale}”",
                    "take the scale out, or say under the file which column holds the judgements",
                )

    def _own_scales(self, own_scales: Mapping[str, Scale]) -> Iterator[Mistake]:
        named = {self.asked.scale, *(file.scale for file in self.asked.each)}
        for name, scale in own_scales.items():
            if scale.id not in named:
                yield Mistake(
                    Place(name),
                    f"no file of pupils is on the scale “{scale.id}”",
                    f"write scale: {scale.id} in {SCHOOL}, or take the file away",
                )

    def _codes(self) -> Iterator[Mistake]:
        for index, file in enumerate(self.asked.each):
            if file.name not in self.columns:
                continue
            heard = self.read.texts.get(file.name, set())
            for text in file.codes:
                if " ".join(text.casefold().split()) not in heard:
                    yield Mistake(
                        self.place("pupils", "files", index, "codes", text),
                        f"no result in {file.name} is written “{text}”",
                        "write it as the file does, or take it out",
                    )

    def _blanks(self) -> None:
        for index, file in enumerate(self.asked.each):
            there = self.columns.get(file.name, {})
            for position, name in enumerate(file.blank_is_no):
                if name not in there:
                    self.checks.wrong(
                        self.place("pupils", "files", index, "blank_is_no", position),
                        f"{file.name} has no column that is read as “{name}”",
                        f"say which it is: columns: {{its heading: {name}}}, or take it out",
                    )

    def _classes(self) -> Iterator[Mistake]:
        held = {pupil.class_id for pupil in self.read.pupils} - {None}
        years = {pupil.year for pupil in self.read.pupils}
        for index, one in enumerate(self.school.school.classes if held else ()):
            if one.id not in held and years & set(one.years):
                yield Mistake(
                    self.place("school", "classes", index, "id"),
                    f"no pupil in the files is in the class “{one.id}”",
                    "call it what the files call it, name the file its pupils are in, or take it "
                    "out",
                )

    def _year_groups(self) -> Iterator[Mistake]:
        years = {pupil.year for pupil in self.read.pupils}
        some = False
        for index, year in enumerate(self.school.school.year_groups):
            some = some or year in years
            if some and year not in years:
                yield Mistake(
                    self.place("school", "year_groups", index),
                    f"no pupil in the files is in the year group “{year}”",
                    "name the file its pupils are in, or take it out",
                )


def check_subjects(checks: Checks, asked: PupilFiles) -> None:
    """Adds a problem for every subject whose name the library has otherwise, in a slip of the keys or
    by another name: beside the library's own, no column about it could be told."""
    known = {subject.id: subject for subject in checks.library.words.subjects}
    for index, name in enumerate(asked.subjects):
        if name not in known and (_called(name, known) or misspelt(name, known)):
            place = checks.documents[SCHOOL].place("pupils", "subjects", index)
            checks.wrong(place, *_unknown_subject(name, known))


def _unknown_subject(name: str, known: Mapping[str, SubjectWords]) -> tuple[str, str]:
    """Return the mistake and the hint for a subject the library doesn't know."""
    other = _called(name, known)
    if other:
        return f"the library calls the subject “{name}” “{other}”", f"write {other}"
    near = did_you_mean(name, known) if near_names(name, known) else ""
    listed = f"write it as the files do; the library has {', '.join(known)}"
    return f"unknown subject “{name}”", near or listed


def _called(name: str, known: Mapping[str, SubjectWords]) -> str | None:
    """The id of the subject that has a name among its others."""
    for subject in known.values():
        if words_of(name) in map(words_of, (subject.title, *subject.aliases)):
            return subject.id
    return None


def check_points(checks: Checks, asked: PupilFiles) -> None:
    """Adds a problem for every name of a point, by whatever word, that another has too: no heading
    could say which is meant."""
    place = checks.documents[SCHOOL].place
    called: dict[tuple[str, ...], str] = {}
    for index, point in enumerate(asked.points):
        path: Path = ("pupils", "points", index)
        if point.id in (other.id for other in asked.points[:index]):
            what = f"the point “{point.id}” stands twice"
            checks.wrong(place(*path, "id"), what, "give each an id of its own")
            continue
        names: list[tuple[Path, str]] = [
            ((*path, "id"), point.id),
            ((*path, "title"), point.title),
            *(((*path, "also", number), text) for number, text in enumerate(point.also)),
        ]
        for where, text in names:
            other = called.setdefault(words_of(text), point.id)
            if other != point.id:
                what = f"“{text}” is a name of the point “{other}” too"
                checks.wrong(place(*where), what, "keep it with one of them")
