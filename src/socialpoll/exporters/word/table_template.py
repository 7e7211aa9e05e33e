"""The table of the template: a head of one row or two, and rows by what they are for."""

from __future__ import annotations

from socialpoll.exporters.word.styles import (
    BLUE,
    GROUP_STYLE,
    LETTERS_STYLE,
    LINE,
    PALE,
    TABLE_STYLE,
    line_of,
)
from socialpoll.exporters.word.tagging import (
    cell,
    cell_control,
    each,
    paragraph,
    row,
    row_control,
    run,
)

__all__ = ["BOLD_STYLES", "TEXT_WIDTH", "table"]

TEXT_WIDTH = 9072
"""Between the margins of the page, in twentieths of a point: 16 cm."""
FIGURE = '{0}.kind == "figure" or {0}.kind == "interval"'
TEXT, HEADING, TOTAL = "TableText", "TableHeading", "TableTotal"
FIGURES = {TEXT: "TableFigure", HEADING: "TableHeadingFigure", TOTAL: "TableTotalFigure"}
"""Figures and intervals stand at the side where numbers do."""
BOLD_STYLES = frozenset({TOTAL, FIGURES[TOTAL]})
"""Of rows whose figures are bold."""
RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
AROUND = "".join(f"<w:{side} {line_of(4, LINE)}/>" for side in ("left", "bottom", "right"))
UPPER = f"<w:tcBorders>{AROUND}</w:tcBorders>"
"""Of the words above a group: they part it from its neighbours."""
LOWER = (
    f"<w:tcBorders><w:bottom {line_of(8, BLUE)}/></w:tcBorders>"
    f'<w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/>'
)
"""Of the second row of a head: a table style knows the first one only."""


def table() -> str:
    """Return caption, table and notes of a block."""
    notes = each("note in block.notes", paragraph("Note", "{{ note }}"))
    return paragraph("Caption", "{{ block.caption }}") + _framed(_head() + _rows()) + notes


def _head() -> str:
    heading = "{{ column.heading }}"
    return (
        row_control("if block.grouped")
        + row(_columns(_group(), _kinds(HEADING, heading, properties=RESTART)), header=True)
        + row(
            _columns(
                _kinds(HEADING, heading, properties=LOWER),
                cell(HEADING, properties=CONTINUE + LOWER),
            ),
            header=True,
        )
        + row_control("else")
        + row(
            cell_control("for column in block.columns")
            + _kinds(HEADING, heading)
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


def _group() -> str:
    """Return the cell above the columns of a group: at the first of them, as wide as they are."""
    colspan = "{% colspan column.span %}"
    words = cell(GROUP_STYLE, colspan, "{{ column.group }}", properties=UPPER)
    return cell_control("if column.span") + words + cell_control("endif")


def _kinds(style: str, *texts: str, of: str = "column", properties: str = "") -> str:
    """Return the cell of a figure and of anything else."""
    return (
        cell_control(f"if {FIGURE.format(of)}")
        + cell(FIGURES[style], *texts, properties=properties)
        + cell_control("else")
        + cell(style, *texts, properties=properties)
        + cell_control("endif")
    )


def _rows() -> str:
    return (
        row_control("for row in block.rows")
        + row_control('if row.role == "group"')
        + row(cell("TableGroup", "{{ row.label }}"))
        + row_control('elif row.role == "total"')
        + row(_cells(TOTAL))
        + row_control("else")
        + row(_cells(TEXT))
        + row_control("endif")
        + row_control("endfor")
    )


def _cells(style: str) -> str:
    letters = run("{{ cell.letters }}", LETTERS_STYLE)
    return (
        cell_control("for cell in row.cells")
        + _kinds(style, "{{ cell.plain }}", letters, of="cell")
        + cell_control("endfor")
    )


def _framed(rows: str) -> str:
    columns = f'<w:gridCol w:w="{TEXT_WIDTH // 2}"/>' * 2
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/>'
        f'<w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{{ block.title }}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )
