"""docs/writing-packs.md, followed word by word from an empty folder: a pack in the plan, explained, without Python."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from termwise.cli import main
from tests.places import ROOT

PAGE = ROOT / "docs" / "writing-packs.md"
pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="the documents are in a checkout only")


def well(*words: str) -> str:
    told = CliRunner().invoke(main, list(words))
    assert told.exit_code == 0, told.output
    return " ".join(told.output.split())


def test_the_page_followed_word_by_word_gives_a_plan_with_its_own_line_rule_and_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    figures, line, bus, rule, *_ = re.findall(
        r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL
    )
    well("demo", "my-school", "--seed", "3")
    content = Path("my-school/content")
    (content / "interventions").mkdir(parents=True)
    (content / "pack.yaml").write_text(figures)
    school = Path("my-school/school.yaml")
    text = school.read_text().replace("programme: naht-aspire\n", f"programme: naht-aspire\n{line}")
    school.write_text(re.sub(r"^  absence: .*$", "  absence: 9", text, flags=re.MULTILINE))
    assert "Nothing is wrong." in well("packs", "check", "my-school")
    assert "the school's own line: 2 instead of 3" in well("rules", "list", "my-school")

    (content / "interventions" / "walking-bus.yaml").write_text(bus)
    area = ("recommend", "support", "Many children are away")
    begun = well("rules", "new", *area, "--content", str(content))
    name = re.match(r"([A-Z]+-\d+) is in (\S+\.yaml)\.", begun)
    assert name
    Path(name[2]).write_text(f"id: {name[1]}\n{rule}")
    assert "Nothing is wrong." in well("packs", "check", "my-school")
    assert name[1] in well("why", "my-school", "walking-bus")

    because = ("--because", "We looked through our initiatives in May.")
    well("rules", "retire", "RPR-05", *because, "--content", str(content))
    assert "retired by the school" in well("rules", "list", "my-school")
    gone = CliRunner().invoke(main, ["rules", "show", "RPR-05", "my-school"])
    assert gone.exit_code == 1
    assert "it is retired by the school. We looked through our initiatives in May." in gone.output
