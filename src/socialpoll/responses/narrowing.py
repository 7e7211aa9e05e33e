"""Numbers within their range put together, so that those that are not can be told of."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from socialpoll.responses.addressing import address_of
from socialpoll.responses.needing import columns_of
from socialpoll.responses.spelling import spelt
from socialpoll.schema import Duration, Number
from socialpoll.schema.keys import number_of

if TYPE_CHECKING:
    import narwhals as nw

    from socialpoll.schema import OneAnswer

__all__ = ["inside_as_one"]


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
    codes = {number_of(one.code) for one in question.missing}
    low = -math.inf if question.minimum is None else question.minimum
    high = math.inf if question.maximum is None else question.maximum
    one = _inside(low, high, codes)
    if one is None or not (kind.is_numeric() or isinstance(kind, nw.String)):
        return None
    own = nw.col(column)
    read = own if kind.is_numeric() else spelt(own)
    # What is no number is greater than any in some engines.
    inside = (read >= low) & (read <= high) & (read > -math.inf) & (read < math.inf)
    coded = read.is_in([code for code in codes if isinstance(code, float)])
    stands = nw.lit(
        str(one) if isinstance(kind, nw.String) else float(one) if kind.is_float() else one
    )
    return frame.with_columns(nw.when(inside & ~coded).then(stands).otherwise(own).alias(column))


def _inside(low: float, high: float, codes: Collection[object]) -> int | None:
    """Return a whole number within limits that is no missing code."""
    upwards = math.isfinite(low) or not math.isfinite(high)
    first = math.ceil(low) if math.isfinite(low) else 0 if upwards else math.floor(high)
    tried = (first + place if upwards else first - place for place in range(len(codes) + 1))
    return next((one for one in tried if low <= one <= high and float(one) not in codes), None)
