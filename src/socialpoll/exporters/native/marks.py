"""What python-pptx does not write: whiskers of intervals, and labels moved from their places."""

from __future__ import annotations

from socialpoll.drawing.colours import INK
from socialpoll.exporters.native.parts import Column, Grid, Pptx
from socialpoll.exporters.native.workbook import SHEET

__all__ = ["add_whiskers", "move_label"]

WHISKER = 1.5
"""Width of a line, in points."""
EMU = 12_700
"""English metric units a point."""


def move_label(point: Pptx, *, across: float = 0.0, down: float = 0.0) -> None:
    """Move a label from where its program would put it, by parts of the chart.

    References
    ----------
    ISO/IEC 29500-1:2016, 21.2.2.95 (manualLayout): without a mode, a part of the chart to move by.
    """
    from lxml import etree
    from pptx.oxml.ns import qn

    if not (across or down):
        return
    label = point.data_label._get_or_add_dLbl()
    layout = label.makeelement(qn("c:layout"))
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    for name, value in (("x", across), ("y", down)):
        etree.SubElement(manual, qn(f"c:{name}")).set("val", f"{value:.5f}")
    label.find(qn("c:idx")).addnext(layout)


def add_whiskers(series: Pptx, grid: Grid) -> None:
    """Give bars the whiskers of their intervals, bound to the columns behind the series.

    References
    ----------
    ISO/IEC 29500-1:2016, 21.2.2.55 (errBars).
    """
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    below, above = (_reference(grid, column, place) for place, column in enumerate(grid.whiskers))
    bars = parse_xml(
        f"""<c:errBars {nsdecls("c", "a")}><c:errBarType val="both"/><c:errValType val="cust"/>
<c:noEndCap val="1"/><c:plus>{above}</c:plus><c:minus>{below}</c:minus>
<c:spPr><a:ln w="{round(WHISKER * EMU)}" cap="rnd"><a:solidFill>
<a:srgbClr val="{INK.removeprefix("#")}"/></a:solidFill></a:ln></c:spPr></c:errBars>"""
    )
    series._element.find(qn("c:cat")).addprevious(bars)


def _reference(grid: Grid, column: Column, place: int) -> str:
    """Return the link to a column of the sheet, with its numbers."""
    letter = chr(ord("A") + 1 + len(grid.columns) + place)
    points = "".join(
        f'<c:pt idx="{number}"><c:v>{value!r}</c:v></c:pt>'
        for number, value in enumerate(column.values)
        if value is not None
    )
    count = len(column.values)
    return (
        f"<c:numRef><c:f>{SHEET}!${letter}$2:${letter}${count + 1}</c:f><c:numCache>"
        f"<c:formatCode>{column.form}</c:formatCode>"
        f'<c:ptCount val="{count}"/>{points}</c:numCache></c:numRef>'
    )
