"""Dates as files write them, and whether a file puts the day first or the month."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Literal

from ...library import DateForms

Date = datetime.date
Order = Literal["day-first", "month-first"]
DAY_FIRST: Order = "day-first"
MONTH_FIRST: Order = "month-first"

_TIME = re.compile(
    r"[T ]+\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AP]M)?( ?Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE
)
_NUMBER = re.compile(r"\d")
_SERIAL = re.compile(r"\d{5}(\.0*)?", re.ASCII)


class Dates:
    """Reads dates; of one that could be day-first or month-first it tells both readings."""

    def __init__(self, forms: DateForms) -> None:
        self.forms = forms
        self._known: dict[str, dict[Order, Date]] = {}

    def readings(self, text: str) -> dict[Order, Date]:
        """Return the dates a text can be, with the day first and with the month first.

        They are the same where the order doesn't matter; the result is empty where it is no date.
        """
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._readings(text)
        return found

    def _readings(self, text: str) -> dict[Order, Date]:
        day = _TIME.sub("", text.strip())
        plain = _first(day, self.forms.plain) or self._serial(day)
        if plain is not None:
            return {DAY_FIRST: plain, MONTH_FIRST: plain}
        both: tuple[tuple[Order, tuple[str, ...]], ...] = (
            (DAY_FIRST, self.forms.day_first),
            (MONTH_FIRST, self.forms.month_first),
        )
        return {order: date for order, forms in both if (date := _first(day, forms)) is not None}

    def read(self, text: str, order: Order | None = None) -> Date | None:
        """The date a text says in an order, or without one where there is only one reading; None
        otherwise."""
        found = self.readings(text)
        if order is not None:
            return found.get(order)
        return next(iter(found.values())) if len(set(found.values())) == 1 else None

    def in_doubt(self, text: str) -> bool:
        """Tell whether a text is one date with the day first and another with the month first."""
        return len(set(self.readings(text).values())) > 1

    def month(self, text: str) -> Date | None:
        """The first day of a month that is given without a day; None where it is none."""
        return _first(text, self.forms.months)

    def orders_of(self, texts: Iterable[str]) -> set[Order]:
        """The orders that some of these dates are in for certain, because they fit no other."""
        found = (self.readings(text) for text in texts)
        return {next(iter(fits)) for fits in found if len(fits) == 1}

    def _serial(self, text: str) -> Date | None:
        """A date as a spreadsheet counts it."""
        if not _SERIAL.fullmatch(text):
            return None
        return self.forms.serial_from + datetime.timedelta(days=int(text[:5]))


def _first(text: str, forms: Iterable[str]) -> Date | None:
    """A date in the first of these ways to write one (of `strptime`) that fits."""
    if not _NUMBER.search(text):
        return None  # each has a year in it; trying them all on every word takes long
    for form in forms:
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
