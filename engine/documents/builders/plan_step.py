"""One step of the plan: a line to read, and everything about it to open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...core import listed
from ...planning import Because, HelpLine, Occurrence, Step, SuccessMeasure
from .. import words
from ..argument_lines import cited
from ..figure_words import measured
from ..plan_words import (
    FIXED,
    HANGS,
    MUST,
    firm,
    invested_and_running,
    season,
    served,
    slips,
    urgent,
)
from ..reason_phrases import Reason, reasons
from ..tree import (
    Bullets,
    Code,
    Column,
    Details,
    Fact,
    Facts,
    Link,
    ListItem,
    Paragraph,
    Quiet,
    Row,
    Section,
    Span,
    Table,
    Words,
    items,
)
from ..words import Names

_LIGHT = "A smaller version than the full one."


def step_details(step: Step, names: Names, code: str = "") -> Details:
    """Tell a step in a line, and under it all there is to say of it; `code` is the one it has in the tables."""
    marks = (
        (f"{MUST} must do", step.must),
        (f"{FIXED} can't slip", step.critical),
        (f"{HANGS} hangs on a judgement", bool(step.depends_on)),
        ("light form", step.form == "light"),
        ("cannot wait", bool(step.urgent)),
    )
    return Details(
        f"{code} {step.title}".lstrip(),
        (
            Paragraph(step.what),
            _facts(step, names),
            _reasons("Why it is in the plan", step.because, names),
            _reasons("Arguments against", step.against, names),
            _list("Why here", step.why_here),
            _list("What is done when", list(_phases(step, names))),
            Section("Dates", (Bullets(tuple(map(_occurrence, step.occurrences))),)),
            Section("Time", (_effort(step, names),)),
            _list("Cost", list(_cost(step, names))),
            _list("Milestones", [f"{words.date(m.due)}: {m.what}" for m in step.milestones]),
            Section("Success", (Bullets(tuple(_success(step))),)),
            _list("Stop if", step.stop_if),
            _list("What makes it work", step.active_ingredients),
            _list("Help from outside", [_help(one) for one in step.outside_help]),
            Section("Evidence", (Paragraph(tuple(_evidence(step))),)),
        ),
        tuple(mark for mark, is_so in marks if is_so),
        f"step-{step.id}",
        f"{names.strand(step.strand)}. Led by the {step.lead.title}; {words.days(words.effort(step))}, "
        f"{words.pounds(words.cost(step))}; {names.when(step)}",
        names.hue(step.strand),
    )


def _list(title: str, told: Sequence[Words]) -> Section:
    return Section(title, (Bullets(items(told)),))


def _help(one: HelpLine) -> str:
    """Tell who helps, whom to ask and what it costs."""
    told = f"{one.title}: {one.what} Ask {one.ask}. It costs: {one.costs} "
    return f"{told}(looked up on {words.date(one.checked)})."


def _facts(step: Step, names: Names) -> Facts:
    check = step.monitoring
    alone = "" if check.independent else " (not independent: nobody but the lead could do it)"
    people = f" ({listed(step.lead.people)})" if step.lead.people else ""
    if step.lead.acting_for:
        people += f", for the {step.lead.acting_for}, whose post is vacant when it begins"
    if step.lead.in_place_of:
        people += (
            f", in place of the {step.lead.in_place_of}, so that the head leads less of the plan"
        )
    told: tuple[tuple[str, Words], ...] = (
        ("For", step.target.words),
        ("Decided", step.decided),
        ("Lead", step.lead.title + people),
        ("Monitored by", f"{check.title}: {check.how}; evidence: {check.evidence}{alone}"),
        ("Serves", served(step, names)),
        ("Cannot wait", urgent(step)),
        ("Season", season(step)),
        ("Needs", _steps(step.needs, names)),
        ("Makes possible", _steps(step.enables, names)),
        ("Ready after", names.slot_title(step.ready)),
        ("Light form", (step.form_note or _LIGHT) if step.form == "light" else ""),
        ("Depends on" if step.depends_on else "Firm", firm(step)),
        ("Can slip", slips(step, names)),
        ("Costs", invested_and_running(step)),
    )
    return Facts(tuple(Fact(term, value) for term, value in told if value))


def _steps(ids: Sequence[str], names: Names) -> Words:
    """Name steps, each with a link to where it is told."""
    told: list[Span] = []
    for at, name in enumerate(ids):
        title = names.step_title(name)
        told += [", "] if at else []
        told.append(Link(title, f"#step-{name}") if name in names.steps else title)
    return tuple(told)


def _reasons(title: str, because: Sequence[Because], names: Names) -> Section:
    told = tuple(map(_reason, reasons(because, names.school)))
    return Section(title, (Bullets(told),))


def _reason(reason: Reason) -> ListItem:
    """Tell a rule's word and the values it read."""
    rule: tuple[Span, ...] = (Quiet(f" ({reason.strength}, "), Code(reason.rule), Quiet(")"))
    read = [cited(read.words, f" [{read.where}]" if read.where else "") for read in reason.reads]
    told = (f"{words.clean(reason.words)}.", *(rule if reason.rule else ()))
    return ListItem(told, (Bullets(items(read)),))


def _phases(step: Step, names: Names) -> Iterator[str]:
    for phase in step.phases:
        when = names.span(phase.starts, phase.ends)
        yield f"{phase.phase.capitalize()}, {when}: {phase.does}"


def _occurrence(time: Occurrence) -> ListItem:
    state = "set by the school" if time.fixed else "proposed"
    after = [f"{words.date(item.due)}: {item.what}" for item in time.follow_ups]
    return ListItem((words.date(time.date), Quiet(f" ({state})")), (Bullets(items(after)),))


def _effort(step: Step, names: Names) -> Table:
    used = {item.slot for item in step.effort}
    slots = [slot for slot in names.slots if slot.id in used]
    rows: list[Row] = []
    for role, row in words.effort_by_role(step, slots).items():
        days = (words.number(one) if one else "" for one in row)
        name = f"days-{step.id}-{len(rows) + 1}"
        rows.append(Row((role, *days, words.number(sum(row))), name))
    titles = (*(slot.title for slot in slots), "Total")
    return Table((Column("Days of"), *(Column(one, "number") for one in titles)), tuple(rows))


def _cost(step: Step, names: Names) -> Iterator[str]:
    for item in step.cost:
        part = "all" if item.running == item.pounds else words.pounds(item.running)
        kept = f", {part} of it to keep it going" if item.running else ""
        yield f"{words.pounds(item.pounds)} from {names.line(item.line)}, {item.year}{kept}"


def _success(step: Step) -> Iterator[ListItem]:
    """Tell each success measure; one that is a figure of several classes or groups with a line for each."""
    of_each: dict[str, list[SuccessMeasure]] = {}
    for told in step.success:
        of_each.setdefault(told.measure, []).append(told)
    for measure, each in of_each.items():
        if len(each) == 1:
            about = each[0].about
            about = f", {about}" if about and about.lower() not in measure.lower() else ""
            yield ListItem((f"{words.clean(measure)}{about}. {measured(each[0])}",))
        else:
            lines = items(f"{one.about}. {measured(one)}" for one in each)
            yield ListItem((words.clean(measure),), (Bullets(lines),))


def _evidence(step: Step) -> Iterator[Span]:
    """Tell what research says, and whose figures these are."""
    yield words.evidence_words(step.evidence)
    source, address = words.evidence_source(step.evidence), step.evidence.address
    if source and address is not None:
        yield Quiet(f" {source}: ")
        yield Link(address, address)


__all__ = ["step_details"]
