"""Why something is a priority, and why a pupil is in a state: what is told, under its titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...core import listed
from ...explain import Ground, JudgementCited, ScreeningFired, WhyPriority, WhyPupil, WhySubject
from ...inference import RuleVerdict
from ..argument_lines import Found, Line, cited, compared_in, decided, where
from ..plan_words import sentence
from ..reason_phrases import together
from ..tree import Words
from ..words import capital, clean, count, date

Block = tuple[str, list[Line]]


def title_of(answer: WhyPriority | WhyPupil) -> str:
    """Say in a line what is asked about."""
    if isinstance(answer, WhyPriority):
        one = answer.priority
        strand = "" if one.title == one.strand_title else f": {one.strand_title}"
        return f"{capital(one.title)} (priority {one.rank}{strand})"
    where = f"class {answer.class_id}" if answer.class_id else answer.year_title
    return f"{answer.ref}, {where}"


def priority_blocks(answer: WhyPriority) -> Iterator[Block]:
    """Tell what makes it a priority: judgements, evidence, findings; the rules about it; the steps."""
    one = answer.priority
    yield "In short", [Line(0, words) for words in _covered(answer)]
    yield "Why it is a priority", [Line(0, words) for words in _made(answer)]
    yield "How it was judged", [Line(0, _judged(each)) for each in answer.judged]
    yield "Judged the same or lower", [Line(0, _judged(each)) for each in answer.others]
    yield "What was seen", [Line(0, clean(note)) for note in one.evidence]
    yield "What the rules found", list(_found(answer))
    planned = {clean(step.title): clean(step.starts) for step in answer.steps}
    asked = {clean(title) for each in answer.asks for title in each.asks_for}
    yield "What the rules ask for, and from when it is planned", list(_asks(answer.asks, planned))
    steps = [f"“{one}”, from {when}." for one, when in planned.items() if one not in asked]
    yield "Other steps of the plan that serve it", [Line(0, step) for step in steps]


def _covered(answer: WhyPriority) -> Iterator[str]:
    """Say whether something works on it, else why not and what would bring that about."""
    one = answer.priority
    if one.uncovered is None:
        steps = count(len(answer.steps), "step")
        serve = "serves" if len(answer.steps) == 1 else "serve"
        if answer.steps:
            yield f"{steps} of the plan {serve} it, the first from {clean(answer.steps[0].starts)}."
        return
    yield f"Nothing in the plan works on it in time. {' '.join(map(sentence, one.uncovered.words))}"
    ways = [sentence(way.words) for way in one.uncovered.ways_out]
    if ways:
        yield f"Something would with {'one of these' if len(ways) > 1 else 'this'}: {' Or: '.join(ways)}"


def _made(answer: WhyPriority) -> Iterator[str]:
    one = answer.priority
    if one.agreed:
        yield "The school and its adviser agreed on it."
        if one.why:
            yield sentence(one.why)
    else:
        told = "more than one kind of evidence shows it, and the questions judged lowest come first"
        yield f"It is proposed, not agreed yet: {told}."
    if one.target:
        by = f" by {date(one.by)}" if one.by else ""
        now = f", from {one.judgement}" if one.judgement else ""
        yield f"It is to reach {one.target}{by}{now}."


def _judged(one: JudgementCited) -> Words:
    cells = ", ".join(f"{cell.file}:{cell.row}:{cell.column}" for cell in one.cells)
    return cited(f"{capital(one.title)}: {one.grade}.", f" [{cells}]" if cells else "")


def _found(answer: WhyPriority) -> Iterator[Line]:
    """Tell what each rule found, with where that is written: in its words on the first it is about, and the
    others by name."""
    same: dict[str, list[RuleVerdict]] = {}
    for one in answer.found:
        same.setdefault(one.rule, []).append(one)
    for rule, (first, *others) in same.items():
        label = first.entity.label if first.entity else ""
        here = clean(label) in (clean(answer.school.name), clean(answer.priority.strand_title))
        words = f"{'' if here else f'{capital(label)}: '}{clean(first.words).rstrip('.')}."
        if others:
            words += f" So too {together(one.entity.label for one in others if one.entity)}."
        yield Line(0, cited(f"{words} ({rule})", where(first.deciding, 1)))


def _asks(grounds: Iterable[Ground], planned: Mapping[str, str]) -> Iterator[Line]:
    """Tell what is asked for, with the rules that ask, the strongest first."""
    asked: dict[str, dict[str, None]] = {}
    for one in grounds:
        for title in one.asks_for:
            asked.setdefault(title, {})[f"{one.verdict.rule}, {one.strength}"] = None
    for title, rules in asked.items():
        when = f", from {planned[clean(title)]}" if clean(title) in planned else ""
        yield Line(0, f"“{clean(title)}”{when} ({'; '.join(rules)}).")
    if asked:
        yield Line(0, "termwise why tells the chain of each by its title.")


def pupil_blocks(answer: WhyPupil) -> Iterator[Block]:
    """Subject by subject: the state, the rules behind it, what makes them sure, what isn't known."""
    for one in answer.subjects:
        sure = f", {one.sure}" if one.sure else ""
        yield f"{capital(one.title)}: {one.state_title}{sure}", list(_subject(one))
    if answer.circumstances:
        told = f"{capital(listed(answer.circumstances))}."
        yield "What goes with it, and decides nothing", [Line(0, told)]


def _subject(one: WhySubject) -> Iterator[Line]:
    found: Found = set()
    for fired in one.fired:
        yield from _screened(fired, found)
    for verdict in one.unknown:
        missing = listed(verdict.missing, "or")
        yield Line(
            0, f"Not decided: {clean(verdict.title)} ({verdict.rule}). Not known: {missing}."
        )
    if not one.fired and not one.unknown:
        yield Line(0, "No rule says anything that would need looking at.")


def _screened(one: ScreeningFired, found: Found) -> Iterator[Line]:
    """One rule that fired; how sure that is, where it is a concern."""
    verdict = one.verdict
    yield Line(
        0, f"{capital(clean(verdict.words)).rstrip('.')} ({one.state_title}; {verdict.rule})."
    )
    yield from decided([verdict], found)
    if one.sure is None:
        return
    if one.clear_when is None:
        yield Line(1, f"Errors of the data don't explain it: {one.sure}.")
        return
    if one.clear:
        yield Line(1, f"Errors of the data alone seldom explain it: {one.sure}, because:")
    else:
        words = "Errors of the data alone may explain it"
        yield Line(1, f"{words}: {one.sure}. To be clear, the rule asks besides:")
    for compared in compared_in(one.clear_when):
        yield Line(2, compared)
