"""Commands about termwise itself: the schemas of its records, and what is installed."""

from __future__ import annotations

import importlib.metadata
import json
import sys

import click

from termwise.commands import shared
from termwise.engine.version import VERSION


@click.command()
@click.argument(
    "name",
    type=click.Choice(
        ["school", "cqa", "staff", "overrides", "rule", "intervention", "skills", "plan", "pupils"]
    ),
)
def schema(name: str) -> None:
    """The JSON Schema of a file or record."""
    from termwise.engine.records.base import Record
    from termwise.engine.records.knowledge import Intervention
    from termwise.engine.records.overrides import Override
    from termwise.engine.records.plan import Plan
    from termwise.engine.records.pupils import PupilReport
    from termwise.engine.records.rules import Rule
    from termwise.engine.records.school import CqaFile, SchoolFile, StaffFile
    from termwise.engine.records.skills import SkillFile

    models: dict[str, type[Record]] = {
        "school": SchoolFile,
        "cqa": CqaFile,
        "staff": StaffFile,
        "overrides": Override,
        "rule": Rule,
        "intervention": Intervention,
        "skills": SkillFile,
        "plan": Plan,
        "pupils": PupilReport,
    }
    schema = models[name].model_json_schema()
    if name == "overrides":  # the file is a list of them
        definitions = schema.pop("$defs", {})
        schema = {"title": "overrides.yaml", "type": "array", "items": schema}
        schema |= {"$defs": definitions} if definitions else {}
    click.echo(json.dumps(schema, indent=2, ensure_ascii=False))


@click.command()
@shared.FORMAT
def doctor(form: str) -> None:
    """What is installed, which engine and solver are in use, and what is missing."""
    from termwise.engine.match import NAME
    from termwise.engine.schedule import SOLVER

    rows = [
        {"what": "termwise", "is": VERSION, "note": ""},
        {"what": "python", "is": sys.version.split()[0], "note": ""},
    ]
    for package in ("durable-rules", "ortools", "networkx", "pydantic", "PyYAML", "click"):
        try:
            rows.append({"what": package, "is": importlib.metadata.version(package), "note": ""})
        except importlib.metadata.PackageNotFoundError:
            note = (
                "rules run on the conditions module instead"
                if package == "durable-rules"
                else "install it"
            )
            rows.append({"what": package, "is": "missing", "note": note})
    rows.append({"what": "rule engine in use", "is": NAME, "note": ""})
    rows.append({"what": "solver in use", "is": SOLVER, "note": ""})
    library = shared.library()
    rows.append({"what": "rules", "is": str(len(library.rules)), "note": ""})
    rows.append({"what": "interventions", "is": str(len(library.interventions)), "note": ""})
    shared.table(rows, ["what", "is", "note"], form)
