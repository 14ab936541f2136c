"""The phrases all documents about pupils share: names, states, reasons, what comes first."""

from __future__ import annotations

from ..pupils import (
    PupilLine,
    PupilReport,
    ReasonGiven,
    Sequence,
    SideBySide,
    TeachNext,
    shown_names,
)
from . import words


class PupilWords:
    """The names that the documents about pupils use, of one report."""

    def __init__(self, report: PupilReport) -> None:
        self.report = report
        named = (*report.states, *report.certainties, *report.circumstances)
        self.titles = {item.id: item.title for item in named}
        self.names = shown_names({line.ref: line.name for line in report.pupils})
        self.interventions = {item.intervention: item.title for item in report.interventions}

    @property
    def title(self) -> str:
        """The school, and what was asked."""
        asked = self.report.asked
        return self.report.school + (f": {asked}" if asked else ": all pupils")

    def state(self, line: PupilLine) -> str:
        """A pupil's state, and how sure it is."""
        sure = f", {self.titles[line.certainty]}" if line.certainty else ""
        return self.titles[line.state] + sure

    def why(self, line: PupilLine) -> tuple[str, ...]:
        """The reasons in short, the gravest first; of a pupil without enough data what is missing."""
        order = [state.id for state in self.report.states]
        given = sorted(line.reasons, key=lambda reason: order.index(reason.state))
        told = tuple(reason.title for reason in given)
        missing = dict.fromkeys(name for item in line.missing for name in item.missing)
        return told or ((f"not known: {', '.join(missing)}",) if missing else ())

    def rests_on(self, line: PupilLine, reason: ReasonGiven) -> str:
        """The rule behind a reason, how sure it is, and the rows it was read in."""
        rows: dict[tuple[str, str], list[int]] = {}
        for cell in reason.cells:
            rows.setdefault((cell.file, cell.column), []).append(cell.row)
        told = [
            f"{file} {column} in row{'s' if len(set(found)) > 1 else ''} "
            + ", ".join(map(str, sorted(set(found))))
            for (file, column), found in rows.items()
        ]
        sure = [self.titles[reason.certainty]] if reason.state == line.state else []
        return "; ".join([", ".join([reason.rule, *sure]), *told])

    def in_short(self, line: PupilLine) -> str:
        """The names of the reasons for the state, for a table."""
        given = [r.short for r in line.reasons if r.state == line.state]
        return ", ".join(given) or "; ".join(self.why(line))

    def counts(self) -> str:
        """Count the pupils in each state: “12 at risk (9 clear, 3 within error), 5 watch”."""
        told = []
        for state in self.report.states:
            if state.id not in self.report.counts:
                continue
            found = self.report.counts[state.id]
            sure = [
                f"{found[item.id]} {item.title}"
                for item in self.report.certainties
                if item.id in found
            ]
            told.append(
                f"{sum(found.values())} {state.title}" + (f" ({', '.join(sure)})" if sure else "")
            )
        grave, all_of = self.report.states[0], {line.ref for line in self.report.pupils}
        at_worst = {line.ref for line in self.report.pupils if line.state == grave.id}
        share = f" {len(at_worst)} of {words.count(len(all_of), 'pupil')} {grave.title} in one subject or more."
        if at_worst == all_of:  # only they were asked for, and a share of themselves says nothing
            share = ""
        return (
            f"{', '.join(told)}; a pupil counts once in each subject.{share} Judgements: "
            f"{self.report.judged.title}, {words.date(self.report.judged.on)}; sequences from "
            f"{words.date(self.report.on)}."
        )

    def listed(self) -> list[PupilLine]:
        """Give the lines to be listed: of whomever there is something to say, or of everybody where only
        one pupil or one state was asked for."""
        lines = self.report.pupils
        states = {line.state for line in lines}
        if len(states) == 1 or len({line.ref for line in lines}) == 1:
            return list(lines)
        return [line for line in lines if line.state != self.report.quiet]

    def first(self, sequence: Sequence | None) -> str:
        """Say what comes first for a pupil: the checks, or the first step."""
        if sequence is None:
            return ""
        known = sequence.now
        checks = ", ".join(check.skill for check in sequence.checks)
        if known:
            return f"teach {known.skill}" + (f", check {checks}" if checks else "")
        return f"check {checks}" if checks else "nothing is insecure: look at the judgement"


def again(step: TeachNext) -> str:
    """Say when a step is looked at again."""
    return words.date(step.look_again) if step.look_again else "the next plan"


def beyond(sequence: Sequence) -> str:
    """The steps for which the time until the next look is too short, and those a term doesn't reach;
    nothing where all fit in."""
    after = [step.skill for step in sequence.steps if not step.this_term]
    told = [f"Then, after the next look and up to the goal: {', '.join(after)}."] if after else []
    if sequence.later:
        told.append(f"Beyond what a term reaches: {', '.join(sequence.later)}.")
    return " ".join(told)


def presumed(sequence: Sequence) -> str:
    """Say how much is taken as secure though nobody looked."""
    count = words.count(sequence.presumed, "older skill")
    return f"{count} on the way taken as secure until a check says otherwise."


def nothing_insecure(sequence: Sequence) -> str:
    """Say what to do where every skill on the way to the goal was seen to be secure."""
    return (
        f"All {sequence.secure} skills on the way to it are secure: hold the judgement against the "
        "pupil's work."
    )


def side_by_side(report: PupilReport) -> dict[str, list[SideBySide]]:
    """Group what pupils need together by class and subject."""
    found: dict[str, list[SideBySide]] = {}
    for part in report.side_by_side:
        where = f"{part.class_id}, {part.subject_title}" if part.class_id else part.subject_title
        found.setdefault(where, []).append(part)
    return found
