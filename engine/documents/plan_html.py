"""The plan as one page of HTML that needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from ..planning import BudgetUse, Load, Plan
from . import words
from .charts.gantt import KEY, gantt
from .charts.load_chart import load_charts
from .charts.prerequisite_graph import graph
from .decision_phrases import DECIDED, KEPT, left_out_words
from .plan_words import (
    FIXED,
    NO_WAY_OUT,
    USED,
    chain_words,
    critical,
    events,
    held,
    level,
    line_words,
    sentence,
    then,
    vacant,
    ways_out,
    ways_words,
)
from .reason_phrases import not_known
from .render.markup import bullets, table, text
from .render.page import contents, page, picture, sections
from .step_article import article
from .words import Names

SECTIONS = (
    ("priorities", "Priorities"),
    ("decided", DECIDED),
    ("glance", "The plan at a glance"),
    ("needs", "What needs what"),
    ("terms", "Term by term"),
    ("time", "People's time"),
    ("held-back", "Held back"),
    ("budget", "Budget"),
    ("left-out", "What was left out"),
    ("rests", "What the plan rests on"),
    ("unknown", "What is not known"),
    ("read", "What was read"),
    ("proof", "How the plan was proved"),
)


def as_html(plan: Plan) -> str:
    """The whole plan as a page."""
    names = Names(plan)
    makers = (
        _priorities(plan),
        _decided(plan),
        _glance(plan, names),
        _needs(plan, names),
        _terms(plan, names),
        _time(plan, names),
        _held_back(plan, names),
        _budget(plan),
        _left_out(plan),
        _rests(plan),
        _unknown(plan),
        _read(plan),
        _proof(plan),
    )
    titled = [
        (name, title, "".join(parts)) for (name, title), parts in zip(SECTIONS, makers, strict=True)
    ]
    return page(
        f"{words.clean(plan.school.name)}: {words.clean(plan.programme.title)} plan",
        "".join(_header(plan)) + contents(titled),
        sections(titled),
        f"Made with termwise {text(plan.termwise)}. {text(plan.programme.note)}",
    )


def _header(plan: Plan) -> Iterator[str]:
    yield (
        f"<p>{words.date(plan.starts)} to {words.date(plan.ends)}. "
        f"{text(words.capital(plan.school.phase))} school, "
        f"{words.count(plan.school.roll, 'pupil')}, {words.count(len(plan.steps), 'step')}.</p>"
    )
    if plan.conflict:
        lines = bullets(map(text, plan.conflict))
        yield f'<div class="box stop"><b>What does not fit</b>{lines}{_ways_out(plan)}</div>'
    yield f'<div class="box">{text(plan.notice)}</div>'
    unread = words.not_read(plan)
    yield f'<div class="box">{text(unread)}</div>' if unread else ""


def _ways_out(plan: Plan) -> str:
    ways = "".join(
        f"<li><b>{text(sentence(way.words))}</b> <span class='quiet'>{text(sentence(then(way, plan)))}</span></li>"
        for way in ways_out(plan)
    )
    if not ways:
        return f"<p>{NO_WAY_OUT}</p>"
    return f"<b>Ways out, the cheapest first</b><p class='quiet'>{text(ways_words(plan))}</p><ol>{ways}</ol>"


def _priorities(plan: Plan) -> Iterator[str]:
    rows = []
    for item in plan.priorities:
        state = "agreed" if item.agreed else "proposed, not yet agreed"
        title = f"{item.rank}. {text(item.title)} <span class='pill'>{state}</span>"
        about = f"{title}<p class='quiet'>{text(item.why)}</p>{bullets(map(text, item.evidence))}"
        by = words.date(item.by) if item.by else ""
        row = [about, text(item.strand_title), text(item.judgement or "not judged")]
        rows.append([*row, text(item.target or ""), by, text(item.lead or "")])
    yield table(["Priority", "Strand", "Now", "Target", "By", "Lead"], rows, kind="stack")


def _decided(plan: Plan) -> Iterator[str]:
    if plan.overrides:
        yield f"<p class='quiet'>{KEPT}</p>"
        yield bullets(
            f"<b>{text(item.title)}</b> <span class='quiet'>({text(item.target)})</span>: "
            f"{text(item.words)} " + " ".join(f"<code>{text(rule)}</code>" for rule in item.rules)
            for item in plan.overrides
        )


def _glance(plan: Plan, names: Names) -> Iterator[str]:
    yield KEY
    yield picture(gantt(plan, names), "Chart")
    if events(plan):
        yield f"<h3>Dates to plan around</h3>{bullets(map(text, events(plan)))}"
    if plan.vacant:
        yield f"<h3>Vacant posts</h3>{bullets(map(text, vacant(plan)))}"


def _needs(plan: Plan, names: Names) -> Iterator[str]:
    drawn = graph(plan, names)
    if not drawn:
        yield "<p>No step needs another.</p>"
        return
    yield (
        '<p class="quiet">Each column holds the steps that start then. A solid arrow: needed '
        f"first; the thick ones are the longest chain. {FIXED} and a thick frame: in a "
        "chain that can't slip. A dashed arrow: of help, not needed. Steps that neither need nor help another are not "
        "drawn.</p>"
    )
    yield picture(drawn, "Graph")
    path = critical(plan)
    if path:
        chain = " → ".join(text(names.step_title(name)) for name in path)
        yield f"<p><b>{chain_words(plan)}</b> {chain}</p>"


def _terms(plan: Plan, names: Names) -> Iterator[str]:
    for term in plan.terms:
        dates = f"{words.date(term.starts)} to {words.date(term.ends)}"
        yield f'<h3 id="term-{text(term.id)}">{text(term.title)}</h3><p class="quiet">{dates}</p>'
        for slot in term.slots:
            steps = names.starting(slot.id)
            days = words.count(slot.days, "day")
            yield f"<h4>{text(slot.title)} <span class='quiet'>{days} in school</span></h4>"
            yield "".join(article(step, names) for step in steps) or "<p>Nothing new starts.</p>"


def _time(plan: Plan, names: Names) -> Iterator[str]:
    yield load_charts(plan, names)
    yield (f'<p class="quiet">{USED} “Near limit”: at least {words.NEAR * 100:.0f} % of them.</p>')
    rows = []
    for (_, _, title), row in words.load_rows(plan).items():
        name = text(title)
        rows.append([name, *(_load(row.get(slot.id)) for slot in names.slots)])
    yield table(["Role", *(text(slot.title) for slot in names.slots)], rows)


def _load(load: Load | None) -> str:
    if load is None:
        return ""
    state = words.load_state(load)
    share = min(100, round(100 * load.used / load.capacity)) if load.capacity else 0
    mark = f" <b>{state}</b>" if state else ""
    return (
        f'<div class="{state.split(" ")[0]}" title="{words.days(load.stated)} stated">'
        f"{words.number(load.used)} of {words.number(load.capacity)}{mark}"
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{share}" height="6"/></svg></div>'
    )


def _held_back(plan: Plan, names: Names) -> Iterator[str]:
    if plan.held_back:
        yield "<p class='quiet'>New things that wait because enough is new already.</p>"
        yield bullets(
            f"<b>{text(item.title)}</b>: {text(held(item, names))}" for item in plan.held_back
        )


def _budget(plan: Plan) -> Iterator[str]:
    rows = (
        [_line(use, rules), text(use.year), words.pounds(use.planned), words.pounds(use.available)]
        + [words.pounds(use.available - use.planned)]
        for use, rules in line_words(plan.budget)
    )
    yield table(["Line", "Year", "Planned", "Available", "Left"], rows, 2, "stack")


def _line(use: BudgetUse, rules: str) -> str:
    return text(use.title) + (f"<p class='quiet'>{text(rules)}</p>" if rules else "")


def _left_out(plan: Plan) -> Iterator[str]:
    if not plan.left_out:
        yield "<p>Nothing that was recommended was left out.</p>"
    for title, items in words.left_out_by_kind(plan).items():
        yield f"<h3>{text(title)}</h3>"
        yield bullets(
            f"<b>{text(item.title)}</b> <span class='quiet'>({text(item.target)})</span>: "
            f"{text(left_out_words(item))}"
            for item in items
        )


def _rests(plan: Plan) -> Iterator[str]:
    found = (
        f"{text(words.finding(item, plan))} <code>{text(item.rule)}</code>"
        for item in plan.findings
    )
    shaped = (f"{text(item.words)} <code>{text(item.rule)}</code>" for item in plan.shaped)
    pupils = (f"{text(item.title)}: {words.count(item.pupils, 'pupil')}" for item in plan.screening)
    for title, body in (
        ("Findings", bullets(found)),
        ("What shaped the plan", bullets(shaped)),
        ("Pupils, each counted once, in the gravest state", bullets(pupils)),
        ("Already in place", bullets(map(text, plan.in_place))),
    ):
        yield f"<h3>{title}</h3>{body}" if body else ""


def _unknown(plan: Plan) -> Iterator[str]:
    yield (
        bullets(
            f"{text(item.words)} <span class='quiet'>{text(item.titles)} "
            f"({text(item.rules)})</span>"
            for item in not_known(plan)
        )
        or "<p>Every rule could be decided.</p>"
    )


def _read(plan: Plan) -> Iterator[str]:
    rows = (
        [text(item.file), f"{item.rows:,}" if item.rows else "", f"<code>{item.sha256[:12]}</code>"]
        for item in plan.inputs
    )
    yield table(["File", "Rows", "SHA-256 begins"], rows)


def _proof(plan: Plan) -> Iterator[str]:
    yield f"<p>{text(words.proof_words(plan.proof))}</p>"
    rows = ([text(cell) for cell in level(item)] for item in plan.proof.levels)
    yield table(["Aim", "Answer", "Reached", "Best possible"], rows, 2)
    yield f'<p class="quiet">{text(plan.proof.solver)}; {text(plan.proof.rule_engine)}.</p>'
