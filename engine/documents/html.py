"""The plan as one page of HTML that needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from ..records.plan import Load, Plan
from . import words
from .article import article, bullets, table, text
from .gantt import gantt, graph
from .style import style
from .words import Names

SECTIONS = (
    ("priorities", "Priorities"),
    ("glance", "The plan at a glance"),
    ("needs", "What needs what"),
    ("terms", "Term by term"),
    ("time", "People's time"),
    ("budget", "Budget"),
    ("left-out", "What was left out"),
    ("rests", "What the plan rests on"),
    ("unknown", "What is not known"),
    ("read", "What was read"),
    ("proof", "How the plan was proved"),
)
_KEY = (
    '<p class="quiet key"><span><i class="k-prepare"></i>prepare</span>'
    '<span><i class="k-deliver"></i>deliver</span><span><i class="k-sustain"></i>sustain</span>'
    "<span>▶ ready: what needs it may start</span><span>○ a date</span><span>★ must do</span></p>"
)


def as_html(plan: Plan) -> str:
    """The whole plan as a page."""
    names = Names(plan)
    makers = (
        _priorities(plan),
        _glance(plan, names),
        _needs(plan, names),
        _terms(plan, names),
        _time(plan, names),
        _budget(plan),
        _left_out(plan),
        _rests(plan),
        _unknown(plan),
        _read(plan),
        _proof(plan),
    )
    sections = "".join(
        f'<section id="{name}"><h2>{text(title)}</h2>{"".join(parts)}</section>\n'
        for (name, title), parts in zip(SECTIONS, makers, strict=True)
    )
    title = f"{text(plan.school.name)}: {text(plan.programme.title)} plan"
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style()}</style>\n</head>\n<body>\n"
        f"{_header(plan, title)}\n<main>\n{sections}</main>\n"
        f'<footer class="quiet"><p>Made with termwise {text(plan.termwise)}. '
        f"{text(plan.programme.note)}</p></footer>\n</body>\n</html>\n"
    )


def _header(plan: Plan, title: str) -> str:
    links = "".join(f'<a href="#{name}">{text(label)}</a>' for name, label in SECTIONS)
    stop = ""
    if plan.conflict:
        lines = bullets(map(text, plan.conflict))
        stop = f'<div class="box stop"><b>What does not fit</b>{lines}</div>'
    unread = words.not_read(plan)
    note = f'<div class="box">{text(unread)}</div>' if unread else ""
    return (
        f"<header><h1>{title}</h1><p>{words.date(plan.starts)} to {words.date(plan.ends)}. "
        f"{text(words.capital(plan.school.phase))} school, "
        f"{words.count(plan.school.roll, 'pupil')}, {words.count(len(plan.steps), 'step')}.</p>"
        f'<div class="box">{text(plan.notice)}</div>{note}{stop}'
        f'<nav aria-label="Contents">{links}</nav></header>'
    )


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


def _glance(plan: Plan, names: Names) -> Iterator[str]:
    yield _KEY
    chart = gantt(plan, names)
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="Chart">{chart}</div>'


def _needs(plan: Plan, names: Names) -> Iterator[str]:
    picture = graph(plan, names)
    if not picture:
        yield "<p>No step needs another.</p>"
        return
    yield (
        '<p class="quiet">Each column holds the steps that start then. A solid arrow: needed '
        "first; the thick ones are the longest chain. A dashed arrow: of help, not "
        "needed. Steps that "
        "neither need nor help another are not drawn.</p>"
    )
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="Graph">{picture}</div>'
    chain = " → ".join(text(names.step_title(name)) for name in plan.picture.longest_chain)
    yield f"<p><b>Longest chain:</b> {chain}</p>" if len(plan.picture.longest_chain) > 1 else ""


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
    yield (
        '<p class="quiet">Days used of the days the plan may use. '
        f"“Near limit”: at least {words.NEAR * 100:.0f} % of them.</p>"
    )
    rows = []
    for (kind, _, title), row in words.load_rows(plan).items():
        name = text(title) + (
            " <span class='quiet'>(same people)</span>" if kind == "people" else ""
        )
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
        f'<div class="bar"><i style="width:{share}%"></i></div></div>'
    )


def _budget(plan: Plan) -> Iterator[str]:
    rows = (
        [text(use.title), text(use.year), words.pounds(use.planned), words.pounds(use.available)]
        + [words.pounds(use.available - use.planned)]
        for use in plan.budget
    )
    yield table(["Line", "Year", "Planned", "Available", "Left"], rows, 2, "stack")


def _left_out(plan: Plan) -> Iterator[str]:
    if not plan.left_out:
        yield "<p>Nothing that was recommended was left out.</p>"
    for title, items in words.left_out_by_kind(plan).items():
        yield f"<h3>{text(title)}</h3>"
        yield bullets(
            f"<b>{text(item.title)}</b> <span class='quiet'>({text(item.target)})</span>: "
            f"{text(item.reason)}"
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
            f"{text(item.title)} <span class='quiet'>({text(item.entity)}"
            f"{', ' + words.count(item.count, 'pupil') if item.count else ''})</span>: missing "
            f"{text(words.listed(item.missing))} <code>{text(item.rule)}</code>"
            for item in plan.unknown
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
    rows = (
        [text(level.name), text(level.status), f"{level.value:,}", f"{level.bound:,}"]
        for level in plan.proof.levels
    )
    yield table(["Question", "Answer", "Value", "Bound"], rows, 2)
    yield f'<p class="quiet">{text(plan.proof.solver)}; {text(plan.proof.rule_engine)}.</p>'
