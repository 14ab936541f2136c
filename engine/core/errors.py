"""Mistakes with their place, told so that a person can mend them, and exceptions with them.

TermwiseError
├── ContentError        a school folder, rule or knowledge file has mistakes (exit 1)
├── UnknownNameError    a name was asked for that nobody declared (exit 1)
└── EngineError         the engine itself failed: a bug, to be reported
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .near_words import near_names


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is written: a file, and a line and column counted from 1 (0: the whole file).

    What stands in no file but was said for one run has the words themselves as its `file`, and
    `SAID` as its line.
    """

    file: str
    line: int = 0
    column: int = 0
    sheet: str = ""
    """of a workbook, where the line is a row"""

    def __str__(self) -> str:
        if self.line == SAID:
            return self.file
        if self.sheet:
            return f"{self.file}, sheet {self.sheet}, cell {letters_of(self.column)}{self.line}"
        return f"{self.file}:{self.line or 1}:{self.column or 1}"


def letters_of(column: int) -> str:
    """Give the letters of a spreadsheet's column, counted from 1: 28 is AB."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters or "A"


SAID = -1


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake in what the user gave: where it is, what is wrong and what to do about it."""

    place: Place
    what: str
    hint: str = ""
    of_value: str = field(default="", compare=False)
    """What is wrong, without the keys that lead to the value; empty where `what` names no such keys."""
    missing: str = field(default="", compare=False)
    """The name that is not declared anywhere, where that is what is wrong."""

    def __str__(self) -> str:
        told = f"{self.place}: {self.what}" + (f"; {self.hint}" if self.hint else "")
        return " ".join(told.splitlines())  # a key that is quoted may hold a line end


class TermwiseError(Exception):
    """The root of every error this library raises on purpose."""


class ContentError(TermwiseError):
    """Mistakes in files the user can change; `problems` holds all of them, sorted by place."""

    def __init__(self, problems: Iterable[Mistake]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnknownNameError(TermwiseError):
    """Something was asked for by a name that is not there; the message gives the near ones, or the
    `hint` it is given. A name that may be a person's is not repeated: it is given as empty."""

    def __init__(self, kind: str, name: str, known: Iterable[str], hint: str = "") -> None:
        called = f"“{name}”" if name else "of that name"
        hint = f"; {hint}" if hint else did_you_mean(name, known, lead="; ")
        super().__init__(f"there is no {kind} {called}{hint}")


NO_PUPILS = "school.yaml names no files of pupils; termwise new shows how"
"""Said where something is asked of pupils."""


class EngineError(TermwiseError):
    """The engine contradicted itself: a bug in termwise, never a mistake of the user."""


def unknown(place: Place, kind: str, name: object, known: Container[str]) -> Iterator[Mistake]:
    """The problem that a name is not declared, with the near word where the names can be listed."""
    if name not in known:
        words = known if isinstance(known, Collection) else ()
        hint = _titled(name, known) or did_you_mean(str(name), words)
        yield Mistake(place, f"unknown {kind} “{name}”", hint, missing=str(name))


def _titled(name: object, known: Container[str]) -> str:
    """A hint where a title stands in place of an id."""
    if isinstance(known, Mapping) and isinstance(name, str):
        for id, record in known.items():
            title = record if isinstance(record, str) else getattr(record, "title", "")
            if isinstance(title, str) and title.casefold() == name.strip().casefold():
                return f"that is its title; its id is “{id}”"
    return ""


MOST_NEAR = 200
"""Near words are looked for in so many problems: it takes time, and nobody reads on."""


def did_you_mean(word: str, known: Iterable[str], lead: str = "") -> str:
    """A hint that names the nearest of the known words, or lists them when they are few."""
    words = sorted(set(known))
    near = near_names(word, words)
    if near:
        return f"{lead}did you mean " + " or ".join(f"“{name}”" for name in near) + "?"
    if 0 < len(words) <= 8:
        return f"{lead}it can be " + ", ".join(words)
    return ""
