"""Schools that are advised at once in many threads get the advice they get one after the other."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from termwise.engine.advise import advise
from termwise.engine.assurance.synthetic.demo_folder import make_demo
from termwise.engine.inference import durable_rules as match
from termwise.engine.inference.forward_chaining import infer
from termwise.engine.library.facts import Entity, Value
from termwise.engine.library.loader import Library
from termwise.engine.pupils.report import pupil_report
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.folder import load_school
from termwise.engine.school.school import School

THREADS, CALLS = 8, 24
Answer = Callable[[School, Library], str]
ENGINES = sorted({match.NAME, "conditions"})


@pytest.fixture(scope="module")
def folders(library: Library, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four small schools, in exports of different kinds: what threads could mix up is the same in a
    large one."""
    found = []
    for seed, shape in enumerate(("sims", "long", "arbor", "ctf")):
        folder = tmp_path_factory.mktemp("demo") / shape
        make_demo(folder, library, seed=seed, pupils=6, classes=1 + seed % 2, shape=shape)
        found.append(folder)
    return found


@pytest.fixture(scope="module")
def schools(folders: list[Path], library: Library) -> list[School]:
    return [load_school(folder, library) for folder in folders]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each engine in turn, with threads that take turns as often as they can."""
    if request.param == "conditions":
        monkeypatch.setattr(match, "durable", None)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    yield request.param
    sys.setswitchinterval(before)


def told(school: School, library: Library) -> str:
    """All that the rules make of a school."""
    found = infer(entities(school, library), library, library.vocabulary(school.scales))
    return "\n".join(
        f"{one.rule.id} {one.entity} {one.result}" for one in (*found.fired, *found.unknown)
    )


def reported(school: School, library: Library) -> str:
    return pupil_report(school, library).model_dump_json()


def planned(school: School, library: Library) -> str:
    return advise(school, library).plan.model_dump_json()


ANSWERS: tuple[Answer, ...] = (*[told] * 5, reported)
ALL = [(number % 4, ANSWERS[number // 4 % len(ANSWERS)]) for number in range(THREADS * CALLS)]
ALL[: 2 * THREADS : 4] = [(place, planned) for place in range(4)]  # a plan takes a second


@pytest.fixture(scope="module")
def alone(schools: list[School], library: Library) -> dict[tuple[int, Answer], str]:
    """What each call answers when nothing else is asked meanwhile."""
    return {
        (place, answer): answer(schools[place], library) for place, answer in dict.fromkeys(ALL)
    }


def test_threads_get_what_one_after_the_other_gets(
    engine: str,
    folders: list[Path],
    schools: list[School],
    library: Library,
    alone: dict[tuple[int, Answer], str],
) -> None:
    def call(number: int) -> bool:
        place, answer = ALL[number]
        school = schools[place] if number % 7 else load_school(folders[place], library)
        return answer(school, library) == alone[place, answer]

    with ThreadPoolExecutor(THREADS) as pool:
        same = list(pool.map(call, range(len(ALL))))
    assert len(set(alone.values())) == len(alone) == 4 * 3
    assert [ALL[number] for number, right in enumerate(same) if not right] == []


FIRST_USE = """
import sys, threading
sys.setswitchinterval(1e-5)
import termwise
names = [name for name in termwise.__all__ if name != "__version__"]
start, failed = threading.Barrier(20), []
def use(number):
    start.wait()
    try:
        for name in names[number:] + names[:number]:
            assert getattr(termwise, name) is getattr(termwise, name)
        termwise.load_school({folder!r}, library)
    except BaseException as error:
        failed.append(repr(error))
library = termwise.load_library()
threads = [threading.Thread(target=use, args=(number,)) for number in range(20)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(failed or "all there")
"""


def test_names_that_are_loaded_when_first_used_can_be_used_first_by_twenty_threads(
    folders: list[Path],
) -> None:
    """The third school's files are a workbook, whose library is loaded when it is met, too."""
    code = FIRST_USE.format(folder=str(folders[2]))
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False
    )
    assert found.stdout.strip() == "all there", found.stdout + found.stderr


@dataclass
class Waiting(Entity):
    """An entity that is looked at for as long as is wished."""

    looked_at: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def lookup(self, key: str) -> Value | None:
        self.looked_at.set()
        self.go_on.wait(60)
        return super().lookup(key)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes can't be forked here")
def test_a_process_forked_while_another_thread_runs_rules_runs_its_own(library: Library) -> None:
    rules = [rule for rule in library.rules.values() if rule.about == "teacher"]
    vocabulary, waiting = library.vocabulary(), Waiting("teacher", "one", "")
    thread = threading.Thread(target=match.fired, args=(rules, [waiting], vocabulary))
    thread.start()
    assert waiting.looked_at.wait(60)
    things = [Entity("teacher", "other", "")]
    child = multiprocessing.get_context("fork").Process(
        target=match.fired, args=(rules, things, vocabulary)
    )
    child.start()
    child.join(60)
    ended = child.exitcode
    child.kill()
    waiting.go_on.set()
    thread.join()
    assert ended == 0
