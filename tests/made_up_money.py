"""A made-up report on what money and time buy."""

from __future__ import annotations

from termwise.engine.explain.money_answer import (
    Buys,
    CurvePoint,
    FinanceNote,
    Forgone,
    MoneyReport,
    StepMoney,
)
from termwise.engine.planning import model as view
from tests.made_up_plan import HOSTILE, SCHOOL


def money() -> MoneyReport:
    """Make up what more money would buy: nothing, and more time something."""
    return MoneyReport(
        school=SCHOOL,
        notice="A draft.",
        value=3000,
        lines=(
            view.BudgetUse(
                line="pool",
                title="Pool",
                year="2026-27",
                planned=2700,
                available=4000,
                rule="Only for teaching.",
            ),
        ),
        invested=1800,
        running=900,
        steps=(
            StepMoney(
                step="a",
                title=f"Coaching {HOSTILE}",
                value=1240,
                invested=600,
                running=300,
                days=6.5,
                per_thousand=1378,
            ),
            StepMoney(
                step="b",
                title="Visits",
                value=300,
                invested=0,
                running=0,
                days=2.0,
                per_thousand=None,
            ),
        ),
        money=(
            Buys(
                title="Pool, 2026-27",
                more="£1,000 more",
                value=0,
                comes_in=(),
                goes_out=(),
                exact=True,
            ),
        ),
        time=(
            Buys(
                title="SENCO",
                more="half a day more in each half-term",
                value=320,
                share=10.7,
                comes_in=("Clubs", "Tuition"),
                goes_out=("Visits",),
                exact=False,
            ),
        ),
        curve=tuple(
            CurvePoint(
                share=share, pounds=round(4000 * share), spent=spent, value=value, exact=exact
            )
            for share, spent, value, exact in (
                (0.0, 0, 900, True),
                (0.5, 1900, 2500, True),
                (1.0, 2700, 3000, True),
                (2.0, 2900, 3050, False),
            )
        ),
        flat_from=4000,
        forgone=Forgone(
            reason="The school is in deficit", held_back=1500, value=240, titles=("Clubs",)
        ),
        finance=(FinanceNote(title="In-year balance", value="-2.1 %", note="Below 0: a deficit."),),
    )
