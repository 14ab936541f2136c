"""What would be otherwise if some values were, as text for a terminal: today beside now, with reasons."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator

from ..core import listed
from ..explain import Asked, DifferenceReason, PlacedStep, Planned, Recommended, Totals, WhatIf
from .plan_words import points, sentence
from .words import capital, clean, count, days, pounds

_WIDTH = 100
_SHOWN = 3
"""So many reasons of one difference are told; the record has all of them."""
_RULES = ("rule", "against")
_Words = Callable[[Planned], str]
_ROWS: tuple[tuple[str, Callable[[Totals], str]], ...] = (
    ("Recommendations", lambda one: str(one.recommendations)),
    ("Steps", lambda one: str(one.steps)),
    ("Value in points", lambda one: f"{one.value:,}"),
    ("Money", lambda one: pounds(one.pounds)),
    ("People's time", lambda one: days(one.days)),
)


def what_if_as_text(answer: WhatIf) -> str:
    """Today's recommendations and plan beside those with what was set: only what differs, with the
    reason for each difference."""
    told = {one.intervention for one in answer.recommendations if one.reasons}
    blocks = [
        [*_wrapped(f"{clean(answer.school.name)}: what if"), *_set(answer)],
        ["In short", *_lines(_short(answer))],
        _block("What can't all be done now", _lines(answer.conflict)),
        _block("No longer in conflict", _lines(answer.no_longer)),
        _block("Recommended otherwise", _recommended(answer)),
        _block("The rules for the plan as a whole", _reasons(answer.shaping, "  - ", "    ")),
        _block("Into the plan", _steps(answer, told, _comes)),
        _block("Out of the plan", _steps(answer, told, _goes)),
        _block("Elsewhere or otherwise in the plan", _steps(answer, told, _moves)),
        _block("The two plans in figures", _figures(answer)),
        _block("What was read otherwise", _lines(answer.unturned)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _set(answer: WhatIf) -> Iterator[str]:
    for one in answer.set:
        today = "it is so already" if one.already else f"today: {one.was}"
        yield from _item(f"{capital(one.title)}: {one.now} ({today})")


def _short(answer: WhatIf) -> Iterator[str]:
    recommended = [one for one in answer.recommendations if one.reasons]
    steps = [one for one in answer.steps if one.reasons]
    if not recommended and not steps and not answer.shaping:
        same = "to the point" if answer.was.value == answer.now.value else "in every step"
        yield (
            f"Nothing changes: the same {count(answer.now.recommendations, 'recommendation')} and "
            f"{count(answer.now.steps, 'step')}, and the value of the plan is the same {same}."
        )
        return
    yield sentence(
        _counted(
            (
                (sum(one.was is None for one in recommended), "{} new"),
                (sum(one.now is None for one in recommended), "{} no longer made"),
                (sum(bool(one.was and one.now) for one in recommended), "{} made otherwise"),
            ),
            "Recommendations",
        )
    )
    yield sentence(
        _counted(
            (
                (
                    comes := sum(one.was is None for one in steps),
                    _verb(comes, "comes in", "come in"),
                ),
                (goes := sum(one.now is None for one in steps), _verb(goes, "goes out", "go out")),
                (sum(bool(one.was and one.now) for one in steps), "{} elsewhere or otherwise"),
                (sum(not one.reasons for one in answer.steps), "{} as they are"),
            ),
            "Steps of the plan",
        )
    )


def _verb(number: int, one: str, many: str) -> str:
    return f"{{}} {one if number == 1 else many}"


def _counted(numbers: Iterable[tuple[int, str]], what: str) -> str:
    told = [words.format(number) for number, words in numbers if number]
    return f"{what}: {listed(told) if told else 'all as they are'}"


def _recommended(answer: WhatIf) -> Iterator[str]:
    ranked: dict[str, list[Recommended]] = {}
    for one in answer.recommendations:
        if [reason.kind for reason in one.reasons] == ["rank"] and one.was and one.now:
            ranked.setdefault(one.reasons[0].words, []).append(one)
        elif one.reasons:
            yield from _item(f"{clean(one.title)}: {_asked_otherwise(one)}")
            yield from _reasons(one.reasons)
            if one.was is None and one.left_out:
                yield from _item(f"Not in the plan: {sentence(one.left_out)}", "      ", "        ")
    for words, several in ranked.items():
        counts = (f"{clean(x.title)} ({_points(x)})" for x in several)
        yield from _item(f"{clean(words).rstrip('.')}. What it counts for: {', '.join(counts)}.")


def _points(one: Recommended) -> str:
    return f"{one.now.score if one.now else 0}, today {one.was.score if one.was else 0}"


def _asked_otherwise(one: Recommended) -> str:
    if one.was is None or one.now is None:
        only = one.now or one.was
        assert only is not None
        said = "recommended now" if one.now else "no longer recommended"
        return f"{said} ({_how(only)})"
    was, now = one.was, one.now
    told = []
    if was.targets != now.targets:
        told.append(f"for {clean(now.targets)} (today {clean(was.targets)})")
    if was.strength != now.strength:
        told.append(
            f"{now.strength or 'no rule recommends it now'} (today {was.strength or 'none does'})"
        )
    if was.must != now.must:
        told.append(f"it {'has to' if now.must else 'need not'} be done now")
    if was.score != now.score:
        more = "more" if now.score > was.score else "less"
        told.append(f"counts for {more}: {points(now.score)} (today {was.score})")
    return "; ".join(told) or "other arguments, with the same weight"


def _how(asked: Asked) -> str:
    whom = "" if asked.targets == "the whole school" else f", for {clean(asked.targets)}"
    return f"{asked.strength or 'recommended by no rule'}{whom}, {points(asked.score)}"


def _steps(answer: WhatIf, told: set[str], words: _Words) -> Iterator[str]:
    for one in answer.steps:
        if one.reasons and (said := words(one)):
            yield from _item(f"{clean(one.title)}: {said}")
            # what a rule says is told above, with the recommendation
            above = [x for x in one.reasons if x.kind in _RULES and one.step in told]
            yield from _reasons([x for x in one.reasons if x not in above])
            if above:
                said = "asked for" if one.now else "asked for no longer"
                yield from _item(f"It is {said}: see above.", "      ", "      ")


def _comes(one: Planned) -> str:
    return f"{_place(one.now)}; today not in the plan" if one.now and one.was is None else ""


def _goes(one: Planned) -> str:
    return f"not in the plan; today {_place(one.was)}" if one.was and one.now is None else ""


def _moves(one: Planned) -> str:
    if one.was is None or one.now is None:
        return ""
    was, now = one.was, one.now
    if was.starts != now.starts:
        light = " in its light form" if now.form == "light" and was.form != "light" else ""
        light = " in full" if now.form == "full" and was.form == "light" else light
        return f"starts{light} in {clean(now.starts)}; today in {clean(was.starts)}"
    if was.form != now.form:
        how = {"light": "in its light form", "full": "in full"}
        return f"{how[now.form]}; today {how[was.form]}"
    if was.targets != now.targets:
        return f"for {clean(now.targets)}; today for {clean(was.targets)}"
    return f"until {clean(now.ends)}; today until {clean(was.ends)}"


def _place(one: PlacedStep | None) -> str:
    if one is None:
        return ""
    light = " in its light form" if one.form == "light" else ""
    whom = "" if one.targets == "the whole school" else f", for {clean(one.targets)}"
    return f"starts{light} in {clean(one.starts)}{whom}"


def _figures(answer: WhatIf) -> Iterator[str]:
    rows = [("", "today", "now")]
    was, now = answer.was, answer.now
    if was.until != now.until:
        rows.append(("Until", was.until, now.until))
    for title, say in _ROWS:
        rows.append((title, say(was), say(now)))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for title, before, after in rows:
        yield f"  {title:<{widths[0]}}  {before:>{widths[1]}}  {after:>{widths[2]}}".rstrip()
    if was.until != now.until:
        yield from _item("The plans are not of one length, so their points can't be compared.")
    if not (was.exact and now.exact):
        which = [word for word, one in (("today's", was), ("the other", now)) if not one.exact]
        yield from _item(
            f"Of {listed(which)} plan the best found is told, which was not proved best."
        )


def _reasons(
    told: Iterable[DifferenceReason], first: str = "      ", rest: str = "        "
) -> Iterator[str]:
    several = list(told)
    for one in several[:_SHOWN]:
        yield from _item(sentence(one.words), first, rest)
    if len(several) > _SHOWN:
        more = count(len(several) - _SHOWN, "more reason")
        yield from _item(f"And {more}: --format json has them all.", first, rest)


def _block(title: str, lines: Iterable[str]) -> list[str]:
    told = list(lines)
    return [title, *told] if told else []


def _lines(told: Iterable[str]) -> list[str]:
    return [line for one in told for line in _item(sentence(one))]


def _item(told: str, first: str = "  - ", rest: str = "    ") -> list[str]:
    return textwrap.wrap(clean(told), _WIDTH, initial_indent=first, subsequent_indent=rest)


def _wrapped(told: str) -> list[str]:
    return textwrap.wrap(clean(told), _WIDTH)
