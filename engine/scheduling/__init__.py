"""Scheduling: items, slots, capacities, budgets in, a proved plan out; knows nothing of schools."""

from __future__ import annotations

from .alternatives import (
    Alternative,
    More,
    Move,
    Prices,
    Room,
    blockers,
    kept,
    merged,
    nearest,
    nearest_earlier,
    room_for,
    without,
)
from .blocker import Blocker
from .constraints import AtMostOne, Follows, OneOf, Relation, Requires, StartedBy, Together
from .cp_model import SOLVER
from .disruption import LEAST_DISRUPTION, Stood, least_disturbed, undisturbed
from .greedy import greedy
from .infeasible_subset import Conflict, conflict, fits
from .near_equal import Exchange, exchanges
from .offers import Bought, Purchased, purchase, purchase_at_once, with_bought
from .payments import claimed, split
from .presolve_checks import Shortfall, preflight
from .problem import (
    GOALS,
    Constraint,
    Goal,
    Item,
    Level,
    Offer,
    Placement,
    Problem,
    Solution,
    items_of,
    laid_out,
)
from .repairs import Repair, ways_out
from .shared_stock import Draw, Member, SharedOut, Stock, in_units, share_out
from .solver import best_with_more, solve
from .total_float import Span, spans

__all__ = [
    "LEAST_DISRUPTION",
    "Draw",
    "Member",
    "SharedOut",
    "Stock",
    "in_units",
    "share_out",
    "SOLVER",
    "Stood",
    "with_bought",
    "least_disturbed",
    "undisturbed",
    "Alternative",
    "AtMostOne",
    "Blocker",
    "Bought",
    "Conflict",
    "Exchange",
    "exchanges",
    "Follows",
    "Goal",
    "Item",
    "Level",
    "More",
    "Offer",
    "Purchased",
    "Move",
    "OneOf",
    "GOALS",
    "Placement",
    "Prices",
    "Problem",
    "Relation",
    "Requires",
    "Room",
    "Constraint",
    "Shortfall",
    "Solution",
    "StartedBy",
    "Span",
    "Together",
    "Repair",
    "best_with_more",
    "blockers",
    "claimed",
    "conflict",
    "fits",
    "greedy",
    "kept",
    "items_of",
    "laid_out",
    "merged",
    "nearest",
    "nearest_earlier",
    "preflight",
    "purchase",
    "purchase_at_once",
    "room_for",
    "solve",
    "spans",
    "split",
    "ways_out",
    "without",
]
