"""A rule as an author writes it: the condition, what follows from it, its limits and its
examples."""

from __future__ import annotations

from functools import cache, cached_property
from string import Formatter
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    Discriminator,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    Tag,
    model_validator,
)

from ..core import Name, Record, Slug, Text
from .key import Key
from .operators import OPERATORS, Operator
from .review import Reviewable

Stratum = Literal["screen", "diagnose", "recommend", "shape", "review"]
STRATA: tuple[Stratum, ...] = ("screen", "diagnose", "recommend", "shape", "review")
"""The last is about the steps of a plan in use: before there is one, it has nothing to say."""

EntityKind = Literal[
    "school",
    "question",
    "year",
    "subject",
    "group",
    "class",
    "teacher",
    "initiative",
    "class-subject",
    "year-subject",
    "group-subject",
    "pupil",
    "pupil-subject",
    "step",
]

BELONGS_TO: dict[EntityKind, tuple[EntityKind, ...]] = {
    "school": (),
    "question": ("school",),
    "year": ("school",),
    "subject": ("school",),
    "group": ("school",),
    "class": ("school", "teacher"),
    "teacher": ("school",),
    "initiative": ("school",),
    "class-subject": ("class", "subject"),
    "year-subject": ("year", "subject"),
    "group-subject": ("group", "subject"),
    "pupil": ("class", "year"),
    "pupil-subject": ("pupil", "class-subject", "year-subject"),
    "step": ("school",),
}
"""What each kind of entity directly belongs to; a rule may read the indicators of all its
elders."""


@cache
def elders(kind: EntityKind) -> tuple[EntityKind, ...]:
    """The kind itself and every kind it belongs to, nearest first."""
    found: list[EntityKind] = []
    queue: list[EntityKind] = [kind]
    while queue:
        current = queue.pop(0)
        if current not in found:
            found.append(current)
            queue.extend(BELONGS_TO[current])
    return tuple(found)


class ThresholdRef(Record):
    threshold: Name
    """a threshold of knowledge/base/thresholds/, at its newest value"""


class GradeRef(Record):
    grade: Slug
    """an anchor of the indicator's scale, for example “weak”"""


Scalar = StrictBool | StrictInt | StrictFloat | StrictStr


def _operand_kind(value: Any) -> str:
    if isinstance(value, dict):
        return "<threshold>" if "threshold" in value else "<grade>"
    if isinstance(value, ThresholdRef):
        return "<threshold>"
    if isinstance(value, GradeRef):
        return "<grade>"
    return "<value>"


Operand = Annotated[
    Annotated[ThresholdRef, Tag("<threshold>")]
    | Annotated[GradeRef, Tag("<grade>")]
    | Annotated[Scalar, Tag("<value>")],
    Discriminator(_operand_kind),
]


class Leaf(Record):
    """One indicator compared with one value; each of `OPERATORS` has a field."""

    ALSO_CALLED: ClassVar[dict[str, str]] = {
        word: one.name for one in OPERATORS.values() for word in one.also_called
    }
    indicator: Name
    of: Slug | None = None
    """which question's indicator is read, in a rule that is not about it"""
    equals: Operand | None = Field(default=None, alias="is")
    one_of: tuple[Scalar, ...] | None = None
    includes: Text | None = None
    at_least: Operand | None = None
    at_most: Operand | None = None
    above: Operand | None = None
    below: Operand | None = None
    known: bool | None = None

    @model_validator(mode="after")
    def _one_comparison(self) -> Leaf:
        given = [name for name in OPERATORS if self._beside(name) is not None]
        if len(given) != 1:
            count = "no comparison" if not given else "more than one: " + ", ".join(given)
            raise ValueError(f"a comparison needs exactly one of {', '.join(OPERATORS)} || {count}")
        return self

    def _beside(self, comparison: str) -> Any:
        """Give what stands beside a comparison's name, or None."""
        return getattr(self, "equals" if comparison == "is" else comparison, None)

    @cached_property
    def operator(self) -> Operator:
        """The one comparison that is given."""
        return next(one for name, one in OPERATORS.items() if self._beside(name) is not None)

    @property
    def comparison(self) -> str:
        """The name of the one comparison that is given."""
        return self.operator.name

    @property
    def operand(self) -> Any:
        """Give what it is compared with, as it is written."""
        return self._beside(self.operator.name)

    @cached_property
    def key(self) -> str:
        """The name under which the value is looked up: “judgement”, or “judgement of
        assessment”."""
        return str(Key(self.indicator, self.of or ""))


class NeedLeaf(Record):
    """Whether a need was found for the entity or for something it belongs to."""

    need: Slug

    @cached_property
    def key(self) -> str:
        return str(Key(need=self.need))


class All(Record):
    all: tuple[Condition, ...] = Field(min_length=1)


class Any_(Record):
    any: tuple[Condition, ...] = Field(min_length=1)


class Not(Record):
    inverse: Condition = Field(alias="not")


_KINDS: dict[str, str] = {
    "all": "<all>",
    "any": "<any>",
    "not": "<not>",
    "need": "<need>",
    "indicator": "<indicator>",
}


def _condition_kind(value: Any) -> str:
    if isinstance(value, dict):
        for key, tag in _KINDS.items():
            if key in value:
                return tag
        return "<indicator>"
    tags: dict[type, str] = {All: "<all>", Any_: "<any>", Not: "<not>", NeedLeaf: "<need>"}
    return tags.get(type(value), "<indicator>")


Condition = Annotated[
    Annotated[All, Tag("<all>")]
    | Annotated[Any_, Tag("<any>")]
    | Annotated[Not, Tag("<not>")]
    | Annotated[NeedLeaf, Tag("<need>")]
    | Annotated[Leaf, Tag("<indicator>")],
    Discriminator(_condition_kind),
]
All.model_rebuild()
Any_.model_rebuild()
Not.model_rebuild()


class Screened(Record):
    """What a screening rule says of a pupil in a subject."""

    state: Slug
    reason: Slug
    """the name of the reason, unique among the screening rules"""
    clear: Condition | None = None
    """where this holds too the reason is clear; else it lies within the error of the data. Left
    out: always clear"""
    stretch: bool = False
    """the pupil's learning sequence leads to the stretch goals"""


class Diagnosed(Record):
    """The need a diagnosing rule finds."""

    need: Slug


Strength = Literal["strong", "moderate", "slight"]


class Advice(Record):
    """An intervention a rule argues for, or against."""

    intervention: Slug
    strength: Strength = "moderate"
    urgent: int | None = Field(default=None, ge=1, le=6)
    """it can't wait: the half-terms of the plan within which it has to begin"""


class StartBy(Record):
    """A deadline: the intervention, when recommended, starts by the end of this part of the first
    year."""

    intervention: Slug
    part: Slug
    """a part of the school year of the calendar, for example “aut1”"""


class Must(StartBy):
    """Something that has to be in the plan, and start by then."""

    light_is_enough: bool = False
    """its light form will do"""


class Replace(Record):
    """Use one form of an intervention instead of another."""

    intervention: Slug
    by: Slug


class BringForward(Record):
    """Value is worth more the earlier it comes, for these interventions."""

    pupil_progress: bool = False
    """all that act on pupils' progress in class"""
    interventions: tuple[Slug, ...] = ()


class Shape(Record):
    """What a shaping rule does to the plan as a whole; at least one of these."""

    must: tuple[Must, ...] = ()
    start_by: tuple[StartBy, ...] = ()
    not_before: tuple[StartBy, ...] = ()
    """does not start before this part of the first year"""
    replace: tuple[Replace, ...] = ()
    leave_out: tuple[Slug, ...] = ()
    bring_forward: BringForward | None = None
    new_starts: int | None = Field(default=None, ge=1)
    """new starts in one half-term"""
    planned_share: float | None = Field(default=None, gt=0, le=1)
    """the share of people's stated time that is planned"""
    spend_share: float | None = Field(default=None, ge=0, le=1)
    """the share of each budget line that may be committed"""
    lead_share: float | None = Field(default=None, gt=0, le=1)
    """the share of the plan's steps that the head leads, where others have the time to lead more"""

    @model_validator(mode="after")
    def _says_something(self) -> Shape:
        if not self.model_fields_set:
            raise ValueError(f"says nothing || give one of {', '.join(type(self).model_fields)}")
        return self


class Example(Record):
    """A made-up case that shows what the rule does; it is run as a test."""

    say: Text
    given: dict[str, Scalar | tuple[Scalar, ...]] = Field(default_factory=dict)
    """indicator values; what is not given is unknown (a need not given: not found)"""
    expect: Literal["fires", "silent", "unknown"]
    clear: bool | None = None
    """of a screening rule that fires: whether the reason is clear"""


class Rule(Reviewable):
    """One rule: it looks at one thing, and says what follows."""

    id: Annotated[str, Field(pattern=r"^[A-Z]{2,4}-\d{2,3}$")]
    title: Text
    """names the pattern, not the remedy"""
    since: Text
    """the content version it entered in this status"""
    about: EntityKind
    when: Condition
    because: Text
    """what was found, with the school's own values as {indicator}"""
    why: Text
    """why it matters"""
    limits: Text
    """where the rule is wrong; “none” is refused"""
    examples: tuple[Example, ...] = Field(min_length=2)
    screen: Screened | None = None
    diagnose: Diagnosed | None = None
    recommend: tuple[Advice, ...] = ()
    advise_against: tuple[Advice, ...] = ()
    shape: Shape | None = None
    propose: Slug | None = None
    """a proposal of knowledge/base/progress.yaml for a step that is reviewed"""
    oppose: tuple[Slug, ...] = ()
    """proposals it speaks against; that is told, and decides nothing"""
    replaced_by: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _worded(self) -> Rule:
        try:
            list(Formatter().parse(self.because))
        except ValueError:
            raise ValueError(
                "because: its braces don't match || write {indicator}, and {{ for a brace"
            ) from None
        return self

    @model_validator(mode="after")
    def _urgent(self) -> Rule:
        if any(advice.urgent for advice in self.advise_against):
            raise ValueError(
                "advise_against: what is advised against can't be urgent || take it out"
            )
        return self

    @model_validator(mode="after")
    def _honest(self) -> Rule:
        if self.limits.strip(" .").lower() in ("none", "n/a", "no", "no limits"):
            raise ValueError("limits: “none” is not an answer || say where the rule would be wrong")
        expected = {example.expect for example in self.examples}
        missing = sorted({"fires", "silent"} - expected)
        if missing:
            found = {"silent": "stays silent"}.get(missing[0], missing[0])
            raise ValueError(f"no example that {found} || add one")
        return self

    @cached_property
    def stratum(self) -> Stratum | None:
        """The stratum its outcome belongs to; None when it has no outcome or several."""
        found: list[Stratum] = []
        if self.screen:
            found.append("screen")
        if self.diagnose:
            found.append("diagnose")
        if self.recommend or self.advise_against:
            found.append("recommend")
        if self.shape:
            found.append("shape")
        if self.propose or self.oppose:
            found.append("review")
        return found[0] if len(found) == 1 else None
