"""The days of events: nobody is in two places at once while there are days enough, and what is fixed stays."""

from __future__ import annotations

import datetime
from itertools import permutations, product

from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.planning.event_dates import OneDayEvent, clashes, settle

FIRST = datetime.date(2026, 9, 7)
DAYS = tuple(FIRST + datetime.timedelta(days=number) for number in range(8))


def event(
    id: str, people: str, wanted: int, days: tuple[int, ...] | range | None = range(8)
) -> OneDayEvent:
    chosen = () if days is None else tuple(DAYS[day] for day in days)
    return OneDayEvent(id, frozenset(people), DAYS[wanted], chosen)


@st.composite
def events(draw: st.DrawFn, most: int = 6) -> list[OneDayEvent]:
    found = []
    for number in range(draw(st.integers(1, most))):
        people = draw(st.sets(st.sampled_from("abcd"), min_size=1, max_size=3))
        days = sorted(draw(st.sets(st.integers(0, 7), min_size=1, max_size=8)))
        fixed = draw(st.booleans()) and draw(st.booleans())
        wanted = draw(st.sampled_from(days))
        found.append(event(f"e{number}", "".join(people), wanted, None if fixed else tuple(days)))
    return found


@given(events())
def test_what_is_fixed_stays_and_all_else_is_on_one_of_its_days(made: list[OneDayEvent]) -> None:
    dates = settle(made)
    assert dates.keys() == {one.id for one in made}
    for one in made:
        assert dates[one.id] in (one.days or (one.wanted,))


@given(events())
def test_nobody_has_two_events_on_a_day_when_each_event_has_a_day_for_every_other(
    made: list[OneDayEvent],
) -> None:
    dates = settle(made)
    for one, other in clashes(made, dates):
        assert any(len(each.days) < len(made) for each in (one, other))


@given(st.lists(st.tuples(st.integers(0, 7), st.sets(st.integers(0, 7), min_size=1)), max_size=5))
def test_the_same_people_never_clash_where_a_trial_of_all_days_finds_a_way(
    asked: list[tuple[int, set[int]]],
) -> None:
    made = [
        event(f"e{number}", "a", wanted, tuple(sorted(days)))
        for number, (wanted, days) in enumerate(asked)
    ]
    ways = [days for days in product(*(one.days for one in made)) if len(set(days)) == len(days)]
    dates = settle(made)
    if ways:
        assert not list(clashes(made, dates))
        away = sum(one.away(dates[one.id]) for one in made)
        assert away == min(
            sum(one.away(day) for one, day in zip(made, way, strict=True)) for way in ways
        )


@given(events(most=4))
def test_the_order_in_which_events_are_given_changes_nothing(made: list[OneDayEvent]) -> None:
    (first, *others) = [settle(order) for order in permutations(made)]
    assert all(other == first for other in others)


def test_an_event_that_wants_a_fixed_day_of_the_same_people_has_the_day_before() -> None:
    made = [event("network", "ab", 3, None), event("review", "b", 3), event("report", "c", 3)]
    assert settle(made) == {"network": DAYS[3], "review": DAYS[2], "report": DAYS[3]}


def test_events_of_other_people_share_a_day_where_days_are_too_few() -> None:
    made = [
        event("one", "ab", 2, (2, 3)),
        event("two", "bc", 2, (2, 3)),
        event("three", "ad", 2, (2, 3)),
    ]
    dates = settle(made)
    assert dates["two"] == dates["three"] != dates["one"]


def test_two_fixed_on_one_day_for_the_same_people_are_told() -> None:
    made = [event("one", "ab", 2, None), event("two", "b", 2, None), event("three", "c", 2, None)]
    assert [(one.id, two.id) for one, two in clashes(made, settle(made))] == [("one", "two")]


@given(events(), st.integers(1, 5))
def test_days_are_moved_apart_without_a_clash_or_a_change_of_order_among_the_same_people(
    made: list[OneDayEvent], apart: int
) -> None:
    before, after = settle(made), settle(made, apart)
    for one in made:
        assert after[one.id] in (one.days or (one.wanted,))
    shared = {(one.id, other.id) for one, other in clashes(made, before)}
    assert {(one.id, other.id) for one, other in clashes(made, after)} <= shared
    for one, other in permutations(made, 2):
        if one.meets(other) and before[one.id] < before[other.id]:
            assert after[one.id] < after[other.id]


@given(events(), st.integers(1, 5))
def test_no_event_alone_could_be_further_from_what_is_near_it(
    made: list[OneDayEvent], apart: int
) -> None:
    dates = settle(made, apart)

    def near(one: OneDayEvent, date: datetime.date) -> int:
        beside = [dates[o.id] for o in made if o is not one and o.meets(one) and o.out_of_class]
        return sum(max(0, apart - abs((date - day).days)) for day in beside)

    def keeps_its_place(one: OneDayEvent, date: datetime.date) -> bool:
        return all(
            date != dates[o.id] and (dates[o.id] < date) == (dates[o.id] < dates[one.id])
            for o in made
            if o is not one and o.meets(one)
        )

    for one in made:
        moves = [day for day in one.days if keeps_its_place(one, day)]
        assert all(near(one, day) >= near(one, dates[one.id]) for day in moves)


def test_two_days_out_of_class_are_a_week_apart_and_a_meeting_after_lessons_is_no_reason_to_move() -> (
    None
):
    days = tuple(FIRST + datetime.timedelta(days=number) for number in range(30))
    network = OneDayEvent("network", frozenset("ab"), days[14], days)
    development = OneDayEvent("development", frozenset("b"), days[15], days)
    team = OneDayEvent("team", frozenset("ab"), days[13], out_of_class=False)
    dates = settle([network, development, team], 7)
    assert (dates["development"] - dates["network"]).days == 7
    assert dates["team"] == days[13]
    alone = settle([network, team], 7)
    assert alone["network"] == days[14]
    other = settle([network, OneDayEvent("development", frozenset("c"), days[15], days)], 7)
    assert other["development"] == days[15]
