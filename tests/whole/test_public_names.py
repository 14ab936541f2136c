"""The names that callers may use, and no others."""

from __future__ import annotations

import importlib.metadata

import pytest

import termwise

NAMES = [
    "Advice",
    "Ask",
    "ContentError",
    "Library",
    "ProgressEntry",
    "School",
    "TermwiseError",
    "__version__",
    "advise",
    "audit",
    "change",
    "change_pupil",
    "check_rules",
    "data_report",
    "diff",
    "firm",
    "impact",
    "issue",
    "load_commitments",
    "load_library",
    "load_school",
    "make_key",
    "meeting",
    "missing",
    "money",
    "overridden",
    "progress",
    "pupil_report",
    "replan",
    "review",
    "rules_coverage",
    "rules_tried",
    "schedule",
    "what_if",
    "why",
    "why_not",
    "why_pupil",
]


def test_the_public_names_are_these_and_sorted() -> None:
    assert list(getattr(termwise, "__all__", [])) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_there(name: str) -> None:
    assert hasattr(termwise, name)


@pytest.mark.parametrize("name", ["__all__", *NAMES])
def test_each_name_stands_for_what_it_says(name: str) -> None:
    found = getattr(termwise, name)
    stands_for = {"schedule": "scheduling"}.get(name, name)
    assert getattr(found, "__name__", stands_for).rsplit(".", 1)[-1] == stands_for


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError, match="plan_everything"):
        getattr(termwise, "plan_everything")  # noqa: B009


def test_what_is_listed_is_what_may_be_used() -> None:
    assert dir(termwise) == NAMES


def test_the_scheduler_is_a_part_of_its_own_that_knows_no_school() -> None:
    schedule = termwise.schedule
    problem = schedule.Problem(2, (schedule.Item("one", schedule.laid_out(2, 1, value=3)),))
    assert schedule.solve(problem).value == 3
    assert sorted(schedule.__all__) == sorted(set(schedule.__all__))
    assert all(hasattr(schedule, name) for name in schedule.__all__)


def test_the_version_is_the_one_that_is_installed() -> None:
    assert getattr(termwise, "__version__", None) == importlib.metadata.version("termwise")


def test_one_error_catches_all_the_others() -> None:
    root = getattr(termwise, "TermwiseError", None)
    content = getattr(termwise, "ContentError", None)
    assert isinstance(root, type)
    assert isinstance(content, type)
    assert issubclass(content, root)
