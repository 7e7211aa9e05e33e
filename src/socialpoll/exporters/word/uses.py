"""What a template makes of each variable: whether it is shown or only asked for, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from socialpoll.exporters.word.contract import OTHER
from socialpoll.exporters.word.expressions import written_as
from socialpoll.exporters.word.places import Map
from socialpoll.exporters.word.sandbox import MANY, ONE, TEXTS
from socialpoll.exporters.word.tags import Tag

if TYPE_CHECKING:
    from jinja2 import nodes

__all__ = [
    "FACING",
    "Names",
    "Use",
    "asks_facing",
    "counterpart_of",
    "name_of",
    "uses_in",
    "written_with",
]

Names: TypeAlias = Mapping[str, str]
"""Names of loops with what they stand for: ``{"section": "sections[]"}``."""
FACING = "facing"
"""The variable that says whether a document is in two languages."""
THE_LIST_ITSELF = MANY | TEXTS - {"join"}
"""Filters of a list that give all of it, or some."""


@dataclass(frozen=True, eq=False)
class Use:
    """A variable in a tag.

    Parameters
    ----------
    name : str
        In the contract: ``"sections[].title"``.
    written : str
        As it stands in the tag: ``"section.title"``.
    shown : bool
        Whether its words are printed, and not just asked for or handed to a property.
    alone : bool
        Whether it stands where only documents in one language come by.
    tag : Tag
    places : Map
        Of the part that it stands in.
    names : mapping of str to str
        The loops around it.
    """

    name: str
    written: str
    shown: bool
    alone: bool
    tag: Tag
    places: Map
    names: Names

    @property
    def twin(self) -> str:
        """The same in the other language, as it would stand here: ``section.other.title``."""
        return written_with(counterpart_of(self.name), self.names)

    @property
    def where(self) -> str:
        """The place of the tag in its document."""
        return str(self.places.place(self.tag.element))


def uses_in(node: nodes.Node, names: Names, *, shown: bool) -> Iterator[tuple[str, str, bool]]:
    """Yield the variables of an expression.

    Parameters
    ----------
    node : jinja2 node
    names : mapping of str to str
        The loops around it.
    shown : bool
        Whether the expression is printed.

    Yields
    ------
    name, written : str
    shown : bool
        False in the condition of a choice.
    """
    from jinja2 import nodes

    if isinstance(node, nodes.CondExpr):
        yield from uses_in(node.test, names, shown=False)
        chosen = [node.expr1] if node.expr2 is None else [node.expr1, node.expr2]
        for one in chosen:
            yield from uses_in(one, names, shown=shown)
        return
    name = name_of(node, names)
    if name:
        yield name, written_as(node), shown
        return
    for child in node.iter_child_nodes():
        yield from uses_in(child, names, shown=shown)


def asks_facing(test: nodes.Node) -> bool | None:
    """Tell whether a condition holds in two languages (True) or in one (False); None for any."""
    from jinja2 import nodes

    if isinstance(test, nodes.Not):
        inner = asks_facing(test.node)
        return None if inner is None else not inner
    return True if isinstance(test, nodes.Name) and test.name == FACING else None


def name_of(node: nodes.Node, names: Names) -> str:
    """Return what a variable is called in the contract; empty for any other expression.

    Parameters
    ----------
    node : jinja2 node
    names : mapping of str to str
        The loops around it.
    """
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return names.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        return _part(name_of(node.node, names), node.attr)
    if isinstance(node, nodes.Getitem):
        part = node.arg.value if isinstance(node.arg, nodes.Const) else None
        whole = name_of(node.node, names)
        return _part(whole, part) if isinstance(part, str) else _element(whole)
    if isinstance(node, nodes.Filter) and node.node is not None:
        whole = name_of(node.node, names)
        if node.name in THE_LIST_ITSELF:
            return whole
        return _element(whole) if node.name in ONE else ""
    return ""


def _element(whole: str) -> str:
    return f"{whole}[]" if whole else ""


def _part(whole: str, name: str) -> str:
    return f"{whole}.{name}" if whole else ""


def counterpart_of(name: str) -> str:
    """Return what the same is called in the other language.

    Examples
    --------
    >>> counterpart_of("title"), counterpart_of("sections[].other.title")
    ('other.title', 'sections[].title')
    """
    of, _, part = name.rpartition(".")
    around, _, last = of.rpartition(".")
    if last == OTHER:
        return _joined(around, part)
    return _joined(_joined(of, OTHER), part)


def written_with(name: str, names: Names) -> str:
    """Return a variable as it can be written where loops are open.

    Examples
    --------
    >>> written_with("sections[].other.title", {"one": "sections[]"})
    'one.other.title'
    >>> written_with("other.cover[]", {"line": "cover[]"})
    'other.cover[loop.index0]'
    """
    variables = {known: variable for variable, known in names.items()}
    steps = name.removesuffix("[]").split(".")
    for length in range(len(steps) - 1, 0, -1):
        known = ".".join(steps[:length])
        if known in variables:
            steps[:length] = [variables[known]]
            break
    ending = "[loop.index0]" if name.endswith("[]") else ""
    return ".".join(steps) + ending


def _joined(of: str, part: str) -> str:
    return f"{of}.{part}" if of else part
