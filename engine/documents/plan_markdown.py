"""The plan as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..core import listed
from ..planning import Plan, Step
from . import words
from .decision_phrases import DECIDED, KEPT, left_out_words
from .plan_words import (
    NO_WAY_OUT,
    USED,
    chain_words,
    critical,
    events,
    firm,
    held,
    invested_and_running,
    level,
    line_words,
    marked,
    points,
    sentence,
    served,
    slips,
    then,
    vacant,
    ways_out,
    ways_words,
)
from .reason_phrases import Reason, not_known, reasons
from .words import Names

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def as_markdown(plan: Plan) -> str:
    """The whole plan, compact."""
    names = Names(plan)
    blocks = [
        f"# {_md(plan.school.name)}: {_md(plan.programme.title)} plan",
        f"{words.date(plan.starts)} to {words.date(plan.ends)}. "
        f"{words.capital(plan.school.phase)} school, {words.count(plan.school.roll, 'pupil')}.",
        f"> {_md(plan.notice)}",
        _md(plan.programme.note),
    ]
    if words.not_read(plan):
        blocks.append(f"> {_md(words.not_read(plan))}")
    if plan.conflict:
        blocks += ["## What does not fit", _list(_md(line) for line in plan.conflict)]
        blocks += _ways_out(plan)
    blocks += _priorities(plan)
    blocks += _decided(plan)
    blocks += _glance(plan, names)
    for term in plan.terms:
        dates = f"{words.date(term.starts)} to {words.date(term.ends)}"
        blocks += [f"## {_md(term.title)}", f"{dates}."]
        for slot in term.slots:
            blocks.append(f"### {_md(slot.title)} ({words.count(slot.days, 'day')} in school)")
            steps = names.starting(slot.id)
            blocks += [block for step in steps for block in _step(step, names)]
            if not steps:
                blocks.append("Nothing new starts.")
    blocks += _use(plan, names)
    blocks += _reasons(plan)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _md(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", words.clean(text))


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *map(list, rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) if len(lines) > 2 else ""


def _ways_out(plan: Plan) -> Iterator[str]:
    if not plan.ways_out:
        yield NO_WAY_OUT
        return
    yield "### Ways out, the cheapest first"
    yield _md(ways_words(plan))
    yield "\n".join(
        f"{number}. **{_md(sentence(way.words))}** {_md(sentence(then(way, plan)))}"
        for number, way in enumerate(ways_out(plan), 1)
    )


def _priorities(plan: Plan) -> Iterator[str]:
    yield "## Priorities"
    rows = []
    for item in plan.priorities:
        by = words.date(item.by) if item.by else ""
        state = "agreed" if item.agreed else "proposed"
        now = _md(item.judgement or "not judged")
        row = [str(item.rank), _md(item.title), _md(item.strand_title), now, _md(item.target or "")]
        rows.append([*row, by, _md(item.lead or ""), state])
    yield _table(["", "Priority", "Strand", "Now", "Target", "By", "Lead", "State"], rows)
    yield _list(
        f"**{_md(item.title)}**{': ' if words.clean(item.why) else ''}{_md(item.why)}"
        + "".join(f"\n  - {_md(line)}" for line in item.evidence)
        for item in plan.priorities
    )


def _decided(plan: Plan) -> Iterator[str]:
    if plan.overrides:
        yield f"## {DECIDED}"
        yield KEPT
        yield _list(
            f"**{_md(item.title)}** ({_md(item.target)}): {_md(item.words)}"
            + (f" ({', '.join(f'`{rule}`' for rule in item.rules)})" if item.rules else "")
            for item in plan.overrides
        )


def _glance(plan: Plan, names: Names) -> Iterator[str]:
    yield "## The plan at a glance"
    rows = []
    for slot in names.slots:
        for step in names.starting(slot.id):
            row = [
                _md(marked(step)),
                _md(names.strand(step.strand)),
                _md(names.when(step)),
            ]
            money = words.pounds(words.cost(step))
            rows.append([*row, _md(step.lead.title), words.number(words.effort(step)), money])
    yield _table(["Step", "Strand", "When", "Lead", "Days", "Cost"], rows)
    yield "★ must be done; ◆ in a chain that can't slip; ? hangs on a judgement."
    if plan.picture.edges:
        yield "What needs what:"
        yield _list(
            f"{_md(names.step_title(before))} → {_md(names.step_title(after))}"
            for before, after in plan.picture.edges
        )
    if critical(plan):
        chain = " → ".join(_md(names.step_title(name)) for name in critical(plan))
        yield f"{chain_words(plan)} {chain}"
    if events(plan):
        yield "Dates to plan around:"
        yield _list(map(_md, events(plan)))
    if plan.vacant:
        yield "Vacant posts:"
        yield _list(map(_md, vacant(plan)))


def _step(step: Step, names: Names) -> Iterator[str]:
    light = " (light form)" if step.form == "light" else ""
    yield f"#### {_md(step.title)}{light}{' (must be done)' if step.must else ''}"
    yield _md(step.what)
    lead = _md(step.lead.title) + (
        f" ({_md(listed(step.lead.people))})" if step.lead.people else ""
    )
    check = step.monitoring
    by = f"{_md(check.title)} {_md(check.how)}; evidence: {_md(check.evidence)}"
    facts = [
        f"For: {_md(step.target.words)}",
        f"Strand: {_md(names.strand(step.strand))}",
        f"When: {_md(names.when(step))}",
        f"Lead: {lead}",
        f"Monitored: {by}{'' if check.independent else ' (not independent of the lead)'}",
        f"Time: {words.days(words.effort(step))}; cost: {invested_and_running(step)}",
    ]
    if step.decided:
        facts.append(f"Decided: {_md(step.decided)}")
    if step.form_note:
        facts.append(f"Light form: {_md(step.form_note)}")
    if firm(step):
        facts.append(f"{'Depends on' if step.depends_on else 'Firm'}: {_md(firm(step))}")
    if slips(step, names):
        facts.append(f"Can slip: {_md(slips(step, names))}")
    if step.value:
        facts.append(f"Brings: {points(step.value)} where it is")
    if served(step, names):
        facts.append(f"Serves: {_md(served(step, names))}")
    yield _list(facts)
    yield _list(
        f"{phase.phase.capitalize()} ({_md(names.span(phase.starts, phase.ends))}): "
        f"{_md(phase.does)}"
        for phase in step.phases
    )
    slots = [slot for slot in names.slots if slot.id in {item.slot for item in step.effort}]
    effort = words.effort_by_role(step, slots)
    yield _table(
        ["Days", *(_md(slot.title) for slot in slots)],
        ([_md(role), *map(words.number, row)] for role, row in effort.items()),
    )
    yield _list(
        f"{_md(names.line(item.line))}, {item.year}: {words.pounds(item.pounds)}"
        for item in step.cost
    )
    for title, arguments in (("Because", step.because), ("Against", step.against)):
        if arguments:
            yield f"{title}:"
            yield _list(map(_because, reasons(arguments, names.school)))
    milestones = [f"by {words.date(item.due)}: {_md(item.what)}" for item in step.milestones]
    success = [
        f"{_md(item.measure)}. Now: {_md(item.baseline)}. Target: {_md(item.target)}"
        for item in step.success
    ]
    times = []
    for time in step.occurrences:
        state = "set by the school" if time.fixed else "proposed"
        after = "".join(f"; {words.date(f.due)}: {_md(f.what)}" for f in time.follow_ups)
        times.append(f"{words.date(time.date)} ({state}){after}")
    for title, lines in (
        ("Why here", [_md(line) for line in step.why_here]),
        ("What makes it work", [_md(line) for line in step.active_ingredients]),
        ("Dates", times),
        ("Milestones", milestones),
        ("Success", success),
        ("Stop if", [_md(line) for line in step.stop_if]),
        ("Makes possible", [_md(names.step_title(name)) for name in step.enables]),
    ):
        if lines:
            yield f"{title}:"
            yield _list(lines)
    source = words.evidence_source(step.evidence)
    link = f" {source}, <{step.evidence.address}>." if source else ""
    yield f"Evidence: {_md(words.evidence_words(step.evidence))}{link}"


def _because(reason: Reason) -> str:
    rule = f" ({_md(reason.strength)}, `{reason.rule}`)" if reason.rule else ""
    lines = [f"{_md(reason.words)}.{rule}"]
    for read in reason.reads:
        lines.append(f"  - {_md(read.words)}{f' [{_md(read.where)}]' if read.where else ''}")
    return "\n".join(lines)


def _use(plan: Plan, names: Names) -> Iterator[str]:
    yield "## People's time"
    yield USED
    rows = []
    for (_, _, title), row in words.load_rows(plan).items():
        line = [_md(title)]
        for slot in names.slots:
            load = row.get(slot.id)
            state = words.load_state(load) if load else ""
            shown = f"{words.number(load.used)} of {words.number(load.capacity)}" if load else ""
            line.append(shown + (f" **{state}**" if state else ""))
        rows.append(line)
    yield _table(["Role", *(_md(slot.title) for slot in names.slots)], rows)
    if plan.held_back:
        yield "## Held back"
        yield "New things that wait because enough is new already."
        yield _list(f"**{_md(item.title)}**: {_md(held(item, names))}" for item in plan.held_back)
    yield "## Budget"
    yield _table(
        ["Line", "Year", "Planned", "Available", "Left"],
        (
            [_md(use.title), use.year, words.pounds(use.planned), words.pounds(use.available)]
            + [words.pounds(use.available - use.planned)]
            for use in plan.budget
        ),
    )
    yield _list(
        f"{_md(use.title)}, {use.year}: {_md(rules)}"
        for use, rules in line_words(plan.budget)
        if rules
    )


def _reasons(plan: Plan) -> Iterator[str]:
    yield "## What was left out"
    for title, items in words.left_out_by_kind(plan).items():
        yield f"### {title}"
        yield _list(
            f"**{_md(item.title)}** ({_md(item.target)}): {_md(left_out_words(item))}"
            for item in items
        )
    if plan.in_place or plan.shaped or plan.findings or plan.screening:
        yield "## What the plan rests on"
        yield _list(
            [
                *(f"Already in place: {_md(item)}" for item in plan.in_place),
                *(f"`{item.rule}` {_md(item.words)}" for item in plan.shaped),
                *(f"`{item.rule}` {_md(words.finding(item, plan))}" for item in plan.findings),
                *(
                    f"{_md(item.title)}: {words.count(item.pupils, 'pupil')}"
                    for item in plan.screening
                ),
            ]
        )
    yield "## What is not known"
    yield (
        _list(f"{_md(item.words)} {_md(item.titles)} (`{item.rules}`)" for item in not_known(plan))
        or "Every rule could be decided."
    )
    yield "## What was read"
    rows = ([_md(item.file), str(item.rows or ""), f"`{item.sha256[:12]}`"] for item in plan.inputs)
    yield _table(["File", "Rows", "SHA-256"], rows)
    yield "## How the plan was proved"
    yield words.proof_words(plan.proof)
    levels = ([_md(cell) for cell in level(item)] for item in plan.proof.levels)
    yield _table(["Aim", "Answer", "Reached", "Best possible"], levels)
    yield f"{_md(plan.proof.solver)}; {_md(plan.proof.rule_engine)}; termwise {plan.termwise}."
