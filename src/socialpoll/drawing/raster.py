"""Drawn sheets as dots: kept small in memory, written under each other as one PNG file."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt

from socialpoll.drawing.ruler import DPI

__all__ = ["Raster", "png_of"]

FAST = 1
"""zlib's level: most of a chart is paper, which is small at any level."""
Dots = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Raster:
    """Dots of a picture, compressed.

    Parameters
    ----------
    packed : bytes
        Red, green and blue of each dot, row by row.
    rows, columns : int
    """

    packed: bytes
    rows: int
    columns: int

    @classmethod
    def of(cls, dots: Dots) -> Raster:
        """Pack dots (rows, columns, 3)."""
        rows, columns, _ = dots.shape
        return cls(zlib.compress(dots.tobytes(), FAST), rows, columns)

    @property
    def dots(self) -> Dots:
        """The dots (rows, columns, 3)."""
        plain = np.frombuffer(zlib.decompress(self.packed), dtype=np.uint8)
        return plain.reshape(self.rows, self.columns, 3)

    @property
    def height(self) -> float:
        """In inches."""
        return self.rows / DPI


def png_of(strips: Sequence[Raster]) -> bytes:
    """Return rasters of one width under each other as a PNG file; the same are the same bytes."""
    from PIL import Image

    file = BytesIO()
    whole = Image.fromarray(np.vstack([one.dots for one in strips]))
    whole.save(file, "PNG", dpi=(DPI, DPI))
    return file.getvalue()
