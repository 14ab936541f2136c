"""The school's money for improvement: lines pooled into one budget, each by its own year and rules of use."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from ..library import Intervention, Library, Sold
from ..school import BudgetLine, Half, School, financial_year

BAR = "|"
Paid = Intervention | Sold
"""What money is spent on."""


@dataclass(frozen=True, slots=True)
class CostClaim:
    """Costs that the same accounts may pay, in the order they are asked."""

    kind: str
    accounts: tuple[str, ...]


class Funds:
    """The accounts of a school's budget lines in pounds, and which costs each may pay.

    An account is a line and a year, `line|year`; the part of it a tier may have is
    `line|year|tier`.
    """

    def __init__(self, school: School, library: Library, share: float) -> None:
        """`share`: of each line without a rule of use, what the plan may commit."""
        self.library = library
        self.lines = {line.id: line for line in school.file.money.lines}
        self.share = share
        self.accounts: dict[str, int] = {}
        self.kept_back: dict[str, int] = {}
        for line in self.lines.values():
            for half in school.timeline.halves:
                year = year_of(line, half)
                amount = int(line.amounts.get(year, 0) * self._part(line))
                self.kept_back[f"{line.id}{BAR}{year}"] = int(line.amounts.get(year, 0)) - amount
                self.accounts[f"{line.id}{BAR}{year}"] = amount
        self.limits: dict[str, int] = dict(self.accounts)
        """What is in the accounts, and in the parts of them that have limits of their own."""
        for account, amount in self.accounts.items():
            for tier, percent in self.lines[account.split(BAR)[0]].most.items():
                self.limits[f"{account}{BAR}{tier}"] = int(amount * percent / 100)
        self.claims: dict[str, CostClaim] = {}
        self.pays: dict[str, tuple[tuple[str, ...], ...]] = {}

    def _part(self, line: BudgetLine) -> float:
        return 1.0 if line.only_for else self.share  # what is given for a purpose can't be saved

    def to_give(self, account: str, pounds: int) -> int:
        """The least that has to be added to an account for so much more of it to be there; where part
        of a line is kept back, more than that."""
        if account not in self.accounts:
            return pounds  # the part of an account that a tier may have, or no account at all
        line, year = account.split(BAR)
        part, given = self._part(self.lines[line]), self.lines[line].amounts.get(year, 0)
        more = math.ceil(pounds / part)
        while more and int((given + more - 1) * part) - self.accounts[account] >= pounds:
            more -= 1
        return more

    def claim(self, item: Paid, kind: str, half: Half) -> str:
        """The name under which a cost of something in a half-term is claimed."""
        ways = tuple(self.ways(item, kind, half))
        if not ways:
            name = f"{kind}{BAR}"
            self.limits[name] = 0
            self.claims[name] = CostClaim(kind, ())
            return name
        accounts = tuple(way[-1] for way in ways)
        if len(ways) == 1 and len(ways[0]) == 1:
            name = accounts[0]
        else:
            name = f"{kind}@{'+'.join(way[0] for way in ways)}"
            self.pays[name] = ways
        self.claims[name] = CostClaim(kind, accounts)
        return name

    def ways(self, item: Paid, kind: str, half: Half) -> Iterator[tuple[str, ...]]:
        """The lines that may pay, those with rules of use before the others."""
        lines = sorted(self.lines.values(), key=lambda line: line.only_for is None)
        for line in lines:
            if kind not in line.pays_for or not _may(line, item):
                continue
            account = f"{line.id}{BAR}{year_of(line, half)}"
            part = f"{account}{BAR}{item.tier}"
            yield (part, account) if part in self.limits else (account,)

    def given(self, account: str) -> bool:
        """Tell whether the school has written an amount for the line and year of an account."""
        line, year, *_ = account.split(BAR)
        return year in self.lines[line].amounts

    def kind(self, name: str) -> str:
        """The title of a kind of cost."""
        return next((kind.title for kind in self.library.costs.kinds if kind.id == name), name)


def _may(line: BudgetLine, item: Paid) -> bool:
    rule = line.only_for
    if rule is None:
        return True
    return (
        (not rule.tiers or item.tier in rule.tiers)
        and (not rule.strands or item.strand in rule.strands)
        and (not rule.interventions or item.id in rule.interventions)
    )


def line_and_year(account: str) -> tuple[str, str]:
    """The line of an account, and its year."""
    line, _, year = account.partition(BAR)
    return line, year


def year_of(line: BudgetLine, half: Half) -> str:
    """The year of a budget line that a half-term falls in."""
    return half.year if line.year == "academic" else financial_year(half.starts)
