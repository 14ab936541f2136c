"""Every record of the library is found again by its kind and id, whatever its class is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from termwise.engine.core.record import Record
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.library.model import Indicator, Threshold
from termwise.engine.library.record_reader import KINDS
from termwise.engine.library.scale import Scale


def test_every_record_that_is_kept_by_id_has_a_place_under_its_kind(library: Library) -> None:
    found = set()
    for name in vars(library):
        records = getattr(library, name)
        if not isinstance(records, Mapping):
            continue
        for key, record in records.items():
            if type(record) in KINDS and getattr(record, "id", None):
                place = library.place(KINDS[type(record)], record.id, "id")
                assert place.line >= 1 and place.file, key
                found.add(type(record))
    assert {"rule", "indicator", "skill-file", "published-table"} <= {KINDS[one] for one in found}


def test_what_there_is_one_of_stands_under_its_kind_alone(library: Library) -> None:
    for kind in ("screening", "words", "planning", "team-words", "override-reasons"):
        assert library.place(kind, "").file.startswith("knowledge/")


def test_no_two_classes_share_a_kind() -> None:
    assert len(set(KINDS.values())) == len(KINDS)


@pytest.fixture
def renamed() -> Iterator[None]:
    models: tuple[type[Record], ...] = (Indicator, Threshold, Scale)
    names = [model.__name__ for model in models]
    for model in models:
        model.__name__ = "Renamed"
    yield
    for model, name in zip(models, names, strict=True):
        model.__name__ = name


@pytest.mark.usefixtures("renamed")
def test_a_class_may_be_renamed_and_its_records_are_found_all_the_same(library: Library) -> None:
    again = load_library()
    assert again.place("indicator", "roll") == library.place("indicator", "roll")
    assert again.origins.keys() == library.origins.keys()
