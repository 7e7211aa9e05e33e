"""What an expression of a template stands for, by the contract: a text, a list, or their parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from socialpoll.errors import nearest
from socialpoll.exporters.word.contract import PICTURES, Kind
from socialpoll.exporters.word.sandbox import FILTERS, MANY, ONE, TESTS, TEXTS

if TYPE_CHECKING:
    from jinja2 import nodes

__all__ = ["Reading", "Scope", "written_as"]

TEXT = "text"
CHAIN = 3
"""Filters on top of each other."""
Known: TypeAlias = "Kind | None"
"""None where it cannot be told, because it was wrong already."""
Scope: TypeAlias = "Mapping[str, Known]"
Say: TypeAlias = Callable[[str, str], None]


class Reading:
    """Reads an expression.

    Parameters
    ----------
    scope : mapping of str to kind
        The names that are known.
    say : callable
        Told what is wrong, and what would be allowed.
    """

    def __init__(self, scope: Scope, say: Say) -> None:
        self.scope = scope
        self.say = say

    def kind(self, node: nodes.Node) -> Known:
        """Return what an expression stands for; None where it is wrong."""
        from jinja2 import nodes

        if isinstance(node, nodes.Name):
            return self._part(node.name, node.name, self.scope)
        if isinstance(node, nodes.Getattr):
            return self._member(node, node.attr, self.kind(node.node))
        if isinstance(node, nodes.Getitem):
            return self._element(node)
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._filtered(node, node.node)
        if isinstance(node, nodes.CondExpr):
            return self._either(node)
        if isinstance(node, nodes.Test) and node.name not in TESTS:
            self.say(f"no such test: {node.name!r}", nearest(node.name, sorted(TESTS)))
        for child in node.iter_child_nodes():
            self.kind(child)
        return [TEXT] if isinstance(node, nodes.List | nodes.Tuple) else TEXT

    def _element(self, node: nodes.Getitem) -> Known:
        from jinja2 import nodes

        whole = self.kind(node.node)
        if isinstance(node.arg, nodes.Const):
            return self._member(node, node.arg.value, whole)
        if isinstance(whole, list) and self.kind(node.arg) is not None:
            return whole[0]
        self.say(f"{written_as(node.node)} has no parts of that name", "a name or a number")
        return None

    def _either(self, node: nodes.CondExpr) -> Known:
        self.kind(node.test)
        if node.expr2 is not None:
            self.kind(node.expr2)
        return self.kind(node.expr1)

    def _filtered(self, node: nodes.Filter, shown: nodes.Node) -> Known:
        kind = self.kind(shown)
        name = node.name
        if name not in FILTERS:
            self.say(f"no such filter: {name!r}", nearest(name, sorted(FILTERS)))
        if _filters(node) > CHAIN:
            self.say(f"more than {CHAIN} filters on top of each other", "")
        given = (*node.args, *(pair.value for pair in node.kwargs))
        if any(isinstance(self.kind(one), list | Mapping) for one in given):
            self.say(f"the filter {name!r} takes texts and numbers", "")
        if kind in PICTURES:
            self.say("a picture cannot be filtered", "")
        of_texts = isinstance(kind, list) and isinstance(kind[0], str)
        if name in TEXTS and kind is not None and not of_texts:
            self.say(f"the filter {name!r} is for lists of texts", "")
        if isinstance(kind, list) and name in ONE:
            return kind[0]
        return kind if isinstance(kind, list) and name in (*MANY, *TEXTS - {"join"}) else TEXT

    def _member(self, node: nodes.Getattr | nodes.Getitem, name: object, whole: Known) -> Known:
        if whole is None:
            return None
        if isinstance(whole, list) and isinstance(name, int):
            return whole[0]
        if isinstance(whole, Mapping):
            return self._part(written_as(node), str(name), whole)
        advice = "repeat the list, or take one of it: [0]" if isinstance(whole, list) else ""
        self.say(f"{written_as(node.node)} has no part {str(name)!r}", advice)
        return None

    def _part(self, written: str, name: str, parts: Scope) -> Known:
        if name in parts:
            return parts[name]
        self.say(f"no such variable: {written}", nearest(name, parts))
        return None


def written_as(node: nodes.Node) -> str:
    """Return an expression as a template writes it."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{written_as(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{written_as(node.node)}[{node.arg.value!r}]"
    if isinstance(node, nodes.Filter) and node.node is not None:
        return f"{written_as(node.node)}|{node.name}"
    return "the expression"


def _filters(node: nodes.Node) -> int:
    from jinja2 import nodes

    return sum(1 for _ in node.find_all(nodes.Filter)) + isinstance(node, nodes.Filter)
