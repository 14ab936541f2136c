"""A name that is not there is answered with the near ones, or with the command that lists its kind."""

from __future__ import annotations

from termwise.engine.library.loader import Library
from termwise.engine.library.name_lists import LISTS, hint_for


def test_a_near_name_is_offered() -> None:
    hint = hint_for("practice", "coaching-cycle", ["coaching-cycles", "core-values"])
    assert hint == "did you mean “coaching-cycles”? termwise knowledge list interventions shows all"


def test_where_none_is_near_the_command_is_named_that_lists_the_kind() -> None:
    many = [f"known-{number}" for number in range(50)]
    for kind, listed in (("duty", "interventions"), ("lead", "roles"), ("question", "strands")):
        assert hint_for(kind, "zzz", many).endswith(f"termwise knowledge list {listed} shows all")


def test_where_none_is_near_and_there_are_few_all_of_them_are_told() -> None:
    hint = hint_for("practice", "zzz", ["coaching-cycles", "core-values"])
    assert "coaching-cycles" in hint and "core-values" in hint and "shows all" not in hint


def test_a_kind_of_which_there_is_no_list_has_the_near_names_only() -> None:
    assert hint_for("person", "zzz", [f"known-{number}" for number in range(50)]) == ""


def test_each_list_has_ids_titles_and_what_a_name_belongs_to(library: Library) -> None:
    rows = {name: list(rows(library)) for name, rows in LISTS.items()}
    assert all(rows.values())
    assert all(len(row) == 3 and row[0] and row[2] for named in rows.values() for row in named)
    strand = library.interventions["coaching-cycles"].strand
    assert ("coaching-cycles", strand) in [row[:2] for row in rows["interventions"]]
    assert {of for _, of, _ in rows["concerns"]} <= set(library.strands)
    figures = {name for name, _, _ in rows["indicators"]}
    assert "absence" in figures and "judgement" not in figures  # only what a school writes itself
