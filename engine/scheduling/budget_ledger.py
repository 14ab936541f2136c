"""The budget ledger of a draft: accounts drawn on while a valid payment of every claim is kept."""

from __future__ import annotations

from collections.abc import Mapping

from .problem import Problem

_ENDLESS = 1 << 60
Way = tuple[str, ...]


class Purse:
    """The balances of the accounts, together with a valid payment of every claim made so far.

    Room is made by moving what others pay to their other ways, along augmenting paths. Where a
    way draws on several accounts that are all short, it may miss a way to pay, but never finds a
    false one.
    """

    def __init__(self, problem: Problem) -> None:
        self.pays = problem.pays
        self.left = dict(problem.budget)
        self.paid: dict[tuple[str, Way], int] = {}
        self._most: dict[str, int] = {}

    def ways(self, claim: str) -> tuple[Way, ...]:
        """The ways a claim may be paid; a claim that isn't listed is an account."""
        return self.pays.get(claim, ((claim,),))

    def most(self, claim: str) -> int:
        """At most what the claim's ways can pay together, when nothing is spent yet."""
        if claim not in self._most:
            self._most[claim] = sum(self._room(way) for way in dict.fromkeys(self.ways(claim)))
        return self._most[claim]

    def pay(self, cost: Mapping[str, int]) -> bool:
        """Pay a whole cost (amount by claim) and return True, or pay nothing and return False."""
        done: dict[str, int] = {}
        for claim, amount in sorted(cost.items()):
            done[claim] = self._pay(claim, amount)
            if done[claim] < amount:
                self.refund(done)
                return False
        return True

    def refund(self, cost: Mapping[str, int]) -> None:
        """Takes back what was paid."""
        for claim, amount in sorted(cost.items()):
            for way in reversed(self.ways(claim)):
                part = min(amount, self.paid.get((claim, way), 0))
                self._move(claim, way, -part)
                amount -= part

    def _pay(self, claim: str, amount: int) -> int:
        """Pay as much of a claim as can be, moving other payments if need be; return the sum."""
        paid = 0
        for clear in (False, True):
            for way in self.ways(claim):
                while paid < amount:
                    if clear and not self._clear(way, set()):
                        break
                    part = min(amount - paid, self._room(way))
                    if part <= 0:
                        break
                    self._move(claim, way, part)
                    paid += part
        return paid

    def _room(self, way: Way) -> int:
        return min((self.left.get(account, _ENDLESS) for account in way), default=_ENDLESS)

    def _move(self, claim: str, way: Way, amount: int) -> None:
        if amount:
            self.paid[claim, way] = self.paid.get((claim, way), 0) + amount
            for account in dict.fromkeys(way):
                if account in self.left:
                    self.left[account] -= amount

    def _clear(self, way: Way, seen: set[str]) -> bool:
        """Move other payments off a way's empty accounts; tell whether the way then has room."""
        for account in way:
            if self.left.get(account, 1) <= 0 and not self._leave(account, seen):
                return False
        return self._room(way) > 0

    def _leave(self, account: str, seen: set[str]) -> bool:
        """Move one payment off an account to another way, and tell whether that made room in it.

        `seen` has the accounts already tried on this augmenting path; a failed move is undone.
        """
        if account in seen:
            return False
        seen.add(account)
        for (claim, way), part in list(self.paid.items()):
            if not part or account not in way:
                continue
            for other in self.ways(claim):
                if account in other:
                    continue
                before = dict(self.left), dict(self.paid)
                self._move(claim, way, -part)
                if self._clear(other, seen):
                    moved = min(part, self._room(other))
                    self._move(claim, other, moved)
                    self._move(claim, way, part - moved)
                    if self._room(way) >= 0 and self.left[account] > 0:
                        return True
                self.left, self.paid = before
        return False
