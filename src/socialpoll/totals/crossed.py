"""Covariance of many figures from products of sums by unit: their scores are never held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.totals.level import Level

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["crossed"]

Floats = npt.NDArray[np.float64]


def crossed(parts: Sequence[tuple[sparse.csr_array, Floats]], level: Level) -> Floats:
    """Return V (m, m) of scores Z = T M, from T'T within strata and the sums of T by stratum.

    V = M' (T' S T) M - (G M)' (S / n) (G M) for plain units, with the scale S of each stratum, its
    n units and G its sums: what the deviations from the means of strata give (Binder 1983).

    Parameters
    ----------
    parts : sequence of (sparse array (U, k), float64 array (k, m))
        Columns of T, and rows of M.
    level : Level
        One stage, no unit of which is compared with those of other strata.
    """
    from scipy import sparse

    sums = sparse.csr_array(sparse.hstack([one for one, _ in parts]))
    made = np.vstack([one for _, one in parts])
    units, strata = level.group.size, level.count.size
    scaled = sparse.csr_array(sums.multiply(np.sqrt(level.scale[level.group])[:, None]))
    whole = made.T @ ((scaled.T @ scaled).toarray() @ made)
    place = (level.group, np.arange(units))
    by_stratum = sparse.csr_array((np.ones(units), place), shape=(strata, units)) @ sums
    means = (by_stratum @ made) * np.sqrt(level.scale / level.count)[:, None]
    return np.asarray(whole - means.T @ means)
