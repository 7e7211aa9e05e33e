"""For whom figures are made: the domains of a breakdown, as (row, domain) pairs."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.responses import Categorical, Column, Days, Numeric, Responses, Ticks, Words, mask
from socialpoll.schema import Code
from socialpoll.totals.basis import Basis

__all__ = ["Domains", "answers_of", "codes_of", "domains_of"]

CODE_JOINT = "|"
KINDS: dict[type[Column], str] = {
    Numeric: "a number",
    Ticks: "a multiple-response question",
    Days: "a date",
    Words: "a free text",
}


@dataclass(frozen=True, eq=False)
class Domains:
    """Which rows are in which domain; domains of a multiple-response question overlap.

    Attributes
    ----------
    row : int array (N,)
        Cases, repeated where a case is in several domains.
    domain : int32 array (N,)
        Domain of each.
    size : int
        Number of domains D.
    """

    row: npt.NDArray[np.intp]
    domain: npt.NDArray[np.int32]
    size: int


def categorical(responses: Responses, name: str) -> Categorical:
    """Return a variable of one category a case; EstimationError where it is of another kind."""
    column = responses.columns[name]
    if isinstance(column, Categorical):
        return column
    kind = KINDS[type(column)]
    message = f"{name!r} is {kind}; it does not put each case into one category"
    raise EstimationError(
        message,
        where=name,
        found=kind,
        allowed="single, scale, time_of_day, or bands and groups of them",
        advice=f"declare bands of {name!r} in the questionnaire's derived variables",
    )


def codes_of(responses: Responses, breakdown: tuple[str, ...]) -> list[str]:
    """Return the codes of the domains of a breakdown, first variable slowest, joined by ``|``."""
    codes = [""]
    for name in breakdown:
        own = [str(one.code) for one in answers_of(responses, name)]
        codes = [f"{left}{CODE_JOINT}{right}" if left else right for left in codes for right in own]
    return codes


def domains_of(responses: Responses, basis: Basis, counted: npt.NDArray[np.bool_]) -> Domains:
    """Find the domains of a basis among the counted rows."""
    rows = counted if basis.where is None else counted & mask(responses, basis.where)
    row = np.flatnonzero(rows)
    domain = np.zeros(row.size, dtype=np.int32)
    for name in basis.breakdown:
        row, domain = _crossed(responses, row, domain, name)
    size = prod(len(answers_of(responses, name)) for name in basis.breakdown)
    return Domains(row, domain, size)


def _crossed(
    responses: Responses, row: npt.NDArray[np.intp], domain: npt.NDArray[np.int32], name: str
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int32]]:
    column = responses.columns[name]
    size = len(answers_of(responses, name))
    if isinstance(column, Ticks):
        ticked = (column.ticked[row] == 1) & (column.state[row] == 0)[:, None]
        pair, option = np.nonzero(ticked)
        return row[pair], (domain[pair] * size + option).astype(np.int32)
    position = categorical(responses, name).position[row]
    kept = position >= 0
    return row[kept], (domain[kept] * size + position[kept]).astype(np.int32)


def answers_of(responses: Responses, name: str) -> tuple[Code, ...]:
    """Return the categories of a variable, or the options of a multiple-response question."""
    column = responses.columns[name]
    return column.options if isinstance(column, Ticks) else categorical(responses, name).categories
