"""Charts that Word draws itself: their parts in the document, and the place where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from socialpoll.errors import ReportError
from socialpoll.exporters.word.ooxml import ensure, put, serialise, w
from socialpoll.report import Artist

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element

    from socialpoll.exporters.native import NativeChart

__all__ = ["add_chart", "native_artist", "set_upright"]

WIDTH = 16.0
"""Centimetres between the margins of the page."""
SIZE = 9.0
"""Points of the letters of charts."""
CENTIMETRE = 360_000
"""English metric units."""
LINK = "rId1"
SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def native_artist(artist: Artist | None) -> Artist:
    """Return who draws charts as parts of a document.

    Parameters
    ----------
    artist : callable, optional
        Who draws the charts of kinds that Word does not have.

    Raises
    ------
    ReportError
        Without python-pptx.
    """
    try:
        import pptx  # noqa: F401 - whether it is there
    except ImportError as error:
        raise ReportError(
            "charts of Word itself take python-pptx, which is not installed",
            where="option 'charts'",
            found="'native'",
            allowed="'picture', or False",
            advice="install the extra 'slides': pip install 'socialpoll[slides]'",
        ) from error
    from socialpoll.exporters.native import Frame, NativeArtist

    return NativeArtist(Frame(width=WIDTH, size=SIZE), artist)


def add_chart(document: WordDocument, chart: NativeChart, alt: str) -> str:
    """Add the parts of a chart to a document, and return the XML of the place where it stands.

    Parameters
    ----------
    document : Document
        Of python-docx.
    chart : NativeChart
    alt : str
        The sentence that replaces it.

    References
    ----------
    ISO/IEC 29500-1:2016, 20.4.2.8 (inline) and 21.2.2.63 (externalData).
    """
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.part import Part
    from pptx.oxml import parse_xml

    body = document.part
    package = body.package
    space = parse_xml(chart.content)
    space._add_externalData().rId = LINK  # noqa: SLF001 - the order of its children is known there
    drawing = Part(
        package.next_partname("/word/charts/chart%d.xml"),
        CONTENT_TYPE.DML_CHART,
        serialise(space),
        package,
    )
    name = package.next_partname("/word/embeddings/Microsoft_Excel_Sheet%d.xlsx")
    workbook = Part(name, CONTENT_TYPE.SML_SHEET, chart.workbook, package)
    drawing.load_rel(RELATIONSHIP_TYPE.PACKAGE, workbook, LINK)
    return _inline(chart, alt, body.relate_to(drawing, RELATIONSHIP_TYPE.CHART), body.next_id)


def _inline(chart: NativeChart, alt: str, link: str, number: int) -> str:
    """Return the place of a chart in a line of text."""
    from docx.oxml.ns import nsdecls

    wide, high = round(chart.width * CENTIMETRE), round(chart.height * CENTIMETRE)
    return (
        f'<wp:inline {nsdecls("wp", "a", "r")} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{number}" name={quoteattr(chart.name)} descr={quoteattr(alt)}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{SPACE}">'
        f'<c:chart xmlns:c="{SPACE}" r:id="{link}"/></a:graphicData></a:graphic></wp:inline>'
    )


def set_upright(root: _Element) -> None:
    """Let the paragraphs of charts run to the right, changed in place.

    LibreOffice writes the numbers of a chart backwards where its paragraph runs to the left. What
    is in the chart has a direction of its own.

    Parameters
    ----------
    root : lxml element
        The body of a document, its direction set.
    """
    for chart in root.iter(f"{{{SPACE}}}chart"):
        paragraph = next(chart.iterancestors(w("p")))
        put(ensure(paragraph, "pPr"), "bidi", val="0")
