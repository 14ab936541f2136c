"""The phrases all documents about money and time share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..core import listed
from ..explain import Buys, CurvePoint, MoneyReport, StepMoney
from .plan_words import sentence
from .words import capital, clean, count, days, number, pounds

POINTS = (
    "Points are those of the plan's own ranking: they compare plans with one another and forecast "
    "nothing."
)
STEPS = ("Step", "Points", "Invested", "Running", "Days", "Points for £1,000")
CURVE = ("Budget", "Of today's", "Spent", "Points", "More for £1,000", "Proved best")


def title_of(report: MoneyReport) -> str:
    """The title of text and page."""
    return f"{clean(report.school.name)}: what money and time buy"


def in_short(report: MoneyReport) -> Iterator[str]:
    """The answer in a few sentences."""
    today = next((point for point in report.curve if point.share == 1), None)
    if today and today.undone:
        yield (
            f"Today's plan leaves {count(today.undone, 'step')} undone that must be done: see what "
            "does not fit, in the plan."
        )
    yield f"Today's plan costs {spent(report)}"
    for title, bought in (("money", report.money), ("time", report.time)):
        if not bought:
            continue
        best = worth_telling(bought)[0][:1]
        if best:
            brings = changes(best[0]).split(";")[0].rstrip(".")
            yield f"More {title} buys most here: {_of(best[0])}, {brings}."
        else:
            yield f"A little more {title} alone would buy nothing."
    yield from flat(report)


def asked(report: MoneyReport) -> Iterator[tuple[str, str, Sequence[Buys]]]:
    """Yield what a little more money, and a little more time, would buy: a name, a title, what was
    tried."""
    if report.money:
        yield "money", "What a little more money would buy", report.money
    if report.time:
        yield "time", "What a little more time would buy", report.time


def worth_telling(bought: Sequence[Buys]) -> tuple[list[Buys], str]:
    """Give those that would buy something, the most first, and the others in one sentence."""
    some = sorted(
        _joined(one for one in bought if one.value > 0 or one.musts > 0),
        key=lambda one: (-one.musts, -one.value),
    )
    none = [clean(one.title) for one in bought if one.value <= 0 and one.musts <= 0]
    if not none:
        return some, ""
    sure = all(one.exact for one in bought if one.value <= 0 and one.musts <= 0)
    return some, f"Nothing more{'' if sure else ' was found'} from: {'; '.join(none)}."


def _joined(bought: Iterable[Buys]) -> list[Buys]:
    """Join what buys the same with the same more of it: several groups may hold the same people."""
    same: dict[Buys, list[str]] = {}
    for one in bought:
        same.setdefault(one.model_copy(update={"title": ""}), []).append(clean(one.title))
    return [
        one.model_copy(
            update={"title": titles[0] if len(titles) == 1 else f"Any of: {'; '.join(titles)}"}
        )
        for one, titles in same.items()
    ]


def _of(bought: Buys) -> str:
    return f"{clean(bought.title)} ({clean(bought.more)})"


def changes(bought: Buys) -> str:
    """The value, and what would come in, go out and take another form."""
    if bought.value <= 0 and bought.musts <= 0:
        told = "nothing more" if bought.exact else "nothing more was found"
        return f"{told}."
    much = f"{abs(bought.share):g} %" if abs(bought.share) >= 0.1 else "hardly any"
    told = f"{much} {'more' if bought.value >= 0 else 'less'} value"
    if bought.musts > 0:
        told = f"{count(bought.musts, 'step')} more of what must be done; {told}"
    told += "" if bought.exact else ", if not better still"
    for one, several, titles in (
        ("comes in", "come in", bought.comes_in),
        ("goes out", "go out", bought.goes_out),
        ("takes another form", "take another form", bought.forms),
    ):
        if titles:
            told += f"; {one if len(titles) == 1 else several}: {listed(map(clean, titles))}"
    return f"{told}."


def step_row(step: StepMoney) -> list[str]:
    """A row of the table of steps."""
    each = "costs nothing" if step.per_thousand is None else f"{step.per_thousand:,}"
    return [
        capital(step.title),
        f"{step.value:,}",
        pounds(step.invested),
        pounds(step.running),
        number(step.days),
        each,
    ]


def curve_rows(curve: Sequence[CurvePoint]) -> list[list[str]]:
    """The rows of the table of the curve."""
    rows = []
    for at, point in enumerate(curve):
        before = curve[at - 1] if at else None
        more = ""
        if before and point.pounds > before.pounds:
            each = 1000 * (point.value - before.value) / (point.pounds - before.pounds)
            more = f"{each:,.0f}"
        rows.append(
            [
                pounds(point.pounds) + (" (today)" if point.share == 1 else ""),
                f"{100 * point.share:.0f} %",
                pounds(point.spent),
                f"{point.value:,}",
                more,
                ("yes" if point.exact else "no")
                + (f"; {point.undone} undone" if point.undone else ""),
            ]
        )
    return rows


def flat(report: MoneyReport) -> Iterator[str]:
    """Say from where on more money hardly buys more; nothing where no curve was made."""
    if not report.curve:
        return
    if report.flat_from is None:
        yield (
            f"Up to {pounds(max(point.pounds for point in report.curve))}, more money goes on "
            "buying more."
        )
    else:
        yield (
            f"From {pounds(report.flat_from)} on, more money hardly buys more: what is short then is "
            "people's time, room for what is new, or things worth doing."
        )


def forgone(report: MoneyReport) -> Iterator[str]:
    """Tell what would be in the plan if all the money could be spent."""
    told = report.forgone
    if told is None:
        return
    yield f"{sentence(told.reason)} {pounds(told.held_back)} may not be committed."
    share = round(100 * told.value / max(1, report.value), 1)
    brings = f"With it the plan would be worth {share:g} % more"
    if told.titles:
        yield f"{brings}, and would hold as well: {listed(map(clean, told.titles))}."
    elif told.value > 0:
        yield f"{brings}."
    else:
        yield "With it the plan would bring no more: it forgoes nothing."


def spent(report: MoneyReport) -> str:
    """Say what the plan spends, and on what."""
    whole = report.invested + report.running + report.purchases
    told = f"{pounds(whole)}: {pounds(report.invested)} invested in preparing and delivering, "
    if report.purchases:
        told += f"{pounds(report.purchases)} for people's time that is bought, "
    return f"{told}{pounds(report.running)} to keep things going."


def totals(report: MoneyReport) -> str:
    """Sum up what the steps cost and take together."""
    cost = report.invested + report.running
    return (
        f"{count(len(report.steps), 'step')}: {pounds(cost)} and "
        f"{days(sum(step.days for step in report.steps))} in all."
    )
