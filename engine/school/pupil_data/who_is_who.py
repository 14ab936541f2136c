"""The matching of rows to pupils by numbers and names, and what to ask where it is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ...core import Mistake, Place
from ..model import PupilFile
from .pseudonyms import Pseudonyms
from .pupil_names import may_be_one
from .rows import ALIKE, Account, Who

Names = dict[str, set[str]]
_NUMBERS = ("upn", "reference")


class Heard(NamedTuple):
    """A row as far as it says who it is about."""

    who: Who
    file: PupilFile
    account: Account
    row: int
    births: tuple[str, ...]
    """The months of birth it gives."""

    def place(self, *columns: str) -> Place:
        """Where it stands, at the first of these columns of the library that its file has."""
        return self.account.place(self.row, *columns)


class WhoIsWho:
    """The pupils of rows. `questions` are to be answered before anything is planned.

    A row is about whoever has its unique pupil number; without one, about the pupil that goes with
    the school's own number, else with the name.
    """

    def __init__(self, rows: Iterable[Heard], pseudonyms: Pseudonyms) -> None:
        self.of = pseudonyms.of
        self.questions: list[Mistake] = []
        self.others: set[int] = set()
        """The `id` of each Who of another school."""
        self.by_name: set[int] = set()
        """Of each that is known by nothing but a name."""
        self._refs: dict[int, str | None] = {}
        self._either: Names = {}
        once = {id(one.who): one for one in rows}
        self._put_together(self._told_apart(self._of_one_school(list(once.values()))))

    def ref(self, who: Who) -> str | None:
        """The pupil a row is about; None where it can be one of two."""
        return self._refs[id(who)]

    # --- the same number, or name, in two schools

    def _of_one_school(self, rows: Sequence[Heard]) -> list[tuple[int, Heard]]:
        """The rows by the id of what they say, those of another school left out. Where files name
        several schools, and none that is known to be this one, numbers and names are those of each
        school, and it is asked which is this one."""
        with_own = {one.file.name for one in rows if one.who.school == ""}
        unknown = [one for one in rows if one.who.school and one.file.name not in with_own]
        schools = {one.who.school for one in unknown}
        if len(schools) > 1:
            self.questions.append(_which_school(unknown[0], len(schools)))
        kept = []
        for one in rows:
            if one.who.school and one.file.name in with_own:
                self.others.add(id(one.who))
            elif one.who.school and len(schools) > 1:
                kept.append((id(one.who), one._replace(who=self._scoped(one.who))))
            else:
                kept.append((id(one.who), one))
        return kept

    def _scoped(self, who: Who) -> Who:
        """Return an identity with reference and names made distinct from those of other schools."""
        reference, name, order = (
            self.of("school", f"{who.school} {text}") if text else None
            for text in (who.reference, who.name, who.order)
        )
        return replace(who, reference=reference, name=name, order=order)

    # --- one name in two orders: James Thomas and Thomas James

    def _told_apart(self, rows: Sequence[tuple[int, Heard]]) -> list[tuple[int, Heard]]:
        """The rows, their names with forename and surname told apart where that makes two; a name
        that can be either stands for both."""
        sure: Names = {}
        written: dict[tuple[str, str], set[str]] = {}
        for _, one in rows:
            who = one.who
            if who.name and who.order and who.said:
                if who.said.told_apart:
                    sure.setdefault(who.name, set()).add(who.order)
                else:
                    written.setdefault((one.file.name, who.name), set()).add(who.order)
        found = []
        for key, one in rows:
            who = one.who
            orders = sure.get(who.name or "", set())
            if who.name and who.said and len(orders) > 1:
                if who.said.told_apart:
                    one = one._replace(who=replace(who, name=who.order))
                else:
                    self._either.setdefault(who.name, set()).update(orders)
            elif who.name and len(both := written.get((one.file.name, who.name), set())) > 1:
                self._either.setdefault(who.name, set()).update(both)
            found.append((key, one))
        return found

    # --- numbers, then names

    def _put_together(self, rows: Sequence[tuple[int, Heard]]) -> None:
        whos = [one.who for _, one in rows]
        numbers: Names = {}
        births: Names = {}
        for _, one in rows:
            if one.who.upn and one.who.reference:
                numbers.setdefault(one.who.reference, set()).add(one.who.upn)
            if one.who.name:
                births.setdefault(one.who.name, set()).update(one.births)
        linked = dict(_linked(whos, numbers, births))

        def strong(who: Who) -> str | None:
            if who.upn or who.reference is None:
                return who.upn
            own = linked.get(who.reference, who.reference)
            return _only(numbers.get(who.reference, {own}))

        numbered: dict[str, list[tuple[int, Heard]]] = {}
        for key, one in rows:
            self._refs[key] = ref = strong(one.who)
            if ref:
                numbered.setdefault(ref, []).append((key, one))
        asked = [found for ref, group in numbered.items() for found in self._two_names(ref, group)]
        self.questions += _two_children(asked)
        named: Names = {}
        for key, one in rows:
            ref, name = self._refs[key], one.who.name
            if name and ref:
                for each in (name, *self._either.get(name, ())):
                    named.setdefault(each, set()).add(ref)
        for key, one in rows:
            name = one.who.name
            if one.who.upn or one.who.reference or name is None:
                continue
            self.by_name.add(key)
            if len(births.get(name, ())) < 2:  # else two children of one name
                either = self._either.get(name, {name})
                found = {ref for each in either for ref in named.get(each, {each})}
                self._refs[key] = _only(found)

    def _two_names(
        self, ref: str, group: Sequence[tuple[int, Heard]]
    ) -> Iterator[tuple[Heard, Heard]]:
        """Tells the rows of one number apart by the names beside it; gives, for each child but the
        first, the first row of that one and of this."""
        children: list[list[tuple[int, Heard]]] = []
        for key, one in group:
            if one.who.said is None:
                continue
            same = [child for child in children if any(_one_child(one, c) for _, c in child)]
            joined = [*(member for child in same for member in child), (key, one)]
            children = [child for child in children if child not in same] + [joined]
        if len(children) < 2:
            return
        children.sort(key=lambda child: child[0][1].place())
        for key, _ in group:
            self._refs[key] = None
        for child in children:
            own = self.of("child", " ".join((ref, min(c.who.name or "" for _, c in child))))
            self._refs.update({key: own for key, _ in child})
        for child in children[1:]:
            yield children[0][0][1], child[0][1]


def _one_child(one: Heard, other: Heard) -> bool:
    if one.file.trust_numbers or other.file.trust_numbers:
        return True
    return not (one.who.said and other.who.said) or may_be_one(one.who.said, other.who.said)


def _linked(
    whos: Iterable[Who], numbers: Mapping[str, set[str]], births: Mapping[str, set[str]]
) -> Iterator[tuple[str, str]]:
    """References that never stand beside a pupil number, with the number of the only pupil of the
    same name: one file has the one, another the other."""
    upns: Names = {}
    references: Names = {}
    for who in whos:
        if who.name and who.upn:
            upns.setdefault(who.name, set()).add(who.upn)
        elif who.name and who.reference and who.reference not in numbers:
            references.setdefault(who.name, set()).add(who.reference)
    for name, own in references.items():
        reference, upn = _only(own), _only(upns.get(name, set()))
        if reference and upn and len(births.get(name, ())) < 2:
            yield reference, upn


def _only(names: set[str]) -> str | None:
    return next(iter(names)) if len(names) == 1 else None


# --- what is asked


def _which_school(one: Heard, schools: int) -> Mistake:
    heading = one.account.heading("school_code", "school_urn", "school")
    return Mistake(
        one.place("school_code", "school_urn", "school"),
        f"the column “{heading}” tells of {schools} schools, and none is known to be this one",
        "write in school.yaml, under school: also: [what the file calls this school]; pupils of the "
        "others are then left out",
    )


def _two_children(asked: Sequence[tuple[Heard, Heard]]) -> Iterator[Mistake]:
    """One question for each of a file's first rows, and how many more there are."""
    by_file: dict[str, list[tuple[Heard, Heard]]] = {}
    for first, other in asked:
        by_file.setdefault(other.file.name, []).append((first, other))
    for name, pairs in by_file.items():
        pairs.sort(key=lambda pair: pair[1].row)
        for position, (first, other) in enumerate(pairs[:ALIKE], start=1):
            more = len(pairs) - ALIKE if position == ALIKE else 0
            alike = f" ({more:,} more are like this)" if more > 0 else ""
            yield Mistake(
                other.place(*_NUMBERS),
                f"has the number of row {first.row} of {first.file.name} and another name: two "
                f"children, or one whose name changed?{alike}",
                "two: correct the number, or, if the column numbers something else, write columns: "
                "{its heading: ignore}; one: write in school.yaml, under pupils: files: "
                f"[{{name: {name}, trust_numbers: true}}], and names then make no difference",
            )
