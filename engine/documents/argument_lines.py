"""The chain from data to advice, line by line: a rule's word, the comparisons that decided it, its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from ..core import Record, listed
from ..explain import Ground
from ..inference import Compared, RuleVerdict, Standard, Tree, Truth
from ..library import Key, Source
from .reason_phrases import about, together
from .tree import Bullets, ListItem, Quiet, Words
from .words import capital, clean, count, date

MOST_CELLS = 3
OWN = "*"
"""Marks a line that is this project's own."""
_TURNED: dict[Truth, Truth] = {"true": "false", "false": "true", "unknown": "unknown"}


Found = set[tuple[str, frozenset[str]]]
"""What an answer has told was found, with what that rests on."""


class Line(NamedTuple):
    """One line of a chain: how deep it stands, and what it says."""

    depth: int
    words: Words


def nested(lines: Iterable[Line]) -> tuple[ListItem, ...]:
    """Put each line under the one before it that stands less deep."""
    several = list(lines)
    told = []
    while several:
        first = several.pop(0)
        under = []
        while several and several[0].depth > first.depth:
            under.append(several.pop(0))
        below = nested(under)
        told.append(ListItem(first.words, (Bullets(below, mark="none"),) if below else ()))
    return tuple(told)


def chain(items: Iterable[Ground], school: str, found: Found) -> Iterator[Line]:
    """Tell what rules say, those of one rule in the same words together, each with what decided it, down to
    the cells, and what the rule rests on. What was `found` and told before is not told again."""
    same: dict[tuple[str, str, str], list[Ground]] = {}
    told: set[str] = set()
    for one in items:
        same.setdefault((one.verdict.rule, clean(one.words), one.strength), []).append(one)
    for (rule, words, strength), group in same.items():
        first = group[0]
        whole = about(words, [_whose(one.verdict) for one in group], school)
        marks = [rule] if first.side == "shapes" else [strength, rule]
        does = f" So {first.does}." if first.does else ""
        yield Line(0, f"{whole}.{does} ({'; '.join(marks)})")
        yield from decided([one.verdict for one in group], found)
        if rule not in told:
            told.add(rule)
            yield Line(1, f"The rule rests on {rests_on(first.sources)}.")


def compared_in(tree: Tree) -> Iterator[Words]:
    """The comparisons that decided a condition, each in a sentence."""
    for node in _deciding(tree):
        if node.compared is not None:
            yield cited(said(node.compared), where([node.compared]))


def rests_on(sources: Sequence[Source]) -> str:
    """Sources in a row, with the strength of each."""
    return "; ".join(f"{clean(one.title)} ({one.strength}, {one.year})" for one in sources)


class _Node:
    """A line with what stands under it, and whose values it tells."""

    def __init__(self) -> None:
        self.read: list[tuple[str, Compared]] = []
        self.under: dict[str, _Node] = {}

    def rests_on(self) -> Iterator[str]:
        """All that stands under it."""
        for words, node in self.under.items():
            yield words + where([one for _, one in node.read])
            yield from node.rests_on()


def decided(verdicts: Sequence[RuleVerdict], found: Found) -> Iterator[Line]:
    """Tell what made one rule come out as it did on several things, each comparison once. What was `found`
    and told before comes without what that rests on."""
    top = _Node()
    for verdict in verdicts:
        _put(verdict, top, _whose(verdict))
    everybody = {_whose(verdict) for verdict in verdicts}
    yield from _told(top, 1, everybody, found)


def _told(node: _Node, depth: int, everybody: Set[str], found: Found) -> Iterator[Line]:
    for said, each in node.under.items():
        names = dict.fromkeys(name for name, _ in each.read)
        whose = f"{capital(together(names))}: " if names.keys() != everybody else ""
        words = said[:1].lower() + said[1:] if whose else said
        if each.under:
            same = said, frozenset(each.rests_on())
            if same in found:
                yield Line(depth, f"{whose}{words.removesuffix(':')} (as above).")
                continue
            found.add(same)
        place = where([one for _, one in each.read])
        yield Line(depth, cited(f"{whose}{words}", place))
        yield from _told(each, depth + 1, names.keys(), found)


def _put(verdict: RuleVerdict, node: _Node, whose: str) -> None:
    """The comparisons that decided a verdict, and under a need those of the rules that found it."""
    parts = list(_deciding(verdict.tree)) if verdict.tree else []
    told = {part.compared.key for part in parts if part.compared and not _only_known(part.compared)}
    for part in parts:
        compared = part.compared
        if compared is None or (_only_known(compared) and compared.key in told):
            continue
        if not Key.read(compared.key).need:
            words = said(compared)
        else:
            found = part.result != "false"
            words = f"{capital(compared.words)}{':' if found else f'{_not_found(part)}.'}"
        under = node.under.setdefault(words, _Node())
        under.read.append((whose, compared))
        if words.endswith(":"):
            for finder in part.found_by:
                _put(finder, under, whose)


def _only_known(compared: Compared) -> bool:
    """Say whether a comparison says no more than that something is known."""
    return compared.comparison == "known" and compared.value is not None


def _deciding(tree: Tree) -> Iterator[Tree]:
    if tree.kind == "comparison":
        yield tree
        return
    wanted = _TURNED[tree.result] if tree.kind == "not" else tree.result
    for part in tree.parts:
        if part.result == wanted:
            yield from _deciding(part)


def _not_found(node: Tree) -> str:
    """Why a need was not found, where one rule can find it."""
    if len(node.found_by) != 1:
        return ""
    told = [clean(one.words) for one in node.found_by[0].deciding]
    return f" ({'; '.join(told)})" if len(told) == 1 else ""


def said(compared: Compared) -> str:
    """A comparison as a sentence, with whose line it is held against: marked where that is this
    project's own."""
    words, standard = capital(compared.words), compared.standard
    if standard is None:
        return f"{words}."
    if standard.standing == "judgement":
        return f"{words}{OWN}."
    if standard.standing == "own":
        return f"{words}. That is {clean(standard.source)}."
    source, since = clean(standard.source).rstrip("."), date(standard.valid_from)
    return f"{words}. That line is {standard.standing}, from {since}: {source}."


def own_lines(told: str, answer: Record) -> str:
    """Explain the mark of this project's own lines where a text has it; else give an empty text."""
    if f"{OWN}." not in told:
        return ""
    own = {one.valid_from for one in _standards(answer) if one.standing == "judgement"}
    since = listed(date(one) for one in sorted(own))
    return f"* The line held against is this project's own proposal, from {since}."


def _standards(record: object) -> Iterator[Standard]:
    if isinstance(record, Standard):
        yield record
    elif isinstance(record, Record):
        for name in type(record).model_fields:
            yield from _standards(getattr(record, name))
    elif isinstance(record, tuple):
        for one in record:
            yield from _standards(one)


def _whose(verdict: RuleVerdict) -> str:
    return verdict.entity.label if verdict.entity else ""


def cited(told: str, place: str) -> Words:
    """Words with where they were read, which stands back."""
    return (told, Quiet(place)) if place else told


def where(read: Sequence[Compared], most: int = MOST_CELLS) -> str:
    """Name the first cells in which values are written, and how many more there are."""
    cells = list(dict.fromkeys(cell for one in read for cell in one.cells))
    hidden = sum(
        one.cells_in_all - len(one.cells) for one in {one.cells: one for one in read}.values()
    )
    shown = [f"{cell.file}:{cell.row}:{cell.column}" for cell in cells[:most]]
    more = len(cells) - len(shown) + max(0, hidden)
    if more > 0:
        shown.append(count(more, "more cell"))
    return f" [{listed(shown)}]" if shown else ""
