"""The command line: words in, words out; no decision is taken here."""

from __future__ import annotations

import click

from termwise.engine.errors import ContentError
from termwise.engine.library import load_library
from termwise.engine.library.check import check_examples


@click.group()
def main() -> None:
    """Explained term-by-term school improvement plans."""


@main.group()
def rules() -> None:
    """The rules."""


@rules.command("check")
def rules_check() -> None:
    """Check."""
    try:
        library = load_library()
        for problem in sorted(check_examples(library)):
            click.echo(str(problem))
        click.echo(f"{len(library.rules)} rules, {len(library.interventions)} interventions")
    except ContentError as error:
        click.echo(str(error))
