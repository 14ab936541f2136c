"""Every command that answers gives its answer in each of its formats, to the screen and to a file."""

from __future__ import annotations

import datetime
import functools
import json
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import click
import pytest
from click.testing import CliRunner, Result

import termwise
import termwise.engine.advise
import termwise.engine.assurance
import termwise.engine.explain
import termwise.engine.network
import termwise.engine.review
import termwise.engine.school
from termwise.cli import main
from termwise.commands import shared
from termwise.commands.answer import FILES, OF_A_PLAN
from termwise.engine.advise import Advice
from termwise.engine.documents import as_file
from termwise.engine.documents.signature import is_signed
from termwise.engine.library.loader import Library
from termwise.engine.network.network_folder import Network, load_network
from termwise.engine.network.network_plan import NetworkPlanned
from termwise.engine.review.issued_plan import issue
from termwise.engine.review.plans_folder import keep_issued
from tests.network_in_use import put_in_force
from tests.places import EXAMPLES

DIR = "DIR"
"""Stands for the folder of a school."""
PLAN = "PLAN"
"""Stands for a plan as JSON."""
IN_USE = "IN_USE"
"""Stands for the folder of a network with a plan in force."""
NETWORK = "NETWORK"
"""Stands for the folder of a network."""
PACK = str(Path(termwise.__file__).parent / "knowledge" / "resources")
"""A small pack."""
BACK = "BACK"
"""Stands for a plan that came back from Word."""
WORDS: dict[str, tuple[str, ...]] = {
    "calendar": (DIR,),
    "change": (DIR, "cluster-moderation"),
    "check": (DIR,),
    "cqa": (DIR,),
    "data": (DIR,),
    "diff": (PLAN, PLAN),
    "doctor": (),
    "firm": (DIR,),
    "form": (),
    "inspection": (DIR,),
    "knowledge graph": (),
    "knowledge list": ("roles",),
    "knowledge show": ("coaching-cycles",),
    "missing": (DIR,),
    "money": (DIR,),
    "network plan": (NETWORK, "--workers", "1"),
    "network review": (IN_USE, "--on", "2026-11-02"),
    "packs check": (PACK,),
    "packs diff": (PACK, PACK),
    "packs list": (),
    "partnership": (DIR, "--on", "2026-11-02"),
    "plan": (DIR,),
    "progress": (DIR,),
    "read-back": (DIR, BACK),
    "recommend": (DIR,),
    "replan": (DIR, "--on", "2026-11-02"),
    "review": (DIR, "--on", "2026-11-02"),
    "rules audit": (DIR,),
    "rules check": (),
    "rules coverage": ("SCR-01",),
    "rules diff": (PACK, PACK, "--schools", DIR),
    "rules list": (),
    "rules overridden": (DIR,),
    "rules show": ("SCR-01",),
    "rules test": ("SCR-01",),
    "team": (DIR, "all", "--for", "2026-11-24"),
    "what-if": (DIR, "--set", "questions.assessment.judgement=4"),
    "why": (DIR, "P1"),
    "why-not": (DIR, "family-engagement"),
}
"""How each command that answers is called, without its format."""
BEGINS = {"md": ("# ",), "html": ("<!DOCTYPE html>",), "json": ("{", "[")}


def _answering(group: click.Group, before: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _answering(command, f"{name} ")
        for option in command.params:
            if option.name == "form" and isinstance(option.type, click.Choice):
                yield before + name, tuple(option.type.choices)


FORMATS = dict(_answering(main))


def test_every_command_that_answers_is_asked_here_and_has_every_format() -> None:
    assert FORMATS.keys() == WORDS.keys()
    for name, formats in FORMATS.items():
        assert {"text", "md", "html", "json", *FILES} <= set(formats), name


@pytest.fixture(scope="module")
def known() -> dict[str, Any]:
    """What was worked out once, whatever the format."""
    return {}


@pytest.fixture(scope="module")
def ready(
    all_advice: dict[str, Advice],
    network_planned: NetworkPlanned,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A folder with all that commands are asked about: a school whose plan is issued, its plan, that plan as it
    came back, and a network in use."""
    made = tmp_path_factory.mktemp("ready")
    advice = all_advice["little-fen"]
    shutil.copytree(EXAMPLES / "little-fen", made / "little-fen")
    (made / "plan.json").write_text(advice.plan.model_dump_json(by_alias=True), "utf-8")
    keep_issued(made / "little-fen", issue(advice, datetime.date(2026, 9, 1)))
    (made / "back.docx").write_bytes(as_file(advice.plan, "docx"))
    shutil.copytree(EXAMPLES / "network", made / "network")
    put_in_force(made / "network", network_planned, "withybeck", "oxmere")
    return made


@pytest.fixture
def run(
    known: dict[str, Any],
    ready: Path,
    library: Library,
    all_advice: dict[str, Advice],
    monkeypatch: pytest.MonkeyPatch,
    network_planned: NetworkPlanned,
    tmp_path: Path,
) -> Callable[..., Result]:
    """Runs a command on a copy of a small school, of which everything is read and worked out once."""
    folder = shutil.copytree(ready / "little-fen", tmp_path / "asked" / "little-fen")
    stands_for = {
        DIR: str(folder),
        PLAN: str(ready / "plan.json"),
        BACK: str(ready / "back.docx"),
        NETWORK: str(EXAMPLES / "network"),
        IN_USE: str(ready / "network"),
    }

    def once(of: Any, name: str) -> None:
        found = getattr(of, name)

        @functools.wraps(found)
        def kept(*given: Any, **named: Any) -> Any:
            if name not in known:
                known[name] = found(*given, **named)
            return known[name]

        monkeypatch.setattr(of, name, kept)

    known.setdefault("advise", all_advice["little-fen"])
    monkeypatch.setattr(shared, "library", lambda *_: library)
    once(termwise.engine.advise, "advise")
    known.setdefault("plan_network", network_planned)
    once(termwise.engine.network, "plan_network")

    def network_in(folder: Path) -> Network:
        if str(folder) not in known:
            known[str(folder)] = load_network(folder)
        return cast(Network, known[str(folder)])

    monkeypatch.setattr(termwise.engine.network, "load_network", network_in)
    for name in ("money", "what_if", "firm", "missing", "change", "why", "why_not", "rules_diff"):
        once(termwise.engine.explain, name)
    for name in ("load_school", "load_data"):
        once(termwise.engine.school, name)
    for name in ("check_rules", "shipped_report", "check_packs", "diff_packs"):
        once(termwise.engine.assurance, name)
    for name in ("replan", "review", "partnership"):
        once(termwise.engine.review, name)

    def runner(name: str, *words: str) -> Result:
        said = [stands_for.get(word, word) for word in WORDS[name]]
        return CliRunner().invoke(main, [*name.split(), *said, *words])

    return runner


@pytest.mark.parametrize(
    ("name", "form"),
    [
        (name, form)
        for name, formats in FORMATS.items()
        for form in formats
        if form not in (*FILES, *OF_A_PLAN)
    ],
)
def test_a_command_gives_each_of_its_formats(
    name: str, form: str, run: Callable[..., Result]
) -> None:
    shown = run(name, "--format", form)
    assert shown.exit_code in (0, 3), shown.output
    assert shown.stdout.startswith(BEGINS.get(form, ("",)))
    if form == "json":
        json.loads(shown.stdout)


@pytest.mark.parametrize("name", FORMATS)
def test_a_command_writes_its_answer_to_a_file(
    name: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    to = tmp_path / "answer.html"
    written = run(name, "--format", "html", "-o", str(to))
    assert written.exit_code in (0, 3), written.output
    assert f"in {to}." in written.stdout
    assert is_signed(to)


@pytest.mark.parametrize("form", [*FILES, *OF_A_PLAN])
def test_what_only_a_file_can_hold_is_asked_to_go_to_one(
    form: str, run: Callable[..., Result]
) -> None:
    refused = run("plan", "--format", form)
    assert refused.exit_code == 2
    assert f"{form} is written to a file: name one with -o FILE" in refused.stderr


@pytest.mark.parametrize("form", [*FILES, *OF_A_PLAN])
def test_where_the_library_of_a_format_is_not_installed_it_is_named_before_any_work(
    form: str, run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("termwise.engine.documents.render.formats.find_spec", lambda name: None)
    refused = run("plan", "--format", form, "-o", str(tmp_path / "plan"))
    assert refused.exit_code == 2
    assert "pip install 'termwise[documents]'" in refused.stderr
    assert not (tmp_path / "plan").exists()


@pytest.mark.parametrize(
    ("name", "form"),
    [(name, form) for name in FORMATS for form in FORMATS[name] if form in (*FILES, *OF_A_PLAN)],
)
def test_a_command_writes_its_answer_as_an_office_program_reads_it(
    name: str, form: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    to = tmp_path / f"answer.{form}"
    written = run(name, "--format", form, "-o", str(to))
    assert written.exit_code in (0, 3), written.output
    assert f"in {to}." in written.stdout
    assert is_signed(to)


@pytest.mark.parametrize("name", ["recommend", "team", "data"])
def test_what_tells_of_pupils_is_for_its_owner_alone(
    name: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    to = tmp_path / "answer.html"
    run(name, "--format", "html", "-o", str(to))
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
