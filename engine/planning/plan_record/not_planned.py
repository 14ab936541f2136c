"""The interventions not planned, each with why: refused, unasked, impossible or without room."""

from __future__ import annotations

from collections.abc import Iterator

from ...inference import Recommendation, unasked, waits
from .. import model as view
from ..phrases.plan_notes import replacement_missing
from ..placement_reason import NotOverBefore, UsedInstead, WhyLeftOut
from .context import Solved
from .decided_items import decided
from .rationale import because
from .target import target


def left_out(solved: Solved) -> Iterator[view.LeftOut]:
    """Everything that was thought of and is not in the plan, from what was never a candidate to what
    found no place."""
    yield from _refused(solved)
    yield from _not_asked(solved)
    yield from _impossible(solved)
    yield from _not_chosen(solved)


def _refused(solved: Solved) -> Iterator[view.LeftOut]:
    for refusal in solved.advised.refused:
        planned = refusal.intervention.id in solved.steps and refusal.kind == "waits"
        inside = solved.form(refusal.intervention.id).item.targets if planned else []
        targets = [target for target in refusal.targets if target not in inside]
        if inside and not targets:
            continue
        told = [
            one
            for one in refusal.arguments
            if refusal.kind != "waits" or any(each in targets for each in one.entity.lineage)
        ]
        item = Recommendation(refusal.intervention, targets, told)
        words, limit = refusal.words, refusal.intervention.at_once
        if limit and inside and set(inside) & set(refusal.targets):
            accepted = any(
                one.targets for one in solved.school.promises if one.intervention == item.id
            )
            labels = [one.label for one in inside]
            words = waits(limit.because, labels, accepted=accepted, tie=False)
        if refusal.by and refusal.by not in solved.steps:
            title = solved.library.intervention(refusal.by).title
            words = replacement_missing(title, refusal.why)
        yield _out(item, refusal.kind, words, solved)


def _not_asked(solved: Solved) -> Iterator[view.LeftOut]:
    asked = {item.id: list(item.targets) for item in solved.items.values()}
    for refusal in solved.advised.refused:
        asked.setdefault(refusal.intervention.id, []).extend(refusal.targets)
    for found in unasked(solved.inference, solved.library, asked):
        if found.intervention.id not in solved.advised.in_place:
            item = Recommendation(found.intervention, list(found.targets))
            yield _out(item, "not-asked", found.words, solved)


def _impossible(solved: Solved) -> Iterator[view.LeftOut]:
    for name, reason in sorted(solved.dependencies.impossible.items()):
        asked = name in solved.items and solved.items[name].arguments
        if asked or solved.timetable.must(name):
            item = solved.items.get(name) or Recommendation(solved.library.intervention(name))
            yield _out(item, "impossible", reason, solved)


def _not_chosen(solved: Solved) -> Iterator[view.LeftOut]:
    for name in solved.dependencies.names:
        item = solved.items[name]
        if name in solved.undone:
            yield _placed_out(item, "undone", solved.reasons.left_out(name), solved)
        elif name in solved.steps:
            yield from _too_late(name, solved)
        elif item.arguments:
            rival = _rival(item, solved)
            if rival:
                instead = UsedInstead(rival.intervention.title)
                yield _placed_out(item, "alternative", instead, solved)
            else:
                kind = "pinned" if solved.reasons.pinned_out(name) else "no-room"
                yield _placed_out(item, kind, solved.reasons.left_out(name), solved)


def _too_late(name: str, solved: Solved) -> Iterator[view.LeftOut]:
    """Yield the targets left out of a step: too late for them, or without room for them all."""
    form, item = solved.form(name), solved.items[name]
    before = item.intervention.done_before
    if form.kind != "rest" or before is None:
        return
    others = [target for target in item.targets if target not in form.item.targets]
    told = [one for one in item.arguments if any(e in others for e in one.entity.lineage)]
    out = Recommendation(item.intervention, others, told)
    start = solved.placement(name).start
    if any(place.start == start for place in solved.problem.item(name).placements):
        yield _placed_out(out, "waits", solved.reasons.not_for_all(name), solved)
    else:
        late = NotOverBefore(before.event, before.because, others=True)
        yield _placed_out(out, "too-late", late, solved)


def _rival(item: Recommendation, solved: Solved) -> Recommendation | None:
    """Return the recommendation in the plan that is an alternative to this one, if any."""
    group = item.intervention.alternative
    rivals = (solved.form(name).item for name in solved.steps)
    return next(
        (other for other in rivals if group and other.intervention.alternative == group), None
    )


def _placed_out(
    item: Recommendation, kind: str, reason: WhyLeftOut, solved: Solved
) -> view.LeftOut:
    return _out(item, kind, solved.reasons.phrases.left_out(reason), solved)


def _out(item: Recommendation, kind: str, reason: str, solved: Solved) -> view.LeftOut:
    return view.LeftOut(
        intervention=item.id,
        title=item.intervention.title,
        strand=item.intervention.strand,
        target=target(item, solved).words,
        kind=kind,
        reason=reason,
        because=because(item.arguments, solved),
        decided=""
        if kind == "not-asked"
        else decided(item.id, solved, item.targets, refusals=kind != "refused"),
    )
