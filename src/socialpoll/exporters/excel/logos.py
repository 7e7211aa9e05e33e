"""The logo of the publisher on a sheet: as large as its place, whatever its file says of itself."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING

from socialpoll.errors import ExportError
from socialpoll.exporters.excel.sheets import Logo

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["add_logo"]

WIDEST, HIGHEST = 7.0, 2.2
"""Centimetres that a logo has at most, across and down."""
INCH = 96
"""Pixels of a sheet in an inch, in which files tell how dense their own are."""
DENSITY = INCH / 2.54
"""Pixels of a sheet in a centimetre."""


def add_logo(made: Worksheet, logo: Logo, row: int) -> None:
    """Put a logo where lines of a sheet begin.

    Parameters
    ----------
    made : xlsxwriter.Worksheet
        In sheets from right to left, its first column is the rightmost.
    logo : Logo
    row : int
        From 0.

    Raises
    ------
    ExportError
        A JPEG that is sound, but written in a way that workbooks are not made of.
    """
    from xlsxwriter.exceptions import UndefinedImageSize
    from xlsxwriter.image import Image

    try:
        image = Image(BytesIO(logo.content))
    except (UndefinedImageSize, struct.error) as error:
        raise ExportError(
            "this image cannot be put into a workbook",
            where="publication.style.logo",
            found="a JPEG whose size is not told where it is looked for",
            allowed="PNG or JPEG",
            advice="save it anew, as PNG",
        ) from error
    scale = min(WIDEST / image.width, HIGHEST / image.height) * DENSITY
    options = {
        "x_scale": scale * image.x_dpi / INCH,
        "y_scale": scale * image.y_dpi / INCH,
        "description": logo.alt,
    }
    made.insert_image(row, 0, image, options)
