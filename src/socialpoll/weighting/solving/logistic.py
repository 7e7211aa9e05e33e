"""Logistic regression on grouped cases, for many replicates: the kernel of propensities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Logistic", "fit_logistic", "fit_pseudo"]

Floats = npt.NDArray[np.float64]
MAX_ITERATIONS = 60
CONVERGED = 1e-10
FARTHEST = 15.0
"""A linear predictor beyond this is a probability of 0 or 1: the groups are separated."""


@dataclass(frozen=True, eq=False)
class Logistic:
    """Fitted probabilities.

    Attributes
    ----------
    probability : float64 array (C, B)
    sound : bool array (B,)
        False where the iterations did not converge, or groups are separated.
    """

    probability: Floats
    sound: npt.NDArray[np.bool_]


def fit_logistic(responded: Floats, weights: Floats, x: Floats) -> Logistic:
    """Solve Σ x (responded - weights · p) = 0 with logit p = x'γ, by Newton's method.

    Parameters
    ----------
    responded, weights : float64 array (C, B)
        Sums of weights of respondents and of all cases in each group, in B replicates.
    x : float64 array (C, p)
        Of full rank.

    Returns
    -------
    Logistic

    Notes
    -----
    Maximum pseudo-likelihood (Binder 1983, §4.1; Skinner 1989): R's ``svyglm`` with family
    ``quasibinomial``.
    """
    return _several(weights, x, x.T @ responded)


def fit_pseudo(wanted: Floats, reference: Floats, x: Floats) -> Logistic:
    """Solve Σ x · reference · p = wanted with logit p = x'γ (Chen, Li & Wu 2020, eq. 6).

    Parameters
    ----------
    wanted : float64 array (p, B)
        Sums of x over the opt-in sample.
    reference : float64 array (C, B)
        Persons of the reference in each group.
    x : float64 array (C, p)
        Of full rank.
    """
    return _several(reference, x, wanted)


def _several(weights: Floats, x: Floats, wanted: Floats) -> Logistic:
    from scipy import special

    probability = np.zeros(weights.shape)
    sound = np.zeros(weights.shape[1], dtype=np.bool_)
    for one in range(weights.shape[1]):
        predictor = _newton(weights[:, one], x, wanted[:, one])
        if predictor is not None:
            probability[:, one] = special.expit(predictor)
            sound[one] = True
    return Logistic(probability, sound)


def _newton(weights: Floats, x: Floats, wanted: Floats) -> Floats | None:
    """Return the linear predictor (C,); None where there is no solution."""
    from scipy import special

    gamma = np.zeros(x.shape[1])
    size = np.abs(x).T @ weights
    used = weights > 0
    before = np.inf
    for _ in range(MAX_ITERATIONS):
        predictor = x @ gamma
        probability = special.expit(predictor)
        missed = wanted - x.T @ (weights * probability)
        off = float((np.abs(missed) / np.maximum(size, np.finfo(float).tiny)).max())
        if off <= CONVERGED:
            return predictor if np.abs(predictor[used]).max(initial=0.0) < FARTHEST else None
        information = x.T @ ((weights * probability * (1 - probability))[:, None] * x)
        step = np.linalg.lstsq(information, missed, rcond=None)[0]
        largest = np.abs(x @ step)[used].max(initial=0.0)
        # A long step overshoots; half of it is retried where things got worse.
        damping = min(1.0, 4.0 / largest) if largest > 0 else 1.0
        gamma = gamma + (damping if off < before else damping / 2) * step
        before = off
    return None
