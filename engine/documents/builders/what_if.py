"""The document on what would be otherwise if some values were: today beside now, with reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ...core import listed
from ...explain import (
    Asked,
    ComparedStep,
    DifferenceReason,
    PlacedStep,
    Recommended,
    Totals,
    WhatIf,
)
from ..plan_words import points, sentence
from ..tree import Block, Bullets, Column, Document, ListItem, Row, Section, Table, items
from ..words import capital, clean, count, days, pounds

_SHOWN = 3
"""So many reasons of one difference are told; the record has all of them."""
_RULES = ("rule", "against")
_Said = Callable[[ComparedStep], str]
_ROWS: tuple[tuple[str, Callable[[Totals], str]], ...] = (
    ("Recommendations", lambda one: str(one.recommendations)),
    ("Steps", lambda one: str(one.steps)),
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
        _section("The rules for the plan as a whole", items(_reasons(answer.shaping, answer))),
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
            reasons = list(_reasons(one.reasons, answer))
            if one.was is None and one.left_out:
                reasons.append(f"It is not in the plan. {sentence(one.left_out)}")
            said = f"{clean(one.title)}: {_asked_otherwise(one, answer.numbers)}."
            yield ListItem(said, _under(reasons))
    for words, several in ranked.items():
        for more in (True, False):
            same = [one for one in several if _more(one) is more]
            if same:
                counts = listed(clean(one.title) + _scores(one, answer.numbers) for one in same)
                does = "count" if len(same) > 1 else "counts"
                then = f"{counts} {does} for {'more' if more else 'less'}"
                yield ListItem(f"{clean(words).rstrip('.')}: {then}.")


def _more(one: Recommended) -> bool:
    return (one.now.score if one.now else 0) > (one.was.score if one.was else 0)


def _scores(one: Recommended, numbers: bool) -> str:
    """Both scores in points, where they are asked for."""
    if not (numbers and one.was and one.now):
        return ""
    return f" ({points(one.now.score)}, today {one.was.score})"


def _asked_otherwise(one: Recommended, numbers: bool) -> str:
    if one.was is None or one.now is None:
        only = one.now or one.was
        assert only is not None
        said = "recommended now" if one.now else "no longer recommended"
        return f"{said} ({_how(only, numbers)})"
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
        told.append(f"counts for {'more' if _more(one) else 'less'}{_scores(one, numbers)}")
    return "; ".join(told) or "other arguments, with the same weight"


def _how(asked: Asked, numbers: bool) -> str:
    whom = "" if asked.targets == "the whole school" else f", for {clean(asked.targets)}"
    score = f", {points(asked.score)}" if numbers else ""
    return f"{asked.strength or 'recommended by no rule'}{whom}{score}"


def _steps(answer: WhatIf, told: set[str], words: _Said) -> Iterator[ListItem]:
    for one in answer.steps:
        if one.reasons and (said := words(one)):
            # what a rule says is told above, with the recommendation
            above = [x for x in one.reasons if x.kind in _RULES and one.step in told]
            reasons = list(_reasons((x for x in one.reasons if x not in above), answer))
            if above:
                asked = "asked for" if one.now else "asked for no longer"
                reasons.append(f"It is {asked}: see above.")
            yield ListItem(f"{clean(one.title)}: {said}.", _under(reasons))


def _comes(one: ComparedStep) -> str:
    return _place(one.now) if one.now and one.was is None else ""


def _goes(one: ComparedStep) -> str:
    return f"today it {_place(one.was)}" if one.was and one.now is None else ""


def _moves(one: ComparedStep) -> str:
    if one.was is None or one.now is None:
        return ""
    was, now = one.was, one.now
    if was.starts != now.starts:
        light = " in its light form" if now.form == "light" and was.form != "light" else ""
        light = " in full" if now.form == "full" and was.form == "light" else light
        return f"starts{light} in {clean(now.starts)} (today in {clean(was.starts)})"
    if was.form != now.form:
        how = {"light": "in its light form", "full": "in full"}
        return f"{how[now.form]} (today {how[was.form]})"
    if was.targets != now.targets:
        return f"for {clean(now.targets)} (today for {clean(was.targets)})"
    return f"until {clean(now.ends)} (today until {clean(was.ends)})"


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
    if answer.numbers:
        rows.append(Row(("Value in points", f"{was.value:,}", f"{now.value:,}")))
    elif was.until == now.until:
        share = 100 * now.value / max(1, was.value)
        then = "100 %" if now.value == was.value else f"{share:.1f} %"
        rows.append(Row(("Value of the plan", "100 %", then)))
    columns = (Column(""), Column("today", "number"), Column("now", "number"))
    yield Table(columns, tuple(rows), indent=2, ruled=False)
    notes = []
    if was.until != now.until:
        notes.append("The plans are not of one length, so their points can't be compared.")
    if not (was.exact and now.exact):
        which = [word for word, one in (("today's plan", was), ("the other", now)) if not one.exact]
        notes.append(f"Not proved best: {listed(which)}. What is told is the best that was found.")
    yield Bullets(items(notes))


def _reasons(told: Iterable[DifferenceReason], answer: WhatIf) -> Iterator[str]:
    """Say the first reasons; what was set stands above, and isn't said again with each of them."""
    several, set_above = list(told), {one.title for one in answer.set}
    for one in several[:_SHOWN]:
        above = one.says and all(turned.title in set_above for turned in one.turned)
        yield sentence(one.says if above else one.words)
    if len(several) > _SHOWN:
        more = count(len(several) - _SHOWN, "more reason")
        yield f"And {more}: --format json has them all."
