"""How many sampled cases rows stand for: one each, or as many as were found equal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.responses.columns import Truths

if TYPE_CHECKING:
    from socialpoll.responses.responses import Responses
    from socialpoll.responses.scans.clusters import Clusters
    from socialpoll.responses.scans.pointing import Pointed
    from socialpoll.responses.scans.records import Records

__all__ = ["ONE_EACH", "Counting", "Repeats", "counting_of", "require_cases", "without_cases"]

BIND = "bind the answers themselves"


@dataclass(frozen=True, slots=True)
class Counting:
    """How rows are counted and told of.

    Attributes
    ----------
    times : int64 array (n,) or None
        How many sampled cases each row stands for; None where each is one.
    """

    times: npt.NDArray[np.int64] | None = None

    def number(self, rows: Truths | npt.NDArray[np.intp]) -> int:
        """Return how many sampled cases some rows are, given as truths or as places."""
        if self.times is not None:
            return int(self.times[rows].sum())
        return int(np.count_nonzero(rows)) if rows.dtype == np.bool_ else int(rows.size)

    def by_place(self, place: npt.NDArray[np.integer], size: int) -> npt.NDArray[np.int64]:
        """Count the cases of each place, from 0 to ``size``; every row has one."""
        counts = np.bincount(place, weights=self.times, minlength=size)
        return counts.astype(np.int64)

    def told(self, rows: Truths, what: str = "") -> str:
        """Say what was found, and where first; what stands for several cases has no one place."""
        first = "" if self.times is not None else f"first in row {int(np.argmax(rows))}"
        return ", ".join(one for one in (what, first) if one)


ONE_EACH = Counting()
"""Every row is a case."""


@dataclass(frozen=True, eq=False)
class Repeats:
    """How many equal cases each combination of answers stands for, and how their weights vary.

    Sums of base weights are in ``Responses.base_weight``. Within a combination all base weights
    are positive, or all are zero.

    Attributes
    ----------
    times : int64 array (n,)
        Sampled cases of each combination, at least 1; of several points of one, all stand at the
        first of them.
    dispersion : float64 array (n,)
        Sum of the squared distances of their base weights from the mean of the combination.
    least, most : float64 array (n,)
        The smallest and the largest of their base weights.
    records : Records or None
        The rows they were counted from; None where these are not at hand, as of stacked waves.
    waves : tuple of Responses
        The waves that rows are of, each with its own sampling units, where several are stacked.
    points : Pointed or None
        Where combinations have several rows, as points that stand for their numbers.
    clusters : Clusters or None
        The clusters of those rows, of which each combination may have cases in many; None where
        cases were sampled without clusters, or these are not known.
    """

    times: npt.NDArray[np.int64]
    dispersion: npt.NDArray[np.float64]
    least: npt.NDArray[np.float64]
    most: npt.NDArray[np.float64]
    records: Records | None = None
    points: Pointed | None = None
    clusters: Clusters | None = None
    waves: tuple[Responses, ...] = ()

    def squared(self, weight: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the sums of squared base weights (n,), from the sums of base weights."""
        mean = np.divide(weight, self.times, out=np.zeros_like(weight), where=self.times > 0)
        return np.asarray(weight * mean + self.dispersion)


def counting_of(repeats: Repeats | None) -> Counting:
    """Return how rows are counted: as one case each, or as what they stand for."""
    return ONE_EACH if repeats is None else Counting(repeats.times)


def require_cases(repeats: Repeats | None, advice: str = BIND) -> None:
    """Raise EstimationError where there are no single cases, which what follows looks at."""
    if repeats is not None:
        raise without_cases(advice)


def without_cases(advice: str = BIND) -> EstimationError:
    """Return the refusal of what needs cases one by one, where there are only combinations."""
    message = "the single cases are not in memory, only how many gave the same answers"
    return EstimationError(message, advice=advice)
