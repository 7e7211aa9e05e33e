"""What each step did to the weights: of all cases, of domains, of one case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import UnknownNameError
from socialpoll.responses import Categorical, Numeric, Responses
from socialpoll.totals import CellStep, Mass, Rows, codes_of
from socialpoll.weighting.diagnostics import PERCENTILES, percentiles_of_cells, spread_of
from socialpoll.weighting.recipe import variables_of
from socialpoll.weighting.targeting.codes import named

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.weighting.weights import Weights

__all__ = ["explained", "spread_by", "spread_by_step"]

Floats = npt.NDArray[np.float64]
BASE = "base"


def spread_by_step(mass: Mass, numbers: Sequence[int]) -> pd.DataFrame:
    """Return the spread of the weights after each step: see :attr:`Weights.diagnostics`."""
    import pandas as pd

    rows = [_spread(0, None, mass.base)]
    weights = mass.base
    for number, step in zip(numbers, mass.steps, strict=True):
        weights = step.forward(weights)
        if number:
            rows.append(_spread(number, step, weights))
        else:  # weights begin with those of interviews, unless a step is about all sampled cases
            rows = [_spread(0, None, weights)] if len(rows) == 1 else rows
    return pd.DataFrame(rows)


def _spread(number: int, step: CellStep | None, weights: Floats) -> dict[str, object]:
    spread = spread_of(weights)
    counted = weights > 0
    names = ["min", *(f"p{one}" for one in PERCENTILES), "max"]
    of_weights = np.percentile(weights[counted], [0, *PERCENTILES, 100])
    if step is None:
        of_factors = np.full(len(names), np.nan)
    else:
        cases = np.bincount(step.cell[counted], minlength=step.factor.size)
        of_factors = percentiles_of_cells(step.factor, cases)
    return {
        "step": number,
        "name": BASE if step is None else step.name,
        "n": spread.n,
        "sum": spread.sum,
        "deff": spread.deff,
        "n_effective": spread.n_effective,
        **dict(zip(names, of_weights.tolist(), strict=True)),
        **{f"g_{name}": one for name, one in zip(names, of_factors.tolist(), strict=True)},
    }


def spread_by(weights: Weights, variables: tuple[str, ...]) -> pd.DataFrame:
    """Return the spread by domain: see :meth:`Weights.diagnostics_by`."""
    import pandas as pd

    for name in variables:
        weights.responses[name]  # raises where there is none
    rows = Rows(weights.responses, weights.mass)
    cells = rows.distinct(variables, np.ones(len(weights), dtype=np.bool_))
    codes = codes_of(weights.responses, variables)
    found = []
    for number, name, values in _course(weights):
        for place in range(cells.size):
            spread = spread_of(values[cells.cell == place])
            domain = _domain(weights.responses, variables, cells.position[place].tolist())
            if spread.n and domain in codes:
                found.append(
                    {
                        "step": number,
                        "name": name,
                        "breakdown": named(variables),
                        "domain": domain,
                        "n": spread.n,
                        "sum": spread.sum,
                        "deff": spread.deff,
                        "n_effective": spread.n_effective,
                    }
                )
    columns = ["step", "name", "breakdown", "domain", "n", "sum", "deff", "n_effective"]
    return pd.DataFrame(found, columns=columns)


def _domain(responses: Responses, variables: Sequence[str], position: Sequence[int]) -> str:
    categories = [getattr(responses.columns[name], "categories", ()) for name in variables]
    return named(
        of[place].code if place < len(of) else ""
        for of, place in zip(categories, position, strict=True)
    )


def _course(weights: Weights) -> Iterator[tuple[int, str, Floats]]:
    """Yield place and name of each step with the weights after it, base weights first."""
    values = weights.mass.base
    yield 0, BASE, values
    for number, step in zip(weights.numbers, weights.mass.steps, strict=True):
        values = step.forward(values)
        yield number, step.name, values


def explained(weights: Weights, case: int) -> pd.DataFrame:
    """Tell how one case came to its weight: see :meth:`Weights.explain`."""
    import pandas as pd

    if not 0 <= case < len(weights):
        message = "there is no such case"
        raise UnknownNameError(
            message, where="case", found=str(case), allowed=f"0 to {len(weights) - 1}"
        )
    factors = [1.0, *(float(one.factor[one.cell[case]]) for one in weights.mass.steps)]
    places = [0, *weights.numbers]
    return pd.DataFrame(
        {
            "step": places,
            "name": [BASE, *(one.name for one in weights.mass.steps)],
            "because": [_because(weights, place, case) for place in places],
            "factor": factors,
            "weight": float(weights.mass.base[case]) * np.cumprod(factors),
        }
    )


def _because(weights: Weights, number: int, case: int) -> str:
    if not number or number > len(weights.recipe.steps):
        return ""
    names = variables_of(weights.recipe.steps[number - 1])
    return ", ".join(f"{name} = {_value(weights.responses, name, case)}" for name in names)


def _value(responses: Responses, name: str, case: int) -> str:
    column = responses.columns.get(name)
    match column:
        case Categorical():
            position = int(column.position[case])
            return str(column.categories[position].code) if position >= 0 else "missing"
        case Numeric():
            number = float(column.values[case])  # noqa: PD011 - values of a column
            return f"{number:g}" if column.state[case] == 0 else "missing"
        case _:
            return "?"
