"""What would be otherwise if some values were: the school read and planned again, beside today's."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..advise import Advice, advise
from ..core import ContentError, listed
from ..inference import Recommendation
from ..library import Library, load_library
from ..planning import WHOLE_SCHOOL, NearestFit, Step
from ..school import School, Setting, load_school, packs_asked
from .phrases import rule_differences as phrases
from .phrases.setting_phrases import in_said_words, in_words
from .plan_diff import PlanDiff
from .rule_diff import ComparedAdvice, Turns
from .scenario import Asked, ComparedStep, DifferenceReason, PlacedStep, Recommended, Totals, WhatIf


def what_if(
    today: str | pathlib.Path | Advice,
    settings: Iterable[str],
    years: int | None = None,
    library: Library | None = None,
) -> WhatIf:
    """Plan a school with other values, and lay the recommendations and the plan beside those of
    today: its folder is read again with `settings` (such as `questions.assessment.judgement=2`) in
    place of what the files say, and planned again.

    `today` is the school's folder, or its advice; `years` (1 to 3) and `library` are for a folder.
    Raises ContentError with every problem of the folder, or of the settings; nothing is planned
    then.
    """
    given = tuple(settings)
    if isinstance(today, Advice):
        was, known, years = today, today.library, today.school.years
        other = _again(was.school.folder, known, years, given)
    else:
        known = library or load_library(asked=packs_asked(pathlib.Path(today)))
        school = load_school(today, known, years)
        other = _again(school.folder, known, years, given)
        was = advise(school, known)
    same = all(one.already for one in in_words(other.settings, was, was))
    return _Answer(was, was if same else advise(other, known), other.settings).made()


def _again(
    folder: pathlib.Path, library: Library, years: int | None, settings: tuple[str, ...]
) -> School:
    """The school with other values. A problem at a place of a file is one that the settings make."""
    try:
        return load_school(folder, library, years, settings=settings)
    except ContentError as error:
        raise ContentError(in_said_words(one, library) for one in error.problems) from None


class _Answer:
    def __init__(self, was: Advice, now: Advice, settings: tuple[Setting, ...]) -> None:
        self.was, self.now, self.settings = was, now, settings
        self.turns = Turns(ComparedAdvice(was), ComparedAdvice(now))
        self.plans = PlanDiff(was, now)

    def made(self) -> WhatIf:
        was, now = self.was.plan, self.now.plan
        recommendations = tuple(self._recommendations())
        steps = tuple(self._steps({one.intervention: one for one in recommendations}))
        shaping = tuple(self.turns.whole())
        told = [
            *shaping,
            *(one for part in (recommendations, steps) for each in part for one in each.reasons),
        ]
        return WhatIf(
            school=was.school,
            set=tuple(in_words(self.settings, self.was, self.now)),
            recommendations=recommendations,
            shaping=shaping,
            steps=steps,
            was=_totals(self.was),
            now=_totals(self.now),
            conflict=tuple(one for one in now.conflict if one not in was.conflict),
            no_longer=tuple(one for one in was.conflict if one not in now.conflict),
            unturned=tuple(self.turns.unturned()) if not told else (),
        )

    # --- what is recommended

    def _recommendations(self) -> Iterator[Recommended]:
        before, after = (one.recommendations.items for one in (self.was, self.now))
        names = {*before, *after}
        order = {name: -(after.get(name) or before[name]).score for name in names}
        for name in sorted(names, key=lambda name: (order[name], name)):
            was = _asked(before.get(name), self.was)
            now = _asked(after.get(name), self.now)
            yield Recommended(
                intervention=name,
                title=self.now.library.intervention(name).title,
                was=was,
                now=now,
                left_out=_left_out(self.now, name) if now else "",
                reasons=tuple(self._why_asked(name)) if was != now else (),
            )

    def _why_asked(self, name: str) -> Iterator[DifferenceReason]:
        """All that is said of an intervention in the one and not in the other."""
        yield from self.turns.arguments(name)
        yield from self.turns.shapes(name)
        yield from self._asked_for(name)
        yield from self._refused(name)
        yield from self._rank(name)

    def _asked_for(self, name: str) -> Iterator[DifferenceReason]:
        """Tell whether it is in place, promised or a duty."""
        was, now = self.was.recommendations, self.now.recommendations
        if (name in was.in_place) != (name in now.in_place):
            words = phrases.IN_PLACE if name in now.in_place else phrases.NOT_IN_PLACE
            yield DifferenceReason(kind="in-place", words=words)
        promises = [
            tuple(one for one in advice.school.promises if one.intervention == name)
            for advice in (self.was, self.now)
        ]
        if promises[0] != promises[1]:
            because = promises[1][0].because if promises[1] else None
            words = phrases.promised(bool(promises[0]), because)
            yield DifferenceReason(kind="promise", words=words)
        due = [one.duties.get(name) for one in (was, now)]
        if due[0] != due[1]:
            told = phrases.due(due[1].words) if due[1] else phrases.NO_DUTY
            yield DifferenceReason(kind="duty", words=told)

    def _refused(self, name: str) -> Iterator[DifferenceReason]:
        """Why it is considered no further."""
        was, now = (
            {
                one.words: one
                for one in advice.recommendations.refused
                if one.intervention.id == name
            }
            for advice in (self.was, self.now)
        )
        for words in sorted(now.keys() - was.keys()):
            yield DifferenceReason(kind="refused", words=phrases.refused(words, now=True))
        if name in self.now.recommendations.items:
            for words in sorted(was.keys() - now.keys()):
                yield DifferenceReason(kind="refused", words=phrases.refused(words, now=False))

    def _rank(self, name: str) -> Iterator[DifferenceReason]:
        """Where its strand stands among the agreed priorities."""
        strand = self.now.library.intervention(name).strand
        ranks = []
        for advice in (self.was, self.now):
            strands = [one.strand for one in advice.school.cqa.priorities]
            ranks.append(strands.index(strand) + 1 if strand in strands else 0)
        if ranks[0] != ranks[1]:
            title = self.now.library.strands[strand].title
            words = phrases.ranked(title, now=ranks[1], was=ranks[0])
            yield DifferenceReason(kind="rank", words=words)

    # --- what is planned

    def _steps(self, asked: dict[str, Recommended]) -> Iterator[ComparedStep]:
        before, after = ({step.id: step for step in one.plan.steps} for one in (self.was, self.now))
        order = {name: index for index, name in enumerate([*after, *before])}
        for name in sorted({*before, *after}, key=lambda name: order[name]):
            was, now = _placed(before.get(name), self.was), _placed(after.get(name), self.now)
            other = was is None or now is None or _stand(was) != _stand(now)
            yield ComparedStep(
                step=name,
                title=(after.get(name) or before[name]).title,
                was=was,
                now=now,
                left_out=_left_out(self.now if was else self.was, name)
                if was is None or now is None
                else "",
                reasons=tuple(self._why_placed(name, was, now, asked.get(name))) if other else (),
            )

    def _why_placed(
        self, name: str, was: PlacedStep | None, now: PlacedStep | None, asked: Recommended | None
    ) -> Iterator[DifferenceReason]:
        both = was is not None and now is not None
        newly = asked is not None and (asked.was is None) != (asked.now is None)
        if asked and (newly or (was and now and was.targets != now.targets)):
            yield from asked.reasons
        elif asked and both:
            yield from (one for one in asked.reasons if one.kind in ("shape", "promise", "duty"))
        elif asked and asked.was and asked.now:
            more = asked.now.score > asked.was.score
            kinds = ("shape", "promise", "duty", *(("rank",) if more == (was is None) else ()))
            yield from (one for one in asked.reasons if one.kind in kinds)
        if newly:
            return
        if asked is None:
            yield from self.turns.shapes(name)
        yield from self._had(name)
        forms = [one.reasons.planned.get(name) for one in (self.was, self.now)]
        if was is None or now is None or forms[0] != forms[1] or was.starts != now.starts:
            yield from self.plans.why(name)
        elif was.ends != now.ends:
            ends = [one.reasons.slots[-1].title for one in (self.was, self.now)]
            words = phrases.goes_on(now.ends, plan_ends=ends[1], plan_ended=ends[0])
            yield DifferenceReason(kind="date", words=words)

    def _had(self, name: str) -> Iterator[DifferenceReason]:
        """Tell whether it can be had at all, and what it is there for."""
        was, now = self.was.dependencies, self.now.dependencies
        for here, there in ((was, now), (now, was)):
            if name in here.impossible and name not in there.impossible:
                said = phrases.impossible(here.impossible[name], today=here is was)
                yield DifferenceReason(kind="impossible", words=said)
        before, after = (one.recommendations.in_place for one in (self.was, self.now))
        if (name in before) != (name in after) and name not in self._items:
            words = phrases.IN_PLACE if name in after else phrases.NOT_IN_PLACE
            yield DifferenceReason(kind="in-place", words=words)

    @property
    def _items(self) -> set[str]:
        return {*self.was.recommendations.items, *self.now.recommendations.items}


def _asked(item: Recommendation | None, advice: Advice) -> Asked | None:
    if item is None:
        return None
    order = [str(strength) for strength in advice.library.planning.ranking.strengths]
    strengths = [one.strength for one in item.arguments]
    return Asked(
        targets=_targets(item),
        strength=min(strengths, key=order.index) if strengths else "",
        score=item.score,
        rules=tuple(sorted({one.rule.id for one in item.arguments})),
        against=tuple(sorted({one.rule.id for one in item.against})),
        must=advice.reasons.timetable.must(item.id),
    )


def _targets(item: Recommendation) -> str:
    if item.intervention.target == "school" or not item.targets:
        return WHOLE_SCHOOL
    return listed(one.label for one in item.targets)


def _placed(step: Step | None, advice: Advice) -> PlacedStep | None:
    if step is None:
        return None
    slots = {slot.id: slot.title for slot in advice.reasons.slots}
    return PlacedStep(
        starts=slots[step.starts],
        ends=slots[step.ends],
        form=step.form,
        targets=step.target.words,
        value=step.value,
    )


def _left_out(advice: Advice, name: str) -> str:
    """Say why something is not in a plan; empty where it is. Of what is in its way where it comes nearest
    to fitting, the first is told."""
    plan, reasons = advice.plan, advice.reasons
    left = [one for one in plan.left_out if one.intervention == name]
    if not left or any(step.id == name for step in plan.steps):
        return ""
    if left[0].kind == "no-room":
        reason = reasons.left_out(name)
        if isinstance(reason, NearestFit):
            first = tuple(replace(one, users=()) for one in reason.blockers[:1])
            return reasons.phrases.left_out(reason._replace(blockers=first))
    return left[0].reason


def _stand(one: PlacedStep) -> tuple[str, str, str, str]:
    return one.starts, one.ends, one.form, one.targets


def _totals(advice: Advice) -> Totals:
    steps = advice.plan.steps
    return Totals(
        recommendations=len(advice.recommendations.items),
        steps=len(steps),
        value=advice.plan.proof.value,
        pounds=sum(cost.pounds for step in steps for cost in step.cost),
        days=round(sum(effort.days for step in steps for effort in step.effort), 1),
        until=advice.reasons.slots[-1].title,
        exact=advice.plan.proof.status == "optimal",
    )
