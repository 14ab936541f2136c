"""Pupils' names in what a school wrote by hand: found by their pseudonyms, and never repeated."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ...core import Path, YamlDocument
from ..pupil_data.pseudonyms import Pseudonyms
from ..pupil_data.pupil_names import name_of

_RUN = re.compile(r"[^\W\d_][\w'’-]*(?:,? [^\W\d_][\w'’-]*)*")
_WORD = re.compile(r"[^\s,]+")
_LONGEST = 5
"""Words of a name."""
NAMES_A_PUPIL = "holds the name of a pupil"
INSTEAD = "write the pupil's pseudonym, as termwise data shows it, or leave it out"


def names_a_pupil(text: str, named: Collection[str], pseudonyms: Pseudonyms) -> bool:
    """Tell whether a text holds a pupil's full name whose pseudonym is among `named`.

    Only words with a capital are held to be one, two at least: a child called Will or Grace, and
    one called Will Read, is not meant by “Grace will read”.
    """
    return bool(named) and any(
        name is not None and pseudonyms.of("name", name.key) in named
        for words in _capitals(text)
        for start in range(len(words) - 1)
        for end in range(start + 2, min(len(words), start + _LONGEST) + 1)
        for name in (name_of(" ".join(words[start:end])),)
    )


def _capitals(text: str) -> Iterator[list[str]]:
    """Runs of words with a capital that stand side by side."""
    for run in _RUN.findall(" ".join(text.split())):
        words: list[str] = []
        for word in _WORD.findall(run):
            plain = re.sub(r"['’][sS]?$", "", word)
            if plain[:1].isupper():
                words.append(plain)
            else:
                yield words
                words = []
            if plain != word:  # nobody's name goes on after an s of possession
                yield words
                words = []
        yield words


def places_of_names(
    document: YamlDocument, named: Collection[str], pseudonyms: Pseudonyms
) -> Iterator[Path]:
    """Where in a document a pupil is named; the school's own name may be like a pupil's."""

    def visit(data: object, path: Path) -> Iterator[Path]:
        if isinstance(data, dict):
            for key, item in data.items():
                yield from visit(item, (*path, key)) if (*path, key) != ("school",) else ()
        elif isinstance(data, list):
            for index, item in enumerate(data):
                yield from visit(item, (*path, index))
        elif isinstance(data, str) and names_a_pupil(data, named, pseudonyms):
            yield path

    yield from visit(document.data, ())
