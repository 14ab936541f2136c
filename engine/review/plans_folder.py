"""The folder of issued plans: one file a day, written once and never over; the one in force on a day."""

from __future__ import annotations

import datetime
import pathlib
from collections.abc import Sequence

from ..core import TermwiseError
from ..planning import Plan
from . import phrases
from .dated_records import HASH, DatedRecords, plain_data, record_of
from .model import IssuedPlan, Replanned

PLANS = "plans"
"""The folder in a school's folder."""
_KEPT = DatedRecords(PLANS, IssuedPlan, lambda one: one.issued, 0o444, phrases.NO_PLAN)


def keep_issued(folder: str | pathlib.Path, issued: IssuedPlan) -> pathlib.Path:
    """Put an issued plan into a school's folder, read-only and with its hash.

    Raises ContentError where one was issued on that day, or the file can't be written.
    """
    return _KEPT.keep(folder, issued)


def issued_plans(folder: str | pathlib.Path) -> tuple[IssuedPlan, ...]:
    """Read the plans that were issued in a school's folder, the oldest first.

    Raises ContentError with every mistake: a file that can't be read, was edited, or is named otherwise.
    """
    return _KEPT.all_in(folder)


def plans_in_use(folder: str | pathlib.Path) -> tuple[IssuedPlan, ...]:
    """The same. Raises TermwiseError where there is none."""
    plans = issued_plans(folder)
    if not plans:
        raise TermwiseError(phrases.no_plan_in_force(str(folder)))
    return plans


def plan_on(plans: Sequence[IssuedPlan], day: datetime.date) -> IssuedPlan:
    """The plan that was in force on a day; before any was issued, the first. One that was issued for the next
    year is not, as long as the one before it runs."""
    issued = [one for one in plans if one.issued <= day] or [plans[0]]
    begun = [one for one in issued if one.plan.starts <= day <= one.plan.ends]
    return (begun or issued)[-1]


def plan_from(path: str | pathlib.Path, on: datetime.date) -> Plan | IssuedPlan:
    """Read a plan, issued or as `termwise plan --format json` writes it; of a school's folder the one that is in
    force on a day.

    Raises ContentError where the file is none, or was edited after it was issued.
    """
    path = pathlib.Path(path)
    if path.is_dir():
        return plan_on(plans_in_use(path), on)
    data = plain_data(path.parent, path.name, str(path), phrases.NO_PLAN)
    if HASH in data:
        return _KEPT.checked(data, str(path))
    model = Replanned if "changes" in data else Plan
    return record_of(model, data, str(path), phrases.NO_PLAN)


__all__ = ["PLANS", "issued_plans", "keep_issued", "plan_from", "plan_on", "plans_in_use"]
