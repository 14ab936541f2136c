"""The document of the joint analysis: nothing of it is lost, and priorities are proposed by what was seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from termwise.engine.documents import rendered
from termwise.engine.inference import infer
from termwise.engine.library import Library
from termwise.engine.planning import QualityAnalysis, analyse
from termwise.engine.school import School, entities, load_school


def _analysed(school: School, library: Library) -> QualityAnalysis:
    found = infer(entities(school, library), library, library.vocabulary(school.scales))
    return analyse(found, school, library)


@pytest.fixture(scope="module")
def found(hillside: School, library: Library) -> QualityAnalysis:
    return _analysed(hillside, library)


def test_every_piece_of_evidence_stands_under_its_question_and_by_the_way_it_was_seen(
    found: QualityAnalysis, hillside: School
) -> None:
    written = [note.note for given in hillside.cqa.questions.values() for note in given.evidence]
    assert sorted(note.note for one in found.questions for note in one.notes) == sorted(written)
    page = rendered(found, "md")
    assert all(page.count(note) == 2 for note in written)


def test_both_sides_stand_beside_what_they_agreed_and_where_they_differed(
    found: QualityAnalysis,
) -> None:
    apart = {one.id: (one.school, one.adviser, one.agreed) for one in found.questions if one.apart}
    assert apart == {
        "assessment": ("Developing", "Emerging", "Emerging"),
        "pedagogy": ("Secure", "Developing", "Developing"),
    }
    assert "the school said Secure, the adviser Developing" in rendered(found, "text")


def test_what_was_not_looked_at_is_told(found: QualityAnalysis) -> None:
    for one in found.questions:
        assert one.kinds + len(one.not_looked_at) == len(found.activities)
    assert found.not_used == ()


def test_a_priority_is_proposed_from_two_kinds_of_evidence_and_named_by_the_need(
    found: QualityAnalysis, library: Library
) -> None:
    strands = {one.title for one in library.strands.values()}
    assert found.proposed
    for one in found.proposed:
        assert len(one.kinds) >= 2
        assert one.words
        assert one.title in {need.title for need in library.needs.values()}
        assert one.title not in strands
    assert all(len(one.kinds) == 1 for one in found.seen_once)
    assert found.proposed[0].judgement == "Emerging"
    titles = {one.title for one in (*found.proposed, *found.seen_once)}
    assert not any("a teacher" in title for title in titles), "nobody's own practice is a priority"


def test_no_more_evidence_than_one_kind_proposes_nothing(
    copy_example: Callable[..., Path], library: Library
) -> None:
    folder = copy_example("hillside")
    cqa = yaml.safe_load((folder / "cqa.yaml").read_text())
    cqa["priorities"] = []
    cqa["questions"]["assessment"]["differed"] = "One side counted a meeting that was not held."
    kept = cqa["questions"]["assessment"]["evidence"]
    cqa["questions"]["assessment"]["evidence"] = [
        note for note in kept if note.get("concern") != "moderation-missing"
    ]
    (folder / "cqa.yaml").write_text(yaml.safe_dump(cqa))
    found = _analysed(load_school(folder, library), library)
    titles = [one.title for one in found.proposed]
    assert "assessment data cannot yet be relied on" not in titles
    assert "assessment data cannot yet be relied on" in [one.title for one in found.seen_once]
    page = rendered(found, "md")
    assert "Priorities proposed, to be agreed" in page
    assert "One side counted a meeting that was not held." in page


def test_the_first_year_has_the_focus_areas_of_the_programme(
    found: QualityAnalysis, library: Library
) -> None:
    assert [one.title for one in found.first_year] == [
        one.title for one in library.programme.first_year
    ]
    assert len(found.first_year) == 4
