"""Whom sets of options reach in the domains of a breakdown, from shares of exact patterns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.joint import Joint
from socialpoll.totals import Basis, Exactly, Patterns

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["NEGLIGIBLE", "SetShares"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
NEGLIGIBLE = 1e-7
"""A standard error of a share below this is what iterations and rounding leave of none."""


@dataclass(frozen=True, eq=False)
class SetShares:
    """The patterns of the domains of one breakdown, with weights and covariance.

    A person has one pattern, so the reach of any set is a sum of shares of patterns, and any
    covariance of reach is sums of theirs.

    Attributes
    ----------
    joint : Joint
        Where the scores come from.
    basis : Basis
        Of a measure of exact patterns.
    totals : float64 array (D, P + 1)
        Weights of the patterns, and last of the base.
    """

    joint: Joint
    basis: Basis
    measure: Exactly
    totals: Floats

    @classmethod
    def of(cls, joint: Joint, measure: Exactly, like: Basis) -> SetShares:
        """Sum the patterns within the domains of another basis."""
        basis = Basis(measure, like.breakdown, like.where)
        counted = joint.among([basis])
        return cls(counted, basis, measure, counted.engine.cells(basis))

    def patterns(self, domain: int) -> Patterns:
        """Return the patterns of a domain that is not empty, weighed by their shares."""
        weight = self.totals[domain]
        return Patterns.within(self.measure, weight[:-1] / weight[-1])

    def covariance(self, domain: int, held: Truths) -> Floats:
        """Return the covariance V (m, m) of the reach of sets (m, q) in a domain.

        Zero where sets cannot vary, and NaN where nothing is known of precision.
        """
        if not self.joint.known:
            return np.full((len(held), len(held)), np.nan)
        member = self.patterns(domain).met_by(held).astype(np.float64)
        reached = _Reached(self.basis, domain, member)
        found = self.joint.uncertainty.together(reached, self.totals)
        fixed = np.diagonal(found) <= NEGLIGIBLE**2
        found[fixed, :] = 0.0
        found[:, fixed] = 0.0
        return found


@dataclass(frozen=True, eq=False)
class _Reached:
    """Reach of m sets in one domain as a function of the totals of patterns.

    ``member`` (P, m) is 1 where a pattern holds an option of the set.
    """

    basis: Basis
    domain: int
    member: Floats

    @property
    def period(self) -> None:
        """Shares do not go round."""
        return

    def value(self, totals: Floats) -> Floats:
        """Return the reach (m,) from totals (D, P + 1)."""
        return np.asarray(self.values(totals[None])[0])

    def values(self, several: Floats) -> Floats:
        """Return the reach (R, m) from several totals (R, D, P + 1)."""
        own = several[:, self.domain]
        found = np.full((len(own), self.member.shape[1]), np.nan)
        base = own[:, -1:]
        np.divide(own[:, :-1] @ self.member, base, out=found, where=base != 0)
        return found

    def slopes(self, totals: Floats) -> sparse.csc_array:
        """Return the derivatives (D·(P + 1), m)."""
        from scipy import sparse

        base = totals[self.domain, -1]
        own = np.vstack([self.member, -self.value(totals)]) / base
        before = sparse.csc_array((self.domain * len(own), own.shape[1]))
        after = sparse.csc_array(((len(totals) - self.domain - 1) * len(own), own.shape[1]))
        return sparse.vstack([before, sparse.csc_array(own), after]).tocsc()

    def jacobian(self, _totals: Floats) -> None:
        """Say nothing of other domains."""
        return
