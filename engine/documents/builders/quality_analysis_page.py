"""The document of the joint analysis: the profile, each question with its evidence, and what it leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...core import listed
from ...planning import AnalysedQuestion, ProposedPriority, QualityAnalysis
from .. import words
from ..tree import Block, Bullets, Column, Document, Paragraph, Row, Section, Strong, Table, items

_PROFILE = (
    *(Column("Question", share=0.4), Column("School"), Column("Adviser"), Column("Agreed")),
    Column("Ways it was looked at"),
)
_EVIDENCE = (Column("Seen in", share=0.2), Column("Question", share=0.2), Column("What"))
_PRIORITIES = (
    Column("Priority", share=0.4),
    Column("Strand"),
    Column("Target"),
    Column("By"),
    Column("Lead"),
)
_PROPOSED = (Column("Found", share=0.4), Column("Strand"), Column("Judged"), Column("Seen in"))
_FIRST_YEAR = (Column("Area"), Column("Judged"), Column("What it is about", share=0.5))
_UNKNOWN = "not stated"


def quality_analysis_document(found: QualityAnalysis) -> Document:
    """Lay out an analysis: judgements of both sides, strengths and concerns, all evidence by the way it was seen,
    where the sides differed, what was not looked at, and priorities."""
    return Document(
        f"{found.school}: {found.title}, agreed on {words.date(found.agreed_on)}",
        (
            Section("Profile", (_profile(found),)),
            Section("Where the two sides differed", tuple(_differed(found))),
            *(_question(one) for one in found.questions),
            Section("Evidence by the way it was seen", (_evidence(found),)),
            Section("What published results show", tuple(_published(found))),
            Section("What was not looked at", tuple(_not_looked_at(found))),
            *_priorities(found),
            Section("The first year", tuple(_first_year(found))),
            Paragraph(
                "Agreed by the head: ____________________   by the adviser: ____________________"
            ),
        ),
    )


def _profile(found: QualityAnalysis) -> Table:
    return Table(
        _PROFILE,
        tuple(
            Row(
                (
                    f"{one.title}: {one.question}",
                    one.school or _UNKNOWN,
                    one.adviser or _UNKNOWN,
                    one.agreed or "not judged",
                    f"{one.kinds} of {len(found.activities)}",
                )
            )
            for one in found.questions
        ),
    )


def _differed(found: QualityAnalysis) -> Iterator[Block]:
    apart = [one for one in found.questions if one.apart]
    if not apart:
        yield Paragraph("On no question of which both judgements are known.")
    for one in apart:
        told = (
            f"{one.title}: the school said {one.school}, the adviser {one.adviser}; agreed was "
            f"{one.agreed or 'nothing'}. "
        )
        yield Paragraph(told + (one.differed or "Why is not written down."))


def _question(one: AnalysedQuestion) -> Section:
    judged = f"Judged {one.agreed}: {one.means}." if one.agreed and one.means else "Not judged."
    blocks: list[Block] = [
        Paragraph(judged if not one.agreed or one.means else f"Judged {one.agreed}.")
    ]
    for kind, title in (("strength", "Strengths"), ("concern", "Concerns"), ("note", "Also seen")):
        notes = [note for note in one.notes if note.kind == kind]
        if notes:
            blocks.append(Paragraph((Strong(title),)))
            blocks.append(
                Bullets(
                    items(
                        f"{words.capital(note.title) + ': ' if note.title else ''}{note.note} ({note.activity})"
                        for note in notes
                    )
                )
            )
    if not one.notes:
        blocks.append(Paragraph("No evidence is written down."))
    return Section(one.title, tuple(blocks))


def _evidence(found: QualityAnalysis) -> Table:
    rows = [
        Row((activity, one.title, note.note))
        for activity in found.activities
        for one in found.questions
        for note in one.notes
        if note.activity == activity
    ]
    return Table(_EVIDENCE, tuple(rows))


def _published(found: QualityAnalysis) -> Iterator[Block]:
    good = [one.words for one in found.published if one.good]
    rest = [one.words for one in found.published if not one.good]
    for title, lines in (("What is good", good), ("What asks a question", rest)):
        if lines:
            yield Paragraph((Strong(title),))
            yield Bullets(items(lines))
    if not found.published:
        yield Paragraph("No rule found anything in published tables, or none were given.")


def _not_looked_at(found: QualityAnalysis) -> Iterator[Block]:
    if found.not_used:
        yield Paragraph(f"Not used at all: {listed(found.not_used)}.")
    rows = [
        f"{one.title}: {listed(one.not_looked_at)}" for one in found.questions if one.not_looked_at
    ]
    yield Bullets(items(rows))


def _priorities(found: QualityAnalysis) -> Iterator[Section]:
    if found.priorities:
        rows = (
            Row(
                (
                    f"{rank}. {one.title}",
                    one.strand,
                    one.target,
                    words.date(one.by) if one.by else "",
                    one.lead,
                ),
                note=one.why,
            )
            for rank, one in enumerate(found.priorities, start=1)
        )
        yield Section("Priorities agreed", (Table(_PRIORITIES, tuple(rows)),))
    title = (
        "What the rules would propose" if found.priorities else "Priorities proposed, to be agreed"
    )
    told = "Each is shown by at least two kinds of evidence; the weakest question comes first."
    if found.proposed:
        yield Section(title, (Paragraph(told), _proposed(found.proposed)))
    else:
        yield Section(title, (Paragraph("Nothing yet is shown by two kinds of evidence."),))
    if found.seen_once:
        yield Section(
            "Seen in one way only", (Paragraph(found.because), _proposed(found.seen_once))
        )


def _proposed(lines: Iterable[ProposedPriority]) -> Table:
    return Table(
        _PROPOSED,
        tuple(
            Row(
                (
                    words.capital(one.title) + (f" ({listed(one.about)})" if one.about else ""),
                    one.strand,
                    one.judgement or "not judged",
                    listed(one.kinds),
                ),
                under=(Bullets(items(one.words)),),
            )
            for one in lines
        ),
    )


def _first_year(found: QualityAnalysis) -> Iterator[Block]:
    yield Table(
        _FIRST_YEAR,
        tuple(
            Row((one.title, one.judgement or "not judged", one.about)) for one in found.first_year
        ),
    )
