"""Weights that were made elsewhere, with what is known of how."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import WeightingError
from socialpoll.responses import Responses, Scan, require_cases
from socialpoll.schema import Fact
from socialpoll.totals import CellStep, Mass, Rows
from socialpoll.weighting.account import spread_fact
from socialpoll.weighting.benchmarks import APART
from socialpoll.weighting.diagnostics import spread_of
from socialpoll.weighting.recipe import Recipe
from socialpoll.weighting.weights import Weights

__all__ = ["weights_from"]

Floats = npt.NDArray[np.float64]
Margins: TypeAlias = Sequence[str | tuple[str, ...]]
NAME = "calibrate"


def weights_from(
    responses: Responses, values: Sequence[float] | Floats, margins: Margins | None = None
) -> Weights:
    """Take weights that were made elsewhere.

    Parameters
    ----------
    responses : Responses
        Whose cases they weigh. A scan is refused: its weights are a column beside its answers.
    values : array of float (n,)
        The weight of each case, in the order of the answers; 0 for cases without an interview.
    margins : list of str or tuple of str, optional
        The variables, or crossings of them, to whose population figures the weights were made:
        they start from the base weights of the responses, and standard errors rest on residuals
        (Deville & Särndal 1992, eq. 3.4). Where absent the weights count as fixed, which usually
        makes standard errors too large.

    Returns
    -------
    Weights

    Raises
    ------
    WeightingError
        Values that are no weights, or not one a case; a case with weight that is no interview, has
        base weight 0 or has no value of a margin; answers that lie elsewhere.

    See Also
    --------
    weigh : Weights that are made here.
    """
    _require_memory(responses)
    require_cases(responses.repeats)
    weights = np.array(values, dtype=np.float64)
    _require_weights(responses, weights)
    named: tuple[str, ...] = ()
    if margins is None:
        mass = Mass(weights)
    else:
        crossings = [(one,) if isinstance(one, str) else tuple(one) for one in margins]
        named = tuple("|".join(one) for one in crossings)
        step = _step(responses, weights, crossings)
        mass = Mass(responses.base_weight, (step,))
        weights = mass.forward()
    weights.flags.writeable = False
    digest = hashlib.sha256(f"{responses.digest}\nmade elsewhere\n{named}\n".encode())
    digest.update(weights.tobytes())
    spread = spread_of(weights)
    fact = Fact("weighting", "made_elsewhere", {"margins": named, "fixed": margins is None})
    return Weights(
        responses=responses,
        recipe=Recipe(),
        mass=mass,
        values=weights,
        id=digest.hexdigest(),
        scale="sample" if abs(spread.sum / spread.n - 1) <= APART else "population",
        outcomes=(),
        noted=(),
        methodology=responses.methodology.adding(fact, spread_fact(spread)),
        numbers=(0,) * len(mass.steps),
        reruns=() if margins is None else None,
    )


def _require_memory(responses: object) -> None:
    if isinstance(responses, Scan):
        raise WeightingError(
            "weights of answers that lie elsewhere are a column there",
            where="responses",
            found="a Scan",
            advice="name it as the base weight, SampleDesign(weight=...), and scan the answers "
            "with that design",
        )


def _require_weights(responses: Responses, weights: Floats) -> None:
    if weights.shape != (len(responses),):
        raise WeightingError(
            "there is not one weight a case",
            where="values",
            found=f"shape {weights.shape}",
            allowed=f"{len(responses)} weights",
        )
    wrong = (
        (~np.isfinite(weights) | (weights < 0), "a weight that is no number, or below 0"),
        ((weights > 0) & ~responses.interviewed, "a weight, but gave no interview"),
    )
    for rows, what in wrong:
        if rows.any():
            raise WeightingError(
                f"{np.count_nonzero(rows)} case(s) have {what}",
                where="values",
                found=f"first in row {np.argmax(rows)}",
            )
    if not weights.any():
        raise WeightingError("every weight is 0", where="values")


def _step(responses: Responses, weights: Floats, crossings: Sequence[tuple[str, ...]]) -> CellStep:
    """Return a step whose cells have one factor and one place in every margin."""
    base = responses.base_weight
    counted = weights > 0
    unstarted = counted & (base == 0)
    if unstarted.any():
        raise WeightingError(
            f"{np.count_nonzero(unstarted)} case(s) have a weight but base weight 0",
            where="values",
            found=f"first in row {np.argmax(unstarted)}",
        )
    factors = np.divide(weights, base, out=np.zeros(weights.size), where=base > 0)
    rows = Rows(responses, Mass(weights))
    places = []
    for variables in crossings:
        cells = rows.distinct(variables)
        sizes = [len(_categories(responses, one)) for one in variables]
        lacking = (cells.position == np.array(sizes)).any(axis=1)
        without = counted & np.append(lacking, False)[cells.cell]
        if without.any():
            raise WeightingError(
                f"{np.count_nonzero(without)} weighted case(s) have no value of the margin",
                where="|".join(variables),
                found=f"first in row {np.argmax(without)}",
            )
        places.append(np.where(counted, cells.cell, -1))
    table, first, cell = np.unique(
        np.column_stack([factors, *places]), axis=0, return_index=True, return_inverse=True
    )
    blocks = [one[first][:, None] == np.unique(one[counted])[None, :] for one in places]
    x = np.hstack(blocks).astype(np.float64) if blocks else np.zeros((len(table), 0))
    factor = table[:, 0]
    return CellStep(NAME, cell.ravel().astype(np.int32), factor, x, factor)


def _categories(responses: Responses, name: str) -> Sequence[object]:
    categories: Sequence[object] = getattr(responses[name], "categories", ())
    return categories
