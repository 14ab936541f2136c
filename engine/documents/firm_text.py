"""How firm the advice is, as text for a terminal: what hangs on each judgement, then what stands."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from ..core import listed
from ..inference import Doubt, Firm, Moves
from .plan_words import sentence
from .words import capital, clean, count

_WIDTH = 100
_WHOSE = {"school": "the school's own judgement", "adviser": "the adviser's own judgement"}


def firm_as_text(answer: Firm) -> str:
    """What of the advice hangs on which judgement, and what stands whatever is made of them."""
    by_question: dict[str, list[Doubt]] = {}
    for doubt in answer.doubts:
        by_question.setdefault(doubt.question, []).append(doubt)
    blocks = [
        [*_wrapped(f"{clean(answer.school)}: how firm the advice is"), *_wrapped(answer.words)]
    ]
    blocks += [_question(doubts, answer) for doubts in by_question.values()]
    blocks.append(_not_judged(answer))
    blocks.append(_stand(answer) if answer.doubts else [])
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _question(doubts: list[Doubt], answer: Firm) -> list[str]:
    lines = _wrapped(f"{doubts[0].title}: judged {doubts[0].agreed}")
    for doubt in doubts:
        own = [_WHOSE[one] for one in doubt.whose if one in _WHOSE]
        told = f"If it were {doubt.judgement}{f' ({listed(own)})' if own else ''}"
        changes = list(_changes(doubt, answer))
        if not changes:
            lines += _item(f"{told}: the same would be advised.", "  ", "    ")
            continue
        lines += [*_item(f"{told}:", "  ", "    "), *changes]
    return lines


def _changes(doubt: Doubt, answer: Firm) -> Iterator[str]:
    for words, moves in _alike(doubt.goes).items():
        titles = listed(_title(one, answer) for one in moves)
        yield from _item(f"Not advised: {titles}. {sentence(_why(words, len(moves)))}")
    for one in doubt.comes:
        why = f" It would be said: {sentence(one.words)}" if one.words else ""
        yield from _item(f"Advised as well: “{clean(one.title)}”.{why}")
    for one in doubt.others:
        yield from _item(f"{_title(one, answer)}: {sentence(one.words)}")


def _why(words: str, many: int) -> str:
    return words.replace("ask for it", "ask for them") if many > 1 else words


def _alike(moves: Iterable[Moves]) -> dict[str, list[Moves]]:
    """What goes, by why it does."""
    found: dict[str, list[Moves]] = {}
    for one in moves:
        found.setdefault(one.words, []).append(one)
    return found


def _title(one: Moves, answer: Firm) -> str:
    there = "" if one.intervention in answer.planned else " (not in the plan)"
    return f"“{clean(one.title)}”{there if answer.planned else ''}"


def _not_judged(answer: Firm) -> list[str]:
    if not answer.not_judged:
        return []
    told = f"Not judged, so that nothing is doubted there: {listed(answer.not_judged)}."
    return _wrapped(f"{told} termwise missing tells what hangs on it.")


def _stand(answer: Firm) -> list[str]:
    """What stands, by why it does."""
    found: dict[str, list[str]] = {}
    for item in answer.items:
        if item.firm:
            found.setdefault(item.stands, []).append(clean(item.title))
    if not found:
        return []
    total = sum(map(len, found.values()))
    lines = [
        f"What stands if any one judgement were a grade higher or lower ({count(total, 'thing')})"
    ]
    for why, titles in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        lines += _item(f"{capital(why)[:-1]}: {'; '.join(titles)}.")
    return lines


def _item(told: str, first: str = "    - ", rest: str = "      ") -> list[str]:
    return textwrap.wrap(clean(told), _WIDTH, initial_indent=first, subsequent_indent=rest)


def _wrapped(told: str) -> list[str]:
    return textwrap.wrap(clean(told), _WIDTH)
