"""The emblem of the fictional centre, and a picture of its sample, drawn from the file of answers.

``python -m socialpoll.demo.illustrate`` writes both anew.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.demo import FOLDER
from socialpoll.report import HouseStyle
from socialpoll.report.colours import WHITE, tint

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["IMAGES", "emblem", "sample"]

IMAGES = FOLDER / "images"
DENSITY = 150
"""Pixels an inch."""
PEOPLE = 10
"""That a dot stands for."""
ROWS = 12
STYLE = HouseStyle()


def emblem() -> bytes:
    """Draw three bars in a speech bubble, as PNG."""
    return _drawn((1.5, 1.5), _paint_emblem)


def sample(answers: Path = FOLDER / "responses.csv") -> bytes:
    """Draw a dot for every ten sampled cases, filled where they were interviewed, as PNG.

    Parameters
    ----------
    answers : Path
        With a column ``disposition``.
    """
    with answers.open(encoding="utf-8", newline="") as file:
        cases = [row["disposition"] for row in csv.DictReader(file)]
    drawn, interviewed = (
        round(number / PEOPLE) for number in (len(cases), cases.count("interview"))
    )
    columns = ceil(drawn / ROWS)
    return _drawn((6.3, 6.3 * ROWS / columns), lambda axes: _paint_dots(axes, drawn, interviewed))


def _drawn(inches: tuple[float, float], paint: Callable[[Axes], None]) -> bytes:
    from matplotlib.figure import Figure

    figure = Figure(figsize=inches, dpi=DENSITY, facecolor=WHITE)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    paint(axes)
    axes.set_aspect("equal")
    file = BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _paint_emblem(axes: Axes) -> None:
    from matplotlib.patches import FancyBboxPatch, Polygon, Rectangle

    bubble = FancyBboxPatch(
        (0.14, 0.32), 0.72, 0.54, boxstyle="round,pad=0.08", color=STYLE.primary, linewidth=0
    )
    tail = Polygon([(0.2, 0.26), (0.2, 0.06), (0.45, 0.26)], color=STYLE.primary, linewidth=0)
    bars = [
        Rectangle((left, 0.38), 0.13, height, color=colour, linewidth=0)
        for left, height, colour in (
            (0.24, 0.2, WHITE),
            (0.435, 0.32, WHITE),
            (0.63, 0.44, STYLE.accent),
        )
    ]
    for shape in (bubble, tail, *bars):
        axes.add_patch(shape)
    axes.set(xlim=(0, 1), ylim=(0, 1))


def _paint_dots(axes: Axes, drawn: int, interviewed: int) -> None:
    places = [divmod(dot, ROWS) for dot in range(drawn)]
    across, down = zip(*places, strict=True)
    filled = [STYLE.primary] * interviewed + [tint(STYLE.primary, 0.12)] * (drawn - interviewed)
    axes.scatter(across, down, s=62, c=filled, edgecolors=STYLE.primary, linewidths=0.6)
    axes.set(xlim=(-0.7, across[-1] + 0.7), ylim=(ROWS - 0.3, -0.7))


def _write() -> None:
    IMAGES.mkdir(exist_ok=True)
    (IMAGES / "emblem.png").write_bytes(emblem())
    (IMAGES / "sample.png").write_bytes(sample())


if __name__ == "__main__":
    _write()
