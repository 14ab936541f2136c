"""YAML with the place of every key and value: files in, plain data and marks out, problems
collected."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from .errors import Place, Problem, did_you_mean

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml: the same results, slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Path = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)
P = TypeVar("P", Place, tuple[int, int])


@dataclass(slots=True)
class Document:
    """One YAML file as plain data, with the place of each key path in it."""

    file: str
    data: Any
    marks: dict[Path, tuple[int, int]] = field(default_factory=dict)
    instead: dict[Path, Place] = field(default_factory=dict)
    """Where that is said which stands in place of what is in the file, by key path."""

    def place(self, *path: str | int) -> Place:
        """The place of a key path, or of its nearest ancestor that is written in the file."""
        for length in range(len(path), -1, -1) if self.instead else ():
            if path[:length] in self.instead:
                return self.instead[path[:length]]
        for length in range(len(path), -1, -1):
            mark = self.marks.get(path[:length])
            if mark:
                return Place(self.file, *mark)
        return Place(self.file)

    def put(self, path: Path, value: Any, place: Place) -> None:
        """Puts a value in place of what the file has at a key path, or where it has nothing; a place in
        a list may be the one after its last. What is there now is told at `place`."""
        self._forget(path)
        parent: Any = self.data
        mark = self.marks.get((), (1, 1))
        for depth, part in enumerate(path):
            mark = self.marks.setdefault(path[: depth + 1], mark)
            if depth == len(path) - 1:
                break
            if isinstance(parent, dict) and parent.get(part) is None:
                parent[part] = [] if isinstance(path[depth + 1], int) else {}
                self.instead[path[: depth + 1]] = place
            parent = parent[part]
        if isinstance(parent, list) and path[-1] == len(parent):
            parent.append(value)
        else:
            parent[path[-1]] = value
        for below in _paths(value, path):
            self.marks[below] = mark
        self.instead[path] = place

    def take_out(self, path: Path, place: Place) -> None:
        """Takes out what the file has at a key path, if anything; that it is missing is told at
        `place`. What follows in a list moves up."""
        parent = self.data
        for part in path[:-1]:
            parent = parent.get(part) if isinstance(parent, dict) else parent[part]
            if parent is None:
                break
        self.instead[path if isinstance(path[-1], str) else path[:-1]] = place
        if isinstance(parent, list):
            del parent[int(path[-1])]
            _move_up(self, path)
        elif parent is not None:
            parent.pop(path[-1], None)
            self._forget(path)
            self.marks.pop(path, None)

    def _forget(self, path: Path) -> None:
        """Drops the places of all below a key path."""
        below = [where for where in self.marks if where[: len(path)] == path and where != path]
        for where in below:
            del self.marks[where]


def _paths(data: Any, path: Path) -> Iterator[Path]:
    """The key paths below one."""
    inside = data.items() if isinstance(data, dict) else ()
    for part, value in enumerate(data) if isinstance(data, list) else inside:
        yield (*path, part)
        yield from _paths(value, (*path, part))


def read_yaml(source: Traversable, name: str, problems: list[Problem]) -> Document | None:
    """The document in a file, or None when it can't be read; what is wrong goes to `problems`."""
    try:
        text = source.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.append(Problem(Place(name), "the file is missing"))
        return None
    except UnicodeDecodeError as error:
        problems.append(
            Problem(Place(name), f"is not UTF-8 text (byte {error.start})", "save it as UTF-8")
        )
        return None
    return parse_yaml(text, name, problems)


def parse_yaml(text: str, name: str, problems: list[Problem]) -> Document | None:
    """The same for text that is already read."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        document = Document(name, None)
        if node is not None:
            construct = yaml.constructor.SafeConstructor()
            document.data = _plain(node, (), document, problems, construct, ())
        return document
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        problems.append(
            Problem(place, f"can't be read as YAML: {error.problem or error.context}", _HINT)
        )
    except yaml.YAMLError as error:
        problems.append(Problem(Place(name), f"can't be read as YAML: {error}", _HINT))
    finally:
        loader.dispose()
    return None


_HINT = "check the indentation, the colons and the quotes near there"


def _plain(
    node: yaml.Node,
    path: Path,
    document: Document,
    problems: list[Problem],
    construct: yaml.constructor.SafeConstructor,
    around: tuple[yaml.Node, ...],
) -> Any:
    mark = node.start_mark
    if any(node is outer for outer in around):
        place = document.place(*path)
        problems.append(Problem(place, "refers to itself by an alias", "write it out in full"))
        return None
    around = (*around, node)
    document.marks.setdefault(path, (mark.line + 1, mark.column + 1))
    if isinstance(node, yaml.MappingNode):
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node, document, problems, construct)
            if isinstance(key, bool):
                key = str(key_node.value)  # YAML takes on, off, yes and no for true and false
            key = key if isinstance(key, int) else str(key)
            where = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if key in result:
                first = document.marks[(*path, key)][0]
                problems.append(
                    Problem(
                        Place(document.file, *where),
                        f"the key “{key}” is written twice (first in line {first})",
                        "keep one of them",
                    )
                )
                continue
            document.marks[(*path, key)] = where
            result[key] = _plain(value_node, (*path, key), document, problems, construct, around)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(child, (*path, index), document, problems, construct, around)
            for index, child in enumerate(node.value)
        ]
    return _scalar(node, document, problems, construct)


def _scalar(
    node: yaml.Node,
    document: Document,
    problems: list[Problem],
    construct: yaml.constructor.SafeConstructor,
) -> Any:
    if node.tag == "tag:yaml.org,2002:str" and isinstance(node, yaml.ScalarNode):
        return node.value
    try:
        return construct.construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        mark = node.start_mark
        what = getattr(error, "problem", None) or str(error)
        problems.append(
            Problem(Place(document.file, mark.line + 1, mark.column + 1), f"can't be read: {what}")
        )
        return None


def walk(folder: Traversable, name: str, suffix: str) -> Iterator[tuple[Traversable, str]]:
    """Every file below a folder that ends in `suffix`, with its path from `name`, sorted."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{name}/{entry.name}" if name else entry.name
        if entry.is_dir():
            yield from walk(entry, path, suffix)
        elif entry.name.endswith(suffix):
            yield entry, path


def build(
    model: type[M], document: Document, problems: list[Problem], path: Path = (), data: Any = None
) -> M | None:
    """`model` made from the document (or the part of it at `path`); None when it doesn't fit.

    Each thing pydantic refuses becomes a problem at the line and column of the key it is about.
    """
    value = document.data if data is None else data
    if value is None:
        problems.append(Problem(document.place(*path), "is empty", _expected(model)))
        return None
    if not isinstance(value, dict):
        problems.append(Problem(document.place(*path), "is not a mapping", _expected(model)))
        return None
    try:
        return model.model_validate(value)
    except ValidationError as error:
        for detail in error.errors():
            loc = tuple(
                part for part in detail["loc"] if not (isinstance(part, str) and part[:1] == "<")
            )
            problems.append(_problem(model, document, path, loc, detail))
        return None


def build_what_fits(
    model: type[M], document: Document, problems: list[Problem]
) -> tuple[M | None, Document]:
    """As `build`; where parts don't fit, the record without them, so that the rest can be checked too.

    The second is the document of what is left, in which everything still has its own place. A number
    that is out of range is moved into it, so that what it belongs to is not lost for the checks.
    """
    record = build(model, document, problems)
    if record is not None or not isinstance(document.data, dict):
        return record, document
    rest = replace(
        document,
        data=copy.deepcopy(document.data),
        marks=dict(document.marks),
        instead=dict(document.instead),
    )
    while True:
        try:
            return model.model_validate(rest.data), rest
        except ValidationError as error:
            details = error.errors()
        bad: dict[Path, Any] = {}
        for detail in details:
            path = _written(rest.data, detail["loc"])
            bad[path] = _nearest(detail)
        for path in sorted(bad, key=lambda path: [(str(type(p)), p) for p in path], reverse=True):
            if not path:
                return None, document
            _repair(rest, path, bad[path])


_NUMBERS = ("int_type", "int_parsing", "int_from_float", "float_type", "float_parsing")


def _nearest(detail: Any) -> int | float | None:
    """A number that would have fitted better than the one that was refused; None: no such number."""
    if detail["type"] in _NUMBERS:
        return 0
    limits = detail.get("ctx", {})
    return limits.get("ge", limits.get("le")) if detail["type"].endswith("_equal") else None


def _written(data: Any, loc: Path) -> Path:
    """The part of a place that is really written in the data."""
    path: list[str | int] = []
    for part in loc:
        inside = isinstance(data, dict) and part in data
        if inside or (isinstance(data, list) and isinstance(part, int) and part < len(data)):
            data = data[part]
            path.append(part)
    return tuple(path)


def _repair(document: Document, path: Path, number: int | float | None) -> None:
    """Puts a number in a place, or takes the place out and moves up what follows in its list."""
    parent, last = document.data, path[-1]
    for part in path[:-1]:
        parent = parent[part]
    if number is not None and parent[last] != number:
        parent[last] = number
        return
    del parent[last]
    if isinstance(last, int) and isinstance(parent, list):
        _move_up(document, path)


def _up(where: Path, depth: int) -> Path:
    return (*where[:depth], int(where[depth]) - 1, *where[depth + 1 :])


def _move_up(document: Document, path: Path) -> None:
    """Gives what follows a member that was taken out of a list its new places."""
    depth, last = len(path) - 1, int(path[-1])

    def moved(places: dict[Path, P]) -> dict[Path, P]:
        found: dict[Path, P] = {}
        for where, place in places.items():
            position = where[depth] if len(where) > depth and where[:depth] == path[:-1] else None
            if isinstance(position, int) and position == last:
                continue
            later = isinstance(position, int) and position > last
            found[_up(where, depth) if later else where] = place
        return found

    document.marks, document.instead = moved(document.marks), moved(document.instead)


def _expected(model: type[BaseModel]) -> str:
    required = [
        name.replace("_", " ") for name, info in model.model_fields.items() if info.is_required()
    ]
    return "it needs " + ", ".join(required) if required else ""


def _problem(
    model: type[BaseModel], document: Document, path: Path, loc: Path, detail: Any
) -> Problem:
    kind, where = detail["type"], document.place(*path, *loc)
    key = " › ".join(str(part) for part in loc)
    if kind == "extra_forbidden":
        hint = did_you_mean(str(loc[-1]), _keys_at(model, loc[:-1]))
        return Problem(where, f"unknown key “{loc[-1]}”", hint or "take it out")
    if kind == "missing":
        return Problem(where, f"“{loc[-1]}” is missing", "add it")
    known = _MESSAGES.get(kind)
    message = known(detail.get("ctx", {})) if known else None
    if message is None:
        text = str(detail["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
        message = text[:1].lower() + text[1:]
    what, _, hint = message.partition(" || ")
    about = what.partition(":")[0]
    if (*path, *loc, about) in document.marks:
        where = document.place(*path, *loc, about)
    given = detail.get("input")
    shown = f" (it is {given!r})" if isinstance(given, str | int | float | bool) else ""
    return Problem(where, (f"{key}: " if key else "") + what + shown, hint)


_MESSAGES: dict[str, Callable[[dict[str, Any]], str | None]] = {
    "string_type": lambda ctx: "must be text || put it in quotes if it looks like a number",
    "string_pattern_mismatch": lambda ctx: (
        "must be a school year || such as 2026-27"
        if ctx.get("pattern", "").startswith(r"^\d{4}")
        else "must be lower-case words joined by hyphens || such as sum-2026"
        if ctx.get("pattern", "").startswith("^[a-z0-9]+(")
        else None
    ),
    "int_type": lambda ctx: "must be a whole number",
    "int_parsing": lambda ctx: "must be a whole number",
    "int_from_float": lambda ctx: "must be a whole number",
    "float_type": lambda ctx: "must be a number",
    "float_parsing": lambda ctx: "must be a number",
    "bool_type": lambda ctx: "must be true or false",
    "bool_parsing": lambda ctx: "must be true or false",
    "date_type": lambda ctx: "must be a date || write it as 2026-09-01",
    "date_from_datetime_parsing": lambda ctx: "must be a date || write it as 2026-09-01",
    "date_parsing": lambda ctx: "must be a date || write it as 2026-09-01",
    "list_type": lambda ctx: "must be a list || start each item with “- ”",
    "tuple_type": lambda ctx: "must be a list || start each item with “- ”",
    "dict_type": lambda ctx: "must be a mapping of keys to values",
    "model_type": lambda ctx: "must be a mapping of keys to values",
    "model_attributes_type": lambda ctx: "must be a mapping of keys to values",
    "greater_than_equal": lambda ctx: f"must be {ctx['ge']} or more",
    "greater_than": lambda ctx: f"must be more than {ctx['gt']}",
    "less_than": lambda ctx: f"must be less than {ctx['lt']}",
    "less_than_equal": lambda ctx: f"must be {ctx['le']} or less",
    "literal_error": lambda ctx: f"must be {ctx['expected']}",
    "string_too_short": lambda ctx: "must not be empty",
    "too_short": lambda ctx: "must not be empty",
}


def _keys_at(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """The keys that the models at a path allow, as far as their annotations tell."""
    current: list[type[BaseModel]] = [model]
    for part in path:
        fields = [
            info
            for one in current
            for name, info in one.model_fields.items()
            if part in (name, info.alias)
        ]
        if fields:  # else it is a position in a list, or a key of the user's own
            current = [found for info in fields for found in _models_in(info.annotation)]
    return [info.alias or name for one in current for name, info in one.model_fields.items()]


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)
