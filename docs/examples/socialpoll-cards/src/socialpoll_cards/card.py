"""One card: a band with the title, the finding as large as it fits, and who says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from socialpoll.drawing import Ruler
from socialpoll.report import SYNTHETIC_NOTICE, Edition, Message, Said

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["MEDIA_TYPE", "Card", "Page", "pages_of"]

MEDIA_TYPE = "image/png"
DPI = 200
SIDE = 1080 / DPI
"""Of the card, in inches; every distance here is."""
EDGE = 0.42
ROOM = SIDE - 2 * EDGE
BAND = 1.0
GAP = 0.28
"""Between the finding and what is above and below it."""
SIZES = (27.0, 24.0, 21.0, 18.0, 16.0)
"""Of the finding, in points: the largest that fits is taken."""
SMALL, TITLE = 8.5, 13.0
MOST_LINES = 2
INK, MUTED, PAPER = "#1A1A1A", "#595959", "#FFFFFF"
A_LINE_DOWN = 0.74
"""From the top of a line to its letters' foot, in its height."""


@dataclass(frozen=True)
class Page:
    """What one card says: the words, as lines of one size."""

    words: str
    lines: tuple[str, ...]
    size: float


def pages_of(card: Card, words: str) -> Iterator[Page]:
    """Yield what is said of a finding: on one card, or going on where it is too long for one."""
    room = card.bottom - card.top
    for size in SIZES:
        lines = card.ruler.wrap(words, size, ROOM, bold=True)
        if card.ruler.height(len(lines), size) <= room:
            yield Page(words, lines, size)
            return
    size = SIZES[-1]
    lines = card.ruler.wrap(words, size, ROOM, bold=True)
    most = int(room / card.ruler.height(1, size))
    for first in range(0, len(lines), most):
        part = lines[first : first + most]
        yield Page(" ".join(part), part, size)


class Card:
    """Draws the cards of an edition.

    Parameters
    ----------
    edition : Edition
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.ruler = Ruler(edition)
        self._title = self._wrapped(edition.text(Said(edition.report.title)), TITLE)
        said = (*_notices(edition), *_source(edition))
        self._foot = tuple(line for one in said for line in self._wrapped(one, SMALL))

    @property
    def top(self) -> float:
        """Where the room for a finding begins."""
        return BAND + GAP

    @property
    def bottom(self) -> float:
        """Where it ends, above what stands at the foot."""
        return SIDE - EDGE - self.ruler.height(len(self._foot), SMALL) - GAP

    def draw(self, page: Page) -> bytes:
        """Draw one card; the same card is the same bytes."""
        from matplotlib import rc_context, rcParamsDefault

        settings = {key: rcParamsDefault[key] for key in rcParamsDefault if "backend" not in key}
        with rc_context(settings):
            figure = self._figure()
            height = self.ruler.height(len(page.lines), page.size)
            top = self.top + (self.bottom - self.top - height) / 2
            self._lines(figure, page.lines, top, page.size, INK, bold=True)
            file = BytesIO()
            figure.savefig(file, format="png", dpi=DPI, metadata={"Software": None})
        return file.getvalue()

    def _wrapped(self, words: str, size: float) -> tuple[str, ...]:
        """Break words into two lines at most, which say so where there are more."""
        first, *others = self.ruler.wrap(words, size, ROOM) or ("",)
        return (first, *others[:1]) if len(others) < MOST_LINES else (first, f"{others[0]} …")

    def _figure(self) -> Figure:
        """Return a card without its finding."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(SIDE, SIDE), dpi=DPI, facecolor=PAPER)
        FigureCanvasAgg(figure)
        style = self.edition.report.style
        self._rectangle(figure, 0.0, BAND, style.primary)
        self._rectangle(figure, BAND, BAND + 0.06, style.accent)
        height = self.ruler.height(len(self._title), TITLE)
        self._lines(figure, self._title, (BAND - height) / 2, TITLE, PAPER, bold=False)
        self._lines(figure, self._foot, self.bottom + GAP, SMALL, MUTED, bold=False)
        return figure

    def _rectangle(self, figure: Figure, top: float, bottom: float, colour: str) -> None:
        from matplotlib.patches import Rectangle

        corner, height = (0.0, 1 - bottom / SIDE), (bottom - top) / SIDE
        figure.add_artist(Rectangle(corner, 1.0, height, facecolor=colour, edgecolor="none"))

    def _lines(
        self,
        figure: Figure,
        lines: tuple[str, ...],
        top: float,
        size: float,
        colour: str,
        *,
        bold: bool,
    ) -> None:
        """Write lines under each other, from the side on which the script begins."""
        across, side = (SIDE - EDGE, "right") if self.ruler.mirrored else (EDGE, "left")
        step = self.ruler.height(1, size)
        for number, line in enumerate(lines):
            down = top + (number + A_LINE_DOWN) * step
            figure.text(
                across / SIDE,
                1 - down / SIDE,
                self.ruler.directed(line),
                horizontalalignment=side,
                verticalalignment="baseline",
                fontsize=size,
                fontweight="bold" if bold else "normal",
                color=colour,
                parse_math=False,
            )


def _notices(edition: Edition) -> Iterator[str]:
    report = edition.report
    if report.life_cycle.embargo:
        until = Message("Embargoed until {moment}", {"moment": report.life_cycle.embargo})
        yield edition.text(until)
    if report.synthetic:
        yield edition.text(SYNTHETIC_NOTICE)


def _source(edition: Edition) -> Iterator[str]:
    """Yield who publishes and when, and where there is more."""
    report = edition.report
    publisher = edition.text(Said(report.publisher.name))
    released = report.life_cycle.release_date
    date = [edition.text(Message("{date}", {"date": released}))] if released else []
    yield " · ".join([publisher, *date])
    if report.publisher.website:
        yield report.publisher.website
