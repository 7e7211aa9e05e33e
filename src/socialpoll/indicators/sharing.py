"""The set of options that is chosen for everybody, in a domain that has a set of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.apart import Apart, apart
from socialpoll.indicators.serving import Served
from socialpoll.indicators.set_shares import SetShares

__all__ = ["Shared", "shared_in"]

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Shared:
    """What everybody's set reaches in a domain, less what the domain's own set does.

    Attributes
    ----------
    held : bool array (q,)
        Which options the set of everybody holds.
    cost : float
        NaN where there are no costs.
    apart : Apart
        That one difference.
    """

    held: Truths
    cost: float
    apart: Apart


def shared_in(shares: SetShares, domain: int, held: Truths, served: Served) -> Shared | None:
    """Compare the set of everybody with that of a domain; None where the two are the same.

    By itself and not from among the sets that came into question there: where those were too many
    to compare them all, it need not be one of them.
    """
    own = served.found.held[served.found.chosen]
    if (own == held).all():
        return None
    pair = np.array([held, own])
    patterns = shares.patterns(domain)
    found = apart(
        patterns.weight @ patterns.met_by(pair),
        shares.covariance(domain, pair) if served.precise else np.full((2, 2), np.nan),
        (np.array([0]), np.array([1])),
        np.array([served.df]),
        served.level,
    )
    return Shared(held, float(served.rule.cost(pair[:1])[0]), found)
