"""What each step did to the weights: of all cases, of domains, of one case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import UnknownNameError
from socialpoll.responses import Categorical, Numeric, Responses, counting_of, require_cases
from socialpoll.totals import CellStep, codes_of, rows_of
from socialpoll.weighting.diagnostics import spread_among
from socialpoll.weighting.percentiles import PERCENTILES, percentiles_among, percentiles_of_cells
from socialpoll.weighting.recipe import variables_of
from socialpoll.weighting.targeting.codes import named

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.weighting.weights import Weights

__all__ = ["explained", "spread_by", "spread_by_step"]

Floats = npt.NDArray[np.float64]
BASE = "base"


def spread_by_step(weights: Weights) -> pd.DataFrame:
    """Return the spread of the weights after each step: see :attr:`Weights.diagnostics`."""
    import pandas as pd

    told: list[tuple[int, CellStep | None, Floats]] = [(0, None, weights.mass.base)]
    values = weights.mass.base
    for number, step in zip(weights.numbers, weights.mass.steps, strict=True):
        values = step.forward(values)
        if number:
            told.append((number, step, values))
        elif len(told) == 1:  # weights begin with interviews, unless steps are about all cases
            told = [(0, None, values)]
    return pd.DataFrame([_spread(*one, weights.responses) for one in told])


def _spread(
    number: int, step: CellStep | None, weights: Floats, responses: Responses
) -> dict[str, object]:
    spread = spread_among(weights, responses)
    counted = weights > 0
    names = ["min", *(f"p{one}" for one in PERCENTILES), "max"]
    of_weights = percentiles_among(weights, responses)
    if step is None:
        of_factors = np.full(len(names), np.nan)
    else:
        counting = counting_of(responses.repeats)
        # Cases that do not count are in a cell beyond the others.
        cell = np.where(counted, step.cell, step.factor.size)
        cases = counting.by_place(cell, step.factor.size + 1)[:-1]
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

    weights = weights.tally(variables)
    responses = weights.responses
    for name in variables:
        responses[name]  # raises where there is none
    rows = rows_of(responses, weights.mass)
    cells = rows.distinct(variables, np.ones(len(responses), dtype=np.bool_))
    codes = codes_of(responses, variables)
    found = []
    for number, name, values in _course(weights):
        for place in range(cells.size):
            spread = spread_among(values, responses, cells.cell == place)
            domain = _domain(responses, variables, cells.position[place].tolist())
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

    advice = "look at the margins and the diagnostics of the weights, or write them beside the rows"
    require_cases(weights.responses.repeats, advice)
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
