"""Who chose what of a multiple-response question: an option, any of several, or just these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.responses import Responses, Ticks, asked
from socialpoll.totals.answers import meaning
from socialpoll.totals.basis import Amounts, Base, Mentions, Options, Unions
from socialpoll.totals.cells import Cells, cells_of

__all__ = ["chosen", "patterned", "ticks"]

Truths = npt.NDArray[np.bool_]


def ticks(responses: Responses, name: str) -> Ticks:
    """Return the answers to a multiple-response question; EstimationError for other kinds."""
    column = responses.columns[name]
    if isinstance(column, Ticks):
        return column
    message = f"{name!r} is not a multiple-response question"
    raise EstimationError(message, where=name, found=type(column).__name__.lower())


def chosen(
    responses: Responses,
    measure: Options | Mentions | Unions | Amounts,
    row: npt.NDArray[np.intp],
) -> Iterator[Truths]:
    """Yield who among some rows chose each option, or any option of each set."""
    if isinstance(measure, Options):
        yield from _options(responses, measure, row)
    elif isinstance(measure, Mentions):
        column = ticks(responses, measure.question)
        answered = column.state[row] == 0
        for place in column.mentions:
            yield answered & (column.ticked[row, place] == 1)
    else:
        options = list(_options(responses, measure, row))
        for several in measure.sets:
            yield np.any([options[one] for one in several], axis=0)


def patterned(
    responses: Responses,
    name: str,
    among: Sequence[int],
    base: Base,
    row: npt.NDArray[np.intp],
) -> Cells:
    """Find the patterns that occur among the options at some places, and that of each row."""
    options = list(_options(responses, Options(name, base), row))
    marks = [options[place].astype(np.int8) for place in among]
    return cells_of(marks, [2] * len(marks), np.ones(row.size, dtype=np.bool_))


def _options(
    responses: Responses, measure: Options | Unions | Amounts, row: npt.NDArray[np.intp]
) -> Iterator[Truths]:
    """Yield who chose each option, or was routed out where that means it."""
    column = ticks(responses, measure.question)
    of_all = not isinstance(measure, Amounts) and measure.base == "all"
    meant = meaning(responses, measure.question) if of_all else ()
    for place, option in enumerate(column.options):
        here: Truths = (column.state[row] == 0) & (column.ticked[row, place] == 1)
        yield here | ~asked(column)[row] if option.code in meant else here
