"""How fast a school's pupil files are read, beside libraries that only parse them:
`python benchmarks/reading.py`."""

from __future__ import annotations

import csv
import importlib.util
import itertools
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import yaml

from termwise.engine.core.errors import TermwiseError
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school, packs_asked
from termwise.engine.school.model import PupilFiles, SchoolFile
from termwise.engine.school.school import School

if TYPE_CHECKING:  # a script finds its neighbour by its bare name, the type checker by its folder
    from benchmarks.run import EXAMPLES, SEED, Task, measured, show
else:
    from run import EXAMPLES, SEED, Task, measured, show

SCHOOL = EXAMPLES / "hillside"
ROWS, WIDE_PUPILS = 100_000, 1_000
MOST_SECONDS, MOST_MB = 5, 400
ROUNDS = 5  # a round takes several seconds
LONG, WIDE = "rows.csv", "wide.xlsx"
ABOUT = ("pupil", "year", "class", "sex", "pp", "sen", "eal", "attendance", "own_pathway")
HAS_POLARS = importlib.util.find_spec("polars") is not None
LOAD = "load_school (reads, checks, joins)"

PEAK = """
import resource, sys, time
from pathlib import Path
from termwise.engine.library import load_library
from termwise.engine.readers import load_school, packs_asked
def peak():
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
folder = Path(sys.argv[1])
library = load_library(asked=packs_asked(folder))
before = peak()
start = time.process_time()
load_school(folder, library)
spent = time.process_time() - start
print(before, peak(), spent)
"""


@dataclass(frozen=True)
class Pupil:
    """One made-up pupil: what each row repeats of them, and a grade for each subject and point."""

    about: tuple[str, ...]
    grades: dict[tuple[str, str], str]


def made_pupils(school: SchoolFile, files: PupilFiles, library: Library) -> Iterator[Pupil]:
    """Pupils without end, in the school's own classes and on its own scale, some grades missing."""
    rnd = random.Random(SEED)
    youngest = school.school.year_groups[0]  # they only start when the plan does
    classes = [(c.id, c.years[0]) for c in school.school.classes if youngest not in c.years]
    written = ["", *(grade.id for grade in library.scales[files.scale].grades)]
    results = list(itertools.product(files.subjects, (point.id for point in files.points)))
    for number in itertools.count(1):
        class_id, year = rnd.choice(classes)
        flags = [rnd.choice("YN") for _ in range(3)]
        attendance = f"{rnd.uniform(80, 100):.1f}"
        about = (f"P{number:05d}", year, class_id, rnd.choice("MF"), *flags, attendance, "N")
        yield Pupil(about, {result: rnd.choice(written) for result in results})


def write_long(path: Path, pupils: Iterator[Pupil]) -> None:
    """A CSV with a row for each pupil, subject and point."""
    rnd = random.Random(SEED)
    rows = (
        (*pupil.about, *result, grade, rnd.choice(["", "", "N", "Y"]))
        for pupil in pupils
        for result, grade in pupil.grades.items()
    )
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow((*ABOUT, "subject", "point", "judgement", "concern"))
        writer.writerows(itertools.islice(rows, ROWS))


def write_wide(path: Path, pupils: Iterator[Pupil]) -> None:
    """A workbook with a row for each pupil and a column for each subject and point."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Pupils")
    for number, pupil in enumerate(itertools.islice(pupils, WIDE_PUPILS)):
        if number == 0:
            sheet.append([*ABOUT, *(" ".join(result) for result in pupil.grades)])
        sheet.append([*pupil.about, *(grade or None for grade in pupil.grades.values())])
    book.save(path)


def made_folder(folder: Path, file: str, library: Library) -> Path:
    """The example school in a folder of its own, with one made-up file in place of its pupils'."""
    folder.mkdir()
    for source in SCHOOL.glob("*.yaml"):
        (folder / source.name).write_bytes(source.read_bytes())
    path = folder / "school.yaml"
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    written["pupils"]["files"] = [file]
    written.pop("published", None)
    path.write_text(yaml.safe_dump(written, allow_unicode=True, sort_keys=False), encoding="utf-8")
    school = SchoolFile.model_validate(written)
    assert school.pupils is not None
    write = write_long if file == LONG else write_wide
    write(folder / file, made_pupils(school, school.pupils, library))
    return folder


def by_csv(path: Path) -> None:
    """Every row of a CSV, split and let go."""
    with path.open(newline="", encoding="utf-8") as file:
        for _ in csv.reader(file):
            pass


def by_polars(path: Path) -> None:
    """A CSV as a typed table in memory."""
    import polars  # here, so that the benchmark runs without it

    polars.read_csv(path)


def by_openpyxl(path: Path) -> None:
    """Every row of a workbook's first sheet, unpacked and let go."""
    book = openpyxl.load_workbook(path, read_only=True)
    for _ in book.worksheets[0].iter_rows(values_only=True):
        pass
    book.close()


def accounted(school: School) -> bool:
    """Says what became of the rows; whether every one was used and no cell set aside."""
    account = school.accounts[0]
    aside = len(account.set_aside)
    print(
        f"  {len(school.pupils):,} pupils; {account.rows:,} rows, {account.used:,} used, "
        f"{len(account.refused):,} refused; {aside:,} cells set aside"
    )
    return bool(account.rows) and account.used == account.rows and not aside


def against(name: str, found: float, bound: float, unit: str) -> None:
    """A figure beside the bound it should keep to; said, never enforced."""
    verdict = "within" if found <= bound else "OVER"
    print(f"  {name}: {found:.1f} {unit}, {verdict} the bound of {bound} {unit}")


def memory(folder: Path) -> bool:
    """Measures the peak of a process that does nothing but load the school.

    Comes first, while this process is small: on Linux a new one's peak starts from its parent's.
    """
    print(f"\n1. Peak memory of load_school, {ROWS:,} rows, in a new process")
    command = [sys.executable, "-c", PEAK, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        print(f"  not measured, a command failed: {last[0]}")
        return False
    before, peak, spent = (float(word) for word in done.stdout.split())
    print(f"  before it, with the library loaded: {before / 1_000_000:.1f} MB")
    against("peak", peak / 1_000_000, MOST_MB, "MB")
    print(f"  processor time: {spent:.1f} s (the clock shows more where other work has its share)")
    return True


def long_csv(folder: Path, library: Library) -> bool:
    """Measures the long CSV, read by termwise, by polars and by Python's own reader."""
    path = folder / LONG
    found: list[School] = []

    def ours() -> None:
        found.clear()  # two schools in memory at once would be slower than one
        found.append(load_school(folder, library))

    tasks: dict[str, Task] = {LOAD: ours}
    if HAS_POLARS:
        tasks["polars.read_csv (parses only)"] = lambda: by_polars(path)
    tasks["csv.reader (splits only)"] = lambda: by_csv(path)
    seconds = measured(tasks, ROUNDS)
    size = path.stat().st_size / 1_000_000
    show(f"2. Long CSV: {ROWS:,} rows, {size:.1f} MB", seconds, list(tasks)[1])
    if not HAS_POLARS:
        print("  polars is skipped: it is not installed (pip install 'termwise[benchmarks]').")
    against("median of load_school", statistics.median(seconds[LOAD]), MOST_SECONDS, "s")
    return accounted(found[0])


def wide_workbook(folder: Path, library: Library) -> bool:
    """Measures the workbook, read by termwise and by openpyxl alone."""
    path = folder / WIDE
    found: list[School] = []

    def ours() -> None:
        found.clear()  # two schools in memory at once would be slower than one
        found.append(load_school(folder, library))

    alone = "openpyxl alone (unpacks only)"
    seconds = measured({LOAD: ours, alone: lambda: by_openpyxl(path)}, ROUNDS)
    show(f"3. Wide XLSX: the first {WIDE_PUPILS:,} of these pupils", seconds, alone)
    return accounted(found[0])


def main() -> int:
    """Runs all three; 1 when something could not be measured or a made-up row was not used."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} CPUs, "
        f"load {load:.1f}"
    )
    try:
        library = load_library(asked=packs_asked(SCHOOL))
        with tempfile.TemporaryDirectory() as place:
            long = made_folder(Path(place) / "long", LONG, library)
            wide = made_folder(Path(place) / "wide", WIDE, library)
            results = [memory(long), long_csv(long, library), wide_workbook(wide, library)]
    except TermwiseError as error:
        first = str(error).splitlines()[0]
        print(f"\nNot measured, {type(error).__name__}: {first}")
        return 1
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
