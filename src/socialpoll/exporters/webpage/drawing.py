"""Charts of a page: drawn as outlines with words around them, and their data beneath."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape

from socialpoll.drawing import shorthand
from socialpoll.exporters.webpage.chart_data import data_of
from socialpoll.exporters.webpage.covers import data_uri
from socialpoll.exporters.webpage.options import WebpageOptions
from socialpoll.exporters.webpage.outlines import Outlines
from socialpoll.exporters.webpage.tables import table_lines
from socialpoll.exporters.webpage.words import shown
from socialpoll.report import Chart, Edition, Message, Picture, Said

__all__ = ["Drawing"]

SVG = "image/svg+xml"
NOTHING = Said({"und": ""})


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws the charts of a page.

    Parameters
    ----------
    options : WebpageOptions
    outlines : Outlines
        What the charts of all languages share.
    """

    options: WebpageOptions
    outlines: Outlines = field(default_factory=Outlines)

    def lines(self, edition: Edition, chart: Chart, *, tabular: bool) -> Iterator[str]:
        """Yield a chart: title, picture, base and shorthand, and a table of its data.

        Parameters
        ----------
        edition : Edition
            Able to draw, where charts are wanted.
        chart : Chart
        tabular : bool
            Whether its section has tables, which tell the days of a timeline.
        """
        told = not (tabular and chart.kind == "timeline")
        if not self.options.charts:
            yield from table_lines(edition, data_of(chart)) if told else ()
            return
        # Title and caption are words of the page, which can be searched, enlarged and read out.
        drawn = edition.draw(replace(chart, title=NOTHING, caption=NOTHING), "svg")
        yield f"<figure>\n<figcaption>{shown(edition, chart.title)}</figcaption>"
        yield f'<div class="chart">{self._picture(edition, drawn)}</div>'
        base = shown(edition, chart.caption)
        notes = filter(None, [base, *(shown(edition, one) for one in shorthand(chart))])
        yield f'<p class="note">{" · ".join(notes)}</p>'
        if told:
            yield '<details class="data">'
            yield f"<summary>{shown(edition, Message('Data of this chart'))}</summary>"
            yield from table_lines(edition, data_of(chart))
            yield "</details>"
        yield "</figure>"

    def _picture(self, edition: Edition, drawn: Picture) -> str:
        alt = edition.alt(drawn)
        if drawn.media_type == SVG:
            return self.outlines.inside(drawn.content, alt)
        return f'<img src="{data_uri(drawn.media_type, drawn.content)}" alt="{escape(alt)}">'
