"""A grade as it is written, on its scale: its rank or score, how it stands to what is expected, and
why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from ...library import Scale

MISSING = "missing"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)


def grade_names(scale: Scale, numbers: bool = True) -> dict[str, int]:
    """The rank of every text that names a grade: its id, title, alias or number, the former first.

    Without `numbers` a grade's own number doesn't name it, as in pupils' files, where a number is
    as likely to be a mark.
    """
    ranks = {grade.id: rank for rank, grade in enumerate(scale.grades)}
    titles = {grade.title.casefold(): rank for rank, grade in enumerate(scale.grades)}
    aliases = {alias.casefold(): ranks[grade] for alias, grade in scale.aliases.items()}
    values = {str(grade.value): rank for rank, grade in enumerate(scale.grades)} if numbers else {}
    return {**values, **aliases, **titles, **ranks}


def grade_rank(scale: Scale, given: int | str) -> int | None:
    """The rank of a grade written as its number, id, title or alias; None when it is not on the
    scale."""
    return grade_names(scale).get(str(given).casefold())


@dataclass(frozen=True, slots=True)
class GradeRead:
    """The grade a text stands for on a scale: a rank or a score, or a reason in its place.

    The reason says why there is none (`missing`), or why it can't be read (`wrong`).
    """

    grade: int | float | None = None
    missing: str = ""
    wrong: str = ""
    ask: bool = False
    """It can be read in more than one way; `wrong` says what to write to settle it."""
    uncounted: str = ""
    """Of a judgement for which the scale has no grade: what it says, and what to write for it to
    count."""


class GradeReader:
    """Reads texts on one scale; `codes` are the readings a school gave for doubtful ones in a
    file, `shown` gives a text as a message may repeat it."""

    def __init__(
        self,
        scale: Scale,
        missing: Mapping[str, str],
        codes: Mapping[str, str] | None = None,
        file: str = "…",
        shown: Callable[[str], str] = lambda text: "",
    ) -> None:
        self.scale, self._file, self._shown = scale, file, shown
        self._names = grade_names(scale, numbers=False)
        self._missing = {**missing, **{k.casefold(): v for k, v in scale.codes.items()}}
        self._uncounted = {text.casefold(): said for text, said in scale.uncounted.items()}
        self._settled = {text.casefold() for text in codes or ()}
        self._doubtful = {text.casefold(): readings for text, readings in scale.ambiguous.items()}
        for text, said in (codes or {}).items():
            key = text.casefold()
            self._doubtful.pop(key, None)
            self._uncounted.pop(key, None)
            if said == MISSING:
                self._names.pop(key, None)
                self._missing[key] = "not given"
            elif said.casefold() in self._names:
                self._missing.pop(key, None)
                self._names[key] = self._names[said.casefold()]
        self._cache: dict[str, GradeRead] = {}

    def read(self, text: str) -> GradeRead:
        """The reading of one text."""
        found = self._cache.get(text)
        if found is None:
            found = self._cache[text] = self._read(text, _plain(text))
        return found

    @property
    def texts(self) -> set[str]:
        """Return the texts read so far, in small letters."""
        return {_plain(text) for text in self._cache}

    def beside(self) -> Iterator[tuple[str, str, str]]:
        """Texts that were read beside others which aren't used for the same grade: each with one of
        those, and what to write."""
        read = self.texts
        for text, others in self.scale.beside.items():
            found = sorted(read.intersection(others))
            rank = self._names.get(text)
            if rank is not None and text in read - self._settled and found:
                lower = self.scale.grades[max(rank - 1, 0)].id, self.scale.grades[rank].id
                yield (
                    text.upper(),
                    found[0].upper(),
                    " or ".join(map(partial(self._so, text), lower)),
                )

    def _so(self, text: str, grade: str) -> str:
        return f"[{{name: {self._file}, codes: {{{text.upper()}: {grade}}}}}]"

    def _read(self, text: str, key: str) -> GradeRead:
        scale = self.scale
        if key in self._doubtful:
            readings = " or ".join(self._doubtful[key])
            what = f"is “{key.upper()}”, which can mean {readings} on the scale “{scale.title}”"
            one = self._so(key, self._doubtful[key][0])
            return GradeRead(
                wrong=f"{what}; write in school.yaml, under pupils: files: {one}", ask=True
            )
        if key in self._names:
            return GradeRead(self._names[key])
        if key in self._uncounted:
            said, so = self._uncounted[key], self._so(key, scale.grades[0].id)
            why = (
                f"“{key.upper()}” is not counted: it is {said}, for which the scale “{scale.title}” "
                f"has no grade; write in school.yaml, under pupils: files: {so} (or another grade, "
                f"or {MISSING})"
            )
            return GradeRead(missing=said, uncounted=why)
        if key in self._missing:
            return GradeRead(missing=self._missing[key])
        if scale.numbers is None:
            listed = ", ".join(grade.id for grade in scale.grades[:8])
            more = " …" if len(scale.grades) > 8 else ""
            shown = "" if _NUMBER.fullmatch(key) else self._shown(text)
            what = f"is {shown}, not" if shown else "is not"
            return GradeRead(wrong=f"{what} on the scale “{scale.title}”, which has {listed}{more}")
        if not _NUMBER.fullmatch(key):
            shown = self._shown(text)
            what = f"is {shown}, which is no score" if shown else "is no score"
            return GradeRead(wrong=f"{what} of the scale “{scale.title}”")
        score = float(key)
        low, high = scale.numbers.least, scale.numbers.most
        if not low <= score <= high or (scale.numbers.whole and not score.is_integer()):
            return GradeRead(
                wrong=f"is off the scale “{scale.title}”, which goes from {low:g} to {high:g}"
            )
        return GradeRead(int(score) if scale.numbers.whole else score)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def standing(
    scale: Scale, grade: int | float, order: tuple[str, ...], year_group: str, term: str
) -> int | None:
    """Return the standing of a grade: the position in `order` of the highest anchor it has reached.

    `order` has the anchors, lowest first; `grade` is a rank or score. Below all that the scale has,
    it is one below the lowest. None where the scale doesn't say what is expected (for that year
    group and term).
    """
    reached, first = None, None
    if scale.expected_at:
        expected = scale.expected_at.get(year_group, {}).get(term)
        if expected is None:
            return None
        distance = grade - scale.rank(expected)
        limits: dict[str, float] = dict(scale.from_expected)
        value: float = distance
    else:
        limits = {
            name: float(given) if scale.numbers else scale.rank(str(given))
            for name, given in scale.anchors.items()
        }
        value = grade
    for position, name in enumerate(order):
        if name not in limits:
            continue
        first = position if first is None else first
        if value >= limits[name]:
            reached = position
    if first is None:
        return None
    return max(0, first - 1) if reached is None else reached


def distance(scale: Scale, grade: int | float, year_group: str, term: str) -> float | None:
    """Return by how many grades a grade (as a rank) lies above what is expected at that time.

    It holds up to a constant of the scale: differences of two are progress. None on a scale of
    scores, and where the expectation moves with age and isn't known.
    """
    if scale.numbers is not None:
        return None
    if not scale.expected_at:
        return grade
    expected = scale.expected_at.get(year_group, {}).get(term)
    return None if expected is None else grade - scale.rank(expected)
