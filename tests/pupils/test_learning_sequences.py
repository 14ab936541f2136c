"""Learning sequences: from the earliest insecure skill to the goal, the fewest checks first."""

from __future__ import annotations

import datetime
import itertools
from functools import cache

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termwise.engine.library.load_checked import load_library
from termwise.engine.library.skills import Skill
from termwise.engine.pupils.learning_sequences import (
    Sequences,
    SkillPath,
    best_checks,
    known,
    skill_graph,
)
from termwise.engine.pupils.model import Sequence
from termwise.engine.school.calendar import Timeline, timeline

LIBRARY = load_library()
STARTS = datetime.date(2026, 9, 1)
SKILLS = LIBRARY.skills
YEARS = list(LIBRARY.words.year_groups)
TERMS = {
    "autumn": STARTS,
    "spring": datetime.date(2027, 1, 19),
    "summer": datetime.date(2027, 5, 4),
}
PLACES = [
    (subject, year, term, stretch)
    for subject, file in LIBRARY.skill_files.items()
    for stretch, goals in ((False, file.goals), (True, file.stretch))
    for year, by_term in goals.items()
    for term in by_term
]


@cache
def calendar() -> Timeline:
    return timeline(next(iter(LIBRARY.calendars.values())), (), None, STARTS, 1)


@cache
def sequences() -> Sequences:
    return Sequences(LIBRARY, calendar())


def sequence(
    place: tuple[str, str, str, bool], secure: frozenset[str], insecure: frozenset[str]
) -> Sequence:
    subject, year, term, stretch = place
    found = sequences().of(subject, year, secure, insecure, TERMS[term], stretch)
    assert found is not None
    return found


def way(place: tuple[str, str, str, bool]) -> SkillPath:
    return sequences()._way(*place[:2], goals(*place))


def goals(subject: str, year: str, term: str, stretch: bool = False) -> tuple[str, ...]:
    file = LIBRARY.skill_files[subject]
    return (file.stretch if stretch else file.goals)[year][term]


def led(place: tuple[str, str, str, bool]) -> list[Skill]:
    """The skills on the way to the goals."""
    here = way(place)
    return [here.skills[at] for at in here.places(here.led)]


@pytest.mark.parametrize("subject", sorted(LIBRARY.skill_files))
def test_the_skills_of_a_subject_have_no_circle_and_no_needless_arrow(subject: str) -> None:
    graph = skill_graph(LIBRARY.skill_files[subject].skills)
    assert nx.is_directed_acyclic_graph(graph)
    assert set(nx.transitive_reduction(graph).edges) == set(graph.edges)


@pytest.mark.parametrize("subject", sorted(LIBRARY.skill_files))
def test_every_skill_is_on_the_way_to_a_goal(subject: str) -> None:
    reached = {skill.id for place in PLACES if place[0] == subject for skill in way(place).skills}
    assert reached == {skill.id for skill in LIBRARY.skill_files[subject].skills}


def test_all_ready_to_progress_criteria_are_there() -> None:
    codes = [code for code in SKILLS if code[0].isdigit() and "-" in code]
    by_year = {year: sum(code[0] == year for code in codes) for year in "123456"}
    assert by_year == {"1": 8, "2": 10, "3": 17, "4": 16, "5": 16, "6": 12}


@st.composite
def pupils(draw: st.DrawFn) -> tuple[tuple[str, str, str, bool], frozenset[str], frozenset[str]]:
    """A year group's goals in a term, and skills seen to be secure or not, of any year."""
    place = draw(st.sampled_from(PLACES))
    codes = [skill.id for skill in LIBRARY.skill_files[place[0]].skills]
    seen = draw(st.dictionaries(st.sampled_from(codes), st.booleans(), max_size=25))
    secure = frozenset(code for code, passed in seen.items() if passed)
    return place, secure, frozenset(seen) - secure


@given(pupils())
@settings(max_examples=200, deadline=None)
def test_no_sequence_asks_for_a_skill_beyond_the_goal(
    pupil: tuple[tuple[str, str, str, bool], frozenset[str], frozenset[str]],
) -> None:
    place, secure, insecure = pupil
    found = sequence(place, secure, insecure)
    graph = skill_graph(LIBRARY.skill_files[place[0]].skills)
    on_the_way = set(found.goal).union(*(nx.ancestors(graph, goal) for goal in found.goal))
    asked = {check.skill for check in found.checks} | {step.skill for step in found.steps}
    beside = {code for code in insecure if YEARS.index(SKILLS[code].year) < YEARS.index(place[1])}
    assert asked <= on_the_way | beside
    assert all(YEARS.index(SKILLS[code].year) <= YEARS.index(place[1]) for code in asked)
    beyond = set().union(*(nx.descendants(graph, goal) for goal in found.goal)) - on_the_way
    assert not asked & (beyond - beside)


@given(pupils())
@settings(max_examples=200, deadline=None)
def test_a_sequence_teaches_what_is_insecure_in_order_and_nothing_that_is_secure(
    pupil: tuple[tuple[str, str, str, bool], frozenset[str], frozenset[str]],
) -> None:
    place, secure, insecure = pupil
    found = sequence(place, secure, insecure)
    steps = [*(step.skill for step in found.steps), *found.later]
    assert not secure & set(steps)
    assert insecure & {skill.id for skill in led(place)} <= set(steps)
    graph = skill_graph(LIBRARY.skill_files[place[0]].skills)
    for before, after in itertools.combinations(steps, 2):
        assert before not in nx.descendants(graph, after)


@given(pupils())
@settings(max_examples=200, deadline=None)
def test_only_what_is_not_known_is_checked_and_dates_only_go_forward(
    pupil: tuple[tuple[str, str, str, bool], frozenset[str], frozenset[str]],
) -> None:
    place, secure, insecure = pupil
    found = sequence(place, secure, insecure)
    assert not (secure | insecure) & {check.skill for check in found.checks}
    assert len(found.checks) <= LIBRARY.screening.most_checks
    dates = [step.look_again for step in found.steps if step.look_again]
    assert dates == sorted(dates)
    assert all(calendar().is_school_day(date) for date in dates)


def test_a_year_6_pupil_with_a_gap_of_year_3_starts_in_year_3() -> None:
    for place in PLACES:
        if place[:2] != ("maths", "6") or place[3]:
            continue
        here = way(place)
        early = next(skill for skill in led(place) if skill.year == "3")
        at = here.skills.index(early)
        later = [s.id for i, s in enumerate(here.skills) if not here.after[at] >> i & 1]
        found = sequence(place, frozenset(later), frozenset({early.id}))
        assert found.steps[0].skill == early.id
        assert found.steps[0].known == "insecure"
        assert found.steps[-1].skill in found.goal


@given(pupils())
@settings(max_examples=60, deadline=None)
def test_a_goal_is_not_secure_while_there_is_something_to_teach_and_is_within_a_terms_reach(
    pupil: tuple[tuple[str, str, str, bool], frozenset[str], frozenset[str]],
) -> None:
    place, secure, insecure = pupil
    found = sequence(place, secure, insecure)
    assert found.goal and not set(found.goal) & set(found.later)
    assert not found.steps or not set(found.goal) <= secure
    assert (found.year_goal or found.goal) == goals(*place)
    if any(step.known == "unknown" for step in found.steps):
        assert not found.later


def test_the_goal_of_a_pupil_far_behind_is_nearer_by_what_is_known_and_by_the_terms_asked() -> None:
    nothing: frozenset[str] = frozenset()
    counting = frozenset({"1NPV-1"})
    known_gap = sequence(("maths", "6", "autumn", False), nothing, counting)
    assert known_gap.year_goal == goals("maths", "6", "autumn")
    assert set(known_gap.later) >= set(known_gap.year_goal)
    assert {SKILLS[code].year for code in known_gap.goal} <= {"2", "3"}

    def back(
        terms: int, first: tuple[str, ...] = (), secure: frozenset[str] = nothing
    ) -> tuple[str, ...]:
        found = sequences().of("reading", "4", secure, nothing, STARTS, False, None, first, terms)
        assert found is not None
        return found.goal

    assert back(0) == goals("reading", "4", "autumn")
    assert back(3) == goals("reading", "3", "autumn")
    assert back(6) == goals("reading", "2", "autumn")
    assert back(6, ("RFL2-1",)) == goals("reading", "2", "summer")  # what is looked at leads there
    assert back(6, ("RFL2-1",), frozenset({"RFL2-1"})) == goals("reading", "2", "autumn")
    assert back(3, (), frozenset(back(3))) == goals("reading", "3", "spring")
    assert back(99) == goals("reading", "R", "autumn")


def test_two_skills_of_different_strands_are_taught_beside_each_other() -> None:
    found = sequence(("writing", "3", "autumn", False), frozenset(), frozenset({"WTR-2"}))
    over = {step.skill: step.look_again for step in found.steps}
    spelling, sentence = over["WT1-1"], over["WSR-1"]
    assert spelling and sentence and sentence < spelling  # four weeks and six, after the same step
    assert sum(SKILLS[code].weeks for code in over) > LIBRARY.screening.goal_weeks


def test_a_secure_skill_settles_those_it_builds_on_and_an_insecure_one_those_above() -> None:
    here = way(("maths", "6", "autumn", False))
    for place in range(len(here.skills)):
        assert known(here, 1 << place, 0).secure == here.before[place]
        below = known(here, 0, 1 << place)
        assert below.insecure | below.follows == here.after[place]


def test_where_two_things_known_contradict_each_other_what_lies_between_is_not_known() -> None:
    here = way(("maths", "6", "autumn", False))
    graph = skill_graph(LIBRARY.skill_files["maths"].skills)
    codes = [skill.id for skill in here.skills]
    low, high = next(
        (a, b)
        for a, b in itertools.product(codes, codes)
        if a != b and b in nx.descendants(graph, a) and not graph.has_edge(a, b)
    )
    above: set[str] = nx.descendants(graph, low)
    below: set[str] = nx.ancestors(graph, high)
    between = above & below & set(codes)
    now = known(here, here.bits([high]), here.bits([low]))
    assert now.unknown & here.bits(between) == here.bits(between)
    assert now.secure & here.bits([high]) and now.insecure & here.bits([low])


@given(pupils())
@settings(max_examples=40, deadline=None)
def test_the_checks_leave_as_little_unknown_as_any_set_of_so_many_can(
    pupil: tuple[tuple[str, str, str, bool], frozenset[str], frozenset[str]],
) -> None:
    place, secure, insecure = pupil
    here = way(place)
    good, bad = here.bits(secure), here.bits(insecure)
    now = known(here, good, bad)
    asked = now.unknown & here.led
    chosen = best_checks(here, asked, 2, now.disputed & asked)

    def left(checks: tuple[int, ...]) -> int:
        """The most that any outcome of these checks leaves unknown, worked out plainly."""
        worst = 0
        for passed in itertools.product((True, False), repeat=len(checks)):
            more = {c for c, yes in zip(checks, passed, strict=True) if yes}
            less = set(checks) - more
            if any(here.before[s] >> i & 1 for s in more for i in less):
                continue
            told = known(here, good | sum(1 << s for s in more), bad | sum(1 << i for i in less))
            worst = max(worst, (told.unknown & asked).bit_count())
        return worst

    places = list(here.places(asked))
    if not places:
        assert chosen == ()
        return
    sets = [c for size in (1, 2) for c in itertools.combinations(places, size)]
    assert left(chosen) == min(map(left, sets))
    assert len(chosen) == 1 or all(left((one,)) > left(chosen) for one in places)


@given(pupils())
@settings(max_examples=60, deadline=None)
def test_a_check_settles_at_least_what_it_says_whichever_way_it_comes_out(
    pupil: tuple[tuple[str, str, str, bool], frozenset[str], frozenset[str]],
) -> None:
    place, secure, insecure = pupil
    here = way(place)
    now = known(here, here.bits(secure), here.bits(insecure))
    found = sequence(place, secure, insecure)
    asked = sequences()._way(*place[:2], found.goal).led & here.led
    for check in found.checks:
        counts = []
        for passed in (True, False):
            seen = (
                (secure | {check.skill}, insecure) if passed else (secure, insecure | {check.skill})
            )
            then = known(here, here.bits(seen[0]), here.bits(seen[1]))
            counts.append((now.unknown & asked & ~then.unknown).bit_count())
        assert check.settles == min(counts) >= 1


def test_of_a_chain_the_middle_is_checked_first() -> None:
    skill = next(iter(SKILLS.values()))
    before = tuple((1 << (place + 1)) - 1 for place in range(7))
    after = tuple(127 & ~((1 << place) - 1) for place in range(7))
    chain = SkillPath((), (skill,) * 7, ("",) * 7, before, after, 127, (0,))
    assert best_checks(chain, 127, 1) == (3,)
    assert best_checks(chain, 127, 3) == (1, 3, 5)


def test_an_insecure_skill_of_an_earlier_year_is_taught_though_no_goal_needs_it() -> None:
    for place in PLACES:
        here = way(place)
        aside = here.earlier[0] & ~here.led
        for at in here.places(aside):
            code = here.skills[at].id
            steps = sequence(place, frozenset(), frozenset({code})).steps
            assert [step.skill for step in steps if step.known == "insecure"] == [code]


def test_what_is_known_of_a_later_skill_settles_those_on_the_way() -> None:
    place = ("maths", "3", "autumn", False)
    here = way(place)
    above = next(
        at
        for at in range(len(here.skills))
        if not here.led >> at & 1 and here.before[at] & here.led
    )
    found = sequence(place, frozenset({here.skills[above].id}), frozenset())
    assert found.secure == (here.before[above] & here.led).bit_count() > 0


def test_what_is_older_is_taken_as_secure_until_something_says_otherwise() -> None:
    place = ("reading", "6", "autumn", False)
    here = way(place)
    nothing = frozenset[str]()
    one_back = sequences().of(*place[:2], nothing, nothing, STARTS, False, 1)
    assert one_back is not None and one_back.presumed
    asked = {c.skill for c in one_back.checks} | {s.skill for s in one_back.steps}
    older = {code for code in asked if YEARS.index(SKILLS[code].year) < YEARS.index("5")}
    assert older == {"2d"} <= set(one_back.goal)
    newer = next(
        here.skills[at].id
        for at in here.places(here.led & here.earlier[1])
        if here.before[at].bit_count() > 1
    )
    gap = sequences().of(*place[:2], nothing, frozenset({newer}), STARTS, False, 1)
    assert gap is not None and gap.presumed < one_back.presumed


def test_what_is_to_be_looked_at_first_comes_first_and_is_never_taken_as_secure() -> None:
    nothing = frozenset[str]()
    first = ("RFL2-1", "RD1-3")
    found = sequences().of("reading", "6", nothing, nothing, STARTS, False, 0, first)
    assert found is not None
    assert [check.skill for check in found.checks][:2] == [*first]
    assert set(first) < {step.skill for step in found.steps}
    everything = sequences().of("reading", "4", nothing, nothing, STARTS, False, None, first, 3)
    assert everything is not None  # nothing is taken as secure, and the check is waited for
    assert {"RD1-3", "RFL2-1"} < {step.skill for step in everything.steps}
    assert not {"RDR-1", "RDR-3", "RD1-2"} & {step.skill for step in everything.steps}
    heard = sequences().of("reading", "6", frozenset(first), nothing, STARTS, False, 0, first)
    assert heard is not None
    assert not {*first} & {check.skill for check in heard.checks}


def test_with_everything_secure_there_is_nothing_to_teach() -> None:
    for place in PLACES:
        found = sequence(place, frozenset(SKILLS), frozenset())
        assert not found.steps and not found.checks


def test_a_subject_without_skills_has_no_sequence() -> None:
    assert sequences().of("drama", "6", frozenset(), frozenset(), STARTS) is None


def test_what_is_taught_now_is_over_before_pupils_are_judged_next() -> None:
    starts = calendar().halves[0].starts
    soon = starts + datetime.timedelta(days=17)
    on = starts + datetime.timedelta(days=7)
    nothing: frozenset[str] = frozenset()
    paced = Sequences(LIBRARY, calendar(), soon).of("maths", "6", nothing, nothing, on)
    free = Sequences(LIBRARY, calendar()).of("maths", "6", nothing, nothing, on)
    assert paced and free
    assert [step.skill for step in paced.steps] == [step.skill for step in free.steps]
    now = [step for step in paced.steps if step.this_term]
    assert now, "something is taught and looked at before the next judgements"
    assert all(step.look_again and step.look_again <= soon for step in now)
    assert len(now) < len([step for step in free.steps if step.this_term])
