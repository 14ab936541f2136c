"""Which school year, term and half-term a date or a heading means: that of the calendar, whatever Easter
is, and that of the plan."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.engine.core.errors import ContentError
from termwise.engine.library.facts import Value
from termwise.engine.library.loader import Library
from termwise.engine.school.calendar import Terms, easter
from termwise.engine.school.data_quality.data_doctor import data_report
from termwise.engine.school.derived import OfPupilSubject, of_pupil_subject
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.reassessment import judged_otherwise
from termwise.engine.school.pupil_facts import Progress
from termwise.engine.school.school import PupilRead, School
from tests import pupil_rows

ONE, TWO = pupil_rows.number_of(1), pupil_rows.number_of(2)
Table = Sequence[Sequence[str]]
Load = Callable[..., School]


@pytest.fixture
def load(tmp_path: Path, library: Library) -> Load:
    """Reads a school with this table (or this file); `points` are those of school.yaml, `more` what
    else it says, and the rest what it says of the file."""
    count = itertools.count()

    def read(
        table: Table | bytes,
        points: Sequence[Mapping[str, Any]] | None = None,
        more: Mapping[str, Any] | None = None,
        name: str = "a.csv",
        **given: Any,
    ) -> School:
        folder = tmp_path / str(next(count))
        raw = table if isinstance(table, bytes) else pupil_rows.as_csv(table)
        said = {"points": list(points)} if points else {}
        pupil_rows.school_folder(folder, {name: raw}, [{"name": name, **given}], **said)
        data = yaml.safe_load((folder / "school.yaml").read_text("utf-8"))
        data.update(more or {})
        (folder / "school.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
        return load_school(folder, library)

    return read


def in_subject(
    school: School, library: Library, pupil: PupilRead, subject: str
) -> dict[str, Value]:
    return of_pupil_subject.of(OfPupilSubject(Progress(school, library), pupil, subject))


def problems(load: Load, *args: Any, **given: Any) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load(*args, **given)
    return [str(problem) for problem in caught.value.problems]


def points_read(school: School) -> list[str]:
    """The points at which the only pupil has a judgement."""
    [pupil] = school.pupils
    return sorted(point for _, _, point in pupil.results)


# --- terms

THE_CALENDARS = [  # 2026-27 is in the calendar of England
    (
        "2027-03-26",
        2026,
        "spring",
        "spr2",
    ),  # Good Friday, before the summer term begins on 12 April
    ("2027-04-10", 2026, "spring", "spr2"),
    ("2027-05-28", 2026, "summer", "sum1"),
    ("2027-06-07", 2026, "summer", "sum2"),
    ("2026-11-01", 2026, "autumn", "aut1"),
    ("2027-01-02", 2026, "autumn", "aut2"),
    ("2028-09-01", 2028, "autumn", "aut1"),  # the calendar's first day is the 4th
    ("2027-08-31", 2026, "summer", "sum2"),
]
THE_USUAL = [  # years that the calendar doesn't have
    ("2025-04-11", 2024, "spring", "spr2"),  # Easter was on 20 April
    ("2025-04-22", 2024, "summer", "sum1"),
    ("2019-04-05", 2018, "spring", "spr2"),  # Easter was on 21 April
    ("2024-04-15", 2023, "summer", "sum1"),  # Easter was on 31 March
    ("2024-03-28", 2023, "spring", "spr2"),
    ("2022-02-18", 2021, "spring", "spr1"),
    ("2023-10-27", 2023, "autumn", "aut1"),
    ("2021-05-28", 2020, "summer", "sum1"),
    ("2026-06-01", 2025, "summer", "sum2"),
]


@pytest.mark.parametrize(("day", "year", "term", "half"), THE_CALENDARS + THE_USUAL)
def test_a_date_is_in_the_half_term_of_the_calendar_or_else_in_the_usual_one(
    day: str, year: int, term: str, half: str, library: Library
) -> None:
    terms, on = Terms(library.words.parts, library.calendars["england"]), date.fromisoformat(day)
    assert terms.school_year(on) == year
    assert [terms.part_on(on, of) for of in (False, True)] == [term, half]


@pytest.mark.parametrize(
    "day", ["2008-03-23", "2011-04-24", "2019-04-21", "2025-04-20", "2027-03-28", "2038-04-25"]
)
def test_easter_is_where_the_church_has_it(day: str) -> None:
    assert easter(int(day[:4])) == date.fromisoformat(day)


EASTER_LATE = [
    {"id": "aut-2024", "title": "Autumn 2024", "date": date(2024, 12, 13)},
    {"id": "end", "title": "Last week before the holidays", "date": date(2025, 4, 11)},
]


def test_a_spring_point_before_a_late_easter_is_of_spring(load: Load) -> None:
    table = [["UPN", "Year", "Class", "Reading Spring 2025"], [ONE, "5", "Kestrel", "expected"]]
    assert points_read(load(table, EASTER_LATE)) == ["end"]


def test_a_point_says_which_half_term_it_is(load: Load) -> None:
    heads = ["Reading Sum1 26/27", "Reading Sum2 26/27"]
    table = [["UPN", "Year", "Class", *heads], [ONE, "5", "Kestrel", "expected", "above"]]
    drop = {"id": "drop", "title": "Drop 5", "date": date(2027, 5, 28)}
    found = {}
    for said in ({}, {"term": "sum2"}, {"term": "summer"}):
        school = load(table, [{**drop, **said}])
        [pupil] = school.pupils
        [result] = pupil.results.values()
        found[said.get("term", "")] = result.cell.column
    assert found == {"": heads[0], "sum2": heads[1], "summer": heads[0]}


@pytest.mark.parametrize(
    ("day", "term", "heading"),
    [
        ("2026-09-03", "summer", "Reading Summer 2026"),  # put together after the holidays
        ("2026-01-08", "autumn", "Reading Autumn 2025/26"),
        ("2025-04-22", "spr2", "Reading Spring 2 2025"),
    ],
)
def test_a_point_is_of_the_year_in_which_its_term_is_nearest(
    day: str, term: str, heading: str, load: Load
) -> None:
    point = {"id": "drop", "title": "A drop", "date": date.fromisoformat(day), "term": term}
    table = [["UPN", "Year", "Class", heading], [ONE, "5", "Kestrel", "expected"]]
    assert points_read(load(table, [point])) == ["drop"]


def test_a_term_nobody_knows_is_told_with_the_near_one(load: Load) -> None:
    point = {"id": "drop", "title": "A drop", "date": date(2026, 3, 20), "term": "sprng"}
    table = [["UPN", "Year", "Class", "Reading A drop"], [ONE, "5", "Kestrel", "expected"]]
    problem = "\n".join(problems(load, table, [point]))
    assert "school.yaml" in problem and "unknown term" in problem and "“spring”" in problem


@pytest.mark.parametrize(
    ("title", "day", "right"),
    [
        ("Summer 2024/25", "2026-06-26", "Summer of 2025-26"),
        ("Spring 2025", "2025-04-29", "term: spring (or summer)"),
        ("Autumn 2", "2025-10-17", "term: aut2 (or aut1)"),
        ("Checks of 2022/23", "2025-10-17", "Autumn of 2025-26"),
        ("Autumn 2023", "2024-12-12", "Autumn of 2024-25"),
    ],
)
def test_a_point_called_otherwise_than_its_date_is_asked_about(
    title: str, day: str, right: str, load: Load
) -> None:
    point = {"id": "drop", "title": title, "date": date.fromisoformat(day)}
    table = [["UPN", "Year", "Class", "Reading Drop"], [ONE, "5", "Kestrel", "expected"]]
    problem = "\n".join(problems(load, table, [{**point, "also": ["Drop"]}]))
    assert f"“{title}”" in problem and right in problem


def test_a_point_whose_title_says_its_term_and_year_is_none_to_ask_about(load: Load) -> None:
    table = [["UPN", "Year", "Class", "Reading Drop"], [ONE, "5", "Kestrel", "expected"]]
    for title, day, said in (
        ("Spring 2025", "2025-04-29", {"term": "spring"}),
        ("Autumn 2024/25", "2024-12-12", {}),
        ("Baseline 2024", "2025-07-18", {}),
        ("Data drop 2 of 2025-26", "2026-03-18", {}),
        ("End of Year 5", "2026-07-10", {}),
        ("Term 3 check, March 2026", "2026-03-10", {}),
    ):
        point = {"id": "drop", "title": title, "date": date.fromisoformat(day), **said}
        assert points_read(load(table, [{**point, "also": ["Drop"]}])) == ["drop"], title


# --- the plan's own school year


@pytest.mark.parametrize("starts", ["2026-07-27", "2026-08-24", "2026-08-31", "2026-09-01"])
def test_a_plan_from_the_last_days_of_august_is_one_of_the_new_school_year(
    starts: str, load: Load
) -> None:
    head = ["UPN", "DOB", "Year", "Class", "TA$Summer$Year 4$Reading", "KS1 Reading 2022"]
    table = [head, [ONE, "14/02/2016", "5", "Kestrel", "expected", "EXS"]]
    more = {"plan": {"starts": date.fromisoformat(starts), "years": 1}, "must": [], "dates": {}}
    school = load(table, more=more)
    assert school.timeline.first_year == 2026
    [pupil] = school.pupils
    assert {key[2] for key in pupil.results} == {"sum-2026", "2021-22"}
    last = load(table, more=more, school_year="2025-26")
    assert [pupil.year for pupil in last.pupils] == ["6"]


# --- the latest point


def test_a_new_point_in_one_subject_leaves_the_others_at_theirs(
    load: Load, library: Library
) -> None:
    heads = ["Reading Spring 2026", "Writing Spring 2026", "Reading Summer 2026"]
    table = [
        ["UPN", "Year", "Class", *heads],
        [ONE, "5", "Kestrel", "expected", "expected", "expected"],
        [TWO, "5", "Kestrel", "expected", "", ""],
    ]
    school = load(table)
    assert school.latest == {"reading": "sum-2026", "writing": "spr-2026"}
    known = {
        (pupil.ref, subject): in_subject(school, library, pupil, subject)[
            "latest_point_known"
        ].value
        for pupil in school.pupils
        for subject in ("reading", "writing", "maths")
    }
    one, two = (pupil.ref for pupil in school.pupils)
    assert known == {
        **{(one, "reading"): True, (one, "writing"): True, (one, "maths"): False},
        **{(two, "reading"): False, (two, "writing"): False, (two, "maths"): False},
    }
    [told] = [look for look in data_report(school, library).look if look.kind == "latest point"]
    assert told.words == (
        "in writing nobody is judged at Summer 2026 yet: pupils are looked at as they stood at "
        "Spring 2026"
    )


def test_a_pupil_judged_otherwise_is_held_against_the_latest_point_of_the_school(
    load: Load, library: Library
) -> None:
    table = [
        ["UPN", "Year", "Class", "Reading Spring 2026", "Reading Summer 2026"],
        [ONE, "5", "Kestrel", "expected", "expected"],
        [TWO, "5", "Kestrel", "expected", ""],
    ]
    school = load(table)
    alone = judged_otherwise(school, library, school.pupils[1], "reading", 1)
    found = in_subject(alone, library, alone.pupils[0], "reading")
    assert found["latest_point_known"].value is False
