"""What a plan in use takes beside a plan: `python benchmarks/in_use.py`, in processor seconds."""

from __future__ import annotations

import datetime
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import termwise  # noqa: E402
from termwise import ProgressEntry  # noqa: E402
from tests.made_up_year import a_term_later  # noqa: E402

ROUNDS = 5
ISSUED, JUDGED, ON = (datetime.date(2026, *day) for day in ((9, 1), (12, 11), (12, 15)))
REVIEW = 1.0
REPLAN = 1.5
"""The aims: seconds of a review, and of planning again in plans."""


def took(work: Callable[[], object]) -> float:
    """The median of the processor seconds of some rounds, after one to warm up."""
    work()
    found = []
    for _ in range(ROUNDS):
        before = time.process_time()
        work()
        found.append(time.process_time() - before)
    return median(found)


def main() -> None:
    """Measure a review of hillside in December, and planning it again, beside a plan."""
    library = termwise.load_library()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "hillside"
        shutil.copytree(ROOT / "examples" / "hillside", folder)
        issued = termwise.issue(
            termwise.advise(termwise.load_school(folder, library), library), ISSUED
        )
        a_term_later(folder, "Autumn 2026", JUDGED, lambda *_: 0)
        school = termwise.load_school(folder, library)
        rows = [
            ProgressEntry.model_validate(
                {
                    "date": ON,
                    "step": step.id,
                    "by": step.lead.role,
                    "status": "on-track",
                    "seen": (1,),
                }
            )
            for step in issued.plan.steps
            if step.starts.startswith("aut")
        ]
        plan = took(lambda: termwise.advise(school, library))
        again = took(lambda: termwise.replan(school, library, issued, rows, ON))
        reviewed = took(lambda: termwise.review(school, library, issued, rows, ON))
    print(f"plan        {plan:5.2f} s")
    print(f"plan again  {again:5.2f} s, {again / plan:.2f} plans (aim {REPLAN})")
    print(f"review      {reviewed:5.2f} s (aim {REVIEW})")


if __name__ == "__main__":
    main()
