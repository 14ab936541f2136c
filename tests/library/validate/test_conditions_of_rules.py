"""What a condition names exists and fits what it is compared with; each mistake has its own place."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from termwise.engine.library.conditions import MOST_COMPARISONS
from termwise.engine.library.loader import Library
from termwise.engine.library.rule import Condition, EntityKind
from termwise.engine.library.validate.conditions_of_rules import condition_problems, placed

BUILT: TypeAdapter[Condition] = TypeAdapter(Condition)


def told(library: Library, when: dict[str, Any], about: EntityKind = "school") -> list[str]:
    name = next(iter(library.rules))
    condition = BUILT.validate_python(when)
    found = condition_problems(library, condition, about, "rule", name, ("when",))
    return [problem.what for problem in found]


@pytest.mark.parametrize(
    ("when", "about"),
    [
        ({"indicator": "roll", "at_least": 100}, "school"),
        ({"indicator": "roll", "at_least": 100}, "pupil"),  # a pupil belongs to the school
        ({"indicator": "judgement", "of": "support", "below": {"grade": "secure"}}, "school"),
        ({"indicator": "judgement", "below": "secure"}, "question"),
        ({"indicator": "in_place", "includes": "coaching-cycles"}, "school"),
        ({"indicator": "in_place", "known": True}, "school"),
    ],
)
def test_what_fits_is_left_alone(library: Library, when: dict[str, Any], about: EntityKind) -> None:
    assert told(library, when, about) == []


@pytest.mark.parametrize(
    ("when", "about", "what"),
    [
        ({"indicator": "rol", "above": 1}, "school", "unknown indicator “rol”"),
        ({"need": "no-such-need"}, "school", "unknown need “no-such-need”"),
        (
            {"indicator": "judgement", "below": "secure"},
            "school",
            "“judgement” is about a question",
        ),
        (
            {"indicator": "roll", "of": "support", "above": 1},
            "school",
            "“roll” is about a school",
        ),
        ({"indicator": "in_place", "above": 3}, "school", "a set has no order"),
        ({"indicator": "roll", "includes": "x"}, "school", "“includes” does not fit a count"),
        ({"indicator": "roll", "is": True}, "school", "“roll” is a number, True is not"),
        ({"indicator": "roll", "above": {"grade": "weak"}}, "school", "“roll” is no grade"),
        ({"indicator": "roll", "above": {"threshold": "none"}}, "school", "unknown threshold"),
        ({"indicator": "roll", "above": -1}, "school", "-1 is outside the range of “roll”"),
        ({"indicator": "in_place", "includes": "nothing"}, "school", "unknown member of"),
        ({"indicator": "judgement", "is": "superb"}, "question", "unknown grade “superb”"),
        ({"indicator": "judgement", "is": {"grade": "best"}}, "question", "unknown anchor of"),
        ({"indicator": "judgement", "below": {"threshold": "x"}}, "question", "unknown threshold"),
    ],
)
def test_what_does_not_fit_is_told(
    library: Library, when: dict[str, Any], about: EntityKind, what: str
) -> None:
    found = told(library, when, about)
    assert found and found[0].startswith(what), found


def test_a_figure_of_pupils_is_none_of_a_school_they_are_counted_in(library: Library) -> None:
    key = next(
        i.id for i in library.indicators.values() if i.about == "pupil" and i.type == "yes-no"
    )
    [what] = told(library, {"indicator": key, "is": True})
    assert what == f"“{key}” is about a pupil, which a school does not belong to"


def test_each_comparison_stands_at_its_own_path() -> None:
    roll = {"indicator": "roll", "above": 1}
    found = placed(
        BUILT.validate_python({"any": [roll, {"not": {"all": [{"need": "a"}, roll]}}]}), ("when",)
    )
    assert [where for _, where in found] == [
        ("when", "any", 0),
        ("when", "any", 1, "not", "all", 0),
        ("when", "any", 1, "not", "all", 1),
    ]


def test_a_rule_of_very_many_comparisons_is_refused(library: Library) -> None:
    roll = {"indicator": "roll", "above": 100}
    assert told(library, {"all": [roll] * MOST_COMPARISONS}) == []
    [what] = told(library, {"all": [roll] * (MOST_COMPARISONS + 1)})
    assert what == f"makes {MOST_COMPARISONS + 1:,} comparisons, more than {MOST_COMPARISONS}"
