"""Ten mistakes in one school folder: all are told in one run, each with the line it is in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from termwise.engine.core.errors import ContentError, Mistake
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.rows import Refusal
from termwise.engine.school.school import School

Copy = Callable[[str], Path]

PUPIL = "P0001,Yonderly,Xantho,F,24/04/2021,1,1A,N,N,N,96.9,N"
ROW = f"{PUPIL},Reading,12/12/2025,Just below,\n"
NEXT = f"{PUPIL},Reading,20/03/2026,Just below,\n"
NOBODY = "P9001,Nonsuch,Umber,F,24/04/2021,,,N,N,N,96.9,N,Reading,12/12/2025,Just below,\n"
WRITTEN_IN = {"pupils.csv": "cp1252"}


@dataclass(frozen=True)
class PlantedMistake:
    """A text of a file, what it becomes, the text that marks the line to be told, and what is said."""

    name: str
    file: str
    old: str
    new: str
    at: str
    says: str


OFF_DUTY = PlantedMistake(
    "a role nobody holds", "cqa.yaml", "by: 2027-07-16\n  lead: senco\n",
    "by: 2027-07-16\n  lead: support-lead\n", "lead: support-lead",
    "nobody in staff.yaml holds the role “support-lead”",
)  # fmt: skip
OFF_THE_SCALE = PlantedMistake(
    "a judgement off the scale", "pupils.csv", ROW, ROW.replace("below", "belov"), "belov",
    "is not on the scale “Point-in-time bands”, which has well-below, below, expected, above",
)  # fmt: skip
NO_YEAR_GROUP = PlantedMistake(
    "a pupil without year group and class", "pupils.csv",
    NEXT, NOBODY + NEXT,
    "P9001", "does not say the pupil's year group, and no class tells it, but the birth date could",
)  # fmt: skip
MISTAKES = [
    PlantedMistake(
        "an unknown key", "staff.yaml", "early_career: true\n  note: Starts",
        "erly_career: true\n  note: Starts", "erly_career", "unknown key “erly_career”",
    ),
    PlantedMistake(
        "a wrong type", "staff.yaml", "teaches: 0.85", "teaches: mostly", "teaches: mostly",
        "teaches: must be a number (it is 'mostly')",
    ),
    PlantedMistake(
        "a key written twice", "staff.yaml", "classes: [4A]\n", "classes: [4A]\n  classes: [4B]\n",
        "  classes: [4B]", "the key “classes” is written twice",
    ),
    PlantedMistake(
        "less time than none", "staff.yaml", "[pastoral-lead], time: 3}",
        "[pastoral-lead], time: -1}", "time: -1", "time",
    ),
    PlantedMistake(
        "an unknown intervention", "school.yaml", "intervention: governor-development",
        "intervention: governer-development", "governer-development",
        "unknown intervention “governer-development”",
    ),
    PlantedMistake(
        "a date in a holiday", "school.yaml", "- 2026-12-03", "- 2026-12-25", "2026-12-25",
        "2026-12-25 ",
    ),
    PlantedMistake(
        "a grade off the scale", "cqa.yaml", "judgement: emerging", "judgement: splendid",
        "judgement: splendid", "“splendid” is not on the scale",
    ),
    OFF_DUTY,
    OFF_THE_SCALE,
    NO_YEAR_GROUP,
]  # fmt: skip
OF_THE_SCHOOL = [mistake for mistake in MISTAKES if mistake.file != "pupils.csv"]
OF_PUPILS = [OFF_THE_SCALE, NO_YEAR_GROUP]


def plant(folder: Path, mistakes: Iterable[PlantedMistake]) -> list[tuple[PlantedMistake, int]]:
    """Makes the mistakes in the folder's files; each with the line it can be found in then."""
    mistakes = list(mistakes)
    if OFF_DUTY in mistakes:
        staff = folder / "staff.yaml"
        staff.write_text(
            staff.read_text("utf-8").replace("[senco, support-lead]", "[senco]"), "utf-8"
        )
    for mistake in mistakes:
        file = folder / mistake.file
        encoding = WRITTEN_IN.get(mistake.file, "utf-8")
        text = file.read_text(encoding)
        assert text.count(mistake.old) == 1, f"{mistake.name} has to be written anew"
        file.write_text(text.replace(mistake.old, mistake.new), encoding)
    found = []
    for mistake in mistakes:
        encoding = WRITTEN_IN.get(mistake.file, "utf-8")
        lines = (folder / mistake.file).read_text(encoding).splitlines()
        numbers = [number for number, line in enumerate(lines, start=1) if mistake.at in line]
        assert len(numbers) == 1, f"{mistake.at} marks the lines {numbers}"
        found.append((mistake, numbers[0]))
    return found


def problems(folder: Path, library: Library) -> tuple[Mistake, ...]:
    with pytest.raises(ContentError) as caught:
        load_school(folder, library)
    return caught.value.problems


def untold(planted: list[tuple[PlantedMistake, int]], told: Iterable[Mistake]) -> list[str]:
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


@pytest.mark.parametrize("mistake", [pytest.param(m, id=m.name) for m in OF_THE_SCHOOL])
def test_one_mistake_is_told_once_at_its_line(
    mistake: PlantedMistake, copy_example: Copy, library: Library
) -> None:
    folder = copy_example("hillside")
    planted = plant(folder, [mistake])
    told = problems(folder, library)
    assert untold(planted, told) == [], [str(problem) for problem in told]
    assert len(told) == 1, [str(problem) for problem in told]


@pytest.mark.parametrize("mistake", [pytest.param(m, id=m.name) for m in OF_PUPILS])
def test_a_mistake_in_a_row_of_pupils_stops_no_school_and_stands_in_its_account(
    mistake: PlantedMistake, copy_example: Copy, library: Library, hillside: School
) -> None:
    folder = copy_example("hillside")
    planted = plant(folder, [mistake])
    school = load_school(folder, library)
    account, whole = school.accounts[0], hillside.accounts[0]
    assert untold(planted, account.problems()) == []
    assert [(one.row, one.reason) for one in account.refused] == [(planted[0][1], mistake.says)]
    assert account.set_aside == []
    assert account.rows == account.used + 1
    assert account.rows == whole.rows + (mistake == NO_YEAR_GROUP)
    assert [one.ref for one in school.pupils] == [one.ref for one in hillside.pupils]
    lost = {key for one in hillside.pupils for key in ((one.ref, *name) for name in one.results)}
    lost -= {key for one in school.pupils for key in ((one.ref, *name) for name in one.results)}
    assert len(lost) == (mistake == OFF_THE_SCALE)


def test_both_mistakes_in_rows_of_pupils_stand_in_the_account_at_their_columns(
    copy_example: Copy, library: Library
) -> None:
    folder = copy_example("hillside")
    planted = plant(folder, OF_PUPILS)
    account, _ = load_school(folder, library).accounts
    lines = {mistake.name: line for mistake, line in planted}
    assert sorted(account.refused) == [
        Refusal(lines[OFF_THE_SCALE.name], "Judgement", OFF_THE_SCALE.says, True, "off the scale"),
        Refusal(lines[NO_YEAR_GROUP.name], "", NO_YEAR_GROUP.says),
    ]
    places = [str(problem.place) for problem in sorted(account.problems())]
    assert places == [
        f"pupils.csv:{lines[OFF_THE_SCALE.name]}:15",
        f"pupils.csv:{lines[NO_YEAR_GROUP.name]}:1",
    ]
    assert all(problem.hint for problem in account.problems())


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
    wrong_key = PlantedMistake(
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
        encoding = WRITTEN_IN.get(problem.place.file, "utf-8")
        lines = (folder / problem.place.file).read_text(encoding).splitlines()
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1])


def test_problems_are_told_in_the_order_of_the_files_and_their_lines(
    copy_example: Copy, library: Library
) -> None:
    folder = copy_example("hillside")
    plant(folder, MISTAKES)
    places = [problem.place for problem in problems(folder, library)]
    assert places == sorted(places)
