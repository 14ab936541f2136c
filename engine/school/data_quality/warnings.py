"""Warnings about a school's data, to be looked at before the figures are trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ...library import evaluate
from ..school import PupilRead
from .counts import JudgementCounts
from .model import Look


class Looks:
    """The warnings about one school's data, to be looked at before the figures are trusted."""

    def __init__(self, counts: JudgementCounts) -> None:
        self.counts, self.school, self.library = counts, counts.school, counts.library
        self.vocabulary = self.library.vocabulary(self.school.scales)

    def of_pupils(self) -> Iterator[Look]:
        """Yield the warnings about the files of pupils, the mistakes in them first."""
        yield from self._refused()
        yield from self._alone()
        yield from self._outside()
        yield from self._only_yes()
        yield from self._without()
        yield from self._scales_that_do_not_fit()
        yield from self._empty_points()
        yield from self._latest_points()
        yield from self._cohorts()
        yield from self._groups()

    def _refused(self) -> Iterator[Look]:
        """Mistakes by file and kind."""
        for account in self.school.accounts:
            mistakes = [r for r in (*account.refused, *account.set_aside) if r.mistake]
            for kind, count in sorted(Counter(r.kind for r in mistakes).items()):
                what = "row or cell" if count == 1 else "rows and cells"
                yield Look(kind=kind, words=f"{account.file}: {count:,} {what} not used: {kind}")

    def _alone(self) -> Iterator[Look]:
        """Pupils of a file joined by name whom the other files lack."""
        for account in self.school.accounts:
            if account.alone:
                count = len(account.alone)
                who = "a pupil" if count == 1 else f"{count} pupils"
                yield Look(
                    kind="only by name",
                    words=f"{account.file} has no number for {who} whom no other file has by this "
                    "name: if other files write it otherwise, they count twice; give both the UPN",
                    pupils=tuple(sorted(account.alone)),
                )

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
            if item.id not in self.counts.classes and any(
                year in self.counts.years for year in item.years
            ):
                yield Look(
                    kind="empty class", words=f"class {item.id} has no pupils in these files"
                )

    def _scales_that_do_not_fit(self) -> Iterator[Look]:
        names = {file.scale or self.counts.asked.scale for file in self.counts.asked.each}
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
        whole = [
            (year, members) for year, class_id, members in self.counts.places() if class_id is None
        ]
        for point in (point for point in self.counts.asked.points if not point.baseline):
            lacking: dict[tuple[str, ...], list[str]] = {}
            for year, members in whole:
                subjects = tuple(
                    self._subject(subject)
                    for subject in self.counts.asked.subjects
                    if not any(self.counts.known(pupil, subject, point.id) for pupil in members)
                )
                if subjects:
                    lacking.setdefault(subjects, []).append(year)
            for subjects, years in lacking.items():
                yield Look(
                    kind="missing point",
                    words=f"nobody in {self._years(years)} has a judgement in {_or(subjects)} at "
                    f"{point.title}",
                )

    def _latest_points(self) -> Iterator[Look]:
        """Subjects in which nobody has been judged at the latest point yet: they are looked at as they
        stood before."""
        titles, latest = self.counts.points, self.school.latest
        last = self.counts.asked.points[-1].id
        for before in titles:
            subjects = tuple(s for s in self.counts.asked.subjects if latest.get(s) == before)
            if subjects and before != last:
                names = " and ".join(self._subject(subject) for subject in subjects)
                yield Look(
                    kind="latest point",
                    words=f"in {names} nobody is judged at {titles[last]} yet: pupils are looked at "
                    f"as they stood at {titles[before]}",
                )

    def _cohorts(self) -> Iterator[Look]:
        """Year groups of which many more or fewer pupils are judged than at the point before."""
        for year, class_id, members in self.counts.places():
            if class_id is not None or len(members) < self.library.data_checks.least:
                continue
            before: tuple[str, int] | None = None
            for point in self.counts.asked.points:
                here = sum(
                    any(
                        self.counts.known(p, subject, point.id)
                        for subject in self.counts.asked.subjects
                    )
                    for p in members
                )
                if before and before[1] and here:
                    change = 100 * (here - before[1]) / before[1]
                    if abs(change) > self.library.data_checks.cohort_change:
                        yield Look(
                            kind="cohort",
                            words=f"{self.library.year_title(year)}: {before[1]} pupils judged at {before[0]}, {here} "
                            f"at {point.title}",
                        )
                before = (point.title, here) if here else before

    def _groups(self) -> Iterator[Look]:
        """Groups of whom far more is missing at the latest point than of the others."""
        points = {point.id: point for point in self.counts.asked.points}
        last = self.counts.asked.points[-1]
        for group in self.library.groups.values():
            told = [p for p in self.school.pupils if self._in_group(p, group.id) is not None]
            inside = [p for p in told if self._in_group(p, group.id)]
            others = [p for p in told if not self._in_group(p, group.id)]
            if min(len(inside), len(others)) < self.library.data_checks.least:
                continue
            for subject in self.counts.asked.subjects:
                last = points.get(self.school.latest.get(subject, ""), last)
                shares = [
                    100 * sum(not self.counts.known(p, subject, last.id) for p in some) / len(some)
                    for some in (inside, others)
                ]
                if shares[0] - shares[1] > self.library.data_checks.missing_gap:
                    yield Look(
                        kind="missing by group",
                        words=f"{self._subject(subject)} at {last.title}: {shares[0]:.0f} % of "
                        f"{group.title} have no judgement, {shares[1]:.0f} % of the others",
                    )

    def _in_group(self, pupil: PupilRead, group: str) -> bool | None:
        who = self.library.groups[group].who
        return evaluate(who, pupil.values.get, self.vocabulary).result

    def of_published(self) -> Iterator[Look]:
        """Tables that are old, and figures that school.yaml gives otherwise."""
        first = self.school.timeline.first_year
        for file, year in sorted(self.counts.table_years().items()):
            age = first - int(year[:4])
            if age >= self.library.data_checks.published_age:
                yield Look(
                    kind="old table",
                    words=f"{file} is about {year}, {age} school years before the plan; its "
                    "figures are used where school.yaml gives none",
                )
        for figure in self.counts.figures():
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
                f"({rolls.year}) {_said(rolls.value)}; the school's own figure is used",
            )

    def _years(self, years: Sequence[str]) -> str:
        return ", ".join(map(self.library.year_title, years))

    def _subject(self, subject: str) -> str:
        return self.library.subject_titles.get(subject, subject).lower()


def _pupils(count: int) -> str:
    return f"{count} pupil is" if count == 1 else f"{count} pupils are"


def _said(value: object) -> str:
    """A figure in a sentence: a whole number without a decimal point."""
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _or(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
