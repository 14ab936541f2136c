from __future__ import annotations

from pathlib import Path

import pytest

from termwise.engine.core.errors import Mistake, Place
from termwise.engine.core.record import Record, Slug, Text
from termwise.engine.core.yaml_source.build import build
from termwise.engine.core.yaml_source.document import YamlDocument
from termwise.engine.core.yaml_source.parse import parse_yaml
from termwise.engine.core.yaml_source.read import read_yaml, walk


class Room(Record):
    id: Slug
    seats: int
    quiet: bool = False


class House(Record):
    name: Text
    rooms: tuple[Room, ...]
    colours: tuple[Text, ...] = ()
    front: Room | None = None


def parsed(text: str) -> tuple[YamlDocument, list[Mistake]]:
    problems: list[Mistake] = []
    document = parse_yaml(text, "house.yaml", problems)
    assert document is not None
    return document, problems


def told(text: str) -> list[str]:
    """Every problem of a house, as it is printed, in the order of the file."""
    document, problems = parsed(text)
    if not problems:
        build(House, document, problems)
    return [str(problem) for problem in sorted(problems)]


HOUSE = """\
# a comment does not count as content
name: Mill House
rooms:
- id: hall
  seats: 3
- {id: loft, seats: 2}
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 2, 1),
        (("name",), 2, 1),
        (("rooms",), 3, 1),
        (("rooms", 0), 4, 3),
        (("rooms", 0, "seats"), 5, 3),
        (("rooms", 1), 6, 3),
        (("rooms", 1, "seats"), 6, 14),
    ],
)
def test_every_key_and_item_has_the_place_it_is_written_at(
    path: tuple[str | int, ...], line: int, column: int
) -> None:
    document, _ = parsed(HOUSE)
    assert document.place(*path) == Place("house.yaml", line, column)


def test_a_key_that_is_not_written_has_the_place_of_what_should_hold_it() -> None:
    document, _ = parsed(HOUSE)
    assert document.place("rooms", 1, "quiet") == Place("house.yaml", 6, 3)
    assert document.place("garden", "beds", 4) == Place("house.yaml", 2, 1)


def test_places_do_not_change_with_windows_line_ends() -> None:
    plain, _ = parsed(HOUSE)
    windows, _ = parsed(HOUSE.replace("\n", "\r\n"))
    assert windows.data == plain.data
    assert windows.marks == plain.marks


def test_a_record_that_fits_is_built_without_a_problem() -> None:
    document, problems = parsed(HOUSE)
    house = build(House, document, problems)
    assert problems == []
    assert house is not None
    assert [room.id for room in house.rooms] == ["hall", "loft"]


def test_a_key_written_twice_is_refused_and_both_lines_are_named() -> None:
    assert told("name: One\nrooms: []\nname: Two\n") == [
        "house.yaml:3:1: the key “name” is written twice (first in line 1); keep one of them"
    ]


def test_a_key_written_twice_is_found_at_any_depth() -> None:
    text = "name: One\nrooms:\n- {id: hall, seats: 2, seats: 3}\n"
    document, problems = parsed(text)
    assert [str(problem.place) for problem in problems] == ["house.yaml:3:24"]
    assert document.data["rooms"][0]["seats"] == 2


def test_all_values_of_a_wrong_type_are_told_at_once() -> None:
    text = """\
name: 12
rooms:
- {id: hall, seats: many}
- {id: Great Hall, seats: 2.5}
- {id: loft, seats: 2, quiet: perhaps}
colours: red
"""
    places = [line.rpartition(": ")[0] for line in told(text)]
    assert [place.split(": ")[0] for place in places] == [
        "house.yaml:1:1",
        "house.yaml:3:14",
        "house.yaml:4:4",
        "house.yaml:4:20",
        "house.yaml:5:24",
        "house.yaml:6:1",
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("name: 12", "name: must be text (it is 12); put it in quotes if it looks like a number"),
        ("name: ''", "name: must not be empty (it is '')"),
        ("rooms: {}", "rooms: must be a list; start each item with “- ”"),
        ("rooms: [hall]", "rooms › 0: must be a mapping of keys to values (it is 'hall')"),
        ("rooms: [{id: hall, seats: x}]", "rooms › 0 › seats: must be a whole number (it is 'x')"),
        ("rooms: [{id: hall}]", "“seats” is missing; add it"),
    ],
)
def test_a_wrong_value_is_told_in_words_a_person_uses(line: str, message: str) -> None:
    key = line.split(":")[0]
    rest = {"name": "rooms: []", "rooms": "name: A house"}[key]
    [problem] = told(f"{line}\n{rest}\n")
    assert problem.partition(": ")[2] == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nam: A house\nname: B\nrooms: []", "1:1: unknown key “nam”; did you mean “name”?"),
        (
            "name: A\nrooms: [{id: hall, seat: 2, seats: 2}]",
            "2:20: unknown key “seat”; did you mean “seats”?",
        ),
        (
            "name: A\nrooms: []\nfront: {id: door, seats: 0, quite: true}",
            "3:29: unknown key “quite”; did you mean “quiet”?",
        ),
        ("name: A\nrooms: []\nxyz: 1", "3:1: unknown key “xyz”; it can be colours, front, name"),
    ],
)
def test_an_unknown_key_is_told_with_the_near_word(text: str, message: str) -> None:
    [problem] = told(text)
    assert problem.startswith(f"house.yaml:{message}")


def test_a_missing_key_is_told_at_the_record_that_lacks_it() -> None:
    assert told("name: A\nrooms:\n- seats: 2\n") == ["house.yaml:3:3: “id” is missing; add it"]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_is_told_with_what_it_needs(text: str) -> None:
    assert told(text) == ["house.yaml:1:1: is empty; it needs name, rooms"]


@pytest.mark.parametrize("text", ["- a list\n", "just words\n", "42\n"])
def test_a_file_that_is_no_mapping_is_told_with_what_it_needs(text: str) -> None:
    assert told(text) == ["house.yaml:1:1: is not a mapping; it needs name, rooms"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("name: A\nrooms:\n\t- id: hall\n", "house.yaml:3:1"),
        ("name: A: B\n", "house.yaml:1:8"),
        ("name: 'never closed\n", "house.yaml:2:1"),
        ("name: A\n---\nname: B\n", "house.yaml:2:1"),
        ("rooms: [1, 2\nname: A\n", "house.yaml:2:5"),
    ],
)
def test_what_is_no_yaml_is_told_where_it_goes_wrong(text: str, place: str) -> None:
    problems: list[Mistake] = []
    assert parse_yaml(text, "house.yaml", problems) is None
    [problem] = problems
    assert str(problem.place) == place
    assert problem.what.startswith("can't be read as YAML")
    assert problem.hint


def test_a_date_that_does_not_exist_is_told_at_its_place() -> None:
    _, problems = parsed("name: A\nopened: 2026-02-30\n")
    assert [str(problem) for problem in problems] == [
        "house.yaml:2:9: can't be read: day is out of range for month"
    ]


def test_a_tag_that_would_run_code_is_refused() -> None:
    document, problems = parsed("name: !!python/name:os.getcwd ''\n")
    assert document.data == {"name": None}
    assert [str(problem.place) for problem in problems] == ["house.yaml:1:7"]


def test_an_alias_inside_its_own_anchor_is_told_as_a_problem() -> None:
    problems: list[Mistake] = []
    parse_yaml("name: &a [*a]\n", "house.yaml", problems)
    assert problems


def test_a_file_that_is_not_utf_8_is_told_with_the_byte(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_bytes("name: Café\n".encode("latin-1"))
    problems: list[Mistake] = []
    assert read_yaml(tmp_path / "house.yaml", "house.yaml", problems) is None
    assert [str(problem) for problem in problems] == [
        "house.yaml:1:1: is not UTF-8 text (byte 9); save it as UTF-8"
    ]


def test_a_byte_order_mark_is_no_content(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_bytes(b"\xef\xbb\xbfname: A\n")
    problems: list[Mistake] = []
    document = read_yaml(tmp_path / "house.yaml", "house.yaml", problems)
    assert problems == []
    assert document is not None
    assert document.data == {"name": "A"}
    assert document.place("name") == Place("house.yaml", 1, 1)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    problems: list[Mistake] = []
    assert read_yaml(tmp_path / "house.yaml", "house.yaml", problems) is None
    assert [str(problem) for problem in problems] == ["house.yaml:1:1: the file is missing"]


def test_folders_are_walked_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b/two.yaml", "b/one.yaml", "a.yaml", "a.txt", "c/d/e.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert [name for _, name in walk(tmp_path, "top", ".yaml")] == [
        "top/a.yaml",
        "top/b/one.yaml",
        "top/b/two.yaml",
        "top/c/d/e.yaml",
    ]


def test_a_problem_is_told_on_one_line_whatever_it_quotes() -> None:
    told = str(
        Mistake(Place("a.yaml", 1, 2), "unknown key “one\ntwo\r\nthree”", "take\u2028it out")
    )
    assert told == "a.yaml:1:2: unknown key “one two three”; take it out"


@pytest.mark.parametrize("key", ["<days>", "<script>", "<name>"])
def test_a_key_in_pointed_brackets_is_a_key_like_any_other(key: str) -> None:
    problems: list[Mistake] = []
    document = parse_yaml(f'id: one\n"{key}": 1\n', "a.yaml", problems)
    assert document is not None
    assert build(Room, document, problems) is None
    told = {(problem.place, problem.what) for problem in problems}
    assert (Place("a.yaml", 2, 1), f"unknown key “{key}”") in told
