"""The views of one plan: what each shows and keeps back, and that all of them add up to the same."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import docx
import pypdf
import pytest

from termwise.engine.advise import Advice
from termwise.engine.core import UnknownNameError
from termwise.engine.documents import as_file, rendered, shown, view_of
from termwise.engine.documents.tree import Document, Section, Table, plain, texts
from termwise.engine.planning import Plan

EXAMPLES = ("hillside", "little-fen", "carrick-junior")
OF_ALL = ("summary", "full", "governors", "premium", "calendar", "adviser", "leader:headteacher")


def seen(advice: Advice, name: str) -> Document:
    return view_of(name, shown(advice.plan, advice.school, advice.library))


def table(document: Document, section: str) -> Table:
    [found] = [
        block
        for one in document.blocks
        if isinstance(one, Section) and one.name == section
        for block in one.blocks
        if isinstance(block, Table)
    ][:1]
    return found


def column(found: Table, title: str) -> list[str]:
    at = [one.title for one in found.columns].index(title)
    return [plain(row.cells[at]) for row in found.rows]


def pounds(cells: list[str]) -> int:
    return sum(int(cell.replace("£", "").replace(",", "") or 0) for cell in cells)


def spent(plan: Plan) -> int:
    return sum(one.planned for one in plan.budget)


@pytest.mark.parametrize("school", EXAMPLES)
@pytest.mark.parametrize("name", OF_ALL)
def test_every_view_is_made_of_every_example_and_says_whose_plan_it_is(
    name: str, school: str, all_advice: dict[str, Advice]
) -> None:
    document = seen(all_advice[school], name)
    assert document.title.startswith(all_advice[school].plan.school.name)
    assert len(rendered(document, "md")) > 100
    assert max(map(len, rendered(document, "text").splitlines())) < 320


@pytest.mark.parametrize("school", EXAMPLES)
def test_the_summary_is_short(school: str, all_advice: dict[str, Advice]) -> None:
    told = rendered(seen(all_advice[school], "summary"), "md")
    assert len(told.split()) <= 900


@pytest.mark.parametrize("school", EXAMPLES)
def test_the_pounds_of_priorities_and_of_what_is_bought_are_those_of_the_budget(
    school: str, all_advice: dict[str, Advice]
) -> None:
    advice = all_advice[school]
    for view in ("summary", "governors"):
        found = table(seen(advice, view), "priorities")
        assert pounds(column(found, "Cost")) == spent(advice.plan), view
    money = column(table(seen(advice, "governors"), "money"), "Planned")
    assert pounds(money[:-1]) == pounds(money[-1:]) == spent(advice.plan)


def test_the_statement_on_the_pupil_premium_adds_up_to_its_line(
    all_advice: dict[str, Advice],
) -> None:
    plan = all_advice["hillside"].plan
    document = seen(all_advice["hillside"], "premium")
    told = " ".join(text for one in document.blocks for text in texts(one))
    tiers = re.findall(r"(?:teaching|support|strategies|people|Other): (£[\d,]+)", told)
    planned = sum(one.planned for one in plan.budget if one.tiers)
    assert pounds(tiers) == planned > 0
    assert f"£{planned:,} of " in told


def test_what_is_published_of_the_pupil_premium_names_no_class_and_no_teacher(
    all_advice: dict[str, Advice],
) -> None:
    told = rendered(seen(all_advice["hillside"], "premium"), "md")
    for one in all_advice["hillside"].school.file.school.classes:
        assert not re.search(rf"\b{one.id}\b", told)


@pytest.mark.parametrize("school", EXAMPLES)
def test_governors_read_of_no_class_no_teacher_and_no_row(
    school: str, all_advice: dict[str, Advice]
) -> None:
    advice = all_advice[school]
    told = rendered(seen(advice, "governors"), "md")
    for one in advice.school.file.school.classes:
        assert not re.search(rf"(class|teacher of) {one.id}\b", told)
    assert not re.search(r"\w+\.(csv|xlsx|xml|yaml):\d+", told)
    assert "the teacher of" not in told


def test_the_small_group_of_a_plan_is_not_counted_for_governors(
    all_advice: dict[str, Advice],
) -> None:
    advice = all_advice["hillside"]
    few = advice.plan.screening[0].model_copy(update={"pupils": 3})
    plan = advice.plan.model_copy(update={"screening": (few, *advice.plan.screening[1:])})
    told = rendered(view_of("governors", shown(plan, advice.school, advice.library)), "md")
    assert "fewer than 6" in told and "not shown" in told


def test_a_leader_finds_the_steps_they_lead_and_nobody_elses_under_them(
    all_advice: dict[str, Advice],
) -> None:
    advice = all_advice["hillside"]
    found = column(table(seen(advice, "leader:maths-lead"), "leads"), "Action")
    led = [step.title for step in advice.plan.steps if "maths-lead" in step.lead.people]
    assert sorted(one.partition(";")[0].removesuffix(" (light form)") for one in found) == sorted(
        led
    )


def test_a_name_that_is_no_view_is_told_with_those_there_are(
    all_advice: dict[str, Advice],
) -> None:
    for wrong in ("govenors", "leader", "teacher:9Z", "premium:4B"):
        with pytest.raises(UnknownNameError):
            seen(all_advice["hillside"], wrong)


def test_a_pdf_has_the_pounds_of_the_budget(all_advice: dict[str, Advice]) -> None:
    """Read back by pypdf."""
    advice = all_advice["hillside"]
    raw = as_file(seen(advice, "governors"), "pdf")
    told = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(raw)).pages)
    [total] = re.findall(r"All together\s+(£[\d,]+)", told)
    assert pounds([total]) == spent(advice.plan)
    for one in advice.plan.budget:
        assert f"£{one.planned:,}" in told


def test_word_has_the_plan_with_the_pounds_of_every_step(all_advice: dict[str, Advice]) -> None:
    """Read back by python-docx: each step has one row of its code, with its days and pounds."""
    plan = all_advice["hillside"].plan
    file = docx.Document(io.BytesIO(as_file(plan, "docx")))
    rows = [
        [cell.text for cell in row.cells]
        for found in file.tables
        if found.rows[0].cells[0].text == "Code"
        for row in found.rows[1:]
    ]
    assert [row[0] for row in rows] == [f"S{n:02}" for n in range(1, len(plan.steps) + 1)]
    told = sum(pounds(re.findall(r"^£[\d,]+", row[6], re.M)[:1]) for row in rows)
    assert told + sum(one.pounds for one in plan.purchases) == spent(plan)


def test_no_library_for_documents_is_loaded_before_it_is_used() -> None:
    code = (
        "import sys, termwise.engine.documents\n"
        "print(sorted({'docx', 'typst', 'xlsxwriter', 'icalendar', 'lxml'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize("school", EXAMPLES)
def test_governors_are_not_asked_how_a_figure_comes_to_where_it_is(
    school: str, all_advice: dict[str, Advice]
) -> None:
    told = " ".join(texts(Section("", seen(all_advice[school], "governors").blocks)))
    assert not re.search(r": ([\d.]+ %), to be \1", told)
    kept = any(one.goal and one.goal.kept for one in all_advice[school].plan.outcomes[:3])
    assert not kept or ", to be no worse than " in told
