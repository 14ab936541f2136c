"""A school with published tables and no pupils' files: what its figures set off, and of which year."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.conditions import leaves
from termwise.engine.library import Library
from termwise.engine.readers import load_school
from termwise.engine.recommend import words
from termwise.engine.verdicts import Verdicts

SCHOOL = """\
school:
  id: made-up
  name: Made-up Junior School
  phase: junior
  year_groups: [5, 6]
  roll: 60
  classes: [{id: 5A, years: [5]}, {id: 6A, years: [6]}]
programme: naht-aspire
plan: {starts: 2026-09-01, years: 1}
calendar: {use: england}
money:
  cover_per_day: 230
  lines:
  - id: improvement
    title: School improvement
    year: financial
    pays_for: [cover, training]
    amounts: {2026-27: 9000, 2027-28: 9000}
"""
CQA = """\
agreed_on: 2026-07-01
questions:
  pedagogy: {judgement: emerging}
"""
STAFF = """\
people:
- {id: head, roles: [headteacher, leadership-lead], time: 4}
- {id: t5, roles: [teaching-lead, class-teacher], time: 2, teaches: 0.9, classes: [5A]}
- {id: t6, roles: [assessment-lead, class-teacher], time: 2, teaches: 0.9, classes: [6A]}
- {id: adviser, roles: [adviser], time: 2}
together: {whole-staff: 1.2}
"""
BELOW = "-6,-8,-4"
HEAD = (
    "RECTYPE,URN,PTRWM_EXP,READPROG,READPROG_LOWER,READPROG_UPPER,WRITPROG,WRITPROG_LOWER,"
    "WRITPROG_UPPER,MATPROG,MATPROG_LOWER,MATPROG_UPPER"
)
PUPILS = """
pupils:
  files: [pupils.csv]
  scale: point-in-time
  subjects: [maths]
  points: [{id: sum-2026, title: Summer 2026, date: 2026-06-26}]
"""
Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Writes a made-up school; `files` are what stands under published: files, tables are given by
    their names."""

    def write(files: str, more: str = "", **tables: str) -> Path:
        published = f"published:\n  urn: 999001\n  files: {files}\n" if files else ""
        (tmp_path / "school.yaml").write_text(SCHOOL + published + more)
        (tmp_path / "cqa.yaml").write_text(CQA)
        (tmp_path / "staff.yaml").write_text(STAFF)
        for name, text in tables.items():
            (tmp_path / f"{name}.csv").write_text(text)
        return tmp_path

    return write


def _results(share: str = "30%", progress: str = BELOW) -> str:
    return f"{HEAD}\n1,999001,{share},{progress},{progress},{progress}\n"


def _advice(folder: Path, library: Library) -> Advice:
    return advise(load_school(folder, library), library)


def _found(advice: Advice) -> dict[str, str]:
    """The words of every rule that fired, by its id."""
    vocabulary = advice.findings.vocabulary
    return {f.rule.id: words(f.rule, f.entity, vocabulary) for f in advice.findings.fired}


@pytest.mark.parametrize(
    ("rule", "subject"), [("PED-31", "reading"), ("PED-32", "writing"), ("PED-33", "maths")]
)
def test_rules_about_results_fire_without_a_file_of_pupils(
    folder: Folder, library: Library, rule: str, subject: str
) -> None:
    found = _found(
        _advice(
            folder("[{name: ks2.csv, year: 2022-23}]", ks2=_results()),
            library,
        )
    )
    assert f"progress in {subject} is below (2022-23)" in found[rule]


def test_a_subject_with_figures_is_there_beside_those_pupils_are_judged_in(
    folder: Folder, library: Library
) -> None:
    where = folder(
        "[{name: ks2.csv, year: 2022-23}]",
        PUPILS,
        ks2=_results(),
        pupils="pupil,year,class,maths sum-2026\nA1,6,6A,expected\n",
    )
    assert {"PED-31", "PED-32", "PED-33"} <= _found(_advice(where, library)).keys()


def test_every_rule_that_reads_a_published_figure_finds_what_it_is_about(
    folder: Folder, library: Library
) -> None:
    published = {
        name
        for table in library.published.values()
        for name in (*table.values, *table.sums, *table.intervals)
    }
    facts = _advice(
        folder("[{name: ks2.csv, year: 2022-23}]", ks2=_results()), library
    ).findings.facts
    asked = [
        rule
        for rule in library.rules.values()
        for indicators in [[library.indicators.get(leaf.key) for leaf in leaves(rule.when)]]
        if any(one and one.id in published for one in indicators)
        and not any(one and one.from_ == "aggregate" for one in indicators)
    ]
    assert len(asked) > 10
    assert [rule.id for rule in asked if not facts.of(rule.about)] == []


def test_a_figure_carries_its_year_into_every_sentence(folder: Folder, library: Library) -> None:
    advice = _advice(folder("[{name: ks2.csv, year: 2016-17}]", ks2=_results()), library)
    assert "30 % (2016-17) reached" in _found(advice)["AFL-13"]
    told = Verdicts(advice.findings, library).of("AFL-13", "made-up")
    figure = next(one for one in told.deciding if one.key == "final_year_expected")
    assert figure.value == "30 % (2016-17)"
    assert ": 30 % (2016-17). The rule asks for less than" in figure.words


def test_no_rule_calls_a_figure_that_is_published_each_year_the_last_one(library: Library) -> None:
    lately = re.compile(r"\b(last|this) (summer|year)\b|\blatest results\b", re.IGNORECASE)
    for rule in library.rules.values():
        indicators = [library.indicators.get(leaf.key) for leaf in leaves(rule.when)]
        if any(one and one.help and "last summer" in one.help for one in indicators):
            assert not lately.search(f"{rule.title} {rule.because} {rule.why}"), rule.id
