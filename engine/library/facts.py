"""The school as the rules see it: entities, their indicator values, and the cell each value came
from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .key import need_of
from .rule import EntityKind

Raw = bool | int | float | str | frozenset[Any]
"""A value that can be compared; the members of a set are texts, those of “one of” any plain
values."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a value is written: file, row counted from 1, and the column's name or number."""

    file: str
    row: int
    column: str

    def __str__(self) -> str:
        return f"{self.file}:{self.row}:{self.column}"


@dataclass(frozen=True, slots=True)
class Value:
    """A known value. A grade is its rank on its scale, counted from 0; a set is a frozenset."""

    value: Raw
    cells: tuple[Cell, ...] = ()
    members: Mapping[str, Cell] = field(default_factory=dict)
    """For a set: where each member is written."""
    year: str | None = None
    """The school year it is about, where the file it comes from says so."""


@dataclass(eq=False, slots=True)
class Entity:
    """A thing rules are about. `values` holds known indicators only: what is absent is unknown."""

    kind: EntityKind
    id: str
    label: str
    parents: tuple[Entity, ...] = ()
    values: dict[str, Value] = field(default_factory=dict)
    needs: dict[str, bool | None] = field(default_factory=dict)
    """Needs asked for so far: True found, None unknown; what is absent was not found."""
    lineage: tuple[Entity, ...] = ()

    def __post_init__(self) -> None:
        seen: dict[int, Entity] = {id(self): self}
        for parent in self.parents:
            for elder in parent.lineage:
                seen.setdefault(id(elder), elder)
        self.lineage = tuple(seen.values())

    def lookup(self, key: str) -> Value | None:
        """The value of an indicator or a need, the entity's own or the nearest elder's; None:
        unknown."""
        if need := need_of(key):
            unknown = False
            for elder in self.lineage:
                found = elder.needs.get(need, False)
                if found:
                    return Value(True)
                unknown = unknown or found is None
            return None if unknown else Value(False)
        for elder in self.lineage:
            value = elder.values.get(key)
            if value is not None:
                return value
        return None

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


@dataclass(slots=True)
class FactBase:
    """All entities of one school, by kind, each kind in a fixed order."""

    entities: dict[EntityKind, list[Entity]] = field(default_factory=dict)

    def add(self, entity: Entity) -> Entity:
        """Adds an entity and returns it."""
        self.entities.setdefault(entity.kind, []).append(entity)
        return entity

    def of(self, kind: EntityKind) -> list[Entity]:
        """All entities of a kind."""
        return self.entities.get(kind, [])

    @property
    def school(self) -> Entity:
        """The one entity of kind school."""
        return self.entities["school"][0]

    def __iter__(self) -> Iterator[Entity]:
        for group in self.entities.values():
            yield from group

    def __len__(self) -> int:
        return sum(len(group) for group in self.entities.values())
