"""The earliest slot something can start in: after all it needs, in a part and window it may start in."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from termwise.engine.library.loader import Library
from termwise.engine.library.model import Intervention
from termwise.engine.school.calendar import Timeline
from termwise.engine.school.checks.start_windows import Earliest, in_window
from termwise.engine.school.model import Window
from termwise.engine.school.school import School

A, B, C = "core-values", "coaching-cycles", "achievement-teams"
NOTHING: dict[str, Any] = {
    **{"requires": (), "requires_one_of": (), "starts_in": (), "series": None, "light": None},
}


@pytest.fixture(scope="module")
def time(little_fen: School) -> Timeline:
    return little_fen.timeline


def earliest(
    library: Library,
    time: Timeline,
    in_place: tuple[str, ...] = (),
    pinned: dict[str, int] | None = None,
    windows: dict[str, Window] | None = None,
    **given: dict[str, Any],
) -> Earliest:
    """With three interventions, each ready after one half-term, that need only what is said."""
    names, items = {"a": A, "b": B, "c": C}, {}
    for letter, name in names.items():
        item = library.interventions[name]
        short = {phase: body.model_copy(update={"half_terms": 1}) for phase, body in item.phases()}
        first = next(iter(short))
        items[name] = item.model_copy(
            update=short | NOTHING | {"ready_after": first} | given.get(letter, {})
        )
    made = replace(library, interventions=items, rules={})
    return Earliest(made, time, in_place, pinned or {}, windows or {})


def test_what_needs_nothing_starts_at_once(library: Library, time: Timeline) -> None:
    assert earliest(library, time).start(A) == 0


def test_what_needs_something_starts_after_it_and_after_the_first_of_some(
    library: Library, time: Timeline
) -> None:
    chain = earliest(library, time, b={"requires": (A,)}, c={"requires": (B,)})
    assert [chain.start(name) for name in (A, B, C)] == [0, 1, 2]
    assert chain.chain(C) == [A, B, C]
    either = earliest(library, time, b={"requires": (A,)}, c={"requires_one_of": ((B, A),)})
    assert either.start(C) == 1 and either.chain(C) == [A, C]


def test_what_is_in_place_is_not_waited_for(library: Library, time: Timeline) -> None:
    assert earliest(library, time, (A,), b={"requires": (A,)}).start(B) == 0


def test_what_is_pinned_starts_there_and_what_needs_it_later(
    library: Library, time: Timeline
) -> None:
    found = earliest(library, time, pinned={A: 2}, b={"requires": (A,)})
    assert (found.start(A), found.start(B)) == (2, 3)


def test_what_can_start_nowhere_in_the_plan_has_the_number_of_its_slots(
    library: Library, time: Timeline
) -> None:
    last = len(time.slots)
    found = earliest(library, time, pinned={A: last - 1}, b={"requires": (A,)})
    assert found.start(B) == last and found.after(B) == last


def test_a_part_of_the_year_and_a_window_are_kept_to(library: Library, time: Timeline) -> None:
    part = time.slots[2].halves[0]
    assert earliest(library, time, a={"starts_in": (part.part,)}).start(A) == 2
    window = Window.model_validate(
        {"intervention": A, "not_before": part.starts, "because": "We said so."}
    )
    assert earliest(library, time, windows={A: window}).start(A) == 2


def test_a_circle_waits_for_nothing(library: Library, time: Timeline) -> None:
    found = earliest(library, time, a={"requires": (B,)}, b={"requires": (A,)})
    assert found.start(A) >= 0 and found.chain(A)[-1] == A


def test_a_window_is_open_on_its_first_and_its_last_day(time: Timeline) -> None:
    half, day = time.halves[1], datetime.timedelta(days=1)

    def window(**days: datetime.date) -> Window:
        return Window.model_validate({"intervention": A, "because": "We said so.", **days})

    assert in_window(half, None)
    assert in_window(half, window(not_before=half.ends))
    assert not in_window(half, window(not_before=half.ends + day))
    assert in_window(half, window(not_after=half.starts))
    assert not in_window(half, window(not_after=half.starts - day))


def test_the_library_has_what_these_tests_name(library: Library) -> None:
    assert all(isinstance(library.interventions[name], Intervention) for name in (A, B, C))
