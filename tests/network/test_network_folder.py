"""A network's folder is read as a whole: every mistake in it and in its schools, each at its place."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise.engine.core.errors import ContentError
from termwise.engine.network.network_folder import load_network
from termwise.engine.school import load_school
from tests.network.conftest import Edit, Small


def problems(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as error:
        load_network(folder)
    return [str(problem) for problem in error.value.problems]


def put(**values: Any) -> Edit:
    return lambda data: data.update(values)


def test_the_small_network_is_right_and_knows_its_schools(small: Small) -> None:
    network = load_network(small())
    assert [one.id for one in network.members] == ["oxmere", "withybeck"]
    assert network.needs == {"oxmere": 1.4, "withybeck": 2.0}
    assert [one.id for one in network.by_need] == ["withybeck", "oxmere"]


def twice(data: dict[str, Any]) -> None:
    data["schools"].append({"folder": "./oxmere"})


def two_lines(data: dict[str, Any]) -> None:
    data["shared"].append({"id": "adviser", "time": 3})


WRONG: dict[str, tuple[Edit, str, str]] = {
    "a school twice": (twice, "network.yaml:7:3:", "is in the list already, as oxmere"),
    "two capacities": (two_lines, "network.yaml:", "“adviser” has days here twice"),
    "nobody's": (
        lambda data: data["shared"].append({"id": "psychologist", "time": 3}),
        "network.yaml:",
        "no school has “psychologist” as shared",
    ),
    "no such part of the year": (
        lambda data: data["shared"][0]["time"].update(aut3=2),
        "network.yaml:",
        "unknown part of the year “aut3”",
    ),
    "no such step": (
        put(training=[{"intervention": "effective-feedbak", "schools": 2}]),
        "network.yaml:",
        "did you mean “effective-feedback”?",
    ),
    "no such judgement": (
        lambda data: data["sharing"].update(need={"bad": 2}),
        "network.yaml:",
        "unknown judgement “bad”",
    ),
    "no such cost": (
        lambda data: data["money"][0].update(pays_for=["trips"]),
        "network.yaml:",
        "unknown kind of cost “trips”",
    ),
    "a school's own line": (
        lambda data: data["money"][0].update(id="improvement"),
        "network.yaml:",
        "a budget line of oxmere and withybeck is called “improvement” too",
    ),
    "nothing that comes back": (
        lambda data: data["days"].update(intervention="effective-feedback"),
        "network.yaml:",
        "unknown intervention that comes back",
    ),
    "a day at a weekend": (
        lambda data: data["days"].update(dates=[{"date": datetime.date(2026, 10, 17)}]),
        "network.yaml:",
        "no pupils are in school on 2026-10-17 in oxmere and withybeck",
    ),
    "a day of another year": (
        lambda data: data["days"].update(dates=[{"date": datetime.date(2028, 10, 17)}]),
        "network.yaml:",
        "2028-10-17 is outside the plan",
    ),
    "no such folder": (
        lambda data: data["schools"].append({"folder": "nowhere"}),
        "network/nowhere",
        "there is no such folder",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_network_yaml_is_told_at_its_place(small: Small, name: str) -> None:
    edit, place, told = WRONG[name]
    (problem,) = problems(small(edit))
    assert place in problem
    assert told in problem


def test_all_that_is_wrong_is_told_at_once(small: Small) -> None:
    def several(data: dict[str, Any]) -> None:
        twice(data)
        two_lines(data)
        data["training"][0]["intervention"] = "nothing"

    folder = small(several, oxmere_cqa=put(agreed_on="soon"))
    found = problems(folder)
    assert len(found) >= 4
    assert sum(one.startswith("network.yaml:") for one in found) == 3
    assert any(one.startswith("oxmere/cqa.yaml:") for one in found)


def test_two_schools_of_one_id_are_told_with_both_folders(small: Small) -> None:
    folder = small(withybeck_school=lambda data: data["school"].update(id="oxmere"))
    (problem,) = problems(folder)
    assert problem.startswith("withybeck/school.yaml:2:")
    assert "the id “oxmere” is that of oxmere already" in problem


def test_half_terms_that_are_not_those_of_the_others_are_told(small: Small) -> None:
    late = datetime.date(2026, 11, 2)
    folder = small(put(days=None), withybeck_school=lambda data: data["plan"].update(starts=late))
    (problem,) = problems(folder)
    assert problem.startswith("withybeck/school.yaml:")
    assert "its half-terms are not those of oxmere" in problem


def test_days_are_given_out_for_one_year(small: Small) -> None:
    folder = small(withybeck_school=lambda data: data["plan"].update(years=2))
    assert any("plans 2 years" in problem for problem in problems(folder))


def test_a_school_that_counts_on_days_nobody_gives_out_is_told(small: Small) -> None:
    folder = small(lambda data: data["shared"].pop())
    found = problems(folder)
    assert [one.partition(":")[0] for one in found] == ["oxmere/staff.yaml", "withybeck/staff.yaml"]
    assert all("network.yaml says nothing of their days" in one for one in found)


def test_a_school_whose_days_are_others_than_the_networks_is_told(small: Small) -> None:
    own = {"network-days": [datetime.date(2026, 10, 13)]}
    (problem,) = problems(small(oxmere_school=lambda data: data.update(dates=own)))
    assert problem.startswith("oxmere/school.yaml:")
    assert "take them out here" in problem


def test_a_school_in_two_networks_is_told_with_the_other(small: Small, tmp_path: Path) -> None:
    folder = small()
    other = tmp_path / "other"
    other.mkdir()
    data = yaml.safe_load((folder / "network.yaml").read_text("utf-8"))
    data["schools"] = [{"folder": "../network/oxmere"}]
    (other / "network.yaml").write_text(yaml.safe_dump(data), "utf-8")
    assert any("is in the network of ../network as well" in one for one in problems(other))


def test_a_folder_without_network_yaml_is_told(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path)
    assert problem.startswith("network.yaml:")


def test_money_is_parted_by_its_rule_and_none_is_lost(small: Small) -> None:
    folder = small()
    for rule, parts in (
        ("equally", {"oxmere": 3000, "withybeck": 3000}),
        ("by-need", {"oxmere": 2471, "withybeck": 3529}),
        ("by-roll", {"oxmere": 3312, "withybeck": 2688}),
    ):
        data = yaml.safe_load((folder / "network.yaml").read_text("utf-8"))
        data["money"][0]["rule"] = rule
        (folder / "network.yaml").write_text(yaml.safe_dump(data), "utf-8")
        network = load_network(folder)
        found = {one.id: network.pounds(one.id)["network"]["2026-27"] for one in network.members}
        assert found == parts, rule


def test_a_school_has_the_networks_days_and_money_in_its_plan(small: Small) -> None:
    network = load_network(small())
    oxmere = network.members[0]
    school = load_school(oxmere.path, oxmere.library, settings=network.settings(oxmere))
    assert len(school.file.dates["network-days"]) == 6
    line = next(one for one in school.file.money.lines if one.id == "network")
    assert (line.amounts, line.pays_for) == ({"2026-27": 2471}, ("training", "travel", "cover"))
