"""Teams: what staff.yaml says of them, commitments read and written, the sheet of a meeting, and
the report to the head."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import stat
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from termwise.cli import main
from termwise.engine.core.errors import ContentError, TermwiseError, UnknownNameError
from termwise.engine.documents.answers import rendered
from termwise.engine.documents.meeting_phrases import head_of
from termwise.engine.library.loader import Library
from termwise.engine.pupils.commitment import (
    Agreed,
    Commitment,
    LastReview,
    Meeting,
    PupilLooked,
    ReviewShown,
)
from termwise.engine.pupils.commitment_report import impact
from termwise.engine.pupils.commitments_file import COLUMNS, COMMITMENTS, load_commitments
from termwise.engine.pupils.commitments_writer import add, outcome
from termwise.engine.pupils.meeting_sheet import meeting
from termwise.engine.pupils.model import PupilReport
from termwise.engine.pupils.query import Ask
from termwise.engine.pupils.report import pupil_report
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.pseudonyms import make_key
from termwise.engine.school.school import School
from termwise.engine.school.school_template import template
from tests.places import EXAMPLES

HILLSIDE = EXAMPLES / "hillside"
MET, ON = date(2026, 10, 6), date(2026, 11, 24)
UPN = "H801200001001"
Copy = Callable[[str], Path]

# What was agreed in the autumn's first meeting: teacher, subject, skill, strategy, review. It is
# written into a copy, for the pupils' pseudonyms are those of its key.
AGREED = (
    ("assessment-lead", "reading", "", "Everybody answers on a whiteboard", date(2026, 11, 20)),
    ("assessment-lead", "maths", "3NF-1", "Two minutes of facts, they first", date(2026, 11, 20)),
    ("teacher-5b", "writing", "", "Read the sentence to a partner, then on", date(2026, 11, 10)),
    ("teacher-5b", "maths", "", "These pupils move the counters", date(2026, 11, 10)),
    ("english-lead", "reading", "2b", "Ask “show me where it says so”", date(2026, 11, 20)),
    ("english-lead", "writing", "", "Model a sentence a day", date(2026, 12, 4)),
    ("teacher-6b", "reading", "2a", "Three words before each text", date(2026, 11, 10)),
    ("teacher-6b", "maths", "", "Look at their first answer", date(2026, 12, 4)),
)
CAME_OF_IT = (("yes", "yes"), ("partly", "partly"), ("yes", None), ("no", None))


class World:
    """A copy of an example with a key, and commitments in it."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder, self.library = folder, library
        make_key(folder)
        self.school: School = load_school(folder, library)
        self.path = folder / COMMITMENTS

    def refs(self, class_id: str) -> list[str]:
        return [pupil.ref for pupil in self.school.pupils if pupil.class_id == class_id]

    def agreed(self, place: int = 0, **changed: object) -> Agreed:
        teacher, subject, skill, strategy, review = AGREED[place]
        classes = next(p.classes for p in self.school.staff.people if p.id == teacher)
        given = {
            "team": "upper",
            "agreed": MET,
            "teacher": teacher,
            "pupils": tuple(self.refs(classes[0])[place : place + 3]),
            "subject": subject,
            "skill": skill or None,
            "strategy": strategy,
            "review": review,
            "evidence": "their books",
        }
        return Agreed.model_validate({**given, **changed})

    def read(self) -> tuple[Commitment, ...]:
        return load_commitments(self.folder, self.school, self.library)

    def row(self, **changed: str) -> dict[str, str]:
        """A good row as texts, with some of them changed."""
        whole = self.agreed().model_dump(mode="json", exclude_none=True)
        row = {**whole, "id": "upper-001", "pupils": " ".join(self.agreed().pupils), **changed}
        return {name: str(row.get(name, "")) for name in COLUMNS}

    def write(self, *rows: dict[str, str], separator: str = ",", encoding: str = "utf-8") -> None:
        out = io.StringIO()
        writer = csv.DictWriter(out, COLUMNS, delimiter=separator, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
        self.path.write_bytes(out.getvalue().encode(encoding))

    def problems(self) -> list[str]:
        with pytest.raises(ContentError) as caught:
            self.read()
        return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def world(copy_example: Copy, library: Library) -> World:
    return World(copy_example("hillside"), library)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory, library: Library) -> World:
    """Commitments from a meeting, half of them with an outcome; no test changes it."""
    world = World(
        Path(shutil.copytree(HILLSIDE, tmp_path_factory.mktemp("busy") / "hillside")), library
    )
    for place in range(len(AGREED)):
        add(world.folder, world.school, library, world.agreed(place))
    for number, (kept, worked) in enumerate(CAME_OF_IT, start=1):
        name = f"upper-{number:03d}"
        outcome(world.folder, world.school, library, name, kept, worked, date(2026, 11, 18))
    return world


@pytest.fixture(scope="module")
def report(busy: World) -> PupilReport:
    return pupil_report(busy.school, busy.library, Ask(on=ON))


@pytest.fixture(scope="module")
def sheet(busy: World, report: PupilReport) -> Meeting:
    return meeting(busy.school, busy.library, "upper", ON, report, busy.read())


def test_a_sheet_names_the_last_review_and_what_its_pupils_secured(
    busy: World, report: PupilReport
) -> None:
    line = next(
        found
        for state in report.states
        for found in report.pupils
        if found.class_id == "6A" and found.certainty and found.state == state.id
    )
    elsewhere = next(one for one in report.pupils if one.class_id == "3A")
    looked = (
        PupilLooked(line.ref, ("fractions",), going_on=True, changed=False),
        PupilLooked(line.ref, ("fractions", "angles"), going_on=True, changed=False),
        PupilLooked(elsewhere.ref, ("angles",), going_on=True, changed=True),
    )
    reviewed = LastReview(date(2026, 10, 23), looked)
    found = meeting(busy.school, busy.library, "upper", ON, report, (), reviewed)
    assert found.reviewed == ReviewShown(on=reviewed.on, secured=1, going_on=1, changed=0)
    shown = [one for of in found.focus for one in of.pupils if one.secured]
    assert [(one.ref, one.secured) for one in shown] == [(line.ref, ("fractions", "angles"))]
    assert dict(head_of(found))["Last review"] == (
        "23 October 2026: 1 pupil secured a skill that was next and 1 pupil with skills to go on with"
    )


# --- staff.yaml

TEAM = "teams:\n- {id: upper, title: Years 5 and 6, leader: %s, classes: [%s], meets: [%s]}\n"


def test_check_finds_mistakes_in_commitments_too(copy_example: Copy) -> None:
    folder = copy_example("little-fen")
    (folder / "commitments.csv").write_text("id,team\nall-1,everybody\n", "utf-8")
    found = CliRunner().invoke(main, ["check", str(folder)])
    assert found.exit_code == 1 and "commitments.csv:" in found.stderr


@pytest.mark.parametrize(
    ("leader", "classes", "meets", "said"),
    [
        ("headteachr", "Kestrel", "2026-11-24", "unknown person “headteachr”; did you mean"),
        ("headteacher", "Kestrl", "2026-11-24", "unknown class “Kestrl”; did you mean “Kestrel”?"),
        ("headteacher", "Heron, Heron", "2026-11-24", "“Heron” is in the team “upper” already"),
        ("headteacher", "Heron", "2026-11-28", "2026-11-28 is at a weekend; choose a day in term"),
        ("headteacher", "Heron", "2026-10-27", "2026-10-27 is in the holidays"),
        ("headteacher", "Heron", "2026-11-24, 2026-11-24", "2026-11-24 stands twice"),
    ],
)
def test_a_mistake_in_a_team_is_told_with_its_place(
    leader: str, classes: str, meets: str, said: str, copy_example: Copy, library: Library
) -> None:
    folder = copy_example("little-fen")
    text = (folder / "staff.yaml").read_text("utf-8")
    plain = re.sub(r"(?ms)^teams:.*?(?=^together:)", "", text)
    (folder / "staff.yaml").write_text(plain + TEAM % (leader, classes, meets), "utf-8")
    with pytest.raises(ContentError) as caught:
        load_school(folder, library)
    [problem] = caught.value.problems
    assert re.match(r"staff\.yaml:\d+:\d+: ", str(problem))
    assert said in str(problem)


def test_a_team_may_meet_on_a_training_day(copy_example: Copy, library: Library) -> None:
    folder = copy_example("little-fen")
    text = (folder / "staff.yaml").read_text("utf-8")
    changed = text.replace("meets: [2026-10-08,", "meets: [2026-11-02,")
    (folder / "staff.yaml").write_text(changed, "utf-8")
    assert load_school(folder, library).staff.teams[0].meets[0] == date(2026, 11, 2)


def test_one_class_in_two_teams_and_one_id_twice_are_refused(
    copy_example: Copy, library: Library
) -> None:
    folder = copy_example("little-fen")
    file = folder / "staff.yaml"
    again = "teams:\n- {id: all, title: Again, leader: headteacher, classes: [Wren]}"
    file.write_text(file.read_text("utf-8").replace("teams:", again, 1), "utf-8")
    with pytest.raises(ContentError, match="“all” stands twice") as caught:
        load_school(folder, library)
    assert any("“Wren” is in the team “all” already" in str(p) for p in caught.value.problems)


def test_the_examples_have_teams_and_goals(hillside: School, little_fen: School) -> None:
    teams = hillside.staff.teams
    assert [team.id for team in teams] == ["lower", "middle", "upper"]
    classes = [item.id for item in hillside.file.school.classes]
    assert sorted(name for team in teams for name in team.classes) == sorted(classes)
    assert sum(person.goal is not None for person in hillside.staff.people) >= 3
    [team] = little_fen.staff.teams
    assert team.classes == ("Wren", "Heron", "Kestrel")


def test_the_template_explains_teams_and_they_fit_when_filled_in(
    tmp_path: Path, library: Library
) -> None:
    note = re.compile(r"(?m)^# (?=teams:|- id: everybody|  (?:title|leader|classes|meets):)")
    for name, text in template(library).items():
        (tmp_path / name).write_text(note.sub("", text), "utf-8")
    [team] = load_school(tmp_path, library).staff.teams
    assert team.leader == "teacher-1a"


# --- reading commitments


def test_no_file_means_no_commitments(hillside: School, library: Library) -> None:
    assert load_commitments(HILLSIDE, hillside, library) == ()


@pytest.mark.parametrize(
    ("separator", "encoding"), [(",", "utf-8"), (";", "cp1252"), ("\t", "utf-16")]
)
def test_a_row_is_read_as_it_was_meant(separator: str, encoding: str, world: World) -> None:
    row = world.row(
        agreed="06/10/2026",
        review="20 November 2026",
        pupils=", ".join(world.agreed().pupils).lower(),
        subject="Reading",
        kept="Partly",
        worked="y",
        seen="2026-11-18",
        note="Zoë’s table too",
    )
    world.write(row, separator=separator, encoding=encoding)
    [found] = world.read()
    assert found == Commitment(
        **world.agreed().model_dump(),
        id="upper-001",
        kept="partly",
        worked="yes",
        seen=date(2026, 11, 18),
        note="Zoë’s table too",
    )


def test_a_file_that_a_program_saved_with_the_month_first_is_read_so(world: World) -> None:
    world.write(world.row(agreed="10/06/2026", review="11/20/2026"))
    [found] = world.read()
    assert (found.agreed, found.review) == (date(2026, 10, 6), date(2026, 11, 20))
    rows = [
        world.row(agreed="06/10/2026", review="20/11/2026"),
        world.row(id="upper-002", agreed="06/10/2026", review="11/20/2026"),
    ]
    world.write(*rows)
    with pytest.raises(ContentError) as caught:
        world.read()
    assert len(caught.value.problems) == 2
    assert all("the day first or the month" in problem.what for problem in caught.value.problems)


WRONG: dict[str, tuple[dict[str, str], str, str]] = {
    "team": ({"team": "uper"}, "team", "there is no such team in staff.yaml; did you mean “upper”"),
    "teacher": ({"teacher": "teacher-5c"}, "teacher", "did you mean “teacher-5b”"),
    "no class": ({"teacher": "senco"}, "teacher", "this person teaches no class"),
    "other class": ({"teacher": "teacher-1a"}, "teacher", "teaches no class of the team"),
    "subject": ({"subject": "readng"}, "subject", "did you mean “reading”"),
    "skill": ({"skill": "2bb"}, "skill", "there is no such skill; did you mean “2b”"),
    "its subject": ({"skill": "3NF-1"}, "skill", "is a skill of another subject"),
    "gone": ({"pupils": "K7MX-2R9T"}, "pupils", "the pupil is not among the school's pupils; has "),
    "a name": ({"pupils": "Zoë Secret"}, "pupils", "pupil 2 of the 2 is not written as a pseudo"),
    "no date": ({"agreed": "the sixth"}, "agreed", "agreed is no date"),
    "a month": ({"review": "2026-11"}, "review", "review is no date"),
    "order": ({"review": "2026-10-06"}, "review", "is not after the day it was agreed"),
    "seen early": ({"kept": "yes", "seen": "2026-10-05"}, "seen", "is before the day"),
    "weekend": ({"review": "2026-11-21"}, "review", "the day is at a weekend"),
    "holidays": ({"review": "2026-10-28"}, "review", "the day is in the holidays"),
    "training": ({"review": "2026-11-02"}, "review", "the day is a training day, without pupils"),
    "no day": ({"kept": "yes"}, "seen", "there is an outcome and no date"),
    "no outcome": ({"seen": "2026-11-18"}, "kept", "there is a date and no outcome"),
    "worked": ({"worked": "yes", "seen": "2026-11-18"}, "kept", "but not whether it was kept"),
    "word": ({"kept": "perhaps", "seen": "2026-11-18"}, "kept", "it can be yes, partly, no"),
    "empty": ({"evidence": " "}, "evidence", "evidence is empty"),
    "id": ({"id": "7"}, "id", "is no id of a commitment"),
    "other id": ({"id": "lower-001"}, "id", "begins with another team"),
    "number": ({"note": f"seen with {UPN}"}, "note", "holds a unique pupil number"),
    "number as pupil": ({"pupils": UPN}, "pupils", "holds a unique pupil number"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_mistake_is_told_with_its_place_and_its_cell_is_not_repeated(
    kind: str, world: World
) -> None:
    changed, column, said = WRONG[kind]
    world.write(world.row(id="upper-009"), world.row(**changed))
    told = world.problems()
    place = f"{COMMITMENTS}:3:{COLUMNS.index(column) + 1}: "
    assert [line for line in told if line.startswith(place) and said in line], told
    assert not [text for text in (UPN, "Zoë", "Secret") if text in "\n".join(told)]


def test_all_mistakes_are_told_at_once(world: World) -> None:
    rows = [world.row(**changed) for changed, _, _ in WRONG.values()]
    world.write(world.row(), *rows)
    told = "\n".join(world.problems())
    for _, _, said in WRONG.values():
        assert said in told
    assert f"{COMMITMENTS}:3:1: the id stands in row 2 already" in told


def test_headings_are_checked_and_may_stand_in_any_order(world: World) -> None:
    world.write(world.row())
    lines = list(csv.reader(io.StringIO(world.path.read_text("utf-8"))))
    turned = "\n".join(",".join(f'"{cell}"' for cell in reversed(line)) for line in lines)
    world.path.write_text(turned.replace('"team"', '" Team "'), "utf-8")
    assert [item.id for item in world.read()] == ["upper-001"]
    world.path.write_text("id,team,agred,teacher\n", "utf-8")
    told = world.problems()
    assert f"{COMMITMENTS}:1:3: is no heading of this file; did you mean “agreed”?" in told
    assert f"{COMMITMENTS}:1:1: the column review is missing; add it" in told


def test_without_a_key_one_sentence_says_so(busy: World, copy_example: Copy) -> None:
    folder = copy_example("hillside")
    shutil.copy(busy.path, folder / COMMITMENTS)
    school = load_school(folder, busy.library)
    with pytest.raises(ContentError) as caught:
        load_commitments(folder, school, busy.library)
    [problem] = caught.value.problems
    assert "the folder has no key to them; put pseudonyms.key back" in str(problem)


def test_what_changes_after_a_commitment_is_done_is_not_held_against_it(world: World) -> None:
    done = {"kept": "yes", "seen": "2026-11-18"}
    world.write(
        world.row(pupils="K7MX-2R9T", **done),
        world.row(id="upper-002", teacher="teacher-1a", review="2026-10-28", **done),
    )
    assert len(world.read()) == 2


def test_only_what_is_asked_for_is_held_against_the_school_of_today(world: World) -> None:
    gone = {"teacher": "teacher-9z", "pupils": "K7MX-2R9T", "subject": "latin", "skill": "9Z-9"}
    world.write(world.row(**gone), world.row(id="gone-001", team="gone"))
    assert len(world.problems()) == 4
    one, other = load_commitments(world.folder, world.school, world.library, today=False)
    assert (one.teacher, one.subject, one.skill, other.team) == (
        *("teacher-9z", "latin", "9Z-9"),
        "gone",
    )
    done = {"kept": "no", "seen": "2026-11-18"}
    world.write(world.row(**gone, **done), world.row(id="gone-001", team="gone", **done))
    assert len(world.read()) == 2


@pytest.mark.parametrize("column", ["team", "teacher", "subject"])
def test_a_name_is_written_as_one_even_where_it_is_not_held(column: str, world: World) -> None:
    world.write(world.row(**{column: "Zoë Secret"}))
    with pytest.raises(ContentError, match="is not written as an id") as caught:
        load_commitments(world.folder, world.school, world.library, today=False)
    assert "Secret" not in str(caught.value)


@pytest.mark.parametrize("column", ["strategy", "evidence", "note"])
def test_a_text_too_long_for_the_sheet_is_refused(column: str, world: World) -> None:
    world.write(world.row(**{column: "a" * 300}))
    assert len(world.read()) == 1
    world.write(world.row(**{column: "a" * 301}))
    [told] = world.problems()
    assert "is too long for the sheet; say it in 300 characters" in told


def test_lines_above_the_headings_are_passed_over(world: World) -> None:
    world.write(world.row())
    above = b"\r\nWhat we agreed; autumn\r\n,,,\r\n"
    world.path.write_bytes(above + world.path.read_bytes())
    before = world.path.read_bytes()
    assert [item.id for item in world.read()] == ["upper-001"]
    assert add(world.folder, world.school, world.library, world.agreed(1)).commitment.id == (
        "upper-002"
    )
    assert world.path.read_bytes().startswith(before)
    outcome(world.folder, world.school, world.library, "upper-001", "yes", None, ON)
    assert world.path.read_bytes().startswith(above)
    world.write(world.row(team="uper"))
    world.path.write_bytes(above + world.path.read_bytes())
    assert world.problems()[0].startswith(f"{COMMITMENTS}:5:2: ")


def test_a_folder_of_that_name_is_told_in_a_sentence(world: World) -> None:
    world.path.mkdir()
    with pytest.raises(ContentError, match="is a folder, not a file"):
        world.read()
    with pytest.raises(ContentError, match="is a folder, not a file"):
        add(world.folder, world.school, world.library, world.agreed())


# --- writing


def test_a_row_of_what_is_gone_can_be_closed_and_locks_no_other(
    world: World, report: PupilReport
) -> None:
    gone = {"teacher": "teacher-9z", "skill": "9Z-9"}
    left = f"K7MX-2R9T {world.refs('5A')[0]}"
    world.write(world.row(pupils=left), world.row(id="upper-002", **gone))
    add(world.folder, world.school, world.library, world.agreed(1))
    known = load_commitments(world.folder, world.school, world.library, today=False)
    assert [item.id for item in known] == ["upper-001", "upper-002", "upper-003"]
    sheet = meeting(world.school, world.library, "upper", ON, report, known)
    found = impact(world.school, world.library, "upper", ON, known)
    assert meeting(world.school, world.library, "lower", ON, report, known).commitments == ()
    for text in (rendered(sheet, "md"), rendered(sheet, "html")):
        assert "1 has left" in text and "K7MX" not in text
    for text in (rendered(found, "md"), rendered(found, "html")):
        assert "No longer in the team" in text and "K7MX" not in text
    for name in ("upper-001", "upper-002"):
        outcome(world.folder, world.school, world.library, name, "no", None, ON)
    assert len(world.read()) == 3


def test_an_outcome_is_replaced_only_when_that_is_asked_for(world: World) -> None:
    add(world.folder, world.school, world.library, world.agreed())
    place = world.folder, world.school, world.library, "upper-001"
    outcome(*place, "yes", "partly", date(2026, 11, 2), "in pairs")
    before = world.path.read_bytes()
    with pytest.raises(TermwiseError) as caught:
        outcome(*place, "no", None, ON)
    assert str(caught.value) == (
        "upper-001 has an outcome already (kept, seen 2 November 2026); --again replaces it"
    )
    assert world.path.read_bytes() == before
    found = outcome(*place, "partly", None, ON, again=True).commitment
    assert (found.kept, found.worked, found.seen, found.note) == (
        "partly",
        "partly",
        ON,
        "in pairs",
    )


def test_a_pupil_number_given_as_a_name_is_not_repeated(world: World, report: PupilReport) -> None:
    world.write(world.row())
    for ask in (
        lambda: outcome(world.folder, world.school, world.library, UPN, "yes", None, ON),
        lambda: meeting(world.school, world.library, UPN, ON, report, ()),
    ):
        with pytest.raises(UnknownNameError) as caught:
            ask()
        assert UPN not in str(caught.value)


def test_commitments_get_the_next_number_of_their_team(world: World) -> None:
    world.write(world.row(id="upper-006"), world.row(id="upper-002"))
    written = add(world.folder, world.school, world.library, world.agreed(1))
    assert written.path == world.path
    assert written.commitment.id == "upper-007"
    middle = world.agreed(
        team="middle", teacher="teacher-4b", pupils=tuple(world.refs("4B")[:2]), subject="maths"
    )
    assert add(world.folder, world.school, world.library, middle).commitment.id == "middle-001"
    assert [i.id for i in world.read()] == ["upper-006", "upper-002", "upper-007", "middle-001"]


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_what_is_written_leaves_every_other_byte(end: str, encoding: str, world: World) -> None:
    quoted = '"' + '","'.join(world.row(strategy="Say “why”, 5\u2019 each").values()) + '"'
    plain = ",".join(world.row(id="upper-002", note='a 5" tall tower').values())
    between, line_end = " , ,", end or "\n"
    text = line_end.join([",".join(COLUMNS).upper(), quoted, between, plain]) + end
    before = text.encode(encoding)
    world.path.write_bytes(before)
    name = add(world.folder, world.school, world.library, world.agreed(1)).commitment.id
    after = world.path.read_bytes()
    assert after.startswith(before)
    outcome(world.folder, world.school, world.library, "upper-001", "yes", "no", ON, "Zoë, “so”")
    last = world.path.read_bytes()
    for raw in (plain, ",".join(COLUMNS).upper(), between):
        assert raw.encode("cp1252" if encoding == "cp1252" else "utf-8") in last
    assert last.endswith(after[len(before) :])
    found = {item.id: item for item in world.read()}
    assert list(found) == ["upper-001", "upper-002", name]
    assert (found["upper-001"].kept, found["upper-001"].note) == ("yes", "Zoë, “so”")
    assert found["upper-001"].strategy == "Say “why”, 5\u2019 each"


@pytest.mark.parametrize(
    "changed",
    [{"team": "uper"}, {"teacher": "senco"}, {"review": date(2026, 11, 21)}, {"skill": "9Z-9"}],
)
def test_what_the_reader_would_refuse_is_not_written(
    changed: dict[str, object], world: World
) -> None:
    with pytest.raises(ContentError):
        add(world.folder, world.school, world.library, world.agreed(0, **changed))
    assert not world.path.exists()
    add(world.folder, world.school, world.library, world.agreed())
    before = world.path.read_bytes()
    with pytest.raises(ContentError):
        add(world.folder, world.school, world.library, world.agreed(0, **changed))
    with pytest.raises(ContentError, match="kept can't be read"):
        outcome(world.folder, world.school, world.library, "upper-001", "perhaps", None, ON)
    with pytest.raises(ContentError, match="before the day it was agreed"):
        outcome(
            world.folder, world.school, world.library, "upper-001", "yes", None, date(2026, 9, 9)
        )
    with pytest.raises(UnknownNameError, match="no commitment “upper-002”.*upper-001"):
        outcome(world.folder, world.school, world.library, "upper-002", "yes", None, ON)
    assert world.path.read_bytes() == before
    assert not [path for path in world.folder.iterdir() if path.name.startswith("tmp")]


def test_a_text_of_several_lines_becomes_one(world: World) -> None:
    add(world.folder, world.school, world.library, world.agreed(strategy="One,\ntwo,\r\nthree"))
    assert world.read()[0].strategy == "One, two, three"


@pytest.mark.skipif(os.name == "nt", reason="rights are given otherwise there")
def test_a_new_file_has_the_rights_of_the_folders_others(world: World) -> None:
    (world.folder / "school.yaml").chmod(0o640)
    add(world.folder, world.school, world.library, world.agreed())
    assert stat.S_IMODE(world.path.stat().st_mode) == 0o640


# --- the meeting


def test_the_head_of_the_sheet_says_who_meets_when(sheet: Meeting) -> None:
    assert sheet.about.leader.role == "Assessment for Learning strand lead"
    assert sheet.about.classes == ("5A", "5B", "6A", "6B")
    assert sheet.next_meeting == date(2027, 1, 19)
    assert [event.title for event in sheet.events] == [
        "The week before the Key Stage 2 tests (a proposal: Year 6 keeps its teachers)",
        "Key Stage 2 tests (expected)",
        "Moderation of Year 6 writing by the council, where the school is chosen (expected)",
        "Judgements of Year 6 writing submitted (by the end of June, expected)",
    ]
    assert sheet.next_point is not None
    assert (sheet.next_point.title, sheet.next_point.date) == ("Autumn 2026", date(2026, 12, 11))


def test_the_most_urgent_pupils_of_each_class_come_first(
    sheet: Meeting, report: PupilReport, library: Library
) -> None:
    most = library.teams.sheet.pupils_per_class
    states = [state.id for state in report.states]
    sure = [item.id for item in report.certainties]
    for of in sheet.focus:
        lines = [p for p in report.pupils if p.class_id == of.class_id and p.certainty]
        best: dict[str, tuple[int, int]] = {}
        for line in lines:
            here = states.index(line.state), sure.index(line.certainty or "")
            best[line.ref] = min(best.get(line.ref, here), here)
        shown = [pupil.ref for pupil in of.pupils]
        assert len(shown) == min(most, len(best))
        assert of.known == len({p.ref for p in report.pupils if p.class_id == of.class_id})
        states_left = Counter(best[ref][0] for ref in best if ref not in shown)
        titles = {state.title: place for place, state in enumerate(report.states)}
        assert [(titles[item.title], item.count) for item in of.more] == sorted(states_left.items())
        left = [best[ref] for ref in best if ref not in shown]
        assert all(best[ref] <= place for ref in shown for place in left)
        assert [best[ref] for ref in shown] == sorted(best[ref] for ref in shown)
        for pupil in of.pupils:
            assert len(pupil.concerns) == sum(line.ref == pupil.ref for line in lines)


def test_the_last_meetings_commitments_are_on_it_the_overdue_ones_first(sheet: Meeting) -> None:
    told = sheet.commitments
    assert len(told) + sheet.more_commitments == len(AGREED)
    assert [item.id for item in told] == [f"upper-00{n}" for n in (5, 7, 6, 8, 1)]
    assert {item.id for item in told if item.overdue} == {"upper-005", "upper-007"}


def test_older_commitments_stay_on_the_sheet_only_while_they_are_open(
    busy: World, report: PupilReport
) -> None:
    later = busy.read()[0].model_copy(
        update={"id": "upper-020", "agreed": date(2026, 11, 10), "kept": None, "seen": None}
    )
    sheet = meeting(busy.school, busy.library, "upper", ON, report, (*busy.read(), later))
    names = {item.id for item in sheet.commitments}
    assert sheet.older_open == 4
    assert names == {"upper-005", "upper-006", "upper-007", "upper-008", "upper-020"}
    assert sheet.more_commitments == 0


def test_nothing_of_the_day_itself_or_later_is_known_yet(busy: World, report: PupilReport) -> None:
    sheet = meeting(busy.school, busy.library, "upper", MET, report, busy.read())
    assert sheet.commitments == ()
    early = impact(busy.school, busy.library, "upper", date(2026, 11, 17), busy.read())
    assert (early.made, early.open, early.overdue) == (8, 8, 3)


def test_every_goal_is_the_teachers_own(sheet: Meeting, busy: World) -> None:
    people = {person.id: person for person in busy.school.staff.people}
    assert [goal.teacher.classes for goal in sheet.goals] == [("5A",), ("5B",), ("6A",), ("6B",)]
    for goal in sheet.goals:
        assert goal.goal == people[goal.teacher.id].goal


def test_the_same_step_for_several_classes_is_proposed_once(
    sheet: Meeting, report: PupilReport, library: Library
) -> None:
    limits = library.teams.sheet
    assert 0 < len(sheet.strategies) <= limits.strategies
    assert len({(item.subject, item.does, item.skill) for item in sheet.strategies}) == len(
        sheet.strategies
    )
    given = {(s.class_id or "", str(s.does), s.skill): s.pupils for s in report.side_by_side}
    for item in sheet.strategies:
        assert item.review is not None
        for of in item.classes:
            assert of.pupils == given[of.class_id, item.does, item.skill]
            assert all(of.class_id in teacher.classes for teacher in of.teachers)
    for name in sheet.about.classes:
        shown = sum(of.class_id == name for item in sheet.strategies for of in item.classes)
        asked = sum(step.class_id == name for step in report.side_by_side)
        assert shown + sheet.more_strategies.get(name, 0) == asked
        assert 0 < shown <= limits.strategies_per_class


def test_a_step_is_looked_at_in_a_meeting_after_its_weeks_and_a_check_within_a_fortnight(
    busy: World, sheet: Meeting, report: PupilReport, library: Library
) -> None:
    meets = next(team.meets for team in busy.school.staff.teams if team.id == "upper")
    again = {(s.subject_title, str(s.does), s.skill): s.look_again for s in report.side_by_side}
    for item in sheet.strategies:
        assert item.review is not None
        weeks = again[item.subject, item.does, item.skill]
        if item.does == "check":
            assert (item.review, item.evidence) == (date(2026, 12, 8), library.teams.check_evidence)
        else:
            assert weeks and item.review == min(day for day in meets if day >= weeks)
            assert (item.evidence, bool(item.look_for)) == (library.teams.teach_evidence, True)
    assert {item.does for item in sheet.strategies} <= {"teach", "check"}
    close = meeting(busy.school, library, "upper", date(2027, 1, 13), report, ())
    assert {item.review for item in close.strategies if item.does == "check"} <= {date(2027, 1, 19)}


def test_pupils_in_no_class_are_counted(busy: World, report: PupilReport) -> None:
    lost = tuple(
        line.model_copy(update={"class_id": None}) if line.class_id == "5A" else line
        for line in report.pupils
    )
    without = report.model_copy(update={"pupils": lost})
    sheet = meeting(busy.school, busy.library, "upper", ON, without, ())
    assert [of.known > 0 for of in sheet.focus] == [False, True, True, True]
    number = len({line.ref for line in lost if line.class_id is None})
    said = f"{number} pupils of these year groups are in no class and not on this sheet."
    assert sheet.no_class == number
    for text in (rendered(sheet, "md"), rendered(sheet, "html")):
        assert said in text and "No data on the pupils of this class." in text
    other = meeting(busy.school, busy.library, "lower", ON, without, ())
    assert other.no_class == 0


def test_a_long_text_is_cut_on_the_page_and_nowhere_else(busy: World, report: PupilReport) -> None:
    long = "They explain the step to a partner first, and " * 6 + "then write it down."
    item = busy.read()[-1].model_copy(update={"strategy": long})
    sheet = meeting(busy.school, busy.library, "upper", ON, report, (item,))
    found = impact(busy.school, busy.library, "upper", ON, (item,))
    assert "then write it down" not in rendered(sheet, "html")
    for text in (rendered(sheet, "md"), rendered(found, "md"), rendered(found, "html")):
        assert "then write it down" in text


def test_two_pupils_of_one_name_are_told_apart(busy: World, report: PupilReport) -> None:
    [one, two] = list(dict.fromkeys(p.ref for p in report.pupils if p.certainty))[:2]
    lines = tuple(
        line.model_copy(update={"name": "Sam Hill", "class_id": "5A", "year": "5"})
        for line in report.pupils
        if line.ref in (one, two)
    )
    alike = report.model_copy(update={"pupils": lines, "side_by_side": ()})
    sheet = meeting(busy.school, busy.library, "upper", ON, alike, ())
    assert {pupil.called for pupil in sheet.focus[0].pupils} == {
        f"Sam Hill ({one})",
        f"Sam Hill ({two})",
    }


def test_a_school_without_teams_is_told_where_to_write_them(
    busy: World, report: PupilReport
) -> None:
    staff = busy.school.staff.model_copy(update={"teams": ()})
    school = replace(busy.school, staff=staff)
    with pytest.raises(TermwiseError, match="staff.yaml has no teams; write them there"):
        meeting(school, busy.library, "upper", ON, report, ())


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (
            date(2026, 11, 28),
            "2026-11-28 is at a weekend; the nearest school days are Friday 2026-11-27 and "
            "Monday 2026-11-30",
        ),
        (
            date(2026, 10, 28),
            "2026-10-28 is in the holidays or outside the plan; the nearest school days are "
            "Friday 2026-10-23 and Monday 2026-11-02",
        ),
        (
            date(2026, 7, 1),
            "2026-07-01 is outside the plan, which runs from 2026-09-01 to 2027-07-21; the nearest "
            "school day is Tuesday 2026-09-01",
        ),
        (
            date(2029, 7, 3),
            "2029-07-03 is outside the plan, which runs from 2026-09-01 to 2027-07-21; the nearest "
            "school day is Wednesday 2027-07-21",
        ),
    ],
)
def test_a_day_without_school_is_refused_with_the_nearest_ones(
    on: date, said: str, busy: World, report: PupilReport
) -> None:
    with pytest.raises(TermwiseError) as caught:
        meeting(busy.school, busy.library, "upper", on, report, ())
    assert str(caught.value) == said


def test_an_unknown_team_is_told_with_the_near_ones(busy: World, report: PupilReport) -> None:
    with pytest.raises(UnknownNameError, match="no team “uper”; did you mean “upper”"):
        meeting(busy.school, busy.library, "uper", ON, report, ())
    with pytest.raises(UnknownNameError, match="no team “uper”; did you mean “upper”"):
        impact(busy.school, busy.library, "uper", ON, ())


def test_the_next_judgements_are_named_until_they_have_been(
    copy_example: Copy, library: Library
) -> None:
    school = load_school(copy_example("little-fen"), library)
    report = pupil_report(school, library)
    before, after = (
        meeting(school, library, "all", on, report, ())
        for on in (date(2026, 12, 3), date(2027, 2, 4))
    )
    assert before.next_point is not None
    assert "Next judgements: Autumn 2026, 10 December 2026" in rendered(before, "md")
    assert after.next_point is None


# --- the report to the head


def test_the_report_counts_and_ranks_nobody(busy: World) -> None:
    found = impact(busy.school, busy.library, "upper", ON, busy.read())
    assert (found.made, found.open, found.overdue, found.unseen) == (8, 4, 2, 1)
    assert [item.count for item in found.kept] == [2, 1, 1]
    assert [item.count for item in found.worked] == [1, 1, 0]
    assert sum(item.count for item in found.kept) + found.open == found.made
    assert (found.done.title, found.done.count) == ("kept or partly kept", 3)
    classes = [of.teacher.classes for of in found.teachers if of.teacher]
    assert classes == [("5A",), ("5B",), ("6A",), ("6B",)]
    text = rendered(found, "md")
    assert (
        "8 commitments: 2 kept, 1 partly kept, 1 not kept and 4 open (2 of them overdue)." in text
    )
    assert (
        "Of the 3 kept or partly kept: 1 seen to work, 1 seen to work with some, 0 not seen to "
        "work and 1 not yet looked at." in text
    )
    assert "%" not in text
    assert "does not claim" in text
    assert not [ref for item in busy.read() for ref in item.pupils if ref in text]


def test_a_teacher_who_left_the_team_is_still_accounted_for(busy: World) -> None:
    gone = busy.read()[0].model_copy(update={"id": "upper-030", "teacher": "somebody-else"})
    found = impact(busy.school, busy.library, "upper", ON, (*busy.read(), gone))
    assert found.made == sum(len(of.commitments) for of in found.teachers) == 9
    assert found.teachers[-1].teacher is None


# --- the documents


def test_the_sheet_says_everything_in_both_forms(sheet: Meeting) -> None:
    plain, page = rendered(sheet, "md"), unescape(rendered(sheet, "html"))
    said = [of.class_id for of in sheet.focus]
    said += [pupil.ref for of in sheet.focus for pupil in of.pupils]
    said += [item.id for item in sheet.commitments] + [item.strategy for item in sheet.commitments]
    said += [item.title for item in sheet.strategies] + [
        item.goal for item in sheet.goals if item.goal
    ]
    said += [
        f": termwise recommend DIR --class {of.class_id} --on 2026-11-24" for of in sheet.focus
    ]
    said += [f"and {of.more[0].count} more at risk" for of in sheet.focus]
    said += ["Summer 2026, 26 June 2026", "More steps: ", "a piece of each pupil's work"]
    said += ["Achievement Team: Years 5 and 6", "Tuesday 24 November 2026", "19 January 2027"]
    for text in said:
        assert text in plain.replace("\\", ""), text
        assert text in page, text
    assert page.count('class="tick"') >= len(sheet.strategies) + sheet.own_rows


def test_the_pages_need_nothing_from_elsewhere_and_are_safe(
    busy: World, report: PupilReport
) -> None:
    sly = busy.read()[-1].model_copy(
        update={"strategy": "<script>alert(1)</script> | *so* | [x](y)"}
    )
    sheet = meeting(busy.school, busy.library, "upper", ON, report, (sly,))
    found = impact(busy.school, busy.library, "upper", ON, (sly,))
    for page in (rendered(sheet, "html"), rendered(found, "html")):
        assert "<script" not in page
        assert "@page { size: A4" in page
        assert not re.search(r"https?://|url\(|@import", page)
    for text in (rendered(sheet, "md"), rendered(found, "md")):
        assert "<script" not in text.replace(r"\<", "")
        assert r"\[x\](y)" in text


def test_names_are_shown_only_where_they_were_asked_for(busy: World) -> None:
    named = load_school(busy.folder, busy.library, names=True)
    report = pupil_report(named, busy.library, Ask(on=ON))
    plain = pupil_report(busy.school, busy.library, Ask(on=ON))
    names = {pupil.ref: pupil.name for pupil in named.pupils if pupil.name}
    page = unescape(
        rendered(meeting(named, busy.library, "upper", ON, report, busy.read()), "html")
    )
    other = unescape(
        rendered(meeting(named, busy.library, "upper", ON, plain, busy.read()), "html")
    )
    first = [
        pupil.ref
        for of in meeting(named, busy.library, "upper", ON, report, ()).focus
        for pupil in of.pupils
    ]
    assert len(first) == 12 and all(names[ref] in page for ref in first)
    assert not [ref for ref in names if ref in page]
    assert not [name for name in names.values() if name in other]


def test_a_team_without_anything_has_a_sheet_and_a_report(busy: World, report: PupilReport) -> None:
    nobody = report.model_copy(update={"pupils": (), "side_by_side": ()})
    sheet = meeting(busy.school, busy.library, "lower", ON, nobody, ())
    found = impact(busy.school, busy.library, "lower", ON, ())
    for text in (rendered(sheet, "md"), rendered(sheet, "html")):
        for said in (
            "Nothing has been agreed before.",
            "No data on the pupils of this class.",
            "No steps are proposed.",
        ):
            assert said in text
    for text in (rendered(found, "md"), rendered(found, "html")):
        assert "Nothing has been agreed yet." in text


def test_the_same_input_gives_the_same_bytes(
    busy: World, report: PupilReport, sheet: Meeting
) -> None:
    again = meeting(busy.school, busy.library, "upper", ON, report, busy.read())
    assert rendered(again, "html") == rendered(sheet, "html")
    assert again.model_dump_json() == sheet.model_dump_json()
