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
    "School",
    "TermwiseError",
    "__version__",
    "advise",
    "audit",
    "data_report",
    "impact",
    "load_commitments",
    "load_library",
    "load_school",
    "make_key",
    "meeting",
    "pupil_report",
]


def test_the_public_names_are_these_and_sorted() -> None:
    assert list(getattr(termwise, "__all__", [])) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_there(name: str) -> None:
    assert hasattr(termwise, name)


def test_the_version_is_the_one_that_is_installed() -> None:
    assert getattr(termwise, "__version__", None) == importlib.metadata.version("termwise")


def test_one_error_catches_all_the_others() -> None:
    root = getattr(termwise, "TermwiseError", None)
    content = getattr(termwise, "ContentError", None)
    assert isinstance(root, type)
    assert isinstance(content, type)
    assert issubclass(content, root)
