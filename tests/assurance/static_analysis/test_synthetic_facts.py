"""A made-up school has one of everything, knows what is given of it, and is read by both engines."""

from __future__ import annotations

import pytest

from termwise.engine.assurance.static_analysis import synthetic_facts
from termwise.engine.assurance.static_analysis.symbolic_library import Given
from termwise.engine.assurance.static_analysis.synthetic_facts import facts_of, see, written
from termwise.engine.core.errors import EngineError
from termwise.engine.library.conditions import leaves
from termwise.engine.library.loader import Library
from termwise.engine.library.rule import BELONGS_TO, NeedLeaf


def test_there_is_one_of_each_kind_and_every_question(library: Library) -> None:
    facts = facts_of({}, library)
    for kind in BELONGS_TO:
        names = list(library.strands) if kind == "question" else [kind]
        assert [entity.id for entity in facts.of(kind)] == names


def test_what_is_given_is_known_of_what_it_is_about(library: Library) -> None:
    strand = next(iter(library.strands))
    facts = facts_of({"roll": 90, f"judgement of {strand}": 2}, library)
    question = next(one for one in facts.of("question") if one.id == strand)
    other = next(one for one in facts.of("question") if one.id != strand)
    assert facts.school.values["roll"].value == 90
    assert question.values["judgement"].value == 2 and "judgement" not in other.values
    read = facts.school.lookup(f"judgement of {strand}")
    assert read is not None and read.value == 2


def test_the_rules_that_find_the_needs_of_a_rule_are_run_with_it(library: Library) -> None:
    reader, need = next(
        (rule, leaf.need)
        for rule in library.rules.values()
        for leaf in leaves(rule.when)
        if isinstance(leaf, NeedLeaf)
    )
    seen = see({}, library, [reader])
    run = {one.rule.id for one in (*seen.inference.fired, *seen.inference.unknown)}
    assert {rule.id for rule in library.finders[need]} & run
    assert not seen.does(reader)


def test_engines_that_disagree_are_never_believed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = next(r for r in library.rules.values() if r.about == "school")
    monkeypatch.setattr(synthetic_facts, "fired", lambda *_: [(rule, facts_of({}, library).school)])
    monkeypatch.setattr(synthetic_facts, "fired_by_conditions", lambda *_: [])
    with pytest.raises(EngineError, match="disagree"):
        see({}, library, [rule])


def test_what_is_given_is_written_as_an_author_writes_it(library: Library) -> None:
    strand = next(iter(library.strands))
    grade = library.default_scales()["judgement"].grades[1].id
    given: Given = {f"judgement of {strand}": 1, "in_place": frozenset({"b", "a"}), "roll": 90}
    assert written(given, library) == {
        "in_place": ("a", "b"),
        f"judgement of {strand}": grade,
        "roll": 90,
    }
