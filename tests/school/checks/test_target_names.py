"""Those an intervention can be for, by kind; unknown where the file that says so can't be read."""

from __future__ import annotations

from termwise.engine.school.checks.target_names import TARGET_KINDS, everybody
from termwise.engine.school.school import School


def test_classes_year_groups_and_teachers_are_those_of_the_files(little_fen: School) -> None:
    school, staff = little_fen.file, little_fen.staff
    found = {kind: everybody(kind, school, staff) for kind in TARGET_KINDS}
    assert list(found["class"] or ()) == [one.id for one in school.school.classes]
    assert list(found["year"] or ()) == list(school.school.year_groups)
    teaching = {person.id for person in staff.people if person.classes}
    assert set(found["teacher"] or ()) == teaching < {person.id for person in staff.people}


def test_who_it_can_be_for_is_unknown_only_where_that_file_can_not_be_read(
    little_fen: School,
) -> None:
    assert everybody("teacher", little_fen.file, None) is None
    assert everybody("teacher", None, little_fen.staff)
    assert everybody("class", None, little_fen.staff) is None
    assert everybody("year", little_fen.file, None)
