"""What is wrong with a template, told before it is filled in: every tag against the contract."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from socialpoll.errors import Problem, nearest
from socialpoll.exporters.word.contract import CONTRACT, Kind
from socialpoll.exporters.word.sandbox import FILTERS, MANY, ONE, environment

if TYPE_CHECKING:
    from jinja2 import nodes

__all__ = ["TAG", "problems_of_tags"]

DEEPEST = 5
ADVICE = "socialpoll.exporters.word.variables() lists what a template may use"
LOOP: Mapping[str, Kind] = dict.fromkeys(
    ("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth"), "number"
)
TEXT = "text"
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
XML = re.compile(r"<[^>]*>")
Scope = Mapping[str, Kind]


def problems_of_tags(part: str, patched: str, paragraphs: list[str]) -> list[Problem]:
    """Check the tags of a part.

    Parameters
    ----------
    part : str
        Its name in the package.
    patched : str
        Its XML as docxtpl hands it to Jinja.
    paragraphs : list of str
        The texts of its paragraphs, to say where a bad tag stands.

    Returns
    -------
    list of Problem
        All of them, in the order of the part.
    """
    from jinja2 import TemplateSyntaxError

    # A line a paragraph, so that the line of a tag leads back to it.
    lined = re.sub(r"<w:p([ >])", r"\n<w:p\1", patched)
    lines = lined.split("\n")

    def located(line: int, what: str, found: str, allowed: str = "") -> Problem:
        tag = _tag(lines[line - 1] if 0 < line <= len(lines) else "", found)
        number = _paragraph(tag, paragraphs)
        where = f"{part}, paragraph {number}" if number else part
        return Problem(what, where, tag or found, allowed, ADVICE)

    try:
        tree = environment().parse(lined)
    except TemplateSyntaxError as error:
        return [located(error.lineno, f"a tag that cannot be read: {error.message}", "")]
    reader = TagReader()
    reader.read(tree, CONTRACT, 0)
    return [located(*found) for found in reader.found]


class TagReader:
    """Walks the tags of a template and follows every name through the contract."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str, str, str]] = []

    def read(self, node: nodes.Node, scope: Scope, depth: int) -> None:
        """Read a statement and what stands in it."""
        from jinja2 import nodes

        if isinstance(node, nodes.Template | nodes.Output):
            for child in node.iter_child_nodes():
                self.read(child, scope, depth)
        elif isinstance(node, nodes.For):
            self._read_loop(node, scope, depth)
        elif isinstance(node, nodes.If):
            self.kind(node.test, scope)
            for child in (*node.body, *node.elif_, *node.else_):
                self.read(child, scope, depth)
        elif isinstance(node, nodes.Expr):
            shown = self.kind(node, scope)
            if not isinstance(shown, str):
                self._say(node, "a tag that shows no text", _written(node), "one of its parts")
        else:
            self._refuse(node)

    def kind(self, node: nodes.Node, scope: Scope) -> Kind:
        """Return what an expression stands for; a text where that cannot be told."""
        from jinja2 import nodes

        if isinstance(node, nodes.Name):
            return self._part(node, node.name, scope)
        if isinstance(node, nodes.Getattr):
            return self._member(node, node.attr, self.kind(node.node, scope))
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            return self._member(node, node.arg.value, self.kind(node.node, scope))
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._filtered(node, node.node, scope)
        if isinstance(node, nodes.CondExpr):
            self.kind(node.test, scope)
            if node.expr2 is not None:
                self.kind(node.expr2, scope)
            return self.kind(node.expr1, scope)
        plain = nodes.Const | nodes.TemplateData | nodes.Compare | nodes.Operand | nodes.Test
        if isinstance(node, plain | nodes.And | nodes.Or | nodes.Not | nodes.List | nodes.Tuple):
            for child in node.iter_child_nodes():
                self.kind(child, scope)
        else:
            self._refuse(node)
        return TEXT

    def _read_loop(self, node: nodes.For, scope: Scope, depth: int) -> None:
        from jinja2 import nodes

        listed = self.kind(node.iter, scope)
        inner: Kind = TEXT
        if isinstance(listed, list):
            inner = listed[0]
        else:
            self._say(node, "a loop over something that is no list", _written(node.iter))
        if depth >= DEEPEST or node.recursive:
            self._say(node, f"loops deeper than {DEEPEST}", _written(node.iter))
        if not isinstance(node.target, nodes.Name):
            self._say(node, "a loop that takes elements apart", _written(node.iter))
            return
        within = {**scope, node.target.name: inner, "loop": LOOP}
        if node.test is not None:
            self.kind(node.test, within)
        for child in (*node.body, *node.else_):
            self.read(child, within, depth + 1)

    def _filtered(self, node: nodes.Filter, shown: nodes.Node, scope: Scope) -> Kind:
        kind = self.kind(shown, scope)
        if node.name not in FILTERS:
            self._say(node, "no such filter", node.name, nearest(node.name, sorted(FILTERS)))
        for child in (*node.args, *(pair.value for pair in node.kwargs)):
            self.kind(child, scope)
        if isinstance(kind, list) and node.name in ONE:
            return kind[0]
        return kind if isinstance(kind, list) and node.name in MANY else TEXT

    def _member(self, node: nodes.Node, name: object, kind: Kind) -> Kind:
        if isinstance(kind, list) and isinstance(name, int):
            return kind[0]
        if isinstance(kind, Mapping):
            return self._part(node, str(name), kind)
        self._say(node, "a name that has no such part", _written(node))
        return TEXT

    def _part(self, node: nodes.Node, name: str, parts: Mapping[str, Kind]) -> Kind:
        if name in parts:
            return parts[name]
        self._say(node, "no such variable", _written(node), nearest(name, parts))
        return TEXT

    def _refuse(self, node: nodes.Node) -> None:
        allowed = "variables, for, if, comparisons and filters"
        self._say(node, "a template may not do this", type(node).__name__.lower(), allowed)

    def _say(self, node: nodes.Node, what: str, found: str, allowed: str = "") -> None:
        self.found.append((node.lineno, what, found, allowed))


def _written(node: nodes.Node) -> str:
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{_written(node.node)}[{node.arg.value!r}]"
    return type(node).__name__.lower()


def _tag(line: str, found: str) -> str:
    tags = [XML.sub("", tag) for tag in TAG.findall(line)]
    naming = [tag for tag in tags if found and found in tag]
    return " ".join((naming or tags or [XML.sub("", line)])[0].split())


def _paragraph(tag: str, paragraphs: list[str]) -> int:
    inner = tag.strip("{}% ")
    if not inner:
        return 0
    texts = (" ".join(text.split()) for text in paragraphs)
    return next((number for number, text in enumerate(texts, 1) if inner in text), 0)
