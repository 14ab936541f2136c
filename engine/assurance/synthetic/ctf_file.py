"""Made-up pupils as a Common Transfer File: who they are, and their results of national
assessments."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ...library import Library
from .demo_school import ModelSchool, Pupil
from .model import Demo
from .results import DemoResult


def transfer_file(demo: Demo, library: Library, school: ModelSchool) -> bytes:
    """The bytes of the file: the same for the same school."""
    root = Element("CTfile")
    starts = demo.plan.starts
    header = _under(
        root,
        "Header",
        DocumentName="Common Transfer File",
        CTFversion=demo.ctf.version,
        DateTime=f"{starts:%Y-%m-%d}T09:00:00",
        DocumentQualifier="partial",
        SupplierID=demo.ctf.supplier,
    )
    _under(
        header,
        "SourceSchool",
        LEA=demo.school.authority,
        Estab=demo.school.establishment,
        SchoolName=demo.school.name,
        AcademicYear=str(starts.year),
    )
    pupils = _under(root, "CTFpupilData")
    for pupil in school.pupils:
        _pupil(pupils, demo, library, pupil)
    indent(root)
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _under(parent: Element, tag: str, **children: str) -> Element:
    element = SubElement(parent, tag)
    for name, text in children.items():
        SubElement(element, name).text = text
    return element


def _pupil(parent: Element, demo: Demo, library: Library, pupil: Pupil) -> None:
    element = _under(
        parent,
        "Pupil",
        UPN=pupil.upn,
        Surname=pupil.surname,
        Forename=pupil.forename,
        DOB=pupil.born.isoformat(),
        Sex=pupil.sex,
    )
    _under(element, "BasicDetails", NCyearActual=pupil.year)
    by_stage: dict[str, list[DemoResult]] = {}
    for result in pupil.results:
        stage = library.assessments[result.assessment].stages[0]
        by_stage.setdefault(stage, []).append(result)
    if not by_stage:
        return
    stages = _under(element, "StageAssessments")
    for stage, results in by_stage.items():
        key_stage = _under(stages, "KeyStage", Stage=stage)
        for result in results:
            _result(key_stage, demo, library, result)


def _result(parent: Element, demo: Demo, library: Library, result: DemoResult) -> None:
    parts = library.assessments[result.assessment].components
    code = next(part.transfer[0] for part in parts if part.id == result.component)
    subject, _, component = code.partition("/")
    scale = library.scales[result.scale]
    grades = {grade.id: grade for grade in scale.grades}
    text = result.text
    if text in grades:  # its code where it has one, else its number
        text = text.upper() if len(text) <= 3 else str(grades[text].value)
    _under(
        parent,
        "StageAssessment",
        Locale=demo.ctf.locale,
        Year=str(int(result.year[:4]) + 1),
        Subject=subject,
        Method=demo.ctf.method,
        Component=component or subject,
        ResultStatus=demo.ctf.status,
        ResultQualifier="NM" if scale.numbers else "NR",
        Result=text,
    )
