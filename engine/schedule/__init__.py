"""What is done when: items, slots, capacities and budgets in, a proved plan out. Knows nothing of schools."""

from __future__ import annotations

from .conflict import Conflict, conflict, fits
from .greedy import greedy
from .model import (
    Aim,
    AtMostOne,
    Blocker,
    Follows,
    Item,
    Level,
    OneOf,
    Placement,
    Problem,
    Relation,
    Requires,
    Rule,
    Solution,
    Together,
    laid_out,
)
from .payments import claimed, split
from .preflight import Shortfall, preflight
from .program import SOLVER
from .slack import Span, spans
from .solve import best_with_more, solve
from .ways_out import WayOut, ways_out
from .why import (
    Alternative,
    More,
    Move,
    Prices,
    Room,
    blockers,
    merged,
    nearest,
    nearest_earlier,
    room_for,
    without,
)

__all__ = [
    "SOLVER",
    "Aim",
    "Alternative",
    "AtMostOne",
    "Blocker",
    "Conflict",
    "Follows",
    "Item",
    "Level",
    "More",
    "Move",
    "OneOf",
    "Placement",
    "Prices",
    "Problem",
    "Relation",
    "Requires",
    "Room",
    "Rule",
    "Shortfall",
    "Solution",
    "Span",
    "Together",
    "WayOut",
    "best_with_more",
    "blockers",
    "claimed",
    "conflict",
    "fits",
    "greedy",
    "laid_out",
    "merged",
    "nearest",
    "nearest_earlier",
    "preflight",
    "room_for",
    "solve",
    "spans",
    "split",
    "ways_out",
    "without",
]
