"""Percentages in a school's own words: 27, never 0.27, and 0.4 % with its sign."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.engine.core.errors import ContentError
from termwise.engine.core.record import percentage
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school
from termwise.engine.school.school import School

Load = Callable[[str, Any], School]


@pytest.fixture
def load(copy_example: Callable[[str], Path], library: Library) -> Load:
    """Hillside with another figure in its context, or another share of a budget line (most)."""

    def loaded(name: str, value: Any) -> School:
        folder = copy_example("hillside")
        path = folder / "school.yaml"
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        if name == "most":
            line = next(line for line in data["money"]["lines"] if "most" in line)
            line["most"] = {"wider": value}
        else:
            data["context"][name] = value
        path.write_text(yaml.safe_dump(data), encoding="utf-8")
        return load_school(folder, library)

    return loaded


NAMES = ["pp_share", "absence", "persistent_absence", "supply_spend_share", "phonics_met", "most"]


@pytest.mark.parametrize("name", NAMES)
def test_a_share_of_one_is_asked_about_wherever_a_percentage_stands(load: Load, name: str) -> None:
    with pytest.raises(ContentError) as refused:
        load(name, 0.27)
    [problem] = refused.value.problems
    assert problem.place.file == "school.yaml"
    assert "is that 27 % or 0.27 %?" in problem.what
    assert problem.hint == "write 27, or 0.27% with the sign"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("given", "value"), [(27, 27), ("0.27%", 0.27), ("27 %", 27), (0, 0), (1, 1), (1.5, 1.5)]
)
def test_the_answers_are_read(load: Load, name: str, given: object, value: float) -> None:
    school = load(name, given)
    most = next(line.most for line in school.file.money.lines if line.most)
    assert (most["wider"] if name == "most" else school.file.context[name]) == value


@pytest.mark.parametrize("name", ["in_year_balance_share", "reserves_share"])
@pytest.mark.parametrize("value", [0.2, -0.2])
def test_a_balance_is_often_below_one_percent(load: Load, name: str, value: float) -> None:
    assert load(name, value).file.context[name] == value


@pytest.mark.parametrize("text", ["27", "%", "x%", "1e3%", "2 7%", "27%%", "", True, None])
def test_only_a_number_with_its_sign_is_a_percentage_in_words(text: object) -> None:
    assert percentage(text) is text


@pytest.mark.parametrize("given", ["27%", "none", 27])
def test_a_figure_that_nothing_knows_is_a_mistake(load: Load, given: object) -> None:
    with pytest.raises(ContentError) as refused:
        load("pp_shares", given)
    assert any("pp_shares" in problem.what for problem in refused.value.problems)
