"""Counts of a school's pupils and judgements: by class, assessment point, scale, starting point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ...library import Library, Raw
from ..pupil_data.skill_columns import check_of_skills
from ..pupil_facts import Progress
from ..school import PupilRead, SchoolData
from .model import Count, FigureShown, PupilShown, Start


class JudgementCounts:
    """The pupils of one school and their judgements, counted by year group, class, subject and point."""

    def __init__(self, school: SchoolData, library: Library) -> None:
        self.school, self.library = school, library
        asked = school.file.pupils
        if asked is None:
            return
        self.asked, self.checks = asked, library.data_checks
        self.own = library.own_assessment
        self.titles = library.subject_titles
        self.points = {point.id: point.title for point in asked.points}
        years = Counter(pupil.year for pupil in school.pupils)
        self.years = {year: years[year] for year in school.file.school.year_groups if years[year]}
        classes = Counter(pupil.class_id for pupil in school.pupils)
        self.classes = {c.id: classes[c.id] for c in school.file.school.classes if classes[c.id]}

    def known(self, pupil: PupilRead, subject: str, point: str) -> bool:
        """Tell whether a pupil has a judgement in a subject at an assessment point."""
        result = pupil.results.get((self.own, subject, point))
        return result is not None and result.grade is not None

    def scales(self) -> dict[str, int]:
        found = Counter(
            result.scale
            for pupil in self.school.pupils
            for result in pupil.results.values()
            if result.grade is not None
        )
        check = self.library.assessments.get(check_of_skills(self.library))
        on = check.scale_in(None) if check else None
        if on and (skills := sum(len(pupil.skills) for pupil in self.school.pupils)):
            found[on] = skills
        return {self.school.measures[name].title: found[name] for name in sorted(found)}

    def counts(self) -> Iterator[Count]:
        """Judgements known and missing by year group, subject and point, then by class."""
        for year, class_id, members in self.places():
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

    def places(self) -> Iterator[tuple[str, str | None, list[PupilRead]]]:
        for year in self.years:
            members = [pupil for pupil in self.school.pupils if pupil.year == year]
            yield year, None, members
            for class_id in self.classes:
                inside = [pupil for pupil in members if pupil.class_id == class_id]
                if inside:
                    yield year, class_id, inside

    def starts(self) -> Iterator[Start]:
        """Yield the starting points that progress is measured from, by year group and subject."""
        progress = Progress(self.school, self.library)
        for year, class_id, members in self.places():
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
        """Return the short titles of the assessments in the starting points, by id."""
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

    def figures(self) -> Iterator[FigureShown]:
        """Yield the figures that published tables give for the school."""
        for name, value in self.school.published.items():
            assert value.year is not None, "a table is of a school year"
            yield FigureShown(
                indicator=name,
                title=self.library.indicators[name].title,
                value=_figure(value.value),
                file=value.cells[0].file,
                year=value.year,
            )

    def table_years(self) -> dict[str, str]:
        """The school year each published table is about."""
        asked = self.school.file.published
        return {table.name: table.year for table in asked.files} if asked else {}


def _figure(value: Raw) -> str | float | bool:
    assert not isinstance(value, frozenset), "no table gives a set"
    return value
