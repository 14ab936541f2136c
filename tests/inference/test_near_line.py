"""A finding is near a line exactly where the shares beside it, moved past their lines, would turn it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from termwise.engine.inference import Change, share_near_line, suppose
from termwise.engine.library import apart

if TYPE_CHECKING:
    from termwise.engine.advise import Advice
    from termwise.engine.inference import Finding, Inference, NearLine

POINTS = 6.0
MOST = 6
"""Shares that may have to move one after another for one rule."""


def beyond(near: NearLine) -> Change:
    """The share moved just past the line it is held against."""
    by, line = apart(near.compared), near.compared.operand
    assert by is not None
    assert isinstance(line, int | float)
    where = next(elder for elder in near.entity.lineage if near.compared.key in elder.values)
    moved = line - 0.5 if by > 0 or (by == 0 and near.compared.kind == "at_least") else line + 0.5
    return Change(where.kind, where.id, near.compared.key, moved)


def again(inference: Inference, finding: Finding) -> Finding:
    """The same rule on the same entity in another inference."""
    kind, name = finding.entity.kind, finding.entity.id
    entity = next(one for one in inference.facts.of(kind) if one.id == name)
    return inference.on(finding.rule, entity)


@pytest.mark.parametrize("name", ["hillside", "little-fen", "carrick-junior"])
def test_shares_near_their_lines_turn_a_finding(name: str, all_advice: dict[str, Advice]) -> None:
    advice, tried = all_advice[name], 0
    base, library = advice.findings, advice.library
    for finding in base.of("recommend"):
        if finding.entity.kind != "school" and tried > MOST:
            continue
        changes: list[Change] = []
        now, inference = finding, base
        while len(changes) < MOST and (
            near := share_near_line(now, inference, library, POINTS) if now.result else None
        ):
            assert abs(apart(near.compared) or 0) <= POINTS
            changes.append(beyond(near))
            inference = suppose(base, library, changes)
            now = again(inference, finding)
        if changes:
            assert not now.result, (finding.rule.id, finding.entity.id, changes)
            tried += 1
    assert tried


def test_no_share_is_near_where_nothing_may_move(all_advice: dict[str, Advice]) -> None:
    advice = all_advice["hillside"]
    near = [
        share_near_line(one, advice.findings, advice.library, 0.0)
        for one in advice.findings.of("recommend")
    ]
    assert all(one is None or apart(one.compared) == 0 for one in near)
