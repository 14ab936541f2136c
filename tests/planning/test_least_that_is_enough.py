"""What a way out asks for is the least that is enough: with a tenth of a day or a pound less it is not."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.advise import advise
from termwise.engine.library.loader import Library
from termwise.engine.planning.budget import Funds
from termwise.engine.planning.problem_builder import Timetable
from termwise.engine.school.folder import load_school
from termwise.engine.school.model import BudgetLine

if TYPE_CHECKING:
    from tests.conftest import Change, Data

PARTS = {
    "Autumn 1": "aut1", "Autumn 2": "aut2", "Spring 1": "spr1",
    "Spring 2": "spr2", "Summer 1": "sum1", "Summer 2": "sum2",
}  # fmt: skip


def promised(school: Data) -> None:
    by = datetime.date(2026, 10, 20)
    school["must"] = [{"intervention": "cluster-moderation", "by": by, "because": "Promised."}]


@pytest.mark.parametrize(("first", "others"), [(0, 8), (2, 5)])
def test_so_many_days_are_enough_and_a_tenth_less_anywhere_is_not(
    changed: Change, library: Library, first: int, others: int
) -> None:
    def ways(tenths: Mapping[str, int]) -> tuple[str, ...]:
        def edit(staff: Data) -> None:
            one = next(one for one in staff["people"] if one["id"] == "partner-leader")
            one["time"] = {part: number / 10 for part, number in tenths.items()}

        school = load_school(changed("little-fen", promised, edit), library)
        return tuple(way.words for way in advise(school, library).plan.ways_out)

    stated = dict.fromkeys(PARTS.values(), others) | {"aut1": first}
    told = next(words for words in ways(stated) if "days more in" in words)
    more = {
        PARTS[half]: round(10 * float(days))
        for days, half in re.findall(r"([\d.]+) days? more in (\w+ \d)", told)
    }
    assert more
    enough = {part: number + more.get(part, 0) for part, number in stated.items()}
    assert not ways(enough)
    for part in more:
        assert ways({**enough, part: enough[part] - 1})


def timetable(share: float, stated: Mapping[str, int], pools: list[frozenset[str]]) -> Timetable:
    """Two slots in which people state so many tenths."""
    made = Timetable.__new__(Timetable)
    slots = tuple(SimpleNamespace(index=index, halves=(index,)) for index in range(2))
    made.planned_share = share
    made.bought = {}
    made.time = SimpleNamespace(slots=slots)  # type: ignore[assignment]
    made.pools = {"+".join(sorted(people)): people for people in pools}
    made.capacity = SimpleNamespace(  # type: ignore[assignment]
        time=lambda people, half: sum(stated[name] for name in people)
    )
    return made


@given(
    st.sampled_from([0.5, 0.7, 0.8, 0.85, 0.9, 1.0]),
    st.fixed_dictionaries({name: st.integers(0, 25) for name in "abc"}),
    st.dictionaries(st.tuples(st.sampled_from("abc"), st.integers(0, 1)), st.integers(1, 12), min_size=1),
    st.integers(0, 3),
)  # fmt: skip
def test_what_people_have_to_state_is_the_least_that_is_enough(
    share: float, stated: dict[str, int], planned: dict[tuple[str, int], int], spare: int
) -> None:
    pools = [frozenset(one) for one in ("a", "b", "c", "ab", "abc")]
    asked = timetable(share, stated, pools)
    before = asked.with_more({})
    needed = {
        (name, slot): before[name, slot]
        + max(
            0,
            sum(planned.get((one, slot), 0) for one in people) - (spare if len(people) > 1 else 0),
        )
        for name, people in asked.pools.items()
        for slot in range(2)
    }

    def enough(capacity: Mapping[tuple[str, int], int]) -> bool:
        return all(capacity[key] >= amount for key, amount in needed.items())

    found = asked.to_state(planned, enough)
    assert enough(asked.with_more(found))
    for key in found:
        less = {**found, key: found[key] - 1}
        assert found[key] == 0 or not enough(asked.with_more(less))


@given(
    st.sampled_from([0.8, 0.85, 0.9, 1.0]), st.integers(0, 20_000), st.integers(1, 9_000), st.booleans()
)  # fmt: skip
def test_what_has_to_be_added_to_a_line_is_the_least_that_is_enough(
    share: float, given_now: int, more: int, for_a_purpose: bool
) -> None:
    line = BudgetLine.model_validate(
        {
            "id": "all",
            "title": "All of it",
            "year": "academic",
            "pays_for": ["cover"],
            "amounts": {"2026-27": given_now},
            "only_for": {"tiers": ["teaching"], "because": "So."} if for_a_purpose else None,
        }
    )

    def there(pounds: int) -> int:
        half = SimpleNamespace(year="2026-27", starts=datetime.date(2026, 9, 1))
        given = line.model_copy(update={"amounts": {"2026-27": pounds}})
        school: Any = SimpleNamespace(
            file=SimpleNamespace(money=SimpleNamespace(lines=[given])),
            timeline=SimpleNamespace(halves=[half]),
        )
        funds = Funds(school, SimpleNamespace(), share)  # type: ignore[arg-type]
        asked.append(funds.to_give("all|2026-27", more))
        return funds.accounts["all|2026-27"]

    asked: list[int] = []
    before = there(given_now)
    least = asked[0]
    assert there(given_now + least) >= before + more
    assert there(given_now + least - 1) < before + more
