"""What keeps the rules honest: their examples, static analysis, equity, and the decisions of schools."""

from __future__ import annotations

from .decision_report import overridden
from .equity_audit import audit
from .equity_rates import AuditReport, Flagged, GroupHeld
from .pack_report import (
    PackDiff,
    PacksReport,
    ReplacedOrRetired,
    asked_by_pack,
    check_packs,
    diff_packs,
    packs_of,
    shipped_report,
)
from .review_report import ReviewReport
from .rule_testing.examples import rules_tried
from .rule_testing.model import ExamplesTried, Mutant, RuleCoverage, RulesCoverage, SuggestedExample
from .rule_testing.rule_coverage import rules_coverage
from .static_analysis.check import check_rules
from .static_analysis.model import Defect, RulesCheck, Witness
from .synthetic.demo_folder import make_demo

__all__ = [
    "AuditReport",
    "Defect",
    "ExamplesTried",
    "Flagged",
    "GroupHeld",
    "SuggestedExample",
    "Mutant",
    "RuleCoverage",
    "ReviewReport",
    "PackDiff",
    "PacksReport",
    "ReplacedOrRetired",
    "RulesCheck",
    "RulesCoverage",
    "Witness",
    "asked_by_pack",
    "audit",
    "check_packs",
    "diff_packs",
    "packs_of",
    "shipped_report",
    "check_rules",
    "make_demo",
    "overridden",
    "rules_coverage",
    "rules_tried",
]
