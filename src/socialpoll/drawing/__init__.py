"""Charts as pictures, drawn from their data and an edition's words."""

from socialpoll.drawing.pictures import draw
from socialpoll.drawing.shorthand import shorthand

__all__ = ["draw", "shorthand"]
