"""The words of the room of review: what is wrong with a file of it, and what is otherwise in a plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..core import Day, listed_first
from ..school import Wrong

if TYPE_CHECKING:
    from .model import IssuedPlan, PlanReview

MOST_NAMED = 5


# --- plans that are issued

DOES_NOT_FIT = (
    "not all that must be done fits, so that the plan can't be issued: termwise plan shows what conflicts "
    "and the ways out"
)
NO_PLAN = Wrong("is no plan of termwise", "termwise plan DIR --format json -o FILE writes one")
NO_REVIEW = Wrong(
    "is no review that was kept", "termwise review DIR --keep writes one into reviews/"
)
NOT_DATED = Wrong(
    "is not named by the day it was issued", "move it away, or name it as in 2026-09-01.json"
)
EDITED = Wrong(
    "was changed after it was written: its text and its hash don't agree",
    "put back the file as it was; what is to be otherwise belongs into one that is made anew",
)


def not_kept(why: str) -> Wrong:
    """The system refuses to write the file."""
    return Wrong(
        f"can't be written ({why})", "see that there is room, and that the folder may be written"
    )


def not_json(why: str) -> Wrong:
    """A file is no JSON."""
    return Wrong(f"can't be read as JSON ({why})", "put back the file as termwise wrote it")


def is_there(name: str) -> Wrong:
    """A plan was issued, or a review kept, on that day already."""
    hint = "what was kept stays as it is: keep the new one on another day, with --on"
    return Wrong(f"{name} is there already", hint)


def before_the_last(day: Day, last: Day) -> Wrong:
    """A plan was issued later than the day."""
    return Wrong(f"{day} is before {last}, when the plan in force was issued", "choose a later day")


def after_its_end(day: Day, ends: Day) -> Wrong:
    """The plan is over by the day."""
    return Wrong(f"{day} is after the plan's last day, {ends}", "plan the year to come first")


def wrong_day(issued: Day) -> Wrong:
    """A file is named by another day than the plan, or review, in it says."""
    return Wrong(f"holds what was kept on {issued}", "give it back its name")


def other_school(old: str, new: str) -> str:
    """Two plans are of two schools."""
    return f"the plans are of two schools, {old} and {new}: name two plans of one"


def no_plan_in_force(folder: str) -> str:
    """A folder has no plan that was issued."""
    return f"{folder} has no plan in force: termwise issue {folder} keeps the plan as it was agreed"


# --- what is otherwise in a plan


def ends_otherwise(now: str, was: str) -> str:
    """A step ends at another time."""
    return f"ends in {now} instead of {was}"


def led_otherwise(now: str, was: str) -> str:
    """A step is led by another role."""
    return f"led by {now} instead of {was}"


def in_form(now: str) -> str:
    """A step is done in its other form."""
    return "in its light form" if now == "light" else "in full instead of its light form"


def for_others(now: str, was: str) -> str:
    """A step is for others."""
    return f"for {now} instead of {was}"


def takes(now: str, was: str) -> str:
    """A step takes more or less time."""
    return f"takes {now} instead of {was}"


def costs(now: str, was: str) -> str:
    """A step costs more or less."""
    return f"costs {now} instead of {was}"


def ready_otherwise(title: str, now: str, was: str) -> str:
    """Say that what a step builds on is ready at another time."""
    return f"It builds on “{title}”, which is ready at the end of {now} instead of {was}."


def builds_on(title: str) -> str:
    """A step builds on what wasn't in the plan before."""
    return f"It builds on “{title}”, which was not in the plan before."


def needed_it(title: str) -> str:
    """Say that what a step builds on is out."""
    return f"It builds on “{title}”, which is no longer in the plan."


def no_longer(reason: str) -> str:
    """Say that what kept a step from an earlier place in the plan before, and does not now."""
    return f"What kept it back in the plan before: {reason}"


NOTHING_KEEPS_IT = (
    "Nothing keeps it from either place: the plan as a whole is worth more with it where it is now."
)
NOT_ASKED = "Nothing asks for it any more."


def not_asked(reason: str) -> str:
    """Say that what asked for a step asks for it no more."""
    return f"Nothing asks for it any more; before, this did: {reason}"


IN_PLACE = "It is in place now."
WAS_NOT_ASKED = "Nothing asked for it before."


def was_left_out(reason: str) -> str:
    """Why a step was not in the plan before."""
    return f"Before, it was left out: {reason}"


def needed_by(title: str) -> str:
    """A step is there for another."""
    return f"“{title}” builds on it."


def from_to(what: str, was: object, now: object) -> str:
    """Something about a priority is otherwise."""
    return f"{what} {now if now is not None else 'none'} instead of {was if was is not None else 'none'}"


def steps_for(added: Iterable[str], gone: Iterable[str]) -> Iterable[str]:
    """Other steps of substance are for a priority."""
    for titles, words in ((list(added), "now for it as well"), (list(gone), "no longer for it")):
        if titles:
            yield f"{words}: {listed_first((f'“{title}”' for title in titles), MOST_NAMED)}"


# --- progress.csv

OF_NO_PLAN = Wrong(
    "tells of steps, and no plan was issued", "termwise issue keeps the plan as it was agreed"
)
NO_MILESTONES = Wrong("is no list of milestones", "write their numbers in the step, such as 1 2")


def no_list(what: str, none: str) -> Wrong:
    """Say that what was seen of a step can't be read."""
    return Wrong(
        f"is no list of {what}",
        f"write their numbers in the step, such as 1 2, “{none}” where somebody looked and saw none, and "
        "nothing where nobody looked",
    )


def no_such_number(what: str, most: int) -> Wrong:
    """A number is that of nothing the step has."""
    return Wrong(f"names one of the {what} that the step has not", f"it has {most}, counted from 1")


OF_WHAT = {
    "seen": "active ingredients",
    "signs": "signs to stop",
    "reached": "success measures",
}
"""What the numbers in a column of progress.csv are of."""
NEXT_BEFORE = Wrong("is before the day of the row", "choose a later day")
USED_AND_NOT_BEGUN = Wrong(
    "there are days used, and the step is not begun", "change one of the two"
)
OVER_AND_LEFT = Wrong("the step is over, and days are still needed", "change one of the two")


def in_the_future(today: Day) -> Wrong:
    """A row tells of a day to come."""
    return Wrong(f"is after today, {today}", "write the day on which it was so")


def before_the_plan(begins: Day) -> Wrong:
    """A row tells of a day before the plan."""
    return Wrong(f"is before the plan, which is from {begins}", "write a later day")


def no_step(issued: Day, near: str) -> Wrong:
    """A name is no step of the plan that was in force on the day."""
    hint = near or "termwise progress lists them"
    return Wrong(f"is no step of the plan issued on {issued}", hint)


def not_in_this_plan(issued: Day, other: Day, later: bool) -> Wrong:
    """A step is in another plan than the one that was in force on the day."""
    if later:
        what = f"came into the plan on {other}, and the plan of {issued} was in force on that day"
        return Wrong(what, "write a later day")
    what = f"was dropped: it is in the plan of {other}, and no longer in the one issued on {issued}"
    return Wrong(what, "write of a step that is in the plan, or plan it again")


def no_role(near: str) -> Wrong:
    """A role is not known."""
    return Wrong("there is no such role", near or "write a role, never a name")


def no_word(column: str, known: Iterable[str]) -> Wrong:
    """A status or rating can't be read."""
    return Wrong(f"{column} can't be read", f"it can be {', '.join(known)}")


def no_number(column: str) -> Wrong:
    """A figure can't be read."""
    return Wrong(f"{column} is no number", "write it as 2.5")


def no_milestone(most: int) -> Wrong:
    """A milestone has a number that the step has not."""
    what = "names a milestone that the step has not"
    return Wrong(what, f"it has {most}, counted from 1" if most else "it has none: leave it empty")


def beyond(days: float, have: float) -> Wrong:
    """More days were used than those who do the step have."""
    what = f"{days:g} days are more than those who take part have stated until then, {have:g}"
    return Wrong(what, "write the days used for this step alone")


def less_than_before(value: float, date: Day) -> Wrong:
    """Something used is less than it was."""
    what = f"is less than on {date}, when {value:g} had been used"
    return Wrong(what, "write what was used so far, in all")


def twice_a_day(line: int) -> Wrong:
    """Two rows tell of one step on one day."""
    return Wrong(f"row {line} tells of the same step on the same day", "keep one of them")


def was_begun(date: Day) -> Wrong:
    """A step is told not to be begun, which was."""
    return Wrong(f"the step was begun by {date}", "write another status, or mend the earlier row")


NOT_SAID = "nothing written down"
"""The status of a step of which there is no row."""


def to_begin(slot: str) -> str:
    """A step is to begin."""
    return f"begins in {slot}"


def to_end(slot: str) -> str:
    """A step is to be over."""
    return f"is to be done in {slot}"


LOOKED_AT = "is looked at again"
EVERYTHING = "All steps"
OF_NO_PRIORITY = "For no agreed priority"


# --- a review

ITS_PUPILS = "the pupils it is for"
WERE_AT_RISK = "the pupils who were at risk when it began"
NOT_CHOSEN = "pupils who stood as low and were not chosen"
REST = "the other pupils of their year groups"
YEAR_GROUPS = "all pupils of their year groups"
ALL_PUPILS = "all pupils"


def nothing_written(titles: Iterable[str]) -> str:
    """Of steps that were to begin nothing is written down."""
    return f"Nothing is written down of {_named(titles)}: what came of it can't be said."


def nobody_looked(titles: Iterable[str]) -> str:
    """Nobody has looked whether steps are carried out as they are described."""
    return (
        f"Nobody has written down whether the active ingredients were seen of {_named(titles)}: what moved can't "
        "be held against what was done."
    )


def no_new_results(since: Day) -> str:
    """No pupils were judged since a day."""
    return (
        f"There are no new results of pupils since {day(since)}: what was done can be reviewed, and not what "
        "moved."
    )


def packs_changed(names: Iterable[str]) -> str:
    """The rules are other than those the plan was made with."""
    return (
        f"Rules or knowledge were changed since the plan was issued ({', '.join(names)}): planned again, it may "
        "differ by that alone."
    )


def _named(titles: Iterable[str]) -> str:
    return listed_first((f"“{title}”" for title in titles), MOST_NAMED)


def day(date: Day) -> str:
    """A day as a sentence has it."""
    return f"{date.day} {date:%B %Y}"


# --- planning again

WAS_STOPPED = "it was stopped"
RUNS = "it runs already"


def kept_from(issued: Day) -> str:
    """A step is in the plan since it was in the one before."""
    return f"kept from the plan of {day(issued)}"


STAYS = "it was to begin so soon that people were told, or is to stay"
STAYS_UNASKED = (
    "stays, since people were told of it or it is to be kept, though nothing asks for it any more, or not for all "
    "it is for"
)
STOPPED_NOT_KEPT = Wrong("was stopped and can't be kept", "write another status into progress.csv")
NOT_BEGUN_NOT_KEPT = Wrong(
    "did not begin when it was to, and can't be kept there", "leave it out of --keep"
)


def begins_otherwise(starts: Day) -> str:
    """The school's plan has other half-terms than the plan in force."""
    return (
        f"the plan in force begins on {starts}, and school.yaml names another beginning or calendar: put back "
        "plan: {starts: " + str(starts) + "}, since what is past is a part of the plan"
    )


def of_another_plan(review: PlanReview, issued: IssuedPlan) -> Wrong:
    """A review is of another plan than the one in force."""
    return Wrong(
        f"is the review of the plan of {review.school.name} issued on {review.issued}, and the plan in force is that "
        f"of {issued.plan.school.name} issued on {issued.issued}",
        "review the plan in force first: termwise review DIR --keep",
    )


def review_to_come(today: Day) -> Wrong:
    """A review is of a day after the one on which it is planned again."""
    return Wrong(f"is after {today}", "plan again on its day or later, with --on")


def accepted(proposal: str, on: Day) -> str:
    """A proposal of a review was accepted."""
    return f"Accepted from the review of {day(on)}: {proposal}."


def taken_as_planned(slot: str) -> str:
    """Nothing was written down of a step that was to begin."""
    return f"Nothing is written down of it: it is taken to have begun in {slot}, as planned."


def came_of(
    status: str, day: Day, used: float | None, planned: float, left: float | None, note: str | None
) -> str:
    """Say what was last written down of a step, and what it took."""
    took = "" if used is None else f"; {used:g} of {planned:g} days used"
    more = "" if left is None else f", {left:g} still needed"
    return f"{said(status, day, None).rstrip('.')}{took}{more}." + (f" {note}" if note else "")


def said(status: str, day: Day, note: str | None) -> str:
    """Say what was written down of a step on a day."""
    return f"{status[:1].upper()}{status[1:]} on {day.day} {day:%B %Y}." + (
        f" {note}" if note else ""
    )


# --- what came back in a file, and can't be understood


def not_opened(path: object, what: str, hint: str) -> str:
    """A file can't be read."""
    return f"{path} {what}; {hint or 'check its name'}"


def damaged(path: object) -> str:
    """A file can't be unpacked or read."""
    return (
        f"{path} is damaged, protected by a password, or neither a Word file nor a workbook: open it and save "
        "it again"
    )


def no_office_file(path: object) -> str:
    """A file is of another kind."""
    return f"{path} is neither a Word file nor a workbook: save it as .docx or .xlsx"


def no_codes(path: object, column: str) -> str:
    """No table in a file has codes of steps."""
    return f"{path} has no table with the column “{column}”: it is none of the plan's files, or that column is gone"


def macros(path: object) -> str:
    """A file holds macros."""
    return f"{path} holds macros: save it without them, as .docx or .xlsx"


def too_large(path: object) -> str:
    """A file is too large once it is unpacked."""
    return f"{path} unpacks to more than a plan can be: send the file of the plan itself"


def table(number: int) -> str:
    """Name a table of a Word file."""
    return f"table {number}"


def row_of(title: str, number: int) -> str:
    """Say where a row stands."""
    return f"{title}, row {number}"


IN_THE_PLAN, NO_ROW, WHOLE_FILE = "in the plan", "no row of its code", "the whole file"
NO_STEP_OF_CODE = "no step of the plan in force has this code"
NO_ROLE_OF_NAME = "no role of this name; names of people are never kept"
NO_STATUS = "no status that is known"
NO_RATING = "no rating and no status that is known"
NOTHING_WRITTEN = "nothing written down"
NO_OUTCOME = "none of the words for what came of it"
SEVERAL_PUPILS = "several pupils have this name, and not one of the class alone"
NO_SUCH_PUPIL = "no pupil has this name or pseudonym"
NO_PUPIL = "no pupil is named"


def no_half_term(column: str) -> str:
    """Say of a cell that it is no time of the plan."""
    return f"no half-term of the plan and no day in it ({column.lower()})"


def lacking(columns: Iterable[str]) -> str:
    """Name the columns of a row that are empty, or hold what nobody understands."""
    return f"{', '.join(columns)}: empty, or not understood"
