"""Figures made by the general way of summing, to hold those from tables to."""

from __future__ import annotations

from contextlib import contextmanager

import numpy as np

import socialpoll as sp
from socialpoll.totals import Rows

ROUNDING = 1e-10


@contextmanager
def general():
    """Make all sums from the entries of sparse matrices, as where no table is possible."""
    tables = ("_tally", "_by_profile", "moments")
    usual = {name: getattr(Rows, name) for name in tables}
    for name in tables:
        setattr(Rows, name, lambda _self, _basis: None)
    try:
        yield
    finally:
        for name, one in usual.items():
            setattr(Rows, name, one)


def both_ways(source, indicators, **how) -> tuple[sp.Estimates, sp.Estimates]:
    """Return the figures from tables, and those from entries."""
    found = sp.estimate(source, indicators, **how)
    with general():
        return found, sp.estimate(source, indicators, **how)


def require_same(found: sp.Estimates, expected: sp.Estimates) -> None:
    """Compare every column of two frames."""
    one, other = found.frame, expected.frame
    for column in one:
        if one[column].dtype.kind == "f":
            np.testing.assert_allclose(
                one[column], other[column], rtol=ROUNDING, atol=1e-12, err_msg=column
            )
        else:
            assert one[column].tolist() == other[column].tolist(), column
