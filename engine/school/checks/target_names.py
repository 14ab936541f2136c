"""Those an intervention can be for in a school, by id: teachers, classes, year groups."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import SchoolFile, StaffFile

TARGET_KINDS = {"class": "class", "teacher": "teacher with a class", "year": "year group"}
"""The kinds of target as a mistake calls them."""


def everybody(
    kind: str, school: SchoolFile | None, staff: StaffFile | None
) -> Mapping[str, object] | None:
    """All an intervention can be for, by id; None where the file that says so can't be read."""
    if kind == "teacher":
        if staff is None:
            return None
        return {person.id: person for person in staff.people if person.classes}
    if school is None:
        return None
    who = school.school
    return dict.fromkeys(who.year_groups if kind == "year" else (one.id for one in who.classes))
