"""Commands that ask about the advice: why, why not, and what it hangs on."""

from __future__ import annotations

import pathlib
from typing import Any

import click

from termwise.commands import shared
from termwise.commands.answer import Answer, answering
from termwise.engine.core import TermwiseError

NUMBERS = click.option("--numbers", is_flag=True, help="Tell points as well.")


@click.command()
@click.argument("folder", type=shared.FOLDER)
@click.argument("item")
@shared.YEARS
@NUMBERS
@answering()
def why(folder: pathlib.Path, item: str, years: int | None, numbers: bool, to: Answer) -> None:
    """Why a step is in the plan, with the whole chain from the data; and why then.

    ITEM is a step, something advised that is not in the plan, or a priority, by its title, a part of
    it that is no other's, or its id; or a pupil, by pseudonym, with a subject after it or without.
    """
    from termwise.engine.explain import why_pupil
    from termwise.engine.school import load_school

    known = shared.library(folder)
    school = load_school(folder, known, years)
    found: Any
    if _of_pupil(school, item):
        found = why_pupil(school, known, item)
    else:
        from termwise.engine.advise import advise
        from termwise.engine.explain import why as answer

        found = _with_points(answer(advise(school, known), item), numbers)
    to.give(found)


def _with_points(found: Any, numbers: bool) -> Any:
    """An answer that tells points in words too, if it has any and they are asked for."""
    return (
        found.model_copy(update={"numbers": True})
        if numbers and hasattr(found, "numbers")
        else found
    )


def _of_pupil(school: Any, item: str) -> bool:
    """Whether a pupil is asked about, whose pseudonym then has to be one that lasts."""
    from termwise.engine.explain import names_pupil

    if not names_pupil(school, item):
        return False
    if school.pupils and not school.pseudonyms.kept:
        raise TermwiseError(
            "the folder has no key to its pupils' pseudonyms yet: termwise recommend makes one, "
            "and shows them"
        )
    return True


@click.command("why-not")
@click.argument("folder", type=shared.FOLDER)
@click.argument("intervention")
@click.option(
    "--for",
    "target",
    help="Why not for this class, teacher (by id or class), year group, subject or group.",
)
@shared.YEARS
@NUMBERS
@answering()
def why_not(
    folder: pathlib.Path,
    intervention: str,
    target: str | None,
    years: int | None,
    numbers: bool,
    to: Answer,
) -> None:
    """Why an intervention is not in the plan: the rules that come nearest, or what keeps it out.

    INTERVENTION is its title, a part of it that is no other's, or its id.
    """
    from termwise.engine.explain import why_not as answer

    found = answer(shared.advice(folder, years), intervention, target)
    to.give(_with_points(found, numbers))


@click.command()
@click.argument("folder", type=shared.FOLDER)
@click.argument("item")
@shared.YEARS
@answering()
def change(folder: pathlib.Path, item: str, years: int | None, to: Answer) -> None:
    """What would have to be different for an intervention to be advised, or a pupil seen otherwise.

    The smallest changes of the data, each tried by running the rules again. ITEM is the title of an
    intervention, a part of it that is no other's, or its id; or a pupil's pseudonym, with a subject if
    you like: "P4TK-9GWC maths".
    """
    from termwise.engine.advise import advise
    from termwise.engine.explain import change as answer
    from termwise.engine.explain import change_pupil
    from termwise.engine.school import load_school

    library = shared.library(folder)
    school = load_school(folder, library, years)
    if _of_pupil(school, item):
        to.give(change_pupil(school, library, item))
    else:
        to.give(answer(advise(school, library), item))


@click.command()
@click.argument("folder", type=shared.FOLDER)
@shared.YEARS
@answering()
def firm(folder: pathlib.Path, years: int | None, to: Answer) -> None:
    """What of the advice stands if one judgement were another, and what hangs on which.

    Each agreed judgement is doubted by a grade up and a grade down, and where the school and the adviser
    differed, each of theirs is put in its place.
    """
    from termwise.engine.explain import firm as answer

    to.give(answer(shared.advice(folder, years)))


@click.command()
@click.argument("folder", type=shared.FOLDER)
@answering()
def missing(folder: pathlib.Path, to: Answer) -> None:
    """What data is missing, how to find it, and how much of the advice hangs on it.

    What most of the advice hangs on comes first.
    """
    from termwise.engine.explain import missing as answer

    to.give(answer(shared.advice(folder)))


@click.command("what-if")
@click.argument("folder", type=shared.FOLDER)
@click.option(
    "--set",
    "settings",
    multiple=True,
    required=True,
    metavar="PATH=VALUE",
    help="A value in place of what the files say; may be given several times.",
)
@shared.YEARS
@NUMBERS
@answering()
def what_if(
    folder: pathlib.Path, settings: tuple[str, ...], years: int | None, numbers: bool, to: Answer
) -> None:
    """What would be recommended and planned with other values, beside today, and why.

    PATH is a path in school.yaml, cqa.yaml or staff.yaml, members of lists by their id, such as
    questions.assessment.judgement=2, context.absence=7 or in_place.coaching-cycles=fully;
    capacity.ROLE=DAYS gives all who hold a role so many days in each half-term. Without a value a path
    counts as not known. The files stay as they are.
    """
    from termwise.engine.explain import what_if as answer

    to.give(_with_points(answer(folder, settings, years, shared.library(folder)), numbers))
