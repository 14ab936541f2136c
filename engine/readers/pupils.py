"""Pupils' judgements from a long CSV: a row for each pupil, subject and point in time."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..errors import Place, Problem, did_you_mean
from ..records.facts import Cell, Value
from ..records.knowledge import Scale
from ..records.school import PupilFiles, SchoolIdentity
from .school import Judged, PupilRead

NEEDED = ("pupil", "year", "class", "subject", "point", "judgement")
YES_NO = ("pp", "sen", "eal", "own_pathway")
OPTIONAL = ("sex", *YES_NO, "attendance", "concern")
_TRUTH = {
    "y": True,
    "yes": True,
    "true": True,
    "1": True,
    "n": False,
    "no": False,
    "false": False,
    "0": False,
}
_MISSING = frozenset(["", "-", "n/a", "na", "none", "not assessed"])
_UPN = re.compile(r"(?<![A-Z0-9])[A-Z]\d{11}[\dA-Z](?![A-Z0-9])", re.IGNORECASE | re.ASCII)
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def is_upn(text: str) -> bool:
    """Whether a text is a unique pupil number: the pattern, and the check letter (a temporary
    number ends in a letter, which counts as the value the letter has in the list of check
    letters)."""
    text = text.strip().upper()
    if not _UPN.fullmatch(text):
        return False
    digits = [
        int(character) if character.isdigit() else _UPN_LETTERS.find(character)
        for character in text[1:]
    ]
    total = sum(digit * weight for weight, digit in enumerate(digits, start=2))
    return _UPN_LETTERS[total % 23] == text[0]


def holds_upn(text: str) -> bool:
    """Whether a unique pupil number stands anywhere in a text."""
    return any(is_upn(found[0]) for found in _UPN.finditer(text))


def without_upns(problem: Problem) -> Problem:
    """A problem that does not repeat what looks like a pupil number."""
    place, what, hint = problem.place, problem.what, problem.hint
    plain = [_UPN.sub("[a pupil number]", text) for text in (place.file, what, hint)]
    return Problem(Place(plain[0], place.line, place.column), plain[1], plain[2])


@dataclass(slots=True)
class _Row:
    line: int
    cells: dict[str, str]
    columns: dict[str, int]

    def place(self, file: str, column: str) -> Place:
        return Place(file, self.line, self.columns.get(column, 0) + 1)


def read_pupils(
    text: str,
    name: str,
    request: PupilFiles,
    school: SchoolIdentity,
    scale: Scale,
    pupils: dict[str, PupilRead],
    problems: list[Problem],
) -> int:
    """Adds the judgements of one file to `pupils`; returns the number of rows. A row that can't be
    read adds a problem with its line and column, and nothing else."""
    reader = csv.reader(io.StringIO(text))
    header = [cell.strip().lower().replace(" ", "_") for cell in next(reader, [])]
    columns = {column: index for index, column in enumerate(header)}
    known = (*NEEDED, *OPTIONAL)
    missing = [column for column in NEEDED if column not in columns]
    strange = [column for column in header if column not in known]
    for index, column in enumerate(header):
        if column in strange:
            shown = "a pupil number" if holds_upn(column) else f"“{column}”"
            problems.append(
                Problem(
                    Place(name, 1, index + 1),
                    f"unknown column {shown}",
                    did_you_mean(column, known),
                )
            )
    if missing:
        problems.append(Problem(Place(name, 1, 1), f"columns are missing: {', '.join(missing)}"))
        return 0
    grades = grade_names(scale)
    classes = {item.id: item.years for item in school.classes}
    points = {point.id: position for position, point in enumerate(request.points)}
    count = 0
    for fields in reader:
        if not any(cell.strip() for cell in fields):
            continue
        count += 1
        numbers = [index for index, cell in enumerate(fields, start=1) if holds_upn(cell)]
        if numbers:
            problems.extend(
                Problem(
                    Place(name, reader.line_num, index),
                    "holds a unique pupil number",
                    "take the column out; use a school reference",
                )
                for index in numbers
            )
            continue
        row = _Row(
            reader.line_num,
            {column: fields[i].strip() if i < len(fields) else "" for column, i in columns.items()},
            columns,
        )
        if len(fields) > len(header):
            problems.append(
                Problem(
                    Place(name, row.line, len(header) + 1),
                    f"the row has {len(fields)} cells, the header {len(header)}",
                    "a comma inside a cell needs quotes round the cell",
                )
            )
            continue
        _take(row, name, request.subjects, points, classes, school, grades, pupils, problems)
    return count


def grade_names(scale: Scale) -> dict[str, int]:
    """The rank of every text that names a grade: its id, title, alias or number, the former
    first."""
    ranks = {grade.id: rank for rank, grade in enumerate(scale.grades)}
    titles = {grade.title.lower(): rank for rank, grade in enumerate(scale.grades)}
    aliases = {alias.lower(): ranks[grade] for alias, grade in scale.aliases.items()}
    numbers = {str(grade.value): rank for rank, grade in enumerate(scale.grades)}
    return {**numbers, **aliases, **titles, **ranks}


def _take(
    row: _Row,
    name: str,
    subjects: Sequence[str],
    points: Mapping[str, int],
    classes: Mapping[str, Sequence[str]],
    school: SchoolIdentity,
    grades: Mapping[str, int],
    pupils: dict[str, PupilRead],
    problems: list[Problem],
) -> None:
    cells = row.cells
    before = len(problems)

    def wrong(column: str, what: str, hint: str = "") -> None:
        problems.append(Problem(row.place(name, column), what, hint))

    if not cells["pupil"]:
        wrong("pupil", "has no pupil reference")
    if cells["class"] not in classes:
        wrong("class", f"unknown class “{cells['class']}”", did_you_mean(cells["class"], classes))
    elif cells["year"] not in classes[cells["class"]]:
        wrong(
            "year",
            f"Year {cells['year']} is not in class {cells['class']}",
            f"school.yaml gives it the years {', '.join(classes[cells['class']])}",
        )
    if cells["subject"] not in subjects:
        wrong(
            "subject",
            f"unknown subject “{cells['subject']}”",
            did_you_mean(cells["subject"], subjects),
        )
    if cells["point"] not in points:
        wrong(
            "point",
            f"unknown point in time “{cells['point']}”",
            did_you_mean(cells["point"], points),
        )
    judgement = cells["judgement"].lower()
    if judgement not in _MISSING and judgement not in grades:
        wrong(
            "judgement",
            f"“{cells['judgement']}” is not on the scale",
            did_you_mean(judgement, grades) or f"the scale has {', '.join(grades)}",
        )
    values = _values(row, name, wrong)
    if len(problems) > before:
        return
    ref = cells["pupil"]
    pupil = pupils.get(ref)
    if pupil is None:
        pupil = pupils[ref] = PupilRead(
            ref, cells["year"], cells["class"], Cell(name, row.line, "pupil"), values
        )
    elif (pupil.year, pupil.class_id) != (cells["year"], cells["class"]):
        wrong(
            "class",
            f"the pupil stands in class {pupil.class_id} in line {pupil.cell.row} "
            f"and in class {cells['class']} here",
            "one pupil has one class",
        )
        return
    else:
        _agree(pupil, values, wrong)
    key = (cells["subject"], cells["point"])
    if key in pupil.judged:
        wrong(
            "pupil",
            "the same pupil, subject and point stand twice "
            f"(first in line {pupil.judged[key].cell.row})",
            "keep one of the rows",
        )
        return
    rank = None if judgement in _MISSING else grades[judgement]
    pupil.judged[key] = Judged(rank, Cell(name, row.line, "judgement"))
    concern = _TRUTH.get(cells.get("concern", "").lower())
    subject, position = cells["subject"], points[cells["point"]]
    if concern is not None and position >= pupil.concern_at.get(subject, 0):
        pupil.concern_at[subject] = position
        pupil.concern[subject] = Value(concern, (Cell(name, row.line, "concern"),))


def _agree(pupil: PupilRead, values: Mapping[str, Value], wrong: Callable[..., None]) -> None:
    """Takes up what a further row says of a pupil; it may add to the rows before, never
    contradict."""
    for column, value in values.items():
        before = pupil.values.setdefault(column, value)
        if before.value != value.value:
            first, here = before.cells[0], value.cells[0]
            wrong(
                column,
                f"“{column}” is {_said(value)} for the pupil in line {here.row} "
                f"and {_said(before)} in line {first.row} of {first.file}",
                "a pupil has one value in all rows",
            )


def _said(value: Value) -> str:
    if isinstance(value.value, bool):
        return "yes" if value.value else "no"
    return str(value.value)


def _values(row: _Row, name: str, wrong: Callable[..., None]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for column in YES_NO:
        text = row.cells.get(column, "").lower()
        if text in _MISSING:
            continue
        if text not in _TRUTH:
            wrong(column, f"“{row.cells[column]}” is neither yes nor no", "write Y or N")
            continue
        values[column] = Value(_TRUTH[text], (Cell(name, row.line, column),))
    concern = row.cells.get("concern", "").lower()
    if concern not in _MISSING and concern not in _TRUTH:
        wrong("concern", f"“{row.cells['concern']}” is neither yes nor no", "write Y or N")
    text = row.cells.get("attendance", "").removesuffix("%").strip()
    if text.lower() not in _MISSING:
        try:
            percent = float(text)
            if not 0 <= percent <= 100:
                raise ValueError
            values["attendance"] = Value(percent, (Cell(name, row.line, "attendance"),))
        except ValueError:
            wrong("attendance", f"“{text}” is no percentage", "write a number from 0 to 100")
    return values
