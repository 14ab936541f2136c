"""One step of the plan as HTML."""

from __future__ import annotations

from collections.abc import Iterable

from ..core import listed
from ..planning import Step
from . import words
from .plan_words import FIXED, HANGS, firm, invested_and_running, points, served, slips
from .reason_phrases import Reason, reasons
from .render.markup import bullets, table, text
from .words import Names

_LIGHT = "A smaller version than the full one."


def article(step: Step, names: Names) -> str:
    """A step: one line to read, and everything about it to open."""
    pills = [
        title
        for title, told in (
            ("★ must do", step.must),
            (f"{FIXED} can't slip", step.critical),
            (f"{HANGS} hangs on a judgement", bool(step.depends_on)),
            ("light form", step.form == "light"),
        )
        if told
    ]
    marks = "".join(f'<span class="pill">{title}</span>' for title in pills)
    summary = (
        f"<summary><b>{text(step.title)}</b>{marks}"
        f'<span class="quiet">{text(names.strand(step.strand))}. {text(step.lead.title)} leads; '
        f"{words.days(words.effort(step))}, {words.pounds(words.cost(step))}; "
        f"{text(names.when(step))}</span></summary>"
    )
    parts = [
        f"<p>{text(step.what)}</p>",
        _facts(step, names),
        "<h4>Why it is in the plan</h4>",
        bullets(map(because, reasons(step.because, names.school))),
    ]
    if step.against:
        against = bullets(map(because, reasons(step.against, names.school)))
        parts += ["<h4>Arguments against</h4>", against]
    titled = [
        ("Why here", bullets(map(text, step.why_here))),
        ("What is done when", _phases(step, names)),
        ("Dates", _occurrences(step)),
    ]
    parts += [f"<h4>{title}</h4>{body}" for title, body in titled if body]
    parts.append(_effort(step, names))
    columns = [
        ("Milestones", bullets(f"{words.date(m.due)}: {text(m.what)}" for m in step.milestones)),
        ("Success", bullets(_success(step))),
        ("Stop if", bullets(map(text, step.stop_if))),
        ("What makes it work", bullets(map(text, step.active_ingredients))),
    ]
    inner = "".join(f"<div><h4>{title}</h4>{body}</div>" for title, body in columns if body)
    parts.append(f'<div class="two">{inner}</div>')
    parts.append(
        f"<h4>Evidence</h4><p>{text(words.evidence_words(step.evidence))}{_source(step)}</p>"
    )
    return (
        f'<details class="step s{names.hue(step.strand)}-edge" id="step-{text(step.id)}">'
        f"{summary}<div>{''.join(parts)}</div></details>"
    )


def because(reason: Reason) -> str:
    """A rule's word and the values it read."""
    values = (
        text(read.words)
        + (f' <span class="quiet"><code>{text(read.where)}</code></span>' if read.where else "")
        for read in reason.reads
    )
    rule = (
        f" <span class='quiet'>{text(reason.strength)}, <code>{text(reason.rule)}</code></span>"
        if reason.rule
        else ""
    )
    return f"{text(reason.words)}.{rule}{bullets(values)}"


def _facts(step: Step, names: Names) -> str:
    check = step.monitoring
    alone = "" if check.independent else " (not independent: nobody but the lead could do it)"
    people = f" ({listed(step.lead.people)})" if step.lead.people else ""
    facts = [
        ("For", text(step.target.words)),
        ("Decided", text(step.decided)),
        ("Lead", text(step.lead.title + people)),
        ("Monitored by", text(f"{check.title}: {check.how}; evidence: {check.evidence}{alone}")),
        ("Serves", text(served(step, names))),
        ("Needs", ", ".join(_link(name, names) for name in step.needs)),
        ("Makes possible", ", ".join(_link(name, names) for name in step.enables)),
        ("Ready after", text(names.slot_title(step.ready))),
        ("Light form", text(step.form_note or _LIGHT) if step.form == "light" else ""),
        ("Depends on" if step.depends_on else "Firm", text(firm(step))),
        ("Can slip", text(slips(step, names))),
        ("Costs", text(invested_and_running(step))),
        ("Brings", text(f"{points(step.value)} where it is") if step.value else ""),
    ]
    inner = "".join(f"<dt>{title}</dt><dd>{body}</dd>" for title, body in facts if body)
    return f'<dl class="facts">{inner}</dl>'


def _link(name: str, names: Names) -> str:
    title = text(names.step_title(name))
    return f'<a href="#step-{text(name)}">{title}</a>' if name in names.steps else title


def _phases(step: Step, names: Names) -> str:
    return bullets(
        f"{phase.phase.capitalize()}, {text(names.span(phase.starts, phase.ends))}: "
        f"{text(phase.does)}"
        for phase in step.phases
    )


def _occurrences(step: Step) -> str:
    lines = []
    for time in step.occurrences:
        after = bullets(f"{words.date(item.due)}: {text(item.what)}" for item in time.follow_ups)
        state = "set by the school" if time.fixed else "proposed"
        lines.append(f"{words.date(time.date)} <span class='quiet'>({state})</span>{after}")
    return bullets(lines)


def _effort(step: Step, names: Names) -> str:
    used = {item.slot for item in step.effort}
    slots = [slot for slot in names.slots if slot.id in used]
    rows = [
        [text(role), *(words.number(days) if days else "" for days in row), words.number(sum(row))]
        for role, row in words.effort_by_role(step, slots).items()
    ]
    body = table(["Days of", *(text(slot.title) for slot in slots), "Total"], rows, 1)
    money = bullets(
        f"{words.pounds(item.pounds)} from {text(names.line(item.line))}, {text(item.year)}"
        + (f", {words.pounds(item.running)} of it to keep it going" if item.running else "")
        for item in step.cost
    )
    return (f"<h4>Time</h4>{body}" if body else "") + (f"<h4>Cost</h4>{money}" if money else "")


def _success(step: Step) -> Iterable[str]:
    for item in step.success:
        yield f"{text(item.measure)}. Now: {text(item.baseline)}. Target: {text(item.target)}"


def _source(step: Step) -> str:
    source = words.evidence_source(step.evidence)
    if not source or step.evidence.address is None:
        return ""
    address = text(step.evidence.address)
    return f' <span class="quiet">{text(source)}: <a href="{address}">{address}</a></span>'
