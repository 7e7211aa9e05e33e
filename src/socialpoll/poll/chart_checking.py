"""What is wrong with the maps of a poll file, and with indicators that ask for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from socialpoll.errors import nearest
from socialpoll.poll.declared import Wanted
from socialpoll.poll.notebook import Notebook
from socialpoll.report.chart_plan import flaws_in_tiles
from socialpoll.schema import CodeValue, Questionnaire
from socialpoll.schema.categories import categories_of

__all__ = ["check_charts"]

MAPS = "publication.maps"
Tiles = Sequence[Sequence[CodeValue]]


def check_charts(
    maps: Mapping[str, Tiles],
    wanted: Mapping[str, tuple[Wanted, Sequence[str]]],
    questionnaire: Questionnaire,
    notes: Notebook,
) -> None:
    """Note every mistake in maps, and every indicator whose groups have none.

    Parameters
    ----------
    maps : mapping of str to rows of codes
        By breakdown.
    wanted : mapping of str to (Wanted, breakdowns)
        By place in the file, with the breakdowns of each as the figures name them.
    questionnaire : Questionnaire
    notes : Notebook
        Takes the problems.
    """
    for name, tiles in maps.items():
        if name not in questionnaire.names:
            what = f"there is no question or derived variable {name!r}"
            notes.note(f"{MAPS}.{name}", what, allowed=nearest(name, questionnaire.names))
        else:
            _check_tiles(f"{MAPS}.{name}.tiles", name, tiles, questionnaire, notes)
    for where, (one, breakdowns) in wanted.items():
        if one.chart is not None and "map" in one.chart and not set(breakdowns) & set(maps):
            advice = f"declare [{MAPS}.BREAKDOWN] for one of its breakdowns, or choose another kind"
            found, what = ", ".join(breakdowns), "no breakdown of the indicator has a map"
            notes.note(f"{where}.chart", what, found=found, advice=advice)


def _check_tiles(
    where: str, name: str, tiles: Tiles, questionnaire: Questionnaire, notes: Notebook
) -> None:
    for flaw in flaws_in_tiles(tiles):
        notes.note(where, flaw, allowed="one tile for each code")
    codes = [str(one.code) for one in categories_of(questionnaire, name).codes]
    there = list(dict.fromkeys(str(code) for row in tiles for code in row if code != ""))
    for code in there:
        if code not in codes:
            what = f"{name!r} has no code {code!r}"
            notes.note(where, what, allowed=nearest(code, codes))
    lacking = [code for code in codes if code not in there]
    if lacking:
        what, advice = "codes without a tile", "give every code a place on the map"
        notes.note(where, what, found=", ".join(map(repr, lacking)), advice=advice)
