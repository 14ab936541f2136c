"""A batch: every school below a folder is planned by itself, what is planned is kept, and a run that was
stopped goes on where it was."""

from __future__ import annotations

import functools
import hashlib
import pathlib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed

from pydantic import ValidationError

from ..advise import advise
from ..core import (
    VERSION,
    Content,
    ContentError,
    Mistake,
    Place,
    TermwiseError,
    UnknownNameError,
    write_whole,
)
from ..library import Library, PacksAsked, load_library
from ..planning import Plan, plan_hash
from ..school import load_school, packs_asked
from . import phrases
from .model import (
    BatchPlans,
    Effort,
    PlannedFinding,
    PlannedPriority,
    PlannedSchool,
    PlannedStep,
    SchoolPart,
)

SCHOOL_FILE = "school.yaml"
Told = Callable[[int, int], None]


def plan_batch(
    folder: pathlib.Path,
    kept: pathlib.Path,
    executor: Executor,
    effort: Effort = "full",
    told: Told = lambda done, of: None,
) -> BatchPlans:
    """Plan every school whose folder stands in `folder`, each as `advise` plans it alone.

    `kept` is a folder of parts, one for each school as soon as it is planned, named by its files, the
    content and the effort: what is kept is not planned again. `executor` is any that runs functions of
    modules (threads, processes, another library's); `told` is told how many of how many are done. A
    school that can't be planned is a row with its error. Raises TermwiseError where no school stands in
    the folder or a worker ended before its time, and ContentError where two schools have one id.
    """
    names = school_folders(folder)
    parts: dict[str, SchoolPart] = {}
    waiting: dict[Future[SchoolPart], str] = {}
    planned = 0
    for name in names:
        place = kept / f"{inputs_of(folder / name, effort)}.json"
        part = _kept(place)
        if part is not None:
            parts[name] = part.model_copy(
                update={"row": part.row.model_copy(update={"folder": name})}
            )
        else:
            waiting[executor.submit(planned_school, folder, name, effort)] = name
    told(len(parts), len(names))
    try:
        for future in as_completed(waiting):
            try:
                part = future.result()
            except BrokenExecutor:
                continue  # others may have ended well before it
            kept.mkdir(parents=True, exist_ok=True)
            text = part.model_dump_json(indent=1) + "\n"
            write_whole(kept / f"{part.inputs}.json", Content(text.encode()))
            parts[waiting[future]] = part
            planned += 1
            told(len(parts), len(names))
    finally:
        for future in waiting:
            future.cancel()
    if len(parts) < len(names):
        raise TermwiseError(phrases.worker_ended(len(parts), len(names)))
    found = [parts[name] for name in names]
    _each_once(found)
    return BatchPlans(
        schools=tuple(part.row for part in found),
        steps=tuple(step for part in found for step in part.steps),
        priorities=tuple(one for part in found for one in part.priorities),
        findings=tuple(one for part in found for one in part.findings),
        planned_now=planned,
    )


def school_folders(folder: pathlib.Path) -> tuple[str, ...]:
    """List the folders in a folder that hold a school, by name. Raises TermwiseError where there is none."""
    try:
        found = sorted(entry.name for entry in folder.iterdir() if (entry / SCHOOL_FILE).is_file())
    except OSError:
        found = []
    if not found:
        raise TermwiseError(phrases.no_school(folder))
    return tuple(found)


def inputs_of(folder: pathlib.Path, effort: Effort) -> str:
    """Give the SHA-256 of all that a school's plan rests on: its files, the content, how it is planned."""
    told = hashlib.sha256(f"{VERSION}|{effort}".encode())
    try:
        library = library_of(folder)
        for pack in library.packs:
            told.update(f"|{pack.id}|{library.fingerprint(pack.id)}".encode())
    except TermwiseError as error:  # told in the school's row
        told.update(f"|{error}".encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            told.update(f"|{path.relative_to(folder).as_posix()}|{digest}".encode())
    return told.hexdigest()


def planned_school(folder: pathlib.Path, name: str, effort: Effort) -> SchoolPart:
    """Plan one school of a batch; what is wrong with it is its row's error."""
    inputs = inputs_of(folder / name, effort)
    began = time.process_time()
    try:
        library = library_of(folder / name)
        plan = advise(load_school(folder / name, library), library).plan
    except ContentError as error:
        return _failed(inputs, name, effort, phrases.problems(error.problems))
    except TermwiseError as error:
        return _failed(inputs, name, effort, str(error))
    return _told(plan, inputs, name, effort, time.process_time() - began)


def _told(plan: Plan, inputs: str, name: str, effort: Effort, seconds: float) -> SchoolPart:
    school = plan.school.id
    proof = plan.proof
    steps = tuple(
        PlannedStep(
            school=school,
            step=step.id,
            intervention=step.intervention,
            starts=step.starts,
            pounds=sum(cost.pounds for cost in step.cost),
            days=round(sum(effort.days for effort in step.effort), 1),
            serves=step.serves,
        )
        for step in plan.steps
    )
    fired = Counter(finding.rule for finding in plan.findings)
    row = PlannedSchool(
        school=school,
        folder=name,
        status=proof.status,
        objective=proof.objective,
        bound=proof.bound,
        gap=proof.gap,
        effort=effort,
        steps=len(steps),
        pounds=sum(use.planned for use in plan.budget),
        days=round(sum(step.days for step in steps), 1),
        seconds=round(seconds, 2),
        plan=plan_hash(plan),
    )
    return SchoolPart(
        inputs=inputs,
        row=row,
        steps=steps,
        priorities=tuple(
            PlannedPriority(
                school=school,
                priority=one.id,
                title=one.title,
                steps=len(one.covered_by),
                covered=one.uncovered is None,
            )
            for one in plan.priorities
            if one.agreed
        ),
        findings=tuple(
            PlannedFinding(school=school, rule=rule, times=fired[rule]) for rule in sorted(fired)
        ),
    )


def _failed(inputs: str, name: str, effort: Effort, error: str) -> SchoolPart:
    row = PlannedSchool(school="", folder=name, status="error", effort=effort, error=error)
    return SchoolPart(inputs=inputs, row=row)


def library_of(folder: pathlib.Path) -> Library:
    """Load the library a school's folder asks for: what comes with termwise is read once in a process."""
    asked = packs_asked(folder)
    try:
        if asked.trust or asked.school or asked.own_steps:
            return load_library(asked=asked)
        return _shipped(asked.programme, asked.packs)
    except UnknownNameError:
        return _shipped(None, ())  # the school's row tells of it, when its folder is read


@functools.lru_cache(maxsize=4)
def _shipped(programme: str | None, packs: tuple[str, ...]) -> Library:
    """Read what comes with termwise once for the schools of a worker that ask for the same of it."""
    return load_library(asked=PacksAsked(programme, packs))


def _kept(place: pathlib.Path) -> SchoolPart | None:
    """Return what was kept of a school; nothing where the part is damaged: it is then planned anew."""
    try:
        part = SchoolPart.model_validate_json(place.read_bytes())
    except (OSError, ValidationError):
        return None
    return part if part.inputs == place.stem else None


def _each_once(parts: Sequence[SchoolPart]) -> None:
    folders: dict[str, list[str]] = {}
    for part in parts:
        if part.row.school:
            folders.setdefault(part.row.school, []).append(part.row.folder)
    problems = [
        Mistake(Place(f"{twice}/{SCHOOL_FILE}"), *phrases.same_id(school, first))
        for school, (first, *others) in sorted(folders.items())
        for twice in others
    ]
    if problems:
        raise ContentError(problems)
