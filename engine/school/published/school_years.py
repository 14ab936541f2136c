"""School years as published tables write them."""

from __future__ import annotations

import re

_LABEL = re.compile(r"(\d{4})\D{0,4}?(?:\d\d)?(\d\d)", re.ASCII)
"""202425, 2024/25, 2024-25, 2024 to 2025."""


def school_year(text: str) -> str | None:
    """The school year a text names, as 2024-25; None where it names none."""
    found = _LABEL.fullmatch(text.strip())
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        return None
    return f"{found[1]}-{found[2]}"


def year_that_ends(two_digits: str) -> str:
    """The school year that ends in a year of which two digits are given: 25 is 2024-25."""
    last = 2000 + int(two_digits)
    return f"{last - 1}-{last % 100:02d}"
