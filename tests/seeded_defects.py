"""Defects to be planted in a copy of the shipped rules and knowledge, one at a time: what is edited, what
kind of defect that makes, and where it has to be told.

An edit is a text of a file and what it is replaced with; of a file that isn't there, its whole text. The
line that is expected is that of `at`, a text that stands once in the file it is in when all is edited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from termwise.engine.assurance.static_analysis.model import Kind


@dataclass(frozen=True)
class Edit:
    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Seed:
    name: str
    kind: Kind | Literal["reading", "example"]
    about: str
    """The id of what is told; of one that is refused on reading, a part of the message."""
    at: str
    edits: tuple[Edit, ...]
    where: str = ""
    """The file it is told in, where that isn't the first one edited."""
    other: str = ""
    """The rule that covers it, or that it contradicts."""

    @property
    def file(self) -> str:
        return self.where or self.edits[0].file


DIAGNOSE, RECOMMEND, SHAPE = (
    "rules/base/diagnose",
    "rules/base/recommend",
    "rules/base/shape/school",
)
ITEMS = "knowledge/base/interventions"
CONTACT_HIGH = "knowledge/base/thresholds/money/contact_high.yaml"
INDICATORS = "knowledge/base/indicators.yaml"
PROGRAMME = "knowledge/naht-aspire/programme.yaml"
MEETING = f"{DIAGNOSE}/assessment/data-is-collected-without-a-meeting-that-uses-it.yaml"
OFTEN = f"{DIAGNOSE}/assessment/attainment-data-is-collected-too-many-times-a-year.yaml"
TOO_MANY = f"{DIAGNOSE}/assessment/data-is-collected-more-often-than-it-is-used.yaml"
FILED = f"{DIAGNOSE}/assessment/data-is-entered-and-not-looked-at-again.yaml"
CONTACT = f"{DIAGNOSE}/school/teachers-teach-nearly-all-the-time.yaml"
LOSS = f"{DIAGNOSE}/school/the-budget-plans-a-loss-without-ample-reserves.yaml"
URGENT = f"{DIAGNOSE}/leadership/the-agreed-judgement-calls-for-urgent-work.yaml"
LOW = f"{DIAGNOSE}/leadership/the-agreed-judgement-calls-for-work.yaml"
FRAGILE = f"{DIAGNOSE}/leadership/leadership-is-judged-to-need-urgent-work.yaml"
LIST = f"{DIAGNOSE}/leadership/staff-name-more-initiatives-than-they-can-carry.yaml"
DEVELOPING = f"{RECOMMEND}/pedagogy/a-teacher-whose-practice-is-developing.yaml"
EARLY = f"{RECOMMEND}/pedagogy/an-early-career-teacher-needs-support.yaml"
SUPPORTED = f"{RECOMMEND}/pedagogy/a-teacher-needs-structured-support.yaml"
FINAL_YEAR = f"{RECOMMEND}/pedagogy/the-last-year-group-has-a-developing-teacher.yaml"
ONE_CLASS = f"{RECOMMEND}/pedagogy/one-class-needs-harder-thinking.yaml"
USED = f"{RECOMMEND}/assessment/data-is-entered-and-not-used.yaml"
COLLECTED = f"{RECOMMEND}/assessment/data-is-collected-too-often.yaml"
DOUBTFUL = f"{RECOMMEND}/assessment/doubtful-data-and-no-parallel-class-to-compare-with.yaml"
FEEDBACK = f"{RECOMMEND}/assessment/feedback-does-not-move-learning-on.yaml"
PREMIUM = f"{RECOMMEND}/support/pupils-eligible-for-pupil-premium-are-well-behind.yaml"
NO_YEAR_6 = f"{RECOMMEND}/support/a-cluster-at-risk-in-a-school-without-year-6.yaml"
MOTIVATION = f"{RECOMMEND}/environment/pupils-are-not-motivated.yaml"
WORRY = f"{RECOMMEND}/environment/worry-and-upset-stand-in-the-way-of-learning.yaml"
JUDGED = {
    "assessment": f"{RECOMMEND}/assessment/the-judgement-on-assessment-calls-for-work.yaml",
    "environment": f"{RECOMMEND}/environment/the-judgement-on-the-learning-environment-calls-for-work.yaml",
    "leadership": f"{RECOMMEND}/leadership/the-judgement-on-leadership-calls-for-work.yaml",
    "support": f"{RECOMMEND}/support/the-judgement-on-support-calls-for-work.yaml",
}
BOARD = f"{DIAGNOSE}/leadership/several-places-on-the-governing-board-stand-empty.yaml"
SHORT = f"{RECOMMEND}/leadership/the-board-is-short-of-governors.yaml"
SMALL = f"{SHAPE}/the-school-is-small.yaml"
VERY_SMALL = f"{SHAPE}/the-school-is-very-small.yaml"
SMALL_LOSS = f"{SHAPE}/the-loss-is-small-against-a-years-income.yaml"
JUNIOR = f"{SHAPE}/a-school-that-begins-with-year-3.yaml"
FIRST_WEEKS = "rules/naht-aspire/shape/school/the-first-weeks-in-the-programme.yaml"
LEADERS = f"{SHAPE}/the-plan-must-not-outrun-its-leaders.yaml"
THIN = f"{SHAPE}/lists-of-pupils-are-incomplete.yaml"
WAITS = f"{SHAPE}/tuition-waits-until-judgements-agree.yaml"
INSPECTION = f"{SHAPE}/an-inspection-may-fall-into-the-plan.yaml"
TURNOVER = f"{SHAPE}/many-teachers-are-new.yaml"
MODERATION = f"{SHAPE}/moderation-comes-first.yaml"
LOW_SCORE = "rules/base/screen/pupils/the-test-score-is-low.yaml"
ROLL = "when: {indicator: roll, below: {threshold: small_roll}}"

FOUR_A_YEAR = "{indicator: data_points_a_year, at_least: 4}"


def made_up(name: str, about: str, when: str, outcome: str) -> str:
    """The text of one more rule."""
    return f"""id: {name}
title: A made-up rule that is one too many
status: draft
since: "2026.1"
about: {about}
when: {when}
because: This was made up for a test.
why: To see whether it is found.
{outcome}
limits: It stands in no library.
sources: [house]
examples:
- {{say: One that fires, given: {{}}, expect: fires}}
- {{say: One that is silent, given: {{}}, expect: silent}}
"""


def one(
    name: str, kind: Kind, about: str, at: str, file: str, old: str, new: str, **more: str
) -> Seed:
    """A seed of one edit."""
    return Seed(name, kind, about, at, (Edit(file, old, new),), **more)


def added(name: str, kind: Kind, about: str, at: str, file: str, text: str, **more: str) -> Seed:
    """A seed of one file more."""
    return Seed(name, kind, about, at, (Edit(file, "", text),), **more)


NEVER = (
    one(
        "two figures that exclude each other",
        "never",
        "AFL-05",
        "when:",
        MEETING,
        "{indicator: data_points_a_year, at_least: 2}\n",
        "{indicator: data_points_a_year, at_least: 2}\n  - {indicator: data_points_a_year, at_most: 1}\n",
    ),
    one(
        "no whole number between two",
        "never",
        "AFL-05",
        "when:",
        MEETING,
        "{indicator: data_points_a_year, at_least: 2}\n",
        "{indicator: data_points_a_year, above: 2}\n  - {indicator: data_points_a_year, below: 3}\n",
    ),
    one(
        "a need whose rules say otherwise",
        "never",
        "RPE-05",
        "when:",
        DEVELOPING,
        "  - {need: teacher-developing}\n",
        "  - {need: teacher-developing}\n  - {indicator: teaching_profile, at_most: {grade: urgent}}\n",
    ),
    Seed(
        "a need that no rule finds any more",
        "never",
        "RAF-07",
        "when:",
        (
            Edit(OFTEN, "status: checked", "status: retired"),
            Edit(TOO_MANY, "status: checked", "status: retired"),
        ),
        COLLECTED,
    ),
    one(
        "a concern of another question",
        "never",
        "AFL-04",
        "when:",
        FILED,
        "of: assessment, includes: data-filed",
        "of: leadership, includes: data-filed",
    ),
    one(
        "a threshold above the range",
        "never",
        "SCH-09",
        "when:",
        CONTACT_HIGH,
        "value: 82",
        "value: 101",
        where=CONTACT,
    ),
    one(
        "below the lowest grade",
        "never",
        "LED-02",
        "when:",
        URGENT,
        "at_most: {grade: urgent}",
        "below: {grade: urgent}",
    ),
    one(
        "a group there isn't",
        "never",
        "RSU-06",
        "when:",
        PREMIUM,
        "{indicator: group, is: pp}",
        "{indicator: group, is: premium}",
    ),
    one(
        "a year group there isn't",
        "never",
        "RSU-15",
        "when:",
        NO_YEAR_6,
        'not: {indicator: year_groups, includes: "6"}',
        'indicator: year_groups\n    includes: "14"',
    ),
    one(
        "not known and compared",
        "never",
        "SCH-04",
        "when:",
        LOSS,
        "  - {indicator: in_year_balance, below: 0}\n",
        "  - {indicator: in_year_balance, below: 0}\n  - {indicator: in_year_balance, known: false}\n",
    ),
    one(
        "a need and its opposite",
        "never",
        "SHP-20",
        "when:",
        SMALL_LOSS,
        "  - {need: deficit}\n",
        "  - {need: deficit}\n  - not: {need: deficit}\n",
    ),
    one(
        "a need against what it rests on",
        "never",
        "RAF-02",
        "when:",
        DOUBTFUL,
        "  - {need: small-school}\n",
        "  - {need: small-school}\n  - {indicator: roll, at_least: 200}\n"
        "  - {indicator: teacher_count, at_least: 12}\n",
    ),
    one(
        "a question that is another",
        "never",
        "RSU-16",
        "when:",
        JUDGED["support"],
        "{indicator: question, is: support}",
        "{indicator: question, is: support}\n  - {indicator: question, is: leadership}",
    ),
    one(
        "a screening rule for two bands at once",
        "never",
        "SCR-15",
        "when:",
        LOW_SCORE,
        "  - {indicator: test_score, known: true}\n",
        "  - {indicator: test_score, known: true}\n  - {indicator: test_score, above: 110}\n",
    ),
)
ALWAYS = (
    one(
        "at least the lowest grade",
        "always",
        "LED-02",
        "when:",
        URGENT,
        "at_most: {grade: urgent}",
        "at_least: {grade: urgent}",
    ),
    one(
        "a threshold at the end of the range",
        "always",
        "SCH-09",
        "when:",
        CONTACT_HIGH,
        "value: 82",
        "value: 30",
        where=CONTACT,
    ),
    one(
        "every phase there is",
        "always",
        "SHP-09",
        "when:",
        JUNIOR,
        "is: junior",
        "one_of: [primary, infant, junior, first, middle]",
    ),
    one(
        "one side or the other",
        "always",
        "SHP-16",
        "when:",
        TURNOVER,
        "when:\n  all:\n  - {indicator: staff_turnover, at_least: {threshold: turnover_high}}\n  - any:\n"
        "    - {indicator: teacher_count, at_least: {threshold: teachers_few}}\n"
        "    - {indicator: staff_turnover, at_least: {threshold: turnover_high_of_few}}\n",
        "when: {any: [{indicator: staff_turnover, at_least: 20}, {indicator: staff_turnover, below: 20}]}\n",
    ),
    one(
        "known or not",
        "always",
        "SHP-13",
        "when:",
        INSPECTION,
        "  - {indicator: inspection_due, is: true}",
        "  - {any: [{indicator: inspection_due, known: true}, {indicator: inspection_due, known: false}]}",
    ),
)
COVERED = (
    added(
        "the same again under another id",
        "covered",
        "RAF-61",
        "when:",
        f"{RECOMMEND}/assessment/made-up.yaml",
        made_up(
            "RAF-61",
            "school",
            "{need: feedback-weak}",
            "recommend:\n- {intervention: effective-feedback, strength: strong}",
        ),
        other="RAF-06",
    ),
    added(
        "narrower and weaker",
        "covered",
        "RAF-62",
        "when:",
        f"{RECOMMEND}/assessment/made-up.yaml",
        made_up(
            "RAF-62",
            "school",
            "{all: [{need: feedback-weak}, {indicator: phase, is: infant}]}",
            "recommend:\n- {intervention: effective-feedback, strength: slight}",
        ),
        other="RAF-06",
    ),
    added(
        "a lower figure for the same need",
        "covered",
        "SUP-61",
        "when:",
        f"{DIAGNOSE}/support/made-up.yaml",
        made_up(
            "SUP-61",
            "school",
            "{indicator: pp_share, at_least: 90}",
            "diagnose: {need: disadvantage-high}",
        ),
        other="SUP-13",
    ),
    added(
        "through the rules that find a need",
        "covered",
        "RLD-61",
        "when:",
        f"{RECOMMEND}/leadership/made-up.yaml",
        made_up(
            "RLD-61",
            "school",
            "{indicator: initiatives_running, at_least: 35}",
            "recommend:\n- {intervention: initiative-review, strength: moderate}",
        ),
        other="RPR-05",
    ),
    added(
        "a question's rule by a narrower one",
        "covered",
        "RSU-61",
        "when:",
        f"{RECOMMEND}/support/made-up.yaml",
        made_up(
            "RSU-61",
            "question",
            "{all: [{indicator: question, is: support}, {need: judgement-urgent}]}",
            "recommend:\n- {intervention: provision-review, strength: slight}",
        ),
        other="RSU-16",
    ),
    Seed(
        "an exception that was taken out",
        "covered",
        "RPE-09",
        "when:",
        (
            Edit(
                DEVELOPING,
                "  all:\n  - {need: teacher-developing}\n  - not: {need: small-school}\n",
                "  all:\n  - {need: teacher-developing}\n",
            ),
            Edit(FINAL_YEAR, "strength: moderate, urgent: 4", "strength: moderate"),
        ),
        where=FINAL_YEAR,
        other="RPE-05",
    ),
    added(
        "a looser limit on the plan",
        "covered",
        "SHP-61",
        "when:",
        f"{SHAPE}/made-up.yaml",
        made_up(
            "SHP-61",
            "school",
            "{indicator: roll, below: 60}",
            "shape: {new_starts: 6, planned_share: 0.9}",
        ),
        other="SHP-01",
    ),
    added(
        "a class's rule by the school's",
        "covered",
        "RPE-61",
        "when:",
        f"{RECOMMEND}/pedagogy/made-up.yaml",
        made_up(
            "RPE-61",
            "teacher",
            "{all: [{need: teaching-uneven}, {indicator: early_career, is: true}]}",
            "recommend:\n- {intervention: quality-framework, strength: moderate}",
        ),
        other="RPE-03",
    ),
)
CONTRADICTIONS = (
    one(
        "for and against in one rule",
        "contradiction",
        "RAF-06",
        "advise_against:",
        FEEDBACK,
        "- {intervention: effective-feedback, strength: strong}\n",
        "- {intervention: effective-feedback, strength: strong}\n"
        "advise_against: [{intervention: effective-feedback, strength: strong}]\n",
        other="RAF-06",
    ),
    added(
        "against on the same ground",
        "contradiction",
        "RAF-63",
        "{intervention: effective-feedback",
        f"{RECOMMEND}/assessment/made-up.yaml",
        made_up(
            "RAF-63",
            "school",
            "{need: feedback-weak}",
            "advise_against:\n- {intervention: effective-feedback, strength: strong}",
        ),
        other="RAF-06",
    ),
    one(
        "against the same teachers, in other words",
        "contradiction",
        "RPE-08",
        "{intervention: structured-teacher-support",
        EARLY,
        "  all:\n  - {need: teacher-needs-support}\n  - {indicator: early_career, is: true}\n",
        "  all:\n  - {indicator: teaching_profile, at_most: {grade: urgent}}\n",
        other="RPE-04",
    ),
    added(
        "against wherever the other speaks for it",
        "contradiction",
        "RPR-63",
        "{intervention: initiative-review",
        f"{RECOMMEND}/programme/made-up.yaml",
        made_up(
            "RPR-63",
            "school",
            "{indicator: initiatives_running, at_least: 20}",
            "advise_against:\n- {intervention: initiative-review, strength: strong}",
        ),
        other="RPR-05",
    ),
    one(
        "left out, and must be in",
        "contradiction",
        "SHP-02",
        "leave_out:",
        VERY_SMALL,
        "leave_out: [middle-leader-development]",
        "leave_out: [extra-leadership-capacity]",
        other="SHP-07",
    ),
    one(
        "not before the day it has to have begun",
        "contradiction",
        "SHP-12",
        "{intervention: behaviour-routines, part: spr1}",
        THIN,
        "  - {intervention: learning-sequences, part: second}\n",
        "  - {intervention: behaviour-routines, part: spr1}\n",
        other="SHP-18",
    ),
    one(
        "a must that comes too soon",
        "contradiction",
        "SHP-11",
        "{intervention: targeted-tuition, part: third}",
        MODERATION,
        "  - {intervention: accurate-assessment, part: first}\n",
        "  - {intervention: accurate-assessment, part: first}\n"
        "  - {intervention: targeted-tuition, part: aut1}\n",
        where=WAITS,
        other="SHP-19",
    ),
    one(
        "each in the place of the other",
        "contradiction",
        "SHP-02",
        "{intervention: achievement-team-whole-staff, by: achievement-teams}",
        VERY_SMALL,
        "  - {intervention: strand-leads, by: shared-leadership}\n",
        "  - {intervention: achievement-team-whole-staff, by: achievement-teams}\n",
        other="SHP-01",
    ),
    one(
        "must be in, and always replaced",
        "contradiction",
        "SHP-04",
        "replace: [{intervention: strand-leads",
        FIRST_WEEKS,
        "  start_by:\n",
        "  replace: [{intervention: strand-leads, by: shared-leadership}]\n  start_by:\n",
        other="SHP-04",
    ),
    one(
        "replaced by what is left out",
        "contradiction",
        "SHP-07",
        "leave_out:",
        LEADERS,
        "leave_out: [framework-in-appraisal]",
        "leave_out: [coaching-pairs]",
        other="SHP-02",
    ),
)
GAPS = (
    one(
        "nothing for a weak learning environment",
        "gap",
        "environment",
        "{id: environment",
        JUDGED["environment"],
        "{indicator: question, is: environment}",
        "{indicator: question, is: leadership}",
        where=PROGRAMME,
    ),
    one(
        "only where something else is known too",
        "gap",
        "assessment",
        "{id: assessment",
        JUDGED["assessment"],
        "  - {need: judgement-low}\n",
        "  - {need: judgement-low}\n  - {indicator: roll, at_least: 100}\n",
        where=PROGRAMME,
    ),
    one(
        "nothing for a judgement just below good enough",
        "gap",
        "support",
        "{id: support",
        JUDGED["support"],
        "{need: judgement-low}",
        "{need: judgement-urgent}",
        where=PROGRAMME,
    ),
    one(
        "a rule that only speaks for another strand",
        "gap",
        "environment",
        "{id: environment",
        JUDGED["environment"],
        "- {intervention: core-values, strength: moderate}\n"
        "- {intervention: behaviour-routines, strength: moderate}\n"
        "- {intervention: pupil-leadership, strength: slight}\n",
        "- {intervention: oral-language, strength: moderate}\n",
        where=PROGRAMME,
    ),
)
UNUSED = (
    one(
        "asked of schools and read by no rule",
        "unused",
        "lunch_clubs",
        "{id: lunch_clubs",
        INDICATORS,
        "- {id: in_place,",
        "- {id: lunch_clubs, about: school, title: clubs at lunch, type: count, range: [0, 40], from: school}\n"
        "- {id: in_place,",
    ),
    Seed(
        "its only rule reads another now",
        "unused",
        "governor_vacancies",
        "{id: governor_vacancies,",
        tuple(
            Edit(
                file,
                "{indicator: governor_vacancies, at_least",
                "{indicator: senior_vacancies, at_least",
            )
            for file in (BOARD, SHORT)
        )
        + tuple(Edit(file, "{governor_vacancies}", "{senior_vacancies}") for file in (BOARD, SHORT))
        + tuple(
            Edit(file, "{governor_vacancies: ", "{senior_vacancies: ") for file in (BOARD, SHORT)
        ),
        INDICATORS,
    ),
    one(
        "counted for nobody",
        "unused",
        "classes_watched",
        "- id: classes_watched",
        "knowledge/base/aggregates.yaml",
        "- id: count_at_risk\n",
        "- id: classes_watched\n  about: school\n  title: classes that are watched\n  type: count\n"
        "  from: aggregate\n  aggregate: {kind: count, of: class-subject, where: {need: class-at-risk}}\n"
        "- id: count_at_risk\n",
    ),
    one(
        "in no published table",
        "unused",
        "published_clubs",
        "{id: published_clubs",
        INDICATORS,
        "- {id: published_roll,",
        "- {id: published_clubs, about: school, title: clubs, type: yes-no, from: published}\n"
        "- {id: published_roll,",
    ),
)
UNREACHABLE = (
    one(
        "no rule asks for it",
        "unreachable",
        "pupil-motivation",
        "id: pupil-motivation",
        MOTIVATION,
        "- {intervention: pupil-motivation, strength: strong}\n",
        "",
        where=f"{ITEMS}/environment/pupil-motivation.yaml",
    ),
    one(
        "its only rule can never fire",
        "unreachable",
        "pupil-motivation",
        "id: pupil-motivation",
        MOTIVATION,
        "when: {need: motivation-low}",
        "when: {all: [{need: motivation-low}, {not: {need: motivation-low}}]}",
        where=f"{ITEMS}/environment/pupil-motivation.yaml",
    ),
    one(
        "a duty no more",
        "unreachable",
        "governance-review",
        "id: governance-review",
        f"{ITEMS}/duties/governance-review.yaml",
        "duty: {every_years: 3, part: sum2, because:",
        "suits: {because:",
    ),
    one(
        "asked for only where it is unsuitable",
        "unreachable",
        "early-language",
        "id: early-language",
        f"{ITEMS}/pedagogy/early-language.yaml",
        "suits: {years: [R],",
        "suits: {roll_from: 4000,",
    ),
    Seed(
        "what needed it needs it no more",
        "unreachable",
        "achievement-team-leaders",
        "id: achievement-team-leaders",
        (
            Edit(
                f"{ITEMS}/assessment/achievement-teams.yaml",
                "requires: [achievement-team-leaders]",
                "requires: []",
            ),
            Edit(USED, "- {intervention: achievement-team-leaders, strength: strong}\n", ""),
        ),
        f"{ITEMS}/leadership/achievement-team-leaders.yaml",
    ),
)
UNMET = (
    one(
        "for schools of another size",
        "unmet",
        "middle-leader-development",
        "requires:",
        f"{ITEMS}/leadership/middle-leader-development.yaml",
        "requires: [strand-leads]",
        "suits: {roll_from: 200}\nrequires: [shared-leadership]",
    ),
    Seed(
        "for schools of another phase",
        "unmet",
        "link-governors",
        "requires:",
        (
            Edit(
                f"{ITEMS}/leadership/link-governors.yaml",
                "requires: [governor-development]",
                "suits: {phases: [infant]}\nrequires: [governor-development]",
            ),
            Edit(
                f"{ITEMS}/leadership/governor-development.yaml",
                "strand: leadership",
                "strand: leadership\nsuits: {phases: [junior, middle]}",
            ),
        ),
    ),
    added(
        "left out wherever what needs it is asked for",
        "unmet",
        "link-governors",
        "requires:",
        f"{SHAPE}/made-up.yaml",
        made_up(
            "SHP-63",
            "school",
            "{need: governance-light}",
            "shape: {leave_out: [governor-development]}",
        ),
        where=f"{ITEMS}/leadership/link-governors.yaml",
    ),
    one(
        "excluded by what needs it",
        "unmet",
        "lesson-visits",
        "requires:",
        f"{ITEMS}/pedagogy/lesson-visits.yaml",
        "requires: [quality-framework]",
        "excludes: [quality-framework]\nrequires: [quality-framework]",
    ),
    one(
        "another form of the same",
        "unmet",
        "coaching-pairs",
        "requires:",
        f"{ITEMS}/pedagogy/coaching-pairs.yaml",
        "requires: [quality-framework]",
        "requires: [coaching-cycles]",
    ),
    one(
        "none of those of which one is needed",
        "unmet",
        "achievement-team-cycle",
        "requires_one_of:",
        f"{ITEMS}/assessment/achievement-team-cycle.yaml",
        "requires_one_of: [[achievement-teams, achievement-team-whole-staff, achievement-team-first-meetings]]",
        "suits: {roll_from: 200}\nrequires_one_of: [[shared-leadership, achievement-team-whole-staff]]",
    ),
    Seed(
        "two that no school can have both of",
        "unmet",
        "framework-goals-in-teams",
        "requires:",
        (
            Edit(
                f"{ITEMS}/pedagogy/quality-framework.yaml",
                "requires: []",
                "requires: []\nsuits: {roll_from: 300}",
            ),
            Edit(
                f"{ITEMS}/assessment/achievement-team-cycle.yaml",
                "requires: []",
                "requires: []\nsuits: {roll_to: 250}",
            ),
        ),
        f"{ITEMS}/pedagogy/framework-goals-in-teams.yaml",
    ),
    one(
        "two that exclude each other",
        "unmet",
        "framework-goals-in-teams",
        "requires:",
        f"{ITEMS}/assessment/achievement-team-cycle.yaml",
        "requires: []",
        "requires: []\nexcludes: [quality-framework]",
        where=f"{ITEMS}/pedagogy/framework-goals-in-teams.yaml",
    ),
)


def refused(name: str, says: str, at: str, file: str, old: str, new: str, where: str = "") -> Seed:
    """A seed that is told before rules are held against each other."""
    return Seed(name, "reading", says, at, (Edit(file, old, new),), where)


READING = (
    refused(
        "a misspelt indicator",
        "unknown indicator “data_point_a_year”",
        "data_point_a_year, above",
        OFTEN,
        "indicator: data_points_a_year",
        "indicator: data_point_a_year",
    ),
    refused(
        "a misspelt intervention",
        "unknown intervention “effective-feedbak”",
        "effective-feedbak",
        FEEDBACK,
        "effective-feedback",
        "effective-feedbak",
    ),
    refused(
        "a misspelt need",
        "unknown need “feedback-weka”",
        "feedback-weka",
        FEEDBACK,
        "{need: feedback-weak}",
        "{need: feedback-weka}",
    ),
    refused(
        "a misspelt threshold",
        "unknown threshold “data_drop_high”",
        "data_drop_high",
        OFTEN,
        "threshold: data_drops_high",
        "threshold: data_drop_high",
    ),
    refused(
        "a text where yes or no is compared",
        "is yes or no",
        "inspection_due, is: often",
        INSPECTION,
        "  - {indicator: inspection_due, is: true}",
        "  - {indicator: inspection_due, is: often}",
    ),
    refused(
        "an order of what has none",
        "has no order",
        "phase, at_least",
        JUNIOR,
        "when: {indicator: phase, is: junior}",
        "when: {indicator: phase, at_least: junior}",
    ),
    refused(
        "a figure off the range",
        "outside the range",
        "at_least: 2000",
        MEETING,
        "data_points_a_year, at_least: 2}",
        "data_points_a_year, at_least: 2000}",
    ),
    refused(
        "a grade off the scale",
        "unknown anchor",
        "{grade: dire}",
        URGENT,
        "{grade: urgent}",
        "{grade: dire}",
    ),
    refused(
        "good enough, and no anchor",
        "unknown anchor “sure”",
        "good_enough: sure",
        "knowledge/base/scales/cqa-four-level.yaml",
        "good_enough: secure",
        "good_enough: sure",
    ),
    refused(
        "a question left out",
        "is about a question",
        "concerns, includes: data-filed",
        FILED,
        "concerns, of: assessment, includes",
        "concerns, includes",
    ),
    Seed(
        "a circle of needs",
        "reading",
        "needs go in a circle",
        "when:",
        (
            Edit(
                LIST,
                "when: {indicator: concerns, of: leadership, includes: initiatives-many}",
                "when: {any: [{need: leadership-fragile}, {need: too-many-initiatives}]}",
            ),
        ),
    ),
    refused(
        "an outcome of another stratum",
        "stands in rules/base/recommend/",
        "id: RAF-06",
        FEEDBACK,
        "recommend:\n- {intervention: effective-feedback, strength: strong}",
        "diagnose: {need: assessment-overload}",
    ),
    refused(
        "a screening rule that reads a need",
        "can't read needs",
        "{need: feedback-weak}",
        LOW_SCORE,
        "  - {indicator: test_score, known: true}\n",
        "  - {need: feedback-weak}\n",
    ),
    refused(
        "an id used twice",
        "is used twice",
        "id: LED-01",
        URGENT,
        "id: LED-02",
        "id: LED-01",
        where=LOW,
    ),
    refused(
        "a prerequisite in a circle",
        "prerequisites go in a circle",
        "requires: [coaching-pairs]",
        f"{ITEMS}/pedagogy/quality-framework.yaml",
        "requires: []",
        "requires: [coaching-pairs]",
    ),
)
EXAMPLES = (
    Seed(
        "an example that comes out otherwise",
        "example",
        "fires, expected: silent",
        "- say: One collection a year",
        (Edit(MEETING, "given: {data_points_a_year: 1,", "given: {data_points_a_year: 3,"),),
    ),
    Seed(
        "a threshold moved past an example",
        "example",
        "expected: fires",
        "- say: Two collections a year",
        (Edit(MEETING, "{indicator: data_points_a_year, at_least: 2}", FOUR_A_YEAR),),
    ),
)
SEEDS = (
    *NEVER,
    *ALWAYS,
    *COVERED,
    *CONTRADICTIONS,
    *GAPS,
    *UNUSED,
    *UNREACHABLE,
    *UNMET,
    *READING,
    *EXAMPLES,
)
