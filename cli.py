"""The command line: words in, words out; no decision is taken here."""

from __future__ import annotations

import datetime
import importlib.metadata
import json
import os
import pathlib
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from termwise.engine.errors import ContentError, TermwiseError, UnknownNameError
from termwise.engine.version import VERSION

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    help="How to print it.",
)
FOLDER = click.Path(path_type=pathlib.Path)
DATE = click.DateTime(formats=["%Y-%m-%d"])
YEARS = click.option("--years", type=click.IntRange(1, 3), help="How many years to plan.")
ANSWER = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print it."
)


class Commands(click.Group):
    """Commands whose known errors are told in sentences, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ContentError as error:
            count = len(error.problems)
            click.echo("\n".join(str(problem) for problem in error.problems), err=True)
            click.echo(
                f"{count} problem{'s' if count != 1 else ''}; nothing was written.", err=True
            )
            ctx.exit(1)
        except TermwiseError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


@click.group(cls=Commands)
@click.version_option(VERSION, prog_name="termwise")
def main() -> None:
    """Explained term-by-term school improvement plans.

    Start with "termwise new DIR", fill in the folder, and run "termwise plan DIR".
    """


def _library(folder: pathlib.Path | None = None) -> Any:
    from termwise.engine.library import load_library
    from termwise.engine.readers.folder import programme_of

    programme = programme_of(folder) if folder else None
    try:
        return load_library(programme)
    except UnknownNameError:
        return load_library()  # the folder is told of it with its line, when it is read


def _advice(folder: pathlib.Path, years: int | None = None) -> Any:
    from termwise.engine.advise import advise
    from termwise.engine.readers import load_school

    library = _library(folder)
    return advise(load_school(folder, library, years), library)


def _school_with_key(folder: pathlib.Path, library: Any, names: bool) -> Any:
    """A school whose pupils can be shown: a folder that has no key to their pseudonyms gets one,
    unless it can't be read, or holds commitments that were written with another key."""
    from termwise.engine.readers import load_school, make_key
    from termwise.engine.teams import load_commitments

    school = load_school(folder, library, names=names)
    if school.pupils and not school.pseudonyms.kept:
        load_commitments(folder, school, library)
        make_key(folder)
        school = load_school(folder, library, names=names)
    return school


def _can_write(output: pathlib.Path | None, folder: pathlib.Path) -> None:
    """Refuses what can't be written to, and what the school's own files stand in."""
    if output is None:
        return
    if output.is_dir():
        raise click.UsageError(f"{output} is a folder: name a file in it")
    if not output.parent.is_dir():
        raise click.UsageError(f"there is no folder {output.parent}")
    if not os.access(output.parent, os.W_OK):
        raise click.UsageError(f"nothing can be written in the folder {output.parent}")
    own = output.resolve().parent == folder.resolve() and output.exists()
    if own and output.suffix not in _OURS:
        raise click.UsageError(
            f"{output} may be one of the school's own files: choose another name"
        )


_OURS = (".html", ".md", ".json")
"""What a document in a school's folder can be called and written over; the school's own files are
never called so."""


def _put(text: str, output: pathlib.Path | None, what: str, private: bool = False) -> None:
    """Prints a document, or writes it to a file: one about single pupils only for its owner to
    read, a table with the mark by which a spreadsheet knows its letters."""
    if output is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        _write(output, "\ufeff" + text if output.suffix == ".csv" else text, private)
        click.echo(f"{what} in {output}.")


def _write(path: pathlib.Path, text: str, private: bool = False) -> None:
    from termwise.engine.beside import write_beside

    try:
        write_beside(path, text.encode(), 0o600 if private else 0o644)
    except OSError as error:
        raise click.UsageError(f"{path} can't be written: {error.strerror}") from None


def _today_in(school: Any) -> datetime.date:
    """Today, if the plan has begun and isn't over; else its first day."""
    first, last = school.timeline.halves[0].starts, school.timeline.halves[-1].ends
    today = datetime.date.today()
    return today if first <= today <= last else first


def _rich_table(rows: Sequence[Sequence[str]], header: Sequence[str]) -> None:
    """The same for a person at a terminal: wrapped to its width."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for position, name in enumerate(header):
        table.add_column(name, no_wrap=position == 0)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)


def _print(rows: list[dict[str, Any]], columns: Iterable[str], form: str) -> None:
    if form == "json":
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False, default=str))
        return
    columns = list(columns)
    cells = [[str(row[column]) for column in columns] for row in rows]
    if sys.stdout.isatty():
        _rich_table(cells, columns)
    else:
        from termwise.engine.documents.table import plain_table

        click.echo(plain_table(cells, columns))
    click.echo(f"{len(rows)} in all")


@main.command()
@click.argument("folder", type=FOLDER)
@YEARS
@click.option("--format", "form", type=click.Choice(["text", "md", "html", "json"]), default="text")
@click.option("-o", "--output", type=FOLDER, help="Write it to this file.")
@click.pass_context
def plan(
    ctx: click.Context,
    folder: pathlib.Path,
    years: int | None,
    form: str,
    output: pathlib.Path | None,
) -> None:
    """Plan the school in a folder, term by term.

    Exits with 3 when what must be done can't all be done; the best plan is printed all the same.
    """
    from termwise.engine import documents

    _can_write(output, folder)
    if sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status("Reading, recommending, planning"):
            advice = _advice(folder, years)
    else:
        advice = _advice(folder, years)
    render: dict[str, Callable[[Any], str]] = {
        "text": documents.as_text,
        "md": documents.as_markdown,
        "html": documents.as_html,
        "json": documents.as_json,
    }
    text = render[form](advice.plan)
    _put(text, output, f"The plan for {advice.plan.school.name} is")
    if output is None and form == "text":
        click.echo(
            f"The full plan, with every reason: termwise plan {folder}"
            f"{f' --years {years}' if years else ''} --format html -o plan.html"
        )
    told = output is None and form in ("text", "md")  # the document itself begins with it
    if advice.plan.conflict and told:
        ctx.exit(3)
    if advice.plan.conflict:
        click.echo("These can't all hold together:", err=True)
        for line in advice.plan.conflict:
            click.echo(f"- {line}", err=True)
        if advice.plan.ways_out:
            click.echo("Ways out, the cheapest first:", err=True)
        for way in advice.plan.ways_out:
            click.echo(f"- {way.words}", err=True)
        ctx.exit(3)


@main.command()
@click.argument("folder", type=FOLDER)
@click.argument("step")
@YEARS
@ANSWER
def why(folder: pathlib.Path, step: str, years: int | None, form: str) -> None:
    """Why a step is in the plan and why there, and what it would cost to have it otherwise.

    STEP is the title of a step, a part of it that is no other's, or its id.
    """
    from termwise.engine.documents.why import why_as_text
    from termwise.engine.why import why as answer

    found = answer(_advice(folder, years), step)
    click.echo(_json(found) if form == "json" else why_as_text(found), nl=False)


@main.command("why-not")
@click.argument("folder", type=FOLDER)
@click.argument("intervention")
@YEARS
@ANSWER
def why_not(folder: pathlib.Path, intervention: str, years: int | None, form: str) -> None:
    """Why an intervention is not in the plan, and what would bring it in.

    INTERVENTION is its title, a part of it that is no other's, or its id.
    """
    from termwise.engine.documents.why import why_not_as_text
    from termwise.engine.why import why_not as answer

    found = answer(_advice(folder, years), intervention)
    click.echo(_json(found) if form == "json" else why_not_as_text(found), nl=False)


@main.command()
@click.argument("folder", type=FOLDER)
@YEARS
@click.option("--format", "form", type=click.Choice(["text", "html", "json"]), default="text")
@click.option("-o", "--output", type=FOLDER, help="Write it to this file.")
def money(folder: pathlib.Path, years: int | None, form: str, output: pathlib.Path | None) -> None:
    """What the plan's money buys, and what a little more money or time would.

    The school is planned again some thirty times, which takes a while.
    """
    from termwise.engine.documents.money import money_as_text
    from termwise.engine.documents.money_html import money_as_html
    from termwise.engine.money import money as report

    _can_write(output, folder)
    found = report(_advice(folder, years))
    render: dict[str, Callable[[Any], str]] = {
        "text": money_as_text,
        "html": money_as_html,
        "json": _json,
    }
    _put(render[form](found), output, f"The report on the money of {found.school.name} is")


def _json(record: Any) -> str:
    return str(record.model_dump_json(indent=2, by_alias=True)) + "\n"


@main.command()
@click.argument("folder", type=FOLDER)
@FORMAT
@click.pass_context
def check(ctx: click.Context, folder: pathlib.Path, form: str) -> None:
    """Check a school folder: all problems at once, each with its place.

    Rows of pupils that can't be used are problems here; a plan is made without them.
    """
    from termwise.engine.readers import load_school
    from termwise.engine.readers.commitments import COMMITMENTS
    from termwise.engine.teams import load_commitments

    try:
        library = _library(folder)
        school = load_school(folder, library)
        problems = [problem for account in school.accounts for problem in account.problems()]
        agreed: Any = ()
        try:
            agreed = load_commitments(folder, school, library)
        except ContentError as error:
            problems.extend(error.problems)
        if problems:
            raise ContentError(problems)
    except ContentError as error:
        if form == "table":
            raise
        rows = [
            {
                "file": p.place.file,
                "line": p.place.line,
                "column": p.place.column,
                "problem": p.what,
                "hint": p.hint,
            }
            for p in error.problems
        ]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        ctx.exit(1)
    rows = [{"file": i.file, "rows": i.rows or "", "sha256": i.sha256[:16]} for i in school.inputs]
    if agreed:
        rows.append({"file": COMMITMENTS, "rows": len(agreed), "sha256": ""})
    if form == "table":
        click.echo(f"{school.file.school.name}: nothing is wrong.")
    _print(rows, ["file", "rows", "sha256"], form)


@main.command()
@click.argument("folder", type=FOLDER)
@click.option("--names", is_flag=True, help="Show pupils by name, not by pseudonym.")
@FORMAT
def data(folder: pathlib.Path, names: bool, form: str) -> None:
    """What was read in a school's files: every row accounted for, and what to look at.

    Pupils are shown under pseudonyms that stay the same on this machine; the key to them is written
    into the folder the first time, and belongs to nobody else.
    """
    from termwise.engine.data import data_report
    from termwise.engine.documents.data import data_as_text

    library = _library(folder)
    school = _school_with_key(folder, library, names)
    report = data_report(school, library)
    if form == "json":
        click.echo(report.model_dump_json(indent=2, by_alias=True))
    else:
        click.echo(data_as_text(report), nl=False)


@main.command()
@click.argument("folder", type=FOLDER)
@click.option("--year", help="Only this year group.")
@click.option("--class", "class_id", help="Only this class.")
@click.option("--subject", help="Only this subject.")
@click.option("--group", help="Only this group, such as pp.")
@click.option("--pupil", help="Only this pupil, by pseudonym.")
@click.option("--state", help="Only this state, such as at-risk.")
@click.option("--on", type=DATE, help="The day sequences begin; by default today.")
@click.option("--names", is_flag=True, help="Show pupils by name, not by pseudonym.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "html"]), default="table"
)
@click.option("-o", "--output", type=FOLDER, help="Write it to this file.")
def recommend(
    folder: pathlib.Path,
    year: str | None,
    class_id: str | None,
    subject: str | None,
    group: str | None,
    pupil: str | None,
    state: str | None,
    on: datetime.datetime | None,
    names: bool,
    form: str,
    output: pathlib.Path | None,
) -> None:
    """Which pupils are at risk, why, how sure that is, and what to teach next.

    The gravest and clearest stand first. Pupils are shown under pseudonyms; the key to them is
    written into the folder the first time.
    """
    from termwise.engine.documents import pupils as documents
    from termwise.engine.documents.pupils_html import pupils_as_html
    from termwise.engine.pupils import Ask, pupil_report

    _can_write(output, folder)
    library = _library(folder)
    school = _school_with_key(folder, library, names)
    on_day = on.date() if on else _today_in(school)
    ask = Ask(year, class_id, subject, group, pupil, state, on_day)
    report = pupil_report(school, library, ask)
    render: dict[str, Callable[[Any], str]] = {
        "table": documents.pupils_as_text,
        "csv": documents.pupils_as_csv,
        "html": pupils_as_html,
        "json": lambda it: it.model_dump_json(indent=2, by_alias=True) + "\n",
    }
    _put(render[form](report), output, "The pupils are", private=True)


@main.command()
@click.argument("folder", type=FOLDER)
@click.argument("name", metavar="TEAM")
@click.option("--for", "on", type=DATE, required=True, help="The day of the meeting.")
@click.option("--impact", "of_impact", is_flag=True, help="The report to the headteacher instead.")
@click.option("--names", is_flag=True, help="Show pupils by name, not by pseudonym.")
@click.option("--format", "form", type=click.Choice(["md", "html", "json"]), default="md")
@click.option("-o", "--output", type=FOLDER, help="Write it to this file.")
def team(
    folder: pathlib.Path,
    name: str,
    on: datetime.datetime,
    of_impact: bool,
    names: bool,
    form: str,
    output: pathlib.Path | None,
) -> None:
    """The sheet for a team's meeting: focus pupils, what was agreed, what to agree next.

    With --impact: what the team took on up to that day, what was kept, and what was seen to work.
    """
    from termwise.engine.documents import team as documents
    from termwise.engine.pupils import Ask, pupil_report
    from termwise.engine.teams import impact, load_commitments, meeting

    _can_write(output, folder)
    library = _library(folder)
    school = _school_with_key(folder, library, names)
    day = on.date()
    agreed = load_commitments(folder, school, library, today=False)
    render: dict[str, Callable[[Any], str]]
    if of_impact:
        found: Any = impact(school, library, name, day, agreed)
        render = {"md": documents.impact_as_markdown, "html": documents.impact_as_html}
    else:
        report = pupil_report(school, library, Ask(on=day))
        found = meeting(school, library, name, day, report, agreed)
        render = {"md": documents.meeting_as_markdown, "html": documents.meeting_as_html}
    render["json"] = lambda it: it.model_dump_json(indent=2, by_alias=True) + "\n"
    _put(render[form](found), output, "The report is" if of_impact else "The sheet is", True)


@main.command()
@click.argument("folder", type=FOLDER)
@click.option("--team", "team_id", help="The team in whose meeting it was agreed.")
@click.option("--teacher", help="Who takes it on: a person's id in staff.yaml.")
@click.option("--pupil", "pupils", multiple=True, help="For whom, by pseudonym; more than once.")
@click.option("--subject", help="In which subject.")
@click.option("--skill", help="The code of the skill, if it is about one.")
@click.option("--strategy", help="What the teacher will do in class.")
@click.option("--evidence", help="What is brought to the meeting where it is looked at.")
@click.option("--agreed", type=DATE, help="The day it was agreed; by default today.")
@click.option("--review", type=DATE, help="The day it is looked at again.")
@click.option("--outcome", "done", help="Instead: the commitment, by id, of which you tell.")
@click.option("--kept", help="Whether it was kept.")
@click.option("--worked", help="Whether it was seen to work with the pupils.")
@click.option("--seen", type=DATE, help="The day that was seen; by default today.")
@click.option("--note", help="A sentence about it.")
@click.option("--again", is_flag=True, help="Replace what was told before.")
def commit(folder: pathlib.Path, **given: Any) -> None:
    """Write down what a teacher takes on, or what came of it, in commitments.csv.

    To agree: --team, --teacher, --pupil, --subject, --strategy, --evidence and --review. To tell
    what came of it: --outcome and --kept.
    """
    from termwise.engine.records.teams import Agreed
    from termwise.engine.teams import add, outcome

    telling = given["done"] is not None
    asked, others = (_TOLD, _AGREED) if telling else (_AGREED, _TOLD)
    wrong = [name for name in others if name not in asked and given[name]]
    lacking = [name for name, needed in asked.items() if needed and not given[name]]
    for names, what in ((wrong, "does not go with this"), (lacking, "is missing")):
        if names:
            flags = ", ".join(f"--{_FLAGS.get(name, name)}" for name in names)
            raise click.UsageError(
                f"{flags} {what}; termwise commit --help tells what goes together"
            )
    library = _library(folder)
    school = _school_with_key(folder, library, False)
    today = datetime.date.today()
    days = {
        name: given[name].date() if given[name] else today for name in ("agreed", "review", "seen")
    }
    if telling:
        written = outcome(
            folder, school, library, given["done"], given["kept"], given["worked"], days["seen"],
            given["note"], again=given["again"],
        )  # fmt: skip
        click.echo(f"What came of {written.commitment.id} is in {written.path}.")
        return
    plain = ("teacher", "subject", "skill", "strategy", "evidence")
    agreed = Agreed.model_construct(  # checked where it is written, with the near names
        team=given["team_id"],
        agreed=days["agreed"],
        review=days["review"],
        pupils=tuple(ref.upper() for ref in given["pupils"]),
        **{name: given[name] for name in plain},
    )
    written = add(folder, school, library, agreed)
    click.echo(f"{written.commitment.id} is in {written.path}.")


_AGREED = {
    "team_id": True,
    "teacher": True,
    "pupils": True,
    "subject": True,
    "skill": False,
    "strategy": True,
    "evidence": True,
    "agreed": False,
    "review": True,
}
_TOLD = {"done": True, "kept": True, "worked": False, "seen": False, "note": False, "again": False}
_FLAGS = {"team_id": "team", "pupils": "pupil", "done": "outcome"}


@main.command()
@click.argument("folder", type=FOLDER)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Another seed, another school."
)
@click.option("--pupils", type=click.IntRange(1), default=210, show_default=True)
@click.option("--classes", type=click.IntRange(1), default=7, show_default=True)
@click.option("--shape", default="long", show_default=True, help="How its pupils are exported.")
def demo(folder: pathlib.Path, seed: int, pupils: int, classes: int, shape: str) -> None:
    """Make up a school, with the truth about its pupils in truth.json.

    The shape is that of a system's export: long, arbor, sims, bromcom, insight, target-tracker, fft
    or ctf.
    """
    from termwise.engine.demo import make_demo

    try:
        report = make_demo(
            folder, _library(), seed=seed, pupils=pupils, classes=classes, shape=shape
        )
    except (FileExistsError, ValueError) as error:
        raise click.UsageError(str(error)) from None
    click.echo(
        f"A made-up school is in {folder}: {report.pupils} pupils in {' and '.join(report.rows)}, "
        f"{report.at_risk} times at risk in a subject (truth.json says who and why)."
    )
    click.echo(f"Look at it with: termwise data {folder}, then termwise plan {folder}")


@main.command()
@click.argument("folder", type=FOLDER)
def new(folder: pathlib.Path) -> None:
    """Make a school folder to fill in, every field explained."""
    from termwise.engine.template import template

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} is there already, and not an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in template(_library()).items():
        _write(folder / name, text)
    click.echo(
        f"{folder} is made. Fill in school.yaml, cqa.yaml and staff.yaml, put pupils.csv beside"
    )
    click.echo(f"them, and run: termwise check {folder}; termwise data {folder}")


@main.group()
def rules() -> None:
    """The rules: what termwise looks for, and what follows."""


@rules.command("list")
@FORMAT
def rules_list(form: str) -> None:
    """Every rule."""
    rows = [
        {"id": r.id, "stratum": r.stratum, "about": r.about, "title": r.title}
        for r in _library().rules.values()
    ]
    _print(rows, ["id", "stratum", "about", "title"], form)


@rules.command("show")
@click.argument("name", metavar="ID")
@FORMAT
def rules_show(name: str, form: str) -> None:
    """One rule: its condition, why it matters, its limits and its examples."""
    from termwise.engine.conditions import say

    library = _library()
    rule = library.rule(name)
    if form == "json":
        click.echo(rule.model_dump_json(indent=2, by_alias=True, exclude_none=True))
        return
    click.echo(f"{rule.id}  {rule.title}  ({rule.status} since {rule.since}, about a {rule.about})")
    click.echo(f"Written in {library.place('rule', rule.id, 'id')}\n")
    click.echo("When\n  " + "\n  ".join(say(rule.when, library.vocabulary())))
    click.echo(f"Because\n  {rule.because}\nWhy it matters\n  {rule.why}")
    for advice in rule.recommend:
        click.echo(f"For: {library.intervention(advice.intervention).title} ({advice.strength})")
    for advice in rule.advise_against:
        click.echo(
            f"Against: {library.intervention(advice.intervention).title} ({advice.strength})"
        )
    if rule.diagnose:
        click.echo(f"Finds: {library.needs[rule.diagnose.need].title}")
    if rule.screen:
        click.echo(f"Says: {rule.screen.state}, because {rule.screen.reason.replace('-', ' ')}")
    if rule.shape:
        click.echo(f"Shapes: {rule.shape.model_dump_json(exclude_defaults=True)}")
    click.echo(f"Where it is wrong\n  {rule.limits}\nExamples")
    for example in rule.examples:
        click.echo(f"  {example.expect:8} {example.say}")
    click.echo("Sources: " + "; ".join(library.sources[s].title for s in rule.sources))


@rules.command("check")
def rules_check() -> None:
    """Check all rules and knowledge, and run every example."""
    from termwise.engine.library.check import check_examples

    library = _library()
    problems = list(check_examples(library))
    if problems:
        raise ContentError(problems)
    click.echo(
        f"{len(library.rules)} rules and {len(library.interventions)} interventions: all well."
    )


@rules.command("audit")
@click.argument("folder", type=FOLDER)
@FORMAT
def rules_audit(folder: pathlib.Path, form: str) -> None:
    """How often each screening rule flags one group of pupils and another.

    Small groups are not shown, nor what would give them away.
    """
    from termwise.engine.audit import audit
    from termwise.engine.documents.audit import audit_as_text
    from termwise.engine.readers import load_school

    library = _library(folder)
    report = audit(load_school(folder, library), library)
    if form == "json":
        click.echo(report.model_dump_json(indent=2))
    else:
        click.echo(audit_as_text(report), nl=False)


@main.group()
def knowledge() -> None:
    """The knowledge: what a school can do, and what is known of it."""


@knowledge.command("list")
@FORMAT
def knowledge_list(form: str) -> None:
    """Every intervention."""
    rows = [
        {"id": i.id, "strand": i.strand, "for": i.target, "title": i.title}
        for i in sorted(_library().interventions.values(), key=lambda i: (i.strand, i.id))
    ]
    _print(rows, ["id", "strand", "for", "title"], form)


@knowledge.command("show")
@click.argument("name", metavar="ID")
@FORMAT
def knowledge_show(name: str, form: str) -> None:
    """One intervention: what it needs, takes and is meant to do."""
    library = _library()
    item = library.intervention(name)
    if form == "json":
        click.echo(item.model_dump_json(indent=2, exclude_none=True))
        return
    roles = library.roles
    click.echo(f"{item.title}  ({item.id}, {library.strands[item.strand].title})")
    click.echo(f"Written in {library.place('intervention', item.id, 'id')}\n\n{item.what}\n")
    for label, names in (
        ("Needs first", item.requires),
        *(("Needs one of", group) for group in item.requires_one_of),
        ("Helped by", item.helped_by),
        ("Excludes", item.excludes),
    ):
        if names:
            click.echo(f"{label}: " + "; ".join(library.intervention(n).title for n in names))
    for phase, given in item.phases():
        length = f"{given.half_terms} half-term{'s' if given.half_terms > 1 else ''}"
        click.echo(f"\n{phase.capitalize()} ({length}): {given.does}")
        for work in given.effort:
            each = f" and {work.each:g} for each {item.target}" if work.each else ""
            cover = ", with cover" if work.cover else ""
            click.echo(f"  {roles[work.role].title}: {work.days:g} days a half-term{each}{cover}")
        for cash in given.cash:
            each = f" and £{cash.each:,} for each {item.target}" if cash.each else ""
            click.echo(f"  {cash.kind}: £{cash.pounds:,}{each}")
    click.echo(f"\nLed by: {roles[item.lead].title}")
    click.echo(f"Monitored by: {roles[item.monitoring.role].title}, who {item.monitoring.how}")
    strand = library.toolkit.get(item.evidence.toolkit or "")
    if strand is None:
        click.echo(f"Evidence: no estimate. {item.evidence.no_estimate}")
    else:
        months = (
            "no estimate" if strand.estimate is None else f"{strand.estimate:+d} months on average"
        )
        click.echo(
            f"Evidence: {strand.title}, {months}, security {strand.security} of 5 "
            f"(Education Endowment Foundation, read {strand.read_on}, {strand.address})"
        )
    for label, texts in (
        ("Active ingredients", item.active_ingredients),
        ("Milestones", [m.what for m in item.milestones]),
        ("Success", [f"{s.measure}: {s.target}" for s in item.success]),
        ("Stop if", item.stop_if),
    ):
        click.echo(f"{label}:\n" + "\n".join(f"  - {text}" for text in texts))
    click.echo("Sources: " + "; ".join(library.sources[s].title for s in item.sources))


@knowledge.command("graph")
@FORMAT
def knowledge_graph(form: str) -> None:
    """What needs what first."""
    rows = []
    for item in _library().interventions.values():
        rows += [{"first": name, "then": item.id, "kind": "requires"} for name in item.requires]
        rows += [
            {"first": name, "then": item.id, "kind": "one of"}
            for group in item.requires_one_of
            for name in group
        ]
        rows += [{"first": name, "then": item.id, "kind": "helps"} for name in item.helped_by]
    _print(
        sorted(rows, key=lambda row: (row["then"], row["kind"], row["first"])),
        ["first", "then", "kind"],
        form,
    )


@main.command()
@click.argument(
    "name",
    type=click.Choice(
        ["school", "cqa", "staff", "rule", "intervention", "skills", "plan", "pupils"]
    ),
)
def schema(name: str) -> None:
    """The JSON Schema of a file or record."""
    from termwise.engine.records.base import Record
    from termwise.engine.records.knowledge import Intervention
    from termwise.engine.records.plan import Plan
    from termwise.engine.records.pupils import PupilReport
    from termwise.engine.records.rules import Rule
    from termwise.engine.records.school import CqaFile, SchoolFile, StaffFile
    from termwise.engine.records.skills import SkillFile

    models: dict[str, type[Record]] = {
        "school": SchoolFile,
        "cqa": CqaFile,
        "staff": StaffFile,
        "rule": Rule,
        "intervention": Intervention,
        "skills": SkillFile,
        "plan": Plan,
        "pupils": PupilReport,
    }
    click.echo(json.dumps(models[name].model_json_schema(), indent=2, ensure_ascii=False))


@main.command()
@FORMAT
def doctor(form: str) -> None:
    """What is installed, which engine and solver are in use, and what is missing."""
    from termwise.engine.match import NAME
    from termwise.engine.schedule import SOLVER

    rows = [
        {"what": "termwise", "is": VERSION, "note": ""},
        {"what": "python", "is": sys.version.split()[0], "note": ""},
    ]
    for package in ("durable-rules", "ortools", "networkx", "pydantic", "PyYAML", "click"):
        try:
            rows.append({"what": package, "is": importlib.metadata.version(package), "note": ""})
        except importlib.metadata.PackageNotFoundError:
            note = (
                "rules run on the conditions module instead"
                if package == "durable-rules"
                else "install it"
            )
            rows.append({"what": package, "is": "missing", "note": note})
    rows.append({"what": "rule engine in use", "is": NAME, "note": ""})
    rows.append({"what": "solver in use", "is": SOLVER, "note": ""})
    library = _library()
    rows.append({"what": "rules", "is": str(len(library.rules)), "note": ""})
    rows.append({"what": "interventions", "is": str(len(library.interventions)), "note": ""})
    _print(rows, ["what", "is", "note"], form)


if __name__ == "__main__":
    main()
