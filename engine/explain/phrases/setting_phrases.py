"""What was set, in words: what a path is called, and its value as a person reads it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ...advise import Advice
from ...core import SAID, Mistake
from ...library import EntityKind, Indicator, Key, Library, title_of
from ...school import CALLED, CAPACITY, OPTION, Setting, grade_rank
from ..scenario import Set

_ABOUT: dict[str, EntityKind] = {"questions": "question", "people": "teacher"}
"""What the parts of a folder are about of which single keys are indicators."""
_TARGET = ("priorities", "target")
"""A grade of judgement that is no indicator."""
_MOST = 3
_IN_PLACE = "in_place"
_QUOTED = re.compile(r"'([^']*)'")


def in_words(settings: Iterable[Setting], was: Advice, now: Advice) -> Iterator[Set]:
    """Each setting in words, in the order they were given."""
    for one in settings:
        before = list(dict.fromkeys(_value(one, value, was) for value in one.was))
        yield Set(
            said=one.said,
            title=_title(one, now),
            was=" or ".join(before) if len(before) <= _MOST else "not the same for all",
            now=_value(one, one.now, now),
            already=all(_same(one, value, was) for value in one.was),
        )


def _same(one: Setting, value: Any, advice: Advice) -> bool:
    """Tell whether a file says what is set: a grade may be said by its number or by its name."""
    now = one.now
    if isinstance(value, str) is not isinstance(now, str):
        both = not isinstance(value, dict | list) and not isinstance(now, dict | list)
        return both and value is not None and _value(one, value, advice) == _value(one, now, advice)
    return bool(value == now) and isinstance(value, bool) is isinstance(now, bool)


def in_said_words(problem: Mistake, library: Library) -> Mistake:
    """A problem in the words of what was set: of what does not fit in a file, not by its path there."""
    if problem.place.line != SAID:
        return Mistake(problem.place, f"with what is set, {problem.what}", problem.hint)
    what = _QUOTED.sub(r"“\1”", problem.of_value or problem.what)
    if not problem.of_value:
        return Mistake(problem.place, what, problem.hint)
    path = problem.place.file.removeprefix(OPTION).partition("=")[0].strip()
    first, _, rest = path.partition(".")
    role = library.roles.get(rest) if first == CAPACITY else None
    title = f"{role.title}: days a half-term" if role else f"“{path}”"
    return Mistake(problem.place, f"{title} {what}", problem.hint)


def _title(one: Setting, advice: Advice) -> str:
    """Say what a path is called."""
    first, *rest = one.words
    vocabulary, library = advice.findings.vocabulary, advice.library
    indicator = _indicator(one, library)
    if first == "questions" and len(rest) == 2 and indicator is not None and indicator.scale:
        return title_of(str(Key(indicator.id, rest[0])), vocabulary)
    if first == "context" and len(rest) == 1:
        return title_of(rest[0], vocabulary)
    if first == CAPACITY:
        role = library.roles[".".join(rest)].title
        people = max(1, len(one.was))
        whom = f"{people} people with the role “{role}”" if people > 1 else role
        return f"days a half-term, {whom}"
    if first == _IN_PLACE and rest:
        return f"“{library.titles.get(rest[0], rest[0])}” in place"
    lines = {line.id: line.title for line in advice.school.file.money.lines}
    named = [lines.get(word) or library.titles.get(word) or word.replace("_", " ") for word in rest]
    return ": ".join([first.replace("_", " "), *named])


def _indicator(one: Setting, library: Library) -> Indicator | None:
    """The indicator that stands under a path, if one does."""
    about = _ABOUT.get(one.words[0])
    written = library.written(about) if about else ()
    return next((each for each in written if one.words[-1] in each.keys), None)


def _value(one: Setting, value: Any, advice: Advice) -> str:
    first, last = one.words[0], one.words[-1]
    vocabulary = advice.findings.vocabulary
    if first == _IN_PLACE and len(one.words) == 2:
        return str(value.get("how", "yes") if isinstance(value, dict) else value or "no")
    if value is None:
        return "not given"
    indicator = _indicator(one, advice.library)
    on = indicator.scale if indicator else "judgement" if (first, last) == _TARGET else None
    if on is not None:
        scale = advice.school.scales[on]
        rank = grade_rank(scale, value)
        if rank is not None:
            return scale.grades[int(rank)].title
    if first == "context" and isinstance(value, bool | int | float | str):
        return vocabulary.say(last, value)
    if first == "money" and isinstance(value, int) and not isinstance(value, bool):
        return f"£{value:,}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, dict) and all(part in advice.library.parts for part in value):
        return ", ".join(f"{days} in {advice.library.parts[part]}" for part, days in value.items())
    if isinstance(value, dict) and "because" in value:
        return str(value["because"])
    if isinstance(value, list):
        return ", ".join(_member(item, advice) for item in value) or "nothing"
    if isinstance(value, dict):  # its notes are for those who read the file
        return "as it is written"
    return advice.library.titles.get(str(value), str(value))


def _member(item: Any, advice: Advice) -> str:
    """A member of a list by what it is called."""
    if isinstance(item, dict):
        item = next((item[key] for key in CALLED if key in item), item.get("title", "…"))
    return advice.library.titles.get(str(item), str(item))
