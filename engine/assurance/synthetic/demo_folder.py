"""A made-up school as a whole folder: what the school says of itself, its pupils' files, and the
truth."""

from __future__ import annotations

import hashlib
import json
import pathlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from ...core import Content, UnknownNameError, fill_folder
from ...library import Library
from ...school import KEY, Pseudonyms, template
from .ctf_file import transfer_file
from .demo_school import ModelSchool, load_demo, make_school
from .ground_truth import Found, at_risk_reasons, truths
from .model import Demo
from .pupil_tables import Writer
from .yaml_files import cqa_file, school_file, staff_file

CTF = "ctf"
TRUTH = "truth.json"


@dataclass(frozen=True)
class DemoReport:
    """The files that were written, by name in order, and what is true of the pupils in them."""

    folder: pathlib.Path
    files: tuple[str, ...]
    pupils: int
    classes: int
    rows: Mapping[str, int]
    """By pupil file: its rows about pupils."""
    at_risk: int
    """Pupils' subjects that are truly at risk."""
    made: Mapping[str, int]
    """By reason: pupils whose judgements were made for it."""


def shapes(library: Library) -> tuple[str, ...]:
    """The shapes in which made-up pupils can be written."""
    return (*library.exports, CTF)


def make_demo(
    folder: pathlib.Path, library: Library, *, seed: int, pupils: int, classes: int, shape: str
) -> DemoReport:
    """Writes a made-up school into a new or empty folder: the same for the same seed, numbers and
    shape.

    `pupils` are those in the files; the children who start in September come on top, on roll only.
    Raises UnknownNameError for a shape that is not there, ValueError for numbers no school has, and
    FileExistsError where the folder holds anything: nobody's files are written over. OSError where it
    can't be written; then nothing is.
    """
    if shape not in shapes(library):
        raise UnknownNameError("shape", shape, shapes(library))
    demo = load_demo()
    school = make_school(demo, library, seed, pupils, classes)
    export = library.exports[demo.beside_ctf if shape == CTF else shape]
    writer = Writer(demo, library, export)
    table = writer.table(school)
    ending, content = writer.file(table)
    if shape == CTF:
        tables = {f"pupils-tracking.{ending}": (content, len(table.rows))}
        tables["pupils.xml"] = (transfer_file(demo, library, school), len(school.pupils))
    else:
        tables = {f"pupils.{ending}": (content, len(table.rows))}

    key = hashlib.sha256(
        f"demo {seed}".encode()
    ).digest()  # from the seed, so that the truth is, too
    texts: dict[str, bytes] = {name: data for name, (data, _) in tables.items()}
    for name, record in (
        ("school.yaml", school_file(demo, library, school, seed, tuple(tables))),
        ("cqa.yaml", cqa_file(demo, library, school, seed)),
        ("staff.yaml", staff_file(demo, library, school, seed)),
    ):
        texts[name] = _yaml(record)
    texts[".gitignore"] = template(library)[".gitignore"].encode()
    known = truths(
        demo,
        library,
        school,
        national=shape == CTF,
        pathways="own_pathway" in export.columns,
        starts=table.starts,
    )
    found: dict[str, Any] = {"seed": seed, "shape": shape, "pupils": pupils, "classes": classes}
    pseudonyms = Pseudonyms(folder, demo.school.id, key)
    found |= _truth(pseudonyms, demo, library, school, tuple(known))
    texts[TRUTH] = (json.dumps(found, indent=1) + "\n").encode()
    files = {name: Content(data) for name, data in texts.items()}
    fill_folder(folder, {KEY: Content(f"{key.hex()}\n".encode("ascii"), 0o600), **files})
    return DemoReport(
        folder,
        tuple(sorted([*texts, KEY])),
        len(school.pupils),
        len(school.classes),
        {name: rows for name, (_, rows) in tables.items()},
        len({(item["pupil"], item["subject"]) for item in found["at_risk"]}),
        dict(sorted(Counter(item["reason"] for item in found["made"]).items())),
    )


def _truth(
    pseudonyms: Pseudonyms,
    demo: Demo,
    library: Library,
    school: ModelSchool,
    found: tuple[Found, ...],
) -> dict[str, Any]:
    """Give what holds for the pupils, under their pseudonyms."""
    gravest = at_risk_reasons(library)

    def shown(upn: str, subject: str, reason: str) -> dict[str, str]:
        return {"pupil": pseudonyms.of("upn", upn), "subject": subject, "reason": reason}

    true = set(found)
    return {
        "subjects": list(demo.subjects),
        "points": [point.id for point in demo.points],
        "at_risk": [shown(*item) for item in found if item.reason in gravest],
        "made": [shown(*item) for item in school.made if item in true],
    }


def _yaml(record: Mapping[str, Any]) -> bytes:
    text = yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=110)
    return f"# A made-up school: nobody in it is real.\n{text}".encode()
