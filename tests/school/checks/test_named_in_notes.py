"""A pupil's whole name in a note is found by its pseudonym; a word that may be a name is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from termwise.engine.core.yaml_source.document import YamlDocument
from termwise.engine.school.checks.named_in_notes import names_a_pupil, places_of_names
from termwise.engine.school.pupil_data.pseudonyms import Pseudonyms
from termwise.engine.school.pupil_data.pupil_names import name_of


@pytest.fixture
def pseudonyms(tmp_path: Path) -> Pseudonyms:
    return Pseudonyms(tmp_path, "larch")


def named(pseudonyms: Pseudonyms, *names: str) -> set[str]:
    keys = [name for text in names if (name := name_of(text))]
    return {pseudonyms.of("name", name.key) for name in keys}


@pytest.mark.parametrize(
    ("note", "is_named"),
    [
        ("Zorabel Quillfeather reads to nobody", True),
        ("We spoke of Quillfeather, Zorabel and others", True),
        ("ZORABEL QUILLFEATHER’S books", True),
        ("With Jay Zorabel Quillfeather Bird", True),
        ("Zorabel is a town, and so is Quillfeather", False),
        ("zorabel quillfeather", False),  # without capitals nobody is meant
        ("Zorabel’s Quillfeather", False),  # no name goes on after an s of possession
        ("One Two Three Four Five Six", False),
    ],
)
def test_two_words_with_capitals_side_by_side_are_a_name(
    pseudonyms: Pseudonyms, note: str, is_named: bool
) -> None:
    known = named(pseudonyms, "Zorabel Quillfeather")
    assert names_a_pupil(note, known, pseudonyms) is is_named
    assert not names_a_pupil(note, set(), pseudonyms)


def test_a_name_has_five_words_at_most(pseudonyms: Pseudonyms) -> None:
    five, six = "Ann Bea Cat Dot Eve", "Ann Bea Cat Dot Eve Fay"
    assert names_a_pupil(five, named(pseudonyms, five), pseudonyms)
    assert not names_a_pupil(six, named(pseudonyms, six), pseudonyms)


def test_every_place_of_a_document_is_looked_at_but_the_school_s_own_name(
    pseudonyms: Pseudonyms,
) -> None:
    name = "Zorabel Quillfeather"
    data = {"school": {"name": name}, "notes": [{"note": f"With {name}"}, "nobody"], "goal": name}
    found = places_of_names(YamlDocument("a.yaml", data), named(pseudonyms, name), pseudonyms)
    assert list(found) == [("notes", 0, "note"), ("goal",)]
