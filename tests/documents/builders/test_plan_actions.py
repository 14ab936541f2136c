"""The tables of a plan as schools print them: a row for each step under its priority, and room to sign."""

from __future__ import annotations

from termwise.engine.documents.builders.plan_actions import REST, actions, signatures
from termwise.engine.documents.builders.plan_actions import steps_in_full as in_full
from termwise.engine.documents.render.markdown import as_markdown
from termwise.engine.documents.tree import Details, Document, Section, Table, plain, texts
from termwise.engine.documents.words import Names
from termwise.engine.planning import DatedMilestone, Plan, by_priority, step_codes
from termwise.engine.planning.model import Priority
from termwise.engine.review import MilestoneProgress, StepProgress
from tests import made_up_plan
from tests.made_up_plan import DAY

TALKS = Priority(
    id="P1",
    strand="leadership",
    strand_title="Leadership",
    title="Talk in every lesson",
    rank=1,
    judgement="Emerging",
    target="Secure",
    by=DAY(2027, 7, 16),
    lead="Headteacher",
    agreed=True,
    why="Few talk.",
    evidence=("Nobody spoke. (visits)",),
    covered_by=("feedback",),
)


def plan() -> Plan:
    made = made_up_plan.plan()
    first, *others = made.steps
    milestones = (
        DatedMilestone(what="all have met", due=DAY(2026, 9, 30)),
        DatedMilestone(what="half do it", due=DAY(2027, 1, 20)),
    )
    coaching = first.model_copy(update={"milestones": milestones, "serves": ("P1",)})
    return made.model_copy(update={"priorities": (TALKS,), "steps": (coaching, *others)})


def tables(sections: list[Section]) -> list[Table]:
    return [one for section in sections for one in section.blocks if isinstance(one, Table)]


def test_each_step_has_a_row_under_its_priority_and_what_serves_none_comes_last() -> None:
    sections = list(actions(plan()))
    assert [plain(one.title) for one in sections] == ["Priority 1: Talk in every lesson", REST]
    rows = [[plain(row.cells[1]).partition(";")[0] for row in t.rows] for t in tables(sections)]
    assert rows == [["Coaching", "Feedback"], ["Visits (light form)"]]
    assert all(one.landscape for one in sections)


def test_codes_go_through_the_tables_and_stand_again_where_a_step_is_told_in_full() -> None:
    made = plan()
    codes = [plain(row.cells[0]) for table in tables(list(actions(made))) for row in table.rows]
    assert codes == ["S01", "S02", "S03"] == list(step_codes(made).values())
    [whole] = in_full(made, Names(made))
    parts = [one for one in whole.blocks if isinstance(one, Section)]
    titles = [one.title for part in parts for one in part.blocks if isinstance(one, Details)]
    assert titles == ["S01 Coaching", "S02 Feedback", "S03 Visits"]


def test_a_priority_is_told_with_its_evidence_and_the_steps_of_substance_for_it() -> None:
    first, _ = actions(plan())
    told = as_markdown(Document("A plan", (first,)))
    assert "- Judgement: Emerging, to be Secure by 16 July 2027" in told
    assert "- Steps of substance: S02" in told
    assert "- Nobody spoke. (visits)" in told


def test_milestones_stand_under_the_part_of_the_year_they_are_due_in() -> None:
    made = plan()
    terms = tuple(
        made.terms[0].model_copy(update={"title": f"{name} term", "ends": day, "id": name})
        for name, day in (("Autumn", DAY(2026, 12, 18)), ("Spring", DAY(2027, 2, 12)))
    )
    [table, _] = tables(list(actions(made.model_copy(update={"terms": terms}))))
    titles = [column.title for column in table.columns]
    row = dict(zip(titles, map(plain, table.rows[0].cells), strict=True))
    assert row["Milestones autumn"] == "30 Sep: all have met"
    assert row["Milestones spring"] == "20 Jan: half do it"


def test_the_last_columns_are_to_be_written_in_and_show_what_is_known() -> None:
    made = plan()
    stands = StepProgress(
        step="coaching", title="Coaching", lead="Head", priorities=(), starts=DAY(2026, 9, 1),
        starts_by=DAY(2026, 10, 23), ends=DAY(2026, 10, 23), means="running", status="on track",
        rag="amber", said=DAY(2026, 10, 1), by="Head", note="Begun in two classes.", evidence=None,
        days_planned=2, days_used=1, days_left=None, pounds_planned=900, pounds_used=None,
        milestones=(
            MilestoneProgress(number=1, what="all have met", due=DAY(2026, 9, 30), met=DAY(2026, 9, 29)),
        ),
        next=None,
    )  # fmt: skip
    [table, _] = tables(list(actions(made, {"coaching": stands})))
    assert [one.kind for one in table.columns[-2:]] == ["editable", "editable"]
    assert [plain(cell) for cell in table.rows[0].cells[-2:]] == ["amber", "Begun in two classes."]
    assert "(met by 29 Sep)" in " ".join(texts(table))
    assert [plain(cell) for cell in table.rows[1].cells[-2:]] == ["", ""]


def test_a_priority_for_which_nothing_is_done_says_so() -> None:
    alone = TALKS.model_copy(update={"covered_by": ()})
    bare = plan().model_copy(update={"steps": (), "priorities": (alone,)})
    assert [part.steps for part in by_priority(bare)] == [()]
    assert "No step of this plan works on it." in " ".join(texts(next(actions(bare))))


def test_who_agrees_signs() -> None:
    [table] = tables([signatures()])
    assert [column.title for column in table.columns] == ["Role", "Name", "Signature", "Date"]
    assert len(table.rows) == 3
