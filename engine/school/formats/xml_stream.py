"""XML as plain elements with the lines they stand in, read within bounds; what could do harm is
refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from ...core import Mistake, Place, without_unprintable
from ..pupil_data.rows import UnreadableError

MOST_BYTES = 50_000_000
MOST_LEVELS = 40
MOST_ELEMENTS = 20_000
"""In the record of one pupil."""


@dataclass(slots=True)
class Element:
    """One element with its text and the elements inside it."""

    tag: str
    line: int
    written: list[str] = field(default_factory=list)
    inside: list[Element] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its tag in lower-case letters and digits, as which tags are compared."""
        return plain_tag(self.tag)

    @property
    def text(self) -> str:
        """Return the text in an element, runs of spaces as one, without unprintable characters."""
        return " ".join(without_unprintable("".join(self.written)).split())

    def says(self, *names: str) -> str:
        """The text of the first element directly inside it that has one of the names."""
        return next((e.text for e in self.inside if e.name in names and not e.inside), "")


def plain_tag(text: str) -> str:
    """A tag in lower-case letters and digits only."""
    return "".join(c for c in text.lower() if c.isalnum())


def refused(file: str, what: str, hint: str, line: int = 0, column: int = 0) -> UnreadableError:
    """The error that a file is refused whole, at a line where one can be named."""
    return UnreadableError(Mistake(Place(file, line, column), what, hint))


class _Target:
    """Builds each pupil's element and hands it on, so that only one is kept at a time."""

    def __init__(self, file: str, tag: str, take: Callable[[Element], None]) -> None:
        self.file, self.tag, self.take = file, tag, take
        self.line: Callable[[], int] = int
        self.levels = self.inside = 0
        self.open: list[Element] = []

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self.levels += 1
        if self.levels > MOST_LEVELS:
            raise refused(
                self.file,
                f"has elements inside elements, {MOST_LEVELS} deep, as no transfer file has",
                "export it again",
                self.line(),
            )
        self.inside = self.inside + 1 if self.open else 0
        if self.inside > MOST_ELEMENTS:
            raise refused(
                self.file,
                f"has more than {MOST_ELEMENTS:,} elements for one pupil, as no transfer file has",
                "export it again",
                self.line(),
            )
        element = Element(tag.rpartition("}")[2], self.line())
        if self.open and element.name == self.tag:
            raise refused(
                self.file, "has a pupil inside another's record", "export it again", self.line()
            )
        if self.open:
            self.open[-1].inside.append(element)
        if self.open or element.name == self.tag:
            self.open.append(element)

    def data(self, text: str) -> None:
        if self.open:
            self.open[-1].written.append(text)

    def end(self, _tag: str) -> None:
        self.levels -= 1
        if self.open:
            element = self.open.pop()
            if not self.open:
                self.take(element)

    def close(self) -> None:
        """Nothing is left over: every pupil has been handed on."""


def read_elements(raw: bytes, file: str, tag: str, take: Callable[[Element], None]) -> None:
    """Hands each element with a tag on to `take`, one at a time. Raises UnreadableError for what is
    no XML, is damaged, too large or too deep, or declares entities."""
    if len(raw) > MOST_BYTES:
        raise refused(
            file,
            f"is larger than {MOST_BYTES // 1_000_000} MB, as no school's transfer file is",
            "export the pupils of one school only",
        )
    again = "export it again and don't edit it"
    if not raw.strip():
        raise refused(file, "is empty", again)
    target = _Target(file, tag, take)
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    expat = parser.parser
    target.line = lambda: int(expat.CurrentLineNumber)
    # Refusals are raised outside the handlers: the parser's own errors can quote the file.
    line, column, harmful = 0, 0, False
    try:
        parser.feed(raw)
        parser.close()
        return
    except DefusedXmlException:
        line, harmful = target.line(), True
    except ParseError as error:
        line, column = error.position[0], error.position[1] + 1
    except (LookupError, ValueError):
        line = 1
    if harmful:
        raise refused(
            file,
            "declares a document type or entities of its own, which no transfer file needs and "
            "which can do harm",
            "take it from the school's own system again",
            line,
        )
    if b"<" not in raw[:200]:
        raise refused(file, "is no XML", "export a Common Transfer File (CTF)")
    raise refused(file, "is damaged or breaks off here", again, line, column)
