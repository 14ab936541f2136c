"""The order of a plan: each step under the priority it is most for, and no priority empty that something works on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.advise import Advice
from termwise.engine.planning import Plan, Priority, Step, by_priority, step_codes
from tests import made_up_plan

STRANDS = ("pedagogy", "support", "assessment")


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of made-up steps which serve, and are of substance for, some of three priorities."""
    made = made_up_plan.plan()
    numbers = range(draw(st.integers(1, 6)))
    strands = {f"s{number}": draw(st.sampled_from(STRANDS)) for number in numbers}
    steps: list[Step] = []
    covered: dict[str, list[str]] = {f"P{rank}": [] for rank in (1, 2, 3)}
    for name, strand in strands.items():
        serves = draw(st.sets(st.sampled_from(sorted(covered))))
        for one in sorted(serves):
            if draw(st.booleans()):
                covered[one].append(name)
        changed = {"id": name, "strand": strand, "serves": tuple(sorted(serves))}
        steps.append(made.steps[0].model_copy(update={**changed, "must": draw(st.booleans())}))
    priorities = [
        Priority(
            id=f"P{rank}",
            strand=strand,
            strand_title=strand,
            title=f"The {rank}. priority",
            rank=rank,
            judgement=None,
            target=None,
            by=None,
            lead=None,
            agreed=True,
            why="",
            evidence=(),
            covered_by=tuple(covered[f"P{rank}"]),
        )
        for rank, strand in enumerate(STRANDS, start=1)
    ]
    return made.model_copy(update={"steps": tuple(steps), "priorities": tuple(priorities)})


@given(plans())
def test_every_step_stands_once_under_a_priority_it_serves_or_beside_them(plan: Plan) -> None:
    told: list[Step] = []
    for part in by_priority(plan):
        told += part.steps
        for step in part.steps:
            if part.priority is None:
                assert not step.serves
                assert step.must is part.must
            else:
                assert part.priority.id in step.serves
    assert sorted(step.id for step in told) == sorted(step.id for step in plan.steps)
    assert list(step_codes(plan)) == [step.id for step in told]


@given(plans())
def test_no_priority_that_something_works_on_is_empty_while_another_has_two_of_its_steps(
    plan: Plan,
) -> None:
    parts = {part.id: part for part in by_priority(plan)}
    for part in parts.values():
        if isinstance(part.priority, Priority) and not part.steps:
            holding = [
                other
                for other in parts.values()
                for step in other.steps
                if step.id in part.priority.covered_by
            ]
            assert all(len(other.steps) == 1 for other in holding)


def test_each_agreed_priority_of_the_examples_has_a_step_told_under_it(
    all_advice: dict[str, Advice],
) -> None:
    for advice in all_advice.values():
        for part in by_priority(advice.plan):
            assert part.steps, (advice, part.id)


def test_a_step_that_works_on_two_priorities_stands_under_the_one_of_its_strand(
    all_advice: dict[str, Advice],
) -> None:
    plan = all_advice["carrick-junior"].plan
    under = {step.id: part.id for part in by_priority(plan) for step in part.steps}
    assert under["transfer-information"] == "P2"
    assert under["coaching-cycles"] == "P1"
    assert under["accelerating-progress-maths"] == "P3"
