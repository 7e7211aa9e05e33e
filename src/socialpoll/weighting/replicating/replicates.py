"""Weights made again in every replicate, each step of the recipe run anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import WeightingError
from socialpoll.responses import Responses, require_cases
from socialpoll.schema import Methodology
from socialpoll.totals import ReplicateBlock, Units
from socialpoll.weighting.applied import Again
from socialpoll.weighting.recipe import Recipe
from socialpoll.weighting.replicating.copies import copies_of
from socialpoll.weighting.replicating.multipliers import Copies
from socialpoll.weighting.replicating.replicated import centred
from socialpoll.weighting.replicating.replication import Replication
from socialpoll.weighting.weighing import weigh
from socialpoll.weighting.weights import Weights

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Replicated", "Replicates", "replicate"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
BLOCK = 4_000_000
"""Weights that are held at once: cases times replicates."""
FEWEST, MOST = 4, 64
"""Replicates that are made together."""
RANK = 1e-5
"""Part of the largest eigenvalue below which replicates follow from others, as R takes it."""


@dataclass(frozen=True, eq=False)
class Replicated:
    """Figures of any function of the weights, with their covariance from replicates.

    Attributes
    ----------
    estimate : float64 array (m,)
        With the weights of the full sample.
    covariance : float64 array (m, m)
    failed : int
        Replicates that were left out.
    """

    estimate: Floats
    covariance: Floats
    failed: int

    @property
    def se(self) -> Floats:
        """Standard errors (m,)."""
        return np.sqrt(np.diagonal(self.covariance))


@dataclass(frozen=True, eq=False, repr=False)
class Replicates:
    """Weights and how they come out in every replicate; a source for estimates.

    The weights of replicates are made when they are needed, a few at a time: merges stay as they
    are written, while propensities, classes and data-driven limits are found again (Yung & Rao
    1996).

    Attributes
    ----------
    weights : Weights
        Of the full sample.
    copies : Copies
        How often each sampling unit is in each replicate.
    methodology : Methodology
        That of the weights, with how replicates are made.
    id : str
        SHA-256 of the weights' id, the method and what it drew.
    """

    weights: Weights
    copies: Copies
    methodology: Methodology
    id: str

    def __repr__(self) -> str:
        return f"<Replicates of {self.weights!r}: {self.replicates} by {self.copies.method}>"

    @property
    def responses(self) -> Responses:
        """The cases."""
        return self.weights.responses

    @property
    def replicates(self) -> int:
        """Number of replicates R."""
        return self.copies.replicates

    @cached_property
    def degrees(self) -> float | None:
        """Rank of given replicates less one, as R; None where clusters less strata are known."""
        if self.copies.by != "case":
            return None
        held = np.column_stack([block for _, block in self._copies(self.replicates)])
        gram = held.T @ (self.weights.mass.base[:, None] ** 2 * held)
        values = np.linalg.eigvalsh(gram)
        return float(np.count_nonzero(values > RANK**2 * values[-1]) - 1)

    def blocks(self) -> Iterator[ReplicateBlock]:
        """Make the weights of all replicates, a few at a time and in order; NaN where they fail."""
        base = self.weights.mass.base[:, None]
        width = int(np.clip(BLOCK // max(len(self.weights), 1), FEWEST, MOST))
        for first, copies in self._copies(width):
            entered = weights = base * copies
            sound = np.ones(copies.shape[1], dtype=np.bool_)
            for again in self._reruns:
                run = again(weights, copies)
                weights, sound = run.weights, sound & run.sound
                # A step must not meet what a failed one before it left.
                weights = weights if sound.all() else np.where(sound, weights, entered)
            weights[:, ~sound] = np.nan
            yield ReplicateBlock(first, weights, sound)

    def centred(self, estimates: Floats, full: Floats, failed: Truths) -> Floats:
        """Return deviations (R, m) of which D'D is the covariance of figures.

        Raises
        ------
        WeightingError
            More than 1 % of the replicates failed.
        """
        return centred(estimates, full, self.copies, failed)

    def function(self, f: Callable[[Floats], float | Floats]) -> Replicated:
        """Estimate any function of the weights, and its covariance.

        Parameters
        ----------
        f : callable
            Takes weights (n,), in the order of the answers; returns a number or an array (m,). A
            quantile is no smooth function: jackknives get its variance wrong, and
            :class:`socialpoll.Quantile` uses Woodruff's interval instead.

        Returns
        -------
        Replicated

        Raises
        ------
        WeightingError
            A function that is not finite on the full sample; more than 1 % of replicates failed.

        Examples
        --------
        >>> import numpy as np, pandas as pd
        >>> import socialpoll as sp
        >>> answers = pd.DataFrame({"hours": [1.0, 2.0, 3.0, 6.0]})
        >>> responses = sp.bind(answers, sp.Questionnaire.infer(answers))
        >>> hours = answers["hours"].to_numpy()
        >>> found = sp.replicate(responses, sp.Jackknife()).function(
        ...     lambda w: np.average(hours, weights=w)
        ... )
        >>> found.estimate.round(3), found.se.round(3)
        (array([3.]), array([1.08]))
        """
        full = np.atleast_1d(np.asarray(f(self.weights.values), dtype=np.float64))
        if not np.isfinite(full).all():
            message = "the function is not finite on the full sample"
            raise WeightingError(message, where="function", found=str(full.tolist()))
        figures = np.zeros((self.replicates, full.size))
        failed = np.zeros(self.replicates, dtype=np.bool_)
        for block in self.blocks():
            for place, sound in enumerate(block.sound):
                number = block.first + place
                if sound:
                    figures[number] = np.atleast_1d(f(block.weights[:, place]))
                failed[number] = not (sound and np.isfinite(figures[number]).all())
        figures[failed] = 0.0
        deviations = self.centred(figures, full, failed)
        return Replicated(full, deviations.T @ deviations, int(failed.sum()))

    def to_frame(self) -> pd.DataFrame:
        """Return the weights of all replicates, one row a case.

        Columns weight, rep_1, rep_2 and so on; NaN in replicates that a step failed on. This is the
        one place where n × R numbers are held at once.
        """
        import pandas as pd

        parts = [block.weights for block in self.blocks()]
        full = self.weights.values  # noqa: PD011 - the values of weights
        table = np.column_stack([full, *parts])
        names = ["weight", *(f"rep_{one}" for one in range(1, self.replicates + 1))]
        return pd.DataFrame(table, columns=names)

    @property
    def _reruns(self) -> tuple[Again, ...]:
        if self.weights.reruns is None:
            raise _not_known()
        return self.weights.reruns

    def _copies(self, width: int) -> Iterator[tuple[int, Floats]]:
        """Yield the copies (n, B) of every case, some replicates at a time."""
        units = None if self.copies.by == "case" else _units(self.responses)
        for first in range(0, self.replicates, width):
            last = min(first + width, self.replicates)
            if units is None:
                yield first, self.copies.block(first, last)
            else:
                yield first, self.copies.rows(first, last, units.cluster[units.of_row])


def replicate(source: Weights | Responses, method: Replication) -> Replicates:
    """Declare how weights are replicated.

    Parameters
    ----------
    source : Weights or Responses
        Responses count with their base weights.
    method : Jackknife, Bootstrap, BalancedRepeated, SuccessiveDifference or GivenReplicates
        How the replicates are drawn.

    Returns
    -------
    Replicates
        A source for :func:`socialpoll.estimate`, whose standard errors then come from them.

    Raises
    ------
    DesignError
        A stratum with one cluster that the method cannot settle, or not the two that balanced
        half-samples need; replicate weights that do not fit the cases.
    WeightingError
        Weights that were made elsewhere to margins: how is not known well enough to do it again;
        stacked waves.

    See Also
    --------
    check_agreement : Standard errors of replicates beside the linearised.

    estimate : What takes replicates as it takes weights.
    """
    weights = weigh(source, Recipe()) if isinstance(source, Responses) else source
    if not isinstance(weights, Weights):
        raise WeightingError(
            "this has no weights that could be replicated",
            where="source",
            found=type(source).__name__,
            allowed="Weights or Responses",
            advice="of stacked waves replicate each by itself",
        )
    if weights.reruns is None:
        raise _not_known()
    responses = weights.responses
    require_cases(responses.repeats)
    copies = copies_of(
        method,
        _units(responses),
        base=weights.mass.base,
        lonely=responses.design.lonely,
        labels=responses.strata_labels,
    )
    identity = _identity(weights, copies)
    return Replicates(weights, copies, weights.methodology.adding(copies.fact), identity)


def _identity(weights: Weights, copies: Copies) -> str:
    """Return a hash of everything that the weights of the replicates come of."""
    said = sorted(copies.fact.values.items())  # noqa: PD011 - the values of a fact
    digest = hashlib.sha256(f"{weights.id}\n{said}\n{copies.mse}\n".encode())
    digest.update(copies.rscales.tobytes())
    # What came with the data, or a generator drew, is in none of the facts.
    shown = copies.replicates if copies.by == "case" else 1
    digest.update(copies.block(0, shown).tobytes())
    return digest.hexdigest()


def _units(responses: Responses) -> Units:
    return Units.of(responses.stages, responses.design.lonely, responses.strata_labels)


def _not_known() -> WeightingError:
    return WeightingError(
        "weights that were made elsewhere to margins cannot be made again",
        where="replicate",
        advice="make them by a recipe; or take them without their margins, and the replicate "
        "weights that were made with them: GivenReplicates",
    )
