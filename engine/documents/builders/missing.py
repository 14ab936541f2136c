"""The document on missing data, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...core import listed, listed_first
from ...explain import MissingData, MissingFact, Piece
from ..plan_words import sentence
from ..tree import Bullets, Document, ListItem, Paragraph, Section, items
from ..words import capital, clean, count

_ALL = "Which rules wait, and all that could come of each fact: --format json."
_NEVER = (
    "No fact would decide these, for some of what they are about: a group is too small for a share "
    "to mean anything, or there is nothing of the kind."
)
_MOST = 3
"""So many titles are named; the record has all."""


def missing_document(answer: MissingData) -> Document:
    """Tell what is missing, what most hangs on first: where to write it, how to find it, how many rules
    wait for it, and in a sentence or two what could come of it."""
    never = items(f"{clean(one.title)} ({one.rule})" for one in answer.never)
    facts = tuple(map(_fact, answer.facts))
    return Document(
        f"{answer.school}: what is not known",
        (
            Paragraph(answer.words),
            Section("", (Bullets(facts, mark="number", indent=0, spaced=True),)),
            Section("", (Paragraph(_NEVER), Bullets(never, indent=0)) if never else ()),
            Section("", (Paragraph(_ALL),) if facts else ()),
        ),
    )


def _fact(fact: MissingFact) -> ListItem:
    classes = listed(f"{one.pupils} in class {one.class_id}" for one in fact.classes)
    rules = len(fact.undecided)
    told = (
        f"{classes}." if classes else "",
        f"Where to write it: {fact.where}",
        f"How to find it: {sentence(fact.help)}" if fact.help else "",
        f"{count(rules, 'rule')} {'waits' if rules == 1 else 'wait'} for it. {_hangs(fact.hangs)}",
    )
    of = f"{clean(fact.of)}: " if fact.of else ""
    under = Bullets(items(filter(None, told)), mark="none", indent=0)
    return ListItem(capital(f"{of}{fact.title}"), (under,))


def _hangs(pieces: Iterable[Piece]) -> str:
    """Tell what could come in, go, or count otherwise: by this fact alone, then with others."""
    several = list(pieces)
    at_once = list(_outcomes(one for one in several if not one.only_with))
    later = [one for one in several if one.only_with]
    told = [f"{capital('; '.join(at_once))}."] if at_once else []
    if later:
        others = dict.fromkeys(other for one in later for other in one.only_with)
        more = "More could change" if at_once else "Advice could change"
        told.append(
            f"{more} once {_titles(others)} {'is' if len(others) == 1 else 'are'} known too."
        )
    return " ".join(told) or "Nothing that could be advised hangs on it."


def _outcomes(pieces: Iterable[Piece]) -> Iterator[str]:
    """Tell what could come in, and what could go or count otherwise."""
    comes: dict[str, None] = {}
    turns: dict[str, None] = {}
    others: dict[str, None] = {}
    whole = False
    for one in pieces:
        if one.intervention is None:
            whole = True
        elif one.way == "for" and not one.advised:
            comes[one.title] = None
        elif one.advised:
            turns[one.title] = None
        else:
            others[one.title] = None
    if comes:
        yield f"{_titles(comes)} could come in, with what {'it needs' if len(comes) == 1 else 'they need'}"
    if turns:
        yield f"{_titles(turns)} could go, or count otherwise"
    if others and not comes and not turns:
        yield f"{_titles(others)} could count otherwise"
    if whole:
        yield "the plan as a whole could be shaped otherwise"


def _titles(titles: Iterable[str]) -> str:
    """The first few titles, and how many more there are."""
    return listed_first((f"“{clean(title)}”" for title in titles), _MOST)
