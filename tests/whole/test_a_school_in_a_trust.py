"""A school that plans by its trust's model: other strands, duties and words, its own lines told, requirements kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from termwise.cli import main
from termwise.engine.advise import Advice, advise
from termwise.engine.core.errors import ContentError
from termwise.engine.documents.answers import rendered
from termwise.engine.explain.spending_today import spending_today
from termwise.engine.library.load_checked import load_library
from termwise.engine.school.folder import load_school, packs_asked
from tests.places import EXAMPLES

QUAY = EXAMPLES / "quay-street"


@pytest.fixture(scope="module")
def quay() -> Advice:
    library = load_library(asked=packs_asked(QUAY))
    return advise(load_school(QUAY, library), library)


def test_the_plan_names_its_packs_and_where_each_reason_comes_from(quay: Advice) -> None:
    plan = quay.plan
    assert [pack.id for pack in plan.packs] == [
        "base",
        "resources",
        "aspire-schools-trust",
        "quay-street",
    ]
    assert all(len(pack.fingerprint) == 64 for pack in plan.packs)
    said = {one.from_ for step in plan.steps for one in step.because}
    assert {"base", "resources", "aspire-schools-trust"} <= said
    assert '"from": "resources"' in rendered(plan, "json")


def test_the_school_s_own_line_is_told_in_every_document_and_held_against(quay: Advice) -> None:
    line = "the school's own line: 14 % instead of 12 %. The roof of the hall is due in two years."
    for form in ("text", "md", "html"):
        told = " ".join(rendered(quay.plan, form).replace("&#x27;", "'").split())
        assert line in told, form
    [step] = [one for one in quay.plan.steps if one.intervention == "balances-in-use"]
    read = [value.against for one in step.because for value in one.values]
    assert "14 %, the school's own line: 14 % instead of 12 %" in read


def test_the_duties_of_the_trust_are_in_the_plan_and_scrutiny_comes_three_times(
    quay: Advice,
) -> None:
    steps = {step.intervention: step for step in quay.plan.steps}
    duties = {"external-audit", "governance-self-review", "scheme-of-delegation"}
    assert duties | {"safeguarding-review", "safeguarding-action-plan"} <= steps.keys()
    review = steps["safeguarding-review"].occurrences[0]
    assert review.date < steps["safeguarding-action-plan"].occurrences[0].date
    assert [one.slot[:4] for one in steps["internal-scrutiny"].occurrences] == [
        "aut2",
        "spr2",
        "sum2",
    ]
    assert "network-days" not in quay.library.interventions


def test_a_head_s_open_post_leads_to_options_and_high_reserves_to_advice(quay: Advice) -> None:
    assert not quay.plan.conflict
    assert {"leadership-options", "balances-in-use"} <= {
        one.intervention for one in quay.plan.steps
    }


def test_the_list_of_rules_tells_what_the_school_does_otherwise() -> None:
    told = CliRunner().invoke(main, ["rules", "list", str(QUAY), "--format", "csv"]).output
    assert "the school's own line: 14 % instead of 12 %" in told
    assert ",resources,recommend," in told


def with_trust(folder: Path, trust: str, overrides: str = "") -> Path:
    school = Path(shutil.copytree(QUAY, folder / "school"))
    text = (school / "school.yaml").read_text("utf-8")
    (school / "school.yaml").write_text(
        text.replace("content: content", "trust: ../trust\ncontent: content")
    )
    (folder / "trust").mkdir()
    (folder / "trust" / "pack.yaml").write_text(
        "id: our-trust\ntitle: Our trust\nversion: '2026.1'\nowner: us\nlicence: ours\n" + trust
    )
    if overrides:
        (school / "overrides.yaml").write_text(overrides)
    return school


def test_a_school_neither_changes_nor_refuses_what_its_trust_requires(tmp_path: Path) -> None:
    trust = "needs: [resources]\nrequired:\n- {kind: threshold, id: reserves_idle}\n"
    school = with_trust(tmp_path / "one", trust)
    with pytest.raises(
        ContentError, match="“reserves_idle” is required by the trust, in trust/pack"
    ):
        load_library(asked=packs_asked(school))
    refusal = (
        "- {intervention: energy-saving, decision: refuse, reason: too-much-work, "
        "role: headteacher, on: 2026-07-14}\n"
    )
    trust = "needs: [resources]\nrequired:\n- {kind: intervention, id: energy-saving}\n"
    school = with_trust(tmp_path / "two", trust, refusal)
    library = load_library(asked=packs_asked(school))
    with pytest.raises(ContentError) as told:
        load_school(school, library)
    assert (
        "overrides.yaml:1:33: “energy-saving” is required by the trust, in trust/pack.yaml:7:1: it "
        "can't be refused; take it out, or adapt it" in str(told.value)
    )


def test_packs_that_a_folder_names_and_are_not_there_are_told_at_their_line(tmp_path: Path) -> None:
    school = with_trust(tmp_path, "")
    text = (school / "school.yaml").read_text("utf-8")
    (school / "school.yaml").write_text(text.replace("trust: ../trust", "packs: [resource]"))
    told = CliRunner().invoke(main, ["check", str(school)])
    assert told.exit_code == 1
    assert "unknown pack “resource”; did you mean “resources”?" in told.output


def test_what_is_spent_today_stands_beside_the_plan_strand_by_strand(quay: Advice) -> None:
    school, library, plan = quay.school, quay.library, quay.plan
    found = spending_today(plan, school.file.money.spent, library)
    assert found is not None
    assert (found.total, found.stop, found.pool, found.unnamed) == (14300, 2400, 3950, 2400)
    assert sum(one.spent for one in found.strands) + found.unnamed == found.total
    planned = sum(cost.pounds for step in plan.steps for cost in step.cost)
    assert sum(one.planned for one in found.strands) == planned
    assert spending_today(plan, (), library) is None
