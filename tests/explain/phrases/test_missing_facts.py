"""Facts that are missing are counted, and so are the rules that wait for them."""

from __future__ import annotations

from termwise.engine.explain.phrases.missing_facts import counted, no_pupils


def test_one_fact_is_told_as_one() -> None:
    assert counted(1, 1) == (
        "1 fact is missing, and without it 1 rule can't be decided for all that they look at."
    )
    told = counted(2, 3)
    assert told.startswith("2 facts are missing, and without them 3 rules can't be decided")
    assert told.endswith("hangs comes first.")


def test_without_pupils_the_file_is_named_and_what_else_is_missing_follows() -> None:
    assert "1 rule waits for it" in no_pupils("school.yaml", 1, "")
    told = no_pupils("school.yaml", 4, "2 facts are missing.")
    assert "in school.yaml. 4 rules wait for it" in told
    assert told.endswith(" Besides, 2 facts are missing.")
