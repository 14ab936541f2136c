"""Checks on school.yaml, cqa.yaml and staff.yaml, against the library and each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...core import Mistake, Path, Place, YamlDocument, did_you_mean, percentage
from ...library import Indicator, Library, Scalar, Scale, hint_for
from ..calendar import Timeline
from ..model import AgreedPriority, CqaFile, DaysByPart, PublishedFile, SchoolFile, StaffFile
from ..pupil_data.assessment_points import terms_of, year_label
from ..pupil_data.grades import MISSING, grade_names, grade_rank
from ..pupil_data.point_titles import called_otherwise
from ..pupil_data.skill_columns import SKILLS, check_of_skills
from .teams import check_teams

SCHOOL, CQA, STAFF = "school.yaml", "cqa.yaml", "staff.yaml"
_MOST_NEAR = 500
"""Of so many unknown names the near ones are told."""


class Checks:
    """Adds every mistake to `problems`, each at its place in `documents`."""

    def __init__(
        self, library: Library, documents: Mapping[str, YamlDocument], problems: list[Mistake]
    ) -> None:
        self.library, self.documents, self.problems = library, documents, problems
        self._unknown = 0

    def wrong(self, place: Place, what: str, hint: str = "") -> None:
        """Adds a problem."""
        self.problems.append(Mistake(place, what, hint))

    def name(
        self,
        file: str,
        path: tuple[str | int, ...],
        kind: str,
        name: str,
        known: Mapping[str, object],
    ) -> bool:
        """Tell whether a name is known, and report it at its place when it isn't."""
        if name in known:
            return True
        place = self.documents[file].place(*path)
        self._unknown += 1  # of thousands of wrong names the near words take longer than they help
        hint = hint_for(kind, name, known) if self._unknown <= _MOST_NEAR else ""
        self.wrong(place, f"unknown {kind} “{name}”", hint)
        return False

    def once(self, file: str, path: Path, names: Iterable[str]) -> None:
        """Adds a problem for every name of a list that stands in it before."""
        seen: set[str] = set()
        for position, name in enumerate(names):
            if name in seen:
                place = self.documents[file].place(*path, position)
                self.wrong(place, f"“{name}” stands twice", "take one of them out")
            seen.add(name)

    def _packs(self, school: SchoolFile) -> None:
        """The programme and the packs it names are there, and are those of the library."""
        library, place = self.library, self.documents[SCHOOL].place
        known = dict.fromkeys((*library.known_programmes, library.programme.id))
        self.name(SCHOOL, ("programme",), "programme", school.programme, known)
        packs = dict.fromkeys(library.known_packs)
        for index, name in enumerate(school.packs):
            self.name(SCHOOL, ("packs", index), "pack", name, packs)
        loaded = {pack.id for pack in library.packs}
        others = [one for one in (school.programme, *school.packs) if one not in loaded]
        if others and not self.problems and all(one in {**known, **packs} for one in others):
            what = f"the library was loaded without “{others[0]}”"
            self.wrong(place("programme"), what, "load it with what packs_asked(folder) gives")

    def school(self, school: SchoolFile, staff: StaffFile | None, time: Timeline | None) -> None:
        """Checks school.yaml, but for what it says of files, and the teams in staff.yaml."""
        library, place = self.library, self.documents[SCHOOL].place
        self._packs(school)
        phases = library.indicators["phase"].values
        self.name(SCHOOL, ("school", "phase"), "phase", school.school.phase, dict.fromkeys(phases))
        seen: dict[str, int] = {}
        for index, item in enumerate(school.school.classes):
            path: Path = ("school", "classes", index)
            if item.id in seen:
                self.wrong(place(*path, "id"), f"the class “{item.id}” stands twice")
            seen[item.id] = index
            years = dict.fromkeys(school.school.year_groups)
            for position, year in enumerate(item.years):
                self.name(SCHOOL, (*path, "years", position), "year group", year, years)
            self.once(SCHOOL, (*path, "years"), item.years)
        self.once(SCHOOL, ("school", "year_groups"), school.school.year_groups)
        taught = {year for item in school.school.classes for year in item.years}
        for position, year in enumerate(school.school.year_groups):
            if year not in taught:
                self.wrong(
                    place("school", "year_groups", position),
                    f"no class has the year group “{year}”",
                    "add it to the years of a class, or take it out",
                )
        given = {k: v for k, v in library.indicators.items() if v.from_ == "school"}
        for key, value in school.context.items():
            if self.name(SCHOOL, ("context", key), "indicator", key, given):
                self._typed(given[key], value, place("context", key))
        self._money(school)
        for index, promise in enumerate(school.must):
            path = ("must", index)
            self.name(
                SCHOOL,
                (*path, "intervention"),
                "intervention",
                promise.intervention,
                library.interventions,
            )
            if promise.by and time and time.slot_on(promise.by) is None:
                first, last = time.halves[0].starts, time.halves[-1].ends
                self.wrong(
                    place(*path, "by"),
                    f"{promise.by} is outside the plan",
                    f"it runs from {first} to {last}",
                )
            if promise.lead:
                self.held(SCHOOL, (*path, "lead"), promise.lead, staff)
        self._dates(school, time)
        if school.pupils:
            dates = [point.date for point in school.pupils.points]
            for index, (one, other) in enumerate(zip(dates, dates[1:], strict=False), start=1):
                if other <= one:
                    self.wrong(
                        place("pupils", "points", index, "date"),
                        f"{other} is not after {one}",
                        "write the points in the order of their dates",
                    )
            parts = {part.part: part for part in library.words.parts}
            for index, point in enumerate(school.pupils.points):
                path = ("pupils", "points", index)
                if point.term is None or self.name(
                    SCHOOL, (*path, "term"), "term or half-term", point.term, parts
                ):
                    for what, hint in called_otherwise(point, terms_of(school, library)):
                        self.wrong(place(*path, "title"), what, hint)
        self._published(school, time)
        if staff:
            self.problems += check_teams(staff, school, time, self.documents[STAFF].place)

    def _published(self, school: SchoolFile, time: Timeline | None) -> None:
        """Check the year of each published table, and the table it supersedes."""
        place = self.documents[SCHOOL].place
        tables = school.published.files if school.published else ()
        by_name = {table.name: table for table in tables}
        for index, table in enumerate(tables):
            path: Path = ("published", "files", index)
            first = year_label(time.first_year) if time else None
            if first is not None and table.year >= first:
                self.wrong(
                    place(*path, "year"),
                    f"{table.name} can't be about {table.year}: the plan begins in {first}, and "
                    "nothing is published of that year yet",
                    "write the school year its figures are about",
                )
            former = table.supersedes
            if former is None or not self.name(
                SCHOOL, (*path, "supersedes"), "published file", former, by_name
            ):
                continue
            if self._revises_itself(table, by_name):
                self.wrong(
                    place(*path, "supersedes"),
                    f"{table.name} would supersede itself",
                    "name the file of the same year that this one revises",
                )

    @staticmethod
    def _revises_itself(table: PublishedFile, by_name: Mapping[str, PublishedFile]) -> bool:
        seen, former = {table.name}, by_name.get(table.supersedes or "")
        while former is not None and former.name not in seen:
            seen.add(former.name)
            former = by_name.get(former.supersedes or "")
        return former is not None and former.name == table.name

    def files(self, school: SchoolFile, scales: Mapping[str, Scale]) -> dict[str, Place]:
        """Where each file of pupils and each published table is named."""
        place, asked = self.documents[SCHOOL].place, school.pupils
        named = [("pupils", index, f.name) for index, f in enumerate(asked.each if asked else ())]
        if school.published:
            tables = enumerate(school.published.files)
            named += [("published", index, table.name) for index, table in tables]
        places: dict[str, Place] = {}
        for part, index, name in named:
            here = place(part, "files", index)
            if name in places:
                self.wrong(
                    here,
                    f"the file “{name}” is named twice",
                    "save each sheet as a file of its own",
                )
            places[name] = here
        if asked is None:
            return places
        self.name(SCHOOL, ("pupils", "scale"), "scale", asked.scale, scales)
        self.once(SCHOOL, ("pupils", "subjects"), asked.subjects)
        if asked.prefer is not None:
            files = {file.name: file for file in asked.each}
            self.name(SCHOOL, ("pupils", "prefer"), "file of pupils", asked.prefer, files)
        of_skills = self.library.assessments.get(check_of_skills(self.library))
        checks = of_skills.scale_in(None) if of_skills else None
        points = {point.id: point for point in asked.points}
        subjects = dict.fromkeys(asked.subjects)
        for index, file in enumerate(asked.each):
            where: Path = ("pupils", "files", index)
            kinds: list[tuple[str, str | None, Mapping[str, object]]] = [
                ("scale", file.scale, scales),
                ("point", file.point, points),
                ("subject", file.subject, subjects),
            ]
            for kind, given, known in kinds:
                if given is not None:
                    self.name(SCHOOL, (*where, kind), kind, given, known)
            for position, name in enumerate(file.blank_is_no):
                known = {c.id: c for c in self.library.columns.values() if c.kind == "yes-no"}
                self.name(SCHOOL, (*where, "blank_is_no", position), "column", name, known)
            own = file.scale or asked.scale
            scale = scales.get(checks or own if file.holds == SKILLS else own)
            for text, said in file.codes.items():
                if scale and said != MISSING and said.casefold() not in grade_names(scale, False):
                    self._off_scale(place(*where, "codes", text), said, scale)
        return places

    def _money(self, school: SchoolFile) -> None:
        place = self.documents[SCHOOL].place
        kinds = {kind.id: kind for kind in self.library.costs.kinds}
        lines: set[str] = set()
        for index, line in enumerate(school.money.lines):
            path = ("money", "lines", index)
            if line.id in lines:
                self.wrong(place(*path, "id"), f"the line “{line.id}” stands twice")
            lines.add(line.id)
            for position, kind in enumerate(line.pays_for):
                where = (*path, "pays_for", position)
                known = self.name(SCHOOL, where, "kind of cost", kind, kinds)
                if known and kind in line.pays_for[:position]:
                    self.wrong(place(*where), f"“{kind}” stands twice", "take one of them out")

    def _dates(self, school: SchoolFile, time: Timeline | None) -> None:
        place = self.documents[SCHOOL].place
        series = {k: v for k, v in self.library.interventions.items() if v.series}
        for name, dates in school.dates.items():
            if not self.name(SCHOOL, ("dates", name), "intervention that comes back", name, series):
                continue
            for index, date in enumerate(dates):
                reason = time.why_no_school(date) if time else None
                if reason:
                    self.wrong(
                        place("dates", name, index), f"{date} {reason}", "choose a day in term"
                    )

    def _typed(self, indicator: Indicator, value: Scalar, place: Place) -> None:
        """A value in `context` against its declaration."""
        if indicator.type == "yes-no":
            if not isinstance(value, bool):
                self.wrong(
                    place, f"“{indicator.id}” is yes or no, not “{value}”", "write true or false"
                )
        elif indicator.type in ("number", "count", "percent", "pounds"):
            if indicator.type == "percent" and not (
                indicator.near_nought and isinstance(value, float)
            ):
                try:
                    value = percentage(value)
                except ValueError as doubt:
                    what, _, hint = str(doubt).partition(" || ")
                    self.wrong(place, f"“{indicator.id}”: {what}", hint)
                    return
            if isinstance(value, bool) or not isinstance(value, int | float):
                between = "from {:g} to {:g}".format(*indicator.range) if indicator.range else ""
                self.wrong(
                    place,
                    f"“{indicator.id}” must be a number, not “{value}”",
                    f"write a number {between}".rstrip(),
                )
            elif indicator.range and not indicator.range[0] <= value <= indicator.range[1]:
                low, high = indicator.range
                self.wrong(
                    place, f"{value} is off the range of “{indicator.id}”", f"{low:g} to {high:g}"
                )
        elif indicator.values and value not in indicator.values:
            self.wrong(
                place,
                f"“{value}” is not a {indicator.title}",
                did_you_mean(str(value), indicator.values),
            )

    def _off_scale(self, place: Place, grade: object, scale: Scale) -> None:
        grades = ", ".join(f"{grade.value} {grade.id}" for grade in scale.grades)
        if scale.numbers is not None:
            grades = f"scores from {scale.numbers.least:g} to {scale.numbers.most:g}"
        self.wrong(place, f"“{grade}” is not on the scale “{scale.title}”", f"it has {grades}")

    def held(
        self, file: str, path: tuple[str | int, ...], role: str, staff: StaffFile | None
    ) -> None:
        """A role that is named has to exist, and somebody has to hold it."""
        if not self.name(file, path, "role", role, self.library.roles) or staff is None:
            return
        held = {name: True for person in staff.people for name in person.roles}
        held.update(dict.fromkeys(staff.together, True))
        if role not in held:
            place = self.documents[file].place(*path)
            self.wrong(
                place, f"nobody in staff.yaml holds the role “{role}”", did_you_mean(role, held)
            )

    def cqa(
        self, cqa: CqaFile, scale: Scale, staff: StaffFile | None, school: SchoolFile | None
    ) -> None:
        """Checks cqa.yaml."""
        library, place = self.library, self.documents[CQA].place
        strands = library.strands
        for name, question in cqa.questions.items():
            path: Path = ("questions", name)
            self.name(CQA, path, "question", name, strands)
            for who in ("judgement", "school", "adviser"):
                given = getattr(question, who)
                if given is not None and grade_rank(scale, given) is None:
                    self._off_scale(place(*path, who), given, scale)
            activities = {item.id: item for item in library.programme.audit_activities}
            for index, note in enumerate(question.evidence):
                where: Path = (*path, "evidence", index)
                self.name(CQA, (*where, "activity"), "audit activity", note.activity, activities)
                for kind, known in (("concern", library.concerns), ("strength", library.strengths)):
                    code = getattr(note, kind)
                    if code is None or not self.name(CQA, (*where, kind), kind, code, known):
                        continue
                    if known[code].question != name:
                        self.wrong(
                            place(*where, kind),
                            f"the {kind} “{code}” belongs to the question “{known[code].question}”",
                            "move it there",
                        )
        there: set[str] = set()
        for index, practice in enumerate(cqa.in_place):
            where = ("in_place", index, "practice")
            self.name(CQA, where, "practice", practice.practice, library.interventions)
            if practice.practice in there:
                what = f"“{practice.practice}” stands twice"
                self.wrong(place(*where), what, "take one of them out")
            there.add(practice.practice)
        for index, priority in enumerate(cqa.priorities):
            path = ("priorities", index)
            self.name(CQA, (*path, "strand"), "strand", priority.strand, strands)
            if grade_rank(scale, priority.target) is None:
                self._off_scale(place(*path, "target"), priority.target, scale)
            self.held(CQA, (*path, "lead"), priority.lead, staff)
            self._scope(path, priority, school)

    def _scope(self, path: Path, priority: AgreedPriority, school: SchoolFile | None) -> None:
        """Checks what a priority is about: nothing that the school has not."""
        library = self.library
        known: dict[str, tuple[str, Mapping[str, object]]] = {"groups": ("group", library.groups)}
        if school is not None:
            asked = school.pupils.subjects if school.pupils else tuple(library.subject_titles)
            known["subjects"] = ("subject", dict.fromkeys(asked, True))
            years = dict.fromkeys(school.school.year_groups, True)
            known["year_groups"] = ("year group of the school", years)
            classes = {one.id: one for one in school.school.classes}
            known["classes"] = ("class of the school", classes)
        for part, (kind, names) in known.items():
            for index, name in enumerate(priority.scope[part]):
                self.name(CQA, (*path, part, index), kind, name, names)
        if priority.outcome is not None:
            where = (*path, "outcome", "indicator")
            self.name(CQA, where, "indicator", priority.outcome.indicator, library.indicators)

    def staff(self, staff: StaffFile, scale: Scale, school: SchoolFile | None) -> None:
        """Checks staff.yaml."""
        library, place = self.library, self.documents[STAFF].place
        classes = {item.id: item for item in school.school.classes} if school else {}
        taught: set[str] = set()
        seen: set[str] = set()
        for index, person in enumerate(staff.people):
            path = ("people", index)
            if person.id in seen:
                self.wrong(
                    place(*path, "id"), f"“{person.id}” stands twice", "give each an id of its own"
                )
            seen.add(person.id)
            for position, role in enumerate(person.roles):
                where = (*path, "roles", position)
                if self.name(STAFF, where, "role", role, library.roles) and (
                    library.roles[role].kind == "together"
                ):
                    self.wrong(
                        place(*where),
                        f"“{role}” is no one person's role",
                        "write it under together",
                    )
            self.once(STAFF, (*path, "roles"), person.roles)
            self.once(STAFF, (*path, "classes"), person.classes)
            self._parts((*path, "time"), person.time)
            for position, name in enumerate(person.classes):
                if school and self.name(
                    STAFF, (*path, "classes", position), "class", name, classes
                ):
                    taught.add(name)
            if person.profile is not None and grade_rank(scale, person.profile) is None:
                self._off_scale(place(*path, "profile"), person.profile, scale)
        for role, time in staff.together.items():
            if self.name(STAFF, ("together", role), "role", role, library.roles):
                if library.roles[role].kind != "together":
                    self.wrong(
                        place("together", role),
                        f"“{role}” is a person's role",
                        "write it under people",
                    )
                self._parts(("together", role), time)
        for name in classes:
            if name not in taught:
                self.wrong(
                    place("people"),
                    f"nobody teaches the class “{name}”",
                    "add it to a teacher's classes; if the post is vacant, write it among the people "
                    "all the same, with vacant: {from: its first day without a teacher}",
                )

    def _parts(self, path: tuple[str | int, ...], time: DaysByPart) -> None:
        if isinstance(time, dict):
            for part in time:
                self.name(STAFF, (*path, part), "part of the year", part, self.library.parts)
