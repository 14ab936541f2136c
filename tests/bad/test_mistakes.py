"""One mistake at a time is planted in the shipped content: the message says where and what to do.

A mistake is a text of a file and what it is replaced with. The place that is expected is that of
`at`, a text that stands once in the file once the mistake is in it.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from termwise.engine.assurance.rule_testing.examples import check_examples
from termwise.engine.core.errors import ContentError, Mistake
from termwise.engine.library.load_checked import load_library

RULE = "rules/base/diagnose/leadership/governors-accept-what-they-are-told.yaml"
SCREEN = "rules/base/screen/pupils/below-expected-at-the-latest-point.yaml"
ITEM = "knowledge/base/interventions/assessment/accurate-assessment.yaml"
FIRST_WEEKS = "rules/naht-aspire/shape/school/the-first-weeks-in-the-programme.yaml"
COSTS = "knowledge/base/costs.yaml"
SEQUENCES = "knowledge/base/interventions/assessment/learning-sequences.yaml"
PHONICS = "knowledge/base/interventions/pedagogy/systematic-phonics.yaml"
TEST_BOUND = "knowledge/base/interventions/assessment/accelerating-progress-start.yaml"
ORDERED = "knowledge/base/interventions/assessment/teacher-commitments.yaml"
PAIRED = "knowledge/base/interventions/pedagogy/learning-conversations.yaml"
SERIES = "knowledge/naht-aspire/interventions/leadership/network-days.yaml"
ONCE_LIGHT = "knowledge/base/interventions/leadership/governor-development.yaml"
YEARLY = "knowledge/base/interventions/duties/safeguarding-review.yaml"
SELDOM = "knowledge/base/interventions/duties/accessibility-plan.yaml"
ATTENDANCE = "knowledge/base/interventions/support/attendance-improvement.yaml"
GOALS = "knowledge/base/goals.yaml"
MATHS = "knowledge/base/interventions/assessment/accelerating-progress-maths.yaml"
CYCLE = "knowledge/base/interventions/assessment/achievement-team-cycle.yaml"
READING = "knowledge/base/skills/reading.yaml"
SCREENING = "knowledge/base/screening.yaml"
UNREAD = "rules/base/diagnose/assessment/feedback-differs-and-is-not-acted-on.yaml"
ABSENT = "knowledge/base/thresholds/attendance/absence_national.yaml"
ABSENT_LINE = "knowledge/base/thresholds/attendance/absence_high.yaml"
REVIEW = "knowledge/base/interventions/support/provision-review.yaml"
INDICATORS = "knowledge/base/indicators.yaml"
LONG_TABLE = "knowledge/base/reading/published/ks2-long.yaml"
INSPECTION = "knowledge/base/inspection.yaml"
OUTSIDE = "knowledge/base/outside-help.yaml"
FORM = "knowledge/base/audit-forms/spotlight.yaml"
PROGRAMME = "knowledge/naht-aspire/programme.yaml"
TABLE = "knowledge/base/reading/published/ks2.yaml"
INSPECTIONS = "knowledge/base/scales/ofsted-2025.yaml"
CALENDAR = "knowledge/base/calendars/england.yaml"


@dataclass(frozen=True)
class PlantedMistake:
    name: str
    file: str
    old: str
    new: str
    at: str
    says: str
    hint: str = ""


MOST_OF_ONE = 16
"""One mistake is no more problems than this, however many records name what can't be read."""
GOVERNORS = "{indicator: concerns, of: leadership, includes: governors-uninformed}"
MISTAKES = [
    # --- what a learning sequence begins with
    PlantedMistake(
        "a beginning with no skill", READING, "checks: [RDR-3]", "checks: [RDR-33]", "RDR-33",
        "unknown skill “RDR-33”", "did you mean “RDR-3”?",
    ),
    PlantedMistake(
        "a beginning that says nothing", READING, ", checks: [RDR-3]", "",
        "{when: {indicator: current, at_most: {grade: lowest}}, years: [\"1\"]",
        "begin › 0: a beginning says nothing", "give “checks”, “secure” or “insecure”",
    ),
    PlantedMistake(
        "a look back by what is not known of a pupil", SCREENING, "look_back:\n- {when: {indicator: points_in_lowest",
        "look_back:\n- {when: {indicator: points_in_lowst", "when: {indicator: points_in_lowst",
        "unknown indicator “points_in_lowst”", "did you mean “points_in_lowest”?",
    ),
    # --- who has looked at a record, and where figures come from
    PlantedMistake(
        "reviewed by nobody", RULE, "status: checked", "status: reviewed", "status: reviewed",
        "status: only what somebody outside has read is “reviewed”", "write “checked”",
    ),
    PlantedMistake(
        "reviewed by one of ourselves", RULE, "status: checked",
        "status: reviewed\nreview: {role: content-editor, on: 2026-11-30}", "role: content-editor, on",
        "“content-editor” is one of this project and can't review", "write status: checked",
    ),
    PlantedMistake(
        "an owner that is not there", RULE, "owner: content-editor", "owner: content-edtor", "owner: content-edtor",
        "unknown role of a reviewer “content-edtor”", "did you mean “content-editor”?",
    ),
    PlantedMistake(
        "a source read in a way that is none", "knowledge/base/sources.yaml", "read: whole", "read: skimmed",
        "read: skimmed",
        "read: must be", "",
    ),
    PlantedMistake(
        "an event in no half-term", CALENDAR, "starts: 2026-10-01, ends: 2026-10-01",
        "starts: 2022-10-01, ends: 2022-10-01",
        "starts: 2022-10-01", "2022-10-01 lies in no half-term of this calendar", "put it on a day of one",
    ),
    PlantedMistake(
        "a figure without a source", ABSENT, ", source: dfe-attendance-2025", "", "2025-03-01",
        "“source” is missing", "add it",
    ),
    PlantedMistake(
        "a figure of a source that is not listed", ABSENT, "source: dfe-attendance-2025", "source: dfe-attendance-205",
        "source: dfe", "unknown source “dfe-attendance-205”", "did you mean “dfe-attendance-2025”?",
    ),
    PlantedMistake(
        "a figure without a date", ABSENT, "2025-03-01:", "lately:", "lately", "values › lately",
    ),
    PlantedMistake(
        "a line relative to nothing", ABSENT_LINE, "to: absence_national", "to: absence_natonal", "to: absence_natonal",
        "“absence_natonal” is no figure with values of its own", "did you mean “absence_national”?",
    ),
    PlantedMistake(
        "a line both relative and with values", ABSENT_LINE, "unit: percent",
        "unit: percent\nvalues:\n  2026-09-01: {value: 6, source: house}", "id: absence_high",
        "a figure has “values”, each with its date and source, or is “relative”",
    ),
    # --- what is prepared for an inspection, and help from outside
    PlantedMistake(
        "a question about no area", INSPECTION, "- {area: Safeguarding,", "- {area: Safegarding,", "area: Safegarding",
        "unknown area “Safegarding”", "did you mean “Safeguarding”?",
    ),
    PlantedMistake(
        "a question about no need", INSPECTION, "need: governance-light", "need: governance-lite",
        "need: governance-lite",
        "unknown need “governance-lite”", "did you mean “governance-light”?",
    ),
    PlantedMistake(
        "help with no intervention", OUTSIDE, "for: [early-career-induction]", "for: [early-career-inductions]",
        "early-career-inductions", "unknown intervention “early-career-inductions”",
    ),
    # --- the joint analysis
    PlantedMistake(
        "a form of no activity", FORM, "id: spotlight", "id: spotlights", "id: spotlights",
        "unknown activity “spotlights”", "did you mean “spotlight”?",
    ),
    PlantedMistake(
        "a form that asks about no question", FORM, "question: pedagogy", "question: pedagogie", "question: pedagogie",
        "unknown question “pedagogie”", "did you mean “pedagogy”?",
    ),
    PlantedMistake(
        "an area of no strand", PROGRAMME, "strand: leadership, about", "strand: leaders, about",
        "strand: leaders, about", "unknown strand “leaders”", "",
    ),
    # --- figures of the whole school, published tables, inspections
    PlantedMistake(
        "a difference of what is no figure", INDICATORS, "minus: [published_others, published_disadvantaged]",
        "minus: [published_others, phase]", "phase]",
        "“phase” is no figure of the school as a whole", "name one that is",
    ),
    PlantedMistake(
        "a comparison with an unknown figure", TABLE, "england_maths: PTMAT_EXP}", "england_math: PTMAT_EXP}",
        "england_math:",
        "unknown indicator “england_math”", "did you mean “england_maths”?",
    ),
    PlantedMistake(
        "a figure of an unknown subject", INDICATORS, "title: published progress in maths, subject: maths",
        "title: published progress in maths, subject: mathss", "subject: mathss",
        "unknown subject “mathss”", "did you mean “maths”?",
    ),
    PlantedMistake(
        "a subject of no figure of the school", INDICATORS, "{id: pp, about: pupil,",
        "{id: pp, about: pupil, subject: maths,", "subject: maths, title: eligible",
        "only a figure of the school as a whole names its “subject”",
    ),
    PlantedMistake(
        "rows told apart by a column that may be missing", LONG_TABLE, "breakdown_topic, breakdown, expected",
        "breakdown_topic, expected", "recognised_by",
        "“breakdown” tells rows apart", "add it",
    ),
    PlantedMistake(
        "rows told apart without a year", LONG_TABLE, "year: time_period\n", "", "id: ks2-long",
        "a long table names the column of the school year", "add year",
    ),
    PlantedMistake(
        "a gap in a figure that the table lacks", LONG_TABLE, "figures: [progress_reading, progress",
        "figures: [published_roll, progress", "published_roll", "unknown figure “published_roll”",
    ),
    PlantedMistake(
        "areas on a scale of something else", INSPECTIONS, "used_for: inspection", "used_for: teaching",
        "id: ofsted-2025", "inspections, and only they, name their areas",
    ),
    # --- keys and types
    PlantedMistake(
        "an unknown key", RULE, "limits: >", "limitz: >", "limitz",
        "unknown key “limitz”", "did you mean “limits”?",
    ),
    PlantedMistake(
        "an unknown key in a condition", SCREEN, "{indicator: own_pathway, known: false}",
        "{indicator: own_pathway, known: false, bellow: 3}", "bellow",
        "unknown key “bellow”", "did you mean “below”?",
    ),
    PlantedMistake(
        "an unknown key in a phase", ITEM, "prepare:\n  half_terms: 1", "prepare:\n  half_term: 1",
        "half_term: 1", "unknown key “half_term”", "did you mean “half_terms”?",
    ),
    PlantedMistake(
        "a wrong type", ITEM, "change: 2", "change: much", "change: much",
        "change: must be a whole number (it is 'much')",
    ),
    PlantedMistake(
        "a key written twice", ITEM, "target: school\n", "target: school\ntarget: class\n",
        "target: class", "the key “target” is written twice (first in line ", "keep one of them",
    ),
    PlantedMistake(
        "no comparison", RULE, GOVERNORS, "{indicator: concerns, of: leadership}",
        "when:", "when: a comparison needs exactly one of is, one_of, includes", "no comparison",
    ),
    PlantedMistake(
        "effort in half hours", ITEM, "{role: assessment-lead, days: 1}",
        "{role: assessment-lead, days: 1.05}", "days: 1.05",
        "prepare › effort › 0 › days: must be in steps of 0.1 day (it is 1.05)",
        "round it to one decimal",
    ),
    # --- milestones and success
    PlantedMistake(
        "a milestone that counts what nobody can", CYCLE, "{half_terms: round}", "{half_term: round}",
        "what: \"every class teacher", "{half_term} is nothing that can be counted", "did you mean “half_terms”?",
    ),
    PlantedMistake(
        "a success measure of an unknown figure", MATHS, "indicator: share_at_risk", "indicator: share_at_rsk",
        "indicator: share_at_rsk", "unknown indicator “share_at_rsk”", "did you mean “share_at_risk”?",
    ),
    PlantedMistake(
        "a success measure by an unknown rule", MATHS, "rule: third-fewer", "rule: third-fever",
        "rule: third-fever", "unknown rule of a goal “third-fever”", "did you mean “third-fewer”?",
    ),
    PlantedMistake(
        "a success measure by a rule and of no figure", MATHS, "indicator: share_at_risk, rule", "rule",
        "{measure: \"share of pupils at risk",
        "success › 1: a rule needs the figure it makes a goal of", "name the “indicator”",
    ),
    PlantedMistake(
        "a success measure of what is neither better nor worse", MATHS, "indicator: share_at_risk", "indicator: roll",
        "indicator: roll", "of “roll” nothing says which way is better", "give the indicator “better: higher”",
    ),
    PlantedMistake(
        "a goal by a national figure that nobody knows", MATHS, "rule: third-fewer", "rule: to-national",
        "rule: to-national", "“to-national” needs a figure to go by, and there is none for “share_at_risk”",
        "name a threshold under “national”",
    ),
    PlantedMistake(
        "two goals for one figure", ATTENDANCE, "indicator: absence, rule: half-way-to-national",
        "indicator: absence, rule: to-national", "rule: to-national",
        "the goal of “absence” is made by “half-way-to-national” in knowledge/base/goals.yaml:",
        "one figure has one goal",
    ),
    PlantedMistake(
        "a national figure that is no threshold", GOALS, "absence: absence_national", "absence: absence_nation",
        "absence: absence_nation\n", "unknown threshold “absence_nation”", "did you mean “absence_national”?",
    ),
    PlantedMistake(
        "new plans in a school year that the calendar lacks", CALENDAR, "new_plans: 2026-27",
        "new_plans: 2016-17", "new_plans: 2016-17", "unknown school year “2016-17”",
        "it can be 2025-26, 2026-27",
    ),
    PlantedMistake(
        "pupils enough for a goal of an unknown figure", GOALS, "least: {gap_at_expected",
        "least: {gap_at_expectd", "gap_at_expectd:", "unknown indicator “gap_at_expectd”",
        "did you mean “gap_at_expected”?",
    ),
    PlantedMistake(
        "progress by a term that there is not", GOALS, "{autumn: 0.3", "{autum: 0.3", "autum: 0.3",
        "unknown term “autum”", "did you mean “autumn”?",
    ),
    PlantedMistake(
        "a light milestone of a phase that is not there", REVIEW,
        "  - {by: deliver, what: each line on the list", "  - {by: prepare, what: each line on the list",
        "what: each line on the list", "there is no phase “prepare”", "name another, or a week",
    ),
    # --- names
    PlantedMistake(
        "an unknown indicator", SCREEN, "{indicator: current, at_most",
        "{indicator: curent, at_most", "{indicator: curent",
        "unknown indicator “curent”", "did you mean “current”?",
    ),
    PlantedMistake(
        "an unknown member of a set", RULE, "includes: governors-uninformed",
        "includes: governors-uniformed", "when:",
        "unknown member of “concerns” “governors-uniformed”", "did you mean “governors-uninformed”",
    ),
    PlantedMistake(
        "an unknown question", RULE, "of: leadership,", "of: ledership,", "when:",
        "unknown question “ledership”", "did you mean “leadership”?",
    ),
    PlantedMistake(
        "an unknown anchor", SCREEN, "{indicator: current, at_most: {grade: weak}",
        "{indicator: current, at_most: {grade: weaker}",
        "{indicator: current, at_most: {grade: weaker}", "unknown anchor of point-in-time “weaker”",
        "did you mean “weak”?",
    ),
    PlantedMistake(
        "an unknown need", RULE, "{need: governance-light}", "{need: governance-lite}",
        "need: governance-lite", "unknown need “governance-lite”",
        "did you mean “governance-light”?",
    ),
    PlantedMistake(
        "an unknown state", SCREEN, "state: at-risk", "state: at-rsk", "state: at-rsk",
        "unknown state “at-rsk”", "did you mean “at-risk”?",
    ),
    PlantedMistake(
        "a circumstance that decides", SCREEN, "{indicator: current, at_most: {grade: weak}}",
        "{indicator: pp, is: true}", "{indicator: pp, is: true}",
        "“pp” orders the list of pupils and never decides who is on it", "it stands in screening.yaml",
    ),
    PlantedMistake(
        "an unknown source", RULE, "sources: [dfe-governance,", "sources: [dfe-govrnance,",
        "dfe-govrnance", "unknown source “dfe-govrnance”", "did you mean “dfe-governance”",
    ),
    PlantedMistake(
        "an unknown role", ITEM, "lead: assessment-lead", "lead: assesment-lead",
        "lead: assesment-lead", "unknown role “assesment-lead”", "did you mean “assessment-lead”",
    ),
    PlantedMistake(
        "an unknown role in the effort", ITEM, "{role: adviser, days: 0.5}",
        "{role: advisor, days: 0.5}", "role: advisor", "unknown role “advisor”",
        "did you mean “adviser”",
    ),
    PlantedMistake(
        "an unknown prerequisite", ITEM, "requires: []", "requires: [strand-lead]",
        "strand-lead]\nhelped", "unknown intervention “strand-lead”", "did you mean “strand-leads”",
    ),
    PlantedMistake(
        "an unknown kind of cost", ITEM, "{kind: resources,", "{kind: resource,", "kind: resource,",
        "unknown kind of cost “resource”", "did you mean “resources”?",
    ),
    PlantedMistake(
        "an unknown label", ITEM, "agrees the protocol with the adviser",
        "agrees the protocol with the <advisor>",
        "does: The lead collects work at the borders between bands and",
        "unknown label “<advisor>”", "did you mean “adviser”",
    ),
    PlantedMistake(
        "an unknown value in a text", SCREEN, "{current}", "{curent}", "because:",
        "{curent} can't be read by a rule about a pupil-subject", "did you mean “current”?",
    ),
    PlantedMistake(
        "a rule about pupils that reads the school's figures only", RULE,
        "about: school", "about: pupil", "about: pupil",
        "a rule about a pupil reads something of the pupil, and this one reads only concerns of",
        "write about: school, or add what marks these pupils out",
    ),
    PlantedMistake(
        "an unknown indicator in an example", SCREEN,
        "given: {current: below, own_pathway: false}", "given: {curent: below, own_pathway: false}",
        "curent", "unknown indicator “curent”", "did you mean “current”?",
    ),
    # --- operands
    PlantedMistake(
        "a number where yes or no is compared", SCREEN, "{indicator: own_pathway, is: false}",
        "{indicator: own_pathway, is: 0}", "{indicator: own_pathway, is: 0}",
        "“own_pathway” is yes or no", "compare it with true or false",
    ),
    PlantedMistake(
        "an order where there is none", SCREEN, "{indicator: own_pathway, is: false}",
        "{indicator: own_pathway, at_least: 1}", "{indicator: own_pathway, at_least",
        "a yes-no has no order", "use is, one_of or includes",
    ),
    PlantedMistake(
        "a number where a grade is compared", SCREEN, "{indicator: current, at_most: {grade: weak}}",
        "{indicator: current, at_most: 1}",
        "{indicator: current, at_most: 1}", "unknown grade “1”", "it can be above, below",
    ),
    PlantedMistake(
        "a set that is compared with is", RULE, "includes: governors-uninformed",
        "is: governors-uninformed", "when:", "“is” does not fit a set",
    ),
    # --- the rules of the house
    PlantedMistake(
        "no example that is silent", RULE, "expect: silent", "expect: fires", "id: LED-15",
        "no example that stays silent", "add one",
    ),
    PlantedMistake(
        "two outcomes", RULE, "diagnose: {need: governance-light}\n",
        "diagnose: {need: governance-light}\nshape: {new_starts: 1}\n", "id: LED-15",
        "needs one outcome", "give screen, diagnose, recommend, shape or propose, and only one",
    ),
    PlantedMistake(
        "a need about another kind", RULE, "{need: governance-light}", "{need: judgement-low}",
        "about: school", "the need “judgement-low” is about a question, not a school",
    ),
    PlantedMistake(
        "an intervention whose file is called otherwise", ITEM, "id: accurate-assessment",
        "id: acurate-assessment", "id: acurate", "the file of “acurate-assessment” is called",
        "rename one of them",
    ),
    PlantedMistake(
        "a lead who checks their own work", ITEM, "monitoring: {role: headteacher",
        "monitoring: {role: assessment-lead", "monitoring:",
        "monitoring: the lead can't monitor their own work", "name another role",
    ),
    # --- order, pairs, events
    PlantedMistake(
        "an unknown name in after", ORDERED, "- {intervention: achievement-team-cycle,",
        "- {intervention: achievement-team-cycel,", "intervention: achievement-team-cycel,",
        "unknown intervention “achievement-team-cycel”", "did you mean “achievement-team-cycle”",
    ),
    PlantedMistake(
        "a lag below zero", ORDERED, "half_terms: 1, because", "half_terms: -1, because",
        "half_terms: -1, because", "after › 0 › half_terms: must be 0 or more (it is -1)",
    ),
    PlantedMistake(
        "an unknown name in together_with", PAIRED, "together_with: [lesson-visits]",
        "together_with: [lesson-visit]", "lesson-visit]",
        "unknown intervention “lesson-visit”", "did you mean “lesson-visits”",
    ),
    PlantedMistake(
        "an unknown event", TEST_BOUND, "event: ks2-tests", "event: ks2-test", "event: ks2-test",
        "unknown event of a calendar “ks2-test”", "did you mean “ks2-tests”?",
    ),
    PlantedMistake(
        "an unknown role at an event", CALENDAR, "no_release: [year-6-teacher, headteacher]",
        "no_release: [year-6-teachers, headteacher]", "year-6-teachers, head",
        "unknown role “year-6-teachers”", "did you mean “year-6-teacher”",
    ),
    PlantedMistake(
        "an event that ends before it starts", CALENDAR, "starts: 2027-05-10, ends: 2027-05-13",
        "starts: 2027-05-10, ends: 2027-05-09", "ends: 2027-05-09",
        "events › 6: ends: is before it starts",
    ),
    PlantedMistake(
        "two that start together and need one another", PAIRED, "requires: [quality-framework]",
        "requires: [lesson-visits]", "lesson-visits]\nprepare",
        "“learning-conversations” and “lesson-visits” start together, and by “requires” of "
        "“learning-conversations” one comes after the other", "take one of the two out",
    ),
    PlantedMistake(
        "two that start together and exclude one another", PAIRED,
        "together_with: [lesson-visits]\n",
        "together_with: [lesson-visits]\nexcludes: [lesson-visits]\n",
        "lesson-visits]\nexcludes",
        "“learning-conversations” and “lesson-visits” start together, and by “excludes” of "
        "“learning-conversations” one is never planned with the other", "take one of the two out",
    ),
    PlantedMistake(
        "two that start together of which one is ever planned", PAIRED,
        "together_with: [lesson-visits]\n",
        "together_with: [coaching-pairs]\nalternative: coaching-form\n", "coaching-pairs]",
        "“learning-conversations” and “coaching-pairs” start together, and only one of them",
        "both have the alternative “coaching-form”",
    ),
    PlantedMistake(
        "one that starts together with itself", PAIRED, "together_with: [lesson-visits]",
        "together_with: [learning-conversations]", "learning-conversations]",
        "“learning-conversations” always starts together with itself", "take it out",
    ),
    # --- grants, light forms, duties
    PlantedMistake(
        "an unknown tier", ITEM, "tier: teaching", "tier: teachings", "tier: teachings",
        "unknown tier “teachings”", "did you mean “teaching”",
    ),
    PlantedMistake(
        "a light form that takes more", ITEM, "{role: assessment-lead, days: 0.6}\n    - {role: "
        "adviser, days: 0.3}", "{role: assessment-lead, days: 6}", "deliver:\n    half_terms: 2",
        "the light form takes more “days” than the full one: 9, not 5.7", "over all phases",
    ),
    PlantedMistake(
        "a shape that names no part of the year", FIRST_WEEKS,
        "{intervention: programme-induction, part: first}",
        "{intervention: programme-induction, part: frist}", "part: frist",
        "unknown part of the year “frist”", "did you mean “first”",
    ),
    PlantedMistake(
        "a shape that names no part of the year to start by", FIRST_WEEKS,
        "{intervention: initiative-review, part: second}",
        "{intervention: initiative-review, part: aut22}", "part: aut22",
        "unknown part of the year “aut22”", "did you mean “aut2”",
    ),
    PlantedMistake(
        "time sold for an unknown role", COSTS, "roles: [headteacher, deputy-head]",
        "roles: [headteacher, deputy-heads]", "deputy-heads", "unknown role “deputy-heads”",
        "did you mean “deputy-head”",
    ),
    PlantedMistake(
        "time not sold to an unknown role", COSTS, "not_for: [headteacher]",
        "not_for: [headteachr]", "headteachr", "unknown role “headteachr”",
        "did you mean “headteacher”",
    ),
    PlantedMistake(
        "time sold by an unknown kind of cost", COSTS, "  kind: administration",
        "  kind: administrations", "kind: administrations",
        "unknown kind of cost “administrations”", "did you mean “administration”",
    ),
    PlantedMistake(
        "time sold for an unknown tier", COSTS, "kind: cover\n  tier: teaching",
        "kind: cover\n  tier: teachings", "tier: teachings", "unknown tier “teachings”",
        "did you mean “teaching”",
    ),
    PlantedMistake(
        "time sold twice", COSTS, "- id: office-hours", "- id: cover-for-leaders",
        "id: cover-for-leaders\n  title: of office work", "“cover-for-leaders” is sold twice",
        "give each its own id",
    ),
    PlantedMistake(
        "time sold by less than can be bought", COSTS, "most: 1\n  most_a_year: 3",
        "most: 0.2\n  most_a_year: 3", "most: 0.2",
        "nobody could buy any: 0.2 days are less than the 0.5 bought at once", "make it more",
    ),
    PlantedMistake(
        "effort that grows with nothing the school has", SEQUENCES,
        "each: 0.3, for_each: {count: school_count_at_risk", "each: 0.3, for_each: {count: school_count_at_rsk",
        "count: school_count_at_rsk", "unknown count of the school “school_count_at_rsk”",
        "did you mean “school_count_at_risk”",
    ),
    PlantedMistake(
        "money that grows with what is no number", PHONICS,
        "each: 40, for_each: {count: class_count}", "each: 40, for_each: {count: phonics_met}",
        "count: phonics_met", "unknown count of the school “phonics_met”",
    ),
    PlantedMistake(
        "effort that grows by nothing", SEQUENCES, "each: 0.3, for_each:", "days: 0.3, for_each:",
        "{role: class-teacher, days: 0.3", "deliver › effort › 3: nothing is given for each",
        "write each, or take for_each out",
    ),
    PlantedMistake(
        "a light form that saves nothing", SERIES, "series: {every: term, times: 1}",
        "series: {every: term, times: 4}", "deliver:\n    half_terms: 1",
        "the light form saves nobody's time", "make a phase smaller",
    ),
    PlantedMistake(
        "a light form as good as the full one", ITEM, "worth: 0.6", "worth: 1", "worth: 1\n",
        "light › worth: ",
    ),
    PlantedMistake(
        "a light form that comes back where the full one doesn't", ONCE_LIGHT, "  worth: 0.6\n",
        "  worth: 0.6\n  series: {every: term}\n", "series:",
        "the light form comes back, and the full form is done once", "take “series” out of one",
    ),
    PlantedMistake(
        "a light form with a phase more", ONCE_LIGHT, "  worth: 0.6\n",
        "  worth: 0.6\n  prepare: {half_terms: 1, does: The chair reads.}\n", "prepare:",
        "the light form has a phase “prepare”, and the full form has none",
        "the light form only makes phases smaller",
    ),
    PlantedMistake(
        "an unknown role in a light form", ITEM, "{role: assessment-lead, days: 0.3}",
        "{role: assesment-lead, days: 0.3}", "role: assesment-lead",
        "unknown role “assesment-lead”", "did you mean “assessment-lead”",
    ),
    PlantedMistake(
        "an unknown setting in a light form", SERIES, "series: {every: term, times: 1}",
        "series: {every: term, times: network_days}", "times: network_days}",
        "unknown setting “network_days”", "did you mean “network_days_a_term”",
    ),
    PlantedMistake(
        "an unknown part of the year in a duty", SELDOM, "part: sum2,", "part: sumer2,",
        "part: sumer2", "unknown part of the year “sumer2”", "did you mean “sum2”",
    ),
    PlantedMistake(
        "a duty of every year without a part of the year", YEARLY,
        "series: {every: year, times: 1, parts: [spr1]}", "series: {every: year, times: 1}",
        "every_years: 1", "a duty of every year says in which part of each year it is done",
        "write series: {every: year, parts: [spr1]}",
    ),
    PlantedMistake(
        "a duty later than it may be", YEARLY, "parts: [spr1]", "parts: [sum1]", "sum1]",
        "“sum1” is after “spr1”, by which the duty has to have started", "make the one earlier",
    ),
    PlantedMistake(
        "a duty of every three years with a series", SELDOM, "change: 0\n",
        "change: 0\nseries: {every: year, parts: [sum2]}\n", "every_years: 3",
        "a duty of every 3 years has no series", "take “series” out",
    ),
]  # fmt: skip


pytestmark = pytest.mark.usefixtures("documents_once")

CASES = [pytest.param(mistake, id=mistake.name) for mistake in MISTAKES]


def copied(folder: Traversable, target: Path) -> None:
    if isinstance(folder, Path):
        shutil.copytree(folder, target)
        return
    target.mkdir(parents=True)
    for entry in folder.iterdir():
        if entry.is_dir():
            copied(entry, target / entry.name)
        else:
            (target / entry.name).write_bytes(entry.read_bytes())


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the shipped content that a test may spoil."""
    for name in ("rules", "knowledge"):
        copied(files("termwise") / name, tmp_path / name)
    return tmp_path


def spoil(content: Path, file: str, old: str, new: str) -> str:
    text = (content / file).read_text("utf-8")
    assert old in text
    spoilt = text.replace(old, new, 1)
    (content / file).write_text(spoilt, "utf-8")
    return spoilt


def place(file: str, text: str, at: str) -> str:
    """Where a text stands in a file, as a message gives it."""
    assert text.count(at) == 1, at
    before = text[: text.index(at)]
    return f"{file}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def refused(content: Path) -> list[Mistake]:
    with pytest.raises(ContentError) as raised:
        load_library(root=content)
    assert str(raised.value) == "\n".join(str(problem) for problem in raised.value.problems)
    return list(raised.value.problems)


def test_the_copy_without_a_mistake_is_accepted(content: Path) -> None:
    assert load_library(root=content).rules == load_library().rules


@pytest.mark.parametrize("mistake", CASES)
def test_a_mistake_is_told_at_its_place_with_what_to_do_and_not_over_and_over(
    content: Path, mistake: PlantedMistake
) -> None:
    text = spoil(content, mistake.file, mistake.old, mistake.new)
    expected = place(mistake.file, text, mistake.at)
    found = refused(content)
    told = [problem for problem in found if problem.what.startswith(mistake.says)]
    assert told, "\n".join(map(str, found))
    assert str(told[0].place) == expected
    assert told[0].hint.startswith(mistake.hint)
    assert 1 <= sum(problem.place.file == mistake.file for problem in found) <= 2
    assert len(found) <= MOST_OF_ONE, "\n".join(map(str, found[:20]))


def without_limits(content: Path) -> tuple[str, list[Mistake]]:
    text = (content / RULE).read_text("utf-8")
    spoilt = re.sub(r"limits: >\n(  .*\n)+", "limits: none\n", text)
    assert spoilt != text
    (content / RULE).write_text(spoilt, "utf-8")
    found = [problem for problem in refused(content) if problem.place.file == RULE]
    assert [problem.what for problem in found] == ["limits: “none” is not an answer"]
    assert found[0].hint == "say where the rule would be wrong"
    return spoilt, found


def test_limits_that_say_none_are_refused(content: Path) -> None:
    text, [problem] = without_limits(content)
    assert str(problem.place) == place(RULE, text, "limits: none")


def test_a_mistake_in_one_file_is_no_mistake_of_the_files_that_name_it(content: Path) -> None:
    spoil(content, ITEM, "change: 2", "change: much")
    assert {problem.place.file for problem in refused(content)} == {ITEM}


def test_a_circle_of_prerequisites_is_told_step_by_step_with_places(content: Path) -> None:
    first = "knowledge/base/interventions/leadership/governor-development.yaml"
    second = "knowledge/base/interventions/leadership/link-governors.yaml"
    start = "id: governor-development\n"
    text = spoil(content, first, start, f"{start}requires: [link-governors]\n")
    [problem] = refused(content)
    here = place(first, text, "link-governors]")
    there = place(second, (content / second).read_text("utf-8"), "governor-development]")
    assert problem.what.startswith("prerequisites go in a circle: ")
    assert f"governor-development needs link-governors ({here})" in problem.what
    assert f"link-governors needs governor-development ({there})" in problem.what
    assert str(problem.place) in (here, there)
    assert problem.hint == "take one of these out"


def test_a_circle_by_way_of_those_that_start_together_is_told(content: Path) -> None:
    first = "knowledge/base/interventions/pedagogy/lesson-visits.yaml"
    second = "knowledge/base/interventions/pedagogy/framework-in-appraisal.yaml"
    old = "requires: [quality-framework]\n"
    new = f"{old}after: [{{intervention: framework-in-appraisal, because: It comes later.}}]\n"
    text = spoil(content, first, old, new)
    [problem] = refused(content)
    here = place(first, text, "intervention: framework-in-appraisal, because")
    there = place(second, (content / second).read_text("utf-8"), "learning-conversations]")
    assert problem.what.startswith("prerequisites go in a circle: ")
    assert f"lesson-visits comes after framework-in-appraisal ({here})" in problem.what
    assert f"framework-in-appraisal needs learning-conversations ({there})" in problem.what
    assert "learning-conversations starts together with lesson-visits" in problem.what
    assert str(problem.place) in (here, there)


def test_an_id_used_twice_is_told_with_the_file_that_has_it_first(content: Path) -> None:
    twin = "rules/base/diagnose/leadership/zz-the-same-again.yaml"
    shutil.copy(content / RULE, content / twin)
    [problem] = refused(content)
    assert str(problem) == (
        f"{twin}:1:1: the id “LED-15” is used twice; it stands first in {RULE}:1:1"
    )


def test_an_unknown_threshold_is_told_with_the_near_one(content: Path) -> None:
    for path in sorted((content / "rules").rglob("*.yaml")):
        text = path.read_text("utf-8")
        if text.count("{threshold: ") == 1 and "{threshold: small_roll}" in text:
            break
    else:
        pytest.fail("no rule reads the threshold any more")
    file = path.relative_to(content).as_posix()
    spoil(content, file, "{threshold: small_roll}", "{threshold: small_rol}")
    [problem] = refused(content)
    assert problem.place.file == file
    assert problem.what == "unknown threshold “small_rol”"
    assert problem.hint.startswith("did you mean “small_roll”")


def test_a_checked_rule_that_rests_on_what_nobody_has_read_is_told(content: Path) -> None:
    spoil(
        content,
        "knowledge/base/sources.yaml",
        'read: opening\n  note: "The six recommendations were read',
        'read: not read\n  note: "The six recommendations were read',
    )
    text = spoil(content, UNREAD, "status: draft", "status: checked")
    [problem] = refused(content)
    assert str(problem.place) == place(UNREAD, text, "eef-feedback")
    assert problem.what.startswith("“eef-feedback” has been read by nobody")


def test_a_rule_in_the_folder_of_another_stratum_is_told(content: Path) -> None:
    moved = content / "rules" / "base" / "recommend" / "leadership" / "moved.yaml"
    shutil.move(content / RULE, moved)
    [problem] = refused(content)
    assert str(problem) == (
        "rules/base/recommend/leadership/moved.yaml:1:1: a rule that gives diagnose stands in "
        "rules/base/recommend/; move it to rules/base/diagnose/"
    )


def test_an_example_that_does_not_hold_is_told_with_what_it_does(content: Path) -> None:
    text = spoil(content, SCREEN, "given: {current: expected,", "given: {current: below,")
    [problem] = [
        problem
        for problem in check_examples(load_library(root=content))
        if "expected: " in problem.what
    ]
    example = text.rpartition("- say: At expected")[0].count("\n") + 1
    assert str(problem.place) == f"{SCREEN}:{example}:3"
    assert problem.what == "SCR-01: “At expected” fires, expected: silent"


def test_a_comparison_no_example_shows_both_ways_is_told(content: Path) -> None:
    text = spoil(content, SCREEN, "{current: well-below, own_pathway: true}", "{current: expected}")
    found = [str(problem) for problem in check_examples(load_library(root=content))]
    at = place(SCREEN, text, "{indicator: own_pathway, is: false}")
    assert f"{at}: SCR-01: no example has “own_pathway” come out false; add one" in found


def test_a_need_that_reads_itself_is_refused(content: Path) -> None:
    """Within a stratum the rules that find a need run before those that read it: no circle."""
    spoil(content, RULE, f"when: {GOVERNORS}", "when: {need: governance-light}")
    refused(content)


def test_a_toolkit_row_that_can_not_be_read_is_told_by_its_line(content: Path) -> None:
    file = "knowledge/base/evidence/eef-toolkit.csv"
    text = spoil(content, file, "feedback,Feedback,6,,", "feedback,Feedback,six,,")
    line = text[: text.index("feedback,Feedback")].count("\n") + 1
    assert any(str(problem.place) == f"{file}:{line}:1" for problem in refused(content))


def test_mistakes_in_several_files_are_told_at_once_and_sorted(content: Path) -> None:
    spoil(content, RULE, "limits: >", "limitz: >")
    spoil(content, ITEM, "change: 2", "change: much")
    spoil(content, "knowledge/base/roles.yaml", "title: ", "titel: ")
    found = refused(content)
    assert found == sorted(found)
    assert {RULE, ITEM, "knowledge/base/roles.yaml"} <= {problem.place.file for problem in found}


def test_knowledge_that_is_missing_is_told(content: Path) -> None:
    (content / "knowledge" / "base" / "planning.yaml").unlink()
    found = [str(problem) for problem in refused(content)]
    assert "knowledge/base/planning.yaml:1:1: the file is missing" in found
