"""The table of the template: a head of one row or two, and rows by what they are for."""

from __future__ import annotations

from typing import Protocol

from socialpoll.exporters.word.look import Look
from socialpoll.exporters.word.styles import (
    GROUP_STYLE,
    LETTERS_STYLE,
    TABLE_STYLE,
    TEXT_WIDTH,
    line_of,
)
from socialpoll.exporters.word.tagging import (
    cell,
    cell_control,
    cell_of,
    each,
    paragraph,
    row,
    row_control,
    run,
)

__all__ = ["BOLD_STYLES", "grid", "table"]

FIGURE = '{0}.kind == "figure" or {0}.kind == "interval"'
TEXT, HEADING, TOTAL = "TableText", "TableHeading", "TableTotal"
FIGURES = {TEXT: "TableFigure", HEADING: "TableHeadingFigure", TOTAL: "TableTotalFigure"}
"""Figures and intervals stand at the side where numbers do."""
BOLD_STYLES = frozenset({TOTAL, FIGURES[TOTAL]})
"""Of rows whose figures are bold."""
RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


class Words(Protocol):
    """Writes what stands in a cell: the paragraphs for a style and the name of a variable."""

    def __call__(self, style: str, name: str, *, before: str = "") -> str:
        """Return the paragraphs; ``before`` is a tag that the first of them begins with."""


def table(look: Look) -> str:
    """Return caption, table and notes of a block, in a house's colours."""
    notes = each("note in block.notes", paragraph("Note", "{{ note }}"))
    return paragraph("Caption", "{{ block.caption }}") + grid(look, _words) + notes


def grid(look: Look, words: Words) -> str:
    """Return the table of a block by itself."""
    return _framed(_head(look, words) + _rows(words))


def _words(style: str, name: str, *, before: str = "") -> str:
    if name != "cell":
        return paragraph(style, before, f"{{{{ {name} }}}}")
    # From one text into the next, so that where there are no letters there is no run to finish.
    letters = run("{{ cell.letters }}{% endif %}", LETTERS_STYLE)
    return paragraph(style, "{{ cell.plain }}{% if cell.letters %}", letters)


def _head(look: Look, words: Words) -> str:
    heading, lower = "column.heading", _lower(look)
    alone = _kinds(HEADING, heading, words, properties=RESTART)
    return (
        row_control("if block.grouped")
        + row(_columns(_group(look, words), alone), header=True)
        + row(
            _columns(
                _kinds(HEADING, heading, words, properties=lower),
                cell(HEADING, properties=CONTINUE + lower),
            ),
            header=True,
        )
        + row_control("else")
        + row(
            cell_control("for column in block.columns")
            + _kinds(HEADING, heading, words)
            + cell_control("endfor"),
            header=True,
        )
        + row_control("endif")
    )


def _columns(grouped: str, alone: str) -> str:
    """Return a cell for each column of a group, and one for each that stands alone."""
    return (
        cell_control("for column in block.columns")
        + cell_control("if column.group")
        + grouped
        + cell_control("else")
        + alone
        + cell_control("endif")
        + cell_control("endfor")
    )


def _lower(look: Look) -> str:
    """Return the look of the second row of a head: a table style knows the first one only."""
    return (
        f"<w:tcBorders><w:bottom {line_of(8, look.primary)}/></w:tcBorders>"
        f'<w:shd w:val="clear" w:color="auto" w:fill="{look.pale}"/>'
    )


def _upper(look: Look) -> str:
    """Return the look of the words above a group: lines part it from its neighbours."""
    sides = (f"<w:{side} {line_of(4, look.line)}/>" for side in ("left", "bottom", "right"))
    return f"<w:tcBorders>{''.join(sides)}</w:tcBorders>"


def _group(look: Look, words: Words) -> str:
    """Return the cell above the columns of a group: at the first of them, as wide as they are."""
    written = words(GROUP_STYLE, "column.group", before="{% colspan column.span %}")
    above = cell_of(written, properties=_upper(look))
    return cell_control("if column.span") + above + cell_control("endif")


def _kinds(style: str, name: str, words: Words, *, properties: str = "") -> str:
    """Return the cell of a figure and of anything else."""
    return (
        cell_control(f"if {FIGURE.format(name.partition('.')[0])}")
        + cell_of(words(FIGURES[style], name), properties=properties)
        + cell_control("else")
        + cell_of(words(style, name), properties=properties)
        + cell_control("endif")
    )


def _rows(words: Words) -> str:
    return (
        row_control("for row in block.rows")
        + row_control('if row.role == "group"')
        + row(cell_of(words("TableGroup", "row.label")))
        + row_control('elif row.role == "total"')
        + row(_cells(TOTAL, words))
        + row_control("else")
        + row(_cells(TEXT, words))
        + row_control("endif")
        + row_control("endfor")
    )


def _cells(style: str, words: Words) -> str:
    cells = _kinds(style, "cell", words)
    return cell_control("for cell in row.cells") + cells + cell_control("endfor")


def _framed(rows: str) -> str:
    columns = f'<w:gridCol w:w="{TEXT_WIDTH // 2}"/>' * 2
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/>'
        f'<w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{{ block.title }}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )
