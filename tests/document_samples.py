"""The samples of answers that the documents show, which have to be what the commands say."""

from __future__ import annotations

import re

from tests.places import ROOT


def samples(name: str) -> list[tuple[str, list[str]]]:
    """Each command with an answer in a document: the command, and the parts of the answer between “…”."""
    found = []
    text = (ROOT / "docs" / name).read_text("utf-8")
    for block in re.findall(r"(?:^    .*\n|^\n)+", text, re.MULTILINE):
        for one in re.split(r"^    \$ ", block, flags=re.MULTILINE)[1:]:
            command, _, answer = one.partition("\n")
            found.append((command, parts_of(answer)))
    return found


def after(words: str, name: str) -> list[str]:
    """The parts of the sample that follows some words of a document."""
    text = (ROOT / "docs" / name).read_text("utf-8")
    found = re.match(r"(?:^    .*\n|^\n)+", text.partition(words)[2].lstrip("\n"), re.MULTILINE)
    assert found, f"no sample after “{words}” in docs/{name}"
    return parts_of(found[0])


def parts_of(answer: str) -> list[str]:
    parts = (" ".join(part.split()) for part in answer.split("…"))
    return [part for part in parts if part]


def holds_in_order(parts: list[str], text: str, command: str) -> None:
    """Raise AssertionError where an answer has not these parts one after another."""
    told, at = " ".join(text.split()), 0
    for part in parts:
        assert part in told[at:], f"{command} says otherwise than the document: {part}"
        at = told.index(part, at) + len(part)
