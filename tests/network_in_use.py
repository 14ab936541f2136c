"""Plans of a made-up network put in force in their schools' folders."""

from __future__ import annotations

import datetime
from pathlib import Path

from termwise.engine.network.network_plan import NetworkPlanned
from termwise.engine.review import IssuedPlan, keep_issued

ISSUED = datetime.date(2026, 9, 3)


def put_in_force(folder: Path, planned: NetworkPlanned, *schools: str) -> None:
    """Issue the plan of some schools of a network, each in its folder below this one."""
    for school in schools:
        plan = planned.plans[school]
        issued = IssuedPlan(issued=ISSUED, since=None, agreed_by=(), note=None, packs=(), plan=plan)
        keep_issued(folder / school, issued)
