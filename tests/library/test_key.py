"""The name under which a condition reads a value is put together and taken apart in one place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.library.conditions import leaves
from termwise.engine.library.key import Key, need_of
from termwise.engine.library.loader import Library

_NAMES = st.from_regex(r"[a-z][a-z0-9_]*", fullmatch=True)
_SLUGS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("roll", Key("roll")),
        ("judgement of support", Key("judgement", "support")),
        ("need small-school", Key(need="small-school")),
        ("needs_help", Key("needs_help")),
    ],
)
def test_a_key_is_taken_apart(text: str, key: Key) -> None:
    assert Key.read(text) == key
    assert str(key) == text
    assert need_of(text) == key.need


@given(indicator=_NAMES, question=st.one_of(st.just(""), _SLUGS), need=_SLUGS)
def test_what_is_put_together_is_taken_apart_the_same(
    indicator: str, question: str, need: str
) -> None:
    for key in (Key(indicator, question), Key(need=need)):
        assert Key.read(str(key)) == key


def test_every_comparison_of_the_shipped_rules_reads_what_its_key_says(library: Library) -> None:
    for rule in library.rules.values():
        for leaf in leaves(rule.when):
            key = Key.read(leaf.key)
            assert bool(key.need) is not bool(key.indicator)
            known = library.needs if key.need else library.indicators
            assert (key.need or key.indicator) in known
            assert not key.question or key.question in library.strands
