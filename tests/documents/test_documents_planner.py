"""The documents of the planner: what can slip, what waits, what does not fit, what money buys and
why, in words and pictures that are there and escaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import unescape
from xml.etree import ElementTree

import pytest

from termwise.engine.documents.answers import rendered
from termwise.engine.documents.charts.budget_curve import curve
from termwise.engine.documents.reason_phrases import reasons, together
from termwise.engine.documents.tree import Table
from termwise.engine.explain.argument import (
    Elsewhere,
    ForcedAlternative,
    Ground,
    Moved,
    Through,
    WhyNot,
    WhyStep,
)
from termwise.engine.explain.money_answer import (
    MoneyReport,
)
from termwise.engine.inference.evidence import CellRef, ValueRead
from termwise.engine.inference.verdict import Compared, EntityRef, RuleVerdict, Tree
from termwise.engine.library.model import Source
from termwise.engine.planning import model as view
from tests import made_up_money, made_up_plan
from tests.made_up_plan import BECAUSE, DAY, SCHOOL, SLOTS, step

as_html = partial(rendered, form="html")
as_markdown = partial(rendered, form="md")
as_text = partial(rendered, form="text")


COMPARED = Compared(
    key="judgement",
    title="agreed judgement",
    result="true",
    words="Agreed judgement: Emerging; it takes Developing or lower",
    value="Emerging",
    comparison="at_most",
    against="Developing",
    cells=(CellRef(file="cqa.yaml", row=40, column="5"),),
    cells_in_all=1,
)
GROUND = Ground(
    side="for",
    strength="strong",
    words="teachers judge like work differently",
    why="",
    verdict=RuleVerdict(
        rule="RAF-01",
        title="A rule",
        stratum="recommend",
        entity=EntityRef(kind="school", id="larch", label="Larch Primary School"),
        outcome="fired",
        words="teachers judge like work differently",
        tree=Tree(kind="comparison", result="true", compared=COMPARED),
        deciding=(COMPARED,),
        place="rules/x.yaml:1:1",
    ),
    sources=(
        Source(
            id="marking",
            title="Marking reviewed",
            by="x",
            year=2016,
            strength="research",
            read="whole",
        ),
    ),
)


@pytest.fixture
def plan() -> view.Plan:
    return made_up_plan.plan()


@pytest.fixture
def stuck(plan: view.Plan) -> view.Plan:
    return made_up_plan.stuck(plan)


@pytest.fixture
def money() -> MoneyReport:
    return made_up_money.money()


@pytest.fixture
def why() -> WhyStep:
    earlier = ForcedAlternative(
        words="A half-term earlier costs: governor training moves to Spring 1 2027",
        when="Autumn 1 2026",
        moved=(
            Moved(
                step="governor-training",
                title="Governor training",
                was="Autumn 1 2026",
                now="Spring 1 2027",
            ),
            Moved(step="clubs", title="Clubs", was="Autumn 2 2026", now=None),
            Moved(step="visits", title="Visits", was=None, now="Spring 1 2027"),
        ),
        value_lost=24,
        share_lost=0.8,
        possible=True,
    )
    return WhyStep(
        school=SCHOOL,
        step="feedback",
        title="Feedback",
        starts="Autumn 2 2026",
        ends="Spring 1 2027",
        grounds=(GROUND,),
        why_here=("It waits for “Coaching”, which is ready at the end of Autumn 1 2026.",),
        waits_for=("Coaching, ready at the end of Autumn 1 2026",),
        enables=("Clubs",),
        earliest="Autumn 2 2026",
        latest="Spring 1 2027",
        slack=1,
        critical=False,
        elsewhere=(
            Elsewhere(when="Autumn 1 2026", blockers=("“Coaching” is not ready yet.", "no days")),
            Elsewhere(when="Spring 1 2027", blockers=()),
        ),
        earlier=earlier,
        later=earlier.model_copy(update={"moved": (), "value_lost": -3, "share_lost": -0.01}),
        without=None,
    )


@pytest.fixture
def why_not(why: WhyStep) -> WhyNot:
    return WhyNot(
        school=SCHOOL,
        intervention="tuition",
        title="Tuition",
        kind="no-room",
        reason="it needs 0.4 days of the SENCO, and none are left",
        grounds=(GROUND,),
        elsewhere=why.elsewhere,
        instead=why.earlier,
        beside=("Half a day more of the SENCO in Autumn 2 2026",),
        beside_alternative=None,
    )


def pictures(page: str) -> list[ElementTree.Element]:
    """The pictures of a page; every one is well-formed."""
    return [ElementTree.fromstring(drawn) for drawn in re.findall(r"<svg.*?</svg>", page, re.S)]


def drawn_curve(report: MoneyReport) -> str:
    [drawing] = curve(report, Table((), ())).drawings
    return drawing.svg


def with_class(page: str, css: str) -> int:
    """How many parts of pictures have a class, those of their keys left out."""
    drawn = [one for one in pictures(page) if not one.get("aria-hidden")]
    return sum(css in (part.get("class") or "").split() for one in drawn for part in one.iter())


# --- the plan


def test_nothing_written_by_people_is_markup(plan: view.Plan, money: MoneyReport) -> None:
    for page in (as_html(plan), rendered(money, "html")):
        assert "<script" not in page
        assert "&lt;script&gt;" in page
    assert not re.search(r"(?<!\\)<script", as_markdown(plan))


def test_a_step_says_how_far_it_can_slip_and_what_its_light_form_gives_up(plan: view.Plan) -> None:
    for told in (as_html(plan), as_markdown(plan)):
        assert "by 1 half-term without moving another step, by 2 half-terms if what waits" in told
        assert "not at all (it is in a chain" in told
        assert "not at all (“Feedback” waits for it)" in told
        assert "£900: £600 invested, £300 to keep it going" in told
        assert "Two visits in place of four" in told
        assert "points" not in told
    assert "Visits (light form)" in as_text(plan)


def test_a_plan_that_says_nothing_of_slipping_marks_nothing(plan: view.Plan) -> None:
    bare = {"earliest": "", "latest": "", "slack": 0, "critical": False}
    steps = tuple(one.model_copy(update=bare) for one in plan.steps)
    page = as_html(plan.model_copy(update={"steps": steps, "events": ()}))
    assert "Can slip" not in page
    assert with_class(page, "frame") == with_class(page, "fixed") == 0
    assert "<h3>Dates to plan around" not in page


def test_the_chart_marks_what_cannot_slip_how_far_the_rest_can_and_the_events(
    plan: view.Plan,
) -> None:
    page = as_html(plan)
    assert with_class(page, "frame") == 2
    assert with_class(page, "slip") == 1
    assert with_class(page, "event") == 2
    assert "Tests &lt;script&gt;" in page
    assert "too far" not in page.lower()


def test_titles_of_events_at_the_same_time_stand_in_lanes_of_their_own(plan: view.Plan) -> None:
    titles = [
        part.get("y")
        for one in pictures(as_html(plan))
        for part in one.iter()
        if "event-title" in (part.get("class") or "")
    ]
    assert len(set(titles)) == 2


def test_the_picture_marks_the_longest_chain(plan: view.Plan) -> None:
    page = as_html(plan)
    assert with_class(page, "chain") == 1
    assert with_class(page, "fixed") == 2
    for told in (unescape(page), as_markdown(plan)):
        assert "The longest chain, which can't slip" in told
        assert "Coaching → Feedback" in told
    assert "Longest chain: Coaching -> Feedback" in as_text(plan)


def test_the_load_charts_have_the_fullest_first_and_all_that_is_in_the_table(
    plan: view.Plan,
) -> None:
    page = as_html(plan)
    titles = re.findall(r"<figcaption><b>(.*?)</b>", page)
    assert [title.split()[0] for title in titles] == ["SENCO", "Headteacher", "Clerk"]
    assert "125 % in Autumn 2 2026, over" in page
    assert with_class(page, "bar-over") == 1
    assert with_class(page, "bar-near") == 1
    assert with_class(page, "bar-room") == 6
    assert ">2.5!<" in page  # not by colour alone


def test_what_is_held_back_says_what_beat_it(plan: view.Plan) -> None:
    for told in (as_html(plan), as_markdown(plan)):
        assert "Would have started in Autumn 1 2026, but enough that is new starts then" in told
        assert "starts then: Coaching and Visits. It starts in Autumn 2 2026." in told
        assert "It is not in this plan." in told
    assert "Held back, because enough is new: Feedback; Clubs" in as_text(plan)


@pytest.mark.parametrize("made", [as_html, as_markdown, as_text])
def test_a_conflict_comes_first_with_its_ways_out_the_cheapest_first(
    made: Callable[[view.Plan], str], stuck: view.Plan
) -> None:
    told = " ".join(made(stuck).split())
    said = [
        told.index(words)
        for words in (
            "need 14 days of the adviser",
            "Ways out",
            "The review starts by Spring 1 2027",
            "The review is not done",
            "Headteacher",
        )
    ]
    assert said == sorted(said)
    assert "worth 3.3 % more" in told


def test_ways_out_say_what_is_then_possible(stuck: view.Plan) -> None:
    for told in (as_html(stuck), as_markdown(stuck)):
        assert "The plan is then worth 3.3 % more than this one." in told
        assert "The plan is then worth 6.7 % less than this one." in told
        assert "points; without it" not in told


@pytest.mark.parametrize("made", [as_html, as_markdown, as_text])
def test_a_conflict_without_a_way_out_says_so(
    made: Callable[[view.Plan], str], stuck: view.Plan
) -> None:
    told = made(stuck.model_copy(update={"ways_out": ()}))
    assert "No single change that was tried makes it fit." in told
    assert "cheapest" not in told


def test_what_came_too_late_and_the_rules_of_the_lines_are_told(plan: view.Plan) -> None:
    for told in (as_html(plan), as_markdown(plan)):
        assert "Too late to be done in time" in told
        assert "Only for teaching." in told


def test_the_proof_names_its_aims_in_order(plan: view.Plan) -> None:
    for told in (as_html(plan), as_markdown(plan)):
        said = [
            told.index(word) for word in ("First: as much", "most value", "spread", "Last: among")
        ]
        assert said == sorted(said)


def test_every_picture_has_a_title_and_ids_are_not_used_twice(plan: view.Plan) -> None:
    page = as_html(plan)
    for one in pictures(page):
        assert one.get("aria-hidden") or one[0].tag == "title"
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


# --- money


def test_the_report_on_money_says_what_more_would_buy(money: MoneyReport) -> None:
    text = " ".join(rendered(money, "text").split())
    told = "£1,800 invested in preparing and delivering, £900 to keep things going."
    assert f"Today's plan costs £2,700: {told}" in text
    assert "A little more money alone would buy nothing." in text
    assert "Nothing more from: Pool, 2026-27." in text
    assert (
        "10.7 % more value, if not better still; come in: Clubs and Tuition; goes out: Visits."
        in text
    )
    assert "The school is in deficit. £1,500 may not be committed." in text
    assert "would hold as well: Clubs." in text
    assert "In-year balance: -2.1 %. Below 0: a deficit." in text


def test_the_page_on_money_has_all_that_the_text_has(money: MoneyReport) -> None:
    page = rendered(money, "html")
    for told in (
        "Today&#x27;s plan costs £2,700",
        "Only for teaching.",
        "come in: Clubs and Tuition",
        "costs nothing",
        "From £4,000 on, more money hardly buys more",
        "£1,500 may not be committed",
        "In-year balance",
    ):
        assert told in page


def test_the_curve_rises_and_marks_today_and_where_it_flattens(money: MoneyReport) -> None:
    drawn = drawn_curve(money)
    assert with_class(drawn, "best") == 3
    assert with_class(drawn, "found") == 1
    assert with_class(drawn, "today") == with_class(drawn, "flat") == 1
    heights = [
        float(part.get("cy") or 0)
        for part in pictures(drawn)[0].iter()
        if part.get("class") in ("best", "found")
    ]
    assert heights == sorted(heights, reverse=True)
    assert with_class(drawn_curve(money.model_copy(update={"flat_from": None})), "flat") == 0


def test_a_report_on_money_without_money_can_be_read(money: MoneyReport) -> None:
    bare = money.model_copy(
        update=dict.fromkeys(("lines", "steps", "money", "time", "curve", "finance"), ())
        | {"forgone": None, "flat_from": None}
    )
    assert "In short" in rendered(bare, "text")
    assert "<svg" not in rendered(bare, "html")


# --- why


def test_points_are_told_only_where_numbers_are_asked_for(why: WhyStep, why_not: WhyNot) -> None:
    for one in (why, why_not):
        assert "points" not in rendered(one, "text")
        assert "24 points fewer" in rendered(one.model_copy(update={"numbers": True}), "text")
        assert '"value_lost": 24' in rendered(one, "json")


def test_why_says_when_since_when_and_what_it_would_cost(why: WhyStep) -> None:
    text = rendered(why.model_copy(update={"numbers": True}), "text")
    assert text.startswith("Feedback: Autumn 2 2026 to Spring 1 2027\nLarch Primary School\n")
    for told in (
        "Teachers judge like work differently. (strong; RAF-01)",
        "Agreed judgement: Emerging; it takes Developing or lower. [cqa.yaml:40:5]",
        "The rule rests on Marking reviewed (research, 2016).",
        "It waits for “Coaching”",
        "let it start in Autumn 2 2026, when it does.",
        "It can slip by 1 half-term",
        "Autumn 1 2026: “Coaching” is not ready yet; 1 thing more is in its way.",
        "Spring 1 2027: nothing; it could start then as well.",
        "governor training moves to Spring 1 2027. That is 24 points fewer.",
        "governor training moves to Spring 1 2027. That is 3 points more.",
    ):
        assert told in " ".join(text.split())  # lines are broken anywhere


def test_why_begins_with_the_answer_in_one_sentence(why: WhyStep) -> None:
    without = why.earlier.model_copy(update={"share_lost": 2.5}) if why.earlier else None
    told = {
        "1 rule asks for it": why,
        "; without it the plan is worth 2.5 % less.": why.model_copy(update={"without": without}),
        "; it can't start later without moving something else.": why.model_copy(
            update={"slack": 0}
        ),
        "It is a duty.": why.model_copy(
            update={"through": (Through(kind="duty", words="Every year."),), "grounds": ()}
        ),
    }
    for words, answer in told.items():
        [_, short, *_] = rendered(answer, "text").split("\n\n")
        assert short.startswith("In short\n") and words in " ".join(short.split()), words


def test_half_terms_with_the_same_in_the_way_are_told_together_and_nothing_twice(
    why: WhyStep,
) -> None:
    slots = ("Autumn 1 2026", "Spring 1 2027", "Spring 2 2027")
    busy = (*(Elsewhere(when=one, blockers=("no days", one)) for one in slots),)
    text = rendered(why.model_copy(update={"elsewhere": busy}), "text")
    told = "Autumn 1 2026, Spring 1 2027 and Spring 2 2027: no days; 1 thing more is in its way."
    assert told in " ".join(text.split())
    above = why.model_copy(update={"elsewhere": busy, "why_here": ("Not in Spring 1: no days.",)})
    assert "In the way elsewhere" not in rendered(above, "text")


def test_how_far_it_could_move_says_which_aim_needs_it_by_when(why: WhyStep) -> None:
    needed = "it is what works on priority 1 in time, which needs it by Spring 1 2027"
    text = rendered(why.model_copy(update={"needed_by": (needed,)}), "text")
    assert f"  - I{needed[1:]}." in text


def test_what_a_step_hangs_on_and_what_is_bought_for_it_is_told(why: WhyStep) -> None:
    told = {"hangs_on": ("no rule would ask for it",), "bought": ("1 day of cover; £230",)}
    text = rendered(why.model_copy(update=told), "text")
    assert "What it hangs on\n  - No rule would ask for it.\n" in text
    assert "would be out, later or in another form\n  - 1 day of cover; £230\n" in text


def test_what_cannot_start_earlier_says_so(why: WhyStep) -> None:
    assert "It can't start earlier at all." in rendered(
        why.model_copy(update={"earlier": None}), "text"
    )


def test_an_impossible_alternative_has_no_price(why: WhyStep) -> None:
    assert why.earlier
    never = why.earlier.model_copy(
        update={"possible": False, "words": "No plan has it in Autumn 1 2026"}
    )
    text = rendered(why.model_copy(update={"earlier": never, "later": None}), "text")
    assert "No plan has it in Autumn 1 2026." in text
    assert "points" not in text


def test_why_not_says_what_would_bring_it_in(why_not: WhyNot) -> None:
    text = rendered(why_not.model_copy(update={"numbers": True}), "text")
    assert text.startswith("Tuition: not in the plan\n")
    for told in (
        "No room in this plan.",
        "It needs 0.4 days of the SENCO, and none are left.",
        "What speaks for it",
        "That is 24 points fewer.",
        "Half a day more of the SENCO in Autumn 2 2026",
    ):
        assert told in text


def test_answers_fit_a_terminal(
    why: WhyStep, why_not: WhyNot, money: MoneyReport, stuck: view.Plan
) -> None:
    long = "words " * 60
    wide = why.model_copy(update={"why_here": (long,), "waits_for": (long,)})
    texts = (
        rendered(wide, "text"),
        rendered(why_not, "text"),
        rendered(money, "text"),
        as_text(stuck),
    )
    for text in texts:
        assert max(map(len, text.splitlines())) <= 100


# --- words a head reads


def read(title: str, value: str | None, comparison: str, against: str) -> ValueRead:
    return ValueRead(key=title, title=title, value=value, comparison=comparison, against=against)


def said(entity: str, words: str, *values: ValueRead) -> view.Because:
    return BECAUSE.model_copy(
        update={"entity": entity, "words": words, "values": values or BECAUSE.values}
    )


def test_a_reason_names_whom_it_is_about_unless_its_words_do() -> None:
    practice = "This teacher's practice is developing."
    told = [
        reason.words
        for reason in reasons(
            [
                said("the teacher of 1A", practice),
                said("the teacher of RB", practice),
                said("Mathematics", "What is known of mathematics is weak."),
                said("6A in reading", "Many pupils are at risk in reading."),
                said(SCHOOL.name, "Judgements differ."),
            ],
            SCHOOL.name,
        )
    ]
    assert told == [
        "The teachers of 1A and RB: This teacher's practice is developing",
        "What is known of mathematics is weak",
        "6A in reading: Many pupils are at risk in reading",
        "Judgements differ",
    ]


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["Year 4 in maths", "Year 5 in maths"], "Years 4 and 5 in maths"),
        (["Year 6 in maths", "Year 6 in reading"], "Year 6 in maths and reading"),
        (["4B in maths", "6A in reading"], "4B in maths and 6A in reading"),
        (["4B in maths", "4B in maths"], "4B in maths"),
        ([], ""),
    ],
)
def test_names_say_once_what_they_share(names: list[str], shown: str) -> None:
    assert together(names) == shown


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([("years", "0", "known", "yes"), ("years", "0", "below", "1")], "years: 0 (below 1)"),
        ([("profile", None, "known", "no")], "profile: not known yet"),
        (
            [("profile", "B", "above", "C"), ("profile", "B", "at_most", "B")],
            "profile: B (higher than C; B or lower)",
        ),
        ([("share", "28 %", "at_least", "25 %")], "share: 28 % (at least 25 %)"),
        ([("share", "18 %", "not at_least", "25 %")], "share: 18 % (below 25 %)"),
        (
            [("in place", "a, b", "not includes", "x"), ("in place", "a, b", "not includes", "y")],
            "in place: does not include x or y",
        ),
        ([("found: the school is small", "no", "", "")], "not found: the school is small"),
        ([("subject", "maths", "is", "maths")], "subject: maths"),
    ],
)
def test_what_was_read_is_said_once_and_in_words(
    values: list[tuple[str, str | None, str, str]], shown: str
) -> None:
    (reason,) = reasons([said("x", "y", *(read(*value) for value in values))], SCHOOL.name)
    assert [one.words for one in reason.reads] == [shown]


def test_values_of_several_say_whose_they_are() -> None:
    both = [
        said(f"{name} in maths", "Many are at risk.", read("share", value, "at_least", "40 %"))
        for name, value in (("4B", "51 %"), ("6A", "44 %"))
    ]
    (reason,) = reasons(both, SCHOOL.name)
    assert reason.words == "4B and 6A in maths: Many are at risk"
    assert [one.words for one in reason.reads] == [
        "share: 4B in maths 51 %, 6A in maths 44 % (at least 40 %)"
    ]


def test_what_is_not_known_is_told_by_what_is_missing(plan: view.Plan) -> None:
    unknown = tuple(
        view.Unknown(rule=rule, title=title, entity=entity, count=1, missing=missing)
        for rule, title, entity, missing in (
            ("PED-09", "Support", "the teacher of 1A", ("teaching profile",)),
            ("PED-09", "Support", "the teacher of RB", ("teaching profile",)),
            ("PED-10", "Practice", "the teacher of RB", ("teaching profile",)),
            ("RPE-01", "Coaching", SCHOOL.name, ("found: leadership is fragile",)),
        )
    )
    changed = plan.model_copy(update={"unknown": unknown})
    for told in (as_html(changed).replace("&#x27;", "'"), as_markdown(changed)):
        first = "teaching profile, for the teachers of 1A and RB: 2 rules can't say."
        second = "Not known yet: whether leadership is fragile: 1 rule can't say."
        assert told.index(first) < told.index(second)
        assert "missing" not in told.split("What is not known")[-1]


def test_a_series_starts_with_its_first_time(plan: view.Plan) -> None:
    review = step(
        "review",
        "aut1",
        "spr1",
        must=True,
        because=(),
        occurrences=(
            view.Occurrence(slot="spr1", date=DAY(2027, 1, 12), fixed=False, follow_ups=()),
        ),
    )
    told = as_markdown(plan.model_copy(update={"steps": (*plan.steps, review)}))
    article = told[told.index("#### S02 Review") :]
    assert "| ★ Review | Leadership | Spring 1 2027 |" in told
    assert "£900; Spring 1 2027\n" in article


def test_what_must_be_done_anyway_serves_no_priority(plan: view.Plan) -> None:
    priority = view.Priority(
        id="p",
        strand="leadership",
        strand_title="Leadership",
        title="Leaders who lead",
        rank=1,
        judgement=None,
        target=None,
        by=None,
        lead=None,
        agreed=True,
        why="",
        evidence=(),
    )
    duty = step("duty", "aut1", "aut1", must=True, because=(), priorities=("p",))
    asked = duty.model_copy(update={"because": (BECAUSE,)})
    for one, serves in ((duty, False), (asked, True)):
        told = as_markdown(plan.model_copy(update={"steps": (one,), "priorities": (priority,)}))
        assert ("Serves: Leaders who lead" in told) is serves
        assert "| 1. Leaders who lead |" in told
        assert "- **1. Leaders who lead**" not in told  # there is nothing more to say of it


def test_what_is_kept_back_of_a_line_is_told(plan: view.Plan, money: MoneyReport) -> None:
    line = plan.budget[0].model_copy(
        update={"available": 6000, "kept_back": 1500, "kept_because": "the school is in deficit"}
    )
    told = "£7,500, of which £1,500 is kept back: The school is in deficit. Only for teaching."
    for document in (
        as_html(plan.model_copy(update={"budget": (line,)})),
        as_markdown(plan.model_copy(update={"budget": (line,)})),
        rendered(money.model_copy(update={"lines": (line,)}), "html"),
        " ".join(rendered(money.model_copy(update={"lines": (line,)}), "text").split()),
    ):
        assert told in document


def test_why_money_is_kept_back_is_told_once(plan: view.Plan) -> None:
    line = plan.budget[0].model_copy(update={"kept_back": 100, "kept_because": "a deficit"})
    told = as_markdown(plan.model_copy(update={"budget": (line, line)}))
    assert told.count("is kept back: A deficit.") == 1
    assert told.count("is kept back, for the same reason.") == 1


def test_a_date_nobody_gave_comes_first_of_what_was_left_out(plan: view.Plan) -> None:
    out = plan.left_out[0]
    items = (out, *(out.model_copy(update={"kind": kind}) for kind in ("pinned", "date-missing")))
    told = as_markdown(plan.model_copy(update={"left_out": items}))
    headings = re.findall(
        r"^### (.*)$", told.partition("## What was left out")[2].partition("\n## ")[0], re.M
    )
    assert headings == [
        "Falls due, but the date is missing",
        "Too late to be done in time",
        "The date the school set keeps it out",
    ]


def test_the_same_gain_from_the_same_people_is_told_once(money: MoneyReport) -> None:
    twice = (*money.time, money.time[0].model_copy(update={"title": "Deputy"}))
    told = " ".join(rendered(money.model_copy(update={"time": twice}), "text").split())
    assert "Any of: SENCO; Deputy (half a day more in each half-term): 10.7 % more value" in told


def test_promises_undone_come_first_in_short(money: MoneyReport) -> None:
    curve = tuple(
        point.model_copy(update={"undone": 2}) if point.share == 1 else point
        for point in money.curve
    )
    told = rendered(money.model_copy(update={"curve": curve}), "text")
    first = told.split("In short\n")[1].lstrip(" -")
    assert first.startswith("Today's plan leaves 2 steps undone that must be done")


def test_ways_out_of_more_than_one_conflict_say_so(stuck: view.Plan) -> None:
    told = "There may be more than one conflict"
    ways = (view.WayOut(words="“Clubs” is not done", price=3, value=2900),)
    for made in (as_html, as_markdown, as_text):
        assert told not in made(stuck)
        assert told in made(stuck.model_copy(update={"ways_out": ways}))


def test_boxes_and_rows_never_read_the_same(plan: view.Plan) -> None:
    names = [f"a long programme begun in every class for {one}" for one in ("reading", "writing")]
    steps = (step(names[0], "aut1", "aut1"), step(names[1], "aut2", "aut2"))
    picture = view.Picture(edges=((names[0], names[1]),), helped=(), longest_chain=())
    page = as_html(plan.model_copy(update={"steps": steps, "picture": picture}))
    for one in pictures(page):
        shown = [
            " ".join(part.text or "" for part in group.iter() if part.tag.endswith("text"))
            for group in one.iter()
            if group.tag.endswith("g") and group.tag != "svg" and not group.tag.endswith("svg")
        ]
        assert len(set(shown)) == len(shown)


def test_no_arrow_passes_behind_a_box(plan: view.Plan) -> None:
    ids = ("one", "two", "three")
    steps = tuple(step(name, slot.id, slot.id) for name, slot in zip(ids, SLOTS, strict=True))
    edges = (("one", "two"), ("two", "three"), ("one", "three"))
    picture = view.Picture(edges=edges, helped=(), longest_chain=())
    page = as_html(plan.model_copy(update={"steps": steps, "picture": picture}))
    drawn = next(one for one in pictures(page) if one.get("aria-labelledby") == "graph-title")
    boxes = [
        (float(part.get("y") or 0), float(part.get("height") or 0))
        for part in drawn.iter()
        if "node" in (part.get("class") or "")
    ]
    passing = [
        float(height)
        for part in drawn.iter()
        if "edge" in (part.get("class") or "")
        for height in re.findall(r",(\d+) H", part.get("d") or "")
    ]
    assert len(passing) == 1
    assert not any(top <= passing[0] <= top + high for top, high in boxes[1:2])
