"""Charts as pictures, drawn from their data and an edition's words."""

from socialpoll.drawing.contact import contact_sheet
from socialpoll.drawing.pictures import Studio, draw
from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.shorthand import shorthand

__all__ = ["Ruler", "Studio", "contact_sheet", "draw", "shorthand"]
