"""Screening for very many pupils: the same rules, compiled to expressions over whole columns.

The only module that imports polars, and only when it is used. Its `&`, `|` and `~` follow the logic
of `conditions`, with null for what is unknown; the rest of the meaning is taken from there.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..core import TermwiseError
from ..library import (
    Condition,
    FactBase,
    IndicatorType,
    Leaf,
    Library,
    NeedLeaf,
    Raw,
    Rule,
    Scale,
    Screened,
    Vocabulary,
    fold,
    gather,
)
from .screening import KIND

if TYPE_CHECKING:
    from polars import DataFrame, DataType, Expr

Screens = Sequence[tuple[Rule, Screened]]

_EXPECTED = {
    "truth": "true and false",
    "text": "texts",
    "texts": "lists of texts",
    "number": "numbers; a grade is its rank, counted from 0",
}
_KINDS: dict[IndicatorType, str] = {"yes-no": "truth", "category": "text", "set": "texts"}


def screen(
    frame: DataFrame, library: Library, scales: Mapping[str, Scale] | None = None
) -> DataFrame:
    """The frame with what the screening rules say of each row, a pupil in a subject.

    Columns read are named like indicators: one that isn't there is unknown everywhere, a null or
    NaN is unknown in its row. Values are those of `Value`: a grade is its rank, a set a list.
    Columns put in (in place of any of the same name): `state`; `reasons` and `rules`, the sorted
    ids of the reasons given and the rules that fired; `certainty`, null where the state is no
    concern. `scales` are a school's own, as in `Library.vocabulary`. TermwiseError: polars is not
    installed, or columns hold values of another type.
    """
    vocabulary, rules = library.vocabulary(scales), _rules(library)
    known = _typed(frame, rules, vocabulary)
    heard = known.select(
        *(expression(rule.when, vocabulary).alias(rule.id) for rule, _ in rules),
        *(
            expression(screen.clear, vocabulary).fill_null(False).alias(_clear(rule))
            for rule, screen in rules
            if screen.clear
        ),
    )
    # Very many rows, few ways in which rules come out: each way is put into words once.
    said = heard.unique().with_columns(**_found(rules, library))
    told = heard.join(said, on=heard.columns, how="left", nulls_equal=True, maintain_order="left")
    return frame.with_columns(told.get_columns()[len(heard.columns) :])


def frame_of(facts: FactBase, library: Library) -> DataFrame:
    """A school's pupils in their subjects as such a frame: `id`, and what the screening rules read
    of each, its own or an elder's, once `infer` has run. TermwiseError: polars is not installed."""
    pl, vocabulary, rows = _polars(), library.vocabulary(), facts.of(KIND)
    columns = [pl.Series("id", [row.id for row in rows], dtype=pl.String)]
    for key, kind in _read(_rules(library), vocabulary).items():
        found = (row.lookup(key) for row in rows)
        values = [_plain(value.value) if value else None for value in found]
        columns.append(pl.Series(key, values, dtype=_type(kind)))
    return pl.DataFrame(columns)


def expression(condition: Condition, vocabulary: Vocabulary) -> Expr:
    """A condition over columns of the types `screen` gives them: true, false, or null for
    unknown."""
    pl = _polars()
    return fold(
        condition,
        leaf=lambda leaf: leaf.operator.column(pl.col(leaf.key), vocabulary.number(leaf)),
        need=lambda need: pl.col(need.key),
        not_=operator.invert,
        all_=pl.all_horizontal,
        any_=_any,
    )


def _found(rules: Screens, library: Library) -> dict[str, Expr]:
    """Give what is said of a row by how its rules come out: the state is the gravest that a rule
    says, and as sure as `screening.certainty` has it."""
    pl, screening = _polars(), library.screening
    undecided = _any(pl.col(rule.id).is_null() for rule, _ in rules)
    state = pl.when(undecided).then(pl.lit(screening.when_unknown))
    state = state.otherwise(pl.lit(screening.default))
    certainty = nothing = pl.lit(None, dtype=pl.String)
    for item in reversed(screening.states):
        giving = [(rule, screen) for rule, screen in rules if screen.state == item.id]
        if not giving:
            continue
        fires, sure = _any(_true(rule.id) for rule, _ in giving), nothing
        if item.id not in (screening.default, screening.when_unknown):
            clear = _any(
                _true(rule.id) & pl.col(_clear(rule)) if screen.clear else _true(rule.id)
                for rule, screen in giving
            )
            sure = pl.when(clear).then(pl.lit(screening.clear.id))
            sure = sure.otherwise(pl.lit(screening.within_error.id))
        state = pl.when(fires).then(pl.lit(item.id)).otherwise(state)
        certainty = pl.when(fires).then(sure).otherwise(certainty)
    reasons: dict[str, list[Expr]] = {}
    for rule, screen in rules:
        reasons.setdefault(screen.reason, []).append(_true(rule.id))
    return {
        "state": state,
        "reasons": _names({name: _any(reasons[name]) for name in sorted(reasons)}),
        "rules": _names({rule.id: _true(rule.id) for rule, _ in rules}),
        "certainty": certainty,
    }


def _clear(rule: Rule) -> str:
    return f"{rule.id} clear"


def _true(name: str) -> Expr:
    return _polars().col(name).fill_null(False)


def _any(parts: Iterable[Expr]) -> Expr:
    return _polars().any_horizontal(list(parts))


def _names(holds: Mapping[str, Expr]) -> Expr:
    """The names of those that hold, as a list in their order."""
    pl = _polars()
    return pl.concat_list(
        [pl.when(part).then(pl.lit(name)) for name, part in holds.items()]
    ).list.drop_nulls()


def _rules(library: Library) -> Screens:
    return [
        (library.rules[name], screen)
        for name in sorted(library.rules)
        if (screen := library.rules[name].screen) and library.rules[name].about == KIND
    ]


def _read(rules: Screens, vocabulary: Vocabulary) -> dict[str, str]:
    """The columns that rules read, and what kind of values each holds."""

    def kind(leaf: Leaf) -> list[tuple[str, str]]:
        return [(leaf.key, _KINDS.get(vocabulary.indicators[leaf.indicator].type, "number"))]

    def truth(need: NeedLeaf) -> list[tuple[str, str]]:
        return [(need.key, "truth")]

    return dict(pair for one in _conditions(rules) for pair in gather(one, kind, truth))


def _conditions(rules: Screens) -> Iterator[Condition]:
    for rule, screen in rules:
        yield rule.when
        if screen.clear:
            yield screen.clear


def _typed(frame: DataFrame, rules: Screens, vocabulary: Vocabulary) -> DataFrame:
    """The columns the rules read, each of its type; TermwiseError when one holds something else."""
    pl, kinds, given = _polars(), _read(rules, vocabulary), frame.schema
    wrong = [
        f"the column “{key}” should hold {_EXPECTED[kind]}"
        for key, kind in kinds.items()
        if key in given and not _fits(kind, given[key])
    ]
    if wrong:
        raise TermwiseError("\n".join(wrong))
    columns = []
    for key, kind in kinds.items():
        column = pl.col(key).cast(_type(kind)) if key in given else pl.lit(None, dtype=_type(kind))
        columns.append((column.fill_nan(None) if kind == "number" else column).alias(key))
    return frame.with_columns(columns).select(list(kinds))


def _type(kind: str) -> DataType:
    pl = _polars()
    types = {"truth": pl.Boolean(), "text": pl.String(), "texts": pl.List(pl.String())}
    return types.get(kind, pl.Float64())


def _fits(kind: str, given: DataType) -> bool:
    pl = _polars()
    if given == pl.Null:
        return True
    if kind == "number":
        return bool(given.is_numeric())
    if kind == "texts":
        return isinstance(given, pl.List) and given.inner in (pl.String, pl.Null)
    return given in ((pl.Boolean,) if kind == "truth" else (pl.String, pl.Categorical, pl.Enum))


def _plain(value: Raw) -> object:
    return sorted(value) if isinstance(value, frozenset) else value


@functools.cache
def _polars() -> Any:
    """The library, imported when it is first used: few need it, and it is large."""
    try:
        import polars
    except ImportError:
        raise TermwiseError(
            "screening by columns needs polars, which is not installed: "
            "pip install 'termwise[columns]'"
        ) from None
    return polars
