"""Steps that a school adds to its plan itself: written in a few words, planned like any intervention."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from string import Template
from typing import Annotated, Any

import yaml
from pydantic import Field, ValidationError

from ..core import Day, Note, NotTruth, Pounds, Record, Slug, Text
from .loader import Library
from .model import Intervention
from .pack_folders import OwnStepsRead
from .record_reader import Origin

OWN_STEPS = "own_steps"
"""The key in school.yaml."""
_TEMPLATE = ("templates", "own-step.yaml")


class OwnStep(Record):
    """A step of the school's own, as it is written in school.yaml."""

    id: Slug
    title: Text
    strand: Slug
    lead: Slug
    """a role"""
    days: dict[Slug, Annotated[float, NotTruth, Field(gt=0, le=100)]] = Field(min_length=1)
    """by role, in each half-term"""
    half_terms: Annotated[int, NotTruth] = Field(default=1, ge=1, le=6)
    pounds: Pounds = 0
    """once, when it begins"""
    pays: Slug | None = None
    """the kind of cost, where there are pounds"""
    by: Day | None = None
    """has to have started by this date"""
    shown_by: Text
    """what shows that it worked"""
    because: Note


def with_own_steps(library: Library, asked: OwnStepsRead) -> Library:
    """The library with a school's own steps as interventions; those that name what isn't there, or have a name
    that is taken, are left out, and told when the school's folder is read."""
    entry = library.packs[0].knowledge
    for part in _TEMPLATE:
        entry = entry / part
    template: Mapping[str, Any] = yaml.safe_load(entry.read_text("utf-8"))
    made, origins = {}, dict(library.origins)
    for index, step in _readable(asked.items):
        if step.id not in library.interventions and not list(unknown_names(step, library)):
            made[step.id] = _intervention(step, template)
            origins["intervention", step.id] = Origin(
                asked.document, (OWN_STEPS, index), library.packs[0].id
            )
    return replace(library, interventions={**library.interventions, **made}, origins=origins)


def _readable(items: Iterable[Any]) -> Iterator[tuple[int, OwnStep]]:
    """Yield the steps that can be read, each with its place in the list."""
    for index, item in enumerate(items):
        with contextlib.suppress(ValidationError):
            yield index, OwnStep.model_validate(item)


def unknown_names(
    step: OwnStep, library: Library
) -> Iterator[tuple[tuple[str, ...], str, str, Iterable[str]]]:
    """Give the names in an own step that are not there: the key path, what is named, the name, those there are."""
    kinds = [kind.id for kind in library.costs.kinds]
    if step.strand not in library.strands:
        yield ("strand",), "strand", step.strand, library.strands
    if step.lead not in library.roles:
        yield ("lead",), "role", step.lead, library.roles
    for role in step.days:
        if role not in library.roles:
            yield ("days", role), "role", role, library.roles
    if step.pounds and step.pays not in kinds:
        yield ("pays",), "kind of cost", step.pays or "", kinds


def _intervention(step: OwnStep, template: Mapping[str, Any]) -> Intervention:
    words = {"title": step.title, "because": step.because, "shown_by": step.shown_by}
    said: dict[str, Any] = _filled(template["record"], words)
    monitor = next(role for role in template["monitors"] if role != step.lead)
    does, milestone = said.pop("does"), said.pop("milestone")
    baseline, target = said.pop("baseline"), said.pop("target")
    effort = [{"role": role, "days": days} for role, days in step.days.items()]
    cash = [{"kind": step.pays, "pounds": step.pounds}] if step.pounds else []
    return Intervention.model_validate(
        {
            **said,
            "id": step.id,
            "title": step.title,
            "strand": step.strand,
            "lead": step.lead,
            "deliver": {
                "half_terms": step.half_terms,
                "does": does,
                "effort": effort,
                "cash": cash,
            },
            "monitoring": {**said["monitoring"], "role": monitor},
            "milestones": [{"by": "deliver", "what": milestone}],
            "success": [{"measure": step.shown_by, "baseline": baseline, "target": target}],
        }
    )


def _filled(data: Any, words: Mapping[str, str]) -> Any:
    if isinstance(data, dict):
        return {key: _filled(item, words) for key, item in data.items()}
    if isinstance(data, list):
        return [_filled(item, words) for item in data]
    return Template(data).safe_substitute(words) if isinstance(data, str) else data


__all__ = ["OWN_STEPS", "OwnStep", "unknown_names", "with_own_steps"]
