"""Skills in headings and cells: their codes, and of every skill a pupil's latest result."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence

from ...core import Mistake, Place
from ...library import Library, PupilColumn, Scale, Value
from ..calendar import Terms
from ..model import PupilFile, PupilFiles
from .headings import Headings, Meaning, ResultColumn
from .record_merging import CandidateValue, judged_twice
from .words_in_headings import words_of

SKILLS = "skills"
"""What a file holds, and the kind of assessment its results are of."""
_NEAR = 3
_OF_JUDGEMENTS = ("subject", "point", "school-year", "assessment", "concern")
"""Kinds of column that say nothing of a skill."""


def check_of_skills(library: Library) -> str:
    """The assessment whose parts are the skills of the library."""
    return next((a.id for a in library.assessments.values() if a.kind == SKILLS), "")


class SkillHeadings(Headings):
    """The vocabulary of headings for a file that holds skills: who a row is about, and codes."""

    def __init__(self, library: Library, pupils: PupilFiles, file: PupilFile, terms: Terms) -> None:
        super().__init__(library, pupils, file, terms)
        self.check = check_of_skills(library)
        named = [(text, skill.id) for skill in library.skills.values() for text in skill.also]
        named += [(skill.id, skill.id) for skill in library.skills.values()]
        self.exact = {text.casefold(): skill for text, skill in named}
        self.codes = {words_of(text): skill for text, skill in named}
        self.missing = {text.casefold() for text in library.words.missing}
        self.vocabulary |= {word for words in self.codes for word in words}

    def _skill(self, text: str) -> str | None:
        """The skill of a code: as it is written, else by its words and numbers, where a skill's own id counts
        before what it is called elsewhere (3F2 of the national tests is not the skill 3F-2)."""
        return self.exact.get(text.strip().casefold()) or self.codes.get(words_of(text))

    def _meaning(self, heading: str) -> Meaning:
        code = self._skill(self.given.get(words_of(heading), heading))
        if code is not None:
            return ResultColumn(self.check, code)
        means = super()._meaning(heading)
        if not isinstance(means, PupilColumn) or means.kind in _OF_JUDGEMENTS:
            return None
        if means.kind == "judgement":
            return means.model_copy(update={"title": "result"})
        return means

    def unknown_in(self, said: str) -> list[str]:
        """Return, in a list, what school.yaml reads a column as if it is no code and no column."""
        if self._skill(said) or not super().unknown_in(said):
            return []
        return [said]

    def slip(self, heading: str, place: Place, letter: str) -> Mistake | None:
        """The problem that a heading which means nothing is one letter or digit away from a
        code."""
        plain = "".join(words_of(heading))
        if self.is_said(heading) or not any(letter.isdigit() for letter in plain):
            return None
        near = " or ".join(f"“{code}”" for code in self._away(plain)[:_NEAR])
        what = f"the heading of column {letter} is no skill of the library"
        ignore = f"[{{name: {place.file}, holds: {SKILLS}, columns: {{…: ignore}}}}]"
        hint = f"did you mean {near}? Else write in school.yaml, under pupils: files: {ignore}"
        return Mistake(place, what, hint) if near else None

    def near(self, text: str) -> list[str]:
        """The codes nearest to a text, at most three."""
        plain = "".join(words_of(text))
        joined = {"".join(words): code for words, code in self.codes.items()}
        alike = difflib.get_close_matches(plain, joined, n=_NEAR, cutoff=0.6)
        return list(dict.fromkeys([*self._away(plain), *(joined[one] for one in alike)]))[:_NEAR]

    def _away(self, plain: str) -> list[str]:
        found = (code for words, code in self.codes.items() if _one_apart(plain, "".join(words)))
        return sorted(dict.fromkeys(found))

    def placed(
        self, texts: Mapping[str, str], read: Callable[[str], datetime.date | None]
    ) -> tuple[str, str, tuple[str, str]]:
        """Return a row's skill code, its date, and what is wrong, from its texts by kind of column.

        The date is written as 2026-06-20; what is wrong is the kind of cell with the reason. Each
        is “” where there is none. `read` reads the dates of the row's column.
        """
        code = self._skill(texts.get("skill", "")) or ""
        given, date = texts.get("date", ""), self.file.date
        if given and given.casefold() not in self.missing:
            date = read(given)
            if date is None:
                return code, "", ("date", "is no date")
        when = date.isoformat() if date else ""
        if code or "skill" not in texts:
            return code, when, ("", "")
        if not texts["skill"]:
            return "", when, ("skill", "does not say which skill it is about")
        near = self.near(texts["skill"])
        known = f"; near: {', '.join(near)}" if near else ""
        return "", when, ("skill", f"is no skill of the library{known}")


def lacking(kinds: set[str], wide: bool) -> Iterator[tuple[str, str]]:
    """Yield what no column of a file of skills says, with the heading of one that would.

    `wide`: it has columns for skills.
    """
    if "skill" in kinds and "judgement" not in kinds:
        yield "says whether the pupil has the skill", "Result"
    if "skill" not in kinds and not wide:
        yield "says which skill a row is about", "Skill"


def skills_seen(heard: Mapping[str, Sequence[CandidateValue]]) -> dict[str, datetime.date]:
    """Return the latest day on which each skill was looked at, by its code, where it is known."""
    latest = {code: max(claim.at for claim in claims) for code, claims in heard.items()}
    return {code: datetime.date.fromordinal(at) for code, at in sorted(latest.items()) if at}


def latest_skills(heard: Mapping[str, Sequence[CandidateValue]], scale: Scale) -> dict[str, Value]:
    """Return whether each skill is secure by its latest date, by the code of the skill.

    Two different results of one date are both set aside, and nothing is known of the skill where
    that date is the latest: an older result doesn't decide between them.
    """
    secure = max(scale.rank(str(grade)) for grade in scale.anchors.values())
    found: dict[str, Value] = {}
    for code in sorted(heard):
        dated: dict[int, list[CandidateValue]] = {}
        for claim in heard[code]:
            dated.setdefault(claim.at, []).append(claim)
        differ = {at for at, claims in dated.items() if len({c.value for c in claims}) > 1}
        for at in sorted(differ):
            judged_twice(dated[at], code)
        last = max(dated)
        if last not in differ:
            first = min(dated[last], key=lambda claim: (claim.cell.file, claim.cell.row))
            found[code] = Value(int(str(first.value)) >= secure, (first.cell,))
    return found


def _one_apart(one: str, other: str) -> bool:
    """Tell whether two texts differ by one character replaced, added or left out."""
    short, long = sorted((one, other), key=len)
    if not short or len(long) - len(short) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), None)
    if same is None:
        return len(long) > len(short)
    return short[same:] == long[same + 1 :] or short[same + 1 :] == long[same + 1 :]
