"""What figures tell that were published rounded, and are not estimated now: limits of weights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from socialpoll.disclosure.measuring import above
from socialpoll.disclosure.rounding import COUNT_DECIMALS, SHARE_DECIMALS
from socialpoll.disclosure.subjects import Subject
from socialpoll.disclosure.telling import OF_RESPONSES, Form, Row, Teller, Told

__all__ = ["EXACTLY", "ROUNDED", "Near", "remembered"]


class Near(NamedTuple):
    """How far off shares and whole numbers are at most."""

    share: float
    whole: float


EXACTLY = Near(0.0, 0.0)
ROUNDED = Near(*(0.5 / 10**one for one in (SHARE_DECIMALS, COUNT_DECIMALS)))


def remembered(row: Row, subject: Subject, teller: Teller, near: Near) -> Iterator[Told]:
    """Yield between what the weights lie of which a published figure tells.

    Parameters
    ----------
    row : mapping
        Published before; a share or a total, or a number of which only the base is taken in.
    subject : Subject
        With the weights that it was made with.
    teller : Teller
    near : Near
    """
    population, estimate = (float(str(row[name])) for name in ("population", "estimate"))
    base = teller.base(row, subject)
    yield from _between(base, population, near.whole)
    if teller.is_of_persons(row):
        own = teller.category(row, subject)
        if row["statistic"] == "total":
            yield from _between(own, estimate, near.whole)
        else:
            of_responses = row["statistic"] == OF_RESPONSES
            whole = teller.responses(row, subject) if of_responses else base
            for share, sign in ((estimate - near.share, 1.0), (estimate + near.share, -1.0)):
                apart = (*_times(sign, own), *_times(-sign * share, whole))
                yield above(apart)


def _between(form: Form, value: float, near: float) -> Iterator[Told]:
    """Yield that a sum of weights is about so much."""
    for limit, sign in ((value - near, 1.0), (value + near, -1.0)):
        yield replace(above(_times(sign, form)), weight=sign * limit)


def _times(number: float, form: Form) -> Form:
    return tuple((number * times, term) for times, term in form)
