"""What socialpoll answers where R is asked for quantiles (``svyquantile``)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

import socialpoll as sp
from socialpoll.responses import mask, valid
from tests.golden.designs import NotBuiltError, Source
from tests.golden.folder import Case
from tests.golden.naming import named

__all__ = ["quantiles", "weights_of"]

RULES = {
    "hf1": "math",
    "hf2": "school",
    # No one has a third type for weights: R's is the first but where F(x) = p to the last bit.
    "hf3": "math",
}
INTERVALS = {"mean": "wald", "xlogit": "logit", "asin": "arcsine", "beta": "beta"}


class Asked(Protocol):
    """A case of quantiles, with its responses or weights and its subset."""

    case: Case

    def source(self) -> Source:
        """Return what R calls the design."""
        ...

    def where(self, answered: Sequence[str] = ()) -> Any:
        """Return the condition of the subset."""
        ...


def quantiles(asked: Asked) -> dict[str, Any]:
    """Answer ``svyquantile`` of one variable."""
    params = asked.case.params
    question, probs = named(params["var"]), tuple(params["probs"])
    rule, interval = params["qrule"], INTERVALS.get(params["interval_type"])
    if interval is None:
        message = f"intervals of quantiles by {params['interval_type']!r}"
        raise NotBuiltError(message)
    indicator = sp.Quantile(
        question, probs, rule=RULES.get(rule, rule), interval=interval, name="q"
    )
    precision = sp.Precision(
        level=1 - params["alpha"], df=math.inf if params["df"] == "Inf" else "domain"
    )
    source = asked.source()
    where = asked.where([params["var"]] if params["na_rm"] else ())
    frame = sp.estimate(source, [indicator], where=where, precision=precision).frame
    return {
        "probs": list(probs),
        "qrule": rule,
        "interval_type": params["interval_type"],
        "df": float(frame["df"].iloc[0]),
        "quantile": frame["estimate"].tolist(),
        "ci_lower": frame["ci_low"].tolist(),
        "ci_upper": frame["ci_high"].tolist(),
        "se": frame["se"].tolist(),
        **_ties(source, question, where, probs),
    }


def weights_of(source: Source) -> sp.Weights:
    """Return the weights of the full sample."""
    if isinstance(source, sp.Responses):
        return sp.weigh(source, sp.Recipe())
    return source.weights if isinstance(source, sp.Replicates) else source


def _ties(source: Source, question: str, where: Any, probs: Sequence[float]) -> Mapping[str, Any]:
    """Tell, of the data, where F(x) = p, and which p come before the first answer."""
    weights = weights_of(source)
    column = weights.responses.columns[question]
    values = np.asarray(weights.values)  # of weights, not of a frame
    here = valid(column) & (values > 0)
    if where is not None:
        here &= mask(weights.responses, where)
    summed = np.cumsum(values[here][np.argsort(column.values[here], kind="stable")])
    below = summed / summed[-1]
    return {
        "exact_tie_in_cdf": [bool((np.abs(below - p) < 1e-10).any()) for p in probs],
        "p_below_first_weight": [bool(p < below[0]) for p in probs],
    }
