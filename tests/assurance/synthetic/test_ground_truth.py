"""The example schools' pupils at risk: the rules find those whom truth.json names, each with their
reasons, and no other, whatever shape the pupils are written in."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from termwise.engine.assurance.synthetic.ctf_file import transfer_file
from termwise.engine.assurance.synthetic.demo_folder import CTF, shapes
from termwise.engine.assurance.synthetic.demo_school import ModelSchool, Pupil, load_demo
from termwise.engine.assurance.synthetic.ground_truth import at_risk_reasons, truths
from termwise.engine.assurance.synthetic.model import Demo
from termwise.engine.assurance.synthetic.pupil_tables import Writer
from termwise.engine.assurance.synthetic.results import DemoResult
from termwise.engine.inference.forward_chaining import infer
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.pseudonyms import check_letter
from termwise.engine.school.school import PupilRead, School
from tests.places import EXAMPLES

LIBRARY = load_library()
SCHOOLS = ("hillside", "little-fen", "carrick-junior")


class Risk(NamedTuple):
    """A pupil, by the file and row they first stand in, with a reason they are at risk for."""

    file: str
    row: int
    subject: str
    reason: str


def told(name: str) -> list[Risk]:
    """What an example says of its own pupils."""
    data: dict[str, Any] = json.loads((EXAMPLES / name / "truth.json").read_text("utf-8"))
    assert data["note"]
    return [Risk(**item) for item in data["at_risk"]]


def found(school: School) -> set[Risk]:
    """What the rules find, after making sure that who has a reason is in the state."""
    facts = entities(school, LIBRARY)
    infer(facts, LIBRARY, LIBRARY.vocabulary(school.scales))
    gravest, serious = LIBRARY.screening.states[0].id, at_risk_reasons(LIBRARY)
    cells = {pupil.ref: pupil.cell for pupil in school.pupils}
    assert len(cells) == len(school.pupils)
    risks = set()
    for entity in facts.of("pupil-subject"):
        elders = {elder.kind: elder.id for elder in entity.lineage}
        cell, reasons = cells[elders["pupil"]], entity.values["reasons"].value
        assert isinstance(reasons, frozenset)
        here = {Risk(cell.file, cell.row, elders["subject"], each) for each in reasons & serious}
        assert bool(here) == (entity.values["state"].value == gravest)
        risks |= here
    return risks


@pytest.fixture(scope="module")
def example(request: pytest.FixtureRequest) -> School:
    return load_school(EXAMPLES / request.param, LIBRARY)


# --- as they are


@pytest.mark.parametrize("example", SCHOOLS, indirect=True)
def test_who_is_found_at_risk_is_who_truth_says(example: School) -> None:
    true, here = set(told(example.file.school.id)), found(example)
    assert true and (true - here, here - true) == (set(), set())


@pytest.mark.parametrize("name", SCHOOLS)
def test_truth_is_in_order_names_each_once_and_nobody_by_name(name: str) -> None:
    listed = told(name)
    assert listed == sorted(set(listed))
    raw = json.loads((EXAMPLES / name / "truth.json").read_text("utf-8"))
    assert set(raw) == {"note", "at_risk"}
    assert {risk.reason for risk in listed} <= at_risk_reasons(LIBRARY)


# --- written anew in every shape


def anew(school: School, demo: Demo) -> ModelSchool:
    """An example's pupils, in their order, as the demo holds its own. Numbers, names and
    circumstances are new: none of these decides who is at risk."""
    pupils = tuple(_anew(pupil, place, demo) for place, pupil in enumerate(school.pupils))
    return ModelSchool(school.file.school.classes, pupils, 0, ())


def _anew(pupil: PupilRead, place: int, demo: Demo) -> Pupil:
    own, entry = pupil.values.get("own_pathway"), demo.plan.starts.year
    entry -= demo.year_groups.index(pupil.year)
    rest = f"9999999{entry % 100:02d}{place:03d}"
    return Pupil(
        upn=check_letter(rest) + rest,
        reference=f"{place:04d}",
        surname=demo.surnames[place % len(demo.surnames)],
        forename=f"{demo.forenames[0]}-{demo.forenames[place // len(demo.surnames)]}",
        sex="F",
        born=datetime.date(entry - 5, 10, 1),
        admitted=datetime.date(entry, 9, 3),
        year=pupil.year,
        class_id=str(pupil.class_id),
        decile=1,
        pp=False,
        sen="none",
        eal=False,
        own_pathway=bool(own and own.value),
        attendance=95,
        judged={key[1:]: text for key, _, text in _given(pupil) if key[0] == "tracking"},
        results=tuple(
            DemoResult(key[0], key[1], _subject(key), key[2], scale, text)
            for key, scale, text in _given(pupil)
            if key[0] != "tracking"
        ),
    )


def _given(pupil: PupilRead) -> Iterator[tuple[tuple[str, str, str], str, str]]:
    """The results that were given, with their scale and the grade's id."""
    for key, result in pupil.results.items():
        if result.grade is not None:
            scale = LIBRARY.scales[result.scale]
            yield key, scale.id, scale.grades[int(result.grade)].id


def _subject(key: tuple[str, str, str]) -> str | None:
    parts = LIBRARY.assessments[key[0]].components
    return next(part.subject for part in parts if part.id == key[1])


def written(folder: Path, name: str, files: Mapping[str, bytes]) -> School:
    """An example read with these pupil files in place of its own."""
    folder.mkdir()
    for kept in ("cqa.yaml", "staff.yaml"):
        (folder / kept).write_bytes((EXAMPLES / name / kept).read_bytes())
    record = yaml.safe_load((EXAMPLES / name / "school.yaml").read_text("utf-8"))
    # all are made to be born on the first of a month, so that no date shows which way it is written
    record["pupils"]["files"] = [
        file if file.endswith(".xml") else {"name": file, "dates": "day-first"} for file in files
    ]
    (folder / "school.yaml").write_text(yaml.safe_dump(record), encoding="utf-8")
    for file, raw in files.items():
        (folder / file).write_bytes(raw)
    return load_school(folder, LIBRARY)


@pytest.mark.parametrize("shape", shapes(LIBRARY))
@pytest.mark.parametrize("example", SCHOOLS, indirect=True)
def test_the_same_pupils_are_found_in_every_shape(
    tmp_path: Path, library: Library, example: School, shape: str
) -> None:
    assert example.file.pupils is not None
    name = example.file.school.id
    demo = load_demo().model_copy(update={"points": example.file.pupils.points})
    model = anew(example, demo)
    export = library.exports[demo.beside_ctf if shape == CTF else shape]
    writer = Writer(demo, library, export)
    table = writer.table(model)
    ending, raw = writer.file(table)
    files = {f"pupils.{ending}": raw}
    if shape == CTF:
        files["pupils.xml"] = transfer_file(demo, library, model)
    school = written(tmp_path / name, name, files)
    assert len(school.pupils) == len(example.pupils)

    headings = [*table.headings]
    column = headings.index(export.columns["upn"])
    first: dict[str, int] = {}
    for row, cells in enumerate(table.rows, start=len(export.above) + 2):
        first.setdefault(cells[column], row)
    upns = {row: upn for upn, row in first.items()}
    here = {(upns[risk.row], *risk[2:]) for risk in found(school)}

    pathways, national = "own_pathway" in export.columns, shape == CTF
    can_tell = truths(
        demo, library, model, national=national, pathways=pathways, starts=table.starts
    )
    serious = at_risk_reasons(library)
    assert here == {tuple(item) for item in can_tell if item.reason in serious}
    if table.starts and (national or not any(pupil.results for pupil in model.pupils)):
        own = set() if pathways else {p.upn for p in model.pupils if p.own_pathway}
        places = {
            (pupil.cell.file, pupil.cell.row): new.upn
            for pupil, new in zip(example.pupils, model.pupils, strict=True)
        }
        told_here = {(places[risk[:2]], *risk[2:]) for risk in told(name)}
        assert {item for item in here if item[0] not in own} == told_here
