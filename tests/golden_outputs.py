"""Every output of the example schools, in every format, and the hashes they are held against."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from termwise.engine.advise import Advice, advise
from termwise.engine.assurance.equity_audit import audit
from termwise.engine.documents import rendered
from termwise.engine.explain.budget_analysis import money
from termwise.engine.explain.counterfactuals import change
from termwise.engine.explain.doubted_judgements import firm
from termwise.engine.explain.missing_data import missing
from termwise.engine.explain.pupil_counterfactuals import change_pupil
from termwise.engine.explain.pupil_reasons import why_pupil
from termwise.engine.explain.scenarios import what_if
from termwise.engine.explain.why_in_plan import why, why_not
from termwise.engine.library.loader import Library
from termwise.engine.pupils.commitment_report import impact
from termwise.engine.pupils.commitments_file import load_commitments
from termwise.engine.pupils.meeting_sheet import meeting
from termwise.engine.pupils.query import Ask
from termwise.engine.pupils.report import pupil_report
from termwise.engine.school.data_quality.data_doctor import data_report
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.pseudonyms import KEY
from tests.places import EXAMPLES

HASHES = Path(__file__).with_name("golden_hashes.txt")
SCHOOLS = ("carrick-junior", "hillside", "little-fen")
WHAT_IFS = (
    ("questions.assessment.judgement=4",),
    ("questions.pedagogy.judgement=1",),
    ("context.absence=9",),
    ("in_place.coaching-cycles=fully",),
    ("capacity.adviser=6",),
)
LONGEST = "little-fen"
"""The school whose plan of three years takes longest to work out."""
PUPILS = 3
"""So many pupils of each school are asked about one by one."""

Render = Callable[[Any], str]


def _text(record: Any) -> str:
    return rendered(record, "text")


def _md(record: Any) -> str:
    return rendered(record, "md")


def _html(record: Any) -> str:
    return rendered(record, "html")


def _csv(record: Any) -> str:
    return rendered(record, "csv")


def _json(record: Any) -> str:
    return rendered(record, "json")


def outputs(
    school: str, library: Library, of_plan: Advice | None = None, asked: int = 1
) -> Iterator[tuple[str, str]]:
    """Yield each output of an example: its name, such as `hillside/plan-1.html`, and its text.

    Args: `of_plan` is the advice for the school over its own years, where it was worked out already; of
    the questions that are planned anew one by one, every so many are `asked`; and where not all are, a plan of
    three years that is as long in the making as those is left out too.
    """
    folder = EXAMPLES / school
    if not (folder / KEY).exists():
        for name, text in _outputs(folder, library, of_plan, asked):
            yield f"{school}/{name}", text
        return
    with tempfile.TemporaryDirectory() as made:  # somebody looked at it, and its pupils got a key
        plain = Path(made) / school
        shutil.copytree(folder, plain, ignore=shutil.ignore_patterns(KEY))
        for name, text in _outputs(plain, library, None, asked):
            yield f"{school}/{name}", text


def _outputs(
    folder: Path, library: Library, advice: Advice | None, asked: int
) -> Iterator[tuple[str, str]]:
    advice = advice or advise(load_school(folder, library), library)
    yield from plan_outputs("plan", advice)
    if asked == 1 or folder.name != LONGEST:
        yield from plan_outputs("plan-3-years", advise(load_school(folder, library, 3), library))
    yield from _questions(advice, asked)
    for number, settings in list(enumerate(WHAT_IFS, start=1))[::asked]:
        yield from _forms(f"what-if-{number}", what_if(folder, settings, None, library), _text)
    yield from _forms("money", money(advice), _text, html=_html)
    yield from _pupils(advice, library)
    yield from _teams(folder, advice, library)
    yield from _forms("data", data_report(advice.school, library), _text)
    yield from _forms("audit", audit(advice.school, library), _text)


def _forms(name: str, record: Any, text: Render, **others: Render) -> Iterator[tuple[str, str]]:
    for form, render in {"txt": text, **others, "json": _json}.items():
        yield f"{name}.{form}", render(record)


def plan_outputs(name: str, advice: Advice) -> Iterator[tuple[str, str]]:
    """Yield the plan of an advice in every format."""
    for form, render in {
        "txt": _text,
        "md": _md,
        "html": _html,
        "json": _json,
    }.items():
        yield f"{name}.{form}", render(advice.plan)


def _questions(advice: Advice, asked: int) -> Iterator[tuple[str, str]]:
    plan = advice.plan
    for step in plan.steps[::asked]:
        yield from _forms(f"why-{step.id}", why(advice, step.id), _text)
    for priority in plan.priorities:
        yield from _forms(f"why-priority-{priority.id}", why(advice, priority.title), _text)
    for item in list(dict.fromkeys(one.intervention for one in plan.left_out))[::asked]:
        yield from _forms(f"why-not-{item}", why_not(advice, item), _text)
        yield from _forms(f"change-{item}", change(advice, item), _text)
    yield from _forms("firm", firm(advice), _text)
    yield from _forms("missing", missing(advice), _text)


def _pupils(advice: Advice, library: Library) -> Iterator[tuple[str, str]]:
    school = advice.school
    on = school.timeline.halves[0].starts
    report = pupil_report(school, library, Ask(on=on))
    yield from _forms("recommend", report, _text, csv=_csv, html=_html)
    for pupil in list(dict.fromkeys(line.ref for line in report.pupils))[:PUPILS]:
        yield from _forms(f"why-{pupil}", why_pupil(school, library, pupil), _text)
        yield from _forms(f"change-{pupil}", change_pupil(school, library, pupil), _text)


def _teams(folder: Path, advice: Advice, library: Library) -> Iterator[tuple[str, str]]:
    school = advice.school
    on = school.timeline.halves[0].ends
    agreed = load_commitments(folder, school, library, today=False)
    report = pupil_report(school, library, Ask(on=on))
    for one in school.staff.teams:
        sheet = meeting(school, library, one.id, on, report, agreed)
        yield f"team-{one.id}.md", rendered(sheet, "md")
        yield f"team-{one.id}.html", rendered(sheet, "html")
        yield f"team-{one.id}.json", _json(sheet)
        told = impact(school, library, one.id, on, agreed)
        yield f"impact-{one.id}.md", rendered(told, "md")
        yield f"impact-{one.id}.html", rendered(told, "html")
        yield f"impact-{one.id}.json", _json(told)


def hashed(text: str) -> str:
    """Return the first 16 digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def written_hashes() -> dict[str, str]:
    """Return the hashes as they were last written: name of the output -> hash."""
    lines = HASHES.read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def differences(found: dict[str, str], written: dict[str, str]) -> list[str]:
    """Return a line for each output that is other than it was, new, or gone."""
    told = []
    for name in sorted(found.keys() | written.keys()):
        if name not in found:
            told.append(f"gone: {name}")
        elif name not in written:
            told.append(f"new: {name}")
        elif found[name] != written[name]:
            told.append(f"otherwise: {name}")
    return told
