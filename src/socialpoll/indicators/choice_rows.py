"""The rows of choices of one domain: best sets of each size, the chosen one, what is beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.apart import Apart
from socialpoll.indicators.choices import (
    BEST,
    CHOICE_COLUMNS,
    CHOSEN,
    SHARED,
    WITHOUT,
    no_choices,
)
from socialpoll.indicators.serving import Served
from socialpoll.indicators.sharing import Shared
from socialpoll.schema import NOT_APPLICABLE

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Row", "choices_frame", "rows_of"]

Cell: TypeAlias = str | float | bool | None
Row: TypeAlias = dict[str, Cell]
Truths = npt.NDArray[np.bool_]


def rows_of(
    served: Served, shared: Shared | None, keys: Mapping[str, str], item_of: Callable[[Truths], str]
) -> Iterator[Row]:
    """Yield the choices of a domain, whose sets have an item by the options that they hold."""
    found, size = served.found, int(served.found.held[served.found.chosen].sum())

    def row(role: str, place: int, against: int | None, size: int) -> Row:
        held = found.held[place]
        beside = None if against is None else found.held[against]
        cost = float(served.rule.cost(held[None])[0])
        return {**keys, **_pair(role, held, beside, item_of), "size": size, "cost": cost}

    def apart(tested: Apart, place: int) -> Row:
        return {"df": served.df, **_tested(tested, place)}

    sizes = [int(found.held[place].sum()) for place in found.best]
    for number, place in enumerate(found.best):
        more = {"optimism": served.best_optimism[number], "at_most": found.best_at_most[number]}
        before = found.best[number - 1] if number else None
        tested = apart(served.best, number - 1) if number else {}
        yield {**row(BEST, place, before, sizes[number]), **tested, **more}
    rival = served.rival
    yield {
        **row(CHOSEN, found.chosen, None if rival is None else rival[0], size),
        **({} if rival is None else apart(rival[1], 0)),
        "optimism": served.optimism,
        "at_most": found.at_most,
    }
    for number, place in enumerate(found.without):
        yield {**row(WITHOUT, place, found.chosen, size - 1), **apart(served.without, number)}
    if shared is not None:
        sides = _pair(SHARED, shared.held, found.held[found.chosen], item_of)
        told = {"size": int(shared.held.sum()), "cost": shared.cost}
        yield {**keys, **sides, **told, **apart(shared.apart, 0)}


def _pair(role: str, held: Truths, beside: Truths | None, item_of: Callable[[Truths], str]) -> Row:
    """Return which set is held against which; against nothing where there is no other."""
    return {
        "role": role,
        "item": item_of(held),
        "category": NOT_APPLICABLE,
        "against_item": "" if beside is None else item_of(beside),
        "against_category": "" if beside is None else NOT_APPLICABLE,
    }


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
