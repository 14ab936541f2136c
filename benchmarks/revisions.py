"""How long a warm `advise` takes in two revisions, in turns: `python benchmarks/revisions.py OLD [NEW]`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCHOOLS = ("hillside", "carrick-junior", "little-fen")
ROUNDS = 9
WORKER = """
import sys, time
from pathlib import Path
import termwise
root = Path(termwise.__file__).parent
library = termwise.load_library()
school = termwise.load_school(root / "examples" / sys.argv[1], library)
termwise.advise(school, library)
print(root, flush=True)
for _ in sys.stdin:
    before = time.process_time()
    termwise.advise(school, library)
    print(time.process_time() - before, flush=True)
"""


@contextmanager
def worker(revision: str, school: str) -> Iterator[subprocess.Popen[str]]:
    """Start a process that has advised once with the engine of a revision, and does again for each
    line it is sent."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "termwise"
        package.mkdir()
        kept = subprocess.run(
            ["git", "archive", revision], cwd=ROOT, check=True, stdout=subprocess.PIPE
        )
        subprocess.run(["tar", "-x"], cwd=package, check=True, input=kept.stdout)
        command = [sys.executable, "-c", WORKER, school]
        pipe, paths = subprocess.PIPE, os.environ | {"PYTHONPATH": folder}
        with subprocess.Popen(command, env=paths, stdin=pipe, stdout=pipe, text=True) as process:
            if answer(process) != str(package):
                raise SystemExit(f"{revision}: could not be started, or another engine was")
            yield process


def answer(process: subprocess.Popen[str]) -> str:
    """Read the next line a worker writes; nothing when it has ended."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def advised(process: subprocess.Popen[str]) -> float:
    """Have a worker advise once; the processor seconds it took."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    return float(answer(process))


def main(old: str, new: str = "HEAD") -> None:
    """Measure both revisions round by round, school by school, and print a table."""
    print(f"Warm advise, processor seconds: median of {ROUNDS}, fastest, slowest, ratio")
    for school in SCHOOLS:
        with worker(old, school) as first, worker(new, school) as second:
            seconds: dict[str, list[float]] = {old: [], new: []}
            for _ in range(ROUNDS):
                seconds[old].append(advised(first))
                seconds[new].append(advised(second))
        base = statistics.median(seconds[old])
        for name, times in seconds.items():
            median, ratio = statistics.median(times), statistics.median(times) / base
            figures = f"{median:8.3f}{min(times):8.3f}{max(times):8.3f}{ratio:8.2f}x"
            print(f"{school:<16}{name:<16}{figures}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
