"""A record made from a document: each thing that doesn't fit becomes a problem at its key."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..errors import MOST_NEAR, Mistake, did_you_mean
from ..record import FREE
from .document import Path, YamlDocument, written_part

M = TypeVar("M", bound=BaseModel)


def build(
    model: type[M],
    document: YamlDocument,
    problems: list[Mistake],
    path: Path = (),
    data: Any = None,
) -> M | None:
    """`model` made from the document (or the part of it at `path`); None when it doesn't fit.

    Each thing pydantic refuses becomes a problem at the line and column of the key it is about.
    """
    value = document.data if data is None else data
    if value is None:
        problems.append(Mistake(document.place(*path), "is empty", _expected(model)))
        return None
    if not isinstance(value, dict):
        problems.append(Mistake(document.place(*path), "is not a mapping", _expected(model)))
        return None
    before = len(problems)
    problems += _unprintable(model, document, path)
    try:
        record = validated(model, value)
    except ValidationError as error:
        for loc, detail in _apart(value, error):
            whole = (*path, *loc)
            if not any(whole[:length] in document.unread for length in range(len(whole) + 1)):
                near = len(problems) < MOST_NEAR
                problems.append(_problem(model, document, path, loc, detail, near))
        return None
    return record if len(problems) == before else None


def _apart(data: Any, error: ValidationError) -> Iterator[tuple[Path, Any]]:
    """Yield each error of a record with its key path; of a value of several kinds only one."""
    kinds: dict[Path, Any] = {}
    for detail in error.errors(include_url=False):
        loc = _without_kinds(data, detail["loc"])
        if len(loc) > 1 and loc[-1] in _KINDS and written_part(data, loc) == loc[:-1]:
            kinds.setdefault(loc[:-1], detail)
        else:
            yield loc, detail
    for loc, detail in kinds.items():
        yield loc, {**detail, "type": "kinds"}


def _without_kinds(data: Any, loc: Path) -> Path:
    """A place without the names of kinds such as <days>, which stand in no file; a key of the user's may
    look like one."""
    found: list[str | int] = []
    for part in loc:
        written = isinstance(data, dict) and part in data
        if written or not (isinstance(part, str) and part.startswith("<")):
            found.append(part)
            inside = isinstance(data, list) and isinstance(part, int) and part < len(data)
            data = data[part] if written or inside else None
    return tuple(found)


_KINDS = ("bool", "int", "float", "str")


def validated(model: type[M], data: dict[str, Any]) -> M:
    """A record of plain data, in which a number is no text and a text no number. Raises
    ValidationError."""
    return model.model_validate_json(json.dumps(data), strict=True)


def _unprintable(model: type[BaseModel], document: YamlDocument, path: Path) -> Iterator[Mistake]:
    """Marks that can't be seen, wherever a text is more than a note: there they are left out."""
    for where in document.cleaned:
        if where[: len(path)] == path and not _is_note(model, where[len(path) :]):
            what = "holds a mark that can't be seen, such as a control character"
            yield Mistake(document.place(*where), what, "delete the text and type it again")


def _expected(model: type[BaseModel]) -> str:
    required = [
        name.replace("_", " ") for name, info in model.model_fields.items() if info.is_required()
    ]
    return "it needs " + ", ".join(required) if required else ""


def _problem(
    model: type[BaseModel], document: YamlDocument, path: Path, loc: Path, detail: Any, near: bool
) -> Mistake:
    kind, where = detail["type"], document.place(*path, *loc)
    key = " › ".join(str(part) for part in loc)
    if kind == "extra_forbidden":
        hint = did_you_mean(str(loc[-1]), _keys_at(model, loc[:-1])) if near else ""
        instead = _called_otherwise(model, loc)
        hint = f"write “{instead}:”" if instead else hint
        return Mistake(where, f"unknown key “{loc[-1]}”", hint or "take it out")
    if kind == "missing":
        return Mistake(where, f"“{loc[-1]}” is missing", "add it")
    known = _MESSAGES.get(kind)
    message = known(detail.get("ctx", {})) if known else None
    if message is None:
        text = str(detail.get("ctx", {}).get("error") or detail["msg"])
        message = text[:1].lower() + text[1:]
    what, _, hint = message.partition(" || ")
    about = what.partition(":")[0]
    if (*path, *loc, about) in document.marks:
        where = document.place(*path, *loc, about)
    shown, told = _shown(document, (*path, *loc), detail)
    of_value = what + shown
    if not key:
        return Mistake(where, of_value, told or hint)
    return Mistake(where, f"{key}: {of_value}", told or hint, of_value if len(loc) > 1 else "")


def _shown(document: YamlDocument, path: Path, detail: Any) -> tuple[str, str]:
    """Return the value a file has where another is expected, in brackets, and a hint or “”.

    The hint is given where it follows from how the value is written.
    """
    given, mark = detail.get("input"), document.marks.get(path, (0, 0))
    in_file = path in document.marks and not any(
        path[:length] in document.instead for length in range(len(path) + 1)
    )
    if not isinstance(given, str):
        text = document.written.get(mark, "") if in_file else ""
        if not text and not isinstance(given, int | float | bool):
            return "", ""
        return f" (it is {text or repr(given)})", ""
    shown = given if len(given) <= _LONG else given[:_LONG] + "…"
    if detail["type"] not in _NUMBER_TYPES:
        return f" (it is {shown!r})", ""
    if in_file and mark in document.quoted:
        return f" (it is the text “{shown}”, in quotes)", "take the quotes away"
    if _OLD_NUMBER.fullmatch(given):
        what = f" (“{shown}” can be read as more than one number)"
        return what, "write the digits alone, such as 4600 or 0.5, without a nought before them"
    if any(char.isdigit() for char in given):
        return f" (it is {shown!r})", _digits_alone(given)
    return f" (it is {shown!r})", ""


def _digits_alone(given: str) -> str:
    """Say how a number is written that stands there with a sign, a comma, or a word."""
    bare = re.sub(r"[£€$%\s]", "", given)
    if re.fullmatch(r"-?[0-9]+,[0-9]{1,2}", bare):
        return f"write {bare.replace(',', '.')}, with a point"
    if re.fullmatch(r"-?[0-9]+(,[0-9]{3})*(\.[0-9]+)?", bare) and bare.replace(",", "") != given:
        return f"write {bare.replace(',', '')}, the digits alone"
    return "write the digits alone, such as 4600 or 0.5"


_LONG = 60
_NUMBER_TYPES = ("int_type", "int_parsing", "float_type", "float_parsing")
_OLD_NUMBER = re.compile(
    r"[-+]?(?:0[xob][0-9a-f_]+|[0-9][0-9_:]*(?:\.[0-9_:]*)?(?:e[-+]?[0-9]+)?|\.(?:inf|nan))",
    re.IGNORECASE | re.ASCII,
)
"""What some take for a number in base 8, 16, 2 or 60, for one with an exponent, or for none."""


_MESSAGES: dict[str, Callable[[dict[str, Any]], str | None]] = {
    "string_type": lambda ctx: "must be text || put it in quotes if it looks like a number",
    "string_pattern_mismatch": lambda ctx: (
        "must be a school year || such as 2026-27"
        if ctx.get("pattern", "").startswith(r"^\d{4}")
        else "must be lower-case words joined by hyphens || such as sum-2026"
        if ctx.get("pattern", "").startswith("^[a-z0-9]+(")
        else "must be an id: lower-case words joined by underscores || such as absence_high; a title is no id"
        if ctx.get("pattern", "").startswith("^[a-z][a-z0-9_]*")
        else None
    ),
    "kinds": lambda ctx: "must be text, a number, or true or false",
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


def _called_otherwise(model: type[BaseModel], loc: Path) -> str:
    """The key that some call by another word, where a record at the place says so."""
    models, _ = _fields_at(model, loc[:-1])
    return next(
        (
            words[str(loc[-1])]
            for one in models
            if (words := getattr(one, "ALSO_CALLED", {})) and str(loc[-1]) in words
        ),
        "",
    )


def _fields_at(
    model: type[BaseModel], path: Sequence[str | int]
) -> tuple[list[type[BaseModel]], list[Any]]:
    """The models at a path, and what the last of their fields on the way holds, as far as annotations
    tell."""
    current: list[type[BaseModel]] = [model]
    held: list[Any] = []
    for part in path:
        fields = [
            info
            for one in current
            for name, info in one.model_fields.items()
            if part in (name, info.alias)
        ]
        if fields:  # else it is a position in a list, or a key of the user's own
            held = [_annotated(info) for info in fields]
            current = [found for info in fields for found in _models_in(info.annotation)]
    return current, held


def _annotated(info: Any) -> Any:
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


def _keys_at(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """The keys that the models at a path allow."""
    current, _ = _fields_at(model, path)
    return [info.alias or name for one in current for name, info in one.model_fields.items()]


def _is_note(model: type[BaseModel], path: Path) -> bool:
    return any(_free(annotation) for annotation in _fields_at(model, path)[1])


def _free(annotation: Any) -> bool:
    return FREE in getattr(annotation, "__metadata__", ()) or any(
        _free(argument) for argument in getattr(annotation, "__args__", ())
    )


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)
