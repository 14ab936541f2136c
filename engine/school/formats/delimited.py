"""Tables in text files: CSV with commas, semicolons or tabs, in the encodings schools' systems
write."""

from __future__ import annotations

import codecs
import csv
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator

from ...core import Mistake, Place, holds_unprintable, without_unprintable
from ..pupil_data.rows import UnreadableError
from .sheet import HEAD, MOST_CELL, MOST_COLUMNS, MOST_ROWS, Sheet, too_large

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
"""Lines end at line ends only, not at the other breaks that Unicode has."""
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_NOT_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_NO_WORD_IN_CP1252 = re.compile(rb"[a-z][\x80-\x8c\x8e\x93-\x95\x98\x99\x9b\x9f][a-z]|[a-z]\x91")
"""Signs and capital letters within a word, or a quotation mark that opens behind one."""
_WORD_IN_CP1252 = re.compile(rb"[A-Za-z][\xc0-\xcf\xd6-\xff]|[\xc0-\xcf\xd6-\xff][a-z]")
_EITHER = re.compile(rb"[A-Za-z][\x80-\x91\x93-\x9f][a-z]|[A-Za-z][\x8e\x91\x9f]")
"""What is a letter of a word in mac_roman, and could be one, or a dash, in cp1252."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(raw: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding: by its byte order mark, else UTF-16 where
    every second byte is null, else UTF-8, else mac_roman where its letters make words in that only, else cp1252."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace"), encoding
    sample = raw[:2000]
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(sample) > 3 and sample[first::2].count(0) * 4 > len(sample):
            return raw.decode(encoding, errors="replace"), encoding
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = "mac_roman" if _looks_mac(raw) else "cp1252"
        return raw.decode(encoding, errors="replace"), encoding


def _looks_mac(raw: bytes) -> bool:
    """Tell whether letters of a text that is not UTF-8 make words in mac_roman only."""
    if _NOT_IN_CP1252.search(raw):
        return True
    return bool(_NO_WORD_IN_CP1252.search(raw)) and not _WORD_IN_CP1252.search(raw)


def read_text(raw: bytes, name: str, known: Callable[[list[str]], int]) -> Sheet:
    """The table in a text file. `known` counts the headings it knows in a row: the separator under
    which one of the first lines has most of them is taken.

    Raises UnreadableError when there is no text, or when a quote is opened and never closed.
    """
    text, encoding = decode(raw)
    if not text.strip("\ufeff \r\n\t\0"):
        raise UnreadableError(Mistake(Place(name), "is empty", "export it again"))
    if text.count("\0") or text.count("\ufffd") > len(text) // 100:
        raise UnreadableError(
            Mistake(Place(name), "is no text file", "save it as CSV UTF-8 or as an XLSX workbook")
        )
    lines = _LINE.findall(text)
    best = {s: _best(lines[:HEAD], s, known) for s in _SEPARATORS}
    separator = max(_SEPARATORS, key=lambda s: (best[s][0], s == ","))
    width = best[separator][1]
    sheet = Sheet(name, iter(()), [], notes=[f"{encoding}, {_SEPARATORS[separator]}"])
    sheet.notes += _doubtful(raw, text, encoding)
    rows = _whole(_rows(lines, separator, width, sheet), lines, width, sheet)
    sheet.head = list(itertools.islice(rows, HEAD))
    sheet.rows = rows
    return sheet


def _doubtful(raw: bytes, text: str, encoding: str) -> Iterator[str]:
    """Yield notes on letters that were lost, or may be wrong because of the encoding."""
    lost = text.count("\ufffd")
    if lost:
        yield f"{lost:,} letters of it are lost (�): save it as CSV UTF-8"
    eight = encoding in ("cp1252", "mac_roman")
    if eight and (encoding == "mac_roman" or _EITHER.search(raw)):
        other = "mac_roman" if encoding == "cp1252" else "cp1252"
        yield f"it may be {other}: if letters with accents are wrong, save it as CSV UTF-8"


def _best(lines: list[str], separator: str, known: Callable[[list[str]], int]) -> tuple[int, int]:
    """Return how many known headings the best row has, and how many cells."""
    best, reader = (0, 0), csv.reader(lines, delimiter=separator)
    while True:
        try:
            fields = next(reader)
            best = max(best, (known(fields), len(fields)))
        except StopIteration:
            return best
        except csv.Error:
            continue


def _rows(
    lines: list[str], separator: str, width: int, sheet: Sheet
) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of its last line; `width` is how many cells the headings are."""
    least = max(1, min(2, width - 1))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    last, count = 0, 0
    while True:
        try:
            for fields in reader:
                start, last = last + 1, reader.line_num
                count += 1
                if len(fields) > MOST_COLUMNS or count > MOST_ROWS:
                    raise too_large(
                        sheet.name,
                        last,
                        len(fields) if count <= MOST_ROWS else 0,
                        count > MOST_ROWS,
                    )
                if last > start and any(_swallows(field, separator, least) for field in fields):
                    _lost(sheet, lines, start, last)
                elif len(fields) < width and (other := _other(fields, separator, width)):
                    reason = (
                        f"has {other} between its cells, and the headings {_SEPARATORS[separator]}"
                    )
                    sheet.wrong.append((last, reason))
                else:
                    if holds_unprintable(" ".join(fields)):
                        fields = [without_unprintable(field) for field in fields]
                    yield last, fields
            return
        except csv.Error as error:
            if "unexpected end" in str(error) or "field larger" in str(error):
                raise UnreadableError(
                    Mistake(
                        Place(sheet.name, last + 1, 1),
                        "a quotation mark is opened on this line and not closed for a long while"
                        if "unexpected end" in str(error)
                        else f"a cell holds more than {MOST_CELL:,} characters",
                        "export the file again, or take the mark out",
                    )
                ) from None
            start, last = last + 1, reader.line_num
            _lost(sheet, lines, start, last)


def _swallows(field: str, separator: str, least: int) -> bool:
    """Tell whether a cell of several lines holds what were rows, with `least` separators."""
    return any(line.count(separator) >= least for line in field.splitlines()[1:])


def _other(fields: list[str], separator: str, width: int) -> str:
    """Return another separator that splits a short row to full width, in words, or “”."""
    row = separator.join(fields)
    others = (s for s in _SEPARATORS if s != separator and width > 2 and row.count(s) >= width - 1)
    return next((_SEPARATORS[s] for s in others), "")


def _whole(
    rows: Iterator[tuple[int, list[str]]], lines: list[str], width: int, sheet: Sheet
) -> Iterator[tuple[int, list[str]]]:
    """Puts together rows that a line's end unlike the others breaks apart, and counts short ones."""
    ends = Counter(map(_end, lines))
    ends.pop("", None)
    usual = max(ends, key=lambda end: ends[end], default="")
    broken: tuple[int, list[str]] | None = None
    short = joined = 0
    for number, fields in rows:
        if broken and fields and len(broken[1]) + len(fields) - 1 <= width:
            first = broken[1]
            fields = [*first[:-1], f"{first[-1]} {fields[0]}".strip(), *fields[1:]]
            joined += 1
        elif broken:
            short += 1
            yield broken
        broken = None
        if len(ends) > 1 and 0 < len(fields) < width and _end(lines[number - 1]) not in ("", usual):
            broken = number, fields
            continue
        short += 1 < len(fields) < width
        yield number, fields
    if broken:
        yield broken
    if joined:
        sheet.notes.append(f"{joined:,} line ends inside rows are read as spaces")
    if short:
        sheet.notes.append(f"{short:,} rows end early: the cells they lack are read as empty")


def _end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _lost(sheet: Sheet, lines: list[str], start: int, end: int) -> None:
    """Counts every line between quotation marks that don't match."""
    reason = "has a quotation mark that doesn't match, or lies behind one"
    sheet.wrong += [(n, reason) for n in range(start, end + 1) if lines[n - 1].strip()]


def as_text(value: str) -> str:
    """A cell as it was meant: without spaces around it, and without the `="…"` in which systems
    wrap a text so that a spreadsheet keeps its zeros."""
    value = value.strip().strip("\u00a0\u200b\ufeff").strip()
    if value.startswith('="') and value.endswith('"'):
        return value[2:-1].strip()
    return value
