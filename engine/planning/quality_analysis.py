"""The joint analysis of a school: both sides' judgements, what was seen in which way, and what it leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from ..core import Day, Record
from ..inference import Inference, words
from ..library import Key, Library
from ..school import QuestionFile, School, grade_rank
from .proposals import Proposal, propose

NoteKind = Literal["strength", "concern", "note"]


class AnalysisNote(Record):
    """One piece of evidence, with the way it was gathered."""

    activity: str
    kind: NoteKind
    title: str
    """the strength or concern it is a sign of; empty where it is neither"""
    note: str


class AnalysedQuestion(Record):
    """A question of the analysis with its judgements and its evidence."""

    id: str
    title: str
    """of the strand"""
    question: str
    school: str | None
    """the school's own judgement; null where it is not known"""
    adviser: str | None
    agreed: str | None
    means: str | None
    """what the agreed judgement means"""
    apart: int | None
    """grades between both sides; null where one of them is not known"""
    differed: str | None
    """why they judged differently, as the school wrote it"""
    notes: tuple[AnalysisNote, ...]
    kinds: int
    """ways of gathering evidence that say something of it"""
    not_looked_at: tuple[str, ...]
    """ways that say nothing of it"""


class ProposedPriority(Record):
    """A need that the rules found, with the kinds of evidence that show it."""

    title: str
    strand: str
    judgement: str | None
    about: tuple[str, ...]
    """none: the school as a whole"""
    kinds: tuple[str, ...]
    words: tuple[str, ...]
    """what was found"""


class AgreedLine(Record):
    """A priority that both sides agreed."""

    title: str
    strand: str
    target: str
    by: Day | None
    lead: str
    why: str


class FocusLine(Record):
    """An area that the first year is mainly about, with how the school was judged in it."""

    title: str
    about: str
    judgement: str | None


class PublishedLine(Record):
    """Something that published results show."""

    words: str
    good: bool


class QualityAnalysis(Record):
    """The analysis as it is agreed, printed and kept."""

    school: str
    title: str
    """what the programme calls it"""
    agreed_on: Day
    questions: tuple[AnalysedQuestion, ...]
    activities: tuple[str, ...]
    not_used: tuple[str, ...]
    """ways of gathering evidence that were not used at all"""
    published: tuple[PublishedLine, ...]
    priorities: tuple[AgreedLine, ...]
    """agreed, the most important first"""
    proposed: tuple[ProposedPriority, ...]
    """by rules, from more than one kind of evidence"""
    seen_once: tuple[ProposedPriority, ...]
    """what only one kind of evidence shows"""
    because: str
    """why that is no proposal"""
    first_year: tuple[FocusLine, ...]


def analyse(inference: Inference, school: School, library: Library) -> QualityAnalysis:
    """Put together what a school's folder says of its analysis, and what the rules find in it."""
    activities = {one.id: one.title for one in library.programme.audit_activities}
    used = {note.activity for given in school.cqa.questions.values() for note in given.evidence}
    proposed, thin = propose(inference, school, library)
    labels = library.programme.labels
    return QualityAnalysis(
        school=school.file.school.name,
        title=labels.get("cqa", library.programme.title),
        agreed_on=school.cqa.agreed_on,
        questions=tuple(_questions(school, library, activities)),
        activities=tuple(activities.values()),
        not_used=tuple(title for name, title in activities.items() if name not in used),
        published=tuple(_published(inference, library)),
        priorities=tuple(_agreed(school, library)),
        proposed=tuple(_proposals(proposed, school, library)),
        seen_once=tuple(_proposals(thin, school, library)),
        because=library.proposals.because,
        first_year=tuple(
            FocusLine(title=area.title, about=area.about, judgement=_judgement(area.strand, school))
            for area in library.programme.first_year
        ),
    )


def _questions(
    school: School, library: Library, activities: dict[str, str]
) -> Iterator[AnalysedQuestion]:
    scale = school.scales["judgement"]
    for name, strand in library.strands.items():
        given = school.cqa.questions.get(name) or QuestionFile()
        own, other = (
            grade_rank(scale, one) if one is not None else None
            for one in (given.school, given.adviser)
        )
        agreed = grade_rank(scale, given.judgement) if given.judgement is not None else None
        seen = {note.activity for note in given.evidence}
        yield AnalysedQuestion(
            id=name,
            title=strand.title,
            question=strand.question,
            school=None if own is None else scale.grades[own].title,
            adviser=None if other is None else scale.grades[other].title,
            agreed=None if agreed is None else scale.grades[agreed].title,
            means=None if agreed is None else scale.grades[agreed].means,
            apart=None if own is None or other is None else abs(own - other),
            differed=given.differed,
            notes=tuple(_notes(given, library, activities)),
            kinds=len(seen),
            not_looked_at=tuple(title for one, title in activities.items() if one not in seen),
        )


def _notes(
    given: QuestionFile, library: Library, activities: dict[str, str]
) -> Iterator[AnalysisNote]:
    for note in given.evidence:
        kind: NoteKind = "strength" if note.strength else "concern" if note.concern else "note"
        known = {**library.strengths, **library.concerns}
        coded = known.get(note.strength or note.concern or "")
        yield AnalysisNote(
            activity=activities[note.activity],
            kind=kind,
            title=coded.title if coded else "",
            note=note.note,
        )


def _judgement(strand: str, school: School) -> str | None:
    given, scale = school.cqa.questions.get(strand), school.scales["judgement"]
    if given is None or given.judgement is None:
        return None
    rank = grade_rank(scale, given.judgement)
    return None if rank is None else scale.grades[rank].title


def _agreed(school: School, library: Library) -> Iterator[AgreedLine]:
    scale = school.scales["judgement"]
    for given in school.cqa.priorities:
        target = grade_rank(scale, given.target)
        yield AgreedLine(
            title=given.title,
            strand=library.strands[given.strand].title,
            target="" if target is None else scale.grades[target].title,
            by=given.by,
            lead=library.roles[given.lead].title,
            why=given.why or "",
        )


def _proposals(
    found: Iterable[Proposal], school: School, library: Library
) -> Iterator[ProposedPriority]:
    for one in found:
        yield ProposedPriority(
            title=one.need.title,
            strand=library.strands[one.need.strand].title,
            judgement=_judgement(one.need.strand, school),
            about=one.about,
            kinds=tuple(one.kinds.values()),
            words=one.words(),
        )


def _published(inference: Inference, library: Library) -> Iterator[PublishedLine]:
    """Yield what rules found in published figures, each once."""
    told: set[str] = set()
    for finding in inference.fired:
        rule = finding.rule
        read = (
            library.indicators.get(Key.read(leaf.key).indicator)
            for leaf in finding.verdict.deciding()
        )
        if rule.diagnose and any(one and one.from_ == "published" for one in read):
            said = words(rule, finding.entity, finding.vocabulary)
            if finding.entity.kind != "school":
                said = f"{finding.entity.label}: {said}"
            if said not in told:
                told.add(said)
                yield PublishedLine(words=said, good=library.needs[rule.diagnose.need].good)
