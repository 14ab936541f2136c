"""A made-up school's plan, with something of everything that a document tells."""

from __future__ import annotations

import datetime
from typing import Any

from termwise.engine.inference.evidence import CellRef, ValueRead
from termwise.engine.planning import model as view

DAY = datetime.date
HOSTILE = "<script>alert(1)</script> & `x`"
SCHOOL = view.SchoolRef(
    id="larch", name="Larch Primary School", phase="primary", roll=210, year_groups=("1", "6")
)
SLOTS = (
    view.SlotRef(
        id="aut1", title="Autumn 1 2026", starts=DAY(2026, 9, 1), ends=DAY(2026, 10, 23), days=37
    ),
    view.SlotRef(
        id="aut2", title="Autumn 2 2026", starts=DAY(2026, 11, 2), ends=DAY(2026, 12, 18), days=34
    ),
    view.SlotRef(
        id="spr1", title="Spring 1 2027", starts=DAY(2027, 1, 4), ends=DAY(2027, 2, 12), days=29
    ),
)
BECAUSE = view.Because(
    rule="RAF-01",
    title="A rule",
    entity="Larch Primary School",
    words="teachers judge like work differently",
    why="",
    strength="strong",
    values=(
        ValueRead(
            key="x",
            title="agreed judgement",
            value="Emerging",
            comparison="at_most",
            against="Developing",
            cells=(CellRef(file="cqa.yaml", row=40, column="5"),),
            cells_in_all=1,
        ),
    ),
)


def step(name: str, starts: str, ends: str, **changed: Any) -> view.Step:
    """Make up a step, some of its fields changed."""
    given: dict[str, Any] = {
        "id": name,
        "intervention": name,
        "title": name.capitalize(),
        "strand": "leadership",
        "what": f"What {name} is.",
        "target": view.Target(kind="school", ids=(), words="the whole school"),
        "starts": starts,
        "ends": ends,
        "ready": ends,
        "term": "autumn",
        "phases": (view.PhaseRef(phase="deliver", starts=starts, ends=ends, does="Done."),),
        "occurrences": (),
        "lead": view.Lead(role="head", title="Headteacher", people=()),
        "effort": (view.Effort(role="head", title="Headteacher", slot=starts, days=2.0),),
        "cost": (view.Cost(line="pool", year="2026-27", pounds=900, running=300),),
        "needs": (),
        "priorities": (),
        "must": False,
        "value": 1240,
        "score": 10,
        "because": (BECAUSE,),
        "against": (),
        "enables": (),
        "why_here": (),
        "active_ingredients": (),
        "milestones": (),
        "monitoring": view.MonitoredBy(
            role="chair", title="Chair", how="asks", evidence="notes", independent=True
        ),
        "success": (),
        "stop_if": (),
        "evidence": view.EvidenceNote(
            strand=None,
            months=None,
            security=None,
            cost_band=None,
            note="",
            address=None,
            read_on=None,
        ),
    }
    return view.Step(**(given | changed))


def plan() -> view.Plan:
    """Make up a plan of three half-terms, in which much is told."""
    steps = (
        step(
            "coaching",
            "aut1",
            "aut1",
            critical=True,
            must=True,
            held_by="“Feedback” waits for it.",
            earliest="aut1",
            latest="aut1",
        ),
        step(
            "feedback",
            "aut2",
            "spr1",
            needs=("coaching",),
            critical=True,
            earliest="aut2",
            latest="aut2",
        ),
        step(
            "visits",
            "aut1",
            "aut2",
            form="light",
            form_note=f"Two visits in place of four {HOSTILE}",
            earliest="aut1",
            latest="aut2",
            slack=2,
            free=1,
        ),
    )
    load = tuple(
        view.Load(
            role=role,
            title=title,
            kind="role",
            slot=slot.id,
            used=used,
            capacity=capacity,
            stated=capacity + 0.5,
        )
        for role, title, capacity, days in (
            ("head", "Headteacher", 4.0, (3.8, 2.0, 0.0)),
            ("senco", f"SENCO {HOSTILE}", 2.0, (1.0, 2.5, 0.3)),
            ("clerk", "Clerk", 5.0, (0.5, 0.5, 0.5)),
        )
        for slot, used in zip(SLOTS, days, strict=True)
    )
    return view.Plan(
        termwise="0",
        notice="A draft.",
        school=SCHOOL,
        programme=view.ProgrammeRef(id="p", title="Programme", note="A note."),
        starts=DAY(2026, 9, 1),
        ends=DAY(2027, 2, 12),
        inputs=(),
        priorities=(),
        findings=(),
        shaped=(),
        screening=(),
        in_place=(),
        terms=(
            view.TermRef(
                id="autumn",
                title="Autumn and spring",
                starts=DAY(2026, 9, 1),
                ends=DAY(2027, 2, 12),
                slots=SLOTS,
            ),
        ),
        steps=steps,
        left_out=(
            view.LeftOut(
                intervention="tuition",
                title="Tuition",
                strand="support",
                target="Year 6",
                kind="too-late",
                reason="It has to be over before the tests.",
                because=(),
            ),
        ),
        load=load,
        budget=(
            view.BudgetUse(
                line="pool",
                title="Pool",
                year="2026-27",
                planned=2700,
                available=4000,
                rule="Only for teaching.",
            ),
        ),
        events=(
            view.EventRef(
                title=f"tests {HOSTILE}",
                starts=DAY(2026, 11, 9),
                ends=DAY(2026, 11, 12),
                no_release=("Year 6 teacher", "Headteacher"),
            ),
            view.EventRef(
                title="reports", starts=DAY(2026, 11, 10), ends=DAY(2026, 11, 20), no_release=()
            ),
            view.EventRef(
                title="too far", starts=DAY(2028, 1, 10), ends=DAY(2028, 1, 20), no_release=()
            ),
        ),
        held_back=(
            view.HeldBack(
                step="feedback", title="Feedback", slot="aut1", beaten_by=("Coaching", "Visits")
            ),
            view.HeldBack(step=None, title="Clubs", slot="aut2", beaten_by=()),
        ),
        picture=view.Picture(
            edges=(("coaching", "feedback"),), helped=(), longest_chain=("coaching", "feedback")
        ),
        proof=view.Proof(
            status="optimal",
            objective=3000,
            value=3000,
            bound=3000,
            gap=0.0,
            levels=tuple(
                view.ProofLevel(name=name, status="optimal", value=3, bound=3)
                for name in ("must-do", "value", "smooth load", "tie-break")
            ),
            candidates=9,
            solver="a solver",
            rule_engine="an engine",
        ),
        conflict=(),
        unknown=(),
    )


def stuck(plan: view.Plan) -> view.Plan:
    """Put a plan in conflict, with two ways out."""
    ways = (
        view.WayOut(words="The review is not done", price=30, value=2800),
        view.WayOut(words="The review starts by Spring 1 2027.", price=6, value=3100),
    )
    told = ("Coaching and the review need 14 days of the adviser in Autumn 1 2026; there are 10.",)
    return plan.model_copy(update={"conflict": told, "ways_out": ways})
