"""The data quality report: what was read as what, counts that add up, and what to look at first."""

from __future__ import annotations

from collections.abc import Sequence

from ...library import Library
from ..pupil_data.rows import Account, Refusal
from ..school import SchoolData
from .counts import JudgementCounts
from .model import ColumnRead, DataReport, FileRead, RefusedPart
from .warnings import Looks


def data_report(school: SchoolData, library: Library) -> DataReport:
    """Return the data quality report: the account of every row and column, and the warnings.

    Pupils are named by their pseudonyms; where the folder has no key (see `make_key`) those are
    provisional. Names are given where the school was loaded with them.
    """
    counts = JudgementCounts(school, library)
    looks = Looks(counts)
    files = tuple(_file(account) for account in school.accounts)
    if school.file.pupils is None:
        return DataReport(
            school=school.file.school.name, files=files, pupils=0, years={}, classes={},
            scales={}, counts=(), starts=(), assessments={}, published=tuple(counts.figures()),
            look=tuple(looks.of_published()), pupil_list=(),
        )  # fmt: skip
    return DataReport(
        school=school.file.school.name,
        files=files,
        pupils=len(school.pupils),
        years=counts.years,
        classes=counts.classes,
        scales=counts.scales(),
        counts=tuple(counts.counts()),
        starts=(starts := tuple(counts.starts())),
        assessments=counts.named(starts),
        published=tuple(counts.figures()),
        look=(*looks.of_pupils(), *looks.of_published()),
        pupil_list=tuple(counts.pupils()),
    )


def _file(account: Account) -> FileRead:
    return FileRead(
        name=account.file,
        kind=account.kind,
        rows=account.rows,
        used=account.used,
        refused=_parts(account.refused),
        set_aside=_parts(account.set_aside),
        columns=tuple(ColumnRead(heading=h, read_as=said) for h, said in account.columns if h),
        notes=tuple(account.notes),
    )


def _parts(refusals: Sequence[Refusal]) -> tuple[RefusedPart, ...]:
    return tuple(
        RefusedPart(
            row=r.row,
            column=r.column,
            kind=r.kind,
            reason=r.reason,
            about=r.about,
            mistake=r.mistake,
        )
        for r in sorted(refusals)
    )
