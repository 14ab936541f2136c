"""What a rule says of interventions, one statement at a time with its place, and which statements are
opposite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ...library import Rule

WEIGHT = {"slight": 1, "moderate": 2, "strong": 3}


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a rule about one intervention."""

    kind: Literal["for", "against", "must", "start_by", "not_before", "replace", "leave_out"]
    thing: str
    path: tuple[str | int, ...]
    more: str = ""
    """A strength, a part of the year, or what replaces it."""

    def words(self, title: str, other: str, part: str) -> str:
        """The statement in a sentence, with the titles of what it names."""
        return {
            "for": f"speaks for “{title}”",
            "against": f"speaks against “{title}”",
            "must": f"has “{title}” in the plan by {part}",
            "start_by": f"has “{title}” start by {part}",
            "not_before": f"has “{title}” start no earlier than {part}",
            "replace": f"puts “{other}” in the place of “{title}”",
            "leave_out": f"leaves “{title}” out",
        }[self.kind]


def claims(rule: Rule) -> Iterator[Claim]:
    """The statements of a rule, in the order they are written by kind."""
    for index, one in enumerate(rule.recommend):
        yield Claim("for", one.intervention, ("recommend", index), one.strength)
    for index, one in enumerate(rule.advise_against):
        yield Claim("against", one.intervention, ("advise_against", index), one.strength)
    if rule.shape is None:
        return
    for index, due in enumerate(rule.shape.must):
        yield Claim("must", due.intervention, ("shape", "must", index), due.part)
    for index, due in enumerate(rule.shape.start_by):
        yield Claim("start_by", due.intervention, ("shape", "start_by", index), due.part)
    for index, due in enumerate(rule.shape.not_before):
        yield Claim("not_before", due.intervention, ("shape", "not_before", index), due.part)
    for index, change in enumerate(rule.shape.replace):
        yield Claim("replace", change.intervention, ("shape", "replace", index), change.by)
    for index, name in enumerate(rule.shape.leave_out):
        yield Claim("leave_out", name, ("shape", "leave_out", index))


def says_all(rule: Rule, other: Rule) -> bool:
    """Whether a rule says all that the other says, at least as strongly."""
    if rule.stratum != other.stratum:
        return False
    if other.screen:
        return rule.screen == other.screen
    if other.diagnose:
        return rule.diagnose == other.diagnose
    if other.shape:
        return _shapes(rule, other)
    said = {(one.kind, one.thing): WEIGHT[one.more] for one in claims(rule)}
    return all(said.get((one.kind, one.thing), 0) >= WEIGHT[one.more] for one in claims(other))


def _shapes(rule: Rule, other: Rule) -> bool:
    for name in other.shape.model_fields_set if other.shape else ():
        said, asked = getattr(rule.shape, name), getattr(other.shape, name)
        if isinstance(asked, tuple):
            if not set(asked) <= set(said):
                return False
        elif isinstance(asked, int | float) and said is not None:
            if said > asked:
                return False
        elif said != asked:
            return False
    return True


Clash = Literal["argued", "together", "always"]


def clash(one: Claim, other: Claim, parts: Sequence[str]) -> Clash | None:
    """How two statements are opposite: “argued”, for and against; “together”, wrong wherever both are
    made; “always”, wrong where the first is never made without the second. None: they aren't.

    `parts` are the parts of the year in order. The second is the one that undoes the first.
    """
    kinds, same = (one.kind, other.kind), one.thing == other.thing
    if same and kinds == ("for", "against"):
        return "argued"
    if same and kinds == ("must", "leave_out"):
        return "together"
    if same and kinds in (("must", "not_before"), ("start_by", "not_before")):
        late = one.more in parts and other.more in parts
        return "together" if late and parts.index(other.more) > parts.index(one.more) else None
    if kinds == ("replace", "replace") and (one.thing, one.more) == (other.more, other.thing):
        return "together"
    if kinds == ("replace", "leave_out") and one.more == other.thing:
        return "together"
    return "always" if same and kinds == ("must", "replace") else None
