"""`termwise rules new`: the next id, and a file whose gaps are told."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import termwise
from termwise.cli import main
from termwise.engine.core.errors import ContentError, TermwiseError
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.rule_draft import new_rule, retired_in
from tests.places import ROOT

SHIPPED = Path(termwise.__file__).parent
DOCS = ROOT / "docs" / "writing-rules.md"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the rules and the knowledge that an author may spoil."""
    for name in ("rules", "knowledge"):
        shutil.copytree(SHIPPED / name, tmp_path / name)
    return tmp_path


def areas() -> list[tuple[str, str]]:
    return sorted((path.parent.name, path.name) for path in SHIPPED.glob("rules/base/*/*/"))


def letters(stratum: str, area: str) -> set[str]:
    texts = (
        path.read_text("utf-8")
        for path in (SHIPPED / "rules" / "base" / stratum / area).glob("*.yaml")
    )
    return {re.findall(r"^id: ([A-Z]+)-", text, re.MULTILINE)[0] for text in texts}


@pytest.mark.parametrize(("stratum", "area"), areas())
def test_the_next_id_follows_the_highest_of_its_area(stratum: str, area: str) -> None:
    rule = new_rule(SHIPPED, stratum, area, "Something new")
    [used] = letters(stratum, area)
    texts = [path.read_text("utf-8") for path in SHIPPED.glob("rules/**/*.yaml")]
    numbers = [
        int(n) for text in texts for n in re.findall(rf"^id: {used}-(\d+)", text, re.MULTILINE)
    ]
    assert rule.id == f"{used}-{max(numbers) + 1:02}"
    assert rule.file == f"rules/base/{stratum}/{area}/something-new.yaml"
    assert yaml.safe_load(rule.text)["id"] == rule.id


def test_the_number_of_a_retired_rule_is_not_given_again(content: Path) -> None:
    first = new_rule(content, "diagnose", "leadership", "One")
    text = first.text.replace("status: draft", "status: retired")
    (content / first.file).write_text(text, "utf-8")
    second = new_rule(content, "diagnose", "leadership", "Another")
    assert int(second.id.split("-")[1]) == int(first.id.split("-")[1]) + 1


def test_a_new_rule_is_written_and_every_gap_in_it_is_told(content: Path) -> None:
    words = [
        "rules",
        "new",
        "recommend",
        "support",
        "Parents don't come",
        "--content",
        str(content),
    ]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    file = content / "rules" / "base" / "recommend" / "support" / "parents-dont-come.yaml"
    assert yaml.safe_load(file.read_text("utf-8"))["title"] == "Parents don't come"
    with pytest.raises(ContentError) as caught:
        load_library(root=content)
    told = [str(problem) for problem in caught.value.problems]
    assert all(
        line.startswith("rules/base/recommend/support/parents-dont-come.yaml:") for line in told
    )
    for gap in ("fill_in", "fill-in"):
        assert any(gap in line for line in told), told
    again = CliRunner().invoke(main, words)
    assert again.exit_code == 1
    assert "is there already" in again.output


@pytest.mark.parametrize(
    ("stratum", "area", "title", "said"),
    [
        ("diagnos", "support", "X", "did you mean “diagnose”?"),
        ("diagnose", "suport", "X", "did you mean “support”?"),
        ("diagnose", "support", "!!!", "makes no file name"),
    ],
)
def test_what_no_rule_can_be_made_of_is_refused(
    stratum: str, area: str, title: str, said: str
) -> None:
    with pytest.raises(TermwiseError, match=re.escape(said)):
        new_rule(SHIPPED, stratum, area, title)


@pytest.mark.skipif(not DOCS.exists(), reason="the documents are in a checkout only")
def test_the_table_of_letters_is_that_of_the_rules() -> None:
    rows = re.findall(
        r"^\| `([A-Z]+)` \| `rules/base/(\w+)/(\w+)/` \|", DOCS.read_text("utf-8"), re.MULTILINE
    )
    assert sorted((stratum, area, used) for used, stratum, area in rows) == [
        (stratum, area, *letters(stratum, area)) for stratum, area in areas()
    ]


def own_pack(folder: Path) -> Path:
    (folder / "pack.yaml").write_text(
        "id: my-school\ntitle: Ours\nversion: '2026.2'\nowner: us\nlicence: ours\n"
    )
    return folder


def test_a_rule_in_a_pack_of_one_s_own_gets_its_letters_and_the_next_number(tmp_path: Path) -> None:
    root = own_pack(tmp_path)
    first = new_rule(root, "recommend", "support", "Many are away")
    assert (first.id, first.file) == ("MYSC-01", "rules/recommend/support/many-are-away.yaml")
    assert 'since: "2026.2"' in first.text
    (tmp_path / "rules" / "recommend" / "support").mkdir(parents=True)
    (tmp_path / first.file).write_text(first.text)
    assert new_rule(root, "diagnose", "support", "Another").id == "MYSC-02"


def test_a_rule_is_retired_in_a_pack_beside_what_the_file_says(tmp_path: Path) -> None:
    text = (own_pack(tmp_path) / "pack.yaml").read_text()
    once = retired_in(text, "rule", "RPR-05", "We looked: in May.")
    twice = retired_in(once, "rule", "RPR-08", "Neither.", "RPR-10")
    assert twice.startswith(text)
    assert yaml.safe_load(twice)["retires"] == [
        {"kind": "rule", "id": "RPR-08", "because": "Neither.", "replaced_by": "RPR-10"},
        {"kind": "rule", "id": "RPR-05", "because": "We looked: in May."},
    ]
    with pytest.raises(TermwiseError, match="RPR-05 is retired there already"):
        retired_in(twice, "rule", "RPR-05", "Again.")
