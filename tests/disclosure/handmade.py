"""Answers made from counts, and releases made by hand that hide too little."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pandas as pd

import socialpoll as sp
from socialpoll.indicators import COLUMNS, KEYS

OPEN = sp.Policy(minimum_base=0, full_precision=True)


def codes(names: Iterable[str]) -> tuple[sp.Code, ...]:
    """Return a code for each of some names."""
    return tuple(sp.Code(code=name, label=name) for name in names)


def filled(counts: Mapping[tuple[object, ...], int], names: Iterable[str]) -> pd.DataFrame:
    """Return answers, each combination as often as it was given."""
    rows = [key for key, count in counts.items() for _ in range(count)]
    return pd.DataFrame(rows, columns=list(names))


def released(estimates: sp.Estimates) -> sp.Release:
    """Return a release that hides nothing."""
    return sp.release(estimates, sp.MinBase(0, 0), policy=OPEN)


def is_small(row: Mapping[str, object], threshold: int) -> bool:
    """Whether few gave an answer, did not give it, or are in the base."""
    base = row["n_base"]
    sizes = [base] if pd.isna(row["n_category"]) else [base, row["n_category"]]
    sizes += [] if pd.isna(row["n_category"]) else [base - row["n_category"]]
    return any(0 < size < threshold for size in sizes)


def handmade(estimates: sp.Estimates, hide: Callable[[dict[str, object]], bool]) -> pd.DataFrame:
    """Return released figures of which some are hidden, and nothing else for them."""
    figures = released(estimates).figures
    return without_figures(figures, [hide(row) for row in figures.to_dict("records")])


def without_figures(figures: pd.DataFrame, gone: Iterable[bool] | None = None) -> pd.DataFrame:
    """Return released figures of which some are hidden, or all."""
    figures = figures.copy()
    gone = np.full(len(figures), fill_value=True) if gone is None else np.array(gone, dtype=bool)
    told = [name for name in COLUMNS if name not in KEYS]
    blank = figures.loc[gone, told].map(lambda value: "" if isinstance(value, str) else pd.NA)
    figures[told] = figures[told].astype(object)
    figures.loc[gone, told] = blank
    figures.loc[gone, "flag"] = "suppressed"
    return figures
