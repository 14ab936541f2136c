"""What keeps the rules honest: their examples, static analysis, equity, and the decisions of schools."""

from __future__ import annotations

from .decision_report import overridden
from .equity_audit import audit
from .equity_rates import AuditReport, Flagged, GroupHeld
from .review_report import ReviewReport
from .rule_testing.coverage import rules_coverage
from .rule_testing.examples import rules_tried
from .rule_testing.model import ExamplesTried, Mutant, RuleCoverage, RulesCoverage, SuggestedExample
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
    "RulesCheck",
    "RulesCoverage",
    "Witness",
    "audit",
    "check_rules",
    "make_demo",
    "overridden",
    "rules_coverage",
    "rules_tried",
]
