"""The question which pupils are asked for: names as people write them, and who is included."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..core import NO_PUPILS, TermwiseError, UnknownNameError
from ..library import Entity, Library
from ..school import School, hide_upns


@dataclass(frozen=True, slots=True)
class Ask:
    """A question about pupils; what is None is not asked. `on` is the day the sequences begin, by
    default the first of the plan."""

    year: str | None = None
    class_id: str | None = None
    subject: str | None = None
    group: str | None = None
    pupil: str | None = None
    state: str | None = None
    on: datetime.date | None = None


class PupilQuery:
    """A question put to one school. Raises UnknownNameError, with the near ones, for a year group,
    class, subject, group, pupil or state that is not there, and TermwiseError where the school has
    no files of pupils or the day is outside the plan."""

    def __init__(self, ask: Ask, school: School, library: Library) -> None:
        if school.file.pupils is None:
            raise TermwiseError(NO_PUPILS)
        first, last = school.timeline.halves[0].starts, school.timeline.halves[-1].ends
        self.on = ask.on or first
        if not first <= self.on <= last:
            raise TermwiseError(f"{self.on} is outside the plan, which runs from {first} to {last}")
        who, words = school.file.school, library.words
        self.points = school.file.pupils.points
        subjects = school.file.pupils.subjects
        years = {year: words.year_groups.get(year, ()) for year in who.year_groups}
        self.year = _named("year group", ask.year, years, words.year_words)
        self.class_id = _named("class", ask.class_id, {item.id: () for item in who.classes})
        aliases = {subject.id: (subject.title, *subject.aliases) for subject in words.subjects}
        known = {name: aliases.get(name, ()) for name in subjects}
        self.subject = _named("subject", ask.subject, known)
        groups = {group.id: (group.title,) for group in library.groups.values()}
        self.group = _named("group", ask.group, groups)
        refs = {pupil.ref: (pupil.ref.replace("-", ""),) for pupil in school.pupils}
        self.pupil = _named("pupil", ask.pupil, refs)
        states = {state.id: (state.title,) for state in library.screening.states}
        self.state = _named("state", ask.state, states)
        self.words = ", ".join(
            text
            for text, given in (
                (library.year_title(self.year or ""), self.year),
                (f"class {self.class_id}", self.class_id),
                (library.subject_titles.get(self.subject or "", self.subject or ""), self.subject),
                (library.titles.get(self.group or "", ""), self.group),
                (f"pupil {self.pupil}", self.pupil),
                (library.titles.get(self.state or "", ""), self.state),
            )
            if given
        )

    def includes(self, entity: Entity) -> bool:
        """Tell whether a pupil in a subject is asked for, whatever their state."""
        elders = {elder.kind: elder.id for elder in entity.lineage if elder.kind != "group"}
        groups = {elder.id for elder in entity.lineage if elder.kind == "group"}
        return (
            self.year in (None, elders.get("year"))
            and self.class_id in (None, elders.get("class"))
            and self.subject in (None, elders.get("subject"))
            and self.pupil in (None, elders.get("pupil"))
            and (self.group is None or self.group in groups)
        )


def _named(
    kind: str,
    given: str | None,
    known: Mapping[str, Iterable[str]],
    before: Iterable[str] = (),
) -> str | None:
    """The name that is meant, whatever its case or form; with one of the words `before` it too."""
    if given is None:
        return None
    found: dict[str, str] = {}
    for name, aliases in known.items():
        for text in (name, *aliases):
            for word in ("", *(f"{word} " for word in before), *before):
                found.setdefault(f"{word}{text}".casefold(), name)
    plain = " ".join(given.split()).casefold()
    if plain not in found:
        raise UnknownNameError(kind, hide_upns(given), known)
    return found[plain]
