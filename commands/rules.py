"""Commands about the rules: read them, check them, hold them against a school."""

from __future__ import annotations

import datetime
import importlib.resources
import pathlib
from dataclasses import replace
from typing import Any

import click

from termwise.commands import shared
from termwise.commands.answer import OF_A_TABLE, Answer, answering
from termwise.engine.core import ContentError, Mistake, UnknownNameError


@click.group()
def rules() -> None:
    """The rules: what termwise looks for, and what follows."""


@rules.command("list")
@click.argument("folder", metavar="[DIR]", required=False, type=shared.FOLDER)
@answering(*OF_A_TABLE)
def rules_list(folder: pathlib.Path | None, to: Answer) -> None:
    """Every rule, or those that hold for the school in DIR, with the pack each stands in.

    What the school or its trust has replaced or retired is told below.
    """
    from termwise.engine.library import own_line_words

    library = shared.library(folder)
    rows = [
        {
            "id": r.id,
            "pack": library.pack_of("rule", r.id).id,
            "stratum": r.stratum,
            "about": r.about,
            "title": r.title,
        }
        for r in library.rules.values()
    ]
    rows += [
        {
            "id": line.id,
            "pack": line.pack,
            "stratum": line.how,
            "about": line.kind,
            "title": f"{line.title}: {own_line_words(line)}"
            + (f". {line.because}" if line.because else ""),
        }
        for line in library.own_lines
        if line.layer != "shipped" or line.kind == "rule"
    ]
    to.rows("Rules", rows, ["id", "pack", "stratum", "about", "title"])


@rules.command("show")
@click.argument("name", metavar="ID")
@click.argument("folder", metavar="[DIR]", required=False, type=shared.FOLDER)
@answering()
def rules_show(name: str, folder: pathlib.Path | None, to: Answer) -> None:
    """One rule: its condition, why it matters, its limits and its examples; as it holds for the school in
    DIR, where one is named."""
    from termwise.engine.documents import rule_document
    from termwise.engine.library import own_line_words

    library = shared.library(folder)
    gone = library.own_line("rule", name)
    if gone and gone.how == "retired":
        because = f". {gone.because}" if gone.because else ""
        raise UnknownNameError("rule", name, (), f"it is {own_line_words(gone)}{because}")
    rule = library.rule(name)
    if to.form == "json":
        to.put(shared.as_json(rule, exclude_none=True), "The rule is")
    else:
        to.give(rule_document(rule, library), "The rule is")


@rules.command("new")
@click.argument("stratum")
@click.argument("area")
@click.argument("title")
@shared.CONTENT
def rules_new(stratum: str, area: str, title: str, content: pathlib.Path | None) -> None:
    """Begin a rule: the next id, in a file to fill in.

    STRATUM is screen, diagnose, recommend or shape, AREA a folder in it, TITLE what is found, in a few
    words.
    """
    from termwise.engine.core import Content, write_once
    from termwise.engine.library import new_rule

    root = content or pathlib.Path(str(importlib.resources.files("termwise")))
    rule = new_rule(root, stratum, area, title)
    (root / rule.file).parent.mkdir(parents=True, exist_ok=True)
    with shared.told(root / rule.file):
        write_once(root / rule.file, Content(rule.text.encode()))
    shared.say(f"{rule.id} is in {root / rule.file}.")
    shared.say(
        f"Fill it in, and run: termwise {'packs' if (root / 'pack.yaml').is_file() else 'rules'} check"
        f"{f' {content}' if (root / 'pack.yaml').is_file() else ''}; docs/writing-rules.md explains each key."
    )


@rules.command("check")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the check; today if not given."
)
@shared.CONTENT
@answering()
@click.pass_context
def rules_check(
    ctx: click.Context, on: datetime.datetime | None, content: pathlib.Path | None, to: Answer
) -> None:
    """Check all rules and knowledge: every file, every example, and the rules as a whole.

    What is found of the rules as a whole is shown on made-up schools; what is due for another look, has no
    owner or rests on a source nobody has read is told. Exits with 1 when anything is wrong.
    """
    from termwise.engine.assurance import check_rules

    check = check_rules(content, on.date() if on else datetime.date.today())
    wrong = bool(check.problems or check.defects)
    to.give(check, err=wrong)
    if wrong:
        ctx.exit(1)


@rules.command("test")
@click.argument("names", metavar="[ID]...", nargs=-1)
@shared.CONTENT
@answering()
@click.pass_context
def rules_test(
    ctx: click.Context, names: tuple[str, ...], content: pathlib.Path | None, to: Answer
) -> None:
    """Run every example of the rules, or of those named.

    Exits with 1 when one comes out otherwise than it says.
    """
    from termwise.engine.assurance import rules_tried

    tried = rules_tried(shared.content_of(content), names)
    to.give(tried)
    if tried.otherwise:
        ctx.exit(1)


@rules.command("coverage")
@click.argument("names", metavar="[ID]...", nargs=-1)
@click.option("--suggest", is_flag=True, help="Write the examples that are missing.")
@shared.CONTENT
@answering()
@click.pass_context
def rules_coverage(
    ctx: click.Context,
    names: tuple[str, ...],
    suggest: bool,
    content: pathlib.Path | None,
    to: Answer,
) -> None:
    """What the examples show of the rules, or of those named, and what they would not notice.

    Each comparison should be seen true and seen false, and a rule changed in one thing should come
    out otherwise in some example. Exits with 1 when something is not shown.
    """
    from termwise.engine.assurance import rules_coverage as covered

    coverage = covered(shared.content_of(content), names, suggest)
    to.give(coverage)
    if not coverage.complete:
        ctx.exit(1)


@rules.command("diff")
@click.argument("old", type=shared.FOLDER)
@click.argument("new", type=shared.FOLDER)
@click.argument("folders", metavar="[DIR]...", nargs=-1, type=shared.FOLDER)
@click.option("--schools", type=shared.FOLDER, metavar="DIR...", help="The schools to plan.")
@answering()
def rules_diff(
    old: pathlib.Path,
    new: pathlib.Path,
    folders: tuple[pathlib.Path, ...],
    schools: pathlib.Path | None,
    to: Answer,
) -> None:
    """What an edit does to schools: which advice, pupils, steps and costs, and through which edit.

    OLD and NEW are two forms of a pack, or of a folder with rules/ and knowledge/. Each school is planned
    with both.
    """
    from termwise.engine.explain import rules_diff as compared
    from termwise.engine.library import load_library
    from termwise.engine.school import asked_with, packs_asked

    asked = ([schools] if schools else []) + list(folders)
    if not asked:
        raise click.UsageError("name the schools to plan: --schools DIR...")

    def load(name: str, folder: pathlib.Path) -> Any:
        content = pathlib.Path(name)
        if (content / "pack.yaml").is_file():
            return load_library(asked=asked_with(folder, content))
        return load_library(root=content, asked=packs_asked(folder))

    to.give(compared(str(old), str(new), asked, load))


@rules.command("retire")
@click.argument("name", metavar="ID")
@click.option("--because", required=True, help="Why it does not hold here, in a sentence.")
@click.option("--replaced-by", metavar="ID", help="The rule that is used in its place.")
@click.option(
    "--content",
    type=shared.FOLDER,
    required=True,
    metavar="FOLDER",
    help="The folder of your own pack, with a pack.yaml in it.",
)
def rules_retire(name: str, because: str, replaced_by: str | None, content: pathlib.Path) -> None:
    """Retire a rule in a pack of your own: it no longer holds for those who use the pack."""
    from termwise.engine.assurance import asked_by_pack
    from termwise.engine.core import Content, write_whole
    from termwise.engine.library import PACK, load_library, retired_in

    file = content / PACK
    if not file.is_file():
        raise click.UsageError(f"{content} has no {PACK} in it: docs/writing-packs.md shows one")
    known = load_library(asked=asked_by_pack(content))
    rule = known.rule(name)
    if replaced_by:
        known.rule(replaced_by)
    text = retired_in(file.read_text("utf-8"), "rule", name, because, replaced_by)
    with shared.told(file):
        write_whole(file, Content(text.encode()))
    shared.say(f"{name}, “{rule.title}”, is retired in {file}.")


@rules.command("overridden")
@click.argument("folders", metavar="DIR...", nargs=-1, required=True, type=shared.FOLDER)
@answering()
def rules_overridden(folders: tuple[pathlib.Path, ...], to: Answer) -> None:
    """Which rules schools disagree with: what they accepted, adapted and refused, and why.

    The most refused come first. A decision counts for each rule that asks for it now.
    """
    from termwise.engine.assurance import overridden
    from termwise.engine.school import load_school

    schools: list[Any] = []
    problems: list[Mistake] = []
    for folder in {folder.resolve(): folder for folder in folders}.values():
        library = shared.library(folder)
        try:
            schools.append((load_school(folder, library), library))
        except ContentError as error:
            problems += (_in_folder(folder, problem) for problem in error.problems)
    if problems:
        raise ContentError(problems)
    to.give(overridden(schools))


def _in_folder(folder: pathlib.Path, problem: Mistake) -> Mistake:
    """A problem with its folder before its file, where several folders are read."""
    file = problem.place.file
    if file == str(folder):
        return problem
    return replace(problem, place=replace(problem.place, file=f"{folder}/{file}"))


@rules.command("audit")
@click.argument("folder", type=shared.FOLDER)
@answering()
def rules_audit(folder: pathlib.Path, to: Answer) -> None:
    """How often each screening rule flags one group of pupils and another.

    Small groups are not shown, nor what would give them away.
    """
    from termwise.engine.assurance import audit
    from termwise.engine.school import load_school

    library = shared.library(folder)
    to.give(audit(load_school(folder, library), library))
