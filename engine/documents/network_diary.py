"""The diary of somebody who works for several schools: the dates of all their plans, each with its school."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..network import InForce
from ..planning import leader
from .diary import Diary, diary_of
from .words import clean


def shared_diary(network: str, title: str, person: str, in_force: Iterable[InForce]) -> Diary:
    """Put the dates of somebody shared together, from the plans in force of all schools that have them.

    Args: the network's id and title, the person's id in each staff.yaml.
    """
    found = []
    issued = []
    for one in in_force:
        member = one.member
        if member.shared(person) is None:
            continue
        issued.append(one)
        reader = leader(person, member.school, member.library)
        own = diary_of(one.issued.plan, reader, one.issued.issued, one.before)
        found += [
            replace(
                entry, uid=f"{member.id}-{entry.uid}", what=f"{clean(member.name)}: {entry.what}"
            )
            for entry in own.entries
        ]
    return Diary(
        f"{clean(title)}: {person}",
        network,
        tuple(sorted(found, key=lambda one: (one.starts, one.by, one.uid))),
        max(one.issued.issued for one in issued),
        max(one.before for one in issued),
    )


__all__ = ["shared_diary"]
