"""What a school accepts of a plan's file that came back: decisions, written into overrides.yaml."""

from __future__ import annotations

import pathlib
import stat
from collections.abc import Iterable, Sequence

from ..core import ContentError, UnknownNameError
from ..library import Library
from ..planning import Plan
from ..school import OVERRIDES, load_school, main_file, only_writer_of
from .returned_changes import ReadBack

_EMPTY = "[]"
"""A list of nothing, as some write a file without decisions."""


def decisions_of(
    found: ReadBack,
    plan: Plan,
    codes: Iterable[str],
    signed: dict[str, str],
    library: Library,
) -> list[str]:
    """Make a line of overrides.yaml for each step whose changes are accepted: what moved, was handed on or dropped.

    Args: `plan` is the plan in force, `signed` has `reason`, `role` and `on`, as they are written there.
    Raises UnknownNameError for a code of which nothing is to be decided, and for an unknown reason or role.
    """
    for kind, name, known in (
        ("reason", signed["reason"], [one.id for one in library.overrides.reasons]),
        ("role", signed["role"], list(library.roles)),
    ):
        if name not in known:
            raise UnknownNameError(kind, name, known)
    steps = {step.id: step.intervention for step in plan.steps}
    said: dict[str, dict[str, str]] = {}
    for one in found.proposals:
        if one.decides and one.step:
            entry = said.setdefault(one.code, {"intervention": steps[one.step]})
            entry.update(one.decides)
    told = []
    for code in dict.fromkeys(one.upper() for one in codes):
        if code not in said:
            raise UnknownNameError("change to decide about", code, said)
        fields = {"intervention": "", "decision": "", **signed, **said[code]}
        told.append("- {" + ", ".join(f"{key}: {value}" for key, value in fields.items()) + "}")
    return told


def write_decisions(
    folder: str | pathlib.Path, library: Library, entries: Sequence[str]
) -> pathlib.Path:
    """Add entries to overrides.yaml, all of them or none, and keep what else is there.

    Raises ContentError with every problem the school's files would have; then the file is as it was.
    """
    path = pathlib.Path(folder) / OVERRIDES
    with only_writer_of(path) as write:
        before = path.read_bytes() if path.exists() else None
        mode = stat.S_IMODE((path if before is not None else main_file(path.parent)).stat().st_mode)
        lines = (before or b"").decode("utf-8").splitlines()
        kept = [line for line in lines if line.strip() != _EMPTY]
        write("".join(f"{line}\n" for line in (*kept, *entries)).encode(), mode)
    try:
        load_school(folder, library)
    except ContentError:
        with only_writer_of(path) as write:
            if before is None:
                path.unlink()
            else:
                write(before, mode)
        raise
    return path


__all__ = ["decisions_of", "write_decisions"]
