"""A reason of a placement as data: one record for each kind, with the values it is told by."""

from __future__ import annotations

import datetime
from typing import Literal, NamedTuple

from ..scheduling import Blocker
from ..school import Promise

Plain = Literal[
    "series",
    "first-of-plan",
    "lighter-is-enough",
    "not-needed",
    "outweighed",
    "too-long",
    "by-the-year",
    "by-the-plans-end",
    "by-the-classes-year",
    "classes-move-on",
]
"""A reason that needs no values."""


class Promised(NamedTuple):
    """The school promised or accepted it."""

    promise: Promise


class IsDuty(NamedTuple):
    """It falls due whatever the rules say."""

    words: str


class Pinned(NamedTuple):
    """The school has set its beginning."""

    because: str


class Narrowed(NamedTuple):
    """The school has narrowed when it may start."""

    not_before: datetime.date | None
    not_after: datetime.date | None
    because: str


class RuleAsks(NamedTuple):
    """A rule asks for a time."""

    how: Literal["must", "start-by", "not-before", "forward"]
    part: str
    """The half-term of the year, by its id; empty where the rule brings it forward."""
    rule: str
    words: str


class OverBefore(NamedTuple):
    """It has to be over before an event of the calendar."""

    event: str
    because: str


class NoEarlier(NamedTuple):
    """No earlier half-term is open to it."""

    starts_in: tuple[str, ...]
    """The half-terms of the year it may start in; none: any."""


class NotEarlier(NamedTuple):
    """Something keeps it out of an earlier slot."""

    slot: int
    blocker: Blocker


class CouldStart(NamedTuple):
    """An earlier slot would have done."""

    slot: int
    price: float | None
    """What it would have added, in percent of the plan's value, given up for a smoother load; None when
    nothing."""


class NotInFull(NamedTuple):
    """The reason why it is not planned in full: in itself, or in something in its way."""

    kind: Literal["late", "blocked", "worth-less"]
    blocker: Blocker | None = None


class InPart(NamedTuple):
    """It is planned in its light form, or for some of those it is for."""

    whom: tuple[str, ...]
    """Those it is planned for; empty: it is planned in its light form."""
    why: NotInFull


class SetBySchool(NamedTuple):
    """Why the school has set a beginning or narrowed it."""

    pins: tuple[str, ...]
    windows: tuple[str, ...]


class NearestFit(NamedTuple):
    """Where something left out comes nearest to fitting, and what is in its way there."""

    slot: int
    partner: str | None
    """The form it has to start together with, left out as well."""
    blockers: tuple[Blocker, ...]
    settings: SetBySchool


class PinnedTooLate(NamedTuple):
    """Begun when it is set to begin, it would not be done when the plan ends."""

    slot: int
    settings: SetBySchool


class NotOverBefore(NamedTuple):
    """It would not be over before an event of the calendar."""

    event: str
    because: str
    others: bool = False
    """True for the others of a step that is planned for some."""


class NoSlotBetween(NamedTuple):
    """When it may start is after when it has to have started."""

    settings: SetBySchool


class NotForAll(NamedTuple):
    """A step is not for all it was asked for, though it would be over in time for them."""

    why: NotInFull


class UsedInstead(NamedTuple):
    """An alternative is in the plan."""

    title: str


WhyHere = (
    Plain
    | Promised
    | IsDuty
    | Pinned
    | Narrowed
    | RuleAsks
    | OverBefore
    | NoEarlier
    | NotEarlier
    | CouldStart
    | InPart
)
"""A reason why a step starts when it does, in the form it has."""
WhyLeftOut = (
    Plain | NearestFit | PinnedTooLate | NotOverBefore | NoSlotBetween | NotForAll | UsedInstead
)
"""The reason why something is not in the plan, or not for all."""
HeldBy = Plain | OverBefore | tuple[Blocker, ...]
"""What keeps a step from starting later."""
