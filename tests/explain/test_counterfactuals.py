"""What would have to be different: the changes turn the advice, no part of them does, and what can't be
otherwise is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise import Advice, Library, advise, load_school
from termwise.engine.core.errors import UnknownNameError
from termwise.engine.explain.change_answer import Changes, Differs, WayToChange
from termwise.engine.explain.counterfactuals import change
from termwise.engine.explain.pupil_counterfactuals import change_pupil
from termwise.engine.inference.counterfactual_facts import Change, suppose
from termwise.engine.inference.durable_rules import fired
from termwise.engine.inference.forward_chaining import infer
from termwise.engine.inference.recommendations import recommend
from termwise.engine.inference.sensitivity import wanted
from termwise.engine.inference.truth_columns import fired_by_conditions
from termwise.engine.library.conditions import evaluate, leaves
from termwise.engine.library.facts import Value
from termwise.engine.library.key import Key
from termwise.engine.school.entity_facts import entities

EACH = {"hillside": 15, "little-fen": 2, "carrick-junior": 4}
EXAMPLES = tuple(EACH)


@pytest.fixture(scope="session")
def answers(all_advice: dict[str, Advice]) -> dict[str, list[Changes]]:
    """What would turn interventions of the library: of a small school every other, of larger ones fewer."""
    return {
        name: [change(advice, item) for item in list(advice.library.interventions)[:: EACH[name]]]
        for name, advice in all_advice.items()
    }


def made(one: Differs, advice: Advice) -> Change:
    """A change as facts have it, from its record alone."""
    if one.member:
        return Change(one.kind, one.entity, one.key, one.now == "with", one.member)  # type: ignore[arg-type]
    indicator = advice.library.indicators[one.key]
    text = one.now.partition(" (")[0].replace("−", "-").replace(",", "").replace("£", "")
    scale = advice.findings.vocabulary.scale_of(indicator)
    value: Any = {"yes": True, "no": False}.get(text, text)
    if scale is not None:
        value = [grade.title for grade in scale.grades].index(text)
    elif indicator.type in ("number", "count", "percent", "pounds"):
        parts = one.now.partition(" (")[2].rstrip(")").split(" of ")
        value = float(text.removesuffix(" %"))
        value = 100 * int(parts[0]) / int(parts[1]) if len(parts) == 2 else value
    return Change(one.kind, one.entity, one.key, value)  # type: ignore[arg-type]


def advised(advice: Advice, changes: list[Change], match: Any = fired) -> frozenset[str]:
    inference = suppose(advice.findings, advice.library, changes, match)
    found = recommend(inference, advice.school, advice.library)
    unstaffed = advice.reasons.timetable.unstaffed
    return frozenset(wanted(found, advice.library, unstaffed).names)


def every_way(answers: list[Changes]) -> Iterator[tuple[Changes, WayToChange]]:
    for answer in answers:
        for way in answer.ways:
            yield answer, way


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_way_turns_the_advice_as_it_tells_and_no_proper_part_of_it_does(
    all_advice: dict[str, Advice], answers: dict[str, list[Changes]], example: str
) -> None:
    advice, seen = all_advice[example], 0
    titles = {one.id: one.title for one in advice.library.interventions.values()}
    today = frozenset(advice.dependencies.names)
    for answer, way in every_way(answers[example]):
        changes = [made(one, advice) for one in way.changes]
        now = advised(advice, changes)
        assert (answer.item in now) is not answer.advised, way.words
        assert {*way.brings_in} == {titles[one] for one in now - today - {answer.item}}
        assert {*way.takes_out} == {titles[one] for one in today - now - {answer.item}}
        parts = chain.from_iterable(combinations(changes, size) for size in range(1, len(changes)))
        for part in parts:
            less = advised(advice, list(part), fired_by_conditions)
            assert (answer.item in less) is answer.advised, (way.words, part)
        seen += 1
    assert seen > 4


@pytest.mark.parametrize("example", EXAMPLES)
def test_facts_that_cannot_be_otherwise_are_left_alone(
    all_advice: dict[str, Advice], answers: dict[str, list[Changes]], example: str
) -> None:
    indicators = all_advice[example].library.indicators
    changed = {one.key for _, way in every_way(answers[example]) for one in way.changes}
    assert changed and not [key for key in sorted(changed) if indicators[key].settled]


def singles(advice: Advice) -> Iterator[Change]:
    """Every single change of a judgement, of what the evidence says, or of what is in place."""
    questions = advice.findings.facts.of("question")
    for question in questions:
        now = question.values.get("judgement")
        for rank in range(len(advice.school.scales["judgement"].grades)):
            if now is None or now.value != rank:
                yield Change("question", question.id, "judgement", rank)
        for key, remarks in (
            ("concerns", advice.library.concerns),
            ("strengths", advice.library.strengths),
        ):
            there = question.values.get(key, Value(frozenset())).value
            assert isinstance(there, frozenset)
            for remark in remarks.values():
                if remark.question == question.id:
                    yield Change("question", question.id, key, remark.id not in there, remark.id)


def practices(advice: Advice) -> Iterator[Change]:
    """Every single practice put in place, or taken out."""
    school = advice.findings.facts.school
    for name in advice.library.interventions:
        there = name in advice.recommendations.in_place
        yield Change("school", school.id, "in_place", not there, name)


@pytest.mark.parametrize("example", EXAMPLES)
def test_where_one_judgement_or_remark_is_enough_no_larger_change_comes_first(
    all_advice: dict[str, Advice], answers: dict[str, list[Changes]], example: str
) -> None:
    advice = all_advice[example]
    today = frozenset(advice.dependencies.names)
    enough: dict[str, list[Change]] = {}
    for one in (*singles(advice), *practices(advice)):
        for name in advised(advice, [one], fired_by_conditions) ^ today - {one.member}:
            enough.setdefault(name, []).append(one)
    assert len(enough) > 10
    found = {answer.item: answer for answer in answers[example]}
    duties = advice.recommendations.duties
    for name in sorted(enough.keys() & found.keys() - duties.keys()):
        assert found[name].ways, (name, enough[name])
        assert len(found[name].ways[0].changes) == 1, (name, enough[name])


@pytest.mark.parametrize(
    ("example", "question", "was", "now", "title"),
    [
        ("little-fen", "assessment", "developing", "secure", "Feedback that moves learning on"),
        ("hillside", "assessment", "emerging", "secure", "Accurate, moderated assessment"),
    ],
)
def test_a_change_of_a_judgement_written_into_the_file_does_what_was_said(
    copy_example: Any, library: Library, example: str, question: str, was: str, now: str, title: str
) -> None:
    folder: Path = copy_example(example)
    before = advise(load_school(folder, library), library)
    answer = change(before, title)
    assert answer.advised and len(answer.ways[0].changes) == 1
    told = answer.ways[0].changes[0]
    assert (told.key, told.entity) == ("judgement", question)
    assert (told.was, told.now) == (was.capitalize(), now.capitalize())
    cqa = yaml.safe_load((folder / "cqa.yaml").read_text("utf-8"))
    cqa["questions"][question]["judgement"] = now
    (folder / "cqa.yaml").write_text(yaml.safe_dump(cqa), "utf-8")
    after = advise(load_school(folder, library), library)
    assert answer.item in before.dependencies.names
    assert answer.item not in after.dependencies.names


def test_where_nothing_brings_it_in_or_takes_it_out_it_is_said_why(
    answers: dict[str, list[Changes]],
) -> None:
    for answer in chain.from_iterable(answers.values()):
        assert bool(answer.ways) is not bool(answer.none), answer.item


def test_a_pupil_is_seen_otherwise_with_the_judgement_that_is_named_and_with_none_nearer(
    all_advice: dict[str, Advice],
) -> None:
    advice, turned = all_advice["hillside"], 0
    school, library = advice.school, advice.library
    for pupil in school.pupils[::40]:
        for one in change_pupil(school, library, pupil.ref).subjects:
            [entity] = [
                each
                for each in advice.findings.facts.of("pupil-subject")
                if each.id == f"{pupil.ref} {one.subject}"
            ]
            assert entity.values["state"].value == one.state
            states = [way.state for way in one.ways]
            assert one.state not in states and len({*states}) == len(states)
            apart = [abs(way.grades_apart) for way in one.ways]
            assert apart == sorted(apart)
            turned += len(one.ways)
            assert one.ways or one.none
    assert turned > 10


def test_a_pupil_judged_otherwise_in_the_file_is_seen_as_was_said(
    copy_example: Any, library: Library
) -> None:
    folder: Path = copy_example("hillside")
    school = load_school(folder, library)
    ref, told = next(
        (pupil.ref, one)
        for pupil in school.pupils
        for one in change_pupil(school, library, pupil.ref).subjects
        if one.ways and one.cell and one.judgement
    )
    assert told.cell is not None
    lines = (folder / told.cell.file).read_text("cp1252").splitlines()
    headings = next(line for line in lines if told.cell and told.cell.column in line.split(","))
    row, at = lines[told.cell.row - 1].split(","), headings.split(",").index(told.cell.column)
    row[at] = told.ways[0].judgement
    lines[told.cell.row - 1] = ",".join(row)
    (folder / told.cell.file).write_text("\n".join(lines) + "\n", "cp1252")
    again = load_school(folder, library)
    advice = advise(again, library)
    [entity] = [
        one
        for one in advice.findings.facts.of("pupil-subject")
        if one.id == f"{ref} {told.subject}"
    ]
    assert entity.values["state"].value == told.ways[0].state


def test_what_is_asked_for_by_a_name_that_is_not_there_is_refused(
    all_advice: dict[str, Advice],
) -> None:
    advice = all_advice["little-fen"]
    with pytest.raises(UnknownNameError, match="did you mean"):
        change(advice, "coaching-cycle-s")
    with pytest.raises(UnknownNameError, match="there is no pupil"):
        change_pupil(advice.school, advice.library, "NOBODY")
    with pytest.raises(UnknownNameError, match="there is no subject"):
        change_pupil(advice.school, advice.library, f"{advice.school.pupils[0].ref} latin")


def test_supposing_nothing_changes_nothing_and_the_base_is_left_as_it_was(
    all_advice: dict[str, Advice],
) -> None:
    for advice in all_advice.values():

        def told(found: Any) -> list[tuple[str, str]]:
            return sorted((one.rule.id, one.entity.id) for one in found.fired)

        before = told(advice.findings)
        assert told(suppose(advice.findings, advice.library, [])) == before
        suppose(advice.findings, advice.library, list(singles(advice)), fired_by_conditions)
        assert told(advice.findings) == before


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_fact_supposed_gives_the_same_as_the_fact_read(
    all_advice: dict[str, Advice], example: str
) -> None:
    """Supposing a judgement is the same as reading it, though most is not computed again."""
    advice = all_advice[example]
    for one in list(singles(advice))[::7]:
        if one.key != "judgement":
            continue
        scale = advice.school.scales["judgement"]
        given = advice.school.cqa.questions[one.entity]
        grade = scale.grades[int(one.value)].id  # type: ignore[arg-type]
        questions = {
            **advice.school.cqa.questions,
            one.entity: given.model_copy(update={"judgement": grade}),
        }
        cqa = advice.school.cqa.model_copy(update={"questions": questions})
        school = replace(advice.school, cqa=cqa)
        vocabulary = advice.findings.vocabulary
        read = infer(entities(school, advice.library), advice.library, vocabulary)
        supposed = suppose(advice.findings, advice.library, [one])
        for kind in ("fired", "unknown"):
            assert [(f.rule.id, str(f.entity)) for f in getattr(read, kind)] == [
                (f.rule.id, str(f.entity)) for f in getattr(supposed, kind)
            ]


def test_a_supposition_is_not_made_on_another(all_advice: dict[str, Advice]) -> None:
    advice = all_advice["little-fen"]
    one, other = list(singles(advice))[:2]
    supposed = suppose(advice.findings, advice.library, [one])
    with pytest.raises(ValueError, match="together"):
        suppose(supposed, advice.library, [other])


# --- what can't be, and what is nearer


def test_no_share_is_asked_of_more_pupils_than_could_be_in_it(
    all_advice: dict[str, Advice],
) -> None:
    """However many are only at expected now, no more of them started high than did."""
    told = 0
    for advice in all_advice.values():
        rule = next(
            one
            for one in advice.library.rules.values()
            if one.screen and one.screen.reason == "high-start-stalled"
        )
        high = [one for one in leaves(rule.when) if Key.read(one.key).indicator == "baseline"]
        found = change(advice, "challenge-for-high-attainers")
        for each in (one for way in (*found.ways, *found.settled) for one in way.changes):
            if "stalled" not in each.key:
                continue
            started = [
                part
                for part in advice.findings.facts.of("pupil-subject")
                if any((elder.kind, elder.id) == (each.kind, each.entity) for elder in part.lineage)
                and all(
                    evaluate(one, part.lookup, advice.findings.vocabulary).result for one in high
                )
            ]
            assert int(each.now.partition("(")[2].partition(" of ")[0]) <= len(started)
            told += 1
    assert told


def test_nobody_is_in_a_share_only_where_no_figure_that_rests_on_it_has_any(
    all_advice: dict[str, Advice],
) -> None:
    found = change(all_advice["hillside"], "strategies-at-meetings")
    for way in (*found.ways, *found.settled):
        shares = [one.now for one in way.changes if one.figure]
        assert not (any(one.startswith("0 %") for one in shares) and len(shares) > 1)


def test_of_the_classes_that_would_do_the_nearest_is_told(all_advice: dict[str, Advice]) -> None:
    """Carrick's class nearest to a cluster in reading, with what each class has today."""
    advice = all_advice["carrick-junior"]
    found = change(advice, "accelerating-progress-reading")
    told = next(one for way in found.ways for one in way.changes if one.key == "share_at_risk")
    today = {
        one.id: read.value
        for one in advice.findings.facts.of("class-subject")
        if one.id.endswith(" reading") and (read := one.values.get("share_at_risk"))
    }
    assert isinstance(today[told.entity], float)
    assert today[told.entity] == max(value for value in today.values() if isinstance(value, float))
