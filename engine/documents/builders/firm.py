"""The document on doubted judgements: what hangs on each, then what stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...core import listed
from ...inference import Doubt, Firm, Moves
from ..plan_words import sentence
from ..tree import Block, Bullets, Document, ListItem, Paragraph, Section, items
from ..words import capital, clean, count

_WHOSE = {"school": "the school's own judgement", "adviser": "the adviser's own judgement"}


def firm_document(answer: Firm) -> Document:
    """Tell what of the advice hangs on which judgement, and what stands whatever is made of them."""
    by_question: dict[str, list[Doubt]] = {}
    for doubt in answer.doubts:
        by_question.setdefault(doubt.question, []).append(doubt)
    blocks: list[Block] = [Paragraph(answer.words)]
    blocks += [_question(doubts, answer) for doubts in by_question.values()]
    if answer.not_judged:
        told = f"Not judged, so that nothing is doubted there: {listed(answer.not_judged)}."
        more = "termwise missing tells what hangs on it."
        blocks.append(Section("", (Paragraph(f"{told} {more}"),)))
    if answer.doubts:
        blocks.append(_stand(answer))
    return Document(f"{answer.school}: how firm the advice is", tuple(blocks))


def _question(doubts: list[Doubt], answer: Firm) -> Section:
    told = []
    for doubt in doubts:
        own = [_WHOSE[one] for one in doubt.whose if one in _WHOSE]
        supposed = f"If it were {doubt.judgement}{f' ({listed(own)})' if own else ''}"
        changes = items(_changes(doubt, answer))
        if changes:
            told.append(ListItem(f"{supposed}:", (Bullets(changes),)))
        else:
            told.append(ListItem(f"{supposed}: the same would be advised."))
    title = f"{doubts[0].title}: judged {doubts[0].agreed}"
    return Section(title, (Bullets(tuple(told), mark="none"),))


def _changes(doubt: Doubt, answer: Firm) -> Iterator[str]:
    for words, moves in _alike(doubt.goes).items():
        titles = listed(_title(one, answer) for one in moves)
        yield f"Not advised: {titles}. {sentence(_why(words, len(moves)))}"
    for words, moves in _alike(doubt.comes).items():
        why = f" It would be said: {sentence(words)}" if words else ""
        yield f"Advised as well: {listed(f'“{clean(one.title)}”' for one in moves)}.{why}"
    for one in doubt.others:
        yield f"{_title(one, answer)}: {sentence(one.words)}"


def _why(words: str, many: int) -> str:
    return words.replace("ask for it", "ask for them") if many > 1 else words


def _alike(moves: Iterable[Moves]) -> dict[str, list[Moves]]:
    """Group what goes by why it does."""
    found: dict[str, list[Moves]] = {}
    for one in moves:
        found.setdefault(one.words, []).append(one)
    return found


def _title(one: Moves, answer: Firm) -> str:
    there = "" if one.intervention in answer.planned else " (not in the plan)"
    return f"“{clean(one.title)}”{there if answer.planned else ''}"


def _stand(answer: Firm) -> Section:
    """Group what stands by why it does."""
    found: dict[str, list[str]] = {}
    for item in answer.items:
        if item.firm:
            found.setdefault(item.stands, []).append(clean(item.title))
    total = sum(map(len, found.values()))
    told = (
        f"{capital(why)[:-1]}: {'; '.join(titles)}."
        for why, titles in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )
    return Section(
        f"What stands if any one judgement were a grade higher or lower ({count(total, 'thing')})",
        (Bullets(items(told), indent=4),),
    )
