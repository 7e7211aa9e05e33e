"""Which comparisons may be shown: none that touches a hidden figure, or from which one follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from socialpoll.disclosure.status import SUPPRESSED
from socialpoll.indicators import KEYS, REST
from socialpoll.schema import TOTAL

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["without_hidden"]

LINE = KEYS[1:-2]
"""What a figure is, but for its wave, and for whom."""


def without_hidden(comparisons: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Keep the comparisons both of whose figures are shown.

    A comparison with the rest of a domain also needs everybody's figure shown, and no suppressed
    domain beside it: the rest of one of two domains is the other.

    Parameters
    ----------
    comparisons : pandas.DataFrame
        In the column contract.
    figures : pandas.DataFrame
        Judged, with nothing left of what is hidden.
    """
    shown = set(_keys(figures[figures["estimate"].notna()], "wave", "breakdown", "domain"))
    suppressed = set(_keys(figures[figures["flag"] == SUPPRESSED], "wave", "breakdown"))
    with_rest = (comparisons["domain_b"] == REST).to_numpy()
    with_all = (comparisons["domain_b"] == TOTAL).to_numpy() | with_rest
    others = comparisons.assign(
        breakdown=comparisons["breakdown"].mask(with_all, TOTAL),
        domain_b=comparisons["domain_b"].mask(with_all, TOTAL),
    )
    first = [one in shown for one in _keys(comparisons, "wave", "breakdown", "domain_a")]
    second = [one in shown for one in _keys(others, "wave_b", "breakdown", "domain_b")]
    alone = [one in suppressed for one in _keys(comparisons, "wave", "breakdown")]
    kept = np.array(first, bool) & np.array(second, bool)
    kept &= ~(with_rest & np.array(alone, bool))
    return comparisons.take(np.flatnonzero(kept)).reset_index(drop=True)


def _keys(frame: pd.DataFrame, *sides: str) -> list[tuple[object, ...]]:
    """Return what each row is, and the given columns, as one key."""
    return list(zip(*(frame[name] for name in (*LINE, *sides)), strict=True))
