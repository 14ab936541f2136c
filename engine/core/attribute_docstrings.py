"""What stands below each attribute of a class, read from its source when somebody asks for it."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise


def attribute_docstrings(of: type) -> dict[str, str]:
    """Give the text below each attribute that the class itself names, each on one line.

    Empty for a class whose source isn't there: built in, or shipped compiled only.
    """
    return _of_module(of.__module__).get(of.__qualname__, {})


@cache
def _of_module(name: str) -> dict[str, dict[str, str]]:
    """Each class of a module by its qualified name: its attributes' texts."""
    try:
        source = inspect.getsource(sys.modules[name])
    except (KeyError, OSError, TypeError):
        return {}
    return dict(_of_classes(ast.parse(source), ""))


def _of_classes(node: ast.AST, inside: str) -> Iterator[tuple[str, dict[str, str]]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield inside + child.name, dict(_below_attributes(child.body))
            yield from _of_classes(child, f"{inside}{child.name}.")


def _below_attributes(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for attribute, below in pairwise(body):
        match attribute, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, " ".join(text.split())
