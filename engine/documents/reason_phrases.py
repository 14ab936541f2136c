"""The phrases all documents share on a rule's reasons: whom they are about, and the values they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..core import listed
from ..inference import ValueRead
from ..library import OPERATORS, Operator
from ..planning import Because, Plan, StandingKind, Unknown
from .words import capital, clean, count

_STANDING = {"duty": "It is a duty: {}", "promised": "The school has promised it: {}"}
"""What holds whatever rules say; what is accepted, and what needs it, says itself which it is."""
_FOUND = "found: "
_SMALL = ("the", "of", "in", "for", "and")
_SEVERAL = {"the teacher of": "the teachers of", "Year": "Years"}
_MOST_CELLS = 5


class Read(NamedTuple):
    """Values that were read, and where they are written."""

    words: str
    where: str


class Reason(NamedTuple):
    """A rule's word, of all it says the same of; without a full stop of its own."""

    rule: str
    strength: str
    words: str
    reads: tuple[Read, ...]


def reasons(items: Iterable[Because], school: str) -> list[Reason]:
    """The reasons, those of one rule in the same words together, with those they are about."""
    same: dict[tuple[str, str, str], list[Because]] = {}
    others = []
    for item in items:
        if item.kind == "rule":
            same.setdefault((item.rule, item.strength, clean(item.words)), []).append(item)
        else:
            others.append(standing_words(item.kind, item.words))
    return [
        Reason(
            rule,
            strength,
            about(words, [item.entity for item in group], school),
            tuple(_reads(group)),
        )
        for (rule, strength, words), group in same.items()
    ] + [Reason("", "", words, ()) for words in others]


def standing_words(kind: StandingKind, words: str) -> str:
    """A reason that holds whatever rules say, without a full stop."""
    return capital(_STANDING.get(kind, "{}").format(clean(words))).rstrip(".")


def together(names: Iterable[str]) -> str:
    """Names as a list that says once what they share: the teachers of 1A and RB."""
    parts = [clean(name).split() for name in dict.fromkeys(names)]
    if len(parts) < 2:
        return " ".join(parts[0]) if parts else ""
    for at in range(len(parts[0])):
        before, after = parts[0][:at], parts[0][at + 1 :]
        if all(part[:at] == before and part[at + 1 :] == after for part in parts):
            shared = " ".join(before)
            own = listed(part[at] for part in parts)
            return " ".join(filter(None, (_SEVERAL.get(shared, shared), own, *after)))
    return listed(" ".join(part) for part in parts)


def about(words: str, entities: Iterable[str], school: str) -> str:
    """Say something, with those it is said of where they are not named in it."""
    told = capital(words).rstrip(".")
    names = [name for name in entities if not _named(name, words, school)]
    return f"{capital(together(names))}: {told}" if names else told


def _named(entity: str, words: str, school: str) -> bool:
    """Say whether nobody need be named: it is the school, or the words name it already."""
    if clean(entity) == clean(school):
        return True
    said = set(_letters(words))
    return all(part in said for part in _letters(entity) if part not in _SMALL)


def _letters(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _reads(group: Sequence[Because]) -> Iterable[Read]:
    """The values of reasons that say the same, each once, with all it was compared with."""
    found: dict[str, list[tuple[str, ValueRead]]] = {}
    for item in group:
        for value in item.values:
            found.setdefault(value.title, []).append((item.entity, value))
    for title, values in found.items():
        compared = list(dict.fromkeys(filter(None, (_compared(value) for _, value in values))))
        standards = dict.fromkeys(value.standard for _, value in values if value.standard)
        compared += [f"threshold: {name.replace('_', ' ')}" for name in standards]
        shown = _shown(title, values)
        yield Read(shown + (f" ({'; '.join(compared)})" if compared else ""), _cells(values))


def _shown(title: str, values: Sequence[tuple[str, ValueRead]]) -> str:
    """The values under their title: one where all are the same, else each with its owner."""
    owners: dict[str, list[str]] = {}
    for entity, value in values:
        owners.setdefault(_value(value), []).append(entity)
    if title.startswith(_FOUND):
        rest, states = title.removeprefix(_FOUND), list(owners)
        return f"{_FINDING.get(states[0], states[0])}: {rest}" if len(states) == 1 else title
    compared = [value for _, value in values]
    if all(value.value is not None and _looked_through(value) for value in compared):
        return f"{title}: {'; '.join(_includes(compared))}"
    if len(owners) == 1 or len({entity for entity, _ in values}) == 1:
        told = ", ".join(owners)
    else:
        told = ", ".join(f"{together(names)} {shown}" for shown, names in owners.items())
    return f"{title}: {told}"


def _looked_through(value: ValueRead) -> bool:
    compared, _ = _operator(value)
    return compared is not None and compared.takes == "member"


_FINDING = {"yes": "found", "no": "not found", "not known yet": "not known yet whether"}


def _value(value: ValueRead) -> str:
    """Give what stands as the value."""
    if value.value is None:
        return "not known yet"
    return clean(value.value)


def _includes(values: Iterable[ValueRead]) -> Iterable[str]:
    """Tell of a list only what it was looked through for: what it includes, what it does not."""
    found: dict[str, list[str]] = {}
    for value in values:
        found.setdefault(value.comparison, []).append(clean(value.against))
    for comparison, against in found.items():
        several = list(dict.fromkeys(against))
        if comparison.startswith("not"):
            yield f"does not include {listed(several, 'or')}"
        else:
            yield f"includes {listed(several)}"


def _compared(value: ValueRead) -> str:
    """Say what the value was compared with; empty where the value says it already."""
    against = clean(value.against)
    compared, held = _operator(value)
    if value.value is None or compared is None or compared.takes in ("presence", "member"):
        return ""
    if compared.takes == "value" and held and clean(value.value) == against:
        return ""
    number = any(letter.isdigit() for letter in against)
    return compared.shown(held, "number" if number else "grade").format(against)


def _operator(value: ValueRead) -> tuple[Operator | None, bool]:
    """Give what a value was compared by, and whether that held; None for a need."""
    return (
        OPERATORS.get(value.comparison.removeprefix("not ")),
        not value.comparison.startswith("not "),
    )


def _cells(values: Sequence[tuple[str, ValueRead]]) -> str:
    """Name the first cells in which values are written, and how many more there are."""
    several = {value.cells: value for _, value in values}.values()
    named = list(dict.fromkeys(cell for value in several for cell in value.cells))
    most = max(_MOST_CELLS, *(len(value.cells) for value in several))
    shown = ", ".join(f"{cell.file}:{cell.row}:{cell.column}" for cell in named[:most])
    hidden = sum(max(0, value.cells_in_all - len(value.cells)) for value in several)
    more = len(named[most:]) + hidden
    return shown + (f" and {count(more, 'more cell')}" if shown and more > 0 else "")


class Open(NamedTuple):
    """Something that is not known, and the rules that can't say for it."""

    words: str
    titles: str
    rules: str


def not_known(plan: Plan) -> list[Open]:
    """List what is not known, by what is missing: data first, then what rests on other findings."""
    found: dict[str, list[Unknown]] = {}
    for item in plan.unknown:
        for missing in item.missing:
            found.setdefault(clean(missing), []).append(item)
    order = sorted(
        found, key=lambda missing: (missing.startswith(_FOUND), -len(_rules(found[missing])))
    )
    return [_open(missing, found[missing], plan.school.name) for missing in order]


def _rules(items: Iterable[Unknown]) -> list[str]:
    return list(dict.fromkeys(item.rule for item in items))


def _open(missing: str, items: Sequence[Unknown], school: str) -> Open:
    rules = _rules(items)
    whether = f"whether {missing.removeprefix(_FOUND)}"
    what = whether if missing.startswith(_FOUND) else missing
    titles = dict.fromkeys(clean(item.title) for item in items)
    told = f"Not known yet: {what}{_whose(items, school)}: {count(len(rules), 'rule')} can't say."
    return Open(told, "; ".join(titles), ", ".join(rules))


def _whose(items: Sequence[Unknown], school: str) -> str:
    """Say of whom it is not known; nothing where it is the school."""
    told = [item for item in items if item.entity != school]
    alone = together(item.entity for item in told if item.entity and item.count < 2)
    many = {item.count for item in told if item.count > 1 or not item.entity}
    up = "up to " if len(many) > 1 else ""
    pupils = f"{up}{count(max(many), 'pupil')}" if many else ""
    names = " and ".join(filter(None, (alone, pupils)))
    return f", for {names}" if names else ""
