"""Prerequisites as a graph: closed over, what is in place dropped, what can't be had named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from ..library import Intervention, Library
from . import phrases


@dataclass
class Dependencies:
    """The interventions a plan may use and what ties them together, all by id."""

    names: tuple[str, ...]
    """In an order in which each stands after all it needs."""
    requires: tuple[tuple[str, str], ...]
    requires_any: tuple[tuple[tuple[str, ...], str], ...]
    helped: tuple[tuple[str, str], ...]
    later: tuple[tuple[str, str, int], ...]
    """(before, after, half-terms): after starts so long after before is ready, when both are planned."""
    together: tuple[tuple[str, str], ...]
    """What is planned together or not at all, starting in the same half-term."""
    added: dict[str, str]
    """What is there only because something needs it, with what needs it first."""
    impossible: dict[str, str] = field(default_factory=dict)
    """What can't be had, and why, in words."""

    @property
    def edges(self) -> tuple[tuple[str, str], ...]:
        """List what stands before what, (before, after); of several that would do, each."""
        any_of = ((one, after) for options, after in self.requires_any for one in options)
        return (*self.requires, *any_of)

    def dependants(self, name: str) -> list[str]:
        """List what needs an intervention first, those that can do with another last."""
        return list(dict.fromkeys(after for before, after in self.edges if before == name))

    def needing(self, name: str) -> list[str]:
        """List what needs an intervention first, then what is only done together with it."""
        partners = (one for pair in self.together if name in pair for one in pair if one != name)
        return list(dict.fromkeys((*self.dependants(name), *partners)))

    def drawing(self) -> tuple[tuple[str, str], ...]:
        """The edges of the picture: those that follow from longer ways left out."""
        import networkx as nx

        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(self.names)
        graph.add_edges_from(self.edges)
        return tuple(sorted(nx.transitive_reduction(graph).edges))

    def longest_chain(self, length: Mapping[str, int]) -> tuple[str, ...]:
        """The chain of prerequisites that takes longest, among what has a length."""
        import networkx as nx

        graph: nx.DiGraph[str] = nx.DiGraph()
        for before, after in sorted(set(self.edges)):
            if before in length and after in length:
                graph.add_edge(before, after, weight=length[before])
        return tuple(nx.dag_longest_path(graph))


def close(
    wanted: Iterable[str],
    library: Library,
    in_place: Iterable[str],
    instead: Mapping[str, str],
    unavailable: Callable[[Intervention], str | None],
) -> Dependencies:
    """Add to what is wanted all it needs.

    `wanted` and `in_place` are ids. `instead` names what stands in for an intervention that a
    school does in another form; `unavailable` says in words why one can't be had here, or None.
    """
    there = set(in_place)
    order = list(dict.fromkeys(wanted))
    added: dict[str, str] = {}
    impossible: dict[str, str] = {}
    done: set[str] = set()
    requires: set[tuple[str, str]] = set()
    requires_any: set[tuple[tuple[str, ...], str]] = set()
    together: set[tuple[str, str]] = set()
    partners: dict[str, list[str]] = {name: [] for name in library.interventions}
    for one in library.interventions.values():
        for other in one.together_with:
            partners[one.id].append(other)
            partners[other].append(one.id)

    def stand_in(name: str) -> str:
        return instead.get(name, name) if name not in there else name

    def include(name: str, path: tuple[str, ...]) -> str | None:
        """Takes an intervention in with what it needs; in words why it can't be, or None."""
        if name in done:
            return impossible.get(name)
        done.add(name)
        item = library.intervention(name)
        reason = unavailable(item)
        if reason is None:
            for need in dict.fromkeys(stand_in(need) for need in item.requires):
                if need in there or need == name:
                    continue
                if need not in order:
                    order.append(need)
                    added[need] = name
                blocked = include(need, (*path, name)) if need not in path else None
                if blocked:
                    reason = phrases.needs_first(library.intervention(need).title, blocked)
                    break
                requires.add((need, name))
        if reason is None:
            for group in item.requires_one_of:
                options = list(dict.fromkeys(stand_in(option) for option in group))
                if any(option in there for option in options):
                    continue
                blocked_by = {}
                usable: list[str] = []
                for option in sorted(options, key=lambda option: option not in order):
                    fresh = option not in order
                    if fresh and usable:
                        break
                    blocked = include(option, (*path, name))
                    if blocked:
                        blocked_by[option] = blocked
                        continue
                    usable.append(option)
                    if fresh:
                        order.append(option)
                        added[option] = name
                        break
                if not usable:
                    first = options[0]
                    title = library.intervention(first).title
                    reason = phrases.needs_first(title, blocked_by.get(first, "")).strip()
                    break
                requires_any.add((tuple(sorted(usable)), name))
        if reason is None:
            for partner in dict.fromkeys(stand_in(partner) for partner in partners[name]):
                if partner in there or partner == name:
                    continue
                if partner not in order:
                    order.append(partner)
                    added[partner] = name
                blocked = include(partner, (*path, name)) if partner not in path else None
                if blocked:
                    title = library.intervention(partner).title
                    reason = phrases.only_together(title, blocked)
                    break
                together.add((min(name, partner), max(name, partner)))
        if reason is not None:
            impossible[name] = reason
        return reason

    for name in list(order):
        include(name, ())
    for pair in sorted(together):
        for name, partner in (pair, pair[::-1]):
            if partner in impossible and name not in impossible:
                title = library.intervention(partner).title
                impossible[name] = phrases.only_together(title, impossible[partner])
    names = _useful(
        [n for n in order if n not in impossible], added, {*requires, *together}, requires_any
    )
    requires = {(b, a) for b, a in requires if b in names and a in names}
    requires_any = {(o, a) for o, a in requires_any if a in names}
    helped = {
        (stand_in(helper), name)
        for name in names
        for helper in library.intervention(name).helped_by
        if stand_in(helper) in names and stand_in(helper) != name
    }
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(sorted(names))
    graph.add_edges_from(requires)
    graph.add_edges_from((option, after) for options, after in requires_any for option in options)
    for edge in sorted(helped):
        graph.add_edge(*edge)
        if not nx.is_directed_acyclic_graph(graph):
            graph.remove_edge(*edge)  # a helper that stands in for its own prerequisite
            helped.discard(edge)
    later = {
        (stand_in(one.intervention), name, one.half_terms)
        for name in names
        for one in library.intervention(name).after
        if stand_in(one.intervention) in names and stand_in(one.intervention) != name
    }
    for before, after, _ in sorted(later):
        if not graph.has_edge(before, after):
            graph.add_edge(before, after)
            if not nx.is_directed_acyclic_graph(graph):
                graph.remove_edge(before, after)
                later = {one for one in later if one[:2] != (before, after)}
    return Dependencies(
        names=tuple(nx.lexicographical_topological_sort(graph)),
        requires=tuple(sorted(requires)),
        requires_any=tuple(sorted(requires_any)),
        helped=tuple(sorted(helped)),
        later=tuple(sorted(later)),
        together=tuple(sorted(pair for pair in together if set(pair) <= names)),
        added={name: by for name, by in added.items() if name in names},
        impossible=impossible,
    )


def _useful(
    names: list[str],
    added: Mapping[str, str],
    requires: Iterable[tuple[str, str]],
    requires_any: Iterable[tuple[tuple[str, ...], str]],
) -> set[str]:
    """Without what was only added for something that can't be had itself."""
    left = set(names)
    while True:
        needed = {before for before, after in requires if after in left}
        needed |= {one for options, after in requires_any if after in left for one in options}
        idle = {name for name in left if name in added and name not in needed}
        if not idle:
            return left
        left -= idle
