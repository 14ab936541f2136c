"""Rules put to the test by their own examples."""

from __future__ import annotations

from .coverage import rules_coverage
from .examples import check_examples, rules_tried

__all__ = ["check_examples", "rules_coverage", "rules_tried"]
