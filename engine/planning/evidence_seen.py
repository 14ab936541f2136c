"""What was noted at the audit, and where it was seen: two things until a plan tells them in one line."""

from __future__ import annotations

from dataclasses import dataclass

from ..library import Library
from ..school import School


@dataclass(frozen=True, slots=True)
class EvidenceSeen:
    """A piece of evidence: its note, and the title of the audit activity it was seen in."""

    note: str
    activity: str

    @property
    def words(self) -> str:
        """Tell both, as a plan does."""
        return f"{self.note} ({self.activity})"


def evidence_seen(strand: str, school: School, library: Library) -> tuple[EvidenceSeen, ...]:
    """List the evidence noted on the question of a strand: concerns before strengths, since it is to tell why
    something is a priority."""
    question = school.cqa.questions.get(strand)
    activities = {a.id: a.title for a in library.programme.audit_activities}
    notes = sorted(
        question.evidence if question else (),
        key=lambda note: (bool(note.strength), not note.concern),
    )
    return tuple(EvidenceSeen(note.note, activities[note.activity]) for note in notes)


def notes_alone(school: School, library: Library) -> dict[str, str]:
    """Look up the note alone by what a plan tells of it, for where there is no room for both."""
    return {
        one.words: one.note
        for strand in school.cqa.questions
        for one in evidence_seen(strand, school, library)
    }


__all__ = ["EvidenceSeen", "evidence_seen", "notes_alone"]
