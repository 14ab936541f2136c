"""From facts to findings, recommendations and what these need: the rules run forward over a school."""

from __future__ import annotations

from .counterfactual_facts import Change, suppose
from .counterfactual_search import CounterfactualSearch, Turn
from .decisions import Effect
from .doubts import Doubt, DoubtedItem, Firm, Moves
from .durable_rules import NAME, fired
from .evidence import MOST_CELLS, CellRef, ValueRead, cell_refs, value_read
from .forward_chaining import Finding, Inference, Matcher, infer, run
from .initiative_decisions import DecidedInitiative, decided_initiatives
from .near_line import NearLine, share_near_line
from .nearest_rules import NearestTurns, Turns, fixed_last
from .not_recommended import unasked
from .phrases import waits
from .prerequisites import Dependencies, close
from .priorities_served import served
from .recommendations import (
    Advised,
    Argument,
    NotAdvised,
    Recommendation,
    Shaping,
    argument,
    recommend,
    score,
    stays,
    words,
)
from .screening import KIND, circumstances, is_clear
from .sensitivity import firmness, wanted
from .trace import Verdicts
from .truth_columns import fired_by_conditions
from .verdict import Compared, EntityRef, RuleVerdict, Standard, Tree, Truth

__all__ = [
    "Advised",
    "Argument",
    "CellRef",
    "CounterfactualSearch",
    "Change",
    "Compared",
    "DecidedInitiative",
    "Dependencies",
    "Doubt",
    "decided_initiatives",
    "Effect",
    "EntityRef",
    "Finding",
    "Firm",
    "Inference",
    "DoubtedItem",
    "KIND",
    "NearLine",
    "share_near_line",
    "NearestTurns",
    "MOST_CELLS",
    "Matcher",
    "Moves",
    "NAME",
    "NotAdvised",
    "Recommendation",
    "RuleVerdict",
    "Shaping",
    "Standard",
    "Tree",
    "Truth",
    "Turn",
    "Turns",
    "ValueRead",
    "Verdicts",
    "argument",
    "cell_refs",
    "circumstances",
    "close",
    "fired",
    "fired_by_conditions",
    "firmness",
    "fixed_last",
    "infer",
    "is_clear",
    "recommend",
    "run",
    "score",
    "served",
    "suppose",
    "stays",
    "unasked",
    "waits",
    "value_read",
    "wanted",
    "words",
]
