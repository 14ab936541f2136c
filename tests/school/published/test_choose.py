"""Of published figures the latest year's count, and of one year the revision's; nobody guesses."""

from __future__ import annotations

from typing import Any

from termwise.engine.core.errors import Place
from termwise.engine.library.facts import Value
from termwise.engine.library.reading import PublishedTable
from termwise.engine.school.model import PublishedFile
from termwise.engine.school.published.choose import choose
from termwise.engine.school.published.published_figures import PublishedPart, PublishedRead
from termwise.engine.school.pupil_data.rows import Account


def table(name: str = "ks2", gaps: tuple[Any, ...] = (), *figures: str) -> PublishedTable:
    columns = {figure: figure.upper() for figure in figures or ("reading", "maths")}
    return PublishedTable.model_validate(
        {"id": name, "title": f"table {name}", "recognised_by": ["URN"], "school": "URN"}
        | {"values": columns, "gaps": gaps}
    )


KS2 = table()


def read(name: str, year: str, *parts: PublishedPart, **more: Any) -> PublishedRead:
    file = PublishedFile.model_validate({"name": name, "year": year, **more})
    return PublishedRead(file, Account(name), list(parts))


def part(year: str, of: PublishedTable = KS2, **values: float) -> PublishedPart:
    return PublishedPart(of, year, {name: Value(value) for name, value in values.items()})


def chosen(*reads: PublishedRead, first: str = "2026-27") -> tuple[dict[str, object], list[str]]:
    places = {one.file.name: Place("school.yaml", n) for n, one in enumerate(reads, start=1)}
    values, problems = choose(reads, first, places)
    return {name: value.value for name, value in values.items()}, [p.what for p in problems]


OLD = read("old.csv", "2023-24", part("2023-24", reading=50, maths=60))
NEW = read("new.csv", "2024-25", part("2024-25", reading=55))


def test_the_latest_figure_counts_whatever_the_order_and_an_older_one_where_there_is_no_other() -> (
    None
):
    for reads in ((OLD, NEW), (NEW, OLD)):
        assert chosen(*reads) == ({"reading": 55, "maths": 60}, [])


def test_a_revision_takes_the_place_of_what_it_revises() -> None:
    revised = read("r.csv", "2024-25", part("2024-25", reading=57), supersedes="new.csv")
    assert chosen(NEW, revised) == ({"reading": 57}, [])
    _, [problem] = chosen(NEW, read("r.csv", "2024-25", part("2024-25", reading=57)))
    assert problem == "new.csv and r.csv both hold table ks2 of 2024-25: which of them counts?"


def test_what_could_revise_nothing_of_a_file_is_told() -> None:
    other = read("r.csv", "2023-24", part("2023-24", reading=57), supersedes="new.csv")
    _, [problem] = chosen(NEW, other)
    assert problem == "r.csv has no figures that could supersede those of new.csv"


def test_an_earlier_year_beside_a_download_s_own_is_asked_about_only_where_it_differs() -> None:
    same = read("d.csv", "2024-25", part("2023-24", table("ks4"), reading=50))
    differs = read("d.csv", "2024-25", part("2023-24", table("ks4"), reading=51))
    assert chosen(OLD, same)[1] == []
    assert chosen(OLD, differs)[1] == [
        "old.csv and d.csv both hold figures of 2023-24: which of them counts?"
    ]


def test_nothing_is_published_yet_of_the_plan_s_own_years_nor_of_a_year_that_had_none() -> None:
    ahead = read("d.csv", "2024-25", part("2026-27", reading=1))
    assert chosen(ahead)[1] == ["d.csv has figures of 2026-27, and the plan begins in 2026-27"]
    assert chosen(ahead, first="2027-28")[1] == []
    gap = {"years": ["2024-25"], "because": "no tests were held"}
    none = read("d.csv", "2024-25", part("2024-25", table("ks2", (gap,)), reading=1))
    assert chosen(none)[1] == ["d.csv can't be table ks2 of 2024-25: no tests were held"]
