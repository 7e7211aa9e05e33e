"""A brief in one language or two: context into template, then direction, widths and properties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.errors import TemplateError
from socialpoll.exporters.word.charts import add_chart, native_artist
from socialpoll.exporters.word.choosing import Chosen, choose_template
from socialpoll.exporters.word.context import Context, context_of
from socialpoll.exporters.word.facing import facing_context
from socialpoll.exporters.word.filling import Filled, fill, open_template
from socialpoll.exporters.word.finishing import finish
from socialpoll.exporters.word.ooxml import parse
from socialpoll.exporters.word.options import WordOptions
from socialpoll.exporters.word.pdf import as_pdf
from socialpoll.exporters.word.turning import rooms_of
from socialpoll.hooks import Document
from socialpoll.report import Chart, Edition, Picture
from socialpoll.report.blocks import PictureForm

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

__all__ = ["MEDIA_TYPE", "finish_export", "render"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDEST = 16.0
"""Centimetres between the margins of the page."""
MILLIMETRES = 10
LEAST = 2_000_000
"""Letters that every template may write, however little there is to show."""
A_TEXT = 400
"""Letters around a text: its run, paragraph and cell with their properties."""
SEVERAL = 4
"""Times that a text may be shown."""


def render(edition: Edition, options: WordOptions | None = None) -> Iterator[Document]:
    """Make the brief of an edition.

    Parameters
    ----------
    edition : Edition
        In one language, or in two that face each other.
    options : WordOptions, optional

    Yields
    ------
    Document
        ``brief-ar.docx``, ``brief-ar-en.docx``; the same edition and options give the same bytes.

    Raises
    ------
    TemplateError
        Where the template cannot be used.
    ReportError
        Where the report has charts and nobody can draw them.
    """
    chosen = options or WordOptions()
    if chosen.digits is not None:
        edition = replace(edition, digits=chosen.digits)
    if chosen.charts == "native":
        edition = replace(edition, artist=native_artist(edition.artist))
    template = choose_template(chosen, edition)
    if not template.pictures:
        edition = replace(edition, artist=_leave_undrawn)
    try:
        filled = _fill(template, edition, charts=bool(chosen.charts))
    except TemplateError as error:
        name = Path(chosen.template or "the built-in template").name
        raise TemplateError(name, error.problems) from error
    content = finish(filled, edition, font=chosen.arabic_font)
    yield Document(f"brief-{'-'.join(edition.languages)}.docx", content, MEDIA_TYPE)


def finish_export(
    documents: Sequence[Document], options: WordOptions | None = None
) -> list[Document]:
    """Make the PDF of all documents of an export, where it is asked for; ExportError as it has."""
    chosen = options or WordOptions()
    return as_pdf(documents, chosen.pdf_limit) if chosen.pdf else []


def _leave_undrawn(chart: Chart, edition: Edition, form: PictureForm) -> Picture:  # noqa: ARG001
    """Return a picture without anything in it, for a template that shows none."""
    return Picture(chart.name, b"", "", chart.alt, 0, 0)


def _fill(chosen: Chosen, edition: Edition, *, charts: bool) -> Filled:
    template = open_template(chosen.content)
    written = template.get_xml()
    write = facing_context if chosen.facing else context_of
    context = write(
        edition,
        show=lambda picture: _shown(template, picture, edition),
        charts=charts,
        rooms=rooms_of(parse(written.encode())),
    )
    return fill(template, context, LEAST + len(written) + _room_for(context))


def _shown(template: DocxTemplate, picture: Picture, edition: Edition) -> str:
    """Return a picture as a template prints it, with its sentence in all languages there are."""
    if not picture.content:
        return ""
    several = (edition.alt(picture, language=tag) for tag in edition.languages)
    return _inline(template, picture, " ".join(dict.fromkeys(several)))


def _room_for(context: Context) -> int:
    """Return how many letters a template may take to show everything that it is handed."""
    room = 0
    waiting: list[object] = [context]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            room += A_TEXT + SEVERAL * len(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return room


def _inline(template: DocxTemplate, picture: Picture, alt: str) -> str:
    """Return a picture as the XML that takes the place of its tag, with its sentence.

    The template is handed text only: an object would lead it back to the whole document.
    """
    from markupsafe import Markup

    from socialpoll.exporters.native.parts import NativeChart

    if isinstance(picture, NativeChart):
        xml = add_chart(template.docx, picture, alt)
    else:
        xml = _picture(template, picture, alt)
    # Nothing here comes from outside unescaped: an attribute is quoted, the rest is ours.
    return Markup(  # noqa: S704
        f'</w:t></w:r><w:r><w:drawing>{xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'
    )


def _picture(template: DocxTemplate, picture: Picture, alt: str) -> str:
    from docx.shared import Mm
    from lxml.etree import tostring

    wide = min(picture.width, WIDEST)
    high = picture.height * wide / picture.width
    size = Mm(wide * MILLIMETRES), Mm(high * MILLIMETRES)
    inline = template.docx.part.new_pic_inline(BytesIO(picture.content), *size)
    # Without these, some programs set pictures apart and off the margin.
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    properties = inline.docPr
    properties.set("name", picture.name)
    properties.set("descr", alt)
    return tostring(inline, encoding="unicode")
