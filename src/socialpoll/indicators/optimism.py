"""By how much the best of several figures is too good, because it was chosen for being the best.

What a figure promises in the sample in which it was chosen, less what the same choice is worth
outside of it: the optimism of Efron (1983, J. Amer. Statist. Assoc. 78: 316-331). Samples are drawn
anew by the generalised bootstrap of linearised scores (Beaumont & Patak 2012, International
Statistical Review 80: 127-148) with normal multipliers: figures plus normal errors that have the
covariance of the design. As the figures of one sample are farther apart than those of the
population, a bootstrap about them finds too few reversals; so the bias of the optimism itself is
estimated by a second bootstrap within the first, and taken away (Hall & Martin 1988, Biometrika 75:
661-671).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError

__all__ = ["DRAWS", "Choice", "errors_of", "optimism_of", "seed_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Choice = Callable[[Floats, Places], Places]
DRAWS = 2000
"""Samples that are drawn: the second half are those of the first, mirrored."""
WITHIN = 150
"""Pairs of samples about which others are drawn, and as many pairs that are drawn about each."""
AT_ONCE = 1 << 20
"""Figures that are held at once."""


def seed_of(seed: int | np.random.Generator) -> int:
    """Return a seed as a number, so that every domain may draw anew from it.

    Raises
    ------
    EstimationError
        What is neither a whole number from 0 nor a generator.
    """
    if isinstance(seed, np.random.Generator):
        return int(seed.integers(2**31))
    given: object = seed
    if isinstance(given, int | np.integer) and not isinstance(given, bool) and given >= 0:
        return int(given)
    raise EstimationError(
        "the seed does not say how samples are drawn anew",
        where="seed",
        found=repr(seed),
        allowed="a whole number, 0 or more, or a numpy.random.Generator",
    )


def errors_of(covariance: Floats, seed: int) -> Floats:
    """Draw normal errors (DRAWS, m) with some covariance (m, m), each with its mirror image.

    By the symmetric root of the covariance, which knows no order of rows and no signs of vectors.
    """
    values, vectors = np.linalg.eigh(covariance)
    root = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    drawn = np.random.default_rng(seed).standard_normal((DRAWS // 2, len(covariance))) @ root
    return np.concatenate([drawn, -drawn])


def optimism_of(figures: Floats, errors: Floats, choice: Choice) -> float:
    """Return by how much the figure that is chosen is too large, on average.

    Parameters
    ----------
    figures : float64 array (m,)
    errors : float64 array (DRAWS, m)
        Of figures in samples drawn anew (:func:`errors_of`).
    choice : callable
        Takes figures (..., k) and the places (k,) of what they are of; returns which of the k is
        chosen (...).

    Returns
    -------
    float
        Not below 0.
    """
    every, drawn = np.arange(figures.size), figures + errors
    chosen = choice(drawn, every)
    once = float(errors[np.arange(DRAWS), chosen].mean())
    # Whatever is chosen where samples vary twice as much; nothing else matters within.
    again = choice(drawn + np.roll(errors, WITHIN, axis=0), every)
    some = np.unique(np.concatenate([chosen, again]))
    if some.size == 1:
        return 0.0  # whatever is drawn, and errors and their mirror images cancel
    pairs = np.concatenate([np.arange(WITHIN), DRAWS // 2 + np.arange(WITHIN)])
    twice = _within(drawn[pairs + WITHIN][:, some], errors[pairs][:, some], some, choice)
    return max(0.0, 2 * once - twice)


def _within(centres: Floats, errors: Floats, places: Places, choice: Choice) -> float:
    """Return the mean error of what is chosen in samples drawn about each centre."""
    total, step = 0.0, max(1, AT_ONCE // errors.size)
    for first in range(0, len(centres), step):
        drawn = centres[first : first + step, None, :] + errors
        chosen = choice(drawn, places)
        total += float(errors[np.arange(len(errors)), chosen].sum())
    return total / (len(centres) * len(errors))
