"""What the commands say of a school, tried: applied to a copy of its files, and asked again by the command line."""

from __future__ import annotations

import datetime
import json
import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml
from click.testing import CliRunner

from termwise.cli import main
from tests.places import ROOT

Verdict = Literal["true", "false", "not settled"]
Files = dict[str, Any]
"""What stands in the YAML files of a school, by the file's name without its ending."""
Edit = Callable[[Files], None]
FILES = ("school", "cqa", "staff", "overrides")
DAY = datetime.date(2026, 7, 1)
WORTH = yaml.safe_load((ROOT / "knowledge" / "base" / "planning.yaml").read_text("utf-8"))[
    "purchase_worth"
]
ROUNDED = 10
"""Points by which a sum of prices that are rounded one by one may differ."""
PARTS = ("aut1", "aut2", "spr1", "spr2", "sum1", "sum2")
KINDS = (
    "change",
    "firm",
    "missing",
    "money",
    "what-if",
    "why: earlier",
    "why: later",
    "why: without",
    "why-not: beside",
    "why-not: instead",
    "way out",
    "way to cover",
)


class NotSettled(Exception):
    """A statement can't be applied to the files; says why."""


@dataclass
class Folder:
    """A copy of a school's files that is only read by the command line."""

    path: Path
    asked: dict[tuple[str, ...], Any] = field(default_factory=dict)
    copies: int = 0

    def files(self) -> Files:
        return {
            name: yaml.safe_load((self.path / f"{name}.yaml").read_text("utf-8"))
            for name in FILES
            if (self.path / f"{name}.yaml").exists()
        }

    def edited(self, edit: Edit) -> Folder:
        """A copy beside it with other values in its files."""
        self.copies += 1
        copy = self.path.with_name(f"{self.path.name}-{self.copies}")
        shutil.copytree(self.path, copy)
        files = self.files()
        edit(files)
        for name, data in files.items():
            (copy / f"{name}.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
        return Folder(copy)

    def ask(self, command: str, *words: str) -> Any:
        """The record a command prints; raises NotSettled with what it says where it refuses."""
        key = (command, *words)
        if key not in self.asked:
            result = CliRunner().invoke(main, [command, str(self.path), *words, "--format", "json"])
            start = result.stdout.find("{")
            if result.exit_code not in (0, 3) or start < 0:
                raise NotSettled(result.output.replace(str(self.path), "")[:300])
            self.asked[key] = json.loads(result.stdout[start:])
        return self.asked[key]

    def can_be_read(self) -> bool:
        try:
            return bool(self.plan)
        except NotSettled:
            return False

    @property
    def plan(self) -> Any:
        return self.ask("plan")

    @property
    def steps(self) -> dict[str, Any]:
        return {step["id"]: step for step in self.plan["steps"]}

    @property
    def advised(self) -> set[str]:
        return {one["intervention"] for one in self.ask("firm")["items"]}

    def close(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


@dataclass(frozen=True)
class Statement:
    """Something a command says, and the trial that settles it."""

    kind: str
    school: str
    about: str
    trial: Callable[[], str]
    """Says what is otherwise than stated; empty where nothing is."""

    def settle(self) -> tuple[Verdict, str]:
        try:
            otherwise = self.trial()
        except NotSettled as why:
            return "not settled", str(why)
        return ("false", otherwise) if otherwise else ("true", "")


def sampled(
    folder: Folder, seed: int, count: int, kinds: tuple[str, ...] = KINDS
) -> list[Statement]:
    """So many statements about a school, by turns from each kind, in an order that hangs on the seed."""
    lot = random.Random(seed)
    found: list[Statement] = []
    makers = [(kind, _MAKERS[kind](folder, lot)) for kind in kinds]
    while makers and len(found) < count:
        for kind, maker in list(makers):
            one = next(maker, None)
            if one is None:
                makers.remove((kind, maker))
            elif len(found) < count:
                about, trial = one
                found.append(Statement(kind, folder.path.name, about, trial))
    return found


Made = Iterator[tuple[str, Callable[[], str]]]


def _shuffled(lot: random.Random, names: Any) -> list[Any]:
    found = list(names)
    lot.shuffle(found)
    return found


# --- what is written


def _refuse(files: Files, *names: str) -> None:
    files["overrides"] = (files.get("overrides") or []) + [
        {
            "intervention": name,
            "decision": "refuse",
            "reason": "not-our-need",
            "role": "headteacher",
            "on": DAY,
        }
        for name in names
    ]


def _accept(files: Files, name: str) -> None:
    files["overrides"] = (files.get("overrides") or []) + [
        {
            "intervention": name,
            "decision": "accept",
            "reason": "builds-on-ours",
            "role": "headteacher",
            "on": DAY,
        }
    ]


def _promise(files: Files, *names: str) -> None:
    there = {one["intervention"] for one in files["school"].setdefault("must", []) or []}
    files["school"]["must"] = (files["school"]["must"] or []) + [
        {"intervention": name, "because": "To be tried."} for name in names if name not in there
    ]


def _pin(files: Files, starts: dict[str, datetime.date]) -> None:
    pins = [one for one in files["school"].get("pinned") or [] if one["intervention"] not in starts]
    files["school"]["pinned"] = pins + [
        {"intervention": name, "starts": day, "because": "To be tried."}
        for name, day in starts.items()
    ]


def _led(files: Files, plan: Any) -> None:
    """Leave who leads each step as it is, where some are led in place of another."""
    leads = {s["id"]: s["lead"] for s in plan["steps"] if s["lead"]["acting_for"] is None}
    if any(lead["in_place_of"] for lead in leads.values()):
        named = {name: lead["role"] for name, lead in leads.items()}
        files["school"]["leads"] = named | (files["school"].get("leads") or {})


def _give(files: Files, needed: list[Any], plan: Any) -> None:
    for one in needed:
        if one["kind"] == "pounds":
            line = next(
                (x for x in files["school"]["money"]["lines"] if x["id"] == one["line"]), None
            )
            if line is None:
                raise NotSettled("no line may pay")
            line["amounts"][one["year"]] = line["amounts"].get(one["year"], 0) + int(one["amount"])
        elif one["kind"] == "days":
            _state(files, "+".join(one["people"]), one["slot"], one["amount"], plan)
        else:
            raise NotSettled("how much may be new is knowledge, not the school's")


def _state(files: Files, who: str, slot: str, days: float, plan: Any) -> None:
    """Add days to what somebody states in one half-term, and leave what they have in the others."""
    part = slot.split("-")[0]
    people = {one["id"]: one for one in files["staff"]["people"]}
    together = files["staff"].get("together") or {}
    time = people[who]["time"] if who in people else together.get(who)
    if time is None:
        raise NotSettled(f"{who} states no time")
    if not isinstance(time, dict):
        roles = people[who]["roles"] if who in people else [who]
        stated: dict[str, list[float]] = {}
        for row in plan["load"]:  # events take the same share of the time of all of a role
            if row["role"] in roles and row["kind"] == "role":
                stated.setdefault(row["role"], []).append(row["stated"])
        full = {role: max(days) for role, days in stated.items()}
        cut = {
            row["slot"].split("-")[0]: row["stated"] / full[row["role"]]
            for row in plan["load"]
            if full.get(row["role"])
        }
        time = {part: time * cut.get(part, 1) for part in PARTS}
    time = {**time, part: time.get(part, 0) + days}
    time = {each: round(number, 1) for each, number in time.items()}
    if who in people:
        people[who]["time"] = time
    else:
        together[who] = time


# --- what is compared


def _selection(before: Folder, after: Folder) -> tuple[set[str], set[str]]:
    """The ids of what comes in, and of what goes."""
    was, now = before.steps.keys(), after.steps.keys()
    return now - was, was - now


def _net(plan: Any, value: int) -> int:
    """Points less what the plan has to bring for the time that it buys."""
    spent: int = sum(one["pounds"] * WORTH // 100 for one in plan["purchases"])
    return value - spent


def _bought_besides(words: str) -> int:
    """Pounds more that are said to be spent on people's time; below 0: less."""
    told = re.search(r"£([\d,]+) (more|less) is spent", words)
    if told is None:
        return 0
    return int(told[1].replace(",", "")) * (1 if told[2] == "more" else -1)


def _stuck(before: Folder, after: Folder) -> bool:
    """Whether not all that must be done fits any more, where it did."""
    return bool(after.plan["conflict"]) and not before.plan["conflict"]


def _met(plan: Any) -> tuple[int, ...]:
    kinds = ("must-do", "coverage", "urgent")
    return tuple(level["value"] for level in plan["proof"]["levels"] if level["name"] in kinds)


def _held_against(said: Any, own: str, before: Folder, after: Folder) -> str:
    """What of a plan with something forced isn't so in the plan that was made with it."""
    worth = before.plan["proof"]["objective"] - after.plan["proof"]["objective"]
    if _stuck(before, after):
        return "what must be done doesn't fit then"
    comes, goes = _selection(before, after)
    comes, goes = comes - {own}, goes - {own}
    said_in = {one["step"] for one in said["moved"] if one["was"] is None} - {own}
    said_out = {one["step"] for one in said["moved"] if one["now"] is None} - {own}
    told = []
    if said["value_lost"] != worth:
        told.append(f"{said['value_lost']} points said, {worth} true")
    if said_in != comes:
        told.append(f"come in: said {sorted(said_in)}, true {sorted(comes)}")
    if said_out != goes:
        told.append(f"go: said {sorted(said_out)}, true {sorted(goes)}")
    return "; ".join(told)


# --- the kinds


def _without(folder: Folder, lot: random.Random) -> Made:
    for name in _shuffled(lot, folder.steps):

        def trial(name: str = name) -> str:
            said = folder.ask("why", name)["without"]
            after = folder.edited(lambda files: _refuse(files, name))
            try:
                if said["possible"]:
                    return _held_against(said, name, folder, after)
                fits = not _stuck(folder, after) and _met(after.plan) >= _met(folder.plan)
                return "it can be left out, and nothing that is aimed at is lost" if fits else ""
            except NotSettled as why:
                if not said["possible"]:
                    return ""  # it can't be refused: a duty, or promised
                return f"it can't be left out: {why}"
            finally:
                after.close()

        yield name, trial


def _moved(way: str) -> Callable[[Folder, random.Random], Made]:
    def make(folder: Folder, lot: random.Random) -> Made:
        slots = {
            slot["title"]: slot["starts"] for term in folder.plan["terms"] for slot in term["slots"]
        }
        starts = {slot["id"]: slot["title"] for t in folder.plan["terms"] for slot in t["slots"]}

        for name in _shuffled(lot, folder.steps):
            if folder.ask("why", name)[way] is None:
                continue  # there is no half-term before it, or after it

            def trial(name: str = name) -> str:
                said = folder.ask("why", name)[way]
                at = {one: starts[step["starts"]] for one, step in folder.steps.items()}
                out = set()
                for one in said["moved"]:
                    other = one["step"]
                    if one["now"] is None:
                        out.add(other)
                        at.pop(other)
                    else:
                        at[other] = one["now"]
                at[name] = said["when"]
                series = {n for n, s in folder.steps.items() if s.get("occurrences")}

                def day(title: str) -> datetime.date:
                    return datetime.date.fromisoformat(slots[title])

                def pinned(files: Files) -> None:
                    _pin(files, {n: day(t) for n, t in at.items() if n not in series or n == name})
                    _refuse(files, *out)  # what comes in isn't accepted: nothing is bought for that
                    _led(files, folder.plan)

                def alone(files: Files) -> None:
                    _pin(files, {name: day(said["when"])})

                after = folder.edited(pinned if said["possible"] else alone)
                free = folder.edited(alone) if said["possible"] else after
                try:
                    if not said["possible"]:
                        if not after.can_be_read():
                            return ""  # it is refused with its place in the file
                        fits = (
                            not _stuck(folder, after)
                            and _met(after.plan)[1:] >= _met(folder.plan)[1:]
                        )
                        there = starts[after.steps[name]["starts"]] if name in after.steps else ""
                        return "it can be there" if fits and there == said["when"] else ""
                    if _stuck(folder, after):
                        return f"such a plan can't be: {after.plan['conflict'][0]}"
                    least = folder.plan["proof"]["value"] - said["value_lost"]
                    net = _net(folder.plan, least) - _bought_besides(said["words"]) * WORTH // 100
                    true = _net(after.plan, after.plan["proof"]["objective"])
                    if true < net - ROUNDED and _met(after.plan) <= _met(folder.plan):
                        return f"{net} points said, {true} true"
                    if _stuck(folder, free):
                        return ""
                    was = {
                        n: (s["starts"], s["form"]) for n, s in folder.steps.items() if n != name
                    }
                    now = {n: (s["starts"], s["form"]) for n, s in free.steps.items() if n != name}
                    changed = sum(was.get(n) != now.get(n) for n in was.keys() | now.keys())
                    better = _net(free.plan, free.plan["proof"]["value"]) - net
                    there = (
                        name in free.steps and starts[free.steps[name]["starts"]] == said["when"]
                    )
                    led = all(
                        free.steps[n]["lead"] == step["lead"]
                        for n, step in folder.steps.items()
                        if n in free.steps
                    )  # who leads a step stays in the plan that is told
                    few = changed <= max(3, len(said["moved"]))
                    if there and led and few and better > ROUNDED:
                        return f"{changed} changes are enough for {better} points more"
                    return ""
                finally:
                    after.close()
                    free.close()

            yield f"{name} {way}", trial

    return make


def _outside(folder: Folder, lot: random.Random) -> Iterator[str]:
    kinds = ("no-room", "too-late", "alternative")
    for one in _shuffled(lot, folder.plan["left_out"]):
        if one["kind"] in kinds and one["intervention"] not in folder.steps:
            yield one["intervention"]


def _instead(folder: Folder, lot: random.Random) -> Made:
    for name in _outside(folder, lot):

        def trial(name: str = name) -> str:
            answer = folder.ask("why-not", name)
            said = answer["instead"]
            after = folder.edited(lambda files: _accept(files, name))
            try:
                if said is None or not said["possible"]:
                    fits = (
                        name in after.steps
                        and not _stuck(folder, after)
                        and _met(after.plan)[1:] >= _met(folder.plan)[1:]
                    )
                    return "it can be had" if fits else ""
                return _held_against(said, name, folder, after)
            finally:
                after.close()

        yield name, trial


def _beside(folder: Folder, lot: random.Random) -> Made:
    for name in _outside(folder, lot):
        needed = folder.ask("why-not", name)["beside_more"]
        if not needed or any(one["kind"] == "change" for one in needed):
            continue  # how much may be new stands in knowledge/, not in the school's files

        def trial(name: str = name, needed: Any = needed) -> str:
            answer = folder.ask("why-not", name)

            def given(files: Files) -> None:
                _give(files, needed, folder.plan)
                _led(files, folder.plan)

            def asked(files: Files) -> None:
                given(files)
                _accept(files, name)

            after = folder.edited(given)  # nothing is bought for what must be done, as accepted
            try:
                if _stuck(folder, after):
                    return f"it is not enough: {' '.join(after.plan['conflict'][:3])}"
                said = folder.plan["proof"]["value"] - answer["beside_alternative"]["value_lost"]
                least = _net(folder.plan, said)
                true = _net(after.plan, after.plan["proof"]["objective"])
                reached, before = _met(after.plan), _met(folder.plan)
                if reached < before or (reached == before and true < least - ROUNDED):
                    return f"{least} points said, {true} true"
                if name in after.steps or reached > before or true > least:
                    return ""
                forced = folder.edited(asked)
                try:
                    return "" if name in forced.steps else "it is not in the plan then"
                finally:
                    forced.close()
            finally:
                after.close()

        yield name, trial


def _money(folder: Folder, lot: random.Random) -> Made:
    lines = [(one["line"], one["title"], one["year"]) for one in folder.plan["budget"]]
    for line, title, year in _shuffled(lot, lines):

        def trial(line: str = line, title: str = title, year: str = year) -> str:
            told = folder.ask("money")["money"]
            said = next(one for one in told if one["title"] == f"{title} {year}")

            def give(files: Files) -> None:
                one = next(x for x in files["school"]["money"]["lines"] if x["id"] == line)
                one["amounts"][year] = one["amounts"].get(year, 0) + 1000

            after = folder.edited(give)
            try:
                worth = after.plan["proof"]["objective"] - folder.plan["proof"]["objective"]
                comes, goes = _selection(folder, after)
                told = []
                if said["value"] != worth:
                    told.append(f"{said['value']} points said, {worth} true")
                counts = (len(said["comes_in"]), len(said["goes_out"]))
                if said["value"] and counts != (len(comes), len(goes)):
                    told.append(
                        f"said {said['comes_in']} for {said['goes_out']}, true {sorted(comes)} for "
                        f"{sorted(goes)}"
                    )
                return "; ".join(told)
            finally:
                after.close()

        yield f"£1,000 more in {title} {year}", trial


def _doubted(folder: Folder, lot: random.Random) -> Made:
    for said in _shuffled(lot, folder.ask("firm")["doubts"]):

        def trial(said: Any = said) -> str:
            def judge(files: Files) -> None:
                files["cqa"]["questions"][said["question"]]["judgement"] = said["judgement"].lower()

            after = folder.edited(judge)
            try:
                comes = after.advised - folder.advised
                goes = folder.advised - after.advised
                told = []
                if {one["intervention"] for one in said["comes"]} != comes:
                    told.append(f"come in: {sorted(comes)}")
                if {one["intervention"] for one in said["goes"]} != goes:
                    told.append(f"go: {sorted(goes)}")
                return "; ".join(told)
            finally:
                after.close()

        yield f"{said['question']} {said['judgement']}", trial


def _supposed(folder: Folder, lot: random.Random) -> Made:
    """What-if beside an edited copy."""
    files = folder.files()
    asked: list[tuple[str, Edit]] = []
    for question in files["cqa"]["questions"]:
        for grade in (1, 2, 3, 4):

            def judge(files: Files, question: str = question, grade: int = grade) -> None:
                files["cqa"]["questions"][question]["judgement"] = grade

            asked.append((f"questions.{question}.judgement={grade}", judge))
    for key, value in files["school"]["context"].items():
        if isinstance(value, int | float) and not isinstance(value, bool):

            def count(files: Files, key: str = key, value: float = value + 1) -> None:
                files["school"]["context"][key] = value

            asked.append((f"context.{key}={value + 1}", count))
    for setting, edit in _shuffled(lot, asked):

        def trial(setting: str = setting, edit: Edit = edit) -> str:
            said = folder.ask("what-if", "--set", setting)
            after = folder.edited(edit)
            try:
                now = {one["step"]: one["now"] for one in said["steps"] if one["now"]}
                starts = {s["id"]: s["title"] for t in after.plan["terms"] for s in t["slots"]}
                true = {n: (starts[s["starts"]], s["form"]) for n, s in after.steps.items()}
                same = {n: (one["starts"], one["form"]) for n, one in now.items()} == true
                worth = said["now"]["value"] == after.plan["proof"]["value"]
                return "" if same and worth else "the plan is another"
            finally:
                after.close()

        yield setting, trial


def _supplied(folder: Folder, lot: random.Random) -> Made:
    """What is missing, supplied: nothing is otherwise but what hangs on it."""
    values: dict[str, tuple[Any, ...]] = {
        "profile": ("developing", "secure", "leading", "emerging"),
        "early_career": (True, False),
        "tables_score": (5, 20),
    }
    for said in _shuffled(lot, folder.ask("missing")["facts"]):
        where = said["where"].split(", ", 1)
        for value in _shuffled(lot, values.get(where[-1].rsplit(": ", 1)[-1], (5, 40, 75, 95)))[:2]:

            def trial(said: Any = said, where: list[str] = where, value: Any = value) -> str:
                def supply(files: Files) -> None:
                    name, path = where[0].removesuffix(".yaml"), where[-1].split(": ")
                    if where[0] not in ("school.yaml", "cqa.yaml", "staff.yaml"):
                        raise NotSettled("cells of pupils")
                    data = files[name]
                    for word in path[:-1]:
                        if isinstance(data, list):
                            data = next(one for one in data if one.get("id") == word)
                        else:
                            data = data.setdefault(word, {})
                    data[path[-1]] = value

                after = folder.edited(supply)
                try:
                    turned = after.advised ^ folder.advised
                    told = {one["intervention"] for one in said["hangs"]}
                    for one in sorted(turned):  # the later in a chain of needs may be read first
                        where_it_is = after if one in after.advised else folder
                        told |= {one} if _needed_by(one, where_it_is) & (told | turned) else set()
                    return ", ".join(sorted(turned - told))
                finally:
                    after.close()

            yield f"{said['title']} ({said['of']}): {value}", trial


def _needed_by(name: str, folder: Folder) -> set[str]:
    """The ids of what is advised and needs something that is."""
    through = folder.ask("why", name).get("through", ())
    return {one["intervention"] for one in through if one["kind"] == "needed"}


def _changed(folder: Folder, lot: random.Random) -> Made:
    names = {*folder.advised, *(one["intervention"] for one in folder.plan["left_out"])}
    for name in _shuffled(lot, sorted(names)):
        answer = folder.ask("change", name)
        ways = sorted(answer["ways"], key=lambda way: any(one["figure"] for one in way["changes"]))
        for way in ways[:2]:  # a figure that is worked out from others can't be written down

            def trial(name: str = name, answer: Any = answer, way: Any = way) -> str:
                if (name in folder.advised) is not answer["advised"]:
                    return f"advised: said {answer['advised']}"
                after = folder.edited(lambda files: _suppose(files, way["changes"]))
                try:
                    now = name in after.advised
                    return "it does not turn it" if now is answer["advised"] else ""
                finally:
                    after.close()

            yield f"{name}: {way['words']}", trial


def _suppose(files: Files, changes: list[Any]) -> None:
    for one in changes:
        key, member, now = one["key"], one["member"], one["now"]
        if one["kind"] == "question" and key in ("concerns", "strengths"):
            evidence = files["cqa"]["questions"][one["entity"]].setdefault("evidence", [])
            code = key[:-1]
            if now == "without":
                evidence[:] = [each for each in evidence if each.get(code) != member]
            else:
                evidence.append({"activity": "documents", code: member, "note": "To be tried."})
        elif one["kind"] == "question" and key == "judgement":
            files["cqa"]["questions"][one["entity"]]["judgement"] = now.lower()
        elif key == "in_place":
            there = files["cqa"].setdefault("in_place", [])
            there[:] = [each for each in there if each["practice"] != member]
            if now == "with":
                there.append({"practice": member, "how": "fully"})
        elif one["kind"] == "school" and key in files["school"]["context"]:
            figure = re.match(r"[−-]?[\d,.]+", now)
            if now.lower() in ("yes", "no"):
                files["school"]["context"][key] = now.lower() == "yes"
            elif figure:
                number = float(figure[0].replace("−", "-").replace(",", ""))
                files["school"]["context"][key] = int(number) if number == int(number) else number
            else:
                raise NotSettled(f"{key} is {now}")
        elif one["kind"] == "teacher" and key == "teaching_profile":
            people = files["staff"]["people"]
            who = next((each for each in people if each["id"] == one["entity"]), None)
            if who is None:
                raise NotSettled(f"no {one['entity']}")
            who["profile"] = now.lower()
        else:
            raise NotSettled(f"{key} of {one['kind']} is worked out from others")


def _ways_out(folder: Folder, lot: random.Random) -> Made:
    for way in _shuffled(lot, folder.plan["ways_out"]):
        yield way["words"], _enough(folder, way, lambda plan: " ".join(plan["conflict"][:2]))


def _ways_to_cover(folder: Folder, lot: random.Random) -> Made:
    """The ways out of a priority on which nothing works in time."""
    uncovered = [one for one in folder.plan["priorities"] if one["uncovered"]]
    pairs = [(one["id"], way) for one in uncovered for way in one["uncovered"]["ways_out"]]
    for name, way in _shuffled(lot, pairs):

        def still(plan: Any, name: str = name) -> str:
            [found] = [one for one in plan["priorities"] if one["id"] == name]
            return " ".join(found["uncovered"]["words"][:1]) if found["uncovered"] else ""

        yield f"{name}: {way['words']}", _enough(folder, way, still)


def _enough(folder: Folder, way: Any, still: Callable[[Any], str]) -> Callable[[], str]:
    """Try that a way out is enough, and that with less days or money it is not; `still` says of a plan what
    is then in the way, and nothing where nothing is."""

    def trial() -> str:
        after = folder.edited(lambda files: _take(files, way, way["more"], folder.plan))
        try:
            if told := still(after.plan):
                return f"still: {told}"
        finally:
            after.close()
        for spare in way["more"]:
            if spare["kind"] == "change":
                continue
            step = 0.1 if spare["kind"] == "days" else 1
            less = [
                {**one, "amount": round(one["amount"] - step * (one is spare), 1)}
                for one in way["more"]
            ]

            def edit(files: Files, less: Any = less) -> None:
                _take(files, way, less, folder.plan)

            other = folder.edited(edit)
            try:
                if not still(other.plan):
                    return f"less of {spare} is enough"
            finally:
                other.close()
        return ""

    return trial


def _take(files: Files, way: Any, more: list[Any], plan: Any) -> None:
    """Write a way out into a school's files, with so much more of days and money."""
    _give(files, more, plan)
    musts = files["school"].get("must") or []
    ends = {
        slot["id"]: datetime.date.fromisoformat(slot["ends"])
        for term in plan["terms"]
        for slot in term["slots"]
    }
    moved = dict(way["starts"])
    for one in musts:
        if one["intervention"] in moved:
            if "by" not in one:
                raise NotSettled("a rule sets the date")
            one["by"] = ends[moved[one["intervention"]]]
        if one["intervention"] in way["lighter"]:
            one["form"] = "light"
    there = {one["intervention"] for one in musts}
    if not {*moved, *way["lighter"], *way["waived"]} <= there:
        raise NotSettled("a duty or a rule asks for it")
    files["school"]["must"] = [one for one in musts if one["intervention"] not in way["waived"]]


_MAKERS: dict[str, Callable[[Folder, random.Random], Made]] = {
    "change": _changed,
    "firm": _doubted,
    "missing": _supplied,
    "money": _money,
    "what-if": _supposed,
    "why: earlier": _moved("earlier"),
    "why: later": _moved("later"),
    "why: without": _without,
    "why-not: beside": _beside,
    "why-not: instead": _instead,
    "way out": _ways_out,
    "way to cover": _ways_to_cover,
}
