"""A network is planned from the terminal: to the screen, and each school's plan to a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import termwise.engine.network
from termwise.cli import main
from termwise.engine.network.network_plan import NetworkPlanned
from termwise.engine.planning import Plan
from tests.places import EXAMPLES


@pytest.fixture
def planned(network_planned: NetworkPlanned, monkeypatch: pytest.MonkeyPatch) -> NetworkPlanned:
    monkeypatch.setattr(termwise.engine.network, "plan_network", lambda *_: network_planned)
    return network_planned


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["network", "plan", str(EXAMPLES / "network"), *words])


def test_the_network_is_told_and_each_plan_is_written(
    planned: NetworkPlanned, tmp_path: Path
) -> None:
    result = run("--out", str(tmp_path / "plans"))
    assert result.exit_code == 0, result.output
    assert "Saltmarsh network: planned together" in result.output
    assert "1560" not in result.output.replace(",", "")  # one school's part is confidential
    for school, plan in planned.plans.items():
        written = (tmp_path / "plans" / f"{school}.json").read_text("utf-8")
        assert Plan.model_validate_json(written) == plan
        page = (tmp_path / "plans" / f"{school}.html").read_text("utf-8")
        assert "Where the network decided" in page
    again = run("--out", str(tmp_path / "plans"))
    assert again.exit_code == 0, again.output


def test_a_file_that_is_not_ours_is_kept(planned: NetworkPlanned, tmp_path: Path) -> None:
    (tmp_path / "oxmere.html").write_text("mine", "utf-8")
    result = run("--out", str(tmp_path))
    assert result.exit_code == 2
    assert (tmp_path / "oxmere.html").read_text("utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["oxmere.html"]


def test_json_holds_nothing_confidential(planned: NetworkPlanned) -> None:
    found: dict[str, Any] = json.loads(run("--format", "json").output)
    assert {school["weight"] for school in found["schools"]} == {None}
    assert found["money"][0]["schools"] == []


def test_where_not_all_fits_somewhere_it_ends_with_three(
    network_planned: NetworkPlanned, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = network_planned.network
    short = whole.schools[0].model_copy(
        update={"status": "infeasible", "conflict": ("a duty takes more than there is",)}
    )
    network = whole.model_copy(update={"schools": (short, *whole.schools[1:])})
    found = NetworkPlanned(network, network_planned.plans)
    monkeypatch.setattr(termwise.engine.network, "plan_network", lambda *_: found)
    result = run()
    assert result.exit_code == 3
    told = " ".join(result.output.split())
    assert "Not all that must be done fits at Withybeck Primary School." in told
    assert "A duty takes more than there is." in told


def test_mistakes_end_with_one_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "network.yaml").write_text("network: {id: a b}\n", "utf-8")
    out = tmp_path / "out"
    result = CliRunner().invoke(main, ["network", "plan", str(tmp_path), "--out", str(out)])
    assert result.exit_code == 1
    assert "nothing was written" in result.output
    assert not out.exists()
