"""Checks of the sample: strata with one cluster, base weights that are 0 or extreme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from socialpoll.responses.checks.rules import found
from socialpoll.responses.corrections import listed, units_by_stratum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialpoll.responses.checks.declared import Checks
    from socialpoll.responses.findings import Finding
    from socialpoll.responses.responses import Responses

__all__ = ["lonely_strata", "weights"]


def lonely_strata(responses: Responses) -> list[Finding]:
    """Tell of strata with one unit of the first stage that is not all the units there are."""
    first = responses.stages[0]
    alone = units_by_stratum(first.unit, first.stratum)[first.stratum] == 1
    cases = alone if first.fraction is None else alone & (first.fraction < 1)
    strata = np.unique(first.stratum[cases])
    what = f"strata with one sampling unit ({len(strata)} of {len(responses.strata_labels)})"
    value = listed(strata, lambda one: responses.strata_labels[one])
    return found("lonely_stratum", cases, what, value=value)


def weights(responses: Responses, checks: Checks) -> Iterator[Finding]:
    """Tell of interviews of weight 0, and of weights far from the median."""
    weight, interviewed = responses.base_weight, responses.interviewed
    yield from found("zero_weight", interviewed & (weight == 0), "interviews of base weight 0")
    known = interviewed & (weight > 0)
    if not known.any():
        return
    median = float(np.median(weight[known]))
    high, low = checks.weight_ratio * median, median / checks.weight_ratio
    cases = known & ((weight > high) | (weight < low))
    what = f"base weights above {high:.6g} or below {low:.6g} (the median is {median:.6g})"
    value = f"{weight[np.argmax(cases)]:.6g}"
    yield from found("extreme_weight", cases, what, value=value)
