"""The time and the money a plan may use, held against the years and half-terms it is made for."""

from __future__ import annotations

from ...core import Path
from ..calendar import Timeline, financial_year
from ..model import BudgetLine, DaysByPart, SchoolFile, StaffFile
from .folder_checks import SCHOOL, STAFF, Checks


def told(checks: Checks, file: str, *path: str | int) -> bool:
    """Tell whether a mistake has been reported at a key path of a file, or below it."""
    places = {problem.place for problem in checks.problems}
    document = checks.documents[file]
    return any(
        where[: len(path)] == path and document.place(*where) in places for where in document.marks
    )


def check_time(checks: Checks, staff: StaffFile, time: Timeline) -> None:
    """Adds a problem for whoever gives days by part of the year, but not for every part the plan
    has."""
    parts = dict.fromkeys(half.part for half in time.halves)
    given: list[tuple[Path, DaysByPart]] = [
        (("people", index, "time"), person.time) for index, person in enumerate(staff.people)
    ]
    given += [(("together", role), days) for role, days in staff.together.items()]
    document = checks.documents[STAFF]
    for path, days in given:
        if not isinstance(days, dict):
            continue
        lacking = [part for part in parts if (*path, part) not in document.marks]
        astray = [part for part in days if part not in checks.library.parts]
        if len(lacking) > len(astray):  # else they are the same, misspelt
            checks.wrong(
                document.place(*path),
                f"gives no time for {', '.join(lacking)}",
                "write 0 where there is none",
            )


def check_money(checks: Checks, school: SchoolFile, time: Timeline | None) -> None:
    """Adds every mistake in what the budget lines may be used for, and those that have no money in
    the years of the plan; without `time` nothing is said of years."""
    library = checks.library
    place = checks.documents[SCHOOL].place
    tiers = {tier.id: tier for tier in library.costs.tiers}
    for index, one in enumerate(school.money.spent):
        if one.serves is not None:
            where = ("money", "spent", index, "serves")
            checks.name(SCHOOL, where, "strand", one.serves, library.strands)
    for index, line in enumerate(school.money.lines):
        path: Path = ("money", "lines", index)
        rule = line.only_for
        if rule:
            for key, kind, names, known in (
                ("tiers", "tier", rule.tiers, tiers),
                ("strands", "strand", rule.strands, library.strands),
                ("interventions", "intervention", rule.interventions, library.interventions),
            ):
                for position, name in enumerate(names):
                    checks.name(SCHOOL, (*path, "only_for", key, position), kind, name, known)
        for tier, percent in line.most.items():
            here = (*path, "most", tier)
            checks.name(SCHOOL, here, "tier", tier, tiers)
            if not 0 <= percent <= 100:
                checks.wrong(place(*here), f"{percent:g} is no percentage", "0 to 100")
            if rule and rule.tiers and tier not in rule.tiers:
                checks.wrong(
                    place(*here),
                    f"“{line.id}” pays for nothing of “{tier}”: it is only for "
                    f"{', '.join(rule.tiers)}",
                    "take it out, or add the tier to only_for",
                )
    if time:
        _funded(checks, school, time)


def _funded(checks: Checks, school: SchoolFile, time: Timeline) -> None:
    """A school may have no money at all, but a line without any beside one that has some is a
    mistake; that nothing is known yet of a later year is none."""
    place = checks.documents[SCHOOL].place

    def years(line: BudgetLine) -> list[str]:
        academic = line.year == "academic"
        return sorted(
            {half.year if academic else financial_year(half.starts) for half in time.halves}
        )

    def total(line: BudgetLine) -> int:
        return sum(line.amounts.get(year, 0) for year in years(line))

    some = any(total(line) for line in school.money.lines)
    for index, line in enumerate(school.money.lines):
        path: Path = ("money", "lines", index, "amounts")
        if told(checks, SCHOOL, *path):
            continue
        wanted = " or ".join(years(line))
        if not line.amounts.keys() & set(years(line)):
            checks.wrong(
                place(*path),
                f"“{line.id}” has no amount for any {line.year} year of the plan",
                f"give one for {wanted}",
            )
        elif some and not total(line):
            checks.wrong(
                place(*path),
                f"nobody funds “{line.id}”: it has nothing in {wanted}",
                "write what it has, or take the line out",
            )
