"""The schools whose statements are tried: the examples, and schools made from them that are in some trouble."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

from tests.places import EXAMPLES
from tests.statements import Folder


def _vacancy(files: Any) -> None:
    """The leader of mathematics has gone, and nobody has been found before the spring."""
    person = next(one for one in files["staff"]["people"] if "maths-lead" in one["roles"])
    person["vacant"] = {"until": datetime.date(2027, 1, 3)}


def _deficit(files: Any) -> None:
    """A deficit, and what there was to spend is spent."""
    context = files["school"]["context"]
    context["in_year_balance"], context["in_year_balance_share"] = -60_000, -4
    context["revenue_balance"], context["reserves_share"] = 9_000, 0.6
    for line in files["school"]["money"]["lines"]:
        line["amounts"] = dict.fromkeys(line["amounts"], 300)


def _january(files: Any) -> None:
    """The plan begins in January, the teams meet from then on, and what was promised by then is kept."""
    starts = datetime.date(2027, 1, 4)
    files["school"]["plan"]["starts"] = starts
    promised = files["school"].get("must") or []
    files["school"]["must"] = [one for one in promised if one.get("by", starts) >= starts]
    for team in files["staff"].get("teams", ()):
        team["meets"] = [day for day in team["meets"] if day >= starts]


def _little_money(files: Any) -> None:
    """Coaching is promised, and there are £30 on each line."""
    for line in files["school"]["money"]["lines"]:
        line["amounts"] = dict.fromkeys(line["amounts"], 30)
    _promised(files, "coaching-cycles")


def _too_much(files: Any) -> None:
    """More is promised by October than the leader from the partner school has time for."""
    files["school"]["must"] = [
        {
            "intervention": "cluster-moderation",
            "by": datetime.date(2026, 10, 20),
            "because": "The cluster asks for it.",
        }
    ]
    next(one for one in files["staff"]["people"] if one["id"] == "partner-leader")["time"] = 0.2


def _promised(files: Any, *names: str) -> None:
    files["school"]["must"] = [
        *(files["school"].get("must") or []),
        *({"intervention": name, "because": "The board asked for it."} for name in names),
    ]


def _as_it_is(files: Any) -> None:
    """Nothing is otherwise."""


SCHOOLS = {
    "carrick-junior": ("carrick-junior", _as_it_is),
    "hillside": ("hillside", _as_it_is),
    "little-fen": ("little-fen", _as_it_is),
    "vacancy": ("hillside", _vacancy),
    "deficit": ("carrick-junior", _deficit),
    "january": ("little-fen", _january),
    "little-money": ("carrick-junior", _little_money),
    "too-much": ("little-fen", _too_much),
}


def made(name: str, place: Path) -> Folder:
    """A copy of one of the schools under a folder."""
    example, edit = SCHOOLS[name]
    shutil.copytree(EXAMPLES / example, place / f"{name}-as-it-was")
    folder = Folder(place / f"{name}-as-it-was").edited(edit)
    return Folder(folder.path.rename(place / name))
