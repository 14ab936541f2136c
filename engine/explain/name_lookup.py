"""What may be meant by a name: a step, a priority or an intervention, by id, title or part of one."""

from __future__ import annotations

import difflib
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..advise import Advice
from ..core import NO_PUPILS, TermwiseError, UnknownNameError
from ..school import hide_upns
from .phrases import asked_names as phrases

Kind = Literal["step", "priority", "intervention"]
_NEAREST = 3
_ALIKE, _ALIKE_WORD = 0.65, 0.8
"""From there a name, or a word of it, is like another."""
_WORD = re.compile(r"\w{5,}")


@dataclass(frozen=True, slots=True)
class Meaning:
    """Something that can be asked about. An intervention here is one outside the plan."""

    kind: Kind
    id: str
    titles: tuple[str, ...]
    ids: tuple[str, ...] = ()
    """What else it is called as exactly as by its id."""

    @property
    def words(self) -> str:
        """Its kind, id and title."""
        return f"{self.kind} {phrases.titled(self.id, self.titles[0])}"


def meant(advice: Advice, name: str) -> Meaning:
    """Find what a question is about: what has the id, or else the title, or else a part of one;
    what is in the plan before what isn't.

    Raises UnknownNameError for what is not known, TermwiseError for nothing and for what may be
    several.
    """
    there, outside = _of_plan(advice), _outside(advice)
    every, asked = (*there, *outside), name.casefold().strip()
    if not asked:
        raise TermwiseError(phrases.NOTHING_ASKED)

    def by_title(one: Meaning) -> bool:
        return asked in (one.id.casefold(), *(title.casefold() for title in one.titles))

    def by_part(one: Meaning) -> bool:
        return asked in " ".join((one.id, *one.titles)).casefold()

    for found in (
        [one for one in every if name in (one.id, *one.ids)],
        [one for one in every if by_title(one)],
        [one for one in there if by_part(one)],
        [one for one in outside if by_part(one)],
    ):
        if len(found) > 1:
            raise _several(name, [one.words for one in found])
        if found:
            return found[0]
    titles = {(one.ids or (one.id,))[-1]: " ".join(one.titles) for one in every}
    hint, plain = _near(name, titles), hide_upns(name)
    if not _may_be_a_pupils(name):
        raise UnknownNameError(phrases.WITH_PUPILS, plain, titles, hint)
    pupils = NO_PUPILS if advice.school.file.pupils is None else phrases.BY_PSEUDONYM
    raise UnknownNameError(phrases.WITHOUT_PUPILS, "", (), f"{pupils}; {hint}")


def _several(name: str, found: Sequence[str]) -> TermwiseError:
    return TermwiseError(phrases.several(hide_upns(name), found))


def _near(name: str, titles: Mapping[str, str]) -> str:
    """Name what is called nearly so, by its id, its title or words of it; where that is nothing,
    where all is shown."""
    likeness = {one: _alike(name.casefold(), one, title) for one, title in titles.items()}
    near = sorted(
        (one for one in titles if likeness[one] >= _ALIKE), key=lambda one: -likeness[one]
    )
    if not near:
        return phrases.ALL_SHOWN
    return phrases.did_you_mean([(one, titles[one]) for one in near[:_NEAREST]])


def _alike(asked: str, one: str, title: str) -> float:
    """Give how like a name is to an id, a title, or word by word to words of the title, from 0
    to 1."""
    words = _WORD.findall(title.casefold())
    told = _WORD.findall(asked)
    best = [max((_ratio(each, word) for word in words), default=0) for each in told]
    by_word = sum(one for one in best if one >= _ALIKE_WORD) / len(best) if best else 0
    return max(_ratio(asked, one), _ratio(asked, title.casefold()), by_word)


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def _may_be_a_pupils(name: str) -> bool:
    """Tell whether a text looks like the name of a person: several words, each with a capital."""
    words = name.split()
    return len(words) > 1 and all(one[0].isupper() and not one.isupper() for one in words)


def _of_plan(advice: Advice) -> tuple[Meaning, ...]:
    plan = advice.plan
    steps = [Meaning("step", step.id, (step.title,)) for step in plan.steps]
    priorities = [
        Meaning(
            "priority", one.id, tuple(dict.fromkeys((one.title, one.strand_title))), (one.strand,)
        )
        for one in plan.priorities
    ]
    return (*priorities, *steps)


def _outside(advice: Advice) -> tuple[Meaning, ...]:
    planned = {step.id for step in advice.plan.steps}
    return tuple(
        Meaning("intervention", one.id, (one.title,))
        for one in advice.library.interventions.values()
        if one.id not in planned
    )


def command(name: str, advice: Advice, item: str) -> str:
    """A question as it is typed."""
    return f"termwise {name} {shlex.quote(str(advice.school.folder))} {item}"


def called(kind: str, name: str, titles: Mapping[str, str]) -> str:
    """The id of what is called by its id, its title, or a part of one that is no other's."""
    if name in titles:
        return name
    asked = name.casefold().strip()
    if not asked:
        raise TermwiseError(phrases.nothing_named(kind))
    same = [one for one, title in titles.items() if title.casefold() == asked]
    found = same or [one for one, title in titles.items() if asked in f"{one} {title}".casefold()]
    if len(found) > 1:
        raise _several(name, [phrases.titled(one, titles[one]) for one in found])
    if not found:
        plain = "" if _may_be_a_pupils(name) else hide_upns(name)
        raise UnknownNameError(kind, plain, titles, _near(name, titles))
    return found[0]
