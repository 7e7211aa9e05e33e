"""The contact sheet: all pictures of an edition on one, to be looked at together."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from socialpoll.drawing.pictures import settled
from socialpoll.drawing.ruler import DPI, Ruler
from socialpoll.drawing.sheet import CENTIMETRES, WIDTH, Sheet
from socialpoll.errors import ReportError
from socialpoll.report import Edition, Picture
from socialpoll.schema import say

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["contact_sheet"]

SMALLER = 2
"""Dots of a picture that become one dot of the sheet, each way."""
FEW = 4
"""So many pictures stand in two columns, more in three."""
BETWEEN = 40
"""Between pictures, in dots of the sheet."""
TITLE = 16.0
BACKGROUND = "#D9D9D9"


def contact_sheet(edition: Edition, pictures: Sequence[Picture]) -> Picture:
    """Put pictures on one sheet, under the title of the report.

    Parameters
    ----------
    edition : Edition
        A script that runs to the left begins at the right.
    pictures : sequence of Picture
        PNG; each goes to the column that is the shortest so far.

    Returns
    -------
    Picture
        A PNG, 100 dots an inch; its alternative text is that of all pictures.

    Raises
    ------
    ReportError
        There is no picture, or one is no PNG.
    """
    from PIL import Image

    images = [_smaller(one) for one in pictures]
    if not images:
        raise ReportError("there is nothing to put on a sheet", where="contact_sheet")
    wide, columns = images[0].width, 2 if len(images) <= FEW else 3
    heading = _heading(edition, wide)
    top = heading.height + 2 * BETWEEN
    places, height = _places([image.height for image in images], top, columns)
    width = columns * wide + (columns + 1) * BETWEEN
    whole = Image.new("RGB", (width, height + BETWEEN), BACKGROUND)
    mirrored = edition.direction == "rtl"
    for image, (column, top) in zip([heading, *images], [(0, BETWEEN), *places], strict=True):
        across = columns - 1 - column if mirrored else column
        whole.paste(image, (BETWEEN + across * (wide + BETWEEN), top))
    file = BytesIO()
    whole.save(file, "PNG", dpi=(DPI / SMALLER, DPI / SMALLER))
    inch = DPI / SMALLER / CENTIMETRES
    return Picture(
        name="charts",
        content=file.getvalue(),
        media_type="image/png",
        alt=" ".join(str(one.alt) for one in pictures),
        width=round(whole.width / inch, 3),
        height=round(whole.height / inch, 3),
    )


def _places(heights: Sequence[int], top: int, columns: int) -> tuple[list[tuple[int, int]], int]:
    """Return the column and the top of each picture, and how far down the last one ends."""
    ends = [top] * columns
    places = []
    for height in heights:
        column = ends.index(min(ends))
        places.append((column, ends[column]))
        ends[column] += height + BETWEEN
    return places, max(ends) - BETWEEN


def _smaller(picture: Picture) -> Image:
    from PIL import Image

    if picture.media_type != "image/png":
        raise ReportError(
            "only dots can be put on a sheet",
            where=f"picture {picture.name!r}",
            found=picture.media_type,
            allowed="image/png",
        )
    image = Image.open(BytesIO(picture.content)).convert("RGB")
    return image.resize((image.width // SMALLER, image.height // SMALLER), Image.Resampling.LANCZOS)


def _heading(edition: Edition, wide: int) -> Image:
    """Return the title of the report as an image as wide as a column."""
    from PIL import Image

    with settled():
        ruler = Ruler(edition)
        title = say(edition.report.title, edition.language)
        lines = ruler.wrap(title, TITLE, WIDTH, bold=True)
        sheet = Sheet(ruler, ruler.height(max(len(lines), 1), TITLE))
        sheet.lines((0.0, 0.0), lines, size=TITLE, bold=True)
        image = Image.fromarray(sheet.raster().dots)
    return image.resize((wide, image.height // SMALLER), Image.Resampling.LANCZOS)
