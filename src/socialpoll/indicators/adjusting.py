"""P values of several tests, allowing for how many there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError

__all__ = ["Adjustment", "adjusted", "checked_adjustment"]

Adjustment: TypeAlias = Literal["holm", "bonferroni", "bh", "none"]
Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


def adjusted(p: Floats, how: Adjustment, family: Places | None = None) -> Floats:
    """Adjust p values within their families.

    Parameters
    ----------
    p : float64 array (m,)
    how : {"holm", "bonferroni", "bh", "none"}
        Holm's (1979) step-down and Bonferroni's product hold the chance of a single false finding;
        ``bh``, Benjamini & Hochberg (1995), the expected part of false ones among the findings.
    family : int array (m,), optional
        The number of the family of each; all are of one where absent.

    Returns
    -------
    float64 array (m,)

    Examples
    --------
    >>> adjusted(np.array([0.01, 0.04, 0.03]), "holm").tolist()
    [0.03, 0.06, 0.06]
    """
    if how == "none" or p.size == 0:
        return p.copy()
    family = np.zeros(p.size, dtype=np.intp) if family is None else family
    order = np.lexsort((p, family))
    ordered, _, size = np.unique(family[order], return_inverse=True, return_counts=True)
    first = np.repeat(np.cumsum(size) - size, size)
    rank = np.arange(p.size) - first
    many = np.repeat(size, size)
    found = np.empty_like(p)
    number = np.repeat(np.arange(ordered.size), size)
    found[order] = STEPS[how](p[order], rank, many, number)
    return np.minimum(found, 1.0)


def checked_adjustment(how: str) -> None:
    """Refuse a name of no adjustment."""
    if how not in get_args(Adjustment):
        message = "this is no way to adjust p values"
        raise EstimationError(
            message, where="adjust", found=repr(how), allowed=", ".join(get_args(Adjustment))
        )


def _bonferroni(p: Floats, _rank: Places, many: Places, _family: Places) -> Floats:
    return np.asarray(p * many)


def _holm(p: Floats, rank: Places, many: Places, family: Places) -> Floats:
    import pandas as pd

    stepped = pd.Series(p * (many - rank))
    return np.asarray(stepped.groupby(family).cummax(), dtype=np.float64)


def _benjamini_hochberg(p: Floats, rank: Places, many: Places, family: Places) -> Floats:
    import pandas as pd

    stepped = pd.Series(p * many / (rank + 1))[::-1]
    return np.asarray(stepped.groupby(family[::-1]).cummin(), dtype=np.float64)[::-1]


STEPS: Mapping[str, Callable[[Floats, Places, Places, Places], Floats]] = {
    "bonferroni": _bonferroni,
    "holm": _holm,
    "bh": _benjamini_hochberg,
}
