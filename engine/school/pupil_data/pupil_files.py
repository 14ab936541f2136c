"""All files with pupils or published figures that a school names, read and joined."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pathlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...core import Mistake, NotReadError, Place, read_within
from ...library import DataChecks, Library, Scale, Value
from ..calendar import Timeline
from ..formats.registry import read_pupil_file
from ..formats.sheet import MOST_BYTES
from ..model import Published, SchoolFile
from ..published.choose import by_year, choose
from ..published.comparisons import compare
from ..published.published_figures import PublishedRead
from ..published.tables import read_published
from ..school import Input, PupilRead
from .assessment_points import terms_of, year_label
from .pseudonyms import Pseudonyms
from .record_linkage import Join
from .rows import Account, Request, UnreadableError


@dataclass(slots=True)
class FilesRead:
    """The result of reading all files: pupils, published figures, and an account of each file."""

    pupils: tuple[PupilRead, ...] = ()
    published: dict[str, Value] = field(default_factory=dict)
    accounts: list[Account] = field(default_factory=list)
    inputs: list[Input] = field(default_factory=list)
    named: frozenset[str] = frozenset()
    """The names that rows give, as pseudonyms."""
    problems: list[Mistake] = field(default_factory=list)
    """Files that could not be read at all."""
    spoken: dict[str, set[tuple[str, str | None]]] = field(default_factory=dict)
    """By file that was read: the subjects and points of its judgements, used or not."""
    texts: dict[str, set[str]] = field(default_factory=dict)
    """By file: what its results say, in small letters."""


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """Rows become a million small records with no circle among them: searching them for circles
    again and again took half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_without_collector()
def read_files(
    folder: pathlib.Path,
    school: SchoolFile,
    library: Library,
    scales: Mapping[str, Scale],
    pseudonyms: Pseudonyms,
    places: Mapping[str, Place],
    names: bool,
    time: Timeline | None,
) -> FilesRead:
    """Reads every file of pupils and every published table of a school.

    `scales` are all that can be named, `places` where school.yaml names each file; with `names` the
    pupils' names are kept; `time` is None where the calendar doesn't reach over the plan.
    """
    found = FilesRead()
    terms = terms_of(school, library)
    first = time.first_year if time else terms.school_year(school.plan.starts)
    if school.pupils is not None:
        join = Join(school, library, scales, first, pseudonyms)
        heard: dict[str, tuple[bytes, list[Account]]] = {}
        for file in school.pupils.each:
            for raw in _bytes(folder, file.name, places[file.name], found):
                request = Request(file, school.pupils, school, library, pseudonyms, names)
                heard[file.name] = raw, list(_heard(raw, request, join, found.problems))
        found.pupils = tuple(join.pupils())
        found.problems += join.questions
        found.named = join.named()
        found.spoken, found.texts = join.spoken, join.texts()
        for name, (raw, accounts) in heard.items():
            found.accounts += accounts
            found.inputs += [_input(name, raw, accounts)] if accounts else []
        for account in found.accounts:
            if by_age := join.settle.by_age[account.file]:
                account.notes.append(f"year groups of {by_age:,} pupils by their birth dates")
            found.problems += _nothing_used(account, library.data_checks)
            found.problems += account.problems(kind="in doubt")
        found.problems += _off_age(join, library.data_checks, places)
    if school.published is not None:
        _published(folder, school.published, library, places, found, year_label(first))
    return found


def _published(
    folder: pathlib.Path,
    asked: Published,
    library: Library,
    places: Mapping[str, Place],
    found: FilesRead,
    first_year: str,
) -> None:
    """Reads the published tables; where two give the same figure, the later year counts."""
    reads: list[PublishedRead] = []
    shared = folder / asked.shared if asked.shared else None
    for table in sorted(asked.files, key=lambda file: file.year):
        for raw in _bytes(folder, table.name, places[table.name], found, shared):
            try:
                read = read_published(raw, table, asked.urn, library)
            except UnreadableError as error:
                found.problems.extend(error.problems)
                continue
            reads.append(read)
            found.problems += read.problems
            found.accounts.append(read.account)
            found.inputs.append(_input(table.name, raw, [read.account]))
    found.published, problems = choose(reads, first_year, places)
    found.published |= compare(by_year(reads), library)
    found.problems += problems


def _heard(raw: bytes, request: Request, join: Join, problems: list[Mistake]) -> Iterator[Account]:
    """The accounts of a file that was heard: one, or one for each of its sheets."""
    try:
        for account, rows in read_pupil_file(raw, request):
            try:
                join.hear(list(rows()), request.file, account)
            except UnreadableError as error:
                problems.extend(error.problems)
            else:
                yield account
    except UnreadableError as error:
        problems.extend(error.problems)


def _input(name: str, raw: bytes, accounts: Sequence[Account]) -> Input:
    return Input(
        name,
        hashlib.sha256(raw).hexdigest(),
        sum(account.rows for account in accounts),
        sum(refusal.mistake for account in accounts for refusal in account.refused),
        sum(refusal.mistake for account in accounts for refusal in account.set_aside),
    )


def _bytes(
    folder: pathlib.Path,
    name: str,
    place: Place,
    found: FilesRead,
    shared: pathlib.Path | None = None,
) -> Iterator[bytes]:
    """The bytes of a file in the folder, or in the shared one; a problem, and nothing, where it can't be
    had."""
    where = "in this folder" if shared is None else "in this folder or the shared one"
    try:
        raw = read_within(_home(folder, name, shared), name, MOST_BYTES, shared)
    except NotReadError as error:
        what = f"there is no file “{name}” {where}" if error.missing else f"“{name}” {error.what}"
        hint = error.hint or "name a file beside school.yaml"
        found.problems.append(Mistake(place, what, hint))
    else:
        yield raw


def _home(folder: pathlib.Path, name: str, shared: pathlib.Path | None) -> pathlib.Path:
    """The folder a file is kept in: the school's own, else the shared one. Raises NotReadError where
    both have one of that name."""
    if shared is None or not os.path.lexists(shared / name):
        return folder
    if not os.path.lexists(folder / name):
        return shared
    if (folder / name).resolve() != (shared / name).resolve():
        hint = "give one of them another name, or take it away"
        raise NotReadError("is in this folder and in the shared one", hint)
    return folder


def _off_age(join: Join, checks: DataChecks, places: Mapping[str, Place]) -> Iterator[Mistake]:
    """A file most of whose pupils are a year too old or too young for their year groups gives those
    of another school year."""
    for name, found in join.settle.off_age.items():
        pupils = sum(found.values())
        for off, words in ((1, "older"), (-1, "younger")):
            if found[off] >= checks.least and 100 * found[off] > checks.most_off_age * pupils:
                year = year_label(join.first_year - off)
                yield Mistake(
                    places[name],
                    f"in {name} {found[off]} of {pupils} pupils are a year {words} than their year "
                    f"groups in {year_label(join.first_year)}",
                    f"if these are the year groups of {year}, write: {{name: {name}, "
                    f"school_year: {year}}}",
                )


def _nothing_used(account: Account, checks: DataChecks) -> Iterator[Mistake]:
    """A file of which no row, or too few, could be used is a mistake."""
    lost = sum(refusal.mistake for refusal in account.refused)
    if account.used and lost >= checks.least and 100 * lost > checks.most_refused * account.rows:
        what = f"{lost:,} of its {account.rows:,} rows can't be used, too many to plan without them"
        yield Mistake(Place(account.file), what, "the first of them are named below")
    if account.rows and not account.used:
        what = f"none of its {account.rows:,} rows can be used"
        if account.rows == 1:
            what = "its only row can't be used"
        reasons = Counter(refusal.reason for refusal in account.refused)
        if not any(refusal.mistake for refusal in account.refused):
            what += f": most often, it {max(sorted(reasons), key=lambda reason: reasons[reason])}"
        yield Mistake(Place(account.file), what)
    elif not account.rows:
        yield Mistake(
            Place(account.file), "has headings and no rows", "put the pupils in, or export it again"
        )
