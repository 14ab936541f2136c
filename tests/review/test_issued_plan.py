"""A plan is issued as it was agreed: by whom, from what, and only where all of it fits."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from termwise.engine.advise import Advice
from termwise.engine.core.errors import ContentError, TermwiseError
from termwise.engine.review.issued_plan import fingerprints, issue
from termwise.engine.review.model import ProgressEntry
from termwise.engine.school.pupil_data.pseudonyms import check_letter

FIRST = datetime.date(2026, 9, 1)


def test_an_issued_plan_says_who_agreed_it_and_what_it_was_made_from(
    all_advice: dict[str, Advice],
) -> None:
    advice = all_advice["hillside"]
    issued = issue(advice, FIRST, ("headteacher", "adviser", "headteacher"), "Agreed in June.")
    assert [one.title for one in issued.agreed_by] == ["Headteacher", "Achievement adviser"]
    assert issued.since is None
    assert issued.plan == advice.plan
    assert [pack.name for pack in issued.packs] == ["base", "naht-aspire"]
    assert issued.packs[0].files > len(advice.library.rules)
    later = issue(advice, FIRST + datetime.timedelta(days=60), since=issued)
    assert later.since == FIRST and later.accepted == ()
    ended = ProgressEntry(date=FIRST, step="visits", by="headteacher", status="done")
    second = issue(advice, FIRST, since=issued, accepted=(ended,))
    assert issue(advice, FIRST, since=second).accepted == second.accepted == (ended,)
    next_year = FIRST + datetime.timedelta(days=365)
    other = second.model_copy(update={"plan": advice.plan.model_copy(update={"starts": next_year})})
    assert issue(advice, FIRST, since=other).accepted == ()


def test_all_that_is_wrong_with_what_was_said_is_told_at_once(
    all_advice: dict[str, Advice],
) -> None:
    advice = all_advice["hillside"]
    before = issue(advice, FIRST)
    upn = f"{check_letter('803200012001')}803200012001"
    with pytest.raises(ContentError) as told:
        issue(advice, datetime.date(2026, 8, 1), ("head-teacher",), f"For {upn}", before)
    words = [str(problem) for problem in told.value.problems]
    assert any("unknown role “head-teacher”" in one and "headteacher" in one for one in words)
    assert any("is before 2026-09-01, when the plan in force was issued" in one for one in words)
    assert any(one.startswith("--note: holds a unique pupil number") for one in words)
    assert upn not in str(told.value)
    with pytest.raises(ContentError, match="after the plan's last day"):
        issue(advice, datetime.date(2029, 1, 1))


def test_a_plan_in_which_not_all_fits_is_not_issued(all_advice: dict[str, Advice]) -> None:
    advice = all_advice["hillside"]
    plan = advice.plan.model_copy(update={"conflict": ("There are two days too few.",)})
    with pytest.raises(TermwiseError, match="can't be issued"):
        issue(dataclasses.replace(advice, plan=plan), FIRST)


def test_other_rules_have_another_fingerprint(all_advice: dict[str, Advice]) -> None:
    library = all_advice["hillside"].library
    file = library.place("rule", "LED-15").file
    digests = {**library.digests, "base": {**library.digests["base"], file: "another"}}
    was, now = fingerprints(library), fingerprints(dataclasses.replace(library, digests=digests))
    assert [one.name for one in was if one not in now] == ["base"]
