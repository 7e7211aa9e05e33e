"""Sections of a page: their headings and contents, paragraphs and lists, pictures and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import chain, count, groupby

from socialpoll.exporters.webpage.covers import data_uri
from socialpoll.exporters.webpage.drawing import Drawing
from socialpoll.exporters.webpage.tables import table_lines
from socialpoll.exporters.webpage.words import named, shown
from socialpoll.report import Block, Chart, Edition, Message, Picture, Section, Table, Text

__all__ = ["contents_lines", "names_of", "section_lines"]

NUMBERED = {"recommendations": "ol"}
"""Lists in sections of these roles are not those of bullets."""
HEADINGS = {"rule": "h3"}
"""Sections of these roles stand beneath the one before them."""
FOLDED = "indicator"
"""Tables of a section of this role can be unfolded beneath its charts."""
SET_APART = ("lead", "note", "source", "warning")
"""Styles of paragraphs that look unlike others."""
TAKEN = ("contents", "text")
"""Names of other parts of a page."""
FEW = 3
"""Sections that are found without contents."""


def contents_lines(edition: Edition) -> Iterator[str]:
    """Yield links to the sections of an edition; none where there are few.

    Narrow screens have them folded, wide ones beside the text.
    """
    names = names_of(edition)
    listed = [
        (name, one)
        for name, one in zip(names, edition.report.sections, strict=True)
        if one.role not in HEADINGS
    ]
    if len(listed) <= FEW:
        return
    own = f"{named(edition.language)}-contents"
    yield f'<nav class="contents" aria-labelledby="{own}">'
    heading = f'<h2 id="{own}">{shown(edition, Message("Contents"))}</h2>'
    yield f"<details>\n<summary>{heading}</summary>\n<ol>"
    for name, section in listed:
        yield f'<li><a href="#{name}">{shown(edition, section.title)}</a></li>'
    yield "</ol>\n</details>\n</nav>"


def names_of(edition: Edition) -> list[str]:
    """Return a name for each section, which links lead to; one that comes again is numbered."""
    names: list[str] = []
    for section in edition.report.sections:
        own = named(section.name or section.role)
        several = chain([own], (f"{own}-{number}" for number in count(2)))
        names.append(next(one for one in several if one not in (*TAKEN, *names)))
    return [f"{named(edition.language)}-{one}" for one in names]


def section_lines(edition: Edition, section: Section, name: str, drawing: Drawing) -> Iterator[str]:
    """Yield a section as lines of HTML.

    Parameters
    ----------
    edition : Edition
    section : Section
    name : str
        One of :func:`names_of`.
    drawing : Drawing
        Of the page.
    """
    heading = HEADINGS.get(section.role, "h2")
    opening = f'id="{name}" class="role-{named(section.role)}"'
    yield f"<section {opening}>\n<{heading}>{shown(edition, section.title)}</{heading}>"
    shut = drawing.options.tables == "folded" and _is_finding_with_charts(section)
    for kind, blocks in groupby(section.blocks, key=_kind):
        if kind == "list":
            yield from _list(edition, blocks, NUMBERED.get(section.role, "ul"))
        elif kind == "table" and shut and drawing.options.charts:
            yield '<details class="tables">'
            yield f"<summary>{shown(edition, Message('Tables of this finding'))}</summary>"
            yield from _blocks(edition, blocks, drawing, section)
            yield "</details>"
        else:
            yield from _blocks(edition, blocks, drawing, section)
    yield "</section>"


def _is_finding_with_charts(section: Section) -> bool:
    return section.role == FOLDED and any(isinstance(one, Chart) for one in section.blocks)


def _kind(block: Block) -> str:
    if isinstance(block, Text) and block.style == "bullet":
        return "list"
    return "table" if isinstance(block, Table) else "other"


def _list(edition: Edition, items: Iterable[Block], kind: str) -> Iterator[str]:
    yield f"<{kind}>"
    yield from (f"<li>{_words(edition, one)}</li>" for one in items if isinstance(one, Text))
    yield f"</{kind}>"


def _blocks(
    edition: Edition, blocks: Iterable[Block], drawing: Drawing, section: Section
) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Text):
            kind = f' class="{block.style}"' if block.style in SET_APART else ""
            yield f"<p{kind}>{_words(edition, block)}</p>"
        elif isinstance(block, Table):
            yield from table_lines(edition, block)
        elif isinstance(block, Picture):
            yield from _picture(edition, block)
        else:
            yield from drawing.lines(edition, block, tabular=_is_tabular(section.blocks))


def _is_tabular(blocks: Sequence[Block]) -> bool:
    return any(isinstance(one, Table) for one in blocks)


def _words(edition: Edition, text: Text) -> str:
    return " ".join(filter(None, (shown(edition, phrase) for phrase in text.phrases)))


def _picture(edition: Edition, picture: Picture) -> Iterator[str]:
    """Yield a picture inside the page, as wide as on paper or narrower."""
    yield (
        f'<figure class="picture"><img src="{data_uri(picture.media_type, picture.content)}"'
        f' alt="{escape(edition.alt(picture))}" style="width: {picture.width:g}cm">'
    )
    if picture.caption is not None:
        yield f"<figcaption>{shown(edition, picture.caption)}</figcaption>"
    yield "</figure>"
