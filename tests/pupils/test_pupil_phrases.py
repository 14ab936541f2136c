"""Pupils are shown in one way everywhere."""

from __future__ import annotations

from termwise.engine.pupils import shown_names


def test_pupils_are_shown_by_name_and_where_two_have_one_by_pseudonym_too() -> None:
    names = {"AAAA-2222": "Kit Able", "BBBB-3333": "Kit Able", "CCCC-4444": "Sam Bold"}
    assert shown_names(names) == {
        "AAAA-2222": "Kit Able (AAAA-2222)",
        "BBBB-3333": "Kit Able (BBBB-3333)",
        "CCCC-4444": "Sam Bold",
    }


def test_pupils_without_names_are_shown_by_pseudonym() -> None:
    assert shown_names({"AAAA-2222": None, "BBBB-3333": ""}) == {
        "AAAA-2222": "AAAA-2222",
        "BBBB-3333": "BBBB-3333",
    }
