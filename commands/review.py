"""Commands about a plan in use: issuing it, and what is otherwise in another."""

from __future__ import annotations

import datetime
import pathlib
from typing import TYPE_CHECKING, Any

import click

from termwise.commands import shared
from termwise.commands.answer import Answer, answering
from termwise.engine.core import without_unprintable

if TYPE_CHECKING:
    from termwise.engine.review import ReplannedAdvice


@click.command()
@click.argument("folder", type=shared.FOLDER)
@click.option("--by", "roles", multiple=True, metavar="ROLE", help="Who agreed it; more than once.")
@click.option("--note", help="A sentence about it.")
@click.option("--on", type=shared.DATE, help="The day it was agreed; by default today.")
@shared.YEARS
def issue(
    folder: pathlib.Path,
    roles: tuple[str, ...],
    note: str | None,
    on: datetime.datetime | None,
    years: int | None,
) -> None:
    """Keep the plan as it was agreed: from then on the school works by it.

    It is written to plans/, by the day, and nothing is ever written over it.
    """
    from termwise.engine.review import issue as made
    from termwise.engine.review import issued_plans, keep_issued

    before = issued_plans(folder)
    advice = shared.advice(folder, years)
    day = on.date() if on else datetime.date.today()
    said = without_unprintable(note).strip() if note else None
    issued = made(advice, day, roles, said or None, before[-1] if before else None)
    path = keep_issued(folder, issued)
    steps = len(issued.plan.steps)
    shared.say(f"The plan for {issued.plan.school.name} with its {steps} steps is issued: {path}.")
    if before:
        shared.say(f"It takes the place of the plan of {before[-1].issued}, which stays.")


@click.command()
@click.argument("old", type=shared.FOLDER)
@click.argument("new", type=shared.FOLDER)
@click.option("--on", type=shared.DATE, help="The day it is; by default today.")
@answering()
def diff(old: pathlib.Path, new: pathlib.Path, on: datetime.datetime | None, to: Answer) -> None:
    """What is otherwise in the plan NEW than in OLD, and why.

    Each is a file in plans/, or one of "termwise plan DIR --format json -o FILE"; a school's folder
    stands for its plan in force on that day.
    """
    from termwise.engine.review import diff as changes
    from termwise.engine.review import plan_from

    today = on.date() if on else datetime.date.today()
    to.give(changes(plan_from(old, today), plan_from(new, today)), "What changed is")


@click.command()
@click.argument("folder", type=shared.FOLDER)
@click.argument("step", required=False)
@click.option("--status", help="How it stands, such as on-track, behind, done or stopped.")
@click.option("--by", metavar="ROLE", help="The role that says so; by default who leads it.")
@click.option("--rag", help="How its lead rates it: red, amber, green.")
@click.option("--note", help="What was done.")
@click.option("--evidence", help="What shows it.")
@click.option("--days", help="Days used so far, of all people together.")
@click.option("--pounds", help="Pounds used so far.")
@click.option("--left", "days_left", help="Days still needed.")
@click.option("--met", multiple=True, metavar="N", help="A milestone that is met, by its number.")
@click.option("--seen", multiple=True, metavar="N", help="An active ingredient seen, or none.")
@click.option("--sign", "signs", multiple=True, metavar="N", help="A sign to stop seen, or none.")
@click.option("--reached", multiple=True, metavar="N", help="A success measure reached, or none.")
@click.option("--next", "again", type=shared.DATE, help="The day it is looked at again.")
@click.option("--date", type=shared.DATE, help="The day it was so; by default that of --on.")
@click.option("--on", type=shared.DATE, help="The day it is; by default today.")
@answering()
def progress(
    folder: pathlib.Path,
    step: str | None,
    again: datetime.datetime | None,
    date: datetime.datetime | None,
    on: datetime.datetime | None,
    met: tuple[str, ...],
    seen: tuple[str, ...],
    signs: tuple[str, ...],
    reached: tuple[str, ...],
    to: Answer,
    **said: str | None,
) -> None:
    """Where everything in the plan in force stands; with a STEP, write down how it stands.

    A row is added to progress.csv; nothing that stands there is changed. STEP is its id or its title.
    """
    from termwise.engine.review import add_progress, load_progress, plan_on, plans_in_use
    from termwise.engine.review import progress as report
    from termwise.engine.school import load_school

    listed = {"met": met, "seen": seen, "signs": signs, "reached": reached}
    if step is None and (date or again or any(listed.values()) or any(said.values())):
        raise click.UsageError("name the step that is told of: termwise progress DIR STEP …")
    if step is not None and not said["status"]:
        raise click.UsageError("--status is missing: how does the step stand?")
    today = on.date() if on else datetime.date.today()
    latest = max(today, datetime.date.today())  # who looks back sees no later rows as mistakes
    plans = plans_in_use(folder)
    force = plan_on(plans, today)
    library = shared.library(folder)
    school = load_school(folder, library)
    if step is None:
        entries = load_progress(folder, plans, school, library, latest)
        to.give(report(force, entries, library, today), "Where the plan stands is")
        return
    leads = {one.id: one.lead.role for one in force.plan.steps}
    leads |= {one.title.casefold(): one.lead.role for one in force.plan.steps}
    cells = {name: without_unprintable(text) for name, text in said.items() if text}
    cells["date"] = (date.date() if date else today).isoformat()
    cells["step"] = without_unprintable(step)
    others = next(iter(leads.values()), "")  # of a step that isn't there only that is told
    cells.setdefault("by", leads.get(step.casefold(), others))
    cells |= {name: " ".join(numbers) for name, numbers in listed.items() if numbers}
    cells |= {"next": again.date().isoformat()} if again else {}
    written = add_progress(folder, plans, school, library, cells, latest)
    shared.say(f"{written.entry.step} on {written.entry.date} is in {written.path}.")


@click.command()
@click.argument("folder", type=shared.FOLDER)
@click.option("--on", type=shared.DATE, help="The day it is; by default today.")
@answering()
def partnership(folder: pathlib.Path, on: datetime.datetime | None, to: Answer) -> None:
    """Sum up the years of a partnership: judgements, figures, inspections, what was done.

    From the first plan that was issued to today; how each strand and figure stood in each plan.
    """
    from termwise.engine.review import load_progress, plans_in_use
    from termwise.engine.review import partnership as summed_up
    from termwise.engine.school import load_school

    today = on.date() if on else datetime.date.today()
    plans = plans_in_use(folder)
    library = shared.library(folder)
    school = load_school(folder, library)
    entries = load_progress(folder, plans, school, library, max(today, datetime.date.today()))
    to.give(summed_up(school, library, plans, entries, today), "The summary is")


@click.command()
@click.argument("folder", type=shared.FOLDER)
@click.option("--on", type=shared.DATE, help="The day it is; by default today.")
@click.option("--keep", "kept", is_flag=True, help="Keep it in reviews/, by the day.")
@answering()
def review(folder: pathlib.Path, on: datetime.datetime | None, kept: bool, to: Answer) -> None:
    """Review the plan in force: what was done as described, what moved, what to decide.

    Carrying out comes first, then what moved, against the error of the measure; then rules propose for
    each step to go on, coach, change, extend, hand over or stop.
    """
    from termwise.engine.review import (
        keep_review,
        kept_reviews,
        load_progress,
        plan_on,
        plans_in_use,
    )
    from termwise.engine.review import review as reviewed

    today = on.date() if on else datetime.date.today()
    plans = plans_in_use(folder)
    library = shared.library(folder)
    school = shared.school_with_key(folder, library, False)
    latest = max(today, datetime.date.today())
    entries = load_progress(folder, plans, school, library, latest)
    force = plan_on(plans, today)
    of_it = {one.issued for one in plans if one.plan.starts == force.plan.starts}
    before = [one for one in kept_reviews(folder) if one.on < today and one.issued in of_it]
    found = reviewed(
        *(school, library, force, entries, today, before[-1] if before else None),
        earlier=plans[: plans.index(force)],
    )
    path = keep_review(folder, found) if kept else None
    to.give(found, "The review is")
    if path:
        shared.say(f"It is kept: {path}.")


@click.command()
@click.argument("folder", type=shared.FOLDER)
@click.option("--on", type=shared.DATE, help="The day it is; by default today.")
@click.option(
    "--stability",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="How much of the plan's worth may be given up so that less moves.",
)
@click.option("--keep", multiple=True, metavar="STEP", help="A step that stays; more than once.")
@click.option(
    "--accept",
    type=shared.FOLDER,
    metavar="REVIEW",
    help="A file in reviews/: what it proposes to end does so, but for what is kept.",
)
@click.option("--prices", is_flag=True, help="What refusing each move and drop would cost; slower.")
@click.option("--keep-dates", is_flag=True, help="Every step that is still done stays, if it can.")
@click.option("--issue", "kept", is_flag=True, help="Issue it: it is in force from that day on.")
@click.option("--by", "roles", multiple=True, metavar="ROLE", help="With --issue: who agreed it.")
@click.option("--note", help="With --issue: a sentence about it.")
@answering()
@click.pass_context
def replan(
    ctx: click.Context,
    folder: pathlib.Path,
    on: datetime.datetime | None,
    stability: float | None,
    keep: tuple[str, ...],
    accept: pathlib.Path | None,
    prices: bool,
    keep_dates: bool,
    kept: bool,
    roles: tuple[str, ...],
    note: str | None,
    to: Answer,
) -> None:
    """Plan again from the plan in force: the past stays, and as little moves as can.

    What was done and what runs stays where it is, what was stopped is out; each change is told with
    its reason. Exits with 3 when what must be done can't all be done.
    """
    from termwise.engine.review import issue as made
    from termwise.engine.review import (
        keep_issued,
        load_progress,
        plan_on,
        plans_in_use,
        review_from,
        with_prices,
    )
    from termwise.engine.review import replan as again
    from termwise.engine.school import load_school

    if (roles or note) and not kept:
        raise click.UsageError("--by and --note go with --issue")
    today = on.date() if on else datetime.date.today()
    plans = plans_in_use(folder)
    force = plan_on(plans, today)
    library = shared.library(folder)
    school = load_school(folder, library)
    latest = max(today, datetime.date.today())
    entries = load_progress(folder, plans, school, library, latest)
    review = review_from(accept) if accept else None

    def planned(*kept_too: str) -> ReplannedAdvice:
        asked = (school, library, force, entries, today, stability)
        before = plans[: plans.index(force)]
        return again(*asked, (*keep, *kept_too), keep_dates, review, before)

    found = with_prices(planned(), planned) if prices else planned()
    if kept:
        said = without_unprintable(note).strip() if note else None
        issued = made(found.advice, today, roles, said or None, force, found.accepted)
        path = keep_issued(folder, issued)
    to.give(found.plan, "The plan is")
    if kept:
        shared.say(f"It is issued, and in force: {path}.")
    if found.plan.conflict:
        ctx.exit(3)


@click.command()
@click.argument("folder", type=shared.FOLDER)
@click.argument("file", type=shared.FOLDER)
@click.option("--on", type=shared.DATE, help="The day of what names no other; by default today.")
@click.option(
    "--write", "written", is_flag=True, help="Write the rows of progress to progress.csv."
)
@click.option(
    "--accept",
    "codes",
    multiple=True,
    metavar="CODE",
    help="Write into overrides.yaml what moved, was handed on or dropped of this step.",
)
@click.option("--reason", metavar="CODE", help="With --accept: why, a code of overrides.yaml.")
@click.option("--by", "role", metavar="ROLE", help="With --accept: who decided it.")
@answering()
def read_back(
    folder: pathlib.Path,
    file: pathlib.Path,
    on: datetime.datetime | None,
    written: bool,
    codes: tuple[str, ...],
    reason: str | None,
    role: str | None,
    to: Answer,
) -> None:
    """What the school changed in a FILE of its plan, as .docx or .xlsx, held against the plan in force;
    or what a team wrote into the workbook of its meeting.

    Ratings, notes and days become rows of progress.csv with --write; what moved, was handed on, dropped or
    added is listed with what would come of it, and so is what can't be understood.
    """
    from termwise.engine.review import (
        add_progress_rows,
        decisions_of,
        is_meeting,
        load_progress,
        plan_on,
        plans_in_use,
        read_returned,
        rows_of,
        write_decisions,
    )
    from termwise.engine.review import read_back as held
    from termwise.engine.school import load_school

    if bool(codes) != bool(reason and role):
        raise click.UsageError("--accept goes with --reason and --by")
    rows = read_returned(file)
    if is_meeting(rows):
        if codes:
            raise click.UsageError("--accept is for the file of a plan")
        _meeting_back(folder, rows, on.date() if on else datetime.date.today(), written, to)
        return
    plans = plans_in_use(folder)
    library = shared.library(folder)
    school = load_school(folder, library)
    today = on.date() if on else datetime.date.today()
    latest = max(today, datetime.date.today())
    entries = load_progress(folder, plans, school, library, latest)
    force = plan_on(plans, today)
    found = held(rows, force, entries, library, today)
    signed = {"reason": reason or "", "role": role or "", "on": today.isoformat()}
    decided = decisions_of(found, force.plan, codes, signed, library) if codes else []
    if decided:
        write_decisions(folder, library, decided)
    if written and (told := rows_of(found)):
        add_progress_rows(folder, plans, school, library, told, latest)
    to.give(found, "What came back is")
    if written:
        many = len(rows_of(found))
        shared.say(
            f"{many} row{'' if many == 1 else 's'} added to progress.csv.", err=to.form != "text"
        )
    if decided:
        many = len(decided)
        said = f"{many} decision{'' if many == 1 else 's'} added to overrides.yaml; plan again."
        shared.say(said, err=to.form != "text")


def _meeting_back(
    folder: pathlib.Path, rows: Any, on: datetime.date, written: bool, to: Answer
) -> None:
    """Answers with what a team wrote into its meeting's workbook; names are matched and not kept."""
    from termwise.engine.review import returned_meeting, write_meeting

    library = shared.library(folder)
    school = shared.school_with_key(folder, library, True)
    found = returned_meeting(rows, school, library, on)
    ids = write_meeting(folder, school, library, found) if written else []
    to.give(found, "What came back is")
    if written:
        told = (
            f"Written to commitments.csv: outcomes: {len(found.outcomes)}; commitments: {len(ids)}."
        )
        shared.say(told, err=to.form != "text")
