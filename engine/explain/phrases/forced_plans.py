"""The sentences on plans made again with one thing forced: what moves, what is lost, what it would take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...core import EFFORT_STEP, listed
from ...planning import count, days
from .. import argument as answer

WITHOUT = "Without it"
NEEDED = "Without it: it has to be done, or what has to be done needs it."
_LEADS_STAY = "who leads what stays as it is"
_NOTHING_MOVES = "nothing else moves"
_SAME_STEPS = "no other step comes in or goes"
_NOT_PROVED = "the best found, not proved"


def never_there(when: str) -> str:
    """Say that something can't be in a half-term."""
    return (
        f"{when}: it can't be there, whatever else moves, while each priority keeps its step and what "
        "cannot wait is in time."
    )


def with_it(form: str) -> str:
    """Say that something is in the plan, as which form where that is not the full one."""
    return f"With it in the plan{f', as {form}' if form else ''}"


def in_form(when: str, form: str) -> str:
    """Say that something is in a half-term in a form that is not the full one."""
    return f"{when}, as {form}"


def anew(
    what: str,
    moved: Sequence[answer.Moved],
    needing: Iterable[str],
    points: int,
    share: float,
    missed: Iterable[str],
    pounds: int,
    proved: bool,
) -> str:
    """Say what the plan made anew is like once a school has decided something.

    `moved` are the others that come in, go or take another form, `needing` the titles of those that go
    since they can't be had without it; `points` are lost, `share` in percent; `missed` says which aims are
    missed; `pounds` more are spent on people's time.
    """
    gone = list(needing)
    told = [
        *_said(gone, "goes too, since it needs it", "go too, since they need it"),
        *_said(
            [one.title for one in moved if one.now is None and one.title not in gone],
            "is dropped",
            "are dropped",
        ),
        *_said([one.title for one in moved if one.was is None], "comes in", "come in"),
        *_said(
            [one.title for one in moved if one.was and one.now],
            "takes another form",
            "take another form",
        ),
    ] or [_SAME_STEPS]
    told += missed
    if points > 0:
        told.append(f"{share:g} % less value" if share >= 0.1 else "hardly any value is lost")
    else:
        told.append(f"{-share:g} % more value" if share <= -0.1 else "no value is lost")
    if pounds:
        told.append(
            f"£{abs(pounds):,} {'more' if pounds > 0 else 'less'} is spent on people's time"
        )
    if not proved:
        told.append(_NOT_PROVED)
    return f"{what}: {'; '.join(told)}."


def _said(titles: Sequence[str], one: str, several: str) -> list[str]:
    """Say the same of several steps at once; nothing of none."""
    named = listed([f"“{title}”" for title in titles])
    return [f"{named} {one if len(titles) == 1 else several}"] if titles else []


def priority_missed(rank: int, title: str, strongest: bool) -> str:
    """Say that no step works on a priority, or none of those that are asked for most strongly."""
    what = (
        "none of the steps that rules ask for most strongly" if strongest else "no step of its own"
    )
    return f"priority {rank} (“{title}”) has {what}"


def urgent_missed(title: str, late: bool) -> str:
    """Say that what can't wait begins too late, or isn't begun."""
    return (
        f"“{title}” {'begins later than it can wait' if late else 'cannot wait, and is left out'}"
    )


def forced(
    what: str,
    moved: Iterable[answer.Moved],
    points: int,
    share: float,
    fewest: int | None,
    pounds: int,
    proved: bool,
    *,
    leads_stay: bool,
) -> str:
    """Say what a plan with one thing forced costs.

    `points` are lost, below 0 where the plan has more, and `share` is how many percent of its value that
    is; `fewest` is how many changes no plan does with fewer, None where that isn't worth saying; `pounds`
    more are spent on people's time; `leads_stay` where leading was handed over, and stays so.
    """
    costs = [move(one) for one in moved] or [_NOTHING_MOVES]
    costs += [_LEADS_STAY] if leads_stay else []
    costs.append(_lost(points, share, bought=pounds > 0))
    costs += _spent(pounds)
    if fewest is not None:
        costs.append(f"no plan does it with fewer than {fewest} changes")
    if not proved:
        costs.append(_NOT_PROVED)
    return f"{what}: {'; '.join(costs)}."


def _spent(pounds: int) -> list[str]:
    """Say how much more is spent on people's time, if it is another sum."""
    much = "more" if pounds > 0 else "less"
    return [f"£{abs(pounds):,} {much} is spent on people's time"] if pounds else []


def _lost(points: int, share: float, *, bought: bool = False) -> str:
    if points > 0:
        return f"{share:g} % less value" if share >= 0.1 else "hardly any value is lost"
    if points < 0 and bought:
        return f"{-share:g} % more value, for money" if share <= -0.1 else "hardly any value is won"
    if points < 0:
        return (
            f"{-share:g} % more value, which the plan gave up so that people's work is spread "
            "more evenly"
        )
    return "no value is lost"


def move(one: answer.Moved) -> str:
    """Say what becomes of another step."""
    if one.was is None:
        return f"“{one.title}” comes in, in {one.now}"
    if one.now is None:
        return f"“{one.title}” is dropped"
    if one.was == one.now:
        return f"“{one.title}” takes another form"
    return f"“{one.title}” moves from {one.was} to {one.now}"


def beside(slot: str, moved: Iterable[answer.Moved], *, leads_stay: bool) -> str:
    """Say how the plan stands in which nothing is dropped for it."""
    costs = [move(one) for one in moved] or [_NOTHING_MOVES]
    told = "; ".join([*costs, _LEADS_STAY] if leads_stay else costs)
    return f"With that it starts in {slot}: {told}."


def bought(what: str, parts: Sequence[tuple[int, str]], pounds: int) -> str:
    """Say what is bought, as “of cover for” somebody, for how much: tenths of a day by half-term."""
    return f"{_in_each(parts, what)}; £{pounds:,}"


# --- what it would take to have it beside all the rest


def unpayable(pounds: int, kind: str) -> str:
    """Say that no budget line may pay for a kind of cost."""
    return f"£{pounds:,} for {kind}, which no budget line may pay for"


def more_money(pounds: int, account: str) -> str:
    """Say that an account needs more."""
    return f"£{pounds:,} more in {account}"


def more_days(parts: Sequence[tuple[int, str]], people: str) -> str:
    """Say that people need more time: tenths of a day with the half-term, for each in which they do."""
    return _in_each(parts, f"more of {people}")


def _in_each(parts: Sequence[tuple[int, str]], what: str) -> str:
    """Say how many days of something in all, and in which half-term each part of them."""
    total = days(sum(tenths for tenths, _ in parts))
    if len(parts) == 1:
        return f"{total} {what} in {parts[0][1]}"
    each = listed([f"{tenths / EFFORT_STEP:g} in {when}" for tenths, when in parts])
    return f"{total} {what}: {each}"


def more_change(points: int, slot: str) -> str:
    """Say that more that is new has to start."""
    return f"room for more that is new in {slot} ({count(points, 'point')} of change)"


def more_led(steps: int, leads: str, slot: str) -> str:
    """Say that somebody has to lead more new steps."""
    return f"{count(steps, 'more new step')} led by {leads} from {slot}"
