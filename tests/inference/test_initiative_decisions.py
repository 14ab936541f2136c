"""Each initiative of a school's list has one decision: the first for which rules found the need."""

from __future__ import annotations

from termwise.engine.advise import Advice
from termwise.engine.inference.initiative_decisions import DecidedInitiative, decided_initiatives


def test_each_is_decided_once_in_the_order_of_the_list(all_advice: dict[str, Advice]) -> None:
    advice = all_advice["hillside"]
    found = decided_initiatives(advice.findings, advice.school, advice.library)
    assert [one.initiative for one in found] == list(advice.school.file.initiatives)
    taken = [one for one in found if one.decision]
    assert taken and len(taken) < len(found)
    order = [one.need for one in advice.library.planning.initiatives.decisions]
    for one in taken:
        assert one.decision and one.findings
        needs = {
            finding.rule.diagnose.need
            for finding in advice.findings.of("diagnose")
            if finding.rule.diagnose and finding.entity == one.entity
        }
        assert one.decision.need == min(needs & set(order), key=order.index)
        assert {f.rule.diagnose.need for f in one.findings if f.rule.diagnose} == {
            one.decision.need
        }


def test_what_is_kept_gives_no_time_back_and_what_stops_a_share_of_its_hours(
    all_advice: dict[str, Advice],
) -> None:
    advice = all_advice["hillside"]
    for one in decided_initiatives(advice.findings, advice.school, advice.library):
        share = one.decision.frees if one.decision else 0
        assert one.freed == one.initiative.hours_a_week * share
        kept = DecidedInitiative(one.initiative, one.entity, None, ())
        assert kept.freed == 0
