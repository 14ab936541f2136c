"""What the tests share: the library, the three example schools, and generated conditions."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from termwise.engine.advise import Advice
from termwise.engine.library.conditions import Vocabulary
from termwise.engine.library.facts import Raw, Value
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.library.model import Indicator, Need, Threshold
from termwise.engine.library.rule import Condition
from termwise.engine.library.scale import Scale
from termwise.engine.network.network_folder import load_network
from termwise.engine.network.network_plan import NetworkPlanned, plan_network
from termwise.engine.school.folder import load_school
from termwise.engine.school.school import School
from tests import worked_out_once
from tests.places import EXAMPLES

Data = dict[str, Any]
Edit = Callable[[Data], None]
Change = Callable[..., Path]

os.environ["TERMWISE_CACHE"] = "off"
"""Commands read rules and knowledge anew, and write nothing beside their folder."""

settings.register_profile("termwise", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("termwise")


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="session", autouse=True)
def _libraries() -> Iterator[None]:
    with worked_out_once.libraries():
        yield


@pytest.fixture(scope="module")
def documents_once() -> Iterator[None]:
    """For a module of tests that load copies of the content, each with a mistake of its own."""
    with worked_out_once.documents():
        yield


@pytest.fixture(scope="session")
def hillside(library: Library) -> School:
    """A two-form school with much to do."""
    return load_school(EXAMPLES / "hillside", library)


@pytest.fixture(scope="session")
def little_fen(library: Library) -> School:
    """A small rural school where each person holds many roles."""
    return load_school(EXAMPLES / "little-fen", library)


@pytest.fixture(scope="session")
def carrick(library: Library) -> School:
    """A junior school with patchy data."""
    return load_school(EXAMPLES / "carrick-junior", library)


@pytest.fixture
def copy_example(tmp_path: Path) -> Callable[[str], Path]:
    """Makes a copy of an example folder that a test may spoil, in place of one made before."""

    def copy(name: str = "little-fen") -> Path:
        return Path(shutil.copytree(EXAMPLES / name, tmp_path / name, dirs_exist_ok=True))

    return copy


@pytest.fixture(scope="session")
def all_advice(library: Library) -> dict[str, Advice]:
    """The advice for each example as it stands."""
    names = ("hillside", "little-fen", "carrick-junior")
    return {name: worked_out_once.of_example(name, library) for name in names}


@pytest.fixture(scope="session")
def three_years(library: Library) -> Advice:
    """The junior school over three years, which are soon planned; tests/whole/test_golden.py has hillside's."""
    return worked_out_once.of_example("carrick-junior", library, 3)


@pytest.fixture(scope="session")
def network_planned() -> NetworkPlanned:
    """The example network, planned as one."""
    with ThreadPoolExecutor(1) as pool:
        return plan_network(load_network(EXAMPLES / "network"), pool)


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Change:
    """Makes a folder of an example with its school.yaml, staff.yaml and cqa.yaml changed as data."""

    def change(
        name: str,
        school: Edit | None = None,
        staff: Edit | None = None,
        cqa: Edit | None = None,
    ) -> Path:
        folder = tmp_path_factory.mktemp(name) / name
        shutil.copytree(EXAMPLES / name, folder)
        for file, edit in (("school.yaml", school), ("staff.yaml", staff), ("cqa.yaml", cqa)):
            if edit is not None:
                data = yaml.safe_load((folder / file).read_text("utf-8"))
                edit(data)
                (folder / file).write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
        return folder

    return change


@dataclass(frozen=True)
class World:
    """A made-up vocabulary, with strategies for conditions and for what is known of an entity.

    A condition is drawn as the plain data an author writes; `built` makes the record of it.
    """

    vocabulary: Vocabulary
    conditions: st.SearchStrategy[Data]
    plain_conditions: st.SearchStrategy[Data]
    """Conditions without `known`, which are about values only."""
    values: st.SearchStrategy[dict[str, Value]]
    needs: st.SearchStrategy[dict[str, bool | None]]

    def built(self, data: Data) -> Condition:
        return _CONDITION.validate_python(data)


def _trees(leaves: st.SearchStrategy[Data]) -> st.SearchStrategy[Data]:
    return st.recursive(
        leaves,
        lambda parts: st.one_of(
            st.builds(lambda items: {"all": items}, st.lists(parts, min_size=1, max_size=3)),
            st.builds(lambda items: {"any": items}, st.lists(parts, min_size=1, max_size=3)),
            st.builds(lambda item: {"not": item}, parts),
        ),
        max_leaves=8,
    )


_CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)
_GRADES = ("low", "middling", "fair", "top")
_MEMBERS = ("alpha", "beta", "gamma-ray")
# Few numbers, so that what is compared is often the same: there the comparisons differ.
_NUMBERS = st.one_of(
    st.sampled_from([-2, -1, 0, 1, 2, 12.5, -0.5]),
    st.sampled_from([-2, -1, 0, 1, 2, 12.5, 0.3, 0.1 + 0.2, 100 / 3, 33.333333]),
    st.floats(-50, 50, allow_nan=False).map(lambda number: round(number, 3)),
)


def _indicators() -> dict[str, Indicator]:
    declared: list[dict[str, Any]] = [
        {"id": "size", "type": "number"},
        {"id": "part", "type": "percent"},
        {"id": "balance", "type": "pounds"},
        {"id": "open", "type": "yes-no"},
        {"id": "kind", "type": "category", "values": _MEMBERS},
        {"id": "marks", "type": "set"},
        {"id": "grade", "type": "grade", "scale": "judgement"},
        {"id": "sentinel", "type": "yes-no"},
    ]
    return {
        item["id"]: Indicator.model_validate(
            {"about": "school", "title": f"the {item['id']}", "from": "school", **item}
        )
        for item in declared
    }


def _comparisons() -> st.SearchStrategy[Data]:
    order = st.sampled_from(["at_least", "at_most", "above", "below"])
    number = st.sampled_from(["size", "part", "balance"])
    operand = st.one_of(_NUMBERS, st.just({"threshold": "line"}))
    grade = st.one_of(
        st.sampled_from(_GRADES), st.sampled_from(["weak", "strong"]).map(lambda a: {"grade": a})
    )
    fixed = st.fixed_dictionaries
    return st.one_of(
        st.builds(lambda i, c, v: {"indicator": i, c: v}, number, order, operand),
        st.builds(lambda i, c, v: {"not": {"indicator": i, c: v}}, number, order, operand),
        # A number that is compared for being the same is a whole one, as in all shipped rules.
        st.builds(lambda i, v: {"indicator": i, "is": v}, number, st.integers(-3, 3)),
        fixed({"indicator": st.just("open"), "is": st.booleans()}),
        fixed({"indicator": st.just("kind"), "is": st.sampled_from(_MEMBERS)}),
        fixed(
            {
                "indicator": st.just("kind"),
                "one_of": st.lists(st.sampled_from(_MEMBERS), min_size=1, max_size=3, unique=True),
            }
        ),
        fixed({"indicator": st.just("marks"), "includes": st.sampled_from(_MEMBERS)}),
        st.builds(lambda c, v: {"indicator": "grade", c: v}, order, grade),
        fixed({"indicator": st.just("grade"), "is": grade}),
        fixed({"need": st.sampled_from(["help", "time-off"])}),
    )


def _values() -> st.SearchStrategy[dict[str, Value]]:
    kinds: dict[str, st.SearchStrategy[Raw]] = {
        "size": st.one_of(st.integers(-3, 3), _NUMBERS),
        "part": _NUMBERS,
        "balance": _NUMBERS,
        "open": st.booleans(),
        "kind": st.sampled_from(_MEMBERS),
        "marks": st.frozensets(st.sampled_from(_MEMBERS)),
        "grade": st.integers(0, len(_GRADES) - 1),
    }
    return st.fixed_dictionaries(
        {}, optional={name: kind.map(Value) for name, kind in kinds.items()}
    )


@pytest.fixture(scope="session")
def world() -> World:
    indicators = _indicators()
    scale = Scale.model_validate(
        {
            "id": "made-up",
            "title": "Made up",
            "used_for": "judgement",
            "version": "1",
            "grades": [
                {"id": grade, "title": grade.capitalize(), "value": number}
                for number, grade in enumerate(_GRADES, start=1)
            ],
            "anchors": {"weak": "middling", "strong": "top"},
        }
    )
    line = Threshold.model_validate(
        {
            "id": "line",
            "title": "the line",
            "unit": "count",
            "values": {"2026-09-01": {"value": 12.5, "source": "house"}},
            "why": "made up",
        }
    )
    needs = {
        name: Need(id=name, title=f"a need of {name}", strand="support", about="school")
        for name in ("help", "time-off")
    }
    vocabulary = Vocabulary(indicators, needs, {"line": line}, {"judgement": scale})
    comparisons = _comparisons()
    known = st.builds(
        lambda i, known: {"indicator": i, "known": known},
        st.sampled_from([name for name in indicators if name != "sentinel"]),
        st.booleans(),
    )
    return World(
        vocabulary,
        conditions=_trees(st.one_of(comparisons, known)),
        plain_conditions=_trees(comparisons),
        values=_values(),
        needs=st.dictionaries(
            st.sampled_from(["help", "time-off"]), st.sampled_from([True, None]), max_size=2
        ),
    )
