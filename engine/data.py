"""The data doctor: what was read as what, counts that add up, and what to look at before trusting
the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .conditions import evaluate
from .library import Library
from .readers.points import school_year_of
from .readers.progress import Progress
from .readers.rows import Account, Refusal
from .readers.school import PupilRead, School
from .records.data import (
    ColumnRead,
    Count,
    DataReport,
    Figure,
    FileRead,
    Look,
    PupilShown,
    RefusedPart,
    Start,
)
from .records.facts import Raw


def data_report(school: School, library: Library) -> DataReport:
    """What became of every row and column of a school's files, and what is worth a look.

    Pupils are named by their pseudonyms; where the folder has no key (see `make_key`) those are
    provisional. Names are given where the school was loaded with them.
    """
    doctor = _Doctor(school, library)
    files = tuple(_file(account) for account in school.accounts)
    if school.file.pupils is None:
        return DataReport(
            school=school.file.school.name, files=files, pupils=0, years={}, classes={},
            scales={}, counts=(), starts=(), assessments={}, published=tuple(doctor.figures()),
            look=tuple(doctor.published_look()), pupil_list=(),
        )  # fmt: skip
    return DataReport(
        school=school.file.school.name,
        files=files,
        pupils=len(school.pupils),
        years=doctor.years,
        classes=doctor.classes,
        scales=doctor.scales(),
        counts=tuple(doctor.counts()),
        starts=(starts := tuple(doctor.starts())),
        assessments=doctor.named(starts),
        published=tuple(doctor.figures()),
        look=(*doctor.look(), *doctor.published_look()),
        pupil_list=tuple(doctor.pupils()),
    )


def _file(account: Account) -> FileRead:
    return FileRead(
        name=account.file,
        kind=account.kind,
        rows=account.rows,
        used=account.used,
        refused=_parts(account.refused),
        set_aside=_parts(account.set_aside),
        columns=tuple(ColumnRead(heading=h, read_as=said) for h, said in account.columns if h),
        notes=tuple(account.notes),
    )


def _parts(refusals: Sequence[Refusal]) -> tuple[RefusedPart, ...]:
    return tuple(
        RefusedPart(row=r.row, column=r.column, kind=r.kind, reason=r.reason, mistake=r.mistake)
        for r in sorted(refusals)
    )


class _Doctor:
    def __init__(self, school: School, library: Library) -> None:
        self.school, self.library = school, library
        asked = school.file.pupils
        if asked is None:
            return
        self.asked, self.checks = asked, library.data_checks
        self.own = library.own_assessment
        self.titles = library.subject_titles
        self.points = {point.id: point.title for point in asked.points}
        self.vocabulary = library.vocabulary(school.scales)
        years = Counter(pupil.year for pupil in school.pupils)
        self.years = {year: years[year] for year in school.file.school.year_groups if years[year]}
        classes = Counter(pupil.class_id for pupil in school.pupils)
        self.classes = {c.id: classes[c.id] for c in school.file.school.classes if classes[c.id]}

    def known(self, pupil: PupilRead, subject: str, point: str) -> bool:
        """Whether a pupil has a judgement."""
        result = pupil.results.get((self.own, subject, point))
        return result is not None and result.grade is not None

    def scales(self) -> dict[str, int]:
        found = Counter(
            result.scale
            for pupil in self.school.pupils
            for result in pupil.results.values()
            if result.grade is not None
        )
        return {self.school.measures[name].title: found[name] for name in sorted(found)}

    def counts(self) -> Iterator[Count]:
        """Judgements known and missing by year group, subject and point, then by class."""
        for year, class_id, members in self._places():
            for subject in self.asked.subjects:
                for point in self.points:
                    known = sum(self.known(pupil, subject, point) for pupil in members)
                    yield Count(
                        year=year,
                        class_id=class_id,
                        subject=subject,
                        point=point,
                        known=known,
                        missing=len(members) - known,
                    )

    def _places(self) -> Iterator[tuple[str, str | None, list[PupilRead]]]:
        for year in self.years:
            members = [pupil for pupil in self.school.pupils if pupil.year == year]
            yield year, None, members
            for class_id in self.classes:
                inside = [pupil for pupil in members if pupil.class_id == class_id]
                if inside:
                    yield year, class_id, inside

    def starts(self) -> Iterator[Start]:
        """What progress is measured from, by year group and subject."""
        progress = Progress(self.school, self.library)
        for year, class_id, members in self._places():
            if class_id is not None:
                continue
            for subject in self.asked.subjects:
                found: Counter[str] = Counter()
                for pupil in members:
                    start = progress.starting_point(pupil, subject)
                    found[start[1] if start else ""] += 1
                none = found.pop("", 0)
                held = progress.held_for(year, subject)
                yield Start(
                    year=year,
                    subject=subject,
                    expected=held or self.own,
                    found=dict(sorted(found.items())),
                    none=none,
                )

    def named(self, starts: Sequence[Start]) -> dict[str, str]:
        """What the assessments in the starting points are called."""
        used = {name for start in starts for name in (start.expected, *start.found)}
        known = self.library.assessments
        return {name: known[name].short or known[name].title for name in sorted(used)}

    def pupils(self) -> Iterator[PupilShown]:
        for pupil in sorted(self.school.pupils, key=lambda p: (p.year, p.class_id or "", p.ref)):
            judged = sum(
                result.grade is not None
                for (assessment, _, _), result in pupil.results.items()
                if assessment == self.own
            )
            yield PupilShown(
                pupil=pupil.ref,
                name=pupil.name,
                year=pupil.year,
                class_id=pupil.class_id,
                judgements=judged,
            )

    # --- what is worth a look

    def look(self) -> Iterator[Look]:
        yield from self._refused()
        yield from self._outside()
        yield from self._only_yes()
        yield from self._without()
        yield from self._scales_that_do_not_fit()
        yield from self._empty_points()
        yield from self._cohorts()
        yield from self._groups()

    def _refused(self) -> Iterator[Look]:
        """Mistakes by file and kind."""
        for account in self.school.accounts:
            mistakes = [r for r in (*account.refused, *account.set_aside) if r.mistake]
            for kind, count in sorted(Counter(r.kind for r in mistakes).items()):
                what = "row or cell" if count == 1 else "rows and cells"
                yield Look(kind=kind, words=f"{account.file}: {count:,} {what} not used: {kind}")

    def _outside(self) -> Iterator[Look]:
        """Columns of a time that school.yaml does not ask for."""
        for account in self.school.accounts:
            for time in dict.fromkeys(time for _, time in account.outside):
                named = [f"“{heading}”" for heading, other in account.outside if other == time]
                yield Look(
                    kind="no point",
                    words=f"{account.file}: {', '.join(named[:3])} "
                    f"{'is' if len(named) == 1 else 'are'} not read: school.yaml declares no point "
                    f"in {time}",
                )

    def _only_yes(self) -> Iterator[Look]:
        """Indicators of which only yes was found: nobody is known not to be one of those."""
        for column in self.library.columns.values():
            name = column.indicator
            if column.kind != "yes-no" or name is None or column.only_yes:
                continue
            values = [p.values[name].value for p in self.school.pupils if name in p.values]
            if values and all(values) and len(values) < len(self.school.pupils):
                yield Look(
                    kind="only yes",
                    words=f"{column.title}: only yes is found, for {len(values)} pupils; of the "
                    "others nothing is known. If an empty cell means no, write in school.yaml "
                    f"under the file: blank_is_no: [{column.id}]",
                )

    def _without(self) -> Iterator[Look]:
        classless = [p.ref for p in self.school.pupils if p.class_id is None]
        if classless:
            yield Look(
                kind="no class",
                words=f"{_pupils(len(classless))} in no class of school.yaml; they count in their "
                "year group",
                pupils=tuple(sorted(classless)),
            )
        silent = [
            p.ref
            for p in self.school.pupils
            if not any(r.grade is not None for r in p.results.values())
        ]
        if silent:
            yield Look(
                kind="no results",
                words=f"{_pupils(len(silent))} without any result: nothing can be said of them",
                pupils=tuple(sorted(silent)),
            )
        for item in self.school.file.school.classes:
            if item.id not in self.classes and any(year in self.years for year in item.years):
                yield Look(
                    kind="empty class", words=f"class {item.id} has no pupils in these files"
                )

    def _scales_that_do_not_fit(self) -> Iterator[Look]:
        names = {file.scale or self.asked.scale for file in self.asked.each}
        for name in sorted(names):
            scale = self.school.measures[name]
            if not scale.anchors and not scale.expected_at:
                yield Look(
                    kind="scale",
                    words=f"“{scale.title}” does not say what is expected, so nobody can be "
                    "placed by it; use it for a test, and a teacher's judgement for where pupils "
                    "stand",
                )

    def _empty_points(self) -> Iterator[Look]:
        """Points at which nobody of a year group was judged. A starting point can be another one,
        so that it is left out here."""
        whole = [(year, members) for year, class_id, members in self._places() if class_id is None]
        for point in (point for point in self.asked.points if not point.baseline):
            lacking: dict[tuple[str, ...], list[str]] = {}
            for year, members in whole:
                subjects = tuple(
                    self._subject(subject)
                    for subject in self.asked.subjects
                    if not any(self.known(pupil, subject, point.id) for pupil in members)
                )
                if subjects:
                    lacking.setdefault(subjects, []).append(year)
            for subjects, years in lacking.items():
                yield Look(
                    kind="missing point",
                    words=f"nobody in {_years(years)} has a judgement in {_or(subjects)} at "
                    f"{point.title}",
                )

    def _cohorts(self) -> Iterator[Look]:
        """Year groups of which many more or fewer pupils are judged than at the point before."""
        for year, class_id, members in self._places():
            if class_id is not None or len(members) < self.checks.least:
                continue
            before: tuple[str, int] | None = None
            for point in self.asked.points:
                here = sum(
                    any(self.known(p, subject, point.id) for subject in self.asked.subjects)
                    for p in members
                )
                if before and before[1] and here:
                    change = 100 * (here - before[1]) / before[1]
                    if abs(change) > self.checks.cohort_change:
                        yield Look(
                            kind="cohort",
                            words=f"Year {year}: {before[1]} pupils judged at {before[0]}, {here} "
                            f"at {point.title}",
                        )
                before = (point.title, here) if here else before

    def _groups(self) -> Iterator[Look]:
        """Groups of whom far more is missing at the latest point than of the others."""
        last = self.asked.points[-1]
        for group in self.library.groups.values():
            told = [p for p in self.school.pupils if self._in_group(p, group.id) is not None]
            inside = [p for p in told if self._in_group(p, group.id)]
            others = [p for p in told if not self._in_group(p, group.id)]
            if min(len(inside), len(others)) < self.checks.least:
                continue
            for subject in self.asked.subjects:
                shares = [
                    100 * sum(not self.known(p, subject, last.id) for p in some) / len(some)
                    for some in (inside, others)
                ]
                if shares[0] - shares[1] > self.checks.missing_gap:
                    yield Look(
                        kind="missing by group",
                        words=f"{self._subject(subject)} at {last.title}: {shares[0]:.0f} % of "
                        f"{group.title} have no judgement, {shares[1]:.0f} % of the others",
                    )

    def _in_group(self, pupil: PupilRead, group: str) -> bool | None:
        who = self.library.groups[group].who
        return evaluate(who, pupil.values.get, self.vocabulary).result

    # --- published tables

    def figures(self) -> Iterator[Figure]:
        """What published tables say of the school."""
        years = self._table_years()
        for name, value in self.school.published.items():
            file = value.cells[0].file
            yield Figure(
                indicator=name,
                title=self.library.indicators[name].title,
                value=_figure(value.value),
                file=file,
                year=years[file],
            )

    def published_look(self) -> Iterator[Look]:
        """Tables that are old, and figures that school.yaml gives otherwise."""
        first = school_year_of(self.school.file.plan.starts, self.library.words.parts)
        for file, year in sorted(self._table_years().items()):
            age = first - int(year[:4])
            if age >= self.library.data_checks.published_age:
                yield Look(
                    kind="old table",
                    words=f"{file} is about {year}, {age} school years before the plan; its "
                    "figures are used where school.yaml gives none",
                )
        for figure in self.figures():
            given = self.school.file.context.get(figure.indicator)
            if given is not None and given != figure.value:
                yield Look(
                    kind="published",
                    words=f"{figure.title}: school.yaml says {given}, {figure.file} "
                    f"({figure.year}) {_said(figure.value)}; the school's own figure is used",
                )
        rolls = self.school.published.get("published_roll")
        roll = self.school.file.school.roll
        if rolls is not None and rolls.value != roll:
            yield Look(
                kind="published",
                words=f"number on roll: school.yaml says {roll}, {rolls.cells[0].file} "
                f"{_said(rolls.value)}; the school's own figure is used",
            )

    def _table_years(self) -> dict[str, str]:
        asked = self.school.file.published
        return {table.name: table.year for table in asked.files} if asked else {}

    def _subject(self, subject: str) -> str:
        return self.titles.get(subject, subject).lower()


def _pupils(count: int) -> str:
    return f"{count} pupil is" if count == 1 else f"{count} pupils are"


def _figure(value: Raw) -> str | float | bool:
    assert not isinstance(value, frozenset), "no table gives a set"
    return value


def _said(value: object) -> str:
    """A figure in a sentence: a whole number without a decimal point."""
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _years(years: Sequence[str]) -> str:
    return f"Year {years[0]}" if len(years) == 1 else f"Years {', '.join(years)}"


def _or(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
