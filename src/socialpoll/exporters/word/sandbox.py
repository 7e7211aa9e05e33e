"""Templates come from outside: they may show and repeat what they are given, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from traceback import walk_tb
from typing import TYPE_CHECKING, cast

from socialpoll.errors import Problem, TemplateError
from socialpoll.exporters.word.places import shortened
from socialpoll.exporters.word.tags import TAG

if TYPE_CHECKING:
    from types import FrameType, GeneratorType

    from jinja2 import Environment, Template, nodes

__all__ = ["ENOUGH", "FILTERS", "MANY", "ONE", "TESTS", "TEXTS", "environment"]

ONE = frozenset({"first", "last"})
"""Filters that give one element of a list."""
MANY = frozenset({"list", "reverse"})
"""Filters that give the list."""
TEXTS = frozenset({"join", "sort", "unique"})
"""Filters of lists of texts."""
FILTERS = ONE | MANY | TEXTS | {"capitalize", "count", "default", "d", "int", "length", "lower"}
FILTERS |= {"title", "trim", "upper"}
"""None of them can make much out of little."""
TESTS = frozenset({"defined", "undefined", "none", "true", "false", "eq", "ne"})
NODES = (
    "Template Output TemplateData For If Name Getattr Getitem Const Filter Test CondExpr Compare"
    " Operand And Or Not List Tuple Keyword"
)
"""What a template is made of; it defines, imports, calls and reckons nothing."""
XML = re.compile(r"<[/\w][^>]*>")
SHOWN = 3
"""Tags that are told of a paragraph."""
ENOUGH = 64 * 2**20
"""Letters that a filled template may have where nobody says."""
ENDLESS = (float("inf"), float("-inf"))
STEP = 16
"""What a turn of a loop, a condition or a text takes of them, however short it is."""


def environment(enough: int = ENOUGH) -> Environment:
    """Return the environment that a template is filled in.

    Everything that it shows is escaped, a name that is not there is an error, and attributes that
    lead into Python are refused. All parts of a template share what may be written.

    Parameters
    ----------
    enough : int
        Letters, of which every turn of a loop and every condition takes a few, so that a template
        that repeats itself without end and writes nothing is stopped as well.

    Raises
    ------
    TemplateError
        From what is made with it: a part that writes too much, is torn once it is filled in, or
        says what a template may not say.
    """
    from jinja2 import StrictUndefined, nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    lines: list[str] = []

    class Sandbox(ImmutableSandboxedEnvironment):
        """Knows a few words, and marks every step that a template takes."""

        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            lines[:] = source.split("\n")
            tree = super()._parse(source, name, filename)
            _check_words(tree)
            for loop in tree.find_all(nodes.For):
                # Pieces of no letters: so the template is asked before each turn.
                turns = 1 + sum(1 for _ in loop.find_all(nodes.If))
                loop.body[:0] = [nodes.Output([nodes.TemplateData("")]) for _ in range(turns)]
            return tree

        def getattr(self, obj: object, attribute: str) -> object:
            # As nearly all is that a template is handed; to try their own attributes takes longer.
            if type(obj) is dict and attribute in obj:
                return obj[attribute]
            return super().getattr(obj, attribute)

    made = Sandbox(autoescape=True, undefined=StrictUndefined)
    made.template_class = _capped(enough, lines)
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in sorted(FILTERS)}
    made.tests = {name: made.tests[name] for name in sorted(TESTS)}
    return made


def _capped(enough: int, lines: Sequence[str]) -> type[Template]:
    from jinja2 import Template, TemplateError as JinjaError

    written = 0

    class CappedTemplate(Template):
        """Stops as soon as it has written too much, and hands on nothing that is torn."""

        def render(self, *args: object, **kwargs: object) -> str:
            rendered = self.root_render_func(self.new_context(dict(*args, **kwargs)))
            pieces = cast("GeneratorType[str, None, None]", rendered)
            try:
                return _as_it_is("".join(self._counted(pieces)))
            except (JinjaError, TypeError, ValueError, ArithmeticError) as error:
                steps = walk_tb(error.__traceback__)
                code = self.root_render_func.__code__
                line = max(line for frame, line in steps if frame.f_code is code)
                raise _error(f"it cannot be filled in: {error}", *self._told(line)) from error

        def _counted(self, pieces: GeneratorType[str, None, None]) -> Iterator[str]:
            nonlocal written
            for piece in pieces:
                written += len(piece) + STEP
                if written > enough:
                    message = f"the filled template is too large: more than {enough:,} characters"
                    where, found = self._told(cast("FrameType", pieces.gi_frame).f_lineno)
                    raise _error(message, where, found, advice="repeat fewer things")
                yield piece

        def _told(self, line: int) -> tuple[str, str]:
            """Return the words around a line of the program that the template became."""
            written = XML.sub("", lines[self.get_corresponding_lineno(line) - 1])
            return f'("{shortened(written)}")', " ".join(TAG.findall(written)[:SHOWN])

    return CappedTemplate


def _error(what: str, where: str = "", found: str = "", **more: str) -> TemplateError:
    return TemplateError("the template", [Problem(what, where, found, **more)])


def _check_words(tree: nodes.Template) -> None:
    from jinja2 import nodes

    for node in tree.find_all(nodes.Node):
        endless = isinstance(node, nodes.Const) and node.value in ENDLESS
        if endless or type(node).__name__ not in NODES.split():
            raise _error(
                "a template may not do this",
                found=type(node).__name__.lower(),
                allowed="variables, for, if, comparisons and filters",
            )


def _as_it_is(filled: str) -> str:
    """Keep what docxtpl would take for braces: in texts of a poll, too, it reads ``{_{`` as two.

    It also began a line before every paragraph, and takes longer to take them out again.
    """
    filled = filled.replace("\n<w:p>", "<w:p>")
    for pair in ("{_{", "}_}", "{_%", "%_}"):
        filled = filled.replace(pair, pair.replace("_", "&#95;"))
    return filled
