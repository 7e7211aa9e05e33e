"""Whether the ways to a standard error agree: linearised, jackknife and bootstrap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.indicators.definitions import Indicator
from socialpoll.indicators.estimates import KEYS
from socialpoll.indicators.estimating import Breakdown, estimate
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.sources import answers_of, responses_of
from socialpoll.responses import Responses, require_memory
from socialpoll.weighting import Bootstrap, Jackknife, Replication, Weights, replicate

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Agreement", "check_agreement"]

FEW = 5000
"""Sampling units up to which each is left out in turn; beyond, they are left out in groups."""
GROUPS = 200


@dataclass(frozen=True, eq=False)
class Agreement:
    """Standard errors of the same figures, made in several ways.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a figure: its keys, estimate, ``se_linearised`` and, for each replication,
        ``se_NAME`` and ``ratio_NAME``, its standard error over the linearised one (NaN where that
        is 0 or not known).
    """

    frame: pd.DataFrame

    def worst(self) -> float:
        """Return the ratio that is farthest from 1, as a factor of 1 or more; NaN of none."""
        ratios = self.frame.filter(regex="^ratio_").to_numpy(dtype=np.float64)
        known = ratios[np.isfinite(ratios) & (ratios > 0)]
        return float(np.maximum(known, 1 / known).max()) if known.size else float("nan")


def check_agreement(
    source: Weights | Responses,
    indicators: Indicator | Sequence[Indicator],
    by: Breakdown | Sequence[Breakdown] | None = None,
    *,
    seed: int,
    replicates: int = 500,
    precision: Precision | None = None,
) -> Agreement:
    """Estimate the same figures by linearisation, jackknife and bootstrap, and compare.

    Every step of the recipe is run again in every replicate, so the replicates know nothing of the
    formulas that linearisation rests on (Yung & Rao 1996). They should differ by what a bootstrap
    differs from another, about 1/√(2R), and by what the sample is small.

    Parameters
    ----------
    source : Weights or Responses
        Of a probability sample.
    indicators, by
        As of :func:`socialpoll.estimate`; no quantiles.
    seed : int
        Of the bootstrap.
    replicates : int
        Of the bootstrap.
    precision : Precision, optional
        Conventions; regressions of the weighting steps are always fitted so that scores are the
        exact derivative.

    Returns
    -------
    Agreement

    Raises
    ------
    DesignError, WeightingError
        As of :func:`socialpoll.replicate`; a design with fewer than two units in a stratum.
    EstimationError
        Answers that are not in memory.

    Examples
    --------
    >>> import pandas as pd
    >>> import socialpoll as sp
    >>> answers = pd.DataFrame({"sex": ["f", "m"] * 30, "hours": [1.0, 2.0, 4.0] * 20})
    >>> responses = sp.bind(answers, sp.Questionnaire.infer(answers))
    >>> weights = sp.poststratify(responses, "sex", {"f": 490, "m": 510})
    >>> found = sp.check_agreement(weights, "hours", seed=1)
    >>> bool(found.worst() < 1.1)
    True
    """
    require_memory(answers_of(source))
    conventions = replace(precision or Precision(), residuals="derivative")
    linear = estimate(source, indicators, by, precision=conventions).frame
    made = linear[[*KEYS, "estimate"]].copy()
    made["se_linearised"] = linear["se"]
    for name, method in _methods(source, replicates, seed).items():
        again = estimate(replicate(source, method), indicators, by, precision=conventions).frame
        made[f"se_{name}"] = again["se"]
        known = linear["se"] > 0
        made[f"ratio_{name}"] = (again["se"] / linear["se"]).where(known)
    return Agreement(made)


def _methods(source: Weights | Responses, replicates: int, seed: int) -> Mapping[str, Replication]:
    responses = responses_of(source)
    units = int(responses.stages[0].unit.max(initial=-1)) + 1
    jackknife = Jackknife() if units <= FEW else Jackknife(groups=GROUPS, seed=seed)
    return {"jackknife": jackknife, "bootstrap": Bootstrap(replicates, seed=seed)}
