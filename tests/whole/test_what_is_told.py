"""What is told, word for word and row for row: figures, losses, dates at the edge and tables, each of
which could once vanish or turn without a test noticing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.documents.answers import rendered
from termwise.engine.documents.plan_words import events
from termwise.engine.explain.alternative_plans import AlternativePlans
from termwise.engine.explain.scenarios import what_if
from termwise.engine.library.loader import Library
from termwise.engine.library.suitability import requirements
from termwise.engine.planning import model as view
from termwise.engine.pupils.report import pupil_report
from termwise.engine.scheduling.alternatives import Alternative
from termwise.engine.school.folder import load_school
from termwise.engine.school.school import School

DAY = datetime.timedelta(days=1)


def test_an_overdue_duty_is_due_by_the_end_of_the_first_half_term(
    changed: Callable[..., Path], library: Library
) -> None:
    def edit(data: dict[str, Any]) -> None:
        data["last_done"] = {"governance-review": datetime.date(2015, 3, 2)}

    advice = advise(load_school(changed("little-fen", edit), library), library)
    first = advice.school.timeline.halves[0]
    assert advice.recommendations.duties["governance-review"].by == first.ends
    (step,) = [step for step in advice.plan.steps if step.id == "governance-review"]
    slots = {slot.id: slot for term in advice.plan.terms for slot in term.slots}
    assert slots[step.starts].starts == first.starts


def test_what_money_there_would_be_stands_beside_what_there_is(
    little_fen: School, all_advice: dict[str, Advice]
) -> None:
    (line,) = [line for line in little_fen.file.money.lines if line.id == "improvement"]
    had = line.amounts["2026-27"]
    setting = "money.lines.improvement.amounts.2026-27=100"
    found = what_if(all_advice["little-fen"], [setting])
    told = {
        sentence
        for step in found.steps
        for reason in step.reasons
        for sentence in re.findall(r"the plan may use £[\d,]+ of [^;.]+", reason.words)
    }
    assert told == {
        f"the plan may use £100 of School improvement 2026-27 (today £{had:,})",
    }


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        (0, "no value is lost"),
        (-300, "% more value, which the plan gave up so that people's work is spread more evenly"),
        (300, "% less value"),
        (1, "hardly any value is lost"),
    ],
)
def test_what_an_alternative_costs_is_told_for_a_loss_a_gain_and_neither(
    lost: int, told: str, all_advice: dict[str, Advice]
) -> None:
    asked = AlternativePlans(all_advice["hillside"])
    form = next(iter(asked.solution.chosen))
    other = Alternative(form, asked.solution.chosen, (), lost, proved=True, fewest=True)
    words = asked._told(other, "Then").words
    assert told in words
    assert words.startswith("Then: nothing else moves; ")
    share = re.search(r"(-?[\d.]+) %", words)
    assert bool(share) == (abs(lost) == 300)
    if share:
        assert float(share[1]) == round(100 * 300 / asked.solution.value, 1)


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (-3, 0, True),  # ends on the plan's first day
        (-3, -1, False),
        (0, 0, True),
    ],
)
@pytest.mark.parametrize("end", [False, True])
def test_an_event_is_told_when_any_of_its_days_is_in_the_plan(
    first: int, last: int, shown: bool, end: bool, all_advice: dict[str, Advice]
) -> None:
    plan = all_advice["hillside"].plan
    days = (
        [plan.ends - last * DAY, plan.ends - first * DAY]
        if end
        else [plan.starts + first * DAY, plan.starts + last * DAY]
    )
    event = view.EventRef(title="a fair", starts=days[0], ends=days[1], no_release=())
    told = events(plan.model_copy(update={"events": (event,)}))
    assert bool(told) == shown
    assert all(line.startswith("A fair: ") for line in told)


def test_markdown_holds_each_steps_days_by_role_and_half_term(
    all_advice: dict[str, Advice],
) -> None:
    plan = all_advice["hillside"].plan
    text = rendered(plan, "md")
    parts = [re.split(r"\n#{2,4} ", part)[0] for part in text.split("\n#### ")[1:]]
    assert len(parts) == len(plan.steps)
    by_title = {
        re.sub(r"^S\d+ | \([★◆?lc][^()]*\)$", "", part.split("\n")[0]): part for part in parts
    }
    for step in plan.steps:
        part = by_title[re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", step.title)]
        rows = [line.split(" | ") for line in part.split("\n") if line.startswith("| ")]
        assert rows[0][0] == "| Days of"
        told = sum(
            float(cell.strip(" |")) for row in rows[2:] for cell in row[1:-1] if cell.strip(" |")
        )
        assert told == pytest.approx(sum(item.days for item in step.effort), abs=0.051)
        titles = {item.title for item in step.effort}
        assert titles == {row[0].removeprefix("| ") for row in rows[2:]}


def test_the_page_heads_the_columns_of_its_proofs(all_advice: dict[str, Advice]) -> None:
    page = rendered(all_advice["hillside"].plan, "html")
    proof = page[page.index("How the plan was proved</h2>") :]
    heads = re.findall(r"<th[^>]*>([^<]*)</th>", proof[: proof.index("</thead>")])
    assert heads == ["Aim", "Answer", "Reached", "Best possible"]


@pytest.mark.parametrize("form", ["md", "html"])
def test_children_in_their_first_year_are_told_as_reception(
    form: str, all_advice: dict[str, Advice], hillside: School, library: Library
) -> None:
    plan, report = all_advice["hillside"].plan, pupil_report(hillside, library)
    told = rendered(plan, form) + rendered(report, form)
    assert "Reception" in told
    assert not re.search(r"\bYear [RN]\b", told)


def test_what_is_for_younger_children_names_reception_where_a_school_has_none(
    all_advice: dict[str, Advice], library: Library
) -> None:
    asked = requirements(library.intervention("early-language"), library)
    assert [one.words for one in asked] == ["It is for Reception, which the school does not have"]
