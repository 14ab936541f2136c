"""Commands about how the school stands: the joint analysis with its forms, and what to prepare for an inspection."""

from __future__ import annotations

import pathlib

import click

from termwise.commands import shared
from termwise.commands.answer import Answer, answering


@click.command()
@click.argument("folder", type=shared.FOLDER)
@answering()
def cqa(folder: pathlib.Path, to: Answer) -> None:
    """The school's analysis: judgements of both sides, evidence, and priorities the rules would propose."""
    from termwise.engine.inference import infer
    from termwise.engine.planning import analyse
    from termwise.engine.school import entities, load_school

    known = shared.library(folder)
    school = load_school(folder, known)
    found = infer(entities(school, known), known, known.vocabulary(school.scales))
    to.give(analyse(found, school, known), "The analysis is")


@click.command()
@click.argument("activity", required=False)
@answering()
def form(activity: str | None, to: Answer) -> None:
    """The form of an audit activity, to print and fill in; without one, all of them.

    ACTIVITY is one that "termwise knowledge list activities" names.
    """
    from termwise.engine.core import UnknownNameError
    from termwise.engine.documents import audit_forms_document

    known = shared.library()
    if activity is not None and activity not in known.audit_forms:
        raise UnknownNameError("activity", activity, known.audit_forms)
    forms = [
        known.audit_forms[one.id]
        for one in known.programme.audit_activities
        if activity in (None, one.id)
    ]
    if to.form == "json":
        told = [one.model_dump(mode="json") for one in forms]
        to.put(shared.data_as_json(told), "The forms are")
    else:
        to.give(audit_forms_document(forms, known), "The forms are")


@click.command()
@click.argument("folder", type=shared.FOLDER)
@answering()
def inspection(folder: pathlib.Path, to: Answer) -> None:
    """What to prepare for an inspection: past grades, the way to good by strand and figure, and questions."""
    from termwise.engine.planning import prepare_inspection

    advice = shared.advice(folder)
    found = prepare_inspection(advice.plan, advice.findings, advice.school, advice.library)
    to.give(found, "The page is")
