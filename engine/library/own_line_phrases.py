"""What a pack has replaced or retired, in words: “the trust's own line: 12 % instead of 15 %”."""

from __future__ import annotations

from .own_lines import OwnLine

_UNITS = {"percent": "{} %", "pounds": "£{}", "share": "{}"}
_WHAT = {"rule": "rule", "intervention": "way of doing it"}


def own_line_words(line: OwnLine) -> str:
    """Say whose line it is and what it stands in place of, without the reason."""
    if line.how == "retired":
        instead = f"; “{line.replaced_by}” is used in its place" if line.replaced_by else ""
        return f"retired by {line.called}{instead}"
    if line.was is not None and line.now is not None:
        was, now = (_figure(value, line.unit) for value in (line.was, line.now))
        return f"{_whose(line, 'line')}: {now} instead of {was}"
    what = _WHAT.get(line.kind, line.kind.replace("-", " "))
    return f"{_whose(line, what)}, in place of the one that stands in “{line.of}”"


def _whose(line: OwnLine, what: str) -> str:
    if line.layer == "shipped":
        return f"the {what} of {line.called}"
    return f"{line.called}'s own {what}"


def _figure(value: float, unit: str) -> str:
    number = f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"
    return _UNITS.get(unit, "{}").format(number.replace("-", "−"))
