"""What is declared of the charts of a report: their kinds, and the maps they use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from socialpoll.errors import ReportError, nearest

__all__ = ["ChartChoice", "Charts", "Tiles", "flaws_in_tiles", "place_of"]

ChartChoice: TypeAlias = Literal[
    "none", "bars", "dots", "stacked", "heat", "slope", "multiples", "map"
]
"""A kind of chart that an indicator may ask for; ``none`` leaves its figures to the tables."""
Tiles: TypeAlias = tuple[tuple[str, ...], ...]
"""Rows of codes from north to south, each from west to east; an empty one has no tile."""


@dataclass(frozen=True, kw_only=True)
class Charts:
    """How the charts of a report differ from those that its indicators have by themselves.

    Parameters
    ----------
    kinds : mapping of str to ChartChoice or sequence of ChartChoice
        Indicator to the kind of chart it shall have, or to several: ``"none"``, ``"bars"``,
        ``"dots"``, ``"stacked"``, ``"heat"``, ``"slope"``, ``"multiples"``, ``"map"``.
    maps : mapping of str to rows of codes
        Breakdown to where its groups stand: rows from north to south, each a list of codes from
        west to east, ``""`` where there is no tile. Every group has one tile.

    Raises
    ------
    ReportError
        A kind that there is not, ``none`` beside others, tiles that no code or two have.

    Examples
    --------
    >>> charts = Charts(kinds={"uses": "map"}, maps={"area": [["", "north"], ["west", "east"]]})
    >>> charts.kinds["uses"], charts.place("area", "east")
    (('map',), (1, 1))
    """

    kinds: Mapping[str, ChartChoice | Sequence[ChartChoice]] = field(default_factory=dict)
    maps: Mapping[str, Sequence[Sequence[str | int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kinds = {name: _kinds(name, asked) for name, asked in self.kinds.items()}
        maps = {name: _tiles(rows) for name, rows in self.maps.items()}
        for name, tiles in maps.items():
            for flaw in flaws_in_tiles(tiles):
                raise ReportError(flaw, where=f"Charts.maps[{name!r}]", allowed="each code once")
        object.__setattr__(self, "kinds", kinds)
        object.__setattr__(self, "maps", maps)

    def place(self, breakdown: str, code: str) -> tuple[int, int] | None:
        """Return the column and the row of a group's tile, from 0; None where it has none."""
        for row, codes in enumerate(self.maps.get(breakdown, ())):
            for column, one in enumerate(codes):
                if one == code:
                    return column, row
        return None


def place_of(name: str) -> str:
    """Return where the charts of an indicator are asked for, as errors tell it."""
    return f"Charts.kinds[{name!r}]"


def flaws_in_tiles(tiles: Sequence[Sequence[str | int]]) -> Iterator[str]:
    """Say what is wrong with a map in itself."""
    counted = Counter(str(code) for row in tiles for code in row if code != "")
    if not counted:
        yield "a map without tiles"
    for code, times in counted.items():
        if times > 1:
            yield f"{code!r} has {times} tiles"


def _tiles(rows: Sequence[Sequence[str | int]]) -> Tiles:
    return tuple(tuple(str(code) for code in row) for row in rows)


def _kinds(name: str, asked: str | Sequence[str]) -> tuple[str, ...]:
    several = (asked,) if isinstance(asked, str) else tuple(asked)
    where = place_of(name)
    known = get_args(ChartChoice)
    for one in several:
        if one not in known:
            raise ReportError(
                "there is no such kind of chart",
                where=where,
                found=repr(one),
                allowed=nearest(one, known),
            )
    if ("none" in several and len(several) > 1) or not several:
        raise ReportError(
            "it is not clear which charts there shall be",
            where=where,
            found=", ".join(map(repr, several)),
            allowed="'none' alone, or kinds of charts",
        )
    return tuple(dict.fromkeys(several))
