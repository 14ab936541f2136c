"""Ten mistakes in one school folder: all are told in one run, each with the line it is in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from termwise.engine.errors import ContentError, Problem
from termwise.engine.library import Library
from termwise.engine.readers import load_school

Copy = Callable[[str], Path]

ROW = "P0001,1,1A,F,N,N,N,96.9,N,reading,aut-2025,below,\n"


@dataclass(frozen=True)
class Mistake:
    """A text of a file, what it becomes, the text that marks the line to be told, and what is said."""

    name: str
    file: str
    old: str
    new: str
    at: str
    says: str


OFF_DUTY = Mistake(
    "a role nobody holds", "cqa.yaml", "by: 2027-07-16\n  lead: senco\n",
    "by: 2027-07-16\n  lead: support-lead\n", "lead: support-lead",
    "nobody in staff.yaml holds the role “support-lead”",
)  # fmt: skip
MISTAKES = [
    Mistake(
        "an unknown key", "staff.yaml", "early_career: true\n  note: Starts",
        "erly_career: true\n  note: Starts", "erly_career", "unknown key “erly_career”",
    ),
    Mistake(
        "a wrong type", "staff.yaml", "teaches: 0.85", "teaches: mostly", "teaches: mostly",
        "teaches: must be a number (it is 'mostly')",
    ),
    Mistake(
        "a key written twice", "staff.yaml", "classes: [4A]\n", "classes: [4A]\n  classes: [4B]\n",
        "  classes: [4B]", "the key “classes” is written twice",
    ),
    Mistake(
        "less time than none", "staff.yaml", "[pastoral-lead], time: 3}",
        "[pastoral-lead], time: -1}", "time: -1", "time",
    ),
    Mistake(
        "an unknown intervention", "school.yaml", "intervention: governor-development",
        "intervention: governer-development", "governer-development",
        "unknown intervention “governer-development”",
    ),
    Mistake(
        "a date in a holiday", "school.yaml", "- 2026-12-03", "- 2026-12-25", "2026-12-25",
        "2026-12-25 ",
    ),
    Mistake(
        "a grade off the scale", "cqa.yaml", "judgement: emerging", "judgement: splendid",
        "judgement: splendid", "“splendid” is not on the scale",
    ),
    OFF_DUTY,
    Mistake(
        "a row that stands twice", "pupils.csv", ROW, ROW + ROW.replace("below", "BELOW"),
        "aut-2025,BELOW,", "",
    ),
    Mistake(
        "an unknown class", "pupils.csv", "P0001,1,1A,F,N,N,N,96.9,N,writing,baseline",
        "P0001,1,1Z,F,N,N,N,96.9,N,writing,baseline", "1Z", "unknown class “1Z”",
    ),
]  # fmt: skip


def plant(folder: Path, mistakes: Iterable[Mistake]) -> list[tuple[Mistake, int]]:
    """Makes the mistakes in the folder's files; each with the line it can be found in then."""
    mistakes = list(mistakes)
    if OFF_DUTY in mistakes:
        staff = folder / "staff.yaml"
        staff.write_text(
            staff.read_text("utf-8").replace("[senco, support-lead]", "[senco]"), "utf-8"
        )
    for mistake in mistakes:
        file = folder / mistake.file
        text = file.read_text("utf-8")
        assert text.count(mistake.old) == 1, f"{mistake.name} has to be written anew"
        file.write_text(text.replace(mistake.old, mistake.new), "utf-8")
    found = []
    for mistake in mistakes:
        lines = (folder / mistake.file).read_text("utf-8").splitlines()
        numbers = [number for number, line in enumerate(lines, start=1) if mistake.at in line]
        assert len(numbers) == 1, f"{mistake.at} marks the lines {numbers}"
        found.append((mistake, numbers[0]))
    return found


def problems(folder: Path, library: Library) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        load_school(folder, library)
    return caught.value.problems


def untold(planted: list[tuple[Mistake, int]], told: Iterable[Problem]) -> list[str]:
    """The mistakes that are not told at their line in their words."""
    told = list(told)
    return [
        mistake.name
        for mistake, line in planted
        if not any(
            (problem.place.file, problem.place.line) == (mistake.file, line)
            and mistake.says in problem.what
            for problem in told
        )
    ]


@pytest.mark.parametrize("mistake", [pytest.param(m, id=m.name) for m in MISTAKES])
def test_one_mistake_is_told_once_at_its_line(
    mistake: Mistake, copy_example: Copy, library: Library
) -> None:
    folder = copy_example("hillside")
    planted = plant(folder, [mistake])
    told = problems(folder, library)
    assert untold(planted, told) == [], [str(problem) for problem in told]
    assert len(told) == 1, [str(problem) for problem in told]


def test_nine_mistakes_in_four_files_are_all_told_in_one_run(
    copy_example: Copy, library: Library
) -> None:
    folder = copy_example("hillside")
    planted = plant(folder, [mistake for mistake in MISTAKES if mistake != OFF_DUTY])
    told = problems(folder, library)
    assert untold(planted, told) == [], [str(problem) for problem in told]
    assert len(told) == len(planted), [str(problem) for problem in told]
    assert len({problem.place.file for problem in told}) == 4


def test_all_ten_mistakes_are_told_in_one_run(copy_example: Copy, library: Library) -> None:
    folder = copy_example("hillside")
    planted = plant(folder, MISTAKES)
    assert untold(planted, problems(folder, library)) == []


def test_a_key_that_is_wrong_hides_no_other_mistake_of_its_file(
    copy_example: Copy, library: Library
) -> None:
    folder = copy_example("hillside")
    wrong_key = Mistake(
        "an unknown key", "school.yaml", "plan: {starts: 2026-09-01}",
        "plan: {starts: 2026-09-01, yeers: 1}", "yeers", "unknown key “yeers”",
    )  # fmt: skip
    planted = plant(folder, [wrong_key, *(m for m in MISTAKES if m.file == "school.yaml")])
    assert untold(planted, problems(folder, library)) == []


def test_every_problem_begins_with_file_line_and_column(
    copy_example: Copy, library: Library
) -> None:
    folder = copy_example("hillside")
    plant(folder, MISTAKES)
    for problem in problems(folder, library):
        assert re.match(
            r"(school|cqa|staff)\.yaml:\d+:\d+: \S|pupils\.csv:\d+:\d+: \S", str(problem)
        )
        lines = (folder / problem.place.file).read_text("utf-8").splitlines()
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1])


def test_problems_are_told_in_the_order_of_the_files_and_their_lines(
    copy_example: Copy, library: Library
) -> None:
    folder = copy_example("hillside")
    plant(folder, MISTAKES)
    places = [problem.place for problem in problems(folder, library)]
    assert places == sorted(places)
