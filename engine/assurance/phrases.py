"""The words of assurance: what is wrong with rules and knowledge, and what made-up schools show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..core import Place
from ..library import Statement
from .equity_rates import Apart, Flagged

# --- what rules say, and rules beside each other


def statement(said: Statement, titles: Mapping[str, str], parts: Mapping[str, str]) -> str:
    """Say what a statement of a rule does, with the titles of what it names."""
    title, other = titles.get(said.intervention, said.intervention), titles.get(said.by, said.by)
    part = parts.get(said.part, said.part)
    return {
        "for": f"speaks for “{title}”",
        "against": f"speaks against “{title}”",
        "must": f"has “{title}” in the plan by {part}",
        "start_by": f"has “{title}” start by {part}",
        "not_before": f"has “{title}” start no earlier than {part}",
        "replace": f"puts “{other}” in the place of “{title}”",
        "leave_out": f"leaves “{title}” out",
        "bring_forward": f"brings “{title}” forward",
    }[said.kind]


def contradicts(rule: str, other: str, says: str, other_says: str) -> str:
    """Say that a rule contradicts another, or itself where both are one."""
    if rule == other:
        return f"{rule} contradicts itself: it {says}, and {other_says}"
    return f"{rule} contradicts {other}: it {says}, and {other} {other_says}"


def says_so_in(rule: str, place: Place) -> str:
    """Say where a rule says it."""
    return f"{rule} says so in {place}"


def fire(*rules: str) -> str:
    """Say that one rule fires, or both do."""
    return f"{rules[0]} fires" if len(rules) == 1 else f"{' and '.join(rules)} both fire"


def adds_nothing(rule: str, other: str) -> str:
    """Say that another rule makes a rule needless."""
    return f"{rule} adds nothing: whenever it fires, {other} fires and says as much"


def stands_in(rule: str, place: Place) -> str:
    """Say where a rule is."""
    return f"{rule} stands in {place}"


def fires_too(rule: str, other: str) -> str:
    """Say that where one rule fires the other does."""
    return f"{rule} fires, and so does {other}"


# --- single rules


def part_never(rule: str, part: str) -> str:
    """Say that a rule can't fire because of one part of its condition."""
    return f"{rule} can never fire: {part} can never be"


def found_only_by(finders: Sequence[str]) -> str:
    """Say which rules could find the need a rule waits for."""
    return f"only {' and '.join(finders)} could find it" if finders else "no rule finds it"


def parts_exclude(rule: str) -> str:
    """Say that a rule can't fire because parts of its condition exclude each other."""
    return f"{rule} can never fire: its conditions exclude each other"


def does_not_fire(rule: str, missing: str) -> str:
    """Say that a rule does not fire, and what of its condition does not hold; `missing` may be empty."""
    return f"{rule} does not fire" + (f", and all of it holds but {missing}" if missing else "")


def always(rule: str) -> str:
    """Say that a rule is never silent."""
    return f"{rule} always fires: no values of what it reads keep it silent"


# --- indicators, interventions, prerequisites

SAME_AS_THE_OTHER = "all rules say the same as of the other school"
NO_READER_HINT = "take it out, or write the rule it is for"
NO_WAY_IN_HINT = "write the rule it is for, or retire it"
LEFT_OUT = "A rule leaves it out."
NOT_FOR_THIS_SCHOOL = "It is not for this school."


def no_reader(indicator: str) -> str:
    """Say that nothing reads an indicator."""
    return f"nothing reads the indicator “{indicator}”"


def no_way_in(item: str, asked: bool) -> str:
    """Say that nothing brings an intervention in; `asked`: rules do, on schools it is not for."""
    return (
        f"nothing can bring in “{item}”: no rule asks for it"
        + (" on a school it is for" if asked else "")
        + ", it is no duty, and nothing needs it"
    )


def not_among(item: str, wanted: int) -> str:
    """Say that of so many interventions asked for it is none."""
    return f"{wanted} interventions are asked for, “{item}” is not among them"


def asked_in_vain(item: str) -> str:
    """Say that it is asked for where it can't be had."""
    return f"“{item}” is asked for, and such a school can't have it"


def never_met(item: str, options: Sequence[str], exclude: bool) -> str:
    """Say that a prerequisite can't be met: none of the options can be had, or what they need excludes
    each other."""
    names = " or ".join(f"“{one}”" for one in options)
    why = "it can't be had" if len(options) == 1 else "none of them can be had"
    why = f"{why} where “{item}” is asked for and suitable"
    if exclude:
        why = "of what these need, two are never planned together"
    return f"“{item}” needs {names}, which can never be met: {why}"


def asked_and_not_had(item: str, reason: str) -> str:
    """Say that it is asked for and can't be had, and why; `reason` may be empty."""
    return f"“{item}” is asked for and can't be had. {reason.rstrip('.')}".rstrip(". ")


def takes_in(item: str, names: Sequence[str]) -> str:
    """Say what comes in with it, of which two exclude each other."""
    return f"“{item}” takes in {', '.join(names)}, of which two exclude each other"


# --- weak judgements on which nothing follows


def nothing_recommended(strand: str) -> str:
    """Say that nothing of a strand is recommended."""
    return f"nothing of “{strand}” is recommended"


def gap(strand: str, grades: Sequence[str], never: bool) -> str:
    """Say at which judgements no rule recommends anything of a strand."""
    return (
        f"“{strand}” can be judged {' or '.join(grades)}, and no rule recommends anything of it "
        + ("whatever else is known" if never else "on the judgements alone")
    )


def silent_cells(silent: int, cells: int) -> str:
    """Say in how many combinations of judgements nothing is recommended; empty for none."""
    if not silent:
        return ""
    return (
        f"in {silent:,} of {cells:,} combinations of judgements nothing at all is "
        "recommended though something is weak"
    )


# --- examples of rules

_COMES = {"fires": "fires", "silent": "stays silent", "unknown": "can't be decided"}
OFF_SCALE = "gives a grade that is not on its scale"
CLEAR_HINT = "only an example that fires, of a rule that says when it is clear, tells it"


def wrong_kind(given: object, key: str, kind: str) -> str:
    """Say that an example gives what the indicator can't be."""
    return f"gives {given!r} for “{key}”, which is a {kind}"


def engine_differs(rule: str, example: str, engine: str, fires: bool) -> str:
    """Say that the engine and the conditions disagree on an example; `fires` in the engine."""
    does, means = ("fires", "does not") if fires else ("does not fire", "does")
    return f"{rule}: “{example}” {does} in {engine}; by its conditions it {means}"


def never_seen(rule: str, key: str, outcome: bool) -> str:
    """Say that no example has a comparison come out one way."""
    return f"{rule}: no example has “{key}” come out {str(outcome).lower()}"


def comes_otherwise(rule: str, example: str, found: str, expected: str) -> str:
    """Say that an example does not come out as it says."""
    return f"{rule}: “{example}” {_COMES[found]}, expected: {expected}"


def needs_clear(rule: str, example: str) -> str:
    """Say that an example has to tell how sure the rule is, or tells it in vain."""
    return f"{rule}: “{example}” needs “clear”, true or false, or has it in vain"


def sure_otherwise(rule: str, example: str, clear: bool) -> str:
    """Say that an example is clear, or is not, against what it says."""
    return f"{rule}: “{example}” is {'clear' if clear else 'not clear'}"


# --- groups of pupils that are flagged more often

LOOK_AT_STATE = "Look at the rules that give this state."


def look_at_rule(limits: str) -> str:
    """Say what to look at: where the rule is wrong, by its own word."""
    return f"Look at where the rule is wrong: {limits}"


def flagging_rule(rule: str, title: str) -> str:
    """Name a rule that flags pupils."""
    return f"{rule} ({title})"


def flagging_state(title: str) -> str:
    """Name a state pupils are in."""
    return f"The state “{title}”"


def flagged_more(what: str, group: str, held: Flagged, others: Flagged, apart: Apart) -> str:
    """Say that pupils of a group are flagged more or less often than the others."""
    often = "more" if apart.points > 0 else "less"
    return (
        f"{what} flags pupils with “{group}” {often} often: "
        f"{held.share:.0f} % of {held.pupils}, and {others.share:.0f} % of the {others.pupils} "
        f"others; {abs(apart.points):.0f} points apart (interval {apart.low:+.0f} to "
        f"{apart.high:+.0f}). It may be a real difference in need."
    )
