"""The audit shows where a rule leans, and never a group so small that it tells of children."""

from __future__ import annotations

from termwise.engine.assurance.equity_rates import Apart, AuditReport, Flagged, GroupHeld, Lean
from termwise.engine.documents.builders.equity_audit_page import audit_document
from termwise.engine.documents.tree import texts

HERE = Flagged(pupils=1200, flagged=30, share=25.4, low=18, high=33.6)
HELD = GroupHeld(
    rule="SCR-01",
    title="Fell behind",
    by="sex",
    by_title="sex",
    group="girls",
    here=HERE,
    others=None,
    apart=Apart(points=-3.4, low=-9, high=0.2),
)
REPORT = AuditReport(
    school="Larch",
    pupils=200,
    left_out=0,
    level=95,
    least=6,
    least_apart=5,
    unknown=(),
    comparisons=40,
    groups=(HELD, HELD.model_copy(update={"group": "boys", "here": None})),
    leans=(),
)


def told(report: AuditReport) -> list[str]:
    return [text for block in audit_document(report).blocks for text in texts(block)]


def test_figures_are_whole_and_signed_and_what_is_hidden_is_named() -> None:
    found = told(REPORT)
    at = found.index("girls")
    assert found[at - 1 : at + 8] == [
        "Sex", "girls", "1,200", "25 %", "18 to 34", "-", "-", "-3", "-9 to 0",
    ]  # fmt: skip
    assert "Not shown: sex: boys" in found and "boys" not in found


def test_chance_alone_is_told_where_no_rule_leans() -> None:
    found = told(REPORT)
    assert "No rule leans as far as these data can show." in found
    assert any("by chance alone about 2 would lie outside" in one for one in found)


def test_of_several_leans_of_one_rule_what_to_look_at_is_told_once() -> None:
    lean = Lean(rule="SCR-01", by="sex", group="girls", words="Girls less.", look="See the line.")
    found = told(REPORT.model_copy(update={"leans": (lean, lean)}))
    assert found.count("Girls less.") == 2 and found.count("See the line.") == 1


def test_groups_too_small_or_of_whom_nobody_is_flagged_have_no_table() -> None:
    small = HELD.model_copy(update={"rule": "SCR-02", "here": None})
    nobody = HELD.model_copy(
        update={"rule": "SCR-03", "here": HERE.model_copy(update={"flagged": 0})}
    )
    found = told(REPORT.model_copy(update={"groups": (small, nobody), "left_out": 3}))
    assert "Nobody in the groups shown is flagged: SCR-03." in found
    assert "Too few pupils to show anything: SCR-02." in found
    assert any("A few pupils are left out everywhere" in one for one in found)
