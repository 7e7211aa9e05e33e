"""Every chart of a report as a picture file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from socialpoll.hooks import Document
from socialpoll.report import Chart, Digits, Edition

__all__ = ["MEDIA_TYPE", "ChartOptions", "render"]

MEDIA_TYPE = "image/png"


@dataclass(frozen=True, kw_only=True)
class ChartOptions:
    """How charts are drawn.

    Parameters
    ----------
    digits : {"latn", "arab"}, optional
        Numbering system of Arabic text; by default the edition's.
    """

    digits: Digits | None = None


def render(edition: Edition, options: ChartOptions | None = None) -> Iterator[Document]:
    """Draw every chart of a report in the leading language of an edition.

    Parameters
    ----------
    edition : Edition
    options : ChartOptions, optional

    Yields
    ------
    Document
        ``<name of the chart>-<language>.png``, in the order of the report; a name that comes
        again is numbered.

    Raises
    ------
    ReportError
        Where nobody can draw.
    """
    if options is not None and options.digits is not None:
        edition = replace(edition, digits=options.digits)
    seen: Counter[str] = Counter()
    for chart in _charts(edition):
        seen[chart.name] += 1
        name = chart.name if seen[chart.name] == 1 else f"{chart.name}-{seen[chart.name]}"
        picture = edition.draw(chart)
        yield Document(f"{name}-{edition.language}.png", picture.content, MEDIA_TYPE)


def _charts(edition: Edition) -> Iterator[Chart]:
    for section in edition.report.sections:
        for block in section.blocks:
            if isinstance(block, Chart):
                yield block
