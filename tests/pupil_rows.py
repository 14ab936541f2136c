"""Made-up pupils as files of many shapes, in a small school folder that a test may spoil."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import yaml
from click.testing import CliRunner, Result

from termwise.cli import main
from termwise.engine.school.pupil_data.pseudonyms import check_letter
from termwise.engine.school.school import School
from tests.places import EXAMPLES

EXAMPLE = EXAMPLES / "little-fen"
Table = list[list[str]]

SUBJECTS = ("reading", "writing", "maths")
POINTS = {"aut-2025": "Autumn 2025", "spr-2026": "Spring 2026", "sum-2026": "Summer 2026"}
DATES = {"aut-2025": "2025-12-11", "spr-2026": "2026-03-19", "sum-2026": "2026-06-25"}
ABOUT = ("Pupil ID", "Surname", "Forename", "Year", "Class", "PP", "Attendance %")
LONG = (*ABOUT, "Subject", "Point", "Judgement")
WIDE = (*ABOUT, *(f"{s.title()} {title}" for s in SUBJECTS for title in POINTS.values()))

PUPILS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("P0001", "Andrada", "Böwen", "1", "Wren", "Y", "97.5"), "eeebebeeb"),
    (("P0002", "Curlew", "Dunnock", "3", "Heron", "N", "91"), "aaeeeabbb"),
    (("P0003", "Egret", "Fulmar", "4", "Heron", "N", "88.2"), "wwwbwbwww"),
    (("P0004", "Gannet", "Hobby", "6", "Kestrel", "Y", "100"), "e-eeb ebb"),
)
"""Each pupil with a letter for each judgement, by subject and then by point."""
GRADES = {
    "w": "well-below",
    "b": "below",
    "e": "expected",
    "a": "above",
    "-": "SUPP",
    " ": "",
}


def long_table() -> Table:
    """A row for each judgement."""
    rows = [list(LONG)]
    for about, letters in PUPILS:
        grades = iter(letters)
        for subject in SUBJECTS:
            for title in POINTS.values():
                rows.append([*about, subject.title(), title, GRADES[next(grades)]])
    return rows


def wide_table() -> Table:
    """A row for each pupil."""
    return [
        list(WIDE),
        *([*about, *(GRADES[letter] for letter in letters)] for about, letters in PUPILS),
    ]


def as_csv(table: Sequence[Sequence[str]], separator: str = ",", encoding: str = "utf-8") -> bytes:
    """A table as the bytes of a text file."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(table)
    return out.getvalue().encode(encoding)


def as_xlsx(*tables: Sequence[Sequence[Any]], titles: Sequence[str] = ()) -> bytes:
    """Tables as the sheets of a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for index, table in enumerate(tables):
        sheet = book.create_sheet(titles[index] if titles else f"Sheet{index + 1}")
        for row in table:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def number_of(serial: int) -> str:
    """A unique pupil number with the right check letter, of an authority that does not exist."""
    rest = f"999{serial:09d}"
    return check_letter(rest) + rest


def ctf(*pupils: str) -> bytes:
    """Pupils' elements as a Common Transfer File."""
    inside = "\n".join(pupils)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<CTfile>\n<CTFpupilData>\n{inside}\n'
        "</CTFpupilData>\n</CTfile>\n"
    ).encode()


def ctf_pupil(upn: str, surname: str, forename: str, born: str, more: str = "") -> str:
    """One pupil's element, in Year 3 and with a result at key stage 1."""
    return (
        f"<Pupil><UPN>{upn}</UPN><Surname>{surname}</Surname><Forename>{forename}</Forename>"
        f"<DOB>{born}</DOB><Sex>F</Sex>"
        "<BasicDetails><NCyearActual>3</NCyearActual></BasicDetails>"
        "<StageAssessments><KeyStage><Stage>KS1</Stage><StageAssessment><Subject>ENG</Subject>"
        f"<Component>REA</Component><Result>EXS</Result></StageAssessment>{more}</KeyStage>"
        "</StageAssessments></Pupil>"
    )


def school_folder(
    folder: Path,
    contents: Mapping[str, bytes],
    files: Sequence[Mapping[str, Any]] | None = None,
    **pupils: Any,
) -> Path:
    """A school with these files of pupils; `files` says more of them in school.yaml, `pupils`
    replaces other keys there."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("pupils.csv"))
    data = yaml.safe_load((folder / "school.yaml").read_text("utf-8"))
    points = [{"id": i, "title": t, "date": DATES[i]} for i, t in POINTS.items()]
    data["pupils"] = {
        "files": [dict(file) for file in files or ({"name": name} for name in contents)],
        "scale": "point-in-time",
        "subjects": list(SUBJECTS),
        "points": points,
        **pupils,
    }
    (folder / "school.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    for name, raw in contents.items():
        (folder / name).write_bytes(raw)
    return folder


def run(*words: str | Path) -> Result:
    """A command, as it is typed."""
    return CliRunner().invoke(main, [str(word) for word in words])


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


Facts = dict[str, tuple[object, ...]]


def facts_of(school: School) -> Facts:
    """What was understood of each pupil, however their file was written."""
    return {
        pupil.ref: (
            pupil.year,
            pupil.class_id,
            sorted((name, value.value) for name, value in pupil.values.items()),
            sorted(
                (key, result.scale, result.grade, bool(result.missing))
                for key, result in pupil.results.items()
            ),
            sorted((subject, value.value) for subject, value in pupil.concern.items()),
        )
        for pupil in sorted(school.pupils, key=lambda pupil: pupil.ref)
    }


def chain_of(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and all that led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
