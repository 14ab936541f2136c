"""Reads every rule and knowledge file of the chosen packs into one Library."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from ..core import (
    MOST_TEXT,
    ContentError,
    Mistake,
    NotReadError,
    Place,
    Record,
    UnknownNameError,
    build,
    did_you_mean,
    holds_unprintable,
    read_within,
    read_yaml,
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
from .own_line_phrases import own_line_words
from .own_lines import OwnLine, OwnLines
from .pack_folders import (
    BASE,
    PACK,
    PROGRAMME,
    Chosen,
    PackFolder,
    PacksAsked,
    programmes,
    shipped_packs,
)
from .progress_words import ProgressWords
from .reading import Export, PublishedTable, PublishedWords, PupilColumn, Words
from .record_reader import KINDS, Kind, Origin, Reader
from .review import Reviewer
from .rule import EntityKind, Rule
from .scale import Assessment, Scale
from .skills import Skill, SkillFile
from .statements import Statements
from .strand_map import strand_map
from .team_words import TeamWords
from .without_retired import without_retired

R = TypeVar("R", bound=Record)


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
    columns: Mapping[str, PupilColumn]
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
    packs: tuple[PackFolder, ...] = ()
    """The packs it is made of, those of lower layers first."""
    own_lines: tuple[OwnLine, ...] = ()
    """What packs replaced or retired of those below them, in the order in which it was done."""
    required: Mapping[tuple[str, str], PackFolder] = field(default_factory=dict)
    """By kind and id, what no school may refuse, with the pack that requires it."""
    digests: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    """By pack, the SHA-256 of each of its files of YAML."""
    known_packs: tuple[str, ...] = ()
    """The ids of all packs that come with termwise, used or not."""
    known_programmes: tuple[str, ...] = ()
    """The ids of those that are a programme."""
    unread: frozenset[str] = frozenset()
    """Ids (by file name) of interventions and thresholds whose files could not be read: a problem of
    theirs alone."""
    held: frozenset[str] = frozenset()
    """All words of records that could not be read: a name that is not declared elsewhere may be there."""

    def place(self, kind: Kind, name: str, *path: str | int) -> Place:
        """Where a record (or one of its keys) is written."""
        return self.origins[kind, name].place(*path)

    def pack_of(self, kind: Kind, name: str) -> PackFolder:
        """The pack a record stands in; of a figure that a pack has set itself, that pack."""
        own = next(
            (one for one in reversed(self.own_lines) if (one.kind, one.id) == (kind, name)), None
        )
        id = own.pack if own else self.origins[kind, name].pack
        return next(one for one in self.packs if one.id == id)

    def fingerprint(self, pack: str) -> str:
        """The SHA-256 over the digests of a pack's files: other files, another fingerprint."""
        lines = (f"{file} {digest}" for file, digest in sorted(self.digests[pack].items()))
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def own_line(self, kind: Kind, name: str) -> OwnLine | None:
        """Look up what a pack has said of a record of a pack below it, the last word."""
        return next(
            (one for one in reversed(self.own_lines) if (one.kind, one.id) == (kind, name)), None
        )

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
        """List what a shaping rule may name as a beginning, with titles: the parts of the year, and the plan's
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
            {
                one.id: own_line_words(one)
                for one in self.own_lines
                if one.kind == "threshold" and one.how == "replaced"
            },
        )


def _by_name(kind: str, name: str, known: Mapping[str, R]) -> R:
    try:
        return known[name]
    except KeyError:
        raise UnknownNameError(kind, name, known) from None


def _rows(reader: Reader, path: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file below the root by its headings, with their lines."""
    try:
        raw = read_within(
            reader.packs[0].knowledge, path.partition(f"{reader.packs[0].id}/")[2], MOST_TEXT
        )
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
                Mistake(
                    Place(path, number, 1), f"can't be read: {error}", "see knowledge/base/evidence"
                )
            )
    return strands


def _thresholds(
    reader: Reader, written: Mapping[str, Threshold], files: Mapping[str, str]
) -> dict[str, Threshold]:
    """The figures, lines that are relative to another figure with values of their own."""
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


_LISTS: tuple[tuple[str, type[Record], str, str | None], ...] = (
    ("indicators", Indicator, "indicators.yaml", None),
    ("indicators", Indicator, "aggregates.yaml", None),
    ("needs", Need, "needs.yaml", None),
    ("concerns", Remark, "remarks.yaml", "concerns"),
    ("strengths", Remark, "remarks.yaml", "strengths"),
    ("groups", Group, "groups.yaml", None),
    ("roles", Role, "roles.yaml", None),
    ("assessments", Assessment, "assessments.yaml", None),
    ("columns", PupilColumn, "reading/columns.yaml", None),
    ("sources", Source, "sources.yaml", None),
    ("reviewers", Reviewer, "reviewers.yaml", None),
    ("outside_help", OutsideHelp, "outside-help.yaml", None),
)
"""By what the library keeps: lists of records, the file they stand in, and the part of it."""
_FOLDERS: tuple[tuple[str, type[Record], str], ...] = (
    ("scales", Scale, "scales"),
    ("exports", Export, "reading/exports"),
    ("published", PublishedTable, "reading/published"),
    ("skill_files", SkillFile, "skills"),
    ("calendars", Calendar, "calendars"),
    ("audit_forms", AuditForm, "audit-forms"),
    ("interventions", Intervention, "interventions"),
    ("thresholds", Threshold, "thresholds"),
)
"""By what the library keeps: folders with a record in each file."""
_ONES: tuple[tuple[str, type[Record], str], ...] = (
    ("screening", Screening, "screening.yaml"),
    ("words", Words, "reading/words.yaml"),
    ("data_checks", DataChecks, "reading/checks.yaml"),
    ("published_words", PublishedWords, "reading/published.yaml"),
    ("teams", TeamWords, "teams.yaml"),
    ("progress", ProgressWords, "progress.yaml"),
    ("overrides", OverrideReasons, "overrides.yaml"),
    ("costs", Costs, "costs.yaml"),
    ("planning", Planning, "planning.yaml"),
    ("goals", Goals, "goals.yaml"),
    ("proposals", Proposals, "proposals.yaml"),
    ("inspection", InspectionPreparation, "inspection.yaml"),
)
"""By what the library keeps: what there is one of, in the pack that all others build on."""
_READ = frozenset(
    path.partition("/")[0]
    for path in (
        *(path for _, _, path, _ in _LISTS),
        *(path for _, _, path in (*_FOLDERS, *_ONES)),
        *("rules", "evidence", "templates", "demo.yaml", PACK, PROGRAMME),
    )
)
"""What may stand in a pack's folder."""


def read_library(
    asked: PacksAsked, root: Traversable | None
) -> tuple[Library, Mapping[str, str], list[Mistake]]:
    """The library as the files of its packs have it, the folder of each rule's stratum, and what could not
    be read.

    Raises ContentError when too little could be read to go on, UnknownNameError for a programme or pack
    that is not there.
    """
    root = root or files("termwise")
    problems: list[Mistake] = []
    chosen = Chosen(root, asked, problems)
    packs = chosen.folders
    lead = next((one for one in packs if one.id == chosen.programme), None)
    if lead is None or packs[0].id != BASE:
        raise ContentError(problems)
    path = f"{lead.knowledge_named}/{PROGRAMME}"
    document = read_yaml(lead.knowledge / PROGRAMME, path, problems)
    programme = build(Programme, document, problems) if document else None
    if programme is None or document is None:
        raise ContentError(problems)
    if programme.id != lead.id:
        what = f"the programme of the pack “{lead.id}” calls itself “{programme.id}”"
        problems.append(Mistake(document.place("id"), what, "give both one name"))
    labels = {**programme.labels, **chosen.labels()}
    programme = programme.model_copy(update={"labels": labels})

    reader = Reader(packs, labels, strand_map(programme, document, packs, problems))
    reader.problems = problems
    reader.strangers(_READ)
    strata, read = {}, {}
    for rule, folder in reader.rules():
        read[rule.id], strata[rule.id] = rule, folder
    parts: dict[str, Any] = {"programme": programme, "rules": read}
    for name, model, file, part in _LISTS:
        known = parts.setdefault(name, {})
        known |= _index(reader.many(model, file, part))
    where: dict[str, str] = {}
    for name, model, folder in _FOLDERS:
        found = list(reader.folder(model, folder))
        parts[name] = _index(item for item, _ in found)
        if model is Threshold:
            where = {item.id: file for item, file in found if isinstance(item, Threshold)}
    for name, model, file in _ONES:
        parts[name] = reader.one(model, file)
    parts["toolkit"] = _toolkit(reader, f"{packs[0].knowledge_named}/evidence/eef-toolkit.csv")
    if any(value is None for value in parts.values()):
        raise ContentError(problems)
    lines = OwnLines(reader, _by_kind(parts))
    lines.apply()
    parts["thresholds"] = _thresholds(reader, parts["thresholds"], where)
    parts["rules"] = {
        name: rule for name, rule in sorted(parts["rules"].items()) if rule.status != "retired"
    }
    parts["interventions"] = {
        name: item
        for name, item in parts["interventions"].items()
        if item.status != "retired"
        and (programme.interventions == "all" or name in programme.interventions)
    }
    gone = {name for kind, name in lines.retired if kind == "intervention"}
    without_retired(parts, gone, reader, lines)
    reader.origins["programme", programme.id] = Origin(document, (), lead.id)
    reader.digests[lead.id][document.file] = document.digest
    unread = {
        file.rpartition("/")[2].removesuffix(".yaml")
        for file in reader.unread
        if any(f"/{one}/" in file for one in ("interventions", "thresholds", "audit-forms"))
    }
    library = Library(
        **parts,
        origins=reader.origins,
        packs=tuple(packs),
        own_lines=tuple(lines.lines),
        required=lines.required(),
        digests=reader.digests,
        known_packs=shipped_packs(root),
        known_programmes=programmes(root),
        unread=frozenset(unread),
        held=frozenset(reader.held),
    )
    return library, strata, problems


def _by_kind(parts: Mapping[str, Any]) -> dict[Kind, dict[str, Any]]:
    """The records that packs can replace or retire; concerns and strengths are both remarks."""
    named = {
        **{KINDS[model]: name for name, model, _, _ in _LISTS if name != "strengths"},
        **{KINDS[model]: name for name, model, _ in _FOLDERS},
    }
    return {"rule": parts["rules"], **{kind: parts[name] for kind, name in named.items()}}
