"""The document on what would be otherwise if some values were: today beside now, with reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ...core import listed
from ...explain import Asked, DifferenceReason, PlacedStep, Planned, Recommended, Totals, WhatIf
from ..plan_words import points, sentence
from ..tree import Block, Bullets, Column, Document, ListItem, Row, Section, Table, items
from ..words import capital, clean, count, days, pounds

_SHOWN = 3
"""So many reasons of one difference are told; the record has all of them."""
_RULES = ("rule", "against")
_Said = Callable[[Planned], str]
_ROWS: tuple[tuple[str, Callable[[Totals], str]], ...] = (
    ("Recommendations", lambda one: str(one.recommendations)),
    ("Steps", lambda one: str(one.steps)),
    ("Value in points", lambda one: f"{one.value:,}"),
    ("Money", lambda one: pounds(one.pounds)),
    ("People's time", lambda one: days(one.days)),
)


def what_if_document(answer: WhatIf) -> Document:
    """Tell today's recommendations and plan beside those with what was set: only what differs, with the
    reason for each difference."""
    told = {one.intervention for one in answer.recommendations if one.reasons}
    sections = [
        _section("In short", _sentences(_short(answer))),
        _section("What can't all be done now", _sentences(answer.conflict)),
        _section("No longer in conflict", _sentences(answer.no_longer)),
        _section("Recommended otherwise", _recommended(answer)),
        _section("The rules for the plan as a whole", items(_reasons(answer.shaping))),
        _section("Into the plan", _steps(answer, told, _comes)),
        _section("Out of the plan", _steps(answer, told, _goes)),
        _section("Elsewhere or otherwise in the plan", _steps(answer, told, _moves)),
        Section("The two plans in figures", tuple(_figures(answer))),
        _section("What was read otherwise", _sentences(answer.unturned)),
    ]
    title = f"{answer.school.name}: what if"
    return Document(title, (Bullets(items(_set(answer))), *sections))


def _section(title: str, told: Iterable[ListItem]) -> Section:
    return Section(title, (Bullets(tuple(told)),))


def _sentences(told: Iterable[str]) -> tuple[ListItem, ...]:
    return items(map(sentence, told))


def _under(told: Iterable[str]) -> tuple[Block, ...]:
    """Reasons, to stand under what they are of."""
    return (Bullets(items(told), mark="none"),)


def _set(answer: WhatIf) -> Iterator[str]:
    for one in answer.set:
        today = "it is so already" if one.already else f"today: {one.was}"
        yield f"{capital(one.title)}: {one.now} ({today})"


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


def _recommended(answer: WhatIf) -> Iterator[ListItem]:
    ranked: dict[str, list[Recommended]] = {}
    for one in answer.recommendations:
        if [reason.kind for reason in one.reasons] == ["rank"] and one.was and one.now:
            ranked.setdefault(one.reasons[0].words, []).append(one)
        elif one.reasons:
            reasons = list(_reasons(one.reasons))
            if one.was is None and one.left_out:
                reasons.append(f"Not in the plan: {sentence(one.left_out)}")
            yield ListItem(f"{clean(one.title)}: {_asked_otherwise(one)}", _under(reasons))
    for words, several in ranked.items():
        counts = (f"{clean(x.title)} ({_points(x)})" for x in several)
        yield ListItem(f"{clean(words).rstrip('.')}. What it counts for: {', '.join(counts)}.")


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


def _steps(answer: WhatIf, told: set[str], words: _Said) -> Iterator[ListItem]:
    for one in answer.steps:
        if one.reasons and (said := words(one)):
            # what a rule says is told above, with the recommendation
            above = [x for x in one.reasons if x.kind in _RULES and one.step in told]
            reasons = list(_reasons(x for x in one.reasons if x not in above))
            if above:
                asked = "asked for" if one.now else "asked for no longer"
                reasons.append(f"It is {asked}: see above.")
            yield ListItem(f"{clean(one.title)}: {said}", _under(reasons))


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


def _figures(answer: WhatIf) -> Iterator[Block]:
    was, now = answer.was, answer.now
    rows = [Row(("Until", was.until, now.until))] if was.until != now.until else []
    rows += [Row((title, say(was), say(now))) for title, say in _ROWS]
    columns = (Column(""), Column("today", "number"), Column("now", "number"))
    yield Table(columns, tuple(rows), indent=2, ruled=False)
    notes = []
    if was.until != now.until:
        notes.append("The plans are not of one length, so their points can't be compared.")
    if not (was.exact and now.exact):
        which = [word for word, one in (("today's", was), ("the other", now)) if not one.exact]
        notes.append(f"Of {listed(which)} plan the best found is told, which was not proved best.")
    yield Bullets(items(notes))


def _reasons(told: Iterable[DifferenceReason]) -> Iterator[str]:
    several = list(told)
    yield from (sentence(one.words) for one in several[:_SHOWN])
    if len(several) > _SHOWN:
        more = count(len(several) - _SHOWN, "more reason")
        yield f"And {more}: --format json has them all."
