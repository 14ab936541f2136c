"""Steps of a school's own: few words in school.yaml, an intervention like any other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from termwise.engine.core.errors import ContentError
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school, packs_asked

OWN = """
own_steps:
- id: forest-days
  title: Forest days
  strand: environment
  lead: headteacher
  days: {headteacher: 1, class-teacher: 0.5}
  half_terms: 2
  pounds: 300
  pays: resources
  shown_by: what children tell of it at home
  because: Promised to parents.
"""


def folder_with(copy_example: Callable[[str], Path], text: str) -> Path:
    folder = copy_example("little-fen")
    with (folder / "school.yaml").open("a", encoding="utf-8") as file:
        file.write(text)
    return folder


def test_a_few_words_make_an_intervention_that_has_to_be_in_the_plan(
    copy_example: Callable[[str], Path],
) -> None:
    folder = folder_with(copy_example, OWN)
    library = load_library(asked=packs_asked(folder))
    item = library.intervention("forest-days")
    assert [(one.role, one.days) for one in item.deliver.effort] == [
        ("headteacher", 1),
        ("class-teacher", 0.5),
    ]
    assert (item.deliver.half_terms, item.deliver.cash[0].pounds) == (2, 300)
    assert item.monitoring.role != item.lead
    assert item.what == "Promised to parents." and item.evidence.no_estimate
    school = load_school(folder, library)
    [promise] = [one for one in school.promises if one.intervention == "forest-days"]
    assert promise.because == "Promised to parents."


def test_wrong_names_are_told_with_their_place_and_the_near_ones(
    copy_example: Callable[[str], Path],
) -> None:
    wrong = OWN.replace("strand: environment", "strand: enviroment")
    wrong = wrong.replace("{headteacher: 1", "{headteachers: 1").replace("resources", "resource")
    folder = folder_with(copy_example, wrong)
    with pytest.raises(ContentError) as told:
        load_school(folder, load_library(asked=packs_asked(folder)))
    words = [str(one) for one in told.value.problems]
    for name in ("strand “enviroment”", "role “headteachers”", "kind of cost “resource”"):
        assert any(f"unknown {name}" in one and "school.yaml:" in one for one in words), words


def test_a_name_that_is_taken_or_stands_twice_is_told(copy_example: Callable[[str], Path]) -> None:
    taken = OWN.replace("forest-days", "lesson-visits")
    folder = folder_with(copy_example, taken + OWN.partition("own_steps:\n")[2] * 2)
    with pytest.raises(ContentError) as told:
        load_school(folder, load_library(asked=packs_asked(folder)))
    words = " ".join(str(one) for one in told.value.problems)
    assert "has an intervention “lesson-visits” already" in words
    assert "“forest-days” stands twice" in words


def test_a_library_that_was_not_loaded_for_the_folder_is_told(
    copy_example: Callable[[str], Path], library: Library
) -> None:
    folder = folder_with(copy_example, OWN)
    with pytest.raises(ContentError, match="is not in the library that is used"):
        load_school(folder, library)
