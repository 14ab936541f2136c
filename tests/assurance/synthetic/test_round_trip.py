"""What made-up schools are made of is what is read back from their files, whatever the shape, the
order of rows and columns, and what happens to a file on its way."""

from __future__ import annotations

import csv
import datetime
import io
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import fromstring, tostring

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.assurance.synthetic.demo_folder import DemoReport, make_demo, shapes
from termwise.engine.assurance.synthetic.demo_school import Pupil, load_demo, make_school
from termwise.engine.core.errors import ContentError
from termwise.engine.inference.forward_chaining import infer
from termwise.engine.library.facts import Raw
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.reading import Export
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.pseudonyms import Pseudonyms
from termwise.engine.school.school import PupilRead, School

LIBRARY = load_library()
SHAPES = shapes(LIBRARY)
Size = tuple[int, int, int]
"""A seed with the numbers of pupils and classes."""
SIZES: list[Size] = [(1, 30, 3), (2, 90, 7), (5, 120, 9)]
SMALL: Size = (4, 20, 3)
SHARED = ("sex", "pp", "sen", "eal", "attendance", "term_of_birth")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
TEXTS = tuple(name for name, export in LIBRARY.exports.items() if export.file == "csv")

Table = list[list[str]]
Small = dict[str, tuple[Path, bytes]]
"""By shape: the folder of a small school, and its file as written."""


class Known(NamedTuple):
    """What is known of one pupil, however it was written."""

    year: str
    class_id: str | None
    values: dict[str, Raw]
    results: dict[tuple[str, str, str], tuple[str, str]]
    """By assessment, part and time: the scale with the grade, the score or what a code says."""


def known(pupil: PupilRead, leaving_out: int = 0) -> Known:
    """What was read of a pupil, what stands in the row `leaving_out` left out."""
    results = {}
    for key, result in pupil.results.items():
        scale, said = LIBRARY.scales[result.scale], result.missing
        if result.grade is not None:
            said = scale.grades[int(result.grade)].id if scale.grades else f"{result.grade:g}"
        elif said not in scale.codes.values():
            continue  # an empty cell
        if result.cell.row != leaving_out:
            results[key] = (scale.id, said)
    there = [k for k, v in pupil.values.items() if leaving_out not in {c.row for c in v.cells}]
    values = {name: pupil.values[name].value for name in there}
    return Known(pupil.year, pupil.class_id, values, results)


def read_back(school: School) -> dict[str, Known]:
    facts = {pupil.ref: known(pupil) for pupil in school.pupils}
    assert len(facts) == len(school.pupils)
    return facts


def make(folder: Path, shape: str, size: Size) -> DemoReport:
    seed, pupils, classes = size
    return make_demo(folder, LIBRARY, seed=seed, pupils=pupils, classes=classes, shape=shape)


def written(folder: Path, shape: str, size: Size) -> dict[str, Known]:
    """What the files of a shape can say of the pupils of a school, from its plain data."""
    demo = load_demo()
    of = Pseudonyms(folder, demo.school.id).of
    people = make_school(demo, LIBRARY, *size).pupils
    return {of("upn", pupil.upn): _written(pupil, shape) for pupil in people}


def _written(pupil: Pupil, shape: str) -> Known:
    demo = load_demo()
    export = LIBRARY.exports[demo.beside_ctf if shape == "ctf" else shape]
    born = "autumn" if pupil.born.month >= 9 else "spring" if pupil.born.month <= 3 else "summer"
    same = ("sex", "pp", "eal", "own_pathway", "attendance")
    told: dict[str, Raw] = {name: getattr(pupil, name) for name in same}
    told |= {"sen": pupil.sen != "none", "birth": born}
    told["admitted"] = pupil.admitted >= datetime.date(2025, 9, 1)
    given = {"birth": "term_of_birth", "admitted": "joined_lately"}
    values = {given.get(name, name): told[name] for name in export.columns if name in told}
    codes = LIBRARY.scales[demo.scale].codes
    said = {about: codes[code.casefold()] for about, code in pupil.codes.items()} | pupil.judged
    results = {("tracking", *about): (demo.scale, text) for about, text in said.items()}
    for item in pupil.results if shape == "ctf" else ():
        results[item.assessment, item.component, item.year] = (item.scale, item.text)
    return Known(pupil.year, pupil.class_id, values, results)


# --- written and read back


class Made(NamedTuple):
    shape: str
    size: Size
    report: DemoReport
    school: School


@pytest.fixture(scope="module", params=[(shape, size) for shape in SHAPES for size in SIZES])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    (shape, size), folder = request.param, tmp_path_factory.mktemp("made")
    return Made(shape, size, make(folder, shape, size), load_school(folder, LIBRARY))


def test_every_shape_is_read_back_to_what_the_school_is_made_of(made: Made) -> None:
    assert read_back(made.school) == written(made.report.folder, made.shape, made.size)
    assert {account.file: account.rows for account in made.school.accounts} == made.report.rows
    for account in made.school.accounts:
        assert (account.used, account.refused, account.set_aside) == (account.rows, [], [])


def test_who_is_found_at_risk_is_who_truly_is(made: Made) -> None:
    vocabulary = LIBRARY.vocabulary(made.school.scales)
    inference = infer(entities(made.school, LIBRARY), LIBRARY, vocabulary)
    gravest = LIBRARY.screening.states[0].id
    screens = [rule.screen for rule in LIBRARY.rules.values() if rule.screen]
    reasons = {screen.reason for screen in screens if screen.state == gravest}
    found, at_risk = set(), set()
    for entity in inference.facts.of("pupil-subject"):
        elders = {elder.kind: elder.id for elder in entity.lineage}
        about, given = (elders["pupil"], elders["subject"]), entity.values["reasons"].value
        assert isinstance(given, frozenset)
        found |= {(*about, reason) for reason in given & reasons}
        if entity.values["state"].value == gravest:
            at_risk.add(about)
    listed = json.loads((made.report.folder / "truth.json").read_text("utf-8"))["at_risk"]
    true = {(item["pupil"], item["subject"], item["reason"]) for item in listed}
    assert true and (true - found, found - true) == (set(), set())
    assert at_risk == {(pupil, subject) for pupil, subject, _ in true}


def test_all_shapes_agree_on_what_they_all_hold(tmp_path: Path) -> None:
    found = []
    for shape in SHAPES:
        make(tmp_path / shape, shape, SMALL)
        facts = read_back(load_school(tmp_path / shape, LIBRARY))
        for ref, pupil in facts.items():
            values = {name: pupil.values[name] for name in SHARED}
            judged = {key: said for key, said in pupil.results.items() if key[0] == "tracking"}
            facts[ref] = pupil._replace(values=values, results=judged)
        found.append(facts)
    assert all(facts == found[0] for facts in found)


# --- in another order


def table_of(raw: bytes, export: Export) -> tuple[Table, Table]:
    """The lines of a text file above its headings, and those from the headings on."""
    text = io.StringIO(raw.decode(export.encoding), newline="")
    rows = list(csv.reader(text, delimiter=export.delimiter))
    return rows[: len(export.above)], rows[len(export.above) :]


def as_text(rows: Sequence[Sequence[str]], delimiter: str, encoding: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def mixed(lines: Sequence[Sequence[Any]], chance: random.Random) -> list[list[Any]]:
    """Headings and rows with the columns and the rows in another order."""
    headings, *rows = lines
    order = chance.sample(range(len(headings)), len(headings))
    return [[row[i] for i in order] for row in [headings, *chance.sample(rows, len(rows))]]


def mix(path: Path, shape: str, chance: random.Random) -> None:
    """Puts the rows and columns of a table, or the pupils of a transfer file, in another order."""
    export = LIBRARY.exports[load_demo().beside_ctf if shape == "ctf" else shape]
    if path.suffix == ".xml":
        root = fromstring(path.read_bytes())
        root[1][:] = chance.sample(list(root[1]), len(root[1]))
        path.write_bytes(tostring(root, encoding="utf-8", xml_declaration=True))
    elif path.suffix == ".xlsx":
        before, after = openpyxl.load_workbook(path).worksheets[0], openpyxl.Workbook()
        cells = list(before.iter_rows(values_only=True))
        place = len(export.above)
        for line in [*cells[:place], *mixed(cells[place:], chance)]:
            after.worksheets[0].append(list(line))
        after.save(path)
    else:
        above, table = table_of(path.read_bytes(), export)
        rows = [*above, *mixed(table, chance)]
        path.write_bytes(as_text(rows, export.delimiter, export.encoding))


@pytest.mark.parametrize("shape", SHAPES)
def test_another_order_of_rows_and_columns_gives_the_same_facts(tmp_path: Path, shape: str) -> None:
    size = (3, 60, 4)
    for name in make(tmp_path, shape, size).rows:
        was = (tmp_path / name).read_bytes()
        mix(tmp_path / name, shape, random.Random(name))
        assert (tmp_path / name).read_bytes() != was
    assert read_back(load_school(tmp_path, LIBRARY)) == written(tmp_path, shape, size)


# --- damaged on the way


class Sent(NamedTuple):
    """A pupil file as it came: its bytes, its rows, and how many of them are there twice."""

    shape: str
    raw: bytes
    encoding: str
    rows: int
    doubled: int


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A small school in each shape that is a text file."""
    above = tmp_path_factory.mktemp("small")
    for shape in TEXTS:
        make(above / shape, shape, SMALL)
    return {shape: (above / shape, (above / shape / "pupils.csv").read_bytes()) for shape in TEXTS}


@st.composite
def sent(draw: st.DrawFn, small: Small) -> Sent:
    """A file with other headings, order, separator and encoding, and with some rows doubled."""
    shape, encoding = draw(st.sampled_from(TEXTS)), draw(st.sampled_from(ENCODINGS))
    export = LIBRARY.exports[shape]
    above, (headings, *rows) = table_of(small[shape][1], export)
    for place, name in enumerate(export.columns):
        given = [each.columns[name] for each in LIBRARY.exports.values() if name in each.columns]
        called = sorted({*LIBRARY.columns[name].aliases, *given})
        headings[place] = draw(st.sampled_from(called))
    doubled = draw(st.lists(st.sampled_from(range(len(rows))), unique=True, max_size=5))
    table = [headings, *rows, *(rows[place] for place in doubled)]
    lines = [*above, *mixed(table, random.Random(draw(st.integers(0, 10**6))))]
    raw = as_text(lines, draw(st.sampled_from(",;\t|")), encoding)
    return Sent(shape, raw, encoding, len(rows), len(doubled))


@given(data=st.data())
def test_headings_separators_encodings_and_doubled_rows_change_nothing(
    data: st.DataObject, small: Small
) -> None:
    file = data.draw(sent(small))
    folder, _ = small[file.shape]
    (folder / "pupils.csv").write_bytes(file.raw)
    school = load_school(folder, LIBRARY)
    assert read_back(school) == written(folder, file.shape, SMALL)
    (account,) = school.accounts
    assert (account.rows, account.used) == (file.rows + file.doubled, file.rows)
    assert [refusal.kind for refusal in account.refused] == ["repeat"] * file.doubled
    assert account.set_aside == []


@given(data=st.data())
def test_a_file_cut_short_is_refused_or_gives_nothing_wrong(
    data: st.DataObject, small: Small
) -> None:
    file = data.draw(sent(small))
    folder, _ = small[file.shape]
    raw = file.raw[: -data.draw(st.integers(1, len(file.raw)))]
    (folder / "pupils.csv").write_bytes(raw)
    try:
        school = load_school(folder, LIBRARY)
    except ContentError as error:
        assert error.problems
        return
    (account,) = school.accounts
    assert account.rows == account.used + len(account.refused)
    wanted = written(folder, file.shape, SMALL)
    last = len(raw.decode(file.encoding, errors="replace").splitlines())
    for pupil in school.pupils:
        if pupil.cell.row == last:  # the cut may go through any cell of the last row
            continue
        true, found = wanted[pupil.ref], known(pupil, leaving_out=last)
        assert found.year == true.year
        assert found.class_id in (true.class_id, None)
        assert found.values.items() <= true.values.items()
        assert found.results.items() <= true.results.items()
