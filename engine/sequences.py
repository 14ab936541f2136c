"""Learning sequences: from the earliest insecure skill to the goal for the term, and what to check
first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import networkx as nx

from .library import Library
from .records import pupils as view
from .records.skills import Skill
from .terms import DAYS_A_WEEK, Half, Timeline


def skill_graph(skills: Iterable[Skill]) -> nx.DiGraph[str]:
    """The skills of a subject with an arrow from each skill to those that build on it."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for skill in skills:
        graph.add_node(skill.id)
        graph.add_edges_from((need, skill.id) for need in skill.needs)
    return graph


@dataclass(frozen=True, eq=False)
class Way:
    """The skills that lead to the goals of one year group in one term, in the order of teaching.

    Sets of skills are numbers whose bits are the positions in that order; `before` and `after` give
    for each skill those it builds on and those that build on it, itself among them.
    """

    goals: tuple[str, ...]
    skills: tuple[Skill, ...]
    strands: tuple[str, ...]
    """The title of each skill's strand."""
    before: tuple[int, ...]
    after: tuple[int, ...]

    def bits(self, codes: Iterable[str]) -> int:
        """A set of codes, those on the way only."""
        wanted = frozenset(codes)
        return sum(1 << place for place, skill in enumerate(self.skills) if skill.id in wanted)

    def places(self, bits: int) -> Iterator[int]:
        """The positions in a set, in the order of teaching."""
        return (place for place in range(len(self.skills)) if bits >> place & 1)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the skills on a way, as sets of bits; what is in none of them is unknown."""

    secure: int
    insecure: int
    follows: int
    """Not secure, since one they build on is not."""
    unknown: int


def known(way: Way, secure: int, insecure: int) -> Known:
    """What follows from the skills seen to be secure and insecure.

    What a secure skill builds on is secure, what builds on an insecure one is not, unless it was
    itself seen; where both follow, nothing is known.
    """
    below = _joined(way.before, way.places(secure)) & ~insecure & ~secure
    above = _joined(way.after, way.places(insecure)) & ~secure & ~insecure
    both = below & above
    sure, follows = secure | (below & ~both), above & ~both
    everything = (1 << len(way.skills)) - 1
    return Known(sure, insecure, follows, everything & ~(sure | insecure | follows))


def _joined(masks: Sequence[int], places: Iterable[int]) -> int:
    joined = 0
    for place in places:
        joined |= masks[place]
    return joined


def best_checks(way: Way, unknown: int, most: int) -> tuple[int, ...]:
    """The positions of the smallest set of at most `most` checks that leaves least unknown, however
    they come out; of equal ones that which leaves least over all outcomes, then the earliest.

    Every set is tried. A check that comes out secure tells the same of all that the skill builds
    on, one that doesn't of all that builds on it.
    """
    places = list(way.places(unknown))
    told = [(way.before[place] & unknown, way.after[place] & unknown) for place in places]
    best: list[tuple[int, int, float, tuple[int, ...]]] = []

    def add(first: int, outcomes: Sequence[tuple[int, int]], chosen: tuple[int, ...]) -> None:
        """Tries every check from `first` on beside those chosen, of which `outcomes` gives what is
        then secure and insecure, whichever way they come out."""
        for index in range(first, len(places)):
            below, above = told[index]
            found = [(secure | below, bad) for secure, bad in outcomes if not below & bad]
            found += [(secure, bad | above) for secure, bad in outcomes if not above & secure]
            left = [(unknown & ~(secure | bad)).bit_count() for secure, bad in found]
            now = (*chosen, places[index])
            rank = (max(left), len(now), sum(left) / len(left), now)
            if not best or rank < best[0]:
                best[:] = [rank]
            if len(now) < most:
                add(index + 1, found, now)

    add(0, [(0, 0)], ())
    return best[0][3] if best else ()


class Sequences:
    """Works out learning sequences in one library and calendar; what comes out the same is worked
    out once."""

    def __init__(self, library: Library, time: Timeline) -> None:
        self.library, self.time = library, time
        self.years = list(library.words.year_groups)
        self._way = cache(self._new_way)
        self._checks = cache(self._new_checks)
        self._steps = cache(self._new_sequence)
        self._days = cache(lambda on: tuple(time.school_days(on)))

    def of(
        self,
        subject: str,
        year: str,
        secure: frozenset[str],
        insecure: frozenset[str],
        on: datetime.date,
        stretch: bool = False,
    ) -> view.Sequence | None:
        """The sequence of a pupil in a year group from a date on, by the skills seen to be secure
        and insecure, to the goals of the term (or the stretch goals); None where the library has
        no goal for them in that term."""
        half = self.half(on)
        way = self._way(subject, year, half.term_part, stretch)
        if way is None:
            return None
        return self._steps(way, known(way, way.bits(secure), way.bits(insecure)), half, on)

    def half(self, on: datetime.date) -> Half:
        """The half-term a date is in, or the next one; the last of the calendar after that."""
        halves = self.time.halves
        return next((half for half in halves if half.ends >= on), halves[-1])

    def _new_way(self, subject: str, year: str, term: str, stretch: bool) -> Way | None:
        file = self.library.skill_files.get(subject)
        if file is None:
            return None
        goals = (file.stretch if stretch else file.goals).get(year, {}).get(term, ())
        if not goals:
            return None
        graph, skills = skill_graph(file.skills), {skill.id: skill for skill in file.skills}
        place = {skill.id: index for index, skill in enumerate(file.skills)}
        wanted = set(goals).union(*(nx.ancestors(graph, goal) for goal in goals))
        inside = graph.subgraph(wanted)

        def early(code: str) -> tuple[int, int]:
            return self.years.index(skills[code].year), place[code]

        order = list(nx.lexicographical_topological_sort(inside, key=early))
        at = {code: index for index, code in enumerate(order)}
        before = [sum(1 << at[c] for c in (*nx.ancestors(inside, code), code)) for code in order]
        after = [sum(1 << at[c] for c in (*nx.descendants(inside, code), code)) for code in order]
        ordered = tuple(skills[code] for code in order)
        strands = tuple(file.strands[skill.strand] for skill in ordered)
        return Way(goals, ordered, strands, tuple(before), tuple(after))

    def _new_checks(self, way: Way, unknown: int) -> tuple[view.CheckFirst, ...]:
        chosen = best_checks(way, unknown, self.library.screening.most_checks)
        found = []
        for place in chosen:
            skill = way.skills[place]
            told = (way.before[place] & unknown, way.after[place] & unknown)
            found.append(
                view.CheckFirst(
                    skill=skill.id,
                    title=skill.title,
                    year=skill.year,
                    check=skill.check,
                    settles=min(bits.bit_count() for bits in told),
                )
            )
        return tuple(found)

    def _new_sequence(self, way: Way, now: Known, half: Half, on: datetime.date) -> view.Sequence:
        skills = {skill.id: skill for skill in way.skills}
        return view.Sequence(
            term=half.term,
            goal=way.goals,
            goal_title="; ".join(skills[goal].title for goal in way.goals),
            secure=now.secure.bit_count(),
            checks=self._checks(way, now.unknown),
            steps=tuple(self._taught(way, now, half, on)),
        )

    def _taught(
        self, way: Way, now: Known, half: Half, on: datetime.date
    ) -> Iterator[view.TeachNext]:
        """What is taught, in order: all that is not secure, and of what isn't known the foundations
        and the goals."""
        term_ends = max(h.ends for h in self.time.halves if h.term == half.term)
        days, weeks = self._days(on), 0
        for place, skill in enumerate(way.skills):
            bit = 1 << place
            if now.secure & bit:
                continue
            if now.unknown & bit and not skill.foundation and skill.id not in way.goals:
                continue
            weeks += skill.weeks
            last = weeks * DAYS_A_WEEK - 1
            again = days[last] if last < len(days) else None
            yield view.TeachNext(
                skill=skill.id,
                title=skill.title,
                year=skill.year,
                strand=way.strands[place],
                known="insecure"
                if now.insecure & bit
                else ("follows" if now.follows & bit else "unknown"),
                strategy=skill.strategy,
                look_for=skill.look_for,
                look_again=again,
                this_term=again is not None and again <= term_ends,
            )
