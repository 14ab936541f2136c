"""A pupil judged otherwise: the latest judgement is another, and all else is as it was."""

from __future__ import annotations

import pytest

from termwise.engine.library.loader import Library
from termwise.engine.school.pupil_data.reassessment import judged_otherwise, latest
from termwise.engine.school.school import PupilRead, School


@pytest.fixture(scope="module")
def judged(little_fen: School, library: Library) -> PupilRead:
    """A pupil with judgements of reading at several points."""
    own = library.own_assessment
    return next(
        pupil
        for pupil in little_fen.pupils
        if sum(
            key[:2] == (own, "reading") and r.grade is not None for key, r in pupil.results.items()
        )
        > 1
    )


def points(school: School) -> list[str]:
    return [point.id for point in school.file.pupils.points] if school.file.pupils else []


def test_the_latest_is_that_of_the_last_point_at_which_anything_is_known(
    little_fen: School, library: Library, judged: PupilRead
) -> None:
    own = library.own_assessment
    known = [
        p
        for p in points(little_fen)
        if (r := judged.results.get((own, "reading", p))) and r.grade is not None
    ]
    assert (
        latest(little_fen, library, judged, "reading") is judged.results[own, "reading", known[-1]]
    )
    assert latest(little_fen, library, judged, "latin") is None


def test_only_the_latest_judgement_of_the_subject_is_another(
    little_fen: School, library: Library, judged: PupilRead
) -> None:
    was = latest(little_fen, library, judged, "reading")
    assert was is not None and was.grade is not None
    scale = little_fen.measures[was.scale]
    grade = next(rank for rank in range(len(scale.grades)) if rank != was.grade)
    school = judged_otherwise(little_fen, library, judged, "reading", grade)
    [pupil] = school.pupils
    differ = {key for key in judged.results if pupil.results[key] != judged.results[key]}
    now = latest(school, library, pupil, "reading")
    assert now is not None and now.grade == grade
    assert {pupil.results[key] is now for key in differ} == {True} and len(differ) == 1
    assert len(pupil.results) == len(judged.results) and pupil.ref == judged.ref


def test_how_it_stands_is_worked_out_anew(
    little_fen: School, library: Library, judged: PupilRead
) -> None:
    was = latest(little_fen, library, judged, "reading")
    assert was is not None
    ranks = range(len(little_fen.measures[was.scale].grades))
    found = []
    for rank in ranks:
        school = judged_otherwise(little_fen, library, judged, "reading", rank)
        now = latest(school, library, school.pupils[0], "reading")
        assert now is not None and now.distance is not None
        found.append(now.distance)
    assert found == sorted(set(found)) and len(found) == len(ranks)
    same = judged_otherwise(little_fen, library, judged, "reading", int(was.grade or 0))
    assert same.pupils[0].results == judged.results


def test_without_a_judgement_there_is_nothing_to_be_otherwise(
    little_fen: School, library: Library, judged: PupilRead
) -> None:
    with pytest.raises(KeyError, match="latin"):
        judged_otherwise(little_fen, library, judged, "latin", 1)
