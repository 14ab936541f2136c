"""Learning sequences: from the earliest insecure skill to the goal for the term, checks first."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ..library import Library, Skill
from ..school import DAYS_A_WEEK, Half, Timeline
from . import model as view

if TYPE_CHECKING:
    import networkx as nx


def skill_graph(skills: Iterable[Skill]) -> nx.DiGraph[str]:
    """The skills of a subject with an arrow from each skill to those that build on it."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    for skill in skills:
        graph.add_node(skill.id)
        graph.add_edges_from((need, skill.id) for need in skill.needs)
    return graph


@dataclass(frozen=True, eq=False)
class SkillPath:
    """The skills of a subject in the order of teaching, and which of them lead to the goals of one
    year group in one term.

    Sets of skills are numbers whose bits are the positions in that order; `before` and `after` give
    for each skill those it builds on and those that build on it, itself among them.
    """

    goals: tuple[str, ...]
    skills: tuple[Skill, ...]
    strands: tuple[str, ...]
    """The title of each skill's strand."""
    before: tuple[int, ...]
    after: tuple[int, ...]
    led: int
    """The goals and all they build on."""
    earlier: tuple[int, ...]
    """The skills of the years before the pupil's own: of all of them, of those at least two years
    before, and so on."""

    def bits(self, codes: Iterable[str]) -> int:
        """A set of codes."""
        wanted = frozenset(codes)
        return sum(1 << place for place, skill in enumerate(self.skills) if skill.id in wanted)

    def places(self, bits: int) -> Iterator[int]:
        """The positions in a set, in the order of teaching."""
        return (place for place in range(len(self.skills)) if bits >> place & 1)


@dataclass(frozen=True, slots=True)
class Known:
    """A pupil's knowledge of the skills of a subject, as sets of bits."""

    secure: int
    insecure: int
    follows: int
    """Not secure, since one they build on is not."""
    unknown: int
    disputed: int
    """Of the unknown, those of which both follows."""


def known(way: SkillPath, secure: int, insecure: int) -> Known:
    """Infer a pupil's knowledge of all skills from those seen to be secure and insecure.

    What a secure skill builds on is secure, what builds on an insecure one is not, unless it was
    itself seen; where both follow, nothing is known. `secure` and `insecure` are sets of bits.
    """
    below = _joined(way.before, way.places(secure)) & ~insecure & ~secure
    above = _joined(way.after, way.places(insecure)) & ~secure & ~insecure
    both = below & above
    sure, follows = secure | (below & ~both), above & ~both
    everything = (1 << len(way.skills)) - 1
    return Known(sure, insecure, follows, everything & ~(sure | insecure | follows), both)


def _joined(masks: Sequence[int], places: Iterable[int]) -> int:
    joined = 0
    for place in places:
        joined |= masks[place]
    return joined


_Seen = tuple[int, int, int, int]
"""Skills checked and found secure, and not; all that the first build on, and that builds on the
second."""


def _after(way: SkillPath, asked: int, seen: _Seen, place: int) -> list[tuple[int, _Seen]]:
    """For each way in which a check can come out beside those before it: how many of the skills
    `asked` are then not known, by the rule of `known`, and what has been seen."""
    secure, insecure, below, above = seen
    bit, under, over = 1 << place, way.before[place], way.after[place]
    found: list[tuple[int, _Seen]] = []
    if not under & insecure:
        then, lower = secure | bit, below | under
        left = asked & ~(then | insecure | (lower ^ above))
        found.append((left.bit_count(), (then, insecure, lower, above)))
    if not over & secure:
        then, higher = insecure | bit, above | over
        left = asked & ~(secure | then | (below ^ higher))
        found.append((left.bit_count(), (secure, then, below, higher)))
    return found


def best_checks(way: SkillPath, asked: int, most: int, disputed: int = 0) -> tuple[int, ...]:
    """The positions of the smallest set of at most `most` checks that leaves least of the skills
    `asked` unknown, however they come out; of equal ones that which leaves least over all outcomes,
    then the earliest. Every set is tried.

    `disputed` are those of which what was seen says both. An outcome in which a skill is secure and
    one it builds on is not is left out.
    """
    places = list(way.places(asked))
    best: list[tuple[int, int, float, tuple[int, ...]]] = []

    def add(first: int, outcomes: Sequence[_Seen], chosen: tuple[int, ...]) -> None:
        """Tries every check from `first` on beside those chosen, with their outcomes."""
        for index in range(first, len(places)):
            place = places[index]
            found = [then for seen in outcomes for then in _after(way, asked, seen, place)]
            left = [count for count, _ in found]
            now = (*chosen, place)
            rank = (max(left), len(now), sum(left) / len(left), now)
            if not best or rank < best[0]:
                best[:] = [rank]
            if len(now) < most:
                add(index + 1, [seen for _, seen in found], now)

    if most > 0:
        add(0, [(0, 0, disputed, disputed)], ())
    return best[0][3] if best else ()


class Sequences:
    """Works out learning sequences in one library and calendar; what comes out the same is worked
    out once. `next_look` is the day on which pupils are judged next, where that is known."""

    def __init__(
        self, library: Library, time: Timeline, next_look: datetime.date | None = None
    ) -> None:
        self.library, self.time, self.next_look = library, time, next_look
        self.years = list(library.words.year_groups)
        self._order = cache(self._new_order)
        self._way = cache(self._new_way)
        self._checks = cache(self._new_checks)
        self._steps = cache(self._new_sequence)
        self._days = cache(time.school_days)

    def of(
        self,
        subject: str,
        year: str,
        secure: frozenset[str],
        insecure: frozenset[str],
        on: datetime.date,
        stretch: bool = False,
        look_back: int | None = None,
        first: tuple[str, ...] = (),
        terms_back: int = 0,
    ) -> view.Sequence | None:
        """The sequence of a pupil in a year group from a date on, by the skills seen to be secure
        and insecure, to the goals of the term (or the stretch goals); None where the library has
        no goal for them in that term.

        Of skills nobody looked at, those of more than `look_back` years before the pupil's own are
        taken as secure, unless an insecure one builds on them; a goal never is, nor is what is to be
        looked at `first`. The goals are those of `terms_back` terms before, or of the first term
        after that whose goals are not all secure and rest on the first of these; and no further than
        what is known to be needed can be taught in a term.
        """
        half = self.half(on)
        file = self.library.skill_files.get(subject)
        by_year = (file.stretch if stretch else file.goals) if file else {}
        own = by_year.get(year, {}).get(half.term_part, ())
        if not own:
            return None
        until = self._goals_until(by_year, year, half.term_part)
        ways = [self._way(subject, year, goals) for goals in until[-1 - terms_back :]]
        now = known(ways[-1], ways[-1].bits(secure), ways[-1].bits(insecure))
        way = next((one for one in ways if _suits(one, now, first)), ways[-1])
        return self._steps(way, now, half, on, look_back, first, own)

    def _goals_until(
        self, by_year: Mapping[str, Mapping[str, tuple[str, ...]]], year: str, term: str
    ) -> list[tuple[str, ...]]:
        """The goals of each term up to one of a year group, the earliest first."""
        found = []
        for name in self.years[: self.years.index(year) + 1]:
            for part, goals in by_year.get(name, {}).items():
                found.append(goals)
                if (name, part) == (year, term):
                    break
        return found

    def half(self, on: datetime.date) -> Half:
        """The half-term a date is in, or the next one; the last of the calendar after that."""
        halves = self.time.halves
        return next((half for half in halves if half.ends >= on), halves[-1])

    def _new_order(
        self, subject: str
    ) -> tuple[tuple[Skill, ...], tuple[int, ...], tuple[int, ...]]:
        """The skills of a subject, each after what it builds on, with the bits of what each builds on and of what
        builds on it, itself among both."""
        file = self.library.skill_files[subject]
        graph, skills = skill_graph(file.skills), {skill.id: skill for skill in file.skills}
        place = {skill.id: index for index, skill in enumerate(file.skills)}

        def early(code: str) -> tuple[int, int]:
            return self.years.index(skills[code].year), place[code]

        import networkx as nx

        order = list(nx.lexicographical_topological_sort(graph, key=early))
        at = {code: index for index, code in enumerate(order)}
        before = [sum(1 << at[c] for c in (*nx.ancestors(graph, code), code)) for code in order]
        after = [sum(1 << at[c] for c in (*nx.descendants(graph, code), code)) for code in order]
        return tuple(skills[code] for code in order), tuple(before), tuple(after)

    def _new_way(self, subject: str, year: str, goals: tuple[str, ...]) -> SkillPath:
        file = self.library.skill_files[subject]
        ordered, before, after = self._order(subject)
        at = {skill.id: place for place, skill in enumerate(ordered)}
        strands = tuple(file.strands[skill.strand] for skill in ordered)
        led = _joined(before, (at[goal] for goal in goals))
        own = self.years.index(year)
        earlier = tuple(
            sum(1 << p for p, skill in enumerate(ordered) if self.years.index(skill.year) < first)
            for first in range(own, -1, -1)
        )
        return SkillPath(goals, ordered, strands, before, after, led, earlier)

    def _new_checks(
        self, way: SkillPath, asked: int, disputed: int, first: tuple[int, ...]
    ) -> tuple[view.CheckFirst, ...]:
        """List what is looked at first, and then what tells most of what that leaves open."""
        most, seen = self.library.screening.most_checks, (0, 0, disputed, disputed)
        settled = sum(1 << place for place in first)
        for place in first:
            settled |= way.before[place]
        rest = asked & ~settled
        more = best_checks(way, rest, most - len(first), disputed & rest) if first else ()
        found = []
        for place in (*first, *more) if first else best_checks(way, asked, most, disputed):
            skill = way.skills[place]
            left = max(count for count, _ in _after(way, asked, seen, place))
            found.append(
                view.CheckFirst(
                    skill=skill.id,
                    title=skill.title,
                    year=skill.year,
                    year_title=self.library.year_title(skill.year),
                    check=skill.check,
                    settles=asked.bit_count() - left,
                )
            )
        return tuple(found)

    def _new_sequence(
        self,
        way: SkillPath,
        now: Known,
        half: Half,
        on: datetime.date,
        look_back: int | None,
        first: tuple[str, ...],
        of_year: tuple[str, ...],
    ) -> view.Sequence:
        most = self.library.screening.most_checks
        at = {skill.id: place for place, skill in enumerate(way.skills)}
        asked = now.unknown & (way.led if way.goals != of_year else now.unknown)
        looked = tuple(at[code] for code in first if asked >> at[code] & 1)[:most]
        begin = sum(1 << place for place in looked)
        presumed = 0
        if look_back is not None and look_back < len(way.earlier):
            under = _joined(way.before, way.places(now.insecure))
            never = under | begin | way.bits(way.goals)
            presumed = now.unknown & way.led & way.earlier[look_back] & ~never
        unknown = now.unknown & (way.led | begin) & ~presumed
        taught = (now.insecure | now.follows) & way.led | now.insecure & way.earlier[0]
        below = _joined(way.before, looked) & ~way.bits(way.goals)
        ends = self._ends(way, (taught or self._likely(way, unknown) & ~below) | begin)
        steps = self._within_reach(ends) if taught else ends
        goal = self._nearer(way, now, ends, steps)
        unknown &= _joined(way.before, (at[code] for code in goal)) | begin
        return view.Sequence(
            term=half.term,
            goal=goal,
            goal_title=_titles(way, goal),
            year_goal=of_year if goal != of_year else (),
            year_goal_title=_titles(way, of_year if goal != of_year else ()),
            secure=(now.secure & way.led).bit_count(),
            presumed=presumed.bit_count(),
            checks=self._checks(way, unknown, now.disputed & unknown, looked),
            steps=tuple(sorted(self._taught(way, now, steps, half, on), key=_looked_at)),
            later=tuple(way.skills[place].id for place in ends if place not in steps),
        )

    def _likely(self, way: SkillPath, unknown: int) -> int:
        """Of skills nobody looked at, what is taught where it isn't secure: the foundations and the
        goals. What lies below what is looked at first waits for that."""
        return sum(
            1 << place
            for place in way.places(unknown)
            if way.skills[place].foundation or way.skills[place].id in way.goals
        )

    def _ends(self, way: SkillPath, taught: int) -> dict[int, int]:
        """The school weeks after which each skill taught is looked at again, the earliest first.

        So many are taught at once as the library says, of different strands, none beside one it
        builds on.
        """
        free = [0] * self.library.screening.at_once
        ends: dict[int, int] = {}
        for place in way.places(taught):
            skill = way.skills[place]
            waits = [
                end
                for other, end in ends.items()
                if way.before[place] >> other & 1 or way.skills[other].strand == skill.strand
            ]
            lane = free.index(min(free))
            free[lane] = ends[place] = max(*waits, free[lane], 0) + skill.weeks
        return dict(sorted(ends.items(), key=lambda item: (item[1], item[0])))

    def _within_reach(self, ends: Mapping[int, int]) -> dict[int, int]:
        """Keep what is over within the weeks of a term, and the first whatever it takes."""
        weeks = self.library.screening.goal_weeks
        soon = {place: end for place, end in ends.items() if end <= weeks}
        return soon or dict(itertools.islice(ends.items(), 1))

    @staticmethod
    def _nearer(
        way: SkillPath, now: Known, ends: Mapping[int, int], steps: Mapping[int, int]
    ) -> tuple[str, ...]:
        """The goals; where all are secure, or in place of those that are out of reach, the steps on
        which no other step builds."""
        far = {way.skills[place].id for place in ends if place not in steps}
        done = not way.bits(way.goals) & ~now.secure
        if not steps or (far.isdisjoint(way.goals) and not done):
            return way.goals
        last = (
            way.skills[place].id
            for place in steps
            if not any(way.before[other] >> place & 1 for other in steps if other != place)
        )
        stay = () if done else (goal for goal in way.goals if goal not in far)
        return tuple(dict.fromkeys((*stay, *last)))

    def _taught(
        self, way: SkillPath, now: Known, steps: Mapping[int, int], half: Half, on: datetime.date
    ) -> Iterator[view.TeachNext]:
        """The steps, each with the day on which its weeks are over. What begins now is looked at before
        pupils are judged again, however long it takes."""
        until = max(h.ends for h in self.time.halves if h.term == half.term)
        if self.next_look is not None and on < self.next_look:
            until = min(until, self.next_look)
        days = self._days(on)
        soon = [day for day in days if day <= until]
        for place, weeks in steps.items():
            skill, bit = way.skills[place], 1 << place
            last = weeks * DAYS_A_WEEK - 1
            again = days[last] if last < len(days) else None
            begins_now = weeks == skill.weeks
            if begins_now and soon and (again is None or again > until):
                again = soon[-1]
            follows = "follows" if now.follows & bit else "unknown"
            yield view.TeachNext(
                skill=skill.id,
                title=skill.title,
                year=skill.year,
                year_title=self.library.year_title(skill.year),
                strand=way.strands[place],
                known="insecure" if now.insecure & bit else follows,
                strategy=skill.strategy,
                look_for=skill.look_for,
                look_again=again,
                this_term=again is not None and again <= until,
            )


def _suits(way: SkillPath, now: Known, first: Iterable[str]) -> bool:
    """Tell whether a goal is still to be reached, and rests on what is to be looked at before all else."""
    looked = next((bit for code in first if (bit := way.bits([code])) & now.unknown), 0)
    return bool(way.bits(way.goals) & ~now.secure) and not looked & ~way.led


def _looked_at(step: view.TeachNext) -> datetime.date:
    return step.look_again or datetime.date.max


def _titles(way: SkillPath, codes: Iterable[str]) -> str:
    titles = {skill.id: skill.title for skill in way.skills}
    return "; ".join(titles[code] for code in codes)
