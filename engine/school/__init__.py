"""A school folder in, checked records and the facts that rules read out."""

from __future__ import annotations

from .calendar import DAYS_A_WEEK, Half, Slot, Terms, Timeline, financial_year
from .checks.decision_entries import OVERRIDES
from .checks.field_locations import would_be_written
from .checks.folder_checks import SCHOOL
from .checks.named_in_notes import INSTEAD, NAMES_A_PUPIL, names_a_pupil
from .checks.paths import CALLED
from .checks.plan_requests import dated_events
from .checks.settings import CAPACITY, OPTION
from .checks.start_windows import in_window
from .data_quality.data_doctor import data_report
from .data_quality.model import DataReport, FileRead, RefusedPart
from .earlier_day import as_it_stood
from .entity_facts import entities
from .folder import asked_with, load_data, load_school, main_file, packs_asked
from .indicator_sources import check_sources
from .inspection_history import below_sound
from .kept_tables.phrases import HOLDS_UPN, Wrong
from .kept_tables.table_rows import TableRow, TableRows, TableShape, bytes_of
from .kept_tables.table_text import TableText, only_writer_of
from .model import (
    AgreedPriority,
    BudgetLine,
    ClassRecord,
    CqaFile,
    DaysByPart,
    FolderPath,
    Initiative,
    Person,
    Point,
    QuestionFile,
    SchoolFile,
    SpentLine,
    StaffFile,
    Team,
    Vacancy,
)
from .pupil_data.assessment_points import year_label
from .pupil_data.grades import grade_rank
from .pupil_data.pseudonyms import (
    KEY,
    PSEUDONYM,
    Pseudonyms,
    check_letter,
    hide_upns,
    holds_upn,
    make_key,
    without_upns,
)
from .pupil_data.reassessment import judged_otherwise, latest
from .pupil_data.rows import all_problems
from .pupil_facts import tests_against_others
from .school import Decided, Promise, PupilRead, School
from .school_template import still_to_fill, template
from .school_workbook.workbook_layout import (
    FIELD,
    VALUE,
    WORKBOOK,
    BookField,
    BookTable,
    workbook_layout,
)
from .setting import Setting

__all__ = [
    "FIELD",
    "VALUE",
    "WORKBOOK",
    "BookField",
    "BookTable",
    "workbook_layout",
    "below_sound",
    "QuestionFile",
    "BudgetLine",
    "CALLED",
    "CAPACITY",
    "ClassRecord",
    "AgreedPriority",
    "CqaFile",
    "DAYS_A_WEEK",
    "Initiative",
    "DataReport",
    "DaysByPart",
    "FolderPath",
    "Decided",
    "FileRead",
    "Half",
    "INSTEAD",
    "KEY",
    "NAMES_A_PUPIL",
    "OPTION",
    "PSEUDONYM",
    "Person",
    "Point",
    "Promise",
    "Pseudonyms",
    "PupilRead",
    "RefusedPart",
    "SCHOOL",
    "School",
    "SchoolFile",
    "SpentLine",
    "Setting",
    "TableRow",
    "TableRows",
    "TableShape",
    "TableText",
    "Wrong",
    "asked_with",
    "bytes_of",
    "OVERRIDES",
    "only_writer_of",
    "HOLDS_UPN",
    "Slot",
    "StaffFile",
    "Team",
    "Terms",
    "Timeline",
    "Vacancy",
    "all_problems",
    "as_it_stood",
    "check_letter",
    "check_sources",
    "data_report",
    "dated_events",
    "entities",
    "financial_year",
    "grade_rank",
    "hide_upns",
    "holds_upn",
    "in_window",
    "judged_otherwise",
    "latest",
    "load_data",
    "load_school",
    "main_file",
    "make_key",
    "names_a_pupil",
    "packs_asked",
    "still_to_fill",
    "tests_against_others",
    "template",
    "without_upns",
    "would_be_written",
    "year_label",
]
