"""Which answers a sentence names, with which figures, and of whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from socialpoll.report.blocks import Message, Value

if TYPE_CHECKING:
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured, Shown

__all__ = ["FEW", "NAMED", "among", "foremost", "of_whom", "places_of", "values_of"]

FEW = 5
"""An indicator of so many answers or fewer has all of them in one sentence."""
NAMED = 3
"""So many answers are named of a long list."""


def foremost(rows: list[tuple[Line, Shown]], many: int) -> list[tuple[Line, Shown]]:
    """Return the first so many, and whoever is level with the last of them, in falling order."""
    ordered = sorted(rows, key=lambda one: -(one[1].value or 0.0))
    last = ordered[min(many, len(ordered)) - 1][1].value
    return [one for one in ordered if (one[1].value or 0.0) >= (last or 0.0)]


def values_of(material: Material, measured: Measured, line: Line, row: Shown) -> dict[str, Value]:
    """Return an answer and its share."""
    return {
        "category": material.wording.line(measured, line),
        "share": row.figure(prose=True),
    }


def of_whom(material: Material, measured: Measured) -> dict[str, Value]:
    """Return whom the shares are of, after a number."""
    return {
        "group": {
            "all": Message("of all respondents"),
            "some": Message("of those asked"),
            "answered": Message("of respondents"),
        }[_base(material, measured)]
    }


def among(material: Material, measured: Measured) -> Message:
    """Return among whom answers were chosen."""
    return {
        "all": Message("among all respondents"),
        "some": Message("among those asked"),
        "answered": Message("among respondents"),
    }[_base(material, measured)]


def places_of(rows: Iterable[tuple[Line, Shown]]) -> tuple[int, ...]:
    """Return the places of rows among the figures of the report."""
    return tuple(row.place for _, row in rows)


def _base(material: Material, measured: Measured) -> str:
    if measured.base == "all":
        return "all"
    return "some" if material.routed(measured) else "answered"
