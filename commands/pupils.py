"""Commands for those who work with single pupils: who is at risk, meetings, commitments."""

from __future__ import annotations

import datetime
import pathlib
from typing import Any

import click

from termwise.commands import shared
from termwise.commands.answer import FILES, OF_A_TABLE, Answer, answering
from termwise.engine.core import without_unprintable


@click.command()
@click.argument("folder", type=shared.FOLDER)
@click.option("--year", help="Only this year group.")
@click.option("--class", "class_id", help="Only this class.")
@click.option("--subject", help="Only this subject.")
@click.option("--group", help="Only this group, such as pp.")
@click.option("--pupil", help="Only this pupil, by pseudonym.")
@click.option("--state", help="Only this state, such as at-risk.")
@click.option("--on", type=shared.DATE, help="The day sequences begin; by default today.")
@click.option("--names", is_flag=True, help="Show pupils by name, not by pseudonym.")
@answering(*OF_A_TABLE)
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
    to: Answer,
) -> None:
    """Which pupils are at risk, why, how sure that is, and what to teach next.

    The gravest and clearest stand first. Pupils are shown under pseudonyms; the key to them is
    written into the folder the first time.
    """
    from termwise.engine.pupils import Ask, pupil_report

    library = shared.library(folder)
    school = shared.school_with_key(folder, library, names)
    on_day = on.date() if on else shared.today_in(school)
    ask = Ask(year, class_id, subject, group, pupil, state, on_day)
    to.give(pupil_report(school, library, ask), "The pupils are")


@click.command()
@click.argument("folder", type=shared.FOLDER)
@click.argument("name", metavar="TEAM")
@click.option("--for", "on", type=shared.DATE, required=True, help="The day of the meeting.")
@click.option("--impact", "of_impact", is_flag=True, help="The report to the headteacher instead.")
@click.option("--names", is_flag=True, help="Show pupils by name, not by pseudonym.")
@answering("md", "text", "html", "json", *FILES, "xlsx")
def team(
    folder: pathlib.Path,
    name: str,
    on: datetime.datetime,
    of_impact: bool,
    names: bool,
    to: Answer,
) -> None:
    """The sheet for a team's meeting: focus pupils, what was agreed, what to agree next.

    With --impact: what the team took on up to that day, what was kept, and what was seen to work.
    """
    from termwise.engine.pupils import Ask, impact, load_commitments, meeting, pupil_report
    from termwise.engine.review import kept_reviews, last_review

    library = shared.library(folder)
    school = shared.school_with_key(folder, library, names)
    day = on.date()
    agreed = load_commitments(folder, school, library, today=False)
    if of_impact:
        if to.form == "xlsx":
            raise click.UsageError(
                "the report to the headteacher is no workbook: leave out --impact"
            )
        to.give(impact(school, library, name, day, agreed), "The report is")
    else:
        report = pupil_report(school, library, Ask(on=day))
        reviewed = last_review(kept_reviews(folder), day)
        found = meeting(school, library, name, day, report, agreed, reviewed)
        to.give(_as_asked(found, library, to), "The sheet is")


def _as_asked(found: Any, library: Any, to: Answer) -> Any:
    """The sheet, or the workbook of it that can be filled in and read back."""
    from termwise.engine.documents import meeting_workbook

    return meeting_workbook(found, library) if to.form == "xlsx" else found


@click.command()
@click.argument("folder", type=shared.FOLDER)
@click.option("--team", "team_id", help="The team in whose meeting it was agreed.")
@click.option("--teacher", help="Who takes it on: a person's id in staff.yaml.")
@click.option("--pupil", "pupils", multiple=True, help="For whom, by pseudonym; more than once.")
@click.option("--subject", help="In which subject.")
@click.option("--skill", help="The code of the skill, if it is about one.")
@click.option("--strategy", help="What the teacher will do in class.")
@click.option("--evidence", help="What is brought to the meeting where it is looked at.")
@click.option("--agreed", type=shared.DATE, help="The day it was agreed; by default today.")
@click.option("--review", type=shared.DATE, help="The day it is looked at again.")
@click.option("--outcome", "done", help="Instead: the commitment, by id, of which you tell.")
@click.option("--kept", help="Whether it was kept.")
@click.option("--worked", help="Whether it was seen to work with the pupils.")
@click.option("--seen", type=shared.DATE, help="The day that was seen; by default today.")
@click.option("--note", help="A sentence about it.")
@click.option("--again", is_flag=True, help="Replace what was told before.")
def commit(folder: pathlib.Path, **given: Any) -> None:
    """Write down what a teacher takes on, or what came of it, in commitments.csv.

    To agree: --team, --teacher, --pupil, --subject, --strategy, --evidence and --review. To tell
    what came of it: --outcome and --kept.
    """
    from termwise.engine.pupils import Agreed, add, outcome

    given = {
        name: without_unprintable(said) if isinstance(said, str) else said
        for name, said in given.items()
    }
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
    library = shared.library(folder)
    school = shared.school_with_key(folder, library, False)
    today = datetime.date.today()
    days = {
        name: given[name].date() if given[name] else today for name in ("agreed", "review", "seen")
    }
    if telling:
        written = outcome(
            folder, school, library, given["done"], given["kept"], given["worked"], days["seen"],
            given["note"], again=given["again"],
        )  # fmt: skip
        shared.say(f"What came of {written.commitment.id} is in {written.path}.")
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
    shared.say(f"{written.commitment.id} is in {written.path}.")


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
