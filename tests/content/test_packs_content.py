"""The packs beside the default programme: every comparison is shown both ways, and no word of another programme."""

from __future__ import annotations

import re

import pytest

from termwise.engine.assurance.pack_report import shipped_report
from termwise.engine.assurance.rule_testing.rule_coverage import rules_coverage
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.library.pack_folders import PacksAsked

PACKS = ("resources", "aspire-schools-trust")


@pytest.fixture(scope="module")
def trust() -> Library:
    """The trust's programme, which uses the pack on resources."""
    return load_library(asked=PacksAsked("aspire-schools-trust"))


@pytest.mark.parametrize("pack", PACKS)
def test_the_examples_of_a_pack_show_every_comparison_and_every_change_of_it(
    trust: Library, pack: str
) -> None:
    names = tuple(name for name in trust.rules if trust.pack_of("rule", name).id == pack)
    assert len(names) >= 10
    covered = rules_coverage(trust, names, False)
    assert covered.complete, covered


@pytest.mark.parametrize("pack", PACKS)
def test_what_a_pack_offers_is_asked_for_by_a_rule_or_is_a_duty(trust: Library, pack: str) -> None:
    asked = {one.intervention for rule in trust.rules.values() for one in rule.recommend}
    for item in trust.interventions.values():
        if trust.pack_of("intervention", item.id).id == pack:
            assert item.duty or item.id in asked, item.id


def test_no_word_of_one_programme_stands_in_the_other(trust: Library) -> None:
    other = load_library()
    theirs = {*other.programme.labels.values(), *(one.title for one in other.programme.strands)}
    theirs -= {*trust.programme.labels.values(), "Leadership", "Mathematics"}
    words = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in sorted(theirs)))
    for held in (trust.rules, trust.interventions, trust.roles, trust.needs, trust.indicators):
        for name, record in held.items():
            found = words.search(record.model_dump_json(by_alias=True))
            assert not found, (name, found)


def test_the_list_of_packs_counts_what_each_holds() -> None:
    packs = {one.id: one for one in shipped_report().packs}
    assert set(packs) >= {"base", "naht-aspire", *PACKS}
    assert packs["resources"].interventions == 10
    assert not packs["base"].replaces
    assert "internal-scrutiny" in packs["aspire-schools-trust"].required
