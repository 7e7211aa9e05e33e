"""What the account of the method says of respondents and of their weights.

It stands in the methodology of a release and in the manifest of a run, whatever is suppressed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import socialpoll as sp

Values = Mapping[str, object]
NEAR = 1e-6
"""How near a margin is to its target, relative to it."""


@dataclass(frozen=True)
class Account:
    """Facts of all respondents.

    Parameters
    ----------
    interviews : int
    smallest, largest : float or None
        The limits of all weights.
    total : float or None
        Their sum.
    effective : float or None
        Its square over the sum of their squares.
    margins : sequence of (str, str, float)
        Variable, code and the sum of the weights of who has it.
    asked : mapping of str to (int, int)
        In how many interviews a question was asked and answered, as a codebook says.
    """

    interviews: int
    smallest: float | None = None
    largest: float | None = None
    total: float | None = None
    effective: float | None = None
    margins: Sequence[tuple[str, str, float]] = ()
    asked: Mapping[str, tuple[int, int]] | None = None

    @classmethod
    def of(cls, release: sp.Release, margins: Sequence[Values] = ()) -> Account:
        """Read the facts of a release, and the margins of the manifest of its run."""
        cases = release.methodology.fact("responses", "cases")
        weights = release.methodology.fact("weighting", "diagnostics") or {}
        return cls(
            interviews=int(cases["interviews"]),
            smallest=weights.get("smallest"),
            largest=weights.get("largest"),
            total=weights.get("sum"),
            effective=weights.get("n_effective"),
            margins=[
                (str(one["margin"]), str(one["level"]), float(one["final"])) for one in margins
            ],
        )
