"""Made-up schools: the same for the same seed, whole, harmless, and true to what they say of
themselves."""

from __future__ import annotations

import csv
import datetime
import io
import json
import stat
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import openpyxl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.assurance.synthetic.demo_folder import DemoReport, make_demo
from termwise.engine.assurance.synthetic.demo_school import (
    ModelSchool,
    joined_late,
    load_demo,
    make_school,
)
from termwise.engine.assurance.synthetic.ground_truth import (
    TRUE,
    Course,
    Found,
    at_risk_reasons,
    truths,
)
from termwise.engine.assurance.synthetic.pupil_tables import Writer, harmless
from termwise.engine.assurance.synthetic.results import standing
from termwise.engine.core.errors import UnknownNameError
from termwise.engine.inference.forward_chaining import infer
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.folder import load_school
from termwise.engine.school.model import CqaFile, SchoolFile, StaffFile
from termwise.engine.school.pupil_data.pseudonyms import Pseudonyms, is_upn

LIBRARY = load_library()
"""For tests with made-up examples: a fixture would be printed whole where one fails."""
SHAPES = ("long", "arbor", "sims", "bromcom", "insight", "target-tracker", "fft", "ctf")
SIZES = [(1, 1), (20, 1), (20, 3), (60, 6), (210, 7), (330, 10), (600, 21)]


def _make(folder: Path, library: Library, shape: str, **given: int) -> DemoReport:
    numbers = {"seed": 7, "pupils": 40, "classes": 4, **given}
    return make_demo(folder, library, shape=shape, **numbers)


def _school(library: Library, seed: int = 7, pupils: int = 120, classes: int = 7) -> ModelSchool:
    return make_school(load_demo(), library, seed, pupils, classes)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def _table(folder: Path, library: Library, shape: str) -> list[list[str]]:
    """The rows of a pupil file, the headings first, as a spreadsheet would show them."""
    export = library.exports[load_demo().beside_ctf if shape == "ctf" else shape]
    name = "pupils-tracking.csv" if shape == "ctf" else f"pupils.{export.file}"
    raw = (folder / name).read_bytes()
    if export.file == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(raw)).active
        assert sheet is not None
        rows = [
            ["" if cell is None else str(cell) for cell in row]
            for row in sheet.iter_rows(values_only=True)
        ]
    else:
        text = io.StringIO(raw.decode(export.encoding), newline="")
        rows = list(csv.reader(text, delimiter=export.delimiter))
    return rows[len(export.above) :]


def _truth(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return data


# --- the folder


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_arguments_give_the_same_bytes_of_every_file(
    tmp_path: Path, library: Library, shape: str
) -> None:
    _make(tmp_path / "one", library, shape)
    _make(tmp_path / "other", library, shape)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "other")


def test_another_seed_gives_another_school(tmp_path: Path, library: Library) -> None:
    _make(tmp_path / "one", library, "long", seed=1)
    _make(tmp_path / "other", library, "long", seed=2)
    one, other = _bytes(tmp_path / "one"), _bytes(tmp_path / "other")
    for name in ("pupils.csv", "cqa.yaml", "truth.json", "pseudonyms.key"):
        assert one[name] != other[name]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_report_names_every_file_and_counts_its_rows(
    tmp_path: Path, library: Library, shape: str
) -> None:
    report = _make(tmp_path, library, shape)
    assert report.files == tuple(sorted(path.name for path in tmp_path.iterdir()))
    name = "pupils-tracking.csv" if shape == "ctf" else next(iter(report.rows))
    assert report.rows[name] == len(_table(tmp_path, library, shape)) - 1
    truth = _truth(tmp_path)
    assert (report.pupils, truth["pupils"], truth["shape"]) == (40, 40, shape)
    assert report.at_risk == len({(item["pupil"], item["subject"]) for item in truth["at_risk"]})


@pytest.mark.parametrize(("pupils", "classes"), SIZES)
def test_what_the_school_says_of_itself_fits_the_records_and_the_library(
    tmp_path: Path, library: Library, pupils: int, classes: int
) -> None:
    report = _make(tmp_path, library, "sims", pupils=pupils, classes=classes)
    school = SchoolFile.model_validate(yaml.safe_load((tmp_path / "school.yaml").read_text()))
    cqa = CqaFile.model_validate(yaml.safe_load((tmp_path / "cqa.yaml").read_text()))
    staff = StaffFile.model_validate(yaml.safe_load((tmp_path / "staff.yaml").read_text()))
    assert len(school.school.classes) == report.classes == classes
    assert school.school.roll > pupils
    taught = [name for person in staff.people for name in person.classes]
    assert sorted(taught) == sorted(room.id for room in school.school.classes)
    assert set(cqa.questions) == set(library.strands)
    held = {role for person in staff.people for role in person.roles}
    assert held | set(staff.together) <= set(library.roles)
    assert {priority.lead for priority in cqa.priorities} <= held
    assert school.school.phase in library.indicators["phase"].values
    assert set(school.context) <= set(library.indicators)


def test_judgements_differ_from_seed_to_seed(tmp_path: Path, library: Library) -> None:
    seen = set()
    for seed in range(6):
        _make(tmp_path / str(seed), library, "long", seed=seed)
        cqa = yaml.safe_load((tmp_path / str(seed) / "cqa.yaml").read_text())
        seen.add(tuple(question["judgement"] for question in cqa["questions"].values()))
    assert len(seen) > 3


def test_the_key_is_for_its_owner_only_and_the_files_are_kept_out_of_git(
    tmp_path: Path, library: Library
) -> None:
    _make(tmp_path, library, "ctf")
    assert stat.S_IMODE((tmp_path / "pseudonyms.key").stat().st_mode) == 0o600
    ignored = (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"*.csv", "*.xlsx", "*.xml", "*.key"} <= set(ignored)


def test_nobodys_files_are_written_over(tmp_path: Path, library: Library) -> None:
    (tmp_path / "pseudonyms.key").write_text("kept")
    with pytest.raises(FileExistsError):
        _make(tmp_path, library, "long")
    assert _bytes(tmp_path) == {"pseudonyms.key": b"kept"}


def test_a_shape_that_is_not_there_is_told_with_the_near_one(
    tmp_path: Path, library: Library
) -> None:
    with pytest.raises(UnknownNameError, match="did you mean “sims”"):
        _make(tmp_path / "new", library, "simms")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("pupils", "classes"), [(0, 1), (20, 0), (-1, 3), (20, 1000), (10**6, 7)])
def test_numbers_no_school_has_are_refused(
    tmp_path: Path, library: Library, pupils: int, classes: int
) -> None:
    with pytest.raises(ValueError, match="from 1 to"):
        _make(tmp_path / "new", library, "long", pupils=pupils, classes=classes)
    assert not (tmp_path / "new").exists()


# --- the pupils


@given(seed=st.integers(0, 10**6), pupils=st.integers(1, 150), classes=st.integers(1, 21))
def test_every_pupil_is_of_their_year_and_class(seed: int, pupils: int, classes: int) -> None:
    demo, school = load_demo(), _school(LIBRARY, seed, pupils, classes)
    assert len(school.pupils) == pupils and len(school.classes) == classes
    years = {room.id: room.years for room in school.classes}
    assert {year for room in school.classes for year in room.years} == set(demo.year_groups)
    assert len({pupil.upn for pupil in school.pupils}) == pupils
    assert len({(pupil.forename, pupil.surname) for pupil in school.pupils}) == pupils
    for pupil in school.pupils:
        assert is_upn(pupil.upn) and pupil.upn[1:4] == demo.school.authority
        assert pupil.year in years[pupil.class_id]
        assert 0 <= pupil.attendance <= 100
        assert pupil.born < pupil.admitted < demo.points[-1].date
        first = demo.plan.starts.replace(
            year=demo.plan.starts.year - 4 - demo.year_groups.index(pupil.year)
        )
        assert first.replace(year=first.year - 1) <= pupil.born < first
        assert pupil.sen == "plan" or not pupil.own_pathway


def test_nobody_is_judged_before_they_came(library: Library) -> None:
    demo, school = load_demo(), _school(library, pupils=600)
    late = [pupil for pupil in school.pupils if joined_late(demo, pupil)]
    assert 0.04 * 600 < len(late) < 0.13 * 600
    for pupil in late:
        for point in demo.points[1:]:
            if point.date < pupil.admitted:
                assert not any(given[1] == point.id for given in (*pupil.judged, *pupil.codes))


def test_pupil_premium_is_commoner_where_attainment_is_low(library: Library) -> None:
    pupils = _school(library, pupils=600).pupils
    low = [pupil.pp for pupil in pupils if pupil.decile <= 3]
    high = [pupil.pp for pupil in pupils if pupil.decile >= 8]
    assert sum(low) / len(low) > 0.08 + sum(high) / len(high)


def test_some_judgements_are_missing_and_some_are_codes(library: Library) -> None:
    demo, pupils = load_demo(), _school(library, pupils=600).pupils
    cells = len(demo.subjects) * (len(demo.points) - 1) * len(pupils)
    judged = sum(point != demo.points[0].id for pupil in pupils for _, point in pupil.judged)
    assert 0.90 < judged / cells < 0.99
    assert any(pupil.codes for pupil in pupils)
    assert not any(set(pupil.codes) & set(pupil.judged) for pupil in pupils)


def test_national_results_are_of_years_in_which_the_assessment_was_held(library: Library) -> None:
    demo, school = load_demo(), _school(library, pupils=300)
    seen: Counter[tuple[str, str]] = Counter()
    for pupil in school.pupils:
        entry = demo.plan.starts.year - demo.year_groups.index(pupil.year)
        for result in pupil.results:
            assessment = library.assessments[result.assessment]
            assert any(
                held.from_ <= result.year <= (held.until or result.year) for held in assessment.held
            )
            taken = entry + demo.year_groups.index(str(assessment.year_group))
            assert result.year == f"{taken}-{(taken + 1) % 100:02d}"
            assert taken < demo.plan.starts.year
            seen[result.assessment, pupil.year] += 1
    assert seen["ks1", "6"] and not seen["ks1", "5"]  # 2022-23 was the last year of all
    assert seen["early-years", "1"] and not seen["early-years", "6"]  # not held in 2020-21


def test_national_results_stand_as_near_to_the_start_as_their_scale_can_say(
    library: Library,
) -> None:
    for pupil in _school(library, pupils=300).pupils:
        for result in pupil.results:
            if result.assessment == "ks1" and result.subject:
                place = standing(library.scales[result.scale], result.text)
                assert place == pupil.homes[result.subject]


# --- the shapes


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_has_its_headings_and_every_pupil(
    tmp_path: Path, library: Library, shape: str
) -> None:
    _make(tmp_path, library, shape)
    demo, school = load_demo(), _school(library, 7, 40, 4)
    export = library.exports[demo.beside_ctf if shape == "ctf" else shape]
    headings, *rows = _table(tmp_path, library, shape)
    assert headings[: len(export.columns)] == list(export.columns.values())
    assert len(set(headings)) == len(headings)
    at = headings.index(export.columns["upn"])
    assert {row[at] for row in rows} == {pupil.upn for pupil in school.pupils}
    if export.judgement is not None:
        assert len(rows) == len(school.pupils)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_known_judgement_stands_in_the_file_once(
    tmp_path: Path, library: Library, shape: str
) -> None:
    _make(tmp_path, library, shape)
    demo = load_demo()
    export = library.exports[demo.beside_ctf if shape == "ctf" else shape]
    written = {export.grades.get(grade.id, grade.id) for grade in library.scales[demo.scale].grades}
    headings, *rows = _table(tmp_path, library, shape)
    first = 0 if export.judgement is None else len(export.columns)
    if export.judgement is None:
        first = headings.index(export.columns["judgement"])
    cells = Counter(cell for row in rows for cell in row[first:] if cell in written)
    wanted = Counter(
        export.grades.get(grade, grade)
        for pupil in _school(library, 7, 40, 4).pupils
        for grade in pupil.judged.values()
    )
    assert cells == wanted


def test_a_heading_with_year_groups_holds_the_pupils_who_were_in_them(
    tmp_path: Path, library: Library
) -> None:
    _make(tmp_path, library, "bromcom")
    headings, *rows = _table(tmp_path, library, "bromcom")
    year = headings.index(library.exports["bromcom"].columns["year"])
    for row in rows:
        for heading, cell in zip(headings, row, strict=True):
            if cell and "$Year " in heading:
                before = "R" if row[year] == "1" else str(int(row[year]) - 1)
                assert f"$Year {before}$" in heading


def test_a_transfer_file_holds_who_the_pupils_are_and_their_results(
    tmp_path: Path, library: Library
) -> None:
    _make(tmp_path, library, "ctf")
    root = fromstring((tmp_path / "pupils.xml").read_bytes())
    school = _school(library, 7, 40, 4)
    assert root.tag == "CTfile"
    assert [item.text for item in root.iter("UPN")] == [pupil.upn for pupil in school.pupils]
    assert len(list(root.iter("StageAssessment"))) == sum(len(p.results) for p in school.pupils)
    assert {str(item.text) for item in root.iter("Stage")} <= {
        stage for assessment in library.assessments.values() for stage in assessment.stages
    }


@pytest.mark.parametrize("text", ["=1+1", "+44", "@sum", "-2+3", "\t=1", "-cmd"])
def test_what_a_spreadsheet_could_take_for_a_formula_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "-3", "-0.5", "97.4", "3", "B+", "Below", "1-2"])
def test_plain_texts_and_numbers_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_an_empty_cells_own_mark_stays_as_it_is() -> None:
    assert harmless("-", blank="-") == "-"
    assert harmless("-") == "'-"


def test_a_workbook_holds_no_formula_and_no_link(library: Library) -> None:
    demo, school = load_demo(), _school(library, pupils=6, classes=1)
    school.pupils[0].surname = "=HYPERLINK(1)"
    school.pupils[1].surname = "https://example.org"
    writer = Writer(demo, library, library.exports["insight"])
    ending, raw = writer.file(writer.table(school))
    sheet = openpyxl.load_workbook(io.BytesIO(raw)).active
    assert ending == "xlsx" and sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert "'=HYPERLINK(1)" in [cell.value for cell in cells]


# --- the truth


def test_every_reason_that_puts_a_pupil_at_risk_has_a_plain_definition(library: Library) -> None:
    demo = load_demo()
    defined = {*TRUE, *demo.checks}
    assert at_risk_reasons(library) <= defined
    assert defined <= {rule.screen.reason for rule in library.rules.values() if rule.screen}
    assert at_risk_reasons(library) <= set(demo.made) <= defined


def _can_tell(shape: str, library: Library, school: ModelSchool) -> set[Found]:
    """What holds for the pupils of a made-up school, as far as a shape can tell."""
    demo = load_demo()
    export = library.exports[demo.beside_ctf if shape == "ctf" else shape]
    table = Writer(demo, library, export).table(school)
    known = truths(
        demo,
        library,
        school,
        national=shape == "ctf",
        pathways="own_pathway" in export.columns,
        starts=table.starts,
    )
    return set(known)


@pytest.mark.parametrize("seed", [3, 11])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_reason_is_found_where_its_plain_definition_holds_and_nowhere_else(
    tmp_path: Path, library: Library, shape: str, seed: int
) -> None:
    demo = load_demo()
    _make(tmp_path, library, shape, seed=seed, pupils=150, classes=7)
    read = load_school(tmp_path, library)
    facts = entities(read, library)
    infer(facts, library, library.vocabulary(read.scales))
    found = set()
    for entity in facts.of("pupil-subject"):
        elders = {elder.kind: elder.id for elder in entity.lineage}
        reasons = entity.values["reasons"].value
        assert isinstance(reasons, frozenset)
        for reason in reasons & {*TRUE, *demo.checks}:
            found.add((elders["pupil"], elders["subject"], reason))
    true, of = _can_tell(shape, library, _school(library, seed, 150, 7)), read.pseudonyms.of
    assert found == {(of("upn", item.upn), *item[1:]) for item in true}
    seen = {item.reason for item in true}
    assert set(TRUE) <= seen
    assert (seen & set(demo.checks)) == (set(demo.checks) if shape == "ctf" else set())


@pytest.mark.parametrize(
    ("start", "judged", "reasons"),
    [
        (2, [2, 2, 2], set()),
        (1, [1, 1, 1], {"below-expected"}),
        (2, [3, 3, 1], {"below-expected", "fell-two-bands", "behind-start"}),
        (2, [3, 2, 1], {"below-expected", "behind-start", "two-bands-over-points"}),
        (2, [3, 0, 1], {"below-expected", "behind-start", "two-bands-over-points"}),
        (2, [2, 1, 1], {"below-expected", "behind-start", "slow-over-points"}),
        (1, [2, 3, 1], {"below-expected", "fell-two-bands", "slow-over-points"}),
        (0, [1, 0, 0], {"below-expected", "stuck-in-lowest", "slow-over-points"}),
        (0, [1, 1, 0], {"below-expected", "slow-over-points"}),
        (3, [3, 2, 2], {"high-start-stalled", "slow-over-points"}),
        (2, [3, 2], set()),
        (None, [2], set()),
        (3, [3, 3, 3], set()),
    ],
)
def test_a_reason_means_what_it_says(
    start: int | None, judged: list[int], reasons: set[str]
) -> None:
    course = Course(start, judged, stuck=2)
    assert {reason for reason, holds in TRUE.items() if holds(course)} == reasons


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("pupils", [20, 210, 600])
def test_as_many_pupils_as_stated_are_made_for_each_reason(
    tmp_path: Path, library: Library, seed: int, pupils: int
) -> None:
    demo = load_demo()
    report = _make(tmp_path, library, "arbor", seed=seed, pupils=pupils)
    each = max(1, pupils // demo.one_in)
    judged = sorted(set(demo.made) - set(demo.checks))
    assert report.made == dict.fromkeys(judged, each)
    truth = _truth(tmp_path)
    risky = {tuple(item.values()) for item in truth["at_risk"]}
    gravest = at_risk_reasons(library)
    assert {tuple(item.values()) for item in truth["made"] if item["reason"] in gravest} <= risky


@pytest.mark.parametrize("seed", range(5))
def test_a_check_is_planted_where_the_files_hold_its_results_and_for_nothing_else(
    tmp_path: Path, library: Library, seed: int
) -> None:
    demo = load_demo()
    report = _make(tmp_path, library, "ctf", seed=seed, pupils=300)
    planted = set(demo.made) & set(demo.checks)
    assert planted and {reason: report.made[reason] for reason in planted} == dict.fromkeys(
        planted, 300 // demo.one_in
    )
    truth = _truth(tmp_path)
    for item in truth["made"]:
        if item["reason"] in planted:
            assert item["subject"] == demo.checks[item["reason"]].subject
            others = {
                risk["reason"]
                for risk in truth["at_risk"]
                if (risk["pupil"], risk["subject"]) == (item["pupil"], item["subject"])
            }
            assert others == {item["reason"]}


def test_the_truth_names_pupils_by_the_pseudonyms_of_the_folder(
    tmp_path: Path, library: Library
) -> None:
    _make(tmp_path, library, "fft")
    demo = load_demo()
    pseudonyms = Pseudonyms(tmp_path, demo.school.id)
    school = _school(library, 7, 40, 4)
    known = {pseudonyms.of("upn", pupil.upn) for pupil in school.pupils}
    truth = (tmp_path / "truth.json").read_text(encoding="utf-8")
    assert {item["pupil"] for item in _truth(tmp_path)["at_risk"]} <= known
    for pupil in school.pupils:
        assert pupil.upn not in truth and pupil.surname not in truth


def test_nothing_is_true_of_a_pupil_who_was_never_judged(library: Library) -> None:
    demo, school = load_demo(), _school(library, pupils=6, classes=1)
    for pupil in school.pupils:
        pupil.judged = {key: grade for key, grade in pupil.judged.items() if key[1] == "baseline"}
    assert not list(truths(demo, library, school, national=False, pathways=False))


def test_a_pathway_of_their_own_counts_only_where_the_files_tell(library: Library) -> None:
    demo, school = load_demo(), _school(library, pupils=300)
    told = set(truths(demo, library, school, national=False, pathways=True))
    untold = set(truths(demo, library, school, national=False, pathways=False))
    own = {pupil.upn for pupil in school.pupils if pupil.own_pathway}
    assert told < untold and {item.upn for item in untold - told} <= own


def test_national_results_come_before_the_schools_own_start(library: Library) -> None:
    demo, school = load_demo(), _school(library, pupils=60)
    for pupil in school.pupils:
        for point in demo.points:
            pupil.judged["reading", point.id] = "expected"
    assert not [
        item
        for item in truths(demo, library, school, national=False, pathways=False)
        if item.subject == "reading"
    ]
    stalled = {
        item.upn
        for item in truths(demo, library, school, national=True, pathways=False)
        if (item.subject, item.reason) == ("reading", "high-start-stalled")
    }
    gds = {
        pupil.upn
        for pupil in school.pupils
        for result in pupil.results
        if (result.assessment, result.subject, result.text) == ("ks1", "reading", "gds")
    }
    assert stalled == gds and gds


def test_demo_words_fit_the_library(library: Library) -> None:
    demo = load_demo()
    grades = {grade.id for grade in library.scales[demo.scale].grades}
    subjects = {item.id for item in library.words.subjects}
    assert {grade for pattern in demo.made.values() for grade in pattern} <= grades
    assert set(demo.attainment.starts) <= grades and set(demo.subjects) <= subjects
    assert demo.plan.calendar in library.calendars and demo.beside_ctf in library.exports
    assert demo.attainment.absent_code.lower() in library.scales[demo.scale].codes
    paid = [kind for line in demo.budget for kind in line.pays_for]
    assert sorted(paid) == sorted(kind.id for kind in library.costs.kinds)
    for name, parts in demo.results.items():
        assert set(parts) <= {part.id for part in library.assessments[name].components}
    for check in demo.checks.values():
        assert check.component in demo.results[check.assessment]
        assert check.subject in demo.subjects and set(check.years) <= set(demo.year_groups)
        assert check.at_most is None or check.at_most in library.thresholds
    assert demo.points[0].baseline and demo.points[0].date < datetime.date(2025, 9, 1)
