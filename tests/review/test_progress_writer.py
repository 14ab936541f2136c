"""A row is added to progress.csv, checked, and nothing that stands there is changed."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from termwise.engine.core.errors import ContentError
from termwise.engine.library.loader import Library
from termwise.engine.review.progress_file import PROGRESS, load_progress
from termwise.engine.review.progress_writer import add_progress
from termwise.engine.school.school import School
from tests.made_up_progress import HEADINGS, issued

TODAY = datetime.date(2026, 12, 1)
PLANS = (issued(),)
ROW = {"date": "2026-10-20", "step": "visits", "by": "headteacher", "status": "behind"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "school.yaml").write_text("", "utf-8")
    return tmp_path


def test_a_row_is_added_and_the_rest_stays_to_the_byte(
    folder: Path, little_fen: School, library: Library
) -> None:
    path = folder / PROGRESS
    before = f"{HEADINGS};\n".replace(",", ";").encode() + b"2026-09-20;visits;headteacher;late\n"
    path.write_bytes(before)
    written = add_progress(folder, PLANS, little_fen, library, ROW, TODAY)
    assert written.path == path and written.entry.date == datetime.date(2026, 10, 20)
    after = path.read_bytes()
    assert after.startswith(before) and after.count(b"\n") == before.count(b"\n") + 1
    assert len(load_progress(folder, PLANS, little_fen, library, TODAY)) == 2


def test_a_row_that_is_wrong_is_not_written(
    folder: Path, little_fen: School, library: Library
) -> None:
    add_progress(folder, PLANS, little_fen, library, ROW, TODAY)
    before = (folder / PROGRESS).read_bytes()
    for wrong in ({"status": "nearly"}, {"days": "-1"}, {}):  # the last: twice on one day
        with pytest.raises(ContentError, match=r"progress\.csv:3:"):
            add_progress(folder, PLANS, little_fen, library, ROW | wrong, TODAY)
    assert (folder / PROGRESS).read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == [PROGRESS, "school.yaml"]


def test_rows_that_many_add_at_once_are_all_there(
    folder: Path, little_fen: School, library: Library
) -> None:
    days = [f"2026-10-{day}" for day in range(10, 22)]
    with ThreadPoolExecutor(6) as pool:
        list(
            pool.map(
                lambda day: add_progress(
                    folder, PLANS, little_fen, library, ROW | {"date": day}, TODAY
                ),
                days,
            )
        )
    found = load_progress(folder, PLANS, little_fen, library, TODAY)
    assert [one.date.isoformat() for one in found] == days
