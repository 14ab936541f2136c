"""The words of the pupils' room: how pupils are shown, and what is wrong with a file of commitments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ..school import Wrong


def shown_names(names: Mapping[str, str | None]) -> dict[str, str]:
    """Give how each pupil is shown, by pseudonym: by name where there is one, else by pseudonym; two
    pupils of one name by both."""
    times = Counter(name for name in names.values() if name)
    return {
        ref: ref if not name else name if times[name] == 1 else f"{name} ({ref})"
        for ref, name in names.items()
    }


# --- the file

NO_KEY = Wrong(
    "names pupils by pseudonyms, and the folder has no key to them",
    "put pseudonyms.key back: a new key gives every pupil another pseudonym",
)


# --- its cells

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


def no_pupils_then(reason: str) -> Wrong:
    """Pupils are not in school on a day."""
    return Wrong(f"the day {reason}", "choose a day when pupils are in school")


def has_outcome(name: str, outcome: str, seen: str) -> str:
    """Say that a commitment has an outcome already, and since when."""
    return f"{name} has an outcome already ({outcome}, seen {seen}); --again replaces it"
