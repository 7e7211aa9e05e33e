"""Charts in two languages: once, with both in its labels, where these have room for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from socialpoll.report import Artist, Chart, Edition, Phrase, Picture, Point, Said, Series
from socialpoll.report.blocks import PictureForm

__all__ = ["DRAWN_BEFORE", "FacingArtist"]

ROOMY = ("bars", "dots", "stacked")
"""Kinds whose labels stand in a column of their own, and may be broken into lines."""
WITHOUT_WORDS = ("percent", "count", "decimal", "clock")
"""Units that are the same in every language; others are written with a word."""
LONGEST = 44
"""Letters of a label in both languages."""
BETWEEN = " · "
DRAWN_BEFORE = Said({})
"""Stands for the sentence of a chart that holds this language already."""


@dataclass(frozen=True)
class FacingArtist:
    """Draws the charts of an edition that faces another.

    Parameters
    ----------
    artist : callable
        Who draws.
    leading : bool
        Whether the edition leads: then a chart is drawn for both, if it has room for them.
    """

    artist: Artist
    leading: bool

    def __call__(self, chart: Chart, edition: Edition, form: PictureForm) -> Picture:
        """Draw a chart; what the leading edition has drawn for both is an empty picture here."""
        if edition.digits != "latn" or not _has_room(chart, edition):
            return self.artist(chart, edition, form)
        if self.leading:
            return self.artist(_in_both(chart, edition), edition, form)
        return Picture(chart.name, b"", "", DRAWN_BEFORE, 0, 0)


def _has_room(chart: Chart, edition: Edition) -> bool:
    if chart.kind not in ROOMY or chart.unit not in WITHOUT_WORDS:
        return False
    return all(len(_both(label, edition)) <= LONGEST for label in _labels(chart))


def _labels(chart: Chart) -> Iterator[Phrase]:
    for series in chart.series:
        yield series.label
        yield from (point.label for point in series.points)
    if chart.reference is not None:
        yield chart.reference.label


def _in_both(chart: Chart, edition: Edition) -> Chart:
    sentences = (edition.text(chart.alt, language=tag) for tag in edition.languages)
    reference = chart.reference
    return replace(
        chart,
        series=tuple(_series(one, edition) for one in chart.series),
        reference=None if reference is None else _point(reference, edition),
        alt=Said({"und": " ".join(sentences)}),
    )


def _series(series: Series, edition: Edition) -> Series:
    points = tuple(_point(one, edition) for one in series.points)
    return replace(series, label=_said(series.label, edition), points=points)


def _point(point: Point, edition: Edition) -> Point:
    return replace(point, label=_said(point.label, edition))


def _said(label: Phrase, edition: Edition) -> Said:
    return Said({"und": _both(label, edition)})


def _both(label: Phrase, edition: Edition) -> str:
    """Return a label in both languages; once where it is the same."""
    several = dict.fromkeys(edition.text(label, language=tag) for tag in edition.languages)
    return BETWEEN.join(filter(None, several))
