"""How results stand to what is expected, where progress is measured from, and what changed; figures
of different scales are never set against each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.engine.core.errors import ContentError
from termwise.engine.library.loader import Library
from termwise.engine.school.derived import OfPupilSubject, of_pupil_subject
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.grades import distance, grade_rank, standing
from termwise.engine.school.pupil_facts import Progress
from termwise.engine.school.school import School
from tests import pupil_rows

ORDER = ("lowest", "weak", "expected", "high")
LOWEST, WEAK, EXPECTED, HIGH = range(4)
Load = Callable[..., School]
STEPS = "target-tracker-steps"
FOUR_WORDS: dict[str, Any] = {
    "id": "four-words",
    "title": "Our four words",
    "used_for": "attainment",
    "version": "1",
    "grades": [
        {"id": word, "title": word.capitalize(), "value": value}
        for value, word in enumerate(("seed", "sprout", "leaf", "flower"), start=1)
    ],
    "anchors": {"lowest": "seed", "weak": "sprout", "expected": "leaf", "high": "flower"},
    "aliases": {"fl": "flower"},
}


@pytest.fixture
def load(tmp_path: Path, library: Library) -> Load:
    """Reads a school of one pupil, of whom these columns tell."""

    def read(
        cells: dict[str, str],
        year: str = "6",
        own: Sequence[dict[str, Any]] = (),
        more: dict[str, Any] | None = None,
        raws: dict[str, bytes] | None = None,
        **pupils: Any,
    ) -> School:
        table = [["Pupil ID", "Year", *cells], ["P1", year, *cells.values()]]
        folder, name = tmp_path / "school", "pupils.csv"
        contents = {name: pupil_rows.as_csv(table), **(raws or {})}
        pupil_rows.school_folder(folder, contents, [{"name": name}], **pupils)
        data = yaml.safe_load((folder / "school.yaml").read_text("utf-8"))
        data.update(more or {})
        (folder / "school.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
        for scale in own:
            path = folder / "scales" / f"{scale['id']}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(yaml.safe_dump(scale, sort_keys=False), "utf-8")
        return load_school(folder, library)

    return read


def indicators(school: School, library: Library, subject: str = "maths") -> dict[str, object]:
    """What is known of the only pupil in a subject."""
    [pupil] = school.pupils
    found = of_pupil_subject.of(OfPupilSubject(Progress(school, library), pupil, subject))
    return {name: value.value for name, value in found.items()}


def started(school: School, library: Library, subject: str) -> tuple[str, int | None] | None:
    """The assessment of the only pupil's starting point, and how it stands."""
    [pupil] = school.pupils
    start = Progress(school, library).starting_point(pupil, subject)
    return start and (start[1], start[0].standing)


# --- one grade


@pytest.mark.parametrize(
    ("scale", "grade", "stands"),
    [
        ("point-in-time", "well-below", LOWEST),
        ("point-in-time", "below", WEAK),
        ("point-in-time", "expected", EXPECTED),
        ("point-in-time", "above", HIGH),
        ("ks2-ta-2019", "em", LOWEST),
        ("ks2-ta-2019", "pk6", LOWEST),
        ("ks2-ta-2019", "wts", WEAK),
        ("ks2-ta-2019", "exs", EXPECTED),
        ("ks2-ta-2019", "gds", HIGH),
        ("ks1-ta-2019", "pk4", LOWEST),
        ("ks1-ta-2019", "exs", EXPECTED),
        ("early-learning-goal", "emerging", WEAK),
        ("early-learning-goal", "expected", EXPECTED),
        ("good-level", "not-reached", WEAK),
        ("good-level", "reached", EXPECTED),
        ("ks2-scaled", 80, WEAK),
        ("ks2-scaled", 99, WEAK),
        ("ks2-scaled", 100, EXPECTED),
        ("ks2-scaled", 109, EXPECTED),
        ("ks2-scaled", 110, HIGH),
        ("phonics-mark", 31, WEAK),
        ("phonics-mark", 32, EXPECTED),
        ("standardised", 69, None),
        ("standardised", 100, None),
        ("standardised", 141, None),
    ],
)
def test_a_grade_stands_where_its_scale_says(
    scale: str, grade: str | int, stands: int | None, library: Library
) -> None:
    spec = library.scales[scale]
    rank = spec.rank(grade) if isinstance(grade, str) else grade
    assert standing(spec, rank, ORDER, "6", "summer") == stands


@pytest.mark.parametrize(
    ("step", "year", "term", "stands"),
    [
        ("4b+", "4", "autumn", EXPECTED),
        ("4w+", "4", "spring", EXPECTED),
        ("4s", "4", "summer", EXPECTED),
        ("4b+", "4", "spring", WEAK),  # the same step is a term behind by then
        ("4w", "4", "autumn", EXPECTED),
        ("4w+", "4", "autumn", HIGH),
        ("3b+", "4", "autumn", WEAK),  # a year behind
        ("3b", "4", "autumn", LOWEST),  # more than a year
        ("1b", "6", "summer", LOWEST),
        ("1b", "1", "autumn", WEAK),
        ("1b", "R", "summer", None),
        ("4b+", "4", "", None),
    ],
)
def test_a_step_stands_by_the_year_group_and_the_term(
    step: str, year: str, term: str, stands: int | None, library: Library
) -> None:
    scale = library.scales[STEPS]
    rank = grade_rank(scale, step)
    assert rank is not None
    assert standing(scale, rank, ORDER, year, term) == stands


def test_below_the_only_anchor_is_one_lower(library: Library) -> None:
    scale = library.scales["point-in-time"].model_copy(update={"anchors": {"expected": "expected"}})
    assert [standing(scale, rank, ORDER, "6", "") for rank in range(4)] == [1, 1, 2, 2]
    bare = scale.model_copy(update={"anchors": {}})
    assert standing(bare, 3, ORDER, "6", "") is None


def test_distance_is_in_grades_above_what_is_expected_then(library: Library) -> None:
    steps = library.scales[STEPS]
    ranks = [steps.rank(step) for step in ("4b-plus", "4w-plus", "4s")]
    terms = ("autumn", "spring", "summer")
    assert [distance(steps, r, "4", t) for r, t in zip(ranks, terms, strict=True)] == [0, 0, 0]
    assert distance(steps, ranks[0], "4", "spring") == -2
    assert distance(steps, 0, "R", "summer") is None
    assert distance(library.scales["point-in-time"], 3, "4", "spring") == 3
    assert distance(library.scales["ks2-scaled"], 104, "6", "summer") is None


# --- judgements over time


def test_steps_as_expected_are_no_change_of_band(load: Load, library: Library) -> None:
    cells = {"Maths Autumn 2025": "4b+", "Maths Spring 2026": "4w+", "Maths Summer 2026": "4s"}
    found = indicators(load(cells, "5", scale=STEPS), library)  # in Year 4 when they were given
    assert (found["previous"], found["current"], found["baseline"]) == (EXPECTED,) * 3
    assert (found["bands_since_previous"], found["bands_since_baseline"]) == (0, 0)


def test_a_step_that_is_not_taken_is_a_fall(load: Load, library: Library) -> None:
    cells = {"Maths Autumn 2025": "4b+", "Maths Spring 2026": "4w+", "Maths Summer 2026": "4w"}
    found = indicators(load(cells, "5", scale=STEPS), library)
    assert (found["current"], found["bands_since_previous"]) == (WEAK, -2)
    assert found["bands_since_baseline"] == -2


def test_bands_are_counted_on_one_scale(load: Load, library: Library) -> None:
    cells = {"Maths Autumn 2025": "above", "Maths Spring 2026": "wb", "Maths Summer 2026": "b"}
    found = indicators(load(cells), library)
    assert (found["bands_since_previous"], found["bands_since_baseline"]) == (1, -2)
    assert (found["points_known"], found["latest_point_known"]) == (3, True)


def test_between_two_scales_only_the_standing_changes(tmp_path: Path, library: Library) -> None:
    head = ["Pupil ID", "Year", "Subject", "Point", "Grade"]
    rows = {"one.csv": ("Spring 2026", "below"), "two.csv": ("Summer 2026", "4s+")}
    contents = {
        name: pupil_rows.as_csv([head, ["P1", "5", "Maths", *cells]])
        for name, cells in rows.items()
    }
    files = [{"name": "one.csv"}, {"name": "two.csv", "scale": STEPS}]
    folder = pupil_rows.school_folder(tmp_path / "s", contents, files)
    found = indicators(load_school(folder, library), library)
    assert (found["previous"], found["current"]) == (WEAK, EXPECTED)
    assert found["bands_since_previous"] == EXPECTED - WEAK


def test_on_a_scale_that_expects_nothing_nobody_stands_anywhere(
    load: Load, library: Library
) -> None:
    cells = {"Maths Autumn 2025": "90", "Maths Spring 2026": "100", "Maths Summer 2026": "120"}
    school = load(cells, scale="standardised")
    assert [r.standing for r in school.pupils[0].results.values()] == [None] * 3
    found = indicators(school, library)
    assert found["points_known"] == 3
    assert not found.keys() & {
        *("current", "previous", "baseline", "points_in_lowest"),
        *("bands_since_previous", "bands_since_baseline"),
    }


def test_what_was_not_judged_lately_is_not_known_lately(load: Load, library: Library) -> None:
    found = indicators(load({"Maths Autumn 2025": "b", "Maths Summer 2026": "ABS"}), library)
    assert (found["latest_point_known"], found["points_known"]) == (False, 1)
    assert found["current"] == WEAK
    assert "previous" not in found


def test_points_in_the_lowest_band_are_counted_back_from_now(load: Load, library: Library) -> None:
    cells = {"Maths Autumn 2025": "b", "Maths Spring 2026": "wb", "Maths Summer 2026": "wb"}
    assert indicators(load(cells), library)["points_in_lowest"] == 2


# --- tests


def test_a_test_score_changes_only_on_its_own_scale(load: Load, library: Library) -> None:
    found = indicators(
        load({"Maths Spring 2026 standardised score": "95", "Maths Summer 2026 NFER": "101"}),
        library,
    )
    assert (found["test_score"], found["test_change"], found["test_error"]) == (101, 6, 4)
    assert found["points_known"] == 0
    assert not found.keys() & {"current", "baseline"}


def test_scores_of_two_tests_are_not_set_against_each_other(load: Load, library: Library) -> None:
    cells = {"Maths Spring 2026 standardised score": "95", "Maths Summer 2026 practice SATs": "101"}
    found = indicators(load(cells), library)
    assert "test_change" not in found
    assert found["test_score"] == 95


def test_a_scaled_score_is_no_score_against_others_of_the_age(load: Load, library: Library) -> None:
    found = indicators(load({"Maths Summer 2026 practice SATs": "101"}), library)
    assert not [name for name in found if name.startswith("test_")]


# --- a school's own scale


def test_a_schools_own_scale_is_read_and_compared(load: Load, library: Library) -> None:
    cells = {"Maths Spring 2026": "Sprout", "Maths Summer 2026": "FL"}
    school = load(cells, own=[FOUR_WORDS], scale="four-words")
    found = indicators(school, library)
    assert (found["previous"], found["current"], found["bands_since_previous"]) == (WEAK, HIGH, 2)
    assert "scales/four-words.yaml" in {read.file for read in school.inputs}


@pytest.mark.parametrize(
    ("key", "given", "says"),
    [
        ("anchors", {"expected": "lead"}, "did you mean “leaf”"),
        ("anchors", {**FOUR_WORDS["anchors"], "secure": "leaf"}, "secure"),
        ("anchors", {**FOUR_WORDS["anchors"], "high": "sprout"}, "high"),
        ("aliases", {"fl": "flowr"}, "did you mean “flower”"),
        ("grades", FOUR_WORDS["grades"][:1], "at least two grades"),
        ("id", "point-in-time", "the library has a scale"),
        ("numbers", {"least": 0, "most": 9}, "either grades or numbers"),
        ("grade", [], "did you mean “grades”"),
    ],
)
def test_a_broken_scale_is_told_where_it_is_broken(
    key: str, given: Any, says: str, load: Load
) -> None:
    scale = {**FOUR_WORDS, key: given}
    with pytest.raises(ContentError) as caught:
        load({"Maths Summer 2026": "leaf"}, own=[scale], scale="four-words")
    name = f"scales/{scale['id']}.yaml"
    [problem, *_] = [p for p in caught.value.problems if p.place.file == name]
    assert says in str(problem)
    lines = yaml.safe_dump(scale, sort_keys=False).splitlines()
    starts = [n for n, line in enumerate(lines, start=1) if line.startswith(f"{key}:")]
    ends = [n for n, line in enumerate(lines, start=1) if n > starts[0] and line[0] not in " -"]
    if key != "numbers":  # which of two keys is one too many, nobody can say
        assert starts[0] <= problem.place.line < min(ends, default=len(lines) + 1)


def test_a_scale_nobody_has_is_told(load: Load) -> None:
    with pytest.raises(ContentError, match=r"school\.yaml:\d+:\d+: .*four-words"):
        load({"Maths Summer 2026": "leaf"}, scale="four-words")


# --- where progress is measured from

OWN = {"Reading Autumn 2025": "b", "Reading Spring 2026": "at", "Reading Summer 2026": "at"}
KS1 = {"KS1 Reading": "GDS"}
GOALS = {"EYFS Comprehension": "2", "EYFS Word reading": "1"}
PHONICS = {"Phonics Y1 mark": "35"}


@pytest.mark.parametrize(
    ("year", "cells", "start"),
    [
        ("6", {**OWN, **KS1, **GOALS, **PHONICS}, ("ks1", HIGH)),
        ("6", {**OWN, "KS1 Reading": "EXS"}, ("ks1", EXPECTED)),
        ("6", {**OWN, "KS1 Reading": "A"}, ("tracking", WEAK)),  # absent
        ("6", {**OWN, **GOALS}, ("tracking", WEAK)),  # 2020-21: no profile for all
        ("5", {**OWN, **KS1, **GOALS, **PHONICS}, ("early-years", WEAK)),  # KS1 optional by then
        ("5", {**OWN, **KS1}, ("tracking", WEAK)),
        ("4", {**OWN, "EYFS Comprehension": "2", "EYFS Word reading": "2"}, ("early-years", EXPECTED)),
        ("4", {**OWN, "EYFS Comprehension": "2", "EYFS Word reading": "A", **PHONICS}, ("phonics", EXPECTED)),
        ("4", {**OWN, **PHONICS}, ("phonics", EXPECTED)),
        ("4", {**OWN, "Phonics Y1 mark": "31"}, ("phonics", WEAK)),
        ("4", OWN, ("tracking", WEAK)),
        ("4", {"Reading Spring 2026": "at", "Reading Summer 2026": "wb"}, ("tracking", EXPECTED)),
        ("4", {"Reading Summer 2026": "at"}, None),
        ("4", {"Reading Summer 2026": "at", **KS1}, None),
        ("4", {"Maths Spring 2026": "at", "Maths Summer 2026": "at"}, None),
    ],
)  # fmt: skip
def test_progress_is_measured_from_the_first_starting_point_that_was_held(
    year: str, cells: dict[str, str], start: tuple[str, int] | None, load: Load, library: Library
) -> None:
    school = load(cells, year)
    assert started(school, library, "reading") == start
    found = indicators(school, library, "reading")
    kind = None if start is None else "own" if start[0] == "tracking" else "statutory"
    assert (found.get("baseline"), found.get("baseline_from")) == (start and start[1], kind)


def test_phonics_is_no_start_in_mathematics(load: Load, library: Library) -> None:
    cells = {"Maths Spring 2026": "at", "Maths Summer 2026": "wb", **PHONICS}
    assert started(load(cells, "4"), library, "maths") == ("tracking", EXPECTED)


def test_the_point_marked_as_the_start_goes_before_the_earliest(
    load: Load, library: Library
) -> None:
    points = [
        {"id": i, "title": t, "date": pupil_rows.DATES[i], "baseline": i == "spr-2026"}
        for i, t in pupil_rows.POINTS.items()
    ]
    found = load(OWN, "4", points=points)
    assert started(found, library, "reading") == ("tracking", EXPECTED)
    # A starting point is where progress begins, and no judgement on the way.
    assert indicators(found, library, "reading")["points_known"] == 2


def test_from_a_statutory_start_progress_is_the_change_of_standing(
    load: Load, library: Library
) -> None:
    found = indicators(load({**OWN, **KS1}), library, "reading")
    assert (found["baseline"], found["bands_since_baseline"]) == (HIGH, EXPECTED - HIGH)


# --- published figures of the school


def test_published_tables_give_figures_and_the_schools_own_go_before_them(
    load: Load, library: Library
) -> None:
    raw = b"URN,PERCTOT,PPERSABS10\n999002,9.9,99\n999001,4.9,12.5\n"
    files = [{"name": "absence.csv", "year": "2025-26"}]
    context = {"years_in_programme": 1, "head_years_in_post": 6, "absence": 4.4}
    more = {"published": {"urn": 999001, "files": files}, "context": context}
    school = load(OWN, more=more, raws={"absence.csv": raw})
    assert {name: value.value for name, value in school.published.items()} == {
        "absence": 4.9,
        "persistent_absence": 12.5,
    }
    one = entities(school, library).school
    assert (one.values["absence"].value, one.values["persistent_absence"].value) == (4.4, 12.5)
    assert one.values["absence"].cells[0].file == "school.yaml"
    assert one.values["persistent_absence"].cells[0].file == "absence.csv"


# --- on a pathway of their own


@pytest.mark.parametrize(("grade", "own"), [("PK4", True), ("EM", True), ("WTS", None)])
def test_a_pre_key_stage_judgement_puts_a_pupil_on_a_pathway_of_their_own(
    load: Load, library: Library, grade: str, own: bool | None
) -> None:
    cells = {"Maths Spring 2026": grade, "Maths Summer 2026": grade}
    found = indicators(load(cells, scale="ks2-ta-2019"), library)
    assert found.get("own_pathway") is own
    assert found["current"] == (LOWEST if own else WEAK)
