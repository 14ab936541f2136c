"""A setting changes one value of a file in place of what the school wrote, or is refused at itself."""

from __future__ import annotations

from typing import Any

import pytest

from termwise.engine.core.errors import Mistake
from termwise.engine.core.yaml_source.document import YamlDocument
from termwise.engine.school.checks.folder_checks import CQA, SCHOOL, STAFF
from termwise.engine.school.checks.settings import Settings

PRACTICES = ("coaching-cycles", "core-values")


def data() -> dict[str, dict[str, Any]]:
    return {
        SCHOOL: {"school": {"roll": 90}, "context": {"absence": 5.7}},
        CQA: {
            "questions": {"support": {"judgement": "secure"}},
            "in_place": [{"practice": "core-values", "how": "partly"}],
        },
        STAFF: {
            "people": [
                {"id": "ada", "roles": ["coach", "senco"], "time": 3},
                {"id": "bo", "roles": ["coach"], "time": 1},
            ],
            "together": {"whole-staff": 2},
        },
    }


def put(*given: str) -> tuple[dict[str, dict[str, Any]], Settings]:
    settings, files = Settings(given, [], PRACTICES), data()
    for name, content in files.items():
        settings.put_into(YamlDocument(name, content))
    return files, settings


def told(*given: str) -> list[str]:
    _, settings = put(*given)
    return [problem.what for problem in settings.problems]


def test_one_value_is_put_in_place_of_another_and_what_was_is_known() -> None:
    files, settings = put("school.roll=91", "questions.support.judgement=2")
    assert files[SCHOOL] == {"school": {"roll": 91}, "context": {"absence": 5.7}}
    assert files[CQA]["questions"] == {"support": {"judgement": 2}}
    assert [(one.was, one.now) for one in settings.made] == [((90,), 91), (("secure",), 2)]
    assert not settings.problems


def test_nothing_takes_a_value_out() -> None:
    files, _ = put("context.absence=")
    assert files[SCHOOL]["context"] == {}


def test_the_time_of_a_role_is_that_of_all_who_hold_it_alone_or_together() -> None:
    files, settings = put("capacity.coach=2", "capacity.whole-staff=1")
    assert [person["time"] for person in files[STAFF]["people"]] == [2, 2]
    assert files[STAFF]["together"] == {"whole-staff": 1}
    assert settings.made[0].was == (3, 1)


@pytest.mark.parametrize(
    ("setting", "in_place"),
    [
        ("in_place.core-values=fully", [{"practice": "core-values", "how": "fully"}]),
        ("in_place.core-values=yes", [{"practice": "core-values", "how": "fully"}]),
        ("in_place.core-values=no", []),
        ("in_place.core-values=", []),
        (
            "in_place.coaching-cycles=yes",
            [
                {"practice": "core-values", "how": "partly"},
                {"practice": "coaching-cycles", "how": "fully"},
            ],
        ),
    ],
)
def test_a_member_of_a_list_is_put_in_changed_or_taken_out(
    setting: str, in_place: list[dict[str, str]]
) -> None:
    assert put(setting)[0][CQA]["in_place"] == in_place


def test_what_is_not_in_place_may_be_said_to_be_so_already() -> None:
    files, settings = put("in_place.coaching-cycles=no")
    assert files == data() and settings.made[0].was == (None,)
    assert told("in_place.coaching-cicles=no") == ["unknown practice “coaching-cicles”"]


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (("school.roll",), "is no setting"),
        (("=3",), "is no setting"),
        (("school..roll=3",), "is no setting"),
        (("nothing=3",), "nothing is called “nothing”"),
        (("pupils.scale=x",), "what is said of pupils and published tables is read from the files"),
        (("school.rol=3",), "school has no “rol”"),
        (("capacity.nobody=3",), f"nobody in {STAFF} holds the role “nobody”"),
        (("capacity.coach=",), "people's time can't be left out"),
        (("in_place.coaching-cycles=",), "there is no “coaching-cycles” to take out"),
        (("school.roll=1", "school.roll=2"), "“school.roll=1” sets the same"),
        (("capacity.coach=1", "people.bo.time=2"), "“capacity.coach=1” sets the same"),
    ],
)
def test_what_can_not_be_set_is_told(given: tuple[str, ...], what: str) -> None:
    [problem] = told(*given)
    assert problem.startswith(what)


def test_a_problem_has_the_setting_for_its_place() -> None:
    problems: list[Mistake] = []
    Settings(("nothing=3",), problems, PRACTICES)
    assert problems[0].place.file == "--set nothing=3"
