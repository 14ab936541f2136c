"""A school folder to fill in: every field with what it means and what it can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..core import parse_yaml
from ..library import Library
from .checks.folder_checks import CQA, SCHOOL, STAFF
from .checks.initiatives import CHOSEN
from .school import School
from .school_workbook.workbook_layout import WORKBOOK


def template(library: Library) -> dict[str, str]:
    """The files of an empty school folder by name; the vocabulary in their comments is the library's."""
    return {
        "school.yaml": "\n".join(_school(library)) + "\n",
        "cqa.yaml": "\n".join(_cqa(library)) + "\n",
        "staff.yaml": "\n".join(_staff(library)) + "\n",
        "overrides.yaml": "\n".join(_overrides(library)) + "\n",
        "pupils.csv": "pupil,year,class,sex,pp,sen,eal,attendance,own_pathway,subject,point,judgement,concern\n",
        ".gitignore": "# pupils' data and the key to their pseudonyms stay on this machine\n"
        "*.csv\n*.xlsx\n*.xml\n*.key\n*.termwise-part\n",
    }


@dataclass(frozen=True, slots=True)
class _Left:
    """Something that is still the template's: the file and its keys, and what it is in words."""

    file: str
    what: str
    keys: str
    when: str = ""
    """When it is to be filled in, where that is not always."""

    def told(self, in_workbook: bool) -> str:
        """Say where it stands; a workbook has none of the files, and so none of their keys."""
        if in_workbook:
            return f"{WORKBOOK}: {self.what}"
        return f"{self.file}: {self.what} ({self.keys}){self.when}"


_PUPILS = _Left(
    SCHOOL, "where pupils' judgements are", "pupils: files", ", if a plan is to see them"
)


def still_to_fill(school: School, library: Library) -> tuple[str, ...]:
    """Return what is still the template's in a school's folder, in words for the office.

    Empty where all of it was filled in.
    """
    left = list(_left(school, library))
    if left and school.file.pupils is None:
        left.append(_PUPILS)
    in_workbook = any(one.file == WORKBOOK for one in school.inputs)
    return tuple(one.told(in_workbook) for one in left)


def _left(school: School, library: Library) -> Iterator[_Left]:
    files = template(library)
    told, who = (_parsed(files[name], name) for name in (SCHOOL, STAFF))
    own = school.file
    if own.school.name == told["school"]["name"] or own.school.id == told["school"]["id"]:
        yield _Left(SCHOOL, "who the school is", "school: id, name, year groups, roll, classes")
    lines = [(line.id, line.amounts) for line in own.money.lines]
    if lines == [(line["id"], line["amounts"]) for line in told["money"]["lines"]]:
        yield _Left(SCHOOL, "what is left for improvement", "money: amounts", ", if there is any")
    if not any(
        one.judgement is not None
        or one.school is not None
        or one.adviser is not None
        or one.evidence
        for one in school.cqa.questions.values()
    ):
        yield _Left(CQA, "what school and adviser agreed", "questions: judgement, evidence")
    people = [(one.id, one.time, one.teaches) for one in school.staff.people]
    if people == [(one["id"], one["time"], one.get("teaches", 0)) for one in who["people"]]:
        yield _Left(STAFF, "who works on improvement, and the time they have", "people")


def _parsed(text: str, name: str) -> Any:
    document = parse_yaml(text, name, [])
    assert document is not None
    return document.data


def _school(library: Library) -> Iterator[str]:
    phases = ", ".join(library.indicators["phase"].values)
    calendar = next(iter(library.calendars.values()))
    default = library.programme.attainment_scale
    others = sorted(s.id for s in library.scales.values() if s.used_for == "attainment")
    attainment = [default, *(name for name in others if name != default)]
    first = calendar.new_plan_starts
    yield "# Who the school is, what it has, and what is to be planned. Lines that begin with # are notes."
    yield "school:"
    yield "  id: my-school                 # lower-case words joined by hyphens"
    yield "  name: My School"
    yield "  # also: [LAESTAB, short name]  # how else files name it, where they hold other schools too"
    yield f"  phase: {library.indicators['phase'].values[0]}                # {phases}"
    yield '  year_groups: ["1", "2"]       # youngest first; Reception is R'
    yield "  roll: 60                      # pupils on roll"
    yield "  classes:                      # a class of mixed age lists all its years"
    yield '  - {id: 1A, years: ["1"]}'
    yield '  - {id: 2A, years: ["2"]}'
    yield f"programme: {library.programme.id}"
    yield f"plan: {{starts: {first}, years: 1}}     # 1 to 3 years"
    yield f"calendar: {{use: {calendar.id}}}          # closed: {{2026-11-27: storm}} adds a day"
    yield "context:                        # what you know of these; leave out what you don't"
    for indicator in library.indicators.values():
        if indicator.from_ == "school":
            low_high = (
                f", {indicator.range[0]:,.0f} to {indicator.range[1]:,.0f}"
                if indicator.range
                else ""
            )
            told = f"{indicator.title} ({indicator.type}{low_high}). {indicator.help or ''}"
            yield f"  # {indicator.id}:   {told}".rstrip()
    yield "  years_in_programme: 0" if "years_in_programme" in library.indicators else "  {}"
    yield "money:"
    yield f"  cover_per_day: {library.costs.cover_per_day}            # what a day of supply cover costs you, in pounds"
    yield "  lines:                        # financial: April to March; academic: September to August"
    kinds = ", ".join(kind.id for kind in library.costs.kinds)
    yield f"  # pays_for: {kinds}; several lines may pay for a kind together."
    yield "  # What no line pays for can't be planned."
    yield "  - id: improvement"
    yield "    title: School improvement"
    yield "    year: financial"
    yield f"    pays_for: [{kinds}]"
    yield '    amounts: {"2026-27": 0, "2027-28": 0}    # what is left for improvement, in pounds'
    yield "# must:                         # what has been promised and has to be in the plan"
    some = next(iter(library.interventions))
    yield f"# - {{intervention: {some}, by: 2027-02-12, because: The board promised it.}}"
    yield "#                               # for: [ids of classes or teachers], where it is not for all"
    yield f"# leads: {{{some}: headteacher}}    # who leads it, if it is planned: a role that somebody holds"
    yield "# own_steps:                    # steps of the school's own; days by role in each half-term"
    strand, role = next(iter(library.strands)), next(iter(library.roles))
    yield f"# - {{id: forest-days, title: Forest days, strand: {strand}, lead: {role}, days: {{{role}: 0.5}},"
    yield f"#    half_terms: 2, pounds: 100, pays: {library.costs.kinds[0].id}, shown_by: what shows that it worked,"
    yield "#    because: The board promised it.}"
    yield "# initiatives:                  # what staff are asked to do already; hours of all who take part, together"
    yield "# - {id: marking-codes, title: Marking in three colours, hours_a_week: 6, since: 2021-09-06}"
    for key, name in CHOSEN.items():
        values = ", ".join(library.indicators[name].values)
        yield f"#                               # also {key}: {values}"
    yield "#                               # and overlaps_with: another id; who: [roles]"
    yield "# pupils:                       # exports as they come: CSV, XLSX, Common Transfer File"
    yield "#   files: [pupils.csv]         # where a file doesn't say everything itself:"
    yield "#                               # {name: x.csv, point: sum-2026, columns: {Heading: class}}"
    yield "#                               # {name: x.xlsx, sheets: [all], skip_rows: [40], ignore_columns: [Notes]}"
    yield f"#   scale: {default}        # {', '.join(attainment)},"
    yield "#                               # or one of your own, in a folder scales/"
    yield "#   points: [{id: sum-2026, title: Summer 2026, date: 2026-07-03}]   # baseline: true for the starting point"
    yield "#                               # term: summer, or sum1, where the date doesn't tell the half-term"
    yield "#   subjects: [reading, writing, maths]"
    yield "#   prefer: pupils.csv            # the file that is right wherever two differ"
    yield "#   next_point: {title: Autumn 2026, date: 2026-12-11}   # when pupils are judged next"
    yield "# published:                    # tables of the Department for Education: your row is taken out of them"
    yield "#   urn: 100000"
    yield "#   files: [{name: ks2.csv, year: 2025-26}]   # the school year its figures are about"


def _cqa(library: Library) -> Iterator[str]:
    scale = library.scales[library.programme.judgement_scale]
    yield "# What school and adviser agreed, question by question. Leave out a judgement that was not agreed."
    yield f"# {scale.title}: " + "; ".join(
        f"{grade.value} {grade.id}" + (f" ({grade.means})" if grade.means else "")
        for grade in scale.grades
    )
    yield "# school: and adviser: hold their own judgements from before they agreed."
    activities = ", ".join(activity.id for activity in library.programme.audit_activities)
    yield f"# evidence: one entry for each observation; activity is one of {activities}"
    yield "agreed_on: 2026-07-01"
    yield "questions:"
    for strand in library.strands.values():
        yield f"  {strand.id}:                  # {strand.question}"
        yield "    # judgement: 2"
        yield "    evidence: []"
        for label, remarks in (("concerns", library.concerns), ("strengths", library.strengths)):
            mine = [item for item in remarks.values() if item.question == strand.id]
            if mine:
                yield f"    # {label}:"
                for item in mine:
                    yield f"    #   {item.id}: {item.title}"
        yield "    # - {activity: spotlight, concern: ..., note: what was seen}"
    some, strand_id = next(iter(library.interventions)), next(iter(library.strands))
    yield f"in_place: []                    # - {{practice: {some}, how: fully}}   (or partly)"
    yield f"priorities: []                  # - {{strand: {strand_id}, title: ..., target: 3, lead: headteacher}}"
    yield "#   what it is about, where it is not the whole strand: subjects: [writing], groups: [pp],"
    yield "#   year_groups: [...], classes: [...], outcome: {indicator: ..., from: ..., to: ..., by: ...}"


def _staff(library: Library) -> Iterator[str]:
    yield "# People by role, never by name. time: days each half-term for improvement work, or by part of the year"
    yield "# ({aut1: 2, aut2: 1.5, ...}). teaches: share of the week with a class (0 to 1)."
    yield "# Roles and what they do:"
    for role in library.roles.values():
        kind = "" if role.kind == "staff" else f" [{role.kind}]"
        yield f"#   {role.id}: {role.does}{kind}"
    teaching = [s for s in library.scales.values() if s.used_for == "teaching"]
    if teaching:
        grades = ", ".join(grade.id for grade in teaching[0].grades)
        yield f"# profile (if you have one): {grades}"
    yield "people:"
    yield "- {id: head, roles: [headteacher], time: 4}"
    yield "- {id: teacher-1a, roles: [class-teacher], time: 1, teaches: 0.9, classes: [1A]}"
    yield "- {id: teacher-2a, roles: [class-teacher], time: 1, teaches: 0.9, classes: [2A]}"
    yield "# vacant: {from: 2027-01-04, until: 2027-04-09}: nobody holds the post then; without until, nobody"
    yield "# is appointed yet. The post stays here with its roles and classes."
    yield "# goal: a teacher's own goal, agreed in a learning conversation."
    yield "# Teachers who meet over their pupils are a team:"
    yield "# teams:                         # a class is in one team; leader is a person's id"
    yield "# - id: everybody"
    yield "#   title: Years 1 and 2"
    yield "#   leader: teacher-1a"
    yield "#   classes: [1A, 2A]"
    yield "#   meets: [2026-11-24, 2027-01-19]      # days the school is open"
    yield "together:                       # staff meetings and training days, in days for the whole staff"
    for role in library.roles.values():
        if role.kind == "together":
            yield f"  {role.id}: 1.0"


def _overrides(library: Library) -> Iterator[str]:
    reasons = library.overrides.reasons
    first = next(iter(library.calendars.values())).new_plan_starts
    advised = [item for item in library.interventions.values() if not item.duty]
    examples = (
        ("accept", next(item for item in advised if not item.light), ""),
        ("adapt", next(item for item in advised if item.light), ", form: light"),
        ("refuse", next(item for item in advised if item.target == "class"), ", for: [2A]"),
    )
    yield "# What the school has decided about advice. It is kept to in every later plan and told in every document,"
    yield "# also when no rule asks for it any more. Nothing is decided as long as there are only notes here."
    yield "# intervention: its id; termwise knowledge list has them all"
    yield "# decision:     accept: it has to be in the plan; adapt: so has it, but done otherwise than advised;"
    yield "#               refuse: it is not planned (a duty can't be refused)"
    yield "# reason:       a code, so that it can be counted which advice schools disagree with, and why:"
    for reason in reasons:
        yield f"#   {reason.id}: {reason.title} ({', '.join(reason.for_)})"
    yield "# role:         who decided: a role as in staff.yaml, never a name"
    yield "# on:           the day it was decided"
    yield "# for:          the classes, people or year groups it is about, by their ids; without it, all. What is"
    yield "#               accepted without it is for those it is advised for, and for all once no rule asks for it"
    yield "# note:         a sentence, if you like, that names nobody"
    yield "# What is adapted has at least one of these:"
    yield "#   form: light                 # its light form, where it has one"
    yield "#   lead: headteacher           # a role that somebody holds"
    yield "#   not_before: 2027-01-04      # doesn't start before"
    yield "#   by: 2027-02-12              # has to have started by then"
    yield "# For example:"
    for decision, item, more in examples:
        reason_id = next(one.id for one in reasons if decision in one.for_)
        yield (
            f"# - {{intervention: {item.id}, decision: {decision}, reason: {reason_id}, "
            f"role: headteacher, on: {first}{more}}}"
        )
