"""The words of the pupils' room: how pupils are shown, and what is wrong with a file of commitments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple


def shown_names(names: Mapping[str, str | None]) -> dict[str, str]:
    """Give how each pupil is shown, by pseudonym: by name where there is one, else by pseudonym; two
    pupils of one name by both."""
    times = Counter(name for name in names.values() if name)
    return {
        ref: ref if not name else name if times[name] == 1 else f"{name} ({ref})"
        for ref, name in names.items()
    }


class Wrong(NamedTuple):
    """A mistake in a cell, row or file, and what to do about it; `hint` may be empty."""

    what: str
    hint: str = ""


# --- the file

NO_KEY = Wrong(
    "names pupils by pseudonyms, and the folder has no key to them",
    "put pseudonyms.key back: a new key gives every pupil another pseudonym",
)
NOT_WRITTEN_BACK = Wrong("can't be written back as it is", "save it as CSV UTF-8")


def not_written(why: str) -> Wrong:
    """The system refuses to write the file."""
    hint = "see that there is room, and that the folder and the file may be written"
    return Wrong(f"can't be written ({why})", hint)


def lacks_letters(encoding: str) -> Wrong:
    """The file's encoding has not every letter that is to be written."""
    what = f"is written in {encoding}, which does not have every letter needed"
    return Wrong(what, "save it as CSV UTF-8")


def unread_row(reason: str) -> Wrong:
    """A row can't be read as a table's."""
    return Wrong(f"the row {reason}")


# --- its headings


def column_twice(name: str) -> Wrong:
    """A column stands twice."""
    return Wrong(f"the column {name} stands twice")


def column_missing(name: str) -> Wrong:
    """A column is not there."""
    return Wrong(f"the column {name} is missing", "add it")


def no_heading(near: str, columns: Iterable[str]) -> Wrong:
    """A heading is none of this file; `near` asks for one that is like it, or is empty."""
    hint = near or f"the columns are {', '.join(columns)}"
    return Wrong("is no heading of this file", hint)


# --- its cells

TOO_MANY_CELLS = Wrong("has more cells than there are headings", "put quotes around texts")
FORMULA = Wrong("begins as a formula does", "begin with a word")
HOLDS_UPN = Wrong("holds a unique pupil number", "write the pupil's pseudonym")
NOT_AN_ID = Wrong("is not written as an id", "small letters and digits, with hyphens")
NO_COMMITMENTS_ID = Wrong("is no id of a commitment", "write the team and a number: upper-007")
OTHER_TEAM = Wrong("begins with another team", "begin with the id of the team")
NO_CLASS = Wrong("this person teaches no class", "name a class's teacher")
NO_CLASS_OF_TEAM = Wrong("this person teaches no class of the team")
NO_PUPIL = Wrong("names no pupil", "write at least one pseudonym")
NOT_AFTER = Wrong("is not after the day it was agreed", "choose a later day")
SEEN_BEFORE = Wrong("is before the day it was agreed")
OUTCOME_WITHOUT_DATE = Wrong("there is an outcome and no date", "write when it was seen")
DATE_WITHOUT_OUTCOME = Wrong("there is a date and no outcome", "write what came of it")
WORKED_NOT_KEPT = Wrong("whether it worked is known, but not whether it was kept")
TEAM = "team in staff.yaml"
PERSON = "person in staff.yaml"
WEEKEND = "is at a weekend"
TRAINING_DAY = "is a training day, without pupils"


def too_long(most: int) -> Wrong:
    """A text is too long for the sheet; `most` characters fit."""
    return Wrong("is too long for the sheet", f"say it in {most} characters at most")


def empty(column: str) -> Wrong:
    """A cell that is needed is empty."""
    return Wrong(f"{column} is empty", "fill it in")


def not_there(kind: str, near: str) -> Wrong:
    """A name is not known; `near` asks for one that is like it, or is empty."""
    return Wrong(f"there is no such {kind}", near)


def id_twice(row: int) -> Wrong:
    """An id stands in an earlier row."""
    return Wrong(f"the id stands in row {row} already", "give each its own")


def which_pupil(number: int, of: int) -> str:
    """Name one pupil of those in a cell by position, from 1."""
    return f"pupil {number} of the {of}" if of > 1 else "the pupil"


def not_a_pseudonym(which: str) -> Wrong:
    """A pupil is written otherwise than by pseudonym."""
    hint = "write a pseudonym such as K7MX-2R9T, as termwise data shows it"
    return Wrong(f"{which} is not written as a pseudonym", hint)


def pupil_twice(which: str) -> Wrong:
    """A pupil stands twice in a cell."""
    return Wrong(f"{which} stands there already", "take one of them out")


def not_a_pupil(which: str) -> Wrong:
    """A pseudonym is none of the school's pupils."""
    hint = "has left, or is written otherwise: see termwise data"
    return Wrong(f"{which} is not among the school's pupils", hint)


def no_subject(near: str) -> Wrong:
    """A subject is not among the school's."""
    return Wrong("is no subject of school.yaml", near)


def no_skill(elsewhere: bool, near: str) -> Wrong:
    """A skill is not known, or is another subject's."""
    what = "is a skill of another subject" if elsewhere else "there is no such skill"
    return Wrong(what, near or "give its code, or leave it empty")


def no_outcome(column: str, outcomes: Iterable[str]) -> Wrong:
    """An outcome can't be read; `outcomes` are what it can be."""
    return Wrong(f"{column} can't be read", f"it can be {', '.join(outcomes)}, or empty")


def date_in_doubt(column: str) -> Wrong:
    """A date can be read in two ways."""
    what = f"the date in {column} can be read with the day first or the month"
    return Wrong(what, "write it as 2026-11-24")


def no_date(column: str) -> Wrong:
    """A date can't be read."""
    return Wrong(f"{column} is no date", "write it as 2026-11-24 or 24/11/2026")


def no_pupils_then(reason: str) -> Wrong:
    """Pupils are not in school on a day."""
    return Wrong(f"the day {reason}", "choose a day when pupils are in school")


def has_outcome(name: str, outcome: str, seen: str) -> str:
    """Say that a commitment has an outcome already, and since when."""
    return f"{name} has an outcome already ({outcome}, seen {seen}); --again replaces it"
