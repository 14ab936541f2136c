"""Issuing a plan: what was agreed, by which roles, from which files and which rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..advise import Advice
from ..core import SAID, ContentError, Day, Mistake, Place, TermwiseError, unknown
from ..library import Library
from ..school import HOLDS_UPN, INSTEAD, NAMES_A_PUPIL, School, holds_upn, names_a_pupil
from . import phrases
from .model import AgreedBy, IssuedPlan, Pack, ProgressEntry


def issue(
    advice: Advice,
    on: Day,
    agreed_by: Iterable[str] = (),
    note: str | None = None,
    since: IssuedPlan | None = None,
    accepted: Iterable[ProgressEntry] = (),
) -> IssuedPlan:
    """Make of a plan the one that was agreed, on a day and by roles; `keep_issued` puts it in a folder.

    `since` is the plan in force before it, `accepted` what `replan` accepted of a review. Raises TermwiseError
    where not all that must be done fits, and ContentError with every mistake in what was said.
    """
    plan, library = advice.plan, advice.library
    if plan.conflict:
        raise TermwiseError(phrases.DOES_NOT_FIT)
    roles = tuple(dict.fromkeys(agreed_by))
    problems = [
        *_days(on, plan.ends, since),
        *(one for role in roles for one in _role(role, library)),
        *_note(note, advice.school),
    ]
    if problems:
        raise ContentError(problems)
    return IssuedPlan(
        issued=on,
        since=since.issued if since else None,
        agreed_by=tuple(AgreedBy(role=one, title=library.roles[one].title) for one in roles),
        note=note,
        packs=fingerprints(library),
        effort=dict(advice.school.file.plan.effort),
        accepted=(
            *(since.accepted if since and since.plan.starts == plan.starts else ()),
            *accepted,
        ),
        plan=plan,
    )


def fingerprints(library: Library) -> tuple[Pack, ...]:
    """Give the digest of each pack of rules and knowledge: other files, another digest."""
    return tuple(
        Pack(name=pack.id, files=len(library.digests[pack.id]), sha256=library.fingerprint(pack.id))
        for pack in library.packs
    )


def _days(on: Day, ends: Day, since: IssuedPlan | None) -> Iterator[Mistake]:
    place = Place(f"--on {on}", SAID)
    if on > ends:
        yield Mistake(place, *phrases.after_its_end(on, ends))
    if since and on < since.issued:
        yield Mistake(place, *phrases.before_the_last(on, since.issued))


def _role(role: str, library: Library) -> Iterator[Mistake]:
    shown = role if not holds_upn(role) else ""
    yield from unknown(Place(f"--by {shown}".rstrip(), SAID), "role", shown, library.roles)


def _note(note: str | None, school: School) -> Iterator[Mistake]:
    place = Place("--note", SAID)
    if note is not None and holds_upn(note):
        yield Mistake(place, *HOLDS_UPN)
    elif note is not None and names_a_pupil(note, school.named, school.pseudonyms):
        yield Mistake(place, NAMES_A_PUPIL, INSTEAD)


__all__ = ["fingerprints", "issue"]
