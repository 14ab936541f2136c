"""Commands about packs: what there is, what is wrong with one, how two forms of one differ."""

from __future__ import annotations

import pathlib
from typing import Any

import click

from termwise.commands import shared
from termwise.commands.answer import Answer, answering


@click.group()
def packs() -> None:
    """Packs of rules and knowledge: those that come with termwise, a trust's, a school's own."""


def _asked(folder: pathlib.Path) -> Any:
    """What a school's folder asks for, or what it takes to look at a pack's own folder."""
    from termwise.engine.assurance import asked_by_pack
    from termwise.engine.library import PACK
    from termwise.engine.school import SCHOOL, packs_asked

    if (folder / SCHOOL).is_file():
        return packs_asked(folder)
    if (folder / PACK).is_file():
        return asked_by_pack(folder)
    raise click.UsageError(f"{folder} has neither a {SCHOOL} nor a {PACK} in it")


@packs.command("list")
@click.argument("folder", metavar="[DIR]", required=False, type=shared.FOLDER)
@answering()
def packs_list(folder: pathlib.Path | None, to: Answer) -> None:
    """All packs that come with termwise, or those that the school in DIR uses.

    With each stands what it replaces and retires of others, and why, and what it requires of schools.
    """
    from termwise.engine.assurance import packs_of, shipped_report
    from termwise.engine.library import load_library

    report = packs_of(load_library(asked=_asked(folder))) if folder else shipped_report()
    if to.form == "json":
        to.put(
            shared.data_as_json([one.model_dump(mode="json") for one in report.packs]),
            "The list is",
        )
    else:
        to.give(report, "The list is")


@packs.command("check")
@click.argument("folder", metavar="DIR", type=shared.FOLDER)
@answering()
def packs_check(folder: pathlib.Path, to: Answer) -> None:
    """Check a pack, or all packs of a school: every file, and every example of its rules.

    DIR is a folder with a pack.yaml, or a school's. All mistakes are told at once, and the exit is 1.
    """
    from termwise.engine.assurance import check_packs

    report = check_packs(_asked(folder))
    to.give(report)
    if to.form == "text" and to.path is None:
        shared.say("Nothing is wrong.")


@packs.command("diff")
@click.argument("old", type=shared.FOLDER)
@click.argument("new", type=shared.FOLDER)
@answering()
def packs_diff(old: pathlib.Path, new: pathlib.Path, to: Answer) -> None:
    """How two forms of a pack differ: which records are new, changed, or taken out."""
    from termwise.engine.assurance import diff_packs
    from termwise.engine.library import PACK

    for folder in (old, new):
        if not (folder / PACK).is_file():
            raise click.UsageError(f"{folder} has no {PACK} in it")
    to.give(diff_packs(old, new))
