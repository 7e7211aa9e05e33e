"""The pages of the template of two languages: each text and its counterpart side by side.

A row of two cells without lines holds what means the same, so that eyes and screen readers go from
one to the other. Headings hold both, one beneath the other, and are listed once.
"""

from __future__ import annotations

from socialpoll.exporters.word.look import Look
from socialpoll.exporters.word.sheet import WARM
from socialpoll.exporters.word.styles import (
    BETWEEN,
    CONTENTS,
    FACING,
    LETTERS_STYLE,
    PICTURE_STYLE,
    TURNED,
    UPRIGHT,
    Style,
    line_of,
)
from socialpoll.exporters.word.table_template import grid
from socialpoll.exporters.word.tagging import (
    cell_of,
    each,
    paragraph,
    row,
    row_control,
    run,
    when,
)

__all__ = ["facing_body", "facing_foot", "facing_head", "facing_mark", "facing_styles"]

WHOLE, HALF = 5000, 2500
"""Of the width between the margins, in fiftieths of a percent."""
TOGETHER = "<w:contextualSpacing/>"
"""Without the space that parts paragraphs of other styles."""
LOOSE = '<w:keepNext w:val="0"/>'
SECOND_NUMBERS = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
"""Recommendations are counted once in each language."""
TEXT_STYLES = {
    'section.role == "recommendations" and text.style == "bullet"': "ListNumber",
    'text.style == "lead"': "Lead",
    'text.style == "bullet"': "ListBullet",
    'text.style == "note"': "Note",
    'text.style == "source"': "Source",
    'text.style == "warning"': "Warning",
}


def facing_body(look: Look) -> str:
    """Return everything between the cover and the last page."""
    turned = when("section.turns", paragraph(TURNED)), when("section.returns", paragraph(UPRIGHT))
    blocks = each("block in section.blocks", _block(look))
    section = turned[0] + _headings() + blocks + turned[1]
    contents = paragraph("ContentsHeading", _beside("words.contents")) + paragraph(CONTENTS)
    return _cover() + contents + each("section in sections", section) + _about()


def facing_head(look: Look) -> str:
    """Return the running title, above a line."""
    line = f"<w:tcBorders><w:bottom {line_of(8, look.line)}/></w:tcBorders>"
    publisher = "{% if publisher.name %} · {{ publisher.name }}{% endif %}"
    first = "{{ title }}" + publisher
    second = "{{ other.title }}" + publisher.replace("publisher.", "publisher.other.")
    return _framed(_pair("Header", first, second, properties=line)) + facing_mark()


def facing_mark() -> str:
    """Return the words for made-up data, where there are any."""
    mark = _framed(_pair("Header", "{{ synthetic_mark }}", "{{ other.synthetic_mark }}"))
    return when("synthetic", mark) + paragraph("Header")


def facing_foot() -> str:
    """Return the number of the page."""
    return paragraph("Footer", _beside("words.page"))


def facing_styles() -> str:
    """Return the styles that a document in one language has no use for."""
    second = Style(
        id="TitleSecond", name="Title Second", based_on="Title", following="Subtitle", before=280
    )
    # There are two titles, and they take the room of this.
    pair = Style(
        id="PublisherPair", name="Publisher Pair", based_on="Publisher", following="Title",
        after=1400,
    )  # fmt: skip
    # As low as a paragraph can be: it parts tables, which Word would make into one.
    between = Style(id=BETWEEN, name="Between", size=1, after=0, line=20, keep_next=True)
    return (
        f'{second.xml()}{pair.xml()}{between.xml()}<w:style w:type="table" w:styleId="{FACING}">'
        f'<w:name w:val="Facing Columns"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        '<w:tblPr><w:tblCellMar><w:left w:w="110" w:type="dxa"/><w:right w:w="110" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )


def _cover() -> str:
    second = paragraph("TitleSecond", "{{ other.title }}")
    below = paragraph("Subtitle", "{{ other.subtitle }}")
    notice = _pair("Notice", "{{ synthetic_notice }}", "{{ other.synthetic_notice }}")
    return (
        when("publisher.logo", paragraph("CoverLogo", "{{ publisher.logo }}"))
        + _framed(_pair("PublisherPair", "{{ publisher.name }}", "{{ publisher.other.name }}"))
        + paragraph("Title", "{{ title }}")
        + when("subtitle", paragraph("Subtitle", "{{ subtitle }}"))
        + second
        + when("other.subtitle", below)
        + when("cover", _framed(_each_pair("CoverLine", "line in cover", "other.cover")))
        + when("synthetic", _framed(notice))
    )


def _headings() -> str:
    second = paragraph("Heading2", *_beneath("section.title"))
    return (
        when("section.chapter", _heading("section.chapter"))
        + when("section.level == 1", _heading("section.title"))
        + when("section.level == 2", second)
    )


def _heading(name: str) -> str:
    words = _beneath(name)
    return when("section.breaks", paragraph("Heading1", *words, breaks=True)) + when(
        "not section.breaks", paragraph("Heading1", *words)
    )


def _block(look: Look) -> str:
    return (
        when("block.texts", _texts(look))
        + when('block.kind == "table"', _table(look))
        + when('block.kind == "picture"', _picture())
    )


def _texts(look: Look) -> str:
    shaded = {"Lead": _shade(look.pale), "Warning": _shade(WARM)}
    rows = ""
    for place, (test, style) in enumerate(TEXT_STYLES.items()):
        shade = shaded.get(style, "")
        rows += row_control(f"{'elif' if place else 'if'} {test}")
        rows += _pair(style, "{{ text.text }}", "{{ text.other.text }}", properties=shade)
    rows += row_control("else") + _pair("Normal", "{{ text.text }}", "{{ text.other.text }}")
    rows += row_control("endif")
    framed = _framed(row_control("for text in block.texts") + rows + row_control("endfor"))
    return framed + when('block.style == "lead" or block.style == "warning"', _gap())


def _table(look: Look) -> str:
    captions = each("line in table.captions", _close(paragraph("Caption", "{{ line.text }}")))
    table = grid(look, _words).replace(" block.", " table.")
    tables = captions + table + paragraph(BETWEEN)
    return each("table in block.tables", tables) + _notes()


def _words(style: str, name: str, *, before: str = "") -> str:
    lines = "cell.lines" if name == "cell" else name
    letters = run("{{ line.letters }}{% endif %}", LETTERS_STYLE)
    words = paragraph(style, before, "{{ line.text }}{% if line.letters %}", letters)
    return each(f"line in {lines}", words)


def _picture() -> str:
    other = paragraph(PICTURE_STYLE, "{{ block.other.image }}")
    first = paragraph(PICTURE_STYLE, "{{ block.image }}")
    # A page seldom has room for both, and then the first one need not wait for the second.
    loose = first.replace(f'"{PICTURE_STYLE}"/>', f'"{PICTURE_STYLE}"/>{LOOSE}')
    above, below = (when("block.caption", _close(one)) for one in _captions())
    twice = when("block.other.image", above + loose + below + other)
    return twice + when("not block.other.image", above + below + first) + _notes()


def _captions() -> tuple[str, str]:
    names = ("block.caption", "block.other.caption")
    first, second = (paragraph("Caption", f"{{{{ {name} }}}}") for name in names)
    return first, second


def _close(captions: str) -> str:
    """Return captions that stand right beneath each other, where nothing is between them."""
    # No row of a table: not every program keeps one on the page of the table that follows.
    return captions.replace('"Caption"/>', f'"Caption"/>{TOGETHER}')


def _notes() -> str:
    notes = _each_pair("Note", "note in block.notes", "block.other.notes")
    return when("block.notes", _framed(notes))


def _about() -> str:
    label, words = run("{{ fact.label }}:", "Strong"), " {{ fact.text }}"
    # Rows that all wait for what follows would leave their heading behind.
    first = paragraph("Fact", label, words).replace('"Fact"/>', f'"Fact"/>{LOOSE}')
    second = first.replace("fact.", "fact.other.")
    facts = row(_half(first) + _half(second))
    rows = row_control("for fact in facts") + facts + row_control("endfor")
    heading = paragraph("Heading1", *_beneath("words.about"))
    return when("facts", heading + _framed(rows))


def _beneath(name: str) -> tuple[str, str]:
    """Return two runs of a paragraph, the second one on a line of its own."""
    second = run(f"{{{{ {_other(name)} }}}}").replace("<w:r>", "<w:r><w:br/>")
    return run(f"{{{{ {name} }}}}"), second


def _beside(name: str) -> str:
    """Return two texts of one line."""
    return f"{{{{ {name} }}}} · {{{{ {_other(name)} }}}}"


def _other(name: str) -> str:
    of, _, part = name.partition(".")
    return f"{of}.other.{part}"


def _each_pair(style: str, loop: str, others: str) -> str:
    """Return a row of each text of a list and its counterpart, which has the same place."""
    name = loop.partition(" ")[0]
    pair = _pair(style, f"{{{{ {name} }}}}", f"{{{{ {others}[loop.index0] }}}}")
    return row_control(f"for {loop}") + pair + row_control("endfor")


def _pair(style: str, first: str, second: str, *, properties: str = "") -> str:
    """Return a row of a text and its counterpart."""
    other = paragraph(style, second)
    if style == "ListNumber":
        other = other.replace('"/></w:pPr>', f'"/>{SECOND_NUMBERS}</w:pPr>', 1)
    return row(_half(paragraph(style, first), properties) + _half(other, properties))


def _half(content: str, properties: str = "") -> str:
    width = f'<w:tcW w:w="{HALF}" w:type="pct"/>'
    return cell_of(content, properties=properties).replace('<w:tcW w:w="0" w:type="auto"/>', width)


def _gap() -> str:
    """Return what parts tables by a space that can be seen."""
    return paragraph(BETWEEN).replace('"/></w:pPr>', '"/><w:spacing w:before="160"/></w:pPr>')


def _shade(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


def _framed(rows: str) -> str:
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{FACING}"/><w:tblW w:w="{WHOLE}" w:type="pct"/>'
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="4536"/><w:gridCol w:w="4536"/></w:tblGrid>{rows}</w:tbl>'
        f"{paragraph(BETWEEN)}"
    )
