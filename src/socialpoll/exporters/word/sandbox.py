"""Templates come from outside: they may show and repeat what they are given, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.errors import TemplateError

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["FILTERS", "LARGEST_RENDERED", "MANY", "ONE", "environment"]

ONE = frozenset({"first", "last"})
"""Filters that give one element of a list."""
MANY = frozenset({"list", "reverse", "sort", "unique"})
"""Filters that give a list."""
FILTERS = ONE | MANY | {"capitalize", "count", "default", "d", "int", "join", "length", "lower"}
FILTERS |= {"title", "trim", "upper"}
"""None of them can make much out of little."""
LARGEST_RENDERED = 64 * 2**20
"""Characters of one part once it is filled in."""


def environment() -> Environment:
    """Return the environment that templates are filled in.

    Everything that they show is escaped, a name that is not there is an error, and attributes
    that lead into Python are refused.
    """
    from jinja2 import StrictUndefined, Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class CappedTemplate(Template):
        """Stops as soon as it has written too much, and hands on nothing that is torn."""

        def render(self, *args: object, **kwargs: object) -> str:
            pieces: list[str] = []
            size = 0
            for piece in self.generate(*args, **kwargs):
                size += len(piece)
                if size > LARGEST_RENDERED:
                    raise TemplateError(
                        "the filled template is too large",
                        found=f"more than {LARGEST_RENDERED:,} characters",
                        advice="repeat fewer things in the template",
                    )
                pieces.append(piece)
            filled = "".join(pieces)
            _check_form(filled)
            return filled

    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.template_class = CappedTemplate
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in sorted(FILTERS)}
    return made


def _check_form(filled: str) -> None:
    """Refuse a part whose elements do not close: docxtpl would mend it by leaving things out."""
    from lxml import etree

    if not filled.startswith("<"):
        return
    try:
        etree.fromstring(filled.encode())
    except etree.XMLSyntaxError as error:
        raise TemplateError(
            f"the filled template is no Word document: {error.msg}",
            advice="look for a condition or loop that begins in one cell or paragraph and ends in"
            " another",
        ) from error
