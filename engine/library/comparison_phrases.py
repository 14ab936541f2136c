"""One comparison in a sentence: what was read, what it takes, and by how much it is over or short."""

from __future__ import annotations

from .conditions import Verdict, Vocabulary, title_of
from .facts import Raw
from .key import Key
from .model import Indicator
from .operators import DECIMALS

UNITS = {"percent": "percentage points", "grade": "grades", "pounds": "pounds"}
"""What a distance is in, by the type of an indicator."""
_FOUND = {
    True: "It was found that",
    False: "It was not found that",
    None: "It is not known whether",
}
_LITTLE = 0.05
"""A distance that would be shown as 0."""


def compared(leaf: Verdict, wanted: bool, vocabulary: Vocabulary) -> str:
    """A comparison in one sentence without its full stop; where it came out otherwise than the rule
    wants, with what it would have to be."""
    if leaf.kind == "need":
        return f"{_FOUND[leaf.result]} {vocabulary.needs[Key.read(leaf.key).need].title}"
    title, fine = title_of(leaf.key, vocabulary), leaf.result is wanted
    name = title[:1].upper() + title[1:]
    if leaf.takes("presence"):
        known = "known" if leaf.read else "not known"
        other = "not known" if leaf.read else "known"
        return f"{name}: {known}" + ("" if fine else f". The rule asks that it is {other}")
    if leaf.takes("member"):
        return _includes(leaf, name, wanted, vocabulary)
    if leaf.read is None:
        return f"{name}: not known. The rule asks for {_line(leaf, wanted, vocabulary)}"
    told, line = (
        f"{name}: {vocabulary.tell(leaf.key, leaf.read)}",
        _line(leaf, wanted, vocabulary),
    )
    if fine and not leaf.takes("line"):
        return told
    return f"{told}. The rule asks for {line}{_over(leaf, fine, vocabulary)}"


def apart(leaf: Verdict) -> float | None:
    """The value less what it is held against; None where one of them is no number."""
    read: Raw | None = leaf.read.value if leaf.read else None
    if not leaf.takes("line") or not isinstance(read, int | float):
        return None
    return round(read - leaf.operand, DECIMALS) if isinstance(leaf.operand, int | float) else None


def indicator_of(leaf: Verdict, vocabulary: Vocabulary) -> Indicator | None:
    """The indicator a comparison reads; None for a need."""
    return vocabulary.indicators.get(Key.read(leaf.key).indicator)


def _includes(leaf: Verdict, name: str, wanted: bool, vocabulary: Vocabulary) -> str:
    member = vocabulary.titles.get(str(leaf.operand), str(leaf.operand))
    must = "must" if wanted else "must not"
    if leaf.result is None:
        return f"{name}: not known; for this “{member}” {must} be among them"
    there = f"“{member}” is {'' if leaf.result else 'not '}among them"
    return f"{name}: {there}" + ("" if leaf.result is wanted else f"; for this it {must} be")


def _line(leaf: Verdict, wanted: bool, vocabulary: Vocabulary) -> str:
    """Say what a comparison asks of a value: beyond a line by how much, the same, or another."""
    indicator = indicator_of(leaf, vocabulary)
    words = leaf.operator.asked(wanted, indicator.type if indicator else "")
    return words.format(_operand(leaf, vocabulary))


def _over(leaf: Verdict, fine: bool, vocabulary: Vocabulary) -> str:
    """Say how far a value lies beyond its line, or short of it; empty on it."""
    by, indicator = apart(leaf), indicator_of(leaf, vocabulary)
    kind = indicator.type if indicator else ""
    if not by or (fine and kind == "grade" and not leaf.operator.on_the_line):
        return ""
    more, less = ("higher", "lower") if kind == "grade" else ("more", "less")
    less = "fewer" if kind == "count" else less
    return f"; this is {_amount(leaf, vocabulary)} {more if by > 0 else less}"


def _amount(leaf: Verdict, vocabulary: Vocabulary) -> str:
    """Say how far a value is from what it is held against, without the direction."""
    by, indicator = abs(apart(leaf) or 0), indicator_of(leaf, vocabulary)
    if by < _LITTLE:
        return "a little"
    told = f"{by:,.1f}".removesuffix(".0")
    kind = indicator.type if indicator else ""
    if kind == "pounds":
        return f"£{told}"
    unit = UNITS.get(kind, "")
    return f"{told} {unit.removesuffix('s') if told == '1' else unit}".rstrip()


def _operand(leaf: Verdict, vocabulary: Vocabulary) -> str:
    operand = leaf.operand
    if isinstance(operand, frozenset):
        said = (vocabulary.say(leaf.key, one) for one in sorted(operand, key=repr))
        return " or ".join(said)
    assert operand is not None
    return vocabulary.say(leaf.key, operand)
