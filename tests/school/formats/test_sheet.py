"""Rows that are not to be read are taken out of a table, and those in which something stood are told."""

from __future__ import annotations

from termwise.engine.school.formats.sheet import HEAD, Sheet, too_large


def sheet(rows: int, head: int = 2) -> Sheet:
    every = [(number, [f"a{number}", ""]) for number in range(1, rows + 1)]
    return Sheet("pupils.csv", iter(every[head:]), every[:head], wrong=[(3, "broken"), (9, "cut")])


def test_rows_are_left_out_from_the_first_to_the_last_of_each_span() -> None:
    made = sheet(6)
    assert made.leave_out([(1, 1), (3, 4)]) == [1, 3, 4, 3]  # the last: a row that was broken
    assert [number for number, _ in made.head] == [2, 5, 6]
    assert made.wrong == [(9, "cut")]


def test_a_row_in_which_nothing_stands_is_not_told() -> None:
    made = Sheet("pupils.csv", iter([(2, [" ", ""]), (3, ["x"])]), [(1, ["name"])])
    assert made.leave_out([(2, 2)]) == []
    assert [number for number, _ in [*made.head, *made.rows]] == [1, 3]


def test_the_first_rows_are_filled_up_again_and_the_rest_goes_on_after_them() -> None:
    made = sheet(HEAD + 5)
    made.leave_out([(1, 2)])
    assert [number for number, _ in made.head] == [*range(3, HEAD + 3)]
    assert [number for number, _ in made.rows] == [*range(HEAD + 3, HEAD + 6)]


def test_a_table_that_is_too_large_is_told_at_its_row_with_the_limit() -> None:
    assert "pupils.csv:7:1: has 2,001 columns, more than 2,000" in str(
        too_large("pupils.csv", 7, columns=2001)
    )
    assert "has more than 500,000 rows" in str(too_large("pupils.csv", 7, rows=True))
    assert "has more than 2,000 columns" in str(too_large("pupils.csv", 7))
