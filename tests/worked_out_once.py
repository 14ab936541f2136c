"""What commands work out of a folder, worked out once for as long as its files stay as they are.

Many tests ask one folder again and again, each time for another form of the same. What commands read,
screen and plan is the same then; what each makes of it is what such tests are about.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock

from termwise.commands import shared
from termwise.engine.advise import Advice, advise
from termwise.engine.core.errors import Mistake
from termwise.engine.core.yaml_source.document import YamlDocument
from termwise.engine.core.yaml_source.parse import parse_yaml
from termwise.engine.library.kept_library import KeptLibraries
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.library.pack_folders import PacksAsked
from termwise.engine.pupils.model import PupilReport
from termwise.engine.pupils.query import Ask
from termwise.engine.pupils.report import pupil_report
from termwise.engine.school import folder as reading
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.words_in_headings import words_of
from termwise.engine.school.school import School, SchoolData
from tests.places import EXAMPLES

State = tuple[object, ...]
T = TypeVar("T")
KEPT = 12


@contextmanager
def libraries() -> Iterator[None]:
    """Commands load the library that comes with termwise once for each programme; another folder's
    anew each time."""
    shipped = functools.cache(load_library)

    @functools.wraps(load_library)
    def load(
        programme: str | None = None,
        root: Any = None,
        asked: PacksAsked | None = None,
        kept: KeptLibraries | None = None,
    ) -> Library:
        if kept is not None:
            return load_library(programme, root, asked, kept)
        if root is None and asked and not (asked.packs or asked.trust or asked.school):
            return shipped(asked.programme)
        if root is None and asked is None:
            return shipped(programme)
        return load_library(programme, root, asked)

    with mock.patch("termwise.engine.library.load_library", load):
        yield


@contextmanager
def documents() -> Iterator[None]:
    """A text of YAML in which nothing is wrong is parsed once for each name it stands under: for
    copies of the content that differ in a file or two."""
    known: dict[tuple[str, str], YamlDocument] = {}

    def parse(text: str, name: str, problems: list[Mistake]) -> YamlDocument | None:
        if (text, name) not in known:
            wrong: list[Mistake] = []
            document = parse_yaml(text, name, wrong)
            problems += wrong
            if document is None or wrong:
                return document
            known[text, name] = document
        document = known[text, name]
        return replace(document, unread=set(document.unread))  # readers put other data in it

    with mock.patch("termwise.engine.core.yaml_source.read.parse_yaml", parse):
        yield


@contextmanager
def folders(of: Callable[[Path], State] | None = None) -> Iterator[None]:
    """Commands read a folder, report on its pupils and plan it once for each state of it, which `of`
    tells: by default its files, apart from what was agreed in teams, which is read by itself."""
    once = _Once(of or _state)
    places = "termwise.engine.school.pupil_data"
    with (
        mock.patch(f"{places}.headings.words_of", _WORDS),
        mock.patch(f"{places}.rows_of_no_pupil.words_of", _WORDS),
        mock.patch("termwise.engine.school.folder._Loader", once.reader),
        mock.patch("termwise.engine.pupils.pupil_report", once.report),
        mock.patch("termwise.commands.shared.advice", once.advice),
    ):
        yield


def _state(folder: Path) -> State:
    if not folder.is_dir():
        return ()
    found = []
    for path in sorted(folder.rglob("*")):
        known = path.lstat()
        if path.name != "commitments.csv":
            found.append((path, known.st_mode, known.st_ino, known.st_mtime_ns, known.st_size))
    return tuple(found)


class _Reader(reading._Loader):
    """What reads a folder, and then knows what it read, or why it could not."""

    found: SchoolData | Exception | None

    def read(self) -> SchoolData | None:
        if not hasattr(self, "found"):
            try:
                self.found = super().read()
            except Exception as error:
                self.found = error
        if isinstance(self.found, Exception):
            raise self.found.with_traceback(self.found.__traceback__)
        return self.found


class _Once:
    def __init__(self, of: Callable[[Path], State]) -> None:
        self.of = of
        self.readers: dict[object, _Reader] = {}
        self.reports: dict[object, tuple[School, PupilReport]] = {}
        self.advices: dict[object, Advice] = {}

    def reader(
        self, folder: Path, library: Library, years: int | None, names: bool, settings: Any
    ) -> _Reader:
        said = tuple(settings)
        key = (os.fspath(folder), self.of(folder), id(library), years, names, said)
        return _kept(self.readers, key, lambda: _Reader(folder, library, years, names, said))

    def report(self, school: School, library: Library, ask: Ask | None = None) -> PupilReport:
        key = (id(school), id(library), ask)
        return _kept(self.reports, key, lambda: (school, pupil_report(school, library, ask)))[1]

    def advice(self, folder: Path, years: int | None = None) -> Advice:
        if folder.parent == EXAMPLES:
            return of_example(folder.name, shared.library(folder), years)
        key = (os.fspath(folder), self.of(folder), years)
        return _kept(self.advices, key, lambda: _advice(folder, years))


_EXAMPLES: dict[tuple[str, int | None], Advice] = {}


def of_example(name: str, library: Library, years: int | None = None) -> Advice:
    """The advice for an example as it stands, which no test changes: worked out once for all of them."""
    if (name, years) not in _EXAMPLES:
        _EXAMPLES[name, years] = advise(load_school(EXAMPLES / name, library, years), library)
    return _EXAMPLES[name, years]


def _kept(known: dict[object, T], key: object, make: Callable[[], T]) -> T:
    """What is known under a key, made where it isn't; only the last few are kept."""
    if key not in known:
        made = make()
        for oldest in list(known)[:-KEPT]:
            del known[oldest]
        known[key] = made
    return known[key]


_advice = shared.advice
_WORDS = functools.lru_cache(1 << 16)(words_of)
"""The words of the library's texts are asked for again for every file; they are the same."""
