"""The command line: words in, words out; no decision is taken here."""

from __future__ import annotations

import contextlib
import errno
import gc
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import click

from termwise.commands import (
    about,
    analysis,
    batch,
    folder,
    knowledge,
    network,
    packs,
    plan,
    pupils,
    questions,
    review,
    rules,
    shared,
)
from termwise.engine.core import VERSION, ContentError, TermwiseError, without_unprintable

WRITING = (
    "new",
    "demo",
    "data",
    "plan",
    "calendar",
    "cqa",
    "form",
    "inspection",
    "money",
    "recommend",
    "team",
    "commit",
    "issue",
    "diff",
    "progress",
    "replan",
    "review",
    "partnership",
    "read-back",
    "batch",
    "network",
)
"""The commands that may write something: of these it is said that they didn't."""


@contextlib.contextmanager
def _told_as_seen() -> Iterator[None]:
    """What click says of wrong words repeats them: without what can't be seen in them."""
    try:
        yield
    except click.UsageError as error:
        said = error.format_message()
        if without_unprintable(said) == said:
            raise
        raise click.UsageError(without_unprintable(said), ctx=error.ctx) from None


class Commands(click.Group):
    """Commands whose known errors are told in sentences, without a traceback."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with _told_as_seen():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _told_as_seen(), warnings.catch_warnings():
                if not sys.warnoptions:  # what libraries say to their users is nothing to ours
                    warnings.simplefilter("ignore")
                return super().invoke(ctx)
        except ContentError as error:
            count = len(error.problems)
            told = f"{count} problem{'s' if count != 1 else ''}"
            written = "; nothing was written" if ctx.invoked_subcommand in WRITING else ""
            shared.say("\n".join(str(problem) for problem in error.problems), err=True)
            shared.say(f"{told}{written}.", err=True)
            ctx.exit(1)
        except TermwiseError as error:
            shared.say(str(error), err=True)
            ctx.exit(1)
        except ImportError as error:
            shared.say(
                f"{error.name or 'something'} can't be loaded: termwise doctor tells what is missing",
                err=True,
            )
            ctx.exit(1)
        except OSError as error:
            if error.errno == errno.EPIPE:  # who reads has had enough
                raise
            what = str(error.filename or "what was to be printed")
            shared.say(f"{what}: {(error.strerror or str(error)).lower()}", err=True)
            ctx.exit(1)


@click.group(cls=Commands)
@click.version_option(VERSION, prog_name="termwise")
@click.option(
    "--no-cache", is_flag=True, help="Read and check rules and knowledge, as if nothing was kept."
)
def main(no_cache: bool) -> None:
    """Explained term-by-term school improvement plans.

    Start with "termwise new DIR", fill in the folder, and run "termwise plan DIR".
    """


for command in (
    folder.new,
    folder.demo,
    folder.check,
    folder.data,
    plan.plan,
    questions.why,
    questions.why_not,
    questions.change,
    questions.firm,
    questions.missing,
    questions.what_if,
    plan.calendar,
    analysis.cqa,
    analysis.form,
    analysis.inspection,
    plan.money,
    review.issue,
    review.progress,
    review.review,
    review.partnership,
    review.replan,
    review.diff,
    review.read_back,
    pupils.recommend,
    pupils.team,
    pupils.commit,
    packs.packs,
    batch.batch,
    network.network,
    rules.rules,
    knowledge.knowledge,
    about.schema,
    about.doctor,
):
    main.add_command(command)


def run() -> None:
    """Run one command as a program of its own, which ends before looking for garbage has paid for itself."""
    gc.disable()
    main()


if __name__ == "__main__":
    run()
