"""Codes that schools write in place of a grade: counted, asked about, or told with their count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from termwise.engine.core.errors import ContentError
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.quoted_digits import Quoted
from termwise.engine.school.school import School
from tests import pupil_rows

CODES, BANDS = "teacher-assessment-codes", "point-in-time"
TRACKER = ("EXS", "WTS", "GDS", "EXS", "EXS", "EXS")


def folder_with(
    place: Path, texts: Sequence[str], scale: str, codes: Mapping[str, str] | None = None
) -> Path:
    table = [["Pupil ID", "Year", "Class", "Reading Summer 2026"]]
    table += [[f"P{number}", "3", "Heron", text] for number, text in enumerate(texts)]
    contents = {"tracker.csv": pupil_rows.as_csv(table)}
    files = [{"name": "tracker.csv", "codes": dict(codes or {})}]
    place = place / f"school-{len(list(place.iterdir()))}"
    return pupil_rows.school_folder(place, contents, files, scale=scale)


def standings(school: School) -> list[int | None]:
    return [result.standing for pupil in school.pupils for result in pupil.results.values()]


@pytest.mark.parametrize("text", ["PKS", "BLW", "B", "Pre-Key Stage", "PK4", "EM", "pkf", "Below"])
def test_codes_under_working_towards_are_the_weakest_pupils(
    text: str, tmp_path: Path, library: Library
) -> None:
    school = load_school(folder_with(tmp_path, [*TRACKER, text], CODES), library)
    assert standings(school)[-1] == min(s for s in standings(school) if s is not None) == 0
    assert not list(school.accounts[0].problems())


@pytest.mark.parametrize(
    ("text", "scale", "so"),
    [
        ("HNM", CODES, "below"),
        ("U", CODES, "below"),
        ("W", CODES, "wts"),
        ("N", CODES, "below"),
        ("E", CODES, "exs"),
        ("B", BANDS, "well-below"),
        ("B", BANDS, "below"),
    ],
)
def test_a_code_with_two_readings_is_asked_about(
    text: str, scale: str, so: str, tmp_path: Path, library: Library
) -> None:
    texts = [*TRACKER, text]
    with pytest.raises(ContentError) as caught:
        load_school(folder_with(tmp_path, texts, scale), library)
    assert f"codes: {{{text}: " in str(caught.value)
    school = load_school(folder_with(tmp_path, texts, scale, {text: so}), library)
    assert standings(school)[-1] is not None
    assert not list(school.accounts[0].problems())


@pytest.mark.parametrize("text", ["PKS", "EM"])
def test_a_judgement_without_a_grade_is_told_with_its_count(
    text: str, tmp_path: Path, library: Library
) -> None:
    texts = ["expected"] * 6 + [text] * 5
    folder = folder_with(tmp_path, texts, BANDS)
    school = load_school(folder, library)
    assert (len(school.pupils), school.accounts[0].used) == (11, 11)
    [problem] = school.accounts[0].problems()
    assert f"“{text}” is not counted" in problem.what
    assert f"codes: {{{text}: well-below}}" in problem.what
    assert "(4 more are like this)" in problem.what
    checked = pupil_rows.run("check", folder)
    assert checked.exit_code == 1
    assert "nothing is wrong" not in checked.output
    for said, standing in (("well-below", 0), ("missing", None)):
        again = load_school(folder_with(tmp_path, texts, BANDS, {text: said}), library)
        assert standings(again)[-1] == standing
        assert not list(again.accounts[0].problems())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("HNM", "“HNM”"),
        ("U", "“U”"),
        ("3b+", "“3b+”"),
        ("Working Below", "“Working Below”"),
        ("Ada", ""),
        ("Moss, Ada", ""),
        ("14/05/2016", ""),
        ("07700 900123", ""),
        ("37 38 39", ""),
        ("=1+1", ""),
    ],
)
def test_a_judgement_is_quoted_where_it_is_no_name(
    text: str, shown: str, tmp_path: Path, library: Library
) -> None:
    assert Quoted(library).shown(text) == shown
    school = load_school(folder_with(tmp_path, ["expected"] * 6 + [text], BANDS), library)
    [problem] = school.accounts[0].problems()
    assert "not on the scale" in problem.what
    assert ("“" + text + "”" in problem.what) is bool(shown)
