"""Docstrings in the sections of numpydoc, as far as the tests read them."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable

ENTRY = re.compile(r"\*{0,2}\w+(?:, \*{0,2}\w+)*(?= :|$)")


def sections_of(thing: object) -> dict[str, str]:
    """Return the sections of its docstring by their headings."""
    text = inspect.cleandoc(thing.__doc__ or "")
    _, *parts = re.split(r"^(\w[\w ]*)\n-{3,}\n", text, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def entries_of(section: str) -> list[str]:
    """Return what a section describes, in order."""
    lines = (line for line in section.splitlines() if line and not line[0].isspace())
    entries = (ENTRY.match(line) for line in lines)
    return [name.lstrip("*") for one in entries if one for name in one[0].split(", ")]


def parameters_of(function: Callable[..., object]) -> list[str]:
    """Return the names of its arguments, but that of the object it belongs to."""
    return [name for name in inspect.signature(function).parameters if name not in {"self", "cls"}]


def raised_in(function: Callable[..., object]) -> set[str]:
    """Return the errors of the library that its own lines raise."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    raised = (node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise) and node.exc)
    names = {ast.unparse(one.func if isinstance(one, ast.Call) else one) for one in raised}
    return {name for name in names if name.endswith("Error") and "." not in name}
