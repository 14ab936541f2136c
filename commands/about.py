"""Commands about termwise itself: the schemas of its records, and what is installed."""

from __future__ import annotations

import importlib
import importlib.metadata
import pathlib
import sys

import click

from termwise.commands import shared
from termwise.commands.answer import OF_A_TABLE, Answer, answering
from termwise.engine.core import VERSION


@click.command()
@click.argument(
    "name",
    type=click.Choice(
        ["school", "cqa", "staff", "overrides", "rule", "intervention", "pack", "skills", "plan"]
        + ["issued", "changes", "progress", "replanned", "review", "partnership", "pupils"]
        + ["network", "network-plan", "network-review"]
    ),
)
@click.option(
    "--for",
    "folder",
    type=shared.FOLDER,
    metavar="DIR",
    help="The school whose packs' ids a rule, intervention or pack can name.",
)
def schema(name: str, folder: pathlib.Path | None) -> None:
    """The JSON Schema of a file or record.

    That of a rule, an intervention or a pack has the ids that can be named, with their titles, so that
    an editor completes them.
    """
    from termwise.engine.core import Record, schema_of
    from termwise.engine.library import (
        Intervention,
        Override,
        PackFile,
        Rule,
        SkillFile,
        with_names,
    )
    from termwise.engine.network import NetworkFile, NetworkPlan, NetworkReview
    from termwise.engine.planning import Plan
    from termwise.engine.pupils import PupilReport
    from termwise.engine.review import (
        IssuedPlan,
        Partnership,
        PlanChanges,
        PlanReview,
        ProgressReport,
        Replanned,
    )
    from termwise.engine.school import CqaFile, SchoolFile, StaffFile

    models: dict[str, type[Record]] = {
        "school": SchoolFile,
        "cqa": CqaFile,
        "staff": StaffFile,
        "overrides": Override,
        "rule": Rule,
        "intervention": Intervention,
        "pack": PackFile,
        "skills": SkillFile,
        "plan": Plan,
        "issued": IssuedPlan,
        "changes": PlanChanges,
        "progress": ProgressReport,
        "replanned": Replanned,
        "review": PlanReview,
        "partnership": Partnership,
        "pupils": PupilReport,
        "network": NetworkFile,
        "network-plan": NetworkPlan,
        "network-review": NetworkReview,
    }
    schema = schema_of(models[name])
    if name in ("rule", "intervention", "pack"):
        schema = with_names(schema, shared.library(folder))
    if name == "overrides":  # the file is a list of them
        definitions = schema.pop("$defs", {})
        schema = {"title": "overrides.yaml", "type": "array", "items": schema}
        schema |= {"$defs": definitions} if definitions else {}
    shared.say(shared.data_as_json(schema), nl=False)


_NEEDED = {
    "ortools": "ortools.sat.python.cp_model_helper",
    "networkx": "networkx",
    "pydantic": "pydantic",
    "PyYAML": "yaml",
    "openpyxl": "openpyxl",
    "XlsxWriter": "xlsxwriter",
    "defusedxml": "defusedxml",
    "rich": "rich",
    "click": "click",
}
"""What termwise can't do without, by package: the module that is loaded."""
_DOCUMENTS = "documents for offices are not there: pip install 'termwise[documents]'"
_WITHOUT = {
    "durable-rules": ("durable_rules_engine", "rules run on the conditions module instead"),
    "python-docx": ("docx", _DOCUMENTS),
    "icalendar": ("icalendar", _DOCUMENTS),
    "typst": ("typst", _DOCUMENTS),
    "polars": ("polars", "screening by columns is not there: pip install 'termwise[columns]'"),
}
"""What it can do without, and how."""


@click.command()
@answering(*OF_A_TABLE)
@click.pass_context
def doctor(ctx: click.Context, to: Answer) -> None:
    """What is installed, which engine and solver are in use, and what is missing.

    Exits with 1 when something is missing that termwise can't do without.
    """
    rows = [
        {"what": "termwise", "is": VERSION, "note": ""},
        {"what": "python", "is": sys.version.split()[0], "note": ""},
    ]
    for package, (module, without) in _WITHOUT.items():
        rows.append(_state(package, module, without))
    needed = [_state(package, module, "install it") for package, module in _NEEDED.items()]
    rows += needed
    used = (
        (
            "rule engine in use",
            lambda: importlib.import_module("termwise.engine.inference").NAME,
        ),
        ("solver in use", _solver),
        ("rules", lambda: len(shared.library().rules)),
        ("interventions", lambda: len(shared.library().interventions)),
        ("kept libraries", _kept),
    )
    for what, found in used:
        try:
            rows.append({"what": what, "is": str(found()), "note": ""})
        except ImportError as error:
            rows.append({"what": what, "is": "none", "note": f"needs {error.name}"})
    to.rows("What is installed", rows, ["what", "is", "note"])
    if any(row["note"] for row in needed):
        ctx.exit(1)


def _kept() -> str:
    """What is kept of rules and knowledge between two commands."""
    kept = shared.kept_libraries()
    return kept.state() if kept else "off"


def _solver() -> str:
    """The solver in use. Raises ImportError where it can't be loaded."""
    from termwise.engine.scheduling import SOLVER

    importlib.import_module(_NEEDED["ortools"])
    return SOLVER


def _state(package: str, module: str, note: str) -> dict[str, str]:
    """Which version of a package is there, and whether it can be loaded; `note`: what to do, or what
    is done without it."""
    try:
        version = importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return {"what": package, "is": "missing", "note": note}
    try:
        importlib.import_module(module)
    except Exception as error:  # what is compiled for another machine fails in its own ways
        told = f"can't be loaded ({type(error).__name__}): {note}"
        return {"what": package, "is": version, "note": told}
    return {"what": package, "is": version, "note": ""}
