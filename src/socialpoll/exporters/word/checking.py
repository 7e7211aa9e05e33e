"""What is wrong with the tags of a template, told before it is filled in, all of it at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from socialpoll.errors import Problem, SocialpollError
from socialpoll.exporters.word.contract import CONTRACT, OTHER, PICTURES, Kind
from socialpoll.exporters.word.expressions import Reading, Scope, written_as
from socialpoll.exporters.word.nesting import problems_of_nesting
from socialpoll.exporters.word.places import Map
from socialpoll.exporters.word.sandbox import environment
from socialpoll.exporters.word.tags import OF_A_CELL, Tag, TagFinder, bare, words_of
from socialpoll.exporters.word.uses import Names, Use, asks_facing, name_of, uses_in

if TYPE_CHECKING:
    from jinja2 import nodes
    from lxml.etree import _Element

__all__ = ["read_tags"]

Statement = TypeVar("Statement", bound="nodes.Node")
ADVICE = "'socialpoll template vars' lists what a template may use"
OF_THE_OTHER = re.compile(rf"\b{OTHER}\b")
BESIDE = "'other.' stands before the last name: {{ publisher.other.name }}"
LOOP: Mapping[str, Kind] = dict.fromkeys(
    ("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth"), "number"
)
DEEPEST = 7
"""Loops inside each other: sections, blocks, tables, rows, cells, lines, and one to spare."""


@dataclass(frozen=True)
class Block:
    """What is open at a tag: a loop or a condition.

    Parameters
    ----------
    scope : mapping of str to kind
        The names that are known inside.
    repeated : tuple
        The lists of the contract that are repeated around and by it.
    names : mapping of str to str
        What the names of loops stand for.
    facing : bool, optional
        Whether what stands inside is for documents in two languages, or for those in one.
    asked : bool, optional
        The same, as its own condition says it: without that it is the other way round.
    """

    scope: Scope
    repeated: tuple[list[Kind], ...] = ()
    names: Names = field(default_factory=dict)
    facing: bool | None = None
    asked: bool | None = None

    def otherwise(self) -> Block:
        """Return the same where its condition does not hold."""
        return self if self.asked is None else replace(self, facing=not self.asked, asked=None)

    def under(self, test: nodes.Node) -> Block:
        """Return the same under a condition, by what that says of the document."""
        asked = asks_facing(test)
        return replace(self, facing=self.facing if asked is None else asked, asked=asked)


def read_tags(part: str, root: _Element, *, pictures: bool) -> tuple[list[Problem], list[Use]]:
    """Check the tags of a part.

    Parameters
    ----------
    part : str
        Its name in the package.
    root : lxml element
    pictures : bool
        Whether pictures can stand in it.

    Returns
    -------
    problems : list of Problem
        All of them: of single tags in the order of the part, then of tags that belong together.
    uses : list of Use
        What is made of the variables of the contract.
    """
    places = Map(part, root)
    finder = TagFinder(places, root)
    reader = TagReader(places, pictures=pictures)
    reader.read(finder.tags)
    problems = [*finder.problems, *reader.problems, *problems_of_nesting(finder.tags, places)]
    return problems, reader.uses


class TagReader:
    """Reads the tags of a part one by one, each with the names that are known where it stands.

    Parameters
    ----------
    places : Map
        Of the part.
    pictures : bool
        Whether pictures can stand in it.
    """

    def __init__(self, places: Map, *, pictures: bool) -> None:
        self.places = places
        self.pictures = pictures
        self.problems: list[Problem] = []
        self.uses: list[Use] = []
        self._jinja = environment()
        self._open = [Block(CONTRACT)]

    def read(self, tags: Iterable[Tag]) -> None:
        """Read tags in the order of their part."""
        for tag in tags:
            word = tag.word
            if tag.written.startswith("{{") or words_of(tag.written).startswith(OF_A_CELL):
                self._show(tag)
            elif word == "for":
                self._repeat(tag)
            elif word in ("if", "elif"):
                self._test(tag)
            elif word == "else":
                self._open[-1] = self._open[-1].otherwise()
            elif word in ("endfor", "endif") and len(self._open) > 1:
                self._open.pop()
            if tag.in_attribute and '"' in tag.written:
                self._say(tag, "quotation marks inside a property", allowed="' in their place")

    def _show(self, tag: Tag) -> None:
        from jinja2 import nodes

        node = self._parsed(tag, f"{{{{ {bare(tag.written)} }}}}", nodes.Output)
        if node is None:
            return
        self._use(tag, node.nodes[0], shown=not tag.in_attribute)
        kind = self._reading(tag).kind(node.nodes[0])
        if kind is not None and not isinstance(kind, str):
            self._say(tag, "a tag that shows no text", allowed="one of its parts")
        elif kind in PICTURES and (tag.in_attribute or not self.pictures):
            self._say(tag, "a picture where there can be none", allowed="the body of the document")

    def _repeat(self, tag: Tag) -> None:
        from jinja2 import nodes

        inside = self._open[-1]
        node = self._parsed(tag, f"{{% {bare(tag.written)} %}}{{% endfor %}}", nodes.For)
        if node is not None:
            inside = self._loop(tag, node, inside)
        self._open.append(inside)

    def _loop(self, tag: Tag, node: nodes.For, around: Block) -> Block:
        from jinja2 import nodes

        self._use(tag, node.iter)
        listed = self._reading(tag).kind(node.iter)
        repeated = around.repeated
        inner: Kind | None = None
        if not isinstance(listed, list):
            if listed is not None:
                self._say(tag, "a loop over something that is no list")
        else:
            inner = listed[0]
            if any(one is listed for one in repeated):
                self._say(tag, f"a loop over {written_as(node.iter)} inside a loop over the same")
            repeated = (*repeated, listed)
        if len(repeated) > DEEPEST:
            self._say(tag, f"loops deeper than {DEEPEST}")
        if node.recursive or not isinstance(node.target, nodes.Name):
            self._say(tag, "a loop that takes elements apart", allowed="for name in list")
            return replace(around, repeated=repeated, asked=None)
        name = node.target.name
        scope = {**around.scope, name: inner, "loop": LOOP}
        names = {**around.names, name: f"{name_of(node.iter, around.names)}[]"}
        if node.test is not None:
            self._use(tag, node.test, names=names)
            self._reading(tag, scope).kind(node.test)
        return Block(scope, repeated, names, around.facing)

    def _test(self, tag: Tag) -> None:
        from jinja2 import nodes

        if tag.word == "if":
            self._open.append(replace(self._open[-1], asked=None))
        self._open[-1] = self._open[-1].otherwise()
        condition = bare(tag.written).removeprefix("el")
        node = self._parsed(tag, f"{{% {condition} %}}{{% endif %}}", nodes.If)
        if node is not None:
            self._use(tag, node.test)
            self._reading(tag).kind(node.test)
            self._open[-1] = self._open[-1].under(node.test)

    def _use(
        self, tag: Tag, node: nodes.Node, *, shown: bool = False, names: Names | None = None
    ) -> None:
        around = self._open[-1]
        known = around.names if names is None else names
        alone = around.facing is False
        for name, written, printed in uses_in(node, known, shown=shown):
            self.uses.append(Use(name, written, printed, alone, tag, self.places, known))

    def _parsed(self, tag: Tag, source: str, kind: type[Statement]) -> Statement | None:
        """Return the statement of a tag by itself, or say why it is none."""
        from jinja2 import TemplateSyntaxError

        try:
            (node,) = self._jinja.parse(source).body
        except TemplateSyntaxError as error:
            self._say(tag, f"a tag that cannot be read: {error.message}")
        except RecursionError:
            self._say(tag, "a tag with too many brackets")
        except SocialpollError as error:
            self._say(tag, error.what, error.allowed)
        else:
            return node if isinstance(node, kind) else None
        return None

    def _reading(self, tag: Tag, scope: Scope | None = None) -> Reading:
        return Reading(
            scope or self._open[-1].scope,
            lambda what, allowed: self._say(tag, what, allowed),
        )

    def _say(self, tag: Tag, what: str, allowed: str = "") -> None:
        where = str(self.places.place(tag.element))
        advice = f"{BESIDE}; {ADVICE}" if OF_THE_OTHER.search(tag.written) else ADVICE
        self.problems.append(Problem(what, where, tag.written, allowed, advice))
