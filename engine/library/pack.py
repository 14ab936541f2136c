"""pack.yaml: what a pack of rules and knowledge says of itself, and of the records of the packs below it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ..core import NotTruth, Record, Slug, Text

RecordKind = Literal[
    "rule",
    "intervention",
    "threshold",
    "need",
    "remark",
    "group",
    "role",
    "source",
    "scale",
    "calendar",
    "outside-help",
    "audit-form",
    "skill-file",
]
"""The kinds of record that a pack can replace, retire, or mark as required or free."""


class RecordName(Record):
    """A record by its kind and id."""

    kind: RecordKind
    id: Text

    @property
    def key(self) -> tuple[RecordKind, str]:
        """Kind and id, as the library keeps its records."""
        return self.kind, self.id


class Replacement(RecordName):
    """A record of a pack below that this pack has in another form."""

    value: Annotated[float, NotTruth] | None = None
    """of a threshold: the figure that holds here; without it a file of this pack holds the whole record"""
    because: Text | None = None
    """may be left out only where the pack below leaves the record free"""


class Retirement(RecordName):
    """A record of a pack below that does not hold here."""

    because: Text | None = None
    """may be left out only where the pack below leaves the record free"""
    replaced_by: Text | None = None
    """the id of what is used in its place"""


class ContentArea(Record):
    """A part of school life that rules and interventions are filed under; each programme has a strand for it."""

    id: Slug
    title: Text
    falls_to: Slug | None = None
    """the area whose strand it belongs to where a programme has none for it"""


class PackFile(Record):
    """pack.yaml."""

    id: Slug
    title: Text
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}\.[0-9]+(\.[0-9]+)?$")]
    """year and number, such as 2026.1"""
    owner: Text
    """who answers for it"""
    licence: Text
    about: Text | None = None
    needs: tuple[Slug, ...] = ()
    """the packs that it builds on; `base` always is one"""
    areas: tuple[ContentArea, ...] = ()
    labels: dict[Slug, Text] = Field(default_factory=dict)
    """own names for what stands as <like-this> in the texts"""
    replaces: tuple[Replacement, ...] = ()
    retires: tuple[Retirement, ...] = ()
    required: tuple[RecordName, ...] = ()
    """what no pack above may replace or retire, and no school refuse"""
    free: tuple[RecordName, ...] = ()
    """what a pack above may replace or retire without a reason; all else is a default, and asks for one"""
