"""The figures a published table has for the school, with the cells they were read from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ...core import Mistake, Place
from ...library import (
    Beside,
    Cell,
    Interval,
    Library,
    Measure,
    MeasureGiven,
    PublishedTable,
    Value,
    measure,
)
from ..formats.sheet import UNREAD
from ..model import PublishedFile
from ..pupil_data.rows import Account, Refusal

_ABOVE, _AVERAGE, _BELOW = "above", "average", "below"
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)


@dataclass(slots=True)
class PublishedPart:
    """The figures one table gives for one school year, by indicator; what is not published of the
    school is absent, never nought."""

    table: PublishedTable
    year: str
    values: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class PublishedRead:
    """The figures of one published file: one table and year, or, in a download, several."""

    file: PublishedFile
    account: Account
    parts: list[PublishedPart] = field(default_factory=list)
    problems: list[Mistake] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure of the school stands, and its text; `why` where there can be none."""

    row: int
    text: str = ""
    why: str = ""
    mistake: bool = False


@dataclass(slots=True)
class Spread:
    """The range of the plain figures in a column's other rows: any between 0 and 1, any above."""

    between: bool = False
    above: bool = False

    def see(self, text: str) -> None:
        """Takes up what another row holds."""
        if not (self.between and self.above) and _NUMBER.fullmatch(text):
            number = float(text)
            self.between |= 0 < number < 1
            self.above |= number > 1


class PublishedFigures:
    """Reads the figures of one table and year out of the school's cells, which `at` finds.

    `spreads` say what stands in the same column for others, by its heading in small letters.
    """

    def __init__(
        self,
        read: PublishedRead,
        part: PublishedPart,
        at: Callable[[Measure], Spot],
        spreads: dict[str, Spread],
        library: Library,
    ) -> None:
        self.account, self.given, self.part, self.at = read.account, read.file, part, at
        self.problems, self.spreads = read.problems, spreads
        self.indicators = library.indicators
        said = {**library.published_words.missing, **part.table.missing}
        self.missing = {code.strip().casefold(): says for code, says in said.items()}
        self.doubtful: list[tuple[Spot, str]] = []
        """Figures of which nobody can know whether they are percentages or shares of 1."""

    def read(self, beside: Sequence[tuple[Beside, Callable[[Measure], Spot]]] = ()) -> None:
        """Puts every figure that can be read into the part, and the rest into the account; `beside` are what
        the school is compared with, each with what finds its cells."""
        table = self.part.table
        never = {
            name: gap for gap in table.gaps if self.part.year in gap.years for name in gap.figures
        }
        for name, given in table.values.items():
            if name not in never:
                self._sum(name, (given,))
        for name, parts in table.sums.items():
            if name not in never:
                self._sum(name, parts)
        for name, interval in table.intervals.items():
            if name not in never:
                self._interval(name, interval)
                continue
            spot = self.at(Measure(column=interval.score, where=interval.where))
            if _NUMBER.fullmatch(_plain(spot.text)):
                reason = f"{never[name].because} for {self.part.year}"
                self.account.set_aside.append(Refusal(spot.row, interval.score, reason, False))
        for other, self.at in beside:
            for name, given in other.values.items():
                self._sum(name, (given,))
        if self.doubtful:
            self._ask()

    def _sum(self, name: str, parts: tuple[MeasureGiven, ...]) -> None:
        measures = [measure(given) for given in parts]
        read = [self._number(one, name) for one in measures]
        known = [number for number in read if number is not None]
        if len(known) == len(measures):
            value = known[0][0] if len(known) == 1 else round(sum(n for n, _ in known), 6)
            self._put(name, value, [spot for _, spot in known], [m.column for m in measures])

    def _interval(self, name: str, interval: Interval) -> None:
        """Above or below average only where the whole interval is; the score alone says nothing."""
        columns = (interval.score, interval.lower, interval.upper)
        read = [self._number(Measure(column=c, where=interval.where)) for c in columns]
        score, lower, upper = (number[0] if number else None for number in read)
        if score is None or lower is None or upper is None:
            return
        spots = [number[1] for number in read if number]
        if not lower <= score <= upper:
            reason = "does not lie between its own limits"
            self.account.set_aside.append(Refusal(spots[0].row, interval.score, reason))
            return
        value = _ABOVE if lower > 0 else _BELOW if upper < 0 else _AVERAGE
        self._put(name, value, spots, columns)

    def _put(
        self, name: str, value: float | str, spots: list[Spot], columns: list[str] | tuple[str, ...]
    ) -> None:
        cells = (Cell(self.account.file, s.row, c) for s, c in zip(spots, columns, strict=True))
        self.part.values[name] = Value(value, tuple(cells), year=self.part.year)

    def _number(self, one: Measure, name: str = "") -> tuple[float, Spot] | None:
        """The figure in a column; None, with the reason in the account, where there is none."""
        spot, indicator = self.at(one), self.indicators.get(name)
        text = spot.text
        percent = text.endswith("%")
        shares = indicator is not None and indicator.type == "percent"
        says = self.missing.get(text.casefold())
        reason, mistake = "", True
        if spot.why:
            reason, mistake = spot.why, spot.mistake
        elif text.startswith(UNREAD):
            reason = text.removeprefix(UNREAD)
        elif says is not None:
            reason, mistake = says, False
        elif not _NUMBER.fullmatch(_plain(text)):
            reason = "is not a number"
        elif percent and not shares:
            reason = "is a percentage, where a plain number is expected"
        else:
            number = float(_plain(text))
            if shares and not percent:
                if self._in_doubt(number, one.column):
                    self.doubtful.append((spot, one.column))
                    return None
                if self.given.percent == "fractions":
                    reason = "is more than 1, in a table of fractions" if number > 1 else ""
                    number = round(100 * number, 6)
            low, high = (indicator and indicator.range) or (float("-inf"), float("inf"))
            if not reason and low <= number <= high:
                return number, spot
            reason = reason or f"is off the range from {low:g} to {high:g}"
        self.account.set_aside.append(Refusal(spot.row, one.column, reason, mistake))
        return None

    def _in_doubt(self, number: float, column: str) -> bool:
        """Tell whether a figure where a percentage is expected may be a share of 1.

        A figure between 0 and 1 may, unless the column shows that it holds percentages and that
        small ones occur; 1 may where the others are all shares of 1.
        """
        others = self.spreads.get(column.casefold(), Spread())
        if self.given.percent is not None:
            return False
        if 0 < number < 1:
            return not (others.between and others.above)
        return number == 1 and others.between and not others.above

    def _ask(self) -> None:
        spot, column = self.doubtful[0]
        headings = [heading.casefold() for heading, _ in self.account.columns]
        at = headings.index(column.casefold()) + 1 if column.casefold() in headings else 1
        columns = list(dict.fromkeys(column for _, column in self.doubtful))
        name, year, text = self.given.name, self.given.year, spot.text
        self.problems.append(
            Mistake(
                Place(name, spot.row, at),
                f"has {text} where a percentage is expected, in {', '.join(columns)}: is that "
                f"{100 * float(_plain(text)):g} % or {float(_plain(text)):g} %?",
                f"write in school.yaml, under published: files: {{name: {name}, year: {year}, "
                f"percent: fractions}} if it is a share of 1, or percent: as-written if it is not",
            )
        )


def _plain(text: str) -> str:
    return text.removesuffix("%").strip().replace("\u2212", "-")
