"""Every name in a school folder is held against something: what nobody could mean is refused with the
near word, what may be right is asked about, and what is right stays unmentioned."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from termwise.cli import main
from termwise.engine.core.errors import ContentError, Mistake, did_you_mean
from termwise.engine.core.near_words import near_names
from termwise.engine.library.loader import Library
from termwise.engine.library.name_lists import LISTS
from termwise.engine.school.folder import load_school

Copy = Callable[[str], Path]

POINTS = "  points:\n"
BASELINE = '  - {id: baseline, title: "Starting'
SUBJECTS = "subjects: [reading, writing, maths]"
FILES = "{name: pupils.csv}"
OWN_SCALE = """id: ours
title: Our bands
used_for: attainment
version: "1"
grades:
- {value: 1, id: low, title: Low}
- {value: 2, id: high, title: High}
anchors: {expected: high}
"""


def edited(folder: Path, *edits: tuple[str, str, str]) -> Path:
    """The folder with texts of its files put in place of others, each of which stands there once."""
    for file, old, new in edits:
        path = folder / file
        text = path.read_text("utf-8")
        assert text.count(old) >= 1, old
        path.write_text(text.replace(old, new, 1), "utf-8")
    return folder


def mistakes(folder: Path, library: Library) -> list[Mistake]:
    with pytest.raises(ContentError) as caught:
        load_school(folder, library)
    return list(caught.value.problems)


def line_of(folder: Path, file: str, text: str) -> int:
    lines = (folder / file).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


S, T, Q = "school.yaml", "staff.yaml", "cqa.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "says"),
    [
        (S, SUBJECTS, "subjects: [readng, writing, maths]", "readng", "did you mean “reading”?"),
        (S, SUBJECTS, "subjects: [reading, writing, mathematics]", "mathematics", "write maths"),
        (S, SUBJECTS, "subjects: [reading, writing, maths, oracy]", "oracy",
         "unknown subject “oracy”; write it as the files do; the library has reading"),
        (S, SUBJECTS, "subjects: [reading, writing, maths, maths]", SUBJECTS[:30],
         "“maths” stands twice"),
        (S, "id: aut-2025", "id: baseline", "id: baseline, title: Aut", "point “baseline” stands twice"),
        (S, "title: Spring 2026", "title: Autumn 2025", "id: spr-2026",
         "“Autumn 2025” is a name of the point “aut-2025” too"),
        (S, "title: Spring 2026,", "title: Spring 2026, also: [AUTUMN 2025],", "id: spr-2026",
         "“AUTUMN 2025” is a name of the point “aut-2025” too"),
        (S, "year_groups: [R,", "year_groups: [N, R,", "year_groups", "no class has the year group “N”"),
        (S, "{id: 4A, years: [4]}", "{id: 4A, years: [4, 4]}", "id: 4A", "“4” stands twice"),
        (S, "files: [pupils.csv,", "files: [{name: pupils.csv, blank_is_no: [young_carer]},", "files:",
         "unknown column “young_carer”"),
        (S, "files: [pupils.csv,", "files: [{name: pupils.csv, blank_is_no: [looked_after]},", "files:",
         "pupils.csv has no column that is read as “looked_after”; say which it is"),
        (T, "roles: [teaching-lead, coach,", "roles: [coach, coach,", "roles: [coach", "“coach” stands twice"),
        (T, "classes: [2A]", "classes: [2A, 2A]", "classes: [2A", "“2A” stands twice"),
        (T, "classes: [2A]", "classes: [2AA]", "classes: [2A", "unknown class “2AA”; did you mean “2A”?"),
        (Q, "concern: data-filed", "concern: data-fled", "data-fled",
         "did you mean “data-filed”? termwise knowledge list concerns shows all"),
        (Q, "strength: leaders-keen", "strength: wonderful", "wonderful",
         "unknown strength “wonderful”; termwise knowledge list strengths shows all"),
        (Q, "practice: core-values", "practice: core-valeus", "core-valeus",
         "did you mean “core-values”? termwise knowledge list interventions shows all"),
        (Q, "practice: core-values", "practice: behaviour-routines", "behaviour-routines, how: fully, since: \"2022",
         "“behaviour-routines” stands twice"),
        (Q, "activity: documents", "activity: docments", "docments",
         "did you mean “documents”? termwise knowledge list activities shows all"),
        (T, "roles: [pastoral-lead]", "roles: [pastorl-lead]", "pastorl-lead",
         "did you mean “pastoral-lead”? termwise knowledge list roles shows all"),
    ],
)  # fmt: skip
def test_a_name_that_nobody_could_mean_is_refused_at_its_place(
    copy_example: Copy, library: Library, file: str, old: str, new: str, at: str, says: str
) -> None:
    folder = edited(copy_example("hillside"), (file, old, new))
    found = [one for one in mistakes(folder, library) if says in f"{one.what}; {one.hint}"]
    assert [one.place.file for one in found] == [file]
    if at in (folder / file).read_text("utf-8"):
        assert found[0].place.line >= line_of(folder, file, at)


def test_a_subject_of_the_school_s_own_that_its_file_names_is_read(
    copy_example: Copy, library: Library
) -> None:
    folder = edited(copy_example("hillside"), (S, SUBJECTS, SUBJECTS[:-1] + ", oracy]"))
    path = folder / "pupils.csv"
    path.write_bytes(path.read_bytes().replace(b",Mathematics,", b",Oracy,", 40))
    school = load_school(folder, library)
    assert school.doubts == ()
    assert any(key[1] == "oracy" for pupil in school.pupils for key in pupil.results)


@pytest.mark.parametrize(
    ("edits", "says"),
    [
        ([(S, SUBJECTS, SUBJECTS[:-1] + ", science]")], "no file has a judgement in “science”"),
        ([(S, BASELINE, "  - {id: older, title: Summer 2023, date: 2023-06-30}\n" + BASELINE)],
         "no file has a judgement at the point “older”, 2023-06-30"),
        ([(S, "{id: 4A, years: [4]}", "{id: 4A, years: [4]}\n  - {id: 4C, years: [4]}"),
          (T, "classes: [4A]", "classes: [4A, 4C]")], "no pupil in the files is in the class “4C”"),
        ([(S, "files: [pupils.csv,", "files: [{name: pupils.csv, codes: {GDX: above}},")],
         "no result in pupils.csv is written “GDX”"),
        ([(S, "year_groups: [R, 1, 2, 3, 4, 5, 6]", "year_groups: [R, 1, 2, 3, 4, 5, 6, 7]"),
          (S, "{id: 6B, years: [6]}", "{id: 6B, years: [6]}\n  - {id: 7A, years: [7]}"),
          (T, "classes: [6B]", "classes: [6B, 7A]")], "no pupil in the files is in the year group “7”"),
    ],
)  # fmt: skip
def test_a_known_name_that_nothing_uses_is_asked_about_and_a_plan_is_made(
    copy_example: Copy, library: Library, edits: list[tuple[str, str, str]], says: str
) -> None:
    folder = edited(copy_example("hillside"), *edits)
    doubts = load_school(folder, library).doubts
    assert [one.what for one in doubts] == [says]
    assert doubts[0].hint
    lines = (folder / S).read_text("utf-8").splitlines()
    assert doubts[0].place.file == S
    assert says.split("“")[-1].split("”")[0] in lines[doubts[0].place.line - 1]
    told = CliRunner().invoke(main, ["check", str(folder)])
    assert told.exit_code == 1
    assert says in told.stderr


def test_a_scale_of_the_school_s_own_that_no_file_is_on_is_asked_about(
    copy_example: Copy, library: Library
) -> None:
    folder = copy_example("little-fen")
    (folder / "scales").mkdir()
    (folder / "scales" / "ours.yaml").write_text(OWN_SCALE, "utf-8")
    (doubt,) = load_school(folder, library).doubts
    assert doubt.place.file == "scales/ours.yaml"
    assert "no file of pupils is on the scale “ours”" in doubt.what


@pytest.mark.parametrize(
    ("name", "edits"),
    [
        ("hillside", []),
        ("little-fen", []),
        ("carrick-junior", []),
        # a point that is still to come
        ("hillside", [(S, "  next_point:", "  - {id: aut-2026, title: Autumn 2026, date: 2026-12-11}\n"
                       "  next_point:"), (S, "  next_point: {title: Autumn 2026, date: 2026-12-11}\n", "")]),
        # a nursery of which nothing is known yet
        ("hillside", [(S, "year_groups: [R,", "year_groups: [N, R,"),
                      (S, "  - {id: RA, years: [R]}", "  - {id: NA, years: [N]}\n  - {id: RA, years: [R]}"),
                      (T, "classes: [RA]", "classes: [RA, NA]")]),
    ],
)  # fmt: skip
def test_a_school_that_means_what_it_says_is_asked_nothing(
    copy_example: Copy, library: Library, name: str, edits: list[tuple[str, str, str]]
) -> None:
    folder = edited(copy_example(name), *edits)
    assert load_school(folder, library).doubts == ()


# --- the near word


def slips(name: str, dice: random.Random) -> Iterator[str]:
    """A name as it comes out of a hurried hand."""
    at = dice.randrange(len(name))
    yield name[:at] + name[at + 1 :]
    yield name[:at] + name[at] + name[at:]
    yield name[:at] + dice.choice("aeioulnst") + name[at + 1 :]
    if len(name) > 1:
        at = dice.randrange(len(name) - 1)
        yield name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    yield name.upper()
    yield name.replace("-", " ").replace("_", " ").title()
    yield name.replace("-", "_") if "-" in name else name.replace("_", "-")
    yield name + "s"
    if "-" in name:
        yield "-".join(reversed(name.split("-")))


@pytest.mark.parametrize("kind", sorted(LISTS))
def test_the_near_word_of_every_slip_in_every_kind_of_name_is_told(
    kind: str, library: Library
) -> None:
    dice = random.Random(f"{kind} 1")
    names = [name for name, _, _ in LISTS[kind](library)]
    for name in names:
        for slip in slips(name, dice):
            if slip not in names and len(slip) > 2:
                assert f"“{name}”" in did_you_mean(slip, names), slip


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("cover", ["concern", "governor"]),
        ("absence", ["sen", "attendance"]),
        ("teaching-varies", ["coaching-pairs", "coaching-cycles", "teaching-strong-core"]),
        ("contact_ratio", ["conversations"]),
        ("maths-lead", ["data-misleads", "maths-procedures", "data-filed"]),
        ("fsm", ["sum1", "sum2"]),
        ("sex", ["senco", "sen"]),
        ("4B", ["RA", "1A", "2A"]),
    ],
)
def test_a_word_that_is_not_truly_near_is_not_offered(word: str, known: list[str]) -> None:
    assert [name for name in near_names(word, known) if name != "sen"] == []


@pytest.mark.parametrize("kind", sorted(LISTS))
def test_the_command_a_message_names_lists_every_name(kind: str, library: Library) -> None:
    told = CliRunner().invoke(main, ["knowledge", "list", kind])
    assert told.exit_code == 0
    listed = {line.split()[0] for line in told.stdout.splitlines()[2:-1] if line}
    assert {name for name, _, _ in LISTS[kind](library)} <= listed
