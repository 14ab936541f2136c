"""Packs in their layers: what is added, replaced and retired, and what is refused, with file, line and column."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from termwise.engine.core.errors import ContentError, Place, UnknownNameError
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.library.own_line_phrases import own_line_words
from termwise.engine.library.pack_folders import FolderAsked, PacksAsked
from termwise.engine.library.rule import Rule
from termwise.engine.library.schema_names import with_names
from tests.places import ROOT

pytestmark = pytest.mark.usefixtures("documents_once")
HEAD = "id: {id}\ntitle: Ours\nversion: '2026.1'\nowner: us\nlicence: MIT\n"
ASKED = Place("school.yaml", 3, 1)
ROLL = "{kind: threshold, id: small_roll"


def pack(folder: Path, name: str = "ours", says: str = "", **files: str) -> FolderAsked:
    """A pack in a folder of its own; `files` by path, with _ for / and __ for -."""
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(HEAD.format(id=name) + says)
    for path, text in files.items():
        file = folder / (path.replace("__", "-").replace("_in_", "/") + ".yaml")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return FolderAsked(folder, folder.name, ASKED)


def loaded(
    trust: FolderAsked | None = None,
    school: FolderAsked | None = None,
    root: Path | None = None,
    programme: str | None = None,
) -> Library:
    return load_library(root=root, asked=PacksAsked(programme, (), trust, school))


def refused(
    trust: FolderAsked | None = None, school: FolderAsked | None = None, root: Path | None = None
) -> list[str]:
    with pytest.raises(ContentError) as told:
        loaded(trust, school, root)
    return [str(problem) for problem in told.value.problems]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the shipped content in which a test may add packs."""
    for name in ("rules", "knowledge"):
        shutil.copytree(ROOT / name, tmp_path / "content" / name)
    return tmp_path / "content"


def shipped(content: Path, packs: Mapping[str, str]) -> None:
    for name, says in packs.items():
        pack(content / "knowledge" / name, name, says)


def test_a_figure_is_replaced_with_a_reason_and_told_beside_the_one_before(tmp_path: Path) -> None:
    trust = pack(
        tmp_path / "trust", says=f"replaces:\n- {ROLL}, value: 90, because: We are small}}\n"
    )
    library = loaded(trust)
    assert library.thresholds["small_roll"].value == 90
    [line] = library.own_lines
    was = load_library().thresholds["small_roll"].value
    assert own_line_words(line) == f"the trust's own line: 90 instead of {was:g}"
    assert (line.because, line.pack, line.of) == ("We are small", "ours", "base")
    assert library.thresholds["small_roll"].source == "own-line"


def test_a_line_that_is_relative_to_a_replaced_figure_moves_with_it(tmp_path: Path) -> None:
    says = "replaces:\n- {kind: threshold, id: absence_national, value: 4, because: ours}\n"
    before, after = load_library(), loaded(pack(tmp_path / "trust", says=says))
    moved = before.thresholds["absence_national"].value - 4
    high = before.thresholds["absence_high"].value
    assert after.thresholds["absence_high"].value == pytest.approx(high - moved)


def test_the_school_speaks_after_the_trust_and_what_the_default_has_stays(tmp_path: Path) -> None:
    trust = pack(tmp_path / "trust", "t", f"replaces:\n- {ROLL}, value: 90, because: a}}\n")
    school = pack(tmp_path / "content", "s", f"replaces:\n- {ROLL}, value: 80, because: b}}\n")
    library = loaded(trust, school)
    assert library.thresholds["small_roll"].value == 80
    assert [(one.layer, one.was, one.now) for one in library.own_lines][1:] == [("school", 90, 80)]
    assert library.pack_of("threshold", "small_roll").id == "s"
    assert load_library().thresholds["small_roll"].value not in (80, 90)


def test_a_retired_intervention_is_named_by_nothing_any_more(tmp_path: Path) -> None:
    says = "retires:\n- {kind: intervention, id: network-days, because: We meet otherwise.}\n"
    library = loaded(school=pack(tmp_path / "content", says=says))
    assert "network-days" not in library.interventions
    assert "RPR-02" in library.rules
    assert {one.intervention for one in library.rules["RPR-02"].recommend} == {"development-days"}
    assert "RLD-15" not in library.rules, "it says nothing any more"


def test_what_requires_a_retired_intervention_is_told_with_both_places(tmp_path: Path) -> None:
    says = "retires:\n- {kind: intervention, id: quality-framework, because: ours}\n"
    told = refused(school=pack(tmp_path / "content", says=says))
    assert any(
        "“lesson-visits” requires “quality-framework”, which is retired: the school, in "
        "content/pack.yaml:7:3" in one
        for one in told
    )


def test_what_a_trust_requires_no_school_changes_and_both_places_are_told(tmp_path: Path) -> None:
    trust = pack(tmp_path / "trust", "t", f"required:\n- {ROLL}}}\n")
    school = pack(tmp_path / "content", "s", f"replaces:\n- {ROLL}, value: 80, because: b}}\n")
    assert refused(trust, school) == [
        "content/pack.yaml:7:3: “small_roll” is required by the trust, in trust/pack.yaml:7:3; "
        "take this out: what is required can't be replaced or retired"
    ]


def test_a_default_is_changed_with_a_reason_and_what_is_free_without_one(tmp_path: Path) -> None:
    bare = f"replaces:\n- {ROLL}, value: 80}}\n"
    school = pack(tmp_path / "content", "s", bare)
    [told] = refused(None, school)
    assert told.startswith("content/pack.yaml:7:3: no reason is given for what is done with")
    trust = pack(tmp_path / "trust", "t", f"free:\n- {ROLL}}}\n")
    assert loaded(trust, school).thresholds["small_roll"].value == 80


def test_all_that_is_wrong_with_packs_is_told_at_once(tmp_path: Path, content: Path) -> None:
    shipped(content, {"one": "needs: [two]\n", "two": "needs: [one]\n"})
    says = (
        "needs: [one, nowhere]\nreplaces:\n- {kind: threshold, id: small_rol, value: 3, because: x}\n"
        "areas:\n- {id: farming, title: the farm}\n"
    )
    told = refused(pack(tmp_path / "trust", says=says), root=content)
    for what in (
        "trust/pack.yaml:6:14: the pack “ours” needs “nowhere”, which is not there",
        "trust/pack.yaml:8:3: there is no threshold “small_rol”; did you mean “small_roll”?",
        "trust/pack.yaml:10:3: no strand of the programme “naht-aspire” covers the area “farming”",
        "knowledge/one/pack.yaml:6:9: packs need each other in a circle: one needs two "
        "(knowledge/one/pack.yaml:6:9), two needs one (knowledge/two/pack.yaml:6:9)",
    ):
        assert any(one.startswith(what) for one in told), "\n".join((what, *told))
    assert len(told) == 4


def test_two_packs_that_claim_one_id_are_told_with_both_places(
    tmp_path: Path, content: Path
) -> None:
    source = "- {id: a-book, title: A book, by: us, year: 2026, strength: opinion, read: whole}\n"
    pack(content / "knowledge" / "one", "one", sources=source)
    pack(content / "knowledge" / "two", "two", sources=source)
    with pytest.raises(ContentError) as told:
        load_library(root=content, asked=PacksAsked(packs=("two", "one")))
    [problem] = told.value.problems
    assert str(problem) == (
        "knowledge/two/sources.yaml:1:4: the packs “one” and “two” both have a source “a-book”; "
        "the other stands in knowledge/one/sources.yaml:1:4; give one another id"
    )


def test_an_id_that_stands_below_is_no_accident(tmp_path: Path) -> None:
    need = "- {id: deficit, title: no money, strand: leadership, about: school}\n"
    [told] = refused(pack(tmp_path / "trust", needs=need))
    assert told.startswith(
        "trust/needs.yaml:1:4: the pack “base” has a need “deficit” already, in "
    )
    assert "say in trust/pack.yaml under “replaces” that it takes the place, and why" in told


def test_what_nothing_reads_is_told(tmp_path: Path) -> None:
    trust = pack(tmp_path / "trust", intervention_in_x="id: x\n", need="[]\n")
    (trust.folder / "thresholds").mkdir()
    (trust.folder / "thresholds" / "x.yml").write_text("id: x\n")
    told = refused(trust)
    assert told == [
        "trust/intervention:1:1: nothing is read from here; did you mean “interventions”?",
        "trust/need.yaml:1:1: this file is not read; did you mean “needs.yaml”?",
        "trust/thresholds/x.yml:1:1: is not read: its name ends in .yml; rename it so that it ends "
        "in .yaml",
    ]


def test_the_order_in_which_packs_are_named_changes_nothing(content: Path) -> None:
    shipped(content, {"one": "", "two": ""})
    first, second = (
        load_library(root=content, asked=PacksAsked(packs=packs))
        for packs in (("one", "two"), ("two", "one"))
    )
    assert [one.id for one in first.packs] == [one.id for one in second.packs]
    assert first.rules == second.rules


def test_a_broken_pack_that_is_not_asked_for_takes_nothing_with_it(content: Path) -> None:
    shipped(content, {"broken": "areas: 3\n"})
    assert load_library(root=content).rules.keys() == load_library().rules.keys()


def test_a_pack_that_is_not_there_is_named_with_the_near_one() -> None:
    with pytest.raises(UnknownNameError, match="there is no pack “bas”; did you mean “base”"):
        load_library(asked=PacksAsked(packs=("bas",)))


def test_each_pack_has_a_fingerprint_of_its_own(tmp_path: Path) -> None:
    plain, trust = load_library(), loaded(pack(tmp_path / "trust"))
    assert plain.fingerprint("base") == trust.fingerprint("base")
    one = trust.fingerprint("ours")
    says = f"free:\n- {ROLL}}}\n"
    assert loaded(pack(tmp_path / "other", says=says)).fingerprint("ours") != one


OTHER = """id: ours
title: Our way
about: Two strands.
note: Made up.
judgement_scale: cqa-four-level
teaching_scale: teaching-profile
attainment_scale: point-in-time
strands:
- {id: in-class, title: In class, short: C, question: "How is teaching?", covers: [pedagogy, assessment]}
- {id: around, title: Around it, short: A, question: "And the rest?", covers: [leadership, environment%s]}
labels: {%s}
settings: {network_days_a_term: 1, development_days_a_term: 1}
audit_activities:
- {id: spotlight, title: looking at lessons}
- {id: documents, title: reading documents}
- {id: pupils-work, title: looking at work}
- {id: conversations, title: conversations}
- {id: stakeholders, title: views}
- {id: data-review, title: data}
sources: [house]
"""


def other(folder: Path, covers: str = ", support") -> FolderAsked:
    labels = ", ".join(f"{name}: {name} of ours" for name in load_library().programme.labels)
    return pack(folder, programme=OTHER % (covers, labels))


def test_a_programme_maps_the_areas_to_strands_of_its_own(tmp_path: Path) -> None:
    library = loaded(other(tmp_path / "trust"), programme="ours")
    assert [strand.id for strand in library.programme.strands] == ["in-class", "around"]
    assert {one.strand for one in library.interventions.values()} == {"in-class", "around"}
    usual = load_library()
    assert library.rules.keys() == {
        name for name in usual.rules if usual.pack_of("rule", name).id == "base"
    }


def test_an_area_that_no_strand_covers_is_told(tmp_path: Path) -> None:
    trust = other(tmp_path / "trust", "")
    with pytest.raises(ContentError) as told:
        loaded(trust, programme="ours")
    assert any(
        "no strand of the programme “ours” covers the area “support”; name it under “covers” of a "
        "strand in trust/programme.yaml:8:1" in str(one)
        for one in told.value.problems
    )


def test_the_schema_of_a_rule_completes_the_ids_of_the_packs_in_use(tmp_path: Path) -> None:
    need = "- {id: bus-late, title: the bus is late, strand: support, about: school}\n"
    library = loaded(pack(tmp_path / "trust", needs=need))
    schema = with_names(Rule.model_json_schema(), library)
    leaf = schema["$defs"]["NeedLeaf"]["properties"]["need"]
    assert {"const": "bus-late", "title": "the bus is late"} in leaf["oneOf"]
    sources = schema["properties"]["sources"]["items"]["oneOf"]
    assert {"house", "own-line"} <= {one["const"] for one in sources}
