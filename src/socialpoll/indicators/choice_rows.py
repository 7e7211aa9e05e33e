"""The rows of choices of one domain: best sets of each size, the chosen one, and parts of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from socialpoll.indicators.apart import Apart
from socialpoll.indicators.choices import BEST, CHOICE_COLUMNS, CHOSEN, WITHOUT, no_choices
from socialpoll.indicators.serving import Served
from socialpoll.schema import NOT_APPLICABLE

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Row", "choices_frame", "rows_of"]

Cell: TypeAlias = str | float | bool | None
Row: TypeAlias = dict[str, Cell]


def rows_of(
    served: Served, keys: Mapping[str, str], item_of: Callable[[int], str]
) -> Iterator[Row]:
    """Yield the choices of a domain, whose sets have an item by their place."""

    def row(role: str, place: int, against: int | None, size: int | None = None) -> Row:
        other = "" if against is None else item_of(against)
        return {
            **keys,
            "role": role,
            "size": size,
            "item": item_of(place),
            "category": NOT_APPLICABLE,
            "against_item": other,
            "against_category": NOT_APPLICABLE if other else "",
            "df": served.df if other else None,
            "cost": float(served.rule.cost(served.found.held[[place]])[0]),
        }

    found = served.found
    sizes = [int(found.held[place].sum()) for place in found.best]
    for number, place in enumerate(found.best):
        more = {"optimism": served.best_optimism[number], "at_most": found.best_at_most[number]}
        before = found.best[number - 1] if number else None
        tested = _tested(served.best, number - 1) if number else {}
        yield {**row(BEST, place, before, sizes[number]), **tested, **more}
    rival = served.rival
    size = int(found.held[found.chosen].sum())
    yield {
        **row(CHOSEN, found.chosen, None if rival is None else rival[0], size),
        **({} if rival is None else _tested(rival[1], 0)),
        "optimism": served.optimism,
        "at_most": found.at_most,
    }
    for number, place in enumerate(found.without):
        left = row(WITHOUT, place, found.chosen, size - 1)
        yield {**left, **_tested(served.without, number)}


def _tested(found: Apart, place: int) -> Row:
    return {
        "difference": float(found.difference[place]),
        "se": float(found.se[place]),
        "ci_low": float(found.low[place]),
        "ci_high": float(found.high[place]),
        "p": float(found.p[place]),
        "p_adjusted": float(found.p_adjusted[place]),
        "alike": bool(found.alike[place]) if found.known[place] else None,
    }


def choices_frame(rows: Sequence[Row]) -> pd.DataFrame:
    """Return rows as a frame of choices, with the types of its columns."""
    import pandas as pd

    types = no_choices().dtypes
    columns = {}
    for name in CHOICE_COLUMNS:
        values = [row.get(name) for row in rows]
        if types[name] == np.float64:
            values = [float("nan") if one is None else one for one in values]
        columns[name] = pd.Series(values, dtype=types[name])
    return pd.DataFrame(columns)
