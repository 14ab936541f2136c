"""Checks on a school's requests for its plan: promises, pins, windows, duties and events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from ...core import Mistake, Path, did_you_mean, listed, misspelt
from ...library import OWN_STEPS, Calendar, Event, Intervention, unknown_names
from ..calendar import Half, Timeline
from ..model import CqaFile, Pin, SchoolFile, StaffFile, Window
from .capacity_and_budget import told
from .folder_checks import CQA, SCHOOL, STAFF, Checks
from .start_windows import Earliest, in_window
from .target_names import TARGET_KINDS, everybody

A = TypeVar("A", Pin, Window)


def dated_events(calendar: Calendar, own: Iterable[Event]) -> tuple[Event, ...]:
    """The events of a calendar with the school's own, by date: one of the school's own stands for
    all that the calendar has with its id in the same school year."""
    own = tuple(own)

    def of_year(event: Event) -> tuple[str | None, int]:
        return event.id, sum(
            year.terms[0].half_terms[0].starts <= event.ends for year in calendar.years
        )

    replaced = {of_year(event) for event in own if event.id}
    kept = (event for event in calendar.events if of_year(event) not in replaced)
    return tuple(sorted((*kept, *own), key=lambda event: (event.starts, event.ends, event.title)))


class PlanningChecks:
    """Adds every mistake to the problems of `checks`; without `time` nothing is said of dates."""

    def __init__(
        self,
        checks: Checks,
        school: SchoolFile,
        cqa: CqaFile | None,
        staff: StaffFile | None,
        time: Timeline | None,
    ) -> None:
        self.checks, self.school, self.cqa, self.time = checks, school, cqa, time
        self.staff = staff
        self.doubts: list[Mistake] = []
        """What may be right: see `School.doubts`."""
        self.library, self.wrong = checks.library, checks.wrong
        self.place = checks.documents[SCHOOL].place

    def check(self) -> None:
        """Checks all of it."""
        for strand in self.school.plan.effort:
            self.checks.name(
                SCHOOL, ("plan", "effort", strand), "strand", strand, self.library.strands
            )
        self._events()
        self._own_steps()
        self._promises()
        self._leads()
        self._duties()
        self._dates()
        windows = self._once("windows", self.school.windows)
        pins = self._once("pinned", self.school.pinned)
        if self.time is None:
            return
        for name, (index, window) in windows.items():
            self._window(name, ("windows", index), window, self.time)
        starts = {}
        for name, (index, pin) in pins.items():
            half = self._pin(name, ("pinned", index), pin, self.time)
            slot = self.time.slot_of_half(half.index) if half else None
            if slot is not None:
                starts[name] = slot
        if self.cqa is None or told(self.checks, CQA, "in_place"):
            return  # what is in place is not known
        in_place = {one.practice for one in self.cqa.in_place if one.how == "fully"}
        open_when = {name: window for name, (_, window) in windows.items()}
        earliest = Earliest(self.library, self.time, in_place, starts, open_when)
        for name in sorted(starts.keys() - in_place):
            self._order(name, ("pinned", pins[name][0], "starts"), earliest, self.time)

    def _events(self) -> None:
        choice = self.school.calendar
        calendar = self.library.calendars.get(choice.use)
        years = dict.fromkeys(self.school.school.year_groups)
        for index, event in enumerate(choice.events):
            path: Path = ("calendar", "events", index)
            for position, role in enumerate(event.no_release):
                where = (*path, "no_release", position)
                self.checks.name(SCHOOL, where, "role", role, self.library.roles)
            for position, year in enumerate(event.years):
                self.checks.name(SCHOOL, (*path, "years", position), "year group", year, years)
            known = {one.id for one in calendar.events if one.id} if calendar else set()
            if event.id and event.id not in known and misspelt(event.id, known):
                self.wrong(
                    self.place(*path, "id"),
                    f"unknown event “{event.id}” of the calendar",
                    did_you_mean(event.id, known) + " Else give it another id, or none",
                )
            if self.staff and self.time:
                self.doubts += self._without_effect(path, event, self.staff, self.time)
            if calendar and not any(
                half.starts <= event.ends and event.starts <= half.ends
                for year in calendar.years
                for term in year.terms
                for half in term.half_terms
            ):
                self.wrong(
                    self.place(*path, "starts"),
                    f"{event.starts} to {event.ends} is in no half-term of “{calendar.id}”",
                    "an event needs a day in term",
                )

    def _without_effect(
        self, path: Path, event: Event, staff: StaffFile, time: Timeline
    ) -> Iterator[Mistake]:
        """Roles that give no time to the plan during an event of the school's own, but whose time is
        the same with it: nobody holds them, or their time is stated half-term by half-term and stands
        as it is stated. Either can be meant, so that it is asked about and nothing is refused."""
        halves = [h for h in time.halves if h.starts <= event.ends and event.starts <= h.ends]
        years = {one.id: set(one.years) for one in self.school.school.classes}
        held = {role for person in staff.people for role in person.roles} | set(staff.together)
        for position, role in enumerate(event.no_release if halves else ()):
            where = self.place(*path, "no_release", position)
            if role not in self.library.roles:
                continue
            if role not in held:
                yield Mistake(
                    where,
                    f"nobody in {STAFF} holds the role “{role}”: the event takes nobody's time",
                    did_you_mean(role, held) if misspelt(role, held) else "take it out",
                )
                continue
            given = [staff.together[role]] if role in staff.together else []
            for person in staff.people:
                own = set().union(*(years.get(name, set()) for name in person.classes))
                if role in person.roles and (not (event.years and own) or own & set(event.years)):
                    given.append(person.time)
            titles = listed([half.title for half in halves])
            if not given:
                what = f"nobody with the role “{role}” has a class of these year groups"
                yield Mistake(where, what, "take the role out, or add their year group")
            elif all(isinstance(one, dict) for one in given):
                yield Mistake(
                    where,
                    f"the event takes no time from “{role}”: what {STAFF} says of their time in "
                    f"{titles} stands",
                    f"write there what is left of it in {titles}, and take the role out here",
                )

    def _own_steps(self) -> None:
        """Checks the names in the school's own steps, and that the library was loaded with them."""
        self.checks.once(SCHOOL, (OWN_STEPS,), tuple(one.id for one in self.school.own_steps))
        for index, step in enumerate(self.school.own_steps):
            path: Path = (OWN_STEPS, index)
            wrong = list(unknown_names(step, self.library))
            for where, what, name, known in wrong:
                self.checks.name(SCHOOL, (*path, *where), what, name, dict.fromkeys(known))
            if wrong:
                continue
            known_as = self.library.origins.get(("intervention", step.id))
            if known_as is None:
                self.wrong(
                    self.place(*path, "id"),
                    f"“{step.id}” is not in the library that is used",
                    "load it for this folder: load_library(asked=packs_asked(folder))",
                )
            elif known_as.path[:1] != (OWN_STEPS,):
                self.wrong(
                    self.place(*path, "id"),
                    f"termwise has an intervention “{step.id}” already",
                    "name it otherwise, or promise that one under must",
                )

    def _promises(self) -> None:
        forms: dict[str, tuple[int, str]] = {}
        for index, promise in enumerate(self.school.must):
            path: Path = ("must", index, "form")
            name = promise.intervention
            item = self.library.interventions.get(name)
            if item and promise.form == "light" and item.light is None:
                self.wrong(
                    self.place(*path),
                    f"“{name}” has no light form",
                    "take the form out: it is promised in full",
                )
            if item and promise.for_:
                self._targets(index, item, promise.for_)
            first, form = forms.setdefault(name, (index, promise.form))
            if form != promise.form:
                words = {"full": "in full", "light": "in its light form"}
                self.wrong(
                    self.place(*path),
                    f"“{name}” is promised {words[promise.form]} here and {words[form]} in line "
                    f"{self.place('must', first).line}",
                    "keep one of them",
                )

    def _leads(self) -> None:
        """Checks who is to lead what, against what was promised."""
        for name, role in self.school.leads.items():
            path: Path = ("leads", name)
            known = self.library.interventions
            self.checks.name(SCHOOL, path, "intervention", name, known)
            self.checks.held(SCHOOL, path, role, self.staff)
            for index, promise in enumerate(self.school.must):
                if promise.intervention == name and promise.lead not in (None, role):
                    line = self.place("must", index).line
                    what = (
                        f"“{name}” is led by “{role}” here, and by “{promise.lead}” in line {line}"
                    )
                    self.wrong(self.place(*path), what, "keep one of them")

    def _targets(self, index: int, item: Intervention, names: tuple[str, ...]) -> None:
        """Checks those something is promised for."""
        path: Path = ("must", index, "for")
        if item.target == "school":
            what = f"“{item.id}” is for the whole school"
            self.wrong(self.place(*path), what, "take “for” out")
            return
        self.checks.once(SCHOOL, path, names)
        known = everybody(item.target, self.school, self.staff)
        for position, name in enumerate(names if known is not None else ()):
            where = (*path, position)
            self.checks.name(SCHOOL, where, TARGET_KINDS[item.target], name, known or {})

    def _duties(self) -> None:
        duties = {name: item for name, item in self.library.interventions.items() if item.duty}
        for name, date in self.school.last_done.items():
            path = ("last_done", name)
            if name in self.library.interventions and name not in duties:
                self.wrong(
                    self.place(*path),
                    f"“{name}” is no duty that comes back",
                    did_you_mean(name, duties) or "take it out",
                )
            elif self.checks.name(SCHOOL, path, "duty", name, duties) and self.time:
                ends = self.time.halves[-1].ends
                if date > ends:
                    self.wrong(
                        self.place(*path),
                        f"{date} is after the plan, which ends on {ends}",
                        "write the day it was last done",
                    )

    def _dates(self) -> None:
        for name, dates in self.school.dates.items():
            for index, date in enumerate(dates):
                if date in dates[:index]:
                    self.wrong(
                        self.place("dates", name, index),
                        f"{date} stands twice",
                        "take one of them out",
                    )

    def _once(self, key: str, asked: Iterable[A]) -> Mapping[str, tuple[int, A]]:
        """Return the requests under a key by intervention, each with its position in the file.

        Reported and left out: unknown interventions, series, and the second of two for one.
        """
        found: dict[str, tuple[int, A]] = {}
        for index, one in enumerate(asked):
            path: Path = (key, index, "intervention")
            name, library = one.intervention, self.library
            if not self.checks.name(SCHOOL, path, "intervention", name, library.interventions):
                continue
            if library.interventions[name].from_the_first:
                self.wrong(
                    self.place(*path),
                    f"“{name}” comes back and has no one beginning",
                    "write its days under dates",
                )
            elif name in found:
                line = self.place(key, found[name][0]).line
                self.wrong(
                    self.place(*path),
                    f"“{name}” stands twice under {key} (first in line {line})",
                    "keep one of them",
                )
            else:
                found[name] = index, one
        return found

    def _window(self, name: str, path: Path, window: Window, time: Timeline) -> None:
        begins, ends = time.halves[0].starts, time.halves[-1].ends
        parts = self.library.interventions[name].starts_in
        halves = [half for half in time.halves if in_window(half, window)]
        late, early = window.not_after, window.not_before
        if late and late < begins:
            self.wrong(
                self.place(*path, "not_after"),
                f"{late} is before the plan, which begins on {begins}",
                "choose a later day, or take the window out",
            )
        elif early and early > ends:
            self.wrong(
                self.place(*path, "not_before"),
                f"{early} is after the plan, which ends on {ends}",
                "choose an earlier day, or plan for more years",
            )
        elif not halves:
            self.wrong(
                self.place(*path),
                f"“{name}” has no half-term to start in: {early} to {late} is in the holidays",
                "make the window wider",
            )
        elif parts and not any(half.part in parts for half in halves):
            self.wrong(
                self.place(*path),
                f"“{name}” has no half-term to start in: it may only start in {self._parts(parts)}",
                "make the window wider",
            )
        else:
            for line, by in self._promised(name, time):
                if by < halves[0].index:
                    self.wrong(
                        self.place(*path, "not_before"),
                        f"“{name}” may not start before {early}, but has been promised for "
                        f"earlier (line {line})",
                        "change one of the two",
                    )

    def _pin(self, name: str, path: Path, pin: Pin, time: Timeline) -> Half | None:
        """The half-term something is pinned to; None when there is none."""
        where = self.place(*path, "starts")
        begins, ends = time.halves[0].starts, time.halves[-1].ends
        half = next((half for half in time.halves if half.starts <= pin.starts <= half.ends), None)
        if pin.starts < begins:
            what = f"{pin.starts} is before the plan, which begins on {begins}"
            self.wrong(where, what, "choose a day in the plan")
        elif pin.starts > ends:
            what = f"{pin.starts} is after the plan, which ends on {ends}"
            self.wrong(where, what, "choose an earlier day, or plan for more years")
        elif half is None:
            what = f"{pin.starts} is in the holidays, in no half-term"
            self.wrong(where, what, "choose a day in the half-term it starts in")
        if half is None:
            return None
        parts = self.library.interventions[name].starts_in
        if parts and half.part not in parts:
            self.wrong(
                where,
                f"“{name}” can't start in {half.title}: it may only start in {self._parts(parts)}",
                "choose a day there",
            )
        for index, window in enumerate(self.school.windows):
            if window.intervention == name and not in_window(half, window):
                line = self.place("windows", index).line
                what = f"“{name}” is pinned to {half.title}, outside its window (line {line})"
                self.wrong(where, what, "change one of the two")
        for line, by in self._promised(name, time):
            if by < half.index:
                what = (
                    f"“{name}” is pinned to {half.title}, but has been promised for earlier "
                    f"(line {line})"
                )
                self.wrong(where, what, "change one of the two")
        return half

    def _order(self, name: str, path: Path, earliest: Earliest, time: Timeline) -> None:
        """Report a pinned intervention of which a prerequisite can't be ready by then."""
        for group in earliest.needs(name):
            need = earliest.first(group)
            free = earliest.after(need)
            if earliest.pinned[name] >= free:
                continue
            what = f"“{name}” needs “{need}” first, "
            *before, _ = chain = earliest.chain(need)
            if need in earliest.pinned:
                line = self.place(*path[:1], self._position(need)).line
                what += f"which is pinned (line {line}) and "
            else:
                what += "which "
            if free < len(time.slots):
                what += f"can't be ready before the end of {time.slots[free - 1].title}"
                hint = f"pin it to {time.slots[free].title} or later"
            else:
                what += "can't be ready before the plan ends"
                hint = "take out the pin"
            if before:
                what += f" (first {', then '.join(f'“{one}”' for one in chain)})"
            if any(one in earliest.pinned for one in chain):
                hint += ", or pin earlier what it waits for"
            self.wrong(self.place(*path), what, hint)

    def _position(self, name: str) -> int:
        return next(i for i, pin in enumerate(self.school.pinned) if pin.intervention == name)

    def _promised(self, name: str, time: Timeline) -> list[tuple[int, int]]:
        """The line of each promise of something that has a date, with its last half-term."""
        return [
            (
                self.place("must", index).line,
                max(half.index for half in time.halves if half.starts <= promise.by),
            )
            for index, promise in enumerate(self.school.must)
            if promise.intervention == name and promise.by and time.slot_on(promise.by)
        ]

    def _parts(self, parts: Iterable[str]) -> str:
        return ", ".join(self.library.parts.get(part, part) for part in parts)
