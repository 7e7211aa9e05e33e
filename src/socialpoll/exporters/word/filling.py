"""A template filled in by docxtpl: the parts of its package, and the document itself as a tree."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from socialpoll.errors import Problem, TemplateError
from socialpoll.exporters.word.ooxml import parse, serialise, w
from socialpoll.exporters.word.package import unpack
from socialpoll.exporters.word.places import name_of_part
from socialpoll.exporters.word.sandbox import environment
from socialpoll.exporters.word.tables import has_columns

if TYPE_CHECKING:
    from docx.opc.part import Part
    from docxtpl import DocxTemplate
    from lxml.etree import _Element

    from socialpoll.exporters.word.context import Context

__all__ = ["Filled", "fill", "open_template"]

BREAKS = "\t\n\a\f"
"""Letters that docxtpl turns into tabs, lines, paragraphs and pages."""
HERE = "the body of the document"


class Filled(NamedTuple):
    """A document that is filled in and not finished.

    Attributes
    ----------
    parts : dict of str to bytes
        Of the package by name; the document is as its template has it.
    name : str
        Of the part that is the document.
    document : lxml element
        Filled in.
    """

    parts: dict[str, bytes]
    name: str
    document: _Element


def open_template(content: bytes) -> DocxTemplate:
    """Open a template, which takes pictures before it is filled in.

    Parameters
    ----------
    content : bytes
        A Word file that was checked.
    """
    from docxtpl import DocxTemplate

    class Template(DocxTemplate):  # type: ignore[misc]  # ships no types
        """Reads what it has filled in once, and does only what there is to be done."""

        document: _Element

        def render_xml_part(self, src_xml: str, part: object, *others: object) -> str:
            xml = str(super().render_xml_part(src_xml, part, *others))
            if part is not self.docx.part:
                _read(xml)
            return xml

        def resolve_listing(self, xml: str) -> str:
            broken = any(one in xml for one in BREAKS)
            return str(super().resolve_listing(xml)) if broken else xml

        def fix_tables(self, xml: str) -> _Element:
            whole = _around(self.docx.element, xml)
            document = _read(whole)
            if has_columns(document):
                return document
            return parse(serialise(super().fix_tables(whole)))

        def map_tree(self, tree: _Element) -> None:
            # To hang it up in the package takes longer than to have read it.
            self.document = tree

    template = Template(BytesIO(content))
    template.init_docx()
    return template


def fill(template: DocxTemplate, context: Context, enough: int) -> Filled:
    """Fill a template in.

    Parameters
    ----------
    template : DocxTemplate
        As :func:`open_template` returns it.
    context : dict
        What it may show.
    enough : int
        Letters that it may write.

    Raises
    ------
    TemplateError
        It says something that a template may not say, writes too much, or its elements do not
        close where it is filled in.
    """
    from jinja2 import TemplateError as JinjaError

    try:
        template.render(context, jinja_env=environment(enough), autoescape=True)
    except (JinjaError, RecursionError, SyntaxError) as error:
        problem = Problem(f"it cannot be filled in: {error}", _part_of(template))
        raise TemplateError("the template", [problem]) from error
    except TemplateError as error:
        found = replace(error.problem, where=f"{_part_of(template)} {error.where}".rstrip())
        raise TemplateError("the template", [found]) from error
    file = BytesIO()
    template.save(file)
    return Filled(unpack(file.getvalue()), _name(template.docx.part), template.document)


def _name(part: Part) -> str:
    return str(part.partname).lstrip("/")


def _part_of(template: DocxTemplate) -> str:
    """Return what the part is called that is being filled in."""
    return name_of_part(_name(template.current_rendering_part))


def _around(document: _Element, body: str) -> str:
    """Return a document with another body."""
    from lxml import etree

    shell = deepcopy(document)
    shell.replace(next(shell.iterchildren(w("body"))), etree.Comment(HERE))
    before, _, after = etree.tostring(shell, encoding="unicode").rpartition(f"<!--{HERE}-->")
    return before + body + after


def _read(filled: str) -> _Element:
    """Read a part, and refuse one whose elements do not close: docxtpl would leave things out."""
    from lxml.etree import XMLSyntaxError

    try:
        return parse(filled.encode())
    except XMLSyntaxError as error:
        problem = Problem(
            f"the filled template is no Word document: {error.msg}",
            advice="look for a condition or loop that begins in one cell or paragraph and ends in"
            " another",
        )
        raise TemplateError("the template", [problem]) from error
