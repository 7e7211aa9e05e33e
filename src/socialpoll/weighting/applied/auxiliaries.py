"""What a calibration is fitted on: categories by cells, numbers and limits case by case."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.responses import Numeric, Responses
from socialpoll.weighting.applied.households import Households
from socialpoll.weighting.applied.running import Entering, by_cell
from socialpoll.weighting.checking import Controls
from socialpoll.weighting.declared import Calibrate
from socialpoll.weighting.solving.raking import leading

__all__ = ["ALL", "Auxiliaries", "auxiliaries_of", "number_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]
ALL = "all"
"""Name of the margin that is everybody, where there is no other."""
TOTAL, MEAN = "total", "mean"


@dataclass(frozen=True, eq=False)
class Auxiliaries:
    """What a step calibrates on, over cells; a cell may be a single case.

    Attributes
    ----------
    controls : Controls
        Of its margins.
    cell : int32 array (n,)
        Cell of each case; C for cases of no weight.
    x : float64 array (C, p)
        Indicators of all levels of all margins, or 1 where there are none; then numbers.
    names : tuple of str (p,)
        Of the columns, for messages.
    numbers : float64 array (q,)
        Totals of the last columns.
    kept : int array (at most p,)
        Columns without levels that follow from other levels.
    origin : int array (C,)
        Cell of the margins that each cell is of.
    """

    controls: Controls
    cell: Places
    x: Floats
    names: tuple[str, ...]
    numbers: Floats
    kept: npt.NDArray[np.intp]
    origin: npt.NDArray[np.intp]

    @property
    def size(self) -> int:
        """Number of cells C."""
        return len(self.x)

    @property
    def outside(self) -> bool:
        """Whether any case is in no cell."""
        return bool((self.cell == self.size).any())

    def sums(self, weights: Floats) -> Floats:
        """Return the sums (C, B) of weights (n, B) by cell."""
        return by_cell(self.cell, self.size + 1, weights)[: self.size]

    def target(self, sums: Floats) -> Floats:
        """Return the totals (p, B) to reach where weights (C, B) enter."""
        controls = self.controls
        if not controls.level:
            levels = [np.array([[controls.total]])]
        elif "own_class" in controls.missing:
            levels = controls.targets(by_cell(self.origin, controls.cells.size, sums))
        else:
            levels = [one[:, None] for one in controls.target]
        shape = sums.shape[1]
        return np.vstack([
            np.broadcast_to(one, (len(one), shape)) for one in [*levels, self.numbers[:, None]]
        ])  # fmt: skip

    def drift(self, sums: Floats) -> Floats | None:
        """Return how the totals move with the weight (C,) of each cell (C, p); None for fixed."""
        if "own_class" not in self.controls.missing:
            return None
        base = by_cell(self.origin, self.controls.cells.size, sums[:, None])[:, 0]
        moved = np.hstack(self.controls.drift(base))[self.origin]
        return np.hstack([moved, np.zeros((self.size, self.numbers.size))])


def auxiliaries_of(
    step: Calibrate, entering: Entering, controls: Controls, households: Households | None
) -> Auxiliaries:
    """Lay out what a step calibrates on, over as few cells as numbers, limits, households allow."""
    cells = controls.cells
    sizes = [len(codes) for codes in controls.codes]
    of_levels = _indicators(controls, sizes)
    levels = [
        f"{name} {code}"
        for name, codes in zip(controls.names, controls.codes, strict=True)
        for code in codes
    ] or [ALL]
    kept = leading(controls.level, sizes) if sizes else np.zeros(1, dtype=np.intp)
    named = [*step.totals, *step.means]
    if not named and step.bounds_on == "factor" and households is None:
        nothing, every = np.zeros(0), np.arange(cells.size)
        return Auxiliaries(controls, cells.cell, of_levels, tuple(levels), nothing, kept, every)
    counted = np.flatnonzero(entering.weights > 0)
    numbers = [number_of(entering.responses, name)[counted, None] for name in named]
    x = np.hstack([of_levels[cells.cell[counted]], *numbers])
    if households is not None:
        x = households.shared(x, counted)
    cell = np.full(entering.weights.size, counted.size, dtype=np.int32)
    cell[counted] = np.arange(counted.size)
    totals = [*step.totals.values(), *(one * controls.total for one in step.means.values())]
    return Auxiliaries(
        controls,
        cell,
        x,
        (
            *levels,
            *(f"{one} {TOTAL}" for one in step.totals),
            *(f"{one} {MEAN}" for one in step.means),
        ),
        np.array(totals, dtype=np.float64),
        np.append(kept, np.arange(len(levels), len(levels) + len(named))),
        cells.cell[counted].astype(np.intp),
    )


def number_of(responses: Responses, name: str) -> Floats:
    """Return the values (n,) of a number question, 0 where there are none."""
    column = responses.columns[name]
    if not isinstance(column, Numeric):
        message = f"{name!r} was not checked to be a number"
        raise TypeError(message)
    return column.values


def _indicators(controls: Controls, sizes: list[int]) -> Floats:
    cells = controls.cells.size
    if not sizes:
        return np.ones((cells, 1))
    return np.hstack([
        (level[:, None] == np.arange(size)).astype(np.float64)
        for level, size in zip(controls.level, sizes, strict=True)
    ])  # fmt: skip
