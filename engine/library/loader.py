"""Reads every rule and knowledge file into one Library."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, TypeVar

from ..core import (
    MOST_TEXT,
    ContentError,
    Mistake,
    NotReadError,
    Path,
    Place,
    Record,
    UnknownNameError,
    YamlDocument,
    build,
    did_you_mean,
    holds_unprintable,
    read_within,
    read_yaml,
    walk,
)
from .conditions import Vocabulary
from .data_checks import DataChecks
from .decision import OverrideReason, OverrideReasons
from .dependency_index import DependencyIndex
from .goals import Goals
from .model import (
    AuditForm,
    Calendar,
    Costs,
    Group,
    Indicator,
    InspectionPreparation,
    Intervention,
    Need,
    OutsideHelp,
    Planning,
    Programme,
    Proposals,
    Remark,
    Role,
    Screening,
    Source,
    Strand,
    Threshold,
    ToolkitStrand,
)
from .progress_words import ProgressWords
from .reading import Column, Export, PublishedTable, PublishedWords, Words
from .review import Reviewer
from .rule import EntityKind, Rule
from .scale import Assessment, Scale
from .skills import Skill, SkillFile
from .statements import Statements
from .team_words import TeamWords

R = TypeVar("R", bound=Record)
Kind = Literal[
    "rule",
    "programme",
    "indicator",
    "need",
    "remark",
    "screening",
    "group",
    "role",
    "scale",
    "assessment",
    "column",
    "words",
    "data-checks",
    "export",
    "published-table",
    "published-words",
    "skill-file",
    "team-words",
    "progress-words",
    "override-reasons",
    "threshold",
    "calendar",
    "costs",
    "planning",
    "goals",
    "source",
    "reviewer",
    "intervention",
    "audit-form",
    "outside-help",
    "inspection",
    "proposals",
]
"""What a record is called where its place is asked for."""
KINDS: Mapping[type[Record], Kind] = {
    Rule: "rule",
    Programme: "programme",
    Indicator: "indicator",
    Need: "need",
    Remark: "remark",
    Screening: "screening",
    Group: "group",
    Role: "role",
    Scale: "scale",
    Assessment: "assessment",
    Column: "column",
    Words: "words",
    DataChecks: "data-checks",
    Export: "export",
    PublishedTable: "published-table",
    PublishedWords: "published-words",
    SkillFile: "skill-file",
    TeamWords: "team-words",
    ProgressWords: "progress-words",
    OverrideReasons: "override-reasons",
    Threshold: "threshold",
    Calendar: "calendar",
    Costs: "costs",
    Planning: "planning",
    Goals: "goals",
    Source: "source",
    Reviewer: "reviewer",
    Intervention: "intervention",
    AuditForm: "audit-form",
    OutsideHelp: "outside-help",
    InspectionPreparation: "inspection",
    Proposals: "proposals",
}
"""The kind of every record that is read from a file of the library."""
_LABEL = re.compile(r"<([a-z0-9-]+)>")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read: its document, and the path of the record in it."""

    document: YamlDocument
    path: Path = ()

    def place(self, *path: str | int) -> Place:
        """The place of a key of the record."""
        return self.document.place(*self.path, *path)


@dataclass(frozen=True)
class Library:
    """Everything termwise knows, checked; mappings are by id, in the order they are walked."""

    programme: Programme
    indicators: Mapping[str, Indicator]
    needs: Mapping[str, Need]
    concerns: Mapping[str, Remark]
    strengths: Mapping[str, Remark]
    screening: Screening
    groups: Mapping[str, Group]
    roles: Mapping[str, Role]
    scales: Mapping[str, Scale]
    assessments: Mapping[str, Assessment]
    columns: Mapping[str, Column]
    words: Words
    data_checks: DataChecks
    exports: Mapping[str, Export]
    published: Mapping[str, PublishedTable]
    published_words: PublishedWords
    skill_files: Mapping[str, SkillFile]
    """By subject."""
    teams: TeamWords
    progress: ProgressWords
    overrides: OverrideReasons
    """What a school may say to advice."""
    thresholds: Mapping[str, Threshold]
    calendars: Mapping[str, Calendar]
    costs: Costs
    planning: Planning
    goals: Goals
    toolkit: Mapping[str, ToolkitStrand]
    sources: Mapping[str, Source]
    reviewers: Mapping[str, Reviewer]
    audit_forms: Mapping[str, AuditForm]
    """By audit activity."""
    outside_help: Mapping[str, OutsideHelp]
    inspection: InspectionPreparation
    proposals: Proposals
    interventions: Mapping[str, Intervention]
    rules: Mapping[str, Rule]
    origins: Mapping[tuple[Kind, str], Origin] = field(repr=False)
    """By kind and id; of what there is one of, the id is empty."""
    unread: frozenset[str] = frozenset()
    """Ids (by file name) of interventions and thresholds whose files could not be read: a problem of
    theirs alone."""

    def place(self, kind: Kind, name: str, *path: str | int) -> Place:
        """Where a record (or one of its keys) is written."""
        return self.origins[kind, name].place(*path)

    @cached_property
    def intervention_names(self) -> tuple[str, ...]:
        """The interventions that may be named: those that were read, and those that could not
        be."""
        return (*self.interventions, *self.unread)

    @cached_property
    def threshold_names(self) -> tuple[str, ...]:
        """The thresholds that may be named, in the same way."""
        return (*self.thresholds, *self.unread)

    def written(self, about: EntityKind) -> tuple[Indicator, ...]:
        """The indicators about a kind of thing that stand in a record of a school's folder as they
        are."""
        return tuple(
            one
            for one in self.indicators.values()
            if one.about == about
            and one.from_ in ("cqa", "staff", "initiatives")
            and not one.derived
        )

    def intervention(self, name: str) -> Intervention:
        """An intervention by id; UnknownNameError names the near ones."""
        return _by_name("intervention", name, self.interventions)

    def rule(self, name: str) -> Rule:
        """A rule by id; UnknownNameError names the near ones."""
        return _by_name("rule", name, self.rules)

    @cached_property
    def strands(self) -> Mapping[str, Strand]:
        """The programme's strands, by id, in its order."""
        return {strand.id: strand for strand in self.programme.strands}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Give the title of each member of sets and categories, by id."""
        named: dict[str, str] = {item.id: item.title for item in self.interventions.values()}
        for group in (self.concerns, self.strengths, self.groups, self.strands, self.roles):
            named.update({item.id: item.title for item in group.values()})
        sure = (self.screening.clear, self.screening.within_error)
        named.update({state.id: state.title for state in (*self.screening.states, *sure)})
        return named

    @cached_property
    def override_reasons(self) -> Mapping[str, OverrideReason]:
        """The reasons a school may give for a decision about advice, by id."""
        return {reason.id: reason for reason in self.overrides.reasons}

    @cached_property
    def skills(self) -> Mapping[str, Skill]:
        """Every skill by its code, subject by subject."""
        return {skill.id: skill for file in self.skill_files.values() for skill in file.skills}

    def year_title(self, year: str) -> str:
        """The name of a year group as people say it."""
        return self.words.year_titles.get(year, self.words.year_called.replace("#", year))

    @cached_property
    def parts(self) -> Mapping[str, str]:
        """The parts of a school year (half-terms) with their titles, in order."""
        return {
            half.part: half.title
            for calendar in self.calendars.values()
            for year in calendar.years
            for term in year.terms
            for half in term.half_terms
        }

    @property
    def start_parts(self) -> Mapping[str, str]:
        """What a shaping rule may name as a beginning, with titles: the parts of the year, and the plan's
        own half-terms whenever it begins."""
        return {**self.parts, **self.planning.plan_parts}

    @property
    def start_order(self) -> Mapping[str, int]:
        """The places of those, in a plan that begins with the school year."""
        own = {name: place for place, name in enumerate(self.planning.plan_parts)}
        return {**{name: place for place, name in enumerate(self.parts)}, **own}

    def default_scales(self) -> dict[str, Scale]:
        """The scale rules compare on for each use, where a school names no other."""
        programme = self.programme
        return {
            "judgement": self.scales[programme.judgement_scale],
            "teaching": self.scales[programme.teaching_scale],
            "attainment": self.scales[programme.attainment_scale],
        }

    @cached_property
    def standings(self) -> tuple[str, ...]:
        """List how pupils can stand to what is expected, lowest first: the anchors of the programme's
        scale of attainment."""
        scale = self.default_scales()["attainment"]
        return tuple(sorted(scale.anchors, key=lambda name: scale.rank(str(scale.anchors[name]))))

    @cached_property
    def events(self) -> tuple[str, ...]:
        """List the ids of the events of all calendars, each once."""
        ids = (event.id for one in self.calendars.values() for event in one.events)
        return tuple(dict.fromkeys(id for id in ids if id))

    @cached_property
    def dependencies(self) -> DependencyIndex:
        """Index what rules and aggregates read."""
        return DependencyIndex(self.rules, self.indicators)

    @property
    def finders(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules that find each need that any does."""
        return self.dependencies.finders

    @cached_property
    def statements(self) -> Statements:
        """Index what rules say of interventions."""
        return Statements(self.rules.values())

    @cached_property
    def own_assessment(self) -> str:
        """The assessment that a school's own judgements belong to."""
        return next(a.id for a in self.assessments.values() if a.kind == "tracking")

    @cached_property
    def statutory(self) -> frozenset[str]:
        """The assessments that all pupils of a year group take."""
        return frozenset(a.id for a in self.assessments.values() if a.kind == "statutory")

    @cached_property
    def subject_titles(self) -> Mapping[str, str]:
        """Give the title of each subject, by id."""
        return {subject.id: subject.title for subject in self.words.subjects}

    def vocabulary(self, scales: Mapping[str, Scale] | None = None) -> Vocabulary:
        """The meaning of conditions, on the given scales or the default ones."""
        return Vocabulary(
            self.indicators,
            self.needs,
            self.thresholds,
            {**self.default_scales(), **(scales or {})},
            self.titles,
        )


def _by_name(kind: str, name: str, known: Mapping[str, R]) -> R:
    try:
        return known[name]
    except KeyError:
        raise UnknownNameError(kind, name, known) from None


class Reader:
    """Reads records from the files of a content folder; what is wrong goes to `problems`."""

    def __init__(self, root: Traversable, labels: Mapping[str, str]) -> None:
        self.root, self.labels = root, labels
        self.problems: list[Mistake] = []
        self.origins: dict[tuple[Kind, str], Origin] = {}
        self.unread: set[str] = set()
        """Names of the files in folders that hold no record that could be read."""

    def document(self, path: str) -> YamlDocument | None:
        """One YAML file below the root, labels put in."""
        entry = self.root
        for part in path.split("/"):
            entry = entry / part
        document = read_yaml(entry, path, self.problems)
        if document is not None:
            document.data = self._labelled(document, document.data, ())
        return document

    def _labelled(self, document: YamlDocument, data: Any, path: Path) -> Any:
        if isinstance(data, dict):
            return {key: self._labelled(document, item, (*path, key)) for key, item in data.items()}
        if isinstance(data, list):
            return [self._labelled(document, item, (*path, i)) for i, item in enumerate(data)]
        if not isinstance(data, str) or "<" not in data:
            return data

        def label(found: re.Match[str]) -> str:
            if found[1] not in self.labels:
                hint = did_you_mean(found[1], self.labels)
                self.problems.append(
                    Mistake(document.place(*path), f"unknown label “{found[0]}”", hint)
                )
            return self.labels.get(found[1], found[0])

        text = _LABEL.sub(label, data)
        return text[:1].upper() + text[1:] if _LABEL.match(data) else text

    def one(self, model: type[R], path: str, part: str | None = None) -> R | None:
        """The one record in a file, or in one part of it."""
        document = self.document(path)
        if document is None:
            return None
        data = (
            document.data.get(part) if part and isinstance(document.data, dict) else document.data
        )
        path_in: Path = (part,) if part else ()
        self.origins.setdefault((KINDS[model], ""), Origin(document, path_in))
        return build(model, document, self.problems, path_in, data)

    def many(self, model: type[R], path: str, part: str | None = None) -> Iterator[R]:
        """The records in a list in a file."""
        document = self.document(path)
        if document is None:
            return
        start: Path = (part,) if part else ()
        data = (
            document.data.get(part) if part and isinstance(document.data, dict) else document.data
        )
        if not isinstance(data, list):
            self.problems.append(Mistake(document.place(*start), "must be a list of records"))
            return
        for index, item in enumerate(data):
            record = build(model, document, self.problems, (*start, index), item)
            if record is not None:
                yield self._keep(record, Origin(document, (*start, index)))

    def folder(self, model: type[R], path: str) -> Iterator[tuple[R, str]]:
        """The records of a folder, one in each file, with the file's path."""
        entry = self.root
        for part in path.split("/"):
            entry = entry / part
        for _, name in walk(entry, path, ".yaml"):
            document = self.document(name)
            record = build(model, document, self.problems) if document else None
            if record is not None and document is not None:
                yield self._keep(record, Origin(document)), name
            else:
                self.unread.add(name)

    def _keep(self, record: R, origin: Origin) -> R:
        name = getattr(record, "id", "")
        key = (KINDS[type(record)], name)
        if name and key in self.origins:
            first = self.origins[key].place("id")
            self.problems.append(
                Mistake(
                    origin.place("id"),
                    f"the id “{name}” is used twice",
                    f"it stands first in {first}",
                )
            )
        self.origins.setdefault(key, origin)
        return record


def _rows(reader: Reader, path: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file below the root by its headings, with their lines."""
    try:
        raw = read_within(reader.root, path, MOST_TEXT)
        table = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
        for row in table:
            if any(holds_unprintable(str(cell)) for cell in row.values()):
                place = Place(path, table.line_num, 1)
                reader.problems.append(Mistake(place, "holds a mark that can't be seen"))
            else:
                yield table.line_num, row
    except NotReadError as error:
        reader.problems.append(Mistake(Place(path), error.what, error.hint))
    except UnicodeDecodeError:
        reader.problems.append(Mistake(Place(path), "is no text file", "save it as CSV UTF-8"))
    except csv.Error:
        what = "a cell is too long, or a quotation mark doesn't match"
        problem = Mistake(Place(path, table.line_num or 1, 1), what, "export the file again")
        reader.problems.append(problem)


def _toolkit(reader: Reader, path: str) -> dict[str, ToolkitStrand]:
    strands: dict[str, ToolkitStrand] = {}
    for number, row in _rows(reader, path):
        try:
            strand = ToolkitStrand(
                id=row["id"],
                title=row["title"],
                months=int(row["months"]) if row["months"].strip() else None,
                primary_months=int(row["primary_months"])
                if row["primary_months"].strip()
                else None,
                cost=int(row["cost"]),
                security=int(row["security"]),
                address=row["address"],
                read_on=datetime.date.fromisoformat(row["read_on"]),
            )
            strands[strand.id] = strand
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            reader.problems.append(
                Mistake(Place(path, number, 1), f"can't be read: {error}", "see knowledge/evidence")
            )
    return strands


def _thresholds(reader: Reader, path: str) -> dict[str, Threshold]:
    """The figures of a folder, lines that are relative to another figure with values of their own."""
    files: dict[str, str] = {}
    written: dict[str, Threshold] = {}
    for item, file in reader.folder(Threshold, path):
        written[item.id], files[item.id] = item, file
    bases = [name for name, one in written.items() if one.values]
    known = {}
    for name, one in written.items():
        if one.relative is None:
            known[name] = one
        elif one.relative.to in bases:
            known[name] = one.resolved(written[one.relative.to])
        else:
            if not any(file.endswith(f"/{one.relative.to}.yaml") for file in reader.unread):
                place = reader.origins["threshold", name].place("relative", "to")
                what = f"“{one.relative.to}” is no figure with values of its own"
                hint = did_you_mean(one.relative.to, bases)
                reader.problems.append(Mistake(place, what, hint))
            reader.unread.add(files[name])
    return known


def _index(records: Iterable[Any]) -> dict[str, Any]:
    return {record.id: record for record in records}


def read_library(
    programme: str | None, root: Traversable | None
) -> tuple[Library, Mapping[str, str], list[Mistake]]:
    """The library as its files have it, the folder each rule stands in, and what could not be read.

    Raises ContentError when too little could be read to go on.
    """
    root = root or files("termwise")
    known = {
        entry.name.removesuffix(".yaml"): entry
        for entry in sorted((root / "knowledge" / "programmes").iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".yaml")
    }
    name = programme if programme is not None else next(iter(known), "")
    if name not in known:
        raise UnknownNameError("programme", name, known)
    plain = Reader(root, {})
    path = f"knowledge/programmes/{name}.yaml"
    chosen = plain.one(Programme, path)
    if chosen is None:
        raise ContentError(plain.problems)

    reader = Reader(root, chosen.labels)
    rules, strata = {}, {}
    for rule, file in reader.folder(Rule, "rules"):
        rules[rule.id] = rule
        strata[rule.id] = file.split("/")[1]
    parts: dict[str, Any] = {
        "programme": chosen,
        "indicators": _index(
            [
                *reader.many(Indicator, "knowledge/indicators.yaml"),
                *reader.many(Indicator, "knowledge/aggregates.yaml"),
            ]
        ),
        "needs": _index(reader.many(Need, "knowledge/needs.yaml")),
        "concerns": _index(reader.many(Remark, "knowledge/remarks.yaml", "concerns")),
        "strengths": _index(reader.many(Remark, "knowledge/remarks.yaml", "strengths")),
        "screening": reader.one(Screening, "knowledge/screening.yaml"),
        "groups": _index(reader.many(Group, "knowledge/groups.yaml")),
        "roles": _index(reader.many(Role, "knowledge/roles.yaml")),
        "scales": _index(scale for scale, _ in reader.folder(Scale, "knowledge/scales")),
        "assessments": _index(reader.many(Assessment, "knowledge/assessments.yaml")),
        "columns": _index(reader.many(Column, "knowledge/reading/columns.yaml")),
        "words": reader.one(Words, "knowledge/reading/words.yaml"),
        "data_checks": reader.one(DataChecks, "knowledge/reading/checks.yaml"),
        "exports": _index(item for item, _ in reader.folder(Export, "knowledge/reading/exports")),
        "published": _index(
            item for item, _ in reader.folder(PublishedTable, "knowledge/reading/published")
        ),
        "published_words": reader.one(PublishedWords, "knowledge/reading/published.yaml"),
        "skill_files": _index(item for item, _ in reader.folder(SkillFile, "knowledge/skills")),
        "teams": reader.one(TeamWords, "knowledge/teams.yaml"),
        "progress": reader.one(ProgressWords, "knowledge/progress.yaml"),
        "overrides": reader.one(OverrideReasons, "knowledge/overrides.yaml"),
        "thresholds": _thresholds(reader, "knowledge/thresholds"),
        "calendars": _index(item for item, _ in reader.folder(Calendar, "knowledge/calendars")),
        "costs": reader.one(Costs, "knowledge/costs.yaml"),
        "planning": reader.one(Planning, "knowledge/planning.yaml"),
        "goals": reader.one(Goals, "knowledge/goals.yaml"),
        "toolkit": _toolkit(reader, "knowledge/evidence/eef-toolkit.csv"),
        "sources": _index(reader.many(Source, "knowledge/sources.yaml")),
        "reviewers": _index(reader.many(Reviewer, "knowledge/reviewers.yaml")),
        "outside_help": _index(reader.many(OutsideHelp, "knowledge/outside-help.yaml")),
        "proposals": reader.one(Proposals, "knowledge/proposals.yaml"),
        "inspection": reader.one(InspectionPreparation, "knowledge/inspection.yaml"),
        "audit_forms": _index(
            item for item, _ in reader.folder(AuditForm, "knowledge/audit-forms")
        ),
        "interventions": _index(
            item
            for item, _ in reader.folder(Intervention, "knowledge/interventions")
            if item.status != "retired"
            and (chosen.interventions == "all" or item.id in chosen.interventions)
        ),
        "rules": {
            name: rule
            for name, rule in sorted(rules.items(), key=lambda item: item[0])
            if rule.status != "retired"
        },
    }
    if any(value is None for value in parts.values()):
        raise ContentError(reader.problems)
    programme_document = plain.document(path)
    if programme_document is not None:
        reader.origins["programme", chosen.id] = Origin(programme_document)
    folders = ("knowledge/interventions/", "knowledge/thresholds/", "knowledge/audit-forms/")
    unread = {
        file.rpartition("/")[2].removesuffix(".yaml")
        for file in reader.unread
        if file.startswith(folders)
    }
    library = Library(**parts, origins=reader.origins, unread=frozenset(unread))
    return library, strata, reader.problems
