"""The outcome rates of AAPOR as sums of outcomes over sums of outcomes.

Source: AAPOR (2016), *Standard Definitions*, 9th edition, "Calculating rates from response
distributions": response rates p. 60, cooperation rates p. 62, refusal rates p. 63, contact rates
p. 64. The formulas are the same in the 10th edition (2023).
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.responses.dispositions import LETTERS

__all__ = ["RATES", "UNKNOWN", "Fractions", "Rate", "formula_of", "fractions_of"]

Floats = npt.NDArray[np.float64]
Taken: TypeAlias = Literal["all", "estimated", "none"]

UNKNOWN = ("UH", "UO")


class Rate(NamedTuple):
    """One rate.

    Attributes
    ----------
    numerator, known : tuple of str
        Letters of the outcomes that are summed; ``known`` are those of the denominator whose
        eligibility is known.
    unknown : {"all", "estimated", "none"}
        Which cases of unknown eligibility the denominator takes for eligible.
    """

    numerator: tuple[str, ...]
    known: tuple[str, ...]
    unknown: Taken


_I, _IP, _R = ("I",), ("I", "P"), ("R",)
_ELIGIBLE = ("I", "P", "R", "NC", "O")
_CONTACTED = ("I", "P", "R", "O")
_RESPONDENTS = ("I", "P", "R")

RATES: dict[str, Rate] = {
    "RR1": Rate(_I, _ELIGIBLE, "all"),
    "RR2": Rate(_IP, _ELIGIBLE, "all"),
    "RR3": Rate(_I, _ELIGIBLE, "estimated"),
    "RR4": Rate(_IP, _ELIGIBLE, "estimated"),
    "RR5": Rate(_I, _ELIGIBLE, "none"),
    "RR6": Rate(_IP, _ELIGIBLE, "none"),
    "COOP1": Rate(_I, _CONTACTED, "none"),
    "COOP2": Rate(_IP, _CONTACTED, "none"),
    "COOP3": Rate(_I, _RESPONDENTS, "none"),
    "COOP4": Rate(_IP, _RESPONDENTS, "none"),
    "REF1": Rate(_R, _ELIGIBLE, "all"),
    "REF2": Rate(_R, _ELIGIBLE, "estimated"),
    "REF3": Rate(_R, _ELIGIBLE, "none"),
    "CON1": Rate(_CONTACTED, _ELIGIBLE, "all"),
    "CON2": Rate(_CONTACTED, _ELIGIBLE, "estimated"),
    "CON3": Rate(_CONTACTED, _ELIGIBLE, "none"),
}
"""Every rate, in the order in which AAPOR defines them."""


class Fractions(NamedTuple):
    """Numerators and denominators, float64 arrays (rates, …) in the order of ``RATES``."""

    numerator: Floats
    denominator: Floats


def fractions_of(counts: Floats, e: Floats) -> Fractions:
    """Return numerator and denominator of every rate.

    Parameters
    ----------
    counts : float64 array (…, frames, 8)
        Cases of each outcome, or sums of their weights.
    e : float64 array (frames, 2)
        Part of the cases of outcome UH and UO that is taken for eligible; NaN where it is not
        known, which is no matter where there are no such cases.

    Returns
    -------
    Fractions
        Arrays (16, …, frames).
    """
    unknown = counts[..., _places(UNKNOWN)]
    eligible = np.where(unknown == 0, 0.0, e * unknown).sum(axis=-1)
    taken = {"all": unknown.sum(axis=-1), "estimated": eligible, "none": np.zeros(eligible.shape)}
    above = [counts[..., _places(one.numerator)].sum(axis=-1) for one in RATES.values()]
    below = [
        counts[..., _places(one.known)].sum(axis=-1) + taken[one.unknown] for one in RATES.values()
    ]
    return Fractions(np.array(above), np.array(below))


def formula_of(rate: Rate, *, one_e: bool = True) -> str:
    """Write a rate in the letters of AAPOR; with one e, or with one for each of UH and UO.

    Examples
    --------
    >>> formula_of(RATES["RR1"]), formula_of(RATES["COOP4"])
    ('I / (I + P + R + NC + O + UH + UO)', '(I + P) / (I + P + R)')
    >>> formula_of(RATES["REF2"]), formula_of(RATES["RR3"], one_e=False)
    ('R / (I + P + R + NC + O + e (UH + UO))', 'I / (I + P + R + NC + O + e1 UH + e2 UO)')
    """
    above, below = " + ".join(rate.numerator), " + ".join(rate.known)
    if len(rate.numerator) > 1:
        above = f"({above})"
    estimated = "e (UH + UO)" if one_e else "e1 UH + e2 UO"
    more = {"all": " + UH + UO", "estimated": f" + {estimated}", "none": ""}
    return f"{above} / ({below}{more[rate.unknown]})"


def _places(letters: tuple[str, ...]) -> list[int]:
    return [LETTERS.index(one) for one in letters]
