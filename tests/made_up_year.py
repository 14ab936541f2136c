"""A year of the made-up school hillside: results of a further term, with gains and losses that are planted."""

from __future__ import annotations

import csv
import datetime
import io
import random
import re
from collections.abc import Callable
from pathlib import Path

BANDS = ("Well below", "Just below", "At expected", "Above expected")
SUMMER = "26/06/2026"
Moves = Callable[[str, str, str, int], int]
"""What becomes of a pupil's band: by number, class, subject and band; the bands that are gained."""


def a_term_later(folder: Path, title: str, on: datetime.date, moves: Moves, seed: int = 1) -> None:
    """Add a point to a copy of hillside: each pupil is judged where they were in summer, moved by `moves`, and
    one of ten judgements is a band off."""
    path = folder / "pupils.csv"
    text = path.read_bytes().decode("cp1252")
    rows = list(csv.reader(io.StringIO(text)))
    top = next(n for n, row in enumerate(rows) if row and row[0] == "Adno")
    at = {name: n for n, name in enumerate(rows[top])}
    chance, added = random.Random(seed), []
    for row in rows[top + 1 :]:
        if len(row) < len(rows[top]) or row[at["Assessment Date"]] != SUMMER:
            continue
        if row[at["Judgement"]] not in BANDS:
            continue
        band = BANDS.index(row[at["Judgement"]])
        who = row[at["Adno"]], row[at["Reg Group"]], row[at["Subject"]]
        band += moves(*who, band) + chance.choices((-1, 0, 1), (5, 90, 5))[0]
        new = [*row]
        new[at["Assessment Date"]] = f"{on:%d/%m/%Y}"
        new[at["Judgement"]] = BANDS[min(max(band, 0), len(BANDS) - 1)]
        added.append(new)
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n" if "\r\n" in text else "\n").writerows(added)
    path.write_bytes((text + out.getvalue()).encode("cp1252"))
    school = folder / "school.yaml"
    point = f"  - {{id: {_slug(title)}, title: {title}, date: {on}}}\n"
    said = school.read_text("utf-8")
    said = re.sub(r"  next_point: .*\n", "", said)
    school.write_text(
        re.sub(r"((?:  - \{id: [a-z0-9-]+, title: .*\}\n)+)(?=\n*must:)", rf"\g<1>{point}", said),
        "utf-8",
    )


def _slug(title: str) -> str:
    term, year = title.split()
    return f"{term[:3].lower()}-{year}"
