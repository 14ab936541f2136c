"""The columns of dates in a table: whether each has the day first or the month, told by all its dates
before the first row is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...core import Mistake, Place
from ..formats.delimited import as_text
from .assessment_points import term_of_birth
from .dates import DAY_FIRST, MONTH_FIRST, Date, Dates, Order
from .headings import Headings
from .layout import FieldColumn, Layout
from .rows import Account, Request, UnreadableError
from .skill_columns import SkillHeadings

_KINDS = ("birth", "admitted", "date", "point")
_BETWEEN = "\x1f"


class DateColumns:
    """Reads the dates of one table. A column that does not show its order has that of the others."""

    def __init__(
        self, layout: Layout, headings: Headings, request: Request, account: Account
    ) -> None:
        self.known, self.request, self.account = headings, request, account
        self.words = request.library.words
        self.dates = Dates(self.words.dates)
        self.columns = [field for field in layout.fields if field.column.kind in _KINDS]
        self.order: dict[int, Order | None] = {
            field.index: request.file.dates or DAY_FIRST for field in self.columns
        }
        """By the index of a column; None where its dates are of both kinds."""

    def read(self, given: FieldColumn, text: str) -> tuple[Date | None, str]:
        """The date a cell says, or why it says none."""
        order = self.order[given.index]
        date = self.dates.read(text, order)
        if date is not None:
            return date, ""
        if order is None and self.dates.in_doubt(text):
            return None, EITHER
        return None, "is no date" if not self.dates.readings(text) else f"is no date, {order}"

    def month(self, text: str) -> Date | None:
        """The first day of a month given without a day."""
        return self.dates.month(text)

    def told_first(
        self, rows: Iterable[tuple[int, list[str]]]
    ) -> Iterator[tuple[int, list[str], str]]:
        """The rows, each also as one text, once it is clear how dates are written. Raises
        UnreadableError where that can't be told, and makes a difference."""
        joined = ((number, raw, _whole(raw)) for number, raw in rows)
        if not self.columns or self.request.file.dates:
            yield from joined
            return
        kept: list[tuple[int, str]] = []
        texts: dict[int, dict[str, int]] = {field.index: {} for field in self.columns}
        for number, raw, whole in joined:
            kept.append((number, whole))
            for index, found in texts.items():
                if index < len(raw) and raw[index]:
                    found.setdefault(raw[index], number)
        self._settle({i: {as_text(t): n for t, n in found.items()} for i, found in texts.items()})
        for number, whole in kept:
            yield number, whole.split(_BETWEEN) if whole else [], whole

    def _settle(self, texts: dict[int, dict[str, int]]) -> None:
        """Finds the order of each column, of its texts with the first row of each."""
        shown = {index: self.dates.orders_of(found) for index, found in texts.items()}
        anywhere = {order for orders in shown.values() for order in orders}
        problems = []
        for field in self.columns:
            here = shown[field.index] or anywhere
            self.order[field.index] = next(iter(here)) if len(here) == 1 else None
            if len(shown[field.index]) == 2:
                continue  # what fits only one order is read, the rest is set aside cell by cell
            doubtful = (n for text, n in texts[field.index].items() if self._differs(field, text))
            row = min(doubtful, default=None) if len(here) != 1 else None
            if row is not None:
                problems.append(self._ask(field, row))
            elif len(here) != 1:
                self.order[field.index] = DAY_FIRST  # it makes no difference
        if problems:
            raise UnreadableError(*problems)
        if MONTH_FIRST in self.order.values():
            self.account.notes.append(f"dates {MONTH_FIRST}")

    def _differs(self, field: FieldColumn, text: str) -> bool:
        """Tell whether day first or month first makes a difference to what is read from a text."""
        found = self.dates.readings(text)
        if len(set(found.values())) < 2:
            return False
        return self._used(field, found[DAY_FIRST]) != self._used(field, found[MONTH_FIRST])

    def _used(self, field: FieldColumn, date: Date) -> object:
        """Reduce a date to what its column is read for: term and year, assessment point or day."""
        points = self.known.points
        if field.column.kind == "birth":
            return term_of_birth(date.month, self.words), points.terms.school_year(date)
        if field.column.kind == "admitted":
            return points.terms.school_year(date)
        return date if isinstance(self.known, SkillHeadings) else points.on(date)

    def _ask(self, field: FieldColumn, row: int) -> Mistake:
        name = self.request.file.name
        return Mistake(
            Place(name, row, field.index + 1),
            f"the dates in “{field.heading}” can be read with the day first or with the month first: "
            "none of them shows which",
            f"write in school.yaml, under pupils: files: [{{name: {name}, dates: {DAY_FIRST}}}] "
            f"(or {MONTH_FIRST})",
        )


def _whole(raw: list[str]) -> str:
    """A row as one text, out of which it can be had again."""
    whole = _BETWEEN.join(raw)
    if whole.count(_BETWEEN) >= max(len(raw), 1):
        return _BETWEEN.join(cell.replace(_BETWEEN, " ") for cell in raw)
    return whole


EITHER = "can be a date with the day or the month first, and its column has both"
"""Why a date is set aside; the hint in `rows` says what to write."""
