"""The indicators that are worked out of a school's records: one function each, registered under its name.

`knowledge/base/indicators.yaml` says `derived: true` of the same; `termwise rules check` holds the two against
each other. What stands in a record as it is (`written_as`) needs no function.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from ..library import Cell, EntityKind, Library, Raw, Value
from .checks.folder_checks import CQA, SCHOOL, STAFF
from .inspection_history import below_sound, dates_below, latest
from .model import ClassRecord, Initiative, Person, Point, QuestionFile
from .pupil_facts import Progress
from .school import PupilRead, Result, School

Of = TypeVar("Of")


class Formulas(Generic[Of]):
    """The formulas of the indicators about one kind of thing; decorates each of them."""

    def __init__(self, about: EntityKind) -> None:
        self.about = about
        self.functions: dict[str, Callable[[Of], Value | None]] = {}

    def __call__(self, function: Callable[[Of], Value | None]) -> Callable[[Of], Value | None]:
        self.functions[function.__name__] = function
        return function

    def of(self, one: Of) -> dict[str, Value]:
        """Work out all of them, by indicator; what can't be told is left out."""
        found = ((name, function(one)) for name, function in self.functions.items())
        return {name: value for name, value in found if value is not None}


# --- the school as a whole


@dataclass(frozen=True)
class OfSchool:
    """A school's records."""

    school: School
    library: Library

    def read(self, value: Raw, file: str, *path: str | int) -> Value:
        """Give a value with the cell of a file it was read from."""
        return Value(value, (self.school.cell(file, *path),))

    @cached_property
    def there(self) -> list[Person]:
        """The people who are there when the plan begins."""
        first = self.school.timeline.halves[0].starts
        return [one for one in self.school.staff.people if not one.away(first, first)]

    @cached_property
    def own(self) -> list[Person]:
        """Select those of them who are the school's own."""
        return [one for one in self.there if self.has(one, "staff")]

    @cached_property
    def teachers(self) -> list[Person]:
        """Select those of them who have a class."""
        return [one for one in self.there if one.classes]

    def has(self, one: Person, kind: str) -> bool:
        """Tell whether a person has a role of a kind."""
        return any(self.library.roles[role].kind == kind for role in one.roles)


of_school = Formulas[OfSchool]("school")


@of_school
def phase(one: OfSchool) -> Value:
    """Read the school's phase."""
    return one.read(one.school.file.school.phase, SCHOOL, "school", "phase")


@of_school
def roll(one: OfSchool) -> Value:
    """Read the number of pupils on roll."""
    return one.read(one.school.file.school.roll, SCHOOL, "school", "roll")


@of_school
def class_count(one: OfSchool) -> Value:
    """Count the classes."""
    return one.read(len(one.school.file.school.classes), SCHOOL, "school", "classes")


@of_school
def mixed_age_classes(one: OfSchool) -> Value:
    """Count the classes of more than one year group."""
    mixed = sum(len(item.years) > 1 for item in one.school.file.school.classes)
    return one.read(mixed, SCHOOL, "school", "classes")


@of_school
def year_groups(one: OfSchool) -> Value:
    """Name the year groups."""
    years = frozenset(one.school.file.school.year_groups)
    return one.read(years, SCHOOL, "school", "year_groups")


@of_school
def staff_count(one: OfSchool) -> Value:
    """Count the school's own people."""
    return one.read(len(one.own), STAFF, "people")


@of_school
def teacher_count(one: OfSchool) -> Value:
    """Count those who have a class."""
    return one.read(len(one.teachers), STAFF, "people")


@of_school
def leader_count(one: OfSchool) -> Value:
    """Count the school's own people whose role has a rank."""
    roles = one.library.roles
    leaders = [own for own in one.own if any(roles[role].rank for role in own.roles)]
    return one.read(len(leaders), STAFF, "people")


@of_school
def initiatives_running(one: OfSchool) -> Value | None:
    """Count the initiatives of the school's list; where there is none, the school says how many there are."""
    listed = one.school.file.initiatives
    return one.read(len(listed), SCHOOL, "initiatives") if listed else None


@of_school
def suspension_rate(one: OfSchool) -> Value | None:
    """Work out the suspensions of the last year for each hundred pupils on roll, to a tenth."""
    counted, pupils = one.school.file.context.get("suspensions"), one.school.file.school.roll
    if counted is None or isinstance(counted, str) or not pupils:
        return None
    return one.read(round(100 * counted / pupils, 1), SCHOOL, "context", "suspensions")


@of_school
def never_inspected(one: OfSchool) -> Value | None:
    """Tell whether the school says that it has had no inspection: its list is there and empty."""
    if "inspections" not in one.school.file.model_fields_set:
        return None
    return one.read(not one.school.file.inspections, SCHOOL, "inspections")


@of_school
def years_since_inspection(one: OfSchool) -> Value | None:
    """Count the years from the latest inspection to the plan's start, to a tenth."""
    past = one.school.file.inspections
    if not past:
        return None
    index = latest(past)[0]
    days = (one.school.timeline.halves[0].starts - past[index].date).days
    return one.read(round(days / 365.25, 1), SCHOOL, "inspections", index, "date")


@of_school
def inspected_areas_below(one: OfSchool) -> Value | None:
    """Count the areas of the latest inspection that are below what is sound in its framework."""
    past = one.school.file.inspections
    if not past:
        return None
    found = latest(past)
    below = [index for index in found if below_sound(past[index], one.library.scales)]
    cells = (one.school.cell(SCHOOL, "inspections", index, "grade") for index in below or found)
    return Value(len(below), tuple(cells))


@of_school
def inspections_below(one: OfSchool) -> Value | None:
    """Count the inspections of which something was below what is sound in its framework."""
    past = one.school.file.inspections
    if not past:
        return None
    return one.read(len(dates_below(past, one.library.scales)), SCHOOL, "inspections")


@of_school
def achievement_teams(one: OfSchool) -> Value:
    """Count the teams on the staff list."""
    return one.read(len(one.school.staff.teams), STAFF, "teams")


@of_school
def most_roles_held(one: OfSchool) -> Value:
    """Count the roles of the one person who has most."""
    return one.read(max((len(own.roles) for own in one.own), default=0), STAFF, "people")


@of_school
def teachers_to_profile(one: OfSchool) -> Value:
    """Count the teachers without a teaching profile."""
    return one.read(sum(teacher.profile is None for teacher in one.teachers), STAFF, "people")


@of_school
def eligible_pupils(one: OfSchool) -> Value | None:
    """Work out the number of pupils eligible for pupil premium: the share, of all on roll."""
    share = one.school.file.context.get("pp_share")
    if not isinstance(share, int | float):
        return None
    many = round(one.school.file.school.roll * share / 100)
    return one.read(many, SCHOOL, "context", "pp_share")


@of_school
def head_teaches(one: OfSchool) -> Value | None:
    """Work out the percentage of the week that the head teaches; of several heads, the last."""
    found = None
    for index, person in enumerate(one.school.staff.people):
        ranks = {one.library.roles[role].rank for role in person.roles}
        if person in one.there and "head" in ranks:
            found = one.read(100 * person.teaches, STAFF, "people", index, "teaches")
    return found


@of_school
def adviser_days(one: OfSchool) -> Value:
    """Add up the partners' days in the six half-terms of the first year, without those in which the
    post is vacant throughout."""
    total = 0.0
    for person in (each for each in one.school.staff.people if one.has(each, "partner")):
        for half in one.school.timeline.halves[:6]:
            if person.vacant and person.vacant.through(half.starts, half.ends):
                continue
            time = person.time
            total += time.get(half.part, 0) if isinstance(time, dict) else time
    return one.read(total, STAFF, "people")


def _practices(one: OfSchool, how: str) -> Value:
    members = {
        practice.practice: one.school.cell(CQA, "in_place", index, "practice")
        for index, practice in enumerate(one.school.cqa.in_place)
        if practice.how == how
    }
    return _set(members, one.school.cell(CQA, "in_place"))


def _set(members: Mapping[str, Cell], where: Cell) -> Value:
    return Value(frozenset(members), (where,), members)


@of_school
def in_place(one: OfSchool) -> Value:
    """Name the practices that are fully in place."""
    return _practices(one, "fully")


@of_school
def partly_in_place(one: OfSchool) -> Value:
    """Name the practices that are partly in place."""
    return _practices(one, "partly")


@of_school
def agreed_priority_strands(one: OfSchool) -> Value:
    """Name the strands of the agreed priorities."""
    strands = {
        priority.strand: one.school.cell(CQA, "priorities", index, "strand")
        for index, priority in enumerate(one.school.cqa.priorities)
    }
    return _set(strands, one.school.cell(CQA, "priorities"))


# --- a question of the analysis


@dataclass(frozen=True)
class OfQuestion:
    """A question with what the school's file says of it, and the grades that stand there."""

    name: str
    school: School
    grades: Mapping[str, Value]

    @property
    def given(self) -> QuestionFile | None:
        """Return what the file says."""
        return self.school.cqa.questions.get(self.name)

    @property
    def evidence(self) -> Cell | None:
        """Where the evidence stands; None without any."""
        there = self.given is not None and self.given.evidence
        return self.school.cell(CQA, "questions", self.name, "evidence") if there else None

    def codes(self, key: str) -> Value | None:
        """Collect the codes of one kind that the evidence carries."""
        if self.given is None or self.evidence is None:
            return None
        members: dict[str, Cell] = {}
        for index, note in enumerate(self.given.evidence):
            if code := getattr(note, key):
                cell = self.school.cell(CQA, "questions", self.name, "evidence", index, key)
                members.setdefault(code, cell)
        return _set(members, self.evidence)


of_question = Formulas[OfQuestion]("question")


@of_question
def question(one: OfQuestion) -> Value:
    """Name the question."""
    return Value(one.name)


@of_question
def judgements_apart(one: OfQuestion) -> Value | None:
    """Count the grades between the school's and the adviser's judgement."""
    own, other = one.grades.get("school_judgement"), one.grades.get("adviser_judgement")
    if own is None or other is None:
        return None
    apart = abs(int(own.value) - int(other.value))  # type: ignore[arg-type]
    return Value(apart, own.cells + other.cells)


@of_question
def evidence_activities(one: OfQuestion) -> Value | None:
    """Count the activities that gave evidence."""
    if one.given is None or one.evidence is None:
        return None
    return Value(len({note.activity for note in one.given.evidence}), (one.evidence,))


@of_question
def concerns(one: OfQuestion) -> Value | None:
    """Name the concerns in the evidence."""
    return one.codes("concern")


@of_question
def strengths(one: OfQuestion) -> Value | None:
    """Name the strengths in the evidence."""
    return one.codes("strength")


# --- people, and groups of pupils


@dataclass(frozen=True)
class OfTeacher:
    """A person with a class, and their place in the file."""

    person: Person
    index: int
    school: School


of_teacher = Formulas[OfTeacher]("teacher")


@of_teacher
def teaches_final_year(one: OfTeacher) -> Value:
    """Tell whether one of their classes has the school's last year group."""
    school = one.school.file.school
    final = school.year_groups[-1]
    own = (item for item in school.classes if item.id in one.person.classes)
    teaches = any(final in item.years for item in own)
    return Value(teaches, (one.school.cell(STAFF, "people", one.index, "classes"),))


@dataclass(frozen=True)
class OfYear:
    """A year group of a school."""

    name: str
    school: School


of_year = Formulas[OfYear]("year")


@of_year
def year_group(one: OfYear) -> Value:
    """Name the year group."""
    return Value(one.name)


@of_year
def is_final_year(one: OfYear) -> Value:
    """Tell whether it is the school's last."""
    return Value(one.name == one.school.file.school.year_groups[-1])


of_class = Formulas[ClassRecord]("class")


@of_class
def class_mixed_age(one: ClassRecord) -> Value:
    """Tell whether a class has more than one year group."""
    return Value(len(one.years) > 1)


of_subject = Formulas[str]("subject")


@of_subject
def subject(name: str) -> Value:
    """Name the subject."""
    return Value(name)


of_group = Formulas[str]("group")


@of_group
def group(name: str) -> Value:
    """Name the group of pupils."""
    return Value(name)


# --- a pupil in a subject; a band is one grade of the tracking scale


@dataclass(frozen=True)
class OfPupilSubject:
    """A pupil's results in a subject, in the order of the points at which they were taken."""

    progress: Progress
    pupil: PupilRead
    subject: str

    def results(self, assessment: str) -> list[tuple[Point, Result]]:
        """Give the results of an assessment, by point."""
        taken = (
            (point, self.pupil.results.get((assessment, self.subject, point.id)))
            for point in self.progress.points
        )
        return [(point, result) for point, result in taken if result is not None]

    @cached_property
    def known(self) -> list[Result]:
        """The school's own judgements, without the one it starts from."""
        own = self.results(self.progress.own)
        return [one for point, one in own if one.grade is not None and not point.baseline]

    @cached_property
    def begin(self) -> tuple[Result, str] | None:
        """Where progress is measured from, and the assessment it is of."""
        return self.progress.starting_point(self.pupil, self.subject)

    @cached_property
    def start(self) -> tuple[Result, str, int] | None:
        """The same with its standing; None where that can't be told."""
        if self.begin is None or self.begin[0].standing is None:
            return None
        return *self.begin, self.begin[0].standing

    def bands(self, before: Result) -> Value | None:
        """Count the bands gained from one result to the latest, with the cells of both."""
        now = self.known[-1]
        change = _change(before, now, self._top(now))
        return None if change is None else Value(change, (before.cell, now.cell))

    def _top(self, now: Result) -> int | None:
        """The highest grade of the scale a result is on; None on a scale of scores."""
        grades = self.progress.school.measures[now.scale].grades
        return len(grades) - 1 if grades else None

    def grade(self, result: Result) -> Value | None:
        """Give a result as a grade of the library's scale of attainment."""
        if result.standing is None:
            return None
        return Value(self.progress.ranks[result.standing], (result.cell,))

    @cached_property
    def scores(self) -> list[Result]:
        """The scores of the first test that the pupil has any of."""
        for test in self.progress.tests:
            scores = [result for _, result in self.results(test) if result.grade is not None]
            if scores:
                return scores
        return []

    @cached_property
    def error(self) -> float | None:
        """The points by which the latest score can be off; None where there is none, or it is not
        known."""
        if not self.scores:
            return None
        error = self.progress.school.measures[self.scores[-1].scale].error
        return None if error is None else error.points

    @cached_property
    def gained(self) -> Value | None:
        """The points from the score before on the same scale to the latest."""
        if not self.scores:
            return None
        now = self.scores[-1]
        before = [result for result in self.scores[:-1] if result.scale == now.scale]
        if not before:
            return None
        change = float(now.grade or 0) - float(before[-1].grade or 0)
        return Value(change, (before[-1].cell, now.cell))


of_pupil_subject = Formulas[OfPupilSubject]("pupil-subject")


@of_pupil_subject
def teacher_concern(one: OfPupilSubject) -> Value | None:
    """Tell whether the teacher is concerned."""
    return one.pupil.concern.get(one.subject)


@of_pupil_subject
def concern_noted(one: OfPupilSubject) -> Value | None:
    """Give the day on which the concern was written down, in words."""
    concern = one.pupil.concern.get(one.subject)
    if concern is None:
        return None
    return Value(f"{one.pupil.concern_noted[one.subject]:%-d %B %Y}", concern.cells)


@of_pupil_subject
def latest_point_known(one: OfPupilSubject) -> Value:
    """Tell whether there is a judgement at the latest point of the subject."""
    progress = one.progress
    last = progress.school.latest.get(one.subject, progress.points[-1].id)
    latest = one.pupil.results.get((progress.own, one.subject, last))
    known = latest is not None and latest.grade is not None
    return Value(known, (latest.cell,) if latest else ())


@of_pupil_subject
def points_known(one: OfPupilSubject) -> Value:
    """Count the judgements."""
    return Value(len(one.known), tuple(result.cell for result in one.known))


@of_pupil_subject
def baseline(one: OfPupilSubject) -> Value | None:
    """Give the grade progress is measured from."""
    return one.grade(one.start[0]) if one.start else None


@of_pupil_subject
def baseline_from(one: OfPupilSubject) -> Value | None:
    """Name the kind of assessment it comes from."""
    if one.start is None:
        return None
    kind = one.progress.library.assessments[one.start[1]].kind
    return Value("own" if kind == "tracking" else kind, (one.start[0].cell,))


@of_pupil_subject
def test_score(one: OfPupilSubject) -> Value | None:
    """Give the latest score on a test against others of the same age."""
    if not one.scores:
        return None
    return Value(float(one.scores[-1].grade or 0), (one.scores[-1].cell,))


@of_pupil_subject
def test_error(one: OfPupilSubject) -> Value | None:
    """Give the points by which the latest score can be off."""
    return None if one.error is None else Value(one.error, (one.scores[-1].cell,))


@of_pupil_subject
def test_score_at_most(one: OfPupilSubject) -> Value | None:
    """Add its error to the latest score."""
    score = test_score(one)
    return None if one.error is None or score is None else _plus(score, one.error)


def _plus(score: Value, points: float) -> Value:
    assert isinstance(score.value, float)
    return Value(score.value + points, score.cells)


@of_pupil_subject
def test_change(one: OfPupilSubject) -> Value | None:
    """Give the points gained since the score before on the same scale."""
    return one.gained


@of_pupil_subject
def test_change_in_errors(one: OfPupilSubject) -> Value | None:
    """Divide the points gained by the error of a difference, which is that of a score times √2."""
    if one.gained is None or one.error is None:
        return None
    assert isinstance(one.gained.value, float)
    return Value(one.gained.value / (one.error * math.sqrt(2)), one.gained.cells)


@of_pupil_subject
def current(one: OfPupilSubject) -> Value | None:
    """Give the grade of the latest judgement."""
    return one.grade(one.known[-1]) if one.known else None


@of_pupil_subject
def points_in_lowest(one: OfPupilSubject) -> Value | None:
    """Count how many of the latest judgements, without a break, are in the lowest band."""
    known = one.known
    if not known or known[-1].standing is None:
        return None
    count = 0
    for result in reversed(known):
        if result.standing != 0:
            break
        count += 1
    return Value(count, tuple(result.cell for result in known[-max(count, 1) :]))


@of_pupil_subject
def own_pathway(one: OfPupilSubject) -> Value | None:
    """Tell whether the latest judgement is for pupils on a pathway of their own; left out where not."""
    if not one.known:
        return None
    now = one.known[-1]
    scale = one.progress.school.measures[now.scale]
    own = scale.own_pathway and scale.grades[int(now.grade or 0)].id in scale.own_pathway
    return Value(True, (now.cell,)) if own else None


@of_pupil_subject
def start_confirmed(one: OfPupilSubject) -> Value | None:
    """Count the later judgements that are at the starting point or above."""
    if one.start is None or not one.known:
        return None
    first, _, standing = one.start
    held = [
        result
        for result in one.known
        if result is not first and result.standing is not None and result.standing >= standing
    ]
    return Value(len(held), tuple(result.cell for result in held))


@of_pupil_subject
def bands_over_two_points(one: OfPupilSubject) -> Value | None:
    """Count the bands gained over the two latest points."""
    if len(one.known) < 3:
        return None
    change = one.bands(one.known[-3])
    return change and Value(change.value, tuple(result.cell for result in one.known[-3:]))


@of_pupil_subject
def previous(one: OfPupilSubject) -> Value | None:
    """Give the grade of the judgement before the latest."""
    return one.grade(one.known[-2]) if len(one.known) > 1 else None


@of_pupil_subject
def bands_since_previous(one: OfPupilSubject) -> Value | None:
    """Count the bands gained since the judgement before."""
    return one.bands(one.known[-2]) if len(one.known) > 1 else None


@of_pupil_subject
def bands_since_baseline(one: OfPupilSubject) -> Value | None:
    """Count the bands gained since the starting point."""
    if one.begin is None or not one.known or one.begin[0] is one.known[-1]:
        return None
    return one.bands(one.begin[0])


def _change(before: Result, now: Result, top: int | None) -> int | None:
    """Bands gained: on one scale by its grades, each against what was expected then; between two
    scales by how each stands to its own expectation. None where neither can be told. At the top of
    a scale nothing shows a fall: the scale has no more to give."""
    if before.scale == now.scale and before.distance is not None and now.distance is not None:
        change = int(now.distance - before.distance)
    elif before.standing is None or now.standing is None:
        return None
    else:
        change = now.standing - before.standing
    return max(change, 0) if now.grade == top else change


# --- initiatives


@dataclass(frozen=True)
class OfInitiative:
    """An initiative of the school's list, with its position in it."""

    initiative: Initiative
    index: int
    school: School

    def read(self, value: Raw, key: str) -> Value:
        """Give a value with the cell of the key it was read from."""
        return Value(value, (self.school.cell(SCHOOL, "initiatives", self.index, key),))


of_initiative = Formulas[OfInitiative]("initiative")


@of_initiative
def months_running(one: OfInitiative) -> Value | None:
    """Count the whole months from its beginning to the plan's."""
    since, starts = one.initiative.since, one.school.timeline.halves[0].starts
    if since is None:
        return None
    months = 12 * (starts.year - since.year) + starts.month - since.month
    return one.read(months - (starts.day < since.day), "since")


@of_initiative
def overlaps_with(one: OfInitiative) -> Value | None:
    """Name the initiative that does the same work, by its title."""
    other = one.initiative.overlaps_with
    titles = {item.id: item.title for item in one.school.file.initiatives}
    return one.read(titles[other], "overlaps_with") if other else None


FORMULAS: tuple[Formulas[Any], ...] = (
    of_school,
    of_question,
    of_teacher,
    of_year,
    of_class,
    of_subject,
    of_group,
    of_pupil_subject,
    of_initiative,
)


def formulas() -> Iterator[tuple[str, Callable[[Any], Value | None]]]:
    """Give every indicator that has a function, with it."""
    for one in FORMULAS:
        yield from one.functions.items()
