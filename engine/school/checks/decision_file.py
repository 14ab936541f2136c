"""overrides.yaml: what the school decided about advice, held against the library and its other files."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from ...core import Path, did_you_mean
from ...library import Override
from ..calendar import Timeline
from ..model import CqaFile, MustDo, Person, Pin, SchoolFile, StaffFile, Window
from .decision_entries import OVERRIDES, Entry
from .folder_checks import CQA, SCHOOL, STAFF, Checks
from .start_windows import in_window
from .target_names import TARGET_KINDS, everybody

_WORDS = {"accept": "accepted", "adapt": "adapted", "refuse": "refused"}
_MOST = 5
"""Of so many entries that one can't stand beside it is told: more help nobody."""
_ALL, _ANY = object(), object()
"""Where the entries for all that an intervention can be for are kept, and where those for anything."""
_T = TypeVar("_T", MustDo, Pin, Window)
_CHOOSE = "take one of the two out"
_CHANGE = "change one of the two"


class OverrideChecks:
    """Adds every mistake to the problems of `checks`; what is not known of a school is not held against
    it."""

    def __init__(
        self,
        checks: Checks,
        school: SchoolFile | None,
        cqa: CqaFile | None,
        staff: StaffFile | None,
        time: Timeline | None,
    ) -> None:
        self.checks, self.library, self.wrong = checks, checks.library, checks.wrong
        self.school, self.cqa, self.staff, self.time = school, cqa, staff, time
        self.documents = checks.documents
        self.place = checks.documents[OVERRIDES].place
        self.everybody: dict[str, Mapping[str, object] | None] = {}
        """All that was asked for so far of what an intervention can be for, by kind."""
        self.windows = _by_intervention(school.windows if school else ())
        self.pinned = _by_intervention(school.pinned if school else ())
        self.must = _by_intervention(school.must if school else ())

    def check(self, read: tuple[tuple[Path, Override], ...]) -> None:
        """Checks all of it."""
        known = [one for path, given in read for one in self._named(path, given)]
        for one in known:
            self._asked(one)
            self._targets(one)
            if one.whole:
                self._dates(one)
                self._in_place(one)
                self._promised(one)
        whole = [one for one in known if one.whole]
        refused, before = self._refused(whole), _Before()
        for one in whole:
            for other in before.against(one):
                self._against(one, other)
            before.add(one)
            self._needed(one, refused)

    # --- one entry

    def _named(self, path: Path, given: Override) -> Iterator[Entry]:
        library = self.library
        reasons = {
            reason.id: reason
            for reason in library.override_reasons.values()
            if given.decision is None or given.decision in reason.for_  # of what could not be read
        }
        if given.reason in library.override_reasons and given.reason not in reasons:
            self.wrong(
                self.place(*path, "reason"),
                f"“{given.reason}” is no reason to {given.decision} something",
                did_you_mean(given.reason, reasons) or f"it can be {', '.join(reasons)}",
            )
        else:
            self._name(path, "reason", given.reason, reasons)
        self._name(path, "role", given.role, library.roles)
        if given.lead is not None:
            self.checks.held(OVERRIDES, (*path, "lead"), given.lead, self.staff)
        known = library.interventions
        if self._name(path, "intervention", given.intervention, known):
            yield Entry(path, given, known[given.intervention])

    def _name(self, path: Path, key: str, name: str | None, known: Mapping[str, Any]) -> bool:
        """Tell whether a name is known, and report it if not; None was reported when read."""
        return name is not None and self.checks.name(OVERRIDES, (*path, key), key, name, known)

    def _asked(self, one: Entry) -> None:
        """Report a refused duty, a light form that isn't there, and a date for a series."""
        given, item = one.given, one.item
        if given.decision == "refuse" and item.duty:
            where = self.place(*one.path, "decision")
            self.wrong(
                where, f"“{item.id}” is a duty: it can't be refused", "take it out, or adapt it"
            )
        held = self.library.required.get(("intervention", item.id))
        if given.decision == "refuse" and held and not item.duty:
            where = self.place(*one.path, "decision")
            there = held.document.place("required")
            what = f"“{item.id}” is required by {held.called}, in {there}: it can't be refused"
            self.wrong(where, what, "take it out, or adapt it")
        if given.form == "light" and item.light is None:
            self.wrong(
                self.place(*one.path, "form"), f"“{item.id}” has no light form", "take form out"
            )
        for key in ("not_before", "by"):
            if item.from_the_first and getattr(given, key):
                self.wrong(
                    self.place(*one.path, key),
                    f"“{item.id}” comes back and has no one beginning",
                    f"write its days under dates in {SCHOOL}",
                )

    def _targets(self, one: Entry) -> None:
        kind = one.item.target
        if not one.given.for_:
            return
        if kind == "school":
            where = self.place(*one.path, "for")
            self.wrong(where, f"“{one.item.id}” is for the whole school", "take “for” out")
            return
        if kind not in self.everybody:
            self.everybody[kind] = everybody(kind, self.school, self.staff)
        known = self.everybody[kind]
        if known is None:
            return
        self.checks.once(OVERRIDES, (*one.path, "for"), one.given.for_)
        for index, name in enumerate(one.given.for_):
            path: Path = (*one.path, "for", index)
            self.checks.name(OVERRIDES, path, TARGET_KINDS[kind], name, known)
            person = known.get(name)
            if one.given.decision != "refuse" and isinstance(person, Person):
                self._vacant(path, person)

    def _vacant(self, path: Path, person: Person) -> None:
        """Nothing can be done with a teacher whose post is vacant in the plan."""
        halves = self.time.halves if self.time else ()
        if halves and person.away(halves[0].starts, halves[-1].ends):
            what = f"the post “{person.id}” is vacant for a time of the plan (see {STAFF})"
            self.wrong(self.place(*path), what, "take it out, or wait until somebody is there")

    def _dates(self, one: Entry) -> None:
        if self.time is None:
            return
        given, begins, ends = one.given, self.time.halves[0].starts, self.time.halves[-1].ends
        if given.on > ends:
            self.wrong(
                self.place(*one.path, "on"),
                f"{given.on} is after the plan, which ends on {ends}",
                "write the day it was decided",
            )
        if given.by and not begins <= given.by <= ends:
            self.wrong(
                self.place(*one.path, "by"),
                f"{given.by} is outside the plan",
                f"it runs from {begins} to {ends}",
            )
        elif given.not_before and given.not_before > ends:
            self.wrong(
                self.place(*one.path, "not_before"),
                f"{given.not_before} is after the plan, which ends on {ends}",
                "choose an earlier day, or plan for more years",
            )
        elif (given.by or given.not_before) and not one.item.from_the_first:
            self._start(one)

    def _start(self, one: Entry) -> None:
        """The half-terms its dates leave to start in, held against what school.yaml sets."""
        assert self.time is not None
        given, name = one.given, one.item.id
        own = Window(
            intervention=name, not_before=given.not_before, not_after=given.by, because=given.reason
        )
        open_to = {half.index for half in self.time.halves if in_window(half, own)}
        where, parts = self.place(*one.path, "by" if given.by else "not_before"), one.item.starts_in
        fitting = {half.index for half in self.time.halves if not parts or half.part in parts}
        if not open_to & fitting:
            told = f": it may only start in {self._parts(parts)}" if open_to else ""
            what = f"“{name}” has no half-term left to start in{told}"
            self.wrong(where, what, "choose other days")
            return
        for file_path, halves, words in self._set(name):
            if not open_to & halves:
                there = self.documents[SCHOOL].place(*file_path)
                self.wrong(where, f"“{name}” {words} ({there})", _CHANGE)

    def _set(self, name: str) -> Iterator[tuple[Path, set[int], str]]:
        """Yield what school.yaml sets of when an intervention may start.

        Each is a key path, the indexes of the half-terms it leaves, and its end of a sentence.
        """
        if self.time is None:
            return
        halves = self.time.halves
        for index, window in self.windows.get(name, ()):
            left = {half.index for half in halves if in_window(half, window)}
            yield ("windows", index), left, "could not start within these dates and its window"
        for index, pin in self.pinned.get(name, ()):
            left = {half.index for half in halves if half.starts <= pin.starts <= half.ends}
            if left:
                yield ("pinned", index), left, "is set to start outside these dates"
        for index, promise in self.must.get(name, ()):
            if promise.by:
                left = {half.index for half in halves if half.starts <= promise.by}
                yield ("must", index), left, "has been promised for earlier"

    def _parts(self, parts: tuple[str, ...]) -> str:
        return ", ".join(self.library.parts.get(part, part) for part in parts)

    # --- against the other files

    def _in_place(self, one: Entry) -> None:
        if one.given.decision == "refuse" or self.cqa is None:
            return
        for index, practice in enumerate(self.cqa.in_place):
            if practice.practice == one.item.id and practice.how == "fully":
                there = self.documents[CQA].place("in_place", index)
                self.wrong(
                    self.place(*one.path, "decision"),
                    f"“{one.item.id}” is {_WORDS[one.given.decision]} here, and in place by {there}",
                    _CHOOSE,
                )

    def _promised(self, one: Entry) -> None:
        given, name = one.given, one.item.id
        if given.decision == "refuse":
            found = [("must", index, "promised") for index, _ in self.must.get(name, ())]
            if not given.for_:
                found += [("pinned", index, "pinned") for index, _ in self.pinned.get(name, ())]
            for key, index, told in found:
                there = self.documents[SCHOOL].place(key, index)
                where = self.place(*one.path, "decision")
                self.wrong(where, f"“{name}” is refused here, and {told} in {there}", _CHOOSE)
            return
        for index, promise in self.must.get(name, ()):
            there = self.documents[SCHOOL].place("must", index)
            if given.form == "light" and promise.form == "full":
                what = (
                    f"“{name}” is accepted in its light form here, and promised in full in {there}"
                )
                self.wrong(self.place(*one.path, "form"), what, _CHANGE)
        for path, lead in self._leads(name):
            if given.lead and given.lead != lead:
                there = self.documents[SCHOOL].place(*path)
                what = f"“{name}” is led by “{given.lead}” here, and by “{lead}” in {there}"
                self.wrong(self.place(*one.path, "lead"), what, _CHANGE)

    def _leads(self, name: str) -> Iterator[tuple[Path, str]]:
        """Yield each role that school.yaml names to lead an intervention, with where it does."""
        if self.school and name in self.school.leads:
            yield ("leads", name), self.school.leads[name]
        for index, promise in self.must.get(name, ()):
            if promise.lead:
                yield ("must", index), promise.lead

    def _against(self, one: Entry, other: Entry) -> None:
        """Two entries about one intervention."""
        mine, theirs = one.given, other.given
        shared = [target for target in mine.for_ if target in other.targets]
        where, there = self.place(*one.path, "decision"), self.place(*other.path, "decision")
        name = one.item.id
        if shared or not mine.for_ or not theirs.for_:
            which = f" for {', '.join(shared)}" if shared else ""
            told = f"here, and {_WORDS[theirs.decision]} in {there}"
            if mine.decision == theirs.decision:
                told = f"twice, first in {there}"
            self.wrong(where, f"“{name}” is {_WORDS[mine.decision]}{which} {told}", _CHOOSE)
        elif "refuse" not in (mine.decision, theirs.decision) and mine.changes != theirs.changes:
            what = (
                f"“{name}” is one step for all it is for, and is not done here as it is in {there}"
            )
            self.wrong(where, what, "give both the same form, lead and dates")

    def _refused(self, entries: list[Entry]) -> dict[str, Entry]:
        """Return, by id, the interventions refused for all that are not met without being done."""
        refused = {
            other.item.id: other
            for other in entries
            if other.given.decision == "refuse" and not other.given.for_
        }
        return {name: refused[name] for name in refused.keys() - self._otherwise(refused)}

    def _needed(self, one: Entry, refused: Mapping[str, Entry]) -> None:
        """Report an accepted intervention of which a prerequisite is refused for all.

        Where one of several would do, all of them have to be refused.
        """
        if one.given.decision == "refuse":
            return
        groups = [*((name,) for name in one.item.requires), *one.item.requires_one_of]
        for group in groups:
            if group and all(name in refused for name in group):
                told = " and ".join(
                    f"“{name}”, which is refused in {self.place(*refused[name].path, 'decision')}"
                    for name in group
                )
                first = f"“{one.item.id}” is {_WORDS[one.given.decision]} here, and needs "
                self.wrong(self.place(*one.path, "decision"), first + told, _CHOOSE)

    def _otherwise(self, refused: Mapping[str, Entry]) -> set[str]:
        """Return the interventions met without being done: in place, or replaced by a rule.

        A replacement that is itself refused doesn't count.
        """
        found = {practice.practice for practice in self.cqa.in_place} if self.cqa else set()
        for said in self.library.statements:
            if said.kind == "replace" and said.by not in refused:
                found.add(said.intervention)
        return found


class _Before:
    """The entries read so far, found by what may be said against a later one: among thousands about one
    intervention there are millions of pairs."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, object], list[Entry]] = {}
        self._ways: dict[str, dict[tuple[object, ...], list[Entry]]] = {}

    def add(self, one: Entry) -> None:
        """Keeps an entry for those that follow."""
        name = one.item.id
        lists = [self._found.setdefault((name, key), []) for key in one.targets or {_ALL}]
        lists.append(self._found.setdefault((name, _ANY), []))
        if one.given.decision != "refuse":
            ways = self._ways.setdefault(name, {})
            lists.append(ways.setdefault(one.given.changes, []))
        for entries in lists:
            if len(entries) < _MOST:
                entries.append(one)

    def against(self, one: Entry) -> list[Entry]:
        """The first entries that this one can't stand beside, in the order of the file: those for
        something it is for too, and those that do otherwise what is done once for all."""
        name = one.item.id
        keys = (*one.given.for_, _ALL) if one.given.for_ else (_ANY,)
        lists = [self._found.get((name, key), []) for key in keys]
        if one.given.decision != "refuse":
            ways = self._ways.get(name, {})
            others = (ways[way] for way in ways if way != one.given.changes)
            lists += islice(others, _MOST)
        found = {other.path: other for entries in lists for other in entries}
        return [found[path] for path in sorted(found)[:_MOST]]


def _by_intervention(items: Sequence[_T]) -> dict[str, list[tuple[int, _T]]]:
    """The items about each intervention, with their positions; the first of those that are alike."""
    found: dict[str, list[tuple[int, _T]]] = {}
    alike: dict[Hashable, int] = {}
    for index, item in enumerate(items):
        same = tuple(value for key, value in item if key != "because")
        alike[same] = alike.get(same, 0) + 1
        if alike[same] <= _MOST:
            found.setdefault(item.intervention, []).append((index, item))
    return found
