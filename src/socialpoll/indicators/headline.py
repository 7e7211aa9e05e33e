"""How precise a poll is as a whole: the design effect of its shares, and its headline margin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.intervals import student
from socialpoll.indicators.precision import Precision
from socialpoll.schema import TOTAL, Fact, FactValue

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.indicators.estimates import Estimates

__all__ = ["joint_precision", "precision_fact", "replicates_fact"]

FACT = ("indicators", "precision")


def precision_fact(
    frames: Sequence[pd.DataFrame], cases: int, precision: Precision, *, sampling: str
) -> Fact:
    """Record conventions, median design effect and headline margin.

    ``probability`` says whether the sample is random; where it is not, ``model_based`` says whether
    there is a precision by the model of its weights.

    The margin is t·√(.25·deff/n) for a share of one half on the whole sample; deff is the median
    over the shares of everybody, those fixed by weighting left out.
    """
    probability, by_model = sampling == "probability", precision.by_model(sampling)
    values: dict[str, FactValue] = {
        "level": precision.level,
        "interval": precision.interval,
        "df": str(precision.df),
        "cases": cases,
        "probability": probability,
        "model_based": by_model,
        "deff_median": None,
        "headline_margin": None,
    }
    shares = [
        one[(one["breakdown"] == TOTAL) & (one["statistic"] == "share") & (one["se"] > 0)]
        for one in frames
    ]
    deffs = np.concatenate([one["deff"].dropna().to_numpy() for one in shares])
    if (probability or by_model) and deffs.size and cases:
        deff = float(np.median(deffs))
        df = np.array([max(float(one["df"].max()) for one in shares if len(one))])
        margin = student(df, precision.level)[0] * np.sqrt(0.25 * deff / cases)
        values["deff_median"] = deff
        values["headline_margin"] = float(margin) if np.isfinite(margin) else None
    return Fact(*FACT, values)


def replicates_fact(failed: npt.NDArray[np.bool_]) -> Fact:
    """Record how many replicates there are, and how many were left out as their weighting failed.

    Parameters
    ----------
    failed : bool array (R,)
    """
    values: dict[str, FactValue] = {"replicates": failed.size, "failed": int(failed.sum())}
    return Fact("indicators", "replicates", values)


def joint_precision(
    several: Sequence[Estimates], frames: Sequence[pd.DataFrame] | None = None
) -> Fact | None:
    """Return the one fact of several estimates of a poll; None where they state different things.

    Estimates of different weights, levels or samples have no precision in common.

    Parameters
    ----------
    several : sequence of Estimates
    frames : sequence of DataFrame, optional
        Those of their rows that are told of; all where absent.
    """
    found = [one.methodology.fact(*FACT) or {} for one in several]
    same = {(one.weights_id, one.precision) for one in several}
    if len(same) > 1 or len({fact.get("cases") for fact in found}) > 1:
        return None
    cases = found[0].get("cases")
    sampling = "probability" if found[0].get("probability") else "opt_in"
    count = cases if isinstance(cases, int) else 0
    frames = [one.frame for one in several] if frames is None else frames
    return precision_fact(frames, count, several[0].precision, sampling=sampling)
