"""What rules say is read once and understood: bounds on how long a sentence is, on what is denied twice, and on what
is only said to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from termwise.engine.library.loader import Library

LONGEST = 29
"""Words in a sentence."""
DENIED = 2
"""Words of denial in a sentence."""
PASSIVES = 2
"""Passives in a sentence."""
MEAN = 14.5
"""Words in a sentence, of all."""
_SENTENCES = re.compile(r"(?<=[.!?])\s+|;\s")
_DENIALS = re.compile(
    r"\b(no|not|never|nobody|nothing|none|neither|without|hardly|cannot)\b|n['’]t\b", re.IGNORECASE
)
_DONE = (
    "made|done|taught|known|seen|told|kept|led|held|found|read|put|said|left|lost|met|set|given|taken|written|"
    "shown|built|brought|begun|sent|spent|bought|paid|heard|meant|understood|thought|caught"
)
_PASSIVE = re.compile(
    rf"\b(is|are|was|were|be|been|being|gets|get)\s+(\w+ly\s+|not\s+|then\s+|also\s+|often\s+|never\s+)?(\w+(ed|en)|{_DONE})\b"
)


def sentences(library: Library) -> Iterator[tuple[str, str]]:
    """Every sentence of the rules' own words, with where it stands."""
    for rule in library.rules.values():
        for key in ("because", "why", "limits"):
            for sentence in _SENTENCES.split(getattr(rule, key).strip()):
                yield f"{rule.id} {key}", sentence


def _over(library: Library, pattern: re.Pattern[str], most: int) -> list[tuple[str, str]]:
    return [
        (where, told) for where, told in sentences(library) if len(pattern.findall(told)) > most
    ]


def test_no_sentence_is_so_long_that_it_is_read_twice(library: Library) -> None:
    told = [(where, one) for where, one in sentences(library) if len(one.split()) > LONGEST]
    assert told == []


def test_sentences_are_short_on_the_whole(library: Library) -> None:
    lengths = [len(one.split()) for _, one in sentences(library)]
    assert sum(lengths) / len(lengths) <= MEAN


def test_nothing_is_denied_thrice_in_one_sentence(library: Library) -> None:
    assert _over(library, _DENIALS, DENIED) == []


def test_somebody_does_what_is_done(library: Library) -> None:
    assert _over(library, _PASSIVE, PASSIVES) == []


@pytest.mark.parametrize(
    ("pattern", "told", "found"),
    [
        (_DENIALS, "Nobody can't say that it was not done", 3),
        (_DENIALS, "What is known is noted", 0),
        (_PASSIVE, "What is found is written down and often gets forgotten", 3),
        (_PASSIVE, "Teachers write down what they find", 0),
    ],
    ids=["denied", "not denied", "passive", "not passive"],
)
def test_the_reader_counts_what_it_should(pattern: re.Pattern[str], told: str, found: int) -> None:
    assert len(pattern.findall(told)) == found
