"""Numbers within their range put together, so that those that are not can be told of."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from socialpoll.responses.needing import columns_of
from socialpoll.responses.scans.addressing import address_of
from socialpoll.responses.scans.spelling import spelt
from socialpoll.schema import Duration, Number
from socialpoll.schema.keys import number_of

if TYPE_CHECKING:
    import narwhals as nw

    from socialpoll.schema import OneAnswer

__all__ = ["inside_as_one", "is_inside", "read_as_number"]


def inside_as_one(frame: nw.LazyFrame[Any], question: OneAnswer) -> nw.LazyFrame[Any] | None:
    """Return a frame with one number for all that are within the range of a question.

    Whatever is found in answers to a question for a number is as it was: what is missing, missing
    codes and numbers beyond a limit are kept.

    Parameters
    ----------
    frame : narwhals.LazyFrame
    question : question

    Returns
    -------
    narwhals.LazyFrame or None
        None where it is no question for a number, or its answers are neither numbers nor words.
    """
    import narwhals as nw

    if not isinstance(question, Number | Duration):
        return None
    column = address_of(*columns_of(question))
    kind = frame.collect_schema()[column]
    read, one = read_as_number(frame, column), _inside(question)
    if one is None or read is None:
        return None
    stands = nw.lit(
        str(one) if isinstance(kind, nw.String) else float(one) if kind.is_float() else one
    )
    own = nw.when(is_inside(read, question)).then(stands).otherwise(nw.col(column))
    return frame.with_columns(own.alias(column))


def read_as_number(frame: nw.LazyFrame[Any], column: str) -> nw.Expr | None:
    """Return what stands in a column as numbers in double precision, and nothing for all else.

    None where neither numbers nor words stand there.
    """
    import narwhals as nw

    kind = frame.collect_schema()[column]
    if kind.is_numeric():
        return nw.col(column).cast(nw.Float64())
    return spelt(nw.col(column)) if isinstance(kind, nw.String) else None


def is_inside(number: nw.Expr, question: Number | Duration) -> nw.Expr:
    """Say which numbers are read as valid answers: within the range, and no missing code."""
    low, high = _limits(question)
    # What is no number is greater than any in some engines.
    found = (number >= low) & (number <= high) & (number > -math.inf) & (number < math.inf)
    codes = [code for code in _codes(question) if isinstance(code, float)]
    return found & ~number.is_in(codes) if codes else found


def _limits(question: Number | Duration) -> tuple[float, float]:
    low = -math.inf if question.minimum is None else question.minimum
    high = math.inf if question.maximum is None else question.maximum
    return low, high


def _codes(question: Number | Duration) -> set[object]:
    return {number_of(one.code) for one in question.missing}


def _inside(question: Number | Duration) -> int | None:
    """Return a whole number within limits that is no missing code."""
    (low, high), codes = _limits(question), _codes(question)
    upwards = math.isfinite(low) or not math.isfinite(high)
    first = math.ceil(low) if math.isfinite(low) else 0 if upwards else math.floor(high)
    tried = (first + place if upwards else first - place for place in range(len(codes) + 1))
    return next((one for one in tried if low <= one <= high and float(one) not in codes), None)
