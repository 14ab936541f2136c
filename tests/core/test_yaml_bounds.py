"""What YAML can hold beside a school's words: numbers with two readings, types, aliases, depth, marks that
can't be seen."""

from __future__ import annotations

import datetime
import importlib
import json
import pkgutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, cast

import pytest
from pydantic import TypeAdapter, ValidationError

from termwise import engine
from termwise.engine.core.errors import ContentError, Mistake
from termwise.engine.core.record import Day, Note, Pounds, Record, Slug, Text
from termwise.engine.core.yaml_source.build import build
from termwise.engine.core.yaml_source.parse import parse_yaml
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school


class Shelf(Record):
    title: Text
    books: int = 0
    cost: Pounds = 0
    width: float = 1
    full: bool = False
    bought: Day | None = None
    note: Note | None = None
    labels: dict[Slug, Text] = {}


def told(text: str) -> list[str]:
    """Every problem of a shelf, without its file."""
    problems: list[Mistake] = []
    document = parse_yaml(text, "shelf.yaml", problems)
    if document is not None:
        build(Shelf, document, problems)
    return [str(problem).removeprefix("shelf.yaml:") for problem in sorted(problems)]


def shelf(text: str) -> Shelf:
    problems: list[Mistake] = []
    document = parse_yaml(text, "shelf.yaml", problems)
    assert document is not None
    found = build(Shelf, document, problems)
    assert found is not None, problems
    return found


OLD = [
    "011000",
    "0x1F",
    "0o17",
    "0b11",
    "4_600",
    "12:30",
    "1e3",
    "1.5e+400",
    ".inf",
    "-.NaN",
    "00.5",
]


@pytest.mark.parametrize("key", ["books", "cost", "width"])
@pytest.mark.parametrize("written", OLD)
def test_a_number_with_two_readings_is_refused_as_it_stands(key: str, written: str) -> None:
    [problem] = told(f"title: Low\n{key}: {written}\n")
    assert problem.startswith(f"2:1: {key}: must be a ")
    assert written in problem
    assert "more than one number" in problem


@pytest.mark.parametrize("written", [*OLD, "2026-09-01", "1,200", "+44 20", "9" * 5000])
def test_where_a_text_is_expected_it_is_the_text_that_stands_there(written: str) -> None:
    assert shelf(f"title: {written}\n").title == written
    assert shelf(f"title: '{written}'\n").title == written


@pytest.mark.parametrize(
    ("line", "value"),
    [("books: 0", 0), ("books: -3", -3), ("width: 0.50", 0.5), ("width: .5", 0.5), ("width: 7", 7)],
)
def test_a_number_with_one_reading_is_that(line: str, value: float) -> None:
    assert getattr(shelf(f"title: Low\n{line}\n"), line.split(":")[0]) == value


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("books: '68'", "must be a whole number (it is the text “68”, in quotes); take the quotes"),
        ('width: "0.5"', "must be a number (it is the text “0.5”, in quotes); take the quotes"),
        ("cost: 1,200", "must be a whole number (it is '1,200'); write 1200, the digits alone"),
        ("cost: £1200", "must be a whole number (it is '£1200'); write 1200, the digits alone"),
        ("books: yes", "must be a whole number (it is yes)"),
        ("cost: off", "must be a number, not true or false (it is off)"),
        ("width: Yes", "must be a number (it is Yes)"),
        ("books: 2.50", "must be a whole number (it is 2.50)"),
        ("full: 1", "must be true or false (it is 1)"),
        ("full: 'yes'", "must be true or false (it is 'yes')"),
        ("bought: 0", "must be a date (it is 0); write it as 2026-09-01"),
        ("bought: 20260901", "must be a date (it is 20260901); write it as 2026-09-01"),
        ("bought: 1.9.2026", "must be a date (it is '1.9.2026'); write it as 2026-09-01"),
    ],
)
def test_what_stands_in_the_file_is_told(line: str, message: str) -> None:
    [problem] = told(f"title: Low\n{line}\n")
    assert problem.startswith(f"2:1: {line.split(':')[0]}: {message}")


@pytest.mark.parametrize("word", ["yes", "No", "ON", "off", "true", "FALSE"])
def test_a_word_taken_for_true_or_false_is_told_as_it_stands(word: str) -> None:
    assert told(f"title: {word}\n") == [
        f"1:1: title: must be text (it is {word}); put it in quotes if it looks like a number"
    ]
    assert shelf(f"title: '{word}'\n").title == word
    assert shelf(f"title: Low\nlabels: {{a: '{word}'}}\nfull: {word}\n").full in (True, False)


@pytest.mark.parametrize("day", ["2026-09-01", "'2026-09-01'", '"2026-09-01"'])
def test_a_day_is_read_with_quotes_and_without(day: str) -> None:
    assert shelf(f"title: Low\nbought: {day}\n").bought == datetime.date(2026, 9, 1)
    assert shelf(f"title: {day}\n").title == "2026-09-01"


NO_DAYS = ["86400", "1e5", "-1", "1.5", "2026-09-01T00:00", "2026-09-01 00:00:00Z", "20260901"]
NO_DAYS += ["2026-9-1", "2026-W36-2", "2026-02-30", "٢٠٢٦-09-01"]


@pytest.mark.parametrize("written", NO_DAYS)
def test_a_text_that_is_no_written_day_is_never_taken_for_seconds(written: str) -> None:
    assert told(f"title: Low\nbought: '{written}'\n") == [
        f"2:1: bought: must be a date (it is '{written}'); write it as 2026-09-01"
    ]


def test_every_day_of_every_record_is_a_written_one() -> None:
    def holds_days(annotation: object) -> bool:
        parts = getattr(annotation, "__args__", ())
        return annotation is datetime.date or any(map(holds_days, parts))

    fields = [
        (f"{model.__name__}.{name}", cast("Any", Annotated[info.annotation, *info.metadata, name]))
        for module in pkgutil.walk_packages(engine.__path__, f"{engine.__name__}.")
        for model in vars(importlib.import_module(module.name)).values()
        if isinstance(model, type) and issubclass(model, Record)
        for name, info in model.model_fields.items()
        if holds_days(info.annotation)
    ]
    assert {"PlanRequest.starts", "Override.on", "CalendarChoice.closed"} <= {n for n, _ in fields}
    for name, annotation in fields:
        shape = TypeAdapter[Any](annotation)
        for data in ("86400", ["86400"], {"86400": "a"}, {"a": "86400"}, {"a": ["86400"]}):
            with pytest.raises(ValidationError):
                shape.validate_json(json.dumps(data))
                pytest.fail(name)


def test_a_quoted_number_for_a_day_is_told_in_every_file_of_a_school(
    copy_example: Callable[[], Path], library: Library
) -> None:
    folder = copy_example()
    changes = [
        ("school.yaml", "starts: 2026-09-01", 'starts: "86400"'),
        ("school.yaml", "by: 2027-02-26", 'by: "1e5"'),
        ("school.yaml", "date: 2023-06-20", 'date: "2023-06-20T00:00"'),
        ("school.yaml", "date: 2026-06-25", 'date: "0"'),
        ("cqa.yaml", "by: 2027-07-16", 'by: "1800000000"'),
        ("staff.yaml", "- {id: adviser, ", '- {id: adviser, vacant: {from: "86400"}, '),
    ]
    for file, written, instead in changes:
        text = (folder / file).read_text("utf-8")
        assert written in text
        (folder / file).write_text(text.replace(written, instead, 1), "utf-8")
    (folder / "overrides.yaml").write_text(
        "- {intervention: lesson-visits, decision: refuse, reason: something-else, "
        'role: headteacher, on: "1784000000"}\n'
    )
    with pytest.raises(ContentError) as caught:
        load_school(folder, library)
    found = [str(one) for one in caught.value.problems if "must be a date" in str(one)]
    assert len(found) == len(changes) + 1, caught.value.problems
    assert all(one.endswith("; write it as 2026-09-01") for one in found)


TYPES = [
    '!!int ""',
    "!!float ''",
    "!!bool foo",
    "!!binary '===='",
    "!!timestamp later",
    "!!null x",
    "!!python/name:os.system ''",
    "!own 5",
    "! 5",
    "!!set {a}",
    "!!omap [a: 1]",
    "!!str 5",
]


@pytest.mark.parametrize("value", TYPES)
def test_a_type_of_yaml_is_told_once_at_its_place(value: str) -> None:
    first, *_ = told(f"title: Low\nbooks: {value}\n")
    assert (
        "2:8: can't be read: a type of YAML's own (!) is not taken here"
        in (first, *told(f"title: Low\nbooks: {value}\n")[1:])[-1]
    )
    keys = told(f"title: Low\n? {value}\n: 5\n")
    assert any(problem.startswith("2:3: ") for problem in keys)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: A\nlabels: {<<: {a: b}}\n", "2:10: one mapping can't be put into another by <<"),
        ("title: A\n? [a, b]\n: c\n", "2:3: a key has to be a word"),
        ("title: A\nlabels: {{a: b}: c}\n", "2:10: a key has to be a word"),
        ("title: *a\n", "1:8: an alias (*) that nothing before it is marked with (&)"),
        ("title: A\nlabels: &a {b: *a}\n", "2:13: refers to itself by an alias"),
    ],
)
def test_what_yaml_can_do_and_no_school_needs_is_told(text: str, message: str) -> None:
    assert any(problem.startswith(message) for problem in told(text)), told(text)


def test_what_an_alias_repeats_is_there_each_time() -> None:
    text = "title: &t A\nlabels: {a: *t, b: &u Two, c: *u, d: *t}\n"
    assert shelf(text).labels == {"a": "A", "b": "Two", "c": "Two", "d": "A"}


def _multiplied(part: str) -> str:
    lines = [f"a0: &a0 {part}"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    return "\n".join(lines)


ENDLESS = {
    "brackets": "title: " + "[" * 50_000,
    "braces": "title: " + "{a: " * 50_000,
    "dashes": "- " * 50_000,
    "indentation": "\n".join(" " * n + "a:" for n in range(2_000)),
    "keys within keys": "? " * 50_000,
    "aliases": _multiplied("x"),
    "aliases of nothing": _multiplied("[]"),
    "aliases of mappings": _multiplied("{b: [1, 2]}"),
    "many values": "title: [" + "a," * 300_000 + "a]",
    "marks on marks": "title: " + "".join(f"&a{n} [" for n in range(20_000)),
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS.keys())
def test_a_file_that_would_take_for_ever_is_refused_at_once(text: str) -> None:
    began = time.process_time()
    *_, problem = told(text)
    assert time.process_time() - began < 5
    assert "levels deep" in problem or "values" in problem


def test_a_mark_that_cannot_be_seen_is_refused_in_a_name_and_left_out_of_a_note() -> None:
    for mark in (r"\e[31m", r"\0", r"\u202e", r"\u200b", r"\x9b2J", r"\ufeff", r"\L"):
        [problem] = told(f'title: "Low {mark}shelf"\n')
        assert problem.startswith("1:1: holds a mark that can't be seen")
        found = shelf(f'title: Low\nnote: "a {mark}note"\n')
        assert found.note in ("a note", "a \nnote")
    assert told('"titl\\u202ee": Low\ntitle: Low\n')[0].startswith(
        "1:1: the key holds a mark that can't be seen"
    )


@pytest.mark.parametrize(
    "mark", ["\x1b[31m", "\x00", "\x07", "\x0b", "\x85", "\u2028", "\u202e", "\x7f", "\uffff"]
)
def test_a_mark_written_as_it_is_has_the_place_an_editor_shows(mark: str) -> None:
    assert shelf(f"title: Low\nnote: a {mark}note\n").note in ("a note", "a \nnote")
    [problem] = told(f"note: a {mark}note\ntitle: {mark}Low\n")
    assert problem.startswith("2:1: holds a mark that can't be seen")
    assert not any(char in problem for char in mark if char not in "[31m")


def test_the_school_s_own_files_tell_it_at_the_line(
    copy_example: Callable[[str], Path], library: Library
) -> None:
    folder = copy_example("hillside")
    said = folder / "school.yaml"
    text = said.read_text("utf-8")
    name = next(line for line in text.splitlines() if line.startswith("  name: "))
    said.write_text(text.replace(name, '  name: "Fen \\e[2J"'), "utf-8")
    with pytest.raises(ContentError) as caught:
        load_school(folder, library)
    [problem] = caught.value.problems
    line = text.splitlines().index(name) + 1
    assert str(problem).startswith(f"school.yaml:{line}:3: holds a mark that can't be seen")
