"""Skills: codes are there and used once, nothing goes in a circle, and every skill leads to a goal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from termwise.engine.library.loader import Library
from termwise.engine.library.skills import Skill, SkillFile
from termwise.engine.library.validate.skill_maps import check_skills


def skill(code: str, year: str = "2", *needs: str, **more: Any) -> Skill:
    words = dict.fromkeys(("title", "check", "strategy", "look_for"), "-")
    return Skill(id=code, strand="nf", year=year, needs=needs, weeks=2, **words, **more)


def told(library: Library, *skills: Skill, **more: Any) -> list[str]:
    goals = {"2": {"autumn": tuple(one.id for one in skills)}}
    file = SkillFile(
        **{"subject": "maths", "title": "-", "note": "-", "sources": ("house",), "goals": goals}
        | {"strands": {"nf": "Number facts"}, "skills": skills}
        | more
    )
    made = replace(library, skill_files={"maths": file})
    return [problem.what for problem in check_skills(made)]


def test_the_shipped_skills_have_no_mistake(library: Library) -> None:
    assert not [*check_skills(library)]


@pytest.mark.parametrize(
    ("skills", "what"),
    [
        (
            (skill("2NF-1"), skill("2nf 1".replace(" ", "-"))),
            "the skill code “2nf-1” is used twice",
        ),
        ((skill("2NF-1"), skill("2NF-2", also=("2 nf 1",))), "the skill code “2 nf 1” is used"),
        ((skill("2NF-1", "2", "2NF-9"),), "2NF-9"),
        ((skill("2NF-1", "1", "2NF-2"), skill("2NF-2")), "“2NF-2” is of Year 2, “2NF-1” of Year 1"),
        ((skill("a", "2", "b"), skill("b", "2", "a")), "skills go in a circle: "),
        ((skill("3NF-1", "3"),), "“3NF-1” is of Year 3, beyond Year 2"),
        ((skill("2NF-1", "99"),), "99"),
    ],
)
def test_each_mistake_is_told(library: Library, skills: tuple[Skill, ...], what: str) -> None:
    [problem] = told(library, *skills)
    assert what in problem


def test_a_skill_may_need_one_of_its_own_year(library: Library) -> None:
    assert told(library, skill("2NF-1"), skill("2NF-2", "2", "2NF-1")) == []


def test_a_skill_that_no_goal_needs_however_far_leads_nowhere(library: Library) -> None:
    chain = (skill("a"), skill("b", "2", "a"), skill("c", "2", "b"), skill("d"))
    goals = {"2": {"autumn": ("c",)}}
    assert told(library, *chain, goals=goals) == ["“d” leads to no goal"]
    assert told(library, *chain, goals=goals, stretch={"2": {"summer": ("d",)}}) == []


def test_a_goal_is_of_a_term_a_year_group_and_a_skill_that_are_there(library: Library) -> None:
    [term] = told(library, skill("a"), goals={"2": {"michaelmas": ("a",)}})
    [year] = told(library, skill("a"), goals={"42": {"autumn": ("a",)}})
    first, second = told(library, skill("a"), goals={"2": {"autumn": ("z",)}})
    assert "michaelmas" in term and "42" in year and "z" in first and second.startswith("“a” leads")
