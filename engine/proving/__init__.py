"""What the rules as a whole can and can't do: what is wrong with them, each finding shown on made-up
schools and confirmed by running the rules on them."""

from __future__ import annotations

from .check import check_rules, find_defects

__all__ = ["check_rules", "find_defects"]
