"""The outcome rates of frames and groups, as the lines of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.responses.dispositions import LETTERS, OUTCOMES
from socialpoll.responses.eligibility import Eligibility
from socialpoll.responses.outcome_rates import (
    RATES,
    UNKNOWN,
    Fractions,
    formula_of,
    fractions_of,
)

__all__ = ["EVERYBODY", "Cell", "cells_of", "count_lines", "rate_lines"]

Floats = npt.NDArray[np.float64]
EVERYBODY = "_T"
NO_CASE = "no case counts in the denominator"
NO_E = "e is not known: there is no case of known eligibility"


class Cell(NamedTuple):
    """The cases of a frame and group, or of all (``_T``).

    Attributes
    ----------
    frame, domain : str
    counts : float64 array (8,)
        Cases of each outcome, or sums of their weights.
    fractions : Fractions
        Arrays (16,).
    e : float64 array (2,)
        Of outcome UH and UO.
    e_from : str
    one_e : bool
        Whether UH and UO have the same e in every frame.
    """

    frame: str
    domain: str
    counts: Floats
    fractions: Fractions
    e: Floats
    e_from: str
    one_e: bool


def cells_of(
    counts: Floats, eligibility: Eligibility, frames: tuple[str, ...], groups: tuple[str, ...]
) -> Iterator[Cell]:
    """Return all cases first, then every frame of them; then the same of each group.

    Parameters
    ----------
    counts : float64 array (groups, frames, 8)
    eligibility : Eligibility
    frames, groups : tuple of str
        ``("_T",)`` where nothing divides the cases.
    """
    share = eligibility.share
    one_e = bool(np.array_equal(share[:, 0], share[:, 1], equal_nan=True))
    names = [EVERYBODY, *(name for name in groups if groups != (EVERYBODY,))]
    for domain, of_frames in zip(names, [counts.sum(axis=0), *counts], strict=False):
        above, below = fractions_of(of_frames, share)
        whole = Fractions(above.sum(axis=-1), below.sum(axis=-1))
        e_from = ", ".join(sorted(set(eligibility.source)))
        together = _together(of_frames, share)
        yield Cell(EVERYBODY, domain, of_frames.sum(axis=0), whole, together, e_from, one_e)
        for place, frame in enumerate(frames if frames != (EVERYBODY,) else ()):
            parts = Fractions(above[:, place], below[:, place])
            source = eligibility.source[place]
            yield Cell(frame, domain, of_frames[place], parts, share[place], source, one_e)


def _together(counts: Floats, share: Floats) -> Floats:
    """Return the e of all frames (2,) that their own come to; NaN where none can be told."""
    unknown = counts[:, [LETTERS.index(one) for one in UNKNOWN]]
    eligible = np.where(unknown == 0, 0.0, share * unknown).sum(axis=0)
    cases = unknown.sum(axis=0)
    nothing = np.full(cases.shape, np.nan)
    together = np.divide(eligible, cases, out=nothing, where=cases > 0)
    is_same = (share == share[0]).all(axis=0)
    return np.asarray(np.where(is_same, share[0], together))


def rate_lines(cell: Cell) -> Iterator[dict[str, object]]:
    """Return a line a rate."""
    for (name, rate), above, below in zip(RATES.items(), *cell.fractions, strict=True):
        estimated = rate.unknown == "estimated"
        household, other = cell.e if estimated else (np.nan, np.nan)
        note = NO_E if np.isnan(below) else "" if below > 0 else NO_CASE
        yield {
            "rate": name,
            "value": above / below if below > 0 else np.nan,
            "numerator": above,
            "denominator": below,
            "formula": formula_of(rate, one_e=cell.one_e),
            "e_household": household,
            "e_other": other,
            "e_from": cell.e_from if estimated else "",
            "note": note,
        }


def count_lines(cell: Cell) -> Iterator[dict[str, object]]:
    """Return a line an outcome."""
    for outcome, letter, count in zip(OUTCOMES, LETTERS, cell.counts.tolist(), strict=True):
        yield {"outcome": outcome, "letter": letter, "count": count}
